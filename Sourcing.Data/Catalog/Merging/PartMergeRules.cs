using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Planning;

namespace Sourcing.Data.Catalog.Merging;

/// <summary>Why two parts cannot become one as they stand: each a sentence that says how to mend it.</summary>
internal sealed class PartMergeRules(SourcingDb db, Part keep, Part gone, DateOnly today)
{
    /// <summary>Everything that stands in the way; empty when nothing does.</summary>
    public async Task<IReadOnlyList<string>> FaultsAsync(CancellationToken ct)
    {
        var faults = new List<string>();
        if (keep.UnitId != gone.UnitId)
        {
            var codes = await db.Units.IgnoreQueryFilters([SourcingDb.LiveRows]).Where(u => u.Id == keep.UnitId || u.Id == gone.UnitId).ToDictionaryAsync(u => u.Id, u => u.Code, ct);
            faults.Add($"{keep.Number} is kept in {codes[keep.UnitId]} and {gone.Number} in {codes[gone.UnitId]}: stock, prices and orders would mean other quantities. "
                + $"Make {gone.Number} anew in {codes[keep.UnitId]} for what is to come, name {keep.Number} as its successor, and leave the old one as it is.");
        }

        faults.AddRange(await ConversionsAsync(ct));
        faults.AddRange(await BomsAsync(ct));
        faults.AddRange(await SuccessorsAsync(ct));
        return faults;
    }

    private async Task<IReadOnlyList<string>> ConversionsAsync(CancellationToken ct)
    {
        var both = await db.PartUnitConversions.Where(c => c.PartId == gone.Id)
            .Join(db.PartUnitConversions.Where(c => c.PartId == keep.Id), b => b.UnitId, a => a.UnitId, (b, a) => new { a.Unit.Code, Kept = a.Factor, Gone = b.Factor })
            .Where(x => x.Kept != x.Gone).OrderBy(x => x.Code).ToListAsync(ct);
        return [.. both.Select(x => FormattableString.Invariant(
            $"1 {x.Code} holds {x.Kept:0.########} of {keep.Number} and {x.Gone:0.########} of {gone.Number}: old lines in {x.Code} would mean other quantities. Make the two conversions the same first."))];
    }

    private async Task<IReadOnlyList<string>> BomsAsync(CancellationToken ct)
    {
        var faults = new List<string>();
        var made = await db.BomLines.Where(l => (l.ParentPartId == keep.Id || l.ParentPartId == gone.Id) && (l.ValidTo == null || l.ValidTo >= today))
            .Select(l => l.ParentPartId).Distinct().ToListAsync(ct);
        if (made.Count == 2)
        {
            faults.Add($"Both {keep.Number} and {gone.Number} have a bill of materials that holds. Remove the components of one of the two first, or end them.");
        }

        var tree = await db.TreeBelowAsync([keep.Id, gone.Id], today, ct);
        foreach (var (from, to) in new[] { (keep, gone), (gone, keep) })
        {
            if (BomGraphReading.Way(tree, from.Id, to.Id) is { } way)
            {
                faults.Add($"{from.Number} is made of {to.Number}, so the one part would be made of itself: {await db.NumbersAsync(way, ct)}. Take it out of the bill of materials of {(await db.NumbersAsync([way[^2]], ct))} first.");
            }
        }

        var twice = await db.Database.SqlQuery<string>(
            $"""
            select distinct p.number as "Value" from bom_lines a join bom_lines b on b.parent_part_id = a.parent_part_id join parts p on p.id = a.parent_part_id and p.deleted_at is null
            where a.component_part_id = {keep.Id} and b.component_part_id = {gone.Id} and a.deleted_at is null and b.deleted_at is null and (a.valid_to is null or a.valid_to >= {today})
                and (b.valid_to is null or b.valid_to >= {today}) and daterange(a.valid_from, a.valid_to, '[]') && daterange(b.valid_from, b.valid_to, '[]')
            order by 1 limit 6
            """).ToListAsync(ct);
        if (twice.Count > 0)
        {
            faults.Add($"{string.Join(", ", twice.Take(5))}{(twice.Count > 5 ? " and others" : "")} {(twice.Count == 1 ? "is" : "are")} made of both. Leave {keep.Number} alone in that bill of materials, with the quantity of both, first.");
        }

        return faults;
    }

    // A → C → B: as one part it would be followed by itself. A directly followed by B is what a merge ends.
    private async Task<IReadOnlyList<string>> SuccessorsAsync(CancellationToken ct)
    {
        var faults = new List<string>();
        foreach (var (from, to) in new[] { (keep, gone), (gone, keep) })
        {
            if (await SuccessorReading.WayAsync(db, [from.Id], to.Id, ct) is { Count: > 2 } way)
            {
                faults.Add($"{from.Number} is followed by {to.Number} through other parts, so the one part would follow itself: {await db.NumbersAsync(way, ct)}. Remove a successor from this chain first.");
            }
        }

        return faults;
    }
}
