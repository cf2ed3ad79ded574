using Npgsql;
using Sourcing.Data.Chapters;
using Sourcing.Data.Chapters.Reckoning;
using Sourcing.Data.Chapters.Reports;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Chapters.Reports;

/// <summary>The monthly report as people in each seat read it; figures worked out by hand.</summary>
public sealed class ChapterReportQueriesTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_month_counts_its_completed_meetings_beside_the_month_before()
    {
        var made = await ReportWorld.MakeAsync(database);
        var report = (await ReportAsync(made.World.Leader, made.Chapter))!;
        Assert.Equal((2, 1, 3, 1, 0, 4), (report.Meetings, report.Holidays, report.Roster.Start, report.Roster.Joins, report.Roster.Leaves, report.Roster.End));
        // Five of six who were expected came; Petra was ill on the 13th. Ines is outside, Nils sat in and is no visitor.
        Assert.Equal(new MonthFigures(ReportWorld.March, 4, 1750.50m, 2, 5m / 6, 1), report.Now);
        Assert.Equal(new MonthFigures(new(2025, 2, 1), 1, 1000, 0, 1, 0), report.Before);
        Assert.Equal((1, 0, false), (report.ReferralsOutside, report.OtherCurrency, report.IsRunning));
        Assert.Equal([ReportWorld.Planned], report.Steps.Select(s => s.HeldOn));
        Assert.Equal((0, true), (report.Steps[0].Entered, report.Steps[0].IsDue));
        Assert.Equal((new DateOnly(2025, 2, 1), new DateOnly(2025, 4, 1)), (report.Previous, report.Next));
    }

    [Fact]
    public async Task Matrices_business_attendance_and_missing_lists_are_by_member()
    {
        var made = await ReportWorld.MakeAsync(database);
        var report = (await ReportAsync(made.World.Committee, made.Chapter, ReportWorld.March.AddDays(9)))!;
        var figures = report.Figures;
        Assert.Equal(["Ada Lindqvist", "Bo Castell", "Cleo Weyn", "Petra Almq"], figures.Counted.Roster.Select(p => p.Name));
        Assert.Equal((2, 1, 0, 3), (figures.Referrals[0, 1], figures.Referrals[1, 3], figures.Referrals[0, 3], figures.Referrals.GrandTotal));
        Assert.Equal((1, 1, 0, 2), (figures.OneToOnes[1, 0], figures.OneToOnes[0, 2], figures.OneToOnes[0, 3], figures.OneToOnes.InChapter));
        Assert.Equal((Tie.Both, Tie.OneToOneOnly, Tie.Neither), (figures.Combination[0, 1], figures.Combination[0, 2], figures.Combination[0, 3]));
        Assert.Equal([500.50m, 1250, 0, 0], figures.Business.Lines.Select(l => l.Total));
        Assert.Equal([1m, 0.5m, 1, 1], report.Attendance.Select(a => a.Share!.Value));
        Assert.Equal(["Petra Almq"], Names(report.Missing[0].NotMet));
        Assert.Equal(["Cleo Weyn", "Petra Almq"], Names(report.Missing[0].NotGivenTo));
        Assert.Equal(["Bo Castell", "Cleo Weyn", "Petra Almq"], Names(report.Missing[0].NotReceivedFrom));
        Assert.Equal(["Cleo Weyn", "Petra Almq"], Names(report.Missing[0].Priority));
    }

    [Fact]
    public async Task Points_are_those_of_six_months_and_the_nearest_to_the_next_band_come_first()
    {
        var made = await ReportWorld.MakeAsync(database);
        var lights = (await ReportAsync(made.World.Leader, made.Chapter, ReportWorld.March))!.Lights;
        Assert.Equal(new Period(new(2024, 10, 1), new(2025, 3, 31)), lights.Window);
        // Ada: attendance 10, 3 referrals in 3 meetings 20, 2 one-to-ones 10, 1 visitor 5, 500.50 1, Cleo 5. Bo: 2 of 3 meetings 0, 2 referrals 10, 1 one-to-one 5, 1,250 1.
        // Cleo in her one meeting: attendance 10, 1 one-to-one 20. Petra: attendance 10 (late, ill, present), 1,000 1.
        Assert.Equal([("Ada Lindqvist", 51m, Band.Yellow), ("Cleo Weyn", 30, Band.Red), ("Bo Castell", 16, Band.Grey), ("Petra Almq", 11, Band.Grey)], lights.Members.Select(m => (m.Person.Name, m.Light.Points, m.Light.Band)));
        // Cleo lacks 20, and a referral in one meeting is 20. Bo lacks 14: two more referrals, 15. Petra lacks 19: three referrals, 20. Ada lacks 19, at the same cost by two kinds of deeds.
        Assert.Equal([("Cleo Weyn", Band.Yellow, 1m), ("Bo Castell", Band.Red, 2), ("Petra Almq", Band.Red, 3)], lights.Nearest.Select(n => (n.Person.Name, n.Target, n.Plan.Cost)));
        Assert.Contains("as it stands", lights.Basis, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Meetings_of_the_coming_month_roll_the_oldest_out()
    {
        var made = await ReportWorld.MakeAsync(database);
        await using (var leader = database.As(made.World.Leader))
        {
            await leader.Get<MeetingService>().PlanAsync(new() { ChapterId = made.Chapter, From = new(2025, 4, 3), Until = new(2025, 4, 3), Weekday = 4 }, _ct);
        }

        var lights = (await ReportAsync(made.World.Leader, made.Chapter, ReportWorld.March))!.Lights;
        Assert.Contains("In 04/2025: 1 meeting comes in", lights.Basis, StringComparison.Ordinal);
        // Cleo has two meetings then: 1 one-to-one in 2 is 10, attendance 10, so 30 are missing.
        Assert.DoesNotContain(lights.Nearest, n => n.Person.Name == "Cleo Weyn" && n.Plan.Cost == 1);
    }

    [Fact]
    public async Task A_member_reads_totals_and_matrices_and_their_own_points_until_the_chapter_shares_them()
    {
        var made = await ReportWorld.MakeAsync(database);
        var whole = (await ReportAsync(made.World.Leader, made.Chapter, ReportWorld.March))!;
        foreach (var person in new[] { made.World.Member, made.World.Viewer })
        {
            var report = (await ReportAsync(person, made.Chapter, ReportWorld.March))!;
            Assert.Equal((whole.Now, whole.Before, 3, false), (report.Now, report.Before, report.Figures.Referrals.GrandTotal, report.Lights.IsWhole));
            string[] own = person == made.World.Member ? ["Ada Lindqvist"] : [];
            Assert.Equal(own, report.Lights.Members.Select(m => m.Person.Name));
            Assert.Equal(own, report.Attendance.Select(a => a.Person.Name));
            Assert.All(report.Lights.Members, m => Assert.Equal(51, m.Light.Points));
            Assert.Empty(report.Steps);
        }

        await database.SqlAsync("update chapters set points_shared = true where id = $1", made.Chapter);
        Assert.Equal([51m, 30, 16, 11], (await ReportAsync(made.World.Member, made.Chapter, ReportWorld.March))!.Lights.Members.Select(m => m.Light.Points));
    }

    [Fact]
    public async Task Nobody_else_reads_a_report()
    {
        var (made, other) = (await ReportWorld.MakeAsync(database), await Make.ChapterWorldAsync(database));
        foreach (var role in new[] { Role.Buyer, Role.Planner, Role.ReadOnly, Role.SalesManager })
        {
            var outsider = await database.UserAsync(null, [role]);
            await Assert.ThrowsAsync<DeniedException>(() => ReportAsync(outsider, made.Chapter));
        }

        foreach (var stranger in new[] { other.Leader, other.Member, made.World.Host, await database.UserAsync(null, [Role.ChapterLeader]) })
        {
            Assert.Null(await ReportAsync(stranger, made.Chapter));
        }

        // The views themselves: nothing of another chapter, and marks of others for those who look after the chapter alone.
        foreach (var (person, marks) in new[] { (other.Leader, 0L), (made.World.Host, 0), (made.World.Viewer, 0), (made.World.Member, 3), (made.World.Committee, 10) })
        {
            Assert.Equal(marks, await CountAsync(person, "report_marks", made.Chapter));
        }

        foreach (var view in new[] { "report_people", "report_meetings", "report_slips" })
        {
            Assert.Equal(0, await CountAsync(other.Leader, view, made.Chapter));
            Assert.Equal(0, await CountAsync(made.World.Host, view, made.Chapter));
        }
    }

    [Fact]
    public async Task It_takes_as_few_statements_for_many_slips_as_for_few()
    {
        var made = await ReportWorld.MakeAsync(database);
        await using var leader = database.As(made.World.Leader);
        var queries = leader.Get<ChapterReportQueries>();
        database.Queries.Reset();
        await queries.ReportAsync(made.Chapter, ReportWorld.March, _ct);
        var few = database.Queries.Count;
        for (var i = 0; i < 12; i++)
        {
            await made.SlipAsync(leader, SlipKind.Referral, 6, made.World.Bo, made.World.Ada);
        }

        database.Queries.Reset();
        Assert.Equal(16, (await queries.ReportAsync(made.Chapter, ReportWorld.March, _ct))!.Now.Referrals);
        Assert.Equal(few, database.Queries.Count);
        // Who asks: chapter, seat, member, clock; whether points are shared; the closing; people, meetings, marks, slips; the scheme in force.
        Assert.Equal(11, few);
    }

    [Fact]
    public async Task A_month_out_of_reach_is_refused_and_an_empty_one_is_empty()
    {
        var made = await ReportWorld.MakeAsync(database);
        Assert.Contains("Choose a month", (await Assert.ThrowsAsync<RefusedException>(() => ReportAsync(made.World.Leader, made.Chapter, new(1999, 12, 1)))).Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<RefusedException>(() => ReportAsync(made.World.Leader, made.Chapter, DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddMonths(2)));
        var empty = (await ReportAsync(made.World.Leader, made.Chapter, new(2024, 6, 1)))!;
        Assert.Equal((0, 0, null, null), (empty.Meetings, empty.Now.Referrals, empty.Now.Attendance, empty.Before));
    }

    [Fact]
    public void The_window_ends_with_the_month_once_that_is_over()
    {
        var november = new DateOnly(2026, 11, 1);
        Assert.Equal(new Period(new(2026, 5, 1), new(2026, 10, 31)), ChapterReportQueries.WindowOf(november, new(2026, 11, 30)));
        Assert.Equal(new Period(new(2026, 6, 1), new(2026, 11, 30)), ChapterReportQueries.WindowOf(november, new(2026, 12, 1)));
    }

    private static List<string> Names(IEnumerable<Sourcing.Data.Chapters.Reckoning.Person> people) => [.. people.Select(p => p.Name)];

    private async Task<long> CountAsync(UserIdentity person, string view, Guid chapter)
    {
        await using var connection = await database.Sources.For(person.Access).OpenConnectionAsync(_ct);
        await using var transaction = await connection.BeginTransactionAsync(_ct);
        await using (var begin = new NpgsqlCommand("select app.begin($1)", connection) { Parameters = { new() { Value = person.SessionToken } } })
        {
            await begin.ExecuteNonQueryAsync(_ct);
        }

        await using var command = new NpgsqlCommand($"select count(*) from {view} where chapter_id = $1", connection) { Parameters = { new() { Value = chapter } } };
        return (long)(await command.ExecuteScalarAsync(_ct))!;
    }

    private async Task<ChapterReport?> ReportAsync(UserIdentity person, Guid chapter, DateOnly? month = null)
    {
        await using var scope = database.As(person);
        return await scope.Get<ChapterReportQueries>().ReportAsync(chapter, month, _ct);
    }
}
