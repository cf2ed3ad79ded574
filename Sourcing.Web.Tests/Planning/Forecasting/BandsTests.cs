using Sourcing.Data.Planning.Forecasting;

namespace Sourcing.Web.Tests.Planning.Forecasting;

public sealed class BandsTests
{
    [Fact]
    public void Variance_grows_along_a_line_and_never_shrinks()
    {
        Assert.Equal((4, 2), Bands.Variance([4, 6, 8], 0));
        Assert.Equal((6, 0), Bands.Variance([8, 6, 4], 0));
        Assert.Equal((9, 0), Bands.Variance([4], 9));
    }

    [Fact]
    public void Bands_are_quantiles_of_the_gamma_distribution_widened_for_the_few_errors_behind_them()
    {
        // Seven degrees of freedom: t = 1.4149. Step 1: v = 2/10/3 = .06667, root 1 − .00444 ± .09433; step 2 with √9: v = .1, root .99 ± .14149.
        var points = Bands.Gamma([10, 10], (4, 5), 7, 0);
        Assert.Equal((10, 10), (points[0].Mean, points[0].P50));
        Assert.Equal(10 * Math.Pow(1 - 0.0044444 - 0.0943267, 3), points[0].P10, 2);
        Assert.Equal(12.946, points[0].P90, 2);
        Assert.Equal(10 * Math.Pow(0.99 + 0.14149, 3), points[1].P90, 2);
        Assert.All(points, p => Assert.True(p.P10 < p.P50 && p.P90 - p.Mean > p.Mean - p.P10));
    }

    [Fact]
    public void A_mean_near_0_keeps_its_upper_band_and_below_0_is_0()
    {
        var points = Bands.Gamma([-5, 0.01], (1, 0), 7, 0);
        Assert.Equal((0, 0, 0), (points[0].Mean, points[0].P10, points[0].P50));
        Assert.Equal(1.415, points[0].P90, 3);
        Assert.Equal(1.425, points[1].P90, 3);
    }

    [Fact]
    public void Where_a_tenth_of_the_weeks_is_empty_nothing_at_all_is_no_surprise()
    {
        Assert.Equal(0, Bands.Gamma([10], (4, 0), 7, 0.1)[0].P10);
        Assert.True(Bands.Gamma([10], (4, 0), 7, 0.09)[0].P10 > 5);
    }

    [Theory]
    [InlineData(0.9, 1, 3.0777)]
    [InlineData(0.9, 2, 1.8856)]
    [InlineData(0.9, 3, 1.6377)]
    [InlineData(0.9, 7, 1.4149)]
    [InlineData(0.95, 5, 2.0150)]
    [InlineData(0.1, 7, -1.4149)]
    [InlineData(0.9, 1000, 1.2824)]
    public void Quantiles_of_students_distribution_are_those_of_the_tables(double probability, int degrees, double t) =>
        Assert.Equal(t, StudentQuantile.Of(probability, degrees), 0.002);

    [Fact]
    public void A_few_periods_vary_about_their_mean()
    {
        // s² = (4 + 0 + 4)/2 = 4; 4·(1 + 1/3)
        Assert.Equal(16 / 3.0, Bands.VarianceAboutMean([2, 4, 6]), 12);
        Assert.Equal(0, Bands.VarianceAboutMean([7]));
    }

    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(0.9, 1.2815515655)]
    [InlineData(0.95, 1.6448536270)]
    [InlineData(0.99, 2.3263478740)]
    [InlineData(0.01, -2.3263478740)]
    public void Quantiles_of_the_normal_distribution_are_those_of_the_tables(double probability, double z) =>
        Assert.Equal(z, NormalQuantile.Of(probability), 7);
}
