namespace Sourcing.Data.Planning.Forecasting;

/// <summary>
/// Measures of forecasts against what came, e = actual − forecast. A measure that would divide by 0 is null. Refuses spans of unequal or no length.
/// Source, where no other is named: Hyndman and Koehler (2006), International Journal of Forecasting 22, pages 679 to 688.
/// </summary>
public static class ForecastAccuracy
{
    /// <summary>Mean absolute error in the series' unit: Σ|e| / n.</summary>
    public static double Mae(ReadOnlySpan<double> actual, ReadOnlySpan<double> forecast)
    {
        Demand(actual, forecast);
        var sum = 0.0;
        for (var t = 0; t < actual.Length; t++)
        {
            sum += Math.Abs(actual[t] - forecast[t]);
        }

        return sum / actual.Length;
    }

    /// <summary>Mean squared error in the series' unit, squared: Σe² / n.</summary>
    public static double Mse(ReadOnlySpan<double> actual, ReadOnlySpan<double> forecast)
    {
        Demand(actual, forecast);
        var sum = 0.0;
        for (var t = 0; t < actual.Length; t++)
        {
            sum += (actual[t] - forecast[t]) * (actual[t] - forecast[t]);
        }

        return sum / actual.Length;
    }

    /// <summary>Scale of MASE: mean |y_t − y_{t−m}| in sample, in the series' unit. With a history of a season or less the step is 1; 0 below two periods.</summary>
    public static double NaiveMae(ReadOnlySpan<double> history, int season)
    {
        var step = history.Length > season ? season : 1;
        return history.Length <= step ? 0 : Mae(history[step..], history[..^step]);
    }

    /// <summary>Scale of RMSSE: mean (y_t − y_{t−1})² in sample, in the series' unit, squared; 0 below two periods.</summary>
    public static double NaiveMse(ReadOnlySpan<double> history) => history.Length < 2 ? 0 : Mse(history[1..], history[..^1]);

    /// <summary>Mean absolute scaled error, without unit: MAE / <see cref="NaiveMae"/>.</summary>
    public static double? Mase(ReadOnlySpan<double> actual, ReadOnlySpan<double> forecast, ReadOnlySpan<double> history, int season) =>
        Ratio(Mae(actual, forecast), NaiveMae(history, season));

    /// <summary>Root mean squared scaled error, without unit: √(MSE / <see cref="NaiveMse"/>). Source: the M5 competition, Makridakis and others (2022), International Journal of Forecasting 38.</summary>
    public static double? Rmsse(ReadOnlySpan<double> actual, ReadOnlySpan<double> forecast, ReadOnlySpan<double> history) =>
        Ratio(Mse(actual, forecast), NaiveMse(history)) is { } ratio ? Math.Sqrt(ratio) : null;

    /// <summary>Weighted absolute percentage error as a share of demand: Σ|e| / Σ|y|. Source: Kolassa and Schütz (2007), Foresight 6, where it is MAD/mean.</summary>
    public static double? Wape(ReadOnlySpan<double> actual, ReadOnlySpan<double> forecast) => Ratio(Mae(actual, forecast), AbsoluteMean(actual));

    /// <summary>Bias as a share of demand: Σe / Σy. Above 0 too little was forecast.</summary>
    public static double? Bias(ReadOnlySpan<double> actual, ReadOnlySpan<double> forecast)
    {
        Demand(actual, forecast);
        var (errors, sum) = (0.0, 0.0);
        for (var t = 0; t < actual.Length; t++)
        {
            (errors, sum) = (errors + (actual[t] - forecast[t]), sum + actual[t]);
        }

        return Ratio(errors, sum);
    }

    /// <summary>
    /// Pinball loss of a forecast quantile in the series' unit: mean of max(τe, (τ − 1)e).
    /// Source: Koenker and Bassett (1978), Econometrica 46, pages 33 to 50.
    /// </summary>
    /// <param name="level">τ: share of cases in which demand shall be at most the quantile, above 0 and below 1.</param>
    public static double Pinball(ReadOnlySpan<double> actual, ReadOnlySpan<double> quantile, double level)
    {
        Demand(actual, quantile);
        var sum = 0.0;
        for (var t = 0; t < actual.Length; t++)
        {
            var error = actual[t] - quantile[t];
            sum += Math.Max(level * error, (level - 1) * error);
        }

        return sum / actual.Length;
    }

    /// <summary>
    /// Symmetric mean absolute percentage error, 0 to 200: mean of 200·|e| / (|y| + |ŷ|), where both are 0 an error of 0.
    /// Source: Makridakis and Hibon (2000), International Journal of Forecasting 16, pages 451 to 476.
    /// </summary>
    public static double Smape(ReadOnlySpan<double> actual, ReadOnlySpan<double> forecast)
    {
        Demand(actual, forecast);
        var sum = 0.0;
        for (var t = 0; t < actual.Length; t++)
        {
            var scale = Math.Abs(actual[t]) + Math.Abs(forecast[t]);
            sum += scale == 0 ? 0 : 200 * Math.Abs(actual[t] - forecast[t]) / scale;
        }

        return sum / actual.Length;
    }

    /// <summary>Tracking signal, without unit: Σe / MAD, MAD = Σ|e| / n; lies between −n and n. Source: Brown (1962), Smoothing, Forecasting and Prediction.</summary>
    public static double? TrackingSignal(ReadOnlySpan<double> actual, ReadOnlySpan<double> forecast)
    {
        var mad = Mae(actual, forecast);
        var errors = 0.0;
        for (var t = 0; t < actual.Length; t++)
        {
            errors += actual[t] - forecast[t];
        }

        return Ratio(errors, mad);
    }

    internal static double? Ratio(double part, double whole) => whole > 0 && double.IsFinite(part / whole) ? part / whole : null;

    private static double AbsoluteMean(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += Math.Abs(value);
        }

        return sum / values.Length;
    }

    private static void Demand(ReadOnlySpan<double> actual, ReadOnlySpan<double> forecast)
    {
        if (actual.Length != forecast.Length || actual.Length == 0)
        {
            throw new ArgumentException("Forecasts are measured against as many actual values, at least one.", nameof(forecast));
        }
    }
}
