using Sourcing.Data.Common;
using Sourcing.Data.Rfqs;

namespace Sourcing.Web.Portal;

/// <summary>Quotes as spreadsheets: for suppliers their own, for buyers one supplier's, or the bare request to send along.</summary>
internal static class QuoteSheetEndpoints
{
    public static void MapQuoteSheets(this WebApplication app)
    {
        app.MapGet("/portal/rfqs/{id:guid}/quote.xlsx", (Guid id, QuoteQueries queries, CurrentUser user, CancellationToken ct) =>
            FileAsync(async () => await queries.OwnAsync(id, ct) is var sheet ? (sheet.Rfq, (QuoteContent)sheet.ToForm(), "quote") : default, user))
            .RequireAuthorization(nameof(Permission.PortalUse));
        app.MapGet("/rfqs/{id:guid}/quotes/{supplierId:guid}/quote.xlsx", (Guid id, Guid supplierId, QuoteQueries queries, CurrentUser user, CancellationToken ct) =>
            FileAsync(async () => await queries.OfSupplierAsync(id, supplierId, ct) is var sheet ? (sheet.Rfq, (QuoteContent)sheet.ToForm(), sheet.SupplierName) : default, user))
            .RequireAuthorization(nameof(Permission.RfqsRead));
        app.MapGet("/rfqs/{id:guid}/request.xlsx", (Guid id, QuoteQueries queries, CurrentUser user, CancellationToken ct) =>
            FileAsync(async () => await queries.RequestAsync(id, ct) is var rfq ? (rfq, new QuoteContent { Currency = rfq.Currency, Incoterm = rfq.Incoterm ?? "", PaymentTerms = rfq.PaymentTerms }, "request") : default, user))
            .RequireAuthorization(nameof(Permission.RfqsRead));
    }

    private static async Task<IResult> FileAsync(Func<Task<(AskedRfq Rfq, QuoteContent Content, string Name)>> load, CurrentUser user)
    {
        (AskedRfq Rfq, QuoteContent Content, string Name) loaded;
        try
        {
            loaded = await load();
        }
        catch (MissingException)
        {
            return Results.NotFound();
        }

        // Bounded by the RFQ's lines, so memory is enough.
        var file = new MemoryStream();
        QuoteSheetFile.Write(file, loaded.Rfq, loaded.Content, user.Identity.TimeZone);
        var name = new string([.. loaded.Name.Select(c => char.IsLetterOrDigit(c) ? char.ToLowerInvariant(c) : '-')]);
        return Results.File(file.ToArray(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", $"{loaded.Rfq.Number}-{name}.xlsx");
    }
}
