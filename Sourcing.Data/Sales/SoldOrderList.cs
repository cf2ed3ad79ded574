using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Catalog;
using Sourcing.Data.Common;
using Sourcing.Data.Common.Lists;
using Sourcing.Data.Orders;

namespace Sourcing.Data.Sales;

/// <summary>An order in the list of whoever sold it.</summary>
public sealed record SoldOrderRow
{
    public Guid Id { get; init; }

    public string Number { get; init; } = "";

    /// <summary>Null where the customer is somebody else's now.</summary>
    public Guid? CustomerId { get; init; }

    /// <summary>Empty where the customer is somebody else's now.</summary>
    public string Customer { get; init; } = "";

    public OrderStatus Status { get; init; }

    /// <summary>Something is still to come, and its day is over by the reader's calendar.</summary>
    public bool IsLate { get; init; }

    public bool IsAtRisk { get; init; }

    public string Currency { get; init; } = "";

    /// <summary>What the customer pays without tax, in the order's currency.</summary>
    public decimal Sold { get; init; }

    /// <summary>The same in the base currency by the rate of the day; null for a cancelled order, and without a rate.</summary>
    public decimal? Worth { get; init; }

    public DateTimeOffset OrderedAt { get; init; }

    /// <summary>The day it was ordered on, in UTC, as figures of sales count it.</summary>
    public DateOnly Day { get; init; }

    /// <summary>Of the next delivery.</summary>
    public DateOnly? DueDate { get; init; }

    /// <summary>0 to 1.</summary>
    public decimal Received { get; init; }

    public string Representative { get; init; } = "";

    /// <summary>Sold by oneself or somebody below, and not by whoever had the customer before.</summary>
    public bool IsOwn { get; init; }

    public string Rfq { get; init; } = "";
}

/// <summary>Orders that were issued, for whoever sold them: of one's own customers, and what one sold oneself, and of everybody below.</summary>
public sealed class SoldOrderList(Database database, CurrentUser user, TimeProvider time) : ListSource<SoldOrderRow>(database, user)
{
    private const int MostHits = 1000;

    private static readonly ListShape<SoldOrderRow> Columns = new ListShape<SoldOrderRow>("sold-orders", "Sold orders", o => o.Id)
        .Add(o => o.Number, "Number", FieldKind.Code)
        .Add(o => o.Customer, "Customer", FieldKind.Text)
        .Add(o => o.Status, "State", FieldKind.Choice)
        .Add(o => o.Sold, "Customer pays", FieldKind.Money, currency: o => o.Currency)
        .Add(o => o.Received, "Received", FieldKind.Percent)
        .Add(o => o.OrderedAt, "Ordered", FieldKind.Moment)
        .Add(o => o.DueDate, "Due", FieldKind.Date)
        .Add(o => o.Representative, "Representative", FieldKind.Text)
        .Add(o => o.Worth, "Worth", FieldKind.Money, currency: _ => PartQueries.BaseCurrency, totalled: true, hidden: true)
        .Add(o => o.Day, "Day of the order", FieldKind.Date, sortable: false, hidden: true)
        .Add(o => o.Currency, "Currency", FieldKind.Code, hidden: true)
        .Add(o => o.IsLate, "Late", FieldKind.Flag, sortable: false, hidden: true)
        .Add(o => o.IsAtRisk, "At risk", FieldKind.Flag, sortable: false, hidden: true)
        .Add(o => o.IsOwn, "Sold by one’s own people", FieldKind.Flag, sortable: false, hidden: true)
        .Add(o => o.Rfq, "RFQ", FieldKind.Code, hidden: true)
        .OrderedBy("orderedAt", descending: true);

    private Guid[] _people = [];

    /// <inheritdoc/>
    public override ListShape<SoldOrderRow> Shape => Columns;

    /// <inheritdoc/>
    public override Permission Permission => Permission.NotesUse;

    /// <inheritdoc/>
    protected override async Task PrepareAsync(SourcingDb db, CancellationToken ct) => _people = await db.RepsBelowAsync(ct);

    /// <inheritdoc/>
    protected override IQueryable<SoldOrderRow> Rows(SourcingDb db, string search)
    {
        var (people, today) = (_people, Days.Today(time.GetUtcNow(), User.Identity.TimeZone));
        var worth = db.Database.SqlQuery<SaleWorth>($"select order_id as \"Id\", sold_base as \"Worth\" from customer_sales");
        var hits = db.Database.SqlQuery<Guid>($"select id as \"Value\" from app.search_sold_orders({LikePattern.Containing(search)}, {MostHits})");
        return
            from o in search.Length == 0 ? db.Orders : db.Orders.Where(o => hits.Contains(o.Id))
            where o.IssuedAt != null
            join s in db.OrderSales on o.Id equals s.Id
            select new SoldOrderRow
            {
                Id = o.Id, Number = o.Number, Status = o.Status, Currency = o.Currency, Sold = s.SaleTotal ?? o.Subtotal + o.Freight, OrderedAt = o.OrderedAt, DueDate = o.DueDate, Received = o.ReceivedShare,
                CustomerId = db.Customers.Where(c => c.Id == s.CustomerId).Select(c => (Guid?)c.Id).FirstOrDefault(),
                Customer = db.Customers.Where(c => c.Id == s.CustomerId).Select(c => c.Name).FirstOrDefault() ?? "",
                Worth = worth.Where(w => w.Id == o.Id).Select(w => w.Worth).FirstOrDefault(),
                Day = DateOnly.FromDateTime(o.OrderedAt.UtcDateTime), IsAtRisk = o.IsAtRisk, IsLate = o.DueDate < today && OrderStates.Open.Contains(o.Status),
                Representative = db.People.Where(p => p.Id == s.SalesRepId).Select(p => p.FullName).FirstOrDefault() ?? "", IsOwn = s.SalesRepId != null && people.Contains(s.SalesRepId.Value),
                Rfq = db.Rfqs.Where(r => r.Id == o.RfqId).Select(r => r.Number).FirstOrDefault() ?? "",
            };
    }

    private sealed class SaleWorth
    {
        public Guid Id { get; set; }

        public decimal? Worth { get; set; }
    }
}
