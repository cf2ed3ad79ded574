using Npgsql;
using Sourcing.Data.Common;

namespace Sourcing.Data.Operations;

/// <summary>A statement that took the server's time.</summary>
/// <param name="Calls">Since the statistics began.</param>
/// <param name="TotalMs">Milliseconds altogether.</param>
/// <param name="MeanMs">Milliseconds a call.</param>
/// <param name="Text">With placeholders in place of values.</param>
public sealed record SlowStatement(string Text, long Calls, double TotalMs, double MeanMs, double LongestMs, long Rows);

/// <summary>A table's size.</summary>
/// <param name="Rows">As the server estimates.</param>
/// <param name="Bytes">With its indexes.</param>
public sealed record TableSize(string Table, long Rows, long Bytes, long IndexBytes, DateTimeOffset? LastVacuum);

/// <summary>Connections of one login.</summary>
public sealed record ConnectionCount(string Login, int Active, int Idle, int InTransaction);

/// <summary>What the Database page shows.</summary>
/// <param name="WhyNoStatements">A sentence when slow statements cannot be shown; null when they can.</param>
public sealed record DatabaseView(
    string Version, long Bytes, int MostConnections, IReadOnlyList<SlowStatement> Statements, string? WhyNoStatements, IReadOnlyList<TableSize> Tables,
    IReadOnlyList<ConnectionCount> Connections, IReadOnlyList<string> PendingMigrations);

/// <summary>Looks at the server itself, through the read-only login.</summary>
public sealed class DatabaseQueries(DataSources sources, CurrentUser user)
{
    private const string NotLoaded =
        "The server does not collect statement times. Set shared_preload_libraries = 'pg_stat_statements' in its configuration and restart it; this page then fills by itself.";

    /// <summary>Everything at once; the slowest 30 statements and the largest 40 tables.</summary>
    public async Task<DatabaseView> LookAsync(CancellationToken ct)
    {
        user.Demand(Permission.OperationsRead);
        await using var connection = await sources.Reporting.OpenConnectionAsync(ct);
        var facts = await ListAsync(connection,
            "select current_setting('server_version'), pg_database_size(current_database()), current_setting('max_connections')::int",
            r => (Version: r.GetString(0), Bytes: r.GetInt64(1), Most: r.GetInt32(2)), ct);
        var (statements, why) = await StatementsAsync(connection, ct);
        var tables = await ListAsync(connection,
            """
            select c.relname, greatest(sum(coalesce(s.n_live_tup, 0)), 0)::bigint, sum(pg_total_relation_size(p.relid))::bigint, sum(pg_indexes_size(p.relid))::bigint,
                max(greatest(s.last_vacuum, s.last_autovacuum))
            from pg_class c cross join lateral (select c.oid as relid union select relid from pg_partition_tree(c.oid)) p left join pg_stat_user_tables s on s.relid = p.relid
            where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
            group by c.relname order by 3 desc limit 40
            """,
            r => new TableSize(r.GetString(0), r.GetInt64(1), r.GetInt64(2), r.GetInt64(3), r.IsDBNull(4) ? null : r.GetFieldValue<DateTimeOffset>(4)), ct);
        var connections = await ListAsync(connection,
            """
            select coalesce(usename, 'server'), count(*) filter (where state = 'active')::int, count(*) filter (where state = 'idle')::int,
                count(*) filter (where state like 'idle in%')::int
            from pg_stat_activity where datname = current_database() group by 1 order by 1
            """,
            r => new ConnectionCount(r.GetString(0), r.GetInt32(1), r.GetInt32(2), r.GetInt32(3)), ct);
        return new(facts[0].Version, facts[0].Bytes, facts[0].Most, statements, why, tables, connections, await Migrator.PendingAsync(sources, ct));
    }

    private static async Task<(IReadOnlyList<SlowStatement> Statements, string? Why)> StatementsAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        try
        {
            var statements = await ListAsync(connection,
                """
                select query, calls, total_exec_time, mean_exec_time, max_exec_time, rows from pg_stat_statements
                where dbid = (select oid from pg_database where datname = current_database()) and query !~* 'pg_stat_statements|pg_catalog'
                    and query ~* '^\s*(with|select|insert|update|delete|merge|copy)\M'
                order by total_exec_time desc limit 30
                """,
                r => new SlowStatement(r.GetString(0), r.GetInt64(1), r.GetDouble(2), r.GetDouble(3), r.GetDouble(4), r.GetInt64(5)), ct);
            return (statements, null);
        }
        catch (PostgresException fault) when (fault.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            return ([], "The server lacks the extension pg_stat_statements. Install PostgreSQL's contrib package, then start Sourcing with --migrate once.");
        }
        catch (PostgresException fault) when (fault.SqlState == PostgresErrorCodes.ObjectNotInPrerequisiteState)
        {
            return ([], NotLoaded);
        }
    }

    private static async Task<IReadOnlyList<T>> ListAsync<T>(NpgsqlConnection connection, string sql, Func<NpgsqlDataReader, T> row, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var rows = new List<T>();
        while (await reader.ReadAsync(ct))
        {
            rows.Add(row(reader));
        }

        return rows;
    }
}
