using Sourcing.Data.Planning.Forecasting;

namespace Sourcing.Web.Tests.Planning.Forecasting;

public sealed class IntermittentDemandTests
{
    private static readonly double[] Seldom = [0, 4, 0, 0, 6, 0, 3];

    [Theory]
    // Starts with 4 every 2. Then 6 after 3: z = 4.4, x = 2.2. Then 3 after 2: z = 4.4 − 0.28 = 4.12, x = 2.2 − 0.04 = 2.16.
    [InlineData(ForecastMethod.Croston, 1)]
    // 1 − 0.2/2
    [InlineData(ForecastMethod.SyntetosBoylan, 0.9)]
    // 1 − 0.2/1.8
    [InlineData(ForecastMethod.ShaleBoylanJohnston, 8 / 9.0)]
    public void Size_and_interval_are_smoothed_at_each_demand(ForecastMethod method, double factor)
    {
        var fit = IntermittentDemand.Croston(Seldom, 0.2, method, 2);
        Assert.Equal(factor * 4.12 / 2.16, fit.Forecast[0], 12);
        Assert.Equal(fit.Forecast[0], fit.Forecast[1]);
        // Nothing before the first demand; 4/2 and 4.4/2.2 after it.
        Assert.All(fit.OneStep[..2], v => Assert.True(double.IsNaN(v)));
        Assert.All(fit.OneStep[2..], v => Assert.Equal(factor * 2, v, 12));
    }

    [Fact]
    public void Tsb_smooths_the_probability_every_period()
    {
        var fit = IntermittentDemand.TeunterSyntetosBabai(Seldom, 0.2, 0.1, 1);
        // p: 0.5, 0.45, 0.405, 0.4645, 0.41805, 0.476245; z: 4, 4.4, 4.12
        Assert.Equal(0.476245 * 4.12, fit.Forecast[0], 12);
        Assert.Equal([2, 1.8, 1.62, 2.0438, 1.83942], fit.OneStep[2..].Select(v => Math.Round(v, 12)));
    }

    [Fact]
    public void When_demand_dies_out_tsb_falls_and_croston_does_not()
    {
        double[] dying = [.. Seldom, .. new double[20]];
        Assert.Equal(
            IntermittentDemand.Croston(Seldom, 0.2, ForecastMethod.Croston, 1).Forecast[0],
            IntermittentDemand.Croston(dying, 0.2, ForecastMethod.Croston, 1).Forecast[0]);
        // Twenty times nine tenths.
        Assert.Equal(0.476245 * 4.12 * Math.Pow(0.9, 20), IntermittentDemand.TeunterSyntetosBabai(dying, 0.2, 0.1, 1).Forecast[0], 12);
    }

    [Fact]
    public void Weights_are_fitted_inside_their_range()
    {
        double[] history = [0, 3, 0, 0, 5, 0, 0, 0, 2, 0, 4, 0, 0, 9, 0, 0, 1, 0];
        Assert.InRange(IntermittentDemand.FitCroston(history, ForecastMethod.SyntetosBoylan, 1).Parameters[0].Value, 0.02, 0.3);
        Assert.All(IntermittentDemand.FitTeunterSyntetosBabai(history, 1).Parameters.Take(2), p => Assert.InRange(p.Value, 0.02, 0.3));
    }

    [Fact]
    public void Without_demand_there_is_nothing_to_smooth_and_nothing_to_hold()
    {
        Assert.Throws<ArgumentException>(() => IntermittentDemand.Croston([0, 0], 0.2, ForecastMethod.Croston, 1));
        Assert.Throws<ArgumentException>(() => IntermittentDemand.TeunterSyntetosBabai([0, 0], 0.2, 0.2, 1));
        Assert.Equal(new(0, 0), IntermittentDemand.LeadTimeQuantile([0, 0, 0], 4, 0.95));
        Assert.Equal(new(0, 0), IntermittentDemand.LeadTimeQuantile([], 4, 0.95));
    }

    [Fact]
    public void Lead_time_demand_is_the_same_each_time_and_grows_with_time_and_probability()
    {
        double[] history = [.. Enumerable.Range(0, 120).Select(t => t % 4 == 3 ? 10.0 : 0)];
        var once = IntermittentDemand.LeadTimeQuantile(history, 4, 0.95);
        Assert.Equal(once, IntermittentDemand.LeadTimeQuantile(history, 4, 0.95));
        // 10 every fourth period: about 10 in four periods; whole demands only.
        Assert.InRange(once.Mean, 8.5, 11);
        Assert.Equal(0, once.Quantile % 10);
        Assert.Equal(once.Quantile - once.Mean, once.SafetyStock);
        Assert.True(IntermittentDemand.LeadTimeQuantile(history, 12, 0.95).Quantile > once.Quantile);
        Assert.True(IntermittentDemand.LeadTimeQuantile(history, 4, 0.5).Quantile < once.Quantile);
    }

    [Theory]
    // Mean 2 of sizes with mean 4: a demand in every second period.
    [InlineData(0.1, 0)]
    [InlineData(0.5, 0)]
    // 0.25 of 0.5: the second of three. 0.4 of 0.5: the third.
    [InlineData(0.75, 4)]
    [InlineData(0.9, 6)]
    public void A_periods_quantile_is_0_as_often_as_there_is_no_demand(double level, double quantile) =>
        Assert.Equal(quantile, IntermittentDemand.PeriodQuantile([2, 4, 6], 2, level));
}
