using Microsoft.EntityFrameworkCore;

namespace Sourcing.Data.Suppliers.Scorecards;

/// <summary>A row of <c>app.reckon_kpis</c>.</summary>
internal sealed class KpiSum
{
    public Guid SupplierId { get; set; }

    public string Kpi { get; set; } = "";

    public DateOnly PeriodStart { get; set; }

    public int Events { get; set; }

    public decimal? Top { get; set; }

    public decimal? Bottom { get; set; }

    public decimal? Value { get; set; }
}

/// <summary>Asks the database for KPIs. What they are made of stands in <c>127.scorecards.sql</c> and nowhere else.</summary>
internal static class KpiReading
{
    private static readonly string[] OfSupplierPage = [Kpis.OnTimeInFull, Kpis.ResponseRate, Kpis.HoursToAnswer, Kpis.WinRate, Kpis.PriceToMedian, Kpis.Spend];

    /// <summary>The KPIs of a supplier's page over the twelve months up to today, by code.</summary>
    public static async Task<IReadOnlyDictionary<string, KpiSum>> TwelveMonthsAsync(SourcingDb db, Guid supplierId, DateOnly today, CancellationToken ct) =>
        (await db.Database.SqlQuery<KpiSum>(
            $"""
            select supplier_id as "SupplierId", kpi as "Kpi", period_start as "PeriodStart", events as "Events", top as "Top", bottom as "Bottom", value as "Value"
            from app.reckon_kpis('all', {today.AddMonths(-12)}, {today.AddDays(1)}, {today}, {supplierId}, {OfSupplierPage})
            """).ToListAsync(ct)).ToDictionary(k => k.Kpi);

    /// <summary>KPIs of all suppliers over the periods of [first, until), reckoned now and kept nowhere.</summary>
    public static Task<List<KpiSum>> ReckonAsync(SourcingDb db, ScorePeriod period, DateOnly first, DateOnly until, DateOnly today, IEnumerable<string> kpis, CancellationToken ct) =>
        db.Database.SqlQuery<KpiSum>(
            $"""
            select supplier_id as "SupplierId", kpi as "Kpi", period_start as "PeriodStart", events as "Events", top as "Top", bottom as "Bottom", value as "Value"
            from app.reckon_kpis({Step(period)}, {first}, {until}, {today}, null, {kpis.ToArray()})
            """).ToListAsync(ct);

    /// <summary>What the period is called in SQL.</summary>
    public static string Step(ScorePeriod period) => Common.Words.Snake(period.ToString());

    /// <summary>By supplier and period, as the arithmetic reads it.</summary>
    public static Dictionary<Guid, Dictionary<DateOnly, Dictionary<string, KpiFigure>>> BySupplier(IEnumerable<KpiSum> rows) =>
        rows.GroupBy(r => r.SupplierId).ToDictionary(
            s => s.Key, s => s.GroupBy(r => r.PeriodStart).ToDictionary(p => p.Key, p => p.ToDictionary(r => r.Kpi, r => new KpiFigure(r.Value, r.Events))));

    /// <summary>The average of all suppliers by period and KPI: each supplier's value by the number of its events.</summary>
    public static Dictionary<DateOnly, Dictionary<string, decimal>> Means(IEnumerable<KpiSum> rows) =>
        rows.Where(r => r.Value is not null).GroupBy(r => r.PeriodStart).ToDictionary(
            p => p.Key, p => p.GroupBy(r => r.Kpi).ToDictionary(k => k.Key, k => k.Sum(r => r.Value!.Value * r.Events) / k.Sum(r => r.Events)));
}
