using Sourcing.Data.Catalog;
using Sourcing.Data.Planning.Arithmetic;
using Sourcing.Data.Common;
using Sourcing.Data.Orders;
using Sourcing.Data.Planning.Cycles;
using Sourcing.Data.Planning.Engine;
using Sourcing.Data.Rfqs;
using Sourcing.Data.Suppliers;

namespace Sourcing.Data.Planning;

/// <summary>The cycle that counts: the last live one that came to its end.</summary>
public sealed record LastCycle(Guid Id, string Number, DateOnly AsOf, DateTimeOffset FinishedAt, bool WithErrors);

/// <summary>A recommendation with everything that a decision rests on.</summary>
public sealed record RecommendationDetails
{
    public required Guid Id { get; init; }

    public required uint Version { get; init; }

    public required Guid CycleId { get; init; }

    public required string CycleNumber { get; init; }

    public required Guid PartId { get; init; }

    public required string PartNumber { get; init; }

    public required string PartName { get; init; }

    public required bool IsCritical { get; init; }

    /// <summary>The living end of the part's chain of successors. Only a hint: the plan orders what its demand and bills of materials name.</summary>
    public PartRef? Successor { get; init; }

    public required Guid UnitId { get; init; }

    /// <summary>Code of the unit of every quantity here.</summary>
    public required string Unit { get; init; }

    public required Guid? SupplierId { get; init; }

    public required string? Supplier { get; init; }

    public required decimal Quantity { get; init; }

    public required DateOnly NeedBy { get; init; }

    public required DateOnly OrderBy { get; init; }

    public required Guid? RecommendedSupplierId { get; init; }

    public required string? RecommendedSupplier { get; init; }

    public required decimal RecommendedQuantity { get; init; }

    public required DateOnly RecommendedNeedBy { get; init; }

    public required DateOnly NeedBucket { get; init; }

    public required decimal? UnitCost { get; init; }

    public required decimal? TotalCost { get; init; }

    public required string? Currency { get; init; }

    public required int? LeadTimeDays { get; init; }

    /// <summary>When it comes if it is ordered on the last day for it, or today where that is past; null without a lead time.</summary>
    public required DateOnly? Arrives { get; init; }

    public required RiskLevel RiskFlag { get; init; }

    public required IReadOnlyList<string> RiskCodes { get; init; }

    public required decimal UrgencyScore { get; init; }

    public required string Reasoning { get; init; }

    /// <summary>What the reasoning rests on; null where there is nothing.</summary>
    public RecommendationFacts? Facts { get; init; }

    /// <summary>For whom, largest first, at most twelve.</summary>
    public IReadOnlyList<RecommendationPeg> Pegs { get; init; } = [];

    /// <summary>Needs beyond those.</summary>
    public int MorePegs { get; init; }

    public required RecommendationStatus Status { get; init; }

    public required string? DecidedBy { get; init; }

    public required DateTimeOffset? DecidedAt { get; init; }

    public required string? RejectReason { get; init; }

    public required string? EarlierRejection { get; init; }

    /// <summary>The RFQ that asks for it.</summary>
    public RecommendationRfq? Rfq { get; init; }

    /// <summary>Orders that buy it: made from it, or awarded from its RFQ.</summary>
    public IReadOnlyList<RecommendationOrder> Orders { get; init; } = [];

    /// <summary>What it was turned into is cancelled or deleted: it can be taken back.</summary>
    public bool CameToNothing { get; init; }

    /// <summary>Somebody decided otherwise than recommended.</summary>
    public bool IsEdited => Quantity != RecommendedQuantity || NeedBy != RecommendedNeedBy || SupplierId != RecommendedSupplierId;

    public UrgencyBand Band => RecommendationRow.BandOf(UrgencyScore);
}

/// <param name="Gone">Deleted, or the line that asked for it is.</param>
public sealed record RecommendationRfq(Guid Id, string Number, RfqStatus Status, bool Gone);

