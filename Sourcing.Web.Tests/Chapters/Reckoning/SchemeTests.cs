using System.Text.Json;
using Sourcing.Data.Chapters.Reckoning;

namespace Sourcing.Web.Tests.Chapters.Reckoning;

public sealed class SchemeTests
{
    [Fact]
    public void The_global_scheme_scores_rule_by_rule()
    {
        // W = 19 + 1 + 0 + 2 + 2 = 24. Attendance (19 + 2) ÷ 22 = 95.45 % → 10. Referrals 24 ÷ 24 = 1 → 20. 1-2-1 17 ÷ 24 = 0.708 → 10. Visitors 3 → 15.
        // Business 4,999.99 → 2. Credits 12 ÷ 24 = 0.5, not above → 5. Sponsored 1 → 5. 10 + 20 + 10 + 15 + 2 + 5 + 5 = 67: yellow.
        var tally = new Tally { Present = 19, Absent = 1, Medical = 2, Substitute = 2, Referrals = 24, OneToOnes = 17, Visitors = 3, Business = 4_999.99m, Credits = 12, Sponsored = 1 };
        var light = Schemes.Global2025.Score(tally);
        Assert.Equal([10, 20, 10, 15, 2, 5, 5], light.Lines.Select(l => l.Points));
        Assert.Equal((67m, Band.Yellow), (light.Points, light.Band));
        Assert.Equal("≥ 0.5", light.Lines[2].Step!.Words);
        Assert.Equal(2100m / 22, light.Lines[0].Value);
    }

    [Fact]
    public void The_legacy_scheme_scores_rule_by_rule()
    {
        // W = 20 + 1 + 1 = 22. A 1 → 10. Referrals 22 ÷ 22 = 1 → 15. Visitors 6 ÷ 22 = 0.27 → 10. Money 1,000,000 → 10. Trainings 2 → 10.
        // Testimonials 1 ÷ 22 = 0.045 > 0 → 5. L 1 is not 0 → 0. Sum 60.
        var tally = new Tally { Present = 20, Absent = 1, Late = 1, Referrals = 22, Visitors = 6, Business = 1_000_000, Trainings = 2, Testimonials = 1 };
        Assert.Equal([10, 15, 10, 10, 10, 5, 0], Schemes.Legacy.Score(tally).Lines.Select(l => l.Points));
        // 2 ÷ 22 = 0.0909 ≥ 0.075 → 10, and no late arrival → 5.
        Assert.Equal([10, 5], Schemes.Legacy.Score(tally with { Testimonials = 2, Late = 0, Present = 21 }).Lines.Skip(5).Select(l => l.Points));
        // United Kingdom 2012: 6 ÷ 22 = 0.2727 ≥ 0.25 → 15; 2,499.99 → 5.
        Assert.Equal([15, 5], Schemes.LegacyUk2012.Score(tally with { Business = 2_499.99m }).Lines.Skip(2).Take(2).Select(l => l.Points));
    }

    [Theory]
    [InlineData(0, 2, 20)]
    [InlineData(0, 3, 15)]
    [InlineData(1, 2, 15)]
    [InlineData(1, 5, 10)]
    [InlineData(1, 6, 0)]
    [InlineData(2, 0, 10)]
    [InlineData(3, 0, 0)]
    public void In_Taiwan_every_third_late_arrival_is_an_absence(int absent, int late, int points) =>
        // A + ⌊L ÷ 3⌋: 0 → 20, 1 → 15, 2 → 10, more → 0.
        Assert.Equal(points, Schemes.Taiwan.Score(new Tally { Present = 10, Absent = absent, Late = late }).Lines[0].Points);

    [Fact]
    public void The_scheme_of_Taiwan_scores_the_rest()
    {
        // W 20. Referrals 16 ÷ 20 = 0.8 → 10. 1-2-1 40 ÷ 20 = 2 → 15. Visitors 10 → 10. Money 400,000 → 5. Credits 5 → 10. With A 0 → 20: 70 green.
        var light = Schemes.Taiwan.Score(new Tally { Present = 20, Referrals = 16, OneToOnes = 40, Visitors = 10, Business = 400_000, Credits = 5 });
        Assert.Equal([20, 10, 15, 10, 5, 10], light.Lines.Select(l => l.Points));
        Assert.Equal(Band.Green, light.Band);
    }

    [Fact]
    public void All_schemes_give_a_hundred_at_most_and_are_sound()
    {
        Assert.All(Schemes.All, s => Assert.Equal(100, s.Most));
        Assert.All(Schemes.All, s => Assert.Empty(SchemeCheck.Of(s)));
        Assert.Equal([7, 7, 7, 7, 6], Schemes.All.Select(s => s.Rules.Count));
    }

    [Fact]
    public void Thresholds_are_compared_unrounded_and_nothing_is_divided_by_zero()
    {
        // 22 of 25 due is 88 % exactly → 5; 87.99 % is not.
        Assert.Equal(5, Schemes.Global2025.Score(new Tally { Present = 22, Absent = 3 }).Lines[0].Points);
        Assert.Equal(0, Schemes.Global2025.Score(new Tally { Present = 21_998, Absent = 3_002 }).Lines[0].Points);
        // 1.25 · 3 = 3.75: 3 referrals in 3 meetings are 1 → 20.
        Assert.Equal(20, Schemes.Global2025.Score(new Tally { Present = 3, Referrals = 3 }).Lines[1].Points);
        var nothing = Schemes.Legacy.Score(Tally.Nothing);
        Assert.Equal((0m, Band.Grey, null), (nothing.Points, nothing.Band, nothing.Lines[0].Value));
    }

