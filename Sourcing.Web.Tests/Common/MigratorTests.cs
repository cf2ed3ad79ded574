using Microsoft.EntityFrameworkCore;
using Npgsql;
using Sourcing.Data.Common;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Common;

public sealed class MigratorTests(Postgres postgres)
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Migrating_twice_and_by_two_at_once_gives_the_model()
    {
        await using var sources = await postgres.EmptyAsync();
        await Task.WhenAll(Migrator.MigrateAsync(sources, _ct), Migrator.MigrateAsync(sources, _ct));
        await Migrator.MigrateAsync(sources, _ct);
        Assert.Empty(await Migrator.PendingAsync(sources, _ct));
        await using var db = Migrator.Context(sources);
        Assert.False(db.Database.HasPendingModelChanges(), "The model has changes without a migration.");
    }

    [Fact]
    public async Task A_table_in_use_holds_up_neither_its_readers_nor_the_migration_for_good()
    {
        await using var sources = await postgres.EmptyAsync();
        await Migrator.MigrateAsync(sources, _ct);
        await using var slow = await sources.Migrator.OpenConnectionAsync(_ct);
        await using var reading = await slow.BeginTransactionAsync(_ct);
        await using (var read = new NpgsqlCommand("select count(*) from suppliers", slow, reading))
        {
            await read.ExecuteScalarAsync(_ct);
        }

        var refusal = await Assert.ThrowsAsync<RefusedException>(() => Migrator.MigrateAsync(sources, _ct, TimeSpan.Zero));
        Assert.Contains("stayed in use", refusal.Message, StringComparison.Ordinal);

        var migrating = Migrator.MigrateAsync(sources, _ct);
        await using var other = sources.Reporting.CreateCommand("select count(*) from suppliers");
        for (var page = 0; page < 200; page++)
        {
            await other.ExecuteScalarAsync(_ct);
        }

        Assert.False(migrating.IsCompleted, "The reader still reads.");
        await reading.CommitAsync(_ct);
        await migrating;
    }

    [Fact]
    public async Task A_database_ahead_of_the_code_is_refused()
    {
        await using var sources = await postgres.EmptyAsync();
        await Migrator.MigrateAsync(sources, _ct);
        await using (var db = Migrator.Context(sources))
        {
            await db.Database.ExecuteSqlAsync($"""insert into "__EFMigrationsHistory" values ('29990101000000_Later', '99')""", _ct);
        }

        var refusal = await Assert.ThrowsAsync<RefusedException>(() => Migrator.MigrateAsync(sources, _ct));
        Assert.Contains("ahead of this version", refusal.Message, StringComparison.Ordinal);
    }
}
