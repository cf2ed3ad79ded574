using System.Globalization;

namespace Sourcing.Data.Planning.Cycles;

/// <summary>Days and figures as sentences of a plan write them.</summary>
internal static class Text
{
    /// <summary>14 Nov 2026.</summary>
    public static string Day(DateOnly day) => day.ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>1,250.5.</summary>
    public static string Figure(decimal figure) => figure.ToString("#,0.######", CultureInfo.InvariantCulture);

    /// <summary>1 part, 2 parts.</summary>
    public static string Count(int count, string noun) => string.Create(CultureInfo.InvariantCulture, $"{count:#,0} {noun}{(count == 1 ? "" : "s")}");

    /// <summary>What fits into a column.</summary>
    public static string Cut(string text, int length) => text.Length <= length ? text : text[..(length - 1)] + "…";
}
