using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Catalog;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Data.Planning;
using Sourcing.Data.Planning.Forecasting;
using Sourcing.Data.Planning.Forecasts;
using Sourcing.Data.Suppliers;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Planning.Forecasts;

public sealed class ForecastRoundTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_steady_part_is_forecast_as_it_sold_and_its_source_model_is_filled()
    {
        var part = await Make.SoldPartAsync(database, [.. Enumerable.Repeat(100m, 30)]);
        var (cycle, _, _) = await Make.ForecastRoundAsync(database);
        Assert.Matches(@"^FC-\d{4}-\d{5}$", cycle.Number);
        var details = await DetailsAsync(part.Id);
        Assert.Equal((DemandClass.Smooth, 30), (details.Model!.Class, details.Model.Observations));
        // Nothing was ever missed: WAPE 0, so a confidence of 1.
        Assert.Equal((0.0, 1m), (details.Model.Wape!.Value, details.Model.Confidence!.Value));
        Assert.Equal(cycle.Number, details.Round!.Number);
        Assert.Equal(26, details.Weeks.Count(w => w.Model is { Mean: 100, P10: 100, P50: 100, P90: 100 }));
        Assert.Equal(part.Monday, details.Weeks[0].Week);
        Assert.Equal((100m, 1m, 0.8m), details.Weeks[25].Of(ForecastSource.Model) is { } f ? (f.Quantity, f.Confidence, f.Weight) : default);
        Assert.Single(details.Model.Candidates, c => c.Taken && c.Method == details.Model.Method);
        Assert.False(string.IsNullOrWhiteSpace(details.Model.Finding!.Explanation));
        Assert.Equal(26L, await database.ScalarAsync<long>("select count(*) from forecasts where part_id = $1 and source = 'model' and period = 'week' and deleted_at is null and quantity = 100", part.Id));
    }

    [Fact]
    public async Task What_came_back_is_netted_within_its_week_and_never_below_nothing()
    {
        var part = await Make.SoldPartAsync(database, 100, 50, 40, 30, 20, 10, 60);
        // Oldest week: 100 − 30 = 70. The next: 50 − 80, which is nothing.
        await Make.KeepAsync(database, Make.Sale(part.Id, part.Monday.AddDays(-48), -30), Make.Sale(part.Id, part.Monday.AddDays(-42), -80));
        var input = await Make.DemandAsync(database, (db, ct) => ForecastInput.ReadAsync(db, part.Monday, ct));
        Assert.Equal([70m, 0, 40, 30, 20, 10, 60], input.Parts.Single(p => p.PartId == part.Id).Weeks);
        Assert.Equal([70m, 0, 40, 30, 20, 10, 60], (await DetailsAsync(part.Id)).History.Select(w => w.Quantity));
    }

    [Fact]
    public async Task A_short_history_gets_its_mean_and_no_confidence()
    {
        var part = await Make.SoldPartAsync(database, 10, 20, 30);
        var (cycle, _, outcome) = await Make.ForecastRoundAsync(database);
        var details = await DetailsAsync(part.Id);
        Assert.Equal((ForecastMethod.MovingAverage, null, 3), (details.Model!.Method, details.Model.Confidence, details.Model.Observations));
        Assert.Equal(20m, details.Weeks[0].Model!.Mean);
        Assert.Equal(ForecastWriter.UntriedConfidence, details.Weeks[0].Of(ForecastSource.Model)!.Confidence);
        Assert.True(await database.ScalarAsync<int>("select short_histories from forecast_cycles where id = $1", cycle.Id) >= 1);
        Assert.Contains("fewer than 6 weeks", outcome, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_later_round_replaces_weeks_to_come_and_holds_closed_ones_against_what_was_forecast()
    {
        var part = await Make.SoldPartAsync(database, [.. Enumerable.Repeat(100m, 20), 120, 90]);
        await Make.ForecastRoundAsync(database, weeksAgo: 2);
        Assert.Equal(100m, await ForecastAsync(part, -2));
        await Make.ForecastRoundAsync(database);
        // 120 − 100 and 90 − 100.
        Assert.Equal([(120m, 20m), (90m, -10m)], await DemandAsync(part));
        Assert.Equal(100m, await ForecastAsync(part, -1));
        Assert.Equal(28L, await database.ScalarAsync<long>("select count(*) from forecasts where part_id = $1 and source = 'model' and deleted_at is null", part.Id));
        Assert.Equal(2, await database.ScalarAsync<int>("select max(revision) from forecasts where part_id = $1", part.Id));

        // A sale of last week that came in late mends its row; no week is written twice.
        await Make.KeepAsync(database, Make.Sale(part.Id, part.Monday.AddDays(-3), 15));
        await Make.ForecastRoundAsync(database);
        Assert.Equal([(120m, 20m), (105m, 5m)], await DemandAsync(part));
        Assert.Equal([(100m, 120m), (100m, 105m)], (await DetailsAsync(part.Id)).Actuals.Select(a => (a.Forecast, a.Actual)));
    }

    [Fact]
    public async Task What_a_round_no_longer_speaks_of_is_softly_deleted()
    {
        var part = await Make.SoldPartAsync(database, [.. Enumerable.Repeat(50m, 10)]);
        await Make.ForecastRoundAsync(database);
        await database.SqlAsync("update parts set deleted_at = now() where id = $1", part.Id);
        await Make.ForecastRoundAsync(database);
        Assert.Equal(0L, await database.ScalarAsync<long>("select count(*) from forecasts where part_id = $1 and deleted_at is null", part.Id));
        Assert.Equal(26L, await database.ScalarAsync<long>("select count(*) from forecasts where part_id = $1 and deleted_by is not null", part.Id));
    }

    [Fact]
    public async Task Statements_do_not_grow_with_the_parts()
    {
        await Make.SoldPartAsync(database, 10, 12, 9, 11, 10, 12, 8);
        database.Queries.Reset();
        var few = (await Make.ForecastRoundAsync(database)).Statements;
        var seen = database.Queries.Count;
        for (var i = 0; i < 12; i++)
        {
            await Make.SoldPartAsync(database, 10, 0, 9, 0, 10, 12, 8, 40 + i);
        }

        database.Queries.Reset();
        var many = (await Make.ForecastRoundAsync(database)).Statements;
        Assert.Equal((few, seen), (many, database.Queries.Count));
        Assert.InRange(many, 1, 15);
    }

    [Fact]
    public async Task Methods_are_compared_as_far_ahead_as_lead_time_and_review_reach()
    {
        var (bought, made) = (await Make.SoldPartAsync(database, 10, 12, 9), await Make.SoldPartAsync(database, 10, 12, 9));
        await Make.DemandAsync(database, async (db, ct) =>
        {
            var (near, far) = (Make.NewSupplier("Orvane Works"), Make.NewSupplier("Sunmere Mills"));
            db.AddRange(near, far);
            db.AddRange(
                new SupplierPart(near.Id, bought.Id, new SupplierPartTerms(3, "EUR") { LeadTimeDays = 5 }),
                new SupplierPart(far.Id, bought.Id, new SupplierPartTerms(2, "EUR") { LeadTimeDays = 24, Preferred = true }),
                new PlanningParameters(ParameterScope.Part, made.Id) { MadeLeadTimeDays = 20, ServiceLevel = 0.9m, ReviewDays = 1 });
            return await db.SaveChangesAsync(ct);
        });
        var parts = (await Make.DemandAsync(database, (db, ct) => ForecastInput.ReadAsync(db, bought.Monday, ct))).Parts;
        // The preferred supplier's 24 days and a review of 7: 31 days are 5 weeks. Made: 20 and 1 are 3 weeks.
        Assert.Equal((5, 0.95), parts.Single(p => p.PartId == bought.Id) is var b ? (b.Ahead, b.ServiceLevel) : default);
        Assert.Equal((3, 0.9), parts.Single(p => p.PartId == made.Id) is var m ? (m.Ahead, m.ServiceLevel) : default);
        Assert.Equal((1, 52), (new PartDemand(made.Id, new decimal[103], 1, 0.95).Series.Season, new PartDemand(made.Id, new decimal[104], 1, 0.95).Series.Season));
    }

    [Fact]
    public async Task One_round_at_a_time_and_a_cancelled_one_makes_room()
    {
        await using var planner = await database.AsAsync(Role.Planner);
        await using var other = await database.AsAsync(Role.Planner);
        var service = planner.Get<ForecastService>();
        var form = new StartForecastForm();
        var id = await service.StartAsync(form, _ct);
        Assert.Equal(id, await service.StartAsync(form, _ct));
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => other.Get<ForecastService>().StartAsync(new(), _ct));
        Assert.Contains(planner.User.Identity.Name, refusal.Message, StringComparison.Ordinal);
        var running = (await other.Get<ForecastQueries>().StateAsync(_ct)).Running!;
        Assert.Equal((id, true, false), (running.CycleId, running.Waiting, running.Mine));
        Assert.Contains("Ask them", (await Assert.ThrowsAsync<RefusedException>(() => other.Get<ForecastService>().CancelAsync(id, _ct))).Message, StringComparison.Ordinal);
        await service.CancelAsync(id, _ct);
        Assert.Null((await planner.Get<ForecastQueries>().StateAsync(_ct)).Running);
        await Assert.ThrowsAsync<RefusedException>(() => service.CancelAsync(id, _ct));
        await other.Get<ForecastService>().CancelAsync(await other.Get<ForecastService>().StartAsync(new(), _ct), _ct);
    }

    [Fact]
    public async Task A_round_that_is_stopped_leaves_nothing_behind()
    {
        var part = await Make.SoldPartAsync(database, 10, 12, 9, 11, 10, 12, 8);
        await using var planner = await database.AsAsync(Role.Planner);
        var data = planner.Get<Database>();
        var cycle = await data.WriteAsync((db, token) => ForecastService.AddAsync(db, part.Monday, planner.User.Id, token), _ct);
        var work = new ForecastWork(data, planner.User);
        await Assert.ThrowsAsync<OperationCanceledException>(() => work.WorkAsync(cycle.Id, (done, _) => done >= 0.9m ? throw new OperationCanceledException() : Task.CompletedTask, _ct));
        Assert.Equal(0L, await database.ScalarAsync<long>("select count(*) from sku_forecasts where forecast_cycle_id = $1", cycle.Id));
        Assert.Equal(0L, await database.ScalarAsync<long>("select count(*) from forecasts where part_id = $1", part.Id));
        // Taken up again after a restart it is done, and a second time there is nothing to do.
        Assert.Contains("forecast for 26 weeks", await work.WorkAsync(cycle.Id, (_, _) => Task.CompletedTask, _ct), StringComparison.Ordinal);
        Assert.Equal("Nothing was left to do.", await work.WorkAsync(cycle.Id, (_, _) => Task.CompletedTask, _ct));
    }

    [Theory]
    [InlineData(Role.Buyer)]
    [InlineData(Role.ReadOnly)]
    public async Task Who_may_not_plan_starts_cancels_and_works_nothing(Role role)
    {
        await using var scope = await database.AsAsync(role);
        await Assert.ThrowsAsync<DeniedException>(() => scope.Get<ForecastService>().StartAsync(new(), _ct));
        await Assert.ThrowsAsync<DeniedException>(() => scope.Get<ForecastService>().CancelAsync(Guid.CreateVersion7(), _ct));
        await Assert.ThrowsAsync<DeniedException>(() => new ForecastWork(scope.Get<Database>(), scope.User).WorkAsync(Guid.CreateVersion7(), (_, _) => Task.CompletedTask, _ct));
        Assert.Null((await scope.Get<ForecastQueries>().StateAsync(_ct)).Failure);
    }

    [Fact]
    public async Task Old_rounds_lose_their_figures_and_what_came_of_them_stays()
    {
        await Make.SoldPartAsync(database, 10, 12, 9, 11, 10, 12, 8);
        var (old, _, _) = await Make.ForecastRoundAsync(database, weeksAgo: 1);
        await database.SqlAsync("update forecast_cycles set finished_at = now() - interval '1 year' where id = $1", old.Id);
        for (var i = 0; i < ForecastPruning.Kept; i++)
        {
            await Make.ForecastRoundAsync(database);
        }

        var demand = await database.ScalarAsync<long>("select count(*) from demand_history");
        await using var admin = await database.AsAsync(Role.Admin);
        await admin.Get<ForecastPruning>().RunAsync(_ct);
        Assert.Equal(0L, await database.ScalarAsync<long>("select count(*) from sku_forecasts where forecast_cycle_id = $1", old.Id));
        Assert.Equal(0L, await database.ScalarAsync<long>("select count(*) from sku_forecast_points p where not exists (select from sku_forecasts f where f.id = p.sku_forecast_id)"));
        Assert.Equal(1L, await database.ScalarAsync<long>("select count(*) from forecast_cycles where id = $1", old.Id));
        Assert.Equal(demand, await database.ScalarAsync<long>("select count(*) from demand_history"));
        Assert.Equal("No round is old enough.", await admin.Get<ForecastPruning>().RunAsync(_ct));
    }

    private async Task<ForecastDetails> DetailsAsync(Guid part)
    {
        await using var reader = await database.AsAsync(Role.ReadOnly);
        return await reader.Get<ForecastQueries>().DetailsAsync(part, _ct);
    }

    private Task<decimal> ForecastAsync(SoldPart part, int week) =>
        database.ScalarAsync<decimal>("select quantity from forecasts where part_id = $1 and source = 'model' and deleted_at is null and date = $2", part.Id, part.Monday.AddDays(7 * week));

    // Closed weeks for which there was a forecast.
    private Task<List<(decimal, decimal)>> DemandAsync(SoldPart part) => Make.DemandAsync(database, async (db, ct) =>
        (await db.DemandHistory.Where(d => d.PartId == part.Id && d.ActualVsForecast != null).OrderBy(d => d.Time).ToListAsync(ct)).ConvertAll(d => (d.Quantity, d.ActualVsForecast!.Value)));
}
