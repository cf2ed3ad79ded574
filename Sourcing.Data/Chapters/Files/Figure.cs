using System.Globalization;

namespace Sourcing.Data.Chapters.Files;

/// <summary>Reads amounts and credits as reports write them: 1,234.50 or 1.234,50 or 1234.5, with or without a sign of currency.</summary>
internal static class Figure
{
    private const decimal Largest = 999_999_999_999.99m;

    /// <summary>The number; null with words why not.</summary>
    /// <param name="isNumber">The file itself says that it is one: written with a point.</param>
    public static decimal? Read(string text, bool isNumber, out string problem)
    {
        problem = "";
        var plain = isNumber ? text : Plain(text);
        if (!decimal.TryParse(plain, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var value))
        {
            problem = text.Length == 0 ? "is missing" : "is not a number";
            return null;
        }

        if (isNumber)
        {
            // What a spreadsheet keeps is binary: 0.1 + 0.2 is 0.30000000000000004 in the file.
            value = decimal.Round(value, 9, MidpointRounding.AwayFromZero);
        }

        if (decimal.Round(value, 2) != value)
        {
            problem = "has more than 2 decimals";
            return null;
        }

        if (Math.Abs(value) > Largest)
        {
            problem = "is larger than can be kept";
            return null;
        }

        return value;
    }

    /// <summary>The same, above 0.</summary>
    public static decimal? Positive(string text, bool isNumber, out string problem)
    {
        var value = Read(text, isNumber, out problem);
        if (value is <= 0)
        {
            problem = "is not above 0";
            return null;
        }

        return value;
    }

    private static string Plain(string text)
    {
        var clean = string.Concat(text.Where(c => !char.IsWhiteSpace(c) && c != '\'' && CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.CurrencySymbol));
        var (comma, point) = (clean.LastIndexOf(','), clean.LastIndexOf('.'));
        if (comma >= 0 && point >= 0)
        {
            // The one that comes last parts the decimals.
            return comma > point ? clean.Replace(".", "", StringComparison.Ordinal).Replace(',', '.') : clean.Replace(",", "", StringComparison.Ordinal);
        }

        if (comma < 0)
        {
            return clean.Count(c => c == '.') > 1 && Grouped(clean, '.') ? clean.Replace(".", "", StringComparison.Ordinal) : clean;
        }

        // 1,234 has thousands, 1,5 and 1,50 decimals.
        return Grouped(clean, ',') ? clean.Replace(",", "", StringComparison.Ordinal) : clean.Count(c => c == ',') == 1 ? clean.Replace(',', '.') : clean;
    }

    private static bool Grouped(string text, char sign)
    {
        var groups = text.TrimStart('-', '+').Split(sign);
        return groups.Length > 1 && groups[0].Length is >= 1 and <= 3 && groups.Skip(1).All(g => g.Length == 3);
    }
}
