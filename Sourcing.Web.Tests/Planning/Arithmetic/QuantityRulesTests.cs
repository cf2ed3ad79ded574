using Sourcing.Data.Planning.Arithmetic;

namespace Sourcing.Web.Tests.Planning.Arithmetic;

public sealed class QuantityRulesTests
{
    private static (OrderQuantity Order, QuantityStep[] Steps) Apply(in OrderTerms terms, decimal need)
    {
        var steps = new QuantityStep[QuantityRules.MostSteps];
        var order = QuantityRules.Apply(terms, need, steps);
        return (order, steps[..order.Steps]);
    }

    [Fact]
    public void Without_rules_the_need_is_ordered()
    {
        var (order, steps) = Apply(new(), 12.345678m);
        Assert.Equal((1, 12.345678m, 0m, 0m), (order.Orders, order.Total, order.Surplus, order.Shortfall));
        Assert.Empty(steps);
    }

    [Fact]
    public void A_minimum_above_the_need_is_ordered_and_its_surplus_kept()
    {
        var (order, steps) = Apply(new() { Minimum = 500 }, 120);
        Assert.Equal((1, 500m, 380m), (order.Orders, order.Total, order.Surplus));
        Assert.Equal([new(QuantityRule.Minimum, 120, 500)], steps);
    }

    [Fact]
    public void A_minimum_in_another_unit_is_converted_first_and_never_taken_one_to_one()
    {
        // 500 lb · 0.45359237 = 226.796185 kg, up to 226.797 kg in grams.
        var (order, steps) = Apply(new() { Minimum = 500, MinimumFactor = 0.45359237m, Precision = 0.001m }, 120);
        Assert.Equal(226.797m, order.Total);
        Assert.Equal([new(QuantityRule.MinimumUnit, 500, 226.797m), new(QuantityRule.Minimum, 120, 226.797m)], steps);
    }

    [Fact]
    public void All_rules_in_their_order_with_every_step()
    {
        // 1,003.4 pieces → 1,004; the minimum, 20 boxes of 12 = 240, changes nothing; in 25s 1,025; at most 490, so full orders of 475:
        // 475 + 475 + 75, the last up to the smallest order, 240 in 25s = 250, together 1,200. The contract holds 2,000 − 700 − 200 − 0 = 1,100:
        // 475 + 475, for the 150 left are below 250.
        var terms = new OrderTerms
        {
            Minimum = 20, MinimumFactor = 12, Multiple = 25, Maximum = 490, Precision = 1, ContractRemaining = QuantityRules.ContractRemaining(2000, 700, 200, 0),
        };
        var (order, steps) = Apply(terms, 1003.4m);
        Assert.Equal(
            [
                new(QuantityRule.MinimumUnit, 20, 240), new(QuantityRule.Precision, 1003.4m, 1004), new(QuantityRule.Multiple, 1004, 1025),
                new(QuantityRule.Split, 1025, 475), new(QuantityRule.LastToMinimum, 75, 250), new(QuantityRule.Contract, 1200, 950),
            ],
            steps);
        Assert.Equal((2, 475m, 475m, 950m, 53.4m, 0m), (order.Orders, order.FullOrder, order.LastOrder, order.Total, order.Shortfall, order.Surplus));
    }

    [Fact]
    public void The_minimum_comes_before_the_multiple()
    {
        // 10 → 30 → 32, not 10 → 16 → 30.
        var (order, steps) = Apply(new() { Minimum = 30, Multiple = 16 }, 10);
        Assert.Equal(32, order.Total);
        Assert.Equal([new(QuantityRule.Minimum, 10, 30), new(QuantityRule.Multiple, 30, 32)], steps);
    }

    [Theory]
    [InlineData(96, 96)]
    [InlineData(96.000001, 120)]
    [InlineData(97, 120)]
    [InlineData(1, 24)]
    public void Multiples_are_whole(decimal need, decimal expected) => Assert.Equal(expected, Apply(new() { Multiple = 24 }, need).Order.Total);

