using Sourcing.Data.Chapters;
using Sourcing.Data.Chapters.Files;
using Sourcing.Data.Chapters.Importing;
using Sourcing.Data.Chapters.Reckoning;
using Sourcing.Data.Common;
using Sourcing.Web.Tests.Chapters.Files;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Chapters.Importing;

/// <summary>Attendance, visitors, summaries, sponsors and names of a region.</summary>
public sealed class OtherReportTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_attendance_sheet_makes_meetings_fills_what_is_missing_and_leaves_what_was_entered()
    {
        var world = await ImportWorld.MakeAsync(database);
        await using var leader = database.As(world.World.Leader);
        // By hand on the 6th: Ada present, Bo absent, Petra late. Cleo joined on the 10th.
        var batch = await world.UploadAsync(leader, ImportWorld.Sheet("First Name|Last Name|Mar 06|Mar 20|Mar 27|Mar 28", "Ada|Lindqvist|P|P|P|P", "Bo|Castell|P|P|A|S", "Petra|Almq|L|P|L|X", "Cleo|Weyn|P|P|P|M", "Total||3"), "palms.xls");
        var shown = await ImportWorld.DetailsAsync(leader, batch);
        // The 28th is a Friday and has no meeting; X is no code; the 20th was called off; Cleo was no member on the 6th.
        Assert.Equal(["CODE_UNKNOWN", "DATE_WEEKDAY"], shown.Issues.Select(i => IssueEffects.Text(i.Code)).Order());
        await leader.Get<ChapterImportService>().SettleAllAsync(batch, IssueCode.DateWeekday, _ct);
        shown = await ImportWorld.DetailsAsync(leader, batch);
        Assert.Equal((7, 2, 1), (shown.Preview!.Of(PreviewChange.New), shown.Preview.Of(PreviewChange.There), shown.Preview.Of(PreviewChange.Differs)));
        Assert.Equal([new DateOnly(2025, 3, 28)], shown.Preview.NewMeetings);
        Assert.Equal([new DateOnly(2025, 3, 27)], shown.Preview.Completed);
        Assert.Contains(shown.Preview.Notes, n => n.Contains("called off", StringComparison.Ordinal));
        Assert.Contains(shown.Preview.Notes, n => n.Contains("no member on that day", StringComparison.Ordinal));
        await ImportWorld.ApplyAsync(leader, batch);
        Assert.Equal(7L, await world.CountAsync("attendances", batch));
        Assert.Equal("absent", await CodeAsync(world, world.World.Bo, 6));
        Assert.Equal(("late", "substitute"), (await CodeAsync(world, world.World.LeaderMember, 27), await CodeAsync(world, world.World.Bo, 28)));
        Assert.Equal(("completed", "draft"), (await StatusAsync(world, 27), await StatusAsync(world, 28)));

        // A newer sheet changes one code; a code changed by hand since is nobody's but the leader's.
        await leader.Get<MeetingService>().EnterAsync(await MeetingAsync(world, 28), [new(world.World.Ada, AttendanceCode.Late)], _ct);
        var newer = await world.UploadAsync(leader, ImportWorld.Sheet("First Name|Last Name|Mar 27|Mar 28", "Ada|Lindqvist|P|P", "Bo|Castell|P|S", "Petra|Almq|L|P", "Cleo|Weyn|P|M"), "palms-2.xls");
        await leader.Get<ChapterImportService>().SettleAllAsync(newer, IssueCode.DateWeekday, _ct);
        shown = await ImportWorld.DetailsAsync(leader, newer);
        Assert.Equal((2, 1, 5, 1), (shown.Preview!.Of(PreviewChange.New), shown.Preview.Of(PreviewChange.Gone), shown.Preview.Of(PreviewChange.Same), shown.Preview.Of(PreviewChange.Differs)));
        await ImportWorld.ApplyAsync(leader, newer);
        Assert.Equal(("present", "late", 7L), (await CodeAsync(world, world.World.Bo, 27), await CodeAsync(world, world.World.Ada, 28), await world.CountAsync("attendances", newer)));
        await leader.Get<ChapterImportService>().UndoAsync(newer, _ct);
        Assert.Equal(("absent", 6L, 0L), (await CodeAsync(world, world.World.Bo, 27), await world.CountAsync("attendances", batch), await world.CountAsync("attendances", newer)));
        await leader.Get<ChapterImportService>().UndoAsync(batch, _ct);
        Assert.Equal((0L, "draft", "late"), (await world.CountAsync("attendances", batch), await StatusAsync(world, 27), await CodeAsync(world, world.World.Ada, 28)));
    }

    [Fact]
    public async Task Registered_visitors_come_under_the_meeting_of_their_day_and_not_twice()
    {
        var world = await ImportWorld.MakeAsync(database);
        await using var leader = database.As(world.World.Leader);
        var file = MadeReport.Csv("First Name|Last Name|Company|Profession|Invited By|Visit Date|Type", "Gil|Harper|Harper Ltd|Roofer|Ada Lindqvist|13/03/2025|Visitor", "Vera|Holt|||Ada Lindqvist|13/03/2025|Visitor", "Kim|Lund|||Bo Castell|27/03/2025|Substitute");
        var batch = await world.UploadAsync(leader, file, "visitors.csv");
        var shown = await ImportWorld.DetailsAsync(leader, batch);
        Assert.Equal((2, 1, ImportWorld.March), (shown.Preview!.Of(PreviewChange.New), shown.Preview.Of(PreviewChange.There), shown.Batch.Period!.Value.First));
        await ImportWorld.ApplyAsync(leader, batch);
        Assert.Equal("Harper Ltd, Roofer, visitor", await database.ScalarAsync<string>("select v.company || ', ' || v.profession || ', ' || v.kind from visitors v join meetings m on m.id = v.meeting_id and m.held_on = '2025-03-13' where v.import_batch_id = $1", batch));
        Assert.Contains("in already", (await Assert.ThrowsAsync<ReportRefusedException>(() => world.UploadAsync(leader, file, "again.csv"))).Message, StringComparison.Ordinal);
        var newer = await world.UploadAsync(leader, MadeReport.Csv("First Name|Last Name|Company|Profession|Invited By|Visit Date|Type", "Gil|Harper|Harper Ltd|Roofer|Ada Lindqvist|13/03/2025|Visitor", "Lea|Moss|||Somebody Else|27/03/2025|Visitor"), "visitors-2.csv");
        await leader.Get<ChapterImportService>().AnswerAllAsync(newer, AnswerKind.External, null, _ct);
        shown = await ImportWorld.DetailsAsync(leader, newer);
        Assert.Equal((1, 1, 1), (shown.Preview!.Of(PreviewChange.New), shown.Preview.Of(PreviewChange.Same), shown.Preview.Of(PreviewChange.Gone)));
        await ImportWorld.ApplyAsync(leader, newer);
        Assert.Equal((2L, 0L), (await world.CountAsync("visitors", newer), await world.CountAsync("visitors", batch)));
        await leader.Get<ChapterImportService>().UndoAsync(newer, _ct);
        Assert.Equal(2L, await world.CountAsync("visitors", batch));
    }

    [Fact]
    public async Task A_summary_makes_members_and_its_figures_are_held_against_slips_and_attendance()
    {
        var world = await ImportWorld.MakeAsync(database);
        await using var leader = database.As(world.World.Leader);
        // Ada in completed meetings of March: present twice; two referrals of tier 1 given (one goes outside), one of tier 2; none received; two one-to-ones; thanked for 500.50; one visitor.
        var batch = await world.UploadAsync(leader, ImportWorld.Summary(
            "Ada|Lindqvist|#2|#0|#0|#0|#0|#2|#1|#0|#0|#1|#0|#2|#500.5|#0", "Bo|Castell|#2|#0|#0|#0|#0|#1|#0|#1|#1|#0|#0|#1|#1250|#0", "Nils|Bergdorf|#1|#0|#0|#0|#0|#0|#0|#0|#0|#0|#0|#0|#0|#0", "Total||#765|#1"), "summary.xlsx");
        Assert.Equal("Nils Bergdorf", Assert.Single((await ImportWorld.DetailsAsync(leader, batch)).Names).Name);
        await leader.Get<ChapterImportService>().AnswerAllAsync(batch, AnswerKind.NewMember, new(2025, 3, 1), _ct);
        var shown = await ImportWorld.DetailsAsync(leader, batch);
        Assert.Equal(3, shown.Preview!.Of(PreviewChange.New));
        Assert.Equal(["Nils Bergdorf"], shown.Preview.NewMembers);
        await ImportWorld.ApplyAsync(leader, batch);
        Assert.Equal(3L, await database.ScalarAsync<long>("select count(*) from chapter_reported_lines where batch_id = $1", batch));

        var view = (await leader.Get<ReconciliationQueries>().MonthAsync(world.Chapter, new(2025, 3, 20), _ct))!;
        Assert.Equal((batch, 3, 2, "summary.xlsx"), (view.BatchId!.Value, view.Lines, view.Meetings, view.File));
        // Of Bo the summary says present twice and never absent; he was once each. Of Nils it says present once, and nothing is here. Whom it does not name comes last.
        Assert.Equal(
            ["Bo Castell Present 2 1", "Bo Castell Absent 0 1", "Nils Bergdorf Present 1 0"],
            view.Cells.Where(c => c.Row is not null).Select(c => FormattableString.Invariant($"{c.Name} {c.Column} {c.Reported:0.##} {c.Reckoned ?? 0:0.##}")));
        Assert.Equal((3 * 14) - 3, view.Agreeing);
        Assert.Equal((5m, 3m), view.Columns[SummaryColumn.Present]);
        Assert.All(view.Cells.Where(c => c.Row is null), c => Assert.Contains(c.Name, new[] { "Cleo Weyn", "Petra Almq" }));
        Assert.Equal("765", Assert.Single(view.Skipped).Values["P"]);
        Assert.Null((await leader.Get<ReconciliationQueries>().MonthAsync(world.Chapter, new(2025, 4, 1), _ct))!.BatchId);

        // A newer summary of the month takes the first one's place; taken back, the first is held against again.
        var newer = await world.UploadAsync(leader, ImportWorld.Summary("Ada|Lindqvist|#3|#0|#0|#0|#0|#2|#1|#0|#0|#1|#0|#2|#500.5|#0"), "summary-2.xlsx");
        await ImportWorld.ApplyAsync(leader, newer);
        Assert.Equal(newer, (await leader.Get<ReconciliationQueries>().MonthAsync(world.Chapter, ImportWorld.March, _ct))!.BatchId);
        await leader.Get<ChapterImportService>().UndoAsync(newer, _ct);
        Assert.Equal(batch, (await leader.Get<ReconciliationQueries>().MonthAsync(world.Chapter, ImportWorld.March, _ct))!.BatchId);
        await using var member = database.As(world.World.Member);
        Assert.Null(await member.Get<ReconciliationQueries>().MonthAsync(world.Chapter, ImportWorld.March, _ct));
    }

    [Fact]
    public async Task Sponsors_are_set_and_set_back_and_a_regions_names_become_members()
    {
        var world = await ImportWorld.MakeAsync(database);
        await using var leader = database.As(world.World.Leader);
        var name = await database.ScalarAsync<string>("select name from chapters where id = $1", world.Chapter);
        const string Heads = "Sponsor First Name|Sponsor Last Name|Sponsored First Name|Sponsored Last Name|Sponsored Region|Sponsored Chapter|Application Date";
        var sponsors = await world.UploadAsync(leader, MadeReport.Xlsx(Heads, $"Petra|Almq|Bo|Castell|North|{name}|2024-11-30", $"Ada|Lindqvist|Cleo|Weyn|North|{name}|2025-02-20", "Ada|Lindqvist|Kim|Lund|North|Lakeside|2025-02-20"), "sponsors.xlsx");
        var shown = await ImportWorld.DetailsAsync(leader, sponsors);
        // Cleo is Ada's already; Kim is of another chapter.
        Assert.Equal((1, 1, true), (shown.Preview!.Of(PreviewChange.New), shown.Preview.Of(PreviewChange.There), shown.IsReady));
        await ImportWorld.ApplyAsync(leader, sponsors);
        Assert.Equal(world.World.LeaderMember, await database.ScalarAsync<Guid>("select sponsor_id from members where id = $1", world.World.Bo));
        await leader.Get<ChapterImportService>().UndoAsync(sponsors, _ct);
        Assert.True(await database.ScalarAsync<bool>("select sponsor_id is null from members where id = $1", world.World.Bo));

        var region = await world.UploadAsync(leader, MadeReport.Xml("Chapter|First Name|Last Name", $"{name}|Ada|Lindqvist", $"{name}|Vito|Kraft", "Lakeside|Ike|Jones"), "region.xls");
        shown = await ImportWorld.DetailsAsync(leader, region);
        Assert.Equal((1, 1), (shown.Preview!.Of(PreviewChange.New), shown.Preview.Of(PreviewChange.There)));
        await ImportWorld.ApplyAsync(leader, region);
        Assert.Equal(ImportWorld.March, await database.ScalarAsync<DateOnly>("select t.joined_on from membership_terms t join members m on m.id = t.member_id and m.last_name = 'Kraft' where m.chapter_id = $1", world.Chapter));
        // Who has slips by now stays when the import is taken back.
        await leader.Get<SlipService>().EnterAsync(new() { ChapterId = world.Chapter, Kind = SlipKind.Referral, FromId = world.World.Bo, ToId = await database.ScalarAsync<Guid>("select id from members where chapter_id = $1 and last_name = 'Kraft'", world.Chapter), MeetingId = world.World.Meeting }, _ct);
        Assert.Equal(1, await leader.Get<ChapterImportService>().UndoAsync(region, _ct));
        var lakeside = await world.UploadAsync(leader, MadeReport.Xml("Chapter|First Name|Last Name", "Lakeside|Ike|Jones"), "lakeside.xls");
        Assert.Equal(IssueCode.ChapterMismatch, Assert.Single((await ImportWorld.DetailsAsync(leader, lakeside)).Issues).Code);
    }

    private async Task<string> CodeAsync(ImportWorld world, Guid member, int day) =>
        await database.ScalarAsync<string>("select a.code from attendances a join meetings m on m.id = a.meeting_id and m.held_on = $2 where a.member_id = $1 and a.chapter_id = $3", member, new DateOnly(2025, 3, day), world.Chapter);

    private Task<string> StatusAsync(ImportWorld world, int day) => database.ScalarAsync<string>("select status from meetings where chapter_id = $1 and held_on = $2", world.Chapter, new DateOnly(2025, 3, day));

    private Task<Guid> MeetingAsync(ImportWorld world, int day) => database.ScalarAsync<Guid>("select id from meetings where chapter_id = $1 and held_on = $2", world.Chapter, new DateOnly(2025, 3, day));
}
