using Sourcing.Data.Planning.Arithmetic;
using Sourcing.Data.Planning.Engine;

namespace Sourcing.Web.Tests.Planning.Engine;

/// <summary>Safety stock of demand that comes now and then: quantile less mean of bootstrapped demand over lead time and review.</summary>
public sealed class IntermittentSafetyTests
{
    /// <summary>10 kg every fourth week for two years; 14 days to come, looked at every 14 days: four weeks.</summary>
    private static Mill Linen(Func<PlanMaterial, PlanMaterial>? with = null, int leadTime = 14, string name = "Linen") => new Mill().Bought(name, with: m => (with ?? (l => l))(m with
    {
        SafetyMethod = SafetyStockMethod.Intermittent, ServiceLevel = 0.95, ReviewDays = 14,
        Demand = new(7, 2.5m) { Basis = PlanDemandBasis.Sales, Periods = 104, History = [.. Enumerable.Range(0, 104).Select(t => t % 4 == 3 ? 10m : 0)] },
    })).Offer(name, "Kesmira", leadTime: leadTime);

    [Fact]
    public void The_plan_keeps_the_quantile_above_the_mean_and_says_both()
    {
        var plan = Linen().Order("Linen", 10, Mill.Week(4)).Plan();

        var safety = plan.Row("Linen").Safety;
        // Whole demands only, about 10 in four weeks.
        Assert.Equal(0, safety.LeadTimeQuantile!.Value % 10);
        Assert.InRange(safety.LeadTimeMean!.Value, 8, 11.5m);
        Assert.Equal(safety.LeadTimeQuantile - safety.LeadTimeMean, safety.Quantity);
        Assert.True(safety.Quantity > 0);
        Assert.DoesNotContain(plan.Issues, i => i.Code == PlanIssueCodes.SafetyUnknown);
        Assert.Contains("The safety stock is the 95 % quantile of its demand over lead time and review, drawn from the own sales over 104 weeks, less the mean.",
            Reasoning.Render(plan.OrdersFor("Linen")[0], "EUR"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_longer_lead_time_and_a_higher_level_keep_more_and_so_do_what_ifs()
    {
        // 5 to 13 kg, in two weeks of eleven.
        static PlanMaterial Odd(PlanMaterial m) => m with { Demand = m.Demand! with { History = [.. Enumerable.Range(0, 104).Select(t => t * 7 % 11 is 0 or 3 ? 5m + (t % 9) : 0)] } };
        decimal Kept(Mill mill, params PlanOverride[] changes) => PlanEngine.Run(PlanOverrides.Apply(mill.Input(), changes), ct: TestContext.Current.CancellationToken).Row("Linen").Safety.Quantity;
        var usual = Kept(Linen(Odd));

        Assert.True(Kept(Linen(Odd, 70)) > usual);
        Assert.True(Kept(Linen(m => Odd(m) with { ServiceLevel = 0.999 })) > usual);
        Assert.Equal(Kept(Linen(Odd, 70)), Kept(Linen(Odd), new PlanOverride(PlanOverrideKind.LeadTime, PlanOverrideScope.All, 70, false)));
        Assert.Equal(Kept(Linen(m => Odd(m) with { ServiceLevel = 0.999 })), Kept(Linen(Odd), new PlanOverride(PlanOverrideKind.ServiceLevel, PlanOverrideScope.All, 0.999m, false)));
        Assert.Equal(2 * usual, Kept(Linen(Odd), new PlanOverride(PlanOverrideKind.Demand, PlanOverrideScope.All, 2, true)));
    }

    [Fact]
    public void Draws_are_the_materials_own_and_the_same_on_every_run()
    {
        PlanSafetyFacts Of(string name) => Linen(name: name).Plan().Row(name).Safety;

        Assert.Equal(Of("Linen"), Of("Linen"));
        // Equal histories, other luck.
        Assert.NotEqual(Of("Linen").LeadTimeMean, Of("Hemp").LeadTimeMean);
    }

    [Fact]
    public void Without_a_history_its_bounds_hold_and_it_is_said()
    {
        var plan = Linen(m => m with { Demand = null, SafetyMinimum = 4 }).Plan();

        Assert.Equal((4m, "minimum", null), (plan.Row("Linen").Safety.Quantity, plan.Row("Linen").Safety.ClampedBy, plan.Row("Linen").Safety.LeadTimeQuantile));
        Assert.Contains("only what its bounds ask for", plan.Issue(PlanIssueCodes.SafetyUnknown).Message, StringComparison.Ordinal);
    }
}
