using Sourcing.Data.Common;
using Sourcing.Data.Sales.Commissions;
using Sourcing.Data.Suppliers.Scorecards;
using static Sourcing.Web.Tests.Sales.Commissions.CommissionWorld;

namespace Sourcing.Web.Tests.Sales.Commissions;

/// <summary>What comes later: refunds, changed orders, shares, quotas and plans. The ledger is never altered; a run writes the difference.</summary>
public sealed class CommissionChangeTests
{
    private readonly CommissionWorld _world = new();

    [Fact]
    public void A_second_run_without_a_change_writes_nothing()
    {
        _world.With(_world.Terms(Tiered(RateShape.Retroactive, (0, 3), (1_000, 5))) with { ClawbackDays = 90, Bonuses = [new(50, 10)], Floor = 5 });
        _world.Quotas.Add(new(_world.Anna, new(2026, 3, 1), new(2026, 4, 1), 1_000, "EUR"));
        var order = _world.Order("PO-1", 3, 2, 1_000, new(_world.Anna, 60), new(_world.Ben, 40));
        _world.Change(order, o => o with { TakeBacks = [new("r", TakeBackReason.Refund, new(2026, 3, 9), 300)] });
        Assert.NotEmpty(_world.Run());
        Assert.Empty(_world.Run());
    }

    [Fact]
    public void A_refund_within_the_window_takes_back_its_proportion_and_the_last_day_is_within()
    {
        _world.With(_world.Terms(Flat(5)) with { ClawbackDays = 30 });
        var order = _world.Order("PO-1", 3, 1, 999.99m);
        _world.Run();
        _world.Change(order, o => o with { TakeBacks = [new("r1", TakeBackReason.Refund, new(2026, 3, 31), 333.33m)] });
        var line = Assert.Single(_world.Run());
        // 999.99 · 5 % = 50.00; a third of it: 333.33 / 999.99 · 50.00 = 16.666… → −16.67; 30 days after
        Assert.Equal((CommissionKind.Clawback, -16.67m, -333.33m, _world.Ledger[0].Id), (line.Kind, line.Amount, line.Base, line.SourceId));
        Assert.Equal(50, _world.Ledger[0].Amount);
    }

    [Fact]
    public void A_refund_after_the_window_takes_back_nothing()
    {
        _world.With(_world.Terms(Flat(5)) with { ClawbackDays = 30 });
        var order = _world.Order("PO-1", 3, 1, 1_000);
        _world.Change(order, o => o with { TakeBacks = [new("r1", TakeBackReason.Refund, new(2026, 4, 1), 1_000)] });
        Assert.Equal(50, Assert.Single(_world.Run()).Amount);
    }

    [Fact]
    public void Refunds_and_a_cancellation_together_take_back_no_more_than_the_whole()
    {
        _world.With(_world.Terms(Flat(5)) with { ClawbackDays = 90 });
        var order = _world.Order("PO-1", 3, 1, 100.10m);
        _world.Change(order, o => o with
        {
            TakeBacks = [new("r1", TakeBackReason.Refund, new(2026, 3, 3), 33.37m), new("r2", TakeBackReason.Refund, new(2026, 3, 4), 33.37m), new("c", TakeBackReason.Cancellation, new(2026, 3, 5), 100.10m)],
        });
        _world.Run();
        // 5.01 (5.005 rounded up) − 1.67 − 1.67 − 1.67 = 0.00
        Assert.Equal([5.01m, -1.67m, -1.67m, -1.67m], _world.Ledger.Select(l => l.Amount));
    }

    [Fact]
    public void A_clawback_takes_the_manager_s_override_back_with_it()
    {
        _world.With(_world.Terms(Flat(5)) with { ClawbackDays = 90 });
        var lead = _world.Terms(Flat(0)) with { PlanId = Guid.CreateVersion7(), Override = new(10, OverrideOf.Commission, OverrideReach.WholeTree), ClawbackDays = 90 };
        _world.With(lead);
        _world.Assignments.Add(new(_world.Mona, lead.PlanId, Start, null));
        _world.Managers[_world.Anna] = _world.Mona;
        var order = _world.Order("PO-1", 3, 1, 1_000);
        _world.Change(order, o => o with { TakeBacks = [new("c", TakeBackReason.Cancellation, new(2026, 3, 5), 1_000)] });
        _world.Run();
        Assert.Equal((0m, 0m, 4), (_world.Sum(_world.Anna), _world.Sum(_world.Mona), _world.Ledger.Count));
    }

    [Fact]
    public void A_refund_of_what_was_paid_takes_back_what_the_payments_earned()
    {
        _world.With(_world.Terms(Flat(5)) with { Base = CommissionBase.PaidAmount, Event = EarningEvent.Paid, ClawbackDays = 90 });
        var order = _world.Order("PO-1", 3, 1, 1_000);
        _world.Change(order, o => o with
        {
            Payments = [new("p", new(2026, 3, 5), [new("PUMPS", 400, 320)])], TakeBacks = [new("r", TakeBackReason.Refund, new(2026, 3, 9), 400)],
        });
        // 400 · 5 % = 20; all of what was paid came back
        Assert.Equal([20m, -20m], _world.Run().Select(l => l.Amount));
    }

