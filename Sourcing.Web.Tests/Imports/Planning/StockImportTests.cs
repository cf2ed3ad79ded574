using Sourcing.Data.Imports;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Imports.Planning;

public sealed class StockImportTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private const string Stocks = """
        select p.number || ' ' || trim_scale(i.on_hand) || ' held ' || trim_scale(i.allocated) || ' coming ' || trim_scale(i.open_po_quantity) || coalesce(' on ' || i.po_expected_date, '')
        from inventory i join parts p on p.id = i.part_id where p.number like '190%' order by 1
        """;

    private const string Unsound = "select count(*) from inventory i where i.on_hand <> (select coalesce(sum(m.quantity), 0) from stock_movements m where m.part_id = i.part_id) or i.allocated <> (select coalesce(sum(r.quantity), 0) from reservations r where r.part_id = i.part_id and r.deleted_at is null)";

    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Lists_follow_each_other_the_ledger_sums_to_them_and_undo_goes_back_step_by_step()
    {
        await using var plan = await PlanDesk.OpenAsync(database);
        var run = await plan.CheckAsync("stock", "stock-yarn.csv");
        Assert.Equal(
            """
            2: No exchange rate for USD
            4: No exchange rate for USD
            5: No conversion from lb to pcs for 19023 | The balance is 12, but beginning, received, consumed and adjustments make 10
            6: Repeats row 2: the two are added up
            7: No part with this number
            """, await plan.WrongAsync(run.Id));
        run = await plan.ImportAsync("stock", "stock-yarn.csv");
        // 2,500 + 500 − 1,000 = 2,000 before orders, and 100 of the repeated row; the planning balance of 2,500 holds 800 on order and −300 allocated.
        const string First = "19020 2100 held 300 coming 800\n19021 65 held 0 coming 0\n19022 -30 held 20 coming 0";
        Assert.Equal(First, await plan.ReadAsync(Stocks));
        Assert.Equal($"19020 300 Stock list {run.Number}\n19022 20 Stock list {run.Number}", await ReservationsAsync(plan));
        Assert.Equal("19020 import 2100 2100\n19021 import 65 65\n19022 import -30 -30", await plan.ReadAsync("select p.number || ' ' || m.kind || ' ' || trim_scale(m.quantity) || ' ' || trim_scale(m.balance) from stock_movements m join parts p on p.id = m.part_id where p.number like '190%' order by 1"));
        Assert.Equal(0L, await database.ScalarAsync<long>("select count(*) from parts where number like '1902%' and standard_cost is not null"));
        Assert.Equal(0L, await database.ScalarAsync<long>(Unsound));
        Assert.All((await plan.ImportAsync("stock", "stock-yarn.csv")).Counts, c => Assert.Equal((0, 0), (c.New, c.Changed)));

        // 900 kg / 0.45359237 = 1,984.160360 lb and 120 kg = 264.554715 lb; a list that says nothing of allocations leaves them.
        var next = await plan.ImportAsync("stock", "stock-materials.csv");
        Assert.Equal("19020 1984.16036 held 300 coming 264.554715 on 2026-01-15\n19021 65 held 0 coming 0\n19022 -30 held 20 coming 0", await plan.ReadAsync(Stocks));
        Assert.Equal("-115.83964", await database.ScalarAsync<string>("select trim_scale(m.quantity)::text from stock_movements m where m.import_run_id = $1", next.Id));

        var third = await plan.Desk.ImportAsync("stock", "Part number,On hand,Allocated\n19020,1984.16036,-120\n19022,-30,0\n");
        Assert.Equal($"19020 120 Stock list {third.Number}", await ReservationsAsync(plan));
        Assert.Equal(0L, await database.ScalarAsync<long>(Unsound));

        Assert.Contains($"later imports that changed its records ({next.Number}, {third.Number})", (await plan.Desk.UndoAsync(run.Id)).Refusal, StringComparison.Ordinal);
        await plan.Desk.UndoAsync(third.Id);
        Assert.Equal($"19020 300 Stock list {run.Number}\n19022 20 Stock list {run.Number}", await ReservationsAsync(plan));
        await plan.Desk.UndoAsync(next.Id);
        Assert.Equal(First, await plan.ReadAsync(Stocks));
        Assert.Equal(ImportStatus.Undone, (await plan.Desk.UndoAsync(run.Id)).Status);
        Assert.Equal(0L, await database.ScalarAsync<long>("select (select count(*) from inventory i join parts p on p.id = i.part_id where p.number like '190%') + (select count(*) from stock_movements m join parts p on p.id = m.part_id where p.number like '190%') + (select count(*) from reservations)"));
    }

    [Fact]
    public async Task What_does_not_add_up_is_asked_and_costs_go_by_the_rate_of_the_day()
    {
        await using var plan = await PlanDesk.OpenAsync(database);
        await database.SqlAsync("insert into exchange_rates (id, currency, day, rate) values (gen_random_uuid(), 'USD', '2020-01-02', 1.25)");
        var run = await plan.Desk.CheckAsync("stock",
            "Part number,Unit,Beginning Balance,Received,Consumed,Theoretical Balance,On Order,Allocated,Planning Balance,Unit cost,Currency\n"
            + "BX-1,pcs,100,50,-30,120,10,-20,110,2.50,USD\nGM-1,pcs,100,50,-30,125,0,0,125,0,USD\nGM-2,yd,10,0,0,10,5,-1,99,,\nST-100,lb,,,,,5,0,,,\nST-200,lb,1,,,,-4,0,,,\n");
        Assert.Equal(
            """
            3: The balance is 125, but beginning, received, consumed and adjustments make 120
            4: The planning balance is 99, but stock, orders and allocations make 14
            5: No balance
            6: On order is -4
            """, await plan.WrongAsync(run.Id));
        await plan.Desk.CommitAsync(run.Id);
        // $2.50 at 1.25 dollars a euro is 2.00; 110 = 120 + 10 − 20 agrees.
        Assert.Equal("BX-1 120 2.0000", await plan.ReadAsync("select p.number || ' ' || trim_scale(i.on_hand) || ' ' || coalesce(p.standard_cost::text, 'none') from inventory i join parts p on p.id = i.part_id where p.number = 'BX-1'"));
        await plan.Desk.UndoAsync(run.Id);
        Assert.True(await database.ScalarAsync<bool>("select standard_cost is null from parts where number = 'BX-1'"));
        await database.SqlAsync("delete from exchange_rates");
    }

    [Fact]
    public async Task Undo_is_refused_once_somebody_moved_the_stock()
    {
        await using var plan = await PlanDesk.OpenAsync(database);
        var run = await plan.Desk.ImportAsync("stock", "Part number,On hand\nST-700,5\n");
        await plan.Scope.Get<Sourcing.Data.Common.Database>().WriteAsync((db, ct) => Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions.ExecuteSqlAsync(
            db.Database, $"update inventory set on_hand = 4 where part_id = (select id from parts where number = 'ST-700')", ct), _ct);
        Assert.Contains("changes made since to 1", (await plan.Desk.UndoAsync(run.Id)).Refusal, StringComparison.Ordinal);
    }

    private static Task<string> ReservationsAsync(PlanDesk plan) => plan.ReadAsync(
        "select p.number || ' ' || trim_scale(r.quantity) || ' ' || r.reference from reservations r join parts p on p.id = r.part_id where r.deleted_at is null order by 1");
}
