using Sourcing.Data.Chapters.Reckoning;

namespace Sourcing.Web.Tests.Chapters.Reckoning;

public sealed class TierTests
{
    [Fact]
    public void Tiers_stand_against_the_mean()
    {
        // Sum 20, n 5, mean 4: 7 ÷ 4 = 1.75 green; 3 ÷ 4 = 0.75 orange; 2 ÷ 4 = 0.5 neutral; 1.9 ÷ 4 = 0.475 red; 6.1 ÷ 4 = 1.525 orange.
        Assert.Equal([Tier.Green, Tier.Orange, Tier.Neutral, Tier.Red, Tier.Orange], Tiers.Of([7m, 3, 2, 1.9m, 6.1m]).Select(t => t.Tier));
        Assert.Equal(1.75m, Tiers.Of([7m, 3, 2, 1.9m, 6.1m])[0].Ratio);
        Assert.All(Tiers.Of([0m, 0]), t => Assert.Equal((Tier.None, null), (t.Tier, t.Ratio)));
        Assert.Empty(Tiers.Of(Array.Empty<decimal>()));
    }

    [Fact]
    public void Thirds_are_not_rounded_across_a_threshold()
    {
        // Mean of 1.75, 0.5, 0.75 is 1: exactly on the thresholds. A hair less is below.
        Assert.Equal([Tier.Green, Tier.Neutral, Tier.Orange], Tiers.Of([1.75m, .5m, .75m]).Select(t => t.Tier));
        Assert.Equal(Tier.Red, Tiers.Of([1.7500001m, .4999999m, .75m])[1].Tier);
    }

    [Fact]
    public void Overall_is_the_sum_of_the_ratios_and_ranks_share()
    {
        var book = Book.With("Anna", "Ben", "Cora").Refer("Anna", "x", 2).Refer("Ben", "x", 2).Meet("Anna", "x").Meet("Ben", "x").Meet("Cora", "x", 4);
        var lines = Tiers.Of(TallyTable.Of(book.January));
        // Referrals 1, 1, 0: mean 2/3; ratios 1.5, 1.5, 0. 1-2-1 1, 1, 4: mean 2; ratios 0.5, 0.5, 2. No closed business: no third ratio.
        // Overall 2, 2, 2: three share rank 1, by name.
        Assert.Equal([("Anna", 1, 2m), ("Ben", 1, 2m), ("Cora", 1, 2m)], lines.Select(l => (l.Person.Name, l.Rank!.Value, l.Overall!.Value)));
        Assert.Equal(Tier.None, lines[0].Business.Tier);
        var withMoney = Tiers.Of(TallyTable.Of(book.Business("Ben", 300).January));
        // Ben's 300 ÷ 100 = 3 more: 5; their mean is (2 + 5 + 2) ÷ 3 = 3.
        Assert.Equal([("Ben", 1), ("Anna", 2), ("Cora", 2)], withMoney.Select(l => (l.Person.Name, l.Rank!.Value)));
        Assert.Equal(3m, withMoney.Average(l => l.Overall));
    }

    [Fact]
    public void The_simple_score_is_the_mean_of_three_capped_parts()
    {
        // n 31: 100 · 7 ÷ 30 = 23.333 → 23.3; 50 · 20 ÷ 30 = 33.333 → 33.3; 45,678 ÷ 1000 = 45.678 → 45.7. Mean 102.3 ÷ 3 = 34.1.
        var score = SimpleScore.Of(7, 20, 45_678, 31);
        Assert.Equal((23.3m, 33.3m, 45.7m, 34.1m), (score.Meetings!.Value, score.Referrals!.Value, score.Business, score.Score!.Value));
        // 100 · 40 ÷ 30 and 50 · 90 ÷ 30 = 150 are capped.
        Assert.Equal(100, SimpleScore.Of(40, 90, 900_000, 31).Score);
        Assert.Null(SimpleScore.Of(0, 0, 0, 1).Score);
    }
}
