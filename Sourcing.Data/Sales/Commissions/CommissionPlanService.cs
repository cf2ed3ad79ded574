using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;

namespace Sourcing.Data.Sales.Commissions;

/// <summary>Writes plans, tries them on past orders, switches their versions on, and says who is paid by them.</summary>
public sealed class CommissionPlanService(Database database, CurrentUser user, IServiceScopeFactory scopes, SystemSession system)
{
    /// <summary>Adds a plan with its first draft, or changes a draft. Refuses a taken name, a version that is active, and rules that do not hold.</summary>
    /// <returns>The plan.</returns>
    public Task<Guid> SaveAsync(PlanForm form, CancellationToken ct)
    {
        user.Demand(Permission.CommissionsManage);
        FormShape.Demand(form);
        return database.WriteOnceAsync(form.FormKey, async (db, token) =>
        {
            if (await db.CommissionPlans.AnyAsync(p => p.Name == form.Name.Trim() && p.Id != form.Id, token))
            {
                throw new RefusedException(nameof(form.Name), "Another plan has this name. Choose another.");
            }

            CommissionPlan plan;
            if (form.Id is { } id)
            {
                plan = await LoadAsync(db, id, form.Version, token);
                db.Entry(plan).Property(p => p.Name).IsModified = true;
                plan.Rename(form.Name);
                (form.Currency, form.Period) = (plan.Currency, plan.Period);
                var draft = plan.Versions.SingleOrDefault(v => v.Id == form.VersionId) ?? throw new MissingException("version of the plan");
                draft.Rewrite(form.Terms(plan.Id, draft.Id, draft.Number));
            }
            else
            {
                plan = new(form.Name, form.Currency, form.Period);
                plan.Draft(form.Terms(plan.Id, Guid.Empty, 1));
                db.Add(plan);
            }

            await db.SaveChangesAsync(token);
            return plan.Id;
        }, ct);
    }

    /// <summary>A draft that says the same as the plan's last version, from a day on. Refuses while there is one.</summary>
    /// <returns>The draft.</returns>
    public Task<Guid> DraftAsync(Guid planId, DateOnly from, Guid formKey, CancellationToken ct)
    {
        user.Demand(Permission.CommissionsManage);
        return database.WriteOnceAsync(formKey, async (db, token) =>
        {
            var plan = await LoadAsync(db, planId, null, token);
            var last = plan.Versions.OrderBy(v => v.Number).LastOrDefault() ?? throw new RefusedException("The plan has no version to start from.");
            var draft = plan.Draft(plan.Terms(last) with { ValidFrom = from, ValidUntil = null });
            db.Add(draft);
            await db.SaveChangesAsync(token);
            return draft.Id;
        }, ct);
    }

    /// <summary>Switches a draft on from its first day; the version before it ends there. Refuses what overlaps.</summary>
    public Task ActivateAsync(Guid planId, Guid versionId, uint version, CancellationToken ct)
    {
        user.Demand(Permission.CommissionsManage);
        return database.WriteAsync(
            async (db, token) =>
            {
                var plan = await LoadAsync(db, planId, version, token);
                db.Entry(plan).Property(p => p.Name).IsModified = true;
                plan.Activate(versionId, await db.NowAsync(token));
                await db.SaveChangesAsync(token);
            }, ct);
    }

    /// <summary>Throws a draft away. Refuses an active version.</summary>
    public Task DiscardAsync(Guid planId, Guid versionId, uint version, CancellationToken ct)
    {
        user.Demand(Permission.CommissionsManage);
        return database.WriteAsync(
            async (db, token) =>
            {
                var plan = await LoadAsync(db, planId, version, token);
                db.Remove(plan.Discard(versionId));
                await db.SaveChangesAsync(token);
            }, ct);
    }

    /// <summary>Puts a representative of one's tree on a plan. Refuses days on which another plan pays them.</summary>
    public Task<Guid> AssignAsync(AssignForm form, CancellationToken ct)
    {
        user.Demand(Permission.CommissionsManage);
        FormShape.Demand(form);
        return database.WriteOnceAsync(form.FormKey, async (db, token) =>
        {
            if (!await db.SalesReps.AnyAsync(r => r.Id == form.RepId, token))
            {
                throw new MissingException("representative");
            }

            if (!await db.CommissionPlans.AnyAsync(p => p.Id == form.PlanId, token))
            {
                throw new MissingException("plan");
            }

            var (from, until) = (form.From!.Value, form.Until);
            if (await db.CommissionAssignments.Where(a => a.SalesRepId == form.RepId && (until == null || a.ValidFrom < until) && (a.ValidUntil == null || a.ValidUntil > from))
                .OrderBy(a => a.ValidFrom).FirstOrDefaultAsync(token) is { } other)
            {
                throw new RefusedException(nameof(form.From), $"This representative has a plan from {other.ValidFrom.ToString("d MMM yyyy", System.Globalization.CultureInfo.InvariantCulture)} on that overlaps. End that one first.");
            }

            var assignment = new CommissionAssignment(form.PlanId, form.RepId!.Value, from, until);
            db.Add(assignment);
            await db.SaveChangesAsync(token);
            return assignment.Id;
        }, ct);
    }

