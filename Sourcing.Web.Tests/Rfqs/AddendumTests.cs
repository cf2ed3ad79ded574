using Bunit;
using Npgsql;
using Sourcing.Data.Common;
using Sourcing.Data.Rfqs;
using Sourcing.Web.Portal;
using Sourcing.Web.Tests.Portal;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Rfqs;

/// <summary>What all invited suppliers are told while they may quote.</summary>
public sealed class AddendumTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_addendum_goes_to_every_invited_supplier_that_has_not_declined_and_stands_where_they_quote()
    {
        var rfq = await Make.OpenRfqAsync(database, suppliers: 3);
        await database.SqlAsync("update rfq_invitations set status = 'declined', decline_reason = 'no_capacity' where rfq_id = $1 and supplier_id = $2", rfq.Id, rfq.Suppliers[2]);
        await using var buyer = database.As(rfq.Buyer);
        await buyer.Get<RfqService>().AmendAsync(new() { Id = rfq.Id, Text = "Cones of 1.8 kg, not 2 kg." }, _ct);
        await buyer.Get<RfqService>().AmendAsync(new() { Id = rfq.Id, Text = "Pallets are returned." }, _ct);
        Assert.Equal(2L, await database.ScalarAsync<long>("select count(*) from outbox_messages where entity_id = $1 and subject = $2", rfq.Id, $"{rfq.Number}: addendum 1"));
        Assert.Equal(0L, await database.ScalarAsync<long>("select count(*) from outbox_messages where entity_id = $1 and supplier_id = $2 and subject like '%addendum%'", rfq.Id, rfq.Suppliers[2]));
        await using var supplier = await database.AsAsync(rfq.Suppliers[0], Role.Supplier);
        var sheet = await supplier.Get<QuoteQueries>().OwnAsync(rfq.Id, _ct);
        Assert.Equal([(2, "Pallets are returned."), (1, "Cones of 1.8 kg, not 2 kg.")], sheet.Rfq.Addenda.Select(a => (a.Number, a.Text)));
        await using var stranger = await database.AsAsync((await Make.OpenRfqAsync(database, suppliers: 1)).Suppliers[0], Role.Supplier);
        await Assert.ThrowsAsync<MissingException>(() => stranger.Get<QuoteQueries>().OwnAsync(rfq.Id, _ct));
    }

    [Fact]
    public async Task Who_has_quoted_before_an_addendum_is_asked_to_look_again()
    {
        var rfq = await Make.OpenRfqAsync(database, suppliers: 1);
        var quote = await Make.SubmittedQuoteAsync(database, rfq);
        await using var buyer = database.As(rfq.Buyer);
        await buyer.Get<RfqService>().AmendAsync(new() { Id = rfq.Id, Text = "Cones of 1.8 kg." }, _ct);
        await using var scope = database.As(quote.Supplier);
        await using var page = new PageContext(scope);
        var cut = page.Render<PortalRfqPage>(p => p.Add(r => r.Id, rfq.Id));
        cut.WaitForAssertion(() => Assert.Contains("Addendum 1 came after you submitted your quote.", cut.Markup, StringComparison.Ordinal));
        Assert.Contains("Cones of 1.8 kg.", cut.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_draft_and_a_closed_RFQ_take_none_and_say_what_to_do()
    {
        var (draft, closed) = (await Make.DraftRfqAsync(database), await Make.ClosedRfqAsync(database));
        await using var buyer = await database.AsAsync(Role.Buyer);
        var service = buyer.Get<RfqService>();
        Assert.Contains("editor", (await Assert.ThrowsAsync<RefusedException>(() => service.AmendAsync(new() { Id = draft.Id, Text = "More" }, _ct))).Message, StringComparison.Ordinal);
        Assert.Contains("Reopen", (await Assert.ThrowsAsync<RefusedException>(() => service.AmendAsync(new() { Id = closed.Id, Text = "More" }, _ct))).Message, StringComparison.Ordinal);
        Assert.Contains("Write what", (await Assert.ThrowsAsync<RefusedException>(() => service.AmendAsync(new() { Id = draft.Id, Text = "" }, _ct))).Message, StringComparison.Ordinal);
        await using var reader = await database.AsAsync(Role.ReadOnly);
        await Assert.ThrowsAsync<DeniedException>(() => reader.Get<RfqService>().AmendAsync(new() { Id = draft.Id, Text = "More" }, _ct));
    }

    [Fact]
    public async Task A_double_click_sends_it_once_and_what_was_sent_stays()
    {
        var rfq = await Make.OpenRfqAsync(database, suppliers: 1);
        await using var buyer = database.As(rfq.Buyer);
        var form = new AddendumForm { Id = rfq.Id, Text = "Once" };
        await Task.WhenAll(buyer.Get<RfqService>().AmendAsync(form, _ct), buyer.Get<RfqService>().AmendAsync(form, _ct));
        Assert.Equal(1L, await database.ScalarAsync<long>("select count(*) from rfq_addenda where rfq_id = $1", rfq.Id));
        await Assert.ThrowsAsync<PostgresException>(() => database.SqlAsync("update rfq_addenda set text = 'Twice' where rfq_id = $1", rfq.Id));
        await Assert.ThrowsAsync<PostgresException>(() => database.SqlAsync("delete from rfq_addenda where rfq_id = $1", rfq.Id));
    }
}
