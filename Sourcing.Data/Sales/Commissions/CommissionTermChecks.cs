using System.Globalization;
using Sourcing.Data.Common;

namespace Sourcing.Data.Sales.Commissions;

/// <summary>What has to hold before terms, shares and quotas may be kept or reckoned with.</summary>
public static class CommissionTermChecks
{
    /// <summary>Rules of a version, tiers of a rule and bonuses of a version, at most.</summary>
    public const int Most = 20;

    /// <summary>The largest amount of a tier, cap, floor or bonus.</summary>
    public const decimal Largest = 1_000_000_000m;

    /// <summary>
    /// Refuses, with every field at fault: no rule, two of one condition, one that is never reached, tiers that do not begin at 0 or do not rise,
    /// a rate below 0 or above 100, a cap below the floor, an accelerator of 1 or less, bonuses of one threshold, a base that does not fit its
    /// event, an override or a clawback window out of range.
    /// </summary>
    public static void Demand(CommissionTerms terms)
    {
        var faults = OfHead(terms).Concat(OfRules(terms.Rules)).Concat(OfBonuses(terms.Bonuses ?? [])).ToList();
        if (faults.Count > 0)
        {
            throw new RefusedException(faults);
        }
    }

    /// <summary>Refuses versions of one plan that overlap, and names both.</summary>
    public static void DemandApart(IEnumerable<CommissionTerms> versions)
    {
        var inOrder = versions.OrderBy(v => v.ValidFrom).ThenBy(v => v.Number).ToList();
        foreach (var (earlier, later) in inOrder.Zip(inOrder.Skip(1)))
        {
            if (earlier.ValidUntil is null || earlier.ValidUntil > later.ValidFrom)
            {
                throw new RefusedException("ValidFrom", $"Versions {earlier.Number} and {later.Number} of {later.Plan} would both hold on {Text(later.ValidFrom)}. Let the later one begin after the earlier one ends.");
            }
        }
    }

    /// <summary>Refuses shares that do not sum to 100, that are 0 or less, and a representative who stands twice.</summary>
    public static void DemandShares(IReadOnlyList<OrderShare> shares)
    {
        if (shares.Any(s => s.Percent is <= 0 or > 100 || decimal.Round(s.Percent, 4) != s.Percent))
        {
            throw new RefusedException("Shares", "Every share is above 0 and at most 100 %, with at most four decimals. Leave out who has none.");
        }

        if (shares.Select(s => s.RepId).Distinct().Count() != shares.Count)
        {
            throw new RefusedException("Shares", "A representative stands twice among the shares. Add the two together.");
        }

        if (shares.Sum(s => s.Percent) is var sum && sum != 100)
        {
            throw new RefusedException("Shares", string.Create(CultureInfo.InvariantCulture, $"The shares sum to {sum:0.####} %. Change them until they sum to 100 %."));
        }
    }

    /// <summary>Refuses a quota without a period, or of nothing.</summary>
    public static void DemandQuota(PeriodQuota quota)
    {
        if (quota.Start == default || quota.End <= quota.Start)
        {
            throw new RefusedException("Period", "A quota is for a period: give its first day, and a later day on which it is over.");
        }

        if (quota.Amount is <= 0 or > Largest)
        {
            throw new RefusedException("Amount", "Enter a quota above 0 and at most 1,000,000,000.");
        }
    }

