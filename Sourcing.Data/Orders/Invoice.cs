using System.Globalization;
using Sourcing.Data.Common;

namespace Sourcing.Data.Orders;

/// <summary>What comparing an invoice with its order and receipts found; the gravest of its lines counts for the whole.</summary>
public enum InvoiceMatch
{
    Matched,

    /// <summary>Ordered, and not here yet: it matches by itself when the goods come.</summary>
    NotReceived,

    /// <summary>More than was ordered.</summary>
    QuantityVariance,

    /// <summary>A price, freight or tax above what was ordered.</summary>
    PriceVariance,
}

/// <summary>Whether an invoice may be paid, and how much of it is.</summary>
public enum InvoiceStatus
{
    /// <summary>It differs: it waits for goods, or for somebody's approval.</summary>
    Waiting,

    /// <summary>Matched, or approved in spite of a difference.</summary>
    ToPay,
    PartiallyPaid,
    Paid,

    /// <summary>Sent back to the supplier: it counts no more.</summary>
    Refused,
}

/// <summary>A line of an invoice as it was typed.</summary>
public sealed record InvoiceLineDraft(Guid OrderLineId, decimal Quantity, decimal UnitPrice);

/// <summary>The figures at the foot of an invoice, in the order's currency.</summary>
/// <param name="Total">As printed: lines, freight and tax have to come to it.</param>
public sealed record InvoiceSums(decimal Freight, decimal Tax, decimal Total);

/// <summary>
/// A supplier's invoice against one order, compared with what was ordered and received (three-way match, <see cref="ThreeWayMatch"/>). Only what
/// is matched, or approved by somebody other than who entered it, can be paid.
/// </summary>
public sealed class Invoice : ISoftDeleted
{
    private readonly List<InvoiceLine> _lines = [];

    private Invoice()
    {
    }

    public Guid Id { get; private set; }

    public Guid OrderId { get; private set; }

    public Guid SupplierId { get; private set; }

    /// <summary>The supplier's number as printed, at most 60 characters.</summary>
    public string Number { get; private set; } = "";

    /// <summary>The number's letters and digits alone, in capitals: what makes it the same number. Unique per supplier among invoices that count.</summary>
    public string NumberKey { get; private set; } = "";

    public string Currency { get; private set; } = "";

    public DateOnly InvoiceDate { get; private set; }

    /// <summary>When it is to be paid; null when nobody said.</summary>
    public DateOnly? DueOn { get; private set; }

    /// <summary>Sum of the lines' amounts.</summary>
    public decimal Subtotal { get; private set; }

    public decimal Freight { get; private set; }

    public decimal Tax { get; private set; }

    /// <summary>Subtotal, freight and tax.</summary>
    public decimal Total { get; private set; }

    /// <summary>Payments less refunds that name it, 0 or more.</summary>
    public decimal Paid { get; private set; }

    public InvoiceMatch Match { get; private set; }

    public InvoiceStatus Status { get; private set; }

    /// <summary>What differs, in sentences; empty when it matches.</summary>
    public string Findings { get; private set; } = "";

    public string Note { get; private set; } = "";

    public Guid EnteredBy { get; private set; }

    public DateTimeOffset EnteredAt { get; private set; }

    /// <summary>Who approved it in spite of its differences, or refused it; null while nobody did.</summary>
    public Guid? DecidedBy { get; private set; }

    public DateTimeOffset? DecidedAt { get; private set; }

    /// <summary>Why it was approved: inside only.</summary>
    public string ApprovalReason { get; private set; } = "";

    /// <summary>Why it was refused: the supplier reads it.</summary>
    public string RefuseReason { get; private set; } = "";

    /// <summary>What was approved: a difference beyond it waits again.</summary>
    public InvoiceMatch? ApprovedMatch { get; private set; }

    public DateTimeOffset? DeletedAt { get; private set; }

    public Guid? DeletedBy { get; private set; }

    public uint Version { get; private set; }

    public IReadOnlyList<InvoiceLine> Lines => _lines;

    /// <summary>Still to be paid.</summary>
    public decimal Open => Status == InvoiceStatus.Refused ? 0 : Total - Paid;

    /// <summary>It may be paid, or is.</summary>
    public bool IsPayable => Status is InvoiceStatus.ToPay or InvoiceStatus.PartiallyPaid or InvoiceStatus.Paid;

