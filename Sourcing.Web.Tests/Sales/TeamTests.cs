using Sourcing.Data.Common;
using Sourcing.Data.Sales;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Sales;

public sealed class TeamTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whoever_gets_the_role_is_a_representative_and_whoever_loses_it_takes_no_customers()
    {
        var user = await database.UserAsync(null, [Role.Buyer]);
        Assert.Equal(0L, await database.ScalarAsync<long>("select count(*) from sales_reps where id = $1", user.Id));
        await database.SqlAsync("insert into user_roles (user_id, role_id) select $1, id from roles where name = 'SalesRep'", user.Id);
        Assert.True(await database.ScalarAsync<bool>("select is_active from sales_reps where id = $1", user.Id));
        await database.SqlAsync("delete from user_roles where user_id = $1 and role_id = (select id from roles where name = 'SalesRep')", user.Id);
        Assert.False(await database.ScalarAsync<bool>("select is_active from sales_reps where id = $1", user.Id));
        var world = await Make.SalesWorldAsync(database);
        await using var admin = await database.AsAsync(Role.Admin);
        var customer = await Make.CustomerAsync(database, world.Rep);
        var refused = await Assert.ThrowsAsync<RefusedException>(() => admin.Get<CustomerService>().AssignAsync(new() { Ids = [customer], SalesRepId = user.Id }, _ct));
        Assert.Contains("active", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tree_has_no_loop_and_a_new_team_is_made_by_its_name()
    {
        var world = await Make.SalesWorldAsync(database);
        await using var admin = await database.AsAsync(Role.Admin);
        var (team, queries) = (admin.Get<TeamService>(), admin.Get<TeamQueries>());
        await PlaceAsync(admin, world.Manager.Id, null, "North");
        await PlaceAsync(admin, world.Rep.Id, world.Manager.Id, "North");
        Assert.Equal(1L, await database.ScalarAsync<long>("select count(*) from sales_teams where name = 'North'"));
        var tree = await queries.TreeAsync(_ct);
        var (manager, rep) = (tree.Single(r => r.Id == world.Manager.Id), tree.Single(r => r.Id == world.Rep.Id));
        Assert.Equal((0, 1, world.Manager.Name, "North"), (manager.Level, rep.Level, rep.Manager, rep.Team));
        foreach (var below in new[] { world.Rep.Id, world.Manager.Id })
        {
            var refused = await Assert.ThrowsAsync<RefusedException>(() => PlaceAsync(admin, world.Manager.Id, below, ""));
            Assert.Equal("ManagerId", Assert.Single(refused.Errors).Field);
        }

        // A manager sees the own tree alone.
        await using var scope = database.As(world.Manager);
        Assert.Equal([world.Manager.Id, world.Rep.Id], (await scope.Get<TeamQueries>().TreeAsync(_ct)).Select(r => r.Id));
    }

    [Fact]
    public async Task Quotas_begin_with_their_period_do_not_overlap_and_are_not_ones_own()
    {
        var world = await Make.SalesWorldAsync(database);
        await using var manager = database.As(world.Manager);
        var team = manager.Get<TeamService>();
        QuotaForm Quota(Guid rep, QuotaPeriod period, DateOnly start, decimal? amount = 1000) => new() { SalesRepId = rep, Period = period, PeriodStart = start, Amount = amount };
        await team.SetQuotaAsync(Quota(world.Rep.Id, QuotaPeriod.Quarter, new(2026, 10, 1)), _ct);
        foreach (var (form, word) in new[]
        {
            (Quota(world.Rep.Id, QuotaPeriod.Quarter, new(2026, 11, 1)), "does not begin"), (Quota(world.Rep.Id, QuotaPeriod.Month, new(2026, 11, 1)), "overlaps"), (Quota(world.Rep.Id, QuotaPeriod.Year, new(2026, 1, 1)), "overlaps"),
            (Quota(world.Rep.Id, QuotaPeriod.Month, new(2027, 1, 1), 0), "more than 0"), (Quota(world.Rep.Id, QuotaPeriod.Month, new(2027, 1, 1), null), "what is to be sold"), (new QuotaForm { SalesRepId = world.Rep.Id, Amount = 5 }, "first day"),
            (Quota(world.Manager.Id, QuotaPeriod.Month, new(2027, 1, 1)), "their own quota"),
        })
        {
            Assert.Contains(word, (await Assert.ThrowsAsync<RefusedException>(() => team.SetQuotaAsync(form, _ct))).Message, StringComparison.Ordinal);
        }

        await Assert.ThrowsAsync<MissingException>(() => team.SetQuotaAsync(Quota(world.Other.Id, QuotaPeriod.Month, new(2027, 1, 1)), _ct));
        await using var rep = database.As(world.Rep);
        Assert.Equal(1000, Assert.Single(await rep.Get<TeamQueries>().QuotasAsync(world.Rep.Id, _ct)).Amount);
        await using var other = database.As(world.Other);
        Assert.Empty(await other.Get<TeamQueries>().QuotasAsync(world.Rep.Id, _ct));
    }

    [Fact]
    public async Task Figures_of_a_quarter_are_those_of_ones_tree()
    {
        var (world, orders) = (await Make.SalesWorldAsync(database), await Make.OrderWorldAsync(database));
        var customer = await Make.CustomerAsync(database, world.Rep, "Pellier Home");
        await Make.SoldOrderAsync(database, orders, customer, 900);
        await Make.SoldOrderAsync(database, orders, await Make.CustomerAsync(database, world.Other), 5000);
        await using var manager = database.As(world.Manager);
        var quarter = SalesArithmetic.QuarterOf(DateOnly.FromDateTime((await manager.Get<Database>().ReadAsync((db, ct) => db.NowAsync(ct), _ct)).UtcDateTime));
        await manager.Get<TeamService>().SetQuotaAsync(new() { SalesRepId = world.Rep.Id, Period = QuotaPeriod.Quarter, PeriodStart = quarter, Amount = 3000 }, _ct);
        // Of the quarter before: not in this one's activity.
        foreach (var (kind, at) in new[] { ("call", "now()"), ("call", "now()"), ("visit", "now()"), ("visit", "now() - interval '100 days'") })
        {
            await database.SqlAsync($"insert into sales_notes (id, customer_id, sales_rep_id, kind, body, occurred_at, next_action) values (gen_random_uuid(), $1, $2, $3, 'Spoke', {at}, '')", customer, world.Rep.Id, kind);
        }

        var figures = await manager.Get<SalesFigureQueries>().ReadAsync(null, _ct);
        Assert.Equal((900m, 3000m, 0.3m), (figures.Sold, figures.Quota, figures.Attainment));
        Assert.Equal("Pellier Home", Assert.Single(figures.TopCustomers).Name);
        Assert.Equal(900, figures.Months[^1].Value);
        Assert.Equal([(NoteKind.Call, 2), (NoteKind.Visit, 1)], figures.Activity.Select(a => (a.Kind, a.Count)));
        Assert.Equal(0.3m, (await manager.Get<TeamQueries>().QuotasAsync(world.Rep.Id, _ct))[0].Attainment);
        await using var other = database.As(world.Other);
        var others = await other.Get<SalesFigureQueries>().ReadAsync(null, _ct);
        Assert.Equal(5000, others.Sold);
        Assert.Empty(others.Activity);
        Assert.Empty((await other.Get<SalesFigureQueries>().ReadAsync(world.Rep.Id, _ct)).Reps);
    }

    [Fact]
    public void A_forecast_goes_on_as_the_last_ninety_days_and_a_years_quota_counts_by_days()
    {
        // 30 days to come after 1 December, each as the average of the last 90 days: 100 + 30 × 9,000 / 90.
        Assert.Equal(3100, SalesArithmetic.Forecast(100, 9_000, new(2026, 12, 1), new(2027, 1, 1)));
        Assert.Equal(100, SalesArithmetic.Forecast(100, 9_000, new(2026, 12, 31), new(2027, 1, 1)));
        Assert.Equal(new(2026, 10, 1), SalesArithmetic.QuarterOf(new(2026, 12, 31)));
        // 92 of 365 days of 36,500 a year; a month within counts whole; one outside not at all.
        Assert.Equal(9_200, SalesArithmetic.QuotaIn(36_500, new(2026, 1, 1), new(2027, 1, 1), new(2026, 10, 1)));
        Assert.Equal(500, SalesArithmetic.QuotaIn(500, new(2026, 11, 1), new(2026, 12, 1), new(2026, 10, 1)));
        Assert.Equal(0, SalesArithmetic.QuotaIn(500, new(2026, 9, 1), new(2026, 10, 1), new(2026, 10, 1)));
    }

    private async Task PlaceAsync(TestScope admin, Guid rep, Guid? manager, string team)
    {
        var row = (await admin.Get<TeamQueries>().TreeAsync(_ct)).Single(r => r.Id == rep);
        await admin.Get<TeamService>().PlaceAsync(new() { Id = rep, Version = row.Version, ManagerId = manager, Team = team }, _ct);
    }
}
