using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Data.Planning;
using Sourcing.Data.Planning.Cycles;
using Sourcing.Data.Planning.Engine;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Planning.Cycles;

/// <summary>A live cycle from start to finish, and what the next ones make of it.</summary>
public sealed class CycleTests(TestDatabase database) : IClassFixture<TestDatabase>, IAsyncLifetime
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private Mill _mill = null!;

    public async ValueTask InitializeAsync() => _mill = await Mill.BuildAsync(database);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Unchanged_figures_propose_the_same_and_what_is_accepted_is_not_proposed_again()
    {
        var first = await _mill.PlanAsync();

        Assert.Equal(CycleStatus.Completed, first.Row.Status);
        var proposal = Assert.Single(await _mill.RecommendationsAsync(first.Row.Id));
        // 1,000 towels × 0.5 kg − 120 kg = 380 kg, a multiple of 10 above 50; 380 × 2.50 = 950.
        Assert.Equal(380, proposal.Quantity);
        Assert.Equal(950, proposal.TotalCost);
        Assert.Equal(2.5m, proposal.UnitCost);
        Assert.Equal("EUR", proposal.Currency);
        Assert.Equal(_mill.Spinner.Id, proposal.SupplierId);
        // Towels are needed on the Monday six weeks ahead and take 7 days; yarn takes 21 more.
        Assert.Equal(_mill.Monday(5), proposal.NeedBy);
        Assert.Equal(_mill.Monday(5), proposal.NeedBucket);
        Assert.Equal(_mill.Monday(2), proposal.OrderBy);
        Assert.Equal(RecommendationStatus.Proposed, proposal.Status);
        var peg = Assert.Single(CycleJson.ReadPegs(proposal.Pegging));
        Assert.Equal((_mill.Towel.Id, "forecast", 380m), (peg.PartId, peg.Target, peg.Quantity));
        Assert.Equal(120, CycleJson.ReadFacts(proposal.Facts)!.Order.OpeningStock);
        Assert.Contains("CY-24", proposal.Reasoning + first.Row.Message + _mill.Yarn.Number, StringComparison.Ordinal);
        Assert.Equal((1, 0, 0), (first.Row.Counts!.New, first.Row.Counts.Gone, first.Row.Counts.Changed));

        var second = await _mill.PlanAsync();

        Assert.Equal((1, 0, 0, 0), (second.Row.Counts!.Recommendations, second.Row.Counts.New, second.Row.Counts.Gone, second.Row.Counts.Changed));
        Assert.Equal(0, second.Row.Counts.Nervousness);
        Assert.Equal(first.InputHash, second.InputHash);
        Assert.Equal(RecommendationStatus.Superseded, Assert.Single(await _mill.RecommendationsAsync(first.Row.Id)).Status);
        await using var scope = database.As(_mill.Planner);
        var same = await scope.Get<CycleQueries>().CompareAsync(first.Row.Id, second.Row.Id, new(), Ct);
        Assert.Empty(same.Changes);
        Assert.Equal((950m, 950m), (same.CostBefore, same.CostAfter));

        await _mill.AcceptAllAsync();
        var third = await _mill.PlanAsync();

        Assert.Equal((0, 0, 0, 0), (third.Row.Counts!.Recommendations, third.Row.Counts.New, third.Row.Counts.Gone, third.Row.Counts.Changed));
        Assert.Equal(RecommendationStatus.Accepted, Assert.Single(await _mill.RecommendationsAsync(second.Row.Id)).Status);
        var decided = await scope.Get<CycleQueries>().CompareAsync(second.Row.Id, third.Row.Id, new(), Ct);
        Assert.Equal((0, 1), (decided.Total, decided.Decided));
        Assert.Equal(second.Row.Id, third.PreviousId);
    }

    [Fact]
    public async Task A_cycle_keeps_rows_snapshot_figures_and_tells_who_started_it()
    {
        var cycle = await _mill.PlanAsync();

        var rows = await _mill.ReadAsync(db => db.PlannedRequirements.AsNoTracking().Where(r => r.CycleId == cycle.Row.Id && r.PartId == _mill.Yarn.Id).OrderBy(r => r.Bucket).ToListAsync(Ct));
        // The first bucket has the stock, the third week releases what the sixth needs.
        Assert.Equal([0, 2, 5], rows.Select(r => (int)r.Bucket));
        Assert.Equal(120, rows[0].Projected);
        Assert.Equal(380, rows[1].PlannedRelease);
        Assert.Equal((500m, 380m, 380m, 0m, -380m), (rows[2].Gross, rows[2].Net, rows[2].PlannedReceipt, rows[2].Projected, rows[2].ProjectedWithoutPlan));
        Assert.Equal(_mill.Monday(5), rows[2].BucketStart);
        Assert.True(cycle.HasSnapshot);
        Assert.Equal(PlanResult.EngineVersion, cycle.EngineVersion);
        Assert.Equal("lot_for_lot", cycle.Parameters.Single(p => p.Name == "LotRule").Value);
        Assert.Equal(["load", "engine", "prepare", "explode", "net", "lot", "supplier", "peg", "write"], cycle.Timings.Select(t => t.Phase));
        Assert.Equal(1L, await database.ScalarAsync<long>("select count(*) from notifications where user_id = $1 and link = $2", _mill.Planner.Id, $"/planning/cycles/{cycle.Row.Id}"));
        Assert.Equal(26, cycle.Horizon);
    }

    [Fact]
    public async Task A_plan_is_worked_out_again_as_it_was_and_another_engine_is_named()
    {
        var cycle = await _mill.PlanAsync();
        await using var scope = database.As(_mill.Planner);
        var fresh = new PlanQueries(scope.Get<Database>(), scope.User, new());

        var plan = await fresh.PlanAsync(cycle.Row.Id, Ct);

        Assert.Null(plan.Warning);
        Assert.Equal(cycle.InputHash, plan.Result.InputHash);
        Assert.Equal(380, Assert.Single(plan.Result.Recommendations).Quantity);
        Assert.Same(plan.Result, (await fresh.PlanAsync(cycle.Row.Id, Ct)).Result);
        await database.SqlAsync("update planning_cycles set engine_version = '0.9' where id = $1", cycle.Row.Id);
        Assert.Contains("version 0.9", (await fresh.PlanAsync(cycle.Row.Id, Ct)).Warning, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rejected_need_is_proposed_again_with_who_rejected_it_and_why()
    {
        await _mill.PlanAsync();
        await _mill.WriteAsync(async db =>
        {
            (await db.ProcurementRecommendations.SingleAsync(r => r.Status == RecommendationStatus.Proposed, Ct)).Reject("Old yarn first", _mill.Planner.Id, await db.NowAsync(Ct));
            return true;
        });

        var next = await _mill.PlanAsync();

        var again = Assert.Single(await _mill.RecommendationsAsync(next.Row.Id));
        Assert.Contains(_mill.Planner.Name, again.EarlierRejection, StringComparison.Ordinal);
        Assert.Contains("Old yarn first", again.EarlierRejection, StringComparison.Ordinal);
        Assert.Equal(0, next.Row.Counts!.New);
    }

    [Fact]
    public async Task What_became_an_rfq_counts_until_the_rfq_is_cancelled_or_its_order_is()
    {
        var rfq = await Make.OpenRfqAsync(database);
        var line = await database.ScalarAsync<Guid>("select id from rfq_lines where rfq_id = $1 order by line_no limit 1", rfq.Id);
        await _mill.PlanAsync();
        await _mill.AcceptAllAsync();
        await _mill.WriteAsync(async db =>
        {
            (await db.ProcurementRecommendations.SingleAsync(r => r.Status == RecommendationStatus.Accepted, Ct)).BecomeRfqLine(rfq.Id, line);
            return true;
        });

        Assert.Equal(0, (await _mill.PlanAsync()).Row.Counts!.Recommendations);

        await database.SqlAsync("update rfqs set status = 'cancelled' where id = $1", rfq.Id);
        Assert.Equal(1, (await _mill.PlanAsync()).Row.Counts!.Recommendations);
    }

    [Fact]
    public async Task A_safety_stock_set_for_a_part_is_planned_and_kept_with_the_stock()
    {
        await using var scope = database.As(_mill.Planner);
        await scope.Get<ParameterService>().SaveAsync(new() { Scope = ParameterScope.Part, TargetId = _mill.Yarn.Id, SafetyStock = 100 }, Ct);

        var cycle = await _mill.PlanAsync();

        // 100 kg on top of what the towels need: 120 are there, so nothing before them; then 500 + 100 − 120 = 480.
        Assert.Equal(480, Assert.Single(await _mill.RecommendationsAsync(cycle.Row.Id)).Quantity);
        Assert.Equal(100, await database.ScalarAsync<decimal>("select safety_stock from inventory where part_id = $1", _mill.Yarn.Id));
        // The plan wrote it, and nobody has to plan again because of that; because of goods that came they have to.
        Assert.Empty((await scope.Get<PlanningHomeQueries>().HomeAsync(_mill.Today, Ct)).Since);
        await _mill.WriteAsync(async db => db.Add((await db.Inventory.SingleAsync(i => i.PartId == _mill.Yarn.Id, Ct)).Move(StockMovementKind.Adjustment, 5, "Found behind the loom", await db.ClockAsync(Ct), null)));
        Assert.Equal(("stock", 1), Assert.Single((await scope.Get<PlanningHomeQueries>().HomeAsync(_mill.Today, Ct)).Since) is var since ? (since.Kind, since.Count) : default);
    }

    [Fact]
    public async Task A_price_in_another_currency_is_no_change_from_plan_to_plan()
    {
        await _mill.WriteAsync(db =>
        {
            db.Add(new ExchangeRate("USD", _mill.Today.AddDays(-2), 1.1789m));
            return Task.FromResult(true);
        });
        await database.SqlAsync("update supplier_parts set currency = 'USD'");
        await _mill.PlanAsync();

        // 2.50 ÷ 1.1789 = 2.120621…: more digits than a price has.
        var second = await _mill.PlanAsync();

        Assert.Equal((1, 0, 0, 0), (second.Row.Counts!.Recommendations, second.Row.Counts.New, second.Row.Counts.Gone, second.Row.Counts.Changed));
    }

    [Fact]
    public async Task Somebody_who_accepts_while_the_plan_is_worked_out_is_heeded()
    {
        await _mill.PlanAsync();
        await using var scope = database.As(_mill.Planner);
        var id = await scope.Get<PlanningService>().StartAsync(new(), Ct);
        await using var other = await database.Sources.Migrator.OpenConnectionAsync(Ct);
        await using var deciding = await other.BeginTransactionAsync(Ct);
        await using var accept = new Npgsql.NpgsqlCommand("update procurement_recommendations set status = 'accepted', decided_by = $1, decided_at = now() where status = 'proposed'", other, deciding);
        accept.Parameters.Add(new() { Value = _mill.Planner.Id });
        Assert.Equal(1, await accept.ExecuteNonQueryAsync(Ct));

        var working = Mill.WorkAsync(scope, id);
        // What others wait for is hidden from this login, but not that they wait.
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        while (!await database.ScalarAsync<bool>("select exists (select from pg_locks l join pg_stat_activity a using (pid) where not l.granted and a.datname = current_database())"))
        {
            Assert.False(working.IsCompleted, "The run did not wait for the decision.");
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        await deciding.CommitAsync(Ct);
        await working;
        Assert.Empty(await _mill.RecommendationsAsync(id));
    }
}
