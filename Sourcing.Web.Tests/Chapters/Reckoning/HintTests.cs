using Sourcing.Data.Chapters.Reckoning;

namespace Sourcing.Web.Tests.Chapters.Reckoning;

public sealed class HintTests
{
    [Fact]
    public void What_is_usual_is_the_95th_percentile_of_the_chapters_own_history()
    {
        // Nearest rank: of 1 … 20 the 19th, 20 · 0.95; of 1 … 40 the 38th; of 1 … 21 the 20th, ⌈19.95⌉. Fewer than 20 tell nothing.
        Assert.Equal(19, Usual.Percentile([.. Enumerable.Range(1, 20).Select(i => (decimal)i)]));
        Assert.Equal(38, Usual.Percentile([.. Enumerable.Range(1, 40).Select(i => (decimal)i).Reverse()]));
        Assert.Equal(20, Usual.Percentile([.. Enumerable.Range(1, 21).Select(i => (decimal)i)]));
        Assert.Null(Usual.Percentile([.. Enumerable.Range(1, 19).Select(i => (decimal)i)]));
        Assert.Empty(Observations.Of(PeriodFigures.Of(Book.With("Anna", "Ben").Refer("Anna", "Ben", 1, 50).January), Usual.Of([])));
    }

    [Fact]
    public void History_sets_each_threshold()
    {
        string[] names = [.. Enumerable.Range(0, 20).Select(i => $"M{i:00}")];
        var book = Book.With(names);
        // Everybody gives the next two members 2 each and gets 2 back from them: shares 2 ÷ 4 … and pairs of 2.
        for (var i = 0; i < 20; i++)
        {
            book.Refer(names[i], names[(i + 1) % 20], 1, 2).Refer(names[(i + 1) % 20], names[i], 1, 2);
        }

        var usual = Usual.Of([ReferralMatrix.Of(book.January)]);
        // Each gave 2 to either neighbour: 4 in all, share 0.5; 20 pairs with 2 both ways.
        Assert.Equal(new(.5m, 2, 4), usual);
    }

    [Fact]
    public void What_is_above_the_usual_is_observed_and_nothing_else()
    {
        var figures = PeriodFigures.Of(Book.With("Anna", "Ben", "Cora", "Dan").Refer("Anna", "Ben", 1, 4).Refer("Anna", "Cora").Refer("Ben", "Anna", 1, 4).Refer("Ben", "Dan", 1, 4).Refer("Cora", "Dan", 1, 3).Business("Ben", 10).January);
        var found = Observations.Of(figures, new(.5m, 3, 4));
        // Anna: 4 of 5 = 0.8 above 0.5. Ben: 4 of 8 = 0.5 is not above. Cora: 3 are too few for a share. Anna and Ben 4 both ways, above 3.
        // Anna gave 5, above 4, without business; Ben gave 8 and was thanked.
        Assert.Equal([(ObservationKind.Concentration, "Anna", "Ben", .8m), (ObservationKind.MirrorImage, "Anna", "Ben", 4m), (ObservationKind.VolumeWithoutBusiness, "Anna", null, 5m)],
            found.Select(o => (o.Kind, o.Person.Name, o.Other?.Name, o.Value)));
        Assert.Equal("4 of 5 referrals of Anna went to Ben: 80 %, where up to 50 % is usual here.", found[0].Words);
        // 4 against 5 is no mirror image.
        Assert.DoesNotContain(Observations.Of(PeriodFigures.Of(Book.With("Anna", "Ben").Refer("Anna", "Ben", 1, 4).Refer("Ben", "Anna", 1, 5).January), new(1, 3, 99)), o => o.Kind == ObservationKind.MirrorImage);
    }

    [Fact]
    public void The_next_best_meetings_are_those_with_most_to_gain()
    {
        var book = new Book();
        foreach (var name in new[] { "Anna", "Ben", "Cora", "Dan", "Eve" })
        {
            book.Member(name, Book.Day(2020, 1, 1), name == "Eve" ? Book.Day(2026, 1, 20) : null);
        }

        book.Meeting(Book.Day(2025, 6, 4)).Meet("Anna", "Cora").Meet("x", "Anna").Meeting(Book.Day(2025, 9, 3)).Meet("Dan", "Anna").Meeting(Book.Day(2026, 1, 7)).Meet("Anna", "Ben").Refer("Ben", "Cora").Refer("Ben", "Dan").Refer("Dan", "Ben");
        Field[] fields = [new(book.Who("Cora")!.Value, "Roofer", "Building"), new(book.Who("Dan")!.Value, "Painter", "building"), new(book.Who("Anna")!.Value, "Painter", "")];
        var all = NextBestMeetings.Of(book.Ledger, PeriodFigures.Of(book.January), fields);
        // Anna and Ben met. Two gaps: Cora–Dan (one sphere), then Anna–Cora (June), Anna–Dan (September). One gap: Ben–Cora. None: Ben–Dan. Eve has left.
        Assert.Equal([("Cora", "Dan", 2), ("Anna", "Cora", 2), ("Anna", "Dan", 2), ("Ben", "Cora", 1), ("Ben", "Dan", 0)], all.Select(p => (p.First.Name, p.Second.Name, p.Gaps)));
        Assert.Equal(["no referral in either direction", "one contact sphere", "never met"], all[0].Reasons);
        Assert.Equal(["no referral from Cora to Ben", "never met"], all[3].Reasons);
        Assert.Equal(Book.Day(2025, 9, 3), all[2].LastContact);
        Assert.Equal(["Cora", "Dan"], NextBestMeetings.Of(book.Ledger, PeriodFigures.Of(book.January), fields, book.Who("Ben")).Select(p => p.Second.Name));
    }
}
