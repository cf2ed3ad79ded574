using Sourcing.Data.Common;

namespace Sourcing.Data.Rfqs;

/// <summary>Where a decision stands.</summary>
public enum AwardStatus
{
    /// <summary>Above the decider's limit: somebody else has to approve.</summary>
    Waiting,

    /// <summary>It stands: orders are made.</summary>
    Decided,

    /// <summary>The second person said no; the RFQ can be awarded anew.</summary>
    Declined,
}

/// <summary>The decision on a round of an RFQ. One at a time: a unique index leaves only declined ones out.</summary>
public sealed class AwardDecision
{
    private readonly List<Award> _awards = [];

    private AwardDecision()
    {
    }

    /// <param name="total">Awarded lines with freight and other costs, in the RFQ's currency.</param>
    /// <param name="totalInBase">The same in the base currency: what is held against limits.</param>
    /// <param name="savings">Against the baseline, in the RFQ's currency; null where it knows no price.</param>
    /// <param name="scenarioId">The saved scenario, where one was carried out as it stood.</param>
    /// <param name="justification">At most 2,000 characters.</param>
    public AwardDecision(
        Rfq rfq, AwardScenarioKind scenario, SavingsBaseline baseline, decimal total, decimal totalInBase, decimal? savings, string justification,
        Guid decidedBy, DateTimeOffset now, Guid? scenarioId = null)
    {
        (Id, RfqId, Round, Currency) = (Guid.CreateVersion7(), rfq.Id, rfq.Round, rfq.Currency);
        (Scenario, Baseline, Total, TotalInBase, Savings, Justification) = (scenario, baseline, total, totalInBase, savings, justification.Trim());
        (DecidedBy, DecidedAt, Status, ScenarioId) = (decidedBy, now, AwardStatus.Waiting, scenarioId);
    }

    public Guid Id { get; private set; }

    public Guid RfqId { get; private set; }

    /// <summary>The RFQ's round that it decides; 1 or more.</summary>
    public int Round { get; private set; }

    public AwardStatus Status { get; private set; }

    public AwardScenarioKind Scenario { get; private set; }

    /// <summary>The saved scenario that it was made by; null otherwise.</summary>
    public Guid? ScenarioId { get; private set; }

    /// <summary>What savings are counted against.</summary>
    public SavingsBaseline Baseline { get; private set; }

    /// <summary>ISO 4217, of total and savings: the RFQ's.</summary>
    public string Currency { get; private set; } = "";

    /// <summary>All awarded lines with freight and other costs.</summary>
    public decimal Total { get; private set; }

    /// <summary>The total in the base currency on the day of the decision.</summary>
    public decimal TotalInBase { get; private set; }

    /// <summary>Against the baseline; null where it knows no price.</summary>
    public decimal? Savings { get; private set; }

    public Guid DecidedBy { get; private set; }

    public DateTimeOffset DecidedAt { get; private set; }

    /// <summary>The second person, where the first one's limit did not suffice; also who declined.</summary>
    public Guid? ApprovedBy { get; private set; }

    public DateTimeOffset? ApprovedAt { get; private set; }

    public string Justification { get; private set; } = "";

    /// <summary>Why the second person said no; empty otherwise.</summary>
    public string DeclineReason { get; private set; } = "";

    public IReadOnlyList<Award> Awards => _awards;

    public uint Version { get; private set; }

    /// <summary>Gives a quantity of a line to an offer.</summary>
    /// <param name="quantity">In the RFQ line's unit, above 0.</param>
    /// <param name="orderQuantity">In the quote line's unit, above 0: raised to MOQ and multiple.</param>
    /// <param name="unitPrice">In the quote's currency for the quote line's unit.</param>
    /// <param name="comparedPrice">In the RFQ's currency for the RFQ line's unit.</param>
    /// <param name="baselinePrice">Of the baseline, like <paramref name="comparedPrice"/>; null where it knows none.</param>
    public void Give(RfqLine line, QuoteLine offer, decimal quantity, decimal orderQuantity, decimal unitPrice, decimal comparedPrice, decimal? baselinePrice) =>
        _awards.Add(new(Id, line.Id, offer.Id, quantity, orderQuantity, unitPrice, comparedPrice, baselinePrice));

    /// <summary>It stands without a second person.</summary>
    public void Decide() => Status = AwardStatus.Decided;

    /// <summary>The second person agrees. Refuses the one who decided, and what is not waiting.</summary>
    public void Approve(Guid by, DateTimeOffset now)
    {
        Second(by);
        (Status, ApprovedBy, ApprovedAt) = (AwardStatus.Decided, by, now);
    }

    /// <summary>The second person says no. Refuses the one who decided, and what is not waiting.</summary>
    /// <param name="reason">1 to 500 characters.</param>
    public void Decline(Guid by, string reason, DateTimeOffset now)
    {
        Second(by);
        if (string.IsNullOrWhiteSpace(reason))
        {
            throw new RefusedException("Reason", "Say why, so that the buyer knows what to change.");
        }

        (Status, ApprovedBy, ApprovedAt, DeclineReason) = (AwardStatus.Declined, by, now, reason.Trim());
    }

    private void Second(Guid by)
    {
        if (Status != AwardStatus.Waiting)
        {
            throw new RefusedException("This award does not wait for approval any more. Reload the page to see what became of it.");
        }

        if (by == DecidedBy)
        {
            throw new RefusedException("You made this award, so somebody else has to approve it.");
        }
    }
}

/// <summary>A quantity of one line that goes to one offer. A line may be split; the sum never exceeds it.</summary>
public sealed class Award
{
    private Award()
    {
    }

    internal Award(Guid decisionId, Guid rfqLineId, Guid quoteLineId, decimal quantity, decimal orderQuantity, decimal unitPrice, decimal comparedPrice, decimal? baselinePrice)
    {
        (Id, DecisionId, RfqLineId, QuoteLineId) = (Guid.CreateVersion7(), decisionId, rfqLineId, quoteLineId);
        (Quantity, OrderQuantity, UnitPrice, ComparedPrice, BaselinePrice) = (quantity, orderQuantity, unitPrice, comparedPrice, baselinePrice);
    }

    public Guid Id { get; private set; }

    public Guid DecisionId { get; private set; }

    public Guid RfqLineId { get; private set; }

    public Guid QuoteLineId { get; private set; }

    /// <summary>In the RFQ line's unit; above 0.</summary>
    public decimal Quantity { get; private set; }

    /// <summary>In the quote line's unit, raised to its MOQ and multiple; above 0.</summary>
    public decimal OrderQuantity { get; private set; }

    /// <summary>In the quote's currency, for the quote line's unit.</summary>
    public decimal UnitPrice { get; private set; }

    /// <summary>In the RFQ's currency, for the RFQ line's unit.</summary>
    public decimal ComparedPrice { get; private set; }

    /// <summary>What the baseline says, like <see cref="ComparedPrice"/>; null where it knows no price.</summary>
    public decimal? BaselinePrice { get; private set; }
}
