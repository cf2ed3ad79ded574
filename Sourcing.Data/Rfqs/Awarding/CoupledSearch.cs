using System.Numerics;

namespace Sourcing.Data.Rfqs.Awarding;

/// <summary>An award as the search found it.</summary>
/// <param name="Mask">The suppliers that are paid for.</param>
/// <param name="Lines">By line; null for one that stays open.</param>
/// <param name="Weight">Objective in hundredths, what suppliers cost once included.</param>
/// <param name="Bound">No award with so few open lines weighs less.</param>
/// <param name="OpenBound">No award has fewer open lines.</param>
internal sealed record Selection(int Mask, LineOption?[] Lines, long Weight, long Bound, int OpenBound)
{
    public int Open => Lines.Count(l => l is null);

    public bool Proven => Open == OpenBound && Weight == Bound;
}

/// <summary>
/// The best award under rules over all lines. Levels of open lines are searched from the fewest that may be possible; within a level
/// the sets of suppliers by their lower bound, each to the end, until the next bound is no better than what was found.
/// </summary>
internal sealed class CoupledSearch(AwardOptions options, SubsetWeights free, Effort effort)
{
    // Prices that are good already are made better with so much less smoothing.
    private const double Warm = 50;

    // Hundredths: cores are small so near to the bound, and mostly there is an award.
    private const double Nearest = 8;

    // A first award is made beside the search, with steps enough for split lines of large RFQs.
    private readonly Effort _ahead = new(2 * AwardOptimizer.Steps);
    private double[] _prices = [];

    private Selection _best = new(0, new LineOption?[options.Lines.Length], 0, 0, 0);

    public Selection Run()
    {
        var lines = options.Lines.Length;
        var fewest = FewestOpen(free.OpenLines(free.Best), lines);
        Guess();
        for (var open = fewest; open <= lines; open++)
        {
            var level = new Level(this, new CoupledModel(options, open));
            if (!level.Search())
            {
                return _best with { Bound = level.Bound, OpenBound = open };
            }

            if (_best.Open == open)
            {
                return _best with { Bound = _best.Weight, OpenBound = open };
            }
        }

        return _best with { Bound = _best.Weight, OpenBound = _best.Open };
    }

    private int All => (1 << options.Suppliers) - 1;

    // Fewer open lines allow less, so the least number that prices do not rule out is found by steps that double, and then by halving.
    private int FewestOpen(int least, int most)
    {
        for (var ahead = 1; least < most; ahead *= 2)
        {
            var next = Math.Min(most, least + ahead - 1);
            if (!IsRuledOut(new(options, next)))
            {
                most = next;
                break;
            }

            least = next + 1;
        }

        while (least < most)
        {
            var middle = least + ((most - least) / 2);
            (least, most) = IsRuledOut(new(options, middle)) ? (middle + 1, most) : (least, middle);
        }

        return least;
    }

    private bool IsRuledOut(CoupledModel model)
    {
        if (DualPrices.Within(model, All) is not { } ways)
        {
            return true;
        }

        var dual = new DualPrices(model, _ahead);
        var prices = Known(model) is { } known ? dual.Best(ways, known, dual.Coarse(ways) / Warm, model.Ceiling) : dual.Best(ways, new double[model.Rules.Count], dual.Coarse(ways), model.Ceiling);
        if (dual.Bound(ways, prices) > model.Ceiling)
        {
            return true;
        }

        _prices = prices;
        return false;
    }

    // Prices of all suppliers together, from the last level that was looked at; the rule on open lines is the last.
    private double[]? Known(CoupledModel model) => _prices.Length == 0 ? null : [.. _prices.Concat(new double[1]).Take(model.Rules.Count)];

    // First awards, at the prices of all suppliers together: from all of them, and from the set that weighs least without rules over all lines.
    private void Guess()
    {
        var model = new CoupledModel(options, options.Lines.Length);
        var dual = new DualPrices(model, _ahead);
        var sets = Enumerable.Range(0, free.Totals.Length).Where(m => free.Allowed(m) && (m & model.Required) == model.Required).OrderBy(m => free.Totals[m]).Take(1);
        foreach (var set in sets.Prepend(All).Where(free.Allowed).Distinct())
        {
            var ways = DualPrices.Within(model, set)!;
            // Opening a line is no way out of a price here.
            var closed = Array.ConvertAll(ways, line => line.Length > 1 ? Array.FindAll(line, w => model.Ways[w].Option >= 0) : line);
            var prices = dual.Best(closed, Known(model) ?? new double[model.Rules.Count], dual.Coarse(closed) / Warm, model.Ceiling);
            Try(model, dual, set, ways, prices, _ahead);
        }
    }

    private void Try(CoupledModel model, DualPrices dual, int set, int[][] ways, double[] prices, Effort effort)
    {
        if (new Repair(model, dual, effort).Make(ways, prices) is { } chosen)
        {
            Take(model, set, chosen);
        }
    }

