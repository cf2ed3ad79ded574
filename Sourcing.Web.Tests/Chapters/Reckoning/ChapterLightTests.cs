using Sourcing.Data.Chapters.Reckoning;

namespace Sourcing.Web.Tests.Chapters.Reckoning;

public sealed class ChapterLightTests
{
    private static readonly Person Anna = new(Guid.Empty, "Anna", [new(Book.Day(2020, 1, 1))]);

    [Fact]
    public void A_chapters_lights_are_worked_out_by_hand()
    {
        var book = new Book();
        for (var i = 0; i < 20; i++)
        {
            book.Member($"M{i:00}", Book.Day(2020, 1, 1), i < 7 ? Book.Day(2026, 3, 1) : null);
        }

        for (var i = 20; i < 28; i++)
        {
            book.Member($"M{i:00}", Book.Day(2026, 1, 20));
        }

        book.Meeting(Book.Day(2026, 1, 7)).Marks("M10", "A").Meeting(Book.Day(2026, 1, 14));
        for (var i = 0; i < 10; i++)
        {
            book.Marks($"M{i:00}", "P");
        }

        book.Refer("M10", "M11", 1, 33).Visit("M10", joined: true).Visit("M10").Visit("M10").Visit("M10", first: false);
        var lights = ChapterLights.Of(Counted.Of(book.Ledger, new(Book.Day(2026, 1, 1), Book.Day(2026, 6, 30)))).Lights.ToDictionary(l => l.Measure);
        // Start 20, 8 join, 7 leave, end 21. Size 21 ≥ 20 → 5. Growth 1 → 5. Retention 13 ÷ 20 = 65 % ≥ 60 → 10.
        Assert.Equal((21m, 5m), (lights[ChapterMeasure.Size].Value!.Value, lights[ChapterMeasure.Size].Points));
        Assert.Equal((1m, 5m), (lights[ChapterMeasure.Growth].Value!.Value, lights[ChapterMeasure.Growth].Points));
        Assert.Equal((65m, 10m), (lights[ChapterMeasure.Retention].Value!.Value, lights[ChapterMeasure.Retention].Points));
        // Average (20 + 21) ÷ 2 = 20.5; 33 ÷ 20.5 ÷ 2 meetings = 0.8049 → 5. Visitors 4 ÷ 2 = 2 < 2.1 → 10. 1 joined of 3 first-timers = 33.3 % → 15.
        Assert.Equal((33m / 41, 5m), (lights[ChapterMeasure.Referrals].Value!.Value, lights[ChapterMeasure.Referrals].Points));
        Assert.Equal((2m, 10m), (lights[ChapterMeasure.Visitors].Value!.Value, lights[ChapterMeasure.Visitors].Points));
        Assert.Equal((100m / 3, 15m), (lights[ChapterMeasure.Conversion].Value!.Value, lights[ChapterMeasure.Conversion].Points));
        // Marks: one A, ten P: 1 ÷ 11 = 9.09 % < 10 → 10.
        Assert.Equal((100m / 11, 10m), (lights[ChapterMeasure.Absence].Value!.Value, lights[ChapterMeasure.Absence].Points));
    }

    [Fact]
    public void Seven_lights_of_fifteen_are_a_hundred_and_five_and_edges_fall_downward()
    {
        Assert.Equal(105, ChapterLights.Steps.Values.Sum(s => s.Max(x => x.Points)));
        decimal Points(ChapterMeasure measure, decimal value) => Step.Best(ChapterLights.Steps[measure], new(value))?.Points ?? 0;
        Assert.Equal([0, 5, 10, 15], new[] { 50m, 50.1m, 60, 70 }.Select(v => Points(ChapterMeasure.Retention, v)));
        Assert.Equal([0, 10, 10, 15], new[] { 10m, 10.1m, 20, 20.1m }.Select(v => Points(ChapterMeasure.Conversion, v)));
        Assert.Equal([0, 5, 5, 10, 10, 15], new[] { 12m, 11.9m, 10, 9.9m, 5, 4.9m }.Select(v => Points(ChapterMeasure.Absence, v)));
        // Between the published bands up to 0.89 and from 0.90 on: 0.895 has the lower one.
        Assert.Equal(5, Points(ChapterMeasure.Referrals, 0.895m));
        Assert.Equal(0, ChapterLights.Of(new Book().In(2026, 1)).Points);
    }

