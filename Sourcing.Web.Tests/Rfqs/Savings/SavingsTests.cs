using Sourcing.Data.Common;
using Sourcing.Data.Common.Lists;
using Sourcing.Data.Rfqs;
using Sourcing.Data.Rfqs.Savings;
using Sourcing.Web.Shared;
using Sourcing.Web.Tests.Rfqs.Awarding;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Rfqs.Savings;

/// <summary>Awards of 2024, so that no award of another test is among them.</summary>
public sealed class SavingsTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly DateOnly March = new(2024, 3, 1), April = new(2024, 4, 30);

    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Savings_are_summed_by_month_buyer_category_supplier_and_baseline_in_the_base_currency()
    {
        var (first, second) = await AwardedAsync();
        await using var reader = await database.AsAsync(Role.ReadOnly);
        var all = await reader.Get<SavingsQueries>().OverviewAsync(new(March, April), _ct);

        // First: 100 kg at 2.90 for 3.20 saves 30; 200 kg at 3.10 have no baseline.
        // Second, at 0.8 of the base currency: 100 kg at 2.90 for 2.80 cost 8 more, 200 kg at 3.10 for 3.60 save 80.
        Assert.Equal((102m, 1638m, 1018m, 1120m, 4, 2), (all.Total.Saved, all.Total.Paid, all.Total.Measured, all.Total.Baseline, all.Total.Lines, all.Total.Awards));
        Assert.Equal(102m / 1120m, all.Total.Rate);
        // The second was decided in March and stands since April.
        Assert.Equal([("Mar 2024", 30m), ("Apr 2024", 72m)], all.Months.Select(m => (m.Text, m.Saved)));
        Assert.Equal([(second.Buyer, 72m, 728m), (first.Buyer, 30m, 910m)], all.Buyers.Select(b => (b.Text, b.Saved, b.Paid)));
        Assert.Equal([("None", 72m), (first.Category, 30m)], all.Categories.Select(c => (c.Text, c.Saved)));
        Assert.Equal([("First round", 72m), ("Target", 30m)], all.Baselines.Select(b => (b.Text, b.Saved)));
        Assert.Equal(102m, all.Suppliers.Sum(s => s.Saved));
        Assert.Equal(30m, (await reader.Get<SavingsQueries>().OverviewAsync(new(March, new(2024, 3, 31)), _ct)).Total.Saved);
        Assert.Equal(0, (await reader.Get<SavingsQueries>().OverviewAsync(new(new(2023, 1, 1), new(2023, 2, 1)), _ct)).Total.Lines);
    }

    [Fact]
    public async Task The_lines_behind_a_figure_come_to_the_figure()
    {
        var (first, _) = await AwardedAsync();
        await using var reader = await database.AsAsync(Role.ReadOnly);
        var address = ListAddress.Of("http://app.test" + Links.AwardedLines(March, April, buyer: first.Buyer));
        var page = await reader.Get<AwardedLineList>().PageAsync(address.Request, _ct);
        Assert.Equal([(10, 290m, 320m, 30m), (20, 620m, null, null)], page.Rows.OrderBy(r => r.LineNo).Select(r => (r.LineNo, r.Paid, r.AtBaseline, r.Saved)));
        Assert.All(page.Rows, row => Assert.Equal((first.Category, SavingsBaseline.Target, "kg"), (row.Category, row.Baseline, row.Unit)));
    }

    [Fact]
    public async Task A_span_that_is_none_or_too_long_is_refused_and_suppliers_and_representatives_see_nothing()
    {
        await using var reader = await database.AsAsync(Role.ReadOnly);
        Assert.Equal("To", (await Assert.ThrowsAsync<RefusedException>(() => reader.Get<SavingsQueries>().OverviewAsync(new(April, March), _ct))).Errors.Single().Field);
        Assert.Equal("From", (await Assert.ThrowsAsync<RefusedException>(() => reader.Get<SavingsQueries>().OverviewAsync(new(new(2018, 1, 1), March), _ct))).Errors.Single().Field);
        foreach (var role in new[] { Role.Supplier, Role.SalesRep, Role.ChapterLeader })
        {
            await using var other = await database.AsAsync(role == Role.Supplier ? Guid.CreateVersion7() : null, role);
            await Assert.ThrowsAsync<DeniedException>(() => other.Get<SavingsQueries>().OverviewAsync(new(March, April), _ct));
            await Assert.ThrowsAsync<DeniedException>(() => other.Get<AwardedLineList>().PageAsync(new ListRequest(), _ct));
        }
    }

    private sealed record Made(Guid RfqId, string Buyer, string Category);

    private async Task<(Made First, Made Second)> AwardedAsync()
    {
        // Whatever an earlier test awarded goes out of the span.
        await database.SqlAsync("update award_decisions set decided_at = '2020-01-01', approved_at = null");
        var first = await AwardAsync(SavingsBaseline.Target, categorised: true);
        var second = await AwardAsync(SavingsBaseline.FirstRound, categorised: false);
        var waiting = await AwardAsync(SavingsBaseline.Target, categorised: false);
        await database.SqlAsync("update awards set baseline_price = case l.line_no when 10 then 3.20 end from rfq_lines l where l.id = rfq_line_id and l.rfq_id = $1", first.RfqId);
        await database.SqlAsync("update awards set baseline_price = case l.line_no when 10 then 2.80 else 3.60 end from rfq_lines l where l.id = rfq_line_id and l.rfq_id = $1", second.RfqId);
        await database.SqlAsync("update award_decisions set decided_at = '2024-03-10' where rfq_id = $1", first.RfqId);
        await database.SqlAsync("update award_decisions set decided_at = '2024-03-31', approved_at = '2024-04-02', approved_by = decided_by, total_in_base = total * 0.8 where rfq_id = $1", second.RfqId);
        await database.SqlAsync("update award_decisions set decided_at = '2024-03-12', status = 'waiting' where rfq_id = $1", waiting.RfqId);
        return (first, second);
    }

    private async Task<Made> AwardAsync(SavingsBaseline baseline, bool categorised)
    {
        var rfq = await AwardScenarioServiceTests.QuotedAsync(database);
        await using var buyer = await database.AsAsync(Role.Buyer);
        var view = await buyer.Get<ComparisonQueries>().ForAsync(rfq.Id, _ct);
        await buyer.Get<AwardService>().AwardAsync(new()
        {
            Id = rfq.Id, Version = view.Version, Scenario = AwardScenarioKind.CheapestPerLine, Baseline = baseline,
            Choices = [.. view.CheapestPerLine.Choices.Select(c => new AwardFormLine { RfqLineId = c.RfqLineId, QuoteLineId = c.QuoteLineId, Quantity = c.Quantity })],
        }, _ct);
        var category = $"Savings {Guid.CreateVersion7():N}"[..28];
        await database.SqlAsync("update users set full_name = full_name || ' ' || left($1::text, 18) where id = $1", buyer.User.Id);
        await database.SqlAsync("update rfqs set buyer_id = $2, category_id = null where id = $1", rfq.Id, buyer.User.Id);
        await database.SqlAsync("update parts set category_id = null where id in (select part_id from rfq_lines where rfq_id = $1)", rfq.Id);
        if (categorised)
        {
            var id = Guid.CreateVersion7();
            await database.SqlAsync("insert into part_categories (id, code, name) values ($1, $2, $2)", id, category);
            await database.SqlAsync("update rfqs set category_id = $2 where id = $1", rfq.Id, id);
        }

        return new(rfq.Id, await database.ScalarAsync<string>("select full_name from users where id = $1", buyer.User.Id), category);
    }
}
