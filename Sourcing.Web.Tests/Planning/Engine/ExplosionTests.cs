using Sourcing.Data.Planning.Engine;

namespace Sourcing.Web.Tests.Planning.Engine;

/// <summary>From orders for what is made to needs of what it is made of.</summary>
public sealed class ExplosionTests
{
    [Fact]
    public void A_parent_is_netted_before_its_component_is_needed_at_its_release()
    {
        // Shirts: 100 wanted in bucket 4, 20 on hand: 80 to make. Lead time 7 days: released in bucket 3.
        // Fabric: 80 · 1.5 / (1 − 0.04) = 125 in bucket 3, 25 on hand: 100 to buy, 14 days ahead: bucket 1. 100 · 2 = 200.
        var plan = new Mill().Made("Shirt", onHand: 20).Bought("Fabric", onHand: 25).Takes("Shirt", "Fabric", 1.5m, l => l with { Scrap = 0.04m })
            .Offer("Fabric", "Kesmira").Order("Shirt", 100, Mill.Week(4)).Plan();

        var shirt = plan.Series("Shirt");
        Assert.Equal(100, shirt.FirmOrders[4]);
        Assert.Equal(-80, shirt.WithoutPlan[4]);
        Assert.Equal(80, shirt.Net[4]);
        Assert.Equal(80, shirt.PlannedReceipts[4]);
        Assert.Equal(80, shirt.PlannedReleases[3]);
        Assert.Equal(0, shirt.WithPlan[4]);
        var fabric = plan.Series("Fabric");
        Assert.Equal(125, fabric.Dependent[3]);
        Assert.Equal(125, fabric.Gross.Sum());
        Assert.Equal(100, fabric.PlannedReceipts[3]);
        Assert.Equal(100, fabric.PlannedReleases[1]);
        var order = Assert.Single(plan.OrdersFor("Fabric"));
        Assert.Equal((PlannedOrderKind.Purchase, "Kesmira", 100m, 2m, 200m), (order.Kind, order.SupplierName, order.Quantity, order.UnitCost, order.TotalCost));
        Assert.Equal((Mill.Week(3), Mill.Week(1)), (order.NeedDate, order.ReleaseDate));
        Assert.Equal((0, 1), (plan.Row("Shirt").Level, plan.Row("Fabric").Level));
        Assert.Equal(PlanStatus.Completed, plan.Status);
    }

    [Fact]
    public void Yield_raises_what_is_started_through_three_levels()
    {
        // 100 garments in bucket 6 at a yield of 0.8: 125 started in bucket 5. Two panels each: 250 in bucket 5.
        // Panels take 14 days: started in bucket 3. 250 · 0.2 kg yarn = 50 kg in bucket 3.
        var plan = new Mill().Made("Garment", with: m => m with { Yield = 0.8m }).Made("Panel", leadTime: 14).Bought("Yarn")
            .Takes("Garment", "Panel", 2).Takes("Panel", "Yarn", 0.2m).Offer("Yarn", "Kesmira").Order("Garment", 100, Mill.Week(6)).Plan();

        Assert.Equal(100, plan.Series("Garment").PlannedReceipts[6]);
        Assert.Equal(250, plan.Series("Panel").Dependent[5]);
        Assert.Equal(50, plan.Series("Yarn").Dependent[3]);
        Assert.Equal(2, plan.Row("Yarn").Level);
    }

    [Fact]
    public void A_component_of_two_levels_is_planned_once_at_the_lower()
    {
        // Yarn goes into the panel (level 1) and straight into the garment (level 0): its level is 2, its need both: 10·1 at W3 and 10·3·1 at W2.
        var plan = new Mill().Made("Garment").Made("Panel").Bought("Yarn").Takes("Garment", "Panel", 3).Takes("Garment", "Yarn", 1).Takes("Panel", "Yarn", 1)
            .Offer("Yarn", "Kesmira").Order("Garment", 10, Mill.Week(4)).Plan();

        Assert.Equal(2, plan.Row("Yarn").Level);
        Assert.Equal(10, plan.Series("Yarn").Dependent[3]);
        Assert.Equal(30, plan.Series("Yarn").Dependent[2]);
    }

    [Fact]
    public void A_line_holds_by_the_parents_release_not_by_its_need()
    {
        // Released on the Monday of bucket 3: the old line ends the day before, the new one begins that day.
        var plan = new Mill().Made("Shirt").Bought("Old").Bought("New")
            .Takes("Shirt", "Old", 1, l => l with { ValidTo = Mill.Week(3).AddDays(-1) }).Takes("Shirt", "New", 1, l => l with { ValidFrom = Mill.Week(3) })
            .Offer("New", "Kesmira").Offer("Old", "Kesmira").Order("Shirt", 10, Mill.Week(4)).Order("Shirt", 5, Mill.Week(3)).Plan();

        Assert.Equal(5, plan.Series("Old").Gross.Sum());
        Assert.Equal(5, plan.Series("Old").Dependent[2]);
        Assert.Equal(10, plan.Series("New").Gross.Sum());
        Assert.Equal(10, plan.Series("New").Dependent[3]);
    }