    private static IEnumerable<FieldError> OfHead(CommissionTerms t)
    {
        if (t.ValidUntil <= t.ValidFrom)
        {
            yield return new("ValidUntil", "The version would end before it begins. Choose a later day, or leave the end open.");
        }

        if (t.Base == CommissionBase.ReceivedAmount && t.Event != EarningEvent.Received)
        {
            yield return new("Event", "The received amount is earned when goods are received. Choose received, or another base.");
        }

        if (t.Base == CommissionBase.PaidAmount && t.Event != EarningEvent.Paid)
        {
            yield return new("Event", "The paid amount is earned when it is paid. Choose paid, or another base.");
        }

        if (t.Cap is <= 0 or > Largest)
        {
            yield return new("Cap", "A cap is above 0. Leave it empty for none.");
        }

        if (t.Floor is <= 0 or > Largest)
        {
            yield return new("Floor", "A floor is above 0. Leave it empty for none.");
        }

        if (t.Floor > t.Cap)
        {
            yield return new("Cap", "The cap is below the floor. Raise one or lower the other.");
        }

        if (t.Accelerator is <= 1 or > 10)
        {
            yield return new("Accelerator", "The accelerator multiplies the rate beyond the quota: above 1 and at most 10. Leave it empty for none.");
        }

        if (t.Override is { Percent: <= 0 or > 100 })
        {
            yield return new("OverridePercent", "An override is above 0 and at most 100 %. Leave it empty for none.");
        }

        if (t.ClawbackDays is < 1 or > 730)
        {
            yield return new("ClawbackDays", "The clawback window is 1 to 730 days. Leave it empty when nothing is taken back.");
        }
    }

    private static IEnumerable<FieldError> OfRules(IReadOnlyList<RateRule> rules)
    {
        if (rules.Count is 0 or > Most)
        {
            yield return new("Rules", $"A version has 1 to {Most} rules.");
            yield break;
        }

        for (var i = 0; i < rules.Count; i++)
        {
            if (rules.Take(i).FirstOrDefault(r => Covers(r, rules[i])) is { } before)
            {
                yield return new($"Rules[{i}].Category", $"Rule {i + 1} is never reached: rule {rules.ToList().IndexOf(before) + 1} takes everything that fits it. Put the narrower rule first.");
            }

            foreach (var fault in OfTiers(rules[i], i))
            {
                yield return fault;
            }
        }
    }

    private static bool Covers(RateRule wide, RateRule narrow) =>
        (wide.Category is null || string.Equals(wide.Category, narrow.Category, StringComparison.OrdinalIgnoreCase))
        && (wide.CustomerTier is null || string.Equals(wide.CustomerTier, narrow.CustomerTier, StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<FieldError> OfTiers(RateRule rule, int at)
    {
        if (rule.Tiers.Count is 0 or > Most || (rule.Shape == RateShape.Flat && rule.Tiers.Count != 1))
        {
            yield return new($"Rules[{at}].Tiers", rule.Shape == RateShape.Flat ? $"Rule {at + 1} is flat: it has one rate." : $"Rule {at + 1} has 1 to {Most} tiers.");
            yield break;
        }

        for (var i = 0; i < rule.Tiers.Count; i++)
        {
            var tier = rule.Tiers[i];
            if (tier.Percent is < 0 or > 100)
            {
                yield return new($"Rules[{at}].Tiers[{i}].Percent", $"The rate of rule {at + 1}, tier {i + 1}, is 0 to 100 %.");
            }

            if (i == 0 ? tier.From != 0 : tier.From <= rule.Tiers[i - 1].From || tier.From > Largest)
            {
                yield return new($"Rules[{at}].Tiers[{i}].From", i == 0 ? $"The first tier of rule {at + 1} begins at 0." : $"Tier {i + 1} of rule {at + 1} has to begin above tier {i}.");
            }
        }
    }

    private static IEnumerable<FieldError> OfBonuses(IReadOnlyList<AttainmentBonus> bonuses)
    {
        if (bonuses.Count > Most)
        {
            yield return new("Bonuses", $"A version has at most {Most} bonuses.");
        }

        for (var i = 0; i < bonuses.Count; i++)
        {
            if (bonuses[i].AttainmentPercent is <= 0 or > 1000 || bonuses.Take(i).Any(b => b.AttainmentPercent == bonuses[i].AttainmentPercent))
            {
                yield return new($"Bonuses[{i}].AttainmentPercent", $"Bonus {i + 1} needs a threshold of its own, above 0 and at most 1,000 % of the quota.");
            }

            if (bonuses[i].Amount is <= 0 or > Largest)
            {
                yield return new($"Bonuses[{i}].Amount", $"Bonus {i + 1} is an amount above 0.");
            }
        }
    }

    private static string Text(DateOnly day) => day.ToString("d MMM yyyy", CultureInfo.InvariantCulture);
}
