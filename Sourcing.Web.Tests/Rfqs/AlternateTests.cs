using Bunit;
using Sourcing.Data.Catalog;
using Sourcing.Data.Common;
using Sourcing.Data.Rfqs;
using Sourcing.Web.Rfqs;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Rfqs;

/// <summary>What suppliers offer instead of what was asked, and what of it is kept.</summary>
public sealed class AlternateTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_alternate_is_kept_once_shown_as_kept_and_found_by_the_next_search()
    {
        var (rfq, made, part) = await OfferedAsync("Kesmira KX-77.4, same bore");
        await using var scope = database.As(rfq.Buyer);
        var target = (await scope.Get<AlternateQueries>().TargetsAsync(rfq.Id, _ct))[rfq.Lines[0]];
        Assert.Equal((part.PartId, null), (target.PartId, target.KeptIn("Kesmira KX-77.4, same bore")));
        var form = new KeepReferenceForm { PartId = part.PartId, Kind = CrossReferenceKind.Supplier, PartyName = "Kesmira", Number = AlternateTarget.NumberIn("Kesmira KX-77.4, same bore") };
        Assert.Equal("KX-77.4", form.Number);
        await scope.Get<CrossReferenceService>().KeepAsync(form, _ct);
        // Again from another page: nothing is added.
        await scope.Get<CrossReferenceService>().KeepAsync(new() { PartId = part.PartId, Kind = form.Kind, PartyName = "KESMIRA", Number = "kx-77.4" }, _ct);
        Assert.Equal(1, await database.ScalarAsync<long>("select count(*) from part_cross_references where part_id = $1 and kind = 'supplier'", part.PartId));
        Assert.Equal(part.PartId, (await scope.Get<PartQueries>().FindAsync("KX774", 5, _ct))[0].Id);

        await using var page = new PageContext(scope);
        var cut = page.Render<SupplierQuotePage>(p => p.Add(r => r.RfqId, rfq.Id).Add(r => r.SupplierId, made.SupplierId));
        cut.WaitForAssertion(() => Assert.Contains("kept as a cross-reference of", cut.Markup, StringComparison.Ordinal));
        Assert.Contains("KX-77.4", cut.Find(".q-view-name ~ small.text-green").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_quote_offers_to_keep_it_to_those_who_write_parts()
    {
        var (rfq, made, _) = await OfferedAsync("Kesmira KX-78");
        await using var buyer = database.As(rfq.Buyer);
        await using (var page = new PageContext(buyer))
        {
            var cut = page.Render<SupplierQuotePage>(p => p.Add(r => r.RfqId, rfq.Id).Add(r => r.SupplierId, made.SupplierId));
            cut.WaitForAssertion(() => Assert.Contains("Keep as a cross-reference", cut.Find(".keep-alternate").TextContent, StringComparison.Ordinal));
        }

        await using var reader = await database.AsAsync(Role.ReadOnly);
        await using var other = new PageContext(reader);
        var seen = other.Render<SupplierQuotePage>(p => p.Add(r => r.RfqId, rfq.Id).Add(r => r.SupplierId, made.SupplierId));
        seen.WaitForAssertion(() => Assert.Contains("Kesmira KX-78", seen.Markup, StringComparison.Ordinal));
        Assert.Empty(seen.FindAll(".keep-alternate"));
    }

    [Fact]
    public async Task A_kind_that_no_offer_has_is_refused()
    {
        await using var scope = await database.AsAsync(Role.Buyer);
        var refused = await Assert.ThrowsAsync<RefusedException>(() => scope.Get<CrossReferenceService>().KeepAsync(new() { PartId = Guid.CreateVersion7(), Number = "1", Kind = CrossReferenceKind.ReplacedBy }, _ct));
        Assert.Equal("Kind", refused.Errors.Single().Field);
    }

    private async Task<(MadeRfq Rfq, MadeQuote Quote, OrderWorld Part)> OfferedAsync(string alternate)
    {
        var part = await Make.OrderWorldAsync(database);
        var rfq = await Make.OpenRfqAsync(database, 1, 1);
        await database.SqlAsync("update rfq_lines set part_id = $1 where rfq_id = $2", part.PartId, rfq.Id);
        var made = await Make.SubmittedQuoteAsync(database, rfq, change: f => (f.Lines[0].Outcome, f.Lines[0].Alternate) = (QuoteLineOutcome.Alternate, alternate));
        return (rfq, made, part);
    }
}
