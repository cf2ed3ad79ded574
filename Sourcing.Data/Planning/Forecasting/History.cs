namespace Sourcing.Data.Planning.Forecasting;

/// <summary>A history that methods are fitted to, with what several of them need worked out once.</summary>
internal sealed class History(double[] values, int season)
{
    private (double Alpha, double Start)? _simple;

    public double[] Values => values;

    public int Season => season;

    /// <summary>The seasonal pattern; null where there is none.</summary>
    public SeasonalAdjustment? Pattern { get; } = SeasonalAdjustment.Find(values, season);

    /// <summary>The values without their season.</summary>
    public double[] Adjusted => field ??= Pattern?.Remove(values) ?? values;

    private (double Alpha, double Start) SimpleParameters => _simple ??= ExponentialSmoothing.SimpleParameters(Adjusted);

    /// <summary>Why a method cannot be fitted; null where it can.</summary>
    public string? Obstacle(ForecastMethod method) => method switch
    {
        ForecastMethod.SimpleSmoothing or ForecastMethod.Theta when values.Length < 3 => "Needs three periods before the first origin.",
        ForecastMethod.DampedTrend when values.Length < 4 => "Needs four periods before the first origin.",
        ForecastMethod.HoltWintersAdditive or ForecastMethod.HoltWintersMultiplicative when season == 1 => "The series has no season.",
        ForecastMethod.HoltWintersAdditive or ForecastMethod.HoltWintersMultiplicative when values.Length < 2 * season => "Needs two seasons before the first origin.",
        ForecastMethod.HoltWintersMultiplicative when !SeasonalAdjustment.AllAbove0(values) => "A season that multiplies needs demand in every period.",
        ForecastMethod.Croston or ForecastMethod.SyntetosBoylan or ForecastMethod.ShaleBoylanJohnston or ForecastMethod.TeunterSyntetosBabai
            when !values.AsSpan().ContainsAnyExcept(0.0) => "Nothing was demanded before the first origin.",
        _ => null,
    };

    /// <summary>Fits a method to the history; those that know no season to the adjusted one.</summary>
    public MethodFit Fit(ForecastMethod method, int horizon) => method switch
    {
        ForecastMethod.SeasonalNaive => Averages.SeasonalNaive(values, season, horizon),
        ForecastMethod.MovingAverage => Restored(Averages.FitMovingAverage(Adjusted, season, horizon)),
        ForecastMethod.SimpleSmoothing => Restored(ExponentialSmoothing.SimpleOf(Adjusted, SimpleParameters.Alpha, SimpleParameters.Start, horizon)),
        ForecastMethod.DampedTrend => Restored(ExponentialSmoothing.FitDamped(Adjusted, horizon)),
        ForecastMethod.Theta => Restored(Theta.Of(Adjusted, SimpleParameters.Alpha, SimpleParameters.Start, horizon)),
        ForecastMethod.HoltWintersAdditive => HoltWinters.Fit(values, season, false, horizon),
        ForecastMethod.HoltWintersMultiplicative => HoltWinters.Fit(values, season, true, horizon),
        ForecastMethod.Croston or ForecastMethod.SyntetosBoylan or ForecastMethod.ShaleBoylanJohnston => IntermittentDemand.FitCroston(values, method, horizon),
        ForecastMethod.TeunterSyntetosBabai => IntermittentDemand.FitTeunterSyntetosBabai(values, horizon),
        _ => throw new ArgumentOutOfRangeException(nameof(method), method, "Is not fitted by itself."),
    };

    private MethodFit Restored(MethodFit fit)
    {
        Pattern?.Restore(fit.OneStep, 0);
        Pattern?.Restore(fit.Forecast, values.Length);
        return fit;
    }
}
