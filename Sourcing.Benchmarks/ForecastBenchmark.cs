using System.Diagnostics;
using System.Globalization;
using Sourcing.Data.Planning.Forecasting;

namespace Sourcing.Benchmarks;

/// <summary>Generated weekly demand of a mill through the forecaster: 113 weeks of smooth, seasonal, sporadic and short series, twelve weeks ahead.</summary>
internal static class ForecastBenchmark
{
    private const int Weeks = 113;

    public static int Run(int count)
    {
        var series = Enumerable.Range(0, count).Select(Generate).ToList();
        Forecaster.Run(series[0], new(12));
        var (watch, before) = (Stopwatch.StartNew(), GC.GetTotalAllocatedBytes());
        var runs = series.AsParallel().AsOrdered().Select(s => Forecaster.Run(s, new(12, 6))).ToList();
        var seconds = watch.Elapsed.TotalSeconds;
        Print($"{count:N0} series of {Weeks} weeks in {seconds:0.0} s on {Environment.ProcessorCount} cores: {count / seconds:N0} a second, {(GC.GetTotalAllocatedBytes() - before) / 1024.0 / count:N0} KiB allocated for each");
        foreach (var group in runs.GroupBy(r => (r.Demand.Class, r.Method)).OrderBy(g => g.Key.Class).ThenBy(g => g.Key.Method))
        {
            Print($"  {group.Key.Class,-13}{group.Key.Method.Words(),-32}{group.Count(),7:N0}");
        }

        return 0;
    }

    // A fixed seed for each series, so that two runs measure the same work.
    private static DemandSeries Generate(int number)
    {
        var random = new Random(number);
        var (level, wave, often) = (random.Next(20, 2000), random.NextDouble() * 0.6, number % 3 == 0 ? 1 : random.NextDouble());
        var begin = number % 5 == 0 ? Weeks - 26 : 0;
        return new(
            Enumerable.Range(0, Weeks).Select(t => t < begin || random.NextDouble() > often
                ? 0
                : Math.Round(level * (1 + wave * Math.Sin(t * Math.Tau / 52)) * (0.5 + random.NextDouble()), 1)),
            52);
    }

    private static void Print(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
