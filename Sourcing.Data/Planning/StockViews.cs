using Sourcing.Data.Catalog;

namespace Sourcing.Data.Planning;

/// <summary>A part's stock on its page. Quantities in the part's unit.</summary>
/// <param name="IsKept">There is a stock; else everything is 0 and the first count makes one.</param>
/// <param name="IsStocked">Not a service, and not deleted: something may be entered.</param>
/// <param name="OnOrder">Open order lines; where there are none, what a stock list said.</param>
/// <param name="State">See <see cref="StockState"/>.</param>
/// <param name="Value">On hand at standard cost, in the base currency; null where the part has none.</param>
public sealed record StockDetails(
    Guid PartId, string Number, string Name, PartType Type, bool IsCritical, Guid UnitId, string Unit, bool IsKept, bool IsStocked, decimal OnHand, decimal Allocated, decimal OnOrder,
    decimal? SafetyStock, decimal? ReorderPoint, string State, decimal? Value, DateTimeOffset? CountedAt)
{
    /// <summary>On hand less what is reserved.</summary>
    public decimal Available => OnHand - Allocated;

    /// <summary>By the day on which they are needed, those for at once first.</summary>
    public IReadOnlyList<ReservationView> Reservations { get; init; } = [];

    /// <summary>What is to come, by day; at most <see cref="StockQueries.MostOrders"/>.</summary>
    public IReadOnlyList<StockOrderView> Orders { get; init; } = [];

    /// <summary>The units that a quantity of it may be typed in, its own first.</summary>
    public IReadOnlyList<StockUnit> Units { get; init; } = [];

    /// <summary>On hand at the end of each day on which it moved, oldest first; at most <see cref="StockQueries.MostPoints"/> days, the last.</summary>
    public IReadOnlyList<StockPoint> Points { get; init; } = [];
}

/// <param name="Quantity">In the part's unit.</param>
/// <param name="NeededOn">Null for at once.</param>
public sealed record ReservationView(Guid Id, decimal Quantity, DateOnly? NeededOn, string Reference, string? By, DateTimeOffset CreatedAt, uint Version);

/// <summary>A line of an order that is still to come.</summary>
/// <param name="Quantity">Still to come in the part's unit; null where <paramref name="LineUnit"/> does not convert.</param>
public sealed record StockOrderView(Guid OrderId, string Number, int LineNo, string Supplier, decimal? Quantity, decimal LineQuantity, string LineUnit, DateOnly? Due);

/// <param name="Factor">Of the part's unit in one of this.</param>
public sealed record StockUnit(Guid Id, string Code, decimal Factor);

/// <param name="OnHand">At the end of the day.</param>
public sealed record StockPoint(DateOnly Day, decimal OnHand);

/// <summary>A line of the ledger.</summary>
/// <param name="Quantity">Below 0 for what left.</param>
/// <param name="Balance">On hand after it.</param>
/// <param name="OrderId">Of the order that brought it, or whose receipt was taken back.</param>
public sealed record StockMovementView(
    Guid Id, StockMovementKind Kind, decimal Quantity, decimal Balance, string Reason, DateTimeOffset At, string? By, Guid? OrderId, string? OrderNumber, Guid? ImportRunId);

/// <summary>A page of a ledger, newest first.</summary>
/// <param name="Older">What the next page begins after; null on the last.</param>
public sealed record StockLedger(IReadOnlyList<StockMovementView> Rows, Guid? Older);

/// <summary>A part's stock and place in bills of materials, in short.</summary>
/// <param name="Components">Lines of its own bill of materials that hold today.</param>
/// <param name="UsedIn">Parts that are made of it.</param>
public sealed record StockBrief(bool IsKept, decimal OnHand, decimal Available, decimal OnOrder, decimal? SafetyStock, string State, string Unit, DateTimeOffset? CountedAt, int Components, int UsedIn);
