using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Sourcing.Data.Common;

namespace Sourcing.Data.Imports.Reading;

/// <summary>One column of a file, as found by reading it once to its end.</summary>
[System.ComponentModel.DataAnnotations.Schema.NotMapped]
public sealed record ColumnProfile
{
    /// <summary>The head; made unique, and "Column 7" where it is empty.</summary>
    public required string Name { get; init; }

    /// <summary>Cells that hold something.</summary>
    public int Filled { get; set; }

    /// <summary>The first few different values.</summary>
    public List<string> Samples { get; init; } = [];

    /// <inheritdoc cref="NumberEvidence"/>
    public NumberEvidence Numbers { get; init; } = new();

    /// <inheritdoc cref="DateEvidence"/>
    public DateEvidence Dates { get; init; } = new();
}

/// <summary>What a file holds: found by reading it once, with memory for one row.</summary>
[System.ComponentModel.DataAnnotations.Schema.NotMapped]
public sealed record FileProfile
{
    public required TableShape Shape { get; init; }

    public required IReadOnlyList<ColumnProfile> Columns { get; init; }

    /// <summary>Rows below the head that are not blank.</summary>
    public int Rows { get; init; }

    /// <summary>Heads that stood in the file more than once and were told apart by a number.</summary>
    public IReadOnlyList<string> RepeatedHeads { get; init; } = [];

    /// <summary>Columns whose heads are weeks or days, by what they mean.</summary>
    public IReadOnlyList<PeriodGroup> Groups { get; init; } = [];

    private const int SampleCount = 4;
    private const int SampleLength = 60;

    /// <summary>Reads the whole file once: head, rows, and what the columns say about the style of their numbers and dates.</summary>
    /// <exception cref="RefusedException">It cannot be read to its end, or has no rows below its head.</exception>
    public static FileProfile Read(string path, TableShape shape, CancellationToken ct)
    {
        using var reader = TableFile.Open(path, shape);
        if (HeadFinder.Pass(reader, shape) is not { } heads)
        {
            throw new RefusedException(shape.HeadRow > 1 ? $"The file ends before row {shape.HeadRow:N0}, in which its heads should stand." : "The file has no rows.");
        }

        var columns = Heads(heads, out var repeated);
        var rows = 0;
        while (reader.Read())
        {
            rows++;
            Look(reader, columns);
            if ((rows & 0x3FFF) == 0)
            {
                ct.ThrowIfCancellationRequested();
            }
        }

        return rows == 0
            ? throw new RefusedException("The file has a head but no rows below it.")
            : new() { Shape = shape, Columns = columns, Rows = rows, RepeatedHeads = repeated, Groups = PeriodHead.Groups([.. columns.Select(c => c.Name)]) };
    }

    /// <summary>SHA-256 of a file, in lower-case hexadecimal.</summary>
    public static async Task<string> HashAsync(string path, CancellationToken ct)
    {
        await using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, ct));
    }

    private static List<ColumnProfile> Heads(IReadOnlyList<string> heads, out List<string> repeated)
    {
        repeated = [];
        var columns = new List<ColumnProfile>();
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < heads.Count; i++)
        {
            var text = heads[i];
            var head = text.Length == 0 ? $"Column {i + 1}" : text[..Math.Min(text.Length, 120)].Replace("\0", "", StringComparison.Ordinal).ReplaceLineEndings(" ");
            var name = head;
            for (var n = 2; !taken.Add(name); n++)
            {
                if (n == 2)
                {
                    repeated.Add(head);
                }

                name = $"{head} ({n})";
            }

            columns.Add(new() { Name = name });
        }

        return columns;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Look(TableReader reader, List<ColumnProfile> columns)
    {
        for (var i = 0; i < columns.Count; i++)
        {
            var cell = reader.Cell(i);
            if (cell.Length == 0)
            {
                continue;
            }

            var column = columns[i];
            column.Filled++;
            if (column.Samples.Count < SampleCount && !Seen(column.Samples, cell[..Math.Min(cell.Length, SampleLength)]))
            {
                column.Samples.Add(cell[..Math.Min(cell.Length, SampleLength)].ToString().Replace("\0", "\uFFFD", StringComparison.Ordinal));
            }

            // A style shows only in cells that end with a figure, a blank after it or a bracket; most texts are passed by quickly.
            if ((char.IsAsciiDigit(cell[^1]) || cell[^1] is ' ' or ')') && cell.Length <= 32 && !reader.IsNumber(i))
            {
                column.Numbers.Add(Numbered.WithoutUnit(cell, out _));
                if (cell.IndexOfAny('-', '/', '.') > 0)
                {
                    column.Dates.Add(cell);
                }
            }
        }
    }

    private static bool Seen(List<string> samples, ReadOnlySpan<char> cell)
    {
        foreach (var sample in samples)
        {
            if (cell.SequenceEqual(sample))
            {
                return true;
            }
        }

        return false;
    }
}
