using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Common.Lists;

namespace Sourcing.Data.Orders;

/// <summary>An invoice in the list.</summary>
public sealed record InvoiceRow
{
    public Guid Id { get; init; }
    public Guid OrderId { get; init; }
    public string Number { get; init; } = "";
    public string Order { get; init; } = "";
    public Guid SupplierId { get; init; }
    public string Supplier { get; init; } = "";
    public InvoiceStatus Status { get; init; }
    public InvoiceMatch Match { get; init; }
    public DateOnly InvoiceDate { get; init; }
    public DateOnly? DueOn { get; init; }

    /// <summary>To be paid, and its day has passed.</summary>
    public bool IsOverdue { get; init; }
    public string Currency { get; init; } = "";
    public decimal Total { get; init; }
    public decimal Open { get; init; }
    public string EnteredBy { get; init; } = "";
    public DateTimeOffset EnteredAt { get; init; }
}

/// <summary>The list of suppliers' invoices.</summary>
public sealed class InvoiceList(Database database, CurrentUser user, TimeProvider time) : ListSource<InvoiceRow>(database, user)
{
    private static readonly ListShape<InvoiceRow> Columns = new ListShape<InvoiceRow>("invoices", "Invoices", i => i.Id)
        .Add(i => i.Number, "Number", FieldKind.Code)
        .Add(i => i.Supplier, "Supplier", FieldKind.Text)
        .Add(i => i.Order, "Order", FieldKind.Code)
        .Add(i => i.Status, "Status", FieldKind.Choice)
        .Add(i => i.Match, "Match", FieldKind.Choice)
        .Add(i => i.Total, "Total", FieldKind.Money, currency: i => i.Currency, totalled: true)
        .Add(i => i.Open, "Open", FieldKind.Money, currency: i => i.Currency, totalled: true)
        .Add(i => i.InvoiceDate, "Invoice date", FieldKind.Date)
        .Add(i => i.DueOn, "Due", FieldKind.Date)
        .Add(i => i.IsOverdue, "Overdue", FieldKind.Flag, sortable: false, hidden: true)
        .Add(i => i.EnteredAt, "Entered", FieldKind.Moment)
        .Add(i => i.EnteredBy, "Entered by", FieldKind.Text, hidden: true)
        .OrderedBy("enteredAt", descending: true);

    /// <inheritdoc/>
    public override ListShape<InvoiceRow> Shape => Columns;

    /// <inheritdoc/>
    public override Permission Permission => Permission.OrdersRead;

    /// <inheritdoc/>
    protected override IQueryable<InvoiceRow> Rows(SourcingDb db, string search)
    {
        var today = Days.Today(time.GetUtcNow(), User.Identity.TimeZone);
        var rows =
            from i in db.Invoices
            where i.DeletedAt == null
            join o in db.Orders on i.OrderId equals o.Id
            join s in db.Suppliers.IgnoreQueryFilters(new[] { SourcingDb.LiveRows }) on i.SupplierId equals s.Id
            join p in db.People on i.EnteredBy equals p.Id into people
            from clerk in people.DefaultIfEmpty()
            select new InvoiceRow
            {
                Id = i.Id, OrderId = o.Id, Number = i.Number, Order = o.Number, SupplierId = s.Id, Supplier = s.Name, Status = i.Status, Match = i.Match, InvoiceDate = i.InvoiceDate, DueOn = i.DueOn,
                IsOverdue = i.DueOn < today && (i.Status == InvoiceStatus.ToPay || i.Status == InvoiceStatus.PartiallyPaid || i.Status == InvoiceStatus.Waiting),
                Currency = i.Currency, Total = i.Total, Open = i.Status == InvoiceStatus.Refused ? 0 : i.Total - i.Paid, EnteredBy = clerk.FullName ?? "", EnteredAt = i.EnteredAt,
            };
        if (search.Length == 0)
        {
            return rows;
        }

        var like = LikePattern.Containing(search);
        return rows.Where(r => EF.Functions.ILike(r.Number, like) || EF.Functions.ILike(r.Order, like) || EF.Functions.ILike(r.Supplier, like));
    }
}
