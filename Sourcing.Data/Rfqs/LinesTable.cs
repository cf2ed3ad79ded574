using System.Text;
using Sourcing.Data.Common;
using Sourcing.Data.Imports.Reading;

namespace Sourcing.Data.Rfqs;

/// <summary>What a column of a pasted table holds.</summary>
public enum LinesColumn
{
    /// <summary>Left out.</summary>
    None,
    Part,
    Description,
    Quantity,
    Unit,
    TargetPrice,
    NeedBy,
    Note,
}

/// <summary>A row of a pasted table: what could be read, and what could not with the reason.</summary>
/// <param name="Row">As a spreadsheet shows it: the first row is 1.</param>
/// <param name="Text">Number or description, where the table has one column for both.</param>
public sealed record LinesRow(int Row, string Part, string Text, decimal? Quantity, string Unit, decimal? TargetPrice, DateOnly? NeedBy, string Note, IReadOnlyList<string> Problems);

/// <summary>
/// Reads lines out of what people copy from spreadsheets: tabs, semicolons or commas, with heads in any order or without, numbers
/// and dates in the style that the column itself shows. Without heads a column is known by what it holds: the first numbers are
/// quantities, the next prices, dates are needs, short words beside a quantity are units.
/// </summary>
public static class LinesTable
{
    /// <summary>Characters of a paste.</summary>
    public const int LongestText = 1_000_000;

    /// <summary>Bytes of an uploaded file.</summary>
    public const long LargestFile = 5 * 1024 * 1024;

    private static readonly Dictionary<LinesColumn, string[]> Heads = new()
    {
        [LinesColumn.Part] = ["part", "partno", "partnumber", "partnr", "number", "no", "item", "itemno", "itemnumber", "itemcode", "sku", "material", "materialnumber", "article", "articlenumber", "artikel", "artikelnummer", "artikelnr", "code", "pn", "reference"],
        [LinesColumn.Description] = ["description", "name", "text", "what", "product", "itemdescription", "materialdescription", "partname", "bezeichnung", "beschreibung", "designation", "title"],
        [LinesColumn.Quantity] = ["quantity", "qty", "menge", "amount", "needed", "orderquantity", "quantite", "cantidad", "stuck", "pieces"],
        [LinesColumn.Unit] = ["unit", "uom", "um", "units", "einheit", "unitofmeasure", "me", "ou"],
        [LinesColumn.TargetPrice] = ["target", "targetprice", "price", "unitprice", "preis", "zielpreis", "targetcost", "unitcost", "cost"],
        [LinesColumn.NeedBy] = ["needby", "needbydate", "needdate", "date", "due", "duedate", "required", "requiredby", "requireddate", "deliverydate", "delivery", "termin", "liefertermin", "wanted"],
        [LinesColumn.Note] = ["note", "notes", "remark", "remarks", "comment", "comments", "bemerkung", "notiz", "info"],
    };

    /// <summary>Reads pasted text. Refuses an unclosed quote by its row, and more than can be one RFQ.</summary>
    public static IReadOnlyList<LinesRow> FromText(string text)
    {
        if (text.Length > LongestText)
        {
            throw new RefusedException($"This is more than {LongestText:#,##0} characters. Paste a part of it, or upload the file.");
        }

        var delimiter = text.Contains('\t', StringComparison.Ordinal) ? '\t' : text.Contains(';', StringComparison.Ordinal) ? ';' : Commas(text) ? ',' : '\t';
        using var reader = new DelimitedReader(new MemoryStream(Encoding.UTF8.GetBytes(text.Replace("\0", "", StringComparison.Ordinal))), Encoding.UTF8, delimiter);
        return Read(reader);
    }

    /// <summary>Reads an uploaded CSV, XLSX or XLS, of which the first sheet.</summary>
    /// <param name="name">As the user called it.</param>
    public static async Task<IReadOnlyList<LinesRow>> FromFileAsync(Stream content, string name, CancellationToken ct) =>
        await UploadedTable.ReadAsync(content, name, LargestFile, Read, ct);

