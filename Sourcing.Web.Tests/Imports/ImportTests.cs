using Microsoft.Extensions.DependencyInjection;
using Sourcing.Data.Common;
using Sourcing.Data.Imports;
using Sourcing.Data.Imports.Kinds;
using Sourcing.Data.Imports.Reading;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Imports;

/// <summary>What holds for imports of every kind, shown with units and parts.</summary>
public sealed class ImportTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private const string Parts = "Part number,Name,Type,UoM,Cost\n";
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_file_becomes_records_and_the_same_file_again_changes_nothing()
    {
        await using var scope = await BuyerAsync();
        var desk = new ImportDesk(scope);
        var text = Parts + "T1-1,One,component,pcs,1.5\nT1-2,Two,raw material,pcs,\n";
        var run = await desk.ImportAsync("parts", text);
        Assert.Equal((ImportStatus.Done, 2, 0), (run.Status, run.NewRows, run.ChangedRows));
        Assert.Equal(1.5m, await database.ScalarAsync<decimal>("select standard_cost from parts where number = 'T1-1'"));

        var again = await desk.ImportAsync("parts", text);
        Assert.Equal((0, 0, 2), (again.NewRows, again.ChangedRows, again.UnchangedRows));
        Assert.Equal(0, (int)again.Counts.Sum(c => c.New + c.Changed));
    }

    [Fact]
    public async Task A_changed_row_changes_what_it_names_and_an_empty_cell_leaves_what_is_there()
    {
        await using var scope = await BuyerAsync();
        var desk = new ImportDesk(scope);
        await desk.ImportAsync("parts", Parts + "T2-1,One,component,pcs,1.5\n");
        var run = await desk.CheckAsync("parts", Parts + "T2-1,Another name,component,pcs,\n");
        Assert.Equal((0, 1, 0), (run.NewRows, run.ChangedRows, run.UnchangedRows));
        await desk.CommitAsync(run.Id);
        Assert.Equal("Another name 1.5000", await database.ScalarAsync<string>("select name || ' ' || standard_cost from parts where number = 'T2-1'"));
    }

    [Fact]
    public async Task Undo_takes_out_what_was_made_and_puts_back_what_was_changed()
    {
        await using var scope = await BuyerAsync();
        var desk = new ImportDesk(scope);
        await desk.ImportAsync("parts", Parts + "T3-1,Before,component,pcs,1.5\n");
        var run = await desk.ImportAsync("parts", Parts + "T3-1,After,packaging,pcs,2\nT3-2,New,component,pcs,3\n");
        var undone = await desk.UndoAsync(run.Id);
        Assert.Equal(ImportStatus.Undone, undone.Status);
        Assert.Equal("Before component 1.5000", await database.ScalarAsync<string>("select name || ' ' || type || ' ' || standard_cost from parts where number = 'T3-1'"));
        Assert.Equal(0L, await database.ScalarAsync<long>("select count(*) from parts where number = 'T3-2'"));
    }

    [Fact]
    public async Task Undo_is_refused_while_something_depends_on_it_and_says_what()
    {
        await using var scope = await BuyerAsync();
        var desk = new ImportDesk(scope);
        var run = await desk.ImportAsync("parts", Parts + "T4-1,One,component,pcs,1\n");
        await desk.ImportAsync("cross_references", "Part number,Kind,Whose,Their number\nT4-1,manufacturer,Kesmira,K-77\n");
        var kept = await desk.UndoAsync(run.Id);
        Assert.Equal(ImportStatus.Done, kept.Status);
        Assert.Contains("1 part cross references refer to its parts", kept.Refusal, StringComparison.Ordinal);
        Assert.Equal(1L, await database.ScalarAsync<long>("select count(*) from parts where number = 'T4-1'"));
    }

    [Fact]
    public async Task Undo_is_refused_when_a_record_was_changed_since()
    {
        await using var scope = await BuyerAsync();
        var desk = new ImportDesk(scope);
        var run = await desk.ImportAsync("parts", Parts + "T5-1,One,component,pcs,1\n");
        await scope.Get<Database>().WriteAsync((db, ct) => Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions.ExecuteSqlAsync(db.Database, $"update parts set name = 'By hand' where number = 'T5-1'", ct), _ct);
        Assert.Contains("changes made since to 1", (await desk.UndoAsync(run.Id)).Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task History_holds_one_entry_for_the_batch_and_none_for_its_rows()
    {
        await using var scope = await BuyerAsync();
        var desk = new ImportDesk(scope);
        var run = await desk.ImportAsync("parts", Parts + "T6-1,One,component,pcs,1\nT6-2,Two,component,pcs,1\n");
        Assert.Equal(1L, await database.ScalarAsync<long>("select count(*) from audit_entries where record_id = $1 and action = 'batch' and new_values ->> 'rows_new' = '2'", run.Id));
        Assert.Equal(0L, await database.ScalarAsync<long>("select count(*) from audit_entries a join parts p on p.id = a.record_id where p.number like 'T6-%'"));
    }

    [Fact]
    public async Task Nobody_can_keep_a_change_out_of_the_history_by_naming_an_import_that_does_not_run()
    {
        await using var scope = await BuyerAsync();
        var desk = new ImportDesk(scope);
        var run = await desk.ImportAsync("parts", Parts + "T7-1,One,component,pcs,1\n");
        await Assert.ThrowsAsync<RefusedException>(() => scope.Get<Database>().WriteAsync(async (db, ct) =>
        {
            await Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions.ExecuteSqlAsync(db.Database, $"select set_config('app.import_run', {run.Id.ToString()}, true)", ct);
            await Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions.ExecuteSqlAsync(db.Database, $"update parts set name = 'In silence' where number = 'T7-1'", ct);
        }, _ct));
    }

    [Fact]
    public async Task Each_cell_at_fault_is_named_with_its_reason()
    {
        await using var scope = await BuyerAsync();
        var desk = new ImportDesk(scope);
        var run = await desk.CheckAsync("parts", Parts + "T8-1,One,component,pcs,abc\nT8-2,,component,pcs,1\nT8-3,Three,gadget,pcs,-1\nT8-4,Four,component,drum,1e400\nT8-1,Again,component,pcs,-0\nT8-5,Hid\u202Eden,component,pcs,NaN\n");
        Assert.Equal((0, 6), (run.ReadyRows, run.RejectedRows));
        Assert.Contains("[standard_cost] “abc” is not a number", await desk.WrongAsync(run.Id, 2), StringComparison.Ordinal);
        Assert.Contains("[name] Name is missing", await desk.WrongAsync(run.Id, 3), StringComparison.Ordinal);
        Assert.Contains("[type] “gadget” is not one of the words", await desk.WrongAsync(run.Id, 4), StringComparison.Ordinal);
        Assert.Contains("It has to be at least 0", await desk.WrongAsync(run.Id, 4), StringComparison.Ordinal);
        Assert.Contains("exponent", await desk.WrongAsync(run.Id, 5), StringComparison.Ordinal);
        Assert.Contains("[unit] No unit “drum”", await desk.WrongAsync(run.Id, 5), StringComparison.Ordinal);
        Assert.Contains("minus zero", await desk.WrongAsync(run.Id, 6), StringComparison.Ordinal);
        Assert.Contains("[number] Same part number as row 2", await desk.WrongAsync(run.Id, 6), StringComparison.Ordinal);
        Assert.Contains("cannot be seen (U+202E)", await desk.WrongAsync(run.Id, 7), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Markup_quotes_formulas_and_zero_characters_do_no_harm()
    {
        await using var scope = await BuyerAsync();
        var desk = new ImportDesk(scope);
        var run = await desk.CheckAsync("parts", Parts + "T9-1,<script>alert(1)</script>,component,pcs,1\nT9-2,\"'; drop table parts; --\",component,pcs,1\nT9-3,=cmd|' /C calc'!A0,component,pcs,1\nT9-4,back\\slash\\N,component,pcs,1\nT9-5,ze\0ro,component,pcs,1\n");
        Assert.Equal((4, 1), (run.ReadyRows, run.RejectedRows));
        await desk.CommitAsync(run.Id);
        Assert.Equal("back\\slash\\N", await database.ScalarAsync<string>("select name from parts where number = 'T9-4'"));
        Assert.Equal("'; drop table parts; --", await database.ScalarAsync<string>("select name from parts where number = 'T9-2'"));
    }

    [Fact]
    public async Task A_number_that_can_be_read_two_ways_waits_for_the_sign_of_the_file()
    {
        await using var scope = await BuyerAsync();
        var desk = new ImportDesk(scope);
        var run = await desk.CheckAsync("parts", Parts + "T10-1,One,component,pcs,1.000\n");
        Assert.Contains("“1.000” can be read two ways. Choose the decimal sign of this file: 1,000 or 1.0. → 1000", await desk.WrongAsync(run.Id, 2), StringComparison.Ordinal);
        await desk.MatchAsync(run.Id, m => m with { Decimal = DecimalSign.Comma });
        run = await desk.CheckAsync(run.Id);
        await desk.CommitAsync(run.Id);
        Assert.Equal(1000m, await database.ScalarAsync<decimal>("select standard_cost from parts where number = 'T10-1'"));
    }

    [Fact]
    public async Task Comma_and_point_are_told_from_the_columns_own_values()
    {
        await using var scope = await BuyerAsync();
        var desk = new ImportDesk(scope);
        await desk.ImportAsync("parts", "Part number;Name;Type;UoM;Cost\nT11-1;One;component;pcs;1.234,56\nT11-2;Two;component;pcs;1.000\n");
        Assert.Equal(2234.56m, await database.ScalarAsync<decimal>("select sum(standard_cost) from parts where number like 'T11-%'"));
    }

    [Fact]
    public async Task A_cell_is_mended_in_place_and_survives_a_new_check_of_the_file()
    {
        await using var scope = await BuyerAsync();
        var desk = new ImportDesk(scope);
        var run = await desk.CheckAsync("parts", Parts + "T12-1,One,component,pcs,abc\nT12-2,Two,component,drum,1\n");
        await desk.Service.MendAsync(run.Id, [new(2, "standard_cost", "2.5")], _ct);
        Assert.Equal(1, (await desk.DetailsAsync(run.Id)).ReadyRows);
        await desk.Service.MendAsync(run.Id, [new(3, "unit", "still wrong")], _ct);
        Assert.Contains("No unit “still wrong”", await desk.WrongAsync(run.Id, 3), StringComparison.Ordinal);
        await desk.Service.MendAsync(run.Id, [new(3, "unit", "pcs")], _ct);
        Assert.Equal(2, (await desk.DetailsAsync(run.Id)).ReadyRows);

        Assert.Equal(2, (await desk.CheckAsync(run.Id)).ReadyRows);
        await desk.CommitAsync(run.Id);
        Assert.Equal(2.5m, await database.ScalarAsync<decimal>("select standard_cost from parts where number = 'T12-1'"));
    }

    [Fact]
    public async Task Mending_alike_mends_every_row_with_the_same_text_and_becomes_a_rule()
    {
        await using var scope = await BuyerAsync();
        var desk = new ImportDesk(scope);
        var run = await desk.CheckAsync("parts", Parts + "T13-1,One,component,Pcs.,1\nT13-2,Two,component,Pcs.,1\nT13-3,Three,component,pcs,1\n");
        var page = await desk.Queries.RowsAsync(run.Id, RowFilter.Attention, 0, _ct);
        Assert.Equal(2, page.Rows.Count);
        await desk.Service.MendAlikeAsync(run.Id, "unit", "Pcs.", "pcs", _ct);
        run = await desk.DetailsAsync(run.Id);
        Assert.Equal((3, 0), (run.ReadyRows, run.RejectedRows));
        Assert.Contains(run.Mapping.Rules, r => r is { Field: "unit", Pattern: "Pcs.", Value: "pcs", Action: RuleAction.Take });
        Assert.Equal(3, (await desk.CheckAsync(run.Id)).ReadyRows);
    }

    [Fact]
    public async Task The_nearest_number_is_offered()
    {
        await using var scope = await BuyerAsync();
        var desk = new ImportDesk(scope);
        await desk.ImportAsync("parts", Parts + "6204-2RS,Bearing (sealed),component,pcs,1\n");
        var run = await desk.CheckAsync("cross_references", "Part number,Kind,Whose,Their number\n6204 2RZ,manufacturer,Kesmira,K-1\n");
        Assert.Contains("[part] No part with this number. Nearest: 6204-2RS (Bearing (sealed)). → 6204-2RS", await desk.WrongAsync(run.Id, 2), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_row_is_taken_out_and_put_back()
    {
        await using var scope = await BuyerAsync();
        var desk = new ImportDesk(scope);
        var run = await desk.CheckAsync("parts", Parts + "T15-1,One,component,pcs,1\nT15-2,Two,component,pcs,x\n");
        await desk.Service.TakeOutAsync(run.Id, [2, 3], true, _ct);
        Assert.Equal((0, 0, 2), await StandAsync(desk, run.Id));
        await desk.Service.TakeOutAsync(run.Id, [2], false, _ct);
        Assert.Equal((1, 0, 1), await StandAsync(desk, run.Id));
        Assert.Equal(1, (await desk.CheckAsync(run.Id)).ReadyRows);
    }

    [Fact]
    public async Task Rows_to_mend_are_downloaded_with_all_their_columns_and_go_in_once_mended()
    {
        await using var scope = await BuyerAsync();
        var desk = new ImportDesk(scope);
        var run = await desk.CheckAsync("parts", "Part number,Extra,Name,Type,UoM\nT16-1,e1,One,component,pcs\nT16-2,\"e,2\",Two,gadget,drum\n");
        await desk.Service.MendAsync(run.Id, [new(3, "unit", "pcs")], _ct);
        var rows = new List<IReadOnlyList<string>>();
        await desk.Queries.RejectedAsync(run.Id, cells => { rows.Add(cells); return default; }, _ct);
        Assert.Equal(2, rows.Count);
        Assert.Equal(["T16-2", "e,2", "Two", "gadget", "pcs"], rows[1].Take(5));
        Assert.Contains("“gadget” is not one of the words known here", rows[1][5], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_saved_mapping_is_used_for_the_next_file_with_its_columns()
    {
        await using var scope = await BuyerAsync();
        var desk = new ImportDesk(scope);
        var id = await desk.UploadAsync("parts", "Teil,Bezeichnung\nT17-1,Eins\n");
        await desk.MatchAsync(id, m => new() { Columns = new() { ["number"] = "Teil", ["name"] = "Bezeichnung" }, Constants = new() { ["type"] = "component", ["unit"] = "pcs" } });
        await desk.Service.SaveMappingAsync(new() { RunId = id, Name = "German list" }, _ct);
        var next = await desk.UploadAsync("parts", "Teil,Bezeichnung,Mehr\nT17-2,Zwei,x\n");
        Assert.Equal("pcs", (await desk.DetailsAsync(next)).Mapping.Constants["unit"]);
        Assert.Equal(1, (await desk.CheckAsync(next)).ReadyRows);
    }

    [Fact]
    public async Task A_required_field_without_a_column_is_refused_by_name()
    {
        await using var scope = await BuyerAsync();
        var desk = new ImportDesk(scope);
        var id = await desk.UploadAsync("parts", "Something,Else\n1,2\n");
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => desk.CheckAsync(id));
        Assert.Contains(refusal.Errors, e => e is { Field: "number", Message: "Part number needs a column, or a value for all rows." });
    }

    [Fact]
    public async Task A_rule_sets_rows_aside_and_is_counted()
    {
        await using var scope = await BuyerAsync();
        var desk = new ImportDesk(scope);
        var id = await desk.UploadAsync("parts", Parts + "T18-1,One,component,pcs,n/a\nTotal,,,,99\n");
        await desk.MatchAsync(id, m => m with { Rules = [new("number", RuleTest.Is, "total", RuleAction.SetRowAside), new("standard_cost", RuleTest.Is, "n/a", RuleAction.Empty), new("name", RuleTest.Contains, "zzz", RuleAction.Empty)] });
        var run = await desk.CheckAsync(id);
        Assert.Equal((1, 0, 1), (run.ReadyRows, run.RejectedRows, run.SetAsideRows));
        Assert.Equal([1, 1, 0], run.RuleCounts.Select(r => r.Cells));
        Assert.Equal("Part number is “total”: the row is set aside", run.RuleCounts[0].Rule);
    }

    [Fact]
    public async Task Cancelling_in_the_middle_writes_nothing_and_removes_the_file()
    {
        await using var scope = await BuyerAsync();
        var desk = new ImportDesk(scope);
        using var file = TestFile.Generated(3_000);
        var id = await desk.UploadAsync("parts", file);
        await desk.CheckAsync(id);
        await desk.Service.CommitAsync(id, _ct);
        await desk.Service.CancelAsync(id, _ct);
        Assert.Equal(ImportStatus.Cancelled, (await desk.DetailsAsync(id)).Status);
        Assert.Equal("Nothing was left to do.", await scope.Services.GetServices<Sourcing.Data.Operations.IBackgroundWork>().OfType<ImportWork>().Single().WorkAsync(id, new(), _ct));
        Assert.Equal(0L, await database.ScalarAsync<long>("select count(*) from parts where number like 'G-%'"));
        var stored = await database.ScalarAsync<string>("select stored_name from import_files where run_id = $1", id);
        Assert.False(File.Exists(scope.Get<ImportFolder>().PathOf(stored)));
        Assert.True(await database.ScalarAsync<bool>("select to_regclass('staging.r_' || replace($1::text, '-', '')) is null", id));
    }

    [Fact]
    public async Task A_stopped_server_leaves_nothing_half_written_and_the_next_one_finishes()
    {
        await using var scope = await BuyerAsync();
        var desk = new ImportDesk(scope);
        var id = await desk.UploadAsync("parts", Parts + "T20-1,One,component,pcs,1\nT20-2,Two,component,pcs,1\n");
        await desk.Service.CheckAsync(id, _ct);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => desk.WorkAsync(id, new CancellationToken(true)));
        Assert.Equal(ImportStatus.Checking, (await desk.DetailsAsync(id)).Status);
        Assert.Equal(2, (await desk.WorkAsync(id)).ReadyRows);

        await desk.Service.CommitAsync(id, _ct);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => desk.WorkAsync(id, new CancellationToken(true)));
        Assert.Equal(0L, await database.ScalarAsync<long>("select count(*) from parts where number like 'T20-%'"));
        // A crash of the database empties what is not logged: the stage.
        await database.SqlAsync($"truncate staging.r_{id:N}");
        Assert.Equal(ImportStatus.Done, (await desk.WorkAsync(id)).Status);
        Assert.Equal(2L, await database.ScalarAsync<long>("select count(*) from parts where number like 'T20-%'"));
    }

    [Fact]
    public async Task The_same_upload_twice_is_one_import()
    {
        await using var scope = await BuyerAsync();
        var desk = new ImportDesk(scope);
        using var file = TestFile.Text(Parts + "T21-1,One,component,pcs,1\n");
        var key = Guid.CreateVersion7();
        Task<Guid> Upload() => desk.Service.UploadAsync(key, "parts", "a.csv", file.Open(), _ct);
        Assert.Equal(await Upload(), await Upload());
    }

    [Theory]
    [InlineData("../../etc/passwd.csv", "passwd.csv")]
    [InlineData("C:\\Users\\x\\list.csv", "list.csv")]
    [InlineData("gnp\u202Evsc.csv", "gnpvsc.csv")]
    public async Task A_path_in_a_files_name_is_cut_off(string name, string kept)
    {
        await using var scope = await BuyerAsync();
        using var file = TestFile.Text(Parts + "T22,One,component,pcs,1\n");
        var id = await scope.Get<ImportService>().UploadAsync(Guid.CreateVersion7(), "parts", name, file.Open(), _ct);
        Assert.Equal(kept, (await new ImportDesk(scope).DetailsAsync(id)).FileName);
    }

    [Theory]
    [InlineData(Role.ReadOnly)]
    [InlineData(Role.SalesManager)]
    [InlineData(Role.SalesRep)]
    public async Task Only_those_who_may_import_do(Role role)
    {
        await using var scope = await database.AsAsync(role);
        var desk = new ImportDesk(scope);
        await Assert.ThrowsAsync<DeniedException>(() => desk.UploadAsync("parts", Parts + "X,One,component,pcs,1\n"));
        var id = Guid.CreateVersion7();
        foreach (var act in new Func<Task>[]
        {
            () => desk.Service.MatchAsync(id, 0, new(), _ct), () => desk.Service.CheckAsync(id, _ct), () => desk.Service.CommitAsync(id, _ct), () => desk.Service.UndoAsync(id, _ct),
            () => desk.Service.MendAsync(id, [], _ct), () => desk.Service.MendAlikeAsync(id, "", "", "", _ct), () => desk.Service.ConfirmAsync(id, [], _ct), () => desk.Service.ConfirmAllAsync(id, _ct), () => desk.Service.TakeOutAsync(id, [], true, _ct),
            () => desk.Service.CheckAgainAsync(id, _ct), () => desk.Service.SaveMappingAsync(new() { Name = "x" }, _ct), () => desk.Service.RemoveMappingAsync(id, _ct), () => desk.Service.ChooseSheetAsync(id, "", _ct), () => desk.Service.ChooseHeadAsync(id, 1, 1, _ct),
            () => desk.Queries.DetailsAsync(id, _ct), () => desk.Queries.RowsAsync(id, RowFilter.All, 0, _ct), () => desk.Queries.MappingsAsync("parts", null!, _ct), () => desk.Queries.RejectedAsync(id, _ => default, _ct),
            () => scope.Get<ImportList>().PageAsync(new(), _ct),
        })
        {
            await Assert.ThrowsAsync<DeniedException>(act);
        }
    }

    [Fact]
    public async Task A_planner_imports_for_the_plan_and_no_catalog()
    {
        await using var scope = await database.AsAsync(Role.Planner);
        await Assert.ThrowsAsync<DeniedException>(() => new ImportDesk(scope).UploadAsync("parts", Parts + "X,One,component,pcs,1\n"));
    }

    [Fact]
    public async Task A_supplier_reaches_no_stage_and_no_import()
    {
        await using var scope = await BuyerAsync();
        var run = await new ImportDesk(scope).CheckAsync("parts", Parts + "T24-1,One,component,pcs,1\n");
        foreach (var sql in new[] { $"select count(*) from staging.r_{run.Id:N}", "select count(*) from import_runs", "select app.drop_stage(gen_random_uuid())" })
        {
            await using var command = database.Sources.For(DatabaseAccess.Supplier).CreateCommand(sql);
            Assert.Equal("42501", (await Assert.ThrowsAsync<Npgsql.PostgresException>(() => command.ExecuteScalarAsync(_ct))).SqlState);
        }
    }

    [Fact]
    public async Task A_hundred_thousand_bad_rows_are_all_named_and_nothing_is_written()
    {
        await using var scope = await BuyerAsync();
        var desk = new ImportDesk(scope);
        using var file = TestFile.Text(Parts + string.Concat(Enumerable.Range(0, 100_000).Select(i => $"B-{i},,component,nothing,x\n")));
        var run = await desk.CheckAsync(await desk.UploadAsync("parts", file));
        Assert.Equal((0, 100_000), (run.ReadyRows, run.RejectedRows));
        Assert.Equal(50, (await desk.RowsAsync(run.Id)).Count);
        Assert.Contains("Name is missing", await desk.WrongAsync(run.Id, 2), StringComparison.Ordinal);
        var rows = 0;
        await desk.Queries.RejectedAsync(run.Id, _ => { rows++; return default; }, _ct);
        Assert.Equal(100_001, rows);
        Assert.Equal(0L, await database.ScalarAsync<long>("select count(*) from parts where number like 'B-%'"));
    }

    private static async Task<(int Ready, int Rejected, int Aside)> StandAsync(ImportDesk desk, Guid id)
    {
        var run = await desk.DetailsAsync(id);
        return (run.ReadyRows, run.RejectedRows, run.SetAsideRows);
    }

    private async Task<TestScope> BuyerAsync()
    {
        var scope = await database.AsAsync(Role.Buyer);
        if (await database.ScalarAsync<long>("select count(*) from units where code = 'pcs'") == 0)
        {
            await new ImportDesk(scope).ImportAsync("units", "Code,Name,Dimension,Factor\npcs,Pieces,count,1\nkg,Kilogram,mass,1\ng,Gram,mass,0.001\nroll,Roll,package,\n");
        }

        return scope;
    }
}
