using Sourcing.Data.Planning.Forecasting;

namespace Sourcing.Web.Tests.Planning.Forecasting;

/// <summary>Averages, exponential smoothing, Theta and Holt–Winters on small examples.</summary>
public sealed class SmoothingTests
{
    private static readonly double[] Uneven = [12, 15, 11, 14, 18, 13, 17, 16, 21, 15, 19, 22];

    [Fact]
    public void Seasonal_naive_says_the_last_season_again()
    {
        var fit = Averages.SeasonalNaive([1, 2, 3, 4, 5, 6], 4, 6);
        Assert.Equal([3, 4, 5, 6, 3, 4], fit.Forecast);
        Assert.Equal([double.NaN, double.NaN, double.NaN, double.NaN, 1, 2], fit.OneStep);
    }

    [Fact]
    public void Seasonal_naive_of_less_than_a_season_says_the_last_period_again() =>
        Assert.Equal([7, 7, 7], Averages.SeasonalNaive([3, 7], 12, 3).Forecast);

    [Fact]
    public void A_moving_average_is_the_mean_of_the_last_periods()
    {
        var fit = Averages.MovingAverage([2, 4, 6, 8], 3, 2);
        // (4 + 6 + 8) / 3, and before the fourth (2 + 4 + 6) / 3.
        Assert.Equal([6, 6], fit.Forecast);
        Assert.Equal([double.NaN, double.NaN, double.NaN, 4], fit.OneStep);
    }

    [Fact]
    public void The_window_of_least_error_is_taken_and_of_equal_ones_the_shorter()
    {
        // Windows 2 and 4 always say 2, off by 1; window 3 says 7/3 or 5/3, off by 4/3.
        var fit = Averages.FitMovingAverage([1, 3, 1, 3, 1, 3, 1, 3], 1, 1);
        Assert.Equal(new("k", 2), Assert.Single(fit.Parameters));
        Assert.Equal([2], fit.Forecast);
    }

    [Fact]
    public void Simple_smoothing_moves_the_level_by_its_share_of_the_error()
    {
        var oneStep = new double[2];
        // 10 + 0.5·(12 − 10) = 11; 11 + 0.5·(8 − 11) = 9.5
        Assert.Equal(9.5, ExponentialSmoothing.Simple([12, 8], 0.5, 10, oneStep), 12);
        Assert.Equal([10, 11], oneStep);
    }

    [Fact]
    public void Simple_smoothing_is_fitted_to_the_least_one_step_error()
    {
        var fit = ExponentialSmoothing.FitSimple(Uneven, 3);
        var (alpha, start) = (fit.Parameters[0].Value, fit.Parameters[1].Value);
        var (least, oneStep) = (ForecastAccuracy.Mse(Uneven, fit.OneStep), new double[Uneven.Length]);
        for (var other = 0.01; other < 1; other += 0.01)
        {
            foreach (var away in new[] { -1, -0.1, 0, 0.1, 1 })
            {
                ExponentialSmoothing.Simple(Uneven, other, start + away, oneStep);
                Assert.True(ForecastAccuracy.Mse(Uneven, oneStep) >= least - 1e-6, $"α {other} from {start + away} is better than α {alpha} from {start}.");
            }
        }

        Assert.Equal(fit.Forecast[0], fit.Forecast[2]);
    }

    [Fact]
    public void Damped_holt_smooths_level_and_trend()
    {
        var oneStep = new double[2];
        var (level, trend) = ExponentialSmoothing.Damped([13, 12], 0.5, 0.4, 0.9, (10, 2), oneStep);
        // ŷ = 10 + 0.9·2 = 11.8; l = 6.5 + 5.9 = 12.4; b = 0.4·2.4 + 0.6·1.8 = 2.04
        // ŷ = 12.4 + 0.9·2.04 = 14.236; l = 6 + 7.118 = 13.118; b = 0.4·0.718 + 0.6·1.836 = 1.3888
        Assert.Equal([11.8, 14.236], oneStep.Select(v => Math.Round(v, 12)));
        Assert.Equal(13.118, level, 12);
        Assert.Equal(1.3888, trend, 12);
    }

    [Fact]
    public void A_damped_trend_grows_by_ever_smaller_steps()
    {
        var fit = ExponentialSmoothing.FitDamped([10, 12, 14, 16, 18, 20, 22, 24], 4);
        var phi = fit.Parameters.Single(p => p.Name == "φ").Value;
        Assert.InRange(phi, 0.8, 0.98);
        Assert.InRange(fit.Forecast[0], 25, 26);
        // Steps are φ²b, φ³b, φ⁴b.
        Assert.Equal(phi, (fit.Forecast[2] - fit.Forecast[1]) / (fit.Forecast[1] - fit.Forecast[0]), 9);
        Assert.Equal(phi, (fit.Forecast[3] - fit.Forecast[2]) / (fit.Forecast[2] - fit.Forecast[1]), 9);
    }

