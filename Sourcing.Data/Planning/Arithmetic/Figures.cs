namespace Sourcing.Data.Planning.Arithmetic;

/// <summary>From statistics (double) back to quantities and money (decimal), without overflow and without noise in the last digits.</summary>
internal static class Figures
{
    /// <summary>Decimals of a quantity and of money.</summary>
    internal const int QuantityDecimals = 6, MoneyDecimals = 4;

    /// <summary>The largest numeric(18,6).</summary>
    private const decimal Largest = 999_999_999_999.999999m;

    /// <summary>Decimals that are trusted before rounding up: what lies beyond is the noise of a division, not a need.</summary>
    private const int TrustedDecimals = 12;

    /// <summary>To six decimals, half away from zero; beyond numeric(18,6) its largest, and 0 for what is no number.</summary>
    internal static decimal Quantity(double value) => Bounded(value, QuantityDecimals);

    /// <summary>To four decimals, half away from zero; beyond a trillion its largest, and 0 for what is no number.</summary>
    internal static decimal Money(double value) => Bounded(value, MoneyDecimals);

    /// <summary>The smallest whole multiple of the step that is no less, a step above 0.</summary>
    internal static decimal Up(decimal value, decimal step) => decimal.Ceiling(decimal.Round(value, TrustedDecimals) / step) * step;

    /// <summary>The largest whole multiple of the step that is no more, a step above 0.</summary>
    internal static decimal Down(decimal value, decimal step) => decimal.Floor(decimal.Round(value, TrustedDecimals) / step) * step;

    /// <summary>True where the one is the lesser by more than the noise of adding up doubles.</summary>
    internal static bool Below(double one, double other) => one < other - (1e-12 * Math.Max(Math.Abs(one), Math.Abs(other)));

    private static decimal Bounded(double value, int decimals) => value switch
    {
        double.NaN => 0,
        >= (double)Largest => decimal.Round(Largest, decimals, MidpointRounding.ToZero),
        <= -(double)Largest => -decimal.Round(Largest, decimals, MidpointRounding.ToZero),
        _ => decimal.Round((decimal)value, decimals, MidpointRounding.AwayFromZero),
    };
}
