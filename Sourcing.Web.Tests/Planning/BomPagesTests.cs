using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Sourcing.Data.Common;
using Sourcing.Data.Planning;
using Sourcing.Web.Planning;
using Sourcing.Web.Tests.Support;
using static Sourcing.Web.Tests.Planning.BomMaker;

namespace Sourcing.Web.Tests.Planning;

/// <summary>The pages of bills of materials on the real services and a real database.</summary>
public sealed class BomPagesTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_part_without_one_gets_a_bill_of_materials_whose_shares_are_summed_as_they_are_typed()
    {
        var world = await database.StockWorldAsync();
        var parts = await database.PartsAsync(world.Kg, 2);
        await using var planner = database.As(world.Planner);
        await using var pages = new PageContext(planner);
        var page = pages.Render<BomPage>(p => p.Add(x => x.PartId, parts[0]));
        page.WaitForAssertion(() => Assert.Contains("No bill of materials", page.Markup, StringComparison.Ordinal));
        await page.PressAsync("Make a bill of materials");
        page.WaitForElement("[aria-label='Component of line 1']");
        await ChooseAsync(page, 1, world.Number);
        page.WaitForAssertion(() => Assert.Equal(world.Kg.ToString(), page.Find("[aria-label='Unit of line 1']").GetAttribute("value")));
        await page.TypeAsync("[aria-label='Unit of line 1']", "share");
        await page.TypeAsync("[aria-label='Quantity of line 1']", "97");
        page.WaitForAssertion(() => Assert.Contains("Rounded: −3.00", page.Find(".bom-shares").TextContent, StringComparison.Ordinal));
        await ChooseAsync(page, 2, await database.NumberAsync(parts[1]));
        await page.TypeAsync("[aria-label='Unit of line 2']", "share");
        await page.TypeAsync("[aria-label='Quantity of line 2']", "3");
        page.WaitForAssertion(() => Assert.Contains("Complete", page.Find(".bom-shares").TextContent, StringComparison.Ordinal));
        await page.InvokeAsync(() => page.Find("form").SubmitAsync());
        page.WaitForAssertion(() => Assert.Contains("saved", string.Join(' ', pages.Toasts.Open.Select(t => t.Text)), StringComparison.Ordinal));
        Assert.Equal([0.97m, 0.03m], (await planner.Get<BomQueries>().DetailsAsync(parts[0], _ct)).Lines.Select(l => l.Quantity));
    }

    [Fact]
    public async Task A_refused_line_keeps_what_was_typed_and_says_why_below_it()
    {
        var world = await database.StockWorldAsync();
        var parts = await database.PartsAsync(world.Kg, 2);
        await using var planner = database.As(world.Planner);
        await planner.MakeAsync(parts[0], Line(parts[1], 2, world.Kg));
        await using var pages = new PageContext(planner);
        var page = pages.Render<BomPage>(p => p.Add(x => x.PartId, parts[1]));
        page.WaitForAssertion(() => Assert.Contains("No bill of materials", page.Markup, StringComparison.Ordinal));
        await page.PressAsync("Make a bill of materials");
        page.WaitForElement("[aria-label='Component of line 1']");
        await ChooseAsync(page, 1, await database.NumberAsync(parts[0]));
        await page.TypeAsync("[aria-label='Quantity of line 1']", "4");
        await page.InvokeAsync(() => page.Find("form").SubmitAsync());
        var path = $"{await database.NumberAsync(parts[1])} → {await database.NumberAsync(parts[0])} → {await database.NumberAsync(parts[1])}";
        page.WaitForAssertion(() => Assert.Contains(path, page.Find(".line-faults").TextContent, StringComparison.Ordinal));
        Assert.Equal("4", page.Find("[aria-label='Quantity of line 1']").GetAttribute("value"));
        Assert.False((await planner.Get<BomQueries>().DetailsAsync(parts[1], _ct)).IsMade);
    }

    [Fact]
    public async Task The_levels_open_and_close_and_follow_the_quantity_in_the_address()
    {
        var world = await database.StockWorldAsync();
        var parts = await database.PartsAsync(world.Kg, 3);
        await using var planner = database.As(world.Planner);
        await planner.MakeAsync(parts[1], Line(parts[2], 3, world.Kg));
        await planner.MakeAsync(parts[0], Line(parts[1], 2, world.Kg));
        await using var pages = new PageContext(planner);
        var navigation = pages.Services.GetRequiredService<NavigationManager>();
        navigation.NavigateTo(Links.BomLevels(parts[0], 10, new(2027, 1, 15)));
        var page = pages.Render<BomPage>(p => p.Add(x => x.PartId, parts[0]).Add(x => x.Tab, "levels"));
        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll(".bom-tree tbody tr").Count));
        Assert.Contains("60", page.FindAll(".bom-tree tbody tr")[1].TextContent, StringComparison.Ordinal); // 10 × 2 × 3.
        Assert.Contains(await database.NumberAsync(parts[2]), page.Find(".notice").TextContent, StringComparison.Ordinal); // Its price is missing.
        await page.InvokeAsync(() => page.Find("button.bom-toggle").ClickAsync(new()));
        page.WaitForAssertion(() => Assert.Single(page.FindAll(".bom-tree tbody tr")));
        Assert.Equal("false", page.Find("button.bom-toggle").GetAttribute("aria-expanded"));
        await page.TypeAsync("#bom-quantity", "5");
        Assert.EndsWith(Links.BomLevels(parts[0], 5, new(2027, 1, 15)), navigation.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_component_is_replaced_from_where_it_is_used()
    {
        var world = await database.StockWorldAsync();
        var parts = await database.PartsAsync(world.Kg, 3);
        await using var planner = database.As(world.Planner);
        await planner.MakeAsync(parts[0], Line(parts[1], 2, world.Kg));
        await using var pages = new PageContext(planner);
        var page = pages.Render<BomPage>(p => p.Add(x => x.PartId, parts[1]).Add(x => x.Tab, "where-used"));
        var parent = await database.NumberAsync(parts[0]);
        page.WaitForAssertion(() => Assert.Contains(parent, page.Find(".bom-tree").TextContent, StringComparison.Ordinal));
        await page.PressAsync("Replace everywhere");
        page.WaitForElement("[data-field=ReplacementId] input");
        await page.InvokeAsync(async () => await page.Find("[data-field=ReplacementId] input").InputAsync(await database.NumberAsync(parts[2])));
        page.WaitForElement("[role=option]");
        await page.InvokeAsync(() => page.Find("[data-field=ReplacementId] input").KeyDownAsync("Enter"));
        await page.TypeAsync("[data-field=From] input", "2020-01-01");
        await page.InvokeAsync(() => page.Find("form").SubmitAsync());
        page.WaitForAssertion(() => Assert.Contains("Nothing is made of it", page.Markup, StringComparison.Ordinal));
        Assert.Equal(2, (await planner.Get<BomQueries>().DetailsAsync(parts[0], _ct)).Lines.Count);
    }

    [Fact]
    public async Task The_list_and_the_cycles_show_themselves_and_a_reader_gets_a_table()
    {
        var world = await database.StockWorldAsync();
        var parts = await database.PartsAsync(world.Kg, 3);
        var numbers = await Task.WhenAll(parts.Select(database.NumberAsync));
        await using (var planner = database.As(world.Planner))
        {
            await planner.MakeAsync(parts[2], Share(world.Part, 50));
        }

        await database.ImportedLineAsync(parts[0], parts[1], world.Kg);
        await database.ImportedLineAsync(parts[1], parts[0], world.Kg);
        await using var reader = await database.AsAsync(Role.ReadOnly);
        await using var pages = new PageContext(reader);
        var list = pages.Render<BomsPage>();
        list.WaitForAssertion(() => Assert.Contains(numbers[2], list.Find("table").TextContent, StringComparison.Ordinal));
        Assert.Contains("Incomplete", list.FindAll("tbody tr").Single(r => r.TextContent.Contains(numbers[2], StringComparison.Ordinal)).TextContent, StringComparison.Ordinal);
        Assert.Contains("Cycle", list.FindAll("tbody tr").Single(r => r.TextContent.Contains(numbers[0], StringComparison.Ordinal)).TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("New bill of materials", list.Markup, StringComparison.Ordinal);

        pages.Services.GetRequiredService<NavigationManager>().NavigateTo(Links.BomCycles);
        var cycles = pages.Render<BomsPage>();
        cycles.WaitForAssertion(() => Assert.Contains(cycles.FindAll(".bom-path"), c => c.TextContent.Contains($"{numbers[0]} → {numbers[1]}", StringComparison.Ordinal) || c.TextContent.Contains($"{numbers[1]} → {numbers[0]}", StringComparison.Ordinal)));

        var page = pages.Render<BomPage>(p => p.Add(x => x.PartId, parts[2]));
        page.WaitForAssertion(() => Assert.Contains(world.Number, page.Find("table").TextContent, StringComparison.Ordinal));
        Assert.Empty(page.FindAll("form"));
        Assert.Contains("Incomplete: 50.00", page.Find(".bom-shares").TextContent, StringComparison.Ordinal);
        var bought = pages.Render<BomPage>(p => p.Add(x => x.PartId, world.Part));
        bought.WaitForAssertion(() => Assert.Contains("counts as bought", bought.Markup, StringComparison.Ordinal));
        Assert.Empty(bought.FindAll("button.btn-primary"));
    }

    private static async Task ChooseAsync(IRenderedComponent<BomPage> page, int line, string number)
    {
        await page.InvokeAsync(() => page.Find($"[aria-label='Component of line {line}']").InputAsync(number));
        page.WaitForElement("[role=option]");
        await page.InvokeAsync(() => page.Find($"[aria-label='Component of line {line}']").KeyDownAsync("Enter"));
        page.WaitForAssertion(() => Assert.StartsWith(number, page.Find($"[aria-label='Component of line {line}']").GetAttribute("value"), StringComparison.Ordinal));
    }
}
