namespace Sourcing.Data.Sales.Commissions;

/// <summary>What a line of the ledger is for.</summary>
public enum CommissionKind
{
    /// <summary>An event of an order.</summary>
    Order,

    /// <summary>A manager's part in a report's line.</summary>
    Override,

    /// <summary>A threshold of the quota, or what a period's floor makes up.</summary>
    Bonus,

    /// <summary>Taken back after a refund or a cancellation.</summary>
    Clawback,

    /// <summary>The difference to a line that was right when it was written, or the end of a dispute.</summary>
    Correction,
}

/// <summary>A line of the ledger as the arithmetic reads and writes it. Written once; never altered.</summary>
/// <param name="EventKey">What it is for: issued, received, paid, receipt:…, payment:…, the taking back, bonus:…, floor, recomputed, dispute:….</param>
/// <param name="PeriodStart">First day of the plan's period.</param>
/// <param name="Base">In the plan's currency, the representative's own part.</param>
/// <param name="Amount">In the plan's currency, in whole cents; below 0 takes back.</param>
/// <param name="SourceId">The line that an override or a clawback rests on.</param>
/// <param name="Bases">The base by rule; empty for what has no base of its own.</param>
public sealed record LedgerLine(
    Guid Id, CommissionKind Kind, Guid RepId, Guid? OrderId, string EventKey, Guid PlanId, Guid VersionId, DateOnly PeriodStart, DateOnly EarnedOn, decimal Base, decimal Amount, string Currency,
    Guid? SourceId, IReadOnlyDictionary<string, decimal> Bases, LineArithmetic? Arithmetic = null)
{
    /// <summary>Whether a manager refused it: it will not be paid.</summary>
    public bool IsRejected { get; init; }

    /// <summary>Whether a person wrote it to settle a dispute: what is reckoned does not look at it.</summary>
    public bool IsByHand => EventKey.StartsWith("dispute:", StringComparison.Ordinal);

    /// <summary>Whether it counts towards what a period's orders have earned.</summary>
    internal bool IsReckoned => Kind is CommissionKind.Order or CommissionKind.Correction && !IsByHand;
}
