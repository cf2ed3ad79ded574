using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Sourcing.Data.Common;
using Sourcing.Data.Rfqs.Awarding;
using Sourcing.Web.Rfqs;
using Sourcing.Web.Tests.Rfqs.Awarding;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Rfqs;

public sealed class ScenariosPageTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_usual_four_stand_side_by_side_with_flip_prices_beneath()
    {
        var rfq = await AwardScenarioServiceTests.QuotedAsync(database);
        await using var buyer = await database.AsAsync(Role.Buyer);
        await using var page = new PageContext(buyer);
        var cut = page.Render<ScenariosPage>(p => p.Add(c => c.Id, rfq.Id));
        cut.WaitForElement(".empty");
        await cut.PressAsync("Work out the usual four");
        cut.WaitForAssertion(() => Assert.Equal(4, cut.FindAll(".scenarios-box thead a").Count));
        Assert.Contains("Lowest landed cost", cut.Find(".scenarios-box").TextContent, StringComparison.Ordinal);
        Assert.Contains("980", cut.Find(".scenarios-box tr.lead").TextContent, StringComparison.Ordinal);
        Assert.Contains("proven best", cut.Markup, StringComparison.Ordinal);
        cut.WaitForAssertion(() => Assert.Contains("wins at", cut.Markup, StringComparison.Ordinal));
        Assert.Equal(2, cut.FindAll("td.chosen").Count);
        Assert.Contains(cut.FindAll("a"), a => a.GetAttribute("aria-label") == "Award by Lowest landed cost");
    }

    [Fact]
    public async Task Who_may_not_award_looks_and_finds_nothing_to_press()
    {
        var rfq = await AwardScenarioServiceTests.QuotedAsync(database);
        await using var buyer = await database.AsAsync(Role.Buyer);
        await buyer.Get<AwardScenarioService>().SaveAsync(AwardScenarioServiceTests.Form(rfq, new() { LargestShare = 0.6m }), _ct);
        await using var reader = await database.AsAsync(Role.ReadOnly);
        await using var page = new PageContext(reader);
        var cut = page.Render<ScenariosPage>(p => p.Add(c => c.Id, rfq.Id));
        cut.WaitForElement(".scenarios-box");
        Assert.DoesNotContain("New scenario", cut.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("Award by", cut.Markup, StringComparison.Ordinal);
        cut.WaitForAssertion(() => Assert.Contains("searched line by line", cut.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_refused_scenario_keeps_what_was_typed()
    {
        var rfq = await AwardScenarioServiceTests.QuotedAsync(database);
        await using var buyer = await database.AsAsync(Role.Buyer);
        await buyer.Get<AwardScenarioService>().SaveAsync(AwardScenarioServiceTests.Form(rfq, new()), _ct);
        await using var page = new PageContext(buyer);
        var cut = page.Render<ScenariosPage>(p => p.Add(c => c.Id, rfq.Id));
        cut.WaitForElement(".scenarios-box");
        await cut.PressAsync("New scenario");
        await cut.TypeAsync(".side-panel [data-field=Name] input", "Usual");
        await cut.InvokeAsync(() => cut.Find(".side-panel form").SubmitAsync());
        cut.WaitForAssertion(() => Assert.Contains("a scenario of this name already", cut.Find(".side-panel").TextContent, StringComparison.Ordinal));
        Assert.Equal("Usual", cut.Find(".side-panel [data-field=Name] input").GetAttribute("value"));
    }

    [Fact]
    public async Task A_saved_scenario_is_chosen_on_the_comparison_by_its_address_and_awarded()
    {
        var rfq = await AwardScenarioServiceTests.QuotedAsync(database);
        await using var buyer = await database.AsAsync(Role.Buyer);
        var id = await buyer.Get<AwardScenarioService>().SaveAsync(AwardScenarioServiceTests.Form(rfq, new() { FreightAndOther = false }), _ct);
        await using var page = new PageContext(buyer);
        page.Services.GetRequiredService<Microsoft.AspNetCore.Components.NavigationManager>().NavigateTo(Links.AwardBy(rfq.Id, id));
        var cut = page.Render<ComparisonPage>(p => p.Add(c => c.Id, rfq.Id));
        cut.WaitForElement("table.comparison");
        Assert.Equal("Usual", cut.Find(".scenario.picked .scenario-name").TextContent);
        await cut.PressAsync("Award 2 suppliers");
        cut.WaitForAssertion(() => Assert.Contains("Awarded by", cut.Markup, StringComparison.Ordinal));
        Assert.Equal(id, await database.ScalarAsync<Guid>("select scenario_id from award_decisions where rfq_id = $1", rfq.Id));
        Assert.Contains(cut.FindAll("a"), a => a.GetAttribute("href") == Links.AwardRecord(rfq.Id));
    }
}
