using Sourcing.Data.Common;
using Sourcing.Data.Rfqs;
using Sourcing.Data.Rfqs.Awarding;
using Sourcing.Data.Sales;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Sales;

public sealed class RequestTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_buyer_takes_a_request_over_as_a_draft_with_its_lines_customer_and_representative()
    {
        var (world, orders) = (await Make.SalesWorldAsync(database), await Make.OrderWorldAsync(database));
        var customer = await Make.CustomerAsync(database, world.Rep);
        var id = await AskAsync(world.Rep, customer, orders);
        Assert.Equal(1L, await database.ScalarAsync<long>("select count(*) from notifications where user_id = $1 and link = $2", orders.Buyer.Id, $"/sales/requests/{id}"));
        await using var buyer = database.As(orders.Buyer);
        var request = Assert.Single(await buyer.Get<RequestQueries>().ListAsync(open: true, _ct), r => r.Id == id);
        Assert.Equal((RfqRequestStatus.Asked, 2, world.Rep.Name), (request.Status, request.Lines, request.Rep));
        var rfqId = await buyer.Get<RequestService>().TakeAsync(Guid.CreateVersion7(), id, _ct);
        var rfq = await buyer.Get<RfqQueries>().DetailsAsync(rfqId, _ct);
        Assert.Equal((RfqStatus.Draft, RfqSource.Customer, "Navy lot"), (rfq!.Status, rfq.Source, rfq.Title));
        var lines = await buyer.Get<RfqQueries>().LinesAsync(rfqId, _ct);
        Assert.Equal([(orders.PartId, 120m), ((Guid?)null, 5m)], lines.Select(l => (l.PartId, l.Quantity)));
        Assert.Equal((customer, world.Rep.Id), (await database.ScalarAsync<Guid>("select customer_id from rfqs where id = $1", rfqId), await database.ScalarAsync<Guid>("select sales_rep_id from rfqs where id = $1", rfqId)));
        Assert.Equal(1L, await database.ScalarAsync<long>("select count(*) from notifications where user_id = $1 and text like '%took%as RFQ-%'", world.Rep.Id));

        await using var rep = database.As(world.Rep);
        var own = await rep.Get<RequestQueries>().DetailsAsync(id, _ct);
        Assert.Equal((RfqRequestStatus.Taken, rfqId, rfq.Number, orders.Buyer.Name), (own!.Row.Status, own.Row.RfqId, own.Row.RfqNumber, own.DecidedBy));
        Assert.Equal(rfq.Number, Assert.Single(await rep.Get<CustomerQueries>().RfqsAsync(customer, _ct)).Number);
        await using var other = database.As(world.Other);
        Assert.Null(await other.Get<RequestQueries>().DetailsAsync(id, _ct));
    }

    [Fact]
    public async Task Of_twenty_buyers_at_once_one_takes_it_over()
    {
        var (world, orders) = (await Make.SalesWorldAsync(database), await Make.OrderWorldAsync(database));
        var customer = await Make.CustomerAsync(database, world.Rep);
        var id = await AskAsync(world.Rep, customer, orders);
        var ends = await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ =>
        {
            await using var buyer = await database.AsAsync(Role.Buyer);
            try
            {
                await buyer.Get<RequestService>().TakeAsync(Guid.CreateVersion7(), id, _ct);
                return "";
            }
            catch (RefusedException refusal)
            {
                return refusal.Message;
            }
        }));
        Assert.Single(ends, e => e.Length == 0);
        Assert.All(ends.Where(e => e.Length > 0), e => Assert.Contains("taken already", e, StringComparison.Ordinal));
        Assert.Equal(1L, await database.ScalarAsync<long>("select count(*) from rfqs where customer_id = $1", customer));
    }

    [Fact]
    public async Task A_refusal_needs_a_reason_that_the_representative_reads_and_only_an_open_request_is_withdrawn()
    {
        var (world, orders) = (await Make.SalesWorldAsync(database), await Make.OrderWorldAsync(database));
        var customer = await Make.CustomerAsync(database, world.Rep);
        var id = await AskAsync(world.Rep, customer, orders);
        await using var buyer = database.As(orders.Buyer);
        Assert.Equal("Reason", Assert.Single((await Assert.ThrowsAsync<RefusedException>(() => buyer.Get<RequestService>().DeclineAsync(id, " ", _ct))).Errors).Field);
        await buyer.Get<RequestService>().DeclineAsync(id, "No supplier makes it any more.", _ct);
        await using var rep = database.As(world.Rep);
        Assert.Equal("No supplier makes it any more.", (await rep.Get<RequestQueries>().DetailsAsync(id, _ct))!.Row.DeclineReason);
        Assert.Contains("declined already", (await Assert.ThrowsAsync<RefusedException>(() => rep.Get<RequestService>().WithdrawAsync(id, _ct))).Message, StringComparison.Ordinal);
        var second = await AskAsync(world.Rep, customer, orders);
        await using var manager = database.As(world.Manager);
        await Assert.ThrowsAsync<MissingException>(() => manager.Get<RequestService>().WithdrawAsync(second, _ct));
        await rep.Get<RequestService>().WithdrawAsync(second, _ct);
        Assert.Contains("withdrawn already", (await Assert.ThrowsAsync<RefusedException>(() => buyer.Get<RequestService>().TakeAsync(Guid.CreateVersion7(), second, _ct))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Half_a_line_and_another_ones_customer_are_refused_by_name()
    {
        var (world, orders) = (await Make.SalesWorldAsync(database), await Make.OrderWorldAsync(database));
        var customer = await Make.CustomerAsync(database, world.Other);
        await Assert.ThrowsAsync<MissingException>(() => AskAsync(world.Rep, customer, orders));
        await using var rep = database.As(world.Other);
        var form = new RequestForm { CustomerId = customer, Title = "Navy lot", Lines = [new() { Description = "Yarn", UnitId = orders.Kilogram }] };
        Assert.Equal("Lines[0].Quantity", Assert.Single((await Assert.ThrowsAsync<RefusedException>(() => rep.Get<RequestService>().AskAsync(form, _ct))).Errors).Field);
        form = new() { CustomerId = customer, Title = "Navy lot", Lines = [new()] };
        Assert.Equal("Lines", Assert.Single((await Assert.ThrowsAsync<RefusedException>(() => rep.Get<RequestService>().AskAsync(form, _ct))).Errors).Field);
    }

    [Fact]
    public async Task What_is_awarded_for_a_customer_is_sold_to_it_by_whoever_is_responsible()
    {
        var world = await Make.SalesWorldAsync(database);
        var customer = await Make.CustomerAsync(database, world.Rep);
        var rfq = await Make.OpenRfqAsync(database, suppliers: 1, lines: 1);
        await Make.SubmittedQuoteAsync(database, rfq);
        await database.SqlAsync("update rfqs set status = 'closed', closed_at = now() where id = $1", rfq.Id);
        await using var buyer = await database.AsAsync(Role.Buyer);
        await buyer.Get<SaleService>().SetForRfqAsync(new() { Id = rfq.Id, CustomerId = customer }, _ct);
        var view = await buyer.Get<ComparisonQueries>().ForAsync(rfq.Id, _ct);
        await buyer.Get<AwardService>().AwardAsync(
            new() { Id = rfq.Id, Version = view.Version, Scenario = AwardScenarioKind.CheapestPerLine, Choices = [.. view.CheapestPerLine.Choices.Select(c => new AwardFormLine { RfqLineId = c.RfqLineId, QuoteLineId = c.QuoteLineId, Quantity = c.Quantity })] }, _ct);
        var order = await database.ScalarAsync<Guid>("select id from orders where rfq_id = $1", rfq.Id);
        var sale = await buyer.Get<SaleQueries>().OfOrderAsync(order, _ct);
        Assert.Equal((customer, world.Rep.Id, (decimal?)null), (sale.CustomerId, sale.SalesRepId, sale.SaleTotal));
        await buyer.Get<SaleService>().SetForOrderAsync(new() { Id = order, Version = sale.Version, CustomerId = customer, SaleTotal = 900 }, _ct);
        Assert.Equal(900, (await buyer.Get<SaleQueries>().OfOrderAsync(order, _ct)).SaleTotal);
        await Assert.ThrowsAsync<ConflictException>(() => buyer.Get<SaleService>().SetForOrderAsync(new() { Id = order, Version = sale.Version, CustomerId = customer, SaleTotal = 800 }, _ct));
        Assert.Contains("stays so", (await Assert.ThrowsAsync<RefusedException>(() => buyer.Get<SaleService>().SetForOrderAsync(new() { Id = order }, _ct))).Message, StringComparison.Ordinal);
    }

    private async Task<Guid> AskAsync(UserIdentity rep, Guid customer, OrderWorld orders)
    {
        await using var scope = database.As(rep);
        return await scope.Get<RequestService>().AskAsync(
            new()
            {
                CustomerId = customer, Title = "Navy lot", NeededOn = new(2027, 3, 1), Note = "Part delivery will do.",
                Lines = [new() { PartId = orders.PartId, Description = "Combed cotton", Quantity = 120, UnitId = orders.Kilogram }, new() { Description = "Labels", Quantity = 5, UnitId = orders.Kilogram }, new()],
            }, _ct);
    }
}
