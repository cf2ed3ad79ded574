using Sourcing.Data.Common;
using Sourcing.Data.Common.Lists;
using Sourcing.Data.Planning;
using Sourcing.Web.Tests.Catalog;
using Sourcing.Web.Tests.Support;
using static Sourcing.Web.Tests.Planning.BomMaker;

namespace Sourcing.Web.Tests.Planning;

/// <summary>Bills of materials through all levels, with figures worked out by hand.</summary>
public sealed class BomQueriesTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly DateOnly Day = new(2027, 1, 15);
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    // Fabric (yield 80 %) = 60 % yarn with 4 % scrap + 0.4 kg weft + 100 g elastane; weft = 1 kg yarn; yarn (yield 90 %) = 1.1 kg cotton + 20 g dye.
    private sealed record Mill(StockWorld World, Guid Fabric, Guid Yarn, Guid Weft, Guid Elastane, Guid Cotton, Guid Dye);

    [Fact]
    public async Task Quantities_go_down_through_all_levels_with_scrap_yield_and_units()
    {
        var mill = await MillAsync();
        await using var planner = database.As(mill.World.Planner);
        var tree = await planner.Get<BomQueries>().ExplodeAsync(mill.Fabric, 100, Day, _ct);
        // 100 kg of fabric are 125 kg started. Yarn: 125 × 0.6 / 0.96 = 78.125, and 50 for the weft. Started yarn: 128.125 / 0.9 = 142.3611…
        Assert.Equal(
            [(mill.Weft, 1, 50m), (mill.Elastane, 1, 12.5m), (mill.Yarn, 2, 128.125m), (mill.Cotton, 3, 156.597222m), (mill.Dye, 3, 2.847222m)],
            tree.Totals.OrderBy(t => t.LowLevelCode).ThenByDescending(t => t.Quantity).Select(t => (t.PartId, t.LowLevelCode, t.Quantity!.Value)));
        Assert.Equal(
            [(mill.Yarn, 1, 78.125m), (mill.Cotton, 2, 95.486111m), (mill.Dye, 2, 1.736111m), (mill.Weft, 1, 50m), (mill.Yarn, 2, 50m), (mill.Cotton, 3, 61.111111m), (mill.Dye, 3, 1.111111m), (mill.Elastane, 1, 12.5m)],
            tree.Nodes.Select(n => (n.PartId, n.Level, n.Quantity!.Value))); // 78.125 / 0.9 × 1.1 and × 0.02; 50 / 0.9 × 1.1 and × 0.02.
        Assert.Equal([null, 0, 0, null, 3, 4, 4, null], tree.Nodes.Select(n => n.Above));
        Assert.Equal((0.6m, null), (tree.Nodes[0].Said, tree.Nodes[0].SaidUnit));
        Assert.Empty(tree.Cycles);
        Assert.False(tree.IsCut);

        var one = await planner.Get<BomQueries>().ExplodeAsync(mill.Fabric, 1, Day, _ct);
        Assert.Equal(1.28125m, one.Totals.Single(t => t.PartId == mill.Yarn).Quantity);
        foreach (var wrong in new[] { 0, -1, 2_000_000_000m })
        {
            await Assert.ThrowsAnyAsync<RefusedException>(() => planner.Get<BomQueries>().ExplodeAsync(mill.Fabric, wrong, Day, _ct));
        }
    }

    [Fact]
    public async Task The_cost_is_that_of_the_cheapest_valid_offers_and_says_what_is_missing()
    {
        var mill = await MillAsync();
        await using (var buyer = await database.AsAsync(Role.Admin))
        {
            await database.SqlAsync("insert into exchange_rates (id, currency, day, rate) values (gen_random_uuid(), 'USD', '2026-12-01', 1.1) on conflict do nothing");
            await buyer.PriceAsync(await buyer.SupplierAsync("In dollars"), mill.Cotton, 2.2m, f => f.Currency = "USD"); // 2.00 EUR.
            await buyer.PriceAsync(await buyer.SupplierAsync("By quantity"), mill.Cotton, 2.5m, f => f.Breaks.Add(new() { MinimumQuantity = 150, UnitCost = 1.9m }));
            await buyer.PriceAsync(await buyer.SupplierAsync("Over"), mill.Cotton, 0.1m, f => f.ValidTo = new(2026, 12, 31));
            await buyer.PriceAsync(await buyer.SupplierAsync("Not in rates"), mill.Cotton, 0.2m, f => f.Currency = "ISK");
            var blocked = await buyer.SupplierAsync("Blocked");
            await buyer.PriceAsync(blocked, mill.Cotton, 0.3m);
            await database.SqlAsync("update suppliers set blocked_for = 'order', block_reason = 'x', blocked_at = now() where id = $1", blocked);
        }

        await using var planner = database.As(mill.World.Planner);
        var tree = await planner.Get<BomQueries>().ExplodeAsync(mill.Fabric, 100, Day, _ct);
        Assert.Null(tree.Cost);
        Assert.Equal([await database.NumberAsync(mill.Dye)], tree.PricesMissing);
        var cotton = tree.Totals.Single(t => t.PartId == mill.Cotton);
        Assert.Equal((1.9m, "By quantity"), (cotton.UnitCost!.Value, cotton.Supplier)); // 156.6 kg reach the break.
        Assert.Equal((10m, null), (tree.Totals.Single(t => t.PartId == mill.Elastane).UnitCost!.Value, tree.Totals.Single(t => t.PartId == mill.Elastane).Supplier)); // Its standard cost.
        Assert.Equal("In dollars", (await planner.Get<BomQueries>().ExplodeAsync(mill.Fabric, 10, Day, _ct)).Totals.Single(t => t.PartId == mill.Cotton).Supplier);

        await database.SqlAsync("update parts set standard_cost = 5 where id = $1", mill.Dye);
        tree = await planner.Get<BomQueries>().ExplodeAsync(mill.Fabric, 100, Day, _ct);
        // Cotton 156.597222 × 1.9 = 297.534722, elastane 12.5 × 10 = 125, dye 2.847222 × 5 = 14.236111.
        Assert.Equal(436.770833m, Math.Round(tree.Cost!.Value, 6));
        Assert.Equal(2.433333m, Math.Round(tree.Totals.Single(t => t.PartId == mill.Yarn).UnitCost!.Value, 6)); // (1.1 × 1.9 + 0.02 × 5) / 0.9.
        Assert.Equal(("EUR", 0), (tree.Currency, tree.PricesMissing.Count));
    }

    [Fact]
    public async Task Where_used_goes_up_through_all_levels()
    {
        var mill = await MillAsync();
        await using var planner = database.As(mill.World.Planner);
        var uses = (await planner.Get<BomQueries>().WhereUsedAsync(mill.Cotton, Day, _ct)).Uses;
        // Yarn 1.1 / 0.9; fabric through yarn × 0.6 / 0.96 / 0.8; weft × 1; fabric through weft × 0.4 / 0.8.
        Assert.Equal(
            new[] { (mill.Fabric, 2, 0.954861m, true), (mill.Fabric, 3, 0.611111m, true), (mill.Weft, 2, 1.222222m, false), (mill.Yarn, 1, 1.222222m, false) }.OrderBy(u => u.ToString()),
            uses.Select(u => (u.PartId, u.Level, u.PerUnit!.Value, u.IsTop)).OrderBy(u => u.ToString()));
        Assert.Equal(mill.Yarn, uses[0].PartId);
        Assert.All(uses.Where(u => u.Level > 1), u => Assert.Equal(u.Level - 1, uses[u.Above!.Value].Level));
        Assert.Empty((await planner.Get<BomQueries>().WhereUsedAsync(mill.Fabric, Day, _ct)).Uses);
        Assert.Equal(1, (await planner.Get<BomQueries>().DetailsAsync(mill.Weft, _ct)).UsedIn);
    }

    [Fact]
    public async Task The_day_decides_which_lines_hold()
    {
        var world = await database.StockWorldAsync();
        var parts = await database.PartsAsync(world.Kg, 3);
        await using var planner = database.As(world.Planner);
        await planner.MakeAsync(parts[0], Share(parts[1], 65, to: new(2027, 6, 30)), Share(world.Part, 35), Share(parts[2], 60, from: new(2027, 7, 1)));
        async Task<Guid[]> On(DateOnly day) => [.. (await planner.Get<BomQueries>().ExplodeAsync(parts[0], 1, day, _ct)).Nodes.Select(n => n.PartId)];
        Assert.Equal([parts[1], world.Part], await On(new(2027, 6, 30)));
        Assert.Equal([world.Part, parts[2]], await On(new(2027, 7, 1)));
        Assert.Equal(
            [(BomLine.Always, new DateOnly(2027, 6, 30), 1m, BomShareState.Complete), (new DateOnly(2027, 7, 1), (DateOnly?)null, 0.95m, BomShareState.Rounding)],
            (await planner.Get<BomQueries>().DetailsAsync(parts[0], _ct)).Shares.Select(s => (s.From, s.To, s.Sum, s.State)));
    }

    [Theory]
    [InlineData(1, BomShareState.Complete)]
    [InlineData(0.999, BomShareState.Complete)]
    [InlineData(1.001, BomShareState.Complete)]
    [InlineData(0.9989, BomShareState.Rounding)]
    [InlineData(0.94, BomShareState.Rounding)]
    [InlineData(1.02, BomShareState.Rounding)]
    [InlineData(0.9399, BomShareState.Incomplete)]
    [InlineData(1.0201, BomShareState.Incomplete)]
    [InlineData(0.2, BomShareState.Incomplete)]
    public void A_sum_of_shares_is_judged_by_its_limits(double sum, string state) => Assert.Equal(state, BomShareState.Of((decimal)sum));

    [Fact]
    public void Shares_are_summed_for_each_stretch_of_days()
    {
        var (day, last) = (new DateOnly(2027, 4, 1), new DateOnly(2027, 4, 30));
        Assert.Empty(BomSharePeriod.Of([]));
        Assert.Equal(
            [new(BomLine.Always, new(2027, 3, 31), 0.5m), new BomSharePeriod(day, last, 1m), new(new(2027, 5, 1), null, 0.5m)],
            BomSharePeriod.Of([(BomLine.Always, null, 0.5m), (day, last, 0.5m)]));
        // Nothing holds in between; and a component that takes another's place the day after leaves one stretch.
        Assert.Equal([new(day, last, 1m), new BomSharePeriod(new(2027, 6, 1), null, 1m)], BomSharePeriod.Of([(day, last, 1m), (new(2027, 6, 1), null, 1m)]));
        Assert.Equal([new BomSharePeriod(BomLine.Always, null, 1m)], BomSharePeriod.Of([(BomLine.Always, day.AddDays(-1), 1m), (day, null, 1m)]));
    }

    [Fact]
    public async Task A_unit_that_does_not_convert_leaves_its_quantity_open_and_says_why()
    {
        var world = await database.StockWorldAsync();
        var parts = await database.PartsAsync(world.Kg, 2);
        await using var planner = database.As(world.Planner);
        await planner.MakeAsync(parts[0], Line(world.Part, 2, world.Roll), Line(parts[1], 1, world.Kg));
        await database.SqlAsync("update part_unit_conversions set deleted_at = now() where part_id = $1", world.Part);
        var tree = await planner.Get<BomQueries>().ExplodeAsync(parts[0], 3, Day, _ct);
        Assert.Equal([null, 3m], tree.Nodes.Select(n => n.Quantity));
        Assert.Contains($"No conversion from {world.RollCode} to {world.KgCode}", tree.Nodes[0].Fault, StringComparison.Ordinal);
        Assert.Null(tree.Cost);
        Assert.Equal([null, 1m], (await planner.Get<BomQueries>().DetailsAsync(parts[0], _ct)).Lines.Select(l => l.Own));
    }

    [Fact]
    public async Task A_cycle_ends_the_tree_and_is_told_with_its_path()
    {
        var world = await database.StockWorldAsync();
        var parts = await database.PartsAsync(world.Kg, 4); // 0 → 1 → 2 → 1, 0 → 3.
        foreach (var (parent, component) in new[] { (0, 1), (1, 2), (2, 1), (0, 3) })
        {
            await database.ImportedLineAsync(parts[parent], parts[component], world.Kg);
        }

        var numbers = await Task.WhenAll(parts.Select(database.NumberAsync));
        await using var planner = database.As(world.Planner);
        var tree = await planner.Get<BomQueries>().ExplodeAsync(parts[0], 1, Day, _ct);
        Assert.Equal([(parts[1], false), (parts[2], false), (parts[1], true), (parts[3], false)], tree.Nodes.Select(n => (n.PartId, n.IsCycle)));
        Assert.Equal([parts[3]], tree.Totals.Select(t => t.PartId));
        Assert.Null(tree.Cost);
        var path = Assert.Single(tree.Cycles);
        Assert.Contains(path, new[] { $"{numbers[1]} → {numbers[2]} → {numbers[1]}", $"{numbers[2]} → {numbers[1]} → {numbers[2]}" });
        Assert.Contains(await planner.Get<BomQueries>().CyclesAsync(_ct), c => c.Path == path);
        Assert.Contains((await planner.Get<BomQueries>().WhereUsedAsync(parts[2], Day, _ct)).Uses, u => u.IsCycle);
        Assert.Null(Assert.Single((await planner.Get<BomList>().PageAsync(new() { Search = numbers[0] }, _ct)).Rows).Levels);
        Assert.NotEmpty((await planner.Get<BomQueries>().ExplodeAsync(parts[1], 1, Day, _ct)).Nodes);
    }

    [Fact]
    public async Task A_part_with_more_ways_than_can_be_shown_is_summed_all_the_same_and_in_as_few_statements()
    {
        var world = await database.StockWorldAsync();
        var top = await database.StockPartAsync(world.Kg, "Top of many ways");
        var above = new[] { top };
        IReadOnlyList<Guid> level = [];
        for (var i = 0; i < 14; i++)
        {
            level = await database.PartsAsync(world.Kg, 2);
            foreach (var (parent, component) in above.SelectMany(p => level.Select(c => (p, c))))
            {
                await database.ImportedLineAsync(parent, component, world.Kg);
            }

            above = [.. level];
        }

        await using var planner = database.As(world.Planner);
        database.Queries.Reset();
        var tree = await planner.Get<BomQueries>().ExplodeAsync(top, 1, Day, _ct);
        var many = database.Queries.Count;
        Assert.True(tree.IsCut);
        Assert.Equal(BomQueries.MostNodes, tree.Nodes.Count);
        Assert.All(level, id => Assert.Equal((14, 8192m), (tree.Totals.Single(t => t.PartId == id) is var t ? (t.LowLevelCode, t.Quantity!.Value) : default))); // 2 to the 13th ways.
        var mill = await MillAsync();
        database.Queries.Reset();
        await planner.Get<BomQueries>().ExplodeAsync(mill.Fabric, 1, Day, _ct);
        Assert.True(database.Queries.Count >= many, $"{many} statements for 28 parts, {database.Queries.Count} for 5.");
        Assert.InRange(many, 1, 8);
        Assert.Equal(14, Assert.Single((await planner.Get<BomList>().PageAsync(new() { Search = await database.NumberAsync(top) }, _ct)).Rows).Levels);
    }

    [Fact]
    public async Task The_list_says_what_a_bill_of_materials_holds_today()
    {
        var mill = await MillAsync();
        await using var planner = database.As(mill.World.Planner);
        async Task<BomRow> Row(Guid part) => Assert.Single((await planner.Get<BomList>().PageAsync(new() { Search = await database.NumberAsync(part) }, _ct)).Rows);
        var fabric = await Row(mill.Fabric);
        Assert.Equal((3, 3, 0.6m, BomShareState.Incomplete, 0.8m), (fabric.Components, fabric.Levels!.Value, fabric.ShareSum!.Value, fabric.Shares, fabric.Yield));
        var yarn = await Row(mill.Yarn);
        Assert.Equal((2, 1, null, BomShareState.None), (yarn.Components, yarn.Levels!.Value, yarn.ShareSum, yarn.Shares));
        Assert.Empty((await planner.Get<BomList>().PageAsync(new() { Search = await database.NumberAsync(mill.Cotton) }, _ct)).Rows);

        var parts = await database.PartsAsync(mill.World.Kg, 2);
        await planner.MakeAsync(parts[0], Share(parts[1], 97, to: new(2099, 5, 31)), Share(mill.Cotton, 3, from: new(2099, 7, 1)));
        await planner.YieldAsync(parts[0], 100, phantom: true);
        var request = new ListRequest { Search = await database.NumberAsync(parts[0]) };
        var row = Assert.Single((await planner.Get<BomList>().PageAsync(request.With("shares", BomShareState.Rounding).With("isPhantom", "yes"), _ct)).Rows);
        Assert.Equal((1, 0.97m, new DateOnly(2099, 6, 1)), (row.Components, row.ShareSum!.Value, row.NextChange!.Value));
        Assert.Empty((await planner.Get<BomList>().PageAsync(request.With("shares", BomShareState.Complete), _ct)).Rows);
        database.Queries.Reset();
        await planner.Get<BomList>().PageAsync(new() { Sort = "components", Descending = true }, _ct);
        Assert.Equal(2, database.Queries.Count);
    }

    private async Task<Mill> MillAsync()
    {
        var world = await database.StockWorldAsync();
        var parts = await database.PartsAsync(world.Kg, 4);
        var (elastane, dye) = (await database.StockPartAsync(world.Kg, "Elastane", f => f.StandardCost = 10), await database.StockPartAsync(world.Kg, "Dye"));
        var mill = new Mill(world, parts[0], parts[1], parts[2], elastane, parts[3], dye);
        await using var planner = database.As(world.Planner);
        await planner.MakeAsync(mill.Yarn, Line(mill.Cotton, 1.1m, world.Kg), Line(mill.Dye, 20, world.G));
        await planner.YieldAsync(mill.Yarn, 90);
        await planner.MakeAsync(mill.Weft, Line(mill.Yarn, 1, world.Kg));
        await planner.MakeAsync(mill.Fabric, Share(mill.Yarn, 60, 4), Line(mill.Weft, 0.4m, world.Kg), Line(mill.Elastane, 100, world.G));
        await planner.YieldAsync(mill.Fabric, 80);
        return mill;
    }
}
