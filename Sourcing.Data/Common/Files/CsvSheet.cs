using System.Globalization;
using System.Text;

namespace Sourcing.Data.Common.Files;

internal sealed class CsvSheet(Stream to, TimeZoneInfo zone) : SheetWriter(zone)
{
    private static readonly System.Buffers.SearchValues<char> Quoted = System.Buffers.SearchValues.Create(",\"\r\n\t;");
    private readonly StreamWriter _text = new(to, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), 64 * 1024, leaveOpen: true);

    public override void Head(IReadOnlyList<string> heads) => Row(heads);

    public override void Row(IReadOnlyList<object?> values)
    {
        for (var i = 0; i < values.Count; i++)
        {
            if (i > 0)
            {
                _text.Write(',');
            }

            Cell(values[i] is OpenCell open ? open.Value : values[i]);
        }

        _text.Write("\r\n");
    }

    private protected override void Finish() => _text.Dispose();

    private void Cell(object? value)
    {
        switch (value)
        {
            case null:
                break;
            case DateOnly date:
                _text.Write(date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
                break;
            case DateTimeOffset moment:
                _text.Write(InZone(moment).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture));
                break;
            case decimal or int or long or short or double or float:
                _text.Write(((IFormattable)value).ToString(value is decimal ? "0.############" : null, CultureInfo.InvariantCulture));
                break;
            default:
                var text = TextOf(value);
                if (text.AsSpan().IndexOfAny(Quoted) < 0)
                {
                    _text.Write(text);
                }
                else
                {
                    _text.Write('"');
                    _text.Write(text.Replace("\"", "\"\"", StringComparison.Ordinal));
                    _text.Write('"');
                }

                break;
        }
    }
}
