using Sourcing.Data.Common;
using Sourcing.Data.Suppliers;

namespace Sourcing.Data.Catalog;

/// <summary>From this quantity on, one unit costs so much.</summary>
/// <param name="MinimumQuantity">In the part's unit; above 0.</param>
/// <param name="UnitCost">In the currency of the price; 0 or more.</param>
public sealed record BreakTerms(decimal MinimumQuantity, decimal UnitCost);

/// <summary>What a supplier asks for a part and how it sells it.</summary>
/// <param name="UnitCost">For one of the part's own unit; 0 or more, four decimals.</param>
/// <param name="Currency">ISO 4217.</param>
public sealed record SupplierPartTerms(decimal UnitCost, string Currency)
{
    /// <summary>The supplier's own number for the part; up to 80 characters.</summary>
    public string? SupplierPartNumber { get; init; }

    /// <summary>The least that it sells, in <see cref="MoqUnitId"/>; above 0.</summary>
    public decimal? MoqQuantity { get; init; }

    /// <summary>Unit of the minimum; null for the part's own.</summary>
    public Guid? MoqUnitId { get; init; }

    /// <summary>It sells multiples of this, in the part's unit; above 0.</summary>
    public decimal? OrderMultiple { get; init; }

    /// <summary>Calendar days from order to dock; 0 to 1,000.</summary>
    public int LeadTimeDays { get; init; }

    /// <summary>The most that the contract allows in all, in the part's unit; above 0.</summary>
    public decimal? ContractQuantityLimit { get; init; }

    /// <summary>0 to 1: share of deliveries of this part that came as promised.</summary>
    public decimal? ReliabilityScore { get; init; }

    /// <summary>What placing one order costs us, in the base currency; 0 or more.</summary>
    public decimal OrderingCost { get; init; } = 100m;

    /// <summary>What keeping stock costs a year, as a share of its value; 0 to 10.</summary>
    public decimal HoldingCostRate { get; init; } = 0.25m;

    /// <summary>Asked first when the part is bought.</summary>
    public bool Preferred { get; init; }

    /// <summary>First day of the price; null for always.</summary>
    public DateOnly? ValidFrom { get; init; }

    /// <summary>Last day of the price; null for no end.</summary>
    public DateOnly? ValidTo { get; init; }

    public IReadOnlyList<BreakTerms> Breaks { get; init; } = [];
}

/// <summary>One supplier's price and terms for one part. A pair has one row: a new price replaces the old, which stays in the history.</summary>
public sealed class SupplierPart : ISoftDeleted
{
    private readonly List<PriceBreak> _breaks = [];

    private SupplierPart()
    {
    }

    /// <inheritdoc cref="Change"/>
    public SupplierPart(Guid supplierId, Guid partId, SupplierPartTerms terms, decimal moqFactor = 1)
    {
        (Id, SupplierId, PartId) = (Guid.CreateVersion7(), supplierId, partId);
        Change(terms, moqFactor);
    }

    public Guid Id { get; private set; }

    public Guid SupplierId { get; private set; }

    public Supplier Supplier { get; private set; } = null!;

    public Guid PartId { get; private set; }

    public Part Part { get; private set; } = null!;

    /// <inheritdoc cref="SupplierPartTerms.SupplierPartNumber"/>
    public string? SupplierPartNumber { get; private set; }

    /// <inheritdoc cref="SupplierPartTerms.UnitCost"/>
    public decimal UnitCost { get; private set; }

    public string Currency { get; private set; } = "";

    /// <inheritdoc cref="SupplierPartTerms.MoqQuantity"/>
    public decimal? MoqQuantity { get; private set; }

    public Guid? MoqUnitId { get; private set; }

    public Unit? MoqUnit { get; private set; }

    /// <inheritdoc cref="SupplierPartTerms.OrderMultiple"/>
    public decimal? OrderMultiple { get; private set; }

    public int LeadTimeDays { get; private set; }

    /// <inheritdoc cref="SupplierPartTerms.ContractQuantityLimit"/>
    public decimal? ContractQuantityLimit { get; private set; }

    public decimal? ReliabilityScore { get; private set; }

    public decimal OrderingCost { get; private set; }

