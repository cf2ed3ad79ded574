using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace Sourcing.Data.Planning.Engine;

/// <summary>
/// Plans materials over a horizon: one forecast out of many sources, explosion of bills of materials level by level, netting, lots, quantity rules,
/// suppliers, pegs and messages. Pure: equal input gives equal output, whatever the number of threads and the order of the rows.
/// </summary>
public static class PlanEngine
{
    /// <summary>Materials that a thread takes at a time.</summary>
    private const int Portion = 64;

    /// <summary>Runs a plan.</summary>
    /// <param name="input">Rows in any order. Refuses (ArgumentException) figures that cannot be reckoned with at all.</param>
    /// <param name="progress">Told after every level, by the thread that runs the plan.</param>
    public static PlanResult Run(PlanInput input, Action<PlanProgress>? progress = null, CancellationToken ct = default)
    {
        var start = Stopwatch.GetTimestamp();
        var canonical = CanonicalOrder.Of(input);
        var threads = input.Settings.MaxThreads > 0 ? input.Settings.MaxThreads : Environment.ProcessorCount;
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = ct };
        var hash = "";
        PlanModel model = null!;
        PlanChecks.Demand(canonical);
        Bare(() => Parallel.Invoke(options, () => hash = PlanSnapshot.Hash(canonical), () => model = PlanModel.Of(canonical)));
        Forecasts(model, options);
        var prepared = Stopwatch.GetElapsedTime(start);
        var times = Levels(model, options, progress);
        return new PlanViews(model).Result(hash, times, prepared, start);
    }

    private static void Forecasts(PlanModel model, ParallelOptions options) => Each(
        [.. Enumerable.Range(0, model.Materials.Length).Where(m => model.Bom.Level[m] >= 0 && model.Forecasts.Start[m] < model.Forecasts.Start[m + 1])],
        options, () => new IndependentDemand(model), (m, demand) => demand.Reckon(m), _ => { });

    private static List<PhaseTimes> Levels(PlanModel model, ParallelOptions options, Action<PlanProgress>? progress)
    {
        var (times, planned) = (new List<PhaseTimes>(), 0);
        for (var level = 0; level < model.ByLevel.Length; level++)
        {
            Each(model.ByLevel[level], options, () => (Planner: new MaterialPlanner(model), Room: new Workspace(model.Buckets)),
                (m, own) => own.Planner.Plan(m, own.Room),
                own =>
                {
                    lock (times)
                    {
                        times.Add(own.Room.Times);
                    }
                });
            planned += model.ByLevel[level].Length;
            progress?.Invoke(new(level, model.ByLevel.Length, planned, model.Materials.Length));
        }

        return times;
    }

    /// <summary>Does the same for each material, a portion at a time. Nobody writes but to the material's own state, so any order will do.</summary>
    private static void Each<T>(int[] materials, ParallelOptions options, Func<T> begin, Action<int, T> act, Action<T> end)
    {
        var portions = (materials.Length + Portion - 1) / Portion;
        Bare(() => Parallel.For(0, portions, options, begin, (portion, _, own) =>
        {
            for (var i = portion * Portion; i < Math.Min(materials.Length, (portion + 1) * Portion); i++)
            {
                act(materials[i], own);
            }

            return own;
        }, end));
    }

    /// <summary>Lets the first fault out as it is, not wrapped by the threads that met it.</summary>
    private static void Bare(Action act)
    {
        try
        {
            act();
        }
        catch (AggregateException faults)
        {
            ExceptionDispatchInfo.Throw(faults.Flatten().InnerExceptions[0]);
        }
    }
}
