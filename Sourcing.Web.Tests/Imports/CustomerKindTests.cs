using Sourcing.Data.Common;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Imports;

public sealed class CustomerKindTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Customers_come_with_a_contact_and_whoever_is_responsible_from_today()
    {
        var rep = await database.UserAsync(null, [Role.SalesRep]);
        await using var scope = await database.AsAsync(Role.Admin);
        var desk = new ImportDesk(scope);
        var text = $"Customer,Class,Salesperson,Country,E-mail,Contact,ERP ID\n\"Brinwell, Apparel\",A,{rep.Name},DE,buy@brinwell.example.test,Nadia Ferre,40012\nPellier Home,b,,FR,,,\n";
        await desk.ImportAsync("customers", text);
        var id = await database.ScalarAsync<Guid>("select id from customers where number = 'BRINWELLAPPAREL' and tier = 'a' and external_ids = '[\"40012\"]'");
        Assert.Equal((rep.Id, rep.Id), (await database.ScalarAsync<Guid>("select sales_rep_id from customers where id = $1", id), await database.ScalarAsync<Guid>("select sales_rep_id from customer_responsibilities where customer_id = $1 and valid_until is null", id)));
        Assert.Equal("Nadia Ferre", await database.ScalarAsync<string>("select name from customer_contacts where customer_id = $1 and is_main", id));
        Assert.Equal(1L, await database.ScalarAsync<long>("select count(*) from customer_responsibilities"));
        Assert.Equal(2, (await desk.CheckAsync("customers", text)).UnchangedRows);

        // Found again by name; what the file does not say stays.
        await desk.ImportAsync("customers", "Customer,Phone\npellier home,+00 555 9\n");
        Assert.Equal("FR", await database.ScalarAsync<string>("select country from customers where phone = '+00 555 9' and name = 'pellier home'"));
    }

    [Fact]
    public async Task Near_names_wait_for_a_word_and_an_unknown_representative_is_named()
    {
        await using var scope = await database.AsAsync(Role.Admin);
        var desk = new ImportDesk(scope);
        await desk.ImportAsync("customers", "Customer\n\"Orwell, Ltd\"\n");
        var run = await desk.CheckAsync("customers", "Customer,Rep,E-mail,Tier\nORWELL Ltd.,,,\nNew one,Nobody Known,not an address,Z\n");
        Assert.Contains("Looks like “Orwell, Ltd”", await desk.WrongAsync(run.Id, 2), StringComparison.Ordinal);
        var why = await desk.WrongAsync(run.Id, 3);
        Assert.Contains("No representative “Nobody Known”", why, StringComparison.Ordinal);
        Assert.Contains("not an e-mail address", why, StringComparison.Ordinal);
        Assert.Contains("[tier]", why, StringComparison.Ordinal);
        await using var buyer = await database.AsAsync(Role.Buyer);
        await Assert.ThrowsAsync<DeniedException>(() => new ImportDesk(buyer).CheckAsync("customers", "Customer\nX\n"));
        Assert.Equal(0L, await database.ScalarAsync<long>("select count(*) from customers where name = 'New one'"));
    }
}
