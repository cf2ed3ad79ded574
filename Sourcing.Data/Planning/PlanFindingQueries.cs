using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Planning.Engine;

namespace Sourcing.Data.Planning;

/// <summary>How many findings of one kind the last cycle has.</summary>
public sealed record FindingCount(string Kind, int Count);

/// <summary>How many flaws of one code the last cycle found.</summary>
public sealed record IssueCount(PlanSeverity Severity, string Code, int Count);

/// <summary>What the last finished cycle found, counted.</summary>
/// <param name="Cycle">Null before the first one ended.</param>
/// <param name="Kinds">The most first.</param>
/// <param name="Issues">The worst first, then the most.</param>
/// <param name="Proposed">Recommendations that wait for a decision.</param>
public sealed record PlanFindings(LastCycle? Cycle, int Proposed, IReadOnlyList<FindingCount> Kinds, IReadOnlyList<IssueCount> Issues)
{
    public int Exceptions => Kinds.Sum(k => k.Count);

    public int Flaws => Issues.Sum(i => i.Count);
}

/// <summary>Counts what the last finished cycle found: four queries, whatever it found.</summary>
public sealed class PlanFindingQueries(Database database, CurrentUser user)
{
    /// <summary>Exceptions by kind, flaws of the data by severity and code, and what waits for a decision.</summary>
    public Task<PlanFindings> CountsAsync(CancellationToken ct)
    {
        user.Demand(Permission.PlanningRead);
        return database.ReadAsync(
            async (db, token) =>
            {
                var cycle = await RecommendationQueries.LastFinished(db)
                    .Select(c => new LastCycle(c.Id, c.Number, c.AsOf, c.FinishedAt!.Value, c.Status == CycleStatus.CompletedWithErrors)).FirstOrDefaultAsync(token);
                if (cycle is null)
                {
                    return new PlanFindings(null, 0, [], []);
                }

                var proposed = await db.ProcurementRecommendations.CountAsync(r => r.CycleId == cycle.Id && r.Status == RecommendationStatus.Proposed, token);
                var kinds = await db.PlanningMessages.Where(m => m.CycleId == cycle.Id).GroupBy(m => m.Kind).Select(g => new { g.Key, Count = g.Count() }).Take(100).ToListAsync(token);
                var issues = await db.PlanningIssues.Where(i => i.CycleId == cycle.Id).GroupBy(i => new { i.Severity, i.Code }).Select(g => new { g.Key.Severity, g.Key.Code, Count = g.Count() })
                    .Take(200).ToListAsync(token);
                return new PlanFindings(
                    cycle, proposed,
                    [.. kinds.Select(k => new FindingCount(k.Key, k.Count)).OrderByDescending(k => k.Count).ThenBy(k => k.Kind, StringComparer.Ordinal)],
                    [.. issues.Select(i => new IssueCount(i.Severity, i.Code, i.Count)).OrderByDescending(i => i.Severity).ThenByDescending(i => i.Count).ThenBy(i => i.Code, StringComparer.Ordinal)]);
            },
            ct);
    }
}
