using System.Text;

namespace Sourcing.Web.Tests.Imports;

/// <summary>The smallest XLS that holds a sheet: records of BIFF8 in one stream of a compound file.</summary>
internal static class OldSpreadsheet
{
    private const int Sector = 512;
    private const uint End = 0xFFFF_FFFE;

    /// <summary>Texts and doubles; null leaves a gap.</summary>
    public static byte[] Of(IReadOnlyList<IReadOnlyList<object?>> rows)
    {
        var globals = new MemoryStream();
        Record(globals, 0x0809, Numbers(0x0600, 0x0005, 0, 0, 0, 0, 0, 0));
        Record(globals, 0x0042, Numbers(1200));
        // Where the sheet begins: after this record and the one that ends the globals.
        Record(globals, 0x0085, [.. BitConverter.GetBytes((int)globals.Length + 4 + 6 + 2 + 5 + 4), 0, 0, 5, 0, .. "Parts"u8]);
        Record(globals, 0x000A, []);
        Record(globals, 0x0809, Numbers(0x0600, 0x0010, 0, 0, 0, 0, 0, 0));
        Record(globals, 0x0200, [.. BitConverter.GetBytes(0), .. BitConverter.GetBytes(rows.Count), .. Numbers(0, rows.Max(r => r.Count), 0)]);
        for (var r = 0; r < rows.Count; r++)
        {
            for (var c = 0; c < rows[r].Count; c++)
            {
                switch (rows[r][c])
                {
                    case double number:
                        Record(globals, 0x0203, [.. Numbers(r, c, 0), .. BitConverter.GetBytes(number)]);
                        break;
                    case string text:
                        Record(globals, 0x0204, [.. Numbers(r, c, 0, text.Length), 1, .. Encoding.Unicode.GetBytes(text)]);
                        break;
                }
            }
        }

        Record(globals, 0x000A, []);
        return Compound(globals.ToArray());
    }

    // A header, one sector that says how the others follow one another, one for the directory, then the stream: never under 4,096 bytes,
    // because smaller ones would lie in a stream of their own kind.
    private static byte[] Compound(byte[] stream)
    {
        var sectors = Math.Max(8, (stream.Length + Sector - 1) / Sector);
        var file = new MemoryStream();
        var header = new BinaryWriter(file);
        header.Write([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]);
        header.Write(new byte[16]);
        header.Write(Numbers(0x003E, 0x0003, 0xFFFE, 9, 6, 0, 0, 0));
        // The sector of chains is the first (0), the directory the second (1).
        foreach (var value in (uint[])[0, 1, 1, 0, 4096, End, 0, End, 0, 0])
        {
            header.Write(value);
        }

        Fill(header, 0xFFFF_FFFF, 108);
        header.Write(0xFFFF_FFFD);
        header.Write(End);
        for (var i = 0; i < sectors; i++)
        {
            header.Write(i + 1 < sectors ? (uint)(i + 3) : End);
        }

        Fill(header, 0xFFFF_FFFF, (Sector / 4) - 2 - sectors);
        Entry(header, "Root Entry", 5, 1, End, 0);
        Entry(header, "Workbook", 2, uint.MaxValue, 2, sectors * Sector);
        Entry(header, "", 0, uint.MaxValue, 0, 0);
        Entry(header, "", 0, uint.MaxValue, 0, 0);
        header.Write(stream);
        header.Write(new byte[(sectors * Sector) - stream.Length]);
        return file.ToArray();
    }

    private static void Entry(BinaryWriter writer, string name, byte kind, uint child, uint start, int size)
    {
        var text = new byte[64];
        Encoding.Unicode.GetBytes(name, text);
        writer.Write(text);
        writer.Write((short)(name.Length == 0 ? 0 : (name.Length + 1) * 2));
        writer.Write([kind, 1]);
        writer.Write(uint.MaxValue);
        writer.Write(uint.MaxValue);
        writer.Write(child);
        writer.Write(new byte[36]);
        writer.Write(start);
        writer.Write((long)size);
    }

    private static void Fill(BinaryWriter writer, uint value, int times)
    {
        for (var i = 0; i < times; i++)
        {
            writer.Write(value);
        }
    }

    private static void Record(Stream stream, int kind, byte[] content)
    {
        stream.Write(Numbers(kind, content.Length));
        stream.Write(content);
    }

    private static byte[] Numbers(params int[] values) => [.. values.SelectMany(v => BitConverter.GetBytes((ushort)v))];
}
