using Sourcing.Data.Planning.Arithmetic;

namespace Sourcing.Web.Tests.Planning.Arithmetic;

public sealed class EconomicOrderQuantityTests
{
    /// <summary>Nahmias, "Production and Operations Analysis", on quantity discounts: bags at 0.30, from 500 on 0.29, from 1,000 on 0.28.</summary>
    private static readonly PriceTier[] Bags = [new(0, 0.30m), new(500, 0.29m), new(1000, 0.28m)];

    [Fact]
    public void The_economic_order_balances_ordering_and_holding()
    {
        // √(2 · 1,200 · 50 / 2.5) = √48,000 = 219.089023
        // 10 · 1,200 + 50 · 1,200 / 219.089023 + 2.5 · 219.089023 / 2 = 12,000 + 273.861279 + 273.861279
        var order = EconomicOrderQuantity.Of(1200, 50, 10, 0.25m);
        Assert.Equal((true, 219.089023m, 12547.7226m, 10m), (order.Found, order.Quantity, order.AnnualCost, order.UnitCost));
    }

    [Theory]
    [InlineData(0, 50, 10, 0.25)]
    [InlineData(-5, 50, 10, 0.25)]
    [InlineData(1200, 50, 0, 0.25)]
    [InlineData(1200, 50, 10, 0)]
    [InlineData(1200, -1, 10, 0.25)]
    public void Where_there_is_nothing_to_weigh_nothing_is_found(decimal demand, decimal ordering, decimal price, decimal rate)
    {
        Assert.False(EconomicOrderQuantity.Of(demand, ordering, price, rate).Found);
        Assert.False(EconomicOrderQuantity.WithBackorders(demand, ordering, price, rate, 5).Found);
        Assert.False(EconomicOrderQuantity.AllUnits(demand, ordering, rate, [new(0, price)]).Found);
        Assert.False(EconomicOrderQuantity.Incremental(demand, ordering, rate, [new(0, price)]).Found);
    }

    [Fact]
    public void All_units_discount_takes_the_break_that_saves_more_than_it_costs_to_hold()
    {
        // Demand 600, 8 an order, 20 % a year.
        // 0.30: √(9,600 / 0.060) = 400, below 500: 180 + 8 · 600 / 400 + 0.060 · 400 / 2 = 204.00
        // 0.29: √(9,600 / 0.058) = 406.8 → 500:    174 + 4,800 / 500  + 0.058 · 500 / 2 = 198.10
        // 0.28: √(9,600 / 0.056) = 414.0 → 1,000:  168 + 4,800 / 1,000 + 0.056 · 1,000 / 2 = 200.80
        var order = EconomicOrderQuantity.AllUnits(600, 8, 0.2m, Bags);
        Assert.Equal((500m, 1, 0.29m, 198.10m), (order.Quantity, order.Tier, order.UnitCost, order.AnnualCost));

        // Without the second tier the third still beats the first.
        Assert.Equal((1000m, 1, 200.80m), EconomicOrderQuantity.AllUnits(600, 8, 0.2m, [Bags[0], Bags[2]]) is var o ? (o.Quantity, o.Tier, o.AnnualCost) : default);
    }

    [Fact]
    public void All_units_tiers_whose_order_lies_beyond_the_next_break_do_not_count()
    {
        // Demand 10,000: √(160,000 / 0.060) = 1,633 ≥ 500, √(160,000 / 0.058) = 1,661 ≥ 1,000: only the last is left.
        // √(160,000 / 0.056) = 1,690.308509; 2,800 + 80,000 / 1,690.308509 + 0.028 · 1,690.308509 = 2,800 + 47.328638 + 47.328638
        var order = EconomicOrderQuantity.AllUnits(10000, 8, 0.2m, Bags);
        Assert.Equal((1690.308509m, 2, 2894.6573m), (order.Quantity, order.Tier, order.AnnualCost));
    }

    [Fact]
    public void A_price_that_rises_with_the_quantity_is_paid_where_the_order_lies()
    {
        // 10 up to 100, 12 from there: √(120,000 / 2.5) = 219 is not below 100. √(120,000 / 3) = 200: 14,400 + 60,000 / 200 + 3 · 200 / 2
        var order = EconomicOrderQuantity.AllUnits(1200, 50, 0.25m, [new(0, 10), new(100, 12)]);
        Assert.Equal((200m, 1, 15000m), (order.Quantity, order.Tier, order.AnnualCost));
    }

