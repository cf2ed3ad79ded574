using Sourcing.Data.Rfqs;

namespace Sourcing.Web.Tests.Rfqs;

public sealed class QuoteTotalsTests
{
    private static readonly (decimal, decimal)[] Breaks = [(1000, 2.90m), (100, 3.20m), (500, 3.05m)];

    [Theory]
    [InlineData(99, 3.50)]
    [InlineData(100, 3.20)]
    [InlineData(499.9999, 3.20)]
    [InlineData(500, 3.05)]
    [InlineData(1000, 2.90)]
    [InlineData(50000, 2.90)]
    public void The_highest_break_reached_gives_the_price(decimal quantity, decimal price) =>
        Assert.Equal(price, QuoteTotals.PriceAt(quantity, 3.50m, Breaks));

    [Theory]
    [InlineData(100d, null, null, 100d)]
    [InlineData(100d, 250d, null, 250d)]
    [InlineData(300d, 250d, null, 300d)]
    [InlineData(100d, null, 30d, 120d)]
    [InlineData(120d, null, 30d, 120d)]
    [InlineData(100d, 250d, 100d, 300d)]
    [InlineData(0.5d, null, 0.2d, 0.6d)]
    public void What_is_ordered_reaches_the_minimum_and_is_a_whole_multiple(double wanted, double? moq, double? multiple, double ordered) =>
        Assert.Equal((decimal)ordered, QuoteTotals.Orderable((decimal)wanted, (decimal?)moq, (decimal?)multiple));

    [Fact]
    public void A_minimum_that_forces_more_also_reaches_the_cheaper_break()
    {
        var line = QuoteTotals.Line(80, 3.50m, 500, null, Breaks);
        Assert.Equal(new LineTotal(500, 3.05m, 1525.00m, 420), line);
    }

    [Fact]
    public void Amounts_round_half_away_from_zero()
    {
        Assert.Equal(0.13m, QuoteTotals.Line(1, 0.125m, null, null, []).Amount);
        Assert.Equal(0.03m, QuoteTotals.Line(5, 0.005m, null, null, []).Amount);
    }

    [Fact]
    public void The_whole_adds_complete_lines_freight_and_other_costs()
    {
        var content = new QuoteContent
        {
            FreightCost = 120, OtherCost = 30.50m,
            Lines =
            [
                new() { UnitPrice = 2.5m, Quantity = 100, Unit = "kg" },
                new() { Outcome = QuoteLineOutcome.Alternate, Alternate = "Ne 32/1", UnitPrice = 3, Quantity = 10, Unit = "kg" },
                new() { UnitPrice = 9, Quantity = null, Unit = "kg" },
                new() { Outcome = QuoteLineOutcome.NoQuote, NoQuoteReason = NoQuoteReason.CapacityFull, UnitPrice = 7, Quantity = 7 },
                new() { Outcome = QuoteLineOutcome.NoQuote },
            ],
        };
        var total = QuoteTotals.Of(content);
        Assert.Equal(280m, total.Goods);
        Assert.Equal(430.50m, total.Total);
        Assert.Equal((2, 1, 2), (total.Priced, total.NoQuotes, total.Unanswered));
    }

    [Fact]
    public void Figures_out_of_range_count_for_nothing_and_break_nothing()
    {
        var content = new QuoteContent
        {
            FreightCost = -5,
            Lines =
            [
                new() { UnitPrice = decimal.MaxValue, Quantity = decimal.MaxValue, Unit = "kg" },
                new() { UnitPrice = 1, Quantity = 1, OrderMultiple = decimal.MaxValue, Unit = "kg" },
                new() { UnitPrice = -1, Quantity = 1, Unit = "kg" },
            ],
        };
        Assert.Equal(0, QuoteTotals.Of(content).Total);
    }
}
