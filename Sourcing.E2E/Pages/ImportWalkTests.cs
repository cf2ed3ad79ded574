using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Sourcing.E2E.Support;

namespace Sourcing.E2E.Pages;

/// <summary>An import with errors in its file, step by step, as it looks on a screen and on a telephone.</summary>
public sealed class ImportWalkTests(App app)
{
    [Theory]
    [InlineData(1440, false)]
    [InlineData(390, true)]
    public async Task Each_step_shows_itself_and_the_outcome_stands_in_the_button(int width, bool dark)
    {
        await using var buyer = await app.SignInAsync("mira.holsten@example.test", width, dark);
        var page = buyer.Page;
        var findings = new List<string>();
        var mark = $"{width}{(dark ? "D" : "L")}";
        var file = $"Part number;Name;Type;Unit;Standard cost\nWALK-{mark}-1;First ring;Component;pcs;3,20\nWALK-{mark}-2;;Component;pcs;1,10\nWALK-{mark}-3;Third ring;Component;barrel;2,50\nWALK-{mark}-4;Fourth ring;Component;pcs;4,75\n";

        await buyer.OpenAsync("/imports/new?kind=parts");
        findings.AddRange(await buyer.FindingsAsync());
        await buyer.ChooseFileAsync(new() { Name = $"rings {mark}.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(file) });
        await page.WaitForURLAsync(new Regex("/imports/[0-9a-f-]{36}"));
        var check = page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Check 4 rows") });
        await Assertions.Expect(check).ToBeEnabledAsync();
        findings.AddRange(await buyer.FindingsAsync());

        await check.ClickAsync();
        var import = page.GetByRole(AriaRole.Button, new() { NameRegex = new(@"^Import \d+ rows?$") });
        await Assertions.Expect(import).ToHaveTextAsync(new Regex("Import 2 rows"));
        await Assertions.Expect(page.Locator("table.check-rows tbody tr")).ToHaveCountAsync(2);
        // A head stands above its column.
        var (head, cell) = (await page.Locator("table.check-rows thead th").First.BoundingBoxAsync(), await page.Locator("table.check-rows tbody td").First.BoundingBoxAsync());
        Assert.Equal((head!.X, head.Y + head.Height), (cell!.X, cell.Y));
        findings.AddRange(await buyer.FindingsAsync());

        // Mended in the cell: one row more is ready, and the button says so.
        await page.GetByLabel("Name in row 3").FillAsync("Second ring");
        await page.GetByLabel("Name in row 3").PressAsync("Enter");
        await Assertions.Expect(import).ToHaveTextAsync(new Regex("Import 3 rows"));
        await import.ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Undo import" })).ToBeVisibleAsync();
        findings.AddRange(await buyer.FindingsAsync());
        await buyer.OpenAsync("/imports");
        findings.AddRange(await buyer.FindingsAsync());
        Assert.True(findings.Count == 0, string.Join(Environment.NewLine, findings));
    }
}
