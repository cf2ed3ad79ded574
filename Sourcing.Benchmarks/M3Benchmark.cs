using System.Diagnostics;
using System.Globalization;
using Sourcing.Data.Planning.Forecasting;

namespace Sourcing.Benchmarks;

/// <summary>
/// The 3,003 series of the M3 competition by automatic selection, the last NF observations of each hidden, by the competition's rule: the mean of
/// 200·|y − f|/(y + f) over all series and horizons.
/// </summary>
internal static class M3Benchmark
{
    // Makridakis and Hibon (2000), International Journal of Forecasting 16.
    private static readonly (string Method, double Smape)[] Published =
        [("Naive2", 15.47), ("single exponential smoothing", 14.32), ("Box-Jenkins automatic", 14.01), ("damped trend", 13.63), ("mean of single, Holt and damped", 13.52), ("ForecastPro", 13.19), ("Theta", 13.01)];

    private static readonly string[] Kinds = ["Yearly", "Quarterly", "Monthly", "Other"];

    private sealed record Series(string Kind, string Category, double[] Known, double[] Hidden, int Season);

    private sealed record Outcome(Series Series, ForecastRun Run, double[] Errors, double[] Naive2);

    /// <param name="visible">Leaves the competition's hidden part out of everything and hides as much of the visible one: what choices of the design were made by.</param>
    public static async Task<int> RunAsync(string path, bool visible)
    {
        var series = (await File.ReadAllLinesAsync(path)).Where(l => l.StartsWith('N')).Select(Read).ToList();
        if (visible)
        {
            series = [.. series.Select(s => s with { Known = s.Known[..^s.Hidden.Length], Hidden = s.Known[^s.Hidden.Length..] })];
        }

        Print($"{series.Count:N0} series: {string.Join(", ", Kinds.Select(k => $"{series.Count(s => s.Kind == k):N0} {k.ToLowerInvariant()}"))}");
        Forecast(series[0]);
        var watch = Stopwatch.StartNew();
        var outcomes = series.AsParallel().AsOrdered().Select(Forecast).ToList();
        Print($"Forecast in {watch.Elapsed.TotalSeconds:0.0} s on {Environment.ProcessorCount} cores\n");
        PrintAll(outcomes, visible);
        PrintGroups(outcomes);
        PrintHorizons(outcomes);
        PrintMethods(outcomes);
        PrintCoverage(outcomes);
        return 0;
    }

    private static void PrintAll(List<Outcome> outcomes, bool visible)
    {
        Print($"| average sMAPE, all series and horizons | |\n| --- | --- |");
        foreach (var (method, smape) in visible ? [] : Published)
        {
            Print($"| {method}, published | {smape:0.00} |");
        }

        Print($"| Naive2, worked out here | {outcomes.SelectMany(o => o.Naive2).Average():0.00} |");
        Print($"| **automatic selection here** | **{Mean(outcomes):0.00}** |");
        Print($"| the same, each series counting alike whatever its horizon | {outcomes.Average(o => o.Errors.Average()):0.00} |\n");
    }

    private static void PrintGroups(List<Outcome> outcomes)
    {
        Print($"| category | {string.Join(" | ", Kinds)} | all |\n| --- | {string.Join(" | ", Kinds.Select(_ => "---"))} | --- |");
        foreach (var category in outcomes.Select(o => o.Series.Category).Distinct().Order().Append("all"))
        {
            var rows = outcomes.Where(o => category == "all" || o.Series.Category == category).ToList();
            Print($"| {category.ToLowerInvariant()} | {string.Join(" | ", Kinds.Select(k => Cell(rows.Where(o => o.Series.Kind == k))))} | {Cell(rows)} |");
        }

        Print($"");
    }

