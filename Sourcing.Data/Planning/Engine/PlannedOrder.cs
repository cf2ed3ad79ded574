using Sourcing.Data.Planning.Arithmetic;
using Sourcing.Data.Suppliers;

namespace Sourcing.Data.Planning.Engine;

/// <summary>An order the plan would place, with the facts it rests on.</summary>
public sealed record PlannedOrder
{
    /// <summary>Its place among all orders of the run; the key of the pegs.</summary>
    public required int Index { get; init; }

    public required PlanMaterial Material { get; init; }

    public required PlannedOrderKind Kind { get; init; }

    /// <summary>Null for what is made and where nobody qualifies.</summary>
    public Guid? SupplierId { get; init; }

    public string? SupplierName { get; init; }

    public Guid? OfferId { get; init; }

    /// <summary>In the material's unit; good quantity for what is made.</summary>
    public required decimal Quantity { get; init; }

    /// <summary>Place of the bucket it answers.</summary>
    public required int Bucket { get; init; }

    /// <summary>First day of the bucket that needs it, today at the earliest.</summary>
    public required DateOnly NeedDate { get; init; }

    /// <summary>The need date, or today and the lead time where that is later.</summary>
    public required DateOnly ReceiptDate { get; init; }

    /// <summary>When it is placed or started: the need date less the lead time, today at the earliest.</summary>
    public required DateOnly ReleaseDate { get; init; }

    /// <summary>The last day on which it would come in time; may lie in the past.</summary>
    public required DateOnly OrderBy { get; init; }

    /// <summary>Days (of the lead time's kind of calendar: as dates) by which <see cref="OrderBy"/> is past; 0 where it is not.</summary>
    public int PastDueDays { get; init; }

    public int LeadTimeDays { get; init; }

    /// <summary>Base currency per unit, freight included; null where unknown.</summary>
    public decimal? UnitCost { get; init; }

    /// <summary>Base currency, four decimals; null where unknown.</summary>
    public decimal? TotalCost { get; init; }

    /// <summary>The quantity from which the price holds.</summary>
    public decimal? TierFrom { get; init; }

    /// <summary>0..1, two decimals.</summary>
    public decimal Urgency { get; init; }

    public UrgencyBand UrgencyBand { get; init; }

    /// <summary>What is doubtful about it.</summary>
    public RiskCodes Risks { get; init; }

    /// <summary>The worst of them.</summary>
    public RiskLevel Risk { get; init; }

    /// <summary>A purchase to be released within the window, or needed no later than one of the same material that is: it becomes a recommendation.</summary>
    public bool IsRecommendation { get; init; }

    /// <summary>What minimum and multiple added to it lasts longer than the cover allowed; what its lot looks ahead to does not count.</summary>
    public bool IsMoqExcess { get; init; }

    public required PlannedOrderFacts Facts { get; init; }
}

public enum PlannedOrderKind
{
    Purchase,
    Make,
    /// <summary>A need of something bought that no supplier can meet.</summary>
    Unsourced,
    /// <summary>A phantom's need on its way to the components; never placed.</summary>
    PassThrough,
}

/// <summary>What an order was reckoned from; enough to say why without reckoning again.</summary>
public sealed record PlannedOrderFacts
{
    /// <summary>First bucket whose stock without the plan lies below the safety stock.</summary>
    public DateOnly? FirstBelow { get; init; }

    /// <summary>Stock without the plan in the bucket of the need.</summary>
    public decimal StockWithoutPlan { get; init; }

    /// <summary>Usable on hand at the start.</summary>
    public decimal OpeningStock { get; init; }

    /// <summary>Needs from today through the bucket of the need.</summary>
    public decimal NeedUntil { get; init; }

    /// <summary>Scheduled receipts from today through the bucket of the need.</summary>
    public decimal ReceiptsUntil { get; init; }

    /// <summary>Earlier planned orders through the bucket of the need.</summary>
    public decimal PlannedBefore { get; init; }

    public decimal SafetyStock { get; init; }

    /// <summary>Where the safety stock comes from; null for a phantom.</summary>
    public PlanSafetyFacts? Safety { get; init; }

    /// <summary>What the bucket lacked: the net need that this order and its siblings answer.</summary>
    public decimal NetNeed { get; init; }

    /// <summary>What the lot rule made of it, before the supplier's rules.</summary>
    public decimal LotQuantity { get; init; }

    /// <summary>The rule that was used in the end.</summary>
    public LotMethod LotMethod { get; init; }

    /// <summary>Last bucket that needs anything among those the lot looks ahead to; null where that is its own.</summary>
    public DateOnly? CoversThrough { get; init; }

    /// <summary>Figures behind the rule; null for lot for lot and fixed.</summary>
    public PlanLotFacts? Lot { get; init; }

    /// <summary>What the supplier's (or the making's) rules did, in order.</summary>
    public IReadOnlyList<QuantityStep> Steps { get; init; } = [];

    /// <summary>Why this supplier; null for what is made.</summary>
    public PlanSupplierFacts? Supplier { get; init; }

    /// <summary>The need fell within the frozen fence and waits for its end.</summary>
    public bool HeldByFence { get; init; }

    /// <summary>The need of the order that makes this one due already, although it could be placed later; null where it is due by itself or not due.</summary>
    public DateOnly? DueWith { get; init; }

    /// <summary>Good out of started, for what is made.</summary>
    public decimal Yield { get; init; } = 1m;
}

/// <summary>Figures of an economic lot.</summary>
/// <param name="AnnualDemand">D, units a year.</param>
/// <param name="OrderingCost">K, base currency per order.</param>
/// <param name="UnitCost">c, base currency per unit.</param>
/// <param name="HoldingRate">i, share per year.</param>
/// <param name="Economic">Q*, units; null where it could not be reckoned.</param>
public sealed record PlanLotFacts(decimal AnnualDemand, decimal OrderingCost, decimal UnitCost, decimal HoldingRate, decimal? Economic);

/// <summary>Why a supplier was chosen.</summary>
/// <param name="Score">S, 0..1.</param>
/// <param name="Candidates">How many could have been chosen.</param>
/// <param name="OnTime">How many of them in time.</param>
/// <param name="SharedWith">How many suppliers the quantity was divided among, this one included.</param>
/// <param name="Reason">cheapest, only_one, earliest, share_cap, contract or split.</param>
public sealed record PlanSupplierFacts(decimal Score, decimal UnitPrice, int Candidates, int OnTime, int SharedWith, string Reason, PlanRunnerUp? RunnerUp);

/// <summary>The best one that was not chosen.</summary>
/// <param name="UnitPrice">Base currency per unit at the same quantity.</param>
public sealed record PlanRunnerUp(Guid SupplierId, string SupplierName, decimal UnitPrice, int LeadTimeDays, decimal Score);
