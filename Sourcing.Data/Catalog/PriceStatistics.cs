namespace Sourcing.Data.Catalog;

/// <summary>What a row of prices in one currency and unit amounts to. All arithmetic is exact decimal.</summary>
public sealed class PriceStatistics
{
    private readonly decimal[] _ascending;

    private PriceStatistics(IReadOnlyList<(DateOnly Day, decimal Price)> prices)
    {
        _ascending = [.. prices.Select(p => p.Price).Order()];
        (LastDay, Last) = prices.Aggregate((last, next) => next.Day >= last.Day ? next : last);
    }

    /// <summary>How many prices there are; at least 1.</summary>
    public int Count => _ascending.Length;

    public decimal Lowest => _ascending[0];

    public decimal Highest => _ascending[^1];

    /// <summary>The middle price, or the mean of the two in the middle: what percentile_cont(0.5) gives.</summary>
    public decimal Median => (_ascending[(Count - 1) / 2] + _ascending[Count / 2]) / 2;

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
}
