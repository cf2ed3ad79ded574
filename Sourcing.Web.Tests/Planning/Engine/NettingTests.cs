using Sourcing.Data.Planning.Arithmetic;
using Sourcing.Data.Planning.Engine;

namespace Sourcing.Web.Tests.Planning.Engine;

/// <summary>Needs against stock and receipts, bucket by bucket: A = P₋₁ + SR − G, NR = max(0, SS − A), P = A + PR.</summary>
public sealed class NettingTests
{
    [Fact]
    public void Every_figure_of_the_table_follows_the_recurrence()
    {
        // Stock 100, safety stock 20 by a reviewer, needs 50 a week from bucket 1 on, 60 arriving in bucket 2.
        // A: 100, 50, 60, 10 → NR 10; then each week 50.
        var mill = new Mill().Bought("Yarn", onHand: 100, with: m => m with { SafetyOverride = 20 }).Offer("Yarn", "Kesmira", leadTime: 7).Receipt("Yarn", 60, Mill.Week(2));
        for (var w = 1; w <= 4; w++)
        {
            mill.Forecast("Yarn", 50, Mill.Week(w));
        }

        var yarn = mill.Plan().Series("Yarn");
        Assert.Equal([0, 50, 50, 50, 50, 0], yarn.Gross[..6]);
        Assert.Equal([0, 0, 60, 0, 0, 0], yarn.Receipts[..6]);
        Assert.Equal([100, 50, 60, 10, -40, -40], yarn.WithoutPlan[..6]);
        Assert.Equal([0, 0, 0, 10, 50, 0], yarn.Net[..6]);
        Assert.Equal([0, 0, 0, 10, 50, 0], yarn.PlannedReceipts[..6]);
        Assert.Equal([0, 0, 10, 50, 0, 0], yarn.PlannedReleases[..6]);
        Assert.Equal([100, 50, 60, 20, 20, 20], yarn.WithPlan[..6]);
    }

    [Fact]
    public void Reservations_count_once()
    {
        var plan = new Mill().Bought("Yarn", onHand: 100).Offer("Yarn", "Kesmira").Reserve("Yarn", 70).Reserve("Yarn", 50, Mill.Week(3)).Plan();

        Assert.Equal((70m, 50m), (plan.Series("Yarn").Reservations[0], plan.Series("Yarn").Reservations[3]));
        Assert.Equal(20, Assert.Single(plan.OrdersFor("Yarn")).Quantity);
    }

    [Fact]
    public void Past_needs_fall_into_the_first_bucket_and_late_releases_into_today()
    {
        // Needed a week ago, 14 days lead time: should have been ordered 14 days before today, arrives in 14 days.
        var plan = new Mill().Bought("Yarn").Offer("Yarn", "Kesmira", leadTime: 14).Order("Yarn", 30, Mill.Today.AddDays(-7)).Plan();

        Assert.Equal(30, plan.Series("Yarn").FirmOrders[0]);
        var order = Assert.Single(plan.OrdersFor("Yarn"));
        Assert.Equal((Mill.Today, Mill.Today, Mill.Today.AddDays(-14), 14), (order.NeedDate, order.ReleaseDate, order.OrderBy, order.PastDueDays));
        Assert.Equal(Mill.Today.AddDays(14), order.ReceiptDate);
        Assert.True(order.Risks.HasFlag(RiskCodes.Late));
        Assert.Equal((14, order.Index), (plan.Message(PlanMessageKind.PastDueRelease).Days, plan.Message(PlanMessageKind.PastDueRelease).OrderIndex));
    }

    [Theory]
    [InlineData(PastDuePolicy.FirstBucket, 0)]
    [InlineData(PastDuePolicy.Exclude, 40)]
    public void Receipts_that_are_past_due_count_at_once_or_not_at_all(PastDuePolicy policy, int ordered)
    {
        var mill = new Mill().Bought("Yarn").Offer("Yarn", "Kesmira").Order("Yarn", 40, Mill.Week(4)).Receipt("Yarn", 40, Mill.Today.AddDays(-3), "PO-9");
        mill.Settings = mill.Settings with { PastDueReceipts = policy };

        var plan = mill.Plan();
        Assert.Equal(ordered, plan.OrdersFor("Yarn").Sum(o => o.Quantity));
        var message = plan.Message(PlanMessageKind.PastDueReceipt);
        Assert.Equal(("PO-9", 3, 40m), (message.RefText, message.Days, message.Quantity));
    }

