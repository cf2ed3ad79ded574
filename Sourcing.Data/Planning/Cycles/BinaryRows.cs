using System.Buffers.Binary;
using Npgsql;
using Sourcing.Data.Planning.Engine;

namespace Sourcing.Data.Planning.Cycles;

/// <summary>
/// Rows in the server's own binary form of COPY, for tables of millions of rows of keys, days and quantities, which the driver's typed writer takes
/// half as long again for. Columns are written in the order of the COPY.
/// </summary>
internal sealed class BinaryRows(NpgsqlRawCopyStream target, short columns) : IAsyncDisposable
{
    // More than any row of it takes.
    private const int Reserve = 1024;
    private const int GroupBase = 10_000;
    private static readonly byte[] Head = [.. "PGCOPY\n"u8, 0xFF, .. "\r\n\0"u8, 0, 0, 0, 0, 0, 0, 0, 0];
    private static readonly int Epoch = new DateOnly(2000, 1, 1).DayNumber;

    private readonly byte[] _buffer = [.. Head, .. new byte[64 * 1024]];
    private int _used = Head.Length;
    private bool _complete;

    /// <summary>Begins a row; what was written before may go on its way.</summary>
    public void Start()
    {
        if (_used > _buffer.Length - Reserve)
        {
            Send();
        }

        Short(columns);
    }

    public void Write(Guid key)
    {
        Int(16);
        key.TryWriteBytes(_buffer.AsSpan(_used), bigEndian: true, out var written);
        _used += written;
    }

    public void Write(short number)
    {
        Int(sizeof(short));
        Short(number);
    }

    public void Write(DateOnly day)
    {
        Int(sizeof(int));
        Int(day.DayNumber - Epoch);
    }

    /// <summary>A quantity in whole millionths, as a numeric with six decimals.</summary>
    public void WriteMicro(long micro)
    {
        var size = (ulong)Math.Abs(micro);
        var (whole, part) = Math.DivRem(size, (ulong)Micro.One);
        // Groups of four digits: those before the point from the left, then two after it, without zeros at either end.
        Span<short> groups = stackalloc short[8];
        var first = 6;
        for (; whole > 0; whole /= GroupBase)
        {
            groups[--first] = (short)(whole % GroupBase);
        }

        var (weight, end) = (5 - first, 8);
        (groups[6], groups[7]) = ((short)(part / 100), (short)(part % 100 * 100));
        while (end > first && groups[end - 1] == 0)
        {
            end--;
        }

        while (first < end && groups[first] == 0)
        {
            first++;
            weight--;
        }

        Int(8 + (2 * (end - first)));
        Short((short)(end - first));
        Short((short)(end == first ? 0 : weight));
        Short((short)(micro < 0 ? 0x4000 : 0));
        Short(6);
        for (; first < end; first++)
        {
            Short(groups[first]);
        }
    }

    /// <summary>Sends the rest and ends the COPY. Without it nothing is kept.</summary>
    public async Task CompleteAsync()
    {
        Short(-1);
        Send();
        await target.DisposeAsync();
        _complete = true;
    }

    public async ValueTask DisposeAsync()
    {
        if (_complete)
        {
            return;
        }

        try
        {
            await target.CancelAsync();
        }
        catch (Exception fault) when (fault is NpgsqlException or IOException or InvalidOperationException)
        {
            // What went wrong before is on its way up and tells more.
        }
    }

    private void Send()
    {
        target.Write(_buffer.AsSpan(0, _used));
        _used = 0;
    }

    private void Short(short value)
    {
        BinaryPrimitives.WriteInt16BigEndian(_buffer.AsSpan(_used), value);
        _used += sizeof(short);
    }

    private void Int(int value)
    {
        BinaryPrimitives.WriteInt32BigEndian(_buffer.AsSpan(_used), value);
        _used += sizeof(int);
    }
}
