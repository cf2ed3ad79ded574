namespace Sourcing.Data.Rfqs.Awarding;

/// <summary>
/// Points of the offers of one line, each criterion 0..100: price = lowest cost / own cost, lead time = shortest / own, terms = own
/// days / longest, standing and quality as shares. Unknown standing or quality counts as the mean of those known, an unknown lead
/// time or term as 0 points; a criterion of which nothing is known for anybody gives everybody 100. A point lost weighs one
/// hundredth of the line's lowest cost, so that large lines weigh more than small ones and freight can be weighed against points.
/// </summary>
internal sealed class OfferScores
{
    private readonly AwardProblem _problem;
    private readonly ScoreWeights _weights;
    private readonly decimal _lowest;
    private readonly int? _shortest;
    private readonly int? _longestTerm;
    private readonly decimal _standing;
    private readonly decimal _quality;

    private OfferScores(AwardProblem problem, ScoreWeights weights, List<OptionPart> whole)
    {
        (_problem, _weights) = (problem, weights);
        var suppliers = whole.ConvertAll(p => problem.Suppliers[p.Supplier]);
        _lowest = whole.Count == 0 ? 0 : whole.Min(p => p.Counted);
        _shortest = whole.Min(p => p.Offer.LeadTimeDays);
        _longestTerm = suppliers.Max(s => s.PaymentDays);
        _standing = Mean(suppliers.Select(s => s.Standing));
        _quality = Mean(suppliers.Select(s => s.Quality));
    }

    /// <param name="whole">The offers that may get the whole line.</param>
    public static OfferScores Of(AwardProblem problem, ScoreWeights weights, List<OptionPart> whole) => new(problem, weights, whole);

    /// <summary>Points of an offer, 0..100 to four decimals; a part of a line as the whole would get.</summary>
    public decimal Points(OptionPart part)
    {
        var supplier = _problem.Suppliers[part.Supplier];
        var counted = part.Counted / part.Share;
        var sum = (_weights.Price * Ratio(_lowest, counted))
            + (_weights.LeadTime * (_shortest is { } best ? part.Offer.LeadTimeDays is { } own ? Ratio(Math.Max(best, 1), Math.Max(own, 1)) : 0 : 1))
            + (_weights.Terms * (_longestTerm is > 0 and var longest ? (decimal)(supplier.PaymentDays ?? 0) / longest : 1))
            + (_weights.Standing * (supplier.Standing ?? _standing))
            + (_weights.Quality * (supplier.Quality ?? _quality));
        return decimal.Round(sum / _weights.Sum * 100, 4);
    }

    /// <summary>What the points that it misses weigh, in hundredths of the RFQ's currency.</summary>
    public long Lost(OptionPart part) => (long)decimal.Round(_lowest * part.Share * (100 - Points(part)) / 100);

    private static decimal Ratio(decimal best, decimal own) => own <= 0 ? 1 : Math.Min(1, best / own);

    private static decimal Mean(IEnumerable<decimal?> known)
    {
        var values = known.OfType<decimal>().ToList();
        return values.Count == 0 ? 1 : values.Average();
    }
}
