using System.Globalization;
using static Sourcing.Data.Common.Words;

namespace Sourcing.Data.Chapters.Reckoning;

/// <summary>What a member can do more of.</summary>
public enum Deed
{
    Referral,
    OneToOne,
    Visitor,

    /// <summary>In the chapter's currency, to the cent.</summary>
    Business,

    /// <summary>Whole education credits.</summary>
    Credit,
    Training,
    Testimonial,
    Sponsorship,
}

/// <summary>How hard deeds are, so that "cheapest" has a meaning. Data: a chapter can set its own.</summary>
/// <param name="Weights">Effort of one unit, 0 or more; a deed that is not named costs 1.</param>
public sealed record Effort(IReadOnlyDictionary<Deed, decimal> Weights)
{
    /// <summary>Decided here: a visitor and a training cost as much as two referrals, 1,000 of closed business as much as one, a new member as much as ten.</summary>
    public static Effort Common { get; } = new(new Dictionary<Deed, decimal> { [Deed.Visitor] = 2, [Deed.Training] = 2, [Deed.Business] = 0.001m, [Deed.Sponsorship] = 10 });

    public decimal Of(Deed deed, decimal units) => units * (Weights.TryGetValue(deed, out var weight) ? weight : 1);
}

/// <summary>So much more of one deed.</summary>
/// <param name="Points">What it adds.</param>
public sealed record DeedUnits(Deed Deed, decimal Units, decimal Points);

/// <summary>What to do to reach a band.</summary>
/// <param name="Points">The score afterwards.</param>
/// <param name="Cost">By <see cref="Effort"/>.</param>
public sealed record DeedPlan(IReadOnlyList<DeedUnits> Deeds, decimal Points, decimal Cost);

/// <summary>
/// How far it is to the next band, worked out exactly: the plan with the least effort and, among equals, with the fewest kinds of deeds, the more points. For each kind
/// the only amounts worth trying are those that just meet a threshold; all combinations of them are weighed.
/// </summary>
/// <param name="Now">The score of the window as it stands.</param>
/// <param name="Then">The score with the coming months rolled in and nothing more done.</param>
/// <param name="Target">The band above the present one; green for who is there, and the plan then says how to stay.</param>
/// <param name="Missing">Points from <paramref name="Then"/> to the band; 0 if it is reached without anything.</param>
/// <param name="Cheapest">Null if no deeds can reach it.</param>
/// <param name="Alone">For each deed that can do it alone, how much is needed.</param>
/// <param name="Most">The score if every threshold of every deed were met.</param>
/// <param name="Assumptions">What the figures rest on, in words.</param>
public sealed record NextBand(Light Now, Light Then, Band Target, decimal Missing, DeedPlan? Cheapest, IReadOnlyList<DeedPlan> Alone, decimal Most, IReadOnlyList<string> Assumptions)
{
    /// <summary>Works it out.</summary>
    /// <param name="months">The window's months, the oldest first.</param>
    /// <param name="comingMeetings">Meetings of each month that comes in while the oldest rolls out; none to ask about the window as it stands.</param>
    /// <param name="target">Another band than the next one; null for the next.</param>
    /// <param name="planned">Deeds that are counted in as if they were done.</param>
    public static NextBand Of(Scheme scheme, IReadOnlyList<Tally> months, IReadOnlyList<int>? comingMeetings = null, Effort? effort = null, Band? target = null, Tally? planned = null)
    {
        var coming = comingMeetings ?? [];
        var tally = Rolled(months, coming) + (planned ?? Tally.Nothing);
        var (now, then, cost) = (scheme.Score(Tally.Sum(months)), scheme.Score(tally), effort ?? Effort.Common);
        var wanted = target ?? (now.Band == Band.Green ? Band.Green : now.Band + 1);
        var needed = scheme.Bands.From(wanted);
        var options = Enum.GetValues<Deed>().Select(d => Options(scheme, tally, d)).Where(o => o.Count > 1).ToList();
        var most = then.Points + options.Sum(o => o.Max(x => x.Points));
        var alone = options.Select(o => o.Where(x => then.Points + x.Points >= needed).MinBy(x => x.Units)).OfType<DeedUnits>().Where(x => x.Units > 0)
            .Select(x => new DeedPlan([x], then.Points + x.Points, cost.Of(x.Deed, x.Units))).OrderBy(p => p.Cost).ThenBy(p => p.Deeds[0].Deed).ToList();
        return new(now, then, wanted, Math.Max(0, needed - then.Points), Best(options, then.Points, needed, cost), alone, most, Words(months.Count, coming, tally.W, cost));
    }

    /// <summary>The tally of the window after the coming months: as many of the oldest roll out, and the member is present at all of the new meetings.</summary>
    public static Tally Rolled(IReadOnlyList<Tally> months, IReadOnlyList<int> comingMeetings) =>
        Tally.Sum([.. months.Skip(comingMeetings.Count), .. comingMeetings.TakeLast(Math.Max(months.Count, 1)).Select(m => new Tally { Present = m })]);

