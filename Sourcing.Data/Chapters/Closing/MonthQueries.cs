using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Chapters.Importing;
using Sourcing.Data.Chapters.Reckoning;
using Sourcing.Data.Chapters.Reports;
using Sourcing.Data.Common;

namespace Sourcing.Data.Chapters.Closing;

/// <summary>Reads which months of a chapter are closed, and what happened to them, as far as the asker's seat opens it.</summary>
public sealed class MonthQueries(Database database, CurrentUser user)
{
    /// <summary>The months of a year from the first meeting to today, with their figures; null where the asker's seat opens no reports.</summary>
    /// <param name="year">Null for the last with a meeting up to today.</param>
    public Task<MonthList?> ListAsync(Guid chapterId, int? year, CancellationToken ct)
    {
        user.Demand(Permission.ChaptersRead);
        return database.ReadMomentAsync<MonthList?>(
            async (db, token) =>
            {
                if (await Seats.FindAsync(db, user, chapterId, token) is not { ReadsReports: true } rights)
                {
                    return null;
                }

                var days = await db.Database.SqlQuery<DateOnly>($"""select held_on as "Value" from report_meetings where chapter_id = {chapterId} and held_on <= {rights.Today} and status <> 'discarded'""").ToListAsync(token);
                var months = days.Select(d => new DateOnly(d.Year, d.Month, 1)).Distinct().OrderDescending().ToList();
                var shown = year ?? (months.Count > 0 ? months[0].Year : rights.Today.Year);
                return new(rights, shown, [.. months.Select(m => m.Year).Append(shown).Distinct().OrderDescending()], await LinesAsync(db, rights, [.. months.Where(m => m.Year == shown)], token));
            }, ct);
    }

    /// <summary>Months that are over and open, the oldest first: for whoever leads the chapter or is of its committee, else none.</summary>
    public Task<IReadOnlyList<MonthLine>> ToCloseAsync(Guid chapterId, CancellationToken ct)
    {
        user.Demand(Permission.ChaptersRead);
        return database.ReadMomentAsync<IReadOnlyList<MonthLine>>(
            async (db, token) =>
            {
                if (await Seats.FindAsync(db, user, chapterId, token) is not { Looks: true } rights)
                {
                    return [];
                }

                var running = new DateOnly(rights.Today.Year, rights.Today.Month, 1);
                var open = await db.Database.SqlQuery<DateOnly>(
                    $"""
                    select distinct date_trunc('month', m.held_on)::date as "Value" from report_meetings m
                    where m.chapter_id = {chapterId} and m.held_on < {running} and m.status <> 'discarded'
                        and not exists (select from monthly_reports r where r.chapter_id = m.chapter_id and r.period = date_trunc('month', m.held_on)::date and r.status = 'closed')
                    """).ToListAsync(token);
                return await LinesAsync(db, rights, [.. open.Order()], token);
            }, ct);
    }

    /// <summary>Every closing and reopening of a month with what changed; null for whoever neither leads the chapter nor is of its committee.</summary>
    public Task<MonthHistory?> HistoryAsync(Guid chapterId, DateOnly month, CancellationToken ct)
    {
        user.Demand(Permission.ChaptersRead);
        return database.ReadMomentAsync<MonthHistory?>(
            async (db, token) =>
            {
                if (await Seats.FindAsync(db, user, chapterId, token) is not { Looks: true } rights)
                {
                    return null;
                }

                var first = new DateOnly(month.Year, month.Month, 1);
                var found = await db.ReportRevisions.Where(r => r.ChapterId == chapterId && r.Period == first)
                    .OrderByDescending(r => r.Revision).ThenByDescending(r => r.Act)
                    .Select(r => new { r.Revision, r.Act, r.CreatedAt, r.ActorId, r.Reason, r.Differences }).ToListAsync(token);
                var names = await NamesAsync(db, found.Select(r => r.ActorId), token);
                return new(rights, first, await ClosingAsync(db, rights, first, token),
                    [.. found.Select(r => new RevisionLine(r.Revision, r.Act, r.CreatedAt, names.GetValueOrDefault(r.ActorId, ""), r.Reason, JsonSerializer.Deserialize<List<FigureDifference>>(r.Differences)!))]);
            }, ct);
    }

