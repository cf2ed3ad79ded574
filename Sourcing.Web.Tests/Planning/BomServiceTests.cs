using Sourcing.Data.Catalog;
using Sourcing.Data.Common;
using Sourcing.Data.Planning;
using Sourcing.Web.Tests.Support;
using static Sourcing.Web.Tests.Planning.BomMaker;

namespace Sourcing.Web.Tests.Planning;

/// <summary>Making and changing bills of materials, on a real database.</summary>
public sealed class BomServiceTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Lines_are_added_changed_and_removed_in_one_form()
    {
        var world = await database.StockWorldAsync();
        var parts = await database.PartsAsync(world.Kg, 4);
        await using var planner = database.As(world.Planner);
        await planner.MakeAsync(parts[0], Line(parts[1], 2.5m, world.Kg, 5, to: new(2099, 1, 31)), Line(parts[2], 100, world.G), new BomLineForm());
        var form = await planner.Get<BomQueries>().FormAsync(parts[0], _ct);
        Assert.Equal([2.5m, 100m], form.Lines.Select(l => l.Quantity!.Value));
        Assert.Equal((5m, null, new DateOnly(2099, 1, 31)), (form.Lines[0].ScrapPercent!.Value, form.Lines[0].ValidFrom, form.Lines[0].ValidTo!.Value));

        (form.YieldPercent, form.Note) = (97.5m, "Ring spun");
        form.Lines[0].Quantity = 3;
        form.Lines.RemoveAt(1);
        form.Lines.Add(Share(parts[3], 35));
        form.Lines.Insert(0, Line(parts[2], 7, world.Kg)); // The removed component again, on top: the same line, changed.
        await planner.Get<BomService>().SaveAsync(form, _ct);
        var bom = await planner.Get<BomQueries>().DetailsAsync(parts[0], _ct);
        Assert.Equal((97.5m, "Ring spun"), (bom.YieldPercent, bom.Note));
        Assert.Equal([(parts[2], 7m, 10), (parts[1], 3m, 20), (parts[3], 0.35m, 30)], bom.Lines.Select(l => (l.ComponentId, l.Quantity, l.Position)));
        Assert.Equal(3L, await database.ScalarAsync<long>("select count(*) from bom_lines where parent_part_id = $1", parts[0]));

        form = await planner.Get<BomQueries>().FormAsync(parts[0], _ct);
        form.Lines.Clear();
        await planner.Get<BomService>().SaveAsync(form, _ct);
        Assert.Empty((await planner.Get<BomQueries>().DetailsAsync(parts[0], _ct)).Lines);
        Assert.Equal(3L, await database.ScalarAsync<long>("select count(*) from bom_lines where parent_part_id = $1 and deleted_at is not null and deleted_by = $2", parts[0], world.Planner.Id));
    }

    [Fact]
    public async Task A_line_that_cannot_be_reckoned_with_is_refused_by_its_row()
    {
        var world = await database.StockWorldAsync();
        var parts = await database.PartsAsync(world.Kg, 2);
        var cloth = await database.StockPartAsync(world.Metre, "Cloth by the metre");
        await using var planner = database.As(world.Planner);
        async Task<FieldError> Refused(Guid part, params BomLineForm[] lines) => Assert.Single((await RefusedAsync(() => planner.MakeAsync(part, lines))).Errors);

        var drum = await Refused(parts[0], Line(parts[1], 1, world.Kg), Line(world.Part, 2, world.Drum));
        Assert.Equal("Lines[1].UnitId", drum.Field);
        Assert.Contains($"No conversion from {world.DrumCode} to {world.KgCode} for {world.Number}", drum.Message, StringComparison.Ordinal);
        var share = await Refused(cloth, Share(parts[0], 100));
        Assert.Contains($"no conversion from {world.MetreCode} to ", share.Message, StringComparison.Ordinal);
        Assert.Equal("Lines[0].Quantity", (await Refused(parts[0], Share(parts[1], 101))).Field);
        Assert.Equal("Lines[0].Quantity", (await Refused(parts[0], Line(parts[1], 0, world.Kg))).Field);
        Assert.Equal("Lines[0].ScrapPercent", (await Refused(parts[0], Line(parts[1], 1, world.Kg, 100))).Field);
        Assert.Equal("Lines[0].ValidTo", (await Refused(parts[0], Line(parts[1], 1, world.Kg, from: new(2027, 2, 1), to: new(2027, 1, 31)))).Field);
        Assert.Equal("Lines[0].UnitId", (await Refused(parts[0], new BomLineForm { ComponentId = parts[1], Quantity = 1 })).Field);
        Assert.Equal("Lines[0].ComponentId", (await Refused(parts[0], new BomLineForm { Quantity = 1, UnitId = world.Kg })).Field);
        Assert.Equal("Lines[0].ComponentId", (await Refused(parts[0], Line(parts[0], 1, world.Kg))).Field);
        Assert.Equal("Lines[0].ComponentId", (await Refused(parts[0], Line(Guid.CreateVersion7(), 1, world.Kg))).Field);
        Assert.Equal("Lines[0].UnitId", (await Refused(parts[0], Line(parts[1], 1, Guid.CreateVersion7()))).Field);
        Assert.Contains("from the same day", (await Refused(parts[0], Line(parts[1], 1, world.Kg), Line(parts[1], 2, world.Kg))).Message, StringComparison.Ordinal);
        Assert.Contains("yield", (await RefusedAsync(() => planner.YieldAsync(parts[0], 0))).Message, StringComparison.Ordinal);
        Assert.Contains("yield", (await RefusedAsync(() => planner.YieldAsync(parts[0], 100.5m))).Message, StringComparison.Ordinal);
        Assert.Equal(0L, await database.ScalarAsync<long>("select count(*) from bom_lines where parent_part_id = any ($1)", new[] { parts[0], cloth }));
    }

    [Fact]
    public async Task A_cycle_is_refused_with_the_whole_way_round()
    {
        var world = await database.StockWorldAsync();
        var parts = await database.PartsAsync(world.Kg, 3);
        var numbers = await Task.WhenAll(parts.Select(database.NumberAsync));
        await using var planner = database.As(world.Planner);
        await planner.MakeAsync(parts[0], Line(parts[1], 1, world.Kg));
        await planner.MakeAsync(parts[1], Line(parts[2], 1, world.Kg, from: new(2090, 1, 1))); // A line to come counts too.
        var refusal = await RefusedAsync(() => planner.MakeAsync(parts[2], Line(world.Part, 1, world.Kg), Line(parts[0], 1, world.Kg)));
        Assert.Equal("Lines[1].ComponentId", Assert.Single(refusal.Errors).Field);
        Assert.Contains($"{numbers[2]} → {numbers[0]} → {numbers[1]} → {numbers[2]}", refusal.Message, StringComparison.Ordinal);
        Assert.Empty((await planner.Get<BomQueries>().DetailsAsync(parts[2], _ct)).Lines);

        // What has ended closes nothing.
        await planner.MakeAsync(parts[2], Line(parts[0], 1, world.Kg, from: new(2019, 1, 1), to: new(2019, 12, 31)));
        Assert.Null((await planner.Get<BomQueries>().DetailsAsync(parts[0], _ct)).Cycle);
    }

    [Fact]
    public async Task Two_people_cannot_close_a_cycle_together()
    {
        var world = await database.StockWorldAsync();
        await using var first = database.As(world.Planner);
        await using var second = await database.AsAsync(Role.Planner);
        for (var round = 0; round < 4; round++)
        {
            var parts = await database.PartsAsync(world.Kg, 2);
            var forms = new[] { await first.Get<BomQueries>().FormAsync(parts[0], _ct), await second.Get<BomQueries>().FormAsync(parts[1], _ct) };
            forms[0].Lines.Add(Line(parts[1], 1, world.Kg));
            forms[1].Lines.Add(Line(parts[0], 1, world.Kg));
            var outcomes = await Task.WhenAll(OutcomeAsync(first.Get<BomService>().SaveAsync(forms[0], _ct)), OutcomeAsync(second.Get<BomService>().SaveAsync(forms[1], _ct)));
            Assert.Single(outcomes, o => o is null);
            Assert.Contains("would make a part of itself", outcomes.Single(o => o is not null)!.Message, StringComparison.Ordinal);
            Assert.Equal(1L, await database.ScalarAsync<long>("select count(*) from bom_lines where parent_part_id = any ($1)", new[] { parts[0], parts[1] }));
        }
    }

    [Fact]
    public async Task A_cycle_that_an_import_brought_is_shown_and_keeps_nobody_from_mending_it()
    {
        var world = await database.StockWorldAsync();
        var parts = await database.PartsAsync(world.Kg, 3);
        var numbers = await Task.WhenAll(parts.Select(database.NumberAsync));
        await database.ImportedLineAsync(parts[0], parts[1], world.Kg);
        await database.ImportedLineAsync(parts[1], parts[0], world.Kg);
        await using var planner = database.As(world.Planner);
        Assert.Equal($"{numbers[0]} → {numbers[1]} → {numbers[0]}", (await planner.Get<BomQueries>().DetailsAsync(parts[0], _ct)).Cycle);
        await planner.MakeAsync(parts[0], Line(parts[2], 1, world.Kg));
        var form = await planner.Get<BomQueries>().FormAsync(parts[1], _ct);
        form.Lines.Clear();
        await planner.Get<BomService>().SaveAsync(form, _ct);
        Assert.Null((await planner.Get<BomQueries>().DetailsAsync(parts[0], _ct)).Cycle);
    }

    [Fact]
    public async Task Of_two_editors_the_second_is_told_whatever_the_first_changed()
    {
        var world = await database.StockWorldAsync();
        var parts = await database.PartsAsync(world.Kg, 4);
        await using var planner = database.As(world.Planner);
        async Task<BomForm> Form() => await planner.Get<BomQueries>().FormAsync(parts[0], _ct);

        // Both begin it at once.
        var (mine, theirs) = (await Form(), await Form());
        mine.Lines.Add(Line(parts[1], 1, world.Kg));
        theirs.Lines.Add(Line(parts[2], 1, world.Kg));
        await planner.Get<BomService>().SaveAsync(theirs, _ct);
        await Assert.ThrowsAsync<ConflictException>(() => planner.Get<BomService>().SaveAsync(mine, _ct));

        // The head moves with every save.
        (mine, theirs) = (await Form(), await Form());
        theirs.Lines.Add(Line(parts[1], 1, world.Kg));
        mine.Note = "Mine";
        await planner.Get<BomService>().SaveAsync(theirs, _ct);
        await Assert.ThrowsAsync<ConflictException>(() => planner.Get<BomService>().SaveAsync(mine, _ct));

        // An import writes lines past the head: one that came is no line to remove, one that changed is not overwritten.
        mine = await Form();
        await database.ImportedLineAsync(parts[0], parts[3], world.Kg);
        await Assert.ThrowsAsync<ConflictException>(() => planner.Get<BomService>().SaveAsync(mine, _ct));
        mine = await Form();
        await database.SqlAsync("update bom_lines set quantity_per = 9 where parent_part_id = $1 and component_part_id = $2", parts[0], parts[3]);
        mine.Lines.Single(l => l.ComponentId == parts[3]).Quantity = 4;
        await Assert.ThrowsAsync<ConflictException>(() => planner.Get<BomService>().SaveAsync(mine, _ct));
        Assert.Equal(9m, (await Form()).Lines.Single(l => l.ComponentId == parts[3]).Quantity);
    }

    [Fact]
    public async Task A_bill_of_materials_is_copied_to_a_part_that_has_none()
    {
        var world = await database.StockWorldAsync();
        var parts = await database.PartsAsync(world.Kg, 5);
        await using var planner = database.As(world.Planner);
        await planner.MakeAsync(parts[0], Share(parts[1], 65, 2), Line(parts[2], 1, world.Kg), Line(parts[3], 1, world.Kg, from: new(2019, 1, 1), to: new(2019, 2, 1)));
        await planner.YieldAsync(parts[0], 96);
        await planner.Get<BomService>().CopyAsync(new() { PartId = parts[4], FromPartId = parts[0] }, _ct);
        var copy = await planner.Get<BomQueries>().DetailsAsync(parts[4], _ct);
        Assert.Equal(96m, copy.YieldPercent);
        Assert.Equal([(parts[1], 0.65m, true, 0.02m), (parts[2], 1m, false, 0m)], copy.Lines.Select(l => (l.ComponentId, l.Quantity, l.IsShare, l.ScrapRate))); // What has ended stays behind.

        Assert.Contains("has components already", (await RefusedAsync(() => planner.Get<BomService>().CopyAsync(new() { PartId = parts[4], FromPartId = parts[0] }, _ct))).Message, StringComparison.Ordinal);
        Assert.Contains("one of its components", (await RefusedAsync(() => planner.Get<BomService>().CopyAsync(new() { PartId = parts[1], FromPartId = parts[0] }, _ct))).Message, StringComparison.Ordinal);
        Assert.Contains("no components", (await RefusedAsync(() => planner.Get<BomService>().CopyAsync(new() { PartId = parts[3], FromPartId = parts[2] }, _ct))).Message, StringComparison.Ordinal);
        await planner.MakeAsync(parts[2], Line(parts[3], 1, world.Kg));
        Assert.Contains($" → {await database.NumberAsync(parts[2])} → ", (await RefusedAsync(() => planner.Get<BomService>().CopyAsync(new() { PartId = parts[3], FromPartId = parts[0] }, _ct))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_component_is_replaced_everywhere_from_a_day_on()
    {
        var world = await database.StockWorldAsync();
        var parts = await database.PartsAsync(world.Kg, 5); // 0, 1 and 2 are made of 3; 4 takes its place.
        await using var planner = database.As(world.Planner);
        var day = new DateOnly(2027, 3, 1);
        await planner.MakeAsync(parts[0], Line(parts[3], 2, world.Kg, 4));
        await planner.MakeAsync(parts[1], Share(parts[3], 40, from: new(2027, 5, 1), to: new(2027, 12, 31)));
        await planner.MakeAsync(parts[2], Line(parts[3], 1, world.Kg, to: new(2027, 2, 15)));
        Assert.Equal(2, await planner.Get<BomService>().ReplaceAsync(new() { ComponentId = parts[3], ReplacementId = parts[4], From = day }, _ct));
        async Task<List<(Guid, decimal, decimal, DateOnly, DateOnly?)>> Lines(Guid part) =>
            [.. (await planner.Get<BomQueries>().DetailsAsync(part, _ct)).Lines.OrderBy(l => l.ValidFrom).Select(l => (l.ComponentId, l.Quantity, l.ScrapRate, l.ValidFrom, l.ValidTo))];
        Assert.Equal([(parts[3], 2m, 0.04m, BomLine.Always, day.AddDays(-1)), (parts[4], 2m, 0.04m, day, null)], await Lines(parts[0]));
        Assert.Equal([(parts[4], 0.4m, 0m, new DateOnly(2027, 5, 1), new DateOnly(2027, 12, 31))], await Lines(parts[1]));
        Assert.Equal([(parts[3], 1m, 0m, BomLine.Always, new DateOnly(2027, 2, 15))], await Lines(parts[2]));
        Assert.Contains("No bill of materials uses it", (await RefusedAsync(() => planner.Get<BomService>().ReplaceAsync(new() { ComponentId = parts[3], ReplacementId = parts[4], From = day }, _ct))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_replacement_that_does_not_fit_one_parent_changes_none()
    {
        var world = await database.StockWorldAsync();
        var parts = await database.PartsAsync(world.Kg, 4);
        var cloth = await database.StockPartAsync(world.Metre, "Cloth by the metre");
        await using var planner = database.As(world.Planner);
        await planner.MakeAsync(parts[0], Line(parts[2], 2, world.Kg));
        await planner.MakeAsync(parts[1], Line(parts[2], 2, world.Kg));
        async Task<string> Refused(Guid by) =>
            (await RefusedAsync(() => planner.Get<BomService>().ReplaceAsync(new() { ComponentId = parts[2], ReplacementId = by, From = new(2027, 3, 1) }, _ct))).Message;

        Assert.Contains($"No conversion from {world.KgCode} to {world.MetreCode}", await Refused(cloth), StringComparison.Ordinal);
        await planner.MakeAsync(parts[3], Line(parts[1], 1, world.Kg));
        Assert.Contains($"{await database.NumberAsync(parts[1])} → {await database.NumberAsync(parts[3])} → {await database.NumberAsync(parts[1])}", await Refused(parts[3]), StringComparison.Ordinal);
        Assert.Contains("made of this part itself", await Refused(parts[0]), StringComparison.Ordinal);
        Assert.Contains("cannot take its own place", await Refused(parts[2]), StringComparison.Ordinal);
        await planner.MakeAsync(parts[1], Line(world.Part, 1, world.Kg, from: new(2027, 3, 1)));
        Assert.Contains($"has {world.Number} from that day already", await Refused(world.Part), StringComparison.Ordinal);
        Assert.Equal(2L, await database.ScalarAsync<long>("select count(*) from bom_lines where component_part_id = $1 and valid_to is null and deleted_at is null", parts[2]));
    }

    [Fact]
    public async Task A_part_that_another_is_made_of_or_that_lies_on_a_shelf_keeps_its_unit_and_is_not_deleted()
    {
        var world = await database.StockWorldAsync();
        var parts = await database.PartsAsync(world.Kg, 3);
        await using var planner = database.As(world.Planner);
        await using var admin = await database.AsAsync(Role.Admin);
        await planner.MakeAsync(parts[0], Line(parts[1], 2, world.Kg));
        await planner.CountAsync(parts[2], 5, world.Kg);
        var catalog = admin.Get<PartService>();
        async Task<string> Unit(Guid part)
        {
            var form = await admin.Get<PartQueries>().FormAsync(part, _ct);
            form.UnitId = world.Metre;
            return (await RefusedAsync(() => catalog.SaveAsync(form, _ct))).Message;
        }

        Assert.Contains($"the bill of materials of {await database.NumberAsync(parts[0])} is in it", await Unit(parts[0]), StringComparison.Ordinal);
        Assert.Contains($"the bill of materials of {await database.NumberAsync(parts[0])} is in it", await Unit(parts[1]), StringComparison.Ordinal);
        Assert.Contains("its stock is in it", await Unit(parts[2]), StringComparison.Ordinal);
        Assert.StartsWith($"{await database.NumberAsync(parts[0])} is made of {await database.NumberAsync(parts[1])}.", (await RefusedAsync(() => catalog.DeleteAsync([parts[1]], _ct))).Message, StringComparison.Ordinal);
        Assert.StartsWith("There is stock of", (await RefusedAsync(() => catalog.DeleteAsync([parts[2]], _ct))).Message, StringComparison.Ordinal);

        // With its parent it may go; and then nothing is made of it any more.
        await catalog.DeleteAsync([parts[0]], _ct);
        Assert.Empty((await planner.Get<BomQueries>().WhereUsedAsync(parts[1], new(2027, 1, 15), _ct)).Uses);
        Assert.Equal(0, (await planner.Get<BomQueries>().DetailsAsync(parts[1], _ct)).UsedIn);
        Assert.Empty((await planner.Get<BomList>().PageAsync(new() { Search = await database.NumberAsync(parts[0]) }, _ct)).Rows);
        await catalog.DeleteAsync([parts[1]], _ct);
        await planner.CountAsync(parts[2], 0, world.Kg);
        await catalog.DeleteAsync([parts[2]], _ct);
        Assert.False((await planner.Get<StockQueries>().DetailsAsync(parts[2], _ct)).IsStocked);
    }

    [Fact]
    public async Task Nobody_changes_a_bill_of_materials_without_the_permission_and_outsiders_do_not_see_it()
    {
        var world = await database.StockWorldAsync();
        foreach (var role in new[] { Role.Buyer, Role.ReadOnly })
        {
            await using var scope = await database.AsAsync(role);
            Assert.False((await scope.Get<BomQueries>().DetailsAsync(world.Part, _ct)).IsMade);
            foreach (var deed in new Func<Task>[]
            {
                () => scope.Get<BomService>().SaveAsync(new(), _ct), () => scope.Get<BomService>().CopyAsync(new(), _ct), () => scope.Get<BomService>().ReplaceAsync(new(), _ct), () => scope.Get<BomQueries>().FormAsync(world.Part, _ct),
            })
            {
                await Assert.ThrowsAsync<DeniedException>(deed);
            }
        }

        foreach (var role in new[] { Role.SalesRep, Role.Supplier, Role.ChapterLeader, Role.Exporter })
        {
            await using var scope = await database.AsAsync(role);
            foreach (var look in new Func<Task>[]
            {
                () => scope.Get<BomQueries>().DetailsAsync(world.Part, _ct), () => scope.Get<BomQueries>().ExplodeAsync(world.Part, 1, new(2027, 1, 1), _ct),
                () => scope.Get<BomQueries>().WhereUsedAsync(world.Part, new(2027, 1, 1), _ct), () => scope.Get<BomQueries>().CyclesAsync(_ct), () => scope.Get<BomList>().PageAsync(new(), _ct),
            })
            {
                await Assert.ThrowsAsync<DeniedException>(look);
            }
        }
    }

    private static async Task<Exception?> OutcomeAsync(Task task)
    {
        try
        {
            await task;
            return null;
        }
        catch (RefusedException refusal)
        {
            return refusal;
        }
    }
}
