namespace Sourcing.Data.Chapters.Reckoning;

/// <summary>Everything reckoned of one period, worked out once.</summary>
public sealed record PeriodFigures(Counted Counted, ReferralMatrix Referrals, OneToOneMatrix OneToOnes, CombinationMatrix Combination, ClosedBusinessTable Business, TallyTable Tallies)
{
    public static PeriodFigures Of(Counted counted)
    {
        var (referrals, meetings) = (ReferralMatrix.Of(counted), OneToOneMatrix.Of(counted));
        return new(counted, referrals, meetings, CombinationMatrix.Of(referrals, meetings), ClosedBusinessTable.Of(counted, referrals), TallyTable.Of(counted));
    }

    public static PeriodFigures Of(Ledger ledger, Period period) => Of(Counted.Of(ledger, period));
}
