using Sourcing.Data.Planning.Arithmetic;

namespace Sourcing.Web.Tests.Planning.Arithmetic;

public sealed class LotSizingTests
{
    /// <summary>Silver and Peterson's example: 54 an order, 0.40 a unit and month.</summary>
    private static readonly decimal[] Months = [10, 62, 12, 130, 154, 129, 88, 52, 124, 160, 238, 41];

    private static decimal[] Plan(in LotRule rule, params decimal[] net)
    {
        var lots = new decimal[net.Length];
        LotSizing.Plan(rule, net, lots);
        return lots;
    }

    private static LotRule Rule(LotMethod method, decimal quantity = 0, int buckets = 0, decimal ordering = 54, decimal holding = 0.4m) =>
        new(method, default, quantity, buckets, ordering, 0, holding);

    [Fact]
    public void Lot_for_lot_orders_each_need() => Assert.Equal([5, 0, 0, 7], Plan(Rule(LotMethod.LotForLot), 5, 0, -3, 7));

    [Fact]
    public void A_fixed_lot_comes_in_whole_multiples_and_its_surplus_serves_what_follows()
    {
        // 50 leaves 40, which serves 30 and leaves 10; 75 lacks 65 → 100, leaves 35; 35 is served; 1 lacks 1.
        Assert.Equal([50, 0, 100, 0, 50], Plan(Rule(LotMethod.Fixed, 50), 10, 30, 75, 35, 1));

        // The noise of a division buys no further lot.
        Assert.Equal([10m], Plan(Rule(LotMethod.Fixed, 5), 10.00000000000000000001m));
    }

    [Fact]
    public void An_economic_lot_is_never_below_the_need()
    {
        // 100 leaves 80, which serves 80; 250 is more than 100; then 100 again.
        Assert.Equal([100, 0, 250, 100], Plan(Rule(LotMethod.EconomicOrderQuantity, 100), 20, 80, 250, 1));
    }

    [Fact]
    public void A_periodic_order_starts_at_the_first_open_need_and_covers_calendar_buckets()
    {
        // n = 3: buckets 1–3 (5, 0, 7), then from bucket 4, which has no need, on to the next at 5: 4, 6, 0.
        Assert.Equal([0, 12, 0, 0, 0, 10, 0, 0, 9], Plan(Rule(LotMethod.PeriodicOrderQuantity, buckets: 3), 0, 5, 0, 7, 0, 4, 6, 0, 9));
    }

    [Fact]
    public void Silver_and_Meal_order_as_in_their_example()
    {
        // January: 54; (54 + 24.8) / 2 = 39.4; (78.8 + 9.6) / 3 = 29.5; (88.4 + 156) / 4 = 61.1 rises: 10 + 62 + 12.
        // April: 54; (54 + 61.6) / 2 = 57.8 rises: 130. May: (54 + 51.6) / 2 = 52.8; (105.6 + 70.4) / 3 = 58.7 rises: 154 + 129.
        // July: 37.4, then 58.0: 88 + 52. September: 59.0: 124. October: 74.6: 160. November: 35.2: 238 + 41.
        var lots = Plan(Rule(LotMethod.SilverMeal), Months);
        Assert.Equal([84, 0, 0, 130, 283, 0, 140, 0, 124, 160, 279, 0], lots);

        // 7 · 54 + 24.8 + 9.6 + 51.6 + 20.8 + 16.4
        Assert.Equal(501.2m, LotSizing.Cost(Months, lots, 54, 0, 0.4m));
    }

    [Fact]
    public void Silver_and_Meal_extend_while_the_mean_does_not_rise()
    {
        // K = 10, h = 1: 10 alone; (10 + 10) / 2 = 10 does not rise; (20 + 2 · 6) / 3 = 10.7 rises.
        Assert.Equal(2, LotSizing.SilverMeal([5, 10, 6], 10, 1));
        Assert.Equal(1, LotSizing.SilverMeal([5, 11, 0], 10, 1));
        Assert.Equal(1, LotSizing.SilverMeal([5], 10, 1));
    }

