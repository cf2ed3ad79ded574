using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Sourcing.Data.Common;
using Sourcing.Data.Planning.Arithmetic;
using Sourcing.Data.Planning.Engine;
using Sourcing.Web.Planning;
using Sourcing.Web.Shared;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Planning;

public sealed class MaterialPageTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task The_table_shows_every_week_and_marks_what_is_short_and_what_is_planned()
    {
        var made = await Make.MaterialPlanAsync(database);
        await using var planner = await database.AsAsync(Role.Planner);
        await using var page = Page(planner);
        var cut = await OpenAsync(page, made);
        Assert.Equal(["W47now", "W4823 Nov", "W4930 Nov", "W507 Dec"], cut.FindAll(".phases thead th").Skip(1).Take(4).Select(h => h.TextContent));
        Assert.StartsWith("Later", cut.FindAll(".phases thead th")[^1].TextContent, StringComparison.Ordinal);
        Assert.Equal(["1,850", "1,920", "2,480", "2,610"], Row(cut, "Gross need").Take(4));
        Assert.Equal([Formats.Nothing, "3,000", Formats.Nothing], Row(cut, "Scheduled receipts").Take(3));
        Assert.Equal(["6,610", "7,690", "5,210", "2,600", "60", "760", "−690"], Row(cut, "Stock without plan").Take(7));
        var without = cut.FindAll(".phases tbody tr")[2].QuerySelectorAll("td");
        Assert.DoesNotContain("short", without[2].ClassName, StringComparison.Ordinal);
        Assert.Contains("short", without[3].ClassName, StringComparison.Ordinal);
        Assert.NotEmpty(cut.FindAll(".planned"));
    }

    [Fact]
    public async Task The_head_says_how_the_material_stands()
    {
        var made = await Make.MaterialPlanAsync(database);
        await using var planner = await database.AsAsync(Role.Planner);
        await using var page = Page(planner);
        var cut = await OpenAsync(page, made);
        var facts = cut.Find(".facts").TextContent;
        Assert.Contains("On hand8,460\u00a0kg", facts, StringComparison.Ordinal);
        Assert.Contains("On order6,000\u00a0kg", facts, StringComparison.Ordinal);
        Assert.Contains("Safety stock4,200\u00a0kg", facts, StringComparison.Ordinal);
        Assert.Contains($"Lead time{made.Result.RowOf(made.Yarn)!.LeadTimeDays} ± 5 days", facts, StringComparison.Ordinal);
        Assert.Contains("Late", cut.Find(".page-title").TextContent, StringComparison.Ordinal);
        Assert.Contains("critical", cut.Find(".page-title").TextContent, StringComparison.Ordinal);
        Assert.Equal(Links.NewWhatIfFor(made.Yarn), cut.FindAll("a").Single(a => a.TextContent.Contains("Try a what-if", StringComparison.Ordinal)).GetAttribute("href"));
    }

    [Fact]
    public async Task The_chart_says_in_words_what_it_draws()
    {
        var made = await Make.MaterialPlanAsync(database);
        await using var planner = await database.AsAsync(Role.Planner);
        await using var page = Page(planner);
        var words = (await OpenAsync(page, made)).Find("[role=img]").GetAttribute("aria-label");
        Assert.StartsWith("Projected stock from W47 to W05: lowest", words, StringComparison.Ordinal);
        Assert.Contains("safety stock of 4,200\u00a0kg", words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_figure_opens_what_it_is_made_of_and_the_lines_come_to_it()
    {
        var made = await Make.MaterialPlanAsync(database);
        await using var planner = await database.AsAsync(Role.Planner);
        await using var page = Page(planner);
        var cut = await OpenAsync(page, made);
        await PressAsync(cut, "Gross need, W47: 1,850");
        cut.WaitForAssertion(() => Assert.Contains("Sample run", cut.Find(".side-panel").TextContent, StringComparison.Ordinal));
        Assert.Equal("1,850", cut.Find(".side-panel tfoot td").TextContent);
        Assert.Equal(1850, Sum(cut));
        Assert.Contains("row=gross&at=0", page.Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
        Assert.Equal("true", cut.FindAll(".phases .phase")[0].GetAttribute("aria-expanded"));
    }

    [Fact]
    public async Task Stock_is_told_as_a_running_sum_with_its_safety_stock()
    {
        var made = await Make.MaterialPlanAsync(database);
        await using var planner = await database.AsAsync(Role.Planner);
        await using var page = Page(planner);
        var cut = await OpenAsync(page, made);
        await PressAsync(cut, "Stock without plan, W48: 7,690");
        cut.WaitForAssertion(() => Assert.Contains("Stock at the end of W47", cut.Find(".side-panel").TextContent, StringComparison.Ordinal));
        // 6,610 + 3,000 − 1,920.
        Assert.Equal(7690, Sum(cut));
        Assert.Contains("A reviewer’s figure", cut.Find(".side-panel").TextContent, StringComparison.Ordinal);
        Assert.Contains(cut.FindAll(".side-panel a"), a => a.GetAttribute("href") == Links.Order(made.OrderId));
    }

    [Theory]
    [InlineData(SafetyStockMethod.ServiceLevel, PlanDemandBasis.Exploded, "Sales of what it goes into, exploded over 104 weeks")]
    [InlineData(SafetyStockMethod.ServiceLevel, PlanDemandBasis.Backtest, "The backtest of its forecast")]
    [InlineData(SafetyStockMethod.ServiceLevel, null, "Nothing: the demand’s variation is unknown")]
    [InlineData(SafetyStockMethod.Intermittent, PlanDemandBasis.Sales, "Its own sales, 104 weeks")]
    public async Task A_safety_stock_says_what_its_variation_is_known_from(SafetyStockMethod method, PlanDemandBasis? basis, string words)
    {
        var stats = basis is { } known ? new PlanDemandStats(7, 50, known == PlanDemandBasis.Backtest ? 20 : null, 15)
        {
            Basis = known, Periods = 104, History = method == SafetyStockMethod.Intermittent ? [.. Enumerable.Range(0, 104).Select(t => t % 4 == 0 ? 100m : 0)] : [],
        } : null;
        var made = await Make.MaterialPlanAsync(database, input => input with
        {
            Materials = [.. input.Materials.Select(m => m.SafetyOverride is null ? m : m with { SafetyOverride = null, SafetyMethod = method, ServiceLevel = 0.9, Demand = stats })],
        });
        await using var planner = await database.AsAsync(Role.Planner);
        await using var page = Page(planner);
        var cut = await OpenAsync(page, made);
        await PressAsync(cut, "Stock without plan, W48: 7,690");
        cut.WaitForAssertion(() => Assert.Contains($"Known from{words}", cut.Find(".side-panel").TextContent, StringComparison.Ordinal));
        if (method == SafetyStockMethod.Intermittent)
        {
            Assert.Matches(@"90 % quantile over both[\d,]+00\skg", cut.Find(".side-panel").TextContent);
        }
    }

    [Fact]
    public async Task A_planned_receipt_says_how_its_quantity_came_about_and_for_whom()
    {
        var made = await Make.MaterialPlanAsync(database);
        await using var planner = await database.AsAsync(Role.Planner);
        await using var page = Page(planner);
        var cut = await OpenAsync(page, made);
        var planned = cut.FindAll(".phases tbody tr")[3].QuerySelectorAll("button").First(b => b.TextContent != Formats.Nothing);
        await PressAsync(cut, planned.GetAttribute("aria-label")!);
        cut.WaitForAssertion(() => Assert.NotEmpty(cut.FindAll(".side-panel .made-order")));
        var order = cut.Find(".side-panel .made-order");
        Assert.Contains("Net need", order.TextContent, StringComparison.Ordinal);
        Assert.Contains("order multiple", order.TextContent, StringComparison.Ordinal);
        var pegs = order.QuerySelectorAll("table")[^1];
        Assert.Equal(Figure(pegs.QuerySelector("tfoot td")!.TextContent), pegs.QuerySelectorAll("tbody td").Sum(c => Figure(c.TextContent)));
    }

    [Fact]
    public async Task One_figure_takes_the_tab_key_and_the_arrows_the_rest()
    {
        var made = await Make.MaterialPlanAsync(database);
        await using var planner = await database.AsAsync(Role.Planner);
        await using var page = Page(planner);
        var cut = await OpenAsync(page, made);
        Assert.NotNull(cut.Find("table[data-phases]"));
        Assert.Single(cut.FindAll(".phase[tabindex='0']"));
        Assert.Equal(7 * 13, cut.FindAll(".phase").Count);
    }

    [Fact]
    public async Task The_recommendation_says_from_whom_by_when_and_why()
    {
        var made = await Make.MaterialPlanAsync(database);
        await using var planner = await database.AsAsync(Role.Planner);
        await using var page = Page(planner);
        var cut = await OpenAsync(page, made);
        string Card() => cut.FindAll("section.panel").Single(p => p.GetAttribute("aria-label")!.StartsWith("Recommendation", StringComparison.Ordinal)).TextContent.Replace("\u2009", ",", StringComparison.Ordinal);
        cut.WaitForAssertion(() => Assert.Contains("Accept", Card(), StringComparison.Ordinal));
        var first = made.Result.Recommendations.Where(r => r.Material.Id == made.Yarn).OrderBy(r => r.Bucket).ThenBy(r => r.OrderBy).First();
        Assert.Contains(first.SupplierId == made.Kesmira ? made.KesmiraName : "Sunmere", Card(), StringComparison.Ordinal);
        Assert.Contains("8,460 kg on hand", Card(), StringComparison.Ordinal);
        cut.WaitForAssertion(() => Assert.NotEmpty(cut.FindAll(".needs > li")));
    }

    [Fact]
    public async Task Other_tabs_show_parents_and_suppliers()
    {
        var made = await Make.MaterialPlanAsync(database);
        await using var reader = await database.AsAsync(Role.ReadOnly);
        await using var page = Page(reader);
        var cut = await OpenAsync(page, made);
        Assert.DoesNotContain(cut.FindAll("a"), a => a.TextContent.Contains("what-if", StringComparison.Ordinal));
        cut.Render(p => p.Add(x => x.Tab, "where-used"));
        cut.WaitForAssertion(() => Assert.Contains("Jersey 160 g, navy", cut.Find("table").TextContent, StringComparison.Ordinal));
        cut.Render(p => p.Add(x => x.Tab, "suppliers"));
        cut.WaitForAssertion(() => Assert.Contains("24 days", cut.Find("table").TextContent, StringComparison.Ordinal));
        cut.Render(p => p.Add(x => x.Tab, "ledger"));
        cut.WaitForAssertion(() => Assert.Contains("Opening stock", cut.Find("table").TextContent, StringComparison.Ordinal));
        cut.Render(p => p.Add(x => x.Tab, "forecast"));
        cut.WaitForAssertion(() => Assert.Contains("Reservations", cut.Find("table").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_part_that_is_not_there_says_so()
    {
        await using var planner = await database.AsAsync(Role.Planner);
        await using var page = Page(planner);
        var cut = page.Render<MaterialPage>(p => p.Add(x => x.Id, Guid.CreateVersion7()));
        cut.WaitForAssertion(() => Assert.Contains("There is no such material", cut.Markup, StringComparison.Ordinal));
    }

    private static PageContext Page(TestScope scope)
    {
        var page = new PageContext(scope, ServiceDescriptor.Singleton(MadePlan.Clock));
        page.JSInterop.Setup<Radzen.Blazor.Rendering.Rect>("Radzen.createChart", _ => true).SetResult(new() { Width = 800, Height = 316 });
        return page;
    }

    private static async Task<IRenderedComponent<MaterialPage>> OpenAsync(PageContext page, MadePlan made)
    {
        page.Services.GetRequiredService<NavigationManager>().NavigateTo(Links.PlannedMaterial(made.Yarn, null, made.CycleId));
        var cut = page.Render<MaterialPage>(p => p.Add(x => x.Id, made.Yarn));
        cut.WaitForAssertion(() => Assert.Contains("Lead time", cut.Find(".facts").TextContent, StringComparison.Ordinal));
        return cut;
    }

    private static Task PressAsync(IRenderedComponent<MaterialPage> cut, string label) =>
        cut.InvokeAsync(() => cut.FindAll(".phase").Single(b => b.GetAttribute("aria-label") == label).ClickAsync(new()));

    private static IEnumerable<string> Row(IRenderedComponent<MaterialPage> cut, string title) =>
        cut.FindAll(".phases tbody tr").Single(r => r.QuerySelector("th")!.TextContent == title).QuerySelectorAll("td").Select(c => c.TextContent);

    private static decimal Sum(IRenderedComponent<MaterialPage> cut) => cut.Find(".side-panel table.made").QuerySelectorAll("tbody td").Sum(c => Figure(c.TextContent));

    private static decimal Figure(string text) =>
        decimal.Parse(text.Replace("−", "-", StringComparison.Ordinal), System.Globalization.NumberStyles.Number | System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.GetCultureInfo("en-GB"));
}
