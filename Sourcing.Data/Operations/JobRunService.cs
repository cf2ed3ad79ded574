using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sourcing.Data.Common;

namespace Sourcing.Data.Operations;

/// <summary>Long work of a room, run outside any page. It must be able to start again where it stopped: a restart calls it anew.</summary>
public interface IBackgroundWork
{
    /// <summary>The <see cref="JobRun.Kind"/> that it does.</summary>
    string Kind { get; }

    /// <summary>Works, in a scope that acts as the person who queued it, and returns a sentence about the outcome.</summary>
    /// <param name="run">What was queued.</param>
    /// <param name="progress">To be told from time to time; throws <see cref="OperationCanceledException"/> once somebody cancelled.</param>
    Task<string> RunAsync(JobRunView run, JobProgress progress, CancellationToken ct);
}

/// <summary>A piece of long work as shown.</summary>
public sealed record JobRunView
{
    public Guid Id { get; init; }
    public string Kind { get; init; } = "";
    public string Title { get; init; } = "";
    public Guid? SubjectId { get; init; }
    public JobStatus Status { get; init; }
    public decimal Progress { get; init; }
    public string Message { get; init; } = "";
    public Guid StartedBy { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? StartedAt { get; init; }
    public DateTimeOffset? FinishedAt { get; init; }
    public string? ErrorId { get; init; }
    public bool CancelRequested { get; init; }

    internal static readonly System.Linq.Expressions.Expression<Func<JobRun, JobRunView>> Of = r => new JobRunView
    {
        Id = r.Id, Kind = r.Kind, Title = r.Title, SubjectId = r.SubjectId, Status = r.Status, Progress = r.Progress, Message = r.Message, StartedBy = r.StartedBy,
        CreatedAt = r.CreatedAt, StartedAt = r.StartedAt, FinishedAt = r.FinishedAt, ErrorId = r.ErrorId, CancelRequested = r.CancelRequested,
    };
}

/// <summary>Tells how far work is, at most twice a second, and stops it when somebody asked.</summary>
public sealed class JobProgress(JobRunService runs, Guid runId)
{
    private long _told;

    /// <param name="part">0 to 1.</param>
    /// <param name="message">What is being done: "12,000 of 40,000 rows".</param>
    public async Task TellAsync(decimal part, string message, CancellationToken ct)
    {
        if (_told != 0 && Stopwatch.GetElapsedTime(_told) < TimeSpan.FromMilliseconds(500))
        {
            return;
        }

        _told = Stopwatch.GetTimestamp();
        if (await runs.ReportAsync(runId, part, message, ct))
        {
            throw new OperationCanceledException("Somebody cancelled this work.");
        }
    }
}

/// <summary>Queues, watches and cancels long work.</summary>
public sealed class JobRunService(Database database, CurrentUser user)
{
    /// <summary>The topic under which pages hear of progress.</summary>
    public const string Topic = "job_runs";

    /// <summary>The topic that wakes the servers.</summary>
    public const string QueueTopic = "job_queue";

    /// <summary>Queues work within the transaction of its cause; a server takes it up within seconds of the commit.</summary>
    /// <param name="kind">Kind of an <see cref="IBackgroundWork"/>.</param>
    /// <returns>The key to watch.</returns>
    public async Task<Guid> QueueAsync(SourcingDb db, string kind, string title, Guid? subjectId, CancellationToken ct)
    {
        var run = new JobRun(kind, title, subjectId, user.Id);
        db.JobRuns.Add(run);
        await db.SaveChangesAsync(ct);
        await db.AnnounceAsync(Topic, run.Id, ct);
        await db.AnnounceAsync(QueueTopic, run.Id, ct);
        return run.Id;
    }

    /// <summary>One piece of work: the person's own, or any for an admin.</summary>
    public Task<JobRunView> FindAsync(Guid id, CancellationToken ct) => database.ReadAsync(
        async (db, token) => await Visible(db).Where(r => r.Id == id).Select(JobRunView.Of).SingleOrDefaultAsync(token) ?? throw new MissingException("job"), ct);

    /// <summary>The latest work on a record; null when there was none.</summary>
    public Task<JobRunView?> LatestForAsync(Guid subjectId, CancellationToken ct) => database.ReadAsync(
        (db, token) => Visible(db).Where(r => r.SubjectId == subjectId).OrderByDescending(r => r.CreatedAt).Select(JobRunView.Of).FirstOrDefaultAsync(token), ct);

    /// <summary>Asks work to stop: one's own, or any as an admin.</summary>
    public Task CancelAsync(Guid id, CancellationToken ct) => ChangeAsync(
        id, own: true, (run, now) => run.RequestCancel(now), ct);

    internal Task<bool> ReportAsync(Guid id, decimal part, string message, CancellationToken ct) =>
        ChangeAsync(id, own: false, (run, now) => run.Report(now, part, message), ct);

    internal Task FinishAsync(Guid id, string message, CancellationToken ct) => ChangeAsync(id, own: false, (run, now) => run.Finish(now, message), ct);

    internal Task FailAsync(Guid id, string message, string? errorId, CancellationToken ct) => ChangeAsync(id, own: false, (run, now) => run.Fail(now, message, errorId), ct);

