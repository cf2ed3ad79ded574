namespace Sourcing.Data.Chapters.Reckoning;

/// <summary>Closed business that somebody is thanked for, in the chapter's currency.</summary>
/// <param name="Person">Null for the chapter as a whole.</param>
/// <param name="Slips">How many times.</param>
/// <param name="Referrals">RGI + RGO of the same period.</param>
public sealed record BusinessLine(Person? Person, decimal Inside, decimal Outside, int Slips, int Referrals)
{
    /// <summary>Inside + outside.</summary>
    public decimal Total => Inside + Outside;

    /// <summary>Total ÷ slips; null without slips.</summary>
    public decimal? Average => Reckon.Quotient(Total, Slips);

    /// <summary>Value per referral: total ÷ (RGI + RGO), all slips and not different receivers; null without referrals.</summary>
    public decimal? PerReferral => Reckon.Quotient(Total, Referrals);

    /// <summary>Worth a look: something inside, and outside more than twice as much.</summary>
    public bool IsUneven => Inside > 0 && Outside > 2 * Inside;
}

/// <summary>Closed business by member.</summary>
/// <param name="Lines">In the order of the roster.</param>
/// <param name="NonMembers">Credited to nobody on the roster: in the chapter's total alone.</param>
/// <param name="Chapter">Everything; referrals are Σ RGI + RGO.</param>
public sealed record ClosedBusinessTable(IReadOnlyList<BusinessLine> Lines, decimal NonMembers, BusinessLine Chapter)
{
    public static ClosedBusinessTable Of(Counted counted, ReferralMatrix referrals)
    {
        var sums = new (decimal Inside, decimal Outside, int Slips)[counted.Size + 1];
        foreach (var slip in counted.Business)
        {
            var place = counted.PlaceOf(slip.Thanked);
            ref var sum = ref sums[place < 0 ? counted.Size : place];
            sum = (sum.Inside + (slip.IsInside ? slip.Amount : 0), sum.Outside + (slip.IsInside ? 0 : slip.Amount), sum.Slips + 1);
        }

        var lines = counted.Roster.Select((p, i) => new BusinessLine(p, sums[i].Inside, sums[i].Outside, sums[i].Slips, referrals.Lines[i].Given)).ToList();
        return new(lines, sums[^1].Inside + sums[^1].Outside, new(null, sums.Sum(s => s.Inside), sums.Sum(s => s.Outside), sums.Sum(s => s.Slips), referrals.Given));
    }
}
