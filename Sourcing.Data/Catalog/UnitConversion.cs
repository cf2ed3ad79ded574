using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;

namespace Sourcing.Data.Catalog;

/// <summary>A unit as conversions need it.</summary>
/// <param name="Factor">Of the dimension's base in one unit.</param>
public sealed record UnitFacts(Guid Id, string Code, string Name, Dimension Dimension, decimal Factor);

/// <summary>How a part is measured: its own unit, and what other units hold of it.</summary>
/// <param name="Factors">Of the part's unit in one of the key's unit.</param>
public sealed record PartUnits(Guid UnitId, IReadOnlyDictionary<Guid, decimal> Factors);

/// <summary>
/// Conversion between units: through the part's own factor where it has one, else through the dimension that both share
/// (quantity × factor of the one ÷ factor of the other). Packages have no dimension in this sense.
/// </summary>
public sealed class UnitConversion(IEnumerable<UnitFacts> units)
{
    private readonly Dictionary<Guid, UnitFacts> _units = units.ToDictionary(u => u.Id);

    /// <summary>The unit with this key.</summary>
    public UnitFacts this[Guid id] => _units[id];

    /// <summary>A unit of mass, the one nearest to the kilogram; null where there is none.</summary>
    public Guid? AnyMass() => _units.Values.Where(u => u.Dimension == Dimension.Mass).OrderBy(u => Math.Abs(u.Factor - 1)).ThenBy(u => u.Id).FirstOrDefault()?.Id;

    /// <summary>All of them, in no order.</summary>
    public IReadOnlyCollection<UnitFacts> All => _units.Values;

    /// <summary>Whether there is such a unit.</summary>
    public bool Knows(Guid id) => _units.ContainsKey(id);

    /// <summary>The quantity in another unit, unrounded. Refuses an impossible conversion, naming both units.</summary>
    public decimal Convert(decimal quantity, Guid from, Guid to, PartUnits? part = null) => quantity * Factor(from, to, part);

    /// <summary>A price for one <paramref name="from"/> as a price for one <paramref name="to"/>, unrounded.</summary>
    public decimal ConvertPrice(decimal price, Guid from, Guid to, PartUnits? part = null) => price / Factor(from, to, part);

    /// <summary>How many <paramref name="to"/> one <paramref name="from"/> is. Refuses an impossible conversion, naming both units.</summary>
    public decimal Factor(Guid from, Guid to, PartUnits? part = null) => FactorOrNull(from, to, part) ?? throw new RefusedException(
        part is null
            ? $"No conversion from {_units[from].Code} to {_units[to].Code}. Choose units of one kind."
            : $"No conversion from {_units[from].Code} to {_units[to].Code} for this part. Say how many {_units[to].Code} a {_units[from].Code} holds.");

    /// <summary>The same, null where there is no conversion.</summary>
    public decimal? FactorOrNull(Guid from, Guid to, PartUnits? part = null)
    {
        if (from == to)
        {
            return 1;
        }

        if (part is not null && (part.Factors.ContainsKey(from) || part.Factors.ContainsKey(to) || ByDimension(from, to) is null))
        {
            return ToOwn(from, part) / ToOwn(to, part);
        }

        return ByDimension(from, to);
    }

    /// <summary>How many of the part's own unit one of this unit is.</summary>
    private decimal? ToOwn(Guid unit, PartUnits part)
    {
        if (unit == part.UnitId)
        {
            return 1;
        }

        if (part.Factors.TryGetValue(unit, out var own))
        {
            return own;
        }

        // By the dimension of the part's unit, or of another unit that the part has a factor for: g of a part kept in m with 1 kg = 5 m.
        return ByDimension(unit, part.UnitId)
            ?? part.Factors.Select(f => ByDimension(unit, f.Key) * f.Value).FirstOrDefault(f => f is not null);
    }

    private decimal? ByDimension(Guid from, Guid to)
    {
        var (one, other) = (_units[from], _units[to]);
        return one.Dimension == other.Dimension && one.Dimension != Dimension.Package ? one.Factor / other.Factor : null;
    }
}

/// <summary>Reads what conversions need, a few queries for any number of parts.</summary>
public static class UnitConversions
{
    /// <summary>All units, the deleted ones too: old documents still speak of them.</summary>
    public static async Task<UnitConversion> UnitConversionAsync(this SourcingDb db, CancellationToken ct) =>
        new(await db.Units.IgnoreQueryFilters([SourcingDb.LiveRows]).Select(u => new UnitFacts(u.Id, u.Code, u.Name, u.Dimension, u.Factor)).ToListAsync(ct));

    /// <summary>How these parts are measured; parts that do not exist are left out.</summary>
    public static async Task<IReadOnlyDictionary<Guid, PartUnits>> PartUnitsAsync(this SourcingDb db, IReadOnlyCollection<Guid> partIds, CancellationToken ct)
    {
        var own = await db.Parts.IgnoreQueryFilters([SourcingDb.LiveRows]).Where(p => partIds.Contains(p.Id)).Select(p => new { p.Id, p.UnitId }).ToListAsync(ct);
        var factors = await db.PartUnitConversions.Where(c => partIds.Contains(c.PartId)).Select(c => new { c.PartId, c.UnitId, c.Factor }).ToListAsync(ct);
        var byPart = factors.ToLookup(f => f.PartId);
        return own.ToDictionary(p => p.Id, p => new PartUnits(p.UnitId, byPart[p.Id].ToDictionary(f => f.UnitId, f => f.Factor)));
    }
}
