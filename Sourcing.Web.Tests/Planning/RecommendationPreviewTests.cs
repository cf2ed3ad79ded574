using Sourcing.Data.Common;
using Sourcing.Data.Planning;
using Sourcing.Data.Planning.Arithmetic;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Planning;

/// <summary>What is shown before a changed recommendation is accepted, in figures worked out by hand.</summary>
public sealed class RecommendationPreviewTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Less_costs_another_tier_and_leaves_the_stock_short()
    {
        var (world, row, scope) = await StartAsync();
        await using var _ = scope;
        var preview = await PreviewAsync(scope, new() { Id = row.Id, Quantity = 500, NeedBy = world.NeedBucket, SupplierId = world.OrvaneId });
        // Below 1,000 kg: 2.50. 500 × 2.50 = 1,250; recommended 1,000 × 2.00 = 2,000.
        Assert.Equal((2.5m, 1250m, 2000m, -750m), (preview.UnitCost, preview.Total, preview.RecommendedTotal, preview.TotalDifference));
        Assert.Equal((world.NeedBucket.AddDays(-21), world.NeedBucket, 0), (preview.OrderBy, preview.Arrives, preview.DaysLate));
        // Planned 400 − 1,000 + 500 = −100; 300 + 100 = 400 below the safety stock; nothing left to cover a day.
        Assert.Equal((world.NeedBucket, 400m, -100m, 400m, 0), (preview.Stock!.Bucket, preview.Stock.Planned, preview.Stock.After, preview.Stock.BelowSafety, preview.Stock.CoverDays));
        Assert.Empty(preview.Consequences);
    }

    [Fact]
    public async Task More_covers_more_days()
    {
        var (world, row, scope) = await StartAsync();
        await using var _ = scope;
        var preview = await PreviewAsync(scope, new() { Id = row.Id, Quantity = 1040, NeedBy = world.NeedBucket, SupplierId = world.OrvaneId });
        // 400 + 40 = 440. The next week takes 350 and leaves 90: 7 days, and of the week after 7 × 90 / 350 = 1.8.
        Assert.Equal((2m, 2080m, 440m, 0m, 8), (preview.UnitCost, preview.Total, preview.Stock!.After, preview.Stock.BelowSafety, preview.Stock.CoverDays));
    }

    [Fact]
    public async Task Another_supplier_has_another_price_and_another_last_day()
    {
        var (world, row, scope) = await StartAsync();
        await using var _ = scope;
        var preview = await PreviewAsync(scope, new() { Id = row.Id, Quantity = 1000, NeedBy = world.NeedBucket, SupplierId = world.SunmereId });
        Assert.Equal((3m, 3000m, 1000m, 7, world.NeedBucket.AddDays(-7)), (preview.UnitCost, preview.Total, preview.TotalDifference, preview.LeadTimeDays, preview.OrderBy));
    }

    [Fact]
    public async Task What_the_supplier_does_not_sell_needs_its_agreement()
    {
        var (world, row, scope) = await StartAsync();
        await using var _ = scope;
        var form = new RecommendationForm { Id = row.Id, Version = row.Version, Quantity = 45, NeedBy = world.NeedBucket, SupplierId = world.OrvaneId };
        var found = Assert.Single((await PreviewAsync(scope, form)).Consequences);
        Assert.Equal((ConsequenceKind.NeedsAgreement, nameof(form.Quantity)), (found.Kind, found.Field));
        Assert.Contains("at least 50 kg", found.Text, StringComparison.Ordinal);
        var service = scope.Get<RecommendationService>();
        Assert.Equal(nameof(form.Quantity), Assert.Single((await Assert.ThrowsAsync<RefusedException>(() => service.EditAsync(form, _ct))).Errors).Field);

        form.SupplierAgreed = true;
        await service.EditAsync(form, _ct);
        var saved = await scope.Get<RecommendationQueries>().DetailsAsync(row.Id, _ct);
        Assert.Equal((45m, 2.5m, 112.5m, RecommendationStatus.Proposed, true), (saved.Quantity, saved.UnitCost, saved.TotalCost, saved.Status, saved.IsEdited));
    }

    [Fact]
    public async Task A_contract_that_is_nearly_used_up_says_what_it_leaves()
    {
        var (world, row, scope) = await StartAsync();
        await using var _ = scope;
        // 2,000 agreed; 700 accepted leave 1,300; 1,500 is 200 more.
        await database.SqlAsync("update supplier_parts set contract_quantity_limit = 2000 where supplier_id = $1 and part_id = $2", world.OrvaneId, world.PartId);
        var accepted = await Make.RecommendationAsync(database, world, Make.Recommendation(world, 700));
        await scope.Get<RecommendationService>().AcceptAsync(Make.On(accepted), _ct);
        var preview = await PreviewAsync(scope, new() { Id = row.Id, Quantity = 1500, NeedBy = world.NeedBucket, SupplierId = world.OrvaneId });
        Assert.Contains("leaves 1,300 kg, and this is 200 kg more", Assert.Single(preview.Consequences).Text, StringComparison.Ordinal);

        // 300 that came of an order placed while the terms hold are of the contract too; of the year before they are not.
        var order = (await scope.Get<RecommendationService>().ToOrdersAsync(Make.Turning(await Make.RecommendationAsync(database, world, Make.Recommendation(world, 300))), _ct)).Orders[0];
        await database.SqlAsync("update order_lines set received_quantity = quantity where order_id = $1", order.Id);
        await database.SqlAsync("update orders set status = 'received', issued_at = now() where id = $1", order.Id);
        preview = await PreviewAsync(scope, new() { Id = row.Id, Quantity = 1500, NeedBy = world.NeedBucket, SupplierId = world.OrvaneId });
        Assert.Contains("leaves 1,000 kg, and this is 500 kg more", Assert.Single(preview.Consequences).Text, StringComparison.Ordinal);
        await database.SqlAsync("update supplier_parts set valid_to = current_date + 400, valid_from = current_date where supplier_id = $1 and part_id = $2", world.OrvaneId, world.PartId);
        await database.SqlAsync("update orders set issued_at = now() - interval '1 day' where id = $1", order.Id);
        preview = await PreviewAsync(scope, new() { Id = row.Id, Quantity = 1500, NeedBy = world.NeedBucket, SupplierId = world.OrvaneId });
        Assert.Contains("leaves 1,300 kg", Assert.Single(preview.Consequences).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_day_that_cannot_be_met_says_how_late_it_comes()
    {
        var (world, row, scope) = await StartAsync();
        await using var _ = scope;
        var preview = await PreviewAsync(scope, new() { Id = row.Id, Quantity = 1000, NeedBy = world.Today.AddDays(3), SupplierId = world.OrvaneId });
        // Ordered today it takes 21 days: 18 after the need.
        Assert.Equal((world.Today.AddDays(21), 18), (preview.Arrives, preview.DaysLate));
        Assert.Contains("18 days after the need", Assert.Single(preview.Consequences).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_later_day_takes_the_quantity_out_of_the_bucket_that_needs_it()
    {
        var (world, row, scope) = await StartAsync();
        await using var _ = scope;
        var preview = await PreviewAsync(scope, new() { Id = row.Id, Quantity = 1000, NeedBy = world.NeedBucket.AddDays(7), SupplierId = world.OrvaneId });
        Assert.Equal(-600m, preview.Stock!.After);
        Assert.Contains("after the week whose need it answers", Assert.Single(preview.Consequences).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("update suppliers set is_active = false where id = $1", "is not active")]
    [InlineData("update suppliers set blocked_for = 'order', block_reason = 'Insolvent.', blocked_at = now() where id = $1", "is blocked for orders: Insolvent.")]
    [InlineData("update supplier_parts set valid_to = current_date - 1 where supplier_id = $1", "no price for this part that holds today")]
    [InlineData("update supplier_parts set currency = 'SEK' where supplier_id = $1", "no exchange rate for SEK")]
    public async Task A_supplier_that_cannot_deliver_is_refused_with_the_reason(string sql, string why)
    {
        var (world, row, scope) = await StartAsync();
        await using var _ = scope;
        await database.SqlAsync(sql, world.SunmereId);
        var form = new RecommendationForm { Id = row.Id, Version = row.Version, Quantity = 1000, NeedBy = world.NeedBucket, SupplierId = world.SunmereId };
        var found = Assert.Single((await PreviewAsync(scope, form)).Consequences);
        Assert.Equal(ConsequenceKind.Refusal, found.Kind);
        Assert.Contains(why, found.Text, StringComparison.Ordinal);
        var error = Assert.Single((await Assert.ThrowsAsync<RefusedException>(() => scope.Get<RecommendationService>().EditAsync(form, _ct))).Errors);
        Assert.Equal((nameof(form.SupplierId), found.Text), (error.Field, error.Message));
        Assert.NotNull(Assert.Single(await scope.Get<RecommendationQueries>().OffersAsync(row.Id, _ct), o => o.SupplierId == world.SunmereId).WhyNot);
    }

    [Fact]
    public async Task Figures_are_changed_and_accepted_in_one_act()
    {
        var (world, row, scope) = await StartAsync();
        await using var _ = scope;
        await scope.Get<RecommendationService>().EditAsync(
            new() { Id = row.Id, Version = row.Version, Quantity = 1200, NeedBy = world.NeedBucket.AddDays(-2), SupplierId = world.OrvaneId, Accept = true }, _ct);
        var saved = await scope.Get<RecommendationQueries>().DetailsAsync(row.Id, _ct);
        Assert.Equal((RecommendationStatus.Accepted, 1200m, 2400m, world.NeedBucket.AddDays(-23), 1000m), (saved.Status, saved.Quantity, saved.TotalCost, saved.OrderBy, saved.RecommendedQuantity));
    }

    [Fact]
    public async Task Lead_times_count_working_days_where_the_plan_does()
    {
        var (world, _, scope) = await StartAsync();
        await using var __ = scope;
        var (cycle, _) = await Make.PlanCycleAsync(database, parameters: "{\"WorkingDays\":true}");
        var row = await Make.RecommendationAsync(database, world, Make.Recommendation(world, cycleId: cycle));
        var preview = await PreviewAsync(scope, new() { Id = row.Id, Quantity = 1000, NeedBy = world.NeedBucket, SupplierId = world.SunmereId });
        // Seven working days before a Monday: five to the Monday before, and two more to the Thursday before that: 11 days.
        Assert.Equal(world.NeedBucket.AddDays(-11), preview.OrderBy);
        Assert.Null(preview.Stock);
    }

    [Fact]
    public async Task Looking_needs_the_right_to_read_plans()
    {
        var (_, row, owner) = await StartAsync();
        await owner.DisposeAsync();
        await using var scope = await database.AsAsync(Role.SalesRep);
        var queries = scope.Get<RecommendationQueries>();
        Func<Task>[] reads =
        [
            () => queries.DetailsAsync(row.Id, _ct), () => queries.OffersAsync(row.Id, _ct), () => queries.LastCycleAsync(_ct), () => queries.ChoicesAsync(_ct), () => queries.SelectionAsync([row.Id], _ct),
            () => queries.PreviewAsync(new() { Id = row.Id, Quantity = 1, NeedBy = new(2027, 1, 1) }, _ct), () => queries.OutcomeAsync([row.Id], _ct), () => queries.OfPartAsync(row.Id, _ct),
            () => scope.Get<PlanFindingQueries>().CountsAsync(_ct), () => scope.Get<RecommendationList>().PageAsync(new(), _ct), () => scope.Get<PlanningMessageList>().PageAsync(new(), _ct),
            () => scope.Get<PlanningIssueList>().PageAsync(new(), _ct),
        ];
        foreach (var read in reads)
        {
            Assert.Equal(Permission.PlanningRead, (await Assert.ThrowsAsync<DeniedException>(read)).Permission);
        }
    }

    [Fact]
    public void The_current_week_is_known_by_its_monday_though_it_begins_today()
    {
        // A Thursday in the week of Monday, 16 November 2026: 120 − 80 + 200 = 240; the week after takes 70 and leaves 170, then nothing is needed.
        PlannedRequirement Row(short bucket, DateOnly start, decimal gross, decimal projected) => new()
        {
            CycleId = Guid.Empty, PartId = Guid.Empty, Bucket = bucket, BucketStart = start, Gross = gross, Scheduled = 0, ProjectedWithoutPlan = 0, Net = 0, PlannedReceipt = 0, PlannedRelease = 0,
            Projected = projected, SafetyStock = 250,
        };
        PlannedRequirement[] rows = [Row(0, new(2026, 11, 19), 10, 120), Row(1, new(2026, 11, 23), 70, 50)];
        var stock = StockArithmetic.Of(rows, BucketSize.Week, new(2026, 11, 16), 80, 200, new(2026, 11, 20));
        Assert.Equal(new StockConsequence(new(2026, 11, 19), 120, 240, 250, null), stock);
        Assert.Equal(10m, stock!.BelowSafety);
    }

    private async Task<(PlanWorld World, RecommendationRef Row, TestScope Scope)> StartAsync()
    {
        var world = await Make.PlanWorldAsync(database);
        return (world, await Make.RecommendationAsync(database, world), database.As(world.Planner));
    }

    private Task<RecommendationPreview> PreviewAsync(TestScope scope, RecommendationForm form) => scope.Get<RecommendationQueries>().PreviewAsync(form, _ct);
}
