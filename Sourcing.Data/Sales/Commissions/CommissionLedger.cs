using System.Text.Json;
using Sourcing.Data.Common;

namespace Sourcing.Data.Sales.Commissions;

/// <summary>A run: what it looked at and how many lines it wrote.</summary>
public sealed class CommissionRun
{
    private CommissionRun()
    {
    }

    internal CommissionRun(string number, DateOnly since, DateOnly through, Guid by) =>
        (Id, Number, Since, Through, RunBy) = (Guid.CreateVersion7(), number, since, through, by);

    public Guid Id { get; private set; }

    /// <summary>CR-2026-00042.</summary>
    public string Number { get; private set; } = "";

    /// <inheritdoc cref="CommissionInput.Since"/>
    public DateOnly Since { get; private set; }

    /// <inheritdoc cref="CommissionInput.Through"/>
    public DateOnly Through { get; private set; }

    public Guid RunBy { get; private set; }

    public int Orders { get; internal set; }

    public int Lines { get; internal set; }

    public DateTimeOffset CreatedAt { get; private set; }
}

/// <summary>A line of the ledger as it is kept: inserted once, never changed nor deleted by anybody.</summary>
public sealed class Commission
{
    private Commission()
    {
    }

    internal Commission(LedgerLine line, Guid? runId)
    {
        (Id, RunId, SalesRepId, Kind, OrderId, EventKey) = (line.Id, runId, line.RepId, line.Kind, line.OrderId, line.EventKey);
        (PlanId, PlanVersionId, PeriodStart, EarnedOn) = (line.PlanId, line.VersionId, line.PeriodStart, line.EarnedOn);
        (BaseAmount, Amount, Currency, SourceId) = (line.Base, line.Amount, line.Currency, line.SourceId);
        (Rate, Tier) = (RateOf(line), TierOf(line));
        Bases = JsonSerializer.Serialize(line.Bases, VersionRules.Json);
        Arithmetic = (line.Arithmetic ?? new()).Write();
    }

    public Guid Id { get; private set; }

    /// <summary>The run that wrote it; null for the end of a dispute.</summary>
    public Guid? RunId { get; private set; }

    public Guid SalesRepId { get; private set; }

    public CommissionKind Kind { get; private set; }

    public Guid? OrderId { get; private set; }

    /// <inheritdoc cref="LedgerLine.EventKey"/>
    public string EventKey { get; private set; } = "";

    public Guid PlanId { get; private set; }

    public Guid PlanVersionId { get; private set; }

    public DateOnly PeriodStart { get; private set; }

    public DateOnly EarnedOn { get; private set; }

    /// <summary>In the line's currency, to cents.</summary>
    public decimal BaseAmount { get; private set; }

    /// <summary>Percent of the base that the amount is, to four decimals; null without a base.</summary>
    public decimal? Rate { get; private set; }

    /// <summary>In whole cents; below 0 takes back.</summary>
    public decimal Amount { get; private set; }

    /// <summary>ISO 4217: the plan's.</summary>
    public string Currency { get; private set; } = "";

    /// <summary>The tier that was reached, such as "5 % from 10,000"; empty for a flat rate and for what has none.</summary>
    public string Tier { get; private set; } = "";

    /// <summary>The line that an override, a clawback or a correction by hand rests on.</summary>
    public Guid? SourceId { get; private set; }

    /// <summary>The base by rule, jsonb: {"rule key": number}.</summary>
    public string Bases { get; private set; } = "{}";

    /// <summary>How it was reckoned, jsonb: <see cref="LineArithmetic"/>.</summary>
    public string Arithmetic { get; private set; } = "{}";

    /// <summary>When it was written, by the database's clock: statements of an earlier day leave out what was written later.</summary>
    public DateTimeOffset CreatedAt { get; private set; }

    internal static IReadOnlyDictionary<string, decimal> ReadBases(string bases) =>
        bases.Length <= 2 ? new Dictionary<string, decimal>() : JsonSerializer.Deserialize<Dictionary<string, decimal>>(bases, VersionRules.Json)!;

    internal static decimal? RateOf(LedgerLine line) => line.Base == 0 ? null : Math.Clamp(Math.Round(line.Amount / line.Base * 100, 4), -100_000m, 100_000m);

    internal static string TierOf(LedgerLine line) =>
        line.Arithmetic?.Rules.LastOrDefault(r => r.Shape != RateShape.Flat)?.Tiers.LastOrDefault(t => !t.IsCatchUp) is { } tier
            ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{tier.Percent:0.####} % from {tier.From:#,0.##}")
            : "";
}

/// <summary>Where a line stands. It is pending until the first event.</summary>
public enum CommissionState
{
    Pending,
    Approved,
    Payable,
    Paid,
    Rejected,
}

/// <summary>A step of a line: inserted once, never changed. The last one says where the line stands.</summary>
public sealed class CommissionEvent
{
    private CommissionEvent()
    {
    }