    [Fact]
    public void A_plan_that_changes_in_mid_period_counts_from_its_day_and_goes_on_cumulating()
    {
        var first = _world.Terms(Tiered(RateShape.Marginal, (0, 3), (10_000, 5)));
        _world.With(first with { ValidUntil = new(2026, 3, 16) });
        _world.With(_world.Terms(Tiered(RateShape.Marginal, (0, 4), (10_000, 8))) with { ValidFrom = new(2026, 3, 16) });
        _world.Order("PO-1", 3, 2, 9_000);
        _world.Order("PO-2", 3, 16, 3_000);
        // Version 1: 9,000 · 3 % = 270. Version 2 from 9,000 on: 1,000 · 4 % + 2,000 · 8 % = 40 + 160 = 200
        Assert.Equal([(270m, 1), (200m, 2)], _world.Run().Select(l => (l.Amount, l.Arithmetic!.Version)));
        Assert.Empty(_world.Run());
    }

    [Fact]
    public void The_cap_of_a_period_holds_over_its_versions()
    {
        _world.With(_world.Terms(Flat(10)) with { Cap = 150, ValidUntil = new(2026, 3, 16) });
        _world.With(_world.Terms(Flat(20)) with { Cap = 150, ValidFrom = new(2026, 3, 16) });
        _world.Order("PO-1", 3, 2, 1_000);
        _world.Order("PO-2", 3, 20, 1_000);
        // 100, then 200 cut at the 50 that are left
        Assert.Equal([100m, 50m], _world.Run().Select(l => l.Amount));
    }

    [Fact]
    public void A_plan_that_changes_its_event_neither_pays_an_order_twice_nor_forgets_it()
    {
        _world.With(_world.Terms(Flat(5)) with { ValidUntil = new(2026, 4, 1) });
        _world.With(_world.Terms(Flat(10)) with { ValidFrom = new(2026, 4, 1), Event = EarningEvent.Paid });
        _world.Change(_world.Order("PO-1", 3, 2, 1_000), o => o with { PaidOn = new(2026, 5, 1) });
        _world.Change(_world.Order("PO-2", 4, 2, 1_000), o => o with { PaidOn = new(2026, 5, 1) });
        // PO-1 by its issue in March, 5 %; PO-2 by its payment, 10 %
        Assert.Equal([50m, 100m], _world.Run().Select(l => l.Amount));
    }

    [Fact]
    public void Another_share_after_a_run_makes_corrections_that_move_the_difference()
    {
        _world.With(_world.Terms(Flat(5)));
        var order = _world.Order("PO-1", 3, 2, 1_000);
        _world.Run();
        _world.Change(order, o => o with { Shares = [new(_world.Anna, 70), new(_world.Ben, 30)] });
        var lines = _world.Run();
        // Anna 50 → 35: −15; Ben 15
        Assert.Equal([(CommissionKind.Correction, -15m), (CommissionKind.Order, 15m)], lines.OrderBy(l => l.Amount).Select(l => (l.Kind, l.Amount)));
        Assert.Equal(50, _world.Ledger.Sum(l => l.Amount));
        Assert.Empty(_world.Run());
    }

    [Fact]
    public void A_changed_amount_makes_one_correction_by_the_tier_that_is_reached()
    {
        _world.With(_world.Terms(Tiered(RateShape.Marginal, (0, 3), (10_000, 5))));
        var order = _world.Order("PO-1", 3, 2, 8_000);
        _world.Order("PO-2", 3, 3, 4_000);
        _world.Run();
        _world.Change(order, o => o with { Lines = [new("PUMPS", 9_000, 0)] });
        // 13,000: 300 + 150 = 450; before 300 + 100 = 400
        Assert.Equal((CommissionKind.Correction, 1_000m, 50m), (Assert.Single(_world.Run()) is var l ? l.Kind : default, l.Base, l.Amount));
    }

    [Fact]
    public void A_quota_that_comes_late_is_made_good_by_a_correction_of_the_period()
    {
        _world.With(_world.Terms(Flat(5)) with { Accelerator = 2 });
        _world.Order("PO-1", 3, 2, 3_000);
        _world.Run();
        _world.Quotas.Add(new(_world.Anna, new(2026, 3, 1), new(2026, 4, 1), 1_000, "EUR"));
        // 2,000 beyond the quota once more: 2,000 · 5 % = 100
        var line = Assert.Single(_world.Run());
        Assert.Equal((CommissionKind.Correction, (Guid?)null, 100m), (line.Kind, line.OrderId, line.Amount));
        Assert.Empty(_world.Run());
    }

