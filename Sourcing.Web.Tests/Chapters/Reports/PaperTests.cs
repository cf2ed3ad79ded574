using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Sourcing.Data.Chapters;
using Sourcing.Data.Chapters.Reckoning;
using Sourcing.Data.Chapters.Reports;
using Sourcing.Data.Common;
using Sourcing.Web.Chapters.Reports;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Chapters.Reports;

/// <summary>What is printed: a member's sheet, the list of absences, a meeting's sheet to be filled in by hand.</summary>
public sealed class PaperTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_members_sheet_says_points_steps_months_and_who_is_missing()
    {
        var made = await StandingWorld.MakeAsync(database);
        await database.SqlAsync(
            "insert into testimonials (id, chapter_id, meeting_id, speaker_id, note, removed_because) select gen_random_uuid(), chapter_id, id, $2, '', '' from meetings where chapter_id = $1 and status = 'completed' order by held_on desc limit 1",
            made.World.Chapter, made.World.Ada);
        await using var scope = database.As(made.World.Member);
        await using var pages = new PageContext(scope);
        var page = pages.Render<MemberSheetPage>(p => p.Add(x => x.Id, made.World.Ada));
        page.WaitForAssertion(() => Assert.Equal("Red, 41 points", page.Find(".page-title .pill").TextContent.Trim()));
        Assert.Equal(6, page.FindAll(".panel[aria-label='Month by month'] tbody tr").Count);
        // Two meetings of last month: present twice, two given, one received, one one-to-one, no visitor and no credit, one testimonial, 500.
        Assert.Equal("Together|2|0|0|0|0|2|1|1|0|0|1|500", string.Join('|', page.FindAll(".panel[aria-label='Month by month'] tfoot td").Select(c => c.TextContent.Trim())));
        Assert.Equal("Petra Almq", page.Find(".panel[aria-label='Not met: 1'] .paper-names").TextContent);
        Assert.Contains("Points by Global 2025 v1", page.Find(".report-paper").TextContent, StringComparison.Ordinal);
        Assert.Contains("≥ 95: 10", page.FindAll(".paper-step.here").Select(s => s.TextContent));
    }

    [Fact]
    public async Task A_members_sheet_is_theirs_leaders_and_the_committees()
    {
        var (made, other) = (await StandingWorld.MakeAsync(database), await Make.ChapterWorldAsync(database));
        foreach (var person in new[] { other.Leader, made.World.Viewer, made.World.Host, made.World.Member })
        {
            await using var scope = database.As(person);
            await using var pages = new PageContext(scope);
            var page = pages.Render<MemberSheetPage>(p => p.Add(x => x.Id, made.World.Bo));
            page.WaitForAssertion(() => Assert.Contains("no such sheet", page.Find(".empty").TextContent, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Absences_are_listed_meeting_by_meeting_for_whoever_looks_after_the_chapter()
    {
        var (made, other) = (await ReportWorld.MakeAsync(database), await Make.ChapterWorldAsync(database));
        foreach (var person in new[] { made.World.Leader, made.World.Committee })
        {
            await using var scope = database.As(person);
            var list = (await scope.Get<AbsenceQueries>().ListAsync(made.Chapter, new(2025, 2, 1), ReportWorld.March, _ct))!;
            Assert.Equal([new(2025, 2, 27), new(2025, 3, 6), new(2025, 3, 13)], list.Meetings.Select(m => m.Date));
            Assert.Equal(["Bo Castell", "Cleo Weyn", "Petra Almq"], list.Lines.Select(l => l.Person.Name));
            Assert.Equal([Mark.Present, Mark.Absent, Mark.Present], list.Lines[0].Marks.Select(m => m!.Value));
            Assert.Equal([null, null, Mark.Substitute], list.Lines[1].Marks);
            Assert.Equal((AlertLevel.FirstLetter, AlertLevel.None, 4), (list.Lines[0].Level, list.Lines[2].Level, list.Members));
        }

        await database.SqlAsync("update chapters set points_shared = true where id = $1", made.Chapter);
        foreach (var person in new[] { made.World.Member, made.World.Viewer, made.World.Host, other.Leader })
        {
            await using var scope = database.As(person);
            Assert.Null(await scope.Get<AbsenceQueries>().ListAsync(made.Chapter, null, null, _ct));
        }

        await using var buyer = await database.AsAsync(Role.Buyer);
        await Assert.ThrowsAsync<DeniedException>(() => buyer.Get<AbsenceQueries>().ListAsync(made.Chapter, null, null, _ct));
        await using var leader = database.As(made.World.Leader);
        Assert.Contains("13 months", (await Assert.ThrowsAsync<RefusedException>(() => leader.Get<AbsenceQueries>().ListAsync(made.Chapter, new(2024, 3, 1), ReportWorld.March, _ct))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_of_absences_writes_a_letter_for_each_mark_and_the_scheme_at_its_foot()
    {
        var made = await ReportWorld.MakeAsync(database);
        await using var scope = database.As(made.World.Leader);
        await using var pages = new PageContext(scope);
        pages.Services.GetRequiredService<NavigationManager>().NavigateTo($"/chapters/{made.Chapter}/absences?from=2025-02&to=2025-03");
        var page = pages.Render<AbsencesPage>(p => p.Add(x => x.Id, made.Chapter));
        page.WaitForAssertion(() => Assert.Equal(["·A·", "S", "·LM"], page.FindAll(".absence-table tbody tr").Select(r => string.Concat(r.QuerySelectorAll(".absence-mark").Select(m => m.TextContent.Trim())))));
        Assert.Contains("Global 2025 v1", page.Find(".report-paper").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_meetings_sheet_has_a_box_for_each_code_the_visitors_lines_for_slips_and_the_next_meeting()
    {
        var (made, other) = (await ReportWorld.MakeAsync(database), await Make.ChapterWorldAsync(database));
        var meeting = made.Meetings[new(2025, 3, 13)];
        await using (var scope = database.As(made.World.Committee))
        {
            var paper = (await scope.Get<MeetingPaperQueries>().PaperAsync(meeting, _ct))!;
            // The 20th is a holiday.
            Assert.Equal((ReportWorld.Planned, 4, 2), (paper.NextOn, paper.Sheet.Rows.Count, paper.Sheet.Visitors.Count));
            await using var pages = new PageContext(scope);
            var page = pages.Render<MeetingPaperPage>(p => p.Add(x => x.Id, meeting));
            page.WaitForAssertion(() => Assert.Equal(4, page.FindAll(".sheet-members tbody tr").Count));
            Assert.All(page.FindAll(".sheet-members tbody tr"), r => Assert.Equal(5, r.QuerySelectorAll(".sheet-square").Length));
            Assert.Equal(["P", "A", "L", "M", "S"], page.FindAll(".sheet-members th.sheet-box").Select(h => h.TextContent));
            Assert.Contains("Vera Holt", page.Find(".sheet-back .panel[aria-label=Visitors]").TextContent, StringComparison.Ordinal);
            Assert.Equal((18, 18), (page.FindAll(".panel[aria-label=Visitors] tbody tr").Count, page.FindAll(".panel[aria-label=Slips] tbody tr").Count));
            Assert.Contains("27 Mar 2025", page.Find(".facts").TextContent, StringComparison.Ordinal);
        }

        foreach (var person in new[] { made.World.Member, made.World.Viewer, made.World.Host, other.Leader })
        {
            await using var scope = database.As(person);
            Assert.Null(await scope.Get<MeetingPaperQueries>().PaperAsync(meeting, _ct));
        }
    }
}