    [Fact]
    public void The_noise_of_a_division_buys_no_further_multiple()
    {
        // 10 / 3 · 3 is 9.9999… and 1 / 0.97 · 0.97 may be 1.000…1: both are whole numbers of pieces.
        Assert.Equal(10, Apply(new() { Precision = 1 }, 10m / 3m * 3m).Order.Total);
        Assert.Equal(10, Apply(new() { Multiple = 5 }, 10.00000000000000000001m).Order.Total);
    }

    [Fact]
    public void An_order_above_the_largest_is_split_and_its_parts_add_up()
    {
        var (order, steps) = Apply(new() { Maximum = 400 }, 1000);
        Assert.Equal([400m, 400m, 200m], Enumerable.Range(0, order.Orders).Select(i => order[i]));
        Assert.Equal(1000, order.Total);
        Assert.Equal([new(QuantityRule.Split, 1000, 400)], steps);

        // A whole number of full orders needs no smaller last one.
        var even = Apply(new() { Maximum = 400 }, 800).Order;
        Assert.Equal((2, 400m, 400m), (even.Orders, even.FullOrder, even.LastOrder));
        Assert.Equal(1, Apply(new() { Maximum = 400 }, 400).Order.Orders);
    }

    [Fact]
    public void The_last_part_is_lifted_to_the_minimum()
    {
        var (order, steps) = Apply(new() { Minimum = 150, Maximum = 400 }, 850);
        Assert.Equal([400m, 400m, 150m], Enumerable.Range(0, order.Orders).Select(i => order[i]));
        Assert.Equal((950m, 100m), (order.Total, order.Surplus));
        Assert.Equal(new(QuantityRule.LastToMinimum, 50, 150), steps[^1]);
    }

    [Fact]
    public void A_largest_order_that_contradicts_the_others_is_left_aside_and_said_so()
    {
        var (order, steps) = Apply(new() { Minimum = 500, Maximum = 400 }, 100);
        Assert.Equal((1, 500m), (order.Orders, order.Total));
        Assert.Equal([new(QuantityRule.Minimum, 100, 500), new(QuantityRule.Contradiction, 400, 500)], steps);
        Assert.Contains(new QuantityStep(QuantityRule.Contradiction, 20, 24), Apply(new() { Multiple = 24, Maximum = 20 }, 30).Steps);
    }

    [Fact]
    public void A_contract_bounds_the_order_and_the_rest_is_a_shortfall()
    {
        Assert.Equal(300, QuantityRules.ContractRemaining(1000, 400, 200, 100));
        Assert.Equal(0, QuantityRules.ContractRemaining(1000, 900, 200, 0));

        var (order, steps) = Apply(new() { Minimum = 50, Multiple = 40, ContractRemaining = 310 }, 400);
        Assert.Equal((280m, 120m), (order.Total, order.Shortfall));
        Assert.Equal([new(QuantityRule.Contract, 400, 280)], steps);

        // 310 in 40s is 280, and the smallest order, 300 in 40s, is 320.
        var (none, why) = Apply(new() { Minimum = 300, Multiple = 40, ContractRemaining = 310 }, 400);
        Assert.Equal((0, 0m, 400m), (none.Orders, none.Total, none.Shortfall));
        Assert.Equal([new(QuantityRule.ContractExhausted, 400, 0)], why);
        Assert.Equal(400, Apply(new() { ContractRemaining = 400 }, 400).Order.Total);
    }

    [Fact]
    public void A_contract_cuts_parts_from_the_end()
    {
        // 400 + 400 + 200 within 700: 400 + 300.
        var order = Apply(new() { Minimum = 100, Maximum = 400, ContractRemaining = 700 }, 1000).Order;
        Assert.Equal([400m, 300m], Enumerable.Range(0, order.Orders).Select(i => order[i]));
        Assert.Equal(300, order.Shortfall);
        Assert.Equal([250m], Apply(new() { Maximum = 400, ContractRemaining = 250 }, 1000).Order is var one ? Enumerable.Range(0, one.Orders).Select(i => one[i]) : []);
    }

