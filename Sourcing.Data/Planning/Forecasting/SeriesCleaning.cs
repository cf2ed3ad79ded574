namespace Sourcing.Data.Planning.Forecasting;

/// <summary>Makes a history fit for forecasting, without changing what it says: gaps, the life span and outliers.</summary>
public static class SeriesCleaning
{
    /// <summary>How many robust standard deviations an ordinary period may lie away.</summary>
    public const double Limit = 3;

    /// <summary>Makes a standard deviation of the median absolute deviation of a normal distribution: 1 / Φ⁻¹(0.75).</summary>
    public const double MadToSigma = 1.4826;

    // The same of the mean absolute deviation, √(π/2), for series of which more than half lie on one value.
    private const double MeanToSigma = 1.2533;
    private const double Weight = 0.3;
    private const int LeastPeriods = 6;

    /// <summary>
    /// Demand per period from single demands: those of a period are added up, periods without are 0. Begins with the first period that has an entry (the
    /// life span's begin), ends with <paramref name="last"/>; entries later than that are left out. Empty without entries.
    /// </summary>
    /// <param name="demands">Period, counted from anywhere, and quantity in the SKU's unit.</param>
    /// <param name="last">The last period that is over.</param>
    public static decimal[] ZeroFill(IReadOnlyCollection<(int Period, decimal Quantity)> demands, int last)
    {
        var known = demands.Where(d => d.Period <= last).ToList();
        if (known.Count == 0)
        {
            return [];
        }

        var first = known.Min(d => d.Period);
        var filled = new decimal[last - first + 1];
        foreach (var (period, quantity) in known)
        {
            filled[period - first] += quantity;
        }

        return filled;
    }

    /// <summary>
    /// Where the life span begins: as many periods before the first demand as usually lie between demands, fewer where the series begins later. What
    /// lies before was there before the product was. 0 without demand.
    /// </summary>
    public static int LifeSpanStart(ReadOnlySpan<double> values)
    {
        var first = values.IndexOfAnyExcept(0.0);
        if (first < 0)
        {
            return 0;
        }

        var interval = DemandClassification.Of(values[first..]).Adi;
        return Math.Max(0, first - ((int)Math.Ceiling(interval - 1e-9) - 1));
    }

    /// <summary>
    /// Flags periods whose one-step error e lies more than 3·1.4826·MAD from the median error; MAD is the median of |e − median|. Where MAD is 0 the mean
    /// of |e − median| times 1.2533 stands for 1.4826·MAD. The forecasts are simple smoothing with α 0.3 from the median of the first five
    /// periods, without the season where there is one; a flagged period goes on into the smoothing with its suggested value, so that it does not
    /// make its followers look odd. Of sporadic demand only the sizes are judged, zero periods never. Below six periods nothing is flagged.
    /// Source: Gelper, Fried and Croux (2010), Journal of Forecasting 29, pages 285 to 300.
    /// </summary>
    /// <param name="values">Demand per period.</param>
    public static IReadOnlyList<FlaggedOutlier> Outliers(ReadOnlySpan<double> values, int season)
    {
        if (!DemandClassification.Of(values).Sporadic)
        {
            var pattern = SeasonalAdjustment.Find(values, season);
            return Flag(pattern?.Remove(values) ?? values.ToArray(), values, null, pattern);
        }

        var periods = new List<int>();
        for (var t = 0; t < values.Length; t++)
        {
            if (values[t] > 0)
            {
                periods.Add(t);
            }
        }

        var sizes = new double[periods.Count];
        for (var i = 0; i < sizes.Length; i++)
        {
            sizes[i] = values[periods[i]];
        }

        return Flag(sizes, values, periods, null);
    }

    private static List<FlaggedOutlier> Flag(double[] judged, ReadOnlySpan<double> values, List<int>? periods, SeasonalAdjustment? pattern)
    {
        var flagged = new List<FlaggedOutlier>();
        if (judged.Length < LeastPeriods)
        {
            return flagged;
        }

        var start = Median([.. judged.Take(5)]);
        var (middle, sigma) = Spread(judged, start);
        var level = start;
        for (var i = 0; i < judged.Length; i++)
        {
            var nearest = Math.Clamp(judged[i], level + middle - Limit * sigma, level + middle + Limit * sigma);
            // What differs by a rounding is no outlier.
            if (Math.Abs(judged[i] - nearest) > 1e-9 * (Math.Abs(judged[i]) + Math.Abs(level)))
            {
                var period = periods?[i] ?? i;
                Span<double> suggested = [nearest];
                pattern?.Restore(suggested, period);
                flagged.Add(new(period, values[period], Math.Max(0, suggested[0])));
            }
            else
            {
                nearest = judged[i];
            }

            level += Weight * (nearest - level);
        }

        return flagged;
    }

    private static (double Middle, double Sigma) Spread(double[] judged, double start)
    {
        var errors = new double[judged.Length];
        ExponentialSmoothing.Simple(judged, Weight, start, errors);
        for (var t = 0; t < errors.Length; t++)
        {
            errors[t] = judged[t] - errors[t];
        }

        var middle = Median([.. errors]);
        for (var t = 0; t < errors.Length; t++)
        {
            errors[t] = Math.Abs(errors[t] - middle);
        }

        var mean = Averages.Mean(errors);
        var mad = Median(errors);
        return (middle, mad > 1e-9 * mean ? MadToSigma * mad : MeanToSigma * mean);
    }

    /// <summary>The middle value, of an even number the mean of the middle two. Sorts in place.</summary>
    internal static double Median(double[] values)
    {
        Array.Sort(values);
        return values.Length % 2 == 1 ? values[values.Length / 2] : (values[values.Length / 2 - 1] + values[values.Length / 2]) / 2;
    }
}
