using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Sourcing.Data.Common;
using Sourcing.Data.Planning;
using Sourcing.Data.Planning.Cycles;
using Sourcing.Data.Planning.Engine;
using Sourcing.Web.Planning;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Planning;

/// <summary>Cycles, comparisons, what-ifs, pegging and parameters as people see them.</summary>
public sealed class CyclePagesTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_cycles_are_chosen_to_be_compared()
    {
        var first = await Make.MaterialPlanAsync(database);
        var second = await ShorterAsync(first);
        await using var reader = await database.AsAsync(Role.ReadOnly);
        await using var page = new PageContext(reader);
        var cut = page.Render<CyclesPage>();
        cut.WaitForAssertion(() => Assert.Contains(second.Number, cut.Markup, StringComparison.Ordinal));
        foreach (var number in new[] { second.Number, first.Number })
        {
            await cut.InvokeAsync(() => cut.Find($"input[aria-label='Compare {number}']").ChangeAsync(new() { Value = true }));
        }

        Assert.Equal(Links.CompareCycles(second.CycleId, first.CycleId), cut.FindAll("a").Single(a => a.TextContent.Contains("Compare 2 cycles", StringComparison.Ordinal)).GetAttribute("href"));
    }

    [Fact]
    public async Task A_cycle_says_what_it_came_to_and_what_makes_it_repeatable()
    {
        var made = await Make.MaterialPlanAsync(database);
        await using var reader = await database.AsAsync(Role.ReadOnly);
        await using var page = new PageContext(reader);
        var cut = page.Render<CyclePage>(p => p.Add(x => x.Id, made.CycleId));
        cut.WaitForAssertion(() => Assert.Contains(made.Result.InputHash, cut.Markup, StringComparison.Ordinal));
        Assert.Contains("12 weeks", cut.Markup, StringComparison.Ordinal);
        Assert.Contains(made.Number, cut.Find("h1").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_comparison_shows_what_differs_by_kind()
    {
        var first = await Make.MaterialPlanAsync(database);
        var second = await ShorterAsync(first);
        await using var reader = await database.AsAsync(Role.ReadOnly);
        await using var page = new PageContext(reader);
        page.Services.GetRequiredService<NavigationManager>().NavigateTo(Links.CompareCycles(second.CycleId, first.CycleId));
        var cut = page.Render<ComparePage>(p => p.Add(x => x.Id, second.CycleId));
        cut.WaitForAssertion(() => Assert.NotEmpty(cut.FindAll(".changes tbody tr")));
        Assert.Contains(first.YarnNumber, cut.Find(".changes tbody tr th").TextContent, StringComparison.Ordinal);
        var all = cut.FindAll(".changes tbody tr").Count;
        page.Services.GetRequiredService<NavigationManager>().NavigateTo(Links.CompareCycles(second.CycleId, first.CycleId) + "&kind=new");
        cut.Render(p => p.Add(x => x.Id, second.CycleId));
        cut.WaitForAssertion(() => Assert.All(cut.FindAll(".changes tbody tr"), r => Assert.Contains("New", r.QuerySelectorAll("td")[0].TextContent, StringComparison.Ordinal)));
        Assert.True(cut.FindAll(".changes tbody tr").Count <= all);
        Assert.Equal(3, cut.FindAll("section.panel tbody tr").Count);
    }

    [Fact]
    public async Task A_cycle_compared_with_itself_says_why_not()
    {
        var made = await Make.MaterialPlanAsync(database);
        await using var reader = await database.AsAsync(Role.ReadOnly);
        await using var page = new PageContext(reader);
        page.Services.GetRequiredService<NavigationManager>().NavigateTo(Links.CompareCycles(made.CycleId, made.CycleId));
        var cut = page.Render<ComparePage>(p => p.Add(x => x.Id, made.CycleId));
        cut.WaitForAssertion(() => Assert.Contains("Choose another cycle", cut.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_what_if_begins_with_the_material_and_is_asked()
    {
        var made = await Make.MaterialPlanAsync(database);
        await using var planner = await database.AsAsync(Role.Planner);
        await using var page = new PageContext(planner);
        var navigation = page.Services.GetRequiredService<NavigationManager>();
        navigation.NavigateTo(Links.NewWhatIfFor(made.Yarn));
        var cut = page.Render<WhatIfEditPage>();
        cut.WaitForAssertion(() => Assert.Contains(made.YarnNumber, cut.Find("[data-field=TargetId] input").GetAttribute("value"), StringComparison.Ordinal));
        Assert.Contains("20\u202f% more", cut.Find("[data-field=Value]").TextContent, StringComparison.Ordinal);
        await cut.TypeAsync("[data-field=Name] input", "Yarn up 20 %");
        await cut.InvokeAsync(() => cut.Find("form").SubmitAsync());
        cut.WaitForAssertion(() => Assert.Contains("/planning/what-ifs/0", navigation.Uri, StringComparison.Ordinal));
        Assert.Equal(1L, await database.ScalarAsync<long>("select count(*) from planning_cycles where kind = 'what_if' and base_cycle_id = $1", made.CycleId));
        Assert.Equal(0L, await database.ScalarAsync<long>("select count(*) from planning_cycles c join planned_requirements r on r.cycle_id = c.id where c.kind = 'what_if'"));
    }

    [Fact]
    public async Task Changes_are_added_moved_and_removed_and_refused_at_their_field()
    {
        await Make.MaterialPlanAsync(database);
        await using var planner = await database.AsAsync(Role.Planner);
        await using var page = new PageContext(planner);
        var cut = page.Render<WhatIfEditPage>();
        cut.WaitForElement(".row-change");
        await cut.PressAsync("Add change");
        Assert.Equal(2, cut.FindAll(".row-change").Count);
        await cut.InvokeAsync(() => cut.FindAll("[data-field=Kind] select")[1].ChangeAsync(new() { Value = "SupplierOff" }));
        Assert.Equal(["A supplier"], cut.FindAll(".row-change")[1].QuerySelectorAll("[data-field=Scope] option").Select(o => o.TextContent));
        await cut.InvokeAsync(() => cut.Find("button[aria-label='Move change 2 up']").ClickAsync(new()));
        Assert.Equal("SupplierOff", cut.FindAll("[data-field=Kind] select")[0].GetAttribute("value"));
        await cut.TypeAsync("[data-field=Name] input", "Somebody off");
        await cut.InvokeAsync(() => cut.Find("form").SubmitAsync());
        cut.WaitForAssertion(() => Assert.Contains("Choose the supplier.", cut.FindAll(".row-change")[0].QuerySelector("[data-field=TargetId]")!.TextContent, StringComparison.Ordinal));
        await cut.InvokeAsync(() => cut.Find("button[aria-label='Remove change 1']").ClickAsync(new()));
        Assert.Single(cut.FindAll(".row-change"));
    }

    [Fact]
    public async Task A_what_if_stands_beside_its_base_with_differences_and_both_stocks()
    {
        var made = await Make.MaterialPlanAsync(database);
        await using var planner = await database.AsAsync(Role.Planner);
        var id = await AskAsync(planner, made, 1.5m);
        await using var page = Page(planner);
        var cut = page.Render<WhatIfPage>(p => p.Add(x => x.Id, id));
        cut.WaitForAssertion(() => Assert.NotEmpty(cut.FindAll(".figures tbody tr")));
        var cost = cut.FindAll(".figures tbody tr")[0].QuerySelectorAll("td").Select(c => Figure(c.TextContent)).ToList();
        Assert.Equal(cost[1] - cost[0], cost[2]);
        Assert.True(cost[2] > 0, "Half as much again of the demand costs more.");
        cut.WaitForAssertion(() => Assert.NotEmpty(cut.FindAll("[role=img]")));
        Assert.NotEmpty(cut.FindAll(".changes tbody tr"));
        Assert.Contains("× 1.5", cut.Find("ol.changes").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_what_if_shows_a_materials_table_though_nothing_of_it_is_stored()
    {
        var made = await Make.MaterialPlanAsync(database);
        await using var planner = await database.AsAsync(Role.Planner);
        var id = await AskAsync(planner, made, 2m);
        var plan = await planner.Get<MaterialPlanQueries>().PlanAsync(made.Yarn, id, _ct);
        Assert.Equal(CycleKind.WhatIf, plan!.Cycle!.Kind);
        // 1,500 kg of W47 are forecast and double; the reserved 350 kg stay.
        Assert.Equal(3350, plan.Buckets[0].Gross);
        Assert.Empty(plan.Recommendations);
    }

    [Fact]
    public async Task Making_a_what_if_real_asks_first_and_starts_a_live_cycle()
    {
        var made = await Make.MaterialPlanAsync(database);
        await using var planner = await database.AsAsync(Role.Planner);
        var id = await AskAsync(planner, made, 1.1m);
        await using var page = Page(planner);
        var cut = page.Render<WhatIfPage>(p => p.Add(x => x.Id, id));
        var dialogs = page.Services.GetRequiredService<Radzen.DialogService>();
        var asked = "";
        dialogs.OnOpen += (title, _, _, _) => asked = title!;
        cut.WaitForAssertion(() => Assert.NotNull(cut.Button("Make it real")));
        var pressing = cut.PressAsync("Make it real");
        cut.WaitForAssertion(() => Assert.StartsWith("Make WI-", asked, StringComparison.Ordinal));
        await cut.InvokeAsync(() => dialogs.Close(true));
        await pressing;
        Assert.Equal(1L, await database.ScalarAsync<long>("select count(*) from planning_cycles where promoted_from_id = $1 and kind = 'live'", id));
        await database.SqlAsync("update planning_cycles set status = 'cancelled', finished_at = now() where promoted_from_id = $1", id);
        await database.SqlAsync("update job_runs set status = 'cancelled', finished_at = now() where status = 'waiting'");
    }

    [Fact]
    public async Task Pegging_goes_up_to_the_customer_and_down_to_stock_in_parts_that_come_to_the_whole()
    {
        var made = await Make.MaterialPlanAsync(database);
        await using var reader = await database.AsAsync(Role.ReadOnly);
        var queries = reader.Get<PeggingQueries>();
        foreach (var up in new[] { true, false })
        {
            var view = (await queries.TreeAsync(made.Yarn, made.CycleId, up, null, _ct))!;
            Assert.NotEmpty(view.Roots);
            Assert.All(view.Roots, r => Assert.Equal(r.RootQuantity, r.Children.Sum(c => c.RootQuantity)));
        }

        var down = (await queries.TreeAsync(made.Yarn, made.CycleId, false, 0, _ct))!;
        Assert.All(down.Roots, r => Assert.Equal(MadePlan.AsOf, r.Date));
        Assert.Contains(down.Roots.SelectMany(r => r.Children), c => c.Source == PegSource.OnHand);
        Assert.Null(await queries.TreeAsync(Guid.CreateVersion7(), made.CycleId, true, null, _ct));
    }

    [Fact]
    public async Task The_tree_is_walked_by_keys_and_folds()
    {
        var made = await Make.MaterialPlanAsync(database);
        await using var reader = await database.AsAsync(Role.ReadOnly);
        await using var page = new PageContext(reader);
        page.Services.GetRequiredService<NavigationManager>().NavigateTo(Links.Pegging(made.Yarn, true, null, made.CycleId));
        var cut = page.Render<PeggingPage>(p => p.Add(x => x.Id, made.Yarn));
        cut.WaitForAssertion(() => Assert.NotEmpty(cut.FindAll("[role=treeitem]")));
        Assert.Single(cut.FindAll("[role=treeitem][tabindex='0']"));
        var all = cut.FindAll("[role=treeitem]").Count;
        await cut.InvokeAsync(() => cut.Find("[role=treeitem] [data-fold]").ClickAsync(new()));
        Assert.Equal("false", cut.Find("[role=treeitem]").GetAttribute("aria-expanded"));
        Assert.True(cut.FindAll("[role=treeitem]").Count < all);
        await cut.PressAsync("Close all");
        Assert.All(cut.FindAll("[role=treeitem]"), i => Assert.Equal("1", i.GetAttribute("aria-level")));
    }

    [Fact]
    public async Task A_parameter_out_of_range_is_refused_at_its_field()
    {
        await using var planner = await database.AsAsync(Role.Planner);
        await using var page = new PageContext(planner);
        var cut = page.Render<ParametersPage>();
        cut.WaitForElement("[data-field=Buckets] input");
        Assert.Equal("days", cut.Find("[data-field=ReleaseWindowDays] .field-unit").TextContent);
        await cut.TypeAsync("[data-field=Buckets] input", "2");
        await cut.InvokeAsync(() => cut.Find("form").SubmitAsync());
        cut.WaitForAssertion(() => Assert.Contains("A plan has 4 to 366 buckets.", cut.Find("[data-field=Buckets]").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_class_shows_what_it_has_from_the_plan_and_keeps_what_is_its_own()
    {
        var made = await Make.MaterialPlanAsync(database);
        var category = await database.ScalarAsync<Guid>("select category_id from parts where id = $1", made.Yarn);
        await using var planner = await database.AsAsync(Role.Planner);
        await using var page = new PageContext(planner);
        page.Services.GetRequiredService<NavigationManager>().NavigateTo($"{Links.PlanningParameters}?category={category}");
        var cut = page.Render<ParametersPage>();
        cut.WaitForElement("[data-field=ServiceLevel] input");
        Assert.Equal("95", cut.Find("[data-field=ServiceLevel] input").GetAttribute("placeholder"));
        Assert.Contains("the defaults", cut.Find("[data-field=ServiceLevel] .field-hint").TextContent, StringComparison.Ordinal);
        Assert.Empty(cut.FindAll("[data-field=Buckets]"));
        await cut.TypeAsync("[data-field=ServiceLevel] input", "98");
        await cut.InvokeAsync(() => cut.Find("form").SubmitAsync());
        cut.WaitForAssertion(() => Assert.NotEmpty(page.Toasts.Open));
        Assert.Equal(0.98m, await database.ScalarAsync<decimal>("select service_level from planning_parameters where category_id = $1", category));
        cut.WaitForAssertion(() => Assert.Contains("Else 95.00", cut.Find("[data-field=ServiceLevel] .field-hint").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_only_reads_sees_parameters_and_cannot_change_them()
    {
        await using var reader = await database.AsAsync(Role.ReadOnly);
        await using var page = new PageContext(reader);
        var cut = page.Render<ParametersPage>();
        cut.WaitForAssertion(() => Assert.Contains("Service level", cut.Find("table").TextContent, StringComparison.Ordinal));
        Assert.Empty(cut.FindAll("form"));
        await Assert.ThrowsAsync<DeniedException>(() => reader.Get<ParameterService>().SaveAsync(new(), _ct));
    }

    private Task<MadePlan> ShorterAsync(MadePlan first) => Make.MaterialPlanAsync(
        database, input => input with { Materials = [.. input.Materials.Select(m => m.Id == first.Yarn ? m with { OnHand = 5000 } : m)] }, first.CycleId, first);

    private Task<Guid> AskAsync(TestScope planner, MadePlan made, decimal factor) => planner.Get<WhatIfService>().AskAsync(
        new() { Name = $"Yarn × {factor}", BaseCycleId = made.CycleId, Changes = [new() { Kind = PlanOverrideKind.Demand, Scope = PlanOverrideScope.Material, TargetId = made.Yarn, Value = factor }] }, _ct);

    private static PageContext Page(TestScope scope)
    {
        var page = new PageContext(scope, ServiceDescriptor.Singleton(MadePlan.Clock));
        page.JSInterop.Setup<Radzen.Blazor.Rendering.Rect>("Radzen.createChart", _ => true).SetResult(new() { Width = 800, Height = 316 });
        return page;
    }

    private static decimal Figure(string text) => decimal.Parse(
        text.Replace("−", "-", StringComparison.Ordinal).Replace("+", "", StringComparison.Ordinal), System.Globalization.NumberStyles.Number | System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.GetCultureInfo("en-GB"));
}
