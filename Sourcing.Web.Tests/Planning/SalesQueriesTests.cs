using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Data.Planning;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Planning;

/// <summary>Sales of 2024, so that no day of them is near today.</summary>
public sealed class SalesQueriesTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly DateOnly March = new(2024, 3, 1), May = new(2024, 5, 31);

    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sales_are_summed_by_month_region_segment_part_and_customer_in_the_base_currency()
    {
        var (jersey, pique) = await SellAsync();
        await using var reader = await database.AsAsync(Role.ReadOnly);
        var all = await reader.Get<SalesQueries>().OverviewAsync(new(March, May), _ct);
        // March: 10 · 2 = 20 and USD 50 at 1.25 = 40. April: −3 · 2 = −6, and one without a price. May: 20 · 3 = 60.
        Assert.Equal([("Mar 2024", 60m, 2), ("Apr 2024", -6m, 2), ("May 2024", 60m, 1)], all.Steps.Select(s => (s.Text, s.Value!.Value, s.Sales)));
        Assert.Equal((114m, 5, 1, null), (all.Total.Value!.Value, all.Total.Sales, all.Unpriced, all.Unit));
        // North: 20 − 6 + 60 = 74; South: 40.
        Assert.Equal([("North", 74m), ("South", 40m), ("Not known", null)], all.Regions.Select(r => (r.Text, r.Value)));
        Assert.Equal([("Retail", 74m), ("Workwear", 40m)], all.Segments.Take(2).Select(r => (r.Text, r.Value!.Value)));
        Assert.Equal([(jersey.Id.ToString(), 60m), (pique.Id.ToString(), 54m)], all.Parts.OrderByDescending(p => p.Value).Select(p => (p.Key, p.Value!.Value)));
        Assert.Equal([("Brinwell", 74m), ("Kestrel", 40m)], all.Customers.Take(2).Select(r => (r.Text, r.Value!.Value)));
    }

    [Fact]
    public async Task Filters_narrow_every_sum_and_one_part_has_a_quantity()
    {
        var (jersey, pique) = await SellAsync();
        await using var reader = await database.AsAsync(Role.ReadOnly);
        var queries = reader.Get<SalesQueries>();
        var one = await queries.OverviewAsync(new(March, May, SalesStep.Week, PartId: pique.Id, Region: "North"), _ct);
        Assert.Equal((pique.Number, "kg", 17m, 54m), (one.PartNumber, one.Unit, one.Total.Quantity, one.Total.Value!.Value));
        // From the Monday before 1 March, 26 February, to the week of 31 May: 14 weeks; only two with sales.
        Assert.Equal((14, 2), (one.Steps.Count, one.Steps.Count(s => s.Sales > 0)));
        Assert.Equal(["W18 2024", "W15 2024"], one.Steps.Where(s => s.Sales > 0).OrderByDescending(s => s.Value).Select(s => s.Text));
        Assert.Equal(40m, (await queries.OverviewAsync(new(March, May, Segment: "Workwear"), _ct)).Total.Value);
        Assert.Equal(0, (await queries.OverviewAsync(new(March, May, Customer: "Nobody"), _ct)).Total.Sales);
        Assert.Equal(2, (await queries.OverviewAsync(new(March, new(2024, 3, 31), PartId: jersey.Id), _ct)).Total.Sales);
        Assert.Equal("To", (await Assert.ThrowsAsync<RefusedException>(() => queries.OverviewAsync(new(May, March), _ct))).Errors.Single().Field);
        Assert.Equal("From", (await Assert.ThrowsAsync<RefusedException>(() => queries.OverviewAsync(new(new(2019, 1, 1), May), _ct))).Errors.Single().Field);
        await Assert.ThrowsAsync<MissingException>(() => queries.OverviewAsync(new(March, May, PartId: Guid.CreateVersion7()), _ct));
    }

    [Fact]
    public async Task A_months_sums_read_that_months_partition_alone_by_one_statement()
    {
        await SellAsync();
        var sql = SalesQueries.Sql(new(new(2024, 4, 1), new(2024, 4, 30)));
        var arguments = sql.GetArguments();
        await using var command = database.Sources.Migrator.CreateCommand(
            "explain (costs off) " + string.Format(CultureInfo.InvariantCulture, sql.Format, [.. arguments.Select((_, i) => (object)$"${i + 1}")]));
        foreach (var argument in arguments)
        {
            command.Parameters.Add(argument is null ? new NpgsqlParameter { Value = DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Uuid } : new NpgsqlParameter { Value = argument });
        }

        var plan = new List<string>();
        await using var reader = await command.ExecuteReaderAsync(_ct);
        while (await reader.ReadAsync(_ct))
        {
            plan.Add(reader.GetString(0));
        }

        var scanned = plan.SelectMany(l => System.Text.RegularExpressions.Regex.Matches(l, @" on (sales_history\w*)").Select(m => m.Groups[1].Value)).Distinct().ToList();
        Assert.Equal(["sales_history_2024_04"], scanned);
    }

    [Fact]
    public async Task The_list_behind_the_sums_filters_by_day_part_and_region()
    {
        var (jersey, _) = await SellAsync();
        await using var reader = await database.AsAsync(Role.ReadOnly);
        var list = reader.Get<SalesList>();
        list.Offered = await reader.Get<SalesQueries>().ChoicesAsync(_ct);
        var page = await list.PageAsync(new() { Filters = new Dictionary<string, string> { ["time"] = "2024-03-01..2024-03-31", ["number"] = jersey.Number } }, _ct);
        Assert.Equal([(20m, "USD"), (10m, "EUR")], page.Rows.Select(r => (r.Quantity, r.Currency)));
        Assert.Equal([("USD", 50m), ("EUR", 20m)], page.Totals.Select(t => (t.Currency, t.Sum)));
        Assert.Single((await list.PageAsync(new() { Filters = new Dictionary<string, string> { ["time"] = "2024-03-01..2024-03-31", ["number"] = jersey.Number, ["region"] = "South" } }, _ct)).Rows);
    }

    // Each test has parts of its own, and takes the sales of the tests before it away.
    private async Task<(SoldPart Jersey, SoldPart Pique)> SellAsync()
    {
        await database.SqlAsync("delete from sales_history");
        await database.SqlAsync("select app.ensure_months('public.sales_history', date '2024-02-01', date '2024-06-30')");
        await database.SqlAsync("delete from exchange_rates");
        var (jersey, pique) = (await Make.SoldPartAsync(database), await Make.SoldPartAsync(database));
        await Make.KeepAsync(
            database, new ExchangeRate("USD", new(2024, 2, 10), 1.1m), new ExchangeRate("USD", new(2024, 3, 28), 1.25m), new ExchangeRate("USD", new(2024, 4, 1), 2m),
            Make.Sale(jersey.Id, new(2024, 3, 5), 10), Make.Sale(jersey.Id, new(2024, 3, 31), 20, 2.5m, "USD", "Kestrel", "South", "Workwear"),
            Make.Sale(pique.Id, new(2024, 4, 10), -3), Make.Sale(jersey.Id, new(2024, 4, 12), 7, null, null, "", "", ""), Make.Sale(pique.Id, new(2024, 5, 2), 20, 3));
        return (jersey, pique);
    }
}
