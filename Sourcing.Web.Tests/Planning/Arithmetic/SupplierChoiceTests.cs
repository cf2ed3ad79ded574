using Sourcing.Data.Planning.Arithmetic;
using Sourcing.Data.Suppliers;

namespace Sourcing.Web.Tests.Planning.Arithmetic;

public sealed class SupplierChoiceTests
{
    private static readonly DateOnly Today = new(2026, 3, 2), NeedDate = new(2026, 4, 1);

    private static SupplierOffer Offer(int supplier, decimal price, decimal ordering = 0, int leadTime = 14, decimal reliability = 0.9m) => new(supplier)
    {
        Price = price, OrderingCost = ordering, LeadTimeDays = leadTime, Arrival = Today.AddDays(leadTime), Reliability = reliability,
    };

    private static SupplierRequest Request(decimal quantity, bool critical = false) => new(quantity, NeedDate, Today) { Critical = critical, Precision = 1 };

    private static SupplierDecision Choose(in SupplierRequest request, params SupplierOffer[] offers) => SupplierChoice.Of(request, offers, new SupplierAssessment[offers.Length]);

    private static SupplierAssessment[] Assess(in SupplierRequest request, params SupplierOffer[] offers)
    {
        var assessments = new SupplierAssessment[offers.Length];
        SupplierChoice.Of(request, offers, assessments);
        return assessments;
    }

    private static (int Supplier, decimal Quantity)[] Shares(in SupplierDecision decision)
    {
        var shares = new (int, decimal)[decision.Count];
        for (var i = 0; i < shares.Length; i++)
        {
            shares[i] = (decision[i].Offer, decision[i].Quantity);
        }

        return shares;
    }

    [Fact]
    public void The_one_candidate_gets_the_order()
    {
        var decision = Choose(Request(100), Offer(7, 4, 25));
        Assert.Equal([(0, 100m)], Shares(decision));
        Assert.Equal((425m, 1, -1, false, 0m), (decision.Cost, decision.Qualified, decision.RunnerUp, decision.Late, decision.Shortfall));
    }

    [Fact]
    public void Of_two_the_cheaper_landed_gets_it_and_the_other_is_named_with_its_difference()
    {
        // 5 USD · 0.9 + 0.20 freight = 4.70 EUR; 4.60 EUR + 0.40 = 5.00 EUR, though 4.60 < 5.
        var decision = Choose(Request(100), Offer(1, 4.6m) with { Freight = 0.4m }, Offer(2, 5) with { ExchangeRate = 0.9m, Freight = 0.2m });
        Assert.Equal([(1, 100m)], Shares(decision));
        Assert.Equal((4.7m, 470m, 0, 0.3m), (decision.First.LandedPrice, decision.Cost, decision.RunnerUp, decision.RunnerUpDifference));
    }

    [Fact]
    public void The_cost_of_an_order_can_outweigh_a_price()
    {
        // 100 · 4 + 80 = 480 against 100 · 4.5 + 10 = 460; for 1,000: 4,080 against 4,510.
        Assert.Equal([(1, 100m)], Shares(Choose(Request(100), Offer(1, 4, 80), Offer(2, 4.5m, 10))));
        Assert.Equal([(0, 1000m)], Shares(Choose(Request(1000), Offer(1, 4, 80), Offer(2, 4.5m, 10))));
    }

    [Fact]
    public void A_minimum_above_the_need_is_weighed_and_not_a_reason_to_drop_a_supplier()
    {
        // 500 · 4 = 2,000 against 100 · 5: the second; alone, the first is ordered from.
        Assert.Equal([(1, 100m)], Shares(Choose(Request(100), Offer(1, 4) with { Minimum = 500 }, Offer(2, 5))));
        Assert.Equal([(0, 500m)], Shares(Choose(Request(100), Offer(1, 4) with { Minimum = 500 })));

        // 120 · 4 = 480 against 500.
        Assert.Equal([(0, 120m)], Shares(Choose(Request(100), Offer(1, 4) with { Minimum = 120 }, Offer(2, 5))));
    }

    [Fact]
    public void The_price_is_that_of_the_tier_at_the_quantity()
    {
        var tiered = Offer(1, 5) with { Breaks = [new(100, 4.5m), new(500, 4)] };
        Assert.Equal([5m, 4.5m, 4.5m, 4m], new[] { 99.9999m, 100m, 499m, 500m }.Select(q => tiered.LandedPrice(q)));
        Assert.Equal([(1, 400m)], Shares(Choose(Request(400), tiered, Offer(2, 4.2m))));
        Assert.Equal([(0, 600m)], Shares(Choose(Request(600), tiered, Offer(2, 4.2m))));
    }

