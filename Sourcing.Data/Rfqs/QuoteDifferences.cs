using System.Globalization;

namespace Sourcing.Data.Rfqs;

/// <summary>One field in which two answers differ.</summary>
/// <param name="RfqLineId">The line; null for the terms of the whole.</param>
/// <param name="Field">The field's property name.</param>
/// <param name="Label">The field in words.</param>
public sealed record QuoteDifference(Guid? RfqLineId, string Field, string Label, object? Before, object? After);

/// <summary>Compares answers field by field: revisions with each other, and what two people typed at once.</summary>
public static class QuoteDifferences
{
    private sealed record Field<T>(string Name, string Label, Func<T, object?> Read, Action<T, T> Copy);

    private static readonly Field<QuoteContent>[] Terms =
    [
        new(nameof(QuoteContent.Currency), "Currency", c => c.Currency, (to, from) => to.Currency = from.Currency),
        new(nameof(QuoteContent.ValidUntil), "Valid until", c => c.ValidUntil, (to, from) => to.ValidUntil = from.ValidUntil),
        new(nameof(QuoteContent.LeadTimeDays), "Lead time, days", c => c.LeadTimeDays, (to, from) => to.LeadTimeDays = from.LeadTimeDays),
        new(nameof(QuoteContent.PaymentTerms), "Payment terms", c => c.PaymentTerms, (to, from) => to.PaymentTerms = from.PaymentTerms),
        new(nameof(QuoteContent.Incoterm), "Delivery terms", c => c.Incoterm, (to, from) => to.Incoterm = from.Incoterm),
        new(nameof(QuoteContent.FreightCost), "Freight", c => c.FreightCost, (to, from) => to.FreightCost = from.FreightCost),
        new(nameof(QuoteContent.OtherCost), "Other costs", c => c.OtherCost, (to, from) => to.OtherCost = from.OtherCost),
        new(nameof(QuoteContent.Notes), "Notes", c => c.Notes, (to, from) => to.Notes = from.Notes),
    ];

    private static readonly Field<QuoteLineContent>[] Lines =
    [
        new(nameof(QuoteLineContent.Outcome), "Answer", l => l.Outcome, (to, from) => to.Outcome = from.Outcome),
        new(nameof(QuoteLineContent.UnitPrice), "Unit price", l => l.UnitPrice, (to, from) => to.UnitPrice = from.UnitPrice),
        new(nameof(QuoteLineContent.Quantity), "Quantity", l => l.Quantity, (to, from) => to.Quantity = from.Quantity),
        new(nameof(QuoteLineContent.Unit), "Unit", l => l.Unit, (to, from) => to.Unit = from.Unit),
        new(nameof(QuoteLineContent.Moq), "Minimum order", l => l.Moq, (to, from) => to.Moq = from.Moq),
        new(nameof(QuoteLineContent.OrderMultiple), "Order multiple", l => l.OrderMultiple, (to, from) => to.OrderMultiple = from.OrderMultiple),
        new(nameof(QuoteLineContent.LeadTimeDays), "Lead time, days", l => l.LeadTimeDays, (to, from) => to.LeadTimeDays = from.LeadTimeDays),
        new(nameof(QuoteLineContent.NoQuoteReason), "Reason for no quote", l => l.NoQuoteReason, (to, from) => to.NoQuoteReason = from.NoQuoteReason),
        new(nameof(QuoteLineContent.Alternate), "Alternate", l => l.Alternate, (to, from) => to.Alternate = from.Alternate),
        new(nameof(QuoteLineContent.Notes), "Notes", l => l.Notes, (to, from) => to.Notes = from.Notes),
        new(nameof(QuoteLineContent.Breaks), "Price breaks", l => Breaks(l), (to, from) => to.Breaks = [.. from.Breaks.Select(b => new QuoteBreakContent { MinimumQuantity = b.MinimumQuantity, UnitPrice = b.UnitPrice })]),
    ];

    /// <summary>The fields that differ, terms first, then lines in the order of <paramref name="after"/>.</summary>
    public static IReadOnlyList<QuoteDifference> Of(QuoteContent before, QuoteContent after)
    {
        var found = Differing(Terms, before, after, null).ToList();
        foreach (var line in after.Lines)
        {
            var other = before.Lines.FirstOrDefault(l => l.RfqLineId == line.RfqLineId);
            found.AddRange(Differing(Lines, other ?? new() { Unit = line.Unit }, line, line.RfqLineId));
        }

        return found;
    }

    /// <summary>Copies one field from the other answer.</summary>
    public static void Take(QuoteContent into, QuoteContent from, QuoteDifference difference)
    {
        if (difference.RfqLineId is not { } id)
        {
            Terms.Single(f => f.Name == difference.Field).Copy(into, from);
        }
        else if (into.Lines.FirstOrDefault(l => l.RfqLineId == id) is { } line && from.Lines.FirstOrDefault(l => l.RfqLineId == id) is { } other)
        {
            Lines.Single(f => f.Name == difference.Field).Copy(line, other);
        }
    }

    private static IEnumerable<QuoteDifference> Differing<T>(Field<T>[] fields, T before, T after, Guid? line) =>
        from field in fields
        let was = field.Read(before)
        let is_ = field.Read(after)
        where !Equals(was, is_) && !(was as string is null or "" && is_ as string is null or "" && (was ?? is_) is null or "")
        select new QuoteDifference(line, field.Name, field.Label, was, is_);

    private static string Breaks(QuoteLineContent line) =>
        string.Join("; ", line.Breaks.Select(b => string.Create(CultureInfo.InvariantCulture, $"from {b.MinimumQuantity:0.####}: {b.UnitPrice:0.####}")));
}
