using System.Diagnostics;
using System.Globalization;
using Sourcing.Data.Planning.Engine;

namespace Sourcing.Benchmarks;

/// <summary>What planning takes in memory, phase by phase, without reading or writing a database.</summary>
internal static class PlanEngineBenchmark
{
    private static readonly int[] Sizes = [1_000, 5_000, 10_000, 50_000, 100_000];

    /// <summary>One size, or all of them for 0.</summary>
    public static void Run(int count)
    {
        // The code is compiled before anything is measured.
        for (var i = 0; i < 5; i++)
        {
            PlanEngine.Run(PlanInstance.Of(1_000));
        }

        Console.WriteLine("Cells are materials × buckets. Phases are cell rates by the time summed over threads, in millions of cells a second; prepare is wall time.\n");
        Console.WriteLine("| materials | BOM lines | orders | pegs | total s | CPU s | cells/s M | prepare s | explode | net | lot | supplier | peg | heap after MB | peak MB |");
        Console.WriteLine("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        foreach (var size in count > 0 ? [count] : Sizes)
        {
            Measure(size);
        }

        WhatIf();
    }

    private static void Measure(int size)
    {
        var input = PlanInstance.Of(size);
        GC.Collect();
        using var process = Process.GetCurrentProcess();
        var cpu = process.TotalProcessorTime;
        var result = PlanEngine.Run(input);
        process.Refresh();
        cpu = process.TotalProcessorTime - cpu;
        var (times, cells) = (result.Timings, (double)size * result.Buckets.Count);
        var heap = GC.GetTotalMemory(forceFullCollection: true);
        process.Refresh();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {size:N0} | {result.Counts.BomLines:N0} | {result.Counts.Orders:N0} | {result.Counts.Pegs:N0} | {times.Total.TotalSeconds:0.00} | {cpu.TotalSeconds:0.00} | {Rate(cells, times.Total)} | {times.Prepare.TotalSeconds:0.00} | {Rate(cells, times.Explode)} | {Rate(cells, times.Net)} | {Rate(cells, times.Lot)} | {Rate(cells, times.Supplier)} | {Rate(cells, times.Peg)} | {heap >> 20} | {process.PeakWorkingSet64 >> 20} |"));
        GC.KeepAlive(result);
    }

    private static string Rate(double cells, TimeSpan time) => (cells / Math.Max(1e-6, time.TotalSeconds) / 1e6).ToString("0.0", CultureInfo.InvariantCulture);

    private static void WhatIf()
    {
        var input = PlanInstance.Of(5_000);
        var first = PlanEngine.Run(input);
        var start = Stopwatch.GetTimestamp();
        var other = PlanOverrides.Apply(input, [new(PlanOverrideKind.Demand, PlanOverrideScope.All, 1.1m), new(PlanOverrideKind.LeadTime, PlanOverrideScope.Class, 1.5m) { Class = "A" }]);
        var second = PlanEngine.Run(other);
        var diff = PlanDiff.Compare(first, second);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"\nWhat-if on 5,000 materials, overrides, run and comparison: {Stopwatch.GetElapsedTime(start).TotalMilliseconds:0} ms, {diff.Changes.Count:N0} changes."));
    }
}