    /// <summary>Ends an assignment on a day, which is the first that it does not count.</summary>
    public Task EndAsync(Guid assignmentId, DateOnly until, CancellationToken ct)
    {
        user.Demand(Permission.CommissionsManage);
        return database.WriteAsync(
            async (db, token) =>
            {
                var assignment = await db.CommissionAssignments.SingleOrDefaultAsync(a => a.Id == assignmentId, token) ?? throw new MissingException("assignment");
                assignment.End(until);
                await db.SaveChangesAsync(token);
            }, ct);
    }

    /// <summary>
    /// What a version would have paid for the events of some days, against what is in force, both reckoned from nothing and kept nowhere. The version is
    /// taken to hold for all these days, in place of the plan's others. Refuses more than three years.
    /// </summary>
    /// <returns>By representative of one's tree and currency, the largest difference first.</returns>
    public async Task<IReadOnlyList<WhatIfRow>> TryAsync(Guid planId, Guid versionId, DateOnly from, DateOnly through, CancellationToken ct)
    {
        user.Demand(Permission.CommissionsManage);
        if (through < from || through.DayNumber - from.DayNumber > 1096)
        {
            throw new RefusedException("Choose a span of at least a day and at most three years.");
        }

        var (now, then) = await JobScope.RunAsync(
            scopes, system, (provider, token) => provider.GetRequiredService<Database>().ReadAsync((db, t) => TryAsync(db, planId, versionId, from, through, t), token), ct);
        var names = await database.ReadAsync(
            (db, token) => db.SalesReps.Join(db.People, r => r.Id, p => p.Id, (r, p) => new { r.Id, p.FullName }).ToDictionaryAsync(r => r.Id, r => r.FullName, token), ct);
        return [.. now.Keys.Union(then.Keys).Where(k => names.ContainsKey(k.Rep))
            .Select(k => new WhatIfRow(k.Rep, names[k.Rep], k.Currency, now.GetValueOrDefault(k), then.GetValueOrDefault(k)))
            .OrderByDescending(r => Math.Abs(r.Difference)).ThenBy(r => r.Rep, StringComparer.Ordinal).ThenBy(r => r.Currency, StringComparer.Ordinal)];
    }

    // As the system, which alone reads everybody's orders: an override above rests on all below.
    private static async Task<(Dictionary<(Guid Rep, string Currency), decimal> Now, Dictionary<(Guid Rep, string Currency), decimal> Then)> TryAsync(
        SourcingDb db, Guid planId, Guid versionId, DateOnly from, DateOnly through, CancellationToken ct)
    {
        await db.AllowMinutesAsync(2, ct);
        var plan = await LoadAsync(db, planId, null, ct);
        var draft = plan.Versions.SingleOrDefault(v => v.Id == versionId) ?? throw new MissingException("version of the plan");
        var since = Suppliers.Scorecards.ScorePeriods.StartOf(plan.Period, from);
        var input = await CommissionFacts.ReadAsync(db, since, through, withLedger: false, ct);
        var terms = plan.Terms(draft) with { ValidFrom = DateOnly.MinValue, ValidUntil = null };
        return (Sums(CommissionArithmetic.Reckon(input)), Sums(CommissionArithmetic.Reckon(input with { Versions = [.. input.Versions.Where(v => v.PlanId != planId), terms] })));
    }

    private static Dictionary<(Guid Rep, string Currency), decimal> Sums(IReadOnlyList<LedgerLine> lines) =>
        lines.GroupBy(l => (l.RepId, l.Currency)).ToDictionary(g => g.Key, g => g.Sum(l => l.Amount));

    private static async Task<CommissionPlan> LoadAsync(SourcingDb db, Guid id, uint? version, CancellationToken ct)
    {
        var plan = await db.CommissionPlans.Include(p => p.Versions).SingleOrDefaultAsync(p => p.Id == id, ct) ?? throw new MissingException("plan");
        if (version is { } opened)
        {
            db.Entry(plan).Property(p => p.Version).OriginalValue = opened;
        }

        return plan;
    }
}
