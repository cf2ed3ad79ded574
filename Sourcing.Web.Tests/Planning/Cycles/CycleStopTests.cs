using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Data.Planning;
using Sourcing.Data.Planning.Cycles;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Planning.Cycles;

/// <summary>Cycles that are refused, cancelled, broken or old, and who may do what.</summary>
public sealed class CycleStopTests(TestDatabase database) : IClassFixture<TestDatabase>, IAsyncLifetime
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private Mill _mill = null!;

    public async ValueTask InitializeAsync() => _mill = await Mill.BuildAsync(database);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task One_live_cycle_at_a_time_and_a_second_click_starts_no_other()
    {
        await using var scope = database.As(_mill.Planner);
        var form = new StartCycleForm();
        var id = await scope.Get<PlanningService>().StartAsync(form, Ct);

        Assert.Equal(id, await scope.Get<PlanningService>().StartAsync(form, Ct));
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => scope.Get<PlanningService>().StartAsync(new(), Ct));
        Assert.Contains("is being planned", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(id, (await scope.Get<CycleQueries>().RunningAsync(Ct))!.Row.Id);

        await scope.Get<PlanningService>().CancelAsync(id, Ct);
        Assert.Equal(CycleStatus.Cancelled, (await scope.Get<CycleQueries>().DetailsAsync(id, Ct)).Row.Status);
        Assert.Equal("Nothing was left to do.", await Mill.WorkAsync(scope, id));
        await scope.Get<PlanningService>().StartAsync(new(), Ct);
    }

    [Fact]
    public async Task A_cycle_whose_job_broke_off_does_not_bar_the_next()
    {
        await using var scope = database.As(_mill.Planner);
        var id = await scope.Get<PlanningService>().StartAsync(new(), Ct);
        await database.SqlAsync("update job_runs set status = 'failed', finished_at = now() where subject_id = $1", id);

        await scope.Get<PlanningService>().StartAsync(new(), Ct);

        Assert.Equal(CycleStatus.Failed, (await scope.Get<CycleQueries>().DetailsAsync(id, Ct)).Row.Status);
    }

    [Fact]
    public async Task A_cycle_cancelled_while_it_writes_leaves_nothing_but_its_row()
    {
        await using var scope = database.As(_mill.Planner);
        var id = await scope.Get<PlanningService>().StartAsync(new(), Ct);
        await using var other = await database.Sources.Migrator.OpenConnectionAsync(Ct);
        await using var holding = await other.BeginTransactionAsync(Ct);
        await using (var hold = new Npgsql.NpgsqlCommand("lock table planning_issues in share row exclusive mode", other, holding))
        {
            await hold.ExecuteNonQueryAsync(Ct);
        }

        var working = Mill.WorkAsync(scope, id);
        await database.UntilAsync(async () => await database.ScalarAsync<string>("select status from planning_cycles where id = $1", id) == "running");
        await using (var another = database.As(_mill.Planner))
        {
            await database.SqlAsync("update job_runs set status = 'running' where subject_id = $1", id);
            await another.Get<PlanningService>().CancelAsync(id, Ct);
        }

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => working);
        await holding.RollbackAsync(Ct);
        Assert.Equal(CycleStatus.Cancelled, (await scope.Get<CycleQueries>().DetailsAsync(id, Ct)).Row.Status);
        await NothingOfAsync(id);
    }

    [Fact]
    public async Task A_cycle_that_a_crash_stopped_between_its_two_commits_is_planned_again()
    {
        await using var scope = database.As(_mill.Planner);
        var id = await scope.Get<PlanningService>().StartAsync(new(), Ct);
        await database.SqlAsync(
            """
            insert into planned_requirements (cycle_id, part_id, bucket, bucket_start, gross, scheduled, projected_without_plan, net, planned_receipt, planned_release, projected, safety_stock)
            select $1, id, 0, '2026-11-02', 777777, 0, 0, 0, 0, 0, 0, 0 from parts
            """, id);
        await database.SqlAsync("insert into planning_snapshots (cycle_id, content) values ($1, '\\x00')", id);

        await Mill.WorkAsync(scope, id);

        Assert.True((await scope.Get<CycleQueries>().DetailsAsync(id, Ct)).Row.Status is CycleStatus.Completed or CycleStatus.CompletedWithErrors);
        Assert.NotEqual(0L, await database.ScalarAsync<long>("select count(*) from planned_requirements where cycle_id = $1", id));
        Assert.Equal(0L, await database.ScalarAsync<long>("select count(*) from planned_requirements where cycle_id = $1 and gross = 777777", id));
        Assert.NotEqual(1, await database.ScalarAsync<int>("select length(content) from planning_snapshots where cycle_id = $1", id));
    }

    [Fact]
    public async Task Figures_that_cannot_be_reckoned_fail_the_cycle_with_a_sentence_and_leave_nothing()
    {
        await database.SqlAsync("update planning_parameters set buckets = 5000 where scope = 'plan'");
        await using var scope = database.As(_mill.Planner);
        var id = await scope.Get<PlanningService>().StartAsync(new(), Ct);

        await Assert.ThrowsAsync<RefusedException>(() => Mill.WorkAsync(scope, id));

        var cycle = await scope.Get<CycleQueries>().DetailsAsync(id, Ct);
        Assert.Equal(CycleStatus.Failed, cycle.Row.Status);
        Assert.Contains("from 1 to 400 buckets", cycle.Row.Message, StringComparison.Ordinal);
        await NothingOfAsync(id);
    }

    [Fact]
    public async Task Old_cycles_keep_their_row_and_lose_their_plan_unless_a_what_if_rests_on_them()
    {
        var first = (await _mill.PlanAsync()).Row.Id;
        var second = (await _mill.PlanAsync()).Row.Id;
        await using var scope = database.As(_mill.Planner);
        await scope.Get<WhatIfService>().AskAsync(new() { BaseCycleId = first, Name = "More", Changes = { new() { Value = 1.2m } } }, Ct);
        for (var i = 0; i < CyclePruning.Kept; i++)
        {
            await database.SqlAsync(
                """
                insert into planning_cycles (id, number, kind, name, status, as_of, horizon, bucket, parameters, overrides, input_hash, engine_version, timings, message, created_at, finished_at)
                values (gen_random_uuid(), $1, 'live', '', 'completed', current_date, 26, 'week', '{}', '[]', '', '', '{}', '', now(), now() + interval '1 minute')
                """, $"PC-TEST-{i}-{first:N}"[..40]);
        }

        await scope.Get<CyclePruning>().RunAsync(Ct);

        Assert.Equal(0L, await database.ScalarAsync<long>("select count(*) from planned_requirements where cycle_id = $1", second));
        Assert.Equal(0L, await database.ScalarAsync<long>("select count(*) from planning_snapshots where cycle_id = $1", second));
        Assert.NotEqual(0L, await database.ScalarAsync<long>("select count(*) from planned_requirements where cycle_id = $1", first));
        Assert.NotEqual(0L, await database.ScalarAsync<long>("select count(*) from procurement_recommendations where cycle_id = $1", second));
        Assert.False((await scope.Get<CycleQueries>().DetailsAsync(second, Ct)).HasSnapshot);
        var fresh = new PlanQueries(scope.Get<Database>(), scope.User, new());
        await Assert.ThrowsAsync<RefusedException>(() => fresh.PlanAsync(second, Ct));
    }

    [Fact]
    public async Task Only_planners_and_admins_start_and_change()
    {
        foreach (var role in new[] { Role.Buyer, Role.ReadOnly })
        {
            await using var scope = await database.AsAsync(role);
            await Assert.ThrowsAsync<DeniedException>(() => scope.Get<PlanningService>().StartAsync(new(), Ct));
            await Assert.ThrowsAsync<DeniedException>(() => scope.Get<PlanningService>().CancelAsync(Guid.CreateVersion7(), Ct));
            await Assert.ThrowsAsync<DeniedException>(() => scope.Get<WhatIfService>().AskAsync(new(), Ct));
            await Assert.ThrowsAsync<DeniedException>(() => scope.Get<WhatIfService>().PromoteAsync(new(), Ct));
            await Assert.ThrowsAsync<DeniedException>(() => scope.Get<WhatIfService>().RemoveAsync(Guid.CreateVersion7(), Ct));
            await Assert.ThrowsAsync<DeniedException>(() => scope.Get<ParameterService>().SaveAsync(new(), Ct));
            await Assert.ThrowsAsync<DeniedException>(() => scope.Get<PlanningWork>().RunAsync(new() { SubjectId = Guid.CreateVersion7() }, new(scope.Get<JobRunService>(), Guid.CreateVersion7()), Ct));
            await scope.Get<CycleQueries>().ListAsync(null, 10, Ct);
        }
    }

    [Fact]
    public async Task A_colleagues_cycle_is_theirs_to_cancel()
    {
        await using var scope = database.As(_mill.Planner);
        var id = await scope.Get<PlanningService>().StartAsync(new(), Ct);
        await using var colleague = await database.AsAsync(Role.Planner);
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => colleague.Get<PlanningService>().CancelAsync(id, Ct));
        Assert.Contains(_mill.Planner.Name, refusal.Message, StringComparison.Ordinal);
        await using var admin = await database.AsAsync(Role.Admin);
        await admin.Get<PlanningService>().CancelAsync(id, Ct);
        Assert.Equal(CycleStatus.Cancelled, (await scope.Get<CycleQueries>().DetailsAsync(id, Ct)).Row.Status);
    }

    [Fact]
    public async Task Sales_and_suppliers_reach_nothing_of_a_plan()
    {
        var cycle = await _mill.PlanAsync();
        foreach (var scope in new[] { await database.AsAsync(_mill.Spinner.Id, Role.Supplier), await database.AsAsync(Role.SalesRep) })
        {
            await using (scope)
            {
                await Assert.ThrowsAsync<DeniedException>(() => scope.Get<CycleQueries>().ListAsync(null, 10, Ct));
                await Assert.ThrowsAsync<DeniedException>(() => scope.Get<CycleQueries>().LatestAsync(Ct));
                await Assert.ThrowsAsync<DeniedException>(() => scope.Get<CycleQueries>().RunningAsync(Ct));
                await Assert.ThrowsAsync<DeniedException>(() => scope.Get<CycleQueries>().DetailsAsync(cycle.Row.Id, Ct));
                await Assert.ThrowsAsync<DeniedException>(() => scope.Get<CycleQueries>().IssuesAsync(cycle.Row.Id, new(), Ct));
                await Assert.ThrowsAsync<DeniedException>(() => scope.Get<CycleQueries>().CompareAsync(cycle.Row.Id, cycle.Row.Id, new(), Ct));
                await Assert.ThrowsAsync<DeniedException>(() => scope.Get<PlanQueries>().PlanAsync(cycle.Row.Id, Ct));
                await Assert.ThrowsAsync<DeniedException>(() => scope.Get<PlanQueries>().LatestAsync(Ct));
                await Assert.ThrowsAsync<DeniedException>(() => scope.Get<WhatIfQueries>().ListAsync(Ct));
                await Assert.ThrowsAsync<DeniedException>(() => scope.Get<WhatIfQueries>().SideBySideAsync(cycle.Row.Id, null, Ct));
                await Assert.ThrowsAsync<DeniedException>(() => scope.Get<ParameterQueries>().DetailsAsync(ParameterScope.Plan, null, Ct));
                await Assert.ThrowsAsync<DeniedException>(() => scope.Get<ParameterQueries>().TargetsAsync(Ct));
                foreach (var table in new[] { "planning_cycles", "planned_requirements", "planning_messages", "planning_issues", "planning_snapshots", "procurement_recommendations", "planning_parameters" })
                {
                    await using var denied = database.Sources.For(scope.User.Identity.Access).CreateCommand($"select count(*) from {table}");
                    Assert.Equal("42501", (await Assert.ThrowsAsync<Npgsql.PostgresException>(() => denied.ExecuteScalarAsync(Ct))).SqlState);
                }
            }
        }
    }

    private async Task NothingOfAsync(Guid id)
    {
        foreach (var table in new[] { "planned_requirements", "planning_messages", "planning_issues", "planning_snapshots", "procurement_recommendations" })
        {
            Assert.Equal(0L, await database.ScalarAsync<long>($"select count(*) from {table} where cycle_id = $1", id));
        }
    }
}
