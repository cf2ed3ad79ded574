using Microsoft.Extensions.DependencyInjection;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Data.Planning.Forecasts;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Planning.Forecasts;

/// <summary>The round that starts by itself.</summary>
public sealed class WeeklyForecastTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_week_gets_one_round_by_itself_and_no_second_one_whatever_becomes_of_it()
    {
        await database.SqlAsync("truncate forecast_cycles, job_runs, sales_history");
        await using var system = await database.AsAsync(Role.Admin);
        var weekly = Assert.Single(system.Services.GetServices<IRegularWork>(), w => w.Name == "forecast_weekly");
        Assert.Equal("Nothing was sold yet, so there is nothing to forecast from.", await weekly.RunAsync(_ct));

        var part = await Make.SoldPartAsync(database, 10, 12, 9, 11, 10, 12, 8);
        Assert.Matches(@"^FC-\d{4}-\d{5} was started; the next one is due on ", await weekly.RunAsync(_ct));
        Assert.Equal("A round of forecasting is under way.", await weekly.RunAsync(_ct));
        var job = await database.ScalarAsync<Guid>("select id from job_runs where kind = 'forecast'");

        // Called off, it is not begun again; it is next week's turn.
        await system.Get<ForecastService>().CancelAsync(await database.ScalarAsync<Guid>("select id from forecast_cycles"), _ct);
        Assert.Contains("did not end well", await weekly.RunAsync(_ct), StringComparison.Ordinal);
        await database.SqlAsync("update forecast_cycles set origin = origin - 7");
        Assert.Contains("was started", await weekly.RunAsync(_ct), StringComparison.Ordinal);

        // Its job does it in the same person's name.
        var run = await database.ScalarAsync<Guid>("select id from job_runs where kind = 'forecast' and id <> $1", job);
        var jobs = system.Get<JobRunService>();
        Assert.Contains("forecast for 26 weeks", await system.Get<ForecastWork>().RunAsync(await jobs.FindAsync(run, _ct), new(jobs, run), _ct), StringComparison.Ordinal);
        await database.SqlAsync("update job_runs set status = 'done', finished_at = now() where id = $1", run);
        Assert.Contains("is this week's round; the next one is due on", await weekly.RunAsync(_ct), StringComparison.Ordinal);
        Assert.Equal(26L, await database.ScalarAsync<long>("select count(*) from forecasts where part_id = $1 and source = 'model'", part.Id));
    }

    [Fact]
    public async Task Who_may_not_plan_starts_none()
    {
        await using var buyer = await database.AsAsync(Role.ReadOnly);
        await Assert.ThrowsAsync<DeniedException>(() => buyer.Get<ForecastService>().StartWeeklyAsync(_ct));
    }
}
