using Sourcing.Data.Planning.Arithmetic;
using Sourcing.Data.Planning.Engine;

namespace Sourcing.Web.Tests.Planning.Engine;

/// <summary>What-ifs, snapshots, differences between plans, and words for orders.</summary>
public sealed class ComparisonTests
{
    private static Mill Yarn() => new Mill().Bought("Yarn", 10, m => m with { Class = "A", Demand = new(7, 20, 5), SafetyMethod = null }).Bought("Linen", 0, m => m with { Class = "B" })
        .Offer("Yarn", "Kesmira", price: 2, leadTime: 14).Offer("Yarn", "Sunmere", price: 3, leadTime: 7).Offer("Linen", "Sunmere", price: 5, leadTime: 7)
        .Forecast("Yarn", 30, Mill.Week(4)).Forecast("Linen", 40, Mill.Week(4));

    private static PlanInput If(params PlanOverride[] overrides) => PlanOverrides.Apply(Yarn().Input(), overrides);

    private static PlanResult Run(PlanInput input) => PlanEngine.Run(input, ct: TestContext.Current.CancellationToken);

    [Fact]
    public void Suppositions_apply_in_order_to_what_they_are_aimed_at()
    {
        var input = If(
            new(PlanOverrideKind.Demand, PlanOverrideScope.All, 2), new(PlanOverrideKind.Demand, PlanOverrideScope.Class, 1.5m) { Class = "A" },
            new(PlanOverrideKind.LeadTime, PlanOverrideScope.Supplier, 1.5m) { TargetId = Mill.Key("Sunmere") },
            new(PlanOverrideKind.Price, PlanOverrideScope.Material, 2.5m, IsFactor: false) { TargetId = Mill.Key("Yarn") },
            new(PlanOverrideKind.Moq, PlanOverrideScope.All, 100, IsFactor: false), new(PlanOverrideKind.Stock, PlanOverrideScope.Material, 0) { TargetId = Mill.Key("Yarn") },
            new(PlanOverrideKind.ServiceLevel, PlanOverrideScope.All, 0.99m), new(PlanOverrideKind.SupplierOff, PlanOverrideScope.Supplier) { TargetId = Mill.Key("Kesmira") });

        // 30 · 2 · 1.5 = 90; 40 · 2 = 80; 7 · 1.5 = 10.5, so 11.
        Assert.Equal((90m, 80m), (input.Forecasts.Single(f => f.MaterialId == Mill.Key("Yarn")).Quantity, input.Forecasts.Single(f => f.MaterialId == Mill.Key("Linen")).Quantity));
        Assert.Equal(60, input.Materials.Single(m => m.Number == "Yarn").Demand!.Mean);
        Assert.Equal([14, 11, 11], input.Offers.Select(o => o.LeadTimeDays));
        Assert.Equal([2.5m, 2.5m, 5m], input.Offers.Select(o => o.Tiers[0].UnitPrice));
        Assert.All(input.Offers, o => Assert.Equal(100, o.Moq));
        Assert.Equal(0, input.Materials.Single(m => m.Number == "Yarn").OnHand);
        Assert.All(input.Materials, m => Assert.Equal((0.99, 0.99), (m.ServiceLevel, m.FillRate)));
        Assert.Equal([false, true, true], input.Offers.Select(o => o.IsActive));
        Assert.Equal(30, Yarn().Input().Forecasts[0].Quantity);
    }

    [Fact]
    public void Suppositions_that_make_no_sense_are_refused()
    {
        Assert.Throws<ArgumentException>(() => If(new PlanOverride(PlanOverrideKind.ServiceLevel, PlanOverrideScope.All, 1)));
        Assert.Throws<ArgumentException>(() => If(new PlanOverride(PlanOverrideKind.Demand, PlanOverrideScope.All, -1)));
        Assert.Throws<ArgumentException>(() => If(new PlanOverride(PlanOverrideKind.Demand, PlanOverrideScope.Class, 1)));
        Assert.Throws<ArgumentException>(() => If(new PlanOverride(PlanOverrideKind.Stock, PlanOverrideScope.Supplier, 1) { TargetId = Mill.Key("Kesmira") }));
    }