    [Fact]
    public void Every_reason_against_an_offer_is_named()
    {
        var offers = new[]
        {
            Offer(1, 4) with { Active = false }, Offer(2, 4) with { Blocked = true }, Offer(3, 0), Offer(4, 4) with { Convertible = false },
            Offer(5, 4) with { ExchangeRate = 0 }, Offer(6, 4) with { ValidTo = Today.AddDays(-1) }, Offer(7, 4) with { ValidFrom = Today.AddDays(1) },
            Offer(8, 4) with { Minimum = 50, ContractRemaining = 49 }, Offer(9, 4) with { ContractRemaining = 0 }, Offer(10, -1) with { Active = false },
        };
        Assert.Equal(
            [
                SupplierExclusion.Inactive, SupplierExclusion.Blocked, SupplierExclusion.PriceMissing, SupplierExclusion.UnitMissing,
                SupplierExclusion.ExchangeRateMissing, SupplierExclusion.NotEffective, SupplierExclusion.NotEffective,
                SupplierExclusion.ContractExhausted, SupplierExclusion.ContractExhausted, SupplierExclusion.PriceMissing | SupplierExclusion.Inactive,
            ],
            Assess(Request(100), offers).Select(a => a.Exclusion));
        var none = Choose(Request(100), offers);
        Assert.Equal((false, 0, 0, -1, 0m), (none.Found, none.Count, none.Qualified, none.RunnerUp, none.Cost));
        Assert.False(Choose(Request(100)).Found);

        // At their limits these hold.
        Assert.Equal(SupplierExclusion.None, Assess(Request(100), Offer(1, 4) with { ValidFrom = Today, ValidTo = Today, Minimum = 50, ContractRemaining = 50 })[0].Exclusion);
    }

    [Fact]
    public void Only_those_on_time_are_chosen_from_and_if_none_is_the_earliest_late()
    {
        // 30 days to the need: 31 days are too late, 30 are not.
        var decision = Choose(Request(100), Offer(1, 3, leadTime: 31), Offer(2, 5, leadTime: 30));
        Assert.Equal([(1, 100m)], Shares(decision));
        Assert.Equal((false, 2, 1, 0, true, -2m), (decision.Late, decision.Candidates, decision.Qualified, decision.RunnerUp, decision.RunnerUpLate, decision.RunnerUpDifference));

        var late = Choose(Request(100), Offer(1, 3, leadTime: 60), Offer(2, 6, leadTime: 40), Offer(3, 5, leadTime: 40));
        Assert.Equal([(2, 100m)], Shares(late));
        Assert.Equal((true, 2, 1, true), (late.Late, late.Qualified, late.RunnerUp, late.RunnerUpLate));
    }

    [Fact]
    public void Scores_are_made_of_ratios()
    {
        // u 4 and 5, rel .9 and .8, LT 20 and 10, risk low and medium:
        // .5 · 1 + .25 · .9 + .15 · .5 + .1 · 1 = .9; .5 · .8 + .25 · .8 + .15 · 1 + .1 · .5 = .8; a price ten times as high in all changes nothing.
        foreach (var rate in new[] { 1m, 10m })
        {
            var assessments = Assess(
                Request(100), Offer(1, 4, leadTime: 20) with { ExchangeRate = rate },
                Offer(2, 5, leadTime: 10, reliability: 0.8m) with { ExchangeRate = rate, Risk = RiskLevel.Medium });
            Assert.Equal([0.9m, 0.8m], assessments.Select(a => a.Score));
        }

        // High risk and no lead time at all: .5 + .25 · 1 + .15 + 0; beside it .15 · 0 / 14.
        Assert.Equal([0.9m, 0.825m], Assess(Request(1), Offer(1, 4, leadTime: 0, reliability: 1) with { Risk = RiskLevel.High }, Offer(2, 4)).Select(a => a.Score));
    }

    [Fact]
    public void A_contract_that_is_too_small_is_filled_and_another_takes_the_rest()
    {
        var decision = Choose(Request(100), Offer(1, 4) with { ContractRemaining = 60 }, Offer(2, 5, 10), Offer(3, 5.2m));
        Assert.Equal([(0, 60m), (2, 40m)], Shares(decision));

        // 60 · 4 + 40 · 5.2 = 448, against 60 · 4 + 40 · 5 + 10 = 450 and 100 · 5 + 10 or 520 alone.
        Assert.Equal(448m, decision.Cost);
        Assert.Equal(1, decision.RunnerUp);
    }

