using Sourcing.Data.Chapters.Reckoning;

namespace Sourcing.Data.Chapters;

/// <summary>What somebody may do in a chapter, and who they are there.</summary>
/// <param name="Office">An admin counts as a leader everywhere.</param>
/// <param name="OwnMemberId">The member that they are; null for none.</param>
/// <param name="Today">In the chapter's time zone.</param>
public sealed record ChapterRights(Guid ChapterId, string Name, string Location, string Currency, int MeetingDay, ChapterOffice Office, Guid? OwnMemberId, DateOnly Today)
{
    /// <summary>Everything in the chapter is theirs to change.</summary>
    public bool Leads => Office == ChapterOffice.Leader;

    /// <summary>Everything in the chapter is theirs to read.</summary>
    public bool Looks => Office is ChapterOffice.Leader or ChapterOffice.Committee;

    /// <summary>Totals, matrices and the members' list are theirs to read.</summary>
    public bool Belongs => Office is ChapterOffice.Leader or ChapterOffice.Committee or ChapterOffice.Member;

    /// <summary>The monthly report is theirs to read.</summary>
    public bool ReadsReports => Office != ChapterOffice.Host;

    /// <summary>All visitors are theirs to write.</summary>
    public bool Hosts => Office is ChapterOffice.Leader or ChapterOffice.Host;

    /// <summary>Visitors are theirs to read, or their own at least.</summary>
    public bool SeesVisitors => Office != ChapterOffice.Viewer;

    /// <summary>May enter slips.</summary>
    public bool Enters => Office != ChapterOffice.Viewer && (Leads || OwnMemberId is not null);
}

/// <summary>What a month of a chapter amounts to. Only completed meetings count, and slips told at them.</summary>
/// <param name="ClosedBusiness">In the chapter's currency.</param>
/// <param name="Attendance">(P + L + S) / (P + L + S + A), medical absences left out; null without any.</param>
public sealed record MonthFigures(DateOnly Month, int Referrals, decimal ClosedBusiness, int OneToOnes, decimal? Attendance, int Visitors)
{
    /// <summary>The share of those who came or were stood in for.</summary>
    /// <returns>0 to 1, unrounded; null when nobody was expected.</returns>
    public static decimal? AttendanceOf(int present, int late, int substituted, int absent) =>
        present + late + substituted + absent is > 0 and var expected ? (decimal)(present + late + substituted) / expected : null;
}

/// <summary>A chapter in the list.</summary>
/// <param name="Office">What the asker may do there.</param>
/// <param name="Members">Active today; null where the asker may not read them.</param>
/// <param name="Figures">Of this month; null where the asker may not read them.</param>
public sealed record ChapterRow(Guid Id, string Name, string Location, string Region, string Currency, bool IsActive, ChapterOffice Office, int? Members, MonthFigures? Figures);

/// <summary>The start page of a chapter.</summary>
/// <param name="Size">Members active today.</param>
/// <param name="Months">Six months; the last is this one, or until a meeting of this one is completed the last with a completed meeting.</param>
/// <param name="Next">The next meeting on the calendar; null for none.</param>
/// <param name="Open">Meetings up to today that are not completed, the oldest first.</param>
/// <param name="Latest">The last slips that the asker may read; at most 8.</param>
/// <param name="Waiting">Slips of that month told at meetings that are not completed: in no figure yet.</param>
public sealed record ChapterDashboard(ChapterRights Rights, int Size, IReadOnlyList<MonthFigures> Months, MeetingRow? Next, IReadOnlyList<MeetingRow> Open, IReadOnlyList<SlipRow> Latest, int Waiting)
{
    /// <summary>The month that is looked at.</summary>
    public MonthFigures Now => Months[^1];

    /// <summary>The month before.</summary>
    public MonthFigures Before => Months[^2];
}

/// <summary>A seat in the list.</summary>
/// <param name="IsOwn">The asker's own: not theirs to change.</param>
public sealed record SeatRow(Guid Id, string Name, ChapterOffice Office, bool IsOwn);

