using Sourcing.Data.Operations;

namespace Sourcing.Data.Sales.Commissions;

/// <summary>What an event of an order gives a representative as a base.</summary>
internal sealed record Claim(Guid RepId, CommissionTerms Terms, DateOnly PeriodStart, Guid OrderId, string EventKey, DateOnly Day, IReadOnlyDictionary<string, decimal> Bases, OrderStep Order)
{
    public decimal Base => Bases.Values.Sum();
}

/// <summary>Reads claims out of what happened to orders.</summary>
internal sealed class ClaimReader(CommissionInput input, PlanBook book)
{
    public IEnumerable<Claim> Read() => input.Orders.SelectMany(Read);

    private IEnumerable<Claim> Read(OrderFacts order)
    {
        var weights = order.Shares.Select(s => s.Percent).ToArray();
        for (var i = 0; i < order.Shares.Count; i++)
        {
            var rep = order.Shares[i].RepId;
            if (book.OfOrder(rep, order.IssuedOn) is not { } mode)
            {
                continue;
            }

            foreach (var happened in order.Earning(mode.Base, mode.Event))
            {
                if (happened.Day <= input.Through && book.At(rep, happened.Day) is { } terms && terms.PeriodOf(happened.Day) >= input.Since
                    && Of(order, happened, mode.Base, terms, weights, i) is { } claim)
                {
                    yield return claim;
                }
            }
        }
    }

    private Claim? Of(OrderFacts order, PartEvent happened, CommissionBase of, CommissionTerms terms, decimal[] weights, int who)
    {
        var byRule = new List<(string? Rule, decimal Amount)>(2);
        var whole = 0m;
        foreach (var slice in happened.Slices)
        {
            var amount = of == CommissionBase.Margin ? slice.Amount - slice.Cost : slice.Amount;
            var rule = terms.Rules.FirstOrDefault(r => r.Fits(slice.Category, order.CustomerTier))?.Key;
            var at = byRule.FindIndex(r => r.Rule == rule);
            if (at < 0)
            {
                byRule.Add((rule, amount));
            }
            else
            {
                byRule[at] = (rule, byRule[at].Amount + amount);
            }

            whole += amount;
        }

        whole = Cents.Round(whole);
        // First between the representatives, so that their parts add up to the order; then between the rules of each one's own plan.
        var part = weights.Length == 1 ? whole : Cents.Split(whole, weights)[who];
        var ratio = whole == 0 ? weights[who] / 100 : part / whole;
        var parts = byRule.Count == 1 ? [part] : Cents.Whole(part, [.. byRule.Select(r => r.Amount * ratio)]);
        var bases = new Dictionary<string, decimal>(byRule.Count);
        var rate = 1m;
        for (var i = 0; i < byRule.Count; i++)
        {
            if (byRule[i].Rule is { } rule)
            {
                var converted = input.Rates.Convert(parts[i], order.Currency, terms.Currency, happened.Day);
                (bases[rule], rate) = (Cents.Round(converted.Amount), converted.Rate);
            }
        }

        return bases.Count == 0 ? null : new(
            order.Shares[who].RepId, terms, terms.PeriodOf(happened.Day), order.OrderId, happened.Key, happened.Day, bases,
            new(order.Number, order.Customer, happened.Key.Split(':')[0], of, order.Currency, whole, weights[who], part, rate, 0));
    }
}
