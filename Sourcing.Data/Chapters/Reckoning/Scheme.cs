using System.Text.Json.Serialization;

namespace Sourcing.Data.Chapters.Reckoning;

/// <summary>What a rule of a scheme looks at, of one member in the window. "Per meeting" divides by W.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Measure>))]
public enum Measure
{
    /// <summary>Attendance in percent: (P + L + S) ÷ (P + L + S + A).</summary>
    Attendance,

    /// <summary>A</summary>
    Absences,

    /// <summary>A + ⌊L ÷ 3⌋</summary>
    AbsencesAndLates,

    /// <summary>L</summary>
    Lates,

    /// <summary>(RGI + RGO) ÷ W</summary>
    ReferralsPerMeeting,

    /// <summary>1-2-1 ÷ W</summary>
    OneToOnesPerMeeting,

    /// <summary>Visitors invited.</summary>
    Visitors,

    VisitorsPerMeeting,

    /// <summary>Closed business in the chapter's currency.</summary>
    Business,

    /// <summary>Education credits.</summary>
    Credits,

    CreditsPerMeeting,

    Trainings,

    TestimonialsPerMeeting,

    /// <summary>New members brought in.</summary>
    Sponsored,
}

/// <summary>A traffic light.</summary>
public enum Band
{
    Grey,
    Red,
    Yellow,
    Green,
}

/// <summary>From how many points on a band is reached. Below red it is grey.</summary>
public sealed record Bands(decimal Green, decimal Yellow, decimal Red)
{
    /// <summary>70, 50, 30</summary>
    public static Bands Common { get; } = new(70, 50, 30);

    /// <summary>As Hong Kong has it: 70, 40, 30.</summary>
    public static Bands HongKong { get; } = new(70, 40, 30);

    public Band Of(decimal points) => points >= Green ? Band.Green : points >= Yellow ? Band.Yellow : points >= Red ? Band.Red : Band.Grey;

    /// <summary>Points from which a band begins; 0 for grey.</summary>
    public decimal From(Band band) => band switch { Band.Green => Green, Band.Yellow => Yellow, Band.Red => Red, _ => 0 };
}

/// <summary>One line of a scheme.</summary>
/// <param name="Steps">The best step that is met counts, and no other.</param>
public sealed record SchemeRule(Measure Measure, IReadOnlyList<Step> Steps)
{
    /// <summary>The most that the rule gives.</summary>
    [JsonIgnore]
    public decimal Most => Steps.Count == 0 ? 0 : Steps.Max(s => s.Points);
}

/// <summary>A way to score members: data with a version, which can be kept as JSON. A version that has scored anything is never changed; a change is a new version.</summary>
/// <param name="Key">The same through all versions.</param>
public sealed record Scheme(string Key, string Name, int Version, Bands Bands, IReadOnlyList<SchemeRule> Rules)
{
    /// <summary>The most points that anybody can have.</summary>
    [JsonIgnore]
    public decimal Most => Rules.Sum(r => r.Most);

    /// <summary>What a rule's measure comes to.</summary>
    public static Measured Of(Measure measure, Tally tally)
    {
        // Who had no meeting has not been without absence: there is no value.
        var once = tally.W > 0 ? 1 : 0;
        return measure switch
        {
            Measure.Attendance => new(100 * (tally.Present + tally.Late + tally.Substitute), tally.Due),
            Measure.Absences => new(tally.Absent, once),
            Measure.AbsencesAndLates => new(tally.Absent + (tally.Late / 3), once),
            Measure.Lates => new(tally.Late, once),
            Measure.ReferralsPerMeeting => new(tally.Referrals, tally.W),
            Measure.OneToOnesPerMeeting => new(tally.OneToOnes, tally.W),
            Measure.Visitors => new(tally.Visitors),
            Measure.VisitorsPerMeeting => new(tally.Visitors, tally.W),
            Measure.Business => new(tally.Business),
            Measure.Credits => new(tally.Credits),
            Measure.CreditsPerMeeting => new(tally.Credits, tally.W),
            Measure.Trainings => new(tally.Trainings),
            Measure.TestimonialsPerMeeting => new(tally.Testimonials, tally.W),
            _ => new(tally.Sponsored),
        };
    }

    /// <summary>Scores one member's window.</summary>
    public Light Score(Tally tally)
    {
        var lines = Rules.Select(r => (Rule: r, Value: Of(r.Measure, tally))).Select(x => new LightLine(x.Rule, x.Value.Value, Step.Best(x.Rule.Steps, x.Value))).ToList();
        var points = lines.Sum(l => l.Points);
        return new(this, lines, points, Bands.Of(points));
    }
}

/// <summary>One rule and what it gave.</summary>
/// <param name="Value">Unrounded; null where it was divided by 0.</param>
/// <param name="Step">The step that was used; null for none, and then no points.</param>
public sealed record LightLine(SchemeRule Rule, decimal? Value, Step? Step)
{
    public decimal Points => Step?.Points ?? 0;
}

/// <summary>A member's score with the arithmetic behind it.</summary>
public sealed record Light(Scheme Scheme, IReadOnlyList<LightLine> Lines, decimal Points, Band Band);
