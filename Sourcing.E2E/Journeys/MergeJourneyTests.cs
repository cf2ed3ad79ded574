using Microsoft.Playwright;
using Sourcing.E2E.Support;

namespace Sourcing.E2E.Journeys;

/// <summary>A part is in the catalog twice: found, compared, merged, and found again by the number that it no longer has.</summary>
public sealed class MergeJourneyTests(App app)
{
    [Fact]
    public async Task A_duplicate_is_found_compared_merged_and_found_by_its_old_number()
    {
        await using var visitor = await app.SignInAsync("tarek.olsson@example.test");
        var page = visitor.Page;
        var tag = Guid.CreateVersion7().ToString("N")[^6..];
        var (first, second) = ($"MRG-{tag}-2RS", $"MRG {tag} 2rs");
        var kept = await AddAsync(visitor, first, $"Merge bearing {tag}");
        await AddAsync(visitor, second, $"Merge bearing {tag}, sealed");

        await visitor.OpenAsync("/parts/duplicates");
        await LookAsync(visitor);
        await page.GetByRole(AriaRole.Link, new() { Name = $"Compare {first} with {second}" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync($"Merge {second} into {first}");
        await Assertions.Expect(page.GetByRole(AriaRole.Region, new() { Name = "What differs" })).ToContainTextAsync(second);
        await LookAsync(visitor);
        await page.GetByRole(AriaRole.Button, new() { Name = "Merge parts" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Merge parts" }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex($"/parts/{kept}"));

        await visitor.OpenAsync($"/parts?q={Uri.EscapeDataString(second)}");
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = first })).ToBeVisibleAsync();
        await visitor.OpenAsync($"/parts/{kept}/history");
        await Assertions.Expect(page.GetByText($"Show the history of {second}")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = $"Show the history of {second}" }).ClickAsync();
        await Assertions.Expect(page.Locator(".history").Nth(1)).ToContainTextAsync($"Merge bearing {tag}, sealed");
    }

    // On the desk and on the telephone.
    private static async Task LookAsync(Visitor visitor)
    {
        Assert.Empty(await visitor.FindingsAsync());
        await visitor.Page.SetViewportSizeAsync(390, 844);
        Assert.Empty(await visitor.FindingsAsync());
        await visitor.Page.SetViewportSizeAsync(1440, 900);
    }

    private static async Task<string> AddAsync(Visitor visitor, string number, string name)
    {
        await visitor.OpenAsync("/parts/new");
        var page = visitor.Page;
        await page.GetByLabel("Number", new() { Exact = true }).FillAsync(number);
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync(name);
        await page.Locator("[data-field=UnitId] select").SelectOptionAsync(new SelectOptionValue { Label = "pcs, Piece" });
        await page.GetByRole(AriaRole.Button, new() { Name = "Save part" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync(name);
        return new Uri(page.Url).Segments[^1];
    }
}
