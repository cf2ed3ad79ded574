using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Catalog;
using Sourcing.Data.Common;

namespace Sourcing.Data.Planning;

/// <summary>A part whose stock is worked on.</summary>
internal sealed record StockedPart(Guid Id, string Number, Guid UnitId, string Unit, PartType Type);

/// <summary>Holds stocks for one act, so that quantities are read, reckoned and written without anybody between.</summary>
internal static class StockLoading
{
    /// <summary>
    /// The stocks of these parts, made where there are none, and held to the end of the transaction. Always taken in the order of their keys, so
    /// that two deliveries never wait for each other.
    /// </summary>
    public static async Task<IReadOnlyDictionary<Guid, Inventory>> HeldStockAsync(this SourcingDb db, IEnumerable<Guid> partIds, CancellationToken ct)
    {
        var parts = partIds.Distinct().ToArray();
        var keys = parts.Select(_ => Guid.CreateVersion7()).ToArray();
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into inventory (id, part_id, on_hand, allocated, open_po_quantity)
            select n.id, n.part_id, 0, 0, 0 from unnest({keys}, {parts}) as n (id, part_id) where not exists (select from inventory i where i.part_id = n.part_id) order by n.part_id
            on conflict (part_id) do nothing
            """, ct);
        await db.Database.ExecuteSqlAsync($"select from inventory where part_id = any ({parts}) order by part_id for update", ct);
        return await db.Inventory.Where(i => parts.Contains(i.PartId)).ToDictionaryAsync(i => i.PartId, ct);
    }

    /// <summary>The moment of the database's clock, not of the transaction's begin: whoever waited for a stock comes after whom it waited for, and so does its line in the ledger.</summary>
    public static Task<DateTimeOffset> ClockAsync(this SourcingDb db, CancellationToken ct) =>
        db.Database.SqlQuery<DateTimeOffset>($"select clock_timestamp() as \"Value\"").SingleAsync(ct);

    /// <summary>The part, living, of a kind that is stocked.</summary>
    public static async Task<StockedPart> StockedPartAsync(this SourcingDb db, Guid partId, CancellationToken ct)
    {
        var part = await db.Parts.Where(p => p.Id == partId).Select(p => new StockedPart(p.Id, p.Number, p.UnitId, p.Unit.Code, p.Type)).SingleOrDefaultAsync(ct)
            ?? throw new MissingException("part");
        return part.Type != PartType.Service ? part : throw new RefusedException($"{part.Number} is a service, and services are not stocked. Change its kind if it is something that lies on a shelf.");
    }

    /// <summary>The quantity in the part's own unit, six decimals. Refuses an impossible conversion, naming both units.</summary>
    public static async Task<decimal> InOwnUnitAsync(this SourcingDb db, StockedPart part, decimal quantity, Guid unitId, string field, CancellationToken ct)
    {
        if (unitId == part.UnitId)
        {
            return StockQuantity.Kept(quantity, field, part.Unit);
        }

        var units = await db.UnitConversionAsync(ct);
        if (!units.Knows(unitId))
        {
            throw new MissingException("unit");
        }

        try
        {
            return StockQuantity.Kept(units.Convert(quantity, unitId, part.UnitId, (await db.PartUnitsAsync([part.Id], ct))[part.Id]), field, part.Unit);
        }
        catch (RefusedException refusal) when (refusal.Errors.Count == 0)
        {
            throw new RefusedException("UnitId", refusal.Message);
        }
    }

    /// <summary>Sets what is allocated to the sum of the part's reservations as they are tracked: all of them must be.</summary>
    public static async Task AllocateAsync(this SourcingDb db, Inventory stock, CancellationToken ct)
    {
        await db.Reservations.Where(r => r.PartId == stock.PartId).LoadAsync(ct);
        stock.Allocate(db.ChangeTracker.Entries<Reservation>()
            .Where(e => e.Entity.PartId == stock.PartId && e.State != EntityState.Deleted && e.Entity.DeletedAt is null).Sum(e => e.Entity.Quantity));
    }
}
