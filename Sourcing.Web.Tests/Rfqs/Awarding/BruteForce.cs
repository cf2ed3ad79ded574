using Sourcing.Data.Rfqs.Awarding;

namespace Sourcing.Web.Tests.Rfqs.Awarding;

/// <summary>Tries every award of a small problem. Written from the rules' words, sharing no arithmetic with the optimizer.</summary>
internal static class BruteForce
{
    /// <summary>Who gets which share, what is paid and what counts.</summary>
    private sealed record Way(List<(int Supplier, Guid Offer)> To, decimal Goods, decimal Counted, decimal Weight, decimal[] PerSupplier);

    /// <summary>Fewest open lines, then the least objective.</summary>
    public static (int Open, decimal Objective) Best(AwardProblem problem, AwardRules rules) => Search(problem, rules, null).Best;

    /// <summary>The best with an offer among the winners, and the best without.</summary>
    public static ((int Open, decimal Objective)? With, (int Open, decimal Objective)? Without) Around(AwardProblem problem, AwardRules rules, Guid offer)
    {
        var (_, with, without) = Search(problem, rules, offer);
        return (with, without);
    }

    private static ((int, decimal) Best, (int, decimal)? With, (int, decimal)? Without) Search(AwardProblem problem, AwardRules rules, Guid? offer)
    {
        var ways = problem.Lines.Select(l => Ways(problem, rules, l)).ToList();
        (int Open, decimal Objective)? with = null, without = null;
        var picked = new Way?[ways.Count];
        void Pick(int line)
        {
            if (line == ways.Count)
            {
                if (Objective(problem, rules, picked) is not { } found)
                {
                    return;
                }

                if (offer is { } id && picked.Any(p => p?.To.Any(t => t.Offer == id) == true))
                {
                    with = with is null || found.CompareTo(with.Value) < 0 ? found : with;
                }
                else
                {
                    without = without is null || found.CompareTo(without.Value) < 0 ? found : without;
                }

                return;
            }

            foreach (var way in ways[line].Append(null))
            {
                picked[line] = way;
                Pick(line + 1);
            }
        }

        Pick(0);
        var best = new[] { with, without }.OfType<(int, decimal)>().Min();
        return (best, with, without);
    }

    private static (int Open, decimal Objective)? Objective(AwardProblem problem, AwardRules rules, Way?[] picked)
    {
        var goods = new decimal[problem.Suppliers.Count];
        var used = new HashSet<int>();
        var weight = 0m;
        foreach (var way in picked.OfType<Way>())
        {
            weight += way.Weight;
            used.UnionWith(way.To.Select(t => t.Supplier));
            for (var s = 0; s < goods.Length; s++)
            {
                goods[s] += way.PerSupplier[s];
            }
        }

        if (used.Count > (rules.MostSuppliers ?? int.MaxValue))
        {
            return null;
        }

        var all = goods.Sum();
        for (var s = 0; s < goods.Length; s++)
        {
            var limit = rules.Limits.Find(l => l.SupplierId == problem.Suppliers[s].SupplierId);
            if (goods[s] > (rules.LargestShare ?? 1) * all || goods[s] > (limit?.LargestShare ?? 1) * all || goods[s] < (limit?.LeastShare ?? 0) * all || goods[s] > (limit?.Capacity ?? decimal.MaxValue))
            {
                return null;
            }
        }

        weight += used.Sum(s => decimal.Round((rules.FreightAndOther ? problem.Suppliers[s].Extra : 0) + rules.CostPerSupplier, 2));
        return (picked.Count(p => p is null), weight);
    }

    private static List<Way> Ways(AwardProblem problem, AwardRules rules, AwardLine line)
    {
        var offers = line.Offers.Where(o => !rules.Limits.Any(l => l.Excluded && l.SupplierId == problem.Suppliers[o.Supplier].SupplierId)).ToList();
        var whole = offers.Select(o => (Offer: o, Cost: Part(line, rules, o, 1))).Where(o => o.Cost is not null).ToList();
        decimal Weight(AwardOffer offer, decimal share, (decimal Goods, decimal Counted) cost) =>
            rules.Score is null ? cost.Counted : Lost(problem, rules.Score, whole.ConvertAll(w => (w.Offer, w.Cost!.Value.Counted)), offer, share, cost.Counted);
        var ways = whole.ConvertAll(w => Of(problem, [(w.Offer, w.Cost!.Value)], Weight(w.Offer, 1, w.Cost.Value)));
        if (rules.SplitShare is { } agreed)
        {
            foreach (var one in offers)
            {
                foreach (var other in offers.Where(o => o != one))
                {
                    foreach (var share in one.Capacity < one.Needed ? new[] { agreed, one.Capacity.Value / one.Needed } : [agreed])
                    {
                        if (Part(line, rules, one, share) is { } a && Part(line, rules, other, 1 - share) is { } b)
                        {
                            ways.Add(Of(problem, [(one, a), (other, b)], Weight(one, share, a) + Weight(other, 1 - share, b)));
                        }
                    }
                }
            }
        }

        var now = whole.Find(w => w.Offer.Supplier == line.Incumbent);
        return rules.IncumbentThreshold is not { } threshold || now.Offer is null
            ? ways
            : ways.FindAll(w => (w.To.Count == 1 && w.To[0].Supplier == line.Incumbent) || now.Cost!.Value.Counted - w.Counted > threshold * now.Cost.Value.Counted);
    }

