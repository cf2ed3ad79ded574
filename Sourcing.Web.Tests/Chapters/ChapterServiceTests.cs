using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Chapters;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Chapters;

/// <summary>Acts of the room as people in each seat do them.</summary>
public sealed class ChapterServiceTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    private static DateOnly Today => DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);

    [Fact]
    public async Task A_chapter_is_an_admins_to_make_and_its_leaders_to_change_and_a_name_stands_once_at_a_place()
    {
        var world = await Make.ChapterWorldAsync(database);
        await using var leader = database.As(world.Leader);
        await Assert.ThrowsAsync<DeniedException>(() => leader.Get<ChapterService>().SaveAsync(new() { Name = "Hillside", Location = "Norrholm" }, _ct));
        var form = await leader.Get<ChapterQueries>().FormAsync(world.Chapter, _ct);
        form.Region = "North";
        await leader.Get<ChapterService>().SaveAsync(form, _ct);
        await Assert.ThrowsAsync<ConflictException>(() => leader.Get<ChapterService>().SaveAsync(new() { Id = form.Id, Version = form.Version, Name = form.Name, Location = form.Location }, _ct));
        await using var admin = database.As(world.Admin);
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => admin.Get<ChapterService>().SaveAsync(new() { Name = form.Name.ToUpperInvariant(), Location = "NORRHOLM" }, _ct));
        Assert.Contains("a chapter of this name", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_leader_gives_seats_in_their_own_chapter_alone_and_never_their_own()
    {
        var (world, other) = (await Make.ChapterWorldAsync(database), await Make.ChapterWorldAsync(database));
        var (newcomer, buyer) = (await database.UserAsync(null, [Role.ChapterMember]), await database.UserAsync(null, [Role.Buyer]));
        await using var leader = database.As(world.Leader);
        var seats = leader.Get<SeatService>();
        await Assert.ThrowsAsync<MissingException>(() => seats.GiveAsync(new() { ChapterId = other.Chapter, Email = $"{newcomer.Id}@example.test" }, _ct));
        await Assert.ThrowsAsync<RefusedException>(() => seats.GiveAsync(new() { ChapterId = world.Chapter, Email = $"{world.Leader.Id}@example.test" }, _ct));
        Assert.Contains("No account", (await Assert.ThrowsAsync<RefusedException>(() => seats.GiveAsync(new() { ChapterId = world.Chapter, Email = $"{buyer.Id}@example.test" }, _ct))).Message, StringComparison.Ordinal);
        Assert.Contains("Chapter leader", (await Assert.ThrowsAsync<RefusedException>(() => seats.GiveAsync(new() { ChapterId = world.Chapter, Email = $"{newcomer.Id}@example.test", Office = ChapterOffice.Leader }, _ct))).Message, StringComparison.Ordinal);
        var seat = await seats.GiveAsync(new() { ChapterId = world.Chapter, Email = $" {newcomer.Id}@EXAMPLE.test ", Office = ChapterOffice.Host }, _ct);
        Assert.Equal(6, (await leader.Get<ChapterQueries>().SeatsAsync(world.Chapter, _ct)).Count);
        await using (var host = database.As(newcomer))
        {
            Assert.Equal(ChapterOffice.Host, (await host.Get<ChapterQueries>().RightsAsync(world.Chapter, _ct))!.Office);
        }

        await seats.TakeAsync(seat, _ct);
        await Assert.ThrowsAsync<RefusedException>(() => seats.TakeAsync(database.ScalarAsync<Guid>("select id from chapter_seats where user_id = $1", world.Leader.Id).GetAwaiter().GetResult(), _ct));
        await using var member = database.As(world.Member);
        await Assert.ThrowsAsync<DeniedException>(() => member.Get<SeatService>().GiveAsync(new() { ChapterId = world.Chapter, Email = "x@example.test" }, _ct));
        await Assert.ThrowsAsync<DeniedException>(() => member.Get<ChapterQueries>().SeatsAsync(world.Chapter, _ct));
    }

    [Fact]
    public async Task Members_join_leave_and_return_and_their_terms_never_overlap_in_the_database_either()
    {
        var world = await Make.ChapterWorldAsync(database);
        await using var leader = database.As(world.Leader);
        var members = leader.Get<MemberService>();
        await members.LeaveAsync(new() { MemberId = world.Bo, On = Today.AddDays(-60) }, _ct);
        Assert.DoesNotContain(world.Bo, (await leader.Get<MemberQueries>().ListAsync(world.Chapter, false, _ct)).Select(m => m.Id));
        Assert.Equal([world.Bo], (await leader.Get<MemberQueries>().ListAsync(world.Chapter, true, _ct)).Select(m => m.Id));
        await Assert.ThrowsAsync<RefusedException>(() => members.ReturnAsync(new() { MemberId = world.Bo, On = Today.AddDays(-61) }, _ct));
        await members.ReturnAsync(new() { MemberId = world.Bo, On = Today.AddDays(-10) }, _ct);
        var details = (await leader.Get<MemberQueries>().DetailsAsync(world.Bo, _ct))!;
        Assert.True(details.IsActive);
        Assert.Equal([Today.AddDays(-10), Today.AddYears(-2)], details.Terms.Select(t => t.JoinedOn));
        var fault = await Assert.ThrowsAsync<Npgsql.PostgresException>(() => database.SqlAsync(
            "insert into membership_terms (id, chapter_id, member_id, joined_on, left_on) values (gen_random_uuid(), $1, $2, $3, $4)", world.Chapter, world.Bo, Today.AddDays(-61), Today.AddDays(-59)));
        Assert.Equal("ck_membership_terms_apart", fault.ConstraintName);
    }

    [Fact]
    public async Task A_search_finds_members_of_ones_own_chapter_by_name_and_business_and_nobody_elses()
    {
        var (world, other) = (await Make.ChapterWorldAsync(database), await Make.ChapterWorldAsync(database));
        var buyer = await database.UserAsync(null, [Role.Buyer]);
        foreach (var (who, finds) in new[] { (world.Leader, world.Bo), (world.Member, world.Bo), (other.Leader, other.Bo), (world.Viewer, (Guid?)null), (buyer, null) })
        {
            await using var scope = database.As(who);
            var hits = (await scope.Get<SearchQueries>().FindAsync("castell works bo", 20, _ct)).Where(h => h.Kind == SearchKind.Member).ToList();
            Assert.Equal(finds is null ? [] : [finds.Value], hits.Select(h => h.Id));
            Assert.All(hits, h => Assert.Equal("Bo Castell", h.Name));
        }
    }

    [Fact]
    public async Task An_email_stands_once_in_a_chapter_whatever_the_case_and_a_deleted_members_is_free_until_they_come_back()
    {
        var world = await Make.ChapterWorldAsync(database);
        await using var leader = database.As(world.Leader);
        var members = leader.Get<MemberService>();
        var twin = new MemberForm { ChapterId = world.Chapter, FirstName = "Cleo", LastName = "Weyn", Email = "ADA@lind.example", JoinedOn = Today };
        Assert.Contains("e-mail address", (await Assert.ThrowsAsync<RefusedException>(() => members.SaveAsync(twin, _ct))).Message, StringComparison.Ordinal);
        await members.DeleteAsync(world.Ada, _ct);
        await members.SaveAsync(twin, _ct);
        await Assert.ThrowsAsync<RefusedException>(() => members.RestoreAsync(world.Ada, _ct));
        var cleo = await leader.Get<MemberQueries>().FormAsync((await leader.Get<MemberQueries>().ListAsync(world.Chapter, false, _ct)).Single(m => m.Name == "Cleo Weyn").Id, _ct);
        cleo.Email = "cleo@weyn.example";
        await members.SaveAsync(cleo, _ct);
        await members.RestoreAsync(world.Ada, _ct);
        Assert.Equal("ada@lind.example", (await leader.Get<MemberQueries>().DetailsAsync(world.Ada, _ct))!.Contact!.Email);
    }

    [Fact]
    public async Task The_same_name_spelling_or_classification_warns_and_does_not_refuse()
    {
        var world = await Make.ChapterWorldAsync(database);
        await Make.MemberAsync(database, world.Leader, world.Chapter, "Cleo", "Weyn", m => m.Classification = "Notary");
        await using var leader = database.As(world.Leader);
        await leader.Get<MemberService>().AddAliasAsync(new() { MemberId = world.Bo, Alias = "Bobby Castle" }, _ct);
        var queries = leader.Get<MemberQueries>();
        Assert.Equal(["Ada Lindqvist is a member already."], await queries.WarningsAsync(new() { ChapterId = world.Chapter, FirstName = "Dr  ADA", LastName = "lindqvist" }, _ct));
        Assert.Equal(["Bo Castell is a member already."], await queries.WarningsAsync(new() { ChapterId = world.Chapter, FirstName = "Bobby", LastName = "Castle" }, _ct));
        Assert.Contains("Cleo Weyn holds the classification notary", Assert.Single(await queries.WarningsAsync(new() { ChapterId = world.Chapter, FirstName = "Di", LastName = "Roth", Classification = "notary" }, _ct)), StringComparison.Ordinal);
        await Make.MemberAsync(database, world.Leader, world.Chapter, "Ada", "Lindqvist", m => m.Classification = "Notary");
    }

    [Fact]
    public async Task A_member_reads_and_changes_their_own_contact_data_and_nobody_elses()
    {
        var world = await Make.ChapterWorldAsync(database);
        await using var ada = database.As(world.Member);
        var form = await ada.Get<MemberQueries>().OwnContactAsync(world.Ada, _ct);
        form.Phone = "+00 555 99";
        await ada.Get<MemberService>().SaveOwnContactAsync(form, _ct);
        Assert.Equal("+00 555 99", (await ada.Get<MemberQueries>().DetailsAsync(world.Ada, _ct))!.Contact!.Phone);
        Assert.Null((await ada.Get<MemberQueries>().DetailsAsync(world.Bo, _ct))!.Contact);
        await Assert.ThrowsAsync<MissingException>(() => ada.Get<MemberService>().SaveOwnContactAsync(new() { MemberId = world.Bo, Email = "x@y.example" }, _ct));
        await Assert.ThrowsAsync<DeniedException>(() => ada.Get<MemberService>().SaveAsync(new() { Id = world.Ada, FirstName = "Ada", ChapterId = world.Chapter }, _ct));
    }

    [Fact]
    public async Task A_year_of_meetings_is_planned_by_weekday_and_days_that_have_one_are_left_alone()
    {
        var world = await Make.ChapterWorldAsync(database);
        await using var leader = database.As(world.Leader);
        var meetings = leader.Get<MeetingService>();
        Assert.Equal(52, await meetings.PlanAsync(new() { ChapterId = world.Chapter, From = new(2031, 1, 2), Until = new(2031, 12, 31), Weekday = 4 }, _ct)); // 2 January 2031 is a Thursday; (363 days) / 7 + 1 = 52.
        Assert.Equal(0, await meetings.PlanAsync(new() { ChapterId = world.Chapter, From = new(2031, 1, 2), Until = new(2031, 12, 31), Weekday = 4 }, _ct));
        await Assert.ThrowsAsync<RefusedException>(() => meetings.PlanAsync(new() { ChapterId = world.Chapter, From = new(2031, 1, 2), Until = new(2032, 1, 3), Weekday = 4 }, _ct));
        await Assert.ThrowsAsync<RefusedException>(() => meetings.PlanAsync(new() { ChapterId = world.Chapter, From = new(2031, 1, 3), Until = new(2031, 1, 4), Weekday = 4 }, _ct));
    }

    [Fact]
    public async Task Attendance_is_written_as_it_is_entered_and_a_meeting_completes_when_all_have_a_code()
    {
        var world = await Make.ChapterWorldAsync(database);
        await using var leader = database.As(world.Leader);
        var meetings = leader.Get<MeetingService>();
        await meetings.EnterAsync(world.Meeting, [new(world.Ada, AttendanceCode.Present, "", true)], _ct);
        await meetings.EnterAsync(world.Meeting, [new(world.Ada, AttendanceCode.Late, "", true), new(world.Bo, AttendanceCode.Medical)], _ct);
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => meetings.EnterAsync(world.Meeting, [new(world.Bo, AttendanceCode.Substitute, "ada  LINDQVIST")], _ct));
        Assert.Contains("is a member", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("Petra Almq", (await Assert.ThrowsAsync<RefusedException>(() => meetings.CompleteAsync(world.Meeting, _ct))).Message, StringComparison.Ordinal);
        await meetings.EnterAsync(world.Meeting, [new(world.LeaderMember, AttendanceCode.Absent)], _ct);
        await meetings.CompleteAsync(world.Meeting, _ct);
        var sheet = (await leader.Get<MeetingQueries>().SheetAsync(world.Meeting, _ct))!;
        Assert.Equal(MeetingStatus.Completed, sheet.Status);
        Assert.Equal([(AttendanceCode.Absent, false), (AttendanceCode.Medical, false), (AttendanceCode.Late, true)], sheet.Rows.Select(r => (r.Code!.Value, r.LeftEarly)));
        await Assert.ThrowsAsync<RefusedException>(() => meetings.EnterAsync(world.Meeting, [new(world.Ada, AttendanceCode.Present)], _ct));
        // (L 1) / (L 1 + A 1); medical left out.
        Assert.Equal(0.5m, (await leader.Get<ChapterQueries>().DashboardAsync(world.Chapter, _ct))!.Now.Attendance);
        await meetings.ReopenAsync(world.Meeting, _ct);
        await meetings.EnterAsync(world.Meeting, [new(world.Ada, null)], _ct);
        Assert.Equal(2L, await database.ScalarAsync<long>("select count(*) from attendances where meeting_id = $1", world.Meeting));
        await Assert.ThrowsAsync<RefusedException>(() => meetings.CallOffAsync(world.Meeting, true, _ct));
    }

    [Fact]
    public async Task A_member_enters_their_own_slips_and_a_leader_anybodys()
    {
        var world = await Make.ChapterWorldAsync(database);
        await using var ada = database.As(world.Member);
        var slips = ada.Get<SlipService>();
        await Assert.ThrowsAsync<RefusedException>(() => slips.EnterAsync(new() { ChapterId = world.Chapter, Kind = SlipKind.Referral, FromId = world.Bo, ToId = world.LeaderMember }, _ct));
        var form = new SlipForm { ChapterId = world.Chapter, Kind = SlipKind.Referral, ToId = world.Bo };
        var first = await slips.EnterAsync(form, _ct);
        Assert.Equal(first, await slips.EnterAsync(form, _ct));
        await slips.EnterAsync(new() { ChapterId = world.Chapter, Kind = SlipKind.OneToOne, ExternalName = "Ines  Faro", ExternalChapter = "Hillside" }, _ct);
        await slips.EnterAsync(new() { ChapterId = world.Chapter, Kind = SlipKind.OneToOne, ExternalName = "ines faro", ExternalChapter = "hillside", Place = "Café" }, _ct);
        await slips.EnterAsync(new() { ChapterId = world.Chapter, Kind = SlipKind.Education, Credits = 2 }, _ct);
        Assert.Equal(1L, await database.ScalarAsync<long>("select count(*) from external_parties where chapter_id = $1", world.Chapter));
        Assert.Equal(world.Meeting, await database.ScalarAsync<Guid>("select meeting_id from referrals where id = $1", first));
        await Assert.ThrowsAsync<RefusedException>(() => slips.EnterAsync(new() { ChapterId = world.Chapter, Kind = SlipKind.Referral, ToId = world.Ada }, _ct));
        await Assert.ThrowsAsync<RefusedException>(() => slips.EnterAsync(new() { ChapterId = world.Chapter, Kind = SlipKind.ClosedBusiness, ToId = world.Ada, Amount = 3 }, _ct));
        foreach (var (person, may) in new[] { (world.Viewer, false), (world.Host, false), (world.Committee, false), (world.Leader, true) })
        {
            await using var scope = database.As(person);
            var entry = scope.Get<SlipService>().EnterAsync(new() { ChapterId = world.Chapter, Kind = SlipKind.Referral, FromId = world.Bo, ToId = world.Ada }, _ct);
            if (may)
            {
                await entry;
            }
            else
            {
                await Assert.ThrowsAsync<RefusedException>(() => entry);
            }
        }

        await using var leader = database.As(world.Leader);
        await leader.Get<SlipService>().EnterAsync(new() { ChapterId = world.Chapter, Kind = SlipKind.Referral, FromId = world.Bo, ExternalName = "Ines Faro", ExternalChapter = "Hillside", FromOutside = true }, _ct);
        var waiting = (await leader.Get<ChapterQueries>().DashboardAsync(world.Chapter, _ct))!;
        Assert.Equal((0, 0, 6), (waiting.Now.Referrals, waiting.Now.OneToOnes, waiting.Waiting)); // Three referrals, two one-to-ones, one education.
        await Make.CompletedAsync(database, world);
        var counted = (await leader.Get<ChapterQueries>().DashboardAsync(world.Chapter, _ct))!;
        Assert.Equal((2, 2, 0), (counted.Now.Referrals, counted.Now.OneToOnes, counted.Waiting)); // The third came from outside: received, not given.
    }

    [Fact]
    public async Task A_double_entry_is_removed_with_a_reason_by_a_leader_or_within_a_day_by_whoever_entered_it()
    {
        var world = await Make.ChapterWorldAsync(database);
        var ofBo = await Make.SlipsOfBoAsync(database, world);
        await using var ada = database.As(world.Member);
        var own = await ada.Get<SlipService>().EnterAsync(new() { ChapterId = world.Chapter, Kind = SlipKind.Referral, ToId = world.Bo }, _ct);
        var paid = await ada.Get<SlipService>().EnterAsync(new() { ChapterId = world.Chapter, Kind = SlipKind.ClosedBusiness, ToId = world.Bo, Amount = 10 }, _ct);
        await Assert.ThrowsAsync<RefusedException>(() => ada.Get<SlipService>().RemoveAsync(new() { Kind = SlipKind.Referral, Id = own }, _ct));
        await ada.Get<SlipService>().RemoveAsync(new() { Kind = SlipKind.Referral, Id = own, Reason = "Twice" }, _ct);
        await Assert.ThrowsAsync<MissingException>(() => ada.Get<SlipService>().RemoveAsync(new() { Kind = SlipKind.Referral, Id = ofBo[SlipKind.Referral], Reason = "No" }, _ct));
        await Assert.ThrowsAsync<RefusedException>(() => ada.Get<SlipService>().RemoveAsync(new() { Kind = SlipKind.ClosedBusiness, Id = paid, Reason = "No" }, _ct));
        var older = await ada.Get<SlipService>().EnterAsync(new() { ChapterId = world.Chapter, Kind = SlipKind.OneToOne, ToId = world.Bo }, _ct);
        await database.SqlAsync("update one_to_ones set created_at = now() - interval '25 hours' where id = $1", older);
        await Assert.ThrowsAsync<RefusedException>(() => ada.Get<SlipService>().RemoveAsync(new() { Kind = SlipKind.OneToOne, Id = older, Reason = "Late" }, _ct));
        await using var leader = database.As(world.Leader);
        foreach (var (kind, id) in ofBo)
        {
            await leader.Get<SlipService>().RemoveAsync(new() { Kind = kind, Id = id, Reason = "Entered twice" }, _ct);
            await leader.Get<SlipService>().RestoreAsync(kind, id, _ct);
        }

        Assert.Equal("Twice", await database.ScalarAsync<string>("select removed_because from referrals where id = $1", own));
    }

    [Fact]
    public async Task Giver_and_receiver_say_how_a_referral_went_on()
    {
        var world = await Make.ChapterWorldAsync(database);
        var ofBo = (await Make.SlipsOfBoAsync(database, world))[SlipKind.Referral];
        await using var ada = database.As(world.Member);
        await Assert.ThrowsAsync<MissingException>(() => ada.Get<SlipService>().MoveAsync(ofBo, ReferralStatus.Closed, _ct));
        var own = await ada.Get<SlipService>().EnterAsync(new() { ChapterId = world.Chapter, Kind = SlipKind.Referral, ToId = world.Bo }, _ct);
        await ada.Get<SlipService>().MoveAsync(own, ReferralStatus.Pending, _ct);
        await using var committee = database.As(world.Committee);
        await Assert.ThrowsAsync<RefusedException>(() => committee.Get<SlipService>().MoveAsync(own, ReferralStatus.Closed, _ct));
        Assert.Equal("pending", await database.ScalarAsync<string>("select status from referrals where id = $1", own));
    }

    [Fact]
    public async Task A_host_writes_visitors_and_nothing_else_and_a_third_visit_is_told()
    {
        var world = await Make.ChapterWorldAsync(database);
        await using var host = database.As(world.Host);
        var visitors = host.Get<VisitorService>();
        for (var visit = 1; visit <= 3; visit++)
        {
            Assert.Equal(visit, await visitors.SaveAsync(new() { ChapterId = world.Chapter, MeetingId = world.Meeting, Name = visit == 2 ? "Dr. Vera  HOLT" : "Vera Holt", InviterId = world.Bo }, _ct));
        }

        var row = (await host.Get<VisitorQueries>().ListAsync(world.Chapter, _ct))[0];
        Assert.Equal(("Bo Castell", 3), (row.Inviter, row.Visits));
        var form = await host.Get<VisitorQueries>().FormAsync(row.Id, _ct);
        form.Outcome = VisitorOutcome.Joined;
        await visitors.SaveAsync(form, _ct);
        await visitors.RemoveAsync(row.Id, "Was not there", _ct);
        await Assert.ThrowsAsync<DeniedException>(() => host.Get<MeetingService>().EnterAsync(world.Meeting, [], _ct));
        await using var ada = database.As(world.Member);
        Assert.Empty(await ada.Get<VisitorQueries>().ListAsync(world.Chapter, _ct));
        await ada.Get<VisitorService>().SaveAsync(new() { ChapterId = world.Chapter, MeetingId = world.Meeting, Name = "Own guest", InviterId = world.Bo }, _ct);
        Assert.Equal("Ada Lindqvist", Assert.Single(await ada.Get<VisitorQueries>().ListAsync(world.Chapter, _ct)).Inviter);
        await using var viewer = database.As(world.Viewer);
        await Assert.ThrowsAsync<DeniedException>(() => viewer.Get<VisitorService>().SaveAsync(new() { ChapterId = world.Chapter, MeetingId = world.Meeting, Name = "x" }, _ct));
    }

    [Fact]
    public async Task Whoever_has_no_part_in_the_network_is_refused_before_the_database_is_asked_and_members_do_no_leaders_acts()
    {
        foreach (var role in new[] { Role.Buyer, Role.Planner, Role.ReadOnly, Role.SalesRep, Role.SalesManager, Role.Supplier, Role.Exporter })
        {
            await using var scope = await database.AsAsync(role == Role.Supplier ? Guid.CreateVersion7() : null, role);
            await Assert.ThrowsAsync<DeniedException>(() => scope.Get<ChapterQueries>().ListAsync(_ct));
            await Assert.ThrowsAsync<DeniedException>(() => scope.Get<MemberQueries>().ListAsync(Guid.CreateVersion7(), false, _ct));
            await Assert.ThrowsAsync<DeniedException>(() => scope.Get<SlipService>().EnterAsync(new(), _ct));
            await Assert.ThrowsAsync<DeniedException>(() => scope.Get<SlipQueries>().PaidByMeAsync([], _ct));
            await Assert.ThrowsAsync<DeniedException>(() => scope.Get<VisitorQueries>().ListAsync(Guid.CreateVersion7(), _ct));
            await Assert.ThrowsAsync<DeniedException>(() => scope.Get<MeetingQueries>().ListAsync(Guid.CreateVersion7(), 2026, _ct));
        }

        await using var member = await database.AsAsync(Role.ChapterMember);
        var any = Guid.CreateVersion7();
        await Assert.ThrowsAsync<DeniedException>(() => member.Get<MemberService>().SaveAsync(new(), _ct));
        await Assert.ThrowsAsync<DeniedException>(() => member.Get<MemberService>().DeleteAsync(any, _ct));
        await Assert.ThrowsAsync<DeniedException>(() => member.Get<MemberService>().LeaveAsync(new(), _ct));
        await Assert.ThrowsAsync<DeniedException>(() => member.Get<MeetingService>().PlanAsync(new(), _ct));
        await Assert.ThrowsAsync<DeniedException>(() => member.Get<MeetingService>().CompleteAsync(any, _ct));
        await Assert.ThrowsAsync<DeniedException>(() => member.Get<SlipService>().RestoreAsync(SlipKind.Referral, any, _ct));
        await Assert.ThrowsAsync<MissingException>(() => member.Get<SlipQueries>().ChoicesAsync(any, _ct));
        // A leader of one chapter is nobody in another.
        var (world, other) = (await Make.ChapterWorldAsync(database), await Make.ChapterWorldAsync(database));
        await using var leader = database.As(world.Leader);
        await Assert.ThrowsAsync<MissingException>(() => leader.Get<MemberService>().DeleteAsync(other.Bo, _ct));
        await Assert.ThrowsAsync<MissingException>(() => leader.Get<MeetingService>().CompleteAsync(other.Meeting, _ct));
        Assert.Null(await leader.Get<ChapterQueries>().DashboardAsync(other.Chapter, _ct));
        Assert.Null(await leader.Get<MemberQueries>().DetailsAsync(other.Ada, _ct));
        Assert.Equal([world.Chapter], (await leader.Get<ChapterQueries>().ListAsync(_ct)).Select(c => c.Id));
        // Somebody of the committee reads all and changes nothing.
        await using var committee = database.As(world.Committee);
        Assert.Equal("bo@castell.example", (await committee.Get<MemberQueries>().DetailsAsync(world.Bo, _ct))!.Contact!.Email);
    }
}
