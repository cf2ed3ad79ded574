using System.Globalization;
using Sourcing.Data.Common;
using Sourcing.Data.Common.Files;
using Sourcing.Data.Imports.Reading;

namespace Sourcing.Data.Rfqs;

/// <summary>
/// Looks whether an uploaded quote still is the form that was sent out: of this RFQ and round, its rows in their order, what is asked
/// unchanged. Every cell that is not is named. A table that somebody made by hand carries no key and is only held against what it says.
/// </summary>
internal sealed class QuoteSheetLock
{
    private const int Most = 8;

    private readonly AskedRfq _rfq;
    private readonly IReadOnlyList<TableRow> _body;
    private readonly List<FieldError> _faults = [];

    private QuoteSheetLock(AskedRfq rfq, IReadOnlyList<TableRow> body) => (_rfq, _body) = (rfq, body);

    /// <summary>Refuses with the first cells that are not as they were sent.</summary>
    /// <param name="body">The rows beneath the heads.</param>
    public static void Demand(AskedRfq rfq, TableRow head, IReadOnlyList<TableRow> body)
    {
        var own = new QuoteSheetLock(rfq, body);
        own.Request();
        if (own.Term(QuoteSheetFile.Key) is { } key)
        {
            own.Keyed(key, head);
        }

        if (own._faults.Count > 0)
        {
            throw new RefusedException(
                [.. own._faults.Take(Most), .. own._faults.Count > Most ? new[] { new FieldError("", $"And {own._faults.Count - Most} more cells. Download the spreadsheet again.") } : []]);
        }
    }

    /// <summary>How many addenda the file knew, and where it says so; null where it does not.</summary>
    public static (int Count, string Cell)? Addenda(IReadOnlyList<TableRow> body) =>
        body.FirstOrDefault(r => Same(r[0], QuoteSheetFile.Addenda)) is { } row && int.TryParse(row[1], NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? (count, CellNames.Of(1, row.Number)) : null;

    private void Request()
    {
        if (Term(QuoteSheetFile.Request) is { } request && request[1].Length > 0 && !Same(request[1], _rfq.Number))
        {
            throw new RefusedException($"Cell {CellNames.Of(1, request.Number)}: This file is for {(request[1].Length > 40 ? request[1][..40] : request[1])}, and this is {_rfq.Number}. Download its own spreadsheet.");
        }

        if (Term(QuoteSheetFile.Round) is { } round && round[1].Length > 0 && round[1] != _rfq.Round.ToString(CultureInfo.InvariantCulture))
        {
            throw new RefusedException($"Cell {CellNames.Of(1, round.Number)}: This file is of round {(round[1].Length > 20 ? round[1][..20] : round[1])}, and {_rfq.Number} is in round {_rfq.Round}. Download the spreadsheet of this round.");
        }
    }

    private void Keyed(TableRow key, TableRow head)
    {
        for (var i = 0; i < QuoteSheetFile.Columns.Length; i++)
        {
            Expect(head, i, QuoteSheetFile.Columns[i].Head, "the columns stay where they are");
        }

        var rows = _body.Where(r => r[0].Length > 0 && r[0].All(char.IsAsciiDigit)).ToList();
        for (var i = 0; i < Math.Max(rows.Count, _rfq.Lines.Count); i++)
        {
            if (i >= rows.Count)
            {
                _faults.Add(new("", $"The row of line {_rfq.Lines[i].LineNo} is missing. Download the spreadsheet again; a line without an offer says \"No quote\"."));
            }
            else if (i >= _rfq.Lines.Count)
            {
                Say(rows[i], 0, $"the RFQ has no further line, and the file says {Short(rows[i][0])}. Take the row out.");
            }
            else if (rows[i][0] != _rfq.Lines[i].LineNo.ToString(CultureInfo.InvariantCulture))
            {
                Say(rows[i], 0, $"line {Short(rows[i][0])} stands where line {_rfq.Lines[i].LineNo} belongs. Rows are neither sorted nor moved, added or taken out.");
                return;
            }
            else
            {
                Asked(rows[i], _rfq.Lines[i]);
            }
        }

        if (_faults.Count == 0 && key[1] != QuoteSheetFile.KeyOf(_rfq))
        {
            Say(key, 1, $"what {_rfq.Number} asks for is not what it was when this file was downloaded, or the key was changed. Download the spreadsheet again.");
        }
    }

    // What is asked was locked; whoever took the lock off gets it named.
    private void Asked(TableRow row, AskedLine line)
    {
        const string Stays = "what is asked cannot be changed here";
        Expect(row, 1, line.PartNumber, Stays);
        Expect(row, 2, line.Description, Stays);
        var quantity = Numbered.Parse(row[3], row.IsNumber(3) ? DecimalSign.Point : DecimalSign.Auto, out var problem);
        if (problem is not null || quantity != line.Quantity)
        {
            Say(row, 3, $"line {line.LineNo} asks for {line.Quantity.ToString("#,##0.####", CultureInfo.InvariantCulture)} {line.Unit}, and the file says {Short(row[3])}; {Stays}. Offer another quantity in the column \"Quantity\".");
        }

        Expect(row, 4, line.Unit, Stays);
        if (line.NeedBy is { } day ? Dated.Parse(row[5], DateOrder.Auto, out _) != day : row[5].Length > 0)
        {
            Say(row, 5, $"line {line.LineNo} is needed {(line.NeedBy is { } by ? $"by {by:yyyy-MM-dd}" : "on no certain day")}, and the file says {Short(row[5])}; {Stays}.");
        }
    }

    private void Expect(TableRow row, int column, string expected, string rule)
    {
        if (Plain(row[column]) != Plain(SheetWriter.Harmless(expected)))
        {
            Say(row, column, $"{Short(expected)} belongs here, and the file says {Short(row[column])}; {rule}.");
        }
    }

    private void Say(TableRow row, int column, string text)
    {
        var cell = CellNames.Of(column, row.Number);
        _faults.Add(new(cell, $"Cell {cell}: {text}"));
    }

    private TableRow? Term(string name) => _body.FirstOrDefault(r => Same(r[0], name));

    private static string Short(string text) => text.Length == 0 ? "nothing" : Numbered.Quoted(text);

    // Spreadsheet programs change blanks and line ends; an apostrophe is how this app's own files make text harmless.
    private static string Plain(string text) => string.Join(' ', text.TrimStart('\'').Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static bool Same(string left, string right) => left.Equals(right, StringComparison.OrdinalIgnoreCase);
}