    private static Way Of(AwardProblem problem, List<(AwardOffer Offer, (decimal Goods, decimal Counted) Cost)> parts, decimal weight)
    {
        var per = new decimal[problem.Suppliers.Count];
        parts.ForEach(p => per[p.Offer.Supplier] += p.Cost.Goods);
        return new(parts.ConvertAll(p => (p.Offer.Supplier, p.Offer.QuoteLineId)), parts.Sum(p => p.Cost.Goods), parts.Sum(p => p.Cost.Counted), weight, per);
    }

    // Every whole quantity from the needed one up to beyond the last break is tried, instead of the clever few. Quantities of the instances are whole or tenths.
    private static (decimal Goods, decimal Counted)? Part(AwardLine line, AwardRules rules, AwardOffer offer, decimal share)
    {
        var needed = decimal.Round(offer.Needed * share, 4);
        var candidates = new List<decimal> { needed };
        var last = Math.Max(needed, Math.Max(offer.Minimum ?? 0, offer.Breaks.Select(b => b.From).DefaultIfEmpty().Max())) + (offer.Multiple ?? 1) + 1;
        for (var q = decimal.Ceiling(needed); q <= last; q++)
        {
            candidates.Add(q);
        }

        var allowed = candidates.Where(q =>
            (!rules.MinimumQuantities || q >= (offer.Minimum ?? 0)) && (!rules.OrderMultiples || offer.Multiple is not { } m || q % m == 0)).ToList();
        var priced = allowed.Where(q => rules.BuyUp && rules.PriceBreaks || q == allowed.Min()).Where(q => q <= (offer.Capacity ?? decimal.MaxValue)).Select(q =>
        {
            var price = offer.UnitPrice;
            foreach (var (from, less) in offer.Breaks.OrderBy(b => b.From))
            {
                price = rules.PriceBreaks && q >= from ? less : price;
            }

            return decimal.Round(price * q * offer.Rate, 2);
        }).ToList();
        if (priced.Count == 0)
        {
            return null;
        }

        var goods = priced.Min();
        var late = decimal.Round(offer.DaysLate * share * rules.LateCostPerDay, 2);
        var switching = line.Incumbent is { } now && now != offer.Supplier ? decimal.Round(rules.SwitchingCost * share, 2) : 0;
        return (goods, goods + late + switching);
    }

    private static decimal Lost(AwardProblem problem, ScoreWeights w, List<(AwardOffer Offer, decimal Counted)> whole, AwardOffer offer, decimal share, decimal counted)
    {
        if (whole.Count == 0)
        {
            return 0;
        }

        var lowest = whole.Min(o => o.Counted);
        var supplier = problem.Suppliers[offer.Supplier];
        var all = whole.ConvertAll(o => problem.Suppliers[o.Offer.Supplier]);
        var price = counted == 0 ? 1 : Math.Min(1, lowest / (counted / share));
        var leads = whole.Select(o => o.Offer.LeadTimeDays).OfType<int>().ToList();
        var lead = leads.Count == 0 ? 1 : offer.LeadTimeDays is { } own ? Math.Min(1, (decimal)Math.Max(1, leads.Min()) / Math.Max(1, own)) : 0;
        var longest = all.Max(s => s.PaymentDays ?? 0);
        var terms = longest == 0 ? 1 : (supplier.PaymentDays ?? 0m) / longest;
        var points = ((w.Price * price) + (w.LeadTime * lead) + (w.Terms * terms) + (w.Standing * (supplier.Standing ?? Mean(all.Select(s => s.Standing))))
            + (w.Quality * (supplier.Quality ?? Mean(all.Select(s => s.Quality))))) / (w.Price + w.LeadTime + w.Terms + w.Standing + w.Quality) * 100;
        return decimal.Round(lowest * 100 * share * (100 - decimal.Round(points, 4)) / 100) / 100;
    }

    private static decimal Mean(IEnumerable<decimal?> values) => values.OfType<decimal>().DefaultIfEmpty(1).Average();
}
