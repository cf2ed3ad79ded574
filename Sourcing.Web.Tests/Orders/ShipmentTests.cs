using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Data.Orders;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Orders;

/// <summary>Shipments: several an order, corrected while under way, with papers.</summary>
public sealed class ShipmentTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_supplier_corrects_what_is_under_way_and_the_buyer_hears_of_another_day()
    {
        var world = await Make.OrderWorldAsync(database);
        var order = await Make.PlacedOrderAsync(database, world);
        await using var supplier = await database.AsAsync(world.SupplierId, Role.Supplier);
        var service = supplier.Get<SupplierOrderService>();
        var id = await service.ShipAsync(new() { Id = order.Id, Carrier = "Nordfracht", ShippedOn = new(2026, 1, 5), Eta = new(2026, 1, 9) }, _ct);
        await service.ShipAsync(new() { Id = order.Id, Carrier = "Seelinie", ShippedOn = new(2026, 1, 6) }, _ct);
        await service.CorrectShipmentAsync(new() { Id = order.Id, ShipmentId = id, Carrier = "Nordfracht", TrackingNumber = "NF-9", ShippedOn = new(2026, 1, 5), Eta = new(2026, 1, 12) }, _ct);
        await using var buyer = database.As(world.Buyer);
        var shipments = (await buyer.Get<OrderQueries>().DetailsAsync(order.Id, _ct)).Shipments;
        Assert.Equal((2, "NF-9", new DateOnly(2026, 1, 12)), (shipments.Count, shipments.Single(s => s.Id == id).TrackingNumber, shipments.Single(s => s.Id == id).Eta));
        Assert.Equal(1L, await database.ScalarAsync<long>("select count(*) from notifications where user_id = $1 and text like '%now expects a shipment%12 Jan 2026%'", world.Buyer.Id));

        await buyer.Get<OrderFlowService>().DeliverAsync(order.Id, id, new(2026, 1, 13), _ct);
        var late = await Assert.ThrowsAsync<RefusedException>(() => service.CorrectShipmentAsync(new() { Id = order.Id, ShipmentId = id, Carrier = "Other", ShippedOn = new(2026, 1, 5) }, _ct));
        Assert.Contains("arrived on 13 Jan 2026", late.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<RefusedException>(() => buyer.Get<OrderFlowService>().DeliverAsync(order.Id, shipments.Single(s => s.Id != id).Id, new(2026, 1, 1), _ct));
    }

    [Fact]
    public async Task A_supplier_adds_papers_to_their_own_shipment_and_order_and_to_nobody_elses()
    {
        var world = await Make.OrderWorldAsync(database);
        var other = await Make.OrderWorldAsync(database);
        var order = await Make.PlacedOrderAsync(database, world);
        await using var supplier = await database.AsAsync(world.SupplierId, Role.Supplier);
        var id = await supplier.Get<SupplierOrderService>().ShipAsync(new() { Id = order.Id, Carrier = "Nordfracht", ShippedOn = new(2026, 1, 5) }, _ct);
        var files = supplier.Get<AttachmentService>();
        await files.AddAsync("shipments", id, "packing list.pdf", Pdf(), false, _ct);
        await files.AddAsync("orders", order.Id, "confirmation.pdf", Pdf(), false, _ct);
        await using var buyer = database.As(world.Buyer);
        Assert.True(Assert.Single(await buyer.Get<AttachmentService>().ListAsync("shipments", id, _ct)).FromSupplier);
        await using var stranger = await database.AsAsync(other.SupplierId, Role.Supplier);
        Assert.Empty(await stranger.Get<AttachmentService>().ListAsync("shipments", id, _ct));
        await Assert.ThrowsAsync<MissingException>(() => stranger.Get<AttachmentService>().AddAsync("shipments", id, "x.pdf", Pdf(), false, _ct));
        await Assert.ThrowsAsync<DeniedException>(() => files.AddAsync("invoices", id, "x.pdf", Pdf(), false, _ct));
        await using var reader = await database.AsAsync(Role.ReadOnly);
        await Assert.ThrowsAsync<DeniedException>(() => reader.Get<AttachmentService>().AddAsync("shipments", id, "x.pdf", Pdf(), false, _ct));
        await Assert.ThrowsAsync<DeniedException>(() => reader.Get<OrderFlowService>().DeliverAsync(order.Id, id, new(2026, 1, 6), _ct));
        await Assert.ThrowsAsync<DeniedException>(() => reader.Get<OrderFlowService>().CorrectShipmentAsync(new(), _ct));
    }

    private static MemoryStream Pdf() => new("%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"u8.ToArray());
}
