using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Sourcing.Data.Planning.Cycles;
using Sourcing.Data.Planning.Engine;

namespace Sourcing.Benchmarks;

/// <summary>A whole planning cycle of a generated mill, from the database and back into it: phase by phase, statements, memory, a second run and a what-if.</summary>
internal static class PlanBenchmark
{
    // The first statement that writes anything of a plan.
    private const string FirstOfWriting = "update procurement_recommendations set status = 'superseded'";

    /// <summary>What a run took.</summary>
    /// <param name="Load">From its start to the last row read.</param>
    /// <param name="Engine">From there to the first row written.</param>
    private sealed record Run(Guid Id, Cost Load, Cost Engine, Cost Write, IReadOnlyList<Statement> Sent, long PeakMegabytes);

    public static async Task RunAsync(int count)
    {
        await using var sandbox = await Sandbox.StartAsync();
        await FillAsync(sandbox, count);
        Console.WriteLine("| run | load s | engine s | write s | all s | processor s here | in the server | statements | recommendations | messages | rows | new | gone | changed | peak MB | heap MB |");
        Console.WriteLine("| :-- | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: |");
        var meter = await Meter.StartAsync(sandbox);
        await CycleAsync(sandbox, meter, "first");
        var second = await CycleAsync(sandbox, meter, "second, unchanged");
        await CycleAsync(sandbox, meter, "third, unchanged");
        // What is accepted is on its way, and nothing is proposed in its place.
        await sandbox.SqlAsync("update procurement_recommendations set status = 'accepted', decided_by = $1, decided_at = now() where status = 'proposed'", sandbox.User.Id);
        await CycleAsync(sandbox, meter, "fourth, all accepted");
        await PhasesAsync(sandbox, second);
        await FindingsAsync(sandbox, second.Id);
        await WhatIfAsync(sandbox, meter);
    }

    private static async Task FillAsync(Sandbox sandbox, int count)
    {
        var clock = Stopwatch.StartNew();
        await new PlanMill(sandbox, PlanInstance.Of(count)).FillAsync();
        var (filled, lines, offers, forecasts) = (clock.Elapsed.TotalSeconds, await sandbox.ScalarAsync<long>("select count(*) from bom_lines"),
            await sandbox.ScalarAsync<long>("select count(*) from supplier_parts"), await sandbox.ScalarAsync<long>("select count(*) from forecasts"));
        Say($"{count:N0} materials, {lines:N0} BOM lines, {offers:N0} offers, {forecasts:N0} forecasts; filled in {filled:0.0} s; {Environment.ProcessorCount} cores\n");
    }

    private static async Task<Run> CycleAsync(Sandbox sandbox, Meter meter, string name)
    {
        // What the filling and the run before have left behind is not this run's.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        await using var scope = sandbox.Scope();
        var id = await scope.ServiceProvider.GetRequiredService<PlanningService>().StartAsync(new(), CancellationToken.None);
        var start = meter.Read();
        IReadOnlyList<Statement> sent;
        long peak;
        using (var statements = new Statements(meter))
        using (var memory = new Peak())
        {
            await scope.ServiceProvider.GetRequiredService<PlanningWork>().WorkAsync(id, new(), CancellationToken.None);
            (sent, peak) = (statements.Sent, memory.Megabytes);
        }

        var end = meter.Read();
        var writing = Enumerable.Range(0, sent.Count).First(i => sent[i].Text.StartsWith(FirstOfWriting, StringComparison.Ordinal));
        // Between reading and writing lie the identity and the limit of the writing transaction.
        var reading = Enumerable.Range(1, writing).MaxBy(i => sent[i].From.Time - sent[i - 1].To.Time) - 1;
        var run = new Run(id, sent[reading].To - start, sent[reading + 1].From - sent[reading].To, end - sent[reading + 1].From, sent, peak);
        await RowAsync(sandbox, name, run);
        return run;
    }

    private static async Task RowAsync(Sandbox sandbox, string name, Run run)
    {
        await using var scope = sandbox.Scope();
        var counts = (await scope.ServiceProvider.GetRequiredService<CycleQueries>().DetailsAsync(run.Id, CancellationToken.None)).Row.Counts!;
        var rows = await sandbox.ScalarAsync<long>("select count(*) from planned_requirements where cycle_id = $1", run.Id);
        var all = run.Load + run.Engine + run.Write;
        Say($"| {name} | {Seconds(run.Load.Time)} | {Seconds(run.Engine.Time)} | {Seconds(run.Write.Time)} | {Seconds(all.Time)} | {Seconds(all.Here)} | {Seconds(all.Server)} | {Told(run.Sent.Sum(s => s.Count), counts.Statements)} | {counts.Recommendations:N0} | {counts.Messages:N0} | {rows:N0} | {counts.New:N0} | {counts.Gone:N0} | {counts.Changed:N0} | {run.PeakMegabytes:N0} | {GC.GetTotalMemory(forceFullCollection: true) >> 20:N0} |");
    }

