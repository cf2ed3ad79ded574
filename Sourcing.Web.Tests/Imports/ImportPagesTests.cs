using AngleSharp.Dom;
using Bunit;
using Sourcing.Data.Common;
using Sourcing.Data.Imports;
using Sourcing.Web.Imports;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Imports;

public sealed class ImportPagesTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private const string Parts = "Part number,Name,Type,Unit,Standard cost\n";

    [Fact]
    public async Task A_rejected_cell_is_shown_with_its_reason_and_mended_in_place()
    {
        await using var scope = await BuyerAsync();
        var desk = new ImportDesk(scope);
        var run = await desk.CheckAsync("parts", Parts + "PG-1,One,component,pcs,1\nPG-2,Two,component,pieces of eight,2\n,Three,component,pcs,3\n");
        await using var page = new PageContext(scope);
        var cut = page.Render<ImportPage>(p => p.Add(x => x.Id, run.Id));
        cut.WaitForElement("td.wrong input");
        Assert.Equal(["Unit in row 3", "Part number in row 4"], cut.FindAll("td.wrong input").Select(i => i.GetAttribute("aria-label")!));
        Assert.All(cut.FindAll("td.wrong input"), i => Assert.Equal("true", i.GetAttribute("aria-invalid")));
        Assert.Equal("pieces of eight", cut.Find("[aria-label='Unit in row 3']").GetAttribute("value"));
        Assert.Contains("No unit “pieces of eight”", Why(cut, 3), StringComparison.Ordinal);
        Assert.Contains("Part number is missing", Why(cut, 4), StringComparison.Ordinal);
        Assert.Equal("Import 1 row", ImportButton(cut));

        // Mended wrongly: what was typed stays, with the new reason.
        await cut.TypeAsync("[aria-label='Unit in row 3']", "dozen");
        cut.WaitForAssertion(() => Assert.Contains("No unit “dozen”", Why(cut, 3), StringComparison.Ordinal));
        Assert.Equal("Import 1 row", ImportButton(cut));

        await cut.TypeAsync("[aria-label='Unit in row 3']", "pcs");
        cut.WaitForAssertion(() => Assert.Equal("Import 2 rows", ImportButton(cut)));
        Assert.Single(cut.FindAll("td.wrong input"));
        await cut.TypeAsync("[aria-label='Part number in row 4']", "PG-3");
        cut.WaitForAssertion(() => Assert.Equal("Import 3 rows", ImportButton(cut)));
        cut.WaitForAssertion(() => Assert.Contains("No row needs attention", cut.Markup, StringComparison.Ordinal));

        await cut.PressAsync("Import 3 rows");
        Assert.Equal(ImportStatus.Done, (await desk.WorkAsync(run.Id)).Status);
        Assert.Equal(3L, await database.ScalarAsync<long>("select count(*) from parts where number like 'PG-%'"));
    }

    [Fact]
    public async Task The_text_offered_mends_every_row_that_has_the_same()
    {
        await using var scope = await BuyerAsync();
        var run = await new ImportDesk(scope).CheckAsync("parts", Parts + "PU-1,One,component,PCS,1\nPU-2,Two,component,PCS,2\n");
        await using var page = new PageContext(scope);
        var cut = page.Render<ImportPage>(p => p.Add(x => x.Id, run.Id));
        cut.WaitForElement("td.wrong input");
        Assert.True(cut.Button("Import 0 rows").HasAttribute("disabled"));
        await cut.InvokeAsync(() => cut.FindAll("button.link").First(b => b.TextContent == "Use pcs in 2 rows").ClickAsync(new()));
        cut.WaitForAssertion(() => Assert.Equal("Import 2 rows", ImportButton(cut)));
    }

    [Fact]
    public async Task A_row_taken_out_leaves_the_button_with_the_others()
    {
        await using var scope = await BuyerAsync();
        var run = await new ImportDesk(scope).CheckAsync("parts", Parts + "PT-1,One,component,pcs,1\nPT-2,,component,pcs,2\n");
        await using var page = new PageContext(scope);
        var cut = page.Render<ImportPage>(p => p.Add(x => x.Id, run.Id));
        cut.WaitForElement("td.wrong input");
        await cut.PressAsync("Take row out");
        cut.WaitForAssertion(() => Assert.Contains("No row needs attention", cut.Markup, StringComparison.Ordinal));
        Assert.Equal("Import 1 row", ImportButton(cut));
        Assert.Contains("1 set aside", cut.Markup, StringComparison.Ordinal);
    }

    private static string Why(IRenderedComponent<ImportPage> page, int row) => page.FindAll("table.check-rows tbody tr").Single(r => r.Children[0].TextContent == $"{row}").QuerySelector("td.why")!.TextContent;

    private static string ImportButton(IRenderedComponent<ImportPage> page) => page.Find(".wizard-foot .btn-primary").LastChild!.TextContent.Trim();

    private async Task<TestScope> BuyerAsync()
    {
        var scope = await database.AsAsync(Role.Buyer);
        if (await database.ScalarAsync<long>("select count(*) from units where code = 'pcs'") == 0)
        {
            await new ImportDesk(scope).ImportAsync("units", "Code,Name,Dimension,Factor\npcs,Pieces,count,1\n");
        }

        return scope;
    }
}
