using Npgsql;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;

namespace Sourcing.Data.Imports;

/// <summary>
/// Makes the indexes again that a first load laid aside, without keeping anybody from reading or writing: at once as a job, and as
/// regular work in case the job was lost. Until it is done lists and search give the same answers, only more slowly.
/// </summary>
public sealed class IndexWork(DataSources sources) : IBackgroundWork, IRegularWork
{
    /// <summary>The kind of its jobs.</summary>
    public const string JobKind = "indexes";

    private const long Lock = 7_305_809_122_004;

    /// <inheritdoc/>
    public string Kind => JobKind;

    /// <inheritdoc/>
    public string Name => "indexes";

    /// <inheritdoc/>
    public string Title => "Make indexes again that a first load laid aside";

    /// <inheritdoc/>
    public TimeSpan Every => TimeSpan.FromMinutes(10);

    /// <inheritdoc/>
    public Task<string> RunAsync(JobRunView run, JobProgress progress, CancellationToken ct) => BuildAsync(progress.TellAsync, ct);

    /// <inheritdoc/>
    public Task<string> RunAsync(CancellationToken ct) => BuildAsync((_, _, _) => Task.CompletedTask, ct);

    private async Task<string> BuildAsync(Func<decimal, string, CancellationToken, Task> tell, CancellationToken ct)
    {
        // An index is made beside people's work only outside a transaction, and by one who owns its table.
        await using var connection = await sources.Migrator.OpenConnectionAsync(ct);
        if (!await ScalarAsync<bool>(connection, $"select pg_try_advisory_lock({Lock})", ct))
        {
            return "Another server is at it.";
        }

        try
        {
            return await BuildAsync(connection, tell, ct);
        }
        finally
        {
            // A connection that goes back to the pool keeps its locks until it is used again.
            await ExecuteAsync(connection, $"select pg_advisory_unlock({Lock})", CancellationToken.None);
        }
    }

    private static async Task<string> BuildAsync(NpgsqlConnection connection, Func<decimal, string, CancellationToken, Task> tell, CancellationToken ct)
    {
        await ExecuteAsync(connection, "set statement_timeout = 0; set maintenance_work_mem = '256MB'", ct);
        var made = 0;
        for (var seen = new HashSet<string>(); await NextAsync(connection, ct) is { } next; made++)
        {
            if (seen.Add(next.Table))
            {
                await ExecuteAsync(connection, $"analyze public.\"{next.Table}\"", ct);
            }

            await tell((decimal)made / (made + next.Left), $"Making {next.Name}, {next.Left:N0} to go", ct);
            // What broke off half-made is of no use.
            await ExecuteAsync(connection, $"drop index concurrently if exists public.\"{next.Name}\"", ct);
            await ExecuteAsync(connection, next.Definition.Replace("CREATE INDEX ", "CREATE INDEX CONCURRENTLY ", StringComparison.Ordinal), ct);
            await ExecuteAsync(connection, $"delete from app.indexes_aside where name = '{next.Name}'", ct);
        }

        return made == 0 ? "Every index is there." : $"{made:N0} indexes were made.";
    }

    private static async Task<Aside?> NextAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select name, table_name, definition, count(*) over () from app.indexes_aside order by place, name limit 1", connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? new(reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetInt64(3)) : null;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(ct);
    }

    private static async Task<T> ScalarAsync<T>(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync(ct))!;
    }

    private sealed record Aside(string Name, string Table, string Definition, long Left);
}
