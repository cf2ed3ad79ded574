using System.Text.Json;
using Npgsql;
using Quartz;
using Sourcing.Data.Common;

namespace Sourcing.Web.Operations;

/// <summary>Whether this server can serve. Looked at by balancers, so an answer is kept for two seconds and says no more than needed.</summary>
internal sealed class Readiness(DataSources sources, IServiceProvider services, TimeProvider time, ILogger<Readiness> log) : IDisposable
{
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _one = new(1, 1);
    private IReadOnlyDictionary<string, string> _last = new Dictionary<string, string>();
    private long _checkedAt;
    private bool _migrated;

    public void Dispose() => _one.Dispose();

    /// <summary>ok, or what is wrong, for each part.</summary>
    public async Task<IReadOnlyDictionary<string, string>> CheckAsync(CancellationToken ct)
    {
        await _one.WaitAsync(ct);
        try
        {
            if (_last.Count > 0 && time.GetElapsedTime(_checkedAt) < Kept)
            {
                return _last;
            }

            using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
            limit.CancelAfter(Patience);
            _last = new Dictionary<string, string>
            {
                ["database"] = await TryAsync("database", DatabaseAsync, limit.Token),
                ["migrations"] = await TryAsync("migrations", MigrationsAsync, limit.Token),
                ["jobs"] = await TryAsync("jobs", JobsAsync, limit.Token),
            };
            _checkedAt = time.GetTimestamp();
            return _last;
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task<string> TryAsync(string part, Func<CancellationToken, Task<string>> check, CancellationToken ct)
    {
        try
        {
            return await check(ct);
        }
        catch (Exception fault) when (fault is NpgsqlException or OperationCanceledException or SchedulerException or InvalidOperationException or RefusedException or IOException)
        {
            log.LogWarning("Not ready, {Part}: {Reason}", part, fault.Message);
            return "unreachable";
        }
    }

    private async Task<string> DatabaseAsync(CancellationToken ct)
    {
        await using var command = sources.For(DatabaseAccess.Internal).CreateCommand("select 1");
        await command.ExecuteScalarAsync(ct);
        return "ok";
    }

    // What was applied once stays applied.
    private async Task<string> MigrationsAsync(CancellationToken ct)
    {
        _migrated = _migrated || (await Migrator.PendingAsync(sources, ct)).Count == 0;
        return _migrated ? "ok" : "pending";
    }

    private async Task<string> JobsAsync(CancellationToken ct)
    {
        if (services.GetService<ISchedulerFactory>() is not { } schedulers)
        {
            return "off";
        }

        var scheduler = await schedulers.GetScheduler(ct);
        return await scheduler.GetStatus(ct) == SchedulerStatus.Running ? "ok" : "not running";
    }
}

/// <summary>The two addresses that balancers ask.</summary>
internal static class Health
{
    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapGet("/health/live", () => Results.Json(new { status = "live" })).AllowAnonymous();
        app.MapGet("/health/ready", async (Readiness readiness, CancellationToken ct) =>
        {
            var checks = await readiness.CheckAsync(ct);
            var ready = checks.Values.All(v => v is "ok" or "off");
            return Results.Json(
                new { status = ready ? "ready" : "not ready", checks }, (JsonSerializerOptions?)null,
                statusCode: ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
        }).AllowAnonymous();
    }
}
