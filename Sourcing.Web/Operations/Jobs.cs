using System.Threading.Channels;
using Microsoft.Extensions.Options;
using Quartz;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;

namespace Sourcing.Web.Operations;

/// <summary>What the queue runs: the regular work that its key names, on one server at a time.</summary>
[DisallowConcurrentExecution]
public sealed class RegularJob(RegularRunner runner) : IJob
{
    /// <inheritdoc/>
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
        await runner.RunAsync(context.JobDetail.Key.Name, cancellationToken);
}

/// <summary>The queue: Quartz, clustered, in tables of its own that its own login alone can reach.</summary>
internal static class Jobs
{
    public static void AddJobs(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<JobSchedule>();
        if (!builder.Configuration.GetValue("Jobs:Enabled", true))
        {
            return;
        }

        // When the app stops while the queue looks for work, the queue takes its own cancelled rollback for a fault. The connection
        // goes down with it, so the server rolls back; what made a rollback necessary is logged by whoever met it.
        builder.Logging.AddFilter("Quartz.Impl.AdoJobStore.ConnectionAndTransactionHolder", LogLevel.None);
        builder.AddQuartz(quartz =>
        {
            quartz.ConfigureScheduler(o =>
            {
                o.InstanceName = "sourcing";
                o.InstanceId = $"{Environment.MachineName}-{Environment.ProcessId}-{Guid.CreateVersion7().ToString("N")[^6..]}";
            });
            quartz.UseDefaultThreadPool(4);
            quartz.UsePersistentStore(store =>
            {
                store.UsePostgres(o => o.DataSourceFactory = provider => provider.GetRequiredService<DataSources>().Jobs);
                store.UseSystemTextJsonSerializer();
                store.UseClustering(o => o.CheckinInterval = TimeSpan.FromSeconds(5));
                store.ProvisionSchema();
            });
        });
        builder.AddQuartzHostedService(o => o.WaitForJobsToComplete = true);
        builder.Services.AddHostedService<JobPlanner>();
        builder.Services.AddHostedService<JobWaker>();
    }
}

