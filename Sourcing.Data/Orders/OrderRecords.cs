using Sourcing.Data.Common;

namespace Sourcing.Data.Orders;

/// <summary>Goods of one line that arrived on one day. Taken back by soft deletion when it was entered by mistake.</summary>
public sealed class Receipt : ISoftDeleted
{
    private Receipt()
    {
    }

    internal Receipt(Guid orderId, Guid lineId, decimal quantity, decimal rejected, RejectReason? reason, string note, DateTimeOffset at, Guid? by)
    {
        Id = Guid.CreateVersion7();
        (OrderId, OrderLineId, Quantity, RejectedQuantity, RejectReason, Note, ReceivedAt, ReceivedBy) = (orderId, lineId, quantity, rejected, reason, note, at, by);
    }

    public Guid Id { get; private set; }

    public Guid OrderId { get; private set; }

    public Guid OrderLineId { get; private set; }

    /// <summary>Accepted, 0 or more, in the line's unit. What arrived is this plus <see cref="RejectedQuantity"/>.</summary>
    public decimal Quantity { get; private set; }

    /// <summary>Arrived and not accepted, 0 or more, in the line's unit.</summary>
    public decimal RejectedQuantity { get; private set; }

    /// <summary>Set when something was rejected, save by imports.</summary>
    public RejectReason? RejectReason { get; private set; }

    public string Note { get; private set; } = "";

    public DateTimeOffset ReceivedAt { get; private set; }

    public Guid? ReceivedBy { get; private set; }

    public Guid? ImportRunId { get; internal set; }

    public DateTimeOffset? DeletedAt { get; private set; }

    public Guid? DeletedBy { get; private set; }
}

/// <summary>Goods on their way.</summary>
public sealed class Shipment
{
    private Shipment()
    {
    }

    /// <param name="weightKg">Above 0, or null when unknown.</param>
    /// <param name="freightCost">In the order's currency, 0 or more, or null when unknown.</param>
    public Shipment(
        Guid orderId, string carrier, string trackingNumber, ShipmentMode? mode, DateTimeOffset shippedAt, DateOnly? eta, decimal? weightKg = null, decimal? freightCost = null)
    {
        Id = Guid.CreateVersion7();
        (OrderId, Carrier, TrackingNumber, Mode, ShippedAt, Eta, WeightKg, FreightCost) =
            (orderId, carrier.Trim(), trackingNumber.Trim(), mode, shippedAt, eta, weightKg, freightCost);
    }

    public Guid Id { get; private set; }

    public Guid OrderId { get; private set; }

    public string Carrier { get; private set; } = "";

    public string TrackingNumber { get; private set; } = "";

    public ShipmentMode? Mode { get; private set; }

    public DateTimeOffset ShippedAt { get; private set; }

    /// <summary>When it should arrive.</summary>
    public DateOnly? Eta { get; private set; }

    /// <summary>When it arrived; null while it is under way.</summary>
    public DateTimeOffset? DeliveredAt { get; internal set; }

    public decimal? WeightKg { get; private set; }

    /// <summary>In the order's currency.</summary>
    public decimal? FreightCost { get; private set; }

    public Guid? ImportRunId { get; internal set; }

    /// <summary>What turned out otherwise: another carrier, a number that came later, another day. Refuses an arrival before it left, and what has arrived.</summary>
    internal void Correct(string carrier, string trackingNumber, ShipmentMode? mode, DateOnly? eta)
    {
        DemandUnderWay();
        if (string.IsNullOrWhiteSpace(carrier))
        {
            throw new RefusedException("Carrier", "Say who carries the goods.");
        }

        if (eta < DateOnly.FromDateTime(ShippedAt.UtcDateTime))
        {
            throw new RefusedException("Eta", "The goods cannot arrive before they left. Choose a later day.");
        }

        (Carrier, TrackingNumber, Mode, Eta) = (carrier.Trim(), trackingNumber.Trim(), mode, eta);
    }

    /// <summary>It has arrived; what was in it is received by lines.</summary>
    internal void Deliver(DateTimeOffset at, DateTimeOffset now)
    {
        DemandUnderWay();
        if (at > now || DateOnly.FromDateTime(at.UtcDateTime) < DateOnly.FromDateTime(ShippedAt.UtcDateTime))
        {
            throw new RefusedException("ArrivedOn", "Choose a day on which it can have arrived: not before it left, and not in the future.");
        }

        DeliveredAt = at;
    }

