using Sourcing.Data.Chapters.Reckoning;

namespace Sourcing.Web.Tests.Chapters.Reckoning;

public sealed class ComparisonTests
{
    // January: Anna, Ben, Cora, Dan. February: Dan has left, Eve has come.
    private static readonly Book Two = Book.With("Anna", "Ben", "Cora").Member("Dan", Book.Day(2020, 1, 1), Book.Day(2026, 2, 1)).Member("Eve", Book.Day(2026, 2, 1))
        .Refer("Anna", "Ben", 1, 3).Refer("Anna", "Dan").Refer("Ben", "Anna").Meet("Cora", "Dan").Meet("Anna", "Ben").Marks("Anna", "P").Marks("Ben", "A").Business("Cora", 100)
        .Meeting(Book.Day(2026, 2, 4)).Refer("Anna", "Ben").Refer("Ben", "Cora", 2, 3).Refer("Eve", "Anna", 1, 2).Meet("Ben", "Cora").Marks("Anna", "P").Marks("Ben", "P").Business("Cora", 100);

    private static PeriodComparison Sides => PeriodComparison.Of(PeriodFigures.Of(Two.January), PeriodFigures.Of(Two.In(2026, 2)));

    [Fact]
    public void Members_of_both_periods_are_compared_and_totals_are_each_periods_own()
    {
        var given = Sides[Compared.Given];
        // Anna 4 → 1 = −3, Ben 1 → 3 = +2, Cora 0 → 0. January 5 in all, February 1 + 3 + 2 = 6 with Eve.
        Assert.Equal([("Anna", -3m), ("Ben", 2m), ("Cora", 0m)], given.Lines.Select(l => (l.Person.Name, l.Delta!.Value)));
        Assert.Equal((5m, 6m), (given.TotalBefore!.Value, given.TotalAfter!.Value));
        // One of three improved, mean (−3 + 2 + 0) ÷ 3.
        Assert.Equal((1, 1, 1, -1m / 3, 100m / 3), (given.Improved, given.Declined, given.Same, given.MeanDelta!.Value, given.ImprovedPercent!.Value));
        Assert.Equal(["Ben"], given.Top.Select(l => l.Person.Name));
        Assert.Equal(["Eve"], Sides.Joiners.Select(p => p.Name));
        Assert.Equal(["Dan"], Sides.Leavers.Select(p => p.Name));
    }

    [Fact]
    public void What_does_not_exist_in_one_period_is_neither_better_nor_worse()
    {
        var attendance = Sides[Compared.Attendance];
        // Anna 100 → 100, Ben 0 → 100, Cora has no marks. Pooled 50 → 100. Mean (0 + 100) ÷ 2, improved 1 of 2.
        Assert.Equal([Trend.Same, Trend.Improved, Trend.Unknown], attendance.Lines.Select(l => l.Trend));
        Assert.Equal((50m, 100m, 50m, 50m), (attendance.TotalBefore!.Value, attendance.TotalAfter!.Value, attendance.MeanDelta!.Value, attendance.ImprovedPercent!.Value));
    }

    [Fact]
    public void Testimonials_are_compared_like_everything_else()
    {
        // January Anna 1, Ben none; February Anna 1, Ben 2: 0, +2, and Cora 0.
        var book = Book.With("Anna", "Ben", "Cora").Testimonial("Anna").Meeting(Book.Day(2026, 2, 4)).Testimonial("Anna").Testimonial("Ben").Testimonial("Ben");
        var table = PeriodComparison.Of(PeriodFigures.Of(book.January), PeriodFigures.Of(book.In(2026, 2)))[Compared.Testimonials];
        Assert.Equal([("Anna", 0m), ("Ben", 2m), ("Cora", 0m)], table.Lines.Select(l => (l.Person.Name, l.Delta!.Value)));
        Assert.Equal((1m, 3m), (table.TotalBefore!.Value, table.TotalAfter!.Value));
    }

