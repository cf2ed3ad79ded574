using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Chapters.Reckoning;
using Sourcing.Data.Common;

namespace Sourcing.Data.Chapters.Reports;

/// <summary>What the database tells of a chapter over some months, as plain facts to reckon with. Read in four statements, however many slips there are.</summary>
/// <param name="Ledger">Marks are those that the asker may read; everything else is whole.</param>
/// <param name="Meetings">The meetings again, with how many codes they have.</param>
/// <param name="OtherCurrency">The meetings of closed business in another currency than the chapter's, once for each slip: left out of the ledger.</param>
internal sealed record ReportFacts(Ledger Ledger, IReadOnlyList<MeetingCount> Meetings, IReadOnlyList<Guid> OtherCurrency)
{
    /// <summary>Reads all people and terms, and meetings, marks and slips of the days.</summary>
    public static async Task<ReportFacts> ReadAsync(SourcingDb db, Guid chapter, string currency, Period days, CancellationToken ct)
    {
        var (first, last) = (days.First, days.Last);
        var people = await db.Database.SqlQuery<Stay>(
            $"""select id as "Id", full_name as "Name", sponsor_id as "SponsorId", joined_on as "JoinedOn", left_on as "LeftOn" from report_people where chapter_id = {chapter}""").ToListAsync(ct);
        var meetings = await db.Database.SqlQuery<MeetingCount>(
            $"""
            select id as "Id", held_on as "HeldOn", status as "State", entered as "Entered", came as "Came", absent as "Absent"
            from report_meetings where chapter_id = {chapter} and held_on between {first} and {last}
            """).ToListAsync(ct);
        var marks = await db.Database.SqlQuery<Code>(
            $"""select meeting_id as "MeetingId", member_id as "MemberId", code as "Said" from report_marks where chapter_id = {chapter} and held_on between {first} and {last}""").ToListAsync(ct);
        var slips = await db.Database.SqlQuery<Told>(
            $"""
            select id as "Id", meeting_id as "MeetingId", kind as "Kind", from_id as "FromId", to_id as "ToId", tier as "Tier", is_inside as "IsInside", amount as "Amount", currency as "Currency", credits as "Credits", is_training as "IsTraining"
            from report_slips where chapter_id = {chapter} and held_on between {first} and {last}
            """).ToListAsync(ct);
        var ledger = new Ledger
        {
            People = [.. people.GroupBy(p => p.Id).Select(g => new Person(g.Key, g.First().Name, [.. g.OrderBy(t => t.JoinedOn).Select(t => new Term(t.JoinedOn, t.LeftOn))], g.First().SponsorId))],
            Meetings = [.. meetings.Select(m => new MeetingDay(m.Id, m.HeldOn, Read<MeetingState>(m.State)))],
            Attendance = [.. marks.Select(m => new AttendanceMark(m.MeetingId, m.MemberId, Read<Mark>(m.Said)))],
        };
        var byKind = slips.ToLookup(s => Read<SlipKind>(s.Kind));
        return new(Filled(ledger, byKind, currency), meetings, [.. byKind[SlipKind.ClosedBusiness].Where(s => s.Currency != currency).Select(s => s.MeetingId)]);
    }

    /// <summary>What the report of a month is reckoned from: from the first month of its traffic lights to the month that comes in next.</summary>
    public static Task<ReportFacts> OfMonthAsync(SourcingDb db, ChapterRights rights, DateOnly month, CancellationToken ct)
    {
        var window = ChapterReportQueries.WindowOf(month, rights.Today);
        return ReadAsync(db, rights.ChapterId, rights.Currency, new(window.First, Period.MonthsTo(window.Last.AddDays(1), 1).Last), ct);
    }

    /// <summary>The five figures of a month. Attendance is from the counts of each meeting, because marks are not everybody's to read.</summary>
    /// <param name="figures">Reckoned from <see cref="Ledger"/> for that month.</param>
    public MonthFigures Month(DateOnly month, PeriodFigures figures) => new(
        month, figures.Referrals.Given, figures.Business.Chapter.Total, figures.OneToOnes.InChapter + figures.OneToOnes.External, Attendance(figures.Counted.Period), figures.Counted.Visits.Count);

