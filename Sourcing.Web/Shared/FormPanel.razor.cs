using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.JSInterop;
using Sourcing.Data.Common;

namespace Sourcing.Web.Shared;

/// <summary>
/// The one form: checks as typed, saves once at a time, shows refusals beside their fields, asks before unsaved work is left,
/// compares field by field when somebody else was faster, and keeps a draft on the device until it is saved.
/// </summary>
public sealed partial class FormPanel<TForm>
{
    private const int LongForm = 16_000;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(700);

    private int _keeping;
    private EditContext _context = null!;
    private ValidationMessageStore _refused = null!;
    private ValidationMessageStore _checked = null!;
    private TForm _bound = null!;
    private string _opened = "";
    private string _kept = "";
    private bool _saving;
    private FormConflict? _conflict;
    private TForm? _draft;
    private bool _broughtBack;
    private bool _told;
    private IReadOnlyList<string> _summary = [];

    /// <summary>What is filled in.</summary>
    [Parameter, EditorRequired]
    public TForm Form { get; set; } = null!;

    /// <summary>Saves; refuses by throwing.</summary>
    [Parameter, EditorRequired]
    public EventCallback Save { get; set; }

    /// <summary>The form as it stands in the database now: for comparing after somebody else changed it.</summary>
    [Parameter]
    public Func<Task<TForm>>? Reload { get; set; }

    /// <summary>Verb and object: "Save part".</summary>
    [Parameter]
    public string Verb { get; set; } = "Save";

    /// <summary>Where Cancel and Esc lead.</summary>
    [Parameter]
    public string? Back { get; set; }

    /// <summary>In a dialog: what Cancel and Esc do in place of leading back.</summary>
    [Parameter]
    public EventCallback Cancel { get; set; }

    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    /// <summary>More buttons beside Save.</summary>
    [Parameter]
    public RenderFragment? Actions { get; set; }

    /// <summary>At the left of the foot: what will happen.</summary>
    [Parameter]
    public RenderFragment? Note { get; set; }

    /// <summary>A draft was brought back: what the page derives from the form is to be read again.</summary>
    [Parameter]
    public EventCallback Restored { get; set; }

    /// <summary>Brings a draft back without asking, and offers to forget it: for short forms that are written in haste.</summary>
    [Parameter]
    public bool BringBack { get; set; }

    /// <summary>Told whenever the device begins to keep what was typed, or has forgotten it.</summary>
    [Parameter]
    public EventCallback<bool> Kept { get; set; }

    [Parameter]
    public string? Class { get; set; }

    [Inject]
    private Dialogs Dialogs { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private IJSRuntime Js { get; set; } = null!;

    private bool Dirty => !_saving && Snapshot() != _opened;

    private string DraftKey => $"draft:{new Uri(Navigation.Uri).AbsolutePath}:{typeof(TForm).Name}";

    /// <summary>Says that what stands in the form now counts as unchanged.</summary>
    public void MarkSaved() => _opened = Snapshot();

    /// <inheritdoc/>
    public void Dispose()
    {
        // A page that was left before its first drawing has none yet.
        if (_context is not null)
        {
            _context.OnFieldChanged -= OnFieldChanged;
        }

        _keeping++;
    }

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (ReferenceEquals(_bound, Form))
        {
            return;
        }

        if (_context is not null)
        {
            _context.OnFieldChanged -= OnFieldChanged;
        }

        _bound = Form;
        _context = new(Form);
        _context.OnFieldChanged += OnFieldChanged;
        (_refused, _checked) = (new(_context), new(_context));
        (_opened, _kept) = (Snapshot(), Snapshot());
        (_conflict, _summary, _broughtBack) = (null, [], false);
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            if (await Js.LoadDraftAsync(DraftKey, _opened.Length > LongForm ? null : _opened) is { Length: > 0 } json && Read(json) is { } draft && json != _opened)
            {
                _draft = draft;
                if (BringBack)
                {
                    await RestoreDraftAsync();
                    (_kept, _broughtBack) = (Snapshot(), true);
                    await TellAsync(true);
                }

                StateHasChanged();
            }

            return;
        }

