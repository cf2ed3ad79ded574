using Npgsql;
using Sourcing.Data.Chapters.Closing;
using Sourcing.Data.Chapters.Reports;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Web.Tests.Chapters.Reports;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Chapters.Closing;

/// <summary>Who closes, who reads what a closing kept, and that nobody changes it.</summary>
public sealed class MonthSecurityTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Leaders_and_admins_close_and_open_and_nobody_else()
    {
        var made = await ReportWorld.MakeAsync(database);
        var other = await Make.ChapterWorldAsync(database);
        await using (var leader = database.As(made.World.Leader))
        {
            await made.FinishAsync(leader);
        }

        foreach (var person in new[] { made.World.Committee, made.World.Host, made.World.Member, made.World.Viewer })
        {
            await using var scope = database.As(person);
            await Assert.ThrowsAsync<DeniedException>(() => scope.Get<MonthClosingService>().CloseAsync(made.Chapter, ReportWorld.March, _ct));
        }

        await using (var stranger = database.As(other.Leader))
        {
            await Assert.ThrowsAsync<MissingException>(() => stranger.Get<MonthClosingService>().CloseAsync(made.Chapter, ReportWorld.March, _ct));
            Assert.Null(await stranger.Get<MonthQueries>().ListAsync(made.Chapter, null, _ct));
            Assert.Null(await stranger.Get<MonthQueries>().HistoryAsync(made.Chapter, ReportWorld.March, _ct));
            Assert.Empty(await stranger.Get<MonthQueries>().ToCloseAsync(made.Chapter, _ct));
        }

        await using var admin = database.As(made.World.Admin);
        Assert.Equal(1, await admin.Get<MonthClosingService>().CloseAsync(made.Chapter, ReportWorld.March, _ct));
        foreach (var person in new[] { made.World.Committee, made.World.Member, other.Leader })
        {
            await using var scope = database.As(person);
            await Assert.ThrowsAnyAsync<RefusedException>(() => scope.Get<MonthClosingService>().ReopenAsync(made.Chapter, ReportWorld.March, "Mine", _ct));
        }

        await admin.Get<MonthClosingService>().ReopenAsync(made.Chapter, ReportWorld.March, "A slip was forgotten", _ct);
    }

    [Fact]
    public async Task Every_seat_finds_of_closed_months_what_the_table_of_roles_says()
    {
        var made = await ClosedAsync();
        var world = made.World;
        // monthly_reports, report_revisions, closed_reports, closed_months
        foreach (var (person, expected) in new[]
        {
            (world.Leader, "1 1 1 1"), (world.Committee, "1 1 1 1"), (world.Member, "1 0 1 1"), (world.Host, "0 0 0 1"), (world.Viewer, "1 0 1 0"), (await database.UserAsync(null, [Role.ChapterMember]), "0 0 0 0"),
            (await database.UserAsync(null, [Role.Buyer]), "0 0 0 0"), (world.Admin, "1 1 1 1"),
        })
        {
            Assert.Equal(expected, await database.AsAsync<string>(person, string.Join(" || ' ' || ", new[] { "monthly_reports", "report_revisions", "closed_reports", "closed_months" }.Select(t => $"(select count(*) from {t} where chapter_id = '{made.Chapter}')")).Insert(0, "select ")));
        }

        var outsider = await database.UserAsync(null, [Role.SalesManager]);
        foreach (var table in new[] { "monthly_reports", "report_revisions", "closed_reports", "closed_months" })
        {
            Assert.Equal("42501", (await Assert.ThrowsAsync<PostgresException>(() => database.AsAsync<long>(outsider, $"select count(*) from {table}"))).SqlState);
        }

        // How people attended: all marks of four meetings for the leader, Ada's own for Ada, none for a viewer, until the chapter shares.
        const string Marks = "select sum(jsonb_array_length(marks)) from closed_reports";
        Assert.Equal("14 4 0", await CountsAsync(Marks, world.Leader, world.Member, world.Viewer));
        await database.SqlAsync("update chapters set points_shared = true where id = $1", made.Chapter);
        Assert.Equal("14 14 14", await CountsAsync(Marks, world.Leader, world.Member, world.Viewer));
        // No contact data, no payer, no note.
        var facts = await database.AsAsync<string>(world.Viewer, "select facts::text from closed_reports");
        Assert.DoesNotContain("ada@lind.example", facts, StringComparison.Ordinal);
        Assert.DoesNotContain("Ines Faro", facts, StringComparison.Ordinal);
        Assert.Contains("Ada Lindqvist", facts, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_closing_kept_is_never_changed()
    {
        var made = await ClosedAsync();
        foreach (var person in new[] { made.World.Leader, made.World.Admin })
        {
            foreach (var sql in new[] { "update report_revisions set reason = 'x'", "delete from report_revisions", "delete from monthly_reports" })
            {
                Assert.Equal("42501", (await Assert.ThrowsAsync<PostgresException>(() => database.AsAsync<int>(person, sql))).SqlState);
            }

            foreach (var sql in new[] { "total_referrals = 99", "revision = 2", "status = 'open', reopened_at = now(), reopened_by_id = closed_by_id, reopen_reason = 'x', total_tyfcb = 1", "period = '2025-02-01'" })
            {
                Assert.Contains("nothing else about it is changed", (await Assert.ThrowsAsync<PostgresException>(() => database.AsAsync<int>(person, $"update monthly_reports set {sql} where chapter_id = '{made.Chapter}'"))).MessageText, StringComparison.Ordinal);
            }
        }

        Assert.Equal(0, await database.AsAsync<int>(made.World.Member, "update monthly_reports set total_referrals = 99"));
        Assert.Equal("42501", (await Assert.ThrowsAsync<PostgresException>(() => database.AsAsync<int>(
            made.World.Member, $"insert into monthly_reports (id, chapter_id, period, status, revision, total_referrals, total_tyfcb, metadata, closed_at, closed_by_id, reopen_reason) values (gen_random_uuid(), '{made.Chapter}', '2025-02-01', 'closed', 1, 0, 0, '{{}}', now(), '{made.World.Member.Id}', '')"))).SqlState);
    }

    [Fact]
    public async Task A_member_reads_a_closed_report_as_they_read_one_that_is_open()
    {
        var made = await ClosedAsync();
        foreach (var person in new[] { made.World.Member, made.World.Viewer })
        {
            await using var scope = database.As(person);
            var (kept, now) = ((await scope.Get<ChapterReportQueries>().ReportAsync(made.Chapter, ReportWorld.March, _ct))!, (await scope.Get<ChapterReportQueries>().ReportAsync(made.Chapter, ReportWorld.March, 0, _ct))!);
            Assert.Equal((1, null), (kept.Revision, now.Revision));
            Assert.Equal((now.Now, now.Before, false), (kept.Now, kept.Before, kept.Lights.IsWhole));
            Assert.Equal(now.Lights.Members.Select(m => (m.Person.Name, m.Light.Points)), kept.Lights.Members.Select(m => (m.Person.Name, m.Light.Points)));
            Assert.Equal(now.Attendance.Select(a => (a.Person.Name, a.Share)), kept.Attendance.Select(a => (a.Person.Name, a.Share)));
            Assert.Empty(now.Changes);
        }
    }

    private async Task<string> CountsAsync(string sql, params UserIdentity[] people)
    {
        var counts = new List<int>();
        foreach (var person in people)
        {
            counts.Add((int)await database.AsAsync<long>(person, sql));
        }

        return string.Join(" ", counts);
    }

    private async Task<ReportWorld> ClosedAsync()
    {
        var made = await ReportWorld.MakeAsync(database);
        await using var leader = database.As(made.World.Leader);
        await made.FinishAsync(leader);
        await leader.Get<MonthClosingService>().CloseAsync(made.Chapter, ReportWorld.March, _ct);
        return made;
    }
}
