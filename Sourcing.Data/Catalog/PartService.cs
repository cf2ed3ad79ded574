using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Orders;
using Sourcing.Data.Rfqs;

namespace Sourcing.Data.Catalog;

/// <summary>Acts on parts. The importer copies rows in past this service: <see cref="PartFacts"/>, <see cref="Specification"/>, the unique indexes and the checks of the table hold there as here.</summary>
public sealed class PartService(Database database, CurrentUser user)
{
    /// <summary>An act takes this many parts at most.</summary>
    public const int MostAtOnce = 200;

    /// <summary>Adds or changes a part with its conversions and cross-references. Refuses a taken number, a unit that prices, stock or bills of materials hang on, and conversions that the dimension gives already.</summary>
    public Task<Guid> SaveAsync(PartForm form, CancellationToken ct)
    {
        user.Demand(Permission.PartsWrite);
        FormShape.Demand(form);
        return database.WriteOnceAsync(form.FormKey, async (db, token) =>
        {
            await DemandNumberFreeAsync(db, form.Number.Trim(), form.Id, token);
            Part part;
            if (form.Id is { } id)
            {
                part = await db.Parts.Include(p => p.Conversions).Include(p => p.CrossReferences).SingleOrDefaultAsync(p => p.Id == id, token) ?? throw new MissingException("part");
                db.Entry(part).Property(p => p.Version).OriginalValue = form.Version;
                // A change of its rows alone is a change of the part: so the version moves and a second editor is told.
                db.Entry(part).Property(p => p.Name).IsModified = true;
                await DemandUnitFreeAsync(db, part, form.UnitId!.Value, token);
                part.Change(form.Facts());
            }
            else
            {
                part = new Part(form.Facts());
                db.Add(part);
            }

            await SetConversionsAsync(db, part, form, token);
            SetReferences(db, part, form);
            await DemandNoLoopAsync(db, part, form, token);
            await db.SaveChangesAsync(token);
            return part.Id;
        }, ct);
    }

    /// <summary>Moves parts to a category, or out of all with null. Returns how many.</summary>
    public Task<int> SetCategoryAsync(IReadOnlyCollection<Guid> ids, Guid? categoryId, CancellationToken ct)
    {
        user.Demand(Permission.PartsWrite);
        DemandFew(ids);
        return database.WriteAsync(async (db, token) =>
        {
            if (categoryId is { } id && !await db.PartCategories.AnyAsync(c => c.Id == id, token))
            {
                throw new MissingException("category");
            }

            var parts = await db.Parts.Where(p => ids.Contains(p.Id)).ToListAsync(token);
            parts.ForEach(p => p.MoveTo(categoryId));
            await db.SaveChangesAsync(token);
            return parts.Count;
        }, ct);
    }

    /// <summary>Deletes parts with all that hangs on them. Refuses one that a running RFQ or order is about, that there is stock of, or that another part is made of.</summary>
    public Task<int> DeleteAsync(IReadOnlyCollection<Guid> ids, CancellationToken ct)
    {
        user.Demand(Permission.PartsWrite);
        DemandFew(ids);
        return database.WriteAsync(async (db, token) =>
        {
            await DemandUnusedAsync(db, ids, token);
            var parts = await db.Parts.Include(p => p.Conversions).Include(p => p.CrossReferences).Where(p => ids.Contains(p.Id)).ToListAsync(token);
            var prices = await db.SupplierParts.IgnoreQueryFilters([SourcingDb.LiveRows]).Include(p => p.Breaks).Where(p => ids.Contains(p.PartId) && p.DeletedAt == null).ToListAsync(token);
            db.RemoveRange(parts.SelectMany(p => p.Conversions));
            db.RemoveRange(parts.SelectMany(p => p.CrossReferences));
            db.RemoveRange(prices.SelectMany(p => p.Breaks).Where(b => b.DeletedAt is null));
            db.RemoveRange(prices);
            db.RemoveRange(parts);
            await db.SaveChangesAsync(token);
            return parts.Count;
        }, ct);
    }

