using System.Text.Json;
using Sourcing.Data.Common;
using Sourcing.Data.Planning.Arithmetic;
using Sourcing.Data.Planning.Engine;

namespace Sourcing.Data.Planning;

/// <summary>A run that counts, or one that only asks.</summary>
public enum CycleKind
{
    Live,

    /// <summary>A base cycle with other figures. It never touches what is real.</summary>
    WhatIf,
}

/// <summary>How far a cycle is.</summary>
public enum CycleStatus
{
    Waiting,
    Running,
    Completed,

    /// <summary>Some items could not be planned: the issues say which. Everything else is.</summary>
    CompletedWithErrors,
    Failed,
    Cancelled,
}

/// <summary>Figures of a finished cycle.</summary>
public sealed record CycleCounts(
    int Materials, int PlannedOrders, int Recommendations, int Messages, int BlockingIssues, int HighIssues, int OtherIssues, decimal TotalCost)
{
    /// <summary>Recommendations that the cycle before did not have, and those that are gone.</summary>
    public int New { get; init; }

    public int Gone { get; init; }

    /// <summary>With another quantity, date, supplier or cost.</summary>
    public int Changed { get; init; }

    /// <summary>Σ|Δq| ÷ Σq against the cycle before; null for the first.</summary>
    public decimal? Nervousness { get; init; }

    /// <summary>How many statements the run sent to the database; null for a what-if.</summary>
    public int? Statements { get; init; }

    /// <summary>What a what-if comes to; null for a live cycle, whose plan is worked out again when somebody asks.</summary>
    public Cycles.PlanSummary? Summary { get; init; }
}

/// <summary>
/// One planning run. Immutable once finished: what it saw is kept in its <see cref="CycleSnapshot"/>, and equal input gives equal output,
/// so that everything it worked out can be worked out again.
/// </summary>
public sealed class PlanningCycle
{
    private PlanningCycle()
    {
    }

    /// <param name="number">PC-2026-00047; a what-if WI-2026-00003.</param>
    /// <param name="name">What a what-if asks, up to 200 characters; empty for a live cycle.</param>
    /// <param name="asOf">Today, as the plan sees it.</param>
    /// <param name="baseCycleId">The live cycle before, or the one that a what-if varies.</param>
    public PlanningCycle(string number, CycleKind kind, string name, DateOnly asOf, Guid? baseCycleId, Guid? startedBy) =>
        (Id, Number, Kind, Name, AsOf, BaseCycleId, StartedBy) = (Guid.CreateVersion7(), number, kind, name.Trim(), asOf, baseCycleId, startedBy);

    public Guid Id { get; private set; }

    public string Number { get; private set; } = "";

    public CycleKind Kind { get; private set; }

    public string Name { get; private set; } = "";

    public CycleStatus Status { get; private set; }

    public DateOnly AsOf { get; private set; }

    /// <summary>Buckets without past due and later.</summary>
    public int Horizon { get; private set; }

    public BucketSize Bucket { get; private set; } = BucketSize.Week;

    /// <summary>JSON object of the plan's parameters as they were.</summary>
    public string Parameters { get; private set; } = "{}";

    /// <summary>JSON array of a what-if's changes, in their order.</summary>
    public string Overrides { get; private set; } = "[]";

    /// <summary>SHA-256 of all that was read, in hexadecimal; empty until it was.</summary>
    public string InputHash { get; private set; } = "";

    public string EngineVersion { get; private set; } = "";

    public Guid? BaseCycleId { get; private set; }

    /// <summary>The what-if that this live cycle made real.</summary>
    public Guid? PromotedFromId { get; private set; }

    public Guid? StartedBy { get; private set; }

    public DateTimeOffset? StartedAt { get; private set; }

    public DateTimeOffset? FinishedAt { get; private set; }

    /// <summary>Null until it is finished.</summary>
    public CycleCounts? Counts => CountsJson is null ? null : JsonSerializer.Deserialize<CycleCounts>(CountsJson);

    internal string? CountsJson { get; private set; }

    /// <summary>JSON object: phase to milliseconds.</summary>
    public string Timings { get; private set; } = "{}";

    /// <summary>What came of it, or why it failed: a sentence.</summary>
    public string Message { get; private set; } = "";

    public DateTimeOffset CreatedAt { get; private set; }

    public uint Version { get; private set; }

    public bool IsFinished => Status is CycleStatus.Completed or CycleStatus.CompletedWithErrors;

    /// <summary>A job took it up; once more after a restart.</summary>
    public void Start(DateTimeOffset now)
    {
        Demand(CycleStatus.Waiting, CycleStatus.Running);
        (Status, StartedAt) = (CycleStatus.Running, now);
    }

    /// <summary>Before it starts: what a what-if changes.</summary>
    /// <param name="overrides">JSON array.</param>
    public void Vary(string overrides)
    {
        Demand(CycleStatus.Waiting);
        Overrides = overrides;
    }

