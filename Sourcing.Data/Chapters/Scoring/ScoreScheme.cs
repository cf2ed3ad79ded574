using System.Text.Json;
using System.Text.RegularExpressions;
using Sourcing.Data.Chapters.Reckoning;
using Sourcing.Data.Common;

namespace Sourcing.Data.Chapters.Scoring;

/// <summary>Where a version of a scheme stands.</summary>
public enum SchemeStatus
{
    /// <summary>Can be changed and tried on past months; scores nobody.</summary>
    Draft,

    /// <summary>Can be chosen, and is never changed again.</summary>
    Active,

    /// <summary>Stays in force where it was chosen, and is chosen no more.</summary>
    Retired,
}

/// <summary>
/// One version of a scheme as it is kept. Of a chapter, or of the network for every chapter to choose. Once active it is not changed, which the database holds to: a change is a new version.
/// </summary>
public sealed partial class ScoreScheme
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private ScoreScheme()
    {
    }

    /// <summary>A draft; its faults are looked at when it is saved and when it is activated. Refuses a name that is empty or longer than 80 characters.</summary>
    /// <param name="chapterId">Whose it is; null for the network's.</param>
    public ScoreScheme(Scheme scheme, Guid? chapterId)
    {
        (Id, ChapterId, Key, Number) = (Guid.CreateVersion7(), chapterId, scheme.Key, scheme.Version);
        Rewrite(scheme);
    }

    public Guid Id { get; private set; }

    /// <summary>Null for the network's.</summary>
    public Guid? ChapterId { get; private set; }

    /// <summary>The same through all versions; small letters, digits and hyphens.</summary>
    public string Key { get; private set; } = "";

    /// <summary>1 to 80 characters.</summary>
    public string Name { get; private set; } = "";

    /// <summary>The version: 1, 2, 3 of one key.</summary>
    public int Number { get; private set; }

    /// <summary>Points from which green begins.</summary>
    public decimal Green { get; private set; }

    /// <summary>Points from which yellow begins.</summary>
    public decimal Yellow { get; private set; }

    /// <summary>Points from which red begins; above 0.</summary>
    public decimal Red { get; private set; }

    /// <summary>The rules in order: [{"measure": name, "steps": [{"comparison": name, "threshold": number, "points": number}]}].</summary>
    public string Rules { get; private set; } = "[]";

    public SchemeStatus Status { get; private set; }

    public DateTimeOffset? ActivatedAt { get; private set; }

    /// <summary>The key of the account; null for what came with the app.</summary>
    public Guid? ActivatedBy { get; private set; }

    public uint Version { get; private set; }

    /// <summary>What it says, to reckon with.</summary>
    public Scheme ToScheme() => Read(Key, Name, Number, new(Plain(Green), Plain(Yellow), Plain(Red)), Rules);

    /// <summary>Sets name, bands and rules. Refuses unless it is a draft, and a name that is empty or too long.</summary>
    public void Rewrite(Scheme scheme)
    {
        DemandDraft();
        Name = scheme.Name.Trim() is { Length: > 0 and <= 80 } name ? name : throw new RefusedException("Name", "A scheme's name has 1 to 80 characters.");
        (Green, Yellow, Red) = (scheme.Bands.Green, scheme.Bands.Yellow, scheme.Bands.Red);
        Rules = Write(scheme.Rules);
    }

    /// <summary>Lets it be chosen. Refuses what is no draft, and one with faults: see <see cref="SchemeCheck"/>.</summary>
    public void Activate(Guid by, DateTimeOffset now)
    {
        DemandDraft();
        if (SchemeCheck.Faults(ToScheme()) is { Count: > 0 } faults)
        {
            throw new RefusedException(faults);
        }

        (Status, ActivatedAt, ActivatedBy) = (SchemeStatus.Active, now, by);
    }

    /// <summary>Lets it be chosen no more; where it is in force it stays. Refuses what is not active.</summary>
    public void Retire() =>
        Status = Status == SchemeStatus.Active ? SchemeStatus.Retired : throw new RefusedException(Status == SchemeStatus.Draft ? "A draft is discarded, not retired." : $"{Name} v{Number} is retired already.");

    /// <summary>Refuses what is no draft.</summary>
    public void DemandDraft()
    {
        if (Status != SchemeStatus.Draft)
        {
            throw new RefusedException($"{Name} v{Number} is {Words.Spaced(Status).ToLowerInvariant()}, and points rest on it as it is. Make a new version of it.");
        }
    }

    /// <summary>A key made of a name: "Hillside, autumn" becomes "hillside-autumn". Never empty; at most 60 characters.</summary>
    public static string KeyOf(string name)
    {
        var key = Others().Replace(name.Trim().ToLowerInvariant(), "-").Trim('-');
        return key.Length == 0 ? "scheme" : key.Length > 60 ? key[..60].TrimEnd('-') : key;
    }

    /// <summary>The rules as they are kept.</summary>
    internal static string Write(IReadOnlyList<SchemeRule> rules) => JsonSerializer.Serialize(rules, Json);

    /// <summary>A scheme out of what is kept.</summary>
    internal static Scheme Read(string key, string name, int number, Bands bands, string rules) => new(key, name, number, bands, JsonSerializer.Deserialize<List<SchemeRule>>(rules, Json) ?? []);

    // 75.0000 as the table keeps it is 75 to whoever types.
    private static decimal Plain(decimal kept) => kept / 1.0000000000000000000000000000m;

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex Others();
}

