using Sourcing.Data.Common;
using Sourcing.Data.Common.Files;
using Sourcing.Data.Imports;

namespace Sourcing.Web.Imports;

/// <summary>Where imported files lie, and the download of rows to mend.</summary>
internal static class ImportsRegistration
{
    /// <summary>Imports:Folder says where files lie; servers behind one balancer share it.</summary>
    public static void AddImports(this WebApplicationBuilder builder)
    {
        if (builder.Configuration["Imports:Folder"] is { Length: > 0 } folder)
        {
            builder.Services.AddSingleton(new ImportFolder(folder));
        }
    }

    public static void MapImports(this WebApplication app) =>
        app.MapGet("/imports/{id:guid}/rows-to-mend.csv", async (Guid id, ImportQueries queries, CurrentUser user, CancellationToken ct) =>
        {
            try
            {
                var number = (await queries.DetailsAsync(id, ct)).Number;
                // To a file that goes by itself: a million rows are not held in memory, and a refusal comes before the first byte.
                var file = new FileStream(Path.GetTempFileName(), FileMode.Create, FileAccess.ReadWrite, FileShare.None, 64 * 1024, FileOptions.DeleteOnClose);
                using (var sheet = SheetWriter.Csv(file, user.Identity.TimeZone))
                {
                    var first = true;
                    await queries.RejectedAsync(id, cells =>
                    {
                        (first ? () => sheet.Head(cells) : (Action)(() => sheet.Row([.. cells])))();
                        first = false;
                        return default;
                    }, ct);
                }

                file.Position = 0;
                return Results.Stream(file, "text/csv", $"{number} rows to mend.csv");
            }
            catch (MissingException)
            {
                return Results.NotFound();
            }
            catch (RefusedException refusal)
            {
                return Results.Text(refusal.Message, statusCode: StatusCodes.Status409Conflict);
            }
        }).RequireAuthorization(nameof(Permission.ImportsRun));
}
