using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Data.Rfqs;
using Sourcing.Data.Rfqs.Sealing;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Rfqs.Sealing;

/// <summary>Bidding under seal: what the supplier keeps, what everybody else is told, and what is refused.</summary>
public sealed class SealedBidTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_supplier_sees_its_own_bid_and_gets_a_receipt_that_reckons()
    {
        var rfq = await Make.SealedRfqAsync(database);
        var made = await Make.SubmittedQuoteAsync(database, rfq, 0, price: 4.25m, change: f => f.Notes = "By sea.");
        await using var supplier = database.As(made.Supplier);
        var sheet = await supplier.Get<QuoteQueries>().OwnAsync(rfq.Id, _ct);
        Assert.Equal((QuoteStatus.Sealed, 1, 4.25m, "By sea."), (sheet.Quote!.Status, sheet.Quote.Revision, sheet.Latest!.Content.Lines[0].UnitPrice, sheet.Latest.Content.Notes));
        Assert.True(sheet.Quote.Total > 1000);
        var receipt = Assert.Single(sheet.Receipts);
        var file = await supplier.Get<ReceiptQueries>().OwnAsync(rfq.Id, null, null, _ct);
        Assert.Equal((receipt.Number, receipt.Hash, receipt.Hash, rfq.Number), (file.Number, file.Hash, file.Reckon(), file.Rfq));
        Assert.Contains("4.25", file.Content, StringComparison.Ordinal);
        Assert.Equal(file.LogHash, await database.ScalarAsync<string>("select hash::text from seal_events where rfq_id = $1 and sequence = $2", rfq.Id, file.LogSequence));
        Assert.Equal(InvitationStatus.Quoted, sheet.Invitation.Status);
        await using var other = await database.AsAsync(rfq.Suppliers[1], Role.Supplier);
        await Assert.ThrowsAsync<MissingException>(() => other.Get<ReceiptQueries>().OwnAsync(rfq.Id, null, null, _ct));
        await using var buyer = database.As(rfq.Buyer);
        await Assert.ThrowsAsync<DeniedException>(() => buyer.Get<ReceiptQueries>().OwnAsync(rfq.Id, null, null, _ct));
    }

    [Fact]
    public async Task A_draft_a_revision_a_discarded_draft_and_a_withdrawal_go_the_same_way_as_openly()
    {
        var rfq = await Make.SealedRfqAsync(database);
        var made = await Make.DraftQuoteAsync(database, rfq, 0, price: 3);
        await using var supplier = database.As(made.Supplier);
        var queries = supplier.Get<QuoteQueries>();
        var service = supplier.Get<QuoteService>();
        var sheet = await queries.OwnAsync(rfq.Id, _ct);
        Assert.Equal((3m, QuoteStatus.Draft, InvitationStatus.Quoting), (sheet.Draft!.Content.Lines[0].UnitPrice, sheet.Quote!.Status, sheet.Invitation.Status));
        await service.SubmitAsync(Make.Fill(sheet, 3), _ct);
        sheet = await queries.OwnAsync(rfq.Id, _ct);
        Assert.Null(sheet.Draft);
        var form = sheet.ToForm();
        form.Lines[0].UnitPrice = 2.5m;
        await service.SaveDraftAsync(form, _ct);
        sheet = await queries.OwnAsync(rfq.Id, _ct);
        Assert.Equal((2.5m, 3m, QuoteStatus.Sealed), (sheet.Draft!.Content.Lines[0].UnitPrice, sheet.Latest!.Content.Lines[0].UnitPrice, sheet.Quote!.Status));
        await service.DiscardDraftAsync(rfq.Id, _ct);
        Assert.Null((sheet = await queries.OwnAsync(rfq.Id, _ct)).Draft);
        await service.SubmitAsync(Make.Fill(sheet, 2.75m), _ct);
        sheet = await queries.OwnAsync(rfq.Id, _ct);
        Assert.Equal([2.75m, 3m], sheet.Revisions.Select(r => r.Content.Lines[0].UnitPrice!.Value));
        Assert.Equal([2, 1], sheet.Receipts.Select(r => r.Revision));
        await service.WithdrawAsync(new() { RfqId = rfq.Id, Version = sheet.Quote!.Version, Reason = "We are full." }, _ct);
        sheet = await queries.OwnAsync(rfq.Id, _ct);
        Assert.Equal((QuoteStatus.Withdrawn, InvitationStatus.Quoting), (sheet.Quote!.Status, sheet.Invitation.Status));
        Assert.Equal(["withdrawn", "received", "received", "sealed"], (await LogAsync(rfq)).Select(e => Words.Snake(e.Kind.ToString())));
        await service.SubmitAsync(Make.Fill(sheet, 2.6m), _ct);
        Assert.Equal((QuoteStatus.Sealed, 3), (await queries.OwnAsync(rfq.Id, _ct)).Quote is { } q ? (q.Status, q.Revision) : default);
    }

    [Fact]
    public async Task Buyer_and_mail_are_told_that_a_bid_came_and_no_figure_of_it()
    {
        var rfq = await Make.SealedRfqAsync(database);
        await Make.SubmittedQuoteAsync(database, rfq, 0, price: 98765.4321m);
        var told = await database.ScalarAsync<string>("select text from notifications where user_id = $1 order by created_at desc limit 1", rfq.Buyer.Id);
        Assert.EndsWith(": sealed", told, StringComparison.Ordinal);
        var mail = await database.ScalarAsync<string>("select subject || body from outbox_messages where supplier_id = $1 order by created_at desc limit 1", rfq.Suppliers[0]);
        var receipt = await database.ScalarAsync<string>("select number::text from sealed_bids where rfq_id = $1", rfq.Id);
        Assert.Contains($"Receipt: {receipt}", mail, StringComparison.Ordinal);
        Assert.DoesNotContain("98", mail.Replace(receipt, "", StringComparison.Ordinal).Split("Hash")[0], StringComparison.Ordinal);
        Assert.DoesNotContain("Total", mail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_buyer_enters_nothing_on_a_suppliers_behalf_and_no_file_comes_with_a_sealed_quote()
    {
        var rfq = await Make.SealedRfqAsync(database);
        var made = await Make.SubmittedQuoteAsync(database, rfq, 0);
        await using var buyer = database.As(rfq.Buyer);
        var sheet = await buyer.Get<QuoteQueries>().OfSupplierAsync(rfq.Id, rfq.Suppliers[1], _ct);
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => buyer.Get<QuoteService>().EnterAsync(Make.Fill(sheet), _ct));
        Assert.Contains("is sealed: only the supplier itself can bid", refusal.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<RefusedException>(() => buyer.Get<QuoteService>().SaveEntryAsync(Make.Fill(sheet), _ct));
        await using var supplier = database.As(made.Supplier);
        using var file = new MemoryStream("price list"u8.ToArray());
        refusal = await Assert.ThrowsAsync<RefusedException>(() => supplier.Get<AttachmentService>().AddAsync("quotes", made.Id, "prices.txt", file, true, _ct));
        Assert.Contains("files of a quote cannot be sealed", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_that_is_readable_can_be_written_to_a_sealed_quote_by_the_suppliers_own_statements()
    {
        var rfq = await Make.SealedRfqAsync(database);
        var made = await Make.SubmittedQuoteAsync(database, rfq, 0);
        await using var supplier = database.As(made.Supplier);
        foreach (var sql in (string[])[
            "update quotes set total = 5 where id = {0}", "update quotes set notes = 'cheap' where id = {0}", "update quotes set status = 'submitted', valid_until = now() where id = {0}",
            "insert into quote_drafts (id, quote_id, by_buyer, content, saved_by_name, saved_at) values (gen_random_uuid(), {0}, false, '{{}}', '', now())",
            "insert into quote_lines (id, quote_id, rfq_line_id, outcome, unit_price, quantity, unit_id, alternate, notes) select gen_random_uuid(), {0}, l.id, 'priced', 5, 5, l.unit_id, '', '' from rfq_lines l"])
        {
            var refusal = await Assert.ThrowsAsync<RefusedException>(() => supplier.Get<Database>().WriteAsync((db, ct) => db.Database.ExecuteSqlRawAsync(sql, [made.Id], ct), _ct));
            Assert.Contains("is sealed", refusal.Message, StringComparison.Ordinal);
        }

        var changed = await Assert.ThrowsAsync<RefusedException>(() => supplier.Get<Database>().WriteAsync((db, ct) => db.Database.ExecuteSqlRawAsync("update sealed_bids set hash = hash", ct), _ct));
        Assert.Contains("rights", changed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whether_it_is_sealed_is_said_in_the_draft_and_does_not_change_and_a_server_without_a_key_sends_none()
    {
        var rfq = await Make.SealedRfqAsync(database);
        await using var buyer = database.As(rfq.Buyer);
        Assert.True((await buyer.Get<RfqQueries>().DetailsAsync(rfq.Id, _ct))!.IsSealedNow);
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => buyer.Get<Database>().WriteAsync((db, ct) => db.Database.ExecuteSqlAsync($"update rfqs set sealed = false where id = {rfq.Id}", ct), _ct));
        Assert.Contains("does not change", refusal.Message, StringComparison.Ordinal);
        var copy = await buyer.Get<RfqService>().CopyAsync(new() { Id = rfq.Id, WithSuppliers = true }, _ct);
        Assert.True((await buyer.Get<RfqQueries>().FormAsync(copy, _ct)).Sealed);
        await database.SqlAsync("update rfqs set deadline = now() + interval '2 days' where id = $1", copy);
        var keyless = new RfqService(buyer.Get<Database>(), buyer.User, SealingKey.None());
        var version = (await buyer.Get<RfqQueries>().DetailsAsync(copy, _ct))!.Version;
        Assert.Contains("no sealing key", (await Assert.ThrowsAsync<RefusedException>(() => keyless.OpenAsync(new() { Id = copy, Version = version }, _ct))).Message, StringComparison.Ordinal);
        Assert.Equal(RfqStatus.Draft, (await buyer.Get<RfqQueries>().DetailsAsync(copy, _ct))!.Status);
    }

    [Fact]
    public async Task After_the_deadline_nothing_comes_and_a_key_that_is_gone_is_said()
    {
        var rfq = await Make.SealedRfqAsync(database);
        var made = await Make.SubmittedQuoteAsync(database, rfq, 0);
        await using var supplier = database.As(made.Supplier);
        var other = new QuoteQueries(supplier.Get<Database>(), supplier.User, SealingKey.Of(new byte[32]));
        var locked = await other.OwnAsync(rfq.Id, _ct);
        Assert.True(locked.IsPartLocked);
        Assert.Empty(locked.Revisions);
        var sheet = await supplier.Get<QuoteQueries>().OwnAsync(rfq.Id, _ct);
        await Make.PassDeadlineAsync(database, rfq.Id);
        await Assert.ThrowsAsync<RefusedException>(() => supplier.Get<QuoteService>().SubmitAsync(Make.Fill(sheet), _ct));
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => supplier.Get<Database>().WriteAsync((db, ct) => db.Database.ExecuteSqlRawAsync("delete from sealed_copies", ct), _ct));
        Assert.Contains("deadline", refusal.Message, StringComparison.Ordinal);
    }

    private async Task<IReadOnlyList<SealLogEntry>> LogAsync(MadeRfq rfq)
    {
        await using var scope = database.As(rfq.Buyer);
        var view = await scope.Get<OpeningQueries>().OfRfqAsync(rfq.Id, _ct);
        Assert.Null(view!.Check.Fault);
        return view.Log;
    }
}
