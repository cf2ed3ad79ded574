using System.Runtime.InteropServices;
using Sourcing.Data.Planning.Arithmetic;

namespace Sourcing.Data.Planning.Engine;

/// <summary>
/// One forecast a bucket out of all sources, less the firm orders that fulfil it. Weekly rows of the current week count in full; of a month only the
/// days from today on; periods that are over not at all.
/// </summary>
internal sealed class IndependentDemand(PlanModel model)
{
    private readonly int _buckets = model.Buckets;
    private readonly List<Column> _columns = [];
    private readonly decimal[] _override = new decimal[model.Buckets];
    private readonly decimal[] _covered = new decimal[model.Buckets];
    private readonly decimal[] _spread = new decimal[model.Buckets];
    private readonly decimal[] _firm = new decimal[model.Buckets];
    private readonly decimal[] _blended = new decimal[model.Buckets];
    private readonly decimal[] _net = new decimal[model.Buckets];
    private readonly decimal[] _demand = new decimal[model.Buckets];
    private readonly List<ForecastEntry> _entries = [];
    private readonly WorkingDays _workingDays = new([.. model.Settings.Holidays]);
    private bool _overridden;

    /// <summary>Sets net forecast and confidence of a material that has any forecast; one whose sums no quantity can hold is left out and told.</summary>
    public void Reckon(int m)
    {
        try
        {
            Reckon(m, model.States[m]);
        }
        catch (OverflowException)
        {
            model.States[m] = MaterialState.Failed(model.Materials[m]);
        }
    }

    private void Reckon(int m, MaterialState state)
    {
        var rows = model.Forecasts.Of(m);
        if (rows.IsEmpty)
        {
            return;
        }

        Clear();
        foreach (var row in rows)
        {
            Read(row);
        }

        var (confidence, weight) = Blend();
        if (weight > 0)
        {
            state.Confidence = decimal.Round(confidence / weight, 4);
        }

        Consume(m);
        for (var b = 0; b < _buckets; b++)
        {
            if (_net[b] > 0)
            {
                (state.Forecast ??= new long[_buckets])[b] = Micro.Of(_net[b]);
            }
        }
    }

    private void Clear()
    {
        _columns.Clear();
        _overridden = false;
        Array.Clear(_override);
        Array.Clear(_covered);
    }

    private void Read(PlanForecast row)
    {
        var (first, last) = row.Period switch
        {
            ForecastPeriod.Day => (row.PeriodStart, row.PeriodStart),
            ForecastPeriod.Week => Week(row.PeriodStart),
            _ => Month(row.PeriodStart),
        };
        if (last < model.Input.AsOf && (row.Period != ForecastPeriod.Week || last < model.Calendar.Start(0)))
        {
            return;
        }

        if (row.IsOverride)
        {
            _overridden = true;
            Put(row, first, last, _override, null);
            Cover(first, last);
            return;
        }

        var column = _columns.Find(c => c.Source == row.Source);
        if (column is null)
        {
            column = new(row.Source, model.Settings.SourceWeights.GetValueOrDefault(row.Source, model.Settings.OtherSourceWeight), _buckets);
            _columns.Add(column);
        }

        column.Age = Math.Min(column.Age, row.MadeOn is { } made ? Math.Max(0, model.Today - made.DayNumber) : 0);
        Put(row, first, last, column.Quantity, column);
    }

    private void Put(PlanForecast row, DateOnly first, DateOnly last, decimal[] into, Column? column)
    {
        var quantity = Math.Max(0, row.Quantity);
        var (from, to) = (model.Calendar.BucketOf(first), model.Calendar.BucketOf(last));
        if (from == to && row.Period != ForecastPeriod.Month)
        {
            into[from] += quantity;
            column?.Speak(from, quantity, row.Confidence);
            return;
        }

        Array.Clear(_spread, from, to - from + 1);
        model.Calendar.Spread(first, last, quantity, _spread);
        for (var b = from; b <= to; b++)
        {
            into[b] += _spread[b];
            column?.Speak(b, _spread[b], row.Confidence);
        }
    }

