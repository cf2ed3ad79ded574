using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Suppliers;
using Sourcing.Data.Suppliers.Scorecards;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Suppliers.Scorecards;

public sealed class ScorecardServiceTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Late_parts_count_for_what_came_in_time_and_what_never_came_counts_as_missing()
    {
        var due = await Make.LastMonthAsync(database);
        var supplier = await Make.BareSupplierAsync(database, "Half in time");
        await Make.DeliveriesAsync(database, supplier, false, new MadeDelivery(100, due, (60, 0, 0), (40, 0, 5)), new MadeDelivery(100, due));
        await Make.DeliveriesAsync(database, supplier, true, new MadeDelivery(500, due));
        await Make.ActiveTemplateAsync(database);
        await using var scope = await database.AsAsync(Role.ReadOnly);
        var view = (await scope.Get<ScorecardQueries>().OfSupplierAsync(supplier, _ct))!;
        Assert.Equal((30m, "C"), (Assert.Single(view.Periods).Score, view.Periods[0].Standing));
        Assert.Equal(0.3m, await database.ScalarAsync<decimal>("select reliability_score from suppliers where id = $1", supplier));
        var lines = await scope.Get<ScorecardQueries>().EventsAsync(supplier, "otif", view.Periods[0].Start, view.Periods[0].End, _ct);
        Assert.Equal([(0m, 100m), (60m, 100m)], lines.Events.Select(e => (e.Top!.Value, e.Bottom!.Value)));
    }

    [Fact]
    public async Task A_standing_blocks_and_lets_go_beside_what_a_person_did()
    {
        var due = await Make.LastMonthAsync(database);
        var supplier = await Make.BareSupplierAsync(database, "Twice barred");
        await Make.DeliveriesAsync(database, supplier, false, new MadeDelivery(100, due));
        await using var scope = await database.AsAsync(Role.Buyer);
        var (queries, service) = (scope.Get<SupplierQueries>(), scope.Get<SupplierService>());
        async Task<SupplierDetails> NowAsync() => (await queries.DetailsAsync(supplier, _ct))!;
        async Task BlockAsync(SupplierBlock level) => await service.BlockAsync(new() { Id = supplier, Version = (await NowAsync()).Version, BlockedFor = level, Reason = "Certificate ran out." }, _ct);
        await BlockAsync(SupplierBlock.Order);
        var template = await Make.ActiveTemplateAsync(database);
        var both = await NowAsync();
        Assert.Equal((SupplierBlock.Order, SupplierBlock.Order, SupplierBlock.Rfq), (both.BlockedFor, both.ManualBlock, both.StandingBlock));
        Assert.Equal("Certificate ran out. Its standing is C, with a score of 0.0 of 100.", both.BlockReason);
        Assert.Equal(both.ManualBlockedAt, both.BlockedAt);

        // A person lifts their own block; the standing's stays.
        await BlockAsync(SupplierBlock.None);
        var standing = await NowAsync();
        Assert.Equal((SupplierBlock.Rfq, "Its standing is C, with a score of 0.0 of 100."), (standing.BlockedFor, standing.BlockReason));

        // Once the template is retired, its block goes and a person's stays.
        await BlockAsync(SupplierBlock.Order);
        await scope.Get<ScorecardTemplateService>().RetireAsync(template, (await scope.Get<ScorecardQueries>().TemplateAsync(template, _ct))!.Version, _ct);
        await scope.Get<ScorecardService>().RecomputeAsync(null, _ct);
        var left = await NowAsync();
        Assert.Equal((SupplierBlock.Order, "Certificate ran out.", SupplierBlock.None, null), (left.BlockedFor, left.BlockReason, left.StandingBlock, left.Mark));
    }

    [Fact]
    public async Task A_block_written_past_the_app_is_kept_as_a_persons()
    {
        var due = await Make.LastMonthAsync(database);
        var supplier = await Make.BareSupplierAsync(database, "Barred by import");
        await Make.DeliveriesAsync(database, supplier, false, new MadeDelivery(100, due, (100, 0, 0)));
        await database.SqlAsync("update suppliers set blocked_for = 'order', block_reason = 'Insolvent.', blocked_at = now() where id = $1", supplier);
        await Make.ActiveTemplateAsync(database);
        await using var scope = await database.AsAsync(Role.ReadOnly);
        var now = (await scope.Get<SupplierQueries>().DetailsAsync(supplier, _ct))!;
        Assert.Equal((SupplierBlock.Order, SupplierBlock.Order, "Insolvent.", "A"), (now.BlockedFor, now.ManualBlock, now.BlockReason, now.Mark?.Name));
    }

    [Fact]
    public async Task A_draft_is_back_tested_before_it_is_switched_on_and_again_after_a_change()
    {
        var due = await Make.LastMonthAsync(database);
        var (bad, good) = (await Make.BareSupplierAsync(database, "Never came"), await Make.BareSupplierAsync(database, "Always came"));
        await Make.DeliveriesAsync(database, bad, false, new MadeDelivery(100, due), new MadeDelivery(100, due.AddMonths(-2), (100, 0, 0)));
        await Make.DeliveriesAsync(database, good, false, new MadeDelivery(100, due, (100, 0, 0)));
        await using var scope = await database.AsAsync(Role.Buyer);
        var (templates, queries) = (scope.Get<ScorecardTemplateService>(), scope.Get<ScorecardQueries>());
        async Task<ScorecardTemplateDetails> NowAsync(Guid of) => (await queries.TemplateAsync(of, _ct))!;
        var id = await templates.SaveAsync(Make.Template(StandingEffect.BlockOrders), _ct);
        var refused = await Assert.ThrowsAsync<RefusedException>(async () => await templates.ActivateAsync(id, (await NowAsync(id)).Version, _ct));
        Assert.Contains("not back-tested since its last change", refused.Message, StringComparison.Ordinal);

        var test = await templates.BackTestAsync(id, (await NowAsync(id)).Version, _ct);
        var hit = test.Hits.Single(h => h.SupplierId == bad);
        Assert.Equal(("C", StandingEffect.BlockOrders), (hit.Last.Standing.Name, hit.Last.Standing.Effect));
        Assert.Equal(["A", "C"], hit.ByPeriod.OrderBy(p => p.Key).Select(p => p.Value.Standing.Name));
        Assert.DoesNotContain(test.Hits, h => h.SupplierId == good);
        // Nothing happened to anybody yet.
        Assert.Equal(SupplierBlock.None, (await scope.Get<SupplierQueries>().DetailsAsync(bad, _ct))!.BlockedFor);

        var form = await queries.FormAsync(id, _ct);
        form.Criteria[0].ZeroAt = 0.1m;
        await templates.SaveAsync(form, _ct);
        await Assert.ThrowsAsync<RefusedException>(async () => await templates.ActivateAsync(id, (await NowAsync(id)).Version, _ct));
        await templates.BackTestAsync(id, (await NowAsync(id)).Version, _ct);
        await templates.ActivateAsync(id, (await NowAsync(id)).Version, _ct);
        Assert.Equal(1, await database.ScalarAsync<long>("select count(*) from scorecard_templates where status = 'active'"));

        // What has scored is not changed but copied.
        form = await queries.FormAsync(id, _ct);
        Assert.Contains("Copy it", (await Assert.ThrowsAsync<RefusedException>(() => templates.SaveAsync(form, _ct))).Message, StringComparison.Ordinal);
        var copy = await templates.CopyAsync(id, Guid.CreateVersion7(), _ct);
        Assert.Equal((ScorecardTemplateStatus.Draft, 0.1m), ((await NowAsync(copy)).Status, (await NowAsync(copy)).Rules.Criteria[0].ZeroAt));
        await templates.DeleteAsync(copy, (await NowAsync(copy)).Version, _ct);
        Assert.Null(await queries.TemplateAsync(copy, _ct));
    }

    [Fact]
    public async Task A_second_template_takes_the_place_of_the_first()
    {
        var first = await Make.ActiveTemplateAsync(database);
        var second = await Make.ActiveTemplateAsync(database);
        await using var scope = await database.AsAsync(Role.ReadOnly);
        var rows = await scope.Get<ScorecardQueries>().TemplatesAsync(_ct);
        Assert.Equal((ScorecardTemplateStatus.Active, ScorecardTemplateStatus.Retired), (rows.Single(r => r.Id == second).Status, rows.Single(r => r.Id == first).Status));
    }

    [Fact]
    public async Task Two_who_change_one_draft_meet_and_rows_that_go_are_gone()
    {
        await using var scope = await database.AsAsync(Role.Buyer);
        var (templates, queries) = (scope.Get<ScorecardTemplateService>(), scope.Get<ScorecardQueries>());
        var usual = ScorecardTemplateForm.Usual();
        usual.Name = $"Meeting {Guid.CreateVersion7()}";
        var id = await templates.SaveAsync(usual, _ct);
        var (mine, theirs) = (await queries.FormAsync(id, _ct), await queries.FormAsync(id, _ct));
        theirs.Criteria.RemoveAt(3);
        theirs.Criteria[0].Weight += 15;
        theirs.Standings.RemoveAt(1);
        await templates.SaveAsync(theirs, _ct);
        Assert.Equal([55m, 25m, 20m], (await queries.TemplateAsync(id, _ct))!.Rules.Criteria.Select(c => c.Weight));
        Assert.Equal(3, (await queries.TemplateAsync(id, _ct))!.Rules.Standings.Count);
        mine.Description = "Mine";
        await Assert.ThrowsAsync<ConflictException>(() => templates.SaveAsync(mine, _ct));
    }

    [Fact]
    public async Task A_recomputation_is_queued_once()
    {
        await using var scope = await database.AsAsync(Role.Buyer);
        var first = await scope.Get<ScorecardService>().QueueAsync(_ct);
        Assert.Equal(first, await scope.Get<ScorecardService>().QueueAsync(_ct));
    }

    [Fact]
    public async Task Those_who_may_not_are_refused_first_of_all()
    {
        await using var reader = await database.AsAsync(Role.ReadOnly);
        var (templates, scores) = (reader.Get<ScorecardTemplateService>(), reader.Get<ScorecardService>());
        await DeniedAsync(() => templates.SaveAsync(Make.Template(), _ct));
        await DeniedAsync(() => templates.CopyAsync(Guid.Empty, Guid.CreateVersion7(), _ct));
        await DeniedAsync(() => templates.BackTestAsync(Guid.Empty, 0, _ct));
        await DeniedAsync(() => templates.ActivateAsync(Guid.Empty, 0, _ct));
        await DeniedAsync(() => templates.RetireAsync(Guid.Empty, 0, _ct));
        await DeniedAsync(() => templates.DeleteAsync(Guid.Empty, 0, _ct));
        await DeniedAsync(() => scores.QueueAsync(_ct));
        await DeniedAsync(() => scores.RecomputeAsync(null, _ct));
        await DeniedAsync(() => reader.Get<ScorecardQueries>().FormAsync(Guid.Empty, _ct));
        await using var rep = await database.AsAsync(Role.SalesRep);
        var queries = rep.Get<ScorecardQueries>();
        await DeniedAsync(() => queries.TemplatesAsync(_ct));
        await DeniedAsync(() => queries.TemplateAsync(Guid.Empty, _ct));
        await DeniedAsync(() => queries.OfSupplierAsync(Guid.Empty, _ct));
        await DeniedAsync(() => queries.EventsAsync(Guid.Empty, "otif", default, default, _ct));
        await DeniedAsync(() => queries.CompareAsync([], _ct));
        await DeniedAsync(() => rep.Get<ScorecardList>().PageAsync(new(), _ct));
    }

    [Fact]
    public async Task A_supplier_sees_no_score_even_past_the_services()
    {
        var supplier = await Make.BareSupplierAsync(database, "Looks in");
        await using var scope = await database.AsAsync(supplier, Role.Supplier);
        foreach (var select in new[] { "score::text as \"Value\" from supplier_scorecards", "kpi as \"Value\" from supplier_kpis", "name as \"Value\" from scorecard_templates", "standing as \"Value\" from suppliers", "manual_block_reason as \"Value\" from suppliers" }.Select(what => $"select {what}"))
        {
            await Assert.ThrowsAsync<RefusedException>(() => scope.Get<Database>().ReadAsync((db, ct) => db.Database.SqlQueryRaw<string>(select).ToListAsync(ct), _ct));
        }
    }

    private static Task DeniedAsync(Func<Task> act) => Assert.ThrowsAsync<DeniedException>(act);
}
