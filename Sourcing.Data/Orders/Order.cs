using Sourcing.Data.Common;

namespace Sourcing.Data.Orders;

/// <summary>What holds for the whole order.</summary>
/// <param name="Freight">In the order's currency, 0 or more.</param>
/// <param name="TaxRate">Percent of goods and freight, 0 to 100.</param>
/// <param name="Note">For the supplier, at most 2,000 characters.</param>
public sealed record OrderTerms(string PaymentTerms, string Incoterm, string ShipTo, decimal Freight = 0, decimal TaxRate = 0, string Note = "");

/// <summary>Somebody who approves, with their limit in the base currency; null for none.</summary>
public sealed record Approver(Guid Id, string Name, decimal? Limit);

/// <summary>
/// An order to one supplier in one currency. Every change of state is one verb here that checks the state it leaves; what follows
/// from lines and receipts (totals, dates, share received, state from Issued on) is derived in <see cref="Derive"/> alone.
/// </summary>
public sealed partial class Order : ISoftDeleted
{
    /// <summary>How much more than ordered is taken in, as a share.</summary>
    public const decimal OverReceiptTolerance = 0.05m;

    private readonly List<OrderLine> _lines = [];
    private readonly List<Shipment> _shipments = [];
    private readonly List<OrderPayment> _payments = [];
    private OrderInternal? _internal;

    private Order()
    {
    }

    private Order(string number, OrderSource source, Guid supplierId, string currency, Guid buyerId)
    {
        Id = Guid.CreateVersion7();
        (Number, Source, SupplierId, Currency, BuyerId) = (number, source, supplierId, currency, buyerId);
    }

    public Guid Id { get; private set; }

    /// <summary>PO-2026-00042, or for an imported order the number that people know it by; unique.</summary>
    public string Number { get; private set; } = "";

    /// <summary>The number in the system that it was imported from.</summary>
    public string? ExternalNumber { get; private set; }

    public OrderSource Source { get; private set; }

    public Guid SupplierId { get; private set; }

    public Guid? RfqId { get; private set; }

    public Guid? QuoteId { get; private set; }

    /// <summary>Who looks after it, and hears of what the supplier does.</summary>
    public Guid BuyerId { get; private set; }

    public OrderStatus Status { get; private set; }

    public PaymentStatus PaymentStatus { get; private set; }

    /// <summary>ISO 4217; of every amount of the order.</summary>
    public string Currency { get; private set; } = "";

    /// <summary>Sum of the lines' amounts.</summary>
    public decimal Subtotal { get; private set; }

    public decimal Freight { get; private set; }

    /// <summary>Percent, 0 to 100.</summary>
    public decimal TaxRate { get; private set; }

    /// <summary>Subtotal and freight times the rate, rounded to 2 decimals away from zero.</summary>
    public decimal Tax { get; private set; }

    /// <summary>Subtotal, freight and tax.</summary>
    public decimal Total { get; private set; }

    public string PaymentTerms { get; private set; } = "";

    public string Incoterm { get; private set; } = "";

    public string ShipTo { get; private set; } = "";

    /// <summary>For the supplier: printed on the document.</summary>
    public string Note { get; private set; } = "";

    /// <summary>The first day on which a line still to come is needed.</summary>
    public DateOnly? ExpectedDate { get; private set; }

    /// <summary>The last day that is promised for a line still to come.</summary>
    public DateOnly? PromisedDate { get; private set; }

    /// <summary>The first day on which a line still to come is due; null when nothing is to come. Before today means late.</summary>
    public DateOnly? DueDate { get; private set; }

    /// <summary>A line is promised for a day after it is needed.</summary>
    public bool IsAtRisk { get; private set; }

    /// <summary>Received of ordered by value, 0 to 1 (by number of lines where all prices are 0).</summary>
    public decimal ReceivedShare { get; private set; }

    /// <summary>Our contact as printed on the document.</summary>
    public string ContactName { get; private set; } = "";

    public string ContactEmail { get; private set; } = "";

    /// <summary>The supplier's address that the order was mailed to, and that hears of what follows; empty for none.</summary>
    public string SupplierEmail { get; private set; } = "";

    /// <summary>The last change order that was acknowledged; 0 for an order as it was issued.</summary>
    public int Revision { get; private set; }

    /// <summary>What invoices that count come to.</summary>
    public decimal InvoicedTotal { get; private set; }

    /// <summary>What of them is matched or approved, and so may be paid.</summary>
    public decimal ApprovedTotal { get; private set; }

    /// <summary>When it was issued, or made as long as it is not: the order of lists. Kept by the database.</summary>
    public DateTimeOffset OrderedAt { get; private set; }

    public DateTimeOffset? IssuedAt { get; private set; }

    public DateTimeOffset? AcknowledgedAt { get; private set; }

    public DateTimeOffset? ProductionAt { get; private set; }

    public DateTimeOffset? ShippedAt { get; private set; }

    /// <summary>When the last of it arrived.</summary>
    public DateTimeOffset? ReceivedAt { get; private set; }

    public DateTimeOffset? ClosedAt { get; private set; }

    /// <summary>Why it was closed before everything had come; empty otherwise.</summary>
    public string CloseReason { get; private set; } = "";

    /// <summary>Why it was reopened after it was closed; empty otherwise, and again once it is closed.</summary>
    public string ReopenReason { get; private set; } = "";

    public DateTimeOffset? CancelledAt { get; private set; }

    public string CancelReason { get; private set; } = "";

    /// <summary>The import that made it; null otherwise.</summary>
    public Guid? ImportRunId { get; internal set; }

    public DateTimeOffset? DeletedAt { get; private set; }

    public Guid? DeletedBy { get; private set; }

    public uint Version { get; private set; }

