using Bunit;
using Sourcing.Data.Chapters.Reckoning;
using Sourcing.Data.Chapters.Reports;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Web.Chapters.Reports;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Chapters.Reports;

/// <summary>What stands out against a chapter's own history.</summary>
public sealed class ObservationTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whoever_gives_mostly_to_one_member_stands_out_where_others_spread_what_they_give()
    {
        var (world, first) = await SpreadAsync();
        await using var leader = database.As(world.Leader);
        var queries = leader.Get<ObservationQueries>();
        // Eight members gave four referrals each to four others, in each of four quarters and in the last: a quarter of it to anybody is usual.
        var before = (await queries.ObserveAsync(world.Chapter, _ct))!;
        Assert.Equal((0.25m, 4m, true), (before.Usual.Share, before.Usual.Volume, before.CanTell));
        Assert.Empty(before.Found);

        // Four more of the last quarter, all from Ada to Bo: five of eight, where one of four is usual; and eight, where four are usual, without business.
        await database.SqlAsync(
            "insert into referrals (id, chapter_id, meeting_id, giver_id, receiver_id, tier, status, note, removed_because) select gen_random_uuid(), $1, m.id, $2, $3, 1, 'new', '', '' from meetings m, generate_series(1, 4) where m.chapter_id = $1 and m.held_on = $4",
            world.Chapter, world.Ada, world.Bo, first.AddMonths(-1).AddDays(9));
        var seen = (await queries.ObserveAsync(world.Chapter, _ct))!;
        Assert.Equal([(ObservationKind.Concentration, "Ada Lindqvist"), (ObservationKind.VolumeWithoutBusiness, "Ada Lindqvist")], seen.Found.Select(o => (o.Kind, o.Person.Name)));
        Assert.Equal((0.625m, 0.25m), (seen.Found[0].Value, seen.Found[0].Threshold));

        await using var pages = new PageContext(leader);
        var panel = pages.Render<ObservationsPanel>(p => p.Add(x => x.ChapterId, world.Chapter));
        panel.WaitForAssertion(() => Assert.Equal(2, panel.FindAll(".hint-list li").Count));
        Assert.Contains("5 of 8 referrals of Ada Lindqvist went to Bo Castell", panel.Find(".hint-list li").TextContent, StringComparison.Ordinal);
        Assert.Contains("f.from=Ada%20Lindqvist&f.to=Bo%20Castell", panel.Find(".hint-list a").GetAttribute("href"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_history_nothing_is_said_and_others_than_leaders_and_committee_read_nothing()
    {
        var world = await Make.ChapterWorldAsync(database);
        var stranger = await Make.ChapterWorldAsync(database);
        await using (var committee = database.As(world.Committee))
        {
            var seen = (await committee.Get<ObservationQueries>().ObserveAsync(world.Chapter, _ct))!;
            Assert.Equal((false, 0), (seen.CanTell, seen.Found.Count));
        }

        foreach (var person in new[] { world.Member, world.Host, world.Viewer, stranger.Leader })
        {
            await using var scope = database.As(person);
            Assert.Null(await scope.Get<ObservationQueries>().ObserveAsync(world.Chapter, _ct));
        }

        await using var buyer = database.As(await database.UserAsync(null, [Role.Buyer]));
        await Assert.ThrowsAsync<DeniedException>(() => buyer.Get<ObservationQueries>().ObserveAsync(world.Chapter, _ct));
    }

    // Eight members; fifteen months with a meeting on the 10th; in each quarter everybody gives one referral to each of the next four.
    private async Task<(ChapterWorld World, DateOnly First)> SpreadAsync()
    {
        var world = await Make.ChapterWorldAsync(database);
        for (var i = 0; i < 5; i++)
        {
            await Make.MemberAsync(database, world.Leader, world.Chapter, "Member", $"Number {i}");
        }

        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        var first = new DateOnly(today.Year, today.Month, 1);
        await database.SqlAsync("insert into meetings (id, chapter_id, held_on, status) select gen_random_uuid(), $1, ($2::date - make_interval(months => n))::date + 9, 'completed' from generate_series(1, 15) n", world.Chapter, first);
        await database.SqlAsync("delete from meetings where chapter_id = $1 and status <> 'completed'", world.Chapter);
        await database.SqlAsync(
            """
            insert into referrals (id, chapter_id, meeting_id, giver_id, receiver_id, tier, status, note, removed_because)
            select gen_random_uuid(), $1, t.id, a.id, b.id, 1, 'new', '', ''
            from (select id, row_number() over (order by id) - 1 as place from members where chapter_id = $1) a
            cross join generate_series(1, 4) step
            join (select id, row_number() over (order by id) - 1 as place from members where chapter_id = $1) b on b.place = (a.place + step) % 8
            cross join generate_series(0, 4) quarter
            join meetings t on t.chapter_id = $1 and t.held_on = ($2::date - make_interval(months => (1 + 3 * quarter)::int))::date + 9
            """, world.Chapter, first);
        return (world, first);
    }
}
