using Sourcing.Data.Common;
using Sourcing.Data.Rfqs.Awarding;

namespace Sourcing.Web.Tests.Rfqs.Awarding;

/// <summary>A case by hand for every rule, with its arithmetic.</summary>
public sealed class AwardRuleTests
{
    private static readonly AwardSupplier[] Plain = [.. Enumerable.Range(0, 4).Select(i => Supplier(i, 0))];

    [Fact]
    public void Each_line_goes_where_it_costs_least_and_freight_decides_between_sets()
    {
        // Apart: 100·4 + 100·4 + freight 60 + 60 = 920. All to the first: 400 + 450 + 60 = 910.
        var problem = Of([Supplier(0, 60), Supplier(1, 60)], Line(100, 4m, 5m), Line(100, 4.5m, 4m));
        var found = AwardOptimizer.Solve(problem, new());
        Assert.Equal((910m, 850m, 60m), (found.Landed, found.Goods, found.Extra));
        Assert.Equal([0], found.Suppliers);
        // Freight left out of the choice: goods 800, and what is paid is 920 all the same.
        var apart = AwardOptimizer.Solve(problem, new() { FreightAndOther = false });
        Assert.Equal((800m, 920m), (apart.Objective, apart.Landed));
        var rule = Assert.Single(AwardOptimizer.RuleCosts(problem, new(), found));
        Assert.Equal(new(AwardRule.FreightAndOther, -10m, -10m, 0, 1, true), rule);
    }

    [Fact]
    public void At_most_k_suppliers_takes_the_best_set_of_that_size()
    {
        // Three lines of 100: 1 + 1 + 1 apart = 300. With one supplier: 100 + 300 + 300, 300 + 100 + 200 or 200 + 200 + 100: the third, 500.
        var problem = Of(Plain[..3], Line(100, 1m, 3m, 2m), Line(100, 3m, 1m, 2m), Line(100, 3m, 2m, 1m));
        var rules = new AwardRules { MostSuppliers = 1 };
        var found = AwardOptimizer.Solve(problem, rules);
        Assert.Equal((500m, 2), (found.Landed, Assert.Single(found.Suppliers)));
        Assert.Equal(new(AwardRule.MostSuppliers, 200m, 200m, 0, 2, true), Assert.Single(AwardOptimizer.RuleCosts(problem, rules, found)));
        // With two: the first and the third pay 100 + 200 + 100 = 400; the second and third 200 + 100 + 100 = 400 too; the earlier set is taken.
        Assert.Equal((400m, 0, 2), (AwardOptimizer.Solve(problem, new() { MostSuppliers = 2 }).Landed, AwardOptimizer.Solve(problem, new() { MostSuppliers = 2 }).Suppliers[0], 2));
    }

    [Fact]
    public void Fewest_open_lines_come_before_any_cost()
    {
        // The first offers both lines for 1000 each, the second one line for 1. One supplier: the first, 2000, and nothing open.
        var problem = Of(Plain[..2], Line(100, 10m, 0.01m), Line(100, 10m, null));
        Assert.Equal((2000m, 0), (AwardOptimizer.Solve(problem, new() { MostSuppliers = 1 }).Landed, AwardOptimizer.Solve(problem, new() { MostSuppliers = 1 }).OpenLines.Count));
        // Without any offer a line stays open whatever the rules.
        var open = AwardOptimizer.Solve(Of(Plain[..1], Line(100, 10m), Line(100, (decimal?)null)), new());
        Assert.Equal((1, 1, true), (open.OpenLines.Count, open.OpenBound, open.Proven));
    }

    [Theory]
    [InlineData(0.04, 1)] // 500 against 475: 5 % saved is more than 4 %
    [InlineData(0.05, 0)] // 5 % does not exceed 5 %
    public void The_incumbent_keeps_the_line_unless_more_than_the_threshold_is_saved(decimal threshold, int expected)
    {
        var problem = Of(Plain[..2], Line(100, 5m, 4.75m) with { Incumbent = 0 });
        Assert.Equal(expected, Assert.Single(AwardOptimizer.Solve(problem, new() { IncumbentThreshold = threshold }).Parts).Supplier);
    }

    [Fact]
    public void An_incumbent_that_offers_nothing_keeps_nothing()
    {
        var problem = Of(Plain[..2], Line(100, null, 4.75m) with { Incumbent = 0 });
        Assert.Equal(1, Assert.Single(AwardOptimizer.Solve(problem, new() { IncumbentThreshold = 0.5m }).Parts).Supplier);
    }

