using Sourcing.Data.Chapters.Reckoning;

namespace Sourcing.Web.Tests.Chapters.Reckoning;

public sealed class MatrixTests
{
    // Anna → Ben 2 (tier 1), Anna → Cora 1 (tier 2), Ben → Anna 1 (tier 2), Anna → outside 1 (tier 2), outside → Cora 3 (tier 1).
    private static readonly Book Small = Book.With("Anna", "Ben", "Cora")
        .Refer("Anna", "Ben", 1, 2).Refer("Anna", "Cora", 2).Refer("Ben", "Anna", 2).Refer("Anna", "stranger", 2).Refer("stranger", "Cora", 1, 3)
        .Meet("Anna", "Ben", 2).Meet("Ben", "Anna").Meet("Cora", "stranger").Meet("stranger", "Cora");

    [Fact]
    public void Referrals_between_members_stand_in_cells_and_others_beside_them()
    {
        var matrix = ReferralMatrix.Of(Small.January);
        Assert.Null(matrix[0, 0]);
        Assert.Equal((2, 1, 1, 0), (matrix[0, 1], matrix[0, 2], matrix[1, 0], matrix[2, 0]));
        // Anna: row 2 + 1 = 3 to 2 people, column 1 from 1; one to outside; RGI 2, RGO 1 + 1 = 2; RRI 0, RRO 1.
        Assert.Equal(new(Small.January.Roster[0], 3, 2, 1, 1, 1, 0, 2, 2, 0, 1), matrix.Lines[0]);
        // Cora: gave nothing; column 1 from Anna; 3 from outside; RRI 3, RRO 1.
        Assert.Equal(new(Small.January.Roster[2], 0, 0, 1, 1, 0, 3, 0, 0, 3, 1), matrix.Lines[2]);
        // Cells: 2 + 1 + 1 = 4. Given: Anna 4, Ben 1 = 5.
        Assert.Equal((4, 5), (matrix.GrandTotal, matrix.Given));
    }

    [Fact]
    public void One_to_ones_are_symmetric()
    {
        var matrix = OneToOneMatrix.Of(Small.January);
        // Anna with Ben: 2 + 1 slips the other way = 3 in both cells; ΣO ÷ 2 = 6 ÷ 2.
        Assert.Equal((3, 3, null), (matrix[0, 1], matrix[1, 0], matrix[1, 1]));
        Assert.Equal((3, 2), (matrix.InChapter, matrix.External));
        // 1-2-1 of Cora: 0 in the chapter + 2 external.
        Assert.Equal(2, matrix.Lines[2].Total);
        // One pair of 3·2/2 = 3: 33.33… %
        Assert.Equal(100m / 3, matrix.Coverage);
        Assert.Null(OneToOneMatrix.Of(Book.With("Anna").January).Coverage);
    }

    [Fact]
    public void Combination_counts_without_the_diagonal()
    {
        var matrix = CombinationMatrix.Of(Small.January);
        // Anna–Ben: R 2, O 3 → 2 + 1 = 3. Anna–Cora: R 1, O 0 → 2. Ben–Anna: R 1, O 3 → 3. Cora–Anna: 0.
        Assert.Equal((Tie.Both, Tie.ReferralOnly, Tie.Both, Tie.Neither, null), (matrix[0, 1], matrix[0, 2], matrix[1, 0], matrix[2, 0], matrix[2, 2]));
        Assert.Equal(new(0, 0, 1, 1), matrix.Counts[0]);
        Assert.Equal(new(1, 0, 0, 1), matrix.Counts[1]);
        Assert.Equal(new(2, 0, 0, 0), matrix.Counts[2]);
        // Ben and Cora: nothing either way. Cora–Anna is 0 but Anna–Cora is not.
        Assert.Equal([("Ben", "Cora")], matrix.InactivePairs().Select(p => (p.First.Name, p.Second.Name)));
    }

