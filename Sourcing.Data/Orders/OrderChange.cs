using Sourcing.Data.Common;

namespace Sourcing.Data.Orders;

/// <summary>Where a change order stands.</summary>
public enum OrderChangeStatus
{
    /// <summary>Above the buyer's limit: a second person decides before the supplier hears of it.</summary>
    WaitsForApproval,

    /// <summary>With the supplier, who acknowledges or refuses it.</summary>
    Sent,

    /// <summary>The order stands as changed.</summary>
    Acknowledged,

    /// <summary>By the supplier; the order stands as it was.</summary>
    Refused,

    /// <summary>By the second person; the supplier never saw it.</summary>
    Declined,

    /// <summary>By the buyer, before anybody had decided.</summary>
    Withdrawn,
}

/// <summary>What a change order does to a line.</summary>
public enum OrderChangeKind
{
    Changed,
    Added,
    Cancelled,
}

/// <summary>What is asked for one line.</summary>
/// <param name="LineId">The line that changes; null for one that is added.</param>
/// <param name="Cancel">Nothing of it is wanted any more.</param>
/// <param name="Date">When it is wanted, both needed and promised once acknowledged.</param>
/// <param name="Added">What is added; its quantity, price and day of need count.</param>
public sealed record OrderChangeDraft(Guid? LineId, bool Cancel, decimal Quantity, decimal UnitPrice, DateOnly? Date, OrderLineDraft? Added = null);

/// <summary>
/// A numbered change of an order that the supplier has: old and new, with a reason. The order's own figures change when it is acknowledged and
/// not before, by <c>app.apply_order_change</c>, which writes what stands here. At most one is under way per order.
/// </summary>
public sealed class OrderChange
{
    private readonly List<OrderChangeLine> _lines = [];

    private OrderChange()
    {
    }

    public Guid Id { get; private set; }

    public Guid OrderId { get; private set; }

    /// <summary>1, 2, 3 within the order: the revision that the order becomes.</summary>
    public int Number { get; private set; }

    public OrderChangeStatus Status { get; private set; }

    /// <summary>The supplier reads it; 1 to 500 characters.</summary>
    public string Reason { get; private set; } = "";

    /// <summary>The order's total when the change was proposed.</summary>
    public decimal OldTotal { get; private set; }

    /// <summary>What it comes to with the change.</summary>
    public decimal NewTotal { get; private set; }

    public Guid ProposedBy { get; private set; }

    public DateTimeOffset ProposedAt { get; private set; }

    public Guid? ApprovedBy { get; private set; }

    public DateTimeOffset? ApprovedAt { get; private set; }

    /// <summary>Why the second person declined it; inside only.</summary>
    public string DeclineReason { get; private set; } = "";

    /// <summary>When the supplier got it.</summary>
    public DateTimeOffset? SentAt { get; private set; }

    public Guid? DecidedBy { get; private set; }

    public DateTimeOffset? DecidedAt { get; private set; }

    /// <summary>What the supplier said, or how it agreed when not in the portal.</summary>
    public string DecisionNote { get; private set; } = "";

    public uint Version { get; private set; }

    public IReadOnlyList<OrderChangeLine> Lines => _lines;

    /// <summary>Nobody has decided yet.</summary>
    public bool IsOpen => Status is OrderChangeStatus.WaitsForApproval or OrderChangeStatus.Sent;

    /// <summary>
    /// A change of an order that the supplier has. Refuses what goes below goods that were received or invoiced, another price of what was
    /// invoiced, a change that changes nothing, and one that leaves nothing to deliver.
    /// </summary>
    public static OrderChange Propose(Order order, int number, string reason, IReadOnlyList<OrderChangeDraft> drafts, Guid by, DateTimeOffset now)
    {
        order.DemandChangeable();
        if (string.IsNullOrWhiteSpace(reason) || reason.Length > 500)
        {
            throw new RefusedException(nameof(Reason), "Say in 1 to 500 characters why the order changes: the supplier reads it.");
        }

        var change = new OrderChange
        {
            Id = Guid.CreateVersion7(), OrderId = order.Id, Number = number, Reason = reason.Trim(), OldTotal = order.Total, ProposedBy = by, ProposedAt = now,
            Status = OrderChangeStatus.WaitsForApproval,
        };
        var next = order.Lines.Count == 0 ? 10 : order.Lines.Max(l => l.LineNo) + 10;
        for (var i = 0; i < drafts.Count; i++)
        {
            if (OrderChangeLine.Of(change.Id, order, drafts[i], next, $"Lines[{i}]") is not { } line)
            {
                continue;
            }

            next += line.Kind == OrderChangeKind.Added ? 10 : 0;
            change._lines.Add(line);
        }

        change.Reckon(order);
        return change;
    }

