namespace Sourcing.Data.Rfqs.Awarding;

/// <summary>What is to be awarded: lines with their offers, and the suppliers who made them. Money is in the RFQ's currency unless said otherwise.</summary>
/// <param name="Lines">At most 2,000.</param>
/// <param name="Suppliers">At most <see cref="MostSuppliers"/>; offers name them by their place here.</param>
public sealed record AwardProblem(IReadOnlyList<AwardLine> Lines, IReadOnlyList<AwardSupplier> Suppliers)
{
    /// <summary>Every set of suppliers is weighed, so their number is limited.</summary>
    public const int MostSuppliers = 16;
}

/// <summary>Who offers.</summary>
/// <param name="QuoteId">The quote that holds the offers.</param>
/// <param name="Extra">Freight and other costs, paid once when anything is awarded; 0 or more.</param>
/// <param name="Standing">How reliable, 0..1; null where nothing is known.</param>
/// <param name="Quality">Share of what came that was accepted, 0..1; null where nothing came yet.</param>
/// <param name="PaymentDays">Days until the invoice is due; null where the terms name none.</param>
public sealed record AwardSupplier(Guid QuoteId, Guid SupplierId, string Name, decimal Extra, decimal? Standing = null, decimal? Quality = null, int? PaymentDays = null);

/// <summary>One line of the RFQ.</summary>
/// <param name="Incumbent">Place of the supplier who delivers it now; null when none of those who quoted does.</param>
public sealed record AwardLine(Guid Id, IReadOnlyList<AwardOffer> Offers, int? Incumbent = null);

/// <summary>What one supplier asks for one line.</summary>
/// <param name="Supplier">Place in <see cref="AwardProblem.Suppliers"/>.</param>
/// <param name="Needed">The whole line in the offer's unit; above 0.</param>
/// <param name="UnitPrice">Below the first break, in the quote's currency.</param>
/// <param name="Rate">Units of the RFQ's currency for one of the quote's.</param>
public sealed record AwardOffer(Guid QuoteLineId, int Supplier, decimal Needed, decimal UnitPrice, decimal Rate = 1)
{
    /// <summary>Prices from a quantity on, in the offer's unit; in any order.</summary>
    public IReadOnlyList<(decimal From, decimal Price)> Breaks { get; init; } = [];

    /// <summary>The least that is sold, in the offer's unit; null for any.</summary>
    public decimal? Minimum { get; init; }

    /// <summary>Sold in whole multiples of this; null for any.</summary>
    public decimal? Multiple { get; init; }

    /// <summary>The most that is sold, in the offer's unit; null without a limit.</summary>
    public decimal? Capacity { get; init; }

    /// <summary>Days from order to delivery; null where the supplier says nothing.</summary>
    public int? LeadTimeDays { get; init; }

    /// <summary>Days by which the delivery comes after the need; 0 when it is in time or nothing is known.</summary>
    public int DaysLate { get; init; }
}
