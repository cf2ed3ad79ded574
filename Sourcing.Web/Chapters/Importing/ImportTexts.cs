using Sourcing.Data.Chapters.Files;
using Sourcing.Data.Chapters.Importing;
using Sourcing.Data.Chapters.Reckoning;
using Sourcing.Web.Shared;

namespace Sourcing.Web.Chapters.Importing;

/// <summary>Words of the imports of a chapter.</summary>
internal static class ImportTexts
{
    /// <summary>What can be uploaded, each kind once.</summary>
    public static readonly IReadOnlyList<ReportKind> Kinds = [ReportKind.SlipsAudit, ReportKind.PalmsSummary, ReportKind.PalmsAttendance, ReportKind.VisitorRegistration, ReportKind.Sponsors, ReportKind.RegionSummary];

    public static string Of(ReportKind kind) => kind switch
    {
        ReportKind.SlipsAudit or ReportKind.SlipsAuditHeaded => "Slips audit",
        ReportKind.PalmsSummary => "Attendance summary",
        ReportKind.PalmsAttendance => "Attendance by meeting",
        ReportKind.RegionSummary => "Region summary",
        ReportKind.Sponsors => "Sponsors",
        _ => "Visitor registration",
    };

    /// <summary>What an upload of the kind brings.</summary>
    public static string About(ReportKind kind) => kind switch
    {
        ReportKind.SlipsAudit or ReportKind.SlipsAuditHeaded => "referrals, one-to-ones, closed business, education and visitors of a period",
        ReportKind.PalmsSummary => "one line a member: new members, and figures to hold your slips against",
        ReportKind.PalmsAttendance => "who attended which meeting; missing meetings are put on the calendar",
        ReportKind.RegionSummary => "names of a chapter’s members, for a first list",
        ReportKind.Sponsors => "who brought whom into the chapter",
        _ => "visitors with company, inviter and day",
    };

    public static string Icon(ReportKind kind) => kind switch
    {
        ReportKind.SlipsAudit or ReportKind.SlipsAuditHeaded => "receipt_long",
        ReportKind.PalmsSummary => "table_view",
        ReportKind.PalmsAttendance => "checklist",
        ReportKind.RegionSummary => "groups",
        ReportKind.Sponsors => "handshake",
        _ => "person_add",
    };

    /// <summary>What a kind counts.</summary>
    public static string Things(ReportKind kind, int count) => kind switch
    {
        ReportKind.SlipsAudit or ReportKind.SlipsAuditHeaded => Count(count, "slip"),
        ReportKind.PalmsSummary => Count(count, "line"),
        ReportKind.PalmsAttendance => Count(count, "code"),
        ReportKind.RegionSummary => Count(count, "member"),
        ReportKind.Sponsors => Count(count, "sponsor"),
        _ => Count(count, "visit"),
    };

    public static string Of(PreviewChange change) => change switch
    {
        PreviewChange.New => "New",
        PreviewChange.Gone => "Goes",
        PreviewChange.Same => "As it is",
        PreviewChange.There => "There already",
        _ => "Entered otherwise",
    };

    /// <summary>1 row, 2 rows.</summary>
    public static string Count(int count, string one, string? many = null) => $"{count:N0} {(count == 1 ? one : many ?? one + "s")}";

    /// <summary>Rows by their numbers, the first of them.</summary>
    public static string Rows(IReadOnlyList<int> rows) => rows.Count == 1 ? $"row {rows[0]}" : $"rows {string.Join(", ", rows.Take(4))}{(rows.Count > 4 ? $" and {rows.Count - 4} more" : "")}";

    /// <summary>The days of a period: one day, a month by its name, or from and to.</summary>
    public static string Days(Period? period, Formats format)
    {
        if (period is not { } days)
        {
            return Formats.Nothing;
        }

        return days.First == days.Last ? format.Date(days.First)
            : days == Period.Month(days.First.Year, days.First.Month) ? days.First.ToString("MMMM yyyy", System.Globalization.CultureInfo.CurrentCulture)
            : $"{format.Date(days.First)} – {format.Date(days.Last)}";
    }
}
