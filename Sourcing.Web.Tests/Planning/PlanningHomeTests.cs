using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Sourcing.Data.Common;
using Sourcing.Data.Common.Lists;
using Sourcing.Data.Planning;
using Sourcing.Data.Planning.Cycles;
using Sourcing.Web.Layout;
using Sourcing.Web.Planning;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Planning;

/// <summary>Before the first plan.</summary>
public sealed class PlanningStartTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task Without_a_plan_the_page_says_what_it_needs_and_offers_the_first()
    {
        await using var planner = await database.AsAsync(Role.Planner);
        await using var page = new PageContext(planner);
        var cut = page.Render<PlanningPage>();
        cut.WaitForAssertion(() => Assert.Equal(4, cut.FindAll(".home-steps li").Count));
        Assert.Contains(cut.FindAll("a"), a => a.GetAttribute("href") == Links.NewImport);
        Assert.False(cut.Button("Run plan").HasAttribute("disabled"));
        var materials = page.Render<MaterialsPage>();
        materials.WaitForAssertion(() => Assert.Contains("No plan yet", materials.Markup, StringComparison.Ordinal));
        var cycles = page.Render<CyclesPage>();
        cycles.WaitForAssertion(() => Assert.Contains("No plan yet", cycles.Markup, StringComparison.Ordinal));
    }
}