    public decimal HoldingCostRate { get; private set; }

    public bool Preferred { get; private set; }

    public DateOnly? ValidFrom { get; private set; }

    public DateOnly? ValidTo { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    public DateTimeOffset? DeletedAt { get; private set; }

    public Guid? DeletedBy { get; private set; }

    public uint Version { get; private set; }

    /// <summary>In no order: sort them by minimum quantity to show them.</summary>
    public IReadOnlyList<PriceBreak> Breaks => _breaks;

    /// <summary>
    /// Sets the terms. Breaks are matched by minimum quantity, so that an unchanged one keeps its history. Refuses figures out of range,
    /// an end before the start, breaks that do not ascend, and a first break below the minimum order, which nobody could ever buy at.
    /// </summary>
    /// <param name="moqFactor">Of the part's unit in one of the minimum's unit.</param>
    public IReadOnlyList<PriceBreak> Change(SupplierPartTerms terms, decimal moqFactor = 1)
    {
        SupplierPartRules.Demand(terms, moqFactor);
        (UnitCost, Currency) = (terms.UnitCost, terms.Currency);
        SupplierPartNumber = string.IsNullOrWhiteSpace(terms.SupplierPartNumber) ? null : terms.SupplierPartNumber.Trim();
        (MoqQuantity, MoqUnitId, OrderMultiple) = (terms.MoqQuantity, terms.MoqQuantity is null ? null : terms.MoqUnitId, terms.OrderMultiple);
        (LeadTimeDays, ContractQuantityLimit) = (terms.LeadTimeDays, terms.ContractQuantityLimit);
        (ReliabilityScore, OrderingCost, HoldingCostRate) = (terms.ReliabilityScore, terms.OrderingCost, terms.HoldingCostRate);
        (Preferred, ValidFrom, ValidTo) = (terms.Preferred, terms.ValidFrom, terms.ValidTo);
        var gone = _breaks.Where(b => terms.Breaks.All(t => t.MinimumQuantity != b.MinimumQuantity)).ToList();
        _breaks.RemoveAll(gone.Contains);
        foreach (var wanted in terms.Breaks)
        {
            if (_breaks.Find(b => b.MinimumQuantity == wanted.MinimumQuantity) is { } kept)
            {
                kept.Change(wanted.UnitCost);
            }
            else
            {
                _breaks.Add(new(Id, wanted.MinimumQuantity, wanted.UnitCost));
            }
        }

        return gone;
    }

    /// <summary>What one unit costs when so many are bought at once: the unit cost, or the last break that the quantity reaches.</summary>
    /// <param name="quantity">In the part's unit.</param>
    public decimal PriceAt(decimal quantity) => _breaks.Where(b => b.MinimumQuantity <= quantity).MaxBy(b => b.MinimumQuantity)?.UnitCost ?? UnitCost;

    /// <summary>Whether the price holds on a day.</summary>
    public bool HoldsOn(DateOnly day) => (ValidFrom is null || ValidFrom <= day) && (ValidTo is null || ValidTo >= day);

    internal void NoLongerPreferred() => Preferred = false;

    internal void Restore() => (DeletedAt, DeletedBy) = (null, null);
}

/// <summary>A cheaper price from a quantity on.</summary>
public sealed class PriceBreak : ISoftDeleted
{
    private PriceBreak()
    {
    }

    internal PriceBreak(Guid supplierPartId, decimal minimumQuantity, decimal unitCost)
    {
        (Id, SupplierPartId, MinimumQuantity, UnitCost) = (Guid.CreateVersion7(), supplierPartId, minimumQuantity, unitCost);
    }

    public Guid Id { get; private set; }

    public Guid SupplierPartId { get; private set; }

    /// <inheritdoc cref="BreakTerms.MinimumQuantity"/>
    public decimal MinimumQuantity { get; private set; }

    /// <inheritdoc cref="BreakTerms.UnitCost"/>
    public decimal UnitCost { get; private set; }

    public DateTimeOffset? DeletedAt { get; private set; }

    public Guid? DeletedBy { get; private set; }

    internal void Change(decimal unitCost) => UnitCost = unitCost;

    internal void Restore() => (DeletedAt, DeletedBy) = (null, null);
}
