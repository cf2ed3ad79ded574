namespace Sourcing.Data.Chapters.Files;

/// <summary>How much of a report is read at most. Beyond it the file is refused, never read in part.</summary>
public static class FileLimits
{
    /// <summary>50 MB</summary>
    public const long Bytes = 50L * 1024 * 1024;

    /// <summary>Rows under the heads.</summary>
    public const int Rows = 10_000;

    /// <summary>Columns, blank spacers counted.</summary>
    public const int Columns = 100;

    /// <summary>Heads are looked for in so many rows.</summary>
    public const int HeadRows = 40;
}

/// <summary>What a file is inside, whatever its name says.</summary>
public enum SheetContainer
{
    /// <summary>SpreadsheetML of 2003: XML, often named .xls.</summary>
    Xml,

    /// <summary>XLSX.</summary>
    Xlsx,

    /// <summary>Text with delimiters; has no styles.</summary>
    Csv,
}

/// <summary>A cell that holds something.</summary>
/// <param name="Column">From 0.</param>
/// <param name="Text">Trimmed; dates as 2026-01-07, numbers with a point.</param>
/// <param name="IsBold">By its style.</param>
/// <param name="IsNumber">The file itself says so.</param>
public readonly record struct SheetCell(int Column, string Text, bool IsBold, bool IsNumber);

/// <summary>A row that holds something.</summary>
/// <param name="Number">As a spreadsheet counts, from 1.</param>
/// <param name="Cells">By column; blank ones are left out.</param>
public sealed record SheetLine(int Number, IReadOnlyList<SheetCell> Cells)
{
    /// <summary>The cell in a column; blank where there is none.</summary>
    public SheetCell this[int column]
    {
        get
        {
            foreach (var cell in Cells)
            {
                if (cell.Column == column)
                {
                    return cell;
                }
            }

            return new(column, "", false, false);
        }
    }
}

/// <summary>The one sheet of a report.</summary>
/// <param name="Rows">Without blank ones.</param>
public sealed record Sheet(SheetContainer Container, string Name, IReadOnlyList<SheetLine> Rows)
{
    /// <summary>Whether bold can be told from plain.</summary>
    public bool HasStyles => Container != SheetContainer.Csv;
}

/// <summary>Takes cells in and holds them to the limits.</summary>
internal sealed class SheetBuilder
{
    private readonly List<SheetLine> _rows = [];
    private List<SheetCell> _cells = [];

    public IReadOnlyList<SheetLine> Rows => _rows;

    public void Cell(int row, int column, string text, bool isBold, bool isNumber)
    {
        text = text.Trim();
        if (text.Length == 0)
        {
            return;
        }

        if (column >= FileLimits.Columns)
        {
            throw new FileRejectedException(IssueCode.FileSize, $"Row {row:N0} reaches column {column + 1}; a report has at most {FileLimits.Columns}.", "Take out what does not belong to the report, and upload it again.");
        }

        _cells.Add(new(column, text, isBold, isNumber));
    }

    public void EndRow(int number)
    {
        if (_cells.Count == 0)
        {
            return;
        }

        if (_rows.Count == FileLimits.Rows + FileLimits.HeadRows)
        {
            throw TooLong();
        }

        _rows.Add(new(number, _cells));
        _cells = [];
    }

    public static FileRejectedException TooLong() =>
        new(IssueCode.FileSize, $"The report has more than {FileLimits.Rows:N0} rows.", "Export a shorter period, or split the file.");
}
