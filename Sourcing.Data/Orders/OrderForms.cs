using System.ComponentModel.DataAnnotations;
using Sourcing.Data.Common;

namespace Sourcing.Data.Orders;

/// <summary>An order as a buyer writes it.</summary>
public sealed class OrderForm : IForm, IValidatableObject
{
    public const int MostLines = 500;

    public Guid FormKey { get; init; } = Guid.CreateVersion7();

    /// <summary>Null for a new order.</summary>
    public Guid? Id { get; init; }

    public uint Version { get; set; }

    /// <summary>Empty for a new order.</summary>
    public string Number { get; init; } = "";

    [Required(ErrorMessage = "Choose the supplier.")]
    [Display(Name = "Supplier")]
    public Guid? SupplierId { get; set; }

    [Required(ErrorMessage = "Choose the currency.")]
    [RegularExpression("^[A-Z]{3}$", ErrorMessage = "Use the currency's three letters, such as EUR.")]
    public string Currency { get; set; } = "EUR";

    [Display(Name = "Payment terms"), StringLength(120, ErrorMessage = "At most 120 characters.")]
    public string PaymentTerms { get; set; } = "";

    [StringLength(80, ErrorMessage = "At most 80 characters.")]
    public string Incoterm { get; set; } = "";

    [Display(Name = "Deliver to"), StringLength(500, ErrorMessage = "At most 500 characters.")]
    public string ShipTo { get; set; } = "";

    [Range(typeof(decimal), "0", "1000000000", ErrorMessage = "Enter a freight of 0 or more and at most 1,000,000,000.")]
    public decimal Freight { get; set; }

    [Display(Name = "Tax"), Range(typeof(decimal), "0", "100", ErrorMessage = "Enter a tax rate between 0 and 100 %.")]
    public decimal TaxRate { get; set; }

    [Display(Name = "Note to the supplier"), StringLength(2000, ErrorMessage = "At most 2,000 characters.")]
    public string Note { get; set; } = "";

    [Display(Name = "Internal note"), StringLength(4000, ErrorMessage = "At most 4,000 characters.")]
    public string InternalNote { get; set; } = "";

    /// <summary>The supplier takes these quantities though they are below its minimum or off its multiple.</summary>
    [Display(Name = "The supplier agreed to these quantities")]
    public bool QuantitiesAgreed { get; set; }

    public List<OrderLineForm> Lines { get; set; } = [];

    /// <summary>Without the zeros that a column's precision or a conversion adds: 3000 and not 3000.0000 in a field.</summary>
    public static decimal Plain(decimal figure) => figure / 1.0000000000000000000000000000m;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Lines.Count is 0 or > MostLines)
        {
            yield return new($"An order has 1 to {MostLines} lines; this one has {Lines.Count}.", [nameof(Lines)]);
        }

        // A row in which nothing was typed does not count, unless there is no other.
        var typed = Lines.Any(l => !l.IsBlank());
        for (var i = 0; i < Lines.Count; i++)
        {
            foreach (var (field, message) in typed && Lines[i].IsBlank() ? [] : Lines[i].Faults())
            {
                yield return new($"Line {i + 1}: {message}", [$"Lines[{i}].{field}"]);
            }
        }
    }
}

/// <summary>One line as a buyer writes it.</summary>
public sealed class OrderLineForm
{
    /// <summary>The line that is changed; null for a new one.</summary>
    public Guid? Id { get; init; }

    /// <summary>The part; null for free text.</summary>
    public Guid? PartId { get; set; }

    public string PartNumber { get; set; } = "";

    public string SupplierPartNumber { get; set; } = "";

    public string Description { get; set; } = "";

    /// <summary>Null until it is typed.</summary>
    public decimal? Quantity { get; set; }

    public Guid? UnitId { get; set; }

    /// <summary>In the order's currency. Null until it is typed: a price that was forgotten is not taken for a gift.</summary>
    public decimal? UnitPrice { get; set; }