    [Fact]
    public void A_phantom_passes_its_need_on_the_same_day_after_its_stock()
    {
        // 10 shirts, released in bucket 3, two kits each: 20 kits, 5 on hand, 15 pass on. Three buttons a kit: 45 in bucket 3.
        var plan = new Mill().Made("Shirt").Phantom("Kit", onHand: 5).Bought("Button").Takes("Shirt", "Kit", 2).Takes("Kit", "Button", 3)
            .Offer("Button", "Kesmira").Order("Shirt", 10, Mill.Week(4)).Plan();

        Assert.Equal(45, plan.Series("Button").Dependent[3]);
        Assert.Equal(PlannedOrderKind.PassThrough, Assert.Single(plan.OrdersFor("Kit")).Kind);
        Assert.DoesNotContain(plan.Recommendations, o => o.Material.Number == "Kit");
    }

    [Fact]
    public void A_cycle_is_told_as_a_path_and_only_what_hangs_on_it_is_skipped()
    {
        // A → B → A; C only under B; D under B and under the good E, F below C.
        var plan = new Mill().Made("A").Made("B").Made("C").Bought("D").Made("E").Bought("F")
            .Takes("A", "B", 1).Takes("B", "A", 1).Takes("B", "C", 1).Takes("B", "D", 1).Takes("E", "D", 2).Takes("C", "F", 1)
            .Offer("D", "Kesmira").Offer("F", "Kesmira").Order("A", 10, Mill.Week(4)).Order("E", 10, Mill.Week(4)).Plan();

        Assert.Equal(PlanStatus.CompletedWithErrors, plan.Status);
        Assert.StartsWith("A → B → A:", plan.Issue(PlanIssueCodes.BomCycle).Message, StringComparison.Ordinal);
        Assert.Equal(["A", "B", "C", "F"], plan.Rows.Where(r => r.IsSkipped).Select(r => r.Material.Number));
        Assert.Equal(["C", "F"], plan.Issues.Where(i => i.Code == PlanIssueCodes.SkippedBelowCycle).Select(i => i.RowRef));
        Assert.Equal("D", plan.Issue(PlanIssueCodes.NeedIncomplete).RowRef);
        Assert.Equal(20, plan.Series("D").Gross.Sum());
        Assert.Empty(plan.OrdersFor("A"));
    }

    [Fact]
    public void Two_cycles_in_one_knot_are_both_told_and_so_is_a_material_made_of_itself()
    {
        var plan = new Mill().Made("A").Made("B").Made("C").Made("Self").Takes("A", "B", 1).Takes("B", "A", 1).Takes("B", "C", 1).Takes("C", "B", 1).Takes("Self", "Self", 1).Plan();

        Assert.Equal(["A → B → A", "B → C → B", "Self → Self"],
            plan.Issues.Where(i => i.Code == PlanIssueCodes.BomCycle).Select(i => i.Message.Split(':')[0]).Order());
    }

