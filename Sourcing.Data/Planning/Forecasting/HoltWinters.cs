namespace Sourcing.Data.Planning.Forecasting;

/// <summary>
/// Smoothing of level, damped trend and season. The season starts as <see cref="SeasonalAdjustment.Decompose"/> finds it, level and trend as the
/// least-squares line through the first two seasons without it; the parameters are found by a grid and <see cref="NelderMead"/> on the one-step MSE.
/// Source: Hyndman and Athanasopoulos, Forecasting: Principles and Practice, 8.3; Hyndman and others (2008), Forecasting with Exponential Smoothing.
/// </summary>
public static class HoltWinters
{
    private static readonly double[] Alphas = [0.05, 0.2, 0.5, 0.8];
    private static readonly double[] Betas = [0.01, 0.1];
    private static readonly double[] Gammas = [0.01, 0.1, 0.3];

    /// <summary>
    /// Season added: ŷ_t = l_{t−1} + φb_{t−1} + s_{t−m}; l_t = α(y_t − s_{t−m}) + (1 − α)(l_{t−1} + φb_{t−1});
    /// b_t = β(l_t − l_{t−1}) + (1 − β)φb_{t−1}; s_t = γ(y_t − l_{t−1} − φb_{t−1}) + (1 − γ)s_{t−m}.
    /// </summary>
    /// <param name="season">s before the first period, one per period of the season; is overwritten.</param>
    /// <param name="oneStep">Takes ŷ; as long as the history.</param>
    public static (double Level, double Trend) Additive(
        ReadOnlySpan<double> history, double alpha, double beta, double gamma, double phi, (double Level, double Trend) start, Span<double> season, Span<double> oneStep)
    {
        var (level, trend) = start;
        for (int t = 0, s = 0; t < history.Length; t++, s = s + 1 == season.Length ? 0 : s + 1)
        {
            var expected = level + phi * trend;
            oneStep[t] = expected + season[s];
            var next = alpha * (history[t] - season[s]) + (1 - alpha) * expected;
            trend = beta * (next - level) + (1 - beta) * phi * trend;
            season[s] = gamma * (history[t] - expected) + (1 - gamma) * season[s];
            level = next;
        }

        return (level, trend);
    }

    /// <summary>
    /// Season multiplied: ŷ_t = (l_{t−1} + φb_{t−1})·s_{t−m}; l_t = α·y_t/s_{t−m} + (1 − α)(l_{t−1} + φb_{t−1});
    /// b_t as with an added season; s_t = γ·y_t/(l_{t−1} + φb_{t−1}) + (1 − γ)s_{t−m}. Where the level falls to 0 the season stays.
    /// </summary>
    /// <param name="season">s before the first period, one per period of the season, above 0; is overwritten.</param>
    /// <param name="oneStep">Takes ŷ; as long as the history.</param>
    public static (double Level, double Trend) Multiplicative(
        ReadOnlySpan<double> history, double alpha, double beta, double gamma, double phi, (double Level, double Trend) start, Span<double> season, Span<double> oneStep)
    {
        var (level, trend) = start;
        for (int t = 0, s = 0; t < history.Length; t++, s = s + 1 == season.Length ? 0 : s + 1)
        {
            var expected = level + phi * trend;
            oneStep[t] = expected * season[s];
            var next = alpha * history[t] / season[s] + (1 - alpha) * expected;
            trend = beta * (next - level) + (1 - beta) * phi * trend;
            season[s] = expected > 0 ? Math.Max(gamma * history[t] / expected + (1 - gamma) * season[s], 0.01) : season[s];
            level = next;
        }

        return (level, trend);
    }

    /// <summary>Either with fitted α (0.01 to 0.99), β (0.001 to 0.99), γ (0.001 to 0.99) and φ (0.8 to 0.98).</summary>
    /// <param name="history">At least two seasons; all above 0 where the season multiplies.</param>
    /// <param name="multiplies">Whether the season multiplies; it is added otherwise.</param>
    public static MethodFit Fit(double[] history, int season, bool multiplies, int horizon)
    {
        var fit = new Fitting(history, season, multiplies);
        var at = fit.Parameters();
        var (oneStep, forecast) = (new double[history.Length], new double[horizon]);
        var (level, trend) = fit.Run(at, oneStep);
        var (sum, power) = (0.0, 1.0);
        for (var h = 0; h < horizon; h++)
        {
            power *= at[3];
            sum += power;
            var index = fit.Season[(history.Length + h) % season];
            forecast[h] = multiplies ? (level + sum * trend) * index : level + sum * trend + index;
        }

        return new([new("α", at[0]), new("β", at[1]), new("γ", at[2]), new("φ", at[3])], oneStep, forecast);
    }

    private sealed class Fitting
    {
        private readonly double[] _history, _first, _errors;
        private readonly bool _multiplies;
        private readonly (double Level, double Trend) _start;

        public Fitting(double[] history, int season, bool multiplies)
        {
            (_history, _multiplies, _errors, Season) = (history, multiplies, new double[history.Length], new double[season]);
            var pattern = SeasonalAdjustment.Decompose(history, season, multiplies);
            _first = [.. pattern.Indices];
            var early = pattern.Remove(history.AsSpan(0, 2 * season));
            _start = ExponentialSmoothing.Line(early);
        }

        public double[] Season { get; }

        public (double Level, double Trend) Run(ReadOnlySpan<double> at, Span<double> oneStep)
        {
            _first.CopyTo(Season, 0);
            return _multiplies
                ? Multiplicative(_history, at[0], at[1], at[2], at[3], _start, Season, oneStep)
                : Additive(_history, at[0], at[1], at[2], at[3], _start, Season, oneStep);
        }

        public double[] Parameters()
        {
            var (best, least) = (new double[4], double.PositiveInfinity);
            foreach (var alpha in Alphas)
            {
                foreach (var beta in Betas)
                {
                    foreach (var gamma in Gammas)
                    {
                        if (Mse([alpha, beta, gamma, 0.95]) is var mse && mse < least)
                        {
                            (best, least) = ([alpha, beta, gamma, 0.95], mse);
                        }
                    }
                }
            }

            return NelderMead.Minimise(Mse, best, [0.1, 0.05, 0.1, -0.05], [0.01, 0.001, 0.001, 0.8], [0.99, 0.99, 0.99, 0.98], 150).At;
        }

        private double Mse(ReadOnlySpan<double> at)
        {
            Run(at, _errors);
            return ForecastAccuracy.Mse(_history, _errors);
        }
    }
}
