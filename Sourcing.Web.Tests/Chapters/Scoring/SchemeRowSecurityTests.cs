using Npgsql;
using Sourcing.Data.Chapters;
using Sourcing.Data.Chapters.Reckoning;
using Sourcing.Data.Chapters.Scoring;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Web.Tests.Chapters.Reports;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Chapters.Scoring;

/// <summary>What each seat finds and may write in the tables of schemes, points, alerts and notes, asked by SQL on the person's own login.</summary>
public sealed class SchemeRowSecurityTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly string[] Tables = ["score_schemes where chapter_id is not null", "score_schemes where chapter_id is null", "chapter_scheme_choices where chapter_id is not null", "member_scores", "chapter_alert_rules", "member_committee_notes", "report_schemes", "report_visits"];

    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_seat_finds_what_the_table_of_roles_says_and_nothing_more()
    {
        var (world, _) = await WorldAsync();
        await WorldAsync(); // Another chapter, of which nobody here may see a row.
        var network = Schemes.All.Count;
        // Two schemes of the chapter, one of them a draft; one choice; three members' points; alerts; a note; standard and choice; a visit.
        var looks = new long[] { 2, network, 1, 3, 1, 1, 2, 1 };
        // The scheme in force and the standard, Ada's own points, and the report.
        var member = new long[] { 1, 1, 1, 1, 0, 0, 2, 1 };
        var viewer = new long[] { 0, 0, 0, 0, 0, 0, 2, 1 };
        foreach (var (person, expected) in new[] { (world.Leader, looks), (world.Committee, looks), (world.Member, member), (world.Viewer, viewer), (world.Host, new long[Tables.Length]) })
        {
            Assert.Equal(Said(expected), Said(await CountsAsync(person)));
        }

        Assert.All(await CountsAsync(await database.UserAsync(null, [Role.ChapterMember])), count => Assert.Equal(0, count));
        foreach (var role in new[] { Role.Buyer, Role.Planner, Role.ReadOnly })
        {
            Assert.All(await CountsAsync(await database.UserAsync(null, [role])), count => Assert.Equal(0, count));
        }

        foreach (var outsider in new[] { await database.UserAsync(null, [Role.SalesManager]), await database.UserAsync(Guid.CreateVersion7(), [Role.Supplier]) })
        {
            foreach (var table in Tables)
            {
                Assert.Equal("42501", (await Assert.ThrowsAsync<PostgresException>(() => SchemeWorld.SqlAsync<long>(database, outsider, $"select count(*) from {table}"))).SqlState);
            }
        }

        await database.SqlAsync("update chapters set points_shared = true where id = $1", world.Chapter);
        Assert.Equal(3L, await SchemeWorld.SqlAsync<long>(database, world.Member, "select count(*) from member_scores"));
        Assert.Equal(0L, await SchemeWorld.SqlAsync<long>(database, world.Viewer, "select count(*) from member_scores"));
    }

    [Fact]
    public async Task Nobody_writes_what_is_not_theirs()
    {
        var (world, draft) = await WorldAsync();
        var (other, _) = await WorldAsync();
        var running = $"'{SchemeWorld.Running:yyyy-MM-dd}'";
        foreach (var person in new[] { world.Committee, world.Member, world.Viewer, world.Host, other.Leader })
        {
            foreach (var sql in new[]
            {
                $"update score_schemes set name = 'x' where chapter_id = '{world.Chapter}'", $"delete from score_schemes where id = '{draft}'", $"update chapter_scheme_choices set chosen_by = null where chapter_id = '{world.Chapter}'",
                $"update member_scores set points = 100 where chapter_id = '{world.Chapter}'", $"delete from member_scores where chapter_id = '{world.Chapter}'", $"update chapter_alert_rules set review_absences = 9 where id = '{world.Chapter}'",
            })
            {
                Assert.Equal(0, await SchemeWorld.SqlAsync<int>(database, person, sql));
            }

            await DeniedAsync(person, $"insert into score_schemes (id, chapter_id, key, name, number, green, yellow, red, rules, status) values (gen_random_uuid(), '{world.Chapter}', 'x', 'x', 1, 3, 2, 1, '[]', 'draft')");
            await DeniedAsync(person, $"insert into chapter_scheme_choices (id, chapter_id, scheme_id, from_month) select gen_random_uuid(), '{world.Chapter}', '{await SchemeWorld.NetworkAsync(database)}', date {running} + interval '1 month'");
            await DeniedAsync(person, $"insert into member_scores (id, chapter_id, member_id, window_end, scheme_id, points, band, lines) values (gen_random_uuid(), '{world.Chapter}', '{world.Bo}', '2024-01-31', '{await SchemeWorld.NetworkAsync(database)}', 1, 'grey', '[]')");
        }

        foreach (var person in new[] { world.Member, world.Viewer, world.Host, other.Leader })
        {
            await DeniedAsync(person, Note(world, world.Bo, person.Id));
        }

        // Nothing of the network is a leader's; a note is written in one's own name, about members of the chapter, and never touched again.
        Assert.Equal(0, await SchemeWorld.SqlAsync<int>(database, world.Leader, "update score_schemes set status = 'retired' where chapter_id is null"));
        await DeniedAsync(world.Leader, "insert into score_schemes (id, key, name, number, green, yellow, red, rules, status) values (gen_random_uuid(), 'x', 'x', 1, 3, 2, 1, '[]', 'draft')");
        await DeniedAsync(world.Leader, $"insert into chapter_scheme_choices (id, scheme_id, from_month) values (gen_random_uuid(), '{await SchemeWorld.NetworkAsync(database)}', {running})");
        await DeniedAsync(world.Committee, Note(world, world.Bo, world.Leader.Id));
        Assert.Contains("another chapter", (await Assert.ThrowsAsync<PostgresException>(() => SchemeWorld.SqlAsync<int>(database, world.Committee, Note(world, other.Bo, world.Committee.Id)))).MessageText, StringComparison.Ordinal);
        foreach (var person in new[] { world.Admin, world.Leader, world.Committee })
        {
            await DeniedAsync(person, "update member_committee_notes set text = 'x'");
            await DeniedAsync(person, "delete from member_committee_notes");
        }

        Assert.Contains("never changed", (await Assert.ThrowsAsync<PostgresException>(() => database.SqlAsync("update member_committee_notes set text = 'x'"))).MessageText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_of_members_shows_lights_of_the_last_closed_month_to_whom_they_belong()
    {
        var (world, _) = await WorldAsync();
        var kept = await database.ScalarAsync<decimal>("select points from member_scores where member_id = $1", world.Bo);
        var ofAll = await LightsAsync(world.Leader, world.Chapter);
        Assert.Equal(3, ofAll.Values.Count(l => l is not null));
        Assert.Equal((SchemeWorld.Running.AddDays(-1), kept), (ofAll[world.Bo]!.WindowEnd, ofAll[world.Bo]!.Points));
        var ofAda = await LightsAsync(world.Member, world.Chapter);
        Assert.NotNull(ofAda[world.Ada]);
        Assert.Null(ofAda[world.Bo]);
        await database.SqlAsync("update chapters set points_shared = true where id = $1", world.Chapter);
        Assert.Equal(kept, (await LightsAsync(world.Member, world.Chapter))[world.Bo]!.Points);
    }

    [Fact]
    public async Task The_database_itself_holds_to_months_and_owners_of_choices()
    {
        var (world, draft) = await WorldAsync();
        var (other, _) = await WorldAsync();
        var theirs = await database.ScalarAsync<Guid>("select scheme_id from chapter_scheme_choices where chapter_id = $1", other.Chapter);
        var (network, running) = (await SchemeWorld.NetworkAsync(database), SchemeWorld.Running);
        string Choice(Guid scheme, DateOnly month) => $"insert into chapter_scheme_choices (id, chapter_id, scheme_id, from_month) values (gen_random_uuid(), '{world.Chapter}', '{scheme}', '{month:yyyy-MM-dd}')";
        foreach (var (sql, said) in new[]
        {
            (Choice(draft, running.AddMonths(1)), "Choose an active scheme"), (Choice(theirs, running.AddMonths(1)), "another chapter"), (Choice(network, running.AddMonths(-1)), "are kept"),
            (Choice(network, running.AddYears(-3)), "are kept"),
        })
        {
            Assert.Contains(said, (await Assert.ThrowsAsync<PostgresException>(() => SchemeWorld.SqlAsync<int>(database, world.Leader, sql))).MessageText, StringComparison.Ordinal);
        }

        await database.SqlAsync("delete from member_scores where chapter_id = $1", world.Chapter);
        Assert.Contains("running month", (await Assert.ThrowsAsync<PostgresException>(() => SchemeWorld.SqlAsync<int>(database, world.Leader, Choice(network, running.AddMonths(-2))))).MessageText, StringComparison.Ordinal);
        Assert.Equal(1, await SchemeWorld.SqlAsync<int>(database, world.Admin, Choice(network, running.AddMonths(-2))));
    }

    /// <summary>A chapter with a scheme in force and a draft, points of last month, alerts of its own, and a note on Bo.</summary>
    private async Task<(ChapterWorld World, Guid Draft)> WorldAsync()
    {
        var world = (await StandingWorld.MakeAsync(database)).World;
        var (draft, used) = (await SchemeWorld.DraftAsync(database, world.Leader, world.Chapter), await SchemeWorld.DraftAsync(database, world.Leader, world.Chapter, "Used"));
        await SchemeWorld.UseAsync(database, world.Leader, used, world.Chapter, SchemeWorld.Running);
        await SchemeWorld.StoreAsync(database, world.Leader, world.Chapter, SchemeWorld.Running.AddMonths(-1));
        await using var leader = database.As(world.Leader);
        var form = await leader.Get<ChapterAlertQueries>().FormAsync(world.Chapter, _ct);
        form.Take(AlertRules.Taiwan);
        await leader.Get<ChapterAlertService>().SaveAsync(form, _ct);
        await leader.Get<CommitteeNoteService>().AddAsync(new() { MemberId = world.Bo, Text = "Spoke about attendance." }, _ct);
        await database.SqlAsync(
            "insert into visitors (id, chapter_id, meeting_id, inviter_id, name, name_key, company, profession, kind, outcome, note, removed_because) select gen_random_uuid(), chapter_id, id, $2, 'Vera Holt', 'vera holt', '', '', 'visitor', 'open', '', '' from meetings where chapter_id = $1 and status = 'completed' order by held_on desc limit 1",
            world.Chapter, world.Bo);
        return (world, draft);
    }

    private async Task<Dictionary<Guid, KeptLight?>> LightsAsync(UserIdentity person, Guid chapter)
    {
        await using var scope = database.As(person);
        return (await scope.Get<MemberQueries>().ListAsync(chapter, false, _ct)).ToDictionary(m => m.Id, m => m.Light);
    }

    private async Task DeniedAsync(UserIdentity person, string sql) => Assert.Equal("42501", (await Assert.ThrowsAsync<PostgresException>(() => SchemeWorld.SqlAsync<int>(database, person, sql))).SqlState);

    private static string Note(ChapterWorld world, Guid member, Guid author) =>
        $"insert into member_committee_notes (id, chapter_id, member_id, author_id, text) values (gen_random_uuid(), '{world.Chapter}', '{member}', '{author}', 'x')";

    private static string Said(IEnumerable<long> counts) => string.Join("\n", Tables.Zip(counts, (table, count) => $"{table} {count}"));

    private async Task<long[]> CountsAsync(UserIdentity person)
    {
        var counts = new List<long>();
        foreach (var table in Tables)
        {
            counts.Add(await SchemeWorld.SqlAsync<long>(database, person, $"select count(*) from {table}"));
        }

        return [.. counts];
    }
}
