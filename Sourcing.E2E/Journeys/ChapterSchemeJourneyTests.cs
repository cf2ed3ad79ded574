using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Sourcing.Data.Common;
using Sourcing.E2E.Support;
using static Microsoft.Playwright.Assertions;

namespace Sourcing.E2E.Journeys;

/// <summary>A leader copies a scheme, changes a step, tries it on past months and activates it; the report shows its name, and the months before keep theirs.</summary>
public sealed class ChapterSchemeJourneyTests(App app)
{
    [Fact]
    public async Task A_leader_makes_a_scheme_of_their_own_and_the_report_is_scored_by_it()
    {
        await using var leader = await app.SignInAsync("finn.okoye@example.test");
        var page = leader.Page;
        var chapter = await ValueAsync("select id from chapters where name = 'Hillside'");
        await leader.OpenAsync($"/chapters/schemes/{await ValueAsync("select id from score_schemes where key = 'taiwan' and chapter_id is null")}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Copy for a chapter" }).ClickAsync();
        await page.Locator("[role=dialog] [data-field=Name] input").FillAsync("Hillside, stricter");
        await page.GetByRole(AriaRole.Button, new() { Name = "Copy scheme" }).ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("Edit Hillside, stricter");

        // A step that gives less than an easier one is refused at its field; what was typed stays.
        var points = page.GetByRole(AriaRole.Group, new() { Name = "Rule 2, step 1", Exact = true }).Locator("[data-field=Points] input");
        await points.FillAsync("5");
        await points.PressAsync("Tab");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save draft" }).ClickAsync();
        await Expect(page.Locator(".field-error").First).ToContainTextAsync("has to give more than");
        await points.FillAsync("30");
        await points.PressAsync("Tab");
        await Expect(page.Locator(".scheme-most")).ToHaveTextAsync("110");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save draft" }).ClickAsync();
        await Expect(page.Locator(".page-title .pill")).ToHaveTextAsync("Draft");

        await page.GetByRole(AriaRole.Link, new() { Name = "Try on past months" }).ClickAsync();
        await Expect(page.Locator(".test-bands tbody")).ToHaveCountAsync(6);
        await page.GetByRole(AriaRole.Button, new() { Name = "Activate", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Activate scheme" }).ClickAsync();
        await Expect(page.Locator(".page-title .pill")).ToHaveTextAsync("Active");

        var running = DateOnly.Parse(await ValueAsync("select to_char(now() at time zone time_zone, 'YYYY-MM-01') from chapters where name = 'Hillside'"), CultureInfo.InvariantCulture);
        await leader.OpenAsync($"/chapters/{chapter}/report/{running:yyyy-MM}");
        await Expect(page.Locator(".facts")).ToContainTextAsync("Hillside, stricter v1");
        await Expect(page.Locator(".report-paper")).ToContainTextAsync("Points by Hillside, stricter v1");
        await leader.OpenAsync($"/chapters/{chapter}/report/{running.AddMonths(-1):yyyy-MM}");
        await Expect(page.Locator(".facts")).ToContainTextAsync("Hillside, our own v1");
    }

    private async Task<string> ValueAsync(string sql)
    {
        await using var command = app.Services.GetRequiredService<DataSources>().Migrator.CreateCommand(sql);
        return (await command.ExecuteScalarAsync())!.ToString()!;
    }
}
