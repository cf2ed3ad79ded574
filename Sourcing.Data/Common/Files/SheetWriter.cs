using System.Globalization;
using System.Text;

namespace Sourcing.Data.Common.Files;

/// <summary>
/// The one writer of tables that leave the app, as CSV or XLSX. It writes row by row and keeps none. Text that a spreadsheet
/// would take for a formula is made harmless, control characters are dropped.
/// </summary>
public abstract class SheetWriter : IDisposable
{
    private readonly TimeZoneInfo _zone;

    private protected SheetWriter(TimeZoneInfo zone) => _zone = zone;

    /// <summary>CSV by RFC 4180: commas, UTF-8 with a mark for spreadsheets, decimal points, ISO dates.</summary>
    /// <param name="to">Left open.</param>
    public static SheetWriter Csv(Stream to, TimeZoneInfo zone) => new CsvSheet(to, zone);

    /// <summary>XLSX with one sheet whose head row stays in view. Dates are dates, moments stand in the given zone.</summary>
    /// <param name="to">Left open.</param>
    /// <param name="title">The sheet's name; what a name may not have is left out.</param>
    public static SheetWriter Xlsx(Stream to, string title, TimeZoneInfo zone) => new XlsxSheet(to, title, zone);

    /// <summary>The same as a form: protected without a password, so that <see cref="OpenCell"/>s alone can be typed into, and those by the rules.</summary>
    public static SheetWriter XlsxForm(Stream to, string title, TimeZoneInfo zone, IReadOnlyList<CellRule> rules) => new XlsxSheet(to, title, zone, rules);

    /// <summary>Writes the heads: once, first.</summary>
    public abstract void Head(IReadOnlyList<string> heads);

    /// <summary>Writes one row.</summary>
    /// <param name="values">Text, numbers, dates, moments, flags, enums, null, or one of them in an <see cref="OpenCell"/>.</param>
    /// <exception cref="RefusedException">The file can hold no more rows.</exception>
    public abstract void Row(IReadOnlyList<object?> values);

    /// <summary>Ends the file.</summary>
    public void Dispose()
    {
        Finish();
        GC.SuppressFinalize(this);
    }

    /// <summary>
    /// The text without control characters, lone surrogates and non-characters, and with an apostrophe before it where it begins
    /// like a formula: = + - @, their full-width twins, tab, line break. A plain number is left as it is.
    /// </summary>
    public static string Harmless(string text)
    {
        var clean = Clean(text);
        var first = clean.AsSpan().TrimStart(' ');
        return first.Length > 0 && "=+-@＝＋－＠\t\r\n".Contains(first[0], StringComparison.Ordinal)
            && !decimal.TryParse(clean, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _)
                ? "'" + clean
                : clean;
    }

    private protected abstract void Finish();

    /// <summary>A moment as the wall clock of the zone shows it.</summary>
    private protected DateTimeOffset InZone(DateTimeOffset moment) => TimeZoneInfo.ConvertTime(moment, _zone);

    private protected static string TextOf(object value) => value switch
    {
        Enum state => Words.Spaced(state.ToString()),
        bool flag => flag ? "yes" : "no",
        _ => Harmless(value.ToString() ?? ""),
    };

    private static string Clean(string text)
    {
        StringBuilder? kept = null;
        for (var i = 0; i < text.Length; i++)
        {
            var pair = char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]);
            var drop = !pair && (char.IsSurrogate(text[i]) || text[i] is '\ufffe' or '\uffff' || (char.IsControl(text[i]) && text[i] is not ('\t' or '\r' or '\n')));
            if (drop)
            {
                kept ??= new StringBuilder(text, 0, i, text.Length);
                continue;
            }

            kept?.Append(text[i]);
            if (pair)
            {
                kept?.Append(text[i + 1]);
                i++;
            }
        }

        return kept?.ToString() ?? text;
    }
}
