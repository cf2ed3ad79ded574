using Sourcing.Data.Planning.Forecasting;

namespace Sourcing.Web.Tests.Planning.Forecasting;

public sealed class SeasonalAdjustmentTests
{
    private static readonly double[] Factors = [0.8, 1.2, 1.1, 0.9];

    [Fact]
    public void A_pattern_that_multiplies_is_found_taken_out_and_put_back()
    {
        double[] history = [.. Enumerable.Range(0, 12).Select(t => 100 * Factors[t % 4])];
        var pattern = SeasonalAdjustment.Decompose(history, 4, multiplies: true);
        // Each average over a year is 100, so that the ratios are the factors.
        Assert.Equal(Factors, pattern.Indices.Select(i => Math.Round(i, 12)));
        Assert.All(pattern.Remove(history), v => Assert.Equal(100, v, 9));
        double[] next = [200, 200];
        pattern.Restore(next, 12 + 1);
        Assert.Equal([240, 220], next.Select(v => Math.Round(v, 9)));
    }

    [Fact]
    public void A_pattern_of_an_odd_season_with_empty_periods_is_added()
    {
        // The average of three is 2 everywhere; the differences are −2, 0, 2.
        double[] history = [0, 2, 4, 0, 2, 4, 0, 2, 4];
        var pattern = SeasonalAdjustment.Decompose(history, 3, multiplies: false);
        Assert.Equal([-2, 0, 2], pattern.Indices.Select(i => Math.Round(i, 12)));
        Assert.All(pattern.Remove(history), v => Assert.Equal(2, v, 9));
    }

    [Theory]
    // r₁ = −7/8, r₂ = 6/8; the limit is 1.645·√((1 + 2·49/64)/8) = 0.925
    [InlineData(8, false)]
    // r₁ = −19/20, r₂ = 18/20; the limit is 1.645·√((1 + 2·0.9025)/20) = 0.616
    [InlineData(20, true)]
    public void A_season_is_believed_once_it_came_often_enough(int periods, bool seasonal) =>
        Assert.Equal(seasonal, SeasonalAdjustment.IsSeasonal([.. Enumerable.Range(0, periods).Select(t => 1.0 + t % 2)], 2));

    [Fact]
    public void Nothing_is_found_in_constant_or_short_series_and_without_a_season()
    {
        Assert.Null(SeasonalAdjustment.Find(Enumerable.Repeat(5.0, 40).ToArray(), 4));
        Assert.Null(SeasonalAdjustment.Find([1, 2, 1, 2], 2));
        Assert.Null(SeasonalAdjustment.Find([1, 2, 1, 2, 1, 2, 1, 2], 1));
    }
}
