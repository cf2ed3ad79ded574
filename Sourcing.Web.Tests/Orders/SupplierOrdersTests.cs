using Npgsql;
using Sourcing.Data.Common;
using Sourcing.Data.Orders;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Orders;

/// <summary>What a supplier sees and may do, through the services and past them.</summary>
public sealed class SupplierOrdersTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_supplier_sees_their_own_orders_from_the_moment_of_issue()
    {
        var world = await Make.OrderWorldAsync(database);
        var other = await Make.OrderWorldAsync(database);
        var theirs = await Make.PlacedOrderAsync(database, other);
        var draft = await Make.PlacedOrderAsync(database, world, OrderStatus.Draft);
        var approved = await Make.PlacedOrderAsync(database, world, OrderStatus.Approved);
        var issued = await Make.PlacedOrderAsync(database, world, OrderStatus.PartiallyReceived);
        await using var supplier = await database.AsAsync(world.SupplierId, Role.Supplier);
        var service = supplier.Get<SupplierOrderService>();
        Assert.Equal([issued.Id], (await service.ListAsync(_ct)).Select(o => o.Id));
        var seen = await service.DetailsAsync(issued.Id, _ct);
        Assert.Equal((650m, 2, 1), (seen.Total, seen.Lines.Count, seen.Receipts.Count));
        Assert.Null(seen.Inside);
        foreach (var id in new[] { theirs.Id, draft.Id, approved.Id })
        {
            await Assert.ThrowsAsync<MissingException>(() => service.DetailsAsync(id, _ct));
            await Assert.ThrowsAsync<MissingException>(() => service.AcknowledgeAsync(id, _ct));
        }
    }

    [Fact]
    public async Task A_supplier_acknowledges_produces_ships_and_the_buyer_hears_of_it()
    {
        var world = await Make.OrderWorldAsync(database);
        var order = await Make.PlacedOrderAsync(database, world);
        await using var supplier = await database.AsAsync(world.SupplierId, Role.Supplier);
        var service = supplier.Get<SupplierOrderService>();
        await service.AcknowledgeAsync(order.Id, _ct);
        await service.StartProductionAsync(order.Id, _ct);
        var ship = new ShipForm { Id = order.Id, Carrier = "Nordfracht", TrackingNumber = "NF-77", Mode = ShipmentMode.Truck, ShippedOn = new(2026, 1, 5) };
        Assert.Equal(await service.ShipAsync(ship, _ct), await service.ShipAsync(ship, _ct));
        await using var buyer = database.As(world.Buyer);
        var after = await buyer.Get<OrderQueries>().DetailsAsync(order.Id, _ct);
        Assert.Equal((OrderStatus.Shipped, "NF-77"), (after.Status, Assert.Single(after.Shipments).TrackingNumber));
        Assert.Equal(3L, await database.ScalarAsync<long>("select count(*) from notifications where user_id = $1 and link = $2", world.Buyer.Id, $"/orders/{order.Id}"));
    }

    [Fact]
    public async Task A_proposed_date_waits_for_the_buyer_and_the_supplier_hears_the_decision()
    {
        var world = await Make.OrderWorldAsync(database);
        var order = await Make.PlacedOrderAsync(database, world);
        await using var supplier = await database.AsAsync(world.SupplierId, Role.Supplier);
        var service = supplier.Get<SupplierOrderService>();
        await service.ProposeDateAsync(new() { Id = order.Id, LineId = order.Lines[0].Id, Date = new(2027, 2, 1), Reason = "Loom down" }, _ct);
        var second = await service.ProposeDateAsync(new() { Id = order.Id, LineId = order.Lines[0].Id, Date = new(2027, 1, 28), Reason = "Loom mended" }, _ct);
        await using var buyer = database.As(world.Buyer);
        var waiting = await buyer.Get<OrderQueries>().DetailsAsync(order.Id, _ct);
        Assert.Equal(second, Assert.Single(waiting.OpenProposals).Id);
        Assert.Null(waiting.Lines[0].PromisedDate);
        await buyer.Get<OrderFlowService>().DecideDateAsync(new() { Id = order.Id, ChangeId = second, Accept = true }, _ct);
        var after = await service.DetailsAsync(order.Id, _ct);
        Assert.Equal(new DateOnly(2027, 1, 28), after.Lines[0].PromisedDate);
        Assert.True(after.IsAtRisk);
        Assert.Equal(1L, await database.ScalarAsync<long>("select count(*) from outbox_messages where entity_id = $1 and subject like '%was accepted'", order.Id));
    }

    /// <summary>Past the services, on the supplier's own login.</summary>
    [Theory]
    [InlineData("select note from order_internals", "42501")]
    [InlineData("select amount from order_payments", "42501")]
    [InlineData("update orders set total = 1 where id = $1", "42501")]
    [InlineData("update orders set supplier_id = supplier_id where id = $1", "42501")]
    [InlineData("update orders set status = 'received' where id = $1", "42501")]
    [InlineData("update orders set status = 'cancelled' where id = $1", "42501")]
    [InlineData("delete from orders where id = $1", "42501")]
    [InlineData("insert into orders (id) values ($1)", "42501")]
    [InlineData("update order_lines set unit_price = 99 where order_id = $1", "42501")]
    [InlineData("update order_lines set promised_date = now() where order_id = $1", "42501")]
    [InlineData("delete from order_lines where order_id = $1", "42501")]
    [InlineData("insert into receipts (id, order_id, order_line_id, quantity, rejected_quantity, note, received_at) select gen_random_uuid(), order_id, id, 1, 0, '', now() from order_lines where order_id = $1", "42501")]
    [InlineData("update order_date_changes set status = 'accepted' where order_id = $1", "42501")]
    [InlineData("update order_date_changes set proposed_date = '2030-01-01' where order_id = $1", "42501")]
    [InlineData("insert into order_date_changes (id, order_id, order_line_id, proposed_date, reason, proposed_at, proposed_by, status, decision_note) select gen_random_uuid(), order_id, id, '2030-01-01', 'x', now(), app.user_id(), 'accepted', '' from order_lines where order_id = $1", "42501")]
    [InlineData("insert into order_date_changes (id, order_id, order_line_id, proposed_date, reason, proposed_at, proposed_by, status, decision_note) select gen_random_uuid(), order_id, id, '2030-01-01', 'x', now(), gen_random_uuid(), 'proposed', '' from order_lines where order_id = $1", "42501")]
    public async Task The_suppliers_login_is_denied(string sql, string code)
    {
        var world = await Make.OrderWorldAsync(database);
        var order = await Make.PlacedOrderAsync(database, world);
        await using (var supplier = await database.AsAsync(world.SupplierId, Role.Supplier))
        {
            await supplier.Get<SupplierOrderService>().ProposeDateAsync(new() { Id = order.Id, LineId = order.Lines[0].Id, Date = new(2027, 2, 1), Reason = "Loom down" }, _ct);
        }

        var identity = await database.UserAsync(world.SupplierId, [Role.Supplier]);
        var fault = await Assert.ThrowsAsync<PostgresException>(() => RunAsync(identity, sql, order.Id));
        Assert.Equal(code, fault.SqlState);
    }

    [Theory]
    [InlineData("select count(*) from orders")]
    [InlineData("select count(*) from order_lines")]
    [InlineData("select count(*) from receipts")]
    [InlineData("select count(*) from shipments")]
    [InlineData("select count(*) from order_date_changes")]
    [InlineData("select count(*) from attachments where owner_type = 'orders'")]
    public async Task Another_suppliers_rows_are_not_there_and_their_own_are(string sql)
    {
        var world = await Make.OrderWorldAsync(database);
        var other = await Make.OrderWorldAsync(database);
        var order = await Make.PlacedOrderAsync(database, world, OrderStatus.PartiallyReceived);
        var identity = await database.UserAsync(world.SupplierId, [Role.Supplier]);
        await using (var supplier = database.As(identity))
        {
            await supplier.Get<SupplierOrderService>().ShipAsync(new() { Id = order.Id, Carrier = "Nordfracht", ShippedOn = new(2026, 1, 5) }, _ct);
            await supplier.Get<SupplierOrderService>().ProposeDateAsync(new() { Id = order.Id, LineId = order.Lines[1].Id, Date = new(2027, 2, 1), Reason = "Loom down" }, _ct);
        }

        Assert.True(await RunAsync(identity, sql) > 0);
        Assert.Equal(0L, await RunAsync(await database.UserAsync(other.SupplierId, [Role.Supplier]), sql));
        // A personal link opens one RFQ and no order.
        Assert.Equal(0L, await RunAsync(await database.UserAsync(world.SupplierId, [Role.Supplier], Guid.CreateVersion7()), sql));
    }

    [Fact]
    public async Task Another_suppliers_order_cannot_be_moved()
    {
        var world = await Make.OrderWorldAsync(database);
        var other = await Make.OrderWorldAsync(database);
        var order = await Make.PlacedOrderAsync(database, world);
        var identity = await database.UserAsync(other.SupplierId, [Role.Supplier]);
        Assert.Equal(0L, await RunAsync(identity, "with moved as (update orders set status = 'acknowledged' where id = $1 returning 1) select count(*) from moved", order.Id));
        await Assert.ThrowsAsync<PostgresException>(() => RunAsync(
            identity, "insert into shipments (id, order_id, carrier, tracking_number, shipped_at) values (gen_random_uuid(), $1, 'x', '', now())", order.Id));
    }

    private async Task<long> RunAsync(UserIdentity identity, string sql, Guid? id = null)
    {
        await using var connection = await database.Sources.For(identity.Access).OpenConnectionAsync(_ct);
        await using var transaction = await connection.BeginTransactionAsync(_ct);
        await using (var begin = new NpgsqlCommand("select app.begin($1)", connection, transaction) { Parameters = { new() { Value = identity.SessionToken } } })
        {
            await begin.ExecuteNonQueryAsync(_ct);
        }

        await using var command = new NpgsqlCommand(sql, connection, transaction);
        if (id is { } key)
        {
            command.Parameters.Add(new() { Value = key });
        }

        return await command.ExecuteScalarAsync(_ct) as long? ?? 0;
    }
}
