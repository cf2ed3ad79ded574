namespace Sourcing.Data.Planning.Arithmetic;

/// <summary>
/// Orders take the place of the forecast they fulfil, so that demand is not counted as forecast and as order. All sums are exact.
/// </summary>
public static class ForecastConsumption
{
    /// <summary>
    /// In bucket order every bucket's orders take from their own bucket's forecast, then from earlier ones, nearest first, then from later ones,
    /// nearest first. What is left is the net forecast N ≥ 0, and demand is orders + N.
    /// </summary>
    /// <param name="orders">Firm orders a bucket, O; below 0 takes nothing.</param>
    /// <param name="forecast">F a bucket; below 0 counts as 0.</param>
    /// <param name="back">How many buckets before its own an order may take from; see <see cref="PlanCalendar.BucketsWithin"/>.</param>
    /// <param name="forward">How many after it.</param>
    /// <param name="net">Takes N a bucket; as long as the orders.</param>
    /// <param name="demand">Takes O + N a bucket; as long as the orders.</param>
    /// <returns>The part of the orders that found no forecast to take from.</returns>
    public static decimal Consume(
        ReadOnlySpan<decimal> orders, ReadOnlySpan<decimal> forecast, int back, int forward, Span<decimal> net, Span<decimal> demand)
    {
        for (var t = 0; t < orders.Length; t++)
        {
            net[t] = Math.Max(0, forecast[t]);
        }

        var unforeseen = 0m;
        for (var t = 0; t < orders.Length; t++)
        {
            var open = Math.Max(0, orders[t]);
            for (var b = t; b >= 0 && t - b <= back && open > 0; b--)
            {
                Take(ref net[b], ref open);
            }

            for (var b = t + 1; b < orders.Length && b - t <= forward && open > 0; b++)
            {
                Take(ref net[b], ref open);
            }

            unforeseen += open;
        }

        for (var t = 0; t < orders.Length; t++)
        {
            demand[t] = orders[t] + net[t];
        }

        return unforeseen;
    }

    private static void Take(ref decimal forecast, ref decimal order)
    {
        var taken = Math.Min(forecast, order);
        forecast -= taken;
        order -= taken;
    }
}
