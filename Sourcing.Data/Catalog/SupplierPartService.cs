using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;

namespace Sourcing.Data.Catalog;

/// <summary>Acts on suppliers' prices. The importer copies rows in past this service, after <see cref="SupplierPartRules"/>.</summary>
public sealed class SupplierPartService(Database database, CurrentUser user)
{
    /// <summary>Adds or changes a price with its breaks. The mark of the preferred supplier moves here from another.</summary>
    public Task<Guid> SaveAsync(SupplierPartForm form, CancellationToken ct)
    {
        user.Demand(Permission.SuppliersWrite);
        FormShape.Demand(form);
        return database.WriteOnceAsync(form.FormKey, async (db, token) =>
        {
            var terms = form.Terms();
            var moqFactor = await MoqFactorAsync(db, form, token);
            SupplierPart price;
            if (form.Id is { } id)
            {
                price = await db.SupplierParts.Include(p => p.Breaks).SingleOrDefaultAsync(p => p.Id == id, token) ?? throw new MissingException("price");
                db.Entry(price).Property(p => p.Version).OriginalValue = form.Version;
                // A change of its breaks alone is a change of the price: so the version moves and a second editor is told.
                db.Entry(price).Property(p => p.UnitCost).IsModified = true;
                db.RemoveRange(price.Change(terms, moqFactor));
            }
            else
            {
                await DemandPairFreeAsync(db, form, token);
                price = new SupplierPart(form.SupplierId!.Value, form.PartId!.Value, terms, moqFactor);
                db.Add(price);
            }

            if (price.Preferred)
            {
                (await db.SupplierParts.Where(p => p.PartId == price.PartId && p.Preferred && p.Id != price.Id).ToListAsync(token)).ForEach(p => p.NoLongerPreferred());
            }

            await db.SaveChangesAsync(token);
            return price.Id;
        }, ct);
    }

    /// <summary>Removes a price with its breaks.</summary>
    public Task DeleteAsync(Guid id, CancellationToken ct)
    {
        user.Demand(Permission.SuppliersWrite);
        return database.WriteAsync(async (db, token) =>
        {
            var price = await db.SupplierParts.Include(p => p.Breaks).SingleOrDefaultAsync(p => p.Id == id, token) ?? throw new MissingException("price");
            db.RemoveRange(price.Breaks);
            db.Remove(price);
            await db.SaveChangesAsync(token);
        }, ct);
    }

    /// <summary>Brings a price back with the breaks that went with it. Refuses where supplier and part have a new price.</summary>
    public Task RestoreAsync(Guid id, CancellationToken ct)
    {
        user.Demand(Permission.SuppliersWrite);
        return database.WriteAsync(async (db, token) =>
        {
            string[] all = [SourcingDb.LiveRows];
            var price = await db.SupplierParts.IgnoreQueryFilters(all).SingleOrDefaultAsync(p => p.Id == id && p.DeletedAt != null, token) ?? throw new MissingException("price");
            (await db.PriceBreaks.IgnoreQueryFilters(all).Where(b => b.SupplierPartId == id && b.DeletedAt == price.DeletedAt).ToListAsync(token)).ForEach(b => b.Restore());
            price.Restore();
            await db.SaveChangesAsync(token);
        }, ct);
    }

    private static async Task<decimal> MoqFactorAsync(SourcingDb db, SupplierPartForm form, CancellationToken ct)
    {
        var partId = form.PartId!.Value;
        var units = await db.PartUnitsAsync([partId], ct);
        if (!units.TryGetValue(partId, out var part))
        {
            throw new MissingException("part");
        }

        if (form.MoqQuantity is null || form.MoqUnitId is not { } moqUnit || moqUnit == part.UnitId)
        {
            return 1;
        }

        var conversion = await db.UnitConversionAsync(ct);
        return conversion.FactorOrNull(moqUnit, part.UnitId, part) ?? throw new RefusedException(nameof(form.MoqUnitId),
            $"No conversion from {conversion[moqUnit].Code} to {conversion[part.UnitId].Code} for this part. Say on the part how many {conversion[part.UnitId].Code} a {conversion[moqUnit].Code} holds.");
    }

    private static async Task DemandPairFreeAsync(SourcingDb db, SupplierPartForm form, CancellationToken ct)
    {
        if (!await db.Suppliers.AnyAsync(s => s.Id == form.SupplierId, ct))
        {
            throw new MissingException("supplier");
        }

        if (await db.SupplierParts.AnyAsync(p => p.PartId == form.PartId && p.SupplierId == form.SupplierId, ct))
        {
            throw new RefusedException(nameof(form.SupplierId), "This supplier has a price for this part already: one pair has one price, so that no two overlap. Change that one; what it was stays in the history.");
        }
    }
}
