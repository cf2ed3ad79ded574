using Sourcing.Data.Suppliers;

namespace Sourcing.Data.Planning.Arithmetic;

/// <summary>Why a supplier is no candidate. All reasons that hold are named.</summary>
[Flags]
public enum SupplierExclusion
{
    None = 0,
    Inactive = 1 << 0,

    /// <summary>Shut out from new orders.</summary>
    Blocked = 1 << 1,

    /// <summary>No price above 0.</summary>
    PriceMissing = 1 << 2,

    /// <summary>No factor between the supplier's unit and the material's.</summary>
    UnitMissing = 1 << 3,

    /// <summary>No exchange rate from the supplier's currency to the plan's.</summary>
    ExchangeRateMissing = 1 << 4,

    /// <summary>The offer does not hold today.</summary>
    NotEffective = 1 << 5,

    /// <summary>The contract has no room for the smallest order.</summary>
    ContractExhausted = 1 << 6,
}

/// <summary>What a supplier offers for a material, with all quantities in the material's unit.</summary>
/// <param name="Supplier">The caller's number for it, ascending with the supplier's id: the last rule for ties goes by it.</param>
public readonly record struct SupplierOffer(int Supplier)
{
    public bool Active { get; init; } = true;

    public bool Blocked { get; init; }

    /// <summary>False where the supplier's unit does not convert to the material's: nothing else of the offer is then read.</summary>
    public bool Convertible { get; init; } = true;

    /// <summary>The price of the material's unit, in the supplier's currency, below the first break.</summary>
    public decimal Price { get; init; }

    /// <summary>Price breaks by ascending minimum; null where there are none.</summary>
    public PriceTier[]? Breaks { get; init; }

    /// <summary>Money of the plan for one of the supplier's; 0 where unknown.</summary>
    public decimal ExchangeRate { get; init; } = 1;

    /// <summary>Freight a unit, in the plan's currency.</summary>
    public decimal Freight { get; init; }

    /// <summary>The first and last day on which the offer holds, both counted.</summary>
    public DateOnly ValidFrom { get; init; } = DateOnly.MinValue;

    /// <inheritdoc cref="ValidFrom"/>
    public DateOnly ValidTo { get; init; } = DateOnly.MaxValue;

    /// <summary>The smallest order, see <see cref="QuantityRules.SmallestOrder"/>; 0 where there is none.</summary>
    public decimal Minimum { get; init; }

    /// <summary>What the contract still holds; null without a contract.</summary>
    public decimal? ContractRemaining { get; init; }

    /// <summary>K, money of the plan an order; 0 or more.</summary>
    public decimal OrderingCost { get; init; }

    /// <summary>0 to 1.</summary>
    public decimal Reliability { get; init; }

    /// <summary>0 or more.</summary>
    public int LeadTimeDays { get; init; }

    /// <summary>When an order of today arrives, see <see cref="PlanCalendar.Arrival"/>.</summary>
    public DateOnly Arrival { get; init; }

    public RiskLevel Risk { get; init; }

    /// <summary>The landed price at a quantity: price of its tier · exchange rate + freight.</summary>
    public decimal LandedPrice(decimal quantity)
    {
        var price = Price;
        foreach (var tier in Breaks ?? [])
        {
            if (quantity < tier.Minimum)
            {
                break;
            }

            price = tier.UnitCost;
        }

        return (price * ExchangeRate) + Freight;
    }

    /// <summary>The lowest landed price at any quantity.</summary>
    internal decimal LowestPrice()
    {
        var price = Price;
        foreach (var tier in Breaks ?? [])
        {
            price = Math.Min(price, tier.UnitCost);
        }

        return (price * ExchangeRate) + Freight;
    }
}

/// <summary>What is to be bought.</summary>
/// <param name="Quantity">In the material's unit, above 0.</param>
/// <param name="NeedDate">When it has to be there.</param>
/// <param name="Today">The day of the order.</param>
public readonly record struct SupplierRequest(decimal Quantity, DateOnly NeedDate, DateOnly Today)
{
    /// <summary>Critical materials are split where two suppliers qualify: none gets more than 70 %.</summary>
    public bool Critical { get; init; }

    /// <summary>The largest share of a critical material that one supplier gets where two qualify, above 0 up to 1.</summary>
    public decimal ShareCap { get; init; } = SupplierChoice.CriticalShare;

    /// <summary>λ, money a unit that a score of 0 costs against one of 1; 0 where cost alone decides.</summary>
    public decimal ScoreWeight { get; init; }

    /// <summary>The smallest quantity that the unit can express, so that shares can be ordered as they are.</summary>
    public decimal Precision { get; init; } = 0.000001m;
}

/// <summary>How one offer stands against the others for a request.</summary>
/// <param name="Exclusion">None for a candidate.</param>
/// <param name="OnTime">Whether it arrives by the need date.</param>
/// <param name="Considered">Whether it is in the set that was chosen from: those on time, or, where none is, those that arrive first.</param>
/// <param name="LandedPrice">At the quantity wanted, or the smallest order where that is more; 0 for those who are no candidate.</param>
/// <param name="Score">S, 0 to 1 in six decimals; 0 for those who are no candidate.</param>
public readonly record struct SupplierAssessment(SupplierExclusion Exclusion, bool OnTime, bool Considered, decimal LandedPrice, decimal Score)
{
    public bool Candidate => Exclusion == SupplierExclusion.None;
}

/// <summary>What one supplier gets.</summary>
/// <param name="Offer">Its place among the offers.</param>
/// <param name="LandedPrice">At its quantity.</param>
public readonly record struct SupplierShare(int Offer, decimal Quantity, decimal LandedPrice);

/// <summary>Who gets the order.</summary>
/// <param name="Count">How many suppliers share it, 0 to 3; 0 where there is no candidate: the need stands with no supplier, at high risk.</param>
/// <param name="Late">Even the earliest arrives after the need date.</param>
/// <param name="ShareCapExceeded">
/// One gets more than 70 % of a critical material though two qualify: its smallest order, or the contracts of the others, left no other way.
/// </param>
/// <param name="Shortfall">What the candidates' contracts cannot take of the quantity.</param>
/// <param name="Cost">Goods landed and ordering costs, in the plan's currency.</param>
/// <param name="Candidates">How many could be ordered from, in time or not.</param>
/// <param name="Qualified">How many of them were chosen from: those on time, or those that arrive first.</param>
/// <param name="RunnerUp">The place of the supplier that alone would have come next; −1 where there is none.</param>
/// <param name="RunnerUpDifference">Its landed price less the mean landed price of the chosen ones, a unit.</param>
/// <param name="RunnerUpLate">It would arrive too late, and nobody else is left.</param>
public readonly record struct SupplierDecision(
    int Count,
    SupplierShare First,
    SupplierShare Second,
    SupplierShare Third,
    bool Late,
    bool ShareCapExceeded,
    decimal Shortfall,
    decimal Cost,
    int Candidates,
    int Qualified,
    int RunnerUp,
    decimal RunnerUpDifference,
    bool RunnerUpLate)
{
    /// <summary>Whether anybody can be ordered from.</summary>
    public bool Found => Count > 0;

    /// <summary>All shares together: the quantity, or more where smallest orders demand it.</summary>
    public decimal Quantity => First.Quantity + Second.Quantity + Third.Quantity;

    /// <summary>The share at this place, below <see cref="Count"/>; the cheapest first.</summary>
    public SupplierShare this[int place] => place switch { 0 => First, 1 => Second, 2 => Third, _ => throw new ArgumentOutOfRangeException(nameof(place)) };
}
