using Sourcing.Data.Chapters.Closing;
using Sourcing.Data.Chapters.Reckoning;

namespace Sourcing.Data.Chapters.Reports;

/// <summary>A month of a chapter, as it was closed or as it stands now. Only completed meetings count, and slips of such.</summary>
/// <param name="Month">Its first day.</param>
/// <param name="Now">The month's five figures. Referrals are those given by members, to anybody; one-to-ones count once; visitors are without substitutes and members of other chapters.</param>
/// <param name="Before">Those of the month before; null where it had no completed meeting.</param>
/// <param name="Figures">Roster, matrices and closed business by member.</param>
/// <param name="Attendance">Of those whose attendance the asker may read, by name.</param>
/// <param name="Missing">Whom each member did not meet, give to or receive from in the month, by name.</param>
/// <param name="OtherCurrency">Closed business in another currency than the chapter's: slips that no figure counts.</param>
/// <param name="Holidays">Meetings that did not take place.</param>
/// <param name="Steps">What stands before closing, by day; empty for whoever does not look after the chapter.</param>
/// <param name="Closing">Where the month stands.</param>
public sealed record ChapterReport(
    ChapterRights Rights, DateOnly Month, MonthFigures Now, MonthFigures? Before, PeriodFigures Figures, IReadOnlyList<AttendanceLine> Attendance, IReadOnlyList<MissingList> Missing,
    ReportLights Lights, int Holidays, int OtherCurrency, IReadOnlyList<ClosingStep> Steps, MonthClosing Closing)
{
    /// <summary>Which closing is shown; null for the month as it stands now.</summary>
    public int? Revision { get; init; }

    /// <summary>What differs from the last closing now: for leaders and the committee, while the month is shown as it stands.</summary>
    public IReadOnlyList<FigureDifference> Changes { get; init; } = [];

    /// <summary>The earliest month that can be asked for.</summary>
    public static DateOnly Earliest { get; } = new(2000, 1, 1);

    /// <summary>Slips of the month told at meetings that are not completed: in no figure yet.</summary>
    public int Waiting { get; init; }

    /// <summary>The month beside the one before; null where that had no completed meeting.</summary>
    public PeriodComparison? Compared { get; init; }

    /// <summary>The six months that end with this one.</summary>
    public IReadOnlyList<MonthFigures> Trend { get; init; } = [];

    /// <summary>What pages, spreadsheets and paper show.</summary>
    public ReportContent Content => new(
        Rights, Figures.Counted.Period, SummedFigures.Of(Figures), Roster, Now, Before, Trend, Attendance, Lights, Compared, Holidays, OtherCurrency, Waiting);

    /// <summary>Completed meetings.</summary>
    public int Meetings => Figures.Counted.Meetings.Count;

    /// <inheritdoc cref="RosterMovement"/>
    public RosterMovement Roster => Figures.Counted.Movement;

    /// <summary>The month is not over in the chapter's time zone.</summary>
    public bool IsRunning => Month.AddMonths(1) > Rights.Today;

    /// <summary>The month before; null before the earliest.</summary>
    public DateOnly? Previous => Month > Earliest ? Month.AddMonths(-1) : null;

    /// <summary>The month after; null where that is still to come.</summary>
    public DateOnly? Next => IsRunning ? null : Month.AddMonths(1);

    /// <summary>Referrals to people who are not on the month's roster: in the figure, in no cell of the matrix.</summary>
    public int ReferralsOutside => Figures.Referrals.Given - Figures.Referrals.GrandTotal;
}

/// <summary>How a member attended in the month.</summary>
/// <param name="Share">(P + L + S) ÷ (P + L + S + A), 0 to 1, unrounded; null when the member was not expected.</param>
public sealed record AttendanceLine(Person Person, int Present, int Late, int Substitute, int Medical, int Absent, decimal? Share);

/// <summary>The traffic lights of those who are members on the month's last day.</summary>
/// <param name="Window">The six completed months before the month in which the report is drawn up: those up to the report's own month once it is over, else up to the one before.</param>
/// <param name="Members">The most points first, equals by name; of a member without shared points their own alone, of a viewer none.</param>
/// <param name="Nearest">Up to three below green for whom the next band costs the least effort, the least first; equals with fewer kinds of deeds first, then by name.</param>
/// <param name="Basis">What the way to the next band rests on, in words.</param>
/// <param name="IsWhole">Everybody's points are shown.</param>
public sealed record ReportLights(Period Window, Scheme Scheme, IReadOnlyList<MemberLight> Members, IReadOnlyList<NextStep> Nearest, string Basis, bool IsWhole)
{
    /// <summary>The version in force in the report's month.</summary>
    public Guid SchemeId { get; init; }

    /// <summary>Those in a band, in the order of <see cref="Members"/>.</summary>
    public IReadOnlyList<MemberLight> In(Band band) => [.. Members.Where(m => m.Light.Band == band)];
}

/// <summary>A member's points in the window.</summary>
public sealed record MemberLight(Person Person, Light Light);

/// <summary>The way of a member to the next band.</summary>
/// <param name="Plan">Without deeds where being present is enough.</param>
public sealed record NextStep(Person Person, Band Target, DeedPlan Plan);

/// <summary>A meeting that has to be completed or called off before the month is closed.</summary>
/// <param name="Entered">Attendance codes so far.</param>
/// <param name="IsDue">Its day has come; false for a meeting ahead.</param>
public sealed record ClosingStep(Guid MeetingId, DateOnly HeldOn, int Entered, bool IsDue);