    public DateOnly? NeedBy { get; set; }

    public DateOnly? PromisedDate { get; set; }

    /// <summary>Quantity times unit price as the document will show it; 0 while either is missing.</summary>
    public decimal Amount() => Order.Cents((Quantity ?? 0) * (UnitPrice ?? 0));

    /// <summary>Nothing was written into it yet.</summary>
    public bool IsBlank() => PartId is null && Description.Length == 0 && SupplierPartNumber.Length == 0 && Quantity is null && UnitPrice is null;

    internal IEnumerable<(string Field, string Message)> Faults()
    {
        if (string.IsNullOrWhiteSpace(Description) || Description.Length > 500)
        {
            yield return (nameof(Description), "say in 1 to 500 characters what is ordered, or choose a part.");
        }

        if (Quantity is null or <= 0 or > OrderLine.Largest)
        {
            yield return (nameof(Quantity), "enter a quantity above 0 and at most 1,000,000,000.");
        }

        if (UnitId is null)
        {
            yield return (nameof(UnitId), "choose the unit of the quantity.");
        }

        if (UnitPrice is null or < 0 or > OrderLine.Largest)
        {
            yield return (nameof(UnitPrice), "enter a unit price of at most 1,000,000,000, or 0 for what comes free of charge.");
        }

        if (SupplierPartNumber.Length > 80 || PartNumber.Length > 50)
        {
            yield return (nameof(SupplierPartNumber), "a part number is too long. The supplier's has at most 80 characters, ours 50.");
        }
    }
}

/// <summary>An act on one order that needs nothing but the version that was looked at.</summary>
public record OrderAct(Guid Id, uint Version);

/// <summary>An act that needs a reason: to cancel, to close short, to reopen, to decline an approval.</summary>
public sealed class ReasonForm : IForm
{
    public Guid FormKey { get; init; } = Guid.CreateVersion7();

    public Guid Id { get; init; }

    public uint Version { get; set; }

    [StringLength(500, ErrorMessage = "At most 500 characters.")]
    public string Reason { get; set; } = "";
}

/// <summary>Sending an approved order to its supplier.</summary>
public sealed class IssueForm : IForm
{
    public Guid FormKey { get; init; } = Guid.CreateVersion7();

    public Guid Id { get; init; }

    public uint Version { get; set; }

    [Display(Name = "Mail to"), EmailAddress(ErrorMessage = "This is not an e-mail address."), StringLength(320, ErrorMessage = "At most 320 characters.")]
    public string? Email
    {
        get;
        // An emptied field is none, and not an address that is wrong.
        set => field = string.IsNullOrWhiteSpace(value) ? null : value.Trim();
    }

    [Display(Name = "Message"), StringLength(2000, ErrorMessage = "At most 2,000 characters.")]
    public string Message { get; set; } = "";

    /// <summary>Make the purchase order as PDF, keep it with the order and send it along.</summary>
    [Display(Name = "Attach the purchase order as PDF")]
    public bool WithPdf { get; set; } = true;
}

/// <summary>Goods that arrived on one day.</summary>
public sealed class ReceiveForm : IForm, IValidatableObject
{
    public Guid FormKey { get; init; } = Guid.CreateVersion7();

    public Guid Id { get; init; }

    public uint Version { get; set; }

    [Required(ErrorMessage = "Choose the day on which the goods arrived.")]
    [Display(Name = "Arrived on")]
    public DateOnly? ReceivedOn { get; set; }

    public List<ReceiveLineForm> Lines { get; set; } = [];

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Lines.All(l => l.Quantity == 0 && l.Rejected == 0))
        {
            yield return new("Enter what arrived for at least one line.", [nameof(Lines)]);
        }

        for (var i = 0; i < Lines.Count; i++)
        {
            var line = Lines[i];
            if (line.Quantity < 0)
            {
                yield return new($"Line {line.LineNo}: accepted is below 0.", [$"Lines[{i}].Quantity"]);
            }

            if (line.Rejected < 0)
            {
                yield return new($"Line {line.LineNo}: rejected is below 0.", [$"Lines[{i}].Rejected"]);
            }

            if (line.Note.Length > 500)
            {
                yield return new($"Line {line.LineNo}: the note has at most 500 characters.", [$"Lines[{i}].Note"]);
            }
        }
    }
}

