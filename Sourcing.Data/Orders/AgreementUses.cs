using Microsoft.EntityFrameworkCore;

namespace Sourcing.Data.Orders;

/// <summary>Counts what agreements are called off by, and holds them to what was agreed.</summary>
internal static class AgreementUses
{
    /// <summary>What counts now, in this transaction.</summary>
    public static async Task<AgreementUse> AgreementUseAsync(this SourcingDb db, Guid agreementId, CancellationToken ct)
    {
        var tallies = await db.AgreementTallies.Where(t => t.AgreementId == agreementId).Select(t => new { t.AgreementLineId, t.Quantity, t.Value }).ToListAsync(ct);
        return new(tallies.Sum(t => t.Value), tallies.ToDictionary(t => t.AgreementLineId, t => t.Quantity));
    }

    /// <summary>
    /// Refuses when an agreement that this order calls off is exceeded by it. Called after saving and before committing; each agreement is locked
    /// first, so that of any number of call-offs at once none sees less than what counts.
    /// </summary>
    public static async Task DemandWithinAsync(SourcingDb db, Order order, CancellationToken ct)
    {
        var called = order.Lines.Select(l => l.AgreementLineId).OfType<Guid>().Distinct().ToList();
        if (called.Count == 0)
        {
            return;
        }

        var ids = await db.AgreementLines.Where(l => called.Contains(l.Id)).Select(l => l.AgreementId).Distinct().OrderBy(i => i).ToListAsync(ct);
        foreach (var id in ids)
        {
            await LockAsync(db, id, ct);
            var agreement = await db.Agreements.AsNoTracking().Include(a => a.Lines).IgnoreQueryFilters([SourcingDb.LiveRows]).SingleAsync(a => a.Id == id, ct);
            agreement.DemandWithin(await db.AgreementUseAsync(id, ct));
        }
    }

    /// <summary>Holds the agreement until the transaction ends.</summary>
    public static Task LockAsync(SourcingDb db, Guid agreementId, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"select from agreements where id = {agreementId} for update", ct);
}
