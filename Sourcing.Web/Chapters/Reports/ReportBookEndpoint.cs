using Sourcing.Data.Chapters.Reports;
using Sourcing.Data.Common;
using Sourcing.Data.Common.Files;

namespace Sourcing.Web.Chapters.Reports;

/// <summary>The monthly report as a spreadsheet of several sheets, for whoever may read the report.</summary>
internal static class ReportBookEndpoint
{
    public static void MapChapterReports(this IEndpointRouteBuilder app)
    {
        app.MapGet("/chapters/{id:guid}/report/{month}.xlsx", MonthAsync).RequireAuthorization(nameof(Permission.ChaptersRead));
        app.MapGet("/chapters/{id:guid}/report/{from}/{to}.xlsx", PeriodAsync).RequireAuthorization(nameof(Permission.ChaptersRead));
    }

    private static Task<IResult> MonthAsync(Guid id, string month, int? revision, ChapterReportQueries queries, CancellationToken ct) =>
        AnswerAsync(month, async () => (await queries.ReportAsync(id, ReportWords.DemandMonth(month), revision, ct))?.Content);

    private static Task<IResult> PeriodAsync(Guid id, string from, string to, ChapterPeriodQueries queries, CancellationToken ct) =>
        AnswerAsync($"{from} to {to}", () => queries.ReportAsync(id, ReportWords.DemandMonth(from), ReportWords.DemandMonth(to), ct));

    private static async Task<IResult> AnswerAsync(string title, Func<Task<ReportContent?>> read)
    {
        try
        {
            if (await read() is not { } report)
            {
                return Results.NotFound();
            }

            // Bounded by the chapter's roster, so memory is enough.
            var file = new MemoryStream();
            SheetBook.Write(file, ChapterReportBook.Sheets(report), report.Rights.Currency);
            return Results.File(file.ToArray(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", $"{report.Rights.Name} {title}.xlsx");
        }
        catch (RefusedException refusal)
        {
            return Results.Text(refusal.Message, statusCode: refusal is DeniedException ? StatusCodes.Status403Forbidden : StatusCodes.Status400BadRequest);
        }
    }
}
