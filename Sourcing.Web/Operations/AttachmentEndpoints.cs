using Sourcing.Data.Common;
using Sourcing.Data.Operations;

namespace Sourcing.Web.Operations;

/// <summary>Downloads of attached files.</summary>
public static class AttachmentEndpoints
{
    /// <summary>Maps the download. What comes back is never shown by the browser itself, only saved.</summary>
    public static void MapAttachments(this IEndpointRouteBuilder app) =>
        app.MapGet("/files/{id:guid}", async (Guid id, AttachmentService service, HttpContext http) =>
        {
            try
            {
                var file = await service.OpenAsync(id, http.RequestAborted);
                http.Response.RegisterForDisposeAsync(file);
                http.Response.Headers.XContentTypeOptions = "nosniff";
                http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
                http.Response.Headers.CacheControl = "private, no-store";
                return Results.Stream(file.File.Content, file.MediaType, file.FileName, enableRangeProcessing: false);
            }
            catch (MissingException)
            {
                return Results.NotFound();
            }
            catch (DeniedException)
            {
                return Results.StatusCode(StatusCodes.Status403Forbidden);
            }
        }).RequireAuthorization();
}
