using System.Text.Json.Serialization;

namespace Sourcing.Data.Chapters.Reckoning;

/// <summary>How a value is held against a threshold.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Comparison>))]
public enum Comparison
{
    AtLeast,
    MoreThan,
    AtMost,
    LessThan,
}

/// <summary>A quotient that is compared exactly: the dividend against threshold × divisor, so that nothing is rounded. With divisor 0 there is no value and no threshold is met.</summary>
/// <param name="Divisor">0 or more.</param>
public readonly record struct Measured(decimal Dividend, decimal Divisor = 1)
{
    /// <summary>For show; null where the divisor is 0.</summary>
    public decimal? Value => Reckon.Quotient(Dividend, Divisor);

    /// <summary>Whether the value meets a threshold.</summary>
    public bool Meets(Comparison comparison, decimal threshold) => Divisor > 0 && comparison switch
    {
        Comparison.AtLeast => Dividend >= threshold * Divisor,
        Comparison.MoreThan => Dividend > threshold * Divisor,
        Comparison.AtMost => Dividend <= threshold * Divisor,
        _ => Dividend < threshold * Divisor,
    };
}

/// <summary>One line of a rule: from this threshold on so many points.</summary>
public sealed record Step(Comparison Comparison, decimal Threshold, decimal Points)
{
    /// <summary>For people: "≥ 0.75".</summary>
    [JsonIgnore]
    public string Words => $"{Comparison switch { Comparison.AtLeast => "≥", Comparison.MoreThan => ">", Comparison.AtMost => "≤", _ => "<" }} {Threshold.ToString("0.######", System.Globalization.CultureInfo.InvariantCulture)}";

    /// <summary>The best step that a value meets; null for none.</summary>
    public static Step? Best(IReadOnlyList<Step> steps, Measured value)
    {
        Step? best = null;
        foreach (var step in steps)
        {
            if (step.Points > (best?.Points ?? 0) && value.Meets(step.Comparison, step.Threshold))
            {
                best = step;
            }
        }

        return best;
    }
}
