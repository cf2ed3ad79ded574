using Microsoft.EntityFrameworkCore;
using Npgsql;
using Sourcing.Data;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Data.Rfqs;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Rfqs;

/// <summary>What the supplier's login can reach of quotes, whatever the code above it asks for.</summary>
public sealed class QuoteRowSecurityTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly string[] Tables = ["quotes", "quote_lines", "quote_price_breaks", "quote_revisions", "quote_drafts"];

    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_supplier_sees_its_own_quote_and_never_anothers_by_list_id_count_revision_or_draft()
    {
        var rfq = await Make.OpenRfqAsync(database, suppliers: 2);
        var mine = await MadeAsync(rfq, 0);
        var theirs = await MadeAsync(rfq, 1);
        await using var scope = database.As(mine.Supplier);
        await scope.Get<Database>().ReadAsync(async (db, ct) =>
        {
            Assert.Equal([mine.Id], await db.Quotes.Select(q => q.Id).ToListAsync(ct));
            Assert.Equal(1, await db.Quotes.CountAsync(ct));
            Assert.Null(await db.Quotes.SingleOrDefaultAsync(q => q.Id == theirs.Id, ct));
            Assert.All(await db.QuoteLines.Select(l => l.QuoteId).Distinct().ToListAsync(ct), id => Assert.Equal(mine.Id, id));
            Assert.Equal(rfq.Lines.Count, await db.QuoteLines.CountAsync(ct));
            Assert.Equal(1, await db.QuotePriceBreaks.CountAsync(ct));
            Assert.Equal([mine.Id], await db.QuoteRevisions.Select(r => r.QuoteId).ToListAsync(ct));
            Assert.Equal([mine.Id], await db.QuoteDrafts.Select(d => d.QuoteId).ToListAsync(ct));
            return true;
        }, _ct);
        Assert.Equal(mine.Id, (await scope.Get<QuoteQueries>().OwnAsync(rfq.Id, _ct)).Quote!.Id);
    }

    [Fact]
    public async Task An_RFQ_without_an_invitation_does_not_exist_for_a_supplier()
    {
        var rfq = await Make.OpenRfqAsync(database);
        await using var scope = await database.AsAsync(Guid.CreateVersion7(), Role.Supplier);
        await Assert.ThrowsAsync<MissingException>(() => scope.Get<QuoteQueries>().OwnAsync(rfq.Id, _ct));
        await Assert.ThrowsAsync<MissingException>(() => scope.Get<QuoteService>().SaveDraftAsync(new() { RfqId = rfq.Id }, _ct));
    }

    [Fact]
    public async Task A_personal_link_sees_and_answers_its_own_RFQ_alone()
    {
        var rfq = await Make.OpenRfqAsync(database, suppliers: 1);
        var other = await Make.OpenRfqAsync(database, suppliers: 1);
        await database.SqlAsync("update rfq_invitations set supplier_id = $1 where rfq_id = $2", rfq.Suppliers[0], other.Id);
        other = other with { Suppliers = rfq.Suppliers };
        await Make.SubmittedQuoteAsync(database, other);
        var link = await database.UserAsync(rfq.Suppliers[0], [Role.Supplier], rfq.Id);
        var made = await Make.SubmittedQuoteAsync(database, rfq, as_: link);
        await using var scope = database.As(link);
        await scope.Get<Database>().ReadAsync(async (db, ct) =>
        {
            Assert.Equal([made.Id], await db.Quotes.Select(q => q.Id).ToListAsync(ct));
            Assert.All(await db.QuoteRevisions.Select(r => r.QuoteId).ToListAsync(ct), id => Assert.Equal(made.Id, id));
            return true;
        }, _ct);
        Assert.Equal(QuoteChannel.Link, (await scope.Get<QuoteQueries>().OwnAsync(rfq.Id, _ct)).Quote!.Channel);
        Assert.Equal(rfq.Id, await scope.Get<QuoteQueries>().LinkedRfqAsync(_ct));
        Assert.Single((await scope.Get<QuoteQueries>().PortalAsync(_ct)).Rfqs);
        await Assert.ThrowsAsync<MissingException>(() => scope.Get<QuoteQueries>().OwnAsync(other.Id, _ct));
        await Assert.ThrowsAsync<MissingException>(() => scope.Get<QuoteService>().SaveDraftAsync(new() { RfqId = other.Id, Version = 1 }, _ct));

        await database.SqlAsync("update rfq_invitations set link_revoked_at = now() where rfq_id = $1", rfq.Id);
        await Assert.ThrowsAsync<MissingException>(() => scope.Get<QuoteQueries>().OwnAsync(rfq.Id, _ct));
    }

    [Fact]
    public async Task A_buyer_sees_what_was_submitted_and_no_suppliers_draft()
    {
        var rfq = await Make.OpenRfqAsync(database, suppliers: 2);
        await MadeAsync(rfq, 0);
        await Make.DraftQuoteAsync(database, rfq, 1);
        await using var scope = database.As(rfq.Buyer);
        Assert.Equal(0, await scope.Get<Database>().ReadAsync((db, ct) => db.QuoteDrafts.CountAsync(ct), _ct));
        var sheet = await scope.Get<QuoteQueries>().OfSupplierAsync(rfq.Id, rfq.Suppliers[1], _ct);
        Assert.Equal((QuoteStatus.Draft, 0m), (sheet.Quote!.Status, sheet.Quote.Total));
        Assert.Null(sheet.Draft);
        Assert.Empty(sheet.Revisions);

        // The buyer's own unfinished entry lies beside it, and the supplier does not see that.
        await scope.Get<QuoteService>().SaveEntryAsync(Make.Fill(sheet, price: 7), _ct);
        Assert.Equal(7, (await scope.Get<QuoteQueries>().OfSupplierAsync(rfq.Id, rfq.Suppliers[1], _ct)).Draft!.Content.Lines[0].UnitPrice);
        await using var supplier = await database.AsAsync(rfq.Suppliers[1], Role.Supplier);
        Assert.Equal(3.5m, (await supplier.Get<QuoteQueries>().OwnAsync(rfq.Id, _ct)).Draft!.Content.Lines[0].UnitPrice);
    }

    [Theory]
    [InlineData("update quotes set notes = 'late'")]
    [InlineData("update quotes set status = 'withdrawn'")]
    [InlineData("update quote_lines set unit_price = 1")]
    [InlineData("update quote_price_breaks set unit_price = 1")]
    [InlineData("delete from quote_price_breaks")]
    [InlineData("delete from quote_lines")]
    [InlineData("update quote_drafts set saved_by_name = 'late'")]
    [InlineData("insert into quote_price_breaks (id, quote_line_id, minimum_quantity, unit_price) select gen_random_uuid(), id, 999, 1 from quote_lines limit 1")]
    [InlineData("insert into quote_revisions (id, quote_id, revision, content, currency, total, submitted_at, submitted_by, submitted_by_name, channel, after_deadline) select gen_random_uuid(), id, 99, '{}', 'EUR', 1, now(), id, '', 'portal', false from quotes")]
    [InlineData("insert into attachments (id, owner_type, owner_id, file_name, media_type, size, sha256, content, visible_to_supplier, supplier_id) select gen_random_uuid(), 'quotes', id, 'late.pdf', 'application/pdf', 1, '', '', true, supplier_id from quotes")]
    public async Task After_the_deadline_and_when_it_is_not_open_the_database_itself_refuses(string sql)
    {
        var rfq = await Make.OpenRfqAsync(database, suppliers: 1);
        var made = await MadeAsync(rfq, 0);
        await Make.PassDeadlineAsync(database, rfq.Id);
        Assert.Equal($"The deadline of {rfq.Number} has passed. Ask the buyer to extend it.", (await FaultAsync(made.Supplier, sql)).MessageText);
        await database.SqlAsync("update rfqs set deadline = now() + interval '1 day', status = 'closed' where id = $1", rfq.Id);
        Assert.Contains("is no longer open for quotes", (await FaultAsync(made.Supplier, sql)).MessageText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_database_refuses_a_first_quote_after_the_deadline_and_one_of_another_round()
    {
        const string insert = """
            insert into quotes (id, rfq_id, supplier_id, round, number, status, revision, currency, payment_terms, incoterm, freight_cost, other_cost, notes, total, submitted_by_name, channel, after_deadline, withdraw_reason)
            select gen_random_uuid(), rfq_id, supplier_id, {0}, 'Q-X', 'draft', 0, 'EUR', '', '', 0, 0, '', 0, '', '{1}', {2}, '' from rfq_invitations
            """;
        var rfq = await Make.OpenRfqAsync(database, suppliers: 1);
        var supplier = await database.UserAsync(rfq.Suppliers[0], [Role.Supplier]);
        Assert.Contains("is in round 1 now", (await FaultAsync(supplier, Text(insert, 2, "portal", "false"))).MessageText, StringComparison.Ordinal);
        Assert.Contains("through the portal", (await FaultAsync(supplier, Text(insert, 1, "email", "false"))).MessageText, StringComparison.Ordinal);
        Assert.Contains("through the portal", (await FaultAsync(supplier, Text(insert, 1, "portal", "true"))).MessageText, StringComparison.Ordinal);
        await Make.PassDeadlineAsync(database, rfq.Id);
        Assert.Contains("has passed", (await FaultAsync(supplier, Text(insert, 1, "portal", "false"))).MessageText, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("update quotes set supplier_id = gen_random_uuid()", "42501")]
    [InlineData("update quotes set rfq_id = gen_random_uuid()", "42501")]
    [InlineData("update quotes set number = 'Q-1'", "42501")]
    [InlineData("update quotes set exchange_rate = 5", "42501")]
    [InlineData("update quotes set status = 'awarded'", "42501")]
    [InlineData("delete from quotes", "42501")]
    [InlineData("update quote_revisions set total = 1", "42501")]
    [InlineData("delete from quote_revisions", "42501")]
    [InlineData("select * from award_decisions", "42501")]
    [InlineData("select decision_id from awards", "42501")]
    [InlineData("select compared_price, baseline_price from awards", "42501")]
    [InlineData("update awards set quantity = 1", "42501")]
    [InlineData("update quotes set channel = 'email', revision = revision + 1", "P0001")]
    [InlineData("update quotes set after_deadline = true, revision = revision + 1", "P0001")]
    public async Task In_time_too_a_supplier_has_no_right_to(string sql, string state)
    {
        var rfq = await Make.OpenRfqAsync(database, suppliers: 1);
        var made = await MadeAsync(rfq, 0);
        Assert.Equal(state, (await FaultAsync(made.Supplier, sql)).SqlState);
    }

    [Fact]
    public async Task Files_of_a_quote_are_seen_by_its_supplier_and_the_buyer_alone()
    {
        var rfq = await Make.OpenRfqAsync(database, suppliers: 2);
        var (mine, theirs) = (await MadeAsync(rfq, 0), await MadeAsync(rfq, 1));
        await using var scope = database.As(mine.Supplier);
        await using var other = database.As(theirs.Supplier);
        await using var content = new MemoryStream("%PDF-1.7\n%%EOF\n"u8.ToArray());
        var file = await scope.Get<AttachmentService>().AddAsync("quotes", mine.Id, "certificate.pdf", content, visibleToSupplier: true, _ct);
        Assert.Equal(file, Assert.Single(await scope.Get<AttachmentService>().ListAsync("quotes", mine.Id, _ct)).Id);
        Assert.Empty(await other.Get<AttachmentService>().ListAsync("quotes", mine.Id, _ct));
        await Assert.ThrowsAsync<MissingException>(() => other.Get<AttachmentService>().OpenAsync(file, _ct));
        await Assert.ThrowsAsync<MissingException>(() => other.Get<AttachmentService>().AddAsync("quotes", mine.Id, "x.pdf", new MemoryStream("%PDF-1.7\n"u8.ToArray()), true, _ct));
        await using var buyer = database.As(rfq.Buyer);
        Assert.Single(await buyer.Get<AttachmentService>().ListAsync("quotes", mine.Id, _ct));
    }

    [Fact]
    public async Task Nobody_changes_a_submitted_revision()
    {
        var rfq = await Make.OpenRfqAsync(database, suppliers: 1);
        await MadeAsync(rfq, 0);
        await using var buyer = database.As(rfq.Buyer);
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => buyer.Get<Database>().WriteAsync(
            (db, ct) => db.QuoteRevisions.ExecuteUpdateAsync(set => set.SetProperty(r => r.Total, 1m), ct), _ct));
        Assert.Contains("kept as it was", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_awards_a_supplier_sees_its_own_outcome_once_it_stands()
    {
        var rfq = await Make.OpenRfqAsync(database, suppliers: 2);
        var (mine, theirs) = (await MadeAsync(rfq, 0), await MadeAsync(rfq, 1));
        var decision = Guid.CreateVersion7();
        await database.SqlAsync(
            """
            insert into award_decisions (id, rfq_id, round, status, scenario, baseline, currency, total, total_in_base, decided_by, decided_at, justification, decline_reason)
            values ($1, $2, 1, 'decided', 'by_hand', 'target', 'EUR', 1, 1, $3, now(), '', '')
            """, decision, rfq.Id, rfq.Buyer.Id);
        await database.SqlAsync(
            "insert into awards (id, decision_id, rfq_line_id, quote_line_id, quantity, order_quantity, unit_price, compared_price) select gen_random_uuid(), $1, rfq_line_id, id, 10, 10, 1, 1 from quote_lines where quote_id = any($2)",
            decision, new[] { mine.Id, theirs.Id });
        await using var scope = database.As(mine.Supplier);
        Assert.Empty(await AwardsAsync(scope));
        await database.SqlAsync("update quotes set status = 'awarded' where rfq_id = $1", rfq.Id);
        var own = await scope.Get<Database>().ReadAsync((db, ct) => db.QuoteLines.Where(l => l.QuoteId == mine.Id).Select(l => l.Id).Order().ToListAsync(ct), _ct);
        Assert.Equal(own, await AwardsAsync(scope));
    }

    [Fact]
    public async Task Every_table_of_quotes_is_guarded()
    {
        foreach (var table in Tables)
        {
            Assert.True(await database.ScalarAsync<bool>("select relrowsecurity and relforcerowsecurity from pg_class where oid = ('public.' || $1)::regclass", table), table);
            Assert.Equal(1L, await database.ScalarAsync<long>("select count(*) from pg_trigger where tgrelid = ('public.' || $1)::regclass and tgname = 'deadline'", table));
        }
    }

    private static string Text(string format, params object[] values) => string.Format(System.Globalization.CultureInfo.InvariantCulture, format, values);

    /// <summary>Submitted, with a break, and with a revision begun.</summary>
    private async Task<MadeQuote> MadeAsync(MadeRfq rfq, int supplier)
    {
        var made = await Make.SubmittedQuoteAsync(database, rfq, supplier, change: f => f.Lines[0].Breaks = [new() { MinimumQuantity = 500, UnitPrice = 2 }]);
        await using var scope = database.As(made.Supplier);
        await scope.Get<QuoteService>().SaveDraftAsync((await scope.Get<QuoteQueries>().OwnAsync(rfq.Id, _ct)).ToForm(), _ct);
        return made;
    }

    private Task<List<Guid>> AwardsAsync(TestScope scope) =>
        scope.Get<Database>().ReadAsync((db, ct) => db.Awards.Select(a => a.QuoteLineId).Order().ToListAsync(ct), _ct);

    private async Task<PostgresException> FaultAsync(UserIdentity identity, string sql)
    {
        await using var connection = await database.Sources.For(DatabaseAccess.Supplier).OpenConnectionAsync(_ct);
        await using var transaction = await connection.BeginTransactionAsync(_ct);
        await using var begin = new NpgsqlCommand("select app.begin($1)", connection, transaction) { Parameters = { new() { Value = identity.SessionToken } } };
        await begin.ExecuteNonQueryAsync(_ct);
        await using var command = new NpgsqlCommand(sql, connection, transaction);
        return await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync(_ct));
    }
}
