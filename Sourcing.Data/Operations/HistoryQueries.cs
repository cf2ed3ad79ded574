using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;

namespace Sourcing.Data.Operations;

/// <summary>One field's change, in words.</summary>
/// <param name="Field">"Lead time days".</param>
/// <param name="Before">Null when there was nothing.</param>
/// <param name="After">Null when there is nothing.</param>
public sealed record FieldChange(string Field, string? Before, string? After);

/// <summary>What happened to one record in one act.</summary>
/// <param name="What">"RFQ line 3", "Supplier price".</param>
/// <param name="Deed">added, changed, deleted, restored or imported.</param>
public sealed record RecordChange(string Table, Guid RecordId, string What, string Deed, IReadOnlyList<FieldChange> Fields);

/// <summary>One act: everything that one transaction changed.</summary>
public sealed record HistoryAct(long TransactionId, DateTimeOffset At, Guid? ActorId, string Actor, IReadOnlyList<RecordChange> Changes);

/// <summary>Reads who changed what from what to what.</summary>
public sealed partial class HistoryQueries(Database database, CurrentUser user)
{
    /// <summary>Entries read for one panel; older ones are found in the search over all history.</summary>
    public const int Most = 400;

    /// <summary>The history of a record and of what belongs to it, the latest act first.</summary>
    public Task<IReadOnlyList<HistoryAct>> ForAsync(Guid recordId, CancellationToken ct)
    {
        user.Demand(Permission.HistoryRead);
        var hidden = RecordKinds.All.Where(k => !user.May(k.Read)).Select(k => k.Table).ToArray();
        return database.ReadAsync(
            async (db, token) =>
            {
                var entries = await db.AuditEntries.AsNoTracking()
                    .Where(e => (e.RecordId == recordId || e.ParentId == recordId) && !hidden.Contains(e.TableName))
                    .OrderByDescending(e => e.At).ThenByDescending(e => e.Id).Take(Most).ToListAsync(token);
                return await new HistoryWords(db, user.Identity).TellAsync(entries, token);
            },
            ct);
    }
}
