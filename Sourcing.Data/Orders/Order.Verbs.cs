using System.Globalization;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;

namespace Sourcing.Data.Orders;

public sealed partial class Order
{
    /// <summary>Asks another person to approve. Draft only; refuses a second request while one waits.</summary>
    public void RequestApproval(Guid by, DateTimeOffset now)
    {
        Demand("be sent for approval", OrderStatus.Draft);
        DemandLines();
        if (Internal.ApprovalRequestedAt is not null)
        {
            throw new RefusedException("This order waits for approval already.");
        }

        (Internal.ApprovalRequestedBy, Internal.ApprovalRequestedAt, Internal.DeclineReason) = (by, now, "");
    }

    /// <summary>Draft to Approved. The total must be within the limit of whoever approves; whoever asked for approval cannot give it.</summary>
    /// <param name="totalInBase">The order's total in the base currency, in which limits are.</param>
    /// <param name="rateDay">The day of the rate that it was converted by; null within the base currency.</param>
    public void Approve(Approver approver, decimal totalInBase, DateTimeOffset now, DateOnly? rateDay = null)
    {
        Demand("be approved", OrderStatus.Draft);
        DemandLines();
        if (Internal.ApprovalRequestedBy == approver.Id)
        {
            throw new RefusedException("You asked for this approval, so another person gives it.");
        }

        if (!IsWithin(approver.Limit, totalInBase))
        {
            throw new RefusedException(
                $"The order comes to {TotalText(totalInBase, rateDay)} and your approval limit is {CurrencyConversion.Base} {approver.Limit:#,0.00}. Ask somebody with a higher limit to approve it.");
        }

        (Status, Internal.ApprovedBy, Internal.ApprovedAt, Internal.DeclineReason) = (OrderStatus.Approved, approver.Id, now, "");
    }

    /// <summary>Whether somebody with this limit may approve alone.</summary>
    public static bool IsWithin(decimal? limit, decimal totalInBase) => limit is null || totalInBase <= limit;

    /// <summary>The total in the currency of approval limits, and where that is another, the order's own with the day of the rate.</summary>
    public string TotalText(decimal totalInBase, DateOnly? rateDay) => Currency == CurrencyConversion.Base
        ? string.Create(CultureInfo.InvariantCulture, $"{Currency} {totalInBase:#,0.00}")
        : string.Create(CultureInfo.InvariantCulture, $"{CurrencyConversion.Base} {totalInBase:#,0.00} ({Currency} {Total:#,0.00}{(rateDay is { } day ? $" at the rate of {Days.Text(day)}" : "")})");

    /// <summary>Sends a draft that waits for approval back to its buyer.</summary>
    public void DeclineApproval(Guid by, string reason)
    {
        Demand("be declined", OrderStatus.Draft);
        if (Internal.ApprovalRequestedAt is null)
        {
            throw new RefusedException("Nobody asks for approval of this order.");
        }

        if (Internal.ApprovalRequestedBy == by)
        {
            throw new RefusedException("You asked for this approval, so another person decides. Change the order to take the request back.");
        }

        DemandReason(reason, "Say why it is declined: the buyer reads it.");
        (Internal.ApprovalRequestedBy, Internal.ApprovalRequestedAt, Internal.DeclineReason) = (null, null, reason.Trim());
    }

    /// <summary>Approved back to Draft, to be changed and approved again.</summary>
    public void BackToDraft()
    {
        Demand("go back to draft", OrderStatus.Approved);
        (Status, Internal.ApprovedBy, Internal.ApprovedAt) = (OrderStatus.Draft, null, null);
        (Internal.ApprovalRequestedBy, Internal.ApprovalRequestedAt) = (null, null);
    }

    /// <summary>Somebody else looks after it from here on. Refused once the supplier has it.</summary>
    public void HandTo(Guid buyerId)
    {
        Demand("be handed over", OrderStatus.Draft, OrderStatus.Approved);
        BuyerId = buyerId;
    }

    /// <summary>Approved to Issued: from here on the supplier sees it.</summary>
    /// <param name="contactName">Our contact, as printed.</param>
    /// <param name="supplierEmail">Where the order is mailed to; empty when it is sent by other means.</param>
    public void Issue(string contactName, string contactEmail, string supplierEmail, DateTimeOffset now)
    {
        Demand("be issued", OrderStatus.Approved);
        (Status, IssuedAt, ContactName, ContactEmail, SupplierEmail) = (OrderStatus.Issued, now, contactName, contactEmail, supplierEmail.Trim());
    }

    /// <summary>Issued to Acknowledged: the supplier takes the order as it stands.</summary>
    public void Acknowledge(DateTimeOffset now)
    {
        Demand("be acknowledged", OrderStatus.Issued);
        AcknowledgedAt = now;
        Derive();
    }

