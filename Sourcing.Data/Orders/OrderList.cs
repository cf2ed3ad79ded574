using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Common.Lists;

namespace Sourcing.Data.Orders;

/// <summary>The list of orders.</summary>
public sealed class OrderList(Database database, CurrentUser user, TimeProvider time) : ListSource<OrderRow>(database, user)
{
    private static readonly ListShape<OrderRow> Columns = new ListShape<OrderRow>("orders", "Orders", o => o.Id)
        .Add(o => o.Number, "Number", FieldKind.Code)
        .Add(o => o.Supplier, "Supplier", FieldKind.Text)
        .Add(o => o.Status, "Status", FieldKind.Choice)
        .Add(o => o.IsLate, "Late", FieldKind.Flag, sortable: false, hidden: true)
        .Add(o => o.IsAtRisk, "Promised after need", FieldKind.Flag, sortable: false, hidden: true)
        .Add(o => o.AwaitsApproval, "Waits for approval", FieldKind.Flag, sortable: false, hidden: true)
        .Add(o => o.HasProposal, "New date proposed", FieldKind.Flag, sortable: false, hidden: true)
        .Add(o => o.Total, "Total", FieldKind.Money, currency: o => o.Currency, totalled: true)
        .Add(o => o.OrderedAt, "Ordered", FieldKind.Moment)
        .Add(o => o.ExpectedDate, "Needed", FieldKind.Date, hidden: true)
        .Add(o => o.PromisedDate, "Promised", FieldKind.Date)
        .Add(o => o.DueDate, "Due", FieldKind.Date)
        .Add(o => o.ReceivedShare, "Received", FieldKind.Percent)
        .Add(o => o.Buyer, "Buyer", FieldKind.Text)
        .Add(o => o.PaymentStatus, "Payment", FieldKind.Choice, hidden: true)
        .Add(o => o.Source, "Source", FieldKind.Choice, hidden: true)
        .Add(o => o.ExternalNumber, "External number", FieldKind.Code, hidden: true)
        .Add(o => o.Currency, "Currency", FieldKind.Code, hidden: true)
        .OrderedBy("orderedAt", descending: true);

    /// <inheritdoc/>
    public override ListShape<OrderRow> Shape => Columns;

    /// <inheritdoc/>
    public override Permission Permission => Permission.OrdersRead;

    /// <inheritdoc/>
    protected override IQueryable<OrderRow> Rows(SourcingDb db, string search)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time.GetUtcNow(), User.Identity.TimeZone).DateTime);
        // Orders of a supplier that was deleted since stay in the list; deleted orders do not.
        var orders = db.Orders.IgnoreQueryFilters([SourcingDb.LiveRows]).Where(o => o.DeletedAt == null);
        if (search.Length > 0)
        {
            var found = db.Database.SqlQuery<Guid>($"select id as \"Value\" from app.search_orders({search})");
            orders = orders.Where(o => found.Contains(o.Id));
        }

        return from o in orders
            join s in db.Suppliers on o.SupplierId equals s.Id
            join p in db.People on o.BuyerId equals p.Id into people
            from buyer in people.DefaultIfEmpty()
            select new OrderRow
            {
                Id = o.Id, Number = o.Number, ExternalNumber = o.ExternalNumber, SupplierId = o.SupplierId, Supplier = s.Name, Status = o.Status,
                IsLate = o.DueDate < today && OrderStates.Open.Contains(o.Status),
                IsAtRisk = o.IsAtRisk && OrderStates.Open.Contains(o.Status),
                AwaitsApproval = o.Status == OrderStatus.Draft && db.OrderInternals.Any(i => i.Id == o.Id && i.ApprovalRequestedAt != null),
                HasProposal = OrderStates.Open.Contains(o.Status) && db.OrderDateChanges.Any(c => c.OrderId == o.Id && c.Status == DateChangeStatus.Proposed),
                Currency = o.Currency, Total = o.Total, OrderedAt = o.OrderedAt, DueDate = o.DueDate, PromisedDate = o.PromisedDate, ExpectedDate = o.ExpectedDate,
                ReceivedShare = o.ReceivedShare, PaymentStatus = o.PaymentStatus, Source = o.Source, Buyer = buyer.FullName ?? "",
            };
    }
}
