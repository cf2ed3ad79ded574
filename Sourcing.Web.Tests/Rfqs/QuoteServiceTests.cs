using Sourcing.Data.Common;
using Sourcing.Data.Rfqs;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Rfqs;

public sealed class QuoteServiceTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_submitted_quote_has_a_number_its_total_and_its_lines()
    {
        var rfq = await Make.OpenRfqAsync(database, suppliers: 1, lines: 3);
        var made = await Make.SubmittedQuoteAsync(database, rfq, price: 2, change: form =>
        {
            form.Lines[0].Breaks = [new() { MinimumQuantity = 100, UnitPrice = 1.5m }, new() { MinimumQuantity = 1000, UnitPrice = 1 }];
            (form.Lines[1].Outcome, form.Lines[1].NoQuoteReason) = (QuoteLineOutcome.NoQuote, NoQuoteReason.NoCertificate);
            form.Lines[2].Moq = 500;
        });
        var sheet = await OwnAsync(made);
        Assert.Matches(@"^Q-\d{4}-\d{5}$", sheet.Quote!.Number);
        // 100 x 1.50, none, 500 (for the minimum) x 2, and 50 freight.
        Assert.Equal((QuoteStatus.Submitted, 1, 1200m, QuoteChannel.Portal, false), (sheet.Quote.Status, sheet.Quote.Revision, sheet.Quote.Total, sheet.Quote.Channel, sheet.Quote.AfterDeadline));
        Assert.Equal(InvitationStatus.Quoted, sheet.Invitation.Status);
        Assert.Equal(3, await database.ScalarAsync<long>("select count(*) from quote_lines where quote_id = $1", made.Id));
        Assert.Equal(2, await database.ScalarAsync<long>("select count(*) from quote_price_breaks b join quote_lines l on l.id = b.quote_line_id where l.quote_id = $1", made.Id));
        Assert.Equal("no_certificate", await database.ScalarAsync<string>("select no_quote_reason from quote_lines where quote_id = $1 and rfq_line_id = $2", made.Id, rfq.Lines[1]));
    }

    [Fact]
    public async Task A_draft_keeps_everything_however_unfinished()
    {
        var rfq = await Make.OpenRfqAsync(database, suppliers: 1, lines: 2);
        await using var scope = await database.AsAsync(rfq.Suppliers[0], Role.Supplier);
        var (queries, service) = (scope.Get<QuoteQueries>(), scope.Get<QuoteService>());
        var form = (await queries.OwnAsync(rfq.Id, _ct)).ToForm();
        form.Currency = "";
        form.Notes = "half a sentence";
        (form.Lines[0].UnitPrice, form.Lines[0].Quantity) = (-3, null);
        form.Lines[1].Breaks = [new() { UnitPrice = 4 }];
        await service.SaveDraftAsync(form, _ct);
        var again = (await queries.OwnAsync(rfq.Id, _ct)).ToForm();
        Assert.Equal(("", "half a sentence", -3m, null, 4m), (again.Currency, again.Notes, again.Lines[0].UnitPrice, again.Lines[0].Quantity, again.Lines[1].Breaks[0].UnitPrice));
        var sheet = await queries.OwnAsync(rfq.Id, _ct);
        Assert.Equal((QuoteStatus.Draft, 0, InvitationStatus.Quoting), (sheet.Quote!.Status, sheet.Quote.Revision, sheet.Invitation.Status));
    }

    [Fact]
    public async Task An_incomplete_quote_is_refused_line_by_line_and_nothing_is_written()
    {
        var rfq = await Make.OpenRfqAsync(database, suppliers: 1, lines: 3);
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => Make.SubmittedQuoteAsync(database, rfq, change: form =>
        {
            form.ValidUntil = null;
            form.Lines[0].UnitPrice = null;
            form.Lines[2].Outcome = QuoteLineOutcome.NoQuote;
        }));
        Assert.Equal(["ValidUntil", "Lines[0].UnitPrice", "Lines[2].NoQuoteReason"], refusal.Errors.Select(e => e.Field));
        Assert.Equal(0, await database.ScalarAsync<long>("select count(*) from quotes where rfq_id = $1", rfq.Id));
    }

    [Fact]
    public async Task A_second_quote_is_a_revision_and_the_first_is_kept()
    {
        var rfq = await Make.OpenRfqAsync(database, suppliers: 1);
        var made = await Make.SubmittedQuoteAsync(database, rfq, price: 3, change: f => f.Lines[0].Breaks = [new() { MinimumQuantity = 500, UnitPrice = 2.5m }]);
        await Make.SubmittedQuoteAsync(database, rfq, price: 2, as_: made.Supplier, change: f => f.Lines[0].Breaks = [new() { MinimumQuantity = 600, UnitPrice = 1.5m }]);
        var sheet = await OwnAsync(made);
        Assert.Equal((2, 2050m), (sheet.Quote!.Revision, sheet.Quote.Total));
        Assert.Equal([2, 1], sheet.Revisions.Select(r => r.Revision));
        Assert.Equal([2050m, 3050m], sheet.Revisions.Select(r => r.Total));
        Assert.Equal(3, sheet.Revisions[1].Content.Lines[0].UnitPrice);
        Assert.Equal(1, await database.ScalarAsync<long>("select count(*) from quotes where rfq_id = $1", rfq.Id));
        Assert.Equal(600, await database.ScalarAsync<decimal>("select minimum_quantity from quote_price_breaks b join quote_lines l on l.id = b.quote_line_id where l.quote_id = $1", made.Id));
    }

    [Fact]
    public async Task Twenty_submissions_at_once_leave_one_quote_with_its_revisions_in_order()
    {
        var rfq = await Make.OpenRfqAsync(database, suppliers: 1, lines: 1);
        var people = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => database.UserAsync(rfq.Suppliers[0], [Role.Supplier])));
        var outcomes = await Task.WhenAll(people.Select(async (who, n) =>
        {
            await using var scope = database.As(who);
            var (refused, price) = (0, 1 + (n / 100m));
            while (true)
            {
                try
                {
                    await scope.Get<QuoteService>().SubmitAsync(Make.Fill(await scope.Get<QuoteQueries>().OwnAsync(rfq.Id, _ct), price), _ct);
                    return refused;
                }
                catch (RefusedException)
                {
                    // Somebody was faster: look at what stands now, and submit the next revision of that.
                    refused++;
                }
            }
        }));
        Assert.Equal(20, outcomes.Length);
        Assert.Equal((1L, 20), (await database.ScalarAsync<long>("select count(*) from quotes where rfq_id = $1", rfq.Id), await database.ScalarAsync<int>("select revision from quotes where rfq_id = $1", rfq.Id)));
        Assert.Equal(string.Join(',', Enumerable.Range(1, 20)), await database.ScalarAsync<string>("select string_agg(revision::text, ',' order by submitted_at, revision) from quote_revisions"
            + " where quote_id = (select id from quotes where rfq_id = $1)", rfq.Id));
        Assert.Equal(
            await database.ScalarAsync<decimal>("select (content -> 'lines' -> 0 ->> 'unit_price')::numeric from quote_revisions r join quotes q on q.id = r.quote_id where q.rfq_id = $1 and r.revision = 20", rfq.Id),
            await database.ScalarAsync<decimal>("select unit_price from quote_lines l join quotes q on q.id = l.quote_id where q.rfq_id = $1", rfq.Id));
    }

    [Fact]
    public async Task A_half_made_revision_does_not_touch_what_was_submitted()
    {
        var rfq = await Make.OpenRfqAsync(database, suppliers: 1);
        var made = await Make.SubmittedQuoteAsync(database, rfq, price: 3);
        await using var scope = database.As(made.Supplier);
        var form = (await OwnAsync(made)).ToForm();
        form.Lines.ForEach(l => l.UnitPrice = null);
        await scope.Get<QuoteService>().SaveDraftAsync(form, _ct);
        var sheet = await OwnAsync(made);
        Assert.Equal((QuoteStatus.Submitted, 3050m, InvitationStatus.Quoted), (sheet.Quote!.Status, sheet.Quote.Total, sheet.Invitation.Status));
        Assert.Null(sheet.ToForm().Lines[0].UnitPrice);
        await scope.Get<QuoteService>().DiscardDraftAsync(rfq.Id, _ct);
        Assert.Equal(3, (await OwnAsync(made)).ToForm().Lines[0].UnitPrice);
    }

    [Fact]
    public async Task A_withdrawn_quote_says_why_and_can_be_submitted_again()
    {
        var rfq = await Make.OpenRfqAsync(database, suppliers: 1);
        var made = await Make.SubmittedQuoteAsync(database, rfq);
        await using var scope = database.As(made.Supplier);
        var sheet = await OwnAsync(made);
        await scope.Get<QuoteService>().WithdrawAsync(new() { RfqId = rfq.Id, Version = sheet.Quote!.Version, Reason = "Cotton went up" }, _ct);
        sheet = await OwnAsync(made);
        Assert.Equal((QuoteStatus.Withdrawn, "Cotton went up", InvitationStatus.Quoting), (sheet.Quote!.Status, sheet.Quote.WithdrawReason, sheet.Invitation.Status));
        await Assert.ThrowsAsync<RefusedException>(() => scope.Get<QuoteService>().WithdrawAsync(new() { RfqId = rfq.Id, Version = sheet.Quote.Version, Reason = "Again" }, _ct));
        await Make.SubmittedQuoteAsync(database, rfq, as_: made.Supplier);
        Assert.Equal((QuoteStatus.Submitted, 2, ""), ((await OwnAsync(made)).Quote!.Status, (await OwnAsync(made)).Quote!.Revision, (await OwnAsync(made)).Quote!.WithdrawReason));
    }

    [Fact]
    public async Task Declining_needs_a_reason_and_no_standing_quote()
    {
        var rfq = await Make.OpenRfqAsync(database, suppliers: 2);
        await using var scope = await database.AsAsync(rfq.Suppliers[0], Role.Supplier);
        var service = scope.Get<QuoteService>();
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => service.DeclineAsync(new() { RfqId = rfq.Id }, _ct));
        Assert.Equal("Reason", Assert.Single(refusal.Errors).Field);
        await service.DeclineAsync(new() { RfqId = rfq.Id, Reason = DeclineReason.NoCapacity, Note = "Full until May" }, _ct);
        Assert.Equal(InvitationStatus.Declined, (await scope.Get<QuoteQueries>().OwnAsync(rfq.Id, _ct)).Invitation.Status);

        var made = await Make.SubmittedQuoteAsync(database, rfq, supplier: 1);
        await using var other = database.As(made.Supplier);
        refusal = await Assert.ThrowsAsync<RefusedException>(() => other.Get<QuoteService>().DeclineAsync(new() { RfqId = rfq.Id, Reason = DeclineReason.NoCapacity }, _ct));
        Assert.Contains("Withdraw it before declining", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Opening_and_intending_are_seen_by_the_buyer()
    {
        var rfq = await Make.OpenRfqAsync(database, suppliers: 1);
        await using var scope = await database.AsAsync(rfq.Suppliers[0], Role.Supplier);
        await scope.Get<QuoteService>().MarkViewedAsync(rfq.Id, _ct);
        Assert.Equal("viewed", await InvitationAsync(rfq));
        await scope.Get<QuoteService>().IntendToBidAsync(rfq.Id, _ct);
        await scope.Get<QuoteService>().IntendToBidAsync(rfq.Id, _ct);
        Assert.Equal("quoting", await InvitationAsync(rfq));
    }

    [Fact]
    public async Task The_buyer_is_told_and_the_supplier_gets_a_receipt_with_number_and_total()
    {
        var rfq = await Make.OpenRfqAsync(database, suppliers: 1);
        var made = await Make.SubmittedQuoteAsync(database, rfq, price: 2);
        var number = (await OwnAsync(made)).Quote!.Number;
        var told = await database.ScalarAsync<string>("select text from notifications where user_id = $1 order by created_at desc limit 1", rfq.Buyer.Id);
        Assert.EndsWith($"submitted quote {number} for {rfq.Number}: EUR 2,050.00", told, StringComparison.Ordinal);
        var mail = await database.ScalarAsync<string>("select body from outbox_messages where entity_type = 'quotes' and entity_id = $1", made.Id);
        Assert.Contains(number, mail, StringComparison.Ordinal);
        Assert.Contains("Total: EUR 2,050.00", mail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_double_click_gives_one_quote_one_revision_and_one_receipt()
    {
        var rfq = await Make.OpenRfqAsync(database, suppliers: 1);
        var supplier = await database.UserAsync(rfq.Suppliers[0], [Role.Supplier]);
        await using var scope = database.As(supplier);
        var form = Make.Fill(await scope.Get<QuoteQueries>().OwnAsync(rfq.Id, _ct));
        var ids = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => scope.Get<QuoteService>().SubmitAsync(form, _ct)));
        Assert.Single(ids.Distinct());
        Assert.Equal(1, await database.ScalarAsync<long>("select count(*) from quote_revisions where quote_id = $1", ids[0]));
        Assert.Equal(1, await database.ScalarAsync<long>("select count(*) from outbox_messages where entity_type = 'quotes' and entity_id = $1", ids[0]));
    }

    [Fact]
    public async Task Saving_a_draft_and_submitting_the_same_form_are_two_acts()
    {
        var rfq = await Make.OpenRfqAsync(database, suppliers: 1);
        await using var scope = await database.AsAsync(rfq.Suppliers[0], Role.Supplier);
        var form = Make.Fill(await scope.Get<QuoteQueries>().OwnAsync(rfq.Id, _ct));
        await scope.Get<QuoteService>().SaveDraftAsync(form, _ct);
        form.Version = (await scope.Get<QuoteQueries>().OwnAsync(rfq.Id, _ct)).Quote!.Version;
        await scope.Get<QuoteService>().SubmitAsync(form, _ct);
        Assert.Equal(QuoteStatus.Submitted, (await scope.Get<QuoteQueries>().OwnAsync(rfq.Id, _ct)).Quote!.Status);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Of_five_people_who_submit_at_once_one_wins(bool revising)
    {
        var rfq = await Make.OpenRfqAsync(database, suppliers: 1);
        if (revising)
        {
            await Make.SubmittedQuoteAsync(database, rfq);
        }

        var people = new List<(TestScope Scope, QuoteForm Form)>();
        for (var n = 1; n <= 5; n++)
        {
            var scope = await database.AsAsync(rfq.Suppliers[0], Role.Supplier);
            people.Add((scope, Make.Fill(await scope.Get<QuoteQueries>().OwnAsync(rfq.Id, _ct), price: n)));
        }

        var outcomes = await Task.WhenAll(people.Select(p => Record.ExceptionAsync(() => p.Scope.Get<QuoteService>().SubmitAsync(p.Form, _ct)).AsTask()));
        Assert.Single(outcomes, o => o is null);
        Assert.All(outcomes.Where(o => o is not null), o => Assert.IsAssignableFrom<RefusedException>(o));
        Assert.Equal(1, await database.ScalarAsync<long>("select count(*) from quotes where rfq_id = $1", rfq.Id));
        Assert.Equal(revising ? 2 : 1, await database.ScalarAsync<int>("select revision from quotes where rfq_id = $1", rfq.Id));
        foreach (var (scope, _) in people)
        {
            await scope.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_form_opened_before_somebody_elses_submission_is_a_conflict()
    {
        var rfq = await Make.OpenRfqAsync(database, suppliers: 1);
        var made = await Make.SubmittedQuoteAsync(database, rfq);
        await using var scope = database.As(made.Supplier);
        var stale = Make.Fill(await OwnAsync(made), price: 9);
        await Make.SubmittedQuoteAsync(database, rfq, price: 2);
        await Assert.ThrowsAsync<ConflictException>(() => scope.Get<QuoteService>().SubmitAsync(stale, _ct));
        await Assert.ThrowsAsync<ConflictException>(() => scope.Get<QuoteService>().SaveDraftAsync(stale, _ct));
        Assert.Equal(2050m, (await OwnAsync(made)).Quote!.Total);
    }

    [Fact]
    public async Task A_buyer_enters_what_came_by_telephone_and_it_is_marked()
    {
        var rfq = await Make.OpenRfqAsync(database, suppliers: 1);
        await using var scope = database.As(rfq.Buyer);
        var form = Make.Fill(await scope.Get<QuoteQueries>().OfSupplierAsync(rfq.Id, rfq.Suppliers[0], _ct));
        form.Channel = QuoteChannel.Portal;
        Assert.Equal("Channel", Assert.Single((await Assert.ThrowsAsync<RefusedException>(() => scope.Get<QuoteService>().EnterAsync(form, _ct))).Errors).Field);
        form.Channel = QuoteChannel.Telephone;
        await scope.Get<QuoteService>().EnterAsync(form, _ct);
        var quote = (await scope.Get<QuoteQueries>().OfSupplierAsync(rfq.Id, rfq.Suppliers[0], _ct)).Quote!;
        Assert.Equal((QuoteChannel.Telephone, false, rfq.Buyer.Name), (quote.Channel, quote.AfterDeadline, quote.SubmittedByName));

        // The supplier may go on from there.
        var made = await Make.SubmittedQuoteAsync(database, rfq, price: 3);
        Assert.Equal((2, QuoteChannel.Portal), ((await OwnAsync(made)).Quote!.Revision, (await OwnAsync(made)).Quote!.Channel));
    }

    [Fact]
    public async Task After_the_deadline_a_buyer_may_enter_a_quote_which_is_marked_late_until_the_evaluation_ends()
    {
        var rfq = await Make.OpenRfqAsync(database, suppliers: 1);
        await Make.PassDeadlineAsync(database, rfq.Id);
        await using var scope = database.As(rfq.Buyer);
        var form = Make.Fill(await scope.Get<QuoteQueries>().OfSupplierAsync(rfq.Id, rfq.Suppliers[0], _ct));
        await scope.Get<QuoteService>().EnterAsync(form, _ct);
        Assert.True((await scope.Get<QuoteQueries>().OfSupplierAsync(rfq.Id, rfq.Suppliers[0], _ct)).Quote!.AfterDeadline);
        await database.SqlAsync("update rfqs set status = 'awarded' where id = $1", rfq.Id);
        form = Make.Fill(await scope.Get<QuoteQueries>().OfSupplierAsync(rfq.Id, rfq.Suppliers[0], _ct));
        Assert.Contains("quotes no longer change", (await Assert.ThrowsAsync<RefusedException>(() => scope.Get<QuoteService>().EnterAsync(form, _ct))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_the_deadline_the_service_refuses_every_act_of_a_supplier()
    {
        var rfq = await Make.OpenRfqAsync(database, suppliers: 1);
        var made = await Make.SubmittedQuoteAsync(database, rfq);
        await Make.PassDeadlineAsync(database, rfq.Id);
        await using var scope = database.As(made.Supplier);
        var service = scope.Get<QuoteService>();
        var sheet = await OwnAsync(made);
        foreach (var act in (Func<Task>[])
        [
            () => service.SubmitAsync(Make.Fill(sheet), _ct),
            () => service.SaveDraftAsync(Make.Fill(sheet), _ct),
            () => service.DiscardDraftAsync(rfq.Id, _ct),
            () => service.WithdrawAsync(new() { RfqId = rfq.Id, Version = sheet.Quote!.Version, Reason = "Late" }, _ct),
            () => service.DeclineAsync(new() { RfqId = rfq.Id, Reason = DeclineReason.NoCapacity }, _ct),
            () => service.IntendToBidAsync(rfq.Id, _ct),
        ])
        {
            Assert.Contains("deadline", (await Assert.ThrowsAsync<RefusedException>(act)).Message, StringComparison.Ordinal);
        }

        Assert.Equal(1, (await OwnAsync(made)).Quote!.Revision);
    }

    [Theory]
    [InlineData("paused", "is paused")]
    [InlineData("closed", "is closed for quotes")]
    [InlineData("cancelled", "was cancelled")]
    public async Task An_RFQ_that_is_not_open_takes_no_quote(string status, string because)
    {
        var rfq = await Make.OpenRfqAsync(database, suppliers: 1);
        await database.SqlAsync("update rfqs set status = $2 where id = $1", rfq.Id, status);
        Assert.Contains(because, (await Assert.ThrowsAsync<RefusedException>(() => Make.SubmittedQuoteAsync(database, rfq))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Role.Buyer)]
    [InlineData(Role.Admin)]
    [InlineData(Role.Planner)]
    [InlineData(Role.ReadOnly)]
    [InlineData(Role.SalesRep)]
    public async Task Only_a_supplier_acts_as_a_supplier(Role role)
    {
        await using var scope = await database.AsAsync(role);
        var (service, queries, id) = (scope.Get<QuoteService>(), scope.Get<QuoteQueries>(), Guid.CreateVersion7());
        await DeniedAsync(() => service.SubmitAsync(new() { RfqId = id }, _ct), () => service.SaveDraftAsync(new() { RfqId = id }, _ct), () => service.DiscardDraftAsync(id, _ct),
            () => service.WithdrawAsync(new() { RfqId = id, Reason = "x" }, _ct), () => service.DeclineAsync(new() { RfqId = id }, _ct), () => service.IntendToBidAsync(id, _ct),
            () => service.MarkViewedAsync(id, _ct), () => queries.PortalAsync(_ct), () => queries.OwnAsync(id, _ct), () => queries.LinkedRfqAsync(_ct));
    }

    [Theory]
    [InlineData(Role.Supplier, false)]
    [InlineData(Role.SalesRep, false)]
    [InlineData(Role.Planner, true)]
    [InlineData(Role.ReadOnly, true)]
    public async Task Only_a_buyer_enters_quotes_and_only_insiders_read_them(Role role, bool reads)
    {
        var rfq = await Make.OpenRfqAsync(database, suppliers: 1);
        await using var scope = role == Role.Supplier ? await database.AsAsync(rfq.Suppliers[0], role) : await database.AsAsync(role);
        var (service, queries) = (scope.Get<QuoteService>(), scope.Get<QuoteQueries>());
        await DeniedAsync(() => service.EnterAsync(new() { RfqId = rfq.Id }, _ct), () => service.SaveEntryAsync(new() { RfqId = rfq.Id }, _ct), () => service.DiscardEntryAsync(rfq.Id, rfq.Suppliers[0], _ct));
        if (reads)
        {
            Assert.Null((await queries.OfSupplierAsync(rfq.Id, rfq.Suppliers[0], _ct)).Quote);
        }
        else
        {
            await DeniedAsync(() => queries.OfSupplierAsync(rfq.Id, rfq.Suppliers[0], _ct));
        }
    }

    [Fact]
    public async Task A_quote_of_200_lines_is_submitted_with_few_statements()
    {
        var rfq = await Make.OpenRfqAsync(database, suppliers: 1, lines: 200);
        var made = await Make.SubmittedQuoteAsync(database, rfq);
        database.Queries.Reset();
        await OwnAsync(made);
        Assert.InRange(database.Queries.Count, 1, 16);
        database.Queries.Reset();
        await Make.SubmittedQuoteAsync(database, rfq, price: 2, as_: made.Supplier);
        Assert.InRange(database.Queries.Count, 1, 60);
    }

    [Fact]
    public async Task The_start_page_tells_what_needs_an_answer()
    {
        var rfq = await Make.OpenRfqAsync(database, suppliers: 1);
        var supplier = await database.UserAsync(rfq.Suppliers[0], [Role.Supplier]);
        await using var scope = database.As(supplier);
        var home = await scope.Get<QuoteQueries>().PortalAsync(_ct);
        Assert.True(Assert.Single(home.Rfqs).NeedsAnswer(home.Now));
        await Make.SubmittedQuoteAsync(database, rfq, price: 2, as_: supplier);
        home = await scope.Get<QuoteQueries>().PortalAsync(_ct);
        Assert.False(Assert.Single(home.Rfqs).NeedsAnswer(home.Now));
        Assert.Equal((4, 2050m, QuoteStatus.Submitted), (home.Rfqs[0].Lines, home.Rfqs[0].Total, home.Rfqs[0].Quote));
    }

    private static async Task DeniedAsync(params Func<Task>[] acts)
    {
        foreach (var act in acts)
        {
            await Assert.ThrowsAsync<DeniedException>(act);
        }
    }

    private async Task<QuoteSheet> OwnAsync(MadeQuote made)
    {
        await using var scope = database.As(made.Supplier);
        return await scope.Get<QuoteQueries>().OwnAsync(made.RfqId, _ct);
    }

    private Task<string> InvitationAsync(MadeRfq rfq) => database.ScalarAsync<string>("select status from rfq_invitations where rfq_id = $1", rfq.Id);
}