    [Fact]
    public void Switching_costs_once_for_each_line_that_leaves_its_incumbent()
    {
        // Saving 25 on the line is not worth 30; saving 50 on the other is.
        var problem = Of(Plain[..2], Line(100, 5m, 4.75m) with { Incumbent = 0 }, Line(100, 5m, 4.5m) with { Incumbent = 0 });
        var found = AwardOptimizer.Solve(problem, new() { SwitchingCost = 30 });
        Assert.Equal([0, 1], found.Parts.Select(p => p.Supplier));
        Assert.Equal((950m, 30m, 980m), (found.Landed, found.Switching, found.Counted));
    }

    [Fact]
    public void Days_late_cost_what_the_rule_says()
    {
        // 400 and ten days late at 6 a day = 460 against 450 in time.
        var line = new AwardLine(Guid.CreateVersion7(), [Offer(0, 100, 4m) with { DaysLate = 10 }, Offer(1, 100, 4.5m)]);
        Assert.Equal(0, AwardOptimizer.Solve(Of(Plain[..2], line), new()).Parts[0].Supplier);
        var found = AwardOptimizer.Solve(Of(Plain[..2], line), new() { LateCostPerDay = 6 });
        Assert.Equal((1, 450m), (found.Parts[0].Supplier, found.Counted));
        var rule = Assert.Single(AwardOptimizer.RuleCosts(Of(Plain[..2], line), new() { LateCostPerDay = 6 }, found));
        // 50 more paid, 10 less in all.
        Assert.Equal((50m, -10m), (rule.Paid, rule.Counted));
    }

    [Fact]
    public void Each_supplier_costs_what_the_rule_says()
    {
        // Apart 300 + 2·80; one of them 300 + 50 + 80.
        var problem = Of(Plain[..2], Line(100, 1m, 1.5m), Line(100, 2.5m, 2m));
        Assert.Equal(460m, AwardOptimizer.Solve(problem, new() { CostPerSupplier = 40 }).Counted - 80 + 160);
        Assert.Equal((430m, 350m), (AwardOptimizer.Solve(problem, new() { CostPerSupplier = 80 }).Counted, AwardOptimizer.Solve(problem, new() { CostPerSupplier = 80 }).Landed));
    }

    [Fact]
    public void Minimum_and_multiple_decide_with_what_they_make_one_buy()
    {
        // 100 needed. At 4.00 with a minimum of 120: 480. At 4.20 in boxes of 30, so 120: 504. At 4.70 plain: 470.
        var line = new AwardLine(Guid.CreateVersion7(), [Offer(0, 100, 4m) with { Minimum = 120 }, Offer(1, 100, 4.2m) with { Multiple = 30 }, Offer(2, 100, 4.7m)]);
        Assert.Equal((2, 470m), One(line, new()));
        Assert.Equal((0, 400m), One(line, new() { MinimumQuantities = false }));
        Assert.Equal((1, 420m), One(line with { Offers = [.. line.Offers.Skip(1)] }, new() { OrderMultiples = false }));
        // A minimum of 100 in boxes of 30 is 120, and 4 boxes at 4.2 are 504.
        Assert.Equal((1, 504m), One(line with { Offers = [line.Offers[1] with { Minimum = 100 }] }, new()));
    }

    [Fact]
    public void Buying_up_to_a_break_is_taken_where_it_costs_less_and_is_allowed()
    {
        // 90 at 5.00 = 450; 100 at 4.40 = 440.
        var line = new AwardLine(Guid.CreateVersion7(), [Offer(0, 90, 5m) with { Breaks = [(100, 4.4m), (500, 4m)] }]);
        Assert.Equal((0, 450m), One(line, new()));
        Assert.Equal((0, 440m), One(line, new() { BuyUp = true }));
        Assert.Equal(100m, AwardOptimizer.Solve(Of(Plain, line), new() { BuyUp = true }).Parts[0].OrderQuantity);
        // In boxes of 40 the break is reached with 120: 528 is dearer than 120 needed anyway at the break.
        Assert.Equal((0, 528m), One(line with { Offers = [line.Offers[0] with { Multiple = 40 }] }, new()));
        Assert.Equal((0, 600m), One(line with { Offers = [line.Offers[0] with { Multiple = 40 }] }, new() { PriceBreaks = false }));
    }

    [Fact]
    public void A_price_in_another_currency_counts_at_its_rate()
    {
        // 4.00 at 1.10 = 4.40, above 4.30.
        Assert.Equal((1, 430m), One(new(Guid.CreateVersion7(), [Offer(0, 100, 4m) with { Rate = 1.1m }, Offer(1, 100, 4.3m)]), new()));
    }

