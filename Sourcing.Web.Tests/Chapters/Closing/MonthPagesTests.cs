using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Sourcing.Data.Chapters.Closing;
using Sourcing.Data.Common;
using Sourcing.Web.Chapters.Reports;
using Sourcing.Web.Tests.Chapters.Reports;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Chapters.Closing;

/// <summary>Months, their closings, and the report of a closed month as they are read in the browser.</summary>
public sealed class MonthPagesTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_months_say_what_is_open_and_offer_the_next_step()
    {
        var made = await ReportWorld.MakeAsync(database);
        await using var scope = database.As(made.World.Leader);
        await using var pages = new PageContext(scope);
        var page = Months(pages, made.Chapter);
        page.WaitForAssertion(() => Assert.Equal(["March 2025", "February 2025"], page.FindAll("tbody th").Select(t => t.TextContent)));
        Assert.Equal(["Open", "Open"], page.FindAll("tbody .pill").Select(t => t.TextContent.Trim()));
        Assert.Contains("27 March is neither completed nor a holiday", Row(page, 0), StringComparison.Ordinal);
        Assert.Equal("Close February 2025", page.Find("tbody tr:nth-child(2) button").GetAttribute("aria-label"));

        await made.FinishAsync(scope);
        await scope.Get<MonthClosingService>().CloseAsync(made.Chapter, ReportWorld.March, _ct);
        var again = Months(pages, made.Chapter);
        again.WaitForAssertion(() => Assert.Equal(["Closed", "Open"], again.FindAll("tbody .pill").Select(t => t.TextContent.Trim())));
        Assert.Equal(["5", "1,751", "2"], again.FindAll("tbody tr:first-child td.num").Take(3).Select(c => c.TextContent.Split(' ')[^1]));
        Assert.Equal($"/chapters/{made.Chapter}/months/2025-03", again.Find("tbody tr:first-child td:last-child a").GetAttribute("href"));
    }

    [Fact]
    public async Task A_member_reads_the_months_and_closes_none()
    {
        var made = await ReportWorld.MakeAsync(database);
        await using var scope = database.As(made.World.Member);
        await using var pages = new PageContext(scope);
        var page = Months(pages, made.Chapter);
        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll("tbody th").Count));
        Assert.Empty(page.FindAll("tbody button"));
        Assert.DoesNotContain("neither completed", Row(page, 0), StringComparison.Ordinal);
        var history = pages.Render<MonthHistoryPage>(p => p.Add(x => x.Id, made.Chapter).Add(x => x.Month, "2025-03"));
        history.WaitForAssertion(() => Assert.Equal("No such month", history.Find("h1").TextContent));
    }

    [Fact]
    public async Task The_report_of_a_month_that_was_opened_again_says_what_differs_and_the_closing_stays_readable()
    {
        var made = await ReportWorld.MakeAsync(database);
        await using var scope = database.As(made.World.Leader);
        await made.FinishAsync(scope);
        var closing = scope.Get<MonthClosingService>();
        await closing.CloseAsync(made.Chapter, ReportWorld.March, _ct);
        await using var pages = new PageContext(scope);
        var closed = pages.Render<ChapterReportPage>(p => p.Add(x => x.Id, made.Chapter).Add(x => x.Month, "2025-03"));
        closed.WaitForAssertion(() => Assert.Equal("Closed", closed.Find(".page-title .pill").TextContent.Trim()));
        Assert.Contains("As closed", closed.Find(".facts").TextContent, StringComparison.Ordinal);
        Assert.Equal("Open again: March 2025", closed.Find(".closing button").GetAttribute("aria-label"));

        await closing.ReopenAsync(made.Chapter, ReportWorld.March, "A slip was forgotten", _ct);
        await made.SlipAsync(scope, Data.Chapters.SlipKind.Referral, 6, made.World.LeaderMember, made.World.Bo);
        var now = pages.Render<ChapterReportPage>(p => p.Add(x => x.Id, made.Chapter).Add(x => x.Month, "2025-03"));
        now.WaitForAssertion(() => Assert.Equal("Opened again", now.Find(".page-title .pill").TextContent.Trim()));
        Assert.Contains("Opened again: A slip was forgotten", now.Find(".closing").TextContent, StringComparison.Ordinal);
        Assert.Equal(["Referrals|5|6|+1", "Referrals inside the chapter|4|5|+1"], now.FindAll(".stack table tbody tr").Select(r => string.Join('|', r.Children.Select(c => c.TextContent.Trim()))));

        await closing.CloseAsync(made.Chapter, ReportWorld.March, _ct);
        var history = pages.Render<MonthHistoryPage>(p => p.Add(x => x.Id, made.Chapter).Add(x => x.Month, "2025-03"));
        history.WaitForAssertion(() => Assert.Equal(["Closing 2", "Closing 1 opened again", "Closing 1"], history.FindAll(".panel h2").Select(h => h.TextContent.Trim())));
        Assert.Equal("Closed, revision 2", history.Find(".page-title .pill").TextContent.Trim());
        Assert.Equal($"/chapters/{made.Chapter}/report/2025-03?revision=1", history.FindAll("a").Last(a => a.TextContent.StartsWith("Read it as it was", StringComparison.Ordinal)).GetAttribute("href"));
    }

    private static IRenderedComponent<ChapterMonthsPage> Months(PageContext pages, Guid chapter)
    {
        pages.Services.GetRequiredService<NavigationManager>().NavigateTo(Links.ChapterMonths(chapter, 2025));
        return pages.Render<ChapterMonthsPage>(p => p.Add(x => x.Id, chapter));
    }

    private static string Row(IRenderedComponent<ChapterMonthsPage> page, int row) => page.FindAll("tbody tr")[row].TextContent;
}
