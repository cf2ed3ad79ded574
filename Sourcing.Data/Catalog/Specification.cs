using System.ComponentModel.DataAnnotations.Schema;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Sourcing.Data.Common;

namespace Sourcing.Data.Catalog;

/// <summary>What kind of value a specification holds.</summary>
public enum SpecificationKind
{
    Text,
    Number,
    YesNo,
    Date,
}

/// <summary>One row of a specification, as kept in jsonb: <c>{"name":"Width","kind":"number","value":"52","unit":"mm"}</c>.</summary>
/// <param name="Name">1 to 80 characters, unique within the list in any case.</param>
/// <param name="Kind">Decides how the value is read.</param>
/// <param name="Value">Invariant: a number with a point, <c>yes</c> or <c>no</c>, a date as 2026-11-30, or text up to 500 characters.</param>
/// <param name="Unit">Beside a number only; up to 20 characters.</param>
[NotMapped] // It lives in a jsonb column of its part, not in a table.
public sealed record Specification(string Name, SpecificationKind Kind, string Value, string? Unit = null)
{
    /// <summary>Longest list.</summary>
    public const int Most = 100;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The list as the database keeps it.</summary>
    public static string ToJson(IReadOnlyList<Specification> rows) => JsonSerializer.Serialize(rows, Json);

    /// <summary>The opposite of <see cref="ToJson"/>.</summary>
    public static IReadOnlyList<Specification> FromJson(string json) => JsonSerializer.Deserialize<List<Specification>>(json, Json) ?? [];

    /// <summary>Refuses values that are not of their kind, names that are missing or come twice, and more than <see cref="Most"/> rows.</summary>
    public static IReadOnlyList<Specification> Checked(IReadOnlyList<Specification> rows)
    {
        var errors = new List<FieldError>();
        if (rows.Count > Most)
        {
            errors.Add(new("Specifications", $"A part has at most {Most} specifications; these are {rows.Count}. Put the rest into a file."));
        }

        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var result = new List<Specification>(rows.Count);
        for (var i = 0; i < rows.Count; i++)
        {
            var row = rows[i] with { Name = rows[i].Name.Trim(), Value = rows[i].Value.Trim(), Unit = string.IsNullOrWhiteSpace(rows[i].Unit) ? null : rows[i].Unit!.Trim() };
            if (row.Fault() is { } fault)
            {
                errors.Add(new($"Specifications[{i}].{fault.Field}", $"Specification {i + 1}: {fault.Message}"));
            }
            else if (!seen.Add(row.Name))
            {
                errors.Add(new($"Specifications[{i}].Name", $"Specification {i + 1}: \"{row.Name}\" stands above already. Rename or remove one."));
            }

            result.Add(row);
        }

        return errors.Count > 0 ? throw new RefusedException(errors) : result;
    }

    private FieldError? Fault() => this switch
    {
        { Name.Length: 0 } => new("Name", "the name is missing. Say what is specified."),
        { Name.Length: > 80 } => new("Name", "the name is longer than 80 characters. Shorten it."),
        { Value.Length: 0 } => new("Value", $"{Name} has no value. Fill it in or remove the row."),
        { Value.Length: > 500 } => new("Value", $"{Name} is longer than 500 characters. Shorten it or attach a file."),
        { Unit.Length: > 20 } => new("Unit", $"the unit of {Name} is longer than 20 characters. Use its short form."),
        { Kind: SpecificationKind.Number } when !decimal.TryParse(Value, NumberStyles.Number, CultureInfo.InvariantCulture, out _)
            => new("Value", $"{Name}: \"{Value}\" is not a number. Write it like 12.5, with the unit beside it."),
        { Kind: SpecificationKind.YesNo } when Value is not ("yes" or "no") => new("Value", $"{Name}: \"{Value}\" is neither yes nor no. Choose one."),
        { Kind: SpecificationKind.Date } when !DateOnly.TryParseExact(Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
            => new("Value", $"{Name}: \"{Value}\" is not a date. Write it like 2026-11-30."),
        { Kind: not SpecificationKind.Number, Unit: not null } => new("Unit", $"{Name} is not a number, so it has no unit. Clear the unit or make it a number."),
        _ => null,
    };
}
