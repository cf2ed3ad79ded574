using Sourcing.Data.Common;
using Sourcing.Data.Planning.Arithmetic;
using Sourcing.Data.Planning.Engine;

namespace Sourcing.Data.Planning;

/// <summary>One row of a material's time-phased table.</summary>
public enum PlanFigure
{
    Gross,
    Scheduled,
    WithoutPlan,
    PlannedReceipt,
    WithPlan,
    OrderToPlace,
    Cover,
}

/// <summary>One stretch of a material's plan, every quantity in the material's unit.</summary>
/// <param name="Index">0 for past due and current; the last is later.</param>
/// <param name="Start">Its first day; today for the first.</param>
/// <param name="Label">W48, 14 Dec or Later.</param>
/// <param name="WithoutPlan">Stock at its end if nothing new is ordered.</param>
/// <param name="WithPlan">Stock at its end with the planned receipts.</param>
/// <param name="CoverDays">Days from the next bucket's start for which its closing stock meets the needs; null beyond the horizon.</param>
public sealed record PhasedBucket(
    int Index, DateOnly Start, string Label, bool IsLater, decimal Gross, decimal Scheduled, decimal WithoutPlan, decimal Net, decimal PlannedReceipt, decimal PlannedRelease,
    decimal WithPlan, decimal SafetyStock, int? CoverDays)
{
    /// <summary>The figure of a row of the table; null for a cover that is beyond the horizon.</summary>
    public decimal? Of(PlanFigure figure) => figure switch
    {
        PlanFigure.Gross => Gross,
        PlanFigure.Scheduled => Scheduled,
        PlanFigure.WithoutPlan => WithoutPlan,
        PlanFigure.PlannedReceipt => PlannedReceipt,
        PlanFigure.WithPlan => WithPlan,
        PlanFigure.OrderToPlace => PlannedRelease,
        _ => CoverDays,
    };

    /// <summary>Its stock lies below the safety stock, or below nothing.</summary>
    public bool IsShort(PlanFigure figure) => figure switch
    {
        PlanFigure.WithoutPlan => WithoutPlan < SafetyStock || WithoutPlan < 0,
        PlanFigure.WithPlan => WithPlan < SafetyStock || WithPlan < 0,
        _ => false,
    };
}

/// <summary>The run that a page shows.</summary>
/// <param name="IsLatest">The last live one: what it proposes can be decided on.</param>
/// <param name="Name">What a what-if asks.</param>
public sealed record CycleHead(Guid Id, string Number, CycleKind Kind, string Name, CycleStatus Status, DateOnly AsOf, BucketSize Bucket, DateTimeOffset? FinishedAt, bool IsLatest);

/// <summary>A material as its planner sees it: the figures above the tabs, and the plan.</summary>
public sealed record MaterialPlan
{
    public required Guid PartId { get; init; }

    public required string Number { get; init; }

    public required string Name { get; init; }

    public required string Unit { get; init; }

    public string? Category { get; init; }

    public required bool IsCritical { get; init; }

    /// <summary>It has components.</summary>
    public required bool IsMade { get; init; }

    /// <summary>As the ledger has it now; null where nobody ever entered any.</summary>
    public decimal? OnHand { get; init; }

    /// <summary>Null while no cycle has finished.</summary>
    public CycleHead? Cycle { get; init; }

    /// <summary>Empty where the cycle does not have the material.</summary>
    public IReadOnlyList<PhasedBucket> Buckets { get; init; } = [];

    /// <summary>Parts made of it.</summary>
    public required int WhereUsed { get; init; }

    /// <summary>Who sells it.</summary>
    public required int Suppliers { get; init; }

    /// <summary>What the cycle proposes, earliest need first.</summary>
    public IReadOnlyList<MaterialProposal> Recommendations { get; init; } = [];

    /// <summary>What the cycle says about it.</summary>
    public IReadOnlyList<MaterialMessage> Messages { get; init; } = [];

    /// <summary>On its way within the horizon, as planned with.</summary>
    public decimal OnOrder => Buckets.Sum(b => b.Scheduled);

    /// <summary>In the current bucket.</summary>
    public decimal SafetyStock => Buckets.Count == 0 ? 0 : Buckets[0].SafetyStock;

