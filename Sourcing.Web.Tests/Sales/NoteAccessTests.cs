using Npgsql;
using Sourcing.Data.Common;
using Sourcing.Data.Common.Lists;
using Sourcing.Data.Operations;
using Sourcing.Data.Sales;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Sales;

/// <summary>Notes are read by their author and whoever is above, and written by the author alone: at the services and in the database.</summary>
public sealed class NoteAccessTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_author_and_their_manager_find_a_note_everywhere_and_another_representative_nowhere()
    {
        var world = await Make.NoteWorldAsync(database);
        var word = $"quilt{world.Rep.Id.ToString()[^6..]}";
        var id = await SaveAsync(world.Rep, Make.NoteForm(world, $"Asked about the {word} pattern."));
        foreach (var (reader, sees) in new[] { (world.Rep, true), (world.Manager, true), (world.Other, false) })
        {
            await using var scope = database.As(reader);
            var expected = sees ? 1 : 0;
            var list = scope.Get<NoteList>();
            Assert.Equal(expected, (await list.PageAsync(new() { Search = word }, _ct)).Rows.Count);
            Assert.Equal(expected, (await list.PageAsync(new ListRequest().With("customer", world.Customer), _ct)).Count);
            Assert.Equal(expected, (await list.CountsAsync([$"q={word}"], _ct)).Values.Single());
            var exported = 0;
            await list.ExportAsync(new() { Search = word }, ["body"], _ => { exported++; return ValueTask.CompletedTask; }, _ct);
            Assert.Equal(expected, exported);
            Assert.Equal(sees, await scope.Get<NoteQueries>().DetailsAsync(id, _ct) is not null);
            Assert.Equal(expected, (await scope.Get<NoteQueries>().TimelineAsync(world.CustomerId, null, 10, _ct)).Notes.Count);
            Assert.Equal(expected, (await scope.Get<NoteQueries>().SearchAsync(word, 10, _ct)).Count);
            Assert.Equal(expected, (await scope.Get<SearchQueries>().FindAsync(word, 10, _ct)).Count(f => f.Kind == SearchKind.Note));
            Assert.Equal(expected, await Make.RunAsync(database, reader, "select count(*) from sales_notes where id = $1", id));
            Assert.Equal(expected, await Make.RunAsync(database, reader, "select count(*) from app.search_notes($1, 10)", word));
        }
    }

    [Fact]
    public async Task Whoever_is_above_reads_a_note_and_does_not_change_it()
    {
        var world = await Make.NoteWorldAsync(database);
        var id = await SaveAsync(world.Rep, Make.NoteForm(world));
        await using var manager = database.As(world.Manager);
        var notes = manager.Get<NoteService>();
        Assert.False((await manager.Get<NoteQueries>().DetailsAsync(id, _ct))!.IsOwn);
        await Assert.ThrowsAsync<RefusedException>(() => manager.Get<NoteQueries>().FormAsync(id, _ct));
        await Assert.ThrowsAsync<RefusedException>(() => notes.SaveAsync(new() { Id = id, CustomerId = world.CustomerId, Body = "Another text" }, _ct));
        await Assert.ThrowsAsync<RefusedException>(() => notes.DeleteAsync(id, _ct));
        await Assert.ThrowsAsync<RefusedException>(() => notes.FinishAsync(id, _ct));
        Assert.Equal(0, await Make.RunAsync(database, world.Manager, "with gone as (update sales_notes set body = 'x' where id = $1 returning 1) select count(*) from gone", id));
        await Assert.ThrowsAsync<PostgresException>(() => Make.RunAsync(database, world.Manager, InsertSql, world.Rep.Id, world.CustomerId));
    }

    [Fact]
    public async Task Another_representative_cannot_touch_a_note_by_its_link_or_by_statement()
    {
        var world = await Make.NoteWorldAsync(database);
        var id = await SaveAsync(world.Rep, Make.NoteForm(world));
        await using var other = database.As(world.Other);
        await Assert.ThrowsAsync<MissingException>(() => other.Get<NoteService>().DeleteAsync(id, _ct));
        await Assert.ThrowsAsync<MissingException>(() => other.Get<NoteQueries>().FormAsync(id, _ct));
        Assert.Null(await other.Get<NoteQueries>().SubjectAsync(world.CustomerId, _ct));
        Assert.Empty(await other.Get<NoteQueries>().FindCustomersAsync(world.Customer, 10, _ct));
        Assert.Equal(0, await Make.RunAsync(database, world.Other, "with gone as (update sales_notes set deleted_at = now() where id = $1 returning 1) select count(*) from gone", id));
        await Assert.ThrowsAsync<PostgresException>(() => Make.RunAsync(database, world.Other, InsertSql, world.Rep.Id, world.CustomerId));
    }

    [Theory]
    [InlineData(Role.Buyer)]
    [InlineData(Role.Planner)]
    [InlineData(Role.ReadOnly)]
    public async Task Whoever_buys_or_plans_reads_no_note(Role role)
    {
        var world = await Make.NoteWorldAsync(database);
        var id = await SaveAsync(world.Rep, Make.NoteForm(world));
        var reader = await database.UserAsync(null, [role]);
        await using var scope = database.As(reader);
        await Assert.ThrowsAsync<DeniedException>(() => scope.Get<NoteList>().PageAsync(new(), _ct));
        await Assert.ThrowsAsync<DeniedException>(() => scope.Get<NoteQueries>().DetailsAsync(id, _ct));
        await Assert.ThrowsAsync<DeniedException>(() => scope.Get<MyDayQueries>().ForAsync(_ct));
        await Assert.ThrowsAsync<DeniedException>(() => scope.Get<ActivityQueries>().WeekAsync(null, _ct));
        await Assert.ThrowsAsync<DeniedException>(() => scope.Get<SilentCustomerList>().PageAsync(new(), _ct));
        await Assert.ThrowsAsync<DeniedException>(() => scope.Get<NoteService>().SaveAsync(Make.NoteForm(world), _ct));
        Assert.Equal(0, await Make.RunAsync(database, reader, "select count(*) from sales_notes"));
        Assert.Equal(0, await Make.RunAsync(database, reader, "select count(*) from app.search_notes('navy', 10)"));
    }

    [Fact]
    public async Task One_pooled_connection_that_serves_two_people_shows_each_their_own()
    {
        var world = await Make.NoteWorldAsync(database);
        await SaveAsync(world.Rep, Make.NoteForm(world));
        for (var round = 0; round < 5; round++)
        {
            Assert.Equal(1, await Make.RunAsync(database, world.Rep, "select count(*) from sales_notes"));
            Assert.Equal(0, await Make.RunAsync(database, world.Other, "select count(*) from sales_notes"));
            Assert.Equal(1, await Make.RunAsync(database, world.Manager, "select count(*) from sales_notes"));
        }
    }

    [Fact]
    public async Task Only_whoever_leads_somebody_sees_a_teams_activity()
    {
        var world = await Make.NoteWorldAsync(database);
        await SaveAsync(world.Rep, Make.NoteForm(world));
        await using var rep = database.As(world.Rep);
        await Assert.ThrowsAsync<DeniedException>(() => rep.Get<ActivityQueries>().WeekAsync(null, _ct));
        await using var manager = database.As(world.Manager);
        var rows = (await manager.Get<ActivityQueries>().WeekAsync(null, _ct)).Rows;
        Assert.Equal(new[] { world.Manager.Id, world.Rep.Id }.Order(), rows.Select(r => r.RepId).Order());
        // A lead without the role of a manager sees those below too.
        await database.SqlAsync("update sales_reps set manager_id = $1 where id = $2", world.Rep.Id, world.Other.Id);
        Assert.Equal(2, (await rep.Get<ActivityQueries>().WeekAsync(null, _ct)).Rows.Count);
    }

    private const string InsertSql =
        """
        insert into sales_notes (id, customer_id, sales_rep_id, kind, body, occurred_at, next_action) values (gen_random_uuid(), $2, $1, 'call', 'Not mine', now(), '')
        """;

    private async Task<Guid> SaveAsync(UserIdentity author, NoteForm form)
    {
        await using var scope = database.As(author);
        return await scope.Get<NoteService>().SaveAsync(form, _ct);
    }
}
