using Bunit;
using Sourcing.Data.Common;
using Sourcing.Data.Common.Lists;
using Sourcing.Data.Orders;
using Sourcing.Web.Orders;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Orders;

/// <summary>Lines that are late, or about to be before they are.</summary>
public sealed class LateLineTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    private static DateOnly Today => DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);

    [Fact]
    public async Task Each_line_stands_under_its_gravest_reason_with_days_quantity_and_value()
    {
        var world = await Make.OrderWorldAsync(database);
        var order = await PlacedAsync(world, (Today.AddDays(-5), Today.AddDays(-3)), (Today.AddDays(20), Today.AddDays(26)), (Today.AddDays(4), null), (null, null), (Today.AddDays(60), Today.AddDays(50)));
        await using var buyer = database.As(world.Buyer);
        var rows = await RowsAsync(buyer, order.Number);
        Assert.Equal([(10, LateReason.Overdue, 3), (20, LateReason.PromisedLate, 6), (30, LateReason.DueSoon, 0), (40, LateReason.NoDate, 0)], rows.OrderBy(r => r.LineNo).Select(r => (r.LineNo, r.Reason, r.DaysLate)));
        Assert.Equal((100m, 250m, "EUR"), rows.Where(r => r.LineNo == 10).Select(r => (r.Open, r.Value, r.Currency)).Single());
    }

    [Fact]
    public async Task What_came_and_what_was_cancelled_is_not_late()
    {
        var world = await Make.OrderWorldAsync(database);
        var order = await PlacedAsync(world, (Today.AddDays(-5), null), (Today.AddDays(-5), null));
        await using var buyer = database.As(world.Buyer);
        var receive = await buyer.Get<ReceivingService>().OpenAsync(order.Id, _ct);
        receive.Lines[0].Quantity = 60;
        receive.Lines[1].Quantity = 100;
        await buyer.Get<ReceivingService>().ReceiveAsync(receive, _ct);
        var late = Assert.Single(await RowsAsync(buyer, order.Number));
        Assert.Equal((10, 40m, 100m), (late.LineNo, late.Open, late.Value));
    }

    [Fact]
    public async Task An_order_that_nobody_acknowledges_shows_after_the_days_of_the_settings()
    {
        var world = await Make.OrderWorldAsync(database);
        var order = await PlacedAsync(world, (Today.AddDays(60), null));
        await using var buyer = database.As(world.Buyer);
        Assert.Empty(await RowsAsync(buyer, order.Number));
        await database.SqlAsync("update orders set issued_at = now() - interval '4 days' where id = $1", order.Id);
        Assert.Equal(LateReason.NotAcknowledged, Assert.Single(await RowsAsync(buyer, order.Number)).Reason);
        await buyer.Get<OrderFlowService>().AcknowledgeAsync(new(order.Id, (await buyer.Get<OrderQueries>().DetailsAsync(order.Id, _ct)).Version), _ct);
        Assert.Empty(await RowsAsync(buyer, order.Number));
    }

    [Fact]
    public async Task A_need_of_the_last_plan_before_the_promise_is_late_before_it_is_late()
    {
        var world = await Make.OrderWorldAsync(database);
        var order = await PlacedAsync(world, (Today.AddDays(40), Today.AddDays(40)));
        await using var buyer = database.As(world.Buyer);
        Assert.Empty(await RowsAsync(buyer, order.Number));
        await Make.ExpediteAsync(database, world, order.Lines[0].Id, Today.AddDays(40), Today.AddDays(28));
        var row = Assert.Single(await RowsAsync(buyer, order.Number));
        Assert.Equal((LateReason.PlanNeedsEarlier, 12, Today.AddDays(28)), (row.Reason, row.DaysLate, row.NeedBy));
    }

    [Fact]
    public async Task The_buyer_asks_for_dates_once_a_day_and_the_supplier_answers_in_the_portal()
    {
        var world = await Make.OrderWorldAsync(database);
        var order = await PlacedAsync(world, (Today.AddDays(-5), null), (Today.AddDays(-4), null));
        await using var buyer = database.As(world.Buyer);
        var service = buyer.Get<LateLineService>();
        var ids = order.Lines.Select(l => l.Id).ToList();
        Assert.Equal(2, (await service.AskForDatesAsync(ids, _ct)).Done);
        var again = await service.AskForDatesAsync(ids, _ct);
        Assert.Equal(0, again.Done);
        Assert.Contains("less than a day ago", Assert.Single(again.Refusals), StringComparison.Ordinal);
        Assert.Equal(1L, await database.ScalarAsync<long>("select count(*) from outbox_messages where entity_id = $1 and subject like '%do 2 lines come?'", order.Id));
        await using var supplier = await database.AsAsync(world.SupplierId, Role.Supplier);
        Assert.All((await supplier.Get<SupplierOrderService>().DetailsAsync(order.Id, _ct)).Lines, l => Assert.True(l.AskIsOpen));
        await supplier.Get<SupplierOrderService>().ProposeDateAsync(new() { Id = order.Id, LineId = ids[0], Date = Today.AddDays(9), Reason = "Loom down" }, _ct);
        Assert.Equal([false, true], (await supplier.Get<SupplierOrderService>().DetailsAsync(order.Id, _ct)).Lines.Select(l => l.AskIsOpen));
        Assert.Equal([true, false], (await RowsAsync(buyer, order.Number)).OrderBy(r => r.LineNo).Select(r => r.HasProposal));
    }

    [Theory]
    [InlineData(Role.ReadOnly)]
    [InlineData(Role.Planner)]
    [InlineData(Role.Supplier)]
    public async Task Who_may_not_write_orders_asks_for_no_dates(Role role)
    {
        await using var scope = await database.AsAsync(role);
        await Assert.ThrowsAsync<DeniedException>(() => scope.Get<LateLineService>().AskForDatesAsync([Guid.CreateVersion7()], _ct));
    }

    [Fact]
    public async Task A_supplier_and_a_sales_representative_see_no_radar()
    {
        foreach (var role in (Role[])[Role.Supplier, Role.SalesRep])
        {
            await using var scope = await database.AsAsync(role);
            await Assert.ThrowsAsync<DeniedException>(() => scope.Get<LateLineList>().PageAsync(new(), _ct));
            await Assert.ThrowsAsync<DeniedException>(() => scope.Get<LateLineQueries>().OverviewAsync(_ct));
        }
    }

    [Fact]
    public async Task The_page_shows_the_lines_and_every_week_of_the_chart_comes_to_the_same_count()
    {
        var world = await Make.OrderWorldAsync(database);
        var order = await PlacedAsync(world, (Today.AddDays(-5), null), (Today.AddDays(30), Today.AddDays(33)), (Today.AddDays(100), Today.AddDays(133)), (null, null));
        await using var buyer = database.As(world.Buyer);
        var overview = await buyer.Get<LateLineQueries>().OverviewAsync(_ct);
        Assert.Equal(overview.Lines, overview.Weeks.Sum(w => w.Lines) + overview.Undated + overview.Later);
        Assert.True(overview is { Overdue: >= 1, Undated: >= 1, Later: >= 1 });
        await using var pages = new PageContext(buyer);
        var page = pages.Render<LateLinesPage>();
        page.WaitForAssertion(() => Assert.Contains(order.Number, page.Markup, StringComparison.Ordinal));
        Assert.Equal(1 + LateLineQueries.Weeks, page.FindAll(".bars a").Count);
        await page.Find($"button[aria-label='Ask for a date of {order.Number}, line 10']").ClickAsync();
        page.WaitForAssertion(() => Assert.Empty(page.FindAll($"button[aria-label='Ask for a date of {order.Number}, line 10']")));
        Assert.Equal(1L, await database.ScalarAsync<long>("select count(*) from order_lines where order_id = $1 and date_asked_at is not null", order.Id));
    }

    private static async Task<IReadOnlyList<LateLineRow>> RowsAsync(TestScope scope, string order) =>
        (await scope.Get<LateLineList>().PageAsync(new() { Search = order }, TestContext.Current.CancellationToken)).Rows;

    private async Task<OrderDetails> PlacedAsync(OrderWorld world, params (DateOnly? Need, DateOnly? Promised)[] lines)
    {
        var form = Make.OrderForm(world);
        form.Lines = [.. lines.Select((l, i) => new OrderLineForm { Description = $"Yarn {i}", Quantity = 100, UnitId = world.Kilogram, UnitPrice = 2.5m, NeedBy = l.Need, PromisedDate = l.Promised })];
        return await Make.PlacedOrderAsync(database, world, OrderStatus.Issued, form);
    }
}
