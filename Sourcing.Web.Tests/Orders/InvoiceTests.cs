using System.Globalization;
using Npgsql;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Data.Orders;
using Sourcing.Web.Orders;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Orders;

/// <summary>Invoices against orders: entered, compared, approved, refused, paid. The order is 100 kg at 2.50 and 40 kg at 10.00.</summary>
public sealed class InvoiceTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_came_at_the_ordered_price_matches_and_is_paid_up_to_its_total()
    {
        var (world, order) = await OrderAsync(OrderStatus.Received);
        await using var buyer = database.As(world.Buyer);
        var id = await EnterAsync(buyer, order.Id, "RE 1");
        var invoice = Assert.Single((await DetailsAsync(buyer, order.Id)).Invoices);
        Assert.Equal((InvoiceMatch.Matched, InvoiceStatus.ToPay, 650m), (invoice.Match, invoice.Status, invoice.Total));
        var more = await Assert.ThrowsAsync<RefusedException>(() => PayAsync(buyer, order.Id, 650.01m, id));
        Assert.Contains("at most EUR 650.00, which is open of invoice RE 1", more.Message, StringComparison.Ordinal);
        await PayAsync(buyer, order.Id, 400, id);
        var partly = await DetailsAsync(buyer, order.Id);
        Assert.Equal((InvoiceStatus.PartiallyPaid, 250m, PaymentStatus.PartiallyPaid), (partly.Invoices[0].Status, partly.Invoices[0].Open, partly.PaymentStatus));
        var payment = await PayAsync(buyer, order.Id, 250, id);
        Assert.Equal((InvoiceStatus.Paid, PaymentStatus.Paid), ((await DetailsAsync(buyer, order.Id)).Invoices[0].Status, (await DetailsAsync(buyer, order.Id)).PaymentStatus));
        await buyer.Get<OrderPaymentService>().TakeBackAsync(order.Id, payment, _ct);
        Assert.Equal((InvoiceStatus.PartiallyPaid, 400m), ((await DetailsAsync(buyer, order.Id)).Invoices[0].Status, (await DetailsAsync(buyer, order.Id)).Invoices[0].Paid));
    }

    [Fact]
    public async Task An_invoice_before_the_goods_waits_and_matches_by_itself_when_they_come()
    {
        var (world, order) = await OrderAsync(OrderStatus.Issued);
        await using var buyer = database.As(world.Buyer);
        var id = await EnterAsync(buyer, order.Id, "RE 1", f => (f.Lines[0].Quantity, f.Lines[1].Quantity) = (100, 40));
        Assert.Equal((InvoiceMatch.NotReceived, InvoiceStatus.Waiting), Of(await DetailsAsync(buyer, order.Id)));
        Assert.Contains("differs from the order and waits", (await Assert.ThrowsAsync<RefusedException>(() => PayAsync(buyer, order.Id, 10, id))).Message, StringComparison.Ordinal);
        await buyer.Get<ReceivingService>().ReceiveAsync(await buyer.Get<ReceivingService>().OpenAsync(order.Id, _ct), _ct);
        var after = await DetailsAsync(buyer, order.Id);
        Assert.Equal((InvoiceMatch.Matched, InvoiceStatus.ToPay), Of(after));
        // A receipt that was a mistake makes it wait again.
        await buyer.Get<ReceivingService>().TakeBackAsync(order.Id, after.Receipts[0].Id, _ct);
        Assert.Equal((InvoiceMatch.NotReceived, InvoiceStatus.Waiting), Of(await DetailsAsync(buyer, order.Id)));
    }

    [Fact]
    public async Task A_price_above_the_order_needs_somebody_else_with_a_reason_within_their_limit()
    {
        var (world, order) = await OrderAsync(OrderStatus.Received);
        await using var buyer = database.As(world.Buyer);
        var id = await EnterAsync(buyer, order.Id, "RE 1", f => f.Lines[0].UnitPrice = 2.8m);
        var waiting = (await DetailsAsync(buyer, order.Id)).Invoices[0];
        Assert.Equal((InvoiceMatch.PriceVariance, InvoiceStatus.Waiting, true), (waiting.Match, waiting.Status, waiting.IsOwn));
        Assert.Equal(["Line 10 is invoiced at EUR 2.80 and ordered at 2.50, EUR 30.00 more."], waiting.Findings);
        var own = await Assert.ThrowsAsync<RefusedException>(() => buyer.Get<InvoiceService>().ApproveAsync(new() { Id = id, Reason = "Fine" }, _ct));
        Assert.Contains("another person", own.Message, StringComparison.Ordinal);

        await using var boss = await database.AsAsync(Role.Buyer);
        await database.SqlAsync("update users set approval_limit = 500 where id = $1", boss.User.Id);
        Assert.Contains("your approval limit is EUR 500.00", (await Assert.ThrowsAsync<RefusedException>(() => boss.Get<InvoiceService>().ApproveAsync(new() { Id = id, Reason = "Fine" }, _ct))).Message, StringComparison.Ordinal);
        await database.SqlAsync("update users set approval_limit = 700 where id = $1", boss.User.Id);
        Assert.Contains(await boss.Get<ApprovalQueries>().WaitingAsync(_ct), a => a is { Kind: ApprovalKind.Invoice, Number: "RE 1", WithinLimit: true } && a.Id == order.Id);
        await Assert.ThrowsAsync<RefusedException>(() => boss.Get<InvoiceService>().ApproveAsync(new() { Id = id }, _ct));
        await boss.Get<InvoiceService>().ApproveAsync(new() { Id = id, Reason = "Agreed by telephone" }, _ct);
        await PayAsync(buyer, order.Id, 680, id);
        var after = await DetailsAsync(buyer, order.Id);
        Assert.Equal((InvoiceStatus.Paid, PaymentStatus.Paid, 0m, "Agreed by telephone"), (after.Invoices[0].Status, after.PaymentStatus, after.Owed, after.Invoices[0].ApprovalReason));
        Assert.Equal(1L, await database.ScalarAsync<long>("select count(*) from notifications where user_id = $1 and text like '%approved invoice RE 1%'", world.Buyer.Id));
    }

    [Fact]
    public async Task More_than_was_ordered_over_all_invoices_differs()
    {
        var (world, order) = await OrderAsync(OrderStatus.Received);
        await using var buyer = database.As(world.Buyer);
        await EnterAsync(buyer, order.Id, "RE 1", f => (f.Lines[0].Quantity, f.Lines[1].Quantity) = (60, null));
        var second = await buyer.Get<InvoiceService>().OpenAsync(order.Id, _ct);
        Assert.Equal((40m, 60m), (second.Lines[0].Quantity, second.Lines[0].Invoiced));
        await EnterAsync(buyer, order.Id, "RE 2", f => (f.Lines[0].Quantity, f.Lines[1].Quantity) = (50, null));
        var after = await DetailsAsync(buyer, order.Id);
        Assert.Equal((InvoiceMatch.QuantityVariance, "Line 10: 110 kg are invoiced with 60 kg of earlier invoices of 100 ordered."), (after.Invoices[0].Match, after.Invoices[0].Findings[0]));
        Assert.Equal((275m, 150m, 110m), (after.InvoicedTotal, after.ApprovedTotal, after.Lines[0].Invoiced));
    }

    [Fact]
    public async Task A_suppliers_number_counts_once_until_it_was_refused()
    {
        var (world, order) = await OrderAsync(OrderStatus.Received);
        await using var buyer = database.As(world.Buyer);
        var id = await EnterAsync(buyer, order.Id, "RE-2026/0041");
        var other = await Make.PlacedOrderAsync(database, world, OrderStatus.Received);
        var again = await Assert.ThrowsAsync<RefusedException>(() => EnterAsync(buyer, other.Id, "re 2026 0041"));
        Assert.Equal(("Number", true), (again.Errors[0].Field, again.Message.Contains($"entered already for {order.Number}", StringComparison.Ordinal)));
        await buyer.Get<InvoiceService>().RefuseAsync(new() { Id = id, Reason = "Wrong address" }, _ct);
        Assert.Equal(1L, await database.ScalarAsync<long>("select count(*) from outbox_messages where entity_id = $1 and body like '%Wrong address%'", order.Id));
        await EnterAsync(buyer, order.Id, "RE-2026/0041");
        Assert.Equal((2, 650m), ((await DetailsAsync(buyer, order.Id)).Invoices.Count, (await DetailsAsync(buyer, order.Id)).InvoicedTotal));
    }

    [Fact]
    public async Task The_same_invoice_entered_by_twenty_at_once_is_entered_once()
    {
        var (world, order) = await OrderAsync(OrderStatus.Received);
        await using var first = database.As(world.Buyer);
        var tries = await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ =>
        {
            await using var scope = await database.AsAsync(Role.Buyer);
            try
            {
                await EnterAsync(scope, order.Id, "RE 77", f => (f.Lines[0].Quantity, f.Lines[1].Quantity) = (1, null));
                return 1;
            }
            catch (RefusedException)
            {
                return 0;
            }
        }));
        Assert.Equal(1, tries.Sum());
        Assert.Equal(2.5m, (await DetailsAsync(first, order.Id)).InvoicedTotal);
    }

    [Fact]
    public async Task Payments_at_once_never_exceed_what_is_approved()
    {
        var (world, order) = await OrderAsync(OrderStatus.Received);
        await using var buyer = database.As(world.Buyer);
        var id = await EnterAsync(buyer, order.Id, "RE 1");
        await Task.WhenAll(Enumerable.Range(0, 12).Select(async _ =>
        {
            await using var scope = await database.AsAsync(Role.Buyer);
            try
            {
                await PayAsync(scope, order.Id, 100, id);
            }
            catch (RefusedException)
            {
                // What is beyond it.
            }
        }));
        var after = await DetailsAsync(buyer, order.Id);
        Assert.Equal((600m, 600m), (after.Paid, after.Invoices[0].Paid));
    }

    [Fact]
    public async Task An_advance_counts_first_and_a_payment_names_its_invoice_once_there_is_one()
    {
        var (world, order) = await OrderAsync(OrderStatus.Received);
        await using var buyer = database.As(world.Buyer);
        await PayAsync(buyer, order.Id, 195, null);
        var id = await EnterAsync(buyer, order.Id, "RE 1");
        Assert.Contains("Choose the one that is paid", (await Assert.ThrowsAsync<RefusedException>(() => PayAsync(buyer, order.Id, 10, null))).Message, StringComparison.Ordinal);
        var more = await Assert.ThrowsAsync<RefusedException>(() => PayAsync(buyer, order.Id, 456, id));
        Assert.Contains("at most EUR 455.00", more.Message, StringComparison.Ordinal);
        await PayAsync(buyer, order.Id, 455, id);
        Assert.Equal((650m, PaymentStatus.Paid, 0m), ((await DetailsAsync(buyer, order.Id)).Paid, (await DetailsAsync(buyer, order.Id)).PaymentStatus, (await DetailsAsync(buyer, order.Id)).Owed));
    }

    [Fact]
    public async Task A_paid_invoice_is_neither_refused_nor_removed_and_one_by_mistake_is()
    {
        var (world, order) = await OrderAsync(OrderStatus.Received);
        await using var buyer = database.As(world.Buyer);
        var id = await EnterAsync(buyer, order.Id, "RE 1");
        var payment = await PayAsync(buyer, order.Id, 10, id);
        await Assert.ThrowsAsync<RefusedException>(() => buyer.Get<InvoiceService>().RemoveAsync(new() { Id = id }, _ct));
        await Assert.ThrowsAsync<RefusedException>(() => buyer.Get<InvoiceService>().RefuseAsync(new() { Id = id, Reason = "Wrong" }, _ct));
        await buyer.Get<OrderPaymentService>().TakeBackAsync(order.Id, payment, _ct);
        await buyer.Get<InvoiceService>().RemoveAsync(new() { Id = id }, _ct);
        var after = await DetailsAsync(buyer, order.Id);
        Assert.Equal((0, 0m, 0m), (after.Invoices.Count, after.InvoicedTotal, after.Lines[0].Invoiced));
        Assert.DoesNotContain((await buyer.Get<InvoiceList>().PageAsync(new() { Search = order.Number }, _ct)).Rows, r => r.Id == id);

        // Removed by mistake, it comes back as it was; entered again meanwhile, it does not; a payment is recorded anew.
        await buyer.Get<RestoreService>().RestoreAsync("invoices", id, _ct);
        Assert.Equal((650m, 100m), ((await DetailsAsync(buyer, order.Id)).InvoicedTotal, (await DetailsAsync(buyer, order.Id)).Lines[0].Invoiced));
        await buyer.Get<InvoiceService>().RemoveAsync(new() { Id = id }, _ct);
        await EnterAsync(buyer, order.Id, "re 1");
        Assert.Contains("entered already", (await Assert.ThrowsAsync<RefusedException>(() => buyer.Get<RestoreService>().RestoreAsync("invoices", id, _ct))).Message, StringComparison.Ordinal);
        Assert.Contains("recorded anew", (await Assert.ThrowsAsync<RefusedException>(() => buyer.Get<RestoreService>().RestoreAsync("order_payments", payment, _ct))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Prices_that_were_invoiced_do_not_change_by_a_change_order()
    {
        var (world, order) = await OrderAsync(OrderStatus.PartiallyReceived);
        await using var buyer = database.As(world.Buyer);
        await EnterAsync(buyer, order.Id, "RE 1");
        var form = await buyer.Get<OrderChangeService>().OpenAsync(order.Id, _ct);
        (form.Reason, form.Lines[0].UnitPrice) = ("Dearer", 3);
        Assert.Contains("was invoiced at its price already", (await Assert.ThrowsAsync<RefusedException>(() => buyer.Get<OrderChangeService>().ProposeAsync(form, _ct))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Role.ReadOnly)]
    [InlineData(Role.Planner)]
    [InlineData(Role.SalesRep)]
    [InlineData(Role.Supplier)]
    public async Task Who_may_not_write_or_approve_orders_is_denied(Role role)
    {
        await using var scope = await database.AsAsync(role);
        var service = scope.Get<InvoiceService>();
        var act = new InvoiceAct { Id = Guid.CreateVersion7() };
        foreach (var deed in (Func<Task>[])[() => service.OpenAsync(act.Id, _ct), () => service.EnterAsync(new(), _ct), () => service.ApproveAsync(act, _ct), () => service.RefuseAsync(act, _ct), () => service.RemoveAsync(act, _ct), () => service.CompareAsync(act, _ct)])
        {
            await Assert.ThrowsAsync<DeniedException>(deed);
        }

        await Assert.ThrowsAsync<DeniedException>(() => scope.Get<OrderSettingsService>().OpenAsync(_ct));
        await Assert.ThrowsAsync<DeniedException>(() => scope.Get<OrderSettingsService>().SaveAsync(new(), _ct));
    }

    [Fact]
    public async Task A_supplier_sees_their_own_invoices_and_not_what_we_found()
    {
        var (world, order) = await OrderAsync(OrderStatus.Received);
        var (other, _) = await OrderAsync(OrderStatus.Received);
        await using var buyer = database.As(world.Buyer);
        await EnterAsync(buyer, order.Id, "RE 1", f => f.Lines[0].UnitPrice = 2.8m);
        await using var supplier = await database.AsAsync(world.SupplierId, Role.Supplier);
        Assert.Equal(("RE 1", InvoiceStatus.Waiting), ((await supplier.Get<SupplierOrderService>().InvoicesAsync(_ct)).Select(i => (i.Number, i.Status)).Single()));
        await using var stranger = await database.AsAsync(other.SupplierId, Role.Supplier);
        Assert.Empty(await stranger.Get<SupplierOrderService>().InvoicesAsync(_ct));
        foreach (var sql in (string[])["select findings from invoices", "select approval_reason from invoices", "select finding from invoice_lines", "update invoices set paid = total", "select price_tolerance_percent from order_settings"])
        {
            Assert.Equal("42501", (await Assert.ThrowsAsync<PostgresException>(() => Make.RunAsAsync(database, world.SupplierId, sql))).SqlState);
        }
    }

    [Fact]
    public async Task Tolerances_are_settings()
    {
        var (world, order) = await OrderAsync(OrderStatus.Received);
        await using var buyer = database.As(world.Buyer);
        var id = await EnterAsync(buyer, order.Id, "RE 1", f => f.Lines[0].UnitPrice = 2.6m);
        Assert.Equal(InvoiceMatch.PriceVariance, (await DetailsAsync(buyer, order.Id)).Invoices[0].Match);
        await using var admin = await database.AsAsync(Role.Admin);
        var settings = await admin.Get<OrderSettingsService>().OpenAsync(_ct);
        Assert.Equal((3, 7, 2m, 50m, 1m), (settings.AcknowledgeWithinDays, settings.WarnDays, settings.PriceTolerancePercent, settings.PriceToleranceAmount, settings.QuantityTolerancePercent));
        settings.PriceTolerancePercent = 5;
        await admin.Get<OrderSettingsService>().SaveAsync(settings, _ct);
        await buyer.Get<InvoiceService>().CompareAsync(new() { Id = id }, _ct);
        Assert.Equal((InvoiceMatch.Matched, InvoiceStatus.ToPay), Of(await DetailsAsync(buyer, order.Id)));
        settings = await admin.Get<OrderSettingsService>().OpenAsync(_ct);
        settings.PriceTolerancePercent = 2;
        await admin.Get<OrderSettingsService>().SaveAsync(settings, _ct);
    }

    [Fact]
    public async Task Pasted_lines_are_taken_whole_or_not_at_all()
    {
        var (world, order) = await OrderAsync(OrderStatus.Received);
        await using var buyer = database.As(world.Buyer);
        var form = await buyer.Get<InvoiceService>().OpenAsync(order.Id, _ct);
        var culture = CultureInfo.GetCultureInfo("de-DE");
        var faults = InvoicePaste.Take(form, "Line;Quantity;Price\n10;50;2,50\n99;1;1\n20;x;10", culture);
        Assert.Equal(["Row 3: the order has no line or part 99.", "Row 4: \"20;x;10\" has no line or part number, quantity and unit price."], faults);
        Assert.Equal(100, form.Lines[0].Quantity);
        Assert.Empty(InvoicePaste.Take(form, $"{world.PartNumber}\t50\t2,50", culture));
        Assert.Equal([(50m, 2.5m), (null, 10m)], form.Lines.Select(l => (l.Quantity, l.UnitPrice)));
    }

    private static (InvoiceMatch, InvoiceStatus) Of(OrderDetails order) => (order.Invoices[0].Match, order.Invoices[0].Status);

    private async Task<(OrderWorld World, OrderDetails Order)> OrderAsync(OrderStatus status)
    {
        var world = await Make.OrderWorldAsync(database);
        return (world, await Make.PlacedOrderAsync(database, world, status));
    }

    private static Task<OrderDetails> DetailsAsync(TestScope scope, Guid order) => scope.Get<OrderQueries>().DetailsAsync(order, TestContext.Current.CancellationToken);

    private static Task<Guid> PayAsync(TestScope scope, Guid order, decimal amount, Guid? invoice) => scope.Get<OrderPaymentService>().RecordAsync(
        new() { Id = order, InvoiceId = invoice, Amount = amount, PaidOn = new(2026, 1, 5), Method = "Transfer" }, TestContext.Current.CancellationToken);

    private static async Task<Guid> EnterAsync(TestScope scope, Guid order, string number, Action<InvoiceForm>? change = null)
    {
        var form = await scope.Get<InvoiceService>().OpenAsync(order, TestContext.Current.CancellationToken);
        form.Number = number;
        change?.Invoke(form);
        form.Total = form.Sum();
        return await scope.Get<InvoiceService>().EnterAsync(form, TestContext.Current.CancellationToken);
    }
}
