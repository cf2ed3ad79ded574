using System.Globalization;
using Sourcing.Data.Common;

namespace Sourcing.Data.Planning;

/// <summary>How a part's stock stands, the most pressing first: a stock has one state.</summary>
/// <remarks>Words and not an enum, because lists reckon it in the database and filter by it.</remarks>
public static class StockState
{
    /// <summary>On hand is below 0: something left that was never counted in.</summary>
    public const string Negative = "negative";

    /// <summary>On hand less what is reserved is below the safety stock.</summary>
    public const string BelowSafety = "below safety";

    /// <summary>On hand and on order less what is reserved is at or under the reorder point.</summary>
    public const string Reorder = "reorder";

    /// <summary>Nobody counted it for a year.</summary>
    public const string CountDue = "count due";

    /// <summary>None of these.</summary>
    public const string Fine = "fine";

    /// <summary>As shown, in the order of urgency.</summary>
    public static readonly IReadOnlyList<(string State, string Text)> All =
        [(Negative, "Negative"), (BelowSafety, "Below safety stock"), (Reorder, "At reorder point"), (CountDue, "Count due"), (Fine, "Fine")];

    /// <summary>The words of a state.</summary>
    public static string TextOf(string state) => All.First(s => s.State == state).Text;

    /// <summary>The state of one stock; quantities in the part's unit.</summary>
    /// <param name="seen">When it was last counted, or else entered.</param>
    /// <param name="yearAgo">This moment a year ago.</param>
    public static string Of(decimal onHand, decimal allocated, decimal onOrder, decimal? safetyStock, decimal? reorderPoint, DateTimeOffset seen, DateTimeOffset yearAgo) => true switch
    {
        _ when onHand < 0 => Negative,
        _ when onHand - allocated < safetyStock => BelowSafety,
        _ when onHand - allocated + onOrder <= reorderPoint => Reorder,
        _ when seen < yearAgo => CountDue,
        _ => Fine,
    };
}

/// <summary>Quantities of stock: six decimals, and how they stand in a sentence.</summary>
internal static class StockQuantity
{
    /// <summary>The largest that a ledger keeps, in the part's unit.</summary>
    public const decimal Largest = 100_000_000_000m;

    /// <summary>To the six decimals that are kept, halves away from zero. Refuses what is too large and what would be lost.</summary>
    public static decimal Kept(decimal quantity, string field, string unit)
    {
        var kept = decimal.Round(quantity, 6, MidpointRounding.AwayFromZero);
        if (Math.Abs(kept) > Largest)
        {
            throw new RefusedException(field, $"{Text(kept)} {unit} is more than a stock can hold. Check the quantity and its unit.");
        }

        return kept != 0 || quantity == 0 ? kept
            : throw new RefusedException(field, $"This is less than a millionth of one {unit}, which stock does not keep. Check the quantity and its unit.");
    }

    public static string Text(decimal quantity) => quantity.ToString("#,0.######", CultureInfo.InvariantCulture);
}
