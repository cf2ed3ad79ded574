using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Sourcing.Data.Common;
using Sourcing.Data.Common.Lists;
using Sourcing.Data.Operations;

namespace Sourcing.Web.Shared;

/// <summary>A view that a page always offers, before those that people save.</summary>
/// <param name="Query">The query string without the question mark; empty gives the tab of the whole list another name.</param>
public sealed record ListView(string Name, string Query);

/// <summary>
/// The one list. It is a plain table and not a grid component: its heads are heads for a screen reader, its rows are links, and
/// print needs nothing. Its whole state is in the address.
/// </summary>
public sealed partial class DataList<TRow>
{
    private static readonly TimeSpan SkeletonAfter = TimeSpan.FromMilliseconds(150);

    private readonly Dictionary<string, RenderFragment<TRow>> _cells = [];
    private readonly Dictionary<string, Func<TRow, string>> _currencies = [];
    private readonly HashSet<Guid> _selected = [];
    private readonly TypedSearch _search = new();
    private ListAddress _address = new();
    private string _loaded = "";
    private Page<TRow>? _page;
    private string? _refusal;
    private bool _slow;
    private IReadOnlyList<SavedViewRow> _views = [];
    private IReadOnlyDictionary<string, int> _counts = new Dictionary<string, int>();
    private readonly CancellationTokenSource _leaving = new();
    private string _path = "";
    private CancellationTokenSource? _loading;

    /// <summary>The room's list.</summary>
    [Parameter, EditorRequired]
    public ListSource<TRow> Source { get; set; } = null!;

    /// <summary>Where a row leads.</summary>
    [Parameter]
    public Func<TRow, string>? Link { get; set; }

    /// <summary>What the search looks at: "Number, name, supplier's number".</summary>
    [Parameter]
    public string SearchHint { get; set; } = "Search";

    /// <summary><see cref="ListCell{TRow}"/>s for columns that need more than their format.</summary>
    [Parameter]
    public RenderFragment? Cells { get; set; }

    /// <summary>A row on a telephone.</summary>
    [Parameter]
    public RenderFragment<TRow>? Phone { get; set; }

    /// <summary>Buttons for the selected rows; rows can be selected when this is set.</summary>
    [Parameter]
    public RenderFragment<IReadOnlyList<Guid>>? Bulk { get; set; }

    /// <summary>When there is nothing at all.</summary>
    [Parameter]
    public RenderFragment? Empty { get; set; }

    /// <summary>More at the right of the toolbar.</summary>
    [Parameter]
    public RenderFragment? Tools { get; set; }

    /// <summary>Views that the page always offers.</summary>
    [Parameter]
    public IReadOnlyList<ListView> Views { get; set; } = [];

    /// <summary>Other pages that belong to the list, as tabs after its views; their query is a whole address.</summary>
    [Parameter]
    public IReadOnlyList<ListView> Also { get; set; } = [];

    /// <summary>Where deleted records of this list are brought back; the last of the views.</summary>
    [Parameter]
    public string? Deleted { get; set; }

    /// <summary>A class for a row that stands out.</summary>
    [Parameter]
    public Func<TRow, string?>? RowClass { get; set; }

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private Formats Format { get; set; } = null!;

    [Inject]
    private CurrentUser User { get; set; } = null!;

    [Inject]
    private SavedViewQueries SavedViews { get; set; } = null!;

    [Inject]
    private ListTrails Trails { get; set; } = null!;

    private string ExportQuery => _address.Query(withColumns: false) is var query
        && $"columns={string.Join(',', Shown.Select(f => f.Key))}" is var columns
            ? (query.Length == 0 ? columns : query + "&" + columns) + (Source.Within is { } within ? $"&within={within}" : "")
            : "";

    private bool HasViews => _views.Count > 0 || Views.Count > 0 || Also.Count > 0 || Deleted is not null;

    private bool MaySaveViews => User.Identity.Access == DatabaseAccess.Internal;

    private bool Filtered => _address.Request.Filters.Count > 0 || _address.Request.Search.Length > 0;

    private IReadOnlyList<ListField<TRow>> Shown { get; set; } = [];

    private bool AllSelected => _page!.Rows.Count > 0 && _page.Rows.All(r => _selected.Contains(Source.Shape.IdOf(r)));

