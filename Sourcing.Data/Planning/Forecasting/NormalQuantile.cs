namespace Sourcing.Data.Planning.Forecasting;

/// <summary>Quantiles of Student's t distribution.</summary>
internal static class StudentQuantile
{
    /// <summary>
    /// t with P(T ≤ t) = probability. Exact for one and two degrees of freedom, else by Fisher's expansion about the normal quantile, to 0.002 between
    /// 0.05 and 0.95. Source: Abramowitz and Stegun (1964), 26.7.5.
    /// </summary>
    /// <param name="probability">Above 0 and below 1.</param>
    /// <param name="degrees">Degrees of freedom, 1 or more.</param>
    public static double Of(double probability, int degrees)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(degrees, 1);
        if (degrees == 1)
        {
            return Math.Tan(Math.PI * (probability - 0.5));
        }

        if (degrees == 2)
        {
            return ((2 * probability) - 1) * Math.Sqrt(2 / (4 * probability * (1 - probability)));
        }

        var z = NormalQuantile.Of(probability);
        var square = z * z;
        var first = z * (square + 1) / 4;
        var second = z * ((((5 * square) + 16) * square) + 3) / 96;
        var third = z * ((((((3 * square) + 19) * square) + 17) * square) - 15) / 384;
        return z + ((first + ((second + (third / degrees)) / degrees)) / degrees);
    }
}

/// <summary>Quantiles of the standard normal distribution.</summary>
internal static class NormalQuantile
{
    /// <summary>z with Φ(z) = probability, to about 1e-9. Source: Acklam's rational approximation (2003).</summary>
    /// <param name="probability">Above 0 and below 1.</param>
    public static double Of(double probability)
    {
        if (probability > 0.5)
        {
            return -Of(1 - probability);
        }

        if (probability < 0.02425)
        {
            var q = Math.Sqrt(-2 * Math.Log(probability));
            return (((((-7.784894002430293e-03 * q - 3.223964580411365e-01) * q - 2.400758277161838) * q - 2.549732539343734) * q + 4.374664141464968) * q + 2.938163982698783)
                / ((((7.784695709041462e-03 * q + 3.224671290700398e-01) * q + 2.445134137142996) * q + 3.754408661907416) * q + 1);
        }

        var d = probability - 0.5;
        var r = d * d;
        return (((((-3.969683028665376e+01 * r + 2.209460984245205e+02) * r - 2.759285104469687e+02) * r + 1.383577518672690e+02) * r - 3.066479806614716e+01) * r + 2.506628277459239) * d
            / (((((-5.447609879822406e+01 * r + 1.615858368580409e+02) * r - 1.556989798598866e+02) * r + 6.680131188771972e+01) * r - 1.328068155288572e+01) * r + 1);
    }
}
