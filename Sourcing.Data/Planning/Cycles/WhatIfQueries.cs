using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;

namespace Sourcing.Data.Planning.Cycles;

/// <summary>Reads what-ifs beside the cycle that they vary. Their differences line by line: <see cref="CycleQueries.CompareAsync"/> of base and what-if.</summary>
public sealed class WhatIfQueries(Database database, CurrentUser user, PlanQueries plans)
{
    /// <summary>The most that are set side by side.</summary>
    public const int MostColumns = 20;

    /// <summary>The newest what-ifs over all cycles, at most 200.</summary>
    public Task<IReadOnlyList<CycleRow>> ListAsync(CancellationToken ct)
    {
        user.Demand(Permission.PlanningRead);
        return database.ReadAsync<IReadOnlyList<CycleRow>>(
            async (db, token) => await db.CycleRowsAsync(
                db.PlanningCycles.Where(c => c.Kind == CycleKind.WhatIf).OrderByDescending(c => c.CreatedAt).ThenByDescending(c => c.Id).Take(200), token), ct);
    }

    /// <summary>A cycle and its what-ifs, the oldest first: cost, orders, lateness, stock, service and messages of each.</summary>
    /// <param name="only">Some of its what-ifs; null for its newest twenty.</param>
    public async Task<SideBySide> SideBySideAsync(Guid baseCycleId, IReadOnlyCollection<Guid>? only, CancellationToken ct)
    {
        user.Demand(Permission.PlanningRead);
        var columns = await database.ReadAsync(
            async (db, token) =>
            {
                var asked = db.PlanningCycles.Where(c => c.Kind == CycleKind.WhatIf && c.BaseCycleId == baseCycleId);
                if (only is not null)
                {
                    asked = asked.Where(c => only.Contains(c.Id));
                }

                var rows = await db.CycleRowsAsync(asked.OrderByDescending(c => c.CreatedAt).ThenByDescending(c => c.Id).Take(MostColumns), token);
                var overrides = await asked.ToDictionaryAsync(c => c.Id, c => c.Overrides, token);
                var changes = rows.ConvertAll(r => CycleJson.ReadOverrides(overrides[r.Id]));
                var words = await db.InWordsAsync([.. changes.SelectMany(c => c)], token);
                var (list, at) = (new List<PlanColumn>(), 0);
                for (var i = 0; i < rows.Count; i++)
                {
                    list.Add(new(rows[i], rows[i].Counts?.Summary, [.. words.Skip(at).Take(changes[i].Count)]));
                    at += changes[i].Count;
                }

                list.Reverse();
                return list;
            }, ct);
        var plan = await plans.PlanAsync(baseCycleId, ct);
        return new(new(plan.Cycle, await Task.Run(() => PlanSummaries.Of(plan.Result), ct), []), columns, plan.Warning);
    }
}
