using System.ComponentModel.DataAnnotations;
using Sourcing.Data.Common;

namespace Sourcing.Data.Planning;

/// <summary>What somebody counted. For a part without stock so far it is the first entry.</summary>
public sealed class StockCountForm : IForm
{
    public Guid FormKey { get; set; } = Guid.CreateVersion7();

    [Display(Name = "Part"), Required(ErrorMessage = "Choose the part that was counted.")]
    public Guid? PartId { get; set; }

    /// <summary>What the ledger said when the form opened, in the part's unit: when that has moved meanwhile, the count is a conflict.</summary>
    public decimal OnHand { get; set; }

    /// <summary>What is there, in <see cref="UnitId"/>.</summary>
    [Required(ErrorMessage = "Enter what is there. Enter 0 if nothing is."), Range(0, 1e11, ErrorMessage = "A count is 0 or more.")]
    public decimal? Counted { get; set; }

    [Display(Name = "Unit"), Required(ErrorMessage = "Choose the unit that was counted in.")]
    public Guid? UnitId { get; set; }

    [StringLength(400, ErrorMessage = "At most 400 characters.")]
    public string Reason { get; set; } = "Stock count";
}

/// <summary>What is done to a stock by hand.</summary>
public enum StockAct
{
    /// <summary>Used, sold or thrown away.</summary>
    Issue,

    /// <summary>Came back, or was made here.</summary>
    Return,

    /// <summary>A correction upwards.</summary>
    Add,

    /// <summary>A correction downwards.</summary>
    TakeAway,
}

/// <summary>Stock that moves by hand.</summary>
public sealed class StockMoveForm : IForm, IValidatableObject
{
    public Guid FormKey { get; set; } = Guid.CreateVersion7();

    public Guid PartId { get; set; }

    public StockAct Act { get; set; }

    /// <summary>What the ledger said when the form opened: a correction of something that moved meanwhile is a conflict. Issues and returns add up, whoever comes first.</summary>
    public decimal OnHand { get; set; }

    /// <summary>Above 0, in <see cref="UnitId"/>; <see cref="Act"/> says which way.</summary>
    [Required(ErrorMessage = "Enter a quantity above 0."), Range(1e-6, 1e11, ErrorMessage = "Enter a quantity above 0.")]
    public decimal? Quantity { get; set; }

    [Display(Name = "Unit"), Required(ErrorMessage = "Choose the unit of the quantity.")]
    public Guid? UnitId { get; set; }

    [StringLength(400, ErrorMessage = "At most 400 characters.")]
    public string Reason { get; set; } = "";

    /// <summary>For an issue: the reservation that it is taken for, which becomes smaller by it.</summary>
    [Display(Name = "Reservation")]
    public Guid? ReservationId { get; set; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Act is StockAct.Add or StockAct.TakeAway && string.IsNullOrWhiteSpace(Reason))
        {
            yield return new("Say why the stock is corrected.", [nameof(Reason)]);
        }
    }
}

/// <summary>Stock that is promised to something.</summary>
public sealed class ReservationForm : IForm
{
    public Guid FormKey { get; set; } = Guid.CreateVersion7();

    /// <summary>Null for a new one.</summary>
    public Guid? Id { get; set; }

    public uint Version { get; set; }

    public Guid PartId { get; set; }

    [Required(ErrorMessage = "Enter a quantity above 0."), Range(1e-6, 1e11, ErrorMessage = "Enter a quantity above 0.")]
    public decimal? Quantity { get; set; }

    [Display(Name = "Unit"), Required(ErrorMessage = "Choose the unit of the quantity.")]
    public Guid? UnitId { get; set; }

    /// <summary>When it is taken; null for at once.</summary>
    [Display(Name = "Needed on")]
    public DateOnly? NeededOn { get; set; }

    [Display(Name = "Reserved for"), Required(ErrorMessage = "Say what it is reserved for."), StringLength(200, ErrorMessage = "At most 200 characters.")]
    public string Reference { get; set; } = "";
}
