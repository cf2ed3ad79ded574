using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;

namespace Sourcing.Data.Planning.Cycles;

/// <summary>Starts and cancels live planning cycles. The long part is queued: see <see cref="PlanningWork"/>.</summary>
public sealed class PlanningService(Database database, CurrentUser user, JobRunService jobs)
{
    /// <summary>The topic under which pages hear that a cycle has moved on.</summary>
    public const string Topic = "planning";

    // Two who start at once wait for each other, and the second is refused.
    internal const long StartLock = 7305809122010;

    /// <summary>Queues a live cycle as of today. Refuses a second one while one waits or runs.</summary>
    /// <returns>The cycle.</returns>
    public Task<Guid> StartAsync(StartCycleForm form, CancellationToken ct)
    {
        user.Demand(Permission.PlanningWrite);
        FormShape.Demand(form);
        return database.WriteOnceAsync(form.FormKey, (db, token) => QueueLiveAsync(db, null, token), ct);
    }

    /// <summary>Calls a cycle or what-if off that waits or runs; one that a job works on stops within seconds and leaves nothing but its row. Refuses others' cycles, save for an admin.</summary>
    public async Task CancelAsync(Guid cycleId, CancellationToken ct)
    {
        user.Demand(Permission.PlanningWrite);
        var job = await database.ReadAsync(
            async (db, token) =>
            {
                var cycle = await db.PlanningCycles.AsNoTracking().SingleOrDefaultAsync(c => c.Id == cycleId, token) ?? throw new MissingException("planning cycle");
                if (cycle.StartedBy != user.Id && !user.May(Permission.OperationsRead))
                {
                    var by = await db.People.Where(p => p.Id == cycle.StartedBy).Select(p => p.FullName).FirstOrDefaultAsync(token);
                    throw new RefusedException($"{cycle.Number} was started by {by ?? "somebody else"}. Ask them or an admin to cancel it.");
                }

                return await db.JobRuns.Where(j => j.SubjectId == cycleId && (j.Status == JobStatus.Running || j.Status == JobStatus.Waiting))
                    .OrderByDescending(j => j.CreatedAt).Select(j => new { j.Id, j.Status }).FirstOrDefaultAsync(token);
            }, ct);
        if (job is not null)
        {
            await jobs.CancelAsync(job.Id, ct);
            if (job.Status == JobStatus.Running)
            {
                return;
            }
        }

        await database.WriteAsync(
            async (db, token) =>
            {
                var cycle = await db.PlanningCycles.SingleAsync(c => c.Id == cycleId, token);
                cycle.Cancel(await db.NowAsync(token));
                await db.SaveChangesAsync(token);
                await db.AnnounceAsync(Topic, cycleId, token);
            }, ct);
    }

    /// <summary>Makes the row of a live cycle and queues its job, within the transaction of its cause.</summary>
    /// <param name="promoted">The what-if that it makes real; null for an ordinary one.</param>
    internal async Task<Guid> QueueLiveAsync(SourcingDb db, PlanningCycle? promoted, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({StartLock})", ct);
        await DemandNoneRunsAsync(db, ct);
        var now = await db.NowAsync(ct);
        var cycle = new PlanningCycle(await db.NextNumberAsync("PC", ct), CycleKind.Live, "", Today(now), await db.LatestCycleAsync(ct), user.Id);
        if (promoted is not null)
        {
            cycle.Promote(promoted.Id, promoted.Overrides);
        }

        db.PlanningCycles.Add(cycle);
        await db.SaveChangesAsync(ct);
        await jobs.QueueAsync(db, PlanningWork.JobKind, $"Plan {cycle.Number}", cycle.Id, ct);
        await db.AnnounceAsync(Topic, cycle.Id, ct);
        return cycle.Id;
    }

    /// <summary>The planner's own day: at eight in the morning in Sydney it is not yesterday.</summary>
    internal DateOnly Today(DateTimeOffset now) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, user.Identity.TimeZone).DateTime);

    private static async Task DemandNoneRunsAsync(SourcingDb db, CancellationToken ct)
    {
        var open = await db.PlanningCycles.Where(c => c.Kind == CycleKind.Live && (c.Status == CycleStatus.Waiting || c.Status == CycleStatus.Running)).ToListAsync(ct);
        foreach (var cycle in open)
        {
            if (await db.JobRuns.AnyAsync(j => j.SubjectId == cycle.Id && (j.Status == JobStatus.Waiting || j.Status == JobStatus.Running), ct))
            {
                throw new RefusedException($"{cycle.Number} is being planned. Wait until it has finished, or cancel it.");
            }

            // Its job ended without a word, as when the database was away for long: nobody works on it any more.
            cycle.Fail("Its job ended before it could say why. Start a new cycle.", await db.NowAsync(ct));
        }
    }
}
