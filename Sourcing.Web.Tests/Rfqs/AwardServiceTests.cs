using Sourcing.Data.Common;
using Sourcing.Data.Orders;
using Sourcing.Data.Rfqs;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Rfqs;

public sealed class AwardServiceTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_award_makes_one_order_per_supplier_and_closes_the_losing_offers()
    {
        var rfq = await QuotedAsync(3.50m, 3.10m, 4.00m);
        await using var buyer = await database.AsAsync(Role.Buyer);
        var form = await CheapestAsync(buyer, rfq, SavingsBaseline.Target);
        // The first line goes to the first supplier, all others to the cheapest.
        var view = await buyer.Get<ComparisonQueries>().ForAsync(rfq.Id, _ct);
        form.Choices[0] = form.Choices[0] with { QuoteLineId = OfferOf(view, rfq, 0, 0) };
        var decision = await buyer.Get<AwardService>().AwardAsync(form, _ct);

        Assert.Equal("awarded", await database.ScalarAsync<string>("select status from rfqs where id = $1", rfq.Id));
        Assert.Equal(2L, await database.ScalarAsync<long>("select count(*) from orders where rfq_id = $1 and status = 'approved'", rfq.Id));
        Assert.Equal(1L, await database.ScalarAsync<long>("select count(*) from order_lines l join orders o on o.id = l.order_id where o.rfq_id = $1 and o.supplier_id = $2", rfq.Id, rfq.Suppliers[0]));
        Assert.Equal("partially_awarded", await StatusAsync(rfq, 0));
        Assert.Equal("rejected", await StatusAsync(rfq, 2));
        Assert.Equal(3L, await database.ScalarAsync<long>("select count(*) from outbox_messages where entity_id = $1 and (subject like '%our decision' or subject like '%is awarded')", rfq.Id));
        // 100 kg at 3.50, 200 and 300 kg at 3.10, and 50 of freight from each of the two.
        Assert.Equal(350m + (500 * 3.10m) + 100m, await database.ScalarAsync<decimal>("select total from award_decisions where id = $1", decision));
    }

    [Theory]
    [InlineData("{0}")]
    [InlineData(" {0} ")]
    public async Task The_orders_of_an_award_are_found_by_the_number_of_their_RFQ(string typed)
    {
        var rfq = await QuotedAsync(3.50m, 3.10m);
        var other = await QuotedAsync(3.50m);
        await using var buyer = await database.AsAsync(Role.Buyer);
        await buyer.Get<AwardService>().AwardAsync(await CheapestAsync(buyer, rfq), _ct);
        await buyer.Get<AwardService>().AwardAsync(await CheapestAsync(buyer, other), _ct);
        await database.SqlAsync("update suppliers set name = 'Orvane ' || code where id = any($1)", rfq.Suppliers.Concat(other.Suppliers).ToArray());
        var link = new Uri(new Uri("http://app.test"), Links.OrdersOfRfq(string.Format(System.Globalization.CultureInfo.InvariantCulture, typed, rfq.Number)));
        var page = await buyer.Get<OrderList>().PageAsync(Sourcing.Web.Shared.ListAddress.Of(link.ToString()).Request, _ct);
        Assert.Equal(await database.ScalarAsync<string>("select number from orders where rfq_id = $1", rfq.Id), Assert.Single(page.Rows).Number);
        var shortened = await buyer.Get<OrderList>().PageAsync(new() { Search = rfq.Number["RFQ-".Length..] }, _ct);
        Assert.Contains(page.Rows[0].Id, shortened.Rows.Select(r => r.Id));
    }

    [Fact]
    public async Task Twenty_awards_at_once_leave_one_winner_and_the_others_read_who_did_it()
    {
        var rfq = await QuotedAsync(3.50m, 3.10m);
        var forms = new List<(TestScope Scope, AwardForm Form)>();
        for (var i = 0; i < 20; i++)
        {
            var scope = await database.AsAsync(Role.Buyer);
            forms.Add((scope, await CheapestAsync(scope, rfq)));
        }

        var outcomes = await Task.WhenAll(forms.Select(async f =>
        {
            try
            {
                await f.Scope.Get<AwardService>().AwardAsync(f.Form, _ct);
                return null;
            }
            catch (RefusedException refusal)
            {
                return refusal.Message;
            }
        }));
        Assert.Single(outcomes, o => o is null);
        Assert.All(outcomes.OfType<string>(), message => Assert.Matches("awarded .* already|Somebody else changed this|awarded already", message));
        Assert.Equal(1L, await database.ScalarAsync<long>("select count(*) from orders where rfq_id = $1", rfq.Id));
        Assert.Equal(1L, await database.ScalarAsync<long>("select count(*) from award_decisions where rfq_id = $1", rfq.Id));
        foreach (var (scope, _) in forms)
        {
            await scope.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_double_click_awards_once_and_both_get_the_same_answer()
    {
        var rfq = await QuotedAsync(3.50m, 3.10m);
        await using var buyer = await database.AsAsync(Role.Buyer);
        var form = await CheapestAsync(buyer, rfq);
        var both = await Task.WhenAll(buyer.Get<AwardService>().AwardAsync(form, _ct), buyer.Get<AwardService>().AwardAsync(form, _ct));
        Assert.Equal(both[0], both[1]);
        Assert.Equal(1L, await database.ScalarAsync<long>("select count(*) from orders where rfq_id = $1", rfq.Id));
    }

    [Fact]
    public async Task Above_the_limit_it_waits_for_another_person()
    {
        var rfq = await QuotedAsync(3.50m, 3.10m);
        await using var buyer = await database.AsAsync(Role.Buyer);
        await using var boss = await database.AsAsync(Role.Buyer);
        await LimitAsync(buyer, 1000);
        var id = await buyer.Get<AwardService>().AwardAsync(await CheapestAsync(buyer, rfq), _ct);
        Assert.Equal(0L, await database.ScalarAsync<long>("select count(*) from orders where rfq_id = $1", rfq.Id));
        Assert.Equal(1L, await database.ScalarAsync<long>("select count(*) from notifications where user_id = $1 and text like '%asks you to approve%' || $2 || '%'", boss.User.Id, rfq.Number));

        var waiting = (await boss.Get<ComparisonQueries>().ForAsync(rfq.Id, _ct)).Award!;
        var self = await Assert.ThrowsAsync<RefusedException>(() => buyer.Get<AwardService>().ApproveAsync(new() { Id = id, Version = waiting.Version }, _ct));
        Assert.Contains("somebody else has to approve", self.Message, StringComparison.Ordinal);
        await LimitAsync(boss, 1500);
        var (seen, own) = (await WaitingAsync(boss, rfq), await WaitingAsync(buyer, rfq));
        Assert.Equal((1, buyer.User.Identity.Name, false, false), (seen!.Suppliers, seen.AskedBy, seen.IsOwn, seen.WithinLimit));
        Assert.True(own!.IsOwn);
        var low = await Assert.ThrowsAsync<RefusedException>(() => boss.Get<AwardService>().ApproveAsync(new() { Id = id, Version = waiting.Version }, _ct));
        Assert.Contains("your limit is", low.Message, StringComparison.Ordinal);
        await LimitAsync(boss, null);
        Assert.True((await WaitingAsync(boss, rfq))!.WithinLimit);
        await boss.Get<AwardService>().ApproveAsync(new() { Id = id, Version = waiting.Version }, _ct);
        Assert.Null(await WaitingAsync(boss, rfq));
        Assert.Equal(1L, await database.ScalarAsync<long>("select count(*) from orders where rfq_id = $1", rfq.Id));
        Assert.Equal(boss.User.Id, await database.ScalarAsync<Guid>("select approved_by from award_decisions where id = $1", id));
    }

    private async Task<ApprovalRow?> WaitingAsync(TestScope scope, MadeRfq rfq) =>
        (await scope.Get<ApprovalQueries>().WaitingAsync(_ct)).SingleOrDefault(a => a.Kind == ApprovalKind.Award && a.Id == rfq.Id);

    [Fact]
    public async Task A_declined_award_can_be_made_anew_and_a_reason_is_needed()
    {
        var rfq = await QuotedAsync(3.50m, 3.10m);
        await using var buyer = await database.AsAsync(Role.Buyer);
        await using var boss = await database.AsAsync(Role.Buyer);
        await LimitAsync(buyer, 10);
        var id = await buyer.Get<AwardService>().AwardAsync(await CheapestAsync(buyer, rfq), _ct);
        var version = (await boss.Get<ComparisonQueries>().ForAsync(rfq.Id, _ct)).Award!.Version;
        await Assert.ThrowsAsync<RefusedException>(() => boss.Get<AwardService>().DeclineAsync(new() { Id = id, Version = version, Reason = " " }, _ct));
        await boss.Get<AwardService>().DeclineAsync(new() { Id = id, Version = version, Reason = "Ask for samples first" }, _ct);
        await LimitAsync(buyer, null);
        await buyer.Get<AwardService>().AwardAsync(await CheapestAsync(buyer, rfq), _ct);
        Assert.Equal(1L, await database.ScalarAsync<long>("select count(*) from orders where rfq_id = $1", rfq.Id));
    }

    [Fact]
    public async Task A_line_can_be_split_but_never_given_twice()
    {
        var rfq = await QuotedAsync(3.50m, 3.10m);
        await using var buyer = await database.AsAsync(Role.Buyer);
        var form = await CheapestAsync(buyer, rfq);
        var view = await buyer.Get<ComparisonQueries>().ForAsync(rfq.Id, _ct);
        var other = OfferOf(view, rfq, 0, 0);
        form.Choices.Add(new() { RfqLineId = rfq.Lines[0], QuoteLineId = other, Quantity = 40 });
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => buyer.Get<AwardService>().AwardAsync(form, _ct));
        Assert.Contains("Line 10 asks for 100, and 140 are given", refusal.Message, StringComparison.Ordinal);
        form.Choices[0].Quantity = 60;
        await buyer.Get<AwardService>().AwardAsync(form, _ct);
        Assert.Equal(100m, await database.ScalarAsync<decimal>("select sum(quantity) from awards where rfq_line_id = $1", rfq.Lines[0]));
        // Past the service, the database says the same.
        var guard = await Assert.ThrowsAsync<Npgsql.PostgresException>(() => database.SqlAsync("update awards set quantity = quantity + 1 where rfq_line_id = $1", rfq.Lines[0]));
        Assert.Contains("Lower the quantities", guard.MessageText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Expired_quotes_and_blocked_suppliers_are_refused_by_name()
    {
        var rfq = await QuotedAsync(3.50m, 3.10m);
        await using var buyer = await database.AsAsync(Role.Buyer);
        var form = await CheapestAsync(buyer, rfq);
        await database.SqlAsync("update suppliers set blocked_for = 'order', block_reason = 'Two late deliveries.', blocked_at = now() where id = $1", rfq.Suppliers[1]);
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => buyer.Get<AwardService>().AwardAsync(form, _ct));
        Assert.Contains("is blocked for orders: Two late deliveries.", refusal.Message, StringComparison.Ordinal);
        await database.SqlAsync("update suppliers set blocked_for = 'none', block_reason = null, blocked_at = null where id = $1", rfq.Suppliers[1]);
        await database.SqlAsync("update quotes set valid_until = current_date - 1 where rfq_id = $1 and supplier_id = $2", rfq.Id, rfq.Suppliers[1]);
        refusal = await Assert.ThrowsAsync<RefusedException>(() => buyer.Get<AwardService>().AwardAsync(form, _ct));
        Assert.Contains("was valid until", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(0L, await database.ScalarAsync<long>("select count(*) from award_decisions where rfq_id = $1", rfq.Id));
    }

    [Fact]
    public async Task An_open_RFQ_is_not_awarded()
    {
        var rfq = await Make.OpenRfqAsync(database, suppliers: 2, lines: 2);
        await Make.SubmittedQuoteAsync(database, rfq);
        await using var buyer = await database.AsAsync(Role.Buyer);
        var form = await CheapestAsync(buyer, rfq);
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => buyer.Get<AwardService>().AwardAsync(form, _ct));
        Assert.Contains("Suppliers may still quote", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Role.Planner)]
    [InlineData(Role.ReadOnly)]
    [InlineData(Role.SalesRep)]
    [InlineData(Role.Supplier)]
    public async Task Only_those_who_may_award_or_approve(Role role)
    {
        await using var scope = await database.AsAsync(role == Role.Supplier ? Guid.CreateVersion7() : null, role);
        await Assert.ThrowsAsync<DeniedException>(() => scope.Get<AwardService>().AwardAsync(new(), _ct));
        await Assert.ThrowsAsync<DeniedException>(() => scope.Get<AwardService>().ApproveAsync(new(), _ct));
        await Assert.ThrowsAsync<DeniedException>(() => scope.Get<AwardService>().DeclineAsync(new(), _ct));
        if (role is Role.SalesRep or Role.Supplier)
        {
            await Assert.ThrowsAsync<DeniedException>(() => scope.Get<ComparisonQueries>().ForAsync(Guid.CreateVersion7(), _ct));
        }
    }

    [Fact]
    public async Task The_comparison_costs_the_same_number_of_statements_for_few_and_for_many()
    {
        await using var buyer = await database.AsAsync(Role.Buyer);
        var small = await QuotedAsync(3m, 4m);
        var large = await Make.OpenRfqAsync(database, suppliers: 6, lines: 12);
        for (var i = 0; i < 6; i++)
        {
            await Make.SubmittedQuoteAsync(database, large, i, 3 + i);
        }

        database.Queries.Reset();
        await buyer.Get<ComparisonQueries>().ForAsync(small.Id, _ct);
        var few = database.Queries.Count;
        database.Queries.Reset();
        await buyer.Get<ComparisonQueries>().ForAsync(large.Id, _ct);
        Assert.Equal(few, database.Queries.Count);
    }

    private static Guid OfferOf(ComparisonView view, MadeRfq rfq, int line, int supplier) =>
        view.Comparison.Offer(rfq.Lines[line], view.Quotes.Single(q => q.SupplierId == rfq.Suppliers[supplier]).QuoteId).QuoteLineId;

    private async Task<MadeRfq> QuotedAsync(params decimal[] prices)
    {
        var rfq = await Make.OpenRfqAsync(database, suppliers: prices.Length, lines: 3);
        for (var i = 0; i < prices.Length; i++)
        {
            await Make.SubmittedQuoteAsync(database, rfq, i, prices[i]);
        }

        await database.SqlAsync("update rfqs set status = 'closed', closed_at = now() where id = $1", rfq.Id);
        return rfq;
    }

    private async Task<AwardForm> CheapestAsync(TestScope scope, MadeRfq rfq, SavingsBaseline baseline = SavingsBaseline.LastPaid)
    {
        var view = await scope.Get<ComparisonQueries>().ForAsync(rfq.Id, _ct);
        return new()
        {
            Id = rfq.Id, Version = view.Version, Scenario = AwardScenarioKind.CheapestPerLine, Baseline = baseline,
            Choices = [.. view.CheapestPerLine.Choices.Select(c => new AwardFormLine { RfqLineId = c.RfqLineId, QuoteLineId = c.QuoteLineId, Quantity = c.Quantity })],
        };
    }

    private Task LimitAsync(TestScope scope, decimal? limit) =>
        limit is null
            ? database.SqlAsync("update users set approval_limit = null where id = $1", scope.User.Id)
            : database.SqlAsync("update users set approval_limit = $2 where id = $1", scope.User.Id, limit);

    private Task<string> StatusAsync(MadeRfq rfq, int supplier) =>
        database.ScalarAsync<string>("select status from quotes where rfq_id = $1 and supplier_id = $2", rfq.Id, rfq.Suppliers[supplier]);
}
