using Microsoft.EntityFrameworkCore;
using Sourcing.Data;
using Sourcing.Data.Common;
using Sourcing.Data.Orders;
using Sourcing.Data.Planning;
using Sourcing.Data.Rfqs;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Planning;

public sealed class RecommendationServiceTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Accepting_says_who_stands_for_it_and_can_be_taken_back()
    {
        var world = await Make.PlanWorldAsync(database);
        var row = await Make.RecommendationAsync(database, world);
        await using var scope = database.As(world.Planner);
        await scope.Get<RecommendationService>().AcceptAsync(Make.On(row), _ct);
        var accepted = await DetailsAsync(scope, row.Id);
        Assert.Equal((RecommendationStatus.Accepted, world.Planner.Name), (accepted.Status, accepted.DecidedBy));

        await scope.Get<RecommendationService>().TakeBackAsync(Make.On(Ref(accepted)), _ct);
        var back = await DetailsAsync(scope, row.Id);
        Assert.Equal((RecommendationStatus.Proposed, null), (back.Status, back.DecidedBy));
    }

    [Fact]
    public async Task Rejecting_needs_a_reason_and_keeps_it()
    {
        var world = await Make.PlanWorldAsync(database);
        var row = await Make.RecommendationAsync(database, world);
        await using var scope = database.As(world.Planner);
        var service = scope.Get<RecommendationService>();
        Assert.Contains("why it is not ordered", await RefusalAsync(() => service.RejectAsync(new() { Rows = [row], Reason = " " }, _ct)), StringComparison.Ordinal);
        await service.RejectAsync(new() { Rows = [row], Reason = "The programme was cut." }, _ct);
        var rejected = await DetailsAsync(scope, row.Id);
        Assert.Equal((RecommendationStatus.Rejected, "The programme was cut."), (rejected.Status, rejected.RejectReason));
        Assert.Contains($"{world.Planner.Name} rejected it", await RefusalAsync(() => service.AcceptAsync(Make.On(Ref(rejected)), _ct)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_are_accepted_all_or_none_and_each_row_at_fault_is_named()
    {
        var world = await Make.PlanWorldAsync(database);
        var rows = new[] { await Make.RecommendationAsync(database, world), await Make.RecommendationAsync(database, world), await Make.RecommendationAsync(database, world) };
        await using var scope = database.As(world.Planner);
        var service = scope.Get<RecommendationService>();
        await service.AcceptAsync(Make.On(rows[1]), _ct);
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => service.AcceptAsync(Make.On(rows), _ct));
        Assert.Equal("Rows[1]", Assert.Single(refusal.Errors).Field);
        Assert.StartsWith($"{world.PartNumber}: {world.Planner.Name} accepted it already", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(1L, await database.ScalarAsync<long>("select count(*) from procurement_recommendations where cycle_id = $1 and status = 'accepted'", world.CycleId));
    }

    [Fact]
    public async Task What_was_changed_since_it_was_looked_at_is_not_accepted_unseen()
    {
        var world = await Make.PlanWorldAsync(database);
        var row = await Make.RecommendationAsync(database, world);
        await using var other = await database.AsAsync(Role.Planner);
        await other.Get<RecommendationService>().EditAsync(Form(world, row, 1200), _ct);
        await using var scope = database.As(world.Planner);
        Assert.Contains("it is 1,200 now", await RefusalAsync(() => scope.Get<RecommendationService>().AcceptAsync(Make.On(row), _ct)), StringComparison.Ordinal);
        await Assert.ThrowsAsync<ConflictException>(() => scope.Get<RecommendationService>().EditAsync(Form(world, row, 1300), _ct));
    }

    [Fact]
    public async Task Of_two_who_decide_at_once_one_wins_and_the_other_reads_who()
    {
        var world = await Make.PlanWorldAsync(database);
        var row = await Make.RecommendationAsync(database, world);
        await using var first = database.As(world.Planner);
        await using var second = await database.AsAsync(Role.Buyer);
        var acts = new[] { (Scope: first, Act: first.Get<RecommendationService>().AcceptAsync(Make.On(row), _ct)), (Scope: second, Act: second.Get<RecommendationService>().AcceptAsync(Make.On(row), _ct)) };
        await Task.WhenAll(acts.Select(a => a.Act.ContinueWith(_ => { }, _ct, TaskContinuationOptions.None, TaskScheduler.Default)));
        var winner = Assert.Single(acts, a => a.Act.IsCompletedSuccessfully).Scope.User.Identity.Name;
        var loser = Assert.Single(acts, a => a.Act.IsFaulted).Act;
        Assert.Contains($"{winner} accepted it already", (await Assert.ThrowsAsync<RefusedException>(() => loser)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_two_who_order_at_once_one_makes_the_order_and_the_other_reads_its_number()
    {
        var world = await Make.PlanWorldAsync(database);
        var row = await Make.RecommendationAsync(database, world);
        await using var first = database.As(world.Planner);
        await using var second = await database.AsAsync(Role.Planner);
        var acts = new[] { first, second }.Select(s => s.Get<RecommendationService>().ToOrdersAsync(Make.Turning(row), _ct)).ToList();
        await Task.WhenAll(acts.Select(a => a.ContinueWith(_ => { }, _ct, TaskContinuationOptions.None, TaskScheduler.Default)));
        var made = await Assert.Single(acts, a => a.IsCompletedSuccessfully);
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => Assert.Single(acts, a => a.IsFaulted));
        Assert.Contains($"turned it into {Assert.Single(made.Orders).Number}", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(1L, await database.ScalarAsync<long>("select count(*) from order_lines where part_id = $1", world.PartId));
    }

    [Fact]
    public async Task Many_become_one_draft_of_an_rfq_that_asks_everybody_who_sells_them()
    {
        var world = await Make.PlanWorldAsync(database);
        var rows = new[] { await Make.RecommendationAsync(database, world), await Make.RecommendationAsync(database, world, Make.Recommendation(world, 240.00001m, facts: Make.FactsWithRunnerUp(world))) };
        var blocked = Make.NewSupplier("Blocked Yarns");
        blocked.Block(Sourcing.Data.Suppliers.SupplierBlock.Rfq, "Late again.", DateTimeOffset.UnixEpoch);
        await Make.PutAsync(database, blocked, new Sourcing.Data.Catalog.SupplierPart(blocked.Id, world.PartId, new(1m, "EUR")));
        await using var scope = database.As(world.Planner);
        var made = Assert.Single((await scope.Get<RecommendationService>().ToRfqAsync(Make.Turning(rows), _ct)).Rfqs);
        await scope.Get<Database>().ReadAsync(
            async (db, ct) =>
            {
                var rfq = await db.Rfqs.AsNoTracking().Include(r => r.Lines).Include(r => r.Invitations).SingleAsync(r => r.Id == made.Id, ct);
                Assert.Equal((RfqStatus.Draft, RfqSource.Planning, world.Planner.Id, "EUR"), (rfq.Status, rfq.Source, rfq.BuyerId, rfq.Currency));
                // 240.00001 kg cannot be written with four decimals: never less than the need.
                Assert.Equal([1000m, 240.0001m], rfq.Lines.OrderBy(l => l.LineNo).Select(l => l.Quantity));
                Assert.All(rfq.Lines, l => Assert.Equal((world.NeedBucket, 2m, world.Kilogram), (l.NeedBy, l.TargetPrice, l.UnitId)));
                Assert.Equal(new[] { world.OrvaneId, world.SunmereId }.Order(), rfq.Invitations.Select(i => i.SupplierId).Order());
                return true;
            },
            _ct);
        var details = await DetailsAsync(scope, rows[0].Id);
        Assert.Equal((RecommendationStatus.Converted, made.Number, RfqStatus.Draft), (details.Status, details.Rfq!.Number, details.Rfq.Status));
        Assert.False(details.CameToNothing);
    }

    [Fact]
    public async Task Orders_are_drafts_one_per_supplier_at_the_price_of_the_quantity()
    {
        var world = await Make.PlanWorldAsync(database);
        var rows = new[]
        {
            await Make.RecommendationAsync(database, world), await Make.RecommendationAsync(database, world, Make.Recommendation(world, 60)),
            await Make.RecommendationAsync(database, world, Make.Recommendation(world, 200, supplierId: world.SunmereId)),
        };
        await using var scope = database.As(world.Planner);
        var outcome = await scope.Get<RecommendationService>().ToOrdersAsync(Make.Turning(rows), _ct);
        Assert.Equal(2, outcome.Orders.Count);
        var orders = new List<OrderDetails>();
        foreach (var order in outcome.Orders)
        {
            orders.Add(await scope.Get<OrderQueries>().DetailsAsync(order.Id, _ct));
        }

        Assert.All(orders, o => Assert.Equal(OrderStatus.Draft, o.Status));
        // Orvane: 1,000 kg reach the tier of 2.00, 60 kg do not and cost 2.50: 2,000 + 150. Sunmere: 200 × 3.00.
        var orvane = Assert.Single(orders, o => o.SupplierId == world.OrvaneId);
        Assert.Equal([2000m, 150m], orvane.Lines.OrderBy(l => l.LineNo).Select(l => l.Amount));
        Assert.Equal((world.NeedBucket, "CY-24"), (orvane.Lines[0].NeedBy, orvane.Lines[0].SupplierPartNumber));
        Assert.Equal(600m, Assert.Single(orders, o => o.SupplierId == world.SunmereId).Total);
        Assert.Equal(3L, await database.ScalarAsync<long>("select count(distinct order_line_id) from procurement_recommendations where cycle_id = $1 and status = 'converted'", world.CycleId));
    }

    [Fact]
    public async Task Nothing_is_half_done_when_one_of_many_cannot_be_ordered()
    {
        var world = await Make.PlanWorldAsync(database);
        var rows = new[]
        {
            await Make.RecommendationAsync(database, world), await Make.RecommendationAsync(database, world, Make.Recommendation(world, supplierId: Guid.Empty)),
            await Make.RecommendationAsync(database, world, Make.Recommendation(world, 45)),
        };
        await using var scope = database.As(world.Planner);
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => scope.Get<RecommendationService>().ToOrdersAsync(Make.Turning(rows), _ct));
        Assert.Equal(["Rows[1]", "Rows[2].Quantity"], refusal.Errors.Select(e => e.Field));
        Assert.Contains("nobody is chosen to supply it", refusal.Errors[0].Message, StringComparison.Ordinal);
        Assert.Contains("sells at least 50 kg", refusal.Errors[1].Message, StringComparison.Ordinal);
        Assert.Equal(3L, await database.ScalarAsync<long>("select count(*) from procurement_recommendations where cycle_id = $1 and status = 'proposed'", world.CycleId));
        Assert.Equal(0L, await database.ScalarAsync<long>("select count(*) from order_lines where part_id = $1", world.PartId));

        await scope.Get<RecommendationService>().ToOrdersAsync(new() { Rows = [rows[0], rows[2]], SupplierAgreed = true }, _ct);
        Assert.Equal(2L, await database.ScalarAsync<long>("select count(*) from order_lines where part_id = $1", world.PartId));
    }

    [Fact]
    public async Task A_second_click_makes_no_second_draft()
    {
        var world = await Make.PlanWorldAsync(database);
        var (one, other) = (await Make.RecommendationAsync(database, world), await Make.RecommendationAsync(database, world));
        await using var scope = database.As(world.Planner);
        var (asking, ordering) = (Make.Turning(one), Make.Turning(other));
        var rfqs = new[] { await scope.Get<RecommendationService>().ToRfqAsync(asking, _ct), await scope.Get<RecommendationService>().ToRfqAsync(asking, _ct) };
        var orders = new[] { await scope.Get<RecommendationService>().ToOrdersAsync(ordering, _ct), await scope.Get<RecommendationService>().ToOrdersAsync(ordering, _ct) };
        Assert.Single(rfqs.SelectMany(r => r.Rfqs).Select(r => r.Number).Distinct());
        Assert.Single(orders.SelectMany(o => o.Orders).Select(o => o.Number).Distinct());
        Assert.Equal(1L, await database.ScalarAsync<long>("select count(*) from rfq_lines where part_id = $1", world.PartId));
        Assert.Equal(1L, await database.ScalarAsync<long>("select count(*) from order_lines where part_id = $1", world.PartId));
    }

    [Fact]
    public async Task The_desk_hears_of_a_planners_draft()
    {
        var world = await Make.PlanWorldAsync(database);
        var buyer = await database.UserAsync(null, [Role.Buyer]);
        var row = await Make.RecommendationAsync(database, world);
        await using var scope = database.As(world.Planner);
        var made = await scope.Get<RecommendationService>().ToOrdersAsync(Make.Turning(row), _ct);
        Assert.Contains(made.Orders[0].Number, await database.ScalarAsync<string>("select text from notifications where user_id = $1", buyer.Id), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_of_the_desk_sends_what_a_planner_made_is_its_buyer_from_then_on()
    {
        var world = await Make.PlanWorldAsync(database);
        await using var planner = database.As(world.Planner);
        var service = planner.Get<RecommendationService>();
        var rfq = Assert.Single((await service.ToRfqAsync(Make.Turning(await Make.RecommendationAsync(database, world)), _ct)).Rfqs);
        var order = Assert.Single((await service.ToOrdersAsync(Make.Turning(await Make.RecommendationAsync(database, world)), _ct)).Orders);
        await using var desk = await database.AsAsync(Role.Buyer);
        await database.SqlAsync("update rfqs set deadline = now() + interval '5 days', deadline_time_zone = 'UTC' where id = $1", rfq.Id);

        var asked = (await desk.Get<RfqQueries>().DetailsAsync(rfq.Id, _ct))!;
        await desk.Get<RfqService>().OpenAsync(new() { Id = rfq.Id, Version = asked.Version }, _ct);
        var flow = desk.Get<OrderFlowService>();
        await flow.ApproveAsync(new(order.Id, (await desk.Get<OrderQueries>().DetailsAsync(order.Id, _ct)).Version), _ct);
        Assert.Equal(world.Planner.Id, (await desk.Get<OrderQueries>().DetailsAsync(order.Id, _ct)).BuyerId);
        await flow.IssueAsync(new() { Id = order.Id, Version = (await desk.Get<OrderQueries>().DetailsAsync(order.Id, _ct)).Version }, null, _ct);

        Assert.Equal(desk.User.Id, (await desk.Get<RfqQueries>().DetailsAsync(rfq.Id, _ct))!.BuyerId);
        Assert.Equal(desk.User.Id, (await desk.Get<OrderQueries>().DetailsAsync(order.Id, _ct)).BuyerId);
        // The planner hears that it is under way.
        Assert.Equal(1L, await database.ScalarAsync<long>("select count(*) from notifications where user_id = $1 and text like $2", world.Planner.Id, $"{rfq.Number} is open%"));
    }

    [Fact]
    public async Task It_shows_the_order_that_an_award_of_its_rfq_made()
    {
        var world = await Make.PlanWorldAsync(database);
        var row = await Make.RecommendationAsync(database, world);
        await using var scope = await database.AsAsync(Role.Buyer);
        var rfq = Assert.Single((await scope.Get<RecommendationService>().ToRfqAsync(Make.Turning(row), _ct)).Rfqs);
        var line = await database.ScalarAsync<Guid>("select rfq_line_id from procurement_recommendations where id = $1", row.Id);
        var number = await scope.Get<Database>().WriteAsync(
            async (db, ct) =>
            {
                var draft = new OrderLineDraft(null, world.PartId, world.PartNumber, "", "Yarn", 1000, world.Kilogram, "kg", 1.9m, world.NeedBucket, world.NeedBucket, line);
                var order = await scope.Get<OrderService>().AddFromAward(db, new(rfq.Id, null, world.SunmereId, scope.User.Id, scope.User.Id, "EUR", Make.Terms(), [draft]), ct);
                await db.SaveChangesAsync(ct);
                return order.Number;
            },
            _ct);
        var order = Assert.Single((await DetailsAsync(scope, row.Id)).Orders);
        Assert.Equal((number, OrderStatus.Approved, 1000m, world.NeedBucket), (order.Number, order.Status, order.Quantity, order.Promised));
    }

    [Fact]
    public async Task It_comes_back_when_its_order_came_to_nothing_and_not_before()
    {
        var world = await Make.PlanWorldAsync(database);
        var row = await Make.RecommendationAsync(database, world);
        await using var scope = await database.AsAsync(Role.Buyer);
        var service = scope.Get<RecommendationService>();
        var order = Assert.Single((await service.ToOrdersAsync(Make.Turning(row), _ct)).Orders);
        var ordered = await DetailsAsync(scope, row.Id);
        Assert.Contains($"turned it into {order.Number}", await RefusalAsync(() => service.TakeBackAsync(Make.On(Ref(ordered)), _ct)), StringComparison.Ordinal);

        var details = await scope.Get<OrderQueries>().DetailsAsync(order.Id, _ct);
        await scope.Get<OrderFlowService>().CancelAsync(new() { Id = order.Id, Version = details.Version, Reason = "Too dear." }, _ct);
        Assert.True((await DetailsAsync(scope, row.Id)).CameToNothing);
        await service.TakeBackAsync(Make.On(Ref(ordered)), _ct);
        var back = await DetailsAsync(scope, row.Id);
        Assert.Equal(RecommendationStatus.Proposed, back.Status);
        Assert.Empty(back.Orders);
    }

    [Fact]
    public async Task Of_a_plan_that_is_past_nothing_is_accepted_and_nothing_comes_back_as_a_proposal()
    {
        var world = await Make.PlanWorldAsync(database);
        var (row, kept) = (await Make.RecommendationAsync(database, world), await Make.RecommendationAsync(database, world));
        await using var scope = database.As(world.Planner);
        var service = scope.Get<RecommendationService>();
        await service.AcceptAsync(Make.On(kept), _ct);
        await Make.PlanCycleAsync(database);
        Assert.Contains("a later plan has the word", await RefusalAsync(() => service.AcceptAsync(Make.On(row), _ct)), StringComparison.Ordinal);
        await service.TakeBackAsync(Make.On(Ref(await DetailsAsync(scope, kept.Id))), _ct);
        Assert.Equal(RecommendationStatus.Superseded, (await DetailsAsync(scope, kept.Id)).Status);
    }

    [Theory]
    [InlineData(Role.ReadOnly)]
    [InlineData(Role.SalesManager)]
    public async Task Nobody_decides_without_the_right_to(Role role)
    {
        var world = await Make.PlanWorldAsync(database);
        var row = await Make.RecommendationAsync(database, world);
        await using var scope = await database.AsAsync(role);
        var service = scope.Get<RecommendationService>();
        Func<Task>[] acts =
        [
            () => service.AcceptAsync(Make.On(row), _ct), () => service.RejectAsync(new() { Rows = [row], Reason = "No" }, _ct), () => service.TakeBackAsync(Make.On(row), _ct),
            () => service.EditAsync(Form(world, row, 1200), _ct), () => service.ToRfqAsync(Make.Turning(row), _ct), () => service.ToOrdersAsync(Make.Turning(row), _ct),
        ];
        foreach (var act in acts)
        {
            Assert.Equal(Permission.PlanningAccept, (await Assert.ThrowsAsync<DeniedException>(act)).Permission);
        }
    }

    [Fact]
    public async Task The_doors_of_the_desk_open_for_planning_alone()
    {
        await using var scope = await database.AsAsync(Role.ReadOnly);
        await Assert.ThrowsAsync<DeniedException>(() => scope.Get<Database>().WriteAsync((db, ct) => scope.Get<OrderService>().AddFromPlanning(db, new(Guid.Empty, "EUR", Make.Terms(), [], ""), ct), _ct));
        await Assert.ThrowsAsync<DeniedException>(() => scope.Get<Database>().WriteAsync((db, ct) => scope.Get<RfqService>().AddFromPlanning(db, new(new("-", "EUR", null, "UTC"), [], []), ct), _ct));
    }

    [Fact]
    public async Task Twenty_cost_no_more_statements_than_two()
    {
        async Task<(int Accept, int Rfq, int Orders)> CountAsync(int rows)
        {
            var world = await Make.PlanWorldAsync(database);
            var made = Enumerable.Range(0, rows * 3).Select(_ => Make.Recommendation(world)).ToArray();
            await Make.PutAsync(database, [.. made]);
            var refs = made.Select(m => new RecommendationRef(m.Id, m.Version)).Chunk(rows).ToList();
            await using var scope = database.As(world.Planner);
            var service = scope.Get<RecommendationService>();
            async Task<int> StatementsAsync(Func<Task> act)
            {
                database.Queries.Reset();
                await act();
                return database.Queries.Count;
            }

            return (
                await StatementsAsync(() => service.AcceptAsync(Make.On(refs[0]), _ct)), await StatementsAsync(() => service.ToRfqAsync(Make.Turning(refs[1]), _ct)),
                await StatementsAsync(() => service.ToOrdersAsync(Make.Turning(refs[2]), _ct)));
        }

        Assert.Equal(await CountAsync(2), await CountAsync(20));
    }

    private static RecommendationForm Form(PlanWorld world, RecommendationRef row, decimal quantity) =>
        new() { Id = row.Id, Version = row.Version, Quantity = quantity, NeedBy = world.NeedBucket, SupplierId = world.OrvaneId };

    private static RecommendationRef Ref(RecommendationDetails details) => new(details.Id, details.Version);

    private Task<RecommendationDetails> DetailsAsync(TestScope scope, Guid id) => scope.Get<RecommendationQueries>().DetailsAsync(id, _ct);

    private static async Task<string> RefusalAsync(Func<Task> act) => (await Assert.ThrowsAnyAsync<RefusedException>(act)).Message;
}
