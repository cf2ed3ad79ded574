using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;

namespace Sourcing.Data.Chapters;

/// <summary>Reads meetings, attendance and visitors, as far as the asker's seat opens them.</summary>
public sealed class MeetingQueries(Database database, CurrentUser user)
{
    /// <summary>Meetings that are read at once, at most.</summary>
    public const int Most = 400;

    /// <summary>The meetings of a year, the last first.</summary>
    public Task<IReadOnlyList<MeetingRow>> ListAsync(Guid chapterId, int year, CancellationToken ct)
    {
        user.Demand(Permission.ChaptersRead);
        return database.ReadAsync<IReadOnlyList<MeetingRow>>(
            async (db, token) =>
            {
                await Seats.RightsAsync(db, user, chapterId, token);
                var (from, until) = (new DateOnly(year, 1, 1), new DateOnly(year, 12, 31));
                return await RowsAsync(db, db.Meetings.Where(m => m.ChapterId == chapterId && m.HeldOn >= from && m.HeldOn <= until).OrderByDescending(m => m.HeldOn).Take(Most), token);
            }, ct);
    }

    /// <summary>The sheet of a meeting; null where it is not the asker's to see. Whoever neither leads nor is of the committee finds their own row alone.</summary>
    public Task<MeetingSheet?> SheetAsync(Guid id, CancellationToken ct)
    {
        user.Demand(Permission.ChaptersRead);
        return database.ReadAsync<MeetingSheet?>(
            async (db, token) =>
            {
                var meeting = await db.Meetings.AsNoTracking().SingleOrDefaultAsync(m => m.Id == id, token);
                if (meeting is null || await Seats.FindAsync(db, user, meeting.ChapterId, token) is not { } rights)
                {
                    return null;
                }

                var day = meeting.HeldOn;
                var own = rights.OwnMemberId;
                var rows = await db.Members.IgnoreQueryFilters(new[] { SourcingDb.LiveRows })
                    .Where(m => m.ChapterId == meeting.ChapterId && (rights.Looks || m.Id == own)
                        && ((m.DeletedAt == null && m.Terms.Any(t => t.JoinedOn <= day && (t.LeftOn == null || t.LeftOn > day))) || db.Attendances.Any(a => a.MeetingId == id && a.MemberId == m.Id)))
                    .OrderBy(m => m.LastName).ThenBy(m => m.FirstName).ThenBy(m => m.Id)
                    .Select(m => new
                    {
                        m.Id, m.FirstName, m.LastName,
                        Entry = db.Attendances.Where(a => a.MeetingId == id && a.MemberId == m.Id).Select(a => new { a.Code, a.Substitute, a.LeftEarly }).FirstOrDefault(),
                    }).ToListAsync(token);
                var visitors = await VisitorQueries.RowsAsync(db, db.Visitors.Where(v => v.MeetingId == id), token);
                var closed = await db.ClosedMonths.AnyAsync(c => c.ChapterId == meeting.ChapterId && c.FirstDay <= day && day <= c.LastDay, token);
                return new(id, rights, day, meeting.Status, closed, meeting.Version,
                    [.. rows.Select(r => new SheetRow(r.Id, $"{r.FirstName} {r.LastName}".Trim(), r.Entry?.Code, r.Entry?.Substitute ?? "", r.Entry?.LeftEarly ?? false))], visitors);
            }, ct);
    }

    internal static async Task<IReadOnlyList<MeetingRow>> RowsAsync(SourcingDb db, IQueryable<Meeting> meetings, CancellationToken ct)
    {
        var rows = await meetings.Select(m => new { m.Id, m.HeldOn, m.Status }).ToListAsync(ct);
        var ids = rows.Select(r => r.Id).ToList();
        var codes = (await db.AttendanceCounts.Where(a => ids.Contains(a.MeetingId)).ToListAsync(ct)).ToLookup(a => a.MeetingId);
        var slips = await db.SlipFacts.Where(s => ids.Contains(s.MeetingId) && s.Kind != SlipKind.Visitor).GroupBy(s => s.MeetingId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        return [.. rows.Select(r =>
        {
            int Of(AttendanceCode code) => codes[r.Id].Where(c => c.Code == code).Sum(c => c.Count);
            return new MeetingRow(r.Id, r.HeldOn, r.Status, codes[r.Id].Sum(c => c.Count),
                MonthFigures.AttendanceOf(Of(AttendanceCode.Present), Of(AttendanceCode.Late), Of(AttendanceCode.Substitute), Of(AttendanceCode.Absent)), slips.GetValueOrDefault(r.Id));
        })];
    }

    /// <summary>Meetings that take slips and visits: not called off, and of no closed month.</summary>
    internal static IQueryable<Meeting> Open(SourcingDb db, Guid chapterId) =>
        db.Meetings.Where(m => m.ChapterId == chapterId && m.Status != MeetingStatus.Holiday && m.Status != MeetingStatus.Discarded
            && !db.ClosedMonths.Any(c => c.ChapterId == chapterId && c.FirstDay <= m.HeldOn && m.HeldOn <= c.LastDay));

    /// <summary>The last meeting up to a day, else the first after it.</summary>
    internal static async Task<MeetingChoice?> NearestAsync(IQueryable<Meeting> open, DateOnly today, CancellationToken ct) =>
        await open.Where(m => m.HeldOn <= today).OrderByDescending(m => m.HeldOn).Select(m => new MeetingChoice(m.Id, m.HeldOn)).FirstOrDefaultAsync(ct)
        ?? await open.Where(m => m.HeldOn > today).OrderBy(m => m.HeldOn).Select(m => new MeetingChoice(m.Id, m.HeldOn)).FirstOrDefaultAsync(ct);
}

/// <summary>Reads what slips are entered with.</summary>
public sealed class SlipQueries(Database database, CurrentUser user)
{
    /// <summary>People, meetings and the asker's rights; refuses a chapter in which they have no seat.</summary>
    public Task<SlipChoices> ChoicesAsync(Guid chapterId, CancellationToken ct)
    {
        user.Demand(Permission.ChaptersRead);
        return database.ReadAsync(
            async (db, token) =>
            {
                var rights = await Seats.RightsAsync(db, user, chapterId, token);
                var people = await db.MemberNames.Where(n => n.ChapterId == chapterId && n.IsActive).OrderBy(n => n.FullName).ThenBy(n => n.Id).Select(n => new PersonChoice(n.Id, n.FullName)).Take(MemberQueries.Most).ToListAsync(token);
                var externals = await db.ExternalParties.Where(p => p.ChapterId == chapterId).OrderBy(p => p.Name).ThenBy(p => p.Id).Select(p => new ExternalChoice(p.Id, p.Name, p.ChapterName)).Take(MemberQueries.Most).ToListAsync(token);
                var open = MeetingQueries.Open(db, chapterId);
                var meetings = await open.Where(m => m.HeldOn <= rights.Today.AddDays(7)).OrderByDescending(m => m.HeldOn).Take(60).Select(m => new MeetingChoice(m.Id, m.HeldOn)).ToListAsync(token);
                return new SlipChoices(rights, people, externals, meetings, await MeetingQueries.NearestAsync(open, rights.Today, token));
            }, ct);
    }

