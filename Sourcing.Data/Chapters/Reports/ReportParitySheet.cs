using Sourcing.Data.Chapters.Reckoning;
using Sourcing.Data.Common.Files;

namespace Sourcing.Data.Chapters.Reports;

/// <summary>The columns of the network's own attendance summary, so that the two can be laid beside each other.</summary>
internal static class ReportParitySheet
{
    private static readonly string[] Heads = ["Member", "P", "A", "L", "M", "S", "RGI", "RGO", "RRI", "RRO", "V", "T", "1-2-1", "TYFCB", "CEU", "Attendance, %", "In person, %"];

    public static BookSheet Of(ReportContent report)
    {
        var figures = report.Figures;
        var attendance = report.Attendance.ToDictionary(a => a.Person.Id);
        var rows = figures.Roster.Select((p, i) => Line(p.Name, attendance.GetValueOrDefault(p.Id), figures.Referrals[i], figures.Tallies.Lines[i])).ToList();
        if (figures.Roster.Count > 0)
        {
            rows.Add(Total(figures, report.Lights.IsWhole));
        }

        if (!report.Lights.IsWhole)
        {
            rows.Add([]);
            rows.Add(["How somebody attended is for each member, for leaders and the committee, and for members where the chapter shares points."]);
        }

        return new("PALMS", $"PALMS – Period {ChapterReportBook.Titled(report.Period)}", Heads, rows);
    }

    private static object?[] Line(string name, AttendanceLine? attended, ReferralLine slips, Tally tally) =>
    [
        name, attended?.Present, attended?.Absent, attended?.Late, attended?.Medical, attended?.Substitute, slips.Rgi, slips.Rgo, slips.Rri, slips.Rro, tally.Visitors, tally.Testimonials, tally.OneToOnes,
        new MoneyCell(tally.Business), new DecimalCell(tally.Credits), new DecimalCell(100 * attended?.Share), new DecimalCell(attended is null ? null : 100 * tally.InPerson),
    ];

    private static object?[] Total(SummedFigures figures, bool whole)
    {
        var (sum, slips) = (figures.Tallies.Pooled, figures.Referrals);
        object?[] marks = whole ? [sum.Present, sum.Absent, sum.Late, sum.Medical, sum.Substitute] : [null, null, null, null, null];
        object?[] rest = [slips.Sum(l => l.Rgi), slips.Sum(l => l.Rgo), slips.Sum(l => l.Rri), slips.Sum(l => l.Rro), sum.Visitors, sum.Testimonials, sum.OneToOnes, new MoneyCell(sum.Business), new DecimalCell(sum.Credits)];
        object?[] shares = whole ? [new DecimalCell(sum.Attendance), new DecimalCell(100 * sum.InPerson)] : [];
        return [.. marks.Concat(rest).Concat(shares).Prepend("Total").Select(v => ChapterReportBook.Strong(v))];
    }
}
