using Sourcing.Data.Chapters;
using Sourcing.Data.Common;
using Sourcing.Web.Shared;

namespace Sourcing.Web.Chapters;

/// <summary>Words of the room.</summary>
internal static class ChapterWords
{
    /// <summary>Monday first.</summary>
    public static readonly IReadOnlyList<string> Weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

    /// <param name="day">1 for Monday to 7 for Sunday.</param>
    public static string Weekday(int day) => Weekdays[day - 1];

    public static string Of(SlipKind kind) => kind switch { SlipKind.OneToOne => "One-to-one", SlipKind.Education => "Education", _ => Words.Spaced(kind) };

    public static string Icon(SlipKind kind) => kind switch { SlipKind.Referral => "share", SlipKind.OneToOne => "handshake", SlipKind.ClosedBusiness => "payments", SlipKind.Education => "school", SlipKind.Testimonial => "campaign", _ => "person_add" };

    /// <summary>What a slip is worth: an amount or credits; empty for a slip that has neither.</summary>
    public static string Worth(SlipRow slip, Formats format) =>
        slip.Amount is { } amount ? format.Money(amount, slip.Currency)
        : slip.Credits is { } credits ? $"{format.Number(credits)} {(credits == 1 ? "credit" : "credits")}{(slip.IsTraining ? ", training" : "")}"
        : "";

    public static string Of(ChapterOffice office) => office switch { ChapterOffice.Committee => "Membership committee", ChapterOffice.Host => "Visitor host", _ => Words.Spaced(office) };

    public static string About(ChapterOffice office) => office switch
    {
        ChapterOffice.Leader => "president, vice president or secretary: everything in the chapter",
        ChapterOffice.Committee => "reads everything in the chapter",
        ChapterOffice.Host => "visitors alone",
        ChapterOffice.Member => "own profile and slips, the chapter’s totals",
        _ => "the printed report, without contact data",
    };

    /// <summary>What the tiers of a kind mean.</summary>
    public static IReadOnlyList<(int Tier, string Text)> Tiers(SlipKind kind) => kind == SlipKind.Referral
        ? [(1, "1: the giver is the customer"), (2, "2: a third person is")]
        : [(1, "1: the payer is the customer"), (2, "2: somebody whom they know"), (3, "3: anything beyond")];

    /// <summary>What is not counted yet: "3 slips wait at meetings that are not completed."</summary>
    public static string Waiting(int slips) => slips == 1 ? "1 slip waits at a meeting that is not completed." : $"{slips} slips wait at meetings that are not completed.";

    /// <summary>The one letter of a code.</summary>
    public static string Letter(AttendanceCode code) => code.ToString()[..1];

    public static string Of(VisitorKind kind) => kind == VisitorKind.OtherChapter ? "Member elsewhere" : Words.Spaced(kind);
}
