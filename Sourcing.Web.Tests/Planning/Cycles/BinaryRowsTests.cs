using Npgsql;
using Sourcing.Data.Planning.Cycles;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Planning.Cycles;

/// <summary>Quantities written in the server's own form are the ones read back.</summary>
public sealed class BinaryRowsTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly long[] Quantities =
    [
        0, 1, -1, 99, 100, 101, 9_999, 10_000, 999_999, 1_000_000, -1_500_000, 9_999_999_999, 10_000_000_000, 12_345_678_901_234, -10_000_000_000_000_000,
        999_999_999_999_999_999, -999_999_999_999_999_999,
    ];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_quantity_key_and_day_comes_back_as_it_was()
    {
        await using var connection = await OpenAsync();
        var key = Guid.CreateVersion7();
        // More rows than one buffer holds.
        var all = Enumerable.Range(0, 5_000).SelectMany(_ => Quantities).ToArray();
        await using (var rows = new BinaryRows(await connection.BeginRawBinaryCopyAsync("copy figures from stdin (format binary)", Ct), 4))
        {
            foreach (var micro in all)
            {
                rows.Start();
                rows.Write(key);
                rows.Write((short)-7);
                rows.Write(new DateOnly(1999, 12, 31));
                rows.WriteMicro(micro);
            }

            await rows.CompleteAsync();
        }

        var read = new List<long>();
        await using var command = new NpgsqlCommand("select key, small, day, quantity from figures order by ctid", connection);
        await using var reader = await command.ExecuteReaderAsync(Ct);
        while (await reader.ReadAsync(Ct))
        {
            Assert.Equal((key, (short)-7, new DateOnly(1999, 12, 31)), (reader.GetGuid(0), reader.GetInt16(1), reader.GetFieldValue<DateOnly>(2)));
            read.Add((long)(reader.GetDecimal(3) * 1_000_000m));
        }

        Assert.Equal(all, read);
    }

    [Fact]
    public async Task Without_its_end_nothing_is_kept_and_the_connection_goes_on()
    {
        await using var connection = await OpenAsync();
        await using (var rows = new BinaryRows(await connection.BeginRawBinaryCopyAsync("copy figures (quantity) from stdin (format binary)", Ct), 1))
        {
            rows.Start();
            rows.WriteMicro(5);
        }

        await using (var none = new BinaryRows(await connection.BeginRawBinaryCopyAsync("copy figures (quantity) from stdin (format binary)", Ct), 1))
        {
            await none.CompleteAsync();
        }

        await using var command = new NpgsqlCommand("select count(*) from figures", connection);
        Assert.Equal(0L, await command.ExecuteScalarAsync(Ct));
    }

    private async Task<NpgsqlConnection> OpenAsync()
    {
        var connection = await database.Sources.Migrator.OpenConnectionAsync(Ct);
        await using var command = new NpgsqlCommand("create temp table figures (key uuid, small smallint, day date, quantity numeric(18, 6))", connection);
        await command.ExecuteNonQueryAsync(Ct);
        return connection;
    }
}
