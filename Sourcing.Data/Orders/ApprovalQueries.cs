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

    /// <summary>A change of an order that the supplier has.</summary>
    Change,

    /// <summary>An invoice that differs from its order.</summary>
    Invoice,
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
                    where o.Status == OrderStatus.Draft && o.DeletedAt == null
                    join s in db.Suppliers.IgnoreQueryFilters(new[] { SourcingDb.LiveRows }) on o.SupplierId equals s.Id
                    orderby i.ApprovalRequestedAt, i.Id
                    select new ApprovalRow(
                        ApprovalKind.Order, o.Id, o.Number, s.Name, 1, o.Total, o.Currency, null,
                        db.People.Where(p => p.Id == i.ApprovalRequestedBy).Select(p => p.FullName).FirstOrDefault() ?? "", i.ApprovalRequestedAt!.Value,
                        i.Note, i.ApprovalRequestedBy == user.Id, false, limit)).Take(Most).ToListAsync(token);
                orders.AddRange(await ChangesAsync(db, limit, token));
                orders.AddRange(await InvoicesAsync(db, limit, token));
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

    private Task<List<ApprovalRow>> ChangesAsync(SourcingDb db, decimal? limit, CancellationToken ct) => (
        from c in db.OrderChanges
        where c.Status == OrderChangeStatus.WaitsForApproval
        join o in db.Orders on c.OrderId equals o.Id
        join s in db.Suppliers.IgnoreQueryFilters(new[] { SourcingDb.LiveRows }) on o.SupplierId equals s.Id
        orderby c.ProposedAt, c.Id
        select new ApprovalRow(
            ApprovalKind.Change, o.Id, o.Number, s.Name, 1, c.NewTotal, o.Currency, null, db.People.Where(p => p.Id == c.ProposedBy).Select(p => p.FullName).FirstOrDefault() ?? "",
            c.ProposedAt, c.Reason, c.ProposedBy == user.Id, false, limit)).Take(Most).ToListAsync(ct);

    // What waits for goods alone comes right by itself.
    private Task<List<ApprovalRow>> InvoicesAsync(SourcingDb db, decimal? limit, CancellationToken ct) => (
        from i in db.Invoices
        where i.DeletedAt == null && i.Status == InvoiceStatus.Waiting && i.Match != InvoiceMatch.NotReceived
        join o in db.Orders on i.OrderId equals o.Id
        join s in db.Suppliers.IgnoreQueryFilters(new[] { SourcingDb.LiveRows }) on i.SupplierId equals s.Id
        orderby i.EnteredAt, i.Id
        select new ApprovalRow(
            ApprovalKind.Invoice, o.Id, i.Number, s.Name, 1, i.Total, i.Currency, null, db.People.Where(p => p.Id == i.EnteredBy).Select(p => p.FullName).FirstOrDefault() ?? "",
            i.EnteredAt, i.Findings, i.EnteredBy == user.Id, false, limit)).Take(Most).ToListAsync(ct);
}
