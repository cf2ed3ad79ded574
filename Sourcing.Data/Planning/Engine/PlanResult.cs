using Sourcing.Data.Planning.Arithmetic;

namespace Sourcing.Data.Planning.Engine;

/// <summary>
/// The outcome of a run. Rows and orders are kept in compact arrays; records are made when they are asked for, so hold on to what is
/// needed and ask for it once.
/// </summary>
public sealed class PlanResult
{
    /// <summary>Version of the reckoning; a cycle states it, and results of two versions may differ.</summary>
    public const string EngineVersion = "1.2";

    private readonly IReadOnlyDictionary<Guid, int> _places;

    private readonly PlanViews _views;

    internal PlanResult(IReadOnlyDictionary<Guid, int> places, PlanViews views) => (_places, _views) = (places, views);

    /// <summary>The input as it was reckoned, rows in canonical order.</summary>
    public required PlanInput Input { get; init; }

    /// <summary>SHA-256 of the canonical input, hexadecimal, lower case.</summary>
    public required string InputHash { get; init; }

    public required PlanStatus Status { get; init; }

    /// <summary>Buckets in order of time; the last is open and called later.</summary>
    public required IReadOnlyList<PlanBucket> Buckets { get; init; }

    /// <summary>One row per material in the order of <see cref="PlanInput.Materials"/> of <see cref="Input"/>.</summary>
    public required IReadOnlyList<PlanRow> Rows { get; init; }

    /// <summary>All planned orders, by material, then date; phantoms' needs on their way among them.</summary>
    public required IReadOnlyList<PlannedOrder> Orders { get; init; }

    /// <summary>Purchases, and needs that nobody can meet, to be released within the window or needed no later than one that is.</summary>
    public required IEnumerable<PlannedOrder> Recommendations { get; init; }

    public required IReadOnlyList<PlanMessage> Messages { get; init; }

    /// <summary>The loader's first, then those of the run.</summary>
    public required IReadOnlyList<PlanIssue> Issues { get; init; }

    public required PlanTimings Timings { get; init; }

    public required PlanCounts Counts { get; init; }

    /// <summary>What meets what, walked both ways.</summary>
    public required Pegging Pegging { get; init; }

    /// <summary>All orders as a comparison looks at them; cheaper than <see cref="Orders"/>.</summary>
    public IEnumerable<PlanDiffLine> Lines() => _views.DiffLines();

    /// <summary>A row's orders as a summary looks at them; cheaper than <see cref="Orders"/>.</summary>
    internal IEnumerable<OrderFigures> FiguresOf(PlanRow row) => _views.FiguresOf(row.Index);

    /// <summary>A row's series into arrays that are used again; cheaper than <see cref="PlanRow.Series"/> for thousands of rows.</summary>
    internal void Fill(PlanRow row, PlanFlow flow) => _views.Fill(row.Index, flow);

    /// <summary>The row of a material; null where the input does not have it.</summary>
    public PlanRow? RowOf(Guid materialId) => _places.TryGetValue(materialId, out var row) ? Rows[row] : null;
}

public enum PlanStatus
{
    Completed,
    /// <summary>Something was skipped; see the issues.</summary>
    CompletedWithErrors,
}

/// <summary>A stretch of the horizon.</summary>
/// <param name="Start">First day; today in the first bucket, which also takes what is past due.</param>
/// <param name="End">Last day; null for later.</param>
/// <param name="Label">W51, 14 Dec or Later.</param>
public sealed record PlanBucket(int Index, DateOnly Start, DateOnly? End, string Label);

/// <summary>How a material came out.</summary>
public sealed record PlanRow
{
    private readonly Func<int, PlanSeries> _series;

    internal PlanRow(Func<int, PlanSeries> series) => _series = series;

    public required int Index { get; init; }

    public required PlanMaterial Material { get; init; }

    /// <summary>Low-level code: 0 for what goes into nothing. -1 where skipped.</summary>
    public required int Level { get; init; }

    /// <summary>Not planned, because it is in a cycle or only needed by one.</summary>
    public bool IsSkipped { get; init; }

    /// <summary>Usable stock as it was reckoned with.</summary>
    public decimal OpeningStock { get; init; }

    /// <summary>Stock at which a new order is due, D̄(L+R) + SS.</summary>
    public decimal ReorderPoint { get; init; }

    public required PlanSafetyFacts Safety { get; init; }

    public required PlanLotFacts Lot { get; init; }

    /// <summary>The rule that was used in the end.</summary>
    public LotMethod LotMethod { get; init; }

    /// <summary>Of the supplier that orders were reckoned with, or of making it; days.</summary>
    public int LeadTimeDays { get; init; }

    /// <summary>Days until the opening stock and open receipts fall below nothing without the plan; null where they last.</summary>
    public int? CoverDays { get; init; }

    /// <summary>Places of its orders in <see cref="PlanResult.Orders"/>.</summary>
    public required Range Orders { get; init; }

    /// <summary>Mean confidence of its forecast, weighted; null without forecast.</summary>
    public decimal? Confidence { get; init; }

    /// <summary>The time-phased table; reckoned when asked for.</summary>
    public PlanSeries Series() => _series(Index);
}