    [Fact]
    public void Letters_come_with_the_first_three_absences_and_a_review_with_the_fourth()
    {
        AlertLevel Level(int absent) => Alerts.Of(Anna, new Tally { Absent = absent }, AlertRules.Common).Level;
        Assert.Equal([AlertLevel.None, AlertLevel.FirstLetter, AlertLevel.SecondLetter, AlertLevel.ThirdLetter, AlertLevel.ReviewSeat, AlertLevel.ReviewSeat], new[] { 0, 1, 2, 3, 4, 7 }.Select(Level));
    }

    [Fact]
    public void Late_arrivals_count_as_the_rules_have_it()
    {
        Alert With(LateRule rule, int absent, int late) => Alerts.Of(Anna, new Tally { Absent = absent, Late = late }, AlertRules.Common with { Late = rule });
        // 2 + ⌊5 ÷ 3⌋ = 3: third letter. 2 + 5 ÷ 2 = 4.5: review. 0 + 1 ÷ 2 = 0.5: nothing yet. 1 + 1 ÷ 2 = 1.5: first letter.
        Assert.Equal(AlertLevel.ThirdLetter, With(LateRule.ThreeAreOne, 2, 5).Level);
        Assert.Equal((AlertLevel.ReviewSeat, 4.5m), (With(LateRule.Half, 2, 5).Level, With(LateRule.Half, 2, 5).Absences));
        Assert.Equal(AlertLevel.None, With(LateRule.Half, 0, 1).Level);
        Assert.Equal(AlertLevel.FirstLetter, With(LateRule.Half, 1, 1).Level);
        Assert.Equal(AlertLevel.SecondLetter, With(LateRule.Ignored, 2, 5).Level);
    }

    [Fact]
    public void Substitutes_have_caps_and_Taiwan_warns_one_before()
    {
        AlertLevel Capped(int absent, int substitute) => Alerts.Of(Anna, new Tally { Absent = absent, Substitute = substitute }, AlertRules.WithSubstituteCaps).Level;
        Assert.Equal([AlertLevel.None, AlertLevel.SubstitutesOverCap], [Capped(0, 6), Capped(0, 7)]);
        Assert.Equal(2, Alerts.Of(Anna, new Tally { Absent = 1, Substitute = 4 }, AlertRules.WithSubstituteCaps).Reasons.Count);
        AlertLevel Taiwan(int absent, int substitute) => Alerts.Of(Anna, new Tally { Absent = absent, Substitute = substitute }, AlertRules.Taiwan).Level;
        Assert.Equal([AlertLevel.Imminent, AlertLevel.ReviewSeat, AlertLevel.Imminent, AlertLevel.ReviewSeat, AlertLevel.SecondLetter, AlertLevel.None], [Taiwan(3, 0), Taiwan(4, 0), Taiwan(0, 7), Taiwan(0, 8), Taiwan(2, 6), Taiwan(0, 6)]);
    }

    [Fact]
    public void Alerts_roll_with_the_day()
    {
        var book = Book.With("Anna", "Ben").Marks("Anna", "A").Meeting(Book.Day(2026, 3, 4)).Marks("Anna", "A").Marks("Ben", "P").Meeting(Book.Day(2026, 3, 11), MeetingState.Draft).Marks("Ben", "A");
        // As of 6 July: 7 January is later than 6 January, both absences count. As of 7 July the first one is out. The draft never counts.
        Assert.Equal([("Anna", AlertLevel.SecondLetter)], Alerts.Of(book.Ledger, Book.Day(2026, 7, 6), AlertRules.Common).Select(a => (a.Person.Name, a.Level)));
        Assert.Equal([("Anna", AlertLevel.FirstLetter)], Alerts.Of(book.Ledger, Book.Day(2026, 7, 7), AlertRules.Common).Select(a => (a.Person.Name, a.Level)));
        // And nothing of after the day.
        Assert.Equal([AlertLevel.FirstLetter], Alerts.Of(book.Ledger, Book.Day(2026, 2, 1), AlertRules.Common).Select(a => a.Level));
    }
}
