using Sourcing.Data.Chapters.Reckoning;
using Sourcing.Data.Common.Files;

namespace Sourcing.Data.Chapters.Reports;

/// <summary>Charts with the figures they are drawn from: months as lines and columns, bands as a ring, members as bars.</summary>
internal static class ReportChartSheet
{
    // Title and heads.
    private const int HeadRows = 2;
    private const string Accent = "3A4FC9";
    private const string Second = "0E8791";
    private const string Third = "C77700";

    private static readonly Band[] Bands = [Band.Green, Band.Yellow, Band.Red, Band.Grey];

    public static BookSheet Of(ReportContent report)
    {
        var rows = new List<object?[]>();
        rows.AddRange(report.Months.Select(m => (object?[])[$"{m.Month:MM/yyyy}", m.Referrals, m.OneToOnes, new MoneyCell(m.ClosedBusiness), new DecimalCell(100 * m.Attendance), m.Visitors]));
        var months = (First: HeadRows + 1, Last: HeadRows + rows.Count);
        var charts = new List<BookChart>
        {
            new(ChartShape.Lines, "Referrals and one-to-ones by month", months.First, months.Last, [new("Referrals", 2, Accent), new("One-to-ones", 3, Second)], (7, 2), (6, 16)),
            new(ChartShape.Columns, $"Closed business by month, {report.Rights.Currency}", months.First, months.Last, [new("Closed business", 4, Accent)], (14, 2), (6, 16)),
            new(ChartShape.Lines, "Attendance by month, %", months.First, months.Last, [new("Attendance, %", 5, Second)], (7, 19), (6, 16)) { Format = "0" },
        };
        if (report.Lights.IsWhole && report.Lights.Members.Count > 0)
        {
            charts.Add(Ring(report, rows));
        }

        if (report.Figures.Roster.Count > 0)
        {
            charts.AddRange(Members(report, rows));
        }

        return new("Charts", $"Charts – Period {ChapterReportBook.Titled(report.Period)}", ["Month", "Referrals", "One-to-ones", "Closed business", "Attendance, %", "Visitors"], rows) { Charts = charts };
    }

    private static BookChart Ring(ReportContent report, List<object?[]> rows)
    {
        rows.Add([]);
        rows.Add([ChapterReportBook.Strong("Band"), ChapterReportBook.Strong("Members")]);
        var first = HeadRows + rows.Count + 1;
        rows.AddRange(Bands.Select(b => (object?[])[new TintCell(b.ToString(), ChapterReportBook.TintOf(b)), report.Lights.In(b).Count]));
        return new(ChartShape.Ring, "Members by traffic light", first, HeadRows + rows.Count, [new("Members", 2, Accent)], (14, 19), (6, 16)) { Parts = ["1D8A50", "C77700", "D0353A", "6E788A"] };
    }

    private static IEnumerable<BookChart> Members(ReportContent report, List<object?[]> rows)
    {
        rows.Add([]);
        rows.Add([.. new[] { "Member", "Given", "Received", "One-to-ones", "Closed business" }.Select(ChapterReportBook.Strong)]);
        var first = HeadRows + rows.Count + 1;
        rows.AddRange(report.Figures.Roster.Zip(report.Figures.Tallies.Lines).Select(x => (object?[])[x.First.Name, x.Second.Referrals, x.Second.Received, x.Second.OneToOnes, new MoneyCell(x.Second.Business)]));
        var (last, high) = (HeadRows + rows.Count, Math.Max(12, report.Figures.Roster.Count));
        yield return new(ChartShape.Bars, "Referrals given and received by member", first, last, [new("Given", 2, Accent), new("Received", 3, Second)], (7, 36), (6, high + 6));
        yield return new(ChartShape.Bars, $"Closed business by member, {report.Rights.Currency}", first, last, [new("Closed business", 5, Third)], (14, 36), (6, high + 6));
    }
}
