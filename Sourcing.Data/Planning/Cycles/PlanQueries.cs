using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Planning.Engine;

namespace Sourcing.Data.Planning.Cycles;

/// <summary>A plan to look into: rows, orders, pegging, messages.</summary>
/// <param name="Warning">Why its figures may differ from the stored ones; null where they are the same.</param>
public sealed record CyclePlan(CycleRow Cycle, PlanResult Result, string? Warning);

/// <summary>Works a cycle's or what-if's plan out again from what it saw, or takes it from <see cref="PlanCache"/>.</summary>
public sealed class PlanQueries(Database database, CurrentUser user, PlanCache cache)
{
    /// <summary>The plan of the newest finished live cycle; null when there is none.</summary>
    public async Task<CyclePlan?> LatestAsync(CancellationToken ct)
    {
        user.Demand(Permission.PlanningRead);
        var id = await database.ReadAsync((db, token) => db.LatestCycleAsync(token), ct);
        return id is { } latest ? await PlanAsync(latest, ct) : null;
    }

    /// <summary>The plan of a finished cycle or what-if. Refuses one that is not finished, and one whose snapshot was removed for its age.</summary>
    public async Task<CyclePlan> PlanAsync(Guid cycleId, CancellationToken ct)
    {
        user.Demand(Permission.PlanningRead);
        var (row, engine, overrides) = await database.ReadAsync(
            async (db, token) =>
            {
                var cycle = await db.PlanningCycles.AsNoTracking().SingleOrDefaultAsync(c => c.Id == cycleId, token) ?? throw new MissingException("planning cycle");
                return ((await db.CycleRowsAsync(db.PlanningCycles.Where(c => c.Id == cycleId), token)).Single(), cycle.EngineVersion, cycle.Overrides);
            }, ct);
        if (row.Status is not (CycleStatus.Completed or CycleStatus.CompletedWithErrors))
        {
            throw new RefusedException($"{row.Number} has not finished, so it has no plan to look into.");
        }

        var plan = await cache.GetAsync(cycleId, async token => row.Kind == CycleKind.Live
            ? await RunAsync(await InputAsync(row, token), null, token)
            : await RunAsync(PlanOverrides.Apply((await PlanAsync(row.BaseCycleId!.Value, token)).Result.Input, CycleJson.ReadOverrides(overrides)), null, token), ct);
        return new(row, plan, engine == PlanResult.EngineVersion ? null
            : $"{row.Number} was planned by version {engine} of the engine. This is what version {PlanResult.EngineVersion} makes of the same figures; it may differ from what was stored.");
    }

    /// <summary>Runs the engine off the caller's thread: a page stays responsive while thousands of materials are planned. Refuses figures that nothing can be reckoned with.</summary>
    internal static async Task<PlanResult> RunAsync(PlanInput input, Action<PlanProgress>? progress, CancellationToken ct)
    {
        try
        {
            return await Task.Run(() => PlanEngine.Run(input, progress, ct), ct);
        }
        catch (Exception fault) when ((fault as AggregateException)?.Flatten().InnerExceptions[0] is var inner && (inner ?? fault) is ArgumentException or OverflowException)
        {
            throw new RefusedException($"{(inner ?? fault).Message} Look for a quantity or factor out of all proportion in stock, bills of materials, forecasts or orders.", fault);
        }
    }

    private static PlanInput Read(CycleRow row, byte[] content)
    {
        try
        {
            return PlanSnapshot.Read(content);
        }
        catch (InvalidDataException fault)
        {
            throw new RefusedException($"What {row.Number} saw was kept in a form that this version does not read; its recommendations are kept, but the plan cannot be worked out again. Look at a newer cycle.", fault);
        }
    }

    private Task<PlanInput> InputAsync(CycleRow row, CancellationToken ct) => database.ReadAsync(
        async (db, token) => await db.PlanningSnapshots.AsNoTracking().Where(s => s.CycleId == row.Id).Select(s => s.Content).SingleOrDefaultAsync(token) is { } content
            ? Read(row, content)
            : throw new RefusedException($"What {row.Number} saw was removed after thirty newer cycles; its recommendations are kept, but the plan cannot be worked out again. Look at a newer cycle."), ct);
}
