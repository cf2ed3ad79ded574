namespace Sourcing.Data.Planning.Forecasting;

/// <summary>How a forecast is made. In the order of simplicity: of two equally good methods the earlier is taken.</summary>
public enum ForecastMethod
{
    /// <summary>The period one season ago; without a season the last period.</summary>
    SeasonalNaive,

    /// <summary>The mean of the last periods.</summary>
    MovingAverage,

    /// <summary>Simple exponential smoothing.</summary>
    SimpleSmoothing,

    /// <summary>Croston's method for intermittent demand.</summary>
    Croston,

    /// <summary>Croston's method less its bias, by Syntetos and Boylan (SBA).</summary>
    SyntetosBoylan,

    /// <summary>Croston's method less its bias, by Shale, Boylan and Johnston (SBJ).</summary>
    ShaleBoylanJohnston,

    /// <summary>Size and probability of a demand apart, the probability brought up to date every period, by Teunter, Syntetos and Babai (TSB).</summary>
    TeunterSyntetosBabai,

    /// <summary>The Theta method: simple smoothing with half the drift of a straight line.</summary>
    Theta,

    /// <summary>Holt's smoothing of level and trend, the trend damped.</summary>
    DampedTrend,

    /// <summary>Holt and Winters' smoothing of level, damped trend and a season that is added.</summary>
    HoltWintersAdditive,

    /// <summary>Holt and Winters' smoothing of level, damped trend and a season that multiplies.</summary>
    HoltWintersMultiplicative,

    /// <summary>The mean of the best two methods.</summary>
    Combination,
}

/// <summary>Words for methods.</summary>
public static class ForecastMethodWords
{
    /// <summary>What the method is called on a page.</summary>
    public static string Words(this ForecastMethod method) => method switch
    {
        ForecastMethod.SeasonalNaive => "Seasonal naive",
        ForecastMethod.MovingAverage => "Moving average",
        ForecastMethod.SimpleSmoothing => "Simple smoothing",
        ForecastMethod.Croston => "Croston",
        ForecastMethod.SyntetosBoylan => "Syntetos–Boylan (SBA)",
        ForecastMethod.ShaleBoylanJohnston => "Shale–Boylan–Johnston (SBJ)",
        ForecastMethod.TeunterSyntetosBabai => "Teunter–Syntetos–Babai (TSB)",
        ForecastMethod.Theta => "Theta",
        ForecastMethod.DampedTrend => "Damped trend",
        ForecastMethod.HoltWintersAdditive => "Holt–Winters, additive",
        ForecastMethod.HoltWintersMultiplicative => "Holt–Winters, multiplicative",
        ForecastMethod.Combination => "Combination",
        _ => throw new ArgumentOutOfRangeException(nameof(method), method, "Not a method."),
    };
}
