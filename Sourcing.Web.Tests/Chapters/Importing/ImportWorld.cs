using System.Text;
using Sourcing.Data.Chapters.Importing;
using Sourcing.Web.Tests.Chapters.Files;
using Sourcing.Web.Tests.Chapters.Reports;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Chapters.Importing;

/// <summary>The chapter of <see cref="ReportWorld"/> with its completed meetings of March 2025, and reports of that month.</summary>
internal sealed record ImportWorld(TestDatabase Database, ReportWorld Report)
{
    public const string Referral = "Ada Lindqvist|Bo Castell|Referral|Inside";

    public static readonly DateOnly March = ReportWorld.March;

    public static readonly DateOnly LastCompleted = new(2025, 3, 13);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ChapterWorld World => Report.World;

    public Guid Chapter => Report.Chapter;

    public static async Task<ImportWorld> MakeAsync(TestDatabase database) => new(database, await ReportWorld.MakeAsync(database));

    /// <summary>A slips audit of March with its period as parameters.</summary>
    public static byte[] Slips(params string[] rows) => MadeReport.Xml(["Slips Audit Report", "From:|01/03/2025|To:|31/03/2025", MadeReport.Slips, .. rows]);

    /// <summary>An attendance summary of March.</summary>
    public static byte[] Summary(params string[] rows) => MadeReport.Xlsx(["PALMS Summary", "From:|01/03/2025|To:|31/03/2025", MadeReport.Summary, .. rows]);

    /// <summary>An attendance sheet of March.</summary>
    public static byte[] Sheet(params string[] rows) => MadeReport.Xml(["PALMS Report", "From:|01/03/2025|To:|31/03/2025", .. rows]);

    public static Task<Guid> UploadAsync(TestScope scope, Guid chapter, byte[] content, string name = "slips.xls") =>
        scope.Get<ChapterImportService>().UploadAsync(Guid.CreateVersion7(), chapter, null, name, new MemoryStream(content), Ct);

    public Task<Guid> UploadAsync(TestScope scope, byte[] content, string name = "slips.xls") => UploadAsync(scope, Chapter, content, name);

    public static async Task<BatchDetails> DetailsAsync(TestScope scope, Guid batch) => (await scope.Get<ChapterImportQueries>().DetailsAsync(batch, Ct))!;

    /// <summary>Applies what is shown.</summary>
    public static async Task ApplyAsync(TestScope scope, Guid batch, bool leaveOut = false)
    {
        var shown = await DetailsAsync(scope, batch);
        await scope.Get<ChapterImportService>().ApplyAsync(new() { BatchId = batch, Version = shown.Version, Replaces = shown.Replaces?.Id, LeaveErrorsOut = leaveOut, JoinedOn = March }, Ct);
    }

    /// <summary>Uploads and applies.</summary>
    public async Task<Guid> ImportAsync(TestScope scope, byte[] content, string name = "slips.xls")
    {
        var batch = await UploadAsync(scope, content, name);
        await ApplyAsync(scope, batch);
        return batch;
    }

    public Task<long> CountAsync(string table, Guid batch) => Database.ScalarAsync<long>($"select count(*) from {table} where import_batch_id = $1" + (table == "attendances" ? "" : " and deleted_at is null"), batch);

    public Task<long> CountAsync(string table) => Database.ScalarAsync<long>($"select count(*) from {table} where chapter_id = $1" + (table == "attendances" ? "" : " and deleted_at is null"), Chapter);

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
