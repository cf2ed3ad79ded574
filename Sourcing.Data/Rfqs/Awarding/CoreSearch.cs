namespace Sourcing.Data.Rfqs.Awarding;

/// <summary>
/// Finds the best award within one set of suppliers, or proves that there is none below a weight. Every award weighs the lower bound,
/// plus what its ways weigh above the cheapest of their lines, plus what the rules' slack is worth at the prices. So of all ways only
/// those near the cheapest matter (the core), and the search takes awards up to a distance from the bound, which widens threefold
/// until one is found or the weight to beat is reached.
/// </summary>
internal sealed class CoreSearch(CoupledModel model, DualPrices dual, Effort effort)
{
    private const int Widen = 3;
    private readonly int _rules = model.Rules.Count;
    private readonly List<Line> _core = [];
    private long[] _sum = [];
    private long[,] _least = new long[0, 0];
    private long[,] _most = new long[0, 0];
    private double[] _slackPrice = [];
    private double _limit;
    private double _floor;
    private double _slip;
    private long _paid;
    private int[] _chosen = [];

    /// <summary>The lowest weight found so far.</summary>
    public long Weight { get; private set; }

    /// <summary>The ways of the award with <see cref="Weight"/>, by line; null while none was found.</summary>
    public int[]? Found { get; private set; }

    /// <summary>No award of this set weighs less; with all effort spent this lies below <see cref="Weight"/>.</summary>
    public double Floor { get; private set; }

    /// <param name="paid">What the suppliers cost once.</param>
    /// <param name="toBeat">Only awards below this weight count.</param>
    /// <param name="near">The distance to begin with, in hundredths.</param>
    /// <returns>Whether nothing better is left in this set.</returns>
    public bool Run(int[][] ways, double[] prices, long paid, long toBeat, double near)
    {
        (Found, Weight, _paid, _chosen) = (null, toBeat, paid, new int[ways.Length]);
        Measure(ways, prices);
        Floor = _floor - _slip;
        for (_limit = near; ; _limit *= Widen)
        {
            var room = Room;
            if (room < 0)
            {
                Floor = Weight;
                return true;
            }

            _limit = Math.Min(_limit, room);
            var asked = _limit;
            Reduce(ways);
            Descend(0, 0);
            if (!effort.Left)
            {
                return false;
            }

            Floor = Math.Max(Floor, Math.Min(Weight, _floor + asked - _slip));
            if (asked >= Room)
            {
                Floor = Weight;
                return true;
            }
        }
    }

    // How far from the bound an award may be and still be better.
    private double Room => Weight - 1 - _floor + _slip;

    private void Measure(int[][] ways, double[] prices)
    {
        var bound = dual.PerGoods(prices);
        _floor = _paid - bound;
        var size = Math.Abs(_floor);
        foreach (var line in ways)
        {
            var least = line.Min(w => dual.Adjusted(model.Ways[w]));
            _floor += least;
            size += Math.Abs(least);
        }

        _slip = dual.Slip(size, prices);
        _slackPrice = [.. model.Rules.Select((r, i) => prices[i] / r.Scale)];
    }

    // Ways further from the cheapest than the limit are out; lines with one way left are settled.
    private void Reduce(int[][] ways)
    {
        _core.Clear();
        _sum = new long[_rules];
        for (var line = 0; line < ways.Length; line++)
        {
            var least = ways[line].Min(w => dual.Adjusted(model.Ways[w]));
            var near = ways[line].Select(w => (Way: w, Above: dual.Adjusted(model.Ways[w]) - least)).Where(w => w.Above <= _limit).OrderBy(w => w.Above).ThenBy(w => w.Way).ToArray();
            _chosen[line] = near[0].Way;
            if (near.Length == 1)
            {
                Add(_sum, near[0].Way);
            }
            else
            {
                _core.Add(new(line, [.. near.Select(n => n.Way)], [.. near.Select(n => n.Above)]));
            }
        }

        effort.Pass(model.Ways.Length);
        _core.Sort((a, b) => (Size(b), a.Number).CompareTo((Size(a), b.Number)));
        Suffixes();
    }

    private long Size(Line line) => line.Ways.Max(w => model.Ways[w].FirstGoods + model.Ways[w].SecondGoods);

    private void Suffixes()
    {
        (_least, _most) = (new long[_core.Count + 1, _rules], new long[_core.Count + 1, _rules]);
        for (var i = _core.Count - 1; i >= 0; i--)
        {
            for (var rule = 0; rule < _rules; rule++)
            {
                var (least, most) = (long.MaxValue, long.MinValue);
                foreach (var way in _core[i].Ways)
                {
                    var adds = CoupledModel.Adds(model.Rules[rule], model.Ways[way]);
                    (least, most) = (Math.Min(least, adds), Math.Max(most, adds));
                }

                (_least[i, rule], _most[i, rule]) = (_least[i + 1, rule] + least, _most[i + 1, rule] + most);
            }
        }
    }

    private void Descend(int depth, double above)
    {
        effort.Node();
        var total = above;
        for (var rule = 0; rule < _rules; rule++)
        {
            var bound = model.Rules[rule].Bound;
            if (_sum[rule] + _least[depth, rule] > bound)
            {
                return;
            }

            total += Math.Max(0, bound - _sum[rule] - _most[depth, rule]) * _slackPrice[rule];
        }

        if (total > _limit + _slip)
        {
            return;
        }

        if (depth == _core.Count)
        {
            Take();
            return;
        }

        var line = _core[depth];
        for (var i = 0; i < line.Ways.Length && above + line.Above[i] <= _limit + _slip && effort.Left; i++)
        {
            Add(_sum, line.Ways[i]);
            _chosen[line.Number] = line.Ways[i];
            Descend(depth + 1, above + line.Above[i]);
            Remove(_sum, line.Ways[i]);
        }
    }

    private void Take()
    {
        var weight = _paid + _chosen.Sum(w => model.Ways[w].Weight);
        if (weight < Weight)
        {
            (Weight, Found) = (weight, (int[])_chosen.Clone());
            _limit = Math.Min(_limit, Room);
        }
    }

    private void Add(long[] sums, int way)
    {
        for (var rule = 0; rule < _rules; rule++)
        {
            sums[rule] += CoupledModel.Adds(model.Rules[rule], model.Ways[way]);
        }
    }

    private void Remove(long[] sums, int way)
    {
        for (var rule = 0; rule < _rules; rule++)
        {
            sums[rule] -= CoupledModel.Adds(model.Rules[rule], model.Ways[way]);
        }
    }

    private sealed record Line(int Number, int[] Ways, double[] Above);
}
