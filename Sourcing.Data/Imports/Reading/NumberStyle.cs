using System.Globalization;
using System.Runtime.CompilerServices;

namespace Sourcing.Data.Imports.Reading;

/// <summary>Which sign is the decimal one.</summary>
public enum DecimalSign
{
    /// <summary>As the column's own values show.</summary>
    Auto,

    /// <summary>1,234.56</summary>
    Point,

    /// <summary>1.234,56</summary>
    Comma,
}

/// <summary>What a column's numbers say about their style, gathered over all of its cells.</summary>
[System.ComponentModel.DataAnnotations.Schema.NotMapped]
public sealed class NumberEvidence
{
    /// <summary>Cells that can only be read with a decimal point.</summary>
    public int Point { get; set; }

    /// <summary>Cells that can only be read with a decimal comma.</summary>
    public int Comma { get; set; }

    /// <summary>Cells like 1.000 that can be read both ways.</summary>
    public int Both { get; set; }

    /// <summary>Cells that are numbers in at least one way.</summary>
    public int Numbers { get; set; }

    /// <summary>What the column alone says; <see cref="DecimalSign.Auto"/> when it says nothing or contradicts itself.</summary>
    public DecimalSign Sign => (Point, Comma) switch
    {
        ( > 0, 0) => DecimalSign.Point,
        (0, > 0) => DecimalSign.Comma,
        _ => DecimalSign.Auto,
    };

    /// <summary>Takes a cell into account.</summary>
    public void Add(ReadOnlySpan<char> cell)
    {
        switch (Numbered.Classify(cell))
        {
            case Numbered.Reading.Plain:
                Numbers++;
                break;
            case Numbered.Reading.Point:
                Numbers++;
                Point++;
                break;
            case Numbered.Reading.Comma:
                Numbers++;
                Comma++;
                break;
            case Numbered.Reading.Both:
                Numbers++;
                Both++;
                break;
        }
    }
}

/// <summary>Reads numbers as people write them, and says why not.</summary>
public static class Numbered
{
    /// <summary>In how many ways a cell is a number.</summary>
    public enum Reading
    {
        None,
        Plain,
        Point,
        Comma,
        Both,
    }

    /// <summary>Finds in which styles the cell is a number: digits in groups of three, one decimal sign, perhaps a sign, blanks, an apostrophe as group sign.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static Reading Classify(ReadOnlySpan<char> cell)
    {
        Span<char> text = stackalloc char[40];
        var length = Bare(cell, text);
        if (length <= 0)
        {
            return Reading.None;
        }

        var bare = text[..length];
        if (bare.IndexOfAny('.', ',') < 0)
        {
            return bare.IndexOfAnyExceptInRange('0', '9') < 0 ? Reading.Plain : Reading.None;
        }

        var point = Fits(bare, '.', ',');
        var comma = Fits(bare, ',', '.');
        return (point, comma) switch
        {
            (true, true) => Reading.Both,
            (true, false) => Reading.Point,
            (false, true) => Reading.Comma,
            _ => Reading.None,
        };
    }

    /// <summary>Reads a number with a known decimal sign.</summary>
    /// <param name="problem">Why it is not one; null when it is.</param>
    public static decimal Parse(ReadOnlySpan<char> cell, DecimalSign sign, out string? problem)
    {
        problem = null;
        Span<char> text = stackalloc char[40];
        var length = Bare(cell, text);
        var bare = length > 0 ? text[..length] : default;
        var (point, group) = sign == DecimalSign.Comma ? (',', '.') : ('.', ',');
        if (length <= 0 || !(bare.IndexOfAnyExceptInRange('0', '9') < 0 || Fits(bare, point, group)))
        {
            problem = WhyNot(cell, sign);
            return 0;
        }

        var kept = 0;
        var bracketed = cell.Trim() is [.., ')'];
        foreach (var c in bare)
        {
            if (c != group)
            {
                text[kept++] = c == point ? '.' : c;
            }
        }

        var negative = bracketed || cell.IndexOfAny('-', '\u2212') >= 0;
        if (!decimal.TryParse(text[..kept], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value))
        {
            problem = $"{Quoted(cell)} has too many digits";
            return 0;
        }

        if (negative && value == 0 && !bracketed)
        {
            problem = $"{Quoted(cell)} is minus zero. Write 0 or the number that is meant";
            return 0;
        }

        return negative ? -value : value;
    }

    /// <summary>The cell in quotes, cut where long.</summary>
    public static string Quoted(ReadOnlySpan<char> cell) => cell.Length <= 40 ? $"“{cell}”" : $"“{cell[..39]}…”";

