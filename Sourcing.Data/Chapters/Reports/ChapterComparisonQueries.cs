using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Chapters.Reckoning;
using Sourcing.Data.Common;

namespace Sourcing.Data.Chapters.Reports;

/// <summary>Two periods of a chapter beside each other.</summary>
/// <param name="Shared">Whether everybody's attendance is in it: otherwise attendance is not compared.</param>
/// <param name="OtherCurrency">Slips of closed business in another currency than the chapter's: in no figure.</param>
public sealed record ChapterComparison(ChapterRights Rights, PeriodComparison Periods, bool Shared, int OtherCurrency)
{
    /// <summary>What can be compared, in order.</summary>
    public IReadOnlyList<Compared> Kinds => [.. Enum.GetValues<Compared>().Where(k => Shared || k != Compared.Attendance)];
}

/// <summary>Compares two periods of a chapter, as far as the asker's seat opens them.</summary>
public sealed class ChapterComparisonQueries(Database database, CurrentUser user)
{
    /// <summary>Months that a period has, at most.</summary>
    public const int MostMonths = 12;

    /// <summary>
    /// Compares whole months. Null for whoever is no member, leader or committee of the chapter. Refuses a later period that ends before it begins, ends in a month to come or has
    /// more than <see cref="MostMonths"/> months, and an earlier one that begins before 2000 or does not end before the later begins. Both have as many months.
    /// </summary>
    /// <param name="from">Any day of the later period's first month; null for that of <paramref name="to"/>.</param>
    /// <param name="to">Any day of its last month; null for that of <paramref name="from"/>, or the last month that is over.</param>
    /// <param name="before">Any day of the earlier period's first month; null for the months right before the later one.</param>
    public Task<ChapterComparison?> CompareAsync(Guid chapterId, DateOnly? from, DateOnly? to, DateOnly? before, CancellationToken ct)
    {
        user.Demand(Permission.ChaptersRead);
        return database.ReadMomentAsync<ChapterComparison?>(
            async (db, token) =>
            {
                if (await Seats.FindAsync(db, user, chapterId, token) is not { Belongs: true } rights)
                {
                    return null;
                }

                var (earlier, later) = Periods(from, to, before, rights.Today);
                var shared = rights.Looks || await db.Chapters.Where(c => c.Id == chapterId).Select(c => c.PointsShared).SingleAsync(token);
                var was = await ReportFacts.ReadAsync(db, chapterId, rights.Currency, earlier, token);
                var now = await ReportFacts.ReadAsync(db, chapterId, rights.Currency, later, token);
                var (first, second) = (PeriodFigures.Of(was.Ledger, earlier), PeriodFigures.Of(now.Ledger, later));
                var held = first.Counted.Meetings.Concat(second.Counted.Meetings).Select(m => m.Id).ToHashSet();
                return new(rights, PeriodComparison.Of(first, second), shared, was.OtherCurrency.Concat(now.OtherCurrency).Count(held.Contains));
            }, ct);
    }

    /// <summary>The two periods that are meant.</summary>
    internal static (Period Earlier, Period Later) Periods(DateOnly? from, DateOnly? to, DateOnly? before, DateOnly today)
    {
        var last = FirstOf(to ?? from ?? FirstOf(today).AddMonths(-1));
        var first = FirstOf(from ?? last);
        if (last < first)
        {
            throw new RefusedException("To", $"The period begins in {first:MMMM yyyy} and ends in {last:MMMM yyyy}. Choose a last month that is not before the first.");
        }

        if (last > FirstOf(today))
        {
            throw new RefusedException("To", $"{last:MMMM yyyy} is still to come. Choose a last month up to {today:MMMM yyyy}.");
        }

        var months = ((last.Year - first.Year) * 12) + last.Month - first.Month + 1;
        if (months > MostMonths)
        {
            throw new RefusedException("From", $"The period has {months:N0} months. Compare up to {MostMonths}.");
        }

        var start = FirstOf(before ?? first.AddMonths(-months));
        if (start < ChapterReport.Earliest)
        {
            throw new RefusedException("Before", $"The earlier period begins before {ChapterReport.Earliest:MMMM yyyy}. Choose a later month.");
        }

        return start.AddMonths(months) > first
            ? throw new RefusedException("Before", $"The earlier period has as many months as the later one, {months}, and has to be over before {first:MMMM yyyy}. Choose {first.AddMonths(-months):MMMM yyyy} or an earlier month.")
            : (Period.MonthsTo(start.AddMonths(months - 1), months), Period.MonthsTo(last, months));
    }

    private static DateOnly FirstOf(DateOnly day) => new(day.Year, day.Month, 1);
}
