namespace Sourcing.Data.Suppliers.Scorecards;

/// <summary>What a standing has the app do. Each level includes those before it.</summary>
public enum StandingEffect
{
    None,

    /// <summary>Is shown as a warning wherever a buyer decides.</summary>
    Warn,

    /// <summary>Is not invited to RFQs.</summary>
    BlockRfqs,

    /// <summary>Is neither invited nor given new orders.</summary>
    BlockOrders,
}

/// <summary>A criterion of a template.</summary>
/// <param name="Weight">Above 0; the weights of a template sum to 100.</param>
/// <param name="ZeroAt">The result that is worth nothing.</param>
/// <param name="FullAt">The result that is worth 100; below <paramref name="ZeroAt"/> where less is better.</param>
public sealed record CriterionRule(string Name, decimal Weight, KpiFormula Formula, decimal ZeroAt, decimal FullAt);

/// <summary>A standing: from this score up to the next one's; the highest up to 100, which it includes.</summary>
/// <param name="From">0 to 100.</param>
public sealed record StandingRule(string Name, decimal From, StandingEffect Effect);

/// <summary>All that a template says, ready to reckon with.</summary>
/// <param name="Decay">0 to 1: what a period weighs against the one after it. At 0 only the period itself counts.</param>
/// <param name="SmallSample">k: so many events of the average of all are mixed in. 0 or more.</param>
public sealed record ScorecardRules(ScorePeriod Period, decimal Decay, decimal SmallSample, IReadOnlyList<CriterionRule> Criteria, IReadOnlyList<StandingRule> Standings);

/// <summary>A KPI of a supplier in a period.</summary>
/// <param name="Events">How many lines, quotes or answers it is made of.</param>
public sealed record KpiFigure(decimal? Value, int Events);

/// <summary>What became of a criterion in a period.</summary>
/// <param name="Result">What the formula gives over the supplier's own KPIs, as it was; null where nothing happened.</param>
/// <param name="Score">0 to 100, of the result after few events were drawn towards the average; null where nothing happened.</param>
/// <param name="Events">The fewest events of a KPI in it.</param>
/// <param name="Few">Fewer than the template's k.</param>
public sealed record CriterionScore(string Name, decimal Weight, decimal? Result, decimal? Score, int Events, bool Few);

/// <summary>A supplier's score of a period.</summary>
/// <param name="Own">0 to 100: of this period alone.</param>
/// <param name="Score">0 to 100, to two decimals: with the periods before it, each weighing less.</param>
/// <param name="Few">A criterion that counts rests on few events.</param>
public sealed record PeriodScore(DateOnly Start, decimal Own, decimal Score, StandingRule Standing, bool Few, IReadOnlyList<CriterionScore> Criteria);

/// <summary>The arithmetic of scorecards, apart from where the figures come from.</summary>
public static class ScoreArithmetic
{
    /// <summary>Periods that decay looks back over, the scored one included.</summary>
    public const int MostPeriods = 12;

    /// <summary>n observations with mean x, drawn towards the mean of all by k observations of it: (n·x + k·μ) / (n + k).</summary>
    public static decimal Shrunk(decimal x, int n, decimal mean, decimal k) => n + k == 0 ? x : ((n * x) + (k * mean)) / (n + k);

    /// <summary>A result on the way from worthless to full marks, 0 to 100; beyond either end it stays there.</summary>
    public static decimal Points(decimal result, decimal zeroAt, decimal fullAt) =>
        zeroAt == fullAt ? (result >= fullAt ? 100 : 0) : Math.Clamp((result - zeroAt) / (fullAt - zeroAt), 0, 1) * 100;

    /// <summary>The standing of a score: the highest that begins at or below it. 100 belongs to the highest.</summary>
    public static StandingRule StandingOf(IReadOnlyList<StandingRule> standings, decimal score) => standings.Where(s => s.From <= score).MaxBy(s => s.From)!;

    /// <summary>A criterion in a period.</summary>
    /// <param name="figures">The supplier's KPIs of the period.</param>
    /// <param name="means">The average of all suppliers by KPI, in the same period.</param>
    public static CriterionScore Of(CriterionRule rule, IReadOnlyDictionary<string, KpiFigure> figures, IReadOnlyDictionary<string, decimal> means, decimal smallSample)
    {
        var known = rule.Formula.Codes.Select(code => figures.GetValueOrDefault(code) is { Value: not null } figure ? figure : null).ToList();
        var result = rule.Formula.Evaluate(code => figures.GetValueOrDefault(code)?.Value);
        if (known.Contains(null) || result is null)
        {
            return new(rule.Name, rule.Weight, null, null, known.Min(f => f?.Events ?? 0), false);
        }

        var drawn = rule.Formula.Evaluate(code => figures[code] is var f && Kpis.Find(code)!.Sum ? f.Value : Shrunk(f.Value!.Value, f.Events, means.GetValueOrDefault(code, f.Value.Value), smallSample));
        var fewest = known.Min(f => f!.Events);
        return new(rule.Name, rule.Weight, result, drawn is { } d ? Math.Round(Points(d, rule.ZeroAt, rule.FullAt), 2, MidpointRounding.AwayFromZero) : null, fewest, fewest < smallSample);
    }

    /// <summary>The weighted mean of the criteria in which something happened; null when nothing did.</summary>
    public static decimal? Own(IReadOnlyList<CriterionScore> criteria)
    {
        var counted = criteria.Where(c => c.Score is not null).ToList();
        return counted.Count == 0 ? null : counted.Sum(c => c.Weight * c.Score!.Value) / counted.Sum(c => c.Weight);
    }

    /// <summary>Every period of a supplier in which something happened, the oldest first. A period without activity has no score and weighs nothing in later ones.</summary>
    /// <param name="byPeriod">The supplier's KPIs by the period's first day.</param>
    /// <param name="means">The averages of all by the period's first day and KPI.</param>
    public static IReadOnlyList<PeriodScore> Scores(
        ScorecardRules rules, IReadOnlyDictionary<DateOnly, Dictionary<string, KpiFigure>> byPeriod, IReadOnlyDictionary<DateOnly, Dictionary<string, decimal>> means)
    {
        var scores = new List<PeriodScore>();
        foreach (var (start, figures) in byPeriod.OrderBy(p => p.Key))
        {
            var average = means.GetValueOrDefault(start) ?? [];
            var criteria = rules.Criteria.Select(c => Of(c, figures, average, rules.SmallSample)).ToList();
            if (Own(criteria) is not { } own)
            {
                continue;
            }

            var score = Math.Round(Decayed(rules, start, own, scores), 2, MidpointRounding.AwayFromZero);
            scores.Add(new(start, Math.Round(own, 2, MidpointRounding.AwayFromZero), score, StandingOf(rules.Standings, score), criteria.Any(c => c is { Score: not null, Few: true }), criteria));
        }

        return scores;
    }

    private static decimal Decayed(ScorecardRules rules, DateOnly start, decimal own, List<PeriodScore> before)
    {
        var (sum, weights) = (own, 1m);
        foreach (var past in before)
        {
            var age = rules.Period.Between(past.Start, start);
            if (age < MostPeriods && rules.Decay > 0)
            {
                var weight = 1m;
                for (var i = 0; i < age; i++)
                {
                    weight *= rules.Decay;
                }

                (sum, weights) = (sum + (weight * past.Own), weights + weight);
            }
        }

        return sum / weights;
    }
}
