using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Sourcing.Data.Common;
using Sourcing.E2E.Support;

namespace Sourcing.E2E.Journeys;

/// <summary>A buyer says by which rules to award, looks at what they cost, awards by them, and opens the record for the auditor.</summary>
public sealed class AwardScenarioJourneyTests(App app)
{
    [Fact]
    public async Task From_rules_to_the_record_of_the_award()
    {
        var rfq = await ScalarAsync("""
            select r.id::text from rfqs r where r.status = 'evaluating' and not exists (select from award_decisions d where d.rfq_id = r.id)
            order by (select count(*) from quotes q where q.rfq_id = r.id) desc, r.number limit 1
            """);
        await using var buyer = await app.SignInAsync("ana.pinheda@example.test");
        await buyer.OpenAsync($"/rfqs/{rfq}/scenarios");
        var page = buyer.Page;
        await page.GetByRole(AriaRole.Button, new() { Name = "New scenario" }).ClickAsync();
        var panel = page.GetByRole(AriaRole.Dialog);
        await panel.GetByLabel("Name").FillAsync("Two and no more");
        await panel.GetByLabel("At most so many suppliers").FillAsync("2");
        await panel.GetByRole(AriaRole.Button, new() { Name = "Work out and save" }).ClickAsync();
        await Assertions.Expect(page.Locator(".scenarios-box thead").GetByText("Two and no more")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("wins at").First).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Award by Two and no more" }).ClickAsync();
        await Assertions.Expect(page.Locator(".scenario.picked")).ToContainTextAsync("Two and no more");
        await page.GetByLabel("Why these suppliers").FillAsync("Two sources are enough for this yarn.");
        await page.Locator(".award-go").ClickAsync();
        await Assertions.Expect(page.GetByText("The orders are made")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Show the award record" }).ClickAsync();
        await Assertions.Expect(page.GetByText("By the scenario Two and no more")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("Two sources are enough for this yarn.")).ToBeVisibleAsync();
        Assert.Empty(await buyer.FindingsAsync());
    }

    private async Task<string> ScalarAsync(string sql)
    {
        await using var command = app.Services.GetRequiredService<DataSources>().Migrator.CreateCommand(sql);
        return (string)(await command.ExecuteScalarAsync())!;
    }
}
