using Sourcing.Data.Planning.Engine;

namespace Sourcing.Data.Planning.Cycles;

/// <summary>One side of a difference.</summary>
/// <param name="NeedBucket">First day of the bucket whose need it covers.</param>
/// <param name="Quantity">In the part's unit; the sum where an order was split.</param>
/// <param name="UnitCost">In the base currency for one of the part's unit; null without a price.</param>
public sealed record ProposalSide(Guid? SupplierId, string? Supplier, DateOnly NeedBucket, decimal Quantity, decimal? UnitCost)
{
    /// <summary>Days from order to dock; null where unknown.</summary>
    public int? LeadTimeDays { get; init; }

    /// <summary>The last day to order it in time; may be past.</summary>
    public DateOnly? OrderBy { get; init; }
}

/// <summary>A proposal that differs between two plans.</summary>
/// <param name="Before">Null where it is new.</param>
/// <param name="After">Null where it is gone.</param>
/// <param name="QuantityDelta">After less before, in the part's unit.</param>
/// <param name="CostDelta">After less before, in the base currency; null where a price is missing.</param>
public sealed record ProposalChange(
    Guid PartId, string PartNumber, string PartName, string Unit, PlanChangeKinds Kinds, PlanZone Zone, ProposalSide? Before, ProposalSide? After, decimal QuantityDelta,
    decimal? CostDelta);

/// <summary>Changes and nervousness in a zone.</summary>
/// <param name="Nervousness">Σ|Δq| ÷ Σq of the plan before; null where it proposed nothing there.</param>
public sealed record ZoneSummary(PlanZone Zone, int New, int Gone, int Changed, decimal? Nervousness);

/// <summary>Which differences are asked for.</summary>
/// <param name="Kinds">Any of these; none for all.</param>
/// <param name="Skip">Rows before the page; 0 or more.</param>
/// <param name="Take">Rows of the page; 1 to 500.</param>
public sealed record ComparisonFilter(PlanChangeKinds Kinds = PlanChangeKinds.None, PlanZone? Zone = null, Guid? PartId = null, int Skip = 0, int Take = 100);

/// <summary>The proposals of two plans side by side.</summary>
/// <param name="Changes">A page of the differences, those nearest to today first.</param>
/// <param name="Total">Differences that match the filter.</param>
/// <param name="Decided">Proposals of the plan before that were accepted or ordered since, so that the later plan counts them as on their way: neither gone nor changed.</param>
/// <param name="CostBefore">Base currency, all compared proposals with a price.</param>
/// <param name="Nervousness">Over all zones.</param>
public sealed record CycleComparison(
    CycleRow Before, CycleRow After, IReadOnlyList<ProposalChange> Changes, int Total, int New, int Gone, int Changed, int Decided,
    decimal CostBefore, decimal CostAfter, decimal? Nervousness, IReadOnlyList<ZoneSummary> Zones);

/// <summary>What a plan comes to, for telling plans apart.</summary>
/// <param name="Cost">Of all planned purchases over the horizon, base currency.</param>
/// <param name="Orders">Planned purchases over the horizon.</param>
/// <param name="LateOrders">Planned purchases and makings that cannot come in time, and needs that nobody supplies.</param>
/// <param name="StockValue">Mean over the buckets with an end of projected stock times unit cost, base currency.</param>
/// <param name="Service">0 to 1: share of the value of all needs that no late or missing order leaves open. Null without needs or costs.</param>
public sealed record PlanSummary(decimal Cost, int Orders, int LateOrders, decimal StockValue, decimal? Service, int Messages, int Recommendations, int BlockingIssues);

/// <summary>A plan beside others.</summary>
/// <param name="Summary">Null for a what-if that is not finished.</param>
/// <param name="Changes">What a what-if supposes; none for the base.</param>
public sealed record PlanColumn(CycleRow Cycle, PlanSummary? Summary, IReadOnlyList<OverrideRow> Changes);

/// <summary>A base cycle and what was asked of it, the oldest question first.</summary>
/// <param name="Warning">Something about the base that should be known, such as another version of the engine; null for nothing.</param>
public sealed record SideBySide(PlanColumn Base, IReadOnlyList<PlanColumn> WhatIfs, string? Warning);
