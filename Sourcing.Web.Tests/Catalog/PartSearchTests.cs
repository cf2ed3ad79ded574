using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Catalog;
using Sourcing.Data.Common;
using Sourcing.Data.Common.Lists;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Catalog;

public sealed class PartSearchTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("6204-2rs")]
    [InlineData("6204 2RS")]
    [InlineData("62042rs")]
    [InlineData("6204.2RS")]
    public async Task A_number_is_found_however_it_is_typed_and_so_is_a_cross_reference(string typed)
    {
        await using var scope = await database.AsAsync(Role.Buyer);
        await FillAsync(scope);
        var found = await scope.Get<PartQueries>().FindAsync(typed, 10, _ct);
        Assert.Equal("6204-2RS", found[0].Number);
        Assert.Contains(found, p => p.Number == "BRG-1");
        Assert.Contains(found, p => p.Number == "6204-2RSH-C3");
        Assert.True(found.ToList().FindIndex(p => p.Number == "BRG-1") < found.ToList().FindIndex(p => p.Number == "6204-2RSH-C3"), "An exact cross-reference goes before a longer number.");
    }

    [Fact]
    public async Task Words_beginnings_accents_and_slips_find_their_part()
    {
        await using var scope = await database.AsAsync(Role.Buyer);
        await FillAsync(scope);
        var queries = scope.Get<PartQueries>();
        Assert.Contains(await queries.FindAsync("yarn comb", 10, _ct), p => p.Number == "MAT-7");
        Assert.Contains(await queries.FindAsync("creme", 10, _ct), p => p.Number == "MAT-7");
        Assert.Contains(await queries.FindAsync("elastene", 10, _ct), p => p.Number == "MAT-8");
        Assert.Contains(await queries.FindAsync("knitting of fine gauge", 10, _ct), p => p.Number == "MAT-7");
        Assert.Empty(await queries.FindAsync("!!! ' ; --", 10, _ct));
        Assert.Empty(await queries.FindAsync("zzqqxx", 10, _ct));
    }

    [Fact]
    public async Task A_suppliers_number_finds_the_part_for_a_buyer_and_not_for_sales()
    {
        await using var buyer = await database.AsAsync(Role.Buyer);
        await FillAsync(buyer);
        Assert.Contains(await buyer.Get<PartQueries>().FindAsync("orv 99/4711", 10, _ct), p => p.Number == "MAT-8");
        await using var sales = await database.AsAsync(Role.SalesRep);
        Assert.DoesNotContain(await sales.Get<PartQueries>().FindAsync("orv 99/4711", 10, _ct), p => p.Number == "MAT-8");
        Assert.Equal("6204-2RS", (await sales.Get<PartQueries>().FindAsync("62042rs", 10, _ct))[0].Number);
    }

    [Fact]
    public async Task The_list_ranks_hits_and_filters_them()
    {
        await using var scope = await database.AsAsync(Role.Buyer);
        await FillAsync(scope);
        var list = scope.Get<PartList>();
        var page = await list.PageAsync(new() { Search = "62042rs" }, _ct);
        Assert.Equal("6204-2RS", page.Rows[0].Number);
        Assert.Empty((await list.PageAsync(new ListRequest { Search = "62042rs" }.With("type", "service"), _ct)).Rows);
        Assert.Equal(page.Rows.Count, (await list.PageAsync(new ListRequest { Search = "62042rs", Sort = "name" }, _ct)).Rows.Count);
    }

    [Fact]
    public async Task A_page_of_the_list_is_a_few_statements_whatever_its_size()
    {
        await using var scope = await database.AsAsync(Role.Buyer);
        await FillAsync(scope);
        database.Queries.Reset();
        var page = await scope.Get<PartList>().PageAsync(new() { Size = 200 }, _ct);
        Assert.True(page.Rows.Count > 4);
        Assert.Equal(2, database.Queries.Count);
        var priced = page.Rows.Single(r => r.Number == "MAT-8");
        Assert.Equal((11.84m, "EUR", 1), (priced.LastPrice, priced.Prices.Currency, priced.Suppliers));
    }

    [Fact]
    public async Task Sales_sees_the_list_without_prices()
    {
        await using var buyer = await database.AsAsync(Role.Buyer);
        await FillAsync(buyer);
        await using var sales = await database.AsAsync(Role.SalesRep);
        var list = sales.Get<PartList>();
        Assert.DoesNotContain(list.Shape.Fields, f => f.Key is "lastPrice" or "toMedian" or "suppliers");
        Assert.All((await list.PageAsync(new(), _ct)).Rows, r => Assert.Null(r.LastPrice));
    }

    [Fact]
    public async Task Search_and_look_up_read_indexes_alone()
    {
        await using var scope = await database.AsAsync(Role.Buyer);
        await FillAsync(scope);
        await database.SqlAsync(
            """
            insert into parts (id, number, name, description, type, unit_id, is_critical, popularity, quote_count, order_count)
            select gen_random_uuid(), 'N' || n, 'Thing ' || md5(n::text) || ' of steel', '', 'component', (select id from units limit 1), false, 0, 0, 0
            from generate_series(1, 30000) n
            """);
        await database.SqlAsync("analyze parts");
        var readThrough = await scope.Get<Database>().ReadAsync(
            async (db, ct) =>
            {
                foreach (var typed in new[] { "N15000", "thing steel", "steel", "62042rs", "thinng" })
                {
                    Assert.NotEmpty(await db.Database.SqlQuery<Guid>($"select id as \"Value\" from app.search_parts({typed}, 200)").ToListAsync(ct));
                }

                return await db.Database.SqlQuery<long>(
                    $"select coalesce(sum(seq_tup_read), 0)::bigint as \"Value\" from pg_stat_xact_user_tables where relname in ('parts', 'part_cross_references')").SingleAsync(ct);
            }, _ct);
        Assert.Equal(0, readThrough);
        Assert.Equal("N15000", (await scope.Get<PartQueries>().ByNumberAsync("n-15000", _ct))!.Number);
        var plan = await database.ScalarAsync<string>("explain (format json) select id from parts where app.compact(number) collate \"C\" = app.compact('n-15000')");
        Assert.DoesNotContain("Seq Scan", plan, StringComparison.Ordinal);
        await database.SqlAsync("delete from parts where number ~ '^N[0-9]+$'");
    }

    private async Task FillAsync(TestScope scope)
    {
        if (await database.ScalarAsync<long>("select count(*) from parts where number = '6204-2RS'") > 0)
        {
            return;
        }

        var pcs = await scope.UnitAsync("pcs");
        var kg = await scope.UnitAsync("kg", Dimension.Mass);
        await scope.PartAsync(pcs, "6204-2RS");
        await scope.PartAsync(pcs, "6204-2RSH-C3", "Deep groove ball bearing, clearance C3");
        await scope.PartAsync(pcs, "BRG-1", "Bearing", f => f.CrossReferences.Add(new() { Kind = CrossReferenceKind.Manufacturer, PartyName = "Kugelwerk", Number = "6204 2rs" }));
        await scope.PartAsync(kg, "MAT-7", "Combed cotton yarn Ne 24/1, crème", f => f.Description = "For knitting of fine gauge");
        var elastane = await scope.PartAsync(kg, "MAT-8", "Elastane covered yarn");
        await scope.PriceAsync(await scope.SupplierAsync(), elastane, 11.84m, f => f.SupplierPartNumber = "ORV-99-4711");
    }
}
