using Sourcing.Data.Common;
using Sourcing.Data.Common.Files;
using Sourcing.Data.Imports.Reading;

namespace Sourcing.Data.Rfqs;

/// <summary>
/// Reads the spreadsheet of <see cref="QuoteSheetFile"/> back, row by row: lines by their number, terms by their name. A cell that
/// cannot be read leaves its field empty and is named with its row; nothing of it is guessed, nothing is submitted.
/// </summary>
public sealed class QuoteSheetReader
{
    /// <summary>Bytes of an uploaded file.</summary>
    public const long LargestFile = 5 * 1024 * 1024;

    private const int LongestFile = 5000;

    private readonly AskedRfq _rfq;
    private readonly QuoteContent _content;
    private readonly List<(int Row, int Column, string Where, string Field, string Text)> _problems = [];
    private readonly Dictionary<int, int> _rowOfLine = [];
    private readonly Dictionary<string, int> _rowOfTerm = new(StringComparer.OrdinalIgnoreCase);
    private Dictionary<QuoteColumn, int> _columns = [];
    private List<(int From, int Price)> _breaks = [];
    private DecimalSign _sign = DecimalSign.Auto;
    private DateOrder _order;

    private QuoteSheetReader(AskedRfq rfq, QuoteContent content) => (_rfq, _content) = (rfq, content);

    /// <summary>Reads an uploaded CSV, XLSX or XLS.</summary>
    /// <param name="rfq">The one that the file has to be for.</param>
    /// <param name="before">What was typed so far: kept where the file has no row for it. Not changed.</param>
    /// <param name="deadline">The day until which the offer has to hold at least.</param>
    /// <param name="today">By the database's clock.</param>
    /// <exception cref="RefusedException">It is no such table, is for another RFQ, or answers no line.</exception>
    public static Task<ReadQuote> ReadAsync(Stream content, string name, AskedRfq rfq, QuoteContent before, DateOnly deadline, DateOnly today, CancellationToken ct)
    {
        var own = new QuoteSheetReader(rfq, QuoteJson.Read(QuoteJson.Write(before)));
        return UploadedTable.ReadAsync(content, name, LargestFile, table => own.Read(table, deadline, today), ct);
    }

    private ReadQuote Read(TableReader table, DateOnly deadline, DateOnly today)
    {
        var rows = new List<TableRow>();
        while (table.Read())
        {
            if (rows.Count == LongestFile)
            {
                throw new RefusedException($"The file has more than {LongestFile:#,##0} rows. Use the spreadsheet of {_rfq.Number}, with one row a line.");
            }

            rows.Add(TableRow.Of(table));
        }

        var head = rows.FindIndex(FindColumns);
        if (head < 0)
        {
            throw new RefusedException($"There is no row with the heads \"Line\" and \"Unit price\". Download the spreadsheet of {_rfq.Number}, fill it in, and upload that.");
        }

        var body = rows.Skip(head + 1).ToList();
        QuoteSheetLock.Demand(_rfq, rows[head], body);
        Learn(body);
        foreach (var row in body)
        {
            if (row[0].Length > 0 && row[0].All(char.IsAsciiDigit))
            {
                Line(row);
            }
            else
            {
                Term(row);
            }
        }

        if (_rowOfLine.Count == 0)
        {
            throw new RefusedException($"The file has no row for any line of {_rfq.Number}. The first column holds the line's number: {string.Join(", ", _rfq.Lines.Take(3).Select(l => l.LineNo))}…");
        }

        AddRules(deadline, today);
        NoteAddenda(body);
        return new(
            _content, _rowOfLine.Count,
            [.. _problems.OrderBy(p => p.Row).Select(p => new QuoteSheetProblem(p.Row, p.Where, p.Text) { Cell = p is { Row: > 0, Column: >= 0 } ? CellNames.Of(p.Column, p.Row) : "" })]);
    }

    private bool FindColumns(TableRow row)
    {
        var found = new Dictionary<QuoteColumn, int>();
        var breaks = new List<(int From, int Price)>();
        for (var i = 0; i < row.Count; i++)
        {
            if (QuoteSheetFile.Columns.FirstOrDefault(c => Same(c.Head, row[i])) is { Head: not null } known)
            {
                found.TryAdd(known.Column, i);
            }
        }

        for (var number = 1; number <= QuoteForm.MostBreaks; number++)
        {
            var (from, price) = (row.IndexOf(c => Same(c, QuoteSheetFile.BreakFrom(number))), row.IndexOf(c => Same(c, QuoteSheetFile.BreakPrice(number))));
            if (from >= 0 && price >= 0)
            {
                breaks.Add((from, price));
            }
        }

        (_columns, _breaks) = (found, breaks);
        return found.TryGetValue(QuoteColumn.Line, out var first) && first == 0 && found.ContainsKey(QuoteColumn.UnitPrice);
    }

