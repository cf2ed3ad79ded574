using Sourcing.Data.Chapters.Files;
using Sourcing.Data.Chapters.Reckoning;
using static Sourcing.Web.Tests.Chapters.Files.MadeReport;

namespace Sourcing.Web.Tests.Chapters.Files;

public sealed class ReportKindTests
{
    private static readonly ReportContext Open = Context with { Chosen = null };

    [Fact]
    public void A_summary_is_read_and_lines_that_are_nobodys_are_shown()
    {
        var report = Xml(Summary, "Anna|Berg|#20|#1|#2|#0|#0|#5|#6|#3|#4|#2|#1|#8|#1200.5|#3", "Ben|Carter|#22|#0|#0|#0|#1|#0|#0|#0|#0|#0||#0|#0|#0", "Visitors||#0||||||||#4", "BNI||||||||#2", "Total||#765|#1").Read();
        Assert.Equal(ReportKind.PalmsSummary, report.Kind);
        Assert.Empty(report.Issues);
        var anna = report.Summary[0];
        Assert.Equal((Member("Anna Berg"), 20, 6, 8, 1200.5m, 3m), (anna.Member.Member!.Value, anna.Counts[Heading.Present], anna.Counts[Heading.ReferralsGivenOutside], anna.Counts[Heading.OneToOnes], anna.ClosedBusiness!.Value, anna.Credits!.Value));
        Assert.False(report.Summary[1].Counts.ContainsKey(Heading.Testimonials));
        var line = anna.Reported!;
        Assert.Equal((2, Member("Anna Berg"), 14), (line.Row, line.Person, line.Values.Count));
        Assert.Equal((20m, 5m, 3m, 8m, 1200.5m, 3m), (line.Values[SummaryColumn.Present], line.Values[SummaryColumn.ReferralsGivenInside], line.Values[SummaryColumn.ReferralsReceivedInside], line.Values[SummaryColumn.OneToOnes], line.Values[SummaryColumn.ClosedBusiness], line.Values[SummaryColumn.Credits]));
        // A total that is not the sum of the others is shown and nothing more.
        Assert.Equal([("Visitors", 4), ("BNI", 5), ("Total", 6)], report.Skipped.Select(s => (s.Name, s.Row)));
        Assert.Equal("765", report.Skipped[2].Values["P"]);
    }

    [Fact]
    public void A_summary_with_heads_brings_its_chapter_and_period_as_columns()
    {
        var report = Xlsx(Summary + "|Custom|Chapter|From|To|Run At", "Anna|Berg|#4|#0|#0|#0|#0|#0|#0|#0|#0|#0|#0|#0|#0|#0|note|Riverside|01/01/2026|31/01/2026|02/02/2026 09:12").Read(Open);
        Assert.Empty(report.Issues);
        Assert.Equal(Period.Month(2026, 1), report.Period!.Period);
        Assert.Equal(("Riverside", "note"), (report.Chapter, report.Summary.Single().Custom));
    }

    [Fact]
    public void An_attendance_sheet_takes_its_year_from_the_period()
    {
        var report = Xml("PALMS Report", "Chapter:|Riverside", "From:|03/12/2025||To:|15/01/2026", "First Name|Last Name|Dec 31|Jan 07|Jan 14|Feb 04|Remark", "Anna|Berg|P|A|L", "Ben|Carter|s||X|P", "Total||2").Read(Open);
        Assert.Equal(ReportKind.PalmsAttendance, report.Kind);
        Assert.Equal(new(new(2025, 12, 3), new(2026, 1, 15)), report.Period!.Period);
        Assert.Equal([(new DateOnly(2025, 12, 31), 'P'), (new(2026, 1, 7), 'A'), (new(2026, 1, 14), 'L')], report.Marks.Where(m => m.Member.Member == Member("Anna Berg")).Select(m => (m.Date, m.Mark)));
        // Feb 04 lies outside the period, and a remark is no day.
        Assert.Equal([("DATE_HEADER", "Feb 04"), ("DATE_HEADER", "Remark"), ("CODE_UNKNOWN", "X")], report.Issues.Select(i => (i.CodeText, i.Value!)));
        Assert.All(report.Issues, i => Assert.Equal(IssueEffect.Warn, i.Effect));
        Assert.Equal(4, report.Marks.Count);
        Assert.Single(report.Skipped);
    }