    /// <summary>Issued or Acknowledged to InProduction. Starting is an acknowledgement too.</summary>
    public void StartProduction(DateTimeOffset now)
    {
        Demand("go into production", OrderStatus.Issued, OrderStatus.Acknowledged);
        AcknowledgedAt ??= now;
        ProductionAt = now;
        Derive();
    }

    /// <summary>Records goods on their way. The first shipment makes the order Shipped; more may follow until everything is received.</summary>
    public Shipment Ship(string carrier, string trackingNumber, ShipmentMode? mode, DateOnly? eta, DateTimeOffset shippedAt, DateTimeOffset now)
    {
        Demand("be shipped", [.. OrderStates.Open]);
        if (string.IsNullOrWhiteSpace(carrier))
        {
            throw new RefusedException("Carrier", "Say who carries the goods.");
        }

        if (shippedAt > now)
        {
            throw new RefusedException("ShippedOn", "The goods cannot have left in the future. Choose today or a day before.");
        }

        if (eta < DateOnly.FromDateTime(shippedAt.UtcDateTime))
        {
            throw new RefusedException("Eta", "The goods cannot arrive before they left. Choose a later day.");
        }

        var shipment = new Shipment(Id, carrier, trackingNumber, mode, shippedAt, eta);
        _shipments.Add(shipment);
        AcknowledgedAt ??= now;
        ShippedAt ??= shippedAt;
        Derive();
        return shipment;
    }

    /// <summary>Takes in goods of one line. Refuses more than the tolerance allows, a rejection without reason, and a day to come.</summary>
    /// <param name="quantity">Accepted, in the line's unit.</param>
    /// <param name="rejected">Arrived and not accepted, in the line's unit; the supplier still owes it.</param>
    public Receipt Receive(Guid lineId, decimal quantity, decimal rejected, RejectReason? reason, string note, DateTimeOffset at, Guid by, DateTimeOffset now)
    {
        Demand("be received", [.. OrderStates.Open]);
        if (at > now)
        {
            throw new RefusedException("ReceivedOn", "Goods cannot have arrived in the future. Choose today or a day before.");
        }

        var receipt = Line(lineId).Receive(quantity, rejected, reason, note, at, by);
        Derive();
        return receipt;
    }

    /// <summary>Takes back a receipt that was entered by mistake: the state goes back with it. The caller removes the row.</summary>
    public void TakeBack(Receipt receipt)
    {
        Demand("have a receipt taken back", OrderStatus.PartiallyReceived, OrderStatus.Received, OrderStatus.Issued, OrderStatus.Acknowledged, OrderStatus.InProduction, OrderStatus.Shipped);
        Line(receipt.OrderLineId).TakeBack(receipt);
        Derive();
    }

    /// <summary>The supplier proposes another date for a line that is still to come. An earlier open proposal for it is replaced.</summary>
    public OrderDateChange ProposeDate(Guid lineId, DateOnly date, string reason, Guid by, DateTimeOffset now)
    {
        Demand("get another date", [.. OrderStates.Open]);
        var line = Line(lineId);
        if (line.OpenQuantity == 0)
        {
            throw new RefusedException($"Line {line.LineNo} is received in full: its date cannot change.");
        }

        if (date < DateOnly.FromDateTime(now.UtcDateTime))
        {
            throw new RefusedException("Date", $"Line {line.LineNo}: choose today or a day to come.");
        }

        return line.Propose(date, reason, now, by);
    }

    /// <summary>The buyer accepts or declines a proposed date. Accepted, it becomes the line's promised date.</summary>
    public OrderDateChange DecideDate(Guid changeId, bool accept, string note, Guid by, DateTimeOffset now)
    {
        Demand("get another date", [.. OrderStates.Open]);
        var (line, change) = _lines.SelectMany(l => l.DateChanges.Select(c => (Line: l, Change: c))).SingleOrDefault(x => x.Change.Id == changeId) is { Line: not null } found
            ? found
            : throw new MissingException("proposed date");
        change.Decide(accept, note, now, by);
        if (accept)
        {
            line.Promise(change.ProposedDate);
            Derive();
        }

        return change;
    }

    /// <summary>The buyer asks when these lines come. Refuses a line of which nothing more is to come, and one that was asked for within a day.</summary>
    /// <returns>The lines, in their order.</returns>
    public IReadOnlyList<OrderLine> AskForDates(IReadOnlyCollection<Guid> lineIds, DateTimeOffset now)
    {
        Demand("be asked for dates", [.. OrderStates.Open]);
        var lines = lineIds.Distinct().Select(Line).OrderBy(l => l.LineNo).ToList();
        foreach (var line in lines)
        {
            line.AskForDate(now);
        }

        return lines;
    }

    /// <summary>Refuses unless a change order may be written: the supplier has it, and something is to come.</summary>
    public void DemandChangeable() => Demand("be changed by a change order", [.. OrderStates.Open]);

