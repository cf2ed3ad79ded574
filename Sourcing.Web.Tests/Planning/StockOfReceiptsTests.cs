using Sourcing.Data.Catalog;
using Sourcing.Data.Common;
using Sourcing.Data.Orders;
using Sourcing.Data.Planning;
using Sourcing.Web.Tests.Imports;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Planning;

/// <summary>Received goods and the stock that follows them.</summary>
public sealed class StockOfReceiptsTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Goods_go_into_stock_once_in_the_parts_unit_and_out_again_when_taken_back()
    {
        var (orders, stock) = (await Make.OrderWorldAsync(database), await database.StockWorldAsync());
        // 12 rolls of 45 kg, 100 lb, and 40 kg of something that is no part.
        var order = await Make.PlacedOrderAsync(database, orders, form: Form(orders, (stock.Part, 12, stock.Roll), (stock.Part, 100, stock.Lb), (null, 40, stock.Kg)));
        await using var buyer = database.As(orders.Buyer);
        var form = await buyer.Get<ReceivingService>().OpenAsync(order.Id, _ct);
        Assert.All(form.Lines, l => Assert.Equal("", l.Foreseen));
        form.Lines[0].Quantity = 10;
        (form.Lines[0].Rejected, form.Lines[0].Reason) = (2, RejectReason.Damaged);
        await buyer.Get<ReceivingService>().ReceiveAsync(form, _ct);
        await buyer.Get<ReceivingService>().ReceiveAsync(form, _ct); // The same form again: a double click.
        Assert.Equal(495.359237m, await buyer.OnHandAsync(stock.Part)); // 10 × 45 + 100 × 0.45359237; what was rejected is not ours.

        var ledger = (await buyer.Get<StockQueries>().LedgerAsync(stock.Part, null, _ct)).Rows;
        Assert.Equal(2, ledger.Count);
        Assert.All(ledger, l => Assert.Equal((StockMovementKind.Receipt, order.Id, order.Number, orders.Buyer.Name), (l.Kind, l.OrderId!.Value, l.OrderNumber, l.By)));
        Assert.Contains(ledger, l => l.Reason == $"{order.Number} line 10, 10 {stock.RollCode}");
        Assert.Equal(2L, await database.ScalarAsync<long>("select count(*) from stock_movements where receipt_id in (select id from receipts where order_id = $1)", order.Id));

        // The part's factor changes meanwhile: what moved goes back, and not what would move today.
        await database.SqlAsync("update part_unit_conversions set factor = 50 where part_id = $1", stock.Part);
        var rolls = (await buyer.Get<OrderQueries>().DetailsAsync(order.Id, _ct)).Receipts.Single(r => r.LineNo == 10);
        await buyer.Get<ReceivingService>().TakeBackAsync(order.Id, rolls.Id, _ct);
        Assert.Equal(45.359237m, await buyer.OnHandAsync(stock.Part));
        Assert.Equal((StockMovementKind.ReceiptTakenBack, -450m), Last(await buyer.Get<StockQueries>().LedgerAsync(stock.Part, null, _ct)));
        await Assert.ThrowsAsync<MissingException>(() => buyer.Get<ReceivingService>().TakeBackAsync(order.Id, rolls.Id, _ct));

        var again = await buyer.Get<ReceivingService>().OpenAsync(order.Id, _ct);
        await buyer.Get<ReceivingService>().ReceiveAsync(again, _ct);
        Assert.Equal(645.359237m, await buyer.OnHandAsync(stock.Part)); // 45.359237 + 12 × 50.
        await database.AssertLedgerHoldsAsync(stock.Part);
        Assert.Equal(0L, await database.ScalarAsync<long>("select count(*) from stock_movements m join receipts r on r.id = m.receipt_id where r.quantity = 0"));
    }

    [Fact]
    public async Task A_unit_that_does_not_convert_receives_and_moves_nothing_until_somebody_says_how()
    {
        var (orders, stock) = (await Make.OrderWorldAsync(database), await database.StockWorldAsync());
        var order = await ForgottenDrumAsync(orders, stock, (stock.Part, 3, stock.Drum), (stock.Part, 10, stock.Kg));
        await using var buyer = database.As(orders.Buyer);
        await using var planner = database.As(stock.Planner);
        var why = $"No conversion from {stock.DrumCode} to {stock.KgCode} for {stock.Number}.";

        var problem = Assert.Single(await Of(planner, stock.Part));
        Assert.Equal((StockProblemKind.NoConversion, 3m, stock.DrumCode, stock.KgCode, order.Number), (problem.Kind, problem.Quantity, problem.Unit, problem.OtherUnit, problem.OrderNumber));
        var form = await buyer.Get<ReceivingService>().OpenAsync(order.Id, _ct);
        Assert.Equal([why, ""], form.Lines.Select(l => l.Foreseen));
        await buyer.Get<ReceivingService>().ReceiveAsync(form, _ct);
        Assert.Equal(10m, await buyer.OnHandAsync(stock.Part));
        Assert.Equal(OrderStatus.Received, (await buyer.Get<OrderQueries>().DetailsAsync(order.Id, _ct)).Status);
        Assert.Equal(1L, await database.ScalarAsync<long>(
            "select count(*) from notifications where user_id = $1 and link = '/inventory?tab=mend' and text like '3 ' || $2 || ' of % came in with ' || $3 || ', and stock did not move. No conversion%'",
            stock.Planner.Id, stock.DrumCode, order.Number));

        var left = Assert.Single(await Of(planner, stock.Part), p => p.Kind == StockProblemKind.NotMoved);
        Assert.False(left.MayMove);
        Assert.StartsWith(why, (await Assert.ThrowsAnyAsync<RefusedException>(() => planner.Get<StockService>().MoveReceiptAsync(left.ReceiptId!.Value, _ct))).Message, StringComparison.Ordinal);
        await database.SqlAsync(
            "insert into part_unit_conversions (id, part_id, unit_id, factor) values (gen_random_uuid(), $1, $2, 200)", stock.Part, stock.Drum);
        Assert.True(Assert.Single(await Of(planner, stock.Part), p => p.Kind == StockProblemKind.NotMoved).MayMove);
        await planner.Get<StockService>().MoveReceiptAsync(left.ReceiptId!.Value, _ct);
        Assert.Equal(610m, await planner.OnHandAsync(stock.Part)); // 10 + 3 × 200.
        Assert.Contains("moved already", (await Assert.ThrowsAnyAsync<RefusedException>(() => planner.Get<StockService>().MoveReceiptAsync(left.ReceiptId.Value, _ct))).Message, StringComparison.Ordinal);
        Assert.DoesNotContain(await Of(planner, stock.Part), p => p.Kind == StockProblemKind.NotMoved);
        await database.AssertLedgerHoldsAsync(stock.Part);
    }

    [Fact]
    public async Task A_count_that_came_after_covers_a_receipt_that_did_not_move()
    {
        var (orders, stock) = (await Make.OrderWorldAsync(database), await database.StockWorldAsync());
        var order = await ForgottenDrumAsync(orders, stock, (stock.Part, 3, stock.Drum));
        await using (var buyer = database.As(orders.Buyer))
        {
            await buyer.Get<ReceivingService>().ReceiveAsync(await buyer.Get<ReceivingService>().OpenAsync(order.Id, _ct), _ct);
        }

        await using var planner = database.As(stock.Planner);
        Assert.Single(await Of(planner, stock.Part), p => p.Kind == StockProblemKind.NotMoved && p.OrderId == order.Id);
        await planner.CountAsync(stock.Part, 600, stock.Kg);
        Assert.Empty(await Of(planner, stock.Part));
    }

    [Fact]
    public async Task A_delivery_whose_stock_cannot_be_kept_is_not_taken_in()
    {
        var (orders, stock) = (await Make.OrderWorldAsync(database), await database.StockWorldAsync());
        await database.SqlAsync("update part_unit_conversions set factor = 99999999999 where part_id = $1", stock.Part);
        var order = await Make.PlacedOrderAsync(database, orders, form: Form(orders, (stock.Part, 1000, stock.Roll)));
        await using var buyer = database.As(orders.Buyer);
        var form = await buyer.Get<ReceivingService>().OpenAsync(order.Id, _ct);
        Assert.Contains("more than a stock can hold", (await Assert.ThrowsAnyAsync<RefusedException>(() => buyer.Get<ReceivingService>().ReceiveAsync(form, _ct))).Message, StringComparison.Ordinal);
        Assert.Equal(0L, await database.ScalarAsync<long>("select count(*) from receipts where order_id = $1", order.Id));
        Assert.Equal("issued", await database.ScalarAsync<string>("select status from orders where id = $1", order.Id));
        Assert.Equal(0L, await database.ScalarAsync<long>("select count(*) from inventory where part_id = $1", stock.Part));
    }

    [Fact]
    public async Task Deliveries_of_the_same_parts_received_at_once_all_count()
    {
        var (orders, stock) = (await Make.OrderWorldAsync(database), await database.StockWorldAsync());
        var other = await database.StockPartAsync(stock.Kg);
        var made = new List<OrderDetails>();
        for (var i = 0; i < 4; i++)
        {
            made.Add(await Make.PlacedOrderAsync(database, orders, form: i % 2 == 0
                ? Form(orders, (stock.Part, 10, stock.Kg), (other, 20, stock.Kg))
                : Form(orders, (other, 20, stock.Kg), (stock.Part, 10, stock.Kg))));
        }

        await Task.WhenAll(made.Select(async order =>
        {
            await using var buyer = await database.AsAsync(Role.Buyer);
            await buyer.Get<ReceivingService>().ReceiveAsync(await buyer.Get<ReceivingService>().OpenAsync(order.Id, _ct), _ct);
        }));
        await using var scope = database.As(stock.Planner);
        Assert.Equal((40m, 80m), (await scope.OnHandAsync(stock.Part), await scope.OnHandAsync(other)));
        await database.AssertLedgerHoldsAsync(stock.Part);
        await database.AssertLedgerHoldsAsync(other);
    }

    [Fact]
    public async Task A_service_and_an_imported_history_move_no_stock()
    {
        var (orders, stock) = (await Make.OrderWorldAsync(database), await database.StockWorldAsync());
        var service = await database.StockPartAsync(stock.Kg, "Dyeing by contract", f => f.Type = PartType.Service);
        await Make.PlacedOrderAsync(database, orders, OrderStatus.Received, Form(orders, (service, 5, stock.Kg)));
        Assert.Equal(0L, await database.ScalarAsync<long>("select count(*) from inventory where part_id = $1", service));

        await using var buyer = await database.AsAsync(Role.Buyer);
        var before = await database.ScalarAsync<long>("select count(*) from stock_movements");
        await new ImportDesk(buyer).ImportAsync(
            "order_history", "PO number,Line number,Supplier,Item description,Quantity,Unit,Unit price,Currency,Delivered,Shipment,Freight,Promised\nOLD-1,1,Kesmira,Old thing,10,box,2,EUR,2026-03-01,T1,5,2026-03-01\n");
        Assert.Equal(1L, await database.ScalarAsync<long>("select count(*) from receipts r join orders o on o.id = r.order_id where o.number = 'OLD-1'"));
        Assert.Equal(before, await database.ScalarAsync<long>("select count(*) from stock_movements"));
        Assert.DoesNotContain(await buyer.Get<StockQualityQueries>().ProblemsAsync(_ct), p => p.OrderNumber == "OLD-1");
    }

    private async Task<IReadOnlyList<StockProblem>> Of(TestScope scope, Guid part) =>
        [.. (await scope.Get<StockQualityQueries>().ProblemsAsync(_ct)).Where(p => p.PartId == part && p.Kind != StockProblemKind.NeverCounted)];

    // Nobody can order in a unit that does not convert, but a conversion may be taken away while an order is under way.
    private async Task<OrderDetails> ForgottenDrumAsync(OrderWorld orders, StockWorld stock, params (Guid? Part, decimal Quantity, Guid Unit)[] lines)
    {
        await database.SqlAsync("insert into part_unit_conversions (id, part_id, unit_id, factor) values (gen_random_uuid(), $1, $2, 190)", stock.Part, stock.Drum);
        var order = await Make.PlacedOrderAsync(database, orders, form: Form(orders, lines));
        await database.SqlAsync("update part_unit_conversions set deleted_at = now() where part_id = $1 and unit_id = $2", stock.Part, stock.Drum);
        return order;
    }

    private static (StockMovementKind Kind, decimal Quantity) Last(StockLedger ledger) => (ledger.Rows[0].Kind, ledger.Rows[0].Quantity);

    private static OrderForm Form(OrderWorld world, params (Guid? Part, decimal Quantity, Guid Unit)[] lines)
    {
        var form = Make.OrderForm(world);
        form.Lines = [.. lines.Select(l => new OrderLineForm { PartId = l.Part, Description = "Goods", Quantity = l.Quantity, UnitId = l.Unit, UnitPrice = 1, NeedBy = new(2027, 1, 15) })];
        return form;
    }
}
