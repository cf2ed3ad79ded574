using Sourcing.Data.Common;
using Sourcing.Data.Suppliers.Scorecards;

namespace Sourcing.Web.Tests.Suppliers.Scorecards;

public sealed class ScoreArithmeticTests
{
    private static readonly StandingRule[] Standings = [new("A", 80, StandingEffect.None), new("B", 50, StandingEffect.Warn), new("C", 0, StandingEffect.BlockOrders)];
    private static readonly Dictionary<DateOnly, Dictionary<string, decimal>> NoMeans = [];

    [Theory]
    [InlineData("0", "C")]
    [InlineData("49.99", "C")]
    [InlineData("50", "B")]
    [InlineData("79.99", "B")]
    [InlineData("80", "A")]
    [InlineData("100", "A")]
    public void Every_score_of_0_to_100_has_a_standing(string score, string standing) =>
        Assert.Equal(standing, ScoreArithmetic.StandingOf(Standings, decimal.Parse(score, System.Globalization.CultureInfo.InvariantCulture)).Name);

    [Fact]
    public void A_standing_may_begin_at_100()
    {
        StandingRule[] standings = [new("Rest", 0, StandingEffect.None), new("Perfect", 100, StandingEffect.None)];
        Assert.Equal("Perfect", ScoreArithmetic.StandingOf(standings, 100).Name);
        Assert.Equal("Rest", ScoreArithmetic.StandingOf(standings, 99.99m).Name);
    }

    [Theory]
    [InlineData(0.5, 50, 1, 0.5)]
    [InlineData(1, 5, 5, 0.75)]
    [InlineData(1, 0, 5, 0.5)]
    [InlineData(1, 20, 0, 1)]
    [InlineData(1, 0, 0, 1)]
    public void Few_events_are_drawn_towards_the_average(double x, int n, double k, double drawn) =>
        Assert.Equal((decimal)drawn, Math.Round(ScoreArithmetic.Shrunk((decimal)x, n, 0.5m, (decimal)k), 10));

    [Theory]
    [InlineData(0.4, 0.5, 1, 0)]
    [InlineData(0.75, 0.5, 1, 50)]
    [InlineData(1.2, 0.5, 1, 100)]
    [InlineData(0, 30000, 0, 100)]
    [InlineData(15000, 30000, 0, 50)]
    [InlineData(40000, 30000, 0, 0)]
    public void A_result_is_worth_its_place_on_the_scale_whichever_way_it_runs(double result, double zero, double full, double points) =>
        Assert.Equal((decimal)points, ScoreArithmetic.Points((decimal)result, (decimal)zero, (decimal)full));

    [Fact]
    public void A_criterion_without_events_does_not_count_and_its_weight_goes_to_the_others()
    {
        var rules = Rules(0, 0, new("Delivery", 60, KpiFormula.Parse("otif"), 0, 1), new("Answers", 40, KpiFormula.Parse("response_rate"), 0, 1));
        var score = Assert.Single(ScoreArithmetic.Scores(rules, new Dictionary<DateOnly, Dictionary<string, KpiFigure>> { [Month(1)] = new() { ["otif"] = new(0.9m, 10) } }, NoMeans));
        Assert.Equal((90, 90), (score.Own, score.Score));
        Assert.Null(score.Criteria[1].Score);
    }

    [Fact]
    public void A_period_without_activity_is_not_scored_and_weighs_nothing_later()
    {
        var rules = Rules(0.5m, 0, new CriterionRule("Delivery", 100, KpiFormula.Parse("otif"), 0, 1));
        var scores = ScoreArithmetic.Scores(
            rules,
            new Dictionary<DateOnly, Dictionary<string, KpiFigure>>
            {
                [Month(1)] = new() { ["otif"] = new(1m, 10) },
                [Month(2)] = new() { ["spend"] = new(1000, 1) },
                [Month(3)] = new() { ["otif"] = new(0.2m, 10) },
            },
            NoMeans);
        Assert.Equal([Month(1), Month(3)], scores.Select(s => s.Start));
        // Two months back weighs 0.25: (20 + 0.25 · 100) / 1.25.
        Assert.Equal((20, 36), (scores[1].Own, scores[1].Score));
    }

    [Fact]
    public void Without_decay_only_the_period_itself_counts_and_beyond_twelve_periods_nothing_does()
    {
        Dictionary<DateOnly, Dictionary<string, KpiFigure>> past = new() { [Month(1)] = new() { ["otif"] = new(0, 10) }, [Month(2)] = new() { ["otif"] = new(1, 10) }, [Month(1).AddYears(1)] = new() { ["otif"] = new(1, 10) } };
        var criterion = new CriterionRule("Delivery", 100, KpiFormula.Parse("otif"), 0, 1);
        Assert.Equal([0, 100, 100], ScoreArithmetic.Scores(Rules(0, 0, criterion), past, NoMeans).Select(s => s.Score));
        Assert.Equal([0, 50, 100], ScoreArithmetic.Scores(Rules(1, 0, criterion), past, NoMeans).Select(s => s.Score));
    }

