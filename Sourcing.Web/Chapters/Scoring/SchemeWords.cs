using System.Globalization;
using Sourcing.Data.Chapters.Reckoning;

namespace Sourcing.Web.Chapters.Scoring;

/// <summary>Words of schemes, lights and alerts.</summary>
internal static class SchemeWords
{
    /// <summary>The measures in the order in which they are offered.</summary>
    public static readonly IReadOnlyList<Measure> Measures = [.. Enum.GetValues<Measure>()];

    /// <summary>The sign of a comparison.</summary>
    public static string Sign(Comparison comparison) => comparison switch { Comparison.AtLeast => "≥", Comparison.MoreThan => ">", Comparison.AtMost => "≤", _ => "<" };

    /// <summary>The comparisons that fit a measure: where fewer is better, at most and less than.</summary>
    public static IReadOnlyList<Comparison> For(Measure measure) => SchemeCheck.IsFewerBetter(measure) ? [Comparison.AtMost, Comparison.LessThan] : [Comparison.AtLeast, Comparison.MoreThan];

    /// <summary>"November 2026".</summary>
    public static string Month(DateOnly month) => month.ToString("MMMM yyyy", CultureInfo.CurrentCulture);

    /// <summary>"2026-11", as forms carry it.</summary>
    public static string Value(DateOnly month) => month.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    public static string Of(ChapterMeasure measure) => measure switch
    {
        ChapterMeasure.Size => "Members",
        ChapterMeasure.Growth => "Net growth",
        ChapterMeasure.Retention => "Retention, %",
        ChapterMeasure.Referrals => "Referrals per member and meeting",
        ChapterMeasure.Visitors => "Visitors per meeting",
        ChapterMeasure.Conversion => "Visitors who joined, %",
        _ => "Absence, %",
    };

    public static string Of(LateRule rule) => rule switch { LateRule.ThreeAreOne => "Three count as one absence", LateRule.Half => "Each counts as half an absence", _ => "Do not count" };

    public static string Of(Deed deed) => deed switch
    {
        Deed.Referral => "Referrals given",
        Deed.OneToOne => "One-to-ones",
        Deed.Visitor => "Visitors invited",
        Deed.Business => "Closed business",
        Deed.Credit => "Education credits",
        Deed.Training => "Trainings",
        Deed.Testimonial => "Testimonials",
        _ => "New members",
    };

    /// <summary>The deed that a measure counts; null where it counts attendance.</summary>
    public static Deed? DeedOf(Measure measure) => measure switch
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

    /// <summary>The rules of alerts as a sentence without its first capital and full stop.</summary>
    public static string Of(AlertRules rules)
    {
        var words = new List<string>
        {
            rules.ReviewAbsences switch { 1 => "from the first absence on the seat is reviewed", 2 => "the first absence is a letter, from 2 on the seat is reviewed", var n => $"absences 1 to {n - 1} are letters, from {n} on the seat is reviewed" },
        };
        Add(rules.Late switch { LateRule.ThreeAreOne => "three late arrivals are one absence", LateRule.Half => "a late arrival is half an absence", _ => null });
        Add(rules.ReviewSubstitutes is { } review ? $"from {review} substitutes on it is reviewed too" : null);
        Add(rules.WarnsBefore ? "one less than that is told as imminent" : null);
        Add((rules.SubstitutesWithoutAbsence, rules.SubstitutesWithAbsence) switch
        {
            ({ } without, { } with) => $"{without} substitutes are allowed without absences, {with} with",
            ({ } without, null) => $"{without} substitutes are allowed without absences",
            (null, { } with) => $"{with} substitutes are allowed to who was absent",
            _ => null,
        });
        return string.Join("; ", words);

        void Add(string? more)
        {
            if (more is not null)
            {
                words.Add(more);
            }
        }
    }
}
