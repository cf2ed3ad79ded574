using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Chapters.Reckoning;
using Sourcing.Data.Chapters.Reports;
using Sourcing.Data.Common;

namespace Sourcing.Data.Chapters;

/// <summary>Reads chapters, their figures and seats, as far as the asker's seat opens them.</summary>
public sealed class ChapterQueries(Database database, CurrentUser user)
{
    /// <summary>Chapters that a list shows, at most.</summary>
    public const int Most = 500;

    private const int Months = 6;

    /// <summary>The chapters in which the asker has a seat, by name, with this month's figures where they may read them.</summary>
    public Task<IReadOnlyList<ChapterRow>> ListAsync(CancellationToken ct)
    {
        user.Demand(Permission.ChaptersRead);
        return database.ReadAsync<IReadOnlyList<ChapterRow>>(
            async (db, token) =>
            {
                var chapters = await db.Chapters.AsNoTracking().OrderByDescending(c => c.IsActive).ThenBy(c => c.Name).ThenBy(c => c.Id).Take(Most).ToListAsync(token);
                var seats = await db.ChapterSeats.Where(s => s.UserId == user.Id).ToDictionaryAsync(s => s.ChapterId, s => s.Office, token);
                var today = DateOnly.FromDateTime((await db.NowAsync(token)).UtcDateTime);
                var month = new DateOnly(today.Year, today.Month, 1);
                var members = await db.MembershipTerms.Where(t => t.JoinedOn <= today && (t.LeftOn == null || t.LeftOn > today) && db.Members.Any(m => m.Id == t.MemberId))
                    .GroupBy(t => t.ChapterId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, token);
                var totals = await ChapterTotals.ReadAsync(db, Period.Month(month.Year, month.Month), token);
                return [.. chapters.Select(c =>
                {
                    var office = user.May(Permission.ChaptersManage) ? ChapterOffice.Leader : seats.GetValueOrDefault(c.Id, ChapterOffice.Viewer);
                    var belongs = office is ChapterOffice.Leader or ChapterOffice.Committee or ChapterOffice.Member;
                    return new ChapterRow(c.Id, c.Name, c.Location, c.Region, c.Currency, c.IsActive, office, belongs ? members.GetValueOrDefault(c.Id) : null,
                        belongs && totals.TryGetValue(c.Id, out var figures) ? figures.Figures(month) : null);
                })];
            }, ct);
    }

    /// <summary>What the asker may do in a chapter; null where they have no seat.</summary>
    public Task<ChapterRights?> RightsAsync(Guid id, CancellationToken ct)
    {
        user.Demand(Permission.ChaptersRead);
        return database.ReadAsync((db, token) => Seats.FindAsync(db, user, id, token), ct);
    }

    /// <summary>The chapters in which the asker has a seat: for going straight to the only one.</summary>
    public Task<IReadOnlyList<Guid>> MineAsync(CancellationToken ct)
    {
        user.Demand(Permission.ChaptersRead);
        return database.ReadAsync<IReadOnlyList<Guid>>(async (db, token) => await db.Chapters.Where(c => c.IsActive).OrderBy(c => c.Name).ThenBy(c => c.Id).Select(c => c.Id).Take(2).ToListAsync(token), ct);
    }

    /// <summary>The chapter as it is changed. Refuses whoever does not lead it.</summary>
    public Task<ChapterForm> FormAsync(Guid id, CancellationToken ct)
    {
        user.Demand(Permission.ChaptersWrite);
        return database.ReadAsync(
            async (db, token) =>
            {
                await Seats.DemandLeadAsync(db, user, id, token);
                return await db.Chapters.Where(c => c.Id == id).Select(c => new ChapterForm
                {
                    Id = c.Id, Version = c.Version, Name = c.Name, Location = c.Location, Region = c.Region, MeetingDay = c.MeetingDay, MeetingTime = c.MeetingTime,
                    TimeZone = c.TimeZone, Currency = c.Currency, PointsShared = c.PointsShared, IsActive = c.IsActive,
                }).SingleAsync(token);
            }, ct);
    }

