using Sourcing.Data.Chapters.Reckoning;

namespace Sourcing.Data.Chapters.Scoring;

/// <summary>A version of a scheme.</summary>
/// <param name="ChapterId">Whose it is; null for the network's.</param>
/// <param name="Owner">The chapter's name; empty for the network.</param>
/// <param name="Activated">By whom; empty for what came with the app.</param>
/// <param name="Writes">The asker may change it while it is a draft, activate, retire and discard it.</param>
public sealed record SchemeRow(Guid Id, Scheme Scheme, SchemeStatus Status, Guid? ChapterId, string Owner, DateTimeOffset? ActivatedAt, string Activated, bool Writes, uint Version)
{
    /// <summary>"Global 2025 v1".</summary>
    public string Title => $"{Scheme.Name} v{Scheme.Version}";
}

/// <summary>From when on which version scores.</summary>
/// <param name="ChapterId">Null for the network's standard.</param>
/// <param name="Chapter">Empty for the network.</param>
/// <param name="By">Who chose it; empty for what came with the app.</param>
/// <param name="IsInForce">In the running month.</param>
public sealed record ChoiceRow(Guid Id, Guid? ChapterId, string Chapter, DateOnly FromMonth, Guid SchemeId, string Title, string By, bool IsInForce);

/// <summary>The schemes of the network and of a chapter.</summary>
/// <param name="Rights">In the chapter that was asked for; null for the network and all chapters of the asker.</param>
/// <param name="Schemes">The network's first, then by chapter; by name, the latest version first.</param>
/// <param name="Choices">By chapter, the latest first; the network's standard last.</param>
/// <param name="InForce">The chapter's of the running month; null without a chapter.</param>
public sealed record SchemeBoard(ChapterRights? Rights, IReadOnlyList<SchemeRow> Schemes, IReadOnlyList<ChoiceRow> Choices, SchemeInForce? InForce);

/// <summary>A version with what is done with it.</summary>
/// <param name="Uses">Where it was chosen, the latest first.</param>
/// <param name="Leads">Chapters that the asker leads: those that may copy and choose it.</param>
/// <param name="WritesNetwork">The asker writes the network's schemes.</param>
/// <param name="DraftId">The draft of the next version of the same key; null for none.</param>
public sealed record SchemeDetails(SchemeRow Row, IReadOnlyList<ChoiceRow> Uses, IReadOnlyList<PersonChoice> Leads, bool WritesNetwork, Guid? DraftId)
{
    /// <summary>Chapters that the asker leads and that may be scored by it.</summary>
    public IReadOnlyList<PersonChoice> MayUse => [.. Leads.Where(c => Row.ChapterId is null || Row.ChapterId == c.Id)];
}

/// <summary>A scheme tried on months that are over, beside what was in force in each.</summary>
/// <param name="Months">The latest first; those with a completed meeting alone.</param>
/// <param name="Leads">Chapters that the asker may try it on.</param>
public sealed record SchemeTest(ChapterRights Rights, SchemeRow Row, SchemeInForce InForce, IReadOnlyList<SchemeTestMonth> Months, IReadOnlyList<PersonChoice> Leads)
{
    /// <summary>Members who change their band in at least one of the months.</summary>
    public int Movers => Months.SelectMany(m => m.Result.Moves).Select(m => m.Person.Id).Distinct().Count();
}

/// <summary>One month of a trial.</summary>
/// <param name="Month">Its first day.</param>
/// <param name="Before">What was in force.</param>
public sealed record SchemeTestMonth(DateOnly Month, SchemeInForce Before, BackTestMonth Result);

/// <summary>Points of a closed month as they are kept.</summary>
/// <param name="WindowEnd">The month's last day.</param>
/// <param name="Most">What the scheme gives at most.</param>
public sealed record ScoreRow(DateOnly WindowEnd, Guid SchemeId, string Scheme, decimal Points, decimal Most, Band Band);

/// <summary>What a member's points would be: everything that the arithmetic needs.</summary>
/// <param name="Months">The window's six months, the oldest first, as they were counted.</param>
/// <param name="Coming">The running month and the five after it.</param>
/// <param name="Schemes">Those that the asker may read, the one in force first.</param>
public sealed record ScoreSimulation(ChapterRights Rights, Person Person, Period Window, IReadOnlyList<Tally> Months, IReadOnlyList<ComingMonth> Coming, IReadOnlyList<SchemeRow> Schemes);

/// <summary>A month that rolls in.</summary>
/// <param name="Month">Its first day.</param>
/// <param name="IsPlanned">The meetings are on the calendar; otherwise they are the chapter's weekdays of the month.</param>
public sealed record ComingMonth(DateOnly Month, int Meetings, bool IsPlanned);

/// <summary>A chapter's own seven lights.</summary>
/// <param name="Window">The six completed months before the running one.</param>
/// <param name="Meetings">Completed in it.</param>
public sealed record ChapterLightBoard(Period Window, int Meetings, ChapterLights Lights);

/// <summary>A note of the committee.</summary>
public sealed record CommitteeNoteRow(Guid Id, string Author, DateTimeOffset WrittenAt, string Text);
