using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Sourcing.E2E.Support;

namespace Sourcing.E2E.Journeys;

/// <summary>A sealed RFQ from its draft to the public check of a receipt: a buyer asks, a supplier bids, two people open, anybody checks.</summary>
public sealed partial class SealedJourneyTests(App app)
{
    private const string Mira = "mira.holsten@example.test";
    private const string Tarek = "tarek.olsson@example.test";

    [Fact]
    public async Task A_bid_is_sealed_read_by_nobody_opened_by_two_and_proven_to_anybody()
    {
        await using var mira = await app.SignInAsync(Mira);
        var page = mira.Page;
        var (rfq, link) = await SentAsync(mira);
        Assert.Empty(await mira.FindingsAsync());

        await using var guest = await app.VisitAsync(390);
        await guest.OpenAsync(link);
        await Assertions.Expect(guest.Page.GetByText("nobody, the buyer neither, can read your prices")).ToBeVisibleAsync();
        await guest.Page.GetByRole(AriaRole.Link, new() { Name = "Start quote" }).ClickAsync();
        await BidAsync(guest, "98765.43");
        await Assertions.Expect(guest.Page.GetByText("B-", new() { Exact = false }).First).ToBeVisibleAsync();
        Assert.Empty(await guest.FindingsAsync());
        var number = NumberOf().Match(await guest.Page.Locator("main").First.InnerTextAsync()).Value;
        var download = await guest.Page.RunAndWaitForDownloadAsync(() => guest.Page.GetByRole(AriaRole.Link, new() { Name = "Download the whole receipt" }).ClickAsync());
        var file = await download.PathAsync();
        Assert.Contains("98765.43", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), StringComparison.Ordinal);

        // Before the opening: no page and no export of the buyer has the price.
        foreach (var path in new[] { "", "/suppliers", "/comparison", "/scenarios", "/seal", "/history" })
        {
            await mira.OpenAsync($"/rfqs/{rfq}{path}");
            await Assertions.Expect(page.Locator("main").First).Not.ToContainTextAsync("98765");
            await Assertions.Expect(page.Locator("main").First).Not.ToContainTextAsync("98,765");
        }

