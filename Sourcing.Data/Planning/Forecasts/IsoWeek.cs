using System.Globalization;

namespace Sourcing.Data.Planning.Forecasts;

/// <summary>Weeks of ISO 8601, Monday to Sunday, by their Mondays. Forecasts and demand are kept by them.</summary>
public static class IsoWeek
{
    /// <summary>The Monday of a day's week.</summary>
    public static DateOnly Monday(DateOnly day) => day.AddDays(-(day.DayNumber % 7));

    /// <summary>The Monday of the week that runs now, in UTC as all of planning reckons.</summary>
    public static DateOnly Monday(DateTimeOffset now) => Monday(DateOnly.FromDateTime(now.UtcDateTime));

    /// <summary>W47.</summary>
    public static string Label(DateOnly day) => string.Create(CultureInfo.InvariantCulture, $"W{ISOWeek.GetWeekOfYear(day):00}");

    /// <summary>Its first moment.</summary>
    internal static DateTimeOffset Start(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
}
