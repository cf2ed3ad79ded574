using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Orders;
using Sourcing.Data.Sales.Commissions;

namespace Sourcing.Data.Sales;

/// <summary>An order as whoever sold it reads it: no supplier, and no price of one line.</summary>
/// <param name="CustomerId">Null where the customer is somebody else's now.</param>
/// <param name="Sold">What the customer pays without tax, in the order's currency.</param>
/// <param name="Cost">What the order costs without tax, in its currency.</param>
/// <param name="ReceivedShare">0 to 1.</param>
/// <param name="DueDate">Of the next delivery.</param>
/// <param name="Commissions">Of oneself and everybody below, the earliest first; empty for whoever reads none.</param>
public sealed record CustomerOrderDetails(
    Guid Id, string Number, OrderStatus Status, Guid? CustomerId, string Customer, string RepName, decimal Sold, decimal Cost, string Currency, decimal ReceivedShare, bool IsAtRisk,
    DateTimeOffset? IssuedAt, DateTimeOffset? ReceivedAt, DateTimeOffset? ClosedAt, DateOnly? PromisedDate, DateOnly? DueDate, string CancelReason, Guid? RfqId, string Rfq,
    IReadOnlyList<CustomerOrderLine> Lines, IReadOnlyList<CustomerOrderReceipt> Receipts, IReadOnlyList<NoteView> Notes, IReadOnlyList<CommissionRow> Commissions)
{
    /// <summary>What is sold above what it costs.</summary>
    public decimal Margin => Sold - Cost;

    /// <summary>Something is still to come, and its day is over.</summary>
    public bool IsLate(DateOnly today) => DueDate < today && OrderStates.Open.Contains(Status);
}

/// <summary>A line of it.</summary>
/// <param name="PartId">Null for goods that are no part.</param>
/// <param name="Received">Of the quantity.</param>
public sealed record CustomerOrderLine(Guid Id, int LineNo, Guid? PartId, string PartNumber, string Description, decimal Quantity, string Unit, DateOnly? NeedBy, DateOnly? PromisedDate, decimal Received);

/// <summary>Goods that came.</summary>
/// <param name="Rejected">Of the quantity, not accepted.</param>
public sealed record CustomerOrderReceipt(Guid Id, int LineNo, DateTimeOffset At, decimal Quantity, decimal Rejected, string Unit);

/// <summary>Reads orders for whoever sold them: of one's own customers, and what one sold oneself, and of everybody below. The database shows no others.</summary>
public sealed class CustomerOrderQueries(Database database, CurrentUser user)
{
    /// <summary>Lines, receipts, notes and commissions shown of each.</summary>
    public const int Most = 200;

    /// <summary>An order that was issued; null for a draft, one that is not there, or one that is not theirs to see.</summary>
    public Task<CustomerOrderDetails?> DetailsAsync(Guid id, CancellationToken ct)
    {
        user.Demand(Permission.NotesUse);
        return database.ReadMomentAsync<CustomerOrderDetails?>(
            async (db, token) =>
            {
                var found = await (
                    from s in db.OrderSales
                    join o in db.Orders on s.Id equals o.Id
                    where s.Id == id && o.IssuedAt != null
                    from c in db.Customers.Where(c => c.Id == s.CustomerId).DefaultIfEmpty()
                    from p in db.People.Where(p => p.Id == s.SalesRepId).DefaultIfEmpty()
                    from r in db.Rfqs.Where(r => r.Id == o.RfqId).DefaultIfEmpty()
                    select new
                    {
                        Order = o, CustomerId = (Guid?)c.Id, Customer = c.Name ?? "", Rep = p.FullName ?? "", Sold = s.SaleTotal ?? o.Subtotal + o.Freight, RfqId = (Guid?)r.Id, Rfq = r.Number ?? "",
                    }).Select(x => new
                    {
                        x.Order.Id, x.Order.Number, x.Order.Status, x.CustomerId, x.Customer, x.Rep, x.Sold, Cost = x.Order.Subtotal + x.Order.Freight, x.Order.Currency, x.Order.ReceivedShare, x.Order.IsAtRisk,
                        x.Order.IssuedAt, x.Order.ReceivedAt, x.Order.ClosedAt, x.Order.PromisedDate, x.Order.DueDate, x.Order.CancelReason, x.RfqId, x.Rfq,
                    }).SingleOrDefaultAsync(token);
                return found is null ? null : new CustomerOrderDetails(
                    found.Id, found.Number, found.Status, found.CustomerId, found.Customer, found.Rep, found.Sold, found.Cost, found.Currency, found.ReceivedShare, found.IsAtRisk,
                    found.IssuedAt, found.ReceivedAt, found.ClosedAt, found.PromisedDate, found.DueDate, found.CancelReason, found.RfqId, found.Rfq,
                    await LinesAsync(db, id, token), await ReceiptsAsync(db, id, token), await NoteQueries.NewestAsync(db, db.SalesNotes.Where(n => n.OrderId == id), user.Id, Most, token), await CommissionsAsync(db, id, token));
            }, ct);
    }

    private async Task<IReadOnlyList<CommissionRow>> CommissionsAsync(SourcingDb db, Guid id, CancellationToken ct) => user.May(Permission.CommissionsRead)
        ? await CommissionList.Lines(db).Where(l => l.OrderId == id).OrderBy(l => l.EarnedOn).ThenBy(l => l.Id).Take(Most).ToListAsync(ct)
        : [];

    private static async Task<IReadOnlyList<CustomerOrderLine>> LinesAsync(SourcingDb db, Guid id, CancellationToken ct) => await (
        from l in db.OrderLines
        where l.OrderId == id
        from p in db.Parts.IgnoreQueryFilters(new[] { SourcingDb.LiveRows }).Where(p => p.Id == l.PartId).DefaultIfEmpty()
        from u in db.Units.Where(u => u.Id == l.UnitId).DefaultIfEmpty()
        orderby l.LineNo, l.Id
        select new CustomerOrderLine(l.Id, l.LineNo, l.PartId, p.Number ?? "", l.Description, l.Quantity, u.Code ?? "", l.NeedBy, l.PromisedDate, l.ReceivedQuantity)).Take(Most).ToListAsync(ct);

    private static async Task<IReadOnlyList<CustomerOrderReceipt>> ReceiptsAsync(SourcingDb db, Guid id, CancellationToken ct) => await (
        from r in db.Receipts
        where r.OrderId == id
        join l in db.OrderLines on r.OrderLineId equals l.Id
        from u in db.Units.Where(u => u.Id == l.UnitId).DefaultIfEmpty()
        orderby r.ReceivedAt descending, r.Id descending
        select new CustomerOrderReceipt(r.Id, l.LineNo, r.ReceivedAt, r.Quantity, r.RejectedQuantity, u.Code ?? "")).Take(Most).ToListAsync(ct);
}
