using Sourcing.Data.Catalog;
using Sourcing.Data.Catalog.Merging;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Data.Orders;
using Sourcing.Data.Planning;
using Sourcing.Data.Planning.Engine;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Catalog;

/// <summary>Two parts in kilograms that are one: the one that goes has a row in nearly every table that names a part, the other what collides with it.</summary>
internal sealed record MergeWorld(TestDatabase Database, Guid Keep, string KeepNumber, Guid Gone, string GoneNumber, Guid Supplier)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<MergeWorld> MakeAsync(TestDatabase database)
    {
        var plan = await Make.PlanWorldAsync(database);
        var (gone, kg) = (plan.PartId, plan.Kilogram);
        await using var scope = await database.AsAsync(Role.Admin);
        var keepNumber = CatalogMaker.Code("KEEP-");
        var keep = await scope.PartAsync(kg, keepNumber, "Combed cotton yarn Ne 24", f => f.Specifications.Add(new() { Name = "Width", Value = "52" }));
        var made = await scope.PartAsync(kg, name: "Jersey");
        var edit = await scope.Get<PartQueries>().FormAsync(gone, Ct);
        edit.Specifications.AddRange([new() { Name = "Width", Value = "50" }, new() { Name = "Gauge", Value = "24" }]);
        edit.CrossReferences.Add(new() { Kind = CrossReferenceKind.Manufacturer, PartyName = "Sunmere", Number = CatalogMaker.Code("mk") });
        await scope.Get<PartService>().SaveAsync(edit, Ct);
        await scope.PriceAsync(plan.OrvaneId, keep, 2.4m);
        await Make.PlacedOrderAsync(database, new(await database.UserAsync(null, [Role.Buyer]), plan.OrvaneId, plan.Orvane, gone, plan.PartNumber, kg), OrderStatus.Received);
        var rfq = await Make.OpenRfqAsync(database, 1, 1);
        await database.SqlAsync("update rfq_lines set part_id = $1 where id = $2", gone, rfq.Lines[0]);
        await StockAsync(database, keep, gone);
        var day = plan.Today.AddDays(30);
        await Make.KeepAsync(database, new Forecast(keep, ForecastSource.Manual, day, ForecastPeriod.Week, 10), new Forecast(gone, ForecastSource.Manual, day, ForecastPeriod.Week, 5),
            new Forecast(gone, ForecastSource.Manual, day.AddDays(7), ForecastPeriod.Week, 7), new BomLine(made, gone, new(2, kg, false, 0, BomLine.Always, null)),
            new PlanningParameters(ParameterScope.Part, gone), new DemandRecord(new(plan.Today.AddDays(-3).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero), gone, 40, ForecastSource.SalesHistory, null),
            Make.Sale(gone, plan.Today.AddDays(-3), 12), new SalesOrderLine(CatalogMaker.Code("SO-"), 1, gone, new("Brinwell", 25, 0, plan.Today.AddDays(20), SalesOrderStatus.Open)));
        await Make.RecommendationAsync(database, plan);
        await database.SqlAsync(
            """
            insert into attachments (id, owner_type, owner_id, file_name, media_type, size, sha256, content, visible_to_supplier)
            values (gen_random_uuid(), 'parts', $1, 'drawing.pdf', 'application/pdf', 4, repeat('0', 64), '\x25504446', false)
            """, gone);
        return new(database, keep, keepNumber, gone, plan.PartNumber, plan.OrvaneId);
    }

    /// <summary>"table column" of every foreign key to a table, of partitions their whole's.</summary>
    public static async Task<IReadOnlyList<string>> KeysToAsync(TestDatabase database, string table)
    {
        await using var command = database.Sources.Migrator.CreateCommand(
            """
            select f.relname || ' ' || a.attname from pg_constraint k join pg_class f on f.oid = k.conrelid join pg_attribute a on a.attrelid = f.oid and a.attnum = k.conkey[1]
            where k.contype = 'f' and k.confrelid = ('public.' || $1)::regclass and not f.relispartition order by 1
            """);
        command.Parameters.Add(new() { Value = table });
        await using var reader = await command.ExecuteReaderAsync(Ct);
        var keys = new List<string>();
        while (await reader.ReadAsync(Ct))
        {
            keys.Add(reader.GetString(0));
        }

        Assert.NotEmpty(keys);
        return keys;
    }

    public static MergeForm Form(MergePreview preview) =>
        new() { KeepId = preview.Keep.Id, GiveUpId = preview.GiveUp.Id, KeepVersion = preview.Keep.Version, GiveUpVersion = preview.GiveUp.Version };

    public async Task MergeAsync(TestScope scope) =>
        await scope.Get<PartMergeService>().MergeAsync(Form(await scope.Get<PartMergeQueries>().PreviewAsync(Keep, Gone, Ct)), Ct);

    /// <summary>What both together come to: a merge changes none of it.</summary>
    public Task<string> SumsAsync() => Database.ScalarAsync<string>(
        """
        select concat_ws(' | ',
            (select sum(quantity) from stock_movements where part_id in ($1, $2)), (select sum(on_hand) || ' ' || sum(allocated) from inventory where part_id in ($1, $2)),
            (select sum(l.amount) || ' ' || sum(l.received_quantity) || ' ' || sum(o.total) from order_lines l join orders o on o.id = l.order_id where l.part_id in ($1, $2)),
            (select sum(quantity) from reservations where part_id in ($1, $2) and deleted_at is null), (select sum(quantity) from forecasts where part_id in ($1, $2) and deleted_at is null),
            (select sum(quantity) from sales_history where part_id in ($1, $2)), (select sum(quantity) from demand_history where part_id in ($1, $2)),
            (select sum(quantity) from sales_order_lines where part_id in ($1, $2)), (select sum(quantity) from rfq_lines where part_id in ($1, $2)),
            (select sum(quantity_per) from bom_lines where component_part_id in ($1, $2) and deleted_at is null))
        """, Keep, Gone);

    private static async Task StockAsync(TestDatabase database, Guid keep, Guid gone)
    {
        var rows = new List<object>();
        foreach (var (part, at, quantity) in new[] { (keep, 3, 100m), (keep, 1, 20m), (gone, 2, 50m) })
        {
            var stock = rows.OfType<Inventory>().FirstOrDefault(i => i.PartId == part);
            if (stock is null && part == keep)
            {
                rows.Add(stock = new(part));
            }

            if (stock is not null)
            {
                rows.Add(stock.Move(StockMovementKind.Return, quantity, "", Make.Noon.AddDays(-at), null));
            }
        }

        // The order's receipt made a stock of the other.
        var reserved = new Reservation(gone, 5, null, "For Brinwell", null);
        rows.Add(reserved);
        await Make.KeepAsync(database, [.. rows]);
        await database.SqlAsync("update inventory set allocated = 5 where part_id = $1", gone);
    }
}
