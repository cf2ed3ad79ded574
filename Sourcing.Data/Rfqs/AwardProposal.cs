namespace Sourcing.Data.Rfqs;

/// <summary>How an award came to be.</summary>
public enum AwardScenarioKind
{
    ByHand,
    CheapestPerLine,
    OneSupplier,

    /// <summary>By a saved scenario.</summary>
    Saved,
}

/// <summary>What savings are measured against.</summary>
public enum SavingsBaseline
{
    Target,
    LastPaid,
    Median,

    /// <summary>The lowest price of the first round, as first quoted.</summary>
    FirstRound,
}

/// <summary>A part of a line that goes to one offer.</summary>
/// <param name="Quantity">In the RFQ line's unit, above 0.</param>
public sealed record AwardChoice(Guid RfqLineId, Guid QuoteLineId, Guid QuoteId, decimal Quantity);

/// <summary>A proposed award with its sums in the RFQ's currency.</summary>
/// <param name="Goods">Cost of the chosen offers.</param>
/// <param name="Extra">Freight and other costs of every quote that gets a line.</param>
/// <param name="OpenLines">Lines that nobody in the proposal offers.</param>
public sealed record AwardProposal(AwardScenarioKind Kind, IReadOnlyList<AwardChoice> Choices, decimal Goods, decimal Extra, IReadOnlyList<Guid> OpenLines)
{
    /// <summary>Goods, freight and other costs.</summary>
    public decimal Landed => Goods + Extra;

    /// <summary>The quotes that get something.</summary>
    public IReadOnlyList<Guid> Quotes => [.. Choices.Select(c => c.QuoteId).Distinct()];

    /// <summary>
    /// Each line to its lowest comparable cost. Freight is not weighed against prices here: it belongs to a quote, not to a line.
    /// Equal costs go to the supplier that already gets most, then to the first.
    /// </summary>
    public static AwardProposal CheapestPerLine(IReadOnlyList<LineInput> lines, IReadOnlyList<QuoteInput> quotes, Comparison comparison)
    {
        var given = quotes.ToDictionary(q => q.QuoteId, _ => 0);
        var picked = new List<(LineInput Line, Guid QuoteId)>();
        foreach (var line in lines)
        {
            var lowest = quotes
                .Select(q => (q.QuoteId, Offer: comparison.Offer(line.LineId, q.QuoteId)))
                .Where(o => o.Offer.Standing == OfferStanding.Comparable)
                .OrderBy(o => o.Offer.Cost).ThenByDescending(o => given[o.QuoteId])
                .Select(o => (Guid?)o.QuoteId).FirstOrDefault();
            if (lowest is { } quoteId)
            {
                given[quoteId]++;
                picked.Add((line, quoteId));
            }
        }

        return Of(AwardScenarioKind.CheapestPerLine, lines, picked, comparison);
    }

    /// <summary>Everything to the one supplier with the lowest landed cost among those who offer most lines; null when nobody offers anything.</summary>
    public static AwardProposal? OneSupplier(IReadOnlyList<LineInput> lines, IReadOnlyList<QuoteInput> quotes, Comparison comparison)
    {
        var best = quotes
            .Select(q => (q.QuoteId, Total: comparison.Total(q.QuoteId)))
            .Where(q => q.Total.Lines > 0)
            .OrderByDescending(q => q.Total.Lines).ThenBy(q => q.Total.Landed)
            .Select(q => (Guid?)q.QuoteId).FirstOrDefault();
        return best is not { } quoteId
            ? null
            : Of(
                AwardScenarioKind.OneSupplier,
                lines,
                [.. lines.Where(l => comparison.Offer(l.LineId, quoteId).Standing == OfferStanding.Comparable).Select(l => (l, quoteId))],
                comparison);
    }

    /// <summary>Which of the two to begin with: one supplier for all where that loses no line and costs less landed, because freight is paid once.</summary>
    public static AwardProposal Best(AwardProposal perLine, AwardProposal? oneSupplier) =>
        oneSupplier is not null && oneSupplier.OpenLines.Count <= perLine.OpenLines.Count && oneSupplier.Landed < perLine.Landed ? oneSupplier : perLine;

    /// <summary>
    /// Savings of chosen quantities against a baseline price per line: Σ (baseline − price) × quantity over lines whose baseline is
    /// known; null when it is known for none. Dearer than the baseline counts below zero.
    /// </summary>
    public static decimal? Savings(IEnumerable<(decimal Quantity, decimal UnitPrice, decimal? Baseline)> awarded)
    {
        var known = awarded.Where(a => a.Baseline is not null).ToList();
        return known.Count == 0 ? null : decimal.Round(known.Sum(a => (a.Baseline!.Value - a.UnitPrice) * a.Quantity), 2);
    }

    /// <summary>The line's price in a baseline; null where it is not known.</summary>
    public static decimal? BaselinePrice(LineInput line, SavingsBaseline baseline) => baseline switch
    {
        SavingsBaseline.Target => line.Target,
        SavingsBaseline.LastPaid => line.LastPaid,
        SavingsBaseline.FirstRound => line.FirstRound,
        _ => line.Median,
    };

    private static AwardProposal Of(
        AwardScenarioKind kind, IReadOnlyList<LineInput> lines, List<(LineInput Line, Guid QuoteId)> picked, Comparison comparison)
    {
        var offers = picked.ConvertAll(p => (p.Line, p.QuoteId, Offer: comparison.Offer(p.Line.LineId, p.QuoteId)));
        return new(
            kind,
            [.. offers.Select(o => new AwardChoice(o.Line.LineId, o.Offer.QuoteLineId, o.QuoteId, o.Offer.BuyQuantity!.Value))],
            offers.Sum(o => o.Offer.Cost!.Value),
            offers.Select(o => o.QuoteId).Distinct().Sum(q => comparison.Total(q).Extra),
            [.. lines.Select(l => l.LineId).Except(picked.Select(p => p.Line.LineId))]);
    }
}
