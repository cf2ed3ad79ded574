namespace Sourcing.Data.Rfqs.Awarding;

/// <summary>A rule over all lines: Σ goods of supplier s × <paramref name="PerSupplier"/>[s] ≤ <paramref name="Bound"/>, in whole numbers. The last place counts open lines.</summary>
/// <param name="Scale">Brings the rule to about 1 for arithmetic with prices.</param>
internal sealed record SideRule(long[] PerSupplier, long Bound, double Scale);

/// <summary>
/// The award as whole numbers: ways of each line with their goods by supplier, and rules over all lines. A share limit is
/// 10000·goods(s) − share·Σ goods ≤ 0 with the share in hundredths of a percent, so that it is checked without rounding.
/// An open line is a way of its own without weight; one rule limits their number.
/// </summary>
internal sealed class CoupledModel
{
    private const long Whole = 10_000;

    public CoupledModel(AwardOptions options, int open)
    {
        (Suppliers, OpenLines) = (options.Suppliers, open);
        Start = new int[options.Lines.Length + 1];
        var ways = new List<Way>();
        for (var line = 0; line < options.Lines.Length; line++)
        {
            Start[line] = ways.Count;
            for (var i = 0; i < options.Lines[line].Length; i++)
            {
                var option = options.Lines[line][i];
                ways.Add(new(option.Mask, option.Weight, option.First.Supplier, option.First.Buy.Goods, option.Second?.Supplier ?? -1, option.Second?.Buy.Goods ?? 0, i));
            }

            if (open > 0)
            {
                ways.Add(new(0, 0, Suppliers, 1, -1, 0, -1));
            }
        }

        Start[^1] = ways.Count;
        Ways = [.. ways];
        Rules = [.. SideRules(options, Math.Max(1, options.Lines.Sum(l => l.Length == 0 ? 0 : l.Min(o => o.Goods))))];
        Ceiling = options.Lines.Sum(l => l.Length == 0 ? 0 : l.Max(o => o.Weight)) + options.Fixed.Sum() + 1;
    }

    /// <summary>A way to award a line: one or two suppliers with their goods.</summary>
    /// <param name="Option">Its place among the line's options; −1 for leaving it open.</param>
    public readonly record struct Way(int Mask, long Weight, int First, long FirstGoods, int Second, long SecondGoods, int Option);

    public int Suppliers { get; }

    /// <summary>How many lines may stay open.</summary>
    public int OpenLines { get; }

    public int Lines => Start.Length - 1;

    /// <summary>Where each line's ways begin; one more at the end.</summary>
    public int[] Start { get; }

    public Way[] Ways { get; }

    public IReadOnlyList<SideRule> Rules { get; }

    /// <summary>Above every weight that an award can have.</summary>
    public long Ceiling { get; }

    /// <summary>Suppliers without whom nothing can be awarded.</summary>
    public int Required { get; private set; }

    /// <summary>Whether rules over all lines are said at all.</summary>
    public static bool IsCoupled(AwardOptions options) =>
        options.Rules.LargestShare < 1 || options.Rules.Limits.Any(l => options.Problem.Suppliers.Any(s => s.SupplierId == l.SupplierId) && (l.LeastShare > 0 || l.LargestShare < 1 || l.Capacity is not null));

    /// <summary>What a way adds to a rule.</summary>
    public static long Adds(SideRule rule, in Way way) =>
        (rule.PerSupplier[way.First] * way.FirstGoods) + (way.Second < 0 ? 0 : rule.PerSupplier[way.Second] * way.SecondGoods);

    private IEnumerable<SideRule> SideRules(AwardOptions options, double goods)
    {
        for (var s = 0; s < Suppliers; s++)
        {
            var limit = options.Rules.Limits.Find(l => l.SupplierId == options.Problem.Suppliers[s].SupplierId);
            var largest = Math.Min(options.Rules.LargestShare ?? 1, limit?.LargestShare ?? 1);
            if (largest < 1)
            {
                yield return Row(s, Whole, -Hundredths(largest), 0, Whole * goods);
            }

            if (limit?.LeastShare is > 0 and var least)
            {
                Required |= 1 << s;
                yield return Row(s, -Whole, Hundredths(least), 0, Whole * goods);
            }

            if (limit?.Capacity is { } capacity)
            {
                yield return Row(s, 1, 0, BestBuy.Cents(capacity), goods);
            }
        }

        if (OpenLines > 0)
        {
            var count = new long[Suppliers + 1];
            count[^1] = 1;
            yield return new(count, OpenLines, 1);
        }
    }

    private SideRule Row(int supplier, long own, long all, long bound, double scale)
    {
        var per = new long[Suppliers + 1];
        Array.Fill(per, all, 0, Suppliers);
        per[supplier] += own;
        return new(per, bound, scale);
    }

    private static long Hundredths(decimal share) => (long)decimal.Round(share * Whole);
}
