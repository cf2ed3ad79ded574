using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Catalog;
using Sourcing.Data.Operations;
using Sourcing.Data.Planning;
using Sourcing.Data.Planning.Cycles;
using Sourcing.Data.Planning.Engine;
using Sourcing.Data.Suppliers;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Planning.Cycles;

/// <summary>What a plan reads, and what it says about rows that it cannot use.</summary>
public sealed class LoadingTests(TestDatabase database) : IClassFixture<TestDatabase>, IAsyncLifetime
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private Mill _mill = null!;

    public async ValueTask InitializeAsync() => _mill = await Mill.BuildAsync(database);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Units_are_converted_by_the_parts_own_factor_and_a_missing_one_leaves_the_row_out()
    {
        var (thread, label) = await _mill.WriteAsync(async db =>
        {
            var thread = new Part(new PartFacts("THREAD-9", "Sewing thread", PartType.RawMaterial, _mill.Kilogram));
            var label = new Part(new PartFacts("LABEL-1", "Care label", PartType.Packaging, _mill.Piece));
            db.AddRange(thread, label);
            await db.SaveChangesAsync(Ct);
            // A roll of yarn holds 40 kg: a minimum of 20 rolls is 800 kg. Nobody says what a roll of thread or labels holds.
            await database.SqlAsync("insert into part_unit_conversions (id, part_id, unit_id, factor) values (gen_random_uuid(), $1, $2, 40)", _mill.Yarn.Id, _mill.Roll);
            await database.SqlAsync("update supplier_parts set moq_quantity = 20, moq_unit_id = $1 where part_id = $2", _mill.Roll, _mill.Yarn.Id);
            db.Add(new SupplierPart(_mill.Spinner.Id, thread.Id, new(4, "EUR") { MoqQuantity = 2, MoqUnitId = _mill.Roll, LeadTimeDays = 5 }));
            db.Add(new BomLine(_mill.Towel.Id, thread.Id, new(0.01m, _mill.Kilogram, false, 0, BomLine.Always, null)));
            db.Add(new BomLine(_mill.Towel.Id, label.Id, new(1, _mill.Roll, false, 0, BomLine.Always, null)));
            return (thread.Id, label.Id);
        });

        var cycle = await _mill.PlanAsync();

        Assert.Equal(CycleStatus.CompletedWithErrors, cycle.Row.Status);
        Assert.Equal(800, (await _mill.RecommendationsAsync(cycle.Row.Id)).Single(r => r.PartId == _mill.Yarn.Id).Quantity);
        var missing = (await _mill.IssuesAsync(cycle.Row.Id)).Where(i => i.Code == "unit_missing").ToList();
        Assert.Equal(["bom_lines", "supplier_parts"], missing.Select(i => i.Entity).Order());
        Assert.All(missing, i => Assert.Equal(PlanSeverity.Blocking, i.Severity));
        Assert.Equal(await database.ScalarAsync<Guid>("select id from supplier_parts where part_id = $1", thread), missing.Single(i => i.Entity == "supplier_parts").EntityId);
        Assert.Equal(await database.ScalarAsync<Guid>("select id from bom_lines where component_part_id = $1", label), missing.Single(i => i.Entity == "bom_lines").EntityId);
        Assert.Contains("how many kg a roll holds", missing.Single(i => i.Entity == "supplier_parts").Action, StringComparison.Ordinal);
        Assert.Contains("data-quality list", cycle.Row.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_orders_come_as_promised_and_a_stock_lists_figure_counts_only_without_them()
    {
        var line = await OrderAsync(_mill.Yarn.Id, 200, _mill.Kilogram, _mill.Monday(3));
        await database.SqlAsync("update inventory set open_po_quantity = 70 where part_id = $1", _mill.Yarn.Id);

        var cycle = await _mill.PlanAsync();

        // 500 − 120 in stock − 200 on order = 180; the stock list's 70 would count the order twice.
        Assert.Equal(180, Assert.Single(await _mill.RecommendationsAsync(cycle.Row.Id)).Quantity);
        Assert.Equal("inventory", (await _mill.IssuesAsync(cycle.Row.Id)).Single(i => i.Code == IssueCodes.OnOrderIgnored).Entity);

        await database.SqlAsync("update order_lines set received_quantity = 200 where id = $1", line);
        await database.SqlAsync("update inventory set po_expected_date = $2 where part_id = $1", _mill.Yarn.Id, _mill.Monday(2));
        var next = await _mill.PlanAsync();
        // Without an open line they count: 500 − 120 − 70 = 310.
        Assert.Equal(310, Assert.Single(await _mill.RecommendationsAsync(next.Row.Id)).Quantity);
        Assert.DoesNotContain(await _mill.IssuesAsync(next.Row.Id), i => i.Code == IssueCodes.OnOrderIgnored);
    }

    [Fact]
    public async Task Days_that_are_missing_or_past_are_supposed_and_reported()
    {
        var line = await OrderAsync(_mill.Yarn.Id, 10, _mill.Kilogram, null);
        await database.SqlAsync("update inventory set open_po_quantity = 5 where part_id = $1", _mill.Yarn.Id);
        await _mill.WriteAsync(db =>
        {
            db.Add(new SalesOrderLine("SO-1", 1, _mill.Towel.Id, new("Hotel Aurora", 5, 0, null, SalesOrderStatus.Open)));
            db.Add(new SalesOrderLine("SO-1", 2, _mill.Towel.Id, new("Hotel Aurora", 5, 0, _mill.Today.AddDays(-9), SalesOrderStatus.OnHold)));
            db.Add(new SalesOrderLine("SO-1", 3, _mill.Towel.Id, new("Hotel Aurora", 5, 5, null, SalesOrderStatus.Open)));
            db.Add(new Reservation(_mill.Yarn.Id, 3, _mill.Today.AddDays(-3), "Sampling", null));
            db.Add(new Forecast(_mill.Towel.Id, ForecastSource.Projection, _mill.Monday(-9), ForecastPeriod.Week, 40));
            return Task.FromResult(true);
        });

        var cycle = await _mill.PlanAsync();

        var issues = await _mill.IssuesAsync(cycle.Row.Id);
        Assert.Equal(["order_lines", "sales_order_lines"], issues.Where(i => i.Code == IssueCodes.DateMissing).Select(i => i.Entity).Order());
        Assert.Contains(issues, i => i.Code == IssueCodes.DateMissing && i.EntityId == line && i.Text.Contains("lead time of 21 days", StringComparison.Ordinal));
        Assert.Equal(["reservations", "sales_order_lines"], issues.Where(i => i.Code == IssueCodes.DatePast).Select(i => i.Entity).Order());
        Assert.Contains(issues, i => i.Code == IssueCodes.ForecastStale && i.Entity == "forecasts" && i.PartId == _mill.Towel.Id);
        Assert.All(issues, i => Assert.NotEmpty(i.Action));
        Assert.Equal(CycleStatus.Completed, cycle.Row.Status);
    }

    [Fact]
    public async Task Prices_in_other_currencies_are_converted_and_one_without_a_rate_is_left_out()
    {
        await _mill.WriteAsync(db =>
        {
            var (dear, foreign) = (new Supplier(new SupplierFacts("DEAR", "Dear Mills", "USD")), new Supplier(new SupplierFacts("YUAN", "Far Mills", "CNY")));
            db.AddRange(dear, foreign, new ExchangeRate("USD", _mill.Today.AddDays(-2), 1.25m));
            // 2.50 USD are 2.00 EUR at 1.25 USD for one EUR: cheaper than the spinner's 2.50 EUR.
            db.Add(new SupplierPart(dear.Id, _mill.Yarn.Id, new(2.5m, "USD") { LeadTimeDays = 14, ReliabilityScore = 0.9m }));
            db.Add(new SupplierPart(foreign.Id, _mill.Yarn.Id, new(1, "CNY") { LeadTimeDays = 14, ReliabilityScore = 0.9m }));
            return Task.FromResult(true);
        });

        var cycle = await _mill.PlanAsync();

        var proposal = Assert.Single(await _mill.RecommendationsAsync(cycle.Row.Id));
        Assert.Equal((2m, 760m), (proposal.UnitCost, proposal.TotalCost));
        var issue = (await _mill.IssuesAsync(cycle.Row.Id)).Single(i => i.Code == IssueCodes.RateMissing);
        Assert.Equal(("supplier_parts", PlanSeverity.Blocking), (issue.Entity, issue.Severity));
        Assert.Contains("CNY", issue.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Faulty_data_is_listed_with_its_row_and_the_rest_is_planned()
    {
        var (a, b, robe) = await _mill.WriteAsync(async db =>
        {
            var (a, b) = (new Part(new PartFacts("LOOP-A", "Goes into B", PartType.Component, _mill.Piece)), new Part(new PartFacts("LOOP-B", "Goes into A", PartType.Component, _mill.Piece)));
            var (robe, gone) = (new Part(new PartFacts("ROBE-1", "Bath robe", PartType.FinishedGood, _mill.Kilogram)), new Part(new PartFacts("OLD-1", "Old trim", PartType.Component, _mill.Piece)));
            var free = new Part(new PartFacts("FREE-1", "Without a price", PartType.Component, _mill.Piece));
            db.AddRange(a, b, robe, gone, free);
            await db.SaveChangesAsync(Ct);
            db.Add(new BomLine(a.Id, b.Id, new(1, _mill.Piece, false, 0, BomLine.Always, null)));
            db.Add(new BomLine(b.Id, a.Id, new(1, _mill.Piece, false, 0, BomLine.Always, null)));
            db.Add(new BomLine(robe.Id, _mill.Yarn.Id, new(0.7m, null, true, 0, BomLine.Always, null)));
            db.Add(new BomLine(robe.Id, gone.Id, new(1, _mill.Piece, false, 0, BomLine.Always, null)));
            db.Add(new BomLine(robe.Id, free.Id, new(1, _mill.Piece, false, 0, BomLine.Always, null)));
            db.Add(new SupplierPart(_mill.Spinner.Id, free.Id, new(0, "EUR") { LeadTimeDays = 3 }));
            db.Add(new Forecast(robe.Id, ForecastSource.Manual, _mill.Monday(6), ForecastPeriod.Week, 100));
            db.Add(new Forecast(a.Id, ForecastSource.Manual, _mill.Monday(6), ForecastPeriod.Week, 1));
            Mill.Stock(db, robe.Id, -5);
            return (a.Id, b.Id, robe.Id);
        });
        await database.SqlAsync("update parts set deleted_at = now() where number = 'OLD-1'");

        var cycle = await _mill.PlanAsync();

        Assert.Equal(CycleStatus.CompletedWithErrors, cycle.Row.Status);
        var issues = await _mill.IssuesAsync(cycle.Row.Id);
        var codes = issues.Select(i => i.Code).ToHashSet();
        Assert.Superset(new HashSet<string> { "bom_cycle", "bom_incomplete", "negative_stock", "price_missing", IssueCodes.PartDeleted }, codes);
        Assert.Equal("supplier_parts", issues.First(i => i.Code == "price_missing").Entity);
        Assert.Equal("bom_lines", issues.First(i => i.Code == IssueCodes.PartDeleted).Entity);
        Assert.Contains(issues, i => i.Code == "negative_stock" && i.PartId == robe);
        Assert.Contains(issues, i => i.Code == "bom_cycle" && (i.PartId == a || i.PartId == b || i.PartId is null));
        // The towels' yarn and that of the robes are proposed all the same.
        Assert.Contains(await _mill.RecommendationsAsync(cycle.Row.Id), r => r.PartId == _mill.Yarn.Id);
        await using var scope = database.As(_mill.Planner);
        var page = await scope.Get<CycleQueries>().IssuesAsync(cycle.Row.Id, new(Take: 1), Ct);
        Assert.Equal((issues.Count, PlanSeverity.Blocking), (page.Total, Assert.Single(page.Rows).Severity));
        Assert.Equal(issues.Count, page.Counts.Sum(c => c.Count));
        var one = Assert.Single((await scope.Get<CycleQueries>().IssuesAsync(cycle.Row.Id, new(Code: IssueCodes.PartDeleted), Ct)).Rows);
        Assert.Contains("OLD-1", one.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Blocked_and_inactive_suppliers_are_not_ordered_from()
    {
        await _mill.WriteAsync(async db =>
        {
            (await db.Suppliers.SingleAsync(s => s.Id == _mill.Spinner.Id, Ct)).Block(SupplierBlock.Order, "Claims", await db.NowAsync(Ct));
            return true;
        });

        var cycle = await _mill.PlanAsync();

        var proposal = Assert.Single(await _mill.RecommendationsAsync(cycle.Row.Id));
        Assert.Null(proposal.SupplierId);
        Assert.Contains("no_supplier", proposal.RiskCodes);
        Assert.Contains(await _mill.IssuesAsync(cycle.Row.Id), i => i.Code == "no_supplier" && i.PartId == _mill.Yarn.Id);
    }

    [Fact]
    public async Task A_contract_has_left_what_is_neither_ordered_nor_accepted()
    {
        await database.SqlAsync("update supplier_parts set contract_quantity_limit = 500 where part_id = $1", _mill.Yarn.Id);
        await OrderAsync(_mill.Yarn.Id, 100, _mill.Kilogram, _mill.Monday(3));
        await using var scope = database.As(_mill.Planner);

        var loaded = await _mill.ReadAsync(db => PlanLoader.LoadAsync(db, _mill.Today, Ct));

        var offer = Assert.Single(loaded.Input.Offers);
        Assert.Equal((500m, 400m), (offer.ContractLimit!.Value, offer.ContractRemaining!.Value));
        Assert.Equal((50m, 10m, 21), (offer.Moq, offer.OrderMultiple, offer.LeadTimeDays));
    }

    [Fact]
    public async Task A_contract_counts_what_came_of_orders_placed_while_its_terms_hold()
    {
        await database.SqlAsync("update supplier_parts set contract_quantity_limit = 500, valid_from = $2 where part_id = $1", _mill.Yarn.Id, _mill.Today.AddDays(-30));
        var (received, partly, before) = (await OrderAsync(_mill.Yarn.Id, 150, _mill.Kilogram, _mill.Monday(3)), await OrderAsync(_mill.Yarn.Id, 100, _mill.Kilogram, _mill.Monday(3)),
            await OrderAsync(_mill.Yarn.Id, 90, _mill.Kilogram, _mill.Monday(3)));
        await database.SqlAsync("update order_lines set received_quantity = quantity where id = any ($1)", new[] { received, before });
        await database.SqlAsync("update order_lines set received_quantity = 40 where id = $1", partly);
        await database.SqlAsync("update orders set status = 'received', issued_at = now() where id in (select order_id from order_lines where id = $1)", received);
        await database.SqlAsync("update orders set status = 'received', issued_at = now() - interval '31 days' where id in (select order_id from order_lines where id = $1)", before);

        async Task<decimal?> LeftAsync() => Assert.Single((await _mill.ReadAsync(db => PlanLoader.LoadAsync(db, _mill.Today, Ct))).Input.Offers).ContractRemaining;
        // 500 − 150 that came − 100, of which 40 came; the 90 belong to the contract before.
        Assert.Equal(250, await LeftAsync());
        await database.SqlAsync("update supplier_parts set valid_from = null where part_id = $1", _mill.Yarn.Id);
        Assert.Equal(160, await LeftAsync());
    }

    [Fact]
    public async Task A_line_that_was_taken_out_of_its_rfq_is_not_on_its_way()
    {
        var first = await _mill.PlanAsync();
        var row = Assert.Single(await _mill.RecommendationsAsync(first.Row.Id));
        await using var scope = database.As(_mill.Planner);
        var rfq = Assert.Single((await scope.Get<RecommendationService>().ToRfqAsync(Make.Turning(new RecommendationRef(row.Id, row.Version)), Ct)).Rfqs);
        Assert.Empty(await _mill.RecommendationsAsync((await _mill.PlanAsync()).Row.Id));

        // The buyer writes another line in its place.
        await using var buyer = await database.AsAsync(Data.Common.Role.Admin);
        var form = (await buyer.Get<Sourcing.Data.Rfqs.RfqQueries>().FormAsync(rfq.Id, Ct))!;
        form.Lines.Clear();
        form.Lines.Add(new() { PartId = _mill.Towel.Id, Description = "Towels", Quantity = 5, UnitId = _mill.Piece });
        await buyer.Get<Sourcing.Data.Rfqs.RfqService>().SaveAsync(form, Ct);

        Assert.Equal(row.Quantity, Assert.Single(await _mill.RecommendationsAsync((await _mill.PlanAsync()).Row.Id)).Quantity);
    }

    [Fact]
    public async Task The_safety_stock_of_yarn_answers_how_the_towels_sold()
    {
        await SellAsync(20, 2, 1000);
        await database.SqlAsync("update planning_parameters set safety_method = 'service_level', service_level = 0.95 where scope = 'plan'");

        var loaded = await _mill.ReadAsync(db => PlanLoader.LoadAsync(db, _mill.Today, Ct));

        // Half a kilogram a towel: 500 kg and nothing in turns, the newest week 500.
        var stats = loaded.Input.Materials.Single(m => m.Id == _mill.Yarn.Id).Demand!;
        Assert.Equal((PlanDemandBasis.Exploded, 19), (stats.Basis, stats.Periods));
        Assert.InRange(stats.Mad!.Value, 240, 300);
        var cycle = await _mill.PlanAsync();
        await using var scope = database.As(_mill.Planner);
        var yarn = (await scope.Get<PlanQueries>().PlanAsync(cycle.Row.Id, Ct)).Result.RowOf(_mill.Yarn.Id)!;
        Assert.True(yarn.Safety.Quantity > 500, $"{yarn.Safety.Quantity} kg");
        Assert.Contains("The safety stock answers how the need varied by the sales of what it goes into", (await _mill.RecommendationsAsync(cycle.Row.Id))[0].Reasoning, StringComparison.Ordinal);
        Assert.Equal(yarn.Safety.Quantity, await database.ScalarAsync<decimal>("select safety_stock from inventory where part_id = $1", _mill.Yarn.Id));
    }

    [Fact]
    public async Task Intermittent_demand_keeps_the_quantile_of_what_the_lead_time_may_bring()
    {
        await SellAsync(80, 5, 400);
        await database.SqlAsync("update planning_parameters set safety_method = 'intermittent', service_level = 0.9, review_days = 7 where scope = 'plan'");

        var cycle = await _mill.PlanAsync();

        await using var scope = database.As(_mill.Planner);
        var plan = (await scope.Get<PlanQueries>().PlanAsync(cycle.Row.Id, Ct)).Result;
        foreach (var (part, batch) in new[] { (_mill.Towel.Id, 400m), (_mill.Yarn.Id, 200m) })
        {
            var safety = plan.RowOf(part)!.Safety;
            Assert.Equal(0, safety.LeadTimeQuantile!.Value % batch);
            Assert.True(safety.Quantity > 0 && safety.Quantity == safety.LeadTimeQuantile - safety.LeadTimeMean);
        }

        Assert.DoesNotContain(await _mill.IssuesAsync(cycle.Row.Id), i => i.Code == PlanIssueCodes.SafetyUnknown);
    }

    [Fact]
    public async Task A_plan_says_how_old_its_round_of_forecasting_is()
    {
        Assert.Contains("No round of forecasting was made yet.", (await _mill.PlanAsync()).Row.Message, StringComparison.Ordinal);
        await database.SqlAsync(
            "insert into forecast_cycles (id, number, origin, period, horizon, started_at, finished_at, parts, short_histories) values (gen_random_uuid(), 'FC-7', $1, 'week', 2, now(), now() - interval '3 days', 1, 0)",
            _mill.Monday(0));
        var fresh = await _mill.PlanAsync();
        Assert.Contains("It rests on the forecasts of FC-7, made 3 days ago.", fresh.Row.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(await _mill.IssuesAsync(fresh.Row.Id), i => i.Code == IssueCodes.RoundOld);

        await database.SqlAsync("update forecast_cycles set finished_at = now() - interval '20 days'");
        var old = await _mill.PlanAsync();
        Assert.Contains("FC-7", Assert.Single(await _mill.IssuesAsync(old.Row.Id), i => i.Code == IssueCodes.RoundOld).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Statistics_of_demand_come_from_the_newest_finished_round()
    {
        await database.SqlAsync(
            """
            with c as (insert into forecast_cycles (id, number, origin, period, horizon, started_at, finished_at, parts, short_histories)
                values (gen_random_uuid(), 'FC-1', $2, 'week', 2, now(), now(), 1, 0) returning id),
            f as (insert into sku_forecasts (id, forecast_cycle_id, part_id, method, demand_class, parameters, observations, candidates, outliers, rmse)
                select gen_random_uuid(), c.id, $1, 'ses', 'smooth', '{}', 26, '[]', '[]', 12.5 from c returning id)
            insert into sku_forecast_points (sku_forecast_id, date, mean, p10, p50, p90) select f.id, d, m, 0, m, m from f, (values ($2, 100), ($2 + 7, 140)) v(d, m)
            """, _mill.Towel.Id, _mill.Monday(1));

        var loaded = await _mill.ReadAsync(db => PlanLoader.LoadAsync(db, _mill.Today, Ct));

        var stats = loaded.Input.Materials.Single(m => m.Id == _mill.Towel.Id).Demand!;
        // (100 + 140) ÷ 2 a week.
        Assert.Equal((7, 120m, 12.5), (stats.PeriodDays, stats.Mean, stats.Sigma));
    }

    /// <summary>So many towels in every so manieth week of the last ones, the last of them among them.</summary>
    private async Task SellAsync(int weeks, int every, decimal quantity)
    {
        await database.SqlAsync("select app.ensure_months('public.sales_history', $1, $2)", _mill.Monday(-weeks), _mill.Today);
        await Make.KeepAsync(database, [.. Enumerable.Range(1, weeks).Where(w => (w - 1) % every == 0).Select(w => Make.Sale(_mill.Towel.Id, _mill.Monday(-w), quantity))]);
    }

    private async Task<Guid> OrderAsync(Guid partId, decimal quantity, Guid unitId, DateOnly? promised)
    {
        var form = new Sourcing.Data.Orders.OrderForm { SupplierId = _mill.Spinner.Id, Currency = "EUR", QuantitiesAgreed = true, Lines = [new() { PartId = partId, Description = "Yarn", Quantity = quantity, UnitId = unitId, UnitPrice = 2.5m, NeedBy = promised }] };
        await using var scope = await database.AsAsync(Data.Common.Role.Buyer);
        var id = await scope.Get<Sourcing.Data.Orders.OrderService>().SaveAsync(form, Ct);
        return await database.ScalarAsync<Guid>("select id from order_lines where order_id = $1", id);
    }
}
