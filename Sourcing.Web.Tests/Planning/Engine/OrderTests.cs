using Sourcing.Data.Planning.Arithmetic;
using Sourcing.Data.Planning.Engine;
using Sourcing.Data.Suppliers;

namespace Sourcing.Web.Tests.Planning.Engine;

/// <summary>From net needs to orders: lot rules, quantity rules, suppliers, urgency and risks.</summary>
public sealed class OrderTests
{
    /// <summary>10 kg a week in buckets 2 to 9 and a lead time of one week.</summary>
    private static Mill Weekly(Func<PlanMaterial, PlanMaterial> with, Func<PlanOffer, PlanOffer>? offer = null)
    {
        var mill = new Mill().Bought("Yarn", with: with).Offer("Yarn", "Kesmira", price: 4, leadTime: 7, offer);
        for (var w = 2; w <= 9; w++)
        {
            mill.Forecast("Yarn", 10, Mill.Week(w));
        }

        return mill;
    }

    private static string Lots(PlanResult plan) => string.Join(' ', plan.OrdersFor("Yarn").Select(o => $"{o.Bucket}:{o.Quantity:0.###}"));

    [Fact]
    public void Lot_for_lot_orders_each_need() =>
        Assert.Equal("2:10 3:10 4:10 5:10 6:10 7:10 8:10 9:10", Lots(Weekly(m => m with { LotMethod = LotMethod.LotForLot }).Plan()));

    [Fact]
    public void Fixed_lots_come_whole_and_the_rest_stays_in_stock() =>
        // 25 last 2.5 weeks: at the third need 5 are left of the first, so the second comes in bucket 4; at 7 none of 50 is left.
        Assert.Equal("2:25 4:25 7:25 9:25", Lots(Weekly(m => m with { LotMethod = LotMethod.Fixed, FixedLot = 25 }).Plan()));

    [Fact]
    public void An_order_of_so_many_periods_covers_calendar_buckets() =>
        Assert.Equal("2:30 5:30 8:20", Lots(Weekly(m => m with { LotMethod = LotMethod.PeriodicOrderQuantity, PeriodsOfSupply = 3 }).Plan()));

    [Fact]
    public void The_economic_quantity_is_reckoned_from_the_years_demand()
    {
        // D = 80 in 12 weeks: 80/12 · 365/7 = 347.619; K = 8, h = .26·4 = 1.04: Q* = √(2·347.619·8/1.04) = 73.131. Then the last 6.869 ask for one more.
        var plan = Weekly(m => m with { LotMethod = LotMethod.EconomicOrderQuantity, OrderingCost = 8, HoldingRate = 0.26m }).Plan();

        var orders = plan.OrdersFor("Yarn");
        Assert.Equal([2, 9], orders.Select(o => o.Bucket));
        Assert.All(orders, o => Assert.Equal(73.131, (double)o.Quantity, 2));
        Assert.Equal(347.619m, decimal.Round(orders[0].Facts.Lot!.AnnualDemand, 3));
    }

    [Fact]
    public void Wagner_and_whitin_plan_the_cheapest_lots_and_silver_and_meal_extend_while_it_pays()
    {
        // h = .2607·4/52.14 = .02 a bucket; K = .7: n buckets of one order cost .7 + .02·10·(1 + … + (n−1)).
        // Two orders of four: 2 · (.7 + .2·6) = 3.8; three (3, 3, 2): .7·3 + .2·(3 + 3 + 1) = 3.5; four of two: 2.8 + .2·4 = 3.6.
        Func<PlanMaterial, PlanMaterial> costs = m => m with { OrderingCost = 0.7m, HoldingRate = 0.02m / 4 * 365 / 7 };
        var best = Weekly(m => costs(m) with { LotMethod = LotMethod.Automatic }).Plan();
        Assert.Equal(LotMethod.WagnerWhitin, best.Row("Yarn").LotMethod);
        Assert.Equal(3, best.OrdersFor("Yarn").Count);
        Assert.Equal(80, best.OrdersFor("Yarn").Sum(o => o.Quantity));

        // Mean cost of n buckets: .7, .45, .4333, .475: stops at three.
        Assert.Equal("2:30 5:30 8:20", Lots(Weekly(m => costs(m) with { LotMethod = LotMethod.SilverMeal }).Plan()));
    }

    [Fact]
    public void A_rule_with_nothing_to_weigh_falls_back_and_says_so()
    {
        var plan = Weekly(m => m with { LotMethod = LotMethod.EconomicOrderQuantity, HoldingRate = 0 }).Plan();

        Assert.Equal(LotMethod.LotForLot, plan.Row("Yarn").LotMethod);
        Assert.Equal("Yarn", plan.Issue(PlanIssueCodes.LotFallback).RowRef);
    }

