namespace Sourcing.Data.Catalog;

/// <summary>Where a price comes from; the most binding first.</summary>
public enum PriceSource
{
    Order,
    Quote,
    List,
}

/// <summary>One price of a part in its own unit: a row of the view over list prices, submitted quotes and orders. Free and unpriced lines are left out.</summary>
public sealed class PartPrice
{
    public Guid PartId { get; private set; }

    public PriceSource Source { get; private set; }

    /// <summary>0 for orders, 1 for quotes, 2 for list prices.</summary>
    public int Rank { get; private set; }

    /// <summary>The supplier's price, quote line or order line.</summary>
    public Guid SourceId { get; private set; }

    /// <summary>The order, or the RFQ that was quoted; null for list prices.</summary>
    public Guid? DocumentId { get; private set; }

    /// <summary>Number of the order or RFQ; null for list prices.</summary>
    public string? DocumentNumber { get; private set; }

    public Guid SupplierId { get; private set; }

    /// <summary>The day of the order, the quote, or from which the list price holds.</summary>
    public DateOnly Day { get; private set; }

    /// <summary>In the part's unit; null for list prices.</summary>
    public decimal? Quantity { get; private set; }

    /// <summary>For one of the part's unit, converted where it was said in another; null where no conversion is known.</summary>
    public decimal? UnitPrice { get; private set; }

    /// <summary>ISO 4217.</summary>
    public string Currency { get; private set; } = "";

    /// <summary>Units of the currency for one of the base currency; null where none is known.</summary>
    public decimal? Rate { get; private set; }

    /// <summary>The day of the rate: the last one up to <see cref="Day"/>, or else the first after it; null for the base currency itself.</summary>
    public DateOnly? RateDay { get; private set; }

    /// <summary>Unit price in the base currency; null where unit or rate is missing.</summary>
    public decimal? BasePrice { get; private set; }
}
