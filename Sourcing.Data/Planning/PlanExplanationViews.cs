using Sourcing.Data.Planning.Engine;

namespace Sourcing.Data.Planning;

/// <summary>What a line of a figure is.</summary>
public enum FigureSource
{
    /// <summary>Usable stock when the plan was made.</summary>
    Opening,

    /// <summary>Stock at the end of the bucket before.</summary>
    Before,
    FirmOrder,

    /// <summary>What is still expected beyond the firm orders that consumed it.</summary>
    Forecast,
    Reservation,

    /// <summary>For a part that is made of it.</summary>
    Dependent,
    Receipt,
    PlannedOrder,

    /// <summary>All needs of a bucket together.</summary>
    Needs,
}

/// <summary>One line that a figure is made of. The lines of a figure come to exactly the figure.</summary>
/// <param name="Quantity">In the material's unit; below 0 for what is taken away.</param>
/// <param name="Text">What people call it: SO-2026-3381, PO-2026-00317 line 20, the parent's name.</param>
/// <param name="Note">Customer, supplier or the parent's number.</param>
public sealed record FigureLine(FigureSource Source, decimal Quantity, string Text, string? Note = null, DateOnly? Date = null)
{
    /// <summary>The parent, for a dependent need.</summary>
    public Guid? PartId { get; init; }

    /// <summary>How much of the parent is started or made, in its unit.</summary>
    public decimal? ParentQuantity { get; init; }

    public string? ParentUnit { get; init; }

    /// <summary>The order of a receipt.</summary>
    public Guid? OrderId { get; init; }

    /// <summary>The accepted recommendation of a receipt.</summary>
    public Guid? RecommendationId { get; init; }

    /// <summary>0 to 1, of a forecast.</summary>
    public decimal? Confidence { get; init; }

    /// <summary>Was promised for a day that is past.</summary>
    public bool IsPastDue { get; init; }
}

/// <summary>A planned order behind a figure, with what it is for.</summary>
/// <param name="Parts">One level up; they come to exactly its quantity.</param>
public sealed record FigureOrder(PlannedOrder Order, IReadOnlyList<FigurePeg> Parts);

/// <summary>What a part of an order is for.</summary>
/// <param name="Text">The sales order, the reservation, or the name of the part that is made of it.</param>
public sealed record FigurePeg(PegTarget Target, decimal Quantity, DateOnly? Date, string? Text, string? Customer, Guid? PartId);

/// <summary>What a source says about a bucket, as it was read.</summary>
public sealed record ForecastVoice(string Source, decimal Quantity, decimal Confidence, DateOnly PeriodStart, ForecastPeriod Period, bool IsOverride, string? Reason);

/// <summary>What a figure of the table is made of.</summary>
public sealed record FigureParts(PlanFigure Figure, int Bucket, decimal? Total, IReadOnlyList<FigureLine> Lines)
{
    /// <summary>For planned receipts and orders to place.</summary>
    public IReadOnlyList<FigureOrder> Orders { get; init; } = [];

    /// <summary>For a need with a forecast: the sources before blending and consumption.</summary>
    public IReadOnlyList<ForecastVoice> Voices { get; init; } = [];

    /// <summary>For stock: where its safety stock comes from.</summary>
    public PlanSafetyFacts? Safety { get; init; }
}

/// <summary>What the run knows of a material beside its table.</summary>
public sealed record MaterialExplained(
    int LeadTimeDays, double LeadTimeSigmaDays, bool SigmaIsGuessed, decimal OpeningStock, decimal ReorderPoint, PlanSafetyFacts Safety, decimal? Confidence, string Currency, bool IsMade,
    IReadOnlyList<PlanSource> Demand);

/// <summary>A bucket's needs by kind, in the material's unit.</summary>
public sealed record PlanSource(int Bucket, string Label, DateOnly Start, decimal FirmOrders, decimal Forecast, decimal Dependent, decimal Reservations);

/// <summary>Who needs an order in the end: a knot of the tree beside it. Children come to exactly their parent.</summary>
/// <param name="Quantity">In the material's unit.</param>
/// <param name="Label">W49, where the knot is a bucket's.</param>
public sealed record NeedKnot(string Text, string? Customer, decimal Quantity, PegTarget? Target, Guid? PartId, string? Label, decimal? Confidence, IReadOnlyList<NeedKnot> Children);

/// <summary>Who needs what the plan orders.</summary>
/// <param name="Order">Place of the order in the run: where the whole tree begins.</param>
/// <param name="IsWhole">False where the tree was cut at its limit.</param>
public sealed record MaterialNeeds(decimal Quantity, int? Bucket, IReadOnlyList<NeedKnot> Knots, bool IsWhole);

/// <summary>A material in two plans, bucket by bucket.</summary>
/// <param name="Base">Of the plan that is varied; empty where it does not have the material.</param>
public sealed record StockBothWays(Guid PartId, string Number, string Name, string Unit, IReadOnlyList<PhasedBucket> Buckets, IReadOnlyList<PhasedBucket> Base);
