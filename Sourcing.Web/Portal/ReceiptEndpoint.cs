using Sourcing.Data.Common;
using Sourcing.Data.Rfqs.Sealing;

namespace Sourcing.Web.Portal;

/// <summary>A supplier's whole receipt of a sealed bid, as a file.</summary>
internal static class ReceiptEndpoint
{
    public static void MapReceipts(this WebApplication app) =>
        app.MapGet("/portal/rfqs/{id:guid}/receipt.json", async (Guid id, int? round, int? revision, ReceiptQueries queries, CancellationToken ct) =>
        {
            try
            {
                var receipt = await queries.OwnAsync(id, revision, round, ct);
                return Results.File(receipt.Write(), "application/json", $"{receipt.Rfq}-{receipt.Number}.json");
            }
            catch (MissingException)
            {
                return Results.NotFound();
            }
            catch (RefusedException refusal)
            {
                return Results.Problem(refusal.Message, statusCode: StatusCodes.Status409Conflict);
            }
        }).RequireAuthorization(nameof(Permission.PortalUse));
}
