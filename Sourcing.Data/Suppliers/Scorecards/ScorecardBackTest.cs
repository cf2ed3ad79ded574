using Microsoft.EntityFrameworkCore;

namespace Sourcing.Data.Suppliers.Scorecards;

/// <summary>What a template would have done.</summary>
/// <param name="Periods">The scored periods, the oldest first.</param>
/// <param name="Suppliers">How many would have had a score.</param>
/// <param name="Standings">How many suppliers would stand where now, from the highest standing.</param>
/// <param name="Hits">Suppliers that would have been warned of or blocked in any of the periods, the worst last score first; at most <see cref="ScorecardBackTest.MostHits"/>.</param>
/// <param name="MoreHits">How many further ones there are.</param>
public sealed record BackTest(
    ScorePeriod Period, IReadOnlyList<DateOnly> Periods, int Suppliers, IReadOnlyList<BackTestStanding> Standings, IReadOnlyList<BackTestHit> Hits, int MoreHits);

/// <summary>How many suppliers a standing would hold by their last score.</summary>
public sealed record BackTestStanding(string Name, decimal From, StandingEffect Effect, int Suppliers);

/// <summary>A supplier that would have been warned of or blocked.</summary>
/// <param name="Today">Its standing by the active template; null without one.</param>
/// <param name="ByPeriod">Its scores by the period's first day; none where nothing happened.</param>
public sealed record BackTestHit(Guid SupplierId, string Name, string? Today, StandingEffect TodayEffect, PeriodScore Last, IReadOnlyDictionary<DateOnly, PeriodScore> ByPeriod);

/// <summary>Holds rules against the past with the KPIs and the arithmetic of the recomputation.</summary>
internal static class ScorecardBackTest
{
    /// <summary>Suppliers that a page shows.</summary>
    public const int MostHits = 200;

    // A year of months, two of quarters, three years; decay looks back as far again.
    private static int Shown(ScorePeriod period) => period switch { ScorePeriod.Month => 12, ScorePeriod.Quarter => 8, _ => 3 };

    public static async Task<BackTest> RunAsync(SourcingDb db, ScorecardRules rules, DateOnly today, CancellationToken ct)
    {
        var until = rules.Period.StartOf(today);
        var shown = rules.Period.Add(until, -Shown(rules.Period));
        var first = rules.Period.Add(shown, -ScoreArithmetic.MostPeriods);
        var sums = await KpiReading.ReckonAsync(db, rules.Period, first, until, today, rules.Criteria.SelectMany(c => c.Formula.Codes).Distinct(), ct);
        var means = KpiReading.Means(sums);
        var living = await db.Suppliers.Select(s => new { s.Id, s.Name, s.Standing, s.StandingEffect }).ToDictionaryAsync(s => s.Id, ct);
        var scored = KpiReading.BySupplier(sums).Where(s => living.ContainsKey(s.Key))
            .Select(s => (Supplier: living[s.Key], Scores: ScoreArithmetic.Scores(rules, s.Value, means).Where(p => p.Start >= shown).ToList())).Where(s => s.Scores.Count > 0).ToList();
        var hits = scored.Where(s => s.Scores.Any(p => p.Standing.Effect != StandingEffect.None))
            .OrderByDescending(s => s.Scores[^1].Standing.Effect).ThenBy(s => s.Scores[^1].Score).ThenBy(s => s.Supplier.Name, StringComparer.Ordinal)
            .Select(s => new BackTestHit(s.Supplier.Id, s.Supplier.Name, s.Supplier.Standing, s.Supplier.StandingEffect, s.Scores[^1], s.Scores.ToDictionary(p => p.Start))).ToList();
        return new(
            rules.Period, [.. Enumerable.Range(0, Shown(rules.Period)).Select(i => rules.Period.Add(shown, i))], scored.Count,
            [.. rules.Standings.OrderByDescending(s => s.From).Select(s => new BackTestStanding(s.Name, s.From, s.Effect, scored.Count(x => x.Scores[^1].Standing == s)))],
            [.. hits.Take(MostHits)], Math.Max(0, hits.Count - MostHits));
    }
}
