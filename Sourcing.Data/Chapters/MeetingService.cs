using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;

namespace Sourcing.Data.Chapters;

/// <summary>Plans meetings, takes attendance, completes: acts of those who lead the chapter.</summary>
public sealed class MeetingService(Database database, CurrentUser user)
{
    /// <summary>Puts a meeting on every such weekday from a day until another, both included; days that have one are left alone. Refuses more than a year, and a stretch without such a day.</summary>
    /// <returns>How many were added.</returns>
    public async Task<int> PlanAsync(PlanMeetingsForm form, CancellationToken ct)
    {
        user.Demand(Permission.ChaptersWrite);
        FormShape.Demand(form);
        var (from, until) = (form.From!.Value, form.Until!.Value);
        if (until < from || until > from.AddYears(1))
        {
            throw new RefusedException(nameof(form.Until), "The last day is at or after the first, and at most a year later.");
        }

        var days = Enumerable.Range(0, until.DayNumber - from.DayNumber + 1).Select(from.AddDays).Where(d => WeekdayOf(d) == form.Weekday).ToList();
        if (days.Count == 0)
        {
            throw new RefusedException(nameof(form.Weekday), "No such weekday lies between these days. Choose another day or a longer stretch.");
        }

        var added = 0;
        await database.WriteOnceAsync(form.FormKey, async (db, token) =>
        {
            await Seats.DemandLeadAsync(db, user, form.ChapterId, token);
            var there = await db.Meetings.Where(m => m.ChapterId == form.ChapterId && m.HeldOn >= from && m.HeldOn <= until).Select(m => m.HeldOn).ToListAsync(token);
            var missing = days.Except(there).ToList();
            db.AddRange(missing.Select(d => new Meeting(form.ChapterId, d)));
            await db.SaveChangesAsync(token);
            added = missing.Count;
            return form.ChapterId;
        }, ct);
        return added;
    }

    /// <summary>
    /// Writes codes down as they are entered; each entry replaces what stood there for the member. Refuses a meeting to come or one that is completed or called off, somebody
    /// who was no member on the day, and a substitute who was an active member of the chapter.
    /// </summary>
    public Task EnterAsync(Guid meetingId, IReadOnlyList<AttendanceEntry> entries, CancellationToken ct)
    {
        user.Demand(Permission.ChaptersWrite);
        return database.WriteAsync(async (db, token) =>
        {
            var (meeting, rights) = await FindAsync(db, meetingId, token);
            if (meeting.HeldOn > rights.Today)
            {
                throw new RefusedException($"The meeting is on {meeting.HeldOn:d MMM yyyy}. Attendance is entered on that day or later.");
            }

            var active = await ActiveAsync(db, meeting, token);
            foreach (var entry in entries)
            {
                if (active.All(m => m.Id != entry.MemberId))
                {
                    throw new RefusedException($"One of these people was no member of the chapter on {meeting.HeldOn:d MMM yyyy}. Load the page again.");
                }

                var key = Files.NameKey.Of(entry.Substitute ?? "");
                if (entry.Code == AttendanceCode.Substitute && active.FirstOrDefault(m => m.NameKey == key) is { } member)
                {
                    throw new RefusedException("Substitute", $"{member.Name} is a member, and a substitute is not. Type who else came.");
                }
            }

            db.RemoveRange(meeting.Enter(entries.Select(e => (e.MemberId, e.Code, e.Substitute ?? "", e.LeftEarly))));
            await db.SaveChangesAsync(token);
        }, ct);
    }

    /// <summary>Completes a meeting. Refuses one to come, and members active on the day who have no code, by name.</summary>
    public Task CompleteAsync(Guid meetingId, CancellationToken ct) => ActAsync(
        meetingId, async (db, meeting, rights, token) =>
        {
            var entered = meeting.Attendances.Select(a => a.MemberId).ToHashSet();
            meeting.Complete(rights.Today, [.. (await ActiveAsync(db, meeting, token)).Where(m => !entered.Contains(m.Id)).Select(m => m.Name)]);
        }, ct);

    /// <summary>Opens a completed meeting, or puts one that was called off back on the calendar.</summary>
    public Task ReopenAsync(Guid meetingId, CancellationToken ct) => ActAsync(
        meetingId, (_, meeting, _, _) =>
        {
            meeting.Reopen();
            return Task.CompletedTask;
        }, ct);

    /// <summary>Calls a meeting off: a holiday, or one that was planned by mistake. Refuses one with attendance, slips or visitors.</summary>
    public Task CallOffAsync(Guid meetingId, bool holiday, CancellationToken ct) => ActAsync(
        meetingId, async (db, meeting, _, token) =>
        {
            var slips = await db.Referrals.CountAsync(s => s.MeetingId == meetingId, token) + await db.OneToOnes.CountAsync(s => s.MeetingId == meetingId, token)
                + await db.ClosedBusiness.CountAsync(s => s.MeetingId == meetingId, token) + await db.EducationUnits.CountAsync(s => s.MeetingId == meetingId, token)
                + await db.Testimonials.CountAsync(s => s.MeetingId == meetingId, token) + await db.Visitors.CountAsync(s => s.MeetingId == meetingId, token);
            meeting.CallOff(holiday, slips + meeting.Attendances.Count);
        }, ct);

    /// <summary>1 for Monday to 7 for Sunday.</summary>
    public static int WeekdayOf(DateOnly day) => day.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)day.DayOfWeek;

    private Task ActAsync(Guid meetingId, Func<SourcingDb, Meeting, ChapterRights, CancellationToken, Task> act, CancellationToken ct)
    {
        user.Demand(Permission.ChaptersWrite);
        return database.WriteAsync(async (db, token) =>
        {
            var (meeting, rights) = await FindAsync(db, meetingId, token);
            await act(db, meeting, rights, token);
            await db.SaveChangesAsync(token);
        }, ct);
    }

    private async Task<(Meeting Meeting, ChapterRights Rights)> FindAsync(SourcingDb db, Guid id, CancellationToken ct)
    {
        // Two who enter the same meeting at once come one after the other.
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended('meetings ' || {id}::text, 0))", ct);
        var meeting = await db.Meetings.Include(m => m.Attendances).SingleOrDefaultAsync(m => m.Id == id, ct) ?? throw new MissingException("meeting");
        return (meeting, await Seats.DemandLeadAsync(db, user, meeting.ChapterId, ct));
    }

    private static Task<List<OnRoll>> ActiveAsync(SourcingDb db, Meeting meeting, CancellationToken ct) =>
        db.Members.Where(m => m.ChapterId == meeting.ChapterId && m.Terms.Any(t => t.JoinedOn <= meeting.HeldOn && (t.LeftOn == null || t.LeftOn > meeting.HeldOn)))
            .OrderBy(m => m.LastName).ThenBy(m => m.FirstName).ThenBy(m => m.Id).Select(m => new OnRoll(m.Id, m.FirstName + " " + m.LastName, m.NameKey)).ToListAsync(ct);

    private sealed record OnRoll(Guid Id, string Name, string NameKey);
}
