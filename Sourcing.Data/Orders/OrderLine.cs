using Sourcing.Data.Common;

namespace Sourcing.Data.Orders;

/// <summary>What a line of a draft is made of. Part numbers and description are kept as they were ordered, whatever the catalog says later.</summary>
/// <param name="Id">The line that is changed; null for a new one.</param>
/// <param name="PartId">The part; null for free text.</param>
/// <param name="PartNumber">Ours, at most 50 characters.</param>
/// <param name="SupplierPartNumber">The supplier's, at most 80 characters.</param>
/// <param name="Description">1 to 500 characters.</param>
/// <param name="Quantity">Above 0, in <paramref name="Unit"/>.</param>
/// <param name="UnitId">The unit of the quantity.</param>
/// <param name="Unit">That unit's code, as printed.</param>
/// <param name="UnitPrice">0 or more, in the order's currency for one unit.</param>
/// <param name="NeedBy">The day on which we need it.</param>
/// <param name="PromisedDate">The day that the supplier has promised.</param>
/// <param name="RfqLineId">The RFQ line that was awarded.</param>
/// <param name="AgreementLineId">The line of a blanket agreement that it calls off.</param>
public sealed record OrderLineDraft(
    Guid? Id, Guid? PartId, string PartNumber, string SupplierPartNumber, string Description, decimal Quantity, Guid UnitId, string Unit, decimal UnitPrice,
    DateOnly? NeedBy, DateOnly? PromisedDate, Guid? RfqLineId = null, Guid? AgreementLineId = null);

/// <summary>One thing ordered. Received and rejected quantities are sums of its receipts.</summary>
public sealed class OrderLine
{
    /// <summary>The largest quantity and the largest unit price.</summary>
    public const decimal Largest = 1_000_000_000m;

    private readonly List<Receipt> _receipts = [];
    private readonly List<OrderDateChange> _dateChanges = [];

    private OrderLine()
    {
    }

    internal OrderLine(Guid orderId, int lineNo, OrderLineDraft draft)
    {
        (Id, OrderId, LineNo) = (Guid.CreateVersion7(), orderId, lineNo);
        Change(draft);
    }

    public Guid Id { get; private set; }

    public Guid OrderId { get; private set; }

    /// <summary>10, 20, 30: a line keeps its number.</summary>
    public int LineNo { get; private set; }

    public Guid? PartId { get; private set; }

    public Guid? RfqLineId { get; private set; }

    /// <inheritdoc cref="OrderLineDraft.PartNumber"/>
    public string PartNumber { get; private set; } = "";

    /// <inheritdoc cref="OrderLineDraft.SupplierPartNumber"/>
    public string SupplierPartNumber { get; private set; } = "";

    public string Description { get; private set; } = "";

    /// <summary>The line of a blanket agreement that it calls off; null for none.</summary>
    public Guid? AgreementLineId { get; private set; }

    /// <summary>Ordered, above 0; 0 once a change order has cancelled the line.</summary>
    public decimal Quantity { get; private set; }

    /// <summary>The unit of every quantity of this line.</summary>
    public Guid UnitId { get; private set; }

    /// <summary>The unit's code when it was ordered.</summary>
    public string Unit { get; private set; } = "";

    /// <summary>For one unit, in the order's currency.</summary>
    public decimal UnitPrice { get; private set; }

    /// <summary>Quantity times unit price, rounded to 2 decimals away from zero: the amount that the document shows.</summary>
    public decimal Amount { get; private set; }

    public DateOnly? NeedBy { get; private set; }

    public DateOnly? PromisedDate { get; private set; }

    /// <summary>Taken in: the sum of the receipts' accepted quantities.</summary>
    public decimal ReceivedQuantity { get; private set; }

    /// <summary>Arrived and not taken in; the supplier still owes it.</summary>
    public decimal RejectedQuantity { get; private set; }

    /// <summary>The import that made it; null otherwise.</summary>
    public Guid? ImportRunId { get; internal set; }

    public uint Version { get; private set; }

    public IReadOnlyList<Receipt> Receipts => _receipts;

    public IReadOnlyList<OrderDateChange> DateChanges => _dateChanges;

    /// <summary>What invoices that count ask for, in the line's unit.</summary>
    public decimal InvoicedQuantity { get; private set; }

    /// <summary>When the buyer last asked the supplier when it comes.</summary>
    public DateTimeOffset? DateAskedAt { get; private set; }

    /// <summary>A change order has cancelled it.</summary>
    public bool IsCancelled => Quantity == 0;

    /// <summary>Still to come, 0 or more.</summary>
    public decimal OpenQuantity => Math.Max(0, Quantity - ReceivedQuantity);

    /// <summary>When it is due: as promised, else as needed.</summary>
    public DateOnly? DueDate => PromisedDate ?? NeedBy;

    /// <summary>Promised for a day after it is needed, and still to come: late before it is late.</summary>
    public bool IsAtRisk => OpenQuantity > 0 && PromisedDate > NeedBy;

