using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Data.Planning.Engine;

namespace Sourcing.Data.Planning.Cycles;

/// <summary>How far a run is: set by the run, told to people from beside it.</summary>
internal sealed class PlanState
{
    /// <summary>0 to 1.</summary>
    public volatile float Part;

    /// <summary>"Level 3 of 5: 12,000 of 50,000 materials planned".</summary>
    public volatile string Message = "";
}

/// <summary>
/// The long part of a cycle, outside any page: reads, plans and writes. All that anybody sees of it is there with one commit, so that a restart, a fault
/// or a cancellation leaves nothing to be seen but the cycle's row, and the work is simply done again.
/// </summary>
public sealed class PlanningWork(Database database, CurrentUser user, PlanCache cache, PlanQueries plans) : IBackgroundWork
{
    /// <summary>The kind of its jobs.</summary>
    public const string JobKind = "planning";

    private const int Minutes = 30;

    // Somebody who decides while a plan is worked out makes it old; so often it is worked out again.
    private const int Attempts = 3;

    /// <inheritdoc/>
    public string Kind => JobKind;

    /// <inheritdoc/>
    public async Task<string> RunAsync(JobRunView run, JobProgress progress, CancellationToken ct)
    {
        user.Demand(Permission.PlanningWrite);
        var id = run.SubjectId ?? throw new MissingException("planning cycle");
        var state = new PlanState();
        using var working = CancellationTokenSource.CreateLinkedTokenSource(ct);
        using var telling = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var told = TellAsync(progress, state, working, telling.Token);
        try
        {
            return await WorkAsync(id, state, working.Token);
        }
        catch (OperationCanceledException) when (working.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            await EndAsync(id, (cycle, now) => cycle.Cancel(now), ct);
            throw;
        }
        catch (Exception fault) when (fault is not (OperationCanceledException or DatabaseAwayException) && !DatabaseFaults.WorthRepeating(fault))
        {
            await EndAsync(id, (cycle, now) => cycle.Fail(Text.Cut(Why(fault), 1000), now), ct);
            throw;
        }
        finally
        {
            await telling.CancelAsync();
            await told;
        }
    }

    /// <summary>Plans a cycle or what-if that waits, or that a restart interrupted.</summary>
    /// <returns>A sentence about the outcome.</returns>
    internal async Task<string> WorkAsync(Guid id, PlanState state, CancellationToken ct)
    {
        user.Demand(Permission.PlanningWrite);
        if (await StartAsync(id, ct) is not { } cycle)
        {
            return "Nothing was left to do.";
        }

        if (cycle.Kind == CycleKind.WhatIf)
        {
            return await new WhatIfRun(database, cache, plans).RunAsync(id, state, ct);
        }

        for (var attempt = 1; ; attempt++)
        {
            if (await new LiveRun(database, user, cache, Minutes).RunAsync(cycle, state, ct) is { } outcome)
            {
                return outcome;
            }

            if (attempt == Attempts)
            {
                throw new RefusedException("Recommendations were accepted or taken back each time while the plan was worked out, so it never fitted what is decided. Start it again in a quieter moment.");
            }
        }
    }

    private Task<PlanningCycle?> StartAsync(Guid id, CancellationToken ct) => database.WriteAsync(
        async (db, token) =>
        {
            var cycle = await db.PlanningCycles.SingleOrDefaultAsync(c => c.Id == id, token) ?? throw new MissingException("planning cycle");
            if (cycle.Status is not (CycleStatus.Waiting or CycleStatus.Running))
            {
                return null;
            }

            db.Database.AutoSavepointsEnabled = false;
            cycle.Start(await db.NowAsync(token));
            await db.SaveChangesAsync(token);
            await db.AnnounceAsync(PlanningService.Topic, id, token);
            return cycle;
        }, ct);

    // Tells how far the run is, from beside it: a single statement may take seconds.
    private static async Task TellAsync(JobProgress progress, PlanState state, CancellationTokenSource working, CancellationToken ct)
    {
        try
        {
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(500));
            while (await timer.WaitForNextTickAsync(ct))
            {
                await progress.TellAsync((decimal)Math.Clamp(state.Part, 0, 1), state.Message, ct);
            }
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            await working.CancelAsync();
        }
        catch (Exception fault) when (fault is OperationCanceledException or RefusedException or System.Data.Common.DbException)
        {
            // Progress is a courtesy: the work goes on without it.
        }
    }

    private Task EndAsync(Guid id, Action<PlanningCycle, DateTimeOffset> end, CancellationToken ct) => database.WriteAsync(
        async (db, token) =>
        {
            var cycle = await db.PlanningCycles.SingleAsync(c => c.Id == id, token);
            if (cycle.Status is CycleStatus.Waiting or CycleStatus.Running)
            {
                end(cycle, await db.NowAsync(token));
                await db.SaveChangesAsync(token);
                await db.AnnounceAsync(PlanningService.Topic, id, token);
            }
        }, ct);

    private static string Why(Exception fault) => fault is RefusedException
        ? fault.Message
        : "An unexpected error stopped it, and nothing of it was kept. Start it again; if it fails again, tell an admin.";
}

/// <summary>What every run measures.</summary>
internal sealed class PhaseClock
{
    private readonly List<PhaseTime> _times = [];
    private long _since = Stopwatch.GetTimestamp();

    /// <summary>The time since the last lap, as a phase.</summary>
    public void Lap(string phase)
    {
        _times.Add(new(phase, Stopwatch.GetElapsedTime(_since).TotalMilliseconds));
        _since = Stopwatch.GetTimestamp();
    }

    /// <summary>All phases as JSON, those inside the engine with them.</summary>
    public string With(PlanTimings engine) => CycleJson.WriteTimings(
    [
        .. _times, new("prepare", engine.Prepare.TotalMilliseconds), new("explode", engine.Explode.TotalMilliseconds), new("net", engine.Net.TotalMilliseconds),
        new("lot", engine.Lot.TotalMilliseconds), new("supplier", engine.Supplier.TotalMilliseconds), new("peg", engine.Peg.TotalMilliseconds),
    ]);
}
