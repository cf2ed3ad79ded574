using System.Collections;
using System.Reflection;
using System.Text.Json;
using Sourcing.Data.Common;

namespace Sourcing.Web.Shared;

/// <summary>One field that two people changed, or that only the other one changed.</summary>
public sealed class FieldConflict(PropertyInfo property, string label, object? mine, object? theirs, bool takeTheirs)
{
    /// <summary>The field's label.</summary>
    public string Label => label;

    /// <summary>What this person typed.</summary>
    public object? Mine => mine;

    /// <summary>What the other person saved.</summary>
    public object? Theirs => theirs;

    /// <summary>The choice.</summary>
    public bool TakeTheirs { get; set; } = takeTheirs;

    internal PropertyInfo Property => property;
}

/// <summary>Two versions of a form, compared field by field.</summary>
public sealed class FormConflict
{
    private static readonly HashSet<string> NotCompared = ["Id", "Version", nameof(IForm.FormKey)];
    private readonly object _theirs;

    private FormConflict(object theirs, IReadOnlyList<FieldConflict> fields) => (_theirs, Fields) = (theirs, fields);

    /// <summary>The fields in which the two differ.</summary>
    public IReadOnlyList<FieldConflict> Fields { get; }

    /// <summary>Compares. A field that only the other one changed is set to theirs beforehand; one that both changed to mine.</summary>
    /// <param name="opened">The form as it was when it opened.</param>
    public static FormConflict Between(object opened, object mine, object theirs)
    {
        var fields = new List<FieldConflict>();
        foreach (var property in mine.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p is { CanRead: true, CanWrite: true } && p.GetIndexParameters().Length == 0 && !NotCompared.Contains(p.Name)))
        {
            var (was, ours, other) = (property.GetValue(opened), property.GetValue(mine), property.GetValue(theirs));
            if (!Same(ours, other))
            {
                fields.Add(new(property, FormErrors.Label(property), ours, other, takeTheirs: Same(was, ours)));
            }
        }

        return new(theirs, fields);
    }

    /// <summary>Carries the choices into the form, with the version that the other one saved.</summary>
    public void Apply(object mine)
    {
        foreach (var field in Fields.Where(f => f.TakeTheirs))
        {
            field.Property.SetValue(mine, field.Theirs);
        }

        if (mine.GetType().GetProperty("Version") is { CanWrite: true } version)
        {
            version.SetValue(mine, version.GetValue(_theirs));
        }
    }

    private static bool Same(object? left, object? right) =>
        left is IEnumerable and not string || right is IEnumerable and not string
            ? JsonSerializer.Serialize(left) == JsonSerializer.Serialize(right)
            : Equals(left is "" ? null : left, right is "" ? null : right);
}
