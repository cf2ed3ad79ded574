using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Data.Planning.Engine;

namespace Sourcing.Data.Planning.Cycles;

/// <summary>Asks cycles what would be if figures were others. A what-if is worked out in memory: it keeps its question and a summary, and never touches what is real.</summary>
public sealed class WhatIfService(Database database, CurrentUser user, JobRunService jobs, PlanCache cache, PlanQueries plans, PlanningService planning)
{
    /// <summary>From so many materials on a what-if is worked out by a job; below, it is finished when the call returns.</summary>
    public const int MostAtOnce = 5_000;

    /// <summary>Asks. Refuses a base that is not a finished live cycle with its snapshot, and suppositions about what is not there.</summary>
    /// <returns>The what-if: finished, or queued for a base of <see cref="MostAtOnce"/> materials and more.</returns>
    public async Task<Guid> AskAsync(WhatIfForm form, CancellationToken ct)
    {
        user.Demand(Permission.PlanningWrite);
        FormShape.Demand(form);
        var changes = form.Changes.ConvertAll(c => c.ToOverride());
        var queued = false;
        var id = await database.WriteOnceAsync(form.FormKey, async (db, token) =>
        {
            var from = await db.PlanningCycles.AsNoTracking().SingleOrDefaultAsync(c => c.Id == form.BaseCycleId, token) ?? throw new MissingException("planning cycle");
            await DemandUsableAsync(db, from, token);
            await DemandTargetsAsync(db, changes, token);
            var now = await db.NowAsync(token);
            var cycle = new PlanningCycle(await db.NextNumberAsync("WI", token), CycleKind.WhatIf, form.Name, from.AsOf, from.Id, user.Id);
            cycle.Vary(CycleJson.Write(changes));
            queued = from.Counts!.Materials >= MostAtOnce;
            db.PlanningCycles.Add(cycle);
            await db.SaveChangesAsync(token);
            if (queued)
            {
                await jobs.QueueAsync(db, PlanningWork.JobKind, $"Plan {cycle.Number}", cycle.Id, token);
            }

            await db.AnnounceAsync(PlanningService.Topic, cycle.Id, token);
            return cycle.Id;
        }, ct);
        if (!queued)
        {
            await RunAsync(id, ct);
        }

        return id;
    }

    /// <summary>
    /// Makes a what-if real, as far as that is honest: a live cycle of today's figures that plans with the same suppositions, and says so on its
    /// row. Nothing else is changed: prices, lead times and suppliers stay as they are entered, and the next ordinary cycle plans by them. Refuses
    /// suppositions about stock, which is what is there and not what anybody wants.
    /// </summary>
    /// <returns>The live cycle, queued.</returns>
    public Task<Guid> PromoteAsync(PromoteForm form, CancellationToken ct)
    {
        user.Demand(Permission.PlanningWrite);
        FormShape.Demand(form);
        return database.WriteOnceAsync(form.FormKey, async (db, token) =>
        {
            var whatIf = await db.PlanningCycles.AsNoTracking().SingleOrDefaultAsync(c => c.Id == form.Id && c.Kind == CycleKind.WhatIf, token) ?? throw new MissingException("what-if");
            if (!whatIf.IsFinished)
            {
                throw new RefusedException($"{whatIf.Number} has not finished. Wait until it has, and look at what it says, before it is made real.");
            }

            if (CycleJson.ReadOverrides(whatIf.Overrides).Any(c => c.Kind == PlanOverrideKind.Stock))
            {
                throw new RefusedException($"{whatIf.Number} supposes other stock than there is, and orders would be placed on it. Count the stock in the inventory, or ask again without that change.");
            }

            return await planning.QueueLiveAsync(db, whatIf, token);
        }, ct);
    }

    /// <summary>Removes a what-if that was not made real.</summary>
    public Task RemoveAsync(Guid id, CancellationToken ct)
    {
        user.Demand(Permission.PlanningWrite);
        return database.WriteAsync(async (db, token) =>
        {
            var whatIf = await db.PlanningCycles.SingleOrDefaultAsync(c => c.Id == id && c.Kind == CycleKind.WhatIf, token) ?? throw new MissingException("what-if");
            if (whatIf.Status is CycleStatus.Waiting or CycleStatus.Running)
            {
                throw new RefusedException($"{whatIf.Number} is being planned. Cancel it first.");
            }

            if (await db.PlanningCycles.Where(c => c.PromotedFromId == id).Select(c => c.Number).FirstOrDefaultAsync(token) is { } live)
            {
                throw new RefusedException($"{whatIf.Number} was made real as {live} and stays as its reason.");
            }

            db.PlanningCycles.Remove(whatIf);
            await db.SaveChangesAsync(token);
            await db.AnnounceAsync(PlanningService.Topic, id, token);
        }, ct);
    }

