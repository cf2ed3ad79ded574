using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;

namespace Sourcing.Data.Suppliers.Scorecards;

/// <summary>Recomputes KPIs, scores and standings.</summary>
public sealed class ScorecardService(Database database, CurrentUser user, JobRunService jobs)
{
    /// <summary>The topic under which pages hear that scores have changed.</summary>
    public const string Topic = "scorecards";

    // Two recomputations wait for each other: they write the same rows.
    private const long Lock = 7305809122031;

    /// <summary>Queues a recomputation; one that waits or runs already serves as well.</summary>
    /// <returns>The key of the work.</returns>
    public Task<Guid> QueueAsync(CancellationToken ct)
    {
        user.Demand(Permission.SuppliersWrite);
        return database.WriteAsync(
            async (db, token) => await db.JobRuns.Where(j => j.Kind == ScorecardWork.JobKind && (j.Status == JobStatus.Waiting || j.Status == JobStatus.Running))
                    .OrderBy(j => j.Id).Select(j => (Guid?)j.Id).FirstOrDefaultAsync(token)
                ?? await jobs.QueueAsync(db, ScorecardWork.JobKind, "Recompute supplier scorecards", null, token), ct);
    }

    /// <summary>Recomputes all suppliers at once, in one transaction.</summary>
    /// <param name="asOf">The day that counts as today, for looking back; null for today. Nothing after it is seen.</param>
    public Task<ScorecardOutcome> RecomputeAsync(DateOnly? asOf, CancellationToken ct)
    {
        user.Demand(Permission.SuppliersWrite);
        return database.WriteAsync(
            async (db, token) =>
            {
                await db.AllowMinutesAsync(30, token);
                await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({Lock})", token);
                var now = await db.NowAsync(token);
                var outcome = await new ScorecardRecomputation(db, asOf ?? DateOnly.FromDateTime(now.UtcDateTime), now).RunAsync(token);
                await db.AnnounceAsync(Topic, ct: token);
                return outcome;
            }, ct);
    }
}

/// <summary>Recomputes on demand, outside any page.</summary>
public sealed class ScorecardWork(ScorecardService scorecards) : IBackgroundWork
{
    /// <summary>The kind of its jobs.</summary>
    public const string JobKind = "scorecards";

    /// <inheritdoc/>
    public string Kind => JobKind;

    /// <inheritdoc/>
    public async Task<string> RunAsync(JobRunView run, JobProgress progress, CancellationToken ct)
    {
        await progress.TellAsync(0, "Reckoning KPIs and scores.", ct);
        return Words(await scorecards.RecomputeAsync(null, ct));
    }

    internal static string Words(ScorecardOutcome outcome) => FormattableString.Invariant(
        $"{outcome.Scored:#,0} suppliers have a score, {outcome.Warned:#,0} are warned of, {outcome.Blocked:#,0} are blocked by their standing; {outcome.Scorecards:#,0} scores and {outcome.Kpis:#,0} KPIs changed.");
}

/// <summary>Recomputes every six hours.</summary>
public sealed class ScorecardRounds(ScorecardService scorecards) : IRegularWork
{
    /// <inheritdoc/>
    public string Name => "scorecards";

    /// <inheritdoc/>
    public string Title => "Recompute supplier scorecards";

    /// <inheritdoc/>
    public TimeSpan Every => TimeSpan.FromHours(6);

    /// <inheritdoc/>
    public async Task<string> RunAsync(CancellationToken ct) => ScorecardWork.Words(await scorecards.RecomputeAsync(null, ct));
}
