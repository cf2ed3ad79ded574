using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Sourcing.Data.Common;
using Sourcing.E2E.Support;

namespace Sourcing.E2E.Journeys;

/// <summary>From a spreadsheet to an awarded RFQ and its orders, as the people concerned go it.</summary>
public sealed class SourcingJourneyTests(App app)
{
    private const string Buyer = "mira.holsten@example.test";
    private const string Supplier = "rui.tavora@example.test";

    [Fact]
    public async Task From_an_imported_part_to_the_suppliers_own_order()
    {
        var mark = Guid.CreateVersion7().ToString("N")[^8..].ToUpperInvariant();
        await using var buyer = await app.SignInAsync(Buyer);
        await ImportPartAsync(buyer, mark);
        var title = $"Journey yarn {mark}";
        var rfq = await WriteRfqAsync(buyer, title, mark);
        await InviteAsync(buyer, rfq, "Orvane Textiles", "Varnholt Garne");
        var number = await ScalarAsync("select number from rfqs where id = $1", rfq);

        // One supplier answers in the portal.
        await using (var supplier = await app.SignInAsync(Supplier))
        {
            await supplier.OpenAsync("/portal");
            await supplier.Page.GetByRole(AriaRole.Link, new() { Name = title }).First.ClickAsync();
            await QuoteAsync(supplier, "4.10", title);
        }

        // The other through the personal link that came by mail.
        var link = await ScalarAsync("select link from outbox_messages where entity_id = $1 and recipient like 'sales@varnholt%' and link like '%/q/%' order by created_at desc limit 1", rfq);
        await using (var guest = await app.VisitAsync(390))
        {
            await guest.OpenAsync(new Uri(link, UriKind.RelativeOrAbsolute) is { IsAbsoluteUri: true } absolute ? absolute.PathAndQuery : link);
            await QuoteAsync(guest, "3.90", title);
        }

        // Closed, compared, awarded.
        await buyer.OpenAsync($"/rfqs/{rfq}");
        await buyer.Page.GetByRole(AriaRole.Button, new() { Name = "Close now" }).ClickAsync();
        await buyer.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Close" }).Last.ClickAsync();
        await buyer.Page.GetByRole(AriaRole.Button, new() { Name = "Start evaluation" }).ClickAsync();
        await Assertions.Expect(buyer.Page.Locator("td.best")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("3\\.90"));
        await buyer.Page.GetByRole(AriaRole.Button, new() { Name = "Award 1 supplier" }).ClickAsync();
        await Assertions.Expect(buyer.Page.GetByText("The orders are made")).ToBeVisibleAsync();
        await buyer.Page.GetByRole(AriaRole.Link, new() { Name = "Show the orders" }).ClickAsync();
        // The list itself, not the page that is left: one order, by the RFQ's number.
        var orders = buyer.Page.Locator("table.grid tbody tr");
        await Assertions.Expect(orders).ToHaveCountAsync(1);
        await Assertions.Expect(orders).ToContainTextAsync("Varnholt Garne");
        Assert.Equal("1", await ScalarAsync("select count(*)::text from orders where rfq_id = $1", rfq));
        Assert.Equal("1", await ScalarAsync("select count(*)::text from outbox_messages where entity_id = $1 and subject like '%our decision'", rfq));

        // The supplier who lost sees its own outcome and no order of this RFQ.
        await using var loser = await app.SignInAsync(Supplier);
        await loser.OpenAsync($"/portal/rfqs/{rfq}");
        await Assertions.Expect(loser.Page.GetByText("Your quote: rejected")).ToBeVisibleAsync();
        await Assertions.Expect(loser.Page.GetByText("3.90")).ToHaveCountAsync(0);
        Assert.StartsWith("RFQ-", number, StringComparison.Ordinal);
    }

