using Sourcing.Data.Common;
using Sourcing.Data.Planning.Arithmetic;
using Sourcing.Data.Planning.Engine;

namespace Sourcing.Data.Planning;

/// <summary>For what parameters hold. A part's go before its category's, a category's before the plan's; what is empty is asked of the wider one.</summary>
public enum ParameterScope
{
    Plan,
    Category,
    Part,
}

/// <summary>Where a safety stock comes from.</summary>
public enum SafetyMethod
{
    /// <summary>None is kept.</summary>
    None,

    /// <summary>A share of the lead time's demand.</summary>
    Percent,

    /// <summary>The chance α of getting through a replenishment cycle without a shortage.</summary>
    ServiceLevel,

    /// <summary>The share β of demand that stock serves.</summary>
    FillRate,

    /// <summary>A quantile of bootstrapped demand over the lead time, for demand that comes now and then.</summary>
    Intermittent,
}

/// <summary>The parameters of the plan, of a category or of a part, as a value: a change replaces all of them. Null is "as the wider scope"; the plan's own row has every figure that has a default.</summary>
public sealed class PlanningParameters
{
    private PlanningParameters()
    {
    }

    /// <summary>New ones for a scope, all empty.</summary>
    /// <param name="targetId">The category or the part; null for the plan.</param>
    public PlanningParameters(ParameterScope scope, Guid? targetId)
    {
        (Id, Scope) = (Guid.CreateVersion7(), scope);
        (CategoryId, PartId) = (scope == ParameterScope.Category ? targetId : null, scope == ParameterScope.Part ? targetId : null);
        if ((scope == ParameterScope.Plan) != (targetId is null))
        {
            throw new ArgumentException("A category's or part's parameters need the category or part, the plan's need none.", nameof(targetId));
        }
    }

    /// <summary>What holds where nobody said anything.</summary>
    public static PlanningParameters Defaults() => new(ParameterScope.Plan, null)
    {
        LotRule = LotMethod.Automatic, SafetyMethod = Planning.SafetyMethod.ServiceLevel, ServiceLevel = 0.95m, FillRate = 0.98m, ReviewDays = 7, ExcessCoverDays = 120,
        FrozenDays = 0, ExpediteToleranceDays = 3, DeferToleranceDays = 14, OrderingCost = 100, HoldingCostRate = 0.25m, MadeLeadTimeDays = 7,
    };

    public Guid Id { get; private set; }

    public ParameterScope Scope { get; private set; }

    public Guid? CategoryId { get; private set; }

    public Guid? PartId { get; private set; }

    public LotMethod? LotRule { get; init; }

    /// <summary>In the part's unit; above 0.</summary>
    public decimal? FixedQuantity { get; init; }

    /// <summary>Days from one review to the next; 0 or more.</summary>
    public int? ReviewDays { get; init; }

    public SafetyMethod? SafetyMethod { get; init; }

    /// <summary>α, the chance of getting through a cycle without a shortage: 0.5 to 0.9999.</summary>
    public decimal? ServiceLevel { get; init; }

    /// <summary>β, the share of demand served from stock: 0.5 to 0.9999.</summary>
    public decimal? FillRate { get; init; }

    /// <summary>Of the demand over the lead time: 0 to 10.</summary>
    public decimal? SafetyPercent { get; init; }

    /// <summary>A reviewer's figure in place of the worked out one, in the part's unit; 0 or more. Of parts alone.</summary>
    public decimal? SafetyStock { get; init; }

    /// <summary>Bounds of the safety stock, in the part's unit; 0 or more.</summary>
    public decimal? MinimumSafetyStock { get; init; }

    public decimal? MaximumSafetyStock { get; init; }

    /// <summary>Bounds of the safety stock in days of demand; 0 or more.</summary>
    public int? MinimumCoverDays { get; init; }

    public int? MaximumCoverDays { get; init; }

