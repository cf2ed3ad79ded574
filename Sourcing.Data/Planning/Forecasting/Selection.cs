using System.Globalization;

namespace Sourcing.Data.Planning.Forecasting;

/// <summary>Which method a backtest speaks for, and why not the others.</summary>
internal sealed class Selection
{
    // Scores that differ by less are equal, and the simpler method is taken.
    private const double Tie = 1e-9;
    private static readonly ForecastMethod[] Singles = [.. Enum.GetValues<ForecastMethod>().Where(m => m != ForecastMethod.Combination)];

    private Selection(Trial taken, IReadOnlyList<ForecastMethod> members, IReadOnlyList<ForecastCandidate> candidates, string explanation) =>
        (Taken, Members, Candidates, Explanation) = (taken, members, candidates, explanation);

    public Trial Taken { get; }

    public IReadOnlyList<ForecastMethod> Members { get; }

    public IReadOnlyList<ForecastCandidate> Candidates { get; }

    public string Explanation { get; }

    /// <summary>Tries what suits the kind of demand, and the mean of the best two, and takes the least score as <see cref="Choose"/> says.</summary>
    public static Selection Of(Backtest backtest, bool sporadic)
    {
        var obstacles = Singles.ToDictionary(m => m, m => Unsuited(m, sporadic) ?? backtest.Obstacle(m));
        var trials = Singles.Where(m => obstacles[m] is null).Select(backtest.Try).ToList();
        var two = trials.OrderBy(t => t.Score).ThenBy(t => t.Method).Take(2).ToList();
        trials.Add(backtest.Combine(two));

        var naive = trials[0];
        var taken = trials[Choose([.. trials.Select(t => t.Score)])];
        var candidates = Enum.GetValues<ForecastMethod>().Select(m => trials.SingleOrDefault(t => t.Method == m) is { } trial
            ? new ForecastCandidate(m, trial.Metrics, trial.Score, trial == taken, Reason(backtest, trial, taken, naive))
            : new ForecastCandidate(m, null, null, false, obstacles[m]!)).ToList();
        var members = taken.Method == ForecastMethod.Combination ? two.Select(t => t.Method).ToList() : [taken.Method];
        return new(taken, members, candidates, Explain(backtest, taken, naive, members));
    }

    /// <summary>Place of the score to take: the least, of equal ones the first, but the first of all unless it is beaten by the margin.</summary>
    /// <param name="scores">Smaller is better; seasonal naive first, then from simple to less simple.</param>
    public static int Choose(IReadOnlyList<double> scores)
    {
        var least = scores.Min();
        return least < scores[0] * (1 - Forecaster.Margin) ? scores.TakeWhile(s => s > least * (1 + Tie)).Count() : 0;
    }

    /// <summary>All methods, none of them compared.</summary>
    public static IReadOnlyList<ForecastCandidate> Untried(ForecastMethod taken, string why) =>
        [.. Enum.GetValues<ForecastMethod>().Select(m => new ForecastCandidate(m, null, null, m == taken, why))];

    private static string? Unsuited(ForecastMethod method, bool sporadic) => method switch
    {
        ForecastMethod.Croston or ForecastMethod.SyntetosBoylan or ForecastMethod.ShaleBoylanJohnston or ForecastMethod.TeunterSyntetosBabai when !sporadic =>
            "For demand with many empty periods.",
        ForecastMethod.Theta or ForecastMethod.DampedTrend or ForecastMethod.HoltWintersAdditive or ForecastMethod.HoltWintersMultiplicative when sporadic =>
            "For demand in most periods.",
        _ => null,
    };

    private static string Reason(Backtest backtest, Trial trial, Trial taken, Trial naive)
    {
        if (trial == taken)
        {
            return taken == naive ? "No method beats it by 2 %." : $"Least {backtest.ScoreName(trial)}.";
        }

        if (trial.Score < taken.Score)
        {
            return "Beats seasonal naive by less than 2 %.";
        }

        return trial.Score <= taken.Score * (1 + Tie)
            ? "No better than a simpler method."
            : string.Create(CultureInfo.InvariantCulture, $"{backtest.ScoreName(trial)} {trial.Score:0.###} against {taken.Score:0.###}.");
    }

    private static string Explain(Backtest backtest, Trial taken, Trial naive, List<ForecastMethod> members)
    {
        var by = $"in {backtest.Origins} backtests of {backtest.Horizon} {(backtest.Horizon == 1 ? "period" : "periods")}";
        if (taken == naive)
        {
            return $"Seasonal naive, because no method beats it by 2 % {by}.";
        }

        var what = members.Count == 1 ? taken.Method.Words() : $"The mean of {string.Join(" and ", members.Select(m => m.Words()))}";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{what}, because its {backtest.ScoreName(taken)} is the least {by}: {taken.Score:0.###} against {naive.Score:0.###} of seasonal naive.");
    }
}
