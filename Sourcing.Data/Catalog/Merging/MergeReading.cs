using Microsoft.EntityFrameworkCore;

namespace Sourcing.Data.Catalog.Merging;

/// <summary>Reads merges that were done, of parts, suppliers and customers alike.</summary>
internal static class MergeReading
{
    private const int Most = 50;

    /// <summary>What was merged into this record, also through records that were merged themselves; the last first.</summary>
    public static async Task<IReadOnlyList<MergeView>> OfAsync(SourcingDb db, MergeKind kind, Guid keptId, CancellationToken ct)
    {
        var word = Common.Words.Snake(kind.ToString());
        var ids = await db.Database.SqlQuery<Guid>(
            $"""
            with recursive before as (
                select m.gone_id from merges m where m.kept_id = {keptId} and m.kind = {word}
                union
                select m.gone_id from before b join merges m on m.kept_id = b.gone_id and m.kind = {word}
            )
            select gone_id as "Value" from before
            """).ToListAsync(ct);
        var merges = await db.Merges.AsNoTracking().Where(m => ids.Contains(m.GoneId)).OrderByDescending(m => m.CreatedAt).ThenBy(m => m.Id).Take(Most)
            .Select(m => new { Merge = m, By = db.People.Where(p => p.Id == m.MergedBy).Select(p => p.FullName).FirstOrDefault() }).ToListAsync(ct);
        return [.. merges.Select(m => new MergeView(m.Merge.GoneId, m.Merge.GoneNumber, m.Merge.GoneName, m.By ?? "somebody", m.Merge.CreatedAt, m.Merge.Counts()))];
    }

    /// <summary>The living record that this one became one with; null for one that was never given up.</summary>
    /// <param name="named">Says who did it.</param>
    public static async Task<MergedInto?> LeadsToAsync(SourcingDb db, MergeKind kind, Guid goneId, bool named, CancellationToken ct)
    {
        // What this was merged into may have been merged on: the record itself names the last, the merge who did it and when.
        var merge = await db.Merges.AsNoTracking().Where(m => m.GoneId == goneId && m.Kind == kind).SingleOrDefaultAsync(ct);
        if (merge is null)
        {
            return null;
        }

        string[] all = [SourcingDb.LiveRows];
        var kept = kind switch
        {
            MergeKind.Part => await db.Parts.IgnoreQueryFilters(all).Where(p => p.Id == goneId).Select(p => p.MergedInto).SingleAsync(ct),
            MergeKind.Supplier => await db.Suppliers.IgnoreQueryFilters(all).Where(s => s.Id == goneId).Select(s => s.MergedInto).SingleAsync(ct),
            _ => await db.Customers.IgnoreQueryFilters(all).Where(c => c.Id == goneId).Select(c => c.MergedInto).SingleAsync(ct),
        };
        var by = !named ? null : await db.People.Where(p => p.Id == merge.MergedBy).Select(p => p.FullName).FirstOrDefaultAsync(ct);
        return new(kept ?? merge.KeptId, merge.GoneNumber, merge.GoneName, by ?? "somebody", merge.CreatedAt);
    }
}
