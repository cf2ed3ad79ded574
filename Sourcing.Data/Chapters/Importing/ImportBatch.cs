using Sourcing.Data.Chapters.Files;
using Sourcing.Data.Chapters.Reckoning;
using Sourcing.Data.Common;

namespace Sourcing.Data.Chapters.Importing;

/// <summary>How far an upload is.</summary>
public enum BatchStatus
{
    /// <summary>Read and kept; nothing of it counts yet.</summary>
    Staged,

    /// <summary>In: its rows count.</summary>
    Applied,

    /// <summary>A newer upload of the same scope took its place.</summary>
    Replaced,

    /// <summary>Was in, and was taken back.</summary>
    Undone,

    /// <summary>Thrown away before it was in.</summary>
    Discarded,
}

/// <summary>
/// One uploaded report of a chapter. Its scope is chapter, kind and period: one batch at most is in for a scope, and a newer one takes its place. What it brought
/// carries its key.
/// </summary>
public sealed class ImportBatch
{
    private ImportBatch()
    {
    }

    /// <param name="fileName">As uploaded; cut at 200 characters.</param>
    /// <param name="sha256">Of the bytes, in hexadecimal.</param>
    public ImportBatch(Guid chapterId, ReportKind kind, string fileName, string sha256, Guid uploadedBy)
    {
        (Id, ChapterId, Kind, Sha256, UploadedBy) = (Guid.CreateVersion7(), chapterId, kind, sha256, uploadedBy);
        FileName = fileName.Length > 200 ? fileName[..200] : fileName;
    }

    public Guid Id { get; private set; }

    public Guid ChapterId { get; private set; }

    public ReportKind Kind { get; private set; }

    public string FileName { get; private set; } = "";

    public string Sha256 { get; private set; } = "";

    public BatchStatus Status { get; private set; }

    /// <summary>The period that a leader chose; null where the file says it.</summary>
    public DateOnly? ChosenFirst { get; private set; }

    public DateOnly? ChosenLast { get; private set; }

    /// <summary>The days that the report covers; null as long as that is not known, and for kinds without a period.</summary>
    public DateOnly? PeriodFirst { get; private set; }

    public DateOnly? PeriodLast { get; private set; }

    /// <summary>Kind and period in one text: see <see cref="FileStamp.ScopeOf"/>.</summary>
    public string Scope { get; private set; } = "";

    /// <summary>The meeting under which slips without a day are put; null for the one that suggests itself.</summary>
    public Guid? MeetingId { get; private set; }

    /// <summary>Rows that were read.</summary>
    public int Rows { get; private set; }

    /// <summary>Rows that count by it; 0 until it is in.</summary>
    public int Taken { get; private set; }

    /// <summary>Rows that stayed out.</summary>
    public int LeftOut { get; private set; }

    /// <summary>The batch whose place it took; null for none.</summary>
    public Guid? ReplacesId { get; private set; }

    public Guid UploadedBy { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public Guid? AppliedBy { get; private set; }

    public DateTimeOffset? AppliedAt { get; private set; }

    /// <summary>Who took it back or threw it away.</summary>
    public Guid? EndedBy { get; private set; }

    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>What else it did, for taking it back: see <see cref="BatchTrace"/>. Jsonb.</summary>
    public string Trace { get; private set; } = "{}";

    public uint Version { get; private set; }

    /// <summary>The period that was chosen; null for none.</summary>
    public Period? Chosen => ChosenFirst is { } first && ChosenLast is { } last ? new(first, last) : null;

    /// <summary>The days that it covers; null for none known.</summary>
    public Period? Period => PeriodFirst is { } first && PeriodLast is { } last ? new(first, last) : null;

    /// <summary>Says which days are meant. Refuses years before 1990 and after 2199, more than two years, and a batch that is in.</summary>
    public void Choose(DateOnly first, DateOnly last)
    {
        DemandStaged();
        if (first.Year < 1990 || last.Year > 2199 || last < first || last > first.AddYears(2))
        {
            throw new RefusedException("Period", "The period ends on or after its first day, and covers at most two years. Choose other days.");
        }

        (ChosenFirst, ChosenLast, MeetingId) = (first, last, null);
    }

    /// <summary>Says under which meeting slips go. Refuses a batch that is in.</summary>
    public void Put(Guid meeting)
    {
        DemandStaged();
        MeetingId = meeting;
    }

    /// <summary>Writes down what the file turned out to hold.</summary>
    internal void Found(Period? period, string scope, int rows)
    {
        (PeriodFirst, PeriodLast) = (period?.First, period?.Last);
        (Scope, Rows) = (scope, rows);
    }

    /// <summary>It is in. Refuses one that is in already or was thrown away.</summary>
    internal void Apply(Guid by, DateTimeOffset at, int taken, int leftOut, Guid? replaces, Guid? meeting, string trace)
    {
        DemandStaged();
        (Status, AppliedBy, AppliedAt, Taken, LeftOut, ReplacesId, MeetingId, Trace) = (BatchStatus.Applied, by, at, taken, leftOut, replaces, meeting, trace);
    }

    /// <summary>A newer one takes its place.</summary>
    internal void GiveWay() => Status = BatchStatus.Replaced;

    /// <summary>The newer one was taken back: this one counts again.</summary>
    internal void ComeBack() => Status = BatchStatus.Applied;

    /// <summary>Takes it back. Refuses one that is not in.</summary>
    internal void Undo(Guid by, DateTimeOffset at)
    {
        if (Status != BatchStatus.Applied)
        {
            throw new RefusedException(Status == BatchStatus.Replaced ? "A newer import took the place of this one. Take that one back first." : $"This import is {Words.Spaced(Status).ToLowerInvariant()}, so there is nothing to take back.");
        }

        (Status, EndedBy, EndedAt) = (BatchStatus.Undone, by, at);
    }

    /// <summary>Throws it away. Refuses one that is in.</summary>
    internal void Discard(Guid by, DateTimeOffset at)
    {
        DemandStaged();
        (Status, EndedBy, EndedAt) = (BatchStatus.Discarded, by, at);
    }

    internal void DemandStaged()
    {
        if (Status != BatchStatus.Staged)
        {
            throw new RefusedException($"This import is {Words.Spaced(Status).ToLowerInvariant()} already, and so it is not changed any more. Load the page again.");
        }
    }
}

/// <summary>The bytes of an upload, compressed; gone when it is thrown away. Its key is the batch's.</summary>
public sealed class ImportFile
{
    private ImportFile()
    {
    }

