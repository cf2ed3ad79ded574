namespace Sourcing.Data.Planning.Forecasting;

/// <summary>Demand of one SKU, one figure per period without gaps, oldest first, in the SKU's unit.</summary>
public sealed class DemandSeries
{
    // Squares of greater figures would leave what a double can hold.
    private const double Greatest = 1e30;

    /// <summary>
    /// Takes the figures as they are; what is below 0 (more returned than sold) counts as no demand. Refuses figures that are no numbers or beyond
    /// 10³⁰, and a season outside 1 to 366 periods.
    /// </summary>
    /// <param name="values">Demand per period; may be empty.</param>
    /// <param name="season">Periods after which a pattern comes again: 1 for none, 4 quarters, 7 days, 12 months, 52 weeks.</param>
    public DemandSeries(IEnumerable<double> values, int season = 1)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentOutOfRangeException.ThrowIfLessThan(season, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(season, 366);
        Season = season;
        Values = [.. values];
        for (var t = 0; t < Values.Length; t++)
        {
            if (!(Math.Abs(Values[t]) <= Greatest))
            {
                throw new ArgumentException($"Period {t} is no number, or one beyond {Greatest}. Fill the gaps before forecasting.", nameof(values));
            }

            if (Values[t] < 0)
            {
                (Values[t], ReturnPeriods) = (0, ReturnPeriods + 1);
            }
        }
    }

    /// <summary>The same from exact quantities.</summary>
    public DemandSeries(IEnumerable<decimal> values, int season = 1) : this(values.Select(v => (double)v), season)
    {
    }

    /// <summary>Periods after which a pattern comes again; 1 for none.</summary>
    public int Season { get; }

    /// <summary>Number of periods.</summary>
    public int Count => Values.Length;

    /// <summary>Periods in which more came back than was sold, counted as no demand.</summary>
    public int ReturnPeriods { get; }

    /// <summary>Demand of a period, 0 or more.</summary>
    public double this[int period] => Values[period];

    /// <summary>The figures, oldest first.</summary>
    public ReadOnlySpan<double> Span => Values;

    internal double[] Values { get; }
}
