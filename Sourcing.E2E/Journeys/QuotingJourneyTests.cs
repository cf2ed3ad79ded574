using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Sourcing.E2E.Support;

namespace Sourcing.E2E.Journeys;

/// <summary>How suppliers answer, in a real browser: by spreadsheet in the portal and behind a personal link; and what a link that no longer works says.</summary>
public sealed class QuotingJourneyTests(App app)
{
    private const string Mira = "mira.holsten@example.test";

    [Fact]
    public async Task A_quote_goes_out_as_a_spreadsheet_and_comes_back_filled_in_behind_a_personal_link()
    {
        var (rfq, _, link) = await LinkAsync();
        await using var guest = await app.VisitAsync();
        await guest.OpenAsync(link);
        var page = guest.Page;
        await page.Locator("a.btn-primary").First.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Spreadsheet" }).ClickAsync();
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Download XLSX" }).ClickAsync());
        Assert.EndsWith("-quote.xlsx", download.SuggestedFilename, StringComparison.Ordinal);
        // As it came, without prices: it is read, nothing is submitted, and what is missing is named by row.
        var path = await download.PathAsync();
        await page.Locator(".q-sheet-file input[type=file]").SetInputFilesAsync(new FilePayload { Name = download.SuggestedFilename, MimeType = "application/octet-stream", Buffer = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken) });
        await Assertions.Expect(page.GetByText("Cell H2, line 10: The price is missing.")).ToBeVisibleAsync();
        // Filled in, with one row that is wrong.
        var lines = int.Parse(await app.ScalarAsync("select count(*)::text from rfq_lines where rfq_id = $1", rfq), CultureInfo.InvariantCulture);
        var csv = "Line;Unit price\n" + string.Join("\n", Enumerable.Range(1, lines).Select(n => $"{n * 10};{(n == 1 ? "about 4" : "4,25")}"))
            + $"\nCurrency;EUR\nValid until;{TimeProvider.System.GetUtcNow().AddDays(90):yyyy-MM-dd}\nLead time for all lines, days;21\n";
        await page.GetByRole(AriaRole.Button, new() { Name = "Spreadsheet" }).ClickAsync();
        await page.Locator(".q-sheet-file input[type=file]").SetInputFilesAsync(new FilePayload { Name = "quote.csv", MimeType = "text/csv", Buffer = System.Text.Encoding.UTF8.GetBytes(csv) });
        await Assertions.Expect(page.GetByText("“about 4” is not a number, so the unit price was left empty.")).ToBeVisibleAsync();
        await page.GetByLabel("Unit price of line 10").FillAsync("4.10");
        await page.GetByLabel("Unit price of line 10").PressAsync("Tab");
        Assert.Empty(await guest.AccessibilityFindingsAsync());
        await page.GetByRole(AriaRole.Button, new() { Name = "Submit quote" }).ClickAsync();
        await page.WaitForURLAsync(new Regex("/receipt"));
        Assert.Equal("link", await app.ScalarAsync("select channel::text from quotes where rfq_id = $1 and revision = 1 and channel = 'link'", rfq));
    }

    [Fact]
    public async Task A_revoked_an_expired_and_a_guessed_link_say_so_in_words()
    {
        var (rfq, invitation, link) = await LinkAsync();
        await app.ExecuteAsync("update rfq_invitations set link_revoked_at = now() where id = $1", invitation);
        await using var guest = await app.VisitAsync(390);
        guest.ExpectedFaults.AddRange(["404", "410", "403"]);
        foreach (var address in new[] { link, "/q/0000000000000000000000000000000000000000000000000000000000000000" })
        {
            await guest.Page.GotoAsync(address);
            await Assertions.Expect(guest.Page.Locator("h1")).ToHaveCountAsync(1);
            await Assertions.Expect(guest.Page.Locator("body")).ToContainTextAsync(new Regex("link", RegexOptions.IgnoreCase));
            await Assertions.Expect(guest.Page.Locator(".q-form, .a-lines")).ToHaveCountAsync(0);
            Assert.Empty(await guest.AccessibilityFindingsAsync());
        }

        await app.ExecuteAsync("update rfq_invitations set link_revoked_at = null where id = $1", invitation);
        await guest.OpenAsync(link);
        await Assertions.Expect(guest.Page.Locator(".a-lines")).ToBeVisibleAsync();
        Assert.NotEqual(Guid.Empty, rfq);
    }

    /// <summary>A personal link to an open RFQ of the demo company, made as a buyer makes it.</summary>
    private async Task<(Guid Rfq, Guid Invitation, string Link)> LinkAsync()
    {
        var invitation = Guid.Parse(await app.ScalarAsync(
            """
            select i.id::text from rfq_invitations i join rfqs r on r.id = i.rfq_id join suppliers s on s.id = i.supplier_id
            where r.status = 'open' and r.deadline > now() + interval '2 days' and i.status in ('invited', 'viewed') and s.name <> 'Orvane Textiles' and $1::uuid is not null
            order by r.number, s.code limit 1
            """, Guid.CreateVersion7()));
        var rfq = Guid.Parse(await app.ScalarAsync("select rfq_id::text from rfq_invitations where id = $1", invitation));
        var supplier = await app.ScalarAsync("select s.name from rfq_invitations i join suppliers s on s.id = i.supplier_id where i.id = $1", invitation);
        await using var mira = await app.SignInAsync(Mira);
        await mira.OpenAsync($"/rfqs/{rfq}/suppliers");
        await mira.Page.GetByRole(AriaRole.Button, new() { Name = $"Acts for {supplier}" }).ClickAsync();
        await mira.Page.GetByRole(AriaRole.Button, new() { Name = "Make a new link to copy" }).ClickAsync();
        var link = await mira.Page.GetByLabel("Personal link").InputValueAsync();
        return (rfq, invitation, new Uri(link).PathAndQuery);
    }
}
