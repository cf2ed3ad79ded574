namespace Sourcing.Data.Planning.Arithmetic;

/// <summary>A price that holds from a quantity on.</summary>
/// <param name="Minimum">From this much on, in the material's unit.</param>
/// <param name="UnitCost">Money a unit, above 0.</param>
public readonly record struct PriceTier(decimal Minimum, decimal UnitCost);

/// <summary>The order that costs least over a year.</summary>
/// <param name="Found">False where there is nothing to weigh: no demand, no price or no cost of holding. Then no quantity is better than the need.</param>
/// <param name="Quantity">In the material's unit.</param>
/// <param name="Tier">Which price; 0 where there is one.</param>
/// <param name="UnitCost">The price paid for the last unit.</param>
/// <param name="AnnualCost">Goods, orders and holding.</param>
/// <param name="BackorderFraction">How much of the order is owed already when it comes; 0 where nothing may be owed.</param>
public readonly record struct EconomicOrder(bool Found, decimal Quantity, int Tier, decimal UnitCost, decimal AnnualCost, decimal BackorderFraction);

/// <summary>
/// The economic order quantity (Harris, 1913) and its kin. Demand is a year's, unified over all its sources, never the net need; the ordering cost is
/// money an order, the holding rate a share of the price a year (0.25), so that holding a unit costs rate × price.
/// </summary>
public static class EconomicOrderQuantity
{
    /// <summary>Q* = √(2DK/h), TC = cD + KD/Q + hQ/2.</summary>
    public static EconomicOrder Of(decimal annualDemand, decimal orderingCost, decimal unitCost, decimal holdingRate)
    {
        if (!Weighable(annualDemand, orderingCost, unitCost, holdingRate))
        {
            return default;
        }

        var (d, k, c, h) = ((double)annualDemand, (double)orderingCost, (double)unitCost, (double)(holdingRate * unitCost));
        var q = Math.Sqrt(2 * d * k / h);
        return new(true, Figures.Quantity(q), 0, unitCost, Figures.Money(AnnualCost(d, k, c, h, q)), 0);
    }

    /// <summary>Where demand may wait at p money a unit and year: Q = √(2DK(h + p)/(hp)), of which h/(h + p) is owed when it comes.</summary>
    public static EconomicOrder WithBackorders(decimal annualDemand, decimal orderingCost, decimal unitCost, decimal holdingRate, decimal backorderCost)
    {
        if (!Weighable(annualDemand, orderingCost, unitCost, holdingRate) || backorderCost <= 0)
        {
            return default;
        }

        var (d, k, h, p) = ((double)annualDemand, (double)orderingCost, (double)(holdingRate * unitCost), (double)backorderCost);
        var q = Math.Sqrt(2 * d * k * (h + p) / (h * p));
        var cost = ((double)unitCost * d) + Math.Sqrt(2 * d * k * h * p / (h + p));
        return new(true, Figures.Quantity(q), 0, unitCost, Figures.Money(cost), Figures.Quantity(h / (h + p)));
    }

    /// <summary>
    /// Where the price of the whole order falls with its size. Each tier offers max(√(2DK/(i·c)), its minimum), if that lies below the next tier's
    /// minimum; the one of least annual cost is taken, of equal ones the smallest.
    /// </summary>
    /// <param name="tiers">By ascending minimum.</param>
    public static EconomicOrder AllUnits(decimal annualDemand, decimal orderingCost, decimal holdingRate, ReadOnlySpan<PriceTier> tiers)
    {
        var best = default(EconomicOrder);
        var (d, k, lowest) = ((double)annualDemand, (double)orderingCost, 0.0);
        for (var j = 0; j < tiers.Length; j++)
        {
            if (!Weighable(annualDemand, orderingCost, tiers[j].UnitCost, holdingRate))
            {
                continue;
            }

            var (c, h) = ((double)tiers[j].UnitCost, (double)(holdingRate * tiers[j].UnitCost));
            var q = Math.Max(Figures.Quantity(Math.Sqrt(2 * d * k / h)), tiers[j].Minimum);
            var cost = AnnualCost(d, k, c, h, (double)q);
            if ((j == tiers.Length - 1 || q < tiers[j + 1].Minimum) && (!best.Found || Figures.Below(cost, lowest)))
            {
                lowest = cost;
                best = new(true, q, j, tiers[j].UnitCost, Figures.Money(cost), 0);
            }
        }

        return best;
    }

    /// <summary>
    /// Where each price holds only for what lies above its minimum. With k_j = Σ(c_m − c_(m+1))·b_(m+1) over the tiers passed,
    /// Q = √(2D(K + k_j)/(i·c_j)) if that lies inside the tier, TC = c_j·D + i·k_j/2 + (K + k_j)D/Q + i·c_j·Q/2; the least is taken. The first tier
    /// begins at nothing: a minimum order is not this sum's matter.
    /// </summary>
    /// <param name="tiers">By ascending minimum and falling price.</param>
    public static EconomicOrder Incremental(decimal annualDemand, decimal orderingCost, decimal holdingRate, ReadOnlySpan<PriceTier> tiers)
    {
        var best = default(EconomicOrder);
        var (d, k, i, lowest, passed) = ((double)annualDemand, (double)orderingCost, (double)holdingRate, 0.0, 0.0);
        for (var j = 0; j < tiers.Length; j++)
        {
            if (!Weighable(annualDemand, orderingCost, tiers[j].UnitCost, holdingRate))
            {
                return default;
            }

            passed += j == 0 ? 0 : (double)((tiers[j - 1].UnitCost - tiers[j].UnitCost) * tiers[j].Minimum);
            var c = (double)tiers[j].UnitCost;
            var q = Math.Sqrt(2 * d * Math.Max(0, k + passed) / (i * c));
            var inside = (j == 0 || q >= (double)tiers[j].Minimum) && (j == tiers.Length - 1 || q < (double)tiers[j + 1].Minimum);
            var cost = AnnualCost(d, k + passed, c, i * c, q) + (i * passed / 2);
            if (inside && (!best.Found || Figures.Below(cost, lowest)))
            {
                lowest = cost;
                best = new(true, Figures.Quantity(q), j, tiers[j].UnitCost, Figures.Money(cost), 0);
            }
        }

        return best;
    }

    /// <summary>
    /// The periodic order quantity: how many buckets one economic order serves, max(1, round(Q*/D̄)), halves up; never more than there are.
    /// </summary>
    /// <param name="meanDemand">Mean demand a bucket.</param>
    public static int Buckets(decimal economicQuantity, decimal meanDemand, int most)
    {
        if (meanDemand <= 0 || economicQuantity <= 0)
        {
            return 1;
        }

        // Compared before it is divided: a mean of next to nothing would overflow.
        return economicQuantity >= meanDemand * most ? Math.Max(1, most) : Math.Max(1, (int)decimal.Round(economicQuantity / meanDemand, MidpointRounding.AwayFromZero));
    }

    private static bool Weighable(decimal demand, decimal orderingCost, decimal unitCost, decimal holdingRate) =>
        demand > 0 && orderingCost >= 0 && unitCost > 0 && holdingRate > 0;

    private static double AnnualCost(double d, double k, double c, double h, double q) => (c * d) + (q > 0 ? k * d / q : 0) + (h * q / 2);
}
