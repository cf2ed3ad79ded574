using Microsoft.EntityFrameworkCore;

namespace Sourcing.Data.Common.Lists;

/// <summary>A list by its name: for exports and saved views.</summary>
public interface IListSource
{
    /// <summary>The name in addresses, saved views and exports.</summary>
    string Name { get; }

    /// <summary>The list's title, in the plural.</summary>
    string Title { get; }

    /// <summary>Who may see it.</summary>
    Permission Permission { get; }

    /// <summary>Key of the one record that the list is narrowed to, as a chapter's slips are; null for everything that one may read. Pages and their exports say the same.</summary>
    Guid? Within { get; set; }

    /// <summary>Heads of the named columns, or of all when none is named.</summary>
    IReadOnlyList<string> Heads(IReadOnlyList<string> keys);

    /// <summary>Hands every row that matches to <paramref name="write"/>, one at a time, in order.</summary>
    /// <param name="keys">Columns wanted, or none for all.</param>
    Task ExportAsync(ListRequest request, IReadOnlyList<string> keys, Func<IReadOnlyList<object?>, ValueTask> write, CancellationToken ct);
}

/// <summary>One list of a room: what it shows, who may see it, and which rows a search finds. Pages and exports both read through it.</summary>
public abstract class ListSource<TRow>(Database database, CurrentUser user) : IListSource where TRow : class
{
    /// <summary>Columns and order.</summary>
    public abstract ListShape<TRow> Shape { get; }

    /// <inheritdoc/>
    public abstract Permission Permission { get; }

    /// <inheritdoc/>
    public string Name => Shape.Name;

    /// <inheritdoc/>
    public string Title => Shape.Title;

    /// <inheritdoc/>
    public Guid? Within { get; set; }

    /// <summary>The person who looks.</summary>
    protected CurrentUser User => user;

    /// <inheritdoc/>
    public IReadOnlyList<string> Heads(IReadOnlyList<string> keys) => [.. Cells(keys).Select(c => c.Head)];

    /// <summary>One page.</summary>
    public Task<Page<TRow>> PageAsync(ListRequest request, CancellationToken ct)
    {
        user.Demand(Permission);
        return database.ReadAsync(
            async (db, token) =>
            {
                await PrepareAsync(db, token);
                return await Shape.PageAsync(Rows(db, request.Search.Trim()), Ranked(request), token);
            }, ct);
    }

    /// <summary>How many rows each of several questions finds, by query string, counted up to <see cref="Page{TRow}.CountLimit"/>. A question that the list refuses is left out.</summary>
    /// <param name="queries">Query strings as <see cref="ListRequest.FromQuery"/> reads them; at most 60.</param>
    public Task<IReadOnlyDictionary<string, int>> CountsAsync(IReadOnlyList<string> queries, CancellationToken ct)
    {
        user.Demand(Permission);
        return database.ReadAsync<IReadOnlyDictionary<string, int>>(
            async (db, token) =>
            {
                await PrepareAsync(db, token);
                var counts = new Dictionary<string, int>();
                foreach (var query in queries.Take(60))
                {
                    var request = ListRequest.FromQuery(Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(query).Select(p => KeyValuePair.Create(p.Key, (string?)p.Value.ToString())));
                    try
                    {
                        counts[query] = await Shape.Filter(Rows(db, request.Search.Trim()), request).Take(Page<TRow>.CountLimit + 1).CountAsync(token);
                    }
                    catch (RefusedException)
                    {
                        // A view saved before a column went: its tab says so when it is opened.
                    }
                }

                return counts;
            },
            ct);
    }

    /// <inheritdoc/>
    public Task ExportAsync(ListRequest request, IReadOnlyList<string> keys, Func<IReadOnlyList<object?>, ValueTask> write, CancellationToken ct)
    {
        user.Demand(Permission);
        var cells = Cells(keys);
        var begun = false;
        return database.WriteAsync(
            async (db, token) =>
            {
                // What was written cannot be taken back, so a lost connection is not tried again from the start.
                if (begun)
                {
                    throw new RefusedException("The connection to the database was lost in the middle of the export. Start it again.");
                }

                await db.Database.ExecuteSqlAsync($"set local statement_timeout = '5min'", token);
                await PrepareAsync(db, token);
                await foreach (var row in Shape.Stream(Rows(db, request.Search.Trim()), request).WithCancellation(token))
                {
                    begun = true;
                    await write([.. cells.Select(c => c.Value(row))]);
                }
            },
            ct);
    }

    /// <summary>Key of the field that ranks what a search finds, best first; null where a list keeps its order.</summary>
    protected virtual string? SearchRank => null;

    /// <summary>What <see cref="Rows"/> has to know before: nothing, for most lists.</summary>
    protected virtual Task PrepareAsync(SourcingDb db, CancellationToken ct) => Task.CompletedTask;

    /// <summary>The projection, narrowed by the search text when there is one.</summary>
    protected abstract IQueryable<TRow> Rows(SourcingDb db, string search);

    // Somebody who searches wants the best hit on top, unless they said how to sort.
    private ListRequest Ranked(ListRequest request) => request is { Sort: null, Search.Length: > 0 } && SearchRank is { } rank
        ? request with { Sort = rank, Descending = true }
        : request;

    // A figure without its currency or unit says nothing: each goes into a cell of its own.
    private List<(string Head, Func<TRow, object?> Value)> Cells(IReadOnlyList<string> keys)
    {
        var cells = new List<(string Head, Func<TRow, object?> Value)>();
        foreach (var field in keys.Count == 0 ? Shape.Fields : keys.Select(Shape.Field))
        {
            cells.Add((field.Title, field.Value));
            if (field.Currency?.Compile() is { } currency)
            {
                cells.Add(($"{field.Title}, currency", row => field.Value(row) is null ? null : currency(row)));
            }

            if (field.Unit is { } unit)
            {
                cells.Add(($"{field.Title}, unit", row => field.Value(row) is null ? null : unit(row)));
            }
        }

        return cells;
    }
}
