using System.Globalization;
using Microsoft.AspNetCore.Components;
using Sourcing.Data.Common;
using Sourcing.Data.Sales;
using Sourcing.Web.Shared;

namespace Sourcing.Web.Sales;

/// <summary>Writes or changes a note: customer, kind, text and Save are enough.</summary>
public sealed partial class NoteEditor : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(150);

    private readonly string _kinds = $"kind-{Guid.CreateVersion7():N}";
    private FormPanel<NoteForm>? _panel;
    private NoteOpening? _opened;
    private NoteSubject? _subject;
    private IReadOnlyList<NoteCustomer> _hits = [];
    private string _text = "";
    private bool _choosing;
    private bool _searching;
    private bool _picking;
    private CancellationTokenSource _typing = new();

    /// <summary>The form as it opened.</summary>
    [Parameter, EditorRequired]
    public NoteOpening Opening { get; set; } = null!;

    /// <summary>Told with the note's key when it is saved.</summary>
    [Parameter]
    public EventCallback<Guid> Saved { get; set; }

    /// <summary>Told whether the device keeps what was typed.</summary>
    [Parameter]
    public EventCallback<bool> Kept { get; set; }

    [Inject]
    private NoteQueries Queries { get; set; } = null!;

    [Inject]
    private NoteService Notes { get; set; } = null!;

    [Inject]
    private Formats Format { get; set; } = null!;

    private NoteForm Form => Opening.Form;

    private string? With => _subject?.Contacts.FirstOrDefault(c => c.Id == Form.ContactId)?.Name;

    private string BodyLabel => Form.Kind switch { NoteKind.Email => "What was written", NoteKind.Visit => "What was seen and said", NoteKind.Task => "What is to be done", _ => "What was said" };

    // The day that stands there already is offered too.
    private IEnumerable<(DateOnly Day, string Text)> Days
    {
        get
        {
            var quick = NoteWords.QuickDays(Format.Today, dayFirst: true);
            return Form.NextActionOn is { } day && quick.All(q => q.Day != day) ? quick.Prepend((day, NoteWords.Day(day, Format.Today))) : quick;
        }
    }

    private string Chosen => _picking ? "pick" : Form.NextActionOn is { } day ? Iso(day) : "";

    /// <inheritdoc/>
    public void Dispose()
    {
        _typing.Cancel();
        _typing.Dispose();
    }

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (ReferenceEquals(_opened, Opening))
        {
            return;
        }

        (_opened, _subject, _hits, _text, _choosing, _picking) = (Opening, Opening.Subject, Opening.Recent, "", false, false);
    }

    private async Task ChooseAsync()
    {
        if (_opened!.Recent.Count == 0 && Form.Id is not null)
        {
            _hits = (await Queries.NewAsync(null, null, null, CancellationToken.None)).Recent;
        }

        (_choosing, _text) = (true, "");
    }

    private async Task TypedAsync(string? text)
    {
        (_text, _searching) = (text ?? "", true);
        await _typing.CancelAsync();
        _typing.Dispose();
        _typing = new();
        var ct = _typing.Token;
        try
        {
            await Task.Delay(Pause, ct);
            var found = _text.Trim().Length == 0 ? Opening.Recent : await Queries.FindCustomersAsync(_text, 8, ct);
            if (!ct.IsCancellationRequested)
            {
                (_hits, _searching) = (found, false);
            }
        }
        catch (OperationCanceledException)
        {
            // The next letter came.
        }
    }

    private async Task TakeAsync(Guid customerId)
    {
        var subject = await Queries.SubjectAsync(customerId, CancellationToken.None);
        if (Form.CustomerId != customerId)
        {
            (Form.RfqId, Form.OrderId, Form.ContactId) = (null, null, subject?.Contacts.FirstOrDefault(c => c.IsMain)?.Id);
        }

        Form.CustomerId = subject?.Customer.Id;
        (_choosing, _subject) = (false, subject);
    }

    // What was typed before comes back with its customer.
    private async Task RestoredAsync()
    {
        _picking = false;
        if (Form.CustomerId is { } id && id != _subject?.Customer.Id)
        {
            _subject = await Queries.SubjectAsync(id, CancellationToken.None);
        }
        else if (Form.CustomerId is null)
        {
            _subject = null;
        }
    }

    private void SetKind(NoteKind kind)
    {
        Form.Kind = kind;
        if (kind == NoteKind.Task)
        {
            Form.NextActionOn ??= Format.Today.AddDays(1);
        }
    }

    // Whoever says what comes next most often means the next working day.
    private void SuggestDay()
    {
        if (Form.NextAction.Trim().Length > 0 && Form.NextActionOn is null)
        {
            var day = Format.Today.AddDays(1);
            while (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday)
            {
                day = day.AddDays(1);
            }

            Form.NextActionOn = day;
        }
    }

    private void DayChosen(ChangeEventArgs e)
    {
        var value = e.Value?.ToString() ?? "";
        _picking = value == "pick";
        if (!_picking)
        {
            Form.NextActionOn = DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
        }
    }

    private void WhenChosen(ChangeEventArgs e) =>
        Form.OccurredAt = DateTime.TryParse(e.Value?.ToString(), CultureInfo.InvariantCulture, DateTimeStyles.None, out var typed) ? Format.Moment(typed) : null;

    private async Task SaveAsync()
    {
        if (Form.Kind == NoteKind.Task)
        {
            // A task's text says what is to be done; its first line is the action.
            Form.NextAction = "";
        }

        var id = await Notes.SaveAsync(Form, CancellationToken.None);
        _panel!.MarkSaved();
        await Saved.InvokeAsync(id);
    }

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
