using System.Globalization;

namespace Sourcing.Web;

public static partial class Links
{
    /// <summary>The reports that were brought into a chapter.</summary>
    public static string ChapterImports(Guid chapter) => $"/chapters/{chapter}/imports";

    /// <summary>One of them.</summary>
    public static string ChapterImport(Guid chapter, Guid batch) => $"/chapters/{chapter}/imports/{batch}";

    /// <summary>Everything that was found in it, as a download.</summary>
    public static string ChapterImportFindings(Guid chapter, Guid batch, string format = "csv") => $"/chapters/{chapter}/imports/{batch}/findings.{format}";

    /// <summary>Slips and attendance of a month held against the attendance summary.</summary>
    /// <param name="month">Any day of it.</param>
    public static string Reconcile(Guid chapter, DateOnly month) => $"/chapters/{chapter}/reconcile/{month.ToString("yyyy-MM", CultureInfo.InvariantCulture)}";
}
