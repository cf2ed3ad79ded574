using Sourcing.Data.Chapters.Reckoning;

namespace Sourcing.Data.Chapters.Closing;

/// <summary>Where a month of a chapter stands.</summary>
public enum MonthState
{
    /// <summary>Not over yet.</summary>
    Running,

    /// <summary>Over, and never closed.</summary>
    Open,

    Closed,

    /// <summary>Opened again after a closing.</summary>
    Reopened,
}

/// <summary>What is known of a month's closing.</summary>
/// <param name="Revision">How often it was closed.</param>
/// <param name="ClosedAt">The last time; null for never.</param>
/// <param name="ClosedBy">Who did it the last time; empty for never.</param>
/// <param name="ReopenReason">Why it is open again; empty unless it is.</param>
public sealed record MonthClosing(MonthState State, int Revision, DateTimeOffset? ClosedAt, string ClosedBy, string ReopenReason)
{
    /// <summary>Attendance is to be in, and the month closed, by this day: see <see cref="ClosedFigures.DueBy"/>.</summary>
    public required DateOnly DueBy { get; init; }
}

/// <summary>A month in the list.</summary>
/// <param name="Month">Its first day.</param>
/// <param name="Figures">As closed where it is closed, else as they stand now.</param>
/// <param name="Obstacles">What stands in the way of closing; empty for a month that is closed or runs, and for whoever does not look after the chapter.</param>
public sealed record MonthLine(DateOnly Month, MonthClosing Closing, MonthFigures Figures, IReadOnlyList<string> Obstacles)
{
    /// <summary>Could be closed now.</summary>
    public bool IsReady => Closing.State is MonthState.Open or MonthState.Reopened && Obstacles.Count == 0;
}

/// <summary>The months of a chapter in a year, the last first.</summary>
/// <param name="Years">Years that have meetings, the last first.</param>
public sealed record MonthList(ChapterRights Rights, int Year, IReadOnlyList<int> Years, IReadOnlyList<MonthLine> Months);

/// <summary>One closing or reopening of a month.</summary>
/// <param name="Differences">To the closing before; empty for the first and for a reopening.</param>
public sealed record RevisionLine(int Revision, RevisionAct Act, DateTimeOffset At, string By, string Reason, IReadOnlyList<FigureDifference> Differences);

/// <summary>What happened to a month, the last first.</summary>
public sealed record MonthHistory(ChapterRights Rights, DateOnly Month, MonthClosing Closing, IReadOnlyList<RevisionLine> Revisions);
