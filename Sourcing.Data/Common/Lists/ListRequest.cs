using System.Globalization;

namespace Sourcing.Data.Common.Lists;

/// <summary>What a list is asked for. It is written into the page's address and read back from it, so that a link shows the same.</summary>
public sealed record ListRequest
{
    /// <summary>Largest page, in rows.</summary>
    public const int LargestPage = 200;

    /// <summary>Free text; the room decides what it searches.</summary>
    public string Search { get; init; } = "";

    /// <summary>
    /// Raw filters by field key. Text: contained, any case. Choice: values with commas. Number, money, percent, date and moment:
    /// <c>from..to</c>, either side open. Flag: <c>yes</c> or <c>no</c>.
    /// </summary>
    public IReadOnlyDictionary<string, string> Filters { get; init; } = new Dictionary<string, string>();

    /// <summary>Key of the field to sort by; null for the list's own order.</summary>
    public string? Sort { get; init; }

    /// <summary>Largest first.</summary>
    public bool Descending { get; init; }

    /// <summary>Opaque cursor: rows after it.</summary>
    public string? After { get; init; }

    /// <summary>Opaque cursor: rows before it.</summary>
    public string? Before { get; init; }

    /// <summary>Rows on a page, 1 to <see cref="LargestPage"/>.</summary>
    public int Size { get; init; } = 50;

    /// <summary>Reads q, sort (with a minus for descending), after, before, size and f.KEY from an address. Unknown names are left alone.</summary>
    public static ListRequest FromQuery(IEnumerable<KeyValuePair<string, string?>> query)
    {
        var request = new ListRequest();
        var filters = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in query)
        {
            if (string.IsNullOrEmpty(value))
            {
                continue;
            }

            request = name switch
            {
                "q" => request with { Search = value.Length > 200 ? value[..200] : value },
                "sort" => request with { Sort = value.TrimStart('-'), Descending = value.StartsWith('-') },
                "after" => request with { After = value },
                "before" => request with { Before = value },
                "size" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var size)
                    => request with { Size = Math.Clamp(size, 1, LargestPage) },
                _ => request,
            };
            if (name.StartsWith("f.", StringComparison.Ordinal))
            {
                filters[name[2..]] = value;
            }
        }

        return request with { Filters = filters };
    }

    /// <summary>The opposite of <see cref="FromQuery"/>; what stands at its default is left out.</summary>
    public IReadOnlyDictionary<string, string> ToQuery()
    {
        var query = new Dictionary<string, string>();
        void Add(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                query[name] = value;
            }
        }

        Add("q", Search);
        Add("sort", Sort is null ? null : (Descending ? "-" : "") + Sort);
        foreach (var (key, value) in Filters)
        {
            Add("f." + key, value);
        }

        Add("after", After);
        Add("before", Before);
        Add("size", Size == 50 ? null : Size.ToString(CultureInfo.InvariantCulture));
        return query;
    }

    /// <summary>The same list from its first page, with one filter set, or cleared by null.</summary>
    public ListRequest With(string key, string? value)
    {
        var filters = new SortedDictionary<string, string>(Filters.ToDictionary(), StringComparer.Ordinal);
        if (string.IsNullOrEmpty(value))
        {
            filters.Remove(key);
        }
        else
        {
            filters[key] = value;
        }

        return FirstPage() with { Filters = filters };
    }

    /// <summary>The same list from its first page.</summary>
    public ListRequest FirstPage() => this with { After = null, Before = null };
}

/// <summary>One page of rows.</summary>
/// <param name="Rows">At most the asked number.</param>
/// <param name="Count">Rows that match, counted up to <see cref="CountLimit"/>.</param>
/// <param name="Next">Cursor for the page after this; null on the last.</param>
/// <param name="Previous">Cursor for the page before this; null on the first.</param>
/// <param name="Totals">Sums of amounts over all rows that match, by field key and currency; empty when more than <see cref="CountLimit"/> match.</param>
public sealed record Page<TRow>(IReadOnlyList<TRow> Rows, int Count, string? Next, string? Previous, IReadOnlyList<ListTotal> Totals)
{
    /// <summary>Beyond this many rows a list says "more than" instead of counting.</summary>
    public const int CountLimit = 10_000;

    /// <summary>More rows match than were counted.</summary>
    public bool More => Count > CountLimit;
}

/// <summary>The sum of one amount field in one currency.</summary>
public sealed record ListTotal(string Key, string Currency, decimal Sum);
