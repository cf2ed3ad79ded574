namespace Sourcing.Data.Planning.Forecasting;

/// <summary>
/// Smoothing of level and trend, for series without a season or from which it was taken out. Parameters are found by a grid and
/// <see cref="NelderMead"/> on the one-step MSE.
/// Source: Gardner (2006), International Journal of Forecasting 22, pages 637 to 666; Hyndman and others (2008), Forecasting with Exponential Smoothing.
/// </summary>
public static class ExponentialSmoothing
{
    private static readonly double[] Alphas = [0.02, 0.1, 0.2, 0.35, 0.5, 0.7, 0.9];
    private static readonly double[] Betas = [0.02, 0.1, 0.3];
    private static readonly double[] Dampings = [0.8, 0.9, 0.98];

    /// <summary>Least and greatest weight of the newest period.</summary>
    internal const double LeastWeight = 0.01, MostWeight = 0.99;

    /// <summary>Simple smoothing: ŷ_t = l_{t−1}; l_t = αy_t + (1 − α)l_{t−1}. Gives the last level: the forecast of every step.</summary>
    /// <param name="start">l before the first period, in the series' unit.</param>
    /// <param name="oneStep">Takes ŷ; as long as the history.</param>
    public static double Simple(ReadOnlySpan<double> history, double alpha, double start, Span<double> oneStep)
    {
        var level = start;
        for (var t = 0; t < history.Length; t++)
        {
            oneStep[t] = level;
            level += alpha * (history[t] - level);
        }

        return level;
    }

    /// <summary>
    /// Damped Holt: ŷ_t = l_{t−1} + φb_{t−1}; l_t = αy_t + (1 − α)ŷ_t; b_t = β(l_t − l_{t−1}) + (1 − β)φb_{t−1}.
    /// Gives the last level and trend; step h is l + (φ + … + φ^h)b. Source: Gardner and McKenzie (1985), Management Science 31.
    /// </summary>
    /// <param name="start">Level and trend before the first period, in the series' unit and that per period.</param>
    /// <param name="oneStep">Takes ŷ; as long as the history.</param>
    public static (double Level, double Trend) Damped(
        ReadOnlySpan<double> history, double alpha, double beta, double phi, (double Level, double Trend) start, Span<double> oneStep)
    {
        var (level, trend) = start;
        for (var t = 0; t < history.Length; t++)
        {
            oneStep[t] = level + phi * trend;
            var next = alpha * history[t] + (1 - alpha) * oneStep[t];
            trend = beta * (next - level) + (1 - beta) * phi * trend;
            level = next;
        }

        return (level, trend);
    }

    /// <summary>
    /// Simple smoothing with fitted α (0.01 to 0.99). The start is, for given α, what makes the MSE least: with r the errors of a start at 0 the error
    /// of a start l₀ is r_t − (1 − α)^t·l₀, so that least squares give l₀ = Σr_t(1 − α)^t / Σ(1 − α)^2t, t from 0.
    /// </summary>
    /// <param name="history">At least one period.</param>
    public static MethodFit FitSimple(double[] history, int horizon)
    {
        var (alpha, start) = SimpleParameters(history);
        return SimpleOf(history, alpha, start, horizon);
    }

    internal static MethodFit SimpleOf(ReadOnlySpan<double> history, double alpha, double start, int horizon)
    {
        var (oneStep, forecast) = (new double[history.Length], new double[horizon]);
        Array.Fill(forecast, Simple(history, alpha, start, oneStep));
        return new([new("α", alpha), new("l₀", start)], oneStep, forecast);
    }

    /// <summary>
    /// Damped Holt with fitted α (0.01 to 0.99), β (0.001 to 0.99) and φ (0.8 to 0.98). Level and trend start on the least-squares line through the
    /// first eight periods, the level one period before them.
    /// </summary>
    /// <param name="history">At least four periods.</param>
    public static MethodFit FitDamped(double[] history, int horizon)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(history.Length, 4, nameof(history));
        var start = Line(history.AsSpan(0, Math.Min(history.Length, 8)));
        double Mse(ReadOnlySpan<double> p) => DampedMse(history, p, start);
        var (best, least) = (new double[3], double.PositiveInfinity);
        foreach (var alpha in Alphas)
        {
            foreach (var beta in Betas)
            {
                foreach (var phi in Dampings)
                {
                    if (Mse([alpha, beta, phi]) is var mse && mse < least)
                    {
                        (best, least) = ([alpha, beta, phi], mse);
                    }
                }
            }
        }

        var at = NelderMead.Minimise(Mse, best, [0.1, 0.1, 0.05], [LeastWeight, 0.001, 0.8], [MostWeight, 0.99, 0.98], 120).At;
        var (oneStep, forecast) = (new double[history.Length], new double[horizon]);
        var (level, trend) = Damped(history, at[0], at[1], at[2], start, oneStep);
        var (sum, power) = (0.0, 1.0);
        for (var h = 0; h < horizon; h++)
        {
            power *= at[2];
            sum += power;
            forecast[h] = level + sum * trend;
        }

        return new([new("α", at[0]), new("β", at[1]), new("φ", at[2]), new("l₀", start.Level), new("b₀", start.Trend)], oneStep, forecast);
    }

    /// <summary>The least-squares line: its value one period before the first, and its slope.</summary>
    internal static (double Level, double Trend) Line(ReadOnlySpan<double> values)
    {
        var slope = Theta.Slope(values);
        return (Averages.Mean(values) - slope * (values.Length + 1) / 2.0, slope);
    }

    internal static (double Alpha, double Start) SimpleParameters(double[] history)
    {
        double Mse(ReadOnlySpan<double> p) => SimpleStart(history, p[0]).Mse;
        var (best, least) = (0.0, double.PositiveInfinity);
        foreach (var alpha in Alphas)
        {
            if (Mse([alpha]) is var mse && mse < least)
            {
                (best, least) = (alpha, mse);
            }
        }

        var at = NelderMead.Minimise(Mse, [best], [0.05], [LeastWeight], [MostWeight], 60).At;
        return (at[0], SimpleStart(history, at[0]).Start);
    }

    private static (double Mse, double Start) SimpleStart(double[] history, double alpha)
    {
        var (level, weight) = (0.0, 1.0);
        var (rr, rw, ww) = (0.0, 0.0, 0.0);
        foreach (var y in history)
        {
            var r = y - level;
            level += alpha * r;
            (rr, rw, ww) = (rr + r * r, rw + r * weight, ww + weight * weight);
            weight *= 1 - alpha;
        }

        return (Math.Max(0, rr - rw * rw / ww) / history.Length, rw / ww);
    }

    private static double DampedMse(double[] history, ReadOnlySpan<double> at, (double Level, double Trend) start)
    {
        var ((level, trend), squares) = (start, 0.0);
        foreach (var y in history)
        {
            var expected = level + at[2] * trend;
            squares += (y - expected) * (y - expected);
            var next = at[0] * y + (1 - at[0]) * expected;
            trend = at[1] * (next - level) + (1 - at[1]) * at[2] * trend;
            level = next;
        }

        return squares / history.Length;
    }
}
