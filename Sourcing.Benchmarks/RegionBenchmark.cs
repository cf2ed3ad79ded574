using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Sourcing.Data.Chapters.Reckoning;
using Sourcing.Data.Chapters.Reports;

namespace Sourcing.Benchmarks;

/// <summary>
/// A region in the database: chapters of 20 to 60 members with 52 weekly meetings of the year before this month, attendance of everybody and 250 slips for each member (15,000 for 60).
/// Compared through the service that the page calls, and one chapter's report, months together and spreadsheet.
/// </summary>
internal static class RegionBenchmark
{
    private const int Rounds = 10;

    public static async Task RunAsync(int chapters)
    {
        await using var sandbox = await Sandbox.StartAsync();
        var last = new DateOnly(TimeProvider.System.GetUtcNow().Year, TimeProvider.System.GetUtcNow().Month, 1).AddDays(-1);
        await FillAsync(sandbox, chapters, last);
        await using var scope = sandbox.Scope();
        var slips = await sandbox.ScalarAsync<long>("select (select count(*) from referrals) + (select count(*) from one_to_ones) + (select count(*) from closed_business) + (select count(*) from education_units) + (select count(*) from visitors)");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{chapters} chapters, {slips:N0} slips in the database\n\n| what | first ms | median ms | slowest ms |\n| --- | ---: | ---: | ---: |"));
        var region = scope.ServiceProvider.GetRequiredService<RegionQueries>();
        foreach (var months in new[] { 1, 3, 6, 12 })
        {
            await TimeAsync($"all chapters compared, {months} month{(months == 1 ? "" : "s")}", async () =>
            {
                var view = await region.CompareAsync(new() { From = last.AddMonths(1 - months), To = last, By = RankedBy.Referrals }, CancellationToken.None);
                return view.Lines.Count == chapters && view.Lines[0].Rank == 1 ? view.Lines.Count : throw new InvalidOperationException($"{view.Lines.Count} chapters of {chapters}.");
            });
        }

        var largest = await sandbox.ScalarAsync<Guid>("select chapter_id from members group by chapter_id order by count(*) desc, chapter_id limit 1");
        await TimeAsync("a month's report of a chapter of 60", async () => (await scope.ServiceProvider.GetRequiredService<ChapterReportQueries>().ReportAsync(largest, last, CancellationToken.None))!.Now.Referrals);
        var periods = scope.ServiceProvider.GetRequiredService<ChapterPeriodQueries>();
        await TimeAsync("twelve months of it together", async () => (await periods.ReportAsync(largest, last.AddMonths(-11), last, CancellationToken.None))!.Now.Referrals);
        var year = (await periods.ReportAsync(largest, last.AddMonths(-11), last, CancellationToken.None))!;
        await TimeAsync("these as a spreadsheet", () =>
        {
            using var file = new MemoryStream();
            Data.Common.Files.SheetBook.Write(file, ChapterReportBook.Sheets(year), year.Rights.Currency);
            return Task.FromResult((int)file.Length);
        });
    }

    private static async Task TimeAsync(string what, Func<Task<int>> act)
    {
        var times = new List<double>();
        for (var i = 0; i <= Rounds; i++)
        {
            var watch = Stopwatch.StartNew();
            await act();
            times.Add(watch.Elapsed.TotalMilliseconds);
        }

        var later = times.Skip(1).Order().ToList();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {what} | {times[0]:0} | {later[later.Count / 2]:0} | {later[^1]:0} |"));
    }

