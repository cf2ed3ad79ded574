namespace Sourcing.Data.Common;

/// <summary>What people type, as a pattern for LIKE: %, _ and \ stand for themselves.</summary>
internal static class LikePattern
{
    /// <summary>Finds the text anywhere.</summary>
    public static string Containing(string text) => $"%{Exactly(text)}%";

    /// <summary>Finds the text alone.</summary>
    public static string Exactly(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);
}
