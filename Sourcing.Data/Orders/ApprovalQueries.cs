using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Data.Rfqs;

namespace Sourcing.Data.Orders;

/// <summary>What waits for a second person.</summary>
public enum ApprovalKind
{
    /// <summary>The award of an RFQ.</summary>
    Award,

    /// <summary>An order written by hand.</summary>
    Order,
}

/// <summary>An award or order that waits for approval.</summary>
/// <param name="Id">Of the RFQ or of the order.</param>
/// <param name="Title">The RFQ's title, or the order's supplier.</param>
/// <param name="Suppliers">How many get an order; 1 for an order.</param>
/// <param name="TotalInBase">In the base currency; null where a rate is missing.</param>
/// <param name="Reason">The buyer's own words; may be empty.</param>
/// <param name="IsOwn">Asked for by the person who looks, who therefore cannot give it.</param>
/// <param name="WithinLimit">Whether the limit of the person who looks reaches it.</param>
/// <param name="Limit">That limit, in the base currency; null for none.</param>
public sealed record ApprovalRow(
    ApprovalKind Kind, Guid Id, string Number, string Title, int Suppliers, decimal Total, string Currency, decimal? TotalInBase, string AskedBy, DateTimeOffset AskedAt,
    string Reason, bool IsOwn, bool WithinLimit, decimal? Limit);

/// <summary>Reads what waits for approval.</summary>
public sealed class ApprovalQueries(Database database, CurrentUser user)
{
    /// <summary>At most this many of each kind are shown.</summary>
    public const int Most = 200;

    /// <summary>Everything that waits, the longest waiting first.</summary>
    public Task<IReadOnlyList<ApprovalRow>> WaitingAsync(CancellationToken ct)
    {
        user.Demand(Permission.OrdersApprove);
        return database.ReadAsync<IReadOnlyList<ApprovalRow>>(
            async (db, token) =>
            {
                var limit = await db.People.Where(p => p.Id == user.Id).Select(p => p.ApprovalLimit).SingleOrDefaultAsync(token);
                var awards = await (
                    from d in db.AwardDecisions
                    where d.Status == AwardStatus.Waiting
                    join r in db.Rfqs on d.RfqId equals r.Id
                    orderby d.DecidedAt, d.Id
                    select new ApprovalRow(
                        ApprovalKind.Award, r.Id, r.Number, r.Title,
                        db.Awards.Where(a => a.DecisionId == d.Id).Join(db.QuoteLines, a => a.QuoteLineId, l => l.Id, (a, l) => l.QuoteId).Distinct().Count(),
                        d.Total, d.Currency, d.TotalInBase, db.People.Where(p => p.Id == d.DecidedBy).Select(p => p.FullName).FirstOrDefault() ?? "", d.DecidedAt,
                        d.Justification, d.DecidedBy == user.Id, false, limit)).Take(Most).ToListAsync(token);
                var orders = await (
                    from i in db.OrderInternals
                    where i.ApprovalRequestedAt != null
                    join o in db.Orders on i.Id equals o.Id
                    where o.Status == OrderStatus.Draft
                    join s in db.Suppliers.IgnoreQueryFilters(new[] { SourcingDb.LiveRows }) on o.SupplierId equals s.Id
                    orderby i.ApprovalRequestedAt, i.Id
                    select new ApprovalRow(
                        ApprovalKind.Order, o.Id, o.Number, s.Name, 1, o.Total, o.Currency, null,
                        db.People.Where(p => p.Id == i.ApprovalRequestedBy).Select(p => p.FullName).FirstOrDefault() ?? "", i.ApprovalRequestedAt!.Value,
                        i.Note, i.ApprovalRequestedBy == user.Id, false, limit)).Take(Most).ToListAsync(token);
                var rates = await CurrencyConversion.LoadAsync(db, orders.Select(o => o.Currency), token);
                var today = DateOnly.FromDateTime((await db.NowAsync(token)).UtcDateTime);
                return
                [
                    .. awards.Concat(orders.Select(o => o with { TotalInBase = rates.TryConvert(o.Total, o.Currency, CurrencyConversion.Base, today)?.Amount }))
                        .Select(a => a with { WithinLimit = a.TotalInBase is { } total && Order.IsWithin(limit, total) })
                        .OrderBy(a => a.AskedAt),
                ];
            },
            ct);
    }
}
