using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Sourcing.Data.Common;
using Sourcing.Data.Common.Files;

namespace Sourcing.Data.Rfqs;

/// <summary>What a column of a quote's spreadsheet holds.</summary>
public enum QuoteColumn
{
    Line,
    Part,
    Description,
    Asked,
    AskedUnit,
    NeedBy,
    Answer,
    UnitPrice,
    Quantity,
    Unit,
    Moq,
    OrderMultiple,
    LeadTimeDays,
    NoQuoteReason,
    Alternate,
    Notes,

    /// <summary>Minimum quantity of a price break; its price stands beside it.</summary>
    BreakFrom,
    BreakPrice,
}

/// <summary>
/// A quote as a spreadsheet that a supplier fills in offline: one row a line, the terms for the whole beneath. What the buyer asks
/// stands at the left and is locked, what is to be filled in at the right. The file knows its RFQ, round and lines, so that one of
/// another, or with rows that were moved or changed, is found out. <see cref="QuoteSheetReader"/> reads it back.
/// </summary>
public static class QuoteSheetFile
{
    /// <summary>Room for so many price breaks a line at least.</summary>
    public const int LeastBreaks = 3;

    internal static readonly (QuoteColumn Column, string Head)[] Columns =
    [
        (QuoteColumn.Line, "Line"), (QuoteColumn.Part, "Part"), (QuoteColumn.Description, "Description"), (QuoteColumn.Asked, "Quantity asked"),
        (QuoteColumn.AskedUnit, "Unit asked"), (QuoteColumn.NeedBy, "Needed by"), (QuoteColumn.Answer, "Answer"), (QuoteColumn.UnitPrice, "Unit price"),
        (QuoteColumn.Quantity, "Quantity"), (QuoteColumn.Unit, "Unit"), (QuoteColumn.Moq, "Minimum order"), (QuoteColumn.OrderMultiple, "Order multiple"),
        (QuoteColumn.LeadTimeDays, "Lead time, days"), (QuoteColumn.NoQuoteReason, "Reason for no quote"), (QuoteColumn.Alternate, "Offered instead"), (QuoteColumn.Notes, "Notes"),
    ];

    internal const string Request = "Request";
    internal const string Round = "Round";
    internal const string Addenda = "Addenda so far";
    internal const string Key = "Key of the lines";
    internal const string Currency = "Currency";
    internal const string ValidUntil = "Valid until";
    internal const string LeadTime = "Lead time for all lines, days";
    internal const string Incoterm = "Delivery terms";
    internal const string PaymentTerms = "Payment terms";
    internal const string Freight = "Freight for the whole";
    internal const string Other = "Other costs for the whole";
    internal const string Notes = "Notes to the buyer";

    /// <summary>Heads of the columns.</summary>
    public static IReadOnlyList<string> Heads(QuoteContent content) =>
        [.. Columns.Select(c => c.Head), .. Enumerable.Range(1, Breaks(content)).SelectMany(i => new[] { BreakFrom(i), BreakPrice(i) })];

    /// <summary>The lines with what is answered so far, a blank row, the terms.</summary>
    /// <param name="content">One answer a line; what is missing stays empty.</param>
    public static IEnumerable<IReadOnlyList<object?>> Rows(AskedRfq rfq, QuoteContent content)
    {
        var breaks = Breaks(content);
        foreach (var asked in rfq.Lines)
        {
            yield return Line(asked, content.Lines.FirstOrDefault(l => l.RfqLineId == asked.Id) ?? new(), breaks);
        }

        yield return [];
        yield return [Request, rfq.Number, "Leave these four rows as they are."];
        yield return [Round, rfq.Round];
        yield return [Addenda, rfq.Addenda.Count];
        yield return [Key, KeyOf(rfq)];
        yield return [Currency, new OpenCell(content.Currency), "Of all prices and costs: three letters, such as EUR."];
        yield return [ValidUntil, new OpenCell(content.ValidUntil), $"At least until {rfq.DeadlineDay:yyyy-MM-dd}."];
        yield return [LeadTime, new OpenCell(content.LeadTimeDays), "From order to delivery, for lines that say nothing else."];
        yield return [Incoterm, new OpenCell(content.Incoterm)];
        yield return [PaymentTerms, new OpenCell(content.PaymentTerms)];
        yield return [Freight, new OpenCell(content.FreightCost)];
        yield return [Other, new OpenCell(content.OtherCost), "Tooling, packing, tests."];
        yield return [Notes, new OpenCell(content.Notes)];
        yield return [];
        yield return ["Answers", string.Join(", ", Enum.GetValues<QuoteLineOutcome>().Select(Answer)), "Left empty, a row with a price is a price."];
        yield return ["Reasons", string.Join(", ", Enum.GetValues<NoQuoteReason>().Select(r => Words.Spaced(r)))];
    }

    /// <summary>Writes the whole file, locked but for the answers.</summary>
    /// <param name="to">Left open.</param>
    public static void Write(Stream to, AskedRfq rfq, QuoteContent content, TimeZoneInfo zone)
    {
        using var sheet = SheetWriter.XlsxForm(to, rfq.Number, zone, Rules(rfq, content));
        sheet.Head(Heads(content));
        foreach (var row in Rows(rfq, content))
        {
            sheet.Row(row);
        }
    }

    /// <summary>Of what is asked, line by line, and of the RFQ: 16 hexadecimal digits that change when any of it does.</summary>
    internal static string KeyOf(AskedRfq rfq)
    {
        var text = new StringBuilder(rfq.Id.ToString("N"));
        foreach (var line in rfq.Lines)
        {
            text.Append(CultureInfo.InvariantCulture, $"|{line.Id:N};{line.LineNo};{line.PartNumber};{line.Description};{Plain(line.Quantity)};{line.Unit};{line.NeedBy:yyyy-MM-dd}");
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..16];
    }

