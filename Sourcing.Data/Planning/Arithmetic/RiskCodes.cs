using System.Numerics;
using Sourcing.Data.Suppliers;

namespace Sourcing.Data.Planning.Arithmetic;

/// <summary>What may go wrong with a recommendation. Any number of codes hold at once.</summary>
[Flags]
public enum RiskCodes
{
    None = 0,

    /// <summary>Reliability below 0.70: high.</summary>
    ReliabilityLow = 1 << 0,

    /// <summary>Reliability from 0.70 to below 0.85: medium.</summary>
    ReliabilityModerate = 1 << 1,

    /// <summary>Lead time above 21 days: medium.</summary>
    LongLeadTime = 1 << 2,

    /// <summary>More than twice the need is ordered: medium.</summary>
    OrderAboveTwiceNeed = 1 << 3,

    /// <summary>One supplier could be ordered from and no other: medium.</summary>
    SingleSource = 1 << 4,

    /// <summary>The contract is used to 90 % or more with this order: medium.</summary>
    ContractNearlyUsed = 1 << 5,

    /// <summary>The order cannot come in time: high.</summary>
    Late = 1 << 6,

    /// <summary>No price is known: high.</summary>
    PriceMissing = 1 << 7,

    /// <summary>A bill of materials above it does not add up: high.</summary>
    BomIncomplete = 1 << 8,

    /// <summary>The forecast's confidence is below 0.5: medium.</summary>
    ForecastWeak = 1 << 9,

    /// <summary>An open order should have come already: medium.</summary>
    PastDueOrder = 1 << 10,

    /// <summary>Stock on hand is negative, so the count is wrong: medium.</summary>
    NegativeStock = 1 << 11,

    /// <summary>Nobody can be ordered from: high.</summary>
    NoSupplier = 1 << 12,
}

/// <summary>What risks are read from. What is unknown is null and raises nothing but what its absence means.</summary>
public readonly record struct RiskFacts()
{
    /// <summary>The supplier's, 0 to 1.</summary>
    public decimal? Reliability { get; init; }

    /// <summary>Calendar days.</summary>
    public int? LeadTimeDays { get; init; }

    /// <summary>What is ordered and what was needed, in one unit.</summary>
    public decimal Ordered { get; init; }

    /// <inheritdoc cref="Ordered"/>
    public decimal Needed { get; init; }

    /// <summary>How many suppliers could be ordered from, see <see cref="SupplierDecision.Candidates"/>.</summary>
    public int Suppliers { get; init; }

    /// <summary>The contract's limit; null without a contract.</summary>
    public decimal? ContractLimit { get; init; }

    /// <summary>What is used of it: open, accepted, and this run with this order.</summary>
    public decimal ContractUsed { get; init; }

    public bool Late { get; init; }

    public bool PriceMissing { get; init; }

    public bool BomIncomplete { get; init; }

    /// <summary>C of the demand behind the order; null where it is firm orders only.</summary>
    public double? ForecastConfidence { get; init; }

    public bool PastDueOrder { get; init; }

    public bool NegativeStock { get; init; }
}

/// <summary>Reads risks from facts, and their worst.</summary>
public static class Risks
{
    /// <summary>The codes that make a recommendation a high risk; all others make it a medium one.</summary>
    public const RiskCodes High = RiskCodes.ReliabilityLow | RiskCodes.Late | RiskCodes.PriceMissing | RiskCodes.BomIncomplete | RiskCodes.NoSupplier;

    /// <summary>All codes that hold.</summary>
    public static RiskCodes Of(in RiskFacts facts) =>
        When(facts.Reliability < 0.70m, RiskCodes.ReliabilityLow)
        | When(facts.Reliability is >= 0.70m and < 0.85m, RiskCodes.ReliabilityModerate)
        | When(facts.LeadTimeDays > 21, RiskCodes.LongLeadTime)
        | When(facts.Ordered > 2 * facts.Needed, RiskCodes.OrderAboveTwiceNeed)
        | When(facts.Suppliers == 1, RiskCodes.SingleSource)
        | When(facts.ContractUsed >= 0.9m * facts.ContractLimit, RiskCodes.ContractNearlyUsed)
        | When(facts.Late, RiskCodes.Late)
        | When(facts.PriceMissing, RiskCodes.PriceMissing)
        | When(facts.BomIncomplete, RiskCodes.BomIncomplete)
        | When(facts.ForecastConfidence < 0.5, RiskCodes.ForecastWeak)
        | When(facts.PastDueOrder, RiskCodes.PastDueOrder)
        | When(facts.NegativeStock, RiskCodes.NegativeStock)
        | When(facts.Suppliers == 0, RiskCodes.NoSupplier);

    /// <summary>The worst of the codes; low where there is none.</summary>
    public static RiskLevel Worst(RiskCodes codes) =>
        (codes & High) != 0 ? RiskLevel.High : codes != RiskCodes.None ? RiskLevel.Medium : RiskLevel.Low;

    /// <summary>How bad one code is.</summary>
    public static RiskLevel Severity(RiskCodes code) => BitOperations.IsPow2((int)code)
        ? Worst(code)
        : throw new ArgumentException("Ask for the severity of one code at a time.", nameof(code));

    private static RiskCodes When(bool holds, RiskCodes code) => holds ? code : RiskCodes.None;
}
