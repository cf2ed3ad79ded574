using Sourcing.Data.Planning.Arithmetic;

namespace Sourcing.Web.Tests.Planning.Arithmetic;

public sealed class SafetyStockTests
{
    /// <summary>D̄ 100 and σ_D 20 a week, L 4 weeks, σ_L 0.5 weeks: σ_LT = √(4 · 400 + 10,000 · 0.25) = √4,100 = 64.0312424.</summary>
    private static SafetyStockFacts Facts(SafetyStockMethod method) => new(method)
    {
        MeanDemand = 100, BacktestError = 20, LeadTime = 4, LeadTimeDeviation = 0.5, ServiceLevel = 0.95, OrderQuantity = 400,
    };

    [Fact]
    public void A_service_level_holds_z_deviations_of_demand_over_the_lead_time()
    {
        var stock = SafetyStock.Of(Facts(SafetyStockMethod.ServiceLevel));

        // 1.64485363 · 64.0312424 = 105.322021; ROP = 100 · 4 + 105.322021
        Assert.Equal(64.0312424, stock.Deviation, 1e-7);
        Assert.Equal(1.64485363, stock.SafetyFactor, 1e-8);
        Assert.Equal(105.322021m, stock.Quantity);
        Assert.Equal(505.322021m, stock.ReorderPoint);
        Assert.Equal(SafetyStockRule.Method, stock.Rule);
        Assert.Equal(DemandDeviationSource.BacktestError, stock.DemandDeviationSource);
        Assert.Equal(LeadTimeDeviationSource.Given, stock.LeadTimeDeviationSource);
    }

    [Fact]
    public void A_review_interval_lengthens_the_time_at_risk()
    {
        // √((4 + 1) · 400 + 2,500) = √4,500 = 67.0820393; · 1.64485363 = 110.340136; ROP = 100 · 5 + 110.340136
        var stock = SafetyStock.Of(Facts(SafetyStockMethod.ServiceLevel) with { ReviewInterval = 1 });
        Assert.Equal(110.340136m, stock.Quantity);
        Assert.Equal(610.340136m, stock.ReorderPoint);
    }

    [Theory]
    [InlineData(0.90, 400, 64.0312424)]
    [InlineData(0.95, 400, 64.0312424)]
    [InlineData(0.99, 400, 64.0312424)]
    [InlineData(0.9999, 10, 500)]
    [InlineData(0.5, 4000, 20)]
    [InlineData(0.01, 1000000, 1)]
    [InlineData(0.999999999, 0.001, 1000)]
    public void A_fill_rate_is_met_when_put_back_into_its_equation(double fillRate, double order, double deviation)
    {
        var k = SafetyStock.FillRateFactor(fillRate, order, deviation);
        var left = deviation * (NormalDistribution.Density(k) - (k * (1 - NormalDistribution.Cumulative(k))));
        var right = (1 - fillRate) * order;
        Assert.Equal(right, left, 1e-9 * Math.Max(1, right));
    }

    [Fact]
    public void A_fill_rate_of_the_tables()
    {
        // Loss tables: L(1.00) = 0.0833155. (1 − 0.9479278) · 160 / 100 = 0.0833155
        Assert.Equal(1, SafetyStock.FillRateFactor(1 - (0.083315470587686298 * 100 / 160), 160, 100), 1e-12);
    }

    [Fact]
    public void A_fill_rate_needs_less_stock_the_larger_the_order_and_none_when_the_order_alone_serves_it()
    {
        var facts = Facts(SafetyStockMethod.FillRate);
        var small = SafetyStock.Of(facts with { OrderQuantity = 100 });
        var large = SafetyStock.Of(facts with { OrderQuantity = 400 });
        var huge = SafetyStock.Of(facts with { OrderQuantity = 8000 });
        Assert.True(small.Quantity > large.Quantity && large.Quantity > 0);
        Assert.Equal((0m, SafetyStockRule.NotNegative), (huge.Quantity, huge.Rule));
        Assert.True(huge is { Calculated: < 0, SafetyFactor: < 0, ReorderPoint: 400 });
    }

    [Fact]
    public void Without_a_usual_order_a_fill_rate_is_held_against_the_demand_of_one_period()
    {
        var without = SafetyStock.Of(Facts(SafetyStockMethod.FillRate) with { OrderQuantity = 0 });
        Assert.Equal(SafetyStock.Of(Facts(SafetyStockMethod.FillRate) with { OrderQuantity = 100 }), without);
        Assert.Equal(100, without.OrderQuantity);
        Assert.Equal(0, SafetyStock.FillRateFactor(0.95, 0, 10));
        Assert.Equal(0, SafetyStock.FillRateFactor(0.95, 100, 0));
    }

