using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Sourcing.Data;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Web.Operations;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Operations;

public sealed class JobTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(40);
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Servers_share_one_queue_deliver_mail_run_queued_work_in_the_starters_name_and_say_that_they_are_ready()
    {
        await RecordMigrationsAsync();
        await using var one = await StartAsync();
        await using var two = await StartAsync();
        using var http = new HttpClient();
        var address = one.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        Assert.Equal("""{"status":"ready","checks":{"database":"ok","migrations":"ok","jobs":"ok"}}""", await http.GetStringAsync(address + "/health/ready", _ct));
        Assert.Equal("""{"status":"live"}""", await http.GetStringAsync(address + "/health/live", _ct));

        await using var buyer = await database.AsAsync(Role.Buyer);
        var id = await buyer.Get<Database>().WriteAsync(
            async (db, ct) =>
            {
                db.Post(new("woken@example.test", "Woken", "Woken"));
                return await buyer.Get<JobRunService>().QueueAsync(db, "greet", "Greet", null, ct);
            },
            _ct);
        await database.UntilAsync(async () => (await buyer.Get<JobRunService>().FindAsync(id, _ct)).Status == JobStatus.Done);
        Assert.Equal($"Greetings from {buyer.User.Identity.Name}.", (await buyer.Get<JobRunService>().FindAsync(id, _ct)).Message);
        await database.UntilAsync(async () => await database.ScalarAsync<string>("select status from outbox_messages where recipient = 'woken@example.test'") == "sent");

        await using var scope = one.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentUser>().Become((await database.AsAsync(Role.Admin)).User.Identity);
        var schedule = scope.ServiceProvider.GetRequiredService<JobSchedule>();
        await database.UntilAsync(async () => (await schedule.ListAsync(_ct)).All(j => j is { NextAt: not null, Succeeded: true }));
        var before = (await schedule.ListAsync(_ct)).Single(j => j.Name == "partitions").Runs;
        Assert.Equal(1, before);
        await schedule.RunNowAsync("partitions", _ct);
        await database.UntilAsync(async () => (await schedule.ListAsync(_ct)).Single(j => j.Name == "partitions").Runs == before + 1);
        await using var servers = database.Sources.Jobs.CreateCommand("select count(*) from qrtz_scheduler_state");
        Assert.Equal(2L, await servers.ExecuteScalarAsync(_ct));
    }

    [Fact]
    public async Task Work_that_fails_says_so_with_an_id_and_work_that_refuses_says_why()
    {
        await using var buyer = await database.AsAsync(Role.Buyer);
        await using var services = Services();
        var fails = await QueueAsync(buyer, "fail");
        var refuses = await QueueAsync(buyer, "refuse");
        var unknown = await QueueAsync(buyer, "unheard of");
        await services.GetRequiredService<JobRunner>().RunWaitingAsync(_ct);
        var run = await buyer.Get<JobRunService>().FindAsync(fails, _ct);
        Assert.Equal(JobStatus.Failed, run.Status);
        Assert.NotNull(run.ErrorId);
        Assert.Contains(run.ErrorId, run.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", run.Message, StringComparison.Ordinal);
        Assert.Equal("Row 3 has no unit. Give it one.", (await buyer.Get<JobRunService>().FindAsync(refuses, _ct)).Message);
        Assert.Equal(JobStatus.Failed, (await buyer.Get<JobRunService>().FindAsync(unknown, _ct)).Status);
    }

    [Fact]
    public async Task Work_can_be_cancelled_by_who_started_it_and_by_nobody_else_but_an_admin()
    {
        await using var buyer = await database.AsAsync(Role.Buyer);
        await using var other = await database.AsAsync(Role.Buyer);
        await using var admin = await database.AsAsync(Role.Admin);
        var waiting = await QueueAsync(buyer, "greet");
        await Assert.ThrowsAsync<MissingException>(() => other.Get<JobRunService>().CancelAsync(waiting, _ct));
        await Assert.ThrowsAsync<MissingException>(() => other.Get<JobRunService>().FindAsync(waiting, _ct));
        await admin.Get<JobRunService>().CancelAsync(waiting, _ct);
        Assert.Equal(JobStatus.Cancelled, (await buyer.Get<JobRunService>().FindAsync(waiting, _ct)).Status);
        await Assert.ThrowsAsync<RefusedException>(() => buyer.Get<JobRunService>().CancelAsync(waiting, _ct));

        await using var services = Services();
        var running = await QueueAsync(buyer, "endless");
        var working = services.GetRequiredService<JobRunner>().RunWaitingAsync(_ct);
        await database.UntilAsync(async () => (await buyer.Get<JobRunService>().FindAsync(running, _ct)) is { Status: JobStatus.Running, Progress: > 0 });
        await buyer.Get<JobRunService>().CancelAsync(running, _ct);
        await working.WaitAsync(Soon, _ct);
        Assert.Equal(JobStatus.Cancelled, (await buyer.Get<JobRunService>().FindAsync(running, _ct)).Status);
    }

    [Fact]
    public async Task Work_whose_server_goes_down_is_taken_up_again_and_work_of_a_lost_one_after_two_minutes()
    {
        await using var buyer = await database.AsAsync(Role.Buyer);
        await using var services = Services();
        var id = await QueueAsync(buyer, "endless");
        using var down = CancellationTokenSource.CreateLinkedTokenSource(_ct);
        var working = services.GetRequiredService<JobRunner>().RunWaitingAsync(down.Token);
        await database.UntilAsync(async () => (await buyer.Get<JobRunService>().FindAsync(id, _ct)).Status == JobStatus.Running);
        await down.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => working);
        Assert.Equal(JobStatus.Waiting, (await buyer.Get<JobRunService>().FindAsync(id, _ct)).Status);

        await database.SqlAsync("update job_runs set kind = 'greet', status = 'running', heartbeat_at = now() - interval '1 minute' where id = $1", id);
        Assert.Equal(0, await services.GetRequiredService<JobRunner>().RunWaitingAsync(_ct));
        await database.SqlAsync("update job_runs set heartbeat_at = now() - interval '3 minutes' where id = $1", id);
        Assert.Equal(1, await services.GetRequiredService<JobRunner>().RunWaitingAsync(_ct));
        Assert.Equal(JobStatus.Done, (await buyer.Get<JobRunService>().FindAsync(id, _ct)).Status);
    }

    [Fact]
    public async Task Work_of_an_account_that_was_switched_off_is_not_done()
    {
        await using var buyer = await database.AsAsync(Role.Buyer);
        await using var services = Services();
        var id = await QueueAsync(buyer, "greet");
        await database.SqlAsync("update users set disabled_at = now() where id = $1", buyer.User.Id);
        await services.GetRequiredService<JobRunner>().RunWaitingAsync(_ct);
        Assert.Equal("failed", await database.ScalarAsync<string>("select status from job_runs where id = $1", id));
    }

    [Fact]
    public async Task A_job_that_throws_is_written_down_as_failed_and_does_well_again_later()
    {
        await using var services = Services();
        var runner = services.GetRequiredService<RegularRunner>();
        Flaky.Throws = true;
        Assert.False(await runner.RunAsync("flaky", _ct));
        Assert.False(await runner.RunAsync("flaky", _ct));
        Assert.Equal("2 false", await database.ScalarAsync<string>("select failures_in_a_row || ' ' || succeeded from regular_runs where name = 'flaky'"));
        Flaky.Throws = false;
        Assert.True(await runner.RunAsync("flaky", _ct));
        Assert.Equal("0 Did well as Sourcing.", await database.ScalarAsync<string>("select failures_in_a_row || ' ' || message from regular_runs where name = 'flaky'"));
    }

    [Fact]
    public async Task Tidying_removes_what_has_served_and_nothing_else()
    {
        await using var buyer = await database.AsAsync(Role.Buyer);
        await database.SqlAsync("insert into form_keys (key, created_at) values (gen_random_uuid(), now() - interval '8 days'), (gen_random_uuid(), now() - interval '6 days')");
        await database.SqlAsync("insert into app.sessions (id, token_hash, user_id, user_name, access, expires_at) values (gen_random_uuid(), '\\x01', $1, 'Old', 'internal', now() - interval '31 days')", buyer.User.Id);
        var live = await database.ScalarAsync<long>("select count(*) from app.sessions where expires_at > now()");
        await using var services = Services();
        Assert.True(await services.GetRequiredService<RegularRunner>().RunAsync("tidying", _ct));
        Assert.Equal(0L, await database.ScalarAsync<long>("select count(*) from form_keys where created_at < now() - interval '7 days'"));
        Assert.Equal(1L, await database.ScalarAsync<long>("select count(*) from form_keys where created_at < now() - interval '5 days'"));
        Assert.Equal(0L, await database.ScalarAsync<long>("select count(*) from app.sessions where user_name = 'Old'"));
        Assert.True(await database.ScalarAsync<long>("select count(*) from app.sessions where expires_at > now()") >= live);
    }

    [Fact]
    public async Task The_system_user_cannot_sign_in_and_is_no_active_person()
    {
        await using var admin = await database.AsAsync(Role.Admin);
        var person = await admin.Get<Database>().ReadAsync((db, ct) => db.People.SingleAsync(p => p.Id == KnownUsers.System, ct), _ct);
        Assert.False(person.IsActive);
        Assert.Equal(1L, await database.ScalarAsync<long>("select count(*) from users where id = $1 and password_hash is null and email is null and user_name is null", KnownUsers.System));
    }

    [Fact]
    public async Task Only_who_may_look_at_operations_sees_and_runs_jobs()
    {
        await using var services = Services();
        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentUser>().Become((await database.AsAsync(Role.Buyer)).User.Identity);
        var schedule = ActivatorUtilities.CreateInstance<JobSchedule>(scope.ServiceProvider);
        await Assert.ThrowsAsync<DeniedException>(() => schedule.ListAsync(_ct));
        await Assert.ThrowsAsync<DeniedException>(() => schedule.RunNowAsync("outbox", _ct));
    }

    /// <summary>Stops before it goes, so that its queue ends with it.</summary>
    private sealed class Server(WebApplication app) : IAsyncDisposable
    {
        public IServiceProvider Services => app.Services;

        public async ValueTask DisposeAsync()
        {
            await app.StopAsync(CancellationToken.None);
            await app.DisposeAsync();
        }
    }

    private sealed class Greet(CurrentUser user) : IBackgroundWork
    {
        public string Kind => "greet";

        public Task<string> RunAsync(JobRunView run, JobProgress progress, CancellationToken ct) => Task.FromResult($"Greetings from {user.Identity.Name}.");
    }

    private sealed class Fail : IBackgroundWork
    {
        public string Kind => "fail";

        public Task<string> RunAsync(JobRunView run, JobProgress progress, CancellationToken ct) => throw new InvalidOperationException("secret detail");
    }

    private sealed class Refuse : IBackgroundWork
    {
        public string Kind => "refuse";

        public Task<string> RunAsync(JobRunView run, JobProgress progress, CancellationToken ct) => throw new RefusedException("Row 3 has no unit. Give it one.");
    }

    private sealed class Endless : IBackgroundWork
    {
        public string Kind => "endless";

        public async Task<string> RunAsync(JobRunView run, JobProgress progress, CancellationToken ct)
        {
            using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
            while (await tick.WaitForNextTickAsync(ct))
            {
                await progress.TellAsync(0.5m, "On and on.", ct);
            }

            return "";
        }
    }

    private sealed class Flaky(CurrentUser user) : IRegularWork
    {
        public static bool Throws { get; set; }

        public string Name => "flaky";

        public string Title => "Be flaky";

        public TimeSpan Every => TimeSpan.FromDays(1);

        public Task<string> RunAsync(CancellationToken ct) =>
            Throws ? throw new InvalidOperationException("flaky") : Task.FromResult($"Did well as {user.Identity.Name}.");
    }

    private void Add(IServiceCollection services)
    {
        services.AddSourcingData(database.Sources.Server);
        // Wrapped, so that a server that ends does not end the class's connections.
        services.Replace(ServiceDescriptor.Singleton(_ => new DataSources(database.Sources.Server)));
        services.AddScoped<IBackgroundWork, Greet>().AddScoped<IBackgroundWork, Fail>().AddScoped<IBackgroundWork, Refuse>().AddScoped<IBackgroundWork, Endless>();
    }

    private ServiceProvider Services()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        Add(services);
        services.AddScoped<IRegularWork, Flaky>();
        return services.BuildServiceProvider();
    }

    private async Task<Server> StartAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        Add(builder.Services);
        builder.Services.AddAuthorization();
        builder.AddOperations();
        var app = builder.Build();
        app.MapOperations();
        await app.StartAsync(_ct);
        // The queue starts a moment after the app; starting it twice is starting it once.
        await (await app.Services.GetRequiredService<Quartz.ISchedulerFactory>().GetScheduler(_ct)).Start(_ct);
        return new(app);
    }

    // As after migrations: the test's schema is made from the model and has no record of them.
    private async Task RecordMigrationsAsync()
    {
        await using var db = Migrator.Context(database.Sources);
        var history = db.GetService<IHistoryRepository>();
        await db.Database.ExecuteSqlRawAsync(history.GetCreateIfNotExistsScript(), _ct);
        foreach (var migration in db.Database.GetMigrations())
        {
            await db.Database.ExecuteSqlRawAsync(history.GetInsertScript(new(migration, "10")), _ct);
        }
    }

    private Task<Guid> QueueAsync(TestScope scope, string kind) =>
        scope.Get<Database>().WriteAsync((db, ct) => scope.Get<JobRunService>().QueueAsync(db, kind, kind, null, ct), _ct);
}
