using Sourcing.Data.Common;
using Sourcing.Data.Common.Files;
using Sourcing.Data.Common.Lists;

namespace Sourcing.Web.Layout;

/// <summary>
/// Hands out the rows of a list as a file. They are written to a temporary file first: a file that ends too early would look
/// whole, and so a refusal or a fault in the middle still becomes an answer.
/// </summary>
internal static class ExportEndpoint
{
    public static void MapExport(this IEndpointRouteBuilder app) =>
        app.MapGet("/export/{list}.{type:regex(^(csv|xlsx)$)}", ExportAsync).RequireAuthorization();

    private static async Task<IResult> ExportAsync(
        string list, string type, HttpContext context, IEnumerable<IListSource> lists, CurrentUser user, TimeProvider time, CancellationToken ct)
    {
        if (lists.FirstOrDefault(l => l.Name == list) is not { } source)
        {
            return Results.NotFound();
        }

        if (context.Request.Query["within"].ToString() is { Length: > 0 } within)
        {
            if (!Guid.TryParse(within, out var record))
            {
                return Results.Text("The address names no record that the list belongs to. Export it from its page again.", statusCode: StatusCodes.Status400BadRequest);
            }

            source.Within = record;
        }

        // The same question as on the page, from its first row.
        var request = ListRequest.FromQuery(context.Request.Query.Select(q => KeyValuePair.Create(q.Key, q.Value.FirstOrDefault()))).FirstPage();
        var keys = context.Request.Query["columns"].ToString().Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var zone = user.Identity.TimeZone;
        var file = new FileStream(
            Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 64 * 1024,
            FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        try
        {
            using (var sheet = type == "csv" ? SheetWriter.Csv(file, zone) : SheetWriter.Xlsx(file, source.Title, zone))
            {
                sheet.Head(source.Heads(keys));
                await source.ExportAsync(request, keys, row => { sheet.Row(row); return ValueTask.CompletedTask; }, ct);
            }

            file.Position = 0;
            var day = TimeZoneInfo.ConvertTime(time.GetUtcNow(), zone).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
            return Results.File(file, type == "csv" ? "text/csv; charset=utf-8" : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", $"{list}-{day}.{type}");
        }
        catch (DeniedException refusal)
        {
            await file.DisposeAsync();
            return Results.Text(refusal.Message, statusCode: StatusCodes.Status403Forbidden);
        }
        catch (RefusedException refusal)
        {
            await file.DisposeAsync();
            return Results.Text(refusal.Message, statusCode: StatusCodes.Status400BadRequest);
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }
}