    [Fact]
    public void Few_data_are_marked_and_the_result_is_shown_as_it_was()
    {
        var rules = Rules(0, 5, new CriterionRule("Delivery", 100, KpiFormula.Parse("otif"), 0, 1));
        var means = new Dictionary<DateOnly, Dictionary<string, decimal>> { [Month(1)] = new() { ["otif"] = 0.5m } };
        PeriodScore Of(int events) => Assert.Single(ScoreArithmetic.Scores(rules, new Dictionary<DateOnly, Dictionary<string, KpiFigure>> { [Month(1)] = new() { ["otif"] = new(1, events) } }, means));
        Assert.Equal((58.33m, true, 1m), (Of(1).Score, Of(1).Few, Of(1).Criteria[0].Result!.Value));
        Assert.Equal((75, false), (Of(5).Score, Of(5).Few));
    }

    [Fact]
    public void A_sum_is_not_drawn_towards_that_of_others()
    {
        var rules = Rules(0, 5, new CriterionRule("Savings", 100, KpiFormula.Parse("savings"), 0, 1000));
        var means = new Dictionary<DateOnly, Dictionary<string, decimal>> { [Month(1)] = new() { ["savings"] = 0 } };
        Assert.Equal(50, Assert.Single(ScoreArithmetic.Scores(rules, new Dictionary<DateOnly, Dictionary<string, KpiFigure>> { [Month(1)] = new() { ["savings"] = new(500, 1) } }, means)).Score);
    }

    [Theory]
    [InlineData(ScorePeriod.Month, "2026-11-30", "2026-11-01", "2026-12-01", "Nov 2026")]
    [InlineData(ScorePeriod.Quarter, "2026-09-30", "2026-07-01", "2026-10-01", "Q3 2026")]
    [InlineData(ScorePeriod.Quarter, "2026-10-01", "2026-10-01", "2027-01-01", "Q4 2026")]
    [InlineData(ScorePeriod.Year, "2026-12-31", "2026-01-01", "2027-01-01", "2026")]
    public void Periods_hold_their_first_day_and_not_the_next_ones(ScorePeriod period, string day, string start, string end, string name)
    {
        var first = period.StartOf(DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(DateOnly.Parse(start, System.Globalization.CultureInfo.InvariantCulture), first);
        Assert.Equal(DateOnly.Parse(end, System.Globalization.CultureInfo.InvariantCulture), period.Add(first, 1));
        Assert.Equal(1, period.Between(first, period.Add(first, 1)));
        Assert.Equal(name, period.NameOf(first));
    }

    [Fact]
    public void Rules_that_leave_a_gap_or_do_not_sum_to_100_are_refused_field_by_field()
    {
        var criterion = new CriterionRule("Delivery", 60, KpiFormula.Parse("otif"), 0, 1);
        IReadOnlyList<string> Fields(ScorecardRules rules) => [.. Assert.Throws<RefusedException>(() => ScorecardRuleChecks.Demand(rules)).Errors.Select(e => e.Field)];
        Assert.Equal(["Criteria"], Fields(Rules(0, 0, criterion)));
        Assert.Equal(["Criteria[1].Name"], Fields(Rules(0, 0, criterion, criterion with { Name = "delivery ", Weight = 40 })));
        Assert.Equal(["Criteria[0].FullAt"], Fields(Rules(0, 0, criterion with { Weight = 100, FullAt = 0 })));
        var whole = Rules(0, 0, criterion with { Weight = 100 });
        Assert.Equal(["Standings"], Fields(whole with { Standings = [new("A", 0.01m, StandingEffect.None)] }));
        Assert.Equal(["Standings[1].From"], Fields(whole with { Standings = [new("A", 0, StandingEffect.None), new("B", 0, StandingEffect.Warn)] }));
        Assert.Equal(["Standings[1].From"], Fields(whole with { Standings = [new("A", 0, StandingEffect.None), new("B", 100.5m, StandingEffect.Warn)] }));
        Assert.Equal(["Decay", "SmallSample"], Fields(whole with { Decay = 1.1m, SmallSample = -1 }));
        ScorecardRuleChecks.Demand(whole);
    }

    private static ScorecardRules Rules(decimal decay, decimal k, params CriterionRule[] criteria) => new(ScorePeriod.Month, decay, k, criteria, Standings);

    private static DateOnly Month(int month) => new(2026, month, 1);
}
