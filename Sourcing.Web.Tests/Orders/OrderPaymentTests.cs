using Sourcing.Data.Common;
using Sourcing.Data.Orders;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Orders;

/// <summary>Money recorded, come back, and recorded by mistake; orders closed and opened again.</summary>
public sealed class OrderPaymentTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly DateOnly Day = new(2026, 11, 20);

    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public void Refunds_take_from_what_is_paid_and_never_more()
    {
        var order = Make.Order(OrderStatus.Issued);
        Assert.Contains("Nothing is paid", Assert.Throws<RefusedException>(() => order.Refund(1, Day, "Transfer", "")).Message, StringComparison.Ordinal);
        order.Pay(650, Day, "Transfer", "A");
        order.Refund(200, Day, "Transfer", "B");
        Assert.Equal((450m, PaymentStatus.PartiallyPaid), (order.Paid, order.PaymentStatus));
        Assert.Contains("at most EUR 450.00", Assert.Throws<RefusedException>(() => order.Refund(450.01m, Day, "Transfer", "")).Message, StringComparison.Ordinal);
        order.Pay(200, Day, "Transfer", "C");
        Assert.Equal(PaymentStatus.Paid, order.PaymentStatus);
        order.Refund(650, Day, "Transfer", "D");
        Assert.Equal((0m, PaymentStatus.Refunded), (order.Paid, order.PaymentStatus));
    }

    [Fact]
    public void A_payment_recorded_by_mistake_is_taken_back_unless_a_refund_leans_on_it()
    {
        var order = Make.Order(OrderStatus.Issued);
        var wrong = order.Pay(600, Day, "Transfer", "A");
        order.TakeBack(wrong);
        Assert.Equal((0m, PaymentStatus.Unpaid), (order.Paid, order.PaymentStatus));

        var first = order.Pay(650, Day, "Transfer", "B");
        var refund = order.Refund(100, Day, "Transfer", "C");
        Assert.Contains("Take back the refund first", Assert.Throws<RefusedException>(() => order.TakeBack(first)).Message, StringComparison.Ordinal);
        order.Pay(100, Day, "Transfer", "D");
        Assert.Contains("more would be paid", Assert.Throws<RefusedException>(() => order.TakeBack(refund)).Message, StringComparison.Ordinal);
        Assert.Equal((650m, PaymentStatus.Paid), (order.Paid, order.PaymentStatus));
    }

    [Fact]
    public void Of_an_order_closed_short_only_what_was_accepted_is_owed()
    {
        var order = Make.Order(OrderStatus.PartiallyReceived);
        order.Pay(250, Day, "Transfer", "A");
        Assert.Equal((650m, PaymentStatus.PartiallyPaid), (order.Payable, order.PaymentStatus));
        order.Close("Elastane is bought elsewhere", Make.Noon);
        Assert.Equal((250m, PaymentStatus.Paid), (order.Payable, order.PaymentStatus));
        Assert.Throws<RefusedException>(() => order.Pay(1, Day, "Transfer", ""));
        order.Reopen("It comes after all");
        Assert.Equal((650m, PaymentStatus.PartiallyPaid), (order.Payable, order.PaymentStatus));
    }

    [Fact]
    public void What_was_paid_before_a_cancellation_can_come_back()
    {
        var order = Make.Order(OrderStatus.Issued);
        order.Pay(100, Day, "Transfer", "A");
        order.Cancel("Project stopped", Make.Noon);
        Assert.Equal(0m, order.Payable);
        order.Refund(100, Day, "Transfer", "B");
        Assert.Equal(PaymentStatus.Refunded, order.PaymentStatus);
    }

    [Theory]
    [InlineData(OrderStatus.PartiallyReceived)]
    [InlineData(OrderStatus.Received)]
    public void A_reopened_order_is_where_its_receipts_say_and_can_be_closed_again(OrderStatus before)
    {
        var order = Make.Order(before);
        order.Close("The rest is not wanted", Make.Noon);
        Assert.Contains("Say why the order is reopened", Assert.Throws<RefusedException>(() => order.Reopen(" ")).Message, StringComparison.Ordinal);
        order.Reopen("Goods go back");
        Assert.Equal((before, (DateTimeOffset?)null, "", "Goods go back"), (order.Status, order.ClosedAt, order.CloseReason, order.ReopenReason));
        order.Close("Again", Make.Noon);
        Assert.Equal((OrderStatus.Closed, ""), (order.Status, order.ReopenReason));
    }

    [Fact]
    public async Task A_payment_taken_back_counts_no_more_and_stays_in_the_history()
    {
        var world = await Make.OrderWorldAsync(database);
        var order = await Make.PlacedOrderAsync(database, world);
        await using var scope = database.As(world.Buyer);
        var money = scope.Get<OrderPaymentService>();
        var form = new PaymentForm { Id = order.Id, Amount = 650, PaidOn = Day, Method = "Transfer", Reference = "BT-1" };
        var payments = await Task.WhenAll(money.RecordAsync(form, _ct), money.RecordAsync(form, _ct));
        Assert.Single(payments.Distinct());
        Assert.Equal(0m, (await Read(scope, order.Id)).Owed);

        await money.TakeBackAsync(order.Id, payments[0], _ct);
        var after = await Read(scope, order.Id);
        Assert.Empty(after.Payments);
        Assert.Equal((650m, PaymentStatus.Unpaid), (after.Owed, after.PaymentStatus));
        Assert.Equal(2L, await database.ScalarAsync<long>("select count(*) from audit_entries where record_id = $1 and actor_id = $2", payments[0], world.Buyer.Id));
        await Assert.ThrowsAsync<MissingException>(() => money.TakeBackAsync(order.Id, payments[0], _ct));
    }

    [Fact]
    public async Task Money_of_a_day_to_come_is_refused()
    {
        var world = await Make.OrderWorldAsync(database);
        var order = await Make.PlacedOrderAsync(database, world);
        await using var scope = database.As(world.Buyer);
        var refusal = await Assert.ThrowsAsync<RefusedException>(
            () => scope.Get<OrderPaymentService>().RecordAsync(new() { Id = order.Id, Amount = 1, PaidOn = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(3) }, _ct));
        Assert.Equal(nameof(PaymentForm.PaidOn), Assert.Single(refusal.Errors).Field);
    }

    [Fact]
    public async Task A_supplier_who_was_told_to_send_nothing_hears_that_the_order_is_open_again()
    {
        var world = await Make.OrderWorldAsync(database);
        var order = await Make.PlacedOrderAsync(database, world, OrderStatus.PartiallyReceived);
        await using var scope = database.As(world.Buyer);
        var flow = scope.Get<OrderFlowService>();
        await flow.CloseAsync(new() { Id = order.Id, Version = order.Version, Reason = "Late" }, _ct);
        order = await Read(scope, order.Id);
        await flow.ReopenAsync(new() { Id = order.Id, Version = order.Version, Reason = "It is on its way after all." }, _ct);
        order = await Read(scope, order.Id);
        Assert.Equal((OrderStatus.PartiallyReceived, "It is on its way after all."), (order.Status, order.ReopenReason));
        Assert.Equal(1L, await database.ScalarAsync<long>("select count(*) from outbox_messages where entity_id = $1 and subject like '%is open again'", order.Id));
    }

    [Fact]
    public async Task A_limit_is_compared_in_its_own_currency_and_the_refusal_names_the_rate()
    {
        var world = await Make.OrderWorldAsync(database);
        await database.SqlAsync("insert into exchange_rates (id, currency, day, rate) values (gen_random_uuid(), 'NOK', '2020-01-02', 12.5) on conflict do nothing");
        await database.SqlAsync("update users set approval_limit = 500 where id = $1", world.Buyer.Id);
        var form = Make.OrderForm(world);
        form.Currency = "NOK";
        form.Lines.ForEach(l => l.UnitPrice *= 12.5m);
        var order = await Make.PlacedOrderAsync(database, world, OrderStatus.Draft, form);
        await using var scope = database.As(world.Buyer);
        Assert.Equal((650m, new DateOnly(2020, 1, 2), false), (order.Inside!.TotalInBase, order.Inside.RateDay, order.Inside.WithinLimit));
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => scope.Get<OrderFlowService>().ApproveAsync(new(order.Id, order.Version), _ct));
        Assert.Contains("EUR 650.00 (NOK 8,125.00 at the rate of 2 Jan 2020) and your approval limit is EUR 500.00", refusal.Message, StringComparison.Ordinal);

        await database.SqlAsync("update users set approval_limit = 650 where id = $1", world.Buyer.Id);
        await scope.Get<OrderFlowService>().ApproveAsync(new(order.Id, order.Version), _ct);
        Assert.Equal(OrderStatus.Approved, (await Read(scope, order.Id)).Status);
    }

    private Task<OrderDetails> Read(TestScope scope, Guid id) => scope.Get<OrderQueries>().DetailsAsync(id, _ct);
}
