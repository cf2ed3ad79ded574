using System.Globalization;
using Sourcing.Data.Common;

namespace Sourcing.Data.Rfqs;

/// <summary>A deadline between what is typed (a date and time in a named zone) and the moment that it stands for.</summary>
public static class DeadlineMoment
{
    /// <summary>
    /// The moment of a local time. An hour that comes twice in autumn counts as its second coming, so that nobody is cut off
    /// early; one that spring skips is refused, and so is an unknown zone.
    /// </summary>
    /// <param name="zoneId">IANA name: Europe/Berlin.</param>
    public static DateTimeOffset Of(DateTime local, string zoneId)
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(zoneId, out var zone))
        {
            throw new RefusedException("DeadlineTimeZone", $"There is no time zone \"{zoneId}\". Choose one from the list.");
        }

        if (local.Year is < 2000 or > 2999)
        {
            throw new RefusedException("Deadline", $"The deadline's year is {local.Year}. Choose one from 2000 to 2999.");
        }

        var typed = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        if (zone.IsInvalidTime(typed))
        {
            throw new RefusedException(
                "Deadline", $"The clocks in {zoneId} skip {typed.ToString("HH:mm", CultureInfo.InvariantCulture)} on that day. Choose an hour later.");
        }

        var offset = zone.IsAmbiguousTime(typed) ? zone.GetAmbiguousTimeOffsets(typed).Min() : zone.GetUtcOffset(typed);
        return new DateTimeOffset(typed, offset).ToUniversalTime();
    }

    /// <summary>What to show in the field for a moment: the local time in its zone, UTC for a zone that is not known here.</summary>
    public static DateTime Local(DateTimeOffset moment, string zoneId) =>
        TimeZoneInfo.ConvertTime(moment, TimeZoneInfo.TryFindSystemTimeZoneById(zoneId, out var zone) ? zone : TimeZoneInfo.Utc).DateTime;

    /// <summary>As said to a supplier: "Fri 4 Dec 2026, 17:00 (Europe/Berlin)".</summary>
    public static string Words(DateTimeOffset moment, string zoneId) =>
        $"{Local(moment, zoneId).ToString("ddd d MMM yyyy, HH:mm", CultureInfo.InvariantCulture)} ({zoneId})";
}