    [Fact]
    public void A_comparison_tells_new_gone_quantity_date_supplier_and_cost()
    {
        static PlanDiffLine Line(string material, string supplier, int week, decimal quantity, decimal cost = 2) => new(Mill.Key(material), Mill.Key(supplier), Mill.Week(week), quantity, cost);
        var buckets = Run(Yarn().Input()).Buckets;
        var diff = PlanDiff.Compare(
            [Line("a", "S", 1, 10), Line("b", "S", 1, 10), Line("c", "S", 1, 10), Line("d", "S", 1, 10), Line("e", "S", 1, 10), Line("f", "S", 1, 10), Line("g", "S", 9, 40)],
            [Line("a", "S", 1, 10), Line("b", "S", 1, 15), Line("c", "S", 3, 10), Line("d", "T", 1, 10), Line("e", "S", 1, 10, 3), Line("h", "S", 1, 5), Line("g", "S", 9, 40)],
            buckets, Mill.Today, new() { FrozenFenceDays = 7, ReleaseWindowDays = 28 });

        string Of(string material) => diff.Changes.SingleOrDefault(c => c.MaterialId == Mill.Key(material)) is { } c ? $"{c.Kinds} {c.QuantityDelta:0} {c.CostDelta:0}" : "none";
        Assert.Equal(("none", "Quantity 5 10", "Date 0 0", "Supplier 0 0"), (Of("a"), Of("b"), Of("c"), Of("d")));
        Assert.Equal(("Cost 0 10", "Gone -10 -20", "New 5 10", "none"), (Of("e"), Of("f"), Of("h"), Of("g")));
        // Moved in the release window: 5 (b) + 10 (c) + 10 (f) + 5 (h) of 60; nothing elsewhere.
        Assert.Equal(0.5m, diff.Zones.Single(z => z.Zone == PlanZone.Release).Nervousness);
        Assert.Equal((null, 0m), (diff.Zones[(int)PlanZone.Frozen].Nervousness, diff.Zones[(int)PlanZone.Later].Nervousness));
        Assert.Equal(0.3m, diff.Nervousness);
    }

    [Fact]
    public void A_what_if_is_compared_with_its_base()
    {
        var diff = PlanDiff.Compare(Run(Yarn().Input()), Run(If(new PlanOverride(PlanOverrideKind.SupplierOff, PlanOverrideScope.Supplier) { TargetId = Mill.Key("Kesmira") })));

        var change = Assert.Single(diff.Changes);
        // 20 kg at 2 become 20 at 3. That the other is faster goes without saying.
        Assert.Equal((PlanChangeKinds.Supplier | PlanChangeKinds.Cost, 20m), (change.Kinds, change.CostDelta));
    }

    [Fact]
    public void A_supplier_that_takes_longer_is_a_difference_though_what_is_ordered_is_the_same()
    {
        var slower = new PlanOverride(PlanOverrideKind.LeadTime, PlanOverrideScope.Material, 42, IsFactor: false) { TargetId = Mill.Key("Linen") };
        var diff = PlanDiff.Compare(Run(Yarn().Input()), Run(If(slower)));

        var change = Assert.Single(diff.Changes);
        Assert.Equal((PlanChangeKinds.LeadTime, 0m, 0m), (change.Kinds, change.QuantityDelta, change.CostDelta));
        // 7 and 42 days before the fourth Monday.
        Assert.Equal((7, Mill.Week(3), 42, Mill.Week(-2)), (change.Before!.Value.LeadTimeDays, change.Before.Value.OrderBy, change.After!.Value.LeadTimeDays, change.After.Value.OrderBy));
        Assert.Equal(0, diff.Nervousness);
    }

