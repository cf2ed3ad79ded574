using Sourcing.Data.Rfqs.Awarding;

namespace Sourcing.Data.Rfqs;

/// <summary>Everything that the comparison shows, in the RFQ's currency and units.</summary>
public sealed record ComparisonView(
    Guid RfqId, string Number, string Title, RfqStatus Status, string Currency, uint Version, IReadOnlyList<ComparisonLine> Lines,
    IReadOnlyList<ComparisonQuote> Quotes, Comparison Comparison, AwardProposal CheapestPerLine, AwardProposal? OneSupplier, AwardView? Award)
{
    /// <summary>The RFQ's round that is compared; 1 or more.</summary>
    public required int Round { get; init; }

    /// <summary>The bids of the round are sealed: there is nothing to compare before two people open them.</summary>
    public bool IsSealed { get; init; }

    /// <summary>What the round before said; null in the first, and where nobody quoted in it.</summary>
    public FormerRound? Former { get; init; }

    /// <summary>Prices as the award reads them: lines and quotes in the comparison's own terms.</summary>
    public required IReadOnlyList<LineInput> LineInputs { get; init; }

    /// <inheritdoc cref="LineInputs"/>
    public required IReadOnlyList<QuoteInput> QuoteInputs { get; init; }

    /// <summary>Saved scenarios of the round, in the order in which they were made; read with the page alone.</summary>
    public IReadOnlyList<ScenarioView> Scenarios { get; init; } = [];

    /// <summary>Up to what landed cost the person who looks may award alone, in the RFQ's currency; null without a limit, or where no rate is known.</summary>
    public decimal? OwnLimit { get; init; }

    private static readonly AwardRules Plain = new();

    // Looked up by the thousand when a large comparison is drawn, so each is indexed once.
    private Dictionary<Guid, LineInput> LineById => field ??= LineInputs.ToDictionary(l => l.LineId);

    private Dictionary<(Guid Line, Guid Quote), (QuoteInput Quote, OfferInput Offer)> OfferAt =>
        field ??= QuoteInputs.SelectMany(q => q.Offers.Select(o => (q, o))).ToDictionary(o => (o.o.RfqLineId, o.q.QuoteId));

    private Dictionary<Guid, Guid> QuoteByOffer => field ??= QuoteInputs.SelectMany(q => q.Offers.Select(o => (o.QuoteLineId, q.QuoteId))).ToDictionary();

    /// <summary>The quote that holds an offer.</summary>
    public Guid QuoteOf(Guid quoteLineId) => QuoteByOffer[quoteLineId];

    /// <summary>A line as the comparison reckons with it.</summary>
    public LineInput LineOf(Guid lineId) => LineById[lineId];

    /// <summary>The price of an ordered quantity, in the quote's currency for its unit.</summary>
    public decimal PriceAt(Guid lineId, Guid quoteId, decimal orderQuantity) =>
        OfferAt[(lineId, quoteId)].Offer is var offer ? Comparison.PriceAt(orderQuantity, offer.UnitPrice!.Value, offer.Breaks) : 0;

    /// <summary>Whether the offer is one of those compared.</summary>
    public bool Holds(Guid quoteLineId) => QuoteByOffer.ContainsKey(quoteLineId);

    /// <summary>An offer as the comparison reckons with it, and its quote.</summary>
    public (QuoteInput Quote, OfferInput Offer) OfferOf(Guid lineId, Guid quoteId) => OfferAt[(lineId, quoteId)];

    /// <summary>What a quantity of a line costs at a quote: with the break that it reaches, raised to MOQ and multiple.</summary>
    /// <param name="quantity">In the RFQ line's unit, above 0.</param>
    /// <param name="buyUp">More is bought where a higher break makes that cheaper.</param>
    public PricedOffer PriceOf(Guid lineId, Guid quoteId, decimal quantity, bool buyUp = false)
    {
        var line = LineById[lineId];
        var (quote, offer) = OfferAt[(lineId, quoteId)];
        var factor = offer.Quantity / line.Quantity;
        var asked = new AwardOffer(offer.QuoteLineId, 0, offer.Quantity, offer.UnitPrice!.Value, quote.Rate) { Breaks = offer.Breaks, Minimum = offer.MinimumQuantity, Multiple = offer.OrderMultiple };
        var (buy, price, _) = BestBuy.Of(asked, quantity * factor, buyUp ? new() { BuyUp = true } : Plain)!.Value;
        return new(decimal.Round(buy, 4), price, decimal.Round(price * quote.Rate * factor, 4), decimal.Round(price * buy * quote.Rate, 2));
    }
}

/// <summary>The round before the one that is compared, in the same currency and units.</summary>
public sealed class FormerRound
{
    private readonly Dictionary<Guid, Guid> _quoteOf;
    private readonly Comparison _comparison;
    private readonly HashSet<Guid> _lines;

