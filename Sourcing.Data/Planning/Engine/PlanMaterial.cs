using Sourcing.Data.Planning.Arithmetic;

namespace Sourcing.Data.Planning.Engine;

/// <summary>A material with its stock and the parameters that hold for it, resolved from plan, class and material.</summary>
public sealed record PlanMaterial
{
    public required Guid Id { get; init; }

    public required string Number { get; init; }

    public string Name { get; init; } = "";

    /// <summary>Code of the material's own unit, such as kg.</summary>
    public string Unit { get; init; } = "pcs";

    /// <summary>Decimals that make sense in this unit, 0..6. Needs below the last one order nothing.</summary>
    public int UnitDecimals { get; init; }

    /// <summary>The class that parameters and what-ifs are set by.</summary>
    public string? Class { get; init; }

    public string? Category { get; init; }

    public bool IsCritical { get; init; }

    /// <summary>Made here from components rather than bought.</summary>
    public bool IsMade { get; init; }

    /// <summary>Never stocked for itself: its needs pass to its components at once, after any stock is used.</summary>
    public bool IsPhantom { get; init; }

    /// <summary>Good out of started, above 0 up to 1; for what is made.</summary>
    public decimal Yield { get; init; } = 1m;

    /// <summary>Usable on hand; below 0 is treated by <see cref="PlanSettings.NegativeStock"/>.</summary>
    public decimal OnHand { get; init; }

    /// <summary>Base currency per unit, for what is made or has no price; null where unknown.</summary>
    public decimal? StandardCost { get; init; }

    public LotMethod LotMethod { get; init; } = LotMethod.LotForLot;

    /// <summary>For <see cref="LotMethod.Fixed"/>.</summary>
    public decimal? FixedLot { get; init; }

    /// <summary>For <see cref="LotMethod.PeriodicOrderQuantity"/>: buckets an order covers; null reckons it from the economic quantity.</summary>
    public int? PeriodsOfSupply { get; init; }

    /// <summary>Base currency per unit and year short, for <see cref="LotMethod.Backorders"/>.</summary>
    public decimal? BackorderCost { get; init; }

    /// <summary>Base currency per order or set-up.</summary>
    public decimal OrderingCost { get; init; } = 100m;

    /// <summary>Share of the unit cost per year.</summary>
    public decimal HoldingRate { get; init; } = 0.25m;

    /// <summary>Least, multiple and largest lot for what is made (offers say it for what is bought); 0 or null without.</summary>
    public decimal MadeMinimum { get; init; }

    public decimal MadeMultiple { get; init; }

    public decimal? MadeMaximum { get; init; }

    public int MadeLeadTimeDays { get; init; }

    /// <summary>Standard deviation of <see cref="MadeLeadTimeDays"/> in days; null counts as certain.</summary>
    public double? MadeLeadTimeSigma { get; init; }

    /// <summary>Days between two looks at the stock.</summary>
    public int ReviewDays { get; init; }

    /// <summary>Null keeps none.</summary>
    public SafetyStockMethod? SafetyMethod { get; init; }

    /// <summary>α, the chance of no stock-out in a cycle, between 0 and 1.</summary>
    public double ServiceLevel { get; init; } = 0.95;

    /// <summary>β, the share of need met from stock, between 0 and 1.</summary>
    public double FillRate { get; init; } = 0.98;

    /// <summary>Share of the lead-time demand for <see cref="SafetyStockMethod.Percent"/>.</summary>
    public decimal SafetyPercent { get; init; }

    /// <summary>A reviewer's figure; it goes before every method.</summary>
    public decimal? SafetyOverride { get; init; }

    public decimal? SafetyMinimum { get; init; }

    public decimal? SafetyMaximum { get; init; }

    public int? SafetyMinimumCoverDays { get; init; }

    public int? SafetyMaximumCoverDays { get; init; }

    /// <summary>From today, days in which nothing new is planned to arrive; null takes the plan's (<see cref="PlanSettings.FrozenFenceDays"/>).</summary>
    public int? FrozenFenceDays { get; init; }

    /// <summary>A receipt later than its need by more than this is to be expedited, days; null takes the plan's.</summary>
    public int? ExpediteToleranceDays { get; init; }

    /// <summary>A receipt earlier than its need by more than this is to be deferred, days; null takes the plan's.</summary>
    public int? DeferToleranceDays { get; init; }

    /// <summary>Stock beyond the need of so many days is excess; null takes the plan's.</summary>
    public int? ExcessCoverDays { get; init; }

    /// <summary>What is known of how the demand varies; null where nothing is.</summary>
    public PlanDemandStats? Demand { get; init; }
}

/// <summary>Demand of a material as statistics see it, per period of <paramref name="PeriodDays"/> days.</summary>
/// <param name="PeriodDays">1 or 7 as a rule.</param>
/// <param name="Mean">Units per period; null takes the mean of what the plan itself needs.</param>
/// <param name="Sigma">Backtest RMSE per period; null where there was none.</param>
/// <param name="Mad">Mean absolute deviation per period, the fallback (σ = 1.25 · MAD).</param>
public sealed record PlanDemandStats(int PeriodDays, decimal? Mean, double? Sigma = null, double? Mad = null)
{
    /// <summary>What deviation and history were found from.</summary>
    public PlanDemandBasis Basis { get; init; }

    /// <summary>Periods of history behind <see cref="Mad"/> and <see cref="History"/>; 0 where a backtest says it all.</summary>
    public int Periods { get; init; }

    /// <summary>
    /// Need per period, the oldest first, the last one that is over last; only of materials whose safety stock is bootstrapped from it
    /// (<see cref="SafetyStockMethod.Intermittent"/>), else empty.
    /// </summary>
    public IReadOnlyList<decimal> History { get; init; } = [];
}

/// <summary>What is known of a material's demand is known from this.</summary>
public enum PlanDemandBasis
{
    /// <summary>The forecast round's backtest of the material's own sales.</summary>
    Backtest,

    /// <summary>Its own sales by period, without a backtest.</summary>
    Sales,

    /// <summary>Its own sales by period and those of all that it goes into, exploded through today's bills of materials.</summary>
    Exploded,
}

public enum ForecastPeriod
{
    Day,
    Week,
    Month,
}

public enum PlanReceiptKind
{
    PurchaseOrder,
    /// <summary>A recommendation that was accepted: firm, never re-lotted. Its date is the need date that it answers, even where it comes later.</summary>
    Accepted,
    /// <summary>Being made.</summary>
    Production,
}
