using Sourcing.Data.Planning;
using Sourcing.Web.Shared;

namespace Sourcing.Web.Planning;

/// <summary>How bills of materials are said.</summary>
internal static class BomWords
{
    /// <summary>The colour of a <see cref="BomShareState"/>.</summary>
    public static Hue HueOf(string shares) => shares switch
    {
        BomShareState.Complete => Hue.Green,
        BomShareState.Rounding => Hue.Amber,
        BomShareState.Incomplete => Hue.Red,
        _ => Hue.Grey,
    };

    /// <summary>A quantity that was worked out: as many decimals as tell something.</summary>
    public static string Need(Formats format, decimal? quantity) => format.Number(quantity, 0, Math.Abs(quantity ?? 0) switch { >= 100 => 2, >= 1 => 4, _ => 6 });

    /// <summary>1 component, 4 components.</summary>
    public static string Components(int count) => count == 1 ? "1 component" : $"{count} components";

    /// <summary>always, from 1 Mar 2027, to 31 May 2027.</summary>
    public static string Valid(Formats format, DateOnly from, DateOnly? to) => (from == BomLine.Always, to) switch
    {
        (true, null) => "always",
        (true, _) => $"to {format.Date(to)}",
        (false, null) => $"from {format.Date(from)}",
        _ => $"{format.Date(from)} to {format.Date(to)}",
    };
}
