using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Catalog;
using Sourcing.Data.Common;
using Sourcing.Data.Orders;
using Sourcing.Data.Rfqs;

namespace Sourcing.Data.Suppliers;

/// <summary>Acts on suppliers. The importer copies rows in past this service, after <see cref="SupplierRules"/>; the unique code and the checks of the table hold there as here.</summary>
public sealed class SupplierService(Database database, CurrentUser user)
{
    /// <summary>Adds or changes a supplier with its contacts. Refuses a taken code and rows that are not complete.</summary>
    public Task<Guid> SaveAsync(SupplierForm form, CancellationToken ct)
    {
        user.Demand(Permission.SuppliersWrite);
        FormShape.Demand(form);
        return database.WriteOnceAsync(form.FormKey, async (db, token) =>
        {
            var code = form.Code.Trim();
            if (await db.Suppliers.Where(s => s.Code == code && s.Id != form.Id).Select(s => s.Name).FirstOrDefaultAsync(token) is { } name)
            {
                throw new RefusedException(nameof(form.Code), $"The code {code} is taken by {name}. Open that supplier, or choose another code.");
            }

            Supplier supplier;
            if (form.Id is { } id)
            {
                supplier = await db.Suppliers.Include(s => s.Contacts).SingleOrDefaultAsync(s => s.Id == id, token) ?? throw new MissingException("supplier");
                db.Entry(supplier).Property(s => s.Version).OriginalValue = form.Version;
                // A change of its contacts alone is a change of the supplier: so the version moves and a second editor is told.
                db.Entry(supplier).Property(s => s.Name).IsModified = true;
                supplier.Change(form.Facts());
            }
            else
            {
                supplier = new Supplier(form.Facts());
                db.Add(supplier);
            }

            SetContacts(db, supplier, form);
            await db.SaveChangesAsync(token);
            return supplier.Id;
        }, ct);
    }

    /// <summary>Shuts a supplier out, changes how far, or lets it in again.</summary>
    public Task<Guid> BlockAsync(BlockForm form, CancellationToken ct)
    {
        user.Demand(Permission.SuppliersWrite);
        FormShape.Demand(form);
        return database.WriteOnceAsync(form.FormKey, async (db, token) =>
        {
            var supplier = await db.Suppliers.SingleOrDefaultAsync(s => s.Id == form.Id, token) ?? throw new MissingException("supplier");
            db.Entry(supplier).Property(s => s.Version).OriginalValue = form.Version;
            supplier.Block(form.BlockedFor, form.Reason, await db.NowAsync(token));
            await db.SaveChangesAsync(token);
            return supplier.Id;
        }, ct);
    }

    /// <summary>Makes suppliers active or not. Returns how many.</summary>
    public Task<int> SetActiveAsync(IReadOnlyCollection<Guid> ids, bool active, CancellationToken ct) =>
        EachAsync(ids, supplier => supplier.SetActive(active), ct);

    /// <summary>Gives suppliers a category; empty for none. Returns how many.</summary>
    public Task<int> SetCategoryAsync(IReadOnlyCollection<Guid> ids, string category, CancellationToken ct) =>
        category.Trim().Length > 80
            ? throw new RefusedException("Category", "The category is longer than 80 characters.")
            : EachAsync(ids, supplier => supplier.MoveTo(category), ct);

    /// <summary>Deletes suppliers with contacts and prices. Refuses one that is invited to a running RFQ or has a running order.</summary>
    public Task<int> DeleteAsync(IReadOnlyCollection<Guid> ids, CancellationToken ct)
    {
        user.Demand(Permission.SuppliersWrite);
        PartService.DemandFew(ids);
        return database.WriteAsync(async (db, token) =>
        {
            await DemandUnusedAsync(db, ids, token);
            var suppliers = await db.Suppliers.Include(s => s.Contacts).Where(s => ids.Contains(s.Id)).ToListAsync(token);
            var prices = await db.SupplierParts.Include(p => p.Breaks).Where(p => ids.Contains(p.SupplierId)).ToListAsync(token);
            db.RemoveRange(suppliers.SelectMany(s => s.Contacts));
            db.RemoveRange(await db.SupplierUsers.Where(u => ids.Contains(u.SupplierId)).ToListAsync(token));
            db.RemoveRange(prices.SelectMany(p => p.Breaks));
            db.RemoveRange(prices);
            db.RemoveRange(suppliers);
            await db.SaveChangesAsync(token);
            return suppliers.Count;
        }, ct);
    }

