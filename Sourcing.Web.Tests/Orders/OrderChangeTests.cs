using Npgsql;
using Sourcing.Data.Common;
using Sourcing.Data.Orders;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Orders;

/// <summary>Change orders: what may change, who decides, and what follows.</summary>
public sealed class OrderChangeTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_orders_figures_change_when_the_supplier_acknowledges_and_not_before()
    {
        var world = await Make.OrderWorldAsync(database);
        var order = await Make.PlacedOrderAsync(database, world);
        await using var buyer = database.As(world.Buyer);
        var id = await ProposeAsync(buyer, order.Id, form =>
        {
            form.Lines[0].Quantity = 120;
            form.Lines[0].UnitPrice = 2.4m;
            form.Lines[1].Date = new(2027, 3, 1);
            form.Lines.Add(new() { Description = "Cones", Quantity = 10, UnitId = world.Kilogram, UnitPrice = 1.255m, Date = new(2027, 2, 1) });
        });
        var before = await buyer.Get<OrderQueries>().DetailsAsync(order.Id, _ct);
        Assert.Equal((650m, 2, 0), (before.Total, before.Lines.Count, before.Revision));
        var change = Assert.Single(before.Changes);
        Assert.Equal((OrderChangeStatus.Sent, 650m, 700.55m), (change.Status, change.OldTotal, change.NewTotal));
        Assert.Equal(1L, await database.ScalarAsync<long>("select count(*) from outbox_messages where entity_id = $1 and subject like 'Change 1 of %' and body like '%100 → 120 kg%'", order.Id));

        await using var supplier = await database.AsAsync(world.SupplierId, Role.Supplier);
        var service = supplier.Get<SupplierOrderService>();
        Assert.Equal(3, Assert.Single((await service.DetailsAsync(order.Id, _ct)).Changes).Lines.Count);
        var act = new OrderChangeAct { Id = id, Note = "Fine" };
        Assert.Equal(await service.AnswerChangeAsync(act, true, _ct), await service.AnswerChangeAsync(act, true, _ct));
        var after = await buyer.Get<OrderQueries>().DetailsAsync(order.Id, _ct);
        Assert.Equal((700.55m, 3, 1, OrderStatus.Acknowledged), (after.Total, after.Lines.Count, after.Revision, after.Status));
        Assert.Equal([(10, 120m, 2.4m, 288m), (20, 40m, 10m, 400m), (30, 10m, 1.255m, 12.55m)], after.Lines.Select(l => (l.LineNo, l.Quantity, l.UnitPrice, l.Amount)));
        Assert.Equal((new DateOnly(2027, 3, 1), new DateOnly(2027, 3, 1)), (after.Lines[1].NeedBy, after.Lines[1].PromisedDate));
        Assert.Equal((OrderChangeStatus.Acknowledged, "Fine"), (after.Changes[0].Status, after.Changes[0].DecisionNote));
        Assert.Equal((1, after.Changes[0].DecidedAt is not null), ((await buyer.Get<OrderQueries>().DocumentAsync(order.Id, _ct)).Revision, true));
        Assert.Equal(1L, await database.ScalarAsync<long>("select count(*) from notifications where user_id = $1 and text like '%acknowledged change 1 of%'", world.Buyer.Id));
        // The history says who changed the line, and from what.
        Assert.True(await database.ScalarAsync<long>("select count(*) from audit_entries where record_id = $1 and action = 'update' and old_values ->> 'quantity' = '100.0000' and new_values ->> 'quantity' = '120.0000' and actor_id = $2", after.Lines[0].Id, supplier.User.Id) == 1);
    }

    [Fact]
    public async Task What_the_database_derives_is_what_the_order_itself_derives()
    {
        var world = await Make.OrderWorldAsync(database);
        var form = Make.OrderForm(world);
        (form.Freight, form.TaxRate) = (12.34m, 19);
        form.Lines[0].PromisedDate = new(2027, 1, 18);
        var order = await Make.PlacedOrderAsync(database, world, OrderStatus.PartiallyReceived, form);
        await using var buyer = database.As(world.Buyer);
        await ProposeAsync(buyer, order.Id, f =>
        {
            f.Lines[0].Quantity = 133.3333m;
            f.Lines[1].Cancel = true;
            f.AgreedHow = "Rui, by telephone";
        });
        var derived = await buyer.Get<OrderQueries>().DetailsAsync(order.Id, _ct);
        // The same lines through the order's own verbs: what a receipt of nothing else leaves is what Derive says.
        await buyer.Get<ReceivingService>().ReceiveAsync(new() { Id = order.Id, Version = derived.Version, ReceivedOn = new(2026, 1, 5), Lines = [new() { LineId = derived.Lines[0].Id, LineNo = 10, Rejected = 1, Reason = RejectReason.Damaged }] }, _ct);
        var own = await buyer.Get<OrderQueries>().DetailsAsync(order.Id, _ct);
        Assert.Equal(Figures(own), Figures(derived));
        Assert.Equal((333.33m, 411.35m), (derived.Subtotal, derived.Total));
        Assert.Equal(OrderStatus.PartiallyReceived, derived.Status);
        Assert.True(derived.Lines[1].IsCancelled);

        static object Figures(OrderDetails o) => (o.Subtotal, o.Tax, o.Total, o.ExpectedDate, o.PromisedDate, o.DueDate, o.IsAtRisk, o.ReceivedShare, o.ReceivedAt, o.Status, o.PaymentStatus);
    }

    [Fact]
    public async Task A_refused_change_leaves_the_order_as_it_was_and_needs_a_reason()
    {
        var world = await Make.OrderWorldAsync(database);
        var order = await Make.PlacedOrderAsync(database, world);
        await using var buyer = database.As(world.Buyer);
        var id = await ProposeAsync(buyer, order.Id, f => f.Lines[0].UnitPrice = 1);
        await using var supplier = await database.AsAsync(world.SupplierId, Role.Supplier);
        var service = supplier.Get<SupplierOrderService>();
        Assert.Contains("Say why", (await Assert.ThrowsAsync<RefusedException>(() => service.AnswerChangeAsync(new() { Id = id }, false, _ct))).Message, StringComparison.Ordinal);
        await service.AnswerChangeAsync(new() { Id = id, Note = "Below our cost" }, false, _ct);
        Assert.Contains("decided already", (await Assert.ThrowsAsync<RefusedException>(() => service.AnswerChangeAsync(new() { Id = id }, true, _ct))).Message, StringComparison.Ordinal);
        var after = await buyer.Get<OrderQueries>().DetailsAsync(order.Id, _ct);
        Assert.Equal((650m, OrderChangeStatus.Refused, "Below our cost", 0), (after.Total, after.Changes[0].Status, after.Changes[0].DecisionNote, after.Revision));
        // The next one has the next number, and the order that revision.
        await ProposeAsync(buyer, order.Id, f => { f.Lines[0].UnitPrice = 2; f.AgreedHow = "By mail"; });
        Assert.Equal(2, (await buyer.Get<OrderQueries>().DetailsAsync(order.Id, _ct)).Revision);
    }

    [Fact]
    public async Task Goods_that_came_bound_what_may_change()
    {
        var world = await Make.OrderWorldAsync(database);
        var order = await Make.PlacedOrderAsync(database, world, OrderStatus.PartiallyReceived);
        await using var buyer = database.As(world.Buyer);
        var below = await Assert.ThrowsAsync<RefusedException>(() => ProposeAsync(buyer, order.Id, f => f.Lines[0].Quantity = 99));
        Assert.Equal(("Lines[0].Quantity", true), (below.Errors[0].Field, below.Message.Contains("100 kg were received already", StringComparison.Ordinal)));
        var cancelled = await Assert.ThrowsAsync<RefusedException>(() => ProposeAsync(buyer, order.Id, f => f.Lines[0].Cancel = true));
        Assert.Contains("Lower its quantity to 100", cancelled.Message, StringComparison.Ordinal);
        Assert.Contains("Nothing is different", (await Assert.ThrowsAsync<RefusedException>(() => ProposeAsync(buyer, order.Id, _ => { }))).Message, StringComparison.Ordinal);
        // Cancelling all that is still to come makes it received.
        await ProposeAsync(buyer, order.Id, f => { f.Lines[1].Cancel = true; f.AgreedHow = "By mail"; });
        var after = await buyer.Get<OrderQueries>().DetailsAsync(order.Id, _ct);
        Assert.Equal((OrderStatus.Received, 250m, 1m), (after.Status, after.Total, after.ReceivedShare));
    }

    [Fact]
    public async Task Goods_that_come_while_a_change_is_out_are_not_lost()
    {
        var world = await Make.OrderWorldAsync(database);
        var order = await Make.PlacedOrderAsync(database, world);
        await using var buyer = database.As(world.Buyer);
        var id = await ProposeAsync(buyer, order.Id, f => f.Lines[0].Quantity = 60);
        var receive = await buyer.Get<ReceivingService>().OpenAsync(order.Id, _ct);
        (receive.Lines[0].Quantity, receive.Lines[1].Quantity) = (80, 0);
        await buyer.Get<ReceivingService>().ReceiveAsync(receive, _ct);
        await using var supplier = await database.AsAsync(world.SupplierId, Role.Supplier);
        var refused = await Assert.ThrowsAsync<RefusedException>(() => supplier.Get<SupplierOrderService>().AnswerChangeAsync(new() { Id = id }, true, _ct));
        Assert.Contains("80 kg were received meanwhile", refused.Message, StringComparison.Ordinal);
        await buyer.Get<OrderChangeService>().WithdrawAsync(new() { Id = id }, _ct);
        Assert.Equal(650m, (await buyer.Get<OrderQueries>().DetailsAsync(order.Id, _ct)).Total);
    }

    [Fact]
    public async Task Above_the_limit_another_person_approves_before_the_supplier_hears_of_it()
    {
        var world = await Make.OrderWorldAsync(database);
        var order = await Make.PlacedOrderAsync(database, world);
        await database.SqlAsync("update users set approval_limit = 700 where id = $1", world.Buyer.Id);
        await using var buyer = database.As(world.Buyer);
        var atOnce = await Assert.ThrowsAsync<RefusedException>(() => ProposeAsync(buyer, order.Id, f => { f.Lines[0].Quantity = 200; f.AgreedHow = "By mail"; }));
        Assert.Contains("above your limit", atOnce.Message, StringComparison.Ordinal);
        var id = await ProposeAsync(buyer, order.Id, f => f.Lines[0].Quantity = 200);
        await using var supplier = await database.AsAsync(world.SupplierId, Role.Supplier);
        Assert.Empty((await supplier.Get<SupplierOrderService>().DetailsAsync(order.Id, _ct)).Changes);
        await Assert.ThrowsAsync<MissingException>(() => supplier.Get<SupplierOrderService>().AnswerChangeAsync(new() { Id = id }, true, _ct));
        Assert.Contains("above your limit", (await Assert.ThrowsAsync<RefusedException>(() => buyer.Get<OrderChangeService>().ApproveAsync(new() { Id = id }, _ct))).Message.Replace("your approval limit", "above your limit", StringComparison.Ordinal), StringComparison.Ordinal);

        await using var boss = await database.AsAsync(Role.Buyer);
        Assert.Contains(await boss.Get<ApprovalQueries>().WaitingAsync(_ct), a => a.Kind == ApprovalKind.Change && a.Id == order.Id && a is { IsOwn: false, WithinLimit: true, Total: 900m });
        await boss.Get<OrderChangeService>().ApproveAsync(new() { Id = id }, _ct);
        Assert.Equal(OrderChangeStatus.Sent, Assert.Single((await supplier.Get<SupplierOrderService>().DetailsAsync(order.Id, _ct)).Changes).Status);
        // What does not cost more needs nobody.
        await buyer.Get<OrderChangeService>().WithdrawAsync(new() { Id = id }, _ct);
        await database.SqlAsync("update users set approval_limit = 1 where id = $1", world.Buyer.Id);
        await ProposeAsync(buyer, order.Id, f => f.Lines[0].Quantity = 90);
        Assert.Equal(OrderChangeStatus.Sent, (await buyer.Get<OrderQueries>().DetailsAsync(order.Id, _ct)).Changes[0].Status);
    }

    [Fact]
    public async Task Nobody_approves_their_own_change_whatever_their_limit_and_a_decline_needs_a_reason()
    {
        var world = await Make.OrderWorldAsync(database);
        var order = await Make.PlacedOrderAsync(database, world);
        await database.SqlAsync("update users set approval_limit = 1 where id = $1", world.Buyer.Id);
        await using var buyer = database.As(world.Buyer);
        var id = await ProposeAsync(buyer, order.Id, f => f.Lines[0].Quantity = 200);
        await database.SqlAsync("update users set approval_limit = null where id = $1", world.Buyer.Id);
        Assert.Contains("another person", (await Assert.ThrowsAsync<RefusedException>(() => buyer.Get<OrderChangeService>().ApproveAsync(new() { Id = id }, _ct))).Message, StringComparison.Ordinal);
        await using var boss = await database.AsAsync(Role.Buyer);
        await Assert.ThrowsAsync<RefusedException>(() => boss.Get<OrderChangeService>().DeclineAsync(new() { Id = id }, _ct));
        await boss.Get<OrderChangeService>().DeclineAsync(new() { Id = id, Note = "Too much stock" }, _ct);
        Assert.Equal("Too much stock", (await buyer.Get<OrderQueries>().DetailsAsync(order.Id, _ct)).Changes[0].DeclineReason);
        await using var supplier = await database.AsAsync(world.SupplierId, Role.Supplier);
        Assert.Empty((await supplier.Get<SupplierOrderService>().DetailsAsync(order.Id, _ct)).Changes);
    }

    [Fact]
    public async Task One_change_at_a_time_and_none_of_a_draft()
    {
        var world = await Make.OrderWorldAsync(database);
        var draft = await Make.PlacedOrderAsync(database, world, OrderStatus.Draft);
        var order = await Make.PlacedOrderAsync(database, world);
        await using var buyer = database.As(world.Buyer);
        var service = buyer.Get<OrderChangeService>();
        await Assert.ThrowsAsync<RefusedException>(() => service.OpenAsync(draft.Id, _ct));
        await ProposeAsync(buyer, order.Id, f => f.Lines[0].Quantity = 90);
        Assert.Contains("Change 1 of this order is under way", (await Assert.ThrowsAsync<RefusedException>(() => service.OpenAsync(order.Id, _ct))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cancelled_order_takes_its_open_change_with_it()
    {
        var world = await Make.OrderWorldAsync(database);
        var order = await Make.PlacedOrderAsync(database, world);
        await using var buyer = database.As(world.Buyer);
        await ProposeAsync(buyer, order.Id, f => f.Lines[0].Quantity = 90);
        var version = (await buyer.Get<OrderQueries>().DetailsAsync(order.Id, _ct)).Version;
        await buyer.Get<OrderFlowService>().CancelAsync(new() { Id = order.Id, Version = version, Reason = "Not needed" }, _ct);
        Assert.Equal(OrderChangeStatus.Withdrawn, (await buyer.Get<OrderQueries>().DetailsAsync(order.Id, _ct)).Changes[0].Status);
    }

    [Fact]
    public async Task A_change_of_an_order_that_somebody_else_changed_meanwhile_collides()
    {
        var world = await Make.OrderWorldAsync(database);
        var order = await Make.PlacedOrderAsync(database, world);
        await using var buyer = database.As(world.Buyer);
        var form = await buyer.Get<OrderChangeService>().OpenAsync(order.Id, _ct);
        await buyer.Get<OrderFlowService>().AcknowledgeAsync(new(order.Id, order.Version), _ct);
        (form.Lines[0].Quantity, form.Reason) = (90, "Less is needed");
        await Assert.ThrowsAsync<ConflictException>(() => buyer.Get<OrderChangeService>().ProposeAsync(form, _ct));
    }

    [Theory]
    [InlineData(Role.ReadOnly)]
    [InlineData(Role.Planner)]
    [InlineData(Role.SalesRep)]
    [InlineData(Role.Supplier)]
    public async Task Who_may_not_write_or_approve_orders_is_denied(Role role)
    {
        await using var scope = await database.AsAsync(role);
        var service = scope.Get<OrderChangeService>();
        var act = new OrderChangeAct { Id = Guid.CreateVersion7() };
        await Assert.ThrowsAsync<DeniedException>(() => service.OpenAsync(Guid.CreateVersion7(), _ct));
        await Assert.ThrowsAsync<DeniedException>(() => service.ProposeAsync(new(), _ct));
        await Assert.ThrowsAsync<DeniedException>(() => service.ApproveAsync(act, _ct));
        await Assert.ThrowsAsync<DeniedException>(() => service.DeclineAsync(act, _ct));
        await Assert.ThrowsAsync<DeniedException>(() => service.WithdrawAsync(act, _ct));
        await Assert.ThrowsAsync<DeniedException>(() => service.AcknowledgeAsync(act, _ct));
        if (role != Role.Supplier)
        {
            await Assert.ThrowsAsync<DeniedException>(() => scope.Get<SupplierOrderService>().AnswerChangeAsync(act, true, _ct));
        }
    }

    /// <summary>Past the services, on the supplier's own login.</summary>
    [Theory]
    [InlineData("select decline_reason from order_changes")]
    [InlineData("select proposed_by from order_changes")]
    [InlineData("update order_changes set status = 'acknowledged' where id = $1")]
    [InlineData("update order_change_lines set new_unit_price = 99 where change_id = $1")]
    [InlineData("insert into order_changes (id) values ($1)")]
    [InlineData("select app.apply_order_change($1)")]
    public async Task The_suppliers_login_is_denied(string sql)
    {
        var world = await Make.OrderWorldAsync(database);
        var order = await Make.PlacedOrderAsync(database, world);
        await using var buyer = database.As(world.Buyer);
        var id = await ProposeAsync(buyer, order.Id, f => f.Lines[0].Quantity = 90);
        var fault = await Assert.ThrowsAsync<PostgresException>(() => Make.RunAsAsync(database, world.SupplierId, sql, id));
        Assert.Equal("42501", fault.SqlState);
    }

    [Fact]
    public async Task Another_supplier_neither_sees_nor_answers_a_change()
    {
        var world = await Make.OrderWorldAsync(database);
        var other = await Make.OrderWorldAsync(database);
        var order = await Make.PlacedOrderAsync(database, world);
        await using var buyer = database.As(world.Buyer);
        var id = await ProposeAsync(buyer, order.Id, f => f.Lines[0].Quantity = 90);
        Assert.Equal(1L, await Make.RunAsAsync(database, world.SupplierId, "select count(*) from order_changes where id = $1", id));
        Assert.Equal(0L, await Make.RunAsAsync(database, other.SupplierId, "select count(*) from order_changes where id = $1", id));
        Assert.Equal(0L, await Make.RunAsAsync(database, other.SupplierId, "select count(*) from order_change_lines where change_id = $1", id));
        await Assert.ThrowsAsync<PostgresException>(() => Make.RunAsAsync(database, other.SupplierId, "select app.answer_order_change($1, true, '')", id));
        await using var stranger = await database.AsAsync(other.SupplierId, Role.Supplier);
        await Assert.ThrowsAsync<MissingException>(() => stranger.Get<SupplierOrderService>().AnswerChangeAsync(new() { Id = id }, true, _ct));
    }

    private static async Task<Guid> ProposeAsync(TestScope scope, Guid order, Action<OrderChangeForm> change)
    {
        var service = scope.Get<OrderChangeService>();
        var form = await service.OpenAsync(order, TestContext.Current.CancellationToken);
        form.Reason = "The plan changed";
        change(form);
        return await service.ProposeAsync(form, TestContext.Current.CancellationToken);
    }
}