    internal CommissionEvent(Guid commissionId, int step, CommissionState state, Guid by, string reason = "", Guid? payoutId = null) =>
        (Id, CommissionId, Step, State, DoneBy, Reason, PayoutId) = (Guid.CreateVersion7(), commissionId, step, state, by, reason, payoutId);

    public Guid Id { get; private set; }

    public Guid CommissionId { get; private set; }

    /// <summary>1, 2, 3: unique within the line, so that of two people who decide at once one wins.</summary>
    public int Step { get; private set; }

    public CommissionState State { get; private set; }

    /// <summary>The person, never the line's own representative.</summary>
    public Guid DoneBy { get; private set; }

    /// <summary>Why it was rejected; empty otherwise.</summary>
    public string Reason { get; private set; } = "";

    /// <summary>The payout that paid it.</summary>
    public Guid? PayoutId { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }
}

/// <summary>Where each line stands: the view <c>commission_standings</c>.</summary>
public sealed class CommissionStanding
{
    public Guid CommissionId { get; private set; }

    public CommissionState State { get; private set; }

    /// <summary>Steps so far.</summary>
    public int Step { get; private set; }

    public string Reason { get; private set; } = "";

    public Guid? PayoutId { get; private set; }

    /// <summary>Of the last step; null while it is pending.</summary>
    public DateTimeOffset? Since { get; private set; }
}

/// <summary>Lines that were paid together. Inserted once, never changed.</summary>
public sealed class CommissionPayout
{
    private CommissionPayout()
    {
    }

    internal CommissionPayout(string number, string reference, DateOnly periodStart, DateOnly periodEnd, DateOnly paidOn, Guid by, int lines) =>
        (Id, Number, Reference, PeriodStart, PeriodEnd, PaidOn, PaidBy, Lines) = (Guid.CreateVersion7(), number, reference, periodStart, periodEnd, paidOn, by, lines);

    public Guid Id { get; private set; }

    /// <summary>PAY-2026-00007.</summary>
    public string Number { get; private set; } = "";

    /// <summary>The bank's or payroll's, 1 to 80 characters; unique within the period.</summary>
    public string Reference { get; private set; } = "";

    /// <summary>Lines earned from this day…</summary>
    public DateOnly PeriodStart { get; private set; }

    /// <summary>… until before this day.</summary>
    public DateOnly PeriodEnd { get; private set; }

    public DateOnly PaidOn { get; private set; }

    public Guid PaidBy { get; private set; }

    public int Lines { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }
}

/// <summary>Where a dispute stands.</summary>
public enum DisputeStatus
{
    Open,

    /// <summary>Answered; the line stays as it is.</summary>
    Answered,

    /// <summary>Answered, and corrected by a new line.</summary>
    Corrected,
}

/// <summary>A representative questions a line, a manager answers.</summary>
public sealed class CommissionDispute
{
    private CommissionDispute()
    {
    }

    internal CommissionDispute(Guid commissionId, Guid salesRepId, string question, Guid by)
    {
        (Id, CommissionId, SalesRepId, AskedBy) = (Guid.CreateVersion7(), commissionId, salesRepId, by);
        Question = Said(question, nameof(Question), "Say in 1 to 2,000 characters what is wrong with the line.");
    }

    public Guid Id { get; private set; }

    public Guid CommissionId { get; private set; }

    public Guid SalesRepId { get; private set; }

    public string Question { get; private set; } = "";

    public Guid AskedBy { get; private set; }

    public DisputeStatus Status { get; private set; }

    public string Answer { get; private set; } = "";

    public Guid? AnsweredBy { get; private set; }

    public DateTimeOffset? AnsweredAt { get; private set; }

    /// <summary>The line that corrects it.</summary>
    public Guid? CorrectionId { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public uint Version { get; private set; }

    /// <summary>Answers it, with a correction or without. Refuses the representative themselves, a second answer, and no answer.</summary>
    public void Settle(string answer, Guid? correctionId, Guid by, DateTimeOffset now)
    {
        if (Status != DisputeStatus.Open)
        {
            throw new RefusedException("This question was answered already. Reload the page to see the answer.");
        }

        if (by == SalesRepId)
        {
            throw new RefusedException("The line is your own, so another manager answers.");
        }

        Answer = Said(answer, nameof(Answer), "Answer in 1 to 2,000 characters: the representative reads it.");
        (Status, CorrectionId, AnsweredBy, AnsweredAt) = (correctionId is null ? DisputeStatus.Answered : DisputeStatus.Corrected, correctionId, by, now);
    }

    private static string Said(string text, string field, string refusal) => text.Trim() is { Length: > 0 and <= 2000 } said ? said : throw new RefusedException(field, refusal);
}
