using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Sourcing.Data.Chapters;
using Sourcing.Data.Chapters.Reckoning;
using Sourcing.Data.Chapters.Reports;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Web.Chapters.Reports;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Chapters.Reports;

/// <summary>Several months together; figures worked out by hand.</summary>
public sealed class ChapterPeriodTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly DateOnly February = new(2025, 2, 1);

    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Cells_are_summed_over_the_union_of_the_rosters()
    {
        var made = await ReportWorld.MakeAsync(database);
        var report = (await ReportAsync(made.World.Leader, made.Chapter, February, ReportWorld.March))!;
        var figures = report.Figures;
        Assert.Equal(["Ada Lindqvist", "Bo Castell", "Cleo Weyn", "Petra Almq"], figures.Roster.Select(p => p.Name));
        // Bo gave Ada one in February; the rest is March.
        Assert.Equal((2, 1, 1, 4, 1), (figures.Gave(0, 1), figures.Gave(1, 0), figures.Gave(1, 3), figures.ReferralsInside, figures.ReferralsOutside));
        Assert.Equal((1, 1, 0, 2, 100m * 2 / 6), (figures.MetWith(0, 1), figures.MetWith(2, 0), figures.MetWith(1, 3), figures.OneToOnesInside, figures.Coverage));
        Assert.Equal(new TieCounts(1, 1, 0, 1), figures.Ties[0]);
        Assert.Equal([500.50m, 1250, 0, 1000], figures.Business.Select(l => l.Total));
        Assert.Equal([(2, 2), (2, 2), (1, 2), (2, 2)], figures.Presence.Select(l => (l.Present, l.Total)));
        // 3 + 5 came of 3 + 6 who were expected.
        Assert.Equal(new MonthFigures(February, 5, 2750.50m, 2, 8m / 9, 1), report.Now);
        Assert.Null(report.Before);
        Assert.Null(report.Compared);
        Assert.Equal((1, 1, 3), (report.Waiting, report.Holidays, figures.Meetings));
        Assert.Equal([(February, 1), (ReportWorld.March, 4)], report.Months.Select(m => (m.Month, m.Referrals)));
        Assert.Equal(["Cleo Weyn", "Petra Almq"], figures.Missing(0).Priority.Select(p => p.Name));
    }

    [Fact]
    public async Task Whoever_left_stays_in_the_matrix_with_their_last_month_and_months_present()
    {
        var made = await ReportWorld.MakeAsync(database);
        await database.SqlAsync("update membership_terms set left_on = '2025-03-10' where member_id = $1", made.World.Bo);
        var report = (await ReportAsync(made.World.Leader, made.Chapter, February, ReportWorld.March))!;
        Assert.Equal(2, report.Figures.Gave(0, 1));
        Assert.Equal([("Bo Castell", "03/2025", 2, 2)], report.Leavers.Select(l => (l.Person.Name, l.LastSeen.Title, l.Present, l.Total)));

        await using var scope = database.As(made.World.Leader);
        await using var pages = new PageContext(scope);
        var page = pages.Render<ChapterPeriodPage>(p => p.Add(x => x.Id, made.Chapter).Add(x => x.From, "2025-02").Add(x => x.To, "2025-03"));
        page.WaitForAssertion(() => Assert.Contains("2 of 2", page.Find(".left-members tbody").TextContent, StringComparison.Ordinal));
        Assert.EndsWith("left", page.FindAll(".heat tbody th")[1].TextContent.Trim(), StringComparison.Ordinal);
        Assert.Equal(["Feb 2025", "Mar 2025"], page.FindAll(".by-month tbody th").Select(h => h.TextContent));
    }

    [Fact]
    public async Task Points_and_attendance_are_as_in_the_report_of_a_month()
    {
        var (made, other) = (await ReportWorld.MakeAsync(database), await ReportWorld.MakeAsync(database));
        foreach (var (person, attended, whole) in new[] { (made.World.Leader, 4, true), (made.World.Committee, 4, true), (made.World.Member, 1, false), (made.World.Viewer, 0, false) })
        {
            var report = (await ReportAsync(person, made.Chapter, February, ReportWorld.March))!;
            Assert.Equal((attended, whole, 5), (report.Attendance.Count, report.Lights.IsWhole, report.Now.Referrals));
        }

        foreach (var stranger in new[] { other.World.Leader, other.World.Member, made.World.Host })
        {
            Assert.Null(await ReportAsync(stranger, made.Chapter, February, ReportWorld.March));
        }

        var buyer = await database.UserAsync(null, [Role.Buyer]);
        await Assert.ThrowsAsync<DeniedException>(() => ReportAsync(buyer, made.Chapter, February, ReportWorld.March));
    }

    [Fact]
    public async Task It_takes_as_few_statements_for_many_months_as_for_few_and_refuses_what_is_out_of_reach()
    {
        var made = await ReportWorld.MakeAsync(database);
        await using var leader = database.As(made.World.Leader);
        var queries = leader.Get<ChapterPeriodQueries>();
        var counts = new List<int>();
        foreach (var from in new[] { February, new DateOnly(2023, 4, 1) })
        {
            database.Queries.Reset();
            await queries.ReportAsync(made.Chapter, from, ReportWorld.March, _ct);
            counts.Add(database.Queries.Count);
        }

        Assert.Equal([15, 15], counts); // Those of a month, eleven, and people, meetings, marks, slips of the period.
        foreach (var (from, to, told) in new[] { (ReportWorld.March, February, "not before the first"), (new(2023, 3, 1), ReportWorld.March, "25 months"), (new(1999, 12, 1), new(2000, 1, 1), "before January 2000") })
        {
            Assert.Contains(told, (await Assert.ThrowsAsync<RefusedException>(() => queries.ReportAsync(made.Chapter, from, to, _ct))).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_was_asked_stays_when_it_is_refused()
    {
        var made = await ReportWorld.MakeAsync(database);
        await using var scope = database.As(made.World.Leader);
        await using var pages = new PageContext(scope);
        var page = pages.Render<ChapterPeriodPage>(p => p.Add(x => x.Id, made.Chapter).Add(x => x.From, "2025-03").Add(x => x.To, "2025-01"));
        page.WaitForAssertion(() => Assert.Contains("not before the first", page.Find(".empty").TextContent, StringComparison.Ordinal));
        Assert.Equal(("2025-03", "2025-01"), (page.Find("input[name=from]").GetAttribute("value"), page.Find("input[name=to]").GetAttribute("value")));
    }

    [Theory]
    [InlineData("referrals", "", "|2|·|·|2", "1||·|1|2", "·|·||·|0", "·|·|·||0")]
    [InlineData("referrals", "&order=most", "|2|·|·|2", "1||·|1|2", "·|·||·|0", "·|·|·||0")]
    [InlineData("referrals", "&shade=gaps", "|2|0|0|2", "1||0|1|2", "0|0||0|0", "0|0|0||0")]
    [InlineData("onetoones", "&order=most", "|1|1|·|2", "1||·|·|1", "1|·||·|1", "·|·|·||0")]
    [InlineData("both", "", "|B|O|·|1|0|1|1", "B||·|R|1|1|0|1", "O|·||·|0|0|1|2", "·|·|·||0|0|0|3")]
    public async Task A_matrix_of_its_own_has_whole_names_another_order_and_gaps(string kind, string more, params string[] rows)
    {
        var made = await ReportWorld.MakeAsync(database);
        await using var scope = database.As(made.World.Leader);
        await using var pages = new PageContext(scope);
        pages.Services.GetRequiredService<NavigationManager>().NavigateTo($"/chapters/{made.Chapter}/matrix/{kind}?from=2025-02&to=2025-03{more}");
        var page = pages.Render<ChapterMatrixPage>(p => p.Add(x => x.Id, made.Chapter).Add(x => x.What, kind));
        page.WaitForAssertion(() => Assert.Equal(rows, page.FindAll(".heat tbody tr").Select(r => string.Join('|', r.QuerySelectorAll("td").Select(c => c.TextContent.Trim())))));
        Assert.Equal(["Ada Lindqvist", "Bo Castell", "Cleo Weyn", "Petra Almq"], page.FindAll(".heat-head").Select(h => h.TextContent.Trim()));
        Assert.Contains("f.heldOn=2025-02-01..2025-03-31", page.Find(".heat tbody td a").GetAttribute("href")!.Replace("%3A", ":", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal(kind == "both" ? 0 : 4, page.FindAll(".ranking tbody tr").Count);
    }

    [Fact]
    public async Task Closed_business_is_by_member_with_ranks_and_tiers()
    {
        var made = await ReportWorld.MakeAsync(database);
        await using var scope = database.As(made.World.Viewer);
        await using var pages = new PageContext(scope);
        pages.Services.GetRequiredService<NavigationManager>().NavigateTo($"/chapters/{made.Chapter}/matrix/business?from=2025-03&to=2025-03");
        var page = pages.Render<ChapterMatrixPage>(p => p.Add(x => x.Id, made.Chapter).Add(x => x.What, "business"));
        // 1,750.50 of four members: Bo has 2.86 times the mean, Ada 1.14, the others nothing and one rank.
        page.WaitForAssertion(() => Assert.Equal(["1 Bo Castell well above", "2 Ada Lindqvist about the mean", "3 Cleo Weyn below half", "3 Petra Almq below half"], page.FindAll(".ranking tbody tr").Select(r =>
            $"{r.QuerySelector("td")!.TextContent} {r.QuerySelector("th")!.TextContent} {r.QuerySelector(".pill")!.TextContent.Trim()}")));
        Assert.Equal(5, page.FindAll(".business tbody tr").Count);
    }

    private async Task<ReportContent?> ReportAsync(UserIdentity person, Guid chapter, DateOnly from, DateOnly to)
    {
        await using var scope = database.As(person);
        return await scope.Get<ChapterPeriodQueries>().ReportAsync(chapter, from, to, _ct);
    }
}
