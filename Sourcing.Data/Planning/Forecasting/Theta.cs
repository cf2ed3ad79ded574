namespace Sourcing.Data.Planning.Forecasting;

/// <summary>
/// The Theta method: the mean of a straight line and of smoothing the series with its curvature doubled. It is the same as simple smoothing with
/// half the slope of the line as drift, and is done so.
/// Source: Assimakopoulos and Nikolopoulos (2000), International Journal of Forecasting 16, pages 521 to 530; Hyndman and Billah (2003), the same 19, pages 287 to 290.
/// </summary>
public static class Theta
{
    /// <summary>
    /// ŷ_{n+h} = l_n + ½b·(h − 1 + (1 − (1 − α)^n)/α), where l is simple smoothing and b the slope of the least-squares line through the history.
    /// </summary>
    /// <param name="history">At least three periods, without a season or with it taken out.</param>
    /// <param name="alpha">Weight of the newest period, above 0 and up to 1.</param>
    /// <param name="start">l before the first period, in the series' unit.</param>
    public static MethodFit Of(ReadOnlySpan<double> history, double alpha, double start, int horizon)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(history.Length, 3, nameof(history));
        var slope = Slope(history);
        var (oneStep, forecast) = (new double[history.Length], new double[horizon]);
        var level = ExponentialSmoothing.Simple(history, alpha, start, oneStep);
        var weight = 1.0;
        for (var t = 0; t < history.Length; t++)
        {
            oneStep[t] += t == 0 ? 0 : slope / 2 * (1 - weight) / alpha;
            weight *= 1 - alpha;
        }

        for (var h = 0; h < horizon; h++)
        {
            forecast[h] = level + slope / 2 * (h + (1 - weight) / alpha);
        }

        return new([new("α", alpha), new("l₀", start), new("b", slope)], oneStep, forecast);
    }

    /// <summary>Slope of the least-squares line in the series' unit per period: Σ(t − t̄)(y − ȳ) / Σ(t − t̄)².</summary>
    /// <param name="history">At least two periods.</param>
    public static double Slope(ReadOnlySpan<double> history)
    {
        var (mean, middle) = (Averages.Mean(history), (history.Length - 1) / 2.0);
        var (products, squares) = (0.0, 0.0);
        for (var t = 0; t < history.Length; t++)
        {
            products += (t - middle) * (history[t] - mean);
            squares += (t - middle) * (t - middle);
        }

        return products / squares;
    }
}
