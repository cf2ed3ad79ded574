using Sourcing.Data.Common;

namespace Sourcing.Data.Rfqs;

/// <summary>The comparison as rows of a spreadsheet: one row a line, three columns a supplier (four in a later round), totals beneath.</summary>
public static class ComparisonSheet
{
    /// <summary>Heads of the columns.</summary>
    public static IReadOnlyList<string> Heads(ComparisonView view) =>
    [
        "Line", "Part", "Description", "Quantity", "Unit", "Target", "Last paid", "Median",
        .. view.Quotes.SelectMany(q => new[] { $"{q.Supplier}: price, {view.Currency}", $"{q.Supplier}: cost, {view.Currency}", $"{q.Supplier}: note" }.Concat(view.Former is { } former ? [$"{q.Supplier}: price in round {former.Round}, {view.Currency}"] : [])),
    ];

    /// <summary>Lines, then goods, freight and landed cost of each supplier.</summary>
    public static IEnumerable<IReadOnlyList<object?>> Rows(ComparisonView view)
    {
        foreach (var line in view.Lines)
        {
            yield return
            [
                line.LineNo, line.PartNumber, line.Description, line.Quantity, line.Unit, line.Target, line.LastPaid, line.Median,
                .. view.Quotes.SelectMany(q => (object?[])[.. Cells(view.Comparison.Offer(line.Id, q.QuoteId)), .. view.Former is { } former ? (object?[])[former.Price(line.Id, q.SupplierId)] : []]),
            ];
        }

        yield return Total(view, "Goods", t => t.Goods);
        yield return Total(view, "Freight and other", t => t.Extra);
        yield return Total(view, "Landed cost", t => t.Landed);
    }

    private static object?[] Cells(ComparedOffer offer) =>
    [
        offer.UnitPrice, offer.Cost,
        string.Join(", ", new[]
        {
            offer.Standing == OfferStanding.Comparable ? null : Words.Spaced(offer.Standing).ToLowerInvariant(),
            offer.Best ? "best" : null, offer.Outlier ? "outlier" : null, offer.Note, offer.LeadTimeDays is { } days ? $"{days} days" : null,
        }.Where(t => t is not null)),
    ];

    private static List<object?> Total(ComparisonView view, string name, Func<ComparedTotal, decimal> amount) =>
        [null, null, name, null, null, null, null, null, .. view.Quotes.SelectMany(q => new object?[] { null, amount(view.Comparison.Total(q.QuoteId)), $"{view.Comparison.Total(q.QuoteId).Lines} of {view.Lines.Count} lines" }.Concat(view.Former is null ? [] : [null]))];
}
