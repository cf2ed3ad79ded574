using Sourcing.Data.Planning.Arithmetic;

namespace Sourcing.Web.Tests.Planning.Arithmetic;

public sealed class ForecastArithmeticTests
{
    private static readonly ForecastEntry Plan = new(100, ForecastWeights.ProductionPlan, 0.8, 0);
    private static readonly ForecastEntry History = new(160, ForecastWeights.SalesHistory, 0.6, 0);

    [Fact]
    public void Sources_are_weighed_and_never_added_up()
    {
        // ω: 0.9 · 0.8 = 0.72 and 0.8 · 0.6 = 0.48. F = (72 + 76.8) / 1.2 = 124; C = (0.576 + 0.288) / 1.2 = 0.72
        var blended = ForecastBlend.Of([Plan, History]);
        Assert.Equal((124m, 2, false), (blended.Quantity, blended.Sources, blended.Overridden));
        Assert.Equal(0.72, blended.Confidence!.Value, 1e-12);

        // 0.9 · 100 + 0.8 · 160
        Assert.Equal(218, ForecastBlend.LegacySum([Plan, History]));
    }

    [Fact]
    public void A_source_without_a_row_is_absent_and_not_zero()
    {
        Assert.Equal(100, ForecastBlend.Of([Plan]).Quantity);
        Assert.Equal(0.8, ForecastBlend.Of([Plan]).Confidence!.Value, 1e-12);

        // One that says 0 pulls down: 72 / 1.2
        Assert.Equal(60, ForecastBlend.Of([Plan, History with { Quantity = 0 }]).Quantity);
        Assert.Equal(new BlendedForecast(null, null, 0, false), ForecastBlend.Of([]));
        Assert.Equal(new BlendedForecast(null, null, 0, false), ForecastBlend.Of([Plan with { Weight = 0 }]));
    }

    [Fact]
    public void A_single_source_comes_through_to_the_last_digit()
    {
        foreach (var quantity in new[] { 0.000001m, 123456789012.123456m, 1m / 3m })
        {
            Assert.Equal(decimal.Round(quantity, 6), ForecastBlend.Of([new(quantity, 0.7, 0.37, 11)], 13).Quantity);
        }
    }

    [Fact]
    public void Age_halves_a_source_every_half_life_and_does_not_count_by_default()
    {
        // After 60 days of half-life 30: 0.48 / 4 = 0.12. F = (72 + 19.2) / 0.84 = 108.571429
        var old = History with { AgeDays = 60 };
        Assert.Equal(108.571429m, ForecastBlend.Of([Plan, old], 30).Quantity);
        Assert.Equal(124m, ForecastBlend.Of([Plan, old]).Quantity);

        // All equally old weigh as if new, however old.
        Assert.Equal(124m, ForecastBlend.Of([Plan with { AgeDays = 90000 }, History with { AgeDays = 90000 }], 30).Quantity);
        Assert.Equal(124m, ForecastBlend.Of([Plan with { AgeDays = -5 }, History], 30).Quantity);
    }

    [Fact]
    public void A_manual_override_replaces_the_figure()
    {
        var blended = ForecastBlend.Of([Plan, History], manualOverride: 0);
        Assert.Equal((0m, true, 2), (blended.Quantity, blended.Overridden, blended.Sources));
        Assert.Equal(0.72, blended.Confidence!.Value, 1e-12);
        Assert.Equal(new BlendedForecast(55, null, 0, true), ForecastBlend.Of([], manualOverride: 55));
    }

    [Fact]
    public void A_forecast_nobody_trusts_is_still_a_forecast()
    {
        // (0.9 · 100 + 0.8 · 160) / 1.7
        var blended = ForecastBlend.Of([Plan with { Confidence = 0 }, History with { Confidence = 0 }]);
        Assert.Equal(128.235294m, blended.Quantity);
        Assert.Equal(0, blended.Confidence);
    }

