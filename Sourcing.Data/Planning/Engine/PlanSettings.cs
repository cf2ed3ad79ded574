using Sourcing.Data.Planning.Arithmetic;

namespace Sourcing.Data.Planning.Engine;

/// <summary>How a run reckons; part of its input and of its hash.</summary>
public sealed record PlanSettings
{
    public BucketSize Bucket { get; init; } = BucketSize.Week;

    /// <summary>Buckets with an end, the current one among them; 1..400. The open one called later follows.</summary>
    public int BucketCount { get; init; } = 52;

    /// <summary>Lead times count working days rather than calendar days.</summary>
    public bool WorkingDayLeadTimes { get; init; }

    /// <summary>Days off besides Saturday and Sunday.</summary>
    public IReadOnlyList<DateOnly> Holidays { get; init; } = [];

    /// <summary>How far back a firm order takes from the forecast, days.</summary>
    public int ConsumeBackDays { get; init; } = 28;

    /// <summary>How far forward, after looking back, days.</summary>
    public int ConsumeForwardDays { get; init; } = 14;

    /// <summary>Weight by source, 0..1; sources that are not named take <see cref="OtherSourceWeight"/>.</summary>
    public IReadOnlyDictionary<string, decimal> SourceWeights { get; init; } = DefaultSourceWeights;

    public decimal OtherSourceWeight { get; init; } = 0.5m;

    /// <summary>Days in which a source's weight halves; null for never.</summary>
    public double? HalfLifeDays { get; init; }

    public ForecastMode ForecastMode { get; init; } = ForecastMode.Blend;

    public PastDuePolicy PastDueReceipts { get; init; } = PastDuePolicy.FirstBucket;

    /// <summary>
    /// Orders also what an open receipt brings no later than a new order could. Left off, such a need gets a message to expedite the receipt and no
    /// second order that every run would propose again.
    /// </summary>
    public bool OrderDespiteLaterReceipts { get; init; }

    public NegativeStockPolicy NegativeStock { get; init; } = NegativeStockPolicy.Clamp;

    /// <summary>A receipt later than its need by more than this is to be expedited, days.</summary>
    public int ExpediteToleranceDays { get; init; } = 6;

    /// <summary>A receipt earlier than its need by more than this is to be deferred, days.</summary>
    public int DeferToleranceDays { get; init; } = 13;

    /// <summary>From today, days in which nothing new is planned to arrive.</summary>
    public int FrozenFenceDays { get; init; }

    /// <summary>Planned purchases to be released within this many days become recommendations.</summary>
    public int ReleaseWindowDays { get; init; } = 56;

    /// <summary>Stock beyond the need of so many days is excess; null looks for none.</summary>
    public int? ExcessCoverDays { get; init; } = 180;

    /// <summary>λ: what (1 − score) costs, base currency per unit.</summary>
    public decimal ScoreWeight { get; init; }

    /// <summary>Largest share of one supplier of a critical material where two qualify, above 0 up to 1.</summary>
    public decimal ShareCap { get; init; } = 0.7m;

    /// <summary>Brings rounded percentage BOMs (sum .94 to 1.02) to exactly 1.</summary>
    public bool NormaliseRoundedBoms { get; init; }

    /// <summary>Base currency, to be shown.</summary>
    public string Currency { get; init; } = "EUR";

    /// <summary>Threads at most; no bearing on the outcome and not in the hash. 0 takes what there is.</summary>
    public int MaxThreads { get; init; }

    public static IReadOnlyDictionary<string, decimal> DefaultSourceWeights { get; } = new Dictionary<string, decimal>(StringComparer.Ordinal)
    {
        ["prod_plan"] = 0.9m,
        ["sales_history"] = 0.8m,
        ["model"] = 0.8m,
        ["projection"] = 0.7m,
        ["manual"] = 0.7m,
    };
}

public enum ForecastMode
{
    /// <summary>The weighted mean of the sources.</summary>
    Blend,
    /// <summary>Σ w·f as an older system did it, for comparison only.</summary>
    LegacySum,
}

/// <summary>What becomes of receipts promised before today.</summary>
public enum PastDuePolicy
{
    FirstBucket,
    Exclude,
}

public enum NegativeStockPolicy
{
    /// <summary>Counts as nothing, flagged.</summary>
    Clamp,
    /// <summary>Counts as a need.</summary>
    Keep,
}
