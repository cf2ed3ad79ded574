namespace Sourcing.Data.Sales.Commissions;

/// <summary>
/// What a version gives for the bases of one period. A function of the bases alone and not of the order in which they came, so that the lines of a
/// period, each the difference of two of its values, always sum to its last value.
/// </summary>
/// <remarks>
/// Flat and retroactive: rate(c + x) · x, marginal: C(c + x) − C(c) with C(x) = Σ rate · max(0, min(x, until) − from), where x is the base of this
/// version under the rule and c what earlier versions have cumulated under a rule of the same condition in the same period. Beyond the quota the rate
/// is multiplied: of the quota that is left each rule has the part that it has of the base. The sum is rounded to cents and cut at what is left of the cap.
/// </remarks>
internal sealed class PeriodFunction(CommissionTerms terms, decimal? quota, IReadOnlyDictionary<string, decimal> carried, decimal earnedBefore)
{
    private readonly decimal _quotaLeft = quota is { } q ? Math.Max(0, q - carried.Values.Sum()) : 0;

    /// <summary>What is left of the cap for this version; null without one.</summary>
    public decimal? CapLeft { get; } = terms.Cap is { } cap ? Math.Max(0, cap - earnedBefore) : null;

    public decimal? Quota => quota;

    public decimal Carried { get; } = carried.Values.Sum();

    public decimal Amount(IReadOnlyDictionary<string, decimal> bases)
    {
        var sum = Cents.Round(Uncapped(bases));
        return CapLeft is { } cap ? Math.Min(sum, cap) : sum;
    }

    public bool IsCapped(IReadOnlyDictionary<string, decimal> bases) => CapLeft is { } cap && Cents.Round(Uncapped(bases)) > cap;

    /// <summary>Not rounded.</summary>
    public decimal Uncapped(IReadOnlyDictionary<string, decimal> bases) => Plain(bases) + Accelerated(bases);

    /// <summary>What the accelerator adds, not rounded.</summary>
    public decimal Accelerated(IReadOnlyDictionary<string, decimal> bases)
    {
        if (terms.Accelerator is not { } times || quota is not > 0)
        {
            return 0;
        }

        var all = terms.Rules.Sum(r => Base(bases, r));
        if (all <= _quotaLeft)
        {
            return 0;
        }

        return terms.Rules.Sum(rule =>
        {
            var x = Base(bases, rule);
            var within = _quotaLeft * x / all;
            return (times - 1) * (rule.Shape == RateShape.Marginal ? Value(rule, x) - Value(rule, within) : RateAt(rule, Carry(rule) + x) * (x - within));
        });
    }

    /// <summary>How a rule takes the base from one value to another.</summary>
    public RuleStep Step(RateRule rule, decimal before, decimal after)
    {
        var (c, x, y) = (Carry(rule), Math.Max(0, before), Math.Max(0, after));
        var tiers = new List<TierStep>();
        if (rule.Shape == RateShape.Marginal)
        {
            var sign = y >= x ? 1 : -1;
            for (var i = 0; i < rule.Tiers.Count; i++)
            {
                var part = sign * Overlap(rule, i, c + Math.Min(x, y), c + Math.Max(x, y));
                if (part != 0)
                {
                    tiers.Add(new(rule.Tiers[i].From, rule.Tiers[i].Percent, part, part * rule.Tiers[i].Percent / 100, false));
                }
            }
        }
        else
        {
            var (old, reached) = (TierAt(rule, c + x), TierAt(rule, c + y));
            tiers.Add(new(reached.From, reached.Percent, y - x, (y - x) * reached.Percent / 100, false));
            if (old != reached && x != 0)
            {
                tiers.Add(new(reached.From, reached.Percent - old.Percent, x, x * (reached.Percent - old.Percent) / 100, true));
            }
        }

        return new(rule.Category, rule.CustomerTier, rule.Shape, after - before, c + before, c + after, tiers);
    }

    private decimal Plain(IReadOnlyDictionary<string, decimal> bases)
    {
        var sum = 0m;
        foreach (var rule in terms.Rules)
        {
            sum += Value(rule, Base(bases, rule));
        }

        return sum;
    }

    private decimal Value(RateRule rule, decimal x)
    {
        if (rule.Shape != RateShape.Marginal)
        {
            return RateAt(rule, Carry(rule) + x) * x;
        }

        var (c, sum) = (Carry(rule), 0m);
        for (var i = 0; i < rule.Tiers.Count; i++)
        {
            sum += Overlap(rule, i, c, c + x) * rule.Tiers[i].Percent / 100;
        }

        return sum;
    }

    private static decimal Overlap(RateRule rule, int tier, decimal from, decimal to)
    {
        var until = tier + 1 < rule.Tiers.Count ? rule.Tiers[tier + 1].From : decimal.MaxValue;
        return Math.Max(0, Math.Min(to, until) - Math.Max(from, rule.Tiers[tier].From));
    }

    // A loss lowers the cumulated base, but never below nothing.
    private static decimal Base(IReadOnlyDictionary<string, decimal> bases, RateRule rule) => Math.Max(0, bases.GetValueOrDefault(rule.Key));

    private decimal Carry(RateRule rule) => Math.Max(0, carried.GetValueOrDefault(rule.Key));

    private static decimal RateAt(RateRule rule, decimal x) => TierAt(rule, x).Percent / 100;

    private static RateTier TierAt(RateRule rule, decimal x)
    {
        var tier = rule.Tiers[0];
        foreach (var next in rule.Tiers)
        {
            if (next.From > x)
            {
                break;
            }

            tier = next;
        }

        return tier;
    }
}
