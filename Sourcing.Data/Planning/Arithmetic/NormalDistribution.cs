namespace Sourcing.Data.Planning.Arithmetic;

/// <summary>The standard normal distribution: probabilities to 1e-14, quantiles to 1e-11.</summary>
public static class NormalDistribution
{
    private const double RootOfTwoPi = 2.5066282746310005;

    /// <summary>The density φ(x).</summary>
    public static double Density(double x) => Math.Exp(-x * x / 2) / RootOfTwoPi;

    /// <summary>The distribution function Φ(x): the share below x.</summary>
    public static double Cumulative(double x) => x <= 0 ? Tail(-x) : 1 - Tail(x);

    /// <summary>The share above x, 1 − Φ(x), which keeps its digits far out where 1 − Φ would lose them.</summary>
    public static double Above(double x) => x >= 0 ? Tail(x) : 1 - Tail(-x);

    /// <summary>
    /// The unit normal loss function φ(k) − k·(1 − Φ(k)): the mean shortage, in standard deviations, of a stock that lies k of them above the mean.
    /// </summary>
    public static double Loss(double k) => k <= 0 ? Density(k) - (k * Above(k)) : Math.Max(0, Density(k) - (k * Tail(k)));

    /// <summary>
    /// The quantile z with Φ(z) = p. Wichura, "Algorithm AS 241: the percentage points of the normal distribution", Applied Statistics 37 (1988).
    /// </summary>
    /// <param name="p">Above 0 and below 1; anything else is refused.</param>
    public static double Quantile(double p)
    {
        if (p is not (> 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(p), p, "A share above 0 and below 1 has a quantile.");
        }

        var q = p - 0.5;
        if (Math.Abs(q) <= 0.425)
        {
            var r = 0.180625 - (q * q);
            return q * Ratio(r, CentreAbove, CentreBelow);
        }

        var root = Math.Sqrt(-Math.Log(q < 0 ? p : 1 - p));
        var z = root <= 5 ? Ratio(root - 1.6, MiddleAbove, MiddleBelow) : Ratio(root - 5, FarAbove, FarBelow);
        return q < 0 ? -z : z;
    }

    /// <summary>
    /// 1 − Φ(x) for x ≥ 0. Near: Hart's rational approximation as given in West, "Better approximations to cumulative normal functions", Wilmott
    /// (2005). Far: Laplace's continued fraction, Abramowitz and Stegun 26.2.14, which keeps every digit there.
    /// </summary>
    private static double Tail(double x)
    {
        if (x > 37)
        {
            return 0;
        }

        if (x < 5)
        {
            return Math.Exp(-x * x / 2) * Ratio(x, TailAbove, TailBelow);
        }

        var fraction = x;
        for (var n = 40; n > 0; n--)
        {
            fraction = x + (n / fraction);
        }

        return Density(x) / fraction;
    }

    private static double Ratio(double x, ReadOnlySpan<double> above, ReadOnlySpan<double> below) => Polynomial(x, above) / Polynomial(x, below);

    /// <summary>Coefficients from the highest power down.</summary>
    private static double Polynomial(double x, ReadOnlySpan<double> coefficients)
    {
        var sum = 0.0;
        foreach (var c in coefficients)
        {
            sum = (sum * x) + c;
        }

        return sum;
    }

    private static ReadOnlySpan<double> TailAbove =>
    [
        3.52624965998911E-02, 0.700383064443688, 6.37396220353165, 33.912866078383, 112.079291497871, 221.213596169931, 220.206867912376,
    ];

    private static ReadOnlySpan<double> TailBelow =>
    [
        8.83883476483184E-02, 1.75566716318264, 16.064177579207, 86.7807322029461, 296.564248779674, 637.333633378831, 793.826512519948, 440.413735824752,
    ];

    private static ReadOnlySpan<double> CentreAbove =>
    [
        2.5090809287301226727e+3, 3.3430575583588128105e+4, 6.7265770927008700853e+4, 4.5921953931549871457e+4,
        1.3731693765509461125e+4, 1.9715909503065514427e+3, 1.3314166789178437745e+2, 3.3871328727963666080e0,
    ];

    private static ReadOnlySpan<double> CentreBelow =>
    [
        5.2264952788528545610e+3, 2.8729085735721942674e+4, 3.9307895800092710610e+4, 2.1213794301586595867e+4,
        5.3941960214247511077e+3, 6.8718700749205790830e+2, 4.2313330701600911252e+1, 1,
    ];

    private static ReadOnlySpan<double> MiddleAbove =>
    [
        7.74545014278341407640e-4, 2.27238449892691845833e-2, 2.41780725177450611770e-1, 1.27045825245236838258e0,
        3.64784832476320460504e0, 5.76949722146069140550e0, 4.63033784615654529590e0, 1.42343711074968357734e0,
    ];

    private static ReadOnlySpan<double> MiddleBelow =>
    [
        1.05075007164441684324e-9, 5.47593808499534494600e-4, 1.51986665636164571966e-2, 1.48103976427480074590e-1,
        6.89767334985100004550e-1, 1.67638483018380384940e0, 2.05319162663775882187e0, 1,
    ];

    private static ReadOnlySpan<double> FarAbove =>
    [
        2.01033439929228813265e-7, 2.71155556874348757815e-5, 1.24266094738807843860e-3, 2.65321895265761230930e-2,
        2.96560571828504891230e-1, 1.78482653991729133580e0, 5.46378491116411436990e0, 6.65790464350110377720e0,
    ];

    private static ReadOnlySpan<double> FarBelow =>
    [
        2.04426310338993978564e-15, 1.42151175831644588870e-7, 1.84631831751005468180e-5, 7.86869131145613259100e-4,
        1.48753612908506148525e-2, 1.36929880922735805310e-1, 5.99832206555887937690e-1, 1,
    ];
}
