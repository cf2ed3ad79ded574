using Sourcing.Data.Common;

namespace Sourcing.Data.Rfqs.Awarding;

/// <summary>A part of a line at one offer.</summary>
/// <param name="Share">Of the line, above 0 and at most 1.</param>
internal readonly record struct OptionPart(AwardOffer Offer, decimal Share, Buy Buy, long Late, long Switching)
{
    public int Supplier => Offer.Supplier;

    /// <summary>All that counts for it, in hundredths.</summary>
    public long Counted => Buy.Goods + Late + Switching;
}

/// <summary>One way to award a line: to one offer, or in two parts.</summary>
/// <param name="Mask">The suppliers in it, one bit each.</param>
/// <param name="Weight">What the objective adds, in hundredths.</param>
internal sealed record LineOption(int Mask, long Weight, OptionPart First, OptionPart? Second = null)
{
    public long Counted => First.Counted + (Second?.Counted ?? 0);

    public long Goods => First.Buy.Goods + (Second?.Buy.Goods ?? 0);
}

/// <summary>All ways to award each line under rules that concern the line alone, and what each supplier costs once.</summary>
internal sealed class AwardOptions
{
    private readonly AwardProblem _problem;
    private readonly AwardRules _rules;
    private readonly bool[] _excluded;

    public AwardOptions(AwardProblem problem, AwardRules rules)
    {
        if (problem.Suppliers.Count > AwardProblem.MostSuppliers)
        {
            throw new RefusedException($"An award is worked out among at most {AwardProblem.MostSuppliers} suppliers, and {problem.Suppliers.Count} quoted. Leave out those that cannot win.");
        }

        if (rules.Score is { Sum: <= 0 })
        {
            throw new RefusedException("The score weighs nothing. Give at least one criterion a weight above 0.");
        }

        (_problem, _rules) = (problem, rules);
        _excluded = [.. problem.Suppliers.Select(s => rules.Limits.Any(l => l.SupplierId == s.SupplierId && l.Excluded))];
        Fixed = [.. problem.Suppliers.Select(s => BestBuy.Cents((rules.FreightAndOther ? s.Extra : 0) + rules.CostPerSupplier))];
        Lines = [.. problem.Lines.Select(Of)];
        if (Lines.Sum(o => (decimal)o.Select(p => Math.Max(p.Weight, p.Counted)).DefaultIfEmpty().Max()) + Fixed.Sum(f => (decimal)f) > SubsetWeights.Limit)
        {
            throw new RefusedException("The amounts are too large to be weighed to the hundredth. Award this RFQ by hand.");
        }
    }

    public AwardProblem Problem => _problem;

    public AwardRules Rules => _rules;

    /// <summary>By line; a line that nobody may get has none.</summary>
    public LineOption[][] Lines { get; }

    /// <summary>By supplier, in hundredths.</summary>
    public long[] Fixed { get; }

    public int Suppliers => _problem.Suppliers.Count;

    public int MostSuppliers => _rules.MostSuppliers ?? Suppliers;

    /// <summary>The ways to award one line, in a fixed order.</summary>
    public LineOption[] Of(AwardLine line)
    {
        var offers = Offers(line);
        var whole = Whole(line, offers);
        var scores = _rules.Score is null ? null : OfferScores.Of(_problem, _rules.Score, whole);
        var options = whole.ConvertAll(p => new LineOption(1 << p.Supplier, Weight(p, scores), p));
        if (_rules.SplitShare is { } share)
        {
            options.AddRange(Splits(line, offers, share, scores));
        }

        return [.. Kept(line, options)];
    }

    /// <summary>The points of a line's offers; null where costs decide.</summary>
    public OfferScores? ScoresOf(AwardLine line) => _rules.Score is null ? null : OfferScores.Of(_problem, _rules.Score, Whole(line, Offers(line)));

    private List<AwardOffer> Offers(AwardLine line) => [.. line.Offers.Where(o => !_excluded[o.Supplier]).OrderBy(o => o.Supplier)];

    private List<OptionPart> Whole(AwardLine line, List<AwardOffer> offers) => [.. offers.Select(o => Part(line, o, o.Needed, 1)).OfType<OptionPart>()];

    private IEnumerable<LineOption> Splits(AwardLine line, List<AwardOffer> offers, decimal share, OfferScores? scores)
    {
        foreach (var one in offers)
        {
            foreach (var other in offers.Where(o => o.Supplier != one.Supplier))
            {
                foreach (var first in Shares(one, share).Distinct())
                {
                    if (Part(line, one, one.Needed * first, first) is { } a && Part(line, other, other.Needed * (1 - first), 1 - first) is { } b)
                    {
                        yield return new((1 << a.Supplier) | (1 << b.Supplier), Weight(a, scores) + Weight(b, scores), a, b);
                    }
                }
            }
        }
    }

    // The agreed share; and where the offer is short of the line, all that it has.
    private static IEnumerable<decimal> Shares(AwardOffer offer, decimal share)
    {
        yield return share;
        if (offer.Capacity is > 0 and var most && most < offer.Needed)
        {
            yield return most / offer.Needed;
        }
    }

    private OptionPart? Part(AwardLine line, AwardOffer offer, decimal needed, decimal share)
    {
        if (BestBuy.Of(offer, decimal.Round(needed, 4), _rules) is not { } buy)
        {
            return null;
        }

        var switching = line.Incumbent is { } now && now != offer.Supplier ? _rules.SwitchingCost : 0;
        return new(offer, share, buy, BestBuy.Cents(_rules.LateCostPerDay * offer.DaysLate * share), BestBuy.Cents(switching * share));
    }

    private static long Weight(OptionPart part, OfferScores? scores) => scores is null ? part.Counted : scores.Lost(part);

    private IEnumerable<LineOption> Kept(AwardLine line, List<LineOption> options)
    {
        var incumbent = line.Incumbent is { } now ? options.Find(o => o.Mask == 1 << now && o.Second is null) : null;
        return _rules.IncumbentThreshold is { } threshold && incumbent is not null
            ? options.Where(o => o == incumbent || incumbent.Counted - o.Counted > threshold * incumbent.Counted)
            : options;
    }
}
