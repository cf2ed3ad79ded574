using System.ComponentModel.DataAnnotations;
using Sourcing.Data.Common;

namespace Sourcing.Data.Orders;

/// <summary>A blanket agreement as a buyer writes it.</summary>
public sealed class AgreementForm : IForm, IValidatableObject
{
    public Guid FormKey { get; init; } = Guid.CreateVersion7();

    /// <summary>Null for a new one.</summary>
    public Guid? Id { get; init; }

    public uint Version { get; set; }

    public string Number { get; init; } = "";

    [Required(ErrorMessage = "Say in a few words what is agreed."), StringLength(120, ErrorMessage = "At most 120 characters.")]
    public string Title { get; set; } = "";

    [Required(ErrorMessage = "Choose the supplier."), Display(Name = "Supplier")]
    public Guid? SupplierId { get; set; }

    [Required(ErrorMessage = "Choose the currency."), RegularExpression("^[A-Z]{3}$", ErrorMessage = "Use the currency's three letters, such as EUR.")]
    public string Currency { get; set; } = "EUR";

    [Required(ErrorMessage = "Choose the first day."), Display(Name = "Valid from")]
    public DateOnly? ValidFrom { get; set; }

    [Required(ErrorMessage = "Choose the last day."), Display(Name = "Valid to")]
    public DateOnly? ValidTo { get; set; }

    [Display(Name = "Value in all"), Range(typeof(decimal), "0.01", "1000000000000", ErrorMessage = "Enter a value above 0, or leave it empty.")]
    public decimal? MostValue { get; set; }

    [Display(Name = "Payment terms"), StringLength(120, ErrorMessage = "At most 120 characters.")]
    public string PaymentTerms { get; set; } = "";

    [StringLength(80, ErrorMessage = "At most 80 characters.")]
    public string Incoterm { get; set; } = "";

    [StringLength(2000, ErrorMessage = "At most 2,000 characters.")]
    public string Note { get; set; } = "";

    public List<AgreementLineForm> Lines { get; set; } = [];

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (ValidTo < ValidFrom)
        {
            yield return new("The last day is before the first. Choose a later one.", [nameof(ValidTo)]);
        }

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

/// <summary>One line of an agreement as a buyer writes it.</summary>
public sealed class AgreementLineForm
{
    /// <summary>Null for a new one.</summary>
    public Guid? Id { get; init; }

    public Guid? PartId { get; set; }

    public string PartNumber { get; set; } = "";

    public string SupplierPartNumber { get; set; } = "";

    public string Description { get; set; } = "";

    public Guid? UnitId { get; set; }

    public decimal? UnitPrice { get; set; }

    /// <summary>Null where the value in all bounds the call-offs.</summary>
    public decimal? MostQuantity { get; set; }

    /// <summary>Other prices by the quantity of a call-off: "500: 2.40; 1000: 2.25".</summary>
    public string Breaks { get; set; } = "";

    public bool IsBlank() => PartId is null && Description.Length == 0 && UnitPrice is null && MostQuantity is null;

    /// <summary>The breaks as typed; null for text that is none.</summary>
    public IReadOnlyList<(decimal MinimumQuantity, decimal UnitPrice)>? ReadBreaks()
    {
        var breaks = new List<(decimal, decimal)>();
        foreach (var part in Breaks.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var sides = part.Split(':', StringSplitOptions.TrimEntries);
            if (sides.Length != 2 || !Read(sides[0], out var minimum) || !Read(sides[1], out var price) || minimum <= 0 || price < 0)
            {
                return null;
            }

            breaks.Add((minimum, price));
        }

        return breaks.Select(b => b.Item1).Distinct().Count() == breaks.Count ? breaks : null;
    }

