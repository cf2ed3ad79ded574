namespace Sourcing.Data.Planning.Arithmetic;

/// <summary>
/// From net needs to orders. Whatever the method, the orders up to a bucket never come to less than the needs up to it, and no order is less than
/// what its own bucket still lacks.
/// </summary>
public static class LotSizing
{
    /// <summary>The longest horizon that <see cref="LotMethod.Automatic"/> plans by Wagner–Whitin.</summary>
    public const int LongestOptimalHorizon = 104;

    /// <summary>
    /// Works out a policy once a material. Methods that weigh costs become lot for lot where there is nothing to weigh, because no demand, price or
    /// holding rate is known: holding that costs nothing would have a year ordered at once.
    /// </summary>
    /// <param name="tiers">By ascending minimum; empty where there is one price.</param>
    /// <param name="buckets">Length of the horizon.</param>
    public static LotRule Rule(in LotPolicy policy, ReadOnlySpan<PriceTier> tiers, int buckets)
    {
        var holding = policy.HoldingRate * policy.UnitCost / policy.BucketsPerYear;
        var rule = new LotRule(LotMethod.LotForLot, default, 0, 0, policy.OrderingCost, policy.UnitCost, holding);
        var method = policy.Method != LotMethod.Automatic ? policy.Method
            : buckets <= LongestOptimalHorizon ? LotMethod.WagnerWhitin : LotMethod.PeriodicOrderQuantity;
        switch (method)
        {
            case LotMethod.Fixed when policy.FixedQuantity > 0:
                return rule with { Method = method, Quantity = policy.FixedQuantity };
            case LotMethod.SilverMeal or LotMethod.WagnerWhitin when holding > 0 && policy.OrderingCost >= 0:
                return rule with { Method = method };
            case LotMethod.LotForLot or LotMethod.Fixed or LotMethod.SilverMeal or LotMethod.WagnerWhitin:
                return rule;
        }

        var economic = Economic(policy, method, tiers);
        return !economic.Found ? rule
            : method == LotMethod.PeriodicOrderQuantity
                ? rule with
                {
                    Method = method, Economic = economic,
                    Buckets = EconomicOrderQuantity.Buckets(economic.Quantity, policy.AnnualDemand / policy.BucketsPerYear, buckets),
                }
                : rule with { Method = method, Economic = economic, Quantity = economic.Quantity };
    }

    /// <summary>The orders for these needs.</summary>
    /// <param name="net">What each bucket lacks once the orders for earlier ones are in; below 0 counts as 0.</param>
    /// <param name="lots">Takes the order of each bucket; at least as long as the needs.</param>
    public static void Plan(in LotRule rule, ReadOnlySpan<decimal> net, Span<decimal> lots)
    {
        if (rule.Method == LotMethod.WagnerWhitin)
        {
            WagnerWhitin.Plan(net, rule.OrderingCost, 0, rule.Holding, lots);
            return;
        }

        lots[..net.Length].Clear();
        var surplus = 0m;
        for (var t = 0; t < net.Length; t++)
        {
            var lacking = Math.Max(0, net[t]) - surplus;
            if (lacking > 0)
            {
                lots[t] = Lot(rule, net[t..], lacking);
            }

            surplus = lots[t] - lacking;
        }
    }

    /// <summary>
    /// One order, for a bucket that lacks something: what a run asks for bucket by bucket, when roundings of earlier orders have left a surplus.
    /// Not for Wagner–Whitin, which looks at all buckets at once.
    /// </summary>
    /// <param name="net">The needs from this bucket on.</param>
    /// <param name="lacking">What this bucket still lacks, above 0.</param>
    public static decimal Lot(in LotRule rule, ReadOnlySpan<decimal> net, decimal lacking)
    {
        switch (rule.Method)
        {
            case LotMethod.LotForLot:
                return lacking;
            case LotMethod.Fixed:
                return Figures.Up(lacking, rule.Quantity);
            case LotMethod.PeriodicOrderQuantity or LotMethod.SilverMeal:
                var covered = rule.Method == LotMethod.SilverMeal ? SilverMeal(net, rule.OrderingCost, rule.Holding) : Math.Min(rule.Buckets, net.Length);
                var lot = lacking;
                foreach (var later in net[1..covered])
                {
                    lot += Math.Max(0, later);
                }

                return lot;
            case LotMethod.WagnerWhitin or LotMethod.Automatic:
                throw new ArgumentException("Wagner–Whitin plans all buckets at once.", nameof(rule));
            default:
                return Math.Max(lacking, rule.Quantity);
        }
    }

    /// <summary>
    /// How many buckets the order of the first one covers by Silver and Meal (1973): it is extended while the mean cost a bucket,
    /// (K + h·Σ(j − 1)·d_j)/n, does not rise.
    /// </summary>
    public static int SilverMeal(ReadOnlySpan<decimal> net, decimal orderingCost, decimal holding)
    {
        var (cost, h, mean) = ((double)orderingCost, (double)holding, (double)orderingCost);
        for (var n = 1; n < net.Length; n++)
        {
            cost += h * n * Math.Max(0, (double)net[n]);
            var extended = cost / (n + 1);
            if (Figures.Below(mean, extended))
            {
                return n;
            }

            mean = extended;
        }

        return net.Length;
    }

    /// <summary>
    /// What a plan costs: orders, goods, and holding what is left at the end of each bucket. Refuses a plan that leaves a need open.
    /// </summary>
    public static decimal Cost(ReadOnlySpan<decimal> net, ReadOnlySpan<decimal> lots, decimal orderingCost, decimal unitCost, decimal holding)
    {
        var (cost, stock) = (0m, 0m);
        for (var t = 0; t < net.Length; t++)
        {
            stock += lots[t] - Math.Max(0, net[t]);
            if (stock < 0)
            {
                throw new ArgumentException($"The plan lacks {-stock} in bucket {t}.", nameof(lots));
            }

            cost += (lots[t] > 0 ? orderingCost : 0) + (unitCost * lots[t]) + (holding * stock);
        }

        return cost;
    }

    private static EconomicOrder Economic(in LotPolicy policy, LotMethod method, ReadOnlySpan<PriceTier> tiers) => method switch
    {
        LotMethod.AllUnitsBreaks when tiers.Length > 0 =>
            EconomicOrderQuantity.AllUnits(policy.AnnualDemand, policy.OrderingCost, policy.HoldingRate, tiers),
        LotMethod.IncrementalBreaks when tiers.Length > 0 =>
            EconomicOrderQuantity.Incremental(policy.AnnualDemand, policy.OrderingCost, policy.HoldingRate, tiers),
        LotMethod.Backorders =>
            EconomicOrderQuantity.WithBackorders(policy.AnnualDemand, policy.OrderingCost, policy.UnitCost, policy.HoldingRate, policy.BackorderCost),
        _ => EconomicOrderQuantity.Of(policy.AnnualDemand, policy.OrderingCost, policy.UnitCost, policy.HoldingRate),
    };
}
