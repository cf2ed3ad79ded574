using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;

namespace Sourcing.Data.Catalog;

/// <summary>Acts on units and categories.</summary>
public sealed class CatalogService(Database database, CurrentUser user)
{
    /// <summary>Adds or changes a unit. Refuses a change of what it measures, or by how much, once something is kept in it.</summary>
    public Task<Guid> SaveUnitAsync(UnitForm form, CancellationToken ct)
    {
        user.Demand(Permission.PartsWrite);
        FormShape.Demand(form);
        return database.WriteOnceAsync(form.FormKey, async (db, token) =>
        {
            if (form.Id is not { } id)
            {
                return (await AddAsync(db, new Unit(form.Code, form.Name, form.Dimension, form.Factor!.Value), token)).Id;
            }

            var unit = await db.Units.SingleOrDefaultAsync(u => u.Id == id, token) ?? throw new MissingException("unit");
            var measuresOther = unit.Dimension != form.Dimension || unit.Factor != form.Factor;
            if (measuresOther && await UserOfAsync(db, id, token) is { } use)
            {
                throw new RefusedException(nameof(form.Factor), $"{unit.Code} is used by {use}: another dimension or factor would change every quantity there. Add a new unit.");
            }

            db.Entry(unit).Property(u => u.Version).OriginalValue = form.Version;
            unit.Change(form.Code, form.Name, form.Dimension, form.Factor!.Value);
            await db.SaveChangesAsync(token);
            return id;
        }, ct);
    }

    /// <summary>Removes a unit that nothing uses.</summary>
    public Task DeleteUnitAsync(Guid id, CancellationToken ct)
    {
        user.Demand(Permission.PartsWrite);
        return database.WriteAsync(async (db, token) =>
        {
            var unit = await db.Units.SingleOrDefaultAsync(u => u.Id == id, token) ?? throw new MissingException("unit");
            if (await UserOfAsync(db, id, token) is { } use)
            {
                throw new RefusedException($"{unit.Code} is used by {use}. Give that another unit first.");
            }

            db.Remove(unit);
            await db.SaveChangesAsync(token);
        }, ct);
    }

    /// <summary>Brings a unit back. Refuses where its code is taken.</summary>
    public Task RestoreUnitAsync(Guid id, CancellationToken ct)
    {
        user.Demand(Permission.PartsWrite);
        return database.WriteAsync(async (db, token) =>
        {
            var unit = await db.Units.IgnoreQueryFilters([SourcingDb.LiveRows]).SingleOrDefaultAsync(u => u.Id == id, token) ?? throw new MissingException("unit");
            unit.Restore();
            await db.SaveChangesAsync(token);
        }, ct);
    }

    /// <summary>Adds or changes a category. Refuses a parent that lies within the category itself.</summary>
    public Task<Guid> SaveCategoryAsync(CategoryForm form, CancellationToken ct)
    {
        user.Demand(Permission.PartsWrite);
        FormShape.Demand(form);
        return database.WriteOnceAsync(form.FormKey, async (db, token) =>
        {
            if (form.Id is not { } id)
            {
                return (await AddAsync(db, new PartCategory(form.Code, form.Name, form.ParentId), token)).Id;
            }

            var category = await db.PartCategories.SingleOrDefaultAsync(c => c.Id == id, token) ?? throw new MissingException("category");
            await DemandNoCircleAsync(db, id, form, token);
            db.Entry(category).Property(c => c.Version).OriginalValue = form.Version;
            category.Change(form.Code, form.Name, form.ParentId);
            await db.SaveChangesAsync(token);
            return id;
        }, ct);
    }

    /// <summary>Removes a category without parts and without categories below.</summary>
    public Task DeleteCategoryAsync(Guid id, CancellationToken ct)
    {
        user.Demand(Permission.PartsWrite);
        return database.WriteAsync(async (db, token) =>
        {
            var category = await db.PartCategories.SingleOrDefaultAsync(c => c.Id == id, token) ?? throw new MissingException("category");
            if (await db.Parts.AnyAsync(p => p.CategoryId == id, token))
            {
                throw new RefusedException($"{category.Name} still has parts. Give them another category first.");
            }

            if (await db.PartCategories.FirstOrDefaultAsync(c => c.ParentId == id, token) is { } below)
            {
                throw new RefusedException($"{below.Name} lies within {category.Name}. Move or remove it first.");
            }

            db.Remove(category);
            await db.SaveChangesAsync(token);
        }, ct);
    }

    /// <summary>Brings a category back. Refuses where its code is taken.</summary>
    public Task RestoreCategoryAsync(Guid id, CancellationToken ct)
    {
        user.Demand(Permission.PartsWrite);
        return database.WriteAsync(async (db, token) =>
        {
            var category = await db.PartCategories.IgnoreQueryFilters([SourcingDb.LiveRows]).SingleOrDefaultAsync(c => c.Id == id, token) ?? throw new MissingException("category");
            category.Restore();
            await db.SaveChangesAsync(token);
        }, ct);
    }

    private static async Task<T> AddAsync<T>(SourcingDb db, T record, CancellationToken ct) where T : class
    {
        db.Add(record);
        await db.SaveChangesAsync(ct);
        return record;
    }

    private static async Task DemandNoCircleAsync(SourcingDb db, Guid id, CategoryForm form, CancellationToken ct)
    {
        var parents = await db.PartCategories.Select(c => new { c.Id, c.ParentId, c.Name }).ToDictionaryAsync(c => c.Id, ct);
        for (var above = form.ParentId; above is { } at && parents.TryGetValue(at, out var row); above = row.ParentId)
        {
            if (row.ParentId == id || at == id)
            {
                throw new RefusedException(nameof(form.ParentId), $"{row.Name} lies within {form.Name} itself. Choose another parent.");
            }
        }
    }

    /// <summary>What uses a unit, in words; null when nothing does.</summary>
    private static async Task<string?> UserOfAsync(SourcingDb db, Guid id, CancellationToken ct) =>
        await db.Parts.Where(p => p.UnitId == id).Select(p => "part " + p.Number).FirstOrDefaultAsync(ct)
        ?? await db.PartUnitConversions.Where(c => c.UnitId == id).Select(c => "a conversion of part " + db.Parts.First(p => p.Id == c.PartId).Number).FirstOrDefaultAsync(ct)
        ?? await db.SupplierParts.Where(p => p.MoqUnitId == id).Select(p => "a minimum order of part " + p.Part.Number).FirstOrDefaultAsync(ct)
        ?? await db.RfqLines.Where(l => l.UnitId == id).Select(l => "RFQ " + db.Rfqs.First(r => r.Id == l.RfqId).Number).FirstOrDefaultAsync(ct)
        ?? await db.OrderLines.Where(l => l.UnitId == id).Select(l => "order " + db.Orders.First(o => o.Id == l.OrderId).Number).FirstOrDefaultAsync(ct);
}
