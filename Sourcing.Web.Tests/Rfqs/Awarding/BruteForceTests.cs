using Sourcing.Data.Rfqs.Awarding;

namespace Sourcing.Web.Tests.Rfqs.Awarding;

/// <summary>The optimizer against every award that there is.</summary>
public sealed class BruteForceTests
{
    private const int Instances = 6_000;

    [Fact]
    public void The_optimizer_finds_what_trying_everything_finds()
    {
        Parallel.For(0, Instances, seed =>
        {
            var (problem, rules) = AwardInstances.Make(seed);
            var best = BruteForce.Best(problem, rules);
            var found = AwardOptimizer.Solve(problem, rules);
            Assert.True((found.OpenLines.Count, found.Objective) == best, $"Seed {seed}: {found.OpenLines.Count} open and {found.Objective}, best {best}.");
            Assert.True(found.Proven, $"Seed {seed} is not proven.");
        });
    }

    [Fact]
    public void The_bound_never_lies_above_the_best_however_early_the_search_ends()
    {
        Parallel.For(0, 1_500, seed =>
        {
            var (problem, rules) = AwardInstances.Make(seed);
            var best = BruteForce.Best(problem, rules);
            foreach (var steps in new[] { 0, 5, 40, 300 })
            {
                var found = AwardOptimizer.Solve(problem, rules, steps);
                Assert.True(found.OpenBound <= best.Open && (found.OpenBound < best.Open || found.Bound <= best.Objective), $"Seed {seed}, {steps} steps: bound {found.OpenBound}, {found.Bound}, best {best}.");
                Assert.True((found.OpenLines.Count, found.Objective).CompareTo(best) >= 0);
                Assert.True(!found.Proven || (found.OpenLines.Count, found.Objective) == best, $"Seed {seed}, {steps} steps: said to be proven.");
            }
        });
    }

    [Fact]
    public void A_losing_offer_wins_at_its_flip_price_and_not_above_it()
    {
        var checkedPrices = 0;
        Parallel.For(0, 1_800, seed =>
        {
            var (problem, rules) = AwardInstances.Make(seed);
            if (!FlipPrices.AtOnce(problem, rules))
            {
                return;
            }

            foreach (var flip in FlipPrices.All(problem, rules, AwardOptimizer.Solve(problem, rules)))
            {
                bool Wins(decimal price)
                {
                    var changed = problem with { Lines = [.. problem.Lines.Select(l => l with { Offers = [.. l.Offers.Select(o => o.QuoteLineId == flip.QuoteLineId ? o with { UnitPrice = price, Breaks = [] } : o)] })] };
                    var (with, without) = BruteForce.Around(changed, rules, flip.QuoteLineId);
                    return with is { } a && (without is not { } b || a.CompareTo(b) < 0);
                }

                Assert.True(flip.Price is not { } price || Wins(price), $"Seed {seed}: loses at {flip.Price}.");
                var above = flip.Price is { } p ? p + 0.0001m : 0.0001m;
                Assert.True(flip.Price >= flip.Present || !Wins(above), $"Seed {seed}: still wins above {flip.Price}, at {above}.");
                Interlocked.Increment(ref checkedPrices);
            }
        });
        Assert.InRange(checkedPrices, 1_500, int.MaxValue);
    }

    [Fact]
    public void Flip_prices_searched_line_by_line_are_those_known_at_once()
    {
        for (var seed = 0; seed < 150; seed++)
        {
            var (problem, rules) = AwardInstances.Make(seed);
            if (!FlipPrices.AtOnce(problem, rules))
            {
                continue;
            }

            var solution = AwardOptimizer.Solve(problem, rules);
            var atOnce = FlipPrices.All(problem, rules, solution);
            foreach (var flip in problem.Lines.SelectMany(l => FlipPrices.OfLine(problem, rules, solution, l.Id)))
            {
                // At a tie either may win, which is a ten-thousandth of the price or a rounded hundredth of the sum.
                var known = atOnce.Single(f => f.QuoteLineId == flip.QuoteLineId).Price;
                Assert.True(Math.Abs((known ?? 0) - (flip.Price ?? 0)) <= 0.0101m, $"Seed {seed}: {known} at once, {flip.Price} searched.");
            }
        }
    }

    [Fact]
    public void A_rule_that_only_forbids_never_saves()
    {
        AwardRule[] forbidding = [AwardRule.MostSuppliers, AwardRule.Incumbents, AwardRule.LargestShare, AwardRule.SupplierShares, AwardRule.Capacities, AwardRule.Exclusions];
        Parallel.For(0, 800, seed =>
        {
            var (problem, rules) = AwardInstances.Make(seed);
            var solution = AwardOptimizer.Solve(problem, rules);
            foreach (var cost in AwardOptimizer.RuleCosts(problem, rules, solution).Where(c => forbidding.Contains(c.Rule)))
            {
                Assert.True(cost.OpenLines >= 0, $"Seed {seed}: {cost}");
                Assert.True(cost.OpenLines > 0 || rules.Score is not null || !rules.FreightAndOther || cost.Counted >= 0, $"Seed {seed}: {cost}");
            }
        });
    }

    [Fact]
    public void The_same_question_has_the_same_answer()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var (problem, rules) = AwardInstances.Make(seed);
            var (one, other) = (AwardOptimizer.Solve(problem, rules), AwardOptimizer.Solve(problem, rules));
            Assert.Equal(one.Parts, other.Parts);
            Assert.Equal((one.Objective, one.Bound, one.Effort), (other.Objective, other.Bound, other.Effort));
        }
    }
}
