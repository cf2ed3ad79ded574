using System.Diagnostics;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;

namespace Sourcing.Data.Common;

/// <summary>
/// Brings a database to the shape of this code: logins and extensions, the scripts that tables need, the migrations, then the
/// scripts that guard the tables. Scripts are repeatable and run in the order of their numbers.
/// </summary>
public static class Migrator
{
    /// <summary>The oldest server that works, as PostgreSQL counts versions.</summary>
    public const int OldestServer = 150000;

    private const long Lock = 7_305_809_122_001;

    // A change of a table waits behind whoever reads it, and everybody who comes later waits behind the change: so it gives way soon and comes again.
    private const string GiveWay = "set lock_timeout = '300ms'";

    /// <summary>
    /// Migrates under an advisory lock, so that two servers that start together do not collide. Where a table is in use it gives
    /// way after 0.3 seconds and tries again, so that pages of a running server go on.
    /// </summary>
    /// <param name="patience">How long it tries again; a minute if not said.</param>
    /// <exception cref="RefusedException">The server is too old, the database is ahead of this code, or a table stayed in use.</exception>
    public static Task MigrateAsync(DataSources sources, CancellationToken ct, TimeSpan? patience = null) =>
        RunAsync(sources, async db =>
        {
            await DemandNotAheadAsync(db, ct);
            await db.Database.OpenConnectionAsync(ct);
            await db.Database.ExecuteSqlRawAsync(GiveWay, ct);
            await db.Database.MigrateAsync(ct);
        }, patience ?? TimeSpan.FromMinutes(1), ct);

    /// <summary>For a start without migrating: the server is new enough, and the database has exactly this code's migrations.</summary>
    /// <exception cref="RefusedException">It is not so; the sentence says what to do.</exception>
    public static async Task DemandCurrentAsync(DataSources sources, CancellationToken ct)
    {
        await using (var server = NpgsqlDataSource.Create(sources.Server))
        {
            await using var connection = await server.OpenConnectionAsync(ct);
            await DemandVersionAsync(connection, ct);
        }

        await using var db = Context(sources);
        await DemandNotAheadAsync(db, ct);
        var pending = await db.Database.GetPendingMigrationsAsync(ct);
        if (pending.Any())
        {
            throw new RefusedException("The database is behind this version of Sourcing. Run Sourcing.Web --migrate first.");
        }
    }

    /// <summary>Makes an empty database straight from the model, as the tests do, so that a change of the model is tried before its migration is written.</summary>
    public static Task CreateFromModelAsync(DataSources sources, CancellationToken ct) =>
        RunAsync(sources, db => db.GetService<Microsoft.EntityFrameworkCore.Storage.IRelationalDatabaseCreator>().CreateTablesAsync(ct), TimeSpan.Zero, ct);

    private static async Task RunAsync(DataSources sources, Func<SourcingDb, Task> makeTables, TimeSpan patience, CancellationToken ct)
    {
        await using (var server = NpgsqlDataSource.Create(sources.Server))
        {
            await using var connection = await server.OpenConnectionAsync(ct);
            await DemandVersionAsync(connection, ct);
            await ExecuteAsync(connection, $"select pg_advisory_lock({Lock})", ct);
            await ExecuteAsync(connection, Script("000.bootstrap.sql"), ct);
            foreach (var login in DataSources.Logins)
            {
                if (DataSources.PasswordOf(sources.Server, login) is { Length: > 0 } password)
                {
                    await ExecuteAsync(connection, $"alter role {DataSources.RoleName(login)} password '{password}'", ct);
                }
            }

            await ExecuteAsync(connection, $"select pg_advisory_unlock({Lock})", ct);
        }

        await using var migrator = await sources.Migrator.OpenConnectionAsync(ct);
        await ExecuteAsync(migrator, $"select pg_advisory_lock({Lock}); {GiveWay}", ct);
        var until = Stopwatch.GetTimestamp() + (long)(patience.TotalSeconds * Stopwatch.Frequency);
        try
        {
            await RunScriptsAsync(migrator, name => name[0] == '0' && name != "000.bootstrap.sql", until, ct);
            await PatientlyAsync(
                async () =>
                {
                    await using var db = Context(sources);
                    await makeTables(db);
                }, until, ct);
            await RunScriptsAsync(migrator, name => name[0] != '0', until, ct);
            foreach (var role in Enum.GetNames<Role>())
            {
                await ExecuteAsync(
                    migrator, $"insert into roles (id, name, normalized_name) values ('{Guid.CreateVersion7()}', '{role}', '{role.ToUpperInvariant()}') on conflict do nothing", ct);
            }
        }
        finally
        {
            await ExecuteAsync(migrator, $"select pg_advisory_unlock({Lock})", CancellationToken.None);
        }
    }

