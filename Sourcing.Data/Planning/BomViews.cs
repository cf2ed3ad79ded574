namespace Sourcing.Data.Planning;

/// <summary>A part's bill of materials on its page.</summary>
/// <param name="IsMade">There is a bill of materials, with or without lines.</param>
/// <param name="MayChange">The part lives: its bill of materials may be changed.</param>
/// <param name="YieldPercent">Good pieces of 100 started.</param>
/// <param name="Version">Of the head; 0 where there is none yet.</param>
/// <param name="UsedIn">Parts that are made of it, now or later.</param>
/// <param name="Cycle">The numbers of the parts through which it is made of itself, from it to it; null where it is not.</param>
public sealed record BomDetails(
    Guid PartId, string Number, string Name, Guid UnitId, string Unit, bool IsMade, bool MayChange, decimal YieldPercent, bool IsPhantom, string Note, uint Version, int UsedIn, string? Cycle)
{
    /// <summary>All lines, those that have ended too, by position.</summary>
    public IReadOnlyList<BomLineView> Lines { get; init; } = [];

    /// <summary>The sums of shares by stretches of days; empty without shares.</summary>
    public IReadOnlyList<BomSharePeriod> Shares { get; init; } = [];
}

/// <summary>A line as it was typed.</summary>
/// <param name="Quantity">In <paramref name="Unit"/> for one of the parent; a share of 1 where it is one.</param>
/// <param name="Own">In the component's own unit for one good parent, scrap and yield reckoned in, six decimals; null where the unit does not convert.</param>
/// <param name="Fault">Why it cannot be reckoned with.</param>
/// <param name="IsMade">The component has components itself.</param>
public sealed record BomLineView(
    Guid Id, Guid ComponentId, string Number, string Name, string ComponentUnit, decimal Quantity, Guid? UnitId, string? Unit, bool IsShare, decimal ScrapRate, DateOnly ValidFrom, DateOnly? ValidTo,
    int Position, uint Version, decimal? Own, string? Fault, bool IsMade)
{
    /// <summary>Whether the parent may be started with it on a day.</summary>
    public bool HoldsOn(DateOnly day) => ValidFrom <= day && (ValidTo is null || ValidTo >= day);
}

/// <summary>A bill of materials through all its levels.</summary>
/// <param name="Quantity">Of the part, in its unit: what everything is reckoned for.</param>
/// <param name="On">The day whose lines hold.</param>
/// <param name="Currency">The base currency, in which all costs are.</param>
/// <param name="Cost">Of all that is bought for it, unrounded; null where a price or a conversion is missing.</param>
/// <param name="IsCut">There is more than <see cref="BomQueries.MostNodes"/> places; the tree ends there, the totals do not.</param>
public sealed record BomTree(Guid PartId, string Number, string Unit, decimal Quantity, DateOnly On, string Currency, decimal? Cost, bool IsCut)
{
    /// <summary>From the top, each followed by its own components; without the part itself.</summary>
    public IReadOnlyList<BomNode> Nodes { get; init; } = [];

    /// <summary>Each part once, by low-level code and number, without the part itself and without what lies in or below a cycle.</summary>
    public IReadOnlyList<BomTotal> Totals { get; init; } = [];

    /// <summary>The cycles met, in numbers from a part to itself.</summary>
    public IReadOnlyList<string> Cycles { get; init; } = [];

    /// <summary>Numbers of bought parts without a price.</summary>
    public IReadOnlyList<string> PricesMissing { get; init; } = [];
}

/// <summary>A place in the tree.</summary>
/// <param name="Key">Its place in the list, from 0.</param>
/// <param name="Above">The place of its parent; null at the first level.</param>
/// <param name="Level">1 for a component of the part itself.</param>
/// <param name="Said">Quantity as typed, in <paramref name="SaidUnit"/>; a share of 1 where that is null.</param>
/// <param name="Quantity">In the part's unit for the whole quantity asked, scrap and yield on the way reckoned in, six decimals; null where a unit does not convert.</param>
/// <param name="Fault">Why the quantity is not known.</param>
/// <param name="IsCycle">It stands above itself already: the tree ends here.</param>
/// <param name="Components">How many components it has itself.</param>
/// <param name="UnitCost">Of one, bought or made; null where a price is missing.</param>
public sealed record BomNode(
    int Key, int? Above, int Level, Guid PartId, string Number, string Name, string Unit, decimal Said, string? SaidUnit, decimal ScrapRate, decimal Yield, bool IsPhantom, decimal? Quantity,
    string? Fault, bool IsCycle, int Components, decimal? UnitCost)
{
    /// <summary>Of the whole quantity here.</summary>
    public decimal? Cost => UnitCost * Quantity;
}

/// <summary>What is needed of one part in all.</summary>
/// <param name="LowLevelCode">The lowest level at which it stands below the part: 1 for a component of the part itself.</param>
/// <param name="Quantity">In its unit, six decimals; null where a unit does not convert.</param>
/// <param name="IsBought">It has no components on the day.</param>
/// <param name="UnitCost">Of one; null where a price is missing.</param>
/// <param name="Supplier">Whose price it is; null for the standard cost and for what is made.</param>
public sealed record BomTotal(Guid PartId, string Number, string Name, string Unit, int LowLevelCode, decimal? Quantity, bool IsBought, decimal? UnitCost, string? Supplier)
{
    public decimal? Cost => UnitCost * Quantity;
}

/// <summary>A part that another goes into, directly or through others.</summary>
/// <param name="Key">Its place in the list, from 0.</param>
/// <param name="Above">The place of the part that goes into it; null for those that it goes into directly.</param>
/// <param name="Level">1 for those that it goes into directly.</param>
/// <param name="PerUnit">Of the part asked for, in its unit, for one of this; null where a unit does not convert.</param>
/// <param name="IsTop">Goes into nothing further.</param>
/// <param name="IsCycle">It stands on the way to itself: the list ends here.</param>
public sealed record BomUse(int Key, int? Above, int Level, Guid PartId, string Number, string Name, string Unit, decimal? PerUnit, bool IsPhantom, bool IsTop, bool IsCycle);

/// <summary>Where a part is used, through all levels.</summary>
/// <param name="IsCut">There is more than <see cref="BomQueries.MostNodes"/> places.</param>
public sealed record BomUses(DateOnly On, string Unit, IReadOnlyList<BomUse> Uses, bool IsCut);

/// <summary>A cycle among bills of materials, in numbers from a part to itself.</summary>
public sealed record BomCycle(Guid PartId, string Path);
