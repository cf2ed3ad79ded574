using System.Globalization;
using Sourcing.Web.Chapters.Reports;

namespace Sourcing.Web;

public static partial class Links
{
    /// <summary>The report of a month of a chapter.</summary>
    /// <param name="month">Any day of it; null for the last month with a completed meeting.</param>
    /// <param name="matrix">Which matrix is open.</param>
    public static string ChapterReport(Guid id, DateOnly? month = null, MatrixKind matrix = MatrixKind.Referrals) =>
        $"/chapters/{id}/report" + (month is { } day ? "/" + day.ToString("yyyy-MM", CultureInfo.InvariantCulture) : "") + (matrix == MatrixKind.Referrals ? "" : "?matrix=" + matrix.ToString().ToLowerInvariant());

    /// <summary>Slips of a month that two members stand on: referrals from the first to the second; one-to-ones and everything together in both directions.</summary>
    public static string SlipsOfPair(Guid chapter, MatrixKind kind, string first, string second, DateOnly month)
    {
        var days = $"{month:yyyy-MM-dd}..{month.AddMonths(1).AddDays(-1):yyyy-MM-dd}";
        return kind switch
        {
            MatrixKind.Referrals => ChapterSlips(chapter, ("kind", "referral"), ("from", first), ("to", second), ("heldOn", days)),
            MatrixKind.OneToOnes => ChapterSlips(chapter, ("kind", "one_to_one"), ("member", first), ("heldOn", days)) + "&q=" + Uri.EscapeDataString(second),
            _ => ChapterSlips(chapter, ("kind", "referral,one_to_one"), ("member", first), ("heldOn", days)) + "&q=" + Uri.EscapeDataString(second),
        };
    }
}