    internal void Change(OrderLineDraft draft)
    {
        if (string.IsNullOrWhiteSpace(draft.Description) || draft.Description.Length > 500)
        {
            throw new RefusedException(nameof(Description), "Say in 1 to 500 characters what is ordered.");
        }

        if (draft.Quantity is <= 0 or > Largest)
        {
            throw new RefusedException(nameof(Quantity), "Enter a quantity above 0 and at most 1,000,000,000.");
        }

        if (draft.UnitId == Guid.Empty)
        {
            throw new RefusedException(nameof(UnitId), "Choose the unit of the quantity.");
        }

        if (draft.UnitPrice is < 0 or > Largest)
        {
            throw new RefusedException(nameof(UnitPrice), "Enter a unit price of 0 or more and at most 1,000,000,000.");
        }

        (PartId, PartNumber, SupplierPartNumber, Description) = (draft.PartId, draft.PartNumber.Trim(), draft.SupplierPartNumber.Trim(), draft.Description.Trim());
        (Quantity, UnitId, Unit, UnitPrice) = (Math.Round(draft.Quantity, 4), draft.UnitId, draft.Unit, Math.Round(draft.UnitPrice, 4));
        (NeedBy, PromisedDate, RfqLineId) = (draft.NeedBy, draft.PromisedDate, draft.RfqLineId ?? RfqLineId);
        AgreementLineId = draft.AgreementLineId ?? AgreementLineId;
        Amount = Order.Cents(Quantity * UnitPrice);
    }

    internal Receipt Receive(decimal quantity, decimal rejected, RejectReason? reason, string note, DateTimeOffset at, Guid by)
    {
        if (quantity < 0 || rejected < 0 || quantity + rejected == 0)
        {
            throw new RefusedException(nameof(Quantity), $"Line {LineNo}: enter what was accepted, what was rejected, or both, above 0.");
        }

        var most = Math.Round(Quantity * (1 + Order.OverReceiptTolerance), 4);
        if (ReceivedQuantity + quantity > most)
        {
            throw new RefusedException(nameof(Quantity),
                $"Line {LineNo}: {ReceivedQuantity + quantity:#,0.####} {Unit} would be received of {Quantity:#,0.####} {Unit} ordered, and at most {Order.OverReceiptTolerance:0 %} more is taken in ({most:#,0.####} {Unit}). Enter what is too much as rejected, or order it.");
        }

        if (rejected > most)
        {
            throw new RefusedException("Rejected", $"Line {LineNo}: more is rejected than was ordered ({Quantity:#,0.####} {Unit}). Check the quantity.");
        }

        if (rejected > 0 && reason is null)
        {
            throw new RefusedException("Reason", $"Line {LineNo}: choose why {rejected:#,0.####} {Unit} were rejected.");
        }

        if (rejected > 0 && reason == RejectReason.Other && string.IsNullOrWhiteSpace(note))
        {
            throw new RefusedException("Note", $"Line {LineNo}: say in the note why {rejected:#,0.####} {Unit} were rejected.");
        }

        var receipt = new Receipt(OrderId, Id, quantity, rejected, rejected > 0 ? reason : null, note.Trim(), at, by);
        _receipts.Add(receipt);
        Sum();
        return receipt;
    }

    internal void TakeBack(Receipt receipt)
    {
        _receipts.Remove(receipt);
        Sum();
    }

    internal void Promise(DateOnly date) => PromisedDate = date;

    internal void AskForDate(DateTimeOffset now)
    {
        if (OpenQuantity == 0)
        {
            throw new RefusedException($"Line {LineNo}: nothing more is to come, so there is no date to ask for.");
        }

        if (now - DateAskedAt < TimeSpan.FromDays(1))
        {
            throw new RefusedException($"Line {LineNo}: the supplier was asked for a date less than a day ago. Give them time to answer, or call them.");
        }

        DateAskedAt = now;
    }

    internal void Invoice(decimal quantity) => InvoicedQuantity = quantity;

    internal OrderDateChange Propose(DateOnly date, string reason, DateTimeOffset now, Guid by)
    {
        if (date == PromisedDate)
        {
            throw new RefusedException("Date", $"Line {LineNo} is promised for this day already. Choose another day.");
        }

        if (string.IsNullOrWhiteSpace(reason) || reason.Length > 500)
        {
            throw new RefusedException("Reason", $"Line {LineNo}: say in 1 to 500 characters why the date changes.");
        }

        foreach (var open in _dateChanges.Where(c => c.Status == DateChangeStatus.Proposed))
        {
            open.Supersede();
        }

        var change = new OrderDateChange(OrderId, Id, DueDate, date, reason.Trim(), now, by);
        _dateChanges.Add(change);
        return change;
    }

    private void Sum()
    {
        ReceivedQuantity = _receipts.Sum(r => r.Quantity);
        RejectedQuantity = _receipts.Sum(r => r.RejectedQuantity);
    }
}
