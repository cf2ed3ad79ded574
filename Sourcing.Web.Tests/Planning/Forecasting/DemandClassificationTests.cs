using Sourcing.Data.Planning.Forecasting;

namespace Sourcing.Web.Tests.Planning.Forecasting;

public sealed class DemandClassificationTests
{
    [Theory]
    [InlineData(DemandClass.Smooth, 1, 0, new double[] { 4, 4, 4 })]
    // Three demands in six periods.
    [InlineData(DemandClass.Intermittent, 2, 0, new double[] { 0, 4, 0, 4, 0, 4 })]
    // Sizes 2 and 10: mean 6, variance 16, 16/36.
    [InlineData(DemandClass.Intermittent, 2.5, 16 / 36.0, new double[] { 2, 0, 10, 0, 0 })]
    // Sizes 1 and 11: mean 6, variance 25, 25/36.
    [InlineData(DemandClass.Lumpy, 2, 25 / 36.0, new double[] { 1, 0, 11, 0 })]
    [InlineData(DemandClass.Erratic, 1, 25 / 36.0, new double[] { 1, 11 })]
    [InlineData(DemandClass.None, 0, 0, new double[] { 0, 0 })]
    [InlineData(DemandClass.None, 0, 0, new double[0])]
    public void Demand_is_sorted_by_interval_and_variation(DemandClass sorted, double adi, double cv2, double[] values)
    {
        var found = DemandClassification.Of(values);
        Assert.Equal(sorted, found.Class);
        Assert.Equal(adi, found.Adi, 12);
        Assert.Equal(cv2, found.Cv2, 12);
    }

    [Theory]
    // 33/25 = 1.32 is on the cut, 32/25 = 1.28 below.
    [InlineData(8, true)]
    [InlineData(7, false)]
    public void An_interval_on_the_cut_is_intermittent(int empty, bool sporadic)
    {
        double[] values = [.. Enumerable.Repeat(5.0, 25), .. Enumerable.Repeat(0.0, empty)];
        Assert.Equal(sporadic, DemandClassification.Of(values).Sporadic);
    }

    [Theory]
    // Mean 10, deviations 7: 49/100. Deviations 6.9: 0.4761.
    [InlineData(3, 17, DemandClass.Erratic)]
    [InlineData(3.1, 16.9, DemandClass.Smooth)]
    public void A_variation_on_the_cut_is_erratic(double low, double high, DemandClass sorted) =>
        Assert.Equal(sorted, DemandClassification.Of([low, high, low, high]).Class);
}
