namespace Sourcing.Data.Planning.Forecasting;

/// <summary>The two methods that need no smoothing.</summary>
public static class Averages
{
    private static readonly int[] Windows = [2, 3, 4, 6, 8, 12, 16, 26, 52];

    /// <summary>
    /// The period one season before: ŷ_{n+h} = y_{n−m+1+((h−1) mod m)}. With a history shorter than a season m is 1: the last period again and again.
    /// Source: Hyndman and Athanasopoulos, Forecasting: Principles and Practice, 5.2.
    /// </summary>
    /// <param name="history">At least one period.</param>
    /// <param name="season">m, in periods.</param>
    public static MethodFit SeasonalNaive(ReadOnlySpan<double> history, int season, int horizon)
    {
        ArgumentOutOfRangeException.ThrowIfZero(history.Length, nameof(history));
        var step = history.Length < season ? 1 : season;
        var (oneStep, forecast) = (new double[history.Length], new double[horizon]);
        for (var t = 0; t < history.Length; t++)
        {
            oneStep[t] = t < step ? double.NaN : history[t - step];
        }

        for (var h = 0; h < horizon; h++)
        {
            forecast[h] = history[history.Length - step + h % step];
        }

        return new([new("m", step)], oneStep, forecast);
    }

    /// <summary>The mean of the last k periods: ŷ_{n+h} = (y_{n−k+1} + … + y_n) / k. One-step forecasts begin after k periods.</summary>
    /// <param name="window">k, 1 to the length of the history.</param>
    public static MethodFit MovingAverage(ReadOnlySpan<double> history, int window, int horizon)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(window, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(window, history.Length);
        var (oneStep, forecast) = (new double[history.Length], new double[horizon]);
        var sum = 0.0;
        for (var t = 0; t < history.Length; t++)
        {
            oneStep[t] = t < window ? double.NaN : sum / window;
            sum += history[t] - (t < window ? 0 : history[t - window]);
        }

        Array.Fill(forecast, Mean(history[^window..]));
        return new([new("k", window)], oneStep, forecast);
    }

    /// <summary>
    /// The moving average whose window had the least one-step MSE, out of 2, 3, 4, 6, 8, 12, 16, 26, 52 periods and a season, as far as they are at
    /// most half of the history. All are measured over the same last half.
    /// </summary>
    /// <param name="history">At least one period; below four the mean of all.</param>
    public static MethodFit FitMovingAverage(ReadOnlySpan<double> history, int season, int horizon)
    {
        var half = history.Length / 2;
        var (best, least) = (0, double.PositiveInfinity);
        foreach (var window in Windows.Append(season).Where(w => w >= 2 && w <= half).Distinct().Order())
        {
            var mse = WindowMse(history, window, half);
            if (mse < least * (1 - 1e-9))
            {
                (best, least) = (window, mse);
            }
        }

        return MovingAverage(history, best == 0 ? history.Length : best, horizon);
    }

    internal static double Mean(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += value;
        }

        return sum / values.Length;
    }

    private static double WindowMse(ReadOnlySpan<double> history, int window, int from)
    {
        var sum = Mean(history[(from - window)..from]) * window;
        var squares = 0.0;
        for (var t = from; t < history.Length; t++)
        {
            var error = history[t] - sum / window;
            squares += error * error;
            sum += history[t] - history[t - window];
        }

        return squares / (history.Length - from);
    }
}
