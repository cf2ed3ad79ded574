using Sourcing.Data.Catalog;
using Sourcing.Data.Catalog.Merging;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Data.Orders;
using Sourcing.Data.Planning;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Catalog;

public sealed class PartMergeTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    /// <summary>Whoever adds a table that names a part says here what a merge does with it.</summary>
    [Fact]
    public async Task Every_foreign_key_to_a_part_is_known_to_the_merge()
    {
        var known = PartMoves.All.Select(m => $"{m.Table} {m.Column}").ToHashSet();
        Assert.DoesNotContain(await MergeWorld.KeysToAsync(database, "parts"), key => !known.Contains(key));
    }

    [Fact]
    public async Task Everything_that_names_a_part_comes_to_the_other_and_no_quantity_is_lost()
    {
        var world = await MergeWorld.MakeAsync(database);
        var before = await world.SumsAsync();
        await using var scope = await database.AsAsync(Role.Buyer);
        var preview = await scope.Get<PartMergeQueries>().PreviewAsync(world.Keep, world.Gone, _ct);
        Assert.Empty(preview.Refusals);
        foreach (var name in (string[])["RFQ lines", "Order lines", "Supplier prices", "Cross-references", "Stock movements", "Reservations", "Forecasts", "Sales", "Demand records", "Sales order lines", "Files", "Places in bills of materials", "Open recommendations", "Planning parameters", "Receipts"])
        {
            Assert.True(preview.Moves.Any(m => m.Name == name), $"No {name} in the preview.");
        }

        Assert.Contains(preview.Differences, d => d is { Field: "Gauge", Kept: null, Gone: "24", Result: "24" });
        Assert.Contains(preview.Differences, d => d is { Field: "Width", Kept: "52", Gone: "50", Result: "52" });
        Assert.Equal(world.Keep, await scope.Get<PartMergeService>().MergeAsync(MergeWorld.Form(preview), _ct));

        Assert.Equal(before, await world.SumsAsync());
        foreach (var key in await MergeWorld.KeysToAsync(database, "parts"))
        {
            var (table, column) = (key.Split(' ')[0], key.Split(' ')[1]);
            var open = table == "procurement_recommendations" ? " and status in ('proposed', 'accepted')" : "";
            Assert.True(await database.ScalarAsync<long>($"select count(*) from {table} where {column} = $1{open}", world.Gone) == 0, $"{key} still names the part that is gone.");
        }

        // What a plan that is over worked out names the part as it was then.
        Assert.NotEqual(0, await database.ScalarAsync<long>("select count(*) from planned_requirements where part_id = $1", world.Gone));
        Assert.Equal(0, await database.ScalarAsync<long>(
            """
            select count(*) from (select balance, sum(quantity) over (order by at, id) as running from stock_movements where part_id = $1) m where balance <> running
            """, world.Keep));
    }

    [Fact]
    public async Task The_old_number_finds_the_part_and_the_old_address_leads_on()
    {
        var world = await MergeWorld.MakeAsync(database);
        await using var scope = await database.AsAsync(Role.Buyer);
        await world.MergeAsync(scope);
        Assert.Equal(world.Keep, (await scope.Get<PartQueries>().FindAsync(world.GoneNumber, 5, _ct))[0].Id);
        Assert.Equal(world.Keep, (await scope.Get<PartMergeQueries>().LeadsToAsync(world.Gone, _ct))!.KeptId);
        Assert.Equal(world.Keep, await database.ScalarAsync<Guid>("select app.named('part', $1)", world.GoneNumber));
        var details = (await scope.Get<PartQueries>().DetailsAsync(world.Keep, _ct))!;
        Assert.Contains(details.CrossReferences, r => r is { Kind: CrossReferenceKind.FormerNumber } && r.Number == world.GoneNumber);
        Assert.Contains("cannot come back", await CatalogMaker.RefusalAsync(() => scope.Get<PartService>().RestoreAsync([world.Gone], _ct)), StringComparison.Ordinal);
        await using var admin = await database.AsAsync(Role.Admin);
        Assert.Contains("cannot come back", await CatalogMaker.RefusalAsync(() => admin.Get<RestoreService>().RestoreAsync("parts", world.Gone, _ct)), StringComparison.Ordinal);
        Assert.DoesNotContain(await scope.Get<PartQueries>().DeletedAsync(_ct), p => p.Id == world.Gone);
        Assert.Equal("MAT", (await database.ScalarAsync<string>("select part_number from order_lines where part_id = $1", world.Keep))[..3]);
    }

    [Fact]
    public async Task The_merge_is_one_act_in_the_history_and_the_other_history_stays()
    {
        var world = await MergeWorld.MakeAsync(database);
        await using var scope = await database.AsAsync(Role.Buyer);
        await world.MergeAsync(scope);
        var act = (await scope.Get<HistoryQueries>().ForAsync(world.Keep, _ct))[0];
        var merge = act.Changes.Single(c => c.Table == "merges");
        Assert.Contains(merge.Fields, f => f.Field == "Order lines" && f.After == "1");
        Assert.Contains(merge.Fields, f => f.After == world.GoneNumber);
        Assert.DoesNotContain(act.Changes, c => c.Table is "stock_movements" or "sales_history" or "demand_history");
        Assert.NotEmpty(await scope.Get<HistoryQueries>().ForAsync(world.Gone, _ct));
        var told = (await scope.Get<PartMergeQueries>().OfAsync(world.Keep, _ct)).Single();
        Assert.Equal((world.GoneNumber, scope.User.Identity.Name), (told.GoneNumber, told.By));
    }

    [Fact]
    public async Task Parts_that_cannot_be_one_are_refused_with_how_to_mend_it()
    {
        await using var scope = await database.AsAsync(Role.Buyer);
        var (kg, pc, roll) = (await scope.UnitAsync(CatalogMaker.Code("kg")), await scope.UnitAsync(CatalogMaker.Code("pc")), await scope.UnitAsync(CatalogMaker.Code("rl"), Dimension.Package));
        var other = await RefusedAsync(scope, await scope.PartAsync(kg), await scope.PartAsync(pc));
        Assert.Contains("would mean other quantities", other, StringComparison.Ordinal);
        var held = await RefusedAsync(
            scope, await scope.PartAsync(kg, more: f => f.Conversions.Add(new() { UnitId = roll, Factor = 45 })), await scope.PartAsync(kg, more: f => f.Conversions.Add(new() { UnitId = roll, Factor = 50 })));
        Assert.Contains("Make the two conversions the same first", held, StringComparison.Ordinal);

        var (a, b, x, y) = (await scope.PartAsync(kg), await scope.PartAsync(kg), await scope.PartAsync(kg), await scope.PartAsync(kg));
        await Make.KeepAsync(database, Line(a, x, kg), Line(b, y, kg));
        Assert.Contains("have a bill of materials that holds", await RefusedAsync(scope, a, b), StringComparison.Ordinal);
        await Make.KeepAsync(database, Line(x, y, kg));
        var number = await database.ScalarAsync<string>("select number from parts where id = $1", x);
        Assert.Contains($" → {number} → ", await RefusedAsync(scope, a, y), StringComparison.Ordinal);
        var (m, one, two) = (await scope.PartAsync(kg), await scope.PartAsync(kg), await scope.PartAsync(kg));
        await Make.KeepAsync(database, Line(m, one, kg), Line(m, two, kg));
        Assert.Contains("is made of both", await RefusedAsync(scope, one, two), StringComparison.Ordinal);

        var last = await scope.PartAsync(kg);
        var middle = await scope.PartAsync(kg, more: f => f.CrossReferences.Add(new() { Kind = CrossReferenceKind.ReplacedBy, Number = "n", OtherPartId = last }));
        var first = await scope.PartAsync(kg, more: f => f.CrossReferences.Add(new() { Kind = CrossReferenceKind.ReplacedBy, Number = "n", OtherPartId = middle }));
        Assert.Contains("would follow itself", await RefusedAsync(scope, first, last), StringComparison.Ordinal);
        Assert.Contains("with itself", await CatalogMaker.RefusalAsync(() => scope.Get<PartMergeQueries>().PreviewAsync(first, first, _ct)), StringComparison.Ordinal);
        await scope.Get<PartService>().DeleteAsync([last], _ct);
        Assert.Contains("is deleted", await CatalogMaker.RefusalAsync(() => scope.Get<PartMergeQueries>().PreviewAsync(first, last, _ct)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_two_merges_of_one_part_one_wins_and_a_second_click_changes_nothing()
    {
        await using var scope = await database.AsAsync(Role.Buyer);
        await using var other = await database.AsAsync(Role.Buyer);
        var unit = await scope.UnitAsync(CatalogMaker.Code("u"));
        var (a, b, c) = (await scope.PartAsync(unit), await scope.PartAsync(unit), await scope.PartAsync(unit));
        var (mine, theirs) = (MergeWorld.Form(await scope.Get<PartMergeQueries>().PreviewAsync(a, b, _ct)), MergeWorld.Form(await other.Get<PartMergeQueries>().PreviewAsync(c, b, _ct)));
        var both = new[] { scope.Get<PartMergeService>().MergeAsync(mine, _ct), other.Get<PartMergeService>().MergeAsync(theirs, _ct) };
        await Task.WhenAll(both.Select(t => t.ContinueWith(_ => { }, TaskScheduler.Default)));
        Assert.Equal(1, both.Count(t => t.IsCompletedSuccessfully));
        Assert.IsAssignableFrom<RefusedException>(both.Single(t => t.IsFaulted).Exception!.InnerException);
        var won = both[0].IsCompletedSuccessfully ? (scope, mine) : (other, theirs);
        await won.Item1.Get<PartMergeService>().MergeAsync(won.Item2, _ct);
        Assert.Equal(1, await database.ScalarAsync<long>("select count(*) from merges where gone_id = $1", b));
        Assert.Contains("already. Go on with", await CatalogMaker.RefusalAsync(() => scope.Get<PartMergeQueries>().PreviewAsync(a, b, _ct)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_saw_an_older_part_is_told_before_anything_moves()
    {
        await using var scope = await database.AsAsync(Role.Buyer);
        var unit = await scope.UnitAsync(CatalogMaker.Code("u"));
        var (a, b) = (await scope.PartAsync(unit), await scope.PartAsync(unit));
        var form = MergeWorld.Form(await scope.Get<PartMergeQueries>().PreviewAsync(a, b, _ct));
        var edit = await scope.Get<PartQueries>().FormAsync(b, _ct);
        edit.Name = "Changed meanwhile";
        await scope.Get<PartService>().SaveAsync(edit, _ct);
        await Assert.ThrowsAsync<ConflictException>(() => scope.Get<PartMergeService>().MergeAsync(form, _ct));
    }

    [Theory]
    [InlineData(Role.Planner)]
    [InlineData(Role.ReadOnly)]
    [InlineData(Role.SalesRep)]
    public async Task Only_those_who_write_parts_may_merge_them(Role role)
    {
        await using var scope = await database.AsAsync(role);
        var form = new MergeForm { KeepId = Guid.CreateVersion7(), GiveUpId = Guid.CreateVersion7() };
        await Assert.ThrowsAsync<DeniedException>(() => scope.Get<PartMergeService>().MergeAsync(form, _ct));
        await Assert.ThrowsAsync<DeniedException>(() => scope.Get<PartMergeQueries>().PreviewAsync(form.KeepId.Value, form.GiveUpId.Value, _ct));
        await Assert.ThrowsAsync<DeniedException>(() => scope.Get<PartDuplicateQueries>().ListAsync(_ct));
        await Assert.ThrowsAsync<DeniedException>(() => scope.Get<CrossReferenceService>().KeepAsync(new() { PartId = form.KeepId, Number = "1", Kind = CrossReferenceKind.Supplier }, _ct));
    }

    [Fact]
    public async Task Likely_duplicates_are_found_in_one_statement_the_surest_first()
    {
        await using var scope = await database.AsAsync(Role.Buyer);
        var unit = await scope.UnitAsync(CatalogMaker.Code("u"));
        var tag = CatalogMaker.Code("dup");
        var (a, b) = (await scope.PartAsync(unit, $"{tag}-2RS", $"Bearing {tag} one"), await scope.PartAsync(unit, $"{tag} 2rs", $"Bearing {tag} two"));
        void Maker(PartForm form) => form.CrossReferences.Add(new() { Kind = CrossReferenceKind.Manufacturer, PartyName = "Orvane", Number = $"mk{tag}" });
        var (c, d) = (await scope.PartAsync(unit, name: $"Seal {tag}", more: Maker), await scope.PartAsync(unit, name: $"Ring {tag}", more: Maker));
        var (e, f, g) = (await scope.PartAsync(unit, name: $"Proximity sensor switch {tag} M12"), await scope.PartAsync(unit, name: $"Proximity sensr switch {tag} M12"), await scope.PartAsync(unit, name: $"Proximity sensor switch {tag} M18"));
        database.Queries.Reset();
        var pairs = await scope.Get<PartDuplicateQueries>().ListAsync(_ct);
        Assert.Equal(1, database.Queries.Count);
        Assert.Equal(PairReason.Number, pairs.Single(p => p.FirstId == a && p.SecondId == b).Reason);
        Assert.Equal(PairReason.Maker, pairs.Single(p => p.FirstId == c && p.SecondId == d).Reason);
        Assert.Equal(PairReason.Name, pairs.Single(p => p.FirstId == e && p.SecondId == f).Reason);
        Assert.DoesNotContain(pairs, p => p.FirstId == g || p.SecondId == g);
        Assert.Equal(pairs.Select(p => p.Reason).Order(), pairs.Select(p => p.Reason));
    }

    private static BomLine Line(Guid parent, Guid component, Guid unit) => new(parent, component, new(1, unit, false, 0, BomLine.Always, null));

    private async Task<string> RefusedAsync(TestScope scope, Guid keep, Guid gone)
    {
        var preview = await scope.Get<PartMergeQueries>().PreviewAsync(keep, gone, _ct);
        var refused = await CatalogMaker.RefusalAsync(() => scope.Get<PartMergeService>().MergeAsync(MergeWorld.Form(preview), _ct));
        Assert.Equal(string.Join(" ", preview.Refusals), refused);
        return refused;
    }
}