    /// <summary>The start page; null where the asker has no seat. A visitor host and a viewer get no figures: all are 0 and the lists empty.</summary>
    public Task<ChapterDashboard?> DashboardAsync(Guid id, CancellationToken ct)
    {
        user.Demand(Permission.ChaptersRead);
        return database.ReadMomentAsync<ChapterDashboard?>(
            async (db, token) =>
            {
                if (await Seats.FindAsync(db, user, id, token) is not { } rights)
                {
                    return null;
                }

                // On the first days of a month there is nothing to see in it yet: the last one with a completed meeting says more.
                var last = await db.Meetings.Where(m => m.ChapterId == id && m.Status == MeetingStatus.Completed && m.HeldOn <= rights.Today).MaxAsync(m => (DateOnly?)m.HeldOn, token) ?? rights.Today;
                var month = new DateOnly(last.Year, last.Month, 1);
                var (months, waiting) = await MonthsAsync(db, rights, month, token);
                var size = await db.MembershipTerms.CountAsync(t => t.ChapterId == id && t.JoinedOn <= rights.Today && (t.LeftOn == null || t.LeftOn > rights.Today) && db.Members.Any(m => m.Id == t.MemberId), token);
                var meetings = await MeetingQueries.RowsAsync(db, db.Meetings.Where(m => m.ChapterId == id && (m.Status == MeetingStatus.Planned || m.Status == MeetingStatus.Draft)
                    && m.HeldOn <= rights.Today.AddDays(60)).OrderBy(m => m.HeldOn).Take(60), token);
                var latest = await SlipList.Project(db, db.ChapterSlips.Where(s => s.ChapterId == id)).OrderByDescending(s => s.HeldOn).ThenByDescending(s => s.CreatedAt).ThenBy(s => s.Id).Take(8).ToListAsync(token);
                return new(rights, size, months, meetings.FirstOrDefault(m => m.HeldOn >= rights.Today), rights.Looks ? [.. meetings.Where(m => m.HeldOn <= rights.Today)] : [], latest, waiting);
            }, ct);
    }

    /// <summary>Who may do what in a chapter, leaders first. Refuses whoever does not lead it.</summary>
    public Task<IReadOnlyList<SeatRow>> SeatsAsync(Guid chapterId, CancellationToken ct)
    {
        user.Demand(Permission.ChaptersWrite);
        return database.ReadAsync<IReadOnlyList<SeatRow>>(
            async (db, token) =>
            {
                await Seats.DemandLeadAsync(db, user, chapterId, token);
                var rows = await db.ChapterSeats.Where(s => s.ChapterId == chapterId)
                    .Select(s => new SeatRow(s.Id, db.People.Where(p => p.Id == s.UserId).Select(p => p.FullName).FirstOrDefault() ?? "", s.Office, s.UserId == user.Id)).Take(Most).ToListAsync(token);
                return [.. rows.OrderBy(r => r.Office).ThenBy(r => r.Name, StringComparer.CurrentCulture).ThenBy(r => r.Id)];
            }, ct);
    }

    // Reckoned as the report of each month is: the two never differ.
    private static async Task<(IReadOnlyList<MonthFigures> Months, int Waiting)> MonthsAsync(SourcingDb db, ChapterRights rights, DateOnly month, CancellationToken ct)
    {
        var period = Period.MonthsTo(month, Months);
        if (!rights.Belongs)
        {
            return ([.. period.Months.Select(m => new MonthFigures(m.First, 0, 0, 0, null, 0))], 0);
        }

        var facts = await ReportFacts.ReadAsync(db, rights.ChapterId, rights.Currency, period, ct);
        return ([.. period.Months.Select(m => facts.Month(m.First, PeriodFigures.Of(facts.Ledger, m)))], facts.Waiting(Period.Month(month.Year, month.Month)));
    }
}
