using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;

namespace Sourcing.Data.Planning.Forecasts;

/// <summary>Starts and cancels rounds of forecasting. The long part is queued: see <see cref="ForecastWork"/>.</summary>
public sealed class ForecastService(Database database, CurrentUser user, JobRunService jobs)
{
    /// <summary>The topic under which pages hear that forecasts have changed.</summary>
    public const string Topic = "forecasts";

    // Two who start at once wait for each other, and the second is refused.
    private const long StartLock = 7305809122015;

    /// <summary>Queues a round from this week on. Refuses a second one while one waits or runs.</summary>
    /// <returns>The round.</returns>
    public Task<Guid> StartAsync(StartForecastForm form, CancellationToken ct)
    {
        user.Demand(Permission.PlanningWrite);
        FormShape.Demand(form);
        return database.WriteOnceAsync(
            form.FormKey,
            async (db, token) =>
            {
                await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({StartLock})", token);
                await DemandNoneRunsAsync(db, token);
                return (await QueueAsync(db, IsoWeek.Monday(await db.NowAsync(token)), token)).Id;
            },
            ct);
    }

    /// <summary>
    /// Queues this week's round, unless there is one, one waits or runs, it was begun by itself before (whoever called that one off, or what it failed
    /// on, has the last word), or nothing was ever sold.
    /// </summary>
    /// <returns>A sentence about what came of it.</returns>
    public Task<string> StartWeeklyAsync(CancellationToken ct)
    {
        user.Demand(Permission.PlanningWrite);
        return database.WriteAsync(
            async (db, token) =>
            {
                await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({StartLock})", token);
                var monday = IsoWeek.Monday(await db.NowAsync(token));
                var next = $"the next one is due on {Cycles.Text.Day(monday.AddDays(7))}";
                if (await db.ForecastCycles.Where(c => c.Origin >= monday && c.FinishedAt != null).Select(c => c.Number).FirstOrDefaultAsync(token) is { } made)
                {
                    return $"{made} is this week's round; {next}.";
                }

                if (await db.JobRuns.AnyAsync(j => j.Kind == ForecastWork.JobKind && (j.Status == JobStatus.Running || j.Status == JobStatus.Waiting), token))
                {
                    return "A round of forecasting is under way.";
                }

                if (await db.ForecastCycles.Where(c => c.Origin >= monday && c.StartedBy == user.Id).Select(c => c.Number).FirstOrDefaultAsync(token) is { } begun)
                {
                    return $"{begun} was begun this week and did not end well: start another by hand, or wait; {next}.";
                }

                var (from, to) = (IsoWeek.Start(monday.AddDays(-7 * ForecastInput.MostWeeks)), IsoWeek.Start(monday));
                return await db.SalesHistory.AnyAsync(s => s.Time >= from && s.Time < to, token)
                    ? $"{(await QueueAsync(db, monday, token)).Number} was started; {next}."
                    : "Nothing was sold yet, so there is nothing to forecast from.";
            },
            ct);
    }

    /// <summary>Calls a round off that waits or runs; one that a job works on stops within seconds. Nothing of it is kept but its row. Refuses others' rounds, save for an admin.</summary>
    public async Task CancelAsync(Guid cycleId, CancellationToken ct)
    {
        user.Demand(Permission.PlanningWrite);
        var job = await database.ReadAsync(
            (db, token) => db.JobRuns.Where(j => j.Kind == ForecastWork.JobKind && j.SubjectId == cycleId && (j.Status == JobStatus.Running || j.Status == JobStatus.Waiting))
                .Select(j => new { j.Id, j.StartedBy, By = db.People.Where(p => p.Id == j.StartedBy).Select(p => p.FullName).FirstOrDefault() }).FirstOrDefaultAsync(token), ct)
            ?? throw new RefusedException("This round has ended already: there is nothing to cancel.");
        if (job.StartedBy != user.Id && !user.May(Permission.OperationsRead))
        {
            throw new RefusedException($"This round was started by {job.By ?? "somebody else"}. Ask them or an admin to cancel it.");
        }

        await jobs.CancelAsync(job.Id, ct);
        await database.WriteAsync((db, token) => db.AnnounceAsync(Topic, cycleId, token), ct);
    }

    private async Task<ForecastCycle> QueueAsync(SourcingDb db, DateOnly origin, CancellationToken ct)
    {
        var cycle = await AddAsync(db, origin, user.Id, ct);
        await jobs.QueueAsync(db, ForecastWork.JobKind, $"Forecast demand, {cycle.Number}", cycle.Id, ct);
        await db.AnnounceAsync(Topic, cycle.Id, ct);
        return cycle;
    }

    /// <summary>Makes the row of a round, within the transaction of its cause.</summary>
    /// <param name="origin">The Monday from which it forecasts.</param>
    internal static async Task<ForecastCycle> AddAsync(SourcingDb db, DateOnly origin, Guid startedBy, CancellationToken ct)
    {
        var plan = await db.PlanningParameters.AsNoTracking().SingleOrDefaultAsync(p => p.Scope == ParameterScope.Plan, ct) ?? PlanningParameters.Defaults();
        // As far as the plan looks, at least a quarter.
        var cycle = new ForecastCycle(
            await db.NextNumberAsync("FC", ct), origin, Engine.ForecastPeriod.Week, Math.Clamp(plan.Buckets, 13, 104), startedBy, await db.NowAsync(ct));
        db.Add(cycle);
        await db.SaveChangesAsync(ct);
        return cycle;
    }

    private static async Task DemandNoneRunsAsync(SourcingDb db, CancellationToken ct)
    {
        var running = await db.JobRuns.Where(j => j.Kind == ForecastWork.JobKind && (j.Status == JobStatus.Running || j.Status == JobStatus.Waiting))
            .Select(j => db.People.Where(p => p.Id == j.StartedBy).Select(p => p.FullName).FirstOrDefault() ?? "somebody").FirstOrDefaultAsync(ct);
        if (running is not null)
        {
            throw new RefusedException($"A round of forecasting that {running} started is not over yet. Wait for its end, or cancel it.");
        }
    }
}
