using Sourcing.Data.Imports;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Imports.Planning;

public sealed class DemandImportTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private const string All = "select p.number || ' ' || f.date || ' ' || f.source || ' ' || f.period || ' ' || trim_scale(f.quantity) from forecasts f join parts p on p.id = f.part_id where f.deleted_at is null order by 1";

    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Weeks_below_a_title_become_forecasts_over_the_end_of_the_year_and_balances_are_checked()
    {
        await using var plan = await PlanDesk.OpenAsync(database);
        static MappingDefinition December(MappingDefinition m) => m with { ListDay = new(2025, 12, 17) };
        var run = await plan.CheckAsync("demand", "demand-yarn.csv", December);
        Assert.Equal(3, run.Profile.Shape.HeadRow);
        Assert.Equal("Demand, by week or day", run.Mapping.Columns["demand"]);
        // 90 + 0 − 20 is 70, not 75.
        Assert.Equal("5: The balance of Week 52 is 75, but the week before, receipts and demand make 70\n6: This Week: Demand by week is -5", await plan.WrongAsync(run.Id));
        Assert.Contains(run.RuleCounts, r => r is { Cells: 3, Rule: "Weeks from 2025-12-15 to 2025-12-29" });

        run = await plan.ImportAsync("demand", "demand-yarn.csv", December);
        const string First = "19020 2025-12-15 prod_plan week 100\n19020 2025-12-22 prod_plan week 1200\n19020 2025-12-29 prod_plan week 50.5\n19021 2025-12-15 prod_plan week 10\n19021 2025-12-22 prod_plan week 20";
        Assert.Equal(First, await plan.ReadAsync(All));
        Assert.All((await plan.ImportAsync("demand", "demand-yarn.csv", December)).Counts, c => Assert.Equal((0, 0), (c.New, c.Changed)));

        // A week on, what is empty now is nothing: an old figure does not linger.
        var id = await plan.Desk.UploadAsync("demand", "Yarn,Supplier,Demand This Week,Demand Week 1,Demand Week 2\n19020,Kesmira,1100,,60\n");
        await plan.Desk.MatchAsync(id, m => m with { ListDay = new(2025, 12, 24) });
        Assert.Equal(0, (await plan.Desk.CheckAsync(id)).RejectedRows);
        await plan.Desk.CommitAsync(id);
        Assert.StartsWith("19020 2025-12-15 prod_plan week 100\n19020 2025-12-22 prod_plan week 1100\n19020 2025-12-29 prod_plan week 0\n19020 2026-01-05 prod_plan week 60\n", await plan.ReadAsync(All), StringComparison.Ordinal);
        await plan.Desk.UndoAsync(id);
        await plan.Desk.UndoAsync(run.Id);
        Assert.Equal("", await plan.ReadAsync(All));
    }

    [Fact]
    public async Task Whose_the_quantities_are_is_seen_from_the_shares_or_asked()
    {
        await using var plan = await PlanDesk.OpenAsync(database);
        static MappingDefinition September(MappingDefinition m) => m with { ListDay = new(2025, 9, 3) };
        var run = await plan.CheckAsync("demand", "demand-styles.csv", September);
        Assert.Equal("4: The total is 18, but the weeks sum to 15", await plan.WrongAsync(run.Id));
        // 210 by 60 % and 140 by 40 % are both 350: the yarns' own.
        Assert.Contains(run.RuleCounts, r => r.Rule == "Quantities are read as those of the part (yarn)");
        run = await plan.ImportAsync("demand", "demand-styles.csv", September);
        // 19021 for both styles: 40 + 10, 80, 5, 20.
        Assert.Equal(
            "19020 2025-09-01 prod_plan week 60\n19020 2025-09-08 prod_plan week 120\n19020 2025-09-22 prod_plan week 30\n19021 2025-09-01 prod_plan week 50\n19021 2025-09-08 prod_plan week 80\n19021 2025-09-15 prod_plan week 5\n19021 2025-09-22 prod_plan week 20",
            await plan.ReadAsync(All));
        await plan.Desk.UndoAsync(run.Id);

        const string Head = "Style,Yarn,Percentage,This Week,Week 37,Later,Total\n";
        var id = await plan.Desk.UploadAsync("demand", Head + "ST-100,19020,60,100,50,0,150\nST-100,19021,40,100,50,0,150\n");
        await plan.Desk.MatchAsync(id, m => September(m) with { Constants = new() { ["source"] = "projection" } });
        await plan.Desk.CheckAsync(id);
        await plan.Desk.CommitAsync(id);
        Assert.Equal("ST-100 2025-09-01 projection week 100\nST-100 2025-09-08 projection week 50", await plan.ReadAsync(All));
        await plan.Desk.UndoAsync(id);

        var unclear = await plan.Desk.CheckAsync("demand", Head + "ST-300,19020,100,5,5,0,10\n");
        Assert.Contains("Whose quantities are they?", await plan.WrongAsync(unclear.Id), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_yarn_whose_styles_are_planned_would_count_twice_and_is_asked()
    {
        await using var plan = await PlanDesk.OpenAsync(database);
        var bom = await plan.Desk.ImportAsync("bom", "sku_id,material_id,qty_per_unit,unit\nST-700,19022,1,lb\n");
        var orders = await plan.Desk.ImportAsync("sales_orders", "SO #,Style#,Ordered,Unit\nD-1,ST-700,10,lb\n");
        var run = await plan.Desk.CheckAsync("demand", "Yarn,Demand 2025-09-08,Demand 2025-09-15\n19022,10,10\n");
        Assert.Equal("2: 19022 is also needed for ST-700 that have demand of their own", await plan.WrongAsync(run.Id));
        await plan.Desk.UndoAsync(orders.Id);
        await plan.Desk.UndoAsync(bom.Id);
    }

    [Fact]
    public async Task This_week_alone_needs_the_day_of_the_list()
    {
        await using var plan = await PlanDesk.OpenAsync(database);
        var id = await plan.Desk.UploadAsync("demand", "Yarn,Demand This Week,Demand Next Week,Demand Later\n19022,1,2,3\n");
        var refusal = await Assert.ThrowsAsync<Sourcing.Data.Common.RefusedException>(() => plan.Desk.CheckAsync(id));
        Assert.Contains("Say the day of the list", refusal.Message, StringComparison.Ordinal);
        await plan.Desk.MatchAsync(id, m => m with { ListDay = new(2025, 9, 3) });
        await plan.Desk.CheckAsync(id);
        var done = await plan.Desk.CommitAsync(id);
        Assert.Equal("19022 2025-09-01 prod_plan week 1\n19022 2025-09-08 prod_plan week 2\n19022 2025-09-15 prod_plan week 3", await plan.ReadAsync(All));
        await plan.Desk.UndoAsync(done.Id);
    }
}
