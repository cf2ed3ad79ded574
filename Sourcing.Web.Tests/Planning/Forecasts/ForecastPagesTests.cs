using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Sourcing.Data.Common;
using Sourcing.Data.Planning;
using Sourcing.Data.Planning.Engine;
using Sourcing.Data.Planning.Forecasts;
using Sourcing.Web.Planning;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Planning.Forecasts;

/// <summary>The pages on the real services and a real database.</summary>
public sealed class ForecastPagesTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_refused_override_keeps_what_was_typed_and_a_good_one_is_marked()
    {
        var part = await ForecastPartAsync();
        await using var scope = await database.AsAsync(Role.Planner);
        await using var pages = new PageContext(scope);
        var page = pages.Render<ForecastPage>(p => p.Add(x => x.Id, part.Id));
        page.WaitForAssertion(() => Assert.Contains($"Jersey {part.Number}", page.Find("h1").TextContent, StringComparison.Ordinal));
        await page.PressAsync("Override forecast");
        page.WaitForElement(".side-panel form");
        await page.TypeAsync(".side-panel [data-field=Quantity] input", "5200");
        await page.TypeAsync(".side-panel [data-field=Weeks] input", "2");
        await page.InvokeAsync(() => page.Find(".side-panel form").SubmitAsync());
        page.WaitForAssertion(() => Assert.Contains("why this figure replaces the forecast", page.Find(".side-panel .field-error").TextContent, StringComparison.Ordinal));
        Assert.Equal(["5200", "2"], new[] { "Quantity", "Weeks" }.Select(f => page.Find($".side-panel [data-field={f}] input").GetAttribute("value")));
        Assert.Equal(0L, await database.ScalarAsync<long>("select count(*) from forecasts where part_id = $1 and source = 'override'", part.Id));

        await page.InvokeAsync(() => page.Find(".side-panel textarea").Input("The navy programme starts early."));
        await page.InvokeAsync(() => page.Find(".side-panel form").SubmitAsync());
        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll("td.overridden").Count));
        Assert.Empty(page.FindAll(".side-panel"));
        Assert.Equal("5,200override", page.FindAll("td.overridden")[0].TextContent.Trim());

        await page.InvokeAsync(() => page.Find("td.edit button").ClickAsync(new()));
        page.WaitForElement(".side-panel form");
        Assert.Equal("The navy programme starts early.", page.Find(".side-panel textarea").GetAttribute("value"));
        await page.PressAsync("Remove override");
        page.WaitForAssertion(() => Assert.Single(page.FindAll("td.overridden")));
    }

    [Fact]
    public async Task The_chart_says_what_it_shows_and_the_tables_have_its_figures()
    {
        var part = await ForecastPartAsync();
        await Make.KeepAsync(database, new Forecast(part.Id, ForecastSource.ProdPlan, part.Monday, ForecastPeriod.Week, 140, 0.9m));
        await using var scope = await database.AsAsync(Role.ReadOnly);
        await using var pages = new PageContext(scope);
        var page = pages.Render<ForecastPage>(p => p.Add(x => x.Id, part.Id));
        page.WaitForElement("[role=img]");
        var words = page.Find("[role=img]").GetAttribute("aria-label")!;
        Assert.Contains("Sold in 12 weeks: between 100 kg and 100 kg a week", words, StringComparison.Ordinal);
        Assert.Contains("the model expects 2,600 kg in 26 weeks", words, StringComparison.Ordinal);
        Assert.Equal([.. Enumerable.Repeat("100", 12)], page.FindAll("details.figures tbody td.num").Select(c => c.TextContent));
        // ω = .9·.9 = .81 of the plan's 140 and .8·1 = .8 of the model's 100: 193.4 / 1.61 = 120.1; shares 50.3 % and 49.7 %.
        var first = page.FindAll(".weeks-box tbody tr")[0].QuerySelectorAll("td").Select(c => c.TextContent.Trim().Replace('\u202f', ' ')).ToList();
        Assert.Equal(["100100 to 100", "14050 %", "10050 %", "12095 %", "120", "–"], first);
        // Who only reads is offered no change, and the sources' lines are links.
        Assert.Empty(page.FindAll("td.edit"));
        Assert.DoesNotContain(page.FindAll("button"), b => b.TextContent.Contains("Override", StringComparison.Ordinal));
        Assert.Equal($"{Links.Forecast(part.Id)}?show=prod_plan", page.FindAll(".demand-legend a.chip").Single().GetAttribute("href"));
        Assert.Empty(page.FindAll("polyline.source"));
        await page.InvokeAsync(() => pages.Services.GetRequiredService<NavigationManager>().NavigateTo($"{Links.Forecast(part.Id)}?show=prod_plan"));
        page.WaitForAssertion(() => Assert.Single(page.FindAll("polyline.source")));
        Assert.Contains("Taken", page.Find(".methods-box tr.taken").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_part_that_is_not_there_says_so()
    {
        await using var scope = await database.AsAsync(Role.ReadOnly);
        await using var pages = new PageContext(scope);
        var page = pages.Render<ForecastPage>(p => p.Add(x => x.Id, Guid.CreateVersion7()));
        page.WaitForAssertion(() => Assert.Contains("No such part", page.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Forecasting_is_started_watched_and_cancelled_from_the_list()
    {
        var part = await ForecastPartAsync();
        await using var scope = await database.AsAsync(Role.Planner);
        await using var pages = new PageContext(scope);
        var page = pages.Render<ForecastsPage>();
        page.WaitForAssertion(() => Assert.Contains(page.FindAll(".grid a.row-link"), a => a.GetAttribute("href") == Links.Forecast(part.Id)));
        var row = page.FindAll(".grid tbody tr").Single(r => r.TextContent.Contains(part.Number, StringComparison.Ordinal));
        Assert.Contains("400", row.TextContent, StringComparison.Ordinal);
        Assert.StartsWith("Sales of the last 26 weeks", row.QuerySelector("svg")!.GetAttribute("aria-label"), StringComparison.Ordinal);
        page.WaitForAssertion(() => Assert.False(page.Button("Forecast now").HasAttribute("disabled")));
        await page.PressAsync("Forecast now");
        page.WaitForAssertion(() => Assert.Contains("Forecasting demand, FC-", page.Find("[role=status] strong").TextContent, StringComparison.Ordinal));
        Assert.True(page.Button("Forecast now").HasAttribute("disabled"));
        await page.PressAsync("Cancel round");
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("progress")));
        Assert.Equal(1L, await database.ScalarAsync<long>("select count(*) from job_runs where kind = 'forecast' and status = 'cancelled' and started_by = $1", scope.User.Id));
    }

    [Fact]
    public async Task Who_only_reads_is_offered_no_round()
    {
        await using var scope = await database.AsAsync(Role.ReadOnly);
        await using var pages = new PageContext(scope);
        var page = pages.Render<ForecastsPage>();
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("h1")));
        Assert.DoesNotContain(page.FindAll("button"), b => b.TextContent.Contains("Forecast now", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Accuracy_stands_by_method_kind_week_and_part()
    {
        var part = await ForecastPartAsync();
        await database.SqlAsync("select app.ensure_months('public.demand_history', $1, $2)", part.Monday.AddDays(-28), part.Monday);
        await Make.KeepAsync(database, new DemandRecord(IsoWeek.Start(part.Monday.AddDays(-7)), part.Id, 80, ForecastSource.Model, 100));
        await using var scope = await database.AsAsync(Role.ReadOnly);
        await using var pages = new PageContext(scope);
        var page = pages.Render<ForecastAccuracyPage>();
        page.WaitForElement(".groups-box");
        Assert.Contains(page.FindAll(".groups-box a"), a => a.GetAttribute("href") == $"{Links.ForecastAccuracy}?f.demandClass=smooth");
        page.WaitForAssertion(() => Assert.Contains(page.FindAll(".grid a.row-link"), a => a.GetAttribute("href") == Links.Forecast(part.Id)));
        Assert.NotEmpty(page.FindAll("[role=img]"));
    }

    [Fact]
    public async Task Sales_are_charted_with_their_figures_and_lead_to_the_list_behind_them()
    {
        var part = await Make.SoldPartAsync(database, 10, 30);
        await using var scope = await database.AsAsync(Role.ReadOnly);
        await using var pages = new PageContext(scope);
        var (from, to) = (Iso(part.Monday.AddDays(-14)), Iso(part.Monday.AddDays(-1)));
        pages.Services.GetRequiredService<NavigationManager>().NavigateTo($"{Links.SalesHistory}?part={part.Id}&from={from}&to={to}&step=week&measure=quantity");
        var page = pages.Render<SalesHistoryPage>();
        page.WaitForElement(".column-chart");
        Assert.Contains("between 10 and 30", page.Find("[role=img]").GetAttribute("aria-label"), StringComparison.Ordinal);
        Assert.Equal(["30", "10"], page.FindAll("details.figures td.num").Select(c => c.TextContent));
        var last = page.FindAll("details.figures a")[0].GetAttribute("href")!;
        Assert.Equal($"{Links.Sales}?f.time={Iso(part.Monday.AddDays(-7))}..{to}&f.number={part.Number}", last);
        Assert.Contains("f.region=North", page.FindAll(".bars a").First(a => a.TextContent == "North").GetAttribute("href"), StringComparison.Ordinal);
        await page.InvokeAsync(() => page.FindAll(".col")[1].ClickAsync(new()));
        Assert.EndsWith(last, pages.Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
    }

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private async Task<SoldPart> ForecastPartAsync()
    {
        var part = await Make.SoldPartAsync(database, [.. Enumerable.Repeat(100m, 12)]);
        await Make.ForecastRoundAsync(database);
        return part;
    }
}
