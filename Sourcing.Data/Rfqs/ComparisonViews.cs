namespace Sourcing.Data.Rfqs;

/// <summary>Everything that the comparison shows, in the RFQ's currency and units.</summary>
public sealed record ComparisonView(
    Guid RfqId, string Number, string Title, RfqStatus Status, string Currency, uint Version, IReadOnlyList<ComparisonLine> Lines,
    IReadOnlyList<ComparisonQuote> Quotes, Comparison Comparison, AwardProposal CheapestPerLine, AwardProposal? OneSupplier, AwardView? Award)
{
    /// <summary>Prices as the award reads them: lines and quotes in the comparison's own terms.</summary>
    public required IReadOnlyList<LineInput> LineInputs { get; init; }

    /// <inheritdoc cref="LineInputs"/>
    public required IReadOnlyList<QuoteInput> QuoteInputs { get; init; }

    /// <summary>Up to what landed cost the person who looks may award alone, in the RFQ's currency; null without a limit, or where no rate is known.</summary>
    public decimal? OwnLimit { get; init; }

    // Looked up by the thousand when a large comparison is drawn, so each is indexed once.
    private Dictionary<Guid, LineInput> LineById => field ??= LineInputs.ToDictionary(l => l.LineId);

    private Dictionary<(Guid Line, Guid Quote), (QuoteInput Quote, OfferInput Offer)> OfferAt =>
        field ??= QuoteInputs.SelectMany(q => q.Offers.Select(o => (q, o))).ToDictionary(o => (o.o.RfqLineId, o.q.QuoteId));

    private Dictionary<Guid, Guid> QuoteByOffer => field ??= QuoteInputs.SelectMany(q => q.Offers.Select(o => (o.QuoteLineId, q.QuoteId))).ToDictionary();

    /// <summary>The quote that holds an offer.</summary>
    public Guid QuoteOf(Guid quoteLineId) => QuoteByOffer[quoteLineId];

    /// <summary>A line as the comparison reckons with it.</summary>
    public LineInput LineOf(Guid lineId) => LineById[lineId];

    /// <summary>What a quantity of a line costs at a quote: with the break that it reaches, raised to MOQ and multiple.</summary>
    /// <param name="quantity">In the RFQ line's unit, above 0.</param>
    public PricedOffer PriceOf(Guid lineId, Guid quoteId, decimal quantity)
    {
        var line = LineById[lineId];
        var (quote, offer) = OfferAt[(lineId, quoteId)];
        var factor = offer.Quantity / line.Quantity;
        var buy = Comparison.BuyQuantity(quantity * factor, offer.MinimumQuantity, offer.OrderMultiple);
        var price = Comparison.PriceAt(buy, offer.UnitPrice!.Value, offer.Breaks);
        return new(decimal.Round(buy, 4), price, decimal.Round(price * quote.Rate * factor, 4), decimal.Round(price * buy * quote.Rate, 2));
    }
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
public sealed record ComparisonLine(
    Guid Id, int LineNo, Guid? PartId, string? PartNumber, string Description, decimal Quantity, string Unit, decimal? Target, decimal? LastPaid, decimal? Median, DateOnly? NeedBy);

/// <summary>One supplier's column.</summary>
/// <param name="Rate">Units of the RFQ's currency for one unit of the quote's; null where no rate is known.</param>
/// <param name="RateDay">The day of that rate.</param>
/// <param name="Blocked">Why nothing may be ordered from the supplier; null when it may.</param>
public sealed record ComparisonQuote(
    Guid QuoteId, string Number, Guid SupplierId, string Supplier, string? Country, string Currency, decimal? Rate, DateOnly? RateDay, int Revision,
    DateTimeOffset? SubmittedAt, DateOnly? ValidUntil, bool Expired, int? LeadTimeDays, string PaymentTerms, string Incoterm, decimal Freight, decimal Other,
    string Notes, string? Blocked);

/// <summary>The award of the RFQ, decided or waiting.</summary>
public sealed record AwardView(
    Guid Id, uint Version, AwardStatus Status, AwardScenarioKind Scenario, SavingsBaseline Baseline, decimal Total, decimal? Savings, Guid DecidedBy, string DecidedByName,
    DateTimeOffset DecidedAt, string? ApprovedByName, DateTimeOffset? ApprovedAt, string Justification, string DeclineReason, IReadOnlyList<AwardedLine> Lines);

/// <summary>One part of the award.</summary>
public sealed record AwardedLine(Guid RfqLineId, Guid QuoteLineId, decimal Quantity, decimal ComparedPrice, decimal? BaselinePrice);