    public ImportFile(Guid batchId, Guid chapterId, byte[] content) => (Id, ChapterId, Content) = (batchId, chapterId, content);

    /// <summary>The batch.</summary>
    public Guid Id { get; private set; }

    public Guid ChapterId { get; private set; }

    /// <summary>GZip.</summary>
    public byte[] Content { get; private set; } = [];
}

/// <summary>What became of a finding.</summary>
public enum IssueStatus
{
    Open,
    Answered,

    /// <summary>Settled without an answer: the row stays out, or it was only worth reading.</summary>
    Ignored,
}

/// <summary>A finding in an upload, until somebody settles it.</summary>
public sealed class RowIssue
{
    private RowIssue()
    {
    }

    /// <summary>What only has to be read is settled from the beginning.</summary>
    public RowIssue(ImportBatch batch, FileIssue issue)
    {
        (Id, BatchId, ChapterId, Code, Row) = (Guid.CreateVersion7(), batch.Id, batch.ChapterId, issue.Code, issue.Row);
        (Column, Value, Message, Fix) = (Short(issue.Column), Short(issue.Value), issue.Message, issue.Fix);
        Status = issue.Effect == IssueEffect.Warn ? IssueStatus.Ignored : IssueStatus.Open;
    }

    public Guid Id { get; private set; }

    public Guid BatchId { get; private set; }

    public Guid ChapterId { get; private set; }

    public IssueCode Code { get; private set; }

    /// <summary>As a spreadsheet counts; null for the file as a whole.</summary>
    public int? Row { get; private set; }

    public string Column { get; private set; } = "";

    /// <summary>What stands there; of a name the whole name.</summary>
    public string Value { get; private set; } = "";

    public string Message { get; private set; } = "";

    public string Fix { get; private set; } = "";

    public IssueStatus Status { get; private set; }

    /// <summary>Jsonb: <see cref="IssueAnswer"/>; null while nobody answered.</summary>
    public string? Answer { get; private set; }

    public Guid? AnsweredBy { get; private set; }

    public DateTimeOffset? AnsweredAt { get; private set; }

    /// <summary>What it does to the import.</summary>
    public IssueEffect Effect => IssueEffects.Of(Code);

    internal (IssueCode Code, int? Row, string Column, string Value) Key => (Code, Row, Column, Value);

    internal static (IssueCode Code, int? Row, string Column, string Value) KeyOf(FileIssue issue) => (issue.Code, issue.Row, Short(issue.Column), Short(issue.Value));

    internal void Settle(IssueAnswer answer, Guid by, DateTimeOffset at) =>
        (Status, Answer, AnsweredBy, AnsweredAt) = (answer.Kind == AnswerKind.LeaveOut ? IssueStatus.Ignored : IssueStatus.Answered, answer.Json, by, at);

    /// <summary>Asks again; what only has to be read stays as it was at first.</summary>
    internal void Ask() => (Status, Answer, AnsweredBy, AnsweredAt) = (Effect == IssueEffect.Warn ? IssueStatus.Ignored : IssueStatus.Open, null, null, null);

    private static string Short(string? text) => text is null ? "" : text.Length > 400 ? text[..400] : text;
}

/// <summary>What an attendance summary reports of a member, to be held against slips and marks.</summary>
public sealed class ReportedFigures
{
    private ReportedFigures()
    {
    }

    public ReportedFigures(ImportBatch batch, Guid memberId, int row, string figures) =>
        (Id, BatchId, ChapterId, MemberId, Row, Figures) = (Guid.CreateVersion7(), batch.Id, batch.ChapterId, memberId, row, figures);

    public Guid Id { get; private set; }

    public Guid BatchId { get; private set; }

    public Guid ChapterId { get; private set; }

    public Guid MemberId { get; private set; }

    /// <summary>As a spreadsheet counts.</summary>
    public int Row { get; private set; }

    /// <summary>Jsonb: the number by <see cref="SummaryColumn"/>; columns that the report lacks are left out.</summary>
    public string Figures { get; private set; } = "{}";
}
