using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Chapters;
using Sourcing.Data.Chapters.Files;
using Sourcing.Data.Chapters.Closing;
using Sourcing.Data.Chapters.Importing;
using Sourcing.Data.Chapters.Reports;
using Sourcing.Data.Common;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Chapters.Importing;

/// <summary>A slips audit from the upload to the report and back.</summary>
public sealed class SlipImportTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Equal_rows_are_all_kept_an_unknown_name_is_asked_once_and_the_report_counts_them()
    {
        var world = await ImportWorld.MakeAsync(database);
        await using var leader = database.As(world.World.Leader);
        var before = (await leader.Get<ChapterReportQueries>().ReportAsync(world.Chapter, ImportWorld.March, _ct))!.Now.Referrals;
        var batch = await world.UploadAsync(leader, ImportWorld.Slips([.. Enumerable.Repeat(ImportWorld.Referral, 144), "Ana Lindkvist|Bo Castell|Referral|Outside", "Ana Lindkvist|Petra Almq|One-to-One"]));
        var shown = await ImportWorld.DetailsAsync(leader, batch);
        var asked = Assert.Single(shown.Names);
        Assert.Equal(("Ana Lindkvist", 2, IssueCode.NameUnknown, false), (asked.Name, asked.Rows.Count, asked.Code, shown.IsReady));
        Assert.Equal((144, ImportWorld.LastCompleted), (shown.Preview!.Of(PreviewChange.New), shown.Preview.Meeting!.HeldOn));
        var open = await Assert.ThrowsAsync<RefusedException>(() => ImportWorld.ApplyAsync(leader, batch));
        Assert.Contains("No member is called “Ana Lindkvist”", open.Message, StringComparison.Ordinal);
        Assert.Equal(0L, await world.CountAsync("referrals", batch));

        await leader.Get<ChapterImportService>().AnswerAsync(new() { BatchId = batch, Name = "ANA  Lindkvist", Kind = AnswerKind.Member, MemberId = world.World.Ada, Remember = true }, _ct);
        // What was answered is there again for whoever comes back.
        shown = await ImportWorld.DetailsAsync(leader, batch);
        Assert.Equal((true, "Ada Lindqvist", 146), (shown.IsReady, shown.Names[0].Answer, shown.Preview!.Of(PreviewChange.New)));
        await ImportWorld.ApplyAsync(leader, batch);
        Assert.Equal((145L, 1L), (await world.CountAsync("referrals", batch), await world.CountAsync("one_to_ones", batch)));
        Assert.Equal(before + 145, (await leader.Get<ChapterReportQueries>().ReportAsync(world.Chapter, ImportWorld.March, _ct))!.Now.Referrals);
        Assert.Equal("Ana Lindkvist", await database.ScalarAsync<string>("select alias from member_aliases where member_id = $1", world.World.Ada));
        Assert.Equal(4, await database.ScalarAsync<int>("select min(import_row) from referrals where import_batch_id = $1", batch));
        // The next report knows the spelling.
        var next = await world.UploadAsync(leader, ImportWorld.Slips("Ana Lindkvist|Bo Castell|Referral|Outside"));
        Assert.Empty((await ImportWorld.DetailsAsync(leader, next)).Names);
    }

    [Fact]
    public async Task A_newer_upload_replaces_its_own_batch_alone_and_keeps_what_is_the_same_as_it_is()
    {
        var world = await ImportWorld.MakeAsync(database);
        await using var leader = database.As(world.World.Leader);
        var byHand = await world.CountAsync("referrals");
        var other = await world.ImportAsync(leader, MadeSlips("From:|01/02/2025|To:|28/02/2025", ImportWorld.Referral), "february.xls");
        var first = await world.ImportAsync(leader, ImportWorld.Slips(ImportWorld.Referral, ImportWorld.Referral, "Bo Castell|Petra Almq|Referral|Outside", "|Ada Lindqvist|TYFCB|Inside|#250"));
        var kept = await database.ScalarAsync<Guid>("select id from referrals where import_batch_id = $1 and giver_id = $2 order by import_row limit 1", first, world.World.Ada);
        await leader.Get<SlipService>().MoveAsync(kept, ReferralStatus.Closed, _ct);

        // The very same file is refused; a newer one shows what it changes.
        var refused = await Assert.ThrowsAsync<ReportRefusedException>(() => world.UploadAsync(leader, ImportWorld.Slips(ImportWorld.Referral, ImportWorld.Referral, "Bo Castell|Petra Almq|Referral|Outside", "|Ada Lindqvist|TYFCB|Inside|#250")));
        Assert.Equal(IssueCode.DuplicateFile, Assert.Single(refused.Issues).Code);
        var second = await world.UploadAsync(leader, ImportWorld.Slips(ImportWorld.Referral, ImportWorld.Referral, ImportWorld.Referral, "|Ada Lindqvist|TYFCB|Inside|#300"), "slips-2.xls");
        var shown = await ImportWorld.DetailsAsync(leader, second);
        Assert.Equal((first, 2, 2, 2), (shown.Replaces!.Id, shown.Preview!.Of(PreviewChange.New), shown.Preview.Of(PreviewChange.Same), shown.Preview.Of(PreviewChange.Gone)));
        await ImportWorld.ApplyAsync(leader, second);
        Assert.Equal((0L, 3L, 1L), (await world.CountAsync("referrals", first), await world.CountAsync("referrals", second), await world.CountAsync("closed_business", second)));
        Assert.Equal("closed", await database.ScalarAsync<string>("select status from referrals where id = $1 and import_batch_id = $2", kept, second));
        Assert.Equal((1L, byHand + 1 + 3), (await world.CountAsync("referrals", other), await world.CountAsync("referrals")));
        Assert.Equal("replaced", await database.ScalarAsync<string>("select status from chapter_import_batches where id = $1", first));

        // Taken back, the one before counts again with what it had; taken back as well, nothing of March is left.
        var service = leader.Get<ChapterImportService>();
        await Assert.ThrowsAsync<RefusedException>(() => service.UndoAsync(first, _ct));
        await service.UndoAsync(second, _ct);
        Assert.Equal((3L, 0L, 250m), (await world.CountAsync("referrals", first), await world.CountAsync("referrals", second), await database.ScalarAsync<decimal>("select sum(amount) from closed_business where import_batch_id = $1 and deleted_at is null", first)));
        await service.UndoAsync(first, _ct);
        Assert.Equal((0L, 0L, 1L, byHand + 1), (await world.CountAsync("referrals", first), await world.CountAsync("closed_business", first), await world.CountAsync("referrals", other), await world.CountAsync("referrals")));
        // What was taken back may come again.
        await world.ImportAsync(leader, ImportWorld.Slips(ImportWorld.Referral));
    }

    [Fact]
    public async Task A_row_that_the_database_refuses_leaves_nothing_behind()
    {
        var world = await ImportWorld.MakeAsync(database);
        await using var leader = database.As(world.World.Leader);
        var batch = await world.UploadAsync(leader, ImportWorld.Slips(ImportWorld.Referral, "Ines Faro|Bo Castell|Referral|Inside|||Hillside", "Ada Lindqvist|Bo Castell|One-to-One|||", "Ada Lindqvist||CEU|||#2|boom"));
        await database.SqlAsync("create or replace function app.boom() returns trigger language plpgsql as $$ begin if new.note = 'boom' then raise exception 'This cannot be kept.' using errcode = 'P0001'; end if; return new; end $$");
        await database.SqlAsync("create trigger boom before insert on education_units for each row execute function app.boom()");
        var outside = await database.ScalarAsync<long>("select count(*) from external_parties where chapter_id = $1", world.Chapter);
        await Assert.ThrowsAsync<RefusedException>(() => ImportWorld.ApplyAsync(leader, batch));
        Assert.Equal((0L, 0L, outside), (await world.CountAsync("referrals", batch), await world.CountAsync("one_to_ones", batch), await database.ScalarAsync<long>("select count(*) from external_parties where chapter_id = $1", world.Chapter)));
        Assert.Equal(BatchStatus.Staged, (await ImportWorld.DetailsAsync(leader, batch)).Batch.Status);
        await database.SqlAsync("drop trigger boom on education_units");
        await ImportWorld.ApplyAsync(leader, batch);
        Assert.Equal((2L, 1L, 1L), (await world.CountAsync("referrals", batch), await world.CountAsync("one_to_ones", batch), await world.CountAsync("education_units", batch)));
    }

    [Fact]
    public async Task Rows_with_errors_stay_out_when_that_is_said_and_stay_open_until_somebody_settles_them()
    {
        var world = await ImportWorld.MakeAsync(database);
        await using var leader = database.As(world.World.Leader);
        var batch = await world.UploadAsync(leader, ImportWorld.Slips(
            ImportWorld.Referral, "Ada Lindqvist|Bo Castell|Gift|Inside", "|Bo Castell|Referral|Inside", "#17|Bo Castell|Referral|Inside", "Ada Lindqvist|Ada Lindqvist|Referral|Inside", "Ada Lindqvist|Bo Castell|Referral|Sideways",
            "|Bo Castell|TYFCB|Inside|#0", "Ada Lindqvist||CEU|||#1.234", "Ada Lindqvist||CEU|||#1000", "*Ines Faro|*Teo Krall|Referral|Inside|||Hillside"));
        var shown = await ImportWorld.DetailsAsync(leader, batch);
        Assert.Equal(["SLIP_TYPE", "NAME_MISSING", "NAME_IS_NUMBER", "SELF_SLIP", "TIER", "AMOUNT", "CREDITS", "CREDITS", "BOTH_EXTERNAL"], shown.Issues.Where(i => i.Effect == IssueEffect.RowError).OrderBy(i => i.Row).Select(i => IssueEffects.Text(i.Code)));
        Assert.All(shown.Issues, i => Assert.True(i.Row > 3 && i.Column.Length > 0 && i.Fix.Length > 0));
        Assert.Equal((9, 1, true), (shown.ErrorRows, shown.Preview!.Of(PreviewChange.New), shown.IsReady));
        Assert.Contains("9 rows have errors", (await Assert.ThrowsAsync<RefusedException>(() => ImportWorld.ApplyAsync(leader, batch))).Message, StringComparison.Ordinal);
        await ImportWorld.ApplyAsync(leader, batch, leaveOut: true);
        Assert.Equal((1L, 1, 9), (await world.CountAsync("referrals", batch), (await ImportWorld.DetailsAsync(leader, batch)).Batch.Taken, (await ImportWorld.DetailsAsync(leader, batch)).Batch.LeftOut));
        Assert.Equal(9, await OpenAsync(leader, world.Chapter, ImportWorld.March));
        Assert.Equal(0, await OpenAsync(leader, world.Chapter, ImportWorld.March.AddMonths(1)));
        Assert.Equal(9, (await leader.Get<ChapterImportQueries>().IssuesAsync(batch, _ct)).Issues.Count(i => i.Status == IssueStatus.Open));
        var service = leader.Get<ChapterImportService>();
        await service.SettleAsync(batch, [shown.Issues[0].Id], _ct);
        foreach (var code in shown.Issues.Select(i => i.Code).Distinct())
        {
            await service.SettleAllAsync(batch, code, _ct);
        }

        Assert.Equal(0, await OpenAsync(leader, world.Chapter, ImportWorld.March));
    }

    [Fact]
    public async Task New_people_and_people_outside_come_in_with_the_import_and_go_with_it()
    {
        var world = await ImportWorld.MakeAsync(database);
        await using var leader = database.As(world.World.Leader);
        var service = leader.Get<ChapterImportService>();
        var batch = await world.UploadAsync(leader, ImportWorld.Slips("Nils Bergdorf|Bo Castell|Referral|Inside", "Bo Castell|Oskar Brask|Referral|Outside", "Bo Castell|Una Krall|One-to-One", "Bo Castell|Vera Holt|Visitor"));
        Assert.Equal(["Nils Bergdorf", "Oskar Brask", "Una Krall"], (await ImportWorld.DetailsAsync(leader, batch)).Names.Select(n => n.Name));
        await Assert.ThrowsAsync<RefusedException>(() => service.AnswerAsync(new() { BatchId = batch, Name = "Nils Bergdorf", Kind = AnswerKind.NewMember, First = "Nils", Last = "Bergdorf" }, _ct));
        await service.AnswerAsync(new() { BatchId = batch, Name = "Nils Bergdorf", Kind = AnswerKind.NewMember, First = "Nils", Last = "Bergdorf", JoinedOn = ImportWorld.March }, _ct);
        await service.AnswerAsync(new() { BatchId = batch, Name = "Oskar Brask", Kind = AnswerKind.External, Chapter = "Hillside" }, _ct);
        await service.AnswerAsync(new() { BatchId = batch, Name = "Una Krall", Kind = AnswerKind.LeaveOut }, _ct);
        var shown = await ImportWorld.DetailsAsync(leader, batch);
        // Vera stands there already under the same meeting: she is not written twice.
        Assert.Equal((2, 1), (shown.Preview!.Of(PreviewChange.New), shown.Preview.Of(PreviewChange.There)));
        Assert.Equal(["Nils Bergdorf"], shown.Preview.NewMembers);
        Assert.Equal(0L, await database.ScalarAsync<long>("select count(*) from members where chapter_id = $1 and first_name = 'Nils'", world.Chapter));
        await ImportWorld.ApplyAsync(leader, batch);
        Assert.Equal(1L, await database.ScalarAsync<long>("select count(*) from referrals r join members m on m.id = r.giver_id and m.first_name = 'Nils' where r.import_batch_id = $1", batch));
        Assert.Equal("Hillside", await database.ScalarAsync<string>("select x.chapter_name from referrals r join external_parties x on x.id = r.receiver_external_id where r.import_batch_id = $1", batch));
        Assert.Equal(new DateOnly(2025, 3, 1), await database.ScalarAsync<DateOnly>("select t.joined_on from membership_terms t join members m on m.id = t.member_id where m.first_name = 'Nils' and m.chapter_id = $1", world.Chapter));
        Assert.Equal(0, await service.UndoAsync(batch, _ct));
        Assert.Equal(0L, await database.ScalarAsync<long>("select count(*) from members where chapter_id = $1 and first_name = 'Nils' and deleted_at is null", world.Chapter));
    }

    [Fact]
    public async Task The_period_the_chapter_and_the_day_are_asked_and_overlapping_or_closed_days_are_refused()
    {
        var world = await ImportWorld.MakeAsync(database);
        await using var leader = database.As(world.World.Leader);
        var service = leader.Get<ChapterImportService>();
        var silent = await world.UploadAsync(leader, Files.MadeReport.Xml(Files.MadeReport.Slips, ImportWorld.Referral), "audit_2025-03-28.xls");
        var shown = await ImportWorld.DetailsAsync(leader, silent);
        Assert.True(shown is { AsksPeriod: true, Preview: null, IsReady: false });
        Assert.Equal([ImportWorld.March], shown.Suggestions.Select(s => s.First));
        await service.ChoosePeriodAsync(silent, ImportWorld.March, new(2025, 3, 31), _ct);
        shown = await ImportWorld.DetailsAsync(leader, silent);
        Assert.Equal((false, 1, 3), (shown.AsksPeriod, shown.Preview!.Of(PreviewChange.New), shown.Preview.Meetings.Count));
        await service.ChooseMeetingAsync(silent, world.Report.Meetings[new(2025, 3, 6)], _ct);
        await Assert.ThrowsAsync<RefusedException>(() => service.ChooseMeetingAsync(silent, world.Report.Meetings[new(2025, 2, 27)], _ct));
        await ImportWorld.ApplyAsync(leader, silent);
        Assert.Equal(world.Report.Meetings[new(2025, 3, 6)], await database.ScalarAsync<Guid>("select meeting_id from referrals where import_batch_id = $1", silent));

        // Another chapter and another weekday want a yes; days that another import covers would count twice.
        var doubtful = await world.UploadAsync(leader, Files.MadeReport.Xml("Slips Audit Report for 28/03/2025", "Chapter:|Lakeside", Files.MadeReport.Slips, ImportWorld.Referral, ImportWorld.Referral), "lakeside.xls");
        shown = await ImportWorld.DetailsAsync(leader, doubtful);
        Assert.Equal(["CHAPTER_MISMATCH", "DATE_WEEKDAY"], shown.Issues.Select(i => IssueEffects.Text(i.Code)).Order());
        Assert.Contains("count twice", Assert.Single(shown.Blocks), StringComparison.Ordinal);
        await service.UndoAsync(silent, _ct);
        Assert.Contains("same chapter", (await Assert.ThrowsAsync<RefusedException>(() => ImportWorld.ApplyAsync(leader, doubtful))).Message, StringComparison.Ordinal);
        await service.SettleAsync(doubtful, [.. shown.Issues.Select(i => i.Id)], _ct);
        shown = await ImportWorld.DetailsAsync(leader, doubtful);
        Assert.True(shown.IsReady);
        // No meeting on that day: it is put on the calendar, and goes again with the import.
        Assert.Equal([new DateOnly(2025, 3, 28)], shown.Preview!.NewMeetings);
        await ImportWorld.ApplyAsync(leader, doubtful);
        await service.UndoAsync(doubtful, _ct);
        Assert.Equal("discarded", await database.ScalarAsync<string>("select status from meetings where chapter_id = $1 and held_on = '2025-03-28'", world.Chapter));

        var open = await world.UploadAsync(leader, ImportWorld.Slips(ImportWorld.Referral));
        await world.Report.FinishAsync(leader);
        await leader.Get<MonthClosingService>().CloseAsync(world.Chapter, ImportWorld.March, _ct);
        var closed = await Assert.ThrowsAsync<ReportRefusedException>(() => world.UploadAsync(leader, ImportWorld.Slips(ImportWorld.Referral, ImportWorld.Referral)));
        Assert.Equal(IssueCode.PeriodClosed, Assert.Single(closed.Issues).Code);
        Assert.Contains("closed", (await Assert.ThrowsAsync<RefusedException>(() => ImportWorld.ApplyAsync(leader, open))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doubtful_rows_are_told_and_can_stay_out_and_text_without_bold_warns()
    {
        var world = await ImportWorld.MakeAsync(database);
        await using var leader = database.As(world.World.Leader);
        var csv = Files.MadeReport.Csv("Slips Audit Report for 13/03/2025", Files.MadeReport.Slips, "Ada Lindqvist|Bo Castell|One-to-One", "Bo Castell|Ada Lindqvist|One-to-One", "Ines Faro|Bo Castell|Referral|Inside|||Hillside");
        var batch = await world.UploadAsync(leader, csv, "slips.csv");
        var shown = await ImportWorld.DetailsAsync(leader, batch);
        Assert.Equal(["BOLD_LOST", "POSSIBLE_DOUBLE"], shown.Issues.Select(i => IssueEffects.Text(i.Code)).Order());
        Assert.Equal((true, 3, IssueStatus.Ignored), (shown.IsReady, shown.Preview!.Of(PreviewChange.New), shown.Issues[0].Status));
        await leader.Get<ChapterImportService>().SettleAsync(batch, [shown.Issues.Single(i => i.Code == IssueCode.PossibleDouble).Id], _ct);
        await ImportWorld.ApplyAsync(leader, batch);
        Assert.Equal((1L, 1L), (await world.CountAsync("one_to_ones", batch), await world.CountAsync("referrals", batch)));
        await using var factory = leader.Get<Microsoft.EntityFrameworkCore.IDbContextFactory<Data.SourcingDb>>().CreateDbContext();
        await using var transaction = await factory.Database.BeginTransactionAsync(_ct);
        Assert.Equal([Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(csv))], await ChapterImportFacts.HashesAsync(factory, world.Chapter, ImportWorld.March, _ct));
    }

    [Fact]
    public async Task Two_clicks_apply_once_and_what_was_not_shown_is_not_applied()
    {
        var world = await ImportWorld.MakeAsync(database);
        await using var leader = database.As(world.World.Leader);
        var service = leader.Get<ChapterImportService>();
        var batch = await world.UploadAsync(leader, ImportWorld.Slips(ImportWorld.Referral, "Ines Faro|Bo Castell|Referral|Inside"));
        var stale = (await ImportWorld.DetailsAsync(leader, batch)).Version;
        await service.AnswerAllAsync(batch, AnswerKind.External, null, _ct);
        await Assert.ThrowsAsync<ConflictException>(() => service.ApplyAsync(new() { BatchId = batch, Version = stale }, _ct));
        var form = new ApplyForm { BatchId = batch, Version = (await ImportWorld.DetailsAsync(leader, batch)).Version };
        Assert.Equal(batch, await service.ApplyAsync(form, _ct));
        Assert.Equal(batch, await service.ApplyAsync(form, _ct));
        Assert.Equal(2L, await world.CountAsync("referrals", batch));
        await Assert.ThrowsAsync<RefusedException>(() => service.DiscardAsync(batch, _ct));
        var thrown = await world.UploadAsync(leader, ImportWorld.Slips(ImportWorld.Referral));
        await service.DiscardAsync(thrown, _ct);
        Assert.Equal(0L, await database.ScalarAsync<long>("select count(*) from chapter_import_files where id = $1", thrown));
        Assert.DoesNotContain(thrown, (await leader.Get<ChapterImportQueries>().ListAsync(world.Chapter, _ct))!.Select(b => b.Id));
    }

    private static byte[] MadeSlips(string period, params string[] rows) => Files.MadeReport.Xml(["Slips Audit Report", period, Files.MadeReport.Slips, .. rows]);

    private Task<int> OpenAsync(TestScope scope, Guid chapter, DateOnly month) => scope.Get<Database>().ReadAsync(async (db, token) => (await ChapterImportFacts.OpenIssuesAsync(db, chapter, token))(month), _ct);
}
