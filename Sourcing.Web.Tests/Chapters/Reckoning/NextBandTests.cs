using Sourcing.Data.Chapters.Reckoning;

namespace Sourcing.Web.Tests.Chapters.Reckoning;

public sealed class NextBandTests
{
    private static readonly Effort Equal = new(new Dictionary<Deed, decimal> { [Deed.Business] = 0.001m });

    [Fact]
    public void The_cheapest_way_is_found_by_hand()
    {
        // W 24: attendance 100 % → 10. Referrals 17 ÷ 24 = 0.708 → 10. 1-2-1 12 ÷ 24 = 0.5 → 10. Visitors 1 → 5. Business 0, credits 2 ÷ 24 → 5. 40: red; yellow lacks 10.
        var next = NextBand.Of(Schemes.Global2025, [new Tally { Present = 24, Referrals = 17, OneToOnes = 12, Visitors = 1, Credits = 2 }]);
        Assert.Equal((40m, Band.Red, Band.Yellow, 10m), (next.Now.Points, next.Now.Band, next.Target, next.Missing));
        // One referral more is 18 ÷ 24 = 0.75 → +5 for effort 1. One of business 0.01 → +1. A second visitor → +5 for effort 2. 1-2-1: 6 more → 18 ÷ 24 = 0.75 → +5.
        // 1 referral and 1 visitor: +10 for 3. With business: 2,000 → +2, no five of anything cheaper: 5,000 → +3 for 5. So 3 it is.
        Assert.Equal([(Deed.Referral, 1m, 5m), (Deed.Visitor, 1m, 5m)], next.Cheapest!.Deeds.Select(d => (d.Deed, d.Units, d.Points)));
        Assert.Equal((50m, 3m), (next.Cheapest.Points, next.Cheapest.Cost));
        // Alone: visitors 2 more → 3 → 15 (+10). Referrals 7 more → 24 ÷ 24 → 20 (+10). 1-2-1 12 more → 24 ÷ 24 → 20 (+10). Credits can give 5 more alone, business 5, sponsoring 5.
        Assert.Equal([(Deed.Visitor, 2m), (Deed.Referral, 7m), (Deed.OneToOne, 12m)], next.Alone.Select(a => (a.Deeds[0].Deed, a.Deeds[0].Units)));
    }

    [Fact]
    public void Months_roll_out_and_meetings_come_in()
    {
        // January had an absence, February to June none: 4 meetings each.
        Tally[] months = [new() { Present = 3, Absent = 1, Referrals = 10 }, .. Enumerable.Repeat(new Tally { Present = 4, Referrals = 2 }, 5)];
        var next = NextBand.Of(Schemes.Global2025, months, [4]);
        // Now: attendance 23 ÷ 24 = 95.8 % → 10; referrals 20 ÷ 24 = 0.83 → 15: 25. Then: 24 of 24 → 10; 10 ÷ 24 = 0.417 → 5: 15.
        Assert.Equal((25m, 15m), (next.Now.Points, next.Then.Points));
        // Grey now, so red (30) is next: 15 are lacking, counted from then on.
        Assert.Equal((Band.Red, 15m), (next.Target, next.Missing));
        Assert.Contains("The oldest month rolls out, and 4 meetings come in; the window then has 24.", next.Assumptions);
        // W grows from 24 to 26 when 6 meetings come for 4.
        Assert.Equal(26, NextBand.Rolled(months, [6]).W);
        Assert.Equal(10, NextBand.Rolled(months, [5, 5]).Present - 16);
    }

    [Fact]
    public void Above_zero_takes_the_least_that_can_be_written()
    {
        var next = NextBand.Of(Schemes.Global2025 with { Bands = new(11, 11 - 0.5m, 1) }, [new Tally { Present = 10 }], target: Band.Green);
        // 10 for attendance; one point is missing: a cent of closed business gives it.
        Assert.Equal([(Deed.Business, 0.01m)], next.Cheapest!.Deeds.Select(d => (d.Deed, d.Units)));
    }

    [Fact]
    public void Who_is_green_is_told_how_to_stay_and_who_cannot_get_there_is_told_so()
    {
        var green = NextBand.Of(Schemes.Taiwan, [new Tally { Present = 20, Referrals = 30, OneToOnes = 40, Visitors = 11 }]);
        // 20 + 20 + 15 + 15 = 70
        Assert.Equal((Band.Green, Band.Green, 0m), (green.Now.Band, green.Target, green.Missing));
        Assert.Empty(green.Cheapest!.Deeds);
        Assert.Empty(green.Alone);
        // Ten absences stay, whatever is done: 100 − 20 = 80 at most, and green can begin above that.
        var hopeless = NextBand.Of(Schemes.Taiwan with { Bands = new(90, 50, 30) }, [new Tally { Present = 10, Absent = 10 }], target: Band.Green);
        Assert.Null(hopeless.Cheapest);
        Assert.Equal(80, hopeless.Most);
        // Without a meeting nothing per meeting can be reached.
        Assert.Equal(35, NextBand.Of(Schemes.Global2025, [Tally.Nothing]).Most);
    }

