using Sourcing.Data.Common;

namespace Sourcing.Data.Catalog;

/// <summary>What one of another unit holds of a part: a roll of this yarn is 45 kg.</summary>
public sealed class PartUnitConversion : ISoftDeleted
{
    private PartUnitConversion()
    {
    }

    internal PartUnitConversion(Guid partId, Guid unitId, decimal factor)
    {
        (Id, PartId, UnitId) = (Guid.CreateVersion7(), partId, unitId);
        Change(factor);
    }

    public Guid Id { get; private set; }

    public Guid PartId { get; private set; }

    public Guid UnitId { get; private set; }

    public Unit Unit { get; private set; } = null!;

    /// <summary>Of the part's own unit in one of <see cref="Unit"/>; above 0.</summary>
    public decimal Factor { get; private set; }

    public DateTimeOffset? DeletedAt { get; private set; }

    public Guid? DeletedBy { get; private set; }

    /// <summary>Refuses a factor not above 0.</summary>
    public void Change(decimal factor) => Factor = factor > 0
        ? factor
        : throw new RefusedException("Conversions", "A conversion has to be above 0. Say how much one of the unit holds.");

    internal void Restore() => (DeletedAt, DeletedBy) = (null, null);
}

/// <summary>Whose number a cross-reference is.</summary>
public enum CrossReferenceKind
{
    Manufacturer,
    Supplier,
    Customer,
    Equivalent,
    ReplacedBy,

    /// <summary>A number that it had itself, before it was merged with another part.</summary>
    FormerNumber,
}

/// <summary>A number under which somebody else knows a part, or a part that can stand in for it.</summary>
public sealed class PartCrossReference : ISoftDeleted
{
    private PartCrossReference()
    {
    }

    internal PartCrossReference(Guid partId, CrossReferenceKind kind, string party, string number, Guid? otherPartId)
    {
        (Id, PartId, Kind, PartyName, Number, OtherPartId) = (Guid.CreateVersion7(), partId, kind, party.Trim(), number.Trim(), otherPartId);
        if (Number.Length == 0)
        {
            throw new RefusedException("CrossReferences", "A cross-reference has no number. Fill it in or remove the row.");
        }

        if (otherPartId is not null && kind is not (CrossReferenceKind.Equivalent or CrossReferenceKind.ReplacedBy))
        {
            throw new RefusedException("CrossReferences", $"Only an equivalent or a successor is another part of the catalog; {Number} is a number of a {Words.Spaced(kind).ToLowerInvariant()}. Change the kind or remove the part.");
        }
    }

    public Guid Id { get; private set; }

    public Guid PartId { get; private set; }

    public Part Part { get; private set; } = null!;

    public CrossReferenceKind Kind { get; private set; }

    /// <summary>The maker, supplier or customer; up to 120 characters, may be empty for equivalents.</summary>
    public string PartyName { get; private set; } = "";

    /// <summary>1 to 80 characters; unique within part, kind and party.</summary>
    public string Number { get; private set; } = "";

    /// <summary>The part of this catalog that is meant, for an equivalent or a successor.</summary>
    public Guid? OtherPartId { get; private set; }

    public Part? OtherPart { get; private set; }

    public DateTimeOffset? DeletedAt { get; private set; }

    public Guid? DeletedBy { get; private set; }

    internal void Restore() => (DeletedAt, DeletedBy) = (null, null);
}