    // Addenda change no line, but they may change what an answer has to say.
    private void NoteAddenda(List<TableRow> body)
    {
        if (QuoteSheetLock.Addenda(body) is { } known && known.Count < _rfq.Addenda.Count)
        {
            var (first, last) = (known.Count + 1, _rfq.Addenda.Count);
            var row = body.First(r => Same(r[0], QuoteSheetFile.Addenda)).Number;
            _problems.Add((row, 1, "addenda", "", $"{(first == last ? $"Addendum {last}" : $"Addenda {first} to {last}")} came after this file was downloaded. Read what changed before you submit."));
        }
    }

    // One file has one style; a lone "1,234" is read as the other cells show, and as a thousand where nothing shows it.
    private void Learn(List<TableRow> body)
    {
        var numbers = new NumberEvidence();
        var dates = new DateEvidence();
        int[] columns = [.. new[] { QuoteColumn.UnitPrice, QuoteColumn.Quantity, QuoteColumn.Moq, QuoteColumn.OrderMultiple }.Where(_columns.ContainsKey).Select(c => _columns[c]), .. _breaks.SelectMany(b => new[] { b.From, b.Price })];
        foreach (var row in body)
        {
            foreach (var at in columns.Where(c => !row.IsNumber(c)))
            {
                numbers.Add(row[at]);
            }

            if (Same(row[0], QuoteSheetFile.ValidUntil))
            {
                dates.Add(row[1]);
            }
        }

        (_sign, _order) = (numbers.Sign == DecimalSign.Auto ? DecimalSign.Point : numbers.Sign, dates.Order);
    }

    private void Line(TableRow row)
    {
        var number = row[0].Length <= 9 ? int.Parse(row[0], System.Globalization.CultureInfo.InvariantCulture) : 0;
        var where = $"line {row[0]}";
        var asked = _rfq.Lines.FirstOrDefault(l => l.LineNo == number);
        var at = asked is null ? -1 : _content.Lines.FindIndex(l => l.RfqLineId == asked.Id);
        if (asked is null || at < 0)
        {
            Add(row, 0, where, "", $"{_rfq.Number} has no such line, so the row was left out.");
            return;
        }

        if (!_rowOfLine.TryAdd(number, row.Number))
        {
            Add(row, 0, where, "", $"The line stands in row {_rowOfLine[number]} already, so this row was left out.");
            return;
        }

        var (line, path) = (_content.Lines[at], $"Lines[{at}].");
        decimal? Amount(QuoteColumn column, string field, string what, decimal? otherwise) => _columns.TryGetValue(column, out var c) ? Number(row, c, where, path + field, what) : otherwise;
        string Text(QuoteColumn column, string otherwise, int longest, string field, string what) =>
            _columns.TryGetValue(column, out var c) ? Cut(row, c, longest, where, path + field, what) : otherwise;
        line.UnitPrice = Amount(QuoteColumn.UnitPrice, nameof(line.UnitPrice), "unit price", line.UnitPrice);
        line.Quantity = Amount(QuoteColumn.Quantity, nameof(line.Quantity), "quantity", line.Quantity);
        line.Moq = Amount(QuoteColumn.Moq, nameof(line.Moq), "minimum order", line.Moq);
        line.OrderMultiple = Amount(QuoteColumn.OrderMultiple, nameof(line.OrderMultiple), "order multiple", line.OrderMultiple);
        line.LeadTimeDays = Days(row, _columns.GetValueOrDefault(QuoteColumn.LeadTimeDays, -1), where, path + nameof(line.LeadTimeDays), line.LeadTimeDays);
        line.Alternate = Text(QuoteColumn.Alternate, line.Alternate, 500, nameof(line.Alternate), "text of what is offered instead");
        line.Notes = Text(QuoteColumn.Notes, line.Notes, 1000, nameof(line.Notes), "note");
        Unit(row, line, asked, where, path);
        Breaks(row, line, where, path);
        Answer(row, line, where, path);
    }

    private void Unit(TableRow row, QuoteLineContent line, AskedLine asked, string where, string path)
    {
        if (!_columns.TryGetValue(QuoteColumn.Unit, out var column))
        {
            return;
        }

        var typed = row[column];
        line.Unit = typed.Length == 0 ? asked.Unit : asked.Units.FirstOrDefault(u => Same(u, typed)) ?? "";
        if (line.Unit.Length == 0)
        {
            Add(row, column, where, path + nameof(line.Unit), $"A price per {Numbered.Quoted(typed)} cannot be compared. Use {string.Join(", ", asked.Units)}.");
        }
    }

