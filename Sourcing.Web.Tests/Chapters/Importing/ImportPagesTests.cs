using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.DependencyInjection;
using Sourcing.Data.Chapters.Files;
using Sourcing.Web.Chapters.Importing;
using Sourcing.Web.Tests.Chapters.Files;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Chapters.Importing;

public sealed class ImportPagesTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task A_leader_drops_a_report_reads_why_one_is_refused_and_is_led_to_the_questions_of_another()
    {
        var world = await ImportWorld.MakeAsync(database);
        await using var leader = database.As(world.World.Leader);
        await using var pages = new PageContext(leader);
        var page = pages.Render<ChapterImportsPage>(p => p.Add(x => x.Id, world.Chapter));
        page.WaitForAssertion(() => Assert.Contains("No reports imported yet", page.Find(".empty").TextContent, StringComparison.Ordinal));
        page.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromBinary(MadeReport.Xml("Colour|Size", "red|5"), "colours.xls"));
        page.WaitForAssertion(() => Assert.Contains("colours.xls was not taken", page.Find(".notice").TextContent, StringComparison.Ordinal));
        Assert.Contains("WRONG_REPORT", page.Find(".notice").TextContent, StringComparison.Ordinal);
        page.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromBinary(ImportWorld.Slips(ImportWorld.Referral), "slips.xls"));
        var navigation = pages.Services.GetRequiredService<NavigationManager>();
        page.WaitForAssertion(() => Assert.Contains($"/chapters/{world.Chapter}/imports/", navigation.Uri, StringComparison.Ordinal));
        var again = pages.Render<ChapterImportsPage>(p => p.Add(x => x.Id, world.Chapter));
        again.WaitForAssertion(() => Assert.Contains("slips.xls", again.Find("tbody tr").TextContent, StringComparison.Ordinal));
        Assert.Contains("March 2025", again.Find("tbody tr").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_is_answered_the_change_is_shown_and_the_import_goes_in_and_back()
    {
        var world = await ImportWorld.MakeAsync(database);
        await using var leader = database.As(world.World.Leader);
        var batch = await world.UploadAsync(leader, ImportWorld.Slips(ImportWorld.Referral, "Ines Faro|Bo Castell|Referral|Outside", "Ada Lindqvist|Bo Castell|Gift"));
        await using var pages = new PageContext(leader);
        var page = pages.Render<ChapterImportPage>(p => p.Add(x => x.Id, world.Chapter).Add(x => x.BatchId, batch));
        page.WaitForAssertion(() => Assert.Contains("Who is meant? 1 name open", page.Find(".name-questions h2").TextContent, StringComparison.Ordinal));
        Assert.True(page.Button("Import 1 slip").HasAttribute("disabled"));
        await page.PressAsync("Outside");
        page.WaitForAssertion(() => Assert.Contains("Outside the chapter", page.Find(".name-questions .answer").TextContent, StringComparison.Ordinal));
        // One row cannot be taken: that has to be said first.
        Assert.Contains("“Gift” is no kind of slip", page.Find(".words").TextContent, StringComparison.Ordinal);
        Assert.True(page.Button("Import 2 slips").HasAttribute("disabled"));
        await page.InvokeAsync(() => page.Find(".wizard-foot input[type=checkbox]").ChangeAsync(new() { Value = true }));
        await page.PressAsync("Import 2 slips");
        page.WaitForAssertion(() => Assert.Contains("2 slips; 1 row stayed out", page.Find(".notice").TextContent, StringComparison.Ordinal));
        Assert.Equal(2L, await world.CountAsync("referrals", batch));
        await page.PressAsync("Settled");
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".finding-scroll")));
    }

    [Fact]
    public async Task The_committee_reads_an_import_and_has_nothing_to_press_and_others_find_nothing()
    {
        var world = await ImportWorld.MakeAsync(database);
        await using (var leader = database.As(world.World.Leader))
        {
            await world.UploadAsync(leader, ImportWorld.Slips(ImportWorld.Referral, "Ines Faro|Bo Castell|Referral|Outside"));
        }

        var batch = await database.ScalarAsync<Guid>("select id from chapter_import_batches where chapter_id = $1", world.Chapter);
        // The start page tells leaders and committee what waits.
        await using (var desk = database.As(world.World.Leader))
        {
            await using var start = new PageContext(desk);
            var waiting = start.Render<WaitingImports>(p => p.Add(x => x.ChapterId, world.Chapter));
            waiting.WaitForAssertion(() => Assert.Contains("1 open", waiting.Find($"li:has(a[href='/chapters/{world.Chapter}/imports/{batch}'])").TextContent, StringComparison.Ordinal));
        }

        await using var committee = database.As(world.World.Committee);
        await using var pages = new PageContext(committee);
        var page = pages.Render<ChapterImportPage>(p => p.Add(x => x.Id, world.Chapter).Add(x => x.BatchId, batch));
        page.WaitForAssertion(() => Assert.Contains("Ines Faro", page.Find(".name-questions tbody").TextContent, StringComparison.Ordinal));
        Assert.Empty(page.FindAll(".wizard-foot"));
        Assert.Empty(page.FindAll(".name-questions button"));
        foreach (var person in new[] { world.World.Host, world.World.Member, world.World.Viewer })
        {
            await using var scope = database.As(person);
            await using var theirs = new PageContext(scope);
            var list = theirs.Render<ChapterImportsPage>(p => p.Add(x => x.Id, world.Chapter));
            list.WaitForAssertion(() => Assert.Contains("There is no such chapter", list.Markup, StringComparison.Ordinal));
            var import = theirs.Render<ChapterImportPage>(p => p.Add(x => x.Id, world.Chapter).Add(x => x.BatchId, batch));
            import.WaitForAssertion(() => Assert.Contains("There is no such import", import.Markup, StringComparison.Ordinal));
            var reconcile = theirs.Render<ReconcilePage>(p => p.Add(x => x.Id, world.Chapter).Add(x => x.Month, "2025-03"));
            reconcile.WaitForAssertion(() => Assert.Contains("There is no such chapter", reconcile.Markup, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_month_is_reconciled_row_by_row_with_links_to_what_is_behind()
    {
        var world = await ImportWorld.MakeAsync(database);
        await using var leader = database.As(world.World.Leader);
        await using var pages = new PageContext(leader);
        var none = pages.Render<ReconcilePage>(p => p.Add(x => x.Id, world.Chapter).Add(x => x.Month, "2025-03"));
        none.WaitForAssertion(() => Assert.Contains("No attendance summary", none.Find(".empty").TextContent, StringComparison.Ordinal));
        await world.ImportAsync(leader, ImportWorld.Summary("Ada|Lindqvist|#2|#0|#0|#0|#0|#4|#1|#0|#0|#1|#0|#2|#500.5|#0", "Total||#765"), "summary.xlsx");
        var page = pages.Render<ReconcilePage>(p => p.Add(x => x.Id, world.Chapter).Add(x => x.Month, "2025-03"));
        page.WaitForAssertion(() => Assert.Equal("Ada Lindqvist", page.Find("tbody tr th").TextContent));
        var row = page.Find("tbody tr");
        Assert.Contains("Referrals given, tier 1", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("+2", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("f.from=Ada%20Lindqvist", row.QuerySelector("td a")!.GetAttribute("href"), StringComparison.Ordinal);
        Assert.Contains("P 765", page.Find(".skipped").TextContent, StringComparison.Ordinal);
        var bad = pages.Render<ReconcilePage>(p => p.Add(x => x.Id, world.Chapter).Add(x => x.Month, "2025-13"));
        bad.WaitForAssertion(() => Assert.Contains("is not a month", bad.Find(".empty").TextContent, StringComparison.Ordinal));
    }
}
