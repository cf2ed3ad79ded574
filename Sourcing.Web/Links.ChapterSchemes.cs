namespace Sourcing.Web;

public static partial class Links
{
    /// <summary>The network's schemes, and those of one's chapters.</summary>
    public const string ScoreSchemes = "/chapters/schemes";

    /// <summary>By what a chapter is scored, and what it could choose.</summary>
    public static string ChapterSchemes(Guid chapter) => $"/chapters/{chapter}/schemes";

    /// <summary>One version of a scheme.</summary>
    public static string ScoreScheme(Guid id) => $"/chapters/schemes/{id}";

    /// <summary>A draft as it is changed.</summary>
    public static string EditScoreScheme(Guid id) => $"/chapters/schemes/{id}/edit";

    /// <summary>A version tried on months that are over.</summary>
    /// <param name="chapter">Null for the scheme's own, or the first that one looks after.</param>
    /// <param name="months">How many, the last that are over.</param>
    public static string TestScoreScheme(Guid id, Guid? chapter = null, int months = 6)
    {
        var asked = new[] { chapter is { } known ? $"chapter={known}" : "", months == 6 ? "" : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"months={months}") }.Where(a => a.Length > 0);
        var query = string.Join('&', asked);
        return $"/chapters/schemes/{id}/test" + (query.Length == 0 ? "" : "?" + query);
    }

    /// <summary>What a member's points would be.</summary>
    public static string TryPoints(Guid member) => $"/chapters/members/{member}/points";
}
