namespace Sourcing.Data.Planning.Forecasting;

/// <summary>P10, P50 and P90 around forecast means.</summary>
public static class Bands
{
    /// <summary>From this share of empty periods on nothing at all is no surprise: P10 is 0.</summary>
    private const double OftenEmpty = 0.1;

    /// <summary>
    /// Variance of the error by step: a + g·(h − 1), a and g ≥ 0, the least-squares line through the backtest's mean squared errors by step. It is the law of a
    /// random walk and of simple smoothing (Hyndman and others (2008), table 6.1), and continues beyond the backtest's horizon.
    /// </summary>
    /// <param name="squaredErrors">By step ahead, from 1; at least one, in the series' unit, squared.</param>
    /// <param name="least">a is not less than this: the one-step MSE in sample.</param>
    public static (double First, double Growth) Variance(ReadOnlySpan<double> squaredErrors, double least)
    {
        var growth = squaredErrors.Length < 2 ? 0 : Math.Max(0, Theta.Slope(squaredErrors));
        var first = Averages.Mean(squaredErrors) - growth * (squaredErrors.Length - 1) / 2.0;
        return (Math.Max(first, least), growth);
    }

    /// <summary>
    /// Points of demand in most periods: quantiles of the gamma distribution with this mean and variance, which has nothing below 0 and is skewed the
    /// more the greater its variation, by Wilson and Hilferty: mean · (1 − 1/(9k) + t/√(9k))³, k = mean² / variance. In place of the normal quantile
    /// stands Student's, since the variance is known from a few errors only; P90 is never below mean + t·√variance, also where the mean is near 0. The
    /// median stays at the mean, above which 54 % of the M3 competition's hidden observations lie.
    /// Source: Wilson and Hilferty (1931), Proceedings of the National Academy of Sciences 17; Burgin (1975), Operational Research Quarterly 26, for
    /// the gamma distribution of demand.
    /// </summary>
    /// <param name="means">By step ahead, from 1.</param>
    /// <param name="variance">Of the first step, and its growth with each.</param>
    /// <param name="degrees">Errors that the variance was found from, less one; 1 or more.</param>
    /// <param name="emptyShare">Of periods without demand in the history, 0 to 1.</param>
    public static ForecastPoint[] Gamma(ReadOnlySpan<double> means, (double First, double Growth) variance, int degrees, double emptyShare)
    {
        var (points, t) = (new ForecastPoint[means.Length], StudentQuantile.Of(0.9, degrees));
        for (var h = 0; h < points.Length; h++)
        {
            var (mean, deviation) = (Math.Max(0, means[h]), Math.Sqrt(variance.First + (variance.Growth * h)));
            var low = emptyShare >= OftenEmpty ? 0 : GammaQuantile(mean, deviation, -t);
            points[h] = new(h + 1, mean, low, mean, Math.Max(mean + (t * deviation), GammaQuantile(mean, deviation, t)));
        }

        return points;
    }

    /// <summary>Share of periods without demand; 0 without any period.</summary>
    internal static double EmptyShare(ReadOnlySpan<double> history) => history.Length == 0 ? 0 : (double)(history.Length - IntermittentDemand.Sizes(history).Length) / history.Length;

    private static double GammaQuantile(double mean, double deviation, double z)
    {
        if (mean <= 0 || deviation <= 0)
        {
            return mean;
        }

        var variation = deviation / mean / 3;
        var root = Math.Max(0, 1 - (variation * variation) + (z * variation));
        return mean * root * root * root;
    }

    /// <summary>Points of sporadic demand by <see cref="IntermittentDemand.PeriodQuantile"/>: most periods have no demand, so that P10 and often P50 are 0.</summary>
    public static ForecastPoint[] Sporadic(ReadOnlySpan<double> means, ReadOnlySpan<double> history)
    {
        var (points, sizes) = (new ForecastPoint[means.Length], IntermittentDemand.Sizes(history));
        for (var h = 0; h < points.Length; h++)
        {
            var mean = Math.Max(0, means[h]);
            points[h] = new(
                h + 1, mean, IntermittentDemand.PeriodQuantile(sizes, mean, 0.1), IntermittentDemand.PeriodQuantile(sizes, mean, 0.5),
                IntermittentDemand.PeriodQuantile(sizes, mean, 0.9));
        }

        return points;
    }

    /// <summary>
    /// Variance of the next period about the mean of a few: s²(1 + 1/n), s² = Σ(y − ȳ)² / (n − 1). 0 below two periods, of which nothing can be told.
    /// Source: any textbook of statistics, the prediction of one more observation.
    /// </summary>
    public static double VarianceAboutMean(ReadOnlySpan<double> values)
    {
        if (values.Length < 2)
        {
            return 0;
        }

        var (mean, squares) = (Averages.Mean(values), 0.0);
        foreach (var value in values)
        {
            squares += (value - mean) * (value - mean);
        }

        return squares / (values.Length - 1) * (1 + 1.0 / values.Length);
    }

    /// <summary>Mean squared one-step error where there was a forecast; 0 without any.</summary>
    internal static double OneStepMse(ReadOnlySpan<double> history, ReadOnlySpan<double> oneStep)
    {
        var (sum, count) = (0.0, 0);
        for (var t = 0; t < history.Length; t++)
        {
            if (!double.IsNaN(oneStep[t]))
            {
                (sum, count) = (sum + (history[t] - oneStep[t]) * (history[t] - oneStep[t]), count + 1);
            }
        }

        return count == 0 ? 0 : sum / count;
    }
}
