using System.Globalization;
using Sourcing.Data.Common;
using Sourcing.Data.Common.Files;
using Sourcing.Data.Sales.Commissions;

namespace Sourcing.Web.Sales.Commissions;

/// <summary>Commissions of a period as a file, with a total per person and currency: for payroll.</summary>
internal static class CommissionsEndpoint
{
    public static void MapCommissions(this IEndpointRouteBuilder app) =>
        app.MapGet("/commissions/payout.{type:regex(^(csv|xlsx)$)}", ExportAsync).RequireAuthorization(nameof(Permission.CommissionsRead));

    private static async Task<IResult> ExportAsync(string type, string? from, string? until, CommissionQueries queries, CurrentUser user, CancellationToken ct)
    {
        if (Day(from) is not { } first || Day(until) is not { } end || end <= first)
        {
            return Results.Text("Say from which day until before which day lines were earned.", statusCode: StatusCodes.Status400BadRequest);
        }

        var file = new FileStream(
            Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 64 * 1024, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        try
        {
            var zone = user.Identity.TimeZone;
            using (var sheet = type == "csv" ? SheetWriter.Csv(file, zone) : SheetWriter.Xlsx(file, "Commissions", zone))
            {
                sheet.Head(CommissionQueries.ExportHeads);
                await queries.ExportAsync(first, end, sheet.Row, ct);
            }

            file.Position = 0;
            return Results.File(file, type == "csv" ? "text/csv; charset=utf-8" : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", $"commissions-{from}-{until}.{type}");
        }
        catch (RefusedException refusal)
        {
            await file.DisposeAsync();
            return Results.Text(refusal.Message, statusCode: refusal is DeniedException ? StatusCodes.Status403Forbidden : StatusCodes.Status400BadRequest);
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    private static DateOnly? Day(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
