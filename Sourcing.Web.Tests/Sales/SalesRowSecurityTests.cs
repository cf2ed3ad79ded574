using Microsoft.EntityFrameworkCore;
using Npgsql;
using Sourcing.Data.Common;
using Sourcing.Data.Common.Lists;
using Sourcing.Data.Operations;
using Sourcing.Data.Sales;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Sales;

/// <summary>Nobody who sells sees a row of another: by services, lists, exports, counts, links, search, or by the login itself.</summary>
public sealed class SalesRowSecurityTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_representative_finds_their_own_customers_and_a_manager_those_below_and_nobody_anothers()
    {
        var world = await Make.SalesWorldAsync(database);
        var (own, others) = (await Make.CustomerAsync(database, world.Rep, "Halvrik Workwear"), await Make.CustomerAsync(database, world.Other, "Halvrik Uniforms"));
        foreach (var (person, seen) in new[] { (world.Rep, own), (world.Manager, own), (world.Other, others) })
        {
            await using var scope = database.As(person);
            var queries = scope.Get<CustomerQueries>();
            var list = scope.Get<CustomerList>();
            Assert.Equal([seen], (await list.PageAsync(new ListRequest(), _ct)).Rows.Select(r => r.Id));
            Assert.Equal([seen], (await list.PageAsync(new ListRequest { Search = "halvrik" }, _ct)).Rows.Select(r => r.Id));
            Assert.Equal(1, (await list.CountsAsync(["f.isActive=yes"], _ct))["f.isActive=yes"]);
            var exported = new List<object?>();
            await list.ExportAsync(new ListRequest(), ["name"], row => { exported.Add(row[0]); return ValueTask.CompletedTask; }, _ct);
            Assert.Single(exported);
            Assert.Equal([seen], (await queries.FindAsync("halvrik", 10, _ct)).Select(c => c.Id));
            Assert.Equal([seen], (await scope.Get<SearchQueries>().FindAsync("halvrik", 10, _ct)).Where(r => r.Kind == SearchKind.Customer).Select(r => r.Id));
            var hidden = seen == own ? others : own;
            Assert.Null(await queries.DetailsAsync(hidden, _ct));
            Assert.Empty(await scope.Get<TimelineQueries>().ReadAsync(hidden, null, null, _ct));
            await Assert.ThrowsAsync<MissingException>(() => queries.FormAsync(hidden, _ct));
            Assert.Equal(0, await scope.Get<CustomerService>().SetTierAsync([hidden], CustomerTier.C, _ct));
        }
    }

    [Fact]
    public async Task Those_inside_see_all_customers_and_no_note_or_quota_and_an_admin_sees_them_too()
    {
        var world = await Make.SalesWorldAsync(database);
        var customer = await Make.CustomerAsync(database, world.Rep);
        await NoteAsync(world.Rep.Id, customer, "Price is a secret");
        await database.SqlAsync("insert into sales_quotas (id, sales_rep_id, period, period_start, period_end, amount, currency) values ($1, $2, 'quarter', '2026-10-01', '2027-01-01', 1000, 'EUR')", Guid.CreateVersion7(), world.Rep.Id);
        foreach (var (role, notes) in new[] { (Role.Buyer, 0L), (Role.Planner, 0L), (Role.ReadOnly, 0L), (Role.Admin, 1L) })
        {
            await using var scope = await database.AsAsync(role);
            Assert.NotNull(await scope.Get<CustomerQueries>().DetailsAsync(customer, _ct));
            Assert.Equal(notes, (await scope.Get<TimelineQueries>().ReadAsync(customer, null, TimelineKind.Note, _ct)).Count);
            Assert.Equal((notes, notes, notes), await scope.Get<Database>().ReadAsync(
                async (db, ct) => ((long)await db.SalesNotes.CountAsync(n => n.CustomerId == customer, ct), (long)await db.SalesQuotas.CountAsync(q => q.SalesRepId == world.Rep.Id, ct),
                    (long)await db.AuditEntries.CountAsync(a => a.TableName == "sales_notes" && a.ParentId == customer, ct)), _ct));
        }
    }

    [Fact]
    public async Task The_login_itself_shows_reads_changes_and_adds_nothing_of_another()
    {
        var world = await Make.SalesWorldAsync(database);
        var orders = await Make.OrderWorldAsync(database);
        var customer = await Make.CustomerAsync(database, world.Other);
        var order = await Make.SoldOrderAsync(database, orders, customer);
        await NoteAsync(world.Other.Id, customer, "Not yours");
        string[] tables = ["customers", "customer_responsibilities", "sales_notes", "order_sales", "orders", "order_lines", "customer_sales"];
        foreach (var table in tables)
        {
            Assert.Equal(0L, await AsRepAsync<long>(world.Rep, $"select count(*) from {table}"));
            Assert.NotEqual(0L, await AsRepAsync<long>(world.Other, $"select count(*) from {table}"));
        }

        Assert.Equal(0, await AsRepAsync(world.Rep, $"update customers set name = 'Mine' where id = '{customer}'"));
        Assert.Equal(0, await AsRepAsync(world.Rep, "update sales_notes set body = 'Mine'"));
        // Not even a manager writes in somebody else's name, and nobody gives a customer out of their tree.
        foreach (var forbidden in new[]
        {
            $"insert into sales_notes (id, customer_id, sales_rep_id, kind, body, occurred_at, next_action) values (gen_random_uuid(), '{await Make.CustomerAsync(database, world.Rep)}', '{world.Rep.Id}', 'call', 'x', now(), '')",
            $"update customers set sales_rep_id = '{world.Other.Id}' where sales_rep_id = '{world.Rep.Id}'", "update order_sales set sale_total = 1", "update orders set total = 1",
            "delete from customers", "select * from suppliers", "select * from quotes", "select * from supplier_parts", "select * from audit_entries",
        })
        {
            var fault = await Assert.ThrowsAsync<PostgresException>(() => AsRepAsync(world.Manager, forbidden));
            Assert.Equal("42501", fault.SqlState);
        }

        Assert.NotEqual(Guid.Empty, order);
    }

    [Fact]
    public async Task One_pooled_connection_serves_two_people_one_after_the_other_and_mixes_nothing()
    {
        var world = await Make.SalesWorldAsync(database);
        var (first, second) = (await Make.CustomerAsync(database, world.Rep), await Make.CustomerAsync(database, world.Other));
        await using var source = new NpgsqlDataSourceBuilder(database.Sources.For(DatabaseAccess.Rep).ConnectionString + ";Maximum Pool Size=1").Build();
        for (var i = 0; i < 20; i++)
        {
            var (person, own) = i % 2 == 0 ? (world.Rep, first) : (world.Other, second);
            await using var connection = await source.OpenConnectionAsync(_ct);
            await using var transaction = await connection.BeginTransactionAsync(_ct);
            await using (var begin = new NpgsqlCommand("select app.begin($1)", connection) { Parameters = { new() { Value = person.SessionToken } } })
            {
                await begin.ExecuteNonQueryAsync(_ct);
            }

            await using var read = new NpgsqlCommand("select array_agg(id) from customers", connection);
            Assert.Equal([own], (Guid[])(await read.ExecuteScalarAsync(_ct))!);
        }
    }

    [Fact]
    public async Task Whoever_has_no_part_in_sales_is_refused_before_the_database_is_asked()
    {
        foreach (var role in new[] { Role.Supplier, Role.ChapterLeader, Role.Exporter })
        {
            await using var scope = await database.AsAsync(role == Role.Supplier ? Guid.CreateVersion7() : null, role);
            await Assert.ThrowsAsync<DeniedException>(() => scope.Get<CustomerQueries>().FindAsync("x", 1, _ct));
            await Assert.ThrowsAsync<DeniedException>(() => scope.Get<CustomerService>().SaveAsync(new() { Name = "x" }, _ct));
            await Assert.ThrowsAsync<DeniedException>(() => scope.Get<RequestService>().AskAsync(new(), _ct));
            await Assert.ThrowsAsync<DeniedException>(() => scope.Get<TeamQueries>().TreeAsync(_ct));
            await Assert.ThrowsAsync<DeniedException>(() => scope.Get<SalesFigureQueries>().ReadAsync(null, _ct));
        }

        await using var buyer = await database.AsAsync(Role.Buyer);
        await Assert.ThrowsAsync<DeniedException>(() => buyer.Get<CustomerService>().SaveAsync(new() { Name = "x" }, _ct));
        await Assert.ThrowsAsync<DeniedException>(() => buyer.Get<TeamService>().SetQuotaAsync(new(), _ct));
        await using var rep = await database.AsAsync(Role.SalesRep);
        await Assert.ThrowsAsync<DeniedException>(() => rep.Get<CustomerService>().AssignAsync(new() { Ids = [Guid.CreateVersion7()] }, _ct));
        await Assert.ThrowsAsync<DeniedException>(() => rep.Get<RequestService>().TakeAsync(Guid.CreateVersion7(), Guid.CreateVersion7(), _ct));
        await using var manager = await database.AsAsync(Role.SalesManager);
        await Assert.ThrowsAsync<DeniedException>(() => manager.Get<TeamService>().PlaceAsync(new(), _ct));
        await Assert.ThrowsAsync<DeniedException>(() => manager.Get<SaleService>().SetForOrderAsync(new(), _ct));
    }

    [Fact]
    public async Task An_order_is_read_by_whoever_looks_after_its_customer_and_whoever_is_above_and_by_no_other()
    {
        var (world, orders) = (await Make.SalesWorldAsync(database), await Make.OrderWorldAsync(database));
        var customer = await Make.CustomerAsync(database, world.Rep, "Ardley Coats");
        var order = await Make.SoldOrderAsync(database, orders, customer, 900);
        foreach (var person in new[] { world.Rep, world.Manager })
        {
            await using var scope = database.As(person);
            var read = (await scope.Get<CustomerOrderQueries>().DetailsAsync(order, _ct))!;
            Assert.Equal((customer, "Ardley Coats", 900m, 900m - read.Cost), (read.CustomerId, read.Customer, read.Sold, read.Margin));
            Assert.NotEmpty(read.Lines);
        }

        await using (var other = database.As(world.Other))
        {
            Assert.Null(await other.Get<CustomerOrderQueries>().DetailsAsync(order, _ct));
            Assert.Empty(await other.Get<CustomerQueries>().OrdersAsync(customer, _ct));
        }

        // Given to somebody else, it is theirs to read from then on. Whoever sold it keeps the order and its commission, and sees the customer no more.
        await database.SqlAsync("update customers set sales_rep_id = $1 where id = $2", world.Other.Id, customer);
        await using var given = database.As(world.Other);
        Assert.Equal(order, (await given.Get<CustomerOrderQueries>().DetailsAsync(order, _ct))!.Id);
        await using var before = database.As(world.Rep);
        var sold = (await before.Get<CustomerOrderQueries>().DetailsAsync(order, _ct))!;
        Assert.Equal((order, null, ""), (sold.Id, sold.CustomerId, sold.Customer));
        await using var elsewhere = await database.AsAsync(Role.SalesRep);
        Assert.Null(await elsewhere.Get<CustomerOrderQueries>().DetailsAsync(order, _ct));
        // Buyers have a page of their own, with the supplier.
        await Assert.ThrowsAsync<DeniedException>(async () =>
        {
            await using var buyer = database.As(orders.Buyer);
            await buyer.Get<CustomerOrderQueries>().DetailsAsync(order, _ct);
        });
    }

    [Fact]
    public async Task A_file_of_a_customer_is_for_those_who_see_the_customer_and_is_changed_by_those_who_sell_to_it()
    {
        var world = await Make.SalesWorldAsync(database);
        var (customer, others) = (await Make.CustomerAsync(database, world.Rep), await Make.CustomerAsync(database, world.Other));
        Guid file;
        await using (var rep = database.As(world.Rep))
        {
            var files = rep.Get<AttachmentService>();
            file = await files.AddAsync("customers", customer, "contract.txt", Text("Half a year, 30 days net"), visibleToSupplier: false, _ct);
            Assert.Equal((file, "contract.txt", true), (await files.ListAsync("customers", customer, _ct)).Select(f => (f.Id, f.FileName, f.MayRemove)).Single());
            // Neither on another's customer nor on any other record.
            await Assert.ThrowsAsync<MissingException>(() => files.AddAsync("customers", others, "contract.txt", Text("Mine"), visibleToSupplier: false, _ct));
            await Assert.ThrowsAsync<DeniedException>(() => files.ListAsync("orders", Guid.CreateVersion7(), _ct));
        }

        await using (var manager = database.As(world.Manager))
        {
            await using var opened = await manager.Get<AttachmentService>().OpenAsync(file, _ct);
            using var reader = new StreamReader(opened.File.Content);
            Assert.Equal("Half a year, 30 days net", await reader.ReadToEndAsync(_ct));
        }

        await using (var buyer = await database.AsAsync(Role.Buyer))
        {
            var row = Assert.Single(await buyer.Get<AttachmentService>().ListAsync("customers", customer, _ct));
            Assert.False(row.MayRemove);
            await Assert.ThrowsAsync<DeniedException>(() => buyer.Get<AttachmentService>().RemoveAsync(file, _ct));
        }

        await using var other = database.As(world.Other);
        Assert.Empty(await other.Get<AttachmentService>().ListAsync("customers", customer, _ct));
        await Assert.ThrowsAsync<MissingException>(() => other.Get<AttachmentService>().OpenAsync(file, _ct));
        await Assert.ThrowsAsync<MissingException>(() => other.Get<AttachmentService>().RemoveAsync(file, _ct));
        Assert.Equal(0L, await AsRepAsync<long>(world.Other, "select count(*) from attachments"));
        foreach (var owner in new[] { $"'customers', '{customer}'", $"'orders', '{Guid.CreateVersion7()}'" })
        {
            var fault = await Assert.ThrowsAsync<PostgresException>(() => AsRepAsync(world.Other,
                $"insert into attachments (id, owner_type, owner_id, file_name, media_type, size, sha256, content, visible_to_supplier) values (gen_random_uuid(), {owner}, 'x.txt', 'text/plain', 1, repeat('0', 64), 'x', false)"));
            Assert.Equal("42501", fault.SqlState);
        }

        await using var own = database.As(world.Rep);
        await own.Get<AttachmentService>().RemoveAsync(file, _ct);
        Assert.Empty(await own.Get<AttachmentService>().ListAsync("customers", customer, _ct));
    }

    private static MemoryStream Text(string text) => new(System.Text.Encoding.UTF8.GetBytes(text));

    private Task<int> NoteAsync(Guid rep, Guid customer, string body) => database.SqlAsync(
        "insert into sales_notes (id, customer_id, sales_rep_id, kind, body, occurred_at, next_action) values ($1, $2, $3, 'call', $4, now(), '')", Guid.CreateVersion7(), customer, rep, body);

    private async Task<T> AsRepAsync<T>(UserIdentity person, string sql)
    {
        await using var connection = await database.Sources.For(DatabaseAccess.Rep).OpenConnectionAsync(_ct);
        await using var transaction = await connection.BeginTransactionAsync(_ct);
        await using (var begin = new NpgsqlCommand("select app.begin($1)", connection) { Parameters = { new() { Value = person.SessionToken } } })
        {
            await begin.ExecuteNonQueryAsync(_ct);
        }

        await using var command = new NpgsqlCommand(sql, connection);
        return typeof(T) == typeof(int) ? (T)(object)await command.ExecuteNonQueryAsync(_ct) : (T)(await command.ExecuteScalarAsync(_ct))!;
    }

    private Task<int> AsRepAsync(UserIdentity person, string sql) => AsRepAsync<int>(person, sql);
}
