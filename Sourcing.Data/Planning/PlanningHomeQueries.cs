using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Planning.Cycles;

namespace Sourcing.Data.Planning;

/// <summary>Reads the first page of planning.</summary>
public sealed class PlanningHomeQueries(Database database, CurrentUser user)
{
    /// <summary>Buckets that the cover of a class looks at: a quarter of a year in weeks.</summary>
    private const int CoverBuckets = 13;

    /// <summary>The last cycle with what is urgent in it and what has changed since.</summary>
    /// <param name="today">The person's day: what should be ordered before it is late.</param>
    public Task<PlanningHome> HomeAsync(DateOnly today, CancellationToken ct)
    {
        user.Demand(Permission.PlanningRead);
        return database.ReadAsync(
            async (db, token) =>
            {
                var finished = db.PlanningCycles.Where(c => c.Kind == CycleKind.Live && (c.Status == CycleStatus.Completed || c.Status == CycleStatus.CompletedWithErrors))
                    .OrderByDescending(c => c.FinishedAt).ThenByDescending(c => c.Id);
                var rows = await db.CycleRowsAsync(finished.Take(2), token);
                if (rows.Count == 0)
                {
                    return new PlanningHome(null, null, false);
                }

                var hashes = await finished.Take(2).Select(c => c.InputHash).ToListAsync(token);
                var last = rows[0];
                var proposed = db.ProcurementRecommendations.Where(r => r.CycleId == last.Id && r.Status == RecommendationStatus.Proposed);
                var totals = await proposed.GroupBy(r => r.Currency).Select(g => new { g.Key, Total = g.Sum(r => r.TotalCost), Count = g.Count(), Late = g.Count(r => r.OrderBy < today) }).ToListAsync(token);
                return new PlanningHome(last, rows.ElementAtOrDefault(1), hashes.Count == 2 && hashes[0] == hashes[1])
                {
                    Urgent = await UrgentAsync(db, proposed, token),
                    ToOrder = [.. totals.Where(t => t.Key is not null).OrderByDescending(t => t.Total).Select(t => new ToOrder(t.Key!, t.Total ?? 0, t.Count))],
                    Proposed = totals.Sum(t => t.Count), Late = totals.Sum(t => t.Late),
                    Accepted = await db.ProcurementRecommendations.CountAsync(r => r.Status == RecommendationStatus.Accepted, token),
                    Since = await SinceAsync(db, last.StartedAt ?? last.CreatedAt, token),
                };
            },
            ct);
    }

    /// <summary>Cover, shortages and stock value by class of material in a cycle; the shortest cover first, at most 40.</summary>
    public Task<IReadOnlyList<ClassCover>> CoverAsync(Guid cycleId, CancellationToken ct)
    {
        user.Demand(Permission.PlanningRead);
        return database.ReadAsync<IReadOnlyList<ClassCover>>(
            async (db, token) =>
            {
                var shape = await MaterialPlanQueries.CycleAsync(db, cycleId, token) ?? throw new MissingException("planning cycle");
                const int days = CoverBuckets * 7;
                var buckets = shape.Head.Bucket == Arithmetic.BucketSize.Week ? CoverBuckets : CoverBuckets * 7;
                var rows = await db.Database.SqlQuery<CoverLine>(
                    $"""
                    with rates as (select distinct on (currency) currency, rate from exchange_rates order by currency, day desc),
                    plan as (
                        select part_id, sum(gross) filter (where bucket < {buckets}) as need, bool_or(projected_without_plan < safety_stock) as short, max(safety_stock) as safety
                        from planned_requirements where cycle_id = {cycleId} group by part_id),
                    materials as (
                        select p.category_id, plan.need, plan.short, plan.safety, coalesce(i.on_hand, 0) as on_hand,
                            coalesce(p.standard_cost, (
                                select min(s.unit_cost / coalesce(r.rate, 1)) from supplier_parts s left join rates r on r.currency = s.currency
                                where s.part_id = p.id and s.deleted_at is null and (s.currency = 'EUR' or r.rate is not null))) as cost
                        from plan join parts p on p.id = plan.part_id left join inventory i on i.part_id = p.id)
                    select c.id as "CategoryId", c.name as "Name", count(*)::int as "Materials", (count(*) filter (where m.on_hand < m.safety))::int as "BelowSafety",
                        (count(*) filter (where m.short))::int as "Short",
                        percentile_cont(0.5) within group (order by (m.on_hand / m.need * {days})::double precision) filter (where m.need > 0) as "Cover",
                        round(coalesce(sum(greatest(m.on_hand, 0) * m.cost), 0), 2) as "StockValue", (count(*) filter (where m.cost is null and m.on_hand > 0))::int as "Uncosted"
                    from materials m left join part_categories c on c.id = m.category_id
                    group by c.id, c.name order by "Cover" nulls last, c.name limit 40
                    """).ToListAsync(token);
                return [.. rows.Select(r => new ClassCover(r.Name, r.CategoryId, r.Materials, r.BelowSafety, r.Short, r.Cover is { } cover ? (int)Math.Clamp(cover, 0, 9999) : null, r.StockValue, r.Uncosted))];
            },
            ct);
    }

