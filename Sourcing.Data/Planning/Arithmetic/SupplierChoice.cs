namespace Sourcing.Data.Planning.Arithmetic;

/// <summary>
/// Who gets an order, and how much of it: the cheapest set of at most three of the best eight suppliers. Within a set each gets its smallest order and
/// the cheapest are filled up first, which is exact where prices do not depend on the quantity. A smallest order above the need is bought, not a
/// reason to pass a supplier by; it may exceed the share cap, which bounds what is filled up. Of equal costs the fewer suppliers, the more reliable,
/// the quicker, the lower number. Allocates nothing.
/// </summary>
public static class SupplierChoice
{
    /// <summary>How many suppliers are weighed against each other, and how many may share an order.</summary>
    public const int MostWeighed = 8, MostShared = 3;

    /// <summary>The largest share of a critical material that one supplier gets where two qualify.</summary>
    public const decimal CriticalShare = 0.70m;

    /// <summary>Chooses.</summary>
    /// <param name="assessments">Takes how each offer stands, at its place; as long as the offers.</param>
    public static SupplierDecision Of(in SupplierRequest request, ReadOnlySpan<SupplierOffer> offers, Span<SupplierAssessment> assessments)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(request.Quantity);
        var (candidates, qualified) = SupplierScore.Assess(request, offers, assessments);
        if (qualified == 0)
        {
            return default(SupplierDecision) with { RunnerUp = -1 };
        }

        Span<int> pool = stackalloc int[MostWeighed];
        pool = pool[..Best(offers, assessments, pool)];
        var capped = request.Critical && qualified > 1;
        var search = new SupplierSearch(request, offers, assessments, capped);
        var chosen = search.Cheapest(pool);
        if (capped && chosen.Shortfall > 0)
        {
            // A shortage is worse than a large share.
            var free = new SupplierSearch(request, offers, assessments, capped: false).Cheapest(pool);
            chosen = free.Shortfall < chosen.Shortfall ? free : chosen;
        }

        return Decide(request, offers, assessments, chosen, qualified) with { Candidates = candidates };
    }

    /// <summary>The places of the best by score among those considered, best first.</summary>
    private static int Best(ReadOnlySpan<SupplierOffer> offers, ReadOnlySpan<SupplierAssessment> assessments, Span<int> pool)
    {
        var count = 0;
        for (var i = 0; i < offers.Length; i++)
        {
            if (!assessments[i].Considered)
            {
                continue;
            }

            var at = count;
            while (at > 0 && Ranks(offers, assessments, i, pool[at - 1]))
            {
                at--;
            }

            if (at < pool.Length)
            {
                count = Math.Min(count + 1, pool.Length);
                pool[at..(count - 1)].CopyTo(pool[(at + 1)..]);
                pool[at] = i;
            }
        }

        return count;
    }

    private static bool Ranks(ReadOnlySpan<SupplierOffer> offers, ReadOnlySpan<SupplierAssessment> assessments, int one, int other) =>
        assessments[one].Score != assessments[other].Score
            ? assessments[one].Score > assessments[other].Score
            : SupplierSearch.Before(offers[one], offers[other]);

    private static SupplierDecision Decide(
        in SupplierRequest request, ReadOnlySpan<SupplierOffer> offers, ReadOnlySpan<SupplierAssessment> assessments, in SupplierSearch.Set chosen, int qualified)
    {
        var (first, second, third) = (Share(offers, chosen, 0), Share(offers, chosen, 1), Share(offers, chosen, 2));
        var goods = (first.Quantity * first.LandedPrice) + (second.Quantity * second.LandedPrice) + (third.Quantity * third.LandedPrice);
        var ordering = 0m;
        for (var place = 0; place < chosen.Count; place++)
        {
            ordering += offers[chosen.Members[place]].OrderingCost;
        }

        var runnerUp = RunnerUp(request, offers, assessments, chosen);
        var total = first.Quantity + second.Quantity + third.Quantity;
        var exceeded = request.Critical && qualified > 1 && Math.Max(first.Quantity, Math.Max(second.Quantity, third.Quantity)) > request.ShareCap * total;
        return new(
            chosen.Count, first, second, third, Late: !assessments[first.Offer].OnTime, exceeded, chosen.Shortfall, goods + ordering, 0, qualified, runnerUp,
            runnerUp < 0 ? 0 : assessments[runnerUp].LandedPrice - (goods / total), runnerUp >= 0 && !assessments[runnerUp].OnTime);
    }

    private static SupplierShare Share(ReadOnlySpan<SupplierOffer> offers, in SupplierSearch.Set chosen, int place) => place < chosen.Count
        ? new(chosen.Members[place], chosen.Quantities[place], offers[chosen.Members[place]].LandedPrice(chosen.Quantities[place]))
        : new(-1, 0, 0);

    /// <summary>Of those considered and not chosen the one that alone costs least; where there is none, of the other candidates.</summary>
    private static int RunnerUp(
        in SupplierRequest request, ReadOnlySpan<SupplierOffer> offers, ReadOnlySpan<SupplierAssessment> assessments, in SupplierSearch.Set chosen)
    {
        var search = new SupplierSearch(request, offers, assessments, capped: false);
        var (next, best) = (-1, default(SupplierSearch.Set));
        for (var i = 0; i < offers.Length; i++)
        {
            if (!assessments[i].Candidate || chosen.Has(i) || (next >= 0 && assessments[next].Considered && !assessments[i].Considered))
            {
                continue;
            }

            var alone = search.Of(i);
            if (next < 0 || (assessments[i].Considered && !assessments[next].Considered) || search.Better(alone, best))
            {
                (next, best) = (i, alone);
            }
        }

        return next;
    }
}
