using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;
using Sourcing.Data.Common;
using Sourcing.Data.Planning.Cycles;
using Sourcing.Data.Planning.Forecasting;

namespace Sourcing.Data.Planning.Forecasts;

/// <summary>Writes what a round worked out, each table by one statement or two.</summary>
internal sealed class ForecastWriter(SourcingDb db, ForecastCycle cycle)
{
    /// <summary>Closed weeks so far back get their demand written, or mended when a late sale came in.</summary>
    public const int DemandWeeks = 52;

    /// <summary>What a forecast without a backtest counts for beside other sources: half.</summary>
    public const decimal UntriedConfidence = 0.5m;

    private readonly RunSql _sql = new(db);

    /// <summary>Statements sent so far.</summary>
    public int Statements => _sql.Count;

    /// <summary>The quantity as it is kept: 0 or more, six decimals, within what the column holds.</summary>
    public static decimal Quantity(double value) => decimal.Round((decimal)Math.Clamp(value, 0, 999_999_999_999), 6, MidpointRounding.AwayFromZero);

    /// <summary>Methods, metrics and points by COPY.</summary>
    public async Task WriteResultsAsync(IReadOnlyList<PartDemand> parts, ForecastRun[] runs, CancellationToken ct)
    {
        var ids = runs.Select(_ => Guid.CreateVersion7()).ToArray();
        await using (var importer = await _sql.CopyAsync(
            """
            sku_forecasts (id, forecast_cycle_id, part_id, method, demand_class, parameters, observations, mase, rmsse, wape, bias, pinball, tracking_signal, rmse,
                confidence, candidates, outliers)
            """, ct))
        {
            await Task.Run(() =>
            {
                for (var i = 0; i < runs.Length; i++)
                {
                    WriteResult(importer, ids[i], parts[i], runs[i]);
                }
            }, ct);
            await importer.CompleteAsync(ct);
        }

        await using var points = await _sql.CopyAsync("sku_forecast_points (sku_forecast_id, date, mean, p10, p50, p90)", ct);
        await Task.Run(() =>
        {
            for (var i = 0; i < runs.Length; i++)
            {
                foreach (var point in runs[i].Points)
                {
                    points.StartRow();
                    points.Write(ids[i], NpgsqlDbType.Uuid);
                    points.Write(cycle.Origin.AddDays(7 * (point.Step - 1)), NpgsqlDbType.Date);
                    foreach (var figure in (ReadOnlySpan<double>)[point.Mean, point.P10, point.P50, point.P90])
                    {
                        points.Write(Quantity(figure), NpgsqlDbType.Numeric);
                    }
                }
            }
        }, ct);
        await points.CompleteAsync(ct);
    }

    private void WriteResult(NpgsqlBinaryImporter importer, Guid id, PartDemand part, ForecastRun run)
    {
        importer.StartRow();
        importer.Write(id, NpgsqlDbType.Uuid);
        importer.Write(cycle.Id, NpgsqlDbType.Uuid);
        importer.Write(part.PartId, NpgsqlDbType.Uuid);
        importer.Write(Words.Snake(run.Method.ToString()), NpgsqlDbType.Varchar);
        importer.Write(Words.Snake(run.Demand.Class.ToString()), NpgsqlDbType.Varchar);
        importer.Write(ForecastPapers.Parameters(run), NpgsqlDbType.Jsonb);
        importer.Write(run.Count, NpgsqlDbType.Integer);
        var m = run.Metrics;
        foreach (var figure in (ReadOnlySpan<double?>)[m?.Mase, m?.Rmsse, m?.Wape, m?.Bias, m?.Pinball, m?.TrackingSignal, m?.Rmse])
        {
            Optional(importer, ForecastPapers.Finite(figure), NpgsqlDbType.Double);
        }

        Optional(importer, run.Confidence is { } confidence ? decimal.Round((decimal)confidence, 4) : (decimal?)null, NpgsqlDbType.Numeric);
        importer.Write(ForecastPapers.Candidates(run), NpgsqlDbType.Jsonb);
        importer.Write(ForecastPapers.Outliers(run, cycle.Origin.AddDays(-7 * part.Weeks.Length)), NpgsqlDbType.Jsonb);
    }