    private static (decimal[] Net, decimal[] Demand, decimal Unforeseen) Consume(decimal[] orders, decimal[] forecast, int back, int forward)
    {
        var (net, demand) = (new decimal[forecast.Length], new decimal[forecast.Length]);
        var unforeseen = ForecastConsumption.Consume(orders, forecast, back, forward, net, demand);
        return (net, demand, unforeseen);
    }

    [Fact]
    public void Orders_take_their_own_bucket_first_and_without_windows_no_other()
    {
        // 25 ordered where 10 were foreseen: 15 unforeseen, and demand there is the order.
        var (net, demand, unforeseen) = Consume([0, 25, 0, 0], [20, 10, 40, 10], 0, 0);
        Assert.Equal([20, 0, 40, 10], net);
        Assert.Equal([20, 25, 40, 10], demand);
        Assert.Equal(15, unforeseen);

        // 4 of 10 ordered: 6 still to come, 10 in all.
        Assert.Equal([10m], Consume([4], [10], 0, 0).Demand);
    }

    [Fact]
    public void Orders_take_earlier_buckets_then_nearest_first_within_the_window_back()
    {
        Assert.Equal([5, 0, 40, 10], Consume([0, 25, 0, 0], [20, 10, 40, 10], 1, 0).Net);

        // Own 10, the bucket before 10, the one before that 5.
        Assert.Equal([20, 5, 0, 0, 10], Consume([0, 0, 0, 25, 0], [20, 10, 10, 10, 10], 3, 0).Net);
        Assert.Equal([20, 10, 0, 0, 10], Consume([0, 0, 0, 25, 0], [20, 10, 10, 10, 10], 1, 0).Net);
    }

    [Fact]
    public void Orders_take_later_buckets_last_nearest_first_within_the_window_forward()
    {
        Assert.Equal([20, 0, 25, 10], Consume([0, 25, 0, 0], [20, 10, 40, 10], 0, 1).Net);
        Assert.Equal([0, 0, 5, 10], Consume([25, 0, 0, 0], [10, 10, 10, 10], 0, 3).Net);

        // Own 10, back 20, forward 30 of the 60.
        Assert.Equal([0, 0, 10, 10], Consume([0, 60, 0, 0], [20, 10, 40, 10], 1, 1).Net);

        // 15: own 5, back 10; the later bucket is not touched.
        Assert.Equal([0, 0, 10], Consume([0, 15, 0], [10, 5, 10], 1, 1).Net);
    }

    [Fact]
    public void Buckets_are_taken_in_order()
    {
        // Bucket 0 has nothing and takes bucket 1's ten before bucket 1 does.
        var (net, demand, unforeseen) = Consume([10, 10], [0, 10], 1, 1);
        Assert.Equal([0, 0], net);
        Assert.Equal([10, 10], demand);
        Assert.Equal(10, unforeseen);
    }

    [Fact]
    public void What_is_consumed_is_what_was_ordered_and_foreseen_to_the_last_digit()
    {
        var random = new Random(23);
        for (var i = 0; i < 500; i++)
        {
            var n = random.Next(1, 20);
            decimal[] Some() => [.. Enumerable.Range(0, n).Select(_ => random.Next(3) == 0 ? 0 : random.Next(1, 1000000) / 7m)];
            var (orders, forecast) = (Some(), Some());
            orders = [.. orders.Select(o => decimal.Round(o, 6))];
            forecast = [.. forecast.Select(f => decimal.Round(f, 6))];
            var (net, demand, unforeseen) = Consume(orders, forecast, random.Next(4), random.Next(4));
            Assert.Equal(orders.Sum() - unforeseen, forecast.Sum() - net.Sum());
            Assert.Equal(orders.Sum() + net.Sum(), demand.Sum());
            Assert.All(Enumerable.Range(0, n), t => Assert.True(net[t] >= 0 && net[t] <= forecast[t]));
        }
    }

    [Fact]
    public void Windows_without_end_reach_every_bucket_and_a_negative_forecast_gives_nothing()
    {
        Assert.Equal([0, 0, 0], Consume([0, 30, 0], [10, 10, 10], int.MaxValue, int.MaxValue).Net);
        Assert.Equal([0m], Consume([0], [-5], 0, 0).Net);
    }
}