    [Fact]
    public void Missing_lists_name_who_is_missing_and_who_is_missing_twice()
    {
        var missing = CombinationMatrix.Of(Small.January).Missing(0);
        // Anna met Ben alone; gave to both; received from Ben alone. Cora stands in two lists.
        Assert.Equal(["Cora"], missing.NotMet.Select(p => p.Name));
        Assert.Empty(missing.NotGivenTo);
        Assert.Equal(["Cora"], missing.NotReceivedFrom.Select(p => p.Name));
        Assert.Equal(["Cora"], missing.Priority.Select(p => p.Name));
        // Ben gave Anna and met her, received from her; with Cora nothing at all.
        Assert.Equal(["Cora"], CombinationMatrix.Of(Small.January).Missing(1).Priority.Select(p => p.Name));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Sums_agree_whatever_the_slips(int seed)
    {
        var counted = Counted.Of(Book.Random(seed, 17, 6, 900), new(Book.Day(2025, 1, 1), Book.Day(2025, 6, 30)));
        var (referrals, meetings) = (ReferralMatrix.Of(counted), OneToOneMatrix.Of(counted));
        Assert.Equal(referrals.Lines.Sum(l => l.RowTotal), referrals.Lines.Sum(l => l.ColumnTotal));
        Assert.All(referrals.Lines, l => Assert.Equal(l.Given, l.RowTotal + l.ToOutside));
        Assert.All(referrals.Lines, l => Assert.Equal(l.Received, l.ColumnTotal + l.FromOutside));
        Assert.All(CombinationMatrix.Of(referrals, meetings).Counts, c => Assert.Equal(counted.Size - 1, c.Sum));
        Assert.Equal(counted.OneToOnes.Count, meetings.InChapter + meetings.External);
        for (var i = 0; i < counted.Size; i++)
        {
            for (var j = 0; j < counted.Size; j++)
            {
                Assert.Equal(meetings[i, j], meetings[j, i]);
            }
        }
    }

    [Fact]
    public void Closed_business_is_inside_and_outside_and_the_rest_is_the_chapters_alone()
    {
        var book = Book.With("Anna", "Ben").Business("Anna", 100m).Business("Anna", 250.50m, inside: false).Business("stranger", 40m).Refer("Anna", "Ben", 1, 2).Refer("Ben", "stranger", 2);
        var table = ClosedBusinessTable.Of(book.January, ReferralMatrix.Of(book.January));
        var anna = table.Lines[0];
        // 100 + 250.50 = 350.50 in 2 slips: 175.25 each; by 2 referrals: 175.25. 250.50 > 2 · 100: uneven.
        Assert.Equal((350.50m, 175.25m, 175.25m, true), (anna.Total, anna.Average, anna.PerReferral, anna.IsUneven));
        // Ben: nothing; 0 ÷ 1 referral = 0, no slips: no average.
        Assert.Equal((0m, null, 0m, false), (table.Lines[1].Total, table.Lines[1].Average, table.Lines[1].PerReferral, table.Lines[1].IsUneven));
        // The chapter: 350.50 + 40 = 390.50 ÷ 3 referrals.
        Assert.Equal((40m, 390.50m, 390.50m / 3), (table.NonMembers, table.Chapter.Total, table.Chapter.PerReferral));
    }

    [Fact]
    public void Twice_as_much_outside_is_not_uneven_yet()
    {
        // 200 is not above 2 · 100; nothing inside is no matter of balance.
        Assert.False(new BusinessLine(null, 100, 200, 2, 0).IsUneven);
        Assert.True(new BusinessLine(null, 100, 200.01m, 2, 0).IsUneven);
        Assert.False(new BusinessLine(null, 0, 200, 1, 0).IsUneven);
        Assert.Null(new BusinessLine(null, 0, 200, 1, 0).PerReferral);
    }

    [Fact]
    public void Attendance_leaves_medical_out()
    {
        var book = Book.With("Anna");
        for (var day = Book.Day(2026, 1, 8); day <= Book.Day(2026, 1, 16); day = day.AddDays(1))
        {
            book.Meeting(day);
        }

        var tally = TallyTable.Of(book.Marks("Anna", "PPPPALLMSS").January).Lines[0];
        // P 4, A 1, L 2, M 1, S 2: W = 10; (4 + 2 + 2) ÷ (4 + 2 + 2 + 1) = 8/9; in person (4 + 2) ÷ 10.
        Assert.Equal((10, 800m / 9, 0.6m), (tally.W, tally.Attendance, tally.InPerson));
        // M alone: W = 1, nothing due, in person 0 of 1. Nothing: no quotient.
        Assert.Equal((1, null, 0m), (new Tally { Medical = 1 }.W, new Tally { Medical = 1 }.Attendance, new Tally { Medical = 1 }.InPerson));
        Assert.Null(Tally.Nothing.InPerson);
    }

    [Fact]
    public void A_tally_gathers_what_a_member_did()
    {
        var book = Book.With("Anna", "Ben").Member("Cora", Book.Day(2026, 1, 5), sponsor: "Anna")
            .Refer("Anna", "stranger", 2).Refer("Ben", "Anna").Meet("Ben", "Anna").Meet("Anna", "stranger").Visit("Anna").Visit("Anna", first: false).Business("Anna", 10m).Credits("Anna", 1.5m).Credits("Anna", 2m, training: true).Testimonial("Anna");
        Assert.Equal(
            new Tally { Referrals = 1, Received = 1, OneToOnes = 2, Visitors = 2, Business = 10, Credits = 3.5m, Trainings = 1, Testimonials = 1, Sponsored = 1 },
            TallyTable.Of(book.January).Of(book.Who("Anna")!.Value));
        // Cora joined in January: for February she is nobody's new member.
        Assert.Equal(0, TallyTable.Of(book.Meeting(Book.Day(2026, 2, 4)).In(2026, 2)).Of(book.Who("Anna")!.Value).Sponsored);
    }
}
