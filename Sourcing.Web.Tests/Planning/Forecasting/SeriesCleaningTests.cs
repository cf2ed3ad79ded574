using Sourcing.Data.Planning.Forecasting;

namespace Sourcing.Web.Tests.Planning.Forecasting;

public sealed class SeriesCleaningTests
{
    [Fact]
    public void Gaps_inside_the_life_span_are_filled_with_0() =>
        Assert.Equal([7m, 0, 0, 1, 0], SeriesCleaning.ZeroFill([(6, 1), (3, 5), (3, 2), (9, 4)], 7));

    [Fact]
    public void Without_demand_there_is_no_life_span() => Assert.Empty(SeriesCleaning.ZeroFill([(9, 4)], 7));

    [Theory]
    [InlineData(3, new double[] { 0, 0, 0, 5, 6 })]
    // A demand every second period, so that one empty period belongs to the first.
    [InlineData(2, new double[] { 0, 0, 0, 5, 0, 5, 0, 5, 0 })]
    [InlineData(0, new double[] { 5, 0 })]
    [InlineData(0, new double[] { 0, 0 })]
    [InlineData(0, new double[0])]
    public void The_life_span_begins_as_long_before_the_first_demand_as_lies_between_demands(int start, double[] values) =>
        Assert.Equal(start, SeriesCleaning.LifeSpanStart(values));

    [Fact]
    public void A_period_beyond_three_robust_deviations_is_flagged_with_the_nearest_ordinary_value()
    {
        // From 10 with 0.3: errors 0, 0, 2, −0.6, −0.42, 19.706; their median is 0, the median of their sizes (0.42 + 0.6)/2 = 0.51.
        // 3·1.4826·0.51 = 2.268378: only the last is beyond, and 10.294 + 2.268378 would not be.
        var flagged = Assert.Single(SeriesCleaning.Outliers([10, 10, 12, 10, 10, 30], 1));
        Assert.Equal((5, 30), (flagged.Period, flagged.Original));
        Assert.Equal(12.562378, flagged.Suggested, 9);
    }

    [Fact]
    public void Where_most_periods_are_alike_the_mean_deviation_stands_in()
    {
        // Errors nine times 0 and once 30: mean 3; 10 + 3·1.2533·3 = 21.2797.
        var flagged = Assert.Single(SeriesCleaning.Outliers([10, 10, 10, 10, 10, 10, 10, 10, 10, 40], 1));
        Assert.Equal(21.2797, flagged.Suggested, 9);
    }

    [Fact]
    public void An_outlier_does_not_make_its_followers_look_odd()
    {
        var flagged = Assert.Single(SeriesCleaning.Outliers([10, 11, 9, 10, 11, 9, 10, 90, 10, 11, 9, 10, 11, 9], 1));
        Assert.Equal(7, flagged.Period);
    }

    [Fact]
    public void A_season_is_no_outlier()
    {
        double[] history = [.. Enumerable.Range(0, 48).Select(t => t % 12 == 11 ? 300.0 : 100 + t % 3)];
        Assert.Empty(SeriesCleaning.Outliers(history, 12));
        Assert.NotEmpty(SeriesCleaning.Outliers(history, 1));
    }

    [Fact]
    public void Of_sporadic_demand_only_sizes_are_judged()
    {
        // Sizes 10 six times, then 80: mean error 70/7 = 10; 10 + 3·1.2533·10 = 47.599.
        var flagged = Assert.Single(SeriesCleaning.Outliers([10, 0, 0, 10, 0, 10, 0, 0, 10, 0, 10, 0, 0, 10, 0, 80], 1));
        Assert.Equal((15, 80), (flagged.Period, flagged.Original));
        Assert.Equal(47.599, flagged.Suggested, 9);
    }

    [Theory]
    [InlineData(new double[] { 1, 1, 1, 1, 90 })]
    [InlineData(new double[] { 5, 5, 5, 5, 5, 5, 5 })]
    [InlineData(new double[] { 0, 0, 0, 0, 0, 0, 0 })]
    [InlineData(new double[0])]
    public void Too_short_and_constant_series_have_none(double[] values) => Assert.Empty(SeriesCleaning.Outliers(values, 1));
}
