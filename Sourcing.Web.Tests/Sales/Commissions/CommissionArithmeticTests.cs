using Sourcing.Data.Sales.Commissions;
using Sourcing.Data.Suppliers.Scorecards;
using static Sourcing.Web.Tests.Sales.Commissions.CommissionWorld;

namespace Sourcing.Web.Tests.Sales.Commissions;

/// <summary>Examples worked by hand; the arithmetic stands beside each.</summary>
public sealed class CommissionArithmeticTests
{
    private readonly CommissionWorld _world = new();

    [Fact]
    public void A_flat_rate_is_a_percentage_of_the_order()
    {
        _world.With(_world.Terms(Flat(5)));
        _world.Order("PO-1", 3, 2, 1234.56m);
        var line = Assert.Single(_world.Run());
        // 1,234.56 · 5 % = 61.728 → 61.73
        Assert.Equal((CommissionKind.Order, 1234.56m, 61.73m, new DateOnly(2026, 3, 2)), (line.Kind, line.Base, line.Amount, line.EarnedOn));
    }

    [Fact]
    public void Marginal_tiers_pay_each_part_by_its_own_tier()
    {
        _world.With(_world.Terms(Tiered(RateShape.Marginal, (0, 3), (10_000, 5), (20_000, 7))));
        _world.Order("PO-1", 3, 2, 8_000);
        _world.Order("PO-2", 3, 9, 14_000);
        // x = 8,000: 8,000 · 3 % = 240
        // x = 22,000: 10,000 · 3 % + 10,000 · 5 % + 2,000 · 7 % = 300 + 500 + 140 = 940; 940 − 240 = 700
        Assert.Equal([240m, 700m], _world.Run().Select(l => l.Amount));
        var steps = _world.Ledger[1].Arithmetic!.Rules[0].Tiers;
        Assert.Equal([(2_000m, 60m), (10_000m, 500m), (2_000m, 140m)], steps.Select(s => (s.Base, s.Amount)));
    }

    [Fact]
    public void Retroactive_tiers_pay_the_difference_for_what_came_before()
    {
        _world.With(_world.Terms(Tiered(RateShape.Retroactive, (0, 3), (10_000, 5))));
        _world.Order("PO-1", 3, 2, 8_000);
        _world.Order("PO-2", 3, 9, 4_000);
        // 8,000 · 3 % = 240; then 12,000 · 5 % = 600, and 600 − 240 = 360: 4,000 · 5 % = 200 and 8,000 · 2 % = 160
        Assert.Equal([240m, 360m], _world.Run().Select(l => l.Amount));
        Assert.Equal([(200m, false), (160m, true)], _world.Ledger[1].Arithmetic!.Rules[0].Tiers.Select(s => (s.Amount, s.IsCatchUp)));
    }

    [Fact]
    public void A_tier_begins_at_its_very_amount()
    {
        _world.With(_world.Terms(Tiered(RateShape.Retroactive, (0, 3), (10_000, 5))));
        _world.Order("PO-1", 3, 2, 10_000);
        Assert.Equal(500, Assert.Single(_world.Run()).Amount);
    }

    [Fact]
    public void Bases_cumulate_within_the_period_and_begin_anew_with_the_next()
    {
        _world.With(_world.Terms(Tiered(RateShape.Marginal, (0, 3), (10_000, 5))) with { Period = ScorePeriod.Quarter });
        _world.Order("PO-1", 1, 20, 9_000);
        _world.Order("PO-2", 3, 20, 2_000);
        _world.Order("PO-3", 4, 2, 2_000);
        // 9,000 · 3 % = 270; 1,000 · 3 % + 1,000 · 5 % = 80; a new quarter: 2,000 · 3 % = 60
        Assert.Equal([270m, 80m, 60m], _world.Run().Select(l => l.Amount));
    }