    [Theory]
    [InlineData(NegativeStockPolicy.Clamp, 40, 0)]
    [InlineData(NegativeStockPolicy.Keep, 55, -15)]
    public void Stock_below_nothing_counts_as_nothing_or_is_made_good(NegativeStockPolicy policy, int ordered, int opening)
    {
        var mill = new Mill().Bought("Yarn", onHand: -15).Offer("Yarn", "Kesmira").Order("Yarn", 40, Mill.Week(4));
        mill.Settings = mill.Settings with { NegativeStock = policy };

        var plan = mill.Plan();
        Assert.Equal(ordered, plan.OrdersFor("Yarn").Sum(o => o.Quantity));
        Assert.Equal(opening, plan.Row("Yarn").OpeningStock);
        Assert.Equal("Yarn", plan.Issue(PlanIssueCodes.NegativeStock).RowRef);
        Assert.All(plan.OrdersFor("Yarn"), o => Assert.True(o.Risks.HasFlag(RiskCodes.NegativeStock)));
    }

    [Fact]
    public void Needs_below_the_last_decimal_of_the_unit_order_nothing()
    {
        // Pieces: 0.4 order nothing in bucket 2; with 0.9 more in bucket 4 it is 1.3, so 2.
        var plan = new Mill().Bought("Button", with: m => m with { UnitDecimals = 0, Unit = "pcs" }).Offer("Button", "Kesmira")
            .Order("Button", 0.4m, Mill.Week(2)).Order("Button", 0.9m, Mill.Week(4)).Plan();

        var order = Assert.Single(plan.OrdersFor("Button"));
        Assert.Equal((2m, 4), (order.Quantity, order.Bucket));
    }

    [Fact]
    public void A_receipt_no_later_than_a_new_order_could_come_is_expedited_not_ordered_again()
    {
        // 40 needed in bucket 1, promised for bucket 2; a new order would take 3 weeks. Ordering again would only leave 40 too many.
        var mill = new Mill().Bought("Yarn").Offer("Yarn", "Kesmira", leadTime: 21).Order("Yarn", 40, Mill.Week(1)).Receipt("Yarn", 40, Mill.Week(2));

        var plan = mill.Plan();
        Assert.Empty(plan.OrdersFor("Yarn"));
        Assert.Equal(40, plan.Series("Yarn").Net[1]);
        var message = plan.Message(PlanMessageKind.Expedite);
        Assert.Equal((40m, Mill.Week(2), Mill.Week(1), 7), (message.Quantity, message.Date, message.NeedDate, message.Days));

        mill.Settings = mill.Settings with { OrderDespiteLaterReceipts = true };
        Assert.Equal(40, mill.Plan().OrdersFor("Yarn").Sum(o => o.Quantity));
    }

    [Fact]
    public void A_later_receipt_is_not_netted_when_a_new_order_can_come_in_time()
    {
        var plan = new Mill().Bought("Yarn").Offer("Yarn", "Kesmira", leadTime: 7).Order("Yarn", 40, Mill.Week(2)).Receipt("Yarn", 40, Mill.Week(4)).Plan();

        Assert.Equal(2, Assert.Single(plan.OrdersFor("Yarn")).Bucket);
        Assert.Single(plan.Messages, m => m.Kind == PlanMessageKind.Expedite);
    }

    [Fact]
    public void Nothing_new_arrives_within_the_fence_and_the_need_waits_for_its_end()
    {
        // Fence of 14 days: bucket 2 begins right after it. 30 lack from bucket 1 on; they come in bucket 2 together with the 10 of that week.
        var mill = new Mill().Bought("Yarn").Offer("Yarn", "Kesmira", leadTime: 0).Order("Yarn", 30, Mill.Week(1)).Order("Yarn", 10, Mill.Week(2));
        mill.Settings = mill.Settings with { FrozenFenceDays = 14 };

        var plan = mill.Plan();
        var order = Assert.Single(plan.OrdersFor("Yarn"));
        Assert.Equal((40m, Mill.Week(2), true), (order.Quantity, order.NeedDate, order.Facts.HeldByFence));
        var message = plan.Message(PlanMessageKind.FrozenShortage);
        Assert.Equal((30m, Mill.Week(1), Mill.Week(2), 7), (message.Quantity, message.NeedDate, message.Date, message.Days));
        Assert.Equal([0, -30, 0], plan.Series("Yarn").WithPlan[..3]);
    }

