using Sourcing.Data.Planning.Arithmetic;

namespace Sourcing.Web.Tests.Planning.Arithmetic;

/// <summary>Against figures of 40-digit arithmetic.</summary>
public sealed class NormalDistributionTests
{
    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(0.8, 0.841621233572914205)]
    [InlineData(0.9, 1.28155156554460047)]
    [InlineData(0.95, 1.64485362695147271)]
    [InlineData(0.975, 1.95996398454005424)]
    [InlineData(0.99, 2.3263478740408411)]
    [InlineData(0.995, 2.57582930354890076)]
    [InlineData(0.999, 3.09023230616781354)]
    [InlineData(0.9999, 3.71901648545568056)]
    [InlineData(0.000001, -4.75342430882289895)]
    [InlineData(1e-10, -6.3613409024040562)]
    [InlineData(1e-20, -9.26234008979840757)]
    public void Quantiles_are_those_of_the_tables(double p, double z) => Assert.Equal(z, NormalDistribution.Quantile(p), 1e-11);

    [Theory]
    [InlineData(0, 0.5, 0.39894228040143268)]
    [InlineData(0.5, 0.3085375387259869, 0.19779655740130603)]
    [InlineData(1, 0.15865525393145705, 0.083315470587686298)]
    [InlineData(2, 0.022750131948179207, 0.0084907026168296375)]
    [InlineData(3, 0.0013498980316300945, 0.0003821543170477236)]
    [InlineData(4.5, 3.3976731247300604e-6, 6.9421204562020263e-7)]
    [InlineData(6, 9.8658764503769814e-10, 1.5635697959709664e-10)]
    [InlineData(7, 1.279812543885835e-12, 1.7603260116374831e-13)]
    [InlineData(8, 6.2209605742717841e-16, 7.5502624119464989e-17)]
    [InlineData(10, 7.6198530241605261e-24, 7.474560254589328e-25)]
    public void Tails_and_losses_keep_their_digits_far_out(double x, double above, double loss)
    {
        Assert.Equal(1, NormalDistribution.Above(x) / above, 1e-10);
        Assert.Equal(1, NormalDistribution.Loss(x) / loss, 1e-9);
        Assert.Equal(above, NormalDistribution.Cumulative(-x), 1e-15);
        Assert.Equal(1 - above, NormalDistribution.Cumulative(x), 1e-14);

        // Loss(−k) = Loss(k) + k: what is short below the mean is what is short above it and the way between.
        Assert.Equal(loss + x, NormalDistribution.Loss(-x), 1e-14);
    }

    [Fact]
    public void Quantile_and_distribution_undo_each_other()
    {
        for (var p = 0.0001; p < 1; p += 0.0001)
        {
            Assert.Equal(p, NormalDistribution.Cumulative(NormalDistribution.Quantile(p)), 1e-13);
        }
    }

    [Fact]
    public void The_density_is_that_of_the_tables()
    {
        Assert.Equal(0.3989422804014327, NormalDistribution.Density(0), 1e-15);
        Assert.Equal(0.24197072451914337, NormalDistribution.Density(1), 1e-15);
        Assert.Equal(0.05399096651318806, NormalDistribution.Density(-2), 1e-15);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    public void Only_shares_between_none_and_all_have_a_quantile(double p) => Assert.Throws<ArgumentOutOfRangeException>(() => NormalDistribution.Quantile(p));
}
