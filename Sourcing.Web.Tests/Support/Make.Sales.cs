using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Sales;

namespace Sourcing.Web.Tests.Support;

/// <summary>A manager with one representative below, and another representative whom neither leads.</summary>
public sealed record SalesWorld(UserIdentity Manager, UserIdentity Rep, UserIdentity Other);

public static partial class Make
{
    public static async Task<SalesWorld> SalesWorldAsync(TestDatabase database)
    {
        var world = new SalesWorld(
            await database.UserAsync(null, [Role.SalesManager]), await database.UserAsync(null, [Role.SalesRep]), await database.UserAsync(null, [Role.SalesRep]));
        await database.SqlAsync("update sales_reps set manager_id = $2 where id = $1", world.Rep.Id, world.Manager.Id);
        return world;
    }

    /// <summary>A customer that this representative added, and so is responsible for.</summary>
    public static async Task<Guid> CustomerAsync(TestDatabase database, UserIdentity rep, string? name = null, Action<CustomerForm>? more = null)
    {
        await using var scope = database.As(rep);
        var form = new CustomerForm { Name = name ?? $"Brinwell {Guid.CreateVersion7():N}", Tier = CustomerTier.B, SalesRepId = rep.Id };
        more?.Invoke(form);
        return await scope.Get<CustomerService>().SaveAsync(form, Ct);
    }

    /// <summary>An issued order of 650.00 EUR that is sold to this customer by whoever is responsible today.</summary>
    public static async Task<Guid> SoldOrderAsync(TestDatabase database, OrderWorld world, Guid customer, decimal? saleTotal = null)
    {
        var order = await PlacedOrderAsync(database, world);
        await using var buyer = database.As(world.Buyer);
        return await buyer.Get<SaleService>().SetForOrderAsync(new() { Id = order.Id, CustomerId = customer, SaleTotal = saleTotal }, Ct);
    }
}