    [Fact]
    public void A_materials_own_fence_goes_before_the_plans()
    {
        var mill = new Mill().Bought("Yarn", with: m => m with { FrozenFenceDays = 0 }).Bought("Silk", with: m => m with { FrozenFenceDays = 21 }).Bought("Wool")
            .Offer("Yarn", "Kesmira", leadTime: 0).Offer("Silk", "Kesmira", leadTime: 0).Offer("Wool", "Kesmira", leadTime: 0)
            .Order("Yarn", 30, Mill.Week(1)).Order("Silk", 30, Mill.Week(1)).Order("Wool", 30, Mill.Week(1));
        mill.Settings = mill.Settings with { FrozenFenceDays = 14 };

        var plan = mill.Plan();
        Assert.Equal([Mill.Week(1), Mill.Week(3), Mill.Week(2)], new[] { "Yarn", "Silk", "Wool" }.Select(m => Assert.Single(plan.OrdersFor(m)).NeedDate));
        Assert.Equal(["Silk", "Wool"], plan.Messages.Where(m => m.Kind == PlanMessageKind.FrozenShortage).Select(m => m.Material.Number).Order());
    }

    [Fact]
    public void A_fence_that_ends_within_a_week_lets_orders_arrive_from_its_last_day()
    {
        var mill = new Mill().Bought("Yarn").Offer("Yarn", "Kesmira", leadTime: 0).Order("Yarn", 30, Mill.Week(1));
        mill.Settings = mill.Settings with { FrozenFenceDays = 10 };

        Assert.Equal(Mill.Today.AddDays(10), Assert.Single(mill.Plan().OrdersFor("Yarn")).NeedDate);
    }

    [Fact]
    public void Working_day_lead_times_pass_over_weekends_and_holidays()
    {
        // Needed on Monday 7 December; 5 working days back over the holiday of 3 December: Friday 27 November.
        var mill = new Mill().Bought("Yarn").Offer("Yarn", "Kesmira", leadTime: 5).Order("Yarn", 10, Mill.Week(3));
        mill.Settings = mill.Settings with { WorkingDayLeadTimes = true, Holidays = [new(2026, 12, 3)] };

        Assert.Equal(new DateOnly(2026, 11, 27), Assert.Single(mill.Plan().OrdersFor("Yarn")).ReleaseDate);
    }

    [Fact]
    public void Daily_buckets_plan_to_the_day()
    {
        var mill = new Mill().Bought("Yarn").Offer("Yarn", "Kesmira", leadTime: 3).Order("Yarn", 10, Mill.Today.AddDays(8));
        mill.Settings = mill.Settings with { Bucket = BucketSize.Day, BucketCount = 20 };

        var order = Assert.Single(mill.Plan().OrdersFor("Yarn"));
        Assert.Equal((8, Mill.Today.AddDays(8), Mill.Today.AddDays(5)), (order.Bucket, order.NeedDate, order.ReleaseDate));
    }

    [Fact]
    public void What_lies_beyond_the_horizon_is_planned_in_the_open_bucket()
    {
        var plan = new Mill().Bought("Yarn").Offer("Yarn", "Kesmira").Order("Yarn", 10, Mill.Week(30)).Plan();

        Assert.Equal("Later", plan.Buckets[^1].Label);
        Assert.Equal(12, Assert.Single(plan.OrdersFor("Yarn")).Bucket);
    }

    [Fact]
    public void Sources_are_blended_not_added_and_orders_take_the_place_of_forecast()
    {
        // prod_plan 100 at .9·.8 = .72, projection 60 at .7·.8 = .56: (72 + 33.6) / 1.28 = 82.5. An order of 30 consumes 30: 52.5 left.
        var plan = new Mill().Bought("Yarn").Offer("Yarn", "Kesmira").Forecast("Yarn", 100, Mill.Week(3)).Forecast("Yarn", 60, Mill.Week(3), "projection")
            .Order("Yarn", 30, Mill.Week(3)).Plan();

        Assert.Equal((52.5m, 82.5m), (plan.Series("Yarn").Forecast[3], plan.Series("Yarn").Gross[3]));
    }

    [Fact]
    public void An_override_replaces_the_blend_and_a_month_goes_by_working_days()
    {
        // December 2026 has 23 working days; the week of 7 December has 5 of them: 230 · 5 / 23 = 50. The override of that week says 20.
        var mill = new Mill().Bought("Yarn").Offer("Yarn", "Kesmira").Forecast("Yarn", 230, new(2026, 12, 1), with: f => f with { Period = ForecastPeriod.Month });
        Assert.Equal(50, mill.Plan().Series("Yarn").Forecast[3]);

        mill.Forecast("Yarn", 20, Mill.Week(3), "manual", f => f with { IsOverride = true, Reason = "Fair moved" });
        var forecast = mill.Plan().Series("Yarn").Forecast;
        Assert.Equal((20m, 50m), (forecast[3], forecast[4]));
        // The days of January fall outside, the last week of December holds 28–31: 4 days.
        Assert.Equal(40, forecast[6]);
    }