/// <summary>The first page of planning, and the list of materials.</summary>
public sealed class PlanningHomeTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_last_plan_shows_what_is_urgent_and_what_it_costs()
    {
        var made = await Make.MaterialPlanAsync(database);
        await using var reader = await database.AsAsync(Role.ReadOnly);
        var home = await reader.Get<PlanningHomeQueries>().HomeAsync(MadePlan.AsOf, _ct);
        Assert.Equal(made.CycleId, home.Last!.Id);
        var proposed = made.Result.Recommendations.ToList();
        Assert.Equal(proposed.Count, home.Proposed);
        Assert.Equal(proposed.Sum(p => p.TotalCost), Assert.Single(home.ToOrder).Total);
        Assert.Equal(proposed.Count(p => p.OrderBy < MadePlan.AsOf), home.Late);
        Assert.Equal(home.Urgent.OrderByDescending(u => u.UrgencyScore).Select(u => u.UrgencyScore), home.Urgent.Select(u => u.UrgencyScore));
        Assert.Equal(Math.Min(8, proposed.Count), home.Urgent.Count);
    }

    [Fact]
    public async Task What_was_entered_since_the_plan_is_counted_by_kind()
    {
        var made = await Make.MaterialPlanAsync(database);
        await using var planner = await database.AsAsync(Role.Planner);
        await database.SqlAsync("update inventory set safety_stock = 4300 where part_id = $1", made.Yarn);
        var others = (await planner.Get<PlanningHomeQueries>().HomeAsync(MadePlan.AsOf, _ct)).Since.SingleOrDefault(s => s.Kind == "stock")?.Count ?? 0;
        await database.SqlAsync(
            "insert into stock_movements (id, part_id, kind, quantity, balance, reason, at) values (gen_random_uuid(), $1, 'count', 5, 5, 'Found behind the dryer', now())", made.Jersey);
        await database.SqlAsync("update bom_lines set position = 20 where parent_part_id = $1", made.Jersey);
        var since = (await planner.Get<PlanningHomeQueries>().HomeAsync(MadePlan.AsOf, _ct)).Since;
        Assert.Contains(since, s => s.Kind == "stock" && s.Count == others + 1);
        Assert.Contains(since, s => s is { Kind: "bills of materials", Count: >= 1 });
    }

    [Fact]
    public async Task Cover_by_class_is_stock_against_a_quarter_of_needs()
    {
        var made = await Make.MaterialPlanAsync(database);
        await using var planner = await database.AsAsync(Role.Planner);
        var cover = await planner.Get<PlanningHomeQueries>().CoverAsync(made.CycleId, _ct);
        var yarns = Assert.Single(cover, c => c.Class is not null);
        // Needs of 23,890 kg within 91 days: 8,460 ÷ 23,890 × 91 = 32.2 days. The cheapest price is 3.31.
        Assert.Equal((1, 0, 1, 32, 8460 * 3.31m, 0), (yarns.Materials, yarns.BelowSafety, yarns.Short, yarns.CoverDays, yarns.StockValue, yarns.Uncosted));
        Assert.Equal(2, Assert.Single(cover, c => c.Class is null).Materials);
    }

    [Fact]
    public async Task The_first_page_is_read_in_few_statements()
    {
        await Make.MaterialPlanAsync(database);
        await using var planner = await database.AsAsync(Role.Planner);
        var before = database.Queries.Count;
        await planner.Get<PlanningHomeQueries>().HomeAsync(MadePlan.AsOf, _ct);
        Assert.InRange(database.Queries.Count - before, 1, 7);
    }

    [Fact]
    public async Task The_page_leads_to_materials_exceptions_and_the_comparison()
    {
        var first = await Make.MaterialPlanAsync(database);
        var second = await Make.MaterialPlanAsync(database, input => input with { Materials = [.. input.Materials.Select(m => m.Id == first.Yarn ? m with { OnHand = 7000 } : m)] }, first.CycleId, first);
        await using var planner = await database.AsAsync(Role.Planner);
        await using var page = new PageContext(planner, ServiceDescriptor.Singleton(MadePlan.Clock));
        var cut = page.Render<PlanningPage>();
        cut.WaitForAssertion(() => Assert.Contains(cut.FindAll("a.row-link"), a => a.GetAttribute("href") == Links.PlannedMaterial(first.Yarn)));
        Assert.Contains(second.Number, cut.Find(".facts").TextContent, StringComparison.Ordinal);
        Assert.Contains(cut.FindAll("a"), a => a.GetAttribute("href") == Links.CompareCycles(second.CycleId, first.CycleId));
        Assert.Contains("changed", cut.FindAll("section.panel").Single(p => p.GetAttribute("aria-label") == $"Since {first.Number}").TextContent, StringComparison.Ordinal);
        cut.WaitForAssertion(() => Assert.NotEmpty(cut.FindAll(".bar-line")));
    }

    [Fact]
    public async Task Running_a_plan_shows_its_progress_and_can_be_called_off()
    {
        await Make.MaterialPlanAsync(database);
        await using var planner = await database.AsAsync(Role.Planner);
        await using var page = new PageContext(planner);
        var cut = page.Render<PlanningPage>();
        cut.WaitForAssertion(() => Assert.False(cut.Button("Run plan").HasAttribute("disabled")));
        await cut.PressAsync("Run plan");
        cut.WaitForAssertion(() => Assert.NotNull(cut.Find("progress")));
        Assert.True(cut.Button("Run plan").HasAttribute("disabled"));
        await cut.PressAsync("Cancel plan");
        cut.WaitForAssertion(() => Assert.Empty(cut.FindAll("progress")));
        Assert.Contains(page.Toasts.Open, t => t.Text.EndsWith("cancelled", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_only_reads_cannot_run_a_plan()
    {
        await Make.MaterialPlanAsync(database);
        await using var reader = await database.AsAsync(Role.ReadOnly);
        await using var page = new PageContext(reader);
        var cut = page.Render<PlanningPage>();
        cut.WaitForAssertion(() => Assert.NotEmpty(cut.FindAll(".home-tiles")));
        Assert.DoesNotContain(cut.FindAll("button"), b => b.TextContent.Contains("Run plan", StringComparison.Ordinal));
        await Assert.ThrowsAsync<DeniedException>(() => reader.Get<PlanningService>().StartAsync(new(), _ct));
    }

    [Fact]
    public async Task The_list_has_a_row_per_material_with_its_shortage_and_its_urgency()
    {
        var made = await Make.MaterialPlanAsync(database);
        await using var planner = await database.AsAsync(Role.Planner);
        var page = await planner.Get<PlannedMaterialList>().PageAsync(new() { Search = made.YarnNumber }, _ct);
        var row = Assert.Single(page.Rows);
        // Stock without the plan is 2,600 in W50, below 4,200; below nothing in W53, which begins on 28 December: 38 days.
        Assert.Equal((8460m, 6000m, 4200m, 38, new DateOnly(2026, 12, 7)), (row.OnHand, row.OnOrder, row.SafetyStock, row.CoverDays, row.FirstShortage));
        Assert.Equal(made.Result.Recommendations.Max(r => r.Urgency), row.Urgency);
        Assert.Equal(made.Result.Recommendations.Min(r => r.OrderBy), row.OrderBy);
        Assert.True(row.FallsShort);
    }

    [Fact]
    public async Task The_list_takes_the_same_statements_for_many_rows_as_for_one()
    {
        var made = await Make.MaterialPlanAsync(database);
        await using var planner = await database.AsAsync(Role.Planner);
        var list = planner.Get<PlannedMaterialList>();
        async Task<int> CountAsync(ListRequest request)
        {
            var before = database.Queries.Count;
            await list.PageAsync(request, _ct);
            return database.Queries.Count - before;
        }

        Assert.Equal(await CountAsync(new() { Search = made.YarnNumber }), await CountAsync(new()));
    }

    [Fact]
    public async Task The_lists_page_leads_to_the_material()
    {
        var made = await Make.MaterialPlanAsync(database);
        await using var planner = await database.AsAsync(Role.Planner);
        await using var page = new PageContext(planner, ServiceDescriptor.Singleton(MadePlan.Clock));
        var cut = page.Render<MaterialsPage>();
        cut.WaitForAssertion(() => Assert.Contains(cut.FindAll("a.row-link"), a => a.GetAttribute("href") == Links.PlannedMaterial(made.Yarn)));
    }

    [Fact]
    public async Task A_planner_begins_at_planning_and_finds_it_by_its_letter()
    {
        await using var planner = await database.AsAsync(Role.Planner);
        await using var buyer = await database.AsAsync(Role.Buyer);
        await using var sales = await database.AsAsync(Role.SalesRep);
        Assert.Equal((Links.Planning, Links.Rfqs), (Links.Start(planner.User), Links.Start(buyer.User)));
        Assert.Equal("l", NavTable.For(planner.User).Single(i => i.Href == Links.Planning).Key);
        Assert.DoesNotContain(NavTable.For(sales.User), i => i.Href == Links.Planning);
    }

    [Fact]
    public async Task Who_may_not_read_plans_reads_neither_the_first_page_nor_the_list()
    {
        await using var stranger = await database.AsAsync(Role.SalesRep);
        await Assert.ThrowsAsync<DeniedException>(() => stranger.Get<PlanningHomeQueries>().HomeAsync(MadePlan.AsOf, _ct));
        await Assert.ThrowsAsync<DeniedException>(() => stranger.Get<PlanningHomeQueries>().CoverAsync(Guid.CreateVersion7(), _ct));
        await Assert.ThrowsAsync<DeniedException>(() => stranger.Get<PlannedMaterialList>().PageAsync(new(), _ct));
        await Assert.ThrowsAsync<DeniedException>(() => stranger.Get<PeggingQueries>().TreeAsync(Guid.CreateVersion7(), null, true, null, _ct));
        await Assert.ThrowsAsync<DeniedException>(() => stranger.Get<PlanExplanationQueries>().BothWaysAsync(Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7(), _ct));
    }
}