    [Fact]
    public void Theta_is_simple_smoothing_with_half_the_drift_of_a_line()
    {
        var fit = Theta.Of([2, 4, 6, 8], 0.5, 2, 2);
        // Slope 2. Levels 2, 3, 4.5, 6.25; drift 1·(0 + (1 − 0.5⁴)/0.5) = 1.875, then 1 more a step.
        Assert.Equal([8.125, 9.125], fit.Forecast);
        // Before the second period (1 − 0.5)/0.5 = 1 on level 2, before the third 1.5 on 3, before the fourth 1.75 on 4.5.
        Assert.Equal([2, 3, 4.5, 6.25], fit.OneStep);
    }

    [Fact]
    public void A_slope_is_that_of_least_squares() =>
        // Σ(t − t̄)(y − ȳ) = −1·(1 − 3) + 0 + 1·(4 − 3) = 3; Σ(t − t̄)² = 2
        Assert.Equal(1.5, Theta.Slope([1, 4, 4]), 12);

    [Fact]
    public void Holt_winters_adds_the_season()
    {
        double[] season = [2, -2];
        var oneStep = new double[2];
        var (level, trend) = HoltWinters.Additive([14, 9], 0.5, 0.4, 0.2, 0.9, (10, 1), season, oneStep);
        // 10 + 0.9 = 10.9: ŷ = 12.9; l = 0.5·12 + 5.45 = 11.45; b = 0.4·1.45 + 0.6·0.9 = 1.12; s = 0.2·3.1 + 0.8·2 = 2.22
        // 11.45 + 1.008 = 12.458: ŷ = 10.458; l = 0.5·11 + 6.229 = 11.729; b = 0.4·0.279 + 0.6·1.008 = 0.7164; s = 0.2·(−3.458) − 1.6 = −2.2916
        Assert.Equal([12.9, 10.458], oneStep.Select(v => Math.Round(v, 12)));
        Assert.Equal([2.22, -2.2916], season.Select(v => Math.Round(v, 12)));
        Assert.Equal(11.729, level, 12);
        Assert.Equal(0.7164, trend, 12);
    }

    [Fact]
    public void Holt_winters_multiplies_the_season()
    {
        double[] season = [1.2, 0.8];
        var oneStep = new double[2];
        var (level, trend) = HoltWinters.Multiplicative([14, 9], 0.5, 0.4, 0.2, 0.9, (10, 1), season, oneStep);
        // 10.9: ŷ = 13.08; l = 0.5·14/1.2 + 5.45 = 11.283333; b = 0.4·1.283333 + 0.54 = 1.053333; s = 0.2·14/10.9 + 0.96 = 1.216881
        // 11.283333 + 0.948 = 12.231333: ŷ = 9.785067; l = 5.625 + 6.115667 = 11.740667; b = 0.4·0.457333 + 0.5688 = 0.751733; s = 1.8/12.231333 + 0.64 = 0.787163
        Assert.Equal([13.08, 9.785067], oneStep.Select(v => Math.Round(v, 6)));
        Assert.Equal([1.216881, 0.787163], season.Select(v => Math.Round(v, 6)));
        Assert.Equal(11.740667, level, 6);
        Assert.Equal(0.751733, trend, 6);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Holt_winters_finds_a_season_and_carries_it_on(bool multiplies)
    {
        double[] year = [80, 120, 110, 90];
        double[] history = [.. year, .. year, .. year, .. year];
        var fit = HoltWinters.Fit(history, 4, multiplies, 6);
        Assert.Equal([80, 120, 110, 90, 80, 120], fit.Forecast.Select(v => Math.Round(v, 6)));
    }

    [Fact]
    public void A_search_ends_in_the_valley()
    {
        // Rosenbrock's valley, least at (1, 1).
        var (at, value) = NelderMead.Minimise(x => Math.Pow(1 - x[0], 2) + 100 * Math.Pow(x[1] - x[0] * x[0], 2), [-1, 1], [0.5, 0.5], [-2, -2], [2, 2], 1000);
        Assert.Equal([1, 1], at.Select(v => Math.Round(v, 2)));
        Assert.InRange(value, 0, 1e-4);
    }

    [Fact]
    public void A_search_stays_inside_its_bounds_and_within_its_questions()
    {
        var asked = 0;
        var (at, _) = NelderMead.Minimise(
            x =>
            {
                Assert.InRange(x[0], 0.1, 0.9);
                Assert.InRange(x[1], 0.1, 0.9);
                asked++;
                return (x[0] - 2) * (x[0] - 2) + (x[1] - 0.5) * (x[1] - 0.5);
            },
            [0.3, 0.8], [0.1, 0.2], [0.1, 0.1], [0.9, 0.9], 100);
        Assert.Equal([0.9, 0.5], at.Select(v => Math.Round(v, 3)));
        // A round that has begun is finished: at most a shrinking of two points and two trials more.
        Assert.InRange(asked, 3, 104);
    }
}