    private void Take(CoupledModel model, int set, int[] chosen)
    {
        var lines = chosen.Select((w, line) => model.Ways[w].Option is >= 0 and var i ? options.Lines[line][i] : null).ToArray();
        var used = lines.OfType<LineOption>().Aggregate(0, (mask, o) => mask | o.Mask);
        var weight = lines.Sum(l => l?.Weight ?? 0) + free.Paid(used);
        var open = lines.Count(l => l is null);
        if ((open, weight).CompareTo((_best.Open, _best.Weight)) < 0)
        {
            _best = new(used & set, lines, weight, 0, 0);
        }
    }

    /// <summary>All awards with at most so many open lines.</summary>
    private sealed class Level(CoupledSearch search, CoupledModel model)
    {
        private readonly DualPrices _dual = new(model, search.Spent);

        /// <summary>No award of this level weighs less; where the search ended early.</summary>
        public long Bound { get; private set; }

        private long ToBeat => search._best.Open <= model.OpenLines ? search._best.Weight : model.Ceiling;

        /// <summary>Whether the level was searched to its end.</summary>
        public bool Search()
        {
            var sets = Candidates();
            for (var i = 0; i < sets.Count; i++)
            {
                var (set, bound, prices) = sets[i];
                if (bound >= ToBeat)
                {
                    break;
                }

                var floor = One(set, prices);
                if (!search.Spent.Left && floor < ToBeat)
                {
                    Bound = Math.Min(ToBeat, Math.Min(Rounded(floor), i + 1 < sets.Count ? Rounded(sets[i + 1].Bound) : long.MaxValue));
                    return false;
                }
            }

            return true;
        }

        private static long Rounded(double bound) => (long)Math.Ceiling(Math.Max(bound, 0));

        // Sets by their bound at the prices of all suppliers together, and at those of the best set.
        private List<(int Set, double Bound, double[] Prices)> Candidates()
        {
            var allowed = Enumerable.Range(0, search.Sets.Totals.Length)
                .Where(m => search.Sets.Allowed(m) && (m & model.Required) == model.Required && search.Sets.OpenLines(m) <= model.OpenLines).ToList();
            var none = new double[model.Rules.Count];
            if (allowed.Count == 0 || DualPrices.Within(model, search.All) is not { } ways)
            {
                return [];
            }

            var known = search.Known(model);
            var first = _dual.Best(ways, known ?? none, known is null ? _dual.Coarse(ways) : 1, model.Ceiling);
            var bounds = Bounds(first);
            var best = allowed.MinBy(m => (bounds[m], m));
            var within = DualPrices.Within(model, best)!;
            var second = best == search.All ? first : _dual.Best(within, first, _dual.Coarse(within) / Warm, model.Ceiling);
            var others = second == first ? bounds : Bounds(second);
            return [.. allowed.Select(m => (Set: m, Bound: Math.Max(bounds[m], others[m]), Prices: bounds[m] > others[m] ? first : second))
                .Where(s => s.Bound < ToBeat).OrderBy(s => s.Bound).ThenBy(s => BitOperations.PopCount((uint)s.Set)).ThenBy(s => s.Set)];
        }

        // The bound of every set at the same prices.
        private double[] Bounds(double[] prices)
        {
            var constant = _dual.PerGoods(prices);
            var (totals, line, size) = (new double[1 << model.Suppliers], new double[1 << model.Suppliers], constant);
            for (var l = 0; l < model.Lines; l++)
            {
                Array.Fill(line, model.Ceiling);
                for (var w = model.Start[l]; w < model.Start[l + 1]; w++)
                {
                    var way = model.Ways[w];
                    line[way.Mask] = Math.Min(line[way.Mask], _dual.Adjusted(way));
                }

                Least(line);
                size += Math.Max(Math.Abs(line[0]), Math.Abs(line[^1]));
                for (var m = 0; m < totals.Length; m++)
                {
                    totals[m] += line[m];
                }
            }

            search.Spent.Pass(totals.Length * model.Lines / 8);
            var slip = _dual.Slip(size, prices);
            for (var m = 0; m < totals.Length; m++)
            {
                totals[m] += search.Sets.Paid(m) - constant - slip;
            }

            return totals;
        }

        private static void Least(double[] values)
        {
            for (var bit = 1; bit < values.Length; bit <<= 1)
            {
                for (var from = bit; from < values.Length; from += bit << 1)
                {
                    for (var i = from; i < from + bit; i++)
                    {
                        values[i] = Math.Min(values[i], values[i - bit]);
                    }
                }
            }
        }

        // Gives the floor of the set.
        private double One(int set, double[] start)
        {
            var ways = DualPrices.Within(model, set);
            if (ways is null)
            {
                return double.MaxValue;
            }

            var paid = search.Sets.Paid(set);
            var coarse = _dual.Coarse(ways);
            var prices = _dual.Best(ways, start, coarse / Warm, ToBeat - paid);
            if (_dual.Bound(ways, prices) + paid >= ToBeat)
            {
                return ToBeat;
            }

            search.Try(model, _dual, set, ways, prices, search.Spent);
            var core = new CoreSearch(model, _dual, search.Spent);
            core.Run(ways, prices, paid, ToBeat, Nearest);
            if (core.Found is { } chosen)
            {
                search.Take(model, set, chosen);
            }

            return core.Floor;
        }
    }

    private Effort Spent => effort;

    private SubsetWeights Sets => free;
}