/// <param name="Quantity">In the line's unit.</param>
/// <param name="Gone">Deleted, or the line that bought it is.</param>
public sealed record RecommendationOrder(Guid Id, string Number, OrderStatus Status, decimal Quantity, string Unit, DateOnly? Promised, bool Gone);

/// <summary>What several recommendations come to.</summary>
/// <param name="Proposed">Those that can be accepted or rejected, as they stand now.</param>
/// <param name="Open">Those that can be turned into an RFQ or orders: proposed and accepted ones.</param>
/// <param name="Decided">Rejected, ordered or overtaken: nothing can be done with them here.</param>
/// <param name="Suppliers">Of the open ones.</param>
/// <param name="Unpriced">Open ones without a price: they are not in <paramref name="Totals"/>.</param>
/// <param name="Totals">Of the open ones, per currency, the largest first.</param>
public sealed record RecommendationSelection(
    IReadOnlyList<RecommendationRef> Proposed, IReadOnlyList<RecommendationRef> Open, int Decided, int Suppliers, int Unpriced, IReadOnlyList<(string Currency, decimal Total)> Totals);

/// <summary>What was made of recommendations.</summary>
public sealed record ConversionOutcome(IReadOnlyList<RecommendationRfq> Rfqs, IReadOnlyList<RecommendationOrder> Orders);

/// <summary>A supplier who sells the part, as a choice.</summary>
/// <param name="WhyNot">Why it may not be ordered from; null where it may.</param>
public sealed record RecommendationOffer(Guid SupplierId, string Supplier, int LeadTimeDays, decimal? UnitCost, string Currency, string? WhyNot);

/// <summary>How much a consequence matters.</summary>
public enum ConsequenceKind
{
    Info,
    Warning,

    /// <summary>Saved only when the supplier agreed.</summary>
    NeedsAgreement,

    /// <summary>Cannot be saved.</summary>
    Refusal,
}

/// <summary>One consequence in words.</summary>
/// <param name="Field">The form's field that it comes from.</param>
public sealed record Consequence(ConsequenceKind Kind, string Field, string Text);

/// <summary>What follows from other figures, before they are accepted. Money is in <paramref name="Currency"/>, quantities in the part's unit.</summary>
/// <param name="UnitCost">The supplier's price at this quantity, converted; null without one.</param>
/// <param name="ListCurrency">The supplier's own currency, where that is another.</param>
/// <param name="RateDay">The day of the rate that was used.</param>
/// <param name="RecommendedTotal">What the recommended quantity costs at the recommended supplier by today's prices; null without one.</param>
/// <param name="OrderBy">The last day on which to order it.</param>
/// <param name="Arrives">Ordered then, or today where that is past.</param>
/// <param name="DaysLate">Days by which that is after the need; 0 or more.</param>
/// <param name="Stock">What it does to the stock of the bucket that it answers; null where the plan's figures are gone.</param>
public sealed record RecommendationPreview(
    decimal Quantity, string Unit, string Currency, decimal? UnitCost, decimal? Total, string? ListCurrency, DateOnly? RateDay, decimal? RecommendedTotal, int? LeadTimeDays,
    DateOnly OrderBy, DateOnly? Arrives, int DaysLate, StockConsequence? Stock, IReadOnlyList<Consequence> Consequences)
{
    /// <summary>Total less recommended total.</summary>
    public decimal? TotalDifference => Total - RecommendedTotal;
}

/// <summary>The stock at the end of the bucket whose need the recommendation answers, in the part's unit.</summary>
/// <param name="Bucket">Its first day.</param>
/// <param name="Planned">As the plan has it.</param>
/// <param name="After">With the figures typed.</param>
/// <param name="SafetyStock">Below this it is short.</param>
/// <param name="CoverDays">Days after the bucket that it lasts against the needs that follow, without further receipts; null where it outlasts the plan.</param>
public sealed record StockConsequence(DateOnly Bucket, decimal Planned, decimal After, decimal SafetyStock, int? CoverDays)
{
    /// <summary>How much is missing to the safety stock; 0 or more.</summary>
    public decimal BelowSafety => Math.Max(0, SafetyStock - After);
}
