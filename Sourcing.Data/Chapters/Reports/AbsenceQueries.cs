using Sourcing.Data.Chapters.Reckoning;
using Sourcing.Data.Chapters.Scoring;
using Sourcing.Data.Common;

namespace Sourcing.Data.Chapters.Reports;

/// <summary>Who was not simply present, meeting by meeting.</summary>
/// <param name="Meetings">The completed meetings of the period, the earliest first.</param>
/// <param name="Lines">Members who were absent, late, ill or stood in for at least once: most absences first, equals by name.</param>
/// <param name="Members">On the roster.</param>
/// <param name="Rules">By which alerts are raised, over the six months up to <paramref name="AsOf"/>.</param>
public sealed record AbsenceList(ChapterRights Rights, Period Period, IReadOnlyList<MeetingDay> Meetings, IReadOnlyList<AbsenceLine> Lines, int Members, AlertRules Rules, DateOnly AsOf)
{
    /// <summary>By which points are given in the last of these months.</summary>
    public required Scheme Scheme { get; init; }
}

/// <summary>One member's marks.</summary>
/// <param name="Marks">In the order of the meetings; null where there is none.</param>
/// <param name="Level">The alert of the six months up to the list's last day.</param>
public sealed record AbsenceLine(Person Person, IReadOnlyList<Mark?> Marks, Tally Tally, AlertLevel Level);

/// <summary>Reads the list of absences of a chapter.</summary>
public sealed class AbsenceQueries(Database database, CurrentUser user)
{
    /// <summary>Months that a list has, at most: more do not fit the paper.</summary>
    public const int MostMonths = 12;

    /// <summary>
    /// The list of whole months. Null for everybody but leaders and the committee: it is about others' attendance. Refuses a period that ends before it begins, lies ahead or has more
    /// than <see cref="MostMonths"/> months.
    /// </summary>
    /// <param name="from">Any day of the first month; null for five months before the last.</param>
    /// <param name="to">Any day of the last month; null for the present one.</param>
    public Task<AbsenceList?> ListAsync(Guid chapterId, DateOnly? from, DateOnly? to, CancellationToken ct)
    {
        user.Demand(Permission.ChaptersRead);
        return database.ReadMomentAsync<AbsenceList?>(
            async (db, token) =>
            {
                if (await Seats.FindAsync(db, user, chapterId, token) is not { Looks: true } rights)
                {
                    return null;
                }

                var period = Demand(from, to, rights.Today);
                var asOf = period.Last < rights.Today ? period.Last : rights.Today;
                var alerted = asOf.AddMonths(-6).AddDays(1);
                var facts = await ReportFacts.ReadAsync(db, chapterId, rights.Currency, new(alerted < period.First ? alerted : period.First, period.Last), token);
                var (rules, scheme) = (await ChapterAlertQueries.RulesAsync(db, chapterId, token), await ChapterSchemes.SchemeInForceAsync(db, chapterId, period.Last, token));
                return Built(rights, facts.Ledger, period, asOf, (rules, scheme.Scheme));
            }, ct);
    }

    private static Period Demand(DateOnly? from, DateOnly? to, DateOnly today)
    {
        var last = to ?? today;
        var period = ChapterPeriodQueries.Demand(from ?? last.AddMonths(-5), last);
        return period.First > today ? throw new RefusedException("From", $"{period.First:MMMM yyyy} is still to come. Choose months up to {today:MMMM yyyy}.")
            : period.Months.Count > MostMonths ? throw new RefusedException("From", $"The period has {period.Months.Count} months. List up to {MostMonths}.")
            : period;
    }

    private static AbsenceList Built(ChapterRights rights, Ledger ledger, Period period, DateOnly asOf, (AlertRules Alerts, Scheme Scheme) by)
    {
        var counted = Counted.Of(ledger, period);
        var tallies = TallyTable.Of(counted);
        var marks = counted.Attendance.ToDictionary(a => (a.PersonId, a.MeetingId), a => (Mark?)a.Mark);
        var levels = Alerts.Of(ledger, asOf, by.Alerts).ToDictionary(a => a.Person.Id, a => a.Level);
        var lines = counted.Roster.Select((p, i) => new AbsenceLine(
            p, [.. counted.Meetings.Select(m => marks.GetValueOrDefault((p.Id, m.Id)))], tallies.Lines[i], levels.GetValueOrDefault(p.Id, AlertLevel.None)));
        return new(
            rights, period, counted.Meetings,
            [.. lines.Where(l => l.Tally.W > l.Tally.Present).OrderByDescending(l => l.Tally.Absent).ThenByDescending(l => l.Tally.Substitute).ThenByDescending(l => l.Tally.Late)
                .ThenBy(l => l.Person.Name, StringComparer.OrdinalIgnoreCase).ThenBy(l => l.Person.Id)],
            counted.Size, by.Alerts, asOf) { Scheme = by.Scheme };
    }
}
