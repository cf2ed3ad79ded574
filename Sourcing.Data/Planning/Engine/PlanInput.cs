using Sourcing.Data.Suppliers;

namespace Sourcing.Data.Planning.Engine;

/// <summary>
/// Everything a planning run reads, taken at one moment. The run reads nothing else: no clock, no database, no chance. The order of
/// the rows has no bearing on the outcome. Quantities are in the material's own unit, six decimals at most and below 10^12;
/// money is in the base currency.
/// </summary>
public sealed record PlanInput
{
    /// <summary>The day that counts as today; releases before it are past due.</summary>
    public required DateOnly AsOf { get; init; }

    public PlanSettings Settings { get; init; } = new();

    /// <summary>Every material that is planned or used, each once.</summary>
    public IReadOnlyList<PlanMaterial> Materials { get; init; } = [];

    public IReadOnlyList<PlanBomLine> BomLines { get; init; } = [];

    public IReadOnlyList<PlanOffer> Offers { get; init; } = [];

    public IReadOnlyList<PlanReceipt> Receipts { get; init; } = [];

    public IReadOnlyList<PlanReservation> Reservations { get; init; } = [];

    public IReadOnlyList<PlanForecast> Forecasts { get; init; } = [];

    public IReadOnlyList<PlanFirmOrder> FirmOrders { get; init; } = [];

    /// <summary>What the loader found; carried into the result unchanged.</summary>
    public IReadOnlyList<PlanIssue> Issues { get; init; } = [];
}

/// <summary>How a component goes into a parent. The quantity needed is start · quantity per · conversion / (1 − scrap).</summary>
public sealed record PlanBomLine
{
    public required Guid ParentId { get; init; }

    public required Guid ComponentId { get; init; }

    /// <summary>In the line's unit per parent unit, above 0; a share 0..1 where <see cref="IsPercentage"/>.</summary>
    public required decimal QuantityPer { get; init; }

    /// <summary>The quantity is a share of the parent's mass; the shares of a parent should come to 1.</summary>
    public bool IsPercentage { get; init; }

    /// <summary>Lost on the way, from 0 to below 1.</summary>
    public decimal Scrap { get; init; }

    /// <summary>First day on which the line holds, by the parent's release; null from ever.</summary>
    public DateOnly? ValidFrom { get; init; }

    /// <summary>Last day on which the line holds; null for good.</summary>
    public DateOnly? ValidTo { get; init; }

    /// <summary>Component units in one of the line's unit (times the parent's factor); null where no factor is known: the line is then left out and reported.</summary>
    public decimal? Conversion { get; init; } = 1m;

    /// <summary>The line's key, to lead to it.</summary>
    public Guid? LineId { get; init; }

    /// <summary>What people call the line, such as a row of a file.</summary>
    public string? LineRef { get; init; }
}

/// <summary>A price that holds from a quantity on.</summary>
/// <param name="From">In the material's unit; the first tier starts at 0 or at the least quantity.</param>
/// <param name="UnitPrice">Base currency per material unit, freight included.</param>
public readonly record struct PlanTier(decimal From, decimal UnitPrice);

/// <summary>What a supplier offers for a material.</summary>
public sealed record PlanOffer
{
    public required Guid MaterialId { get; init; }

    public required Guid SupplierId { get; init; }

    public required string SupplierName { get; init; }

    /// <summary>Ascending by quantity; empty where no price is known.</summary>
    public IReadOnlyList<PlanTier> Tiers { get; init; } = [];

    /// <summary>The currency the supplier asks in.</summary>
    public string Currency { get; init; } = "EUR";

    /// <summary>Base currency in one of the supplier's currency; already in the tiers, kept to be shown.</summary>
    public decimal FxRate { get; init; } = 1m;

    /// <summary>Least order, in the material's unit.</summary>
    public decimal Moq { get; init; }

    /// <summary>Orders are whole multiples of this; 0 for any quantity.</summary>
    public decimal OrderMultiple { get; init; }

    /// <summary>Largest single order; null without limit. Larger needs are split.</summary>
    public decimal? MaxOrder { get; init; }