    /// <summary>From start to stock of what is made; 0 to 1,000 days.</summary>
    public int? MadeLeadTimeDays { get; init; }

    /// <summary>σ of the lead time in days; 0 or more.</summary>
    public decimal? LeadTimeDeviationDays { get; init; }

    /// <summary>In the base currency for one order or set-up; 0 or more.</summary>
    public decimal? OrderingCost { get; init; }

    /// <summary>A year, as a share of the value; 0 to 10.</summary>
    public decimal? HoldingCostRate { get; init; }

    /// <summary>In the base currency for one of the part's unit short for a year; above 0. Null: nothing is owed on purpose.</summary>
    public decimal? BackorderCost { get; init; }

    /// <summary>Cover beyond so many days is excess; above 0.</summary>
    public int? ExcessCoverDays { get; init; }

    /// <summary>Inside so many days from today nothing new is proposed; 0 or more.</summary>
    public int? FrozenDays { get; init; }

    /// <summary>A receipt so many days too late is worth a message; 0 or more.</summary>
    public int? ExpediteToleranceDays { get; init; }

    /// <summary>A receipt so many days too early is worth a message; 0 or more.</summary>
    public int? DeferToleranceDays { get; init; }

    // Of the plan alone, from here on.

    public BucketSize Bucket { get; init; } = BucketSize.Week;

    /// <summary>4 to 366 of them.</summary>
    public int Buckets { get; init; } = 26;

    /// <summary>Lead times are working days, Monday to Friday; else calendar days.</summary>
    public bool WorkingDays { get; init; }

    /// <summary>Orders consume forecasts so many days back, and</summary>
    public int BackDays { get; init; } = 14;

    /// <summary>so many days forward; 0 or more.</summary>
    public int ForwardDays { get; init; } = 14;

    /// <summary>A forecast of this age counts half; null: age does not matter.</summary>
    public int? HalfLifeDays { get; init; }

    /// <summary>Weights of the sources, 0 to 1: production plan,</summary>
    public decimal ProdPlanWeight { get; init; } = 0.9m;

    /// <summary>sales history and what is forecast here from it,</summary>
    public decimal SalesHistoryWeight { get; init; } = 0.8m;

    /// <summary>projection,</summary>
    public decimal ProjectionWeight { get; init; } = 0.7m;

    /// <summary>entered by hand,</summary>
    public decimal ManualWeight { get; init; } = 0.7m;

    /// <summary>and any other.</summary>
    public decimal OtherWeight { get; init; } = 0.5m;

    public PastDuePolicy PastDue { get; init; }

    public NegativeStockPolicy NegativeStock { get; init; }

    /// <summary>Sources are averaged by weight; the old sum is for comparison alone.</summary>
    public ForecastMode ForecastMode { get; init; }

    /// <summary>Shares that sum to 0.94 to 1.02 are divided by their sum.</summary>
    public bool NormaliseRoundedBoms { get; init; }

    /// <summary>Planned orders to be placed within so many days become recommendations; 7 to 366.</summary>
    public int ReleaseWindowDays { get; init; } = 56;

    /// <summary>At most so much of a critical part from one supplier where two qualify: 0.5 to 1.</summary>
    public decimal CriticalShareCap { get; init; } = 0.7m;

