using System.Globalization;

namespace Sourcing.Data.Imports;

/// <summary>Builds the lines of a COPY in text form in one buffer that is used again and again.</summary>
internal sealed class CopyText
{
    private char[] _buffer = new char[64 * 1024];

    /// <summary>Characters so far; set it back to take something away.</summary>
    public int Length { get; set; }

    public ReadOnlyMemory<char> Memory => _buffer.AsMemory(0, Length);

    public void Tab() => Put('\t');

    public void EndLine() => Put('\n');

    public void Null()
    {
        Put('\\');
        Put('N');
    }

    /// <summary>Text that needs no escaping.</summary>
    public void Plain(ReadOnlySpan<char> text)
    {
        Room(text.Length);
        text.CopyTo(_buffer.AsSpan(Length));
        Length += text.Length;
    }

    /// <summary>Any text.</summary>
    public void Escaped(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            switch (c)
            {
                case '\\':
                    Plain("\\\\");
                    break;
                case '\n':
                    Plain("\\n");
                    break;
                case '\r':
                    Plain("\\r");
                    break;
                case '\t':
                    Plain("\\t");
                    break;
                default:
                    Put(c);
                    break;
            }
        }
    }

    /// <summary>What <see cref="Escaped"/> was given.</summary>
    public static string Unescape(ReadOnlySpan<char> text)
    {
        var plain = new System.Text.StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            plain.Append(text[i] != '\\' ? text[i] : text[++i] switch { 'n' => '\n', 'r' => '\r', 't' => '\t', var c => c });
        }

        return plain.ToString();
    }

    public void Number(decimal value)
    {
        Room(40);
        value.TryFormat(_buffer.AsSpan(Length), out var written, default, CultureInfo.InvariantCulture);
        Length += written;
    }

    public void Whole(int value)
    {
        Room(12);
        value.TryFormat(_buffer.AsSpan(Length), out var written, default, CultureInfo.InvariantCulture);
        Length += written;
    }

    /// <summary>Eight hexadecimal digits.</summary>
    public void Hex(int value)
    {
        Room(8);
        value.TryFormat(_buffer.AsSpan(Length), out var written, "x8", CultureInfo.InvariantCulture);
        Length += written;
    }

    public void Day(DateOnly day)
    {
        Room(10);
        day.TryFormat(_buffer.AsSpan(Length), out var written, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        Length += written;
    }

    private void Put(char c)
    {
        Room(1);
        _buffer[Length++] = c;
    }

    private void Room(int more)
    {
        if (Length + more > _buffer.Length)
        {
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, Length + more));
        }
    }
}