    /// <summary>To the supplier: from here on they see it.</summary>
    /// <param name="approver">Who approved it; null where the buyer's own limit reached.</param>
    public void Send(Guid? approver, DateTimeOffset now)
    {
        Demand("be sent", OrderChangeStatus.WaitsForApproval);
        if (approver == ProposedBy)
        {
            throw new RefusedException("You asked for this approval, so another person gives it.");
        }

        (Status, SentAt, ApprovedBy, ApprovedAt) = (OrderChangeStatus.Sent, now, approver, approver is null ? null : now);
    }

    /// <summary>The second person says no.</summary>
    public void Decline(Guid by, string reason, DateTimeOffset now)
    {
        Demand("be declined", OrderChangeStatus.WaitsForApproval);
        if (by == ProposedBy)
        {
            throw new RefusedException("You asked for this approval, so another person decides. Withdraw the change to take it back.");
        }

        if (string.IsNullOrWhiteSpace(reason) || reason.Length > 500)
        {
            throw new RefusedException(nameof(Reason), "Say in 1 to 500 characters why it is declined: the buyer reads it.");
        }

        (Status, DecidedBy, DecidedAt, DeclineReason) = (OrderChangeStatus.Declined, by, now, reason.Trim());
    }

    /// <summary>The buyer takes it back before anybody has decided.</summary>
    public void Withdraw(Guid by, DateTimeOffset now)
    {
        Demand("be withdrawn", OrderChangeStatus.WaitsForApproval, OrderChangeStatus.Sent);
        (Status, DecidedBy, DecidedAt) = (OrderChangeStatus.Withdrawn, by, now);
    }

    /// <summary>The supplier agreed by other means than the portal, which answers by <c>app.answer_order_change</c>. Say how.</summary>
    public void Acknowledge(Guid by, string note, DateTimeOffset now)
    {
        Demand("be acknowledged", OrderChangeStatus.Sent);
        if (string.IsNullOrWhiteSpace(note) || note.Length > 500)
        {
            throw new RefusedException("Note", "Say in 1 to 500 characters who agreed for the supplier and how: by telephone, by mail.");
        }

        (Status, DecidedBy, DecidedAt, DecisionNote) = (OrderChangeStatus.Acknowledged, by, now, note.Trim());
    }

    private void Reckon(Order order)
    {
        if (_lines.Count == 0)
        {
            throw new RefusedException("Lines", "Nothing is different from the order as it stands. Change a quantity, a price or a date, cancel a line or add one.");
        }

        var kept = order.Lines.Where(l => _lines.All(c => c.OrderLineId != l.Id)).ToList();
        if (kept.Sum(l => l.Quantity) + _lines.Sum(l => l.NewQuantity) == 0)
        {
            throw new RefusedException("Lines", "With this change nothing is left of the order. Cancel the order instead.");
        }

        var net = kept.Sum(l => l.Amount) + _lines.Sum(l => Order.Cents(l.NewQuantity * l.NewUnitPrice)) + order.Freight;
        NewTotal = net + Order.Cents(net * order.TaxRate / 100);
        if (NewTotal >= 1_000_000_000_000_000m)
        {
            throw new RefusedException("Lines", "The order's total would be too large to be kept. Check quantities and prices.");
        }
    }

    private void Demand(string act, params ReadOnlySpan<OrderChangeStatus> from)
    {
        if (!from.Contains(Status))
        {
            throw new RefusedException($"Change {Number} {Words(Status)}: it cannot {act} any more, or not yet. Reload the page to see it.");
        }
    }

    private static string Words(OrderChangeStatus status) => status switch
    {
        OrderChangeStatus.WaitsForApproval => "waits for approval",
        OrderChangeStatus.Sent => "is with the supplier",
        _ => $"was {Common.Words.Spaced(status).ToLowerInvariant()}",
    };
}

/// <summary>One line of a change order: as it stood and as it becomes.</summary>
public sealed class OrderChangeLine
{
    private OrderChangeLine()
    {
    }

    public Guid Id { get; private set; }

    public Guid ChangeId { get; private set; }

    /// <summary>The line that changes; of one that is added, set when it is acknowledged.</summary>
    public Guid? OrderLineId { get; private set; }

    public OrderChangeKind Kind { get; private set; }

    public int LineNo { get; private set; }

    public Guid? PartId { get; private set; }

    public string PartNumber { get; private set; } = "";

    public string SupplierPartNumber { get; private set; } = "";

    public string Description { get; private set; } = "";

    public Guid UnitId { get; private set; }

    public string Unit { get; private set; } = "";

    /// <summary>0 for a line that is added.</summary>
    public decimal OldQuantity { get; private set; }

