using Sourcing.Data.Common;
using Sourcing.Data.Sales;
using Sourcing.Web.Sales;

namespace Sourcing.Web.Tests.Sales;

/// <summary>What a note may say, without a database.</summary>
public sealed class NoteRulesTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly Today = new(2026, 11, 20);

    [Fact]
    public void An_empty_text_a_moment_to_come_and_half_an_action_are_refused_each_by_its_field()
    {
        var refusal = Assert.Throws<RefusedException>(() => new SalesNote(Guid.CreateVersion7(), Call(" ") with { OccurredAt = Noon.AddDays(1), NextAction = "Send dates" }, Noon));
        Assert.Equal(["Body", "OccurredAt", "NextActionOn"], refusal.Errors.Select(e => e.Field));
        Assert.Equal("NextAction", Assert.Single(Assert.Throws<RefusedException>(() => new SalesNote(Guid.CreateVersion7(), Call("Spoke") with { NextActionOn = Today }, Noon)).Errors).Field);
    }

    [Fact]
    public void A_task_needs_a_day_and_its_first_line_is_what_is_to_be_done()
    {
        var task = Call("Send swatches\nand the colour card") with { Kind = NoteKind.Task };
        Assert.Throws<RefusedException>(() => new SalesNote(Guid.CreateVersion7(), task, Noon));
        Assert.Equal("Send swatches", new SalesNote(Guid.CreateVersion7(), task with { NextActionOn = Today }, Noon).NextAction);
    }

    [Fact]
    public void An_action_is_finished_once_opened_again_and_put_off_to_no_day_that_is_over()
    {
        var note = new SalesNote(Guid.CreateVersion7(), Call("Spoke") with { NextAction = "Send dates", NextActionOn = Today.AddDays(-2) }, Noon);
        Assert.Throws<RefusedException>(() => note.Postpone(Today.AddDays(-1), Today));
        note.Postpone(Today.AddDays(3), Today);
        Assert.Equal((Today.AddDays(3), Today.AddDays(-2)), (note.NextActionOn, note.FirstDueOn));
        note.PutBack(Today.AddDays(-2), null);
        Assert.Equal(Today.AddDays(-2), note.NextActionOn);
        note.Finish(Noon);
        Assert.Throws<RefusedException>(() => note.Finish(Noon));
        Assert.Throws<RefusedException>(() => note.Postpone(Today.AddDays(1), Today));
        note.Reopen();
        Assert.Null(note.DoneAt);
        Assert.Throws<RefusedException>(note.Reopen);
    }

    [Fact]
    public void Another_day_opens_an_action_again_and_another_text_of_the_note_does_not()
    {
        var facts = Call("Spoke") with { NextAction = "Send dates", NextActionOn = Today };
        var note = new SalesNote(Guid.CreateVersion7(), facts, Noon);
        note.Finish(Noon);
        note.Change(facts with { Body = "Spoke again" }, Noon);
        Assert.NotNull(note.DoneAt);
        note.Change(facts with { NextActionOn = Today.AddDays(1) }, Noon);
        Assert.Null(note.DoneAt);
    }

    [Fact]
    public void Quick_days_are_each_there_once_and_begin_today()
    {
        // On a Sunday tomorrow is next Monday; on a Monday that is in a week.
        Assert.Equal(["Today, Sun 22 Nov", "Tomorrow, Mon 23 Nov", "In two days, Tue 24 Nov", "In a week, Sun 29 Nov", "In two weeks, Sun 6 Dec", "In a month, Tue 22 Dec"], NoteWords.QuickDays(new(2026, 11, 22)).Select(d => d.Text));
        Assert.Contains("Next Monday, Mon 30 Nov", NoteWords.QuickDays(new(2026, 11, 23)).Select(d => d.Text));
    }

    [Theory]
    [InlineData("Wants the navy lot earlier", "nav lo", "navy lot")]
    [InlineData("Über die Wölbung", "uber wolb", "Über Wölbung")]
    [InlineData("Nothing here", "navy", "")]
    [InlineData("Plain", "", "")]
    public void Words_that_begin_as_searched_are_marked_whatever_case_and_accents(string text, string search, string marked)
    {
        var pieces = NoteWords.Marked(text, search);
        Assert.Equal(text, string.Concat(pieces.Select(p => p.Text)));
        Assert.Equal(marked, string.Join(' ', pieces.Where(p => p.Hit).Select(p => p.Text)));
    }

    [Fact]
    public void A_long_text_is_cut_around_the_first_hit()
    {
        var text = new string('a', 300) + " navy " + new string('b', 300);
        var pieces = NoteWords.Marked(text, "navy", 80);
        Assert.Equal("navy", Assert.Single(pieces, p => p.Hit).Text);
        Assert.StartsWith("…", string.Concat(pieces.Select(p => p.Text)), StringComparison.Ordinal);
        Assert.True(pieces.Sum(p => p.Text.Length) <= 82);
    }

    [Theory]
    [InlineData("+49 (555) 0100-2", "tel:+4955501002")]
    [InlineData("0555 0100", "tel:05550100")]
    public void A_number_is_dialled_by_its_digits(string phone, string address) => Assert.Equal(address, NoteWords.Dial(phone));

    private static NoteFacts Call(string body) => new(Guid.CreateVersion7(), NoteKind.Call, body, Noon);
}
