using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Chapters.Files;

namespace Sourcing.Data.Chapters.Importing;

/// <summary>What reports whose rows have days would bring: codes of an attendance sheet, registered visitors. Each goes under the meeting of its day.</summary>
internal static class DayPlanner
{
    /// <summary>
    /// An attendance sheet. Codes entered by hand stay; where they differ that is told. A meeting that is not there is put on the calendar, and one is completed when everybody
    /// who was a member on its day has a code.
    /// </summary>
    public static async Task<ImportPlan> MarksAsync(SourcingDb db, ImportReading reading, CancellationToken ct)
    {
        var marks = reading.Taken(reading.Report.Marks).Where(m => m.Member.State == PartyState.Member).ToList();
        var calendar = await Calendar.ReadAsync(db, reading, marks.Select(m => m.Date), ct);
        var terms = await TermsAsync(db, reading, ct);
        var able = marks.Where(m => calendar.Takes(m.Date)).ToList();
        var active = able.Where(m => terms[m.Member.Member!.Value].Any(t => t.Covers(m.Date))).DistinctBy(m => (m.Member.Member, m.Date)).ToList();
        var ids = calendar.Ids;
        var there = await db.Attendances.Where(a => ids.Contains(a.MeetingId)).Select(a => new { a.Id, a.MeetingId, a.MemberId, a.Code, a.ImportBatchId }).ToListAsync(ct);
        var earlier = reading.Earlier?.Id;
        PlanLine Line(int row, Guid member, DateOnly day, AttendanceCode code, string name) =>
            new(row, FormattableString.Invariant($"{member:N}|{day:yyyy-MM-dd}|{code}"), code.ToString(), name, day.ToString("d MMM yyyy", System.Globalization.CultureInfo.CurrentCulture), "");
        // What the batch before brought under these meetings, and under others.
        var before = earlier is { } id
            ? (await db.Attendances.Where(a => a.ImportBatchId == id).Join(db.Meetings, a => a.MeetingId, m => m.Id, (a, m) => new { a.Id, a.MemberId, a.Code, m.HeldOn }).ToListAsync(ct))
                .Select(a => Line(0, a.MemberId, a.HeldOn, a.Code, reading.Members.GetValueOrDefault(a.MemberId, "A former member")) with { Stored = a.Id }).ToList()
            : [];
        var byHand = there.Where(a => a.ImportBatchId is null || a.ImportBatchId != earlier).ToDictionary(a => (a.MeetingId, a.MemberId), a => a.Code);
        AttendanceCode? Entered(ReportMark mark) => calendar.MeetingOn(mark.Date) is { } meeting && byHand.TryGetValue((meeting, mark.Member.Member!.Value), out var code) ? code : null;
        PlanLine Of(ReportMark m) => Line(m.Row, m.Member.Member!.Value, m.Date, CodeOf(m.Mark), reading.NameOf(m.Member)) with { Source = m };
        var (fresh, entered) = (active.Where(m => Entered(m) is null).ToList(), active.Where(m => Entered(m) is not null).ToList());
        var coded = fresh.Select(m => (m.Date, m.Member.Member!.Value)).Concat(there.Where(a => byHand.ContainsKey((a.MeetingId, a.MemberId))).Select(a => (calendar.DayOf(a.MeetingId), a.MemberId))).ToHashSet();
        return ImportPlan.Of(before, [.. fresh.Select(Of)]) with
        {
            There = [.. entered.Where(m => Entered(m) == CodeOf(m.Mark)).Select(Of)],
            Differing = [.. entered.Where(m => Entered(m) != CodeOf(m.Mark)).Select(m => Of(m) with { Detail = $"Entered as {Entered(m)}" })],
            NewMeetings = calendar.Missing, Days = [.. calendar.Days],
            Completed = [.. calendar.Days.Where(calendar.CanComplete).Where(day => terms.Where(t => t.Any(x => x.Covers(day))).All(t => coded.Contains((day, t.Key))))],
            Notes = [.. calendar.Notes, .. Outsiders(able.Count - active.Count)],
        };
    }

    /// <summary>Registered visitors. A visit of the same person under the same meeting is not written twice.</summary>
    public static async Task<ImportPlan> VisitorsAsync(SourcingDb db, ImportReading reading, CancellationToken ct)
    {
        var rows = reading.Taken(reading.Report.Visitors).ToList();
        var calendar = await Calendar.ReadAsync(db, reading, rows.Select(v => v.Date), ct);
        var (ids, earlier) = (calendar.Ids, reading.Earlier?.Id);
        var there = await db.Visitors.Where(v => ids.Contains(v.MeetingId) && v.ImportBatchId != earlier || (earlier == null && ids.Contains(v.MeetingId))).Select(v => new { v.MeetingId, v.NameKey }).ToListAsync(ct);
        var known = there.Select(v => (v.MeetingId, v.NameKey)).ToHashSet();
        var before = earlier is { } id
            ? (await db.Visitors.Where(v => v.ImportBatchId == id).Join(db.Meetings, v => v.MeetingId, m => m.Id, (v, m) => new { v.Id, v.ImportRow, v.Name, v.Company, v.InviterId, v.Kind, m.HeldOn }).ToListAsync(ct))
                .Select(v => Line(v.ImportRow ?? 0, v.Name, v.Company, v.InviterId, v.InviterId is { } i ? reading.Members.GetValueOrDefault(i, "A former member") : "", v.HeldOn, v.Kind) with { Stored = v.Id }).ToList()
            : [];
        PlanLine Of(ReportVisitor v) => Line(v.Row, $"{v.FirstName} {v.LastName}".Trim(), v.Company, v.InvitedBy.Member, reading.NameOf(v.InvitedBy), v.Date, KindOf(v.Kind)) with { Source = v };
        bool IsThere(ReportVisitor v) => calendar.MeetingOn(v.Date) is { } meeting && known.Contains((meeting, NameKey.Of($"{v.FirstName} {v.LastName}")));
        var able = rows.Where(v => calendar.Takes(v.Date)).ToList();
        return ImportPlan.Of(before, [.. able.Where(v => !IsThere(v)).Select(Of)]) with { There = [.. able.Where(IsThere).Select(Of)], NewMeetings = calendar.Missing, Days = [.. calendar.Days], Notes = calendar.Notes };
    }