    /// <summary>Where a month stands.</summary>
    internal static async Task<MonthClosing> ClosingAsync(SourcingDb db, ChapterRights rights, DateOnly month, CancellationToken ct)
    {
        var report = await db.MonthlyReports.AsNoTracking().SingleOrDefaultAsync(r => r.ChapterId == rights.ChapterId && r.Period == month, ct);
        return Closing(rights, month, report, report is null ? [] : await NamesAsync(db, [report.ClosedById], ct));
    }

    /// <summary>What differs from the last closing of a month; empty where there was none.</summary>
    internal static async Task<IReadOnlyList<FigureDifference>> ChangesAsync(SourcingDb db, Guid chapter, ClosedFigures now, CancellationToken ct)
    {
        var kept = await db.MonthlyReports.Where(r => r.ChapterId == chapter && r.Period == now.Month.First).Select(r => r.Metadata).SingleOrDefaultAsync(ct);
        return kept is null ? [] : FigureDifference.Of(JsonSerializer.Deserialize<Dictionary<string, string?>>(kept)!, now.Values);
    }

    private static async Task<IReadOnlyList<MonthLine>> LinesAsync(SourcingDb db, ChapterRights rights, IReadOnlyList<DateOnly> months, CancellationToken ct)
    {
        if (months.Count == 0)
        {
            return [];
        }

        var reports = await db.MonthlyReports.AsNoTracking().Where(r => r.ChapterId == rights.ChapterId && months.Contains(r.Period)).ToDictionaryAsync(r => r.Period, ct);
        var names = await NamesAsync(db, reports.Values.Select(r => r.ClosedById), ct);
        var open = months.Where(m => reports.GetValueOrDefault(m)?.Status != MonthlyReportStatus.Closed).ToList();
        var facts = open.Count == 0 ? null : await ReportFacts.ReadAsync(db, rights.ChapterId, rights.Currency, new(open.Min(), open.Max().AddMonths(1).AddDays(-1)), ct);
        var waiting = rights.Looks && open.Count > 0 ? await ChapterImportFacts.OpenIssuesAsync(db, rights.ChapterId, ct) : _ => 0;
        return [.. months.Select(month =>
        {
            var report = reports.GetValueOrDefault(month);
            var closing = Closing(rights, month, report, names);
            var period = Period.Month(month.Year, month.Month);
            return new MonthLine(
                month, closing, closing.State == MonthState.Closed ? AsClosed(report!) : facts!.Month(month, PeriodFigures.Of(facts.Ledger, period)),
                rights.Looks && closing.State is MonthState.Open or MonthState.Reopened ? ClosedFigures.Obstacles(facts!.Ledger.Meetings, period, waiting(month)) : []);
        })];
    }

    private static MonthClosing Closing(ChapterRights rights, DateOnly month, MonthlyReport? report, Dictionary<Guid, string> names)
    {
        var state = report switch
        {
            { Status: MonthlyReportStatus.Closed } => MonthState.Closed,
            { } => MonthState.Reopened,
            null => month.AddMonths(1) > rights.Today ? MonthState.Running : MonthState.Open,
        };
        return new(state, report?.Revision ?? 0, report?.ClosedAt, report is null ? "" : names.GetValueOrDefault(report.ClosedById, ""), report?.ReopenReason ?? "") { DueBy = ClosedFigures.DueBy(Period.Month(month.Year, month.Month)) };
    }

    // The one-to-ones and visitors of the list stand in the metadata.
    private static MonthFigures AsClosed(MonthlyReport report)
    {
        var values = JsonSerializer.Deserialize<Dictionary<string, string?>>(report.Metadata)!;
        int Count(string name) => int.Parse(values.GetValueOrDefault(name) ?? "0", System.Globalization.CultureInfo.InvariantCulture);
        return new(report.Period, report.TotalReferrals, report.TotalBusiness, Count("in_chapter_one_to_ones") + Count("cross_one_to_ones"), report.AttendanceRate / 100, Count("visitors"));
    }

    private static Task<Dictionary<Guid, string>> NamesAsync(SourcingDb db, IEnumerable<Guid> ids, CancellationToken ct)
    {
        var asked = ids.Distinct().ToList();
        return db.People.Where(p => asked.Contains(p.Id)).Select(p => new { p.Id, p.FullName }).ToDictionaryAsync(p => p.Id, p => p.FullName, ct);
    }
}
