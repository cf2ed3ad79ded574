using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;

namespace Sourcing.Data.Orders;

/// <summary>Loads an order whole, so that its verbs see every line and receipt that they decide by.</summary>
internal static class OrderLoading
{
    /// <summary>For people inside: with what the supplier must not see. Refuses when it changed since <paramref name="version"/> was looked at; null skips that.</summary>
    public static async Task<Order> OrderAsync(this SourcingDb db, Guid id, uint? version, CancellationToken ct)
    {
        // Held first: the order, its lines and its receipts are read one after the other, and nobody may come between.
        await db.Database.ExecuteSqlAsync($"select from orders where id = {id} for update", ct);
        var order = await Whole(db).Include("_internal").Include(o => o.Payments).SingleOrDefaultAsync(o => o.Id == id, ct) ?? throw new MissingException("order");
        if (version is not null && order.Version != version)
        {
            throw new ConflictException();
        }

        // Written whatever changes, so that two people who change different lines at once collide as well.
        db.Entry(order).Property(o => o.Status).IsModified = true;
        return order;
    }

    /// <summary>For the supplier's login, which cannot reach the rest.</summary>
    public static async Task<Order> SupplierOrderAsync(this SourcingDb db, Guid id, CancellationToken ct) =>
        await Whole(db).SingleOrDefaultAsync(o => o.Id == id, ct) ?? throw new MissingException("order");

    private static IQueryable<Order> Whole(SourcingDb db) => db.Orders
        .Include(o => o.Lines.OrderBy(l => l.LineNo)).ThenInclude(l => l.Receipts)
        .Include(o => o.Lines).ThenInclude(l => l.DateChanges)
        .Include(o => o.Shipments);
}
