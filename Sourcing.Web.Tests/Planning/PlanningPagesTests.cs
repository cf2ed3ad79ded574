using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Sourcing.Data.Common;
using Sourcing.Data.Planning;
using Sourcing.Data.Planning.Engine;
using Sourcing.Web.Planning;
using Sourcing.Web.Shared;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Planning;

/// <summary>The pages on the real services and a real database.</summary>
public sealed class PlanningPagesTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task The_consequence_is_shown_while_figures_are_typed_and_a_refusal_keeps_them()
    {
        var world = await Make.PlanWorldAsync(database);
        var row = await Make.RecommendationAsync(database, world);
        await using var scope = database.As(world.Planner);
        await using var pages = new PageContext(scope);
        var changes = 0;
        var card = pages.Render<RecommendationCard>(p => p.Add(c => c.Id, row.Id).Add(c => c.Changed, () => changes++));
        card.WaitForAssertion(() => Assert.Contains("1,000\u00a0kg", card.Find(".recommendation-quantity").TextContent, StringComparison.Ordinal));
        await card.PressAsync("Edit");
        card.WaitForAssertion(() => Assert.Contains("EUR\u00a02,000.00", Follows(card), StringComparison.Ordinal));
        await card.InvokeAsync(() => card.Find("input[type=number]").InputAsync(new ChangeEventArgs { Value = "45" }));
        // 45 kg miss the minimum of 50 and the tier of 2.00: 45 × 2.50; the stock of 400 lacks 955.
        card.WaitForAssertion(() =>
        {
            Assert.Contains("EUR\u00a0112.50", Follows(card), StringComparison.Ordinal);
            Assert.Contains("at least 50 kg", Follows(card), StringComparison.Ordinal);
            Assert.Contains("−555\u00a0kg", Follows(card), StringComparison.Ordinal);
            Assert.Contains("855 short", Follows(card), StringComparison.Ordinal);
        });
        await card.InvokeAsync(() => card.Find("form").SubmitAsync());
        card.WaitForAssertion(() => Assert.Contains("at least 50 kg", card.Find(".field-error").TextContent, StringComparison.Ordinal));
        Assert.Equal("45", card.Find("input[type=number]").GetAttribute("value"));
        Assert.Equal(0, changes);

        await card.InvokeAsync(() => card.Find(".consequence input[type=checkbox]").ChangeAsync(new ChangeEventArgs { Value = true }));
        await card.InvokeAsync(() => card.Find("form").SubmitAsync());
        card.WaitForAssertion(() => Assert.Contains("accepted it on", card.Markup, StringComparison.Ordinal));
        Assert.Contains("1,000\u00a0kg", card.FindAll("dd").Single(d => d.PreviousElementSibling!.TextContent == "Recommended").TextContent, StringComparison.Ordinal);
        Assert.Equal(1, changes);
    }

    [Fact]
    public async Task Figures_can_be_saved_without_being_accepted()
    {
        var world = await Make.PlanWorldAsync(database);
        var row = await Make.RecommendationAsync(database, world);
        await using var scope = database.As(world.Planner);
        await using var pages = new PageContext(scope);
        var card = pages.Render<RecommendationCard>(p => p.Add(c => c.Id, row.Id));
        card.WaitForAssertion(() => card.Button("Edit"));
        await card.PressAsync("Edit");
        await card.InvokeAsync(() => card.Find("input[type=number]").InputAsync(new ChangeEventArgs { Value = "1200" }));
        await card.PressAsync("Save only");
        card.WaitForAssertion(() => Assert.Contains("1,200\u00a0kg", card.Find(".recommendation-quantity").TextContent, StringComparison.Ordinal));
        Assert.Equal("proposed", await database.ScalarAsync<string>("select status from procurement_recommendations where id = $1", row.Id));
    }

    [Fact]
    public async Task The_card_says_why_from_whom_and_what_came_of_it()
    {
        var world = await Make.PlanWorldAsync(database);
        var row = await Make.RecommendationAsync(database, world, Make.Recommendation(world, facts: Make.FactsWithRunnerUp(world), orderBy: world.Today.AddDays(-1), risks: ["late"], rejectedBefore: "Jonas Reker rejected it on 3 Nov: too dear."));
        await using var scope = database.As(world.Planner);
        await using var pages = new PageContext(scope);
        var card = pages.Render<RecommendationCard>(p => p.Add(c => c.Id, row.Id));
        card.WaitForAssertion(() => Assert.Contains("yesterday", card.Find("dd.text-red").TextContent, StringComparison.Ordinal));
        Assert.Contains($"{world.Orvane} rather than {world.Sunmere}: EUR\u00a01.00 cheaper per kg, but 14 days slower.", card.Markup, StringComparison.Ordinal);
        Assert.Contains("too dear", card.Find(".notice").TextContent, StringComparison.Ordinal);
        Assert.Contains("Critical 0.91", card.Markup, StringComparison.Ordinal);
        Assert.Contains("Orders", card.Find("section[aria-label='What needs it']").TextContent, StringComparison.Ordinal);

        await card.PressAsync("Accept into an order");
        card.WaitForAssertion(() => Assert.Contains("PO-", card.Find("section[aria-label='What came of it'] a").TextContent, StringComparison.Ordinal));
        Assert.DoesNotContain(card.FindAll("button"), b => b.TextContent.Contains("order", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_comes_second_reads_who_was_first_and_sees_what_stands_now()
    {
        var world = await Make.PlanWorldAsync(database);
        var row = await Make.RecommendationAsync(database, world);
        await using var scope = await database.AsAsync(Role.Buyer);
        await using var pages = new PageContext(scope);
        var card = pages.Render<RecommendationCard>(p => p.Add(c => c.Id, row.Id));
        card.WaitForAssertion(() => card.Button("Accept"));
        await using var first = database.As(world.Planner);
        await first.Get<RecommendationService>().AcceptAsync(Make.On(row), TestContext.Current.CancellationToken);
        await card.PressAsync("Accept");
        card.WaitForAssertion(() => Assert.Contains($"{world.Planner.Name} accepted it on", card.Markup, StringComparison.Ordinal));
        Assert.Contains(pages.Toasts.Open, t => t.Refusal && t.Text.Contains($"{world.Planner.Name} accepted it already", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_bulk_bar_says_what_the_selection_comes_to_and_does_it_at_once()
    {
        var world = await Make.PlanWorldAsync(database);
        await Make.PutAsync(database, Make.Recommendation(world), Make.Recommendation(world), Make.Recommendation(world, supplierId: world.SunmereId));
        await using var scope = database.As(world.Planner);
        await using var pages = new PageContext(scope);
        var page = Open<RecommendationsPage>(pages, $"{Links.Recommendations}?q={world.PartNumber}");
        page.WaitForAssertion(() => Assert.Equal(3, page.FindAll("tbody tr").Count));
        await page.InvokeAsync(() => page.Find("[aria-label='Select all rows of this page']").ChangeAsync(new ChangeEventArgs { Value = true }));
        page.WaitForAssertion(() => Assert.Contains("EUR\u00a06,000", page.Find(".bulk").TextContent, StringComparison.Ordinal));
        page.Button("Accept 3");
        await page.PressAsync("2 orders, one per supplier");
        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll(".made a").Count(a => a.TextContent.StartsWith("PO-", StringComparison.Ordinal))));
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".bulk")));
        Assert.Equal(3L, await database.ScalarAsync<long>("select count(*) from procurement_recommendations where cycle_id = $1 and status = 'converted'", world.CycleId));
    }

    [Fact]
    public async Task A_refused_bulk_act_names_the_rows_and_keeps_the_selection()
    {
        var world = await Make.PlanWorldAsync(database);
        await Make.PutAsync(database, Make.Recommendation(world), Make.Recommendation(world, supplierId: Guid.Empty));
        await using var scope = database.As(world.Planner);
        await using var pages = new PageContext(scope);
        var page = Open<RecommendationsPage>(pages, $"{Links.Recommendations}?q={world.PartNumber}");
        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll("tbody tr").Count));
        await page.InvokeAsync(() => page.Find("[aria-label='Select all rows of this page']").ChangeAsync(new ChangeEventArgs { Value = true }));
        page.WaitForAssertion(() => page.Button("Into one order"));
        await page.PressAsync("Into one order");
        page.WaitForAssertion(() => Assert.Contains(pages.Toasts.Open, t => t.Refusal && t.Text.StartsWith($"Nothing was done. {world.PartNumber}: nobody is chosen", StringComparison.Ordinal)));
        Assert.Contains("2 selected", page.Find(".bulk").TextContent, StringComparison.Ordinal);
        await page.PressAsync("Into one RFQ");
        page.WaitForAssertion(() => Assert.StartsWith("RFQ-", page.Find(".made a").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_may_only_read_chooses_and_decides_nothing()
    {
        var world = await Make.PlanWorldAsync(database);
        var row = await Make.RecommendationAsync(database, world);
        await using var scope = await database.AsAsync(Role.ReadOnly);
        await using var pages = new PageContext(scope);
        var page = Open<RecommendationsPage>(pages, $"{Links.RecommendationOf(row.Id)}&q={world.PartNumber}");
        page.WaitForAssertion(() => Assert.Contains("What needs it", page.Find(".side-panel").TextContent, StringComparison.Ordinal));
        page.WaitForAssertion(() => Assert.Single(page.FindAll("tbody tr")));
        Assert.Empty(page.FindAll(".grid-check"));
        Assert.DoesNotContain(page.FindAll(".side-panel button"), b => b.TextContent.Contains("Accept", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Exceptions_stand_by_kind_and_lead_to_the_order()
    {
        var world = await Make.PlanWorldAsync(database);
        var order = await Make.PlacedOrderAsync(database, await Make.OrderWorldAsync(database));
        await Make.PutAsync(database, PlanningListTests.Message(world, "expedite", 9, order.Lines[0].Id), PlanningListTests.Message(world, "defer", 20), PlanningListTests.Message(world, "defer", 21));
        await using var scope = database.As(world.Planner);
        await using var pages = new PageContext(scope);
        var page = Open<ExceptionsPage>(pages, Links.PlanningExceptions);
        page.WaitForAssertion(() => Assert.Equal(["All3", "Defer2", "Expedite1"], page.FindAll(".list-views .tab").Select(t => t.TextContent.Trim())));
        Assert.Equal(Links.Order(order.Id), page.FindAll("tbody a").Single(a => a.TextContent == order.Number).GetAttribute("href"));
        Assert.Contains("Ask for it 9 days earlier.", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Flaws_are_counted_and_lead_to_the_row_at_fault()
    {
        var world = await Make.PlanWorldAsync(database);
        var price = await database.ScalarAsync<Guid>("select id from supplier_parts where supplier_id = $1", world.OrvaneId);
        await Make.PutAsync(
            database, PlanningListTests.Issue(world, PlanSeverity.High, "price_missing", "supplier_parts", price), PlanningListTests.Issue(world, PlanSeverity.Blocking, "bom_cycle", "", null),
            PlanningListTests.Issue(world, PlanSeverity.High, "negative_stock", "inventory", Guid.CreateVersion7()));
        await using var scope = database.As(world.Planner);
        await using var pages = new PageContext(scope);
        var page = Open<DataQualityPage>(pages, Links.DataQuality);
        page.WaitForAssertion(() => Assert.Equal(3, page.FindAll("tbody tr").Count));
        page.WaitForAssertion(() => Assert.Equal(["Blocking 1", "High 2"], page.FindAll(".flaws dt").Select(d => d.TextContent.Trim())));
        void Leads(string text, string where) => page.WaitForAssertion(() => Assert.Equal(where, page.FindAll("tbody a").FirstOrDefault(a => a.TextContent == text)?.GetAttribute("href")));
        Leads("Open its prices", Links.Part(world.PartId, "prices"));
        Leads("Open the BOM", Links.Bom(world.PartId));
        Leads("Open its stock", Links.Stock(world.PartId));
        await page.PressAsync("Plan again");
        page.WaitForAssertion(() => Assert.EndsWith(Links.Planning, pages.Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal));
        Assert.Equal(1L, await database.ScalarAsync<long>("select count(*) from planning_cycles where status = 'waiting'"));
    }

    [Fact]
    public async Task Before_the_first_plan_every_page_says_the_next_step()
    {
        await database.SqlAsync("update planning_cycles set status = 'failed', finished_at = coalesce(finished_at, now())");
        await using var scope = await database.AsAsync(Role.Planner);
        await using var pages = new PageContext(scope);
        Assert.All(
            new IRenderedComponent<IComponent>[] { Open<RecommendationsPage>(pages, Links.Recommendations), Open<ExceptionsPage>(pages, Links.PlanningExceptions), Open<DataQualityPage>(pages, Links.DataQuality) },
            page => page.WaitForAssertion(() => Assert.Contains("Run the first plan", page.Find(".empty .btn-primary").TextContent, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_plan_that_proposes_nothing_says_so()
    {
        var world = await Make.PlanWorldAsync(database);
        await database.SqlAsync("update procurement_recommendations set status = 'superseded' where status in ('accepted', 'proposed')");
        await using var scope = database.As(world.Planner);
        await using var pages = new PageContext(scope);
        var page = Open<RecommendationsPage>(pages, Links.Recommendations);
        page.WaitForAssertion(() => Assert.Contains("Nothing to decide", page.Find(".empty").TextContent, StringComparison.Ordinal));
    }

    private static IRenderedComponent<TPage> Open<TPage>(PageContext pages, string address) where TPage : IComponent
    {
        pages.Services.GetRequiredService<NavigationManager>().NavigateTo(address);
        return pages.Render<TPage>();
    }

    private static string Follows(IRenderedComponent<RecommendationCard> card) => card.Find(".consequence").TextContent;
}