/// <summary>From which month on a chapter is scored by which version: until the month in which its next choice begins.</summary>
public sealed class SchemeChoice
{
    private SchemeChoice()
    {
    }

    /// <param name="chapterId">Null for the network's standard: what holds where a chapter has chosen nothing.</param>
    /// <param name="fromMonth">Any day of the month.</param>
    public SchemeChoice(Guid? chapterId, DateOnly fromMonth, Guid schemeId, Guid by)
    {
        (Id, ChapterId, FromMonth) = (Guid.CreateVersion7(), chapterId, new(fromMonth.Year, fromMonth.Month, 1));
        Take(schemeId, by);
    }

    public Guid Id { get; private set; }

    public Guid? ChapterId { get; private set; }

    public Guid SchemeId { get; private set; }

    /// <summary>The month's first day.</summary>
    public DateOnly FromMonth { get; private set; }

    /// <summary>The key of the account; null for what came with the app.</summary>
    public Guid? ChosenBy { get; private set; }

    public uint Version { get; private set; }

    /// <summary>Another version from the same month on.</summary>
    public void Take(Guid schemeId, Guid by) => (SchemeId, ChosenBy) = (schemeId, by);
}

/// <summary>What a member had in the window that ended with a month: written when the month is closed.</summary>
public sealed class MemberScore
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private MemberScore()
    {
    }

    /// <param name="windowEnd">The month's last day.</param>
    public MemberScore(Guid chapterId, Guid memberId, DateOnly windowEnd, Guid schemeId, Light light)
    {
        (Id, ChapterId, MemberId, WindowEnd, SchemeId) = (Guid.CreateVersion7(), chapterId, memberId, windowEnd, schemeId);
        Set(light);
    }

    public Guid Id { get; private set; }

    public Guid ChapterId { get; private set; }

    public Guid MemberId { get; private set; }

    public DateOnly WindowEnd { get; private set; }

    public Guid SchemeId { get; private set; }

    /// <summary>0 or more.</summary>
    public decimal Points { get; private set; }

    public Band Band { get; private set; }

    /// <summary>What each rule gave: [{"measure": name, "value": number or null, "step": text or null, "points": number}].</summary>
    public string Lines { get; private set; } = "[]";

    /// <summary>Sets points, band and what each rule gave.</summary>
    public void Set(Light light) => (Points, Band, Lines) = (light.Points, light.Band,
        JsonSerializer.Serialize(light.Lines.Select(l => new { l.Rule.Measure, Value = Reckon.Round(l.Value, 4), Step = l.Step?.Words, l.Points }), Json));
}

/// <summary>How a chapter's alerts are raised; its key is the chapter's. A chapter without a row has <see cref="AlertRules.Common"/>.</summary>
public sealed class ChapterAlertRules
{
    private ChapterAlertRules()
    {
    }

    /// <inheritdoc cref="Set"/>
    public ChapterAlertRules(Guid chapterId, AlertRules rules)
    {
        Id = chapterId;
        Set(rules);
    }

    /// <summary>The chapter.</summary>
    public Guid Id { get; private set; }

    public LateRule Late { get; private set; }

    public int ReviewAbsences { get; private set; }

    public int? ReviewSubstitutes { get; private set; }

    public bool WarnsBefore { get; private set; }

    public int? SubstitutesWithoutAbsence { get; private set; }

    public int? SubstitutesWithAbsence { get; private set; }

    public uint Version { get; private set; }

    /// <summary>What they say, to reckon with.</summary>
    public AlertRules ToRules() => new(Late, ReviewAbsences, ReviewSubstitutes, WarnsBefore, SubstitutesWithoutAbsence, SubstitutesWithAbsence);

    /// <summary>Sets them. Refuses reviews outside 1 to 50 and caps outside 0 to 50.</summary>
    public void Set(AlertRules rules)
    {
        if (rules.ReviewAbsences is < 1 or > 50 || rules.ReviewSubstitutes is < 1 or > 50 || rules.SubstitutesWithoutAbsence is < 0 or > 50 || rules.SubstitutesWithAbsence is < 0 or > 50)
        {
            throw new RefusedException("A review begins with 1 to 50 absences or substitutes, and caps lie between 0 and 50.");
        }

        (Late, ReviewAbsences, ReviewSubstitutes, WarnsBefore) = (rules.Late, rules.ReviewAbsences, rules.ReviewSubstitutes, rules.WarnsBefore);
        (SubstitutesWithoutAbsence, SubstitutesWithAbsence) = (rules.SubstitutesWithoutAbsence, rules.SubstitutesWithAbsence);
    }
}

/// <summary>What the membership committee wrote about a member: for leaders, the committee and admins alone, and never changed.</summary>
public sealed class MemberCommitteeNote
{
    private MemberCommitteeNote()
    {
    }

    /// <summary>Refuses an empty text and one of more than 2,000 characters.</summary>
    public MemberCommitteeNote(Guid chapterId, Guid memberId, Guid authorId, string text)
    {
        (Id, ChapterId, MemberId, AuthorId) = (Guid.CreateVersion7(), chapterId, memberId, authorId);
        Text = text.Trim() is { Length: > 0 and <= 2000 } trimmed ? trimmed : throw new RefusedException("Text", "A note has 1 to 2,000 characters.");
    }

    public Guid Id { get; private set; }

    public Guid ChapterId { get; private set; }

    public Guid MemberId { get; private set; }

    /// <summary>The key of the account.</summary>
    public Guid AuthorId { get; private set; }

    public string Text { get; private set; } = "";
}