    /// <summary>Brings deleted suppliers back with what was deleted in the same act. Refuses where a living supplier has the code.</summary>
    public Task<int> RestoreAsync(IReadOnlyCollection<Guid> ids, CancellationToken ct)
    {
        user.Demand(Permission.SuppliersWrite);
        PartService.DemandFew(ids);
        return database.WriteAsync(async (db, token) =>
        {
            string[] all = [SourcingDb.LiveRows];
            var suppliers = await db.Suppliers.IgnoreQueryFilters(all).Where(s => ids.Contains(s.Id) && s.DeletedAt != null).ToListAsync(token);
            foreach (var supplier in suppliers)
            {
                if (supplier.MergedInto is { } into)
                {
                    var kept = await db.Suppliers.IgnoreQueryFilters(all).Where(s => s.Id == into).Select(s => s.Name).SingleAsync(token);
                    throw new RefusedException($"{supplier.Name} was merged into {kept} and cannot come back: everything about it stands there now. Go on with {kept}.");
                }

                if (await db.Suppliers.Where(s => s.Code == supplier.Code).Select(s => s.Name).FirstOrDefaultAsync(token) is { } other)
                {
                    throw new RefusedException($"{other} has the code {supplier.Code} now, so {supplier.Name} cannot come back under it. Give the other supplier another code first.");
                }

                var at = supplier.DeletedAt;
                (await db.SupplierContacts.IgnoreQueryFilters(all).Where(c => c.SupplierId == supplier.Id && c.DeletedAt == at).ToListAsync(token)).ForEach(c => c.Restore());
                (await db.SupplierUsers.IgnoreQueryFilters(all).Where(u => u.SupplierId == supplier.Id && u.DeletedAt == at).ToListAsync(token)).ForEach(u => u.Restore());
                var prices = await db.SupplierParts.IgnoreQueryFilters(all).Where(p => p.SupplierId == supplier.Id && p.DeletedAt == at).ToListAsync(token);
                var priceIds = prices.Select(p => p.Id).ToList();
                (await db.PriceBreaks.IgnoreQueryFilters(all).Where(b => priceIds.Contains(b.SupplierPartId) && b.DeletedAt == at).ToListAsync(token)).ForEach(b => b.Restore());
                prices.ForEach(p => p.Restore());
                supplier.Restore();
            }

            await db.SaveChangesAsync(token);
            return suppliers.Count;
        }, ct);
    }

    private Task<int> EachAsync(IReadOnlyCollection<Guid> ids, Action<Supplier> act, CancellationToken ct)
    {
        user.Demand(Permission.SuppliersWrite);
        PartService.DemandFew(ids);
        return database.WriteAsync(async (db, token) =>
        {
            var suppliers = await db.Suppliers.Where(s => ids.Contains(s.Id)).ToListAsync(token);
            suppliers.ForEach(act);
            await db.SaveChangesAsync(token);
            return suppliers.Count;
        }, ct);
    }

    private static async Task DemandUnusedAsync(SourcingDb db, IReadOnlyCollection<Guid> ids, CancellationToken ct)
    {
        RfqStatus[] over = [RfqStatus.Completed, RfqStatus.Cancelled, RfqStatus.Awarded];
        OrderStatus[] done = [OrderStatus.Received, OrderStatus.Closed, OrderStatus.Cancelled];
        var use = await db.RfqInvitations.Where(i => ids.Contains(i.SupplierId))
                .Join(db.Rfqs.Where(r => !over.Contains(r.Status)), i => i.RfqId, r => r.Id, (i, r) => new { i.SupplierId, What = "is invited to RFQ " + r.Number }).FirstOrDefaultAsync(ct)
            ?? await db.Orders.Where(o => ids.Contains(o.SupplierId) && !done.Contains(o.Status))
                .Select(o => new { o.SupplierId, What = "has order " + o.Number }).FirstOrDefaultAsync(ct);
        if (use is not null)
        {
            var name = await db.Suppliers.Where(s => s.Id == use.SupplierId).Select(s => s.Name).FirstOrDefaultAsync(ct);
            throw new RefusedException($"{name} {use.What}, which is still running. End that first, or make the supplier inactive.");
        }
    }

    private static void SetContacts(SourcingDb db, Supplier supplier, SupplierForm form)
    {
        var gone = supplier.Contacts.Where(c => form.Contacts.All(f => f.Id != c.Id)).ToList();
        gone.ForEach(supplier.Drop);
        db.RemoveRange(gone);
        for (var i = 0; i < form.Contacts.Count; i++)
        {
            var row = form.Contacts[i];
            var facts = new ContactFacts(row.Name ?? "", row.Role ?? "", row.Email ?? "", row.Phone ?? "", row.ReceivesRfqs);
            try
            {
                if (!System.Text.RegularExpressions.Regex.IsMatch(facts.Email, MailAddress.Shape))
                {
                    throw new RefusedException($"\"{facts.Email}\" is not an e-mail address. Write it like name@firm.example.");
                }

                if (supplier.Contacts.FirstOrDefault(c => c.Id == row.Id) is { } kept)
                {
                    supplier.DemandNew(facts, kept.Id);
                    kept.Change(facts);
                }
                else
                {
                    supplier.Add(facts);
                }
            }
            catch (RefusedException refusal)
            {
                var field = facts.Name.Trim().Length == 0 ? "Name" : "Email";
                throw new RefusedException($"Contacts[{i}].{field}", $"Contact {i + 1}: {refusal.Message}");
            }
        }
    }
}
