namespace Sourcing.Data.Planning.Engine;

/// <summary>Who or what a quantity is for.</summary>
public enum PegTarget
{
    FirmOrder,
    Forecast,
    Reservation,
    /// <summary>Components of a planned order or of an open production order.</summary>
    Dependent,
    /// <summary>Stock booked below nothing.</summary>
    NegativeStock,
    SafetyStock,
    LotSurplus,
    MoqSurplus,
}

/// <summary>Where a quantity comes from.</summary>
public enum PegSource
{
    OnHand,
    Receipt,
    PlannedOrder,
    /// <summary>Nothing meets it within the plan.</summary>
    Unmet,
}

/// <summary>A part of a supply and what it is for. The parts of an order come to exactly its quantity.</summary>
/// <param name="Quantity">In the unit of the supply's material.</param>
/// <param name="Date">When it is needed; null for what is left over.</param>
/// <param name="ParentOrder">Place of the planned order whose component this is; null otherwise.</param>
/// <param name="Reference">The firm order, reservation or open production order.</param>
/// <param name="Text">What people call it.</param>
public sealed record PegPart(PegTarget Target, decimal Quantity, DateOnly? Date, int? ParentOrder, Guid? Reference, string? Text, string? Customer);

/// <summary>A part of a need and what meets it.</summary>
/// <param name="Order">Place of the planned order; null otherwise.</param>
/// <param name="Reference">The open receipt.</param>
public sealed record PegSupply(PegSource Source, decimal Quantity, DateOnly? Date, int? Order, Guid? Reference, string? Text);

/// <summary>A need of a material, with its place among the material's needs.</summary>
public sealed record PegDemand(int Index, PegTarget Target, decimal Quantity, DateOnly Date, int? ParentOrder, Guid? Reference, string? Text, string? Customer);

/// <summary>A knot of a pegging tree.</summary>
/// <param name="Material">Whose need or supply the knot is.</param>
/// <param name="RootQuantity">The share of the root's quantity, in the root's unit; children come to exactly their parent's.</param>
/// <param name="OwnQuantity">The same share in the knot's own unit.</param>
/// <param name="Target">For a need.</param>
/// <param name="Source">For a supply.</param>
public sealed record PegNode(
    PlanMaterial Material, decimal RootQuantity, decimal OwnQuantity, DateOnly? Date, PegTarget? Target, PegSource? Source,
    int? Order, Guid? Reference, string? Text, string? Customer, IReadOnlyList<PegNode> Children);

/// <summary>An end need behind an order, all ways to it together.</summary>
/// <param name="Material">The material with demand of its own; the order's own material for surplus and safety stock.</param>
/// <param name="Quantity">In the unit of the order.</param>
public sealed record EndDemand(PlanMaterial Material, PegTarget Target, decimal Quantity);
