using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Microsoft.AspNetCore.Components.Forms;
using Sourcing.Data.Common;

namespace Sourcing.Web.Shared;

/// <summary>Puts the refusals of a service beside the fields that they name.</summary>
internal static class FormErrors
{
    /// <summary>The field behind a path such as <c>Lines[2].Quantity</c>; the form itself for one that is not there.</summary>
    public static FieldIdentifier Locate(object form, string path)
    {
        var owner = form;
        var steps = path.Split('.');
        foreach (var step in steps[..^1])
        {
            if (Step(owner, step) is not { } next)
            {
                return new(form, path);
            }

            owner = next;
        }

        return new(owner, steps[^1]);
    }

    /// <summary>The label of a property: its [Display] name, or its words.</summary>
    public static string Label(MemberInfo property) =>
        property.GetCustomAttribute<DisplayAttribute>()?.GetName() ?? Words.Spaced(property.Name.EndsWith("Id", StringComparison.Ordinal) && property.Name.Length > 2 ? property.Name[..^2] : property.Name);

    private static object? Step(object owner, string step)
    {
        var bracket = step.IndexOf('[', StringComparison.Ordinal);
        var name = bracket < 0 ? step : step[..bracket];
        var value = owner.GetType().GetProperty(name)?.GetValue(owner);
        return bracket < 0 ? value
            : value is System.Collections.IList list && int.TryParse(step[(bracket + 1)..].TrimEnd(']'), out var index) && index < list.Count ? list[index]
            : null;
    }
}
