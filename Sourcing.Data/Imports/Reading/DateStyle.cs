using System.Globalization;

namespace Sourcing.Data.Imports.Reading;

/// <summary>What comes first where a date has only figures and no year in front.</summary>
public enum DateOrder
{
    /// <summary>As the column's own values show.</summary>
    Auto,

    /// <summary>31/12/2026</summary>
    DayFirst,

    /// <summary>12/31/2026</summary>
    MonthFirst,
}

/// <summary>What a column's dates say about their order, gathered over all of its cells.</summary>
[System.ComponentModel.DataAnnotations.Schema.NotMapped]
public sealed class DateEvidence
{
    /// <summary>Cells that are dates in at least one way.</summary>
    public int Dates { get; set; }

    /// <summary>Cells whose first figure is above 12.</summary>
    public int DayFirst { get; set; }

    /// <summary>Cells whose second figure is above 12.</summary>
    public int MonthFirst { get; set; }

    /// <summary>Cells that can be read both ways and mean different days.</summary>
    public int Both { get; set; }

    /// <summary>What the column alone says; <see cref="DateOrder.Auto"/> when it says nothing or contradicts itself.</summary>
    public DateOrder Order => (DayFirst, MonthFirst) switch
    {
        ( > 0, 0) => DateOrder.DayFirst,
        (0, > 0) => DateOrder.MonthFirst,
        _ => DateOrder.Auto,
    };

    /// <summary>Takes a cell into account.</summary>
    public void Add(ReadOnlySpan<char> cell)
    {
        if (!Dated.Split(cell, out var parts))
        {
            return;
        }

        Dates++;
        if (parts.Order != DateOrder.Auto)
        {
            return;
        }

        if (parts.First > 12)
        {
            DayFirst++;
        }
        else if (parts.Second > 12)
        {
            MonthFirst++;
        }
        else if (parts.First != parts.Second)
        {
            Both++;
        }
    }
}

/// <summary>Reads days as people write them: 2026-11-14, 14-Nov-26, 14.11.2026, 11/14/26; and says why not.</summary>
public static class Dated
{
    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

    internal readonly record struct Parts(int First, int Second, int Year, DateOrder Order);

    /// <summary>Reads a day. Years of two figures are 1950 to 2049.</summary>
    /// <param name="problem">Why it is not one; null when it is.</param>
    public static DateOnly Parse(ReadOnlySpan<char> cell, DateOrder order, out string? problem)
    {
        problem = null;
        if (!Split(cell, out var parts))
        {
            problem = $"{Numbered.Quoted(cell.Trim())} is not a date";
            return default;
        }

        var known = parts.Order != DateOrder.Auto ? parts.Order : order;
        if (known == DateOrder.Auto && parts.First != parts.Second)
        {
            if (parts.First <= 12 && parts.Second <= 12)
            {
                problem = $"{Numbered.Quoted(cell.Trim())} can be read two ways";
                return default;
            }

            known = parts.First > 12 ? DateOrder.DayFirst : DateOrder.MonthFirst;
        }

        var (day, month) = known == DateOrder.MonthFirst ? (parts.Second, parts.First) : (parts.First, parts.Second);
        if (parts.Year is < 1900 or > 2199 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(parts.Year, month))
        {
            problem = month is < 1 or > 12 && day <= 12
                ? $"{Numbered.Quoted(cell.Trim())} does not fit the order of days and months in this column"
                : $"{Numbered.Quoted(cell.Trim())} is not a day of the calendar";
            return default;
        }

        return new(parts.Year, month, day);
    }

    internal static bool Split(ReadOnlySpan<char> cell, out Parts parts)
    {
        parts = default;
        cell = WithoutTime(cell.Trim());
        if (cell.Length is < 6 or > 20)
        {
            return false;
        }

        Span<Range> ranges = stackalloc Range[3];
        if (!IsThree(cell, ranges))
        {
            return false;
        }

        var a = cell[ranges[0]];
        var b = cell[ranges[1]];
        var c = cell[ranges[2]];
        if (Month(b) is var named and > 0 && Figure(a, 2, out var day) && Year(c, out var year))
        {
            parts = new(day, named, year, DateOrder.DayFirst);
            return true;
        }

        if (Month(a) is var early and > 0 && Figure(b, 2, out day) && Year(c, out year))
        {
            parts = new(day, early, year, DateOrder.DayFirst);
            return true;
        }

        if (!Figure(b, 2, out var second))
        {
            return false;
        }

        if (a.Length == 4 && Figure(a, 4, out year) && Figure(c, 2, out var last))
        {
            parts = new(last, second, year, DateOrder.DayFirst);
            return true;
        }

        if (!Figure(a, 2, out var first) || !Year(c, out year))
        {
            return false;
        }

        // With points, the day comes first everywhere.
        parts = new(first, second, year, cell.Contains('.') ? DateOrder.DayFirst : DateOrder.Auto);
        return true;
    }

    // Exactly three parts between signs; by hand, because a split allocates for every cell.
    private static bool IsThree(ReadOnlySpan<char> cell, Span<Range> parts)
    {
        var (count, start) = (0, 0);
        for (var i = 0; i <= cell.Length; i++)
        {
            if (i < cell.Length && cell[i] is not ('-' or '/' or '.' or ' ' or ','))
            {
                continue;
            }

            if (i > start)
            {
                if (count == parts.Length)
                {
                    return false;
                }

                parts[count++] = start..i;
            }

            start = i + 1;
        }

        return count == parts.Length;
    }

    private static ReadOnlySpan<char> WithoutTime(ReadOnlySpan<char> cell)
    {
        var colon = cell.IndexOf(':');
        if (colon < 0)
        {
            return cell;
        }

        var cut = cell[..colon].LastIndexOfAny(' ', 'T');
        return cut < 0 ? cell : cell[..cut];
    }

    private static int Month(ReadOnlySpan<char> word)
    {
        if (word.Length < 3 || !char.IsAsciiLetter(word[0]))
        {
            return 0;
        }

        for (var i = 0; i < Months.Length; i++)
        {
            if (word.StartsWith(Months[i], StringComparison.OrdinalIgnoreCase)
                && (word.Length == 3 || CultureInfo.InvariantCulture.DateTimeFormat.MonthNames[i].StartsWith(word, StringComparison.OrdinalIgnoreCase)))
            {
                return i + 1;
            }
        }

        return 0;
    }

    private static bool Year(ReadOnlySpan<char> text, out int year)
    {
        if (!Figure(text, 4, out year) || text.Length is 1 or 3)
        {
            return false;
        }

        year += text.Length == 2 ? (year < 50 ? 2000 : 1900) : 0;
        return true;
    }

    private static bool Figure(ReadOnlySpan<char> text, int longest, out int value)
    {
        value = 0;
        if (text.Length == 0 || text.Length > longest)
        {
            return false;
        }

        foreach (var c in text)
        {
            if (!char.IsAsciiDigit(c))
            {
                return false;
            }

            value = (value * 10) + (c - '0');
        }

        return true;
    }
}