    private static List<CellRule> Rules(AskedRfq rfq, QuoteContent content)
    {
        var (last, terms) = (rfq.Lines.Count + 1, rfq.Lines.Count + 7);
        string Of(QuoteColumn column) => Range(Array.FindIndex(Columns, c => c.Column == column), last);
        string Term(int number) => CellNames.Of(1, terms + number);
        List<CellRule> rules =
        [
            Choice(Of(QuoteColumn.Answer), "Answer", [.. Enum.GetValues<QuoteLineOutcome>().Select(Answer)]),
            Choice(Of(QuoteColumn.NoQuoteReason), "Reason for no quote", [.. Enum.GetValues<NoQuoteReason>().Select(r => Words.Spaced(r))]),
            Above(Of(QuoteColumn.UnitPrice), "Unit price"), Above(Of(QuoteColumn.Quantity), "Quantity"), Above(Of(QuoteColumn.Moq), "Minimum order"),
            Above(Of(QuoteColumn.OrderMultiple), "Order multiple"), Days(Of(QuoteColumn.LeadTimeDays)), Longest(Of(QuoteColumn.Alternate), "Offered instead", 500),
            Longest(Of(QuoteColumn.Notes), "Notes", 1000),
            .. Enumerable.Range(Columns.Length, 2 * Breaks(content)).Select(c => Above(Range(c, last), "Price break")),
            new(Term(1), CellRuleKind.DayFrom, ValidUntil, $"The offer has to hold at least until {rfq.DeadlineDay:yyyy-MM-dd}.") { Day = rfq.DeadlineDay },
            Longest(Term(0), Currency, 3), Days(Term(2)), Longest(Term(3), Incoterm, 80), Longest(Term(4), PaymentTerms, 200), From(Term(5), "Freight"), From(Term(6), "Other costs"),
            Longest(Term(7), Notes, 4000),
        ];
        var unit = Array.FindIndex(Columns, c => c.Column == QuoteColumn.Unit);
        rules.AddRange(rfq.Lines.Select((line, i) => (Units: string.Join(',', line.Units), line.Units.Count, Cell: CellNames.Of(unit, i + 2))).Where(l => l.Units.Length is > 0 and < 250)
            .GroupBy(l => l.Units, l => l.Cell).Select(g => Choice(string.Join(' ', g), "Unit", g.Key.Split(','))));
        return rfq.Lines.Count == 0 ? [] : rules;
    }

    private static string Range(int column, int last) => $"{CellNames.Of(column, 2)}:{CellNames.Of(column, last)}";

    private static CellRule Above(string cells, string what) => new(cells, CellRuleKind.NumberAbove, what, "Type a number above 0, or leave the cell empty.");

    private static CellRule From(string cells, string what) => new(cells, CellRuleKind.NumberFrom, what, "Type a number of 0 or more, or leave the cell empty.");

    private static CellRule Days(string cells) => new(cells, CellRuleKind.Whole, "Lead time", $"Type whole days, 0 to {QuoteRules.LongestLead}.") { To = QuoteRules.LongestLead };

    private static CellRule Longest(string cells, string what, int most) => new(cells, CellRuleKind.Text, what, $"At most {most} characters.") { To = most };

    private static CellRule Choice(string cells, string what, IReadOnlyList<string> choices)
    {
        var text = $"Choose one of: {string.Join(", ", choices)}.";
        return new(cells, CellRuleKind.Choice, what, text.Length > 255 ? "Choose one from the list." : text) { Choices = choices };
    }

    internal static string BreakFrom(int number) => $"Break {number}, from quantity";

    internal static string BreakPrice(int number) => $"Break {number}, unit price";

    /// <summary>How the answer to a line is called: on pages and in the file alike.</summary>
    public static string Answer(QuoteLineOutcome outcome) => outcome switch
    {
        QuoteLineOutcome.Priced => "Price",
        QuoteLineOutcome.Alternate => "Alternate",
        _ => "No quote",
    };

    private static int Breaks(QuoteContent content) => Math.Max(LeastBreaks, content.Lines.Select(l => l.Breaks.Count).DefaultIfEmpty(0).Max());

    private static List<object?> Line(AskedLine asked, QuoteLineContent line, int breaks)
    {
        var answered = line.UnitPrice is not null || line.Outcome != QuoteLineOutcome.Priced;
        List<object?> row =
        [
            asked.LineNo, asked.PartNumber, asked.Description, Plain(asked.Quantity), asked.Unit, asked.NeedBy,
            .. new object?[]
            {
                answered ? Answer(line.Outcome) : "", Plain(line.UnitPrice), Plain(line.Quantity ?? asked.Quantity), line.Unit.Length > 0 ? line.Unit : asked.Unit, Plain(line.Moq), Plain(line.OrderMultiple),
                line.LeadTimeDays, line.NoQuoteReason is { } reason ? Words.Spaced(reason) : "", line.Alternate, line.Notes,
            }.Select(answer => new OpenCell(answer)),
        ];
        for (var i = 0; i < breaks; i++)
        {
            row.Add(new OpenCell(i < line.Breaks.Count ? Plain(line.Breaks[i].MinimumQuantity) : null));
            row.Add(new OpenCell(i < line.Breaks.Count ? Plain(line.Breaks[i].UnitPrice) : null));
        }

        return row;
    }

    // Without the zeros that the column's scale adds.
    private static decimal? Plain(decimal? value) => value / 1.0000000000000000000000000000m;
}
