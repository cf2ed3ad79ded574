using Microsoft.AspNetCore.Components;
using Sourcing.Data.Common;
using Sourcing.Data.Rfqs;
using Sourcing.Data.Sales;
using Sourcing.Web.Shared;

namespace Sourcing.Web.Sales;

/// <summary>What a representative has to do today, with a note to write beside it.</summary>
public sealed partial class MyDayPage
{
    private MyDayView? _day;
    private NoteOpening? _opening;
    private bool _noteOpen = true;
    private bool _kept;

    [Inject]
    private MyDayQueries Queries { get; set; } = null!;

    [Inject]
    private NoteQueries NoteReading { get; set; } = null!;

    [Inject]
    private NoteService Notes { get; set; } = null!;

    [Inject]
    private CurrentUser User { get; set; } = null!;

    [Inject]
    private Formats Format { get; set; } = null!;

    [Inject]
    private Toasts Toasts { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        var day = await Queries.ForAsync(CancellationToken.None);
        if (day.IsRep)
        {
            _opening = await NoteReading.NewAsync(null, null, null, CancellationToken.None);
        }

        (_noteOpen, _day) = (day.IsRep, day);
    }

    private async Task LoadAsync() => _day = await Queries.ForAsync(CancellationToken.None);

    private async Task OpenNoteAsync()
    {
        _opening = await NoteReading.NewAsync(null, null, null, CancellationToken.None);
        _noteOpen = true;
    }

    private void CloseNote() => (_noteOpen, _kept) = (false, false);

    private async Task NoteSavedAsync(Guid id)
    {
        _opening = await NoteReading.NewAsync(null, null, null, CancellationToken.None);
        await LoadAsync();
        Toasts.Done("Note saved", () => UndoAsync(() => Notes.DeleteAsync(id, CancellationToken.None)));
    }

    private Task DoneAsync(DayAction action) => ActAsync(
        () => Notes.FinishAsync(action.NoteId, CancellationToken.None), $"Done: {action.Text}", () => Notes.ReopenAsync(action.NoteId, CancellationToken.None));

    private Task PostponedAsync((DayAction Action, DateOnly Day) put) => ActAsync(
        () => Notes.PostponeAsync(put.Action.NoteId, put.Day, CancellationToken.None),
        $"Put off to {NoteWords.Day(put.Day, Format.Today)}",
        () => Notes.PutBackAsync(put.Action.NoteId, put.Action.On, put.Action.Time, CancellationToken.None));

    private async Task ActAsync(Func<Task> act, string done, Func<Task> undo)
    {
        try
        {
            await act();
            Toasts.Done(done, () => UndoAsync(undo));
        }
        catch (RefusedException refusal)
        {
            Toasts.Refused(refusal.Message);
        }

        await LoadAsync();
    }

    private async Task UndoAsync(Func<Task> undo)
    {
        await undo();
        await LoadAsync();
        await InvokeAsync(StateHasChanged);
    }

    private string Awaits(DayRfq rfq) => rfq.Status switch
    {
        RfqStatus.Open when rfq.Deadline is { } deadline && deadline > Time.GetUtcNow() => $"closes in {Formats.Span(deadline - Time.GetUtcNow())}",
        RfqStatus.Open => "open",
        RfqStatus.Paused => "paused",
        RfqStatus.Closed => "closed, the buyer looks at the answers",
        _ => "the buyer decides",
    };

    private string Urgency(DayRfq rfq) => rfq is { Status: RfqStatus.Open, Deadline: { } deadline } && Format.Urgency(deadline) is { } hue ? $"text-{hue.ToString().ToLowerInvariant()}" : "";
}