    private static List<LinesRow> Read(TableReader reader)
    {
        var rows = new List<(int Row, string[] Cells, bool[] Numbers)>();
        while (reader.Read())
        {
            if (rows.Count > RfqForm.MostLines)
            {
                throw new RefusedException($"An RFQ holds {RfqForm.MostLines:#,##0} lines at most; this table has more. Split it.");
            }

            var cells = new string[reader.Count];
            var numbers = new bool[reader.Count];
            for (var i = 0; i < cells.Length; i++)
            {
                (cells[i], numbers[i]) = (reader.Cell(i).Trim().ToString(), reader.IsNumber(i));
            }

            if (cells.Any(c => c.Length > 0))
            {
                rows.Add((reader.Row, cells, numbers));
            }
        }

        if (rows.Count == 0)
        {
            throw new RefusedException("There is nothing in it. Copy rows with a description and a quantity, and paste them again.");
        }

        var columns = ByHeads(rows[0].Cells);
        if (columns is null)
        {
            columns = ByContent([.. rows.Select(r => r.Cells)]);
        }
        else
        {
            rows.RemoveAt(0);
        }

        return Lines(rows, columns);
    }

    private static List<LinesRow> Lines(List<(int Row, string[] Cells, bool[] Numbers)> rows, LinesColumn[] columns)
    {
        string Cell(string[] cells, LinesColumn column) => Array.IndexOf(columns, column) is var at and >= 0 && at < cells.Length ? cells[at] : "";
        var signs = new Dictionary<LinesColumn, DecimalSign>();
        foreach (var column in (LinesColumn[])[LinesColumn.Quantity, LinesColumn.TargetPrice])
        {
            var evidence = new NumberEvidence();
            rows.ForEach(r => evidence.Add(SplitUnit(Cell(r.Cells, column)).Number));
            signs[column] = evidence.Sign;
        }

        // One sheet has one style: a column that does not show it follows the other, and a lone "1.000" is a thousand only where commas are decimal.
        var style = signs.Values.FirstOrDefault(s => s != DecimalSign.Auto, DecimalSign.Point);
        var dates = new DateEvidence();
        rows.ForEach(r => dates.Add(Cell(r.Cells, LinesColumn.NeedBy)));
        var combined = Array.IndexOf(columns, LinesColumn.Part) < 0 && Array.IndexOf(columns, LinesColumn.Description) < 0;
        return rows.ConvertAll(r =>
        {
            var problems = new List<string>();
            var (quantityText, unitBeside) = SplitUnit(Cell(r.Cells, LinesColumn.Quantity));
            var quantity = Number(quantityText, r, LinesColumn.Quantity, "quantity", problems);
            var target = Number(Cell(r.Cells, LinesColumn.TargetPrice), r, LinesColumn.TargetPrice, "target price", problems);
            DateOnly? needBy = null;
            if (Cell(r.Cells, LinesColumn.NeedBy) is { Length: > 0 } day)
            {
                var read = Dated.Parse(day, dates.Order, out var problem);
                needBy = problem is null ? read : null;
                Add(problems, problem, "need date");
            }

            var unit = Cell(r.Cells, LinesColumn.Unit) is { Length: > 0 } said ? said : unitBeside;
            return new LinesRow(
                r.Row, Cell(r.Cells, LinesColumn.Part), combined ? r.Cells[0] : Cell(r.Cells, LinesColumn.Description), quantity, unit, target, needBy, Cell(r.Cells, LinesColumn.Note), problems);
        });

        decimal? Number(string text, (int Row, string[] Cells, bool[] Numbers) row, LinesColumn column, string what, List<string> problems)
        {
            if (text.Length == 0)
            {
                return null;
            }

            var own = Array.IndexOf(columns, column) is var at and >= 0 && at < row.Numbers.Length && row.Numbers[at];
            var value = Numbered.Parse(text, own ? DecimalSign.Point : signs[column] == DecimalSign.Auto ? style : signs[column], out var problem);
            Add(problems, problem, what);
            return problem is null ? value : null;
        }
    }

