using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Chapters.Reckoning;
using Sourcing.Data.Chapters.Reports;
using Sourcing.Data.Common;

namespace Sourcing.Data.Chapters.Scoring;

/// <summary>Tries schemes on what was: months that are over, and a member's next points. Nothing is activated or kept by it.</summary>
public sealed class SchemeTestQueries(Database database, CurrentUser user)
{
    /// <summary>Months that a trial goes back, at most.</summary>
    public const int MostMonths = 12;

    /// <summary>Months of a window.</summary>
    private const int Window = 6;

    /// <summary>
    /// A version beside what was in force in each of the last months that are over: how many members are in each band, and who moves. Members of a month's last day. Null for whoever is
    /// neither leader nor committee of the chapter, and for a version that is not theirs to read. Refuses fewer than 1 and more than <see cref="MostMonths"/> months.
    /// </summary>
    /// <param name="chapterId">Null for the version's own chapter, or for the first that the asker leads where it is the network's.</param>
    public Task<SchemeTest?> TestAsync(Guid schemeId, Guid? chapterId, int months, CancellationToken ct)
    {
        user.Demand(Permission.ChaptersRead);
        if (months is < 1 or > MostMonths)
        {
            throw new RefusedException("Months", $"Try it on 1 to {MostMonths} months.");
        }

        return database.ReadMomentAsync<SchemeTest?>(
            async (db, token) =>
            {
                var leads = await ScoreSchemeQueries.LeadsAsync(db, user, token);
                if (await ScoreSchemeQueries.FindAsync(db, user, schemeId, leads, token) is not { } row
                    || (chapterId ?? row.ChapterId ?? await FirstAsync(db, leads, token)) is not { } chapter || (row.ChapterId is { } owner && owner != chapter)
                    || await Seats.FindAsync(db, user, chapter, token) is not { Looks: true } rights)
                {
                    return null;
                }

                var running = new DateOnly(rights.Today.Year, rights.Today.Month, 1);
                var chosen = await ChapterSchemes.ChosenAsync(db, chapter, token);
                var facts = await ReportFacts.ReadAsync(db, chapter, rights.Currency, new(running.AddMonths(-months - Window + 1), running.AddDays(-1)), token);
                var held = facts.Ledger.Meetings.Where(m => m.State == MeetingState.Completed).Select(m => new DateOnly(m.Date.Year, m.Date.Month, 1)).ToHashSet();
                var tried = Enumerable.Range(1, months).Select(i => running.AddMonths(-i)).Where(held.Contains)
                    .Select(m => Tried(facts.Ledger, m, ChapterSchemes.At(chosen, m) ?? throw new MissingException("scheme"), row.Scheme));
                return new(rights, row, ChapterSchemes.At(chosen, running) ?? throw new MissingException("scheme"), [.. tried], row.ChapterId is null ? leads : []);
            }, ct);
    }

    /// <summary>What a member's points rest on, for trying deeds and schemes. The same people as for a member's standing: null for everybody else, and for a member who does not belong today.</summary>
    public Task<ScoreSimulation?> SimulationAsync(Guid memberId, CancellationToken ct)
    {
        user.Demand(Permission.ChaptersRead);
        return database.ReadMomentAsync<ScoreSimulation?>(
            async (db, token) =>
            {
                if (await MemberStandingQueries.RightsAsync(db, user, memberId, token) is not { } rights)
                {
                    return null;
                }

                var window = Period.Window(rights.Today);
                var first = window.Last.AddDays(1);
                var facts = await ReportFacts.ReadAsync(db, rights.ChapterId, rights.Currency, new(window.First, first.AddMonths(Window).AddDays(-1)), token);
                if (facts.Ledger.People.FirstOrDefault(p => p.Id == memberId) is not { } person || !person.IsActiveOn(rights.Today))
                {
                    return null;
                }

                var inForce = await ChapterSchemes.SchemeInForceAsync(db, rights.ChapterId, rights.Today, token);
                var chapter = rights.ChapterId;
                var schemes = await ScoreSchemeQueries.RowsAsync(db, user, db.ScoreSchemes.Where(s => s.ChapterId == chapter || (s.ChapterId == null && s.Status == SchemeStatus.Active)), [], token);
                var coming = Enumerable.Range(0, Window).Select(i => Coming(facts.Ledger, first.AddMonths(i), rights.MeetingDay));
                return new(rights, person, window, [.. window.Months.Select(m => TallyTable.Of(Counted.Of(facts.Ledger, m)).Of(memberId))], [.. coming],
                    [.. schemes.OrderByDescending(s => s.Id == inForce.Id)]);
            }, ct);
    }

    // The committee leads nowhere, and tries on the first chapter that it looks after.
    private async Task<Guid?> FirstAsync(SourcingDb db, List<PersonChoice> leads, CancellationToken ct) => leads.Count > 0 ? leads[0].Id
        : await db.ChapterSeats.Where(s => s.UserId == user.Id && s.Office == ChapterOffice.Committee).OrderBy(s => s.Id).Select(s => (Guid?)s.ChapterId).FirstOrDefaultAsync(ct);

    private static SchemeTestMonth Tried(Ledger ledger, DateOnly month, SchemeInForce before, Scheme draft)
    {
        var window = Period.MonthsTo(month, Window);
        var all = TallyTable.Of(Counted.Of(ledger, window));
        var there = all.Roster.Zip(all.Lines).Where(x => x.First.IsActiveOn(window.Last)).ToList();
        var test = BackTest.Of(before.Scheme, draft, [(window, new TallyTable([.. there.Select(x => x.First)], [.. there.Select(x => x.Second)]))]);
        return new(month, before, test.Months[0]);
    }

    private static ComingMonth Coming(Ledger ledger, DateOnly month, int weekday)
    {
        var period = Period.Month(month.Year, month.Month);
        var listed = ledger.Meetings.Where(m => period.Covers(m.Date)).ToList();
        var planned = listed.Count(m => m.State is not (MeetingState.Holiday or MeetingState.Discarded));
        return listed.Count > 0 ? new(month, planned, true)
            : new(month, Enumerable.Range(0, period.Last.Day).Count(i => MeetingService.WeekdayOf(month.AddDays(i)) == weekday), false);
    }
}
