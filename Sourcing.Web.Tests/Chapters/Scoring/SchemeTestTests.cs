using Sourcing.Data.Chapters;
using Sourcing.Data.Chapters.Reckoning;
using Sourcing.Data.Chapters.Scoring;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Web.Tests.Chapters.Reports;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Chapters.Scoring;

/// <summary>Schemes tried on what was, points that are kept, and what a member could reach; figures worked out by hand.</summary>
public sealed class SchemeTestTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_draft_is_tried_on_months_that_are_over_beside_what_was_in_force()
    {
        var world = (await StandingWorld.MakeAsync(database)).World;
        var draft = await DraftOfBandsAsync(world, 40, 20, 10);
        await using var leader = database.As(world.Leader);
        var test = (await leader.Get<SchemeTestQueries>().TestAsync(draft, null, 3, _ct))!;
        // Only last month had meetings. Ada 41 (see MemberStandingTests), Bo 5 of 10 attendance: 1 of 2 is 50 %, 0; 1 referral in 2: 10; 1 one-to-one in 2: 10. Petra: 10 for attendance.
        var month = Assert.Single(test.Months);
        Assert.Equal((SchemeWorld.Running.AddMonths(-1), "Global 2025"), (month.Month, month.Before.Scheme.Name));
        Assert.Equal((new BandCounts(0, 0, 1, 2), new BandCounts(1, 1, 1, 0)), (month.Result.Before, month.Result.After));
        Assert.Equal([("Ada Lindqvist", 41m, Band.Red, Band.Green), ("Bo Castell", 20m, Band.Grey, Band.Yellow), ("Petra Almq", 10m, Band.Grey, Band.Red)], month.Result.Moves.Select(m => (m.Person.Name, m.PointsBefore, m.Before, m.After)));
        Assert.Equal(3, test.Movers);

        await using (var committee = database.As(world.Committee))
        {
            Assert.NotNull(await committee.Get<SchemeTestQueries>().TestAsync(draft, null, 3, _ct));
            Assert.NotNull(await committee.Get<SchemeTestQueries>().TestAsync(await SchemeWorld.NetworkAsync(database, "taiwan"), null, 3, _ct));
        }

        var other = await Make.ChapterWorldAsync(database);
        foreach (var person in new[] { world.Member, world.Viewer, world.Host, other.Leader })
        {
            await using var scope = database.As(person);
            Assert.Null(await scope.Get<SchemeTestQueries>().TestAsync(draft, world.Chapter, 3, _ct));
        }

        await Assert.ThrowsAsync<RefusedException>(() => leader.Get<SchemeTestQueries>().TestAsync(draft, null, 13, _ct));
        await using var buyer = await database.AsAsync(Role.Buyer);
        await Assert.ThrowsAsync<DeniedException>(() => buyer.Get<SchemeTestQueries>().TestAsync(draft, null, 3, _ct));
    }

    [Fact]
    public async Task Points_of_a_closed_month_are_kept_once_and_read_by_whom_they_concern()
    {
        var world = (await StandingWorld.MakeAsync(database)).World;
        var last = SchemeWorld.Running.AddMonths(-1);
        await SchemeWorld.StoreAsync(database, world.Leader, world.Chapter, last);
        Assert.Equal("20 grey, 41 red, 10 grey", await StoredAsync(world));

        // Opened again, a slip more, closed again: replaced, not added to; and who does not belong any more goes.
        await database.SqlAsync("insert into one_to_ones (id, chapter_id, meeting_id, initiator_id, partner_id, place, note, removed_because) select gen_random_uuid(), $1, id, $2, $3, '', '', '' from meetings where chapter_id = $1 and status = 'completed' order by held_on desc limit 1", world.Chapter, world.Ada, world.LeaderMember);
        await database.SqlAsync("update membership_terms set left_on = $2 where member_id = $1", world.Bo, last.AddDays(20));
        await SchemeWorld.StoreAsync(database, world.Leader, world.Chapter, last);
        Assert.Equal("51 yellow, 20 grey", await StoredAsync(world));

        await using (var ada = database.As(world.Member))
        {
            var row = Assert.Single((await ada.Get<MemberScoreQueries>().HistoryAsync(world.Ada, _ct))!);
            Assert.Equal((SchemeWorld.Running.AddDays(-1), "Global 2025 v1", 51m, 100m, Band.Yellow), (row.WindowEnd, row.Scheme, row.Points, row.Most, row.Band));
            Assert.Null(await ada.Get<MemberScoreQueries>().HistoryAsync(world.LeaderMember, _ct));
        }

        foreach (var person in new[] { world.Leader, world.Committee, world.Admin })
        {
            await using var scope = database.As(person);
            Assert.Single((await scope.Get<MemberScoreQueries>().HistoryAsync(world.Ada, _ct))!);
        }

        foreach (var person in new[] { world.Viewer, world.Host })
        {
            await using var scope = database.As(person);
            Assert.Null(await scope.Get<MemberScoreQueries>().HistoryAsync(world.Ada, _ct));
        }
    }

    [Fact]
    public async Task A_simulation_tells_months_meetings_to_come_and_the_schemes_that_the_asker_reads()
    {
        var world = (await StandingWorld.MakeAsync(database)).World;
        await using var leader = database.As(world.Leader);
        var next = SchemeWorld.Running.AddMonths(1);
        await leader.Get<MeetingService>().PlanAsync(new() { ChapterId = world.Chapter, From = next, Until = next.AddDays(6), Weekday = MeetingService.WeekdayOf(next) }, _ct);
        var data = (await leader.Get<SchemeTestQueries>().SimulationAsync(world.Ada, _ct))!;
        Assert.Equal((6, 6, "Global 2025 v1"), (data.Months.Count, data.Coming.Count, data.Schemes[0].Title));
        // This month's meetings are called off; the next has one on the calendar; after that every Thursday is counted.
        Assert.Equal([(0, true), (1, true)], data.Coming.Take(2).Select(c => (c.Meetings, c.IsPlanned)));
        Assert.True(data.Coming[2] is { IsPlanned: false, Meetings: 4 or 5 });
        Assert.Equal(Schemes.All.Count, data.Schemes.Count);
        // Five visitors more, and the window as it stands: 41 + 25.
        var tried = NextBand.Of(data.Schemes[0].Scheme, data.Months, planned: new Tally { Visitors = 5 });
        Assert.Equal((41m, 66m, Band.Yellow), (tried.Now.Points, tried.Then.Points, tried.Then.Band));

        await using (var ada = database.As(world.Member))
        {
            Assert.Equal(["Global 2025 v1"], (await ada.Get<SchemeTestQueries>().SimulationAsync(world.Ada, _ct))!.Schemes.Select(s => s.Title));
            Assert.Null(await ada.Get<SchemeTestQueries>().SimulationAsync(world.Bo, _ct));
        }

        foreach (var person in new[] { world.Viewer, world.Host })
        {
            await using var scope = database.As(person);
            Assert.Null(await scope.Get<SchemeTestQueries>().SimulationAsync(world.Ada, _ct));
        }
    }

    private async Task<Guid> DraftOfBandsAsync(ChapterWorld world, decimal green, decimal yellow, decimal red)
    {
        await using var leader = database.As(world.Leader);
        var draft = await leader.Get<ScoreSchemeService>().CopyAsync(new() { FromId = await SchemeWorld.NetworkAsync(database), ChapterId = world.Chapter, Name = "Lower bands" }, _ct);
        var form = await leader.Get<ScoreSchemeQueries>().FormAsync(draft, _ct);
        (form.Green, form.Yellow, form.Red) = (green, yellow, red);
        await leader.Get<ScoreSchemeService>().SaveAsync(form, _ct);
        return draft;
    }

    // Bo, Ada, Petra: by last name.
    private Task<string> StoredAsync(ChapterWorld world) => database.ScalarAsync<string>(
        "select string_agg(trim_scale(s.points) || ' ' || s.band, ', ' order by case m.first_name when 'Bo' then 1 when 'Ada' then 2 else 3 end) from member_scores s join members m on m.id = s.member_id where s.chapter_id = $1", world.Chapter);
}
