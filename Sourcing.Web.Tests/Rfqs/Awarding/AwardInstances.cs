using Sourcing.Data.Rfqs.Awarding;

namespace Sourcing.Web.Tests.Rfqs.Awarding;

/// <summary>Small random problems with every kind of offer and rule; the same seed makes the same.</summary>
internal static class AwardInstances
{
    public static (AwardProblem Problem, AwardRules Rules) Make(int seed)
    {
        var random = new Random(seed);
        bool Often(double chance) => random.NextDouble() < chance;
        var suppliers = Enumerable.Range(0, random.Next(1, 5)).Select(i => new AwardSupplier(
            Guid.CreateVersion7(), Guid.CreateVersion7(), $"S{i}", Often(0.5) ? random.Next(0, 300) : 0, Often(0.7) ? random.Next(0, 101) / 100m : null,
            Often(0.7) ? random.Next(80, 101) / 100m : null, Often(0.7) ? random.Next(0, 4) * 15 : null)).ToList();
        var lines = Enumerable.Range(0, random.Next(1, 6)).Select(_ => Line(random, suppliers.Count)).ToList();
        var rules = new AwardRules
        {
            MostSuppliers = Often(0.3) ? random.Next(1, suppliers.Count + 1) : null,
            IncumbentThreshold = Often(0.2) ? random.Next(0, 20) / 100m : null,
            Score = Often(0.2) ? new() { Price = random.Next(1, 80), LeadTime = random.Next(0, 30), Standing = random.Next(0, 30), Quality = random.Next(0, 30), Terms = random.Next(0, 30) } : null,
            LargestShare = Often(0.25) ? random.Next(20, 101) / 100m : null,
            FreightAndOther = Often(0.8),
            SwitchingCost = Often(0.25) ? random.Next(1, 200) : 0,
            LateCostPerDay = Often(0.25) ? random.Next(1, 40) : 0,
            CostPerSupplier = Often(0.25) ? random.Next(1, 200) : 0,
            BuyUp = Often(0.5),
            SplitShare = lines.Count <= 3 && Often(0.3) ? random.Next(5, 10) / 10m : null,
            MinimumQuantities = Often(0.8), OrderMultiples = Often(0.8), PriceBreaks = Often(0.8),
            Limits = [.. suppliers.Where(_ => Often(0.3)).Select(s => new SupplierLimit
            {
                SupplierId = s.SupplierId, Excluded = Often(0.1), LeastShare = Often(0.3) ? random.Next(5, 60) / 100m : null,
                LargestShare = Often(0.4) ? random.Next(10, 95) / 100m : null, Capacity = Often(0.4) ? random.Next(50, 2500) : null,
            })],
        };
        return (new(lines, suppliers), rules);
    }

    private static AwardLine Line(Random random, int suppliers)
    {
        bool Often(double chance) => random.NextDouble() < chance;
        var needed = random.Next(1, 15) * 10m;
        var level = random.Next(100, 900) / 100m;
        var offers = Enumerable.Range(0, suppliers).Where(_ => Often(0.85)).Select(s =>
        {
            var price = decimal.Round(level * (0.8m + ((decimal)random.NextDouble() * 0.5m)), 2);
            return new AwardOffer(Guid.CreateVersion7(), s, needed, price, Often(0.7) ? 1 : 0.9m)
            {
                Minimum = Often(0.25) ? random.Next(1, 20) * 10 : null, Multiple = Often(0.25) ? random.Next(1, 4) * 5 : null,
                Capacity = Often(0.15) ? random.Next(1, 20) * 10 : null, LeadTimeDays = Often(0.8) ? random.Next(0, 60) : null, DaysLate = Often(0.3) ? random.Next(1, 30) : 0,
                Breaks = Often(0.4) ? [(needed + (random.Next(-3, 6) * 10), decimal.Round(price * 0.9m, 2)), (needed + 60, decimal.Round(price * 0.7m, 2))] : [],
            };
        }).ToList();
        return new(Guid.CreateVersion7(), offers, Often(0.6) ? random.Next(0, suppliers) : null);
    }
}
