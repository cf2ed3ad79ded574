using System.Globalization;
using Sourcing.Data.Chapters.Reports;
using Sourcing.Data.Common;
using Sourcing.Data.Common.Files;

namespace Sourcing.Web.Chapters.Reports;

/// <summary>The monthly report as a spreadsheet of several sheets, for whoever may read the report.</summary>
internal static class ReportBookEndpoint
{
    public static void MapChapterReports(this IEndpointRouteBuilder app) =>
        app.MapGet("/chapters/{id:guid}/report/{month}.xlsx", BookAsync).RequireAuthorization(nameof(Permission.ChaptersRead));

    private static async Task<IResult> BookAsync(Guid id, string month, int? revision, ChapterReportQueries queries, CancellationToken ct)
    {
        if (!DateOnly.TryParseExact(month + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return Results.Text($"\"{month}\" is not a month. Write it like 2026-10.", statusCode: StatusCodes.Status400BadRequest);
        }

        try
        {
            if (await queries.ReportAsync(id, day, revision, ct) is not { } report)
            {
                return Results.NotFound();
            }

            // Bounded by the chapter's roster, so memory is enough.
            var file = new MemoryStream();
            SheetBook.Write(file, ChapterReportBook.Sheets(report), report.Rights.Currency);
            return Results.File(file.ToArray(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", $"{report.Rights.Name} {month}.xlsx");
        }
        catch (RefusedException refusal)
        {
            return Results.Text(refusal.Message, statusCode: refusal is DeniedException ? StatusCodes.Status403Forbidden : StatusCodes.Status400BadRequest);
        }
    }
}
