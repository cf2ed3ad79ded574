namespace Sourcing.Data.Planning.Forecasting;

/// <summary>Demand over a lead time.</summary>
/// <param name="Mean">Expected, in the series' unit.</param>
/// <param name="Quantile">At most this with the wanted probability, in the series' unit.</param>
public sealed record LeadTimeDemand(double Mean, double Quantile)
{
    /// <summary>Stock above the mean that the probability needs; 0 or more.</summary>
    public double SafetyStock => Math.Max(0, Quantile - Mean);
}

/// <summary>Methods for demand that comes seldom: its size and how often it comes are forecast apart.</summary>
public static class IntermittentDemand
{
    /// <summary>Least and greatest weight that is fitted. Source of the range: Syntetos and Boylan (2005), International Journal of Forecasting 21, pages 303 to 314.</summary>
    internal const double LeastWeight = 0.02, MostWeight = 0.3;

    private const int Replications = 1000;
    private static readonly double[] Weights = [0.02, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3];

    /// <summary>
    /// Croston: at a demand size z = αy + (1 − α)z and interval x = αq + (1 − α)x, q the periods since the demand before; ŷ = z/x times a factor against
    /// bias. Starts at the first demand with its size and the periods up to it; nothing is forecast before.
    /// Factors: Croston 1; SBA 1 − α/2; SBJ 1 − α/(2 − α).
    /// Source: Croston (1972), Operational Research Quarterly 23; Syntetos and Boylan (2005), International Journal of Forecasting 21; Shale, Boylan and
    /// Johnston (2006), Journal of the Operational Research Society 57.
    /// </summary>
    /// <param name="history">At least one demand above 0.</param>
    /// <param name="alpha">Weight of the newest demand, above 0 and up to 1.</param>
    /// <param name="method">Croston, SyntetosBoylan or ShaleBoylanJohnston.</param>
    public static MethodFit Croston(ReadOnlySpan<double> history, double alpha, ForecastMethod method, int horizon)
    {
        var oneStep = new double[history.Length];
        var (size, interval) = RunCroston(history, alpha, Factor(method, alpha), oneStep);
        var forecast = new double[horizon];
        Array.Fill(forecast, Factor(method, alpha) * size / interval);
        return new([new("α", alpha), new("z", size), new("x", interval)], oneStep, forecast);
    }

    /// <summary>
    /// TSB: probability p = β·1(y > 0) + (1 − β)p every period, size z = αy + (1 − α)z at a demand; ŷ = pz. Starts at the first demand with its size
    /// and p = 1 / periods up to it. Falls when demand dies out, which Croston's method does not.
    /// Source: Teunter, Syntetos and Babai (2011), European Journal of Operational Research 214, pages 606 to 615.
    /// </summary>
    /// <param name="history">At least one demand above 0.</param>
    /// <param name="alpha">Weight of the newest size, above 0 and up to 1.</param>
    /// <param name="beta">Weight of the newest period in the probability, above 0 and up to 1.</param>
    public static MethodFit TeunterSyntetosBabai(ReadOnlySpan<double> history, double alpha, double beta, int horizon)
    {
        var oneStep = new double[history.Length];
        var (size, probability) = RunTsb(history, alpha, beta, oneStep);
        var forecast = new double[horizon];
        Array.Fill(forecast, size * probability);
        return new([new("α", alpha), new("β", beta), new("z", size), new("p", probability)], oneStep, forecast);
    }

    /// <summary>Croston's method or one of its kin with α (0.02 to 0.3) of the least one-step MSE.</summary>
    public static MethodFit FitCroston(double[] history, ForecastMethod method, int horizon)
    {
        var errors = new double[history.Length];
        double Mse(ReadOnlySpan<double> p)
        {
            RunCroston(history, p[0], Factor(method, p[0]), errors);
            return Bands.OneStepMse(history, errors);
        }

        var best = Weights.MinBy(w => Mse([w]));
        return Croston(history, NelderMead.Minimise(Mse, [best], [0.02], [LeastWeight], [MostWeight], 30).At[0], method, horizon);
    }

    /// <summary>TSB with α and β (0.02 to 0.3) of the least one-step MSE.</summary>
    public static MethodFit FitTeunterSyntetosBabai(double[] history, int horizon)
    {
        var errors = new double[history.Length];
        double Mse(ReadOnlySpan<double> p)
        {
            RunTsb(history, p[0], p[1], errors);
            return Bands.OneStepMse(history, errors);
        }

        var (best, least) = (new double[2], double.PositiveInfinity);
        foreach (var alpha in Weights)
        {
            foreach (var beta in Weights)
            {
                if (Mse([alpha, beta]) is var mse && mse < least)
                {
                    (best, least) = ([alpha, beta], mse);
                }
            }
        }

        var at = NelderMead.Minimise(Mse, best, [0.02, 0.02], [LeastWeight, LeastWeight], [MostWeight, MostWeight], 60).At;
        return TeunterSyntetosBabai(history, at[0], at[1], horizon);
    }