    /// <summary>Before it starts: the what-if that it makes real.</summary>
    public void Promote(Guid whatIfId, string overrides)
    {
        Demand(CycleStatus.Waiting);
        (PromotedFromId, Overrides) = (whatIfId, overrides);
    }

    /// <summary>Everything was read.</summary>
    public void Saw(string inputHash, string engineVersion, string parameters, int horizon, BucketSize bucket)
    {
        Demand(CycleStatus.Running);
        (InputHash, EngineVersion, Parameters, Horizon, Bucket) = (inputHash, engineVersion, parameters, horizon, bucket);
    }

    /// <summary>It ended; with errors where something could not be planned.</summary>
    public void Finish(CycleCounts counts, string timings, bool withErrors, string message, DateTimeOffset now)
    {
        Demand(CycleStatus.Running);
        (Status, CountsJson, Timings, Message, FinishedAt) =
            (withErrors ? CycleStatus.CompletedWithErrors : CycleStatus.Completed, JsonSerializer.Serialize(counts), timings, message, now);
    }

    /// <summary>It broke, and nothing of it was kept.</summary>
    public void Fail(string message, DateTimeOffset now)
    {
        Demand(CycleStatus.Waiting, CycleStatus.Running);
        (Status, Message, FinishedAt) = (CycleStatus.Failed, message, now);
    }

    /// <summary>Somebody stopped it, and nothing of it was kept.</summary>
    public void Cancel(DateTimeOffset now)
    {
        Demand(CycleStatus.Waiting, CycleStatus.Running);
        (Status, Message, FinishedAt) = (CycleStatus.Cancelled, "Cancelled.", now);
    }

    private void Demand(params CycleStatus[] allowed)
    {
        if (!allowed.Contains(Status))
        {
            throw new RefusedException($"Cycle {Number} has ended already. Start a new one.");
        }
    }
}

/// <summary>What a cycle saw: the canonical input of the engine, compressed.</summary>
public sealed class CycleSnapshot
{
    private CycleSnapshot()
    {
    }

    public CycleSnapshot(Guid cycleId, byte[] content) => (CycleId, Content) = (cycleId, content);

    public Guid CycleId { get; private set; }

    public byte[] Content { get; private set; } = [];
}

/// <summary>
/// What a planner reads: one part in one bucket of one cycle, in the part's unit. A bucket in which nothing happens has no row: its stock is
/// that of the row before. Written by binary COPY, never changed.
/// </summary>
public sealed class PlannedRequirement
{
    public required Guid CycleId { get; init; }

    public required Guid PartId { get; init; }

    /// <summary>0 is past due and current, the last is later.</summary>
    public required short Bucket { get; init; }

    public required DateOnly BucketStart { get; init; }

    public required decimal Gross { get; init; }

    public required decimal Scheduled { get; init; }

    /// <summary>Stock at the end without new orders.</summary>
    public required decimal ProjectedWithoutPlan { get; init; }

    public required decimal Net { get; init; }

    public required decimal PlannedReceipt { get; init; }

    public required decimal PlannedRelease { get; init; }

    /// <summary>Stock at the end with the planned receipts.</summary>
    public required decimal Projected { get; init; }

    public required decimal SafetyStock { get; init; }
}

/// <summary>An exception of a cycle: what to do about an order that is there, or what is wrong with a part's plan.</summary>
public sealed class PlanningMessage
{
    public required Guid Id { get; init; }

    public required Guid CycleId { get; init; }

    public required Guid PartId { get; init; }

    /// <summary>A name of the engine's message kinds, snake case: expedite, defer, cancel, past_due_receipt, past_due_release, excess, no_bom, unit_missing ….</summary>
    public required string Kind { get; init; }

    /// <summary>The order line that it speaks of.</summary>
    public Guid? OrderLineId { get; init; }

    public Guid? RecommendationId { get; init; }

    /// <summary>In the part's unit; null where it has none.</summary>
    public decimal? Quantity { get; init; }

    /// <summary>As it stands, and</summary>
    public DateOnly? FromDate { get; init; }

    /// <summary>as it should be.</summary>
    public DateOnly? ToDate { get; init; }

    /// <summary>Days that it matters by; 0 or more.</summary>
    public required int Days { get; init; }

    /// <summary>What is so and what to do: sentences.</summary>
    public required string Text { get; init; }
}

/// <summary>A flaw of the data that a cycle found: what is wrong, in which row, and how to mend it.</summary>
public sealed class PlanningIssue
{
    public required Guid Id { get; init; }

    public required Guid CycleId { get; init; }

    public Guid? PartId { get; init; }

    public required PlanSeverity Severity { get; init; }

    /// <summary>Snake case: unit_missing, bom_cycle, negative_stock, bom_incomplete, price_missing ….</summary>
    public required string Code { get; init; }

    /// <summary>The table of the row at fault, and</summary>
    public string Entity { get; init; } = "";

    /// <summary>its key.</summary>
    public Guid? EntityId { get; init; }

    /// <summary>What is wrong, and</summary>
    public required string Text { get; init; }

    /// <summary>how to mend it.</summary>
    public required string Action { get; init; }
}
