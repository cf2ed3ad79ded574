using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Catalog.Merging;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Data.Orders;
using Sourcing.Data.Rfqs;
using Sourcing.Data.Suppliers.Merging;
using Sourcing.Data.Suppliers;
using Sourcing.Web.Tests.Catalog;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Suppliers;

public sealed class SupplierMergeTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    /// <summary>Whoever adds a table that names a supplier says here what a merge does with it.</summary>
    [Fact]
    public async Task Every_foreign_key_to_a_supplier_is_known_to_the_merge()
    {
        var known = SupplierMoves.All.Select(m => $"{m.Table} {m.Column}").Concat(SupplierMoves.Kept.Select(t => $"{t} supplier_id")).ToHashSet();
        Assert.DoesNotContain(await MergeWorld.KeysToAsync(database, "suppliers"), key => !known.Contains(key));
    }

    [Fact]
    public async Task Everything_that_names_a_supplier_comes_to_the_other_and_its_portal_users_sign_in_anew()
    {
        var world = await Make.OrderWorldAsync(database);
        var gone = world.SupplierId;
        await using var scope = await database.AsAsync(Role.Admin);
        var keep = await scope.SupplierAsync("Orvane Textil Kft");
        await scope.PriceAsync(keep, world.PartId, 2.2m);
        await Make.PlacedOrderAsync(database, world, OrderStatus.Received);
        var rfq = await InvitedAsync(gone);
        var quote = await Make.SubmittedQuoteAsync(database, rfq);
        await database.SqlAsync("insert into supplier_users (id, supplier_id, user_id) values (gen_random_uuid(), $1, $2)", gone, quote.Supplier.Id);
        await database.SqlAsync("insert into supplier_contacts (id, supplier_id, name, role, email, phone, receives_rfqs) values (gen_random_uuid(), $1, 'Rui', '', 'rui@example.test', '', true)", gone);
        await database.SqlAsync("insert into supplier_kpis (id, supplier_id, kpi, period, period_start, events, top, bottom, value) values (gen_random_uuid(), $1, 'otif', 'month', '2026-10-01', 1, 1, 1, 1)", gone);
        var totals = await TotalsAsync(keep, gone);

        await MergeAsync(scope, keep, gone);
        Assert.Equal(totals, await TotalsAsync(keep, gone));
        foreach (var key in await MergeWorld.KeysToAsync(database, "suppliers"))
        {
            Assert.True(await database.ScalarAsync<long>($"select count(*) from {key.Split(' ')[0]} where {key.Split(' ')[1]} = $1", gone) == 0, $"{key} still names the supplier that is gone.");
        }

        Assert.Equal(2.2m, await database.ScalarAsync<decimal>("select unit_cost from supplier_parts where supplier_id = $1 and part_id = $2 and deleted_at is null", keep, world.PartId));
        Assert.Equal(1, await database.ScalarAsync<long>("select count(*) from app.sessions where user_id = $1 and revoked_at is not null", quote.Supplier.Id));
        Assert.Equal(1, await database.ScalarAsync<long>("select count(*) from job_runs where kind = 'scorecards' and status = 'waiting'"));
        Assert.Equal(keep, (await scope.Get<SupplierQueries>().FindAsync(world.Supplier, 5, _ct))[0].Id);
        Assert.Contains(world.Supplier, (await scope.Get<SupplierQueries>().DetailsAsync(keep, _ct))!.OtherNames);
        Assert.Equal(keep, (await scope.Get<SupplierMergeQueries>().LeadsToAsync(gone, _ct))!.KeptId);
        Assert.Contains("cannot come back", await CatalogMaker.RefusalAsync(() => scope.Get<SupplierService>().RestoreAsync([gone], _ct)), StringComparison.Ordinal);
        Assert.Contains((await scope.Get<HistoryQueries>().ForAsync(keep, _ct))[0].Changes, c => c.Table == "merges" && c.Fields.Any(f => f is { Field: "Orders", After: "1" }));
    }

    [Fact]
    public async Task Of_two_invitations_the_one_with_a_quote_stays_whichever_supplier_it_was_of()
    {
        await using var scope = await database.AsAsync(Role.Admin);
        foreach (var quoting in new[] { 0, 1 })
        {
            var rfq = await Make.OpenRfqAsync(database, 2, 1);
            var quote = await Make.SubmittedQuoteAsync(database, rfq, quoting);
            await MergeAsync(scope, rfq.Suppliers[0], rfq.Suppliers[1]);
            Assert.Equal("quoted", await database.ScalarAsync<string>("select status from rfq_invitations where rfq_id = $1", rfq.Id));
            Assert.Equal(rfq.Suppliers[0], await database.ScalarAsync<Guid>("select supplier_id from rfq_invitations where rfq_id = $1", rfq.Id));
            Assert.Equal(rfq.Suppliers[0], await database.ScalarAsync<Guid>("select supplier_id from quotes where id = $1", quote.Id));
        }
    }

    [Fact]
    public async Task Two_quotes_in_one_RFQ_stop_the_merge_until_it_is_over_and_then_stay_as_they_were_given()
    {
        await using var scope = await database.AsAsync(Role.Admin);
        var rfq = await Make.OpenRfqAsync(database, 2, 1);
        await Make.SubmittedQuoteAsync(database, rfq);
        await Make.SubmittedQuoteAsync(database, rfq, 1);
        var (keep, gone) = (rfq.Suppliers[0], rfq.Suppliers[1]);
        var refused = await CatalogMaker.RefusalAsync(() => MergeAsync(scope, keep, gone));
        Assert.Contains(rfq.Number, refused, StringComparison.Ordinal);
        Assert.Contains("still running", refused, StringComparison.Ordinal);
        await database.SqlAsync("update rfqs set status = 'cancelled', cancelled_at = now(), cancel_reason = 'Not needed.' where id = $1", rfq.Id);
        await MergeAsync(scope, keep, gone);
        Assert.Equal(1, await database.ScalarAsync<long>("select count(*) from quotes where rfq_id = $1 and supplier_id = $2", rfq.Id, gone));
        Assert.Equal(1, await database.ScalarAsync<long>("select count(*) from rfq_invitations where rfq_id = $1 and supplier_id = $2", rfq.Id, gone));
    }

    [Fact]
    public async Task What_was_quoted_in_rounds_that_are_over_comes_along_unchanged()
    {
        await using var scope = await database.AsAsync(Role.Admin);
        var rfq = await Make.OpenRfqAsync(database, 2, 1);
        var quote = await Make.SubmittedQuoteAsync(database, rfq);
        await Make.NextRoundAsync(database, rfq, 1, [0]);
        var keep = await scope.SupplierAsync();
        var before = await database.ScalarAsync<string>("select (to_jsonb(q) - array['supplier_id', 'updated_at'])::text from quotes q where id = $1", quote.Id);
        await MergeAsync(scope, keep, rfq.Suppliers[0]);
        Assert.Equal(keep, await database.ScalarAsync<Guid>("select supplier_id from quotes where id = $1", quote.Id));
        Assert.Equal(before, await database.ScalarAsync<string>("select (to_jsonb(q) - array['supplier_id', 'updated_at'])::text from quotes q where id = $1", quote.Id));
        Assert.Equal(keep, await database.ScalarAsync<Guid>("select supplier_id from rfq_round_answers where rfq_id = $1 and round = 1 and supplier_id <> $2", rfq.Id, rfq.Suppliers[1]));
        // And only by a merge: the guard stands for everything else.
        var moved = await Assert.ThrowsAnyAsync<Exception>(() => scope.Get<Database>().WriteAsync(
            (db, token) => db.Database.ExecuteSqlAsync($"update quotes set supplier_id = {rfq.Suppliers[1]} where id = {quote.Id}", token), _ct));
        Assert.Contains("which is over", moved.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_block_of_either_holds_on()
    {
        await using var scope = await database.AsAsync(Role.Buyer);
        var (keep, gone) = (await scope.SupplierAsync(), await scope.SupplierAsync());
        var details = (await scope.Get<SupplierQueries>().DetailsAsync(gone, _ct))!;
        await scope.Get<SupplierService>().BlockAsync(new() { Id = gone, Version = details.Version, BlockedFor = SupplierBlock.Order, Reason = "Insolvent." }, _ct);
        await MergeAsync(scope, keep, gone);
        var after = (await scope.Get<SupplierQueries>().DetailsAsync(keep, _ct))!;
        Assert.Equal(SupplierBlock.Order, after.BlockedFor);
        Assert.Contains("Insolvent.", after.BlockReason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_two_merges_of_one_supplier_one_wins()
    {
        await using var scope = await database.AsAsync(Role.Buyer);
        await using var other = await database.AsAsync(Role.Buyer);
        var (a, b, c) = (await scope.SupplierAsync(), await scope.SupplierAsync(), await scope.SupplierAsync());
        var (mine, theirs) = (MergeWorld.Form(await scope.Get<SupplierMergeQueries>().PreviewAsync(a, b, _ct)), MergeWorld.Form(await other.Get<SupplierMergeQueries>().PreviewAsync(c, b, _ct)));
        var both = new[] { scope.Get<SupplierMergeService>().MergeAsync(mine, _ct), other.Get<SupplierMergeService>().MergeAsync(theirs, _ct) };
        await Task.WhenAll(both.Select(t => t.ContinueWith(_ => { }, TaskScheduler.Default)));
        Assert.Equal(1, both.Count(t => t.IsCompletedSuccessfully));
        Assert.IsAssignableFrom<RefusedException>(both.Single(t => t.IsFaulted).Exception!.InnerException);
    }

    [Theory]
    [InlineData(Role.Planner)]
    [InlineData(Role.ReadOnly)]
    [InlineData(Role.SalesRep)]
    public async Task Only_those_who_write_suppliers_may_merge_them(Role role)
    {
        await using var scope = await database.AsAsync(role);
        var form = new MergeForm { KeepId = Guid.CreateVersion7(), GiveUpId = Guid.CreateVersion7() };
        await Assert.ThrowsAsync<DeniedException>(() => scope.Get<SupplierMergeService>().MergeAsync(form, _ct));
        await Assert.ThrowsAsync<DeniedException>(() => scope.Get<SupplierMergeQueries>().PreviewAsync(form.KeepId.Value, form.GiveUpId.Value, _ct));
    }

    private async Task MergeAsync(TestScope scope, Guid keep, Guid gone) =>
        await scope.Get<SupplierMergeService>().MergeAsync(MergeWorld.Form(await scope.Get<SupplierMergeQueries>().PreviewAsync(keep, gone, _ct)), _ct);

    /// <summary>An open RFQ to this supplier alone.</summary>
    private async Task<MadeRfq> InvitedAsync(Guid supplier)
    {
        var rfq = await Make.OpenRfqAsync(database, 1, 1);
        await database.SqlAsync("update rfq_invitations set supplier_id = $1 where rfq_id = $2", supplier, rfq.Id);
        return rfq with { Suppliers = [supplier] };
    }

    private Task<string> TotalsAsync(Guid keep, Guid gone) => database.ScalarAsync<string>(
        "select concat_ws(' | ', (select count(*) || ' ' || sum(total) from orders where supplier_id in ($1, $2)), (select count(*) || ' ' || sum(total) from quotes where supplier_id in ($1, $2)))", keep, gone);
}
