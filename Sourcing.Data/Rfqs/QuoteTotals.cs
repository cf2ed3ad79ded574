namespace Sourcing.Data.Rfqs;

/// <summary>What ordering a quantity from an offer comes to.</summary>
/// <param name="Quantity">What has to be ordered: at least the minimum, and a whole multiple.</param>
/// <param name="UnitPrice">The price at that quantity.</param>
/// <param name="Amount">Quantity times price, rounded half away from zero to two decimals.</param>
/// <param name="Excess">How much of it was not asked for; 0 or more.</param>
public sealed record LineTotal(decimal Quantity, decimal UnitPrice, decimal Amount, decimal Excess);

/// <summary>What a whole answer comes to, in its own currency.</summary>
/// <param name="Goods">Sum of the lines' amounts.</param>
/// <param name="Freight">Freight for the whole.</param>
/// <param name="Other">Other costs for the whole.</param>
/// <param name="Priced">Lines with a price that counts.</param>
/// <param name="Unanswered">Lines without a price and without a reason for none.</param>
/// <param name="NoQuotes">Lines declined with a reason.</param>
public sealed record QuoteTotal(decimal Goods, decimal Freight, decimal Other, int Priced, int NoQuotes, int Unanswered)
{
    /// <summary>Goods, freight and other costs.</summary>
    public decimal Total => Goods + Freight + Other;
}

/// <summary>The arithmetic of offers: in one place, so that form, service and comparison agree.</summary>
public static class QuoteTotals
{
    /// <summary>What one line comes to when a quantity is ordered.</summary>
    /// <param name="wanted">Above 0, in the offer's unit.</param>
    /// <param name="unitPrice">The price below the first break.</param>
    /// <param name="moq">The least that can be ordered, above 0; null for none.</param>
    /// <param name="multiple">Orders are whole multiples of this, above 0; null for none.</param>
    /// <param name="breaks">Prices from a quantity on, in any order; the highest reached one holds.</param>
    public static LineTotal Line(decimal wanted, decimal unitPrice, decimal? moq, decimal? multiple, IEnumerable<(decimal MinimumQuantity, decimal UnitPrice)> breaks)
    {
        var quantity = Orderable(wanted, moq, multiple);
        var price = PriceAt(quantity, unitPrice, breaks);
        return new(quantity, price, decimal.Round(quantity * price, 2, MidpointRounding.AwayFromZero), quantity - wanted);
    }

    /// <summary>The least quantity that covers what is wanted and may be ordered.</summary>
    public static decimal Orderable(decimal wanted, decimal? moq, decimal? multiple)
    {
        var least = Math.Max(wanted, moq ?? 0);
        return multiple is > 0 ? decimal.Ceiling(least / multiple.Value) * multiple.Value : least;
    }

    /// <summary>The price at a quantity: that of the highest break reached, else the line's own.</summary>
    public static decimal PriceAt(decimal quantity, decimal unitPrice, IEnumerable<(decimal MinimumQuantity, decimal UnitPrice)> breaks) =>
        breaks.Where(b => b.MinimumQuantity <= quantity).OrderByDescending(b => b.MinimumQuantity).Select(b => (decimal?)b.UnitPrice).FirstOrDefault() ?? unitPrice;

    /// <summary>One line as typed so far; null while price or quantity is missing or out of range, and for a line without an offer.</summary>
    public static LineTotal? Line(QuoteLineContent line) =>
        line is { HasOffer: true, UnitPrice: > 0 and <= QuoteRules.LargestPrice, Quantity: > 0 and <= QuoteRules.LargestQuantity }
        && line.Moq is null or (> 0 and <= QuoteRules.LargestQuantity)
        && line.OrderMultiple is null or (> 0 and <= QuoteRules.LargestQuantity)
            ? Line(line.Quantity.Value, line.UnitPrice.Value, line.Moq, line.OrderMultiple, Breaks(line))
            : null;

    /// <summary>The whole as typed so far: lines that are not complete do not count.</summary>
    public static QuoteTotal Of(QuoteContent content)
    {
        var lines = content.Lines.Select(Line).ToList();
        var declined = content.Lines.Count(l => l is { HasOffer: false, NoQuoteReason: not null });
        var priced = lines.Count(l => l is not null);
        return new(lines.Sum(l => l?.Amount ?? 0), Cost(content.FreightCost), Cost(content.OtherCost), priced, declined, content.Lines.Count - priced - declined);
    }

    private static decimal Cost(decimal? typed) => typed is > 0 and <= QuoteRules.LargestCost ? decimal.Round(typed.Value, 2, MidpointRounding.AwayFromZero) : 0;

    private static IEnumerable<(decimal, decimal)> Breaks(QuoteLineContent line) =>
        line.Breaks.Where(b => b is { MinimumQuantity: > 0, UnitPrice: > 0 and <= QuoteRules.LargestPrice }).Select(b => (b.MinimumQuantity!.Value, b.UnitPrice!.Value));
}
