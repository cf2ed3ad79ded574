using System.ComponentModel.DataAnnotations;
using Sourcing.Data.Common;

namespace Sourcing.Data.Planning;

/// <summary>A bill of materials as it is typed: its head and all its lines.</summary>
public sealed class BomForm : IForm, IValidatableObject
{
    /// <summary>Lines of one bill of materials at most.</summary>
    public const int MostLines = 500;

    public Guid FormKey { get; set; } = Guid.CreateVersion7();

    public Guid PartId { get; set; }

    /// <summary>Of the head when the form opened; 0 where there was none.</summary>
    public uint Version { get; set; }

    /// <summary>Keys of the lines when the form opened: one that came since is a conflict and not a line to remove.</summary>
    public List<Guid> Opened { get; set; } = [];

    /// <summary>Good pieces of 100 started; above 0, at most 100.</summary>
    [Display(Name = "Yield")]
    public decimal? YieldPercent { get; set; } = 100;

    /// <summary>Never stocked or ordered: needs pass through to the components.</summary>
    [Display(Name = "Phantom")]
    public bool IsPhantom { get; set; }

    [StringLength(1000, ErrorMessage = "At most 1,000 characters.")]
    public string Note { get; set; } = "";

    public List<BomLineForm> Lines { get; set; } = [];

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (YieldPercent is not (> 0 and <= 100))
        {
            yield return new("The yield is above 0 and at most 100 %. Enter 97 when 97 of 100 started pieces are good.", [nameof(YieldPercent)]);
        }

        if (Lines.Count(l => !l.IsBlank) > MostLines)
        {
            yield return new($"A bill of materials holds {MostLines} lines at most. Put some of them into a part of their own.", [nameof(Lines)]);
        }

        for (var i = 0; i < Lines.Count; i++)
        {
            foreach (var (field, message) in Lines[i].IsBlank ? [] : Lines[i].Faults())
            {
                yield return new($"Line {i + 1}: {message}", [$"Lines[{i}].{field}"]);
            }
        }
    }
}

/// <summary>One component as it is typed.</summary>
public sealed class BomLineForm
{
    /// <summary>Null for a new line.</summary>
    public Guid? Id { get; set; }

    public uint Version { get; set; }

    public Guid? ComponentId { get; set; }

    /// <summary>The component in words, for the field that chooses it.</summary>
    public string Component { get; set; } = "";

    /// <summary>For one of the parent, in <see cref="UnitId"/>; in percent of its mass where <see cref="IsShare"/>. Above 0.</summary>
    public decimal? Quantity { get; set; }

    public bool IsShare { get; set; }

    /// <summary>Null for a share.</summary>
    public Guid? UnitId { get; set; }

    /// <summary>Lost in use, of 100; 0 to below 100.</summary>
    public decimal? ScrapPercent { get; set; }

    /// <summary>First day; null for always.</summary>
    public DateOnly? ValidFrom { get; set; }

    /// <summary>Last day; null for no end.</summary>
    public DateOnly? ValidTo { get; set; }

    /// <summary>Nothing was typed: not saved.</summary>
    public bool IsBlank => Id is null && ComponentId is null && Quantity is null && ScrapPercent is null && ValidFrom is null && ValidTo is null;

    /// <summary>What is wrong with the shape of it.</summary>
    internal IEnumerable<(string Field, string Message)> Faults()
    {
        if (ComponentId is null)
        {
            yield return (nameof(ComponentId), "choose the component, or remove the line.");
        }

        if (Quantity is not (> 0 and <= 1_000_000_000))
        {
            yield return (nameof(Quantity), "enter a quantity above 0.");
        }
        else if (IsShare && Quantity > 100)
        {
            yield return (nameof(Quantity), "a share is at most 100 %.");
        }

        if (!IsShare && UnitId is null)
        {
            yield return (nameof(UnitId), "choose the unit of the quantity.");
        }

        if (ScrapPercent is < 0 or >= 100)
        {
            yield return (nameof(ScrapPercent), "scrap is 0 to below 100 %.");
        }

        if (ValidTo < (ValidFrom ?? BomLine.Always))
        {
            yield return (nameof(ValidTo), "it ends before it begins. Correct one of the two days.");
        }
    }

    /// <summary>The facts of the line.</summary>
    internal BomLineFacts Facts(int position) => new(
        IsShare ? decimal.Round(Quantity!.Value / 100, 6, MidpointRounding.AwayFromZero) : decimal.Round(Quantity!.Value, 6, MidpointRounding.AwayFromZero), IsShare ? null : UnitId, IsShare,
        decimal.Round((ScrapPercent ?? 0) / 100, 6, MidpointRounding.AwayFromZero), ValidFrom ?? BomLine.Always, ValidTo)
    { Position = position };
}

/// <summary>Takes the bill of materials of another part for one that has none.</summary>
public sealed class BomCopyForm : IForm
{
    public Guid FormKey { get; set; } = Guid.CreateVersion7();

    public Guid PartId { get; set; }

    [Display(Name = "Copy from"), Required(ErrorMessage = "Choose the part whose bill of materials is copied.")]
    public Guid? FromPartId { get; set; }
}

/// <summary>Puts another component in place of one, wherever it is used, from a day on.</summary>
public sealed class BomReplaceForm : IForm
{
    public Guid FormKey { get; set; } = Guid.CreateVersion7();

    public Guid ComponentId { get; set; }

    [Display(Name = "Replace by"), Required(ErrorMessage = "Choose the part that takes its place.")]
    public Guid? ReplacementId { get; set; }

    /// <summary>The first day with the new one; lines with the old one end the day before.</summary>
    [Display(Name = "From"), Required(ErrorMessage = "Choose the first day with the new component.")]
    public DateOnly? From { get; set; }
}
