using Sourcing.Data.Common;
using Sourcing.Data.Planning;
using Sourcing.Data.Planning.Arithmetic;
using Sourcing.Data.Planning.Engine;
using Sourcing.Web.Shared;

namespace Sourcing.Web.Planning;

/// <summary>The words of plans, on all pages the same.</summary>
internal static class MaterialWords
{
    /// <summary>1 day, 27 days.</summary>
    public static string Days(int days) => days == 1 ? "1 day" : $"{days} days";

    /// <summary>Red where stock ends within the lead time, amber where within twice of it.</summary>
    public static Hue? CoverHue(int? cover, int? leadTime) =>
        cover is not { } days ? null : days <= (leadTime ?? 14) ? Hue.Red : days <= 2 * (leadTime ?? 14) ? Hue.Amber : null;

    /// <summary>24 ± 5 days; the deviation is left out where it is certain.</summary>
    public static string LeadTime(MaterialExplained known, Formats format) => known.LeadTimeSigmaDays > 0
        ? $"{known.LeadTimeDays} ± {format.Number((decimal)known.LeadTimeSigmaDays, 0, known.LeadTimeSigmaDays < 2 ? 1 : 0)} days"
        : Days(known.LeadTimeDays);

    /// <summary>Decimals that show every figure of a table without noise: none from a hundred on, two at most.</summary>
    public static int Decimals(IReadOnlyList<PhasedBucket> buckets)
    {
        var figures = buckets.SelectMany(b => new[] { b.Gross, b.Scheduled, b.WithoutPlan, b.PlannedReceipt, b.WithPlan, b.PlannedRelease }).Where(f => f != 0).Select(Math.Abs).ToList();
        return figures.Count == 0 || figures.All(f => f == Math.Truncate(f)) || figures.Max() >= 1000 ? 0 : figures.Max() >= 100 ? 1 : 2;
    }

    /// <summary>single_source becomes Single source.</summary>
    public static string Spaced(string snake) => snake.Length == 0 ? "" : char.ToUpperInvariant(snake[0]) + snake[1..].Replace('_', ' ');

    /// <summary>How lots are sized.</summary>
    public static string Lot(LotMethod method) => method switch
    {
        LotMethod.LotForLot => "Lot for lot: exactly what is needed",
        LotMethod.Fixed => "Fixed quantity, in whole multiples",
        LotMethod.EconomicOrderQuantity => "Economic order quantity",
        LotMethod.AllUnitsBreaks => "Economic order quantity with price breaks on all units",
        LotMethod.IncrementalBreaks => "Economic order quantity with price breaks on further units",
        LotMethod.Backorders => "Economic order quantity with planned backorders",
        LotMethod.PeriodicOrderQuantity => "Periodic order quantity: one order covers several buckets",
        LotMethod.SilverMeal => "Silver–Meal: grouped while the mean cost falls",
        LotMethod.WagnerWhitin => "Wagner–Whitin: the cheapest way to group the needs",
        _ => "Automatic",
    };

    /// <summary>Where a safety stock comes from.</summary>
    public static string Safety(PlanSafetyFacts safety) => safety switch
    {
        { IsOverride: true } => "A reviewer’s figure",
        { Method: SafetyStockMethod.ServiceLevel } => "Service level: z × σ of demand over lead time and review",
        { Method: SafetyStockMethod.FillRate } => "Fill rate: k × σ of demand over lead time and review",
        { Method: SafetyStockMethod.Intermittent } => "Quantile of bootstrapped lead-time demand less its mean",
        { Method: SafetyStockMethod.Percent } => "A share of the demand over the lead time",
        _ => "None is kept",
    };

    /// <summary>What is known of the demand's variation is known from this; null where the method does not ask for it.</summary>
    public static string? Basis(PlanSafetyFacts safety) => (safety.Basis, safety.Method, safety.IsOverride) switch
    {
        (PlanDemandBasis.Backtest, _, _) => "The backtest of its forecast",
        (PlanDemandBasis.Sales, _, _) => $"Its own sales, {Periods(safety)}",
        (PlanDemandBasis.Exploded, _, _) => $"Sales of what it goes into, exploded over {Periods(safety)}",
        (null, SafetyStockMethod.ServiceLevel or SafetyStockMethod.FillRate or SafetyStockMethod.Intermittent, false) => "Nothing: the demand’s variation is unknown",
        _ => null,
    };

    private static string Periods(PlanSafetyFacts safety) => safety.PeriodDays == 7 ? safety.HistoryPeriods == 1 ? "1 week" : $"{safety.HistoryPeriods} weeks" : $"{safety.HistoryPeriods} periods";

    /// <summary>What a quantity rule did.</summary>
    public static string Rule(QuantityRule rule) => rule switch
    {
        QuantityRule.MinimumUnit => "Minimum order in the material’s unit",
        QuantityRule.BelowPrecision => "Less than the unit can express",
        QuantityRule.Precision => "Rounded up to the unit’s decimals",
        QuantityRule.Minimum => "Lifted to the minimum order",
        QuantityRule.Multiple => "Rounded up to the order multiple",
        QuantityRule.Split => "Split at the largest order",
        QuantityRule.LastToMinimum => "Last part lifted to the minimum order",
        QuantityRule.Contract => "Cut to what the contract still holds",
        QuantityRule.ContractExhausted => "The contract holds nothing more",
        QuantityRule.Contradiction => "Largest order left aside: it lies below the smallest",
        QuantityRule.MinimumExcess => "Lifted beyond the cover allowed",
        _ => Words.Spaced(rule),
    };

    /// <summary>What a part of an order is for, where it has no name of its own.</summary>
    public static string Target(PegTarget target) => target switch
    {
        PegTarget.FirmOrder => "Sales order",
        PegTarget.Forecast => "Forecast",
        PegTarget.Reservation => "Reservation",
        PegTarget.Dependent => "Component need",
        PegTarget.NegativeStock => "Negative stock",
        PegTarget.SafetyStock => "Safety stock",
        PegTarget.LotSurplus => "Lot surplus",
        _ => "Minimum order surplus",
    };

    /// <summary>Where a forecast comes from, as it is stored: prod_plan becomes Production plan.</summary>
    public static string Source(string source) => source switch { "prod_plan" => "Production plan", "model" => "Model", _ => Spaced(source) };
}
