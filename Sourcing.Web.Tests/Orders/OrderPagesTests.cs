using AngleSharp.Dom;
using Bunit;
using Sourcing.Data.Common;
using Sourcing.Data.Orders;
using Sourcing.Web.Orders;
using Sourcing.Web.Portal;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Orders;

/// <summary>The pages on the real services and a real database.</summary>
public sealed class OrderPagesTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_refused_delivery_keeps_what_was_typed_and_says_which_line_is_at_fault()
    {
        var world = await Make.OrderWorldAsync(database);
        var order = await Make.PlacedOrderAsync(database, world);
        await using var scope = database.As(world.Buyer);
        await using var pages = new PageContext(scope);
        bool? closed = null;
        var panel = pages.Render<ReceivePanel>(p => p.Add(x => x.Order, order).Add(x => x.Closed, changed => closed = changed));
        panel.WaitForAssertion(() => Assert.Equal("Receive 2 lines", panel.Find("button[type=submit]").TextContent.Trim()[^15..]));
        Assert.Equal("100", Input(panel, "Accepted of line 10").GetAttribute("value")?.Split('.')[0]);
        await Input(panel, "Accepted of line 10").ChangeAsync("180");
        await Input(panel, "Accepted of line 20").ChangeAsync("38");
        await Input(panel, "Rejected of line 20").ChangeAsync("2");
        await panel.WaitForElement("select").ChangeAsync(nameof(RejectReason.Damaged));
        await panel.Find("form").SubmitAsync();
        panel.WaitForAssertion(() => Assert.Contains("of 100 kg ordered, and at most 5", panel.Find(".field-error").TextContent, StringComparison.Ordinal));
        Assert.Null(closed);
        Assert.Equal(["180", "38", "2"], new[] { "Accepted of line 10", "Accepted of line 20", "Rejected of line 20" }.Select(n => Input(panel, n).GetAttribute("value")?.Split('.')[0]));

        await Input(panel, "Accepted of line 10").ChangeAsync("100");
        await panel.Find("form").SubmitAsync();
        panel.WaitForAssertion(() => Assert.True(closed));
        Assert.Equal(2m, await database.ScalarAsync<decimal>("select sum(rejected_quantity) from receipts where order_id = $1", order.Id));
    }

    [Theory]
    [InlineData(OrderStatus.Draft, Role.Buyer, "Approve order")]
    [InlineData(OrderStatus.Approved, Role.Buyer, "Issue order")]
    [InlineData(OrderStatus.Issued, Role.Buyer, "Receive goods")]
    [InlineData(OrderStatus.Received, Role.Buyer, "Close order")]
    [InlineData(OrderStatus.Issued, Role.ReadOnly, null)]
    public async Task The_page_offers_the_next_step_to_those_who_may(OrderStatus status, Role role, string? primary)
    {
        var world = await Make.OrderWorldAsync(database);
        var order = await Make.PlacedOrderAsync(database, world, status);
        await using var scope = await database.AsAsync(role);
        await using var pages = new PageContext(scope);
        var page = pages.Render<OrderPage>(p => p.Add(x => x.Id, order.Id));
        page.WaitForAssertion(() => Assert.Contains(order.Number, page.Find("h1").TextContent, StringComparison.Ordinal));
        Assert.Equal(primary, page.FindAll(".page-head .btn-primary").SingleOrDefault()?.TextContent.Trim() is { } text ? text[^primary!.Length..] : null);
    }

    [Fact]
    public async Task What_waits_for_approval_is_one_list_that_says_who_can_give_it()
    {
        var world = await Make.OrderWorldAsync(database);
        await database.SqlAsync("update users set approval_limit = 500 where id = $1", world.Buyer.Id);
        var order = await Make.PlacedOrderAsync(database, world, OrderStatus.Draft);
        await using var buyer = database.As(world.Buyer);
        await buyer.Get<OrderFlowService>().RequestApprovalAsync(new(order.Id, order.Version), _ct);
        await using var boss = await database.AsAsync(Role.Buyer);
        await using var pages = new PageContext(boss);
        var page = pages.Render<ApprovalsPage>();
        page.WaitForAssertion(() => Assert.Contains(order.Number, Section(page, "Wait for you").TextContent, StringComparison.Ordinal));
        Assert.Contains("650.00", Section(page, "Wait for you").TextContent, StringComparison.Ordinal);
        Assert.Equal(Links.Order(order.Id), Section(page, "Wait for you").QuerySelectorAll("a.row-link").Single(a => a.TextContent == order.Number).GetAttribute("href"));

        await using var own = new PageContext(buyer);
        var asked = own.Render<ApprovalsPage>();
        asked.WaitForAssertion(() => Assert.Contains("You asked for it, so somebody else decides.", Section(asked, "Wait for somebody else").TextContent, StringComparison.Ordinal));
        Assert.DoesNotContain(order.Number, Section(asked, "Wait for you").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_order_that_is_not_there_says_so()
    {
        await using var scope = await database.AsAsync(Role.Buyer);
        await using var pages = new PageContext(scope);
        var page = pages.Render<OrderPage>(p => p.Add(x => x.Id, Guid.CreateVersion7()));
        page.WaitForAssertion(() => Assert.Contains("No such order", page.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_supplier_proposes_a_date_in_the_portal()
    {
        var world = await Make.OrderWorldAsync(database);
        var order = await Make.PlacedOrderAsync(database, world);
        await using var scope = await database.AsAsync(world.SupplierId, Role.Supplier);
        await using var pages = new PageContext(scope);
        var page = pages.Render<PortalOrderPage>(p => p.Add(x => x.Id, order.Id));
        await page.WaitForElement("[aria-label='Other date for line 10']").ClickAsync();
        await page.WaitForElement("input[type=date]").ChangeAsync("2027-02-03");
        await page.Find("form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Contains("Say why the date changes", page.Find(".field-error").TextContent, StringComparison.Ordinal));
        await page.Find(".side-panel textarea").InputAsync("Loom down");
        await page.Find("form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Contains("The buyer has not answered yet", page.Markup, StringComparison.Ordinal));
        Assert.Equal(1L, await database.ScalarAsync<long>("select count(*) from order_date_changes where order_id = $1 and proposed_date = '2027-02-03'", order.Id));
    }

    private static IElement Section<T>(IRenderedComponent<T> page, string label) where T : Microsoft.AspNetCore.Components.IComponent => page.Find($"section[aria-label='{label}']");

    private static IElement Input<T>(IRenderedComponent<T> panel, string label) where T : Microsoft.AspNetCore.Components.IComponent => panel.Find($"input[aria-label='{label}']");
}