    [Fact]
    public void No_set_of_deeds_is_cheaper_whatever_the_window()
    {
        var random = new Random(11);
        // Thresholds small enough that every amount up to them can be tried.
        var scheme = new Scheme("small", "Small", 1, new(40, 25, 10),
        [
            new(Measure.Attendance, [new(Comparison.AtLeast, 90, 5)]),
            new(Measure.ReferralsPerMeeting, [new(Comparison.AtLeast, 1.25m, 15), new(Comparison.AtLeast, .8m, 9), new(Comparison.AtLeast, .5m, 4)]),
            new(Measure.OneToOnesPerMeeting, [new(Comparison.AtLeast, 1, 12), new(Comparison.AtLeast, .5m, 5)]),
            new(Measure.Visitors, [new(Comparison.AtLeast, 3, 8), new(Comparison.AtLeast, 1, 3)]),
            new(Measure.VisitorsPerMeeting, [new(Comparison.MoreThan, .3m, 6)]),
            new(Measure.Credits, [new(Comparison.MoreThan, 2, 7), new(Comparison.MoreThan, 0, 2)]),
        ]);
        for (var round = 0; round < 60; round++)
        {
            var tally = new Tally { Present = random.Next(1, 6), Absent = random.Next(3), Referrals = random.Next(5), OneToOnes = random.Next(4), Visitors = random.Next(3), Credits = random.Next(3) };
            var next = NextBand.Of(scheme, [tally], effort: Equal);
            Assert.Equal(BruteForce(scheme, tally, scheme.Bands.From(next.Target)), next.Cheapest?.Cost);
            if (next.Cheapest is { } plan)
            {
                var after = plan.Deeds.Aggregate(tally, (t, d) => NextBand.With(t, d.Deed, d.Units));
                Assert.Equal(plan.Points, scheme.Score(after).Points);
                Assert.True(scheme.Score(after).Band >= next.Target);
                // And none of it can be left out.
                Assert.All(plan.Deeds, d => Assert.True(scheme.Score(plan.Deeds.Aggregate(tally, (t, x) => NextBand.With(t, x.Deed, x == d ? x.Units - 1 : x.Units))).Points < scheme.Bands.From(next.Target)));
            }

            foreach (var alone in next.Alone)
            {
                var one = alone.Deeds[0];
                Assert.True(scheme.Score(NextBand.With(tally, one.Deed, one.Units)).Band >= next.Target);
                Assert.True(scheme.Score(NextBand.With(tally, one.Deed, one.Units - 1)).Band < next.Target);
            }
        }
    }

    [Fact]
    public void No_set_of_deeds_is_cheaper_after_months_rolled_or_with_unequal_efforts()
    {
        var random = new Random(12);
        var effort = new Effort(new Dictionary<Deed, decimal> { [Deed.Business] = 150, [Deed.Training] = 2.5m, [Deed.Testimonial] = 0.75m, [Deed.Sponsorship] = 5 });
        var scheme = new Scheme("other", "Other", 1, new(30, 18, 8),
        [
            new(Measure.AbsencesAndLates, [new(Comparison.AtMost, 0, 6), new(Comparison.AtMost, 1, 3)]),
            new(Measure.Business, [new(Comparison.AtLeast, .04m, 9), new(Comparison.AtLeast, .02m, 5), new(Comparison.MoreThan, 0, 2)]),
            new(Measure.Trainings, [new(Comparison.AtLeast, 3, 9), new(Comparison.AtLeast, 2, 6), new(Comparison.AtLeast, 1, 3)]),
            new(Measure.TestimonialsPerMeeting, [new(Comparison.AtLeast, .5m, 8), new(Comparison.MoreThan, 0, 3)]),
            new(Measure.Sponsored, [new(Comparison.AtLeast, 1, 7)]),
        ]);
        for (var round = 0; round < 60; round++)
        {
            var months = Enumerable.Range(0, 3).Select(_ => new Tally { Present = random.Next(3), Absent = random.Next(2), Late = random.Next(2), Business = random.Next(3) / 100m, Trainings = random.Next(2), Testimonials = random.Next(2) }).ToList();
            int[] coming = [.. Enumerable.Range(0, round % 3).Select(_ => random.Next(1, 4))];
            var next = NextBand.Of(scheme, months, coming, effort);
            var tally = Tally.Sum([.. months.Skip(coming.Length), .. coming.Select(m => new Tally { Present = m })]);
            Assert.Equal(scheme.Score(tally).Points, next.Then.Points);
            decimal? best = null;
            foreach (var (b, t) in Enumerable.Range(0, 5).SelectMany(b => Enumerable.Range(0, 4).Select(t => (b, t))))
            {
                foreach (var (w, s) in Enumerable.Range(0, 9).SelectMany(w => Enumerable.Range(0, 2).Select(s => (w, s))))
                {
                    var more = tally with { Business = tally.Business + (b / 100m), Trainings = tally.Trainings + t, Testimonials = tally.Testimonials + w, Sponsored = tally.Sponsored + s };
                    var cost = (b * 1.5m) + (t * 2.5m) + (w * .75m) + (s * 5m);
                    best = scheme.Score(more).Points >= scheme.Bands.From(next.Target) && (best is null || cost < best) ? cost : best;
                }
            }

            Assert.Equal(best, next.Cheapest?.Cost);
        }
    }

    private static decimal? BruteForce(Scheme scheme, Tally tally, decimal needed)
    {
        int? best = null;
        for (var r = 0; r <= 10; r++)
        {
            for (var o = 0; o <= 8; o++)
            {
                for (var v = 0; v <= 4; v++)
                {
                    for (var c = 0; c <= 3; c++)
                    {
                        var more = tally with { Referrals = tally.Referrals + r, OneToOnes = tally.OneToOnes + o, Visitors = tally.Visitors + v, Credits = tally.Credits + c };
                        if (r + o + v + c < (best ?? int.MaxValue) && scheme.Score(more).Points >= needed)
                        {
                            best = r + o + v + c;
                        }
                    }
                }
            }
        }

        return best;
    }
}