    [Fact]
    public void An_attendance_sheet_without_a_period_waits_for_one_and_doubts_another_weekday()
    {
        var sheet = Xml("Vorname|Nachname|07. Jan|15. Jan|11. Mär", "Anna|Berg|P|P|P");
        Assert.Equal(["PERIOD_MISSING"], sheet.Read(Open).Codes());
        Assert.Empty(sheet.Read(Open).Marks);
        // 15 January 2026 is a Thursday.
        var chosen = sheet.Read(Context with { Chosen = new(new(2026, 1, 1), new(2026, 3, 31)) });
        Assert.Equal(["DATE_WEEKDAY"], chosen.Codes());
        Assert.Equal([new(2026, 1, 7), new(2026, 1, 15), new(2026, 3, 11)], chosen.Marks.Select(m => m.Date));
    }

    [Fact]
    public void Regions_sponsors_and_visitors_are_read()
    {
        var region = Xml("Chapter|First Name|Last Name", "Riverside|Anna|Berg", "Lakeside|Ike|Jones").Read();
        Assert.Equal((ReportKind.RegionSummary, 2), (region.Kind!.Value, region.Region.Count));

        var sponsors = Xlsx("Sponsor First Name|Sponsor Last Name|Sponsored First Name|Sponsored Last Name|Sponsored Region|Sponsored Chapter|Application Date", "Anna|Berg|Ben|Carter|North|Riverside|2025-11-30", "Anna|Berg|Kim|Lund|North|Riverside|01/02/2025").Read();
        Assert.Equal((ReportKind.Sponsors, Member("Anna Berg"), "Ben Carter", new DateOnly(2025, 11, 30)), (sponsors.Kind!.Value, sponsors.Sponsors[0].Sponsor.Member!.Value, sponsors.Sponsors[0].Sponsored, sponsors.Sponsors[0].Applied!.Value));
        Assert.Null(sponsors.Sponsors[1].Applied);
        Assert.Equal(["DATE_HEADER"], sponsors.Codes());

        var file = Csv("First Name|Last Name|Company|Profession|Invited By|Visit Date|Type", "Gil|Harper|Harper Ltd|Roofer|Anna Berg|14/01/2026|Visitor", "Kim|Lund|||Ben Carter|28/01/2026|Substitute", "Lea|Moss|||Ben Carter|03/04/2026|Visitor", "Ned|Orr||||soon|Visitor", "Pam|Ray|||Ben Carter|07/01/2026|Guest");
        var visitors = file.Read(Open);
        Assert.Equal((ReportKind.VisitorRegistration, "Harper Ltd"), (visitors.Kind!.Value, visitors.Visitors[0].Company));
        // 03/04: 3 April is a Friday, 4 March a Wednesday and taken. 07/01: 7 January and 1 July are both Wednesdays: asked.
        Assert.Equal([(new DateOnly(2026, 1, 14), VisitKind.Visitor), (new(2026, 1, 28), VisitKind.Substitute), (new(2026, 3, 4), VisitKind.Visitor)], visitors.Visitors.Select(v => (v.Date, v.Kind)));
        Assert.Equal([("PERIOD_MISSING", 5), ("PERIOD_AMBIGUOUS", 6)], visitors.Issues.Select(i => (i.CodeText, i.Row!.Value)));
        // The period that the user gives settles the second.
        Assert.Equal(new DateOnly(2026, 1, 7), file.Read(Context).Visitors[^1].Date);
        Assert.Equal(["PERIOD_CLOSED"], file.Read(Open with { ClosedMonths = new HashSet<DateOnly> { new(2026, 3, 1) } }).Codes()[^1..]);
    }

    [Fact]
    public void A_missing_column_is_named_and_a_wrong_report_is_told()
    {
        var missing = Xml("From|To|Slip Type|Inside/Outside|Detail", "Anna Berg|Ben Carter|Referral|Inside").Read();
        Assert.Equal(["HEADER_MISSING"], missing.Codes());
        Assert.Contains("TYFCB Amount, CEU Credits", missing.Issues[0].Message, StringComparison.Ordinal);
        var wrong = Xml(Summary, "Anna|Berg|#1").Read(Context with { Expected = ReportKind.SlipsAudit });
        Assert.Equal(["WRONG_REPORT"], wrong.Codes());
        Assert.Contains("attendance summary, not a slips audit", wrong.Issues[0].Message, StringComparison.Ordinal);
        Assert.Equal(["WRONG_REPORT"], Xml("Colour|Size", "red|5").Read().Codes());
        var nameless = Xml("Last Name|Jan 07|Jan 14", "Berg|P|P").Read();
        Assert.Equal(["HEADER_MISSING"], nameless.Codes());
        Assert.Contains("First Name", nameless.Issues[0].Message, StringComparison.Ordinal);
        Assert.Equal(["HEADER_MISSING"], Xml(Summary.Replace("|RGI", "", StringComparison.Ordinal), "Anna|Berg|#1").Read().Codes());
    }

