using Sourcing.Data.Common;

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
/// stands at the left, what is to be filled in at the right. <see cref="QuoteSheetReader"/> reads it back.
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
        yield return [Request, rfq.Number, "Leave this row as it is."];
        yield return [Currency, content.Currency, "Of all prices and costs: three letters, such as EUR."];
        yield return [ValidUntil, content.ValidUntil, $"At least until {rfq.DeadlineDay:yyyy-MM-dd}."];
        yield return [LeadTime, content.LeadTimeDays, "From order to delivery, for lines that say nothing else."];
        yield return [Incoterm, content.Incoterm];
        yield return [PaymentTerms, content.PaymentTerms];
        yield return [Freight, content.FreightCost];
        yield return [Other, content.OtherCost, "Tooling, packing, tests."];
        yield return [Notes, content.Notes];
        yield return [];
        yield return ["Answers", string.Join(", ", Enum.GetValues<QuoteLineOutcome>().Select(Answer)), "Left empty, a row with a price is a price."];
        yield return ["Reasons", string.Join(", ", Enum.GetValues<NoQuoteReason>().Select(r => Words.Spaced(r)))];
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
            answered ? Answer(line.Outcome) : "", Plain(line.UnitPrice), Plain(line.Quantity ?? asked.Quantity), line.Unit.Length > 0 ? line.Unit : asked.Unit, Plain(line.Moq), Plain(line.OrderMultiple),
            line.LeadTimeDays, line.NoQuoteReason is { } reason ? Words.Spaced(reason) : "", line.Alternate, line.Notes,
        ];
        for (var i = 0; i < breaks; i++)
        {
            row.Add(i < line.Breaks.Count ? Plain(line.Breaks[i].MinimumQuantity) : null);
            row.Add(i < line.Breaks.Count ? Plain(line.Breaks[i].UnitPrice) : null);
        }

        return row;
    }

    // Without the zeros that the column's scale adds.
    private static decimal? Plain(decimal? value) => value / 1.0000000000000000000000000000m;
}
