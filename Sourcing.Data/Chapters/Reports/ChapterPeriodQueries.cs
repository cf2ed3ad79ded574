using Sourcing.Data.Chapters.Reckoning;
using Sourcing.Data.Common;

namespace Sourcing.Data.Chapters.Reports;

/// <summary>Reads the report of several months together, as far as the asker's seat opens it.</summary>
public sealed class ChapterPeriodQueries(Database database, CurrentUser user, ChapterReportQueries reports)
{
    /// <summary>Months that are put together, at most.</summary>
    public const int MostMonths = 24;

    /// <summary>
    /// The report of whole months; null where the asker has no seat or looks after visitors alone. Cells are summed, the roster is the union. Refuses a period that ends before it begins,
    /// has more than <see cref="MostMonths"/> months, or has one before 2000 or to come. Others' points and attendance are in it as in the report of a month.
    /// </summary>
    /// <param name="from">Any day of the first month.</param>
    /// <param name="to">Any day of the last.</param>
    public async Task<ReportContent?> ReportAsync(Guid chapterId, DateOnly from, DateOnly to, CancellationToken ct)
    {
        user.Demand(Permission.ChaptersRead);
        var period = Demand(from, to);
        if (await reports.ReportAsync(chapterId, to, ct) is not { } last)
        {
            return null;
        }

        var before = Period.MonthsTo(period.First.AddDays(-1), period.Months.Count);
        return await database.ReadMomentAsync(
            async (db, token) => Built(last, await ReportFacts.ReadAsync(db, chapterId, last.Rights.Currency, new(before.First, period.Last), token), period, before), ct);
    }

    /// <summary>The period that is meant.</summary>
    internal static Period Demand(DateOnly from, DateOnly to)
    {
        var (first, last) = (new DateOnly(from.Year, from.Month, 1), new DateOnly(to.Year, to.Month, 1));
        if (last < first)
        {
            throw new RefusedException("To", $"The period begins in {first:MMMM yyyy} and ends in {last:MMMM yyyy}. Choose a last month that is not before the first.");
        }

        var months = ((last.Year - first.Year) * 12) + last.Month - first.Month + 1;
        return months > MostMonths ? throw new RefusedException("From", $"The period has {months:N0} months. Put up to {MostMonths} together.")
            : first < ChapterReport.Earliest ? throw new RefusedException("From", $"The period begins before {ChapterReport.Earliest:MMMM yyyy}. Choose a later month.")
            : Period.MonthsTo(last, months);
    }

    private static ReportContent Built(ChapterReport last, ReportFacts facts, Period period, Period before)
    {
        var figures = SummedFigures.Of(facts.Ledger, period);
        var earlier = PeriodFigures.Of(facts.Ledger, before);
        var months = figures.Months.Select(m => facts.Month(m.Counted.Period.First, m)).ToList();
        var held = figures.Months.SelectMany(m => m.Counted.Meetings).Select(m => m.Id).ToHashSet();
        var hasBefore = earlier.Counted.Meetings.Count > 0;
        return new(
            last.Rights, period, figures, RosterMovement.Of(facts.Ledger.People, period), facts.Sum(period, months),
            hasBefore ? facts.Sum(before, before.Months.Select(m => facts.Month(m.First, PeriodFigures.Of(facts.Ledger, m)))) : null, months,
            ChapterReportQueries.Attendance(figures.Tallies, last.Lights.IsWhole, last.Rights.OwnMemberId), last.Lights,
            hasBefore ? PeriodComparison.Of(earlier, PeriodFigures.Of(facts.Ledger, period)) : null,
            facts.Ledger.Meetings.Count(m => m.State == MeetingState.Holiday && period.Covers(m.Date)), facts.OtherCurrency.Count(held.Contains), facts.Waiting(period));
    }
}
