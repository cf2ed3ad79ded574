using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.JSInterop;
using Sourcing.Data.Common;
using Sourcing.Data.Common.Lists;
using Sourcing.Data.Rfqs;
using Sourcing.Web.Shared;

namespace Sourcing.Web.Portal;

/// <summary>
/// The quote as a form. Checks as typed by the rules that the service asks again, keeps everything through refusals and lost
/// connections, and compares field by field when a colleague was faster.
/// </summary>
public sealed partial class QuoteEditor : IDisposable
{
    private readonly Dictionary<string, string> _unreadable = [];
    private readonly HashSet<string> _touched = [];
    private readonly HashSet<QuoteDifference> _taken = [];
    private readonly CancellationTokenSource _gone = new();

    // Saving and submitting one after the other: a submission that is pressed while a draft is on its way goes on from what that saved.
    private readonly SemaphoreSlim _oneAct = new(1);
    private EditContext _context = null!;
    private ValidationMessageStore _store = null!;
    private QuoteForm _bound = null!;
    private ILookup<string, string> _messages = Array.Empty<FieldError>().ToLookup(e => e.Field, e => e.Message);
    private IReadOnlyList<string> _refusal = [];
    private IReadOnlyList<QuoteDifference>? _differences;
    private QuoteContent? _theirs;
    private uint _theirVersion;
    private QuoteTotal _total = new(0, 0, 0, 0, 0, 0);
    private QuoteContent? _kept;
    private ReadQuote? _sheet;
    private string _refusalTitle = "";
    private string _opened = "";
    private bool _all;
    private bool _leaving;
    private int _keeping;

    /// <summary>What is asked, and where the answer stands. May be renewed while typing; the form is not touched by that.</summary>
    [Parameter, EditorRequired]
    public QuoteSheet Sheet { get; set; } = null!;

    [Parameter, EditorRequired]
    public QuoteForm Form { get; set; } = null!;

    /// <summary>A buyer types for the supplier: the way it came is asked for.</summary>
    [Parameter]
    public bool OnBehalf { get; set; }

    /// <summary>Verb and object: "Submit quote".</summary>
    [Parameter]
    public string Verb { get; set; } = "Submit quote";

    /// <summary>Keeps the unfinished work; refuses by throwing.</summary>
    [Parameter, EditorRequired]
    public Func<Task> SaveDraft { get; set; } = null!;

    /// <summary>Submits and goes on; refuses by throwing.</summary>
    [Parameter, EditorRequired]
    public Func<Task> Submit { get; set; } = null!;

    /// <summary>Throws the unfinished work away and goes on.</summary>
    [Parameter, EditorRequired]
    public Func<Task> Discard { get; set; } = null!;

    /// <summary>Reads the sheet again and hands it down.</summary>
    [Parameter, EditorRequired]
    public Func<Task<QuoteSheet>> Reload { get; set; } = null!;

    [Inject]
    private Formats Format { get; set; } = null!;

    [Inject]
    private Dialogs Dialogs { get; set; } = null!;

    [Inject]
    private Toasts Toasts { get; set; } = null!;

