using Sourcing.Data.Common;
using Sourcing.Data.Suppliers;

namespace Sourcing.Data.Planning;

/// <summary>How far a recommendation is.</summary>
public enum RecommendationStatus
{
    Proposed,

    /// <summary>A firm receipt of the next plans, never lotted again, until an order stands for it.</summary>
    Accepted,
    Rejected,

    /// <summary>It became a line of an RFQ or an order.</summary>
    Converted,

    /// <summary>A later cycle spoke about the same need.</summary>
    Superseded,
}

/// <summary>What the plan proposes to order, and why. Quantities are in the part's unit, money is in the recommendation's currency.</summary>
public sealed class ProcurementRecommendation
{
    private ProcurementRecommendation()
    {
    }

    /// <summary>As the engine proposes it.</summary>
    public ProcurementRecommendation(Guid cycleId, Guid partId, Guid? supplierId, decimal quantity, DateOnly needBy, DateOnly orderBy)
    {
        (Id, CycleId, PartId) = (Guid.CreateVersion7(), cycleId, partId);
        (SupplierId, RecommendedSupplierId) = (supplierId, supplierId);
        (Quantity, RecommendedQuantity) = (quantity, quantity);
        (NeedBy, RecommendedNeedBy) = (needBy, needBy);
        OrderBy = orderBy;
    }

    public Guid Id { get; private set; }

    public Guid CycleId { get; private set; }

    public Guid PartId { get; private set; }

    /// <summary>From whom; null where nobody qualifies.</summary>
    public Guid? SupplierId { get; private set; }

    /// <summary>As decided; above 0. Begins as recommended.</summary>
    public decimal Quantity { get; private set; }

    /// <summary>When it has to be there, as decided.</summary>
    public DateOnly NeedBy { get; private set; }

    /// <summary>The last day on which to order it.</summary>
    public DateOnly OrderBy { get; private set; }

    public Guid? RecommendedSupplierId { get; private set; }

    public decimal RecommendedQuantity { get; private set; }

    public DateOnly RecommendedNeedBy { get; private set; }

    /// <summary>First day of the bucket whose need it covers: with part and supplier its key from cycle to cycle.</summary>
    public required DateOnly NeedBucket { get; init; }

    /// <summary>For one of the part's unit; null without a price.</summary>
    public decimal? UnitCost { get; private set; }

    public decimal? TotalCost { get; private set; }

    public string? Currency { get; private set; }

    /// <summary>Calendar days.</summary>
    public int? LeadTimeDays { get; private set; }

    /// <summary>The worst of <see cref="RiskCodes"/>.</summary>
    public required RiskLevel RiskFlag { get; init; }

    /// <summary>Snake case, in the order of the engine's list.</summary>
    public required string[] RiskCodes { get; init; }

    /// <summary>0 to 1, two decimals.</summary>
    public required decimal UrgencyScore { get; init; }

    /// <summary>Why: rendered from <see cref="Facts"/>.</summary>
    public required string Reasoning { get; init; }

    /// <summary>JSON object of what the reasoning says.</summary>
    public required string Facts { get; init; }

    /// <summary>JSON array: for whom, in parts that sum exactly to the recommended quantity.</summary>
    public required string Pegging { get; init; }

    public RecommendationStatus Status { get; private set; }

    public Guid? DecidedBy { get; private set; }

    public DateTimeOffset? DecidedAt { get; private set; }

    /// <summary>1 to 500 characters.</summary>
    public string? RejectReason { get; private set; }

    /// <summary>Who rejected the same need in an earlier cycle, when and why: a sentence.</summary>
    public string? EarlierRejection { get; init; }

    public Guid? RfqId { get; private set; }

    public Guid? RfqLineId { get; private set; }

    public Guid? OrderId { get; private set; }

