using Bunit;
using Sourcing.Data.Chapters.Reckoning;
using Sourcing.Data.Chapters.Reports;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Web.Chapters;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Chapters.Reports;

/// <summary>Who should meet next, and whose attendance calls for a letter.</summary>
public sealed class ChapterHintTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task Pairs_who_never_met_come_before_those_who_met_long_ago_and_an_absence_is_a_letter()
    {
        var made = await StandingWorld.MakeAsync(database);
        foreach (var person in new[] { made.World.Leader, made.World.Committee })
        {
            var hints = (await HintsAsync(person, made.Chapter))!;
            Assert.Equal([("Ada Lindqvist", "Petra Almq", 2, (DateOnly?)null), ("Bo Castell", "Petra Almq", 2, made.LongAgo)], hints.Meetings.Select(m => (m.First.Name, m.Second.Name, m.Gaps, m.LastContact)));
            Assert.Equal(2, hints.Pairs);
            Assert.Equal([("Bo Castell", AlertLevel.FirstLetter, 1)], hints.Alerts.Select(a => (a.Person.Name, a.Level, a.Absent)));
        }
    }

    [Fact]
    public async Task Nobody_else_reads_them()
    {
        var (made, other) = (await StandingWorld.MakeAsync(database), await Make.ChapterWorldAsync(database));
        await database.SqlAsync("update chapters set points_shared = true where id = $1", made.Chapter);
        foreach (var person in new[] { made.World.Member, made.World.Viewer, made.World.Host, other.Leader })
        {
            Assert.Null(await HintsAsync(person, made.Chapter));
        }

        var buyer = await database.UserAsync(null, [Role.Buyer]);
        await Assert.ThrowsAsync<DeniedException>(() => HintsAsync(buyer, made.Chapter));
    }

    [Fact]
    public async Task The_start_page_of_the_chapter_shows_them_to_whoever_looks_after_it()
    {
        var made = await StandingWorld.MakeAsync(database);
        await using var scope = database.As(made.World.Committee);
        await using var pages = new PageContext(scope);
        var page = pages.Render<ChapterPage>(p => p.Add(x => x.Id, made.Chapter));
        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll(".next-meetings li").Count));
        Assert.Contains("no referral either way, never met", page.Find(".next-meetings li").TextContent, StringComparison.Ordinal);
        Assert.Contains("1 absence, 0 late, 0 substitutes", page.Find(".alerts li").TextContent, StringComparison.Ordinal);
        Assert.Equal("First letter", page.Find(".alerts .pill").TextContent.Trim());

        await using var ada = database.As(made.World.Member);
        await using var theirs = new PageContext(ada);
        var own = theirs.Render<ChapterPage>(p => p.Add(x => x.Id, made.Chapter));
        own.WaitForElement(".chapter-tiles");
        Assert.Empty(own.FindAll(".alerts, .next-meetings"));
    }

    private async Task<ChapterHints?> HintsAsync(UserIdentity person, Guid chapter)
    {
        await using var scope = database.As(person);
        return await scope.Get<ChapterHintQueries>().HintsAsync(chapter, TestContext.Current.CancellationToken);
    }
}
