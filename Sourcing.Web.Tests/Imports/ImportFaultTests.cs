using Microsoft.Extensions.DependencyInjection;
using Sourcing.Data.Common;
using Sourcing.Data.Imports;
using Sourcing.Data.Operations;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Imports;

/// <summary>What befalls an import while it writes: the work is held in the middle by a lock on the table that it writes to.</summary>
public sealed class ImportFaultTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Cancelled_while_it_writes_it_leaves_nothing()
    {
        await using var scope = await BuyerAsync();
        var (desk, id) = await CheckedAsync(scope, "FC");
        await desk.Service.CommitAsync(id, _ct);
        await using (await HeldAsync())
        {
            var work = RunAsync(scope, id, _ct);
            await WaitsAsync();
            await desk.Service.CancelAsync(id, _ct);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => work);
        }

        Assert.Equal(ImportStatus.Cancelled, (await desk.DetailsAsync(id)).Status);
        Assert.Equal(0L, await CountAsync("FC"));
        Assert.True(await database.ScalarAsync<bool>($"select to_regclass('staging.r_{id:N}') is null"));
        Assert.False(File.Exists(scope.Get<ImportFolder>().PathOf(await database.ScalarAsync<string>("select stored_name from import_files where run_id = $1", id))));
        Assert.Equal(0L, await database.ScalarAsync<long>("select count(*) from audit_entries where record_id = $1 and action = 'batch'", id));
    }

    [Fact]
    public async Task Stopped_with_its_server_it_is_finished_by_the_next_as_if_uninterrupted()
    {
        await using var scope = await BuyerAsync();
        var (desk, id) = await CheckedAsync(scope, "FS");
        await desk.Service.CommitAsync(id, _ct);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(_ct);
        await using (await HeldAsync())
        {
            var work = RunAsync(scope, id, stop.Token);
            await WaitsAsync();
            await stop.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => work);
        }

        Assert.Equal((ImportStatus.Committing, 0L), ((await desk.DetailsAsync(id)).Status, await CountAsync("FS")));
        await using var next = database.As(scope.User.Identity);
        var done = await new ImportDesk(next).WorkAsync(id);
        Assert.Equal((ImportStatus.Done, 3L, 3L), (done.Status, done.Counts.Single().New, await CountAsync("FS")));
        Assert.Equal(1L, await database.ScalarAsync<long>("select count(*) from audit_entries where record_id = $1 and action = 'batch'", id));
    }

    [Fact]
    public async Task A_killed_connection_is_made_good_and_nothing_is_written_twice()
    {
        await using var scope = await BuyerAsync();
        var (desk, id) = await CheckedAsync(scope, "FK");
        await desk.Service.CommitAsync(id, _ct);
        Task<string> work;
        await using (await HeldAsync())
        {
            work = RunAsync(scope, id, _ct);
            await WaitsAsync();
            await using var server = Npgsql.NpgsqlDataSource.Create(database.Sources.Server);
            await using var kill = server.CreateCommand("select count(pg_terminate_backend(pid)) from pg_locks where relation = 'parts'::regclass and not granted");
            Assert.Equal(1L, await kill.ExecuteScalarAsync(_ct));
        }

        await work;
        Assert.Equal((ImportStatus.Done, 3L), ((await desk.DetailsAsync(id)).Status, await CountAsync("FK")));
        Assert.Equal(1L, await database.ScalarAsync<long>("select count(*) from audit_entries where record_id = $1 and action = 'batch'", id));
    }

    [Fact]
    public async Task Files_that_have_served_are_removed_and_no_others()
    {
        await using var scope = await BuyerAsync();
        var (desk, folder) = (new ImportDesk(scope), scope.Get<ImportFolder>());
        var (_, old) = await CheckedAsync(scope, "TO");
        await desk.CommitAsync(old);
        var (_, young) = await CheckedAsync(scope, "TY");
        await desk.CommitAsync(young);
        var (_, left) = await CheckedAsync(scope, "TL");
        var (_, open) = await CheckedAsync(scope, "TN");
        await database.SqlAsync("update import_runs set committed_at = now() - interval '91 days' where id = $1", old);
        await database.SqlAsync("update import_runs set created_at = now() - interval '31 days' where id = $1", left);
        var orphan = (await folder.ReceiveAsync(new MemoryStream([1]), 10, _ct)).Name;
        var fresh = (await folder.ReceiveAsync(new MemoryStream([1]), 10, _ct)).Name;
        File.SetLastWriteTimeUtc(folder.PathOf(orphan), new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));

        await scope.Services.GetServices<IRegularWork>().OfType<ImportTidying>().Single().RunAsync(_ct);
        Assert.False(await HasFileAsync(folder, old));
        Assert.True(await HasFileAsync(folder, young));
        Assert.False(await HasFileAsync(folder, left));
        Assert.True(await HasFileAsync(folder, open));
        Assert.Equal((false, true), (File.Exists(folder.PathOf(orphan)), File.Exists(folder.PathOf(fresh))));
        Assert.Equal((ImportStatus.Done, ImportStatus.Cancelled, ImportStatus.Ready), ((await desk.DetailsAsync(old)).Status, (await desk.DetailsAsync(left)).Status, (await desk.DetailsAsync(open)).Status));
        // Without its file the import can still be undone.
        Assert.Equal(ImportStatus.Undone, (await desk.UndoAsync(old)).Status);
        folder.Remove(fresh);
    }

    private async Task<bool> HasFileAsync(ImportFolder folder, Guid id) =>
        File.Exists(folder.PathOf(await database.ScalarAsync<string>("select stored_name from import_files where run_id = $1", id)));

    private static async Task<(ImportDesk Desk, Guid Id)> CheckedAsync(TestScope scope, string number)
    {
        var desk = new ImportDesk(scope);
        var run = await desk.CheckAsync("parts", "Part number,Name,Type,Unit\n" + string.Concat(Enumerable.Range(1, 3).Select(i => $"{number}-{i},Part,component,pcs\n")));
        Assert.Equal(3, run.ReadyRows);
        return (desk, run.Id);
    }

    // As the runner does: the import's job is taken up, and works in its own scope.
    private async Task<string> RunAsync(TestScope scope, Guid id, CancellationToken ct)
    {
        await database.SqlAsync("update job_runs set status = 'running', heartbeat_at = now() where subject_id = $1 and status = 'waiting'", id);
        var jobs = scope.Get<JobRunService>();
        var run = (await jobs.LatestForAsync(id, _ct))!;
        return await scope.Services.GetServices<IBackgroundWork>().OfType<ImportWork>().Single().RunAsync(run, new JobProgress(jobs, run.Id), ct);
    }

    private async Task<IAsyncDisposable> HeldAsync()
    {
        var connection = await database.Sources.Migrator.OpenConnectionAsync(_ct);
        await using var hold = new Npgsql.NpgsqlCommand("begin; lock table parts in share row exclusive mode", connection);
        await hold.ExecuteNonQueryAsync(_ct);
        return new Hold(connection);
    }

    // Progress is announced twice a second, and so the question is asked again.
    private Task WaitsAsync() => database.UntilAsync(() => database.ScalarAsync<bool>("select exists (select from pg_locks where relation = 'parts'::regclass and not granted)"));

    private Task<long> CountAsync(string number) => database.ScalarAsync<long>("select count(*) from parts where number like $1 || '-%'", number);

    private async Task<TestScope> BuyerAsync()
    {
        var scope = await database.AsAsync(Role.Buyer);
        if (await database.ScalarAsync<long>("select count(*) from units where code = 'pcs'") == 0)
        {
            await new ImportDesk(scope).ImportAsync("units", "Code,Name,Dimension,Factor\npcs,Pieces,count,1\n");
        }

        return scope;
    }

    private sealed class Hold(Npgsql.NpgsqlConnection connection) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await using (var release = new Npgsql.NpgsqlCommand("rollback", connection))
            {
                await release.ExecuteNonQueryAsync();
            }

            await connection.DisposeAsync();
        }
    }
}