    [Fact]
    public void A_reviewers_safety_stock_is_kept_and_an_accepted_order_counts()
    {
        var plan = new Mill().Bought("Yarn", onHand: 10, with: m => m with { SafetyOverride = 25 }).Offer("Yarn", "Kesmira")
            .Receipt("Yarn", 15, Mill.Week(0), "PR-1", r => r with { Kind = PlanReceiptKind.Accepted }).Plan();

        Assert.Empty(plan.OrdersFor("Yarn"));
        Assert.Equal((25m, true), (plan.Row("Yarn").Safety.Quantity, plan.Row("Yarn").Safety.IsOverride));
    }

    [Fact]
    public void Safety_stock_by_service_level_follows_its_formula()
    {
        // L = 14 days = 2 weeks, R = 0, σ_D = 30, σ_L = 0: σ_LT = 30·√2 = 42.426; z(.95) = 1.644854: 69.785.
        var plan = new Mill().Bought("Yarn", with: m => m with { SafetyMethod = SafetyStockMethod.ServiceLevel, ServiceLevel = 0.95, Demand = new(7, 100, 30) })
            .Offer("Yarn", "Kesmira", leadTime: 14).Plan();

        var row = plan.Row("Yarn");
        Assert.Equal(69.785, (double)row.Safety.Quantity, 3);
        // ROP = 100·2 + SS.
        Assert.Equal(269.785, (double)row.ReorderPoint, 3);
        Assert.Equal(row.Safety.Quantity, plan.OrdersFor("Yarn").Sum(o => o.Facts.NetNeed));
    }

    [Theory]
    [InlineData(0, "A plan has")]
    [InlineData(401, "A plan has")]
    public void Settings_that_cannot_be_reckoned_with_are_refused(int buckets, string sentence)
    {
        var mill = new Mill().Bought("Yarn");
        mill.Settings = mill.Settings with { BucketCount = buckets };

        Assert.StartsWith(sentence, Assert.Throws<ArgumentException>(() => mill.Plan()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_sum_of_sources_is_there_for_comparison_only()
    {
        // 100 · .9 + 60 · .7 = 132.
        var mill = new Mill().Bought("Yarn").Offer("Yarn", "Kesmira").Forecast("Yarn", 100, Mill.Week(3)).Forecast("Yarn", 60, Mill.Week(3), "projection");
        mill.Settings = mill.Settings with { ForecastMode = ForecastMode.LegacySum };

        Assert.Equal(132, mill.Plan().Series("Yarn").Forecast[3]);
    }

    [Fact]
    public void An_old_source_counts_less()
    {
        // After one half-life the older one weighs .9·.8/2 = .36 against .72: (36 + 72·.4)/1.08 = 60 of 100 and 40.
        var mill = new Mill().Bought("Yarn").Offer("Yarn", "Kesmira").Forecast("Yarn", 100, Mill.Week(3), "prod_plan", f => f with { MadeOn = Mill.Today.AddDays(-30) })
            .Forecast("Yarn", 40, Mill.Week(3), "own");
        mill.Settings = mill.Settings with { HalfLifeDays = 30, SourceWeights = new Dictionary<string, decimal> { ["prod_plan"] = 0.9m, ["own"] = 0.9m } };

        Assert.Equal(60, mill.Plan().Series("Yarn").Forecast[3]);
    }

    [Fact]
    public void A_material_whose_sums_no_quantity_can_hold_is_left_out_and_the_rest_is_planned()
    {
        var mill = new Mill().Bought("Yarn").Offer("Yarn", "Kesmira").Bought("Linen").Offer("Linen", "Kesmira").Order("Linen", 10, Mill.Week(2));
        for (var i = 0; i < 20; i++)
        {
            mill.Order("Yarn", 900_000_000_000m, Mill.Week(2));
        }

        var plan = mill.Plan();
        Assert.Equal("Yarn", plan.Issue(PlanIssueCodes.QuantityOverflow).RowRef);
        Assert.Equal((true, PlanStatus.CompletedWithErrors), (plan.Row("Yarn").IsSkipped, plan.Status));
        Assert.Equal(10, Assert.Single(plan.Orders).Quantity);
    }
}