    [Fact]
    public void Shares_divide_awkward_cents_by_the_largest_remainder()
    {
        _world.With(_world.Terms(Flat(100)));
        _world.Assignments.Add(new(_world.Mona, _world.PlanId, Start, null));
        _world.Order("PO-1", 3, 2, 100.01m, new(_world.Anna, 33.3333m), new(_world.Ben, 33.3333m), new(_world.Mona, 33.3334m));
        _world.Run();
        // 100.01 · 33.3333 % = 33.33663…, twice, and 33.33673…: 33.33 each, and of the 2 cents left one goes to 33.3334 and one to the earlier of the others.
        Assert.Equal([33.34m, 33.33m, 33.34m], new[] { _world.Anna, _world.Ben, _world.Mona }.Select(_world.Base));
        Assert.Equal(100.01m, _world.Ledger.Sum(l => l.Base));
    }

    [Theory]
    [InlineData("0.01", "50;50", "0.01;0.00")]
    [InlineData("-0.01", "50;50", "0.00;-0.01")]
    [InlineData("10.00", "1;1;1", "3.34;3.33;3.33")]
    [InlineData("0.05", "70;20;10", "0.04;0.01;0.00")]
    public void Cents_always_add_up(string amount, string weights, string parts)
    {
        static decimal[] All(string text) => [.. text.Split(';').Select(t => decimal.Parse(t, System.Globalization.CultureInfo.InvariantCulture))];
        Assert.Equal(All(parts), Cents.Split(All(amount)[0], All(weights)));
    }

    [Fact]
    public void The_first_rule_that_fits_a_line_counts_and_what_fits_none_earns_nothing()
    {
        _world.With(_world.Terms(Flat(10, "PUMPS", "A"), Flat(4, "PUMPS"), Flat(2, null, "B")));
        var order = _world.Order("PO-1", 3, 2, 1_000);
        _world.Add(order with { OrderId = Guid.CreateVersion7(), Number = "PO-2", CustomerTier = "B", Lines = [new("PUMPS", 1_000, 0), new("SEALS", 500, 0)] });
        _world.Add(order with { OrderId = Guid.CreateVersion7(), Number = "PO-3", CustomerTier = "C", Lines = [new("SEALS", 500, 0)] });
        // A, pumps: 1,000 · 10 % = 100. B: pumps 1,000 · 4 % = 40, seals 500 · 2 % = 10. C, seals: no rule.
        Assert.Equal([100m, 50m], _world.Run().Select(l => l.Amount));
    }

    [Fact]
    public void Margin_is_what_the_customer_pays_less_what_the_supplier_is_paid_and_a_loss_takes_away()
    {
        _world.With(_world.Terms(Flat(20)) with { Base = CommissionBase.Margin });
        var order = _world.Order("PO-1", 3, 2, 1_000);
        _world.Change(order, o => o with { Lines = [new("PUMPS", 1_000, 700)] });
        _world.Add(order with { OrderId = Guid.CreateVersion7(), Number = "PO-2", Lines = [new("PUMPS", 1_000, 1_100)] });
        // (1,000 − 700) · 20 % = 60; x = 300 − 100 = 200: 40, and 40 − 60 = −20
        Assert.Equal([60m, -20m], _world.Run().Select(l => l.Amount));
    }

    [Fact]
    public void Received_and_paid_amounts_are_earned_part_by_part()
    {
        _world.With(_world.Terms(Flat(5)) with { Base = CommissionBase.ReceivedAmount, Event = EarningEvent.Received });
        var order = _world.Order("PO-1", 3, 2, 1_000);
        _world.Change(order, o => o with { Receipts = [new("a", new(2026, 3, 20), [new("PUMPS", 400, 0)]), new("b", new(2026, 4, 5), [new("PUMPS", 600, 0)])] });
        // 400 · 5 % = 20 in March, 600 · 5 % = 30 in April
        Assert.Equal([(20m, 3), (30m, 4)], _world.Run().Select(l => (l.Amount, l.EarnedOn.Month)));
    }

    [Fact]
    public void An_order_that_earns_when_paid_earns_nothing_before()
    {
        _world.With(_world.Terms(Flat(5)) with { Event = EarningEvent.Paid });
        var order = _world.Order("PO-1", 3, 2, 1_000);
        Assert.Empty(_world.Run());
        _world.Change(order, o => o with { PaidOn = new(2026, 5, 6) });
        Assert.Equal((50m, new DateOnly(2026, 5, 6)), (Assert.Single(_world.Run()).Amount, _world.Ledger[0].EarnedOn));
    }

