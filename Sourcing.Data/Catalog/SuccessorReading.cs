using Microsoft.EntityFrameworkCore;

namespace Sourcing.Data.Catalog;

/// <summary>Reads who follows whom among parts: cross-references that say "replaced by" and name a part of the catalog.</summary>
internal static class SuccessorReading
{
    /// <summary>Taken by every act that makes a successor, so that two people cannot close a loop together, each with one half.</summary>
    private const long Lock = 7305809122043;

    public static Task LockSuccessorsAsync(this SourcingDb db, CancellationToken ct) => db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({Lock})", ct);

    /// <summary>The way from one of these parts to another over their successors, both named; null where there is none. The shortest.</summary>
    public static async Task<IReadOnlyList<Guid>?> WayAsync(SourcingDb db, IReadOnlyCollection<Guid> from, Guid to, CancellationToken ct)
    {
        var ids = from.ToArray();
        // Different pairs and not ways, so that a loop that is there already ends it too.
        var edges = (await db.Database.SqlQuery<Edge>(
            $"""
            with recursive after as (
                select r.part_id, r.other_part_id from part_cross_references r where r.part_id = any ({ids}) and r.kind = 'replaced_by' and r.other_part_id is not null and r.deleted_at is null
                union
                select r.part_id, r.other_part_id from after a
                    join part_cross_references r on r.part_id = a.other_part_id and r.kind = 'replaced_by' and r.other_part_id is not null and r.deleted_at is null
            )
            select part_id as "PartId", other_part_id as "NextId" from after
            """).ToListAsync(ct)).ToLookup(e => e.PartId, e => e.NextId);
        return ids.Contains(to) ? [to] : ids.Select(id => Planning.BomGraphReading.Way(edges, id, to)).FirstOrDefault(way => way is not null);
    }

    /// <summary>Who follows a part, one after the other to the living end: of each the first successor that is in the catalog. No statement where it has none.</summary>
    /// <param name="references">The part's own.</param>
    public static async Task<IReadOnlyList<PartRef>> ChainAsync(SourcingDb db, Guid part, IReadOnlyList<CrossReferenceView> references, CancellationToken ct)
    {
        if (!references.Any(r => r is { Kind: CrossReferenceKind.ReplacedBy, OtherPartId: not null }))
        {
            return [];
        }

        var steps = await db.Database.SqlQuery<Step>($"select n.step as \"Place\", p.id as \"Id\", p.number as \"Number\", p.name as \"Name\" from app.successors({part}) n join parts p on p.id = n.id").ToListAsync(ct);
        return [.. steps.OrderBy(s => s.Place).Select(s => new PartRef(s.Id, s.Number, s.Name))];
    }

    private sealed record Step(int Place, Guid Id, string Number, string Name);

    private sealed record Edge(Guid PartId, Guid NextId);
}
