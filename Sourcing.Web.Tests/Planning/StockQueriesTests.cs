using Sourcing.Data.Common;
using Sourcing.Data.Common.Lists;
using Sourcing.Data.Orders;
using Sourcing.Data.Planning;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Planning;

/// <summary>The list of stocks, what it reckons, and what it finds to mend.</summary>
public sealed class StockQueriesTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_row_says_what_is_there_promised_and_on_order_in_the_parts_unit()
    {
        var (orders, stock) = (await Make.OrderWorldAsync(database), await database.StockWorldAsync());
        await using var planner = database.As(stock.Planner);
        await planner.CountAsync(stock.Part, 100, stock.Kg);
        await planner.ReserveAsync(stock.Part, 30, stock.Kg);
        await Make.PlacedOrderAsync(database, orders, form: Form(orders, (stock.Part, 2, stock.Roll, 3), (stock.Part, 1000, stock.G, 1)));
        await Make.PlacedOrderAsync(database, orders, OrderStatus.Approved, Form(orders, (stock.Part, 500, stock.Kg, 1))); // Not with the supplier yet.
        var page = await planner.Get<InventoryList>().PageAsync(new() { Search = stock.Number }, _ct);
        var row = Assert.Single(page.Rows);
        Assert.Equal((100m, 30m, 70m), (row.OnHand, row.Allocated, row.Available));
        Assert.Equal(91m, row.OnOrder); // 2 × 45 kg + 1,000 g.
        Assert.Equal((400m, "EUR"), (row.Value, row.Currency)); // 100 kg at 4.00.
        Assert.Equal(new DateOnly(2027, 1, 11), row.NextDue);
        Assert.Equal([("value", "EUR", 400m)], page.Totals.Select(t => (t.Key, t.Currency, t.Sum)));

        var details = await planner.Get<StockQueries>().DetailsAsync(stock.Part, _ct);
        Assert.Equal((91m, 400m), (details.OnOrder, details.Value));
        Assert.Equal([1m, 90m], details.Orders.Select(o => o.Quantity!.Value)); // By day: the line of grams is due first.
        Assert.Equal(stock.Kg, details.Units[0].Id);
        Assert.Equal(45m, details.Units.Single(u => u.Id == stock.Roll).Factor);
        Assert.DoesNotContain(details.Units, u => u.Id == stock.Drum || u.Id == stock.Metre);
        Assert.Equal(100m, Assert.Single(details.Points).OnHand);
        Assert.Equal((100m, 70m, 91m), ((await planner.Get<StockQueries>().BriefAsync(stock.Part, _ct)) is var b ? (b.OnHand, b.Available, b.OnOrder) : default));
    }

    [Fact]
    public async Task What_a_stock_list_says_is_on_order_counts_only_without_orders()
    {
        var (orders, stock) = (await Make.OrderWorldAsync(database), await database.StockWorldAsync());
        await using var planner = database.As(stock.Planner);
        await planner.CountAsync(stock.Part, 1, stock.Kg);
        await database.SqlAsync("update inventory set open_po_quantity = 77, po_expected_date = '2027-02-01' where part_id = $1", stock.Part);
        async Task<(decimal, DateOnly?, decimal)> Seen() =>
            (Assert.Single((await planner.Get<InventoryList>().PageAsync(new() { Search = stock.Number }, _ct)).Rows) is var row ? row.OnOrder : 0, row.NextDue, (await planner.Get<StockQueries>().DetailsAsync(stock.Part, _ct)).OnOrder);
        Assert.Equal((77m, new DateOnly(2027, 2, 1), 77m), await Seen());
        await Make.PlacedOrderAsync(database, orders, form: Form(orders, (stock.Part, 8, stock.Kg, 1)));
        Assert.Equal((8m, new DateOnly(2027, 1, 11), 8m), await Seen());
    }

    [Theory]
    [InlineData(-1, 0, 0, 5, 5, 0, StockState.Negative)]
    [InlineData(10, 6, 0, 5, null, 0, StockState.BelowSafety)] // 10 − 6 = 4 < 5.
    [InlineData(10, 5, 0, 5, null, 0, StockState.Fine)] // 10 − 5 = 5, which is not below 5.
    [InlineData(10, 2, 4, 5, 12, 0, StockState.Reorder)] // 10 − 2 + 4 = 12, at the point.
    [InlineData(10, 2, 5, 5, 12, 0, StockState.Fine)]
    [InlineData(10, 0, 0, null, null, 370, StockState.CountDue)]
    [InlineData(10, 0, 0, null, null, 360, StockState.Fine)]
    [InlineData(10, 6, 0, 5, 100, 370, StockState.BelowSafety)] // The most pressing of three.
    public async Task A_stock_has_its_most_pressing_state_in_the_list_as_on_its_page(int onHand, int allocated, int onOrder, int? safety, int? reorder, int countedDaysAgo, string state)
    {
        var stock = await database.StockWorldAsync();
        await using var planner = database.As(stock.Planner);
        await planner.CountAsync(stock.Part, 1, stock.Kg);
        await database.SqlAsync(
            $"""
            update inventory set on_hand = $2, allocated = $3, open_po_quantity = $4, safety_stock = {safety?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "null"},
                reorder_point = {reorder?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "null"}, counted_at = $5 where part_id = $1
            """, stock.Part, (decimal)onHand, (decimal)allocated, (decimal)onOrder, database.Clock.GetUtcNow().AddDays(-countedDaysAgo));
        Assert.Equal(state, (await planner.Get<StockQueries>().DetailsAsync(stock.Part, _ct)).State);
        Assert.Equal(state, (await planner.Get<StockQueries>().BriefAsync(stock.Part, _ct)).State);
        var found = await planner.Get<InventoryList>().PageAsync(new ListRequest { Search = stock.Number }.With("state", state), _ct);
        Assert.Equal(state, Assert.Single(found.Rows).State);
        var other = StockState.All.First(s => s.State != state).State;
        Assert.Empty((await planner.Get<InventoryList>().PageAsync(new ListRequest { Search = stock.Number }.With("state", other), _ct)).Rows);
    }

    [Fact]
    public async Task A_page_costs_the_same_few_statements_however_many_rows_it_has()
    {
        var stock = await database.StockWorldAsync();
        await using var planner = database.As(stock.Planner);
        var tag = "Tagged " + stock.Number;
        for (var i = 0; i < 12; i++)
        {
            await planner.CountAsync(await database.StockPartAsync(stock.Kg, tag), i, stock.Kg);
        }

        async Task<int> Statements(int size)
        {
            database.Queries.Reset();
            var page = await planner.Get<InventoryList>().PageAsync(new ListRequest { Size = size, Sort = "onHand", Descending = true }.With("name", tag), _ct);
            Assert.Equal(Math.Min(size, 12), page.Rows.Count);
            Assert.Equal(11m, page.Rows[0].OnHand);
            return database.Queries.Count;
        }

        Assert.Equal(await Statements(2), await Statements(12));
        database.Queries.Reset();
        await planner.Get<StockQualityQueries>().ProblemsAsync(_ct);
        Assert.Equal(6, database.Queries.Count);
    }

    [Fact]
    public async Task A_ledger_is_read_page_by_page_without_loss()
    {
        var stock = await database.StockWorldAsync();
        await using var planner = database.As(stock.Planner);
        await planner.CountAsync(stock.Part, 0.5m, stock.Kg);
        await database.SqlAsync(
            """
            insert into stock_movements (id, part_id, kind, quantity, balance, reason, at)
            select gen_random_uuid(), $1, 'return', 1, 0.5 + n, 'n' || n, now() + make_interval(secs => (n + 1) / 2) from generate_series(1, 110) n
            """, stock.Part);
        var seen = new List<StockMovementView>();
        Guid? after = null;
        var pages = 0;
        do
        {
            var page = await planner.Get<StockQueries>().LedgerAsync(stock.Part, after, _ct);
            seen.AddRange(page.Rows);
            (after, pages) = (page.Older, pages + 1);
        }
        while (after is not null);
        Assert.Equal((3, 111, 111), (pages, seen.Count, seen.Select(m => m.Id).Distinct().Count()));
        Assert.Equal(seen.OrderByDescending(m => m.At).ThenByDescending(m => m.Id.ToString(), StringComparer.Ordinal).Select(m => m.Id), seen.Select(m => m.Id));
        await Assert.ThrowsAnyAsync<RefusedException>(() => planner.Get<StockQueries>().LedgerAsync(stock.Part, Guid.CreateVersion7(), _ct));
        var problem = (await planner.Get<StockQualityQueries>().ProblemsAsync(_ct)).Single(p => p.PartId == stock.Part);
        Assert.Equal((StockProblemKind.LedgerDiffers, -110m), (problem.Kind, problem.Quantity)); // On hand 0.5, ledger 110.5.
    }

    [Fact]
    public async Task What_does_not_add_up_is_found_by_its_kind()
    {
        var stock = await database.StockWorldAsync();
        await using var planner = database.As(stock.Planner);
        await planner.MoveAsync(stock.Part, StockAct.Issue, 5, stock.Kg);
        await planner.ReserveAsync(stock.Part, 2, stock.Kg);
        var problems = (await planner.Get<StockQualityQueries>().ProblemsAsync(_ct)).Where(p => p.PartId == stock.Part).Select(p => (p.Kind, p.Quantity)).ToList();
        Assert.Equal([(StockProblemKind.Negative, -5m), (StockProblemKind.OverReserved, 7m), (StockProblemKind.NeverCounted, -5m)], problems);
        await planner.CountAsync(stock.Part, 2, stock.Kg);
        Assert.DoesNotContain(await planner.Get<StockQualityQueries>().ProblemsAsync(_ct), p => p.PartId == stock.Part);
    }

    private static OrderForm Form(OrderWorld world, params (Guid Part, decimal Quantity, Guid Unit, int Week)[] lines)
    {
        var form = Make.OrderForm(world);
        form.Lines = [.. lines.Select(l => new OrderLineForm { PartId = l.Part, Description = "Goods", Quantity = l.Quantity, UnitId = l.Unit, UnitPrice = 1, NeedBy = new DateOnly(2027, 1, 4).AddDays(7 * l.Week) })];
        return form;
    }
}
