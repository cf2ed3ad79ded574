using Sourcing.Data.Planning.Engine;

namespace Sourcing.Web.Tests.Planning.Engine;

/// <summary>Which supply is for which need, up and down the bills of materials.</summary>
public sealed class PeggingTests
{
    [Fact]
    public void Supplies_meet_needs_first_in_first_out_by_date_then_priority()
    {
        // 30 on hand, 40 arriving; needs: 20 in bucket 1, then two of 40 in bucket 3, the urgent one first.
        var plan = new Mill().Bought("Yarn", 30).Offer("Yarn", "Kesmira").Receipt("Yarn", 40, Mill.Week(3), "PO-7")
            .Order("Yarn", 20, Mill.Week(1), "SO-1").Order("Yarn", 40, Mill.Week(3), "SO-2", priority: 5).Order("Yarn", 40, Mill.Week(3), "SO-3", priority: 1).Plan();

        var needs = plan.Pegging.DemandsOf(Mill.Key("Yarn"));
        Assert.Equal(["SO-1", "SO-3", "SO-2"], needs.Select(n => n.Text));
        string Met(int need) => string.Join(", ", plan.Pegging.SuppliesOf(Mill.Key("Yarn"), need).Select(s => $"{s.Source} {s.Text}{s.Quantity:0}"));
        Assert.Equal("OnHand 20", Met(0));
        Assert.Equal("OnHand 10, Receipt PO-730", Met(1));
        Assert.Equal("Receipt PO-710, PlannedOrder 30", Met(2));
    }

    [Fact]
    public void What_is_left_of_an_order_is_tagged_and_the_parts_come_to_the_whole()
    {
        // Safety stock 15, need 20 in bucket 2; fixed lots of 30 and a least order of 70. Bucket 0: 15 → 30 → 70; that covers all.
        var plan = new Mill().Bought("Yarn", with: m => m with { SafetyOverride = 15, LotMethod = Data.Planning.Arithmetic.LotMethod.Fixed, FixedLot = 30 })
            .Offer("Yarn", "Kesmira", with: o => o with { Moq = 70 }).Order("Yarn", 20, Mill.Week(2)).Plan();

        var order = Assert.Single(plan.OrdersFor("Yarn"));
        var parts = plan.Pegging.PartsOf(order.Index);
        Assert.Equal(["SafetyStock 15", "FirmOrder 20", "MoqSurplus 35"], parts.Select(p => $"{p.Target} {p.Quantity:0.###}"));
        Assert.Equal(order.Quantity, parts.Sum(p => p.Quantity));
    }

    [Fact]
    public void The_surplus_of_a_lot_is_told_from_that_of_a_least_order()
    {
        // 20 → 30 by whole lots → 33 by the multiple of 11: 3 are the supplier's, 10 the lot's.
        var plan = new Mill().Bought("Yarn", with: m => m with { LotMethod = Data.Planning.Arithmetic.LotMethod.Fixed, FixedLot = 30 })
            .Offer("Yarn", "Kesmira", with: o => o with { OrderMultiple = 11 }).Order("Yarn", 20, Mill.Week(2)).Plan();

        Assert.Equal(["FirmOrder 20", "MoqSurplus 3", "LotSurplus 10"], plan.Pegging.PartsOf(0).Select(p => $"{p.Target} {p.Quantity:0.###}"));
    }

    /// <summary>Yarn → jersey → T-shirt and polo, with demand of three kinds.</summary>
    private static Mill Jersey() => new Mill()
        .Made("T-shirt").Made("Polo").Made("Jersey").Bought("Yarn").Takes("T-shirt", "Jersey", 0.5m).Takes("Polo", "Jersey", 1).Takes("Jersey", "Yarn", 2)
        .Offer("Yarn", "Kesmira").Order("T-shirt", 60, Mill.Week(6), "SO-3381").Forecast("T-shirt", 100, Mill.Week(6)).Order("Polo", 30, Mill.Week(6), "SO-9");