/// <summary>What arrived of one line.</summary>
public sealed class ReceiveLineForm
{
    public Guid LineId { get; init; }

    public int LineNo { get; init; }

    public string Description { get; init; } = "";

    public string Unit { get; init; } = "";

    /// <summary>Still to come before this delivery.</summary>
    public decimal Open { get; init; }

    /// <summary>What will not follow from receiving it, and why: a sentence to read beforehand; mostly empty.</summary>
    public string Foreseen { get; init; } = "";

    /// <summary>Accepted.</summary>
    public decimal Quantity { get; set; }

    public decimal Rejected { get; set; }

    public RejectReason? Reason { get; set; }

    public string Note { get; set; } = "";
}

/// <summary>What the buyer says to a proposed date.</summary>
public sealed class DateDecisionForm : IForm
{
    public Guid FormKey { get; init; } = Guid.CreateVersion7();

    public Guid Id { get; init; }

    public Guid ChangeId { get; init; }

    public bool Accept { get; set; }

    [StringLength(500, ErrorMessage = "At most 500 characters.")]
    public string Note { get; set; } = "";
}

/// <summary>Goods that left.</summary>
public sealed class ShipForm : IForm
{
    public Guid FormKey { get; init; } = Guid.CreateVersion7();

    public Guid Id { get; init; }

    /// <summary>The shipment that is corrected; null for a new one.</summary>
    public Guid? ShipmentId { get; init; }

    [Required(ErrorMessage = "Say who carries the goods."), StringLength(120, ErrorMessage = "At most 120 characters.")]
    public string Carrier { get; set; } = "";

    [Display(Name = "Tracking number"), StringLength(120, ErrorMessage = "At most 120 characters.")]
    public string TrackingNumber { get; set; } = "";

    public ShipmentMode? Mode { get; set; }

    [Required(ErrorMessage = "Choose the day on which the goods left.")]
    [Display(Name = "Left on")]
    public DateOnly? ShippedOn { get; set; }

    [Display(Name = "Expected to arrive")]
    public DateOnly? Eta { get; set; }
}

/// <summary>Another date that the supplier proposes for a line.</summary>
public sealed class DateProposalForm : IForm
{
    public Guid FormKey { get; init; } = Guid.CreateVersion7();

    public Guid Id { get; init; }

    public Guid LineId { get; init; }

    [Required(ErrorMessage = "Choose the day that you can promise.")]
    [Display(Name = "New date")]
    public DateOnly? Date { get; set; }

    [Required(ErrorMessage = "Say why the date changes: the buyer reads it."), StringLength(500, ErrorMessage = "At most 500 characters.")]
    public string Reason { get; set; } = "";
}

/// <summary>Money that went to the supplier or came back.</summary>
public sealed class PaymentForm : IForm
{
    public Guid FormKey { get; init; } = Guid.CreateVersion7();

    public Guid Id { get; init; }

    public PaymentKind Kind { get; init; }

    /// <summary>The invoice that is paid, or that money came back for; null for an advance.</summary>
    [Display(Name = "Invoice")]
    public Guid? InvoiceId { get; set; }

    [Range(typeof(decimal), "0.01", "1000000000000", ErrorMessage = "Enter an amount above 0.")]
    public decimal Amount { get; set; }

    [Required(ErrorMessage = "Choose the day of the payment.")]
    [Display(Name = "Paid on")]
    public DateOnly? PaidOn { get; set; }

    [StringLength(60, ErrorMessage = "At most 60 characters.")]
    public string Method { get; set; } = "";

    [StringLength(120, ErrorMessage = "At most 120 characters.")]
    public string Reference { get; set; } = "";
}
