using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Orders;
using Sourcing.Data.Rfqs;

namespace Sourcing.Data.Sales;

/// <summary>An RFQ as whoever asked for it reads it: how far it is, and no supplier and no price.</summary>
/// <param name="CustomerId">Null where the customer is somebody else's now.</param>
/// <param name="Round">From 1.</param>
/// <param name="Invited">Suppliers asked in this round.</param>
/// <param name="Answered">Of them, those who quoted or declined.</param>
/// <param name="RequestId">What the representative had asked for; null where a buyer began by themselves.</param>
/// <param name="Orders">Issued orders that came of it, the newest first.</param>
/// <param name="Notes">About it, the newest first.</param>
public sealed record CustomerRfqDetails(
    Guid Id, string Number, string Title, string Description, RfqStatus Status, Guid? CustomerId, string Customer, string RepName, string Buyer, DateTimeOffset? Deadline, int Round, int Invited, int Answered,
    CustomerRfqDays Days, string CancelReason, Guid? RequestId, string Request, IReadOnlyList<CustomerRfqLine> Lines, IReadOnlyList<CustomerRfqOrder> Orders, IReadOnlyList<NoteView> Notes);

/// <summary>When it came how far; null for not yet.</summary>
/// <param name="Issued">When suppliers were asked.</param>
/// <param name="Closed">When quoting ended.</param>
public sealed record CustomerRfqDays(DateTimeOffset Created, DateTimeOffset? Issued, DateTimeOffset? Closed, DateTimeOffset? Awarded, DateTimeOffset? Completed, DateTimeOffset? Cancelled);

/// <summary>A line of it.</summary>
/// <param name="PartId">Null for goods that are no part.</param>
public sealed record CustomerRfqLine(Guid Id, int LineNo, Guid? PartId, string PartNumber, string Description, decimal Quantity, string Unit, DateOnly? NeedBy);

/// <summary>An order that came of it.</summary>
public sealed record CustomerRfqOrder(Guid Id, string Number, OrderStatus Status, DateOnly? DueDate, decimal ReceivedShare);

/// <summary>Reads RFQs for whoever sells to their customers: of one's own customers, and what one asked for, and of everybody below. The database shows no others.</summary>
public sealed class CustomerRfqQueries(Database database, CurrentUser user)
{
    /// <summary>Lines, orders and notes shown of each.</summary>
    public const int Most = 200;

    /// <summary>An RFQ for a customer; null for one that is not there, that is for nobody, or that is not theirs to see.</summary>
    public Task<CustomerRfqDetails?> DetailsAsync(Guid id, CancellationToken ct)
    {
        user.Demand(Permission.NotesUse);
        return database.ReadMomentAsync<CustomerRfqDetails?>(
            async (db, token) =>
            {
                var found = await (
                    from r in db.Rfqs
                    where r.Id == id && r.CustomerId != null
                    from c in db.Customers.Where(c => c.Id == r.CustomerId).DefaultIfEmpty()
                    from q in db.RfqRequests.Where(q => q.RfqId == r.Id).DefaultIfEmpty()
                    select new
                    {
                        r.Id, r.Number, r.Title, r.Description, r.Status, CustomerId = (Guid?)c.Id, Customer = c.Name ?? "", r.Deadline, r.Round, r.CreatedAt, r.IssuedAt, r.ClosedAt, r.AwardedAt, r.CompletedAt,
                        r.CancelledAt, r.CancelReason, RequestId = (Guid?)q.Id, Request = q.Number ?? "",
                        Rep = db.People.Where(p => p.Id == r.SalesRepId).Select(p => p.FullName).FirstOrDefault() ?? "", Buyer = db.People.Where(p => p.Id == r.BuyerId).Select(p => p.FullName).FirstOrDefault() ?? "",
                        Invited = db.RfqInvitations.Count(i => i.RfqId == r.Id && i.Round == r.Round && i.InvitedAt != null),
                        Answered = db.RfqInvitations.Count(i => i.RfqId == r.Id && i.Round == r.Round && i.InvitedAt != null && (i.Status == InvitationStatus.Quoted || i.Status == InvitationStatus.Declined)),
                    }).SingleOrDefaultAsync(token);
                return found is null ? null : new CustomerRfqDetails(
                    found.Id, found.Number, found.Title, found.Description, found.Status, found.CustomerId, found.Customer, found.Rep, found.Buyer, found.Deadline, found.Round, found.Invited, found.Answered,
                    new(found.CreatedAt, found.IssuedAt, found.ClosedAt, found.AwardedAt, found.CompletedAt, found.CancelledAt), found.CancelReason ?? "", found.RequestId, found.Request,
                    await LinesAsync(db, id, token), await OrdersAsync(db, id, token), await NoteQueries.NewestAsync(db, db.SalesNotes.Where(n => n.RfqId == id), user.Id, Most, token));
            }, ct);
    }

    private static async Task<IReadOnlyList<CustomerRfqLine>> LinesAsync(SourcingDb db, Guid id, CancellationToken ct) => await (
        from l in db.RfqLines
        where l.RfqId == id
        from p in db.Parts.IgnoreQueryFilters(new[] { SourcingDb.LiveRows }).Where(p => p.Id == l.PartId).DefaultIfEmpty()
        from u in db.Units.Where(u => u.Id == l.UnitId).DefaultIfEmpty()
        orderby l.LineNo, l.Id
        select new CustomerRfqLine(l.Id, l.LineNo, l.PartId, p.Number ?? "", l.Description, l.Quantity, u.Code ?? "", l.NeedBy)).Take(Most).ToListAsync(ct);

    private static async Task<IReadOnlyList<CustomerRfqOrder>> OrdersAsync(SourcingDb db, Guid id, CancellationToken ct) => await db.Orders
        .Where(o => o.RfqId == id && o.IssuedAt != null && db.OrderSales.Any(s => s.Id == o.Id)).OrderByDescending(o => o.IssuedAt).ThenBy(o => o.Id).Take(Most)
        .Select(o => new CustomerRfqOrder(o.Id, o.Number, o.Status, o.DueDate, o.ReceivedShare)).ToListAsync(ct);
}
