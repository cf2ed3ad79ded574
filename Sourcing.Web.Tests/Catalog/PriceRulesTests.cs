using Sourcing.Data.Catalog;
using Sourcing.Data.Common;

namespace Sourcing.Web.Tests.Catalog;

public sealed class PriceRulesTests
{
    private static SupplierPartTerms Terms(params (decimal Quantity, decimal Cost)[] breaks) =>
        new(10, "EUR") { Breaks = [.. breaks.Select(b => new BreakTerms(b.Quantity, b.Cost))] };

    private static string Refusal(SupplierPartTerms terms, decimal moqFactor = 1) => Assert.Throws<RefusedException>(() => SupplierPartRules.Demand(terms, moqFactor)).Message;

    [Theory]
    [InlineData(1, 10)]
    [InlineData(99.9999, 10)]
    [InlineData(100, 9)]
    [InlineData(499, 9)]
    [InlineData(500, 8)]
    [InlineData(100000, 8)]
    public void The_last_break_that_is_reached_sets_the_price(decimal quantity, decimal price) =>
        Assert.Equal(price, new SupplierPart(Guid.CreateVersion7(), Guid.CreateVersion7(), Terms((100, 9), (500, 8))).PriceAt(quantity));

    [Fact]
    public void Breaks_have_to_ascend()
    {
        Assert.Contains("Break 2 begins at 100, which is not above break 1 (100)", Refusal(Terms((100, 9), (100, 8))), StringComparison.Ordinal);
        Assert.Contains("Break 2 begins at 50", Refusal(Terms((100, 9), (50, 8))), StringComparison.Ordinal);
        Assert.Contains("has to be above 0", Refusal(Terms((0, 9))), StringComparison.Ordinal);
    }

    [Fact]
    public void The_first_break_has_to_reach_the_minimum_order_in_whatever_unit_that_is()
    {
        Assert.Contains("below the minimum order of 200", Refusal(Terms((100, 9)) with { MoqQuantity = 200 }), StringComparison.Ordinal);
        Assert.Contains("below the minimum order of 180", Refusal(Terms((100, 9)) with { MoqQuantity = 4 }, moqFactor: 45), StringComparison.Ordinal);
        SupplierPartRules.Demand(Terms((180, 9)) with { MoqQuantity = 4 }, moqFactor: 45);
    }

    [Fact]
    public void Every_broken_rule_is_named_with_its_field()
    {
        var refusal = Assert.Throws<RefusedException>(() => SupplierPartRules.Demand(new(-1, "euro")
        {
            MoqQuantity = 0, OrderMultiple = -2, LeadTimeDays = 1001, ReliabilityScore = 1.1m, HoldingCostRate = 11, OrderingCost = -1, ContractQuantityLimit = 0,
            ValidFrom = new(2026, 5, 1), ValidTo = new(2026, 4, 30),
        }));
        Assert.Equal(
            ["UnitCost", "Currency", "MoqQuantity", "OrderMultiple", "ContractQuantityLimit", "LeadTimeDays", "ReliabilityScore", "OrderingCost", "HoldingCostRate", "ValidTo"],
            refusal.Errors.Select(e => e.Field));
    }

    [Fact]
    public void Validity_counts_both_ends()
    {
        var price = new SupplierPart(Guid.CreateVersion7(), Guid.CreateVersion7(), Terms() with { ValidFrom = new(2026, 1, 1), ValidTo = new(2026, 1, 31) });
        Assert.True(price.HoldsOn(new(2026, 1, 1)) && price.HoldsOn(new(2026, 1, 31)));
        Assert.False(price.HoldsOn(new(2025, 12, 31)) || price.HoldsOn(new(2026, 2, 1)));
    }

    [Fact]
    public void Statistics_of_an_even_row_take_the_mean_of_the_middle()
    {
        var s = PriceStatistics.Of([(new(2026, 3, 1), 4), (new(2026, 1, 1), 1), (new(2026, 2, 1), 10), (new(2026, 2, 1), 3)])!;
        Assert.Equal((4, 1m, 10m, 3.5m, 4m, new DateOnly(2026, 3, 1)), (s.Count, s.Lowest, s.Highest, s.Median, s.Last, s.LastDay));
        Assert.Equal(0, s.PercentileOf(0.5m));
        Assert.Equal(100, s.PercentileOf(11));
        Assert.Equal(37.5m, s.PercentileOf(3));
        Assert.Equal(50, s.PercentileOf(3.5m));
        Assert.Equal(1, s.ToMedian(7));
        Assert.Null(PriceStatistics.Of([]));
    }

    [Fact]
    public void Quantiles_and_the_index_by_quarter_are_those_worked_out_by_hand()
    {
        // January to March 10 and 12: median 11. May 11. October and November 16 and 14: median 15, which is 15 / 11 of the first quarter.
        var s = PriceStatistics.Of([(new(2025, 11, 30), 14), (new(2025, 1, 1), 10), (new(2025, 5, 2), 11), (new(2025, 3, 31), 12), (new(2025, 10, 1), 16)])!;
        // 10, 11, 12, 14, 16: a quarter of the way is the second, nine tenths lie at place 3.6, between 14 and 16.
        Assert.Equal((10m, 11m, 12m, 14m, 15.2m, 16m), (s.Quantile(0), s.Quantile(0.25m), s.Quantile(0.5m), s.Quantile(0.75m), s.Quantile(0.9m), s.Quantile(1)));
        Assert.Equal(
            [new(new(2025, 1, 1), 2, 11, 100), new(new(2025, 4, 1), 1, 11, 100), new PriceQuarter(new(2025, 10, 1), 2, 15, 15m / 11m * 100m)],
            s.Quarters());
        Assert.Null(PriceStatistics.Of([(new(2025, 1, 1), 0), (new(2025, 4, 1), 5)])!.Quarters()[1].Index);
        Assert.Throws<ArgumentOutOfRangeException>(() => s.Quantile(1.1m));
    }

    [Theory]
    [InlineData(SpecificationKind.Number, "12,5x", "is not a number")]
    [InlineData(SpecificationKind.YesNo, "maybe", "neither yes nor no")]
    [InlineData(SpecificationKind.Date, "2026-02-30", "is not a date")]
    [InlineData(SpecificationKind.Text, " ", "has no value")]
    public void A_specification_has_to_be_of_its_kind(SpecificationKind kind, string value, string said)
    {
        var refusal = Assert.Throws<RefusedException>(() => Specification.Checked([new("Width", SpecificationKind.Number, "52", "mm"), new("Other", kind, value)]));
        Assert.Contains(said, refusal.Message, StringComparison.Ordinal);
        Assert.Equal("Specifications[1].Value", refusal.Errors.Single().Field);
    }

    [Fact]
    public void A_specification_stands_once_in_any_case() =>
        Assert.Throws<RefusedException>(() => Specification.Checked([new("Width", SpecificationKind.Text, "a"), new("WIDTH", SpecificationKind.Text, "b")]));

    [Fact]
    public void Specifications_come_back_from_json_as_they_were()
    {
        Specification[] rows = [new("Width <é>", SpecificationKind.Number, "52", "mm"), new("Certified", SpecificationKind.YesNo, "yes")];
        Assert.Equal(rows, Specification.FromJson(Specification.ToJson(rows)));
    }
}
