namespace Sourcing.Data.Chapters.Files;

/// <summary>What a new upload changes against the batch of the same scope that it would replace.</summary>
/// <param name="Added">In the new one alone.</param>
/// <param name="Removed">In the old one alone.</param>
/// <param name="Unchanged">In both: the new one's rows.</param>
public sealed record RowDiff<T>(IReadOnlyList<T> Added, IReadOnlyList<T> Removed, IReadOnlyList<T> Unchanged) where T : IReportRow
{
    /// <summary>The new upload would change nothing.</summary>
    public bool IsEmpty => Added.Count == 0 && Removed.Count == 0;
}

/// <summary>Compares two readings.</summary>
public static class RowDiff
{
    /// <summary>
    /// Compares by content and number, and not by place: equal rows are legitimate, so that three of a kind against two are one added and two unchanged.
    /// Added + unchanged is the new one, removed + unchanged the old one.
    /// </summary>
    public static RowDiff<T> Of<T>(IEnumerable<T> before, IEnumerable<T> after) where T : IReportRow
    {
        var left = new Dictionary<string, Queue<T>>(StringComparer.Ordinal);
        foreach (var row in before)
        {
            (left.TryGetValue(row.Content, out var rows) ? rows : left[row.Content] = new()).Enqueue(row);
        }

        var (added, unchanged) = (new List<T>(), new List<T>());
        foreach (var row in after)
        {
            var isKnown = left.TryGetValue(row.Content, out var rows) && rows.TryDequeue(out _);
            (isKnown ? unchanged : added).Add(row);
        }

        return new(added, [.. left.Values.SelectMany(r => r).OrderBy(r => r.Row)], unchanged);
    }
}
