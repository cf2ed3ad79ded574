using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Catalog.Merging;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Data.Suppliers.Scorecards;

namespace Sourcing.Data.Suppliers.Merging;

/// <summary>Makes one supplier of two.</summary>
public sealed class SupplierMergeService(Database database, CurrentUser user, ScorecardService scorecards)
{
    /// <summary>
    /// Brings everything of the one supplier to the other, deletes it and leaves a lead; then has the scores reckoned anew. It cannot be undone. Refuses
    /// suppliers that are not there, deleted or merged already, two that quoted in one RFQ that is still running, and two invoices of one number.
    /// </summary>
    /// <returns>The supplier that stays.</returns>
    public async Task<Guid> MergeAsync(MergeForm form, CancellationToken ct)
    {
        user.Demand(Permission.SuppliersWrite);
        FormShape.Demand(form);
        var kept = await database.WriteOnceAsync(form.FormKey, async (db, token) =>
        {
            await db.AllowMinutesAsync(10, token);
            var (keepId, goneId) = (form.KeepId!.Value, form.GiveUpId!.Value);
            await db.Database.ExecuteSqlAsync($"select from suppliers where id in ({keepId}, {goneId}) order by id for update", token);
            // What could be quoted or ended just now waits: whether both quoted is looked at under this.
            await db.Database.ExecuteSqlAsync($"select from rfqs r where r.id in (select i.rfq_id from rfq_invitations i where i.supplier_id in ({keepId}, {goneId})) order by r.id for update", token);
            var (keep, gone) = await SupplierMergeQueries.TwoAsync(db, keepId, goneId, token);
            if (keep.Version != form.KeepVersion || gone.Version != form.GiveUpVersion)
            {
                throw new ConflictException();
            }

            var both = await SupplierMergeWork.BothQuotedAsync(db, keepId, goneId, token);
            if (await SupplierMergeQueries.FaultsAsync(db, keep, gone, both, token) is { Count: > 0 } faults)
            {
                throw new RefusedException(string.Join(" ", faults));
            }

            var moved = await MergeMoves.CountAsync(db, SupplierMoves.All, goneId, token);
            // First the word, then the deed: the guards of the tables ask for it.
            db.Add(new Merge(MergeKind.Supplier, (keep.Id, keep.Code, keep.Name), (gone.Id, gone.Code, gone.Name), user.Id, [.. moved.Select(m => new MovedCount(m.Name, m.Count))]));
            await db.SaveChangesAsync(token);
            await new SupplierMergeWork(db, keepId, goneId, user.Id).RunAsync(gone, token);
            keep.Absorb(gone);
            db.Entry(keep).Property(s => s.Name).IsModified = true;
            db.Remove(gone);
            await db.SaveChangesAsync(token);
            gone.GiveUpFor(keep);
            await db.SaveChangesAsync(token);
            await db.AnnounceAsync("suppliers", keepId, token);
            return keepId;
        }, ct);
        // Seconds with many suppliers: outside this act, by the queue.
        await scorecards.QueueAsync(ct);
        return kept;
    }
}
