using Sourcing.Data.Planning.Forecasting;

namespace Sourcing.Web.Tests.Planning.Forecasting;

public sealed class ForecastAccuracyTests
{
    // Errors −2, 2, −3.
    private static readonly double[] Actual = [10, 20, 30];
    private static readonly double[] Forecast = [12, 18, 33];
    private static readonly double[] History = [8, 10, 14, 12];

    [Fact]
    public void Errors_in_the_unit_of_the_series()
    {
        Assert.Equal(7 / 3.0, ForecastAccuracy.Mae(Actual, Forecast), 12);
        // (4 + 4 + 9) / 3
        Assert.Equal(17 / 3.0, ForecastAccuracy.Mse(Actual, Forecast), 12);
    }

    [Theory]
    // (2 + 4 + 2) / 3 = 8/3; 7/3 over 8/3
    [InlineData(1, 0.875)]
    // (|14 − 8| + |12 − 10|) / 2 = 4; 7/3 over 4
    [InlineData(2, 7 / 12.0)]
    // No whole season has passed, so the step is 1.
    [InlineData(4, 0.875)]
    public void Mase_is_scaled_by_the_naive_forecast_of_the_season(int season, double mase) =>
        Assert.Equal(mase, ForecastAccuracy.Mase(Actual, Forecast, History, season)!.Value, 12);

    [Fact]
    public void Rmsse_is_scaled_by_squared_steps() =>
        // (4 + 16 + 4) / 3 = 8; √(17/3 / 8)
        Assert.Equal(Math.Sqrt(17 / 24.0), ForecastAccuracy.Rmsse(Actual, Forecast, History)!.Value, 12);

    [Fact]
    public void Wape_and_bias_are_shares_of_demand()
    {
        Assert.Equal(7 / 60.0, ForecastAccuracy.Wape(Actual, Forecast)!.Value, 12);
        // −2 + 2 − 3 = −3: too much was forecast.
        Assert.Equal(-3 / 60.0, ForecastAccuracy.Bias(Actual, Forecast)!.Value, 12);
    }

    [Fact]
    public void Pinball_weighs_what_is_missing_by_the_level_and_what_is_over_by_the_rest() =>
        // 0.1·2 + 0.9·2 + 0.1·3 = 2.3
        Assert.Equal(2.3 / 3, ForecastAccuracy.Pinball(Actual, Forecast, 0.9), 12);

    [Fact]
    public void Smape_is_the_competitions()
    {
        Assert.Equal((400 / 22.0 + 400 / 38.0 + 600 / 63.0) / 3, ForecastAccuracy.Smape(Actual, Forecast), 12);
        // Nothing expected and nothing came: no error. Nothing expected and something came: 200.
        Assert.Equal(100, ForecastAccuracy.Smape([0, 5], [0, 0]), 12);
    }

    [Fact]
    public void The_tracking_signal_counts_the_sum_of_errors_in_mean_errors()
    {
        // −3 over 7/3
        Assert.Equal(-9 / 7.0, ForecastAccuracy.TrackingSignal(Actual, Forecast)!.Value, 12);
        // Every error on one side: as many as there are.
        Assert.Equal(3, ForecastAccuracy.TrackingSignal(Actual, [5, 15, 25])!.Value, 12);
    }

    [Fact]
    public void What_would_divide_by_0_is_unknown()
    {
        Assert.Null(ForecastAccuracy.Mase(Actual, Forecast, [5, 5, 5], 1));
        Assert.Null(ForecastAccuracy.Mase(Actual, Forecast, [5], 1));
        Assert.Null(ForecastAccuracy.Rmsse(Actual, Forecast, [5, 5, 5]));
        Assert.Null(ForecastAccuracy.Wape([0, 0], [1, 2]));
        Assert.Null(ForecastAccuracy.Bias([0, 0], [1, 2]));
        Assert.Null(ForecastAccuracy.TrackingSignal(Actual, Actual));
    }

    [Fact]
    public void Forecasts_without_their_actual_value_are_refused()
    {
        Assert.Throws<ArgumentException>(() => ForecastAccuracy.Mae([1, 2], [1]));
        Assert.Throws<ArgumentException>(() => ForecastAccuracy.Smape([], []));
    }
}