    /// <summary>Brings deleted parts back with what was deleted in the same act. Refuses where a living part has the number.</summary>
    public Task<int> RestoreAsync(IReadOnlyCollection<Guid> ids, CancellationToken ct)
    {
        user.Demand(Permission.PartsWrite);
        DemandFew(ids);
        return database.WriteAsync(async (db, token) =>
        {
            string[] all = [SourcingDb.LiveRows];
            var parts = await db.Parts.IgnoreQueryFilters(all).Where(p => ids.Contains(p.Id) && p.DeletedAt != null).ToListAsync(token);
            foreach (var part in parts)
            {
                if (part.MergedInto is { } into)
                {
                    var kept = await db.Parts.IgnoreQueryFilters(all).Where(p => p.Id == into).Select(p => p.Number).SingleAsync(token);
                    throw new RefusedException($"{part.Number} was merged into {kept} and cannot come back: everything about it stands there now. Go on with {kept}.");
                }

                if (await db.Parts.AnyAsync(p => p.Number == part.Number, token))
                {
                    throw new RefusedException($"Another part has the number {part.Number} now, so this one cannot come back under it. Give the other part another number first.");
                }

                var at = part.DeletedAt;
                (await db.PartUnitConversions.IgnoreQueryFilters(all).Where(c => c.PartId == part.Id && c.DeletedAt == at).ToListAsync(token)).ForEach(c => c.Restore());
                (await db.PartCrossReferences.IgnoreQueryFilters(all).Where(r => r.PartId == part.Id && r.DeletedAt == at).ToListAsync(token)).ForEach(r => r.Restore());
                var prices = await db.SupplierParts.IgnoreQueryFilters(all).Where(p => p.PartId == part.Id && p.DeletedAt == at).ToListAsync(token);
                var priceIds = prices.Select(p => p.Id).ToList();
                (await db.PriceBreaks.IgnoreQueryFilters(all).Where(b => priceIds.Contains(b.SupplierPartId) && b.DeletedAt == at).ToListAsync(token)).ForEach(b => b.Restore());
                prices.ForEach(p => p.Restore());
                part.Restore();
            }

            await db.SaveChangesAsync(token);
            return parts.Count;
        }, ct);
    }

    internal static void DemandFew(IReadOnlyCollection<Guid> ids)
    {
        if (ids.Count is 0 or > MostAtOnce)
        {
            throw new RefusedException(ids.Count == 0 ? "Nothing is selected. Select rows first." : $"At most {MostAtOnce} rows at once; {ids.Count} are selected. Do it in parts.");
        }
    }

    private static async Task DemandNumberFreeAsync(SourcingDb db, string number, Guid? exceptId, CancellationToken ct)
    {
        if (await db.Parts.Where(p => p.Number == number && p.Id != exceptId).Select(p => p.Name).FirstOrDefaultAsync(ct) is { } name)
        {
            throw new RefusedException(nameof(PartForm.Number), $"The number {number} is taken by \"{name}\". Open that part, or choose another number.");
        }
    }

    private static async Task DemandUnitFreeAsync(SourcingDb db, Part part, Guid unitId, CancellationToken ct)
    {
        if (part.UnitId == unitId)
        {
            return;
        }

        var use = await db.SupplierParts.Where(p => p.PartId == part.Id).Select(p => "the price of " + p.Supplier.Name).FirstOrDefaultAsync(ct)
            ?? await db.RfqLines.Where(l => l.PartId == part.Id).Select(l => "RFQ " + db.Rfqs.First(r => r.Id == l.RfqId).Number).FirstOrDefaultAsync(ct)
            ?? await db.OrderLines.Where(l => l.PartId == part.Id).Select(l => "order " + db.Orders.First(o => o.Id == l.OrderId).Number).FirstOrDefaultAsync(ct)
            ?? await db.StockMovements.Where(m => m.PartId == part.Id).Select(m => "its stock").FirstOrDefaultAsync(ct)
            ?? await db.Reservations.Where(r => r.PartId == part.Id).Select(r => "the reservation for " + r.Reference).FirstOrDefaultAsync(ct)
            ?? await db.BomLines.Where(l => l.ParentPartId == part.Id || l.ComponentPartId == part.Id).Select(l => "the bill of materials of " + l.ParentPart.Number).FirstOrDefaultAsync(ct);
        if (use is not null)
        {
            throw new RefusedException(nameof(PartForm.UnitId), $"The unit cannot change any more: {use} is in it. Add a conversion for the other unit.");
        }
    }

    private static async Task DemandUnusedAsync(SourcingDb db, IReadOnlyCollection<Guid> ids, CancellationToken ct)
    {
        RfqStatus[] over = [RfqStatus.Completed, RfqStatus.Cancelled, RfqStatus.Awarded];
        OrderStatus[] done = [OrderStatus.Received, OrderStatus.Closed, OrderStatus.Cancelled];
        var use = await db.RfqLines.Where(l => ids.Contains(l.PartId!.Value))
                .Join(db.Rfqs.Where(r => !over.Contains(r.Status)), l => l.RfqId, r => r.Id, (l, r) => new { l.PartId, What = "RFQ " + r.Number }).FirstOrDefaultAsync(ct)
            ?? await db.OrderLines.Where(l => ids.Contains(l.PartId!.Value))
                .Join(db.Orders.Where(o => !done.Contains(o.Status)), l => l.OrderId, o => o.Id, (l, o) => new { l.PartId, What = "order " + o.Number }).FirstOrDefaultAsync(ct);
        if (use is not null)
        {
            var number = await db.Parts.Where(p => p.Id == use.PartId).Select(p => p.Number).FirstOrDefaultAsync(ct);
            throw new RefusedException($"{number} is on {use.What}, which is still running. End that first.");
        }

        if (await db.Inventory.Where(i => ids.Contains(i.PartId) && i.OnHand != 0).Select(i => i.Part.Number).FirstOrDefaultAsync(ct) is { } stocked)
        {
            throw new RefusedException($"There is stock of {stocked}. Issue or correct it to 0 first.");
        }

        var today = DateOnly.FromDateTime((await db.NowAsync(ct)).UtcDateTime);
        if (await db.BomLines.Where(l => ids.Contains(l.ComponentPartId) && !ids.Contains(l.ParentPartId) && (l.ValidTo == null || l.ValidTo >= today))
            .Select(l => new { l.ComponentPart.Number, Parent = l.ParentPart.Number }).FirstOrDefaultAsync(ct) is { } made)
        {
            throw new RefusedException($"{made.Parent} is made of {made.Number}. Take it out of that bill of materials, or replace it there, first.");
        }
    }

