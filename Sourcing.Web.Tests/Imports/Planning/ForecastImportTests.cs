using Sourcing.Data.Imports;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Imports.Planning;

public sealed class ForecastImportTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private const string All = "select p.number || ' ' || f.date || ' ' || f.source || ' ' || f.period || ' ' || trim_scale(f.quantity) || ' r' || f.revision from forecasts f join parts p on p.id = f.part_id where f.deleted_at is null order by 1";

    [Fact]
    public async Task Sources_overlap_and_stay_side_by_side_and_a_new_figure_is_a_revision()
    {
        await using var plan = await PlanDesk.OpenAsync(database);
        var run = await plan.CheckAsync("forecasts", "forecasts.csv");
        Assert.Equal("5: Quantity is -5\n6: “guess” is not one of the words known here\n7: Same part, source and day as row 2", await plan.WrongAsync(run.Id));
        run = await plan.ImportAsync("forecasts", "forecasts.csv");
        const string First = "ST-100 2026-01-05 prod_plan day 120.5 r1\nST-100 2026-01-05 projection day 100 r1\nST-100 2026-02-02 projection day 80 r1\nST-100 2026-03-02 other day 1250 r1";
        Assert.Equal(First, await plan.ReadAsync(All));
        Assert.Equal((0, 0, 4), await CountAsync(plan, "forecasts.csv"));

        var next = await plan.Desk.ImportAsync("forecasts", "sku_id,forecast_qty,forecast_date,source,Covers,Unit\nST-100,90,2026-01-05,projection,,\nST-100,45.359237,2026-02-01,manual,month,kg\n");
        // 45.359237 kg are 100 lb.
        Assert.Equal(First.Replace("projection day 100 r1", "projection day 90 r2", StringComparison.Ordinal).Replace("ST-100 2026-02-02", "ST-100 2026-02-01 manual month 100 r1\nST-100 2026-02-02", StringComparison.Ordinal), await plan.ReadAsync(All));
        Assert.Contains("later imports", (await plan.Desk.UndoAsync(run.Id)).Refusal, StringComparison.Ordinal);
        await plan.Desk.UndoAsync(next.Id);
        Assert.Equal(First, await plan.ReadAsync(All));
        await plan.Desk.UndoAsync(run.Id);
        Assert.Equal("", await plan.ReadAsync(All));
    }

    private static async Task<(int, int, int)> CountAsync(PlanDesk plan, string file)
    {
        var run = await plan.CheckAsync("forecasts", file);
        return (run.NewRows, run.ChangedRows, run.UnchangedRows);
    }
}