    /// <summary>How much of each bucket an override speaks for, by working days: a month ends within a week.</summary>
    private void Cover(DateOnly first, DateOnly last)
    {
        for (var b = model.Calendar.BucketOf(first); b <= model.Calendar.BucketOf(last); b++)
        {
            if (b == model.Calendar.Later)
            {
                _covered[b] = 1;
                continue;
            }

            var (start, end) = (model.Calendar.Start(b), model.Calendar.Start(b + 1).AddDays(-1));
            var days = _workingDays.Count(start, end);
            _covered[b] += days == 0 ? 1 : (decimal)_workingDays.Count(first > start ? first : start, last < end ? last : end) / days;
        }
    }

    private (decimal Confidence, decimal Weight) Blend()
    {
        var (confidence, weight) = (0m, 0m);
        for (var b = 0; b < _buckets; b++)
        {
            var (quantity, trust) = Blend(b);
            if (_overridden && _covered[b] > 0)
            {
                quantity = decimal.Round(_override[b] + (quantity * Math.Max(0, 1 - _covered[b])), 6);
            }

            _blended[b] = quantity;
            if (trust is { } c && quantity > 0)
            {
                confidence += c * quantity;
                weight += quantity;
            }
        }

        return (confidence, weight);
    }

    private (decimal Quantity, decimal? Confidence) Blend(int b)
    {
        _entries.Clear();
        foreach (var column in _columns)
        {
            if (column.Speaks[b])
            {
                _entries.Add(new(column.Quantity[b], (double)column.Weight, (double)column.ConfidenceOf(b), column.Age));
            }
        }

        if (_entries.Count == 0)
        {
            return (0, null);
        }

        if (model.Settings.ForecastMode == ForecastMode.LegacySum)
        {
            return (ForecastBlend.LegacySum(CollectionsMarshal.AsSpan(_entries)), (decimal)_entries.Average(e => e.Confidence));
        }

        if (_entries.Count == 1)
        {
            return (_entries[0].Quantity, (decimal)_entries[0].Confidence);
        }

        var blended = ForecastBlend.Of(CollectionsMarshal.AsSpan(_entries), model.Settings.HalfLifeDays ?? double.PositiveInfinity);
        return (blended.Quantity ?? 0, (decimal?)blended.Confidence);
    }

    private void Consume(int m)
    {
        var orders = model.FirmOrders.Of(m);
        if (orders.IsEmpty)
        {
            _blended.CopyTo(_net, 0);
            return;
        }

        Array.Clear(_firm);
        foreach (var order in orders)
        {
            _firm[model.BucketOf(order.DueDate.DayNumber)] += order.Quantity;
        }

        ForecastConsumption.Consume(_firm, _blended, model.Calendar.BucketsWithin(model.Settings.ConsumeBackDays),
            model.Calendar.BucketsWithin(model.Settings.ConsumeForwardDays), _net, _demand);
    }

    private static (DateOnly First, DateOnly Last) Week(DateOnly day)
    {
        var monday = day.AddDays(-(day.DayNumber % 7));
        return (monday, monday.AddDays(6));
    }

    private static (DateOnly First, DateOnly Last) Month(DateOnly day) =>
        (new(day.Year, day.Month, 1), new(day.Year, day.Month, DateTime.DaysInMonth(day.Year, day.Month)));

    /// <summary>What one source says, by bucket.</summary>
    private sealed class Column(string source, decimal weight, int buckets)
    {
        private readonly decimal[] _trust = new decimal[buckets];
        private readonly decimal[] _plain = new decimal[buckets];
        private readonly int[] _rows = new int[buckets];

        public string Source { get; } = source;

        public decimal Weight { get; } = weight;

        /// <summary>Of its youngest row, days.</summary>
        public double Age { get; set; } = double.PositiveInfinity;

        public decimal[] Quantity { get; } = new decimal[buckets];

        public bool[] Speaks { get; } = new bool[buckets];

        public void Speak(int bucket, decimal quantity, decimal confidence)
        {
            Speaks[bucket] = true;
            _trust[bucket] += quantity * confidence;
            _plain[bucket] += confidence;
            _rows[bucket]++;
        }

        /// <summary>Of its rows, by their quantities; plain where they say nothing is needed.</summary>
        public decimal ConfidenceOf(int bucket) =>
            Quantity[bucket] > 0 ? Math.Clamp(_trust[bucket] / Quantity[bucket], 0, 1) : Math.Clamp(_plain[bucket] / _rows[bucket], 0, 1);
    }
}
