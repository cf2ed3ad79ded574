using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Sourcing.Data.Chapters.Reckoning;
using Sourcing.Data.Chapters.Scoring;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Web.Chapters;
using Sourcing.Web.Chapters.Reports;
using Sourcing.Web.Chapters.Scoring;
using Sourcing.Web.Tests.Chapters.Reports;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Chapters.Scoring;

public sealed class SchemePagesTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_chapters_schemes_say_what_is_in_force_and_since_when()
    {
        var world = await Make.ChapterWorldAsync(database);
        var draft = await SchemeWorld.DraftAsync(database, world.Leader, world.Chapter);
        await using var leader = database.As(world.Leader);
        await using var pages = new PageContext(leader);
        var page = pages.Render<SchemesPage>(p => p.Add(x => x.Id, world.Chapter));
        page.WaitForAssertion(() => Assert.Contains("the network’s standard", page.Find(".in-force").TextContent, StringComparison.Ordinal));
        Assert.Equal("Draft", page.Find($"tr:has(a[href='/chapters/schemes/{draft}']) .pill").TextContent.Trim());
        Assert.Contains("The network’s standard, since the beginning", page.Find(".uses").TextContent, StringComparison.Ordinal);

        await SchemeWorld.UseAsync(database, world.Leader, draft, world.Chapter, SchemeWorld.Running);
        await using var fresh = new PageContext(leader);
        var chosen = fresh.Render<SchemesPage>(p => p.Add(x => x.Id, world.Chapter));
        chosen.WaitForAssertion(() => Assert.Contains("Our own v1", chosen.Find(".in-force").TextContent, StringComparison.Ordinal));
        Assert.Contains($"chosen by {world.Leader.Name}", chosen.Find(".uses").TextContent, StringComparison.Ordinal);

        foreach (var person in new[] { world.Viewer, world.Host })
        {
            await using var scope = database.As(person);
            await using var theirs = new PageContext(scope);
            var none = theirs.Render<SchemesPage>(p => p.Add(x => x.Id, world.Chapter));
            none.WaitForAssertion(() => Assert.Contains("No such score scheme", none.Find("h1").TextContent, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_scheme_is_a_table_to_read_and_offers_to_each_what_they_may()
    {
        var world = await Make.ChapterWorldAsync(database);
        var legacy = await SchemeWorld.NetworkAsync(database, "legacy");
        await using (var leader = database.As(world.Leader))
        {
            await using var pages = new PageContext(leader);
            var page = pages.Render<SchemePage>(p => p.Add(x => x.Id, legacy));
            page.WaitForElement(".scheme-rules");
            Assert.Equal(["Absences", "Referrals per meeting", "Visitors per meeting", "Closed business"], page.FindAll(".scheme-rules tbody th").Take(4).Select(t => t.TextContent.Trim()));
            Assert.Equal(["≤ 0", "≤ 1", "≤ 2"], page.FindAll(".scheme-rules tbody tr:first-child .ladder-step").Select(t => t.TextContent));
            Assert.Equal(["15", "10", "5"], page.FindAll(".scheme-rules tbody tr:first-child .ladder-points").Select(t => t.TextContent));
            Assert.Equal("100", page.Find(".scheme-rules tfoot td.num").TextContent);
            Assert.Equal(["Trainings", "Testimonials per meeting", "Late arrivals"], page.FindAll(".scheme-rules tbody th").Skip(4).Select(t => t.TextContent.Trim()));
            Assert.Contains("Copy for a chapter", page.Find(".actions").TextContent, StringComparison.Ordinal);
            Assert.DoesNotContain("New version", page.Find(".actions").TextContent, StringComparison.Ordinal);
        }

        await SchemeWorld.UseAsync(database, world.Leader, legacy, world.Chapter, SchemeWorld.Running);
        await using (var member = database.As(world.Member))
        {
            await using var pages = new PageContext(member);
            var page = pages.Render<SchemePage>(p => p.Add(x => x.Id, legacy));
            page.WaitForElement(".scheme-rules");
            Assert.Empty(page.FindAll(".actions button, .actions a"));
        }

        await using var admin = database.As(world.Admin);
        await using var desk = new PageContext(admin);
        var all = desk.Render<SchemePage>(p => p.Add(x => x.Id, legacy));
        all.WaitForAssertion(() => Assert.Contains("New version", all.Find(".actions").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_draft_is_edited_with_its_maximum_and_faults_at_their_fields()
    {
        var world = await Make.ChapterWorldAsync(database);
        var draft = await SchemeWorld.DraftAsync(database, world.Leader, world.Chapter);
        await using var leader = database.As(world.Leader);
        await using var pages = new PageContext(leader);
        var page = pages.Render<SchemeEditPage>(p => p.Add(x => x.Id, draft));
        page.WaitForElement(".rule");
        Assert.Equal("100", page.Find(".scheme-most").TextContent);
        await page.TypeAsync("[aria-label='Rule 1, step 1'] [data-field=Points] input", "20");
        page.WaitForAssertion(() => Assert.Equal("110", page.Find(".scheme-most").TextContent));
        await page.TypeAsync("[aria-label='Rule 1, step 2'] [data-field=Points] input", "25");
        await page.Find("form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Contains("has to give more than 25 points", page.Find("[aria-label='Rule 1, step 1'] .field-error").TextContent, StringComparison.Ordinal));
        Assert.Equal("25", page.Find("[aria-label='Rule 1, step 2'] [data-field=Points] input").GetAttribute("value"));

        await page.TypeAsync("[aria-label='Rule 1, step 2'] [data-field=Points] input", "5");
        // Another measure wants the comparison the other way round, and gets it.
        await page.TypeAsync("[aria-label^='Rule 7'] select", nameof(Measure.Lates));
        await page.TypeAsync("[aria-label='Rule 7, step 1'] [data-field=Threshold] input", "0");
        await page.Find("form").SubmitAsync();
        var navigation = pages.Services.GetRequiredService<NavigationManager>();
        page.WaitForAssertion(() => Assert.EndsWith($"/chapters/schemes/{draft}", navigation.Uri, StringComparison.Ordinal));
        var saved = (await leader.Get<ScoreSchemeQueries>().DetailsAsync(draft, _ct))!.Row.Scheme;
        Assert.Equal((110m, Measure.Lates, new Step(Comparison.AtMost, 0, 5)), (saved.Most, saved.Rules[6].Measure, saved.Rules[6].Steps[0]));

        await SchemeWorld.UseAsync(database, world.Leader, draft, world.Chapter, SchemeWorld.Running);
        await using var late = new PageContext(leader);
        var closed = late.Render<SchemeEditPage>(p => p.Add(x => x.Id, draft));
        closed.WaitForAssertion(() => Assert.Contains("Make a new version", closed.Find(".empty").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_copy_is_named_and_a_scheme_is_used_from_a_month_on()
    {
        var world = await Make.ChapterWorldAsync(database);
        await using var leader = database.As(world.Leader);
        await using var pages = new PageContext(leader);
        var global = await SchemeWorld.NetworkAsync(database);
        var copy = pages.Render<SchemeCopyDialog>(p => p.Add(x => x.Form, new SchemeCopyForm { FromId = global, ChapterId = world.Chapter, Name = "" }).Add(x => x.Chapters, []));
        await copy.Find("form").SubmitAsync();
        copy.WaitForAssertion(() => Assert.Contains("Give the copy a name", copy.Find("[data-field=Name] .field-error").TextContent, StringComparison.Ordinal));
        await copy.TypeAsync("[data-field=Name] input", "Evenings");
        await copy.Find("form").SubmitAsync();
        var made = await database.ScalarAsync<Guid>("select id from score_schemes where chapter_id = $1 and name = 'Evenings' and status = 'draft'", world.Chapter);

        var row = (await leader.Get<ScoreSchemeQueries>().DetailsAsync(made, _ct))!;
        var use = pages.Render<SchemeUseDialog>(p => p.Add(x => x.Form, new SchemeUseForm { SchemeId = made, Version = row.Row.Version, ChapterId = world.Chapter }).Add(x => x.Chapters, row.MayUse).Add(x => x.IsDraft, true));
        Assert.Equal(SchemeWorld.Month(SchemeWorld.Running), use.FindAll("option")[0].GetAttribute("value"));
        await use.Find("form").SubmitAsync();
        Assert.Equal("active", await database.ScalarAsync<string>("select s.status from chapter_scheme_choices c join score_schemes s on s.id = c.scheme_id where c.chapter_id = $1 and c.from_month = $2", world.Chapter, SchemeWorld.Running));
    }

    [Fact]
    public async Task A_trial_shows_the_bands_before_and_after_and_who_changes()
    {
        var world = (await StandingWorld.MakeAsync(database)).World;
        await using var leader = database.As(world.Leader);
        await using var pages = new PageContext(leader);
        var page = pages.Render<SchemeTestPage>(p => p.Add(x => x.Id, SchemeTaiwan));
        page.WaitForElement(".test-bands");
        Assert.Contains("Global 2025 v1", page.Find(".facts").TextContent, StringComparison.Ordinal);
        var (before, after) = (page.FindAll(".test-bands tbody tr")[0], page.FindAll(".test-bands tbody tr")[1]);
        // In force: Ada 41 red, the others grey. Taiwan: Ada 20 + 10 + 5 = 35, Bo 15 + 5, Petra 20.
        Assert.Equal(["0", "0", "1", "2"], before.QuerySelectorAll("td.num:not(.movers)").Select(c => c.TextContent));
        Assert.Equal(["0", "0", "1", "2"], after.QuerySelectorAll("td.num").Select(c => c.TextContent));
        Assert.Contains("nobody", page.Find(".test-moves summary").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_member_could_reach_is_reckoned_as_it_is_typed()
    {
        var world = (await StandingWorld.MakeAsync(database)).World;
        await using var leader = database.As(world.Leader);
        await using var pages = new PageContext(leader);
        var page = pages.Render<ScoreTryPage>(p => p.Add(x => x.Id, world.Ada));
        page.WaitForAssertion(() => Assert.Equal("Red, 41 points", page.Find(".tried .pill").TextContent.Trim()));
        Assert.Contains("1 more one-to-one", page.Find(".missing strong").TextContent, StringComparison.Ordinal);
        await page.TypeAsync("[data-plan=visitor]", "5");
        Assert.Equal("Yellow, 66 points", page.Find(".tried .pill").TextContent.Trim());
        // Aimed at green: 4 are missing.
        await page.TypeAsync("[data-plan=band]", nameof(Band.Green));
        Assert.Contains("4 points are missing", page.Find(".missing").TextContent, StringComparison.Ordinal);
        await page.TypeAsync("[data-plan=scheme]", SchemeTaiwan.ToString());
        Assert.DoesNotContain("New members", page.Find(".plan-fields").TextContent, StringComparison.Ordinal);
        await page.PressAsync("Start again");
        Assert.Equal("Red, 41 points", page.Find(".tried .pill").TextContent.Trim());

        await using var viewer = database.As(world.Viewer);
        await using var outside = new PageContext(viewer);
        var none = outside.Render<ScoreTryPage>(p => p.Add(x => x.Id, world.Ada));
        none.WaitForAssertion(() => Assert.Contains("No such member", none.Find("h1").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_members_page_has_points_of_closed_months_and_notes_for_those_who_look_after_them()
    {
        var world = (await StandingWorld.MakeAsync(database)).World;
        foreach (var back in new[] { 2, 1 })
        {
            await SchemeWorld.StoreAsync(database, world.Leader, world.Chapter, SchemeWorld.Running.AddMonths(-back));
        }

        await using var committee = database.As(world.Committee);
        await using var pages = new PageContext(committee);
        var page = pages.Render<MemberPage>(p => p.Add(x => x.Id, world.Ada));
        page.WaitForElement(".score-history");
        Assert.Equal(["41 of 100", "0 of 100"], page.FindAll(".score-history tbody td.num").Select(c => c.TextContent));
        Assert.Contains("from 0 in", page.Find(".score-history svg").GetAttribute("aria-label")!, StringComparison.Ordinal);
        page.WaitForElement(".committee-notes");
        await page.PressAsync("Write a note");
        await page.TypeAsync("[data-field=Text] textarea", "Spoke about referrals.");
        await page.Find(".committee-notes form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Equal("Spoke about referrals.", page.Find(".note-text").TextContent));

        await using var ada = database.As(world.Member);
        await using var theirs = new PageContext(ada);
        var own = theirs.Render<MemberPage>(p => p.Add(x => x.Id, world.Ada));
        own.WaitForElement(".score-history");
        own.WaitForElement(".way");
        Assert.Empty(own.FindAll(".committee-notes"));
        Assert.Contains($"/chapters/members/{world.Ada}/points", own.WaitForElement(".way .panel-head a").GetAttribute("href")!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_leader_sets_the_rules_of_alerts_and_the_page_says_them()
    {
        var world = (await StandingWorld.MakeAsync(database)).World;
        await using var leader = database.As(world.Leader);
        await using var pages = new PageContext(leader);
        var dialog = pages.Render<AlertRulesDialog>(p => p.Add(x => x.Form, new AlertRulesForm { ChapterId = world.Chapter }));
        await dialog.PressAsync("Taiwan");
        await dialog.TypeAsync("[data-field=SubstitutesWithAbsence] input", "3");
        await dialog.Find("form").SubmitAsync();
        var page = pages.Render<ChapterPage>(p => p.Add(x => x.Id, world.Chapter));
        page.WaitForElement(".chapter-lights");
        Assert.Contains("absences 1 to 3 are letters, from 4 on the seat is reviewed; from 8 substitutes on it is reviewed too; one less than that is told as imminent; 3 substitutes are allowed to who was absent.", page.WaitForElement(".alerts .hint:last-child").TextContent, StringComparison.Ordinal);
        Assert.Contains("Change rules", page.Find(".alerts .panel-head").TextContent, StringComparison.Ordinal);
        Assert.Equal(7, page.FindAll(".chapter-lights tbody tr").Count);
    }

    [Fact]
    public async Task A_report_names_the_scheme_of_its_month_and_leads_to_it()
    {
        var world = await Make.ChapterWorldAsync(database);
        var taiwan = await SchemeWorld.NetworkAsync(database, "taiwan");
        await SchemeWorld.UseAsync(database, world.Leader, taiwan, world.Chapter, SchemeWorld.Running);
        await using var member = database.As(world.Member);
        await using var pages = new PageContext(member);
        var page = pages.Render<ChapterReportPage>(p => p.Add(x => x.Id, world.Chapter).Add(x => x.Month, SchemeWorld.Month(SchemeWorld.Running)));
        page.WaitForAssertion(() => Assert.Equal("Taiwan, six items v1", page.Find($".facts a[href='/chapters/schemes/{taiwan}']").TextContent));
        Assert.Contains("Absences, three lates as one ≤ 0: 20, ≤ 1: 15, ≤ 2: 10.", page.Find(".report-paper").TextContent, StringComparison.Ordinal);
        Assert.NotNull((await member.Get<ScoreSchemeQueries>().DetailsAsync(taiwan, _ct)));
    }

    private static Guid SchemeTaiwan => Guid.Parse("00000000-0000-7000-8000-0000000c0005");
}
