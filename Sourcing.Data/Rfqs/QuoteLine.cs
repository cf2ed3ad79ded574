namespace Sourcing.Data.Rfqs;

/// <summary>What a quote says about one line of the RFQ, as submitted.</summary>
public sealed class QuoteLine
{
    private readonly List<QuotePriceBreak> _breaks = [];

    private QuoteLine()
    {
    }

    internal QuoteLine(Guid quoteId, Guid rfqLineId) => (Id, QuoteId, RfqLineId) = (Guid.CreateVersion7(), quoteId, rfqLineId);

    public Guid Id { get; private set; }

    public Guid QuoteId { get; private set; }

    public Guid RfqLineId { get; private set; }

    public QuoteLineOutcome Outcome { get; private set; }

    /// <summary>For one of the line's unit in the quote's currency, below the first break; null without an offer.</summary>
    public decimal? UnitPrice { get; private set; }

    /// <summary>What is offered; null without an offer.</summary>
    public decimal? Quantity { get; private set; }

    /// <summary>The unit of price, quantity, minimum, multiple and breaks.</summary>
    public Guid UnitId { get; private set; }

    /// <summary>The least that can be ordered.</summary>
    public decimal? Moq { get; private set; }

    /// <summary>Orders are whole multiples of this.</summary>
    public decimal? OrderMultiple { get; private set; }

    /// <summary>Days from order to delivery; null for the quote's own.</summary>
    public int? LeadTimeDays { get; private set; }

    public NoQuoteReason? NoQuoteReason { get; private set; }

    /// <summary>What is offered instead; empty unless the outcome is an alternate.</summary>
    public string Alternate { get; private set; } = "";

    public string Notes { get; private set; } = "";

    /// <summary>Ascending by quantity.</summary>
    public IReadOnlyList<QuotePriceBreak> Breaks => _breaks;

    /// <summary>Takes over an answer; what does not belong to its outcome is left out.</summary>
    internal void Say(QuoteLineContent answer, Guid unitId)
    {
        var offer = answer.HasOffer;
        (Outcome, UnitId, Notes) = (answer.Outcome, unitId, answer.Notes.Trim());
        NoQuoteReason = offer ? null : answer.NoQuoteReason;
        Alternate = answer.Outcome == QuoteLineOutcome.Alternate ? answer.Alternate.Trim() : "";
        (UnitPrice, Quantity) = offer ? (answer.UnitPrice, answer.Quantity) : (null, null);
        (Moq, OrderMultiple, LeadTimeDays) = offer ? (answer.Moq, answer.OrderMultiple, answer.LeadTimeDays) : (null, null, null);
        var breaks = offer ? answer.Breaks.Select(b => (Quantity: b.MinimumQuantity!.Value, Price: b.UnitPrice!.Value)).ToList() : [];
        if (!breaks.SequenceEqual(_breaks.Select(b => (b.MinimumQuantity, b.UnitPrice))))
        {
            _breaks.RemoveAll(b => breaks.All(n => n.Quantity != b.MinimumQuantity));
            foreach (var (quantity, price) in breaks)
            {
                var there = _breaks.FirstOrDefault(b => b.MinimumQuantity == quantity);
                if (there is null)
                {
                    _breaks.Add(there = new(Id, quantity));
                }

                there.UnitPrice = price;
            }
        }
    }
}

/// <summary>A price from a quantity on.</summary>
public sealed class QuotePriceBreak
{
    private QuotePriceBreak()
    {
    }

    internal QuotePriceBreak(Guid quoteLineId, decimal minimumQuantity) => (Id, QuoteLineId, MinimumQuantity) = (Guid.CreateVersion7(), quoteLineId, minimumQuantity);

    public Guid Id { get; private set; }

    public Guid QuoteLineId { get; private set; }

    /// <summary>In the line's unit; above 0.</summary>
    public decimal MinimumQuantity { get; private set; }

    /// <summary>In the quote's currency; above 0.</summary>
    public decimal UnitPrice { get; internal set; }
}
