using Sourcing.Data.Common;
using Sourcing.Data.Common.Lists;
using Sourcing.Data.Orders;
using Sourcing.Data.Planning;
using Sourcing.Data.Planning.Engine;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Planning;

/// <summary>The lists of recommendations, exceptions and flaws: what they show unasked, and what they can be asked.</summary>
public sealed class PlanningListTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Unasked_it_shows_what_the_last_plan_proposes_and_what_was_accepted_of_any()
    {
        var before = await Make.PlanWorldAsync(database);
        var kept = await Make.RecommendationAsync(database, before);
        var (stale, rejected) = (await Make.RecommendationAsync(database, before), await Make.RecommendationAsync(database, before));
        await using var scope = database.As(before.Planner);
        await scope.Get<RecommendationService>().AcceptAsync(Make.On(kept), _ct);
        await scope.Get<RecommendationService>().RejectAsync(new() { Rows = [rejected], Reason = "Cut." }, _ct);
        var (whatIf, _) = await Make.PlanCycleAsync(database, CycleKind.WhatIf);
        var asked = await Make.RecommendationAsync(database, before, Make.Recommendation(before, cycleId: whatIf));
        var (last, _) = await Make.PlanCycleAsync(database);
        var fresh = await Make.RecommendationAsync(database, before, Make.Recommendation(before, cycleId: last, urgency: 0.95m));
        var list = scope.Get<RecommendationList>();
        async Task<IEnumerable<Guid>> IdsAsync(ListRequest request) => (await list.PageAsync(request with { Search = before.PartNumber }, _ct)).Rows.Select(r => r.Id);
        Assert.Equal([fresh.Id, kept.Id], await IdsAsync(new()));
        Assert.Equal([rejected.Id], await IdsAsync(Where("status", "rejected")));
        var all = await IdsAsync(Where("status", "proposed,accepted,converted,rejected,superseded"));
        Assert.Equal(new[] { fresh.Id, kept.Id, rejected.Id }.Order(), all.Order());
        Assert.DoesNotContain(stale.Id, all);
        Assert.DoesNotContain(asked.Id, all);
    }

    [Fact]
    public async Task It_is_filtered_by_urgency_doubt_supplier_window_and_words_and_sorted()
    {
        var world = await Make.PlanWorldAsync(database);
        var urgent = await Make.RecommendationAsync(database, world, Make.Recommendation(world, risks: ["late", "single_source"], orderBy: world.Today.AddDays(-1)));
        var calm = await Make.RecommendationAsync(database, world, Make.Recommendation(world, 3000, 0.2m, world.SunmereId, orderBy: world.Today.AddDays(20), rejectedBefore: "Jonas rejected it."));
        await using var scope = database.As(world.Planner);
        var list = scope.Get<RecommendationList>();
        async Task<IEnumerable<Guid>> IdsAsync(ListRequest request) => (await list.PageAsync(request, _ct)).Rows.Where(r => r.PartId == world.PartId).Select(r => r.Id);
        Assert.Equal([urgent.Id], await IdsAsync(Where("band", "critical,high")));
        Assert.Equal([calm.Id], await IdsAsync(Where("band", "low")));
        Assert.Equal([urgent.Id], await IdsAsync(Where("riskCodes", "late")));
        Assert.Equal([calm.Id], await IdsAsync(Where("supplierId", world.SunmereId.ToString())));
        Assert.Equal([urgent.Id], await IdsAsync(Where("orderBy", $"..{world.Today:yyyy-MM-dd}")));
        Assert.Equal([calm.Id], await IdsAsync(new() { Search = world.Sunmere }));
        Assert.Equal([calm.Id, urgent.Id], await IdsAsync(new() { Search = world.PartNumber, Sort = "totalCost", Descending = true }));
        var row = (await list.PageAsync(Where("supplierId", world.SunmereId.ToString()), _ct)).Rows[0];
        Assert.Equal((3000m, "kg", 6000m, "EUR", world.Sunmere, "Jonas rejected it."), (row.Quantity, row.Unit, row.TotalCost, row.Currency, row.Supplier, row.EarlierRejection));
        Assert.Equal("Stock falls below safety stock in the week of the need.", row.Why);
        var (suppliers, _) = await scope.Get<RecommendationQueries>().ChoicesAsync(_ct);
        Assert.Contains(suppliers, s => s.Text == world.Sunmere);
    }

    [Fact]
    public async Task Totals_are_per_currency_and_an_export_says_units_and_currencies()
    {
        var world = await Make.PlanWorldAsync(database);
        await Make.RecommendationAsync(database, world);
        await Make.RecommendationAsync(database, world, Make.Recommendation(world, supplierId: Guid.Empty));
        var dollars = Make.Recommendation(world, 100);
        dollars.Cost(3m, 300m, "USD", 21);
        await Make.RecommendationAsync(database, world, dollars);
        await using var scope = database.As(world.Planner);
        var list = scope.Get<RecommendationList>();
        var page = await list.PageAsync(new() { Search = world.PartNumber }, _ct);
        Assert.Equal([("EUR", 2000m), ("USD", 300m)], page.Totals.Select(t => (t.Currency, t.Sum)));
        var rows = new List<IReadOnlyList<object?>>();
        await list.ExportAsync(
            new() { Search = world.PartNumber, Sort = "totalCost", Descending = true }, ["partNumber", "quantity", "totalCost"], row =>
            {
                rows.Add(row);
                return ValueTask.CompletedTask;
            },
            _ct);
        Assert.Equal(["Part", "Quantity", "Quantity, unit", "Total", "Total, currency"], list.Heads(["partNumber", "quantity", "totalCost"]));
        Assert.Equal([world.PartNumber, 1000m, "kg", 2000m, "EUR"], rows[0]);

        var selection = await scope.Get<RecommendationQueries>().SelectionAsync([.. page.Rows.Select(r => r.Id)], _ct);
        Assert.Equal((3, 1, 1, 0), (selection.Open.Count, selection.Suppliers, selection.Unpriced, selection.Decided));
        Assert.Equal([("EUR", 2000m), ("USD", 300m)], selection.Totals);
    }

    [Fact]
    public async Task More_rows_cost_no_more_statements()
    {
        async Task<int> CountAsync(int rows)
        {
            var world = await Make.PlanWorldAsync(database);
            await Make.PutAsync(database, [.. Enumerable.Range(0, rows).Select(_ => (object)Make.Recommendation(world))]);
            await Make.PutAsync(database, [.. Enumerable.Range(0, rows).SelectMany(_ => new object[] { Message(world, "defer", 3), Issue(world, PlanSeverity.High, "price_missing", "offer", null) })]);
            await using var scope = database.As(world.Planner);
            database.Queries.Reset();
            Assert.Equal(rows, (await scope.Get<RecommendationList>().PageAsync(new() { Search = world.PartNumber }, _ct)).Rows.Count);
            Assert.Equal(rows, (await scope.Get<PlanningMessageList>().PageAsync(new(), _ct)).Rows.Count);
            Assert.Equal(rows, (await scope.Get<PlanningIssueList>().PageAsync(new(), _ct)).Rows.Count);
            Assert.Equal(rows, (await scope.Get<PlanFindingQueries>().CountsAsync(_ct)).Exceptions);
            return database.Queries.Count;
        }

        Assert.Equal(await CountAsync(2), await CountAsync(30));
    }

    [Fact]
    public async Task Exceptions_are_those_of_the_last_plan_with_the_order_that_they_speak_of()
    {
        var world = await Make.PlanWorldAsync(database);
        await Make.PutAsync(database, Message(world, "cancel", 0));
        var orders = await Make.OrderWorldAsync(database);
        var order = await Make.PlacedOrderAsync(database, orders);
        var (last, _) = await Make.PlanCycleAsync(database);
        await Make.PutAsync(database, Message(world, "expedite", 9, order.Lines[0].Id, last), Message(world, "defer", 20, cycle: last));
        await using var scope = database.As(world.Planner);
        var list = scope.Get<PlanningMessageList>();
        // What puts a need at risk comes before what costs money, whatever the days.
        Assert.Equal(["expedite", "defer"], (await list.PageAsync(new(), _ct)).Rows.Select(r => r.Kind));
        var row = Assert.Single((await list.PageAsync(Where("kind", "expedite"), _ct)).Rows);
        Assert.Equal((order.Id, order.Number, orders.Supplier, world.PartNumber, 9), (row.OrderId, row.Order, row.Supplier, row.PartNumber, row.Days));
        Assert.Equal(["defer"], (await list.PageAsync(Where("days", "14.."), _ct)).Rows.Select(r => r.Kind));
        var counts = await scope.Get<PlanFindingQueries>().CountsAsync(_ct);
        Assert.Equal((last, 2, [new FindingCount("defer", 1), new FindingCount("expedite", 1)]), (counts.Cycle!.Id, counts.Exceptions, counts.Kinds.ToArray()), (a, b) => a.Item1 == b.Item1 && a.Item2 == b.Item2 && a.Item3.SequenceEqual(b.Item3));
    }

    [Fact]
    public async Task Flaws_come_worst_first_and_know_the_row_at_fault()
    {
        var world = await Make.PlanWorldAsync(database);
        var price = await database.ScalarAsync<Guid>("select id from supplier_parts where supplier_id = $1", world.OrvaneId);
        var line = (await Make.PlacedOrderAsync(database, await Make.OrderWorldAsync(database))).Lines[0].Id;
        await Make.PutAsync(
            database, Issue(world, PlanSeverity.Low, "safety_unknown", "", null), Issue(world, PlanSeverity.Blocking, "unit_missing", "order_lines", line), Issue(world, PlanSeverity.High, "price_missing", "supplier_parts", price));
        await using var scope = database.As(world.Planner);
        var rows = (await scope.Get<PlanningIssueList>().PageAsync(new(), _ct)).Rows;
        Assert.Equal([PlanSeverity.Blocking, PlanSeverity.High, PlanSeverity.Low], rows.Select(r => r.Severity));
        Assert.NotNull(rows[0].OrderId);
        Assert.Equal(world.PartId, rows[1].OwnerPartId);
        Assert.Equal("Safety stock unknown", rows[2].Flaw);
        Assert.Equal(["price_missing"], (await scope.Get<PlanningIssueList>().PageAsync(Where("severity", "high"), _ct)).Rows.Select(r => r.Code));
        var counts = await scope.Get<PlanFindingQueries>().CountsAsync(_ct);
        Assert.Equal([PlanSeverity.Blocking, PlanSeverity.High, PlanSeverity.Low], counts.Issues.Select(i => i.Severity));
    }

    internal static PlanningMessage Message(PlanWorld world, string kind, int days, Guid? line = null, Guid? cycle = null) => new()
    {
        Id = Guid.CreateVersion7(), CycleId = cycle ?? world.CycleId, PartId = world.PartId, Kind = kind, OrderLineId = line, Quantity = 500, FromDate = world.NeedBucket,
        ToDate = world.NeedBucket.AddDays(-days), Days = days, Text = $"Ask for it {days} days earlier.",
    };

    internal static PlanningIssue Issue(PlanWorld world, PlanSeverity severity, string code, string entity, Guid? entityId) => new()
    {
        Id = Guid.CreateVersion7(), CycleId = world.CycleId, PartId = world.PartId, Severity = severity, Code = code, Entity = entity, EntityId = entityId,
        Text = "Something is wrong here.", Action = "Mend it so.",
    };

    private static ListRequest Where(string key, string raw) => new() { Filters = new Dictionary<string, string> { [key] = raw } };
}