    private static async Task<IReadOnlyList<UrgentRecommendation>> UrgentAsync(SourcingDb db, IQueryable<ProcurementRecommendation> proposed, CancellationToken ct)
    {
        string[] live = [SourcingDb.LiveRows];
        return await (from r in proposed.OrderByDescending(r => r.UrgencyScore).ThenBy(r => r.OrderBy).ThenBy(r => r.Id).Take(8)
               join p in db.Parts.IgnoreQueryFilters(live) on r.PartId equals p.Id
               orderby r.UrgencyScore descending, r.OrderBy, r.Id
               select new UrgentRecommendation(
                   r.Id, r.PartId, p.Number, p.Name, r.Quantity, p.Unit.Code, r.SupplierId, db.Suppliers.IgnoreQueryFilters(live).Where(s => s.Id == r.SupplierId).Select(s => s.Name).FirstOrDefault(),
                   r.OrderBy, r.UrgencyScore, r.TotalCost, r.Currency, r.Reasoning)).ToListAsync(ct);
    }

    // What the next plan would read anew. One statement, whatever changed. A plan writes safety stocks itself, so stock has changed where it moved.
    private static async Task<IReadOnlyList<ChangedSince>> SinceAsync(SourcingDb db, DateTimeOffset since, CancellationToken ct)
    {
        var rows = await db.Database.SqlQuery<ChangedLine>(
            $"""
            select 'stock' as "Kind", count(distinct part_id)::int as "Count", 1 as "Place"
            from (select part_id from stock_movements where created_at > {since} union all select part_id from reservations where updated_at > {since}) moved
            union all select 'bills of materials', count(*)::int, 2 from bom_lines where updated_at > {since}
            union all select 'forecasts', count(*)::int, 3 from forecasts where updated_at > {since}
            union all select 'sales orders', count(*)::int, 4 from sales_order_lines where updated_at > {since}
            union all select 'prices and terms', count(*)::int, 5 from supplier_parts where updated_at > {since}
            union all select 'orders', count(*)::int, 6 from orders where updated_at > {since}
            union all select 'parameters', count(*)::int, 7 from planning_parameters where updated_at > {since}
            """).ToListAsync(ct);
        return [.. rows.Where(r => r.Count > 0).OrderBy(r => r.Place).Select(r => new ChangedSince(r.Kind, r.Count))];
    }

    private sealed record CoverLine(Guid? CategoryId, string? Name, int Materials, int BelowSafety, int Short, double? Cover, decimal StockValue, int Uncosted);

    private sealed record ChangedLine(string Kind, int Count, int Place);
}
