namespace Sourcing.Data.Chapters.Reckoning;

/// <summary>What chapters are ranked by.</summary>
public enum RankedBy
{
    Referrals,
    OneToOnes,
    Business,
    Visitors,
    Attendance,
}

/// <summary>
/// A chapter's averages per member and meeting: totals ÷ seats, where seats are the members active at each completed meeting, added up. With an unchanged roster
/// that is members × meetings. Null without meetings. Money of different currencies is not turned into one: compare chapters of one currency.
/// </summary>
/// <param name="Attendance">Pooled percentage; null without marks.</param>
public sealed record ChapterAverages(Guid Chapter, string Name, int Members, int Meetings, int Seats, int ReferralTotal, int OneToOneTotal, decimal BusinessTotal, int VisitorTotal, decimal? Attendance)
{
    public decimal? Value(RankedBy by) => by switch
    {
        RankedBy.Referrals => Reckon.Quotient(ReferralTotal, Seats),
        RankedBy.OneToOnes => Reckon.Quotient(OneToOneTotal, Seats),
        RankedBy.Business => Reckon.Quotient(BusinessTotal, Seats),
        RankedBy.Visitors => Reckon.Quotient(VisitorTotal, Seats),
        _ => Attendance,
    };

    /// <summary>Counts in one pass over the slips, without matrices. One-to-ones are slips with a side on the roster; closed business is all of it.</summary>
    public static ChapterAverages Of(Guid chapter, string name, Ledger ledger, Period period)
    {
        var counted = Counted.Of(ledger, period);
        var pooled = counted.Attendance.Where(a => counted.PlaceOf(a.PersonId) >= 0).Aggregate(new int[5], (sums, a) =>
        {
            sums[(int)a.Mark]++;
            return sums;
        });
        var tally = new Tally { Present = pooled[0], Absent = pooled[1], Late = pooled[2], Medical = pooled[3], Substitute = pooled[4] };
        return new(
            chapter, name, counted.Size, counted.Meetings.Count, counted.Seats, counted.Referrals.Count(s => counted.PlaceOf(s.Giver) >= 0 && s.Giver != s.Receiver),
            counted.OneToOnes.Count(s => counted.PlaceOf(s.Initiator) >= 0 || counted.PlaceOf(s.Partner) >= 0), counted.Business.Sum(s => s.Amount), counted.Visits.Count, tally.Attendance);
    }

    /// <summary>Chapters by an average, the greatest first; the tie rule is <see cref="Reckon.TieRule"/>.</summary>
    public static IReadOnlyList<Ranked<ChapterAverages>> Rank(IEnumerable<ChapterAverages> chapters, RankedBy by) => Reckon.Rank(chapters, c => c.Value(by), c => c.Name);
}
