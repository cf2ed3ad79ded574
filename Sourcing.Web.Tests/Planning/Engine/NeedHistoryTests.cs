using Sourcing.Data.Planning.Arithmetic;
using Sourcing.Data.Planning.Engine;

namespace Sourcing.Web.Tests.Planning.Engine;

/// <summary>How the need of components varied, told by what was sold of all that they go into.</summary>
public sealed class NeedHistoryTests
{
    private static Mill Fabric(Func<PlanMaterial, PlanMaterial>? dye = null) => new Mill()
        .Made("Fabric", with: m => m with { Yield = 0.8m }).Bought("Dye", with: m => (dye ?? (d => d))(m with { SafetyMethod = SafetyStockMethod.ServiceLevel, ServiceLevel = 0.95 }))
        .Takes("Fabric", "Dye", 0.4m).Offer("Dye", "Kesmira", leadTime: 14);

    /// <summary>Weeks of sales, the newest last.</summary>
    private static Dictionary<Guid, double[]> Sold(params (string Material, double[] Weeks)[] sales) => sales.ToDictionary(
        s => Mill.Key(s.Material), s => (double[])[.. new double[NeedHistory.MostWeeks - s.Weeks.Length], .. s.Weeks]);

    private static PlanResult Plan(PlanInput input) => PlanEngine.Run(input, ct: TestContext.Current.CancellationToken);

    private static PlanMaterial Of(PlanInput input, string material) => input.Materials.Single(m => m.Number == material);

    [Fact]
    public void A_dye_without_sales_of_its_own_gets_the_safety_stock_that_its_fabrics_sales_ask_for()
    {
        // 200 and 400 m in turns at 0.4 / 0.8 kg a metre: 100 and 200 kg.
        var mill = Fabric();
        var input = NeedHistory.Into(mill.Input(), Sold(("Fabric", [.. Enumerable.Range(0, 104).Select(t => t % 2 == 0 ? 200.0 : 400)])));

        var stats = Of(input, "Dye").Demand!;
        // Before a week of 200 kg: 7 × 100 + 6 × 200 = 1,900, a mean of 146.154, e = 53.846; before one of 100 kg: 7 × 200 + 6 × 100 = 2,000, 153.846, e = −53.846.
        Assert.Equal(700.0 / 13, stats.Mad!.Value, 9);
        Assert.Equal((PlanDemandBasis.Exploded, 104, null, null), (stats.Basis, stats.Periods, stats.Mean, stats.Sigma));
        var row = Plan(input).Row("Dye");
        // σ = 1.25 · MAD; L = 2 weeks, R = 0, σ_L = 0: z(.95) · σ · √2.
        Assert.Equal(1.644854 * 1.25 * 700 / 13 * Math.Sqrt(2), (double)row.Safety.Quantity, 3);
        Assert.Equal((PlanDemandBasis.Exploded, 104), (row.Safety.Basis, row.Safety.HistoryPeriods));
    }

    [Fact]
    public void Without_sales_nothing_is_guessed_and_what_is_critical_is_said_louder()
    {
        var calm = Plan(NeedHistory.Into(Fabric().Input(), Sold()));
        var critical = Plan(NeedHistory.Into(Fabric(d => d with { IsCritical = true }).Input(), Sold(("Fabric", [3, 4, 5]))));

        Assert.Equal((0m, null), (calm.Row("Dye").Safety.Quantity, calm.Row("Dye").Safety.Basis));
        Assert.Equal((PlanSeverity.Low, "Dye"), (calm.Issue(PlanIssueCodes.SafetyUnknown).Severity, calm.Issue(PlanIssueCodes.SafetyUnknown).RowRef));
        // Three weeks tell nothing.
        Assert.Equal(PlanSeverity.Medium, critical.Issue(PlanIssueCodes.SafetyUnknown).Severity);
    }

    [Fact]
    public void A_backtest_stays_and_what_is_sold_and_used_is_told_by_both_together()
    {
        double[] steady = [.. Enumerable.Repeat(10.0, 20)], waves = [.. Enumerable.Range(0, 20).Select(t => t % 2 * 40.0)];
        var known = new PlanDemandStats(7, 10, 3);
        var mill = Fabric(d => d with { Demand = known }).Bought("Label", with: m => m with { SafetyMethod = SafetyStockMethod.ServiceLevel, Demand = known });

        var input = NeedHistory.Into(mill.Input(), Sold(("Label", waves), ("Dye", steady), ("Fabric", waves)));

        Assert.Equal(known, Of(input, "Label").Demand);
        // 10 kg sold beside 0 or 20 kg taken: 10 and 30. The round knew the ten alone.
        var both = Of(input, "Dye").Demand!;
        Assert.Equal((null, null, PlanDemandBasis.Exploded, 20), (both.Mean, both.Sigma, both.Basis, both.Periods));
        Assert.Equal(NeedHistory.Deviation([.. waves.Select(w => 10 + (w / 2))]), both.Mad!.Value, 9);
    }