    /// <summary>A context that passes row-level security, for migrations and for filling test databases.</summary>
    public static SourcingDb Context(DataSources sources) =>
        new(new DbContextOptionsBuilder<SourcingDb>()
            .UseNpgsql(sources.Migrator)
            .ConfigureWarnings(w => w.Ignore(Microsoft.EntityFrameworkCore.Diagnostics.RelationalEventId.PendingModelChangesWarning))
            .Options);

    /// <summary>Migrations that this code has and the database lacks.</summary>
    public static async Task<IReadOnlyList<string>> PendingAsync(DataSources sources, CancellationToken ct)
    {
        await using var db = Context(sources);
        return [.. await db.Database.GetPendingMigrationsAsync(ct)];
    }

    private static async Task DemandVersionAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select current_setting('server_version_num')::int", connection);
        var version = (int)(await command.ExecuteScalarAsync(ct))!;
        if (version < OldestServer)
        {
            throw new RefusedException($"PostgreSQL {version / 10000} is too old: Sourcing needs {OldestServer / 10000} or newer.");
        }
    }

    private static async Task DemandNotAheadAsync(SourcingDb db, CancellationToken ct)
    {
        var known = db.Database.GetMigrations().ToHashSet();
        var applied = await db.GetService<IHistoryRepository>().ExistsAsync(ct)
            ? await db.Database.GetAppliedMigrationsAsync(ct)
            : [];
        if (applied.FirstOrDefault(m => !known.Contains(m)) is { } ahead)
        {
            throw new RefusedException($"The database is ahead of this version of Sourcing: it has the migration {ahead}. Start the newer version.");
        }
    }

    private static async Task RunScriptsAsync(NpgsqlConnection connection, Func<string, bool> wanted, long until, CancellationToken ct)
    {
        foreach (var name in Names().Where(wanted).Order(StringComparer.Ordinal))
        {
            await PatientlyAsync(() => RunScriptAsync(connection, name, ct), until, ct);
        }
    }

    private static async Task RunScriptAsync(NpgsqlConnection connection, string name, CancellationToken ct)
    {
        await using var transaction = await connection.BeginTransactionAsync(ct);
        try
        {
            await ExecuteAsync(connection, Script(name), ct);
        }
        catch (PostgresException fault) when (!IsInTheWay(fault))
        {
            throw new InvalidOperationException($"The script {name} failed at character {fault.Position}: {fault.MessageText}", fault);
        }

        await transaction.CommitAsync(ct);
    }

    private static bool IsInTheWay(PostgresException fault) => fault.SqlState is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected;

    private static async Task PatientlyAsync(Func<Task> step, long until, CancellationToken ct)
    {
        while (true)
        {
            try
            {
                await step();
                return;
            }
            catch (PostgresException fault) when (IsInTheWay(fault))
            {
                if (Stopwatch.GetTimestamp() > until)
                {
                    throw new RefusedException(
                        "A table of the database stayed in use, so it was not brought up to date. End the statement that runs on it, or wait for its end, and start again: it goes on from there.", fault);
                }

                await Task.Delay(TimeSpan.FromMilliseconds(500), ct);
            }
        }
    }

    // Resource names end in NUMBER.NAME.sql.
    private static IEnumerable<string> Names() =>
        typeof(Migrator).Assembly.GetManifestResourceNames().Where(n => n.EndsWith(".sql", StringComparison.Ordinal))
            .Select(n => string.Join('.', n.Split('.')[^3..]).TrimStart('_'));

    private static string Script(string name)
    {
        var assembly = typeof(Migrator).Assembly;
        var resource = assembly.GetManifestResourceNames().Single(n => n.EndsWith("." + name, StringComparison.Ordinal) || n.EndsWith("._" + name, StringComparison.Ordinal));
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(ct);
    }
}