    /// <summary>The letter of a file as a code.</summary>
    public static AttendanceCode CodeOf(char mark) => mark switch { 'P' => AttendanceCode.Present, 'A' => AttendanceCode.Absent, 'L' => AttendanceCode.Late, 'M' => AttendanceCode.Medical, _ => AttendanceCode.Substitute };

    /// <summary>As what a registered person came.</summary>
    public static VisitorKind KindOf(VisitKind kind) => kind switch { VisitKind.Visitor => VisitorKind.Visitor, VisitKind.Substitute => VisitorKind.Substitute, _ => VisitorKind.OtherChapter };

    private static PlanLine Line(int row, string name, string company, Guid? inviter, string inviterName, DateOnly day, VisitorKind kind) =>
        new(row, FormattableString.Invariant($"{NameKey.Of(name)}|{NameKey.Of(company)}|{inviter:N}|{day:yyyy-MM-dd}|{kind}"), kind == VisitorKind.OtherChapter ? "Member elsewhere" : kind.ToString(), inviterName, name,
            string.Join(", ", new[] { day.ToString("d MMM yyyy", System.Globalization.CultureInfo.CurrentCulture), company }.Where(t => t.Length > 0)));

    private static string[] Outsiders(int count) => count == 0 ? [] : [$"{ImportWords.Count(count, "code stays", "codes stay")} out: the person was no member on that day, or has two codes there. Mend the membership's days to take them in."];

    private static async Task<ILookup<Guid, Stay>> TermsAsync(SourcingDb db, ImportReading reading, CancellationToken ct)
    {
        var chapter = reading.Rights.ChapterId;
        var terms = await db.MembershipTerms.Where(t => t.ChapterId == chapter && db.Members.Any(m => m.Id == t.MemberId)).Select(t => new { t.MemberId, t.JoinedOn, t.LeftOn }).ToListAsync(ct);
        var made = reading.Answers.NewMembers.Select(a => (Member: a.Member!.Value, Stay: new Stay(a.Joined ?? reading.Period?.First ?? DateOnly.MinValue, null)));
        return terms.Select(t => (Member: t.MemberId, Stay: new Stay(t.JoinedOn, t.LeftOn))).Concat(made).ToLookup(t => t.Member, t => t.Stay);
    }

    private readonly record struct Stay(DateOnly Joined, DateOnly? Left)
    {
        public bool Covers(DateOnly day) => Joined <= day && (Left is not { } left || day < left);
    }

    /// <summary>The meetings of the days that a file names.</summary>
    private sealed class Calendar
    {
        private readonly Dictionary<DateOnly, (Guid Id, MeetingStatus Status)> _meetings = [];
        private readonly Dictionary<Guid, DateOnly> _days = [];
        private readonly List<string> _notes = [];

        /// <summary>Days under which something can be written.</summary>
        public SortedSet<DateOnly> Days { get; } = [];

        public IReadOnlyList<DateOnly> Missing => [.. Days.Where(d => !_meetings.ContainsKey(d))];

        public IReadOnlyList<string> Notes => _notes;

        public IReadOnlyList<Guid> Ids => [.. _days.Keys];

        public static async Task<Calendar> ReadAsync(SourcingDb db, ImportReading reading, IEnumerable<DateOnly> days, CancellationToken ct)
        {
            var (calendar, asked, chapter) = (new Calendar(), days.Distinct().Order().ToList(), reading.Rights.ChapterId);
            foreach (var meeting in await db.Meetings.Where(m => m.ChapterId == chapter && asked.Contains(m.HeldOn)).Select(m => new { m.Id, m.HeldOn, m.Status }).ToListAsync(ct))
            {
                calendar._meetings[meeting.HeldOn] = (meeting.Id, meeting.Status);
                calendar._days[meeting.Id] = meeting.HeldOn;
            }

            foreach (var day in asked)
            {
                if (day > reading.Rights.Today)
                {
                    calendar._notes.Add($"{day:d MMM yyyy} is still to come: its column or rows stay out.");
                }
                else if (calendar._meetings.TryGetValue(day, out var meeting) && meeting.Status is MeetingStatus.Holiday or MeetingStatus.Discarded)
                {
                    calendar._notes.Add($"{day:d MMM yyyy} was called off: its column or rows stay out. Put the meeting back on the calendar to take them in.");
                }
                else
                {
                    calendar.Days.Add(day);
                }
            }

            return calendar;
        }

        public bool Takes(DateOnly day) => Days.Contains(day);

        public bool CanComplete(DateOnly day) => !_meetings.TryGetValue(day, out var meeting) || meeting.Status is MeetingStatus.Planned or MeetingStatus.Draft;

        public Guid? MeetingOn(DateOnly day) => _meetings.TryGetValue(day, out var meeting) ? meeting.Id : null;

        public DateOnly DayOf(Guid meeting) => _days[meeting];
    }
}
