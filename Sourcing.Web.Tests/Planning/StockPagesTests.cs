using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Sourcing.Data.Common;
using Sourcing.Data.Planning;
using Sourcing.Web.Catalog;
using Sourcing.Web.Planning;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Planning;

/// <summary>The pages of stock on the real services and a real database.</summary>
public sealed class StockPagesTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_count_converts_as_it_is_typed_and_lands_in_the_ledger()
    {
        var world = await database.StockWorldAsync();
        await using var planner = database.As(world.Planner);
        await planner.CountAsync(world.Part, 500, world.Kg);
        await using var pages = new PageContext(planner);
        var page = pages.Render<StockPage>(p => p.Add(x => x.PartId, world.Part));
        page.WaitForAssertion(() => Assert.Contains($"500\u00a0{world.KgCode}", page.Find(".facts").TextContent, StringComparison.Ordinal));
        await page.PressAsync("Count stock");
        page.WaitForElement("[data-field=Counted] input");
        await page.TypeAsync("[data-field=Counted] input", "12");
        await page.TypeAsync("[data-field=UnitId] select", world.Roll.ToString());
        page.WaitForAssertion(() => Assert.Contains($"That is 540\u00a0{world.KgCode}", page.Find("[role=status].stock-says").TextContent, StringComparison.Ordinal));
        Assert.Contains("+40", page.Find("[role=status].stock-says").TextContent, StringComparison.Ordinal);
        await page.InvokeAsync(() => page.Find("form").SubmitAsync());
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("form")));
        var first = page.Find("tbody tr").TextContent;
        Assert.Contains("Counted", first, StringComparison.Ordinal);
        Assert.Contains("+40", first, StringComparison.Ordinal);
        Assert.Contains("540", first, StringComparison.Ordinal);
        Assert.Contains($"12 {world.RollCode}", first, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_count_of_stock_that_moved_meanwhile_is_kept_and_saved_on_a_second_word()
    {
        var world = await database.StockWorldAsync();
        await using var planner = database.As(world.Planner);
        await planner.CountAsync(world.Part, 100, world.Kg);
        await using var pages = new PageContext(planner);
        bool? changed = null;
        var panel = pages.Render<StockCountPanel>(p => p.Add(x => x.Open, true).Add(x => x.PartId, world.Part).Add(x => x.Closed, c => changed = c));
        panel.WaitForElement("[data-field=Counted] input");
        await panel.TypeAsync("[data-field=Counted] input", "95");
        await planner.MoveAsync(world.Part, StockAct.Issue, 8, world.Kg);
        await panel.InvokeAsync(() => panel.Find("form").SubmitAsync());
        panel.WaitForAssertion(() => Assert.Contains("Stock moved while you counted: the ledger says 92", panel.Find("[role=alert]").TextContent, StringComparison.Ordinal));
        Assert.Equal("95", panel.Find("[data-field=Counted] input").GetAttribute("value"));
        Assert.Equal(92m, await planner.OnHandAsync(world.Part));
        await panel.InvokeAsync(() => panel.Find("form").SubmitAsync());
        panel.WaitForAssertion(() => Assert.True(changed));
        Assert.Equal(95m, await planner.OnHandAsync(world.Part));
    }

    [Fact]
    public async Task Issuing_below_zero_warns_and_reserving_shows_what_is_free()
    {
        var world = await database.StockWorldAsync();
        await using var planner = database.As(world.Planner);
        await planner.CountAsync(world.Part, 10, world.Kg);
        await planner.ReserveAsync(world.Part, 4, world.Kg, "Loom 9");
        await using var pages = new PageContext(planner);
        var page = pages.Render<StockPage>(p => p.Add(x => x.PartId, world.Part));
        page.WaitForAssertion(() => Assert.Contains("Loom 9", page.Markup, StringComparison.Ordinal));
        await page.PressAsync("Issue");
        page.WaitForElement("[data-field=Quantity] input");
        await page.TypeAsync("[data-field=Quantity] input", "12");
        page.WaitForAssertion(() => Assert.Contains("That is below 0", page.Find("[role=status].stock-says").TextContent, StringComparison.Ordinal));
        Assert.Contains("Loom 9", page.Find("[data-field=ReservationId]").TextContent, StringComparison.Ordinal);
        await page.InvokeAsync(() => page.Find("form").SubmitAsync());
        page.WaitForAssertion(() => Assert.Contains("Negative", page.Find(".page-title").TextContent, StringComparison.Ordinal));

        await page.PressAsync("Reserve");
        page.WaitForElement("[data-field=Reference] input");
        await page.TypeAsync("[data-field=Quantity] input", "3");
        page.WaitForAssertion(() => Assert.Contains("more than is free", page.Find("[role=status].stock-says").TextContent, StringComparison.Ordinal));
        await page.InvokeAsync(() => page.Find("form").SubmitAsync());
        page.WaitForAssertion(() => Assert.Contains("Say what it is reserved for", page.Find(".field-error").TextContent, StringComparison.Ordinal));
        await page.TypeAsync("[data-field=Reference] input", "Order 12");
        await page.InvokeAsync(() => page.Find("form").SubmitAsync());
        page.WaitForAssertion(() => Assert.Contains("Order 12", page.Find(".stock-list").TextContent, StringComparison.Ordinal));
        await page.InvokeAsync(() => page.Find("[aria-label='Release reservation for Loom 9']").ClickAsync(new()));
        page.WaitForAssertion(() => Assert.DoesNotContain("Loom 9", page.Markup, StringComparison.Ordinal));
        Assert.Equal(3m, (await planner.Get<StockQueries>().DetailsAsync(world.Part, _ct)).Allocated);
    }

    [Fact]
    public async Task The_list_narrows_by_state_and_a_part_without_stock_is_counted_from_it()
    {
        var world = await database.StockWorldAsync();
        var low = await database.StockPartAsync(world.Kg, "Low yarn");
        await using var planner = database.As(world.Planner);
        await planner.CountAsync(low, 3, world.Kg);
        await database.SqlAsync("update inventory set safety_stock = 5 where part_id = $1", low);
        await using var pages = new PageContext(planner);
        var navigation = pages.Services.GetRequiredService<NavigationManager>();
        navigation.NavigateTo("/inventory?f.state=below%20safety");
        var page = pages.Render<InventoryPage>();
        page.WaitForAssertion(() => Assert.Contains("Low yarn", page.Find("table").TextContent, StringComparison.Ordinal));
        page.WaitForAssertion(() => Assert.Contains("Below safety stock", page.Find("tbody tr .pill").TextContent, StringComparison.Ordinal));
        page.WaitForAssertion(() => Assert.Equal("page", page.FindAll("a.tab").Single(a => a.TextContent.StartsWith("Below safety stock", StringComparison.Ordinal)).GetAttribute("aria-current")));
        Assert.Contains(page.FindAll("a.tab"), a => a.GetAttribute("href") == Links.InventoryToMend);

        await page.PressAsync("Count stock");
        page.WaitForElement("[data-field=PartId] input");
        await page.InvokeAsync(() => page.Find("[data-field=PartId] input").InputAsync(world.Number));
        page.WaitForElement("[role=option]");
        await page.InvokeAsync(() => page.Find("[data-field=PartId] input").KeyDownAsync("Enter"));
        page.WaitForElement("[data-field=Counted] input");
        Assert.Contains("this count begins it", page.Find(".stock-says").TextContent, StringComparison.Ordinal);
        await page.TypeAsync("[data-field=Counted] input", "7.25");
        await page.InvokeAsync(() => page.Find("form").SubmitAsync());
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("form.stock-form")));
        Assert.Equal(7.25m, await planner.OnHandAsync(world.Part));
    }

    [Fact]
    public async Task What_is_to_be_mended_stands_in_panels_with_the_way_to_do_it()
    {
        var world = await database.StockWorldAsync();
        await using var planner = database.As(world.Planner);
        await planner.MoveAsync(world.Part, StockAct.Issue, 2, world.Kg);
        await using var pages = new PageContext(planner);
        pages.Services.GetRequiredService<NavigationManager>().NavigateTo("/inventory?tab=mend");
        var page = pages.Render<InventoryPage>();
        page.WaitForAssertion(() => Assert.Contains("Negative stock", page.Markup, StringComparison.Ordinal));
        Assert.Contains(page.FindAll("a"), a => a.TextContent == world.Number && a.GetAttribute("href") == Links.Stock(world.Part));
    }

    [Fact]
    public async Task Those_who_only_read_find_no_buttons_and_sales_find_no_stock_on_the_part()
    {
        var world = await database.StockWorldAsync();
        await using (var planner = database.As(world.Planner))
        {
            await planner.CountAsync(world.Part, 321.25m, world.Kg);
        }

        await using var reader = await database.AsAsync(Role.ReadOnly);
        await using (var pages = new PageContext(reader))
        {
            var page = pages.Render<StockPage>(p => p.Add(x => x.PartId, world.Part));
            page.WaitForAssertion(() => Assert.Contains("321.25", page.Find(".facts").TextContent, StringComparison.Ordinal));
            Assert.Empty(page.FindAll(".page-head .actions button"));
            var part = pages.Render<PartPage>(p => p.Add(x => x.Id, world.Part));
            part.WaitForAssertion(() => Assert.Contains("321.25", part.Markup, StringComparison.Ordinal));
            Assert.Contains(part.FindAll("a"), a => a.GetAttribute("href") == Links.Stock(world.Part));
            Assert.Contains(part.FindAll("a"), a => a.GetAttribute("href") == Links.Bom(world.Part, "where-used"));
        }

        await using var sales = await database.AsAsync(Role.SalesRep);
        await using var others = new PageContext(sales);
        var seen = others.Render<PartPage>(p => p.Add(x => x.Id, world.Part));
        seen.WaitForAssertion(() => Assert.Contains("Combed cotton yarn", seen.Find("h1").TextContent, StringComparison.Ordinal));
        Assert.DoesNotContain("321.25", seen.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain(seen.FindAll("a"), a => a.GetAttribute("href")?.StartsWith("/inventory", StringComparison.Ordinal) == true || a.GetAttribute("href")?.StartsWith("/boms", StringComparison.Ordinal) == true);
    }
}