    public IReadOnlyList<OrderLine> Lines => _lines;

    public IReadOnlyList<Shipment> Shipments => _shipments;

    public IReadOnlyList<OrderPayment> Payments => _payments;

    /// <summary>What the supplier must not see. Include it before a verb that decides on approval.</summary>
    public OrderInternal Internal => _internal ?? throw new InvalidOperationException("Include the order's internal part first.");

    /// <summary>A draft, without lines yet.</summary>
    public static Order Draft(string number, Guid supplierId, string currency, Guid buyerId, Guid createdBy)
    {
        var order = new Order(number, OrderSource.Manual, supplierId, currency, buyerId);
        order._internal = new(order.Id, createdBy);
        return order;
    }

    /// <summary>An order that follows from an award. The award was decided within a limit or approved, so the order is approved as well.</summary>
    public static Order FromAward(
        string number, Guid supplierId, string currency, Guid buyerId, Guid rfqId, Guid? quoteId, OrderTerms terms, IReadOnlyList<OrderLineDraft> lines, Guid approvedBy, DateTimeOffset now)
    {
        var order = new Order(number, OrderSource.Award, supplierId, currency, buyerId) { RfqId = rfqId, QuoteId = quoteId };
        order._internal = new(order.Id, buyerId);
        order.Edit(supplierId, currency, terms, lines);
        order.Status = OrderStatus.Approved;
        (order.Internal.ApprovedBy, order.Internal.ApprovedAt) = (approvedBy, now);
        return order;
    }

    /// <summary>An order of the past from another system, with what was received. It is issued, and received as far as its receipts say.</summary>
    /// <param name="orderedAt">Becomes the moment of issue.</param>
    /// <param name="lines">Each with the moment and quantity of its receipt, or null when nothing came.</param>
    public static Order Imported(
        string number, string externalNumber, Guid supplierId, string currency, Guid buyerId, Guid? rfqId, DateTimeOffset orderedAt, OrderTerms terms,
        IReadOnlyList<(OrderLineDraft Line, DateTimeOffset? ReceivedAt, decimal Received)> lines, Guid importRunId)
    {
        var order = new Order(number, OrderSource.Import, supplierId, currency, buyerId) { ExternalNumber = externalNumber, RfqId = rfqId, ImportRunId = importRunId };
        order._internal = new(order.Id, buyerId);
        order.Edit(supplierId, currency, terms, [.. lines.Select(l => l.Line)]);
        order.IssuedAt = orderedAt;
        order.Status = OrderStatus.Issued;
        foreach (var (line, (_, at, received)) in order._lines.Zip(lines))
        {
            line.ImportRunId = importRunId;
            if (at is { } moment && received > 0)
            {
                line.Receive(received, 0, null, "", moment, buyerId).ImportRunId = importRunId;
            }
        }

        order.Derive();
        return order;
    }

    /// <summary>Writes header and lines of a draft: lines with a key are changed, those without are added, those not named are removed. Takes back a request for approval.</summary>
    public void Edit(Guid supplierId, string currency, OrderTerms terms, IReadOnlyList<OrderLineDraft> lines)
    {
        Demand("be changed", OrderStatus.Draft);
        if (lines.Count == 0)
        {
            throw new RefusedException("Lines", "Add at least one line.");
        }

        if (terms.Freight is < 0 or > OrderLine.Largest)
        {
            throw new RefusedException(nameof(Freight), "Enter a freight of 0 or more and at most 1,000,000,000.");
        }

        if (terms.TaxRate is < 0 or > 100)
        {
            throw new RefusedException(nameof(TaxRate), "Enter a tax rate between 0 and 100 %.");
        }

        (SupplierId, Currency, Freight, TaxRate) = (supplierId, currency, Cents(terms.Freight), terms.TaxRate);
        (PaymentTerms, Incoterm, ShipTo, Note) = (terms.PaymentTerms.Trim(), terms.Incoterm.Trim(), terms.ShipTo.Trim(), terms.Note.Trim());
        _lines.RemoveAll(l => lines.All(d => d.Id != l.Id));
        for (var i = 0; i < lines.Count; i++)
        {
            Row($"Lines[{i}]", lines[i], Write);
        }

        (Internal.ApprovalRequestedBy, Internal.ApprovalRequestedAt) = (null, null);
        Derive();
    }

    /// <summary>A draft under a blanket agreement begins with its terms.</summary>
    internal void StartUnder(string paymentTerms, string incoterm, string note) => (PaymentTerms, Incoterm, Note) = (paymentTerms, incoterm, note);

    /// <summary>To 2 decimals, half away from zero, as on an invoice.</summary>
    public static decimal Cents(decimal amount) => Math.Round(amount, 2, MidpointRounding.AwayFromZero);

    private void Write(OrderLineDraft draft)
    {
        if (draft.Id is null)
        {
            _lines.Add(new(Id, _lines.Count == 0 ? 10 : _lines.Max(l => l.LineNo) + 10, draft));
            return;
        }

        (_lines.Find(l => l.Id == draft.Id) ?? throw new MissingException("line")).Change(draft);
    }

    /// <summary>Names the row in the refusal of one of its fields.</summary>
    private static void Row<T>(string row, T value, Action<T> act)
    {
        try
        {
            act(value);
        }
        catch (RefusedException refusal) when (refusal.Errors.Count > 0)
        {
            throw new RefusedException([.. refusal.Errors.Select(e => e with { Field = $"{row}.{e.Field}" })]);
        }
    }

    private void Demand(string act, params ReadOnlySpan<OrderStatus> from)
    {
        if (!from.Contains(Status))
        {
            throw new RefusedException($"The order is {Words.Spaced(Status).ToLowerInvariant()}: it cannot {act} any more, or not yet. Reload the page to see what is possible.");
        }
    }
}
