using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Sourcing.Data.Chapters.Reckoning;
using Sourcing.Data.Chapters.Reports;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Web.Chapters.Reports;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Chapters.Reports;

/// <summary>Two periods of a chapter beside each other; figures worked out by hand.</summary>
public sealed class ComparePeriodsTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly DateOnly Today = new(2026, 11, 30);

    [Fact]
    public async Task Members_of_both_periods_are_compared_and_whoever_joined_stands_apart()
    {
        var made = await ReportWorld.MakeAsync(database);
        var view = (await CompareAsync(made.World.Leader, made.Chapter))!;
        Assert.Equal(("02/2025", "03/2025", true, 0), (view.Periods.Before.Title, view.Periods.After.Title, view.Shared, view.OtherCurrency));
        Assert.Equal([("Ada Lindqvist", 0m, 3m), ("Bo Castell", 1, 1), ("Petra Almq", 0, 0)], view.Periods[Compared.Given].Lines.Select(l => (l.Person.Name, l.Before!.Value, l.After!.Value)));
        Assert.Equal((1m, 4m), (view.Periods[Compared.Given].TotalBefore, view.Periods[Compared.Given].TotalAfter));
        // Ada +500.50, Bo +1,250, Petra −1,000.
        var business = view.Periods[Compared.Business];
        Assert.Equal((2, 1, 0, 250.1667m), (business.Improved, business.Declined, business.Same, decimal.Round(business.MeanDelta!.Value, 4)));
        Assert.Equal(["Bo Castell", "Ada Lindqvist"], business.Top.Select(l => l.Person.Name));
        // Ada: both with Bo now, neither 2 before and 1 now. Bo: neither 1 and 0. Petra: 2 and 2.
        Assert.Equal([2, 1, 0], view.Periods.Ties.Select(t => t.Improvement));
        Assert.Equal(["Cleo Weyn"], view.Periods.Joiners.Select(p => p.Name));
        Assert.Empty(view.Periods.Leavers);
    }

    [Fact]
    public async Task A_member_compares_all_but_attendance_and_nobody_without_such_a_seat_anything()
    {
        var (made, other) = (await ReportWorld.MakeAsync(database), await Make.ChapterWorldAsync(database));
        var own = (await CompareAsync(made.World.Member, made.Chapter))!;
        Assert.DoesNotContain(Compared.Attendance, own.Kinds);
        Assert.Equal(4, own.Periods[Compared.Given].TotalAfter);
        Assert.Contains(Compared.Attendance, (await CompareAsync(made.World.Committee, made.Chapter))!.Kinds);
        foreach (var person in new[] { made.World.Viewer, made.World.Host, other.Leader, other.Member })
        {
            Assert.Null(await CompareAsync(person, made.Chapter));
        }

        var buyer = await database.UserAsync(null, [Role.Buyer]);
        await Assert.ThrowsAsync<DeniedException>(() => CompareAsync(buyer, made.Chapter));
        await database.SqlAsync("update chapters set points_shared = true where id = $1", made.Chapter);
        Assert.Contains(Compared.Attendance, (await CompareAsync(made.World.Member, made.Chapter))!.Kinds);
    }

    [Fact]
    public void Left_out_months_are_the_last_one_that_is_over_and_those_right_before()
    {
        Assert.Equal((Period.Month(2026, 9), Period.Month(2026, 10)), ChapterComparisonQueries.Periods(null, null, null, Today));
        Assert.Equal((Period.Month(2026, 2), Period.Month(2026, 3)), ChapterComparisonQueries.Periods(new(2026, 3, 1), null, null, Today));
        Assert.Equal((new Period(new(2025, 7, 1), new(2025, 9, 30)), new Period(new(2026, 7, 1), new(2026, 9, 30))), ChapterComparisonQueries.Periods(new(2026, 7, 1), new(2026, 9, 1), new(2025, 7, 1), Today));
        Assert.Equal((new Period(new(2026, 4, 1), new(2026, 6, 30)), new Period(new(2026, 7, 1), new(2026, 9, 30))), ChapterComparisonQueries.Periods(new(2026, 7, 1), new(2026, 9, 1), null, Today));
    }

    [Theory]
    [InlineData("2026-05", "2026-04", null, "not before the first")]
    [InlineData("2026-10", "2026-12", null, "still to come")]
    [InlineData("2025-01", "2026-01", null, "has 13 months")]
    [InlineData("2026-07", "2026-09", "2026-05", "Choose April 2026 or an earlier month")]
    [InlineData("2000-01", "2000-02", null, "begins before January 2000")]
    public void Periods_that_cannot_be_compared_are_refused_in_words(string from, string to, string? before, string told)
    {
        static DateOnly Day(string month) => DateOnly.ParseExact(month + "-01", "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        var refusal = Assert.Throws<RefusedException>(() => ChapterComparisonQueries.Periods(Day(from), Day(to), before is null ? null : Day(before), Today));
        Assert.Contains(told, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_shows_the_differences_and_says_how_ties_are_ranked()
    {
        var made = await ReportWorld.MakeAsync(database);
        await using var scope = database.As(made.World.Leader);
        await using var pages = new PageContext(scope);
        pages.Services.GetRequiredService<NavigationManager>().NavigateTo($"/chapters/{made.Chapter}/compare?from=2025-03&to=2025-03&what=business");
        var page = pages.Render<ComparePeriodsPage>(p => p.Add(x => x.Id, made.Chapter));
        page.WaitForAssertion(() => Assert.Equal(["Ada Lindqvist|0|501|+501|Improved", "Bo Castell|0|1,250|+1,250|Improved", "Petra Almq|1,000|0|−1,000|Declined"], Rows(page, ".compared")));
        Assert.Equal(["1Bo Castell+1,250", "2Ada Lindqvist+501"], page.FindAll(".compare-top li").Select(l => l.TextContent));
        Assert.Contains("Equal values share a rank", page.Find(".improved-most .hint").TextContent, StringComparison.Ordinal);
        Assert.Equal(["Ada Lindqvist|0|1|2|1|+2", "Bo Castell|0|0|1|0|+1", "Petra Almq|0|0|2|2|0"], Rows(page, ".ties"));
        Assert.Equal("Cleo Weyn", page.Find(".joiners p").TextContent);
        Assert.Equal("Nobody.", page.Find(".leavers p").TextContent);
        Assert.Equal("2025-02", page.Find("input[name=before]").GetAttribute("value"));
    }

    [Fact]
    public async Task What_was_typed_stays_where_it_is_refused_and_a_stranger_finds_nothing()
    {
        var made = await ReportWorld.MakeAsync(database);
        await using var scope = database.As(made.World.Leader);
        await using var pages = new PageContext(scope);
        pages.Services.GetRequiredService<NavigationManager>().NavigateTo($"/chapters/{made.Chapter}/compare?from=2025-3x");
        var page = pages.Render<ComparePeriodsPage>(p => p.Add(x => x.Id, made.Chapter));
        page.WaitForAssertion(() => Assert.Contains("From: \"2025-3x\" is not a month", page.Find(".empty").TextContent, StringComparison.Ordinal));
        Assert.Equal("2025-3x", page.Find("input[name=from]").GetAttribute("value"));

        await using var host = database.As(made.World.Host);
        await using var theirs = new PageContext(host);
        var none = theirs.Render<ComparePeriodsPage>(p => p.Add(x => x.Id, made.Chapter));
        none.WaitForAssertion(() => Assert.Contains("no such chapter", none.Find(".empty").TextContent, StringComparison.Ordinal));
    }

    private static List<string> Rows(IRenderedComponent<ComparePeriodsPage> page, string panel) =>
        [.. page.FindAll($"{panel} tbody tr").Select(r => string.Join('|', r.Children.Select(c => c.TextContent.Trim())))];

    private async Task<ChapterComparison?> CompareAsync(UserIdentity person, Guid chapter)
    {
        await using var scope = database.As(person);
        return await scope.Get<ChapterComparisonQueries>().CompareAsync(chapter, ReportWorld.March, ReportWorld.March, null, TestContext.Current.CancellationToken);
    }
}
