using Sourcing.Data.Chapters.Files;
using Sourcing.Data.Chapters.Reckoning;

namespace Sourcing.Data.Chapters.Importing;

/// <summary>One thing that an import would bring, keep or take out, in words.</summary>
/// <param name="Row">Of the file; 0 where that is not known.</param>
/// <param name="Content">The same for the same thing: what two uploads are compared by.</param>
/// <param name="What">Referral, tier 2.</param>
/// <param name="First">Giver, initiator, attendee, inviter, member.</param>
/// <param name="Second">Receiver, partner, whoever is thanked, visitor, day.</param>
internal sealed record PlanLine(int Row, string Content, string What, string First, string Second, string Detail) : IReportRow
{
    /// <summary>The file's row that it comes from; null for what is there.</summary>
    public IReportRow? Source { get; init; }

    /// <summary>The key of what is there; null for what comes from the file.</summary>
    public Guid? Stored { get; init; }

    public bool IsReady => true;
}

/// <summary>The meeting under which slips without a day are put.</summary>
/// <param name="Meeting">Null where it has to be made.</param>
/// <param name="Status">Of a meeting that is there.</param>
/// <param name="Options">What can be chosen: meetings of the period up to today, the last first.</param>
internal sealed record SlipTarget(Guid? Meeting, DateOnly Day, MeetingStatus? Status, IReadOnlyList<MeetingChoice> Options);

/// <summary>What applying an upload would do.</summary>
internal sealed record ImportPlan
{
    /// <summary>Against the batch of the same scope that is in: added, removed, unchanged.</summary>
    public RowDiff<PlanLine> Diff { get; init; } = new([], [], []);

    /// <summary>What the file tells and what stands there already, entered by hand: it is not written twice.</summary>
    public IReadOnlyList<PlanLine> There { get; init; } = [];

    /// <summary>What was entered by hand otherwise than the file tells: it stays as it is.</summary>
    public IReadOnlyList<PlanLine> Differing { get; init; } = [];

    /// <summary>What stays out, and why, in sentences.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Meetings that are put on the calendar.</summary>
    public IReadOnlyList<DateOnly> NewMeetings { get; init; } = [];

    /// <summary>Meetings that become complete, because everybody then has a code.</summary>
    public IReadOnlyList<DateOnly> Completed { get; init; } = [];

    /// <summary>Of slips without a day; null for other kinds and as long as the period is open.</summary>
    public SlipTarget? Target { get; init; }

    /// <summary>Days whose months are changed.</summary>
    public IReadOnlyList<DateOnly> Days { get; init; } = [];

    /// <summary>What counts by this batch afterwards.</summary>
    public int Taken => Diff.Added.Count + Diff.Unchanged.Count;

    /// <summary>Keys of what the batch before brought and this one keeps.</summary>
    public IReadOnlyList<Guid> Kept { get; init; } = [];

    /// <summary>Keys of what the batch before brought and this one does not.</summary>
    public IReadOnlyList<Guid> Gone => [.. Diff.Removed.Select(l => l.Stored!.Value)];

    /// <summary>Compares, and remembers which of what is there is kept.</summary>
    public static ImportPlan Of(IReadOnlyList<PlanLine> before, IReadOnlyList<PlanLine> after)
    {
        var diff = RowDiff.Of(before, after);
        var removed = diff.Removed.Select(l => l.Stored).ToHashSet();
        return new() { Diff = diff, Kept = [.. before.Where(l => !removed.Contains(l.Stored)).Select(l => l.Stored!.Value)] };
    }
}

/// <summary>Counts in words.</summary>
internal static class ImportWords
{
    /// <summary>1 row, 2 rows.</summary>
    public static string Count(int count, string one, string? many = null) => $"{count:N0} {(count == 1 ? one : many ?? one + "s")}";

    /// <summary>What a kind brings.</summary>
    public static string Things(ReportKind kind, int count) => kind switch
    {
        ReportKind.SlipsAudit or ReportKind.SlipsAuditHeaded => Count(count, "slip"),
        ReportKind.PalmsSummary => Count(count, "line"),
        ReportKind.PalmsAttendance => Count(count, "code"),
        ReportKind.RegionSummary => Count(count, "member"),
        ReportKind.Sponsors => Count(count, "sponsor"),
        _ => Count(count, "visit"),
    };
}
