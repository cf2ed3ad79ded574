using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Sourcing.Data.Common;
using Sourcing.E2E.Support;

namespace Sourcing.E2E.Orders;

/// <summary>What happens to an order after issue: a change that the supplier acknowledges, an invoice that is too dear, and its payment.</summary>
public sealed class ContractJourneys(App app)
{
    [Fact]
    public async Task An_issued_order_is_changed_by_both_invoiced_too_dear_approved_by_another_and_paid()
    {
        await using var buyer = await app.SignInAsync("tarek.olsson@example.test");
        var order = await OrderJourneys.WriteAsync(buyer, quantity: "100", price: "5.00", needed: 30, promised: 25);
        var page = buyer.Page;
        await page.GetByRole(AriaRole.Button, new() { Name = "Approve order" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Issue order" }).ClickAsync();
        await page.GetByLabel("Attach the purchase order as PDF").UncheckAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Issue order" }).ClickAsync();
        await OrderJourneys.StateAsync(buyer, "Issued");

        await buyer.OpenAsync($"/orders/{order}/change");
        await page.GetByLabel("Quantity of line 10").FillAsync("120");
        await page.GetByLabel("Reason").FillAsync("The autumn collection sells faster.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send change" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Region, new() { Name = "Change 1", Exact = true })).ToContainTextAsync("With the supplier");
        await Assertions.Expect(page.Locator(".facts")).ToContainTextAsync("500.00");

        // The supplier sees old and new on the telephone; what they say stands on the buyer's open page.
        await using (var supplier = await app.SignInAsync("rui.tavora@example.test", 390))
        {
            await supplier.OpenAsync($"/portal/orders/{order}");
            var change = supplier.Page.GetByRole(AriaRole.Region, new() { Name = "Change 1", Exact = true });
            await Assertions.Expect(change.Locator(".was").First).ToHaveTextAsync("100");
            await change.GetByRole(AriaRole.Button, new() { Name = "Acknowledge change" }).ClickAsync();
            await Assertions.Expect(supplier.Page.GetByText("Revision 1")).ToBeVisibleAsync();
            Assert.Empty(await supplier.AccessibilityFindingsAsync());
        }

        await Assertions.Expect(page.Locator(".page-title")).ToContainTextAsync("Revision 1");
        await Assertions.Expect(page.Locator(".facts")).ToContainTextAsync("600.00");

        await page.GetByRole(AriaRole.Button, new() { Name = "Receive goods" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Receive 1 line" }).ClickAsync();
        await OrderJourneys.StateAsync(buyer, "Received");
        await buyer.OpenAsync($"/orders/{order}/invoice");
        await Assertions.Expect(page.GetByLabel("Invoiced quantity of line 10")).ToHaveValueAsync("120");
        await page.GetByLabel("Invoice number").FillAsync($"J-{order.ToString()[^8..]}");
        await page.GetByLabel("Invoiced price of line 10").FillAsync("5.50");
        await page.GetByLabel("Total as printed").FillAsync("660");
        await page.GetByRole(AriaRole.Button, new() { Name = "Enter invoice" }).ClickAsync();
        await Assertions.Expect(page.GetByText("EUR 60.00 more").First).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("You entered it, so another person approves what differs.")).ToBeVisibleAsync();

        await using (var approver = await app.SignInAsync("ana.pinheda@example.test"))
        {
            await approver.OpenAsync($"/orders/{order}?tab=invoices");
            await approver.Page.GetByRole(AriaRole.Button, new() { Name = "Approve invoice" }).ClickAsync();
            await approver.Page.Locator(".side-panel").GetByLabel("Reason").FillAsync("Agreed by telephone.");
            await approver.Page.Locator(".side-panel").GetByRole(AriaRole.Button, new() { Name = "Approve invoice" }).ClickAsync();
            await Assertions.Expect(approver.Page.GetByText("Agreed by telephone.")).ToBeVisibleAsync();
        }

        await page.GetByRole(AriaRole.Button, new() { Name = "Record payment of invoice" }).ClickAsync();
        await Assertions.Expect(page.Locator(".side-panel").GetByLabel("Amount")).ToHaveValueAsync("660.00");
        await page.Locator(".side-panel").GetByRole(AriaRole.Button, new() { Name = "Record payment" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Region, new() { Name = "Payments" }).Locator(".pill")).ToHaveTextAsync("Paid");
        Assert.Equal("660.00 of 660.00, revision 1", await ScalarAsync("select i.paid || ' of ' || o.approved_total || ', revision ' || o.revision from orders o join invoices i on i.order_id = o.id where o.id = $1", order));
    }

    private async Task<string> ScalarAsync(string sql, Guid id)
    {
        await using var command = app.Services.GetRequiredService<DataSources>().Migrator.CreateCommand(sql);
        command.Parameters.Add(new() { Value = id });
        return (string)(await command.ExecuteScalarAsync())!;
    }
}