    private static async Task ImportPartAsync(Visitor buyer, string mark)
    {
        await buyer.OpenAsync("/imports/new?kind=parts");
        await buyer.ChooseFileAsync(new()
        {
            Name = "parts.csv", MimeType = "text/csv",
            Buffer = System.Text.Encoding.UTF8.GetBytes($"Number;Name;Type;Unit;Category\r\nJRN-{mark};Journey yarn {mark};raw material;kg;yarn\r\n"),
        });
        await buyer.Page.GetByRole(AriaRole.Button, new() { Name = "Check 1 row" }).ClickAsync();
        await buyer.Page.GetByRole(AriaRole.Button, new() { Name = "Import 1 row" }).ClickAsync();
        await Assertions.Expect(buyer.Page.GetByRole(AriaRole.Button, new() { Name = "Undo import" })).ToBeVisibleAsync(new() { Timeout = 30_000 });
    }

    private static async Task<Guid> WriteRfqAsync(Visitor buyer, string title, string mark)
    {
        await buyer.OpenAsync("/rfqs/new");
        var page = buyer.Page;
        await page.GetByLabel("Title").FillAsync(title);
        await page.Locator("[data-field=Deadline] input").First.FillAsync(Later("ddd d MMM yyyy, HH:mm"));
        await page.Locator("[data-field=Deadline] input").First.PressAsync("Tab");
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Part of line 10" }).FillAsync($"JRN-{mark}");
        await page.Locator("ul.typeahead-list [role=option]").First.ClickAsync();
        await page.GetByLabel("Quantity of line 10").FillAsync("1200");
        await page.GetByLabel("Target price of line 10 in EUR").FillAsync("4.20");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save draft" }).ClickAsync();
        await page.WaitForURLAsync(new System.Text.RegularExpressions.Regex("/rfqs/[0-9a-f-]{36}$"));
        return Guid.Parse(page.Url[^36..]);
    }

    private static async Task InviteAsync(Visitor buyer, Guid rfq, params string[] suppliers)
    {
        await buyer.OpenAsync($"/rfqs/{rfq}/suppliers");
        var page = buyer.Page;
        foreach (var supplier in suppliers)
        {
            await page.GetByRole(AriaRole.Combobox, new() { Name = "Supplier" }).FillAsync(supplier);
            await page.Locator("ul.typeahead-list [role=option]").First.ClickAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Choose supplier", Exact = true }).ClickAsync();
            await Assertions.Expect(page.Locator("table.invitations").GetByText(supplier)).ToBeVisibleAsync();
        }

        await page.GetByRole(AriaRole.Button, new() { Name = $"Invite {suppliers.Length} suppliers" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button).Last.ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Close now" })).ToBeVisibleAsync();
    }

    private static async Task QuoteAsync(Visitor supplier, string price, string title)
    {
        var page = supplier.Page;
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = title }).First).ToBeVisibleAsync();
        await page.Locator("a.btn-primary").First.ClickAsync();
        await page.GetByLabel("Unit price").First.FillAsync(price);
        await page.GetByLabel("Unit price").First.PressAsync("Tab");
        await page.GetByLabel("Lead time in days", new() { Exact = true }).FillAsync("21");
        await page.GetByLabel("Valid until").FillAsync(Later("yyyy-MM-dd", 90));
        await page.GetByRole(AriaRole.Button, new() { Name = "Submit quote" }).ClickAsync();
        await page.WaitForURLAsync(new System.Text.RegularExpressions.Regex("/receipt"));
    }

    private static string Later(string format, int days = 9) =>
        TimeProvider.System.GetUtcNow().AddDays(days).ToString(format, CultureInfo.InvariantCulture);

    private async Task<string> ScalarAsync(string sql, Guid id)
    {
        await using var command = app.Services.GetRequiredService<DataSources>().Migrator.CreateCommand(sql);
        command.Parameters.Add(new() { Value = id });
        return (string)(await command.ExecuteScalarAsync())!;
    }
}
