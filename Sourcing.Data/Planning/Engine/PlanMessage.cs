namespace Sourcing.Data.Planning.Engine;

/// <summary>Something for a planner to do about what is there already, or about a date that cannot be kept.</summary>
public sealed record PlanMessage
{
    public required PlanMessageKind Kind { get; init; }

    public required PlanSeverity Severity { get; init; }

    public required PlanMaterial Material { get; init; }

    /// <summary>In the material's unit.</summary>
    public decimal Quantity { get; init; }

    /// <summary>The receipt's or release's date as it stands.</summary>
    public DateOnly? Date { get; init; }

    /// <summary>The date that would be right; null where there is none.</summary>
    public DateOnly? NeedDate { get; init; }

    /// <summary>Days between the two, always positive; of an excess the cover allowed.</summary>
    public int Days { get; init; }

    /// <summary>The open receipt that it speaks of.</summary>
    public Guid? ReceiptId { get; init; }

    /// <summary>What people call the receipt, line or need.</summary>
    public string? RefText { get; init; }

    public string? SupplierName { get; init; }

    /// <summary>The planned order that it speaks of.</summary>
    public int? OrderIndex { get; init; }

    /// <summary>The receipt would fill up the safety stock rather than meet a need.</summary>
    public bool ForSafetyStock { get; init; }
}

public enum PlanMessageKind
{
    /// <summary>An open receipt is needed earlier than promised.</summary>
    Expedite,
    /// <summary>An open receipt is needed later than promised.</summary>
    Defer,
    /// <summary>An open receipt is not needed within the horizon.</summary>
    Cancel,
    /// <summary>A receipt was promised for a day that is past.</summary>
    PastDueReceipt,
    /// <summary>An order should have been placed before today.</summary>
    PastDueRelease,
    /// <summary>Stock and open receipts last longer than the cover allowed.</summary>
    Excess,
    /// <summary>What the least quantity and the multiple add to a lot is more than the cover allowed.</summary>
    MoqExcess,
    /// <summary>A material that is made has no bill of materials that holds.</summary>
    NoBom,
    /// <summary>A BOM line was left out because a factor between units is missing.</summary>
    UnitMissing,
    /// <summary>Nobody can supply it.</summary>
    NoSupplier,
    /// <summary>Stock falls short within the frozen fence; the order waits for the fence's end.</summary>
    FrozenShortage,
}
