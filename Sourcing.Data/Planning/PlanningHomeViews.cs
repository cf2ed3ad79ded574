using Sourcing.Data.Planning.Cycles;

namespace Sourcing.Data.Planning;

/// <summary>What a planner sees first.</summary>
/// <param name="Last">The last live cycle that finished; null while there is none.</param>
/// <param name="Before">The live cycle before it.</param>
/// <param name="SameInput">It saw exactly what the one before saw.</param>
public sealed record PlanningHome(CycleRow? Last, CycleRow? Before, bool SameInput)
{
    /// <summary>Most urgent first, at most eight.</summary>
    public IReadOnlyList<UrgentRecommendation> Urgent { get; init; } = [];

    /// <summary>What is proposed, per currency.</summary>
    public IReadOnlyList<ToOrder> ToOrder { get; init; } = [];

    public int Proposed { get; init; }

    /// <summary>Of these, should have been ordered before today.</summary>
    public int Late { get; init; }

    /// <summary>Accepted, and not yet in an RFQ or order.</summary>
    public int Accepted { get; init; }

    /// <summary>What was entered since the last cycle read it, by kind; empty where nothing was.</summary>
    public IReadOnlyList<ChangedSince> Since { get; init; } = [];
}

/// <summary>A recommendation on the first page.</summary>
public sealed record UrgentRecommendation(
    Guid Id, Guid PartId, string PartNumber, string Part, decimal Quantity, string Unit, Guid? SupplierId, string? Supplier, DateOnly OrderBy, decimal UrgencyScore, decimal? TotalCost, string? Currency,
    string Reasoning);

/// <summary>What all proposals of a currency come to.</summary>
public sealed record ToOrder(string Currency, decimal Total, int Count);

/// <summary>Rows of a kind that changed since the last cycle.</summary>
/// <param name="Kind">In words: stock, bills of materials, forecasts, sales orders, prices, orders, parameters.</param>
public sealed record ChangedSince(string Kind, int Count);

/// <summary>How the materials of a class stand in the last cycle.</summary>
/// <param name="Class">Name of the category; null for materials without one.</param>
/// <param name="BelowSafety">With less on hand than their safety stock.</param>
/// <param name="Short">Stock without the plan falls below the safety stock within the horizon.</param>
/// <param name="CoverDays">Half of the materials with a need last at least so many days; null where none has a need.</param>
/// <param name="StockValue">On hand times cost in the base currency; materials without a cost count as nothing.</param>
/// <param name="Uncosted">Materials with stock and without a cost.</param>
public sealed record ClassCover(string? Class, Guid? CategoryId, int Materials, int BelowSafety, int Short, int? CoverDays, decimal StockValue, int Uncosted);
