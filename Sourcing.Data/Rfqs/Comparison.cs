namespace Sourcing.Data.Rfqs;

/// <summary>What one supplier answered for one line, in the supplier's own currency and unit.</summary>
/// <param name="Quantity">Asked quantity in the offer's unit: the line's quantity, converted.</param>
/// <param name="UnitPrice">Price of one of the offer's unit; null without an offer.</param>
/// <param name="Breaks">Price breaks by minimum quantity in the offer's unit, in any order.</param>
/// <param name="MinimumQuantity">MOQ in the offer's unit; null for none.</param>
/// <param name="OrderMultiple">Quantities are sold in multiples of this; null for any.</param>
/// <param name="Alternate">The part offered instead, in words; null when it is what was asked for.</param>
/// <param name="NoQuoteReason">Why nothing was offered, in words; null for an offer.</param>
/// <param name="NotConvertible">Why the price cannot be put into the RFQ's currency or unit; null when it can.</param>
public sealed record OfferInput(
    Guid QuoteLineId, Guid RfqLineId, decimal Quantity, decimal? UnitPrice, IReadOnlyList<(decimal From, decimal Price)> Breaks,
    decimal? MinimumQuantity, decimal? OrderMultiple, int? LeadTimeDays, string? Alternate, string? NoQuoteReason, string? NotConvertible);

/// <summary>One supplier's quote, ready to be compared.</summary>
/// <param name="Rate">What one unit of the quote's currency is worth in the RFQ's currency.</param>
/// <param name="Extra">Freight and other costs of the whole quote, in the quote's currency.</param>
public sealed record QuoteInput(Guid QuoteId, Guid SupplierId, decimal Rate, decimal Extra, bool Expired, IReadOnlyList<OfferInput> Offers);

/// <summary>What was asked for. Quantity in the RFQ's unit; prices per that unit in the RFQ's currency.</summary>
/// <param name="FirstRound">The lowest price of the first round, as first quoted.</param>
public sealed record LineInput(Guid LineId, decimal Quantity, decimal? Target, decimal? LastPaid, decimal? Median, decimal? FirstRound = null);

/// <summary>A cell of the comparison.</summary>
public enum OfferStanding
{
    /// <summary>Nothing came for this line.</summary>
    Missing,

    /// <summary>The supplier said that they do not offer it.</summary>
    NoQuote,

    /// <summary>Another part than asked: shown, never marked best.</summary>
    Alternate,

    /// <summary>The price cannot be converted, or the quote has expired: shown, never marked best.</summary>
    NotComparable,

    /// <summary>Counts among the others.</summary>
    Comparable,
}

/// <summary>One supplier's answer to one line, in the RFQ's currency and unit.</summary>
/// <param name="UnitPrice">Of one of the RFQ's unit, at the quantity to be bought, in the RFQ's currency.</param>
/// <param name="BuyQuantity">What has to be bought in the RFQ's unit: the asked quantity, raised to the MOQ and to a whole multiple.</param>
/// <param name="Cost"><paramref name="UnitPrice"/> × <paramref name="BuyQuantity"/>, rounded to cents.</param>
/// <param name="ToTarget">Difference to the target as a share: 0.022 is 2.2 % above.</param>
public sealed record ComparedOffer(
    Guid QuoteLineId, OfferStanding Standing, decimal? UnitPrice, decimal? BuyQuantity, decimal? Cost, decimal? ToTarget, int? LeadTimeDays,
    bool Best, bool Worst, bool Outlier, string? Note);

/// <summary>Sums of one supplier over the whole RFQ, in the RFQ's currency.</summary>
/// <param name="Goods">Cost of all comparable lines.</param>
/// <param name="Lines">Number of lines in <paramref name="Goods"/>.</param>
/// <param name="Landed">Goods, freight and other costs.</param>
/// <param name="Complete">Every line is in it, so that the totals can be set against those of others.</param>
public sealed record ComparedTotal(decimal Goods, int Lines, decimal Extra, decimal Landed, bool Complete, bool Best);

/// <summary>
/// Compares quotes line by line. Prices are converted first; best, worst and outliers are found only among comparable offers;
/// an MOQ or multiple above the asked quantity counts with what it makes one buy.
/// </summary>
public sealed class Comparison
{
    private const decimal LeastSpread = 0.15m;

    private Comparison(Dictionary<(Guid Line, Guid Quote), ComparedOffer> offers, Dictionary<Guid, ComparedTotal> totals) =>
        (_offers, _totals) = (offers, totals);

    private readonly Dictionary<(Guid Line, Guid Quote), ComparedOffer> _offers;
    private readonly Dictionary<Guid, ComparedTotal> _totals;

    /// <summary>The cell of a line and a quote.</summary>
    public ComparedOffer Offer(Guid lineId, Guid quoteId) => _offers[(lineId, quoteId)];

    /// <summary>The sums of a quote.</summary>
    public ComparedTotal Total(Guid quoteId) => _totals[quoteId];

    /// <summary>Compares.</summary>
    public static Comparison Of(IReadOnlyList<LineInput> lines, IReadOnlyList<QuoteInput> quotes)
    {
        var offers = new Dictionary<(Guid, Guid), ComparedOffer>();
        var given = quotes.ToDictionary(q => q.QuoteId, q => q.Offers.ToDictionary(o => o.RfqLineId));
        foreach (var line in lines)
        {
            var row = quotes.ToDictionary(q => q.QuoteId, q => Convert(line, q, given[q.QuoteId].GetValueOrDefault(line.LineId)));
            foreach (var (quoteId, offer) in Marked(line, row))
            {
                offers[(line.LineId, quoteId)] = offer;
            }
        }

        return new(offers, Totals(lines, quotes, offers));
    }

