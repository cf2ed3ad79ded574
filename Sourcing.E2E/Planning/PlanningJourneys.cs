using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Sourcing.E2E.Support;

namespace Sourcing.E2E.Planning;

/// <summary>A planner's day: runs a plan, opens what is urgent, walks its table by keys, and reads what a figure is made of.</summary>
[Collection("Plans")]
public sealed class PlanningJourneys(App app)
{
    [Fact]
    public async Task A_planner_runs_a_plan_and_walks_a_materials_table_by_keys()
    {
        await using var planner = await app.SignInAsync("jonas.reker@example.test");
        await planner.OpenAsync("/planning");
        await planner.Page.GetByRole(AriaRole.Button, new() { Name = "Run plan" }).ClickAsync();
        await Assertions.Expect(planner.Page.Locator(".toast")).ToContainTextAsync("is finished", new() { Timeout = 120_000 });
        Assert.Empty(await planner.FindingsAsync());
        await planner.Page.Locator("main a.row-link[href^='/planning/materials/']").First.ClickAsync();
        await planner.ReadyAsync();

        var table = planner.Page.Locator("table[data-phases]");
        await table.Locator(".phase").First.FocusAsync();
        await planner.Page.Keyboard.PressAsync("ArrowDown");
        await planner.Page.Keyboard.PressAsync("ArrowRight");
        await Assertions.Expect(planner.Page.Locator(".phase:focus")).ToHaveAttributeAsync("aria-label", new Regex("^Scheduled receipts, W"));
        await planner.Page.Keyboard.PressAsync("End");
        await Assertions.Expect(planner.Page.Locator(".phase:focus")).ToHaveAttributeAsync("aria-label", new Regex("^Scheduled receipts, Later"));
        await planner.Page.Keyboard.PressAsync("Home");
        await planner.Page.Keyboard.PressAsync("ArrowDown");
        await Assertions.Expect(planner.Page.Locator(".phase:focus")).ToHaveAttributeAsync("aria-label", new Regex("^Stock without plan, W"));
        await Assertions.Expect(table.Locator(".phase[tabindex='0']")).ToHaveCountAsync(1);

        await planner.Page.Keyboard.PressAsync("Enter");
        var panel = planner.Page.Locator(".side-panel");
        await Assertions.Expect(panel).ToContainTextAsync("Usable on hand");
        Assert.Empty(await planner.FindingsAsync());
        await planner.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(panel).ToHaveCountAsync(0);
    }
}
