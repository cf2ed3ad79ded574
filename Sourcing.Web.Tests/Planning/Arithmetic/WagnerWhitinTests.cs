using Sourcing.Data.Planning.Arithmetic;

namespace Sourcing.Web.Tests.Planning.Arithmetic;

public sealed class WagnerWhitinTests
{
    [Fact]
    public void The_example_of_the_paper_of_1958()
    {
        decimal[] demand = [69, 29, 36, 61, 61, 26, 34, 67, 45, 67, 79, 56];
        decimal[] ordering = [85, 102, 102, 101, 98, 114, 105, 86, 119, 110, 98, 114];
        var lots = new decimal[12];
        var cost = WagnerWhitin.Plan(demand, ordering, [], 1, lots);

        // Orders 85 + 102 + 98 + 86 + 110 + 98 = 579; held 29 + 61 + (26 + 2 · 34) + 45 + 56 = 285.
        Assert.Equal([98, 0, 97, 0, 121, 0, 0, 112, 0, 67, 135, 0], lots);
        Assert.Equal(864m, cost);
    }

    [Fact]
    public void Equal_costs_order_as_late_as_they_may()
    {
        // Two orders: 10 + 10. One: 10 + 1 · 10. Equal, so the earliest s: order again in the next bucket.
        var lots = new decimal[2];
        Assert.Equal(20m, WagnerWhitin.Plan([5, 10], 10, 0, 1, lots));
        Assert.Equal([5, 10], lots);
    }

    [Fact]
    public void A_price_about_to_rise_is_bought_ahead_of()
    {
        // 10 units at 3 in bucket 2, or at 2 in bucket 0 with 2 · 0.25 to hold each: 20 + 5 + 4 < 30 + 4. Bucket 1 at 3 too.
        var lots = new decimal[3];
        Assert.Equal(29m, WagnerWhitin.Plan([0, 0, 10], [4], [2, 3, 3], 0.25m, lots));
        Assert.Equal([10, 0, 0], lots);
    }

    [Fact]
    public void Nothing_needed_orders_nothing_and_a_steady_price_is_paid_for_all()
    {
        var lots = new decimal[] { 9, 9, 9 };
        Assert.Equal(0m, WagnerWhitin.Plan([0, -4, 0], 10, 5, 1, lots));
        Assert.Equal([0, 0, 0], lots);

        // 8 · 5 + 10 + 1 · 3
        Assert.Equal(53m, WagnerWhitin.Plan([5, 3, 0], 10, 5, 1, lots));
        Assert.Equal([8, 0, 0], lots);
    }

    [Fact]
    public void No_plan_at_all_is_cheaper_on_hundreds_of_small_instances()
    {
        var random = new Random(1958);
        for (var i = 0; i < 600; i++)
        {
            var n = random.Next(1, 8);
            var (demand, ordering, prices, lots) = (new decimal[n], new decimal[n], new decimal[n], new decimal[n]);
            for (var t = 0; t < n; t++)
            {
                demand[t] = random.Next(3) == 0 ? 0 : random.Next(1, 60);
                ordering[t] = random.Next(0, 80);
                prices[t] = random.Next(1, 6);
            }

            var holding = random.Next(1, 8) / 4m;
            var steady = i % 2 == 0;
            var k = steady ? [ordering[0]] : ordering;
            var c = steady ? [] : prices;
            Assert.Equal(Cheapest(demand, k, c, holding), WagnerWhitin.Plan(demand, k, c, holding, lots));
            Assert.Equal(ByRecurrence(demand, k, c, holding), lots);
            Assert.Equal(demand.Sum(), lots.Sum());
            if (steady)
            {
                Assert.Equal(LotSizing.Cost(demand, lots, ordering[0], 3, holding), WagnerWhitin.Plan(demand, ordering[0], 3, holding, lots));
                Assert.True(LotSizing.Cost(demand, SilverMeal(demand, ordering[0], holding), ordering[0], 3, holding) >= LotSizing.Cost(demand, lots, ordering[0], 3, holding));
            }
        }
    }

    [Fact]
    public void A_long_horizon_is_planned_like_a_short_one()
    {
        // To carry 30 for one bucket costs 60, for two 120, more than the 100 of an order: 200 orders for two buckets each.
        var (demand, lots) = (Enumerable.Repeat(30m, 400).ToArray(), new decimal[400]);
        Assert.Equal(200 * (100m + 60m), WagnerWhitin.Plan(demand, 100, 0, 2, lots));
        Assert.All(Enumerable.Range(0, 400), t => Assert.Equal(t % 2 == 0 ? 60 : 0, lots[t]));
    }

    [Fact]
    public void Costs_and_lots_have_to_be_as_long_as_the_needs()
    {
        Assert.Throws<ArgumentException>(() => WagnerWhitin.Plan([1, 2, 3], 10, 1, 1, new decimal[2]));
        Assert.Throws<ArgumentException>(() => WagnerWhitin.Plan([1, 2, 3], [1, 2], [], 1, new decimal[3]));
    }

    private static decimal[] SilverMeal(decimal[] demand, decimal k, decimal h)
    {
        var lots = new decimal[demand.Length];
        LotSizing.Plan(new LotRule(LotMethod.SilverMeal, default, 0, 0, k, 0, h), demand, lots);
        return lots;
    }

    /// <summary>Each bucket's need is bought in any bucket up to it: every such choice is tried, so nothing is taken from the recurrence.</summary>
    private static decimal Cheapest(decimal[] demand, decimal[] k, decimal[] c, decimal h)
    {
        var (n, best) = (demand.Length, decimal.MaxValue);
        var source = new int[n];
        Try(0, 0);
        return best;

        void Try(int j, decimal cost)
        {
            if (j == n)
            {
                best = Math.Min(best, cost);
                return;
            }

            for (source[j] = 0; source[j] <= j; source[j]++)
            {
                var t = source[j];
                var opened = demand[j] > 0 && !Enumerable.Range(0, j).Any(earlier => source[earlier] == t && demand[earlier] > 0);
                var goods = (((c.Length > 0 ? c[t] : 0) + (h * (j - t))) * demand[j]) + (opened ? k[k.Length > 1 ? t : 0] : 0);
                if (cost + goods < best)
                {
                    Try(j + 1, cost + goods);
                }
            }
        }
    }

    /// <summary>The recurrence itself in exact numbers, with its tie rule and without any short cut.</summary>
    private static decimal[] ByRecurrence(decimal[] demand, decimal[] k, decimal[] c, decimal h)
    {
        var n = demand.Length;
        var (theta, next, lots) = (new decimal[n + 1], new int[n], new decimal[n]);
        for (var t = n - 1; t >= 0; t--)
        {
            theta[t] = decimal.MaxValue;
            for (var s = t + 1; s <= n; s++)
            {
                var cost = theta[s] + (demand[t..s].Sum() > 0 ? k[k.Length > 1 ? t : 0] : 0);
                for (var j = t; j < s; j++)
                {
                    cost += ((c.Length > 0 ? c[t] : 0) + (h * (j - t))) * demand[j];
                }

                if (cost < theta[t])
                {
                    (theta[t], next[t]) = (cost, s);
                }
            }
        }

        for (var t = 0; t < n; t = next[t])
        {
            lots[t] = demand[t..next[t]].Sum();
        }

        return lots;
    }
}