    // A second click, or a retry after the first call broke off, finds the row: what has not run yet runs now.
    private async Task RunAsync(Guid id, CancellationToken ct)
    {
        var begun = await database.WriteAsync(
            async (db, token) =>
            {
                var cycle = await db.PlanningCycles.SingleAsync(c => c.Id == id, token);
                if (cycle.Status != CycleStatus.Waiting || await db.JobRuns.AnyAsync(j => j.SubjectId == id, token))
                {
                    return false;
                }

                cycle.Start(await db.NowAsync(token));
                await db.SaveChangesAsync(token);
                return true;
            }, ct);
        if (!begun)
        {
            return;
        }

        try
        {
            await new WhatIfRun(database, cache, plans).RunAsync(id, new(), ct);
        }
        catch (Exception fault)
        {
            await EndAsync(id, fault);
            throw;
        }
    }

    private Task EndAsync(Guid id, Exception fault) => database.WriteAsync(
        async (db, token) =>
        {
            var cycle = await db.PlanningCycles.SingleAsync(c => c.Id == id, token);
            if (cycle.Status == CycleStatus.Running)
            {
                var now = await db.NowAsync(token);
                if (fault is OperationCanceledException)
                {
                    cycle.Cancel(now);
                }
                else
                {
                    cycle.Fail(fault is RefusedException ? Text.Cut(fault.Message, 1000) : "An unexpected error stopped it. Ask again; if it fails again, tell an admin.", now);
                }

                await db.SaveChangesAsync(token);
                await db.AnnounceAsync(PlanningService.Topic, id, token);
            }
        }, CancellationToken.None);

    private static async Task DemandUsableAsync(SourcingDb db, PlanningCycle from, CancellationToken ct)
    {
        if (from.Kind != CycleKind.Live || !from.IsFinished)
        {
            throw new RefusedException(nameof(WhatIfForm.BaseCycleId), $"{from.Number} is not a finished cycle. Choose one that is.");
        }

        if (!await db.PlanningSnapshots.AnyAsync(s => s.CycleId == from.Id, ct))
        {
            throw new RefusedException(nameof(WhatIfForm.BaseCycleId), $"What {from.Number} saw was removed after thirty newer cycles. Choose a newer one.");
        }
    }

    private static async Task DemandTargetsAsync(SourcingDb db, List<PlanOverride> changes, CancellationToken ct)
    {
        var ids = changes.Select(c => c.TargetId).OfType<Guid>().Distinct().ToArray();
        var classes = changes.Select(c => c.Class).OfType<string>().Distinct().ToArray();
        var parts = await db.Parts.Where(p => ids.Contains(p.Id)).Select(p => p.Id).ToListAsync(ct);
        var suppliers = await db.Suppliers.Where(s => ids.Contains(s.Id)).Select(s => s.Id).ToListAsync(ct);
        var categories = await db.PartCategories.Where(c => classes.Contains(c.Code)).Select(c => c.Code).ToListAsync(ct);
        var errors = new List<FieldError>();
        for (var i = 0; i < changes.Count; i++)
        {
            var (change, field) = (changes[i], $"{nameof(WhatIfForm.Changes)}[{i}].");
            switch (change.Scope)
            {
                case PlanOverrideScope.Material when !parts.Contains(change.TargetId!.Value):
                    errors.Add(new(field + nameof(OverrideForm.TargetId), "There is no such part. Choose another."));
                    break;
                case PlanOverrideScope.Supplier when !suppliers.Contains(change.TargetId!.Value):
                    errors.Add(new(field + nameof(OverrideForm.TargetId), "There is no such supplier. Choose another."));
                    break;
                case PlanOverrideScope.Class when !categories.Contains(change.Class!):
                    errors.Add(new(field + nameof(OverrideForm.Class), $"There is no category {change.Class}. Choose another."));
                    break;
                default:
                    break;
            }
        }

        if (errors.Count > 0)
        {
            throw new RefusedException(errors);
        }
    }
}
