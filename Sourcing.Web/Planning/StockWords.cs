using Sourcing.Data.Common;
using Sourcing.Data.Planning;
using Sourcing.Web.Shared;

namespace Sourcing.Web.Planning;

/// <summary>How stock is said: colours of its states, words of its movements.</summary>
internal static class StockWords
{
    /// <summary>The colour of a <see cref="StockState"/>.</summary>
    public static Hue HueOf(string state) => state switch
    {
        StockState.Negative or StockState.BelowSafety => Hue.Red,
        StockState.Reorder => Hue.Amber,
        StockState.CountDue => Hue.Grey,
        _ => Hue.Green,
    };

    /// <summary>What a movement was.</summary>
    public static string TextOf(StockMovementKind kind) => kind switch
    {
        StockMovementKind.Receipt => "Received",
        StockMovementKind.ReceiptTakenBack => "Receipt taken back",
        StockMovementKind.Issue => "Issued",
        StockMovementKind.Return => "Returned",
        StockMovementKind.Count => "Counted",
        StockMovementKind.Adjustment => "Corrected",
        StockMovementKind.Import => "Imported",
        _ => Words.Spaced(kind),
    };

    /// <summary>The title of one kind of thing to mend, and what to do about it.</summary>
    public static (string Title, string Mend) TextOf(StockProblemKind kind) => kind switch
    {
        StockProblemKind.LedgerDiffers => ("Ledger and stock differ", "Something wrote past the ledger. Tell an admin, then count the part: the count sets both right."),
        StockProblemKind.NotMoved => ("Received, but not in stock", "The goods are here and stock did not move, because their unit does not convert. Say on the part what one of the unit holds, then move the stock; or count the part."),
        StockProblemKind.NoConversion => ("Ordered in a unit that does not convert", "These lines are not counted as on order and will not move stock when they come. Say on the part what one of the unit holds."),
        StockProblemKind.Negative => ("Negative stock", "More left than the ledger knew of. Count the part."),
        StockProblemKind.OverReserved => ("More reserved than there is", "Release what is not needed, or see to it that the rest comes in time."),
        _ => ("Never counted", "What stands here comes from receipts and lists alone. Count the part when you pass it."),
    };
}