    [Fact]
    public void The_title_names_the_meeting_and_its_weekday_settles_day_and_month()
    {
        // 05/08/2026: 5 August is a Wednesday, 8 May a Friday.
        var report = Titled("Slips Audit Report for 05/08/2026").Read(Open);
        Assert.Empty(report.Issues);
        Assert.Equal((PeriodSource.Title, new DateOnly(2026, 8, 5)), (report.Period!.Source, report.Period.Period!.Value.First));
        // 01/05/2026: 1 May is a Friday, 5 January a Monday: neither.
        Assert.Equal(["PERIOD_AMBIGUOUS"], Titled("Slips Audit Report for 01/05/2026").Read(Open).Codes());
        // 22/01/2026 can only be read in one way, and is a Thursday.
        var thursday = Titled("Slips Audit Report for 22/01/2026").Read(Open);
        Assert.Equal(("DATE_WEEKDAY", IssueEffect.Confirm), (Assert.Single(thursday.Issues).CodeText, thursday.Issues[0].Effect));
        Assert.Equal(new DateOnly(2026, 1, 22), thursday.Period!.Period!.Value.First);
        // Two dates are a range, and its second one settles the order of day and month.
        Assert.Equal(Period.Month(2026, 1), Titled("Slips Audit Report from 01/01/2026 to 31/01/2026").Read(Open).Period!.Period);
        // The user's word comes first.
        Assert.Equal(PeriodSource.User, Titled("Slips Audit Report for 01/05/2026").Read().Period!.Source);
    }

    [Theory]
    [InlineData("slips-audit-report_2025-01-28.xls", 2025, 1)]
    [InlineData("slips-audit-report_08-25-2025_2-26_PM.xls", 2025, 8)]
    public void The_day_in_a_files_name_is_a_suggestion_alone(string name, int year, int month)
    {
        var report = Xml(Slips, "Anna Berg|Ben Carter|Referral|Inside").Read(Open, name);
        Assert.Equal(["PERIOD_MISSING"], report.Codes());
        Assert.Equal((PeriodSource.FileName, null), (report.Period!.Source, report.Period.Period));
        Assert.Equal([Period.Month(year, month)], report.Period.Suggestions);
        Assert.False(report.IsReady);
    }

    [Fact]
    public void Closed_months_known_files_and_other_chapters_are_noticed()
    {
        var file = Titled("Slips Audit Report for 07/01/2026", "Chapter:|Lakeside");
        var first = file.Read();
        Assert.Equal(("CHAPTER_MISMATCH", IssueEffect.Confirm), (Assert.Single(first.Issues).CodeText, first.Issues[0].Effect));
        Assert.Single(first.Slips);
        Assert.Equal(["CHAPTER_MISMATCH", "DUPLICATE_FILE"], file.Read(Context with { Known = new HashSet<FileStamp> { first.Stamp! } }).Codes());
        // The same file for another month is another scope.
        Assert.DoesNotContain("DUPLICATE_FILE", file.Read(Context with { Known = new HashSet<FileStamp> { first.Stamp! }, Chosen = Period.Month(2026, 2) }).Codes());
        var closed = file.Read(Context with { Chapter = "LAKESIDE", ClosedMonths = new HashSet<DateOnly> { new(2026, 1, 1) } });
        Assert.Equal(["PERIOD_CLOSED"], closed.Codes());
        Assert.Empty(closed.Slips);
    }

    private static byte[] Titled(string title, params string[] more) => Xml([">" + title, .. more, "", "From||To||Slip Type|Inside/Outside||TYFCB Amount|CEU Credits|Detail", "Anna Berg||Ben Carter||Referral|Outside"]);
}
