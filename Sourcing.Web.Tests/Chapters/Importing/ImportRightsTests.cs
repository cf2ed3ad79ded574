using System.Text;
using Npgsql;
using Sourcing.Data.Chapters.Files;
using Sourcing.Data.Chapters.Importing;
using Sourcing.Data.Common;
using Sourcing.Web.Tests.Chapters.Files;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Chapters.Importing;

/// <summary>Who may import, and who may see what was imported, asked of the services and of the database itself.</summary>
public sealed class ImportRightsTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly string[] Tables = ["chapter_import_batches", "chapter_import_files", "chapter_row_issues", "chapter_reported_lines"];

    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nobody_but_leaders_imports_and_the_committee_reads()
    {
        var (world, other) = (await ImportWorld.MakeAsync(database), await Make.ChapterWorldAsync(database));
        Guid batch;
        await using (var leader = database.As(world.World.Leader))
        {
            batch = await world.UploadAsync(leader, ImportWorld.Slips(ImportWorld.Referral, "Ines Faro|Bo Castell|Referral|Inside"));
        }

        foreach (var person in new[] { world.World.Committee, world.World.Host, world.World.Member, world.World.Viewer, other.Leader, await database.UserAsync(null, [Role.Buyer]) })
        {
            await using var scope = database.As(person);
            var (service, queries) = (scope.Get<ChapterImportService>(), scope.Get<ChapterImportQueries>());
            foreach (var act in new Func<Task>[]
            {
                () => world.UploadAsync(scope, ImportWorld.Slips(ImportWorld.Referral)), () => service.ApplyAsync(new() { BatchId = batch }, _ct), () => service.UndoAsync(batch, _ct), () => service.DiscardAsync(batch, _ct),
                () => service.AnswerAsync(new() { BatchId = batch, Name = "Ines Faro", Kind = AnswerKind.External }, _ct), () => service.AnswerAllAsync(batch, AnswerKind.External, null, _ct),
                () => service.ChoosePeriodAsync(batch, new(2025, 3, 1), new(2025, 3, 31), _ct), () => service.SettleAllAsync(batch, IssueCode.Tier, _ct), () => service.ChooseMeetingAsync(batch, world.World.Meeting, _ct),
                () => service.AskAgainAsync(batch, [Guid.CreateVersion7()], _ct), () => service.CheckAgainAsync(batch, _ct), () => service.SettleAsync(batch, [Guid.CreateVersion7()], _ct),
            })
            {
                Assert.True(await Assert.ThrowsAnyAsync<RefusedException>(act) is DeniedException or MissingException);
            }

            if (person == world.World.Committee)
            {
                Assert.Equal(batch, Assert.Single((await queries.ListAsync(world.Chapter, _ct))!).Id);
                Assert.Single((await queries.DetailsAsync(batch, _ct))!.Names);
                continue;
            }

            if (scope.User.May(Permission.ChaptersRead))
            {
                Assert.Null(await queries.ListAsync(world.Chapter, _ct));
                Assert.Null(await queries.DetailsAsync(batch, _ct));
                await Assert.ThrowsAsync<MissingException>(() => queries.IssuesAsync(batch, _ct));
            }
            else
            {
                await Assert.ThrowsAsync<DeniedException>(() => queries.ListAsync(world.Chapter, _ct));
            }
        }

        Assert.Equal("staged", await database.ScalarAsync<string>("select status from chapter_import_batches where id = $1", batch));
    }

    [Fact]
    public async Task The_database_shows_imports_to_leaders_and_committee_alone_and_lets_leaders_alone_write()
    {
        var (world, other) = (await ImportWorld.MakeAsync(database), await ImportWorld.MakeAsync(database));
        Guid batch;
        await using (var leader = database.As(world.World.Leader))
        {
            batch = await world.ImportAsync(leader, ImportWorld.Slips(ImportWorld.Referral));
            await world.UploadAsync(leader, ImportWorld.Slips("Ines Faro|Bo Castell|Referral|Inside"));
            await world.ImportAsync(leader, ImportWorld.Summary("Ada|Lindqvist|#2|#0|#0|#0|#0|#2|#1|#0|#0|#1|#0|#2|#500.5|#0"), "summary.xlsx");
        }

        foreach (var (person, expected) in new[]
        {
            (world.World.Leader, "3 3 1 1"), (world.World.Committee, "3 3 1 1"), (world.World.Host, "0 0 0 0"), (world.World.Member, "0 0 0 0"), (world.World.Viewer, "0 0 0 0"), (other.World.Leader, "0 0 0 0"),
            (await database.UserAsync(null, [Role.Buyer]), "0 0 0 0"),
        })
        {
            var counts = new List<long>();
            foreach (var table in Tables)
            {
                counts.Add(await AsAsync<long>(person, $"select count(*) from {table}"));
            }

            Assert.Equal(expected, string.Join(' ', counts));
        }

        var (chapter, file) = (world.Chapter, $"insert into chapter_import_batches (id, chapter_id, kind, file_name, sha256, status, scope, rows, taken, left_out, uploaded_by, trace) values (gen_random_uuid(), '{world.Chapter}', 'slips_audit', 'x', '{new string('0', 64)}', 'staged', 'x', 0, 0, 0, ");
        var slip = $"insert into referrals (id, chapter_id, meeting_id, giver_id, receiver_id, tier, status, note, removed_because, import_batch_id) values (gen_random_uuid(), '{chapter}', '{world.World.Meeting}', '{world.World.Ada}', '{world.World.Bo}', 1, 'new', '', '', '{batch}')";
        foreach (var person in new[] { world.World.Committee, world.World.Host, world.World.Member, world.World.Viewer, other.World.Leader })
        {
            Assert.Equal(0, await AsAsync<int>(person, "update chapter_import_batches set status = 'discarded' where status = 'staged'"));
            Assert.Equal(0, await AsAsync<int>(person, "update chapter_row_issues set status = 'ignored'"));
            Assert.Equal(0, await AsAsync<int>(person, "delete from chapter_row_issues"));
            Assert.Equal("42501", (await Assert.ThrowsAsync<PostgresException>(() => AsAsync<int>(person, $"{file}'{person.Id}', '{{}}')"))).SqlState);
        }

        // Ada enters slips of her own, and none that an import seems to have brought.
        Assert.Equal("42501", (await Assert.ThrowsAsync<PostgresException>(() => AsAsync<int>(world.World.Member, slip))).SqlState);
        // Not even a leader points to another chapter's import, changes a file or a reported figure, or turns an import round.
        await Assert.ThrowsAsync<PostgresException>(() => AsAsync<int>(other.World.Leader, slip.Replace($"'{chapter}', '{world.World.Meeting}', '{world.World.Ada}', '{world.World.Bo}'", $"'{other.Chapter}', '{other.World.Meeting}', '{other.World.Ada}', '{other.World.Bo}'", StringComparison.Ordinal)));
        foreach (var sql in new[] { "update chapter_import_files set content = ''", "update chapter_reported_lines set figures = '{}'", "delete from chapter_import_batches", "delete from chapter_reported_lines" })
        {
            Assert.Equal("42501", (await Assert.ThrowsAsync<PostgresException>(() => AsAsync<int>(world.World.Leader, sql))).SqlState);
        }

        Assert.Equal("P0001", (await Assert.ThrowsAsync<PostgresException>(() => AsAsync<int>(world.World.Leader, $"update chapter_import_batches set status = 'staged' where id = '{batch}'"))).SqlState);
        Assert.Equal(0, await AsAsync<int>(world.World.Leader, "delete from chapter_import_files"));
        foreach (var outsider in new[] { await database.UserAsync(null, [Role.SalesManager]), await database.UserAsync(Guid.CreateVersion7(), [Role.Supplier]) })
        {
            Assert.Equal("42501", (await Assert.ThrowsAsync<PostgresException>(() => AsAsync<long>(outsider, "select count(*) from chapter_import_batches"))).SqlState);
        }
    }

    [Fact]
    public async Task What_is_no_report_is_refused_before_anything_is_kept()
    {
        var world = await ImportWorld.MakeAsync(database);
        await using var leader = database.As(world.World.Leader);
        foreach (var (content, code) in new (byte[], IssueCode)[]
        {
            ([0xD0, 0xCF, 0x11, 0xE0, 1, 2, 3], IssueCode.FileType), ([], IssueCode.FileEmpty), (Encoding.UTF8.GetBytes("<?xml version=\"1.0\"?><Workbook><Broken"), IssueCode.XmlBad),
            (MadeReport.Xml("Colour|Size", "red|5"), IssueCode.WrongReport), (MadeReport.Xml("From|To|Slip Type|Inside/Outside|Detail", ImportWorld.Referral), IssueCode.HeaderMissing),
            (MadeReport.Xml([MadeReport.Slips, .. Enumerable.Repeat(ImportWorld.Referral, 10_001)]), IssueCode.FileSize),
        })
        {
            var refused = await Assert.ThrowsAsync<ReportRefusedException>(() => world.UploadAsync(leader, content));
            Assert.Equal(code, refused.Issues[0].Code);
            Assert.Contains(refused.Issues[0].Fix, refused.Message, StringComparison.Ordinal);
        }

        Assert.Equal(0L, await database.ScalarAsync<long>("select count(*) from chapter_import_batches where chapter_id = $1", world.Chapter));
        // The same click twice gives the same upload.
        var key = Guid.CreateVersion7();
        var service = leader.Get<ChapterImportService>();
        var first = await service.UploadAsync(key, world.Chapter, null, "..\\..\\slips.xls", new MemoryStream(ImportWorld.Slips(ImportWorld.Referral)), _ct);
        Assert.Equal(first, await service.UploadAsync(key, world.Chapter, null, "slips.xls", new MemoryStream(ImportWorld.Slips(ImportWorld.Referral)), _ct));
        Assert.Equal("slips.xls", (await ImportWorld.DetailsAsync(leader, first)).Batch.FileName);
        var wrong = await Assert.ThrowsAsync<ReportRefusedException>(() => service.UploadAsync(Guid.CreateVersion7(), world.Chapter, ReportKind.PalmsSummary, "slips.xls", new MemoryStream(ImportWorld.Slips(ImportWorld.Referral)), _ct));
        Assert.Equal(IssueCode.WrongReport, wrong.Issues[0].Code);
    }

    [Fact]
    public async Task A_list_of_imports_asks_as_much_of_the_database_for_many_as_for_one()
    {
        var world = await ImportWorld.MakeAsync(database);
        await using var leader = database.As(world.World.Leader);
        await world.UploadAsync(leader, ImportWorld.Slips(ImportWorld.Referral));
        var one = await CountedAsync(() => leader.Get<ChapterImportQueries>().ListAsync(world.Chapter, _ct));
        for (var i = 2; i < 8; i++)
        {
            await world.UploadAsync(leader, ImportWorld.Slips([.. Enumerable.Repeat(ImportWorld.Referral, i)]));
        }

        Assert.Equal(one, await CountedAsync(() => leader.Get<ChapterImportQueries>().ListAsync(world.Chapter, _ct)));
    }

    private async Task<int> CountedAsync(Func<Task> act)
    {
        var before = database.Queries.Count;
        await act();
        return database.Queries.Count - before;
    }

    private async Task<T> AsAsync<T>(UserIdentity person, string sql)
    {
        await using var connection = await database.Sources.For(person.Access).OpenConnectionAsync(_ct);
        await using var transaction = await connection.BeginTransactionAsync(_ct);
        await using (var begin = new NpgsqlCommand("select app.begin($1)", connection) { Parameters = { new() { Value = person.SessionToken } } })
        {
            await begin.ExecuteNonQueryAsync(_ct);
        }

        await using var command = new NpgsqlCommand(sql, connection);
        return typeof(T) == typeof(int) ? (T)(object)await command.ExecuteNonQueryAsync(_ct) : (T)(await command.ExecuteScalarAsync(_ct))!;
    }
}
