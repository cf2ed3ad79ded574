using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;

namespace Sourcing.Data.Common.Lists;

/// <summary>
/// The definition of one list: its columns, its order, and how a <see cref="ListRequest"/> becomes a bounded query. Rows are
/// records with init properties, projected from tables by an object initializer, so that filters and sorts reach the database.
/// Paging is by key, never by offset: the database reads one page whatever its number.
/// </summary>
public sealed class ListShape<TRow>(string name, string title, Expression<Func<TRow, Guid>> id) where TRow : class
{
    private readonly List<ListField<TRow>> _fields = [];
    private readonly Dictionary<string, string> _usual = [];

    /// <summary>The name in addresses, saved views and exports.</summary>
    public string Name { get; } = name;

    /// <summary>The page's title, in the plural.</summary>
    public string Title { get; } = title;

    /// <summary>The columns in their usual order.</summary>
    public IReadOnlyList<ListField<TRow>> Fields => _fields;

    /// <summary>The order when none is asked for.</summary>
    public string DefaultSort { get; private set; } = "";

    /// <summary>Largest first when none is asked for.</summary>
    public bool DefaultDescending { get; private set; }

    /// <summary>The key of a row.</summary>
    public Func<TRow, Guid> IdOf { get; } = id.Compile();

    /// <summary>Adds a column. The key is the property's name in camel case.</summary>
    public ListShape<TRow> Add<TValue>(
        Expression<Func<TRow, TValue>> value, string title, FieldKind kind, bool sortable = true, bool filterable = true, bool hidden = false,
        IReadOnlyList<Choice>? choices = null, Expression<Func<TRow, string>>? currency = null, bool totalled = false, Func<TRow, string?>? unit = null, int decimals = 8)
    {
        var property = ((MemberExpression)value.Body).Member.Name;
        var read = value.Compile();
        _fields.Add(new(char.ToLowerInvariant(property[0]) + property[1..], title, kind, value, row => read(row))
        {
            Choices = choices ?? (typeof(TValue).IsEnum ? ChoicesOf(typeof(TValue)) : []),
            Sortable = sortable, Filterable = filterable, Hidden = hidden, Currency = currency, Totalled = totalled, Unit = unit, MostDecimals = decimals,
        });
        return this;
    }

    /// <summary>Sets the order when none is asked for.</summary>
    public ListShape<TRow> OrderedBy(string key, bool descending = false)
    {
        (DefaultSort, DefaultDescending) = (Field(key).Key, descending);
        return this;
    }

    /// <summary>Narrows the list as long as nobody filters by this column: what is done with and of little use to most.</summary>
    /// <param name="raw">A filter as <see cref="ListRequest.Filters"/> writes it.</param>
    public ListShape<TRow> Usually(string key, string raw)
    {
        _usual[Field(key).Key] = raw;
        return this;
    }

    /// <summary>The column with this key; refuses an unknown one by name.</summary>
    public ListField<TRow> Field(string key) =>
        _fields.FirstOrDefault(f => f.Key == key) ?? throw new RefusedException($"The list has no column \"{key}\". Remove it from the address.");

    /// <summary>One page of what matches.</summary>
    /// <param name="rows">The room's projection, already searched.</param>
    public async Task<Page<TRow>> PageAsync(IQueryable<TRow> rows, ListRequest request, CancellationToken ct)
    {
        var matching = Filter(rows, request);
        var size = Math.Clamp(request.Size, 1, ListRequest.LargestPage);
        var (field, descending) = Order(request);
        var sort = ListExpressions.SortKey(field.Selector);
        var backwards = request.Before is not null;
        var cursor = request.Before ?? request.After;
        var query = cursor is null ? matching : matching.Where(ListExpressions.Beyond<TRow>(sort, id, cursor, descending != backwards));
        var found = await ListExpressions.Ordered(query, sort, id, descending != backwards).Take(size + 1).ToListAsync(ct);
        var more = found.Count > size;
        if (more)
        {
            found.RemoveAt(size);
        }

        if (backwards)
        {
            found.Reverse();
        }

        var count = await matching.Take(Page<TRow>.CountLimit + 1).CountAsync(ct);
        var totals = count > Page<TRow>.CountLimit ? [] : await TotalsAsync(matching, ct);
        var cursorOf = ListExpressions.CursorOf<TRow>(sort, id);
        return new(
            found,
            count,
            found.Count > 0 && (backwards || more) ? cursorOf(found[^1]) : null,
            found.Count > 0 && (backwards ? more : cursor is not null) ? cursorOf(found[0]) : null,
            totals);
    }

    /// <summary>Everything that matches, in order, as a stream: for exports.</summary>
    public IAsyncEnumerable<TRow> Stream(IQueryable<TRow> rows, ListRequest request)
    {
        var (field, descending) = Order(request);
        return ListExpressions.Ordered(Filter(rows, request), ListExpressions.SortKey(field.Selector), id, descending).AsAsyncEnumerable();
    }

    /// <summary>The rows that pass the request's filters.</summary>
    public IQueryable<TRow> Filter(IQueryable<TRow> rows, ListRequest request)
    {
        foreach (var (key, raw) in request.Filters.Concat(_usual.Where(u => !request.Filters.ContainsKey(u.Key))))
        {
            var field = Field(key);
            if (!field.Filterable)
            {
                throw new RefusedException($"The list cannot be filtered by {field.Title}.");
            }

            rows = rows.Where(ListFilters.Parse(field, raw));
        }

        return rows;
    }

    private (ListField<TRow> Field, bool Descending) Order(ListRequest request)
    {
        if (request.Sort is null)
        {
            return (Field(DefaultSort), DefaultDescending);
        }

        var field = Field(request.Sort);
        return field.Sortable ? (field, request.Descending) : throw new RefusedException($"The list cannot be sorted by {field.Title}.");
    }

    private async Task<IReadOnlyList<ListTotal>> TotalsAsync(IQueryable<TRow> matching, CancellationToken ct)
    {
        var totals = new List<ListTotal>();
        foreach (var field in _fields.Where(f => f.Totalled))
        {
            var grouped = await ListExpressions.SumByCurrency(matching, field.Selector, field.Currency!).ToListAsync(ct);
            totals.AddRange(grouped.OrderByDescending(g => g.Sum).Select(g => new ListTotal(field.Key, g.Currency, g.Sum)));
        }

        return totals;
    }

    private static Choice[] ChoicesOf(Type type) => [.. Enum.GetNames(type).Select(n => new Choice(Words.Snake(n), Words.Spaced(n)))];
}
