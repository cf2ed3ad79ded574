using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;

namespace Sourcing.Data.Planning.Forecasts;

/// <summary>Removes what rounds long past worked out: methods and points of rounds beyond the newest. What was forecast of each week beside what came stays in the demand history.</summary>
public sealed class ForecastPruning(Database database) : IRegularWork
{
    /// <summary>Rounds that keep everything.</summary>
    public const int Kept = 12;

    /// <inheritdoc/>
    public string Name => "forecast_rounds";

    /// <inheritdoc/>
    public string Title => "Remove the figures of old forecast rounds";

    /// <inheritdoc/>
    public TimeSpan Every => TimeSpan.FromHours(12);

    /// <inheritdoc/>
    public Task<string> RunAsync(CancellationToken ct) => database.WriteAsync(
        async (db, token) =>
        {
            await db.AllowMinutesAsync(15, token);
            var old = await db.Database.SqlQuery<Guid>(
                $"""
                select c.id as "Value" from forecast_cycles c
                where exists (select from sku_forecasts f where f.forecast_cycle_id = c.id)
                    and c.id not in (select id from forecast_cycles where finished_at is not null order by finished_at desc, id desc limit {Kept})
                """).ToArrayAsync(token);
            if (old.Length == 0)
            {
                return "No round is old enough.";
            }

            var rows = await db.Database.ExecuteSqlAsync($"delete from sku_forecast_points where sku_forecast_id in (select id from sku_forecasts where forecast_cycle_id = any ({old}))", token);
            rows += await db.Database.ExecuteSqlAsync($"delete from sku_forecasts where forecast_cycle_id = any ({old})", token);
            return $"Removed {rows:N0} rows of {old.Length:N0} {(old.Length == 1 ? "round" : "rounds")}.";
        }, ct);
}