    [Fact]
    public void All_units_discount_stays_below_a_break_that_is_too_far()
    {
        // 0.30: 204.00 as above. 0.29 from 5,000 on: 174 + 4,800 / 5,000 + 0.058 · 5,000 / 2 = 174 + 0.96 + 145 = 319.96
        var order = EconomicOrderQuantity.AllUnits(600, 8, 0.2m, [Bags[0], new(5000, 0.29m)]);
        Assert.Equal((400m, 0, 204.00m), (order.Quantity, order.Tier, order.AnnualCost));
    }

    [Fact]
    public void Incremental_discount_carries_what_was_paid_below_the_break()
    {
        // k_1 = 0.01 · 500 = 5, k_2 = 5 + 0.01 · 1,000 = 15
        // 0.30: √(9,600 / 0.060) = 400 inside: 204.00
        // 0.29: √(2 · 600 · 13 / 0.058) = √268,965.5 = 518.6 inside: 174 + 0.5 + 15.04 + 15.04 = 204.58
        // 0.28: √(2 · 600 · 23 / 0.056) = 702.0, not from 1,000 on
        var order = EconomicOrderQuantity.Incremental(600, 8, 0.2m, Bags);
        Assert.Equal((400m, 0, 204.00m), (order.Quantity, order.Tier, order.AnnualCost));

        var second = EconomicOrderQuantity.Incremental(600, 8, 0.2m, [new(0, 0.35m), new(100, 0.30m), new(500, 0.29m)]);

        // k_1 = 0.05 · 100 = 5 and k_2 = 5 + 0.01 · 500 = 10.
        // 0.35: √(9,600 / 0.070) = 370.3, not below 100. 0.30: √(1,200 · 13 / 0.060) = 509.9, not below 500.
        // 0.29: √(1,200 · 18 / 0.058) = √372,413.793 = 610.257153; 174 + 0.2 · 10 / 2 + 18 · 600 / 610.257153 + 0.029 · 610.257153
        //   = 175 + 17.697457 + 17.697457 = 210.394915
        Assert.Equal((610.257153m, 2, 0.29m, 210.3949m), (second.Quantity, second.Tier, second.UnitCost, second.AnnualCost));
    }

    [Fact]
    public void Incremental_cost_is_what_the_bills_and_the_shelf_really_cost()
    {
        // By hand at the result above: one order of 610.257153 costs 100 · 0.35 + 400 · 0.30 + 110.257153 · 0.29 = 186.974574.
        // 600 / 610.257153 orders a year: (8 + 186.974574) · 0.983192 = 191.697457; holding 0.2 · 186.974574 / 2 = 18.697457. Together 210.394915.
        var order = EconomicOrderQuantity.Incremental(600, 8, 0.2m, [new(0, 0.35m), new(100, 0.30m), new(500, 0.29m)]);
        var goods = 35m + 120m + ((order.Quantity - 500) * 0.29m);
        Assert.Equal(order.AnnualCost, ((8 + goods) * 600 / order.Quantity) + (0.2m * goods / 2), 4);
    }

    [Fact]
    public void Where_demand_may_wait_orders_grow_and_part_of_them_is_owed()
    {
        // √(2 · 1,200 · 50 · (2.5 + 10) / (2.5 · 10)) = √60,000 = 244.948974; 2.5 / 12.5 = 0.2
        // 12,000 + √(2 · 1,200 · 50 · 2.5 · 10 / 12.5) = 12,000 + √240,000 = 12,000 + 489.897949
        var order = EconomicOrderQuantity.WithBackorders(1200, 50, 10, 0.25m, 10);
        Assert.Equal((244.948974m, 0.2m, 12489.8979m), (order.Quantity, order.BackorderFraction, order.AnnualCost));
    }

    [Theory]
    [InlineData(219.089023, 40, 52, 5)]
    [InlineData(100, 40, 52, 3)]
    [InlineData(99.9, 40, 52, 2)]
    [InlineData(5, 40, 52, 1)]
    [InlineData(1000000, 0.000001, 52, 52)]
    [InlineData(100, 0, 52, 1)]
    public void A_periodic_order_serves_a_whole_number_of_buckets(decimal quantity, decimal mean, int most, int expected) =>
        Assert.Equal(expected, EconomicOrderQuantity.Buckets(quantity, mean, most));
}
