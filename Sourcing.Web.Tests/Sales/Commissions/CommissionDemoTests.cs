using Sourcing.Data.Common;
using Sourcing.Data.Demo;
using Sourcing.Data.Operations;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Sales.Commissions;

public sealed class CommissionDemoTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task The_demo_has_two_months_paid_a_divided_order_a_clawback_an_override_an_open_question_and_a_draft_to_try()
    {
        var (admin, manager, anna, ben) = (
            await database.UserAsync(null, [Role.Admin]), await database.UserAsync(null, [Role.SalesManager]), await database.UserAsync(null, [Role.SalesRep]), await database.UserAsync(null, [Role.SalesRep]));
        await database.SqlAsync("update sales_reps set manager_id = $1 where id = $2 or id = $3", manager.Id, anna.Id, ben.Id);
        var today = DateOnly.FromDateTime(database.Clock.GetUtcNow().UtcDateTime);
        var month = new DateOnly(today.Year, today.Month, 1).AddMonths(-2);
        var customer = await Make.CustomerOfAsync(database, admin, anna.Id, month.AddYears(-1));
        var scene = new CommissionScene(admin, manager, anna, ben, manager, await Make.BareSupplierAsync(database, "Demo mill"), customer, month) { Today = today };
        foreach (var (amount, day) in new[] { (30_000m, month.AddDays(3)), (12_000m, month.AddDays(20)), (18_000m, month.AddMonths(1).AddDays(4)) })
        {
            await Make.SoldOrderAsync(database, scene, amount, day, o => o.Pay(amount / 2, day.AddDays(1), "Transfer", ""));
        }

        await using var scope = database.As(admin);
        await new DemoCommissions(scope.Services, scope.Get<SystemSession>(), admin.Id).MakeAsync(TestContext.Current.CancellationToken);
        Assert.Equal(2, await database.ScalarAsync<long>("select count(*) from commission_payouts"));
        Assert.Equal(2, await database.ScalarAsync<long>("select count(*) from order_shares"));
        Assert.Equal(1, await database.ScalarAsync<long>("select count(*) from commission_disputes where status = 'open'"));
        Assert.Equal(2, await database.ScalarAsync<long>("select count(*) from commission_plan_versions where status = 'active'"));
        // From the first day of a quarter that has not begun.
        Assert.Equal(1, await database.ScalarAsync<long>("select count(*) from commission_plan_versions where status = 'draft' and valid_from > $1 and extract(month from valid_from) in (1, 4, 7, 10)", today));
        Assert.Equal(["clawback", "order", "override"], (await database.ScalarAsync<string[]>("select array_agg(distinct kind order by kind) from commissions")).AsEnumerable());
    }
}