    /// <summary>
    /// Demand over a lead time by bootstrap: whether a period has a demand follows a two-state Markov chain with the history's frequencies (one period of each
    /// kind added, so that nothing is impossible), its size is drawn from the history's sizes. 1,000 draws from the seed: equal input gives equal output.
    /// Source: Willemain, Smart and Schwarz (2004), International Journal of Forecasting 20, pages 375 to 387, without their jitter, which presumes whole pieces.
    /// </summary>
    /// <param name="history">Demand per period; without demand everything is 0.</param>
    /// <param name="leadTimePeriods">Lead time and review together, 1 period or more.</param>
    /// <param name="alpha">Probability with which demand shall be at most the quantile, above 0 and below 1.</param>
    /// <param name="seed">Where the draws begin: of something that stays, such as the part's key, so that parts do not share their luck.</param>
    public static LeadTimeDemand LeadTimeQuantile(ReadOnlySpan<double> history, int leadTimePeriods, double alpha, ulong seed = FixedRandom.Usual)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(leadTimePeriods, 1);
        if (alpha is not (> 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "A probability lies above 0 and below 1.");
        }

        var sizes = Sizes(history);
        if (sizes.Length == 0)
        {
            return new(0, 0);
        }

        var (afterNone, afterSome) = (Frequency(history, false), Frequency(history, true));
        var (random, totals) = (new FixedRandom(seed), new double[Replications]);
        for (var i = 0; i < totals.Length; i++)
        {
            var some = history[^1] > 0;
            for (var t = 0; t < leadTimePeriods; t++)
            {
                some = random.Next() < (some ? afterSome : afterNone);
                totals[i] += some ? sizes[(int)(random.Next() * sizes.Length)] : 0;
            }
        }

        Array.Sort(totals);
        return new(Averages.Mean(totals), totals[(int)Math.Ceiling(alpha * totals.Length - 1e-9) - 1]);
    }

    /// <summary>
    /// A quantile of one period's demand, in the series' unit: 0 with probability 1 − π, π = mean / mean size (1 at most), and otherwise one of the sizes,
    /// each as likely as any other.
    /// </summary>
    /// <param name="sortedSizes">Sizes of the demands, ascending, all above 0.</param>
    /// <param name="mean">Expected demand of the period.</param>
    public static double PeriodQuantile(ReadOnlySpan<double> sortedSizes, double mean, double level)
    {
        if (sortedSizes.Length == 0 || mean <= 0)
        {
            return 0;
        }

        var some = Math.Min(1, mean / Averages.Mean(sortedSizes));
        var rest = level - (1 - some);
        return rest <= 1e-12 ? 0 : sortedSizes[Math.Clamp((int)Math.Ceiling(rest / some * sortedSizes.Length - 1e-9) - 1, 0, sortedSizes.Length - 1)];
    }

    /// <summary>The demands above 0, ascending.</summary>
    internal static double[] Sizes(ReadOnlySpan<double> history)
    {
        var sizes = new List<double>();
        foreach (var value in history)
        {
            if (value > 0)
            {
                sizes.Add(value);
            }
        }

        sizes.Sort();
        return [.. sizes];
    }

    private static (double Size, double Interval) RunCroston(ReadOnlySpan<double> history, double alpha, double factor, Span<double> oneStep)
    {
        var (size, interval, since) = (0.0, 0.0, 0);
        for (var t = 0; t < history.Length; t++)
        {
            oneStep[t] = interval == 0 ? double.NaN : factor * size / interval;
            since++;
            if (history[t] > 0)
            {
                (size, interval) = interval == 0
                    ? (history[t], since)
                    : (size + alpha * (history[t] - size), interval + alpha * (since - interval));
                since = 0;
            }
        }

        return interval == 0 ? throw new ArgumentException("There is no demand to start from.", nameof(history)) : (size, interval);
    }

    private static (double Size, double Probability) RunTsb(ReadOnlySpan<double> history, double alpha, double beta, Span<double> oneStep)
    {
        var (size, probability) = (0.0, 0.0);
        for (var t = 0; t < history.Length; t++)
        {
            oneStep[t] = size == 0 ? double.NaN : size * probability;
            if (size == 0)
            {
                (size, probability) = history[t] > 0 ? (history[t], 1.0 / (t + 1)) : (0, 0);
                continue;
            }

            probability += beta * ((history[t] > 0 ? 1 : 0) - probability);
            size += history[t] > 0 ? alpha * (history[t] - size) : 0;
        }

        return size == 0 ? throw new ArgumentException("There is no demand to start from.", nameof(history)) : (size, probability);
    }

    private static double Factor(ForecastMethod method, double alpha) => method switch
    {
        ForecastMethod.Croston => 1,
        ForecastMethod.SyntetosBoylan => 1 - alpha / 2,
        ForecastMethod.ShaleBoylanJohnston => 1 - alpha / (2 - alpha),
        _ => throw new ArgumentOutOfRangeException(nameof(method), method, "Not one of Croston's kin."),
    };

    private static double Frequency(ReadOnlySpan<double> history, bool after)
    {
        var (some, all) = (1.0, 2.0);
        for (var t = 1; t < history.Length; t++)
        {
            if (history[t - 1] > 0 == after)
            {
                (some, all) = (some + (history[t] > 0 ? 1 : 0), all + 1);
            }
        }

        return some / all;
    }

    /// <summary>SplitMix64. Source: Steele, Lea and Flood (2014), Fast Splittable Pseudorandom Number Generators.</summary>
    private struct FixedRandom(ulong seed)
    {
        public const ulong Usual = 20_000_918;

        private ulong _state = seed;

        /// <summary>0 to below 1.</summary>
        public double Next()
        {
            var z = _state += 0x9E3779B97F4A7C15;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return ((z ^ (z >> 31)) >> 11) * (1.0 / (1UL << 53));
        }
    }
}
