using Sourcing.Data.Common;
using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Planning.Cycles;
using Sourcing.Data.Planning.Forecasting;

namespace Sourcing.Data.Planning.Forecasts;

/// <summary>What one part's forecast is made from.</summary>
/// <param name="Weeks">Demand by week from its first sale on, the last week that is over last; in the part's unit, 0 or more.</param>
/// <param name="Ahead">Weeks of lead time and review together, 1 or more: so far ahead a forecast has to be good.</param>
/// <param name="ServiceLevel">Above 0 and below 1.</param>
internal sealed record PartDemand(Guid PartId, decimal[] Weeks, int Ahead, double ServiceLevel)
{
    /// <summary>Weeks after which a pattern may come again.</summary>
    public const int Season = 52;

    /// <summary>A year is a pattern only when it was seen twice.</summary>
    public DemandSeries Series => new(Weeks, Weeks.Length >= 2 * Season ? Season : 1);
}

/// <summary>Reads everything that a round needs, by the same few statements whatever the number of parts.</summary>
internal static class ForecastInput
{
    /// <summary>What is older than five years says nothing of next month.</summary>
    public const int MostWeeks = 260;

    // What is made may be found in no price list, and what is bought in several: the preferred supplier's lead time counts, else the shortest.
    private const string Parts =
        """
        select p.id, p.category_id,
            exists (select from bom_lines b where b.parent_part_id = p.id and b.deleted_at is null),
            (select coalesce(nullif(o.lead_time_days, 0), s.default_lead_time_days, 0)
                from supplier_parts o join suppliers s on s.id = o.supplier_id
                where o.part_id = p.id and o.deleted_at is null and s.deleted_at is null and s.is_active
                order by o.preferred desc, 1, o.id limit 1)
        from parts p
        where p.deleted_at is null and p.type <> 'service' and exists (select from sales_history h where h.part_id = p.id and h.time >= $1 and h.time < $2)
        order by p.id
        """;

    /// <summary>By part and week between two moments. What came back is netted against what was sold in its week; a week never falls below nothing.</summary>
    public const string SalesByWeek =
        """
        select part_id, date_trunc('week', time at time zone 'UTC')::date as week, greatest(sum(quantity), 0)
        from sales_history where time >= $1 and time < $2 group by part_id, week order by part_id, week
        """;

    /// <summary>All parts with a sale in the five years before a Monday, and how many statements that took.</summary>
    public static async Task<(IReadOnlyList<PartDemand> Parts, int Statements)> ReadAsync(SourcingDb db, DateOnly origin, CancellationToken ct)
    {
        var sql = new RunSql(db);
        var (from, to) = (IsoWeek.Start(origin.AddDays(-7 * MostWeeks)), IsoWeek.Start(origin));
        var parameters = await ParametersAsync(db, sql, ct);
        var parts = new List<(Guid Id, int Ahead, double Level)>();
        await sql.ReadAsync(Parts, r =>
        {
            var rows = parameters.Of(r.GetGuid(0), r.GuidOrNull(1));
            var lead = !r.GetBoolean(2) && r.IntOrNull(3) is { } bought ? bought : ResolvedParameters.Pick(rows, p => p.MadeLeadTimeDays) ?? 0;
            var days = lead + (ResolvedParameters.Pick(rows, p => p.ReviewDays) ?? 0);
            parts.Add((r.GetGuid(0), Math.Clamp((days + 6) / 7, 1, 52), (double)(ResolvedParameters.Pick(rows, p => p.ServiceLevel) ?? 0.95m)));
        }, ct, from, to);
        var sold = new Dictionary<Guid, List<(int, decimal)>>();
        await sql.ReadAsync(SalesByWeek, r =>
        {
            if (!sold.TryGetValue(r.GetGuid(0), out var own))
            {
                sold[r.GetGuid(0)] = own = [];
            }

            own.Add((r.Day(1).DayNumber / 7, r.GetDecimal(2)));
        }, ct, from, to);
        var last = (origin.DayNumber / 7) - 1;
        return ([.. parts.Where(p => sold.ContainsKey(p.Id)).Select(p => new PartDemand(p.Id, SeriesCleaning.ZeroFill(sold[p.Id], last), p.Ahead, p.Level))], sql.Count);
    }

    private static async Task<ResolvedParameters> ParametersAsync(SourcingDb db, RunSql sql, CancellationToken ct)
    {
        var rows = await db.PlanningParameters.AsNoTracking().ToListAsync(ct);
        sql.Add(1);
        var parents = new Dictionary<Guid, Guid?>();
        await sql.ReadAsync("select id, parent_id from part_categories", r => parents[r.GetGuid(0)] = r.GuidOrNull(1), ct);
        return new(rows, parents);
    }
}
