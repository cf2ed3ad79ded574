using Sourcing.Data.Common;
using Sourcing.Data.Imports.Reading;

namespace Sourcing.Data.Rfqs;

/// <summary>A small table that somebody uploads beside a form: CSV, XLSX or XLS, of which the first sheet.</summary>
internal static class UploadedTable
{
    /// <summary>Reads it by way of a temporary file that is gone afterwards.</summary>
    /// <param name="name">As the user called it.</param>
    /// <param name="largest">Bytes; more is refused.</param>
    public static async Task<T> ReadAsync<T>(Stream content, string name, long largest, Func<TableReader, T> read, CancellationToken ct)
    {
        var path = Path.Combine(Path.GetTempPath(), "sourcing-table-" + Guid.CreateVersion7().ToString("N"));
        try
        {
            await using (var upload = await TemporaryFile.ReceiveAsync(content, largest, ct))
            await using (var copy = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                await upload.Content.CopyToAsync(copy, ct);
            }

            using var reader = TableFile.Open(path, TableFile.Inspect(path, name));
            return read(reader);
        }
        finally
        {
            File.Delete(path);
        }
    }
}

/// <summary>One row, kept.</summary>
internal sealed class TableRow
{
    private readonly string[] _texts;
    private readonly bool[] _numbers;

    private TableRow(int number, string[] texts, bool[] numbers) => (Number, _texts, _numbers) = (number, texts, numbers);

    /// <summary>As a spreadsheet shows it: the first row is 1.</summary>
    public int Number { get; }

    public int Count => _texts.Length;

    /// <summary>The text of a cell; empty beside the last one.</summary>
    public string this[int column] => column >= 0 && column < _texts.Length ? _texts[column] : "";

    /// <summary>The file itself says that it is a number.</summary>
    public bool IsNumber(int column) => column >= 0 && column < _numbers.Length && _numbers[column];

    /// <summary>The first cell for which this holds; -1 for none.</summary>
    public int IndexOf(Predicate<string> holds) => Array.FindIndex(_texts, holds);

    public static TableRow Of(TableReader table)
    {
        var texts = new string[table.Count];
        var numbers = new bool[table.Count];
        for (var i = 0; i < texts.Length; i++)
        {
            // An apostrophe is how this app's own files make text harmless.
            texts[i] = table.Cell(i).Trim().ToString().TrimStart('\'');
            numbers[i] = table.IsNumber(i);
        }

        return new(table.Row, texts, numbers);
    }
}
