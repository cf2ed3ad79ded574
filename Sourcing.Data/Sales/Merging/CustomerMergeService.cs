using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Catalog.Merging;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;

namespace Sourcing.Data.Sales.Merging;

/// <summary>Makes one customer of two.</summary>
public sealed class CustomerMergeService(Database database, CurrentUser user)
{
    /// <summary>
    /// Brings orders, RFQs, requests, notes, contacts and files of the one customer to the other, deletes it and leaves a lead. It cannot be undone. Refuses customers
    /// that are not there, deleted or merged already. Of two merges at once one wins.
    /// </summary>
    /// <returns>The customer that stays.</returns>
    public Task<Guid> MergeAsync(MergeForm form, CancellationToken ct)
    {
        user.Demand(Permission.UsersManage);
        FormShape.Demand(form);
        return database.WriteOnceAsync(form.FormKey, async (db, token) =>
        {
            var (keepId, goneId) = (form.KeepId!.Value, form.GiveUpId!.Value);
            await db.Database.ExecuteSqlAsync($"select from customers where id in ({keepId}, {goneId}) order by id for update", token);
            var (keep, gone) = await CustomerMergeQueries.TwoAsync(db, keepId, goneId, token);
            if (keep.Version != form.KeepVersion || gone.Version != form.GiveUpVersion)
            {
                throw new ConflictException();
            }

            var moved = await MergeMoves.CountAsync(db, CustomerMoves.All, goneId, token);
            // First the word, then the deed: the policies of the tables ask for it.
            db.Add(new Merge(MergeKind.Customer, (keep.Id, keep.Number, keep.Name), (gone.Id, gone.Number, gone.Name), user.Id, [.. moved.Select(m => new MovedCount(m.Name, m.Count))]));
            await db.SaveChangesAsync(token);
            await MergeMoves.MoveAsync(db, CustomerMoves.All, keepId, goneId, token);
            gone.MergeInto(keep, await db.NowAsync(token), user.Id);
            await db.SaveChangesAsync(token);
            await db.AnnounceAsync("customers", keepId, token);
            return keepId;
        }, ct);
    }
}
