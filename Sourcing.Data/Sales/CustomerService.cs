using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Catalog;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Data.Orders;

namespace Sourcing.Data.Sales;

/// <summary>Acts on customers. Who sells acts on their own and those below; the database holds to that too.</summary>
public sealed class CustomerService(Database database, CurrentUser user)
{
    /// <summary>Adds or changes a customer with its contacts. Refuses a taken number, rows that are not complete, and a representative outside one's tree.</summary>
    public Task<Guid> SaveAsync(CustomerForm form, CancellationToken ct)
    {
        user.Demand(Permission.CustomersWrite);
        FormShape.Demand(form);
        return database.WriteOnceAsync(form.FormKey, async (db, token) =>
        {
            var number = form.Number.Trim().Length > 0 ? form.Number.Trim() : await db.NextNumberAsync("C", token);
            Customer customer;
            if (form.Id is { } id)
            {
                customer = await db.Customers.Include(c => c.Contacts).Include(c => c.Responsibilities).SingleOrDefaultAsync(c => c.Id == id, token) ?? throw new MissingException("customer");
                db.Entry(customer).Property(c => c.Version).OriginalValue = form.Version;
                // A change of its contacts alone is a change of the customer: so the version moves and a second editor is told.
                db.Entry(customer).Property(c => c.Name).IsModified = true;
                customer.Change(form.Facts(number));
            }
            else
            {
                customer = new Customer(form.Facts(number));
                db.Add(customer);
            }

            var rep = user.May(Permission.SalesManage) ? form.SalesRepId : form.Id is null ? user.Id : customer.SalesRepId;
            if (rep != customer.SalesRepId || form.Id is null)
            {
                await DemandRepAsync(db, rep, nameof(form.SalesRepId), token);
                customer.Assign(rep, Days.Today(await db.NowAsync(token), user.Identity.TimeZone), user.Id);
            }

            SetContacts(db, customer, form);
            await db.SaveChangesAsync(token);
            return customer.Id;
        }, ct);
    }

    /// <summary>
    /// Gives customers to somebody else from a day on; what was before stays, so that commissions follow the date. Refuses a representative who is not active
    /// or not in one's tree, and a day before the last change of one of them. Returns how many changed hands.
    /// </summary>
    public async Task<int> AssignAsync(AssignForm form, CancellationToken ct)
    {
        user.Demand(Permission.SalesManage);
        FormShape.Demand(form);
        PartService.DemandFew(form.Ids);
        return await database.WriteAsync(
            async (db, token) =>
            {
                await DemandRepAsync(db, form.SalesRepId, nameof(form.SalesRepId), token);
                var today = Days.Today(await db.NowAsync(token), user.Identity.TimeZone);
                var from = form.From ?? today;
                if (from > today)
                {
                    throw new RefusedException(nameof(form.From), "Customers change hands today or earlier. Come back on the day.");
                }

                var customers = await db.Customers.Include(c => c.Responsibilities).Where(c => form.Ids.Contains(c.Id)).ToListAsync(token);
                var changed = customers.Count(c => c.Assign(form.SalesRepId, from, user.Id));
                await db.SaveChangesAsync(token);
                return changed;
            }, ct);
    }

    /// <summary>Makes customers active or not. Returns how many.</summary>
    public Task<int> SetActiveAsync(IReadOnlyCollection<Guid> ids, bool active, CancellationToken ct) => EachAsync(ids, customer => customer.SetActive(active), ct);

    /// <summary>Sets how much customers matter. Returns how many.</summary>
    public Task<int> SetTierAsync(IReadOnlyCollection<Guid> ids, CustomerTier tier, CancellationToken ct) => EachAsync(ids, customer => customer.SetTier(tier), ct);

