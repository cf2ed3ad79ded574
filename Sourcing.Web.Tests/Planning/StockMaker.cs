using Sourcing.Data.Catalog;
using Sourcing.Data.Common;
using Sourcing.Data.Planning;
using Sourcing.Web.Tests.Catalog;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Planning;

/// <summary>Units of mass and length and two packages. Of the part in kg a roll holds 45; nobody knows what a drum holds.</summary>
internal sealed record StockWorld(UserIdentity Planner, Guid Kg, string KgCode, Guid G, Guid Lb, Guid Metre, string MetreCode, Guid Roll, string RollCode, Guid Drum, string DrumCode, Guid Part, string Number);

/// <summary>Parts and their stock, through the services.</summary>
internal static class StockMaker
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<StockWorld> StockWorldAsync(this TestDatabase database)
    {
        await using var admin = await database.AsAsync(Role.Admin);
        async Task<(Guid Id, string Code)> Unit(string code, Dimension dimension, decimal factor)
        {
            var name = CatalogMaker.Code(code);
            return (await admin.UnitAsync(name, dimension, factor), name);
        }

        var (kg, g, lb, metre) = (await Unit("kg", Dimension.Mass, 1), await Unit("g", Dimension.Mass, 0.001m), await Unit("lb", Dimension.Mass, 0.45359237m), await Unit("m", Dimension.Length, 1));
        var (roll, drum) = (await Unit("roll", Dimension.Package, 1), await Unit("drum", Dimension.Package, 1));
        var number = CatalogMaker.Code("YARN-");
        var part = await admin.PartAsync(kg.Id, number, "Combed cotton yarn", f =>
        {
            f.StandardCost = 4;
            f.Conversions.Add(new() { UnitId = roll.Id, Factor = 45 });
        });
        return new(await database.UserAsync(null, [Role.Planner]), kg.Id, kg.Code, g.Id, lb.Id, metre.Id, metre.Code, roll.Id, roll.Code, drum.Id, drum.Code, part, number);
    }

    /// <summary>Another part in this unit.</summary>
    public static async Task<Guid> StockPartAsync(this TestDatabase database, Guid unit, string? name = null, Action<PartForm>? more = null)
    {
        await using var admin = await database.AsAsync(Role.Admin);
        return await admin.PartAsync(unit, CatalogMaker.Code("ST-"), name ?? "Elastane yarn", more);
    }

    public static async Task CountAsync(this TestScope scope, Guid part, decimal counted, Guid unit, string reason = "Stock count") =>
        await scope.Get<StockService>().CountAsync(new() { PartId = part, OnHand = await OnHandAsync(scope, part), Counted = counted, UnitId = unit, Reason = reason }, Ct);

    public static async Task MoveAsync(this TestScope scope, Guid part, StockAct act, decimal quantity, Guid unit, Guid? reservation = null) =>
        await scope.Get<StockService>().MoveAsync(
            new() { PartId = part, Act = act, OnHand = await OnHandAsync(scope, part), Quantity = quantity, UnitId = unit, Reason = "Because", ReservationId = reservation }, Ct);

    public static Task<Guid> ReserveAsync(this TestScope scope, Guid part, decimal quantity, Guid unit, string reference = "Loom 4") =>
        scope.Get<StockService>().ReserveAsync(new() { PartId = part, Quantity = quantity, UnitId = unit, Reference = reference }, Ct);

    public static async Task<decimal> OnHandAsync(this TestScope scope, Guid part) => (await scope.Get<StockQueries>().DetailsAsync(part, Ct)).OnHand;

    /// <summary>What must hold after anything: the ledger's sum is what is on hand, its last balance too, and the reservations' sum is what is allocated.</summary>
    public static async Task AssertLedgerHoldsAsync(this TestDatabase database, Guid part)
    {
        Assert.Equal(0L, await database.ScalarAsync<long>(
            """
            select count(*) from inventory i where i.part_id = $1 and (
                i.on_hand <> (select coalesce(sum(quantity), 0) from stock_movements m where m.part_id = i.part_id)
                or i.on_hand <> coalesce((select balance from stock_movements m where m.part_id = i.part_id order by at desc, id desc limit 1), 0)
                or i.allocated <> (select coalesce(sum(quantity), 0) from reservations r where r.part_id = i.part_id and r.deleted_at is null))
            """, part));
    }
}
