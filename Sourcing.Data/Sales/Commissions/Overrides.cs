namespace Sourcing.Data.Sales.Commissions;

/// <summary>
/// What managers get of their reports' new lines. It follows each line once, when it is written, under the tree of that moment: somebody who moves to
/// another manager takes along what is to come, and not what was.
/// </summary>
internal static class Overrides
{
    public static IReadOnlyList<LedgerLine> Reckon(IReadOnlyList<LedgerLine> written, CommissionInput input, PlanBook book, Func<Guid> newId)
    {
        var lines = Refused(input, newId);
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

    /// <summary>Takes back what managers had of lines that were rejected since.</summary>
    private static List<LedgerLine> Refused(CommissionInput input, Func<Guid> newId)
    {
        var refused = input.Ledger.Where(l => l.IsRejected && l.Kind != CommissionKind.Override).ToDictionary(l => l.Id);
        var lines = new List<LedgerLine>();
        foreach (var held in input.Ledger.Where(l => l is { Kind: CommissionKind.Override, IsRejected: false, SourceId: { } id } && refused.ContainsKey(id)).GroupBy(l => (l.RepId, l.SourceId)))
        {
            if (held.Sum(l => l.Amount) is var sum and not 0)
            {
                var line = held.First();
                lines.Add(line with
                {
                    Id = newId(), Amount = -sum, Base = -held.Sum(l => l.Base),
                    Arithmetic = new LineArithmetic { Plan = line.Arithmetic?.Plan ?? "", Version = line.Arithmetic?.Version ?? 0, Currency = line.Currency, Why = "The line that it rests on was rejected." },
                });
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
