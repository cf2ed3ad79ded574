namespace Sourcing.Data.Rfqs.Awarding;

/// <summary>At what price a losing offer would win its line, everything else as it is.</summary>
/// <param name="Present">What it asks now at the quantity that would be ordered, in the quote's currency for the offer's unit.</param>
/// <param name="Price">The highest price, to four decimals, at which it gets the line or a part of it; null where no price would do.</param>
public sealed record FlipPrice(Guid LineId, Guid QuoteLineId, int Supplier, decimal Present, decimal? Price)
{
    /// <summary>By which share of the present price it would have to fall; null where no price would do.</summary>
    public decimal? Fall => Price is { } price && Present > 0 ? (Present - price) / Present : null;
}

/// <summary>
/// Flip prices. The offer's price is taken as one price for every quantity, from that of the quantity that would be ordered downwards.
/// An offer wins where the best award that gives it the line, or a part of it, has a strictly lower objective than the best that does
/// not. Without shares and capacities only the line itself changes with the price: what the other lines weigh for every set of
/// suppliers is known, so each question is answered exactly at once. With them each question is a search of its own.
/// </summary>
public static class FlipPrices
{
    /// <summary>Beyond so many lines a search for every price that is tried takes too long to wait for.</summary>
    public const int MostCoupledLines = 60;

    private const decimal Step = 0.0001m;
    private const int Looks = 24;

    /// <summary>Whether all flip prices are known at once; else they are searched line by line.</summary>
    public static bool AtOnce(AwardProblem problem, AwardRules rules) => !CoupledModel.IsCoupled(new(problem, rules));

    /// <summary>Of all losing offers, in the order of lines and suppliers. For rules without shares and capacities.</summary>
    public static IReadOnlyList<FlipPrice> All(AwardProblem problem, AwardRules rules, AwardSolution solution)
    {
        var options = new AwardOptions(problem, rules);
        var free = new SubsetWeights(options);
        var won = solution.Parts.Select(p => p.QuoteLineId).ToHashSet();
        var flips = new List<FlipPrice>();
        var others = new long[free.Totals.Length];
        for (var i = 0; i < problem.Lines.Count; i++)
        {
            var line = problem.Lines[i];
            Others(free, options.Lines[i], others);
            flips.AddRange(Losing(line, rules, won).Select(o => Flip(line, o, rules, rules.Score is null, changed => Wins(options.Of(changed), others, o.Supplier))));
        }

        return flips;
    }

    /// <summary>Of the losing offers of one line, under whatever rules: the award is searched again for every price that is tried.</summary>
    public static IReadOnlyList<FlipPrice> OfLine(AwardProblem problem, AwardRules rules, AwardSolution solution, Guid lineId, long steps = AwardOptimizer.Steps / 4)
    {
        var at = problem.Lines.TakeWhile(l => l.Id != lineId).Count();
        var won = solution.Parts.Select(p => p.QuoteLineId).ToHashSet();
        return [.. Losing(problem.Lines[at], rules, won).AsParallel().AsOrdered().Select(o => Flip(
            problem.Lines[at], o, rules, false, changed => AwardOptimizer.Solve(problem with { Lines = [.. problem.Lines.Select((l, i) => i == at ? changed : l)] }, rules, steps).Parts.Any(p => p.QuoteLineId == o.QuoteLineId)))];
    }

    private static IEnumerable<AwardOffer> Losing(AwardLine line, AwardRules rules, HashSet<Guid> won) =>
        line.Offers.Where(o => !won.Contains(o.QuoteLineId) && BestBuy.Of(o, o.Needed, rules) is not null).OrderBy(o => o.Supplier);

    // Where costs decide line by line, winning at a price means winning at every lower one, so the highest is found by halving. With a
    // score a very low price makes the line weigh little against freight, and under shares it makes the supplier's share small: there
    // prices are looked at from above until one wins.
    private static FlipPrice Flip(AwardLine line, AwardOffer offer, AwardRules rules, bool falling, Func<AwardLine, bool> wins)
    {
        var present = BestBuy.Of(offer, offer.Needed, rules)!.Value.UnitPrice;
        AwardLine At(decimal price) => line with { Offers = [.. line.Offers.Select(o => o == offer ? o with { UnitPrice = price, Breaks = [] } : o)] };
        var most = (long)decimal.Ceiling(present / Step);
        var least = falling ? 1 : most;
        while (!wins(At(least * Step)))
        {
            if (least <= 1)
            {
                return new(line.Id, offer.QuoteLineId, offer.Supplier, present, null);
            }

            most = least - 1;
            least = Math.Max(1, least - 1 - (long)(present / Step / Looks));
        }

        while (most > least)
        {
            var middle = least + ((most - least + 1) / 2);
            (least, most) = wins(At(middle * Step)) ? (middle, most) : (least, middle - 1);
        }

        return new(line.Id, offer.QuoteLineId, offer.Supplier, present, least * Step);
    }

    /// <summary>What all other lines and the suppliers weigh at least, by the suppliers that have to be among them.</summary>
    private static void Others(SubsetWeights free, LineOption[] line, long[] others)
    {
        var own = free.OfLine(line);
        for (var mask = 0; mask < others.Length; mask++)
        {
            others[mask] = free.Allowed(mask) ? free.Totals[mask] - own[mask] : long.MaxValue;
        }

        SubsetWeights.LeastOfSupersets(others);
    }

    private static bool Wins(LineOption[] ways, long[] others, int supplier)
    {
        var (with, without) = (long.MaxValue, others[0] + SubsetWeights.Open);
        foreach (var way in ways)
        {
            if (others[way.Mask] == long.MaxValue)
            {
                continue;
            }

            var weight = others[way.Mask] + way.Weight;
            if ((way.Mask & (1 << supplier)) != 0)
            {
                with = Math.Min(with, weight);
            }
            else
            {
                without = Math.Min(without, weight);
            }
        }

        return with < without;
    }
}
