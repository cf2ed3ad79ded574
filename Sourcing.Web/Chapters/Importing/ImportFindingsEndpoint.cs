using Sourcing.Data.Chapters.Files;
using Sourcing.Data.Chapters.Importing;
using Sourcing.Data.Common;
using Sourcing.Data.Common.Files;

namespace Sourcing.Web.Chapters.Importing;

/// <summary>Everything that was found in an upload, as a file to work through: file, row, column, value and how to mend it.</summary>
internal static class ImportFindingsEndpoint
{
    public static void MapChapterImports(this IEndpointRouteBuilder app) =>
        app.MapGet("/chapters/{id:guid}/imports/{batch:guid}/findings.{format}", FindingsAsync).RequireAuthorization(nameof(Permission.ChaptersRead));

    private static async Task<IResult> FindingsAsync(Guid id, Guid batch, string format, ChapterImportQueries queries, CurrentUser user, CancellationToken ct)
    {
        if (format is not ("csv" or "xlsx"))
        {
            return Results.NotFound();
        }

        try
        {
            var (name, issues) = await queries.IssuesAsync(batch, ct);
            // A report has at most 10,000 rows, so memory is enough.
            var file = new MemoryStream();
            using (var sheet = format == "csv" ? SheetWriter.Csv(file, user.Identity.TimeZone) : SheetWriter.Xlsx(file, "Findings", user.Identity.TimeZone))
            {
                sheet.Head(["File", "Row", "Column", "Value", "Code", "Finding", "How to mend it", "State", "Answer"]);
                foreach (var issue in issues)
                {
                    sheet.Row([name, issue.Row, issue.Column, issue.Value, IssueEffects.Text(issue.Code), issue.Message, issue.Fix, issue.Status, issue.Answer]);
                }
            }

            var title = $"Findings in {Path.GetFileNameWithoutExtension(name)}.{format}";
            return Results.File(file.ToArray(), format == "csv" ? "text/csv" : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", title);
        }
        catch (MissingException)
        {
            return Results.NotFound();
        }
        catch (RefusedException refusal)
        {
            return Results.Text(refusal.Message, statusCode: refusal is DeniedException ? StatusCodes.Status403Forbidden : StatusCodes.Status400BadRequest);
        }
    }
}
