using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Data.Planning.Engine;

namespace Sourcing.Data.Planning.Cycles;

/// <summary>One what-if, in memory from its base's snapshot to a summary. It touches its own row and nothing else.</summary>
internal sealed class WhatIfRun(Database database, PlanCache cache, PlanQueries plans)
{
    /// <summary>Plans and writes the row of a what-if that runs.</summary>
    /// <returns>A sentence about the outcome.</returns>
    public async Task<string> RunAsync(Guid id, PlanState state, CancellationToken ct)
    {
        var clock = new PhaseClock();
        state.Message = "Working out the cycle that it varies";
        var asked = await database.ReadAsync((db, token) => db.PlanningCycles.AsNoTracking().SingleAsync(c => c.Id == id, token), ct);
        var baseId = asked.BaseCycleId!.Value;
        var before = await plans.PlanAsync(baseId, ct);
        clock.Lap("load");
        (state.Part, state.Message) = (0.4f, "Planning with the changes");
        var plan = await PlanQueries.RunAsync(PlanOverrides.Apply(before.Result.Input, CycleJson.ReadOverrides(asked.Overrides)), null, ct);
        cache.Keep(id, plan);
        clock.Lap("engine");
        var counts = await Task.Run(() => Counts(before.Result, plan), ct);
        var message = $"Against {before.Cycle.Number}: {counts.New:#,0} new, {counts.Gone:#,0} gone and {counts.Changed:#,0} changed of {Text.Count(counts.Recommendations, "recommendation")}.";
        clock.Lap("compare");
        await database.WriteAsync(
            async (db, token) =>
            {
                var cycle = await db.PlanningCycles.SingleAsync(c => c.Id == id, token);
                var parameters = await db.PlanningCycles.Where(c => c.Id == baseId).Select(c => c.Parameters).SingleAsync(token);
                cycle.Saw(plan.InputHash, PlanResult.EngineVersion, parameters, plan.Buckets.Count - 1, plan.Input.Settings.Bucket);
                cycle.Finish(counts, clock.With(plan.Timings), plan.Status == PlanStatus.CompletedWithErrors, message, await db.NowAsync(token));
                await db.SaveChangesAsync(token);
                await db.AnnounceAsync(PlanningService.Topic, id, token);
            }, ct);
        return message;
    }

    private static CycleCounts Counts(PlanResult before, PlanResult plan)
    {
        var lines = Lines(plan).ToList();
        var diff = PlanDiff.Compare(Lines(before), lines, plan.Buckets, plan.Input.AsOf, plan.Input.Settings);
        var blocking = plan.Issues.Count(i => i.Severity == PlanSeverity.Blocking);
        var high = plan.Issues.Count(i => i.Severity == PlanSeverity.High);
        return new(plan.Counts.Materials, plan.Counts.Orders, lines.Count, plan.Messages.Count, blocking, high, plan.Issues.Count - blocking - high,
            decimal.Round(lines.Sum(l => l.Quantity * (l.UnitCost ?? 0)), 2))
        {
            New = diff.Changes.Count(c => c.Kinds == PlanChangeKinds.New), Gone = diff.Changes.Count(c => c.Kinds == PlanChangeKinds.Gone),
            Changed = diff.Changes.Count(c => c.Kinds is not (PlanChangeKinds.New or PlanChangeKinds.Gone)), Nervousness = diff.Nervousness, Summary = PlanSummaries.Of(plan),
        };
    }

    /// <summary>What a plan recommends, as comparisons look at it.</summary>
    public static IEnumerable<PlanDiffLine> Lines(PlanResult plan) => plan.Recommendations.Select(o => RecommendationRow.Line(plan, o));
}