    [Fact]
    public void The_surplus_of_a_least_order_serves_later_needs()
    {
        var plan = Weekly(m => m, o => o with { Moq = 35, OrderMultiple = 10 }).Plan();

        // 35 → 40 by whole tens: four weeks each.
        Assert.Equal("2:40 6:40", Lots(plan));
        var steps = plan.OrdersFor("Yarn")[0].Facts.Steps;
        Assert.Equal([(QuantityRule.Minimum, 10m, 35m), (QuantityRule.Multiple, 35m, 40m)], steps.Select(s => (s.Rule, s.Before, s.After)));
        Assert.Equal(30, plan.Series("Yarn").WithPlan[2]);
    }

    [Fact]
    public void A_least_order_that_outlasts_the_cover_is_flagged()
    {
        // 80 in 12 weeks is .952 a day; 1 000 − 10 last far beyond 30 days.
        var mill = Weekly(m => m, o => o with { Moq = 1000 });
        mill.Settings = mill.Settings with { ExcessCoverDays = 30 };

        var plan = mill.Plan();
        Assert.True(Assert.Single(plan.OrdersFor("Yarn")).IsMoqExcess);
        var message = plan.Message(PlanMessageKind.MoqExcess);
        Assert.Equal((990m, 30), (message.Quantity, message.Days));
        Assert.Equal("The least order or order multiple of Yarn lifts the order for 30 Nov 2026 by 990 kg, more than 30 days of its need.", Reasoning.Sentence(message));

        // Where the lot rule orders all eight weeks together, the least order adds 920 to its 80 and not 990 to the first week's 10.
        mill = Weekly(m => m with { LotMethod = LotMethod.PeriodicOrderQuantity, PeriodsOfSupply = 8 }, o => o with { Moq = 1000 });
        mill.Settings = mill.Settings with { ExcessCoverDays = 30 };
        Assert.Equal(920, mill.Plan().Message(PlanMessageKind.MoqExcess).Quantity);
    }

    [Fact]
    public void What_a_lot_looks_ahead_to_is_no_excess_of_the_least_order()
    {
        // Eight weeks together are the lot rule's doing; the least order of 5 kg lifts nothing, the multiple of 7 adds 4 kg, which last 4.2 days.
        var mill = Weekly(m => m with { LotMethod = LotMethod.PeriodicOrderQuantity, PeriodsOfSupply = 8 }, o => o with { Moq = 5, OrderMultiple = 7 });
        mill.Settings = mill.Settings with { ExcessCoverDays = 7 };
        Assert.Equal("2:84", Lots(mill.Plan()));
        Assert.DoesNotContain(mill.Plan().Messages, m => m.Kind == PlanMessageKind.MoqExcess);

        // Of the material's own cover of three days those are too many.
        mill = Weekly(m => m with { LotMethod = LotMethod.PeriodicOrderQuantity, PeriodsOfSupply = 8, ExcessCoverDays = 3 }, o => o with { Moq = 5, OrderMultiple = 7 });
        var message = mill.Plan().Message(PlanMessageKind.MoqExcess);
        Assert.Equal((4m, 3), (message.Quantity, message.Days));
    }

    [Fact]
    public void The_parts_of_a_split_order_are_lifted_together()
    {
        // 210 in orders of at most 100: 100, 100 and 10, of which the last is lifted to 30. Each part's own surplus over the whole need would be below 0.
        var mill = new Mill().Bought("Yarn").Offer("Yarn", "Kesmira", with: o => o with { Moq = 30, MaxOrder = 100 }).Order("Yarn", 210, Mill.Week(4));
        mill.Settings = mill.Settings with { ExcessCoverDays = 5 };

        Assert.Equal(20, mill.Plan().Message(PlanMessageKind.MoqExcess).Quantity);
    }

    [Fact]
    public void An_order_above_the_largest_is_split_and_its_last_part_raised()
    {
        var plan = new Mill().Bought("Yarn").Offer("Yarn", "Kesmira", with: o => o with { Moq = 30, MaxOrder = 100 }).Order("Yarn", 210, Mill.Week(4)).Plan();

        Assert.Equal([100, 100, 30], plan.OrdersFor("Yarn").Select(o => o.Quantity));
        Assert.Equal(20, plan.Series("Yarn").WithPlan[4]);
    }

