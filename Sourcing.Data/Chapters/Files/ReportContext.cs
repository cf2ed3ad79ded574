using System.Security.Cryptography;
using Sourcing.Data.Chapters.Reckoning;

namespace Sourcing.Data.Chapters.Files;

/// <summary>What is known outside the file when it is read.</summary>
public sealed record ReportContext
{
    /// <summary>The chapter that is imported into.</summary>
    public string Chapter { get; init; } = "";

    /// <summary>The day of the week it meets on; null if that is not settled.</summary>
    public DayOfWeek? MeetingWeekday { get; init; }

    /// <summary>What the user says the file is; null to find out.</summary>
    public ReportKind? Expected { get; init; }

    /// <summary>The period as the user chose it: comes before everything that the file says.</summary>
    public Period? Chosen { get; init; }

    /// <inheritdoc cref="NameBook"/>
    public NameBook Names { get; init; } = new([]);

    /// <summary>Months whose report is closed: their first days.</summary>
    public IReadOnlySet<DateOnly> ClosedMonths { get; init; } = new HashSet<DateOnly>();

    /// <summary>Files that are in already: see <see cref="FileStamp"/>.</summary>
    public IReadOnlySet<FileStamp> Known { get; init; } = new HashSet<FileStamp>();
}

/// <summary>What makes two uploads the same: their bytes and their scope.</summary>
/// <param name="Hash">SHA-256 of the bytes, in hexadecimal.</param>
/// <param name="Scope">See <see cref="Of"/>.</param>
public sealed record FileStamp(string Hash, string Scope)
{
    /// <summary>The scope is the kind and the period; both slips audits are one kind.</summary>
    public static string ScopeOf(ReportKind kind, Period? period) =>
        FormattableString.Invariant($"{(kind == ReportKind.SlipsAuditHeaded ? ReportKind.SlipsAudit : kind)}|{period?.First:yyyy-MM-dd}|{period?.Last:yyyy-MM-dd}");

    /// <summary>The stamp of a file.</summary>
    public static FileStamp Of(byte[] content, ReportKind kind, Period? period) => new(Convert.ToHexStringLower(SHA256.HashData(content)), ScopeOf(kind, period));
}

/// <summary>Where a period was found.</summary>
public enum PeriodSource
{
    /// <summary>Nowhere: the user has to say.</summary>
    None,
    User,
    Title,
    Parameters,

    /// <summary>The name's day is that of the export: a suggestion that the user has to confirm.</summary>
    FileName,
}

/// <summary>The period of a report.</summary>
/// <param name="Period">Settled; null as long as something has to be asked.</param>
/// <param name="Suggestions">What the user can choose from.</param>
public sealed record PeriodReading(PeriodSource Source, Period? Period, IReadOnlyList<Period> Suggestions);

/// <summary>A report as read: what was found, what is wrong, and rows ready for a preview. Nothing was written.</summary>
public sealed record ReadReport
{
    public required string File { get; init; }

    /// <summary>Null where the file was refused before it was known.</summary>
    public ReportKind? Kind { get; init; }

    public SheetContainer? Container { get; init; }

    /// <summary>Null where the file was refused before, or the kind has no period.</summary>
    public PeriodReading? Period { get; init; }

    /// <summary>Null where the file was refused before.</summary>
    public FileStamp? Stamp { get; init; }

    /// <summary>As the report calls its chapter; empty if it does not.</summary>
    public string Chapter { get; init; } = "";

    public string Title { get; init; } = "";

    public IReadOnlyList<FileIssue> Issues { get; init; } = [];

    public IReadOnlyList<ReportSlip> Slips { get; init; } = [];

    public IReadOnlyList<ReportSummary> Summary { get; init; } = [];

    public IReadOnlyList<ReportMark> Marks { get; init; } = [];

    public IReadOnlyList<ReportPerson> Region { get; init; } = [];

    public IReadOnlyList<ReportSponsor> Sponsors { get; init; } = [];

    public IReadOnlyList<ReportVisitor> Visitors { get; init; } = [];

    /// <inheritdoc cref="SkippedRow"/>
    public IReadOnlyList<SkippedRow> Skipped { get; init; } = [];

    /// <summary>All rows, of whatever kind the report is.</summary>
    public IEnumerable<IReportRow> Rows => [.. Slips, .. Summary, .. Marks, .. Region, .. Sponsors, .. Visitors];

    /// <summary>Nothing of it can be taken.</summary>
    public bool IsRejected => Issues.Any(i => i.Effect == IssueEffect.Reject);

    /// <summary>Nothing is left to answer: what is left needs a yes at most.</summary>
    public bool IsReady => !IsRejected && Issues.All(i => i.Effect is not (IssueEffect.Ask or IssueEffect.Assign));
}
