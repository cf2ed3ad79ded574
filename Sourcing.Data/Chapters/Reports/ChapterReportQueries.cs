using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Chapters.Closing;
using Sourcing.Data.Chapters.Importing;
using Sourcing.Data.Chapters.Reckoning;
using Sourcing.Data.Chapters.Scoring;
using Sourcing.Data.Common;

namespace Sourcing.Data.Chapters.Reports;

/// <summary>Reads the monthly report of a chapter, as it was closed or as it stands now, as far as the asker's seat opens it.</summary>
public sealed class ChapterReportQueries(Database database, CurrentUser user)
{
    private const int NearestShown = 3;
    private const int TrendMonths = 6;

    /// <summary>The report of a month: as it was closed where the month is closed, else as it stands now.</summary>
    /// <inheritdoc cref="ReportAsync(Guid, DateOnly?, int?, CancellationToken)"/>
    public Task<ChapterReport?> ReportAsync(Guid chapterId, DateOnly? month, CancellationToken ct) => ReportAsync(chapterId, month, null, ct);

    /// <summary>
    /// The report of a month; null where the asker has no seat or looks after visitors alone. Refuses months before 2000 and those to come, and a closing that did not take place.
    /// Others' points and attendance are in it for leaders and the committee, and for members and viewers where the chapter shares points.
    /// </summary>
    /// <param name="month">Any day of it; null for the last month with a completed meeting, or the present one where there is none.</param>
    /// <param name="revision">Which closing; 0 for the month as it stands now; null for the last closing of a closed month, else as it stands now.</param>
    public Task<ChapterReport?> ReportAsync(Guid chapterId, DateOnly? month, int? revision, CancellationToken ct)
    {
        user.Demand(Permission.ChaptersRead);
        return database.ReadMomentAsync<ChapterReport?>(
            async (db, token) =>
            {
                if (await Seats.FindAsync(db, user, chapterId, token) is not { ReadsReports: true } rights)
                {
                    return null;
                }

                var shared = await db.Chapters.Where(c => c.Id == chapterId).Select(c => c.PointsShared).SingleAsync(token);
                var shown = FirstOf(month ?? await LatestAsync(db, chapterId, token) ?? rights.Today);
                if (shown < ChapterReport.Earliest || shown > FirstOf(rights.Today))
                {
                    throw new RefusedException("Month", $"Reports go from {ChapterReport.Earliest:MMMM yyyy} to {rights.Today:MMMM yyyy}. Choose a month between these.");
                }

                var closing = await MonthQueries.ClosingAsync(db, rights, shown, token);
                var wanted = revision ?? (closing.State == MonthState.Closed ? closing.Revision : 0);
                return wanted == 0 ? await NowAsync(db, rights, shown, closing, rights.Looks || shared, token) : await ClosedAsync(db, rights, shown, closing, wanted, rights.Looks || shared, token);
            }, ct);
    }

    /// <summary>The six completed months before the month in which the report is drawn up: the month after it, or the present one while the report's month is not over.</summary>
    internal static Period WindowOf(DateOnly month, DateOnly today) => Period.Window(FirstOf(month).AddMonths(1) <= today ? FirstOf(month).AddMonths(1) : FirstOf(month));

    private static async Task<ChapterReport> NowAsync(SourcingDb db, ChapterRights rights, DateOnly month, MonthClosing closing, bool whole, CancellationToken ct)
    {
        var facts = await ReportFacts.OfMonthAsync(db, rights, month, ct);
        var scheme = await ChapterSchemes.SchemeInForceAsync(db, rights.ChapterId, month, ct);
        var report = Built(rights, month, facts, Lights(rights, month, facts.Ledger, scheme, whole), closing);
        if (closing.Revision == 0 || !rights.Looks)
        {
            return report;
        }

        var figures = ClosedFigures.Of(facts.Ledger, Period.Month(month.Year, month.Month), scheme.Scheme, await ChapterImportFacts.HashesAsync(db, rights.ChapterId, month, ct));
        return report with { Changes = await MonthQueries.ChangesAsync(db, rights.ChapterId, figures, ct) };
    }

    private static async Task<ChapterReport> ClosedAsync(SourcingDb db, ChapterRights rights, DateOnly month, MonthClosing closing, int revision, bool whole, CancellationToken ct)
    {
        if (await ReportSnapshot.ReadAsync(db, rights.ChapterId, month, revision, ct) is not var (kept, facts))
        {
            throw new RefusedException("Revision", closing.Revision == 0 ? $"{month:MMMM yyyy} was not closed yet." : $"{month:MMMM yyyy} has no closing {revision}. Choose one from 1 to {closing.Revision}.");
        }

        rights = rights with { Name = kept.Name, Location = kept.Location, Currency = kept.Currency };
        return Built(rights, month, facts, Lights(rights, month, facts.Ledger, kept.Scheme, whole), closing) with { Revision = revision };
    }

