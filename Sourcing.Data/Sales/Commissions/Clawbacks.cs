namespace Sourcing.Data.Sales.Commissions;

/// <summary>
/// What is taken back of an order's lines after a refund or a cancellation within the window of the version that earned them: a new line below 0 in the
/// proportion that was taken back. Tiers and quota that were reached stay reached. Several taking back add up to no more than the whole.
/// </summary>
internal static class Clawbacks
{
    public static IReadOnlyList<LedgerLine> Reckon(IReadOnlyList<LedgerLine> written, CommissionInput input, PlanBook book, Func<Guid> newId)
    {
        var undone = input.Orders.Where(o => o.TakeBacks.Count > 0).ToDictionary(o => o.OrderId);
        var known = input.Orders.Select(o => o.OrderId).ToHashSet();
        var all = input.Ledger.Concat(written).Where(l => l.OrderId is { } id && known.Contains(id)).ToList();
        var held = all.Where(l => l is { Kind: CommissionKind.Clawback, SourceId: not null }).GroupBy(l => l.SourceId!.Value).ToDictionary(g => g.Key, g => g.ToList());
        var lines = new List<LedgerLine>();
        foreach (var line in all.Where(l => l.Kind is CommissionKind.Order or CommissionKind.Override or CommissionKind.Correction))
        {
            if (undone.TryGetValue(line.OrderId!.Value, out var order) || held.ContainsKey(line.Id))
            {
                lines.AddRange(Of(line, order, held.GetValueOrDefault(line.Id) ?? [], input, book.Version(line.VersionId), newId));
            }
        }

        return lines;
    }

    private static IEnumerable<LedgerLine> Of(LedgerLine line, OrderFacts? order, List<LedgerLine> held, CommissionInput input, CommissionTerms terms, Func<Guid> newId)
    {
        var due = line.IsRejected || order is null ? [] : Due(line, order, input.Through, terms);
        // What was refused is not paid, so only what is still to be paid is given back with it.
        var counting = held.Where(h => !line.IsRejected || !h.IsRejected).ToList();
        foreach (var key in due.Keys.Union(counting.Select(h => h.EventKey)).Order(StringComparer.Ordinal))
        {
            var before = counting.Where(h => h.EventKey == key).ToList();
            var step = due.GetValueOrDefault(key);
            var amount = (step is null ? 0 : Taken(line.Amount, step)) - before.Sum(h => h.Amount);
            if (amount == 0)
            {
                continue;
            }

            var day = step?.Day ?? before[0].EarnedOn;
            yield return new(newId(), CommissionKind.Clawback, line.RepId, line.OrderId, key, line.PlanId, line.VersionId, terms.PeriodOf(day), day,
                (step is null ? 0 : Taken(line.Base, step)) - before.Sum(h => h.Base), amount, line.Currency, line.Id, new Dictionary<string, decimal>(), new LineArithmetic
                {
                    Plan = terms.Plan, Version = terms.Number, Currency = line.Currency, Clawback = step, Order = line.Arithmetic?.Order,
                    Why = before.Count == 0 ? null : "What was taken back has changed since.",
                });
        }
    }

    private static Dictionary<string, ClawbackStep> Due(LedgerLine line, OrderFacts order, DateOnly through, CommissionTerms terms)
    {
        var due = new Dictionary<string, ClawbackStep>();
        var share = 0m;
        foreach (var back in order.TakeBacks.Where(b => b.Day <= through).OrderBy(b => b.Day).ThenBy(b => b.Key, StringComparer.Ordinal))
        {
            var days = back.Day.DayNumber - line.EarnedOn.DayNumber;
            if (terms.ClawbackDays is not { } window || days < 0 || days > window)
            {
                continue;
            }

            var next = Math.Min(1, share + order.ShareTaken(back, line.EventKey));
            if (next != share)
            {
                due[back.Key] = new(back.Reason, back.Day, next, share, line.Amount, days, window);
            }

            share = next;
        }

        return due;
    }

    // The difference of two rounded parts, so that all that is taken back of a line never exceeds it by a cent.
    private static decimal Taken(decimal amount, ClawbackStep step) => Cents.Round(amount * step.ShareBefore) - Cents.Round(amount * step.Share);
}
