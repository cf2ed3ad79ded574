using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Sourcing.E2E.Support;

namespace Sourcing.E2E.Journeys;

/// <summary>A request as it goes on between a buyer and a supplier behind its personal link: a question, a pause, and a second round.</summary>
public sealed partial class RoundJourneyTests(App app)
{
    private const string Mira = "mira.holsten@example.test";

    [Fact]
    public async Task A_supplier_asks_is_answered_waits_through_a_pause_and_quotes_in_two_rounds()
    {
        await using var mira = await app.SignInAsync(Mira);
        var page = mira.Page;
        var (rfq, link) = await OpenedAsync(mira);
        await using var guest = await app.VisitAsync(390);
        await guest.OpenAsync(link);
        await guest.Page.GetByRole(AriaRole.Button, new() { Name = "Ask a question" }).ClickAsync();
        await guest.Page.GetByLabel("Your question").FillAsync("Are cones of 1.8 kg possible?");
        await guest.Page.GetByRole(AriaRole.Button, new() { Name = "Send question" }).ClickAsync();
        await Assertions.Expect(guest.Page.GetByText("Waits for an answer.")).ToBeVisibleAsync();
        Assert.Empty(await guest.FindingsAsync());

        // The tab counts it without being asked again.
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { NameRegex = new("^Questions.*1 open") })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { NameRegex = new("^Questions") }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Answer", Exact = true }).ClickAsync();
        await page.GetByLabel("Answer", new() { Exact = true }).FillAsync("Yes, please say so in the notes.");
        Assert.Empty(await mira.FindingsAsync());
        await page.GetByRole(AriaRole.Button, new() { Name = "Answer all suppliers" }).ClickAsync();
        await Assertions.Expect(guest.Page.GetByText("Yes, please say so in the notes.")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "More" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Pause RFQ" }).ClickAsync();
        await page.GetByLabel("Reason").FillAsync("The drawing is being revised.");
        await page.Locator(".rz-dialog").GetByRole(AriaRole.Button, new() { Name = "Pause RFQ" }).ClickAsync();
        await Assertions.Expect(guest.Page.GetByText("Reason: The drawing is being revised.")).ToBeVisibleAsync();
        await Assertions.Expect(guest.Page.GetByRole(AriaRole.Link, new() { Name = "Start quote" })).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Button, new() { Name = "Resume RFQ" }).ClickAsync();
        await page.Locator(".rz-dialog").GetByRole(AriaRole.Button, new() { Name = "Resume RFQ" }).ClickAsync();

        await guest.Page.GetByRole(AriaRole.Link, new() { Name = "Start quote" }).ClickAsync();
        await QuoteAsync(guest, "4.20");
        await page.GetByRole(AriaRole.Button, new() { Name = "Close now" }).ClickAsync();
        await page.Locator(".rz-dialog").GetByRole(AriaRole.Button, new() { Name = "Close RFQ" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Start round 2", Exact = true }).ClickAsync();
        var dialog = page.Locator(".rz-dialog");
        await Assertions.Expect(dialog.Locator(".candidate input:checked")).ToHaveCountAsync(1);
        await dialog.Locator("[data-field=Deadline] input").First.FillAsync(TimeProvider.System.GetUtcNow().AddDays(9).ToString("ddd d MMM yyyy, HH:mm", System.Globalization.CultureInfo.InvariantCulture));
        await dialog.Locator("[data-field=Deadline] input").First.PressAsync("Tab");
        await dialog.GetByText("Tell each its own rank").ClickAsync();
        Assert.Empty(await mira.FindingsAsync());
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Start round 2 with 1 supplier" }).ClickAsync();
        await Assertions.Expect(page.Locator(".tag").Filter(new() { HasText = "Round 2" }).First).ToBeVisibleAsync();

        // The earlier link was replaced; a new one, handed over, goes on from the first quote.
        link = await LinkAsync(mira, rfq);
        await guest.OpenAsync(link);
        await Assertions.Expect(guest.Page.GetByText("your offer was in place 1 of 1 by landed cost")).ToBeVisibleAsync();
        await guest.Page.GetByRole(AriaRole.Link, new() { Name = "Quote for round 2" }).ClickAsync();
        await Assertions.Expect(guest.Page.GetByLabel("Unit price of line 10")).ToHaveValueAsync(new Regex("^4[.,]20?"));
        await QuoteAsync(guest, "3.99");
        await mira.OpenAsync($"/rfqs/{rfq}/comparison");
        await Assertions.Expect(page.Locator(".comparison tbody")).ToContainTextAsync("R1");
        Assert.Empty(await mira.FindingsAsync());
        Assert.Equal("1,2", await app.ScalarAsync("select string_agg(round::text, ',' order by round) from quotes where rfq_id = $1", rfq));
    }

    /// <summary>A copy of a draft with one supplier, sent, and a link to it.</summary>
    private async Task<(Guid Rfq, string Link)> OpenedAsync(Visitor mira)
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
        await mira.OpenAsync($"/rfqs/{rfq}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Invite 1 supplier" }).ClickAsync();
        await page.Locator(".rz-dialog").GetByRole(AriaRole.Button, new() { Name = "Invite 1 supplier" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Extend deadline" })).ToBeVisibleAsync();
        return (rfq, await LinkAsync(mira, rfq));
    }

    private static async Task<string> LinkAsync(Visitor mira, Guid rfq)
    {
        await mira.OpenAsync($"/rfqs/{rfq}/suppliers");
        await mira.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Acts for") }).ClickAsync();
        await mira.Page.GetByRole(AriaRole.Button, new() { Name = "Make a new link to copy" }).ClickAsync();
        var link = await mira.Page.GetByLabel("Personal link").InputValueAsync();
        await mira.Page.Locator(".rz-dialog").GetByRole(AriaRole.Button, new() { Name = "Close" }).Last.ClickAsync();
        return new Uri(link).PathAndQuery;
    }

    private static async Task QuoteAsync(Visitor guest, string price)
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
}
