namespace Sourcing.Data.Planning.Engine;

/// <summary>One supposition of a what-if. Several are applied in order; factors multiply, figures replace.</summary>
/// <param name="Value">
/// By kind: a factor of 0 or more for demand, price and stock; days of 0 or more for lead time; a quantity of 0 or more for the least
/// order; between 0 and 1 for the service level; nothing for a supplier that is off.
/// </param>
/// <param name="IsFactor">For lead time, price, least order and stock: whether <paramref name="Value"/> multiplies or replaces.</param>
public sealed record PlanOverride(PlanOverrideKind Kind, PlanOverrideScope Scope, decimal Value = 0, bool IsFactor = true)
{
    /// <summary>For the scopes material and supplier.</summary>
    public Guid? TargetId { get; init; }

    /// <summary>For the scope class.</summary>
    public string? Class { get; init; }
}

public enum PlanOverrideKind
{
    /// <summary>Forecasts times the value; firm orders stay.</summary>
    Demand,
    LeadTime,
    Price,
    SupplierOff,
    Moq,
    /// <summary>Service level and fill rate.</summary>
    ServiceLevel,
    Stock,
}

public enum PlanOverrideScope
{
    All,
    Class,
    Material,
    Supplier,
}
