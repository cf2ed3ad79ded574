using Microsoft.AspNetCore.Components;
using Sourcing.Data.Common;
using Sourcing.Data.Imports;
using Sourcing.Web.Shared;

namespace Sourcing.Web.Imports;

/// <summary>One import, at the step where it stands or the one that the address names.</summary>
public sealed partial class ImportPage
{
    /// <summary>The steps of an import, in their order.</summary>
    internal static readonly IReadOnlyList<string> StepNames = ["Upload file", "Match columns", "Check rows", "Import"];

    private ImportDetails? _run;
    private bool _missing;

    [Parameter]
    public Guid Id { get; set; }

    [SupplyParameterFromQuery]
    public string? Step { get; set; }

    [SupplyParameterFromQuery]
    public string? Rows { get; set; }

    [SupplyParameterFromQuery]
    public int After { get; set; }

    [Inject]
    private ImportQueries Queries { get; set; } = null!;

    [Inject]
    private ImportService Service { get; set; } = null!;

    [Inject]
    private Dialogs Dialogs { get; set; } = null!;

    [Inject]
    private Formats Format { get; set; } = null!;

    private string Shown => Step ?? (_run!.Status == ImportStatus.Ready ? "check" : "match");

    private RowFilter RowsShown => Enum.TryParse<RowFilter>(Rows, ignoreCase: true, out var filter) ? filter : RowFilter.Attention;

    private int StepNumber => _run!.Status switch
    {
        ImportStatus.Checking => 3,
        ImportStatus.Ready => Shown == "check" ? 3 : 2,
        ImportStatus.Committing or ImportStatus.Done or ImportStatus.Undoing or ImportStatus.Undone => 4,
        _ => 2,
    };

    private IReadOnlyDictionary<int, string> StepLinks =>
        _run!.Status == ImportStatus.Ready ? new Dictionary<int, string> { [2] = Links.Import(Id, "match") } : new Dictionary<int, string>();

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (_run?.Id != Id)
        {
            _run = null;
            await LoadAsync();
        }
    }

    internal static string Count(int number, string noun) => $"{number:N0} {noun}{(number == 1 ? "" : "s")}";

    private async Task LoadAsync()
    {
        try
        {
            _run = await Queries.DetailsAsync(Id, CancellationToken.None);
        }
        catch (MissingException)
        {
            _missing = true;
        }
    }

    private async Task CancelAsync()
    {
        if (await Dialogs.ConfirmAsync($"Cancel {_run!.Number}", "Nothing of it is written. The file and what you mended are removed.", "Cancel import", danger: true))
        {
            await Service.CancelAsync(Id, CancellationToken.None);
            await LoadAsync();
        }
    }

    private async Task UndoAsync()
    {
        var made = string.Join(", ", _run!.Counts.Where(c => c.New + c.Changed > 0).Select(c => $"{c.New + c.Changed:N0} {c.Plural}").DefaultIfEmpty("nothing"));
        if (await Dialogs.ConfirmAsync($"Undo {_run.Number}", $"What it made is removed and what it changed becomes what it was: {made}. This is refused if something depends on it.", "Undo import", danger: true))
        {
            await Service.UndoAsync(Id, CancellationToken.None);
            await LoadAsync();
        }
    }
}