    private void Breaks(TableRow row, QuoteLineContent line, string where, string path)
    {
        if (_breaks.Count == 0)
        {
            return;
        }

        line.Breaks = [];
        foreach (var (from, price) in _breaks.Where(b => row[b.From].Length > 0 || row[b.Price].Length > 0))
        {
            var field = $"{path}Breaks[{line.Breaks.Count}].";
            line.Breaks.Add(new()
            {
                MinimumQuantity = Number(row, from, where, field + nameof(QuoteBreakContent.MinimumQuantity), "quantity of a price break"),
                UnitPrice = Number(row, price, where, field + nameof(QuoteBreakContent.UnitPrice), "price of a price break"),
            });
        }
    }

    // What is said counts; where nothing is said, the filled-in cells tell.
    private void Answer(TableRow row, QuoteLineContent line, string where, string path)
    {
        var reason = _columns.TryGetValue(QuoteColumn.NoQuoteReason, out var r) ? row[r] : "";
        line.NoQuoteReason = reason.Length == 0 ? null : Enum.GetValues<NoQuoteReason>().Cast<NoQuoteReason?>().FirstOrDefault(known => Same(Words.Spaced(known!.Value), reason));
        var typed = _columns.TryGetValue(QuoteColumn.Answer, out var a) ? row[a] : "";
        if (typed.Length > 0 && Enum.GetValues<QuoteLineOutcome>().Cast<QuoteLineOutcome?>().FirstOrDefault(o => Same(QuoteSheetFile.Answer(o!.Value), typed) || Same(Words.Spaced(o.Value), typed)) is { } said)
        {
            line.Outcome = said;
        }
        else
        {
            line.Outcome = line.UnitPrice is null && reason.Length > 0 ? QuoteLineOutcome.NoQuote : line.Alternate.Length > 0 ? QuoteLineOutcome.Alternate : QuoteLineOutcome.Priced;
            if (typed.Length > 0)
            {
                Add(row, At(QuoteColumn.Answer), where, path + nameof(line.Outcome), $"{Numbered.Quoted(typed)} is no answer. Use {string.Join(", ", Enum.GetValues<QuoteLineOutcome>().Select(QuoteSheetFile.Answer))}.");
            }
        }

        if (line is { Outcome: QuoteLineOutcome.NoQuote, UnitPrice: not null })
        {
            Add(row, At(QuoteColumn.Answer), where, path + nameof(line.Outcome), "The row says no quote and has a price. It counts as no quote: choose one.");
        }

        if (reason.Length > 0 && line.NoQuoteReason is null)
        {
            Add(row, At(QuoteColumn.NoQuoteReason), where, path + nameof(line.NoQuoteReason), $"{Numbered.Quoted(reason)} is not among the reasons: {string.Join(", ", Enum.GetValues<NoQuoteReason>().Select(known => Words.Spaced(known)))}.");
        }
    }

    private void Term(TableRow row)
    {
        string[] names =
        [
            QuoteSheetFile.Currency, QuoteSheetFile.ValidUntil, QuoteSheetFile.LeadTime, QuoteSheetFile.Incoterm, QuoteSheetFile.PaymentTerms,
            QuoteSheetFile.Freight, QuoteSheetFile.Other, QuoteSheetFile.Notes,
        ];
        if (names.FirstOrDefault(n => Same(n, row[0])) is not { } name || !_rowOfTerm.TryAdd(name, row.Number))
        {
            return;
        }

        var where = char.ToLowerInvariant(name[0]) + name[1..];
        switch (name)
        {
            case QuoteSheetFile.Currency:
                _content.Currency = Currencies.All.FirstOrDefault(c => Same(c, row[1])) ?? "";
                if (_content.Currency.Length == 0 && row[1].Length > 0)
                {
                    Add(row, 1, where, nameof(_content.Currency), $"{Numbered.Quoted(row[1])} is no currency. Use three letters, such as EUR.");
                }

                break;
            case QuoteSheetFile.ValidUntil:
                _content.ValidUntil = null;
                if (row[1].Length > 0)
                {
                    var day = Dated.Parse(row[1], _order, out var problem);
                    _content.ValidUntil = problem is null ? day : null;
                    Add(row, 1, where, nameof(_content.ValidUntil), problem is null ? null : $"{problem}. Write it like 2026-12-31.");
                }

                break;
            case QuoteSheetFile.LeadTime:
                _content.LeadTimeDays = Days(row, 1, where, nameof(_content.LeadTimeDays), null);
                break;
            case QuoteSheetFile.Incoterm:
                _content.Incoterm = Cut(row, 1, 80, where, nameof(_content.Incoterm), "text");
                break;
            case QuoteSheetFile.PaymentTerms:
                _content.PaymentTerms = Cut(row, 1, 200, where, nameof(_content.PaymentTerms), "text");
                break;
            case QuoteSheetFile.Freight:
                _content.FreightCost = Number(row, 1, where, nameof(_content.FreightCost), "cost");
                break;
            case QuoteSheetFile.Other:
                _content.OtherCost = Number(row, 1, where, nameof(_content.OtherCost), "cost");
                break;
            default:
                _content.Notes = Cut(row, 1, 4000, where, nameof(_content.Notes), "text");
                break;
        }
    }

