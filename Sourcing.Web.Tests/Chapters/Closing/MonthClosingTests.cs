using Npgsql;
using Sourcing.Data.Chapters;
using Sourcing.Data.Chapters.Closing;
using Sourcing.Data.Chapters.Reckoning;
using Sourcing.Data.Chapters.Reports;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Web.Tests.Chapters.Reports;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Chapters.Closing;

/// <summary>Closing a month, opening it again, and what stays as it was; figures worked out by hand.</summary>
public sealed class MonthClosingTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_month_is_closed_when_every_meeting_is_completed_or_called_off_and_it_is_over()
    {
        var made = await ReportWorld.MakeAsync(database);
        await using var leader = database.As(made.World.Leader);
        var closing = leader.Get<MonthClosingService>();
        Assert.Contains("27 March is neither completed nor a holiday", (await Assert.ThrowsAsync<RefusedException>(() => closing.CloseAsync(made.Chapter, ReportWorld.March, _ct))).Message, StringComparison.Ordinal);
        Assert.Contains("has no meeting", (await Assert.ThrowsAsync<RefusedException>(() => closing.CloseAsync(made.Chapter, new(2025, 1, 15), _ct))).Message, StringComparison.Ordinal);
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        Assert.Contains("is not over yet", (await Assert.ThrowsAsync<RefusedException>(() => closing.CloseAsync(made.Chapter, today, _ct))).Message, StringComparison.Ordinal);
        Assert.Contains("not closed", (await Assert.ThrowsAsync<RefusedException>(() => closing.ReopenAsync(made.Chapter, ReportWorld.March, "Why not", _ct))).Message, StringComparison.Ordinal);

        await FinishAsync(made);
        Assert.Equal(1, await closing.CloseAsync(made.Chapter, ReportWorld.March.AddDays(12), _ct));
        // Four referrals, and the one of the 27th that counts now; nine of ten who were expected came.
        Assert.Equal("closed 1 5 1750.50 90.00", await TextAsync("select concat_ws(' ', status, revision, total_referrals, total_tyfcb, attendance_rate) from monthly_reports where chapter_id = $1", made.Chapter));
        Assert.Equal("3 1 3 4 1 0 4 1 1750.5 0 1 global-2025 v1", await TextAsync(
            "select concat_ws(' ', metadata->>'meetings', metadata->>'holidays', metadata->>'roster_start', metadata->>'roster_end', metadata->>'joins', metadata->>'leaves', metadata->>'in_chapter_referrals', metadata->>'cross_referrals', "
            + "metadata->>'inside', metadata->>'outside', metadata->>'visitors', metadata->>'scheme_version') from monthly_reports where chapter_id = $1", made.Chapter));
        Assert.Contains("closed already", (await Assert.ThrowsAsync<RefusedException>(() => closing.CloseAsync(made.Chapter, ReportWorld.March, _ct))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_that_a_closed_month_counts_is_changed_any_more_whoever_tries()
    {
        var made = await ClosedAsync();
        var world = made.World;
        await using var leader = database.As(world.Leader);
        var (slips, meetings, members) = (leader.Get<SlipService>(), leader.Get<MeetingService>(), leader.Get<MemberService>());
        var slip = await database.ScalarAsync<Guid>("select id from referrals where chapter_id = $1 and meeting_id = $2 and tier = 2", made.Chapter, made.Meetings[new(2025, 3, 6)]);
        await RefusedAsync(() => slips.RemoveAsync(new() { Kind = SlipKind.Referral, Id = slip, Reason = "Twice" }, _ct));
        await RefusedAsync(() => meetings.ReopenAsync(made.Meetings[new(2025, 3, 6)], _ct));
        await RefusedAsync(() => meetings.PlanAsync(new() { ChapterId = made.Chapter, From = new(2025, 3, 28), Until = new(2025, 3, 28), Weekday = 5 }, _ct));
        await RefusedAsync(() => members.SaveAsync(new() { ChapterId = made.Chapter, FirstName = "Dina", LastName = "Vale", JoinedOn = new(2025, 3, 5) }, _ct));
        Assert.Contains("its month is closed", (await Assert.ThrowsAsync<RefusedException>(() => made.SlipAsync(leader, SlipKind.Referral, 6, world.Ada, world.Bo))).Message, StringComparison.Ordinal);

        // The same by SQL, of everybody who could write there otherwise.
        foreach (var sql in new[]
        {
            $"insert into referrals (id, chapter_id, meeting_id, giver_id, receiver_id, tier, status, note, removed_because) values (gen_random_uuid(), '{made.Chapter}', '{made.Meetings[new(2025, 3, 6)]}', '{world.Bo}', '{world.Ada}', 1, 'new', '', '')",
            $"update referrals set tier = 1 where id = '{slip}'", $"update closed_business set amount = 1 where chapter_id = '{made.Chapter}'", $"delete from attendances where chapter_id = '{made.Chapter}' and meeting_id = '{made.Meetings[new(2025, 3, 6)]}'",
            $"update one_to_ones set meeting_id = '{made.Meetings[new(2025, 2, 27)]}' where chapter_id = '{made.Chapter}'", $"update membership_terms set left_on = '2025-03-20' where member_id = '{world.Bo}'",
            $"update meetings set held_on = '2025-03-14' where id = '{made.Meetings[new(2025, 2, 27)]}'", $"update visitors set kind = 'visitor' where chapter_id = '{made.Chapter}'",
        })
        {
            foreach (var person in new[] { world.Leader, world.Admin })
            {
                Assert.Contains("March 2025 is closed", (await Assert.ThrowsAsync<PostgresException>(() => database.AsAsync<int>(person, sql))).MessageText, StringComparison.Ordinal);
            }
        }

        // How it went on is told later; other months and what no figure counts stay open.
        await slips.MoveAsync(slip, ReferralStatus.Closed, _ct);
        Assert.Equal(2, await database.AsAsync<int>(world.Leader, $"update visitors set outcome = 'joined' where chapter_id = '{made.Chapter}'"));
        await made.SlipAsync(leader, SlipKind.Referral, 27, world.Ada, world.Bo, month: 2);
        Assert.Equal(1, await database.AsAsync<int>(world.Leader, $"update membership_terms set left_on = '2025-04-01' where member_id = '{world.Bo}'"));
    }

    [Fact]
    public async Task A_month_that_is_opened_and_closed_again_says_what_changed_and_both_closings_can_be_read()
    {
        var made = await ClosedAsync();
        await using var leader = database.As(made.World.Leader);
        var (closing, reports) = (leader.Get<MonthClosingService>(), leader.Get<ChapterReportQueries>());
        Assert.Contains("Say why", (await Assert.ThrowsAsync<RefusedException>(() => closing.ReopenAsync(made.Chapter, ReportWorld.March, "  ", _ct))).Message, StringComparison.Ordinal);
        await closing.ReopenAsync(made.Chapter, ReportWorld.March, "A slip was forgotten", _ct);
        await made.SlipAsync(leader, SlipKind.Referral, 6, made.World.LeaderMember, made.World.Bo);

        var now = (await reports.ReportAsync(made.Chapter, ReportWorld.March, _ct))!;
        Assert.Equal((null, 6, MonthState.Reopened, "A slip was forgotten"), (now.Revision, now.Now.Referrals, now.Closing.State, now.Closing.ReopenReason));
        FigureDifference[] expected = [new("total_referrals", "5", "6"), new("in_chapter_referrals", "4", "5")];
        Assert.Equal(expected.OrderBy(d => d.Name), now.Changes.OrderBy(d => d.Name));

        Assert.Equal(2, await closing.CloseAsync(made.Chapter, ReportWorld.March, _ct));
        var history = (await leader.Get<MonthQueries>().HistoryAsync(made.Chapter, ReportWorld.March, _ct))!;
        Assert.Equal([(2, RevisionAct.Closed, ""), (1, RevisionAct.Reopened, "A slip was forgotten"), (1, RevisionAct.Closed, "")], history.Revisions.Select(r => (r.Revision, r.Act, r.Reason)));
        Assert.Equal(expected.OrderBy(d => d.Name), history.Revisions[0].Differences.OrderBy(d => d.Name));
        Assert.Equal((6, 2), await ReferralsAsync(reports, made.Chapter, null));
        Assert.Equal((6, 2), await ReferralsAsync(reports, made.Chapter, 2));
        Assert.Equal((5, 1), await ReferralsAsync(reports, made.Chapter, 1));
        Assert.Equal((6, (int?)null), await ReferralsAsync(reports, made.Chapter, 0));
        Assert.Contains("no closing 3", (await Assert.ThrowsAsync<RefusedException>(() => reports.ReportAsync(made.Chapter, ReportWorld.March, 3, _ct))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_closed_report_reads_the_same_after_people_and_the_chapter_changed()
    {
        var made = await ReportWorld.MakeAsync(database);
        await FinishAsync(made);
        await using var leader = database.As(made.World.Leader);
        var reports = leader.Get<ChapterReportQueries>();
        var before = (await reports.ReportAsync(made.Chapter, ReportWorld.March, _ct))!;
        await leader.Get<MonthClosingService>().CloseAsync(made.Chapter, ReportWorld.March, _ct);
        await database.SqlAsync("update members set last_name = 'Norden' where id = $1", made.World.Ada);
        await database.SqlAsync("update members set sponsor_id = null where id = $1", made.Cleo);

        var kept = (await reports.ReportAsync(made.Chapter, ReportWorld.March, _ct))!;
        Assert.Equal((before.Now, before.Before, before.Holidays, before.Roster), (kept.Now, kept.Before, kept.Holidays, kept.Roster));
        Assert.Equal(before.Lights.Members.Select(m => (m.Person.Name, m.Light.Points)), kept.Lights.Members.Select(m => (m.Person.Name, m.Light.Points)));
        Assert.Equal(before.Attendance, kept.Attendance, (a, b) => (a.Person.Id, a.Present, a.Late, a.Substitute, a.Medical, a.Absent, a.Share) == (b.Person.Id, b.Present, b.Late, b.Substitute, b.Medical, b.Absent, b.Share));
        Assert.Contains("Ada Lindqvist", kept.Figures.Counted.Roster.Select(p => p.Name));
        var now = (await reports.ReportAsync(made.Chapter, ReportWorld.March, 0, _ct))!;
        Assert.Contains("Ada Norden", now.Figures.Counted.Roster.Select(p => p.Name));
        // Ada's five points for bringing Cleo are gone now, and stand in the closing.
        Assert.Equal(5, Points(kept) - Points(now));
        Assert.Empty(now.Changes);
        decimal Points(ChapterReport report) => report.Lights.Members.Single(m => m.Person.Id == made.World.Ada).Light.Points;
    }

    [Fact]
    public async Task A_slip_that_is_being_written_is_in_the_closing_or_refused_never_beside_it()
    {
        var made = await ReportWorld.MakeAsync(database);
        await FinishAsync(made);
        await using var writer = await database.Sources.For(made.World.Leader.Access).OpenConnectionAsync(_ct);
        await using var transaction = await writer.BeginTransactionAsync(_ct);
        await using (var begin = new NpgsqlCommand("select app.begin($1)", writer) { Parameters = { new() { Value = made.World.Leader.SessionToken } } })
        {
            await begin.ExecuteNonQueryAsync(_ct);
        }

        await using (var insert = new NpgsqlCommand(
            $"insert into referrals (id, chapter_id, meeting_id, giver_id, receiver_id, tier, status, note, removed_because) values (gen_random_uuid(), '{made.Chapter}', '{made.Meetings[new(2025, 3, 6)]}', '{made.World.Bo}', '{made.World.Ada}', 1, 'new', '', '')", writer))
        {
            await insert.ExecuteNonQueryAsync(_ct);
        }

        await using var leader = database.As(made.World.Leader);
        var closing = leader.Get<MonthClosingService>().CloseAsync(made.Chapter, ReportWorld.March, _ct);
        while (await database.ScalarAsync<long>("select count(*) from pg_locks where locktype = 'advisory' and not granted and database = (select oid from pg_database where datname = current_database())") == 0)
        {
            Assert.False(closing.IsCompleted, "The closing did not wait for the slip.");
        }

        await transaction.CommitAsync(_ct);
        Assert.Equal(1, await closing);
        Assert.Equal(6, await database.ScalarAsync<int>("select total_referrals from monthly_reports where chapter_id = $1", made.Chapter));
    }

    [Fact]
    public async Task A_slip_without_a_meeting_goes_to_the_next_open_one_never_to_a_closed_month()
    {
        var world = await Make.ChapterWorldAsync(database);
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        // Whatever day it is: all meetings up to yesterday lie in a closed month, today's does not.
        await database.SqlAsync("delete from meetings where chapter_id = $1 and held_on < $2", world.Chapter, today);
        var past = today.AddDays(-today.Day);
        await using var leader = database.As(world.Leader);
        await leader.Get<MeetingService>().PlanAsync(new() { ChapterId = world.Chapter, From = past, Until = past, Weekday = MeetingService.WeekdayOf(past) }, _ct);
        var last = await database.ScalarAsync<Guid>("select id from meetings where chapter_id = $1 and held_on = $2", world.Chapter, past);
        await leader.Get<MeetingService>().CallOffAsync(last, true, _ct);
        await leader.Get<MonthClosingService>().CloseAsync(world.Chapter, past, _ct);
        await using var ada = database.As(world.Member);
        await ada.Get<SlipService>().EnterAsync(new() { ChapterId = world.Chapter, Kind = SlipKind.Referral, ToId = world.Bo }, _ct);
        Assert.Equal(world.Meeting, await database.ScalarAsync<Guid>("select meeting_id from referrals where chapter_id = $1", world.Chapter));
        Assert.DoesNotContain((await leader.Get<SlipQueries>().ChoicesAsync(world.Chapter, _ct)).Meetings, m => m.HeldOn == past);
        Assert.True((await leader.Get<MeetingQueries>().SheetAsync(last, _ct))!.IsMonthClosed);
        Assert.False((await leader.Get<MeetingQueries>().SheetAsync(world.Meeting, _ct))!.IsMonthClosed);
    }

    private async Task<ReportWorld> ClosedAsync()
    {
        var made = await ReportWorld.MakeAsync(database);
        await FinishAsync(made);
        await using var leader = database.As(made.World.Leader);
        await leader.Get<MonthClosingService>().CloseAsync(made.Chapter, ReportWorld.March, _ct);
        return made;
    }

    private async Task FinishAsync(ReportWorld made)
    {
        await using var leader = database.As(made.World.Leader);
        await made.FinishAsync(leader);
    }

    private async Task<(int Referrals, int? Revision)> ReferralsAsync(ChapterReportQueries reports, Guid chapter, int? revision)
    {
        var report = (await reports.ReportAsync(chapter, ReportWorld.March, revision, _ct))!;
        return (report.Now.Referrals, report.Revision);
    }

    private static async Task RefusedAsync(Func<Task> act) => Assert.Contains("March 2025 is closed", (await Assert.ThrowsAsync<RefusedException>(act)).Message, StringComparison.Ordinal);

    private Task<string> TextAsync(string sql, Guid chapter) => database.ScalarAsync<string>(sql, chapter);
}