    [Inject]
    private IJSRuntime Js { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private bool Dirty => !_leaving && Snapshot() != _opened;

    private DateOnly Today => DateOnly.FromDateTime(Sheet.Rfq.Now.UtcDateTime);

    private DateOnly DeadlineDay => OnBehalf && Sheet.Rfq.IsLate ? Today : Sheet.Rfq.DeadlineDay;

    private DateOnly Earliest => DeadlineDay > Today ? DeadlineDay : Today;

    private string StateText => (Sheet.Draft, Dirty) switch
    {
        (_, true) => "not saved yet",
        ({ } draft, _) => $"draft saved {Format.Ago(draft.SavedAt)} by {draft.SavedByName}",
        _ when Sheet.Quote is { Revision: > 0 } quote => $"as submitted, revision {quote.Revision}",
        _ => "nothing typed yet",
    };

    private string SheetLink => OnBehalf ? Links.QuoteSheetOf(Sheet.Rfq.Id, Sheet.SupplierId) : Links.PortalQuoteSheet(Sheet.Rfq.Id);

    private string KeepKey => $"draft:{new Uri(Navigation.Uri).AbsolutePath}:quote";

    /// <inheritdoc/>
    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (!ReferenceEquals(_bound, Form))
        {
            _bound = Form;
            _context = new(Form);
            _store = new(_context);
            _opened = Snapshot();
            _unreadable.Clear();
            _touched.Clear();
            (_all, _differences, _refusal) = (false, null, []);
        }

        Recheck();
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender && await Js.LoadDraftAsync(KeepKey) is { Length: > 0 } json && json != _opened && Read(json) is { } kept)
        {
            _kept = kept;
            StateHasChanged();
        }
    }

    private void Typed()
    {
        Recheck();
        _ = KeepSoonAsync();
    }

    private void Touch(string path, Action set)
    {
        set();
        _touched.Add(path);
        Typed();
    }

    private void Unread((string Path, string? Why) field)
    {
        if (field.Why is null)
        {
            _unreadable.Remove(field.Path);
        }
        else
        {
            _unreadable[field.Path] = field.Why;
        }

        Recheck();
    }

    private void SetValidity(ChangeEventArgs change) => Touch(
        nameof(Form.ValidUntil),
        () => Form.ValidUntil = DateOnly.TryParseExact(change.Value as string, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null);

    private void SetLead(decimal? days)
    {
        if (days is { } value && (value != decimal.Truncate(value) || Math.Abs(value) > 1_000_000))
        {
            Unread((nameof(Form.LeadTimeDays), "A lead time is in whole days."));
            return;
        }

        Touch(nameof(Form.LeadTimeDays), () => Form.LeadTimeDays = (int?)days);
    }

    /// <summary>What is wrong is shown as soon as a figure is out of range; what is missing only once submitting was tried.</summary>
    private void Recheck()
    {
        _total = QuoteTotals.Of(Form);
        foreach (var gone in _unreadable.Keys.Where(p => FormErrors.Locate(Form, p).FieldName == p && p.Contains('[', StringComparison.Ordinal)).ToList())
        {
            _unreadable.Remove(gone);
        }

        var errors = QuoteRules.Check(Form, Sheet.Rfq.Lines, DeadlineDay, Today)
            .Where(e => !_unreadable.ContainsKey(e.Field) && (_all || _touched.Contains(e.Field) || HasValue(e.Field)))
            .Concat(_unreadable.Select(u => new FieldError(u.Key, u.Value))).ToList();
        _messages = errors.ToLookup(e => e.Field, e => e.Message);
        _store.Clear();
        foreach (var error in errors)
        {
            _store.Add(FormErrors.Locate(Form, error.Field), error.Message);
        }

        _context.NotifyValidationStateChanged();
    }

    private bool HasValue(string path)
    {
        var field = FormErrors.Locate(Form, path);
        return field.Model.GetType().GetProperty(field.FieldName)?.GetValue(field.Model) is not (null or "" or System.Collections.ICollection);
    }

    private async Task SaveDraftAsync()
    {
        _refusalTitle = "The draft was not saved.";
        if (await TryAsync(SaveDraft))
        {
            _opened = Snapshot();
            await ForgetAsync();
            Toasts.Done(OnBehalf ? "Entry kept as a draft" : "Draft saved. The buyer does not see it.");
        }
    }

    private async Task SubmitAsync()
    {
        _refusalTitle = "The quote was not submitted.";
        (_all, _sheet) = (true, null);
        Recheck();
        if (_messages.Count > 0)
        {
            _refusal = [.. _messages.SelectMany(m => m).Distinct()];
            return;
        }

        _leaving = true;
        _leaving = await TryAsync(Submit);
        if (_leaving)
        {
            await ForgetAsync();
        }
    }

    private async Task DiscardAsync()
    {
        if (await Dialogs.ConfirmAsync("Discard draft", Sheet.Quote is { Revision: > 0 } ? "Your submitted quote stays as it is." : "All that was typed in this quote goes.", "Discard draft", danger: true))
        {
            _leaving = true;
            await ForgetAsync();
            await Discard();
        }
    }

    private async Task<bool> TryAsync(Func<Task> act)
    {
        _refusal = [];
        if (_unreadable.Count > 0)
        {
            _refusal = [.. _unreadable.Values];
            return false;
        }

        await _oneAct.WaitAsync(_gone.Token);
        try
        {
            await act();
            return true;
        }
        catch (ConflictException)
        {
            await CompareAsync();
        }
        catch (RefusedException refusal)
        {
            _refusal = refusal.Errors.Count > 0 ? [.. refusal.Errors.Select(e => e.Message)] : [refusal.Message];
        }
        finally
        {
            _oneAct.Release();
        }

        // The next try is another act than the one that was refused.
        (Form.FormKey, Form.DraftKey) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        return false;
    }

    private async Task CompareAsync()
    {
        var now = await Reload();
        var theirs = now.ToForm();
        (_theirs, _theirVersion) = (theirs, theirs.Version);
        _differences = QuoteDifferences.Of(Form, theirs);
        _taken.Clear();
    }

    private void TakeChoices()
    {
        foreach (var difference in _taken)
        {
            QuoteDifferences.Take(Form, _theirs!, difference);
        }

        (Form.Version, _differences) = (_theirVersion, null);
        _taken.Clear();
        Typed();
    }

    private string Where(QuoteDifference difference) =>
        Sheet.Rfq.Lines.FirstOrDefault(l => l.Id == difference.RfqLineId) is { } line ? $"Line {line.LineNo}: " : "";

    private string Say(object? value) => value is QuoteLineOutcome outcome ? QuoteWords.Outcome(outcome) : Format.Value(value, FieldKind.Number);

    private async Task BeforeLeavingAsync(LocationChangingContext leaving)
    {
        if (Dirty && !await Dialogs.ConfirmAsync("Leave without saving", "What you typed in this quote is not saved. Save a draft to go on later.", "Leave without saving", danger: true))
        {
            leaving.PreventNavigation();
        }
    }

    /// <summary>A moment after the last key, so that a fast typist does not send the whole quote with each figure.</summary>
    private async Task KeepSoonAsync()
    {
        var mine = ++_keeping;
        try
        {
            await Task.Delay(1500, _gone.Token);
            if (mine == _keeping && _kept is null && !_leaving)
            {
                var now = Snapshot();
                await Js.KeepDraftAsync(KeepKey, now == _opened ? null : now, _gone.Token);
            }
        }
        catch (Exception gone) when (gone is OperationCanceledException or ObjectDisposedException or JSDisconnectedException)
        {
        }
    }

    private void BringBack()
    {
        Form.Fill(_kept!);
        _kept = null;
        Recheck();
    }

    // The file's figures stand for what was typed; what is missing is marked at once, because the file was meant to be whole.
    private void TakeSheet(ReadQuote read)
    {
        Form.Fill(read.Content);
        _unreadable.Clear();
        (_sheet, _all, _refusal) = (read, true, []);
        Typed();
    }

    private async Task ForgetAsync()
    {
        _kept = null;
        _keeping++;
        await Js.KeepDraftAsync(KeepKey, null, CancellationToken.None);
    }

    private string Snapshot() => JsonSerializer.Serialize<QuoteContent>(Form);

    private QuoteContent? Read(string json)
    {
        try
        {
            // Only an answer to these very lines.
            return JsonSerializer.Deserialize<QuoteContent>(json) is { } content && content.Lines.Select(l => l.RfqLineId).SequenceEqual(Form.Lines.Select(l => l.RfqLineId)) ? content : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
