using Sourcing.Data.Common;

namespace Sourcing.Web.Orders;

/// <summary>Puts printing of orders into the app.</summary>
internal static class OrdersRegistration
{
    public static void AddOrders(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IPdfPrinter, PdfPrinter>();
        builder.Services.AddScoped<OrderPrinting>();
    }

    /// <summary>Maps the purchase order as PDF, made anew from the order as it stands.</summary>
    public static void MapOrders(this WebApplication app) =>
        app.MapGet("/orders/{id:guid}/purchase-order.pdf", async (Guid id, OrderPrinting printing, CancellationToken ct) =>
        {
            try
            {
                var (number, pdf) = await printing.PdfAsync(id, ct);
                return Results.File(pdf, "application/pdf", $"{number}.pdf");
            }
            catch (MissingException refusal)
            {
                return Results.Text(refusal.Message, statusCode: StatusCodes.Status404NotFound);
            }
            catch (DeniedException refusal)
            {
                return Results.Text(refusal.Message, statusCode: StatusCodes.Status403Forbidden);
            }
            catch (RefusedException refusal)
            {
                return Results.Text(refusal.Message, statusCode: StatusCodes.Status503ServiceUnavailable);
            }
        }).RequireAuthorization(nameof(Permission.OrdersRead));
}
