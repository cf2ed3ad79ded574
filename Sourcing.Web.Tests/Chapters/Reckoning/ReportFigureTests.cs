using Sourcing.Data.Chapters.Reckoning;

namespace Sourcing.Web.Tests.Chapters.Reckoning;

public sealed class ReportFigureTests
{
    private static Book Month => Book.With("Anna", "Ben", "Cora").Member("Dan", Book.Day(2026, 1, 10)).Meeting(Book.Day(2026, 1, 14)).Meeting(Book.Day(2026, 1, 21), MeetingState.Holiday).Meeting(Book.Day(2026, 1, 28))
        .Marks("Anna", "PLP").Marks("Ben", "PAP").Marks("Cora", "MSP")
        .Refer("Anna", "Ben", 1, 2).Refer("Anna", "stranger", 2).Refer("stranger", "Ben").Meet("Anna", "Ben").Meet("Anna", "stranger").Business("Anna", 100.10m).Business("stranger", 50m, inside: false).Visit("Ben").Credits("Cora", 1.5m);

    [Fact]
    public void A_closed_month_keeps_what_was_worked_out()
    {
        // Marks of the last three days (14, 21 holiday, 28): those of the holiday do not count. Anna P, P; Ben P, P; Cora M, P: 5 ÷ 5.
        var figures = ClosedFigures.Of(Month.Ledger, Period.Month(2026, 1), Schemes.Global2025, ["b2", "a1"]);
        Assert.Equal((3, 150.10m, 100m), (figures.TotalReferrals, figures.TotalBusiness, figures.AttendanceRate!.Value));
        Assert.Equal(
            new Dictionary<string, string?>
            {
                // Given: Anna 2 + 1. Meetings 7, 14 and 28. Start 3, Dan joins, end 4.
                ["total_referrals"] = "3", ["total_tyfcb"] = "150.1", ["attendance_rate"] = "100.00", ["meetings"] = "3", ["holidays"] = "1", ["roster_start"] = "3", ["roster_end"] = "4", ["joins"] = "1", ["leaves"] = "0",
                ["in_chapter_referrals"] = "2", ["cross_referrals"] = "1", ["in_chapter_one_to_ones"] = "1", ["cross_one_to_ones"] = "1", ["inside"] = "100.1", ["outside"] = "50", ["visitors"] = "1", ["ceu"] = "1.5",
                ["batch_hashes"] = "a1 b2", ["scheme_version"] = "global-2025 v1",
            },
            figures.Values);
    }

    [Fact]
    public void Attendance_is_pooled_and_rounded_to_two_decimals_away_from_zero()
    {
        var book = Book.With("Anna", "Ben").Meeting(Book.Day(2026, 1, 14)).Meeting(Book.Day(2026, 1, 21)).Marks("Anna", "PPA").Marks("Ben", "MPS");
        // Pooled: P 3, S 1, A 1, M neutral: 4 ÷ 5 = 80, and not the mean of 66.67 and 100.
        Assert.Equal(80m, ClosedFigures.Of(book.Ledger, Period.Month(2026, 1), Schemes.Global2025, []).AttendanceRate);
        // 2 ÷ 3 = 66.666… → 66.67
        Assert.Equal(66.67m, ClosedFigures.Of(Book.With("Anna").Meeting(Book.Day(2026, 1, 14)).Meeting(Book.Day(2026, 1, 21)).Marks("Anna", "PPA").Ledger, Period.Month(2026, 1), Schemes.Global2025, []).AttendanceRate);
        Assert.Null(ClosedFigures.Of(Book.With("Anna").Ledger, Period.Month(2026, 1), Schemes.Global2025, []).AttendanceRate);
    }

    [Fact]
    public void Revisions_differ_by_the_values_that_changed()
    {
        var before = ClosedFigures.Of(Month.Ledger, Period.Month(2026, 1), Schemes.Global2025, ["a1"]).Values;
        var after = ClosedFigures.Of(Month.Refer("Ben", "Anna").Ledger, Period.Month(2026, 1), Schemes.Global2025, ["a1"]).Values;
        Assert.Equal([new("total_referrals", "3", "4"), new FigureDifference("in_chapter_referrals", "2", "3")], FigureDifference.Of(before, after));
        Assert.Empty(FigureDifference.Of(before, before));
        Assert.Equal([new FigureDifference("ceu", "1.5", null)], FigureDifference.Of(before, before.Where(v => v.Key != "ceu").ToDictionary()));
    }

    [Fact]
    public void Open_meetings_and_rows_stand_in_the_way()
    {
        var meetings = Book.With("Anna").Meeting(Book.Day(2026, 1, 14), MeetingState.Draft).Meeting(Book.Day(2026, 1, 21), MeetingState.Planned).Meeting(Book.Day(2026, 1, 28), MeetingState.Discarded).Meeting(Book.Day(2026, 2, 4), MeetingState.Planned).Ledger.Meetings;
        var obstacles = ClosedFigures.Obstacles(meetings, Period.Month(2026, 1), 2);
        Assert.Equal(2, obstacles.Count);
        Assert.StartsWith("The meetings of 14 January, 21 January are neither", obstacles[0], StringComparison.Ordinal);
        Assert.StartsWith("2 imported rows wait", obstacles[1], StringComparison.Ordinal);
        Assert.Empty(ClosedFigures.Obstacles(Month.Ledger.Meetings, Period.Month(2026, 1), 0));
        Assert.Equal(Book.Day(2027, 1, 4), ClosedFigures.DueBy(Period.Month(2026, 12)));
    }

    [Fact]
    public void Slips_are_reconciled_with_a_summary_cell_by_cell()
    {
        var book = Month.Member("Gone", Book.Day(2020, 1, 1), Book.Day(2025, 6, 1));
        ReportedLine[] report =
        [
            new(2, book.Who("Anna")!.Value, new Dictionary<SummaryColumn, decimal> { [SummaryColumn.Present] = 2, [SummaryColumn.ReferralsGivenInside] = 3, [SummaryColumn.ReferralsGivenOutside] = 1, [SummaryColumn.OneToOnes] = 2, [SummaryColumn.ClosedBusiness] = 100.10m }),
            new(3, book.Who("Gone")!.Value, new Dictionary<SummaryColumn, decimal> { [SummaryColumn.Present] = 0, [SummaryColumn.Absent] = 2 }),
        ];
        var found = Reconciliation.Of(PeriodFigures.Of(book.January), report);
        // Anna: P 2, RGO 1, 1-2-1 1 + 1, 100.10 agree; RGI is 2 and not 3. Gone: 0 agrees with nothing, 2 absences do not.
        Assert.Equal(5, found.Agreeing);
        Assert.Equal(
            [(2, "Anna", SummaryColumn.ReferralsGivenInside, 3m, 2m), (3, "Gone", SummaryColumn.Absent, 2m, null)],
            found.Disagreements.Take(2).Select(d => (d.Row!.Value, d.Name, d.Column, d.Reported!.Value, d.Reckoned)));
        Assert.Equal((1m, 2m), (found.Disagreements[0].Difference, found.Disagreements[1].Difference));
        // Ben and Cora stand in no row: each P that was reckoned.
        Assert.Equal([("Ben", 2m), ("Cora", 1m)], found.Disagreements.Where(d => d.Row is null && d.Column == SummaryColumn.Present).Select(d => (d.Name, d.Reckoned!.Value)));
        Assert.Equal((3m, 2m), found.Columns[SummaryColumn.ReferralsGivenInside]);
    }
}