    [Fact]
    public void A_tree_leads_from_an_order_up_to_end_demand_in_its_own_unit()
    {
        // T-shirts: 60 ordered, 40 forecast left: 100 made, 50 jersey, 100 yarn. Polos: 30 made, 30 jersey, 60 yarn. Yarn: one order of 160.
        var plan = Jersey().Plan();
        var order = Assert.Single(plan.OrdersFor("Yarn"));
        var tree = plan.Pegging.DemandTree(order.Index);

        Assert.Equal(160, tree.RootQuantity);
        var jersey = Assert.Single(tree.Children);
        Assert.Equal(("Jersey", 160m, 80m), (jersey.Material.Number, jersey.RootQuantity, jersey.OwnQuantity));
        Assert.Equal(["Polo 60 30", "T-shirt 100 100"], jersey.Children.OrderBy(c => c.Material.Number).Select(c => $"{c.Material.Number} {c.RootQuantity:0.###} {c.OwnQuantity:0.###}"));
        var shirt = jersey.Children.Single(c => c.Material.Number == "T-shirt");
        Assert.Equal(["Forecast 40", "FirmOrder 60"], shirt.Children.OrderBy(c => c.RootQuantity).Select(c => $"{c.Target} {c.RootQuantity:0.###}"));
        Assert.Equal(("SO-3381", "Brinwell"), (shirt.Children.Single(c => c.Target == PegTarget.FirmOrder).Text, shirt.Children.Single(c => c.Target == PegTarget.FirmOrder).Customer));
        Assert.Equal(["T-shirt FirmOrder 60", "Polo FirmOrder 60", "T-shirt Forecast 40"],
            plan.Pegging.EndDemands(order.Index).OrderByDescending(e => e.Quantity).ThenByDescending(e => e.Material.Number).Select(e => $"{e.Material.Number} {e.Target} {e.Quantity:0.###}"));
    }

    [Fact]
    public void A_tree_leads_from_a_need_down_to_what_is_bought()
    {
        var plan = Jersey().Receipt("Yarn", 30, Mill.Week(1), "PO-5").Plan();
        var tree = plan.Pegging.SupplyTree(Mill.Key("Polo"), 0);

        Assert.Equal(("SO-9", 30m), (tree.Text, tree.OwnQuantity));
        var making = Assert.Single(tree.Children);
        Assert.Equal(PegSource.PlannedOrder, making.Source);
        var jersey = Assert.Single(making.Children);
        Assert.Equal(("Jersey", 30m), (jersey.Material.Number, jersey.OwnQuantity));
        var jerseyOrder = Assert.Single(jersey.Children);
        var yarn = Assert.Single(jerseyOrder.Children);
        // 30 of the 80 jersey take 60 of 160 yarn; of it the receipt's share 30/160.
        Assert.Equal(("Yarn", 60m), (yarn.Material.Number, yarn.RootQuantity));
        Assert.Equal(60m, yarn.Children.Sum(c => c.RootQuantity));
        Assert.Equal(["PO-5 11.25", " 48.75"], yarn.Children.Select(c => $"{c.Text} {c.RootQuantity:0.###}"));
    }

    [Fact]
    public void A_tree_stops_at_its_limit()
    {
        static int Count(PegNode node) => 1 + node.Children.Sum(Count);
        var plan = Jersey().Plan();

        Assert.True(Count(plan.Pegging.DemandTree(plan.OrdersFor("Yarn")[0].Index, 3)) <= 3);
    }

    [Fact]
    public void A_phantom_stands_between_as_a_knot()
    {
        var plan = new Mill().Made("Shirt").Phantom("Kit").Bought("Button").Takes("Shirt", "Kit", 2).Takes("Kit", "Button", 3).Offer("Button", "Kesmira")
            .Order("Shirt", 10, Mill.Week(4)).Plan();

        var tree = plan.Pegging.DemandTree(plan.OrdersFor("Button")[0].Index);
        Assert.Equal(["Kit", "Shirt", "Shirt"], new[] { tree.Children[0].Material.Number, tree.Children[0].Children[0].Material.Number, tree.Children[0].Children[0].Children[0].Material.Number });
        Assert.Equal(PegTarget.FirmOrder, tree.Children[0].Children[0].Children[0].Target);
    }

    [Fact]
    public void Places_that_are_not_there_are_refused()
    {
        var plan = Jersey().Plan();

        Assert.Throws<ArgumentOutOfRangeException>(() => plan.Pegging.PartsOf(plan.Orders.Count));
        Assert.Throws<ArgumentOutOfRangeException>(() => plan.Pegging.SuppliesOf(Mill.Key("Polo"), 5));
        Assert.Throws<ArgumentException>(() => plan.Pegging.DemandsOf(Mill.Key("Nothing")));
    }
}
