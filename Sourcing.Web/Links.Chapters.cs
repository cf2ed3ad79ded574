namespace Sourcing.Web;

public static partial class Links
{
    public const string Chapters = "/chapters";
    public const string NewChapter = "/chapters/new";

    public static string Chapter(Guid id) => $"/chapters/{id}";

    public static string EditChapter(Guid id) => $"/chapters/{id}/edit";

    /// <summary>Who belongs to a chapter today, or did.</summary>
    public static string ChapterMembers(Guid id, bool left = false) => $"/chapters/{id}/members" + (left ? "?left=true" : "");

    public static string NewMember(Guid chapter) => $"/chapters/{chapter}/members/new";

    public static string DeletedMembers(Guid chapter) => $"/chapters/{chapter}/members/deleted";

    public static string Member(Guid id) => $"/chapters/members/{id}";

    public static string EditMember(Guid id) => $"/chapters/members/{id}/edit";

    /// <param name="year">This year when not said.</param>
    public static string ChapterMeetings(Guid id, int? year = null) => $"/chapters/{id}/meetings" + (year is null ? "" : $"?year={year}");

    /// <summary>A meeting's sheet.</summary>
    public static string Meeting(Guid id) => $"/chapters/meetings/{id}";

    /// <summary>Slips of a chapter by filters of the list, as it writes them: kind, member, heldOn.</summary>
    public static string ChapterSlips(Guid id, params (string Key, string Value)[] filters) =>
        $"/chapters/{id}/slips" + (filters.Length == 0 ? "" : "?" + string.Join('&', filters.Select(f => $"f.{f.Key}={Uri.EscapeDataString(f.Value)}")));

    /// <summary>One slip: to be read, and changed by whoever may.</summary>
    public static string Slip(Guid id) => $"/chapters/slips/{id}";

    public static string RemovedSlips(Guid chapter) => $"/chapters/{chapter}/slips/removed";

    /// <summary>People outside who stand on slips of the chapter.</summary>
    public static string OutsidePeople(Guid chapter) => $"/chapters/{chapter}/outside";

    public static string NewSlip(Guid chapter) => $"/chapters/{chapter}/slips/new";

    public static string ChapterVisitors(Guid id) => $"/chapters/{id}/visitors";

    public static string ChapterSeats(Guid id) => $"/chapters/{id}/seats";
}
