using System.Globalization;

namespace Sourcing.Data.Chapters.Reckoning;

/// <summary>Days from the first to the last, both counted.</summary>
public readonly record struct Period
{
    /// <exception cref="ArgumentException">The last day lies before the first.</exception>
    public Period(DateOnly first, DateOnly last) => (First, Last) = last >= first ? (first, last) : throw new ArgumentException("A period ends on or after its first day.", nameof(last));

    public DateOnly First { get; }

    public DateOnly Last { get; }

    /// <summary>01/2026 – 06/2026; one month alone is 01/2026.</summary>
    public string Title => (First.Year, First.Month) == (Last.Year, Last.Month) ? Named(First) : $"{Named(First)} – {Named(Last)}";

    /// <summary>The months that the period touches, each cut to the period.</summary>
    public IReadOnlyList<Period> Months
    {
        get
        {
            var months = new List<Period>();
            for (var first = First; first <= Last;)
            {
                var last = new DateOnly(first.Year, first.Month, DateTime.DaysInMonth(first.Year, first.Month));
                months.Add(new(first, last < Last ? last : Last));
                first = last.AddDays(1);
            }

            return months;
        }
    }

    public bool Covers(DateOnly day) => First <= day && day <= Last;

    /// <summary>A calendar month.</summary>
    public static Period Month(int year, int month) => new(new(year, month, 1), new(year, month, DateTime.DaysInMonth(year, month)));

    /// <summary>Whole calendar months, of which the given one is the last.</summary>
    /// <param name="last">Any day of the last month.</param>
    /// <param name="months">1 or more.</param>
    public static Period MonthsTo(DateOnly last, int months)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(months, 1);
        var end = new DateOnly(last.Year, last.Month, 1).AddMonths(1);
        return new(end.AddMonths(-months), end.AddDays(-1));
    }

    /// <summary>The window of traffic lights: the six completed months before the month of the run.</summary>
    public static Period Window(DateOnly run) => MonthsTo(new DateOnly(run.Year, run.Month, 1).AddDays(-1), 6);

    private static string Named(DateOnly day) => day.ToString("MM/yyyy", CultureInfo.InvariantCulture);
}