    /// <summary>0 for a line that is cancelled.</summary>
    public decimal NewQuantity { get; private set; }

    public decimal OldUnitPrice { get; private set; }

    public decimal NewUnitPrice { get; private set; }

    /// <summary>When it was due.</summary>
    public DateOnly? OldDate { get; private set; }

    public DateOnly? NewDate { get; private set; }

    /// <summary>What the draft makes of the order's line; null where nothing is different.</summary>
    internal static OrderChangeLine? Of(Guid changeId, Order order, OrderChangeDraft draft, int nextNo, string row)
    {
        if (draft.LineId is null)
        {
            var added = draft.Added ?? throw new MissingException("line");
            // The order's own rules for a line, with their words.
            var line = new OrderLine(order.Id, nextNo, added);
            return new()
            {
                Id = Guid.CreateVersion7(), ChangeId = changeId, Kind = OrderChangeKind.Added, LineNo = nextNo, PartId = line.PartId, PartNumber = line.PartNumber,
                SupplierPartNumber = line.SupplierPartNumber, Description = line.Description, UnitId = line.UnitId, Unit = line.Unit, NewQuantity = line.Quantity,
                OldUnitPrice = line.UnitPrice, NewUnitPrice = line.UnitPrice, NewDate = line.NeedBy,
            };
        }

        var old = order.Lines.SingleOrDefault(l => l.Id == draft.LineId) ?? throw new MissingException("line");
        var (quantity, price) = (draft.Cancel ? 0 : Math.Round(draft.Quantity, 4), draft.Cancel ? old.UnitPrice : Math.Round(draft.UnitPrice, 4));
        var date = draft.Cancel ? old.DueDate : draft.Date;
        if (quantity == old.Quantity && price == old.UnitPrice && date == old.DueDate)
        {
            return null;
        }

        DemandFits(old, draft.Cancel, quantity, price, date, row);
        return new()
        {
            Id = Guid.CreateVersion7(), ChangeId = changeId, OrderLineId = old.Id, Kind = draft.Cancel ? OrderChangeKind.Cancelled : OrderChangeKind.Changed, LineNo = old.LineNo,
            PartId = old.PartId, PartNumber = old.PartNumber, SupplierPartNumber = old.SupplierPartNumber, Description = old.Description, UnitId = old.UnitId, Unit = old.Unit,
            OldQuantity = old.Quantity, NewQuantity = quantity, OldUnitPrice = old.UnitPrice, NewUnitPrice = price, OldDate = old.DueDate, NewDate = date,
        };
    }

    private static void DemandFits(OrderLine old, bool cancel, decimal quantity, decimal price, DateOnly? date, string row)
    {
        if (old.IsCancelled)
        {
            throw new RefusedException($"{row}.Quantity", $"Line {old.LineNo} was cancelled: it cannot change any more. Add a new line.");
        }

        if (cancel && old.ReceivedQuantity > 0)
        {
            throw new RefusedException($"{row}.Cancel",
                $"Line {old.LineNo}: {old.ReceivedQuantity:#,0.####} {old.Unit} were received, so the line cannot be cancelled. Lower its quantity to {old.ReceivedQuantity:#,0.####} instead, and nothing more is expected.");
        }

        if (!cancel && quantity is <= 0 or > OrderLine.Largest)
        {
            throw new RefusedException($"{row}.Quantity", $"Line {old.LineNo}: enter a quantity above 0 and at most 1,000,000,000, or cancel the line.");
        }

        if (quantity < old.ReceivedQuantity)
        {
            throw new RefusedException($"{row}.Quantity",
                $"Line {old.LineNo}: {old.ReceivedQuantity:#,0.####} {old.Unit} were received already. Enter at least that; what came is not sent back by a change order.");
        }

        if (quantity < old.InvoicedQuantity)
        {
            throw new RefusedException($"{row}.Quantity", $"Line {old.LineNo}: {old.InvoicedQuantity:#,0.####} {old.Unit} were invoiced already. Enter at least that, or refuse the invoice first.");
        }

        if (price is < 0 or > OrderLine.Largest)
        {
            throw new RefusedException($"{row}.UnitPrice", $"Line {old.LineNo}: enter a unit price of 0 or more and at most 1,000,000,000.");
        }

        if (price != old.UnitPrice && old.InvoicedQuantity > 0)
        {
            throw new RefusedException($"{row}.UnitPrice", $"Line {old.LineNo} was invoiced at its price already. Add a line for what comes at another price.");
        }

        if (date is null && old.DueDate is not null)
        {
            throw new RefusedException($"{row}.Date", $"Line {old.LineNo}: enter the day on which it is wanted.");
        }
    }
}
