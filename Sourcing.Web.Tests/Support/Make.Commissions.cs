using Microsoft.EntityFrameworkCore;
using Npgsql;
using Sourcing.Data.Common;
using Sourcing.Data.Orders;
using Sourcing.Data.Sales;
using Sourcing.Data.Sales.Commissions;
using Sourcing.Data.Suppliers.Scorecards;

namespace Sourcing.Web.Tests.Support;

/// <summary>Who sells: a manager with two representatives, a second manager with nobody, an admin, and a customer of Anna's.</summary>
/// <param name="Month">The first day of the month before last: orders of the world are issued from there on.</param>
public sealed record CommissionScene(UserIdentity Admin, UserIdentity Manager, UserIdentity Anna, UserIdentity Ben, UserIdentity Other, Guid SupplierId, Guid CustomerId, DateOnly Month)
{
    public DateOnly Today { get; init; }

    public Guid PlanId { get; init; }
}

public static partial class Make
{
    /// <summary>The scene, with Anna, Ben and their manager on a plan from the beginning of last year on.</summary>
    /// <param name="change">Changes the plan before it is switched on.</param>
    public static async Task<CommissionScene> CommissionSceneAsync(TestDatabase database, Action<PlanForm>? change = null)
    {
        var (admin, manager, anna) = (await database.UserAsync(null, [Role.Admin]), await database.UserAsync(null, [Role.SalesManager]), await database.UserAsync(null, [Role.SalesRep]));
        var (ben, other) = (await database.UserAsync(null, [Role.SalesRep]), await database.UserAsync(null, [Role.SalesManager]));
        await database.SqlAsync("update sales_reps set manager_id = $1 where id = $2 or id = $3", manager.Id, anna.Id, ben.Id);
        var supplier = await BareSupplierAsync(database, $"Mill {Guid.CreateVersion7().ToString("N")[^8..]}");
        var today = DateOnly.FromDateTime(database.Clock.GetUtcNow().UtcDateTime);
        var month = new DateOnly(today.Year, today.Month, 1).AddMonths(-2);
        var customer = await CustomerOfAsync(database, admin, anna.Id, month.AddYears(-1));
        var plan = await PlanAsync(database, admin, month, change, anna.Id, ben.Id, manager.Id);
        return new(admin, manager, anna, ben, other, supplier, customer, month) { Today = today, PlanId = plan };
    }

    /// <summary>A plan of 5 % of the order when it is issued, by month, switched on from a year before; with these people on it.</summary>
    public static async Task<Guid> PlanAsync(TestDatabase database, UserIdentity admin, DateOnly month, Action<PlanForm>? change, params Guid[] people)
    {
        await using var scope = database.As(admin);
        var (plans, queries) = (scope.Get<CommissionPlanService>(), scope.Get<CommissionPlanQueries>());
        var form = new PlanForm
        {
            Name = $"Plan {Guid.CreateVersion7():N}", Period = ScorePeriod.Month, ValidFrom = month.AddYears(-1), Event = EarningEvent.Issued, ClawbackDays = 90,
            Rules = [new() { Tiers = [new() { Percent = 5 }] }],
        };
        change?.Invoke(form);
        var id = await plans.SaveAsync(form, Ct);
        var plan = (await queries.PlanAsync(id, Ct))!;
        await plans.ActivateAsync(id, plan.Versions[0].Id, plan.Version, Ct);
        foreach (var person in people)
        {
            await plans.AssignAsync(new() { PlanId = id, RepId = person, From = month.AddYears(-1) }, Ct);
        }

        return id;
    }

    /// <summary>A customer of a representative since a day.</summary>
    public static async Task<Guid> CustomerOfAsync(TestDatabase database, UserIdentity admin, Guid repId, DateOnly since)
    {
        await using var scope = database.As(admin);
        return await scope.Get<Database>().WriteAsync(
            async (db, ct) =>
            {
                var customer = new Customer(new($"C-{Guid.CreateVersion7().ToString("N")[^10..]}", "Hartwig Pumps", CustomerTier.A));
                customer.Assign(repId, since, admin.Id);
                db.Add(customer);
                await db.SaveChangesAsync(ct);
                return customer.Id;
            }, Ct);
    }

    /// <summary>An order of one line for the scene's customer, issued on a day.</summary>
    /// <param name="more">What happens to it before it is kept.</param>
    public static async Task<Guid> SoldOrderAsync(TestDatabase database, CommissionScene scene, decimal amount, DateOnly issuedOn, Action<Order>? more = null)
    {
        await using var scope = database.As(scene.Admin);
        return await scope.Get<Database>().WriteAsync(async (db, ct) =>
        {
            var unit = await UnitAsync(db, "kg", ct);
            await db.SaveChangesAsync(ct);
            var order = Data.Orders.Order.Draft($"PO-{Guid.CreateVersion7().ToString("N")[^12..]}", scene.SupplierId, "EUR", scene.Admin.Id, scene.Admin.Id);
            order.Edit(scene.SupplierId, "EUR", Terms(), [new OrderLineDraft(null, null, "", "", "Combed yarn", 1, unit, "kg", amount, issuedOn.AddDays(30), null)]);
            order.Approve(new(scene.Admin.Id, "Admin", null), order.Total, At(issuedOn, 0));
            order.Issue("Admin", "admin@example.test", "sales@example.test", At(issuedOn, 0));
            more?.Invoke(order);
            db.Add(order);
            await db.SaveChangesAsync(ct);
            db.Add(new OrderSale(order.Id, scene.CustomerId, scene.Anna.Id, null));
            await db.SaveChangesAsync(ct);
            return order.Id;
        }, Ct);
    }

    /// <summary>Runs commissions through today as somebody.</summary>
    /// <returns>How many lines it wrote.</returns>
    public static async Task<int> CommissionRunAsync(TestDatabase database, UserIdentity by)
    {
        await using var scope = database.As(by);
        var run = await scope.Get<CommissionRunService>().RunAsync(new() { Through = DateOnly.FromDateTime(database.Clock.GetUtcNow().UtcDateTime) }, Ct);
        return await database.ScalarAsync<int>("select lines from commission_runs where id = $1", run);
    }

    /// <summary>The lines of somebody, in the order in which they were written.</summary>
    public static async Task<IReadOnlyList<Commission>> LinesOfAsync(TestDatabase database, CommissionScene scene, Guid repId)
    {
        await using var scope = database.As(scene.Admin);
        return await scope.Get<Database>().ReadAsync(async (db, ct) => await db.Commissions.AsNoTracking().Where(c => c.SalesRepId == repId).OrderBy(c => c.Id).ToListAsync(ct), Ct);
    }

    /// <summary>Takes all of somebody's lines to a state, by the scene's admin.</summary>
    public static async Task DecideAllAsync(TestDatabase database, CommissionScene scene, Guid repId, params CommissionState[] states)
    {
        await using var scope = database.As(scene.Admin);
        foreach (var state in states)
        {
            await scope.Get<CommissionReviewService>().DecideAsync(new() { RepId = repId, State = state }, Ct);
        }
    }

    /// <summary>A statement as somebody, through the login that they have.</summary>
    public static async Task<int> SqlAsAsync(TestDatabase database, UserIdentity identity, string sql, params object[] parameters)
    {
        await using var scope = database.As(identity);
        return await scope.Get<Database>().WriteAsync((db, ct) => db.Database.ExecuteSqlRawAsync(sql, [.. parameters.Select((p, i) => new NpgsqlParameter($"p{i}", p))], ct), Ct);
    }
}
