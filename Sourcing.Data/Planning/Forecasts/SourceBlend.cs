using System.Runtime.InteropServices;
using Sourcing.Data.Planning.Arithmetic;
using Sourcing.Data.Planning.Engine;

namespace Sourcing.Data.Planning.Forecasts;

/// <summary>A row of a source as the blend reads it.</summary>
/// <param name="MadeOn">When it was set last: its age counts from there.</param>
internal sealed record SourceRow(
    Guid Id, ForecastSource Source, DateOnly Date, ForecastPeriod Period, decimal Quantity, decimal Confidence, DateOnly MadeOn, string Reason, uint Version, DateTimeOffset UpdatedAt);

/// <summary>What one source says of a week.</summary>
/// <param name="Quantity">All its rows of the week together, months spread by working days; in the part's unit.</param>
/// <param name="Confidence">c, 0 to 1.</param>
/// <param name="Weight">w, as the plan's parameters have it.</param>
/// <param name="AgeDays">Of its youngest row.</param>
/// <param name="Share">Its part of the blend, ω / Σω, 0 to 1.</param>
public sealed record SourceFigure(ForecastSource Source, decimal Quantity, decimal Confidence, decimal Weight, double AgeDays, double Share);

/// <summary>One week as all sources see it.</summary>
/// <param name="Blend">F, in the part's unit; null where no source speaks.</param>
/// <param name="Confidence">C, 0 to 1; null where no source speaks.</param>
/// <param name="Forecast">What the plan reckons with: an override where there is one, else the blend.</param>
/// <param name="Covered">How much of the week an override speaks for, by working days: 0 to 1.</param>
internal sealed record BlendedWeek(DateOnly Week, IReadOnlyList<SourceFigure> Sources, decimal? Blend, double? Confidence, decimal? Forecast, decimal Covered);

/// <summary>
/// Sets sources out by week and blends them by <see cref="ForecastBlend"/>, as the plan does: weekly rows of the current week count in full, of a month only the
/// days from today on, periods that are over not at all; an override stands in for as much of a week as it speaks for.
/// </summary>
internal sealed class SourceBlend
{
    private static readonly WorkingDays Weekdays = new();

    private readonly PlanningParameters _plan;
    private readonly PlanCalendar _calendar;
    private readonly SortedDictionary<ForecastSource, Column> _columns = [];
    private readonly decimal[] _override;
    private readonly decimal[] _covered;
    private readonly decimal[] _spread;

    private SourceBlend(PlanningParameters plan, DateOnly asOf, int weeks)
    {
        _plan = plan;
        _calendar = new(asOf, Arithmetic.BucketSize.Week, weeks);
        (_override, _covered, _spread) = (new decimal[_calendar.Count], new decimal[_calendar.Count], new decimal[_calendar.Count]);
    }

    /// <summary>So many weeks from the current one on.</summary>
    public static IReadOnlyList<BlendedWeek> Of(IEnumerable<SourceRow> rows, PlanningParameters plan, DateOnly asOf, int weeks)
    {
        var blend = new SourceBlend(plan, asOf, weeks);
        foreach (var row in rows)
        {
            blend.Read(row);
        }

        return [.. Enumerable.Range(0, weeks).Select(blend.Week)];
    }

    /// <summary>How far a source is believed by the plan's parameters.</summary>
    public static decimal WeightOf(ForecastSource source, PlanningParameters plan) => source switch
    {
        ForecastSource.ProdPlan => plan.ProdPlanWeight,
        ForecastSource.SalesHistory or ForecastSource.Model => plan.SalesHistoryWeight,
        ForecastSource.Projection => plan.ProjectionWeight,
        ForecastSource.Manual => plan.ManualWeight,
        _ => plan.OtherWeight,
    };

    /// <summary>First and last day of a row's span.</summary>
    public static (DateOnly First, DateOnly Last) Span(DateOnly date, ForecastPeriod period) => period switch
    {
        ForecastPeriod.Day => (date, date),
        ForecastPeriod.Week => (IsoWeek.Monday(date), IsoWeek.Monday(date).AddDays(6)),
        _ => (new(date.Year, date.Month, 1), new(date.Year, date.Month, DateTime.DaysInMonth(date.Year, date.Month))),
    };