    private static void Add(List<string> problems, string? problem, string what)
    {
        if (problem is not null)
        {
            problems.Add($"{problem}, so the {what} was left empty.");
        }
    }

    // A row is a head when two of its cells are known names, or all are, and none is a number.
    private static LinesColumn[]? ByHeads(string[] cells)
    {
        var columns = new LinesColumn[cells.Length];
        var known = 0;
        for (var i = 0; i < cells.Length; i++)
        {
            var name = new string([.. cells[i].Where(char.IsLetter)]).ToLowerInvariant();
            var column = Heads.FirstOrDefault(h => h.Value.Contains(name)).Key;
            if (column != LinesColumn.None && !columns.Contains(column))
            {
                columns[i] = column;
                known++;
            }

            if (Numbered.Classify(cells[i]) != Numbered.Reading.None)
            {
                return null;
            }
        }

        return known >= 2 || (known > 0 && known == cells.Count(c => c.Length > 0)) ? columns : null;
    }

    private static LinesColumn[] ByContent(List<string[]> rows)
    {
        var width = rows.Max(r => r.Length);
        var columns = new LinesColumn[width];
        IEnumerable<string> Filled(int column) => rows.Where(r => column < r.Length && r[column].Length > 0).Select(r => r[column]);
        bool Mostly(int column, Func<string, bool> holds) => Filled(column).Count(holds) is var count && count > 0 && count * 2 > Filled(column).Count();
        for (var i = 0; i < width; i++)
        {
            if (Mostly(i, c => Dated.Parse(c, DateOrder.DayFirst, out var problem) != default && problem is null) && !columns.Contains(LinesColumn.NeedBy))
            {
                columns[i] = LinesColumn.NeedBy;
            }
        }

        // The first column says what; a number there is a part's.
        for (var i = 1; i < width; i++)
        {
            if (columns[i] == LinesColumn.None && Mostly(i, c => Numbered.Classify(SplitUnit(c).Number) != Numbered.Reading.None))
            {
                columns[i] = !columns.Contains(LinesColumn.Quantity) ? LinesColumn.Quantity : !columns.Contains(LinesColumn.TargetPrice) ? LinesColumn.TargetPrice : LinesColumn.None;
            }
        }

        var quantity = Array.IndexOf(columns, LinesColumn.Quantity);
        var words = Enumerable.Range(0, quantity < 0 ? width : quantity).Where(i => columns[i] == LinesColumn.None && Filled(i).Any()).ToList();
        if (words.Count > 1)
        {
            (columns[words[0]], columns[words[1]]) = (LinesColumn.Part, LinesColumn.Description);
        }

        if (quantity >= 0 && quantity + 1 < width && columns[quantity + 1] == LinesColumn.None && Mostly(quantity + 1, c => c.Length <= 12))
        {
            columns[quantity + 1] = LinesColumn.Unit;
        }

        var rest = Enumerable.Range(Math.Max(quantity, 0) + 1, Math.Max(width - Math.Max(quantity, 0) - 1, 0)).FirstOrDefault(i => columns[i] == LinesColumn.None && Filled(i).Any(), -1);
        if (quantity >= 0 && rest > 0)
        {
            columns[rest] = LinesColumn.Note;
        }

        return columns;
    }

    // "1,200 kg" is a quantity with its unit.
    private static (string Number, string Unit) SplitUnit(string cell)
    {
        var end = cell.Length;
        while (end > 0 && !char.IsAsciiDigit(cell[end - 1]))
        {
            end--;
        }

        return end > 0 && end < cell.Length && cell[end..].Trim() is { Length: > 0 and <= 12 } unit && unit.Any(char.IsLetter) ? (cell[..end].Trim(), unit) : (cell, "");
    }

    // Commas divide only where every row has as many of them; a lone description may hold one.
    private static bool Commas(string text)
    {
        var counts = text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Count(c => c == ',')).Distinct().ToList();
        return counts is [> 0] && text.Contains('\n', StringComparison.Ordinal);
    }
}
