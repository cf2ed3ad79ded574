using System.Text.Json;
using Sourcing.Data.Chapters.Reckoning;
using Sourcing.Data.Common;

namespace Sourcing.Data.Chapters.Closing;

/// <summary>Whether a month may be changed.</summary>
public enum MonthlyReportStatus
{
    /// <summary>Opened again after it was closed: a month that was never closed has no row.</summary>
    Open,

    /// <summary>The database refuses every change of the month.</summary>
    Closed,
}

/// <summary>A month of a chapter that was closed at least once, with the figures of the last time. Made when the month is closed first.</summary>
public sealed class MonthlyReport
{
    private MonthlyReport()
    {
    }

    /// <param name="month">Its first day.</param>
    public MonthlyReport(Guid chapterId, DateOnly month) => (Id, ChapterId, Period) = (Guid.CreateVersion7(), chapterId, month);

    public Guid Id { get; private set; }

    public Guid ChapterId { get; private set; }

    /// <summary>The first day of the month.</summary>
    public DateOnly Period { get; private set; }

    public MonthlyReportStatus Status { get; private set; }

    /// <summary>1 when it was closed first, one more each time that it is closed again.</summary>
    public int Revision { get; private set; }

    /// <summary>Σ RGI + RGO.</summary>
    public int TotalReferrals { get; private set; }

    /// <summary>All closed business, in the chapter's currency.</summary>
    public decimal TotalBusiness { get; private set; }

    /// <summary>Percent, 0 to 100 with 2 decimals; null without marks.</summary>
    public decimal? AttendanceRate { get; private set; }

    /// <summary>The other figures by name, as text: see <see cref="ClosedFigures.Values"/>.</summary>
    public string Metadata { get; private set; } = "{}";

    public DateTimeOffset ClosedAt { get; private set; }

    public Guid ClosedById { get; private set; }

    public DateTimeOffset? ReopenedAt { get; private set; }

    public Guid? ReopenedById { get; private set; }

    /// <summary>Why it was opened again; empty while it is closed.</summary>
    public string ReopenReason { get; private set; } = "";

    public uint Version { get; private set; }

    /// <summary>Keeps the figures and shuts the month.</summary>
    public void Close(ClosedFigures figures, Guid by, DateTimeOffset at)
    {
        (Status, Revision) = (MonthlyReportStatus.Closed, Revision + 1);
        (TotalReferrals, TotalBusiness, AttendanceRate) = (figures.TotalReferrals, figures.TotalBusiness, figures.AttendanceRate);
        Metadata = JsonSerializer.Serialize(figures.Values);
        (ClosedAt, ClosedById, ReopenedAt, ReopenedById, ReopenReason) = (at, by, null, null, "");
    }

    /// <summary>Opens it for changes. Refuses a month that is open, and no reason.</summary>
    public void Reopen(string reason, Guid by, DateTimeOffset at)
    {
        if (Status == MonthlyReportStatus.Open)
        {
            throw new RefusedException($"{Period:MMMM yyyy} is open already. Load the page again.");
        }

        ReopenReason = reason.Trim() is { Length: > 0 and <= Slip.LongestText } why ? why : throw new RefusedException("Reason", "Say why the month is opened again, in 1 to 400 characters.");
        (Status, ReopenedAt, ReopenedById) = (MonthlyReportStatus.Open, at, by);
    }
}

/// <summary>A month of a chapter that takes no entries: for everybody with a part in the chapter, hosts too, who read no report.</summary>
public sealed class ClosedMonth
{
    public Guid ChapterId { get; private set; }

    /// <summary>Its first day.</summary>
    public DateOnly FirstDay { get; private set; }

    public DateOnly LastDay { get; private set; }
}

/// <summary>What was done to a month.</summary>
public enum RevisionAct
{
    Closed,
    Reopened,
}

/// <summary>One closing or reopening: written once, never changed. A closing holds the whole report: its facts and its figures.</summary>
public sealed class ReportRevision
{
    private ReportRevision()
    {
    }

    private ReportRevision(MonthlyReport report, RevisionAct act, Guid by)
    {
        (Id, ReportId, ChapterId, Period) = (Guid.CreateVersion7(), report.Id, report.ChapterId, report.Period);
        (Revision, Act, ActorId) = (report.Revision, act, by);
    }

    public Guid Id { get; private set; }

    public Guid ReportId { get; private set; }

    public Guid ChapterId { get; private set; }

    /// <summary>The first day of the month.</summary>
    public DateOnly Period { get; private set; }

    /// <summary>Which closing this is, or which one was opened.</summary>
    public int Revision { get; private set; }

    public RevisionAct Act { get; private set; }

    public Guid ActorId { get; private set; }

    /// <summary>Why it was opened again; empty for a closing.</summary>
    public string Reason { get; private set; } = "";

    /// <summary>All figures by name; null when it was opened.</summary>
    public string? Figures { get; private set; }

    /// <summary>Where the figures are not those of the closing before: a list of <see cref="FigureDifference"/>.</summary>
    public string Differences { get; private set; } = "[]";

    /// <summary>Everything that the report was reckoned from but who attended how: see <see cref="ReportSnapshot"/>.</summary>
    public string? Facts { get; private set; }

    /// <summary>Who attended how; apart, because not everybody who reads the report may read it of everybody.</summary>
    public string? Marks { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>A closing, with the figures of the one before; null for the first.</summary>
    internal static ReportRevision OfClosing(MonthlyReport report, ClosedFigures figures, IReadOnlyDictionary<string, string?>? before, (string Facts, string Marks) snapshot, Guid by) => new(report, RevisionAct.Closed, by)
    {
        Figures = JsonSerializer.Serialize(figures.Values),
        Differences = JsonSerializer.Serialize(before is null ? [] : FigureDifference.Of(before, figures.Values)),
        Facts = snapshot.Facts, Marks = snapshot.Marks,
    };

    /// <summary>That it was opened again.</summary>
    internal static ReportRevision OfReopening(MonthlyReport report, Guid by) => new(report, RevisionAct.Reopened, by) { Reason = report.ReopenReason };
}
