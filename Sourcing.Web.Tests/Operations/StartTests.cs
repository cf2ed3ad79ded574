using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Sourcing.Data.Common;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Operations;

/// <summary>The built app, started as an operator starts it: one clear sentence and an exit code where it cannot work.</summary>
public sealed class StartTests(Postgres postgres)
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("", "No database is set. Set ConnectionStrings__Sourcing to a PostgreSQL server.")]
    [InlineData("Host=127.0.0.1;Port=1;Username=x;Database=x", "The database server 127.0.0.1 cannot be used: ")]
    [InlineData("Host=nowhere.invalid;Username=x;Database=x", "The database server nowhere.invalid cannot be used: ")]
    [InlineData("a desk and a chair", "ConnectionStrings__Sourcing cannot be read: ")]
    public async Task A_database_that_is_not_there_is_one_sentence(string server, string sentence) => await RefusesAsync(server, sentence);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_database_that_is_too_old_is_one_sentence(bool migrate)
    {
        await using var sources = await postgres.EmptyAsync();
        await RunAsync(sources, "create schema old; create function old.current_setting(text) returns text language sql return '140009'");
        await RefusesAsync(sources.Server + ";Search Path=old,pg_catalog", "PostgreSQL 14 is too old: Sourcing needs 15 or newer.", migrate ? ["--migrate"] : []);
    }

    [Fact]
    public async Task A_database_that_is_behind_or_ahead_is_one_sentence_and_migrating_mends_the_first()
    {
        await using var sources = await postgres.EmptyAsync();
        await RefusesAsync(sources.Server, "The database is behind this version of Sourcing. Run Sourcing.Web --migrate first.");
        await using (var migrating = Start(sources.Server, ["--migrate"]))
        {
            Assert.Equal(0, await migrating.EndAsync(_ct));
        }

        await using (var working = Start(sources.Server, []))
        {
            await working.ReadyAsync(_ct);
            await working.InterruptAsync(_ct);
            Assert.Equal(0, await working.EndAsync(_ct));
        }

        await RunAsync(sources, """insert into "__EFMigrationsHistory" values ('29990101000000_Later', '99')""");
        foreach (var arguments in new string[][] { [], ["--migrate"] })
        {
            await RefusesAsync(sources.Server, "The database is ahead of this version of Sourcing: it has the migration 29990101000000_Later. Start the newer version.", arguments);
        }
    }

    [Fact]
    public async Task A_login_that_may_not_make_the_schema_is_one_sentence()
    {
        await using var sources = await postgres.EmptyAsync();
        var name = $"weak_{Guid.CreateVersion7():N}"[..20];
        await RunAsync(sources, $"create role {name} login");
        await RefusesAsync(
            new NpgsqlConnectionStringBuilder(sources.Server) { Username = name }.ConnectionString, $"The login {name} of ConnectionStrings__Sourcing may not make Sourcing's logins and schema: ", ["--migrate"]);
    }

    [Fact]
    public async Task An_address_that_is_taken_is_one_sentence()
    {
        await using var sources = await postgres.EmptyAsync();
        await Migrator.MigrateAsync(sources, _ct);
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        await using var app = Start(sources.Server, [$"--urls=http://127.0.0.1:{((IPEndPoint)other.LocalEndpoint).Port}"]);
        Assert.Equal(1, await app.EndAsync(_ct));
        // The web server has logged its own words before.
        Assert.StartsWith("The address is taken: Failed to bind to address", app.Said.TrimEnd().Split('\n')[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ctrl_C_stops_the_app_with_its_private_database_and_the_second_start_takes_seconds()
    {
        var home = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"sourcing-start-{Guid.CreateVersion7():N}"));
        try
        {
            var root = home.CreateSubdirectory("app").FullName;
            var times = new List<TimeSpan>();
            for (var start = 1; start <= 2; start++)
            {
                var began = Stopwatch.GetTimestamp();
                await using var app = AppProcess.Start(
                    ["--contentRoot", root, "--urls=http://127.0.0.1:0"],
                    ("ASPNETCORE_ENVIRONMENT", "Development"), ("ConnectionStrings__Sourcing", null), ("Demo__Fill", "false"));
                await app.ReadyAsync(_ct);
                times.Add(Stopwatch.GetElapsedTime(began));
                var server = int.Parse((await File.ReadAllLinesAsync(Path.Combine(home.FullName, ".pgdata", "postmaster.pid"), _ct))[0], System.Globalization.CultureInfo.InvariantCulture);
                await app.InterruptAsync(_ct);
                Assert.Equal(0, await app.EndAsync(_ct));
                Assert.Contains("Ctrl+C stops it; the data is kept.", app.Said, StringComparison.Ordinal);
                Assert.DoesNotContain("   at ", app.Said, StringComparison.Ordinal);
                Assert.False(Directory.Exists($"/proc/{server}"), "The private server is still there.");
                Assert.False(File.Exists(Path.Combine(home.FullName, ".pgdata", "postmaster.pid")), "The private server did not stop cleanly.");
            }

            Assert.True(times[1] < TimeSpan.FromSeconds(30), $"The second start took {times[1]}.");
        }
        finally
        {
            home.Delete(recursive: true);
        }
    }

    private AppProcess Start(string server, string[] arguments) => AppProcess.Start(
        ["--urls=http://127.0.0.1:0", .. arguments], ("ASPNETCORE_ENVIRONMENT", "Production"), ("ConnectionStrings__Sourcing", server));

    private async Task RefusesAsync(string server, string sentence, params string[] arguments)
    {
        await using var app = Start(server, arguments);
        Assert.Equal(1, await app.EndAsync(_ct));
        var line = Assert.Single(app.Said.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        Assert.StartsWith(sentence, line, StringComparison.Ordinal);
    }

    private async Task RunAsync(DataSources sources, string sql)
    {
        await using var source = NpgsqlDataSource.Create(sources.Server);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(_ct);
    }
}
