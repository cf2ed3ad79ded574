using Bunit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Sourcing.Data.Common;
using Sourcing.Data.Rfqs;
using Sourcing.Data.Suppliers;
using Sourcing.Web.Portal;
using Sourcing.Web.Rfqs;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Rfqs;

/// <summary>The next round of an RFQ: who is asked again, what each learns, and that what was quoted before stays as it was.</summary>
public sealed class RoundTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_chosen_quote_anew_from_where_they_were_and_the_others_are_thanked_and_shut_out()
    {
        var rfq = await Make.OpenRfqAsync(database, suppliers: 3, lines: 2);
        var first = await Make.SubmittedQuoteAsync(database, rfq, 0, price: 4);
        var left = await Make.SubmittedQuoteAsync(database, rfq, 1, price: 5);
        await Make.NextRoundAsync(database, rfq, 1, [0, 2], f => f.Message = "Best price please.");

        await using var chosen = database.As(first.Supplier);
        var sheet = await chosen.Get<QuoteQueries>().OwnAsync(rfq.Id, _ct);
        Assert.Equal((2, 2, null, "Best price please.", null), (sheet.Rfq.Round, sheet.Round, sheet.Quote?.Number, sheet.Rfq.RoundMessage, sheet.Rfq.WhyNotForSupplier()));
        Assert.Equal(4, sheet.ToForm().Lines[0].UnitPrice);
        Assert.Equal(InvitationStatus.Invited, sheet.Invitation.Status);
        var second = await Make.SubmittedQuoteAsync(database, rfq, 0, price: 3, as_: first.Supplier);
        Assert.NotEqual(first.Id, second.Id);
        Assert.Equal(2L, await database.ScalarAsync<long>("select count(*) from quotes where rfq_id = $1 and supplier_id = $2", rfq.Id, rfq.Suppliers[0]));
        var before = await chosen.Get<QuoteQueries>().OwnAsync(rfq.Id, _ct, round: 1);
        Assert.Equal((first.Id, 4m, 1), (before.Quote!.Id, before.Latest!.Content.Lines[0].UnitPrice, before.Quote.Revision));
        Assert.Equal([2, 1], before.Rounds.Select(r => r.Round));

        Assert.Equal("rejected", await database.ScalarAsync<string>("select status::text from quotes where id = $1", left.Id));
        Assert.Contains("went on with other suppliers after round 1", (await Assert.ThrowsAsync<RefusedException>(() => Make.SubmittedQuoteAsync(database, rfq, 1, as_: left.Supplier))).Message, StringComparison.Ordinal);
        await using var shut = database.As(left.Supplier);
        Assert.Equal("", (await shut.Get<QuoteQueries>().OwnAsync(rfq.Id, _ct)).Rfq.RoundMessage);
        Assert.Contains("went on without you", (await shut.Get<QuestionService>().OwnAsync(rfq.Id, _ct)).WhyNot, StringComparison.Ordinal);
        Assert.Equal((1L, 1L), (await MailsAsync(rfq, 1, "%our decision after round 1"), await MailsAsync(rfq, 0, "%round 2, until%")));
        Assert.Equal(0L, await MailsAsync(rfq, 1, "%round 2, until%"));
        await using var buyer = database.As(rfq.Buyer);
        Assert.Equal((2, 1), (await buyer.Get<RfqQueries>().DetailsAsync(rfq.Id, _ct)) is { } d ? (d.Invited, d.Quoted) : default);
    }

    [Fact]
    public async Task Each_reads_its_own_rank_by_landed_cost_where_it_is_shown_and_nothing_of_others()
    {
        var rfq = await Make.OpenRfqAsync(database, suppliers: 4, lines: 2);
        var dear = await Make.SubmittedQuoteAsync(database, rfq, 0, price: 5);
        // Cheaper by line, dearer with its freight; then one that leaves a line out.
        var freight = await Make.SubmittedQuoteAsync(database, rfq, 1, price: 4.9m, change: f => f.FreightCost = 5000);
        var part = await Make.SubmittedQuoteAsync(database, rfq, 2, price: 1, change: f => (f.Lines[1].Outcome, f.Lines[1].UnitPrice, f.Lines[1].NoQuoteReason) = (QuoteLineOutcome.NoQuote, null, NoQuoteReason.CapacityFull));
        await Make.NextRoundAsync(database, rfq, 1, [0, 1, 2, 3], f => f.ShowRank = true);
        Assert.Equal(new ToldRank(1, 1, 3), await RankAsync(dear.Supplier, rfq));
        Assert.Equal(new ToldRank(1, 2, 3), await RankAsync(freight.Supplier, rfq));
        Assert.Equal(new ToldRank(1, 3, 3), await RankAsync(part.Supplier, rfq));
        Assert.Null(await RankAsync(await database.UserAsync(rfq.Suppliers[3], [Role.Supplier]), rfq));
        Assert.Contains("in place 2 of 3 by landed cost", await database.ScalarAsync<string>("select body from outbox_messages where entity_id = $1 and supplier_id = $2 and subject like '%round 2%'", rfq.Id, rfq.Suppliers[1]), StringComparison.Ordinal);
        await using var scope = database.As(dear.Supplier);
        await scope.Get<Database>().ReadAsync(async (db, ct) =>
        {
            Assert.Equal([rfq.Suppliers[0]], await db.RfqRoundAnswers.Where(a => a.RfqId == rfq.Id).Select(a => a.SupplierId).ToListAsync(ct));
            return true;
        }, _ct);
        var fault = await Assert.ThrowsAnyAsync<Exception>(() => scope.Get<Database>().ReadAsync((db, ct) => db.RfqRoundAnswers.Select(a => a.Status).ToListAsync(ct), _ct));
        Assert.Contains("42501", fault.ToString(), StringComparison.Ordinal);

        await using var page = new PageContext(scope);
        var cut = page.Render<PortalRfqPage>(p => p.Add(r => r.Id, rfq.Id));
        cut.WaitForAssertion(() => Assert.Contains("your offer was in place 1 of 3 by landed cost", cut.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_the_wish_no_rank_is_told()
    {
        var rfq = await Make.OpenRfqAsync(database, suppliers: 2);
        var made = await Make.SubmittedQuoteAsync(database, rfq);
        await Make.NextRoundAsync(database, rfq, 1, [0, 1]);
        Assert.Null(await RankAsync(made.Supplier, rfq));
        Assert.DoesNotContain("by landed cost", await database.ScalarAsync<string>("select body from outbox_messages where entity_id = $1 and supplier_id = $2 and subject like '%round 2%'", rfq.Id, rfq.Suppliers[0]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_quote_of_a_round_that_is_over_is_frozen_for_buyers_too_by_the_database()
    {
        var rfq = await Make.OpenRfqAsync(database, suppliers: 1);
        var made = await Make.SubmittedQuoteAsync(database, rfq);
        await Make.NextRoundAsync(database, rfq, 1, [0]);
        await using var buyer = database.As(rfq.Buyer);
        foreach (var sql in new[] { "update quotes set notes = 'changed' where id = {0}", "update quote_lines set unit_price = 1 where quote_id = {0}", "delete from quote_lines where quote_id = {0}" })
        {
            var refusal = await Assert.ThrowsAsync<RefusedException>(() => buyer.Get<Database>().WriteAsync((db, ct) => db.Database.ExecuteSqlRawAsync(sql, [made.Id], ct), _ct));
            Assert.Contains("belongs to round 1, which is over", refusal.Message, StringComparison.Ordinal);
        }

        await Assert.ThrowsAsync<PostgresException>(() => database.SqlAsync("update rfq_round_answers set told_rank = 1, told_of = 1 where rfq_id = $1", rfq.Id));
    }

    [Fact]
    public async Task Of_twenty_who_start_the_next_round_at_once_one_wins_and_the_others_read_who()
    {
        var rfq = await Make.ClosedRfqAsync(database, suppliers: 3);
        var buyers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => database.UserAsync(null, [Role.Buyer])));
        var outcomes = await Task.WhenAll(buyers.Select(async who =>
        {
            await using var scope = database.As(who);
            try
            {
                await scope.Get<RoundService>().StartAsync(Make.NextRound(rfq, 1, 0, 1), _ct);
                return (who.Name, Refusal: (string?)null);
            }
            catch (RefusedException refusal)
            {
                return (who.Name, Refusal: refusal.Message);
            }
        }));
        var winner = Assert.Single(outcomes, o => o.Refusal is null);
        Assert.All(outcomes.Where(o => o.Refusal is not null), o => Assert.Equal($"{winner.Name} has started round 2 of {rfq.Number} already. Reload the page to see with whom.", o.Refusal));
        Assert.Equal((2, 1L, 2L), (
            await database.ScalarAsync<int>("select round from rfqs where id = $1", rfq.Id), await database.ScalarAsync<long>("select count(*) from rfq_rounds where rfq_id = $1", rfq.Id),
            await database.ScalarAsync<long>("select count(*) from outbox_messages where entity_id = $1 and subject like '%round 2, until%'", rfq.Id)));
    }

    [Fact]
    public async Task It_is_refused_while_it_is_open_or_an_award_waits_or_nobody_or_a_stranger_is_chosen()
    {
        var (open, closed) = (await Make.OpenRfqAsync(database, suppliers: 1), await Make.ClosedRfqAsync(database, suppliers: 1));
        await using var buyer = await database.AsAsync(Role.Buyer);
        var service = buyer.Get<RoundService>();
        async Task<string> RefusalAsync(NextRoundForm form) => (await Assert.ThrowsAnyAsync<RefusedException>(() => service.StartAsync(form, _ct))).Message;
        Assert.Contains("may still quote in round 1", await RefusalAsync(Make.NextRound(open, 1, 0)), StringComparison.Ordinal);
        Assert.Contains("No supplier is chosen", await RefusalAsync(Make.NextRound(closed, 1)), StringComparison.Ordinal);
        var stranger = Make.NextRound(closed, 1, 0);
        stranger.SupplierIds.Add(open.Suppliers[0]);
        Assert.Contains("was never invited", await RefusalAsync(stranger), StringComparison.Ordinal);
        var late = Make.NextRound(closed, 1, 0);
        late.Deadline = new(2020, 1, 1);
        Assert.Contains("has passed", await RefusalAsync(late), StringComparison.Ordinal);
        await using (var system = await database.AsAsync(Role.Admin))
        {
            await system.Get<Database>().WriteAsync(async (db, ct) =>
            {
                (await db.Suppliers.SingleAsync(s => s.Id == closed.Suppliers[0], ct)).Block(SupplierBlock.Rfq, "Audit failed.", await db.NowAsync(ct));
                await db.SaveChangesAsync(ct);
            }, _ct);
        }

        Assert.Contains("Audit failed.", await RefusalAsync(Make.NextRound(closed, 1, 0)), StringComparison.Ordinal);
        Assert.Equal("closed", await database.ScalarAsync<string>("select status::text from rfqs where id = $1", closed.Id));

        var awarded = await Make.OpenRfqAsync(database, suppliers: 1);
        await Make.SubmittedQuoteAsync(database, awarded);
        await using var limited = database.As(awarded.Buyer);
        await limited.Get<RfqService>().CloseAsync(new() { Id = awarded.Id }, _ct);
        await database.UserAsync(null, [Role.Admin]);
        await database.SqlAsync("update users set approval_limit = 1 where id = $1", awarded.Buyer.Id);
        var view = await limited.Get<ComparisonQueries>().ForAsync(awarded.Id, _ct);
        await limited.Get<AwardService>().AwardAsync(
            new() { Id = awarded.Id, Version = view.Version, Choices = [.. view.CheapestPerLine.Choices.Select(c => new AwardFormLine { RfqLineId = c.RfqLineId, QuoteLineId = c.QuoteLineId, Quantity = view.LineOf(c.RfqLineId).Quantity })] }, _ct);
        Assert.Contains("waits for approval", await RefusalAsync(Make.NextRound(awarded, 1, 0)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Role.Planner)]
    [InlineData(Role.ReadOnly)]
    [InlineData(Role.SalesRep)]
    [InlineData(Role.Supplier)]
    public async Task Only_a_buyer_starts_a_round_and_a_supplier_reads_none_of_it(Role role)
    {
        await using var scope = await database.AsAsync(role == Role.Supplier ? Guid.CreateVersion7() : null, role);
        await Assert.ThrowsAsync<DeniedException>(() => scope.Get<RoundService>().StartAsync(new() { Id = Guid.CreateVersion7() }, _ct));
        await Assert.ThrowsAsync<DeniedException>(() => scope.Get<RoundService>().ChoicesAsync(Guid.CreateVersion7(), _ct));
        if (role == Role.Supplier)
        {
            await Assert.ThrowsAsync<DeniedException>(() => scope.Get<RoundService>().OfRfqAsync(Guid.CreateVersion7(), _ct));
        }
    }

    [Fact]
    public async Task The_comparison_is_of_the_current_round_with_its_change_and_savings_against_the_first()
    {
        var rfq = await Make.OpenRfqAsync(database, suppliers: 2, lines: 1);
        // 100 kg reach the break of the first, so 8 and not 10 is what it said; the second took its low offer back.
        var kept = await Make.SubmittedQuoteAsync(database, rfq, 0, price: 10, change: f => f.Lines[0].Breaks = [new() { MinimumQuantity = 100, UnitPrice = 8 }]);
        var gone = await Make.SubmittedQuoteAsync(database, rfq, 1, price: 2);
        await using (var scope = database.As(gone.Supplier))
        {
            var sheet = await scope.Get<QuoteQueries>().OwnAsync(rfq.Id, _ct);
            await scope.Get<QuoteService>().WithdrawAsync(new() { RfqId = rfq.Id, Version = sheet.Quote!.Version, Reason = "A mistake." }, _ct);
        }

        await Make.NextRoundAsync(database, rfq, 1, [0, 1]);
        await Make.SubmittedQuoteAsync(database, rfq, 0, price: 6, as_: kept.Supplier, change: f => f.Lines[0].Breaks = []);
        await Make.SubmittedQuoteAsync(database, rfq, 1, price: 7, as_: gone.Supplier);
        await using var buyer = database.As(rfq.Buyer);
        var view = await buyer.Get<ComparisonQueries>().ForAsync(rfq.Id, _ct);
        Assert.Equal((2, 2), (view.Round, view.Quotes.Count));
        var (line, own) = (view.Lines[0], view.Quotes.Single(q => q.SupplierId == rfq.Suppliers[0]));
        Assert.Equal(8m, line.FirstRound);
        Assert.Equal(8m, view.Former!.Price(line.Id, own.SupplierId));
        Assert.Equal(-0.25m, view.Former.Change(line.Id, own.SupplierId, view.Comparison.Offer(line.Id, own.QuoteId)));
        Assert.Null(view.Former.Price(line.Id, rfq.Suppliers[1]));
        Assert.Equal(decimal.Round(650m / 850m, 6) - 1, decimal.Round(view.Former.Change(own.SupplierId, view.Comparison.Total(own.QuoteId))!.Value, 6));
        Assert.Equal(200m, AwardProposal.Savings([(100, view.Comparison.Offer(line.Id, own.QuoteId).UnitPrice!.Value, AwardProposal.BaselinePrice(view.LineOf(line.Id), SavingsBaseline.FirstRound))]));
        Assert.Contains("price in round 1", string.Join('|', ComparisonSheet.Heads(view)), StringComparison.Ordinal);
        Assert.All(ComparisonSheet.Rows(view), row => Assert.Equal(ComparisonSheet.Heads(view).Count, row.Count));

        // An award of the second round leaves the quotes of the first as they were.
        await buyer.Get<RfqService>().CloseAsync(new() { Id = rfq.Id }, _ct);
        view = await buyer.Get<ComparisonQueries>().ForAsync(rfq.Id, _ct);
        await buyer.Get<AwardService>().AwardAsync(
            new() { Id = rfq.Id, Version = view.Version, Baseline = SavingsBaseline.FirstRound, Choices = [new() { RfqLineId = line.Id, QuoteLineId = view.Comparison.Offer(line.Id, own.QuoteId).QuoteLineId, Quantity = 100 }] }, _ct);
        Assert.Equal((2, 200m), (await database.ScalarAsync<int>("select round from award_decisions where rfq_id = $1", rfq.Id), await database.ScalarAsync<decimal>("select savings from award_decisions where rfq_id = $1", rfq.Id)));
        Assert.Equal("submitted", await database.ScalarAsync<string>("select status::text from quotes where id = $1", kept.Id));
    }

    [Fact]
    public async Task Answers_of_every_round_count_in_the_response_rate()
    {
        var rfq = await Make.OpenRfqAsync(database, suppliers: 1);
        await Make.SubmittedQuoteAsync(database, rfq);
        await Make.NextRoundAsync(database, rfq, 1, [0]);
        await using var buyer = database.As(rfq.Buyer);
        await buyer.Get<RfqService>().CloseAsync(new() { Id = rfq.Id }, _ct);
        var counted = await database.ScalarAsync<string>(
            "select sum(top)::int || '/' || sum(bottom)::int from app.kpi_events('all', current_date - 30, current_date + 2, current_date + 1, $1, array['response_rate'])", rfq.Suppliers[0]);
        Assert.Equal("1/2", counted);
    }

    [Fact]
    public async Task Addenda_and_answers_of_a_later_round_are_not_for_those_who_are_out()
    {
        var rfq = await Make.OpenRfqAsync(database, suppliers: 2);
        var (inside, outside) = (await Make.SubmittedQuoteAsync(database, rfq, 0), await Make.SubmittedQuoteAsync(database, rfq, 1));
        await using var buyer = database.As(rfq.Buyer);
        await buyer.Get<RfqService>().AmendAsync(new() { Id = rfq.Id, Text = "For both." }, _ct);
        await using (var asker = database.As(outside.Supplier))
        {
            await asker.Get<QuestionService>().AskAsync(new() { RfqId = rfq.Id, Text = "Until when is it needed?" }, _ct);
        }

        await Make.NextRoundAsync(database, rfq, 1, [0]);
        await buyer.Get<RfqService>().AmendAsync(new() { Id = rfq.Id, Text = "For those of round 2." }, _ct);
        await using var chosen = database.As(inside.Supplier);
        await chosen.Get<QuestionService>().AskAsync(new() { RfqId = rfq.Id, Text = "And the cones?" }, _ct);
        var questions = await buyer.Get<QuestionService>().OfRfqAsync(rfq.Id, _ct);
        Assert.Equal([(2, "And the cones?"), (1, "Until when is it needed?")], questions.Select(q => (q.Round, q.Text)));
        await buyer.Get<QuestionService>().AnswerAsync(new() { Id = questions[0].Id, Version = questions[0].Version, Answer = "As before.", PublicText = "And the cones?" }, _ct);
        // Who asked is answered, also when it is out by then.
        await buyer.Get<QuestionService>().AnswerAsync(new() { Id = questions[1].Id, Version = questions[1].Version, Answer = "It is too late.", Scope = AnswerScope.Private }, _ct);
        Assert.Equal((1L, 0L), (await MailsAsync(rfq, 1, "%the answer to your question"), await MailsAsync(rfq, 1, "%a question and its answer")));
        await using var shut = database.As(outside.Supplier);
        Assert.Equal(["For both."], (await shut.Get<QuoteQueries>().OwnAsync(rfq.Id, _ct)).Rfq.Addenda.Select(a => a.Text));
        Assert.Empty((await shut.Get<QuestionService>().OwnAsync(rfq.Id, _ct)).Public);
        Assert.Equal(2, (await chosen.Get<QuoteQueries>().OwnAsync(rfq.Id, _ct)).Rfq.Addenda.Count);
    }

    [Fact]
    public async Task The_dialog_begins_with_those_who_quoted_and_a_refusal_keeps_what_was_typed()
    {
        var rfq = await Make.OpenRfqAsync(database, suppliers: 3);
        await Make.SubmittedQuoteAsync(database, rfq, 1, price: 4);
        await using var buyer = database.As(rfq.Buyer);
        await buyer.Get<RfqService>().CloseAsync(new() { Id = rfq.Id }, _ct);
        var choices = await buyer.Get<RoundService>().ChoicesAsync(rfq.Id, _ct);
        Assert.Equal((3, rfq.Suppliers[1], 1), (choices.Candidates.Count, choices.Candidates[0].SupplierId, choices.Candidates[0].Rank));
        await using var page = new PageContext(buyer);
        var form = new NextRoundForm { Id = rfq.Id, Round = 1, SupplierIds = [rfq.Suppliers[1]], Message = "Sharper, please." };
        var cut = page.Render<NextRoundDialog>(p => p.Add(d => d.Form, form).Add(d => d.Choices, choices));
        Assert.Single(cut.FindAll(".candidate input[checked]"));
        Assert.Contains("Start round 2 with 1 supplier", cut.Markup, StringComparison.Ordinal);
        await cut.InvokeAsync(() => cut.Find("form").SubmitAsync());
        Assert.Contains("Choose until when suppliers may quote.", cut.Markup, StringComparison.Ordinal);
        Assert.Equal("Sharper, please.", form.Message);
        Assert.Equal(1, await database.ScalarAsync<int>("select round from rfqs where id = $1", rfq.Id));
    }

    [Fact]
    public async Task A_supplier_reads_its_own_revisions_and_what_changed_in_each_round()
    {
        var rfq = await Make.OpenRfqAsync(database, suppliers: 1, lines: 1);
        var made = await Make.SubmittedQuoteAsync(database, rfq, price: 4);
        await Make.SubmittedQuoteAsync(database, rfq, price: 3, as_: made.Supplier);
        await Make.NextRoundAsync(database, rfq, 1, [0]);
        await Make.SubmittedQuoteAsync(database, rfq, price: 2, as_: made.Supplier);
        await using var scope = database.As(made.Supplier);
        await using var page = new PageContext(scope);
        page.Services.GetRequiredService<Microsoft.AspNetCore.Components.NavigationManager>().NavigateTo(Links.PortalRevisions(rfq.Id, 1));
        var cut = page.Render<PortalRevisionsPage>(p => p.Add(r => r.Id, rfq.Id));
        cut.WaitForAssertion(() => Assert.Contains("What changed since revision 1", cut.Markup, StringComparison.Ordinal));
        Assert.Contains("Line 10: Unit price", cut.Find(".q-changes").TextContent, StringComparison.Ordinal);
        Assert.Contains("25", cut.Find(".q-changes small").TextContent, StringComparison.Ordinal);
        Assert.Contains("This quote was given in round 1, which is over", cut.Markup, StringComparison.Ordinal);
        Assert.Contains(Links.PortalRevisions(rfq.Id, 2), cut.Markup.Replace("&amp;", "&", StringComparison.Ordinal), StringComparison.Ordinal);
        await using var other = await database.AsAsync(Guid.CreateVersion7(), Role.Supplier);
        await using var theirs = new PageContext(other);
        var missing = theirs.Render<PortalRevisionsPage>(p => p.Add(r => r.Id, rfq.Id));
        missing.WaitForAssertion(() => Assert.Contains("There is no such quote", missing.Markup, StringComparison.Ordinal));
    }

    private async Task<ToldRank?> RankAsync(UserIdentity supplier, MadeRfq rfq)
    {
        await using var scope = database.As(supplier);
        return (await scope.Get<QuoteQueries>().OwnAsync(rfq.Id, _ct)).Rank;
    }

    private Task<long> MailsAsync(MadeRfq rfq, int supplier, string subject) =>
        database.ScalarAsync<long>("select count(*) from outbox_messages where entity_id = $1 and supplier_id = $2 and subject like $3", rfq.Id, rfq.Suppliers[supplier], subject);
}
