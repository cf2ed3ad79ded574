using Sourcing.Data.Common;
using Sourcing.Data.Suppliers.Scorecards;

namespace Sourcing.Web.Tests.Suppliers.Scorecards;

public sealed class KpiFormulaTests
{
    private static readonly Dictionary<string, decimal?> Known = new() { ["otif"] = 0.9m, ["fill_rate"] = 0.5m, ["median_delay"] = 4, ["win_rate"] = 0, ["savings"] = null };

    [Theory]
    [InlineData("otif", "0.9")]
    [InlineData("  OTIF ", "0.9")]
    [InlineData("otif + fill_rate × 2", "1.9")]
    [InlineData("(otif + fill_rate) * 2", "2.8")]
    [InlineData("otif − fill_rate - 0.1", "0.3")]
    [InlineData("median_delay ÷ 2 / 2", "1")]
    [InlineData("-median_delay + 10", "6")]
    [InlineData("--median_delay", "4")]
    [InlineData("min(otif, fill_rate, 0.7)", "0.5")]
    [InlineData("max(otif, fill_rate)", "0.9")]
    [InlineData("clamp(median_delay, 0, 3)", "3")]
    [InlineData("clamp(1 − median_delay ÷ 8, 0, 1)", "0.5")]
    public void A_formula_reckons_as_it_is_read(string formula, string result) =>
        Assert.Equal(decimal.Parse(result, System.Globalization.CultureInfo.InvariantCulture), KpiFormula.Parse(formula).Evaluate(Known.GetValueOrDefault));

    [Theory]
    [InlineData("otif + savings")]
    [InlineData("otif ÷ win_rate")]
    [InlineData("min(otif, savings)")]
    [InlineData("median_delay × 79000000000000000000000000000")]
    public void Where_a_part_is_not_known_nothing_is_known(string formula) => Assert.Null(KpiFormula.Parse(formula).Evaluate(Known.GetValueOrDefault));

    [Theory]
    [InlineData("", "Write a formula")]
    [InlineData("1 + 2", "names no KPI")]
    [InlineData("otiff", "There is no KPI “otiff”")]
    [InlineData("otif +", "ends where a KPI, a number or a parenthesis should stand")]
    [InlineData("(otif", "ends where “)” should stand")]
    [InlineData("otif otif", "“o” at place 6")]
    [InlineData("otif; drop table", "“;” at place 5")]
    [InlineData("sum(otif, 1)", "There is no function “sum”")]
    [InlineData("min(otif)", "min is written min(one, another)")]
    [InlineData("clamp(otif, 1)", "clamp(value, lowest, highest)")]
    [InlineData("1.2.3 × otif", "“1.2.3” is not a number")]
    public void A_formula_that_cannot_be_read_says_where(string formula, string said) =>
        Assert.Contains(said, Assert.Throws<RefusedException>(() => KpiFormula.Parse(formula)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_formula_cannot_exhaust_the_stack()
    {
        Assert.Throws<RefusedException>(() => KpiFormula.Parse(new string('(', 140) + "otif" + new string(')', 140)));
        Assert.Equal(0.9m, KpiFormula.Parse(new string('-', 200) + "otif").Evaluate(Known.GetValueOrDefault));
    }

    [Fact]
    public void It_knows_its_KPIs_and_whether_it_is_one()
    {
        Assert.Equal(["otif", "fill_rate"], KpiFormula.Parse("otif + fill_rate - otif").Codes);
        Assert.Equal("otif", KpiFormula.Parse(" otif ").Single?.Code);
        Assert.Null(KpiFormula.Parse("otif × 1").Single);
    }
}
