using Sourcing.Data.Suppliers.Scorecards;
using Sourcing.Web.Shared;

namespace Sourcing.Web.Suppliers;

/// <summary>Scores, standings and KPIs in words.</summary>
public static class ScorecardWords
{
    /// <summary>Green unless it warns or blocks.</summary>
    public static Hue HueOf(StandingEffect effect) => effect switch { StandingEffect.None => Hue.Green, StandingEffect.Warn => Hue.Amber, _ => Hue.Red };

    /// <summary>What a standing does: "warns".</summary>
    public static string Of(StandingEffect effect) => effect switch
    {
        StandingEffect.Warn => "Warns",
        StandingEffect.BlockRfqs => "Blocks RFQs",
        StandingEffect.BlockOrders => "Blocks orders",
        _ => "Nothing",
    };

    /// <summary>The same within a sentence: "blocks RFQs".</summary>
    public static string Within(StandingEffect effect) => effect == StandingEffect.None ? "no effect" : char.ToLowerInvariant(Of(effect)[0]) + Of(effect)[1..];

    /// <summary>What a standing allows and does not.</summary>
    public static IReadOnlyList<(bool Allowed, string Text)> Allows(StandingEffect effect) => effect switch
    {
        StandingEffect.BlockOrders => [(false, "Not invited to RFQs"), (false, "Given no new orders")],
        StandingEffect.BlockRfqs => [(false, "Not invited to RFQs"), (true, "Orders under earlier awards go on")],
        StandingEffect.Warn => [(true, "May be invited and ordered from"), (false, "Buyers are warned where they invite, compare and award")],
        _ => [(true, "May be invited"), (true, "May be ordered from")],
    };

    /// <summary>Scores from here up to there: "80 to 100", "60 to below 80".</summary>
    public static string Range(Formats format, IReadOnlyList<StandingRule> standings, StandingRule standing)
    {
        var next = standings.Where(s => s.From > standing.From).Select(s => (decimal?)s.From).Min();
        return next is { } upper ? $"{format.Number(standing.From, 0, 2)} to below {format.Number(upper, 0, 2)}" : $"{format.Number(standing.From, 0, 2)} to 100";
    }

    /// <summary>A KPI in its own unit.</summary>
    public static string Value(Formats format, Kpi kpi, decimal? value) => kpi.Unit switch
    {
        KpiUnit.Share => format.Percent(value),
        KpiUnit.Difference => format.PercentDifference(value),
        KpiUnit.PartsPerMillion => value is null ? Formats.Nothing : $"{format.Number(value, 0, 0)}\u00a0ppm",
        KpiUnit.Hours => value is { } hours ? Formats.Span(TimeSpan.FromHours((double)Math.Min(hours, 100_000))) : Formats.Nothing,
        KpiUnit.Days => value is null ? Formats.Nothing : $"{format.Number(value, 0, 1)}\u00a0d",
        _ => format.Money(value, Sourcing.Data.Catalog.PartQueries.BaseCurrency, 0),
    };

    /// <summary>The result of a criterion: of one KPI in its unit, of a formula as a plain number.</summary>
    public static string Result(Formats format, CriterionRule? rule, decimal? result) =>
        rule?.Formula.Single is { } kpi ? Value(format, kpi, result) : format.Number(result, 0, 2);

    /// <summary>The result that is worth full marks: "≥ 98 %".</summary>
    public static string Target(Formats format, CriterionRule rule) => (rule.FullAt > rule.ZeroAt ? "≥ " : "≤ ") + Result(format, rule, rule.FullAt);

    /// <summary>What an event did to the figure; empty where it cost nothing.</summary>
    public static string Finding(Formats format, Kpi kpi, KpiEvent e)
    {
        switch (kpi.Code)
        {
            case Kpis.OnTimeInFull or Kpis.OnTimeLines or "fill_rate" when e is { Top: { } top, Bottom: { } bottom } && top < bottom:
                var missing = kpi.Code == Kpis.OnTimeLines ? "Not in full" : format.Quantity(bottom - top, e.Unit);
                var after = e.Came.Where(d => d > e.Day).ToList();
                return after.Count > 0 ? $"{missing} {after[^1].DayNumber - e.Day.DayNumber} d late" : e.Came.Count == 0 ? "Never came" : $"{missing} short";
            case Kpis.ResponseRate:
                return e.Top == 0 ? "No answer" : "";
            case Kpis.WinRate:
                return e.Top == 0 ? "Lost" : "";
            case "quality_ppm" when e.Top > 0:
                return $"{format.Quantity(e.Top, e.Unit)} rejected";
            default:
                return "";
        }
    }
}
