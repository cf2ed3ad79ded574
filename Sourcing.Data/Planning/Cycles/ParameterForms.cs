using System.ComponentModel.DataAnnotations;
using Sourcing.Data.Common;
using Sourcing.Data.Planning.Arithmetic;
using Sourcing.Data.Planning.Engine;

namespace Sourcing.Data.Planning.Cycles;

/// <summary>
/// The parameters of the plan, of a category or of a part, all at once: what is empty is asked of the wider scope. Ranges and units:
/// <see cref="PlanningParameters"/>, whose properties have the same names.
/// </summary>
public sealed class ParametersForm : IForm
{
    public Guid FormKey { get; init; } = Guid.CreateVersion7();
    public ParameterScope Scope { get; set; }
    /// <summary>The category or the part; null for the plan.</summary>
    public Guid? TargetId { get; set; }
    /// <summary>Of the row that the form opened; null where there was none.</summary>
    public uint? Version { get; set; }
    [Display(Name = "Lot rule")] public LotMethod? LotRule { get; set; }
    [Display(Name = "Fixed quantity")] public decimal? FixedQuantity { get; set; }
    [Display(Name = "Days between reviews")] public int? ReviewDays { get; set; }
    [Display(Name = "Safety stock")] public SafetyMethod? SafetyMethod { get; set; }
    [Display(Name = "Service level")] public decimal? ServiceLevel { get; set; }
    [Display(Name = "Fill rate")] public decimal? FillRate { get; set; }
    [Display(Name = "Share of the lead time's demand")] public decimal? SafetyPercent { get; set; }
    [Display(Name = "Safety stock, set by hand")] public decimal? SafetyStock { get; set; }
    [Display(Name = "Least safety stock")] public decimal? MinimumSafetyStock { get; set; }
    [Display(Name = "Most safety stock")] public decimal? MaximumSafetyStock { get; set; }
    [Display(Name = "Least cover")] public int? MinimumCoverDays { get; set; }
    [Display(Name = "Most cover")] public int? MaximumCoverDays { get; set; }
    [Display(Name = "Lead time of what is made")] public int? MadeLeadTimeDays { get; set; }
    [Display(Name = "Deviation of the lead time")] public decimal? LeadTimeDeviationDays { get; set; }
    [Display(Name = "Cost of an order")] public decimal? OrderingCost { get; set; }
    [Display(Name = "Cost of holding stock a year")] public decimal? HoldingCostRate { get; set; }
    [Display(Name = "Cost of a shortage a year")] public decimal? BackorderCost { get; set; }
    [Display(Name = "Excess begins after")] public int? ExcessCoverDays { get; set; }
    [Display(Name = "Frozen fence")] public int? FrozenDays { get; set; }
    [Display(Name = "Expedite from")] public int? ExpediteToleranceDays { get; set; }
    [Display(Name = "Defer from")] public int? DeferToleranceDays { get; set; }
    // Of the plan alone; the others ignore them.
    [Display(Name = "Buckets are")] public BucketSize Bucket { get; set; } = BucketSize.Week;
    [Display(Name = "Buckets")] public int Buckets { get; set; } = 26;
    [Display(Name = "Lead times are working days")] public bool WorkingDays { get; set; }
    [Display(Name = "Consumption looks back")] public int BackDays { get; set; } = 14;
    [Display(Name = "Consumption looks forward")] public int ForwardDays { get; set; } = 14;
    [Display(Name = "Half-life of a forecast")] public int? HalfLifeDays { get; set; }
    [Display(Name = "Weight of the production plan")] public decimal ProdPlanWeight { get; set; } = 0.9m;
    [Display(Name = "Weight of sales history")] public decimal SalesHistoryWeight { get; set; } = 0.8m;
    [Display(Name = "Weight of projections")] public decimal ProjectionWeight { get; set; } = 0.7m;
    [Display(Name = "Weight of what is entered by hand")] public decimal ManualWeight { get; set; } = 0.7m;
    [Display(Name = "Weight of other sources")] public decimal OtherWeight { get; set; } = 0.5m;
    [Display(Name = "Receipts that are past due")] public PastDuePolicy PastDue { get; set; }
    [Display(Name = "Negative stock")] public NegativeStockPolicy NegativeStock { get; set; }
    [Display(Name = "Sources are")] public ForecastMode ForecastMode { get; set; }
    [Display(Name = "Rounded shares are brought to 100 %")] public bool NormaliseRoundedBoms { get; set; }
    [Display(Name = "Recommendations look ahead")] public int ReleaseWindowDays { get; set; } = 56;
    [Display(Name = "Most of a critical part from one supplier")] public decimal CriticalShareCap { get; set; } = 0.7m;
    [Display(Name = "Cost of a worse score")] public decimal ScoreCost { get; set; }
}

/// <summary>One figure of a scope: what it says itself, and what holds.</summary>
/// <param name="Name">Of the property of <see cref="PlanningParameters"/> and <see cref="ParametersForm"/>.</param>
/// <param name="Own">What the scope says itself; null for "as the wider scope".</param>
/// <param name="Holds">What holds in the end; null where nobody has a figure.</param>
/// <param name="From">Where it holds from: Defaults, Plan, category TRIMS, or the part itself.</param>
/// <param name="Inherited">What would hold if the scope said nothing.</param>
public sealed record ParameterRow(string Name, object? Own, object? Holds, string From, object? Inherited);

/// <summary>The parameters of a scope with where each comes from.</summary>
/// <param name="Form">To change them: filled with what the scope says itself.</param>
/// <param name="Title">The plan, category TRIMS, or the part's number and name.</param>
public sealed record ParametersDetails(ParametersForm Form, string Title, IReadOnlyList<ParameterRow> Rows);

/// <summary>A category or part that has parameters of its own.</summary>
/// <param name="Count">How many figures it says.</param>
public sealed record ParameterTarget(ParameterScope Scope, Guid? TargetId, string Code, string Name, int Count, DateTimeOffset UpdatedAt);
