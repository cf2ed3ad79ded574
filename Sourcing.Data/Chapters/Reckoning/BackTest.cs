namespace Sourcing.Data.Chapters.Reckoning;

/// <summary>How many members are in each band.</summary>
public sealed record BandCounts(int Green, int Yellow, int Red, int Grey)
{
    public int Sum => Green + Yellow + Red + Grey;

    public static BandCounts Of(IEnumerable<Band> bands)
    {
        var all = bands.ToLookup(b => b);
        return new(all[Band.Green].Count(), all[Band.Yellow].Count(), all[Band.Red].Count(), all[Band.Grey].Count());
    }
}

/// <summary>Somebody whom the draft puts into another band.</summary>
public sealed record BandMove(Person Person, decimal PointsBefore, Band Before, decimal PointsAfter, Band After);

/// <summary>One closed month under both schemes.</summary>
/// <param name="Window">The window that ended with the month.</param>
/// <param name="Moves">Whose band changes: the largest loss of points first, then by name.</param>
public sealed record BackTestMonth(Period Window, BandCounts Before, BandCounts After, IReadOnlyList<BandMove> Moves);

/// <summary>What a draft of a scheme would have said of closed months, beside what the active one says. Nothing is activated by it.</summary>
public sealed record BackTest(Scheme Active, Scheme Draft, IReadOnlyList<BackTestMonth> Months)
{
    /// <summary>Scores each window with both.</summary>
    /// <param name="windows">What was counted in the window of each closed month.</param>
    public static BackTest Of(Scheme active, Scheme draft, IEnumerable<(Period Window, TallyTable Tallies)> windows) =>
        new(active, draft, [.. windows.OrderBy(w => w.Window.Last).Select(w => Month(active, draft, w.Window, w.Tallies))]);

    private static BackTestMonth Month(Scheme active, Scheme draft, Period window, TallyTable tallies)
    {
        var both = tallies.Roster.Zip(tallies.Lines, (person, tally) => (Person: person, Before: active.Score(tally), After: draft.Score(tally))).ToList();
        var moves = both.Where(b => b.Before.Band != b.After.Band).Select(b => new BandMove(b.Person, b.Before.Points, b.Before.Band, b.After.Points, b.After.Band))
            .OrderBy(m => m.PointsAfter - m.PointsBefore).ThenBy(m => m.Person.Name, StringComparer.OrdinalIgnoreCase);
        return new(window, BandCounts.Of(both.Select(b => b.Before.Band)), BandCounts.Of(both.Select(b => b.After.Band)), [.. moves]);
    }
}