    [Fact]
    public void A_lot_says_the_last_need_it_covers_and_not_how_far_it_looked()
    {
        // Ordering is dear: one order for both needs, and nothing is needed in the ten weeks after them.
        var mill = new Mill().Bought("Yarn", with: m => m with { OrderingCost = 100_000, LotMethod = LotMethod.WagnerWhitin })
            .Offer("Yarn", "Kesmira").Order("Yarn", 10, Mill.Week(3)).Order("Yarn", 10, Mill.Week(5));
        var order = Assert.Single(mill.Plan().Orders);

        Assert.Equal((20m, Mill.Week(3), Mill.Week(5)), (order.Quantity, order.NeedDate, order.Facts.CoversThrough));
        Assert.Contains("until W52 (21 Dec 2026)", Reasoning.Render(order, "EUR", []), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_needed_no_later_than_an_order_that_is_due_is_proposed_with_it_and_says_so()
    {
        // Needed in ten weeks, which is beyond the eight of the window: the slow one is due today, the fast one in nine weeks.
        var mill = new Mill().Bought("Yarn", with: m => m with { IsCritical = true, OrderingCost = 0 })
            .Offer("Yarn", "Kesmira", price: 2, leadTime: 70).Offer("Yarn", "Sunmere", price: 3, leadTime: 7).Order("Yarn", 100, Mill.Week(10));
        mill.Settings = mill.Settings with { ShareCap = 0.6m };
        var plan = mill.Plan();

        var proposed = plan.Recommendations.ToDictionary(o => o.SupplierName!);
        Assert.Equal((60m, 40m), (proposed["Kesmira"].Quantity, proposed["Sunmere"].Quantity));
        Assert.Equal((Mill.Today, null), (proposed["Kesmira"].ReleaseDate, proposed["Kesmira"].Facts.DueWith));
        Assert.Equal((Mill.Week(9), Mill.Week(10)), (proposed["Sunmere"].ReleaseDate, proposed["Sunmere"].Facts.DueWith));
        Assert.Contains("it goes with the order for 25 Jan 2027, which takes longer and is due now", Reasoning.Render(proposed["Sunmere"], "EUR", []), StringComparison.Ordinal);

        foreach (var order in proposed.Values)
        {
            mill.Receipt("Yarn", order.Quantity, order.NeedDate, with: r => r with { Kind = PlanReceiptKind.Accepted });
        }

        Assert.Empty(mill.Plan().Recommendations);
    }

    [Fact]
    public void A_contract_takes_what_it_holds_and_the_next_supplier_the_rest()
    {
        var plan = new Mill().Bought("Yarn").Offer("Yarn", "Kesmira", price: 2, with: o => o with { ContractLimit = 100, ContractRemaining = 60 })
            .Offer("Yarn", "Sunmere", price: 3).Order("Yarn", 50, Mill.Week(4)).Order("Yarn", 50, Mill.Week(6)).Plan();

        // 50 of 60 in bucket 4; then 10 are left, and 10 · 2 + 100 + 40 · 3 + 100 costs more than 50 · 3 + 100.
        Assert.Equal(["4 Kesmira 50", "6 Sunmere 50"], plan.OrdersFor("Yarn").Select(o => $"{o.Bucket} {o.SupplierName} {o.Quantity:0}"));
        // 40 used before and 50 now of 100: 90 %.
        Assert.True(plan.OrdersFor("Yarn")[0].Risks.HasFlag(RiskCodes.ContractNearlyUsed));
    }

    [Fact]
    public void What_no_contract_holds_stays_as_a_row_without_supplier()
    {
        var plan = new Mill().Bought("Yarn").Offer("Yarn", "Kesmira", with: o => o with { ContractLimit = 100, ContractRemaining = 30 }).Order("Yarn", 50, Mill.Week(4)).Plan();

        Assert.Equal(["Purchase 30", "Unsourced 20"], plan.OrdersFor("Yarn").Select(o => $"{o.Kind} {o.Quantity:0}"));
        Assert.Equal(PlanSeverity.High, plan.Issue(PlanIssueCodes.NoSupplier).Severity);
        Assert.Equal(0, plan.Series("Yarn").WithPlan[4]);
    }

    [Fact]
    public void A_need_without_supplier_is_kept_and_told()
    {
        var plan = new Mill().Bought("Yarn").Offer("Yarn", "Kesmira", with: o => o with { IsActive = false }).Offer("Yarn", "Sunmere", price: 0)
            .Order("Yarn", 50, Mill.Week(4)).Plan();

        var order = Assert.Single(plan.Recommendations);
        Assert.Equal((PlannedOrderKind.Unsourced, null, 50m, RiskLevel.High), (order.Kind, order.SupplierId, order.Quantity, order.Risk));
        Assert.True(order.Risks.HasFlag(RiskCodes.NoSupplier) && order.Risks.HasFlag(RiskCodes.PriceMissing));
        Assert.Equal(50, plan.Message(PlanMessageKind.NoSupplier).Quantity);
        Assert.Equal("Sunmere", plan.Issue(PlanIssueCodes.PriceMissing).RowRef);
    }

    [Fact]
    public void The_cheapest_in_time_gets_the_order_and_the_runner_up_is_told()
    {
        // Kesmira 2.50 in 7 days, Sunmere 2.00 in 60 days: too late for bucket 4.
        var plan = new Mill().Bought("Yarn").Offer("Yarn", "Kesmira", price: 2.5m, leadTime: 7).Offer("Yarn", "Sunmere", price: 2, leadTime: 60)
            .Order("Yarn", 50, Mill.Week(4)).Plan();

        var order = Assert.Single(plan.OrdersFor("Yarn"));
        Assert.Equal(("Kesmira", "on_time", "Sunmere", 2m), (order.SupplierName, order.Facts.Supplier!.Reason, order.Facts.Supplier.RunnerUp!.SupplierName, order.Facts.Supplier.RunnerUp.UnitPrice));
    }

    [Fact]
    public void A_critical_material_is_shared_where_two_qualify()
    {
        var mill = new Mill().Bought("Yarn", with: m => m with { IsCritical = true, OrderingCost = 0 }).Offer("Yarn", "Kesmira", price: 2).Offer("Yarn", "Sunmere", price: 3)
            .Order("Yarn", 100, Mill.Week(4));
        Assert.Equal(["Kesmira 70", "Sunmere 30"], mill.Plan().OrdersFor("Yarn").Select(o => $"{o.SupplierName} {o.Quantity:0}"));

        mill.Settings = mill.Settings with { ShareCap = 0.6m };
        Assert.Equal(["Kesmira 60", "Sunmere 40"], mill.Plan().OrdersFor("Yarn").Select(o => $"{o.SupplierName} {o.Quantity:0}"));
    }

    [Fact]
    public void A_price_tier_holds_from_its_quantity()
    {
        var plan = new Mill().Bought("Yarn").Offer("Yarn", "Kesmira", with: o => o with { Tiers = [new(0, 2), new(100, 1.8m), new(500, 1.5m)] })
            .Order("Yarn", 120, Mill.Week(4)).Plan();

        var order = Assert.Single(plan.OrdersFor("Yarn"));
        Assert.Equal((1.8m, 100m, 216m), (order.UnitCost, order.TierFrom, order.TotalCost));
    }

    [Fact]
    public void Urgency_follows_slack_stock_and_criticality()
    {
        // Needed on Week(4), 28 days ahead, lead time 14: slack 14, u_t = .5. No safety stock, stock never below 0 by Week(2): u_s = 0. Critical: + .1.
        var plan = new Mill().Bought("Yarn", with: m => m with { IsCritical = true }).Offer("Yarn", "Kesmira", leadTime: 14).Order("Yarn", 50, Mill.Week(4)).Plan();

        var order = Assert.Single(plan.OrdersFor("Yarn"));
        Assert.Equal((0.4m, UrgencyBand.Medium), (order.Urgency, order.UrgencyBand));
    }

    [Fact]
    public void Only_purchases_released_within_the_window_become_recommendations()
    {
        var mill = Weekly(m => m).Made("Shirt").Takes("Shirt", "Yarn", 1).Order("Shirt", 5, Mill.Week(3));
        mill.Settings = mill.Settings with { ReleaseWindowDays = 21 };

        var plan = mill.Plan();
        // Needs of buckets 2 (twice: 10 + 5), 3 and 4 are released within 21 days.
        Assert.Equal([15, 10, 10], plan.Recommendations.Select(o => o.Quantity));
        Assert.Equal(3, plan.Counts.Recommendations);
        Assert.Equal(9, plan.Orders.Count);
        // What lies beyond is explained all the same.
        Assert.Equal("Kesmira", plan.OrdersFor("Yarn")[^1].SupplierName);
        Assert.NotNull(plan.OrdersFor("Yarn")[^1].Facts.Supplier);
    }

    [Fact]
    public void What_is_made_follows_its_own_lots()
    {
        var plan = new Mill().Made("Shirt", with: m => m with { MadeMinimum = 24, MadeMultiple = 12, StandardCost = 9 }).Bought("Yarn").Takes("Shirt", "Yarn", 1)
            .Offer("Yarn", "Kesmira").Order("Shirt", 25, Mill.Week(4)).Plan();

        var order = Assert.Single(plan.OrdersFor("Shirt"));
        Assert.Equal((36m, 324m, PlannedOrderKind.Make), (order.Quantity, order.TotalCost, order.Kind));
        Assert.Equal(36, plan.Series("Yarn").Gross.Sum());
    }
}
