using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Sourcing.Data.Chapters;
using Sourcing.Data.Chapters.Closing;
using Sourcing.Data.Chapters.Importing;
using Sourcing.Data.Chapters.Reckoning;
using Sourcing.Data.Chapters.Reports;
using Sourcing.Data.Common;
using Sourcing.Data.Common.Lists;
using Sourcing.Web.Chapters;
using Sourcing.Web.Tests.Chapters.Importing;
using Sourcing.Web.Tests.Chapters.Reports;
using Sourcing.Web.Tests.Chapters.Scoring;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Chapters;

/// <summary>Trainings and testimonials: entered, refused, counted, closed.</summary>
public sealed class TestimonialTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_testimonial_is_about_a_member_somebody_outside_or_nobody_in_particular_and_never_about_oneself()
    {
        var (world, other) = (await Make.ChapterWorldAsync(database), await Make.ChapterWorldAsync(database));
        await using var ada = database.As(world.Member);
        var slips = ada.Get<SlipService>();
        await EnterAsync(slips, world, f => f.ToId = world.Bo);
        await EnterAsync(slips, world, f => (f.ExternalName, f.ExternalChapter) = ("Ines Faro", "Hillside"));
        await EnterAsync(slips, world, _ => { });
        Assert.Equal("Bo Castell, Ines Faro, nobody", await database.ScalarAsync<string>(
            """
            select string_agg(coalesce(m.first_name || ' ' || m.last_name, x.name, 'nobody'), ', ' order by coalesce(m.first_name, x.name, 'nobody') collate "C") from testimonials t
            left join members m on m.id = t.about_id left join external_parties x on x.id = t.about_external_id where t.speaker_id = $1 and t.meeting_id = $2
            """, world.Ada, world.Meeting));

        Assert.Contains("Nobody praises themselves", await RefusedAsync(slips, world, f => f.ToId = world.Ada), StringComparison.Ordinal);
        Assert.Contains("their own slips", await RefusedAsync(slips, world, f => (f.FromId, f.ToId) = (world.Bo, world.LeaderMember)), StringComparison.Ordinal);
        Assert.Contains("another chapter", await RefusedAsync(slips, world, f => f.ToId = other.Bo), StringComparison.Ordinal);
        await using var leader = database.As(world.Leader);
        var anybodys = leader.Get<SlipService>();
        Assert.Contains("spoken by a member", await RefusedAsync(anybodys, world, f => (f.FromId, f.ExternalName, f.FromOutside) = (world.Bo, "Ines Faro", true)), StringComparison.Ordinal);
        Assert.Contains("another chapter", await RefusedAsync(anybodys, world, f => (f.FromId, f.ToId) = (other.Bo, world.Ada)), StringComparison.Ordinal);
        // What stands under a meeting keeps it from being called off, and waits until it is completed.
        Assert.Equal(3, (await leader.Get<ChapterQueries>().DashboardAsync(world.Chapter, _ct))!.Waiting);
        await Assert.ThrowsAsync<RefusedException>(() => leader.Get<MeetingService>().CallOffAsync(world.Meeting, true, _ct));
        await using var foreign = database.As(other.Leader);
        await Assert.ThrowsAnyAsync<RefusedException>(() => EnterAsync(foreign.Get<SlipService>(), world, f => (f.FromId, f.ToId) = (world.Bo, world.Ada)));
    }

    [Fact]
    public async Task The_speaker_changes_it_within_a_day_and_takes_it_back_and_a_leader_reads_what_became_of_it()
    {
        var world = await Make.ChapterWorldAsync(database);
        await using var ada = database.As(world.Member);
        var id = await EnterAsync(ada.Get<SlipService>(), world, f => f.ToId = world.Bo);
        var own = (await ada.Get<SlipChangeQueries>().DetailsAsync(id, _ct))!;
        Assert.Equal((true, true, "Ada Lindqvist", "Bo Castell"), (own.MayChange, own.IsOwn, own.From, own.To));
        (own.Form.ToId, own.Form.Note) = (world.LeaderMember, "Her advice");
        await ada.Get<SlipChangeService>().ChangeAsync(own.Form, _ct);
        own = (await ada.Get<SlipChangeQueries>().DetailsAsync(id, _ct))!;
        own.Form.ToId = world.Ada;
        Assert.Contains("Nobody praises themselves", (await Assert.ThrowsAsync<RefusedException>(() => ada.Get<SlipChangeService>().ChangeAsync(own.Form, _ct))).Message, StringComparison.Ordinal);
        await ada.Get<SlipService>().RemoveAsync(new() { Kind = SlipKind.Testimonial, Id = id, Reason = "Not in this meeting" }, _ct);

        await using var leader = database.As(world.Leader);
        var removed = Assert.Single(await leader.Get<RemovedSlipQueries>().ListAsync(world.Chapter, _ct));
        Assert.Equal((SlipKind.Testimonial, "Ada Lindqvist", "Petra Almq", "Not in this meeting"), (removed.Kind, removed.From, removed.To, removed.Reason));
        await leader.Get<SlipService>().RestoreAsync(SlipKind.Testimonial, id, _ct);
        var events = (await leader.Get<SlipChangeQueries>().DetailsAsync(id, _ct))!.Events;
        Assert.Equal(["brought back", "removed", "changed", "entered"], events.Select(e => e.Deed));
        Assert.Equal([("About", "Bo Castell", "Petra Almq"), ("Note", null, "Her advice")], events[2].Fields.Select(f => (f.Field, f.Before, f.After)));
        await database.SqlAsync("update testimonials set created_at = now() - interval '25 hours' where id = $1", id);
        Assert.False((await ada.Get<SlipChangeQueries>().DetailsAsync(id, _ct))!.MayChange);
    }

    [Fact]
    public async Task By_SQL_too_one_speaks_for_oneself_reads_what_one_stands_on_and_changes_nothing_of_others()
    {
        var (world, other) = (await Make.ChapterWorldAsync(database), await Make.ChapterWorldAsync(database));
        await using (var leader = database.As(world.Leader))
        {
            await EnterAsync(leader.Get<SlipService>(), world, f => (f.FromId, f.ToId) = (world.Bo, world.LeaderMember));
            await EnterAsync(leader.Get<SlipService>(), world, f => (f.FromId, f.ToId) = (world.Bo, world.Ada));
        }

        string Insert(Guid speaker) => $"insert into testimonials (id, chapter_id, meeting_id, speaker_id, about_id, note, removed_because) values (gen_random_uuid(), '{world.Chapter}', '{world.Meeting}', '{speaker}', '{world.LeaderMember}', '', '')";
        foreach (var person in new[] { other.Leader, other.Committee, other.Member, other.Viewer, world.Host, world.Viewer })
        {
            Assert.Equal(0L, await database.AsAsync<long>(person, "select count(*) from testimonials"));
            Assert.Equal(0, await database.AsAsync<int>(person, "update testimonials set note = 'x'"));
            Assert.Equal("42501", (await Assert.ThrowsAsync<PostgresException>(() => database.AsAsync<int>(person, Insert(world.Bo)))).SqlState);
        }

        // Ada reads the one about her, and changes neither; she speaks for herself and not for Bo.
        Assert.Equal(1L, await database.AsAsync<long>(world.Member, "select count(*) from testimonials"));
        Assert.Equal(0, await database.AsAsync<int>(world.Member, "update testimonials set note = 'x'"));
        Assert.Equal("42501", (await Assert.ThrowsAsync<PostgresException>(() => database.AsAsync<int>(world.Member, Insert(world.Bo)))).SqlState);
        Assert.Equal(1, await database.AsAsync<int>(world.Member, Insert(world.Ada)));
        Assert.Equal(2L, await database.AsAsync<long>(world.Committee, "select count(*) from testimonials"));
        await database.SqlAsync("update testimonials set speaker_id = $1, about_id = $2 where about_id = $1", world.Ada, world.Bo);
        Assert.Equal(1, await database.AsAsync<int>(world.Member, "update testimonials set note = 'x'"));
        Assert.Equal("42501", (await Assert.ThrowsAsync<PostgresException>(() => database.AsAsync<int>(world.Member, $"update testimonials set chapter_id = '{other.Chapter}'"))).SqlState);
        Assert.Equal("42501", (await Assert.ThrowsAsync<PostgresException>(() => database.AsAsync<int>(world.Member, "delete from testimonials"))).SqlState);
        Assert.Equal("23514", (await Assert.ThrowsAsync<PostgresException>(() => database.AsAsync<int>(world.Leader, "update testimonials set about_id = speaker_id"))).SqlState);
    }

    [Fact]
    public async Task The_legacy_scheme_counts_trainings_and_testimonials()
    {
        var made = await StandingWorld.MakeAsync(database);
        var (world, meeting) = (made.World, await database.ScalarAsync<Guid>("select id from meetings where chapter_id = $1 and status = 'completed' order by held_on desc limit 1", made.Chapter));
        await SchemeWorld.UseAsync(database, world.Leader, await SchemeWorld.NetworkAsync(database, "legacy"), made.Chapter, SchemeWorld.Running);
        await using var leader = database.As(world.Leader);
        // Ada at two meetings: no absence 15, 2 referrals ÷ 2 = 1 gives 15, no visitor, 500 of business gives nothing, not late 5: 35, red.
        var before = (await leader.Get<MemberStandingQueries>().OfAsync(world.Ada, _ct))!;
        Assert.Equal([15m, 15, 0, 0, 0, 0, 5], before.Light.Lines.Select(l => l.Points));
        // Three trainings give the 15 points to yellow, 50.
        Assert.Contains(before.Next.Alone, a => a.Deeds[0] is { Deed: Deed.Training, Units: 3 });

        foreach (var training in new[] { true, true, false })
        {
            await leader.Get<SlipService>().EnterAsync(new() { ChapterId = made.Chapter, Kind = SlipKind.Education, FromId = world.Ada, Credits = 1.5m, IsTraining = training, MeetingId = meeting }, _ct);
        }

        await EnterAsync(leader.Get<SlipService>(), world, f => (f.FromId, f.ToId, f.MeetingId) = (world.Ada, world.Bo, meeting));
        // 2 trainings give 10, the third unit is none; 1 testimonial ÷ 2 meetings = 0.5, at least 0.075, gives 10: 35 + 10 + 10 = 55, yellow.
        var after = (await leader.Get<MemberStandingQueries>().OfAsync(world.Ada, _ct))!;
        Assert.Equal([15m, 15, 0, 0, 10, 10, 5], after.Light.Lines.Select(l => l.Points));
        Assert.Equal((55m, Band.Yellow), (after.Light.Points, after.Light.Band));
        // Bo, about whom it was, gets nothing of it.
        Assert.Equal([0m, 0], (await leader.Get<MemberStandingQueries>().OfAsync(world.Bo, _ct))!.Light.Lines.Skip(4).Take(2).Select(l => l.Points));
    }

    [Fact]
    public async Task Column_T_of_a_summary_is_held_against_testimonials_and_a_files_credits_are_no_training()
    {
        var world = await ImportWorld.MakeAsync(database);
        await using var leader = database.As(world.World.Leader);
        var slips = leader.Get<SlipService>();
        // Two of Ada count in March; those of February and of a meeting that is not completed do not.
        foreach (var day in new DateOnly[] { new(2025, 3, 6), new(2025, 3, 13), new(2025, 2, 27), ReportWorld.Planned })
        {
            await EnterAsync(slips, world.World, f => (f.FromId, f.ToId, f.MeetingId) = (world.World.Ada, world.World.Bo, world.Report.Meetings[day]));
        }

        await world.ImportAsync(leader, ImportWorld.Summary("Ada|Lindqvist|#2|#0|#0|#0|#0|#2|#1|#0|#0|#1|#2|#2|#500.5|#0", "Bo|Castell|#1|#1|#0|#0|#0|#1|#0|#1|#1|#0|#1|#1|#1250|#0"), "summary.xlsx");
        var view = (await leader.Get<ReconciliationQueries>().MonthAsync(world.Chapter, ImportWorld.March, _ct))!;
        Assert.Equal(["Bo Castell Testimonials 1 0"], view.Cells.Where(c => c.Row is not null).Select(c => FormattableString.Invariant($"{c.Name} {c.Column} {c.Reported:0.##} {c.Reckoned ?? 0:0.##}")));
        Assert.Equal((3m, 2m), view.Columns[SummaryColumn.Testimonials]);

        // What a leader calls a training stays one when a newer file tells the same row.
        await world.ImportAsync(leader, ImportWorld.Slips("Ada Lindqvist||CEU||0|1.5|Selling"));
        Assert.Equal(0L, await database.ScalarAsync<long>("select count(*) from education_units where chapter_id = $1 and is_training", world.Chapter));
        await database.SqlAsync("update education_units set is_training = true where chapter_id = $1", world.Chapter);
        var newer = await world.ImportAsync(leader, ImportWorld.Slips("Ada Lindqvist||CEU||0|1.5|Selling", "Bo Castell||CEU||0|2|Selling"), "newer.xls");
        Assert.Equal("1.50 t, 2.00 f", await database.ScalarAsync<string>("select string_agg(credits || ' ' || left(is_training::text, 1), ', ' order by credits) from education_units where import_batch_id = $1 and deleted_at is null", newer));
    }

    [Fact]
    public async Task A_closed_month_keeps_them_takes_no_more_and_closings_from_before_there_were_any_are_still_read()
    {
        var made = await ReportWorld.MakeAsync(database);
        var (world, meeting) = (made.World, made.Meetings[new(2025, 3, 6)]);
        await using var leader = database.As(world.Leader);
        var slips = leader.Get<SlipService>();
        var id = await EnterAsync(slips, world, f => (f.FromId, f.ToId, f.MeetingId) = (world.Ada, world.Bo, meeting));
        await slips.EnterAsync(new() { ChapterId = made.Chapter, Kind = SlipKind.Education, FromId = world.Ada, Credits = 2, IsTraining = true, MeetingId = meeting }, _ct);
        await made.FinishAsync(leader);
        await leader.Get<MonthClosingService>().CloseAsync(made.Chapter, ReportWorld.March, _ct);

        Assert.Contains("its month is closed", await RefusedAsync(slips, world, f => (f.FromId, f.ToId, f.MeetingId) = (world.Ada, world.Bo, meeting)), StringComparison.Ordinal);
        Assert.Contains("March 2025 is closed", (await Assert.ThrowsAsync<RefusedException>(() => slips.RemoveAsync(new() { Kind = SlipKind.Testimonial, Id = id, Reason = "Twice" }, _ct))).Message, StringComparison.Ordinal);
        foreach (var sql in new[]
        {
            $"insert into testimonials (id, chapter_id, meeting_id, speaker_id, note, removed_because) values (gen_random_uuid(), '{made.Chapter}', '{meeting}', '{world.Bo}', '', '')",
            $"update testimonials set meeting_id = '{made.Meetings[new(2025, 2, 27)]}' where id = '{id}'", $"update education_units set is_training = false where chapter_id = '{made.Chapter}'",
        })
        {
            Assert.Contains("March 2025 is closed", (await Assert.ThrowsAsync<PostgresException>(() => database.AsAsync<int>(world.Leader, sql))).MessageText, StringComparison.Ordinal);
        }

        Assert.Equal((1, 1, 1), await CountedAsync());
        // As closings were written before: no list of testimonials, and credits that say nothing of trainings.
        await database.SqlAsync(
            """
            update report_revisions set facts = jsonb_set(facts #- '{ledger,testimonials}', '{ledger,credits}', (select jsonb_agg(c - 'isTraining') from jsonb_array_elements(facts -> 'ledger' -> 'credits') c))
            where chapter_id = $1
            """, made.Chapter);
        Assert.Equal((1, 0, 0), await CountedAsync());

        async Task<(int Revision, int Trainings, int Testimonials)> CountedAsync()
        {
            var report = (await leader.Get<ChapterReportQueries>().ReportAsync(made.Chapter, ReportWorld.March, _ct))!;
            var tally = report.Figures.Tallies.Of(world.Ada);
            Assert.Equal(2, tally.Credits);
            return (report.Revision!.Value, tally.Trainings, tally.Testimonials);
        }
    }

    [Fact]
    public async Task A_testimonial_is_entered_in_two_taps_and_a_training_is_ticked()
    {
        var world = await Make.ChapterWorldAsync(database);
        await using var ada = database.As(world.Member);
        await using var pages = new PageContext(ada);
        var page = pages.Render<SlipEntryPage>(p => p.Add(x => x.Id, world.Chapter));
        page.WaitForElement(".entry-kind");
        await page.PressAsync("Testimonial");
        Assert.DoesNotContain("Ada Lindqvist", page.Find(".entry-people").TextContent, StringComparison.Ordinal);
        await page.PressAsync("Bo Castell");
        page.WaitForAssertion(() => Assert.Contains("Testimonial about Bo Castell entered.", page.Find(".notice").TextContent, StringComparison.Ordinal));
        Assert.Equal(1L, await database.ScalarAsync<long>("select count(*) from testimonials where speaker_id = $1 and about_id = $2 and deleted_at is null", world.Ada, world.Bo));
        await page.PressAsync("Take it back");
        page.WaitForAssertion(() => Assert.Contains("Taken back.", page.Find(".notice").TextContent, StringComparison.Ordinal));
        Assert.Equal(0L, await database.ScalarAsync<long>("select count(*) from testimonials where speaker_id = $1 and deleted_at is null", world.Ada));
        await page.PressAsync("Testimonial");
        await page.PressAsync("About nobody in particular");
        page.WaitForAssertion(() => Assert.Contains("Testimonial entered.", page.Find(".notice").TextContent, StringComparison.Ordinal));

        await page.PressAsync("Education");
        await page.TypeAsync("input[name=credits]", "1.5");
        await page.InvokeAsync(() => page.Find(".entry input[type=checkbox]").ChangeAsync(new() { Value = true }));
        await page.PressAsync("Enter education");
        page.WaitForAssertion(() => Assert.Contains("Education entered.", page.Find(".notice").TextContent, StringComparison.Ordinal));
        Assert.True(await database.ScalarAsync<bool>("select is_training from education_units where member_id = $1", world.Ada));
        // The next one begins without the tick.
        await page.PressAsync("Education");
        Assert.False(page.Find(".entry input[type=checkbox]").HasAttribute("checked"));
    }

    [Fact]
    public async Task The_list_and_the_members_page_tell_both_and_a_leader_unticks_a_training()
    {
        var world = await Make.ChapterWorldAsync(database);
        await using var leader = database.As(world.Leader);
        await EnterAsync(leader.Get<SlipService>(), world, f => (f.FromId, f.ToId) = (world.Bo, world.Ada));
        var unit = await leader.Get<SlipService>().EnterAsync(new() { ChapterId = world.Chapter, Kind = SlipKind.Education, FromId = world.Bo, Credits = 1, IsTraining = true, MeetingId = world.Meeting }, _ct);
        var rows = (await leader.Get<SlipList>().PageAsync(new ListRequest(), _ct)).Rows;
        Assert.Equal([(SlipKind.Education, true, "Bo Castell", ""), (SlipKind.Testimonial, false, "Bo Castell", "Ada Lindqvist")], rows.OrderBy(r => r.Kind).Select(r => (r.Kind, r.IsTraining, r.From, r.To)));
        await using var pages = new PageContext(leader);
        var member = pages.Render<MemberPage>(p => p.Add(x => x.Id, world.Bo));
        member.WaitForAssertion(() => Assert.Contains(member.FindAll("tr"), r => r.TextContent.Contains("Testimonial", StringComparison.Ordinal) && r.TextContent.Contains("Ada Lindqvist", StringComparison.Ordinal)));
        Assert.Contains(member.FindAll("tr"), r => r.TextContent.Contains("1 credit, training", StringComparison.Ordinal));

        var page = pages.Render<SlipPage>(p => p.Add(x => x.Id, unit));
        page.WaitForElement("form input[type=checkbox]");
        await page.InvokeAsync(() => page.Find("form input[type=checkbox]").ChangeAsync(new() { Value = false }));
        await page.InvokeAsync(() => page.Find("form").SubmitAsync());
        var navigation = pages.Services.GetRequiredService<NavigationManager>();
        page.WaitForAssertion(() => Assert.EndsWith("/slips", navigation.Uri, StringComparison.Ordinal));
        Assert.Equal([("Training", "yes", "no")], (await leader.Get<SlipChangeQueries>().DetailsAsync(unit, _ct))!.Events[0].Fields.Select(f => (f.Field, f.Before, f.After)));
    }

    private Task<Guid> EnterAsync(SlipService slips, ChapterWorld world, Action<SlipForm> how)
    {
        var form = new SlipForm { ChapterId = world.Chapter, Kind = SlipKind.Testimonial, MeetingId = world.Meeting };
        how(form);
        return slips.EnterAsync(form, _ct);
    }

    private async Task<string> RefusedAsync(SlipService slips, ChapterWorld world, Action<SlipForm> how) => (await Assert.ThrowsAnyAsync<RefusedException>(() => EnterAsync(slips, world, how))).Message;
}
