using Microsoft.Extensions.DependencyInjection;
using Sourcing.Data.Common;
using Sourcing.Data.Demo;
using Sourcing.Data.Operations;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Demo;

public sealed class DemoCompanyTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task The_first_start_finds_every_state_and_the_second_changes_nothing()
    {
        foreach (var account in DemoAccounts.Everybody)
        {
            var user = await database.UserAsync(null, [account.Role]);
            await database.SqlAsync("update users set email = $2, user_name = $2, full_name = $3, approval_limit = nullif($4, 0) where id = $1", user.Id, account.Email, account.Name, account.Limit ?? 0m);
        }

        await using var scope = await database.AsAsync(Role.Admin);
        var company = new DemoCompany(scope.Services, new SystemSession(database.Sources, TimeProvider.System));
        Assert.True(await company.FillAsync(TestContext.Current.CancellationToken));
        Assert.False(await company.FillAsync(TestContext.Current.CancellationToken));

        Assert.Equal(60L, await CountAsync("suppliers"));
        Assert.Equal(450L, await CountAsync("parts"));
        Assert.Equal(42L, await CountAsync("rfqs"));
        Assert.Equal((2L, 1L, 3L), (await CountAsync("rfq_seals"), await database.ScalarAsync<long>("select count(*) from rfqs where bids_opened_at is not null"), await CountAsync("sealed_bids")));
        Assert.Equal(212L, await CountAsync("orders"));
        Assert.Equal(2L, await database.ScalarAsync<long>("select count(*) from agreement_use where quantity > 0"));
        Assert.Equal(3L, await database.ScalarAsync<long>("select count(distinct status) from order_changes"));
        Assert.Equal(4L, await database.ScalarAsync<long>("select count(distinct status) from invoices"));
        Assert.Equal(3L, await database.ScalarAsync<long>("select count(distinct match) from invoices"));
        Assert.Equal(8L, await database.ScalarAsync<long>("select count(distinct status) from rfqs"));
        Assert.Equal(3L, await database.ScalarAsync<long>("select count(*) from rfq_questions"));
        Assert.Equal((1L, 2L), (await CountAsync("rfq_rounds"), await database.ScalarAsync<long>("select count(*) from quotes where round = 2")));
        Assert.True(await database.ScalarAsync<long>("select count(distinct status) from orders") >= 8, "Orders stand in at least eight states.");
        Assert.True(await database.ScalarAsync<long>("select count(*) from receipts") > 200);
        Assert.True(await database.ScalarAsync<bool>("select max(issued_at) - min(issued_at) > interval '500 days' from orders"), "Orders span eighteen months.");
        Assert.Equal(0L, await database.ScalarAsync<long>("select count(*) from orders where issued_at > now() or received_at > now()"));
        Assert.Equal(0L, await database.ScalarAsync<long>("select count(*) from rfqs where created_at > now()"));
        Assert.Equal(0L, await database.ScalarAsync<long>("select count(*) from order_lines l join units u on u.id = l.unit_id where u.code = 'pcs' and l.received_quantity <> trunc(l.received_quantity)"));
        Assert.True(await database.ScalarAsync<long>("select count(*) from award_decisions where status = 'waiting'") > 0, "An award waits for a second signature.");
        await TheMillHasSomethingForEveryPageAsync();
        await TheChaptersHaveAStoryAsync();
        // The next number people get follows the demo's.
        Assert.Equal(0L, await database.ScalarAsync<long>("select count(*) from orders o join number_sequences s on s.kind = 'PO' and o.number > 'PO-' || s.year || '-' || lpad(s.last::text, 5, '0') and o.number like 'PO-' || s.year || '-%'"));
    }

    private async Task TheChaptersHaveAStoryAsync()
    {
        Assert.Equal("Harbour 30, Hillside 44", await database.ScalarAsync<string>(
            "select string_agg(c.name || ' ' || (select count(*) from membership_terms t where t.chapter_id = c.id and t.joined_on <= current_date and coalesce(t.left_on > current_date, true)), ', ' order by c.name) from chapters c"));
        Assert.Equal(14L, await database.ScalarAsync<long>("select count(distinct date_trunc('month', held_on)) from meetings where held_on <= current_date"));
        // Of each chapter the last meeting so far waits for its attendance; all before are whole.
        Assert.Equal(2L, await database.ScalarAsync<long>("select count(*) from meetings m where status = 'planned' and held_on <= current_date and not exists (select from attendances a where a.meeting_id = m.id)"));
        Assert.Equal(0L, await database.ScalarAsync<long>(
            "select count(*) from meetings m join membership_terms t on t.chapter_id = m.chapter_id and t.joined_on <= m.held_on and coalesce(t.left_on > m.held_on, true) where m.status = 'completed' and not exists (select from attendances a where a.meeting_id = m.id and a.member_id = t.member_id)"));
        Assert.True(await database.ScalarAsync<bool>("select (select count(*) from referrals) > 800 and (select count(*) from one_to_ones) > 600 and (select count(*) from closed_business) > 300 and (select count(*) from education_units) > 300 and (select count(*) from visitors) > 60"));
        Assert.True(await database.ScalarAsync<bool>("select count(*) = 2 from chapters c where (select count(*) from testimonials t where t.chapter_id = c.id) between 60 and 400 and (select count(*) from education_units e where e.chapter_id = c.id and e.is_training) between 60 and 400"));
        Assert.True(await database.ScalarAsync<bool>("select exists (select from membership_terms group by member_id having count(*) > 1)"), "Somebody came back.");
        Assert.Equal(2L, await database.ScalarAsync<long>("select count(*) from members m join users u on u.id = m.user_id where u.full_name in ('Petra Almqvist', 'Ada Lindqvist') and m.first_name || ' ' || m.last_name = u.full_name"));
    }

    private async Task TheMillHasSomethingForEveryPageAsync()
    {
        Assert.Equal(0L, await database.ScalarAsync<long>("select count(*) from inventory i where on_hand <> (select sum(quantity) from stock_movements m where m.part_id = i.part_id)"));
        Assert.Equal(0L, await database.ScalarAsync<long>("select count(*) from inventory i where allocated <> coalesce((select sum(quantity) from reservations r where r.part_id = i.part_id), 0)"));
        Assert.True(await database.ScalarAsync<bool>("select max(time) - min(time) > interval '770 days' and max(time) < now() from sales_history"), "Sales span 26 months.");
        Assert.Equal(0L, await CountAsync("sales_history_rest"));
        Assert.Equal(5L, await database.ScalarAsync<long>("select count(distinct source) from forecasts"));
        Assert.Equal(18, await database.ScalarAsync<int>("select parts from forecast_cycles where finished_at is not null order by finished_at desc limit 1"));
        Assert.True(await database.ScalarAsync<bool>("select count(*) >= 8 * 18 from demand_history where actual_vs_forecast is not null"), "There is something to hold forecasts against.");
        Assert.Equal(1L, await database.ScalarAsync<long>("select count(*) from bills_of_materials where is_phantom"));
        // A share that rounds, one that is incomplete, and one of 1.
        Assert.True(await database.ScalarAsync<bool>("select bool_or(s = 1) and bool_or(s = 0.97) and bool_or(s = 0.88) from (select sum(quantity_per) s from bom_lines where is_share group by parent_part_id) x"));
        Assert.True(await database.ScalarAsync<bool>("select bool_or(on_hand < 0) from inventory"), "One stock is below zero.");
        Assert.True(await database.ScalarAsync<bool>("select bool_or(l.promised_date < current_date) from order_lines l join parts p on p.id = l.part_id where p.number like 'MAT-%' and l.received_quantity = 0"), "One receipt is past due.");
    }

    private Task<long> CountAsync(string table) => database.ScalarAsync<long>($"select count(*) from {table}");
}