/// <summary>A member in the list.</summary>
/// <param name="LeftOn">The first day on which they no longer belonged; null for an active one.</param>
/// <param name="Light">Null for none, or where it is not the asker's to see.</param>
public sealed record MemberRow(Guid Id, string Name, string Business, string Classification, DateOnly? JoinedOn, DateOnly? LeftOn, bool IsActive, KeptLight? Light, bool IsOwn);

/// <summary>What a member had when a month was closed.</summary>
/// <param name="WindowEnd">The month's last day.</param>
public sealed record KeptLight(DateOnly WindowEnd, Band Band, decimal Points);

/// <summary>A person as a choice.</summary>
public sealed record PersonChoice(Guid Id, string Name);

/// <summary>Somebody outside as a choice.</summary>
public sealed record ExternalChoice(Guid Id, string Name, string Chapter);

/// <summary>A membership as shown.</summary>
public sealed record TermRow(Guid Id, DateOnly JoinedOn, DateOnly? LeftOn);

/// <summary>A spelling as shown.</summary>
public sealed record AliasRow(Guid Id, string Alias);

/// <summary>A member's page.</summary>
/// <param name="Contact">Null where it is not the asker's to see.</param>
/// <param name="Sponsor">Empty for nobody.</param>
public sealed record MemberDetails(
    Guid Id, ChapterRights Rights, string Name, string Business, string Classification, string Sponsor, bool IsActive, bool IsOwn, bool HasAccount, DateTimeOffset? DeletedAt,
    MemberReach? Contact, IReadOnlyList<TermRow> Terms, IReadOnlyList<AliasRow> Aliases, IReadOnlyList<SlipRow> Slips, IReadOnlyList<AttendanceTotal> Attendance);

/// <summary>How a member is reached.</summary>
public sealed record MemberReach(string Email, string Phone, DateOnly? RenewalOn);

/// <summary>How often a member had a code.</summary>
public sealed record AttendanceTotal(AttendanceCode Code, int Count);

/// <summary>A meeting in the list.</summary>
/// <param name="Entered">Attendance codes, as far as the asker may read totals.</param>
/// <param name="Attendance">See <see cref="MonthFigures.AttendanceOf"/>.</param>
public sealed record MeetingRow(Guid Id, DateOnly HeldOn, MeetingStatus Status, int Entered, decimal? Attendance, int Slips);

/// <summary>The sheet of a meeting.</summary>
/// <param name="IsMonthClosed">Its month takes no entries any more.</param>
/// <param name="Rows">Whoever was active on the day, by name; of others for a member, their own row alone.</param>
public sealed record MeetingSheet(Guid Id, ChapterRights Rights, DateOnly HeldOn, MeetingStatus Status, bool IsMonthClosed, uint Version, IReadOnlyList<SheetRow> Rows, IReadOnlyList<VisitorRow> Visitors);

/// <summary>A member on the sheet.</summary>
public sealed record SheetRow(Guid MemberId, string Name, AttendanceCode? Code, string Substitute, bool LeftEarly);

/// <summary>A visit in the list.</summary>
/// <param name="Visits">Visits of this person to the chapter, this one included, that the asker may see.</param>
public sealed record VisitorRow(Guid Id, DateOnly HeldOn, Guid MeetingId, string Name, string Company, string Profession, string Inviter, VisitorKind Kind, VisitorOutcome Outcome, int Visits);

/// <summary>What can be chosen on a slip.</summary>
/// <param name="People">Members active today, by name.</param>
/// <param name="Meetings">Meetings that take entries, the last first; at most 60.</param>
/// <param name="Nearest">The meeting that is meant when none is said; null where there is none.</param>
public sealed record SlipChoices(ChapterRights Rights, IReadOnlyList<PersonChoice> People, IReadOnlyList<ExternalChoice> Externals, IReadOnlyList<MeetingChoice> Meetings, MeetingChoice? Nearest);

/// <summary>A meeting as a choice.</summary>
public sealed record MeetingChoice(Guid Id, DateOnly HeldOn);

/// <summary>A member whom a search found.</summary>
public sealed record MemberHit(Guid Id, string Name, string Chapter, bool IsActive);
