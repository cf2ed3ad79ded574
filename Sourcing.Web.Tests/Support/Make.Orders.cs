using Sourcing.Data.Orders;

namespace Sourcing.Web.Tests.Support;

/// <summary>Builds things through the domain, so that a test names only what it is about.</summary>
public static partial class Make
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    private static readonly Guid Kilogram = Guid.CreateVersion7();

    public static OrderTerms Terms(decimal freight = 0, decimal taxRate = 0) => new("30 days net", "DAP Hamburg", "Works 2, Hamburg", freight, taxRate);

    public static OrderLineDraft OrderLine(
        decimal quantity = 100, decimal price = 2.5m, string description = "Combed cotton yarn", DateOnly? needBy = null, DateOnly? promised = null, Guid? id = null) =>
        new(id, null, "MAT-20433", "CY-24", description, quantity, Kilogram, "kg", price, needBy, promised);

    /// <summary>An order in memory, walked to a state by its own verbs. Lines: 100 kg at 2.50 and 40 kg at 10.00 unless given.</summary>
    public static Order Order(OrderStatus status = OrderStatus.Draft, params OrderLineDraft[] lines)
    {
        var order = Data.Orders.Order.Draft("PO-2026-00001", Guid.CreateVersion7(), "EUR", Guid.CreateVersion7(), Guid.CreateVersion7());
        order.Edit(order.SupplierId, "EUR", Terms(), lines.Length > 0 ? lines : [OrderLine(), OrderLine(40, 10, "Elastane yarn")]);
        foreach (var step in Steps(status))
        {
            step(order);
        }

        Assert.Equal(status, order.Status);
        return order;
    }

    private static IEnumerable<Action<Order>> Steps(OrderStatus status)
    {
        Action<Order> cancel = o => o.Cancel("Not needed any more", Noon);
        Action<Order> approve = o => o.Approve(new(Guid.CreateVersion7(), "Mira Holsten", null), o.Total, Noon);
        Action<Order> issue = o => o.Issue("Mira Holsten", "mira.holsten@example.test", "sales@example.test", Noon);
        Action<Order> receiveFirst = o => o.Receive(o.Lines[0].Id, o.Lines[0].Quantity, 0, null, "", Noon, Guid.CreateVersion7(), Noon);
        Action<Order> receiveRest = o => o.Lines.Where(l => l.OpenQuantity > 0).ToList().ForEach(l => o.Receive(l.Id, l.OpenQuantity, 0, null, "", Noon, Guid.CreateVersion7(), Noon));
        return status switch
        {
            OrderStatus.Draft => [],
            OrderStatus.Approved => [approve],
            OrderStatus.Issued => [approve, issue],
            OrderStatus.Acknowledged => [approve, issue, o => o.Acknowledge(Noon)],
            OrderStatus.InProduction => [approve, issue, o => o.StartProduction(Noon)],
            OrderStatus.Shipped => [approve, issue, o => o.Ship("Nordfracht", "NF-1", null, null, Noon, Noon)],
            OrderStatus.PartiallyReceived => [approve, issue, receiveFirst],
            OrderStatus.Received => [approve, issue, receiveRest],
            OrderStatus.Closed => [approve, issue, receiveRest, o => o.Close("", Noon)],
            _ => [cancel],
        };
    }
}
