using Sourcing.Data.Common;
using Sourcing.Data.Suppliers.Scorecards;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Suppliers.Scorecards;

/// <summary>The figures of generated orders, held against SQL that knows nothing of the app's functions.</summary>
public sealed class ScorecardFiguresTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    // Line by line with subqueries; the recomputation joins and sums.
    private const string Independent =
        """
        with lines as (
            select o.supplier_id, date_trunc('month', l.promised_date)::date as month, l.quantity, l.promised_date as due,
                (select coalesce(sum(r.quantity), 0) from receipts r where r.order_line_id = l.id and r.deleted_at is null and (r.received_at at time zone 'utc')::date <= l.promised_date) as in_time,
                (select coalesce(sum(r.quantity), 0) from receipts r where r.order_line_id = l.id and r.deleted_at is null) as came,
                (select min(d.day) from (select distinct (r.received_at at time zone 'utc')::date as day from receipts r where r.order_line_id = l.id and r.deleted_at is null) d
                    where (select sum(x.quantity) from receipts x where x.order_line_id = l.id and x.deleted_at is null and (x.received_at at time zone 'utc')::date <= d.day) >= l.quantity) as done
            from order_lines l join orders o on o.id = l.order_id
            where o.status <> 'cancelled' and o.deleted_at is null and l.promised_date < date_trunc('month', now() at time zone 'utc')::date
        )
        select supplier_id, month, 'otif' as kpi, round(sum(least(in_time, quantity)) / sum(quantity), 6) as value, count(*)::int as events from lines group by 1, 2
        union all
        select supplier_id, month, 'fill_rate', round(sum(least(came, quantity)) / sum(quantity), 6), count(*)::int from lines group by 1, 2
        union all
        select supplier_id, month, 'on_time_lines', round(avg((in_time >= quantity)::int), 6), count(*)::int from lines group by 1, 2
        union all
        select supplier_id, month, 'median_delay', round((select avg(m.days) from (
                select coalesce(x.done, (now() at time zone 'utc')::date) - x.due as days, row_number() over (order by coalesce(x.done, (now() at time zone 'utc')::date) - x.due) as place, count(*) over () as n
                from lines x where x.supplier_id = l.supplier_id and x.month = l.month and x.in_time < x.quantity) m where m.place in ((m.n + 1) / 2, m.n / 2 + 1)), 6), count(*)::int
        from lines l where in_time < quantity group by 1, 2
        union all
        select o.supplier_id, date_trunc('month', r.received_at at time zone 'utc')::date, 'quality_ppm', round(1000000 * sum(r.rejected_quantity) / sum(r.quantity + r.rejected_quantity), 6), count(*)::int
        from receipts r join orders o on o.id = r.order_id
        where r.deleted_at is null and r.received_at < date_trunc('month', now() at time zone 'utc') at time zone 'utc' group by 1, 2
        """;

    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_figure_of_generated_orders_is_what_independent_SQL_says()
    {
        var random = new Random(20261129);
        var last = await Make.LastMonthAsync(database);
        var generated = new HashSet<Guid>();
        for (var s = 0; s < 5; s++)
        {
            var supplier = await Make.BareSupplierAsync(database, $"Generated {s}");
            generated.Add(supplier);
            for (var o = 0; o < 14; o++)
            {
                var lines = Enumerable.Range(0, random.Next(1, 5)).Select(_ => Delivery(random, last)).ToArray();
                await Make.DeliveriesAsync(database, supplier, o % 7 == 6 && lines.All(l => l.Came.Length == 0), lines);
            }
        }

        await Make.ActiveTemplateAsync(database);
        var expected = (await ReadAsync(Independent)).Where(e => generated.Contains(e.Key.Item1)).ToDictionary();
        var kept = (await ReadAsync("select supplier_id, period_start, kpi, value, events from supplier_kpis where period = 'month' and kpi in ('otif', 'fill_rate', 'on_time_lines', 'median_delay', 'quality_ppm')"))
            .Where(e => generated.Contains(e.Key.Item1)).ToDictionary();
        Assert.True(expected.Count > 100, $"Only {expected.Count} figures: the test tells too little.");
        Assert.Equal(expected.OrderBy(e => e.Key.ToString(), StringComparer.Ordinal), kept.OrderBy(e => e.Key.ToString(), StringComparer.Ordinal));
        // What the drill-down shows adds up to the figure.
        await using var scope = await database.AsAsync(Role.ReadOnly);
        foreach (var ((supplier, month, kpi), (value, events)) in expected.Where(e => e.Key.Item3 == "otif").Take(20))
        {
            var shown = await scope.Get<ScorecardQueries>().EventsAsync(supplier, kpi, month, month.AddMonths(1), _ct);
            Assert.Equal(events, shown.Events.Count);
            Assert.Equal(value, Math.Round(shown.Events.Sum(e => e.Top!.Value) / shown.Events.Sum(e => e.Bottom!.Value), 6, MidpointRounding.AwayFromZero));
        }
    }

    [Fact]
    public async Task A_second_recomputation_changes_nothing_and_what_is_gone_goes()
    {
        var due = await Make.LastMonthAsync(database);
        var supplier = await Make.BareSupplierAsync(database, "Twice");
        var order = await Make.DeliveriesAsync(database, supplier, false, new MadeDelivery(100, due, (100, 0, 0)));
        await using var scope = await database.AsAsync(Role.Buyer);
        await Make.ActiveTemplateAsync(database);
        var again = await scope.Get<ScorecardService>().RecomputeAsync(null, _ct);
        Assert.Equal((0, 0), (again.Scorecards, again.Kpis));
        Assert.Equal(100m, await database.ScalarAsync<decimal>("select standing_score from suppliers where id = $1", supplier));
        await database.SqlAsync("update orders set status = 'cancelled', cancel_reason = 'Wrong' where id = $1", order);
        await scope.Get<ScorecardService>().RecomputeAsync(null, _ct);
        Assert.Equal(0, await database.ScalarAsync<long>("select count(*) from supplier_scorecards where supplier_id = $1", supplier));
        Assert.Equal(0, await database.ScalarAsync<long>("select count(*) from supplier_kpis where supplier_id = $1 and kpi = 'otif'", supplier));
        Assert.Equal(0, await database.ScalarAsync<long>("select count(standing) from suppliers where id = $1", supplier));
    }

    [Fact]
    public async Task Answers_and_wins_follow_from_invitations_and_quotes()
    {
        var rfq = await Make.OpenRfqAsync(database, suppliers: 3, lines: 1);
        await Make.SubmittedQuoteAsync(database, rfq, 0, 4);
        await Make.SubmittedQuoteAsync(database, rfq, 1, 5);
        await database.SqlAsync("update rfqs set status = 'evaluating', closed_at = now() where id = $1", rfq.Id);
        await database.SqlAsync("update quotes set status = case when supplier_id = $2 then 'awarded' else 'rejected' end where rfq_id = $1", rfq.Id, rfq.Suppliers[0]);
        await using var scope = await database.AsAsync(Role.Buyer);
        await scope.Get<ScorecardService>().RecomputeAsync(null, _ct);
        async Task<string> RatesAsync(int i) => await database.ScalarAsync<string>("select concat_ws(' ', response_rate, coalesce(win_rate::text, '-')) from suppliers where id = $1", rfq.Suppliers[i]);
        Assert.Equal(["1.0000 1.0000", "1.0000 0.0000", "0.0000 -"], [await RatesAsync(0), await RatesAsync(1), await RatesAsync(2)]);
        var today = DateOnly.FromDateTime(await database.ScalarAsync<DateTime>("select now() at time zone 'utc'"));
        var index = await scope.Get<ScorecardQueries>().EventsAsync(rfq.Suppliers[1], "price_index", today, today.AddDays(1), _ct);
        Assert.Equal(0.8m, index.Figure.Value);
        Assert.Equal(rfq.Number, Assert.Single(index.Events).Document);
    }

    [Fact]
    public async Task Sealed_prices_are_in_no_figure_before_they_are_opened()
    {
        var rfq = await Make.OpenRfqAsync(database, suppliers: 2, lines: 1);
        await Make.SubmittedQuoteAsync(database, rfq, 0, 4);
        await Make.SubmittedQuoteAsync(database, rfq, 1, 5);
        await database.SqlAsync("update rfqs set sealed = true, status = 'closed', closed_at = now() where id = $1", rfq.Id);
        await using var scope = await database.AsAsync(Role.Buyer);
        var today = DateOnly.FromDateTime(await database.ScalarAsync<DateTime>("select now() at time zone 'utc'"));
        foreach (var kpi in new[] { "price_index", "price_to_median" })
        {
            Assert.Empty((await scope.Get<ScorecardQueries>().EventsAsync(rfq.Suppliers[1], kpi, today, today.AddDays(1), _ct)).Events);
        }
    }

    private static MadeDelivery Delivery(Random random, DateOnly last)
    {
        var due = last.AddDays(-random.Next(0, 400));
        decimal ordered = random.Next(1, 40) * 25;
        return random.Next(7) switch
        {
            0 => new(ordered, due),
            1 => new(ordered, due, (ordered, 0, 0)),
            2 => new(ordered, due, (ordered, 0, random.Next(1, 20))),
            3 => new(ordered, due, (ordered * 0.6m, 0, -2), (ordered * 0.4m, 0, random.Next(1, 20))),
            4 => new(ordered, due, (ordered * 0.4m, 0, -1)),
            5 => new(ordered, due, (ordered - 5, 5, -3), (5, 0, random.Next(0, 5))),
            _ => new(ordered, due, (ordered * 1.04m, 0, -1)),
        };
    }

    private async Task<Dictionary<(Guid, DateOnly, string), (decimal?, int)>> ReadAsync(string sql)
    {
        await using var command = database.Sources.Migrator.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(_ct);
        var rows = new Dictionary<(Guid, DateOnly, string), (decimal?, int)>();
        while (await reader.ReadAsync(_ct))
        {
            rows.Add((reader.GetGuid(0), reader.GetFieldValue<DateOnly>(1), reader.GetString(2)), (await reader.IsDBNullAsync(3, _ct) ? null : reader.GetDecimal(3), reader.GetInt32(4)));
        }

        return rows;
    }
}
