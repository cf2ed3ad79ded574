namespace Sourcing.Data.Rfqs.Awarding;

/// <summary>A part of a line that an offer gets.</summary>
/// <param name="Share">Of the line, above 0 and at most 1.</param>
/// <param name="OrderQuantity">What is ordered, in the offer's unit.</param>
/// <param name="UnitPrice">At that quantity, in the quote's currency for the offer's unit.</param>
/// <param name="Goods">In the RFQ's currency.</param>
/// <param name="Late">Cost of late delivery, likewise.</param>
/// <param name="Switching">Cost of leaving the incumbent, likewise.</param>
/// <param name="Points">Of the score, 0..100; null where costs decide.</param>
public sealed record AwardedPart(Guid LineId, Guid QuoteLineId, int Supplier, decimal Share, decimal OrderQuantity, decimal UnitPrice, decimal Goods, decimal Late, decimal Switching, decimal? Points);

/// <summary>What the optimizer proposes, in the RFQ's currency.</summary>
/// <param name="Parts">By line in the problem's order.</param>
/// <param name="OpenLines">Lines that stay open.</param>
/// <param name="Extra">Freight and other costs of the quotes in it; counted in <see cref="Landed"/> whether or not they weighed.</param>
/// <param name="SupplierCost">What the rule on costs per supplier adds.</param>
/// <param name="Objective">What was made least: costs that count, or what the points lost weigh.</param>
/// <param name="Bound">No award with <paramref name="OpenBound"/> open lines has a lower objective.</param>
/// <param name="OpenBound">No award leaves fewer lines open.</param>
/// <param name="Effort">Steps of the search.</param>
public sealed record AwardSolution(
    IReadOnlyList<AwardedPart> Parts, IReadOnlyList<Guid> OpenLines, decimal Extra, decimal SupplierCost, decimal Objective, decimal Bound, int OpenBound, long Effort)
{
    public decimal Goods => Parts.Sum(p => p.Goods);

    /// <summary>What is paid to suppliers: goods, freight and other costs.</summary>
    public decimal Landed => Goods + Extra;

    public decimal Late => Parts.Sum(p => p.Late);

    public decimal Switching => Parts.Sum(p => p.Switching);

    /// <summary>All costs: paid to suppliers, late, switching, per supplier.</summary>
    public decimal Counted => Landed + Late + Switching + SupplierCost;

    /// <summary>Places of the suppliers who get something.</summary>
    public IReadOnlyList<int> Suppliers => [.. Parts.Select(p => p.Supplier).Distinct().Order()];

    /// <summary>It is the best there is.</summary>
    public bool Proven => OpenLines.Count == OpenBound && Objective == Bound;

    /// <summary>By how much of the objective a better award might be better, 0..1; null where one might leave fewer lines open.</summary>
    public decimal? Gap => OpenLines.Count != OpenBound ? null : Objective == 0 ? 0 : Math.Max(0, (Objective - Bound) / Objective);
}

/// <summary>What a rule costs against the same rules without it; negative where the rule saves.</summary>
/// <param name="Paid">More paid to suppliers: goods, freight and other costs.</param>
/// <param name="Counted">More in all costs that these rules count; never negative for a rule that only forbids, when costs decide and no line stays open for it.</param>
/// <param name="OpenLines">More lines that stay open.</param>
/// <param name="Moved">Lines that would go elsewhere without it.</param>
/// <param name="Proven">Both awards are the best there are, so that the figures are exact.</param>
public sealed record RuleCost(AwardRule Rule, decimal Paid, decimal Counted, int OpenLines, int Moved, bool Proven);
