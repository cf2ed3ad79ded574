using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Planning.Forecasts;

namespace Sourcing.Data.Demo;

/// <summary>The mill's rounds of forecasting: some in weeks gone by, so that there is something to hold against what came, and one of today.</summary>
internal static class DemoForecasts
{
    // Each knew no more than was sold before it.
    private static readonly int[] WeeksAgo = [9, 5, 2, 0];

    public static async Task AddAsync(Database database, CurrentUser planner, CancellationToken ct)
    {
        foreach (var weeks in WeeksAgo)
        {
            var cycle = await database.WriteAsync(
                async (db, token) => await ForecastService.AddAsync(db, IsoWeek.Monday(await db.NowAsync(token)).AddDays(-7 * weeks), planner.Id, token), ct);
            await new ForecastRound(database, planner, cycle).RunAsync((_, _) => Task.CompletedTask, ct);
        }

        await database.WriteAsync(
            (db, token) => db.Database.ExecuteSqlAsync(
                $"update forecast_cycles set started_at = origin + interval '8 hours', finished_at = origin + interval '8 hours 1 minute', created_at = origin + interval '8 hours' where origin < date_trunc('week', now() at time zone 'UTC')::date", token), ct);
    }
}
