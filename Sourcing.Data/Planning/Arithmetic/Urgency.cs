namespace Sourcing.Data.Planning.Arithmetic;

/// <summary>How soon somebody has to act.</summary>
public enum UrgencyBand
{
    Low,

    /// <summary>From 0.35 on.</summary>
    Medium,

    /// <summary>From 0.60 on.</summary>
    High,

    /// <summary>From 0.80 on.</summary>
    Critical,
}

/// <summary>How urgent an order is, and what of.</summary>
/// <param name="Score">U, 0 to 1 in two decimals.</param>
/// <param name="Time">u_t, 0 to 1: how little slack is left.</param>
/// <param name="Stock">u_s, 0 to 1: how far safety stock will be eaten into before the order can arrive.</param>
/// <param name="SlackDays">Need date − earliest arrival; below 0 it comes too late.</param>
public readonly record struct UrgencyScore(decimal Score, decimal Time, decimal Stock, int SlackDays, UrgencyBand Band);

/// <summary>U = 0.6·u_t + 0.3·u_s + 0.1·critical.</summary>
public static class Urgency
{
    /// <summary>Slack from which on time does not press at all.</summary>
    public const int RelaxedDays = 28;

    private const decimal TimeShare = 0.6m, StockShare = 0.3m, CriticalShare = 0.1m;

    /// <summary>
    /// u_t = clamp(1 − slack / 28 days); u_s = clamp(1 − lowest / safety stock), without safety stock 1 where the lowest is below 0, else 0.
    /// </summary>
    /// <param name="need">When the material is needed.</param>
    /// <param name="arrival">Today + lead time.</param>
    /// <param name="lowestProjected">The lowest projected stock up to the lead time, without new orders.</param>
    /// <param name="safetyStock">In the same unit; 0 or less where there is none.</param>
    /// <param name="critical">Whether the material is critical.</param>
    public static UrgencyScore Of(DateOnly need, DateOnly arrival, decimal lowestProjected, decimal safetyStock, bool critical)
    {
        var slack = need.DayNumber - arrival.DayNumber;
        var time = Share(1 - (slack / (decimal)RelaxedDays));
        var stock = safetyStock > 0 ? Share(1 - Quotient(lowestProjected, safetyStock)) : lowestProjected < 0 ? 1 : 0;
        var score = decimal.Round((TimeShare * time) + (StockShare * stock) + (critical ? CriticalShare : 0), 2, MidpointRounding.AwayFromZero);
        return new(score, time, stock, slack, BandOf(score));
    }

    /// <summary>The band of a score of two decimals.</summary>
    public static UrgencyBand BandOf(decimal score) => score switch
    {
        >= 0.80m => UrgencyBand.Critical,
        >= 0.60m => UrgencyBand.High,
        >= 0.35m => UrgencyBand.Medium,
        _ => UrgencyBand.Low,
    };

    /// <summary>Beyond 0 to 1 only the side matters: so a tiny safety stock cannot overflow the division.</summary>
    private static decimal Quotient(decimal lowest, decimal safetyStock) => lowest <= 0 ? 0 : lowest >= safetyStock ? 1 : lowest / safetyStock;

    private static decimal Share(decimal value) => Math.Clamp(value, 0, 1);
}
