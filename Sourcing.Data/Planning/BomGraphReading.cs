using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Catalog;
using Sourcing.Data.Common;

namespace Sourcing.Data.Planning;

/// <summary>A line of a bill of materials between two parts, as arithmetic needs it.</summary>
internal sealed record BomLink
{
    public Guid LineId { get; init; }

    public Guid ParentId { get; init; }

    public Guid ComponentId { get; init; }

    public decimal QuantityPer { get; init; }

    public Guid? UnitId { get; init; }

    public bool IsShare { get; init; }

    public decimal ScrapRate { get; init; }

    public int Position { get; init; }
}

/// <summary>A part in a bill of materials.</summary>
/// <param name="Yield">Of its own bill of materials; 1 where it has none.</param>
internal sealed record BomPart(Guid Id, string Number, string Name, Guid UnitId, string Unit, decimal Yield, bool IsPhantom, decimal? StandardCost);

/// <summary>
/// Reads bills of materials level by level in one statement. The statement gathers different lines and not paths, so a cycle ends it like
/// everything else, and a part that is used a thousand times is read once.
/// </summary>
internal static class BomGraphReading
{
    /// <summary>Taken by every act that makes a new parent of a part, so that two people cannot close a cycle together, each with one half.</summary>
    private const long Lock = 7305809122017;

    public static Task LockBomsAsync(this SourcingDb db, CancellationToken ct) => db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({Lock})", ct);

    /// <summary>Every line below these parts that holds on the day.</summary>
    public static async Task<IReadOnlyList<BomLink>> LinksBelowAsync(this SourcingDb db, IReadOnlyCollection<Guid> parts, DateOnly on, CancellationToken ct)
    {
        var ids = parts.ToArray();
        return await db.Database.SqlQuery<BomLink>(
            $"""
            with recursive below as (
                select l.* from bom_lines l where l.parent_part_id = any ({ids}) and l.deleted_at is null and l.valid_from <= {on} and (l.valid_to is null or l.valid_to >= {on})
                union
                select l.* from below b join bom_lines l on l.parent_part_id = b.component_part_id and l.deleted_at is null and l.valid_from <= {on} and (l.valid_to is null or l.valid_to >= {on})
            )
            select id as "LineId", parent_part_id as "ParentId", component_part_id as "ComponentId", quantity_per as "QuantityPer", unit_id as "UnitId", is_share as "IsShare",
                scrap_rate as "ScrapRate", position as "Position" from below
            """).ToListAsync(ct);
    }

    /// <summary>Every line above this part that holds on the day, but for those of deleted parts.</summary>
    public static async Task<IReadOnlyList<BomLink>> LinksAboveAsync(this SourcingDb db, Guid part, DateOnly on, CancellationToken ct) =>
        await db.Database.SqlQuery<BomLink>(
            $"""
            with recursive above as (
                select l.* from bom_lines l join parts p on p.id = l.parent_part_id and p.deleted_at is null where l.component_part_id = {part} and l.deleted_at is null and l.valid_from <= {on} and (l.valid_to is null or l.valid_to >= {on})
                union
                select l.* from above a join bom_lines l on l.component_part_id = a.parent_part_id and l.deleted_at is null and l.valid_from <= {on} and (l.valid_to is null or l.valid_to >= {on})
                    join parts p on p.id = l.parent_part_id and p.deleted_at is null
            )
            select id as "LineId", parent_part_id as "ParentId", component_part_id as "ComponentId", quantity_per as "QuantityPer", unit_id as "UnitId", is_share as "IsShare",
                scrap_rate as "ScrapRate", position as "Position" from above
            """).ToListAsync(ct);

    /// <summary>
    /// Parent and component of every line below these parts that has not ended. The day on which a line begins does not count: a plan orders
    /// all lines of its horizon at once, and what is a cycle on no single day is one to it.
    /// </summary>
    public static async Task<ILookup<Guid, Guid>> TreeBelowAsync(this SourcingDb db, IReadOnlyCollection<Guid> parts, DateOnly today, CancellationToken ct)
    {
        var ids = parts.ToArray();
        return (await db.Database.SqlQuery<Edge>(
            $"""
            with recursive below as (
                select l.parent_part_id, l.component_part_id from bom_lines l where l.parent_part_id = any ({ids}) and l.deleted_at is null and (l.valid_to is null or l.valid_to >= {today})
                union
                select l.parent_part_id, l.component_part_id from below b
                    join bom_lines l on l.parent_part_id = b.component_part_id and l.deleted_at is null and (l.valid_to is null or l.valid_to >= {today})
            )
            select parent_part_id as "ParentId", component_part_id as "ComponentId" from below
            """).ToListAsync(ct)).ToLookup(e => e.ParentId, e => e.ComponentId);
    }

