using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Sourcing.Data.Common;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Common;

public sealed partial class PooledIdentityTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private const int Workers = 8;
    private const int Rounds = 500;

    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Four_thousand_interleaved_operations_with_cancels_faults_and_killed_servers_leak_no_identity()
    {
        var (one, two) = (await database.UserAsync(null, [Role.Buyer]), await database.UserAsync(null, [Role.Planner]));
        var (portal, rival) = (await database.UserAsync(Guid.CreateVersion7(), [Role.Supplier]), await database.UserAsync(Guid.CreateVersion7(), [Role.Supplier]));
        UserIdentity[] people = [one, two, portal, rival];
        var (proven, leaks) = (0, 0);
        await Parallel.ForEachAsync(Enumerable.Range(0, Workers), new ParallelOptions { MaxDegreeOfParallelism = Workers, CancellationToken = _ct }, async (worker, ct) =>
        {
            var dice = new Random(worker);
            for (var round = 0; round < Rounds; round++)
            {
                var person = people[dice.Next(people.Length)];
                switch (dice.Next(100))
                {
                    case < 10:
                        await StumbleAsync(() => CancelledAsync(person, dice.Next(1, 6)));
                        break;
                    case < 20:
                        await StumbleAsync(() => FaultyAsync(person));
                        break;
                    case < 22:
                        await StumbleAsync(() => KilledAsync(person));
                        break;
                    case < 40:
                        Interlocked.Add(ref leaks, await LeftBehindAsync(person.Access));
                        break;
                    default:
                        var seen = await WhoAsync(person);
                        Interlocked.Increment(ref seen == (person.Id, person.SupplierId) ? ref proven : ref leaks);
                        break;
                }
            }
        });
        Assert.Equal(0, leaks);
        Assert.True(proven > Workers * Rounds / 3, $"Only {proven} operations got as far as asking who they are.");
    }

    [Fact]
    public async Task A_statement_outside_a_transaction_is_a_fault_and_not_a_leak()
    {
        await using var scope = await database.AsAsync(Role.Buyer);
        await using var db = scope.Get<IDbContextFactory<Sourcing.Data.SourcingDb>>().CreateDbContext();
        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => db.Database.SqlQuery<int>($"select 1 as \"Value\"").SingleAsync(_ct));
        Assert.Contains("outside a transaction", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_source_sets_an_identity_for_longer_than_its_transaction()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "Sourcing.sln")))
        {
            root = root.Parent;
        }

        var sins = new List<string>();
        var files = new[] { "*.cs", "*.razor", "*.sql" }.SelectMany(pattern => Directory.EnumerateFiles(root!.FullName, pattern, SearchOption.AllDirectories))
            .Where(f => !Regex.IsMatch(f, @"[\\/](bin|obj|\.pgdata)[\\/]") && Path.GetFileName(f) != "PooledIdentityTests.cs").ToList();
        foreach (var file in files)
        {
            foreach (Match sin in Lasting().Matches(File.ReadAllText(file)))
            {
                sins.Add($"{Path.GetFileName(file)}: {sin.Value}");
            }
        }

        Assert.True(files.Count > 50, "The sources were not found.");
        Assert.Empty(sins);
        Assert.Matches(Lasting(), "select set_config('app.token', $1, false)");
        Assert.Matches(Lasting(), "SET app.token = 'x'");
        Assert.DoesNotMatch(Lasting(), "set_config('app.token', token, true)");
    }

    [GeneratedRegex(@"set_config\s*\([^;]*?,\s*false\s*\)|\bset\s+(session\s+)?app\.\w+\s*(=|to\b)", RegexOptions.IgnoreCase)]
    private static partial Regex Lasting();

    private static async Task StumbleAsync(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (Exception fault) when (fault is OperationCanceledException or NpgsqlException or RefusedException or DbUpdateException or InvalidOperationException)
        {
            // Meant to fail: what matters is what the connection remembers.
        }
    }

    private async Task<(Guid, Guid?)> WhoAsync(UserIdentity person)
    {
        await using var scope = database.As(person);
        return await scope.Get<Database>().ReadAsync(
            async (db, ct) => (
                await db.Database.SqlQuery<Guid>($"select app.user_id() as \"Value\"").SingleAsync(ct),
                await db.Database.SqlQuery<Guid?>($"select app.supplier_id() as \"Value\"").SingleAsync(ct)),
            _ct);
    }

    private async Task CancelledAsync(UserIdentity person, int milliseconds)
    {
        await using var scope = database.As(person);
        using var impatience = new CancellationTokenSource(milliseconds);
        await scope.Get<Database>().WriteAsync((db, ct) => db.Database.ExecuteSqlAsync($"select pg_sleep(0.02)", ct), impatience.Token);
    }

    private async Task FaultyAsync(UserIdentity person)
    {
        await using var scope = database.As(person);
        await scope.Get<Database>().WriteAsync((db, ct) => db.Database.ExecuteSqlAsync($"select 1 / 0", ct), _ct);
    }

    private async Task KilledAsync(UserIdentity person)
    {
        await using var connection = await database.Sources.For(person.Access).OpenConnectionAsync(_ct);
        await using var transaction = await connection.BeginTransactionAsync(_ct);
        await using (var begin = new NpgsqlCommand("select app.begin($1)", connection, transaction))
        {
            begin.Parameters.Add(new() { Value = person.SessionToken });
            await begin.ExecuteNonQueryAsync(_ct);
        }

        await database.SqlAsync("select pg_terminate_backend($1)", connection.ProcessID);
        await using var after = new NpgsqlCommand("select app.user_id()", connection, transaction);
        await after.ExecuteScalarAsync(_ct);
    }

    // What a connection fresh from the pool remembers of whoever had it before; 1 is a leak.
    private async Task<int> LeftBehindAsync(DatabaseAccess access)
    {
        try
        {
            await using var connection = await database.Sources.For(access).OpenConnectionAsync(_ct);
            await using var command = new NpgsqlCommand("select coalesce(current_setting('app.token', true), '')", connection);
            return (string)(await command.ExecuteScalarAsync(_ct))! == "" ? 0 : 1;
        }
        catch (NpgsqlException)
        {
            // Its server was killed by a neighbour.
            return 0;
        }
    }
}
