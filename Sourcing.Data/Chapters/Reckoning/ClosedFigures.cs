using System.Globalization;

namespace Sourcing.Data.Chapters.Reckoning;

/// <summary>What a monthly report keeps when it is closed.</summary>
/// <param name="TotalReferrals">Σ RGI + RGO.</param>
/// <param name="TotalBusiness">All closed business, of non-members too.</param>
/// <param name="AttendanceRate">The pooled percentage, 0 to 100 with 2 decimals; null without marks.</param>
/// <param name="CrossReferrals">Of the given ones, those that went outside the roster.</param>
/// <param name="CrossOneToOnes">With one side outside the roster.</param>
/// <param name="Batches">Hashes of the files that the month was imported from, sorted.</param>
/// <param name="Scheme">Key and version of the scheme in force: "global-2025 v1".</param>
public sealed record ClosedFigures(
    Period Month, int TotalReferrals, decimal TotalBusiness, decimal? AttendanceRate, int Meetings, int Holidays, int RosterStart, int RosterEnd, int Joins, int Leaves,
    int InChapterReferrals, int CrossReferrals, int InChapterOneToOnes, int CrossOneToOnes, decimal BusinessInside, decimal BusinessOutside, int Visitors, decimal Credits,
    IReadOnlyList<string> Batches, string Scheme)
{
    /// <summary>Works the figures out.</summary>
    public static ClosedFigures Of(Ledger ledger, Period month, Scheme scheme, IEnumerable<string> batches)
    {
        var figures = PeriodFigures.Of(ledger, month);
        var (counted, movement, chapter) = (figures.Counted, figures.Counted.Movement, figures.Business.Chapter);
        return new(
            month, figures.Referrals.Given, chapter.Total, Reckon.Round(figures.Tallies.Pooled.Attendance, 2), counted.Meetings.Count,
            ledger.Meetings.Count(m => m.State == MeetingState.Holiday && month.Covers(m.Date)), movement.Start, movement.End, movement.Joins, movement.Leaves,
            figures.Referrals.GrandTotal, figures.Referrals.Lines.Sum(l => l.ToOutside), figures.OneToOnes.InChapter, figures.OneToOnes.External, chapter.Inside, chapter.Outside,
            counted.Visits.Count, counted.Credits.Sum(c => c.Credits), [.. batches.Order(StringComparer.Ordinal)], $"{scheme.Key} v{scheme.Version}");
    }

    /// <summary>All values by name, as text in one fixed form: what two revisions are compared by, and what metadata keeps beside the three totals.</summary>
    public IReadOnlyDictionary<string, string?> Values => new Dictionary<string, string?>
    {
        ["total_referrals"] = Text(TotalReferrals), ["total_tyfcb"] = Text(TotalBusiness), ["attendance_rate"] = AttendanceRate?.ToString("0.00", CultureInfo.InvariantCulture), ["meetings"] = Text(Meetings), ["holidays"] = Text(Holidays),
        ["roster_start"] = Text(RosterStart), ["roster_end"] = Text(RosterEnd), ["joins"] = Text(Joins), ["leaves"] = Text(Leaves), ["in_chapter_referrals"] = Text(InChapterReferrals), ["cross_referrals"] = Text(CrossReferrals),
        ["in_chapter_one_to_ones"] = Text(InChapterOneToOnes), ["cross_one_to_ones"] = Text(CrossOneToOnes), ["inside"] = Text(BusinessInside), ["outside"] = Text(BusinessOutside), ["visitors"] = Text(Visitors), ["ceu"] = Text(Credits),
        ["batch_hashes"] = string.Join(' ', Batches), ["scheme_version"] = Scheme,
    };

    /// <summary>What stands in the way of closing: sentences, none if it can be closed.</summary>
    /// <param name="meetings">Of the chapter.</param>
    /// <param name="openIssues">Rows of imports that nobody has answered for yet.</param>
    public static IReadOnlyList<string> Obstacles(IEnumerable<MeetingDay> meetings, Period month, int openIssues)
    {
        var open = meetings.Where(m => month.Covers(m.Date) && m.State is (MeetingState.Planned or MeetingState.Draft)).OrderBy(m => m.Date).Select(m => m.Date.ToString("d MMMM", CultureInfo.InvariantCulture)).ToList();
        var obstacles = new List<string>();
        if (open.Count > 0)
        {
            obstacles.Add($"The meeting{(open.Count == 1 ? "" : "s")} of {string.Join(", ", open)} {(open.Count == 1 ? "is" : "are")} neither completed nor a holiday. Enter the attendance, or mark a holiday.");
        }

        if (openIssues > 0)
        {
            obstacles.Add($"{openIssues} imported row{(openIssues == 1 ? " waits" : "s wait")} for an answer. Assign or leave out what is open.");
        }

        return obstacles;
    }

    /// <summary>Attendance is to be complete by the 4th of the next month.</summary>
    public static DateOnly DueBy(Period month) => new DateOnly(month.Last.Year, month.Last.Month, 4).AddMonths(1);

    private static string Text(decimal value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}

/// <summary>One stored value that differs between two revisions.</summary>
public sealed record FigureDifference(string Name, string? Before, string? After)
{
    /// <summary>Every value that is not the same, by name in the order of the report.</summary>
    public static IReadOnlyList<FigureDifference> Of(IReadOnlyDictionary<string, string?> before, IReadOnlyDictionary<string, string?> after) =>
        [.. before.Keys.Union(after.Keys).Select(k => new FigureDifference(k, before.GetValueOrDefault(k), after.GetValueOrDefault(k))).Where(d => d.Before != d.After)];
}
