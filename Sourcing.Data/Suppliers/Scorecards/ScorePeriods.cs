using System.Globalization;

namespace Sourcing.Data.Suppliers.Scorecards;

/// <summary>How long a period is.</summary>
public enum ScorePeriod
{
    Month,
    Quarter,
    Year,
}

/// <summary>Calendar periods as half-open intervals: a period holds its first day and not the first day of the next.</summary>
public static class ScorePeriods
{
    private static readonly CultureInfo Words = CultureInfo.GetCultureInfo("en-GB");

    /// <summary>The first day of the period that holds a day.</summary>
    public static DateOnly StartOf(this ScorePeriod period, DateOnly day) => period switch
    {
        ScorePeriod.Month => new(day.Year, day.Month, 1),
        ScorePeriod.Quarter => new(day.Year, ((day.Month - 1) / 3 * 3) + 1, 1),
        _ => new(day.Year, 1, 1),
    };

    /// <summary>The first day of a period so many periods later, or earlier below 0.</summary>
    /// <param name="start">The first day of a period.</param>
    public static DateOnly Add(this ScorePeriod period, DateOnly start, int periods) => start.AddMonths(periods * period.Months());

    /// <summary>How many periods later <paramref name="later"/> begins than <paramref name="earlier"/>; both are first days.</summary>
    public static int Between(this ScorePeriod period, DateOnly earlier, DateOnly later) =>
        (((later.Year - earlier.Year) * 12) + later.Month - earlier.Month) / period.Months();

    /// <summary>How many periods back are kept: three years of months, five of quarters, twelve of years.</summary>
    public static int Kept(this ScorePeriod period) => period switch { ScorePeriod.Month => 36, ScorePeriod.Quarter => 20, _ => 12 };

    /// <summary>Oct 2026, Q4 2026 or 2026.</summary>
    public static string NameOf(this ScorePeriod period, DateOnly start) => period switch
    {
        ScorePeriod.Month => start.ToString("MMM yyyy", Words),
        ScorePeriod.Quarter => $"Q{((start.Month - 1) / 3) + 1} {start.Year}",
        _ => start.Year.ToString(Words),
    };

    private static int Months(this ScorePeriod period) => period switch { ScorePeriod.Month => 1, ScorePeriod.Quarter => 3, _ => 12 };
}
