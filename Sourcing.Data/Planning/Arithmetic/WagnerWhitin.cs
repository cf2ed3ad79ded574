using System.Buffers;

namespace Sourcing.Data.Planning.Arithmetic;

/// <summary>
/// The cheapest plan of orders for known needs: Wagner and Whitin, "Dynamic version of the economic lot size model", Management Science 5 (1958).
/// θ_t = min over s > t of [K_t (if anything is ordered) + Σ_{j=t}^{s−1} (c_t + h(j − t))·d_j + θ_s]; of equal costs the earliest s.
/// Costs are compared as doubles, equal where they differ by less than one part in 10¹²; lots are exact sums of needs.
/// </summary>
public static class WagnerWhitin
{
    /// <summary>Doubles that fit the stack without harm: four rows of 128 buckets.</summary>
    private const int OnStack = 512;

    /// <summary>Plans with one cost an order and one price throughout.</summary>
    /// <param name="net">Net need of each bucket; below 0 counts as 0.</param>
    /// <param name="orderingCost">K, money an order; 0 or more.</param>
    /// <param name="unitCost">c, money a unit.</param>
    /// <param name="holding">h, money to hold a unit for a bucket; 0 or more.</param>
    /// <param name="lots">Takes the order of each bucket; at least as long as the needs.</param>
    /// <returns>The cost θ_0 of the plan.</returns>
    public static decimal Plan(ReadOnlySpan<decimal> net, decimal orderingCost, decimal unitCost, decimal holding, Span<decimal> lots)
    {
        // One price is paid whatever the plan: left out of the comparison, it cannot drown small differences.
        var cost = Plan(net, new ReadOnlySpan<decimal>(in orderingCost), [], holding, lots);
        var total = 0m;
        foreach (var need in net)
        {
            total += Math.Max(0, need);
        }

        return cost + Figures.Money((double)unitCost * (double)total);
    }

    /// <summary>Plans with a cost an order and a price of each bucket.</summary>
    /// <param name="net">Net need of each bucket; below 0 counts as 0.</param>
    /// <param name="orderingCosts">K of each bucket, or one for all.</param>
    /// <param name="unitCosts">c of each bucket, or none where the price is the same throughout.</param>
    /// <param name="holding">h, money to hold a unit for a bucket; 0 or more.</param>
    /// <param name="lots">Takes the order of each bucket; at least as long as the needs.</param>
    /// <returns>The cost θ_0 of the plan.</returns>
    public static decimal Plan(ReadOnlySpan<decimal> net, ReadOnlySpan<decimal> orderingCosts, ReadOnlySpan<decimal> unitCosts, decimal holding, Span<decimal> lots)
    {
        var n = net.Length;
        if (lots.Length < n || (orderingCosts.Length != 1 && orderingCosts.Length < n) || (unitCosts.Length != 0 && unitCosts.Length < n))
        {
            throw new ArgumentException("Lots and costs have to be as long as the needs.");
        }

        var size = (4 * n) + 1;
        var rentedFigures = size > OnStack ? ArrayPool<double>.Shared.Rent(size) : null;
        var rentedNext = size > OnStack ? ArrayPool<int>.Shared.Rent(n) : null;
        var figures = rentedFigures ?? stackalloc double[OnStack];
        var next = rentedNext ?? stackalloc int[OnStack / 4];
        try
        {
            var need = figures[..n];
            var k = figures.Slice(n, n);
            var c = figures.Slice(2 * n, n);
            var theta = figures.Slice(3 * n, n + 1);
            for (var t = 0; t < n; t++)
            {
                need[t] = Math.Max(0, (double)net[t]);
                k[t] = (double)(orderingCosts.Length == 1 ? orderingCosts[0] : orderingCosts[t]);
                c[t] = unitCosts.Length == 0 ? 0 : (double)unitCosts[t];
            }

            Solve(need, k, c, (double)holding, steady: unitCosts.Length == 0, theta, next);
            Gather(net, next, lots);
            return Figures.Money(theta[0]);
        }
        finally
        {
            if (rentedFigures is not null)
            {
                ArrayPool<double>.Shared.Return(rentedFigures);
                ArrayPool<int>.Shared.Return(rentedNext!);
            }
        }
    }

    private static void Solve(ReadOnlySpan<double> need, ReadOnlySpan<double> k, ReadOnlySpan<double> c, double h, bool steady, Span<double> theta, Span<int> next)
    {
        theta[need.Length] = 0;
        for (var t = need.Length - 1; t >= 0; t--)
        {
            // At a steady price nothing is gained by an order before the first need.
            (theta[t], next[t]) = steady && need[t] == 0 ? (theta[t + 1], t + 1) : Best(need, k, c, h, theta, t);
        }
    }

    private static (double Cost, int Next) Best(ReadOnlySpan<double> need, ReadOnlySpan<double> k, ReadOnlySpan<double> c, double h, ReadOnlySpan<double> theta, int t)
    {
        var (best, next, goods, ordered) = (0.0, t + 1, 0.0, false);
        for (var j = t; j < need.Length; j++)
        {
            if (need[j] > 0)
            {
                var unit = c[t] + (h * (j - t));

                // Carrying this bucket's need costs an order of its own or more, and carrying later ones costs no less: no later s can be better.
                if (j > t && (unit - c[j]) * need[j] >= k[j])
                {
                    break;
                }

                goods += unit * need[j];
                ordered = true;
            }

            var cost = (ordered ? k[t] : 0) + goods + theta[j + 1];
            if (j == t || Figures.Below(cost, best))
            {
                (best, next) = (cost, j + 1);
            }
        }

        return (best, next);
    }

    private static void Gather(ReadOnlySpan<decimal> net, ReadOnlySpan<int> next, Span<decimal> lots)
    {
        lots[..net.Length].Clear();
        for (var t = 0; t < net.Length; t = next[t])
        {
            for (var j = t; j < next[t]; j++)
            {
                lots[t] += Math.Max(0, net[j]);
            }
        }
    }
}