    [Fact]
    public void Every_method_covers_the_needs_up_to_every_bucket()
    {
        var random = new Random(20250917);
        for (var i = 0; i < 300; i++)
        {
            var net = new decimal[random.Next(1, 30)];
            for (var t = 0; t < net.Length; t++)
            {
                net[t] = random.Next(3) == 0 ? 0 : random.Next(1, 2000) / 10m;
            }

            foreach (var method in Enum.GetValues<LotMethod>())
            {
                var policy = new LotPolicy(method)
                {
                    AnnualDemand = random.Next(1, 9000), OrderingCost = random.Next(0, 200), UnitCost = random.Next(1, 30), HoldingRate = 0.25m,
                    FixedQuantity = random.Next(1, 90), BackorderCost = 8,
                };
                var rule = LotSizing.Rule(policy, [new(0, 20), new(100, 18), new(500, 17)], net.Length);
                var lots = Plan(rule, net);
                var (needed, ordered) = (0m, 0m);
                for (var t = 0; t < net.Length; t++)
                {
                    var lacking = Math.Max(0, needed + net[t] - ordered);
                    (needed, ordered) = (needed + net[t], ordered + lots[t]);
                    Assert.True(ordered >= needed, $"{method} leaves {needed - ordered} open in bucket {t}.");
                    Assert.True(lots[t] >= lacking, $"{method} orders {lots[t]} where {lacking} is lacking.");
                    Assert.True(lots[t] == 0 || lacking > 0, $"{method} orders in bucket {t}, where nothing is lacking.");
                }
            }
        }
    }

    [Theory]
    [InlineData(52, LotMethod.WagnerWhitin)]
    [InlineData(104, LotMethod.WagnerWhitin)]
    [InlineData(105, LotMethod.PeriodicOrderQuantity)]
    public void The_automatic_choice_goes_by_the_horizon(int buckets, LotMethod expected) => Assert.Equal(expected, LotSizing.Rule(
        new LotPolicy(LotMethod.Automatic) { AnnualDemand = 1200, OrderingCost = 50, UnitCost = 10, HoldingRate = 0.25m }, [], buckets).Method);

    [Fact]
    public void A_policy_works_out_to_a_rule_with_its_figures()
    {
        var policy = new LotPolicy(LotMethod.PeriodicOrderQuantity)
        {
            AnnualDemand = 1200, OrderingCost = 50, UnitCost = 10, HoldingRate = 0.25m, BucketsPerYear = 50, FixedQuantity = 30, BackorderCost = 10,
        };

        // Q* = 219.089; 1,200 / 50 = 24 a bucket; 9.13 → 9. Holding 2.5 / 50 = 0.05 a bucket.
        var periodic = LotSizing.Rule(policy, [], 52);
        Assert.Equal((9, 219.089023m, 0.05m), (periodic.Buckets, periodic.Economic.Quantity, periodic.Holding));
        Assert.Equal(219.089023m, LotSizing.Rule(policy with { Method = LotMethod.EconomicOrderQuantity }, [], 52).Quantity);
        Assert.Equal(244.948974m, LotSizing.Rule(policy with { Method = LotMethod.Backorders }, [], 52).Quantity);
        Assert.Equal(30, LotSizing.Rule(policy with { Method = LotMethod.Fixed }, [], 52).Quantity);

        // 9: √(120,000 / 2.25) = 230.9 → 400: 10,800 + 60,000 / 400 + 2.25 · 200 = 11,400 < 12,547.72
        var tiered = LotSizing.Rule(policy with { Method = LotMethod.AllUnitsBreaks }, [new(0, 10), new(400, 9)], 52);
        Assert.Equal((LotMethod.AllUnitsBreaks, 400m, 1, 11400m), (tiered.Method, tiered.Quantity, tiered.Economic.Tier, tiered.Economic.AnnualCost));
    }

    [Theory]
    [InlineData(LotMethod.Automatic)]
    [InlineData(LotMethod.EconomicOrderQuantity)]
    [InlineData(LotMethod.PeriodicOrderQuantity)]
    [InlineData(LotMethod.SilverMeal)]
    [InlineData(LotMethod.WagnerWhitin)]
    [InlineData(LotMethod.AllUnitsBreaks)]
    [InlineData(LotMethod.Fixed)]
    public void Without_a_price_the_need_is_ordered_and_not_a_year_at_once(LotMethod method)
    {
        var rule = LotSizing.Rule(new LotPolicy(method) { AnnualDemand = 1200, OrderingCost = 50, HoldingRate = 0.25m }, [], 52);
        Assert.Equal(LotMethod.LotForLot, rule.Method);
        Assert.Equal([5, 6, 7], Plan(rule, 5, 6, 7));
    }

    [Fact]
    public void The_cost_of_a_plan_counts_orders_goods_and_what_is_left_and_refuses_a_shortage()
    {
        // 2 orders · 10 + 15 · 2 + 0.5 · (5 + 0 + 1)
        Assert.Equal(53m, LotSizing.Cost([5, 5, 4], [10, 0, 5], 10, 2, 0.5m));
        Assert.Throws<ArgumentException>(() => LotSizing.Cost([5, 5], [5, 4], 10, 2, 0.5m));
    }
}
