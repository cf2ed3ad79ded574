using Sourcing.Data.Common;
using Sourcing.Data.Sales.Commissions;
using Sourcing.Web.Shared;

namespace Sourcing.Web.Sales.Commissions;

/// <summary>Says everything that a version of a plan says.</summary>
internal static class PlanWords
{
    public static IEnumerable<(string Label, string Text)> Of(CommissionTerms t, Formats format)
    {
        yield return ("Base", Words.Spaced(t.Base));
        yield return ("Earned", $"When {Words.Spaced(t.Event).ToLowerInvariant()}");
        for (var i = 0; i < t.Rules.Count; i++)
        {
            yield return (t.Rules.Count == 1 ? "Rate" : $"Rule {i + 1}", Rule(t.Rules[i], t.Currency, format));
        }

        var period = t.Period.ToString().ToLowerInvariant();
        yield return ("Cap", t.Cap is { } cap ? $"{format.Money(cap, t.Currency)} a {period}" : "None");
        yield return ("Floor", t.Floor is { } floor ? $"{format.Money(floor, t.Currency)} a {period}" : "None");
        yield return ("Accelerator", t.Accelerator is { } times ? $"{format.Number(times)} times the rate beyond the quota of the {period}" : "None");
        yield return ("Bonuses", t.Bonuses is { Count: > 0 } bonuses
            ? string.Join("\n", bonuses.OrderBy(b => b.AttainmentPercent).Select(b => $"{format.Money(b.Amount, t.Currency)} from {format.Number(b.AttainmentPercent)} % of the quota on"))
            : "None");
        yield return ("Override", t.Override is { } o
            ? $"{format.Number(o.Percent)} % of the {(o.Of == OverrideOf.Base ? "base" : "commission")} of {(o.Reach == OverrideReach.DirectReports ? "direct reports" : "everybody below")}"
            : "None");
        yield return ("Clawback", t.ClawbackDays is { } days ? $"Within {format.Number(days)} days after it was earned" : "None");
    }

    private static string Rule(RateRule rule, string currency, Formats format)
    {
        var whom = (rule.Category, rule.CustomerTier) switch
        {
            (null, null) => "All goods and customers",
            ({ } category, null) => $"Goods of {category}",
            (null, { } tier) => char.ToUpperInvariant(ArithmeticWords.CustomersOf(tier)[0]) + ArithmeticWords.CustomersOf(tier)[1..],
            var (category, tier) => $"Goods of {category} for {ArithmeticWords.CustomersOf(tier)}",
        };
        return rule.Shape == RateShape.Flat
            ? $"{whom}: {format.Number(rule.Tiers[0].Percent)} %"
            : $"{whom}, {(rule.Shape == RateShape.Marginal ? "each part by its own tier" : "all by the tier that is reached")}: "
                + string.Join(", ", rule.Tiers.Select(t => $"{format.Number(t.Percent)} % from {format.Money(t.From, currency, 0)}"));
    }
}
