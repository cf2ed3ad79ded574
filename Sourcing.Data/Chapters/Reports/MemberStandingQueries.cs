using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Chapters.Reckoning;
using Sourcing.Data.Chapters.Scoring;
using Sourcing.Data.Common;

namespace Sourcing.Data.Chapters.Reports;

/// <summary>Reads where a member stands: points, the way to the next band, and whom they are missing.</summary>
public sealed class MemberStandingQueries(Database database, CurrentUser user)
{
    /// <summary>
    /// The standing over the six completed months before the present one. Null for a member who does not belong to the chapter today, and for whoever may not read it:
    /// it is for the member, leaders and the committee, and for members of a chapter that shares points.
    /// </summary>
    public Task<MemberStanding?> OfAsync(Guid memberId, CancellationToken ct)
    {
        user.Demand(Permission.ChaptersRead);
        return database.ReadMomentAsync<MemberStanding?>(
            async (db, token) =>
            {
                if (await RightsAsync(db, user, memberId, token) is not { } rights)
                {
                    return null;
                }

                var window = Period.Window(rights.Today);
                var coming = Period.Month(rights.Today.Year, rights.Today.Month);
                var facts = await ReportFacts.ReadAsync(db, rights.ChapterId, rights.Currency, new(window.First, coming.Last), token);
                return Built(memberId, rights, await ChapterSchemes.SchemeInForceAsync(db, rights.ChapterId, rights.Today, token), facts.Ledger, (window, coming));
            }, ct);
    }

    /// <summary>The asker's rights in the member's chapter where the member's points are theirs to read: to themself, leaders and the committee, and to members where the chapter shares points.</summary>
    internal static async Task<ChapterRights?> RightsAsync(SourcingDb db, CurrentUser user, Guid memberId, CancellationToken ct)
    {
        var chapter = await db.Members.Where(m => m.Id == memberId).Select(m => (Guid?)m.ChapterId).SingleOrDefaultAsync(ct);
        return chapter is { } id && await Seats.FindAsync(db, user, id, ct) is { Belongs: true } rights
            && (rights.Looks || rights.OwnMemberId == memberId || await db.Chapters.Where(c => c.Id == id).Select(c => c.PointsShared).SingleAsync(ct)) ? rights : null;
    }

    private static MemberStanding? Built(Guid member, ChapterRights rights, SchemeInForce scheme, Ledger ledger, (Period Window, Period Coming) days)
    {
        var (window, coming) = days;
        if (ledger.People.FirstOrDefault(p => p.Id == member) is not { } person || !person.IsActiveOn(rights.Today))
        {
            return null;
        }

        var months = window.Months.Select(m => TallyTable.Of(Counted.Of(ledger, m)).Of(member)).ToList();
        var meetings = ledger.Meetings.Count(m => coming.Covers(m.Date) && m.State is not (MeetingState.Holiday or MeetingState.Discarded));
        var next = NextBand.Of(scheme.Scheme, months, meetings > 0 ? [meetings] : []);
        var figures = PeriodFigures.Of(ledger, window);
        return new(rights, person, window, next, Partners(figures, figures.Counted.PlaceOf(member), rights.Today)) { SchemeId = scheme.Id, ByMonth = [.. window.Months.Zip(months, (m, t) => new MonthTally(m, t))] };
    }

    // Whoever left needs no meeting any more.
    private static List<Partner> Partners(PeriodFigures figures, int own, DateOnly today)
    {
        if (own < 0)
        {
            return [];
        }

        var roster = figures.Counted.Roster;
        var partners = Enumerable.Range(0, roster.Count).Where(i => i != own && roster[i].IsActiveOn(today))
            .Select(i => new Partner(roster[i], figures.OneToOnes.At(own, i), figures.Referrals.At(own, i), figures.Referrals.At(i, own)));
        return [.. partners.OrderByDescending(p => p.Gaps).ThenBy(p => p.Person.Name, StringComparer.OrdinalIgnoreCase).ThenBy(p => p.Person.Id)];
    }
}
