using Sourcing.Data.Common;
using Sourcing.Data.Sales;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Sales;

public sealed class CustomerTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly DateOnly Day = new(2026, 3, 10);
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public void Who_was_responsible_when_stays_on_record()
    {
        var (ann, ben, by) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        var customer = new Customer(new("C-1", "Brinwell Apparel", CustomerTier.A));
        Assert.False(customer.Assign(null, Day, by));
        Assert.True(customer.Assign(ann, Day, by));
        Assert.False(customer.Assign(ann, Day.AddDays(5), by));
        Assert.True(customer.Assign(ben, Day.AddDays(30), by));
        Assert.Equal(ben, customer.SalesRepId);
        Assert.Equal([(ann, Day, Day.AddDays(30)), (ben, Day.AddDays(30), (DateOnly?)null)], customer.Responsibilities.Select(r => (r.SalesRepId!.Value, r.ValidFrom, r.ValidUntil)));
        // Twice in a day: the last word counts, and no period of no days is left.
        Assert.True(customer.Assign(null, Day.AddDays(30), by));
        Assert.Equal(2, customer.Responsibilities.Count);
        Assert.Null(customer.SalesRepId);
        Assert.Contains("9 Apr 2026", Assert.Throws<RefusedException>(() => customer.Assign(ann, Day.AddDays(29), by)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_customer_gets_a_number_and_whoever_adds_it_is_responsible()
    {
        var world = await Make.SalesWorldAsync(database);
        var id = await Make.CustomerAsync(database, world.Rep, "Tidewell Linen", f => f.Contacts.Add(new() { Name = "Nadia Ferre", Email = "nadia@tidewell.example.test", IsMain = true }));
        await using var scope = database.As(world.Rep);
        var customer = await scope.Get<CustomerQueries>().DetailsAsync(id, _ct);
        Assert.Matches(@"^C-\d{4}-\d{5}$", customer!.Number);
        Assert.Equal((world.Rep.Id, world.Rep.Name), (customer.SalesRepId, customer.RepName));
        Assert.Equal("Nadia Ferre", Assert.Single(customer.Contacts).Name);
        Assert.Equal(world.Rep.Name, Assert.Single(customer.Responsibilities).Name);
        var taken = await Assert.ThrowsAsync<RefusedException>(() => Make.CustomerAsync(database, world.Other, more: f => f.Number = customer.Number));
        Assert.Contains("Another customer has this number", taken.Message, StringComparison.Ordinal);
        var wrong = await Assert.ThrowsAsync<RefusedException>(() => Make.CustomerAsync(database, world.Rep, more: f => f.Contacts.AddRange([new() { Name = "A", Email = "a@example.test" }, new() { Name = "B", Email = "a@example.test" }])));
        Assert.Equal("Contacts[1].Email", Assert.Single(wrong.Errors).Field);
    }

    [Fact]
    public async Task A_manager_gives_customers_away_within_the_tree_and_nowhere_else()
    {
        var world = await Make.SalesWorldAsync(database);
        var ids = new[] { await Make.CustomerAsync(database, world.Manager), await Make.CustomerAsync(database, world.Manager) };
        await using var manager = database.As(world.Manager);
        var customers = manager.Get<CustomerService>();
        var refused = await Assert.ThrowsAsync<RefusedException>(() => customers.AssignAsync(new() { Ids = ids, SalesRepId = world.Other.Id }, _ct));
        Assert.Equal("SalesRepId", Assert.Single(refused.Errors).Field);
        await Assert.ThrowsAsync<RefusedException>(() => customers.AssignAsync(new() { Ids = ids, SalesRepId = world.Rep.Id, From = DateOnly.MaxValue }, _ct));
        Assert.Contains("out of sight", (await Assert.ThrowsAsync<RefusedException>(() => customers.AssignAsync(new() { Ids = ids }, _ct))).Message, StringComparison.Ordinal);
        Assert.Equal(2, await customers.AssignAsync(new() { Ids = ids, SalesRepId = world.Rep.Id }, _ct));
        Assert.Equal(0, await customers.AssignAsync(new() { Ids = ids, SalesRepId = world.Rep.Id }, _ct));
        await using var rep = database.As(world.Rep);
        Assert.NotNull(await rep.Get<CustomerQueries>().DetailsAsync(ids[0], _ct));
        // Who sells without leading keeps what they have: the field is not read.
        await rep.Get<CustomerService>().SaveAsync(await WithRepAsync(rep, ids[0], world.Other.Id), _ct);
        Assert.Equal(world.Rep.Id, await database.ScalarAsync<Guid>("select sales_rep_id from customers where id = $1", ids[0]));
    }

    [Fact]
    public async Task Worth_is_what_was_received_less_what_was_paid_back_by_year()
    {
        var world = await Make.SalesWorldAsync(database);
        var orders = await Make.OrderWorldAsync(database);
        var customer = await Make.CustomerAsync(database, world.Rep);
        var first = await Make.SoldOrderAsync(database, orders, customer, 800);
        await Make.SoldOrderAsync(database, orders, customer);
        await database.SqlAsync("update orders set received_share = 0.5, received_at = '2026-05-04T10:00:00Z' where id = $1", first);
        await database.SqlAsync("insert into order_payments (id, order_id, kind, amount, paid_on, method, reference) values ($1, $2, 'refund', 100, '2026-06-01', '', 'R-1')", Guid.CreateVersion7(), first);
        await using var rep = database.As(world.Rep);
        var figures = await rep.Get<CustomerQueries>().FiguresAsync(customer, _ct);
        // 800 × 0.5 received − 100 refunded; the second order is not received yet.
        Assert.Equal(300, figures.Lifetime);
        Assert.Contains(figures.Years, y => (y.Year, y.Received, y.Refunded) == (2026, 400, 100));
        // 800 that the customer pays, and 650 for the one without a price of its own.
        Assert.Equal(1450, figures.Months[^1].Value);
        Assert.Equal(orders.PartNumber, figures.TopParts[0].Number);
        Assert.Equal(2, figures.OpenOrders);
        var timeline = await rep.Get<TimelineQueries>().ReadAsync(customer, null, null, _ct);
        Assert.Equal([650m, 800m], timeline.Select(t => t.Amount).Order());
        Assert.All(timeline, t => Assert.Equal(TimelineKind.Order, t.Kind));
    }

    [Fact]
    public async Task A_customer_that_may_be_here_already_is_named_with_the_reason()
    {
        var world = await Make.SalesWorldAsync(database);
        var id = await Make.CustomerAsync(database, world.Rep, "Ostrella Knit", f => (f.Phone, f.Email, f.TaxId) = ("+00 555 12 34", "office@ostrella.example.test", "DE 123"));
        await using var rep = database.As(world.Rep);
        var queries = rep.Get<CustomerQueries>();
        foreach (var (form, why) in new[]
        {
            (new CustomerForm { Name = "Ostrela Knits" }, "name"), (new() { Name = "x", Phone = "+005551234" }, "telephone"), (new() { Name = "x", Email = "a@ostrella.example.test" }, "domain"), (new() { Name = "x", TaxId = "de123" }, "tax"),
        })
        {
            var found = Assert.Single(await queries.DuplicatesAsync(form, _ct));
            Assert.Equal(id, found.Id);
            Assert.Contains(why, found.Why, StringComparison.Ordinal);
        }

        Assert.Empty(await queries.DuplicatesAsync(new() { Id = id, Name = "Ostrella Knit" }, _ct));
        await using var other = database.As(world.Other);
        Assert.Empty(await other.Get<CustomerQueries>().DuplicatesAsync(new() { Name = "Ostrella Knit" }, _ct));
    }

    [Fact]
    public async Task A_customer_with_an_order_under_way_is_not_deleted_and_a_deleted_one_comes_back_with_its_contacts()
    {
        var world = await Make.SalesWorldAsync(database);
        var id = await Make.CustomerAsync(database, world.Rep, more: f => f.Contacts.Add(new() { Name = "Oskar Lindqvist" }));
        var busy = await Make.CustomerAsync(database, world.Rep);
        await Make.SoldOrderAsync(database, await Make.OrderWorldAsync(database), busy);
        await using var rep = database.As(world.Rep);
        var customers = rep.Get<CustomerService>();
        Assert.Contains("still under way", (await Assert.ThrowsAsync<RefusedException>(() => customers.DeleteAsync([busy], _ct))).Message, StringComparison.Ordinal);
        Assert.Equal(1, await customers.DeleteAsync([id], _ct));
        Assert.Equal(id, Assert.Single(await rep.Get<CustomerQueries>().DeletedAsync(_ct)).Id);
        Assert.Equal(1, await customers.RestoreAsync([id], _ct));
        Assert.Single((await rep.Get<CustomerQueries>().DetailsAsync(id, _ct))!.Contacts);
    }

    private async Task<CustomerForm> WithRepAsync(TestScope scope, Guid id, Guid rep)
    {
        var form = await scope.Get<CustomerQueries>().FormAsync(id, _ct);
        form.SalesRepId = rep;
        return form;
    }
}