    [Fact]
    public void No_supplier_gets_more_than_the_largest_share()
    {
        // Four equal lines at 100; the first is cheaper everywhere by 10, 20, 30, 40. At most three fifths of the goods: it keeps the two where it is cheapest.
        var problem = Of(Plain[..2], Line(100, 1m, 1.1m), Line(100, 1m, 1.2m), Line(100, 1m, 1.3m), Line(100, 1m, 1.4m));
        var found = AwardOptimizer.Solve(problem, new() { LargestShare = 0.6m });
        // 110 + 120 to the second against 100 + 100 to the first: 230 of 430 is 53 %. With 110 alone the first would have 300 of 410, 73 %.
        Assert.Equal([1, 1, 0, 0], found.Parts.Select(p => p.Supplier));
        Assert.Equal((430m, true), (found.Landed, found.Proven));
        Assert.Equal(30m, AwardOptimizer.RuleCosts(problem, new() { LargestShare = 0.6m }, found).Single().Counted);
    }

    [Fact]
    public void Shares_of_one_supplier_hold_from_below_and_from_above()
    {
        var problem = Of(Plain[..2], Line(100, 1m, 1.1m), Line(100, 1m, 1.2m), Line(100, 1m, 1.3m));
        // A fifth of the goods to the second: the line where it is 10 dearer, 110 of 310.
        Assert.Equal(310m, AwardOptimizer.Solve(problem, Limits(new SupplierLimit { SupplierId = problem.Suppliers[1].SupplierId, LeastShare = 0.2m })).Landed);
        // At most two fifths to the first: one line of three, 100 of 330. 100 of 110 + 120 + 100.
        Assert.Equal(330m, AwardOptimizer.Solve(problem, Limits(new SupplierLimit { SupplierId = problem.Suppliers[0].SupplierId, LargestShare = 0.4m })).Landed);
    }

    [Fact]
    public void Goods_stay_within_a_suppliers_capacity_and_what_nobody_can_take_stays_open()
    {
        var problem = Of(Plain[..2], Line(100, 1m, 1.5m), Line(100, 2m, 2.2m));
        // 100 + 200 is above 250: the second line, 20 dearer elsewhere, moves; the first would be 50 dearer.
        var found = AwardOptimizer.Solve(problem, Limits(new SupplierLimit { SupplierId = problem.Suppliers[0].SupplierId, Capacity = 250 }));
        Assert.Equal([0, 1], found.Parts.Select(p => p.Supplier));
        var alone = AwardOptimizer.Solve(problem, Limits(
            new SupplierLimit { SupplierId = problem.Suppliers[0].SupplierId, Capacity = 250 }, new() { SupplierId = problem.Suppliers[1].SupplierId, Excluded = true }));
        // One line has to stay open; of the two awards the cheaper is taken.
        Assert.Equal((1, 100m, true), (alone.OpenLines.Count, alone.Landed, alone.Proven));
    }

    [Fact]
    public void A_short_offer_gives_what_it_has_when_lines_may_be_split()
    {
        // 60 of 100 at 1.00 and the rest at 1.50: 60 + 60. Whole, only the second can: 150.
        var line = new AwardLine(Guid.CreateVersion7(), [Offer(0, 100, 1m) with { Capacity = 60 }, Offer(1, 100, 1.5m)]);
        Assert.Equal(150m, AwardOptimizer.Solve(Of(Plain[..2], line), new()).Landed);
        var split = AwardOptimizer.Solve(Of(Plain[..2], line), new() { SplitShare = 0.5m });
        Assert.Equal(120m, split.Landed);
        Assert.Equal([(0, 0.6m), (1, 0.4m)], split.Parts.Select(p => (p.Supplier, p.Share)));
    }

    [Fact]
    public void The_score_weighs_price_against_lead_time_and_standing()
    {
        // Price 50: 100 against 400/440 = 90.9091 points. Lead time 50: 10/40 = 25 against 100. 62.5 against 95.4545 points.
        var line = new AwardLine(Guid.CreateVersion7(), [Offer(0, 100, 4m) with { LeadTimeDays = 40 }, Offer(1, 100, 4.4m) with { LeadTimeDays = 10 }]);
        var found = AwardOptimizer.Solve(Of(Plain[..2], line), new() { Score = new() { Price = 50, LeadTime = 50, Standing = 0, Quality = 0 } });
        Assert.Equal((1, 95.4545m), (found.Parts[0].Supplier, decimal.Round(found.Parts[0].Points!.Value, 4)));
        // 4.5455 points of a line of 400.
        Assert.Equal(18.18m, found.Objective);
        Assert.Equal(0, AwardOptimizer.Solve(Of(Plain[..2], line), new() { Score = new() { Price = 95, LeadTime = 5, Standing = 0, Quality = 0 } }).Parts[0].Supplier);
        // Nothing known of a supplier counts as the mean of the others: standing 0.9 and unknown are equal, so the price decides.
        AwardSupplier[] known = [Plain[0], Plain[1] with { Standing = 0.9m }];
        Assert.Equal(0, AwardOptimizer.Solve(Of(known, line), new() { Score = new() { Price = 10, LeadTime = 0, Standing = 90, Quality = 0 } }).Parts[0].Supplier);
    }

