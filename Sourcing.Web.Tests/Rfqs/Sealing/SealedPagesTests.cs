using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Sourcing.Data.Common;
using Sourcing.Data.Rfqs;
using Sourcing.Web.Portal;
using Sourcing.Web.Rfqs;
using Sourcing.Web.Shared;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Rfqs.Sealing;

/// <summary>What the pages say of a sealed RFQ, and who finds what to press.</summary>
public sealed class SealedPagesTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_seal_leads_the_first_person_to_agree_the_second_to_open_and_shows_readers_only_how_it_stands()
    {
        var rfq = await Make.SealedRfqAsync(database);
        await Make.SubmittedQuoteAsync(database, rfq, 0);
        await using (var early = database.As(rfq.Buyer))
        {
            await using var page = new PageContext(early);
            var cut = page.Render<RfqPage>(p => p.Add(c => c.Id, rfq.Id).Add(c => c.Tab, "seal"));
            cut.WaitForAssertion(() => Assert.Contains("Suppliers may still bid", cut.Markup, StringComparison.Ordinal));
            Assert.Contains("Sealed until", cut.Markup, StringComparison.Ordinal);
            Assert.Contains("Chain is whole", cut.Markup, StringComparison.Ordinal);
            Assert.DoesNotContain("Agree to open", cut.Markup, StringComparison.Ordinal);
        }

        await Make.CloseAsync(database, rfq);
        await using var reader = await database.AsAsync(Role.ReadOnly);
        await using var readerPage = new PageContext(reader);
        var read = readerPage.Render<RfqPage>(p => p.Add(c => c.Id, rfq.Id).Add(c => c.Tab, "seal"));
        read.WaitForAssertion(() => Assert.Contains("Buyers and admins open bids.", read.Markup, StringComparison.Ordinal));
        Assert.DoesNotContain("Agree to open", read.Markup, StringComparison.Ordinal);

        await Make.ConsentAsync(database, rfq);
        await using var buyer = database.As(rfq.Buyer);
        await using var buyerPage = new PageContext(buyer);
        var agreed = buyerPage.Render<RfqPage>(p => p.Add(c => c.Id, rfq.Id).Add(c => c.Tab, "seal"));
        agreed.WaitForAssertion(() => Assert.Contains("You have agreed. Somebody else opens the bids.", agreed.Markup, StringComparison.Ordinal));
        Assert.Contains("Sealed, 1 of 2 agreed to open", agreed.Markup, StringComparison.Ordinal);
        await using var second = await database.AsAsync(Role.Buyer);
        await using var secondPage = new PageContext(second);
        var open = secondPage.Render<RfqPage>(p => p.Add(c => c.Id, rfq.Id).Add(c => c.Tab, "seal"));
        open.WaitForAssertion(() => Assert.Contains(open.FindAll("button"), b => b.TextContent.Contains("Open the bids", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Comparison_scenarios_suppliers_and_quote_say_that_it_is_sealed()
    {
        var rfq = await Make.SealedRfqAsync(database);
        await Make.SubmittedQuoteAsync(database, rfq, 0, price: 54321.5m);
        await using var buyer = database.As(rfq.Buyer);
        await using var page = new PageContext(buyer);
        var comparison = page.Render<ComparisonPage>(p => p.Add(c => c.Id, rfq.Id));
        comparison.WaitForAssertion(() => Assert.Contains("The bids are sealed", comparison.Markup, StringComparison.Ordinal));
        Assert.DoesNotContain("Export XLSX", comparison.Markup, StringComparison.Ordinal);
        var scenarios = page.Render<ScenariosPage>(p => p.Add(c => c.Id, rfq.Id));
        scenarios.WaitForAssertion(() => Assert.Contains("The bids are sealed", scenarios.Markup, StringComparison.Ordinal));
        var suppliers = page.Render<RfqPage>(p => p.Add(c => c.Id, rfq.Id).Add(c => c.Tab, "suppliers"));
        suppliers.WaitForAssertion(() => Assert.Contains(suppliers.FindAll("td.num a"), a => a.TextContent == "sealed"));
        Assert.DoesNotContain("Enter quote", suppliers.Markup, StringComparison.Ordinal);
        var quote = page.Render<SupplierQuotePage>(p => p.Add(c => c.RfqId, rfq.Id).Add(c => c.SupplierId, rfq.Suppliers[0]));
        quote.WaitForAssertion(() => Assert.Contains("This bid is sealed", quote.Markup, StringComparison.Ordinal));
        var entry = page.Render<EnterQuotePage>(p => p.Add(c => c.RfqId, rfq.Id).Add(c => c.SupplierId, rfq.Suppliers[1]));
        entry.WaitForAssertion(() => Assert.Contains("only the supplier itself can bid", entry.Markup, StringComparison.Ordinal));
        foreach (var markup in new[] { comparison.Markup, scenarios.Markup, suppliers.Markup, quote.Markup })
        {
            Assert.DoesNotContain("54,321", markup, StringComparison.Ordinal);
            Assert.DoesNotContain("54321", markup, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_board_names_the_seal_and_shows_no_total()
    {
        var rfq = await Make.SealedRfqAsync(database);
        await Make.SubmittedQuoteAsync(database, rfq, 0);
        await using var buyer = database.As(rfq.Buyer);
        async Task<RfqCard> CardAsync() => (await buyer.Get<RfqQueries>().BoardAsync(new(rfq.Buyer.Id), _ct)).Lanes.SelectMany(l => l.Cards).Single(c => c.Id == rfq.Id);
        var card = await CardAsync();
        Assert.Equal((true, null, 1), (card.IsSealedNow, card.Amount, card.Quoted));
        await using var page = new PageContext(buyer);
        var cut = page.Render<RfqCardView>(p => p.Add(c => c.Card, card).Add(c => c.Now, TimeProvider.System.GetUtcNow()));
        Assert.Contains("Sealed until", cut.Find(".card-lock").TextContent, StringComparison.Ordinal);
        await Make.CloseAsync(database, rfq);
        await Make.ConsentAsync(database, rfq);
        card = await CardAsync();
        cut = page.Render<RfqCardView>(p => p.Add(c => c.Card, card).Add(c => c.Now, TimeProvider.System.GetUtcNow()));
        Assert.Contains("1 of 2 agreed", cut.Markup, StringComparison.Ordinal);
        var second = await database.UserAsync(null, [Role.Buyer]);
        await using var opener = database.As(second);
        await opener.Get<Sourcing.Data.Rfqs.Sealing.OpeningService>().OpenAsync(new() { Id = rfq.Id, Round = 1 }, _ct);
        card = await CardAsync();
        Assert.Equal((false, CardFigure.Best), (card.IsSealedNow, card.Figure));
        Assert.NotNull(card.Amount);
    }

    [Fact]
    public async Task A_supplier_reads_what_sealed_means_and_finds_its_receipt()
    {
        var rfq = await Make.SealedRfqAsync(database);
        var identity = await database.UserAsync(rfq.Suppliers[0], [Role.Supplier]);
        await using var supplier = database.As(identity);
        await using var page = new PageContext(supplier);
        var before = page.Render<PortalRfqPage>(p => p.Add(c => c.Id, rfq.Id));
        before.WaitForAssertion(() => Assert.Contains("nobody, the buyer neither, can read your prices", before.Markup, StringComparison.Ordinal));
        await Make.SubmittedQuoteAsync(database, rfq, 0, as_: identity);
        var receipt = page.Render<PortalReceiptPage>(p => p.Add(c => c.Id, rfq.Id));
        receipt.WaitForAssertion(() => Assert.Contains("Download the whole receipt", receipt.Markup, StringComparison.Ordinal));
        var number = await database.ScalarAsync<string>("select number::text from sealed_bids where rfq_id = $1", rfq.Id);
        Assert.Contains(number, receipt.Markup, StringComparison.Ordinal);
        var home = await supplier.Get<QuoteQueries>().PortalAsync(_ct);
        var list = page.Render<PortalRfqList>(p => p.Add(c => c.Rows, home.Rfqs).Add(c => c.Now, TimeProvider.System.GetUtcNow()));
        Assert.Contains("Sealed", list.Find(".p-state").TextContent, StringComparison.Ordinal);
        Assert.Equal("", list.Find(".p-money").TextContent);
    }

    [Fact]
    public async Task What_ended_before_its_deadline_or_was_paused_says_so_to_the_supplier()
    {
        var (closed, paused, cancelled) = (await Make.OpenRfqAsync(database), await Make.OpenRfqAsync(database), await Make.OpenRfqAsync(database));
        // The deadline of each is days away.
        await database.SqlAsync("update rfqs set status = 'closed', closed_at = now() - interval '1 day' where id = $1", closed.Id);
        await database.SqlAsync("update rfqs set status = 'paused', paused_at = now(), pause_reason = 'Drawing is wrong.' where id = $1", paused.Id);
        await database.SqlAsync("update rfqs set status = 'cancelled', cancelled_at = now() - interval '2 days', cancel_reason = 'Not needed.' where id = $1", cancelled.Id);
        var now = TimeProvider.System.GetUtcNow();
        foreach (var (rfq, word, day) in new[] { (closed, "closed ", (DateTimeOffset?)now.AddDays(-1)), (paused, "paused, deadline ", null), (cancelled, "cancelled ", now.AddDays(-2)) })
        {
            await using var supplier = database.As(await database.UserAsync(rfq.Suppliers[0], [Role.Supplier]));
            await using var page = new PageContext(supplier);
            var home = await supplier.Get<QuoteQueries>().PortalAsync(_ct);
            var list = page.Render<PortalRfqList>(p => p.Add(c => c.Rows, [home.Rfqs.Single(r => r.Id == rfq.Id)]).Add(c => c.Now, TimeProvider.System.GetUtcNow()));
            var when = list.Find(".p-when").TextContent;
            Assert.StartsWith(word + (day is null ? "" : page.Services.GetRequiredService<Formats>().Day(day)), when, StringComparison.Ordinal);
        }
    }
}
