namespace Sourcing.Data.Catalog;

/// <summary>What a row of prices in one currency and unit amounts to. All arithmetic is exact decimal.</summary>
public sealed class PriceStatistics
{
    private readonly decimal[] _ascending;
    private readonly IReadOnlyList<(DateOnly Day, decimal Price)> _prices;

    private PriceStatistics(IReadOnlyList<(DateOnly Day, decimal Price)> prices)
    {
        _prices = prices;
        _ascending = [.. prices.Select(p => p.Price).Order()];
        (LastDay, Last) = prices.Aggregate((last, next) => next.Day >= last.Day ? next : last);
    }

    /// <summary>How many prices there are; at least 1.</summary>
    public int Count => _ascending.Length;

    public decimal Lowest => _ascending[0];

    public decimal Highest => _ascending[^1];

    /// <summary>The middle price, or the mean of the two in the middle: what percentile_cont(0.5) gives.</summary>
    public decimal Median => Middle(_ascending);

    /// <summary>
    /// The price below which a share of all prices lies: between two prices in proportion, as percentile_cont does. With n prices in
    /// ascending order its place is share × (n − 1), counted from 0.
    /// </summary>
    /// <param name="share">0 to 1; others are refused.</param>
    public decimal Quantile(decimal share)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(share);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(share, 1);
        var place = share * (Count - 1);
        var below = (int)place;
        return _ascending[below] + ((place - below) * (_ascending[Math.Min(below + 1, Count - 1)] - _ascending[below]));
    }

    /// <summary>
    /// How the price went, by calendar quarters that have prices, earliest first: the median of each, and that median over the first
    /// quarter's, times 100.
    /// </summary>
    public IReadOnlyList<PriceQuarter> Quarters()
    {
        var quarters = _prices.GroupBy(p => new DateOnly(p.Day.Year, (((p.Day.Month - 1) / 3) * 3) + 1, 1)).OrderBy(g => g.Key)
            .Select(g => (Start: g.Key, Prices: g.Select(p => p.Price).Order().ToArray())).ToList();
        var first = Middle(quarters[0].Prices);
        return [.. quarters.Select(q => (q.Start, q.Prices.Length, Median: Middle(q.Prices))).Select(q => new PriceQuarter(q.Start, q.Length, q.Median, first > 0 ? q.Median / first * 100m : null))];
    }

    /// <summary>The price of the last day; of several on one day the one given last.</summary>
    public decimal Last { get; }

    public DateOnly LastDay { get; }

    /// <summary>Null without prices.</summary>
    /// <param name="prices">In one currency and unit.</param>
    public static PriceStatistics? Of(IReadOnlyList<(DateOnly Day, decimal Price)> prices) => prices.Count == 0 ? null : new(prices);

    /// <summary>
    /// The percentile rank of a price: the share of prices below it plus half the share equal to it, times 100. 0 is below all,
    /// 50 amid, 100 above all.
    /// </summary>
    public decimal PercentileOf(decimal price)
    {
        var below = _ascending.Count(p => p < price);
        var equal = _ascending.Count(p => p == price);
        return (below + (equal / 2m)) / Count * 100m;
    }

    /// <summary>How far a price lies above (or, negative, below) the median, as a share; null where the median is 0.</summary>
    public decimal? ToMedian(decimal price) => Median == 0 ? null : (price - Median) / Median;

    private static decimal Middle(decimal[] ascending) => (ascending[(ascending.Length - 1) / 2] + ascending[ascending.Length / 2]) / 2;
}

/// <summary>The prices of a calendar quarter.</summary>
/// <param name="Start">Its first day.</param>
/// <param name="Count">Prices in it; at least 1.</param>
/// <param name="Median">In the currency and unit of the prices.</param>
/// <param name="Index">The first quarter with prices is 100; null where that one's median is 0.</param>
public sealed record PriceQuarter(DateOnly Start, int Count, decimal Median, decimal? Index);