    // A part that follows itself over others has no end that could be bought.
    private static async Task DemandNoLoopAsync(SourcingDb db, Part part, PartForm form, CancellationToken ct)
    {
        var followed = form.CrossReferences.FindIndex(r => r is { Kind: CrossReferenceKind.ReplacedBy, OtherPartId: not null });
        if (followed < 0)
        {
            return;
        }

        await db.LockSuccessorsAsync(ct);
        for (var i = followed; i < form.CrossReferences.Count; i++)
        {
            if (form.CrossReferences[i] is { Kind: CrossReferenceKind.ReplacedBy, OtherPartId: { } next } && await SuccessorReading.WayAsync(db, [next], part.Id, ct) is { } way)
            {
                throw new RefusedException(
                    $"CrossReferences[{i}].OtherPartId",
                    $"{part.Number} would follow itself: {await Planning.BomGraphReading.NumbersAsync(db, [part.Id, .. way], ct)}. Choose another successor, or remove one in this chain first.");
            }
        }
    }

    private static async Task SetConversionsAsync(SourcingDb db, Part part, PartForm form, CancellationToken ct)
    {
        var gone = part.Conversions.Where(c => form.Conversions.All(f => f.UnitId != c.UnitId)).ToList();
        gone.ForEach(part.Drop);
        db.RemoveRange(gone);
        var units = form.Conversions.Count == 0 ? [] : await db.Units.ToDictionaryAsync(u => u.Id, ct);
        for (var i = 0; i < form.Conversions.Count; i++)
        {
            var row = form.Conversions[i];
            if (row.UnitId is not { } unitId || row.Factor is not > 0)
            {
                throw new RefusedException($"Conversions[{i}].{(row.UnitId is null ? "UnitId" : "Factor")}", $"Conversion {i + 1} is not complete. Choose a unit and say how much one holds, above 0.");
            }

            if (units.GetValueOrDefault(unitId) is { } unit && units.GetValueOrDefault(part.UnitId) is { } own
                && unit.Dimension == own.Dimension && unit.Dimension != Dimension.Package && unitId != part.UnitId)
            {
                throw new RefusedException($"Conversions[{i}].UnitId", $"{unit.Code} converts to {own.Code} by itself: both measure {Words.Spaced(unit.Dimension).ToLowerInvariant()}. Remove the row.");
            }

            if (part.Conversions.FirstOrDefault(c => c.UnitId == unitId) is { } kept && form.Conversions.Take(i).All(f => f.UnitId != unitId))
            {
                kept.Change(row.Factor.Value);
            }
            else
            {
                part.Hold(unitId, row.Factor.Value);
            }
        }
    }

    private static void SetReferences(SourcingDb db, Part part, PartForm form)
    {
        // Unchanged rows stay; a changed one is a new one, because a reference has no life of its own.
        var kept = part.CrossReferences.Where(r => form.CrossReferences.Exists(f =>
            f.Id == r.Id && f.Kind == r.Kind && f.PartyName.Trim() == r.PartyName && f.Number.Trim() == r.Number && f.OtherPartId == r.OtherPartId)).ToList();
        var gone = part.CrossReferences.Except(kept).ToList();
        gone.ForEach(part.Drop);
        db.RemoveRange(gone);
        for (var i = 0; i < form.CrossReferences.Count; i++)
        {
            var row = form.CrossReferences[i];
            if (kept.Exists(r => r.Id == row.Id))
            {
                continue;
            }

            if (string.IsNullOrWhiteSpace(row.Number))
            {
                throw new RefusedException($"CrossReferences[{i}].Number", $"Cross-reference {i + 1} has no number. Fill it in or remove the row.");
            }

            part.KnownAs(row.Kind, row.PartyName, row.Number, row.OtherPartId);
        }
    }
}
