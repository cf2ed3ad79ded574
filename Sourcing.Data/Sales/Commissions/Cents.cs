namespace Sourcing.Data.Sales.Commissions;

/// <summary>Whole cents.</summary>
public static class Cents
{
    private const decimal Cent = 0.01m;

    /// <summary>To 2 decimals, half away from zero.</summary>
    public static decimal Round(decimal amount) => Math.Round(amount, 2, MidpointRounding.AwayFromZero);

    /// <summary>
    /// Divides an amount by weights into whole cents that add up to it, by the largest remainder: everybody gets their part rounded down, and the
    /// cents that are left go one by one to the largest remainders, the earlier first where two are equal.
    /// </summary>
    /// <param name="amount">In whole cents, of any sign.</param>
    /// <param name="weights">Each 0 or more, at least one above.</param>
    public static decimal[] Split(decimal amount, IReadOnlyList<decimal> weights)
    {
        var sum = weights.Sum();
        var exact = new decimal[weights.Count];
        for (var i = 0; i < exact.Length; i++)
        {
            exact[i] = amount * weights[i] / sum;
        }

        return Whole(amount, exact);
    }

    /// <summary>The same for parts that are reckoned already and sum to the amount but for what rounding cuts off.</summary>
    internal static decimal[] Whole(decimal amount, IReadOnlyList<decimal> exact)
    {
        if (exact.Count == 1)
        {
            return [amount];
        }

        var parts = new decimal[exact.Count];
        for (var i = 0; i < parts.Length; i++)
        {
            parts[i] = Math.Floor(exact[i] / Cent) * Cent;
        }

        var left = (int)((amount - parts.Sum()) / Cent);
        foreach (var i in Enumerable.Range(0, parts.Length).OrderByDescending(i => exact[i] - parts[i]).ThenBy(i => i).Take(left))
        {
            parts[i] += Cent;
        }

        return parts;
    }
}