    /// <summary>The five figures of several months together.</summary>
    /// <param name="months">Each of them.</param>
    public MonthFigures Sum(Period period, IEnumerable<MonthFigures> months)
    {
        var all = months.ToList();
        return new(period.First, all.Sum(m => m.Referrals), all.Sum(m => m.ClosedBusiness), all.Sum(m => m.OneToOnes), Attendance(period), all.Sum(m => m.Visitors));
    }

    /// <summary>Slips of the days told at meetings that are neither completed nor called off: referrals, one-to-ones, closed business, education and testimonials.</summary>
    public int Waiting(Period days)
    {
        var open = Ledger.Meetings.Where(m => days.Covers(m.Date) && m.State is (MeetingState.Planned or MeetingState.Draft)).Select(m => m.Id).ToHashSet();
        return Ledger.Referrals.Count(s => open.Contains(s.MeetingId)) + Ledger.OneToOnes.Count(s => open.Contains(s.MeetingId)) + Ledger.Business.Count(s => open.Contains(s.MeetingId))
            + Ledger.Credits.Count(s => open.Contains(s.MeetingId)) + Ledger.Testimonials.Count(s => open.Contains(s.MeetingId)) + OtherCurrency.Count(open.Contains);
    }

    private decimal? Attendance(Period days)
    {
        var held = Meetings.Where(m => days.Covers(m.HeldOn) && m.State == "completed").ToList();
        return MonthFigures.AttendanceOf(held.Sum(c => c.Came), 0, 0, held.Sum(c => c.Absent));
    }

    private static Ledger Filled(Ledger ledger, ILookup<SlipKind, Told> slips, string currency) => ledger with
    {
        Referrals = [.. slips[SlipKind.Referral].Select(s => new ReferralSlip(s.Id, s.MeetingId, s.FromId, s.ToId, s.Tier))],
        OneToOnes = [.. slips[SlipKind.OneToOne].Select(s => new OneToOneSlip(s.Id, s.MeetingId, s.FromId, s.ToId))],
        Business = [.. slips[SlipKind.ClosedBusiness].Where(s => s.Currency == currency).Select(s => new BusinessSlip(s.Id, s.MeetingId, s.ToId, s.IsInside, s.Amount))],
        Credits = [.. slips[SlipKind.Education].Select(s => new CreditSlip(s.Id, s.MeetingId, s.FromId, s.Credits, s.IsTraining))],
        Testimonials = [.. slips[SlipKind.Testimonial].Select(s => new TestimonialSlip(s.Id, s.MeetingId, s.FromId))],
        Visits = [.. slips[SlipKind.Visitor].Select(s => new VisitSlip(s.Id, s.MeetingId, s.FromId))],
    };

    private static T Read<T>(string text) where T : struct, Enum => (T)Words.FromSnake(typeof(T), text)!;

    private sealed class Stay
    {
        public Guid Id { get; init; }

        public string Name { get; init; } = "";

        public Guid? SponsorId { get; init; }

        public DateOnly JoinedOn { get; init; }

        public DateOnly? LeftOn { get; init; }
    }

    private sealed class Code
    {
        public Guid MeetingId { get; init; }

        public Guid MemberId { get; init; }

        public string Said { get; init; } = "";
    }

    private sealed class Told
    {
        public Guid Id { get; init; }

        public Guid MeetingId { get; init; }

        public string Kind { get; init; } = "";

        public Guid? FromId { get; init; }

        public Guid? ToId { get; init; }

        public int Tier { get; init; }

        public bool IsInside { get; init; }

        public decimal Amount { get; init; }

        public string Currency { get; init; } = "";

        public decimal Credits { get; init; }

        public bool IsTraining { get; init; }
    }
}

/// <summary>A meeting with how many codes it has.</summary>
internal sealed class MeetingCount
{
    public Guid Id { get; init; }

    public DateOnly HeldOn { get; init; }

    /// <summary>As the database names it.</summary>
    public string State { get; init; } = "";

    public int Entered { get; init; }

    /// <summary>P + L + S</summary>
    public int Came { get; init; }

    public int Absent { get; init; }
}
