using Sourcing.Data.Suppliers.Scorecards;

namespace Sourcing.Data.Sales.Commissions;

/// <summary>
/// What has to be written to the ledger: pure and deterministic. The ledger is never altered; what is written is the difference between what it holds
/// and what orders, plans, shares and quotas say now, so that a second run without a change writes nothing.
/// </summary>
public static class CommissionArithmetic
{
    /// <summary>The new lines: those of orders, then bonuses and floors, overrides, clawbacks. Refuses when an exchange rate is missing, and overlapping versions.</summary>
    /// <param name="newId">Makes the keys of lines; version 7 by default.</param>
    public static IReadOnlyList<LedgerLine> Reckon(CommissionInput input, Func<Guid>? newId = null)
    {
        newId ??= Guid.CreateVersion7;
        foreach (var plan in input.Versions.GroupBy(v => v.PlanId))
        {
            CommissionTermChecks.DemandApart(plan);
        }

        var book = new PlanBook(input);
        // Accounts know nothing of each other, so they are settled side by side. Whatever may be refused is refused before.
        var accounts = Accounts(input, book).Select(a => (Account: a, Quota: Quota(input, a, book))).ToList();
        var settled = accounts.AsParallel().AsOrdered().Select(a =>
            a.Account.Settle(a.Quota, input.Through).Concat(PeriodExtras.Reckon(a.Account, a.Quota, input.Through, book)).ToList());
        var lines = settled.SelectMany(l => l).Select(l => l with { Id = newId() }).ToList();
        lines.AddRange(Overrides.Reckon(lines, input, book, newId));
        lines.AddRange(Clawbacks.Reckon(lines, input, book, newId));
        return lines;
    }

    private static IEnumerable<PeriodAccount> Accounts(CommissionInput input, PlanBook book)
    {
        var accounts = new Dictionary<(Guid Rep, Guid Plan, DateOnly Start), PeriodAccount>();
        PeriodAccount Of(Guid rep, Guid plan, DateOnly start)
        {
            if (!accounts.TryGetValue((rep, plan, start), out var account))
            {
                accounts[(rep, plan, start)] = account = new(rep, plan, start);
            }

            return account;
        }

        foreach (var line in input.Ledger.Where(l => l.PeriodStart >= input.Since))
        {
            if (line.IsReckoned)
            {
                Of(line.RepId, line.PlanId, line.PeriodStart).Of(book.Version(line.VersionId)).Hold(line);
            }
            else if (line.Kind == CommissionKind.Bonus)
            {
                var extras = Of(line.RepId, line.PlanId, line.PeriodStart).Extras;
                extras[line.EventKey] = extras.GetValueOrDefault(line.EventKey) + line.Amount;
            }
        }

        foreach (var claim in new ClaimReader(input, book).Read())
        {
            Of(claim.RepId, claim.Terms.PlanId, claim.PeriodStart).Of(claim.Terms).Wanted[(claim.OrderId, claim.EventKey)] = claim;
        }

        foreach (var (rep, terms, start) in PeriodExtras.WithFloor(input, book))
        {
            Of(rep, terms.PlanId, start);
        }

        return accounts.Values.OrderBy(a => a.Start).ThenBy(a => a.RepId).ThenBy(a => a.PlanId);
    }

    /// <summary>The quotas that lie within the period, added up, in the plan's currency by the rate of the period's first day; null for none.</summary>
    private static decimal? Quota(CommissionInput input, PeriodAccount account, PlanBook book)
    {
        var terms = book.Versions(account.PlanId)[0];
        var end = terms.Period.Add(account.Start, 1);
        var within = input.Quotas.Where(q => q.RepId == account.RepId && q.Start >= account.Start && q.End <= end).ToList();
        return within.Count == 0 ? null : Cents.Round(within.Sum(q => input.Rates.Convert(q.Amount, q.Currency, terms.Currency, account.Start).Amount));
    }
}
