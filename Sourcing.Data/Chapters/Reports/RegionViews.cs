using Sourcing.Data.Chapters.Reckoning;

namespace Sourcing.Data.Chapters.Reports;

/// <summary>Chapters by the members on the roster of the period.</summary>
public enum ChapterSize
{
    Any,

    /// <summary>Up to 20.</summary>
    Small,

    /// <summary>21 to 30.</summary>
    Middle,

    /// <summary>31 to 40.</summary>
    Large,

    /// <summary>More than 40.</summary>
    Largest,
}

/// <summary>When chapters meet.</summary>
public enum MeetingSlot
{
    Any,

    /// <summary>Before 10:00.</summary>
    Morning,

    /// <summary>From 10:00, before 15:00.</summary>
    Midday,

    /// <summary>From 15:00.</summary>
    Evening,
}

/// <summary>Which chapters are compared, when, and by what.</summary>
public sealed record RegionQuestion
{
    /// <summary>Most chapters that can be named one by one.</summary>
    public const int MostNamed = 50;

    /// <summary>Any day of the first month; null for that of <see cref="To"/>.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Any day of the last month; null for that of <see cref="From"/>, or the last month that is over.</summary>
    public DateOnly? To { get; init; }

    public RankedBy By { get; init; }

    public ChapterSize Size { get; init; }

    public MeetingSlot Slot { get; init; }

    /// <summary>1 for Monday to 7 for Sunday; null for any.</summary>
    public int? Day { get; init; }

    /// <summary>Null for any.</summary>
    public string? Region { get; init; }

    /// <summary>The currency in which closed business is ranked; null for the one that most of the chapters have.</summary>
    public string? Currency { get; init; }

    /// <summary>These alone; none for all.</summary>
    public IReadOnlyList<Guid> Only { get; init; } = [];
}

/// <summary>A chapter beside others.</summary>
/// <param name="Rank">Null without a value.</param>
/// <param name="Value">Per member and meeting; of attendance in percent. Null without meetings, and for closed business in another currency than the one that is ranked.</param>
/// <param name="OtherCurrency">Slips of closed business in another currency than the chapter's: in no figure.</param>
public sealed record RegionLine(
    int? Rank, decimal? Value, ChapterAverages Averages, string Location, string Region, int MeetingDay, TimeOnly MeetingTime, string Currency, int OtherCurrency);

/// <summary>Chapters beside each other.</summary>
/// <param name="Lines">The greatest first, equals by name; those without a value last.</param>
/// <param name="Currency">In which closed business is ranked; empty without chapters.</param>
/// <param name="OutOf">Chapters of which the asker may read reports.</param>
/// <param name="Regions">Of all of these, by name; those without one are left out.</param>
/// <param name="Currencies">Of those compared, by name.</param>
public sealed record RegionComparison(Period Period, RankedBy By, IReadOnlyList<RegionLine> Lines, string Currency, int OutOf, IReadOnlyList<string> Regions, IReadOnlyList<string> Currencies);