    private FormerRound(int round, Dictionary<Guid, Guid> quoteOf, Comparison comparison, HashSet<Guid> lines) => (Round, _quoteOf, _comparison, _lines) = (round, quoteOf, comparison, lines);

    /// <summary>1 or more.</summary>
    public int Round { get; }

    internal static FormerRound Of(int round, IReadOnlyList<LineInput> lines, IReadOnlyList<QuoteInput> quotes) =>
        new(round, quotes.ToDictionary(q => q.SupplierId, q => q.QuoteId), Comparison.Of(lines, quotes), [.. lines.Select(l => l.LineId)]);

    /// <summary>The supplier's price of a line then, where it was comparable; null otherwise.</summary>
    public decimal? Price(Guid lineId, Guid supplierId) =>
        _lines.Contains(lineId) && _quoteOf.TryGetValue(supplierId, out var quote) && _comparison.Offer(lineId, quote) is { Standing: OfferStanding.Comparable } offer ? offer.UnitPrice : null;

    /// <summary>By how much a comparable offer's price differs from that: -0.05 is 5 % less; null where either is not known.</summary>
    public decimal? Change(Guid lineId, Guid supplierId, ComparedOffer now) =>
        now.Standing == OfferStanding.Comparable && now.UnitPrice is { } price && Price(lineId, supplierId) is > 0 and var before ? (price / before) - 1 : null;

    /// <summary>The same for landed cost, where as many lines were offered then as are now.</summary>
    public decimal? Change(Guid supplierId, ComparedTotal now) =>
        _quoteOf.TryGetValue(supplierId, out var quote) && _comparison.Total(quote) is { Landed: > 0 } before && before.Lines == now.Lines && now.Lines > 0 ? (now.Landed / before.Landed) - 1 : null;
}

/// <summary>A quantity at a quote's price.</summary>
/// <param name="OrderQuantity">What has to be ordered, in the quote line's unit.</param>
/// <param name="UnitPrice">In the quote's currency for the quote line's unit.</param>
/// <param name="ComparedPrice">In the RFQ's currency for the RFQ line's unit.</param>
/// <param name="Cost">Of what has to be ordered, in the RFQ's currency.</param>
public sealed record PricedOffer(decimal OrderQuantity, decimal UnitPrice, decimal ComparedPrice, decimal Cost);

/// <summary>A line of the RFQ with what is known of its price.</summary>
/// <param name="LastPaid">Price of the latest order of the part, in the RFQ's currency and the line's unit.</param>
/// <param name="Median">Median of the part's order prices of the last 24 months, likewise.</param>
/// <param name="FirstRound">The lowest price of the first round as first quoted, at the quantity to be bought, likewise.</param>
public sealed record ComparisonLine(
    Guid Id, int LineNo, Guid? PartId, string? PartNumber, string Description, decimal Quantity, string Unit, decimal? Target, decimal? LastPaid, decimal? Median, DateOnly? NeedBy, decimal? FirstRound = null);

/// <summary>One supplier's column.</summary>
/// <param name="Rate">Units of the RFQ's currency for one unit of the quote's; null where no rate is known.</param>
/// <param name="RateDay">The day of that rate.</param>
/// <param name="Blocked">Why nothing may be ordered from the supplier; null when it may.</param>
public sealed record ComparisonQuote(
    Guid QuoteId, string Number, Guid SupplierId, string Supplier, string? Country, string Currency, decimal? Rate, DateOnly? RateDay, int Revision,
    DateTimeOffset? SubmittedAt, DateOnly? ValidUntil, bool Expired, int? LeadTimeDays, string PaymentTerms, string Incoterm, decimal Freight, decimal Other,
    string Notes, string? Blocked)
{
    /// <summary>Where the supplier's last scorecard puts it; null until it is scored.</summary>
    public Suppliers.Scorecards.StandingMark? Standing { get; init; }
}

/// <summary>The award of the RFQ, decided or waiting.</summary>
public sealed record AwardView(
    Guid Id, uint Version, AwardStatus Status, AwardScenarioKind Scenario, SavingsBaseline Baseline, decimal Total, decimal? Savings, Guid DecidedBy, string DecidedByName,
    DateTimeOffset DecidedAt, string? ApprovedByName, DateTimeOffset? ApprovedAt, string Justification, string DeclineReason, Guid? ScenarioId, IReadOnlyList<AwardedLine> Lines);

/// <summary>One part of the award.</summary>
public sealed record AwardedLine(Guid RfqLineId, Guid QuoteLineId, decimal Quantity, decimal OrderQuantity, decimal ComparedPrice, decimal? BaselinePrice);
