using Sourcing.Data.Common;
using Sourcing.Data.Rfqs;
using Sourcing.Data.Rfqs.Sealing;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Rfqs.Sealing;

/// <summary>What somebody with the whole database in hand can change, and who notices.</summary>
public sealed class TamperingTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_bid_that_was_changed_is_named_and_not_opened_and_the_others_are()
    {
        var rfq = await Make.SealedRfqAsync(database);
        await Make.SubmittedQuoteAsync(database, rfq, 0, price: 4);
        await Make.SubmittedQuoteAsync(database, rfq, 1, price: 5);
        await PastGuardsAsync("sealed_bids", "update sealed_bids set content = set_byte(content, 300, (get_byte(content, 300) + 1) % 256) where supplier_id = $1", rfq.Suppliers[0]);
        await Make.CloseAsync(database, rfq);
        await Make.OpenBidsAsync(database, rfq);
        await using var buyer = database.As(rfq.Buyer);
        Assert.Equal([rfq.Suppliers[1]], (await buyer.Get<ComparisonQueries>().ForAsync(rfq.Id, _ct)).Quotes.Select(q => q.SupplierId));
        var seal = (await buyer.Get<OpeningQueries>().OfRfqAsync(rfq.Id, _ct))!;
        var bad = Assert.Single(seal.Bids, b => b.Agrees == false);
        Assert.Equal((rfq.Suppliers[0], true), (bad.SupplierId, bad.Fault.Contains("was changed after it was submitted", StringComparison.Ordinal)));
        Assert.Contains(seal.Log, e => e.Kind == SealEventKind.BidRefused && e.Detail.Contains(bad.Number, StringComparison.Ordinal));
        Assert.Contains("1 bid could not be opened", await database.ScalarAsync<string>("select text from notifications where user_id = $1 order by created_at desc limit 1", rfq.Buyer.Id), StringComparison.Ordinal);
        Assert.Equal(ReceiptStanding.Refused, (await CheckAsync(bad.Number))!.Standing);
    }

    [Fact]
    public async Task Bids_that_were_exchanged_do_not_stand_for_each_other()
    {
        var rfq = await Make.SealedRfqAsync(database, suppliers: 2);
        var one = await Make.SubmittedQuoteAsync(database, rfq, 0, price: 4);
        var other = await Make.SubmittedQuoteAsync(database, rfq, 1, price: 5);
        await PastGuardsAsync("sealed_bids", "update sealed_bids set revision = 9 where quote_id = $1", one.Id);
        await PastGuardsAsync("sealed_bids", "update sealed_bids set quote_id = '" + one.Id + "', supplier_id = '" + rfq.Suppliers[0] + "' where quote_id = $1", other.Id);
        await PastGuardsAsync("sealed_bids", "update sealed_bids set quote_id = $1, supplier_id = '" + rfq.Suppliers[1] + "', revision = 1 where revision = 9", other.Id);
        await Make.CloseAsync(database, rfq);
        await Make.OpenBidsAsync(database, rfq);
        await using var buyer = database.As(rfq.Buyer);
        Assert.Empty((await buyer.Get<ComparisonQueries>().ForAsync(rfq.Id, _ct)).Quotes);
        Assert.All((await buyer.Get<OpeningQueries>().OfRfqAsync(rfq.Id, _ct))!.Bids, b => Assert.Contains("belongs to quote", b.Fault, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_log_that_was_changed_cut_or_written_anew_is_found_by_the_check()
    {
        var rfq = await Make.SealedRfqAsync(database);
        await Make.SubmittedQuoteAsync(database, rfq, 0);
        await Make.SubmittedQuoteAsync(database, rfq, 1);
        await using var buyer = database.As(rfq.Buyer);
        async Task<string?> FaultAsync() => (await buyer.Get<OpeningQueries>().OfRfqAsync(rfq.Id, _ct))!.Check.Fault;
        Assert.Null(await FaultAsync());
        var receipt = await database.ScalarAsync<string>("select number::text from sealed_bids where rfq_id = $1 order by log_sequence limit 1", rfq.Id);
        Assert.True((await CheckAsync(receipt))!.InLog);
        await PastGuardsAsync("seal_events", "update seal_events set at = at - interval '1 hour' where rfq_id = $1 and sequence = 2", rfq.Id);
        Assert.Equal("Entry 2 was changed after it was written.", await FaultAsync());
        await PastGuardsAsync("seal_events", "update seal_events set hash = repeat('a', 64) where rfq_id = $1 and sequence = 2", rfq.Id);
        Assert.False((await CheckAsync(receipt))!.InLog);
        await PastGuardsAsync("seal_events", "delete from seal_events where rfq_id = $1 and sequence = 2", rfq.Id);
        Assert.Equal("Entry 2 is missing.", await FaultAsync());
    }

    [Fact]
    public async Task A_receipt_says_what_became_of_its_bid_and_whether_the_quote_is_still_what_was_opened()
    {
        var rfq = await Make.SealedRfqAsync(database);
        var made = await Make.SubmittedQuoteAsync(database, rfq, 0, price: 4);
        await Make.SubmittedQuoteAsync(database, rfq, 0, price: 3, as_: made.Supplier);
        await using var supplier = database.As(made.Supplier);
        var (old, last) = (await supplier.Get<ReceiptQueries>().OwnAsync(rfq.Id, 1, null, _ct), await supplier.Get<ReceiptQueries>().OwnAsync(rfq.Id, 2, null, _ct));
        Assert.Null(await CheckAsync("B-0000-0000-0000-0000"));
        Assert.Null(await CheckAsync(new string('a', 64)));
        Assert.Null(await CheckAsync("%"));
        Assert.Equal((ReceiptStanding.Superseded, rfq.Number, null), (await CheckAsync(old.Number)) is { } s ? (s.Standing, s.Rfq, s.Agrees) : default);
        Assert.Equal((ReceiptStanding.Sealed, null, last.LogHash), (await CheckAsync(last.Hash.ToUpperInvariant())) is { } l ? (l.Standing, l.OpenedAt, l.LogHash) : default);
        await Make.CloseAsync(database, rfq);
        await Make.OpenBidsAsync(database, rfq);
        var opened = (await CheckAsync($" {last.Number.ToLowerInvariant()} "))!;
        Assert.Equal((ReceiptStanding.Opened, true, true, true), (opened.Standing, opened.Agrees, opened.QuoteAgrees, opened.InLog));
        await PastGuardsAsync("quote_revisions", "update quote_revisions set content = jsonb_set(content, '{notes}', '\"dearer\"') where quote_id = $1", made.Id);
        Assert.Equal((true, false), (await CheckAsync(last.Number)) is { } q ? (q.Agrees, q.QuoteAgrees) : default);
        await PastGuardsAsync("opened_bids", "update opened_bids set content = replace(content, '3', '4') where rfq_id = $1", rfq.Id);
        Assert.False((await CheckAsync(last.Number))!.Agrees);
    }

    private async Task<CheckedReceipt?> CheckAsync(string wanted) => await new ReceiptCheck(database.Sources).FindAsync(wanted, _ct);

    // As whoever owns the tables could, with the triggers out of the way.
    private async Task PastGuardsAsync(string table, string sql, object key)
    {
        await database.SqlAsync($"alter table {table} disable trigger user");
        await database.SqlAsync(sql, key);
        await database.SqlAsync($"alter table {table} enable trigger user");
    }
}
