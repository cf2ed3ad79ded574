using System.Text;
using Sourcing.Data.Common;
using Sourcing.Data.Imports;
using Sourcing.Data.Imports.Kinds;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Imports;

/// <summary>The wide file of another system, with the oddities of the real one: a mark, lone CR, quoted commas, words for numbers and dates.</summary>
public sealed class OrderHistoryTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_history_goes_in_by_its_mapping_again_changes_nothing_and_comes_out()
    {
        await using var scope = await database.AsAsync(Role.Buyer);
        var desk = new ImportDesk(scope);
        using var file = TestFile.Bytes(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Imports", "Files", "history.csv")));
        var run = await desk.CheckAsync(await desk.UploadAsync("order_history", file));
        Assert.Equal(ScmsMappingOf(run), run.Mapping.Columns.Count);
        Assert.Equal((7, 0, 0), (run.ReadyRows, run.RejectedRows, run.SetAsideRows));
        run = await desk.CommitAsync(run.Id);

        Assert.Equal(
            "units 1, categories 2, suppliers 3, parts 3, RFQs 2, orders 4, shipments 5, order lines 7, receipts 6",
            string.Join(", ", run.Counts.Select(c => $"{c.Plural} {c.New}")));
        Assert.Equal(26_861.35m, await database.ScalarAsync<decimal>("select sum(amount) from order_lines"));
        Assert.Equal(26_861.35m, await database.ScalarAsync<decimal>("select sum(subtotal) from orders"));
        Assert.Equal("closed 2007-11-14 780.34 1501.14 EXW", await database.ScalarAsync<string>(
            "select status || ' ' || (received_at at time zone 'UTC')::date || ' ' || freight || ' ' || total || ' ' || incoterm from orders where number = 'SC-4'"));
        Assert.Equal("partially_received 2008-02-20", await database.ScalarAsync<string>("select status || ' ' || due_date from orders where number = 'SC-13'"));
        Assert.Equal("Pre-PQ orders have no RFQ: 2", await database.ScalarAsync<string>("select 'Pre-PQ orders have no RFQ: ' || count(*) from orders where rfq_id is null"));
        Assert.Contains(run.RuleCounts, r => r is { Cells: 2 } && r.Rule.StartsWith("Freight matches See", StringComparison.Ordinal));

        using var again = TestFile.Bytes(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Imports", "Files", "history.csv")));
        var second = await desk.CommitAsync((await desk.CheckAsync(await desk.UploadAsync("order_history", again))).Id);
        Assert.All(second.Counts, c => Assert.Equal((0, 0), (c.New, c.Changed)));

        Assert.Equal(ImportStatus.Undone, (await desk.UndoAsync(run.Id)).Status);
        foreach (var table in new[] { "units", "part_categories", "suppliers", "parts", "rfqs", "orders", "shipments", "order_lines", "receipts" })
        {
            Assert.Equal(0L, await database.ScalarAsync<long>($"select count(*) from {table}"));
        }
    }

    [Fact]
    public async Task Mended_rows_of_an_order_join_it_later_and_its_sums_follow()
    {
        await using var scope = await database.AsAsync(Role.Buyer);
        var desk = new ImportDesk(scope);
        const string Head = "PO number,Line number,Supplier,Item description,Quantity,Unit,Unit price,Currency,Delivered,Shipment,Freight,Promised\n";
        var first = await desk.ImportAsync("order_history", Head + "H-1,1,Kesmira,Thing,10,box,2,EUR,2026-03-01,T1,5,2026-03-01\n");
        var later = await desk.ImportAsync("order_history", Head + "H-1,2,Kesmira,Other thing,1,box,3,EUR,,T1,1.50,2026-04-01\n");
        Assert.Equal("23.00 6.50 29.50 partially_received", await database.ScalarAsync<string>("select subtotal || ' ' || freight || ' ' || total || ' ' || status from orders where number = 'H-1'"));

        Assert.Contains("order lines refer to its orders", (await desk.UndoAsync(first.Id)).Refusal, StringComparison.Ordinal);
        Assert.Equal(ImportStatus.Undone, (await desk.UndoAsync(later.Id)).Status);
        Assert.Equal("20.00 5.00 25.00 closed", await database.ScalarAsync<string>("select subtotal || ' ' || freight || ' ' || total || ' ' || status from orders where number = 'H-1'"));
        Assert.Equal(ImportStatus.Undone, (await desk.UndoAsync(first.Id)).Status);
    }

    [Fact]
    public async Task An_order_with_two_suppliers_currencies_or_spellings_is_named()
    {
        await using var scope = await database.AsAsync(Role.Buyer);
        var desk = new ImportDesk(scope);
        var run = await desk.CheckAsync("order_history", "PO number,Line number,Supplier,Item description,Quantity,Unit,Unit price,Line value,Currency,Freight\n"
            + "J-1,1,Orwell Ltd,Thing,10,box,2,20,EUR,\nJ-1,2,Kesmira,Thing,10,box,2,20,EUR,\nJ-1,3,Orwell Ltd,Thing,10,box,2,20,USD,\nJ-2,1,\"ORWELL, LTD.\",Thing,10,box,2,20,EUR,\nJ-3,1,Kesmira,Thing,10,box,,,EUR,\nJ-4,1,Kesmira,Thing,10,box,2,200,EUR,\nJ-5,1,Kesmira,Thing,0,box,2,,EUR,\n");
        Assert.Contains("another supplier in row 2", await desk.WrongAsync(run.Id, 3), StringComparison.Ordinal);
        Assert.Contains("This order is in EUR in row 2", await desk.WrongAsync(run.Id, 4), StringComparison.Ordinal);
        Assert.Contains("Looks like “Orwell Ltd”, spelled another way", await desk.WrongAsync(run.Id, 5), StringComparison.Ordinal);
        Assert.Contains("Price is missing", await desk.WrongAsync(run.Id, 6), StringComparison.Ordinal);
        Assert.Contains("Value and price differ: 10 × 2 is 20.00", await desk.WrongAsync(run.Id, 7), StringComparison.Ordinal);
        Assert.Contains("It has to be above 0", await desk.WrongAsync(run.Id, 8), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cell_that_names_a_row_which_is_not_there_is_refused()
    {
        await using var scope = await database.AsAsync(Role.Buyer);
        var desk = new ImportDesk(scope);
        var id = await desk.UploadAsync("order_history", "PO number,Line number,Supplier,Item description,Quantity,Unit,Unit price,Currency,Freight\nL-1,7,Kesmira,Thing,10,box,2,EUR,See row 8\nL-1,9,Kesmira,Thing,10,box,2,EUR,See row 7\n");
        await desk.MatchAsync(id, m => m with { Rules = [new("freight", RuleTest.Matches, @"See row (\d+)", RuleAction.InAnotherRow, "line_no")] });
        var run = await desk.CheckAsync(id);
        Assert.Equal((1, 1), (run.ReadyRows, run.RejectedRows));
        Assert.Contains("Names row 8, which is not in the file", await desk.WrongAsync(run.Id, 2), StringComparison.Ordinal);
    }

    private static int ScmsMappingOf(ImportDetails run) => ImportKinds.KnownMappings.Single(m => m.Kind == run.Kind.Key).Definition.Columns.Count;
}