    [Fact]
    public void Bands_begin_where_they_say()
    {
        Assert.Equal([Band.Green, Band.Yellow, Band.Yellow, Band.Red, Band.Red, Band.Grey], new[] { 70m, 69.9m, 50, 49, 30, 29 }.Select(Bands.Common.Of));
        // Hong Kong: 70, 40, 30.
        Assert.Equal([Band.Yellow, Band.Red], new[] { 40m, 39 }.Select(Bands.HongKong.Of));
    }

    [Fact]
    public void A_scheme_can_be_kept_as_JSON()
    {
        foreach (var scheme in Schemes.All)
        {
            var kept = JsonSerializer.Serialize(scheme);
            var read = JsonSerializer.Deserialize<Scheme>(kept)!;
            Assert.Equal(kept, JsonSerializer.Serialize(read));
            // By name, so that a measure added later changes nothing that is kept.
            Assert.Contains("\"Business\"", kept, StringComparison.Ordinal);
            Assert.Equal(scheme.Rules.SelectMany(r => r.Steps), read.Rules.SelectMany(r => r.Steps));
            Assert.Equal((scheme.Bands, scheme.Most), (read.Bands, read.Most));
        }
    }

    [Fact]
    public void A_faulty_scheme_is_told_in_words()
    {
        var scheme = new Scheme("x", " ", 2, new(50, 50, 0),
        [
            new(Measure.Visitors, [new(Comparison.AtLeast, 2, 5), new(Comparison.AtLeast, 4, 5), new(Comparison.AtLeast, 1.5m, 4), new(Comparison.AtLeast, 2, 5)]),
            new(Measure.Absences, [new(Comparison.AtLeast, 1, 5)]),
            new(Measure.Attendance, [new(Comparison.AtLeast, 101, 5), new(Comparison.AtLeast, 0, -1)]),
            new(Measure.Lates, []),
            new(Measure.Lates, [new(Comparison.AtMost, 0, 5)]),
        ]);
        var faults = SchemeCheck.Of(scheme);
        Assert.Equal(
            [
                "Give the scheme a name.",
                "Visitors, ≥ 1.5: it is counted in whole numbers.",
                "Visitors: ≥ 2 stands there twice.",
                "Visitors: ≥ 4 is harder than ≥ 2 and has to give more than 5 points.",
                "Absences, ≥ 1: fewer is better, so compare with ≤ or <.",
                "Attendance %, ≥ 101: the threshold lies between 0 and 100.",
                "Attendance %, ≥ 0: points lie above 0 and up to 1,000.",
                "Attendance %, ≥ 0: everybody meets it; write > 0.",
                "Late arrivals: add at least one step, or take the rule out.",
                "Late arrivals stands in 2 rules; put their steps into one.",
                "Green (50) has to begin above yellow (50), yellow above red (0), and red above 0.",
                "All rules together give 20 points at most, so nobody could reach green, which begins at 50.",
            ],
            faults);
        Assert.Equal(
            ["Name", "Rules[0].Steps[2].Threshold", "Rules[0].Steps[3].Threshold", "Rules[0].Steps[1].Points", "Rules[1].Steps[0].Comparison", "Rules[2].Steps[0].Threshold", "Rules[2].Steps[1].Points", "Rules[2].Steps[1].Threshold", "Rules[3].Steps", "Rules[4].Measure", "Green", "Green"],
            SchemeCheck.Faults(scheme).Select(f => f.Field));
    }

    [Fact]
    public void A_back_test_counts_bands_and_names_who_moves()
    {
        var book = Book.With("Anna", "Ben", "Cora").Marks("Anna", "P").Marks("Ben", "P").Marks("Cora", "A").Refer("Anna", "Ben", 1, 2).Refer("Ben", "Cora").Meet("Anna", "Ben").Meet("Anna", "Cora").Visit("Anna").Visit("Ben").Visit("Ben");
        var window = Period.Month(2026, 1);
        var draft = Schemes.Global2025 with { Version = 2, Bands = new(60, 50, 20) };
        var test = BackTest.Of(Schemes.Global2025, draft, [(window, TallyTable.Of(Counted.Of(book.Ledger, window)))]);
        // Anna: 10 + 25 (2 ÷ 1) + 20 (2 ÷ 1) + 5 = 60. Ben: 10 + 20 + 20 + 10 = 60. Cora: 0 + 0 + 20 + 0 = 20.
        Assert.Equal(new(0, 2, 0, 1), test.Months[0].Before);
        Assert.Equal(new(2, 0, 1, 0), test.Months[0].After);
        Assert.Equal([("Anna", Band.Yellow, Band.Green), ("Ben", Band.Yellow, Band.Green), ("Cora", Band.Grey, Band.Red)], test.Months[0].Moves.Select(m => (m.Person.Name, m.Before, m.After)));
    }
}
