using Sourcing.Data.Chapters.Reckoning;

namespace Sourcing.Data.Chapters.Reports;

/// <summary>What a report says, of one month or of several together: pages, spreadsheets and paper show the same.</summary>
/// <param name="Period">Whole months.</param>
/// <param name="Now">The five figures of the period.</param>
/// <param name="Before">Those of as many months right before; null where these had no completed meeting.</param>
/// <param name="Months">Figures month by month: those of the period, for one month alone the six that end with it.</param>
/// <param name="Attendance">Of those whose attendance the asker may read, by name.</param>
/// <param name="Lights">As of the period's last month.</param>
/// <param name="Compared">The period beside as many months right before; null where these had no completed meeting.</param>
/// <param name="Holidays">Meetings that did not take place.</param>
/// <param name="OtherCurrency">Closed business in another currency than the chapter's: slips that no figure counts.</param>
/// <param name="Waiting">Slips told at meetings that are not completed: in no figure yet.</param>
public sealed record ReportContent(
    ChapterRights Rights, Period Period, SummedFigures Figures, RosterMovement Roster, MonthFigures Now, MonthFigures? Before, IReadOnlyList<MonthFigures> Months, IReadOnlyList<AttendanceLine> Attendance,
    ReportLights Lights, PeriodComparison? Compared, int Holidays, int OtherCurrency, int Waiting)
{
    /// <summary>The day up to which the period is told: its last, or today while it runs.</summary>
    public DateOnly Until => Period.Last < Rights.Today ? Period.Last : Rights.Today;

    /// <summary>The period is one month.</summary>
    public bool IsMonth => Period.Months.Count == 1;

    /// <summary>Who left by the end of the period, with their last month: their work stays in it.</summary>
    public IReadOnlyList<AggregatedLine> Leavers => Figures.Leavers(Until);
}