    internal Task PutBackAsync(Guid id) => ChangeAsync(id, own: false, (run, _) => run.PutBack(), CancellationToken.None);

    internal Task StopAsync(Guid id, CancellationToken ct) => ChangeAsync(id, own: false, (run, now) => run.Stop(now), ct);

    /// <summary>Takes the oldest work that waits or lost its server; null when there is none. Two servers never take the same.</summary>
    internal Task<JobRunView?> TakeAsync(CancellationToken ct) => database.WriteAsync(
        async (db, token) =>
        {
            var run = await db.JobRuns.FromSql(
                $"""
                select * from job_runs
                where status = 'waiting' or (status = 'running' and heartbeat_at < now() - interval '2 minutes')
                order by created_at limit 1 for update skip locked
                """).SingleOrDefaultAsync(token);
            if (run is null)
            {
                return null;
            }

            run.Start(await db.NowAsync(token));
            await db.SaveChangesAsync(token);
            await db.AnnounceAsync(Topic, run.Id, token);
            return JobRunView.Of.Compile()(run);
        },
        ct);

    private Task<bool> ChangeAsync(Guid id, bool own, Action<JobRun, DateTimeOffset> change, CancellationToken ct) => database.WriteAsync(
        async (db, token) =>
        {
            var run = await (own ? Visible(db) : db.JobRuns).SingleOrDefaultAsync(r => r.Id == id, token) ?? throw new MissingException("job");
            change(run, await db.NowAsync(token));
            await db.SaveChangesAsync(token);
            await db.AnnounceAsync(Topic, id, token);
            return run.CancelRequested;
        },
        ct);

    private IQueryable<JobRun> Visible(SourcingDb db) =>
        user.May(Permission.OperationsRead) ? db.JobRuns : db.JobRuns.Where(r => r.StartedBy == user.Id);
}

/// <summary>Runs queued work, one piece after another, each in a scope of the person who queued it.</summary>
public sealed class JobRunner(IServiceScopeFactory scopes, SystemSession system, ILogger<JobRunner> log)
{
    /// <summary>Works until nothing waits.</summary>
    /// <returns>How many pieces were worked on.</returns>
    public async Task<int> RunWaitingAsync(CancellationToken ct)
    {
        for (var done = 0; ; done++)
        {
            var run = await JobScope.RunAsync(scopes, system, (provider, token) => provider.GetRequiredService<JobRunService>().TakeAsync(token), ct);
            if (run is null)
            {
                return done;
            }

            await RunAsync(run, ct);
        }
    }

    private async Task RunAsync(JobRunView run, CancellationToken ct)
    {
        using var working = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var beat = BeatAsync(run.Id, working.Token);
        Func<JobRunService, Task> end;
        try
        {
            var message = await JobScope.RunForAsync(
                scopes,
                system,
                run.StartedBy,
                async (provider, token) =>
                {
                    var work = provider.GetServices<IBackgroundWork>().FirstOrDefault(w => w.Kind == run.Kind)
                        ?? throw new RefusedException($"This version of Sourcing does not know how to do \"{run.Kind}\".");
                    return await work.RunAsync(run, new(provider.GetRequiredService<JobRunService>(), run.Id), token);
                },
                working.Token);
            end = runs => runs.FinishAsync(run.Id, message, ct);
        }
        catch (OperationCanceledException)
        {
            end = runs => ct.IsCancellationRequested ? runs.PutBackAsync(run.Id) : runs.StopAsync(run.Id, ct);
        }
        catch (Exception fault) when (fault is DatabaseAwayException || DatabaseFaults.WorthRepeating(fault))
        {
            // The database was away for longer than an act waits: the work goes on where it stood.
            end = runs => runs.PutBackAsync(run.Id);
        }
        catch (RefusedException refusal)
        {
            end = runs => runs.FailAsync(run.Id, refusal.Message, null, ct);
        }
        catch (Exception fault)
        {
            var errorId = Guid.CreateVersion7().ToString("N")[^8..];
            log.LogError(fault, "Work {Kind} {RunId} failed, error {ErrorId}", run.Kind, run.Id, errorId);
            end = runs => runs.FailAsync(run.Id, $"This work met an unexpected error ({errorId}). Try it again; if it fails again, tell an admin that id.", errorId, ct);
        }
        finally
        {
            await working.CancelAsync();
            await beat;
        }

        await JobScope.RunAsync(
            scopes, system, async (provider, _) => { await end(provider.GetRequiredService<JobRunService>()); return true; }, CancellationToken.None);
    }

    // Work that computes for minutes without a word is still alive.
    private async Task BeatAsync(Guid id, CancellationToken ct)
    {
        try
        {
            using var timer = new PeriodicTimer(TimeSpan.FromSeconds(30));
            while (await timer.WaitForNextTickAsync(ct))
            {
                await JobScope.RunAsync(
                    scopes,
                    system,
                    (provider, token) => provider.GetRequiredService<Database>().WriteAsync(
                        (db, t) => db.Database.ExecuteSqlAsync($"update job_runs set heartbeat_at = now() where id = {id} and status = 'running'", t), token),
                    ct);
            }
        }
        catch (OperationCanceledException)
        {
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            log.LogWarning(fault, "The sign of life of work {RunId} failed", id);
        }
    }
}
