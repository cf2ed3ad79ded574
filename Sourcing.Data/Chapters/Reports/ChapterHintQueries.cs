using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Chapters.Reckoning;
using Sourcing.Data.Chapters.Scoring;
using Sourcing.Data.Common;

namespace Sourcing.Data.Chapters.Reports;

/// <summary>What whoever looks after a chapter might do next.</summary>
/// <param name="Days">The last six months, the present day included.</param>
/// <param name="Meetings">Pairs of members of today who did not meet in these days, the best first, nobody in more than two; see <see cref="NextBestMeetings"/>.</param>
/// <param name="Pairs">How many such pairs there are.</param>
/// <param name="Alerts">Attendance that calls for a letter or a review, the gravest first; see <see cref="Reckoning.Alerts"/>.</param>
/// <param name="Rules">By which <paramref name="Alerts"/> are raised.</param>
/// <param name="SetsRules">The asker may change them.</param>
public sealed record ChapterHints(Period Days, IReadOnlyList<SuggestedMeeting> Meetings, int Pairs, IReadOnlyList<Alert> Alerts, AlertRules Rules, bool SetsRules)
{
    /// <summary>The contact sphere that both of a pair are in, by the key of its first member.</summary>
    public IReadOnlyDictionary<Guid, string> Spheres { get; init; } = new Dictionary<Guid, string>();
}

/// <summary>Reads what whoever looks after a chapter might do next.</summary>
public sealed class ChapterHintQueries(Database database, CurrentUser user)
{
    /// <summary>Meetings that are suggested at once, at most.</summary>
    public const int MostMeetings = 8;

    private const int MostEach = 2;

    /// <summary>The hints as of today in the chapter's time zone. Null for everybody but leaders and the committee: alerts are about others' attendance.</summary>
    public Task<ChapterHints?> HintsAsync(Guid chapterId, CancellationToken ct)
    {
        user.Demand(Permission.ChaptersRead);
        return database.ReadMomentAsync<ChapterHints?>(
            async (db, token) =>
            {
                if (await Seats.FindAsync(db, user, chapterId, token) is not { Looks: true } rights)
                {
                    return null;
                }

                var days = new Period(rights.Today.AddMonths(-6).AddDays(1), rights.Today);
                var facts = await ReportFacts.ReadAsync(db, chapterId, rights.Currency, days, token);
                var ledger = await WithEarlierAsync(db, chapterId, facts.Ledger, days.First, token);
                var fields = await FieldsAsync(db, chapterId, token);
                var pairs = NextBestMeetings.Of(ledger, PeriodFigures.Of(ledger, days), fields);
                var shown = Shared(pairs);
                var rules = await ChapterAlertQueries.RulesAsync(db, chapterId, token);
                return new(days, shown, pairs.Count, Reckoning.Alerts.Of(ledger, rights.Today, rules), rules, rights.Leads && user.May(Permission.ChaptersWrite))
                {
                    Spheres = fields.Where(f => shown.Any(p => p.SharesSphere && p.First.Id == f.Person)).ToDictionary(f => f.Person, f => f.Sphere),
                };
            }, ct);
    }

    // What members hold in the chapter, with the contact sphere that its words tell.
    private static async Task<List<Field>> FieldsAsync(SourcingDb db, Guid chapter, CancellationToken ct) =>
        [.. (await db.Members.Where(m => m.ChapterId == chapter && m.Classification != "").Select(m => new { m.Id, m.Classification }).ToListAsync(ct)).Select(m => new Field(m.Id, m.Classification, ContactSpheres.Of(m.Classification)))];

    // Not all of them with the same member: two each.
    private static List<SuggestedMeeting> Shared(IReadOnlyList<SuggestedMeeting> pairs)
    {
        var (shown, times) = (new List<SuggestedMeeting>(), new Dictionary<Guid, int>());
        foreach (var pair in pairs)
        {
            var (first, second) = (times.GetValueOrDefault(pair.First.Id), times.GetValueOrDefault(pair.Second.Id));
            if (shown.Count < MostMeetings && first < MostEach && second < MostEach)
            {
                (times[pair.First.Id], times[pair.Second.Id]) = (first + 1, second + 1);
                shown.Add(pair);
            }
        }

        return shown;
    }

    // The last one-to-one of each pair before the days that were read: when two last met is asked of all time.
    private static async Task<Ledger> WithEarlierAsync(SourcingDb db, Guid chapter, Ledger ledger, DateOnly first, CancellationToken ct)
    {
        var last = await db.Database.SqlQuery<LastMet>(
            $"""
            select distinct on (least(s.from_id, s.to_id), greatest(s.from_id, s.to_id)) s.id as "Id", s.meeting_id as "MeetingId", s.held_on as "HeldOn", s.from_id as "FromId", s.to_id as "ToId"
            from report_slips s join report_meetings t on t.id = s.meeting_id
            where s.chapter_id = {chapter} and t.chapter_id = {chapter} and s.kind = 'one_to_one' and s.held_on < {first} and t.status = 'completed' and s.from_id is not null and s.to_id is not null
            order by least(s.from_id, s.to_id), greatest(s.from_id, s.to_id), s.held_on desc, s.id
            """).ToListAsync(ct);
        return ledger with
        {
            Meetings = [.. ledger.Meetings, .. last.DistinctBy(l => l.MeetingId).Select(l => new MeetingDay(l.MeetingId, l.HeldOn, MeetingState.Completed))],
            OneToOnes = [.. ledger.OneToOnes, .. last.Select(l => new OneToOneSlip(l.Id, l.MeetingId, l.FromId, l.ToId))],
        };
    }

    private sealed class LastMet
    {
        public Guid Id { get; init; }

        public Guid MeetingId { get; init; }

        public DateOnly HeldOn { get; init; }

        public Guid FromId { get; init; }

        public Guid ToId { get; init; }
    }
}
