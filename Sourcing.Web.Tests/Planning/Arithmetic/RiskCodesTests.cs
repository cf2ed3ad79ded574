using Sourcing.Data.Planning.Arithmetic;
using Sourcing.Data.Suppliers;

namespace Sourcing.Web.Tests.Planning.Arithmetic;

public sealed class RiskCodesTests
{
    /// <summary>Two good suppliers and nothing amiss.</summary>
    private static readonly RiskFacts Sound = new()
    {
        Reliability = 0.95m, LeadTimeDays = 14, Ordered = 100, Needed = 100, Suppliers = 2, ContractLimit = 1000, ContractUsed = 500, ForecastConfidence = 0.8,
    };

    private static void Raises(RiskCodes expected, RiskLevel level, RiskFacts facts)
    {
        Assert.Equal(expected, Risks.Of(facts));
        Assert.Equal(level, Risks.Worst(Risks.Of(facts)));
        Assert.Equal(level, Risks.Severity(expected));
    }

    [Fact]
    public void Nothing_amiss_is_a_low_risk()
    {
        Assert.Equal(RiskCodes.None, Risks.Of(Sound));
        Assert.Equal(RiskLevel.Low, Risks.Worst(RiskCodes.None));

        // Each limit itself is still good, and what is unknown raises nothing.
        Assert.Equal(RiskCodes.None, Risks.Of(Sound with
        {
            Reliability = 0.85m, LeadTimeDays = 21, Ordered = 200, ContractUsed = 899.999999m, ForecastConfidence = 0.5,
        }));
        Assert.Equal(RiskCodes.None, Risks.Of(Sound with { Reliability = null, LeadTimeDays = null, ContractLimit = null, ForecastConfidence = null }));
    }

    [Fact]
    public void Each_code_is_raised_at_its_limit_with_its_severity()
    {
        Raises(RiskCodes.ReliabilityLow, RiskLevel.High, Sound with { Reliability = 0.6999m });
        Raises(RiskCodes.ReliabilityModerate, RiskLevel.Medium, Sound with { Reliability = 0.70m });
        Raises(RiskCodes.ReliabilityModerate, RiskLevel.Medium, Sound with { Reliability = 0.8499m });
        Raises(RiskCodes.LongLeadTime, RiskLevel.Medium, Sound with { LeadTimeDays = 22 });
        Raises(RiskCodes.OrderAboveTwiceNeed, RiskLevel.Medium, Sound with { Ordered = 200.000001m });
        Raises(RiskCodes.SingleSource, RiskLevel.Medium, Sound with { Suppliers = 1 });
        Raises(RiskCodes.ContractNearlyUsed, RiskLevel.Medium, Sound with { ContractUsed = 900 });
        Raises(RiskCodes.Late, RiskLevel.High, Sound with { Late = true });
        Raises(RiskCodes.PriceMissing, RiskLevel.High, Sound with { PriceMissing = true });
        Raises(RiskCodes.BomIncomplete, RiskLevel.High, Sound with { BomIncomplete = true });
        Raises(RiskCodes.ForecastWeak, RiskLevel.Medium, Sound with { ForecastConfidence = 0.4999 });
        Raises(RiskCodes.PastDueOrder, RiskLevel.Medium, Sound with { PastDueOrder = true });
        Raises(RiskCodes.NegativeStock, RiskLevel.Medium, Sound with { NegativeStock = true });
        Raises(RiskCodes.NoSupplier, RiskLevel.High, Sound with { Suppliers = 0 });
    }

    [Fact]
    public void Several_codes_stand_together_and_the_worst_counts()
    {
        var codes = Risks.Of(Sound with { LeadTimeDays = 40, Suppliers = 1 });
        Assert.Equal(RiskCodes.LongLeadTime | RiskCodes.SingleSource, codes);
        Assert.Equal(RiskLevel.Medium, Risks.Worst(codes));
        Assert.Equal(RiskLevel.High, Risks.Worst(codes | RiskCodes.Late));
        Assert.Throws<ArgumentException>(() => Risks.Severity(codes));
        Assert.Throws<ArgumentException>(() => Risks.Severity(RiskCodes.None));
    }
}