    private static DateOnly FirstOf(DateOnly day) => new(day.Year, day.Month, 1);

    private static async Task<DateOnly?> LatestAsync(SourcingDb db, Guid chapter, CancellationToken ct)
    {
        var found = await db.Database.SqlQuery<DateOnly>(
            $"""select held_on as "Value" from report_meetings where chapter_id = {chapter} and status = 'completed' order by held_on desc limit 1""").ToListAsync(ct);
        return found.Count == 0 ? null : found[0];
    }

    private static ChapterReport Built(ChapterRights rights, DateOnly month, ReportFacts facts, ReportLights lights, MonthClosing closing)
    {
        var (period, previous) = (Period.Month(month.Year, month.Month), month.AddMonths(-1));
        var figures = PeriodFigures.Of(facts.Ledger, period);
        var before = PeriodFigures.Of(facts.Ledger, Period.Month(previous.Year, previous.Month));
        var counted = figures.Counted.Meetings.Select(m => m.Id).ToHashSet();
        return new(
            rights, month, facts.Month(month, figures), before.Counted.Meetings.Count == 0 ? null : facts.Month(previous, before), figures, Attendance(figures.Tallies, lights.IsWhole, rights.OwnMemberId),
            [.. Enumerable.Range(0, figures.Counted.Size).Select(figures.Combination.Missing)], lights,
            facts.Ledger.Meetings.Count(m => m.State == MeetingState.Holiday && period.Covers(m.Date)), facts.OtherCurrency.Count(counted.Contains),
            rights.Looks ? Steps(facts.Meetings, period, rights.Today) : [], closing)
        {
            Waiting = facts.Waiting(period),
            Compared = before.Counted.Meetings.Count == 0 ? null : PeriodComparison.Of(before, figures),
            Trend = [.. Period.MonthsTo(month, TrendMonths).Months.Select(m => facts.Month(m.First, m.First == month ? figures : PeriodFigures.Of(facts.Ledger, m)))],
        };
    }

    /// <summary>Of everybody, or of the asker alone.</summary>
    internal static List<AttendanceLine> Attendance(TallyTable tallies, bool whole, Guid? own) =>
        [.. tallies.Roster.Zip(tallies.Lines).Where(x => whole || x.First.Id == own).Select(x => new AttendanceLine(
            x.First, x.Second.Present, x.Second.Late, x.Second.Substitute, x.Second.Medical, x.Second.Absent,
            MonthFigures.AttendanceOf(x.Second.Present, x.Second.Late, x.Second.Substitute, x.Second.Absent)))];

    private static List<ClosingStep> Steps(IReadOnlyList<MeetingCount> meetings, Period month, DateOnly today) =>
        [.. meetings.Where(m => month.Covers(m.HeldOn) && m.State is ("planned" or "draft")).OrderBy(m => m.HeldOn)
            .Select(m => new ClosingStep(m.Id, m.HeldOn, m.Entered, m.HeldOn <= today))];

    private static ReportLights Lights(ChapterRights rights, DateOnly month, Ledger ledger, SchemeInForce scheme, bool whole)
    {
        var window = WindowOf(month, rights.Today);
        var coming = Period.MonthsTo(window.Last.AddDays(1), 1);
        var last = month.AddMonths(1).AddDays(-1);
        var people = ledger.People.Where(p => p.IsActiveOn(last) && (whole || p.Id == rights.OwnMemberId)).OrderBy(p => p.Name, StringComparer.OrdinalIgnoreCase).ThenBy(p => p.Id).ToList();
        var months = window.Months.Select(m => TallyTable.Of(Counted.Of(ledger, m))).ToList();
        var meetings = ledger.Meetings.Count(m => coming.Covers(m.Date) && m.State is not (MeetingState.Holiday or MeetingState.Discarded));
        int[] rolling = meetings > 0 ? [meetings] : [];
        var ways = people.Select(p => (Person: p, Next: NextBand.Of(scheme.Scheme, [.. months.Select(m => m.Of(p.Id))], rolling))).ToList();
        return new(
            window, scheme.Scheme, [.. ways.OrderByDescending(w => w.Next.Now.Points).Select(w => new MemberLight(w.Person, w.Next.Now))],
            [.. ways.Where(w => w.Next.Now.Band != Band.Green && w.Next.Cheapest is not null).OrderBy(w => w.Next.Cheapest!.Cost).ThenBy(w => w.Next.Cheapest!.Deeds.Count).Take(NearestShown)
                .Select(w => new NextStep(w.Person, w.Next.Target, w.Next.Cheapest!))],
            meetings > 0
                ? $"In {coming.Title}: {(meetings == 1 ? "1 meeting comes" : $"{meetings} meetings come")} in with the member present and on time, {window.Months[0].Title} rolls out."
                : "Within the window as it stands: no meeting of the month after it is on the calendar.",
            whole) { SchemeId = scheme.Id };
    }
}
