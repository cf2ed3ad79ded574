using Sourcing.Data.Imports;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Imports.Planning;

public sealed class SalesOrderImportTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private const string All = """
        select l.number || '/' || l.line_no || ' ' || p.number || ' ' || l.customer || ' ' || trim_scale(l.quantity) || ' shipped ' || trim_scale(l.shipped_quantity) || ' ' || l.unit_price || ' ' || l.currency || ' ' || coalesce(l.ship_on::text, 'no day') || ' ' || l.status
        from sales_order_lines l join parts p on p.id = l.part_id where l.deleted_at is null order by 1
        """;

    [Fact]
    public async Task Units_prices_and_markup_are_read_and_what_has_no_conversion_stays_out()
    {
        await using var plan = await PlanDesk.OpenAsync(database);
        var run = await plan.CheckAsync("sales_orders", "sales-orders.csv");
        Assert.Equal("Customer", run.Mapping.Columns["customer"]);
        Assert.Equal("6: No conversion from lb to yd for GM-2\n7: The balance is 90, but ordered less shipped is 80\n8: Ordered is 0", await plan.WrongAsync(run.Id));
        Assert.Equal("Orla Home", (await plan.Desk.RowsAsync(run.Id)).First(r => r.Row == 6).Cells["customer"]);
        Assert.Contains(run.RuleCounts, r => r is { Cells: 1, Rule: "Status “Closed” is read as shipped" });

        run = await plan.ImportAsync("sales_orders", "sales-orders.csv");
        // 100 kg are 220.462262 lb; the price stands for a pound already, as its bracket says.
        Assert.Equal(
            """
            5001/1 GM-2 Bexley & Co 1000 shipped 250 7.3500 USD 2025-09-26 open
            5001/2 GM-2 Bexley & Co 500 shipped 0 7.3500 USD no day open
            5002/1 ST-100 Orla Home 220.462262 shipped 0 3.0000 USD 2025-10-17 on_hold
            5003/1 19023 Orla Home 40 shipped 40 1.0000 USD 2025-09-01 shipped
            5005/1 GM-2 Orla Home 100 shipped 20 7.3500 USD 2025-10-03 open
            5007/1 GM-2 Orla Home 60 shipped 0 7.3500 USD 2025-10-03 cancelled
            """, await plan.ReadAsync(All));
        Assert.All((await plan.ImportAsync("sales_orders", "sales-orders.csv")).Counts, c => Assert.Equal((0, 0), (c.New, c.Changed)));

        var next = await plan.Desk.ImportAsync("sales_orders", "Status,SO #,Unit Price,Style#,On Hold,UOM,Ordered,Picked/Shipped,Balance,Ship Date\nOpen,5001,$7.35 (yds),GM-2,,yds,1000,1000,0,9/26/2025\n");
        Assert.StartsWith("5001/1 GM-2 Bexley & Co 1000 shipped 1000 7.3500 USD 2025-09-26 shipped", await plan.ReadAsync(All), StringComparison.Ordinal);
        await plan.Desk.UndoAsync(next.Id);
        Assert.StartsWith("5001/1 GM-2 Bexley & Co 1000 shipped 250 7.3500 USD 2025-09-26 open", await plan.ReadAsync(All), StringComparison.Ordinal);
        await plan.Desk.UndoAsync(run.Id);
        Assert.Equal("", await plan.ReadAsync(All));
    }
}