    [Fact]
    public void Without_a_backtest_the_mean_absolute_deviation_stands_in_and_without_both_nothing_is_made_up()
    {
        // 1.25 · 16 = 20
        var mad = SafetyStock.Of(Facts(SafetyStockMethod.ServiceLevel) with { BacktestError = null, MeanAbsoluteDeviation = 16 });
        Assert.Equal((105.322021m, 20.0, DemandDeviationSource.MeanAbsoluteDeviation), (mad.Quantity, mad.DemandDeviation, mad.DemandDeviationSource));

        // √(10,000 · 0.25) = 50; · 1.64485363 = 82.242681
        var none = SafetyStock.Of(Facts(SafetyStockMethod.ServiceLevel) with { BacktestError = null });
        Assert.Equal((82.242681m, DemandDeviationSource.Unknown), (none.Quantity, none.DemandDeviationSource));
    }

    [Fact]
    public void An_unknown_deviation_of_the_lead_time_comes_from_reliability_and_says_so()
    {
        // (1 − 0.8) · 4 = 0.8 weeks: √(1,600 + 10,000 · 0.64) = √8,000 = 89.4427191; · 1.64485363 = 147.120181
        var stock = SafetyStock.Of(Facts(SafetyStockMethod.ServiceLevel) with { LeadTimeDeviation = null, Reliability = 0.8 });
        Assert.Equal(0.8, stock.LeadTimeDeviation, 1e-12);
        Assert.Equal((147.120181m, LeadTimeDeviationSource.Heuristic), (stock.Quantity, stock.LeadTimeDeviationSource));

        // √1,600 = 40; · 1.64485363 = 65.794145
        var none = SafetyStock.Of(Facts(SafetyStockMethod.ServiceLevel) with { LeadTimeDeviation = null });
        Assert.Equal((65.794145m, LeadTimeDeviationSource.Unknown), (none.Quantity, none.LeadTimeDeviationSource));
    }

    [Fact]
    public void Intermittent_demand_holds_what_the_quantile_exceeds_the_mean_by()
    {
        var facts = Facts(SafetyStockMethod.Intermittent) with { MeanDemand = 3, LeadTimeQuantile = 37.5, LeadTimeMean = 12 };
        var stock = SafetyStock.Of(facts);

        // 37.5 − 12; ROP = 3 · 4 + 25.5
        Assert.Equal((25.5m, 37.5m), (stock.Quantity, stock.ReorderPoint));
        Assert.Equal((0m, SafetyStockRule.NotNegative), SafetyStock.Of(facts with { LeadTimeQuantile = 10 }) is var low ? (low.Quantity, low.Rule) : default);
    }

    [Fact]
    public void A_percentage_is_one_of_demand_over_the_lead_time()
    {
        // 0.2 · 100 · 4
        Assert.Equal(80, SafetyStock.Of(Facts(SafetyStockMethod.Percent) with { Percent = 0.2 }).Quantity);
    }

    [Theory]
    [InlineData(100, 300, null, null, 105.322021, SafetyStockRule.Method)]
    [InlineData(200, 300, null, null, 200, SafetyStockRule.MinimumQuantity)]
    [InlineData(null, 60, null, null, 60, SafetyStockRule.MaximumQuantity)]
    [InlineData(null, null, 14.0, 28.0, 200, SafetyStockRule.MinimumCover)]
    [InlineData(null, null, null, 3.5, 50, SafetyStockRule.MaximumCover)]
    [InlineData(250, 120, null, null, 120, SafetyStockRule.MaximumQuantity)]
    [InlineData(150, null, 21.0, null, 300, SafetyStockRule.MinimumCover)]
    public void Bounds_hold_and_say_which_of_them_did(int? least, int? most, double? leastDays, double? mostDays, double expected, SafetyStockRule rule)
    {
        // 100 a week: 14 days are 200, 3.5 days 50, 21 days 300.
        var stock = SafetyStock.Of(Facts(SafetyStockMethod.ServiceLevel) with
        {
            MinimumQuantity = least, MaximumQuantity = most, MinimumCoverDays = leastDays, MaximumCoverDays = mostDays,
        });
        Assert.Equal(((decimal)expected, rule), (stock.Quantity, stock.Rule));
        Assert.Equal(105.322021m, stock.Calculated);
        Assert.Equal(400 + stock.Quantity, stock.ReorderPoint);
    }

    [Fact]
    public void A_reviewer_has_the_last_word()
    {
        var stock = SafetyStock.Of(Facts(SafetyStockMethod.ServiceLevel) with { ReviewerQuantity = 42, MinimumQuantity = 100 });
        Assert.Equal((42m, SafetyStockRule.Reviewer, 105.322021m, 442m), (stock.Quantity, stock.Rule, stock.Calculated, stock.ReorderPoint));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(95)]
    public void A_level_that_is_no_share_is_refused(double level)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => SafetyStock.Of(Facts(SafetyStockMethod.ServiceLevel) with { ServiceLevel = level }));
        Assert.Throws<ArgumentOutOfRangeException>(() => SafetyStock.Of(Facts(SafetyStockMethod.FillRate) with { ServiceLevel = level }));
    }

    [Fact]
    public void No_demand_needs_no_safety_stock()
    {
        foreach (var method in Enum.GetValues<SafetyStockMethod>())
        {
            Assert.Equal(0, SafetyStock.Of(new(method) { ServiceLevel = 0.95, LeadTime = 4 }).Quantity);
        }
    }
}
