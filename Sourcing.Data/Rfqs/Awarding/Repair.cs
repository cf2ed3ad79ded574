namespace Sourcing.Data.Rfqs.Awarding;

/// <summary>
/// Makes a good award quickly, so that the exact search has something to beat: begins with each line's cheapest way at the rules'
/// prices, moves lines until every rule holds, opening lines where nothing else helps, closes what it can, and takes moves of one
/// line or of two at once that weigh less.
/// </summary>
internal sealed class Repair(CoupledModel model, DualPrices dual, Effort effort)
{
    private const int Exchanges = 400;
    private readonly int _rules = model.Rules.Count;

    /// <summary>An award within these ways, or null where none was found. The model has to let all lines stay open, its rule on their number aside.</summary>
    public int[]? Make(int[][] ways, double[] prices)
    {
        dual.PerGoods(prices);
        var chosen = Array.ConvertAll(ways, line => line.MinBy(w => (model.Ways[w].Option < 0, dual.Adjusted(model.Ways[w]), w)));
        var sums = new long[_rules];
        foreach (var way in chosen)
        {
            Move(sums, way, 1);
        }

        for (var step = 0; Violation(sums) > 0; step++)
        {
            if (step > 4 * ways.Length || !effort.Left || !MoveTowards(ways, chosen, sums))
            {
                return null;
            }
        }

        while (effort.Left && (Improve(ways, chosen, sums) || Exchange(ways, chosen, sums)))
        {
        }

        return chosen;
    }

    private bool MoveTowards(int[][] ways, int[] chosen, long[] sums)
    {
        var violated = Violation(sums);
        var worst = model.Rules.Select((r, i) => (Rule: r, Over: r.PerSupplier[^1] == 0 ? (sums[i] - r.Bound) / r.Scale : double.MinValue)).MaxBy(r => r.Over).Rule;
        var (best, bestLine, bestWay) = (double.MaxValue, -1, -1);
        for (var line = 0; line < ways.Length; line++)
        {
            var now = CoupledModel.Adds(worst, model.Ways[chosen[line]]);
            Move(sums, chosen[line], -1);
            foreach (var way in ways[line])
            {
                if (CoupledModel.Adds(worst, model.Ways[way]) >= now)
                {
                    continue;
                }

                Move(sums, way, 1);
                var less = violated - Violation(sums);
                Move(sums, way, -1);
                if (less <= 1e-15)
                {
                    continue;
                }

                var dearer = Math.Max(0, dual.Adjusted(model.Ways[way]) - dual.Adjusted(model.Ways[chosen[line]])) + 1;
                var price = (dearer + (model.Ways[way].Option < 0 ? model.Ceiling : 0)) / less;
                if (price < best)
                {
                    (best, bestLine, bestWay) = (price, line, way);
                }
            }

            Move(sums, chosen[line], 1);
        }

        effort.Pass(model.Ways.Length * 2);
        return bestLine >= 0 && Take(bestLine, bestWay, chosen, sums);
    }

    // One pass over the lines: closes open ones, and moves others to what weighs less, as long as every rule holds.
    private bool Improve(int[][] ways, int[] chosen, long[] sums)
    {
        var changed = false;
        for (var line = 0; line < ways.Length; line++)
        {
            foreach (var way in ways[line].OrderBy(w => Order(model.Ways[w])))
            {
                if (Order(model.Ways[way]).CompareTo(Order(model.Ways[chosen[line]])) >= 0)
                {
                    break;
                }

                Move(sums, chosen[line], -1);
                Move(sums, way, 1);
                if (Violation(sums) <= 0)
                {
                    (chosen[line], changed) = (way, true);
                    break;
                }

                Move(sums, way, -1);
                Move(sums, chosen[line], 1);
            }
        }

        effort.Pass(model.Ways.Length * 2);
        return changed;
    }

    // Two lines at once, of those whose moves cost least at the prices: what one gives up, the other takes.
    private bool Exchange(int[][] ways, int[] chosen, long[] sums)
    {
        var moves = new List<(double Dearer, int Line, int Way)>();
        for (var line = 0; line < ways.Length; line++)
        {
            var now = dual.Adjusted(model.Ways[chosen[line]]);
            moves.AddRange(ways[line].Where(w => w != chosen[line] && model.Ways[w].Option >= 0).Select(w => (dual.Adjusted(model.Ways[w]) - now, line, w)));
        }

        var near = moves.OrderBy(m => m.Dearer).ThenBy(m => m.Way).Take(Exchanges).Select(m => (m.Line, m.Way, Less: model.Ways[chosen[m.Line]].Weight - model.Ways[m.Way].Weight, Adds: Difference(chosen[m.Line], m.Way))).ToArray();
        effort.Pass(near.Length * near.Length / 2);
        var (best, first, second) = (0L, -1, -1);
        for (var i = 0; i < near.Length; i++)
        {
            for (var j = i + 1; j < near.Length; j++)
            {
                if (near[i].Less + near[j].Less > best && near[i].Line != near[j].Line && Holds(sums, near[i].Adds, near[j].Adds))
                {
                    (best, first, second) = (near[i].Less + near[j].Less, i, j);
                }
            }
        }

        return best > 0 && Take(near[first].Line, near[first].Way, chosen, sums) && Take(near[second].Line, near[second].Way, chosen, sums);
    }

    private long[] Difference(int from, int to) => [.. model.Rules.Select(r => CoupledModel.Adds(r, model.Ways[to]) - CoupledModel.Adds(r, model.Ways[from]))];

    private bool Holds(long[] sums, long[] one, long[] other)
    {
        for (var i = 0; i < _rules; i++)
        {
            if (sums[i] + one[i] + other[i] > model.Rules[i].Bound && model.Rules[i].PerSupplier[^1] == 0)
            {
                return false;
            }
        }

        return true;
    }

    private static (bool Open, long Weight) Order(in CoupledModel.Way way) => (way.Option < 0, way.Weight);

    private bool Take(int line, int way, int[] chosen, long[] sums)
    {
        Move(sums, chosen[line], -1);
        Move(sums, way, 1);
        chosen[line] = way;
        return true;
    }

    // The rule on open lines is left out: how few there are is for the caller to compare.
    private double Violation(long[] sums)
    {
        var total = 0.0;
        for (var i = 0; i < _rules; i++)
        {
            if (sums[i] > model.Rules[i].Bound && model.Rules[i].PerSupplier[^1] == 0)
            {
                total += (sums[i] - model.Rules[i].Bound) / model.Rules[i].Scale;
            }
        }

        return total;
    }

    private void Move(long[] sums, int way, int sign)
    {
        for (var i = 0; i < _rules; i++)
        {
            sums[i] += sign * CoupledModel.Adds(model.Rules[i], model.Ways[way]);
        }
    }
}