    private static async Task FillAsync(Sandbox sandbox, int chapters, DateOnly last)
    {
        string[] tables = ["chapters", "members", "membership_terms", "meetings", "attendances", "referrals", "one_to_ones", "closed_business", "education_units", "visitors"];
        await sandbox.SqlAsync("insert into roles (id, name, normalized_name) select gen_random_uuid(), 'Admin', 'ADMIN' where not exists (select from roles where name = 'Admin')");
        await sandbox.SqlAsync("insert into user_roles (user_id, role_id) select $1, id from roles where name = 'Admin' on conflict do nothing", sandbox.User.Id);
        // Another role ends the sessions of before; the trial goes on with its own.
        await sandbox.SqlAsync("update app.sessions set revoked_at = null");
        await sandbox.SqlAsync(string.Concat(tables.Select(t => $"alter table {t} disable trigger user;")));
        await sandbox.SqlAsync(
            """
            insert into chapters (id, name, location, meeting_day, meeting_time, time_zone, currency, region, points_shared, is_active)
            select gen_random_uuid(), 'Chapter ' || lpad(n::text, 3, '0'), 'Town', 4, '07:00', 'UTC', 'EUR', 'Region ' || n % 5, false, true from generate_series(1, $1) n
            """, chapters);
        await sandbox.SqlAsync("create table bench_chapters as select id, row_number() over (order by name) as n, 20 + (row_number() over (order by name) - 1) % 41 as size from chapters");
        await sandbox.SqlAsync(
            """
            insert into members (id, chapter_id, first_name, last_name, name_key, business, classification)
            select gen_random_uuid(), c.id, 'Member', 'Number ' || i, 'member number ' || i, '', '' from bench_chapters c cross join lateral generate_series(1, c.size) i
            """);
        await sandbox.SqlAsync("create table bench_members as select m.id, m.chapter_id, row_number() over (partition by m.chapter_id order by m.id) as i, c.size from members m join bench_chapters c on c.id = m.chapter_id");
        await sandbox.SqlAsync("insert into membership_terms (id, member_id, chapter_id, joined_on, left_on) select gen_random_uuid(), id, chapter_id, '2020-01-01', case when i % 10 = 9 then $1::date - 100 end from bench_members", last);
        await sandbox.SqlAsync("insert into meetings (id, chapter_id, held_on, status) select gen_random_uuid(), c.id, $1::date - 7 * w, 'completed' from bench_chapters c cross join generate_series(0, 51) w", last);
        await sandbox.SqlAsync("create table bench_meetings as select id, chapter_id, row_number() over (partition by chapter_id order by held_on) - 1 as w, held_on from meetings");
        await sandbox.SqlAsync("create unique index on bench_members (chapter_id, i); create unique index on bench_meetings (chapter_id, w); analyze bench_members; analyze bench_meetings");
        await sandbox.SqlAsync(
            """
            insert into attendances (id, meeting_id, chapter_id, member_id, code, substitute, left_early)
            select gen_random_uuid(), t.id, t.chapter_id, m.id, (array['present', 'present', 'present', 'present', 'present', 'present', 'absent', 'late', 'medical', 'present'])[1 + (m.i + t.w) % 10], '', false
            from bench_meetings t join bench_members m on m.chapter_id = t.chapter_id and (m.i % 10 <> 9 or t.held_on < $1::date - 100)
            """, last);
        await SlipsAsync(sandbox);
        await sandbox.SqlAsync(string.Concat(tables.Select(t => $"alter table {t} enable trigger user;")) + "drop table bench_members; drop table bench_meetings; drop table bench_chapters");
        await sandbox.SqlAsync("vacuum analyze");
    }

    // Of 250 for each member: 125 referrals, 50 one-to-ones, 25 of each of the others.
    private static async Task SlipsAsync(Sandbox sandbox)
    {
        const string from = "from bench_members m cross join generate_series(1, {0}) k join bench_meetings t on t.chapter_id = m.chapter_id and t.w = (k * 7 + m.i) % 52 join bench_members o on o.chapter_id = m.chapter_id and o.i = 1 + (m.i + k % (m.size - 1)) % m.size";
        string From(int count) => string.Format(CultureInfo.InvariantCulture, from, count);
        await sandbox.SqlAsync($"insert into referrals (id, chapter_id, meeting_id, giver_id, receiver_id, tier, status, note, removed_because) select gen_random_uuid(), m.chapter_id, t.id, m.id, o.id, 1 + k % 2, 'new', '', '' {From(125)}");
        await sandbox.SqlAsync($"insert into one_to_ones (id, chapter_id, meeting_id, initiator_id, partner_id, place, note, removed_because) select gen_random_uuid(), m.chapter_id, t.id, m.id, o.id, '', '', '' {From(50)}");
        await sandbox.SqlAsync($"insert into closed_business (id, chapter_id, meeting_id, thanked_id, amount, currency, tier, is_inside, note, removed_because) select gen_random_uuid(), m.chapter_id, t.id, m.id, 100 + k, 'EUR', 1, true, '', '' {From(25)}");
        await sandbox.SqlAsync($"insert into education_units (id, chapter_id, meeting_id, member_id, credits, note, removed_because) select gen_random_uuid(), m.chapter_id, t.id, m.id, 1, '', '' {From(25)}");
        await sandbox.SqlAsync($"insert into visitors (id, chapter_id, meeting_id, inviter_id, name, name_key, company, profession, kind, outcome, note, removed_because) select gen_random_uuid(), m.chapter_id, t.id, m.id, 'Guest ' || k, 'guest ' || k, '', '', 'visitor', 'open', '', '' {From(25)}");
    }
}
