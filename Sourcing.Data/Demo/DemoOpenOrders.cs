using Sourcing.Data.Orders;

namespace Sourcing.Data.Demo;

/// <summary>The orders of these days, one for each thing that a buyer or the demo's supplier has to do next.</summary>
internal static class DemoOpenOrders
{
    private const string Mira = "mira.holsten@example.test";
    private const string Tarek = "tarek.olsson@example.test";

    private static readonly (string Buyer, int Supplier, int DaysAgo, int Lines, Action<DemoStory, Order, DateTimeOffset> Live)[] Orders =
    [
        // The demo's supplier account: to acknowledge, with a date to decide, in production, on its way, partly received.
        (Mira, 0, 34, 3, PartlyReceived), (Tarek, 0, 24, 2, Shipped), (Mira, 0, 15, 4, InProduction), (Mira, 0, 8, 3, DateProposed), (Tarek, 0, 2, 5, Issued),
        (Mira, 8, 3, 2, Approved), (Mira, 12, 2, 1, Approved), (Tarek, 3, 2, 4, WaitsForApproval), (Mira, 16, 1, 2, Draft), (Tarek, 20, 26, 2, ClosedShort),
    ];

    public static int Count => Orders.Length;

    public static void Add(SourcingDb db, DemoStory story)
    {
        foreach (var (email, number, days, lines, live) in Orders)
        {
            var (supplier, sold) = story.Suppliers[number];
            var at = story.Now.AddDays(-days).AddHours(-3);
            var buyer = story.Person(email);
            var order = Order.Draft(story.Number("PO", at), supplier.Id, supplier.Currency, buyer, buyer);
            var parts = story.Parts.Where(p => sold.Contains(p.Kind.Code)).OrderByDescending(p => p.Sellers.Contains(supplier)).Take(lines);
            order.Edit(supplier.Id, supplier.Currency, DemoTrade.Terms(supplier, 0), [.. parts.Select(p => DemoTrade.Line(story, p, supplier, DemoTrade.Day(at), supplier.DefaultLeadTimeDays ?? 21, 0))]);
            story.Made.Add(("orders", order.Id, at));
            db.Add(order);
            live(story, order, at);
        }
    }

    private static void Draft(DemoStory story, Order order, DateTimeOffset at)
    {
        // As written.
    }

    private static void WaitsForApproval(DemoStory story, Order order, DateTimeOffset at) => order.RequestApproval(story.Person(Tarek), at.AddHours(1));

    private static void Approved(DemoStory story, Order order, DateTimeOffset at) => order.Approve(new(story.Person(Mira), "Mira Holsten", null), order.Total, at.AddMinutes(20));

    private static void Issued(DemoStory story, Order order, DateTimeOffset at)
    {
        Approved(story, order, at);
        order.Issue("Mira Holsten", Mira, "sales@orvanetextiles.example.test", at.AddHours(1));
    }

    private static void DateProposed(DemoStory story, Order order, DateTimeOffset at)
    {
        Issued(story, order, at);
        order.Acknowledge(at.AddDays(1));
        var line = order.Lines[1];
        order.ProposeDate(line.Id, line.NeedBy!.Value.AddDays(6), "The spinning frame for this count is down until Thursday.", story.Person("rui.tavora@example.test"), story.Now.AddHours(-2));
    }

    private static void InProduction(DemoStory story, Order order, DateTimeOffset at)
    {
        Issued(story, order, at);
        order.StartProduction(at.AddDays(2));
    }

    private static void Shipped(DemoStory story, Order order, DateTimeOffset at)
    {
        InProduction(story, order, at);
        order.Ship("Nordfracht", "NF440182", ShipmentMode.Truck, DemoTrade.Day(story.Now).AddDays(2), story.Now.AddDays(-2), story.Now.AddDays(-2));
    }

    private static void PartlyReceived(DemoStory story, Order order, DateTimeOffset at)
    {
        InProduction(story, order, at);
        order.Ship("Nordfracht", "NF440097", ShipmentMode.Truck, DemoTrade.Day(story.Now).AddDays(-6), story.Now.AddDays(-10), story.Now.AddDays(-10));
        var (came, by) = (story.Now.AddDays(-6), story.Person(Mira));
        var (first, second) = (order.Lines[0], order.Lines[1]);
        order.Receive(first.Id, first.Quantity, 0, null, "", came, by, came);
        var torn = decimal.Round(second.Quantity * 0.05m);
        order.Receive(second.Id, decimal.Round(second.Quantity * 0.6m), torn, RejectReason.Damaged, "Cones crushed on the lower layer of one pallet.", came, by, came);
        order.Pay(decimal.Round(order.Total * 0.3m, 2), DemoTrade.Day(at).AddDays(3), "Bank transfer", "BT-71190");
    }

    private static void ClosedShort(DemoStory story, Order order, DateTimeOffset at)
    {
        Approved(story, order, at);
        order.Issue("Tarek Olsson", Tarek, "", at.AddHours(1));
        order.Acknowledge(at.AddDays(1));
        var came = story.Now.AddDays(-4);
        order.Receive(order.Lines[0].Id, order.Lines[0].Quantity, 0, null, "", came, story.Person(Tarek), came);
        order.Close("The second line is not made any more; bought elsewhere.", story.Now.AddDays(-2));
    }
}
