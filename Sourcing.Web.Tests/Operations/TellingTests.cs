using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Sourcing.Data.Chapters;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Data.Sales.Commissions;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Operations;

public sealed class TellingTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_announced_reaches_every_server_once_committed()
    {
        using var here = await ListenAsync();
        using var there = await ListenAsync();
        var heard = new[] { here, there }.Select(server =>
        {
            var first = new TaskCompletionSource<LiveEvent>(TaskCreationOptions.RunContinuationsAsynchronously);
            server.Subscribe("rfqs", first.SetResult);
            return first.Task;
        }).ToList();

        await using var scope = await database.AsAsync(Role.Buyer);
        var id = Guid.CreateVersion7();
        await Assert.ThrowsAsync<InvalidOperationException>(() => scope.Get<Database>().WriteAsync(
            async (db, ct) =>
            {
                await db.AnnounceAsync("rfqs", Guid.CreateVersion7(), ct);
                throw new InvalidOperationException("rolled back");
            },
            _ct));
        await scope.Get<Database>().WriteAsync((db, ct) => db.AnnounceAsync("rfqs", id, ct), _ct);
        foreach (var server in heard)
        {
            Assert.Equal(new LiveEvent("rfqs", id, scope.User.Id), await server.WaitAsync(Soon, _ct));
        }

        await here.StopAsync(_ct);
        await there.StopAsync(_ct);
    }

    [Fact]
    public async Task A_listener_that_lost_its_connection_connects_again_and_says_that_something_may_have_been_missed()
    {
        using var live = await ListenAsync();
        var missed = new TaskCompletionSource<LiveEvent>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var subscription = live.Subscribe("orders", e => missed.TrySetResult(e));
        await using (var server = NpgsqlDataSource.Create(database.Sources.Server))
        {
            await using var kill = server.CreateCommand("select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = current_database() and query like 'listen%'");
            Assert.NotEqual(0L, await kill.ExecuteScalarAsync(_ct));
        }

        Assert.Equal(new LiveEvent("orders", null, null), await missed.Task.WaitAsync(Soon, _ct));
        await live.StopAsync(_ct);
    }

    [Fact]
    public async Task A_disposed_subscription_hears_nothing()
    {
        using var live = await ListenAsync();
        var count = 0;
        live.Subscribe("parts", _ => count++).Dispose();
        var other = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var subscription = live.Subscribe("parts", _ => other.TrySetResult());
        await using var scope = await database.AsAsync(Role.Buyer);
        await scope.Get<Database>().WriteAsync((db, ct) => db.AnnounceAsync("parts", ct: ct), _ct);
        await other.Task.WaitAsync(Soon, _ct);
        Assert.Equal(0, count);
        await live.StopAsync(_ct);
    }

    [Fact]
    public async Task Each_person_gets_a_line_and_a_mail_if_they_wish_and_whoever_acts_gets_none()
    {
        await using var acting = await database.AsAsync(Role.Buyer);
        await using var wishes = await database.AsAsync(Role.Buyer);
        await using var silent = await database.AsAsync(Role.Planner);
        await database.SqlAsync("update users set notify_by_email = false where id = $1", silent.User.Id);
        await acting.Get<Database>().WriteAsync(
            (db, ct) => db.NotifyAsync([acting.User.Id, wishes.User.Id, silent.User.Id, wishes.User.Id], "Nordweave quoted RFQ-2026-00001.", "/rfqs/1", "request_quote", ct), _ct);

        Assert.Empty((await acting.Get<NotificationService>().BellAsync(_ct)).Rows);
        var bell = await wishes.Get<NotificationService>().BellAsync(_ct);
        Assert.Equal((1, "Nordweave quoted RFQ-2026-00001.", "/rfqs/1"), (bell.Unread, bell.Rows[0].Text, bell.Rows[0].Link));
        Assert.Equal(1, (await silent.Get<NotificationService>().BellAsync(_ct)).Unread);
        Assert.Equal(1, await database.ScalarAsync<long>("select count(*) from outbox_messages where recipient = $1 and link = '/rfqs/1'", $"{wishes.User.Id}@example.test"));
        Assert.Equal(0, await database.ScalarAsync<long>("select count(*) from outbox_messages where recipient in ($1, $2)", $"{silent.User.Id}@example.test", $"{acting.User.Id}@example.test"));
    }

    [Fact]
    public async Task A_supplier_can_tell_a_buyer_and_post_a_mail_but_read_neither()
    {
        await using var buyer = await database.AsAsync(Role.Buyer);
        await using var supplier = await database.AsAsync(Guid.CreateVersion7(), Role.Supplier);
        await supplier.Get<Database>().WriteAsync(
            async (db, ct) =>
            {
                await db.NotifyAsync([buyer.User.Id], "A quote came in.", "/rfqs", ct: ct);
                db.Post(new("buyer@example.test", "A quote came in", "Look."));
                await db.SaveChangesAsync(ct);
            },
            _ct);
        Assert.Equal(1, (await buyer.Get<NotificationService>().BellAsync(_ct)).Unread);
        Assert.Equal(0, (await supplier.Get<NotificationService>().BellAsync(_ct)).Unread);
        Assert.Equal(0, await supplier.Get<Database>().ReadAsync((db, ct) => db.OutboxMessages.Select(m => m.Id).CountAsync(ct), _ct));
        await Assert.ThrowsAsync<RefusedException>(() => supplier.Get<Database>().ReadAsync((db, ct) => db.OutboxMessages.Select(m => m.Body).ToListAsync(ct), _ct));
    }

    [Fact]
    public async Task Reading_marks_only_ones_own_lines()
    {
        await using var one = await database.AsAsync(Role.Buyer);
        await using var two = await database.AsAsync(Role.SalesRep);
        await using var acting = await database.AsAsync(Role.Admin);
        await acting.Get<Database>().WriteAsync((db, ct) => db.NotifyAsync([one.User.Id, two.User.Id], "Something happened.", "/", ct: ct), _ct);
        await one.Get<NotificationService>().MarkReadAsync(null, _ct);
        Assert.Equal(0, (await one.Get<NotificationService>().BellAsync(_ct)).Unread);
        var line = Assert.Single((await two.Get<NotificationService>().BellAsync(_ct)).Rows);
        await one.Get<NotificationService>().MarkReadAsync(line.Id, _ct);
        Assert.Equal(1, (await two.Get<NotificationService>().BellAsync(_ct)).Unread);
        await two.Get<NotificationService>().MarkReadAsync(line.Id, _ct);
        Assert.Equal(0, (await two.Get<NotificationService>().BellAsync(_ct)).Unread);
    }

    [Fact]
    public async Task Whatever_changes_in_a_chapter_is_told_to_its_open_pages_by_whichever_door_it_came()
    {
        var (world, other) = (await Make.ChapterWorldAsync(database), await Make.ChapterWorldAsync(database));
        using var live = await ListenAsync();
        var heard = System.Threading.Channels.Channel.CreateUnbounded<LiveEvent>();
        using var subscription = live.Subscribe(ChapterService.Topic, e => heard.Writer.TryWrite(e));
        await using var leader = database.As(world.Leader);
        await leader.Get<SlipService>().EnterAsync(new() { ChapterId = world.Chapter, Kind = SlipKind.Referral, FromId = world.Ada, ToId = world.Bo, MeetingId = world.Meeting }, _ct);
        Assert.Equal(new LiveEvent("chapters", world.Chapter, world.Leader.Id), await heard.Reader.ReadAsync(_ct).AsTask().WaitAsync(Soon, _ct));
        // Two chapters in one statement are told once each, however many rows they have.
        await database.SqlAsync("update members set business = business || '.' where chapter_id in ($1, $2)", world.Chapter, other.Chapter);
        var told = new[] { await heard.Reader.ReadAsync(_ct).AsTask().WaitAsync(Soon, _ct), await heard.Reader.ReadAsync(_ct).AsTask().WaitAsync(Soon, _ct) };
        Assert.Equal(new HashSet<Guid?> { world.Chapter, other.Chapter }, told.Select(e => e.Id).ToHashSet());
        await database.SqlAsync("delete from visitors where chapter_id = $1", world.Chapter);
        await database.SqlAsync("update chapters set region = 'South' where id = $1", world.Chapter);
        Assert.Equal(world.Chapter, (await heard.Reader.ReadAsync(_ct).AsTask().WaitAsync(Soon, _ct)).Id);
        Assert.False(heard.Reader.TryRead(out _));
        await live.StopAsync(_ct);
        Assert.Equal(0, await database.ScalarAsync<long>(
            """
            select count(*) from pg_attribute a join pg_class c on c.oid = a.attrelid and c.relkind = 'r' and c.relnamespace = 'public'::regnamespace
            where a.attname = 'chapter_id' and not a.attisdropped and (select count(*) from pg_trigger t where t.tgrelid = c.oid and t.tgname in ('told_added', 'told_changed', 'told_removed')) <> 3
            """));
    }

    [Fact]
    public async Task A_run_of_commissions_and_what_is_decided_on_its_lines_are_told()
    {
        var scene = await Make.CommissionSceneAsync(database);
        await Make.SoldOrderAsync(database, scene, 1_000, scene.Month);
        using var live = await ListenAsync();
        var heard = System.Threading.Channels.Channel.CreateUnbounded<LiveEvent>();
        using var subscription = live.Subscribe(CommissionRunService.Topic, e => heard.Writer.TryWrite(e));
        await Make.CommissionRunAsync(database, scene.Admin);
        Assert.Equal("commissions", (await heard.Reader.ReadAsync(_ct).AsTask().WaitAsync(Soon, _ct)).Topic);
        await using var manager = database.As(scene.Manager);
        await manager.Get<CommissionReviewService>().DecideAsync(new() { State = CommissionState.Approved }, _ct);
        Assert.Equal(scene.Manager.Id, (await heard.Reader.ReadAsync(_ct).AsTask().WaitAsync(Soon, _ct)).Actor);
        await live.StopAsync(_ct);
    }

    private async Task<LiveEvents> ListenAsync()
    {
        var live = new LiveEvents(database.Sources, NullLogger<LiveEvents>.Instance);
        var listening = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var subscription = live.Subscribe(LiveEvents.Connection, _ => listening.TrySetResult());
        await live.StartAsync(_ct);
        await listening.Task.WaitAsync(Soon, _ct);
        Assert.True(live.Connected);
        return live;
    }
}
