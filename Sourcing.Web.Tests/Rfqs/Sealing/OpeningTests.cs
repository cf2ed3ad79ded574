using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Rfqs;
using Sourcing.Data.Rfqs.Awarding;
using Sourcing.Data.Rfqs.Sealing;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Rfqs.Sealing;

/// <summary>Opening sealed bids: by two people, once, after the end, and only what was submitted.</summary>
public sealed class OpeningTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_people_open_the_last_revisions_which_become_quotes_as_they_were_submitted()
    {
        var rfq = await Make.SealedRfqAsync(database);
        var first = await Make.SubmittedQuoteAsync(database, rfq, 0, price: 5);
        await Make.SubmittedQuoteAsync(database, rfq, 0, price: 4, as_: first.Supplier, change: f => (f.Notes, f.Lines[0].Breaks) = ("Best price.", [new() { MinimumQuantity = 500, UnitPrice = 3.9m }]));
        await Make.SubmittedQuoteAsync(database, rfq, 1, price: 6);
        var taken = await Make.SubmittedQuoteAsync(database, rfq, 2, price: 1);
        await WithdrawAsync(taken);
        await Make.CloseAsync(database, rfq);
        var second = await Make.OpenBidsAsync(database, rfq);

        await using var buyer = database.As(rfq.Buyer);
        var view = await buyer.Get<ComparisonQueries>().ForAsync(rfq.Id, _ct);
        Assert.False(view.IsSealed);
        Assert.Equal(rfq.Suppliers.Take(2).Order(), view.Quotes.Select(q => q.SupplierId).Order());
        var sheet = await buyer.Get<QuoteQueries>().OfSupplierAsync(rfq.Id, rfq.Suppliers[0], _ct);
        Assert.Equal((QuoteStatus.Submitted, 2, "Best price.", 4m), (sheet.Quote!.Status, sheet.Quote.Revision, sheet.Latest!.Content.Notes, sheet.Latest.Content.Lines[0].UnitPrice));
        Assert.Equal(3.9m, await database.ScalarAsync<decimal>("select b.unit_price from quote_price_breaks b join quote_lines l on l.id = b.quote_line_id where l.quote_id = $1", first.Id));
        Assert.True(sheet.Receipts[0].Agrees);
        Assert.Null(sheet.Receipts[1].Agrees);
        Assert.Equal("withdrawn", await database.ScalarAsync<string>("select status::text from quotes where id = $1", taken.Id));

        var seal = (await buyer.Get<OpeningQueries>().OfRfqAsync(rfq.Id, _ct))!;
        Assert.Null(seal.Check.Fault);
        Assert.Contains(second.Name, seal.OpenedByNames, StringComparison.Ordinal);
        Assert.Contains(rfq.Buyer.Name, seal.OpenedByNames, StringComparison.Ordinal);
        await using var admin = await database.AsAsync(Role.Admin);
        var recorded = Assert.Single((await admin.Get<AwardRecordQueries>().ForAsync(rfq.Id, _ct)).Openings);
        Assert.Equal((1, seal.OpenedAt, seal.OpenedByNames, 2, 0), (recorded.Round, recorded.OpenedAt, recorded.OpenedBy, recorded.AsSubmitted, recorded.Refused));
        Assert.Equal(["bid_opened", "bid_opened", "opened", "consent", "consent", "closed"], seal.Log.Take(6).Select(e => Words.Snake(e.Kind.ToString())));
        Assert.Equal(1L, await database.ScalarAsync<long>("select count(*) from audit_entries where table_name = 'rfqs' and record_id = $1 and new_values ? 'bids_opened_at'", rfq.Id));
        await using var supplier = database.As(first.Supplier);
        Assert.True((await supplier.Get<QuoteQueries>().OwnAsync(rfq.Id, _ct)).Receipts[0].Agrees);
    }

    [Fact]
    public async Task Nobody_opens_before_the_end_alone_or_without_the_right()
    {
        var rfq = await Make.SealedRfqAsync(database);
        await Make.SubmittedQuoteAsync(database, rfq, 0);
        await RefusedAsync(rfq.Buyer, rfq, s => s.ConsentAsync(Form(rfq), _ct), "once the deadline has passed");
        await RefusedAsync(rfq.Buyer, rfq, s => s.OpenAsync(Form(rfq), _ct), "once the deadline has passed");
        await Make.CloseAsync(database, rfq);
        await RefusedAsync(rfq.Buyer, rfq, s => s.OpenAsync(Form(rfq), _ct), "Two different people have to agree");
        await Make.ConsentAsync(database, rfq);
        await RefusedAsync(rfq.Buyer, rfq, s => s.ConsentAsync(Form(rfq), _ct), "You have agreed already");
        await RefusedAsync(rfq.Buyer, rfq, s => s.OpenAsync(Form(rfq), _ct), "Two different people have to agree");
        foreach (var role in Enum.GetValues<Role>().Where(r => !Permissions.Of(r).Contains(Permission.RfqsOpen)))
        {
            await using var other = await database.AsAsync(role == Role.Supplier ? rfq.Suppliers[0] : null, role);
            await Assert.ThrowsAsync<DeniedException>(() => other.Get<OpeningService>().ConsentAsync(Form(rfq), _ct));
            await Assert.ThrowsAsync<DeniedException>(() => other.Get<OpeningService>().OpenAsync(Form(rfq), _ct));
        }

        Assert.Equal([Role.Admin, Role.Buyer], Enum.GetValues<Role>().Where(r => Permissions.Of(r).Contains(Permission.RfqsOpen)).Order());
        Assert.True((await DetailsAsync(rfq)).IsSealedNow);
        Assert.Equal(1, (await DetailsAsync(rfq)).Consents);
        await using var admin = await database.AsAsync(Role.Admin);
        await admin.Get<OpeningService>().OpenAsync(Form(rfq), _ct);
        Assert.False((await DetailsAsync(rfq)).IsSealedNow);
    }

    [Fact]
    public async Task Whatever_the_code_says_the_database_gives_the_key_to_nobody_too_early_or_alone()
    {
        var rfq = await Make.SealedRfqAsync(database);
        await Make.SubmittedQuoteAsync(database, rfq, 0);
        var seal = await database.ScalarAsync<Guid>("select id from rfq_seals where rfq_id = $1", rfq.Id);
        await using var buyer = database.As(rfq.Buyer);
        Task<string> KeyAsync() => buyer.Get<Database>().WriteAsync((db, ct) => db.Database.SqlQuery<string>($"select encode(wrapped, 'hex') as \"Value\" from app.open_seal({seal})").SingleAsync(ct), _ct);
        Assert.Contains("can be opened once the deadline has passed", (await Assert.ThrowsAsync<RefusedException>(KeyAsync)).Message, StringComparison.Ordinal);
        await Make.CloseAsync(database, rfq);
        await Make.ConsentAsync(database, rfq);
        Assert.Contains("Two different people", (await Assert.ThrowsAsync<RefusedException>(KeyAsync)).Message, StringComparison.Ordinal);
        foreach (var sql in (string[])[
            "select * from app.seal_keys", "select * from sealed_copies", "update rfq_seals set opened_at = now(), opened_by = app.user_id()", "delete from seal_events", "update seal_events set detail = ''",
            "insert into seal_events (id, rfq_id, round, sequence, kind, at, actor_name, detail, previous_hash, hash) select gen_random_uuid(), id, 1, 99, 'consent', now(), 'x', '', '', repeat('a', 64) from rfqs",
            "select app.add_seal_event(id, 1, 'consent', null, '') from rfqs", "insert into opened_bids (id, bid_id, rfq_id, agrees, fault, opened_at) select gen_random_uuid(), id, rfq_id, false, '', now() from sealed_bids"])
        {
            var denied = await Assert.ThrowsAsync<RefusedException>(() => buyer.Get<Database>().WriteAsync((db, ct) => db.Database.ExecuteSqlRawAsync(sql, ct), _ct));
            Assert.Contains("rights have changed", denied.Message, StringComparison.Ordinal);
        }

        // The background work's own session is nobody's consent.
        await using var work = database.As(await new Sourcing.Data.Operations.SystemSession(database.Sources, TimeProvider.System).IdentityAsync(_ct));
        var none = await Assert.ThrowsAsync<RefusedException>(() => work.Get<OpeningService>().OpenAsync(Form(rfq), _ct));
        Assert.Contains("not yours to open", none.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_twenty_who_open_at_once_one_does_and_the_others_read_who_did()
    {
        var rfq = await Make.SealedRfqAsync(database);
        await Make.SubmittedQuoteAsync(database, rfq, 0);
        await Make.SubmittedQuoteAsync(database, rfq, 1);
        await Make.CloseAsync(database, rfq);
        await Make.ConsentAsync(database, rfq);
        var people = new List<UserIdentity>();
        for (var i = 0; i < 20; i++)
        {
            people.Add(await database.UserAsync(null, [Role.Buyer]));
        }

        var ends = await Task.WhenAll(people.Select(async person =>
        {
            await using var scope = database.As(person);
            try
            {
                await scope.Get<OpeningService>().OpenAsync(Form(rfq), _ct);
                return (person.Name, Refusal: "");
            }
            catch (RefusedException refusal)
            {
                return (person.Name, Refusal: refusal.Message);
            }
        }));
        var winner = Assert.Single(ends, e => e.Refusal.Length == 0).Name;
        Assert.All(ends.Where(e => e.Refusal.Length > 0), e => Assert.True(e.Refusal.Contains("opened already by", StringComparison.Ordinal) && e.Refusal.Contains(winner, StringComparison.Ordinal), e.Refusal));
        Assert.Equal(2L, await database.ScalarAsync<long>("select count(*) from quote_revisions r join quotes q on q.id = r.quote_id where q.rfq_id = $1", rfq.Id));
        Assert.Equal(2L, await database.ScalarAsync<long>("select count(*) from seal_events where rfq_id = $1 and kind = 'consent'", rfq.Id));
    }

    [Fact]
    public async Task A_double_click_opens_once_and_says_the_same_twice()
    {
        var rfq = await Make.SealedRfqAsync(database);
        await Make.SubmittedQuoteAsync(database, rfq, 0);
        await Make.CloseAsync(database, rfq);
        await Make.ConsentAsync(database, rfq);
        await using var admin = await database.AsAsync(Role.Admin);
        var form = Form(rfq);
        Assert.Equal(rfq.Id, await admin.Get<OpeningService>().OpenAsync(form, _ct));
        Assert.Equal(rfq.Id, await admin.Get<OpeningService>().OpenAsync(form, _ct));
        Assert.Equal(1L, await database.ScalarAsync<long>("select count(*) from seal_events where rfq_id = $1 and kind = 'opened'", rfq.Id));
    }

    [Fact]
    public async Task A_deadline_that_has_passed_need_not_wait_for_the_job()
    {
        var rfq = await Make.SealedRfqAsync(database);
        await Make.SubmittedQuoteAsync(database, rfq, 0);
        await Make.PassDeadlineAsync(database, rfq.Id);
        await Make.OpenBidsAsync(database, rfq);
        Assert.Equal((RfqStatus.Closed, false), (await DetailsAsync(rfq)) is { } d ? (d.Status, d.IsSealedNow) : default);
    }

    [Fact]
    public async Task Reopening_takes_the_consents_back_and_after_the_opening_there_is_none()
    {
        var rfq = await Make.SealedRfqAsync(database);
        var made = await Make.SubmittedQuoteAsync(database, rfq, 0, price: 4);
        await Make.CloseAsync(database, rfq);
        await Make.ConsentAsync(database, rfq);
        await using var buyer = database.As(rfq.Buyer);
        await ExtendAsync(buyer, rfq);
        await Make.SubmittedQuoteAsync(database, rfq, 0, price: 3, as_: made.Supplier);
        await Make.CloseAsync(database, rfq);
        Assert.Equal(0, (await DetailsAsync(rfq)).Consents);
        await using var admin = await database.AsAsync(Role.Admin);
        Assert.Contains("Two different people", (await Assert.ThrowsAsync<RefusedException>(() => admin.Get<OpeningService>().OpenAsync(Form(rfq), _ct))).Message, StringComparison.Ordinal);
        await Make.OpenBidsAsync(database, rfq);
        Assert.Contains("Start round 2", (await Assert.ThrowsAsync<RefusedException>(() => ExtendAsync(buyer, rfq))).Message, StringComparison.Ordinal);
        var raw = await Assert.ThrowsAsync<RefusedException>(() => buyer.Get<Database>().WriteAsync((db, ct) => db.Database.ExecuteSqlAsync($"update rfqs set status = 'open', deadline = now() + interval '1 day' where id = {rfq.Id}", ct), _ct));
        Assert.Contains("nobody may bid in it", raw.Message, StringComparison.Ordinal);
        raw = await Assert.ThrowsAsync<RefusedException>(() => buyer.Get<Database>().WriteAsync((db, ct) => db.Database.ExecuteSqlAsync($"update quote_lines set unit_price = 1 where quote_id = {made.Id}", ct), _ct));
        Assert.Contains("stays as it was opened", raw.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_sealed_is_neither_evaluated_nor_awarded_nor_followed_by_a_round_and_a_cancelled_one_stays_sealed()
    {
        var rfq = await Make.SealedRfqAsync(database);
        await Make.SubmittedQuoteAsync(database, rfq, 0);
        await Make.CloseAsync(database, rfq);
        await using var buyer = database.As(rfq.Buyer);
        var details = await DetailsAsync(rfq);
        Assert.Contains("are sealed", (await Assert.ThrowsAsync<RefusedException>(() => buyer.Get<RfqService>().StartEvaluationAsync(new() { Id = rfq.Id, Version = details.Version }, _ct))).Message, StringComparison.Ordinal);
        Assert.Contains("1 sealed bid waits", (await Assert.ThrowsAsync<RefusedException>(() => Make.StartRoundAsync(database, rfq, 1, 0, 1))).Message, StringComparison.Ordinal);
        var usual = await Assert.ThrowsAsync<RefusedException>(() => buyer.Get<Sourcing.Data.Rfqs.Awarding.AwardScenarioService>().SaveAsync(new() { RfqId = rfq.Id, Name = "Cheapest" }, _ct));
        Assert.Contains("are sealed", usual.Message, StringComparison.Ordinal);
        await buyer.Get<RfqService>().CancelAsync(new() { Id = rfq.Id, Reason = "Not needed." }, _ct);
        await RefusedAsync(rfq.Buyer, rfq, s => s.ConsentAsync(Form(rfq), _ct), "stay sealed for ever");
        await RefusedAsync(rfq.Buyer, rfq, s => s.OpenAsync(Form(rfq), _ct), "stay sealed for ever");
    }

    [Fact]
    public async Task A_next_round_has_a_seal_of_its_own_and_goes_on_from_what_was_opened()
    {
        var rfq = await Make.SealedRfqAsync(database);
        var made = await Make.SubmittedQuoteAsync(database, rfq, 0, price: 4);
        await Make.CloseAsync(database, rfq);
        await Make.OpenBidsAsync(database, rfq);
        await Make.StartRoundAsync(database, rfq, 1, 0, 1);
        Assert.True((await DetailsAsync(rfq)).IsSealedNow);
        await using var supplier = database.As(made.Supplier);
        Assert.Equal(4, (await supplier.Get<QuoteQueries>().OwnAsync(rfq.Id, _ct)).ToForm().Lines[0].UnitPrice);
        await Make.SubmittedQuoteAsync(database, rfq, 0, price: 3, as_: made.Supplier);
        await using var buyer = database.As(rfq.Buyer);
        Assert.Empty((await buyer.Get<ComparisonQueries>().ForAsync(rfq.Id, _ct)).Quotes);
        await Make.CloseAsync(database, rfq);
        await Make.OpenBidsAsync(database, rfq, round: 2);
        var view = await buyer.Get<ComparisonQueries>().ForAsync(rfq.Id, _ct);
        Assert.Equal((1, 4m), (view.Quotes.Count, view.Former!.Price(rfq.Lines[0], rfq.Suppliers[0])));
        Assert.Equal(2L, await database.ScalarAsync<long>("select count(*) from rfq_seals where rfq_id = $1 and opened_at is not null", rfq.Id));
        Assert.Null((await buyer.Get<OpeningQueries>().OfRfqAsync(rfq.Id, _ct))!.Check.Fault);
    }

    [Fact]
    public async Task The_seal_is_shown_to_whoever_may_see_the_RFQ_and_to_nobody_else()
    {
        var rfq = await Make.SealedRfqAsync(database);
        foreach (var role in Enum.GetValues<Role>())
        {
            await using var scope = await database.AsAsync(role == Role.Supplier ? rfq.Suppliers[0] : null, role);
            if (Permissions.Of(role).Contains(Permission.RfqsRead))
            {
                Assert.Equal(1, (await scope.Get<OpeningQueries>().OfRfqAsync(rfq.Id, _ct))!.Round);
            }
            else
            {
                await Assert.ThrowsAsync<DeniedException>(() => scope.Get<OpeningQueries>().OfRfqAsync(rfq.Id, _ct));
            }
        }

        var open = await Make.OpenRfqAsync(database);
        await using var buyer = database.As(rfq.Buyer);
        Assert.Null(await buyer.Get<OpeningQueries>().OfRfqAsync(open.Id, _ct));
        await RefusedAsync(rfq.Buyer, open, s => s.ConsentAsync(Form(open), _ct), "is not sealed");
    }

    [Fact]
    public async Task With_another_sealing_key_it_is_said_and_nothing_is_opened()
    {
        var rfq = await Make.SealedRfqAsync(database);
        await Make.SubmittedQuoteAsync(database, rfq, 0);
        await Make.CloseAsync(database, rfq);
        await Make.ConsentAsync(database, rfq);
        await using var admin = await database.AsAsync(Role.Admin);
        var service = new OpeningService(admin.Get<Database>(), admin.User, SealingKey.Of(new byte[32]));
        Assert.Contains("another sealing key", (await Assert.ThrowsAsync<RefusedException>(() => service.OpenAsync(Form(rfq), _ct))).Message, StringComparison.Ordinal);
        Assert.Equal((true, 1), (await DetailsAsync(rfq)) is { } d ? (d.IsSealedNow, d.Consents) : default);
    }

    private static OpeningForm Form(MadeRfq rfq) => new() { Id = rfq.Id, Round = 1 };

    private async Task<RfqDetails> DetailsAsync(MadeRfq rfq)
    {
        await using var scope = database.As(rfq.Buyer);
        return (await scope.Get<RfqQueries>().DetailsAsync(rfq.Id, _ct))!;
    }

    private async Task RefusedAsync(UserIdentity person, MadeRfq rfq, Func<OpeningService, Task> act, string words)
    {
        await using var scope = database.As(person);
        Assert.Contains(words, (await Assert.ThrowsAsync<RefusedException>(() => act(scope.Get<OpeningService>()))).Message, StringComparison.Ordinal);
    }

    private Task<Guid> ExtendAsync(TestScope buyer, MadeRfq rfq) =>
        buyer.Get<RfqService>().ExtendDeadlineAsync(new() { Id = rfq.Id, Deadline = TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(9), DeadlineTimeZone = "UTC", Reason = "More time." }, _ct);

    private async Task WithdrawAsync(MadeQuote quote)
    {
        await using var scope = database.As(quote.Supplier);
        var sheet = await scope.Get<QuoteQueries>().OwnAsync(quote.RfqId, _ct);
        await scope.Get<QuoteService>().WithdrawAsync(new() { RfqId = quote.RfqId, Version = sheet.Quote!.Version, Reason = "A mistake." }, _ct);
    }
}
