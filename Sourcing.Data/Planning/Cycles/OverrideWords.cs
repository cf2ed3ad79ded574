using System.Globalization;
using Sourcing.Data.Common;
using Sourcing.Data.Planning.Engine;

namespace Sourcing.Data.Planning.Cycles;

/// <summary>Suppositions in words.</summary>
internal static class OverrideWords
{
    /// <summary>Demand of all parts × 1.2. Lead time of Fil Dor = 30 days.</summary>
    /// <param name="name">Number of the part or name of the supplier; null where it is gone or none is meant.</param>
    public static string Of(PlanOverride change, string? name)
    {
        var whose = change.Scope switch
        {
            PlanOverrideScope.Class => $"category {change.Class}",
            PlanOverrideScope.Material or PlanOverrideScope.Supplier => name ?? "something deleted",
            _ => "all parts",
        };
        var value = Text.Figure(change.Value);
        return change.Kind switch
        {
            PlanOverrideKind.SupplierOff => $"{name ?? "A deleted supplier"} supplies nothing",
            PlanOverrideKind.ServiceLevel => string.Create(CultureInfo.InvariantCulture, $"Service level of {whose} = {change.Value:0.##%}"),
            PlanOverrideKind.Demand => $"Demand of {whose} × {value}",
            PlanOverrideKind.Moq => $"Minimum order of {whose} {Sign(change)} {value}",
            PlanOverrideKind.LeadTime => $"Lead time of {whose} {Sign(change)} {value}{(change.IsFactor ? "" : change.Value == 1 ? " day" : " days")}",
            _ => $"{Words.Spaced(change.Kind)} of {whose} {Sign(change)} {value}",
        };
    }

    private static char Sign(PlanOverride change) => change.IsFactor ? '×' : '=';
}
