using Microsoft.EntityFrameworkCore;
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
