using System.Globalization;

namespace Sourcing.Data.Orders;

/// <summary>
/// Compares an invoice with what was ordered and what was received. Only what costs more than was agreed differs: a lower price and a smaller
/// quantity are taken as they are. A tolerance in percent and one in money or units hold together: the stricter decides.
/// </summary>
public static class ThreeWayMatch
{
    /// <summary>One line. Price first, then more than ordered, then more than received.</summary>
    /// <param name="before">What invoices entered earlier ask for on the same line.</param>
    public static (InvoiceMatch Match, string Finding) Line(OrderLine line, decimal quantity, decimal price, decimal before, MatchTolerances tolerances, string currency)
    {
        var dearer = price - line.UnitPrice;
        var dearerPrice = Exceeds(dearer, line.UnitPrice, tolerances.PricePercent, null) || (dearer > 0 && tolerances.PriceAmount is { } most && Order.Cents(dearer * quantity) > most);
        var (ordered, came) = (line.Quantity, line.ReceivedQuantity);
        var asked = before + quantity;
        var text = new List<string>();
        if (dearerPrice)
        {
            text.Add(Say($"line {line.LineNo} is invoiced at {currency} {price:#,0.00##} and ordered at {line.UnitPrice:#,0.00##}, {currency} {Order.Cents(dearer * quantity):#,0.00} more"));
        }

        var above = Exceeds(asked - ordered, ordered, tolerances.QuantityPercent, tolerances.Quantity);
        var early = Exceeds(asked - came, came, tolerances.QuantityPercent, tolerances.Quantity);
        if (above)
        {
            text.Add(Say($"line {line.LineNo}: {asked:#,0.####} {line.Unit} are invoiced{Earlier(before, line.Unit)} of {ordered:#,0.####} ordered"));
        }
        else if (early)
        {
            text.Add(Say($"line {line.LineNo}: {asked:#,0.####} {line.Unit} are invoiced{Earlier(before, line.Unit)} and {came:#,0.####} were received"));
        }

        var match = dearerPrice ? InvoiceMatch.PriceVariance : above ? InvoiceMatch.QuantityVariance : early ? InvoiceMatch.NotReceived : InvoiceMatch.Matched;
        return (match, text.Count == 0 ? "" : Sentence(string.Join("; ", text)));
    }

    /// <summary>Freight above the order's, and tax above the order's rate, in sentences.</summary>
    internal static IReadOnlyList<string> Head(Order order, Invoice invoice, decimal freightBefore, MatchTolerances tolerances)
    {
        var found = new List<string>();
        if (Exceeds(freightBefore + invoice.Freight - order.Freight, order.Freight, tolerances.PricePercent, tolerances.PriceAmount))
        {
            found.Add(Say($"Freight of {order.Currency} {freightBefore + invoice.Freight:#,0.00} is invoiced{(freightBefore > 0 ? " with earlier invoices" : "")} and {order.Freight:#,0.00} is ordered."));
        }

        // Suppliers round the tax of each line: a cent a line is no difference.
        var tax = Order.Cents((invoice.Subtotal + invoice.Freight) * order.TaxRate / 100);
        if (invoice.Tax - tax > 0.01m * invoice.Lines.Count)
        {
            found.Add(Say($"Tax of {order.Currency} {invoice.Tax:#,0.00} is invoiced, and {order.TaxRate:0.##} % of goods and freight come to {tax:#,0.00}."));
        }

        return found;
    }

    private static bool Exceeds(decimal difference, decimal of, decimal percent, decimal? most) => difference > 0 && (difference > of * percent / 100 || difference > most);

    private static string Earlier(decimal before, string unit) => before > 0 ? Say($" with {before:#,0.####} {unit} of earlier invoices") : "";

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string Sentence(string text) => $"{char.ToUpperInvariant(text[0])}{text[1..]}.";
}
