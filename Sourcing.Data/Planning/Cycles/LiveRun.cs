using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Data.Planning.Engine;

namespace Sourcing.Data.Planning.Cycles;

/// <summary>One live cycle, from what is read to what is written.</summary>
internal sealed class LiveRun(Database database, CurrentUser user, PlanCache cache, int minutes)
{
    private readonly PhaseClock _clock = new();

    /// <summary>Reads, plans, writes.</summary>
    /// <returns>A sentence about the outcome; null when somebody decided on a recommendation meanwhile, and nothing was written.</returns>
    public async Task<string?> RunAsync(PlanningCycle cycle, PlanState state, CancellationToken ct)
    {
        state.Message = "Reading parts, stock, orders and forecasts";
        cache.MakeRoom();
        var loaded = await database.ReadMomentAsync(
            async (db, token) =>
            {
                await db.AllowMinutesAsync(minutes, token);
                return await PlanLoader.LoadAsync(db, cycle.AsOf, token);
            }, ct);
        _clock.Lap("load");
        var input = PlanOverrides.Apply(loaded.Input, CycleJson.ReadOverrides(cycle.Overrides));
        var plan = await PlanQueries.RunAsync(input, p => Tell(state, p), ct);
        var snapshot = Task.Run(() => PlanSnapshot.Write(plan.Input), ct);
        _clock.Lap("engine");
        (state.Part, state.Message) = (0.6f, $"Writing {Text.Count(plan.Counts.Recommendations, "recommendation")} and the plan of {Text.Count(plan.Counts.Materials, "material")}");
        try
        {
            var outcome = await database.WriteAsync((db, token) => WriteAsync(db, cycle.Id, loaded, plan, snapshot, token), ct);
            cache.Keep(cycle.Id, plan);
            return outcome;
        }
        catch (DecidedMeanwhileException)
        {
            return null;
        }
    }

    private static void Tell(PlanState state, PlanProgress progress) => (state.Part, state.Message) = (
        0.2f + (0.4f * progress.Planned / Math.Max(1, progress.Materials)),
        $"Level {progress.Level + 1} of {progress.Levels}: {progress.Planned:#,0} of {Text.Count(progress.Materials, "material")} planned");

    private async Task<string> WriteAsync(SourcingDb db, Guid id, LoadedPlan loaded, PlanResult plan, Task<byte[]> snapshot, CancellationToken ct)
    {
        await db.AllowMinutesAsync(minutes, ct);
        db.Database.AutoSavepointsEnabled = false;
        var cycle = await db.PlanningCycles.SingleAsync(c => c.Id == id, ct);
        await using var writer = new CycleWriter(db, id, plan, ct);
        await writer.Sql.ExecuteAsync("update procurement_recommendations set status = 'superseded' where status = 'proposed'", ct);
        // From here on nobody can decide on an older proposal any more; whoever did since it was read makes this plan old.
        var (firm, now) = await PlanLoader.FirmAsync(writer.Sql, ct);
        if (firm != loaded.Firm)
        {
            throw new DecidedMeanwhileException();
        }

        using var both = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var beside = database.WriteAsync(async (other, token) => await new RequirementWriter(other, id, plan).WriteAsync(await snapshot, minutes, token), both.Token);
        try
        {
            var before = await EarlierAsync(writer.Sql, cycle.BaseCycleId, ct);
            var lines = await writer.WriteRecommendationsAsync(await Rejections.ReadAsync(writer.Sql, plan.Input.AsOf.AddDays(-7), ct), ct);
            await writer.WriteMessagesAsync(ct);
            await writer.WriteIssuesAsync(ct);
            await writer.WriteStockLevelsAsync(ct);
            var counts = Counts(plan, lines, before) with { Statements = loaded.Statements + writer.Sql.Count + await beside + OtherStatements };
            _clock.Lap("write");
            return await FinishAsync(db, cycle, loaded, plan, counts, now, ct);
        }
        catch
        {
            await both.CancelAsync();
            await ((Task)beside).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (beside.IsCompletedSuccessfully)
            {
                await database.WriteAsync((other, token) => RequirementWriter.RemoveAsync(other, id, minutes, token), CancellationToken.None);
            }

            throw;
        }
    }

