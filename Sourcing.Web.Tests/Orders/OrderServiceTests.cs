using Sourcing.Data.Common;
using Sourcing.Data.Common.Lists;
using Sourcing.Data.Operations;
using Sourcing.Data.Orders;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Orders;

public sealed class OrderServiceTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_order_goes_from_draft_to_closed_and_tells_the_supplier()
    {
        var world = await Make.OrderWorldAsync(database);
        var order = await Make.PlacedOrderAsync(database, world, OrderStatus.Received);
        await using var scope = database.As(world.Buyer);
        await scope.Get<OrderFlowService>().CloseAsync(new() { Id = order.Id, Version = order.Version }, _ct);
        order = await scope.Get<OrderQueries>().DetailsAsync(order.Id, _ct);
        Assert.Equal(OrderStatus.Closed, order.Status);
        Assert.StartsWith("PO-20", order.Number, StringComparison.Ordinal);
        Assert.Equal((250m + 400m, 1m), (order.Total, order.ReceivedShare));
        Assert.Equal(1L, await database.ScalarAsync<long>(
            "select count(*) from outbox_messages m join attachments a on a.id = m.attachment_id where m.entity_id = $1 and m.recipient = 'sales@example.test' and a.visible_to_supplier", order.Id));
        Assert.True(await database.ScalarAsync<long>("select count(*) from audit_entries where record_id = $1 and actor_id = $2", order.Id, world.Buyer.Id) >= 5);
    }

    [Fact]
    public async Task A_form_sent_twice_makes_one_order()
    {
        var world = await Make.OrderWorldAsync(database);
        await using var scope = database.As(world.Buyer);
        var form = Make.OrderForm(world);
        var ids = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => scope.Get<OrderService>().SaveAsync(form, _ct)));
        Assert.Single(ids.Distinct());
        Assert.Equal(1L, await database.ScalarAsync<long>("select count(*) from orders where supplier_id = $1", world.SupplierId));
    }

    [Fact]
    public async Task A_draft_changed_by_two_people_conflicts_even_when_they_change_different_lines()
    {
        var world = await Make.OrderWorldAsync(database);
        var order = await Make.PlacedOrderAsync(database, world, OrderStatus.Draft);
        await using var scope = database.As(world.Buyer);
        var mine = await scope.Get<OrderQueries>().FormAsync(order.Id, null, _ct);
        var theirs = await scope.Get<OrderQueries>().FormAsync(order.Id, null, _ct);
        mine.Lines[0].Description = "Ring spun yarn";
        theirs.Lines[1].Description = "Elastane 20/40";
        await scope.Get<OrderService>().SaveAsync(mine, _ct);
        await Assert.ThrowsAsync<ConflictException>(() => scope.Get<OrderService>().SaveAsync(theirs, _ct));
        order = await scope.Get<OrderQueries>().DetailsAsync(order.Id, _ct);
        Assert.Equal(["Ring spun yarn", "Elastane yarn"], order.Lines.Select(l => l.Description));
    }

    [Fact]
    public async Task Lines_of_a_draft_are_added_changed_and_dropped()
    {
        var world = await Make.OrderWorldAsync(database);
        var order = await Make.PlacedOrderAsync(database, world, OrderStatus.Draft);
        await using var scope = database.As(world.Buyer);
        var form = await scope.Get<OrderQueries>().FormAsync(order.Id, null, _ct);
        form.Lines.RemoveAt(0);
        form.Lines.Add(new() { Description = "Pallets", Quantity = 3, UnitId = world.Kilogram, UnitPrice = 7 });
        await scope.Get<OrderService>().SaveAsync(form, _ct);
        order = await scope.Get<OrderQueries>().DetailsAsync(order.Id, _ct);
        Assert.Equal([(20, "Elastane yarn"), (30, "Pallets")], order.Lines.Select(l => (l.LineNo, l.Description)));
        Assert.Equal(421m, order.Total);
    }

    [Theory]
    [InlineData(40, "at least 50 kg")]
    [InlineData(55, "multiples of 10 kg")]
    public async Task A_quantity_that_the_supplier_does_not_sell_is_refused_until_it_agreed(decimal quantity, string why)
    {
        var world = await Make.OrderWorldAsync(database);
        await using var scope = database.As(world.Buyer);
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => scope.Get<OrderService>().SaveAsync(Make.OrderForm(world, quantity), _ct));
        Assert.Contains(why, refusal.Message, StringComparison.Ordinal);
        Assert.Equal("Lines[0].Quantity", Assert.Single(refusal.Errors).Field);
        var agreed = Make.OrderForm(world, quantity);
        agreed.QuantitiesAgreed = true;
        await scope.Get<OrderService>().SaveAsync(agreed, _ct);
    }

    [Fact]
    public async Task An_offer_follows_price_breaks_units_and_currency()
    {
        var world = await Make.OrderWorldAsync(database);
        await database.SqlAsync("insert into exchange_rates (id, currency, day, rate) values (gen_random_uuid(), 'USD', '2020-01-01', 1.25) on conflict do nothing");
        await database.SqlAsync("insert into units (id, code, name, dimension, factor) select gen_random_uuid(), 'g', 'Gram', 'mass', 0.001 where not exists (select from units where code = 'g')");
        var gram = await database.ScalarAsync<Guid>("select id from units where code = 'g'");
        await using var scope = database.As(world.Buyer);
        var offer = (await scope.Get<OrderQueries>().OfferAsync(world.SupplierId, world.PartId, "USD", _ct))!;
        Assert.Equal((3.125m, 2.5m, 0.0031m), (offer.PriceAt(999, world.Kilogram), offer.PriceAt(1000, world.Kilogram), offer.PriceAt(1000, gram)));
        Assert.Null(offer.QuantityFault(60_000, gram));
        Assert.NotNull(offer.QuantityFault(6_000, gram));
        Assert.Equal("EUR", offer.ListCurrency);
    }

    [Theory]
    [InlineData("blocked_for = 'order', block_reason = 'Quality.', blocked_at = now()", "blocked for orders: Quality.")]
    [InlineData("is_active = false", "is not active")]
    public async Task A_supplier_that_must_not_be_ordered_from_is_refused(string state, string why)
    {
        var world = await Make.OrderWorldAsync(database);
        var approved = await Make.PlacedOrderAsync(database, world, OrderStatus.Approved);
        await database.SqlAsync($"update suppliers set {state} where id = $1", world.SupplierId);
        await using var scope = database.As(world.Buyer);
        Assert.Contains(why, (await Assert.ThrowsAsync<RefusedException>(() => scope.Get<OrderService>().SaveAsync(Make.OrderForm(world), _ct))).Message, StringComparison.Ordinal);
        Assert.Contains(why, (await Assert.ThrowsAsync<RefusedException>(
            () => scope.Get<OrderFlowService>().IssueAsync(new() { Id = approved.Id, Version = approved.Version }, null, _ct))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Above_the_limit_another_person_approves_and_never_the_one_who_asked()
    {
        var world = await Make.OrderWorldAsync(database);
        await database.SqlAsync("update users set approval_limit = 500 where id = $1", world.Buyer.Id);
        var order = await Make.PlacedOrderAsync(database, world, OrderStatus.Draft);
        await using var buyer = database.As(world.Buyer);
        Assert.False((await buyer.Get<OrderQueries>().DetailsAsync(order.Id, _ct)).Inside!.WithinLimit);
        await Assert.ThrowsAsync<RefusedException>(() => buyer.Get<OrderFlowService>().ApproveAsync(new(order.Id, order.Version), _ct));
        var second = await database.UserAsync(null, [Role.Buyer]);
        await buyer.Get<OrderFlowService>().RequestApprovalAsync(new(order.Id, order.Version), _ct);
        Assert.Equal(1L, await database.ScalarAsync<long>("select count(*) from notifications where user_id = $1 and link = $2", second.Id, $"/orders/{order.Id}"));

        // An admin lifts the limit: whoever asked still cannot give it.
        await database.SqlAsync("update users set approval_limit = null where id = $1", world.Buyer.Id);
        order = await buyer.Get<OrderQueries>().DetailsAsync(order.Id, _ct);
        await Assert.ThrowsAsync<RefusedException>(() => buyer.Get<OrderFlowService>().ApproveAsync(new(order.Id, order.Version), _ct));
        await using var other = database.As(second);
        await other.Get<OrderFlowService>().ApproveAsync(new(order.Id, order.Version), _ct);
        order = await buyer.Get<OrderQueries>().DetailsAsync(order.Id, _ct);
        Assert.Equal((OrderStatus.Approved, second.Name), (order.Status, order.Inside!.Approver));
    }

    [Fact]
    public async Task A_limit_counts_in_the_base_currency()
    {
        var world = await Make.OrderWorldAsync(database);
        await database.SqlAsync("update users set approval_limit = 500 where id = $1", world.Buyer.Id);
        await database.SqlAsync("insert into exchange_rates (id, currency, day, rate) values (gen_random_uuid(), 'JPY', '2020-01-01', 160) on conflict do nothing");
        var form = Make.OrderForm(world);
        (form.Currency, form.Lines[0].UnitPrice, form.Lines[1].UnitPrice) = ("JPY", 400, 1000);
        var within = await Make.PlacedOrderAsync(database, world, OrderStatus.Approved, form);
        Assert.Equal(500m, within.Inside!.TotalInBase);
        var beyond = Make.OrderForm(world);
        (beyond.Currency, beyond.Lines[0].UnitPrice, beyond.Lines[1].UnitPrice) = ("JPY", 400, 1001);
        await Assert.ThrowsAsync<RefusedException>(() => Make.PlacedOrderAsync(database, world, OrderStatus.Approved, beyond));
    }

    [Fact]
    public async Task An_order_whose_document_is_of_another_version_is_not_issued()
    {
        var world = await Make.OrderWorldAsync(database);
        var order = await Make.PlacedOrderAsync(database, world, OrderStatus.Approved);
        await using var scope = database.As(world.Buyer);
        var document = await scope.Get<OrderQueries>().DocumentAsync(order.Id, _ct);
        await scope.Get<OrderFlowService>().BackToDraftAsync(new(order.Id, order.Version), _ct);
        await Assert.ThrowsAsync<ConflictException>(() => scope.Get<OrderFlowService>().IssueAsync(new() { Id = order.Id, Version = document.Version }, [1], _ct));
        Assert.Equal(0L, await database.ScalarAsync<long>("select count(*) from attachments where owner_id = $1", order.Id));
    }

    [Fact]
    public async Task Two_people_who_receive_the_same_delivery_receive_it_once()
    {
        var world = await Make.OrderWorldAsync(database);
        var order = await Make.PlacedOrderAsync(database, world);
        await using var first = database.As(world.Buyer);
        await using var second = await database.AsAsync(Role.Buyer);
        var forms = new[] { await first.Get<ReceivingService>().OpenAsync(order.Id, _ct), await second.Get<ReceivingService>().OpenAsync(order.Id, _ct) };
        var outcomes = await Task.WhenAll(
            Outcome(first.Get<ReceivingService>().ReceiveAsync(forms[0], _ct)), Outcome(second.Get<ReceivingService>().ReceiveAsync(forms[1], _ct)));
        Assert.Single(outcomes, o => o is null);
        Assert.Single(outcomes, o => o is ConflictException);
        Assert.Equal(140m, await database.ScalarAsync<decimal>("select sum(quantity) from receipts where order_id = $1", order.Id));
        Assert.Equal("received", await database.ScalarAsync<string>("select status from orders where id = $1", order.Id));
    }

    [Fact]
    public async Task A_delivery_is_taken_in_whole_or_not_at_all()
    {
        var world = await Make.OrderWorldAsync(database);
        var order = await Make.PlacedOrderAsync(database, world);
        await using var scope = database.As(world.Buyer);
        var form = await scope.Get<ReceivingService>().OpenAsync(order.Id, _ct);
        form.Lines[1].Quantity = 99;
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => scope.Get<ReceivingService>().ReceiveAsync(form, _ct));
        Assert.Equal("Lines[1].Quantity", Assert.Single(refusal.Errors).Field);
        Assert.Equal(0L, await database.ScalarAsync<long>("select count(*) from receipts where order_id = $1", order.Id));
        form.Lines[1].Quantity = 30;
        form.Lines[1].Rejected = 10;
        form.Lines[1].Reason = RejectReason.Damaged;
        await scope.Get<ReceivingService>().ReceiveAsync(form, _ct);
        order = await scope.Get<OrderQueries>().DetailsAsync(order.Id, _ct);
        Assert.Equal((OrderStatus.PartiallyReceived, 10m, 10m), (order.Status, order.Lines[1].Open, order.Lines[1].Rejected));
    }

    [Fact]
    public async Task A_mistaken_receipt_is_taken_back_and_stays_in_the_history()
    {
        var world = await Make.OrderWorldAsync(database);
        var order = await Make.PlacedOrderAsync(database, world, OrderStatus.Received);
        await using var scope = database.As(world.Buyer);
        await scope.Get<ReceivingService>().TakeBackAsync(order.Id, order.Receipts.Single(r => r.LineNo == 20).Id, _ct);
        order = await scope.Get<OrderQueries>().DetailsAsync(order.Id, _ct);
        Assert.Equal((OrderStatus.PartiallyReceived, 40m, 1), (order.Status, order.Lines[1].Open, order.Receipts.Count));
        Assert.Equal(2L, await database.ScalarAsync<long>("select count(*) from receipts where order_id = $1", order.Id));
    }

    [Fact]
    public async Task A_cancelled_order_tells_its_supplier_why()
    {
        var world = await Make.OrderWorldAsync(database);
        var order = await Make.PlacedOrderAsync(database, world);
        await using var scope = database.As(world.Buyer);
        await scope.Get<OrderFlowService>().CancelAsync(new() { Id = order.Id, Version = order.Version, Reason = "The season was cut" }, _ct);
        Assert.Equal(1L, await database.ScalarAsync<long>(
            "select count(*) from outbox_messages where entity_id = $1 and subject like '%is cancelled' and body like '%The season was cut%'", order.Id));
    }

    [Fact]
    public async Task A_deleted_draft_comes_back_with_its_lines()
    {
        var world = await Make.OrderWorldAsync(database);
        var order = await Make.PlacedOrderAsync(database, world, OrderStatus.Draft);
        await using var scope = database.As(world.Buyer);
        await scope.Get<OrderService>().DeleteAsync(new(order.Id, order.Version), _ct);
        await Assert.ThrowsAsync<MissingException>(() => scope.Get<OrderQueries>().DetailsAsync(order.Id, _ct));
        await scope.Get<OrderService>().RestoreAsync(order.Id, _ct);
        Assert.Equal(2, (await scope.Get<OrderQueries>().DetailsAsync(order.Id, _ct)).Lines.Count);
    }

    [Fact]
    public async Task Bulk_approval_says_which_were_refused_and_why()
    {
        var world = await Make.OrderWorldAsync(database);
        var draft = await Make.PlacedOrderAsync(database, world, OrderStatus.Draft);
        var issued = await Make.PlacedOrderAsync(database, world);
        await using var scope = database.As(world.Buyer);
        var outcome = await scope.Get<OrderFlowService>().ApproveManyAsync([draft.Id, issued.Id], _ct);
        Assert.Equal(1, outcome.Done);
        Assert.StartsWith(issued.Number + ": The order is issued", Assert.Single(outcome.Refusals), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_of_the_list_costs_the_same_few_statements_and_finds_by_number_and_supplier()
    {
        var world = await Make.OrderWorldAsync(database);
        var late = Make.OrderForm(world);
        late.Lines[0].PromisedDate = new(2020, 1, 2);
        var order = await Make.PlacedOrderAsync(database, world, OrderStatus.Issued, late);
        await Make.PlacedOrderAsync(database, world, OrderStatus.Draft);
        await Make.PlacedOrderAsync(database, world, OrderStatus.PartiallyReceived);
        await using var scope = database.As(world.Buyer);
        var list = scope.Get<OrderList>();
        database.Queries.Reset();
        var page = await list.PageAsync(new() { Search = world.Supplier }, _ct);
        Assert.Equal(3, database.Queries.Count);
        Assert.Equal(3, page.Count);
        Assert.Equal([("EUR", 1950m)], page.Totals.Select(t => (t.Currency, t.Sum)));
        Assert.Equal(order.Id, Assert.Single((await list.PageAsync(new() { Search = order.Number[3..] }, _ct)).Rows).Id);
        Assert.Equal(order.Id, Assert.Single((await list.PageAsync(new ListRequest { Search = world.Supplier }.With("isLate", "yes"), _ct)).Rows).Id);
        Assert.Equal(world.Buyer.Name, page.Rows[0].Buyer);
    }

    [Fact]
    public async Task Nobody_acts_without_the_permission()
    {
        var world = await Make.OrderWorldAsync(database);
        var order = await Make.PlacedOrderAsync(database, world, OrderStatus.Draft);
        await using var planner = await database.AsAsync(Role.Planner);
        Assert.Equal(order.Number, (await planner.Get<OrderQueries>().DetailsAsync(order.Id, _ct)).Number);
        var act = new OrderAct(order.Id, order.Version);
        var reason = new ReasonForm { Id = order.Id, Version = order.Version, Reason = "No" };
        var flow = planner.Get<OrderFlowService>();
        foreach (var deed in new Func<Task>[]
        {
            () => planner.Get<OrderService>().SaveAsync(Make.OrderForm(world), _ct), () => planner.Get<OrderService>().DeleteAsync(act, _ct),
            () => planner.Get<OrderService>().RestoreAsync(order.Id, _ct), () => planner.Get<OrderQueries>().FormAsync(null, null, _ct),
            () => flow.RequestApprovalAsync(act, _ct), () => flow.ApproveAsync(act, _ct), () => flow.ApproveManyAsync([order.Id], _ct), () => flow.DeclineApprovalAsync(reason, _ct),
            () => flow.BackToDraftAsync(act, _ct), () => flow.IssueAsync(new() { Id = order.Id }, null, _ct), () => flow.AcknowledgeAsync(act, _ct), () => flow.StartProductionAsync(act, _ct),
            () => flow.ShipAsync(new() { Id = order.Id }, _ct), () => flow.DecideDateAsync(new() { Id = order.Id }, _ct), () => flow.CloseAsync(reason, _ct), () => flow.CancelAsync(reason, _ct),
            () => planner.Get<OrderPaymentService>().RecordAsync(new() { Id = order.Id }, _ct), () => planner.Get<ReceivingService>().OpenAsync(order.Id, _ct),
            () => planner.Get<ReceivingService>().ReceiveAsync(new() { Id = order.Id }, _ct), () => planner.Get<ReceivingService>().TakeBackAsync(order.Id, order.Id, _ct),
            () => planner.Get<SupplierOrderService>().ListAsync(_ct), () => planner.Get<ApprovalQueries>().WaitingAsync(_ct),
        })
        {
            await Assert.ThrowsAsync<DeniedException>(deed);
        }

        await using var rep = await database.AsAsync(Role.SalesRep);
        await Assert.ThrowsAsync<DeniedException>(() => rep.Get<OrderQueries>().DetailsAsync(order.Id, _ct));
        await Assert.ThrowsAsync<DeniedException>(() => rep.Get<OrderList>().PageAsync(new(), _ct));
    }

    private static async Task<Exception?> Outcome(Task task)
    {
        try
        {
            await task;
            return null;
        }
        catch (RefusedException refusal)
        {
            return refusal;
        }
    }
}
