namespace Sourcing.Data.Planning.Arithmetic;

/// <summary>Monday to Friday without the holidays given: counted, added and subtracted without walking from day to day.</summary>
public sealed class WorkingDays
{
    /// <summary>Day numbers of holidays that fall on a weekday, ascending and each once.</summary>
    private readonly int[] _holidays;

    /// <param name="holidays">In any order; those on weekends and repeated ones change nothing.</param>
    public WorkingDays(ReadOnlySpan<DateOnly> holidays = default)
    {
        var days = new SortedSet<int>();
        foreach (var holiday in holidays)
        {
            if (!IsWeekend(holiday.DayNumber))
            {
                days.Add(holiday.DayNumber);
            }
        }

        _holidays = [.. days];
    }

    /// <summary>Whether work is done on this day.</summary>
    public bool Contains(DateOnly day) => !IsWeekend(day.DayNumber) && Array.BinarySearch(_holidays, day.DayNumber) < 0;

    /// <summary>Working days from the one to the other, both counted; 0 where the other comes first.</summary>
    public int Count(DateOnly first, DateOnly last) => last < first ? 0 : UpTo(last.DayNumber) - UpTo(first.DayNumber - 1);

    /// <summary>
    /// So many working days later. What starts on a day off starts with the next working day's count: one day after Saturday is Monday, and none is too.
    /// </summary>
    /// <param name="days">0 or more.</param>
    public DateOnly Add(DateOnly day, int days)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(days);
        var atWork = Contains(day);
        return Nth(UpTo(day.DayNumber) + Math.Max(days, atWork ? 0 : 1));
    }

    /// <summary>So many working days earlier. What is needed on a day off has to be there on the last working day before it.</summary>
    /// <param name="days">0 or more.</param>
    public DateOnly Subtract(DateOnly day, int days)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(days);
        return Nth(UpTo(day.DayNumber) - days);
    }

    /// <summary>Working days up to and with this day number. Day 0 of the calendar, 1 January of the year 1, is a Monday.</summary>
    private int UpTo(int day) => Weekdays(day) - HolidaysUpTo(day);

    /// <summary>The first day up to which there are so many working days.</summary>
    private DateOnly Nth(int count)
    {
        var day = NthWeekday(count);
        while (true)
        {
            var later = NthWeekday(count + HolidaysUpTo(day));
            if (later == day)
            {
                return DateOnly.FromDayNumber(day);
            }

            day = later;
        }
    }

    private int HolidaysUpTo(int day)
    {
        var at = Array.BinarySearch(_holidays, day);
        return at >= 0 ? at + 1 : ~at;
    }

    private static int Weekdays(int day) => ((day + 1) / 7 * 5) + Math.Min(5, (day + 1) % 7);

    private static int NthWeekday(int count) => ((count - 1) / 5 * 7) + ((count - 1) % 5);

    private static bool IsWeekend(int day) => day % 7 >= 5;
}