    /// <summary>What has to be bought to get <paramref name="wanted"/>: at least the MOQ, in whole multiples.</summary>
    public static decimal BuyQuantity(decimal wanted, decimal? minimum, decimal? multiple)
    {
        var quantity = Math.Max(wanted, minimum ?? 0);
        return multiple is > 0 ? Math.Ceiling(quantity / multiple.Value) * multiple.Value : quantity;
    }

    /// <summary>The price at a quantity: that of the highest break reached, else the plain one.</summary>
    public static decimal PriceAt(decimal quantity, decimal price, IEnumerable<(decimal From, decimal Price)> breaks)
    {
        var best = (From: decimal.MinValue, Price: price);
        foreach (var step in breaks)
        {
            if (step.From <= quantity && step.From > best.From)
            {
                best = step;
            }
        }

        return best.Price;
    }

    private static ComparedOffer Convert(LineInput line, QuoteInput quote, OfferInput? offer)
    {
        if (offer is null)
        {
            return new(Guid.Empty, OfferStanding.Missing, null, null, null, null, null, false, false, false, null);
        }

        if (offer.NoQuoteReason is not null || offer.UnitPrice is null)
        {
            return new(offer.QuoteLineId, OfferStanding.NoQuote, null, null, null, null, null, false, false, false, offer.NoQuoteReason);
        }

        if (offer.NotConvertible is not null)
        {
            return new(offer.QuoteLineId, OfferStanding.NotComparable, null, null, null, null, offer.LeadTimeDays, false, false, false, offer.NotConvertible);
        }

        var buy = BuyQuantity(offer.Quantity, offer.MinimumQuantity, offer.OrderMultiple);
        var price = PriceAt(buy, offer.UnitPrice.Value, offer.Breaks) * quote.Rate;
        var perRfqUnit = offer.Quantity / line.Quantity;
        var unitPrice = decimal.Round(price * perRfqUnit, 4);
        var standing = offer.Alternate is not null ? OfferStanding.Alternate : quote.Expired ? OfferStanding.NotComparable : OfferStanding.Comparable;
        return new(
            offer.QuoteLineId, standing, unitPrice, decimal.Round(buy / perRfqUnit, 4), decimal.Round(price * buy, 2),
            line.Target is > 0 ? (unitPrice / line.Target.Value) - 1 : null, offer.LeadTimeDays, false, false, false,
            offer.Alternate ?? (quote.Expired ? "expired" : null));
    }

    private static IEnumerable<(Guid QuoteId, ComparedOffer Offer)> Marked(LineInput line, Dictionary<Guid, ComparedOffer> row)
    {
        var comparable = row.Values.Where(o => o.Standing == OfferStanding.Comparable).ToList();
        if (comparable.Count < 2)
        {
            return row.Select(cell => (cell.Key, cell.Value));
        }

        var costs = comparable.ConvertAll(o => o.Cost!.Value);
        var prices = comparable.ConvertAll(o => o.UnitPrice!.Value);
        var (lowest, highest) = (costs.Min(), costs.Max());
        return row.Select(cell => (cell.Key, cell.Value.Standing != OfferStanding.Comparable ? cell.Value : cell.Value with
        {
            Best = cell.Value.Cost == lowest,
            Worst = cell.Value.Cost == highest && highest > lowest,
            Outlier = IsOutlier(cell.Value.UnitPrice!.Value, prices),
        }));
    }

    /// <summary>
    /// Far from the other offers: by more than 3.5 scaled median absolute deviations (Iglewicz and Hoaglin 1993) and by more than
    /// 15 % of the median. Needs three offers; with fewer nothing can be said.
    /// </summary>
    private static bool IsOutlier(decimal price, List<decimal> prices)
    {
        if (prices.Count < 3)
        {
            return false;
        }

        var median = Median(prices);
        var deviation = 1.4826m * Median(prices.ConvertAll(p => Math.Abs(p - median)));
        return Math.Abs(price - median) > Math.Max(LeastSpread * median, 3.5m * deviation);
    }

    private static decimal Median(List<decimal> values)
    {
        var sorted = values.Order().ToList();
        var middle = sorted.Count / 2;
        return sorted.Count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private static Dictionary<Guid, ComparedTotal> Totals(
        IReadOnlyList<LineInput> lines, IReadOnlyList<QuoteInput> quotes, Dictionary<(Guid, Guid), ComparedOffer> offers)
    {
        var totals = quotes.ToDictionary(q => q.QuoteId, q =>
        {
            var counted = lines.Select(l => offers[(l.LineId, q.QuoteId)]).Where(o => o.Standing == OfferStanding.Comparable).ToList();
            var goods = counted.Sum(o => o.Cost!.Value);
            var extra = decimal.Round(q.Extra * q.Rate, 2);
            return new ComparedTotal(goods, counted.Count, extra, goods + extra, counted.Count == lines.Count && lines.Count > 0, false);
        });
        var complete = totals.Values.Where(t => t.Complete).ToList();
        if (complete.Count > 1)
        {
            var lowest = complete.Min(t => t.Landed);
            foreach (var (quoteId, total) in totals.Where(t => t.Value.Complete && t.Value.Landed == lowest).ToList())
            {
                totals[quoteId] = total with { Best = true };
            }
        }

        return totals;
    }
}
