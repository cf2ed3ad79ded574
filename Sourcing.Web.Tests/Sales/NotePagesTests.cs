using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Sourcing.Data.Common;
using Sourcing.Data.Sales;
using Sourcing.Web.Sales;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Sales;

/// <summary>The note form and my day as people use them.</summary>
public sealed class NotePagesTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    private DateOnly Today => DateOnly.FromDateTime(database.Clock.GetUtcNow().UtcDateTime);

    [Fact]
    public async Task Customer_kind_text_and_save_make_a_note()
    {
        var world = await Make.NoteWorldAsync(database);
        await using var rep = database.As(world.Rep);
        await using var page = new PageContext(rep);
        var cut = page.Render<NoteEditPage>();
        cut.WaitForElement(".note-customers button");
        await cut.Find(".note-customers button").ClickAsync();
        cut.WaitForAssertion(() => Assert.Contains(world.Customer, cut.Find(".note-customer").TextContent, StringComparison.Ordinal));
        await cut.Find(".note-kind input[value=Visit]").ChangeAsync("Visit");
        await cut.Find("[data-field=Body] textarea").ChangeAsync("Saw the new line.");
        await cut.Find("form.form").SubmitAsync();
        var navigation = page.Services.GetRequiredService<NavigationManager>();
        cut.WaitForAssertion(() => Assert.EndsWith("/my-day", navigation.Uri, StringComparison.Ordinal));
        var note = Assert.Single((await rep.Get<NoteQueries>().TimelineAsync(world.CustomerId, null, 5, _ct)).Notes);
        Assert.Equal((NoteKind.Visit, "Saw the new line.", "Nadia Ferre"), (note.Kind, note.Body, note.Contact));
        var toast = Assert.Single(page.Toasts.Open);
        Assert.Equal("Note saved", toast.Text);
        await toast.Undo!();
        Assert.Empty((await rep.Get<NoteQueries>().TimelineAsync(world.CustomerId, null, 5, _ct)).Notes);
    }

    [Fact]
    public async Task A_refusal_stands_at_its_field_and_what_was_typed_stays()
    {
        var world = await Make.NoteWorldAsync(database);
        await using var rep = database.As(world.Rep);
        await using var page = new PageContext(rep);
        var cut = page.Render<NoteEditPage>();
        await cut.WaitForElement("[data-field=Body] textarea").ChangeAsync("Spoke to somebody.");
        await cut.Find("form.form").SubmitAsync();
        cut.WaitForAssertion(() => Assert.Contains("Choose the customer.", cut.Find("[data-field=CustomerId] .field-error").TextContent, StringComparison.Ordinal));
        Assert.Equal("Spoke to somebody.", cut.Find("[data-field=Body] textarea").GetAttribute("value"));
    }

    [Fact]
    public async Task What_comes_next_gets_a_day_at_once_and_a_task_asks_for_no_outcome()
    {
        var world = await Make.NoteWorldAsync(database);
        await using var rep = database.As(world.Rep);
        await using var page = new PageContext(rep);
        page.Services.GetRequiredService<NavigationManager>().NavigateTo(Links.NewNoteOn(world.CustomerId));
        var cut = page.Render<NoteEditPage>();
        cut.WaitForElement(".note-customer");
        await cut.Find("[data-field=NextAction] input").ChangeAsync("Send dates");
        cut.WaitForAssertion(() => Assert.NotEqual("", cut.Find("[data-field=NextActionOn] select").GetAttribute("value")));
        await cut.Find(".note-kind input[value=Task]").ChangeAsync("Task");
        cut.WaitForAssertion(() => Assert.Empty(cut.FindAll("[data-field=Outcome]")));
        await cut.Find("[data-field=Body] textarea").ChangeAsync("Send swatches");
        await cut.Find("form.form").SubmitAsync();
        cut.WaitForAssertion(() => Assert.EndsWith("/my-day", page.Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal));
        Assert.Equal("Send swatches", Assert.Single((await rep.Get<NoteQueries>().TimelineAsync(world.CustomerId, null, 5, _ct)).Notes).NextAction);
    }

    [Fact]
    public async Task One_tap_finishes_an_action_two_put_it_off_and_both_are_taken_back()
    {
        var world = await Make.NoteWorldAsync(database);
        var now = database.Clock.GetUtcNow();
        var id = await Make.NoteAsync(database, world.Rep, new(world.CustomerId, NoteKind.Call, "Spoke", now.AddDays(-5)) { NextAction = "Send revised lead times", NextActionOn = Today.AddDays(-2) }, now);
        await using var rep = database.As(world.Rep);
        await using var page = new PageContext(rep);
        var cut = page.Render<MyDayPage>();
        cut.WaitForElement("section[aria-label=Overdue] .day-row");
        Assert.Contains("1 overdue", cut.Find(".facts").TextContent, StringComparison.Ordinal);
        Assert.Equal("tel:+495550100", cut.Find("section[aria-label=Overdue] .day-call").GetAttribute("href"));
        await cut.Find(".day-check").ClickAsync();
        cut.WaitForAssertion(() => Assert.Empty(cut.FindAll("section[aria-label=Overdue] .day-row")));
        await cut.InvokeAsync(() => page.Toasts.Open[^1].Undo!());
        cut.WaitForElement("section[aria-label=Overdue] .day-row");

        await cut.Find("section[aria-label=Overdue] .day-end .popup > button").ClickAsync();
        await cut.Find("section[aria-label=Overdue] .menu-item").ClickAsync();
        cut.WaitForAssertion(() => Assert.Single(cut.FindAll(".day-coming .day-row")));
        Assert.Equal(Today.AddDays(1), (await rep.Get<NoteQueries>().DetailsAsync(id, _ct))!.NextActionOn);
        await cut.InvokeAsync(() => page.Toasts.Open[^1].Undo!());
        cut.WaitForElement("section[aria-label=Overdue] .day-row");
        Assert.Equal(Today.AddDays(-2), (await rep.Get<NoteQueries>().DetailsAsync(id, _ct))!.NextActionOn);
    }

    [Fact]
    public async Task A_note_beside_the_day_is_saved_and_its_action_stands_in_the_day()
    {
        var world = await Make.NoteWorldAsync(database);
        await using var rep = database.As(world.Rep);
        await using var page = new PageContext(rep);
        var cut = page.Render<MyDayPage>();
        await cut.WaitForElement(".day-note .note-customers button").ClickAsync();
        cut.WaitForElement(".note-customer");
        await cut.Find(".day-note [data-field=Body] textarea").ChangeAsync("Wants swatches.");
        await cut.Find(".day-note [data-field=NextAction] input").ChangeAsync("Sample swatches");
        cut.WaitForElement("[data-field=NextActionTime]");
        await cut.Find("[data-field=NextActionOn] select").ChangeAsync(Today.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        await cut.Find(".day-note form.form").SubmitAsync();
        cut.WaitForAssertion(() => Assert.Contains("Sample swatches", cut.Find("section[aria-label=Today]").TextContent, StringComparison.Ordinal));
        cut.WaitForAssertion(() => Assert.Equal("", cut.Find(".day-note [data-field=Body] textarea").GetAttribute("value") ?? ""));
    }

    [Fact]
    public async Task A_day_that_is_open_elsewhere_hears_of_each_act_on_a_note_of_its_own()
    {
        var world = await Make.NoteWorldAsync(database);
        await using var rep = database.As(world.Rep);
        await using var page = new PageContext(rep);
        var cut = page.Render<MyDayPage>();
        cut.WaitForElement("section[aria-label=Overdue]");
        var live = cut.FindComponents<Sourcing.Web.Shared.LiveTopic>().Single(l => l.Instance.Topic == NoteService.Topic).Instance;
        Assert.Equal(world.Rep.Id, live.Id);

        // As if on the telephone in the meantime.
        await using var phone = database.As(world.Rep);
        var id = Guid.Empty;
        var form = Make.NoteForm(world);
        (form.NextAction, form.NextActionOn) = ("Send dates", Today.AddDays(1));
        await HeardAsync(world.Rep.Id, async () => id = await phone.Get<NoteService>().SaveAsync(form, _ct));
        await HeardAsync(world.Rep.Id, () => phone.Get<NoteService>().PostponeAsync(id, Today, _ct));
        await cut.InvokeAsync(() => live.Changed.InvokeAsync(default!));
        cut.WaitForAssertion(() => Assert.Single(cut.FindAll("section[aria-label=Today] .day-row")));
        await HeardAsync(world.Rep.Id, () => phone.Get<NoteService>().FinishAsync(id, _ct));
        await cut.InvokeAsync(() => live.Changed.InvokeAsync(default!));
        cut.WaitForAssertion(() => Assert.Empty(cut.FindAll("section[aria-label=Today] .day-row")));
        await HeardAsync(world.Rep.Id, () => phone.Get<NoteService>().DeleteAsync(id, _ct));
        await HeardAsync(world.Rep.Id, () => phone.Get<NoteService>().RestoreAsync(id, _ct));
    }

    // Waits until the act was announced to the pages of this person.
    private async Task HeardAsync(Guid person, Func<Task> act)
    {
        await using var connection = await database.Sources.For(DatabaseAccess.Internal).OpenConnectionAsync(_ct);
        var heard = false;
        connection.Notification += (_, said) => heard |= said.Payload.Contains(NoteService.Topic, StringComparison.Ordinal) && said.Payload.Contains(person.ToString(), StringComparison.Ordinal);
        await using (var listen = new Npgsql.NpgsqlCommand("listen sourcing", connection))
        {
            await listen.ExecuteNonQueryAsync(_ct);
        }

        await act();
        while (!heard)
        {
            await connection.WaitAsync(_ct);
        }
    }

    [Fact]
    public async Task A_note_of_somebody_below_is_shown_without_acts_and_one_of_others_is_not_there()
    {
        var world = await Make.NoteWorldAsync(database);
        await using var rep = database.As(world.Rep);
        var id = await rep.Get<NoteService>().SaveAsync(Make.NoteForm(world), _ct);
        await using (var manager = database.As(world.Manager))
        {
            await using var page = new PageContext(manager);
            var cut = page.Render<NotePage>(p => p.Add(x => x.Id, id));
            cut.WaitForAssertion(() => Assert.Contains("Wants the navy lot", cut.Find(".note-body").TextContent, StringComparison.Ordinal));
            Assert.DoesNotContain("Edit note", cut.Markup, StringComparison.Ordinal);
        }

        await using var other = database.As(world.Other);
        await using var strange = new PageContext(other);
        var missing = strange.Render<NotePage>(p => p.Add(x => x.Id, id));
        missing.WaitForAssertion(() => Assert.Contains("There is no such note", missing.Markup, StringComparison.Ordinal));
    }
}
