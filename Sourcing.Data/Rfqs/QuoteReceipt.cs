using System.Globalization;
using System.Text;
using Sourcing.Data.Operations;

namespace Sourcing.Data.Rfqs;

/// <summary>The mail by which a supplier knows what was received.</summary>
internal static class QuoteReceipt
{
    /// <summary>Where anybody holds a receipt against the books, within the app.</summary>
    public const string CheckPath = "/check";

    /// <summary>Of a sealed bid: number, time and hash, and no word of what is in it, for this mail lies where others can read it.</summary>
    public static OutboxMessage SealedMail(AskedRfq rfq, Quote quote, Sealing.SealedBid bid, string to, string contact)
    {
        var text = new StringBuilder();
        text.AppendLine(contact.Length > 0 ? $"Dear {contact}," : "Good day,");
        text.AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"your bid for {rfq.Number}, {rfq.Title}, has arrived and is sealed: nobody can read it before two people open all bids, after the deadline.");
        text.AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"Receipt: {bid.Number}");
        text.AppendLine(CultureInfo.InvariantCulture, $"Quote: {quote.Number}, revision {quote.Revision}");
        text.AppendLine(CultureInfo.InvariantCulture, $"Received: {bid.ReceivedAt:d MMM yyyy, HH:mm:ss} UTC");
        text.AppendLine(CultureInfo.InvariantCulture, $"Hash (SHA-256 of a salt and your bid): {bid.Hash}");
        text.AppendLine();
        text.AppendLine("Keep this mail. With the number or the hash you can see at any time what became of your bid, and after the opening that what was opened is what you submitted. The whole receipt, with the salt and the text that was hashed, is on your page of the request.");
        text.AppendLine();
        text.Append(CultureInfo.InvariantCulture, $"You can revise or withdraw the bid until the deadline, {rfq.Deadline:d MMM yyyy, HH:mm} UTC, in the same way as you gave it.");
        return new(to, $"Received under seal: {bid.Number} for {rfq.Number}", text.ToString(), "quotes", quote.Id, supplierId: quote.SupplierId, link: CheckPath, linkText: "Check a receipt");
    }

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