    /// <summary>Who paid, of closed business that the asker paid: by the slip's key. Of nobody else's, whoever asks.</summary>
    /// <param name="ids">Slips; at most 200 are looked at.</param>
    public Task<IReadOnlySet<Guid>> PaidByMeAsync(IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        user.Demand(Permission.ChaptersRead);
        return database.ReadAsync<IReadOnlySet<Guid>>(
            async (db, token) =>
            {
                var asked = ids.Take(200).ToList();
                return (await db.ClosedBusinessPayers.Where(p => asked.Contains(p.Id)).Select(p => p.Id).ToListAsync(token)).ToHashSet();
            }, ct);
    }
}

/// <summary>Reads visits: hosts, leaders and the committee all, members those whom they brought.</summary>
public sealed class VisitorQueries(Database database, CurrentUser user)
{
    /// <summary>The visits of the last year and a half, the last first; at most 500.</summary>
    public Task<IReadOnlyList<VisitorRow>> ListAsync(Guid chapterId, CancellationToken ct)
    {
        user.Demand(Permission.ChaptersRead);
        return database.ReadAsync(
            async (db, token) =>
            {
                var since = (await Seats.RightsAsync(db, user, chapterId, token)).Today.AddMonths(-18);
                return await RowsAsync(db, db.Visitors.Where(v => v.ChapterId == chapterId && db.Meetings.Any(m => m.Id == v.MeetingId && m.HeldOn >= since)), token);
            }, ct);
    }

    /// <summary>A visit as it is changed. Refuses whoever neither hosts nor leads.</summary>
    public Task<VisitorForm> FormAsync(Guid id, CancellationToken ct)
    {
        user.Demand(Permission.ChaptersRead);
        return database.ReadAsync(
            async (db, token) =>
            {
                var form = await db.Visitors.Where(v => v.Id == id).Select(v => new VisitorForm
                {
                    Id = v.Id, ChapterId = v.ChapterId, Version = v.Version, MeetingId = v.MeetingId, Name = v.Name, Company = v.Company, Profession = v.Profession, InviterId = v.InviterId, Kind = v.Kind, Outcome = v.Outcome,
                }).SingleOrDefaultAsync(token) ?? throw new MissingException("visitor");
                return (await Seats.RightsAsync(db, user, form.ChapterId, token)).Hosts ? form : throw new DeniedException(Permission.ChaptersWrite);
            }, ct);
    }

    internal static async Task<IReadOnlyList<VisitorRow>> RowsAsync(SourcingDb db, IQueryable<Visitor> visitors, CancellationToken ct) => await visitors
        .Join(db.Meetings, v => v.MeetingId, m => m.Id, (v, m) => new { Visitor = v, m.HeldOn }).OrderByDescending(x => x.HeldOn).ThenBy(x => x.Visitor.Name).ThenBy(x => x.Visitor.Id).Take(500)
        .Select(x => new VisitorRow(
            x.Visitor.Id, x.HeldOn, x.Visitor.MeetingId, x.Visitor.Name, x.Visitor.Company, x.Visitor.Profession, db.MemberNames.Where(n => n.Id == x.Visitor.InviterId).Select(n => n.FullName).FirstOrDefault() ?? "",
            x.Visitor.Kind, x.Visitor.Outcome, db.Visitors.Count(o => o.ChapterId == x.Visitor.ChapterId && o.NameKey == x.Visitor.NameKey))).ToListAsync(ct);
}
