using Sourcing.Data.Catalog;
using Sourcing.Data.Common;
using Sourcing.Data.Planning;
using Sourcing.Data.Planning.Arithmetic;
using Sourcing.Data.Planning.Cycles;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Planning.Cycles;

/// <summary>Parameters of plan, category and part: what holds, from where, and what is refused.</summary>
public sealed class ParameterTests(TestDatabase database) : IClassFixture<TestDatabase>, IAsyncLifetime
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private Mill _mill = null!;
    private TestScope _scope = null!;

    public async ValueTask InitializeAsync()
    {
        _mill = await Mill.BuildAsync(database);
        _scope = database.As(_mill.Planner);
    }

    public ValueTask DisposeAsync() => _scope.DisposeAsync();

    [Fact]
    public async Task A_part_inherits_from_the_nearest_category_then_the_plan_then_the_defaults()
    {
        var (yarns, cotton) = await _mill.WriteAsync(async db =>
        {
            var yarns = new PartCategory($"YARNS-{Guid.CreateVersion7():N}"[..20], "Yarns");
            var cotton = new PartCategory($"COTTON-{Guid.CreateVersion7():N}"[..20], "Cotton", yarns.Id);
            db.AddRange(yarns, cotton);
            await db.SaveChangesAsync(Ct);
            (await db.Parts.FindAsync([_mill.Yarn.Id], Ct))!.MoveTo(cotton.Id);
            return (yarns, cotton);
        });
        await SaveAsync(new() { Scope = ParameterScope.Category, TargetId = yarns.Id, ReviewDays = 14, ServiceLevel = 0.9m });
        await SaveAsync(new() { Scope = ParameterScope.Category, TargetId = cotton.Id, ServiceLevel = 0.97m });
        await SaveAsync(new() { Scope = ParameterScope.Part, TargetId = _mill.Yarn.Id, LotRule = LotMethod.SilverMeal });

        var details = await _scope.Get<ParameterQueries>().DetailsAsync(ParameterScope.Part, _mill.Yarn.Id, Ct);

        ParameterRow Of(string name) => details.Rows.Single(r => r.Name == name);
        Assert.Equal((LotMethod.SilverMeal, LotMethod.LotForLot), (Of("LotRule").Own, Of("LotRule").Inherited));
        Assert.Equal((null, 0.97m, $"Category {cotton.Code}"), (Of("ServiceLevel").Own, Of("ServiceLevel").Holds, Of("ServiceLevel").From));
        Assert.Equal((14, $"Category {yarns.Code}"), (Of("ReviewDays").Holds, Of("ReviewDays").From));
        Assert.Equal((100m, "Plan"), (Of("OrderingCost").Holds, Of("OrderingCost").From));
        Assert.Equal((0.98m, "Defaults"), (Of("FillRate").Holds, Of("FillRate").From));
        Assert.DoesNotContain(details.Rows, r => r.Name == "Buckets");
        Assert.Equal(3, (await _scope.Get<ParameterQueries>().TargetsAsync(Ct)).Count);
        var loaded = await _mill.ReadAsync(db => PlanLoader.LoadAsync(db, _mill.Today, Ct));
        var material = loaded.Input.Materials.Single(m => m.Id == _mill.Yarn.Id);
        Assert.Equal((LotMethod.SilverMeal, 0.97, 14, cotton.Code), (material.LotMethod, material.ServiceLevel, material.ReviewDays, material.Class));
    }

    [Fact]
    public async Task Fence_tolerances_and_cover_of_a_class_or_part_go_before_the_plans()
    {
        var cotton = await _mill.WriteAsync(async db =>
        {
            var cotton = new PartCategory($"COTTON-{Guid.CreateVersion7():N}"[..20], "Cotton");
            db.Add(cotton);
            await db.SaveChangesAsync(Ct);
            (await db.Parts.FindAsync([_mill.Yarn.Id], Ct))!.MoveTo(cotton.Id);
            return cotton;
        });
        await SaveAsync(new() { Scope = ParameterScope.Category, TargetId = cotton.Id, FrozenDays = 42, DeferToleranceDays = 30 });
        await SaveAsync(new() { Scope = ParameterScope.Part, TargetId = _mill.Yarn.Id, ExpediteToleranceDays = 1, ExcessCoverDays = 45 });
        var details = await _scope.Get<ParameterQueries>().DetailsAsync(ParameterScope.Part, _mill.Yarn.Id, Ct);
        Assert.Equal((42, $"Category {cotton.Code}"), details.Rows.Single(r => r.Name == "FrozenDays") is var frozen ? (frozen.Holds, frozen.From) : default);
        var loaded = await _mill.ReadAsync(db => PlanLoader.LoadAsync(db, _mill.Today, Ct));
        var (yarn, towel) = (loaded.Input.Materials.Single(m => m.Id == _mill.Yarn.Id), loaded.Input.Materials.Single(m => m.Id == _mill.Towel.Id));
        Assert.Equal((42, 1, 30, 45), (yarn.FrozenFenceDays, yarn.ExpediteToleranceDays, yarn.DeferToleranceDays, yarn.ExcessCoverDays));
        Assert.Equal((null, null, null, null), (towel.FrozenFenceDays, towel.ExpediteToleranceDays, towel.DeferToleranceDays, towel.ExcessCoverDays));

        // Yarn is needed in five weeks; its fence of six holds the order back, the towels' work is not.
        var cycle = await _mill.PlanAsync();
        var proposal = Assert.Single(await _mill.RecommendationsAsync(cycle.Row.Id));
        Assert.Equal(_mill.Today.AddDays(42), proposal.NeedBy);
        Assert.Equal(1L, await database.ScalarAsync<long>("select count(*) from planning_messages where cycle_id = $1 and kind = 'frozen_shortage' and part_id = $2", cycle.Row.Id, _mill.Yarn.Id));
    }

    [Fact]
    public async Task Figures_out_of_range_are_refused_by_field_and_the_plans_own_are_not_set_elsewhere()
    {
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => SaveAsync(new() { Scope = ParameterScope.Part, TargetId = _mill.Yarn.Id, ServiceLevel = 1.2m, ReviewDays = -1 }));
        Assert.Equal(["ReviewDays", "ServiceLevel"], refusal.Errors.Select(e => e.Field).Order());
        refusal = await Assert.ThrowsAsync<RefusedException>(() => SaveAsync(new() { Scope = ParameterScope.Part, TargetId = _mill.Yarn.Id, FrozenDays = 400 }));
        Assert.Equal("FrozenDays", Assert.Single(refusal.Errors).Field);
        // A plan has one kind of buckets: what a part's form says of them is left aside.
        await SaveAsync(new() { Scope = ParameterScope.Part, TargetId = _mill.Yarn.Id, Buckets = 80, ReviewDays = 1 });
        Assert.Equal(26, await database.ScalarAsync<int>("select buckets from planning_parameters where part_id = $1", _mill.Yarn.Id));
        await Assert.ThrowsAsync<MissingException>(() => SaveAsync(new() { Scope = ParameterScope.Part, TargetId = Guid.CreateVersion7(), ReviewDays = 1 }));
    }

    [Fact]
    public async Task The_plans_parameters_are_changed_once_and_a_stale_form_is_refused()
    {
        var form = (await _scope.Get<ParameterQueries>().DetailsAsync(ParameterScope.Plan, null, Ct)).Form;
        var stale = (await _scope.Get<ParameterQueries>().DetailsAsync(ParameterScope.Plan, null, Ct)).Form;
        (form.Buckets, form.FrozenDays) = (40, 7);
        await SaveAsync(form);

        await Assert.ThrowsAsync<ConflictException>(() => SaveAsync(stale));
        var changed = (await _scope.Get<ParameterQueries>().DetailsAsync(ParameterScope.Plan, null, Ct)).Form;
        Assert.Equal((40, 7, LotMethod.LotForLot), (changed.Buckets, changed.FrozenDays!.Value, changed.LotRule!.Value));
        Assert.Equal(40, (await _mill.PlanAsync()).Horizon);
    }

    private Task<Guid> SaveAsync(ParametersForm form) => _scope.Get<ParameterService>().SaveAsync(form, Ct);
}