    private static void PrintHorizons(List<Outcome> outcomes)
    {
        Print($"| periods ahead | {string.Join(" | ", Kinds)} | all |\n| --- | {string.Join(" | ", Kinds.Select(_ => "---"))} | --- |");
        for (var h = 0; h < 18; h++)
        {
            string At(IEnumerable<Outcome> some) =>
                some.Where(o => o.Errors.Length > h).Select(o => o.Errors[h]).DefaultIfEmpty(double.NaN).Average() is var mean && double.IsNaN(mean) ? "" : Text($"{mean:0.00}");
            Print($"| {h + 1} | {string.Join(" | ", Kinds.Select(k => At(outcomes.Where(o => o.Series.Kind == k))))} | {At(outcomes)} |");
        }

        Print($"");
    }

    private static void PrintMethods(List<Outcome> outcomes)
    {
        Print($"| method taken | series | average sMAPE |\n| --- | --- | --- |");
        foreach (var group in outcomes.GroupBy(o => o.Run.Method).OrderBy(g => g.Key))
        {
            Print($"| {group.Key.Words()} | {group.Count():N0} | {Mean(group):0.00} |");
        }

        Print($"");
    }

    private static void PrintCoverage(List<Outcome> outcomes)
    {
        Print($"| of the hidden observations | {string.Join(" | ", Kinds)} | all |\n| --- | {string.Join(" | ", Kinds.Select(_ => "---"))} | --- |");
        foreach (var (name, lies) in new (string, Func<ForecastPoint, double, bool>)[] { ("below P10", (p, y) => y < p.P10), ("above P90", (p, y) => y > p.P90) })
        {
            string Share(IEnumerable<Outcome> some) => Text($"{some.SelectMany(o => o.Run.Points.Zip(o.Series.Hidden, (p, y) => lies(p, y) ? 1 : 0)).Average():P1}");
            Print($"| {name} | {string.Join(" | ", Kinds.Select(k => Share(outcomes.Where(o => o.Series.Kind == k))))} | {Share(outcomes)} |");
        }
    }

    private static Outcome Forecast(Series series)
    {
        var run = Forecaster.Run(new(series.Known, series.Season), new(series.Hidden.Length, series.Hidden.Length));
        return new(series, run, Errors(series.Hidden, [.. run.Points.Select(p => p.Mean)]), Errors(series.Hidden, Naive2(series)));
    }

    private static double[] Errors(double[] hidden, double[] forecast) => [.. hidden.Zip(forecast, (y, f) => ForecastAccuracy.Smape([y], [f]))];

    // The last value without its season, which is put back: the competition's own benchmark, here a check on reader and measure.
    private static double[] Naive2(Series series)
    {
        var pattern = SeasonalAdjustment.Find(series.Known, series.Season);
        var forecast = new double[series.Hidden.Length];
        Array.Fill(forecast, pattern?.Remove(series.Known)[^1] ?? series.Known[^1]);
        pattern?.Restore(forecast, series.Known.Length);
        return forecast;
    }

    // Columns: series, N, NF, category, starting year, starting period, values. NF tells the kind; of those with 8 the last, from N2830 on, are the "other" ones,
    // which have no season.
    private static Series Read(string line)
    {
        var cells = line.Split(',');
        int Whole(int i) => int.Parse(cells[i], CultureInfo.InvariantCulture);
        var (count, hidden, number) = (Whole(1), Whole(2), int.Parse(cells[0].AsSpan(1), NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture));
        var values = cells.Skip(6).Take(count).Select(v => double.Parse(v, CultureInfo.InvariantCulture)).ToArray();
        var (kind, season) = hidden switch
        {
            6 => ("Yearly", 1),
            18 => ("Monthly", 12),
            _ when number >= 2830 => ("Other", 1),
            _ => ("Quarterly", 4),
        };
        return new(kind, cells[3].Trim(), values[..^hidden], values[^hidden..], season);
    }

    private static double Mean(IEnumerable<Outcome> outcomes) => outcomes.SelectMany(o => o.Errors).Average();

    private static string Cell(IEnumerable<Outcome> outcomes)
    {
        var rows = outcomes.ToList();
        return rows.Count == 0 ? "" : Text($"{Mean(rows):0.00} ({rows.Count:N0})");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static void Print(FormattableString text) => Console.WriteLine(Text(text));
}
