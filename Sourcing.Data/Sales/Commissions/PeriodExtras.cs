using System.Globalization;
using Sourcing.Data.Suppliers.Scorecards;

namespace Sourcing.Data.Sales.Commissions;

/// <summary>Bonuses at thresholds of the quota, and what a period's floor makes up once it is over.</summary>
internal static class PeriodExtras
{
    /// <summary>Every period that is over and whose last day is under a version with a floor, with or without orders.</summary>
    public static IEnumerable<(Guid RepId, CommissionTerms Terms, DateOnly Start)> WithFloor(CommissionInput input, PlanBook book)
    {
        foreach (var assignment in book.Assignments)
        {
            var versions = book.Versions(assignment.PlanId);
            if (versions.All(v => v.Floor is null))
            {
                continue;
            }

            var period = versions[0].Period;
            var from = assignment.ValidFrom > versions[0].ValidFrom ? assignment.ValidFrom : versions[0].ValidFrom;
            for (var start = period.StartOf(from > input.Since ? from : input.Since); period.Add(start, 1) is var end && end <= input.Through.AddDays(1); start = end)
            {
                if (start >= input.Since && book.At(assignment.RepId, end.AddDays(-1)) is { Floor: not null } terms && terms.PlanId == assignment.PlanId)
                {
                    yield return (assignment.RepId, terms, start);
                }
            }
        }
    }

    /// <summary>After the account is settled: the difference between what the ledger holds of bonuses and floor and what is due. Lines have no key yet.</summary>
    public static IEnumerable<LedgerLine> Reckon(PeriodAccount account, decimal? quota, DateOnly through, PlanBook book)
    {
        var period = book.Versions(account.PlanId)[0].Period;
        var last = period.Add(account.Start, 1).AddDays(-1);
        var day = last < through ? last : through;
        var atEnd = book.At(account.RepId, day) is { } t && t.PlanId == account.PlanId ? t : null;
        var due = new Dictionary<string, (decimal Amount, DateOnly Day, BonusStep? Bonus, FloorStep? Floor)>();
        if ((atEnd ?? account.LastTerms) is { } terms)
        {
            foreach (var bonus in Reached(account, terms, quota))
            {
                due[string.Create(CultureInfo.InvariantCulture, $"bonus:{bonus.AttainmentPercent:0.####}")] = (
                    bonus.Amount, CrossedOn(account, quota!.Value * bonus.AttainmentPercent / 100, day),
                    new(period.NameOf(account.Start), bonus.AttainmentPercent, Math.Round(account.Base / quota.Value * 100, 2), quota.Value, account.Base), null);
            }

            if (atEnd?.Floor is { } floor && last <= through && account.Earned < floor)
            {
                due["floor"] = (floor - account.Earned, last, null, new(period.NameOf(account.Start), floor, account.Earned));
            }

            foreach (var key in due.Keys.Union(account.Extras.Keys).Order(StringComparer.Ordinal))
            {
                var (amount, on, bonus, made) = due.GetValueOrDefault(key, (0, day, null, null));
                if (amount - account.Extras.GetValueOrDefault(key) is var by && by != 0)
                {
                    yield return new(Guid.Empty, CommissionKind.Bonus, account.RepId, null, key, account.PlanId, terms.VersionId, account.Start, on, 0, by, terms.Currency, null, new Dictionary<string, decimal>(),
                        new LineArithmetic
                        {
                            Plan = terms.Plan, Version = terms.Number, Currency = terms.Currency, Bonus = bonus, Floor = made,
                            Why = account.Extras.ContainsKey(key) ? "What the period comes to, its quota or the plan has changed since." : null,
                        });
                }
            }
        }
    }

    private static IEnumerable<AttainmentBonus> Reached(PeriodAccount account, CommissionTerms terms, decimal? quota) =>
        quota is > 0 ? (terms.Bonuses ?? []).Where(b => account.Base * 100 >= quota * b.AttainmentPercent) : [];

    /// <summary>The day whose events brought the base to the threshold.</summary>
    private static DateOnly CrossedOn(PeriodAccount account, decimal threshold, DateOnly otherwise)
    {
        var sum = 0m;
        foreach (var claim in account.Claims.OrderBy(c => c.Day))
        {
            sum += claim.Base;
            if (sum >= threshold)
            {
                return claim.Day;
            }
        }

        return otherwise;
    }
}