    /// <summary>A price with its unit behind it, as in <c>$7.35 (yds)</c>: the number alone.</summary>
    /// <param name="unit">What stands in the brackets; empty where there are none.</param>
    public static ReadOnlySpan<char> WithoutUnit(ReadOnlySpan<char> cell, out ReadOnlySpan<char> unit)
    {
        unit = default;
        cell = cell.Trim();
        var open = cell.LastIndexOf('(');
        if (open <= 0 || cell[^1] != ')' || !char.IsLetter(cell[open + 1]))
        {
            return cell;
        }

        unit = cell[(open + 1)..^1].Trim();
        return cell[..open].TrimEnd();
    }

    /// <summary>A lone dash, perhaps with a currency sign: how bookkeepers write nothing.</summary>
    public static bool IsDash(ReadOnlySpan<char> cell) => Unadorned(cell) is ['-' or '\u2013' or '\u2014'];

    // What bookkeepers add: a currency sign before or after, brackets for minus.
    private static ReadOnlySpan<char> Unadorned(ReadOnlySpan<char> cell)
    {
        cell = WithoutCurrency(cell.Trim());
        return cell is ['(', .., ')'] ? WithoutCurrency(cell[1..^1].Trim()) : cell;
    }

    private static ReadOnlySpan<char> WithoutCurrency(ReadOnlySpan<char> cell)
    {
        if (cell.Length > 1 && IsCurrency(cell[^1]))
        {
            cell = cell[..^1].TrimEnd();
        }

        return cell.Length > 1 && IsCurrency(cell[0]) ? cell[1..].TrimStart() : cell;
    }

    private static bool IsCurrency(char c) => c is '$' or '€' or '£' or '¥';

    private static string WhyNot(ReadOnlySpan<char> cell, DecimalSign sign)
    {
        var text = cell.Trim();
        if (text.Equals("NaN", StringComparison.OrdinalIgnoreCase) || text.Contains("Infinity", StringComparison.OrdinalIgnoreCase) || text is "∞")
        {
            return $"{Quoted(text)} is not a number that can be kept";
        }

        if (text.Length > 2 && char.IsAsciiDigit(text[0]) && text.IndexOfAny('e', 'E') > 0 && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _))
        {
            return $"{Quoted(text)} is written with an exponent. Write the number out";
        }

        if (Classify(cell) is Reading.Point or Reading.Comma)
        {
            return $"{Quoted(text)} does not fit the decimal {(sign == DecimalSign.Comma ? "comma" : "point")} of this column";
        }

        return Bare(cell, stackalloc char[40]) == -2 ? $"{Quoted(text)} has too many digits" : $"{Quoted(text)} is not a number";
    }

    // Digits, points and commas alone; the sign and blanks as group signs are taken away. -1: no number; -2: too long.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Bare(ReadOnlySpan<char> cell, Span<char> text)
    {
        cell = Unadorned(cell);
        if (cell.Length > 0 && cell[0] is '-' or '+' or '\u2212')
        {
            cell = cell[1..];
            cell = cell.Length > 1 && IsCurrency(cell[0]) ? cell[1..].TrimStart() : cell;
        }

        var length = 0;
        for (var i = 0; i < cell.Length; i++)
        {
            var c = cell[i];
            if (c is ' ' or '\u00A0' or '\u202F' or '\'' or '\u2019')
            {
                // A group sign stands between a digit and three digits.
                if (length == 0 || cell.Length - i < 4 || !char.IsAsciiDigit(cell[i + 1]) || !char.IsAsciiDigit(cell[i + 2]) || !char.IsAsciiDigit(cell[i + 3]))
                {
                    return -1;
                }

                continue;
            }

            if (!char.IsAsciiDigit(c) && c is not ('.' or ','))
            {
                return -1;
            }

            if (length == text.Length)
            {
                return -2;
            }

            text[length++] = c;
        }

        return length;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool Fits(ReadOnlySpan<char> bare, char point, char group)
    {
        var at = bare.IndexOf(point);
        var whole = at < 0 ? bare : bare[..at];
        if (at >= 0 && (bare[(at + 1)..].IndexOfAnyExceptInRange('0', '9') >= 0 || at + 1 == bare.Length))
        {
            return false;
        }

        if (whole.IndexOf(group) < 0)
        {
            return whole.IndexOfAnyExceptInRange('0', '9') < 0 && (whole.Length > 0 || at >= 0);
        }

        // 0.123 is no group of thousands.
        var first = whole.IndexOf(group);
        if (first is 0 or > 3 || whole[0] == '0')
        {
            return false;
        }

        for (var rest = whole[(first + 1)..]; ; rest = rest[4..])
        {
            if (rest.Length < 3 || rest[..3].IndexOfAnyExceptInRange('0', '9') >= 0 || (rest.Length > 3 && rest[3] != group))
            {
                return false;
            }

            if (rest.Length == 3)
            {
                return true;
            }
        }
    }
}
