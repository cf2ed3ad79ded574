using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Sourcing.Data.Chapters;
using Sourcing.Data.Chapters.Reports;
using Sourcing.Data.Chapters.Scoring;
using Sourcing.Data.Common;
using Sourcing.Data.Demo;

namespace Sourcing.Benchmarks;

/// <summary>A year of one chapter through its services: what pages ask for, with reading from the database.</summary>
internal sealed class ChapterServiceBenchmark(Sandbox sandbox)
{
    private const int Rounds = 15;
    private const int Months = 12;
    private readonly Random _random = new(7);

    public static async Task RunAsync(int members, int slips)
    {
        await using var sandbox = await Sandbox.StartAsync();
        await new ChapterServiceBenchmark(sandbox).MeasureAsync(members, slips);
    }

    private async Task MeasureAsync(int members, int slips)
    {
        var (chapter, one) = await FillAsync(members, slips);
        await sandbox.SqlAsync("analyze");
        var ct = CancellationToken.None;
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        var last = new DateOnly(today.Year, today.Month, 1).AddMonths(-1);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\n{members} members, {Months} months, {slips:N0} slips, through the services with their database\n\n| what | first ms | median ms | slowest ms |\n| --- | ---: | ---: | ---: |"));
        await TimeAsync("report of a month with its matrices, lights and ways to the next band", s => s.GetRequiredService<ChapterReportQueries>().ReportAsync(chapter, last, ct));
        await TimeAsync("the same as sheets of a workbook", async s => ChapterReportBook.Sheets((await s.GetRequiredService<ChapterReportQueries>().ReportAsync(chapter, last, ct))!.Content));
        await TimeAsync("two half-years compared", s => s.GetRequiredService<ChapterComparisonQueries>().CompareAsync(chapter, last.AddMonths(-5), last, null, ct));
        await TimeAsync("standing of a member", s => s.GetRequiredService<MemberStandingQueries>().OfAsync(one, ct));
        await TimeAsync("alerts and suggested meetings", s => s.GetRequiredService<ChapterHintQueries>().HintsAsync(chapter, ct));
        await TimeAsync("the chapter's own lights", s => s.GetRequiredService<ChapterLightQueries>().LightsAsync(chapter, ct));
        await TimeAsync("what a member could reach", s => s.GetRequiredService<SchemeTestQueries>().SimulationAsync(one, ct));
        var taiwan = await sandbox.ScalarAsync<Guid>("select id from score_schemes where key = 'taiwan'");
        await TimeAsync("a scheme tried on six months", s => s.GetRequiredService<SchemeTestQueries>().TestAsync(taiwan, chapter, 6, ct));
        await TimeAsync("points of a closed month kept, again", async s =>
        {
            await s.GetRequiredService<Database>().WriteAsync(async (db, token) =>
            {
                await MemberScores.StoreAsync(db, chapter, "EUR", last, token);
                await db.SaveChangesAsync(token);
            }, ct);
            return 0;
        });
        await TimeAsync("start page of the chapter", s => s.GetRequiredService<ChapterQueries>().DashboardAsync(chapter, ct));
    }

    private async Task TimeAsync<T>(string what, Func<IServiceProvider, Task<T>> act)
    {
        var times = new List<double>();
        for (var i = 0; i <= Rounds; i++)
        {
            await using var scope = sandbox.Scope();
            var watch = Stopwatch.StartNew();
            GC.KeepAlive(await act(scope.ServiceProvider) ?? throw new InvalidOperationException($"{what}: nothing came."));
            times.Add(watch.Elapsed.TotalMilliseconds);
        }

        var later = times.Skip(1).Order().ToList();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {what} | {times[0]:0} | {later[later.Count / 2]:0} | {later[^1]:0} |"));
    }

    private async Task<(Guid Chapter, Guid Member)> FillAsync(int members, int slips)
    {
        // The database looks at the role itself, not at what the session says.
        await sandbox.SqlAsync("insert into roles (id, name, normalized_name) select gen_random_uuid(), 'Admin', 'ADMIN' where not exists (select from roles where name = 'Admin')");
        await sandbox.SqlAsync("insert into user_roles (user_id, role_id) select $1, id from roles where name = 'Admin'", sandbox.User.Id);
        // A change of roles ends sessions.
        await sandbox.SqlAsync("update app.sessions set revoked_at = null where user_id = $1", sandbox.User.Id);
        await using var scope = sandbox.Scope();
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        var first = new DateOnly(today.Year, today.Month, 1).AddMonths(-Months);
        var chapter = new Chapter(new("Harbour", "Norrholm") { MeetingDay = 4 });
        var people = Enumerable.Range(0, members).Select(i => new Member(chapter.Id, new($"Member{(char)('A' + (i % 26))}", $"Number{(char)('A' + (i / 26))}"))).ToList();
        people.ForEach(p => p.Join(first.AddYears(-1)));
        var days = Enumerable.Range(0, today.DayNumber - first.DayNumber).Select(first.AddDays).Where(d => MeetingService.WeekdayOf(d) == 4).ToList();
        var meetings = days.ConvertAll(d => new Meeting(chapter.Id, d));
        foreach (var meeting in meetings)
        {
            _ = meeting.Enter(people.Select(p => (p.Id, (AttendanceCode?)(_random.Next(12) switch { 0 => AttendanceCode.Absent, 1 => AttendanceCode.Late, 2 => AttendanceCode.Medical, _ => AttendanceCode.Present }), "", false)).ToList()).ToList();
            meeting.Complete(today, []);
        }

        var told = Enumerable.Range(0, slips).Select(_ => Slip(chapter.Id, meetings[_random.Next(meetings.Count)].Id, people)).ToList();
        await scope.ServiceProvider.GetRequiredService<Database>().WriteAsync(async (db, ct) =>
        {
            db.Add(chapter);
            await db.SaveChangesAsync(ct);
            await db.InsertManyAsync(people, ct);
            await db.InsertManyAsync([.. people.SelectMany(p => p.Terms)], ct);
            await db.InsertManyAsync(meetings, ct);
            await db.InsertManyAsync([.. meetings.SelectMany(m => m.Attendances)], ct);
            await db.InsertManyAsync([.. told.OfType<Referral>()], ct);
            await db.InsertManyAsync([.. told.OfType<OneToOne>()], ct);
            await db.InsertManyAsync([.. told.OfType<ClosedBusiness>()], ct);
            await db.InsertManyAsync([.. told.OfType<EducationUnit>()], ct);
            await db.InsertManyAsync([.. told.OfType<Visitor>()], ct);
            return 0;
        }, CancellationToken.None);
        return (chapter.Id, people[0].Id);
    }

    private Slip Slip(Guid chapter, Guid meeting, List<Member> people)
    {
        var who = _random.Next(people.Count);
        var (from, to) = (people[who].Id, people[(who + 1 + _random.Next(people.Count - 1)) % people.Count].Id);
        return _random.Next(10) switch
        {
            < 5 => new Referral(chapter, meeting, Party.Home(from), Party.Home(to), 1 + _random.Next(2), ""),
            < 7 => new OneToOne(chapter, meeting, Party.Home(from), Party.Home(to), "", ""),
            7 => new ClosedBusiness(chapter, meeting, Party.Home(from), _random.Next(1, 500_000) / 100m, "EUR", 1 + _random.Next(3), _random.Next(2) == 0, ""),
            8 => new EducationUnit(chapter, meeting, from, _random.Next(1, 3), ""),
            _ => new Visitor(chapter, meeting, new($"Guest {_random.Next(100_000)}") { InviterId = from }, ""),
        };
    }
}