    /// <summary>The way down from one part to another, both named; null where there is none. The shortest, so that it says least.</summary>
    public static IReadOnlyList<Guid>? Way(ILookup<Guid, Guid> tree, Guid from, Guid to)
    {
        var before = new Dictionary<Guid, Guid>();
        var queue = new Queue<Guid>([from]);
        while (queue.TryDequeue(out var part))
        {
            foreach (var component in tree[part].Order())
            {
                if (component == to)
                {
                    var way = new List<Guid> { to, part };
                    while (way[^1] != from)
                    {
                        way.Add(before[way[^1]]);
                    }

                    way.Reverse();
                    return way;
                }

                if (component != from && before.TryAdd(component, part))
                {
                    queue.Enqueue(component);
                }
            }
        }

        return null;
    }

    /// <summary>A → B → C → A in the numbers that people know.</summary>
    public static async Task<string> NumbersAsync(this SourcingDb db, IReadOnlyList<Guid> way, CancellationToken ct)
    {
        var numbers = await db.Parts.IgnoreQueryFilters([SourcingDb.LiveRows]).Where(p => way.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Number, ct);
        return string.Join(" → ", way.Select(id => numbers[id]));
    }

    /// <summary>The parts with what their own bills of materials say of them; deleted ones too, because lines still name them.</summary>
    public static async Task<IReadOnlyDictionary<Guid, BomPart>> BomPartsAsync(this SourcingDb db, IReadOnlyCollection<Guid> ids, CancellationToken ct) =>
        await (
            from p in db.Parts.IgnoreQueryFilters(new[] { SourcingDb.LiveRows })
            join u in db.Units.IgnoreQueryFilters(new[] { SourcingDb.LiveRows }) on p.UnitId equals u.Id
            join b in db.BillsOfMaterials on p.Id equals b.PartId into bills
            from b in bills.DefaultIfEmpty()
            where ids.Contains(p.Id)
            select new BomPart(p.Id, p.Number, p.Name, p.UnitId, u.Code, (decimal?)b.Yield ?? 1, (bool?)b.IsPhantom ?? false, p.StandardCost))
            .ToDictionaryAsync(p => p.Id, ct);

    private sealed class Edge
    {
        public Guid ParentId { get; set; }

        public Guid ComponentId { get; set; }
    }
}

/// <summary>How much of a component a parent takes: unit conversion, share of mass, scrap, yield.</summary>
internal sealed class BomArithmetic(UnitConversion units, IReadOnlyDictionary<Guid, PartUnits> partUnits, Guid? kilogram)
{
    /// <summary>Reads what is needed for these parts.</summary>
    public static async Task<BomArithmetic> ForAsync(SourcingDb db, IReadOnlyCollection<Guid> parts, CancellationToken ct)
    {
        var units = await db.UnitConversionAsync(ct);
        return new(units, await db.PartUnitsAsync(parts, ct), units.AnyMass());
    }

    /// <summary>
    /// Of the component, in its unit, for one of the parent that is wanted: quantity per · conversion / (1 − scrap) / yield. For a share the quantity
    /// is the share and the conversion leads from the parent's unit through its mass. Null where a unit does not convert.
    /// </summary>
    public decimal? PerParent(BomPart parent, BomPart component, decimal quantityPer, Guid? unitId, bool isShare, decimal scrapRate) =>
        (isShare ? ShareFactor(parent, component) : units.FactorOrNull(unitId!.Value, component.UnitId, partUnits[component.Id])) * quantityPer / (1 - scrapRate) / parent.Yield;

    /// <inheritdoc cref="PerParent(BomPart, BomPart, decimal, Guid?, bool, decimal)"/>
    public decimal? PerParent(BomPart parent, BomPart component, BomLink link) => PerParent(parent, component, link.QuantityPer, link.UnitId, link.IsShare, link.ScrapRate);

    /// <summary>Why a line cannot be reckoned with, naming both units; null where it can.</summary>
    public string? Fault(BomPart parent, BomPart component, Guid? unitId, bool isShare)
    {
        if (!isShare)
        {
            return units.FactorOrNull(unitId!.Value, component.UnitId, partUnits[component.Id]) is not null ? null
                : $"No conversion from {units[unitId.Value].Code} to {component.Unit} for {component.Number}. Say how many {component.Unit} a {units[unitId.Value].Code} holds, or take another unit.";
        }

        var mass = kilogram is { } kg ? units[kg].Code : "kg";
        return MassOf(parent) is null ? $"A share is one of mass, and there is no conversion from {parent.Unit} to {mass} for {parent.Number}. Say how many {mass} a {parent.Unit} weighs, or enter a quantity."
            : ShareFactor(parent, component) is null ? $"A share is one of mass, and there is no conversion from {mass} to {component.Unit} for {component.Number}. Say how many {component.Unit} a {mass} is, or enter a quantity."
            : null;
    }

    /// <summary>Whether there is such a unit.</summary>
    public bool Knows(Guid unitId) => units.Knows(unitId);

    /// <summary>The code of a unit.</summary>
    public string Code(Guid unitId) => units[unitId].Code;

    private decimal? MassOf(BomPart parent) => kilogram is { } kg ? units.FactorOrNull(parent.UnitId, kg, partUnits[parent.Id]) : null;

    private decimal? ShareFactor(BomPart parent, BomPart component) =>
        kilogram is { } kg ? MassOf(parent) * units.FactorOrNull(kg, component.UnitId, partUnits[component.Id]) : null;
}