        // What the device keeps follows what is typed; nothing is kept of an untouched form.
        var now = Snapshot();
        if (now != _kept && !_saving && _draft is null)
        {
            _kept = now;
            await KeepDraftAsync(now == _opened ? null : now);
        }
    }

    // A long form goes to the device at the first pause, and not whole at each change.
    private async Task KeepDraftAsync(string? json)
    {
        var mine = ++_keeping;
        if (json?.Length > LongForm)
        {
            await Task.Delay(Pause);
        }

        if (mine == _keeping)
        {
            await Js.KeepDraftAsync(DraftKey, json, CancellationToken.None);
            await TellAsync(json is not null);
        }
    }

    private async Task TellAsync(bool kept)
    {
        if (kept != _told)
        {
            _told = kept;
            await Kept.InvokeAsync(kept);
        }
    }

    private void OnFieldChanged(object? sender, FieldChangedEventArgs e)
    {
        _refused.Clear(e.FieldIdentifier);
        _checked.Clear(e.FieldIdentifier);
        if (e.FieldIdentifier.Model.GetType().GetProperty(e.FieldIdentifier.FieldName) is { } property)
        {
            var results = new List<ValidationResult>();
            Validator.TryValidateProperty(
                property.GetValue(e.FieldIdentifier.Model), new(e.FieldIdentifier.Model) { MemberName = property.Name, DisplayName = FormErrors.Label(property) }, results);
            _checked.Add(e.FieldIdentifier, results.Select(r => r.ErrorMessage ?? "Not valid."));
        }

        _context.NotifyValidationStateChanged();
        StateHasChanged();
    }

    private async Task SubmitAsync()
    {
        if (_saving)
        {
            return;
        }

        _saving = true;
        _refused.Clear();
        _checked.Clear();
        _summary = [];
        try
        {
            _conflict?.Apply(Form);
            FormShape.Demand(Form);
            await Save.InvokeAsync();
            (_opened, _conflict) = (Snapshot(), null);
            _kept = _opened;
            await KeepDraftAsync(null);
        }
        catch (ConflictException conflict) when (Reload is not null)
        {
            await CompareAsync(conflict);
        }
        catch (RefusedException refusal)
        {
            Show(refusal);
        }
        finally
        {
            _saving = false;
        }

        _context.NotifyValidationStateChanged();
    }

    private async Task CompareAsync(ConflictException conflict)
    {
        try
        {
            _conflict = FormConflict.Between(Read(_opened) ?? Form, Form, await Reload!());
        }
        catch (RefusedException refusal)
        {
            // Deleted meanwhile: there is nothing to compare with.
            _summary = [conflict.Message, refusal.Message];
        }
    }

    private void Show(RefusedException refusal)
    {
        foreach (var error in refusal.Errors.Where(e => e.Field.Length > 0))
        {
            _refused.Add(FormErrors.Locate(Form, error.Field), error.Message);
        }

        _summary = refusal.Errors.Count == 0 ? [refusal.Message] : [.. refusal.Errors.Select(e => e.Message).Distinct()];
    }

    private async Task BeforeLeavingAsync(LocationChangingContext leaving)
    {
        if (_saving || !Dirty)
        {
            return;
        }

        if (await Dialogs.ConfirmAsync("Leave without saving", "What you typed here is not saved yet.", "Leave without saving", danger: true))
        {
            await KeepDraftAsync(null);
        }
        else
        {
            leaving.PreventNavigation();
        }
    }

    private async Task CancelAsync()
    {
        if (!Dirty || await Dialogs.ConfirmAsync("Close without saving", "What you typed here is not saved yet.", "Close without saving", danger: true))
        {
            await KeepDraftAsync(null);
            await Cancel.InvokeAsync();
        }
    }

    private async Task RestoreDraftAsync()
    {
        Take(_draft!);
        _draft = null;
        await Restored.InvokeAsync();
    }

    private void Take(TForm from)
    {
        foreach (var property in typeof(TForm).GetProperties().Where(p => p is { CanRead: true, CanWrite: true } && p.GetIndexParameters().Length == 0))
        {
            property.SetValue(Form, property.GetValue(from));
        }
    }

    // What was brought back goes, and the form stands as it was opened.
    private async Task StartAnewAsync()
    {
        Take(Read(_opened)!);
        (_broughtBack, _kept) = (false, _opened);
        await KeepDraftAsync(null);
        await Restored.InvokeAsync();
    }

    private async Task ForgetDraftAsync()
    {
        _draft = null;
        await KeepDraftAsync(null);
    }

    private string Snapshot() => JsonSerializer.Serialize(Form);

    private static TForm? Read(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<TForm>(json);
        }
        catch (JsonException)
        {
            return null;
        }
        catch (NotSupportedException)
        {
            return null;
        }
    }
}
