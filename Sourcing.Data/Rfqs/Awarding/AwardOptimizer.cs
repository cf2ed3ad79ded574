namespace Sourcing.Data.Rfqs.Awarding;

/// <summary>
/// Finds the best award under rules. Where nothing but the choice of suppliers couples the lines, every set of suppliers is weighed
/// with each line's best way in it: exact. Shares and capacities couple lines: there a search by sets, prices of the rules and cores
/// (see <see cref="CoupledSearch"/>) proves the best, or says how far from it the award may be when its steps run out.
/// </summary>
public static class AwardOptimizer
{
    /// <summary>Steps of one search, which take about half a second.</summary>
    public const long Steps = 3_000_000;

    /// <summary>The best award. Refuses more suppliers than <see cref="AwardProblem.MostSuppliers"/>, a score without weights, and amounts beyond 10¹².</summary>
    /// <param name="steps">After so many steps of search the best found so far is given with its gap.</param>
    public static AwardSolution Solve(AwardProblem problem, AwardRules rules, long steps = Steps) => Found(new(problem, rules), steps);

    /// <summary>What each rule that says something costs: the award without it, priced like the award with it.</summary>
    public static IReadOnlyList<RuleCost> RuleCosts(AwardProblem problem, AwardRules rules, AwardSolution solution, long steps = Steps / 2) => [.. rules.Said(problem).AsParallel().AsOrdered().Select(rule =>
    {
        var without = Solve(problem, rules.Without(rule), steps);
        return new RuleCost(
            rule, solution.Landed - without.Landed, solution.Counted - Counted(problem, rules, without), solution.OpenLines.Count - without.OpenLines.Count,
            Moved(solution, without), solution.Proven && without.Proven);
    })];

    /// <summary>What an award costs by the rates of these rules, whatever rules it was found by.</summary>
    public static decimal Counted(AwardProblem problem, AwardRules rules, AwardSolution solution)
    {
        var lines = problem.Lines.ToDictionary(l => l.Id);
        var sum = solution.Landed + (rules.CostPerSupplier * solution.Suppliers.Count);
        foreach (var part in solution.Parts)
        {
            var line = lines[part.LineId];
            var offer = line.Offers.First(o => o.QuoteLineId == part.QuoteLineId);
            sum += decimal.Round(rules.LateCostPerDay * offer.DaysLate * part.Share, 2)
                + (line.Incumbent is { } now && now != part.Supplier ? decimal.Round(rules.SwitchingCost * part.Share, 2) : 0);
        }

        return sum;
    }

    /// <summary>Lines that two awards give to different offers.</summary>
    private static int Moved(AwardSolution one, AwardSolution other)
    {
        var (a, b) = (ByLine(one), ByLine(other));
        return a.Keys.Union(b.Keys).Count(line => !a.GetValueOrDefault(line, []).SetEquals(b.GetValueOrDefault(line, [])));
    }

    private static Dictionary<Guid, HashSet<Guid>> ByLine(AwardSolution solution) =>
        solution.Parts.GroupBy(p => p.LineId).ToDictionary(g => g.Key, g => g.Select(p => p.QuoteLineId).ToHashSet());

    private static AwardSolution Found(AwardOptions options, long steps)
    {
        var free = new SubsetWeights(options);
        var effort = new Effort(steps);
        var selection = CoupledModel.IsCoupled(options) ? new CoupledSearch(options, free, effort).Run() : Uncoupled(free);
        return Solution(options, selection, effort.Spent);
    }

    private static Selection Uncoupled(SubsetWeights free)
    {
        var (weight, open) = (free.Totals[free.Best] % SubsetWeights.Open, free.OpenLines(free.Best));
        return new(free.Best, free.Choose(free.Best), weight, weight, open);
    }

    private static AwardSolution Solution(AwardOptions options, Selection selection, long effort)
    {
        var problem = options.Problem;
        var parts = selection.Lines.SelectMany((option, i) => option is null ? [] : Parts(options, problem.Lines[i], option)).ToList();
        var used = parts.Select(p => p.Supplier).Distinct().ToList();
        return new(
            parts, [.. problem.Lines.Where((_, i) => selection.Lines[i] is null).Select(l => l.Id)],
            used.Sum(s => decimal.Round(problem.Suppliers[s].Extra, 2)), decimal.Round(options.Rules.CostPerSupplier, 2) * used.Count,
            selection.Weight / 100m, selection.Bound / 100m, selection.OpenBound, effort);
    }

    private static IEnumerable<AwardedPart> Parts(AwardOptions options, AwardLine line, LineOption option)
    {
        var scores = options.ScoresOf(line);
        return new[] { option.First, option.Second }.OfType<OptionPart>().Select(p => new AwardedPart(
            line.Id, p.Offer.QuoteLineId, p.Supplier, p.Share, p.Buy.Quantity, p.Buy.UnitPrice, p.Buy.Goods / 100m, p.Late / 100m, p.Switching / 100m, scores?.Points(p)));
    }
}
