using Sourcing.Data.Suppliers;

namespace Sourcing.Data.Planning.Arithmetic;

/// <summary>
/// Who is a candidate, and how candidates rank: S = 0.50·u_min/u + 0.25·reliability + 0.15·LT_min/LT + 0.10·(1 − risk). Every term is a ratio without
/// a unit, so that no currency and no number of days can tip it.
/// </summary>
public static class SupplierScore
{
    private const decimal PriceShare = 0.50m, ReliabilityShare = 0.25m, LeadTimeShare = 0.15m, RiskShare = 0.10m;

    /// <summary>Why an offer is out; a smallest order above the quantity is no reason.</summary>
    public static SupplierExclusion Exclusion(in SupplierOffer offer, DateOnly today) =>
        When(!offer.Active, SupplierExclusion.Inactive)
        | When(offer.Blocked, SupplierExclusion.Blocked)
        | When(offer.Price <= 0, SupplierExclusion.PriceMissing)
        | When(!offer.Convertible, SupplierExclusion.UnitMissing)
        | When(offer.ExchangeRate <= 0, SupplierExclusion.ExchangeRateMissing)
        | When(today < offer.ValidFrom || today > offer.ValidTo, SupplierExclusion.NotEffective)
        | When(offer.ContractRemaining is { } room && (room <= 0 || room < offer.Minimum), SupplierExclusion.ContractExhausted);

    /// <summary>Assesses all offers. Scores compare all candidates, those too late among them.</summary>
    /// <param name="assessments">Takes one of each offer, at its place.</param>
    /// <returns>How many are candidates, and how many of them are considered.</returns>
    public static (int Candidates, int Considered) Assess(in SupplierRequest request, ReadOnlySpan<SupplierOffer> offers, Span<SupplierAssessment> assessments)
    {
        var (lowest, shortest, earliest, anyOnTime) = (decimal.MaxValue, int.MaxValue, DateOnly.MaxValue, false);
        for (var i = 0; i < offers.Length; i++)
        {
            ref readonly var offer = ref offers[i];
            var exclusion = Exclusion(offer, request.Today);
            if (exclusion != SupplierExclusion.None)
            {
                assessments[i] = new(exclusion, false, false, 0, 0);
                continue;
            }

            var price = offer.LandedPrice(Math.Max(request.Quantity, offer.Minimum));
            var onTime = offer.Arrival <= request.NeedDate;
            assessments[i] = new(exclusion, onTime, false, price, 0);
            (lowest, shortest) = (Math.Min(lowest, price), Math.Min(shortest, offer.LeadTimeDays));
            (earliest, anyOnTime) = (offer.Arrival < earliest ? offer.Arrival : earliest, anyOnTime || onTime);
        }

        var (candidates, considered) = (0, 0);
        for (var i = 0; i < offers.Length; i++)
        {
            var assessment = assessments[i];
            if (assessment.Candidate)
            {
                var chosenFrom = anyOnTime ? assessment.OnTime : offers[i].Arrival == earliest;
                assessments[i] = assessment with { Considered = chosenFrom, Score = Of(offers[i], assessment.LandedPrice, lowest, shortest) };
                candidates++;
                considered += chosenFrom ? 1 : 0;
            }
        }

        return (candidates, considered);
    }

    /// <summary>S of one candidate, against the lowest landed price and the shortest lead time of all.</summary>
    public static decimal Of(in SupplierOffer offer, decimal landedPrice, decimal lowestPrice, int shortestLeadTime) => decimal.Round(
        (PriceShare * Ratio(lowestPrice, landedPrice)) + (ReliabilityShare * offer.Reliability)
        + (LeadTimeShare * Ratio(shortestLeadTime, offer.LeadTimeDays)) + (RiskShare * (1 - RiskOf(offer.Risk))), 6, MidpointRounding.AwayFromZero);

    /// <summary>Low 0, medium 0.5, high 1.</summary>
    public static decimal RiskOf(RiskLevel risk) => risk switch { RiskLevel.Low => 0, RiskLevel.Medium => 0.5m, _ => 1 };

    /// <summary>The best has 1, even where it is 0.</summary>
    private static decimal Ratio(decimal best, decimal own) => best == own ? 1 : best / own;

    private static SupplierExclusion When(bool holds, SupplierExclusion reason) => holds ? reason : SupplierExclusion.None;
}
