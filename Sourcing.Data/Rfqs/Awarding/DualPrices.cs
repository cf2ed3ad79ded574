namespace Sourcing.Data.Rfqs.Awarding;

/// <summary>
/// Prices for the rules over all lines. With prices λ ≥ 0 every line is free again, and what the lines then weigh at least, less
/// λ·bound, is a lower bound for every award (Lagrangian relaxation, Geoffrion 1974). The prices that make it highest are found by
/// Newton's method on the bound smoothed by a soft minimum and a logarithmic barrier, with less smoothing step by step.
/// </summary>
internal sealed class DualPrices(CoupledModel model, Effort effort)
{
    private const double Shrink = 0.15;
    private readonly int _rules = model.Rules.Count;
    private readonly double[] _perGoods = new double[model.Suppliers + 1];
    private readonly double[] _mean = new double[model.Suppliers + 1];
    private readonly double[] _expected = new double[model.Suppliers + 1];
    private readonly double[,] _spread = new double[model.Suppliers + 1, model.Suppliers + 1];
    private double[] _chance = [];

    /// <summary>The ways of a set of suppliers, line by line; null where a line has none.</summary>
    public static int[][]? Within(CoupledModel model, int subset)
    {
        var ways = new int[model.Lines][];
        for (var line = 0; line < ways.Length; line++)
        {
            ways[line] = [.. Enumerable.Range(model.Start[line], model.Start[line + 1] - model.Start[line]).Where(w => (model.Ways[w].Mask & ~subset) == 0)];
            if (ways[line].Length == 0)
            {
                return null;
            }
        }

        return ways;
    }

    /// <summary>Good prices for these ways, from <paramref name="start"/> on; at least as good a bound as with those.</summary>
    /// <param name="smooth">Smoothing to begin with, in hundredths.</param>
    /// <param name="enough">A bound above this proves what had to be proven.</param>
    public double[] Best(int[][] ways, double[] start, double smooth, double enough)
    {
        var (best, value) = ((double[])start.Clone(), Bound(ways, start));
        var current = Array.ConvertAll(start, p => Math.Max(p, smooth / 10));
        for (var tau = smooth; tau > 1e-3 && value <= enough && effort.Left; tau *= Shrink)
        {
            for (var step = 0; step < 6 && effort.Left; step++)
            {
                if (Newton(ways, current, tau) < tau * 1e-2)
                {
                    break;
                }
            }

            if (Bound(ways, current) is var bound && bound > value)
            {
                (best, value) = ((double[])current.Clone(), bound);
            }
        }

        return best;
    }

    /// <summary>A smoothing that is of the size of the differences between the ways of a line.</summary>
    public double Coarse(int[][] ways)
    {
        var sum = 0.0;
        foreach (var line in ways)
        {
            var (least, most) = (long.MaxValue, long.MinValue);
            foreach (var w in line)
            {
                (least, most) = (Math.Min(least, model.Ways[w].Weight), Math.Max(most, model.Ways[w].Weight));
            }

            sum += most - least;
        }

        return Math.Max(1, sum / Math.Max(1, ways.Length));
    }

    /// <summary>What every award within these ways weighs at least, without what suppliers cost once; rounding errors are taken off.</summary>
    public double Bound(int[][] ways, double[] prices)
    {
        var (sum, size) = (PerGoods(prices), 0.0);
        sum = -sum;
        foreach (var line in ways)
        {
            var least = double.MaxValue;
            foreach (var w in line)
            {
                least = Math.Min(least, Adjusted(model.Ways[w]));
            }

            sum += least;
            size += Math.Abs(least);
        }

        effort.Pass(model.Ways.Length);
        return sum - Slip(size + Math.Abs(sum), prices);
    }

    /// <summary>By how much a sum of this size may be off: far more than doubles lose over the lines.</summary>
    public double Slip(double size, double[] prices)
    {
        for (var i = 0; i < _rules; i++)
        {
            size += prices[i] * Math.Abs(model.Rules[i].Bound / model.Rules[i].Scale);
        }

        return 1e-12 * size;
    }

    /// <summary>Weight with the prices of the rules; <see cref="PerGoods"/> comes first.</summary>
    public double Adjusted(in CoupledModel.Way way) =>
        way.Weight + (way.FirstGoods * _perGoods[way.First]) + (way.Second < 0 ? 0 : way.SecondGoods * _perGoods[way.Second]);

