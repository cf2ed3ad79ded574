using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Sourcing.Data.Catalog;
using Sourcing.Data.Common;
using Sourcing.Data.Imports;
using Sourcing.Data.Operations;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Imports;

/// <summary>Files so large that keys, words and indexes are looked after for all of their rows at once.</summary>
public sealed class LoadTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private const int Rows = 20_200;
    private const string Heads = "Part number,Name,Description,Type,Unit\n";

    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_first_load_is_found_before_its_indexes_are_made_and_after_and_later_files_at_once()
    {
        await using var scope = await BuyerAsync();
        var (desk, parts) = (new ImportDesk(scope), scope.Get<PartQueries>());
        var before = await IndexesAsync();
        var first = await desk.CommitAsync((await desk.CheckAsync("parts", Generated(Rows) + "6204-2RS,\"Deep groove ball bearing, crème\",,component,pcs\n")).Id);
        Assert.Equal(Rows + 1, first.NewRows);
        Assert.True(await database.ScalarAsync<long>("select count(*) from app.indexes_aside") > 5);
        Assert.Equal(1L, await database.ScalarAsync<long>("select count(*) from job_runs where kind = 'indexes' and status = 'waiting'"));
        await FoundAsync(parts, "6204-2RS", "6204-2rs", "6204 2RS", "62042rs", "creme bear");
        Assert.Equal("6204-2RS", (await parts.ByNumberAsync("6204.2rs", _ct))!.Number);

        await scope.Services.GetServices<IRegularWork>().OfType<IndexWork>().Single().RunAsync(_ct);
        Assert.Equal(before, await IndexesAsync());
        Assert.Equal(0L, await database.ScalarAsync<long>("select count(*) from app.indexes_aside"));
        await FoundAsync(parts, "6204-2RS", "6204-2rs", "62042RS", "creme bear", "groove beering");

        var more = await desk.CommitAsync((await desk.CheckAsync("parts", Heads + string.Concat(Enumerable.Range(0, 6_000).Select(i => $"M-{i:00000},Shaft seal {i},of later,component,pcs\n")))).Id);
        Assert.Equal(6_000, more.NewRows);
        Assert.Equal(before, await IndexesAsync());
        await FoundAsync(parts, "M-05999", "m05999", "shaft seal 5999", "seal later 5999");

        var again = await desk.CheckAsync("parts", Generated(Rows));
        Assert.Equal((0, 0, Rows), (again.NewRows, again.ChangedRows, again.UnchangedRows));
        Assert.Equal(ImportStatus.Undone, (await desk.UndoAsync(more.Id)).Status);
        Assert.Equal(ImportStatus.Undone, (await desk.UndoAsync(first.Id)).Status);
        Assert.Equal(0L, await database.ScalarAsync<long>("select count(*) from parts"));
    }

    [Fact]
    public async Task Rows_that_repeat_or_name_what_is_not_there_are_found_among_many()
    {
        await using var scope = await BuyerAsync();
        var desk = new ImportDesk(scope);
        var repeated = await desk.CheckAsync("parts", Generated(Rows) + "L-00007,Again,,component,pcs\n");
        Assert.Equal((Rows, 1), (repeated.ReadyRows, repeated.RejectedRows));
        Assert.Contains("Same part number as row 9", (await desk.RowsAsync(repeated.Id))[0].Problems[0].Message, StringComparison.Ordinal);
        var strange = await desk.CheckAsync("parts", Generated(Rows) + "Z-1,One,,component,cubit\nZ-2,Two,,component,\"it's\"\n");
        Assert.Equal((Rows, 2), (strange.ReadyRows, strange.RejectedRows));
        Assert.All(await desk.RowsAsync(strange.Id), r => Assert.Contains("No unit", r.Problems[0].Message, StringComparison.Ordinal));
        // More different values than are remembered: the whole file is held against the tables.
        var many = await desk.CheckAsync("parts", Heads + string.Concat(Enumerable.Range(0, Rows).Select(i => $"U-{i},Part,,component,u{i}\n")));
        Assert.Equal((0, Rows), (many.ReadyRows, many.RejectedRows));
    }

    [Fact]
    public async Task Keys_of_many_rows_are_proven_and_checks_come_back_afterwards()
    {
        await using var scope = await BuyerAsync();
        var desk = new ImportDesk(scope);
        var run = await desk.CheckAsync("parts", Heads + "KEY-1,One,,component,pcs\n");
        await desk.Service.CommitAsync(run.Id, _ct);
        const string Insert = "insert into parts (id, number, name, description, type, unit_id, is_critical, popularity, quote_count, order_count) values (app.first_id({0}), 'KEY-2', 'Two', '', 'component', {1}, false, 0, 0, 0)";
        Task WriteAsync(Guid unit) => scope.Get<Database>().WriteAsync(
            async (db, ct) =>
            {
                await db.Database.ExecuteSqlAsync($"select set_config('app.import_run', {run.Id.ToString()}, true), app.begin_load('parts', 10)", ct);
                await db.Database.ExecuteSqlRawAsync(Insert, [run.Id, unit], ct);
                await db.Database.ExecuteSqlAsync($"select app.prove_keys('parts', app.first_id({run.Id}), app.last_id({run.Id}))", ct);
                await db.Database.ExecuteSqlAsync($"select app.end_load('parts'), set_config('app.import_run', '', true)", ct);
                // From here on each row is checked again.
                await db.Database.ExecuteSqlAsync($"update parts set unit_id = {Guid.CreateVersion7()} where number = 'KEY-2'", ct);
            }, _ct);
        var nowhere = await Assert.ThrowsAnyAsync<Exception>(() => WriteAsync(Guid.CreateVersion7()));
        Assert.Contains("fk_parts_units_unit_id", nowhere.ToString(), StringComparison.Ordinal);
        var unit = await database.ScalarAsync<Guid>("select id from units where code = 'pcs'");
        var later = await Assert.ThrowsAnyAsync<Exception>(() => WriteAsync(unit));
        Assert.Contains("fk_parts_units_unit_id", later.ToString(), StringComparison.Ordinal);
        Assert.Equal(0L, await database.ScalarAsync<long>("select count(*) from parts where number like 'KEY-%'"));
    }

    [Theory]
    [InlineData("select app.begin_load('parts', 10)")]
    [InlineData("select app.end_load('parts')")]
    public async Task Checks_are_laid_aside_for_nobody_but_a_running_import(string sql)
    {
        await using var scope = await BuyerAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => scope.Get<Database>().WriteAsync((db, ct) => db.Database.ExecuteSqlRawAsync(sql, ct), _ct));
    }

    private static string Generated(int rows) => Heads + string.Concat(Enumerable.Range(0, rows).Select(i => $"L-{i:00000},Hex bolt {i},Zinc plated,component,{(i % 2 == 0 ? "pcs" : "kg")}\n"));

    private async Task FoundAsync(PartQueries parts, string number, params string[] typed)
    {
        foreach (var text in typed)
        {
            Assert.Contains(await parts.FindAsync(text, 10, _ct), p => p.Number == number);
        }
    }

    private Task<string> IndexesAsync() => database.ScalarAsync<string>(
        "select string_agg(pg_get_indexdef(indexrelid) || ' ' || indisvalid, e'\n' order by pg_get_indexdef(indexrelid)) from pg_index where indrelid = 'parts'::regclass");

    private async Task<TestScope> BuyerAsync()
    {
        var scope = await database.AsAsync(Role.Buyer);
        if (await database.ScalarAsync<long>("select count(*) from units where code = 'pcs'") == 0)
        {
            await new ImportDesk(scope).ImportAsync("units", "Code,Name,Dimension,Factor\npcs,Pieces,count,1\nkg,Kilogram,mass,1\n");
        }

        return scope;
    }
}