/// <summary>Enters all regular work into the queue when the app has started.</summary>
internal sealed class JobPlanner(IServiceProvider services, ISchedulerFactory schedulers, ILogger<JobPlanner> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await PlanAsync(stoppingToken);
                return;
            }
            catch (Exception fault)
            {
                if (stoppingToken.IsCancellationRequested)
                {
                    return;
                }

                log.LogWarning("The job queue is not ready yet: {Reason}", fault.Message);
                await Task.Delay(TimeSpan.FromSeconds(5), stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task PlanAsync(CancellationToken ct)
    {
        var scheduler = await schedulers.GetScheduler(ct);
        await using var scope = services.CreateAsyncScope();
        foreach (var work in scope.ServiceProvider.GetServices<IRegularWork>())
        {
            var (job, trigger) = (new JobKey(work.Name), new TriggerKey(work.Name));
            var there = await scheduler.GetTrigger(trigger, ct) as ISimpleTrigger;
            if (there?.RepeatInterval == work.Every)
            {
                // Left alone, so that a restart does not put off what comes once a day.
                continue;
            }

            var detail = JobBuilder.Create<RegularJob>().WithIdentity(job).StoreDurably().Build();
            var plan = TriggerBuilder.Create().WithIdentity(trigger).ForJob(job).StartNow()
                .WithSchedule(SimpleScheduleBuilder.Create().WithInterval(work.Every).RepeatForever()).Build();
            await scheduler.AddJob(detail, AddJobOptions.Replacing, ct);
            // Two servers that start together: the first one's plan stands.
            await scheduler.ScheduleTrigger(plan, there is null ? TriggerConflict.Keep : TriggerConflict.Replace, ct);
        }
    }
}

/// <summary>Starts delivery and queued work within a moment of the commit that asked for it; the clock is only the fallback.</summary>
internal sealed class JobWaker(LiveEvents live, RegularRunner regular, JobRunner runner, ILogger<JobWaker> log) : BackgroundService
{
    private const int Workers = 2;
    private static readonly TimeSpan Fallback = TimeSpan.FromSeconds(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var mail = Signal();
        var work = Signal();
        using var hearsMail = live.Subscribe("outbox", _ => mail.Writer.TryWrite(true));
        using var hearsWork = live.Subscribe(JobRunService.QueueTopic, _ => work.Writer.TryWrite(true));
        await Task.WhenAll(
            [
                LoopAsync(mail, null, ct => regular.RunAsync("outbox", ct), stoppingToken),
                .. Enumerable.Range(0, Workers).Select(_ => LoopAsync(work, Fallback, ct => runner.RunWaitingAsync(ct), stoppingToken)),
            ]);
    }

    private static Channel<bool> Signal() =>
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private async Task LoopAsync(Channel<bool> signal, TimeSpan? fallback, Func<CancellationToken, Task> act, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await WaitAsync(signal, fallback, ct);
                await act(ct);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                log.LogWarning("Background work will be tried again: {Reason}", fault.Message);
                await Task.Delay(TimeSpan.FromSeconds(5), ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private static async Task WaitAsync(Channel<bool> signal, TimeSpan? fallback, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        if (fallback is { } time)
        {
            limit.CancelAfter(time);
        }

        try
        {
            await signal.Reader.ReadAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            // Nothing was heard for a while: look all the same.
        }
    }
}

/// <summary>A piece of regular work as shown.</summary>
/// <param name="NextAt">Null while the queue does not run.</param>
/// <param name="Running">On any server.</param>
public sealed record RegularView(
    string Name, string Title, TimeSpan Every, bool Running, DateTimeOffset? StartedAt, DateTimeOffset? FinishedAt, bool? Succeeded, string Message, string? ErrorId,
    int FailuresInARow, long Runs, DateTimeOffset? NextAt);

/// <summary>What is planned, how it went, and running it now.</summary>
public sealed class JobSchedule(Database database, CurrentUser user, IEnumerable<IRegularWork> works, IServiceProvider services)
{
    /// <summary>All regular work, by title.</summary>
    public async Task<IReadOnlyList<RegularView>> ListAsync(CancellationToken ct)
    {
        user.Demand(Permission.OperationsRead);
        var runs = await database.ReadAsync(
            (db, token) => Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions.ToDictionaryAsync(db.RegularRuns, r => r.Name, token), ct);
        var scheduler = services.GetService<ISchedulerFactory>() is { } factory ? await factory.GetScheduler(ct) : null;
        var views = new List<RegularView>();
        foreach (var work in works.OrderBy(w => w.Title, StringComparer.Ordinal))
        {
            var trigger = scheduler is null ? null : await scheduler.GetTrigger(new TriggerKey(work.Name), ct);
            var run = runs.GetValueOrDefault(work.Name);
            var running = run is not null && (run.FinishedAt is null || run.FinishedAt < run.StartedAt);
            views.Add(new(
                work.Name, work.Title, work.Every, running, run?.StartedAt, run?.FinishedAt, run?.FinishedAt is null ? null : run.Succeeded, run?.Message ?? "", run?.ErrorId,
                run?.FailuresInARow ?? 0, run?.Runs ?? 0, trigger?.NextFireTimeUtc));
        }

        return views;
    }

    /// <summary>Runs it on some server now, whatever its plan.</summary>
    public async Task RunNowAsync(string name, CancellationToken ct)
    {
        user.Demand(Permission.OperationsRead);
        if (services.GetService<ISchedulerFactory>() is not { } factory)
        {
            throw new RefusedException("Jobs are switched off on this server (Jobs:Enabled). Switch them on or use a server that runs them.");
        }

        await (await factory.GetScheduler(ct)).TriggerJob(new JobKey(name), null, ct);
    }
}