    /// <summary>Received to Closed; from PartiallyReceived with a reason, when the rest is not wanted any more.</summary>
    public void Close(string reason, DateTimeOffset now)
    {
        Demand("be closed", OrderStatus.PartiallyReceived, OrderStatus.Received);
        if (Status == OrderStatus.PartiallyReceived)
        {
            DemandReason(reason, "Not everything was received. Say why the order is closed nevertheless.");
            CloseReason = reason.Trim();
        }

        (Status, ClosedAt, ReopenReason) = (OrderStatus.Closed, now, "");
        Settle();
    }

    /// <summary>
    /// Closed back to what its receipts say, PartiallyReceived or Received: the rest comes after all, or goods go back. Closing is
    /// our own bookkeeping and nothing that cannot be undone follows from it. A cancelled order stays cancelled: the supplier
    /// was told so, and may have sold the goods; write a new one.
    /// </summary>
    public void Reopen(string reason)
    {
        Demand("be reopened", OrderStatus.Closed);
        DemandReason(reason, "Say why the order is reopened.");
        (Status, ClosedAt, CloseReason, ReopenReason) = (OrderStatus.Received, null, "", reason.Trim());
        Derive();
        Settle();
    }

    /// <summary>Calls the order off, with a reason that the supplier reads. Refused once goods were accepted: close it instead.</summary>
    public void Cancel(string reason, DateTimeOffset now)
    {
        if (Status is OrderStatus.PartiallyReceived or OrderStatus.Received)
        {
            throw new RefusedException("Goods of this order were received, so it cannot be cancelled. Close it, and say why the rest is not wanted.");
        }

        Demand("be cancelled", OrderStatus.Draft, OrderStatus.Approved, OrderStatus.Issued, OrderStatus.Acknowledged, OrderStatus.InProduction, OrderStatus.Shipped);
        DemandReason(reason, "Say why the order is cancelled.");
        (Status, CancelReason, CancelledAt) = (OrderStatus.Cancelled, reason.Trim(), now);
    }

    /// <summary>Refuses unless the order may be deleted: only a draft may.</summary>
    public void DemandDeletable() => Demand("be deleted", OrderStatus.Draft);

    internal void Restore() => (DeletedAt, DeletedBy) = (null, null);

    /// <summary>The one place where totals, dates, the share received and the state after issue follow from lines and receipts.</summary>
    private void Derive()
    {
        Subtotal = _lines.Sum(l => l.Amount);
        Tax = Cents((Subtotal + Freight) * TaxRate / 100);
        Total = Subtotal + Freight + Tax;
        if (Total >= 1_000_000_000_000_000m)
        {
            throw new RefusedException("The order's total is too large to be kept. Check quantities and prices.");
        }

        var open = _lines.Where(l => l.OpenQuantity > 0).ToList();
        var dated = open.Count == 0 ? _lines : open;
        ExpectedDate = dated.Min(l => l.NeedBy);
        PromisedDate = dated.Max(l => l.PromisedDate);
        DueDate = open.Min(l => l.DueDate);
        IsAtRisk = open.Any(l => l.IsAtRisk);
        ReceivedShare = Subtotal > 0
            ? Share(_lines.Sum(l => Math.Min(l.ReceivedQuantity, l.Quantity) * l.UnitPrice), _lines.Sum(l => l.Quantity * l.UnitPrice))
            : Share(_lines.Count - open.Count, _lines.Count);
        ReceivedAt = open.Count == 0 ? _lines.SelectMany(l => l.Receipts).Max(r => (DateTimeOffset?)r.ReceivedAt) : null;
        if (Status is OrderStatus.Draft or OrderStatus.Approved or OrderStatus.Closed or OrderStatus.Cancelled)
        {
            return;
        }

        Status = true switch
        {
            _ when open.Count == 0 => OrderStatus.Received,
            _ when _lines.Any(l => l.ReceivedQuantity > 0) => OrderStatus.PartiallyReceived,
            _ when ShippedAt is not null => OrderStatus.Shipped,
            _ when ProductionAt is not null => OrderStatus.InProduction,
            _ when AcknowledgedAt is not null => OrderStatus.Acknowledged,
            _ => OrderStatus.Issued,
        };
    }

    // Downwards, so that 1 means everything; to the precision of the column, so that a value read back is not taken for a change.
    private static decimal Share(decimal part, decimal whole) => Math.Round(part / whole, 4, MidpointRounding.ToZero);

    private OrderLine Line(Guid lineId) => _lines.Find(l => l.Id == lineId) ?? throw new MissingException("line");

    private void DemandLines()
    {
        if (_lines.Count == 0)
        {
            throw new RefusedException("The order has no lines. Add what is ordered first.");
        }
    }

    private static void DemandReason(string reason, string sentence)
    {
        if (string.IsNullOrWhiteSpace(reason) || reason.Length > 500)
        {
            throw new RefusedException("Reason", $"{sentence} 1 to 500 characters.");
        }
    }
}
