namespace Sourcing.Data.Planning.Arithmetic;

/// <summary>How needs are made into orders.</summary>
public enum LotMethod
{
    /// <summary>Wagner–Whitin up to 104 buckets, the periodic order quantity beyond.</summary>
    Automatic,
    LotForLot,

    /// <summary>Whole multiples of one quantity.</summary>
    Fixed,
    EconomicOrderQuantity,

    /// <summary>The economic order quantity where a larger order lowers the price of all of it.</summary>
    AllUnitsBreaks,

    /// <summary>The economic order quantity where a larger order lowers the price of what lies above a break.</summary>
    IncrementalBreaks,

    /// <summary>The economic order quantity where demand may wait.</summary>
    Backorders,
    PeriodicOrderQuantity,
    SilverMeal,
    WagnerWhitin,
}

/// <summary>What a material's lots are sized by. Money is in the plan's currency, quantities in the material's unit.</summary>
public readonly record struct LotPolicy(LotMethod Method)
{
    /// <summary>A year's demand over all its sources, D; not the net need.</summary>
    public decimal AnnualDemand { get; init; }

    /// <summary>K, money an order.</summary>
    public decimal OrderingCost { get; init; }

    /// <summary>c, money a unit.</summary>
    public decimal UnitCost { get; init; }

    /// <summary>i, share of the price a year: 0.25.</summary>
    public decimal HoldingRate { get; init; }

    /// <summary>How many buckets a year has, above 0; see <see cref="PlanCalendar.BucketsPerYear"/>.</summary>
    public decimal BucketsPerYear { get; init; } = PlanCalendar.WeeksPerYear;

    /// <summary>The quantity of <see cref="LotMethod.Fixed"/>.</summary>
    public decimal FixedQuantity { get; init; }

    /// <summary>p, money a unit owed for a year, of <see cref="LotMethod.Backorders"/>.</summary>
    public decimal BackorderCost { get; init; }
}

/// <summary>A policy worked out for one material and horizon: what every order of a run then follows, and what its reasoning tells.</summary>
/// <param name="Method">What is really done: never <see cref="LotMethod.Automatic"/>, and lot for lot where the method wanted had nothing to weigh.</param>
/// <param name="Economic">The economic order behind methods that have one.</param>
/// <param name="Quantity">The smallest order of fixed and economic lots; 0 for others.</param>
/// <param name="Buckets">How many an order of <see cref="LotMethod.PeriodicOrderQuantity"/> covers; 0 for others.</param>
/// <param name="OrderingCost">K, money an order.</param>
/// <param name="UnitCost">c, money a unit.</param>
/// <param name="Holding">h, money to hold a unit for a bucket.</param>
public readonly record struct LotRule(LotMethod Method, EconomicOrder Economic, decimal Quantity, int Buckets, decimal OrderingCost, decimal UnitCost, decimal Holding);
