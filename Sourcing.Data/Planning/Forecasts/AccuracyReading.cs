using Microsoft.EntityFrameworkCore;

namespace Sourcing.Data.Planning.Forecasts;

/// <summary>Sums up how good forecasts are, each question by one statement over all parts.</summary>
internal static class AccuracyReading
{
    /// <summary>Closed weeks that are looked at.</summary>
    public const int Weeks = 26;

    /// <summary>By method, by class, and over all (neither named). Medians: one part that nobody can forecast says little of the others.</summary>
    public static Task<List<Group>> GroupsAsync(SourcingDb db, Guid roundId, CancellationToken ct) => db.Database.SqlQuery<Group>(
        $"""
        select method as "Method", demand_class as "Class", count(*)::int as "Parts", count(wape)::int as "Measured",
            percentile_cont(0.5) within group (order by wape) as "Wape", percentile_cont(0.5) within group (order by mase) as "Mase",
            percentile_cont(0.5) within group (order by bias) as "Bias", (count(*) filter (where abs(tracking_signal) > 4))::int as "OffSide"
        from sku_forecasts where forecast_cycle_id = {roundId}
        group by grouping sets ((method), (demand_class), ()) order by count(*) desc, method, demand_class
        """).ToListAsync(ct);

    /// <summary>Closed weeks, oldest first. A metre and a kilogram do not add up: each part's figures are divided by its own mean demand first.</summary>
    public static async Task<IReadOnlyList<AccuracyWeek>> WeeksAsync(SourcingDb db, CancellationToken ct)
    {
        var from = IsoWeek.Start(IsoWeek.Monday(await db.NowAsync(ct)).AddDays(-7 * Weeks));
        var rows = await db.Database.SqlQuery<Row>(
            $"""
            with d as (
                select time, quantity, actual_vs_forecast as error, avg(quantity) over (partition by part_id) as usual
                from demand_history where time >= {from} and source = 'model' and actual_vs_forecast is not null)
            select (time at time zone 'UTC')::date as "Week", count(*)::int as "Parts",
                (sum(abs(error) / usual) / nullif(sum(quantity / usual), 0))::double precision as "Error", (sum(error / usual) / nullif(sum(quantity / usual), 0))::double precision as "Bias"
            from d where usual > 0 group by time order by time
            """).ToListAsync(ct);
        return [.. rows.Select(r => new AccuracyWeek(r.Week, r.Parts, r.Error, r.Bias))];
    }

    internal sealed class Group
    {
        public string? Method { get; set; }

        public string? Class { get; set; }

        public int Parts { get; set; }

        public int Measured { get; set; }

        public double? Wape { get; set; }

        public double? Mase { get; set; }

        public double? Bias { get; set; }

        public int OffSide { get; set; }

        public AccuracyGroup As(string key) => new(key, Parts, Wape, Mase, Bias, OffSide);
    }

    private sealed class Row
    {
        public DateOnly Week { get; set; }

        public int Parts { get; set; }

        public double? Error { get; set; }

        public double? Bias { get; set; }
    }
}
