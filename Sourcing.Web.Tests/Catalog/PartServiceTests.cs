using Sourcing.Data.Catalog;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Catalog;

public sealed class PartServiceTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_part_comes_back_as_it_was_typed_and_changes_row_by_row()
    {
        await using var scope = await database.AsAsync(Role.Buyer);
        var (kg, roll, pcs) = (await scope.UnitAsync(CatalogMaker.Code("kg"), Dimension.Mass), await scope.UnitAsync(CatalogMaker.Code("rl"), Dimension.Package), await scope.UnitAsync(CatalogMaker.Code("pc")));
        var id = await scope.PartAsync(kg, name: "Yarn", more: f =>
        {
            f.Specifications.Add(new() { Name = "Count", Kind = SpecificationKind.Number, Value = "24", Unit = "Ne" });
            f.Conversions.Add(new() { UnitId = roll, Factor = 45 });
            f.CrossReferences.Add(new() { Kind = CrossReferenceKind.Customer, PartyName = "Maison Vell", Number = "X1" });
            f.CrossReferences.Add(new() { Kind = CrossReferenceKind.Manufacturer, PartyName = "Orvane", Number = "X2" });
        });
        var form = await scope.Get<PartQueries>().FormAsync(id, _ct);
        Assert.Equal(("Yarn", 45m, "24", 2), (form.Name, form.Conversions.Single().Factor, form.Specifications.Single().Value, form.CrossReferences.Count));

        form.Conversions[0].Factor = 46;
        form.Conversions.Add(new() { UnitId = pcs, Factor = 0.5m });
        form.CrossReferences.RemoveAt(0);
        form.CrossReferences.Add(new() { Kind = CrossReferenceKind.Equivalent, Number = "Y" });
        await scope.Get<PartService>().SaveAsync(form, _ct);
        var details = (await scope.Get<PartQueries>().DetailsAsync(id, _ct))!;
        Assert.Equal([46m, 0.5m], details.Conversions.Select(c => c.Factor).OrderDescending());
        Assert.Equal(["Y", "X2"], details.CrossReferences.Select(r => r.Number).OrderDescending());
        Assert.Equal(1, await database.ScalarAsync<long>("select count(*) from part_cross_references where part_id = $1 and deleted_at is not null", id));

        form = await scope.Get<PartQueries>().FormAsync(id, _ct);
        form.Conversions.Clear();
        await scope.Get<PartService>().SaveAsync(form, _ct);
        form = await scope.Get<PartQueries>().FormAsync(id, _ct);
        Assert.Empty(form.Conversions);
        form.Conversions.Add(new() { UnitId = roll, Factor = 44 });
        await scope.Get<PartService>().SaveAsync(form, _ct);
        Assert.Equal(44, (await scope.Get<PartQueries>().FormAsync(id, _ct)).Conversions.Single().Factor);
    }

    [Fact]
    public async Task Two_clicks_on_save_make_one_part()
    {
        await using var scope = await database.AsAsync(Role.Buyer);
        var form = new PartForm { Number = CatalogMaker.Code("P-"), Name = "Once", UnitId = await scope.UnitAsync(CatalogMaker.Code("u")) };
        var service = scope.Get<PartService>();
        Assert.Equal(await service.SaveAsync(form, _ct), await service.SaveAsync(form, _ct));
    }

    [Fact]
    public async Task Refusals_name_the_field()
    {
        await using var scope = await database.AsAsync(Role.Buyer);
        var unit = await scope.UnitAsync(CatalogMaker.Code("kg"), Dimension.Mass);
        var gram = await scope.UnitAsync(CatalogMaker.Code("g"), Dimension.Mass, 0.001m);
        var number = CatalogMaker.Code("P-");
        await scope.PartAsync(unit, number, "First");
        var taken = await Assert.ThrowsAsync<RefusedException>(() => scope.PartAsync(unit, number));
        Assert.Equal(("Number", $"The number {number} is taken by \"First\". Open that part, or choose another number."), (taken.Errors.Single().Field, taken.Message));
        Assert.Equal(["Number", "Name", "UnitId"], (await Assert.ThrowsAsync<RefusedException>(() => scope.Get<PartService>().SaveAsync(new(), _ct))).Errors.Select(e => e.Field));
        var same = await Assert.ThrowsAsync<RefusedException>(() => scope.PartAsync(unit, more: f => f.Conversions.Add(new() { UnitId = gram, Factor = 2 })));
        Assert.Equal("Conversions[0].UnitId", same.Errors.Single().Field);
        Assert.Contains("by itself", same.Message, StringComparison.Ordinal);
        var empty = await Assert.ThrowsAsync<RefusedException>(() => scope.PartAsync(unit, more: f => f.CrossReferences.Add(new() { PartyName = "Orvane" })));
        Assert.Equal("CrossReferences[0].Number", empty.Errors.Single().Field);
        await Assert.ThrowsAsync<RefusedException>(() => scope.PartAsync(unit, more: f =>
        {
            f.CrossReferences.Add(new() { PartyName = "Orvane", Number = "a" });
            f.CrossReferences.Add(new() { PartyName = "ORVANE", Number = "A" });
        }));
    }

    [Fact]
    public async Task The_second_of_two_editors_is_told_even_when_only_rows_changed()
    {
        await using var scope = await database.AsAsync(Role.Buyer);
        var unit = await scope.UnitAsync(CatalogMaker.Code("u"));
        var id = await scope.PartAsync(unit);
        var (mine, theirs) = (await scope.Get<PartQueries>().FormAsync(id, _ct), await scope.Get<PartQueries>().FormAsync(id, _ct));
        theirs.CrossReferences.Add(new() { PartyName = "Orvane", Number = "1" });
        await scope.Get<PartService>().SaveAsync(theirs, _ct);
        mine.Name = "Mine";
        await Assert.ThrowsAsync<ConflictException>(() => scope.Get<PartService>().SaveAsync(mine, _ct));
    }

    [Fact]
    public async Task A_unit_that_prices_hang_on_stays()
    {
        await using var scope = await database.AsAsync(Role.Buyer);
        var (unit, other) = (await scope.UnitAsync(CatalogMaker.Code("u")), await scope.UnitAsync(CatalogMaker.Code("u")));
        var part = await scope.PartAsync(unit);
        await scope.PriceAsync(await scope.SupplierAsync("Orvane Textiles"), part, 5);
        var form = await scope.Get<PartQueries>().FormAsync(part, _ct);
        form.UnitId = other;
        Assert.Contains("the price of Orvane Textiles is in it", await CatalogMaker.RefusalAsync(() => scope.Get<PartService>().SaveAsync(form, _ct)), StringComparison.Ordinal);
        var units = await scope.Get<CatalogQueries>().UnitRowsAsync(_ct);
        var row = units.Single(u => u.Id == unit);
        Assert.Contains("would change every quantity", await CatalogMaker.RefusalAsync(() => scope.Get<CatalogService>().SaveUnitAsync(
            new() { Id = unit, Version = row.Version, Code = row.Code, Name = "Other", Dimension = Dimension.Mass, Factor = 2 }, _ct)), StringComparison.Ordinal);
        Assert.Contains("is used by part", await CatalogMaker.RefusalAsync(() => scope.Get<CatalogService>().DeleteUnitAsync(unit, _ct)), StringComparison.Ordinal);
        await scope.Get<CatalogService>().DeleteUnitAsync(other, _ct);
    }

    [Fact]
    public async Task Deleting_and_restoring_takes_the_children_along_and_stops_at_a_duplicate()
    {
        await using var scope = await database.AsAsync(Role.Buyer);
        var unit = await scope.UnitAsync(CatalogMaker.Code("u"));
        var number = CatalogMaker.Code("P-");
        var id = await scope.PartAsync(unit, number, more: f =>
        {
            f.CrossReferences.Add(new() { PartyName = "Orvane", Number = "kept" });
            f.CrossReferences.Add(new() { PartyName = "Orvane", Number = "dropped before" });
        });
        var form = await scope.Get<PartQueries>().FormAsync(id, _ct);
        form.CrossReferences.RemoveAll(r => r.Number == "dropped before");
        await scope.Get<PartService>().SaveAsync(form, _ct);
        await scope.PriceAsync(await scope.SupplierAsync(), id, 5, f => f.Breaks.Add(new() { MinimumQuantity = 10, UnitCost = 4 }));

        await scope.Get<PartService>().DeleteAsync([id], _ct);
        await using var reader = await database.AsAsync(Role.ReadOnly);
        Assert.Null(await reader.Get<PartQueries>().DetailsAsync(id, _ct));
        Assert.NotNull((await scope.Get<PartQueries>().DetailsAsync(id, _ct))!.DeletedAt);
        Assert.Contains(await scope.Get<PartQueries>().DeletedAsync(_ct), d => d.Id == id);
        Assert.Empty(await scope.Get<PartQueries>().PricesAsync(id, _ct));

        var second = await scope.PartAsync(unit, number, "Second of that number");
        Assert.Contains($"Another part has the number {number} now", await CatalogMaker.RefusalAsync(() => scope.Get<PartService>().RestoreAsync([id], _ct)), StringComparison.Ordinal);
        await scope.Get<PartService>().DeleteAsync([second], _ct);
        await scope.Get<PartService>().RestoreAsync([id], _ct);
        var back = (await scope.Get<PartQueries>().DetailsAsync(id, _ct))!;
        Assert.Null(back.DeletedAt);
        Assert.Equal(["kept"], back.CrossReferences.Select(r => r.Number));
        Assert.Equal(4, (await scope.Get<PartQueries>().PricesAsync(id, _ct)).Single().Breaks.Single().UnitCost);
    }

    [Fact]
    public async Task Likely_duplicates_are_named_with_their_reason()
    {
        await using var scope = await database.AsAsync(Role.Buyer);
        var unit = await scope.UnitAsync(CatalogMaker.Code("u"));
        await scope.PartAsync(unit, "DUP-100", "Shaft seal 35x52x7 FKM", f => f.CrossReferences.Add(new() { Kind = CrossReferenceKind.Manufacturer, PartyName = "Dichta", Number = "BA 35/52" }));
        var queries = scope.Get<PartQueries>();
        var byNumber = await queries.DuplicatesAsync(new() { Number = "dup 100", Name = "Other" }, _ct);
        Assert.Equal((DuplicateReason.Number, "DUP-100"), (byNumber.Single().Reason, byNumber.Single().Number));
        Assert.Equal(DuplicateReason.Reference, (await queries.DuplicatesAsync(new() { Number = "BA3552", Name = "Other" }, _ct)).Single().Reason);
        var named = new PartForm { Number = "NEW-1", Name = "Shaft seal 35x52x7 FKM brown" };
        Assert.Empty(await queries.DuplicatesAsync(named, _ct));
        named.CrossReferences.Add(new() { Kind = CrossReferenceKind.Manufacturer, PartyName = "dichta ", Number = "BA 1" });
        Assert.Equal(DuplicateReason.Name, (await queries.DuplicatesAsync(named, _ct)).Single().Reason);
        Assert.Equal(DuplicateReason.Name, (await queries.DuplicatesAsync(new() { Number = "NEW-2", Name = "shaft SEAL 35x52x7 FKM" }, _ct)).Single().Reason);
        var own = await queries.FormAsync(byNumber.Single().Id, _ct);
        Assert.Empty(await queries.DuplicatesAsync(own, _ct));
    }

    [Fact]
    public async Task Categories_nest_without_circles_and_go_only_when_empty()
    {
        await using var scope = await database.AsAsync(Role.Buyer);
        var service = scope.Get<CatalogService>();
        var top = await service.SaveCategoryAsync(new() { Code = CatalogMaker.Code("C"), Name = "Drives" }, _ct);
        var mid = await service.SaveCategoryAsync(new() { Code = CatalogMaker.Code("C"), Name = "Bearings", ParentId = top }, _ct);
        var low = await service.SaveCategoryAsync(new() { Code = CatalogMaker.Code("C"), Name = "Ball bearings", ParentId = mid }, _ct);
        var rows = await scope.Get<CatalogQueries>().CategoriesAsync(_ct);
        Assert.Equal(("Drives / Bearings / Ball bearings", 2), (rows.Single(r => r.Id == low).Path, rows.Single(r => r.Id == low).Depth));
        var row = rows.Single(r => r.Id == top);
        Assert.Contains("Choose another parent", await CatalogMaker.RefusalAsync(() => service.SaveCategoryAsync(
            new() { Id = top, Version = row.Version, Code = row.Code, Name = row.Name, ParentId = low }, _ct)), StringComparison.Ordinal);
        Assert.Contains("lies within Drives", await CatalogMaker.RefusalAsync(() => service.DeleteCategoryAsync(top, _ct)), StringComparison.Ordinal);
        var part = await scope.PartAsync(await scope.UnitAsync(CatalogMaker.Code("u")));
        await scope.Get<PartService>().SetCategoryAsync([part], low, _ct);
        Assert.Contains("still has parts", await CatalogMaker.RefusalAsync(() => service.DeleteCategoryAsync(low, _ct)), StringComparison.Ordinal);
        await scope.Get<PartService>().SetCategoryAsync([part], null, _ct);
        await service.DeleteCategoryAsync(low, _ct);
        await service.RestoreCategoryAsync(low, _ct);
    }

    [Fact]
    public async Task A_price_is_saved_with_breaks_changed_and_preferred_once()
    {
        await using var scope = await database.AsAsync(Role.Buyer);
        var (kg, roll) = (await scope.UnitAsync(CatalogMaker.Code("kg"), Dimension.Mass), await scope.UnitAsync(CatalogMaker.Code("rl"), Dimension.Package));
        var part = await scope.PartAsync(kg, more: f => f.Conversions.Add(new() { UnitId = roll, Factor = 45 }));
        var (one, two) = (await scope.SupplierAsync(), await scope.SupplierAsync());
        var id = await scope.PriceAsync(one, part, 3.72m, f =>
        {
            (f.Preferred, f.MoqQuantity, f.MoqUnitId) = (true, 2, roll);
            f.Breaks.AddRange([new() { MinimumQuantity = 100, UnitCost = 3.6m }, new() { MinimumQuantity = 500, UnitCost = 3.5m }]);
        });
        await scope.PriceAsync(two, part, 3.9m, f => f.Preferred = true);
        var prices = await scope.Get<PartQueries>().PricesAsync(part, _ct);
        Assert.Equal([two, one], prices.Select(p => p.SupplierId));
        Assert.Single(prices, p => p.Preferred);

        var form = await scope.Get<PartQueries>().PriceFormAsync(id, _ct);
        form.Breaks.RemoveAt(0);
        form.Breaks[0].UnitCost = 3.4m;
        form.Breaks.Add(new() { MinimumQuantity = 1000, UnitCost = 3.3m });
        await scope.Get<SupplierPartService>().SaveAsync(form, _ct);
        form = await scope.Get<PartQueries>().PriceFormAsync(id, _ct);
        Assert.Equal([(500m, 3.4m), (1000m, 3.3m)], form.Breaks.Select(b => (b.MinimumQuantity!.Value, b.UnitCost!.Value)));
        form.Breaks[0].MinimumQuantity = 80;
        Assert.Contains("below the minimum order of 90", await CatalogMaker.RefusalAsync(() => scope.Get<SupplierPartService>().SaveAsync(form, _ct)), StringComparison.Ordinal);
        Assert.Contains("has a price for this part already", await CatalogMaker.RefusalAsync(() => scope.PriceAsync(one, part, 1)), StringComparison.Ordinal);

        var stranger = await scope.UnitAsync(CatalogMaker.Code("drum"), Dimension.Package);
        var bare = await scope.PartAsync(kg);
        Assert.Contains("No conversion from drum", await CatalogMaker.RefusalAsync(() => scope.PriceAsync(two, bare, 1, f => (f.MoqQuantity, f.MoqUnitId) = (1, stranger))), StringComparison.Ordinal);

        await scope.Get<SupplierPartService>().DeleteAsync(id, _ct);
        Assert.Single(await scope.Get<PartQueries>().PricesAsync(part, _ct));
        await scope.Get<SupplierPartService>().RestoreAsync(id, _ct);
        Assert.Equal(2, (await scope.Get<PartQueries>().PricesAsync(part, _ct)).Single(p => p.Id == id).Breaks.Count);
    }

    [Fact]
    public async Task Price_history_converts_by_the_days_rate_and_says_which()
    {
        await using var scope = await database.AsAsync(Role.Buyer);
        var part = await scope.PartAsync(await scope.UnitAsync(CatalogMaker.Code("u")));
        await scope.Get<Database>().WriteAsync(async (db, ct) =>
        {
            db.AddRange(new ExchangeRate("USD", new(2026, 1, 1), 1.25m), new ExchangeRate("USD", new(2026, 3, 1), 1.1m));
            await db.SaveChangesAsync(ct);
        }, _ct);
        await scope.PriceAsync(await scope.SupplierAsync(), part, 10);
        await scope.PriceAsync(await scope.SupplierAsync(), part, 10, f => (f.Currency, f.ValidFrom) = ("USD", new(2026, 2, 1)));
        await scope.PriceAsync(await scope.SupplierAsync(), part, 10, f => f.Currency = "CHF");
        var history = await scope.Get<PartQueries>().PriceHistoryAsync(part, _ct);
        var dollar = history.Points.Single(p => p.Currency == "USD");
        Assert.Equal((1.25m, new DateOnly(2026, 1, 1), 8m), (dollar.Rate, dollar.RateDay, dollar.BasePrice));
        Assert.Null(history.Points.Single(p => p.Currency == "CHF").BasePrice);
        Assert.Equal((1, 2, 9m, 8m), (history.LeftOut, history.Statistics!.Count, history.Statistics.Median, history.Statistics.Lowest));
        var row = (await scope.Get<PartList>().PageAsync(new(), _ct)).Rows.Single(r => r.Id == part);
        Assert.Equal((9m, 3), (row.Median, row.Suppliers));
    }

    [Fact]
    public async Task A_part_says_when_it_was_last_quoted_and_how_often()
    {
        var rfq = await Make.OpenRfqAsync(database, suppliers: 3, lines: 1);
        await using var scope = await database.AsAsync(Role.Buyer);
        var part = await scope.PartAsync(await database.ScalarAsync<Guid>("select unit_id from rfq_lines where id = $1", rfq.Lines[0]));
        await database.SqlAsync("update rfq_lines set part_id = $2 where id = $1", rfq.Lines[0], part);
        Assert.Null((await scope.Get<PartQueries>().DetailsAsync(part, _ct))!.LastQuotedOn);
        await Make.SubmittedQuoteAsync(database, rfq, 0);
        await Make.SubmittedQuoteAsync(database, rfq, 1);
        await Make.DraftQuoteAsync(database, rfq, 2);
        Assert.Equal(await database.ScalarAsync<DateOnly>("select (max(submitted_at) at time zone 'utc')::date from quotes where rfq_id = $1", rfq.Id), (await scope.Get<PartQueries>().DetailsAsync(part, _ct))!.LastQuotedOn);
        Assert.Equal((2, 0), (await scope.Get<PartList>().PageAsync(new(), _ct)).Rows.Where(r => r.Id == part).Select(r => (r.Quotes, r.Orders)).Single());
    }

    [Fact]
    public async Task Who_lacks_the_permission_is_denied()
    {
        await using var buyer = await database.AsAsync(Role.Buyer);
        var unit = await buyer.UnitAsync(CatalogMaker.Code("u"));
        var part = await buyer.PartAsync(unit);
        await using var planner = await database.AsAsync(Role.Planner);
        await using var sales = await database.AsAsync(Role.SalesRep);
        await using var leader = await database.AsAsync(Role.ChapterLeader);
        Assert.NotNull(await planner.Get<PartQueries>().DetailsAsync(part, _ct));
        Assert.NotNull(await sales.Get<PartQueries>().DetailsAsync(part, _ct));
        foreach (var act in new Func<Task>[]
        {
            () => planner.PartAsync(unit), () => planner.Get<PartService>().DeleteAsync([part], _ct), () => planner.Get<PartService>().RestoreAsync([part], _ct),
            () => planner.Get<PartService>().SetCategoryAsync([part], null, _ct), () => planner.Get<PartQueries>().FormAsync(part, _ct), () => planner.Get<PartQueries>().DeletedAsync(_ct),
            () => planner.UnitAsync("x"), () => planner.Get<CatalogService>().DeleteUnitAsync(unit, _ct), () => planner.Get<CatalogService>().SaveCategoryAsync(new(), _ct),
            () => planner.PriceAsync(part, part, 1), () => planner.Get<SupplierPartService>().DeleteAsync(part, _ct), () => planner.Get<SupplierPartService>().RestoreAsync(part, _ct),
            () => planner.Get<PartQueries>().DuplicatesAsync(new(), _ct), () => planner.Get<PartQueries>().PriceFormAsync(part, _ct),
            () => sales.Get<PartQueries>().PricesAsync(part, _ct), () => sales.Get<PartQueries>().PriceHistoryAsync(part, _ct), () => sales.Get<PriceList>().PageAsync(new(), _ct),
            () => leader.Get<PartQueries>().DetailsAsync(part, _ct), () => leader.Get<PartQueries>().FindAsync("a", 1, _ct), () => leader.Get<PartList>().PageAsync(new(), _ct),
            () => leader.Get<CatalogQueries>().UnitsAsync(_ct), () => leader.Get<CatalogQueries>().CategoriesAsync(_ct), () => planner.Get<CatalogQueries>().UnitRowsAsync(_ct),
        })
        {
            await Assert.ThrowsAsync<DeniedException>(act);
        }
    }

    [Fact]
    public async Task Every_change_is_in_the_history()
    {
        await using var scope = await database.AsAsync(Role.Buyer);
        var id = await scope.PartAsync(await scope.UnitAsync(CatalogMaker.Code("u")), more: f => f.CrossReferences.Add(new() { PartyName = "Orvane", Number = "h" }));
        Assert.Equal(2, await database.ScalarAsync<long>("select count(*) from audit_entries where actor_id = $1 and (record_id = $2 or parent_id = $2)", scope.User.Id, id));
    }
}
