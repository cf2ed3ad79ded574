using System.Runtime.CompilerServices;
using System.Text;
using Sourcing.Data.Common;

namespace Sourcing.Data.Imports.Reading;

/// <summary>
/// Text with delimiters: quoted cells with doubled quotes, line ends LF, CRLF or a lone CR, in any mixture. Reads through one buffer
/// of 64 K characters; a row's cells lie in a second one. What runs for every cell, here and where cells are read, is compiled at its best
/// from the start: a large file would be through before the runtime had found out that it matters.
/// </summary>
public sealed class DelimitedReader : TableReader
{
    private const int BufferSize = 64 * 1024;
    private readonly StreamReader _text;
    private readonly char _delimiter;
    private readonly char[] _buffer = new char[BufferSize];
    private readonly System.Buffers.SearchValues<char> _ends;
    private char[] _row = new char[4096];
    private readonly int[] _starts = new int[ReadingLimits.Columns + 2];
    private int _length;
    private int _position;
    private int _end;
    private int _line;

    /// <param name="file">The bytes; closed with the reader.</param>
    public DelimitedReader(Stream file, Encoding encoding, char delimiter)
    {
        _text = new StreamReader(file, encoding, detectEncodingFromByteOrderMarks: true, BufferSize);
        _delimiter = delimiter;
        _ends = System.Buffers.SearchValues.Create([delimiter, '\r', '\n', '"']);
    }

    /// <inheritdoc/>
    public override ReadOnlySpan<char> Cell(int index) =>
        index < Count ? _row.AsSpan(_starts[index], _starts[index + 1] - _starts[index]) : default;

    /// <inheritdoc/>
    public override bool Read()
    {
        do
        {
            if (!ReadRow())
            {
                return false;
            }
        }
        while (Count == 1 && _length == 0);
        return true;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing) => _text.Dispose();

    private bool ReadRow()
    {
        (Count, _length, _starts[0]) = (0, 0, 0);
        if (_position == _end && !Fill())
        {
            return false;
        }

        Row = ++_line;
        if (_line > ReadingLimits.Rows)
        {
            throw new RefusedException($"The file has more than {ReadingLimits.Rows:N0} rows. Split it into several files.");
        }

        while (ReadCell())
        {
        }

        return true;
    }

    // One cell; false when it was the row's last.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool ReadCell()
    {
        if ((_position < _end || Fill()) && _buffer[_position] == '"')
        {
            _position++;
            ReadQuoted();
        }

        while (true)
        {
            var rest = _buffer.AsSpan(_position, _end - _position);
            var at = rest.IndexOfAny(_ends);
            Append(at < 0 ? rest : rest[..at]);
            if (at < 0)
            {
                _position = _end;
                if (Fill())
                {
                    continue;
                }

                EndCell();
                return false;
            }

            _position += at + 1;
            var sign = rest[at];
            if (sign == '"')
            {
                // A quote in the middle of an unquoted cell is a sign like any other: 3/4" pipe.
                Append("\"");
                continue;
            }

            EndCell();
            if (sign == _delimiter)
            {
                return true;
            }

            if (sign == '\r' && (_position < _end || Fill()) && _buffer[_position] == '\n')
            {
                _position++;
            }

            return false;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ReadQuoted()
    {
        var opened = _line;
        while (true)
        {
            var rest = _buffer.AsSpan(_position, _end - _position);
            var at = rest.IndexOf('"');
            Append(at < 0 ? rest : rest[..at]);
            _position += at < 0 ? rest.Length : at + 1;
            if (at < 0)
            {
                if (!Fill())
                {
                    throw new RefusedException($"The quote that opens in row {opened:N0} is never closed. Close it or take it out, and upload the file again.");
                }
            }
            else if ((_position < _end || Fill()) && _buffer[_position] == '"')
            {
                Append("\"");
                _position++;
            }
            else
            {
                return;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Append(ReadOnlySpan<char> part)
    {
        if (_length - _starts[Count] + part.Length > ReadingLimits.CellCharacters)
        {
            throw new RefusedException($"A cell in row {_line:N0}, column {Count + 1} is longer than {ReadingLimits.CellCharacters:N0} characters. Perhaps a quote before it was never closed.");
        }

        if (_length + part.Length > _row.Length)
        {
            Array.Resize(ref _row, Math.Max(_row.Length * 2, _length + part.Length));
        }

        part.CopyTo(_row.AsSpan(_length));
        _length += part.Length;
    }

    private void EndCell()
    {
        if (Count == ReadingLimits.Columns)
        {
            throw new RefusedException($"Row {_line:N0} has more than {ReadingLimits.Columns} columns. Take out the columns that are not needed.");
        }

        _starts[++Count] = _length;
    }

    private bool Fill()
    {
        (_position, _end) = (0, _text.Read(_buffer, 0, BufferSize));
        return _end > 0;
    }
}
