namespace Sourcing.Data.Sales.Commissions;

/// <summary>A line of the ledger in a list.</summary>
public sealed record CommissionRow
{
    public Guid Id { get; init; }

    public Guid SalesRepId { get; init; }

    public string Rep { get; init; } = "";

    public CommissionKind Kind { get; init; }

    public CommissionState State { get; init; }

    public Guid? OrderId { get; init; }

    /// <summary>The order's number, also when the order itself is not (or no longer) for the asker; empty for none.</summary>
    public string Order { get; init; } = "";

    /// <summary>Whether the asker may open the order.</summary>
    public bool SeesOrder { get; init; }

    public DateOnly EarnedOn { get; init; }

    public decimal Base { get; init; }

    /// <summary>Percent of the base; null without one.</summary>
    public decimal? Rate { get; init; }

    public decimal Amount { get; init; }

    public string Currency { get; init; } = "";

    public string Tier { get; init; } = "";

    public string Plan { get; init; } = "";

    /// <summary>The version's number.</summary>
    public int PlanVersion { get; init; }

    public bool IsDisputed { get; init; }

    public DateTimeOffset WrittenAt { get; init; }
}

/// <summary>A step of a line.</summary>
public sealed record CommissionStep(CommissionState State, string By, DateTimeOffset At, string Reason, string Payout);

/// <summary>A question about a line.</summary>
/// <param name="Version">Of the row, to answer it.</param>
/// <param name="Amount">Of the line.</param>
public sealed record DisputeView(
    Guid Id, Guid CommissionId, string Rep, string Question, DateTimeOffset AskedAt, DisputeStatus Status, string Answer, string AnsweredBy, DateTimeOffset? AnsweredAt, Guid? CorrectionId, uint Version,
    decimal Amount, string Currency, string Order);

/// <summary>A line with everything: how it was reckoned, what became of it, what rests on it.</summary>
/// <param name="Words">The arithmetic in sentences; the last is the amount.</param>
/// <param name="Related">The line that it rests on, and those that rest on it, in order.</param>
public sealed record CommissionDetails(
    CommissionRow Line, IReadOnlyList<string> Words, IReadOnlyList<CommissionStep> Steps, IReadOnlyList<CommissionRow> Related, IReadOnlyList<DisputeView> Disputes, string Run);

/// <summary>What a representative has in a currency, by state.</summary>
/// <param name="Base">Of lines of orders.</param>
public sealed record RepTotals(Guid RepId, string Rep, string Currency, int Lines, decimal Pending, decimal Approved, decimal Payable, decimal Paid, decimal Rejected)
{
    /// <summary>Everything but what was rejected.</summary>
    public decimal Earned => Pending + Approved + Payable + Paid;
}

/// <summary>A run.</summary>
public sealed record RunRow(Guid Id, string Number, DateOnly Through, int Orders, int Lines, string By, DateTimeOffset At);

/// <summary>A payout.</summary>
public sealed record PayoutRow(Guid Id, string Number, string Reference, DateOnly PeriodStart, DateOnly PeriodEnd, DateOnly PaidOn, int Lines, string By);

/// <summary>A statement: what the ledger said about a representative at the end of a day.</summary>
/// <param name="Totals">By currency.</param>
/// <param name="Lines">Earned since <paramref name="From"/>, at most <see cref="CommissionQueries.MostLines"/>.</param>
/// <param name="More">How many further lines there are; they count in the totals.</param>
public sealed record CommissionStatement(Guid RepId, string Rep, DateOnly From, DateOnly AsOf, IReadOnlyList<RepTotals> Totals, IReadOnlyList<CommissionRow> Lines, int More);

/// <summary>Somebody to choose.</summary>
public sealed record RepChoice(Guid Id, string Name);

/// <summary>What a plan would have paid somebody.</summary>
public sealed record WhatIfRow(Guid RepId, string Rep, string Currency, decimal Now, decimal Then)
{
    public decimal Difference => Then - Now;
}

/// <summary>A plan in the list.</summary>
public sealed record PlanRow(Guid Id, string Name, string Currency, Suppliers.Scorecards.ScorePeriod Period, int Versions, int? ActiveNumber, DateOnly? ActiveFrom, bool HasDraft, int People);

/// <summary>A plan with everything it says.</summary>
public sealed record PlanDetails(Guid Id, string Name, string Currency, Suppliers.Scorecards.ScorePeriod Period, uint Version, IReadOnlyList<PlanVersionDetails> Versions, IReadOnlyList<AssignmentRow> Assignments);

/// <summary>A version, the latest first.</summary>
public sealed record PlanVersionDetails(Guid Id, PlanVersionStatus Status, CommissionTerms Terms, DateTimeOffset? ActivatedAt);

/// <summary>Who is paid by a plan.</summary>
public sealed record AssignmentRow(Guid Id, Guid RepId, string Rep, DateOnly From, DateOnly? Until);
