namespace Sourcing.Data.Planning.Arithmetic;

/// <summary>How far a source of forecasts is believed before its own confidence counts: weights between 0 and 1.</summary>
public static class ForecastWeights
{
    public const double ProductionPlan = 0.9, SalesHistory = 0.8, Projection = 0.7, Manual = 0.7, Other = 0.5;
}

/// <summary>What one source says of one bucket. A source without a row there is left out; one that says 0 is given with 0.</summary>
/// <param name="Quantity">All the source's rows of the bucket together.</param>
/// <param name="Weight">w, see <see cref="ForecastWeights"/>.</param>
/// <param name="Confidence">c, 0 to 1.</param>
/// <param name="AgeDays">Days since the source spoke; below 0 counts as 0.</param>
public readonly record struct ForecastEntry(decimal Quantity, double Weight, double Confidence, double AgeDays);

/// <summary>What all sources say together.</summary>
/// <param name="Quantity">F; null where no source speaks, which is not the same as 0.</param>
/// <param name="Confidence">C, 0 to 1; null where no source speaks.</param>
/// <param name="Sources">How many spoke.</param>
/// <param name="Overridden">Whether a person's figure stands in for the sources'.</param>
public readonly record struct BlendedForecast(decimal? Quantity, double? Confidence, int Sources, bool Overridden);

/// <summary>
/// One forecast out of several: a weighted mean, never a sum, so that two sources that speak of the same demand do not double it.
/// Firm orders are no source and are never blended.
/// </summary>
public static class ForecastBlend
{
    /// <summary>
    /// ω = w · c · 2^(−age / half-life), F = Σωf / Σω, C = Σωc / Σω. Where confidence is 0 throughout, weights and ages alone decide and C is 0, so
    /// that a forecast nobody trusts is still a forecast.
    /// </summary>
    /// <param name="entries">One for each source that speaks of the bucket.</param>
    /// <param name="halfLifeDays">After so many days a source counts half; infinite where age does not matter. Above 0.</param>
    /// <param name="manualOverride">A person's figure for the bucket, which replaces F; C stays what the sources' is.</param>
    public static BlendedForecast Of(ReadOnlySpan<ForecastEntry> entries, double halfLifeDays = double.PositiveInfinity, decimal? manualOverride = null)
    {
        // Counted from the youngest source: the same quotients, and no weight fades to nothing only because all sources are old.
        var youngest = Youngest(entries);
        var (weights, quantities, confidences, sources) = (0m, 0m, 0.0, 0);
        for (var trusting = false; ; trusting = true)
        {
            foreach (var entry in entries)
            {
                var weight = (decimal)(entry.Weight * (trusting ? 1 : entry.Confidence) * Math.Pow(2, (youngest - Math.Max(0, entry.AgeDays)) / halfLifeDays));
                if (weight > 0)
                {
                    weights += weight;
                    quantities += weight * entry.Quantity;
                    confidences += (double)weight * entry.Confidence;
                    sources++;
                }
            }

            if (sources > 0 || trusting)
            {
                break;
            }
        }

        decimal? blended = sources == 0 ? null : decimal.Round(quantities / weights, Figures.QuantityDecimals, MidpointRounding.AwayFromZero);
        return new(manualOverride ?? blended, sources == 0 ? null : confidences / (double)weights, sources, manualOverride is not null);
    }

    /// <summary>
    /// Σ w·f, as a system before this one planned. It counts demand once for every source that speaks of it: for comparison only, never to plan by.
    /// </summary>
    public static decimal LegacySum(ReadOnlySpan<ForecastEntry> entries)
    {
        var sum = 0m;
        foreach (var entry in entries)
        {
            sum += (decimal)entry.Weight * entry.Quantity;
        }

        return decimal.Round(sum, Figures.QuantityDecimals, MidpointRounding.AwayFromZero);
    }

    private static double Youngest(ReadOnlySpan<ForecastEntry> entries)
    {
        var youngest = double.PositiveInfinity;
        foreach (var entry in entries)
        {
            youngest = entry.Weight > 0 ? Math.Min(youngest, Math.Max(0, entry.AgeDays)) : youngest;
        }

        return double.IsInfinity(youngest) ? 0 : youngest;
    }
}
