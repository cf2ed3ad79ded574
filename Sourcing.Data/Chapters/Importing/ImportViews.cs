using Sourcing.Data.Chapters.Files;
using Sourcing.Data.Chapters.Reckoning;

namespace Sourcing.Data.Chapters.Importing;

/// <summary>An import in the list.</summary>
/// <param name="By">Who uploaded it.</param>
/// <param name="Open">Findings that nobody settled.</param>
public sealed record BatchRow(Guid Id, ReportKind Kind, string FileName, BatchStatus Status, Period? Period, int Rows, int Taken, int LeftOut, int Open, string By, DateTimeOffset CreatedAt, DateTimeOffset? AppliedAt, DateTimeOffset? EndedAt);

/// <summary>A finding as shown.</summary>
/// <param name="Answer">In words; empty while it is open.</param>
public sealed record IssueRow(Guid Id, IssueCode Code, IssueEffect Effect, int? Row, string Column, string Value, string Message, string Fix, IssueStatus Status, string Answer);

/// <summary>A name that is asked for once, in however many rows it stands.</summary>
/// <param name="Candidates">Members who have this name, where several do.</param>
/// <param name="Answer">In words; empty while it is open.</param>
public sealed record NameQuestion(string Name, IssueCode Code, IReadOnlyList<int> Rows, IReadOnlyList<PersonChoice> Candidates, string Answer, IReadOnlyList<Guid> Issues)
{
    /// <summary>Nobody answered yet.</summary>
    public bool IsOpen => Answer.Length == 0;
}

/// <summary>How a line of a preview stands to what is in.</summary>
public enum PreviewChange
{
    New,
    Gone,
    Same,

    /// <summary>Stands there already, entered by hand: not written twice.</summary>
    There,

    /// <summary>Entered by hand otherwise: stays as it is.</summary>
    Differs,
}

/// <summary>A line of a preview.</summary>
public sealed record PreviewRow(PreviewChange Change, int Row, string What, string First, string Second, string Detail);

/// <summary>What applying would do.</summary>
/// <param name="Counts">How many lines there are of each change.</param>
/// <param name="Rows">At most <see cref="ChapterImportQueries.MostLines"/> of each change, by row.</param>
/// <param name="Meeting">The meeting under which slips go; null for other kinds.</param>
/// <param name="Meetings">What can be chosen instead.</param>
/// <param name="NewMembers">Names of those who become members.</param>
public sealed record ImportPreview(
    IReadOnlyDictionary<PreviewChange, int> Counts, IReadOnlyList<PreviewRow> Rows, MeetingChoice? Meeting, IReadOnlyList<MeetingChoice> Meetings, IReadOnlyList<DateOnly> NewMeetings,
    IReadOnlyList<DateOnly> Completed, IReadOnlyList<string> NewMembers, IReadOnlyList<string> Notes)
{
    public int Of(PreviewChange change) => Counts.GetValueOrDefault(change);

    /// <summary>What counts by the import afterwards.</summary>
    public int Taken => Of(PreviewChange.New) + Of(PreviewChange.Same);
}

/// <summary>An import's page.</summary>
/// <param name="Blocks">Why it cannot be applied whatever is answered, in sentences.</param>
/// <param name="Suggestions">Periods to choose from, where the file leaves that open.</param>
/// <param name="AsksPeriod">The period has to be chosen.</param>
/// <param name="Issues">Findings but names, open ones first; at most <see cref="ChapterImportQueries.MostIssues"/>.</param>
/// <param name="ErrorRows">Rows that stay out because of an error.</param>
/// <param name="Preview">Null for an import that is over, and as long as the period is open.</param>
/// <param name="Replaces">The import whose place it takes, or took; null for none.</param>
/// <param name="IsStale">Members or other imports changed since the file was read: it is to be read anew.</param>
public sealed record BatchDetails(
    ChapterRights Rights, BatchRow Batch, uint Version, string Title, string Container, IReadOnlyList<string> Blocks, bool AsksPeriod, IReadOnlyList<Period> Suggestions, IReadOnlyList<NameQuestion> Names,
    IReadOnlyList<IssueRow> Issues, int ErrorRows, ImportPreview? Preview, BatchRow? Replaces, bool IsStale, IReadOnlyList<PersonChoice> Members, IReadOnlyList<SkippedRow> Skipped)
{
    /// <summary>Questions that are open.</summary>
    public int Open => (AsksPeriod ? 1 : 0) + Names.Count(n => n.IsOpen) + Issues.Count(i => i.Status == IssueStatus.Open && i.Effect is IssueEffect.Confirm or IssueEffect.Ask);

    /// <summary>All is answered: a yes is all that is needed.</summary>
    public bool IsReady => Batch.Status == BatchStatus.Staged && Blocks.Count == 0 && Open == 0 && Preview is not null;
}
