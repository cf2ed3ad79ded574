using Sourcing.Data.Common.Lists;

namespace Sourcing.Web.Shared;

/// <summary>The records of a list in the order in which the person saw them, and how to read on beyond the page.</summary>
/// <param name="List">The list's name.</param>
/// <param name="Hrefs">Where each row leads, in order.</param>
/// <param name="Before">Reads the page before; null when there is none.</param>
/// <param name="After">Reads the page after; null when there is none.</param>
public sealed record ListTrail(string List, IReadOnlyList<string> Hrefs, Func<Task<ListTrail>>? Before = null, Func<Task<ListTrail>>? After = null)
{
    /// <summary>The trail of one page of a list.</summary>
    public static ListTrail Of<TRow>(ListSource<TRow> source, Func<TRow, string> link, ListRequest request, Page<TRow> page) where TRow : class
    {
        async Task<ListTrail> ReadAsync(ListRequest other) => Of(source, link, other, await source.PageAsync(other, CancellationToken.None));
        return new(
            source.Name, [.. page.Rows.Select(link)],
            page.Previous is { } before ? () => ReadAsync(request with { Before = before, After = null }) : null,
            page.Next is { } after ? () => ReadAsync(request with { After = after, Before = null }) : null);
    }
}

/// <summary>What lists the person came through on this page of the browser: for the next record of the list, and for the way back to it.</summary>
public sealed class ListTrails
{
    private readonly List<ListTrail> _trails = [];
    private readonly Dictionary<string, string> _addresses = [];

    /// <summary>Says what a list shows now.</summary>
    /// <param name="path">The list's page: "/parts".</param>
    /// <param name="address">The same with filters, order and page, without the slash at the start.</param>
    public void Keep(ListTrail trail, string path, string address)
    {
        Keep(trail);
        _addresses[path] = "/" + address;
    }

    /// <summary>Says what a list shows now, where its page has no address of its own.</summary>
    public void Keep(ListTrail trail)
    {
        _trails.RemoveAll(t => t.List == trail.List);
        _trails.Insert(0, trail);
    }

    /// <summary>The last list that the record stood in; null when it was opened in another way.</summary>
    public ListTrail? Find(string href) => _trails.FirstOrDefault(t => t.Hrefs.Contains(href));

    /// <summary>The list's page as it was left: the same filters, order and page.</summary>
    public string AsLeft(string path) => _addresses.GetValueOrDefault(path, path);
}
