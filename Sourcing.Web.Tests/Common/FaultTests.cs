using Microsoft.EntityFrameworkCore;
using Npgsql;
using Sourcing.Data;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Data.Rfqs;
using Sourcing.Data.Suppliers;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Common;

/// <summary>What happens to people's work when the machines under it fail.</summary>
public sealed class FaultTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_connection_killed_in_mid_transaction_leaves_nothing_and_the_repeat_makes_one_record(bool afterTheRecord)
    {
        await using var scope = await database.AsAsync(Role.Buyer);
        var (key, name, attempts) = (Guid.CreateVersion7(), $"Killed {afterTheRecord}", 0);
        Task<Guid> ActAsync() => scope.Get<Database>().WriteOnceAsync(
            key,
            async (db, ct) =>
            {
                var supplier = Make.NewSupplier(name);
                if (++attempts == 1 && !afterTheRecord)
                {
                    await KillAsync(db);
                }

                db.Add(supplier);
                await db.SaveChangesAsync(ct);
                if (attempts == 1 && afterTheRecord)
                {
                    await KillAsync(db);
                }

                return supplier.Id;
            },
            _ct);
        var id = await ActAsync();
        Assert.Equal(2, attempts);
        Assert.Equal(id, await ActAsync());
        Assert.Equal(2, attempts);
        Assert.Equal(1L, await CountAsync(name));
        Assert.Equal(1L, await database.ScalarAsync<long>("select count(*) from audit_entries where record_id = $1", id));
    }

    [Theory]
    [InlineData(Cut.BeforeCommit, 2)]
    [InlineData(Cut.AfterCommit, 1)]
    public async Task A_line_that_breaks_at_the_commit_makes_one_record_without_any_key(Cut cut, int attempts)
    {
        await using var line = new CutLine(database.Sources.Server, cut);
        await using var sources = new DataSources(line.Server);
        var user = new CurrentUser();
        user.Become(await database.UserAsync(null, [Role.Buyer]));
        var (door, ran) = (new Database(new SourcingDbFactory(sources, user, TimeProvider.System, [])), 0);
        var answer = await door.WriteAsync(
            async (db, ct) =>
            {
                if (++ran == 1)
                {
                    line.Arm();
                }

                db.Add(Make.NewSupplier($"{cut}"));
                await db.SaveChangesAsync(ct);
                return $"attempt {ran}";
            },
            _ct);
        Assert.Equal($"attempt {attempts}", answer);
        Assert.Equal(attempts, ran);
        Assert.Equal(1L, await CountAsync($"{cut}"));
    }

    [Fact]
    public async Task A_database_that_stays_away_is_a_sentence_and_not_a_fault()
    {
        await using var gone = new DataSources("Host=127.0.0.1;Port=1;Database=nothing");
        var user = new CurrentUser();
        user.Become(UserIdentity.Nobody with { Roles = new HashSet<Role> { Role.Buyer }, SessionToken = "x" });
        var door = new Database(new SourcingDbFactory(gone, user, TimeProvider.System, []));
        var refusal = await Assert.ThrowsAsync<DatabaseAwayException>(() => door.ReadAsync((db, ct) => db.NowAsync(ct), _ct));
        Assert.Contains("does not answer just now", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task On_a_full_disk_writes_are_refused_in_clear_words_reads_go_on_and_it_recovers_by_itself()
    {
        await using var scope = await database.AsAsync(Role.Buyer);
        var form = new SupplierForm { Code = "FULL-1", Name = "Full disk" };
        await database.SqlAsync("create function disk_is_full() returns trigger language plpgsql as $$ begin raise exception 'No space left on device' using errcode = '53100'; end $$");
        await database.SqlAsync("create trigger disk_is_full before insert on suppliers for each row when (new.code = 'FULL-1') execute function disk_is_full()");
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => scope.Get<SupplierService>().SaveAsync(form, _ct));
        Assert.Equal("The server's disk is full, so nothing was saved. What you typed is still here; try again when an admin has made room.", refusal.Message);
        Assert.Empty((await scope.Get<SupplierList>().PageAsync(new() { Search = "Full disk" }, _ct)).Rows);
        await database.SqlAsync("drop trigger disk_is_full on suppliers");
        await scope.Get<SupplierService>().SaveAsync(form, _ct);
        Assert.Equal(1L, await CountAsync("Full disk"));
    }

    [Theory]
    [InlineData("internal")]
    [InlineData("supplier")]
    [InlineData("member")]
    [InlineData("rep")]
    [InlineData("chapter")]
    [InlineData("auth")]
    [InlineData("jobs")]
    [InlineData("reporting")]
    public async Task No_statement_of_a_page_runs_longer_than_fifteen_seconds(string login)
    {
        var sources = new Dictionary<string, NpgsqlDataSource>
        {
            ["internal"] = database.Sources.For(DatabaseAccess.Internal), ["supplier"] = database.Sources.For(DatabaseAccess.Supplier),
            ["member"] = database.Sources.For(DatabaseAccess.Member), ["rep"] = database.Sources.For(DatabaseAccess.Rep), ["chapter"] = database.Sources.For(DatabaseAccess.Chapter), ["auth"] = database.Sources.Auth, ["jobs"] = database.Sources.Jobs, ["reporting"] = database.Sources.Reporting,
        };
        await using var command = sources[login].CreateCommand("select current_setting('statement_timeout') || ' ' || current_setting('idle_in_transaction_session_timeout')");
        Assert.Equal("15s 30s", await command.ExecuteScalarAsync(_ct));
    }

    [Fact]
    public async Task A_slow_statement_is_stopped_with_a_sentence_and_holds_up_nobody_else()
    {
        await using var slow = await database.AsAsync(Role.Buyer);
        await using var other = await database.AsAsync(Role.Buyer);
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(_ct);
        var waiting = slow.Get<Database>().ReadAsync(
            async (db, ct) =>
            {
                begun.SetResult();
                return await db.Database.ExecuteSqlAsync($"select pg_sleep(14)", ct);
            },
            end.Token);
        await begun.Task;
        for (var page = 0; page < 30; page++)
        {
            await other.Get<SupplierList>().PageAsync(new(), _ct);
        }

        Assert.False(waiting.IsCompleted, "Thirty pages were read while one statement was stuck.");
        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);

        var refusal = await Assert.ThrowsAsync<RefusedException>(() => slow.Get<Database>().ReadAsync(
            async (db, ct) =>
            {
                await db.Database.ExecuteSqlAsync($"select set_config('statement_timeout', '50ms', true)", ct);
                return await db.Database.ExecuteSqlAsync($"select pg_sleep(14)", ct);
            },
            _ct));
        Assert.Contains("took too long and was stopped", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task With_the_app_an_hour_off_the_databases_clock_decides_deadlines_and_sessions(int hours)
    {
        var (open, over) = (await Make.OpenRfqAsync(database, suppliers: 1), await Make.OpenRfqAsync(database, suppliers: 1));
        await database.SqlAsync("update rfqs set deadline = now() + interval '10 minutes' where id = $1", open.Id);
        var (early, late) = (await database.UserAsync(open.Suppliers[0], [Role.Supplier]), await database.UserAsync(over.Suppliers[0], [Role.Supplier]));
        await using var lateScope = database.As(late);
        var lateForm = Make.Fill(await lateScope.Get<QuoteQueries>().OwnAsync(over.Id, _ct));
        await Make.PassDeadlineAsync(database, over.Id);
        await database.SqlAsync("update app.sessions set expires_at = now() + interval '10 minutes' where user_id = $1", early.Id);
        var gone = await database.UserAsync(null, [Role.Buyer]);
        await database.SqlAsync("update app.sessions set expires_at = now() - interval '10 minutes' where user_id = $1", gone.Id);
        database.Clock.Advance(TimeSpan.FromHours(hours));
        try
        {
            Assert.NotEqual(Guid.Empty, (await Make.SubmittedQuoteAsync(database, open, as_: early)).Id);
            var refusal = await Assert.ThrowsAsync<RefusedException>(() => lateScope.Get<QuoteService>().SubmitAsync(lateForm, _ct));
            Assert.Contains("deadline", refusal.Message, StringComparison.OrdinalIgnoreCase);
            var sessions = lateScope.Get<Sessions>();
            Assert.True(await sessions.IsAliveAsync(early.SessionToken, _ct));
            Assert.False(await sessions.IsAliveAsync(gone.SessionToken, _ct));
        }
        finally
        {
            database.Clock.Advance(TimeSpan.FromHours(-hours));
        }
    }

    [Fact]
    public async Task A_clock_that_is_set_back_does_not_keep_an_ended_session_alive()
    {
        var user = await database.UserAsync(null, [Role.Buyer]);
        var clock = new SetBack();
        var sessions = new Sessions(database.Sources, clock);
        Assert.True(await sessions.IsAliveAsync(user.SessionToken, _ct));
        await database.SqlAsync("update app.sessions set revoked_at = now() where user_id = $1", user.Id);
        clock.Hours = -1;
        Assert.False(await sessions.IsAliveAsync(user.SessionToken, _ct));
    }

    private async Task KillAsync(SourcingDb db)
    {
        var backend = await db.Database.SqlQuery<int>($"select pg_backend_pid() as \"Value\"").SingleAsync(_ct);
        await using var server = NpgsqlDataSource.Create(database.Sources.Server);
        await using var kill = server.CreateCommand("select pg_terminate_backend($1, 5000)");
        kill.Parameters.Add(new() { Value = backend });
        Assert.True((bool)(await kill.ExecuteScalarAsync(_ct))!);
    }

    private Task<long> CountAsync(string supplier) => database.ScalarAsync<long>("select count(*) from suppliers where name = $1", supplier);

    /// <summary>A machine's clock that somebody sets while time goes on: two seconds a look.</summary>
    private sealed class SetBack : TimeProvider
    {
        private long _looks;

        public int Hours { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddHours(Hours);

        public override long GetTimestamp() => ++_looks * 2 * TimestampFrequency;
    }
}