    [Fact]
    public void A_cap_cuts_a_period_and_a_floor_makes_it_up_when_it_is_over()
    {
        _world.With(_world.Terms(Flat(10)) with { Cap = 150, Floor = 80 });
        _world.Order("PO-1", 3, 2, 1_000);
        _world.Order("PO-2", 3, 3, 1_000);
        _world.Order("PO-3", 3, 4, 1_000);
        _world.Order("PO-4", 4, 4, 300);
        // March: 100, then 200 cut to 150: 50, then 0. April: 30, and once it is over 80 − 30 = 50 more. Ben sold nothing: 80 for each month.
        _world.Run(new(2026, 4, 15), new(2026, 3, 1));
        Assert.Equal([100m, 50m, 0m, 30m], _world.Ledger.Where(l => l.RepId == _world.Anna).Select(l => l.Amount));
        _world.Run(new(2026, 4, 30), new(2026, 3, 1));
        Assert.Equal(150 + 30 + 50, _world.Sum(_world.Anna));
        Assert.Equal(160, _world.Sum(_world.Ben));
        Assert.Empty(_world.Run(new(2026, 4, 30), new(2026, 3, 1)));
    }

    [Fact]
    public void Beyond_the_quota_the_rate_is_multiplied()
    {
        _world.With(_world.Terms(Flat(5)) with { Accelerator = 1.5m });
        _world.Quotas.Add(new(_world.Anna, new(2026, 3, 1), new(2026, 4, 1), 10_000, "EUR"));
        _world.Order("PO-1", 3, 2, 8_000);
        _world.Order("PO-2", 3, 9, 6_000);
        // 8,000 · 5 % = 400. 14,000 · 5 % = 700, and of the 4,000 beyond 10,000 half the rate more: 4,000 · 2.5 % = 100; 800 − 400 = 400
        Assert.Equal([400m, 400m], _world.Run().Select(l => l.Amount));
        Assert.Equal(100, _world.Ledger[1].Arithmetic!.Period!.Accelerated);
    }

    [Fact]
    public void A_quota_of_quarters_is_the_sum_of_those_of_its_months()
    {
        _world.With(_world.Terms(Flat(5)) with { Period = ScorePeriod.Quarter, Accelerator = 2 });
        _world.Quotas.AddRange(Enumerable.Range(1, 3).Select(m => new PeriodQuota(_world.Anna, new(2026, m, 1), new DateOnly(2026, m, 1).AddMonths(1), 1_000, "EUR")));
        _world.Order("PO-1", 3, 2, 5_000);
        // Quota 3,000: 5,000 · 5 % + 2,000 · 5 % = 350
        Assert.Equal(350, Assert.Single(_world.Run()).Amount);
    }

    [Fact]
    public void A_bonus_is_due_at_each_threshold_of_the_quota_on_the_day_that_reached_it()
    {
        _world.With(_world.Terms(Flat(1)) with { Bonuses = [new(80, 200), new(100, 300), new(150, 1_000)] });
        _world.Quotas.Add(new(_world.Anna, new(2026, 3, 1), new(2026, 4, 1), 10_000, "EUR"));
        _world.Order("PO-1", 3, 2, 8_500);
        _world.Order("PO-2", 3, 9, 2_000);
        // 85 % on the 2nd, 105 % on the 9th, never 150 %
        _world.Run();
        Assert.Equal([(300m, 9), (200m, 2)], _world.Ledger.Where(l => l.Kind == CommissionKind.Bonus).Select(l => (l.Amount, l.EarnedOn.Day)));
        Assert.Empty(_world.Run());
    }

