using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Chapters.Reckoning;
using Sourcing.Data.Common;
using Sourcing.Data.Orders;

namespace Sourcing.Data.Chapters.Reports;

/// <summary>Compares chapters: for a region admin all, for others those whose reports their seat opens. As few statements for two hundred as for two.</summary>
public sealed class RegionQueries(Database database, CurrentUser user)
{
    /// <summary>Months that a period has, at most.</summary>
    public const int MostMonths = 12;

    /// <summary>
    /// Chapters by averages per member and meeting; the tie rule is <see cref="Reckon.TieRule"/>. Refuses a period that ends before it begins, ends in a month to come or has more than
    /// <see cref="MostMonths"/> months, and more than <see cref="RegionQuestion.MostNamed"/> named chapters. A chapter without a seat is not there.
    /// </summary>
    public Task<RegionComparison> CompareAsync(RegionQuestion asked, CancellationToken ct)
    {
        user.Demand(Permission.ChaptersRead);
        if (asked.Only.Count > RegionQuestion.MostNamed)
        {
            throw new RefusedException("Only", $"{asked.Only.Count} chapters are named. Name up to {RegionQuestion.MostNamed}, or choose by size, day, time and region.");
        }

        return database.ReadMomentAsync(
            async (db, token) =>
            {
                var period = PeriodOf(asked, Days.Today(await db.NowAsync(token), user.Identity.TimeZone));
                var chapters = await db.Chapters.AsNoTracking().OrderBy(c => c.Name).ThenBy(c => c.Id).Take(ChapterQueries.Most).ToListAsync(token);
                var totals = await ChapterTotals.ReadAsync(db, period, token);
                return Built(asked, period, [.. chapters.Where(c => totals.ContainsKey(c.Id)).Select(c => (c, totals[c.Id]))]);
            }, ct);
    }

    /// <summary>The period that is meant.</summary>
    internal static Period PeriodOf(RegionQuestion asked, DateOnly today)
    {
        static DateOnly FirstOf(DateOnly day) => new(day.Year, day.Month, 1);
        var last = FirstOf(asked.To ?? asked.From ?? FirstOf(today).AddMonths(-1));
        var first = FirstOf(asked.From ?? last);
        var months = ((last.Year - first.Year) * 12) + last.Month - first.Month + 1;
        return last < first ? throw new RefusedException("To", $"The period begins in {first:MMMM yyyy} and ends in {last:MMMM yyyy}. Choose a last month that is not before the first.")
            : last > FirstOf(today) ? throw new RefusedException("To", $"{last:MMMM yyyy} is still to come. Choose a last month up to {today:MMMM yyyy}.")
            : first < ChapterReport.Earliest ? throw new RefusedException("From", $"The period begins before {ChapterReport.Earliest:MMMM yyyy}. Choose a later month.")
            : months > MostMonths ? throw new RefusedException("From", $"The period has {months:N0} months. Compare up to {MostMonths}.")
            : Period.MonthsTo(last, months);
    }

    private static RegionComparison Built(RegionQuestion asked, Period period, List<(Chapter Chapter, ChapterTotals Totals)> readable)
    {
        // A chapter that is closed down is compared for as long as it met.
        var chosen = readable.Where(x => (x.Chapter.IsActive || x.Totals.Meetings > 0) && Fits(asked, x.Chapter, x.Totals)).ToList();
        var currencies = chosen.GroupBy(x => x.Chapter.Currency).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).Select(g => g.Key).ToList();
        var currency = asked.Currency is { } wanted && currencies.Contains(wanted) ? wanted : currencies.FirstOrDefault() ?? "";
        decimal? Value((Chapter Chapter, ChapterTotals Totals) x) => asked.By == RankedBy.Business && x.Chapter.Currency != currency ? null : x.Totals.Averages(x.Chapter.Name).Value(asked.By);
        var ranked = Reckon.Rank(chosen, Value, x => x.Chapter.Name);
        return new(
            period, asked.By,
            [.. ranked.Select(r => new RegionLine(
                r.Rank, r.Value, r.Item.Totals.Averages(r.Item.Chapter.Name), r.Item.Chapter.Location, r.Item.Chapter.Region, r.Item.Chapter.MeetingDay, r.Item.Chapter.MeetingTime, r.Item.Chapter.Currency,
                r.Item.Totals.OtherCurrency))],
            currency, readable.Count, [.. readable.Select(x => x.Chapter.Region).Where(r => r.Length > 0).Distinct().Order(StringComparer.CurrentCultureIgnoreCase)], [.. currencies.Order(StringComparer.Ordinal)]);
    }

    private static bool Fits(RegionQuestion asked, Chapter chapter, ChapterTotals totals) =>
        (asked.Only.Count == 0 || asked.Only.Contains(chapter.Id))
        && (asked.Region is null || chapter.Region == asked.Region)
        && (asked.Day is null || chapter.MeetingDay == asked.Day)
        && asked.Slot switch { MeetingSlot.Morning => chapter.MeetingTime.Hour < 10, MeetingSlot.Midday => chapter.MeetingTime.Hour is >= 10 and < 15, MeetingSlot.Evening => chapter.MeetingTime.Hour >= 15, _ => true }
        && asked.Size switch { ChapterSize.Small => totals.Members <= 20, ChapterSize.Middle => totals.Members is > 20 and <= 30, ChapterSize.Large => totals.Members is > 30 and <= 40, ChapterSize.Largest => totals.Members > 40, _ => true };
}
