using System.Globalization;

namespace Sourcing.Data.Planning.Engine;

/// <summary>Dates and figures as sentences write them.</summary>
internal static class PlanWords
{
    /// <summary>14 Nov 2026.</summary>
    public static string Date(DateOnly date) => date.ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>W51, or the date without the year for daily buckets.</summary>
    public static string Week(DateOnly date) =>
        string.Create(CultureInfo.InvariantCulture, $"W{ISOWeek.GetWeekOfYear(date.ToDateTime(TimeOnly.MinValue)):00}");

    /// <summary>8,000 kg, 12.5 kg, 0.752 kg: as many decimals as tell something beside the size. The exact figure stands in the facts.</summary>
    public static string Quantity(decimal quantity, string unit) => $"{Figure(quantity, Math.Abs(quantity) switch { >= 100 => "#,0", >= 10 => "0.#", >= 1 => "0.##", >= 0.001m => "0.###", _ => "0.######" })} {unit}";

    /// <summary>Grouped by commas, at most six decimals; a true minus sign.</summary>
    public static string Figure(decimal value, string format = "#,0.######") =>
        value.ToString(format, CultureInfo.InvariantCulture).Replace('-', '\u2212');

    /// <summary>EUR 27,920.00; prices below one keep four decimals.</summary>
    public static string Money(decimal amount, string currency) => $"{currency} {Figure(amount, "#,0.00##")}";

    /// <summary>1 day, 2 days.</summary>
    public static string Count(int count, string noun) => $"{Figure(count)} {noun}{(count == 1 ? "" : "s")}";
}
