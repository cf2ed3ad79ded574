using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sourcing.Data.Common;

namespace Sourcing.Data.Operations;

/// <summary>
/// Work that comes again: deadlines, delivery, tidying. A room implements it beside its services; it runs on one server at a
/// time, in a scope of the system user (<see cref="SystemSession"/>), and its outcome shows on the Jobs page.
/// </summary>
public interface IRegularWork
{
    /// <summary>Its key; lower case, at most 40 letters.</summary>
    string Name { get; }

    /// <summary>As shown: a verb and its object.</summary>
    string Title { get; }

    /// <summary>From one run to the next.</summary>
    TimeSpan Every { get; }

    /// <summary>Works and returns a sentence about what came of it.</summary>
    Task<string> RunAsync(CancellationToken ct);
}

/// <summary>How a piece of regular work fared.</summary>
public sealed class RegularRun
{
    private RegularRun()
    {
    }

    public string Name { get; private set; } = "";

    public DateTimeOffset? StartedAt { get; private set; }

    public DateTimeOffset? FinishedAt { get; private set; }

    public bool Succeeded { get; private set; }

    public string Message { get; private set; } = "";

    /// <summary>Where the log tells more about the last fault.</summary>
    public string? ErrorId { get; private set; }

    public int FailuresInARow { get; private set; }

    public long Runs { get; private set; }
}

/// <summary>Runs regular work and writes down how it went.</summary>
public sealed class RegularRunner(IServiceScopeFactory scopes, SystemSession system, ILogger<RegularRunner> log)
{
    /// <summary>The topic under which pages hear of each run.</summary>
    public const string Topic = "regular_runs";

    /// <summary>One run. A fault is written down and logged, not thrown.</summary>
    /// <returns>Whether it went well.</returns>
    public async Task<bool> RunAsync(string name, CancellationToken ct)
    {
        var started = await ScopedAsync(
            provider => provider.GetRequiredService<Database>().WriteAsync(
                async (db, token) =>
                {
                    await db.Database.ExecuteSqlAsync(
                        $"""
                        insert into regular_runs (name, started_at, succeeded, message, failures_in_a_row, runs) values ({name}, now(), true, 'Running.', 0, 0)
                        on conflict (name) do update set started_at = now()
                        """,
                        token);
                    await db.AnnounceAsync(Topic, ct: token);
                    return await db.NowAsync(token);
                },
                ct),
            ct);
        string message;
        string? errorId = null;
        var ok = true;
        try
        {
            message = await ScopedAsync(
                provider => provider.GetServices<IRegularWork>().FirstOrDefault(w => w.Name == name) is { } work
                    ? work.RunAsync(ct)
                    : throw new RefusedException($"This version of Sourcing does not know the job \"{name}\"."),
                ct);
        }
        catch (RefusedException refusal)
        {
            (ok, message) = (false, refusal.Message);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            errorId = Guid.CreateVersion7().ToString("N")[^8..];
            log.LogError(fault, "The job {Job} failed, error {ErrorId}", name, errorId);
            (ok, message) = (false, $"An unexpected error ({errorId}): the log tells more.");
        }

        await ScopedAsync(
            provider => provider.GetRequiredService<Database>().WriteAsync(
                async (db, token) =>
                {
                    await db.Database.ExecuteSqlAsync(
                        $"""
                        update regular_runs set finished_at = clock_timestamp(), succeeded = {ok}, message = {message[..Math.Min(message.Length, 500)]}, error_id = {errorId},
                            failures_in_a_row = case when {ok} then 0 else failures_in_a_row + 1 end, runs = runs + 1
                        where name = {name} and started_at = {started}
                        """,
                        token);
                    await db.AnnounceAsync(Topic, ct: token);
                    return true;
                },
                ct),
            ct);
        return ok;
    }

    private Task<T> ScopedAsync<T>(Func<IServiceProvider, Task<T>> work, CancellationToken ct) =>
        JobScope.RunAsync(scopes, system, (provider, _) => work(provider), ct);
}

/// <summary>Makes next months' partitions before they are needed.</summary>
public sealed class PartitionsAhead(Database database) : IRegularWork
{
    /// <inheritdoc/>
    public string Name => "partitions";

    /// <inheritdoc/>
    public string Title => "Make room for the history of months to come";

    /// <inheritdoc/>
    public TimeSpan Every => TimeSpan.FromDays(1);

    /// <inheritdoc/>
    public async Task<string> RunAsync(CancellationToken ct)
    {
        await database.WriteAsync(
            (db, token) => db.Database.ExecuteSqlAsync(
                $"""
                select app.ensure_partitions('public.audit_entries', 3), app.ensure_months('public.sales_history', now()::date, (now() + interval '3 months')::date),
                    app.ensure_months('public.demand_history', now()::date, (now() + interval '3 months')::date)
                """, token), ct);
        return "History, sales and demand have room for this month and three more.";
    }
}

/// <summary>Removes what has served: keys of forms after a week, read notifications after three months, ended work after three months, old sessions.</summary>
public sealed class Tidying(Database database) : IRegularWork
{
    /// <inheritdoc/>
    public string Name => "tidying";

    /// <inheritdoc/>
    public string Title => "Remove old form keys, notifications, work records and sessions";

    /// <inheritdoc/>
    public TimeSpan Every => TimeSpan.FromHours(6);

    /// <inheritdoc/>
    public Task<string> RunAsync(CancellationToken ct) => database.WriteAsync(
        async (db, token) =>
        {
            await db.AllowMinutesAsync(5, token);
            var keys = await db.Database.ExecuteSqlAsync($"delete from form_keys where created_at < now() - interval '7 days'", token);
            var lines = await db.Database.ExecuteSqlAsync(
                $"delete from notifications where created_at < now() - interval '1 year' or read_at < now() - interval '90 days'", token);
            var runs = await db.Database.ExecuteSqlAsync($"delete from job_runs where finished_at < now() - interval '90 days'", token);
            var sessions = await db.Database.SqlQuery<int>($"select app.purge_sessions() as \"Value\"").SingleAsync(token);
            return $"Removed {keys} form keys, {lines} notifications, {runs} work records and {sessions} sessions.";
        },
        ct);
}
