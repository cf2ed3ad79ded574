using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Sourcing.Data.Common;
using Sourcing.Data.Orders;
using Sourcing.Web.Orders;
using Sourcing.Web.Portal;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Orders;

/// <summary>The pages of changes and invoices on the real services and a real database.</summary>
public sealed class ContractPagesTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_refused_change_keeps_what_was_typed_and_names_the_line()
    {
        var world = await Make.OrderWorldAsync(database);
        var order = await Make.PlacedOrderAsync(database, world, OrderStatus.PartiallyReceived);
        await using var buyer = database.As(world.Buyer);
        await using var pages = new PageContext(buyer);
        var page = pages.Render<OrderChangePage>(p => p.Add(x => x.Id, order.Id));
        await page.WaitForElement("input[aria-label='Quantity of line 10']").ChangeAsync("80");
        await page.Find("input[aria-label='Unit price of line 20']").ChangeAsync("9.5");
        await page.Find("textarea").InputAsync("Less is needed");
        await page.Find("form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Contains("100 kg were received already", page.Find("table .field-error").TextContent, StringComparison.Ordinal));
        Assert.Equal("80", page.Find("input[aria-label='Quantity of line 10']").GetAttribute("value"));
        await page.Find("input[aria-label='Quantity of line 10']").ChangeAsync("100");
        await page.Find("form").SubmitAsync();
        page.WaitForAssertion(() => Assert.EndsWith(Links.Order(order.Id, "changes"), pages.Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal));
        Assert.Equal(1L, await database.ScalarAsync<long>("select count(*) from order_changes where order_id = $1 and status = 'sent' and new_total = 630", order.Id));
    }

    [Fact]
    public async Task The_supplier_sees_old_and_new_and_acknowledges_in_the_portal()
    {
        var world = await Make.OrderWorldAsync(database);
        var order = await Make.PlacedOrderAsync(database, world);
        await using (var buyer = database.As(world.Buyer))
        {
            var form = await buyer.Get<OrderChangeService>().OpenAsync(order.Id, _ct);
            (form.Reason, form.Lines[0].Quantity) = ("More is needed", 150);
            await buyer.Get<OrderChangeService>().ProposeAsync(form, _ct);
        }

        await using var supplier = await database.AsAsync(world.SupplierId, Role.Supplier);
        await using var pages = new PageContext(supplier);
        var page = pages.Render<PortalOrderPage>(p => p.Add(x => x.Id, order.Id));
        page.WaitForAssertion(() => Assert.Contains("More is needed", page.Find("section[aria-label='Change 1']").TextContent, StringComparison.Ordinal));
        Assert.Equal("100", page.Find("section[aria-label='Change 1'] .was").TextContent);
        await page.FindAll("section[aria-label='Change 1'] button").Single(b => b.TextContent.Contains("Acknowledge change", StringComparison.Ordinal)).ClickAsync();
        page.WaitForAssertion(() => Assert.Contains("Revision 1", page.Find(".page-head").TextContent, StringComparison.Ordinal));
        Assert.Equal(150m, await database.ScalarAsync<decimal>("select quantity from order_lines where id = $1", order.Lines[0].Id));
    }

    [Fact]
    public async Task An_invoice_whose_sums_do_not_agree_says_both_and_keeps_what_was_typed()
    {
        var world = await Make.OrderWorldAsync(database);
        var order = await Make.PlacedOrderAsync(database, world, OrderStatus.Received);
        await using var buyer = database.As(world.Buyer);
        await using var pages = new PageContext(buyer);
        var page = pages.Render<InvoicePage>(p => p.Add(x => x.Id, order.Id));
        await page.WaitForElement("[data-field=Number] input").ChangeAsync("RE 5");
        await page.Find("[data-field=Total] input").ChangeAsync("660");
        await page.Find("form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Contains("come to EUR 650.00, and the total is entered as 660.00", page.Find("[data-field=Total] .field-error").TextContent, StringComparison.Ordinal));
        await page.Find("[data-field=Total] input").ChangeAsync("650");
        await page.Find("form").SubmitAsync();
        page.WaitForAssertion(() => Assert.EndsWith(Links.Order(order.Id, "invoices"), pages.Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal));

        await using var shown = new PageContext(buyer);
        shown.Services.GetRequiredService<NavigationManager>().NavigateTo(Links.Order(order.Id, "invoices"));
        var tab = shown.Render<OrderPage>(p => p.Add(x => x.Id, order.Id));
        await tab.WaitForElement("button[aria-label='Record payment of invoice RE 5']").ClickAsync();
        tab.WaitForAssertion(() => Assert.StartsWith("650", tab.Find(".side-panel [data-field=Amount] input").GetAttribute("value"), StringComparison.Ordinal));
        await tab.Find(".side-panel form").SubmitAsync();
        tab.WaitForAssertion(() => Assert.Contains("Paid", tab.Find("section[aria-label='Invoice RE 5'] .panel-head").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_only_reads_sees_invoices_and_no_deeds()
    {
        var world = await Make.OrderWorldAsync(database);
        var order = await Make.PlacedOrderAsync(database, world, OrderStatus.Received);
        await using (var buyer = database.As(world.Buyer))
        {
            var form = await buyer.Get<InvoiceService>().OpenAsync(order.Id, _ct);
            (form.Number, form.Lines[0].UnitPrice) = ("RE 6", 3);
            form.Total = form.Sum();
            await buyer.Get<InvoiceService>().EnterAsync(form, _ct);
        }

        await using var reader = await database.AsAsync(Role.ReadOnly);
        await using var pages = new PageContext(reader);
        pages.Services.GetRequiredService<NavigationManager>().NavigateTo(Links.Order(order.Id, "invoices"));
        var page = pages.Render<OrderPage>(p => p.Add(x => x.Id, order.Id));
        page.WaitForAssertion(() => Assert.Contains("EUR 50.00 more", page.Find("section[aria-label='Invoice RE 6']").TextContent, StringComparison.Ordinal));
        Assert.Empty(page.FindAll("section[aria-label='Invoice RE 6'] button"));
        var list = pages.Render<InvoicesPage>();
        list.WaitForAssertion(() => Assert.Contains("RE 6", list.Markup, StringComparison.Ordinal));
    }
}