    // The rules of the form, at the rows that break them; what could not be read has been named already.
    private void AddRules(DateOnly deadline, DateOnly today)
    {
        var named = _problems.Select(p => p.Field).ToHashSet();
        var asks = _rfq.Lines.ToDictionary(l => l.Id);
        foreach (var error in QuoteRules.Check(_content, _rfq.Lines, deadline, today).Where(e => !named.Contains(e.Field)))
        {
            var asked = error.Field.StartsWith("Lines[", StringComparison.Ordinal) && int.TryParse(error.Field.AsSpan(6, error.Field.IndexOf(']', StringComparison.Ordinal) - 6), out var at)
                ? asks.GetValueOrDefault(_content.Lines[at].RfqLineId)
                : null;
            var name = asked is null ? "" : $"Line {asked.LineNo}: ";
            var text = error.Message.StartsWith(name, StringComparison.Ordinal) ? Capital(error.Message[name.Length..]) : error.Message;
            _problems.Add((
                asked is null ? TermRow(error.Field) : _rowOfLine.GetValueOrDefault(asked.LineNo), asked is null ? 1 : ColumnOf(error.Field), asked is null ? "terms" : $"line {asked.LineNo}", error.Field, text));
        }
    }

    private int At(QuoteColumn column) => _columns.GetValueOrDefault(column, -1);

    // The field's column: "Lines[2].UnitPrice", "Lines[2].Breaks[0].MinimumQuantity".
    private int ColumnOf(string field)
    {
        var path = field.Split('.');
        if (path.Length == 3 && int.TryParse(path[1].AsSpan(7, path[1].Length - 8), out var at) && at < _breaks.Count)
        {
            return path[2] == nameof(QuoteBreakContent.MinimumQuantity) ? _breaks[at].From : _breaks[at].Price;
        }

        return path.Length == 2 && Enum.TryParse<QuoteColumn>(path[1] == nameof(QuoteLineContent.Outcome) ? nameof(QuoteColumn.Answer) : path[1], out var column) ? At(column) : -1;
    }

    private int TermRow(string field) => _rowOfTerm.GetValueOrDefault(field switch
    {
        nameof(QuoteContent.Currency) => QuoteSheetFile.Currency,
        nameof(QuoteContent.ValidUntil) => QuoteSheetFile.ValidUntil,
        nameof(QuoteContent.LeadTimeDays) => QuoteSheetFile.LeadTime,
        nameof(QuoteContent.FreightCost) => QuoteSheetFile.Freight,
        nameof(QuoteContent.OtherCost) => QuoteSheetFile.Other,
        _ => "",
    });

    private decimal? Number(TableRow row, int column, string where, string field, string what)
    {
        if (row[column].Length == 0)
        {
            return null;
        }

        var value = Numbered.Parse(row[column], row.IsNumber(column) ? DecimalSign.Point : _sign, out var problem);
        Add(row, column, where, field, problem is null ? null : $"{problem}, so the {what} was left empty.");
        return problem is null ? value : null;
    }

    private int? Days(TableRow row, int column, string where, string field, int? otherwise)
    {
        if (column < 0)
        {
            return otherwise;
        }

        var days = Number(row, column, where, field, "lead time");
        if (days is { } value && (value != decimal.Truncate(value) || Math.Abs(value) > 1_000_000))
        {
            Add(row, column, where, field, $"{Numbered.Quoted(row[column])} is no number of whole days, so the lead time was left empty.");
            return null;
        }

        return (int?)days;
    }

    private string Cut(TableRow row, int column, int longest, string where, string field, string what)
    {
        var text = row[column];
        Add(row, column, where, field, text.Length > longest ? $"The {what} is longer than {longest:#,##0} characters and was cut. Attach the rest as a file." : null);
        return text.Length > longest ? text[..longest] : text;
    }

    private void Add(TableRow row, int column, string where, string field, string? text)
    {
        if (text is not null)
        {
            _problems.Add((row.Number, column, where, field, text));
        }
    }

    private static bool Same(string left, string right) => left.Equals(right, StringComparison.OrdinalIgnoreCase);

    private static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
}
