using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Sourcing.Data.Common;
using Sourcing.Web.Chapters;
using Sourcing.Web.Chapters.Reports;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Chapters.Reports;

/// <summary>The monthly report as it is read in the browser.</summary>
public sealed class ChapterReportPageTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task A_leader_reads_the_last_month_with_its_figures_lights_and_what_is_open()
    {
        var made = await ReportWorld.MakeAsync(database);
        await using var scope = database.As(made.World.Leader);
        await using var pages = new PageContext(scope);
        var page = pages.Render<ChapterReportPage>(p => p.Add(x => x.Id, made.Chapter));
        page.WaitForAssertion(() => Assert.EndsWith(", March 2025", page.Find("h1").TextContent, StringComparison.Ordinal));
        Assert.Contains("2 meetings, 1 called off, 4 members", page.Find(".facts").TextContent, StringComparison.Ordinal);
        Assert.Contains("3 + 1 joined − 0 left = 4", page.Find(".facts").TextContent, StringComparison.Ordinal);
        Assert.Equal(["Referrals 4 +3", "Closed business EUR 1,751 +75.1 %", "One-to-ones 2 +2", "Attendance 83.3 % −16.7", "Visitors 1 +1"], page.FindAll(".tile").Select(t => Plain(t.TextContent)));
        Assert.Equal(["0", "1", "1", "2"], page.FindAll(".band-count").Select(b => b.TextContent));
        Assert.Contains("Ada Lindqvist", page.Find("[data-band=yellow]").TextContent, StringComparison.Ordinal);
        Assert.Contains("1 more referral → yellow", page.Find(".steps li").TextContent, StringComparison.Ordinal);
        Assert.Contains("has no attendance", page.Find($".closing-steps a[href='/chapters/meetings/{made.Meetings[ReportWorld.Planned]}']").TextContent, StringComparison.Ordinal);
        Assert.Equal(["February", "April"], page.FindAll(".actions a").Select(a => a.QuerySelector(".icon")!.NextSibling!.TextContent.Trim()));
        Assert.Equal("/chapters/" + made.Chapter + "/report/2025-02", page.Find(".actions a").GetAttribute("href"));
    }

    [Fact]
    public async Task The_matrix_says_who_gave_to_whom_and_its_cells_lead_to_the_slips()
    {
        var made = await ReportWorld.MakeAsync(database);
        await using var scope = database.As(made.World.Leader);
        await using var pages = new PageContext(scope);
        var page = pages.Render<ChapterReportPage>(p => p.Add(x => x.Id, made.Chapter).Add(x => x.Month, "2025-03"));
        page.WaitForAssertion(() => Assert.Equal(["Ada Lindqvist", "Bo Castell", "Cleo Weyn", "Petra Almq"], page.FindAll(".heat abbr").Select(a => a.GetAttribute("aria-label"))));
        Assert.Equal(["AL", "BC", "CW", "PA"], page.FindAll(".heat abbr").Select(a => a.TextContent));
        Assert.Equal(["|2|·|·|2", "·||·|1|1", "·|·||·|0", "·|·|·||0"], Cells(page));
        Assert.Equal(["0", "2", "0", "1", "3"], page.FindAll(".heat tfoot td").Select(c => c.TextContent));
        Assert.Contains("outside the chapter: 1,", page.Find(".heat-note").TextContent, StringComparison.Ordinal);
        var cell = page.Find(".heat tbody td a");
        Assert.Equal("Ada Lindqvist to Bo Castell: 2 referrals", cell.GetAttribute("aria-label"));

        // The cell's address opens the list with these two slips.
        var navigation = pages.Services.GetRequiredService<NavigationManager>();
        navigation.NavigateTo(cell.GetAttribute("href")!);
        var slips = pages.Render<ChapterSlipsPage>(p => p.Add(x => x.Id, made.Chapter));
        slips.WaitForAssertion(() => Assert.Equal(2, slips.FindAll(".list-wide tbody tr").Count));
    }

    [Theory]
    [InlineData("onetoones", "|1|1|·|2", "1||·|·|1", "1|·||·|1", "·|·|·||0")]
    [InlineData("both", "|B|O|·|1|0|1|1", "O||·|R|0|1|1|1", "O|·||·|0|0|1|2", "·|·|·||0|0|0|3")]
    public async Task Another_matrix_is_another_address(string matrix, params string[] rows)
    {
        var made = await ReportWorld.MakeAsync(database);
        await using var scope = database.As(made.World.Leader);
        await using var pages = new PageContext(scope);
        pages.Services.GetRequiredService<NavigationManager>().NavigateTo($"/chapters/{made.Chapter}/report/2025-03?matrix={matrix}");
        var page = pages.Render<ChapterReportPage>(p => p.Add(x => x.Id, made.Chapter).Add(x => x.Month, "2025-03"));
        page.WaitForAssertion(() => Assert.Equal(rows, Cells(page)));
        Assert.EndsWith($"?matrix={matrix}", page.Find(".switch-item.here").GetAttribute("href"), StringComparison.Ordinal);
        Assert.NotEmpty(page.FindAll($".heat tbody a[href*='kind={(matrix == "both" ? "referral%2Cone_to_one" : "one_to_one")}']"));
    }

    [Fact]
    public async Task A_member_finds_their_own_points_and_opens_their_own_slips_and_a_viewer_neither()
    {
        var made = await ReportWorld.MakeAsync(database);
        foreach (var (person, links, own) in new[] { (made.World.Member, 1, true), (made.World.Viewer, 0, false) })
        {
            await using var scope = database.As(person);
            await using var pages = new PageContext(scope);
            var page = pages.Render<ChapterReportPage>(p => p.Add(x => x.Id, made.Chapter).Add(x => x.Month, "2025-03"));
            page.WaitForAssertion(() => Assert.Equal(["|2|·|·|2", "·||·|1|1", "·|·||·|0", "·|·|·||0"], Cells(page)));
            Assert.Equal(links, page.FindAll(".heat tbody td a").Count);
            Assert.Equal(own, page.FindAll(".panel[aria-label='Your traffic light']").Count == 1);
            Assert.Equal(own, page.FindAll(".heat tbody th a").Count == 4);
            Assert.Empty(page.FindAll(".lights, .closing"));
            if (own)
            {
                Assert.Contains("51 points", page.Find(".panel[aria-label='Your traffic light'] .pill").TextContent, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task A_month_that_is_none_is_told_and_nobody_without_a_seat_finds_a_report()
    {
        var made = await ReportWorld.MakeAsync(database);
        foreach (var (month, told) in new[] { ("2025-13", "Write it like 2026-10"), ("1999-01", "Choose a month between") })
        {
            await using var scope = database.As(made.World.Leader);
            await using var pages = new PageContext(scope);
            var page = pages.Render<ChapterReportPage>(p => p.Add(x => x.Id, made.Chapter).Add(x => x.Month, month));
            page.WaitForAssertion(() => Assert.Contains(told, page.Find(".empty").TextContent, StringComparison.Ordinal));
        }

        foreach (var stranger in new[] { made.World.Host, await database.UserAsync(null, [Role.ChapterLeader]) })
        {
            await using var scope = database.As(stranger);
            await using var pages = new PageContext(scope);
            var page = pages.Render<ChapterReportPage>(p => p.Add(x => x.Id, made.Chapter));
            page.WaitForAssertion(() => Assert.Contains("no such report", page.Find(".empty").TextContent, StringComparison.Ordinal));
        }
    }

    // Each row of the matrix as its cells one after the other, totals last; the diagonal is empty.
    private static List<string> Cells(IRenderedComponent<ChapterReportPage> page) =>
        [.. page.FindAll(".heat tbody tr").Select(r => string.Join('|', r.QuerySelectorAll("td").Select(c => c.TextContent.Trim())))];

    private static string Plain(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Replace('\u00a0', ' ').Replace('\u202f', ' ');
}
