using System.Text.RegularExpressions;
using Sourcing.Data.Common;
using Sourcing.Data.Imports.Reading;

namespace Sourcing.Data.Imports;

/// <summary>When a rule applies to a cell.</summary>
public enum RuleTest
{
    /// <summary>The whole cell, whatever its case.</summary>
    Is,

    StartsWith,

    Contains,

    /// <summary>A regular expression over the whole cell.</summary>
    Matches,
}

/// <summary>What a rule does.</summary>
public enum RuleAction
{
    /// <summary>The cell counts as empty.</summary>
    Empty,

    /// <summary>The cell counts as another text.</summary>
    Take,

    /// <summary>The value stands in another row of the file, named in the cell: this one counts as empty, and that row must be there.</summary>
    InAnotherRow,

    /// <summary>The whole row stays out.</summary>
    SetRowAside,
}

/// <summary>One rule for the cells of a field: shown, counted, never applied in silence.</summary>
/// <param name="Field">Key of the field.</param>
/// <param name="Pattern">What the cell is compared with. For <see cref="RuleAction.InAnotherRow"/> an expression whose first group is the other row's key.</param>
/// <param name="Value">For <see cref="RuleAction.Take"/>: the text taken instead. For <see cref="RuleAction.InAnotherRow"/>: the field that holds the rows' keys.</param>
[System.ComponentModel.DataAnnotations.Schema.NotMapped]
public sealed record CellRule(string Field, RuleTest Test, string Pattern, RuleAction Action, string Value = "")
{
    /// <summary>The rule in words, for a person.</summary>
    public string Describe(Func<string, string> titleOf) => (Test switch
    {
        RuleTest.Is => $"{titleOf(Field)} is “{Pattern}”",
        RuleTest.StartsWith => $"{titleOf(Field)} starts with “{Pattern}”",
        RuleTest.Contains => $"{titleOf(Field)} contains “{Pattern}”",
        _ => $"{titleOf(Field)} matches {Pattern}",
    }) + Action switch
    {
        RuleAction.Empty => ": counts as empty",
        RuleAction.Take => $": read as “{Value}”",
        RuleAction.InAnotherRow => $": the value stands in the row whose {titleOf(Value).ToLowerInvariant()} is named",
        _ => ": the row is set aside",
    };

    /// <summary>An expression that cannot run away, for <see cref="RuleTest.Matches"/>.</summary>
    /// <exception cref="RefusedException">The pattern is no expression.</exception>
    public Regex Expression()
    {
        try
        {
            return new Regex($"^(?:{Pattern})$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.NonBacktracking);
        }
        catch (Exception fault) when (fault is ArgumentException or NotSupportedException)
        {
            throw new RefusedException($"“{Pattern}” is not an expression that can be used. Use “is”, “starts with” or “contains” instead, or mend it.", fault);
        }
    }
}

/// <summary>How the columns of a file become fields.</summary>
[System.ComponentModel.DataAnnotations.Schema.NotMapped]
public sealed record MappingDefinition
{
    /// <summary>Field key to the head of its column, or to the name of a group of them: see <see cref="PeriodGroup"/>.</summary>
    public Dictionary<string, string> Columns { get; init; } = [];

    /// <summary>Field key to a text that every row has.</summary>
    public Dictionary<string, string> Constants { get; init; } = [];

    /// <summary>In the order in which they are tried; the first that fits a cell applies.</summary>
    public List<CellRule> Rules { get; init; } = [];

    /// <summary>The decimal sign of the file, where its columns do not show it.</summary>
    public DecimalSign Decimal { get; init; }

    /// <summary>The order of days and months, where the columns do not show it.</summary>
    public DateOrder Dates { get; init; }

    /// <summary>Fields that it does not name take the columns that have their names: lists of one program differ in what else they hold.</summary>
    public bool OthersByName { get; init; }

    /// <summary>The day of a list whose heads are weeks, where they do not show which weeks they are: see <see cref="PeriodCalendar.Days"/>.</summary>
    public DateOnly? ListDay { get; init; }

    /// <summary>The fields that get a value.</summary>
    public bool Has(string field) => Columns.ContainsKey(field) || (Constants.TryGetValue(field, out var text) && text.Length > 0);
}
