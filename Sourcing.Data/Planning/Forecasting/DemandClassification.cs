namespace Sourcing.Data.Planning.Forecasting;

/// <summary>What kind of demand a series has.</summary>
public enum DemandClass
{
    /// <summary>No demand at all, so that there is nothing to tell.</summary>
    None,

    /// <summary>Often and of even size.</summary>
    Smooth,

    /// <summary>Seldom, but of even size.</summary>
    Intermittent,

    /// <summary>Often, but of uneven size.</summary>
    Erratic,

    /// <summary>Seldom and of uneven size.</summary>
    Lumpy,
}

/// <summary>How often a series has a demand and how uneven its sizes are.</summary>
/// <param name="Adi">Mean interval between demands in periods, 1 or more: number of periods / number of periods with a demand. 0 without demand.</param>
/// <param name="Cv2">Squared coefficient of variation of the sizes, zero periods left out: (standard deviation / mean)², without unit.</param>
public sealed record DemandClassification(DemandClass Class, double Adi, double Cv2)
{
    /// <summary>Intervals of this many periods and more are intermittent.</summary>
    public const double AdiCut = 1.32;

    /// <summary>Squared variations of this much and more are uneven.</summary>
    public const double Cv2Cut = 0.49;

    // So that a figure on the cut is on it, however it was added up.
    private const double Rounding = 1e-12;

    /// <summary>Whether zero periods are so frequent that sizes and intervals are forecast apart.</summary>
    public bool Sporadic => Class is DemandClass.Intermittent or DemandClass.Lumpy;

    /// <summary>
    /// Sorts a series by ADI and CV² with the cuts 1.32 and 0.49. The variance is that of a population (divided by the number of sizes).
    /// Source: Syntetos, Boylan and Croston (2005), Journal of the Operational Research Society 56, pages 495 to 503.
    /// </summary>
    /// <param name="values">Demand per period, never below 0.</param>
    public static DemandClassification Of(ReadOnlySpan<double> values)
    {
        var (count, sum) = (0, 0.0);
        foreach (var value in values)
        {
            if (value > 0)
            {
                (count, sum) = (count + 1, sum + value);
            }
        }

        if (count == 0)
        {
            return new(DemandClass.None, 0, 0);
        }

        var (mean, squares) = (sum / count, 0.0);
        foreach (var value in values)
        {
            squares += value > 0 ? (value / mean - 1) * (value / mean - 1) : 0;
        }

        var (adi, cv2) = ((double)values.Length / count, squares / count);
        var sorted = (adi >= AdiCut - Rounding, cv2 >= Cv2Cut - Rounding) switch
        {
            (false, false) => DemandClass.Smooth,
            (true, false) => DemandClass.Intermittent,
            (false, true) => DemandClass.Erratic,
            (true, true) => DemandClass.Lumpy,
        };
        return new(sorted, adi, cv2);
    }
}