/// <summary>Where a safety stock comes from; quantities in the material's unit.</summary>
public sealed record PlanSafetyFacts
{
    public required decimal Quantity { get; init; }

    /// <summary>Null where none is kept.</summary>
    public SafetyStockMethod? Method { get; init; }

    /// <summary>A reviewer's figure was taken.</summary>
    public bool IsOverride { get; init; }

    /// <summary>z or k.</summary>
    public double? Factor { get; init; }

    /// <summary>D̄ per period.</summary>
    public decimal MeanDemand { get; init; }

    /// <summary>σ_D per period.</summary>
    public double? SigmaDemand { get; init; }

    public int PeriodDays { get; init; }

    public int LeadTimeDays { get; init; }

    /// <summary>σ_L in days.</summary>
    public double SigmaLeadTimeDays { get; init; }

    /// <summary>σ_L is a heuristic from the reliability.</summary>
    public bool IsHeuristic { get; init; }

    public int ReviewDays { get; init; }

    /// <summary>σ over lead time and review.</summary>
    public double? SigmaLeadTimeDemand { get; init; }

    /// <summary>minimum, maximum, minimum_cover or maximum_cover; null where nothing bound.</summary>
    public string? ClampedBy { get; init; }

    /// <summary>What is known of the demand's variation is known from this; null where nothing is, or nothing is asked.</summary>
    public PlanDemandBasis? Basis { get; init; }

    /// <summary>Periods of history behind <see cref="Basis"/>; 0 for a backtest.</summary>
    public int HistoryPeriods { get; init; }

    /// <summary>Quantile of bootstrapped demand over lead time and review, for <see cref="SafetyStockMethod.Intermittent"/>.</summary>
    public decimal? LeadTimeQuantile { get; init; }

    /// <summary>The mean of the same bootstrap.</summary>
    public decimal? LeadTimeMean { get; init; }

    /// <summary>α or β as it was reckoned with, for the methods that have one.</summary>
    public double? Level { get; init; }
}

/// <summary>The time-phased table of a material, one figure per bucket, in its unit.</summary>
public sealed record PlanSeries
{
    public required decimal[] FirmOrders { get; init; }

    /// <summary>Net of the firm orders that consumed it.</summary>
    public required decimal[] Forecast { get; init; }

    public required decimal[] Dependent { get; init; }

    public required decimal[] Reservations { get; init; }

    /// <summary>G, the sum of the four.</summary>
    public required decimal[] Gross { get; init; }

    /// <summary>SR.</summary>
    public required decimal[] Receipts { get; init; }

    /// <summary>Stock at the end of the bucket if nothing new is ordered.</summary>
    public required decimal[] WithoutPlan { get; init; }

    /// <summary>NR = max(0, SS − A).</summary>
    public required decimal[] Net { get; init; }

    /// <summary>PR, in the bucket of the need.</summary>
    public required decimal[] PlannedReceipts { get; init; }

    /// <summary>The same orders in the bucket of their release.</summary>
    public required decimal[] PlannedReleases { get; init; }

    /// <summary>P = A + PR.</summary>
    public required decimal[] WithPlan { get; init; }

    /// <summary>Days from the bucket's start for which its stock with the plan meets the needs after it; null beyond the horizon.</summary>
    public required int?[] CoverDays { get; init; }
}

/// <summary>The same of what comes and goes, in millionths.</summary>
internal sealed class PlanFlow(int buckets)
{
    public long[] Gross { get; } = new long[buckets];

    public long[] Receipts { get; } = new long[buckets];

    public long[] WithoutPlan { get; } = new long[buckets];

    public long[] Net { get; } = new long[buckets];

    public long[] PlannedReceipts { get; } = new long[buckets];

    public long[] PlannedReleases { get; } = new long[buckets];

    public long[] WithPlan { get; } = new long[buckets];
}

/// <summary>A planned order as a summary looks at it.</summary>
/// <param name="NetNeed">What its bucket lacked, all siblings together.</param>
/// <param name="TotalCost">Base currency; null where unknown.</param>
/// <param name="IsLate">It comes after it is needed, or never.</param>
internal readonly record struct OrderFigures(PlannedOrderKind Kind, int Bucket, decimal Quantity, decimal NetNeed, decimal? TotalCost, bool IsLate);

/// <summary>Where the time went. Phases are summed over threads; wall time is <see cref="Total"/>.</summary>
public sealed record PlanTimings(
    TimeSpan Prepare, TimeSpan Explode, TimeSpan Net, TimeSpan Lot, TimeSpan Supplier, TimeSpan Peg, TimeSpan Total);

/// <summary>How much there was.</summary>
public sealed record PlanCounts(
    int Materials, int Levels, int BomLines, int Skipped, int Orders, int Recommendations, long Pegs, int Messages, int Issues, int BlockingIssues);

/// <summary>What a run tells while it goes.</summary>
/// <param name="Level">The level just finished, from 0.</param>
/// <param name="Planned">Materials planned so far.</param>
public readonly record struct PlanProgress(int Level, int Levels, int Planned, int Materials);