    /// <summary>The tally with so much more of a deed.</summary>
    public static Tally With(Tally tally, Deed deed, decimal units) => deed switch
    {
        Deed.Referral => tally with { Referrals = tally.Referrals + (int)units },
        Deed.OneToOne => tally with { OneToOnes = tally.OneToOnes + (int)units },
        Deed.Visitor => tally with { Visitors = tally.Visitors + (int)units },
        Deed.Business => tally with { Business = tally.Business + units },
        Deed.Credit => tally with { Credits = tally.Credits + units },
        Deed.Training => tally with { Trainings = tally.Trainings + (int)units },
        Deed.Testimonial => tally with { Testimonials = tally.Testimonials + (int)units },
        _ => tally with { Sponsored = tally.Sponsored + (int)units },
    };

    private static Deed? DeedOf(Measure measure) => measure switch
    {
        Measure.ReferralsPerMeeting => Deed.Referral,
        Measure.OneToOnesPerMeeting => Deed.OneToOne,
        Measure.Visitors or Measure.VisitorsPerMeeting => Deed.Visitor,
        Measure.Business => Deed.Business,
        Measure.Credits or Measure.CreditsPerMeeting => Deed.Credit,
        Measure.Trainings => Deed.Training,
        Measure.TestimonialsPerMeeting => Deed.Testimonial,
        Measure.Sponsored => Deed.Sponsorship,
        _ => null,
    };

    // Nothing, and the least of the deed that meets each threshold which is not met yet. Several rules can look at one deed.
    private static List<DeedUnits> Options(Scheme scheme, Tally tally, Deed deed)
    {
        var rules = scheme.Rules.Where(r => DeedOf(r.Measure) == deed).ToList();
        decimal Points(decimal units) => rules.Sum(r => Step.Best(r.Steps, Scheme.Of(r.Measure, With(tally, deed, units)))?.Points ?? 0);
        var amounts = rules.SelectMany(r => r.Steps.Select(s => Least(Scheme.Of(r.Measure, tally), s, deed))).OfType<decimal>().Distinct().Order();
        var (start, options) = (Points(0), new List<DeedUnits> { new(deed, 0, 0) });
        foreach (var units in amounts)
        {
            if (Points(units) - start is var gain && gain > options[^1].Points)
            {
                options.Add(new(deed, units, gain));
            }
        }

        return options;
    }

    // The least number of units, above 0, so that value + units ÷ divisor meets the step.
    private static decimal? Least(Measured value, Step step, Deed deed)
    {
        if (value.Divisor <= 0 || step.Comparison is Comparison.AtMost or Comparison.LessThan)
        {
            return null;
        }

        var unit = deed == Deed.Business ? 0.01m : 1;
        var gap = ((step.Threshold * value.Divisor) - value.Dividend) / unit;
        var units = step.Comparison == Comparison.MoreThan ? decimal.Floor(gap) + 1 : decimal.Ceiling(gap);
        return units > 0 && units <= (deed == Deed.Business ? 100_000_000_000_000m : 1_000_000) ? units * unit : null;
    }

    // The cheapest way to every total of points, deed by deed; costs add up, so that the best of each total stays the best.
    private static DeedPlan? Best(List<List<DeedUnits>> options, decimal start, decimal needed, Effort effort)
    {
        var ways = new Dictionary<decimal, DeedPlan> { [start] = new([], start, 0) };
        foreach (var deed in options)
        {
            var next = new Dictionary<decimal, DeedPlan>();
            foreach (var way in ways.Values)
            {
                foreach (var option in deed)
                {
                    var plan = option.Units == 0 ? way : new([.. way.Deeds, option], way.Points + option.Points, way.Cost + effort.Of(option.Deed, option.Units));
                    if (!next.TryGetValue(plan.Points, out var known) || (plan.Cost, plan.Deeds.Count).CompareTo((known.Cost, known.Deeds.Count)) < 0)
                    {
                        next[plan.Points] = plan;
                    }
                }
            }

            ways = next;
        }

        return ways.Values.Where(w => w.Points >= needed).OrderBy(w => w.Cost).ThenBy(w => w.Deeds.Count).ThenByDescending(w => w.Points).FirstOrDefault();
    }

    private static List<string> Words(int months, IReadOnlyList<int> coming, int meetings, Effort effort)
    {
        static string Number(decimal value) => value.ToString("0.####", CultureInfo.InvariantCulture);
        var words = new List<string>
        {
            coming.Count == 0
                ? $"The window stays as it is: {meetings} meetings in {months} months, and everything more counts in it."
                : $"The oldest {(coming.Count == 1 ? "month rolls" : $"{coming.Count} months roll")} out, and {string.Join(" + ", coming)} meetings come in; the window then has {meetings}.",
        };
        if (coming.Count > 0)
        {
            words.Add("The member is present and on time at every coming meeting.");
        }

        words.Add("Absences and late arrivals cannot be undone: they go only when their month rolls out.");
        words.Add("Credits are counted in whole ones, closed business to the cent, everything else in whole numbers.");
        words.Add($"Effort of one unit: {string.Join(", ", Enum.GetValues<Deed>().Select(d => $"{Spaced(d).ToLowerInvariant()} {Number(effort.Of(d, 1))}"))}.");
        return words;
    }
}