        await mira.OpenAsync($"/rfqs/{rfq}/comparison");
        await Assertions.Expect(page.GetByText("The bids are sealed")).ToBeVisibleAsync();
        Assert.Equal(409, (await page.APIRequest.GetAsync($"/rfqs/{rfq}/comparison.xlsx")).Status);
        await mira.OpenAsync($"/rfqs/{rfq}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Close now" }).ClickAsync();
        await page.Locator(".rz-dialog").GetByRole(AriaRole.Button, new() { Name = "Close RFQ" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Open the bids" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Agree to open" }).ClickAsync();
        await page.Locator(".rz-dialog").GetByRole(AriaRole.Button, new() { Name = "Agree to open" }).ClickAsync();
        await Assertions.Expect(page.GetByText("You have agreed. Somebody else opens the bids.")).ToBeVisibleAsync();
        Assert.Empty(await mira.FindingsAsync());

        await using var tarek = await app.SignInAsync(Tarek);
        await tarek.OpenAsync($"/rfqs/{rfq}/seal");
        await Assertions.Expect(tarek.Page.GetByText("Sealed, 1 of 2 agreed to open").First).ToBeVisibleAsync();
        await tarek.Page.GetByRole(AriaRole.Button, new() { Name = "Open the bids" }).ClickAsync();
        await tarek.Page.Locator(".rz-dialog").GetByRole(AriaRole.Button, new() { Name = "Open the bids" }).ClickAsync();
        await Assertions.Expect(tarek.Page.GetByText("Opened as submitted").First).ToBeVisibleAsync();
        await tarek.Page.GetByRole(AriaRole.Button, new() { Name = "Check the chain" }).ClickAsync();
        await Assertions.Expect(tarek.Page.GetByText("entries are as they were written")).ToBeVisibleAsync();
        Assert.Empty(await tarek.FindingsAsync());

        // The other's page follows by itself, and the comparison has the price.
        await page.GetByRole(AriaRole.Link, new() { Name = "Compare quotes" }).First.ClickAsync();
        await Assertions.Expect(page.Locator(".comparison tbody")).ToContainTextAsync("98,765.43");
        await CheckAsync(number, file, guest);
    }

    private async Task CheckAsync(string number, string file, Visitor guest)
    {
        await Assertions.Expect(guest.Page.GetByText(number).First).ToBeVisibleAsync();
        await using var anybody = await app.VisitAsync(390, dark: true);
        var page = anybody.Page;
        await page.GotoAsync("/check");
        await page.GetByLabel("Number or hash of the receipt").FillAsync("B-2222-2222-2222-2222");
        await page.GetByRole(AriaRole.Button, new() { Name = "Check receipt" }).ClickAsync();
        await Assertions.Expect(page.GetByText("No bid was received under this number or hash.")).ToBeVisibleAsync();
        await page.GetByLabel("Number or hash of the receipt").FillAsync(number);
        await page.GetByRole(AriaRole.Button, new() { Name = "Check receipt" }).ClickAsync();
        await Assertions.Expect(page.GetByText("the hash reckoned from it is that of the receipt")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("main").First).Not.ToContainTextAsync("98765");
        await page.Locator("input[type=file]").SetInputFilesAsync(file);
        await page.GetByRole(AriaRole.Button, new() { Name = "Check receipt" }).ClickAsync();
        await Assertions.Expect(page.GetByText("its salt and text give this hash, and the log has its entry")).ToBeVisibleAsync();
        Assert.Empty(await anybody.FindingsAsync());
    }

    /// <summary>A copy of a draft with one supplier, made sealed in the editor and sent; and a link to it.</summary>
    private async Task<(Guid Rfq, string Link)> SentAsync(Visitor mira)
    {
        var page = mira.Page;
        var source = await app.ScalarAsync("select r.id::text from rfqs r where r.status = 'draft' and r.deadline is not null and exists (select from rfq_invitations i where i.rfq_id = r.id) and $1::uuid is not null order by r.number limit 1", Guid.CreateVersion7());
        await mira.OpenAsync($"/rfqs/{source}");
        await page.GetByRole(AriaRole.Button, new() { Name = "More" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Copy RFQ" }).ClickAsync();
        await page.Locator(".rz-dialog").GetByRole(AriaRole.Button, new() { Name = "Copy RFQ" }).ClickAsync();
        await page.WaitForURLAsync(new Regex("/edit$"));
        var rfq = Guid.Parse(AnyId().Match(page.Url).Value);
        await app.ExecuteAsync("delete from rfq_invitations where rfq_id = $1 and supplier_id <> (select min(supplier_id::text)::uuid from rfq_invitations where rfq_id = $1)", rfq);
        await app.ExecuteAsync("delete from rfq_lines where rfq_id = $1 and line_no > 10", rfq);
        await app.ExecuteAsync("update rfqs set deadline = now() + interval '7 days' where id = $1", rfq);
        await mira.OpenAsync($"/rfqs/{rfq}/edit");
        await page.GetByLabel("Quotes", new() { Exact = true }).SelectOptionAsync("sealed");
        await Assertions.Expect(page.GetByText("Nobody can read a price before two people open the bids")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save draft" }).ClickAsync();
        await page.WaitForURLAsync(new Regex($"/rfqs/{rfq}$"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Invite 1 supplier" }).ClickAsync();
        await page.Locator(".rz-dialog").GetByRole(AriaRole.Button, new() { Name = "Invite 1 supplier" }).ClickAsync();
        await Assertions.Expect(page.GetByText(new Regex("^Sealed until")).First).ToBeVisibleAsync();
        await mira.OpenAsync($"/rfqs/{rfq}/suppliers");
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Acts for") }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Make a new link to copy" }).ClickAsync();
        var link = await page.GetByLabel("Personal link").InputValueAsync();
        await page.Locator(".rz-dialog").GetByRole(AriaRole.Button, new() { Name = "Close" }).Last.ClickAsync();
        return (rfq, new Uri(link).PathAndQuery);
    }

    private static async Task BidAsync(Visitor guest, string price)
    {
        var page = guest.Page;
        await page.GetByLabel("Unit price of line 10").FillAsync(price);
        await page.GetByLabel("Lead time in days", new() { Exact = true }).FillAsync("21");
        await page.Locator("input[type=date]").FillAsync(TimeProvider.System.GetUtcNow().AddDays(90).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        await page.Locator("input[type=date]").PressAsync("Tab");
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Submit") }).ClickAsync();
        await page.WaitForURLAsync(new Regex("/receipt"));
    }

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f-]{27}")]
    private static partial Regex AnyId();

    [GeneratedRegex("B(-[2-9A-Z]{4}){4}")]
    private static partial Regex NumberOf();
}