    /// <summary>The contract's whole quantity, to tell how far it is used; null without contract limit.</summary>
    public decimal? ContractLimit { get; init; }

    /// <summary>Limit less open and accepted orders; null without limit.</summary>
    public decimal? ContractRemaining { get; init; }

    /// <summary>Calendar or working days by the plan's setting.</summary>
    public required int LeadTimeDays { get; init; }

    /// <summary>Standard deviation of the lead time in the same days; null where unknown (then (1 − reliability) · L, marked heuristic).</summary>
    public double? LeadTimeSigma { get; init; }

    /// <summary>0..1.</summary>
    public decimal Reliability { get; init; } = 1m;

    public RiskLevel RiskLevel { get; init; }

    /// <summary>Base currency per order; null takes the material's.</summary>
    public decimal? OrderingCost { get; init; }

    /// <summary>Share of the price per year; null takes the material's.</summary>
    public decimal? HoldingRate { get; init; }

    public bool IsActive { get; init; } = true;

    public DateOnly? ValidFrom { get; init; }

    public DateOnly? ValidTo { get; init; }

    /// <summary>Why the loader would not let it stand, such as a missing factor; null where it may.</summary>
    public string? Exclusion { get; init; }

    /// <summary>The offer's key, to lead to it.</summary>
    public Guid? OfferId { get; init; }
}

/// <summary>A quantity that is on its way.</summary>
public sealed record PlanReceipt
{
    /// <summary>The order line, recommendation or work order.</summary>
    public required Guid Id { get; init; }

    public required Guid MaterialId { get; init; }

    /// <summary>Still to come, in the material's unit.</summary>
    public required decimal Quantity { get; init; }

    /// <summary>
    /// Promised; before the run's day it is past due. Of an accepted recommendation the need date that it answers (today once that is past, until it
    /// is an order with a promised date), so that a run right after accepting proposes nothing new.
    /// </summary>
    public required DateOnly Date { get; init; }

    public PlanReceiptKind Kind { get; init; }

    /// <summary>What people call it, such as PO-2026-0317 line 2.</summary>
    public string RefText { get; init; } = "";

    public string? SupplierName { get; init; }

    /// <summary>For something made whose components are still to be taken: the day the work starts. Null where they are taken already, and for what is bought.</summary>
    public DateOnly? ComponentsNeededOn { get; init; }
}

/// <summary>Stock promised to something; it counts as a need once.</summary>
public sealed record PlanReservation
{
    public required Guid Id { get; init; }

    public required Guid MaterialId { get; init; }

    public required decimal Quantity { get; init; }

    /// <summary>Null counts as at once.</summary>
    public DateOnly? Date { get; init; }

    public string RefText { get; init; } = "";
}

/// <summary>What one source expects to be needed in one period.</summary>
public sealed record PlanForecast
{
    public required Guid MaterialId { get; init; }

    /// <summary>First day of the period; any day of it will do.</summary>
    public required DateOnly PeriodStart { get; init; }

    public ForecastPeriod Period { get; init; } = ForecastPeriod.Week;

    /// <summary>For the whole period, in the material's unit, 0 or more.</summary>
    public required decimal Quantity { get; init; }

    /// <summary>prod_plan, sales_history, projection, manual, model or another; weighted by the settings.</summary>
    public required string Source { get; init; }

    /// <summary>0..1.</summary>
    public decimal Confidence { get; init; } = 0.8m;

    /// <summary>When the source was made, for its age; null counts as new.</summary>
    public DateOnly? MadeOn { get; init; }

    /// <summary>Replaces the blend of its period.</summary>
    public bool IsOverride { get; init; }

    /// <summary>Why somebody overrode it.</summary>
    public string? Reason { get; init; }

    public Guid? Id { get; init; }
}

/// <summary>A customer's order that is still to be met.</summary>
public sealed record PlanFirmOrder
{
    public required Guid Id { get; init; }

    public required Guid MaterialId { get; init; }

    public required decimal Quantity { get; init; }

    public required DateOnly DueDate { get; init; }

    public string RefText { get; init; } = "";

    public string? Customer { get; init; }

    /// <summary>Lower goes first among needs of one day.</summary>
    public int Priority { get; init; } = 100;
}
