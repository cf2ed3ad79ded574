using Microsoft.AspNetCore.Components;
using Sourcing.Data.Common;
using Sourcing.Data.Imports;
using Sourcing.Data.Imports.Kinds;

namespace Sourcing.Web.Imports;

/// <summary>The rows that need attention, mended in the cell.</summary>
public sealed partial class CheckRows
{
    private const int MostColumns = 8;

    private StagedRows? _page;
    private IReadOnlyList<ImportField> _columns = [];
    private string? _refusal;
    private bool _working;
    private (Guid, uint, RowFilter, int) _shown;

    [Parameter, EditorRequired]
    public ImportDetails Run { get; set; } = null!;

    /// <summary>Which rows.</summary>
    [Parameter]
    public RowFilter Rows { get; set; }

    /// <summary>The row after which the page begins.</summary>
    [Parameter]
    public int After { get; set; }

    /// <summary>The import has changed: load it again.</summary>
    [Parameter]
    public EventCallback Changed { get; set; }

    private IReadOnlyList<(RowFilter, string, int)> Filters =>
    [
        (RowFilter.Attention, "Needs attention", Run.RejectedRows), (RowFilter.ToMend, "To mend", Run.RowsToMend), (RowFilter.ToConfirm, "To confirm", Run.UnusualRows),
        .. Run.SetAsideRows > 0 ? [(RowFilter.SetAside, "Set aside", Run.SetAsideRows)] : Array.Empty<(RowFilter, string, int)>(), (RowFilter.All, "All rows", Run.Rows),
    ];

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (_shown != (Run.Id, Run.Version, Rows, After))
        {
            _shown = (Run.Id, Run.Version, Rows, After);
            await LoadAsync();
        }
    }

    private async Task LoadAsync()
    {
        try
        {
            _page = await Queries.RowsAsync(Run.Id, Rows, After, CancellationToken.None);
            var atFault = _page.Rows.SelectMany(r => r.Problems).Select(p => p.Field).ToHashSet();
            var mapped = Run.Kind.Fields.Where(f => Run.Mapping.Has(f.Key) || atFault.Contains(f.Key)).ToList();
            // Only what identifies a row and what is at fault: a wide file stays readable.
            var telling = mapped.Where(f => atFault.Contains(f.Key)).Concat(mapped.Where(f => f.Required && !atFault.Contains(f.Key))).Concat(mapped.Where(f => !f.Required && !atFault.Contains(f.Key)))
                .Take(Math.Max(MostColumns, atFault.Count)).ToHashSet();
            (_columns, _refusal) = (Rows == RowFilter.All ? mapped : [.. mapped.Where(telling.Contains)], null);
        }
        catch (RefusedException refusal)
        {
            _refusal = refusal.Message;
        }
    }

    private Task MendAsync(int row, string field, string? text) => DoAsync(() => Service.MendAsync(Run.Id, [new(row, field, text ?? "")], CancellationToken.None));

    private Task UseAsync(StagedRow row, Problem problem, string use, int same) => DoAsync(() => same > 1
        ? Service.MendAlikeAsync(Run.Id, problem.Field, row.Cells.GetValueOrDefault(problem.Field, ""), use, CancellationToken.None)
        : Service.MendAsync(Run.Id, [new(row.Row, problem.Field, use)], CancellationToken.None));

    private async Task CommitAsync()
    {
        await Service.CommitAsync(Run.Id, CancellationToken.None);
        Navigation.NavigateTo(Links.Import(Run.Id));
        await Changed.InvokeAsync();
    }

    private async Task DoAsync(Func<Task> act)
    {
        if (_working)
        {
            return;
        }

        _working = true;
        try
        {
            await act();
            _refusal = null;
            await Changed.InvokeAsync();
            await LoadAsync();
        }
        catch (RefusedException refusal)
        {
            _refusal = refusal.Message;
        }
        finally
        {
            _working = false;
        }
    }
}