    /// <summary>Turns prices of rules into prices of goods by supplier, and gives λ·bound.</summary>
    public double PerGoods(double[] prices)
    {
        Array.Clear(_perGoods);
        var bound = 0.0;
        for (var i = 0; i < _rules; i++)
        {
            var rule = model.Rules[i];
            bound += prices[i] * (rule.Bound / rule.Scale);
            for (var s = 0; s < _perGoods.Length; s++)
            {
                _perGoods[s] += prices[i] * (rule.PerSupplier[s] / rule.Scale);
            }
        }

        return bound;
    }

    // One damped step; gives by how much the smoothed bound was expected to rise.
    private double Newton(int[][] ways, double[] prices, double tau)
    {
        var value = Smoothed(ways, prices, tau, true);
        var (gradient, curvature) = Derivatives(prices, tau);
        if (!Cholesky.Solve(curvature, gradient, out var step))
        {
            return 0;
        }

        var length = 1.0;
        for (var i = 0; i < _rules; i++)
        {
            length = step[i] < 0 ? Math.Min(length, -0.95 * prices[i] / step[i]) : length;
        }

        var rise = gradient.Zip(step, (g, s) => g * s).Sum();
        for (var half = 0; half < 12; half++, length /= 2)
        {
            var next = prices.Zip(step, (p, s) => p + (length * s)).ToArray();
            if (Smoothed(ways, next, tau, false) >= value + (1e-4 * length * rise))
            {
                next.CopyTo(prices, 0);
                return rise;
            }
        }

        return 0;
    }

    private (double[] Gradient, double[,] Curvature) Derivatives(double[] prices, double tau)
    {
        var (gradient, curvature) = (new double[_rules], new double[_rules, _rules]);
        var suppliers = _expected.Length;
        for (var i = 0; i < _rules; i++)
        {
            var rule = model.Rules[i];
            var along = new double[suppliers];
            gradient[i] = (tau / prices[i]) - (rule.Bound / rule.Scale);
            for (var s = 0; s < suppliers; s++)
            {
                gradient[i] += rule.PerSupplier[s] / rule.Scale * _expected[s];
                for (var t = 0; t < suppliers; t++)
                {
                    along[s] += rule.PerSupplier[t] / rule.Scale * _spread[t, s];
                }
            }

            for (var j = 0; j < _rules; j++)
            {
                for (var s = 0; s < suppliers; s++)
                {
                    curvature[i, j] += along[s] * (model.Rules[j].PerSupplier[s] / model.Rules[j].Scale) / tau;
                }
            }

            curvature[i, i] += tau / (prices[i] * prices[i]);
        }

        return (gradient, curvature);
    }

    // −τ Σ log Σ exp(−weight/τ) − λ·bound + τ Σ log λ; with moments of the goods when asked for.
    private double Smoothed(int[][] ways, double[] prices, double tau, bool moments)
    {
        var value = -PerGoods(prices);
        foreach (var price in prices)
        {
            value += price > 0 ? tau * Math.Log(price) : double.NegativeInfinity;
        }

        if (moments)
        {
            Array.Clear(_expected);
            Array.Clear(_spread);
        }

        foreach (var line in ways)
        {
            if (_chance.Length < line.Length)
            {
                _chance = new double[line.Length];
            }

            var least = double.MaxValue;
            for (var i = 0; i < line.Length; i++)
            {
                _chance[i] = Adjusted(model.Ways[line[i]]);
                least = Math.Min(least, _chance[i]);
            }

            var sum = 0.0;
            for (var i = 0; i < line.Length; i++)
            {
                _chance[i] = Math.Exp((least - _chance[i]) / tau);
                sum += _chance[i];
            }

            value += least - (tau * Math.Log(sum));
            if (moments)
            {
                Moments(line, sum);
            }
        }

        effort.Pass(model.Ways.Length * 2);
        return value;
    }

    private void Moments(int[] line, double sum)
    {
        Array.Clear(_mean);
        for (var i = 0; i < line.Length; i++)
        {
            var way = model.Ways[line[i]];
            var chance = _chance[i] / sum;
            var (a, b) = ((double)way.FirstGoods, (double)way.SecondGoods);
            _mean[way.First] += chance * a;
            _spread[way.First, way.First] += chance * a * a;
            if (way.Second >= 0)
            {
                _mean[way.Second] += chance * b;
                _spread[way.Second, way.Second] += chance * b * b;
                _spread[way.First, way.Second] += chance * a * b;
                _spread[way.Second, way.First] += chance * a * b;
            }
        }

        for (var s = 0; s < _mean.Length; s++)
        {
            _expected[s] += _mean[s];
            for (var t = 0; t < _mean.Length; t++)
            {
                _spread[s, t] -= _mean[s] * _mean[t];
            }
        }
    }
}
