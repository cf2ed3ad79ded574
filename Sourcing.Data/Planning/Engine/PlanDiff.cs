namespace Sourcing.Data.Planning.Engine;

/// <summary>What a comparison looks at of a planned order; stored recommendations can be compared by it as well.</summary>
/// <param name="UnitCost">Base currency; null where unknown.</param>
public readonly record struct PlanDiffLine(Guid MaterialId, Guid? SupplierId, DateOnly NeedDate, decimal Quantity, decimal? UnitCost)
{
    /// <summary>Days that its supplier, or the making, takes; null where unknown, and then it is not compared.</summary>
    public int? LeadTimeDays { get; init; }

    /// <summary>The last day to place it in time. It follows from the need and the lead time, so it is shown and not compared.</summary>
    public DateOnly? OrderBy { get; init; }
}

/// <summary>One difference between two plans.</summary>
/// <param name="Kinds">What changed; several may hold at once.</param>
/// <param name="Before">Null for what is new; several orders of one key are one line.</param>
/// <param name="After">Null for what is gone.</param>
/// <param name="CostDelta">Base currency, after less before; null where a cost is unknown.</param>
public sealed record PlanChange(Guid MaterialId, PlanChangeKinds Kinds, PlanDiffLine? Before, PlanDiffLine? After, decimal QuantityDelta, decimal? CostDelta, PlanZone Zone);

/// <summary>Ways in which an order can differ.</summary>
[Flags]
public enum PlanChangeKinds
{
    None = 0,
    New = 1,
    Gone = 2,
    Quantity = 4,
    Date = 8,
    Supplier = 16,
    Cost = 32,

    /// <summary>The same supplier takes longer or shorter: it has to be ordered on another day.</summary>
    LeadTime = 64,
}

/// <summary>How near a need is, by the plan's own fence and window, so that a comparison cuts all materials alike.</summary>
public enum PlanZone
{
    /// <summary>Within the frozen fence.</summary>
    Frozen,
    /// <summary>Within the release window.</summary>
    Release,
    Later,
}

/// <summary>How much a zone moved.</summary>
/// <param name="Moved">Σ|Δq|, over units of all materials.</param>
/// <param name="Base">Σq of the earlier plan.</param>
/// <param name="Nervousness">Σ|Δq| / Σq; null where the earlier plan has nothing there.</param>
public sealed record PlanNervousness(PlanZone Zone, decimal Moved, decimal Base, decimal? Nervousness);

/// <summary>
/// The difference of two plans by material, supplier and need bucket. What has no partner under its whole key is matched by material and bucket
/// (another supplier), then by material and supplier, nearest bucket first (another date); the rest is new or gone.
/// </summary>
public sealed class PlanDiff
{
    private PlanDiff(IReadOnlyList<PlanChange> changes, IReadOnlyList<PlanNervousness> zones, decimal? nervousness) =>
        (Changes, Zones, Nervousness) = (changes, zones, nervousness);

    /// <summary>By material, then date.</summary>
    public IReadOnlyList<PlanChange> Changes { get; }

    public IReadOnlyList<PlanNervousness> Zones { get; }

    /// <summary>Over all zones; null where the earlier plan is empty.</summary>
    public decimal? Nervousness { get; }

    public bool IsEmpty => Changes.Count == 0;

    /// <summary>Compares the planned purchases, and the makings too, of two runs. Buckets, fence and window are the later run's.</summary>
    public static PlanDiff Compare(PlanResult before, PlanResult after) => Compare(before.Lines(), after.Lines(), after.Buckets, after.Input.AsOf, after.Input.Settings);

    /// <summary>Compares lines, such as stored recommendations.</summary>
    public static PlanDiff Compare(
        IEnumerable<PlanDiffLine> before, IEnumerable<PlanDiffLine> after, IReadOnlyList<PlanBucket> buckets, DateOnly asOf, PlanSettings settings)
    {
        var comparison = new PlanComparison(asOf, settings, [.. buckets.Select(b => b.Start.DayNumber)]);
        comparison.Take(before, isAfter: false);
        comparison.Take(after, isAfter: true);
        return comparison.Diff((changes, zones, nervousness) => new(changes, zones, nervousness));
    }
}