    /// <summary>An invoice as it came. Refuses sums that do not come to the printed total, a line that is not of the order, and one named twice.</summary>
    public static Invoice Enter(
        Order order, string number, DateOnly invoiceDate, DateOnly? dueOn, InvoiceSums sums, IReadOnlyList<InvoiceLineDraft> lines, string note, Guid by, DateTimeOffset now)
    {
        order.DemandInvoiceable();
        var key = KeyOf(number);
        if (key.Length == 0 || number.Trim().Length > 60)
        {
            throw new RefusedException(nameof(Number), "Enter the invoice's number as printed, at most 60 characters.");
        }

        if (dueOn < invoiceDate)
        {
            throw new RefusedException(nameof(DueOn), "An invoice cannot be due before its date. Choose a later day, or leave it empty.");
        }

        var invoice = new Invoice
        {
            Id = Guid.CreateVersion7(), OrderId = order.Id, SupplierId = order.SupplierId, Number = number.Trim(), NumberKey = key, Currency = order.Currency, InvoiceDate = invoiceDate,
            DueOn = dueOn, Freight = Order.Cents(sums.Freight), Tax = Order.Cents(sums.Tax), Note = note.Trim(), EnteredBy = by, EnteredAt = now,
        };
        for (var i = 0; i < lines.Count; i++)
        {
            invoice.Add(order, lines[i], i);
        }

        invoice.Sum(sums.Total);
        return invoice;
    }

    /// <summary>What makes two numbers the same: RE-2026/0041 and re 2026 0041 are one.</summary>
    public static string KeyOf(string number) => string.Concat(number.Where(char.IsLetterOrDigit)).ToUpperInvariant();

    /// <summary>Compares it anew with the order. An approval holds as long as nothing graver is found.</summary>
    /// <param name="before">What invoices entered earlier ask for, by line of the order.</param>
    internal void Compare(Order order, IReadOnlyDictionary<Guid, decimal> before, decimal freightBefore, MatchTolerances tolerances)
    {
        if (Status == InvoiceStatus.Refused)
        {
            return;
        }

        var found = new List<string>();
        foreach (var line in _lines)
        {
            line.Compare(order.Lines.Single(l => l.Id == line.OrderLineId), before.GetValueOrDefault(line.OrderLineId), tolerances, Currency);
            if (line.Finding.Length > 0)
            {
                found.Add(line.Finding);
            }
        }

        var head = ThreeWayMatch.Head(order, this, freightBefore, tolerances);
        found.AddRange(head);
        Match = head.Count > 0 ? InvoiceMatch.PriceVariance : _lines.Max(l => l.Match);
        Findings = string.Join('\n', found);
        Settle();
    }

    /// <summary>Somebody other than who entered it lets it be paid in spite of what differs, with a reason.</summary>
    public void Approve(Approver approver, decimal totalInBase, string reason, DateTimeOffset now)
    {
        Demand("be approved", InvoiceStatus.Waiting);
        if (approver.Id == EnteredBy)
        {
            throw new RefusedException("You entered this invoice, so another person approves what differs.");
        }

        if (!Order.IsWithin(approver.Limit, totalInBase))
        {
            throw new RefusedException(string.Create(CultureInfo.InvariantCulture,
                $"The invoice comes to {Operations.CurrencyConversion.Base} {totalInBase:#,0.00} and your approval limit is {Operations.CurrencyConversion.Base} {approver.Limit:#,0.00}. Ask somebody with a higher limit to approve it."));
        }

        DemandReason(reason, "Say why it may be paid in spite of what differs.");
        (ApprovedMatch, DecidedBy, DecidedAt, ApprovalReason) = (Match, approver.Id, now, reason.Trim());
        Settle();
    }

    /// <summary>Back to the supplier, with a reason that they read. It counts no more, and its number is free for a corrected one.</summary>
    public void Refuse(Guid by, string reason, DateTimeOffset now)
    {
        Demand("be refused", InvoiceStatus.Waiting, InvoiceStatus.ToPay);
        if (Paid > 0)
        {
            throw new RefusedException("Something is paid of this invoice. Take the payment back first.");
        }

        DemandReason(reason, "Say what is wrong: the supplier reads it.");
        (Status, DecidedBy, DecidedAt, RefuseReason) = (InvoiceStatus.Refused, by, now, reason.Trim());
    }

    /// <summary>Refuses unless it may go: nothing of it is paid.</summary>
    public void DemandRemovable()
    {
        if (Paid > 0)
        {
            throw new RefusedException($"Invoice {Number} is paid in part or in full. Take the payment back before you remove it.");
        }
    }

    /// <summary>Money that went out for it, below 0 for what came back. Refuses what is not approved, and more than is open.</summary>
    internal void Pay(decimal amount)
    {
        if (amount > 0 && !IsPayable)
        {
            throw new RefusedException("InvoiceId", Status == InvoiceStatus.Refused
                ? $"Invoice {Number} was refused, so it is not paid."
                : $"Invoice {Number} differs from the order and waits. It can be paid when the goods have come, or when somebody has approved it.");
        }

        if (amount > Open)
        {
            throw new RefusedException("Amount", string.Create(CultureInfo.InvariantCulture, $"Enter an amount above 0 and at most {Currency} {Open:#,0.00}, which is open of invoice {Number}."));
        }

        if (Paid + amount < 0)
        {
            throw new RefusedException("Amount", string.Create(CultureInfo.InvariantCulture, $"Only {Currency} {Paid:#,0.00} is paid of invoice {Number}, so no more can come back for it."));
        }

        Paid += amount;
        Settle();
    }

