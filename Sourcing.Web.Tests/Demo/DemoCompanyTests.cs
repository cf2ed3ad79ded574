using Microsoft.Extensions.DependencyInjection;
using Sourcing.Data.Common;
using Sourcing.Data.Demo;
using Sourcing.Data.Operations;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Demo;

public sealed class DemoCompanyTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task The_first_start_finds_every_state_and_the_second_changes_nothing()
    {
        foreach (var account in DemoAccounts.All)
        {
            var user = await database.UserAsync(null, [account.Role]);
            await database.SqlAsync("update users set email = $2, user_name = $2, full_name = $3, approval_limit = nullif($4, 0) where id = $1", user.Id, account.Email, account.Name, account.Limit ?? 0m);
        }

        await using var scope = await database.AsAsync(Role.Admin);
        var company = new DemoCompany(scope.Services, new SystemSession(database.Sources, TimeProvider.System));
        Assert.True(await company.FillAsync(TestContext.Current.CancellationToken));
        Assert.False(await company.FillAsync(TestContext.Current.CancellationToken));

        Assert.Equal(60L, await CountAsync("suppliers"));
        Assert.Equal(400L, await CountAsync("parts"));
        Assert.Equal(40L, await CountAsync("rfqs"));
        Assert.Equal(200L, await CountAsync("orders"));
        Assert.Equal(7L, await database.ScalarAsync<long>("select count(distinct status) from rfqs"));
        Assert.True(await database.ScalarAsync<long>("select count(distinct status) from orders") >= 8, "Orders stand in at least eight states.");
        Assert.True(await database.ScalarAsync<long>("select count(*) from receipts") > 200);
        Assert.True(await database.ScalarAsync<bool>("select max(issued_at) - min(issued_at) > interval '500 days' from orders"), "Orders span eighteen months.");
        Assert.Equal(0L, await database.ScalarAsync<long>("select count(*) from orders where issued_at > now() or received_at > now()"));
        Assert.Equal(0L, await database.ScalarAsync<long>("select count(*) from rfqs where created_at > now()"));
        Assert.Equal(0L, await database.ScalarAsync<long>("select count(*) from order_lines l join units u on u.id = l.unit_id where u.code = 'pcs' and l.received_quantity <> trunc(l.received_quantity)"));
        Assert.True(await database.ScalarAsync<long>("select count(*) from award_decisions where status = 'waiting'") > 0, "An award waits for a second signature.");
        // The next number people get follows the demo's.
        Assert.Equal(0L, await database.ScalarAsync<long>("select count(*) from orders o join number_sequences s on s.kind = 'PO' and o.number > 'PO-' || s.year || '-' || lpad(s.last::text, 5, '0') and o.number like 'PO-' || s.year || '-%'"));
    }

    private Task<long> CountAsync(string table) => database.ScalarAsync<long>($"select count(*) from {table}");
}