    public Guid? OrderLineId { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    public uint Version { get; private set; }

    /// <summary>What it costs; all null without a price.</summary>
    public void Cost(decimal? unitCost, decimal? totalCost, string? currency, int? leadTimeDays) =>
        (UnitCost, TotalCost, Currency, LeadTimeDays) = (unitCost, totalCost, currency, leadTimeDays);

    /// <summary>Other figures than recommended. Refuses a quantity that is not above 0, and whatever is decided already.</summary>
    public void Edit(decimal quantity, DateOnly needBy, Guid? supplierId, DateOnly orderBy)
    {
        Demand("changed");
        if (quantity <= 0)
        {
            throw new RefusedException(nameof(Quantity), "Enter a quantity above 0. Reject the recommendation if nothing is to be ordered.");
        }

        (Quantity, NeedBy, SupplierId, OrderBy) = (quantity, needBy, supplierId, orderBy);
    }

    /// <summary>Somebody stands for it.</summary>
    public void Accept(Guid by, DateTimeOffset now)
    {
        Demand("accepted");
        (Status, DecidedBy, DecidedAt) = (RecommendationStatus.Accepted, by, now);
    }

    /// <summary>Not this. The next cycle shows why. Refuses without a reason.</summary>
    public void Reject(string reason, Guid by, DateTimeOffset now)
    {
        Demand("rejected");
        if (string.IsNullOrWhiteSpace(reason) || reason.Length > 500)
        {
            throw new RefusedException(nameof(RejectReason), "Say in 1 to 500 characters why it is not ordered: the next plan shows it.");
        }

        (Status, RejectReason, DecidedBy, DecidedAt) = (RecommendationStatus.Rejected, reason.Trim(), by, now);
    }

    /// <summary>Back to proposed, as long as nothing came of it.</summary>
    /// <param name="cameToNothing">The line that it was turned into is cancelled or deleted.</param>
    public void TakeBack(bool cameToNothing = false)
    {
        if (Status is not (RecommendationStatus.Accepted or RecommendationStatus.Rejected) && !(Status == RecommendationStatus.Converted && cameToNothing))
        {
            throw new RefusedException("Only what was accepted or rejected, and not yet ordered, can be taken back.");
        }

        (Status, DecidedBy, DecidedAt, RejectReason) = (RecommendationStatus.Proposed, null, null, null);
        (RfqId, RfqLineId, OrderId, OrderLineId) = (null, null, null, null);
    }

    /// <summary>A line of an RFQ asks for it.</summary>
    /// <param name="by">Who turned it into one; null where that is who accepted it.</param>
    public void BecomeRfqLine(Guid rfqId, Guid lineId, Guid? by = null, DateTimeOffset? now = null)
    {
        DemandAccepted();
        (Status, RfqId, RfqLineId) = (RecommendationStatus.Converted, rfqId, lineId);
        (DecidedBy, DecidedAt) = (by ?? DecidedBy, now ?? DecidedAt);
    }

    /// <summary>A line of an order buys it.</summary>
    /// <param name="by">Who turned it into one; null where that is who accepted it.</param>
    public void BecomeOrderLine(Guid orderId, Guid lineId, Guid? by = null, DateTimeOffset? now = null)
    {
        DemandAccepted();
        (Status, OrderId, OrderLineId) = (RecommendationStatus.Converted, orderId, lineId);
        (DecidedBy, DecidedAt) = (by ?? DecidedBy, now ?? DecidedAt);
    }

    /// <summary>A later cycle has the word. What is decided stays as it is.</summary>
    public void Supersede()
    {
        if (Status == RecommendationStatus.Proposed)
        {
            Status = RecommendationStatus.Superseded;
        }
    }

    private void DemandAccepted()
    {
        if (Status != RecommendationStatus.Accepted)
        {
            throw new RefusedException("Accept the recommendation before it is turned into an RFQ or an order.");
        }
    }

    private void Demand(string verb)
    {
        if (Status != RecommendationStatus.Proposed)
        {
            throw new RefusedException($"This recommendation is {Words.Snake(Status.ToString())} already and cannot be {verb}. Reload the page to see who decided it.");
        }
    }
}
