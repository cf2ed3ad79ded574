using Sourcing.Data.Planning;
using Sourcing.Data.Planning.Engine;
using Sourcing.Data.Planning.Forecasts;

namespace Sourcing.Web.Tests.Planning.Forecasts;

/// <summary>Weeks of June 2026, whose first is a Monday; figures worked out by hand.</summary>
public sealed class SourceBlendTests
{
    private static readonly DateOnly June = new(2026, 6, 1);

    [Fact]
    public void Sources_are_averaged_by_weight_and_confidence_and_an_absent_one_is_not_zero()
    {
        var weeks = Blend([Row(ForecastSource.ProdPlan, June, 100, 0.9m), Row(ForecastSource.Projection, June, 140, 0.5m), Row(ForecastSource.Projection, June.AddDays(7), 140, 0.5m)]);
        // ω = .9·.9 = .81 and .7·.5 = .35: F = (81 + 49) / 1.16, C = (.81·.9 + .35·.5) / 1.16 = .904 / 1.16.
        Assert.Equal(112.068966m, weeks[0].Blend);
        Assert.Equal(0.779310, weeks[0].Confidence!.Value, 6);
        Assert.Equal([0.698276, 0.301724], weeks[0].Sources.Select(s => Math.Round(s.Share, 6)));
        Assert.Equal([0.9m, 0.7m], weeks[0].Sources.Select(s => s.Weight));
        Assert.Equal((140m, 1.0), (weeks[1].Blend!.Value, weeks[1].Sources.Single().Share));
        Assert.Null(weeks[2].Blend);
        Assert.Null(weeks[2].Forecast);
    }

    [Fact]
    public void A_source_that_says_zero_counts()
    {
        var week = Blend([Row(ForecastSource.ProdPlan, June, 100, 0.8m), Row(ForecastSource.Manual, June, 0, 0.8m)])[0];
        // ω = .72 and .56: 72 / 1.28.
        Assert.Equal(56.25m, week.Blend);
    }

    [Fact]
    public void An_old_source_counts_less_where_the_plan_has_a_half_life()
    {
        var rows = new[] { Row(ForecastSource.ProdPlan, June, 100, 0.9m), Row(ForecastSource.Projection, June, 140, 0.5m, age: 30) };
        // ω = .81 and .35/2 = .175: (81 + 24.5) / .985.
        Assert.Equal(107.106599m, Blend(rows, new(ParameterScope.Plan, null) { HalfLifeDays = 30 })[0].Blend);
    }

    [Fact]
    public void Weights_are_those_of_the_plan_and_the_model_weighs_as_sales_history()
    {
        var week = Blend([Row(ForecastSource.Model, June, 100, 1), Row(ForecastSource.Other, June, 200, 1)], new(ParameterScope.Plan, null) { SalesHistoryWeight = 0.6m, OtherWeight = 0.2m })[0];
        // (60 + 40) / .8.
        Assert.Equal(125m, week.Blend);
    }

    [Fact]
    public void A_month_is_spread_by_working_days_and_of_the_week_that_runs_what_is_left_counts()
    {
        // June 2026 has 22 working days: 20 each. From the 10th, a Wednesday: 3, 5, 5, and of 29 and 30 June 2.
        var weeks = Blend([Row(ForecastSource.Projection, June, 440, 0.7m, ForecastPeriod.Month)], asOf: new(2026, 6, 10));
        Assert.Equal([60m, 100m, 100m, 40m], weeks.Take(4).Select(w => w.Blend!.Value));
        Assert.Null(weeks[4].Blend);
        // A weekly row of the week that runs counts in full; one that is over not at all.
        var own = Blend([Row(ForecastSource.ProdPlan, new(2026, 6, 8), 70, 0.9m), Row(ForecastSource.ProdPlan, June, 50, 0.9m)], asOf: new(2026, 6, 10));
        Assert.Equal(70m, own[0].Blend);
    }

    [Fact]
    public void An_override_stands_in_for_as_much_of_a_week_as_it_speaks_for()
    {
        var plan = Row(ForecastSource.ProdPlan, new(2026, 6, 29), 100, 0.9m);
        var whole = Blend([plan, Row(ForecastSource.Override, new(2026, 6, 29), 5200, 1)], asOf: new(2026, 6, 29))[0];
        Assert.Equal((100m, 5200m, 1m), (whole.Blend!.Value, whole.Forecast!.Value, whole.Covered));
        // A month's override ends on Tuesday: 2 of 5 days. 440 / 22 · 2 = 40, and 3/5 of the blend: 60.
        var part = Blend([plan, Row(ForecastSource.Override, June, 440, 1, ForecastPeriod.Month)], asOf: June)[4];
        Assert.Equal((0.4m, 100m), (part.Covered, part.Forecast!.Value));
    }

    [Fact]
    public void A_source_that_nobody_trusts_decides_alone_and_never_beside_another()
    {
        Assert.Equal((80m, 0.0, 1.0), Blend([Row(ForecastSource.Model, June, 80, 0)])[0] is var alone ? (alone.Blend!.Value, alone.Confidence!.Value, alone.Sources[0].Share) : default);
        Assert.Equal(100m, Blend([Row(ForecastSource.Model, June, 80, 0), Row(ForecastSource.ProdPlan, June, 100, 0.9m)])[0].Blend);
    }

    private static IReadOnlyList<BlendedWeek> Blend(SourceRow[] rows, PlanningParameters? plan = null, DateOnly? asOf = null) =>
        SourceBlend.Of(rows, plan ?? PlanningParameters.Defaults(), asOf ?? June, 6);

    private static SourceRow Row(ForecastSource source, DateOnly date, decimal quantity, decimal confidence, ForecastPeriod period = ForecastPeriod.Week, int age = 0) =>
        new(Guid.CreateVersion7(), source, date, period, quantity, confidence, June.AddDays(-age), "", 1, DateTimeOffset.UnixEpoch);
}
