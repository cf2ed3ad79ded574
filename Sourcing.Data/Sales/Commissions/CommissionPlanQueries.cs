using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;

namespace Sourcing.Data.Sales.Commissions;

/// <summary>Reads plans and who is paid by them.</summary>
public sealed class CommissionPlanQueries(Database database, CurrentUser user, TimeProvider time)
{
    /// <summary>All plans by name; at most 200.</summary>
    public Task<IReadOnlyList<PlanRow>> PlansAsync(CancellationToken ct)
    {
        user.Demand(Permission.CommissionsManage);
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        return database.ReadAsync<IReadOnlyList<PlanRow>>(
            async (db, token) =>
            {
                var plans = await db.CommissionPlans.AsNoTracking().Include(p => p.Versions).OrderBy(p => p.Name).ThenBy(p => p.Id).Take(200).ToListAsync(token);
                var people = await db.CommissionAssignments.Where(a => a.ValidFrom <= today && (a.ValidUntil == null || a.ValidUntil > today)).GroupBy(a => a.PlanId)
                    .Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, token);
                return [.. plans.Select(p => p.Versions.FirstOrDefault(v => v.Status == PlanVersionStatus.Active && v.ValidFrom <= today && (v.ValidUntil == null || v.ValidUntil > today)) is var active
                    ? new PlanRow(p.Id, p.Name, p.Currency, p.Period, p.Versions.Count, active?.Number, active?.ValidFrom, p.Versions.Any(v => v.Status == PlanVersionStatus.Draft), people.GetValueOrDefault(p.Id))
                    : throw new InvalidOperationException())];
            }, ct);
    }

    /// <summary>A plan; null when there is none.</summary>
    public Task<PlanDetails?> PlanAsync(Guid id, CancellationToken ct)
    {
        user.Demand(Permission.CommissionsManage);
        return database.ReadAsync<PlanDetails?>(
            async (db, token) =>
            {
                if (await db.CommissionPlans.AsNoTracking().Include(p => p.Versions).SingleOrDefaultAsync(p => p.Id == id, token) is not { } plan)
                {
                    return null;
                }

                var assignments = await db.CommissionAssignments.Where(a => a.PlanId == id).OrderBy(a => a.ValidFrom).ThenBy(a => a.Id).Take(1000)
                    .Select(a => new AssignmentRow(a.Id, a.SalesRepId, db.People.Where(p => p.Id == a.SalesRepId).Select(p => p.FullName).FirstOrDefault() ?? "", a.ValidFrom, a.ValidUntil)).ToListAsync(token);
                return new(plan.Id, plan.Name, plan.Currency, plan.Period, plan.Version,
                    [.. plan.Versions.OrderByDescending(v => v.Number).Select(v => new PlanVersionDetails(v.Id, v.Status, plan.Terms(v), v.ActivatedAt))],
                    [.. assignments.OrderBy(a => a.Rep, StringComparer.Ordinal).ThenBy(a => a.From)]);
            }, ct);
    }

    /// <summary>A draft as its editor opens it. Refuses one that is not there.</summary>
    public Task<PlanForm> FormAsync(Guid planId, Guid versionId, CancellationToken ct)
    {
        user.Demand(Permission.CommissionsManage);
        return database.ReadAsync(
            async (db, token) =>
            {
                var plan = await db.CommissionPlans.AsNoTracking().Include(p => p.Versions).SingleOrDefaultAsync(p => p.Id == planId, token) ?? throw new MissingException("plan");
                var version = plan.Versions.SingleOrDefault(v => v.Id == versionId) ?? throw new MissingException("version of the plan");
                version.DemandDraft();
                return PlanForm.Of(plan, version);
            }, ct);
    }

    /// <summary>Part categories by code, for rules.</summary>
    public Task<IReadOnlyList<string>> CategoriesAsync(CancellationToken ct)
    {
        user.Demand(Permission.CommissionsManage);
        return database.ReadAsync<IReadOnlyList<string>>(async (db, token) => await db.PartCategories.OrderBy(c => c.Code).Select(c => c.Code).Take(500).ToListAsync(token), ct);
    }
}