    private bool SortsDescending => _address.Request.Sort is null ? Source.Shape.DefaultDescending : _address.Request.Descending;

    private string Range
    {
        get
        {
            var from = (_address.Request.After ?? _address.Request.Before) is null ? 1 : _address.At + 1;
            var count = _page!.More ? $"more than {Format.Number(Page<TRow>.CountLimit)}" : Format.Number(_page.Count);
            return $"{Format.Number(from)}–{Format.Number(from + _page.Rows.Count - 1)} of {count}";
        }
    }

    /// <summary>Reads the page again: after a bulk action, or when somebody else changed something.</summary>
    public Task ReloadAsync()
    {
        _loaded = "";
        return InvokeAsync(LoadAsync);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Navigation.LocationChanged -= OnMoved;
        // What is still under way sees its own token cancelled and stops; nothing may ask this one for a token any more.
        _leaving.Cancel();
        _loading?.Dispose();
        _search.Dispose();
        _leaving.Dispose();
    }

    /// <summary>Says how a column is drawn; rows that were read at once, and stand there without it, are drawn again.</summary>
    internal void Draw(string key, RenderFragment<TRow> cell)
    {
        var added = !_cells.ContainsKey(key);
        _cells[key] = cell;
        if (added && _page is not null)
        {
            StateHasChanged();
        }
    }

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        foreach (var field in Source.Shape.Fields.Where(f => f.Currency is not null))
        {
            _currencies[field.Key] = field.Currency!.Compile();
        }

