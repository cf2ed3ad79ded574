using System.Globalization;

namespace Sourcing.Web.Portal;

/// <summary>
/// Reads a figure as people type it, whatever their keyboard: 1234.5, 1,234.50, 1.234,50, 1 234,5. Where one mark could be either,
/// as in 1,234, the person's culture decides; 3,50 is never three hundred and fifty.
/// </summary>
public static class TypedNumber
{
    /// <summary>Null when it is no number, or when its thousands do not stand in threes.</summary>
    public static decimal? Read(string text, CultureInfo culture)
    {
        var typed = new string([.. text.Where(c => !char.IsWhiteSpace(c) && c is not ('\'' or '’'))]).Replace('−', '-');
        var (point, comma) = (typed.Count(c => c == '.'), typed.Count(c => c == ','));
        var last = typed.LastIndexOfAny(['.', ',']);
        char? separator = (point, comma) switch
        {
            (0, 0) => null,
            ( > 0, > 0) => typed[last],
            ( > 1, 0) or (0, > 1) => null,
            _ => IsThousands(typed, last, culture) ? null : typed[last],
        };
        var whole = separator is null ? typed : typed[..last];
        var groups = whole.TrimStart('-', '+').Split('.', ',');
        if (groups.Length > 1 && (groups[0].Length is 0 or > 3 || groups[1..].Any(g => g.Length != 3)))
        {
            return null;
        }

        var plain = whole.Replace(".", "", StringComparison.Ordinal).Replace(",", "", StringComparison.Ordinal) + (separator is null ? "" : "." + typed[(last + 1)..]);
        return decimal.TryParse(plain, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) ? value : null;
    }

    private static bool IsThousands(string typed, int at, CultureInfo culture) =>
        typed[at] != culture.NumberFormat.NumberDecimalSeparator[0] && typed.Length - at == 4 && at is > 0 and <= 3 && typed.TrimStart('-', '+')[0] != '0';
}