    /// <summary>
    /// Puts the round's means in place of what the source model said of the weeks from the origin on. What it no longer speaks of is softly deleted;
    /// weeks that are over keep what was forecast for them then.
    /// </summary>
    public async Task ReplaceForecastsAsync(Guid userId, CancellationToken ct)
    {
        await _sql.ExecuteAsync(
            """
            insert into forecasts (id, part_id, source, date, period, quantity, confidence, reason, revision)
            select app.uuid7(), f.part_id, 'model', p.date, 'week', p.mean, coalesce(f.confidence, $2), '', 1
            from sku_forecasts f join sku_forecast_points p on p.sku_forecast_id = f.id where f.forecast_cycle_id = $1
            on conflict (part_id, source, date, period) where deleted_at is null
            do update set quantity = excluded.quantity, confidence = excluded.confidence, revision = forecasts.revision + 1
            """, ct, cycle.Id, UntriedConfidence);
        await _sql.ExecuteAsync(
            """
            update forecasts o set deleted_at = now(), deleted_by = $3
            where o.source = 'model' and o.deleted_at is null and o.date >= $2 and not exists (
                select from sku_forecasts f join sku_forecast_points p on p.sku_forecast_id = f.id
                where f.forecast_cycle_id = $1 and f.part_id = o.part_id and p.date = o.date and o.period = 'week')
            """, ct, cycle.Id, cycle.Origin, userId);
    }

    // What was sold in closed weeks, beside what the model said of each; weeks of which neither speaks have no row.
    private const string Facts =
        """
        with sold as (
            select part_id, date_trunc('week', time at time zone 'UTC')::date as week, greatest(sum(quantity), 0) as quantity
            from sales_history where time >= $1 and time < $2 group by part_id, week),
        meant as (
            select part_id, date as week, quantity from forecasts
            where source = 'model' and period = 'week' and deleted_at is null and date >= ($1 at time zone 'UTC')::date and date < ($2 at time zone 'UTC')::date),
        facts as (
            select part_id, week::timestamp at time zone 'UTC' as time, coalesce(s.quantity, 0) as quantity, coalesce(s.quantity, 0) - m.quantity as error
            from sold s full join meant m using (part_id, week))
        """;

    /// <summary>Writes the demand of closed weeks beside what was forecast for them, and mends what late sales have changed.</summary>
    public async Task WriteDemandAsync(CancellationToken ct)
    {
        var (from, to) = (IsoWeek.Start(cycle.Origin.AddDays(-7 * DemandWeeks)), IsoWeek.Start(cycle.Origin));
        await _sql.ExecuteAsync("select app.ensure_months('public.demand_history', $1, $2)", ct, DateOnly.FromDateTime(from.UtcDateTime), cycle.Origin);
        await _sql.ExecuteAsync(
            $"""
            {Facts}
            update demand_history d set quantity = f.quantity, actual_vs_forecast = f.error from facts f
            where d.time >= $1 and d.time < $2 and d.part_id = f.part_id and d.time = f.time and d.source = 'model'
                and (d.quantity, d.actual_vs_forecast) is distinct from (f.quantity, f.error)
            """, ct, from, to);
        await _sql.ExecuteAsync(
            $"""
            {Facts}
            insert into demand_history (id, time, part_id, quantity, source, actual_vs_forecast)
            select app.uuid7(), f.time, f.part_id, f.quantity, 'model', f.error from facts f
            where not exists (select from demand_history d where d.time >= $1 and d.time < $2 and d.part_id = f.part_id and d.time = f.time and d.source = 'model')
            """, ct, from, to);
    }

    private static void Optional<T>(NpgsqlBinaryImporter importer, T? value, NpgsqlDbType type) where T : struct
    {
        if (value is { } figure)
        {
            importer.Write(figure, type);
        }
        else
        {
            importer.WriteNull();
        }
    }
}
