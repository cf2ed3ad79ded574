using System.Globalization;
using System.Text;
using Sourcing.Data.Operations;

namespace Sourcing.Data.Rfqs;

/// <summary>The mail by which a supplier knows what was received.</summary>
internal static class QuoteReceipt
{
    public static OutboxMessage Mail(AskedRfq rfq, Quote quote, string to, string contact)
    {
        var lines = quote.Lines.Count(l => l.Outcome != QuoteLineOutcome.NoQuote);
        var text = new StringBuilder();
        text.AppendLine(contact.Length > 0 ? $"Dear {contact}," : "Good day,");
        text.AppendLine();
        text.AppendLine(quote.OnBehalf
            ? $"your quote for {rfq.Number}, {rfq.Title}, was entered on your behalf as you gave it by {(quote.Channel == QuoteChannel.Email ? "e-mail" : "telephone")}."
            : $"your quote for {rfq.Number}, {rfq.Title}, has arrived.");
        text.AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"Quote: {quote.Number}, revision {quote.Revision}");
        text.AppendLine(CultureInfo.InvariantCulture, $"Received: {quote.SubmittedAt:d MMM yyyy, HH:mm} UTC");
        text.AppendLine(CultureInfo.InvariantCulture, $"Lines with a price: {lines} of {quote.Lines.Count}");
        text.AppendLine(CultureInfo.InvariantCulture, $"Goods: {quote.Currency} {quote.Total - quote.FreightCost - quote.OtherCost:N2}");
        text.AppendLine(CultureInfo.InvariantCulture, $"Freight: {quote.Currency} {quote.FreightCost:N2}");
        text.AppendLine(CultureInfo.InvariantCulture, $"Other costs: {quote.Currency} {quote.OtherCost:N2}");
        text.AppendLine(CultureInfo.InvariantCulture, $"Total: {quote.Currency} {quote.Total:N2}");
        text.AppendLine(CultureInfo.InvariantCulture, $"Valid until: {quote.ValidUntil:d MMM yyyy}");
        text.AppendLine();
        text.Append(CultureInfo.InvariantCulture, $"You can revise or withdraw it until the deadline, {rfq.Deadline:d MMM yyyy, HH:mm} UTC, in the same way as you gave it.");
        return new(to, $"Received: quote {quote.Number} for {rfq.Number}", text.ToString(), "quotes", quote.Id, supplierId: quote.SupplierId);
    }
}
