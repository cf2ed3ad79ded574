namespace Sourcing.Data.Planning.Forecasting;

/// <summary>
/// The seasonal pattern of a series by classical decomposition, for methods that know no season. It multiplies where all demand is above 0 and is
/// added otherwise. Source: Hyndman and Athanasopoulos, Forecasting: Principles and Practice, 3.4.
/// </summary>
public sealed class SeasonalAdjustment
{
    private SeasonalAdjustment(double[] indices, bool multiplies) => (Indices, Multiplies) = (indices, multiplies);

    /// <summary>One per period of the season, from the history's first: factors of mean 1, or amounts of mean 0 in the series' unit.</summary>
    public IReadOnlyList<double> Indices { get; }

    /// <summary>Whether the pattern multiplies; it is added otherwise.</summary>
    public bool Multiplies { get; }

    /// <summary>The pattern of a history, or null where the season is 1, two seasons have not passed or <see cref="IsSeasonal"/> finds none.</summary>
    public static SeasonalAdjustment? Find(ReadOnlySpan<double> history, int season) =>
        season > 1 && history.Length > 2 * season && IsSeasonal(history, season) ? Decompose(history, season, AllAbove0(history)) : null;

    /// <summary>
    /// Whether periods one season apart go together more than chance lets them: |r_m| > 1.645·√((1 + 2(r_1² + … + r_{m−1}²)) / n), r the autocorrelation.
    /// Source: the test of the M3 competition's Theta entry; Fiorucci and others (2016), International Journal of Forecasting 32, pages 1151 to 1161.
    /// </summary>
    public static bool IsSeasonal(ReadOnlySpan<double> history, int season)
    {
        var mean = Averages.Mean(history);
        var variance = Products(history, mean, 0);
        if (variance <= 1e-12 * mean * mean * history.Length)
        {
            return false;
        }

        var squares = 0.0;
        for (var lag = 1; lag < season; lag++)
        {
            var r = Products(history, mean, lag) / variance;
            squares += r * r;
        }

        return Math.Abs(Products(history, mean, season) / variance) > 1.645 * Math.Sqrt((1 + 2 * squares) / history.Length);
    }

    /// <summary>Classical decomposition without a test: the mean ratio (or difference) of each period of the season to the centred moving average over a season.</summary>
    /// <param name="history">At least two seasons.</param>
    /// <param name="season">m, 2 or more.</param>
    /// <param name="multiplies">Whether the pattern shall multiply, which needs all demand above 0.</param>
    public static SeasonalAdjustment Decompose(ReadOnlySpan<double> history, int season, bool multiplies)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(season, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(history.Length, 2 * season, nameof(history));
        var (indices, counts) = (new double[season], new int[season]);
        var (half, even) = (season / 2, season % 2 == 0);
        for (var t = half; t < history.Length - half; t++)
        {
            var window = history[(t - half)..(t + half + 1)];
            var sum = Averages.Mean(window) * window.Length - (even ? (window[0] + window[^1]) / 2 : 0);
            var trend = sum / season;
            indices[t % season] += multiplies ? history[t] / trend : history[t] - trend;
            counts[t % season]++;
        }

        for (var s = 0; s < season; s++)
        {
            indices[s] /= counts[s];
        }

        var mean = Averages.Mean(indices);
        for (var s = 0; s < season; s++)
        {
            indices[s] = multiplies ? Math.Max(indices[s] / mean, 0.01) : indices[s] - mean;
        }

        return new(indices, multiplies);
    }

    /// <summary>The history without its season.</summary>
    public double[] Remove(ReadOnlySpan<double> history)
    {
        var adjusted = new double[history.Length];
        for (var t = 0; t < history.Length; t++)
        {
            adjusted[t] = Multiplies ? history[t] / Indices[t % Indices.Count] : history[t] - Indices[t % Indices.Count];
        }

        return adjusted;
    }

    /// <summary>Puts the season back, in place.</summary>
    /// <param name="first">Place of the first value, counted from the history's first period.</param>
    public void Restore(Span<double> values, int first)
    {
        for (var t = 0; t < values.Length; t++)
        {
            var index = Indices[(first + t) % Indices.Count];
            values[t] = Multiplies ? values[t] * index : values[t] + index;
        }
    }

    internal static bool AllAbove0(ReadOnlySpan<double> history)
    {
        foreach (var value in history)
        {
            if (value <= 0)
            {
                return false;
            }
        }

        return true;
    }

    private static double Products(ReadOnlySpan<double> history, double mean, int lag)
    {
        var sum = 0.0;
        for (var t = lag; t < history.Length; t++)
        {
            sum += (history[t] - mean) * (history[t - lag] - mean);
        }

        return sum;
    }
}
