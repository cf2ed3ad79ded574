using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Chapters.Reckoning;
using Sourcing.Data.Chapters.Reports;
using Sourcing.Data.Common;

namespace Sourcing.Data.Chapters.Scoring;

/// <summary>Reads points of closed months.</summary>
public sealed class MemberScoreQueries(Database database, CurrentUser user)
{
    /// <summary>Months that are read at once, at most.</summary>
    public const int Most = 60;

    /// <summary>A member's points as they were kept, the latest month first. Null for whoever may not read the member's points: see <see cref="MemberStandingQueries"/>.</summary>
    public Task<IReadOnlyList<ScoreRow>?> HistoryAsync(Guid memberId, CancellationToken ct)
    {
        user.Demand(Permission.ChaptersRead);
        return database.ReadMomentAsync<IReadOnlyList<ScoreRow>?>(
            async (db, token) =>
            {
                if (await MemberStandingQueries.RightsAsync(db, user, memberId, token) is null)
                {
                    return null;
                }

                var rows = await (from score in db.MemberScores.AsNoTracking()
                                  where score.MemberId == memberId
                                  join scheme in db.ScoreSchemes.AsNoTracking() on score.SchemeId equals scheme.Id
                                  orderby score.WindowEnd descending, score.Id
                                  select new { score.WindowEnd, score.Points, score.Band, Scheme = scheme }).Take(Most).ToListAsync(token);
                return [.. rows.Select(r => new ScoreRow(r.WindowEnd, r.Scheme.Id, $"{r.Scheme.Name} v{r.Scheme.Number}", r.Points, r.Scheme.ToScheme().Most, r.Band))];
            }, ct);
    }
}

/// <summary>Reads a chapter's own lights.</summary>
public sealed class ChapterLightQueries(Database database, CurrentUser user)
{
    /// <summary>The seven lights over the six completed months before the running one. Null for whoever is no leader, committee or member of the chapter.</summary>
    public Task<ChapterLightBoard?> LightsAsync(Guid chapterId, CancellationToken ct)
    {
        user.Demand(Permission.ChaptersRead);
        return database.ReadMomentAsync<ChapterLightBoard?>(
            async (db, token) =>
            {
                if (await Seats.FindAsync(db, user, chapterId, token) is not { Belongs: true } rights)
                {
                    return null;
                }

                var window = Period.Window(rights.Today);
                var facts = await ReportFacts.ReadAsync(db, chapterId, rights.Currency, window, token);
                var visits = await VisitsAsync(db, chapterId, window, token);
                var ledger = facts.Ledger with { Visits = [.. facts.Ledger.Visits.Select(v => visits.TryGetValue(v.Id, out var known) ? v with { IsFirst = known.IsFirst, HasJoined = known.HasJoined } : v)] };
                var counted = Counted.Of(ledger, window);
                var held = counted.Meetings.Select(m => m.Id).ToHashSet();
                var codes = facts.Meetings.Where(m => held.Contains(m.Id)).ToList();
                return new(window, held.Count, Whole(ChapterLights.Of(counted), codes.Sum(c => c.Absent), codes.Sum(c => c.Came + c.Absent)));
            }, ct);
    }

    // Marks are not everybody's to read; how many there were at each meeting is.
    private static ChapterLights Whole(ChapterLights lights, int absent, int due)
    {
        var value = new Measured(100 * absent, due);
        var light = new ChapterLight(ChapterMeasure.Absence, value.Value, Step.Best(ChapterLights.Steps[ChapterMeasure.Absence], value));
        return new([.. lights.Lights.Select(l => l.Measure == ChapterMeasure.Absence ? light : l)]);
    }

    private static async Task<Dictionary<Guid, Visit>> VisitsAsync(SourcingDb db, Guid chapter, Period window, CancellationToken ct)
    {
        var (first, last) = (window.First, window.Last);
        return (await db.Database.SqlQuery<Visit>(
            $"""select id as "Id", is_first as "IsFirst", has_joined as "HasJoined" from report_visits where chapter_id = {chapter} and held_on between {first} and {last}""").ToListAsync(ct)).ToDictionary(v => v.Id);
    }

    private sealed class Visit
    {
        public Guid Id { get; init; }

        public bool IsFirst { get; init; }

        public bool HasJoined { get; init; }
    }
}