    private static async Task PhasesAsync(Sandbox sandbox, Run run)
    {
        await using var scope = sandbox.Scope();
        var cycle = await scope.ServiceProvider.GetRequiredService<CycleQueries>().DetailsAsync(run.Id, CancellationToken.None);
        var cells = (double)cycle.Row.Counts!.Materials * (cycle.Horizon + 1);
        string Rate(TimeSpan time) => (cells / Math.Max(1e-3, time.TotalSeconds) / 1e6).ToString("0.00", CultureInfo.InvariantCulture);
        Console.WriteLine("\n| phase of the second run | s | processor s here | in the server | million materials × buckets a second |");
        Console.WriteLine("| :-- | --: | --: | --: | --: |");
        foreach (var (phase, cost) in new[] { ("load", run.Load), ("engine", run.Engine), ("write", run.Write) })
        {
            Say($"| {phase} | {Seconds(cost.Time)} | {Seconds(cost.Here)} | {Seconds(cost.Server)} | {Rate(cost.Time)} |");
        }

        foreach (var phase in cycle.Timings.Where(t => t.Phase is not ("load" or "engine" or "write")))
        {
            var time = TimeSpan.FromMilliseconds(phase.Milliseconds);
            Say($"| within the engine: {phase.Phase}{(phase.Phase == "prepare" ? "" : ", summed over threads")} | {Seconds(time)} | | | {Rate(time)} |");
        }

        Console.WriteLine("\n| its dearest statements | s | processor s here | in the server |");
        Console.WriteLine("| :-- | --: | --: | --: |");
        foreach (var statement in run.Sent.OrderByDescending(s => s.Cost.Time).Take(12))
        {
            var words = string.Join(' ', statement.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            Say($"| {(words.Length > 90 ? words[..90] : words)} | {Seconds(statement.Cost.Time)} | {Seconds(statement.Cost.Here)} | {Seconds(statement.Cost.Server)} |");
        }
    }

    /// <summary>Whether the figures are worth planning: of what kind what was found is.</summary>
    private static async Task FindingsAsync(Sandbox sandbox, Guid id)
    {
        const string lists = """
            select coalesce(string_agg(what || ' ' || n, ', ' order by n desc), 'none') from (
                select {0} as what, count(*) as n from {1} where cycle_id = $1 group by 1) x
            """;
        async Task<string> Of(string what, string table) => await sandbox.ScalarAsync<string>(string.Format(CultureInfo.InvariantCulture, lists, what, table), id);
        Say($"\nIssues: {await Of("severity || ' ' || code", "planning_issues")}");
        Say($"Messages: {await Of("kind", "planning_messages")}");
        Say($"Recommendations by risk: {await Of("risk_flag", "procurement_recommendations")}; without a supplier {await sandbox.ScalarAsync<long>("select count(*) from procurement_recommendations where cycle_id = $1 and supplier_id is null", id):N0}; for {await sandbox.ScalarAsync<long>("select count(distinct part_id) from procurement_recommendations where cycle_id = $1", id):N0} parts");
    }

    /// <summary>More demand everywhere, against the latest plan: in memory as often as the code gets faster, then as people ask.</summary>
    private static async Task WhatIfAsync(Sandbox sandbox, Meter meter)
    {
        const decimal more = 1.1m;
        await using var scope = sandbox.Scope();
        var latest = (await scope.ServiceProvider.GetRequiredService<CycleQueries>().LatestAsync(CancellationToken.None))!;
        var before = await scope.ServiceProvider.GetRequiredService<PlanQueries>().PlanAsync(latest.Id, CancellationToken.None);
        Console.WriteLine("\n| what-if | plan s | differences s | summary s | all s | processor s here |");
        Console.WriteLine("| :-- | --: | --: | --: | --: | --: |");
        for (var i = 1; i <= 4; i++)
        {
            var start = meter.Read();
            var plan = PlanEngine.Run(PlanOverrides.Apply(before.Result.Input, [new(PlanOverrideKind.Demand, PlanOverrideScope.All, more)]));
            var planned = meter.Read();
            PlanDiff.Compare(WhatIfRun.Lines(before.Result), WhatIfRun.Lines(plan).ToList(), plan.Buckets, plan.Input.AsOf, plan.Input.Settings);
            var compared = meter.Read();
            PlanSummaries.Of(plan);
            var all = meter.Read() - start;
            Say($"| in memory, {i} | {Seconds((planned - start).Time)} | {Seconds((compared - planned).Time)} | {Seconds((start + all - compared).Time)} | {Seconds(all.Time)} | {Seconds(all.Here)} |");
        }

        var asked = meter.Read();
        var id = await scope.ServiceProvider.GetRequiredService<WhatIfService>().AskAsync(
            new() { BaseCycleId = latest.Id, Name = "More", Changes = { new() { Kind = PlanOverrideKind.Demand, Value = more } } }, CancellationToken.None);
        // Larger ones are left to a job; this one finds nothing to do otherwise.
        await scope.ServiceProvider.GetRequiredService<PlanningWork>().WorkAsync(id, new(), CancellationToken.None);
        var took = meter.Read() - asked;
        Say($"| as people ask, row and all | | | | {Seconds(took.Time)} | {Seconds(took.Here)} |");
    }

    private static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    /// <summary>Statements sent, and what the cycle itself says of them if that is something else.</summary>
    private static string Told(int sent, int? told) => sent == told ? $"{sent}" : $"{sent} (told {told})";

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture);

    /// <summary>The largest working set while it lives, looked at ten times a second.</summary>
    private sealed class Peak : IDisposable
    {
        private readonly Timer _timer;
        private long _most;

        public Peak() => _timer = new(_ => Look(), null, TimeSpan.Zero, TimeSpan.FromMilliseconds(100));

        public long Megabytes => _most >> 20;

        public void Dispose() => _timer.Dispose();

        private void Look()
        {
            using var process = Process.GetCurrentProcess();
            _most = Math.Max(_most, process.WorkingSet64);
        }
    }
}
