using Sourcing.Data.Common;
using Sourcing.Data.Common.Lists;
using Sourcing.Data.Planning;
using Sourcing.Data.Planning.Engine;
using Sourcing.Data.Planning.Forecasts;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Planning.Forecasts;

public sealed class ForecastQueriesTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Closed_weeks_are_measured_by_part_and_over_all_with_each_part_weighing_the_same()
    {
        // Of these two parts alone: other tests of the class sell as well.
        await database.SqlAsync("delete from sales_history");
        var (one, other) = (await Make.SoldPartAsync(database, [.. Enumerable.Repeat(100m, 12)]), await Make.SoldPartAsync(database, [.. Enumerable.Repeat(20m, 12)]));
        await Make.ForecastRoundAsync(database);
        await database.SqlAsync("delete from demand_history");
        await database.SqlAsync("select app.ensure_months('public.demand_history', $1, $2)", one.Monday.AddDays(-28), one.Monday);
        await Make.KeepAsync(
            database, Demand(one, -2, 120, 100), Demand(one, -1, 80, 100), Demand(other, -2, 10, 5), Demand(other, -1, 30, 25),
            new DemandRecord(IsoWeek.Start(one.Monday.AddDays(-21)), one.Id, 40, ForecastSource.Model, null));
        await using var reader = await database.AsAsync(Role.ReadOnly);
        var summary = await reader.Get<ForecastQueries>().AccuracyAsync(_ct);
        // Means 100 and 20. Week −2: (20/100 + 5/20) / (120/100 + 10/20) = .45 / 1.7, bias the same. Week −1: (20/100 + 5/20) / (80/100 + 30/20) = .45 / 2.3, bias (−.2 + .25) / 2.3.
        Assert.Equal([(2, 0.264706, 0.264706), (2, 0.195652, 0.021739)], summary.Weeks.Select(w => (w.Parts, Math.Round(w.Error!.Value, 6), Math.Round(w.Bias!.Value, 6))));
        Assert.Equal([one.Monday.AddDays(-14), one.Monday.AddDays(-7)], summary.Weeks.Select(w => w.Week));
        // Steady sales are never missed.
        Assert.Equal((2, 0.0), (summary.Measured, summary.Wape!.Value));
        Assert.Equal([("smooth", 2)], summary.Classes.Select(c => (c.Key, c.Parts)));
        Assert.Equal(2, summary.Methods.Sum(m => m.Parts));

        var rows = (await reader.Get<ForecastAccuracyList>().PageAsync(new(), _ct)).Rows;
        // (20 + 20) / 200 and (20 − 20) / 200; (5 + 5) / 40 and the same.
        Assert.Equal((2, 0.2m, 0m), rows.Single(r => r.Id == one.Id) is var r1 ? (r1.Weeks!.Value, r1.ActualError!.Value, r1.ActualBias!.Value) : default);
        Assert.Equal((2, 0.25m, 0.25m), rows.Single(r => r.Id == other.Id) is var r2 ? (r2.Weeks!.Value, r2.ActualError!.Value, r2.ActualBias!.Value) : default);
    }

    [Fact]
    public async Task The_list_shows_what_the_round_found_and_parts_that_only_others_speak_of()
    {
        var sold = await Make.SoldPartAsync(database, [.. Enumerable.Repeat(100m, 10)]);
        var spoken = await Make.SoldPartAsync(database);
        await Make.ForecastRoundAsync(database);
        await Make.KeepAsync(database, new Forecast(spoken.Id, ForecastSource.Override, spoken.Monday.AddDays(7), ForecastPeriod.Week, 70, 1, "Trade fair"));
        await using var reader = await database.AsAsync(Role.ReadOnly);
        var list = reader.Get<ForecastList>();
        var row = (await list.PageAsync(new() { Search = sold.Number }, _ct)).Rows.Single();
        Assert.Equal(("smooth", 400m, 0m, 1m, false), (row.DemandClass, row.NextWeeks!.Value, row.Wape!.Value, row.Confidence!.Value, row.IsOverridden));
        // 26 closed weeks, 10 of them with sales of 100.
        Assert.Equal((26, 16, 1000m), (row.Recent.Count, row.Recent.Count(q => q == 0), row.Sold));
        Assert.Equal([0m, 100m], row.Recent.Skip(15).Take(2));
        var other = (await list.PageAsync(new() { Filters = new Dictionary<string, string> { ["isOverridden"] = "yes" } }, _ct)).Rows.Single();
        Assert.Equal((spoken.Id, null, null), (other.Id, other.Method, other.NextWeeks));
        Assert.Contains(sold.Id, (await list.PageAsync(new() { Filters = new Dictionary<string, string> { ["demandClass"] = "smooth", ["wape"] = "..0.1" }, Sort = "wape", Descending = true }, _ct)).Rows.Select(r => r.Id));
        await ((IListSource)list).ExportAsync(new(), [], _ => default, _ct);
    }

    [Fact]
    public async Task A_part_is_read_by_the_same_statements_whatever_it_has()
    {
        var (plain, full) = (await Make.SoldPartAsync(database), await Make.SoldPartAsync(database, [.. Enumerable.Repeat(100m, 40)]));
        await Make.ForecastRoundAsync(database);
        await Make.KeepAsync(
            database,
            [
                .. Enumerable.Range(0, 20).Select(w => new Forecast(full.Id, ForecastSource.ProdPlan, full.Monday.AddDays(7 * w), ForecastPeriod.Week, 90 + w, 0.9m)),
                new SalesOrderLine("SO-1", 10, full.Id, new("Brinwell", 60, 20, full.Monday.AddDays(9), SalesOrderStatus.Open)),
                new SalesOrderLine("SO-2", 10, full.Id, new("Brinwell", 5, 0, full.Monday.AddDays(-9), SalesOrderStatus.OnHold)),
            ]);
        await using var reader = await database.AsAsync(Role.ReadOnly);
        var queries = reader.Get<ForecastQueries>();
        database.Queries.Reset();
        await queries.DetailsAsync(plain.Id, _ct);
        var few = database.Queries.Count;
        database.Queries.Reset();
        var details = await queries.DetailsAsync(full.Id, _ct);
        Assert.InRange(database.Queries.Count, few, few + 1); // The points of a part that has any.
        // Late orders stand in the week that runs; 60 − 20 next week.
        Assert.Equal([5m, 40m, 0m], details.Weeks.Take(3).Select(w => w.Ordered));
        // ω = .9·.9 = .81 and .8·1 = .8: (72.9 + 80) / 1.61.
        Assert.Equal(94.968944m, details.Weeks[0].Blend);
        Assert.Equal([ForecastSource.ProdPlan, ForecastSource.Model], details.Weeks[0].Sources.Select(s => s.Source));
    }

    [Fact]
    public async Task Forecasts_and_sales_are_for_those_who_may_read_plans()
    {
        await using var rep = await database.AsAsync(Role.SalesRep);
        await Assert.ThrowsAsync<DeniedException>(() => rep.Get<ForecastQueries>().StateAsync(_ct));
        await Assert.ThrowsAsync<DeniedException>(() => rep.Get<ForecastQueries>().DetailsAsync(Guid.CreateVersion7(), _ct));
        await Assert.ThrowsAsync<DeniedException>(() => rep.Get<ForecastQueries>().AccuracyAsync(_ct));
        await Assert.ThrowsAsync<DeniedException>(() => rep.Get<SalesQueries>().OverviewAsync(new(new(2026, 1, 1), new(2026, 1, 31)), _ct));
        await Assert.ThrowsAsync<DeniedException>(() => rep.Get<SalesQueries>().ChoicesAsync(_ct));
        foreach (var list in (IListSource[])[rep.Get<ForecastList>(), rep.Get<ForecastAccuracyList>(), rep.Get<SalesList>()])
        {
            await Assert.ThrowsAsync<DeniedException>(() => list.ExportAsync(new(), [], _ => default, _ct));
        }

        await using var reader = await database.AsAsync(Role.ReadOnly);
        await Assert.ThrowsAsync<MissingException>(() => reader.Get<ForecastQueries>().DetailsAsync(Guid.CreateVersion7(), _ct));
    }

    private static DemandRecord Demand(SoldPart part, int week, decimal actual, decimal forecast) => new(IsoWeek.Start(part.Monday.AddDays(7 * week)), part.Id, actual, ForecastSource.Model, forecast);
}
