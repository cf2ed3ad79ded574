using Sourcing.Data.Common;
using Sourcing.Data.Planning;
using Sourcing.Data.Planning.Cycles;
using Sourcing.Data.Planning.Engine;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Planning.Cycles;

/// <summary>What would be if figures were others, and making it real.</summary>
public sealed class WhatIfTests(TestDatabase database) : IClassFixture<TestDatabase>, IAsyncLifetime
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private Mill _mill = null!;
    private CycleDetails _base = null!;
    private TestScope _scope = null!;

    public async ValueTask InitializeAsync()
    {
        _mill = await Mill.BuildAsync(database);
        _base = await _mill.PlanAsync();
        _scope = database.As(_mill.Planner);
    }

    public ValueTask DisposeAsync() => _scope.DisposeAsync();

    [Fact]
    public async Task A_question_is_answered_beside_its_base_and_touches_nothing_real()
    {
        var before = await TracesAsync();

        var more = await AskAsync("Demand up", new OverrideForm { Kind = PlanOverrideKind.Demand, Value = 1.2m });
        var dear = await AskAsync("Dearer yarn", new OverrideForm { Kind = PlanOverrideKind.Price, Scope = PlanOverrideScope.Supplier, TargetId = _mill.Spinner.Id, Value = 1.1m });
        var slow = await AskAsync("Slower", new OverrideForm { Kind = PlanOverrideKind.LeadTime, Scope = PlanOverrideScope.Material, TargetId = _mill.Yarn.Id, Value = 60, IsFactor = false });

        Assert.Equal(before, await TracesAsync());
        var side = await _scope.Get<WhatIfQueries>().SideBySideAsync(_base.Row.Id, null, Ct);
        Assert.Equal((950m, 1, 0), (side.Base.Summary!.Cost, side.Base.Summary.Orders, side.Base.Summary.LateOrders));
        Assert.Equal([more, dear, slow], side.WhatIfs.Select(w => w.Cycle.Id));
        // 1,200 towels × 0.5 − 120 = 480 kg × 2.50 = 1,200; 380 kg × 2.75 = 1,045; 60 days do not fit into 5 weeks.
        Assert.Equal([1200m, 1045m, 950m], side.WhatIfs.Select(w => w.Summary!.Cost));
        Assert.Equal([0, 0, 1], side.WhatIfs.Select(w => w.Summary!.LateOrders));
        Assert.Equal(1, side.Base.Summary.Service);
        Assert.True(side.WhatIfs[2].Summary!.Service < 1);
        Assert.Equal("Demand of all parts × 1.2", Assert.Single(side.WhatIfs[0].Changes).Text);
        Assert.Equal("Lead time of CY-24 = 60 days", Assert.Single(side.WhatIfs[2].Changes).Text);
        var change = Assert.Single((await _scope.Get<CycleQueries>().CompareAsync(_base.Row.Id, more, new(), Ct)).Changes);
        Assert.Equal((PlanChangeKinds.Quantity, 100m, 250m), (change.Kinds, change.QuantityDelta, change.CostDelta!.Value));
        Assert.Equal(("CY-24", "Orvane Spinners"), (change.PartNumber, change.After!.Supplier));
        // The same is ordered, but 39 days earlier.
        var later = Assert.Single((await _scope.Get<CycleQueries>().CompareAsync(_base.Row.Id, slow, new(), Ct)).Changes);
        Assert.Equal((PlanChangeKinds.LeadTime, 21, _mill.Monday(2), 60, _mill.Monday(2).AddDays(-39)), (later.Kinds, later.Before!.LeadTimeDays, later.Before.OrderBy, later.After!.LeadTimeDays, later.After.OrderBy));
        Assert.Equal(1, (await _scope.Get<CycleQueries>().DetailsAsync(slow, Ct)).Row.Counts!.Changed);
    }

    [Fact]
    public async Task Questions_about_what_is_not_there_are_refused_by_field()
    {
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => AskAsync("Nobody", new OverrideForm { Kind = PlanOverrideKind.SupplierOff, Scope = PlanOverrideScope.Supplier, TargetId = Guid.CreateVersion7() }));
        Assert.Equal("Changes[0].TargetId", Assert.Single(refusal.Errors).Field);
        refusal = await Assert.ThrowsAsync<RefusedException>(() => AskAsync("Nothing"));
        Assert.Equal("Changes", Assert.Single(refusal.Errors).Field);
        refusal = await Assert.ThrowsAsync<RefusedException>(() => AskAsync("Too good", new OverrideForm { Kind = PlanOverrideKind.ServiceLevel, Value = 1 }));
        Assert.Equal("Changes[0].Value", Assert.Single(refusal.Errors).Field);
        var whatIf = await AskAsync("One", new OverrideForm { Value = 2 });
        refusal = await Assert.ThrowsAsync<RefusedException>(() => _scope.Get<WhatIfService>().AskAsync(new() { BaseCycleId = whatIf, Name = "Of a what-if", Changes = { new() } }, Ct));
        Assert.Equal("BaseCycleId", Assert.Single(refusal.Errors).Field);
    }

    [Fact]
    public async Task A_what_if_made_real_is_a_live_cycle_that_says_so_and_the_next_plans_without()
    {
        var more = await AskAsync("Demand up", new OverrideForm { Kind = PlanOverrideKind.Demand, Value = 1.2m });
        var number = (await _scope.Get<CycleQueries>().DetailsAsync(more, Ct)).Row.Number;

        var live = await _scope.Get<WhatIfService>().PromoteAsync(new() { Id = more }, Ct);
        await Mill.WorkAsync(_scope, live);

        var details = await _scope.Get<CycleQueries>().DetailsAsync(live, Ct);
        Assert.Equal((CycleKind.Live, more, number), (details.Row.Kind, details.Row.PromotedFromId!.Value, details.Row.PromotedFrom));
        Assert.Contains($"changes of {number}: Demand of all parts × 1.2", details.Row.Message, StringComparison.Ordinal);
        Assert.Equal(480, Assert.Single(await _mill.RecommendationsAsync(live)).Quantity);
        Assert.Equal(480, Assert.Single((await new PlanQueries(_scope.Get<Database>(), _scope.User, new()).PlanAsync(live, Ct)).Result.Recommendations).Quantity);
        var next = await _mill.PlanAsync();
        Assert.Equal(380, Assert.Single(await _mill.RecommendationsAsync(next.Row.Id)).Quantity);
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => _scope.Get<WhatIfService>().RemoveAsync(more, Ct));
        Assert.Contains(details.Row.Number, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Supposed_stock_is_not_made_real_and_a_question_can_be_thrown_away()
    {
        var stock = await AskAsync("Full house", new OverrideForm { Kind = PlanOverrideKind.Stock, Value = 10 });
        await Assert.ThrowsAsync<RefusedException>(() => _scope.Get<WhatIfService>().PromoteAsync(new() { Id = stock }, Ct));

        await _scope.Get<WhatIfService>().RemoveAsync(stock, Ct);

        Assert.DoesNotContain(await _scope.Get<WhatIfQueries>().ListAsync(Ct), w => w.Id == stock);
        // Live cycles cannot be thrown away, whoever tries: the policy finds none of them.
        await using var sql = database.Sources.For(DatabaseAccess.Internal).CreateCommand("delete from planning_cycles");
        Assert.Equal(0, await sql.ExecuteNonQueryAsync(Ct));
        Assert.Equal(CycleStatus.Completed, (await _scope.Get<CycleQueries>().DetailsAsync(_base.Row.Id, Ct)).Row.Status);
    }

    [Fact]
    public void The_cache_keeps_a_bounded_number_of_plans()
    {
        var cache = new PlanCache();
        for (var i = 0; i < PlanCache.MostPlans + 5; i++)
        {
            cache.Keep(Guid.CreateVersion7(), PlanEngine.Run(new() { AsOf = _mill.Today, Materials = [new() { Id = Guid.CreateVersion7(), Number = "A" }] }, ct: Ct));
        }

        Assert.Equal(PlanCache.MostPlans, cache.Materials);
    }

    private Task<Guid> AskAsync(string name, params OverrideForm[] changes) =>
        _scope.Get<WhatIfService>().AskAsync(new() { BaseCycleId = _base.Row.Id, Name = name, Changes = [.. changes] }, Ct);

    private async Task<string> TracesAsync() => await database.ScalarAsync<string>(
        """
        select concat_ws(' ', (select count(*) from planned_requirements), (select count(*) from planning_messages), (select count(*) from planning_issues), (select count(*) from planning_snapshots),
            (select count(*) from procurement_recommendations where status = 'proposed'), (select md5(string_agg(i::text, '')) from inventory i), (select count(*) from job_runs))
        """);
}