    private void DemandUnderWay()
    {
        if (DeliveredAt is { } at)
        {
            throw new RefusedException($"This shipment arrived on {Days.Text(DateOnly.FromDateTime(at.UtcDateTime))}: it cannot change any more.");
        }
    }
}

/// <summary>Money that went to the supplier for an order or came back, in the order's currency. Taken back by soft deletion when it was recorded by mistake.</summary>
public sealed class OrderPayment : ISoftDeleted
{
    private OrderPayment()
    {
    }

    internal OrderPayment(Guid orderId, PaymentKind kind, decimal amount, DateOnly paidOn, string method, string reference, Guid? invoiceId = null)
    {
        (Id, OrderId, Kind, Amount, PaidOn, Method, Reference, InvoiceId) = (Guid.CreateVersion7(), orderId, kind, amount, paidOn, method.Trim(), reference.Trim(), invoiceId);
    }

    public Guid Id { get; private set; }

    public Guid OrderId { get; private set; }

    public PaymentKind Kind { get; private set; }

    /// <summary>Above 0, whichever way it went.</summary>
    public decimal Amount { get; private set; }

    public DateOnly PaidOn { get; private set; }

    /// <summary>The invoice that is paid; null for an advance.</summary>
    public Guid? InvoiceId { get; private set; }

    public string Method { get; private set; } = "";

    public string Reference { get; private set; } = "";

    public DateTimeOffset? DeletedAt { get; private set; }

    public Guid? DeletedBy { get; private set; }

    /// <summary>What it adds to what is paid: a refund takes away.</summary>
    internal decimal Signed => Kind == PaymentKind.Refund ? -Amount : Amount;
}

/// <summary>Another date that the supplier proposed for a line, and what the buyer decided. At most one is open per line.</summary>
public sealed class OrderDateChange
{
    private OrderDateChange()
    {
    }

    internal OrderDateChange(Guid orderId, Guid lineId, DateOnly? previous, DateOnly proposed, string reason, DateTimeOffset at, Guid by)
    {
        Id = Guid.CreateVersion7();
        (OrderId, OrderLineId, PreviousDate, ProposedDate, Reason, ProposedAt, ProposedBy) = (orderId, lineId, previous, proposed, reason, at, by);
    }

    public Guid Id { get; private set; }

    public Guid OrderId { get; private set; }

    public Guid OrderLineId { get; private set; }

    /// <summary>When the line was due before.</summary>
    public DateOnly? PreviousDate { get; private set; }

    public DateOnly ProposedDate { get; private set; }

    public string Reason { get; private set; } = "";

    public DateTimeOffset ProposedAt { get; private set; }

    public Guid ProposedBy { get; private set; }

    public DateChangeStatus Status { get; private set; }

    public DateTimeOffset? DecidedAt { get; private set; }

    public Guid? DecidedBy { get; private set; }

    /// <summary>What the buyer answered; the supplier reads it.</summary>
    public string DecisionNote { get; private set; } = "";

    internal void Supersede() => Status = DateChangeStatus.Superseded;

    internal void Decide(bool accept, string note, DateTimeOffset now, Guid by)
    {
        if (Status != DateChangeStatus.Proposed)
        {
            throw new RefusedException($"This date was {Words.Spaced(Status).ToLowerInvariant()} already. Reload the page to see it.");
        }

        if (!accept && string.IsNullOrWhiteSpace(note))
        {
            throw new RefusedException("Note", "Say why the date is declined: the supplier reads it.");
        }

        (Status, DecisionNote, DecidedAt, DecidedBy) = (accept ? DateChangeStatus.Accepted : DateChangeStatus.Declined, note.Trim(), now, by);
    }
}

/// <summary>What stays on our side of the desk. A table of its own, so that a supplier's login cannot reach it at all.</summary>
public sealed class OrderInternal
{
    private OrderInternal()
    {
    }

    internal OrderInternal(Guid orderId, Guid createdBy) => (Id, CreatedBy) = (orderId, createdBy);

    /// <summary>The order's own key.</summary>
    public Guid Id { get; private set; }

    public Guid CreatedBy { get; private set; }

    /// <summary>At most 4,000 characters.</summary>
    public string Note { get; internal set; } = "";

    public Guid? ApprovalRequestedBy { get; internal set; }

    public DateTimeOffset? ApprovalRequestedAt { get; internal set; }

    public Guid? ApprovedBy { get; internal set; }

    public DateTimeOffset? ApprovedAt { get; internal set; }

    /// <summary>Why the last request for approval was declined; empty otherwise.</summary>
    public string DeclineReason { get; internal set; } = "";
}
