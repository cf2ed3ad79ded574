using System.Text;
using System.Text.Unicode;

namespace Sourcing.Data.Imports.Reading;

/// <summary>Finds encoding and delimiter of a text file from its bytes.</summary>
public static class TextSniffer
{
    static TextSniffer() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>Western European bytes, as older spreadsheet programs write them.</summary>
    public static Encoding Windows1252 => Encoding.GetEncoding(1252);

    /// <summary>
    /// By byte-order mark; else UTF-16 by its zero bytes; else UTF-8 when the whole file is valid UTF-8; else Windows-1252. The whole
    /// file is looked at because the first letter beyond ASCII may come late.
    /// </summary>
    /// <param name="file">Read from its present position to its end.</param>
    public static Encoding DetectEncoding(Stream file)
    {
        var buffer = new byte[64 * 1024];
        var length = file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        var start = buffer.AsSpan(0, length);
        if (start is [0xEF, 0xBB, 0xBF, ..])
        {
            return Encoding.UTF8;
        }

        if (start is [0xFF, 0xFE, ..])
        {
            return Encoding.Unicode;
        }

        if (start is [0xFE, 0xFF, ..])
        {
            return Encoding.BigEndianUnicode;
        }

        if (Utf16WithoutMark(start) is { } wide)
        {
            return wide;
        }

        return IsUtf8(file, buffer, length) ? new UTF8Encoding(false) : Windows1252;
    }

    /// <summary>The delimiter that cuts the first rows into the same number of cells, most of them: comma, semicolon, tab or pipe.</summary>
    /// <param name="head">The first few thousand characters.</param>
    public static char DetectDelimiter(ReadOnlySpan<char> head)
    {
        // The head decides; a title above it holds no delimiter, and then the first row that holds one does.
        return Best(head, counts => counts[0]) ?? Best(head, counts => counts.FirstOrDefault(c => c > 0)) ?? ',';
    }

    private static char? Best(ReadOnlySpan<char> head, Func<List<int>, int> columns)
    {
        var best = (Sign: (char?)null, Score: -1.0);
        foreach (var sign in ",;\t|")
        {
            var counts = CountPerRow(head, sign);
            if (counts.Count > 0 && columns(counts) is > 0 and var wanted)
            {
                // Rows that agree with the head speak for the sign.
                var score = wanted * (double)counts.Count(c => c == wanted) / counts.Count;
                if (score > best.Score)
                {
                    best = (sign, score);
                }
            }
        }

        return best.Sign;
    }

    private static List<int> CountPerRow(ReadOnlySpan<char> head, char sign)
    {
        var counts = new List<int>();
        var (count, quoted, any) = (0, false, false);
        foreach (var c in head)
        {
            if (c == '"')
            {
                quoted = !quoted;
            }
            else if (!quoted && c is '\r' or '\n')
            {
                if (any)
                {
                    counts.Add(count);
                }

                (count, any) = (0, false);
                continue;
            }
            else if (!quoted && c == sign)
            {
                count++;
            }

            any = true;
        }

        // The last row may be cut off: it counts only when it is the only one.
        if (any && counts.Count == 0)
        {
            counts.Add(count);
        }

        return counts;
    }

    private static Encoding? Utf16WithoutMark(ReadOnlySpan<byte> start)
    {
        var (even, odd) = (0, 0);
        var length = Math.Min(start.Length, 4096) & ~1;
        for (var i = 0; i < length; i += 2)
        {
            even += start[i] == 0 ? 1 : 0;
            odd += start[i + 1] == 0 ? 1 : 0;
        }

        return length < 4 ? null
            : odd > length * 2 / 5 && even < odd / 10 ? Encoding.Unicode
            : even > length * 2 / 5 && odd < even / 10 ? Encoding.BigEndianUnicode
            : null;
    }

    private static bool IsUtf8(Stream file, byte[] buffer, int length)
    {
        while (length > 0)
        {
            var whole = WholeCharacters(buffer.AsSpan(0, length));
            if (!Utf8.IsValid(buffer.AsSpan(0, whole)))
            {
                return false;
            }

            var left = length - whole;
            buffer.AsSpan(whole, left).CopyTo(buffer);
            var read = file.Read(buffer, left, buffer.Length - left);
            if (read == 0)
            {
                return left == 0;
            }

            length = left + read;
        }

        return true;
    }

    // Without the bytes of a character that the buffer's end cuts through.
    private static int WholeCharacters(ReadOnlySpan<byte> bytes)
    {
        for (var back = 1; back <= 3 && back <= bytes.Length; back++)
        {
            var b = bytes[^back];
            if (b >= 0xC0)
            {
                var needed = b >= 0xF0 ? 4 : b >= 0xE0 ? 3 : 2;
                return needed > back ? bytes.Length - back : bytes.Length;
            }

            if (b < 0x80)
            {
                break;
            }
        }

        return bytes.Length;
    }
}