    [Theory]
    [InlineData(30, false)]
    [InlineData(29, true)]
    public void A_surplus_beyond_so_many_days_is_marked_and_still_ordered(int days, bool excess)
    {
        // 500 for 200 leaves 300: 30 days of 10.
        var (order, steps) = Apply(new() { Minimum = 500, DailyDemand = 10, MostSurplusDays = days }, 200);
        Assert.Equal((500m, excess), (order.Total, order.MinimumExcess));
        Assert.Equal(excess, steps.Contains(new(QuantityRule.MinimumExcess, 200, 500)));
    }

    [Fact]
    public void A_surplus_without_any_demand_is_always_too_much()
    {
        Assert.True(Apply(new() { Minimum = 500, DailyDemand = 0, MostSurplusDays = 90 }, 200).Order.MinimumExcess);
        Assert.False(Apply(new() { Minimum = 500, DailyDemand = 0, MostSurplusDays = 90 }, 500).Order.MinimumExcess);
        // What the unit cannot express is nobody's minimum.
        Assert.False(Apply(new() { Precision = 1, DailyDemand = 0, MostSurplusDays = 90 }, 200.4m).Order.MinimumExcess);
    }

    [Theory]
    [InlineData(0.4, 1, 0)]
    [InlineData(1, 1, 1)]
    [InlineData(1.2, 1, 2)]
    [InlineData(0.0009, 0.001, 0)]
    [InlineData(0.0011, 0.001, 0.002)]
    [InlineData(0.0000004, 0.000001, 0)]
    [InlineData(0, 1, 0)]
    [InlineData(-3, 1, 0)]
    public void What_the_unit_cannot_express_is_not_ordered_and_what_it_can_is_rounded_up(decimal need, decimal precision, decimal expected)
    {
        var (order, steps) = Apply(new() { Precision = precision }, need);
        Assert.Equal((expected, expected == 0 ? 0 : 1), (order.Total, order.Orders));
        Assert.Equal(need > 0 && expected == 0, steps.Contains(new(QuantityRule.BelowPrecision, need, 0)));
    }

    [Fact]
    public void A_minimum_is_not_ordered_for_a_need_that_is_no_need() => Assert.Equal(0, Apply(new() { Minimum = 500, Precision = 1 }, 0.3m).Order.Total);

    [Fact]
    public void Whatever_the_rules_every_order_keeps_them()
    {
        var random = new Random(28);
        for (var i = 0; i < 2000; i++)
        {
            var terms = new OrderTerms
            {
                Minimum = random.Next(2) * random.Next(1, 300), Multiple = random.Next(2) * random.Next(1, 40), Maximum = random.Next(2) * random.Next(100, 500),
                ContractRemaining = random.Next(2) == 0 ? null : random.Next(0, 2000), Precision = 1,
            };
            var need = random.Next(1, 20000) / 10m;
            var (order, steps) = Apply(terms, need);
            var contradiction = steps.Any(s => s.Rule == QuantityRule.Contradiction);
            Assert.Equal(order.Total, Enumerable.Range(0, order.Orders).Sum(n => order[n]));
            Assert.Equal(need >= 1 ? need : 0, order.Total - order.Surplus + order.Shortfall);
            Assert.True(order.Total <= (terms.ContractRemaining ?? decimal.MaxValue));
            Assert.True(order.Shortfall == 0 || terms.ContractRemaining is not null);
            Assert.All(Enumerable.Range(0, order.Orders), n =>
            {
                Assert.True(order[n] >= terms.Minimum);
                Assert.True(terms.Multiple == 0 || order[n] % terms.Multiple == 0);
                Assert.True(terms.Maximum == 0 || contradiction || order[n] <= terms.Maximum);
            });
        }
    }
}
