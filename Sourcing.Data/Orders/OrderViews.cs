using Sourcing.Data.Common;

namespace Sourcing.Data.Orders;

/// <summary>An order in the list.</summary>
public sealed record OrderRow
{
    public Guid Id { get; init; }
    public string Number { get; init; } = "";
    public string? ExternalNumber { get; init; }
    public Guid SupplierId { get; init; }
    public string Supplier { get; init; } = "";
    public OrderStatus Status { get; init; }
    public bool IsLate { get; init; }
    public bool IsAtRisk { get; init; }
    public bool AwaitsApproval { get; init; }
    public bool HasProposal { get; init; }
    public string Currency { get; init; } = "";
    public decimal Total { get; init; }
    public DateTimeOffset OrderedAt { get; init; }
    public DateOnly? DueDate { get; init; }
    public DateOnly? PromisedDate { get; init; }
    public DateOnly? ExpectedDate { get; init; }
    public decimal ReceivedShare { get; init; }
    public PaymentStatus PaymentStatus { get; init; }
    public OrderSource Source { get; init; }
    public string Buyer { get; init; } = "";
}

/// <summary>A line as shown.</summary>
public sealed record OrderLineView(
    Guid Id, int LineNo, Guid? PartId, string PartNumber, string SupplierPartNumber, string Description, decimal Quantity, string Unit, decimal UnitPrice, decimal Amount,
    DateOnly? NeedBy, DateOnly? PromisedDate, decimal Received, decimal Rejected)
{
    public decimal Open => Math.Max(0, Quantity - Received);

    /// <inheritdoc cref="OrderLine.InvoicedQuantity"/>
    public decimal Invoiced { get; init; }

    /// <inheritdoc cref="OrderLine.AgreementLineId"/>
    public Guid? AgreementLineId { get; init; }

    /// <inheritdoc cref="OrderLine.DateAskedAt"/>
    public DateTimeOffset? DateAskedAt { get; init; }

    /// <summary>The buyer asked for a date, and the supplier has proposed none since.</summary>
    public bool AskIsOpen { get; init; }

    /// <inheritdoc cref="OrderLine.IsCancelled"/>
    public bool IsCancelled => Quantity == 0;

    /// <inheritdoc cref="OrderLine.DueDate"/>
    public DateOnly? DueDate => PromisedDate ?? NeedBy;

    /// <inheritdoc cref="OrderLine.IsAtRisk"/>
    public bool IsAtRisk => Open > 0 && PromisedDate > NeedBy;

    /// <summary>How many days after the need it is promised.</summary>
    public int DaysLate => PromisedDate is { } promised && NeedBy is { } need ? Math.Max(0, promised.DayNumber - need.DayNumber) : 0;
}

/// <summary>A receipt as shown.</summary>
/// <param name="By">Who took it in; empty for imports.</param>
public sealed record ReceiptView(
    Guid Id, int LineNo, string Description, decimal Quantity, decimal Rejected, string Unit, RejectReason? Reason, string Note, DateTimeOffset ReceivedAt, string By);

public sealed record ShipmentView(Guid Id, string Carrier, string TrackingNumber, ShipmentMode? Mode, DateTimeOffset ShippedAt, DateOnly? Eta, DateTimeOffset? DeliveredAt = null);

public sealed record PaymentView(Guid Id, PaymentKind Kind, decimal Amount, DateOnly PaidOn, string Method, string Reference, Guid? InvoiceId = null);

/// <summary>Another date that was proposed.</summary>
public sealed record DateChangeView(
    Guid Id, Guid LineId, int LineNo, string Description, DateOnly? NeedBy, DateOnly? Previous, DateOnly Proposed, string Reason, DateTimeOffset ProposedAt,
    DateChangeStatus Status, string DecisionNote);

/// <summary>What only people inside see.</summary>
/// <param name="ApprovalRequestedBy">Who waits for approval; null when nobody does.</param>
/// <param name="WithinLimit">The person who looks may approve it alone.</param>
/// <param name="Limit">The limit of the person who looks, in the base currency; null for none.</param>
/// <param name="TotalInBase">In the base currency by today's rate; null when there is no rate.</param>
/// <param name="RateDay">The day of that rate; null within the base currency.</param>
public sealed record OrderInsideView(
    string Note, Guid? ApprovalRequestedBy, string ApprovalRequester, DateTimeOffset? ApprovalRequestedAt, string Approver, DateTimeOffset? ApprovedAt, string DeclineReason,
    bool WithinLimit, decimal? Limit, decimal? TotalInBase, DateOnly? RateDay);

