using Bunit;
using Sourcing.Data.Common;
using Sourcing.Data.Imports;
using Sourcing.Data.Imports.Kinds;
using Sourcing.Web.Imports;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Imports.Planning;

public sealed class PlanningPagesTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly string[] Kinds = ["materials", "material_suppliers", "bom", "stock", "open_orders", "demand", "forecasts", "sales_orders", "sales"];
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_planners_files_are_offered_to_planners_alone()
    {
        await using var planner = await database.AsAsync(Role.Planner);
        await using var buyer = await database.AsAsync(Role.Buyer);
        Assert.Equal(Kinds, await OfferedAsync(planner));
        Assert.Empty((await OfferedAsync(buyer)).Intersect(Kinds));
        foreach (var kind in Kinds)
        {
            Assert.Equal(Permission.PlanningWrite, ImportKinds.Get(kind).Permission);
            await Assert.ThrowsAsync<DeniedException>(() => new ImportDesk(buyer).UploadAsync(kind, "a,b\n1,2\n"));
        }
    }

    [Fact]
    public async Task Each_file_is_recognised_by_a_mapping_that_comes_with_the_app()
    {
        await using var plan = await PlanDesk.OpenAsync(database);
        foreach (var (kind, file) in new[]
        {
            ("bom", "bom-shares.csv"), ("bom", "bom-percent.csv"), ("bom", "bom-quantities.csv"), ("stock", "stock-yarn.csv"), ("stock", "stock-materials.csv"), ("forecasts", "forecasts.csv"), ("sales", "sales.csv"),
            ("sales_orders", "sales-orders.csv"), ("open_orders", "open-orders.csv"), ("open_orders", "open-orders-weeks.csv"), ("demand", "demand-yarn.csv"), ("demand", "demand-styles.csv"), ("materials", "materials.csv"),
            ("material_suppliers", "suppliers.csv"), ("material_suppliers", "material-suppliers.csv"),
        })
        {
            using var content = PlanDesk.File(file);
            var run = await plan.Desk.DetailsAsync(await plan.Desk.UploadAsync(kind, content));
            var choices = await plan.Desk.Queries.MappingsAsync(kind, run.Profile, _ct);
            Assert.Contains(choices, c => c is { Fits: true, Id: null } && c.Definition.Columns.Count == run.Mapping.Columns.Count && !c.Definition.Columns.Except(run.Mapping.Columns).Any());
        }
    }

    [Fact]
    public async Task A_grid_is_matched_by_group_with_the_row_of_its_heads_and_the_day_of_the_list()
    {
        await using var plan = await PlanDesk.OpenAsync(database);
        using var file = PlanDesk.File("demand-yarn.csv");
        var id = await plan.Desk.UploadAsync("demand", file);
        await using var page = new PageContext(plan.Scope);
        var cut = page.Render<ImportPage>(p => p.Add(x => x.Id, id));
        cut.WaitForElement("[aria-label='Column for Demand by week']");
        Assert.Equal("3", cut.Find("input[type=number]").GetAttribute("value"));
        Assert.Equal(
            ["Not in the file", "Demand, by week or day: Demand This Week to Demand Week 1 (3 columns)", "Receipts, by week or day: Receipts This Week to Receipts Week 1 (3 columns)", "Balance, by week or day: Balance This Week to Balance Week 1 (3 columns)"],
            cut.FindAll("[aria-label='Column for Demand by week'] option").Select(o => o.TextContent));
        Assert.Contains("Not imported: Supplier, Description, Column 7, Column 11, Notes.", cut.Markup, StringComparison.Ordinal);

        await cut.TypeAsync("input[type=date]", "2025-12-17");
        await cut.PressAsync("Check 3 rows");
        cut.WaitForAssertion(() => Assert.Contains("Checking the rows", cut.Markup, StringComparison.Ordinal));
        Assert.Equal(new DateOnly(2025, 12, 17), (await plan.Desk.DetailsAsync(id)).Mapping.ListDay);

        var wrong = await plan.Desk.UploadAsync("demand", "Title\nYarn,Demand This Week\n19020,1\n");
        await Assert.ThrowsAsync<RefusedException>(() => plan.Desk.Service.ChooseHeadAsync(wrong, 0, 1, _ct));
        await Assert.ThrowsAsync<RefusedException>(() => plan.Desk.Service.ChooseHeadAsync(wrong, 50, 1, _ct));
        await plan.Desk.Service.ChooseHeadAsync(wrong, 2, 1, _ct);
        Assert.Equal(["Yarn", "Demand This Week"], (await plan.Desk.DetailsAsync(wrong)).Profile.Columns.Select(c => c.Name));
    }

    [Fact]
    public async Task What_a_list_does_not_say_is_asked_before_the_check()
    {
        await using var plan = await PlanDesk.OpenAsync(database);
        using var file = PlanDesk.File("suppliers.csv");
        var id = await plan.Desk.UploadAsync("material_suppliers", file);
        await using var page = new PageContext(plan.Scope);
        var cut = page.Render<ImportPage>(p => p.Add(x => x.Id, id));
        cut.WaitForElement("[aria-label='Lead time is in of all rows']");
        await cut.PressAsync("Check 4 rows");
        cut.WaitForAssertion(() => Assert.Contains("Lead time is in needs a column, or a value for all rows.", cut.Markup, StringComparison.Ordinal));
        await cut.TypeAsync("[aria-label='Lead time is in of all rows']", "weeks");
        await cut.PressAsync("Check 4 rows");
        cut.WaitForAssertion(() => Assert.Contains("Checking the rows", cut.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_learnt_name_stands_on_its_page_and_is_removed_there()
    {
        await using var plan = await PlanDesk.OpenAsync(database);
        var run = await plan.Desk.CheckAsync("stock", "Part number,On hand\nSLUB GREY,5\n");
        await plan.Desk.Service.MendAsync(run.Id, [new(2, "part", "19021")], _ct);
        await using var page = new PageContext(plan.Scope);
        var cut = page.Render<NamesPage>();
        cut.WaitForElement("tbody tr");
        Assert.Equal("SLUB GREYPart", cut.Find("tbody th").TextContent);
        Assert.StartsWith("/parts/", cut.Find("tbody a").GetAttribute("href"), StringComparison.Ordinal);
        await cut.InvokeAsync(() => cut.Find("[aria-label='Remove the name SLUB GREY']").ClickAsync(new()));
        cut.WaitForAssertion(() => Assert.Contains("No other names yet", cut.Markup, StringComparison.Ordinal));
    }

    private static async Task<List<string>> OfferedAsync(TestScope scope)
    {
        await using var page = new PageContext(scope);
        var cut = page.Render<NewImportPage>();
        return [.. cut.FindAll("input[name=kind]").Select(i => i.GetAttribute("value")!)];
    }
}
