using Sourcing.Data.Common;
using Sourcing.Data.Common.Files;
using Sourcing.Data.Rfqs;

namespace Sourcing.Web.Rfqs;

/// <summary>The comparison as a spreadsheet.</summary>
internal static class ComparisonEndpoint
{
    public static void MapComparison(this WebApplication app) =>
        app.MapGet("/rfqs/{id:guid}/comparison.xlsx", async (Guid id, ComparisonQueries queries, CurrentUser user, CancellationToken ct) =>
        {
            ComparisonView view;
            try
            {
                view = await queries.ForAsync(id, ct);
            }
            catch (MissingException)
            {
                return Results.NotFound();
            }

            if (view.IsSealed)
            {
                return Results.Problem($"The bids of {view.Number} are sealed. Two people open them first, on the page of the RFQ.", statusCode: StatusCodes.Status409Conflict);
            }

            // Bounded by the RFQ's lines and suppliers, so memory is enough.
            var file = new MemoryStream();
            using (var sheet = SheetWriter.Xlsx(file, $"Comparison {view.Number}", user.Identity.TimeZone))
            {
                sheet.Head(ComparisonSheet.Heads(view));
                foreach (var row in ComparisonSheet.Rows(view))
                {
                    sheet.Row(row);
                }
            }

            return Results.File(file.ToArray(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", $"{view.Number}-comparison.xlsx");
        }).RequireAuthorization(nameof(Permission.RfqsRead));
}
