using Sourcing.Data.Imports;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Imports.Planning;

public sealed class SalesImportTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Lines_are_known_again_by_their_content_and_a_style_is_asked_once()
    {
        await using var plan = await PlanDesk.OpenAsync(database);
        var run = await plan.CheckAsync("sales", "sales.csv");
        Assert.Equal(
            """
            2: No part with this number
            3: No part with this number
            6: Line price and unit price differ: 10 × 3.5 is 35.00
            7: “02-30-25” is not a day of the calendar
            8: No unit “case”
            """, await plan.WrongAsync(run.Id));
        await plan.Desk.Service.MendAlikeAsync(run.Id, "part", "FS-100", "GM-2", _ct);
        Assert.Equal(4, (await plan.Desk.DetailsAsync(run.Id)).ReadyRows);
        Assert.Equal("FS-100", (await plan.Desk.RowsAsync(run.Id, RowFilter.All))[0].Cells["part"]);
        run = await plan.Desk.CommitAsync(run.Id);

        // An invoice may have the same line twice: both are there, and both are known again.
        Assert.Equal(
            "IN-1 2025-09-02 GM-2 100 4.0700 407.00 USD Bexley & Co sales_history_2025_09\nIN-1 2025-09-02 GM-2 100 4.0700 407.00 USD Bexley & Co sales_history_2025_09\n"
            + "IN-2 2024-11-30 GM-2 1200 3.5000 4200.00 USD Orla Home sales_history_2024_11\nIN-3 2025-01-15 GM-2 -12 3.5000 -42.00 USD Orla Home sales_history_2025_01",
            await plan.ReadAsync("select h.document || ' ' || (h.time at time zone 'UTC')::date || ' ' || p.number || ' ' || trim_scale(h.quantity) || ' ' || h.unit_price || ' ' || h.total_value || ' ' || h.currency || ' ' || h.customer || ' ' || h.tableoid::regclass from sales_history h join parts p on p.id = h.part_id order by 1"));
        var again = await plan.CheckAsync("sales", "sales.csv");
        Assert.Equal((0, 0, 4), (again.NewRows, again.ChangedRows, again.UnchangedRows));

        // A third line alike is one more.
        var more = await plan.Desk.CheckAsync("sales", "Document,Invoice Date,Customer,fStyle#,Yds_ordered,UOM,Unit Price,Line Price\n" + string.Concat(Enumerable.Repeat("IN-1,09-02-25,Bexley & Co,FS-100,100,yds,$4.07,$407.00\n", 3)));
        Assert.Equal((1, 0, 2), (more.NewRows, more.ChangedRows, more.UnchangedRows));
        await plan.Desk.UndoAsync(run.Id);
        Assert.Equal(0L, await database.ScalarAsync<long>("select count(*) from sales_history"));
    }
}
