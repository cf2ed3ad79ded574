using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sourcing.Data.Sales.Commissions;

/// <summary>
/// How a line came to its amount, as facts: kept with the line, so that its words can be said again when plan, order and rates have changed.
/// Parts that a line does not have are null. <see cref="ArithmeticWords"/> says it.
/// </summary>
public sealed record LineArithmetic
{
    // A run keeps hundreds of thousands of these: what is zero, false or missing is not written down. Kinds always are, whichever comes first.
    private static readonly JsonSerializerOptions Json = new(VersionRules.Json) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault };

    public string Plan { get; init; } = "";

    /// <summary>The version's number.</summary>
    public int Version { get; init; }

    public string Currency { get; init; } = "";

    public OrderStep? Order { get; init; }

    public IReadOnlyList<RuleStep> Rules { get; init; } = [];

    public PeriodStep? Period { get; init; }

    public OverrideStep? Override { get; init; }

    public ClawbackStep? Clawback { get; init; }

    public BonusStep? Bonus { get; init; }

    public FloorStep? Floor { get; init; }

    /// <summary>Why the line is a correction; null otherwise.</summary>
    public string? Why { get; init; }

    internal string Write() => JsonSerializer.Serialize(this, Json);

    internal static LineArithmetic Read(string json) => JsonSerializer.Deserialize<LineArithmetic>(json, Json)!;
}

/// <summary>From the order's amount to the representative's base.</summary>
/// <param name="Event">issued, received, paid, receipt or payment.</param>
/// <param name="Base">What of the order counts.</param>
/// <param name="Whole">The event's base in the order's currency.</param>
/// <param name="Percent">The representative's share.</param>
/// <param name="Part">The share in whole cents of the order's currency.</param>
/// <param name="Rate">Units of the plan's currency for one of the order's; 1 within one currency.</param>
/// <param name="Before">What the ledger held of this event before; 0 for the first line.</param>
public sealed record OrderStep(string Number, string Customer, string Event, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] CommissionBase Base, string Currency, decimal Whole, decimal Percent, decimal Part, decimal Rate, decimal Before);

/// <summary>What a rule gives for a part of the base.</summary>
/// <param name="From">The cumulated base before.</param>
/// <param name="To">The cumulated base after.</param>
/// <param name="Tiers">By tier; what reaching a retroactive tier adds for the base before is a step of its own.</param>
public sealed record RuleStep(string? Category, string? CustomerTier, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] RateShape Shape, decimal Base, decimal From, decimal To, IReadOnlyList<TierStep> Tiers);

/// <param name="From">Where the tier begins.</param>
/// <param name="Percent">Of the base; for a catch-up the difference of the two tiers.</param>
/// <param name="Amount">Not rounded.</param>
/// <param name="IsCatchUp">For the base before, which has now reached the tier.</param>
public sealed record TierStep(decimal From, decimal Percent, decimal Base, decimal Amount, bool IsCatchUp);

/// <summary>Where the period stands: the line's amount is After less Before, each rounded and capped, so that cents add up.</summary>
/// <param name="Start">Of the period.</param>
/// <param name="Quota">Of the period in the plan's currency; null for none.</param>
/// <param name="BaseBefore">Cumulated over all rules.</param>
/// <param name="Accelerated">What the accelerator adds to this line; 0 for nothing.</param>
/// <param name="Cap">What was left of the cap for this version; null for none.</param>
/// <param name="IsCapped">Whether the cap cut this line.</param>
public sealed record PeriodStep(
    DateOnly Start, string Name, decimal? Quota, decimal BaseBefore, decimal BaseAfter, decimal? Accelerator, decimal Accelerated, decimal? Cap, bool IsCapped, decimal Before, decimal After);

/// <param name="RepId">Whose line.</param>
/// <param name="Amount">The report's base or commission in the manager's currency.</param>
public sealed record OverrideStep(Guid RepId, decimal Percent, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] OverrideOf Of, decimal Amount);

/// <param name="Share">Taken back so far with this, 0 to 1.</param>
/// <param name="ShareBefore">Taken back before.</param>
/// <param name="Amount">Of the line that is taken back.</param>
/// <param name="Days">After the line was earned.</param>
/// <param name="Window">The plan's, in days.</param>
public sealed record ClawbackStep([property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] TakeBackReason Reason, DateOnly Day, decimal Share, decimal ShareBefore, decimal Amount, int Days, int Window);

/// <param name="Threshold">Percent of the quota.</param>
/// <param name="Attained">Percent of the quota.</param>
public sealed record BonusStep(string Period, decimal Threshold, decimal Attained, decimal Quota, decimal Base);

/// <param name="Earned">By orders in the period.</param>
public sealed record FloorStep(string Period, decimal Floor, decimal Earned);
