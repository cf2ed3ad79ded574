using Sourcing.Data.Catalog;
using Sourcing.Data.Common;

namespace Sourcing.Data.Planning;

/// <summary>
/// What is there of a part. One row a part; every quantity is in the part's own unit, six decimals. On hand is the sum of the part's
/// <see cref="StockMovement"/>s, allocated the sum of its open <see cref="Reservation"/>s: both change through them alone.
/// </summary>
public sealed class Inventory
{
    private Inventory()
    {
    }

    /// <summary>An empty stock.</summary>
    public Inventory(Guid partId) => (Id, PartId) = (Guid.CreateVersion7(), partId);

    public Guid Id { get; private set; }

    public Guid PartId { get; private set; }

    public Part Part { get; private set; } = null!;

    /// <summary>May be negative: what left was not counted in. The plan says so.</summary>
    public decimal OnHand { get; private set; }

    /// <summary>Promised to something that has not taken it yet; 0 or more.</summary>
    public decimal Allocated { get; private set; }

    /// <summary>On order according to a stock list that names no orders; 0 or more. Planned with only where the part has no open order lines of its own.</summary>
    public decimal OpenPoQuantity { get; private set; }

    /// <summary>When that is expected; null when the list did not say.</summary>
    public DateOnly? PoExpectedDate { get; private set; }

    /// <summary>As last planned or typed; 0 or more.</summary>
    public decimal? SafetyStock { get; private set; }

    /// <summary>Stock and receipts together at or under this call for an order; 0 or more.</summary>
    public decimal? ReorderPoint { get; private set; }

    public DateTimeOffset? CountedAt { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    public uint Version { get; private set; }

    /// <summary>Adds or takes; the ledger's line says why.</summary>
    /// <param name="quantity">In the part's unit; below 0 for what leaves. Not 0.</param>
    /// <param name="reason">Up to 500 characters; a must for a correction.</param>
    public StockMovement Move(StockMovementKind kind, decimal quantity, string reason, DateTimeOffset at, Guid? by, Guid? receiptId = null)
    {
        var movement = new StockMovement(PartId, kind, quantity, OnHand + quantity, reason, at, by, receiptId);
        OnHand += movement.Quantity;
        return movement;
    }

    /// <summary>Somebody counted. Where the count agrees, nothing moves and null comes back, but the day is kept.</summary>
    /// <param name="counted">What is there, 0 or more, in the part's unit.</param>
    public StockMovement? Count(decimal counted, string reason, DateTimeOffset at, Guid? by)
    {
        if (counted < 0)
        {
            throw new RefusedException("Counted", "A count is 0 or more. Enter what is really there.");
        }

        CountedAt = at;
        return counted == OnHand ? null : Move(StockMovementKind.Count, counted - OnHand, reason, at, by);
    }

    /// <summary>The part's open reservations have this sum.</summary>
    public void Allocate(decimal allocated) => Allocated = allocated >= 0 ? allocated
        : throw new RefusedException("Quantity", "Reserved stock is 0 or more.");

    /// <summary>What a stock list says is on order without naming orders. Refuses a quantity below 0.</summary>
    public void ExpectWithoutOrder(decimal quantity, DateOnly? expected)
    {
        if (quantity < 0)
        {
            throw new RefusedException(nameof(OpenPoQuantity), "The quantity on order is 0 or more.");
        }

        (OpenPoQuantity, PoExpectedDate) = (quantity, quantity == 0 ? null : expected);
    }

    /// <summary>What the last plan worked out. Refuses figures below 0.</summary>
    public void Planned(decimal? safetyStock, decimal? reorderPoint)
    {
        if (safetyStock < 0 || reorderPoint < 0)
        {
            throw new RefusedException(nameof(SafetyStock), "Safety stock and reorder point are 0 or more.");
        }

        (SafetyStock, ReorderPoint) = (safetyStock, reorderPoint);
    }
}

/// <summary>Why stock moved.</summary>
public enum StockMovementKind
{
    /// <summary>Goods of an order came in.</summary>
    Receipt,

