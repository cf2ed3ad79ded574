using Sourcing.Data.Common;
using Sourcing.Data.Common.Lists;
using Sourcing.Data.Sales;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Sales;

/// <summary>Acts on notes on a real database.</summary>
public sealed class NoteServiceTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_form_sent_twice_makes_one_note_with_everything_that_was_filled_in()
    {
        var world = await Make.NoteWorldAsync(database);
        await using var rep = database.As(world.Rep);
        var form = Make.NoteForm(world);
        (form.Outcome, form.Minutes, form.CallDirection, form.ContactId) = (NoteOutcome.Agreed, 8, CallDirection.Outgoing, world.ContactId);
        (form.NextAction, form.NextActionOn, form.NextActionTime) = ("Send part-delivery dates", new DateOnly(2030, 1, 7), new TimeOnly(9, 30));
        var id = await rep.Get<NoteService>().SaveAsync(form, _ct);
        Assert.Equal(id, await rep.Get<NoteService>().SaveAsync(form, _ct));
        var note = Assert.Single((await rep.Get<NoteQueries>().TimelineAsync(world.CustomerId, null, 10, _ct)).Notes);
        Assert.Equal((world.Customer, "Nadia Ferre", 480, NoteOutcome.Agreed, "Send part-delivery dates", new TimeOnly(9, 30), true), (note.Customer, note.Contact, note.Seconds, note.Outcome, note.NextAction, note.NextActionTime, note.IsOwn));
        var again = (await rep.Get<NoteQueries>().FormAsync(id, _ct)).Form;
        Assert.Equal((8, world.ContactId, "Send part-delivery dates"), (again.Minutes, again.ContactId, again.NextAction));
    }

    [Fact]
    public async Task What_belongs_to_another_customer_is_refused_at_its_field()
    {
        var world = await Make.NoteWorldAsync(database);
        await using var rep = database.As(world.Rep);
        foreach (var (field, spoil) in new (string, Action<NoteForm>)[]
        {
            ("CustomerId", f => f.CustomerId = world.OtherCustomerId), ("CustomerId", f => f.CustomerId = null), ("ContactId", f => f.ContactId = world.OtherContactId),
            ("RfqId", f => f.RfqId = Guid.CreateVersion7()), ("OrderId", f => f.OrderId = Guid.CreateVersion7()), ("Body", f => f.Body = ""), ("Minutes", f => f.Minutes = 2000),
        })
        {
            var form = Make.NoteForm(world);
            spoil(form);
            var refusal = await Assert.ThrowsAsync<RefusedException>(() => rep.Get<NoteService>().SaveAsync(form, _ct));
            Assert.Equal(field, Assert.Single(refusal.Errors).Field);
        }

        Assert.Empty((await rep.Get<NoteQueries>().TimelineAsync(world.CustomerId, null, 10, _ct)).Notes);
    }

    [Fact]
    public async Task Whoever_is_no_representative_any_more_writes_nothing()
    {
        var world = await Make.NoteWorldAsync(database);
        await database.SqlAsync("update sales_reps set is_active = false where id = $1", world.Rep.Id);
        await using var rep = database.As(world.Rep);
        Assert.Contains("Only representatives", (await Assert.ThrowsAsync<RefusedException>(() => rep.Get<NoteService>().SaveAsync(Make.NoteForm(world), _ct))).Message, StringComparison.Ordinal);
        await using var admin = await database.AsAsync(Role.Admin);
        await Assert.ThrowsAsync<RefusedException>(() => admin.Get<NoteService>().SaveAsync(Make.NoteForm(world), _ct));
    }

    [Fact]
    public async Task A_second_editor_is_told_and_a_note_keeps_its_customer_when_somebody_else_looks_after_it()
    {
        var world = await Make.NoteWorldAsync(database);
        await using var rep = database.As(world.Rep);
        var id = await rep.Get<NoteService>().SaveAsync(Make.NoteForm(world), _ct);
        var (first, second) = ((await rep.Get<NoteQueries>().FormAsync(id, _ct)).Form, (await rep.Get<NoteQueries>().FormAsync(id, _ct)).Form);
        await database.SqlAsync("update customers set sales_rep_id = $1 where id = $2", world.Other.Id, world.CustomerId);
        first.Body = "Changed first.";
        await rep.Get<NoteService>().SaveAsync(first, _ct);
        second.Body = "Changed second.";
        await Assert.ThrowsAsync<ConflictException>(() => rep.Get<NoteService>().SaveAsync(second, _ct));
        var note = (await rep.Get<NoteQueries>().DetailsAsync(id, _ct))!;
        Assert.Equal(("Changed first.", "", world.CustomerId), (note.Body, note.Customer, note.CustomerId));
    }

    [Fact]
    public async Task A_deleted_note_is_gone_and_comes_back()
    {
        var world = await Make.NoteWorldAsync(database);
        await using var rep = database.As(world.Rep);
        var notes = rep.Get<NoteService>();
        var id = await notes.SaveAsync(Make.NoteForm(world), _ct);
        await notes.DeleteAsync(id, _ct);
        Assert.Null(await rep.Get<NoteQueries>().DetailsAsync(id, _ct));
        Assert.Empty(await rep.Get<NoteQueries>().SearchAsync("navy", 10, _ct));
        Assert.Empty((await rep.Get<NoteQueries>().TimelineAsync(world.CustomerId, null, 10, _ct)).Notes);
        Assert.Equal(0, (await rep.Get<NoteList>().PageAsync(new(), _ct)).Count);
        await using (var manager = database.As(world.Manager))
        {
            await Assert.ThrowsAsync<MissingException>(() => manager.Get<NoteService>().RestoreAsync(id, _ct));
        }

        await notes.RestoreAsync(id, _ct);
        Assert.NotNull(await rep.Get<NoteQueries>().DetailsAsync(id, _ct));
    }

    [Fact]
    public async Task A_customers_notes_come_page_by_page_each_once()
    {
        var world = await Make.NoteWorldAsync(database);
        var at = new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
        for (var i = 0; i < 7; i++)
        {
            // Three at the same moment: the key decides.
            await Make.NoteAsync(database, world.Rep, new(world.CustomerId, NoteKind.Call, $"Note {i}", at.AddHours(i / 3)), at.AddDays(1));
        }

        await using var rep = database.As(world.Rep);
        var (seen, after) = (new List<Guid>(), (NoteCursor?)null);
        do
        {
            var page = await rep.Get<NoteQueries>().TimelineAsync(world.CustomerId, after, 2, _ct);
            seen.AddRange(page.Notes.Select(n => n.Id));
            after = page.Next;
        }
        while (after is not null);
        Assert.Equal((7, 7), (seen.Count, seen.Distinct().Count()));
    }

    [Fact]
    public async Task The_form_offers_those_first_that_were_written_about_last_and_opens_in_few_statements()
    {
        var world = await Make.NoteWorldAsync(database);
        var now = new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
        var second = (await Make.CustomerOfAsync(database, world.Rep.Id, CustomerTier.C)).Customer;
        var third = (await Make.CustomerOfAsync(database, world.Rep.Id, CustomerTier.C)).Customer;
        await Make.NoteAsync(database, world.Rep, new(second.Id, NoteKind.Call, "Older", now.AddDays(-9)), now);
        await Make.NoteAsync(database, world.Rep, new(third.Id, NoteKind.Call, "Newer", now.AddDays(-1)), now);
        await using var rep = database.As(world.Rep);
        database.Queries.Reset();
        var opening = await rep.Get<NoteQueries>().NewAsync(world.CustomerId, null, null, _ct);
        Assert.True(database.Queries.Count <= 9, $"{database.Queries.Count} statements");
        Assert.Equal([third.Id, second.Id, world.CustomerId], opening.Recent.Select(c => c.Id));
        Assert.Equal((world.CustomerId, world.ContactId, "Nadia Ferre", "+49 555 0199"), (opening.Form.CustomerId, opening.Form.ContactId, opening.Subject!.Customer.Contact, opening.Subject.Customer.Phone));
        Assert.Equal([world.CustomerId], (await rep.Get<NoteQueries>().FindCustomersAsync(world.Customer, 5, _ct)).Select(c => c.Id));
        Assert.Null((await rep.Get<NoteQueries>().NewAsync(world.OtherCustomerId, null, null, _ct)).Subject);
    }

    [Fact]
    public async Task The_list_filters_by_kind_outcome_customer_representative_day_and_how_the_action_stands()
    {
        var world = await Make.NoteWorldAsync(database);
        var now = new DateTimeOffset(2026, 3, 5, 9, 0, 0, TimeSpan.Zero);
        NoteFacts Facts(NoteKind kind, string action, int due) => new(world.CustomerId, kind, $"{kind} said", now.AddDays(-1)) { NextAction = action, NextActionOn = action.Length > 0 ? DateOnly.FromDateTime(now.UtcDateTime).AddDays(due) : null };
        await Make.NoteAsync(database, world.Rep, Facts(NoteKind.Call, "Late", 1), now, n => n.Finish(now.AddDays(3)));
        await Make.NoteAsync(database, world.Rep, Facts(NoteKind.Visit, "In time", 3), now, n => n.Finish(now.AddDays(1)));
        await Make.NoteAsync(database, world.Rep, Facts(NoteKind.Meeting, "Still open", 2), now);
        await Make.NoteAsync(database, world.Rep, Facts(NoteKind.Email, "", 0), now);
        await using var manager = database.As(world.Manager);
        async Task<string> Kinds(string key, string value) =>
            string.Join(' ', (await manager.Get<NoteList>().PageAsync(new ListRequest().With("customer", world.Customer).With(key, value), _ct)).Rows.Select(r => r.Kind.ToString()).Order());
        Assert.Equal("Call", await Kinds("action", "done_late"));
        Assert.Equal("Visit", await Kinds("action", "done"));
        Assert.Equal("Meeting", await Kinds("action", "overdue"));
        Assert.Equal("Email", await Kinds("action", "none"));
        Assert.Equal("Meeting Visit", await Kinds("kind", "visit,meeting"));
        Assert.Equal("Call Email Meeting Visit", await Kinds("day", "2026-03-04..2026-03-04"));
        Assert.Equal("", await Kinds("day", "2026-03-05.."));
        Assert.Equal("Call", await Kinds("doneOn", "2026-03-08..2026-03-08"));
        Assert.Equal("Call Email Meeting Visit", await Kinds("representative", world.Rep.Name));
        Assert.Equal("", await Kinds("outcome", "agreed"));
    }
}
