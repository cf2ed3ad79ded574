using Sourcing.Data.Common;
using Sourcing.Data.Planning;
using Sourcing.Data.Planning.Engine;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Planning;

/// <summary>A material's plan as it is read, and what its figures are made of.</summary>
public sealed class MaterialPlanTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_table_is_the_runs_bucket_by_bucket()
    {
        var made = await Make.MaterialPlanAsync(database);
        await using var planner = await database.AsAsync(Role.Planner);
        var plan = await planner.Get<MaterialPlanQueries>().PlanAsync(made.Yarn, made.CycleId, _ct);
        var series = made.Result.RowOf(made.Yarn)!.Series();
        Assert.Equal(13, plan!.Buckets.Count);
        Assert.Equal(series.Gross, plan.Buckets.Select(b => b.Gross));
        Assert.Equal(series.Receipts, plan.Buckets.Select(b => b.Scheduled));
        Assert.Equal(series.WithoutPlan, plan.Buckets.Select(b => b.WithoutPlan));
        Assert.Equal(series.PlannedReceipts, plan.Buckets.Select(b => b.PlannedReceipt));
        Assert.Equal(series.PlannedReleases, plan.Buckets.Select(b => b.PlannedRelease));
        Assert.Equal(series.WithPlan, plan.Buckets.Select(b => b.WithPlan));
        Assert.Equal(series.CoverDays, plan.Buckets.Select(b => b.CoverDays));
        Assert.Equal(made.Result.RowOf(made.Yarn)!.CoverDays, plan.CoverDays);
    }

    [Fact]
    public async Task The_head_says_what_is_there_and_what_comes()
    {
        var made = await Make.MaterialPlanAsync(database);
        await using var planner = await database.AsAsync(Role.Planner);
        var plan = (await planner.Get<MaterialPlanQueries>().PlanAsync(made.Yarn, made.CycleId, _ct))!;
        Assert.Equal((8460, 6000, 4200), (plan.OnHand, plan.OnOrder, plan.SafetyStock));
        Assert.Equal((1, 2, true, false), (plan.WhereUsed, plan.Suppliers, plan.IsCritical, plan.IsMade));
        // 8,460 − 1,850 + 3,000 − 1,920 − 2,480 − 2,610 = 2,600 in W50.
        Assert.Equal(("W50", 2600), (plan.FirstShort!.Label, plan.FirstShort.WithoutPlan));
        Assert.True(plan.IsLate(MadePlan.AsOf));
        Assert.NotEmpty(plan.Recommendations);
    }

    [Fact]
    public async Task A_plan_is_read_in_few_statements_however_long_it_is()
    {
        var made = await Make.MaterialPlanAsync(database);
        await using var planner = await database.AsAsync(Role.Planner);
        var before = database.Queries.Count;
        await planner.Get<MaterialPlanQueries>().PlanAsync(made.Yarn, made.CycleId, _ct);
        Assert.InRange(database.Queries.Count - before, 1, 7);
    }

    [Fact]
    public async Task Without_a_cycle_the_material_still_shows_itself()
    {
        var made = await Make.MaterialPlanAsync(database);
        await using var planner = await database.AsAsync(Role.Planner);
        var plan = await planner.Get<MaterialPlanQueries>().PlanAsync(made.Yarn, Guid.CreateVersion7(), _ct);
        Assert.Null(plan!.Cycle);
        Assert.Empty(plan.Buckets);
        Assert.Null(await planner.Get<MaterialPlanQueries>().PlanAsync(Guid.CreateVersion7(), null, _ct));
    }

    [Fact]
    public async Task The_lines_of_every_figure_come_to_exactly_the_figure()
    {
        var made = await Make.MaterialPlanAsync(database);
        foreach (var material in new[] { made.Yarn, made.Jersey, made.Shirt })
        {
            foreach (var figure in Enum.GetValues<PlanFigure>().Where(f => f != PlanFigure.Cover))
            {
                foreach (var bucket in made.Result.Buckets)
                {
                    var parts = PlanExplanation.Of(made.Result, material, figure, bucket.Index)!;
                    Assert.True(parts.Total == parts.Lines.Sum(l => l.Quantity), $"{figure} in {bucket.Label}: {parts.Total} is not {string.Join(" + ", parts.Lines.Select(l => l.Quantity))}");
                    Assert.All(parts.Orders, o => Assert.Equal(o.Order.Quantity, o.Parts.Sum(p => p.Quantity)));
                }
            }
        }
    }

    [Fact]
    public async Task A_need_names_its_forecast_its_reservation_and_the_part_that_is_made_of_it()
    {
        var made = await Make.MaterialPlanAsync(database);
        var first = PlanExplanation.Of(made.Result, made.Yarn, PlanFigure.Gross, 0)!;
        Assert.Equal([(FigureSource.Forecast, 1500m), (FigureSource.Reservation, 350m)], first.Lines.Select(l => (l.Source, l.Quantity)));
        Assert.Equal("Sample run", first.Lines[1].Text);
        Assert.Equal(made.Result.RowOf(made.Yarn)!.Confidence, first.Lines[0].Confidence);
        Assert.Contains(first.Voices, v => v is { Source: "projection", Quantity: 1500, Confidence: 0.7m });
        var third = PlanExplanation.Of(made.Result, made.Yarn, PlanFigure.Gross, 2)!;
        var jersey = Assert.Single(third.Lines, l => l.Source == FigureSource.Dependent && l.Quantity == 1480);
        Assert.Equal(("Jersey 160 g, navy", made.Jersey), (jersey.Text, jersey.PartId));
    }

    [Fact]
    public async Task A_receipt_leads_to_its_order()
    {
        var made = await Make.MaterialPlanAsync(database);
        await using var planner = await database.AsAsync(Role.Planner);
        var parts = await planner.Get<PlanExplanationQueries>().FigureAsync(made.CycleId, made.Yarn, PlanFigure.Scheduled, 1, _ct);
        var line = Assert.Single(parts!.Lines);
        Assert.Equal(("PO-2026-00317 line 10", 3000m, made.OrderId), (line.Text, line.Quantity, line.OrderId));
    }

    [Fact]
    public async Task What_needs_an_order_is_told_from_the_end_product_down_and_comes_to_the_order()
    {
        var made = await Make.MaterialPlanAsync(database);
        var orders = made.Result.Orders.Where(o => o.Material.Id == made.Yarn).Select(o => o.Index).ToList();
        var needs = NeedTree.Of(made.Result, orders);
        Assert.True(needs.IsWhole);
        Assert.Equal(orders.Sum(o => made.Result.Orders[o].Quantity), needs.Quantity);
        Assert.Equal(needs.Quantity, needs.Knots.Sum(k => k.Quantity));
        void Whole(NeedKnot knot)
        {
            Assert.True(knot.Children.Count == 0 || knot.Children.Sum(c => c.Quantity) == knot.Quantity, knot.Text);
            foreach (var child in knot.Children)
            {
                Whole(child);
            }
        }

        Assert.All(needs.Knots, Whole);
    }

    [Fact]
    public async Task The_shirts_order_stands_below_the_jersey_it_is_knitted_into()
    {
        // Nothing on hand and nothing on order: all of it comes from the plan's own orders.
        var made = await Make.MaterialPlanAsync(database, input => input with { Materials = [.. input.Materials.Select(m => m with { OnHand = 0, SafetyOverride = 0 })], Receipts = [] });
        var orders = made.Result.Orders.Where(o => o.Material.Id == made.Yarn).Select(o => o.Index).ToList();
        var shirt = Assert.Single(NeedTree.Of(made.Result, orders).Knots, k => k.PartId == made.Shirt);
        var jersey = Assert.Single(shirt.Children);
        Assert.Equal(("Jersey 160 g, navy", "W49"), (jersey.Text, jersey.Label));
        var order = Assert.Single(jersey.Children, c => c.Target == PegTarget.FirmOrder);
        Assert.Equal(("SO-2026-3381", "Brinwell", 1000m), (order.Text, order.Customer, Math.Round(order.Quantity, 4)));
        Assert.Equal(480, Math.Round(Assert.Single(jersey.Children, c => c.Target == PegTarget.Forecast).Quantity, 4));
    }

    [Fact]
    public async Task Tabs_read_parents_suppliers_and_the_ledger()
    {
        var made = await Make.MaterialPlanAsync(database);
        await using var reader = await database.AsAsync(Role.ReadOnly);
        var queries = reader.Get<MaterialPlanQueries>();
        var parent = Assert.Single(await queries.WhereUsedAsync(made.Yarn, made.CycleId, _ct));
        Assert.Equal((made.Jersey, 1m, made.Result.RowOf(made.Jersey)!.Series().PlannedReceipts.Sum()), (parent.ParentId, parent.QuantityPer, parent.Planned));
        Assert.Equal([made.KesmiraName], (await queries.SuppliersAsync(made.Yarn, _ct)).Where(s => s.Preferred).Select(s => s.Supplier));
        Assert.Equal((8460m, 8460m, StockMovementKind.Import), Assert.Single((await reader.Get<StockQueries>().LedgerAsync(made.Yarn, null, _ct)).Rows) is var line ? (line.Quantity, line.Balance, line.Kind) : default);
        Assert.Empty((await queries.DemandAsync(made.Yarn, MadePlan.AsOf, _ct)).Orders);
    }

    [Theory]
    [InlineData(Role.SalesRep)]
    [InlineData(Role.Supplier)]
    public async Task Who_may_not_read_plans_reads_nothing_of_them(Role role)
    {
        await using var stranger = await database.AsAsync(role);
        var queries = stranger.Get<MaterialPlanQueries>();
        var explanations = stranger.Get<PlanExplanationQueries>();
        var any = Guid.CreateVersion7();
        await Assert.ThrowsAsync<DeniedException>(() => queries.PlanAsync(any, null, _ct));
        await Assert.ThrowsAsync<DeniedException>(() => queries.WhereUsedAsync(any, null, _ct));
        await Assert.ThrowsAsync<DeniedException>(() => queries.SuppliersAsync(any, _ct));
        await Assert.ThrowsAsync<DeniedException>(() => queries.DemandAsync(any, default, _ct));
        await Assert.ThrowsAsync<DeniedException>(() => explanations.MaterialAsync(any, any, _ct));
        await Assert.ThrowsAsync<DeniedException>(() => explanations.FigureAsync(any, any, PlanFigure.Gross, 0, _ct));
        await Assert.ThrowsAsync<DeniedException>(() => explanations.NeedsAsync(any, any, null, null, _ct));
    }
}
