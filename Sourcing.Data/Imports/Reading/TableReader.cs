namespace Sourcing.Data.Imports.Reading;

/// <summary>
/// The rows of a table in a file, one at a time, whatever the file is. The cells of a row are gone when the next is read: memory
/// stays the same for ten rows and for ten million.
/// </summary>
public abstract class TableReader : IDisposable
{
    /// <summary>The row's number as a spreadsheet shows it: the head is row 1. Blank rows count and are skipped.</summary>
    public int Row { get; protected set; }

    /// <summary>Cells in this row.</summary>
    public int Count { get; protected set; }

    /// <summary>The text of a cell; empty past the last one.</summary>
    public abstract ReadOnlySpan<char> Cell(int index);

    /// <summary>The file itself says that this cell is a number (a spreadsheet's own, written with a point): no style has to be guessed.</summary>
    public virtual bool IsNumber(int index) => false;

    /// <summary>Goes to the next row that is not blank.</summary>
    /// <returns>False at the end.</returns>
    /// <exception cref="Common.RefusedException">The file cannot be read on: an unclosed quote, a cell or row beyond the limits.</exception>
    public abstract bool Read();

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Closes the file.</summary>
    protected abstract void Dispose(bool disposing);
}

/// <summary>How much is read at most. Beyond it a file is refused in a sentence, never read in part.</summary>
public static class ReadingLimits
{
    /// <summary>Bytes of an uploaded file.</summary>
    public const long FileBytes = 300L * 1024 * 1024;

    /// <summary>Bytes of an uploaded XLSX or XLS.</summary>
    public const long SpreadsheetBytes = 50L * 1024 * 1024;

    /// <summary>Columns of a table.</summary>
    public const int Columns = 500;

    /// <summary>Characters of one cell.</summary>
    public const int CellCharacters = 32_767;

    /// <summary>Rows of a table.</summary>
    public const int Rows = 20_000_000;
}
