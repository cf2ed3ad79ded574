namespace Sourcing.Data.Rfqs.Awarding;

/// <summary>What is ordered of an offer.</summary>
/// <param name="Quantity">In the offer's unit: at least what is needed.</param>
/// <param name="UnitPrice">At that quantity, in the quote's currency.</param>
/// <param name="Goods">In hundredths of the RFQ's currency.</param>
public readonly record struct Buy(decimal Quantity, decimal UnitPrice, long Goods);

/// <summary>What has to be ordered to get a quantity: at least the minimum, in whole multiples, and more where a break makes more cost less.</summary>
public static class BestBuy
{
    /// <summary>
    /// The order with the least cost; of equal costs the smallest. Between two breaks the cost grows with the quantity, so only the
    /// least orderable quantity and the first orderable one of each higher break have to be looked at.
    /// </summary>
    /// <returns>Null where the capacity does not reach.</returns>
    public static Buy? Of(AwardOffer offer, decimal needed, AwardRules rules)
    {
        var (minimum, multiple) = (rules.MinimumQuantities ? offer.Minimum : null, rules.OrderMultiples ? offer.Multiple : null);
        var least = Comparison.BuyQuantity(needed, minimum, multiple);
        if (least > offer.Capacity)
        {
            return null;
        }

        var best = At(offer, least, rules);
        if (rules is { BuyUp: true, PriceBreaks: true })
        {
            foreach (var (from, _) in offer.Breaks)
            {
                var quantity = Comparison.BuyQuantity(Math.Max(from, needed), minimum, multiple);
                if (from > least && !(quantity > offer.Capacity) && At(offer, quantity, rules) is var more && (more.Goods, more.Quantity).CompareTo((best.Goods, best.Quantity)) < 0)
                {
                    best = more;
                }
            }
        }

        return best;
    }

    private static Buy At(AwardOffer offer, decimal quantity, AwardRules rules)
    {
        var price = rules.PriceBreaks ? Comparison.PriceAt(quantity, offer.UnitPrice, offer.Breaks) : offer.UnitPrice;
        return new(quantity, price, Cents(price * quantity * offer.Rate));
    }

    /// <summary>Hundredths, as <see cref="Comparison"/> rounds them.</summary>
    internal static long Cents(decimal amount) => (long)(decimal.Round(amount, 2) * 100);
}
