using System.Globalization;
using Sourcing.Data.Chapters.Reckoning;
using Sourcing.Web.Chapters.Reports;

namespace Sourcing.Web;

public static partial class Links
{
    /// <summary>Chapters beside each other.</summary>
    public const string CompareChapters = "/chapters/compare";

    /// <summary>The report of a month of a chapter.</summary>
    /// <param name="month">Any day of it; null for the last month with a completed meeting.</param>
    /// <param name="matrix">Which matrix is open.</param>
    /// <param name="revision">Which closing of the month; 0 for the month as it stands now; null for the last closing of a closed month, else as it stands now.</param>
    public static string ChapterReport(Guid id, DateOnly? month = null, MatrixKind matrix = MatrixKind.Referrals, int? revision = null) =>
        $"/chapters/{id}/report" + (month is { } day ? "/" + day.ToString("yyyy-MM", CultureInfo.InvariantCulture) : "")
            + Asked(("matrix", matrix == MatrixKind.Referrals ? null : matrix.ToString().ToLowerInvariant()), ("revision", revision?.ToString(CultureInfo.InvariantCulture)));

    /// <summary>Which months of a chapter are closed.</summary>
    /// <param name="year">The last with a meeting when not said.</param>
    public static string ChapterMonths(Guid id, int? year = null) => $"/chapters/{id}/months" + (year is null ? "" : $"?year={year}");

    /// <summary>Every closing and reopening of a month.</summary>
    /// <param name="month">Any day of it.</param>
    public static string ChapterMonth(Guid id, DateOnly month) => $"/chapters/{id}/months/{month.ToString("yyyy-MM", CultureInfo.InvariantCulture)}";

    /// <summary>The report of several months together.</summary>
    public static string ChapterPeriod(Guid id, DateOnly from, DateOnly to, MatrixKind matrix = MatrixKind.Referrals) =>
        $"/chapters/{id}/report/{Month(from)}/{Month(to)}" + (matrix == MatrixKind.Referrals ? "" : "?matrix=" + matrix.ToString().ToLowerInvariant());

    /// <summary>The report of several months as a spreadsheet.</summary>
    public static string ChapterPeriodBook(Guid id, DateOnly from, DateOnly to) => $"/chapters/{id}/report/{Month(from)}/{Month(to)}.xlsx";

    /// <summary>Who was absent when, as a list to print.</summary>
    public static string ChapterAbsences(Guid id, DateOnly from, DateOnly to) => $"/chapters/{id}/absences?from={Month(from)}&to={Month(to)}";

    /// <summary>A member's standing on one sheet.</summary>
    public static string MemberSheet(Guid id) => $"/chapters/members/{id}/sheet";

    /// <summary>A meeting's sheet to be filled in by hand.</summary>
    public static string MeetingPaper(Guid id) => $"/chapters/meetings/{id}/paper";

    /// <summary>A matrix in full, or closed business by member, of one month or several.</summary>
    public static string ChapterMatrix(Guid id, MatrixKind kind, DateOnly from, DateOnly to, MatrixOrder order = MatrixOrder.Name, MatrixShade shade = MatrixShade.Activity) =>
        $"/chapters/{id}/matrix/{kind.ToString().ToLowerInvariant()}?from={Month(from)}&to={Month(to)}" + (order == MatrixOrder.Name ? "" : "&order=most") + (shade == MatrixShade.Activity ? "" : "&shade=gaps");

    /// <summary>The report of a month as a spreadsheet.</summary>
    /// <param name="month">Any day of it.</param>
    /// <param name="revision">As in <see cref="ChapterReport"/>.</param>
    public static string ChapterReportBook(Guid id, DateOnly month, int? revision = null) => $"/chapters/{id}/report/{month.ToString("yyyy-MM", CultureInfo.InvariantCulture)}.xlsx" + Asked(("revision", revision?.ToString(CultureInfo.InvariantCulture)));

    /// <summary>Two periods of a chapter beside each other.</summary>
    /// <param name="from">Any day of the later period's first month.</param>
    /// <param name="to">Any day of its last.</param>
    /// <param name="before">Any day of the earlier period's first month; null for the months right before.</param>
    /// <param name="what">Which value is shown.</param>
    public static string CompareChapter(Guid id, DateOnly? from = null, DateOnly? to = null, DateOnly? before = null, Compared what = Compared.Given)
    {
        var asked = new[] { ("from", Month(from)), ("to", Month(to)), ("before", Month(before)), ("what", what == Compared.Given ? null : what.ToString().ToLowerInvariant()) };
        var query = string.Join('&', asked.Where(a => a.Item2 is not null).Select(a => $"{a.Item1}={a.Item2}"));
        return $"/chapters/{id}/compare" + (query.Length == 0 ? "" : "?" + query);
    }

    /// <summary>Slips of some days that two members stand on: referrals from the first to the second; one-to-ones and everything together in both directions.</summary>
    public static string SlipsOfPair(Guid chapter, MatrixKind kind, string first, string second, Period period)
    {
        var days = $"{period.First:yyyy-MM-dd}..{period.Last:yyyy-MM-dd}";
        return kind switch
        {
            MatrixKind.Referrals => ChapterSlips(chapter, ("kind", "referral"), ("from", first), ("to", second), ("heldOn", days)),
            MatrixKind.OneToOnes => ChapterSlips(chapter, ("kind", "one_to_one"), ("member", first), ("heldOn", days)) + "&q=" + Uri.EscapeDataString(second),
            _ => ChapterSlips(chapter, ("kind", "referral,one_to_one"), ("member", first), ("heldOn", days)) + "&q=" + Uri.EscapeDataString(second),
        };
    }

    private static string Asked(params (string Key, string? Value)[] parts) =>
        parts.Where(p => p.Value is not null).ToList() is { Count: > 0 } said ? "?" + string.Join('&', said.Select(p => $"{p.Key}={p.Value}")) : "";

    private static string? Month(DateOnly? day) => day?.ToString("yyyy-MM", CultureInfo.InvariantCulture);
}
