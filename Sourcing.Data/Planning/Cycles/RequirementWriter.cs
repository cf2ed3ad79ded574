using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Data.Planning.Engine;

namespace Sourcing.Data.Planning.Cycles;

/// <summary>
/// Writes the largest part of what a live cycle worked out, and what it saw, in a transaction of its own beside <see cref="CycleWriter"/>, so that the
/// server works on both at once. Nobody reads them before their cycle is finished, which the other transaction says after this one has ended.
/// </summary>
internal sealed class RequirementWriter(SourcingDb db, Guid cycleId, PlanResult plan)
{
    private readonly RunSql _sql = new(db);

    /// <summary>Writes both.</summary>
    /// <param name="snapshot">What the cycle saw, to be run again.</param>
    /// <param name="minutes">A single statement may take so long.</param>
    /// <returns>Statements sent.</returns>
    public async Task<int> WriteAsync(byte[] snapshot, int minutes, CancellationToken ct)
    {
        // A try that broke after this transaction and before the other's end has left its rows. The limit is set by the same statement.
        await _sql.ExecuteAsync(
            """
            with left_over as (delete from planned_requirements where cycle_id = $1)
            insert into planning_snapshots (cycle_id, content) select $1, $2 from set_config('statement_timeout', $3, true)
            on conflict (cycle_id) do update set content = excluded.content
            """, ct, cycleId, snapshot, $"{minutes}min");
        await CopyAsync(ct);
        return _sql.Count;
    }

    /// <summary>Everything that happens to a material in a bucket; a bucket in which nothing does has no row, save the first of what has stock.</summary>
    /// <summary>Takes back what was written for a cycle that came to nothing.</summary>
    public static async Task RemoveAsync(SourcingDb db, Guid cycleId, int minutes, CancellationToken ct)
    {
        await db.AllowMinutesAsync(minutes, ct);
        await db.Database.ExecuteSqlAsync($"delete from planned_requirements where cycle_id = {cycleId}", ct);
        await db.Database.ExecuteSqlAsync($"delete from planning_snapshots where cycle_id = {cycleId}", ct);
    }

    private async Task CopyAsync(CancellationToken ct)
    {
        // In the order of the key, so that its index grows at one end.
        var rows = plan.Rows.Where(r => !r.IsSkipped).OrderBy(r => r.Material.Id, KeyOrder.Instance).ToArray();
        await using var binary = new BinaryRows(await _sql.CopyRawAsync(
            "planned_requirements (cycle_id, part_id, bucket, bucket_start, gross, scheduled, projected_without_plan, net, planned_receipt, planned_release, projected, safety_stock)", ct), 12);
        await Task.Run(() => Send(binary, rows, ct), ct);
        await binary.CompleteAsync();
    }

    private void Send(BinaryRows binary, PlanRow[] rows, CancellationToken ct)
    {
        var flow = new PlanFlow(plan.Buckets.Count);
        foreach (var row in rows)
        {
            ct.ThrowIfCancellationRequested();
            plan.Fill(row, flow);
            var safety = Micro.Of(row.Safety.Quantity);
            for (var b = 0; b < plan.Buckets.Count; b++)
            {
                if ((flow.Gross[b] | flow.Receipts[b] | flow.Net[b] | flow.PlannedReceipts[b] | flow.PlannedReleases[b]) == 0 && (b > 0 || (row.OpeningStock == 0 && safety == 0)))
                {
                    continue;
                }

                binary.Start();
                binary.Write(cycleId);
                binary.Write(row.Material.Id);
                binary.Write((short)b);
                binary.Write(plan.Buckets[b].Start);
                foreach (var micro in (ReadOnlySpan<long>)
                    [flow.Gross[b], flow.Receipts[b], flow.WithoutPlan[b], flow.Net[b], flow.PlannedReceipts[b], flow.PlannedReleases[b], flow.WithPlan[b], safety])
                {
                    binary.WriteMicro(micro);
                }
            }
        }
    }

    // PostgreSQL sorts keys byte by byte, .NET by its own fields.
    private sealed class KeyOrder : IComparer<Guid>
    {
        public static readonly KeyOrder Instance = new();

        public int Compare(Guid x, Guid y)
        {
            Span<byte> a = stackalloc byte[16], b = stackalloc byte[16];
            x.TryWriteBytes(a, bigEndian: true, out _);
            y.TryWriteBytes(b, bigEndian: true, out _);
            return a.SequenceCompareTo(b);
        }
    }
}
