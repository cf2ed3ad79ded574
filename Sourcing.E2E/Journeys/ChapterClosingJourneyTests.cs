using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Sourcing.Data.Common;
using Sourcing.E2E.Support;
using static Microsoft.Playwright.Assertions;

namespace Sourcing.E2E.Journeys;

/// <summary>A leader opens a closed month with a reason, enters what was forgotten, sees what differs, and closes it again; a member reads both closings and opens none.</summary>
public sealed class ChapterClosingJourneyTests(App app)
{
    [Fact]
    public async Task A_closed_month_is_opened_mended_and_closed_again()
    {
        // The oldest, so that nobody else looks at it meanwhile.
        var month = await ValueAsync("select to_char(min(r.period), 'YYYY-MM') from monthly_reports r join chapters c on c.id = r.chapter_id and c.name = 'Harbour' where r.status = 'closed'");
        var chapter = await ValueAsync("select id from chapters where name = 'Harbour'");
        var meeting = await ValueAsync($"select id from meetings where chapter_id = '{chapter}' and to_char(held_on, 'YYYY-MM') = '{month}' and status = 'completed' order by held_on desc limit 1");
        await using var leader = await app.SignInAsync("petra.almqvist@example.test");
        await leader.OpenAsync($"/chapters/{chapter}/report/{month}");
        await Expect(leader.Page.Locator(".page-title .pill")).ToHaveTextAsync("Closed");
        await leader.Page.Locator(".closing").GetByRole(AriaRole.Button).ClickAsync();
        var dialog = leader.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Open month" }).ClickAsync();
        await Expect(dialog.GetByText("Say why")).ToBeVisibleAsync();
        await dialog.GetByLabel("Reason").FillAsync("A referral was told and never written down");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Open month" }).ClickAsync();
        await Expect(leader.Page.Locator(".page-title .pill")).ToHaveTextAsync("Opened again");

        await leader.OpenAsync($"/chapters/{chapter}/slips/new");
        await leader.Page.GetByRole(AriaRole.Button, new() { Name = "Referral" }).ClickAsync();
        await leader.Page.Locator(".entry-more summary").First.ClickAsync();
        await leader.Page.GetByLabel("Meeting").SelectOptionAsync(meeting);
        await leader.Page.GetByRole(AriaRole.Button, new() { Name = "Carla Weyn" }).ClickAsync();
        await Expect(leader.Page.GetByText("Referral to Carla Weyn entered.")).ToBeVisibleAsync();

        await leader.OpenAsync($"/chapters/{chapter}/report/{month}");
        await Expect(leader.Page.GetByRole(AriaRole.Heading, new() { Name = "Since closing 1" })).ToBeVisibleAsync();
        var changed = leader.Page.Locator(".panel", new() { HasText = "Since closing 1" }).Locator("tbody tr").First;
        await Expect(changed.Locator("td").Last).ToHaveTextAsync("+1");
        await leader.Page.Locator(".closing").GetByRole(AriaRole.Button).ClickAsync();
        await leader.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Close month" }).ClickAsync();
        await Expect(leader.Page.Locator(".page-title .pill")).ToHaveTextAsync("Closed, revision 2");
        await leader.Page.Locator(".closing").GetByRole(AriaRole.Link, new() { Name = "History" }).ClickAsync();
        await Expect(leader.Page.GetByText("A referral was told and never written down")).ToBeVisibleAsync();
        await Expect(leader.Page.GetByRole(AriaRole.Heading, new() { Name = "Closing 2", Exact = true })).ToBeVisibleAsync();

        await using var member = await app.SignInAsync("ada.lindqvist@example.test", 390);
        await member.OpenAsync($"/chapters/{chapter}/report/{month}?revision=1");
        var referrals = member.Page.Locator(".tile", new() { HasText = "Referrals" }).Locator(".tile-value");
        var before = await referrals.TextContentAsync();
        await member.OpenAsync($"/chapters/{chapter}/report/{month}");
        await Expect(member.Page.Locator(".page-title .pill")).ToHaveTextAsync("Closed, revision 2");
        Assert.NotEqual(before, await referrals.TextContentAsync());
        await Expect(member.Page.Locator(".closing")).ToHaveCountAsync(0);
    }

    private async Task<string> ValueAsync(string sql)
    {
        await using var command = app.Services.GetRequiredService<DataSources>().Migrator.CreateCommand(sql);
        return (await command.ExecuteScalarAsync())!.ToString()!;
    }
}