    internal IEnumerable<(string Field, string Message)> Faults()
    {
        if (string.IsNullOrWhiteSpace(Description) || Description.Length > 500)
        {
            yield return (nameof(Description), "say in 1 to 500 characters what is agreed, or choose a part.");
        }

        if (UnitId is null)
        {
            yield return (nameof(UnitId), "choose the unit.");
        }

        if (UnitPrice is null or < 0 or > OrderLine.Largest)
        {
            yield return (nameof(UnitPrice), "enter a unit price of at most 1,000,000,000.");
        }

        if (MostQuantity is <= 0 or > OrderLine.Largest)
        {
            yield return (nameof(MostQuantity), "enter a quantity above 0, or leave it empty where the value in all bounds the call-offs.");
        }

        if (ReadBreaks() is null)
        {
            yield return (nameof(Breaks), "write price breaks as quantity: price, with semicolons between them, such as 500: 2.40; 1000: 2.25. Each quantity once.");
        }
    }

    private static bool Read(string text, out decimal value) =>
        decimal.TryParse(text, System.Globalization.NumberStyles.AllowDecimalPoint, System.Globalization.CultureInfo.InvariantCulture, out value);
}

/// <summary>A call-off: an order line under an agreement.</summary>
public sealed class CallOffForm : IForm
{
    public Guid FormKey { get; init; } = Guid.CreateVersion7();

    public Guid LineId { get; init; }

    [Required(ErrorMessage = "Enter the quantity to call off."), Range(typeof(decimal), "0.0001", "1000000000", ErrorMessage = "Enter a quantity above 0.")]
    public decimal? Quantity { get; set; }

    [Display(Name = "Needed on")]
    public DateOnly? NeedBy { get; set; }
}

/// <summary>A line of an agreement with what is left of it.</summary>
/// <param name="Used">Called off.</param>
public sealed record AgreementLineView(
    Guid Id, int LineNo, Guid? PartId, string PartNumber, string SupplierPartNumber, string Description, string Unit, decimal UnitPrice, decimal? MostQuantity, decimal Used, decimal UsedValue,
    IReadOnlyList<(decimal MinimumQuantity, decimal UnitPrice)> Breaks)
{
    /// <summary>Null where the line has no quantity of its own.</summary>
    public decimal? Left => MostQuantity is { } most ? Math.Max(0, most - Used) : null;

    /// <summary>What one unit costs in a call-off of so many.</summary>
    public decimal PriceAt(decimal quantity) => Breaks.Where(b => b.MinimumQuantity <= quantity).OrderByDescending(b => b.MinimumQuantity).Select(b => (decimal?)b.UnitPrice).FirstOrDefault() ?? UnitPrice;
}

/// <summary>A line of an order under an agreement.</summary>
/// <param name="Counts">What of it counts against the agreement.</param>
public sealed record CallOffView(Guid OrderId, string Order, int OrderLineNo, OrderStatus Status, int LineNo, decimal Quantity, string Unit, decimal UnitPrice, decimal Received, decimal Counts, DateTimeOffset OrderedAt);

/// <summary>An agreement as its page shows it.</summary>
public sealed record AgreementDetails
{
    public Guid Id { get; init; }
    public uint Version { get; init; }
    public string Number { get; init; } = "";
    public string Title { get; init; } = "";
    public Guid SupplierId { get; init; }
    public string Supplier { get; init; } = "";
    public string Buyer { get; init; } = "";
    public string Currency { get; init; } = "";
    public DateOnly ValidFrom { get; init; }
    public DateOnly ValidTo { get; init; }
    public decimal? MostValue { get; init; }
    public string PaymentTerms { get; init; } = "";
    public string Incoterm { get; init; } = "";
    public string Note { get; init; } = "";
    public DateTimeOffset? EndedAt { get; init; }
    public string EndReason { get; init; } = "";
    public IReadOnlyList<AgreementLineView> Lines { get; init; } = [];
    public IReadOnlyList<CallOffView> CallOffs { get; init; } = [];

    public decimal UsedValue => Lines.Sum(l => l.UsedValue);

    /// <summary>Something can be called off on this day.</summary>
    public bool HoldsOn(DateOnly day) => EndedAt is null && day >= ValidFrom && day <= ValidTo;
}
