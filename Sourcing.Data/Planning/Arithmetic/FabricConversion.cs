using Sourcing.Data.Common;

namespace Sourcing.Data.Planning.Arithmetic;

/// <summary>
/// Pounds in a running yard of fabric: the factor between length and mass that no unit table can know. 1 lb = 16 oz = 453.59237 g,
/// 1 yd = 36 in = 0.9144 m. Weights and widths that are not above 0 are refused: there is no factor to fall back to.
/// </summary>
public static class FabricConversion
{
    private const decimal OuncesPerPound = 16, InchesPerYard = 36, MetresPerInch = 0.0254m, MetresPerYard = 0.9144m, GramsPerPound = 453.59237m;

    /// <summary>From ounces a running yard: oz / 16.</summary>
    public static decimal FromOuncesPerLinearYard(decimal ounces) => Above0(ounces, "The weight a running yard") / OuncesPerPound;

    /// <summary>From ounces a square yard and the width in inches: (oz · width / 36) / 16.</summary>
    public static decimal FromOuncesPerSquareYard(decimal ounces, decimal widthInches) =>
        Above0(ounces, "The weight a square yard") * Above0(widthInches, "The width") / InchesPerYard / OuncesPerPound;

    /// <summary>From grams a square metre and the width in inches: gsm · width · 0.0254 · 0.9144 / 453.59237.</summary>
    public static decimal FromGramsPerSquareMetre(decimal grams, decimal widthInches) =>
        Above0(grams, "The weight a square metre") * Above0(widthInches, "The width") * MetresPerInch * MetresPerYard / GramsPerPound;

    private static decimal Above0(decimal value, string what) =>
        value > 0 ? value : throw new RefusedException($"{what} has to be above 0 to convert between length and mass. Enter what was measured.");
}
