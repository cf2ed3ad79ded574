using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;
using Sourcing.Data.Common.Lists;

namespace Sourcing.Web.Shared;

/// <summary>The whole state of a list as the page's address holds it. What else stands in the query is kept.</summary>
internal sealed record ListAddress
{
    private static readonly string[] Own = ["q", "sort", "after", "before", "size", "columns", "density", "saved", "at"];

    public ListRequest Request { get; init; } = new();

    /// <summary>Keys of the columns shown; empty for the list's own choice.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>Rows of 36 instead of 28.</summary>
    public bool Roomy { get; init; }

    /// <summary>The saved view that was opened, while nothing was changed.</summary>
    public Guid? Saved { get; init; }

    /// <summary>How many rows stand before the first of this page.</summary>
    public int At { get; init; }

    private IReadOnlyList<KeyValuePair<string, string>> Foreign { get; init; } = [];

    public static ListAddress Of(string uri)
    {
        var pairs = QueryHelpers.ParseQuery(new Uri(uri).Query).SelectMany(q => q.Value.Select(v => KeyValuePair.Create(q.Key, v ?? ""))).ToList();
        string? Value(string key) => pairs.FirstOrDefault(p => p.Key == key).Value;
        return new()
        {
            Request = ListRequest.FromQuery(pairs.Select(p => KeyValuePair.Create(p.Key, (string?)p.Value))),
            Columns = Value("columns")?.Split(',', StringSplitOptions.RemoveEmptyEntries) ?? [],
            Roomy = Value("density") == "normal",
            Saved = Guid.TryParse(Value("saved"), out var saved) ? saved : null,
            At = int.TryParse(Value("at"), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var at) ? at : 0,
            Foreign = [.. pairs.Where(p => !Own.Contains(p.Key) && !p.Key.StartsWith("f.", StringComparison.Ordinal))],
        };
    }

    /// <summary>What a saved view and an export need: filters, order, columns; no page.</summary>
    public string Query(bool withColumns = true)
    {
        var pairs = Request.FirstPage().ToQuery().Select(p => KeyValuePair.Create(p.Key, (string?)p.Value)).ToList();
        if (withColumns && Columns.Count > 0)
        {
            pairs.Add(new("columns", string.Join(',', Columns)));
        }

        return QueryString.Create(pairs).Value!.TrimStart('?');
    }

    /// <summary>The address that shows this.</summary>
    public string On(NavigationManager navigation)
    {
        var pairs = Foreign.Select(p => KeyValuePair.Create(p.Key, (string?)p.Value)).ToList();
        pairs.AddRange(Request.ToQuery().Select(p => KeyValuePair.Create(p.Key, (string?)p.Value)));
        void Add(string key, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                pairs.Add(new(key, value));
            }
        }

        Add("columns", string.Join(',', Columns));
        Add("density", Roomy ? "normal" : null);
        Add("saved", Saved?.ToString());
        Add("at", At > 0 && (Request.After ?? Request.Before) is not null ? At.ToString(System.Globalization.CultureInfo.InvariantCulture) : null);
        return new Uri(navigation.Uri).AbsolutePath + QueryString.Create(pairs).Value;
    }

    /// <summary>Another question, from its first page, no longer what was saved.</summary>
    public ListAddress Asking(ListRequest request) => this with { Request = request.FirstPage(), At = 0, Saved = null };
}