    /// <summary>Days until stock and open receipts run out; null where they last for the whole horizon.</summary>
    public int? CoverDays => PhasedPlan.CoverDays(Buckets);

    /// <summary>First bucket whose stock without the plan lies below the safety stock; null for none.</summary>
    public PhasedBucket? FirstShort => Buckets.FirstOrDefault(b => b.IsShort(PlanFigure.WithoutPlan));

    /// <summary>Something should have been ordered before today.</summary>
    public bool IsLate(DateOnly today) => Recommendations.Any(r => r.Status == RecommendationStatus.Proposed && (r.OrderBy < today || r.RiskCodes.Contains("late")));
}

/// <summary>What the plan proposes for a material.</summary>
public sealed record MaterialProposal
{
    public required Guid Id { get; init; }

    public required RecommendationStatus Status { get; init; }

    public Guid? SupplierId { get; init; }

    /// <summary>As the plan had it: with the bucket it leads to the planned order.</summary>
    public Guid? RecommendedSupplierId { get; init; }

    public string? Supplier { get; init; }

    /// <summary>As decided, in the material's unit.</summary>
    public required decimal Quantity { get; init; }

    public required decimal RecommendedQuantity { get; init; }

    public required DateOnly OrderBy { get; init; }

    public required DateOnly NeedBy { get; init; }

    public required DateOnly NeedBucket { get; init; }

    public decimal? UnitCost { get; init; }

    public decimal? TotalCost { get; init; }

    public string? Currency { get; init; }

    public int? LeadTimeDays { get; init; }

    public required decimal UrgencyScore { get; init; }

    public required string[] RiskCodes { get; init; }

    public required string Reasoning { get; init; }

    public string? RejectReason { get; init; }

    public string? EarlierRejection { get; init; }

    public string? DecidedBy { get; init; }

    public DateTimeOffset? DecidedAt { get; init; }

    public Guid? RfqId { get; init; }

    public Guid? OrderId { get; init; }

    public uint Version { get; init; }

    /// <summary>On the day when it is ordered today or, where there is still time, on its last day.</summary>
    public DateOnly Arrives(DateOnly today) => LeadTimeDays is { } days && today.AddDays(days) > NeedBy ? today.AddDays(days) : NeedBy;
}

/// <summary>A message of the cycle about the material.</summary>
public sealed record MaterialMessage(Guid Id, string Kind, string Text, int Days, Guid? OrderLineId, Guid? OrderId);

/// <summary>A part that is made of the material.</summary>
/// <param name="QuantityPer">Of the material in one of the parent's unit; of a share the share of one.</param>
/// <param name="Unit">Of <paramref name="QuantityPer"/>; null for a share.</param>
/// <param name="Planned">What the plan makes of the parent within the horizon, in the parent's unit.</param>
public sealed record WhereUsedRow(
    Guid LineId, Guid ParentId, string ParentNumber, string ParentName, decimal QuantityPer, string? Unit, bool IsShare, decimal ScrapRate, DateOnly ValidFrom, DateOnly? ValidTo,
    decimal Planned, string ParentUnit);

/// <summary>Who sells the material, the preferred and cheapest first.</summary>
/// <param name="Reliability">Of the price, else of the supplier: 0 to 1; null where nobody knows it.</param>
public sealed record MaterialSupplierRow(
    Guid SupplierId, string Code, string Supplier, decimal UnitCost, string Currency, decimal? MoqQuantity, string MoqUnit, decimal? OrderMultiple, int LeadTimeDays, decimal? Reliability,
    decimal? ContractLimit, bool Preferred, bool IsActive, bool IsBlocked, DateOnly? ValidFrom, DateOnly? ValidTo);

/// <summary>One figure that somebody or something expects.</summary>
public sealed record MaterialForecastRow(Guid Id, ForecastSource Source, DateOnly Date, ForecastPeriod Period, decimal Quantity, decimal Confidence, string Reason);

/// <summary>What customers and forecasts ask of the material itself.</summary>
public sealed record MaterialDemand(IReadOnlyList<MaterialForecastRow> Forecasts, IReadOnlyList<MaterialSalesRow> Orders);

/// <summary>A customer's open order line.</summary>
public sealed record MaterialSalesRow(Guid Id, string Number, int LineNo, string Customer, decimal OpenQuantity, DateOnly? ShipOn, SalesOrderStatus Status);
