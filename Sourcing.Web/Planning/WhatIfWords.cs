using System.Globalization;
using Sourcing.Data.Planning.Cycles;
using Sourcing.Data.Planning.Engine;

namespace Sourcing.Web.Planning;

/// <summary>Suppositions in the words of their form.</summary>
internal static class WhatIfWords
{
    /// <summary>What is changed.</summary>
    public static string Of(PlanOverrideKind kind) => kind switch
    {
        PlanOverrideKind.Demand => "Demand",
        PlanOverrideKind.LeadTime => "Lead time",
        PlanOverrideKind.Price => "Price",
        PlanOverrideKind.SupplierOff => "Supplier is off",
        PlanOverrideKind.Moq => "Minimum order",
        PlanOverrideKind.ServiceLevel => "Service level",
        _ => "Stock",
    };

    /// <summary>For whom.</summary>
    public static string Of(PlanOverrideScope scope) => scope switch
    {
        PlanOverrideScope.All => "All",
        PlanOverrideScope.Class => "A class",
        PlanOverrideScope.Material => "A material",
        _ => "A supplier",
    };

    /// <summary>Whom a change can be for.</summary>
    public static IReadOnlyList<PlanOverrideScope> ScopesOf(PlanOverrideKind kind) => kind switch
    {
        PlanOverrideKind.SupplierOff => [PlanOverrideScope.Supplier],
        PlanOverrideKind.Demand or PlanOverrideKind.ServiceLevel or PlanOverrideKind.Stock => [PlanOverrideScope.All, PlanOverrideScope.Class, PlanOverrideScope.Material],
        _ => [PlanOverrideScope.All, PlanOverrideScope.Class, PlanOverrideScope.Material, PlanOverrideScope.Supplier],
    };

    /// <summary>The figure may be given itself, and not only a factor.</summary>
    public static bool MayReplace(PlanOverrideKind kind) => kind is PlanOverrideKind.LeadTime or PlanOverrideKind.Price or PlanOverrideKind.Moq or PlanOverrideKind.Stock;

    /// <summary>What the figure is measured in.</summary>
    public static string? Unit(OverrideForm row) => row.IsFactor ? null : row.Kind switch
    {
        PlanOverrideKind.LeadTime => "days",
        PlanOverrideKind.Price => "EUR per unit",
        _ => "units",
    };

    /// <summary>A factor as people say it: 20 % more.</summary>
    public static string Factor(decimal factor) => factor switch
    {
        1 => "as it is",
        0 => "nothing",
        > 1 => string.Create(CultureInfo.InvariantCulture, $"{(factor - 1) * 100:0.##}\u202f% more"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(1 - factor) * 100:0.##}\u202f% less"),
    };
}
