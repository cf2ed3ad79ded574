using Sourcing.Data.Common;

namespace Sourcing.Data.Catalog;

/// <summary>What a part is to us.</summary>
public enum PartType
{
    RawMaterial,
    Component,
    FinishedGood,
    Packaging,
    Service,
}

/// <summary>The facts of a part that people type.</summary>
/// <param name="Number">1 to 50 characters, unique among the living in any case and punctuation's own right.</param>
/// <param name="Name">1 to 255 characters.</param>
/// <param name="UnitId">The unit that stock, prices and quantities are kept in.</param>
/// <param name="StandardCost">In the base currency (EUR) for one unit; 0 or more.</param>
/// <param name="HsCode">Harmonized System: 4 to 12 digits, dots allowed.</param>
/// <param name="ShelfLifeDays">Above 0.</param>
public sealed record PartFacts(string Number, string Name, PartType Type, Guid UnitId)
{
    public string Description { get; init; } = "";

    public Guid? CategoryId { get; init; }

    public bool IsCritical { get; init; }

    public string? HsCode { get; init; }

    public decimal? StandardCost { get; init; }

    public int? ShelfLifeDays { get; init; }

    public IReadOnlyList<Specification> Specifications { get; init; } = [];
}

/// <summary>Anything that is bought, stocked, made or sold: material, part and SKU are one table.</summary>
public sealed partial class Part : ISoftDeleted
{
    private readonly List<PartUnitConversion> _conversions = [];
    private readonly List<PartCrossReference> _crossReferences = [];

    private Part()
    {
    }

    /// <inheritdoc cref="Change"/>
    public Part(PartFacts facts)
    {
        Id = Guid.CreateVersion7();
        Change(facts);
    }

    public Guid Id { get; private set; }

    /// <inheritdoc cref="PartFacts.Number"/>
    public string Number { get; private set; } = "";

    public string Name { get; private set; } = "";

    /// <summary>Up to 4,000 characters.</summary>
    public string Description { get; private set; } = "";

    public PartType Type { get; private set; }

    public Guid? CategoryId { get; private set; }

    public PartCategory? Category { get; private set; }

    /// <inheritdoc cref="PartFacts.UnitId"/>
    public Guid UnitId { get; private set; }

    public Unit Unit { get; private set; } = null!;

    public IReadOnlyList<Specification> Specifications { get; private set; } = [];

    /// <summary>A lack of it stops the work.</summary>
    public bool IsCritical { get; private set; }

    public string? HsCode { get; private set; }

    /// <summary>In the base currency (EUR) for one unit.</summary>
    public decimal? StandardCost { get; private set; }

    public int? ShelfLifeDays { get; private set; }

    /// <summary>How often it was looked for and used lately: ranks search results; 0 or more.</summary>
    public decimal Popularity { get; private set; }

    /// <summary>Quote lines, 0 or more: for learned rankings, which fill it. Nothing shown reads it; lists count the prices themselves.</summary>
    public int QuoteCount { get; private set; }

    /// <summary>Order lines, 0 or more: for learned rankings, and set by an imported history. Nothing shown reads it; lists count the prices themselves.</summary>
    public int OrderCount { get; private set; }

    /// <summary>The last quote: for learned rankings, which fill it. Pages read it from the prices.</summary>
    public DateTimeOffset? LastQuotedAt { get; private set; }

    /// <summary>JSON object of figures that models learn from.</summary>
    public string Features { get; private set; } = "{}";

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    public DateTimeOffset? DeletedAt { get; private set; }

    public Guid? DeletedBy { get; private set; }

    /// <summary>The part that this one became one with; null unless it was given up in a merge, and then it stays deleted.</summary>
    public Guid? MergedInto { get; private set; }

    public uint Version { get; private set; }

    /// <summary>What other units hold of this part.</summary>
    public IReadOnlyList<PartUnitConversion> Conversions => _conversions;

    /// <summary>Under which numbers others know it.</summary>
    public IReadOnlyList<PartCrossReference> CrossReferences => _crossReferences;

    /// <summary>Sets the facts. Refuses costs below 0, a shelf life below a day and specifications that are not of their kind.</summary>
    public void Change(PartFacts facts)
    {
        if (facts.StandardCost < 0)
        {
            throw new RefusedException(nameof(facts.StandardCost), "The standard cost is below 0. Leave it empty if it is not known.");
        }

        if (facts.ShelfLifeDays <= 0)
        {
            throw new RefusedException(nameof(facts.ShelfLifeDays), "The shelf life has to be at least one day. Leave it empty if the part keeps.");
        }

        (Number, Name, Description) = (facts.Number.Trim(), facts.Name.Trim(), facts.Description.Trim());
        (Type, CategoryId, UnitId, IsCritical) = (facts.Type, facts.CategoryId, facts.UnitId, facts.IsCritical);
        (HsCode, StandardCost, ShelfLifeDays) = (string.IsNullOrWhiteSpace(facts.HsCode) ? null : facts.HsCode.Trim(), facts.StandardCost, facts.ShelfLifeDays);
        Specifications = Specification.Checked(facts.Specifications);
    }

    /// <summary>Moves the part to a category, or out of all.</summary>
    public void MoveTo(Guid? categoryId) => CategoryId = categoryId;

    /// <summary>Says what one of another unit holds: 1 roll = 45 of the part's own unit. Refuses a factor not above 0 and the part's own unit.</summary>
    /// <param name="factor">Of the part's unit in one <paramref name="unitId"/>; above 0.</param>
    public PartUnitConversion Hold(Guid unitId, decimal factor)
    {
        if (unitId == UnitId)
        {
            throw new RefusedException("Conversions", "The part's own unit needs no conversion. Remove the row.");
        }

        if (_conversions.Any(c => c.UnitId == unitId))
        {
            throw new RefusedException("Conversions", "A unit stands twice among the conversions. Remove one of the rows.");
        }

        var conversion = new PartUnitConversion(Id, unitId, factor);
        _conversions.Add(conversion);
        return conversion;
    }

    /// <summary>Adds a number under which somebody else knows the part. Refuses what is there already.</summary>
    /// <param name="otherPartId">For an equivalent or a successor that is in the catalog itself.</param>
    public PartCrossReference KnownAs(CrossReferenceKind kind, string party, string number, Guid? otherPartId = null)
    {
        if (otherPartId == Id)
        {
            throw new RefusedException("CrossReferences", $"{Number} cannot stand in for itself. Choose another part.");
        }

        var reference = new PartCrossReference(Id, kind, party, number, otherPartId);
        if (_crossReferences.Any(r => r.Kind == kind && Same(r.PartyName, reference.PartyName) && Same(r.Number, reference.Number)))
        {
            throw new RefusedException("CrossReferences", $"The number {reference.Number} of {(reference.PartyName.Length == 0 ? "nobody in particular" : reference.PartyName)} stands twice. Remove one of the rows.");
        }

        _crossReferences.Add(reference);
        return reference;
    }

    internal void Drop(PartUnitConversion conversion) => _conversions.Remove(conversion);

    internal void Drop(PartCrossReference reference) => _crossReferences.Remove(reference);

    private static bool Same(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);

    internal void Restore() => (DeletedAt, DeletedBy) = (null, null);
}
