using System.Collections.Frozen;
using System.Globalization;

namespace Sourcing.Data.Common;

/// <summary>The currencies of ISO 4217 that some country uses.</summary>
public static class Currencies
{
    private static readonly FrozenSet<string> Codes = CultureInfo.GetCultures(CultureTypes.SpecificCultures)
        .Select(c => new RegionInfo(c.Name).ISOCurrencySymbol).Where(c => c.Length == 3 && c.All(char.IsAsciiLetterUpper) && c[0] != 'X')
        .Concat(["XAF", "XOF", "XPF", "XCD"]).ToFrozenSet();

    /// <summary>All codes, in order.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Codes.Order(StringComparer.Ordinal)];

    /// <summary>Whether some country uses this code; capital letters alone.</summary>
    public static bool IsKnown(string code) => Codes.Contains(code);
}
