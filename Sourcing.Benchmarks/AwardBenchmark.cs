using System.Globalization;
using Sourcing.Data.Rfqs.Awarding;

namespace Sourcing.Benchmarks;

/// <summary>Generated RFQs of 12 suppliers and 500 lines through the award optimizer, under each kind of rule and all of them together.</summary>
internal static class AwardBenchmark
{
    private const int Suppliers = 12;

    public static int Run(int lines)
    {
        AwardOptimizer.Solve(Generate(1, 40), new() { LargestShare = 0.4m, BuyUp = true });
        Print($"{Suppliers} suppliers, {lines} lines, three generated RFQs each; processor time of the slowest");
        foreach (var (name, rules) in Cases())
        {
            var (slowest, gap, proven, steps, open) = (0.0, 0m, 0, 0L, 0);
            for (var seed = 1; seed <= 3; seed++)
            {
                var problem = Generate(seed, lines);
                var said = rules(problem);
                var before = Environment.CpuUsage.TotalTime;
                var found = AwardOptimizer.Solve(problem, said);
                slowest = Math.Max(slowest, (Environment.CpuUsage.TotalTime - before).TotalSeconds);
                (gap, proven, steps, open) = (Math.Max(gap, found.Gap ?? 1), proven + (found.Proven ? 1 : 0), Math.Max(steps, found.Effort), open + found.OpenLines.Count);
            }

            Print($"  {name,-44}{slowest * 1000,8:N0} ms   {proven} of 3 proven, {(open > 0 && proven < 3 ? "perhaps fewer open" : $"gap at most {(gap * 100).ToString("0.00000", CultureInfo.InvariantCulture)} %")}, {steps,10:N0} steps, {open} open");
        }

        Explain(lines);
        return 0;
    }

    private static void Explain(int lines)
    {
        var problem = Generate(1, lines);
        var (free, coupled) = (new AwardRules { MostSuppliers = 4, BuyUp = true, SwitchingCost = 25 }, All(problem));
        var solution = AwardOptimizer.Solve(problem, free);
        var before = Environment.CpuUsage.TotalTime;
        var flips = FlipPrices.All(problem, free, solution);
        Print($"  {flips.Count:N0} flip prices at once{Since(before),31:N0} ms");
        solution = AwardOptimizer.Solve(problem, coupled);
        before = Environment.CpuUsage.TotalTime;
        var costs = AwardOptimizer.RuleCosts(problem, coupled, solution);
        Print($"  costs of {costs.Count} rules, everything together{Since(before),22:N0} ms");
        before = Environment.CpuUsage.TotalTime;
        var few = Generate(1, FlipPrices.MostCoupledLines);
        var shares = new AwardRules { LargestShare = 0.35m, BuyUp = true };
        var one = FlipPrices.OfLine(few, shares, AwardOptimizer.Solve(few, shares), few.Lines[0].Id);
        Print($"  {one.Count} flip prices of one of 60 lines under shares{Since(before),13:N0} ms");
    }

    private static double Since(TimeSpan before) => (Environment.CpuUsage.TotalTime - before).TotalMilliseconds;

    private static IEnumerable<(string Name, Func<AwardProblem, AwardRules> Rules)> Cases() =>
    [
        ("cheapest per line", _ => new() { FreightAndOther = false }),
        ("freight, switching, late and supplier costs", _ => new() { SwitchingCost = 40, LateCostPerDay = 5, CostPerSupplier = 250, BuyUp = true }),
        ("at most 4 suppliers", _ => new() { MostSuppliers = 4 }),
        ("incumbents unless 5 % are saved", _ => new() { IncumbentThreshold = 0.05m, SwitchingCost = 40 }),
        ("weighted score", _ => new() { Score = new() }),
        ("split lines 60/40", _ => new() { SplitShare = 0.6m, MostSuppliers = 5 }),
        ("largest share 25 %", _ => new() { LargestShare = 0.25m }),
        ("largest share 25 %, without freight", _ => new() { LargestShare = 0.25m, FreightAndOther = false }),
        ("shares of single suppliers", p => new() { Limits = [Limit(p, 0, least: 0.2m), Limit(p, 1, least: 0.1m, largest: 0.15m), Limit(p, 2, largest: 0.05m)] }),
        ("capacities", p => new() { Limits = [.. Enumerable.Range(0, Suppliers).Select(s => Limit(p, s, capacity: 40_000 + (s * 9_000)))] }),
        ("capacities that leave lines open", p => new() { Limits = [.. Enumerable.Range(0, Suppliers).Select(s => Limit(p, s, capacity: 20_000))] }),
        ("at most 4 suppliers, largest share 30 %", _ => new() { MostSuppliers = 4, LargestShare = 0.3m }),
        ("splits and largest share 20 %", _ => new() { SplitShare = 0.6m, LargestShare = 0.2m }),
        ("everything together", All),
    ];

    private static AwardRules All(AwardProblem problem) => new()
    {
        MostSuppliers = 6, IncumbentThreshold = 0.03m, Score = new(), LargestShare = 0.35m, SwitchingCost = 40, LateCostPerDay = 5, CostPerSupplier = 250, BuyUp = true,
        Limits = [Limit(problem, 0, least: 0.1m), Limit(problem, 1, capacity: 60_000), new() { SupplierId = problem.Suppliers[11].SupplierId, Excluded = true }],
    };

    private static SupplierLimit Limit(AwardProblem problem, int supplier, decimal? least = null, decimal? largest = null, decimal? capacity = null) =>
        new() { SupplierId = problem.Suppliers[supplier].SupplierId, LeastShare = least, LargestShare = largest, Capacity = capacity };

    // Line values from some tens to some thousands; offers within 25 % of each other, one in ten missing. Fixed seeds.
    private static AwardProblem Generate(int seed, int lines)
    {
        var random = new Random(seed);
        decimal Between(double low, double high) => decimal.Round((decimal)(low + (random.NextDouble() * (high - low))), 2);
        var suppliers = Enumerable.Range(0, Suppliers).Select(i => new AwardSupplier(
            Guid.CreateVersion7(), Guid.CreateVersion7(), $"Supplier {i}", Between(50, 900), Between(0.5, 1), Between(0.9, 1), random.Next(0, 5) * 15)).ToList();
        return new([.. Enumerable.Range(0, lines).Select(_ =>
        {
            var (needed, level) = (random.Next(1, 40) * 25m, Math.Exp(random.NextDouble() * 4) / 4);
            return new AwardLine(Guid.CreateVersion7(), [.. Enumerable.Range(0, Suppliers).Where(_ => random.NextDouble() < 0.9).Select(s =>
            {
                var price = Math.Max(0.01m, Between(level, level * 1.25));
                return new AwardOffer(Guid.CreateVersion7(), s, needed, price, s % 4 == 3 ? 0.9312m : 1)
                {
                    Minimum = random.Next(4) == 0 ? random.Next(1, 30) * 25 : null, Multiple = random.Next(3) == 0 ? 50 : null,
                    LeadTimeDays = random.Next(7, 60), DaysLate = Math.Max(0, random.Next(-40, 20)),
                    Breaks = random.Next(2) == 0 ? [(250, decimal.Round(price * 0.96m, 2)), (1000, decimal.Round(price * 0.9m, 2))] : [],
                };
            })], random.Next(3) == 0 ? null : random.Next(0, Suppliers));
        })], suppliers);
    }

    private static void Print(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
