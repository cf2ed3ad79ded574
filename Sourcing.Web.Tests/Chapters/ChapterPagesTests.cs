using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Sourcing.Data.Chapters;
using Sourcing.Data.Common;
using Sourcing.Web.Chapters;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Chapters;

public sealed class ChapterPagesTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    private static DateOnly Today => DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);

    [Fact]
    public async Task Whoever_has_one_chapter_goes_straight_to_it_and_an_admin_finds_the_list()
    {
        var world = await Make.ChapterWorldAsync(database);
        await using var scope = database.As(world.Leader);
        await using var pages = new PageContext(scope);
        pages.Render<ChaptersPage>();
        var navigation = pages.Services.GetRequiredService<NavigationManager>();
        pages.Render<ChaptersPage>().WaitForAssertion(() => Assert.EndsWith($"/chapters/{world.Chapter}", navigation.Uri, StringComparison.Ordinal));

        await using var admin = database.As(world.Admin);
        await using var desk = new PageContext(admin);
        var list = desk.Render<ChaptersPage>();
        list.WaitForAssertion(() => Assert.Contains("3", list.Find($"tr:has(a[href='/chapters/{world.Chapter}']) td[data-head=Members]").TextContent, StringComparison.Ordinal));

        await using var nobody = await database.AsAsync(Role.ChapterMember);
        await using var empty = new PageContext(nobody);
        var page = empty.Render<ChaptersPage>();
        page.WaitForAssertion(() => Assert.Contains("You have no seat in a chapter", page.Find(".empty").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_admin_makes_a_chapter_and_a_refusal_keeps_what_was_typed()
    {
        await using var admin = await database.AsAsync(Role.Admin);
        await using var pages = new PageContext(admin);
        var page = pages.Render<ChapterEditPage>();
        await page.TypeAsync("[data-field=Name] input", "Ha");
        await page.TypeAsync("[data-field=Location] input", "Tarnbrook");
        await page.Find("form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Contains("3 to 80 characters", page.Find("[data-field=Name] .field-error").TextContent, StringComparison.Ordinal));
        Assert.Equal("Tarnbrook", page.Find("[data-field=Location] input").GetAttribute("value"));
        var name = $"Mill {Guid.CreateVersion7():N}";
        await page.TypeAsync("[data-field=Name] input", name);
        await page.Find("form").SubmitAsync();
        Assert.Equal(1L, await database.ScalarAsync<long>("select count(*) from chapters where name = $1", name));
    }

    [Fact]
    public async Task Until_a_meeting_of_the_month_is_completed_the_start_page_tells_the_month_before()
    {
        var world = await Make.ChapterWorldAsync(database);
        await Make.SlipsOfBoAsync(database, world);
        await Make.CompletedAsync(database, world);
        var month = new DateOnly(Today.Year, Today.Month, 1);
        await database.SqlAsync("update meetings set held_on = $2 where id = $1", world.Meeting, month.AddDays(-3));
        await database.SqlAsync("update membership_terms set joined_on = $2 where chapter_id = $1", world.Chapter, month.AddYears(-2));
        await using var leader = database.As(world.Leader);
        await using var pages = new PageContext(leader);
        var page = pages.Render<ChapterPage>(p => p.Add(x => x.Id, world.Chapter));
        page.WaitForAssertion(() => Assert.Contains($"no meeting of {month:MMMM} is completed yet", page.Find(".tiles-hint").TextContent, StringComparison.Ordinal));
        Assert.StartsWith($"{month.AddMonths(-1):MMMM yyyy}", page.Find(".tiles-hint").TextContent, StringComparison.Ordinal);
        Assert.Equal((month.AddMonths(-1), 1), ((await leader.Get<ChapterQueries>().DashboardAsync(world.Chapter, _ct))!.Now.Month, (await leader.Get<ChapterQueries>().DashboardAsync(world.Chapter, _ct))!.Now.Referrals));
    }

    [Fact]
    public async Task The_start_page_tells_the_month_what_waits_and_the_latest_slips()
    {
        var world = await Make.ChapterWorldAsync(database);
        await Make.SlipsOfBoAsync(database, world);
        await using var leader = database.As(world.Leader);
        await using var pages = new PageContext(leader);
        var page = pages.Render<ChapterPage>(p => p.Add(x => x.Id, world.Chapter));
        page.WaitForAssertion(() => Assert.Contains("5 slips wait at meetings that are not completed.", page.Find(".tiles-hint").TextContent, StringComparison.Ordinal));
        Assert.DoesNotContain("1,250", page.Find(".tiles").TextContent, StringComparison.Ordinal);
        Assert.Contains("No attendance", page.Find("a[href='/chapters/meetings/" + world.Meeting + "'] + .pill").TextContent, StringComparison.Ordinal);
        Assert.Equal(5, page.FindAll("tr:has(th.at-title)").Count);
        Assert.Contains("Enter attendance", page.Find(".actions").TextContent, StringComparison.Ordinal);

        // A member finds the totals, and of the slips none that is not theirs.
        await Make.CompletedAsync(database, world);
        await using var ada = database.As(world.Member);
        await using var theirs = new PageContext(ada);
        var own = theirs.Render<ChapterPage>(p => p.Add(x => x.Id, world.Chapter));
        own.WaitForAssertion(() => Assert.Contains("1,250", own.Find(".tiles").TextContent, StringComparison.Ordinal));
        Assert.Empty(own.FindAll("tr:has(th.at-title)"));
        Assert.DoesNotContain("Enter attendance", own.Find(".actions").TextContent, StringComparison.Ordinal);

        await using var viewer = database.As(world.Viewer);
        await using var outside = new PageContext(viewer);
        var report = outside.Render<ChapterPage>(p => p.Add(x => x.Id, world.Chapter));
        report.WaitForAssertion(() => Assert.Contains("printed reports", report.Find(".empty").TextContent, StringComparison.Ordinal));
        Assert.Empty(report.FindAll(".tiles"));
    }

    [Fact]
    public async Task A_leader_adds_a_member_is_warned_of_a_twin_and_lets_somebody_leave()
    {
        var world = await Make.ChapterWorldAsync(database);
        await using var leader = database.As(world.Leader);
        await using var pages = new PageContext(leader);
        var form = pages.Render<MemberEditPage>(p => p.Add(x => x.Chapter, world.Chapter));
        form.WaitForElement("[data-field=FirstName] input");
        await form.TypeAsync("[data-field=FirstName] input", "ada");
        await form.TypeAsync("[data-field=LastName] input", "lindqvist");
        form.WaitForAssertion(() => Assert.Contains("Ada Lindqvist is a member already.", form.Find(".notice").TextContent, StringComparison.Ordinal));
        await form.TypeAsync("[data-field=LastName] input", "Solis");
        form.WaitForAssertion(() => Assert.Empty(form.FindAll(".notice")));
        await form.TypeAsync("[data-field=JoinedOn] input", Today.AddDays(-30).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        await form.Find("form").SubmitAsync();
        var navigation = pages.Services.GetRequiredService<NavigationManager>();
        form.WaitForAssertion(() => Assert.Contains("/chapters/members/0", navigation.Uri, StringComparison.Ordinal));
        var id = Guid.Parse(new Uri(navigation.Uri).Segments[^1]);

        var dialog = pages.Render<TermDialog>(p => p.Add(x => x.Form, new TermForm { MemberId = id, On = Today }).Add(x => x.Leaves, true));
        await dialog.Find("form").SubmitAsync();
        var page = pages.Render<MemberPage>(p => p.Add(x => x.Id, id));
        page.WaitForAssertion(() => Assert.Equal("Left", page.Find(".page-title .pill").TextContent.Trim()));
        Assert.Contains("Returns…", page.Find(".actions").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_members_page_shows_contact_data_to_those_whom_it_concerns_alone()
    {
        var world = await Make.ChapterWorldAsync(database);
        foreach (var (person, shown) in new[] { (world.Leader, true), (world.Committee, true), (world.Member, false) })
        {
            await using var scope = database.As(person);
            await using var pages = new PageContext(scope);
            var page = pages.Render<MemberPage>(p => p.Add(x => x.Id, world.Bo));
            page.WaitForAssertion(() => Assert.Equal("Bo Castell", page.Find("h1").TextContent));
            Assert.Equal(shown, page.Markup.Contains("bo@castell.example", StringComparison.Ordinal));
            Assert.Equal(person == world.Leader, page.FindAll($"a[href='/chapters/members/{world.Bo}/edit']").Count > 0);
        }
    }

    [Fact]
    public async Task Attendance_is_entered_by_keys_and_saved_as_one_goes()
    {
        var world = await Make.ChapterWorldAsync(database);
        await using var leader = database.As(world.Leader);
        await using var pages = new PageContext(leader);
        var page = pages.Render<MeetingPage>(p => p.Add(x => x.Id, world.Meeting));
        page.WaitForElement("[data-sheet-row]");
        await KeyAsync(page, world.LeaderMember, "p");
        await KeyAsync(page, world.LeaderMember, "e");
        await KeyAsync(page, world.Ada, "L");
        await KeyAsync(page, world.Bo, "s");
        Assert.Equal("false", page.Find($"[data-member='{world.Bo}'] [data-code=S]").GetAttribute("aria-checked"));
        await page.TypeAsync($"[data-member='{world.Bo}'] [data-sheet-name]", "Ada Lindqvist");
        page.WaitForAssertion(() => Assert.Contains("is a member", page.Find($"[data-member='{world.Bo}'] .field-error").TextContent, StringComparison.Ordinal));
        await page.TypeAsync($"[data-member='{world.Bo}'] [data-sheet-name]", "Nils Berg");
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".field-error")));
        Assert.Equal("late,present early,substitute Nils Berg", await database.ScalarAsync<string>(
            "select string_agg(concat_ws(' ', a.code, nullif(a.substitute, ''), case when a.left_early then 'early' end), ',' order by a.code) from attendances a where a.meeting_id = $1", world.Meeting));
        await page.PressAsync("Complete meeting");
        page.WaitForAssertion(() => Assert.Equal("Completed", page.Find(".page-title .pill").TextContent.Trim()));
        Assert.Empty(page.FindAll("[data-sheet-row]"));
    }

    [Fact]
    public async Task A_meeting_is_not_completed_while_somebody_has_no_code_and_taps_do_what_keys_do()
    {
        var world = await Make.ChapterWorldAsync(database);
        await using var leader = database.As(world.Leader);
        await using var pages = new PageContext(leader);
        var page = pages.Render<MeetingPage>(p => p.Add(x => x.Id, world.Meeting));
        page.WaitForElement("[data-sheet-row]");
        await page.Find($"[data-member='{world.Ada}'] [data-code=A]").ClickAsync(new());
        await page.PressAsync("Complete meeting");
        var toasts = pages.Services.GetRequiredService<Sourcing.Web.Shared.Toasts>();
        page.WaitForAssertion(() => Assert.Contains("Petra Almq", Assert.Single(toasts.Open).Text, StringComparison.Ordinal));
        await page.PressAsync("Mark the rest present");
        page.WaitForAssertion(() => Assert.Contains("3 of 3 entered", page.Find(".panel-head").TextContent, StringComparison.Ordinal));
        Assert.Equal(2L, await database.ScalarAsync<long>("select count(*) from attendances where meeting_id = $1 and code = 'present'", world.Meeting));
    }

    [Fact]
    public async Task A_member_enters_a_referral_in_two_taps_and_closed_business_with_its_amount()
    {
        var world = await Make.ChapterWorldAsync(database);
        await using var ada = database.As(world.Member);
        await using var pages = new PageContext(ada);
        var page = pages.Render<SlipEntryPage>(p => p.Add(x => x.Id, world.Chapter));
        page.WaitForElement(".entry-kind");
        await page.PressAsync("Referral");
        Assert.DoesNotContain("Ada Lindqvist", page.Find(".entry-people").TextContent, StringComparison.Ordinal);
        await page.PressAsync("Bo Castell");
        page.WaitForAssertion(() => Assert.Contains("Referral to Bo Castell entered.", page.Find(".notice").TextContent, StringComparison.Ordinal));
        Assert.Equal(1L, await database.ScalarAsync<long>("select count(*) from referrals where giver_id = $1 and receiver_id = $2", world.Ada, world.Bo));
        await page.PressAsync("Take it back");
        page.WaitForAssertion(() => Assert.Contains("Taken back.", page.Find(".notice").TextContent, StringComparison.Ordinal));

        await page.PressAsync("Closed business");
        await page.PressAsync("Bo Castell");
        await page.PressAsync("Enter closed business");
        page.WaitForAssertion(() => Assert.Contains("Type the amount.", page.Find(".notice").TextContent, StringComparison.Ordinal));
        Assert.Contains("Bo Castell", page.Find(".entry").TextContent, StringComparison.Ordinal);
        await page.TypeAsync("input[name=amount]", "480");
        await page.PressAsync("Enter closed business");
        page.WaitForAssertion(() => Assert.Contains("Closed business thanks to Bo Castell entered.", page.Find(".notice").TextContent, StringComparison.Ordinal));
        Assert.Equal(480m, await database.ScalarAsync<decimal>("select amount from closed_business b join closed_business_payers p on p.id = b.id where b.thanked_id = $1 and p.payer_id = $2", world.Bo, world.Ada));
    }

    [Fact]
    public async Task A_leader_reads_all_slips_and_removes_a_double_entry_and_a_member_finds_their_own()
    {
        var world = await Make.ChapterWorldAsync(database);
        await Make.SlipsOfBoAsync(database, world);
        await using var leader = database.As(world.Leader);
        await using var pages = new PageContext(leader);
        var page = pages.Render<ChapterSlipsPage>(p => p.Add(x => x.Id, world.Chapter));
        page.WaitForAssertion(() => Assert.Equal(5, page.FindAll(".list-wide tbody tr").Count));
        Assert.Contains("Closed business", page.Find(".list-wide tbody").TextContent, StringComparison.Ordinal);
        var ids = (await leader.Get<SlipList>().PageAsync(new(), _ct)).Rows.Select(r => r.Id).Take(2).ToList();
        Assert.Equal(2, (await leader.Get<SlipService>().RemoveAllAsync(ids, "Entered twice", _ct)).Count);

        await using var ada = database.As(world.Member);
        await using var theirs = new PageContext(ada);
        var own = theirs.Render<ChapterSlipsPage>(p => p.Add(x => x.Id, world.Chapter));
        own.WaitForAssertion(() => Assert.Contains("You stand on no slip yet", own.Find(".empty").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_host_writes_down_a_visitor_and_finds_no_other_page()
    {
        var world = await Make.ChapterWorldAsync(database);
        await using var host = database.As(world.Host);
        await using var pages = new PageContext(host);
        var rights = (await host.Get<ChapterQueries>().RightsAsync(world.Chapter, _ct))!;
        var dialog = pages.Render<VisitorDialog>(p => p.Add(x => x.Form, new VisitorForm { ChapterId = world.Chapter }).Add(x => x.Rights, rights));
        dialog.WaitForElement("[data-field=Name] input");
        await dialog.TypeAsync("[data-field=Name] input", "Vera Holt");
        await dialog.Find("form").SubmitAsync();
        var page = pages.Render<ChapterVisitorsPage>(p => p.Add(x => x.Id, world.Chapter));
        page.WaitForAssertion(() => Assert.Contains("Vera Holt", page.Find("tbody").TextContent, StringComparison.Ordinal));
        Assert.DoesNotContain("Members", page.Find(".tabs").TextContent, StringComparison.Ordinal);
        var members = pages.Render<ChapterMembersPage>(p => p.Add(x => x.Id, world.Chapter));
        members.WaitForAssertion(() => Assert.Contains("There is no such chapter", members.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Meetings_are_planned_and_called_off_and_seats_given()
    {
        var world = await Make.ChapterWorldAsync(database);
        await using var leader = database.As(world.Leader);
        await using var pages = new PageContext(leader);
        var dialog = pages.Render<PlanDialog>(p => p.Add(x => x.Form, new PlanMeetingsForm { ChapterId = world.Chapter, From = new(2031, 3, 1), Until = new(2031, 3, 31), Weekday = 1 }));
        await dialog.Find("form").SubmitAsync();
        var page = pages.Render<ChapterMeetingsPage>(p => p.Add(x => x.Id, world.Chapter));
        pages.Services.GetRequiredService<NavigationManager>().NavigateTo($"/chapters/{world.Chapter}/meetings?year=2031");
        page = pages.Render<ChapterMeetingsPage>(p => p.Add(x => x.Id, world.Chapter));
        page.WaitForAssertion(() => Assert.Equal(5, page.FindAll("tbody tr").Count)); // Mondays of March 2031: 3, 10, 17, 24, 31.
        var seats = pages.Render<SeatsPage>(p => p.Add(x => x.Id, world.Chapter));
        seats.WaitForAssertion(() => Assert.Equal(5, seats.FindAll("tbody tr").Count));
        Assert.Equal(4, seats.FindAll("tbody button").Count);
    }

    private static Task KeyAsync(IRenderedComponent<MeetingPage> page, Guid member, string key) =>
        page.InvokeAsync(() => page.Find($"[data-member='{member}'] [data-sheet-row]").KeyDownAsync(new KeyboardEventArgs { Key = key }));
}
