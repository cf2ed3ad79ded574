using Sourcing.Data.Chapters.Reckoning;
using Sourcing.Data.Common;

namespace Sourcing.Data.Chapters.Reports;

/// <summary>What stands out in a chapter's referrals.</summary>
/// <param name="Looked">The months that were looked at.</param>
/// <param name="History">The months before them, from which the usual was taken.</param>
/// <param name="Usual">What is usual here; see <see cref="Reckoning.Usual"/>.</param>
/// <param name="Found">What lies above it: members whose referrals went to one, pairs that mirror each other, volume without business.</param>
public sealed record ChapterObservations(Period Looked, Period History, Usual Usual, IReadOnlyList<Observation> Found)
{
    /// <summary>There is enough history to tell anything by.</summary>
    public bool CanTell => Usual.Share is not null || Usual.Mirrored is not null || Usual.Volume is not null;
}

/// <summary>Reads what stands out in a chapter, against what was usual there before.</summary>
public sealed class ObservationQueries(Database database, CurrentUser user)
{
    /// <summary>Months that are looked at together: fewer hold too few referrals of one member to see a pattern in.</summary>
    public const int Months = 3;

    /// <summary>Stretches as long before them.</summary>
    public const int Stretches = 4;

    /// <summary>The last three months that are over, against the four stretches of three months before. Null for everybody but leaders and the committee: it is about others.</summary>
    public Task<ChapterObservations?> ObserveAsync(Guid chapterId, CancellationToken ct)
    {
        user.Demand(Permission.ChaptersRead);
        return database.ReadMomentAsync<ChapterObservations?>(
            async (db, token) =>
            {
                if (await Seats.FindAsync(db, user, chapterId, token) is not { Looks: true } rights)
                {
                    return null;
                }

                var last = new DateOnly(rights.Today.Year, rights.Today.Month, 1).AddDays(-1);
                var (looked, history) = (Period.MonthsTo(last, Months), Period.MonthsTo(last.AddMonths(-Months), Months * Stretches));
                var facts = await ReportFacts.ReadAsync(db, chapterId, rights.Currency, new(history.First, looked.Last), token);
                var usual = Usual.Of([.. Enumerable.Range(0, Stretches).Select(i => PeriodFigures.Of(facts.Ledger, Period.MonthsTo(history.Last.AddMonths(-Months * i), Months)).Referrals)]);
                return new(looked, history, usual, Observations.Of(PeriodFigures.Of(facts.Ledger, looked), usual));
            }, ct);
    }
}