    [Fact]
    public void A_flip_price_is_the_highest_that_wins()
    {
        // Alone on its line the second has to fall under 4.00; with freight of 60 it has to save that too: (400 − 60)/100 = 3.40 ties, 3.3999 wins.
        var line = Line(100, 4m, 4.5m);
        Assert.Equal(3.9999m, Flip(Of(Plain[..2], line), new()));
        Assert.Equal(3.3999m, Flip(Of([Supplier(0, 0), Supplier(1, 60)], line, Line(100, 1m, 2m)), new()));
        // An incumbent with a threshold of 10 %: 400 − 100p has to exceed 40, so p < 3.60.
        Assert.Equal(3.5999m, Flip(Of(Plain[..2], line with { Incumbent = 0 }), new() { IncumbentThreshold = 0.1m }));
        // Excluded, no price would do.
        Assert.Null(Flip(Of(Plain[..2], line), Limits(new SupplierLimit { SupplierId = Plain[1].SupplierId, Excluded = true })));
    }

    [Fact]
    public void A_flip_price_under_shares_is_searched()
    {
        // Nobody may have more than three fifths, so the second holds the line where it is 10 dearer. It wins the other instead, 100 + 100p
        // against 210, below 1.10; at a price under two thirds the first would have too large a share.
        var problem = Of(Plain[..2], Line(100, 1m, 1.1m), Line(100, 1m, 1.2m));
        var rules = new AwardRules { LargestShare = 0.6m };
        Assert.False(FlipPrices.AtOnce(problem, rules));
        var solution = AwardOptimizer.Solve(problem, rules);
        Assert.Equal([1, 0], solution.Parts.Select(p => p.Supplier));
        var flip = Assert.Single(FlipPrices.OfLine(problem, rules, solution, problem.Lines[1].Id));
        Assert.InRange(flip.Price!.Value, 1.0999m, 1.1m);
    }

    [Fact]
    public void What_cannot_be_weighed_is_refused_in_words()
    {
        var line = Line(100, 1m);
        Assert.Contains("at most 16 suppliers", Assert.Throws<RefusedException>(() => AwardOptimizer.Solve(Of([.. Enumerable.Range(0, 17).Select(i => Supplier(i, 0))], line), new())).Message, StringComparison.Ordinal);
        Assert.Contains("weighs nothing", Assert.Throws<RefusedException>(() => AwardOptimizer.Solve(Of(Plain, line), new() { Score = new() { Price = 0, LeadTime = 0, Standing = 0, Quality = 0 } })).Message, StringComparison.Ordinal);
        Assert.Contains("too large", Assert.Throws<RefusedException>(() => AwardOptimizer.Solve(Of(Plain, Line(1e9m, 1e4m)), new())).Message, StringComparison.Ordinal);
    }

    private static decimal? Flip(AwardProblem problem, AwardRules rules) =>
        FlipPrices.All(problem, rules, AwardOptimizer.Solve(problem, rules)).First(f => f.LineId == problem.Lines[0].Id && f.Supplier == 1).Price;

    private static (int Supplier, decimal Goods) One(AwardLine line, AwardRules rules)
    {
        var part = Assert.Single(AwardOptimizer.Solve(Of(Plain, line), rules).Parts);
        return (part.Supplier, part.Goods);
    }

    private static AwardRules Limits(params SupplierLimit[] limits) => new() { Limits = [.. limits] };

    private static AwardProblem Of(AwardSupplier[] suppliers, params AwardLine[] lines) => new(lines, suppliers);

    private static AwardSupplier Supplier(int i, decimal extra) => new(Guid.CreateVersion7(), Guid.CreateVersion7(), $"S{i}", extra);

    private static AwardOffer Offer(int supplier, decimal needed, decimal price) => new(Guid.CreateVersion7(), supplier, needed, price);

    private static AwardLine Line(decimal quantity, params decimal?[] prices) =>
        new(Guid.CreateVersion7(), [.. prices.Select((p, i) => p is { } price ? Offer(i, quantity, price) : null).OfType<AwardOffer>()]);
}
