using Sourcing.Data.Suppliers.Scorecards;

namespace Sourcing.Data.Sales.Commissions;

/// <summary>What a rate is applied to. All amounts without tax.</summary>
public enum CommissionBase
{
    /// <summary>What the customer pays for the whole order.</summary>
    OrderAmount,

    /// <summary>What the customer pays for the whole order less what the supplier is paid; below 0 for an order at a loss.</summary>
    Margin,

    /// <summary>What the customer pays for what was received, receipt by receipt. Earned when received.</summary>
    ReceivedAmount,

    /// <summary>The share of the order's amount that was paid, payment by payment. Earned when paid.</summary>
    PaidAmount,
}

/// <summary>When commission is earned; its day is the day of the line.</summary>
public enum EarningEvent
{
    Issued,

    /// <summary>On the day of the last receipt; of <see cref="CommissionBase.ReceivedAmount"/> on the day of each.</summary>
    Received,

    /// <summary>On the day of the last payment; of <see cref="CommissionBase.PaidAmount"/> on the day of each.</summary>
    Paid,
}

/// <summary>How tiers count. x is the representative's cumulated base under the rule within the plan's period.</summary>
public enum RateShape
{
    /// <summary>One rate.</summary>
    Flat,

    /// <summary>Each tier's rate for the part of x inside it: Σ rate · max(0, min(x, until) − from).</summary>
    Marginal,

    /// <summary>The rate of the tier that x has reached, for all of x: reaching a tier pays the difference for what came before.</summary>
    Retroactive,
}

/// <summary>A tier: from a cumulated base on, up to the next tier's.</summary>
/// <param name="From">In the plan's currency; 0 for the first.</param>
/// <param name="Percent">Of the base, 0 to 100.</param>
public sealed record RateTier(decimal From, decimal Percent);

/// <summary>Which goods or customers a rate is for. The first rule of a version that fits a line of an order counts; what fits none earns nothing.</summary>
/// <param name="Category">Code of the part category; null for any.</param>
/// <param name="CustomerTier">A, B, C or prospect; null for any.</param>
/// <param name="Tiers">One for a flat rate.</param>
public sealed record RateRule(string? Category, string? CustomerTier, RateShape Shape, IReadOnlyList<RateTier> Tiers)
{
    /// <summary>Names the rule in the ledger, so that a later version with the same condition goes on cumulating.</summary>
    public string Key => $"{Category ?? "*"}|{CustomerTier ?? "*"}";

    /// <summary>Whether goods of a category for a customer of a tier fall under it.</summary>
    public bool Fits(string category, string customerTier) =>
        (Category is null || string.Equals(Category, category, StringComparison.OrdinalIgnoreCase))
        && (CustomerTier is null || string.Equals(CustomerTier, customerTier, StringComparison.OrdinalIgnoreCase));
}

/// <summary>A bonus once so much of the quota is reached. Each threshold adds its own.</summary>
/// <param name="AttainmentPercent">Of the quota, above 0.</param>
/// <param name="Amount">In the plan's currency, above 0.</param>
public sealed record AttainmentBonus(decimal AttainmentPercent, decimal Amount);

/// <summary>What a manager's percentage is of.</summary>
public enum OverrideOf
{
    /// <summary>The base of the report's line.</summary>
    Base,

    /// <summary>The commission of the report's line.</summary>
    Commission,
}

/// <summary>Whose lines a manager gets an override on.</summary>
public enum OverrideReach
{
    /// <summary>Of those who report to them.</summary>
    DirectReports,

    /// <summary>Of everybody below them.</summary>
    WholeTree,
}

/// <summary>A manager's part in what reports earn: stands in the manager's own plan.</summary>
/// <param name="Percent">Above 0, at most 100.</param>
public sealed record OverrideTerms(decimal Percent, OverrideOf Of, OverrideReach Reach);

/// <summary>A version of a plan: everything that it says, as it counts for events from one day until another.</summary>
/// <param name="Number">1, 2, 3 within the plan.</param>
/// <param name="Currency">The plan's: of base, commission, cap, floor and bonuses.</param>
/// <param name="Period">The plan's: within it bases cumulate; cap, floor, quota and bonuses are for one.</param>
/// <param name="ValidFrom">The first day.</param>
/// <param name="ValidUntil">The first day no more; null without end.</param>
/// <param name="Cap">The most that orders earn in a period; null for none.</param>
/// <param name="Floor">The least that orders earn in a period, made up when it is over; null for none.</param>
/// <param name="Accelerator">By how much the rate is multiplied for the base beyond the quota, above 1; null for none.</param>
/// <param name="ClawbackDays">So many days after it was earned a line is taken back when the order is; null for never.</param>
public sealed record CommissionTerms(
    Guid VersionId, Guid PlanId, string Plan, int Number, string Currency, ScorePeriod Period, DateOnly ValidFrom, DateOnly? ValidUntil, CommissionBase Base, EarningEvent Event,
    IReadOnlyList<RateRule> Rules, decimal? Cap = null, decimal? Floor = null, decimal? Accelerator = null, IReadOnlyList<AttainmentBonus>? Bonuses = null,
    OverrideTerms? Override = null, int? ClawbackDays = null)
{
    /// <summary>Whether it counts on a day.</summary>
    public bool Holds(DateOnly day) => ValidFrom <= day && (ValidUntil is null || day < ValidUntil);

    /// <summary>The first day of the plan's period that holds a day.</summary>
    public DateOnly PeriodOf(DateOnly day) => Period.StartOf(day);
}

/// <summary>Who is paid by which plan, from one day until another. One plan at a time.</summary>
/// <param name="ValidUntil">The first day no more; null without end.</param>
public sealed record PlanAssignment(Guid RepId, Guid PlanId, DateOnly ValidFrom, DateOnly? ValidUntil)
{
    /// <inheritdoc cref="CommissionTerms.Holds"/>
    public bool Holds(DateOnly day) => ValidFrom <= day && (ValidUntil is null || day < ValidUntil);
}

/// <summary>What a representative is to sell in a period: [Start, End).</summary>
/// <param name="Amount">Above 0.</param>
public sealed record PeriodQuota(Guid RepId, DateOnly Start, DateOnly End, decimal Amount, string Currency);
