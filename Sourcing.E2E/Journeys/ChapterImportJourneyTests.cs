using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Sourcing.Data.Common;
using Sourcing.E2E.Support;
using static Microsoft.Playwright.Assertions;

namespace Sourcing.E2E.Journeys;

/// <summary>A leader imports last month's slips: one name is asked, the change is shown, the report counts it, and taken back nothing is left.</summary>
public sealed class ChapterImportJourneyTests(App app)
{
    [Fact]
    public async Task A_leader_imports_a_slips_audit_answers_a_name_and_finds_the_slips_in_the_report()
    {
        var chapter = await ValueAsync("select id from chapters where name = 'Harbour'");
        var day = DateOnly.Parse(await ValueAsync("select (max(m.held_on))::text from meetings m join chapters c on c.id = m.chapter_id and c.name = 'Harbour' where m.status = 'completed' and m.held_on < date_trunc('month', current_date)"), CultureInfo.InvariantCulture);
        var month = day.ToString("yyyy-MM", CultureInfo.InvariantCulture);
        await using var leader = await app.SignInAsync("petra.almqvist@example.test");
        await leader.OpenAsync($"/chapters/{chapter}/report/{month}");
        var before = await ReferralsAsync(leader);
        await leader.OpenAsync($"/chapters/{chapter}/slips");
        await leader.Page.GetByRole(AriaRole.Link, new() { Name = "Import slips" }).ClickAsync();
        await leader.Page.GetByLabel("Report to import").SetInputFilesAsync(new FilePayload { Name = "slips.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(Slips(day)) });
        await Expect(leader.Page.GetByRole(AriaRole.Heading, new() { Name = "Slips audit" })).ToBeVisibleAsync();
        await Expect(leader.Page.GetByText("Who is meant? 1 name open")).ToBeVisibleAsync();
        // It is kept: a reload finds the question again.
        await leader.Page.ReloadAsync();
        await Expect(leader.Page.GetByText("Who is meant? 1 name open")).ToBeVisibleAsync();
        await leader.Page.GetByRole(AriaRole.Button, new() { Name = "Say who Brunno Kastell is" }).ClickAsync();
        await leader.Page.Locator("[data-field=MemberId] select").SelectOptionAsync(new SelectOptionValue { Label = "Bruno Castell" });
        await leader.Page.GetByRole(AriaRole.Button, new() { Name = "Answer", Exact = true }).ClickAsync();
        await Expect(leader.Page.GetByText("Names: all 1 answered")).ToBeVisibleAsync();
        await leader.Page.GetByRole(AriaRole.Button, new() { Name = "Import 4 slips" }).ClickAsync();
        await Expect(leader.Page.Locator(".page-title .pill")).ToHaveTextAsync("Applied");
        await leader.OpenAsync($"/chapters/{chapter}/report/{month}");
        Assert.Equal(before + 3, await ReferralsAsync(leader));

        await leader.OpenAsync($"/chapters/{chapter}/imports");
        await leader.Page.Locator("tr", new() { HasText = "slips.csv" }).GetByRole(AriaRole.Link).First.ClickAsync();
        await leader.Page.GetByRole(AriaRole.Button, new() { Name = "Take import back" }).ClickAsync();
        await leader.Page.Locator(".rz-dialog").GetByRole(AriaRole.Button, new() { Name = "Take import back" }).ClickAsync();
        await Expect(leader.Page.Locator(".page-title .pill")).ToHaveTextAsync("Undone");
        await leader.OpenAsync($"/chapters/{chapter}/report/{month}");
        Assert.Equal(before, await ReferralsAsync(leader));
    }

    private static string Slips(DateOnly day) => string.Join("\r\n",
        $"Slips Audit Report for {day:yyyy-MM-dd}", "From,To,Slip Type,Inside/Outside,TYFCB Amount,CEU Credits,Detail", "Ada Lindqvist,Carla Weyn,Referral,Inside,,,", "Ada Lindqvist,Carla Weyn,Referral,Inside,,,",
        "Brunno Kastell,Ada Lindqvist,Referral,Outside,,,", "Carla Weyn,Petra Almqvist,One-to-One,,,,");

    private static async Task<int> ReferralsAsync(Visitor leader)
    {
        var tile = leader.Page.Locator(".report-tiles .tile", new() { HasText = "Referrals" }).First;
        await Expect(tile).ToBeVisibleAsync();
        return int.Parse(Regex.Match(await tile.Locator("dd").InnerTextAsync(), @"\d+").Value, CultureInfo.InvariantCulture);
    }

    private async Task<string> ValueAsync(string sql)
    {
        await using var command = app.Services.GetRequiredService<DataSources>().Migrator.CreateCommand(sql);
        return (await command.ExecuteScalarAsync())!.ToString()!;
    }
}
