using System.ComponentModel.DataAnnotations;
using Sourcing.Data.Common;

namespace Sourcing.Data.Orders;

/// <summary>A change order as a buyer writes it: every line as it stands, to be changed, and rows for what is added.</summary>
public sealed class OrderChangeForm : IForm, IValidatableObject
{
    public Guid FormKey { get; init; } = Guid.CreateVersion7();

    /// <summary>The order.</summary>
    public Guid Id { get; init; }

    public uint Version { get; set; }

    public string Number { get; init; } = "";

    public string Currency { get; init; } = "";

    /// <summary>What the order comes to now, without freight and tax.</summary>
    public decimal Subtotal { get; init; }

    [Required(ErrorMessage = "Say why the order changes: the supplier reads it."), StringLength(500, ErrorMessage = "At most 500 characters.")]
    public string Reason { get; set; } = "";

    /// <summary>The supplier agreed already: the change holds at once, and this says how it agreed. Empty sends it to the portal.</summary>
    [Display(Name = "The supplier agreed already"), StringLength(500, ErrorMessage = "At most 500 characters.")]
    public string AgreedHow { get; set; } = "";

    public List<OrderChangeLineForm> Lines { get; set; } = [];

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Lines.Count > OrderForm.MostLines)
        {
            yield return new($"An order has at most {OrderForm.MostLines} lines; with this change it would have {Lines.Count}.", [nameof(Lines)]);
        }

        for (var i = 0; i < Lines.Count; i++)
        {
            foreach (var (field, message) in Lines[i].Faults())
            {
                yield return new($"{(Lines[i].LineNo > 0 ? $"Line {Lines[i].LineNo}" : $"Added line {i + 1}")}: {message}", [$"Lines[{i}].{field}"]);
            }
        }
    }
}

/// <summary>One line of a change order as a buyer writes it.</summary>
public sealed class OrderChangeLineForm
{
    /// <summary>The line that may change; null for one that is added.</summary>
    public Guid? LineId { get; init; }

    /// <summary>0 for one that is added.</summary>
    public int LineNo { get; init; }

    public Guid? PartId { get; set; }

    public string PartNumber { get; set; } = "";

    public string Description { get; set; } = "";

    public Guid? UnitId { get; set; }

    public string Unit { get; set; } = "";

    /// <summary>Accepted so far: the quantity goes no lower.</summary>
    public decimal Received { get; init; }

    public decimal OldQuantity { get; init; }

    public decimal OldUnitPrice { get; init; }

    public DateOnly? OldDate { get; init; }

    public bool Cancel { get; set; }

    public decimal? Quantity { get; set; }

    public decimal? UnitPrice { get; set; }

    public DateOnly? Date { get; set; }

    /// <summary>An added row in which nothing was typed.</summary>
    public bool IsBlank() => LineId is null && PartId is null && Description.Length == 0 && Quantity is null && UnitPrice is null;

    /// <summary>It is otherwise than it stands.</summary>
    public bool Differs() => LineId is null ? !IsBlank() : Cancel || Quantity != OldQuantity || UnitPrice != OldUnitPrice || Date != OldDate;

    /// <summary>What the line comes to with the change.</summary>
    public decimal Amount() => Cancel ? 0 : Order.Cents((Quantity ?? 0) * (UnitPrice ?? 0));

    internal IEnumerable<(string Field, string Message)> Faults()
    {
        if (IsBlank() || Cancel)
        {
            yield break;
        }

        if (string.IsNullOrWhiteSpace(Description) || Description.Length > 500)
        {
            yield return (nameof(Description), "say in 1 to 500 characters what is added, or choose a part.");
        }

        if (Quantity is null or <= 0 or > OrderLine.Largest)
        {
            yield return (nameof(Quantity), "enter a quantity above 0 and at most 1,000,000,000, or cancel the line.");
        }

        if (UnitId is null)
        {
            yield return (nameof(UnitId), "choose the unit of the quantity.");
        }

        if (UnitPrice is null or < 0 or > OrderLine.Largest)
        {
            yield return (nameof(UnitPrice), "enter a unit price of at most 1,000,000,000, or 0 for what comes free of charge.");
        }
    }
}

/// <summary>An act on a change order: to approve, decline, withdraw, acknowledge or refuse it.</summary>
public sealed class OrderChangeAct : IForm
{
    public Guid FormKey { get; init; } = Guid.CreateVersion7();

    /// <summary>The change.</summary>
    public Guid Id { get; init; }

    /// <summary>Why it is declined or refused, or how the supplier agreed.</summary>
    [StringLength(500, ErrorMessage = "At most 500 characters.")]
    public string Note { get; set; } = "";
}

/// <summary>A line of a change as shown.</summary>
public sealed record OrderChangeLineView(
    int LineNo, OrderChangeKind Kind, string PartNumber, string Description, string Unit, decimal OldQuantity, decimal NewQuantity, decimal OldUnitPrice, decimal NewUnitPrice,
    DateOnly? OldDate, DateOnly? NewDate);

/// <summary>A change order as shown.</summary>
/// <param name="IsOwn">Proposed by the person who looks, who therefore cannot approve it.</param>
/// <param name="WithinLimit">The limit of the person who looks reaches the new total.</param>
public sealed record OrderChangeView(
    Guid Id, int Number, OrderChangeStatus Status, string Reason, decimal OldTotal, decimal NewTotal, string ProposedBy, DateTimeOffset? ProposedAt, string ApprovedBy,
    DateTimeOffset? SentAt, DateTimeOffset? DecidedAt, string DecisionNote, string DeclineReason, bool IsOwn, bool WithinLimit, IReadOnlyList<OrderChangeLineView> Lines)
{
    /// <summary>Nobody has decided yet.</summary>
    public bool IsOpen => Status is OrderChangeStatus.WaitsForApproval or OrderChangeStatus.Sent;
}
