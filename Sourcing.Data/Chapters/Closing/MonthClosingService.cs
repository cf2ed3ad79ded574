using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Chapters.Importing;
using Sourcing.Data.Chapters.Reckoning;
using Sourcing.Data.Chapters.Reports;
using Sourcing.Data.Chapters.Scoring;
using Sourcing.Data.Common;

namespace Sourcing.Data.Chapters.Closing;

/// <summary>Closes months of a chapter and opens them again: acts of whoever leads it, and of admins.</summary>
public sealed class MonthClosingService(Database database, CurrentUser user)
{
    /// <summary>
    /// Closes a month: keeps its report with all facts and what every member scored, and from then on the database refuses every change of it. Refuses a month that is not over in the chapter's time zone, is
    /// closed already or has no meeting, and names what is still open in it.
    /// </summary>
    /// <param name="month">Any day of it.</param>
    /// <returns>The number of this closing: 1 the first time.</returns>
    public Task<int> CloseAsync(Guid chapterId, DateOnly month, CancellationToken ct)
    {
        user.Demand(Permission.ChaptersWrite);
        var first = new DateOnly(month.Year, month.Month, 1);
        return database.WriteAsync(
            async (db, token) =>
            {
                var rights = await Seats.DemandLeadAsync(db, user, chapterId, token);
                await HoldWritersAsync(db, chapterId, token);
                var report = await db.MonthlyReports.SingleOrDefaultAsync(r => r.ChapterId == chapterId && r.Period == first, token);
                if (report?.Status == MonthlyReportStatus.Closed)
                {
                    throw new RefusedException($"{first:MMMM yyyy} is closed already. Load the page again.");
                }

                var (period, facts) = await DemandClosableAsync(db, rights, first, token);
                var scheme = await MemberScores.StoreAsync(db, chapterId, rights.Currency, first, token);
                var figures = ClosedFigures.Of(facts.Ledger, period, scheme.Scheme, await ChapterImportFacts.HashesAsync(db, chapterId, first, token));
                var before = report is null ? null : await FiguresAsync(db, report.Id, report.Revision, token);
                if (report is null)
                {
                    db.Add(report = new(chapterId, first));
                }

                report.Close(figures, user.Id, await db.NowAsync(token));
                db.Add(ReportRevision.OfClosing(report, figures, before, ReportSnapshot.Write(rights, scheme, facts), user.Id));
                await db.SaveChangesAsync(token);
                return report.Revision;
            }, ct);
    }

    /// <summary>Opens a closed month for changes. What was closed is kept. Refuses a month that is not closed, and no reason.</summary>
    public Task ReopenAsync(Guid chapterId, DateOnly month, string reason, CancellationToken ct)
    {
        user.Demand(Permission.ChaptersWrite);
        var first = new DateOnly(month.Year, month.Month, 1);
        return database.WriteAsync(
            async (db, token) =>
            {
                await Seats.DemandLeadAsync(db, user, chapterId, token);
                await HoldWritersAsync(db, chapterId, token);
                var report = await db.MonthlyReports.SingleOrDefaultAsync(r => r.ChapterId == chapterId && r.Period == first, token)
                    ?? throw new RefusedException($"{first:MMMM yyyy} is not closed, so there is nothing to open.");
                report.Reopen(reason, user.Id, await db.NowAsync(token));
                db.Add(ReportRevision.OfReopening(report, user.Id));
                await db.SaveChangesAsync(token);
            }, ct);
    }

    // Whoever writes in the chapter holds the same lock together with others: see app.closed_month.
    private static Task HoldWritersAsync(SourcingDb db, Guid chapter, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended('closing ' || {chapter}::text, 0))", ct);

    private static async Task<(Period Month, ReportFacts Facts)> DemandClosableAsync(SourcingDb db, ChapterRights rights, DateOnly first, CancellationToken ct)
    {
        var period = Period.Month(first.Year, first.Month);
        if (rights.Today <= period.Last)
        {
            throw new RefusedException($"{first:MMMM yyyy} is not over yet. It can be closed from {period.Last.AddDays(1):d MMMM} on.");
        }

        var facts = await ReportFacts.OfMonthAsync(db, rights, first, ct);
        if (!facts.Ledger.Meetings.Any(m => period.Covers(m.Date) && m.State != MeetingState.Discarded))
        {
            throw new RefusedException($"{first:MMMM yyyy} has no meeting, so there is nothing to close. Plan its meetings, or mark them as holidays.");
        }

        var obstacles = ClosedFigures.Obstacles(facts.Ledger.Meetings, period, (await ChapterImportFacts.OpenIssuesAsync(db, rights.ChapterId, ct))(first));
        return obstacles.Count == 0 ? (period, facts) : throw new RefusedException(string.Join(" ", obstacles));
    }

    private static async Task<IReadOnlyDictionary<string, string?>?> FiguresAsync(SourcingDb db, Guid report, int revision, CancellationToken ct) =>
        await db.ReportRevisions.Where(r => r.ReportId == report && r.Revision == revision && r.Act == RevisionAct.Closed).Select(r => r.Figures).SingleAsync(ct) is { } kept
            ? JsonSerializer.Deserialize<Dictionary<string, string?>>(kept) : null;
}