    /// <summary>A receipt was entered by mistake and taken back.</summary>
    ReceiptTakenBack,

    /// <summary>Used or sold.</summary>
    Issue,

    /// <summary>Came back, or was made here.</summary>
    Return,

    /// <summary>Somebody counted, and it was not what the ledger said.</summary>
    Count,

    /// <summary>A correction by hand, with its reason.</summary>
    Adjustment,

    /// <summary>A stock list was imported.</summary>
    Import,
}

/// <summary>One line of the stock ledger. Never changed, never deleted.</summary>
public sealed class StockMovement
{
    private StockMovement()
    {
    }

    internal StockMovement(Guid partId, StockMovementKind kind, decimal quantity, decimal balance, string reason, DateTimeOffset at, Guid? by, Guid? receiptId)
    {
        if (quantity == 0)
        {
            throw new RefusedException(nameof(Quantity), "Nothing would move. Enter a quantity above or below 0.");
        }

        if (string.IsNullOrWhiteSpace(reason) && kind is StockMovementKind.Adjustment or StockMovementKind.Count)
        {
            throw new RefusedException(nameof(Reason), "Say why the stock is corrected, in 1 to 500 characters.");
        }

        Id = Guid.CreateVersion7();
        (PartId, Kind, Quantity, Balance, Reason, At, By, ReceiptId) = (partId, kind, quantity, balance, reason.Trim(), at, by, receiptId);
    }

    public Guid Id { get; private set; }

    public Guid PartId { get; private set; }

    public StockMovementKind Kind { get; private set; }

    /// <summary>In the part's unit; below 0 for what left. Never 0.</summary>
    public decimal Quantity { get; private set; }

    /// <summary>On hand after it.</summary>
    public decimal Balance { get; private set; }

    /// <summary>Up to 500 characters.</summary>
    public string Reason { get; private set; } = "";

    public DateTimeOffset At { get; private set; }

    public Guid? By { get; private set; }

    /// <summary>The receipt of an order that moved it.</summary>
    public Guid? ReceiptId { get; private set; }

    public Guid? ImportRunId { get; internal set; }
}

/// <summary>Stock promised to something. Enters the plan once, as a need on its day.</summary>
public sealed class Reservation : ISoftDeleted
{
    private Reservation()
    {
    }

    /// <inheritdoc cref="Change"/>
    public Reservation(Guid partId, decimal quantity, DateOnly? neededOn, string reference, Guid? by)
    {
        (Id, PartId, ReservedBy) = (Guid.CreateVersion7(), partId, by);
        Change(quantity, neededOn, reference);
    }

    public Guid Id { get; private set; }

    public Guid PartId { get; private set; }

    /// <summary>Above 0, in the part's unit.</summary>
    public decimal Quantity { get; private set; }

    /// <summary>When it is taken; null for at once.</summary>
    public DateOnly? NeededOn { get; private set; }

    /// <summary>For what: 1 to 200 characters.</summary>
    public string Reference { get; private set; } = "";

    public Guid? ReservedBy { get; private set; }

    public Guid? ImportRunId { get; internal set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset? DeletedAt { get; private set; }

    public Guid? DeletedBy { get; private set; }

    public uint Version { get; private set; }

    /// <summary>Sets everything. Refuses a quantity that is not above 0 and a missing reference.</summary>
    public void Change(decimal quantity, DateOnly? neededOn, string reference)
    {
        if (quantity <= 0)
        {
            throw new RefusedException(nameof(Quantity), "Enter a quantity above 0.");
        }

        if (string.IsNullOrWhiteSpace(reference) || reference.Length > 200)
        {
            throw new RefusedException(nameof(Reference), "Say in 1 to 200 characters what it is reserved for.");
        }

        (Quantity, NeededOn, Reference) = (quantity, neededOn, reference.Trim());
    }
}
