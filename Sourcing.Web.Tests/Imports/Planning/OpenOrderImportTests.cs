using Sourcing.Data.Imports;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Imports.Planning;

public sealed class OpenOrderImportTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_list_becomes_issued_orders_and_another_spelling_of_a_supplier_is_learnt()
    {
        await using var plan = await PlanDesk.OpenAsync(database);
        var run = await plan.CheckAsync("open_orders", "open-orders.csv");
        Assert.Equal("3: No supplier with this code or name\n5: The balance 350 is more than was ordered\n6: Price is missing", await plan.WrongAsync(run.Id));
        Assert.Contains("Nearest: Kesmira. An answer is kept for later files. → Kesmira", await plan.Desk.WrongAsync(run.Id, 3), StringComparison.Ordinal);
        Assert.Equal(1, run.SetAsideRows);
        await plan.Desk.Service.MendAlikeAsync(run.Id, "supplier", "KESMIRA YARNS LTD", "Kesmira", _ct);
        run = await plan.Desk.CommitAsync(run.Id);

        // 2,000 at 5.09 and 500 at 2.00; 800 of the 2,000 are still to come.
        Assert.Equal("7001/1 partially_received 19020 2000 received 1200 at 5.09 promised 2025-09-26 total 11180.00\n7001/2 partially_received 19021 500 received 0 at 2.00 promised 2025-09-15 total 11180.00", await OrdersAsync(plan, "70%"));
        Assert.Equal("1200.0000 2025-09-26", await plan.ReadAsync("select r.quantity || ' ' || (r.received_at at time zone 'UTC')::date from receipts r join orders o on o.id = r.order_id where o.number = '7001' and r.deleted_at is null"));
        Assert.Equal("2025-08-01 Kesmira", await plan.ReadAsync("select (o.issued_at at time zone 'UTC')::date || ' ' || s.name from orders o join suppliers s on s.id = o.supplier_id where o.number = '7001'"));
        Assert.All((await plan.ImportAsync("open_orders", "open-orders.csv")).Counts, c => Assert.Equal((0, 0), (c.New, c.Changed)));

        // The second line is no longer in the list: it has come. The first has moved.
        var next = await plan.Desk.ImportAsync("open_orders", "PO#,Status,Desc#,Ordered,Requested,Quoted,Qty,Balance,Supplier,$/lb,Total $\n7001,Open,19020,8/1/2025,9/15/2025,10/3/2025,2000,300,Kesmira Yarns Ltd,$5.09,\n");
        Assert.StartsWith("7001/1 partially_received 19020 2000 received 1700 at 5.09 promised 2025-10-03", await OrdersAsync(plan, "70%"), StringComparison.Ordinal);
        await plan.Desk.UndoAsync(next.Id);
        Assert.StartsWith("7001/1 partially_received 19020 2000 received 1200 at 5.09 promised 2025-09-26", await OrdersAsync(plan, "70%"), StringComparison.Ordinal);
        await plan.Desk.UndoAsync(run.Id);
        Assert.Equal(0L, await database.ScalarAsync<long>("select (select count(*) from orders where number like '70%') + (select count(*) from order_lines l join orders o on o.id = l.order_id where o.number like '70%') + (select count(*) from receipts r join orders o on o.id = r.order_id where o.number like '70%')"));
    }

    [Fact]
    public async Task Weeks_become_dated_lines_and_the_next_grid_moves_them_on()
    {
        await using var plan = await PlanDesk.OpenAsync(database);
        var run = await plan.CheckAsync("open_orders", "open-orders-weeks.csv");
        Assert.Equal("Weeks or days", run.Mapping.Columns["weeks"]);
        Assert.Equal("3: Unscheduled or Past Due is -60", await plan.WrongAsync(run.Id));
        Assert.Equal("Unscheduled or Past Due: -60; 9/12/2025: 50; 9/19/2025: 40", (await plan.Desk.RowsAsync(run.Id)).Single().Cells["weeks"]);

        // What came ahead is taken off the weeks that follow: 60 of the 50 and 40 leave 30 of the second.
        run = await plan.ImportAsync("open_orders", "open-orders-weeks.csv", m => m with { Constants = new(m.Constants) { ["minus"] = "received_ahead" } });
        const string First =
            "8001/1 issued 19020 100 received 0 at 5.00 promised 2025-09-05 total 8000.00\n8001/2 issued 19020 1200 received 0 at 5.00 promised 2025-09-19 total 8000.00\n8001/3 issued 19020 300 received 0 at 5.00 promised 2025-10-03 total 8000.00\n"
            + "8002/1 issued 19022 30 received 0 at 1.40 promised 2025-09-19 total 42.00";
        Assert.Equal(First, await OrdersAsync(plan, "80%"));

        // A week on: this week's 100 came, 300 of the 1,200 too, and "Later" has a date.
        var next = await plan.ImportAsync("open_orders", "open-orders-weeks-next.csv");
        Assert.Equal(
            "8001/1 partially_received 19020 100 received 100 at 5.00 promised 2025-09-05 total 8000.00\n8001/2 partially_received 19020 1200 received 300 at 5.00 promised 2025-09-19 total 8000.00\n8001/3 partially_received 19020 300 received 0 at 5.00 promised 2025-10-03 total 8000.00",
            await OrdersAsync(plan, "8001"));
        Assert.Contains(next.RuleCounts, r => r.Rule.StartsWith("Open orders of earlier lists that this one does not name", StringComparison.Ordinal) && r.Cells >= 1);
        Assert.All((await plan.ImportAsync("open_orders", "open-orders-weeks-next.csv")).Counts, c => Assert.Equal((0, 0), (c.New, c.Changed)));
        await plan.Desk.UndoAsync(next.Id);
        Assert.Equal(First, await OrdersAsync(plan, "80%"));
        await plan.Desk.UndoAsync(run.Id);
        Assert.Equal("", await OrdersAsync(plan, "80%"));
    }

    [Fact]
    public async Task A_minus_may_be_owed_and_a_cell_is_mended_in_the_grid()
    {
        await using var plan = await PlanDesk.OpenAsync(database);
        var id = await plan.Desk.UploadAsync("open_orders", "PO Date,PO #,Purchased From,Desc,Price,Unscheduled or Past Due,This Week,9/12/2025,Later\n7/1/2025,8101,Orwell,19022,$1.40,(60),x,50,\n");
        await plan.Desk.MatchAsync(id, m => m with { Constants = new(m.Constants) { ["minus"] = "still_owed" } });
        var run = await plan.Desk.CheckAsync(id);
        Assert.Equal("2: This Week: “x” is not a number", await plan.WrongAsync(run.Id));
        await plan.Desk.Service.MendAsync(id, [new(2, "weeks", "Unscheduled or Past Due: (60); This Week: 5; Next Week: 1")], _ct);
        Assert.Contains("There is no column “Next Week”", await plan.WrongAsync(id), StringComparison.Ordinal);
        await plan.Desk.Service.MendAsync(id, [new(2, "weeks", "Unscheduled or Past Due: (60); This Week: 5; 9/12/2025: 50")], _ct);
        // What was mended survives a new reading of the file.
        await plan.Desk.CheckAsync(id);
        await plan.Desk.CommitAsync(id);
        Assert.Equal("8101 60 no day\n8101 5 2025-09-05\n8101 50 2025-09-12", await plan.ReadAsync("select o.number || ' ' || trim_scale(l.quantity) || ' ' || coalesce(l.promised_date::text, 'no day') from order_lines l join orders o on o.id = l.order_id where o.number = '8101' order by l.promised_date nulls first"));
    }

    [Fact]
    public async Task An_order_of_this_app_and_an_order_of_two_suppliers_are_refused()
    {
        await using var plan = await PlanDesk.OpenAsync(database);
        await database.SqlAsync("insert into orders (id, number, source, supplier_id, buyer_id, status, payment_status, currency, subtotal, approved_total, invoiced_total, revision, freight, tax_rate, tax, total, is_at_risk, received_share, issued_at, external_number, payment_terms, incoterm, ship_to, note, contact_name, contact_email, supplier_email, cancel_reason, close_reason, reopen_reason) "
            + "select gen_random_uuid(), 'PO-77', 'manual', s.id, (select id from users limit 1), 'issued', 'unpaid', 'USD', 0, 0, 0, 0, 0, 0, 0, 0, false, 0, now(), '', '', '', '', '', '', '', '', '', '', '' from suppliers s where code = 'KES'");
        var run = await plan.Desk.CheckAsync("open_orders", "PO#,Status,Desc#,Ordered,Requested,Quoted,Qty,Balance,Supplier,$/lb,Total $\nPO-77,Open,19020,,,,5,5,Kesmira,1,5\nPO-78,Open,19020,,,,5,5,Kesmira,1,5\nPO-78,Open,19021,,,,5,5,Orwell,1,5\n");
        Assert.Equal("2: Order PO-77 was made here and not imported\n4: This order has another supplier in row 3", await plan.WrongAsync(run.Id));
    }

    [Fact]
    public async Task A_cancelled_order_is_not_brought_back()
    {
        await using var plan = await PlanDesk.OpenAsync(database);
        const string List = "PO#,Status,Desc#,Ordered,Requested,Quoted,Qty,Balance,Supplier,$/lb,Total $\nPO-90,Open,19020,,,,5,5,Kesmira,1,5\n";
        await plan.Desk.ImportAsync("open_orders", List);
        await database.SqlAsync("update orders set status = 'cancelled', cancel_reason = 'Not needed' where number = 'PO-90'");
        Assert.Equal("2: Order PO-90 was cancelled here", await plan.WrongAsync((await plan.Desk.CheckAsync("open_orders", List)).Id));
    }

    private static Task<string> OrdersAsync(PlanDesk plan, string like) => plan.ReadAsync(
        $"""
        select o.number || '/' || l.line_no || ' ' || o.status || ' ' || l.part_number || ' ' || trim_scale(l.quantity) || ' received ' || trim_scale(l.received_quantity) || ' at ' || round(l.unit_price, 2) || ' promised ' || coalesce(l.promised_date::text, 'no day') || ' total ' || o.total
        from orders o join order_lines l on l.order_id = o.id where o.number like '{like}' order by o.number, l.line_no
        """);
}
