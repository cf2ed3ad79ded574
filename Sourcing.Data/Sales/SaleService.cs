using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Data.Orders;
using Sourcing.Data.Rfqs;

namespace Sourcing.Data.Sales;

/// <summary>The customer's side of an RFQ or order as it is typed.</summary>
public sealed class SaleForm : IForm
{
    public Guid FormKey { get; set; } = Guid.CreateVersion7();

    /// <summary>The RFQ or order.</summary>
    public Guid Id { get; set; }

    /// <summary>0 where nothing is known yet.</summary>
    public uint Version { get; set; }

    /// <summary>Null for nobody: bought for our own stock.</summary>
    [Display(Name = "Customer")]
    public Guid? CustomerId { get; set; }

    /// <summary>Null for whoever is responsible for the customer on the day of the order.</summary>
    [Display(Name = "Representative")]
    public Guid? SalesRepId { get; set; }

    /// <summary>What the customer pays for the whole order, in its currency, without tax; null for what the order costs. Of orders alone.</summary>
    [Display(Name = "Customer pays"), Range(typeof(decimal), "0", "99999999999", ErrorMessage = "What the customer pays has to be 0 or more.")]
    public decimal? SaleTotal { get; set; }
}

/// <summary>Says who buys what we order, and for how much.</summary>
public sealed class SaleService(Database database, CurrentUser user, RfqService rfqs)
{
    /// <summary>Says on whose behalf an RFQ is asked. Refuses a customer that is not there, and an RFQ that is over.</summary>
    public async Task<Guid> SetForRfqAsync(SaleForm form, CancellationToken ct)
    {
        user.Demand(Permission.RfqsWrite);
        FormShape.Demand(form);
        var rep = await database.ReadAsync(async (db, token) => await RepAsync(db, form, await db.NowAsync(token), token), ct);
        return await rfqs.SellToAsync(new() { FormKey = form.FormKey, Id = form.Id }, form.CustomerId, rep, ct);
    }

    /// <summary>Says who buys what an order brings, and for how much. Refuses a customer that is not there, and to take a customer from an order that has one.</summary>
    public Task<Guid> SetForOrderAsync(SaleForm form, CancellationToken ct)
    {
        user.Demand(Permission.OrdersWrite);
        FormShape.Demand(form);
        return database.WriteOnceAsync(form.FormKey, async (db, token) =>
        {
            var order = await db.Orders.Where(o => o.Id == form.Id).Select(o => new { o.Number, At = o.IssuedAt }).SingleOrDefaultAsync(token) ?? throw new MissingException("order");
            var sale = await db.OrderSales.SingleOrDefaultAsync(s => s.Id == form.Id, token);
            if (form.CustomerId is not { } customer)
            {
                throw new RefusedException(nameof(form.CustomerId), sale is null ? "Choose the customer who buys." : $"{order.Number} was sold to a customer and stays so: commissions may lean on it. Choose another customer if it is the wrong one.");
            }

            var rep = await RepAsync(db, form, order.At ?? await db.NowAsync(token), token);
            if (sale is null)
            {
                db.Add(new OrderSale(form.Id, customer, rep, form.SaleTotal));
            }
            else
            {
                db.Entry(sale).Property(s => s.Version).OriginalValue = form.Version;
                sale.Change(customer, rep, form.SaleTotal);
            }

            await db.SaveChangesAsync(token);
            await db.AnnounceAsync("orders", form.Id, token);
            return form.Id;
        }, ct);
    }

    // Whoever was responsible for the customer on that day, unless somebody is named.
    private async Task<Guid?> RepAsync(SourcingDb db, SaleForm form, DateTimeOffset at, CancellationToken ct)
    {
        if (form.CustomerId is not { } customer)
        {
            return null;
        }

        if (!await db.Customers.AnyAsync(c => c.Id == customer, ct))
        {
            throw new MissingException("customer");
        }

        if (form.SalesRepId is { } named)
        {
            return await db.SalesReps.AnyAsync(r => r.Id == named, ct) ? named : throw new MissingException("representative");
        }

        var day = Days.Today(at, user.Identity.TimeZone);
        return await db.CustomerResponsibilities.Where(r => r.CustomerId == customer && r.ValidFrom <= day && (r.ValidUntil == null || r.ValidUntil > day)).Select(r => r.SalesRepId).FirstOrDefaultAsync(ct);
    }
}