    /// <summary>What a worse score costs beside the price (λ of the supplier choice); 0 or more.</summary>
    public decimal ScoreCost { get; init; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    public uint Version { get; private set; }

    /// <summary>Refuses figures out of the ranges above, each by its name. Called before saving.</summary>
    public void Demand()
    {
        var errors = new List<FieldError>();
        void Refuse(bool wrong, string field, string sentence)
        {
            if (wrong)
            {
                errors.Add(new(field, sentence));
            }
        }

        Refuse(FixedQuantity <= 0, nameof(FixedQuantity), "The fixed quantity is above 0.");
        Refuse(LotRule == LotMethod.Fixed && Scope == ParameterScope.Part && FixedQuantity is null, nameof(FixedQuantity), "Enter the fixed quantity that is ordered at once.");
        Refuse(ReviewDays is < 0 or > 366, nameof(ReviewDays), "Reviews are 0 to 366 days apart.");
        Refuse(ServiceLevel is < 0.5m or > 0.9999m, nameof(ServiceLevel), "The service level is 50 to 99.99 %.");
        Refuse(FillRate is < 0.5m or > 0.9999m, nameof(FillRate), "The fill rate is 50 to 99.99 %.");
        Refuse(SafetyPercent is < 0 or > 10, nameof(SafetyPercent), "The share of the lead time's demand is 0 to 1,000 %.");
        Refuse(SafetyStock < 0 || MinimumSafetyStock < 0 || MaximumSafetyStock < 0, nameof(SafetyStock), "Safety stock is 0 or more.");
        Refuse(MinimumSafetyStock > MaximumSafetyStock, nameof(MaximumSafetyStock), "The most is below the least.");
        Refuse(MinimumCoverDays < 0 || MaximumCoverDays < 0, nameof(MinimumCoverDays), "Days of cover are 0 or more.");
        Refuse(MinimumCoverDays > MaximumCoverDays, nameof(MaximumCoverDays), "The most is below the least.");
        Refuse(MadeLeadTimeDays is < 0 or > 1000, nameof(MadeLeadTimeDays), "The lead time is 0 to 1,000 days.");
        Refuse(LeadTimeDeviationDays < 0, nameof(LeadTimeDeviationDays), "The deviation is 0 days or more.");
        Refuse(OrderingCost < 0, nameof(OrderingCost), "The cost of an order is 0 or more.");
        Refuse(HoldingCostRate is < 0 or > 10, nameof(HoldingCostRate), "The holding cost is 0 to 1,000 % a year.");
        Refuse(BackorderCost <= 0, nameof(BackorderCost), "The cost of a shortage is above 0; leave it empty if nothing is owed on purpose.");
        Refuse(ExcessCoverDays is <= 0 or > 3660, nameof(ExcessCoverDays), "Excess begins after 1 to 3,660 days of cover.");
        Refuse(FrozenDays is < 0 or > 366, nameof(FrozenDays), "The frozen fence is 0 to 366 days.");
        Refuse(ExpediteToleranceDays < 0, nameof(ExpediteToleranceDays), "The tolerance is 0 days or more.");
        Refuse(DeferToleranceDays < 0, nameof(DeferToleranceDays), "The tolerance is 0 days or more.");
        if (Scope == ParameterScope.Plan)
        {
            Refuse(Buckets is < 4 or > 366, nameof(Buckets), "A plan has 4 to 366 buckets.");
            Refuse(BackDays is < 0 or > 366, nameof(BackDays), "Consumption reaches 0 to 366 days back.");
            Refuse(ForwardDays is < 0 or > 366, nameof(ForwardDays), "Consumption reaches 0 to 366 days forward.");
            Refuse(HalfLifeDays <= 0, nameof(HalfLifeDays), "The half-life is a day or more; leave it empty if age does not matter.");
            Refuse(new[] { ProdPlanWeight, SalesHistoryWeight, ProjectionWeight, ManualWeight, OtherWeight }.Any(w => w is < 0 or > 1), nameof(ProdPlanWeight), "Weights are 0 to 1.");
            Refuse(ReleaseWindowDays is < 7 or > 366, nameof(ReleaseWindowDays), "Recommendations look 7 to 366 days ahead.");
            Refuse(CriticalShareCap is < 0.5m or > 1, nameof(CriticalShareCap), "The share of one supplier is 50 to 100 %.");
            Refuse(ScoreCost < 0, nameof(ScoreCost), "The cost of a worse score is 0 or more.");
        }

        if (errors.Count > 0)
        {
            throw new RefusedException([.. errors]);
        }
    }
}
