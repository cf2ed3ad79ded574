using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Orders;
using Sourcing.Data.Rfqs;

namespace Sourcing.Data.Planning;

/// <summary>What became of a recommendation: its RFQ, and the orders that it or the RFQ's award made.</summary>
internal static class RecommendationOutcomes
{
    public static async Task<(RecommendationRfq? Rfq, IReadOnlyList<RecommendationOrder> Orders)> OfAsync(SourcingDb db, ProcurementRecommendation row, CancellationToken ct)
    {
        if (row.Status != RecommendationStatus.Converted)
        {
            return (null, []);
        }

        var rfq = row.RfqId is null ? null : await db.Rfqs.IgnoreQueryFilters([SourcingDb.LiveRows]).Where(r => r.Id == row.RfqId)
            .Select(r => new RecommendationRfq(r.Id, r.Number, r.Status, r.DeletedAt != null || r.Lines.All(l => l.Id != row.RfqLineId))).SingleOrDefaultAsync(ct);
        var made = row.OrderId is null ? [] : await db.Orders.IgnoreQueryFilters([SourcingDb.LiveRows]).Where(o => o.Id == row.OrderId)
            .Select(o => new { o.Id, o.Number, o.Status, Deleted = o.DeletedAt != null, Line = o.Lines.Where(l => l.Id == row.OrderLineId).Select(l => new { l.Quantity, l.Unit, l.PromisedDate }).FirstOrDefault() })
            .ToListAsync(ct);
        var awarded = row.RfqLineId is null ? [] : await (
            from o in db.Orders.IgnoreQueryFilters([SourcingDb.LiveRows])
            from l in o.Lines
            where l.RfqLineId == row.RfqLineId
            orderby o.Number
            select new RecommendationOrder(o.Id, o.Number, o.Status, l.Quantity, l.Unit, l.PromisedDate, o.DeletedAt != null)).Take(20).ToListAsync(ct);
        return (rfq, [.. made.Select(o => new RecommendationOrder(o.Id, o.Number, o.Status, o.Line?.Quantity ?? 0, o.Line?.Unit ?? "", o.Line?.PromisedDate, o.Deleted || o.Line is null)), .. awarded]);
    }

    /// <summary>Those of these recommendations that an order or an RFQ still stands for: the others came to nothing, or were never turned into anything.</summary>
    public static async Task<HashSet<Guid>> StandingAsync(SourcingDb db, IReadOnlyCollection<Guid> ids, CancellationToken ct)
    {
        RfqStatus[] over = [RfqStatus.Cancelled, RfqStatus.Awarded, RfqStatus.Completed];
        var standing = await db.ProcurementRecommendations.Where(r => ids.Contains(r.Id) && (
            db.Orders.Any(o => o.Id == r.OrderId && o.Status != OrderStatus.Cancelled && o.Lines.Any(l => l.Id == r.OrderLineId))
            || db.Orders.Any(o => o.Status != OrderStatus.Cancelled && o.Lines.Any(l => l.RfqLineId != null && l.RfqLineId == r.RfqLineId))
            || db.Rfqs.Any(q => q.Id == r.RfqId && !over.Contains(q.Status) && q.Lines.Any(l => l.Id == r.RfqLineId)))).Select(r => r.Id).ToListAsync(ct);
        return [.. standing];
    }
}