    [Fact]
    public void Shares_that_come_to_one_are_good()
    {
        var plan = new Mill().Made("Yarn").Bought("Cotton").Bought("Linen").Share("Yarn", "Cotton", 0.6m).Share("Yarn", "Linen", 0.4m)
            .Offer("Cotton", "Kesmira").Offer("Linen", "Kesmira").Order("Yarn", 100, Mill.Week(4)).Plan();

        Assert.Equal((60m, 40m), (plan.Series("Cotton").Gross.Sum(), plan.Series("Linen").Gross.Sum()));
        Assert.DoesNotContain(plan.Issues, i => i.Code.StartsWith("bom_", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false, 66, PlanIssueCodes.BomRounding)]
    // 0.66 / 0.99 of 100.
    [InlineData(true, 66.666667, PlanIssueCodes.BomNormalised)]
    public void Rounded_shares_are_told_and_normalised_only_by_option(bool normalise, double cotton, string code)
    {
        var mill = new Mill().Made("Yarn").Bought("Cotton").Bought("Linen").Share("Yarn", "Cotton", 0.66m).Share("Yarn", "Linen", 0.33m)
            .Offer("Cotton", "Kesmira").Offer("Linen", "Kesmira").Order("Yarn", 100, Mill.Week(4));
        mill.Settings = mill.Settings with { NormaliseRoundedBoms = normalise };

        var plan = mill.Plan();
        Assert.Equal((decimal)cotton, plan.Series("Cotton").Gross.Sum());
        Assert.Contains("99 %", plan.Issue(code).Message, StringComparison.Ordinal);
        Assert.Equal(0.66m, plan.Input.BomLines.Single(l => l.ComponentId == Mill.Key("Cotton")).QuantityPer);
    }

    [Fact]
    public void Incomplete_shares_are_planned_as_given_and_flagged_high()
    {
        var mill = new Mill().Made("Yarn").Bought("Cotton").Share("Yarn", "Cotton", 0.5m).Offer("Cotton", "Kesmira").Order("Yarn", 100, Mill.Week(4));
        mill.Settings = mill.Settings with { NormaliseRoundedBoms = true };

        var plan = mill.Plan();
        Assert.Equal(50, plan.Series("Cotton").Gross.Sum());
        Assert.Equal(PlanSeverity.High, plan.Issue(PlanIssueCodes.BomIncomplete).Severity);
        Assert.True(Assert.Single(plan.OrdersFor("Cotton")).Risks.HasFlag(Data.Planning.Arithmetic.RiskCodes.BomIncomplete));
    }

    [Fact]
    public void Shares_are_judged_for_each_stretch_of_days()
    {
        // Until bucket 2 cotton alone makes the whole; from then on 0.5 + 0.3 = 0.8.
        var plan = new Mill().Made("Yarn").Bought("Cotton").Bought("Linen")
            .Takes("Yarn", "Cotton", 1, l => l with { IsPercentage = true, ValidTo = Mill.Week(2).AddDays(-1) })
            .Takes("Yarn", "Cotton", 0.5m, l => l with { IsPercentage = true, ValidFrom = Mill.Week(2) })
            .Takes("Yarn", "Linen", 0.3m, l => l with { IsPercentage = true, ValidFrom = Mill.Week(2) })
            .Offer("Cotton", "Kesmira").Offer("Linen", "Kesmira").Order("Yarn", 100, Mill.Week(2)).Order("Yarn", 100, Mill.Week(5)).Plan();

        Assert.Equal((100m, 50m), (plan.Series("Cotton").Dependent[1], plan.Series("Cotton").Dependent[4]));
        Assert.Contains("from 30 Nov 2026 come to 80 %", plan.Issue(PlanIssueCodes.BomIncomplete).Message, StringComparison.Ordinal);
        Assert.DoesNotContain(plan.Issues, i => i.Code == PlanIssueCodes.BomDuplicate);
    }

    [Fact]
    public void Repeated_lines_are_added_up_with_a_warning()
    {
        var plan = new Mill().Made("Shirt").Bought("Button").Takes("Shirt", "Button", 4).Takes("Shirt", "Button", 3).Offer("Button", "Kesmira")
            .Order("Shirt", 10, Mill.Week(4)).Plan();

        Assert.Equal(70, plan.Series("Button").Gross.Sum());
        Assert.Equal(PlanSeverity.Medium, plan.Issue(PlanIssueCodes.BomDuplicate).Severity);
    }

    [Fact]
    public void A_line_without_a_factor_is_left_out_never_taken_one_to_one()
    {
        var plan = new Mill().Made("Shirt").Bought("Fabric").Takes("Shirt", "Fabric", 4, l => l with { Conversion = null }).Offer("Fabric", "Kesmira")
            .Order("Shirt", 10, Mill.Week(4)).Plan();

        Assert.Equal(0, plan.Series("Fabric").Gross.Sum());
        Assert.Equal((PlanSeverity.Blocking, "Shirt/Fabric"), (plan.Issue(PlanIssueCodes.UnitMissing).Severity, plan.Issue(PlanIssueCodes.UnitMissing).RowRef));
        Assert.Equal("Fabric", plan.Message(PlanMessageKind.UnitMissing).Material.Number);
        Assert.Equal(PlanStatus.CompletedWithErrors, plan.Status);
    }

    [Fact]
    public void A_factor_between_units_is_applied()
    {
        // 10 m at 250 g/m² and 1.6 m width: 0.4 kg a metre, 4 kg.
        var plan = new Mill().Made("Shirt").Bought("Fabric").Takes("Shirt", "Fabric", 1, l => l with { Conversion = 0.4m }).Offer("Fabric", "Kesmira")
            .Order("Shirt", 10, Mill.Week(4)).Plan();

        Assert.Equal(4, plan.Series("Fabric").Gross.Sum());
    }

    [Fact]
    public void Open_production_takes_its_components_when_they_are_still_to_be_taken()
    {
        // 30 shirts are being made for bucket 4; their fabric is taken when the work starts in bucket 2. The other 20 have theirs already.
        var plan = new Mill().Made("Shirt").Bought("Fabric").Takes("Shirt", "Fabric", 2).Offer("Fabric", "Kesmira").Order("Shirt", 50, Mill.Week(4))
            .Receipt("Shirt", 30, Mill.Week(4), "WO-1", r => r with { Kind = PlanReceiptKind.Production, ComponentsNeededOn = Mill.Week(2) })
            .Receipt("Shirt", 20, Mill.Week(4), "WO-2", r => r with { Kind = PlanReceiptKind.Production }).Plan();

        Assert.Empty(plan.OrdersFor("Shirt"));
        Assert.Equal(60, plan.Series("Fabric").Dependent[2]);
        Assert.Equal(60, plan.Series("Fabric").Gross.Sum());
    }

    [Fact]
    public void Rows_of_unknown_materials_are_told_and_the_rest_is_planned()
    {
        var plan = new Mill().Made("Shirt").Takes("Shirt", "Nowhere", 2).Order("Shirt", 10, Mill.Week(4)).Order("Nothing", 10, Mill.Week(4)).Plan();

        Assert.Equal(2, plan.Issues.Count(i => i.Code == PlanIssueCodes.UnknownMaterial));
        Assert.Equal(10, plan.Series("Shirt").PlannedReceipts[4]);
    }
}
