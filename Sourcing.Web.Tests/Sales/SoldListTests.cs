using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.WebUtilities;
using Sourcing.Data.Common;
using Sourcing.Data.Common.Lists;
using Sourcing.Data.Operations;
using Sourcing.Data.Sales;
using Sourcing.Web.Sales;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Sales;

/// <summary>Orders and RFQs as those who sell find them: theirs and those of everybody below, with no supplier and no supplier's price.</summary>
public sealed class SoldListTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whoever_sold_an_order_and_whoever_is_above_find_it_everywhere_and_another_representative_nowhere()
    {
        var (world, orders) = (await Make.SalesWorldAsync(database), await Make.OrderWorldAsync(database));
        var id = await Make.SoldOrderAsync(database, orders, await Make.CustomerAsync(database, world.Rep), 900);
        var number = await database.ScalarAsync<string>("select number from orders where id = $1", id);
        foreach (var (reader, sees) in new[] { (world.Rep, true), (world.Manager, true), (world.Other, false) })
        {
            await using var scope = database.As(reader);
            var list = scope.Get<SoldOrderList>();
            var rows = (await list.PageAsync(new() { Search = number! }, _ct)).Rows;
            Assert.Equal(sees ? [(id, 900m, (decimal?)900m, world.Rep.Name, true)] : [], rows.Select(r => (r.Id, r.Sold, r.Worth, r.Representative, r.IsOwn)));
            Assert.Equal(sees ? 1 : 0, (await list.CountsAsync([$"q={number}&f.isOwn=yes"], _ct)).Values.Single());
            var cells = new List<object?>();
            await list.ExportAsync(new() { Search = number! }, [], row => { cells.AddRange(row); return ValueTask.CompletedTask; }, _ct);
            Assert.Equal(sees, cells.Contains(number));
            Assert.DoesNotContain(orders.Supplier, cells);
            Assert.Equal(sees ? [id] : [], (await scope.Get<SearchQueries>().FindAsync(number!, 10, _ct)).Where(f => f.Kind == SearchKind.Order).Select(f => f.Id));
            Assert.Equal(sees ? 1 : 0, await Make.RunAsync(database, reader, "select count(*) from app.search_sold_orders($1, 10)", number!));
            Assert.Equal(sees ? 1 : 0, await Make.RunAsync(database, reader, "select count(*) from order_sales where id = $1", id));
        }
    }

    [Fact]
    public async Task Whoever_asked_for_an_RFQ_reads_how_far_it_is_and_neither_supplier_nor_price()
    {
        var world = await Make.SalesWorldAsync(database);
        var customer = await Make.CustomerAsync(database, world.Rep);
        var rfq = await Make.OpenRfqAsync(database, suppliers: 3);
        await Make.SubmittedQuoteAsync(database, rfq, price: 7.77m);
        await using (var buyer = database.As(await database.UserAsync(null, [Role.Buyer])))
        {
            await buyer.Get<SaleService>().SetForRfqAsync(new() { Id = rfq.Id, CustomerId = customer }, _ct);
        }

        var number = await database.ScalarAsync<string>("select number from rfqs where id = $1", rfq.Id);
        await using (var asker = database.As(world.Rep))
        {
            // The customer's time line tells that a quote came, and not whose.
            var told = await asker.Get<TimelineQueries>().ReadAsync(customer, null, null, _ct);
            Assert.Equal([(TimelineKind.Quote, $"Quote for {number}"), (TimelineKind.Rfq, number!)], told.OrderBy(t => t.Title.Length > number!.Length ? 0 : 1).Select(t => (t.Kind, t.Title)));
            Assert.Equal(rfq.Id, Assert.Single(await asker.Get<TimelineQueries>().ReadAsync(customer, null, TimelineKind.Quote, _ct)).RfqId);
        }

        var supplier = await database.ScalarAsync<string>("select name from suppliers where id = (select supplier_id from rfq_invitations where rfq_id = $1 order by supplier_id limit 1)", rfq.Id);
        foreach (var (reader, sees) in new[] { (world.Rep, true), (world.Manager, true), (world.Other, false) })
        {
            await using var scope = database.As(reader);
            var list = scope.Get<CustomerRfqList>();
            Assert.Equal(sees ? [(rfq.Id, 3, 1)] : [], (await list.PageAsync(new() { Search = number! }, _ct)).Rows.Select(r => (r.Id, r.Invited, r.Answered)));
            var exported = 0;
            await list.ExportAsync(new() { Search = number! }, ["number"], _ => { exported++; return ValueTask.CompletedTask; }, _ct);
            Assert.Equal(sees ? 1 : 0, exported);
            Assert.Equal(sees ? [rfq.Id] : [], (await scope.Get<SearchQueries>().FindAsync(number!, 10, _ct)).Where(f => f.Kind == SearchKind.Rfq).Select(f => f.Id));
            Assert.Equal(sees ? 1 : 0, await Make.RunAsync(database, reader, "select count(*) from app.search_customer_rfqs($1, 10)", number!));
            await using var pages = new PageContext(scope);
            var page = pages.Render<CustomerRfqPage>(p => p.Add(x => x.Id, rfq.Id));
            page.WaitForAssertion(() => Assert.Contains(sees ? "1 of 3" : "no such", page.Markup, StringComparison.OrdinalIgnoreCase));
            Assert.DoesNotContain(supplier!, page.Markup, StringComparison.Ordinal);
            Assert.DoesNotContain("7.77", page.Find("*").TextContent, StringComparison.Ordinal);
            Assert.Equal(sees, page.FindAll(".steps .here").Any(s => s.TextContent.Contains("Suppliers quote", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public async Task Whoever_buys_or_plans_has_neither_list()
    {
        await using var scope = database.As(await database.UserAsync(null, [Role.Planner]));
        await Assert.ThrowsAsync<DeniedException>(() => scope.Get<SoldOrderList>().PageAsync(new(), _ct));
        await Assert.ThrowsAsync<DeniedException>(() => scope.Get<CustomerRfqList>().PageAsync(new(), _ct));
        await Assert.ThrowsAsync<DeniedException>(() => scope.Get<CustomerRfqQueries>().DetailsAsync(Guid.CreateVersion7(), _ct));
    }

    [Fact]
    public async Task A_month_and_a_state_of_the_dashboard_open_lists_that_come_to_the_same()
    {
        var (world, orders) = (await Make.SalesWorldAsync(database), await Make.OrderWorldAsync(database));
        var customer = await Make.CustomerAsync(database, world.Rep);
        await Make.SoldOrderAsync(database, orders, customer, 1_200);
        // Freight is paid by the customer too: 650 for the goods and 49.50 to bring them.
        var plain = await Make.SoldOrderAsync(database, orders, customer);
        await database.SqlAsync("update orders set freight = 49.5, total = total + 49.5 where id = $1", plain);
        // A cancelled order counts for nobody, and one that the customer had from somebody else for nobody here.
        var cancelled = await Make.SoldOrderAsync(database, orders, customer, 5_000);
        await database.SqlAsync("update orders set status = 'cancelled', cancelled_at = now(), cancel_reason = 'Not needed.' where id = $1", cancelled);
        var former = await Make.SoldOrderAsync(database, orders, customer, 3_000);
        await database.SqlAsync("update order_sales set sales_rep_id = $2 where id = $1", former, world.Other.Id);
        var rfq = await Make.OpenRfqAsync(database);
        await using (var buyer = database.As(orders.Buyer))
        {
            await buyer.Get<SaleService>().SetForRfqAsync(new() { Id = rfq.Id, CustomerId = customer }, _ct);
        }

        await using var scope = database.As(world.Manager);
        await using var pages = new PageContext(scope);
        var page = pages.Render<SalesDashboardPage>();
        page.WaitForAssertion(() => Assert.Contains("1,900", page.Find(".sales-tiles").TextContent, StringComparison.Ordinal));
        var month = await scope.Get<SoldOrderList>().PageAsync(Request(Assert.Single(page.FindAll("details.figures a"))), _ct);
        Assert.Equal((2, 1_899.5m), (month.Count, month.Rows.Sum(r => r.Worth)));
        var quarter = await scope.Get<SoldOrderList>().PageAsync(Request(page.Find(".sales-tiles a")), _ct);
        Assert.Equal(1_899.5m, quarter.Rows.Sum(r => r.Worth));
        var open = await scope.Get<CustomerRfqList>().PageAsync(Request(page.FindAll("a").Single(a => a.TextContent == "Open")), _ct);
        Assert.Equal([rfq.Id], open.Rows.Select(r => r.Id));
        // All of the customer's stand in the list without a filter, with what it was not worth.
        Assert.Equal(4, (await scope.Get<SoldOrderList>().PageAsync(new(), _ct)).Count);
    }

    private static ListRequest Request(IElement link) => ListRequest.FromQuery(
        QueryHelpers.ParseQuery(new Uri(new Uri("http://localhost"), link.GetAttribute("href")).Query).Select(p => KeyValuePair.Create(p.Key, (string?)p.Value.ToString())));
}
