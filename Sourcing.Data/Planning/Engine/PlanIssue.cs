namespace Sourcing.Data.Planning.Engine;

/// <summary>Something wrong with the data or the plan, and what to do about it.</summary>
public sealed record PlanIssue
{
    public required PlanSeverity Severity { get; init; }

    /// <summary>One of <see cref="PlanIssueCodes"/> or a code of the loader, snake case.</summary>
    public required string Code { get; init; }

    public Guid? MaterialId { get; init; }

    /// <summary>The row at fault, such as a BOM line or an offer.</summary>
    public Guid? EntityId { get; init; }

    /// <summary>What kind of row, in the words of the tables: material, bom_line, offer, receipt, forecast ...</summary>
    public string? Entity { get; init; }

    /// <summary>What people call the row: a line number, a row of a file.</summary>
    public string? RowRef { get; init; }

    /// <summary>A sentence that says what is wrong.</summary>
    public required string Message { get; init; }

    /// <summary>A sentence that says how to mend it.</summary>
    public required string Action { get; init; }
}

public enum PlanSeverity
{
    Info,
    Low,
    Medium,
    High,
    /// <summary>The row was left out of the plan.</summary>
    Blocking,
}

/// <summary>Codes of the issues that a run finds by itself.</summary>
public static class PlanIssueCodes
{
    public const string BomCycle = "bom_cycle";
    public const string SkippedBelowCycle = "skipped_below_cycle";
    public const string NeedIncomplete = "need_incomplete";
    public const string UnitMissing = "unit_missing";
    public const string UnknownMaterial = "unknown_material";
    public const string BomDuplicate = "bom_duplicate";
    public const string BomRounding = "bom_rounding";
    public const string BomNormalised = "bom_normalised";
    public const string BomIncomplete = "bom_incomplete";
    public const string BomInvalid = "bom_invalid";
    public const string NoBom = "no_bom";
    public const string NoSupplier = "no_supplier";
    public const string PriceMissing = "price_missing";
    public const string NegativeStock = "negative_stock";
    public const string QuantityOverflow = "quantity_overflow";
    public const string LotFallback = "lot_fallback";
    public const string SafetyUnknown = "safety_unknown";
    public const string ContractExhausted = "contract_exhausted";
}
