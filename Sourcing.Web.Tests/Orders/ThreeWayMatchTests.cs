using Sourcing.Data.Common;
using Sourcing.Data.Orders;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Orders;

/// <summary>What differs, by the figures: 100 kg at 2.50 ordered, of which some came.</summary>
public sealed class ThreeWayMatchTests
{
    private static readonly MatchTolerances Usual = new(2, 50, 1, null);

    [Theory]
    [InlineData(100, 2.50, 100, 0, InvoiceMatch.Matched)]
    [InlineData(100, 2.55, 100, 0, InvoiceMatch.Matched)] // 2 % to the cent.
    [InlineData(100, 2.5501, 100, 0, InvoiceMatch.PriceVariance)]
    [InlineData(100, 1.00, 100, 0, InvoiceMatch.Matched)] // Less than agreed never waits.
    [InlineData(101, 2.50, 100, 0, InvoiceMatch.Matched)] // 1 % above what was ordered and received.
    [InlineData(101.0001, 2.50, 100, 0, InvoiceMatch.QuantityVariance)]
    [InlineData(100, 2.50, 60, 0, InvoiceMatch.NotReceived)]
    [InlineData(60, 2.50, 60, 0, InvoiceMatch.Matched)]
    [InlineData(60.6, 2.50, 60, 0, InvoiceMatch.Matched)]
    [InlineData(60.61, 2.50, 60, 0, InvoiceMatch.NotReceived)]
    [InlineData(1, 2.50, 0, 0, InvoiceMatch.NotReceived)]
    [InlineData(40, 2.50, 100, 60, InvoiceMatch.Matched)]
    [InlineData(42, 2.50, 100, 60, InvoiceMatch.QuantityVariance)] // With what was invoiced before.
    [InlineData(200, 3.00, 0, 0, InvoiceMatch.PriceVariance)] // The gravest counts.
    public void A_line_matches_within_the_tolerances_and_not_beyond(decimal quantity, decimal price, decimal received, decimal before, InvoiceMatch match)
    {
        var (found, finding) = ThreeWayMatch.Line(Line(received), quantity, price, before, Usual, "EUR");
        Assert.Equal(match, found);
        Assert.Equal(match == InvoiceMatch.Matched, finding.Length == 0);
    }

    [Fact]
    public void The_stricter_of_a_percentage_and_an_amount_decides()
    {
        Assert.Equal(InvoiceMatch.PriceVariance, ThreeWayMatch.Line(Line(100), 100, 2.54m, 0, Usual with { PriceAmount = 3.99m }, "EUR").Match);
        Assert.Equal(InvoiceMatch.Matched, ThreeWayMatch.Line(Line(100), 100, 2.54m, 0, Usual with { PriceAmount = 4 }, "EUR").Match);
        Assert.Equal(InvoiceMatch.Matched, ThreeWayMatch.Line(Line(100), 100, 2.54m, 0, Usual with { PriceAmount = null }, "EUR").Match);
        Assert.Equal(InvoiceMatch.QuantityVariance, ThreeWayMatch.Line(Line(100), 101, 2.5m, 0, Usual with { Quantity = 0.5m }, "EUR").Match);
    }

    [Fact]
    public void The_finding_says_by_how_much()
    {
        Assert.Equal("Line 10 is invoiced at EUR 2.80 and ordered at 2.50, EUR 30.00 more.", ThreeWayMatch.Line(Line(100), 100, 2.8m, 0, Usual, "EUR").Finding);
        Assert.Equal("Line 10: 130 kg are invoiced with 60 kg of earlier invoices of 100 ordered.", ThreeWayMatch.Line(Line(100), 70, 2.5m, 60, Usual, "EUR").Finding);
        Assert.Equal("Line 10: 100 kg are invoiced and 60 were received.", ThreeWayMatch.Line(Line(60), 100, 2.5m, 0, Usual, "EUR").Finding);
    }

    [Theory]
    [InlineData("RE-2026/0041", "re 2026 0041")]
    [InlineData("INV 7", "inv-7")]
    public void Numbers_are_the_same_whatever_stands_between_their_letters(string one, string other) => Assert.Equal(Invoice.KeyOf(one), Invoice.KeyOf(other));

    [Fact]
    public void Sums_that_do_not_come_to_the_printed_total_are_refused_with_both()
    {
        var order = Make.Order(OrderStatus.Received);
        var refused = Assert.Throws<RefusedException>(() => Enter(order, new(0, 0, 250.01m), new InvoiceLineDraft(order.Lines[0].Id, 100, 2.5m)));
        Assert.Contains("come to EUR 250.00, and the total is entered as 250.01", refused.Message, StringComparison.Ordinal);
        var cents = Enter(order, new(1.005m, 0, 34.34m), new InvoiceLineDraft(order.Lines[0].Id, 33.3333m, 1));
        Assert.Equal((33.33m, 1.01m, 34.34m), (cents.Subtotal, cents.Freight, cents.Total));
    }

    [Fact]
    public void A_line_named_twice_and_one_of_another_order_are_refused()
    {
        var order = Make.Order(OrderStatus.Received);
        Assert.Contains("stands twice", Assert.Throws<RefusedException>(() =>
            Enter(order, new(0, 0, 5), new InvoiceLineDraft(order.Lines[0].Id, 1, 2.5m), new InvoiceLineDraft(order.Lines[0].Id, 1, 2.5m))).Message, StringComparison.Ordinal);
        Assert.Contains("not of this order", Assert.Throws<RefusedException>(() => Enter(order, new(0, 0, 5), new InvoiceLineDraft(Guid.CreateVersion7(), 2, 2.5m))).Message, StringComparison.Ordinal);
        Assert.Throws<RefusedException>(() => Enter(Make.Order(), new(0, 0, 5), new InvoiceLineDraft(order.Lines[0].Id, 2, 2.5m)));
    }

    private static Invoice Enter(Order order, InvoiceSums sums, params InvoiceLineDraft[] lines) =>
        Invoice.Enter(order, "RE 1", new(2026, 11, 20), null, sums, lines, "", Guid.CreateVersion7(), Make.Noon);

    private static OrderLine Line(decimal received)
    {
        var order = Make.Order(OrderStatus.Issued);
        if (received > 0)
        {
            order.Receive(order.Lines[0].Id, received, 0, null, "", Make.Noon, Guid.CreateVersion7(), Make.Noon);
        }

        return order.Lines[0];
    }
}
