using Microsoft.EntityFrameworkCore;
using Npgsql;
using Sourcing.Data.Catalog;
using Sourcing.Data.Common;
using Sourcing.Data.Orders;
using Sourcing.Data.Suppliers;

namespace Sourcing.Web.Tests.Support;

/// <summary>What an order needs around it: a buyer, a supplier, a part in kg with a price of 2.50 (2.00 from 1,000), minimum 50, multiple 10.</summary>
public sealed record OrderWorld(UserIdentity Buyer, Guid SupplierId, string Supplier, Guid PartId, string PartNumber, Guid Kilogram);

public static partial class Make
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<OrderWorld> OrderWorldAsync(TestDatabase database, Role role = Role.Buyer)
    {
        var buyer = await database.UserAsync(null, [role]);
        var tag = Guid.CreateVersion7().ToString("N")[^8..];
        await using var scope = database.As(await database.UserAsync(null, [Role.Admin]));
        return await scope.Get<Database>().WriteAsync(
            async (db, ct) =>
            {
                var unit = await db.Units.SingleOrDefaultAsync(u => u.Code == "kg", ct);
                if (unit is null)
                {
                    unit = new Unit("kg", "Kilogram", Dimension.Mass, 1);
                    db.Add(unit);
                }

                var supplier = new Supplier(new SupplierFacts($"SUP-{tag}", $"Orvane Textiles {tag}", "EUR")
                {
                    Email = $"sales-{tag}@example.test", Address = "Rua do Linho 4\n4800 Guimarães", Country = "Portugal", PaymentTerms = "45 days net", Incoterm = "DAP",
                });
                var part = new Part(new PartFacts($"MAT-{tag}", "Combed cotton yarn Ne 24/1", PartType.RawMaterial, unit.Id));
                var price = new SupplierPart(supplier.Id, part.Id, new SupplierPartTerms(2.5m, "EUR")
                {
                    SupplierPartNumber = "CY-24", MoqQuantity = 50, OrderMultiple = 10, LeadTimeDays = 21, Breaks = [new(1000, 2m)],
                });
                db.AddRange(supplier, part, price);
                await db.SaveChangesAsync(ct);
                return new OrderWorld(buyer, supplier.Id, supplier.Name, part.Id, part.Number, unit.Id);
            },
            Ct);
    }

    /// <summary>A form with one line of 100 kg at 2.50 (of the part) and one of 40 kg at 10.00 (free text).</summary>
    public static OrderForm OrderForm(OrderWorld world, decimal quantity = 100) => new()
    {
        SupplierId = world.SupplierId, Currency = "EUR", PaymentTerms = "45 days net", Incoterm = "DAP Hamburg", ShipTo = "Works 2\nHamburg",
        Lines =
        [
            new() { PartId = world.PartId, Description = "Combed cotton yarn Ne 24/1", SupplierPartNumber = "CY-24", Quantity = quantity, UnitId = world.Kilogram, UnitPrice = 2.5m, NeedBy = new(2027, 1, 15) },
            new() { Description = "Elastane yarn", Quantity = 40, UnitId = world.Kilogram, UnitPrice = 10, NeedBy = new(2027, 1, 20) },
        ],
    };

    /// <summary>An order in the database, walked there by the services as the world's buyer.</summary>
    public static async Task<OrderDetails> PlacedOrderAsync(TestDatabase database, OrderWorld world, OrderStatus status = OrderStatus.Issued, OrderForm? form = null)
    {
        await using var scope = database.As(world.Buyer);
        var id = await scope.Get<OrderService>().SaveAsync(form ?? OrderForm(world), Ct);
        var flow = scope.Get<OrderFlowService>();
        async Task<OrderAct> Act() => new(id, (await scope.Get<OrderQueries>().DetailsAsync(id, Ct)).Version);
        if (status >= OrderStatus.Approved)
        {
            await flow.ApproveAsync(await Act(), Ct);
        }

        if (status >= OrderStatus.Issued)
        {
            await flow.IssueAsync(new() { Id = id, Version = (await Act()).Version, Email = "sales@example.test" }, [37, 80, 68, 70], Ct);
        }

        if (status is OrderStatus.PartiallyReceived or OrderStatus.Received)
        {
            var receive = await scope.Get<ReceivingService>().OpenAsync(id, Ct);
            if (status == OrderStatus.PartiallyReceived)
            {
                receive.Lines[1].Quantity = 0;
            }

            await scope.Get<ReceivingService>().ReceiveAsync(receive, Ct);
        }

        var order = await scope.Get<OrderQueries>().DetailsAsync(id, Ct);
        Assert.Equal(status, order.Status);
        return order;
    }

    /// <summary>Runs a statement on the supplier's own login, past the services: the first value when it is a number.</summary>
    public static async Task<long> RunAsAsync(TestDatabase database, Guid supplierId, string sql, Guid? id = null)
    {
        var identity = await database.UserAsync(supplierId, [Role.Supplier]);
        await using var connection = await database.Sources.For(identity.Access).OpenConnectionAsync(Ct);
        await using var transaction = await connection.BeginTransactionAsync(Ct);
        await using (var begin = new NpgsqlCommand("select app.begin($1)", connection, transaction) { Parameters = { new() { Value = identity.SessionToken } } })
        {
            await begin.ExecuteNonQueryAsync(Ct);
        }

        await using var command = new NpgsqlCommand(sql, connection, transaction);
        if (id is { } key)
        {
            command.Parameters.Add(new() { Value = key });
        }

        return await command.ExecuteScalarAsync(Ct) as long? ?? 0;
    }

    /// <summary>The last plan says that a line of an order is needed earlier.</summary>
    public static async Task ExpediteAsync(TestDatabase database, OrderWorld world, Guid lineId, DateOnly from, DateOnly to)
    {
        var cycle = Guid.CreateVersion7();
        await database.SqlAsync(
            """
            insert into planning_cycles (id, number, kind, name, status, as_of, horizon, bucket, parameters, overrides, input_hash, engine_version, timings, message, created_at, finished_at)
            values ($1, $2, 'live', '', 'completed', now()::date, 12, 'week', '{}', '[]', '', '', '{}', '', now(), now())
            """, cycle, $"PL-{cycle.ToString("N")[^8..]}");
        await database.SqlAsync(
            "insert into planning_messages (id, cycle_id, part_id, kind, order_line_id, from_date, to_date, days, text) values ($1, $2, $3, 'expedite', $4, $5, $6, 12, 'Needed earlier.')",
            Guid.CreateVersion7(), cycle, world.PartId, lineId, from, to);
    }
}
