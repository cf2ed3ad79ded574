using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Sourcing.Data.Common;
using Sourcing.E2E.Support;

namespace Sourcing.E2E.Orders;

/// <summary>Orders in every state with every panel open: nothing serious for axe, nothing sideways, light and dark, wide and narrow.</summary>
public sealed class OrderPanelWalk(App app)
{
    // What stands in the menu or beside it, by the state in which it does.
    private static readonly (string Status, string? Panel)[] Inside =
    [
        ("draft", null), ("approved", "Issue order"), ("approved", "Cancel order"), ("issued", "Record shipment"), ("acknowledged", "Receive goods"), ("partially_received", null),
        ("partially_received", "Record payment"), ("partially_received", "Record refund"), ("partially_received", "Close without the rest"), ("received", null), ("closed", "Reopen order"),
        ("cancelled", null),
    ];

    [Theory]
    [InlineData(1440, false)]
    [InlineData(390, true)]
    public async Task Orders_and_their_panels_are_fit_for_everybody(int width, bool dark)
    {
        var findings = new List<string>();
        await using (var buyer = await app.SignInAsync("mira.holsten@example.test", width, dark))
        {
            foreach (var (status, panel) in Inside)
            {
                // The open orders of these days: those of the demo's supplier have a bit of everything.
                await buyer.OpenAsync($"/orders/{await OrderAsync(status)}");
                if (panel is not null)
                {
                    await OpenAsync(buyer.Page, panel);
                }

                await LookAsync(buyer, $"{status} {panel}", width, dark, findings);
            }

            foreach (var tab in new[] { "?tab=deliveries", "?tab=documents", "?tab=history", "/print" })
            {
                await buyer.OpenAsync($"/orders/{await OrderAsync("partially_received")}{tab}");
                await LookAsync(buyer, tab, width, dark, findings);
            }

            await buyer.OpenAsync($"/orders/{await OrderAsync("draft")}/edit");
            await LookAsync(buyer, "edit", width, dark, findings);
            await buyer.OpenAsync("/orders/new");
            await buyer.Page.GetByRole(AriaRole.Combobox, new() { Name = "Part of line 1" }).PressSequentiallyAsync("yarn");
            await buyer.Page.Locator("ul.typeahead-list [role=option]").First.WaitForAsync();
            await LookAsync(buyer, "new with a list of parts", width, dark, findings);
            foreach (var view in new[] { "/orders?f.isLate=yes", "/orders?f.hasProposal=yes", "/orders?q=nothing-like-this" })
            {
                await buyer.OpenAsync(view);
                await LookAsync(buyer, view, width, dark, findings);
            }
        }

        await using var supplier = await app.SignInAsync("rui.tavora@example.test", width, dark);
        await supplier.OpenAsync("/portal/orders");
        await LookAsync(supplier, "portal list", width, dark, findings);
        foreach (var (status, panel) in new[] { ("issued", null), ("issued", "Mark as shipped"), ("acknowledged", "Other date for line 10"), ("partially_received", null) })
        {
            await supplier.OpenAsync($"/portal/orders/{await OrderAsync(status)}");
            if (panel is not null)
            {
                await supplier.Page.GetByRole(AriaRole.Button, new() { Name = panel }).ClickAsync();
                await supplier.Page.Locator(".side-panel form").WaitForAsync();
            }

            await LookAsync(supplier, $"portal {status} {panel}", width, dark, findings);
        }

        Assert.True(findings.Count == 0, string.Join(Environment.NewLine, findings));
    }

    [Fact]
    public async Task A_printed_sheet_wider_than_the_screen_scrolls_by_keyboard()
    {
        await using var buyer = await app.SignInAsync("mira.holsten@example.test", 390);
        await buyer.OpenAsync($"/orders/{await OrderAsync("issued")}/print");
        var sheet = buyer.Page.GetByRole(AriaRole.Region, new() { Name = "as it is printed" });
        await sheet.FocusAsync();
        await buyer.Page.Keyboard.PressAsync("ArrowRight");
        await buyer.Page.WaitForFunctionAsync("() => document.querySelector('.print-sheet').scrollLeft > 0");
    }

    private static async Task OpenAsync(IPage page, string panel)
    {
        var button = page.GetByRole(AriaRole.Button, new() { Name = panel });
        if (await button.CountAsync() == 0)
        {
            await page.Locator(".actions").GetByRole(AriaRole.Button, new() { Name = "More", Exact = true }).ClickAsync();
        }

        await button.ClickAsync();
        await page.Locator(".side-panel form").WaitForAsync();
    }

    // SCREENSHOTS names a folder for those who want to see what was looked at.
    private static async Task LookAsync(Visitor visitor, string what, int width, bool dark, List<string> findings)
    {
        if (Environment.GetEnvironmentVariable("SCREENSHOTS") is { Length: > 0 } folder)
        {
            var name = new string([.. what.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')]).Trim('-');
            await visitor.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"walk-{name}-{width}-{(dark ? "dark" : "light")}.png") });
        }

        if (await visitor.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"))
        {
            findings.Add($"{what} scrolls sideways at {width}");
        }

        findings.AddRange((await visitor.AccessibilityFindingsAsync()).Select(f => $"{what}: {f}"));
    }

    private async Task<string> OrderAsync(string status)
    {
        await using var command = app.Services.GetRequiredService<DataSources>().Migrator.CreateCommand(
            "select o.id::text from orders o join suppliers s on s.id = o.supplier_id where o.status = $1 and o.deleted_at is null order by s.name <> 'Orvane Textiles', o.number limit 1");
        command.Parameters.Add(new() { Value = status });
        return (string?)await command.ExecuteScalarAsync() ?? throw new InvalidOperationException($"The demo company has no order that is {status}.");
    }
}
