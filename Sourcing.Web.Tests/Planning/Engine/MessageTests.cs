using Sourcing.Data.Planning.Engine;

namespace Sourcing.Web.Tests.Planning.Engine;

/// <summary>What a planner is told about open receipts, dates and stock. Other kinds are proven beside the rule that raises them.</summary>
public sealed class MessageTests
{
    private static Mill Yarn(decimal onHand = 0) => new Mill().Bought("Yarn", onHand).Offer("Yarn", "Kesmira", leadTime: 7);

    [Fact]
    public void A_receipt_within_the_tolerance_says_nothing() =>
        Assert.Empty(Yarn().Order("Yarn", 40, Mill.Week(4)).Receipt("Yarn", 40, Mill.Week(4).AddDays(4)).Plan().Messages);

    [Fact]
    public void A_receipt_needed_earlier_is_to_be_expedited()
    {
        // On hand 10 and 30 needed in bucket 2: of the 50 promised for bucket 4, 20 come two weeks late; the other 30 are in time for bucket 4.
        var message = Yarn(10).Order("Yarn", 30, Mill.Week(2)).Order("Yarn", 30, Mill.Week(4)).Receipt("Yarn", 50, Mill.Week(4)).Plan().Message(PlanMessageKind.Expedite);

        Assert.Equal((20m, Mill.Week(4), Mill.Week(2), 14, false), (message.Quantity, message.Date, message.NeedDate, message.Days, message.ForSafetyStock));
        Assert.Equal("PO-1 brings Yarn on 14 Dec 2026, but 20 kg of it are needed by 30 Nov 2026, 14 days earlier.", Reasoning.Sentence(message));
        Assert.Equal("Ask Kesmira to bring it by 30 Nov 2026.", Reasoning.Action(message));
    }

    [Fact]
    public void A_receipt_that_refills_the_safety_stock_is_to_be_expedited_for_it()
    {
        var message = new Mill().Bought("Yarn", with: m => m with { SafetyOverride = 20 }).Offer("Yarn", "Kesmira", leadTime: 21).Receipt("Yarn", 20, Mill.Week(2))
            .Plan().Message(PlanMessageKind.Expedite);

        Assert.True(message.ForSafetyStock);
        Assert.Equal((Mill.Today, 14), (message.NeedDate, message.Days));
    }

    [Fact]
    public void A_receipt_needed_later_is_to_be_deferred()
    {
        var message = Yarn().Order("Yarn", 40, Mill.Week(6)).Receipt("Yarn", 40, Mill.Week(2)).Plan().Message(PlanMessageKind.Defer);

        Assert.Equal((40m, Mill.Week(2), Mill.Week(6), 28), (message.Quantity, message.Date, message.NeedDate, message.Days));
    }

    [Fact]
    public void A_receipt_that_nothing_needs_is_to_be_cancelled()
    {
        var message = Yarn(100).Order("Yarn", 40, Mill.Week(6)).Receipt("Yarn", 40, Mill.Week(2)).Plan().Message(PlanMessageKind.Cancel);

        Assert.Equal((40m, (DateOnly?)null), (message.Quantity, message.NeedDate));
    }

    [Fact]
    public void Stock_beyond_the_cover_allowed_is_excess()
    {
        // 500 on hand, safety stock 50, 100 needed within 60 days and 100 after: 500 − 50 − 100 = 350.
        var mill = new Mill().Bought("Yarn", 500, m => m with { SafetyOverride = 50 }).Offer("Yarn", "Kesmira").Order("Yarn", 100, Mill.Week(4)).Order("Yarn", 100, Mill.Week(10));
        mill.Settings = mill.Settings with { ExcessCoverDays = 60 };

        var message = mill.Plan().Message(PlanMessageKind.Excess);
        Assert.Equal((350m, 60), (message.Quantity, message.Days));
    }

    [Fact]
    public void A_materials_own_tolerances_and_cover_go_before_the_plans()
    {
        static PlanMessageKind[] Kinds(Func<PlanMaterial, PlanMaterial> with)
        {
            // 7 days too late, 7 too early, and 100 of 500 needed.
            var mill = new Mill().Bought("Yarn", 10, with).Offer("Yarn", "Kesmira", leadTime: 21).Order("Yarn", 40, Mill.Week(1)).Receipt("Yarn", 30, Mill.Week(2))
                .Order("Yarn", 20, Mill.Week(5)).Receipt("Yarn", 20, Mill.Week(4)).Bought("Silk", 500, with).Offer("Silk", "Kesmira").Order("Silk", 100, Mill.Week(1));
            mill.Settings = mill.Settings with { ExpediteToleranceDays = 6, DeferToleranceDays = 13, ExcessCoverDays = null };
            return [.. mill.Plan().Messages.Select(m => m.Kind).Order()];
        }

        Assert.Equal([PlanMessageKind.Expedite], Kinds(m => m));
        Assert.Equal([PlanMessageKind.Defer], Kinds(m => m with { ExpediteToleranceDays = 7, DeferToleranceDays = 6 }));
        Assert.Equal([PlanMessageKind.Expedite, PlanMessageKind.Excess], Kinds(m => m with { ExcessCoverDays = m.Number == "Silk" ? 60 : null }));
    }

    [Fact]
    public void What_is_made_without_a_bill_is_told()
    {
        var plan = new Mill().Made("Shirt").Order("Shirt", 10, Mill.Week(4)).Plan();

        Assert.Equal(Mill.Week(3), plan.Message(PlanMessageKind.NoBom).Date);
        Assert.Equal("Shirt", plan.Issue(PlanIssueCodes.NoBom).RowRef);
        Assert.Equal(10, plan.Series("Shirt").PlannedReceipts[4]);
    }

    [Fact]
    public void Every_message_says_what_is_the_matter_and_how_to_mend_it()
    {
        var material = new PlanMaterial { Id = Mill.Key("Yarn"), Number = "Yarn", Unit = "kg" };
        foreach (var kind in Enum.GetValues<PlanMessageKind>())
        {
            var message = new PlanMessage
            {
                Kind = kind, Severity = PlanSeverity.High, Material = material, Quantity = 12_345.5m, Date = Mill.Week(1), NeedDate = Mill.Week(2), Days = 1, RefText = "PO-1",
            };
            Assert.EndsWith(".", Reasoning.Sentence(message), StringComparison.Ordinal);
            Assert.Contains("Yarn", Reasoning.Sentence(message), StringComparison.Ordinal);
            Assert.EndsWith(".", Reasoning.Action(message), StringComparison.Ordinal);
            Assert.DoesNotContain("1 days", Reasoning.Sentence(message), StringComparison.Ordinal);
        }
    }
}
