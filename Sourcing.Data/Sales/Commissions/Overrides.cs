namespace Sourcing.Data.Sales.Commissions;

/// <summary>
/// What managers get of their reports' new lines. It follows each line once, when it is written, under the tree of that moment: somebody who moves to
/// another manager takes along what is to come, and not what was.
/// </summary>
internal static class Overrides
{
    public static IReadOnlyList<LedgerLine> Reckon(IReadOnlyList<LedgerLine> written, CommissionInput input, PlanBook book, Func<Guid> newId)
    {
        var lines = new List<LedgerLine>();
        foreach (var line in written.Where(l => l.Kind is CommissionKind.Order or CommissionKind.Correction))
        {
            var (seen, direct) = (new HashSet<Guid> { line.RepId }, true);
            for (var at = input.Managers.GetValueOrDefault(line.RepId); at is { } manager && seen.Add(manager); at = input.Managers.GetValueOrDefault(manager))
            {
                if (book.At(manager, line.EarnedOn) is { Override: { } terms } version && (direct || terms.Reach == OverrideReach.WholeTree)
                    && Of(line, manager, version, terms, input, newId) is { Amount: not 0 } found)
                {
                    lines.Add(found);
                }

                direct = false;
            }
        }

        return lines;
    }

    private static LedgerLine Of(LedgerLine line, Guid manager, CommissionTerms version, OverrideTerms terms, CommissionInput input, Func<Guid> newId)
    {
        var of = Cents.Round(input.Rates.Convert(terms.Of == OverrideOf.Base ? line.Base : line.Amount, line.Currency, version.Currency, line.EarnedOn).Amount);
        return new(newId(), CommissionKind.Override, manager, line.OrderId, line.EventKey, version.PlanId, version.VersionId, version.PeriodOf(line.EarnedOn), line.EarnedOn, of,
            Cents.Round(of * terms.Percent / 100), version.Currency, line.Id, new Dictionary<string, decimal>(), new LineArithmetic
            {
                Plan = version.Plan, Version = version.Number, Currency = version.Currency, Override = new(line.RepId, terms.Percent, terms.Of, of), Order = line.Arithmetic?.Order,
            });
    }
}