    private async Task<string> FinishAsync(SourcingDb db, PlanningCycle cycle, LoadedPlan loaded, PlanResult plan, CycleCounts counts, DateTimeOffset now, CancellationToken ct)
    {
        cycle.Saw(plan.InputHash, PlanResult.EngineVersion, CycleJson.Write(loaded.Parameters), plan.Buckets.Count - 1, plan.Input.Settings.Bucket);
        var message = $"{Sentence(plan, counts)}{Forecasts(loaded)}{await SuppositionsAsync(db, cycle, ct)}";
        cycle.Finish(counts, _clock.With(plan.Timings), plan.Status == PlanStatus.CompletedWithErrors, Text.Cut(message, 1000), now);
        // The bell's own function leaves out whoever acts; here the person who started it went on to other things meanwhile.
        db.Notifications.Add(new(user.Id, $"{cycle.Number} is planned: {Text.Count(counts.Recommendations, "recommendation")}, {Text.Count(counts.New, "new one")}.", $"/planning/cycles/{cycle.Id}", "event_repeat"));
        await db.SaveChangesAsync(ct);
        await db.Database.ExecuteSqlAsync($"select app.announce({PlanningService.Topic}, {cycle.Id}), app.announce('notifications', {user.Id})", ct);
        return message;
    }

    // Beside those that reader and writer count: identity, limits, the cycle's own row, its words, its bell and its announcements.
    private const int OtherStatements = 17;

    private static CycleCounts Counts(PlanResult plan, List<PlanDiffLine> lines, List<PlanDiffLine>? before)
    {
        var diff = before is null ? null : PlanDiff.Compare(before, lines, plan.Buckets, plan.Input.AsOf, plan.Input.Settings);
        var blocking = plan.Issues.Count(i => i.Severity == PlanSeverity.Blocking);
        var high = plan.Issues.Count(i => i.Severity == PlanSeverity.High);
        return new(plan.Counts.Materials, plan.Counts.Orders, lines.Count, plan.Messages.Count, blocking, high, plan.Issues.Count - blocking - high,
            decimal.Round(lines.Sum(l => l.Quantity * (l.UnitCost ?? 0)), 2))
        {
            New = diff?.Changes.Count(c => c.Kinds == PlanChangeKinds.New) ?? lines.Count, Gone = diff?.Changes.Count(c => c.Kinds == PlanChangeKinds.Gone) ?? 0,
            Changed = diff?.Changes.Count(c => c.Kinds is not (PlanChangeKinds.New or PlanChangeKinds.Gone)) ?? 0, Nervousness = diff?.Nervousness,
        };
    }

    /// <summary>What the cycle before proposed and nobody has accepted; null for the first cycle.</summary>
    private static async Task<List<PlanDiffLine>?> EarlierAsync(RunSql sql, Guid? cycleId, CancellationToken ct)
    {
        if (cycleId is not { } id)
        {
            return null;
        }

        var lines = new List<PlanDiffLine>();
        await sql.ReadAsync(
            """
            select part_id, recommended_supplier_id, need_bucket, recommended_quantity, unit_cost, case when supplier_id is not distinct from recommended_supplier_id then lead_time_days end, order_by
            from procurement_recommendations where cycle_id = $1 and status not in ('accepted', 'converted')
            """,
            r => lines.Add(new(r.GetGuid(0), r.GuidOrNull(1), r.Day(2), r.GetDecimal(3), r.DecimalOrNull(4)) { LeadTimeDays = r.IntOrNull(5), OrderBy = r.Day(6) }), ct, id);
        return lines;
    }

    private static async Task<string> SuppositionsAsync(SourcingDb db, PlanningCycle cycle, CancellationToken ct)
    {
        if (cycle.PromotedFromId is not { } from)
        {
            return "";
        }

        var number = await db.PlanningCycles.Where(c => c.Id == from).Select(c => c.Number).SingleAsync(ct);
        var words = await db.InWordsAsync(CycleJson.ReadOverrides(cycle.Overrides), ct);
        return $" Planned with the changes of {number}: {string.Join("; ", words.Select(w => w.Text))}. The next ordinary cycle plans without them.";
    }

    /// <summary>Which round of forecasting the plan rests on, and how old that is.</summary>
    private static string Forecasts(LoadedPlan loaded) => loaded.Round is not { } round
        ? " No round of forecasting was made yet."
        : $" It rests on the forecasts of {round.Number}, made {round.AgeOn(loaded.Input.AsOf) switch { 0 => "today", 1 => "yesterday", var days => $"{days:#,0} days ago" }}.";

    private static string Sentence(PlanResult plan, CycleCounts counts)
    {
        var skipped = plan.Status == PlanStatus.CompletedWithErrors
            ? $" {Text.Count(counts.BlockingIssues, "row")} could not be used and {Text.Count(plan.Counts.Skipped, "material")} could not be planned; everything else is. See the data-quality list." : "";
        return $"{Text.Count(counts.Materials, "material")} planned: {Text.Count(counts.Recommendations, "recommendation")} and {Text.Count(counts.Messages, "message")}.{skipped}";
    }
}

/// <summary>The plan no longer fits what is decided: everything is taken back, and it is worked out again.</summary>
internal sealed class DecidedMeanwhileException : Exception;
