using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Catalog.Merging;
using Sourcing.Data.Common;
using Sourcing.Data.Sales;
using Sourcing.Data.Sales.Merging;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Sales;

public sealed class CustomerMergeTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_key_that_names_a_customer_is_in_the_list()
    {
        var known = CustomerMoves.All.Select(m => $"{m.Table} {m.Column}").Concat(CustomerMoves.Kept.Select(t => $"{t} customer_id")).ToHashSet();
        await using var scope = await database.AsAsync(Role.Admin);
        var keys = await scope.Get<Database>().ReadAsync(
            (db, ct) => db.Database.SqlQuery<string>(
                $"""
                select k.conrelid::regclass || ' ' || a.attname as "Value" from pg_constraint k join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[1]
                where k.contype = 'f' and k.confrelid = 'customers'::regclass
                """).ToListAsync(ct), _ct);
        Assert.NotEmpty(keys);
        Assert.Empty(keys.Except(known));
    }

    [Fact]
    public async Task Everything_of_the_one_comes_to_the_other_and_who_was_responsible_stays()
    {
        var (world, orders) = (await Make.SalesWorldAsync(database), await Make.OrderWorldAsync(database));
        var keep = await Make.CustomerAsync(database, world.Rep, "Larkmoor Home", f => f.Phone = "");
        var gone = await Make.CustomerAsync(database, world.Other, "Larkmoor Homes", f => { f.Phone = "+00 555 77"; f.Contacts.Add(new() { Name = "Pia Castelan" }); });
        var order = await Make.SoldOrderAsync(database, orders, gone);
        await database.SqlAsync("insert into sales_notes (id, customer_id, sales_rep_id, kind, body, occurred_at, next_action) values ($1, $2, $3, 'call', 'Hello', now(), '')", Guid.CreateVersion7(), gone, world.Other.Id);
        var number = await database.ScalarAsync<string>("select number from customers where id = $1", gone);
        await using var admin = await database.AsAsync(Role.Admin);
        var preview = await admin.Get<CustomerMergeQueries>().PreviewAsync(keep, gone, _ct);
        Assert.Equal([("Orders", 1L), ("Notes", 1L), ("Contacts", 1L)], preview.Moves.Select(m => (m.Name, m.Count)));
        Assert.Contains(preview.Differences, d => d is { Field: "Telephone", Result: "+00 555 77" });
        var form = new MergeForm { KeepId = keep, GiveUpId = gone, KeepVersion = preview.Keep.Version, GiveUpVersion = preview.GiveUp.Version };
        await admin.Get<CustomerMergeService>().MergeAsync(form, _ct);

        Assert.Equal((keep, world.Other.Id), (await database.ScalarAsync<Guid>("select customer_id from order_sales where id = $1", order), await database.ScalarAsync<Guid>("select sales_rep_id from order_sales where id = $1", order)));
        var kept = await admin.Get<CustomerQueries>().DetailsAsync(keep, _ct);
        Assert.Equal(("+00 555 77", "Pia Castelan", world.Rep.Id), (kept!.Phone, Assert.Single(kept.Contacts).Name, kept.SalesRepId));
        Assert.Equal(keep, Assert.Single(await admin.Get<CustomerQueries>().FindAsync(number, 5, _ct)).Id);
        Assert.Equal(keep, (await admin.Get<CustomerMergeQueries>().LeadsToAsync(gone, _ct))!.KeptId);
        Assert.Contains("already", (await Assert.ThrowsAsync<RefusedException>(() => admin.Get<CustomerMergeService>().MergeAsync(new() { KeepId = keep, GiveUpId = gone }, _ct))).Message, StringComparison.Ordinal);
        Assert.Contains("cannot come back", (await Assert.ThrowsAsync<RefusedException>(() => admin.Get<CustomerService>().RestoreAsync([gone], _ct))).Message, StringComparison.Ordinal);
        // The note is its author's still, and now of a customer that they do not have.
        await using var other = database.As(world.Other);
        Assert.Null(await other.Get<CustomerQueries>().DetailsAsync(keep, _ct));
    }

    [Fact]
    public async Task Only_an_admin_merges_and_not_what_changed_meanwhile_or_a_customer_with_itself()
    {
        var world = await Make.SalesWorldAsync(database);
        var (keep, gone) = (await Make.CustomerAsync(database, world.Rep), await Make.CustomerAsync(database, world.Rep));
        foreach (var person in new[] { world.Manager, world.Rep })
        {
            await using var scope = database.As(person);
            await Assert.ThrowsAsync<DeniedException>(() => scope.Get<CustomerMergeQueries>().PreviewAsync(keep, gone, _ct));
            await Assert.ThrowsAsync<DeniedException>(() => scope.Get<CustomerMergeService>().MergeAsync(new() { KeepId = keep, GiveUpId = gone }, _ct));
        }

        await using var admin = await database.AsAsync(Role.Admin);
        await Assert.ThrowsAsync<RefusedException>(() => admin.Get<CustomerMergeQueries>().PreviewAsync(keep, keep, _ct));
        await Assert.ThrowsAsync<ConflictException>(() => admin.Get<CustomerMergeService>().MergeAsync(new() { KeepId = keep, GiveUpId = gone, KeepVersion = 1, GiveUpVersion = 1 }, _ct));
    }
}
