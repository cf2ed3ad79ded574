using Sourcing.Data.Chapters.Reckoning;
using Sourcing.Data.Common.Files;

namespace Sourcing.Data.Chapters.Reports;

/// <summary>Members against members as sheets: names in the heads turned, deeper shades for more, the diagonal empty.</summary>
internal static class ReportMatrixSheets
{
    public static BookSheet Referrals(ReportContent report)
    {
        var (figures, n) = (report.Figures, report.Figures.Roster.Count);
        var rows = figures.Referrals.Select((l, i) => (object?[])[l.Person.Name, .. Cells(n, i, figures.Gave), l.RowTotal, l.RowUnique, l.ToOutside, l.Rgi, l.Rgo]).ToList();
        rows.Add([Strong("Received from members"), .. figures.Referrals.Select(l => Strong(l.ColumnTotal)), Strong(figures.ReferralsInside)]);
        rows.Add(["Different givers", .. figures.Referrals.Select(l => (object?)l.ColumnUnique)]);
        rows.Add(["From outside", .. figures.Referrals.Select(l => (object?)l.FromOutside)]);
        return Matrix(report, "Referrals", "Gave to", ["To members", "Different receivers", "To outside", "Given, tier 1", "Given, tier 2"], rows);
    }

    public static BookSheet OneToOnes(ReportContent report)
    {
        var (figures, n) = (report.Figures, report.Figures.Roster.Count);
        var rows = figures.OneToOnes.Select((l, i) => (object?[])[l.Person.Name, .. Cells(n, i, figures.MetWith), l.RowTotal, l.Unique, l.External, l.Total]).ToList();
        rows.Add([]);
        rows.Add([Strong("Pairs who met, %"), new DecimalCell(figures.Coverage)]);
        return Matrix(report, "One-to-ones", "Met", ["With members", "Different members", "With outside", "Together"], rows);
    }

    /// <summary>Cells, the four counts, and the four counts of each month where there are several.</summary>
    public static BookSheet Combination(ReportContent report)
    {
        var (figures, n) = (report.Figures, report.Figures.Roster.Count);
        var blocks = figures.Months.Count > 1 ? figures.Months : [];
        var rows = figures.Ties.Select((c, i) => (object?[])[figures.Roster[i].Name, .. Cells(n, i, (r, j) => (int?)figures.Tie(r, j)), .. Counts(c), .. blocks.SelectMany(m => MonthOf(m, figures.Roster[i]))]).ToList();
        return Matrix(
            report, "Combination", "Referral and one-to-one",
            ["Neither", "One-to-one only", "Referral only", "Both", .. blocks.SelectMany(m => new[] { "neither", "one-to-one", "referral", "both" }.Select(w => $"{m.Counted.Period.Title} {w}"))], rows);
    }

    private static BookSheet Matrix(ReportContent report, string name, string corner, IReadOnlyList<string> margins, IReadOnlyList<object?[]> rows) =>
        new(name, $"{name} – Period {ChapterReportBook.Titled(report.Period)}", [corner, .. report.Figures.Roster.Select(p => p.Name), .. margins], rows)
        {
            Turned = report.Figures.Roster.Count > 0 ? (2, report.Figures.Roster.Count + 1) : null,
        };

    private static IEnumerable<object?> Cells(int n, int row, Func<int, int, int?> of) => Enumerable.Range(0, n).Select(j => (object?)(of(row, j) is not { } count
        ? new TintCell(null, Tint.Blank)
        : new TintCell(count, count switch { <= 0 => Tint.Zero, 1 => Tint.Light, 2 => Tint.Middle, _ => Tint.Deep })));

    private static object?[] Counts(TieCounts counts) => [counts.Neither, counts.OneToOneOnly, counts.ReferralOnly, counts.Both];

    // Who was no member in a month has no counts there.
    private static object?[] MonthOf(PeriodFigures month, Person person) => month.Counted.PlaceOf(person.Id) is >= 0 and var at ? Counts(month.Combination.Counts[at]) : [null, null, null, null];

    private static StrongCell Strong(object value) => new(value);
}
