namespace Sourcing.Data.Planning.Forecasting;

/// <summary>
/// Looks for the least of a function of a few variables inside bounds, without derivatives. Reflection 1, expansion 2, contraction ½, shrinking ½;
/// a step out of the bounds ends on the bound. Source: Nelder and Mead (1965), The Computer Journal 7, pages 308 to 313. No randomness: equal
/// input gives equal output.
/// </summary>
public static class NelderMead
{
    /// <summary>A function to be made small.</summary>
    public delegate double Objective(ReadOnlySpan<double> at);

    /// <summary>The best point found and its value.</summary>
    /// <param name="start">Where to begin; put inside the bounds.</param>
    /// <param name="steps">How far the first steps go in each variable; turned round where they would leave the bounds.</param>
    /// <param name="evaluations">How often the function may be asked.</param>
    public static (double[] At, double Value) Minimise(
        Objective objective, ReadOnlySpan<double> start, ReadOnlySpan<double> steps, double[] lower, double[] upper, int evaluations = 200)
    {
        var simplex = new Simplex(objective, start, steps, lower, upper);
        while (simplex.Asked < evaluations && !simplex.Settled)
        {
            simplex.Move();
        }

        return simplex.Best;
    }

    private sealed class Simplex
    {
        private const double Tolerance = 1e-8;
        private readonly Objective _objective;
        private readonly double[] _lower, _upper, _centre, _reflected, _tried;
        private readonly double[][] _points;
        private readonly double[] _values;

        public Simplex(Objective objective, ReadOnlySpan<double> start, ReadOnlySpan<double> steps, double[] lower, double[] upper)
        {
            var size = start.Length;
            (_objective, _lower, _upper) = (objective, lower, upper);
            (_centre, _reflected, _tried) = (new double[size], new double[size], new double[size]);
            (_points, _values) = (new double[size + 1][], new double[size + 1]);
            for (var i = 0; i <= size; i++)
            {
                _points[i] = start.ToArray();
                if (i > 0)
                {
                    var moved = _points[i][i - 1] + steps[i - 1];
                    _points[i][i - 1] = moved > upper[i - 1] || moved < lower[i - 1] ? _points[i][i - 1] - steps[i - 1] : moved;
                }

                _values[i] = Ask(_points[i]);
            }

            Array.Sort(_values, _points);
        }

        public int Asked { get; private set; }

        public (double[] At, double Value) Best => (_points[0], _values[0]);

        public bool Settled => _values[^1] - _values[0] <= Tolerance * (Math.Abs(_values[0]) + 1e-300);

        /// <summary>One round: the worst point gives way to a better one, or all draw nearer to the best.</summary>
        public void Move()
        {
            FindCentre();
            var reflected = Try(_reflected, 1);
            if (reflected < _values[0])
            {
                var expanded = Try(_tried, 2);
                Take(expanded < reflected ? _tried : _reflected, Math.Min(expanded, reflected));
            }
            else if (reflected < _values[^2])
            {
                Take(_reflected, reflected);
            }
            else
            {
                var outside = reflected < _values[^1];
                var contracted = Try(_tried, outside ? 0.5 : -0.5);
                if (contracted < Math.Min(reflected, _values[^1]))
                {
                    Take(_tried, contracted);
                }
                else
                {
                    Shrink();
                }
            }
        }

        private void FindCentre()
        {
            Array.Clear(_centre);
            for (var i = 0; i < _points.Length - 1; i++)
            {
                for (var j = 0; j < _centre.Length; j++)
                {
                    _centre[j] += _points[i][j] / _centre.Length;
                }
            }
        }

        private double Try(double[] into, double factor)
        {
            for (var j = 0; j < into.Length; j++)
            {
                into[j] = _centre[j] + factor * (_centre[j] - _points[^1][j]);
            }

            return Ask(into);
        }

        private double Ask(double[] at)
        {
            for (var j = 0; j < at.Length; j++)
            {
                at[j] = Math.Clamp(at[j], _lower[j], _upper[j]);
            }

            Asked++;
            var value = _objective(at);
            return double.IsNaN(value) ? double.PositiveInfinity : value;
        }

        private void Take(double[] point, double value)
        {
            var worst = _points[^1];
            point.CopyTo(worst, 0);
            var place = _values.Length - 1;
            while (place > 0 && value < _values[place - 1])
            {
                (_values[place], _points[place]) = (_values[place - 1], _points[place - 1]);
                place--;
            }

            (_values[place], _points[place]) = (value, worst);
        }

        private void Shrink()
        {
            for (var i = 1; i < _points.Length; i++)
            {
                for (var j = 0; j < _centre.Length; j++)
                {
                    _points[i][j] = _points[0][j] + 0.5 * (_points[i][j] - _points[0][j]);
                }

                _values[i] = Ask(_points[i]);
            }

            Array.Sort(_values, _points);
        }
    }
}
