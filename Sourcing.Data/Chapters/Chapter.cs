using Sourcing.Data.Common;

namespace Sourcing.Data.Chapters;

/// <summary>What somebody may do in one chapter: see <see cref="ChapterSeat"/>.</summary>
public enum ChapterOffice
{
    /// <summary>President, vice president or secretary: everything in the chapter.</summary>
    Leader,

    /// <summary>Membership committee: reads everything in the chapter.</summary>
    Committee,

    /// <summary>Visitor host: visitors alone.</summary>
    Host,

    /// <summary>One's own profile and slips, and the chapter's totals and matrices.</summary>
    Member,

    /// <summary>The printed report, without contact data.</summary>
    Viewer,
}

/// <summary>The facts of a chapter that people type.</summary>
/// <param name="Name">3 to 80 characters; unique together with the location, whatever the case.</param>
/// <param name="Location">Town or venue, 1 to 80 characters.</param>
public sealed record ChapterFacts(string Name, string Location)
{
    /// <summary>1 for Monday to 7 for Sunday.</summary>
    public int MeetingDay { get; init; } = 4;

    /// <summary>When a meeting begins, in the chapter's time zone.</summary>
    public TimeOnly MeetingTime { get; init; } = new(7, 0);

    /// <summary>A zone of the IANA database: Europe/Berlin.</summary>
    public string TimeZone { get; init; } = "Europe/Berlin";

    /// <summary>ISO 4217: the currency of closed business.</summary>
    public string Currency { get; init; } = "EUR";

    /// <summary>Empty for none; at most 80 characters.</summary>
    public string Region { get; init; } = "";

    /// <summary>Members see each other's points.</summary>
    public bool PointsShared { get; init; }

    public bool IsActive { get; init; } = true;
}

/// <summary>A chapter of the network: people of one place who meet once a week and pass business to each other.</summary>
public sealed class Chapter
{
    private Chapter()
    {
    }

    /// <inheritdoc cref="Change"/>
    public Chapter(ChapterFacts facts)
    {
        Id = Guid.CreateVersion7();
        Change(facts);
    }

    public Guid Id { get; private set; }

    public string Name { get; private set; } = "";

    public string Location { get; private set; } = "";

    /// <summary>1 for Monday to 7 for Sunday.</summary>
    public int MeetingDay { get; private set; }

    public TimeOnly MeetingTime { get; private set; }

    public string TimeZone { get; private set; } = "";

    public string Currency { get; private set; } = "";

    public string Region { get; private set; } = "";

    public bool PointsShared { get; private set; }

    public bool IsActive { get; private set; } = true;

    public uint Version { get; private set; }

    /// <summary>Sets the facts. Refuses a name of fewer than 3 characters, no location, a day outside 1 to 7, and a time zone or currency that does not exist.</summary>
    public void Change(ChapterFacts facts)
    {
        var faults = Faults(facts).ToList();
        if (faults.Count > 0)
        {
            throw new RefusedException(faults);
        }

        (Name, Location, Region) = (facts.Name.Trim(), facts.Location.Trim(), facts.Region.Trim());
        (MeetingDay, MeetingTime, TimeZone, Currency) = (facts.MeetingDay, facts.MeetingTime, facts.TimeZone, facts.Currency);
        (PointsShared, IsActive) = (facts.PointsShared, facts.IsActive);
    }

    private static IEnumerable<FieldError> Faults(ChapterFacts facts)
    {
        if (facts.Name.Trim().Length is < 3 or > 80)
        {
            yield return new("Name", "A chapter's name has 3 to 80 characters.");
        }

        if (facts.Location.Trim().Length is < 1 or > 80)
        {
            yield return new("Location", "Say where the chapter meets, in 1 to 80 characters.");
        }

        if (facts.MeetingDay is < 1 or > 7)
        {
            yield return new("MeetingDay", "Choose a day of the week.");
        }

        if (!TimeZoneInfo.TryFindSystemTimeZoneById(facts.TimeZone, out _))
        {
            yield return new("TimeZone", $"There is no time zone \"{facts.TimeZone}\". Write it like Europe/Berlin.");
        }

        if (!Currencies.IsKnown(facts.Currency))
        {
            yield return new("Currency", $"\"{facts.Currency}\" is not a currency. Use its three letters, like EUR.");
        }

        if (facts.Region.Trim().Length > 80)
        {
            yield return new("Region", "The region is longer than 80 characters.");
        }
    }
}

/// <summary>What an account may do in a chapter; one seat for each account and chapter. Nobody gives or takes their own.</summary>
public sealed class ChapterSeat
{
    private ChapterSeat()
    {
    }

    public ChapterSeat(Guid chapterId, Guid userId, ChapterOffice office) => (Id, ChapterId, UserId, Office) = (Guid.CreateVersion7(), chapterId, userId, office);

    public Guid Id { get; private set; }

    public Guid ChapterId { get; private set; }

    /// <summary>The key of the account: see <see cref="Operations.AppUser"/>.</summary>
    public Guid UserId { get; private set; }

    public ChapterOffice Office { get; private set; }

    public uint Version { get; private set; }

    /// <summary>Gives another office in the same chapter.</summary>
    public void Give(ChapterOffice office) => Office = office;
}
