using Npgsql;
using Sourcing.Data.Chapters;
using Sourcing.Data.Common;
using Sourcing.Data.Common.Lists;
using Sourcing.Data.Operations;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Chapters;

/// <summary>What each seat finds in each table, asked by SQL on the person's own login.</summary>
public sealed class ChapterRowSecurityTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly string[] Tables =
    [
        "chapters", "chapter_seats", "members", "membership_terms", "member_contacts", "member_aliases", "external_parties", "meetings", "attendances", "referrals", "one_to_ones",
        "closed_business", "education_units", "testimonials", "visitors", "slip_facts", "attendance_counts", "chapter_slips", "member_names",
    ];

    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_seat_finds_in_every_table_what_the_table_of_roles_says_and_nothing_more()
    {
        var world = await Make.ChapterWorldAsync(database);
        await Make.ChapterWorldAsync(database); // Another chapter, of which nobody here may see a row.
        await Make.SlipsOfBoAsync(database, world);
        await using (var leader = database.As(world.Leader))
        {
            await leader.Get<MeetingService>().EnterAsync(world.Meeting, [new(world.Ada, AttendanceCode.Present), new(world.Bo, AttendanceCode.Substitute, "Nils Berg"), new(world.LeaderMember, AttendanceCode.Late)], _ct);
            await leader.Get<MemberService>().AddAliasAsync(new() { MemberId = world.Bo, Alias = "B. Castell" }, _ct);
            await leader.Get<SlipService>().EnterAsync(new() { ChapterId = world.Chapter, Kind = SlipKind.Referral, FromId = world.Bo, ExternalName = "Ines Faro", ExternalChapter = "Hillside", MeetingId = world.Meeting }, _ct);
        }

        // In the order of Tables.
        var all = new long[] { 1, 5, 3, 3, 3, 1, 1, 3, 3, 2, 1, 1, 1, 1, 1, 7, 3, 6, 3 };
        var looks = new long[] { 1, 1, 3, 3, 3, 1, 1, 3, 3, 2, 1, 1, 1, 1, 1, 7, 3, 6, 3 };
        // Of Bo and the leader nothing is Ada's: one attendance of her own, her contact data, and totals of all.
        var member = new long[] { 1, 1, 3, 3, 1, 0, 1, 3, 1, 0, 0, 0, 0, 0, 0, 7, 3, 0, 3 };
        var host = new long[] { 1, 1, 0, 0, 0, 0, 1, 3, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 3 };
        var viewer = new long[] { 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 };
        foreach (var (person, expected) in new[] { (world.Leader, all), (world.Committee, looks), (world.Member, member), (world.Host, host), (world.Viewer, viewer) })
        {
            Assert.Equal(Said(expected), Said(await CountsAsync(person)));
        }

        // Without a seat, or outside the network: nothing, or not even the right to ask.
        Assert.All(await CountsAsync(await database.UserAsync(null, [Role.ChapterMember])), count => Assert.Equal(0, count));
        foreach (var role in new[] { Role.Buyer, Role.Planner, Role.ReadOnly })
        {
            Assert.All(await CountsAsync(await database.UserAsync(null, [role])), count => Assert.Equal(0, count));
        }

        foreach (var outsider in new[] { await database.UserAsync(null, [Role.SalesManager]), await database.UserAsync(null, [Role.Exporter]), await database.UserAsync(Guid.CreateVersion7(), [Role.Supplier]) })
        {
            foreach (var table in Tables.Append("closed_business_payers"))
            {
                Assert.Equal("42501", (await Assert.ThrowsAsync<PostgresException>(() => database.AsAsync<long>(outsider, $"select count(*) from {table}"))).SqlState);
            }
        }

        var admin = await CountsAsync(world.Admin);
        Assert.True(admin[0] >= 2 && admin[Array.IndexOf(Tables, "member_contacts")] >= 6);
    }

    [Fact]
    public async Task A_seat_of_somebody_without_a_role_of_the_network_opens_nothing()
    {
        var world = await Make.ChapterWorldAsync(database);
        var buyer = await database.UserAsync(null, [Role.Buyer]);
        await database.SqlAsync("insert into chapter_seats (id, chapter_id, user_id, office) values (gen_random_uuid(), $1, $2, 'leader')", world.Chapter, buyer.Id);
        Assert.Equal(0L, await database.AsAsync<long>(buyer, "select count(*) from chapters"));
        Assert.Equal(0L, await database.AsAsync<long>(buyer, "select count(*) from members"));
    }

    [Fact]
    public async Task What_history_holds_of_points_that_were_typed_by_hand_stays_an_admins()
    {
        var world = await Make.ChapterWorldAsync(database);
        await database.SqlAsync("insert into audit_entries (actor_name, table_name, record_id, action, new_values) values ('A leader', 'member_points', $1, 'insert', '{\"points\": 72}')", world.Ada);
        const string Asked = "select count(*) from audit_entries where table_name = 'member_points'";
        Assert.Equal(1L, await database.AsAsync<long>(world.Admin, Asked));
        foreach (var role in new[] { Role.Buyer, Role.Planner, Role.ReadOnly })
        {
            Assert.Equal(0L, await database.AsAsync<long>(await database.UserAsync(null, [role]), Asked));
        }
    }

    [Fact]
    public async Task The_payer_is_read_by_the_payer_alone_whatever_the_login_and_no_history_search_or_export_tells()
    {
        var world = await Make.ChapterWorldAsync(database);
        Guid slip;
        await using (var ada = database.As(world.Member))
        {
            slip = await ada.Get<SlipService>().EnterAsync(new() { ChapterId = world.Chapter, Kind = SlipKind.ClosedBusiness, ToId = world.Bo, Amount = 4200, MeetingId = world.Meeting, ExternalName = "" }, _ct);
            Assert.Equal([slip], await ada.Get<SlipQueries>().PaidByMeAsync([slip], _ct));
            Assert.Contains(await ExportAsync(ada), row => row.Contains(4200m));
        }

        Assert.Equal(1L, await database.ScalarAsync<long>("select count(*) from closed_business_payers where id = $1 and payer_id = $2", slip, world.Ada));
        Assert.Equal(1L, await database.AsAsync<long>(world.Member, "select count(*) from closed_business_payers"));
        foreach (var other in new[] { world.Admin, world.Leader, world.Committee, world.Host, world.Viewer, await database.UserAsync(null, [Role.Buyer]) })
        {
            Assert.Equal(0L, await database.AsAsync<long>(other, "select count(*) from closed_business_payers"));
            Assert.Equal("42501", (await Assert.ThrowsAsync<PostgresException>(() => database.AsAsync<int>(other, $"update closed_business_payers set payer_id = '{world.Bo}'"))).SqlState);
        }

        foreach (var (source, _) in new[] { (database.Sources.Reporting, 0), (database.Sources.Auth, 0), (database.Sources.Jobs, 0) })
        {
            await using var command = source.CreateCommand("select count(*) from public.closed_business_payers");
            Assert.Equal("42501", (await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteScalarAsync(_ct))).SqlState);
        }

        // Nothing in the history names the payer: not the row, not who entered it, not in any value.
        Assert.Equal(0L, await database.ScalarAsync<long>("select count(*) from audit_entries where table_name = 'closed_business_payers'"));
        Assert.Equal(1L, await database.ScalarAsync<long>("select count(*) from audit_entries where record_id = $1", slip));
        Assert.Equal(0L, await database.ScalarAsync<long>("select count(*) from audit_entries where record_id = $1 and (actor_id is not null or actor_name like '%' || $2 || '%' or new_values::text like '%' || $3::text || '%')", slip, world.Member.Name, world.Ada));
        await using var admin = database.As(world.Admin);
        Assert.DoesNotContain(await ExportAsync(admin), row => row.Contains(4200m) && row.Any(cell => $"{cell}".Contains("Lindqvist", StringComparison.Ordinal)));
        Assert.DoesNotContain(world.Member.Name, (await admin.Get<HistoryQueries>().ForAsync(slip, _ct)).Select(h => h.Actor));
        Assert.Equal(0L, await database.AsAsync<long>(world.Admin, $"select count(*) from closed_business where id = '{slip}' and to_jsonb(closed_business)::text like '%{world.Ada}%'"));
    }

    [Fact]
    public async Task Nobody_writes_down_a_payer_for_somebody_else_or_afterwards()
    {
        var world = await Make.ChapterWorldAsync(database);
        var slip = (await Make.SlipsOfBoAsync(database, world))[SlipKind.ClosedBusiness];
        Assert.Equal(0L, await database.ScalarAsync<long>("select count(*) from closed_business_payers where id = $1", slip));
        // Not even for a slip that is being made: nobody but the payer themself is the payer.
        foreach (var person in new[] { world.Admin, world.Leader, world.Member })
        {
            var made = Guid.CreateVersion7();
            var sql = $"insert into closed_business (id, chapter_id, meeting_id, thanked_id, amount, currency, tier, is_inside, note, removed_because) values ('{made}', '{world.Chapter}', '{world.Meeting}', '{world.LeaderMember}', 5, 'EUR', 1, true, '', ''); "
                + $"insert into closed_business_payers (id, payer_id) values ('{made}', '{world.Bo}')";
            Assert.Equal("42501", (await Assert.ThrowsAsync<PostgresException>(() => database.AsAsync<int>(person, sql))).SqlState);
        }

        Assert.Contains("when the slip is made", (await Assert.ThrowsAsync<PostgresException>(() => database.AsAsync<int>(world.Member, $"insert into closed_business_payers (id, payer_id) values ('{slip}', '{world.Ada}')"))).MessageText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_member_changes_nothing_that_is_not_theirs_by_SQL()
    {
        var (world, other) = (await Make.ChapterWorldAsync(database), await Make.ChapterWorldAsync(database));
        await Make.SlipsOfBoAsync(database, world);
        foreach (var sql in new[]
        {
            "update members set business = 'x'", "update meetings set status = 'completed'", "update chapters set name = 'Mine now'", "update attendances set code = 'present'",
            "update closed_business set amount = 1", "update visitors set name = 'x'", "delete from attendances", "update chapter_seats set office = 'leader'",
        })
        {
            Assert.Equal(0, await database.AsAsync<int>(world.Member, sql));
        }

        foreach (var sql in new[]
        {
            $"insert into referrals (id, chapter_id, meeting_id, giver_id, receiver_id, tier, status, note, removed_because) values (gen_random_uuid(), '{world.Chapter}', '{world.Meeting}', '{world.Bo}', '{world.Ada}', 1, 'new', '', '')",
            $"insert into chapter_seats (id, chapter_id, user_id, office) values (gen_random_uuid(), '{other.Chapter}', '{world.Member.Id}', 'leader')", "delete from members", "delete from referrals", "select * from audit_entries",
        })
        {
            Assert.Equal("42501", (await Assert.ThrowsAsync<PostgresException>(() => database.AsAsync<int>(world.Member, sql))).SqlState);
        }

        Assert.Equal(1, await database.AsAsync<int>(world.Member, "update member_contacts set phone = '+00 555 7'"));
        Assert.Equal("42501", (await Assert.ThrowsAsync<PostgresException>(() => database.AsAsync<int>(world.Member, "update member_contacts set renewal_on = '2040-01-01'"))).SqlState);
        // Of a referral to her, Ada says how it went on, and nothing else.
        await using (var leader = database.As(world.Leader))
        {
            await leader.Get<SlipService>().EnterAsync(new() { ChapterId = world.Chapter, Kind = SlipKind.Referral, FromId = world.Bo, ToId = world.Ada, MeetingId = world.Meeting }, _ct);
        }

        Assert.Equal(1, await database.AsAsync<int>(world.Member, "update referrals set status = 'closed'"));
        Assert.Equal("42501", (await Assert.ThrowsAsync<PostgresException>(() => database.AsAsync<int>(world.Member, "update referrals set tier = 2"))).SqlState);
        Assert.Equal("42501", (await Assert.ThrowsAsync<PostgresException>(() => database.AsAsync<int>(world.Member, "update referrals set deleted_at = now(), removed_because = 'x'"))).SqlState);
        // A leader's own seat is not theirs to change either.
        Assert.Equal(0, await database.AsAsync<int>(world.Leader, $"update chapter_seats set office = 'member' where user_id = '{world.Leader.Id}'"));
        Assert.Equal(4, await database.AsAsync<int>(world.Leader, "update chapter_seats set office = 'viewer'"));
    }

    [Fact]
    public async Task Nothing_points_out_of_its_chapter()
    {
        var (world, other) = (await Make.ChapterWorldAsync(database), await Make.ChapterWorldAsync(database));
        await using var admin = database.As(world.Admin);
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => admin.Get<SlipService>().EnterAsync(new() { ChapterId = world.Chapter, Kind = SlipKind.Referral, FromId = world.Bo, ToId = other.Bo, MeetingId = world.Meeting }, _ct));
        Assert.Contains("another chapter", refusal.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<RefusedException>(() => admin.Get<SlipService>().EnterAsync(new() { ChapterId = world.Chapter, Kind = SlipKind.Referral, FromId = world.Bo, ToId = world.Ada, MeetingId = other.Meeting }, _ct));
    }

    private async Task<long[]> CountsAsync(UserIdentity person)
    {
        var counts = new List<long>();
        foreach (var table in Tables)
        {
            counts.Add(await database.AsAsync<long>(person, $"select count(*) from {table}"));
        }

        return [.. counts];
    }

    private static string Said(IEnumerable<long> counts) => string.Join("\n", Tables.Zip(counts, (table, count) => $"{table} {count}"));

    private async Task<List<IReadOnlyList<object?>>> ExportAsync(TestScope scope)
    {
        var rows = new List<IReadOnlyList<object?>>();
        await scope.Get<SlipList>().ExportAsync(new ListRequest(), [], row => { rows.Add(row); return ValueTask.CompletedTask; }, _ct);
        return rows;
    }
}