    private void Add(Order order, InvoiceLineDraft draft, int at)
    {
        var row = $"Lines[{at}]";
        var line = order.Lines.SingleOrDefault(l => l.Id == draft.OrderLineId) ?? throw new RefusedException($"{row}.Quantity", "A line of the invoice is not of this order. Choose another line.");
        if (_lines.Exists(l => l.OrderLineId == line.Id))
        {
            throw new RefusedException($"{row}.Quantity", $"Line {line.LineNo} stands twice on the invoice. Put both quantities into one line.");
        }

        if (draft.Quantity is <= 0 or > OrderLine.Largest)
        {
            throw new RefusedException($"{row}.Quantity", $"Line {line.LineNo}: enter the quantity that is invoiced, above 0 and at most 1,000,000,000.");
        }

        if (draft.UnitPrice is < 0 or > OrderLine.Largest)
        {
            throw new RefusedException($"{row}.UnitPrice", $"Line {line.LineNo}: enter a unit price of 0 or more and at most 1,000,000,000.");
        }

        _lines.Add(new(Id, line.Id, draft));
    }

    private void Sum(decimal printed)
    {
        if (_lines.Count == 0)
        {
            throw new RefusedException("Lines", "Enter the quantity of at least one line.");
        }

        if (Freight < 0 || Tax < 0)
        {
            throw new RefusedException(Freight < 0 ? nameof(Freight) : nameof(Tax), "Enter an amount of 0 or more.");
        }

        Subtotal = _lines.Sum(l => l.Amount);
        Total = Subtotal + Freight + Tax;
        if (Total is 0 or >= 1_000_000_000_000_000m)
        {
            throw new RefusedException("Lines", "The invoice comes to nothing, or to more than can be kept. Check quantities and prices.");
        }

        if (Total != Order.Cents(printed))
        {
            throw new RefusedException(nameof(Total), string.Create(CultureInfo.InvariantCulture,
                $"Lines of {Currency} {Subtotal:#,0.00}, freight of {Freight:#,0.00} and tax of {Tax:#,0.00} come to {Currency} {Total:#,0.00}, and the total is entered as {printed:#,0.00}. Correct whichever was typed wrong."));
        }
    }

    private void Settle()
    {
        if (Status == InvoiceStatus.Refused)
        {
            return;
        }

        var cleared = Match == InvoiceMatch.Matched || (ApprovedMatch is { } approved && Match <= approved);
        Status = Paid >= Total ? InvoiceStatus.Paid : Paid > 0 ? InvoiceStatus.PartiallyPaid : cleared ? InvoiceStatus.ToPay : InvoiceStatus.Waiting;
    }

    private void Demand(string act, params ReadOnlySpan<InvoiceStatus> from)
    {
        if (!from.Contains(Status))
        {
            throw new RefusedException($"Invoice {Number} is {Words.Spaced(Status).ToLowerInvariant()}: it cannot {act} any more, or needs it no longer. Reload the page to see it.");
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

/// <summary>What an invoice asks for one line of the order.</summary>
public sealed class InvoiceLine
{
    private InvoiceLine()
    {
    }

    internal InvoiceLine(Guid invoiceId, Guid orderLineId, InvoiceLineDraft draft)
    {
        (Id, InvoiceId, OrderLineId) = (Guid.CreateVersion7(), invoiceId, orderLineId);
        (Quantity, UnitPrice) = (Math.Round(draft.Quantity, 4), Math.Round(draft.UnitPrice, 4));
        Amount = Order.Cents(Quantity * UnitPrice);
    }

    public Guid Id { get; private set; }

    public Guid InvoiceId { get; private set; }

    public Guid OrderLineId { get; private set; }

    /// <summary>In the unit of the order's line, above 0.</summary>
    public decimal Quantity { get; private set; }

    public decimal UnitPrice { get; private set; }

    /// <summary>Quantity times unit price, rounded to 2 decimals away from zero.</summary>
    public decimal Amount { get; private set; }

    public InvoiceMatch Match { get; private set; }

    /// <summary>What differs, in a sentence; empty when it matches.</summary>
    public string Finding { get; private set; } = "";

    internal void Compare(OrderLine line, decimal before, MatchTolerances tolerances, string currency) =>
        (Match, Finding) = ThreeWayMatch.Line(line, Quantity, UnitPrice, before, tolerances, currency);
}