    [Fact]
    public void Own_sales_without_a_backtest_tell_the_mean_absolute_deviation()
    {
        var mill = new Mill().Bought("Yarn", with: m => m with { SafetyMethod = SafetyStockMethod.FillRate }).Offer("Yarn", "Kesmira");
        var stats = Of(NeedHistory.Into(mill.Input(), Sold(("Yarn", [10, 20, 10, 20, 10, 20]))), "Yarn").Demand!;

        // |20 − 10|, |10 − 15|, |20 − 40/3|, |10 − 15|, |20 − 14|: 32.667 / 5.
        Assert.Equal((10 + 5 + (20.0 / 3) + 5 + 6) / 5, stats.Mad!.Value, 9);
        Assert.Equal((PlanDemandBasis.Sales, 6), (stats.Basis, stats.Periods));
    }

    [Fact]
    public void Todays_bill_is_taken_for_all_weeks_and_a_later_one_for_what_begins_later()
    {
        var mill = new Mill().Made("Fabric").Bought("Old", with: Kept).Bought("New", with: Kept).Bought("Gone", with: Kept)
            .Takes("Fabric", "Old", 0.5m, l => l with { ValidTo = Mill.Week(3) }).Takes("Fabric", "Old", 0.7m, l => l with { ValidFrom = Mill.Week(3).AddDays(1) })
            .Takes("Fabric", "New", 0.2m, l => l with { ValidFrom = Mill.Week(6) }).Takes("Fabric", "Gone", 1, l => l with { ValidTo = Mill.Today.AddDays(-1) });
        double[] weeks = [10, 30, 10, 30, 10, 30, 10];
        var input = NeedHistory.Into(mill.Input(), Sold(("Fabric", weeks)));

        var deviation = NeedHistory.Deviation(weeks);
        Assert.Equal(0.5 * deviation, Of(input, "Old").Demand!.Mad!.Value, 9);
        Assert.Equal(0.2 * deviation, Of(input, "New").Demand!.Mad!.Value, 9);
        Assert.Null(Of(input, "Gone").Demand);

        static PlanMaterial Kept(PlanMaterial m) => m with { SafetyMethod = SafetyStockMethod.ServiceLevel };
    }

    [Fact]
    public void Only_what_is_drawn_from_carries_its_history_and_a_phantom_passes_it_on()
    {
        var mill = new Mill().Made("Fabric").Phantom("Bath").Bought("Dye", with: m => m with { SafetyMethod = SafetyStockMethod.Intermittent })
            .Takes("Fabric", "Bath", 2).Takes("Bath", "Dye", 0.5m);

        var input = NeedHistory.Into(mill.Input(), Sold(("Fabric", [0, 7, 0, 0, 0, 5, 0])));

        Assert.Equal([7, 0, 0, 0, 5, 0], Of(input, "Dye").Demand!.History);
        Assert.Null(Of(input, "Fabric").Demand);
        Assert.Null(Of(input, "Bath").Demand);
        Assert.Equal(PlanSnapshot.HashOf(input), PlanSnapshot.HashOf(PlanSnapshot.Read(PlanSnapshot.Write(input))));
    }

    [Fact]
    public void An_order_says_what_its_safety_stock_rests_on()
    {
        var mill = Fabric().Order("Dye", 10, Mill.Week(3));
        var plan = Plan(NeedHistory.Into(mill.Input(), Sold(("Fabric", [.. Enumerable.Range(0, 30).Select(t => t % 3 * 50.0)]))));
        Assert.Contains(
            "The safety stock answers how the need varied by the sales of what it goes into, exploded over 29 weeks.", Reasoning.Render(plan.OrdersFor("Dye")[0], "EUR"), StringComparison.Ordinal);

        // Nothing is known but a lead time that varies by 3 days: it is said as well.
        var blind = Fabric().Order("Dye", 10, Mill.Week(3)).Forecast("Dye", 70, Mill.Week(5)).Offer("Dye", "Sunmere", leadTime: 14, with: o => o with { LeadTimeSigma = 3 });
        blind.Settings = blind.Settings with { BucketCount = 8 };
        var told = Plan(blind.Input() with { Offers = [.. blind.Input().Offers.Where(o => o.SupplierName == "Sunmere")] });
        Assert.Contains("Nothing is known of how its demand varies", Reasoning.Render(told.OrdersFor("Dye")[0], "EUR"), StringComparison.Ordinal);
    }
}
