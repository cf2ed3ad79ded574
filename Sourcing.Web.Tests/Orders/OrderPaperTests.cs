using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Sourcing.Data.Common;
using Sourcing.Data.Orders;
using Sourcing.Web.Orders;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Orders;

public sealed partial class OrderPaperTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_amounts_on_the_document_add_up_to_its_total()
    {
        var html = await HtmlAsync(Paper(40, freight: 125.5m, taxRate: 19));
        var lines = AmountCells().Matches(html).Select(m => Read(m.Groups[1].Value)).ToList();
        var sums = SumCells().Matches(html).Select(m => Read(m.Groups[1].Value)).ToList();
        Assert.Equal(40, lines.Count);
        Assert.Equal(4, sums.Count);
        Assert.Equal(lines.Sum(), sums[0]);
        Assert.Equal(sums[0] + sums[1] + sums[2], sums[3]);
        Assert.Equal(Order.Cents((sums[0] + sums[1]) * 0.19m), sums[2]);
    }

    [Fact]
    public async Task Text_from_data_is_encoded_in_the_page_and_in_its_style()
    {
        const string Evil = "</style><script>alert(1)</script>\"; } body { display: none } <b>";
        var paper = Paper(1);
        var html = await HtmlAsync(paper with { Company = paper.Company with { Name = Evil }, Note = Evil, Lines = [paper.Lines[0] with { Description = Evil, Unit = Evil }] });
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<b>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("display: none", html[..html.IndexOf("<article", StringComparison.Ordinal)], StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_draft_says_that_it_is_no_order()
    {
        Assert.Contains("Not an order", await HtmlAsync(Paper(1) with { IsDraft = true }), StringComparison.Ordinal);
        Assert.DoesNotContain("Not an order", await HtmlAsync(Paper(1)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_order_is_issued_with_its_pdf()
    {
        var world = await Make.OrderWorldAsync(database);
        var order = await Make.PlacedOrderAsync(database, world, OrderStatus.Approved);
        await using var scope = database.As(world.Buyer);
        using var printer = Printer(null);
        await Printing(scope, printer).IssueAsync(new() { Id = order.Id, Version = order.Version, Email = "sales@example.test" }, _ct);
        var pdf = await database.ScalarAsync<byte[]>("select content from attachments where owner_id = $1 and media_type = 'application/pdf'", order.Id);
        Assert.Equal("%PDF-", System.Text.Encoding.ASCII.GetString(pdf, 0, 5));
        Assert.True(pdf.Length > 10_000);
        await Assert.ThrowsAsync<ConflictException>(() => Printing(scope, printer).IssueAsync(new() { Id = order.Id, Version = order.Version }, _ct));
    }

    [Fact]
    public async Task Without_chromium_the_pdf_is_refused_in_words_and_the_order_can_be_issued_without()
    {
        var world = await Make.OrderWorldAsync(database);
        var order = await Make.PlacedOrderAsync(database, world, OrderStatus.Approved);
        await using var scope = database.As(world.Buyer);
        using var printer = Printer("/nowhere/chromium");
        var form = new IssueForm { Id = order.Id, Version = order.Version };
        Assert.Contains("Print the order from your browser", (await Assert.ThrowsAsync<RefusedException>(() => Printing(scope, printer).IssueAsync(form, _ct))).Message, StringComparison.Ordinal);
        form.WithPdf = false;
        await Printing(scope, printer).IssueAsync(form, _ct);
        Assert.Equal(OrderStatus.Issued, (await scope.Get<OrderQueries>().DetailsAsync(order.Id, _ct)).Status);
    }

    internal static OrderDocument Paper(int lines, decimal freight = 0, decimal taxRate = 0)
    {
        var views = Enumerable.Range(1, lines).Select(n => new OrderLineView(
            Guid.CreateVersion7(), n * 10, null, $"MAT-{20400 + n}", $"CY-{n}", n % 3 == 0 ? "Elastane covered yarn 20/40, white, on cones of 1 kg, tested for needle breaks" : $"Combed cotton yarn Ne {20 + n}/1, raw white",
            1250.5m * n, "kg", 3.1415m + (n * 0.335m), Order.Cents(1250.5m * n * (3.1415m + (n * 0.335m))), new(2027, 1, 15), n % 2 == 0 ? new(2027, 1, 12) : null, 0, 0)).ToList();
        var subtotal = views.Sum(l => l.Amount);
        var tax = Order.Cents((subtotal + freight) * taxRate / 100);
        return new(
            new("Weber & Holsten Knitting GmbH", "Am Mühlenfleet 12\n20457 Hamburg\nGermany", "purchasing@example.test", "+49 40 5550 120", "DE 811 234 567"), "Weber & Holsten",
            "Our general terms of purchase of January 2026 apply. Deliveries Monday to Thursday, 7:00 to 15:00, gate 3.",
            new("Orvane Textiles, Lda.", "Rua do Linho 4\n4800-019 Guimarães\nPortugal", "sales@example.test", "", "PT 501 222 333"), "SUP-0318", "PO-2026-00042", new(2026, 11, 20), false,
            "Mira Holsten", "mira.holsten@example.test", "RFQ-2026-00412", "EUR", "45 days net", "DAP Hamburg", "Works 2\nHalskestraße 41\n22113 Hamburg\nGermany",
            "Two dye lots at most. Please send the lab dips before loading.", views, subtotal, freight, taxRate, tax, subtotal + freight + tax, 1);
    }

    internal static PdfPrinter Printer(string? path) => new(
        new ConfigurationBuilder().AddInMemoryCollection(path is null ? [] : new Dictionary<string, string?> { ["Pdf:Chromium"] = path }).Build(), NullLogger<PdfPrinter>.Instance);

    internal static async Task<string> HtmlAsync(OrderDocument document)
    {
        await using var services = new ServiceCollection().BuildServiceProvider();
        return await new OrderPrinting(services, NullLoggerFactory.Instance, null!, null!, null!).HtmlAsync(document);
    }

    private static OrderPrinting Printing(TestScope scope, IPdfPrinter printer) =>
        new(scope.Services, NullLoggerFactory.Instance, scope.Get<OrderQueries>(), scope.Get<OrderFlowService>(), printer);

    private static decimal Read(string text) => decimal.Parse(WebUtility.HtmlDecode(text), NumberStyles.Number, CultureInfo.InvariantCulture);

    [GeneratedRegex("""<td class="n">([\d,.]+)</td>\s*</tr>""")]
    private static partial Regex AmountCells();

    [GeneratedRegex("""</th><td>([\d,.]+)</td></tr>""")]
    private static partial Regex SumCells();
}
