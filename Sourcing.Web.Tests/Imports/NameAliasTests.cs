using Sourcing.Data.Common;
using Sourcing.Data.Imports;
using Sourcing.Web.Tests.Imports.Planning;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Imports;

/// <summary>Other names: answered once in a check, known by every kind of import after it, seen and removed on their page.</summary>
public sealed class NameAliasTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private const string Prices = "Part number,Supplier,Unit price,Currency\n";
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_name_answered_in_one_list_is_known_in_every_other_and_asked_again_once_removed()
    {
        await using var plan = await PlanDesk.OpenAsync(database);
        await using var admin = await database.AsAsync(Role.Admin);
        var desk = new ImportDesk(admin);
        var run = await plan.Desk.CheckAsync("stock", "Part number,On hand\nYARN TWENTY,5\nyarn  twenty,5\n");
        await plan.Desk.Service.MendAsync(run.Id, [new(2, "part", "19020")], _ct);
        var list = plan.Scope.Get<NameAliasService>();
        Assert.Equal("part YARN TWENTY 19020 Part 19020", string.Join("\n", (await list.ListAsync("", _ct)).Select(n => $"{n.Kind} {n.Alias} {n.Target}")));

        // Another kind, and one that was there before.
        var forecasts = await plan.Desk.CheckAsync("forecasts", "sku_id,forecast_qty,forecast_date,source\nYarn Twenty,5,2026-01-05,manual\n");
        Assert.Equal(1, forecasts.ReadyRows);
        var prices = await desk.CheckAsync("supplier_prices", Prices + "yarn twenty,Kesmirra GmbH,1,EUR\nYARN TWENTY,KESMIRRA GMBH,2,EUR\n");
        Assert.Contains("No supplier with this code or name", await desk.WrongAsync(prices.Id, 2), StringComparison.Ordinal);
        await desk.Service.MendAlikeAsync(prices.Id, "supplier", "Kesmirra GmbH", "Kesmira", _ct);
        // Both spellings are one name: now only the repeated row is at fault.
        Assert.Contains("Same part, supplier and quantity as row 2", await desk.WrongAsync(prices.Id, 3), StringComparison.Ordinal);
        Assert.Equal(1, (await desk.CommitAsync(prices.Id)).Counts.Single(c => c.Table == "supplier_parts").New);
        Assert.Equal("KES 19020", await database.ScalarAsync<string>("select s.code || ' ' || p.number from supplier_parts t join suppliers s on s.id = t.supplier_id join parts p on p.id = t.part_id where t.deleted_at is null"));

        Assert.Equal("Kesmirra GmbH", (await list.ListAsync("gmbh", _ct)).Single().Alias);
        Assert.Equal(2, (await list.ListAsync("kesmira", _ct)).Count + (await list.ListAsync("19020", _ct)).Count);
        await list.RemoveAsync((await list.ListAsync("twenty", _ct)).Single().Id, _ct);
        Assert.Equal(0, (await plan.Desk.CheckAsync("forecasts", "sku_id,forecast_qty,forecast_date,source\nYarn Twenty,5,2026-01-05,manual\n")).ReadyRows);
    }

    [Fact]
    public async Task A_known_name_or_a_wrong_answer_teaches_nothing_and_a_new_answer_replaces_the_old()
    {
        await using var plan = await PlanDesk.OpenAsync(database);
        var list = plan.Scope.Get<NameAliasService>();
        var run = await plan.Desk.CheckAsync("stock", "Part number,On hand\n19021,5\nSLUB,1\n");
        await plan.Desk.Service.MendAsync(run.Id, [new(2, "part", "19022"), new(3, "part", "nobody knows")], _ct);
        Assert.Empty(await list.ListAsync("slub", _ct));
        Assert.Empty(await list.ListAsync("19021", _ct));
        await plan.Desk.Service.MendAlikeAsync((await plan.Desk.CheckAsync("stock", "Part number,On hand\nSLUB,1\n")).Id, "part", "SLUB", "19021", _ct);
        await plan.Desk.Service.MendAsync((await plan.Desk.CheckAsync("stock", "Part number,On hand\nSlub,1\n")).Id, [new(2, "part", "19022")], _ct);
        Assert.Equal("Slub 19022 Part 19022", string.Join("\n", (await list.ListAsync("slub", _ct)).Select(n => $"{n.Alias} {n.Target}")));
    }

    [Theory]
    [InlineData(Role.ReadOnly)]
    [InlineData(Role.SalesRep)]
    public async Task Only_those_who_import_see_and_remove_names(Role role)
    {
        await using var scope = await database.AsAsync(role);
        await Assert.ThrowsAsync<DeniedException>(() => scope.Get<NameAliasService>().ListAsync("", _ct));
        await Assert.ThrowsAsync<DeniedException>(() => scope.Get<NameAliasService>().RemoveAsync(Guid.CreateVersion7(), _ct));
    }
}
