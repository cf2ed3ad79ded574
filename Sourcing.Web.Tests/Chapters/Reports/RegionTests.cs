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

/// <summary>Chapters beside each other; figures worked out by hand.</summary>
public sealed class RegionTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Chapters_are_ranked_per_member_and_meeting_and_equals_share_a_rank()
    {
        var (first, second, third, idle) = await FourAsync();
        await using var admin = database.As(first.World.Admin);
        var view = await admin.Get<RegionQueries>().CompareAsync(Asked([first.Chapter, second.Chapter, third.Chapter, idle.Chapter]), _ct);
        Assert.Equal(Period.Month(2025, 3), view.Period);
        // Seats: three members on the 6th, four on the 13th. Four referrals in seven seats, three in the third chapter; nothing in the one that did not meet.
        Assert.Equal([(1, 4m / 7), (1, 4m / 7), (3, 3m / 7), ((int?)null, (decimal?)null)], view.Lines.Select(l => (l.Rank, l.Value)));
        Assert.Equal([first.Chapter, second.Chapter, third.Chapter, idle.Chapter], view.Lines.Select(l => l.Averages.Chapter));
        Assert.Equal((4, 2, 7), (view.Lines[0].Averages.Members, view.Lines[0].Averages.Meetings, view.Lines[0].Averages.Seats));
        foreach (var (by, value) in new[] { (RankedBy.OneToOnes, 2m / 7), (RankedBy.Business, 1750.50m / 7), (RankedBy.Visitors, 1m / 7), (RankedBy.Attendance, 100 * 5m / 6) })
        {
            Assert.Equal(value, (await admin.Get<RegionQueries>().CompareAsync(Asked([first.Chapter]) with { By = by }, _ct)).Lines[0].Value);
        }
    }

    [Fact]
    public async Task The_totals_are_those_of_the_reports_of_each_chapter()
    {
        var made = await ReportWorld.MakeAsync(database);
        await using var admin = database.As(made.World.Admin);
        foreach (var month in new[] { new DateOnly(2025, 2, 1), ReportWorld.March })
        {
            var report = (await admin.Get<ChapterReportQueries>().ReportAsync(made.Chapter, month, _ct))!.Now;
            var totals = (await admin.Get<RegionQueries>().CompareAsync(new() { From = month, Only = [made.Chapter] }, _ct)).Lines[0].Averages;
            Assert.Equal(
                (report.Referrals, report.OneToOnes, report.ClosedBusiness, report.Visitors, Reckon.Round(100 * report.Attendance, 10)),
                (totals.ReferralTotal, totals.OneToOneTotal, totals.BusinessTotal, totals.VisitorTotal, Reckon.Round(totals.Attendance, 10)));
        }

        // Whoever left before the only meetings of the month is on no roster, and what they are said to have given counts nowhere.
        await database.SqlAsync("update membership_terms set left_on = '2025-03-01' where member_id = $1", made.World.Bo);
        var after = (await admin.Get<ChapterReportQueries>().ReportAsync(made.Chapter, ReportWorld.March, _ct))!;
        var line = (await admin.Get<RegionQueries>().CompareAsync(Asked([made.Chapter]), _ct)).Lines[0].Averages;
        Assert.Equal((after.Now.Referrals, after.Now.OneToOnes, after.Figures.Counted.Size, after.Figures.Counted.Seats), (line.ReferralTotal, line.OneToOneTotal, line.Members, line.Seats));
        Assert.Equal((3, 5), (line.ReferralTotal, line.Seats));
    }

    [Fact]
    public async Task Chapters_are_chosen_by_region_size_day_and_time_and_money_of_another_currency_has_no_rank()
    {
        var region = $"Region {Guid.CreateVersion7():N}";
        var made = new List<ReportWorld>();
        foreach (var (day, hour, currency) in new[] { (2, 7, "EUR"), (4, 12, "EUR"), (4, 18, "SEK") })
        {
            made.Add(await ReportWorld.MakeAsync(database, f => (f.Region, f.MeetingDay, f.MeetingTime, f.Currency) = (region, day, new(hour, 0), currency)));
        }

        await using var admin = database.As(made[0].World.Admin);
        async Task<IEnumerable<int>> ChosenAsync(RegionQuestion asked) =>
            (await admin.Get<RegionQueries>().CompareAsync(asked, _ct)).Lines.Select(l => made.FindIndex(m => m.Chapter == l.Averages.Chapter)).Order();
        var all = new RegionQuestion { From = ReportWorld.March, Region = region };
        Assert.Equal([0, 1, 2], await ChosenAsync(all));
        Assert.Equal([1, 2], await ChosenAsync(all with { Day = 4 }));
        Assert.Equal([0], await ChosenAsync(all with { Slot = MeetingSlot.Morning }));
        Assert.Equal([1], await ChosenAsync(all with { Slot = MeetingSlot.Midday }));
        Assert.Equal([2], await ChosenAsync(all with { Slot = MeetingSlot.Evening, Day = 4 }));
        Assert.Equal([0, 1, 2], await ChosenAsync(all with { Size = ChapterSize.Small }));
        Assert.Empty(await ChosenAsync(all with { Size = ChapterSize.Middle }));
        var money = await admin.Get<RegionQueries>().CompareAsync(all with { By = RankedBy.Business }, _ct);
        Assert.Equal(("EUR", (int?)null), (money.Currency, money.Lines[^1].Rank));
        Assert.Equal(made[2].Chapter, money.Lines[^1].Averages.Chapter);
        Assert.Equal(made[2].Chapter, (await admin.Get<RegionQueries>().CompareAsync(all with { By = RankedBy.Business, Currency = "SEK" }, _ct)).Lines[0].Averages.Chapter);
    }

    [Fact]
    public async Task Nobody_finds_a_chapter_without_a_seat_that_reads_reports()
    {
        var (made, other) = (await ReportWorld.MakeAsync(database), await ReportWorld.MakeAsync(database));
        foreach (var person in new[] { made.World.Leader, made.World.Committee, made.World.Member, made.World.Viewer })
        {
            await using var scope = database.As(person);
            var view = await scope.Get<RegionQueries>().CompareAsync(new() { From = ReportWorld.March }, _ct);
            Assert.Equal((1, made.Chapter), (view.OutOf, Assert.Single(view.Lines).Averages.Chapter));
            Assert.Empty((await scope.Get<RegionQueries>().CompareAsync(Asked([other.Chapter]), _ct)).Lines);
        }

        foreach (var person in new[] { made.World.Host, await database.UserAsync(null, [Role.ChapterLeader]) })
        {
            await using var scope = database.As(person);
            Assert.Equal(0, (await scope.Get<RegionQueries>().CompareAsync(new() { From = ReportWorld.March }, _ct)).OutOf);
        }

        foreach (var role in new[] { Role.Buyer, Role.SalesManager, Role.ReadOnly })
        {
            await using var scope = await database.AsAsync(role);
            await Assert.ThrowsAsync<DeniedException>(() => scope.Get<RegionQueries>().CompareAsync(new(), _ct));
        }
    }

    [Fact]
    public async Task It_takes_three_statements_for_one_chapter_and_for_many()
    {
        var made = new List<ReportWorld>();
        for (var i = 0; i < 3; i++)
        {
            made.Add(await ReportWorld.MakeAsync(database));
        }

        foreach (var only in new[] { made.Take(1), made })
        {
            await using var admin = database.As(made[0].World.Admin);
            var queries = admin.Get<RegionQueries>();
            database.Queries.Reset();
            await queries.CompareAsync(Asked([.. only.Select(m => m.Chapter)]), _ct);
            Assert.Equal(3, database.Queries.Count); // The clock, the chapters, the totals.
        }
    }

    [Fact]
    public async Task A_period_out_of_reach_is_refused()
    {
        await using var admin = await database.AsAsync(Role.Admin);
        var queries = admin.Get<RegionQueries>();
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        foreach (var (asked, told) in new (RegionQuestion, string)[]
        {
            (new() { From = new(2025, 3, 1), To = new(2025, 2, 1) }, "not before the first"), (new() { To = today.AddMonths(2) }, "still to come"), (new() { From = new(2024, 1, 1), To = new(2025, 1, 1) }, "13 months"),
            (new() { From = new(1999, 12, 1) }, "before January 2000"), (new() { Only = [.. Enumerable.Range(0, 51).Select(_ => Guid.CreateVersion7())] }, "51 chapters"),
        })
        {
            Assert.Contains(told, (await Assert.ThrowsAsync<RefusedException>(() => queries.CompareAsync(asked, _ct))).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_page_shows_ranks_bars_and_the_rule_of_ties_and_its_choices_are_in_the_address()
    {
        var (first, second, third, idle) = await FourAsync();
        await using var admin = database.As(first.World.Admin);
        await using var pages = new PageContext(admin);
        var navigation = pages.Services.GetRequiredService<NavigationManager>();
        navigation.NavigateTo($"/chapters/compare?from=2025-03&to=2025-03&only={string.Join(',', first.Chapter, second.Chapter, third.Chapter, idle.Chapter)}");
        var page = pages.Render<CompareChaptersPage>();
        page.WaitForAssertion(() => Assert.Equal(["1", "1", "3", "–"], page.FindAll(".region tbody tr td.num:nth-of-type(2)").Select(c => c.TextContent)));
        Assert.Contains("share a rank", page.Find(".region .panel-foot").TextContent, StringComparison.Ordinal);
        Assert.Equal(["width: 100%", "width: 100%", "width: 75%", "width: 0%"], page.FindAll(".region-bar").Select(b => b.GetAttribute("style")));
        await page.Find($"input[aria-label='Choose {Name(page, 2)}']").ChangeAsync(new() { Value = true });
        page.WaitForElement(".region .panel-head button").Click();
        Assert.EndsWith($"only={third.Chapter}", navigation.Uri, StringComparison.Ordinal);
    }

    private static string Name(IRenderedComponent<CompareChaptersPage> page, int row) => page.FindAll(".region tbody th a")[row].TextContent;

    private static RegionQuestion Asked(IReadOnlyList<Guid> only) => new() { From = ReportWorld.March, Only = only };

    // Two that are alike, by name; one with a referral less; one that did not meet.
    private async Task<(ReportWorld First, ReportWorld Second, ReportWorld Third, ChapterWorld Idle)> FourAsync()
    {
        var made = new List<ReportWorld>();
        foreach (var name in new[] { "Birch", "Cedar", "Alder" })
        {
            made.Add(await ReportWorld.MakeAsync(database, f => f.Name = $"{name} {Guid.CreateVersion7():N}"));
        }

        await database.SqlAsync(
            "update referrals set deleted_at = now(), removed_because = 'Entered twice' where id = (select r.id from referrals r join meetings m on m.id = r.meeting_id where r.chapter_id = $1 and r.tier = 2 and m.held_on = '2025-03-06')", made[2].Chapter);
        return (made[0], made[1], made[2], await Make.ChapterWorldAsync(database));
    }
}
