using Sourcing.Data.Sales.Commissions;

namespace Sourcing.Web.Tests.Sales.Commissions;

/// <summary>How a line's arithmetic is kept: for good, so what was written earlier is read as it was meant.</summary>
public sealed class LineArithmeticTests
{
    // As lines were kept at first, zeros and all.
    private const string Long =
        """
        {"plan": "Direct", "order": {"base": "OrderAmount", "part": 886.17, "rate": 1, "event": "issued", "whole": 886.17, "before": 0, "number": "PO-7", "percent": 100, "currency": "EUR", "customer": "Brinwell"},
        "rules": [{"to": 886.17, "base": 886.17, "from": 0, "shape": "Flat", "tiers": [{"base": 886.17, "from": 0, "amount": 17.7234, "percent": 2, "isCatchUp": false}]}],
        "period": {"name": "Q4 2025", "after": 17.72, "quota": 0, "start": "2025-10-01", "before": 0.00, "isCapped": false, "baseAfter": 886.17, "baseBefore": 0, "accelerated": 0, "accelerator": 1.5, "cap": 0},
        "version": 1, "currency": "EUR"}
        """;

    [Fact]
    public void What_is_zero_is_not_written_and_is_read_as_zero()
    {
        var first = LineArithmetic.Read(Long);
        var kept = first.Write();
        var again = LineArithmetic.Read(kept);
        Assert.Equal(first.Order, again.Order);
        Assert.Equal(first.Period, again.Period);
        Assert.Equal((0m, 0m, 0m), (again.Order!.Before, again.Period!.BaseBefore, again.Rules[0].From));
        Assert.DoesNotContain("before", kept, StringComparison.Ordinal);
        Assert.DoesNotContain("isCapped", kept, StringComparison.Ordinal);
        Assert.Equal(ArithmeticWords.Say(first, 17.72m, _ => ""), ArithmeticWords.Say(again, 17.72m, _ => ""));
    }

    [Fact]
    public void A_quota_and_a_cap_of_nothing_are_not_the_same_as_none()
    {
        var kept = LineArithmetic.Read(LineArithmetic.Read(Long).Write()).Period!;
        Assert.Equal((0m, 0m), (kept.Quota, kept.Cap));
        Assert.Null(LineArithmetic.Read((LineArithmetic.Read(Long) with { Period = kept with { Quota = null, Cap = null } }).Write()).Period!.Quota);
    }

    [Fact]
    public void Kinds_are_written_even_when_they_are_the_first_of_their_kind()
    {
        var kept = (LineArithmetic.Read(Long) with { Clawback = new(TakeBackReason.Refund, new(2026, 1, 5), 1, 0, 17.72m, 0, 90), Override = new(Guid.Empty, 10, default, 5) }).Write();
        Assert.Contains("\"shape\":\"Flat\"", kept, StringComparison.Ordinal);
        Assert.Contains("\"base\":\"OrderAmount\"", kept, StringComparison.Ordinal);
        Assert.Contains("\"reason\":\"Refund\"", kept, StringComparison.Ordinal);
        Assert.Contains($"\"of\":\"{default(OverrideOf)}\"", kept, StringComparison.Ordinal);
    }
}