    [Fact]
    public void A_minimum_within_a_set_takes_from_the_cheaper_one()
    {
        // The first holds 90. With the second's minimum of 30: 70 · 4 + 30 · 5 = 430; alone the second costs 500.
        Assert.Equal([(0, 70m), (1, 30m)], Shares(Choose(Request(100), Offer(1, 4) with { ContractRemaining = 90 }, Offer(2, 5) with { Minimum = 30 })));
    }

    [Fact]
    public void What_no_contract_can_take_is_a_shortfall()
    {
        var decision = Choose(Request(100), Offer(1, 4) with { ContractRemaining = 20 }, Offer(2, 5) with { ContractRemaining = 30 });
        Assert.Equal([(0, 20m), (1, 30m)], Shares(decision));
        Assert.Equal(50, decision.Shortfall);
    }

    [Fact]
    public void A_critical_material_is_shared_where_two_qualify()
    {
        var two = Choose(Request(101, critical: true), Offer(1, 4), Offer(2, 5));
        Assert.Equal([(0, 70m), (1, 31m)], Shares(two));
        Assert.False(two.ShareCapExceeded);
        Assert.Equal([(0, 101m)], Shares(Choose(Request(101), Offer(1, 4), Offer(2, 5))));

        // One alone, or one alone on time, gets it all.
        var one = Choose(Request(101, critical: true), Offer(1, 4), Offer(2, 5, leadTime: 90));
        Assert.Equal([(0, 101m)], Shares(one));
        Assert.False(one.ShareCapExceeded);
    }

    [Fact]
    public void The_share_cap_yields_where_the_others_cannot_take_the_rest()
    {
        var decision = Choose(Request(100, critical: true), Offer(1, 4), Offer(2, 5) with { ContractRemaining = 10 });
        Assert.Equal((100m, 0m, true), (decision.Quantity, decision.Shortfall, decision.ShareCapExceeded));
        Assert.Equal([(0, 1m)], Shares(Choose(Request(1, critical: true), Offer(1, 4), Offer(2, 5))));
    }

    [Fact]
    public void A_weight_on_the_score_buys_quality()
    {
        // Scores: .5 + .225 + .15 + .1 = .975, and .5 · 4 / 4.1 + .25 + .15 + .1 = .987805.
        // With λ = 10: 4 + 10 · .025 = 4.25 against 4.1 + 10 · .012195 = 4.22195.
        var offers = new[] { Offer(1, 4), Offer(2, 4.1m, reliability: 1) };
        Assert.Equal([(0, 100m)], Shares(Choose(Request(100), offers)));
        Assert.Equal([(1, 100m)], Shares(Choose(Request(100) with { ScoreWeight = 10 }, offers)));
        Assert.Equal(410m, Choose(Request(100) with { ScoreWeight = 10 }, offers).Cost);
    }

    [Fact]
    public void Equal_costs_go_to_the_more_reliable_then_the_quicker_then_the_lower_number()
    {
        Assert.Equal([(1, 100m)], Shares(Choose(Request(100), Offer(1, 4, reliability: 0.8m), Offer(2, 4), Offer(3, 4, reliability: 0.7m))));
        Assert.Equal([(2, 100m)], Shares(Choose(Request(100), Offer(1, 4), Offer(2, 4), Offer(3, 4, leadTime: 7))));
        Assert.Equal([(1, 100m)], Shares(Choose(Request(100), Offer(8, 4), Offer(3, 4), Offer(5, 4))));

        // Even where the less reliable has the higher score: .95 with 7 days against .8625 with 28.
        Assert.Equal([(1, 100m)], Shares(Choose(Request(100), Offer(1, 4, leadTime: 7, reliability: 0.8m), Offer(2, 4, leadTime: 28))));
    }

    [Fact]
    public void Equal_costs_go_to_fewer_suppliers_first()
    {
        // All from the second, or 60 from the first, who is more reliable: 400 either way. The third would be cheapest, but not from 1,000 on.
        var offers = new[] { Offer(1, 4, reliability: 1) with { ContractRemaining = 60 }, Offer(2, 4), Offer(3, 1) with { Minimum = 1000 } };
        Assert.Equal([(1, 100m)], Shares(Choose(Request(100), offers)));
    }

