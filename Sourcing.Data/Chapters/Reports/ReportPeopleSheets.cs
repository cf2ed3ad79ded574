using Sourcing.Data.Chapters.Reckoning;
using Sourcing.Data.Common.Files;

namespace Sourcing.Data.Chapters.Reports;

/// <summary>Who left and who has nothing together; members of this period and the one before beside each other.</summary>
internal static class ReportPeopleSheets
{
    public static BookSheet Inactive(ReportContent report)
    {
        var rows = new List<object?[]>();
        foreach (var line in report.Leavers)
        {
            rows.Add([line.Person.Name, line.LastSeen.Title, line.Present, line.Total, line.Tally.Referrals, line.Tally.Received, line.Tally.OneToOnes, new MoneyCell(line.Tally.Business)]);
        }

        if (rows.Count == 0)
        {
            rows.Add(["Nobody who was on the roster has left."]);
        }

        var pairs = report.Figures.InactivePairs();
        rows.Add([]);
        rows.Add([ChapterReportBook.Strong($"Pairs with nothing in either direction: {pairs.Count}")]);
        rows.AddRange(report.Figures.Roster.Select(p => (p.Name, With: pairs.Where(x => x.First.Id == p.Id || x.Second.Id == p.Id).Select(x => x.First.Id == p.Id ? x.Second.Name : x.First.Name).ToList()))
            .Where(x => x.With.Count > 0).Select(x => (object?[])[x.Name, x.With.Count, string.Join(", ", x.With)]));
        return new(
            "Inactive", $"Inactive – Period {ChapterReportBook.Titled(report.Period)}",
            ["Left; thank you", "Last month", "Months present", "Months in all", "Referrals given", "Referrals received", "One-to-ones", "Closed business"], rows);
    }

    /// <summary>Counts over common partners, referrals of now and before, and those with neither: a rise in these is red.</summary>
    public static BookSheet Comparison(ReportContent report)
    {
        string[] heads = ["Member", "Neither", "One-to-one only", "Referral only", "Both", "Referrals now", "Referrals before", "Change", "Neither before", "Change in neither", "Improvement"];
        if (report.Compared is not { } compared)
        {
            return new("Comparison", $"Comparison – Period {ChapterReportBook.Titled(report.Period)}", heads, [["There was no completed meeting in the months before."]]);
        }

        var given = compared[Compared.Given].Lines.ToDictionary(l => l.Person.Id);
        var rows = compared.Ties.Select(t => Line(t, given[t.Person.Id])).ToList();
        rows.Add([]);
        rows.Add([ChapterReportBook.Strong("Whole roster of each"), null, null, null, null, compared[Compared.Given].TotalAfter, compared[Compared.Given].TotalBefore, compared[Compared.Given].TotalAfter - compared[Compared.Given].TotalBefore]);
        rows.Add([$"Only now: {Names(compared.Joiners)}"]);
        rows.Add([$"Only before: {Names(compared.Leavers)}"]);
        rows.Add([$"Counts are of members who are in both periods. Improvement: more of both, less more of neither."]);
        return new("Comparison", $"Comparison with {ChapterReportBook.Titled(compared.Before)} – Period {ChapterReportBook.Titled(report.Period)}", heads, rows);
    }

    private static object?[] Line(ComparedTies ties, ComparedLine given)
    {
        var more = ties.After.Neither - ties.Before.Neither;
        return
        [
            ties.Person.Name, ties.After.Neither, ties.After.OneToOneOnly, ties.After.ReferralOnly, ties.After.Both, given.After, given.Before, given.Delta, ties.Before.Neither,
            more > 0 ? new TintCell(more, Tint.Worse) : more, ties.Improvement,
        ];
    }

    private static string Names(IReadOnlyList<Person> people) => people.Count == 0 ? "nobody" : string.Join(", ", people.Select(p => p.Name));
}
