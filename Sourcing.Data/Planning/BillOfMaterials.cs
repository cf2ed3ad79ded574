using Sourcing.Data.Catalog;
using Sourcing.Data.Common;

namespace Sourcing.Data.Planning;

/// <summary>A part that is made: what holds for its bill of materials as a whole. The lines stand in <see cref="BomLine"/>.</summary>
public sealed class BillOfMaterials
{
    private BillOfMaterials()
    {
    }

    /// <summary>A part's bill of materials, without loss and not a phantom.</summary>
    public BillOfMaterials(Guid partId) => (Id, PartId) = (Guid.CreateVersion7(), partId);

    public Guid Id { get; private set; }

    /// <summary>The part that is made.</summary>
    public Guid PartId { get; private set; }

    public Part Part { get; private set; } = null!;

    /// <summary>Good pieces out of what is started; above 0, at most 1.</summary>
    public decimal Yield { get; private set; } = 1;

    /// <summary>Never stocked or ordered: its needs pass through to its components.</summary>
    public bool IsPhantom { get; private set; }

    /// <summary>Up to 1,000 characters.</summary>
    public string Note { get; private set; } = "";

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    public uint Version { get; private set; }

    /// <summary>Sets everything. Refuses a yield that is not above 0 and at most 1.</summary>
    public void Change(decimal yield, bool isPhantom, string note)
    {
        if (yield is <= 0 or > 1)
        {
            throw new RefusedException(nameof(Yield), "The yield is above 0 and at most 100 %. Enter 97 when 97 of 100 started pieces are good.");
        }

        (Yield, IsPhantom, Note) = (yield, isPhantom, note.Trim());
    }
}

/// <summary>What a line of a bill of materials says.</summary>
/// <param name="Quantity">Of the component in one of the parent's unit, in <paramref name="UnitId"/>; above 0. For a share 0 to 1 exclusive of 0: the part of the parent's mass.</param>
/// <param name="UnitId">Unit of the component quantity; for a share null.</param>
/// <param name="IsShare">The quantity is a share of the parent's mass.</param>
/// <param name="ScrapRate">Lost in use: 0 to under 1.</param>
/// <param name="ValidFrom">First day on which the parent may be started with it; <see cref="BomLine.Always"/> for ever.</param>
/// <param name="ValidTo">Last day; null for no end.</param>
public sealed record BomLineFacts(decimal Quantity, Guid? UnitId, bool IsShare, decimal ScrapRate, DateOnly ValidFrom, DateOnly? ValidTo)
{
    /// <summary>10, 20, 30: the order on the page; 0 or more.</summary>
    public int Position { get; init; }
}

/// <summary>One component of a part that is made. Parent, component and first day are unique.</summary>
public sealed class BomLine : ISoftDeleted
{
    /// <summary>The first day of a line that holds for ever.</summary>
    public static readonly DateOnly Always = new(2000, 1, 1);

    private BomLine()
    {
    }

    /// <inheritdoc cref="Change"/>
    public BomLine(Guid parentPartId, Guid componentPartId, BomLineFacts facts)
    {
        if (parentPartId == componentPartId)
        {
            throw new RefusedException(nameof(ComponentPartId), "A part cannot be made of itself. Choose another component.");
        }

        (Id, ParentPartId, ComponentPartId) = (Guid.CreateVersion7(), parentPartId, componentPartId);
        Change(facts);
    }

    public Guid Id { get; private set; }

    public Guid ParentPartId { get; private set; }

    public Part ParentPart { get; private set; } = null!;

    public Guid ComponentPartId { get; private set; }

    public Part ComponentPart { get; private set; } = null!;

    /// <inheritdoc cref="BomLineFacts.Quantity"/>
    public decimal QuantityPer { get; private set; }

    /// <inheritdoc cref="BomLineFacts.UnitId"/>
    public Guid? UnitId { get; private set; }

    public bool IsShare { get; private set; }

    /// <inheritdoc cref="BomLineFacts.ScrapRate"/>
    public decimal ScrapRate { get; private set; }

    public DateOnly ValidFrom { get; private set; }

    public DateOnly? ValidTo { get; private set; }

    public int Position { get; private set; }

    public Guid? ImportRunId { get; internal set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    public DateTimeOffset? DeletedAt { get; private set; }

    public Guid? DeletedBy { get; private set; }

    public uint Version { get; private set; }

    /// <summary>Sets everything. Refuses figures out of range and an end before the start.</summary>
    public void Change(BomLineFacts facts)
    {
        if (facts.Quantity <= 0)
        {
            throw new RefusedException(nameof(QuantityPer), "The quantity of a component is above 0. Remove the line if the part needs none.");
        }

        if (facts.IsShare && facts.Quantity > 1)
        {
            throw new RefusedException(nameof(QuantityPer), "A share is at most 100 %. Enter 35 for 35 %.");
        }

        if (!facts.IsShare && facts.UnitId is null)
        {
            throw new RefusedException(nameof(UnitId), "Choose the unit of the quantity.");
        }

        if (facts.ScrapRate is < 0 or >= 1)
        {
            throw new RefusedException(nameof(ScrapRate), "Scrap is 0 to under 100 %.");
        }

        if (facts.ValidTo < facts.ValidFrom)
        {
            throw new RefusedException(nameof(ValidTo), "The line ends before it begins. Correct one of the two days.");
        }

        (QuantityPer, UnitId, IsShare, ScrapRate) = (facts.Quantity, facts.IsShare ? null : facts.UnitId, facts.IsShare, facts.ScrapRate);
        (ValidFrom, ValidTo, Position) = (facts.ValidFrom, facts.ValidTo, facts.Position);
    }
}
