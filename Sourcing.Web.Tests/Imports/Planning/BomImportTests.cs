using Sourcing.Data.Imports;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Imports.Planning;

public sealed class BomImportTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Shares_are_taken_as_they_stand_what_is_odd_is_asked_and_undo_leaves_nothing()
    {
        await using var plan = await PlanDesk.OpenAsync(database);
        var run = await plan.CheckAsync("bom", "bom-shares.csv");
        Assert.Equal(
            """
            2: Shares sum to 0.97
            4: Shares sum to 0.97
            9: Repeats row 8: the two are summed to 0.5
            10: Component is missing
            11: ST-400 is kept in yd, which is no weight
            12: No part with this number
            """, await plan.WrongAsync(run.Id));
        Assert.Equal((2, 6, 4, 3), (run.ReadyRows, run.RejectedRows, run.UnusualRows, run.SetAsideRows));
        Assert.Contains(run.RuleCounts, r => r is { Cells: 8, Rule: "Shares are read as fractions of 1: the largest is 1" });
        Assert.Equal("19 022", (await plan.Desk.RowsAsync(run.Id, RowFilter.All)).Single(r => r.Row == 7).Cells["component"]);

        run = await plan.ImportAsync("bom", "bom-shares.csv");
        // 0.60 + 0.37 stay 0.97; 0.30 + 0.20 of the repeated pair are one line.
        Assert.Equal("ST-100 19020 0.6 share\nST-100 19021 0.37 share\nST-200 19022 0.5 share\nST-200 19021 0.5 share\nST-400 19020 1 share", await LinesAsync(plan, "ST-1%", "ST-2%", "ST-4%"));
        Assert.Equal("bills of materials 3, components 5", string.Join(", ", run.Counts.Select(c => $"{c.Plural} {c.New}")));
        var again = await plan.ImportAsync("bom", "bom-shares.csv");
        Assert.All(again.Counts, c => Assert.Equal((0, 0), (c.New, c.Changed)));

        Assert.Equal(ImportStatus.Undone, (await plan.Desk.UndoAsync(run.Id)).Status);
        Assert.Equal(0L, await database.ScalarAsync<long>("select (select count(*) from bom_lines b join parts p on p.id = b.parent_part_id where p.number in ('ST-100', 'ST-200', 'ST-400')) + (select count(*) from bills_of_materials b join parts p on p.id = b.part_id where p.number in ('ST-100', 'ST-200', 'ST-400'))"));
    }

    [Fact]
    public async Task Percent_is_recognised_shown_and_can_be_said()
    {
        await using var plan = await PlanDesk.OpenAsync(database);
        var run = await plan.CheckAsync("bom", "bom-percent.csv");
        Assert.Equal((2, 0), (run.ReadyRows, run.RejectedRows));
        Assert.Contains(run.RuleCounts, r => r.Rule == "Shares are read as percent: the largest is 62.5");
        await plan.Desk.CommitAsync(run.Id);
        Assert.Equal("ST-500 19020 0.625 share\nST-500 19021 0.375 share", await LinesAsync(plan, "ST-500"));

        var said = await plan.CheckAsync("bom", "bom-percent.csv", m => m with { Constants = new() { ["scale"] = "fraction" } });
        Assert.Equal("2: The share is 6250 %\n3: The share is 3750 %", await plan.WrongAsync(said.Id));
    }

    [Fact]
    public async Task A_parent_whose_shares_are_written_another_way_than_the_rest_is_asked()
    {
        await using var plan = await PlanDesk.OpenAsync(database);
        var run = await plan.Desk.CheckAsync("bom", "Style_ID,Yarn_ID,BOM_Percentage,unit\nST-500,19020,60,lb\nST-500,19021,40,lb\nST-300,19020,0.6,lb\nST-300,19021,0.4,lb\n");
        Assert.Equal(2, run.RejectedRows - run.UnusualRows);
        Assert.Contains("The shares of ST-300 sum to 1 where others sum to about 100", await plan.Desk.WrongAsync(run.Id, 4), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Quantities_of_a_spreadsheet_keep_their_unit_and_circles_are_warned_of()
    {
        await using var plan = await PlanDesk.OpenAsync(database);
        var run = await plan.CheckAsync("bom", "bom-quantities.csv");
        Assert.Equal(
            """
            2: No conversion from yd to lb for ST-100
            4: No conversion from roll to pcs for BX-1
            5: ST-700 is made of ST-600 in turn
            6: ST-600 is made of ST-700 in turn
            7: A part cannot be made of itself
            """, await plan.WrongAsync(run.Id));
        Assert.Equal((1, 4), (run.ReadyRows, run.UnusualRows));

        // A spreadsheet writes numbers of parts as numbers, and a program in between as 19020.0.
        using var sheet = TestFile.Xlsx(["sku_id", "material_id", "qty_per_unit", "unit"], ["GM-1", 19023d, 2d, "PCS"], ["GM-1", "19021.0", 0.125m, "kg"]);
        var id = await plan.Desk.UploadAsync("bom", sheet);
        run = await plan.Desk.CheckAsync(id);
        Assert.Equal((2, 0), (run.ReadyRows, run.RejectedRows));
        await plan.Desk.CommitAsync(id);
        Assert.Equal("GM-1 19023 2 pcs\nGM-1 19021 0.125 kg", await LinesAsync(plan, "GM-1"));
    }

    [Fact]
    public async Task A_new_figure_replaces_the_old_what_is_not_named_stays_and_is_said_and_undo_puts_it_back()
    {
        await using var plan = await PlanDesk.OpenAsync(database);
        const string Head = "sku_id,material_id,qty_per_unit,unit\n";
        await plan.Desk.ImportAsync("bom", Head + "ST-300,19020,0.5,lb\nST-300,19021,0.5,lb\n");
        var run = await plan.Desk.CheckAsync("bom", Head + "ST-300,19020,0.75,lb\n");
        Assert.Contains("Here ST-300 also contains 19021", await plan.Desk.WrongAsync(run.Id, 2), StringComparison.Ordinal);
        await plan.Desk.Service.ConfirmAllAsync(run.Id, _ct);
        run = await plan.Desk.DetailsAsync(run.Id);
        Assert.Equal((0, 1), (run.NewRows, run.ChangedRows));
        await plan.Desk.CommitAsync(run.Id);
        Assert.Equal("ST-300 19020 0.75 lb\nST-300 19021 0.5 lb", await LinesAsync(plan, "ST-300"));
        await plan.Desk.UndoAsync(run.Id);
        Assert.Equal("ST-300 19020 0.5 lb\nST-300 19021 0.5 lb", await LinesAsync(plan, "ST-300"));
    }

    private static Task<string> LinesAsync(PlanDesk plan, params string[] parents) => plan.ReadAsync(
        $"""
        select p.number || ' ' || c.number || ' ' || trim_scale(b.quantity_per) || ' ' || coalesce(case when not b.is_share then u.code end, 'share')
        from bom_lines b join parts p on p.id = b.parent_part_id join parts c on c.id = b.component_part_id left join units u on u.id = b.unit_id
        where b.deleted_at is null and p.number like any (array[{string.Join(", ", parents.Select(p => $"'{p}'"))}]) order by p.number, b.position, c.number
        """);
}