    [Fact]
    public void A_manager_gets_an_override_on_direct_reports_or_on_the_whole_tree()
    {
        _world.With(_world.Terms(Flat(5)));
        var lead = _world.Terms(Flat(0)) with { PlanId = Guid.CreateVersion7(), Plan = "Leads", Override = new(10, OverrideOf.Commission, OverrideReach.DirectReports) };
        var top = lead with { VersionId = Guid.CreateVersion7(), PlanId = Guid.CreateVersion7(), Plan = "Head", Override = new(1, OverrideOf.Base, OverrideReach.WholeTree) };
        var head = Guid.CreateVersion7();
        _world.With(lead).With(top);
        _world.Assignments.AddRange([new(_world.Mona, lead.PlanId, Start, null), new(head, top.PlanId, Start, null)]);
        (_world.Managers[_world.Anna], _world.Managers[_world.Mona]) = (_world.Mona, head);
        _world.Order("PO-1", 3, 2, 1_000);
        _world.Run();
        // Anna 1,000 · 5 % = 50; Mona 50 · 10 % = 5; head 1,000 · 1 % = 10
        Assert.Equal((50m, 5m, 10m), (_world.Sum(_world.Anna), _world.Sum(_world.Mona), _world.Sum(head)));
        Assert.All(_world.Ledger.Where(l => l.Kind == CommissionKind.Override), l => Assert.Equal(_world.Ledger[0].Id, l.SourceId));
        _world.Managers[_world.Anna] = null;
        Assert.Empty(_world.Run());
    }

    [Fact]
    public void Amounts_count_in_the_currency_of_the_plan_by_the_rate_of_the_day()
    {
        _world.With(_world.Terms(Flat(5)));
        _world.Rates.AddRange([("USD", new(2026, 3, 1), 1.25m), ("USD", new(2026, 4, 1), 2m)]);
        var order = _world.Order("PO-1", 3, 2, 1_000);
        _world.Change(order, o => o with { Currency = "USD" });
        // 1,000 USD / 1.25 = 800 EUR; 800 · 5 % = 40
        Assert.Equal((800m, 40m), (Assert.Single(_world.Run()).Base, _world.Ledger[0].Amount));
        Assert.Empty(_world.Run());
    }

    [Fact]
    public void A_missing_rate_is_refused_by_name()
    {
        _world.With(_world.Terms(Flat(5)));
        _world.Change(_world.Order("PO-1", 3, 2, 1_000), o => o with { Currency = "CHF" });
        Assert.Contains("CHF", Assert.Throws<Sourcing.Data.Common.RefusedException>(() => _world.Run()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_day_of_issue_decides_who_was_responsible()
    {
        Responsibility[] history = [new(_world.Anna, new(2026, 1, 1), new(2026, 3, 1)), new(_world.Ben, new(2026, 3, 1), null)];
        Assert.Equal(_world.Anna, Responsibility.At(history, new(2026, 2, 28)));
        Assert.Equal(_world.Ben, Responsibility.At(history, new(2026, 3, 1)));
        Assert.Null(Responsibility.At(history, new(2025, 12, 31)));
    }

    [Fact]
    public void Every_line_says_its_arithmetic_in_words()
    {
        _world.With(_world.Terms(Tiered(RateShape.Retroactive, (0, 3), (10_000, 5))));
        _world.Order("PO-1", 3, 2, 8_000);
        _world.Order("PO-2", 3, 9, 8_000, new(_world.Anna, 50), new(_world.Ben, 50));
        var line = _world.Run().Last(l => l.RepId == _world.Anna);
        Assert.Equal(
        [
            "PO-2 of Hartwig Pumps, issued: order amount EUR 8,000.00.", "Share of 50 %: EUR 4,000.00.",
            "All goods and customers: base EUR 4,000.00, which takes the period from EUR 8,000.00 to EUR 12,000.00.",
            "5 % of EUR 4,000.00 (tier from EUR 10,000.00): EUR 200.00.",
            "+2 % of EUR 8,000.00 from before, because another tier is reached (tier from EUR 10,000.00): EUR 160.00.",
            "Mar 2026 comes to EUR 600.00, before EUR 240.00.", "Amount: EUR 360.00, by version 1 of Direct sales.",
        ], ArithmeticWords.Say(line.Arithmetic!, line.Amount, _ => "Anna"));
    }
}
