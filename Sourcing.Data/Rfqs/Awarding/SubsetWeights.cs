using System.Numerics;

namespace Sourcing.Data.Rfqs.Awarding;

/// <summary>
/// The least weight of all lines for every set of suppliers, where nothing couples the lines but who is in the set: each line then
/// takes its best way among those of the set. Open lines stand in the high bits, so that fewer of them always come first.
/// </summary>
internal sealed class SubsetWeights
{
    /// <summary>Weight of one open line: above everything that money can come to.</summary>
    public const long Open = 1L << 51;

    /// <summary>Above this sum of hundredths the high bits, and the shares in exact arithmetic, would run over.</summary>
    public const long Limit = 1L << 48;

    private readonly AwardOptions _options;
    private readonly long[] _line;

    public SubsetWeights(AwardOptions options)
    {
        _options = options;
        _line = new long[1 << options.Suppliers];
        Totals = new long[_line.Length];
        for (var mask = 0; mask < Totals.Length; mask++)
        {
            Totals[mask] = Paid(mask);
        }

        foreach (var line in options.Lines)
        {
            var best = OfLine(line);
            for (var mask = 0; mask < best.Length; mask++)
            {
                Totals[mask] += best[mask];
            }
        }

        Best = Enumerable.Range(0, Totals.Length).Where(Allowed).MinBy(mask => (Totals[mask], BitOperations.PopCount((uint)mask), mask));
    }

    /// <summary>By set: all lines and what its suppliers cost once.</summary>
    public long[] Totals { get; }

    /// <summary>The best allowed set: of equal ones the smaller, then the earlier.</summary>
    public int Best { get; }

    public bool Allowed(int mask) => BitOperations.PopCount((uint)mask) <= _options.MostSuppliers;

    /// <summary>What the suppliers of a set cost once.</summary>
    public long Paid(int mask)
    {
        long sum = 0;
        for (var rest = mask; rest != 0; rest &= rest - 1)
        {
            sum += _options.Fixed[BitOperations.TrailingZeroCount(rest)];
        }

        return sum;
    }

    /// <summary>Lines without a way to award them within the set.</summary>
    public int OpenLines(int mask) => (int)(Totals[mask] / Open);

    /// <summary>The line's least weight by set. The array is used again by the next call.</summary>
    public long[] OfLine(IReadOnlyList<LineOption> line)
    {
        Array.Fill(_line, Open);
        foreach (var option in line)
        {
            _line[option.Mask] = Math.Min(_line[option.Mask], option.Weight);
        }

        LeastOfSubsets(_line);
        return _line;
    }

    /// <summary>Makes each set's value the least among those of all its subsets.</summary>
    public static void LeastOfSubsets(long[] values)
    {
        for (var bit = 1; bit < values.Length; bit <<= 1)
        {
            for (var from = bit; from < values.Length; from += bit << 1)
            {
                var with = values.AsSpan(from, bit);
                var without = values.AsSpan(from - bit, bit);
                for (var i = 0; i < with.Length; i++)
                {
                    with[i] = Math.Min(with[i], without[i]);
                }
            }
        }
    }

    /// <summary>Makes each set's value the least among those of all sets that hold it.</summary>
    public static void LeastOfSupersets(long[] values)
    {
        for (var bit = 1; bit < values.Length; bit <<= 1)
        {
            for (var from = bit; from < values.Length; from += bit << 1)
            {
                var with = values.AsSpan(from, bit);
                var without = values.AsSpan(from - bit, bit);
                for (var i = 0; i < with.Length; i++)
                {
                    without[i] = Math.Min(with[i], without[i]);
                }
            }
        }
    }

    /// <summary>Each line's best way within a set: of equal ones that with the lower cost, then the earlier.</summary>
    public LineOption?[] Choose(int mask) =>
        [.. _options.Lines.Select(line => line.Where(o => (o.Mask & ~mask) == 0).OrderBy(o => o.Weight).ThenBy(o => o.Counted).FirstOrDefault())];
}