/// <summary>An order as its page shows it.</summary>
public sealed record OrderDetails
{
    public Guid Id { get; init; }
    public uint Version { get; init; }
    public string Number { get; init; } = "";
    public string? ExternalNumber { get; init; }
    public OrderSource Source { get; init; }
    public OrderStatus Status { get; init; }
    public PaymentStatus PaymentStatus { get; init; }
    public Guid SupplierId { get; init; }
    public string Supplier { get; init; } = "";
    public string SupplierContactEmail { get; init; } = "";
    public Guid? RfqId { get; init; }
    public string? RfqNumber { get; init; }
    public Guid BuyerId { get; init; }
    public string Buyer { get; init; } = "";
    public string ContactEmail { get; init; } = "";
    public string Currency { get; init; } = "";
    public decimal Subtotal { get; init; }
    public decimal Freight { get; init; }
    public decimal TaxRate { get; init; }
    public decimal Tax { get; init; }
    public decimal Total { get; init; }

    /// <inheritdoc cref="Order.Payable"/>
    public decimal Payable { get; init; }
    public string PaymentTerms { get; init; } = "";
    public string Incoterm { get; init; } = "";
    public string ShipTo { get; init; } = "";
    public string Note { get; init; } = "";
    public DateOnly? ExpectedDate { get; init; }
    public DateOnly? PromisedDate { get; init; }
    public DateOnly? DueDate { get; init; }
    public bool IsAtRisk { get; init; }
    public decimal ReceivedShare { get; init; }
    public DateTimeOffset? IssuedAt { get; init; }
    public DateTimeOffset? AcknowledgedAt { get; init; }
    public DateTimeOffset? ProductionAt { get; init; }
    public DateTimeOffset? ShippedAt { get; init; }
    public DateTimeOffset? ReceivedAt { get; init; }
    public DateTimeOffset? ClosedAt { get; init; }
    public DateTimeOffset? CancelledAt { get; init; }
    public string CloseReason { get; init; } = "";
    public string ReopenReason { get; init; } = "";
    public string CancelReason { get; init; } = "";
    public int Revision { get; init; }
    public decimal InvoicedTotal { get; init; }
    public decimal ApprovedTotal { get; init; }
    public IReadOnlyList<OrderLineView> Lines { get; init; } = [];
    public IReadOnlyList<OrderChangeView> Changes { get; init; } = [];
    public IReadOnlyList<InvoiceView> Invoices { get; init; } = [];

    /// <summary>Of the supplier who looks; empty for people inside.</summary>
    public IReadOnlyList<SupplierInvoiceView> OwnInvoices { get; init; } = [];

    /// <summary>The agreements that lines call off.</summary>
    public IReadOnlyList<(Guid Id, string Number)> Agreements { get; init; } = [];
    public IReadOnlyList<ReceiptView> Receipts { get; init; } = [];
    public IReadOnlyList<ShipmentView> Shipments { get; init; } = [];
    public IReadOnlyList<PaymentView> Payments { get; init; } = [];
    public IReadOnlyList<DateChangeView> DateChanges { get; init; } = [];

    /// <summary>Null for suppliers.</summary>
    public OrderInsideView? Inside { get; init; }

    /// <summary>Proposed dates that wait for the buyer.</summary>
    public IEnumerable<DateChangeView> OpenProposals => DateChanges.Where(c => c.Status == DateChangeStatus.Proposed && Status.IsOpen());

    /// <summary>Due before this day and not done.</summary>
    public bool IsLate(DateOnly today) => Status.IsOpen() && DueDate < today;

    /// <summary>Payments less refunds.</summary>
    public decimal Paid => Payments.Sum(p => p.Kind == PaymentKind.Refund ? -p.Amount : p.Amount);

    /// <summary>What is still to be paid; below 0 when more is paid than the supplier may ask, as of an order closed short or cancelled.</summary>
    public decimal Owed => Payable - Paid;
}

/// <summary>A purchase order on paper.</summary>
/// <param name="Company">Name, address lines, what stands for a logo, e-mail, telephone, tax number and terms of the one who orders.</param>
/// <param name="Date">The day of issue; today while it is not issued.</param>
/// <param name="IsDraft">Not approved yet: marked across the page, so that nobody takes it for an order.</param>
public sealed record OrderDocument(
    PaperParty Company, string LogoText, string Terms, PaperParty Supplier, string SupplierCode, string Number, DateOnly Date, bool IsDraft, string Buyer, string BuyerEmail,
    string? RfqNumber, string Currency, string PaymentTerms, string Incoterm, string ShipTo, string Note, IReadOnlyList<OrderLineView> Lines,
    decimal Subtotal, decimal Freight, decimal TaxRate, decimal Tax, decimal Total, uint Version)
{
    /// <summary>The last change order that holds; 0 for an order as it was issued.</summary>
    public int Revision { get; init; }

    /// <summary>When that change was acknowledged.</summary>
    public DateOnly? RevisedOn { get; init; }
}

/// <summary>A firm on paper.</summary>
public sealed record PaperParty(string Name, string Address, string Email, string Phone, string TaxId);

/// <summary>What a bulk act did: how many, and why the others not.</summary>
public sealed record BulkOutcome(int Done, IReadOnlyList<string> Refusals);