    private void Read(SourceRow row)
    {
        var (first, last) = Span(row.Date, row.Period);
        if (last < _calendar.AsOf && (row.Period != ForecastPeriod.Week || last < _calendar.Start(0)))
        {
            return;
        }

        if (row.Source == ForecastSource.Override)
        {
            Put(row, first, last, _override, null);
            Cover(first, last);
            return;
        }

        if (!_columns.TryGetValue(row.Source, out var column))
        {
            _columns[row.Source] = column = new(WeightOf(row.Source, _plan), _calendar.Count);
        }

        column.Age = Math.Min(column.Age, Math.Max(0, _calendar.AsOf.DayNumber - row.MadeOn.DayNumber));
        Put(row, first, last, column.Quantity, column);
    }

    private void Put(SourceRow row, DateOnly first, DateOnly last, decimal[] into, Column? column)
    {
        var (from, to) = (_calendar.BucketOf(first), _calendar.BucketOf(last));
        if (from == to && row.Period != ForecastPeriod.Month)
        {
            into[from] += row.Quantity;
            column?.Speak(from, row.Quantity, row.Confidence);
            return;
        }

        Array.Clear(_spread, from, to - from + 1);
        _calendar.Spread(first, last, row.Quantity, _spread);
        for (var week = from; week <= to; week++)
        {
            into[week] += _spread[week];
            column?.Speak(week, _spread[week], row.Confidence);
        }
    }

    private void Cover(DateOnly first, DateOnly last)
    {
        for (var week = _calendar.BucketOf(first); week <= _calendar.BucketOf(last) && week < _calendar.Later; week++)
        {
            var (start, end) = (_calendar.Start(week), _calendar.Start(week + 1).AddDays(-1));
            _covered[week] += (decimal)Weekdays.Count(first > start ? first : start, last < end ? last : end) / Weekdays.Count(start, end);
        }
    }

    private BlendedWeek Week(int week)
    {
        var speaking = _columns.Where(c => c.Value.Speaks[week]).ToList();
        var entries = speaking.ConvertAll(c => c.Value.Entry(week));
        var halfLife = _plan.HalfLifeDays ?? double.PositiveInfinity;
        var blended = ForecastBlend.Of(CollectionsMarshal.AsSpan(entries), halfLife);
        var (blend, confidence) = _plan.ForecastMode == ForecastMode.LegacySum && entries.Count > 0
            ? (ForecastBlend.LegacySum(CollectionsMarshal.AsSpan(entries)), entries.Average(e => e.Confidence))
            : (blended.Quantity, blended.Confidence);
        var covered = Math.Min(1, _covered[week]);
        var shares = Shares(entries, halfLife);
        return new(
            _calendar.Start(week), [.. speaking.Select((c, i) => new SourceFigure(c.Key, entries[i].Quantity, (decimal)entries[i].Confidence, c.Value.Weight, entries[i].AgeDays, shares[i]))],
            blend, confidence, covered > 0 ? decimal.Round(_override[week] + ((blend ?? 0) * (1 - covered)), Figures.QuantityDecimals) : blend, covered);
    }

    // The parts that sources have in the blend: as it reckons them, to be shown beside it.
    private static double[] Shares(List<ForecastEntry> entries, double halfLife)
    {
        var youngest = entries.Select(e => e.AgeDays).DefaultIfEmpty(0).Min();
        double[] Omegas(bool trusting) => [.. entries.Select(e => e.Weight * (trusting ? 1 : e.Confidence) * Math.Pow(2, (youngest - e.AgeDays) / halfLife))];
        var omegas = Omegas(trusting: false) is var first && first.Sum() > 0 ? first : Omegas(trusting: true);
        return omegas.Sum() is > 0 and var all ? [.. omegas.Select(o => o / all)] : omegas;
    }

    /// <summary>What one source says, by week.</summary>
    private sealed class Column(decimal weight, int weeks)
    {
        private readonly decimal[] _trust = new decimal[weeks];
        private readonly decimal[] _plain = new decimal[weeks];
        private readonly int[] _rows = new int[weeks];

        public decimal Weight { get; } = weight;

        public double Age { get; set; } = double.PositiveInfinity;

        public decimal[] Quantity { get; } = new decimal[weeks];

        public bool[] Speaks { get; } = new bool[weeks];

        public void Speak(int week, decimal quantity, decimal confidence)
        {
            Speaks[week] = true;
            _trust[week] += quantity * confidence;
            _plain[week] += confidence;
            _rows[week]++;
        }

        /// <summary>With the confidence of its rows by their quantities; plain where they say that nothing is needed.</summary>
        public ForecastEntry Entry(int week) => new(
            Quantity[week], (double)Weight, (double)Math.Clamp(Quantity[week] > 0 ? _trust[week] / Quantity[week] : _plain[week] / _rows[week], 0, 1), Age);
    }
}
