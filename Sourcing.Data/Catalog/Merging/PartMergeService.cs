using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Data.Planning;

namespace Sourcing.Data.Catalog.Merging;

/// <summary>Makes one part of two.</summary>
public sealed class PartMergeService(Database database, CurrentUser user)
{
    /// <summary>
    /// Brings everything of the one part to the other, deletes it and leaves a lead. It cannot be undone. Refuses parts that are not there, deleted or
    /// merged already, other units, conversions that differ, two bills of materials that hold, and parts of which one is made of or follows the other.
    /// </summary>
    /// <returns>The part that stays.</returns>
    public Task<Guid> MergeAsync(MergeForm form, CancellationToken ct)
    {
        user.Demand(Permission.PartsWrite);
        FormShape.Demand(form);
        return database.WriteOnceAsync(form.FormKey, async (db, token) =>
        {
            await db.AllowMinutesAsync(10, token);
            await db.LockBomsAsync(token);
            await db.LockSuccessorsAsync(token);
            var (keepId, goneId) = (form.KeepId!.Value, form.GiveUpId!.Value);
            // In one order, so that two merges of the same two wait for each other; lines that are just being added to either are waited for too.
            await db.Database.ExecuteSqlAsync($"select from parts where id in ({keepId}, {goneId}) order by id for update", token);
            var (keep, gone) = await PartMergeQueries.TwoAsync(db, keepId, goneId, token);
            if (keep.Version != form.KeepVersion || gone.Version != form.GiveUpVersion)
            {
                throw new ConflictException();
            }

            await DemandAsync(db, keep, gone, token);
            var moved = await MergeMoves.CountAsync(db, PartMoves.All.Concat(PartMoves.Following), goneId, token);
            // First the word, then the deed: the guards of the tables ask for it.
            db.Add(new Merge(MergeKind.Part, (keep.Id, keep.Number, keep.Name), (gone.Id, gone.Number, gone.Name), user.Id, [.. moved.Select(m => new MovedCount(m.Name, m.Count))]));
            await db.SaveChangesAsync(token);
            await new PartMergeWork(db, keepId, goneId, user.Id).RunAsync(gone, token);
            await db.Entry(keep).Collection(p => p.CrossReferences).LoadAsync(token);
            keep.Absorb(gone);
            // A change of its rows alone is a change of the part: whoever has it open is told.
            db.Entry(keep).Property(p => p.Name).IsModified = true;
            db.Remove(gone);
            await db.SaveChangesAsync(token);
            gone.GiveUpFor(keep);
            await db.SaveChangesAsync(token);
            await db.AnnounceAsync("parts", keepId, token);
            return keepId;
        }, ct);
    }

    private static async Task DemandAsync(SourcingDb db, Part keep, Part gone, CancellationToken ct)
    {
        var today = DateOnly.FromDateTime((await db.NowAsync(ct)).UtcDateTime);
        if (await new PartMergeRules(db, keep, gone, today).FaultsAsync(ct) is { Count: > 0 } faults)
        {
            throw new RefusedException(string.Join(" ", faults));
        }
    }
}
