using Sourcing.Data.Common;
using Sourcing.Data.Planning.Arithmetic;

namespace Sourcing.Web.Tests.Planning.Arithmetic;

public sealed class FabricConversionTests
{
    [Fact]
    public void A_running_yard_of_twelve_ounces_weighs_three_quarters_of_a_pound() => Assert.Equal(0.75m, FabricConversion.FromOuncesPerLinearYard(12));

    [Fact]
    public void A_square_yard_counts_by_its_width()
    {
        // 8 oz · 54 / 36 = 12 oz a running yard
        Assert.Equal(0.75m, FabricConversion.FromOuncesPerSquareYard(8, 54));
        Assert.Equal(FabricConversion.FromOuncesPerLinearYard(8), FabricConversion.FromOuncesPerSquareYard(8, 36));
    }

    [Fact]
    public void A_square_metre_counts_by_its_width()
    {
        // 200 g · 1.524 m · 0.9144 m = 278.70912 g; / 453.59237 = 0.614448429 lb
        Assert.Equal(0.614448m, FabricConversion.FromGramsPerSquareMetre(200, 60), 6);

        // 1 oz a square yard is 28.349523125 g / 0.83612736 m² = 33.9057474749 gsm
        Assert.Equal(FabricConversion.FromOuncesPerSquareYard(8, 54), FabricConversion.FromGramsPerSquareMetre(8 * 28.349523125m / 0.83612736m, 54), 18);
    }

    [Theory]
    [InlineData(0, 54)]
    [InlineData(-8, 54)]
    [InlineData(8, 0)]
    public void Nothing_stands_in_for_a_weight_or_width_that_is_missing(int weight, int width)
    {
        Assert.Throws<RefusedException>(() => FabricConversion.FromOuncesPerSquareYard(weight, width));
        Assert.Throws<RefusedException>(() => FabricConversion.FromGramsPerSquareMetre(weight, width));
        Assert.Throws<RefusedException>(() => FabricConversion.FromOuncesPerLinearYard(Math.Min(weight, width)));
    }
}
