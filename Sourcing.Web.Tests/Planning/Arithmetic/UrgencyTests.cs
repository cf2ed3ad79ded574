using Sourcing.Data.Planning.Arithmetic;

namespace Sourcing.Web.Tests.Planning.Arithmetic;

public sealed class UrgencyTests
{
    private static readonly DateOnly Arrival = new(2026, 3, 2);

    [Theory]
    [InlineData(14, 50, 100, false, 0.5, 0.5, 0.45, UrgencyBand.Medium)] // .6 · .5 + .3 · .5
    [InlineData(14, 50, 100, true, 0.5, 0.5, 0.55, UrgencyBand.Medium)] // and .1
    [InlineData(28, 100, 100, false, 0, 0, 0, UrgencyBand.Low)]
    [InlineData(90, 500, 100, false, 0, 0, 0, UrgencyBand.Low)]
    [InlineData(0, -20, 100, true, 1, 1, 1, UrgencyBand.Critical)]
    [InlineData(-30, 0, 100, false, 1, 1, 0.9, UrgencyBand.Critical)]
    [InlineData(7, 75, 100, false, 0.75, 0.25, 0.53, UrgencyBand.Medium)] // .45 + .075 = .525, half up
    [InlineData(0, 100, 100, false, 1, 0, 0.6, UrgencyBand.High)]
    [InlineData(0, 40, 120, false, 1, 0.6666667, 0.8, UrgencyBand.Critical)] // .6 + .3 · 2/3
    [InlineData(28, -1, 0, false, 0, 1, 0.3, UrgencyBand.Low)] // no safety stock, and negative
    [InlineData(28, 0, 0, true, 0, 0, 0.1, UrgencyBand.Low)] // no safety stock, and not negative
    public void Urgency_weighs_time_stock_and_importance(int slack, int lowest, int safety, bool critical, double time, double stock, double score, UrgencyBand band)
    {
        var urgency = Urgency.Of(Arrival.AddDays(slack), Arrival, lowest, safety, critical);
        Assert.Equal((decimal)score, urgency.Score);
        Assert.Equal((decimal)time, urgency.Time, 6);
        Assert.Equal((decimal)stock, urgency.Stock, 6);
        Assert.Equal((slack, band), (urgency.SlackDays, urgency.Band));
    }

    [Theory]
    [InlineData(0.34, UrgencyBand.Low)]
    [InlineData(0.35, UrgencyBand.Medium)]
    [InlineData(0.59, UrgencyBand.Medium)]
    [InlineData(0.60, UrgencyBand.High)]
    [InlineData(0.79, UrgencyBand.High)]
    [InlineData(0.80, UrgencyBand.Critical)]
    public void Bands_begin_with_their_limit(double score, UrgencyBand band) => Assert.Equal(band, Urgency.BandOf((decimal)score));

    [Fact]
    public void A_tiny_safety_stock_does_not_overflow() =>
        Assert.Equal(0, Urgency.Of(Arrival.AddDays(99), Arrival, 999_999_999_999m, 0.0000000000000000000000000001m, false).Score);
}
