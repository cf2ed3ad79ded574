using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;

namespace Sourcing.Data.Sales;

/// <summary>The customer's side of an RFQ or order as it is shown; without a customer where there is none.</summary>
/// <param name="RepName">Empty for nobody.</param>
public sealed record SaleView(Guid? CustomerId, string CustomerNumber, string CustomerName, Guid? SalesRepId, string RepName, decimal? SaleTotal, uint Version);

/// <summary>Reads who buys what is asked for and ordered.</summary>
public sealed class SaleQueries(Database database, CurrentUser user)
{
    private static readonly SaleView Nobody = new(null, "", "", null, "", null, 0);

    /// <summary>The customer's side of an RFQ.</summary>
    public Task<SaleView> OfRfqAsync(Guid rfqId, CancellationToken ct)
    {
        user.Demand(Permission.CustomersRead);
        return database.ReadAsync(
            async (db, token) => await db.Rfqs.Where(r => r.Id == rfqId && r.CustomerId != null)
                .Join(db.Customers.IgnoreQueryFilters(new[] { SourcingDb.LiveRows }), r => r.CustomerId, c => c.Id, (r, c) => new SaleView(
                    c.Id, c.Number, c.Name, r.SalesRepId, db.People.Where(p => p.Id == r.SalesRepId).Select(p => p.FullName).FirstOrDefault() ?? "", null, r.Version))
                .SingleOrDefaultAsync(token) ?? Nobody, ct);
    }

    /// <summary>The customer's side of an order.</summary>
    public Task<SaleView> OfOrderAsync(Guid orderId, CancellationToken ct)
    {
        user.Demand(Permission.CustomersRead);
        return database.ReadAsync(
            async (db, token) => await db.OrderSales.Where(s => s.Id == orderId)
                .Join(db.Customers.IgnoreQueryFilters(new[] { SourcingDb.LiveRows }), s => s.CustomerId, c => c.Id, (s, c) => new SaleView(
                    c.Id, c.Number, c.Name, s.SalesRepId, db.People.Where(p => p.Id == s.SalesRepId).Select(p => p.FullName).FirstOrDefault() ?? "", s.SaleTotal, s.Version))
                .SingleOrDefaultAsync(token) ?? Nobody, ct);
    }
}
