using Sourcing.Data.Common;

namespace Sourcing.Data.Chapters.Files;

/// <summary>What can be said of an uploaded report. <see cref="FileIssue.CodeText"/> is how it is written: FILE_TYPE.</summary>
public enum IssueCode
{
    FileType,
    FileSize,
    FileEmpty,
    XmlBad,
    HeaderMissing,
    WrongReport,
    PeriodMissing,
    PeriodAmbiguous,
    PeriodClosed,
    DuplicateFile,
    ChapterMismatch,
    DateWeekday,
    SlipType,
    NameMissing,
    NameIsNumber,
    SelfSlip,
    Tier,
    NameUnknown,
    NameAmbiguous,
    Amount,
    Credits,
    BothExternal,
    PossibleDouble,
    CodeUnknown,
    DateHeader,

    /// <summary>A format without styles: bold, which marks people of other chapters, is lost.</summary>
    BoldLost,

    /// <summary>Another import covers a part of the same days, and so rows would count twice.</summary>
    PeriodOverlap,
}

/// <summary>What an issue does to the import.</summary>
public enum IssueEffect
{
    /// <summary>Nothing of the file is taken.</summary>
    Reject,

    /// <summary>The import waits for an answer.</summary>
    Ask,

    /// <summary>The import waits for a yes.</summary>
    Confirm,

    /// <summary>This row is not taken.</summary>
    RowError,

    /// <summary>The row waits until somebody says who is meant: a member, a new one, or somebody external.</summary>
    Assign,

    /// <summary>Worth reading; changes nothing.</summary>
    Warn,
}

/// <summary>One finding in a file.</summary>
/// <param name="File">The file's name, as uploaded.</param>
/// <param name="Row">As a spreadsheet counts; null for the file as a whole.</param>
/// <param name="Column">The head of the column; null for the row or file as a whole.</param>
/// <param name="Value">What stands there; null where nothing is meant.</param>
/// <param name="Message">What is so.</param>
/// <param name="Fix">How to mend it.</param>
public sealed record FileIssue(IssueCode Code, string File, int? Row, string? Column, string? Value, string Message, string Fix)
{
    /// <summary>As written in lists: FILE_TYPE.</summary>
    public string CodeText => IssueEffects.Text(Code);

    /// <summary>What the code does to the import.</summary>
    public IssueEffect Effect => IssueEffects.Of(Code);
}

/// <summary>The one table of what a code does.</summary>
public static class IssueEffects
{
    /// <summary>What it does to the import.</summary>
    public static IssueEffect Of(IssueCode code) => code switch
    {
        IssueCode.FileType or IssueCode.FileSize or IssueCode.FileEmpty or IssueCode.XmlBad or IssueCode.HeaderMissing or IssueCode.WrongReport or IssueCode.PeriodClosed or IssueCode.DuplicateFile or IssueCode.PeriodOverlap => IssueEffect.Reject,
        IssueCode.PeriodMissing or IssueCode.PeriodAmbiguous => IssueEffect.Ask,
        IssueCode.ChapterMismatch or IssueCode.DateWeekday => IssueEffect.Confirm,
        IssueCode.NameUnknown or IssueCode.NameAmbiguous => IssueEffect.Assign,
        IssueCode.PossibleDouble or IssueCode.CodeUnknown or IssueCode.DateHeader or IssueCode.BoldLost => IssueEffect.Warn,
        _ => IssueEffect.RowError,
    };

    /// <summary>As written in lists: FILE_TYPE.</summary>
    public static string Text(IssueCode code) => Words.Snake(code.ToString()).ToUpperInvariant();
}

/// <summary>Gathers what is found in one file.</summary>
internal sealed class IssueList(string file)
{
    private readonly List<FileIssue> _issues = [];

    public IReadOnlyList<FileIssue> All => _issues;

    public bool IsRejected => _issues.Any(i => i.Effect == IssueEffect.Reject);

    public void Add(IssueCode code, string message, string fix, int? row = null, string? column = null, string? value = null) => _issues.Add(new(code, file, row, column, value, message, fix));
}

/// <summary>The file as a whole cannot be read.</summary>
internal sealed class FileRejectedException(IssueCode code, string message, string fix) : Exception(message)
{
    public IssueCode Code => code;

    public string Fix => fix;
}