        _path = new Uri(Navigation.Uri).AbsolutePath;
        Navigation.LocationChanged += OnMoved;
        await LoadAsync();
        if (MaySaveViews && _refusal is null)
        {
            await ViewsChangedAsync();
        }
    }

    private void OnMoved(object? sender, LocationChangedEventArgs e) => _ = InvokeAsync(async () =>
    {
        // The page is about to go when the path is another: what it would read now belongs to nobody.
        if (new Uri(e.Location).AbsolutePath == _path)
        {
            await LoadAsync();
        }
    });

    private async Task LoadAsync()
    {
        if (_leaving.IsCancellationRequested)
        {
            return;
        }

        _address = ListAddress.Of(Navigation.Uri);
        _search.Follow(_address.Request.Search);
        Shown = [.. _address.Columns.Count == 0
            ? Source.Shape.Fields.Where(f => !f.Hidden)
            : Source.Shape.Fields.Where(f => _address.Columns.Contains(f.Key))];
        if (Shown.Count == 0)
        {
            Shown = [.. Source.Shape.Fields.Where(f => !f.Hidden)];
        }

        var wanted = string.Join('&', _address.Request.ToQuery().Select(p => $"{p.Key}={p.Value}")) + "?";
        if (wanted == _loaded)
        {
            StateHasChanged();
            return;
        }

        var ct = Anew(ref _loading);
        var reading = Source.PageAsync(_address.Request, ct);
        if (await Task.WhenAny(reading, Task.Delay(SkeletonAfter, CancellationToken.None)) != reading)
        {
            _slow = true;
            StateHasChanged();
        }

        try
        {
            var page = await reading;
            if (ct.IsCancellationRequested)
            {
                return;
            }

            (_page, _refusal, _loaded) = (page, null, wanted);
            if (Link is not null)
            {
                Trails.Keep(ListTrail.Of(Source, Link, _address.Request, page), _path, Navigation.ToBaseRelativePath(Navigation.Uri));
            }
        }
        catch (Exception fault) when (ct.IsCancellationRequested && fault is not RefusedException)
        {
            return;
        }
        catch (RefusedException refusal) when (refusal is not DeniedException)
        {
            _refusal = refusal.Message;
        }

        _slow = false;
        StateHasChanged();
    }

    private async Task ViewsChangedAsync()
    {
        if (_leaving.IsCancellationRequested)
        {
            return;
        }

        var ct = _leaving.Token;
        try
        {
            _views = await SavedViews.ForListAsync(Source.Name, ct);
            var queries = _views.Select(v => v.Query).Concat(Views.Select(v => v.Query)).Append("").Distinct().ToList();
            _counts = !HasViews ? new Dictionary<string, int>() : await Source.CountsAsync(queries, ct);
            StateHasChanged();
        }
        catch (Exception fault) when (ct.IsCancellationRequested && fault is not RefusedException)
        {
            // The page went meanwhile.
        }
    }

    /// <summary>Cancels what the source was for; a new one that ends with the list.</summary>
    private CancellationToken Anew(ref CancellationTokenSource? source)
    {
        source?.Cancel();
        source?.Dispose();
        source = CancellationTokenSource.CreateLinkedTokenSource(_leaving.Token);
        return source.Token;
    }

    private void Go(ListAddress address) => Navigation.NavigateTo(address.On(Navigation));

    private Task AskAsync(ListRequest request)
    {
        Go(_address.Asking(request));
        return Task.CompletedTask;
    }

    private Task SearchTypedAsync(string? text) => _search.TypeAsync(text, wanted =>
    {
        Navigation.NavigateTo(_address.Asking(_address.Request with { Search = wanted }).On(Navigation), replace: _address.Request.Search.Length > 0);
        return Task.CompletedTask;
    });

    private bool Sorts(ListField<TRow> field) => field.Key == (_address.Request.Sort ?? Source.Shape.DefaultSort);

    private string? AriaSort(ListField<TRow> field) => !field.Sortable ? null : !Sorts(field) ? "none" : SortsDescending ? "descending" : "ascending";

    private Task SortAsync(ListField<TRow> field) =>
        AskAsync(_address.Request with { Sort = field.Key, Descending = Sorts(field) && !SortsDescending });

    private void NextPage() => Go(_address with
    {
        Request = _address.Request with { After = _page!.Next, Before = null },
        At = (_address.Request.FirstPage() == _address.Request ? 0 : _address.At) + _page.Rows.Count,
    });

    private void PreviousPage()
    {
        var at = Math.Max(0, _address.At - _address.Request.Size);
        Go(_address with { Request = at == 0 ? _address.Request.FirstPage() : _address.Request with { Before = _page!.Previous, After = null }, At = at });
    }

    private void ShowColumn(ListField<TRow> field)
    {
        var keys = Shown.Contains(field) ? Shown.Where(f => f != field) : Shown.Append(field);
        var wanted = keys.Select(f => f.Key).ToHashSet();
        Go(_address with { Columns = [.. Source.Shape.Fields.Where(f => wanted.Contains(f.Key)).Select(f => f.Key)] });
    }

    private void Select(Guid id)
    {
        if (!_selected.Remove(id))
        {
            _selected.Add(id);
        }
    }

    private void SelectAll()
    {
        var all = AllSelected;
        foreach (var id in _page!.Rows.Select(Source.Shape.IdOf))
        {
            if (all)
            {
                _selected.Remove(id);
            }
            else
            {
                _selected.Add(id);
            }
        }
    }

    /// <summary>Forgets which rows were selected: after a bulk action.</summary>
    public void ClearSelection() => _selected.Clear();

    private string Name(TRow row) => TextOf(Source.Shape.Fields[0], row);

    private string TextOf(ListField<TRow> field, TRow row)
    {
        var value = field.Value(row);
        return field.Kind is FieldKind.Money or FieldKind.Number && value is decimal amount ? Format.Number(amount, DecimalsOf(field), DecimalsOf(field)) : Format.Value(value, field.Kind);
    }

    // The same decimals down a column, as many as its longest figure needs: two to four for prices, none for sums of money.
    private int DecimalsOf(ListField<TRow> field)
    {
        var (least, most) = field.Kind == FieldKind.Number ? (0, field.MostDecimals) : field.Totalled ? (0, 0) : (2, 4);
        return Math.Clamp(_page?.Rows.Select(field.Value).OfType<decimal>().Select(v => (int)(v / 1.0000000000000000000000000000m).Scale).DefaultIfEmpty(least).Max() ?? least, least, most);
    }

    private string? CurrencyOf(ListField<TRow> field, TRow row) =>
        field.Value(row) is not null && _currencies.TryGetValue(field.Key, out var currency) ? currency(row) : null;

    private static string? UnitOf(ListField<TRow> field, TRow row) => field.Value(row) is null ? null : field.Unit?.Invoke(row);

    private static string CellClass(ListField<TRow> field) => field.Numeric ? "num" : field.Kind is FieldKind.Code ? "code" : "";
}
