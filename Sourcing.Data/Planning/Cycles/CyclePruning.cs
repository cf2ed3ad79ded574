using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;

namespace Sourcing.Data.Planning.Cycles;

/// <summary>
/// Removes what cycles long past worked out: rows, messages, issues and snapshots of finished live cycles beyond the newest thirty. The cycles
/// themselves, their recommendations and what was decided stay; so does everything of a cycle that a what-if varies.
/// </summary>
public sealed class CyclePruning(Database database) : IRegularWork
{
    /// <summary>Cycles that keep everything.</summary>
    public const int Kept = 30;

    /// <inheritdoc/>
    public string Name => "planning";

    /// <inheritdoc/>
    public string Title => "Remove the rows of old planning cycles";

    /// <inheritdoc/>
    public TimeSpan Every => TimeSpan.FromHours(12);

    /// <inheritdoc/>
    public Task<string> RunAsync(CancellationToken ct) => database.WriteAsync(
        async (db, token) =>
        {
            await db.AllowMinutesAsync(15, token);
            var old = await db.Database.SqlQuery<Guid>(
                $"""
                select c.id as "Value" from planning_cycles c
                where c.kind = 'live' and exists (select from planning_snapshots s where s.cycle_id = c.id)
                    and not exists (select from planning_cycles w where w.base_cycle_id = c.id and w.kind = 'what_if')
                    and c.id not in (select id from planning_cycles where kind = 'live' and status in ('completed', 'completed_with_errors') order by finished_at desc, id desc limit {Kept})
                """).ToArrayAsync(token);
            if (old.Length == 0)
            {
                return "No cycle is old enough.";
            }

            var rows = await db.Database.ExecuteSqlAsync($"delete from planned_requirements where cycle_id = any ({old})", token);
            rows += await db.Database.ExecuteSqlAsync($"delete from planning_messages where cycle_id = any ({old})", token);
            rows += await db.Database.ExecuteSqlAsync($"delete from planning_issues where cycle_id = any ({old})", token);
            await db.Database.ExecuteSqlAsync($"delete from planning_snapshots where cycle_id = any ({old})", token);
            return $"Removed {rows:N0} rows of {Text.Count(old.Length, "cycle")}.";
        }, ct);
}
