using Bunit;
using Sourcing.Data.Chapters.Reckoning;
using Sourcing.Data.Chapters.Reports;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Web.Chapters;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Chapters.Reports;

/// <summary>Where a member stands; figures worked out by hand.</summary>
public sealed class MemberStandingTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Points_by_rule_and_the_cheapest_way_to_the_next_band()
    {
        var made = await StandingWorld.MakeAsync(database);
        var standing = (await OfAsync(made.World.Member, made.World.Ada))!;
        Assert.Equal(Period.Window(StandingWorld.Today), standing.Window);
        // Two meetings: all attended 10; 2 referrals, 1 each, 20; 1 one-to-one, 0.5 each, 10; 500 of business 1.
        Assert.Equal([10m, 20, 10, 0, 1, 0, 0], standing.Light.Lines.Select(l => l.Points));
        Assert.Equal((41m, Band.Red, Band.Yellow, 9m), (standing.Light.Points, standing.Light.Band, standing.Next.Target, standing.Next.Missing));
        // One more one-to-one makes 2 in 2 meetings: 20 in place of 10.
        Assert.Equal([new DeedUnits(Deed.OneToOne, 1, 10)], standing.Next.Cheapest!.Deeds);
        Assert.Equal([(Deed.OneToOne, 1m), (Deed.Credit, 2), (Deed.Visitor, 2)], standing.Next.Alone.Select(a => (a.Deeds[0].Deed, a.Deeds[0].Units)));
        Assert.Equal([("Petra Almq", 0, 0, 0, true), ("Bo Castell", 1, 2, 1, false)], standing.Partners.Select(p => (p.Person.Name, p.Met, p.Given, p.Received, p.IsPriority)));
    }

    [Fact]
    public async Task It_is_for_the_member_leaders_and_the_committee_until_the_chapter_shares_points()
    {
        var (made, other) = (await StandingWorld.MakeAsync(database), await Make.ChapterWorldAsync(database));
        foreach (var person in new[] { made.World.Admin, made.World.Leader, made.World.Committee })
        {
            Assert.NotNull(await OfAsync(person, made.World.Bo));
        }

        Assert.Null(await OfAsync(made.World.Member, made.World.Bo));
        foreach (var person in new[] { made.World.Viewer, made.World.Host, other.Leader, other.Member })
        {
            Assert.Null(await OfAsync(person, made.World.Ada));
        }

        await Assert.ThrowsAsync<DeniedException>(() => OfWithAsync(Role.Buyer, made.World.Ada));
        await Assert.ThrowsAsync<DeniedException>(() => OfWithAsync(Role.Planner, made.World.Ada));

        await database.SqlAsync("update chapters set points_shared = true where id = $1", made.Chapter);
        // Bo: one of two meetings 0; 1 referral, 0.5 each, 10; 1 one-to-one 10.
        Assert.Equal(20, (await OfAsync(made.World.Member, made.World.Bo))!.Light.Points);
        foreach (var person in new[] { made.World.Viewer, made.World.Host, other.Leader, other.Member })
        {
            Assert.Null(await OfAsync(person, made.World.Bo));
        }
    }

    [Fact]
    public async Task Whoever_left_has_no_standing_and_is_missing_to_nobody()
    {
        var made = await StandingWorld.MakeAsync(database);
        await database.SqlAsync("update membership_terms set left_on = $2 where member_id = $1", made.World.Bo, StandingWorld.Today);
        Assert.Null(await OfAsync(made.World.Leader, made.World.Bo));
        Assert.Equal(["Petra Almq"], (await OfAsync(made.World.Leader, made.World.Ada))!.Partners.Select(p => p.Person.Name));
        Assert.Null(await OfAsync(made.World.Leader, Guid.CreateVersion7()));
    }

    [Fact]
    public async Task The_members_page_tells_it()
    {
        var made = await StandingWorld.MakeAsync(database);
        await using var scope = database.As(made.World.Member);
        await using var pages = new PageContext(scope);
        var page = pages.Render<MemberPage>(p => p.Add(x => x.Id, made.World.Ada));
        page.WaitForAssertion(() => Assert.Equal("Red, 41 points", page.Find(".standing .pill").TextContent.Trim()));
        Assert.Equal(["10 of 10", "20 of 25", "10 of 20", "0 of 25", "1 of 5", "0 of 10", "0 of 5"], page.FindAll(".standing-rules tbody tr").Select(r => r.Children[1].TextContent));
        Assert.Equal("≥ 95", page.Find(".standing-rules tbody tr td:nth-of-type(3)").TextContent);
        Assert.Equal("What is missing to yellow", page.Find(".way h2").TextContent);
        Assert.Equal("1 more one-to-one", page.Find(".way-plan").TextContent.Trim());
        Assert.Equal(["2 more education credits", "2 more visitors"], page.FindAll(".way-alone li span:first-child").Select(s => s.TextContent));
        Assert.False(page.Find(".way-basis").HasAttribute("open"));
        Assert.Contains("Absences and late arrivals cannot be undone", page.Find(".way-basis").TextContent, StringComparison.Ordinal);
        Assert.Equal(["Petra Almqnonenonenone", "Bo Castell121"], page.FindAll(".partners tbody tr").Select(r => string.Concat(r.Children.Select(c => c.TextContent.Trim()))));
        Assert.Contains("1 member with one gap or none", page.Find(".partners-more summary").TextContent, StringComparison.Ordinal);
    }

    private async Task<MemberStanding?> OfWithAsync(Role role, Guid member) => await OfAsync(await database.UserAsync(null, [role]), member);

    private async Task<MemberStanding?> OfAsync(UserIdentity person, Guid member)
    {
        await using var scope = database.As(person);
        return await scope.Get<MemberStandingQueries>().OfAsync(member, _ct);
    }
}
