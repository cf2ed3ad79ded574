using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Sourcing.Data.Common;

/// <summary>
/// Statements of a run that EF would be slow at: hundreds of thousands of rows read as they come, or written by COPY. In the context's
/// transaction, and counted, since a run has at most fifty.
/// </summary>
internal sealed class RunSql(SourcingDb db)
{
    /// <summary>Statements sent so far.</summary>
    public int Count { get; private set; }

    /// <summary>Counts statements that were sent through EF.</summary>
    public void Add(int statements) => Count += statements;

    /// <summary>Calls for every row, in order.</summary>
    public async Task ReadAsync(string sql, Action<NpgsqlDataReader> row, CancellationToken ct, params object[] values)
    {
        await using var command = Command(sql, values);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            row(reader);
        }
    }

    /// <returns>Rows touched.</returns>
    public async Task<int> ExecuteAsync(string sql, CancellationToken ct, params object[] values)
    {
        await using var command = Command(sql, values);
        return await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Opens a binary COPY.</summary>
    /// <param name="target">Table and columns.</param>
    public async Task<NpgsqlBinaryImporter> CopyAsync(string target, CancellationToken ct)
    {
        Count++;
        var importer = await Connection.BeginBinaryImportAsync($"copy {target} from stdin (format binary)", ct);
        importer.Timeout = TimeSpan.FromMinutes(Minutes);
        return importer;
    }

    /// <summary>Opens a COPY that is handed the server's own binary form.</summary>
    /// <param name="target">Table and columns.</param>
    public async Task<NpgsqlRawCopyStream> CopyRawAsync(string target, CancellationToken ct)
    {
        Count++;
        var stream = await Connection.BeginRawBinaryCopyAsync($"copy {target} from stdin (format binary)", ct);
        stream.WriteTimeout = Minutes * 60_000;
        return stream;
    }

    // The statement's own limit is the server's: see AllowMinutesAsync.
    private const int Minutes = 30;

    private NpgsqlConnection Connection => (NpgsqlConnection)db.Database.GetDbConnection();

    private NpgsqlCommand Command(string sql, object[] values)
    {
        Count++;
        var command = new NpgsqlCommand(sql, Connection, (NpgsqlTransaction)db.Database.CurrentTransaction!.GetDbTransaction()) { CommandTimeout = Minutes * 60 };
        foreach (var value in values)
        {
            command.Parameters.Add(value as NpgsqlParameter ?? new NpgsqlParameter { Value = value });
        }

        return command;
    }
}

/// <summary>Columns that may be empty.</summary>
internal static class Columns
{
    public static Guid? GuidOrNull(this NpgsqlDataReader row, int i) => row.IsDBNull(i) ? null : row.GetGuid(i);

    public static decimal? DecimalOrNull(this NpgsqlDataReader row, int i) => row.IsDBNull(i) ? null : row.GetDecimal(i);

    public static int? IntOrNull(this NpgsqlDataReader row, int i) => row.IsDBNull(i) ? null : row.GetInt32(i);

    public static double? DoubleOrNull(this NpgsqlDataReader row, int i) => row.IsDBNull(i) ? null : row.GetDouble(i);

    public static string? TextOrNull(this NpgsqlDataReader row, int i) => row.IsDBNull(i) ? null : row.GetString(i);

    public static DateOnly Day(this NpgsqlDataReader row, int i) => row.GetFieldValue<DateOnly>(i);

    public static DateOnly? DayOrNull(this NpgsqlDataReader row, int i) => row.IsDBNull(i) ? null : row.GetFieldValue<DateOnly>(i);
}