    [Fact]
    public void The_hash_follows_the_input_and_not_the_order_of_rows_threads_or_trailing_zeros()
    {
        var input = Yarn().Input();
        var hash = PlanSnapshot.HashOf(input);

        Assert.Equal(hash, Run(input).InputHash);
        Assert.Equal(hash, PlanSnapshot.HashOf(input with { Materials = [.. input.Materials.Reverse()], Settings = input.Settings with { MaxThreads = 2 } }));
        Assert.Equal(hash, PlanSnapshot.HashOf(input with { Forecasts = [.. input.Forecasts.Select(f => f with { Quantity = f.Quantity + 0.000m })] }));
        Assert.NotEqual(hash, PlanSnapshot.HashOf(input with { AsOf = input.AsOf.AddDays(1) }));
        Assert.NotEqual(hash, PlanSnapshot.HashOf(input with { Forecasts = [.. input.Forecasts.Select(f => f with { Quantity = f.Quantity + 0.001m })] }));
    }

    [Fact]
    public void Bytes_that_are_no_snapshot_are_refused()
    {
        var bytes = PlanSnapshot.Write(Yarn().Input());

        Assert.Throws<InvalidDataException>(() => PlanSnapshot.Read(new byte[] { 1, 2, 3 }));
        Assert.Throws<InvalidDataException>(() => PlanSnapshot.Read(bytes.AsMemory(0, bytes.Length / 2)));
    }

    [Fact]
    public void A_run_can_be_stopped_and_tells_how_far_it_is()
    {
        var mill = new Mill().Made("Shirt").Bought("Yarn").Takes("Shirt", "Yarn", 1).Order("Shirt", 1, Mill.Week(2));
        var told = new List<PlanProgress>();
        PlanEngine.Run(mill.Input(), told.Add, TestContext.Current.CancellationToken);
        Assert.Equal([new(0, 2, 1, 2), new(1, 2, 2, 2)], told);

        using var stop = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => PlanEngine.Run(mill.Input(), _ => stop.Cancel(), stop.Token));
    }

    [Fact]
    public void The_words_for_an_order_are_made_of_its_facts()
    {
        // 1,200 needed in bucket 4 (W51), 150 on hand, safety stock 100 → 1 150 lacking, in multiples of 500: 1 500.
        var plan = new Mill().Bought("Yarn", 150, m => m with { SafetyOverride = 100 }).Made("Shirt", with: m => m with { Name = "T-shirt crew neck, navy" })
            .Offer("Yarn", "Kesmira", price: 3.49m, leadTime: 24, o => o with { OrderMultiple = 500 }).Offer("Yarn", "Sunmere", price: 3.31m, leadTime: 46)
            .Takes("Shirt", "Yarn", 1.2m).Order("Shirt", 1000, Mill.Week(5), "SO-3381").Plan();

        var order = Assert.Single(plan.OrdersFor("Yarn"));
        Assert.Equal(
            "Without a new order stock comes to −1,050 kg in W51 (14 Dec 2026), below its safety stock of 100 kg, which leaves 1,150 kg to cover. "
            + "Until then 1,200 kg are needed, against 150 kg on hand and 0 kg on order.\n"
            + "1,500 kg covers just the need (lot for lot), rounded up from 1,150 kg to a whole multiple.\n"
            + "Kesmira rather than Sunmere: EUR 0.18 dearer per kg, but 22 days faster.\n"
            + "It is for T-shirt crew neck, navy (1,150 kg). "
            + "The last day to order it in time is 20 Nov 2026.",
            Reasoning.Render(order, "EUR", plan.Pegging.EndDemands(order.Index, 3)));
    }

    [Fact]
    public void Late_orders_say_until_when_they_should_have_been_placed()
    {
        var plan = new Mill().Bought("Yarn").Offer("Yarn", "Kesmira", leadTime: 24).Order("Yarn", 40, Mill.Week(2)).Plan();

        Assert.EndsWith("It should have been ordered by 6 Nov 2026, 10 days ago; ordered today it comes on 10 Dec 2026.", Reasoning.Render(plan.Orders[0], "EUR"), StringComparison.Ordinal);
    }
}
