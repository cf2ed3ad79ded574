namespace Sourcing.Data.Common.Files;

/// <summary>A cell to be filled in: in a form everything else is locked. Elsewhere it is as good as its value.</summary>
public sealed record OpenCell(object? Value);

/// <summary>What a spreadsheet program lets people type into cells of a form.</summary>
public enum CellRuleKind
{
    /// <summary>A number above <see cref="CellRule.From"/>.</summary>
    NumberAbove,

    /// <summary>A number of <see cref="CellRule.From"/> or more.</summary>
    NumberFrom,

    /// <summary>A whole number between <see cref="CellRule.From"/> and <see cref="CellRule.To"/>.</summary>
    Whole,

    /// <summary>A day on or after <see cref="CellRule.Day"/>.</summary>
    DayFrom,

    /// <summary>One of <see cref="CellRule.Choices"/>.</summary>
    Choice,

    /// <summary>Text of at most <see cref="CellRule.To"/> characters.</summary>
    Text,
}

/// <summary>A rule for cells of a form.</summary>
/// <param name="Cells">As a spreadsheet writes them: "H2:H40" or "B43", several between blanks.</param>
/// <param name="Title">What is asked for; at most 32 characters.</param>
/// <param name="Message">Said when something else is typed; at most 255 characters.</param>
public sealed record CellRule(string Cells, CellRuleKind Kind, string Title, string Message)
{
    public decimal From { get; init; }

    public decimal To { get; init; }

    public DateOnly Day { get; init; }

    /// <summary>Without commas; 255 characters together.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];
}

/// <summary>How a spreadsheet names its cells.</summary>
public static class CellNames
{
    /// <summary>"A" for 0, "AA" for 26.</summary>
    public static string Column(int index)
    {
        var name = "";
        for (var rest = index + 1; rest > 0; rest = (rest - 1) / 26)
        {
            name = (char)('A' + ((rest - 1) % 26)) + name;
        }

        return name;
    }

    /// <summary>"F12" for column 5, row 12.</summary>
    /// <param name="row">As a spreadsheet shows it: the first is 1.</param>
    public static string Of(int column, int row) => Column(column) + row.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
