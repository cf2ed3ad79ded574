using Sourcing.Data.Rfqs;

namespace Sourcing.Web.Tests.Rfqs;

public sealed class ComparisonTests
{
    private static readonly LineInput Line = new(Guid.CreateVersion7(), 1000, 3.60m, 3.72m, 3.65m);

    [Fact]
    public void The_lowest_price_is_found_after_conversion_of_currency_and_unit()
    {
        // 4.00 USD a kg at 0.90 is 3.60 EUR; 1.70 EUR a pound at 2.2046 lb a kg is 3.75 EUR.
        var dollar = Quote(0.9m, Offer(1000, 4.00m));
        var pound = Quote(1, Offer(2204.6m, 1.70m));
        var comparison = Comparison.Of([Line], [dollar, pound]);
        Assert.Equal(3.60m, comparison.Offer(Line.LineId, dollar.QuoteId).UnitPrice);
        Assert.Equal(3.7478m, comparison.Offer(Line.LineId, pound.QuoteId).UnitPrice);
        Assert.True(comparison.Offer(Line.LineId, dollar.QuoteId).Best);
        Assert.True(comparison.Offer(Line.LineId, pound.QuoteId).Worst);
        Assert.Equal(0m, comparison.Offer(Line.LineId, dollar.QuoteId).ToTarget);
    }

    [Fact]
    public void Alternates_expired_quotes_and_what_cannot_be_converted_are_never_marked()
    {
        var honest = Quote(1, Offer(1000, 3.70m));
        var other = Quote(1, Offer(1000, 3.80m));
        var alternate = Quote(1, Offer(1000, 1m) with { Alternate = "Ne 28/1" });
        var expired = Quote(1, Offer(1000, 1m)) with { Expired = true };
        var drums = Quote(1, Offer(1000, 1m) with { NotConvertible = "No conversion from drum to kg." });
        var comparison = Comparison.Of([Line], [honest, other, alternate, expired, drums]);
        Assert.True(comparison.Offer(Line.LineId, honest.QuoteId).Best);
        Assert.All(new[] { alternate, expired, drums }, q => Assert.False(comparison.Offer(Line.LineId, q.QuoteId).Best));
        Assert.Equal(OfferStanding.Alternate, comparison.Offer(Line.LineId, alternate.QuoteId).Standing);
        Assert.Equal("No conversion from drum to kg.", comparison.Offer(Line.LineId, drums.QuoteId).Note);
        Assert.False(comparison.Total(drums.QuoteId).Complete);
    }

    [Theory]
    [InlineData(1000, null, null, 1000)]
    [InlineData(1000, 1500, null, 1500)]
    [InlineData(1000, null, 300, 1200)]
    [InlineData(1000, 1500, 400, 1600)]
    public void An_order_is_raised_to_the_minimum_and_to_whole_multiples(int wanted, int? minimum, int? multiple, int bought) =>
        Assert.Equal(bought, Comparison.BuyQuantity(wanted, minimum, multiple));

    [Fact]
    public void A_break_reached_only_by_the_minimum_sets_the_price_and_the_minimum_the_cost()
    {
        var offer = Offer(1000, 3.00m) with { MinimumQuantity = 2000, Breaks = [(2000, 2.50m), (5000, 2m)] };
        var minimum = Quote(1, offer);
        var plain = Quote(1, Offer(1000, 3.20m));
        var comparison = Comparison.Of([Line], [minimum, plain]);
        var cell = comparison.Offer(Line.LineId, minimum.QuoteId);
        Assert.Equal((2.50m, 2000m, 5000m), (cell.UnitPrice, cell.BuyQuantity, cell.Cost));
        Assert.True(comparison.Offer(Line.LineId, plain.QuoteId).Best, "3,200 for what is needed is less than 5,000 for twice as much.");
    }

    [Fact]
    public void An_outlier_needs_three_offers_and_a_real_distance()
    {
        var usual = new[] { 3.68m, 3.49m, 3.74m, 3.71m }.Select(p => Quote(1, Offer(1000, p))).ToList();
        var far = Quote(1, Offer(1000, 4.95m));
        var comparison = Comparison.Of([Line], [.. usual, far]);
        Assert.True(comparison.Offer(Line.LineId, far.QuoteId).Outlier);
        Assert.All(usual, q => Assert.False(comparison.Offer(Line.LineId, q.QuoteId).Outlier));
        comparison = Comparison.Of([Line], [usual[0], far]);
        Assert.False(comparison.Offer(Line.LineId, far.QuoteId).Outlier);
    }

    [Fact]
    public void Only_complete_quotes_compete_for_the_lowest_landed_cost()
    {
        var second = Line with { LineId = Guid.CreateVersion7(), Quantity = 10 };
        var half = Quote(1, Offer(1000, 1m));
        var whole = Quote(1, Offer(1000, 3m), Offer(10, 5m) with { RfqLineId = second.LineId }) with { Extra = 100 };
        var dearer = Quote(2, Offer(1000, 2m), Offer(10, 5m) with { RfqLineId = second.LineId });
        var comparison = Comparison.Of([Line, second], [half, whole, dearer]);
        Assert.Equal((3050m, 2, 100m, 3150m), (comparison.Total(whole.QuoteId).Goods, comparison.Total(whole.QuoteId).Lines, comparison.Total(whole.QuoteId).Extra, comparison.Total(whole.QuoteId).Landed));
        Assert.True(comparison.Total(whole.QuoteId).Best);
        Assert.False(comparison.Total(half.QuoteId).Best);
        Assert.Equal(OfferStanding.Missing, comparison.Offer(second.LineId, half.QuoteId).Standing);
    }

    private static OfferInput Offer(decimal quantity, decimal price) =>
        new(Guid.CreateVersion7(), Line.LineId, quantity, price, [], null, null, 14, null, null, null);

    private static QuoteInput Quote(decimal rate, params OfferInput[] offers) => new(Guid.CreateVersion7(), Guid.CreateVersion7(), rate, 0, false, offers);
}
