using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Components.Web.HtmlRendering;
using Sourcing.Data.Common;
using Sourcing.Data.Orders;

namespace Sourcing.Web.Orders;

/// <summary>Makes the purchase order as HTML and PDF, and issues orders with it.</summary>
public sealed class OrderPrinting(IServiceProvider services, ILoggerFactory logs, OrderQueries orders, OrderFlowService flow, IPdfPrinter printer)
{
    private const string Reset = "body { margin: 0; }";

    /// <summary>The document as a page that stands alone: no script, nothing to fetch.</summary>
    public async Task<string> HtmlAsync(OrderDocument document)
    {
        await using var renderer = new HtmlRenderer(services, logs);
        var body = await renderer.Dispatcher.InvokeAsync(async () =>
        {
            HtmlRootComponent paper = await renderer.RenderComponentAsync<OrderPaper>(ParameterView.FromDictionary(new Dictionary<string, object?> { [nameof(OrderPaper.Document)] = document }));
            return paper.ToHtmlString();
        });
        var title = System.Net.WebUtility.HtmlEncode($"Purchase order {document.Number}");
        return $"""
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><title>{title}</title><style>{Reset}</style></head>
            <body>{body}</body></html>
            """;
    }

    /// <summary>The order as it stands now, as PDF.</summary>
    public async Task<(string Number, byte[] Pdf)> PdfAsync(Guid id, CancellationToken ct)
    {
        var document = await orders.DocumentAsync(id, ct);
        return (document.Number, await printer.PrintAsync(await HtmlAsync(document), ct));
    }

    /// <summary>Prints first, outside any transaction, then issues exactly the version that was printed.</summary>
    public async Task IssueAsync(IssueForm form, CancellationToken ct)
    {
        byte[]? pdf = null;
        if (form.WithPdf)
        {
            var document = await orders.DocumentAsync(form.Id, ct);
            if (document.Version != form.Version)
            {
                throw new ConflictException();
            }

            pdf = await printer.PrintAsync(await HtmlAsync(document), ct);
        }

        await flow.IssueAsync(form, pdf, ct);
    }
}
