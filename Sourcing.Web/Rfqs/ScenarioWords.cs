using Sourcing.Data.Rfqs;
using Sourcing.Data.Rfqs.Awarding;
using Sourcing.Web.Shared;

namespace Sourcing.Web.Rfqs;

/// <summary>Rules of awards in words.</summary>
internal static class ScenarioWords
{
    public static string Of(AwardRule rule) => rule switch
    {
        AwardRule.MostSuppliers => "Number of suppliers",
        AwardRule.Incumbents => "Incumbents stay",
        AwardRule.WeightedScore => "Weighted score",
        AwardRule.LargestShare => "Largest share",
        AwardRule.SupplierShares => "Shares of suppliers",
        AwardRule.Capacities => "Capacities",
        AwardRule.Exclusions => "Left out suppliers",
        AwardRule.FreightAndOther => "Freight and other costs",
        AwardRule.SwitchingCost => "Switching cost",
        AwardRule.LateCost => "Cost of late delivery",
        AwardRule.SupplierCost => "Cost of each supplier",
        AwardRule.BuyUp => "Buying up to breaks",
        AwardRule.Splits => "Split lines",
        AwardRule.MinimumQuantities => "Minimum quantities",
        AwardRule.OrderMultiples => "Order multiples",
        _ => "Price breaks",
    };

    /// <summary>What a buyer set, one phrase a rule; empty for "cheapest, with freight".</summary>
    public static IReadOnlyList<string> Of(AwardRules rules, ComparisonView view, Formats format)
    {
        var words = new List<string?>
        {
            rules.MostSuppliers is { } most ? most == 1 ? "one supplier" : $"at most {most} suppliers" : null,
            rules.IncumbentThreshold is { } stay ? $"incumbents stay unless {format.Percent(stay, 0)} is saved" : null,
            rules.Score is { } score ? Weights(score) : null,
            rules.LargestShare is { } share ? $"nobody above {format.Percent(share, 0)}" : null,
            rules.FreightAndOther ? null : "freight not weighed",
            rules.SwitchingCost > 0 ? $"{format.Money(rules.SwitchingCost, view.Currency, 0)} a switched line" : null,
            rules.LateCostPerDay > 0 ? $"{format.Money(rules.LateCostPerDay, view.Currency, 0)} a line and day late" : null,
            rules.CostPerSupplier > 0 ? $"{format.Money(rules.CostPerSupplier, view.Currency, 0)} a supplier" : null,
            rules.BuyUp ? "buys up to breaks" : null,
            rules.SplitShare is { } split ? $"lines split {format.Number(split * 100, 0, 0)}/{format.Number((1 - split) * 100, 0, 0)}" : null,
            rules.MinimumQuantities ? null : "minimums waived",
            rules.OrderMultiples ? null : "multiples waived",
        };
        words.AddRange(rules.Limits.Select(l => Limit(l, view, format)));
        return [.. words.OfType<string>()];
    }

    private static string Limit(SupplierLimit limit, ComparisonView view, Formats format)
    {
        var name = view.Quotes.FirstOrDefault(q => q.SupplierId == limit.SupplierId)?.Supplier ?? "A supplier without quote";
        return $"{name} " + string.Join(", ", new[]
        {
            limit.Excluded ? "left out" : null,
            limit.LeastShare is { } least ? $"at least {format.Percent(least, 0)}" : null,
            limit.LargestShare is { } largest ? $"at most {format.Percent(largest, 0)}" : null,
            limit.Capacity is { } capacity ? $"up to {format.Money(capacity, view.Currency, 0)}" : null,
        }.OfType<string>());
    }

    private static string Weights(ScoreWeights score) => "score: " + string.Join(", ", new[]
    {
        ("price", score.Price), ("lead time", score.LeadTime), ("standing", score.Standing), ("quality", score.Quality), ("terms", score.Terms),
    }.Where(w => w.Item2 > 0).Select(w => $"{w.Item1} {w.Item2:0.##}"));

    /// <summary>"Proven best", or how far from it the award may be.</summary>
    public static string Proof(AwardSolution solution, Formats format) =>
        solution.Proven ? "proven best"
        : solution.Gap is { } gap ? $"within {format.Percent(gap, gap < 0.001m ? 4 : 2)} of the best"
        : $"perhaps {solution.OpenLines.Count - solution.OpenBound} fewer open";
}
