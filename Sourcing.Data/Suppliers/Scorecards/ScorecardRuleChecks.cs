using Sourcing.Data.Common;

namespace Sourcing.Data.Suppliers.Scorecards;

/// <summary>What rules have to hold before a template may keep them.</summary>
public static class ScorecardRuleChecks
{
    /// <summary>Criteria of a template, at most.</summary>
    public const int MostCriteria = 20;

    /// <summary>Standings of a template, at most.</summary>
    public const int MostStandings = 10;

    /// <summary>
    /// Refuses, with every field at fault: weights that do not sum to 100, two of one name, a scale without length, standings that
    /// leave a part of 0 to 100 without one or begin at the same score, a decay or k out of range.
    /// </summary>
    public static void Demand(ScorecardRules rules)
    {
        var faults = Faults(rules).ToList();
        if (faults.Count > 0)
        {
            throw new RefusedException(faults);
        }
    }

    private static IEnumerable<FieldError> Faults(ScorecardRules rules)
    {
        if (rules.Decay is < 0 or > 1)
        {
            yield return new("Decay", "The decay is 0 to 1: at 0 only the period itself counts, at 1 every past period as much.");
        }

        if (rules.SmallSample is < 0 or > 10_000)
        {
            yield return new("SmallSample", "k is 0 to 10,000: so many events of the average of all are mixed in.");
        }

        foreach (var fault in OfCriteria(rules.Criteria).Concat(OfStandings(rules.Standings)))
        {
            yield return fault;
        }
    }

    private static IEnumerable<FieldError> OfCriteria(IReadOnlyList<CriterionRule> criteria)
    {
        if (criteria.Count is 0 or > MostCriteria)
        {
            yield return new("Criteria", $"A template has 1 to {MostCriteria} criteria.");
            yield break;
        }

        for (var i = 0; i < criteria.Count; i++)
        {
            var rule = criteria[i];
            if (rule.Weight is <= 0 or > 100)
            {
                yield return new($"Criteria[{i}].Weight", $"The weight of {rule.Name} has to be above 0 and at most 100.");
            }

            if (rule.ZeroAt == rule.FullAt)
            {
                yield return new($"Criteria[{i}].FullAt", $"{rule.Name}: the result worth nothing and the one worth 100 have to differ.");
            }

            if (criteria.Take(i).Any(c => string.Equals(c.Name.Trim(), rule.Name.Trim(), StringComparison.OrdinalIgnoreCase)))
            {
                yield return new($"Criteria[{i}].Name", $"{rule.Name} stands twice among the criteria. Give one another name.");
            }
        }

        if (criteria.Sum(c => c.Weight) is var sum && sum != 100)
        {
            yield return new("Criteria", $"The weights sum to {sum:0.##}. Change them until they sum to 100.");
        }
    }

    private static IEnumerable<FieldError> OfStandings(IReadOnlyList<StandingRule> standings)
    {
        if (standings.Count is 0 or > MostStandings)
        {
            yield return new("Standings", $"A template has 1 to {MostStandings} standings.");
            yield break;
        }

        for (var i = 0; i < standings.Count; i++)
        {
            var rule = standings[i];
            if (rule.From is < 0 or > 100)
            {
                yield return new($"Standings[{i}].From", $"{rule.Name} has to begin between 0 and 100.");
            }

            if (standings.Take(i).Any(s => s.From == rule.From))
            {
                yield return new($"Standings[{i}].From", $"Two standings begin at {rule.From:0.##}. Let one begin elsewhere.");
            }

            if (standings.Take(i).Any(s => string.Equals(s.Name.Trim(), rule.Name.Trim(), StringComparison.OrdinalIgnoreCase)))
            {
                yield return new($"Standings[{i}].Name", $"{rule.Name} stands twice among the standings. Give one another name.");
            }
        }

        if (standings.Min(s => s.From) is var lowest && lowest > 0)
        {
            yield return new("Standings", $"Scores below {lowest:0.##} would have no standing. Let the lowest begin at 0.");
        }
    }
}