    [Fact]
    public void A_rejected_line_is_not_written_again_and_not_taken_back()
    {
        _world.With(_world.Terms(Flat(5)) with { ClawbackDays = 90 });
        var order = _world.Order("PO-1", 3, 2, 1_000);
        _world.Run();
        _world.Ledger[0] = _world.Ledger[0] with { IsRejected = true };
        _world.Change(order, o => o with { TakeBacks = [new("r", TakeBackReason.Refund, new(2026, 3, 9), 300)] });
        Assert.Empty(_world.Run());
    }

    [Fact]
    public void Closed_periods_and_days_to_come_are_left_alone()
    {
        _world.With(_world.Terms(Flat(5)));
        _world.Order("PO-1", 1, 2, 1_000);
        _world.Order("PO-2", 3, 2, 1_000);
        _world.Order("PO-3", 5, 2, 1_000);
        Assert.Equal("PO-2", Assert.Single(_world.Run(new(2026, 4, 30), new(2026, 2, 1))).Arithmetic!.Order!.Number);
        Assert.Equal("PO-3", Assert.Single(_world.Run(new(2026, 5, 31), new(2026, 2, 1))).Arithmetic!.Order!.Number);
        Assert.Empty(_world.Run(new(2026, 4, 30), new(2026, 2, 1)));
    }

    [Fact]
    public void What_does_not_hold_is_refused_in_words()
    {
        var terms = _world.Terms(Flat(5));
        Assert.Contains("sum to 90", Refusal(() => CommissionTermChecks.DemandShares([new(_world.Anna, 60), new(_world.Ben, 30)])), StringComparison.Ordinal);
        Assert.Contains("twice", Refusal(() => CommissionTermChecks.DemandShares([new(_world.Anna, 60), new(_world.Anna, 40)])), StringComparison.Ordinal);
        Assert.Contains("0 to 100 %", Refusal(() => CommissionTermChecks.Demand(_world.Terms(Flat(-1)))), StringComparison.Ordinal);
        Assert.Contains("begins at 0", Refusal(() => CommissionTermChecks.Demand(_world.Terms(Tiered(RateShape.Marginal, (5, 1))))), StringComparison.Ordinal);
        Assert.Contains("above tier 1", Refusal(() => CommissionTermChecks.Demand(_world.Terms(Tiered(RateShape.Marginal, (0, 1), (0, 2))))), StringComparison.Ordinal);
        Assert.Contains("never reached", Refusal(() => CommissionTermChecks.Demand(_world.Terms(Flat(1), Flat(2, "PUMPS")))), StringComparison.Ordinal);
        Assert.Contains("below the floor", Refusal(() => CommissionTermChecks.Demand(terms with { Cap = 1, Floor = 2 })), StringComparison.Ordinal);
        Assert.Contains("accelerator", Refusal(() => CommissionTermChecks.Demand(terms with { Accelerator = 1 })), StringComparison.Ordinal);
        Assert.Contains("earned when goods are received", Refusal(() => CommissionTermChecks.Demand(terms with { Base = CommissionBase.ReceivedAmount })), StringComparison.Ordinal);
        Assert.Contains("both hold on 1 Feb 2026", Refusal(() => CommissionTermChecks.DemandApart([terms, terms with { Number = 2, ValidFrom = new(2026, 2, 1) }])), StringComparison.Ordinal);
        Assert.Contains("for a period", Refusal(() => CommissionTermChecks.DemandQuota(new(_world.Anna, default, default, 5, "EUR"))), StringComparison.Ordinal);
    }

    [Fact]
    public void However_orders_come_and_change_the_lines_of_a_period_sum_to_its_function_and_a_rerun_is_empty()
    {
        var random = new Random(20260302);
        for (var round = 0; round < 60; round++)
        {
            var world = new CommissionWorld();
            world.With(world.Terms(Tiered(round % 2 == 0 ? RateShape.Marginal : RateShape.Retroactive, (0, 3.3m), (700, 5.5m), (2_500, 7.1m))) with
            {
                ClawbackDays = 60, Accelerator = 1.3m, Cap = round % 3 == 0 ? 120 : null,
            });
            world.Quotas.Add(new(world.Anna, new(2026, 3, 1), new(2026, 4, 1), 1_500, "EUR"));
            for (var i = 0; i < 12; i++)
            {
                world.Order($"PO-{i}", 3, random.Next(1, 31), random.Next(1, 90_000) / 100m, new(world.Anna, 66.67m), new(world.Ben, 33.33m));
                var changed = world.Orders[random.Next(world.Orders.Count)];
                world.Change(changed, o => o with { Lines = [new("PUMPS", random.Next(1, 90_000) / 100m, 0)] });
                world.Run();
            }

            Assert.Empty(world.Run());
            // The same orders all at once, in a fresh ledger, come to the same sums.
            var sums = (world.Sum(world.Anna), world.Sum(world.Ben));
            world.Ledger.Clear();
            world.Run();
            Assert.Equal(sums, (world.Sum(world.Anna), world.Sum(world.Ben)));
            Assert.Equal(world.Orders.Sum(o => o.Amount), world.Ledger.Sum(l => l.Base));
        }
    }

    private static string Refusal(Action act) => Assert.Throws<RefusedException>(act).Message;
}
