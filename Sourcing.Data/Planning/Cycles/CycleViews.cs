using Sourcing.Data.Planning.Arithmetic;
using Sourcing.Data.Planning.Engine;

namespace Sourcing.Data.Planning.Cycles;

/// <summary>A cycle or what-if in a list.</summary>
public sealed record CycleRow
{
    public required Guid Id { get; init; }
    public required string Number { get; init; }
    public required CycleKind Kind { get; init; }
    public required string Name { get; init; }
    public required CycleStatus Status { get; init; }
    public required DateOnly AsOf { get; init; }
    public Guid? BaseCycleId { get; init; }
    public string? BaseNumber { get; init; }
    public Guid? PromotedFromId { get; init; }
    public string? PromotedFrom { get; init; }
    /// <summary>Full name; null for a user that is gone.</summary>
    public string? StartedBy { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? StartedAt { get; init; }
    public DateTimeOffset? FinishedAt { get; init; }
    public string Message { get; init; } = "";
    /// <summary>Null until it is finished.</summary>
    public CycleCounts? Counts { get; init; }
}

/// <summary>Everything about one cycle but its lists.</summary>
public sealed record CycleDetails
{
    public required CycleRow Row { get; init; }
    /// <summary>Buckets without past due and later.</summary>
    public required int Horizon { get; init; }
    public required BucketSize Bucket { get; init; }
    /// <summary>SHA-256 of what was read; empty until it was. Equal hashes and engine versions mean equal plans.</summary>
    public required string InputHash { get; init; }
    public required string EngineVersion { get; init; }
    /// <summary>The plan's parameters as they were, in the order of the page; empty until they were read.</summary>
    public required IReadOnlyList<ParameterUsed> Parameters { get; init; }
    /// <summary>What a what-if, or a live cycle that was promoted from one, changes.</summary>
    public required IReadOnlyList<OverrideRow> Changes { get; init; }
    /// <summary>In the order in which they ran; empty until it is finished.</summary>
    public required IReadOnlyList<PhaseTime> Timings { get; init; }
    /// <summary>How many statements the run sent to the database; null until it is finished.</summary>
    public int? Statements { get; init; }
    /// <summary>Its rows and its snapshot are there; they are removed once thirty newer cycles are finished.</summary>
    public required bool HasSnapshot { get; init; }
    /// <summary>The job that works on it; null when none does.</summary>
    public Guid? JobId { get; init; }
    /// <summary>0 to 1, while it runs.</summary>
    public decimal Progress { get; init; }
    /// <summary>What it is doing, while it runs.</summary>
    public string Doing { get; init; } = "";
    /// <summary>The finished live cycle before this one.</summary>
    public Guid? PreviousId { get; init; }
    public uint Version { get; init; }
}

/// <summary>A parameter that a cycle was planned with.</summary>
/// <param name="Name">Of the property of <see cref="PlanningParameters"/>.</param>
/// <param name="Value">As the JSON has it; null where it was empty.</param>
public sealed record ParameterUsed(string Name, string? Value);

/// <summary>A supposition in words.</summary>
/// <param name="Text">Demand of all parts × 1.2.</param>
public sealed record OverrideRow(PlanOverride Change, string Text);

/// <summary>How long a part of a run took.</summary>
/// <param name="Phase">load, prepare, explode, net, lot, supplier, peg, engine, write. Phases inside the engine are summed over its threads.</param>
public sealed record PhaseTime(string Phase, double Milliseconds);

/// <summary>Which issues are asked for.</summary>
/// <param name="Severity">Null for all.</param>
/// <param name="Code">Null for all.</param>
/// <param name="PartId">Null for all.</param>
/// <param name="Skip">Rows before the page; 0 or more.</param>
/// <param name="Take">Rows of the page; 1 to 200.</param>
public sealed record IssueFilter(PlanSeverity? Severity = null, string? Code = null, Guid? PartId = null, int Skip = 0, int Take = 50);

/// <summary>A flaw of the data: what is wrong, in which row, and what to do.</summary>
/// <param name="Entity">The table of the row at fault, and</param>
/// <param name="EntityId">its key.</param>
public sealed record IssueRow(
    Guid Id, PlanSeverity Severity, string Code, Guid? PartId, string? PartNumber, string? PartName, string Entity, Guid? EntityId, string Text, string Action);

/// <summary>How many issues of a kind a cycle has.</summary>
public sealed record IssueCount(PlanSeverity Severity, string Code, int Count);

/// <summary>A page of issues, the gravest first.</summary>
/// <param name="Total">Of all that match.</param>
/// <param name="Counts">Of the whole cycle, by severity and code, the gravest and most frequent first.</param>
public sealed record IssuePage(IReadOnlyList<IssueRow> Rows, int Total, IReadOnlyList<IssueCount> Counts);