    [Fact]
    public void Ties_are_compared_over_common_partners()
    {
        var ties = Sides.Ties.ToDictionary(t => t.Person.Name);
        // Ben with Anna and Cora. January: Anna both (gave 1, met), Cora neither. February: Anna neither (he gave her nothing), Cora both. 1 − 1 − (1 − 1) = 0.
        Assert.Equal((new TieCounts(1, 0, 0, 1), new TieCounts(1, 0, 0, 1), 0), (ties["Ben"].Before, ties["Ben"].After, ties["Ben"].Improvement));
        // Anna: both with Ben, neither with Cora; then referral alone with Ben, neither with Cora: (0 − 1) − (1 − 1) = −1. Dan and Eve are not counted.
        Assert.Equal((new TieCounts(1, 0, 0, 1), new TieCounts(1, 0, 1, 0), -1), (ties["Anna"].Before, ties["Anna"].After, ties["Anna"].Improvement));
        // Cora met Dan in January, who is no common partner: neither twice; then one-to-one with Ben: (0 − 0) − (1 − 2) = 1.
        Assert.Equal(1, ties["Cora"].Improvement);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_comparison_turned_round_is_its_mirror_image(int seed)
    {
        var ledger = Book.Random(seed, 14, 6, 500);
        var (first, second) = (PeriodFigures.Of(ledger, Period.Month(2025, 2)), PeriodFigures.Of(ledger, Period.Month(2025, 5)));
        var (there, back) = (PeriodComparison.Of(first, second), PeriodComparison.Of(second, first));
        foreach (var (a, b) in there.Tables.Zip(back.Tables))
        {
            Assert.Equal(a.Lines.Select(l => l.Delta), b.Lines.Select(l => -l.Delta));
            Assert.Equal((a.Improved, a.Declined, a.Same, a.TotalBefore), (b.Declined, b.Improved, b.Same, b.TotalAfter));
        }

        Assert.Equal(there.Ties.Select(t => t.Improvement), back.Ties.Select(t => -t.Improvement));
        Assert.Equal(there.Joiners.Select(p => p.Id), back.Leavers.Select(p => p.Id));
    }

    [Fact]
    public void Months_are_put_together_by_cell_over_the_union_of_rosters()
    {
        var all = Aggregation.OfMonths(Two.Ledger, new(Book.Day(2026, 1, 1), Book.Day(2026, 2, 28)));
        Assert.Equal(["Anna", "Ben", "Cora", "Dan", "Eve"], all.Roster.Select(p => p.Name));
        // Anna → Ben 3 + 1; Ben → Cora 0 + 3; Eve → Anna 2; Anna with Ben 1, Ben with Cora 1.
        Assert.Equal((4, 3, 2, null), (all.Referrals(0, 1), all.Referrals(1, 2), all.Referrals(4, 0), all.Referrals(0, 0)));
        Assert.Equal((1, 1), (all.OneToOnes(1, 0), all.OneToOnes(2, 1)));
        Assert.Equal((Tie.Both, Tie.Both, Tie.OneToOneOnly), (all.Combination(0, 1), all.Combination(1, 2), all.Combination(2, 1)));
        Assert.Equal([("Anna", 2), ("Ben", 2), ("Cora", 2), ("Dan", 1), ("Eve", 1)], all.Lines.Select(l => (l.Person.Name, l.Present)));
        Assert.Equal([("Dan", "01/2026", 1, 2)], all.Leavers.Select(l => (l.Person.Name, l.LastSeen.Title, l.Present, l.Total)));
        Assert.Equal(200, all.Lines[2].Tally.Business);
    }

    [Fact]
    public void Months_together_are_the_whole_period_where_the_roster_did_not_change()
    {
        var ledger = Book.Random(9, 12, 6, 600);
        ledger = ledger with { People = [.. ledger.People.Select(p => p with { Terms = [new(Book.Day(2020, 1, 1))] })] };
        var period = new Period(Book.Day(2025, 1, 1), Book.Day(2025, 6, 30));
        var (all, whole) = (Aggregation.OfMonths(ledger, period), PeriodFigures.Of(ledger, period));
        for (var i = 0; i < 12; i++)
        {
            Assert.Equal(whole.Tallies.Lines[i], all.Lines[i].Tally);
            for (var j = 0; j < 12; j++)
            {
                Assert.Equal((whole.Referrals[i, j], whole.OneToOnes[i, j], whole.Combination[i, j]), (all.Referrals(i, j), all.OneToOnes(i, j), all.Combination(i, j)));
            }
        }
    }

    [Fact]
    public void Chapters_are_ranked_by_averages_per_member_and_meeting()
    {
        var big = Book.With("Anna", "Ben", "Cora", "Dan").Meeting(Book.Day(2026, 1, 14)).Refer("Anna", "Ben", 1, 8).Meet("Anna", "x", 2).Business("x", 80).Visit("Anna").Marks("Anna", "PA");
        var small = Book.With("Eve", "Fay").Refer("Eve", "Fay", 1, 3).Refer("y", "Eve");
        var all = new[] { ("Big", big), ("Small", small), ("Empty", new Book()), ("Beside", big) }.Select((x, i) => ChapterAverages.Of(new(i, 0, 0, new byte[8]), x.Item1, x.Item2.Ledger, Period.Month(2026, 1))).ToList();
        // Big: 8 ÷ (4 members · 2 meetings) = 1. Small: 3 ÷ (2 · 1) = 1.5; the one received from outside is not given. Empty has no seats.
        Assert.Equal([(1, "Small", 1.5m), (2, "Beside", 1m), (2, "Big", 1m), (null, "Empty", null)], ChapterAverages.Rank(all, RankedBy.Referrals).Select(r => (r.Rank, r.Item.Name, r.Value)));
        // 80 ÷ 8 = 10 a seat, non-members counted; 2 ÷ 8; 1 ÷ 8; 1 of 2 attended.
        Assert.Equal((10m, .25m, .125m, 50m), (all[0].Value(RankedBy.Business)!.Value, all[0].Value(RankedBy.OneToOnes)!.Value, all[0].Value(RankedBy.Visitors)!.Value, all[0].Value(RankedBy.Attendance)!.Value));
    }
}
