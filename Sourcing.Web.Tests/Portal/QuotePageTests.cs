using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Sourcing.Data.Common;
using Sourcing.Data.Rfqs;
using Sourcing.Web.Portal;
using Sourcing.Web.Rfqs;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Portal;

public sealed class QuotePageTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_refusal_keeps_all_that_was_typed_and_stands_beside_the_fields()
    {
        var rfq = await Make.OpenRfqAsync(database, suppliers: 1, lines: 3);
        await using var page = await OpenAsync(rfq);
        var cut = page.Cut;
        await TypeAsync(cut, "Unit price of line 10", "3,50");
        await TypeAsync(cut, "Unit price of line 20", "1,234.25");
        await TypeAsync(cut, "Minimum order of line 20", "many");
        await cut.PressAsync("Submit quote");
        Assert.Contains("The quote was not submitted.", cut.Markup, StringComparison.Ordinal);
        Assert.Contains("Line 30: the price is missing. Type it, or choose no quote.", cut.Markup, StringComparison.Ordinal);
        Assert.Contains("is not a number.", cut.Markup, StringComparison.Ordinal);
        Assert.Equal("3.50", Value(cut, "Unit price of line 10"));
        Assert.Equal("1,234.25", Value(cut, "Unit price of line 20").Replace("1234.25", "1,234.25", StringComparison.Ordinal));
        Assert.Equal("many", Value(cut, "Minimum order of line 20"));
        Assert.Equal("true", Input(cut, "Unit price of line 30").GetAttribute("aria-invalid"));
        Assert.Equal(0, await database.ScalarAsync<long>("select count(*) from quotes where rfq_id = $1", rfq.Id));
    }

    [Fact]
    public async Task The_total_follows_what_is_typed_and_the_submitted_quote_leads_to_its_receipt()
    {
        var rfq = await Make.OpenRfqAsync(database, suppliers: 1, lines: 2);
        await using var page = await OpenAsync(rfq);
        var cut = page.Cut;
        await TypeAsync(cut, "Unit price of line 10", "2");
        Assert.Contains("EUR\u00a0200.00", cut.Find(".q-sum").TextContent, StringComparison.Ordinal);
        Assert.Contains("1 of 2 lines priced, 1 open", cut.Find(".q-total").TextContent, StringComparison.Ordinal);
        await TypeAsync(cut, "Unit price of line 20", "1");
        await TypeAsync(cut, "Freight for the whole", "50");
        await TypeAsync(cut, "Lead time in days", "20");
        await cut.TypeAsync("input[type=date]", DateOnly.FromDateTime(DateTimeOffset.UnixEpoch.Date).AddYears(100).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        Assert.Contains("EUR\u00a0450.00", cut.Find(".q-sum").TextContent, StringComparison.Ordinal);
        await cut.PressAsync("Submit quote");
        Assert.Equal("", string.Join(" ", cut.FindAll(".notice").Select(n => n.TextContent)));
        Assert.EndsWith(Links.PortalReceipt(rfq.Id), page.Context.Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
        Assert.Equal(450m, await database.ScalarAsync<decimal>("select total from quotes where rfq_id = $1", rfq.Id));

        var receipt = page.Context.Render<PortalReceiptPage>(p => p.Add(r => r.Id, rfq.Id));
        receipt.WaitForAssertion(() => Assert.Contains("has arrived", receipt.Find("h1").TextContent, StringComparison.Ordinal));
        Assert.Contains("EUR\u00a0450.00", receipt.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deadline_that_passes_while_typing_refuses_and_keeps_the_prices()
    {
        var rfq = await Make.OpenRfqAsync(database, suppliers: 1, lines: 1);
        await using var page = await OpenAsync(rfq);
        var cut = page.Cut;
        await TypeAsync(cut, "Unit price of line 10", "2");
        await Make.PassDeadlineAsync(database, rfq.Id);
        await cut.PressAsync("Save draft");
        Assert.Contains($"The deadline of {rfq.Number} has passed.", cut.Markup, StringComparison.Ordinal);
        Assert.StartsWith("2", Value(cut, "Unit price of line 10"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_colleagues_draft_is_compared_field_by_field()
    {
        var rfq = await Make.OpenRfqAsync(database, suppliers: 1, lines: 1);
        await using var page = await OpenAsync(rfq);
        var cut = page.Cut;
        await TypeAsync(cut, "Unit price of line 10", "2");
        await Make.DraftQuoteAsync(database, rfq, price: 7);
        await cut.PressAsync("Save draft");
        Assert.Contains("Somebody else changed this quote", cut.Markup, StringComparison.Ordinal);
        var row = cut.FindAll(".conflict tbody tr").Single(r => r.TextContent.Contains("Line 10: Unit price", StringComparison.Ordinal));
        await cut.InvokeAsync(() => row.QuerySelectorAll("input")[1].ChangeAsync(new() { Value = true }));
        await cut.PressAsync("Go on with these choices");
        Assert.StartsWith("7", Value(cut, "Unit price of line 10"), StringComparison.Ordinal);
        await cut.PressAsync("Save draft");
        Assert.DoesNotContain("Somebody else", cut.Markup, StringComparison.Ordinal);
        Assert.Equal(7m, await database.ScalarAsync<decimal>("select (content -> 'lines' -> 0 ->> 'unit_price')::numeric from quote_drafts d join quotes q on q.id = d.quote_id where q.rfq_id = $1", rfq.Id));
    }

    [Fact]
    public async Task An_RFQ_of_others_is_not_there()
    {
        var rfq = await Make.OpenRfqAsync(database, suppliers: 1);
        await using var scope = await database.AsAsync(Guid.CreateVersion7(), Role.Supplier);
        await using var context = new PageContext(scope);
        var cut = context.Render<PortalRfqPage>(p => p.Add(r => r.Id, rfq.Id));
        cut.WaitForAssertion(() => Assert.Contains("There is no such RFQ, or it is not yours to see", cut.Markup, StringComparison.Ordinal));
        Assert.DoesNotContain(rfq.Number, cut.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_request_says_what_is_asked_and_that_it_was_opened_is_known()
    {
        var rfq = await Make.OpenRfqAsync(database, suppliers: 2, lines: 3);
        await using var scope = await database.AsAsync(rfq.Suppliers[0], Role.Supplier);
        await using var context = new PageContext(scope);
        var cut = context.Render<PortalRfqPage>(p => p.Add(r => r.Id, rfq.Id));
        cut.WaitForAssertion(() => Assert.Contains("Yarn 3", cut.Markup, StringComparison.Ordinal));
        Assert.Contains("closes in", cut.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("3.5", cut.Find(".a-lines").TextContent, StringComparison.Ordinal);
        Assert.Equal("viewed", await database.ScalarAsync<string>("select status from rfq_invitations where rfq_id = $1 and supplier_id = $2", rfq.Id, rfq.Suppliers[0]));
    }

    [Fact]
    public async Task A_buyer_reads_every_revision_and_what_changed()
    {
        var rfq = await Make.OpenRfqAsync(database, suppliers: 1, lines: 2);
        var made = await Make.SubmittedQuoteAsync(database, rfq, price: 3);
        await Make.SubmittedQuoteAsync(database, rfq, price: 2.5m, as_: made.Supplier);
        await using var scope = database.As(rfq.Buyer);
        await using var context = new PageContext(scope);
        var cut = context.Render<SupplierQuotePage>(p => p.Add(r => r.RfqId, rfq.Id).Add(r => r.SupplierId, made.SupplierId));
        cut.WaitForAssertion(() => Assert.Contains("What changed since revision 1", cut.Markup, StringComparison.Ordinal));
        Assert.Equal(2, cut.FindAll(".q-revisions li").Count);
        Assert.Contains("Enter revision", cut.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_buyer_brings_a_suppliers_filled_in_form_back_and_one_of_another_RFQ_is_refused_by_its_cell()
    {
        var (rfq, other) = (await Make.OpenRfqAsync(database, suppliers: 1, lines: 1), await Make.OpenRfqAsync(database, suppliers: 1, lines: 1));
        await using var scope = database.As(rfq.Buyer);
        await using var context = new PageContext(scope);
        var cut = context.Render<EnterQuotePage>(p => p.Add(r => r.RfqId, rfq.Id).Add(r => r.SupplierId, rfq.Suppliers[0]));
        cut.WaitForElement(".q-sum");
        await cut.PressAsync("Spreadsheet");
        cut.FindComponent<Microsoft.AspNetCore.Components.Forms.InputFile>().UploadFiles(InputFileContent.CreateFromBinary(await FormAsync(other), "quote.xlsx"));
        cut.WaitForAssertion(() => Assert.Contains($"Cell B4: This file is for {other.Number}, and this is {rfq.Number}.", cut.Markup, StringComparison.Ordinal));
        cut.FindComponent<Microsoft.AspNetCore.Components.Forms.InputFile>().UploadFiles(InputFileContent.CreateFromBinary(await FormAsync(rfq), "quote.xlsx"));
        cut.WaitForAssertion(() => Assert.Contains("1 line read.", cut.Markup, StringComparison.Ordinal));
        await cut.PressAsync("Enter quote");
        Assert.Equal("email", await database.ScalarAsync<string>("select channel::text from quotes where rfq_id = $1 and revision = 1", rfq.Id));

        async Task<byte[]> FormAsync(MadeRfq of)
        {
            await using var buyer = database.As(of.Buyer);
            var sheet = await buyer.Get<QuoteQueries>().OfSupplierAsync(of.Id, of.Suppliers[0], _ct);
            using var file = new MemoryStream();
            QuoteSheetFile.Write(file, sheet.Rfq, Make.Fill(sheet), TimeZoneInfo.Utc);
            return file.ToArray();
        }
    }

    private static AngleSharp.Dom.IElement Input(IRenderedComponent<PortalQuotePage> cut, string label) => cut.Find($"input[aria-label=\"{label}\"]");

    private static Task TypeAsync(IRenderedComponent<PortalQuotePage> cut, string label, string text) => cut.TypeAsync($"input[aria-label=\"{label}\"]", text);

    private static string Value(IRenderedComponent<PortalQuotePage> cut, string label) => Input(cut, label).GetAttribute("value") ?? "";

    private async Task<OpenPage> OpenAsync(MadeRfq rfq)
    {
        var scope = await database.AsAsync(rfq.Suppliers[0], Role.Supplier);
        var context = new PageContext(scope);
        var cut = context.Render<PortalQuotePage>(p => p.Add(r => r.Id, rfq.Id));
        cut.WaitForElement(".q-sum");
        _ct.ThrowIfCancellationRequested();
        return new(scope, context, cut);
    }

    private sealed record OpenPage(TestScope Scope, PageContext Context, IRenderedComponent<PortalQuotePage> Cut) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Context.DisposeAsync();
            await Scope.DisposeAsync();
        }
    }
}