    [Fact]
    public void The_best_eight_by_score_are_weighed()
    {
        // Nine alike; the ninth, cheapest of all but unreliable and of high risk, has the lowest score and is not weighed.
        var offers = Enumerable.Range(1, 8).Select(i => Offer(i, 4 + (i / 100m), reliability: 1))
            .Append(Offer(9, 3.99m, leadTime: 28, reliability: 0) with { Risk = RiskLevel.High }).ToArray();
        Assert.Equal([(0, 100m)], Shares(Choose(Request(100), offers)));

        // With one of the eight gone it is, and wins.
        offers[0] = offers[0] with { Active = false };
        Assert.Equal([(8, 100m)], Shares(Choose(Request(100), offers)));
    }

    [Fact]
    public void A_quantity_of_nothing_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => Choose(Request(0), Offer(1, 4)));

    [Fact]
    public void No_split_in_whole_units_is_cheaper_on_hundreds_of_small_instances()
    {
        var random = new Random(29);
        var (shared, short_) = (0, 0);
        for (var i = 0; i < 1500; i++)
        {
            var offers = new SupplierOffer[random.Next(1, 6)];
            for (var s = 0; s < offers.Length; s++)
            {
                var minimum = random.Next(3) == 0 ? random.Next(1, 15) : 0;
                offers[s] = Offer(s, random.Next(1, 9), random.Next(2) * random.Next(1, 20), random.Next(1, 40), random.Next(0, 11) / 10m) with
                {
                    Minimum = minimum, ContractRemaining = random.Next(2) == 0 ? null : minimum + random.Next(1, 10),
                };
            }

            var request = Request(random.Next(1, 13), critical: random.Next(2) == 0) with { ScoreWeight = random.Next(3) };
            var assessments = new SupplierAssessment[offers.Length];
            var decision = SupplierChoice.Of(request, offers, assessments);
            var capped = request.Critical && decision.Qualified > 1;
            var (shortfall, cost) = Cheapest(request, offers, assessments, capped ? decimal.Floor(0.7m * request.Quantity) : null);
            if (capped && shortfall > 0)
            {
                (shortfall, cost) = Cheapest(request, offers, assessments, null) is var free && free.Shortfall < shortfall ? free : (shortfall, cost);
            }

            var penalty = Enumerable.Range(0, decision.Count).Select(n => decision[n])
                .Sum(s => request.ScoreWeight * (1 - assessments[s.Offer].Score) * s.Quantity);
            Assert.Equal((shortfall, cost), (decision.Shortfall, decision.Cost + penalty));
            Assert.Equal(Math.Max(0, request.Quantity - decision.Quantity), decision.Shortfall);
            for (var n = 0; n < decision.Count; n++)
            {
                var offer = offers[decision[n].Offer];
                Assert.InRange(decision[n].Quantity, Math.Max(offer.Minimum, 0.000001m), offer.ContractRemaining ?? decimal.MaxValue);
                Assert.NotEqual(decision.RunnerUp, decision[n].Offer);
            }

            shared += decision.Count > 1 ? 1 : 0;
            short_ += shortfall > 0 ? 1 : 0;
        }

        // The instances do try what they are meant to try.
        Assert.True(shared > 200 && short_ > 20, $"{shared} shared, {short_} short");
    }

    /// <summary>Every whole quantity of every supplier, from its minimum to its bounds, and none; at most three at once.</summary>
    private static (decimal Shortfall, decimal Cost) Cheapest(
        SupplierRequest request, SupplierOffer[] offers, SupplierAssessment[] assessments, decimal? cap)
    {
        var best = (Shortfall: decimal.MaxValue, Cost: decimal.MaxValue);
        Try(0, 0, 0, 0);
        return best;

        void Try(int s, int members, decimal total, decimal cost)
        {
            if (s == offers.Length)
            {
                var shortfall = Math.Max(0, request.Quantity - total);
                best = members > 0 && (shortfall < best.Shortfall || (shortfall == best.Shortfall && cost < best.Cost)) ? (shortfall, cost) : best;
                return;
            }

            Try(s + 1, members, total, cost);
            if (members == SupplierChoice.MostShared || !assessments[s].Considered)
            {
                return;
            }

            var offer = offers[s];
            var most = Math.Min(offer.ContractRemaining ?? decimal.MaxValue, Math.Max(offer.Minimum, cap ?? request.Quantity));
            for (var q = Math.Max(1, offer.Minimum); q <= most; q++)
            {
                Try(s + 1, members + 1, total + q, cost + offer.OrderingCost + (q * (offer.Price + (request.ScoreWeight * (1 - assessments[s].Score)))));
            }
        }
    }
}
