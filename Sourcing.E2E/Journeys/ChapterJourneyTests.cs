using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Sourcing.Data.Common;
using Sourcing.E2E.Support;
using static Microsoft.Playwright.Assertions;

namespace Sourcing.E2E.Journeys;

/// <summary>A leader takes attendance by keyboard alone and enters a slip; a member enters one at a telephone's width in two taps.</summary>
public sealed class ChapterJourneyTests(App app)
{
    [Fact]
    public async Task A_meeting_is_entered_by_keyboard_alone_and_slips_by_leader_and_member()
    {
        await using var leader = await app.SignInAsync("petra.almqvist@example.test");
        var due = await ValueAsync("select m.id from meetings m join chapters c on c.id = m.chapter_id and c.name = 'Harbour' where m.status in ('planned', 'draft') and m.held_on <= current_date order by m.held_on desc limit 1");
        await leader.OpenAsync($"/chapters/meetings/{due}");
        await leader.Page.Locator("[data-sheet-row]").First.FocusAsync();
        foreach (var key in new[] { "p", "l", "ArrowUp", "e", "ArrowDown", "s" })
        {
            await leader.Page.Keyboard.PressAsync(key);
        }

        var substitute = leader.Page.Locator("[data-sheet-name]");
        await Expect(substitute).ToBeFocusedAsync();
        await leader.Page.Keyboard.TypeAsync("Nils Bergdorf");
        await leader.Page.Keyboard.PressAsync("Enter");
        await Expect(leader.Page.Locator("[data-sheet-row]").Nth(3)).ToBeFocusedAsync();
        await leader.Page.Keyboard.PressAsync("a");
        await leader.Page.Keyboard.PressAsync("m");
        await Expect(leader.Page.GetByText(new Regex("^5 of \\d+ entered · saved$"))).ToBeVisibleAsync();
        Assert.Equal("absent, late early, medical, present, substitute Nils Bergdorf", await ValueAsync(
            $"select string_agg(concat_ws(' ', code, nullif(substitute, ''), case when left_early then 'early' end), ', ' order by code) from attendances where meeting_id = '{due}'"));
        await leader.Page.GetByRole(AriaRole.Button, new() { Name = "Mark the rest present" }).PressAsync("Enter");
        await leader.Page.GetByRole(AriaRole.Button, new() { Name = "Complete meeting" }).PressAsync("Enter");
        await Expect(leader.Page.Locator(".page-title .pill")).ToHaveTextAsync("Completed");
        await leader.Page.GetByRole(AriaRole.Button, new() { Name = "Open meeting again" }).PressAsync("Enter");
        await Expect(leader.Page.Locator(".page-title .pill")).ToHaveTextAsync("Draft");

        var chapter = await ValueAsync("select id from chapters where name = 'Harbour'");
        await leader.OpenAsync($"/chapters/{chapter}/slips/new");
        await leader.Page.GetByRole(AriaRole.Button, new() { Name = "One-to-one" }).ClickAsync();
        await leader.Page.Locator(".entry select").First.SelectOptionAsync("Hugo Pardo");
        await leader.Page.GetByRole(AriaRole.Button, new() { Name = "Carla Weyn" }).ClickAsync();
        await Expect(leader.Page.GetByText("One-to-one with Carla Weyn entered.")).ToBeVisibleAsync();

        await leader.OpenAsync($"/chapters/{chapter}/slips");
        var praise = leader.Page.Locator("tr").Filter(new() { HasText = "Testimonial" }).Filter(new() { Has = leader.Page.GetByRole(AriaRole.Link, new() { Name = "Ada Lindqvist" }) });
        await Expect(leader.Page.GetByRole(AriaRole.Link, new() { Name = "Hugo Pardo" }).First).ToBeVisibleAsync();
        var before = await praise.CountAsync();

        await using var member = await app.SignInAsync("ada.lindqvist@example.test", 390);
        await member.OpenAsync($"/chapters/{chapter}/slips/new");
        await member.Page.GetByRole(AriaRole.Button, new() { Name = "Referral" }).ClickAsync();
        await member.Page.GetByRole(AriaRole.Button, new() { Name = "Bruno Castell" }).ClickAsync();
        await Expect(member.Page.GetByText("Referral to Bruno Castell entered.")).ToBeVisibleAsync();
        await member.Page.GetByRole(AriaRole.Button, new() { Name = "Testimonial" }).ClickAsync();
        await member.Page.GetByRole(AriaRole.Button, new() { Name = "Bruno Castell" }).ClickAsync();
        await Expect(member.Page.GetByText("Testimonial about Bruno Castell entered.")).ToBeVisibleAsync();
        // Whoever looks on sees it come.
        await Expect(praise).ToHaveCountAsync(before + 1);
        await member.OpenAsync($"/chapters/{chapter}/slips");
        await Expect(member.Page.GetByText("Ada Lindqvist → Bruno Castell").First).ToBeVisibleAsync();
        await Expect(member.Page.GetByText("Hugo Pardo → Carla Weyn")).ToHaveCountAsync(0);
        // The row of tabs is wider than the telephone: the open one is in sight.
        await Expect(member.Page.GetByRole(AriaRole.Navigation, new() { Name = "Parts of this page" }).Locator("[aria-current]")).ToBeInViewportAsync(new() { Ratio = 0.9f });
        // What stands alone in a list says what it is.
        await member.OpenAsync($"/chapters/{chapter}/members");
        Assert.Equal("\"Joined \"", await member.Page.Locator("td[data-head='Joined']").First.EvaluateAsync<string>("cell => getComputedStyle(cell, '::before').content"));
    }

    private async Task<string> ValueAsync(string sql)
    {
        await using var command = app.Services.GetRequiredService<DataSources>().Migrator.CreateCommand(sql);
        return (await command.ExecuteScalarAsync())!.ToString()!;
    }
}
