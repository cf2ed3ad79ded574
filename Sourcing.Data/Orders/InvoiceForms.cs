using System.ComponentModel.DataAnnotations;
using Sourcing.Data.Common;

namespace Sourcing.Data.Orders;

/// <summary>A supplier's invoice as somebody types it off.</summary>
public sealed class InvoiceForm : IForm, IValidatableObject
{
    public Guid FormKey { get; init; } = Guid.CreateVersion7();

    /// <summary>The order.</summary>
    public Guid Id { get; init; }

    public string Order { get; init; } = "";

    public string Supplier { get; init; } = "";

    public string Currency { get; init; } = "";

    /// <summary>Percent, of the order.</summary>
    public decimal TaxRate { get; init; }

    [Display(Name = "Invoice number"), Required(ErrorMessage = "Enter the invoice's number as printed."), StringLength(60, ErrorMessage = "At most 60 characters.")]
    public string Number { get; set; } = "";

    [Display(Name = "Invoice date"), Required(ErrorMessage = "Enter the date on the invoice.")]
    public DateOnly? InvoiceDate { get; set; }

    [Display(Name = "Due on")]
    public DateOnly? DueOn { get; set; }

    [Range(typeof(decimal), "0", "1000000000", ErrorMessage = "Enter a freight of 0 or more and at most 1,000,000,000.")]
    public decimal Freight { get; set; }

    [Range(typeof(decimal), "0", "1000000000000", ErrorMessage = "Enter a tax of 0 or more.")]
    public decimal Tax { get; set; }

    /// <summary>As printed: it has to be what lines, freight and tax come to. Null until it is typed.</summary>
    [Display(Name = "Total as printed"), Required(ErrorMessage = "Enter the total as printed on the invoice: it is checked against the lines.")]
    public decimal? Total { get; set; }

    [StringLength(500, ErrorMessage = "At most 500 characters.")]
    public string Note { get; set; } = "";

    public List<InvoiceLineForm> Lines { get; set; } = [];

    /// <summary>Of the lines that have a quantity.</summary>
    public decimal Subtotal() => Lines.Sum(l => l.Amount());

    /// <summary>What lines, freight and tax come to.</summary>
    public decimal Sum() => Subtotal() + Data.Orders.Order.Cents(Freight) + Data.Orders.Order.Cents(Tax);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Lines.All(l => l.Quantity is null or 0))
        {
            yield return new("Enter the quantity of at least one line.", [nameof(Lines)]);
        }

        for (var i = 0; i < Lines.Count; i++)
        {
            if (Lines[i].Quantity is < 0 or > OrderLine.Largest)
            {
                yield return new($"Line {Lines[i].LineNo}: enter the quantity that is invoiced, or leave it empty.", [$"Lines[{i}].Quantity"]);
            }

            if (Lines[i].Quantity > 0 && Lines[i].UnitPrice is null or < 0 or > OrderLine.Largest)
            {
                yield return new($"Line {Lines[i].LineNo}: enter the unit price that is invoiced, 0 or more.", [$"Lines[{i}].UnitPrice"]);
            }
        }
    }
}

/// <summary>What is invoiced of a line of the order. Without a quantity it is not on the invoice.</summary>
public sealed class InvoiceLineForm
{
    public Guid LineId { get; init; }

    public int LineNo { get; init; }

    public string PartNumber { get; init; } = "";

    public string SupplierPartNumber { get; init; } = "";

    public string Description { get; init; } = "";

    public string Unit { get; init; } = "";

    public decimal Ordered { get; init; }

    public decimal Received { get; init; }

    /// <summary>By invoices entered earlier.</summary>
    public decimal Invoiced { get; init; }

    public decimal OrderedPrice { get; init; }

    public decimal? Quantity { get; set; }

    public decimal? UnitPrice { get; set; }

    public decimal Amount() => Order.Cents((Quantity ?? 0) * (UnitPrice ?? 0));
}

/// <summary>An act on an invoice that needs a reason: to approve it in spite of what differs, or to refuse it.</summary>
public sealed class InvoiceAct : IForm
{
    public Guid FormKey { get; init; } = Guid.CreateVersion7();

    /// <summary>The invoice.</summary>
    public Guid Id { get; init; }

    [StringLength(500, ErrorMessage = "At most 500 characters.")]
    public string Reason { get; set; } = "";
}

/// <summary>A line of an invoice beside what was ordered and received.</summary>
public sealed record InvoiceLineView(
    int LineNo, string Description, string Unit, decimal Quantity, decimal UnitPrice, decimal Amount, decimal Ordered, decimal Received, decimal OrderedPrice, InvoiceMatch Match, string Finding);

/// <summary>An invoice as shown.</summary>
/// <param name="IsOwn">Entered by the person who looks, who therefore cannot approve it.</param>
/// <param name="WithinLimit">The limit of the person who looks reaches it.</param>
public sealed record InvoiceView(
    Guid Id, Guid OrderId, string Number, string Currency, DateOnly InvoiceDate, DateOnly? DueOn, decimal Subtotal, decimal Freight, decimal Tax, decimal Total, decimal Paid,
    InvoiceMatch Match, InvoiceStatus Status, IReadOnlyList<string> Findings, string Note, string EnteredBy, DateTimeOffset EnteredAt, string DecidedBy, DateTimeOffset? DecidedAt,
    string ApprovalReason, string RefuseReason, bool IsOwn, bool WithinLimit, IReadOnlyList<InvoiceLineView> Lines)
{
    public decimal Open => Status == InvoiceStatus.Refused ? 0 : Total - Paid;

    /// <summary>It may be paid, and something is open.</summary>
    public bool IsToPay => Status is InvoiceStatus.ToPay or InvoiceStatus.PartiallyPaid;
}

/// <summary>An invoice as its supplier sees it.</summary>
public sealed record SupplierInvoiceView(
    Guid Id, Guid OrderId, string Order, string Number, string Currency, DateOnly InvoiceDate, DateOnly? DueOn, decimal Total, decimal Paid, InvoiceStatus Status, string RefuseReason);