    /// <summary>Deletes customers with their contacts. Refuses one with an order under way or an RFQ that still runs.</summary>
    public Task<int> DeleteAsync(IReadOnlyCollection<Guid> ids, CancellationToken ct)
    {
        user.Demand(Permission.CustomersWrite);
        PartService.DemandFew(ids);
        return database.WriteAsync(async (db, token) =>
        {
            OrderStatus[] done = [OrderStatus.Received, OrderStatus.Closed, OrderStatus.Cancelled];
            var busy = await db.OrderSales.Where(s => ids.Contains(s.CustomerId)).Join(db.Orders.Where(o => !done.Contains(o.Status)), s => s.Id, o => o.Id, (s, o) => new { s.CustomerId, o.Number })
                .FirstOrDefaultAsync(token);
            if (busy is not null)
            {
                var name = await db.Customers.Where(c => c.Id == busy.CustomerId).Select(c => c.Name).SingleAsync(token);
                throw new RefusedException($"{name} has order {busy.Number}, which is still under way. Make the customer inactive, or merge it with another.");
            }

            var customers = await db.Customers.Include(c => c.Contacts).Where(c => ids.Contains(c.Id)).ToListAsync(token);
            db.RemoveRange(customers.SelectMany(c => c.Contacts));
            db.RemoveRange(customers);
            await db.SaveChangesAsync(token);
            return customers.Count;
        }, ct);
    }

    /// <summary>Brings deleted customers back with the contacts that were deleted in the same act. Refuses one that became one with another.</summary>
    public Task<int> RestoreAsync(IReadOnlyCollection<Guid> ids, CancellationToken ct)
    {
        user.Demand(Permission.CustomersWrite);
        PartService.DemandFew(ids);
        return database.WriteAsync(async (db, token) =>
        {
            string[] all = [SourcingDb.LiveRows];
            var customers = await db.Customers.IgnoreQueryFilters(all).Where(c => ids.Contains(c.Id) && c.DeletedAt != null).ToListAsync(token);
            foreach (var customer in customers)
            {
                if (customer.MergedInto is not null)
                {
                    throw new RefusedException($"{customer.Name} was merged into another customer and cannot come back: everything about it stands there now.");
                }

                var at = customer.DeletedAt;
                (await db.CustomerContacts.IgnoreQueryFilters(all).Where(c => c.CustomerId == customer.Id && c.DeletedAt == at).ToListAsync(token)).ForEach(c => c.Restore());
                customer.Restore();
            }

            await db.SaveChangesAsync(token);
            return customers.Count;
        }, ct);
    }

    private async Task DemandRepAsync(SourcingDb db, Guid? rep, string field, CancellationToken ct)
    {
        if (rep is null && user.Identity.Access == DatabaseAccess.Rep)
        {
            throw new RefusedException(field, "Choose a representative: a customer of nobody is out of sight for everybody who sells. An admin may do that.");
        }

        // Of those who sell, whoever is not below is not seen here.
        if (rep is { } id && !await db.SalesReps.AnyAsync(r => r.Id == id && r.IsActive, ct))
        {
            throw new RefusedException(field, "Choose a representative who is active and whom you lead.");
        }
    }

    private Task<int> EachAsync(IReadOnlyCollection<Guid> ids, Action<Customer> act, CancellationToken ct)
    {
        user.Demand(Permission.CustomersWrite);
        PartService.DemandFew(ids);
        return database.WriteAsync(async (db, token) =>
        {
            var customers = await db.Customers.Where(c => ids.Contains(c.Id)).ToListAsync(token);
            customers.ForEach(act);
            await db.SaveChangesAsync(token);
            return customers.Count;
        }, ct);
    }

    private static void SetContacts(SourcingDb db, Customer customer, CustomerForm form)
    {
        var gone = customer.Contacts.Where(c => form.Contacts.All(f => f.Id != c.Id)).ToList();
        gone.ForEach(customer.Drop);
        db.RemoveRange(gone);
        for (var i = 0; i < form.Contacts.Count; i++)
        {
            var row = form.Contacts[i];
            var facts = new CustomerContactFacts(row.Name ?? "", row.Role ?? "", row.Email ?? "", row.Phone ?? "", row.IsMain);
            try
            {
                if (!Regex.IsMatch(facts.Email, MailAddress.Shape))
                {
                    throw new RefusedException($"\"{facts.Email}\" is not an e-mail address. Write it like name@firm.example.");
                }

                if (customer.Contacts.FirstOrDefault(c => c.Id == row.Id) is { } kept)
                {
                    customer.DemandNew(facts, kept.Id);
                    kept.Change(facts);
                }
                else
                {
                    db.Add(customer.Add(facts));
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
