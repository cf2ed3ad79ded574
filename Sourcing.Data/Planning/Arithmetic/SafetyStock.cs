namespace Sourcing.Data.Planning.Arithmetic;

/// <summary>
/// Stock kept against what demand and lead time may do. Formulas: Silver, Pyke and Thomas, "Inventory and Production Management in Supply Chains",
/// chapter 6. It never depends on the net need of the day, and where a figure is unknown the result says so.
/// </summary>
public static class SafetyStock
{
    /// <summary>σ_D in mean absolute deviations: √(π/2), rounded as the field does.</summary>
    public const double DeviationsPerMeanAbsoluteDeviation = 1.25;

    /// <summary>The least mean shortage in σ that a fill rate is solved for; k is then 7.9.</summary>
    private const double LeastLoss = 1e-15;

    /// <summary>The safety stock and all that it was made of. Refuses a level outside 0 to 1 where the method needs one.</summary>
    public static SafetyStockResult Of(in SafetyStockFacts facts)
    {
        var (demandDeviation, demandSource) = OfDemand(facts);
        var (leadTimeDeviation, leadTimeSource) = OfLeadTime(facts);
        var deviation = LeadTimeDemandDeviation(facts.LeadTime, facts.ReviewInterval, facts.MeanDemand, demandDeviation, leadTimeDeviation);
        var order = facts.Method != SafetyStockMethod.FillRate ? 0 : facts.OrderQuantity > 0 ? facts.OrderQuantity : Figures.Quantity(facts.MeanDemand);
        var factor = facts.Method switch
        {
            SafetyStockMethod.ServiceLevel => NormalDistribution.Quantile(facts.ServiceLevel),
            SafetyStockMethod.FillRate => FillRateFactor(facts.ServiceLevel, (double)order, deviation),
            _ => 0,
        };
        var calculated = Figures.Quantity(facts.Method switch
        {
            SafetyStockMethod.Intermittent => facts.LeadTimeQuantile - facts.LeadTimeMean,
            SafetyStockMethod.Percent => facts.Percent * facts.MeanDemand * facts.LeadTime,
            _ => factor * deviation,
        });
        var (quantity, rule) = Bounded(calculated, facts);
        var reorderPoint = Figures.Quantity(facts.MeanDemand * (facts.LeadTime + facts.ReviewInterval)) + quantity;
        return new(facts.Method, rule, quantity, calculated, reorderPoint, factor, deviation, demandDeviation, demandSource, leadTimeDeviation, leadTimeSource, order);
    }

    /// <summary>σ_LT = √((L + R)·σ_D² + D̄²·σ_L²): deviation of demand over lead time and review, all in the same periods.</summary>
    public static double LeadTimeDemandDeviation(double leadTime, double reviewInterval, double meanDemand, double demandDeviation, double leadTimeDeviation) =>
        Math.Sqrt(((leadTime + reviewInterval) * demandDeviation * demandDeviation) + (meanDemand * meanDemand * leadTimeDeviation * leadTimeDeviation));

    /// <summary>
    /// The k with σ·[φ(k) − k(1 − Φ(k))] = (1 − β)·Q, negative where the order alone serves more than β. At most 7.9. Where nothing deviates, or where
    /// neither order nor demand is known, there is nothing to solve: 0.
    /// </summary>
    /// <param name="fillRate">β, above 0 and below 1; anything else is refused.</param>
    /// <param name="orderQuantity">Q, in the unit of the deviation.</param>
    /// <param name="deviation">σ_LT.</param>
    public static double FillRateFactor(double fillRate, double orderQuantity, double deviation)
    {
        if (fillRate is not (> 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(fillRate), fillRate, "A fill rate lies above 0 and below 1.");
        }

        return deviation > 0 && orderQuantity > 0 ? InverseLoss(Math.Max((1 - fillRate) * orderQuantity / deviation, LeastLoss)) : 0;
    }

    /// <summary>
    /// The k whose unit normal loss is this. Newton's method on the logarithm, which is concave and falls: from a start to the right of the root
    /// every step comes nearer without passing it.
    /// </summary>
    private static double InverseLoss(double loss)
    {
        // The loss of k lies between −k and, right of 0, φ(k).
        var middle = NormalDistribution.Density(0);
        var k = loss > middle ? -loss : Math.Sqrt(-2 * Math.Log(loss / middle));
        for (var i = 0; i < 100; i++)
        {
            var here = NormalDistribution.Loss(k);
            var step = Math.Log(here / loss) * here / NormalDistribution.Above(k);
            k += step;
            if (Math.Abs(step) <= 1e-14 * (1 + Math.Abs(k)))
            {
                break;
            }
        }

        return k;
    }

    private static (double, DemandDeviationSource) OfDemand(in SafetyStockFacts facts) => facts switch
    {
        { BacktestError: { } error } => (error, DemandDeviationSource.BacktestError),
        { MeanAbsoluteDeviation: { } mad } => (DeviationsPerMeanAbsoluteDeviation * mad, DemandDeviationSource.MeanAbsoluteDeviation),
        _ => (0, DemandDeviationSource.Unknown),
    };

    private static (double, LeadTimeDeviationSource) OfLeadTime(in SafetyStockFacts facts) => facts switch
    {
        { LeadTimeDeviation: { } deviation } => (deviation, LeadTimeDeviationSource.Given),
        { Reliability: { } reliability } => ((1 - Math.Clamp(reliability, 0, 1)) * facts.LeadTime, LeadTimeDeviationSource.Heuristic),
        _ => (0, LeadTimeDeviationSource.Unknown),
    };

    /// <summary>Lower bounds first: where bounds contradict each other, the upper one has the last word, for it keeps money from being bound.</summary>
    private static (decimal, SafetyStockRule) Bounded(decimal calculated, in SafetyStockFacts facts)
    {
        if (facts.ReviewerQuantity is { } reviewed)
        {
            return (reviewed, SafetyStockRule.Reviewer);
        }

        var daily = facts.MeanDemand / facts.DaysPerPeriod;
        var (quantity, rule) = calculated < 0 ? (0, SafetyStockRule.NotNegative) : (calculated, SafetyStockRule.Method);
        if (facts.MinimumQuantity is { } least && quantity < least)
        {
            (quantity, rule) = (least, SafetyStockRule.MinimumQuantity);
        }

        if (facts.MinimumCoverDays is { } leastDays && Figures.Quantity(leastDays * daily) is var leastCover && quantity < leastCover)
        {
            (quantity, rule) = (leastCover, SafetyStockRule.MinimumCover);
        }

        if (facts.MaximumQuantity is { } most && quantity > most)
        {
            (quantity, rule) = (most, SafetyStockRule.MaximumQuantity);
        }

        if (facts.MaximumCoverDays is { } mostDays && Figures.Quantity(mostDays * daily) is var mostCover && quantity > mostCover)
        {
            (quantity, rule) = (mostCover, SafetyStockRule.MaximumCover);
        }

        return (quantity, rule);
    }
}
