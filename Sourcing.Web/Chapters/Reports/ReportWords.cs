using Sourcing.Data.Chapters.Reckoning;
using Sourcing.Data.Common;
using Sourcing.Web.Shared;

namespace Sourcing.Web.Chapters.Reports;

/// <summary>Which matrix of a report is open.</summary>
public enum MatrixKind
{
    Referrals,
    OneToOnes,

    /// <summary>Both or neither: referrals and one-to-ones together.</summary>
    Both,

    /// <summary>Closed business: by member, because who paid is the payer's own matter.</summary>
    Business,
}

/// <summary>In which order the members of a matrix stand.</summary>
public enum MatrixOrder
{
    Name,

    /// <summary>Whoever has most first; equals by name.</summary>
    Most,
}

/// <summary>What the colour of a matrix points at.</summary>
public enum MatrixShade
{
    /// <summary>The more, the deeper.</summary>
    Activity,

    /// <summary>Where nothing is.</summary>
    Gaps,
}

/// <summary>Words of reports.</summary>
internal static class ReportWords
{
    /// <summary>The bands, the best first.</summary>
    public static readonly IReadOnlyList<Band> Bands = [Band.Green, Band.Yellow, Band.Red, Band.Grey];

    /// <summary>The first day of a month written YYYY-MM; null for anything else.</summary>
    public static DateOnly? Month(string? text) =>
        DateOnly.TryParseExact(text + "-01", "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.None, out var day) ? day : null;

    /// <inheritdoc cref="Month"/>
    /// <exception cref="RefusedException">It is none.</exception>
    public static DateOnly DemandMonth(string? text) => Month(text) ?? throw new RefusedException("Month", $"\"{text}\" is not a month. Write it like 2026-10.");

    /// <summary>"May 2026 to October 2026"; one month alone is "May 2026".</summary>
    public static string Named(Period period) =>
        period.Months.Count == 1 ? Named(period.First) : $"{Named(period.First)} to {Named(period.Last)}";

    /// <summary>"May 2026".</summary>
    public static string Named(DateOnly month) => month.ToString("MMMM yyyy", System.Globalization.CultureInfo.CurrentCulture);

    /// <summary>What a matrix says.</summary>
    public static string Title(MatrixKind kind) => kind switch
    {
        MatrixKind.Referrals => "Referrals: who gave to whom",
        MatrixKind.OneToOnes => "One-to-ones: who met whom",
        MatrixKind.Both => "Both or neither: referrals and one-to-ones",
        _ => "Closed business: who is thanked",
    };

    public static string Short(MatrixKind kind) => kind switch { MatrixKind.Referrals => "Referrals", MatrixKind.OneToOnes => "One-to-ones", MatrixKind.Both => "Both or neither", _ => "Closed business" };

    public static Hue HueOf(Band band) => band switch { Band.Green => Hue.Green, Band.Yellow => Hue.Amber, Band.Red => Hue.Red, _ => Hue.Grey };

    /// <summary>"Yellow, 50 to 69".</summary>
    public static string Of(Band band, Bands bands) => band switch
    {
        Band.Green => $"Green, {bands.Green:0.##} and more",
        Band.Yellow => $"Yellow, {bands.Yellow:0.##} to {bands.Green - 1:0.##}",
        Band.Red => $"Red, {bands.Red:0.##} to {bands.Yellow - 1:0.##}",
        _ => $"Grey, under {bands.Red:0.##}",
    };

    /// <summary>"2 referrals and 1 one-to-one"; without deeds what is left to do: to be there.</summary>
    public static string Of(DeedPlan plan, Func<decimal, string> money) =>
        plan.Deeds.Count == 0 ? "being present is enough" : Joined([.. plan.Deeds.Select(d => Of(d, money))]);

    /// <summary>What a stored figure of a report is called: see <see cref="ClosedFigures.Values"/>.</summary>
    public static string FigureName(string name) => name switch
    {
        "total_referrals" => "Referrals",
        "total_tyfcb" => "Closed business",
        "attendance_rate" => "Attendance, %",
        "meetings" => "Completed meetings",
        "holidays" => "Meetings called off",
        "roster_start" => "Members at the start",
        "roster_end" => "Members at the end",
        "joins" => "Joined",
        "leaves" => "Left",
        "in_chapter_referrals" => "Referrals inside the chapter",
        "cross_referrals" => "Referrals to people outside",
        "in_chapter_one_to_ones" => "One-to-ones inside the chapter",
        "cross_one_to_ones" => "One-to-ones with people outside",
        "inside" => "Closed business inside the chapter",
        "outside" => "Closed business from outside",
        "visitors" => "Visitors",
        "ceu" => "Education credits",
        "batch_hashes" => "Imported files",
        "scheme_version" => "Scheme",
        _ => name,
    };

    /// <summary>Whether a stored figure is an amount.</summary>
    public static bool IsMoney(string name) => name is "total_tyfcb" or "inside" or "outside";

    /// <summary>The letter of a tie in the matrix of both.</summary>
    public static string Letter(Tie tie) => tie switch { Tie.Both => "B", Tie.ReferralOnly => "R", Tie.OneToOneOnly => "O", _ => "·" };

    /// <summary>A value beside the mean of the roster.</summary>
    public static string Of(Tier tier) => tier switch { Tier.Green => "well above", Tier.Orange => "about the mean", Tier.Red => "below half", Tier.Neutral => "below the mean", _ => "no mean" };

    public static Hue HueOf(Tier tier) => tier switch { Tier.Green => Hue.Green, Tier.Orange => Hue.Amber, Tier.Red => Hue.Red, _ => Hue.Grey };

    public static string Of(Tie tie) => tie switch { Tie.Both => "referral and one-to-one", Tie.ReferralOnly => "referral only", Tie.OneToOneOnly => "one-to-one only", _ => "neither" };

    public static string Of(AlertLevel level) => level switch
    {
        AlertLevel.SubstitutesOverCap => "Substitutes over the cap",
        AlertLevel.FirstLetter => "First letter",
        AlertLevel.SecondLetter => "Second letter",
        AlertLevel.ThirdLetter => "Third letter",
        AlertLevel.Imminent => "Review is imminent",
        AlertLevel.ReviewSeat => "Review the seat",
        _ => "None",
    };

    public static string Of(RankedBy by) => by switch { RankedBy.OneToOnes => "One-to-ones", RankedBy.Business => "Closed business", _ => by.ToString() };

    public static string Of(Compared what) => what switch
    {
        Compared.Given => "Referrals given",
        Compared.Received => "Referrals received",
        Compared.OneToOnes => "One-to-ones",
        Compared.Business => "Closed business",
        Compared.Visitors => "Visitors",
        Compared.Credits => "Education credits",
        Compared.Trainings => "Trainings",
        Compared.Testimonials => "Testimonials",
        _ => "Attendance %",
    };

    private static string Of(DeedUnits deed, Func<decimal, string> money)
    {
        var (one, many) = deed.Deed switch
        {
            Deed.Referral => ("referral", "referrals"),
            Deed.OneToOne => ("one-to-one", "one-to-ones"),
            Deed.Visitor => ("visitor", "visitors"),
            Deed.Credit => ("education credit", "education credits"),
            Deed.Training => ("training", "trainings"),
            Deed.Testimonial => ("testimonial", "testimonials"),
            _ => ("new member", "new members"),
        };
        return deed.Deed == Deed.Business ? $"{money(deed.Units)} of closed business" : $"{deed.Units:0} more {(deed.Units == 1 ? one : many)}";
    }

    private static string Joined(IReadOnlyList<string> parts) => parts.Count == 1 ? parts[0] : string.Join(", ", parts.Take(parts.Count - 1)) + " and " + parts[^1];
}
