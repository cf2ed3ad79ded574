namespace Sourcing.Data.Planning.Arithmetic;

/// <summary>How safety stock is found.</summary>
public enum SafetyStockMethod
{
    /// <summary>Cycle service level α: the chance of no shortage in a replenishment cycle.</summary>
    ServiceLevel,

    /// <summary>Fill rate β: the share of demand served from stock.</summary>
    FillRate,

    /// <summary>From a quantile of bootstrapped lead-time demand, for demand that comes now and then.</summary>
    Intermittent,

    /// <summary>A share of mean demand over the lead time.</summary>
    Percent,
}

/// <summary>Where a deviation of demand comes from.</summary>
public enum DemandDeviationSource
{
    /// <summary>The root mean square error of the backtest.</summary>
    BacktestError,

    /// <summary>1.25 × the mean absolute deviation.</summary>
    MeanAbsoluteDeviation,

    /// <summary>Neither is known, and none was assumed: 0.</summary>
    Unknown,
}

/// <summary>Where a deviation of the lead time comes from.</summary>
public enum LeadTimeDeviationSource
{
    Given,

    /// <summary>(1 − reliability) × lead time: a rule of thumb, to be shown as one.</summary>
    Heuristic,

    /// <summary>Neither a deviation nor a reliability is known, and none was assumed: 0.</summary>
    Unknown,
}

/// <summary>What had the last word on a safety stock.</summary>
public enum SafetyStockRule
{
    /// <summary>The method itself.</summary>
    Method,

    /// <summary>The method gave less than nothing.</summary>
    NotNegative,
    MinimumQuantity,
    MinimumCover,
    MaximumQuantity,
    MaximumCover,

    /// <summary>A reviewer's figure stands in for all of it.</summary>
    Reviewer,
}

/// <summary>
/// What safety stock is reckoned from. Quantities are in the material's unit; lead time, its deviation and the review interval in the periods that
/// mean and deviation of demand are given for.
/// </summary>
public readonly record struct SafetyStockFacts(SafetyStockMethod Method)
{
    /// <summary>Mean demand a period, D̄; 0 or more.</summary>
    public double MeanDemand { get; init; }

    /// <summary>Root mean square error of the backtest, a period; null where there was none.</summary>
    public double? BacktestError { get; init; }

    /// <summary>Mean absolute deviation, a period: what stands in for the backtest.</summary>
    public double? MeanAbsoluteDeviation { get; init; }

    /// <summary>Lead time L in periods; 0 or more.</summary>
    public double LeadTime { get; init; }

    /// <summary>Review interval R in periods; 0 where stock is watched all the time.</summary>
    public double ReviewInterval { get; init; }

    /// <summary>Standard deviation of the lead time in periods; null where unknown.</summary>
    public double? LeadTimeDeviation { get; init; }

    /// <summary>0 to 1; stands in for an unknown deviation of the lead time. Null where unknown.</summary>
    public double? Reliability { get; init; }

    /// <summary>α or β, above 0 and below 1, for the methods that need one.</summary>
    public double ServiceLevel { get; init; }

    /// <summary>Usual order Q for <see cref="SafetyStockMethod.FillRate"/>; where it is not above 0, the demand of one period stands in.</summary>
    public decimal OrderQuantity { get; init; }

    /// <summary>Share of lead-time demand for <see cref="SafetyStockMethod.Percent"/>; 0.2 is a fifth.</summary>
    public double Percent { get; init; }

    /// <summary>Quantile and mean of bootstrapped demand over lead time and review, for <see cref="SafetyStockMethod.Intermittent"/>.</summary>
    public double LeadTimeQuantile { get; init; }

    /// <inheritdoc cref="LeadTimeQuantile"/>
    public double LeadTimeMean { get; init; }

    /// <summary>Bounds in the material's unit.</summary>
    public decimal? MinimumQuantity { get; init; }

    /// <inheritdoc cref="MinimumQuantity"/>
    public decimal? MaximumQuantity { get; init; }

    /// <summary>Bounds in days of mean demand.</summary>
    public double? MinimumCoverDays { get; init; }

    /// <inheritdoc cref="MinimumCoverDays"/>
    public double? MaximumCoverDays { get; init; }

    /// <summary>Days in a period, which turn days of cover into a quantity: 7 for weeks. Above 0.</summary>
    public double DaysPerPeriod { get; init; } = 7;

    /// <summary>A reviewer's figure, which no bound touches.</summary>
    public decimal? ReviewerQuantity { get; init; }
}

/// <summary>A safety stock and what it is made of.</summary>
/// <param name="Quantity">What holds, in the material's unit; never below 0 unless a reviewer said so.</param>
/// <param name="Calculated">What the method alone gives, before bounds and reviewer.</param>
/// <param name="ReorderPoint">D̄(L + R) + safety stock.</param>
/// <param name="SafetyFactor">z(α) or k; 0 for methods without one.</param>
/// <param name="Deviation">σ of demand over lead time and review, σ_LT.</param>
/// <param name="DemandDeviation">σ_D a period.</param>
/// <param name="LeadTimeDeviation">σ_L in periods.</param>
/// <param name="OrderQuantity">The Q that a fill rate was solved for; 0 for other methods.</param>
public readonly record struct SafetyStockResult(
    SafetyStockMethod Method,
    SafetyStockRule Rule,
    decimal Quantity,
    decimal Calculated,
    decimal ReorderPoint,
    double SafetyFactor,
    double Deviation,
    double DemandDeviation,
    DemandDeviationSource DemandDeviationSource,
    double LeadTimeDeviation,
    LeadTimeDeviationSource LeadTimeDeviationSource,
    decimal OrderQuantity);
