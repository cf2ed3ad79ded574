using Sourcing.Data.Common;

namespace Sourcing.Data.Operations;

/// <summary>How far a piece of long work is.</summary>
public enum JobStatus
{
    Waiting,
    Running,
    Done,
    Failed,
    Cancelled,
}

/// <summary>One piece of long work that people watch: queued in the transaction of its cause, run by a job, survives a restart.</summary>
public sealed class JobRun
{
    private JobRun()
    {
    }

    /// <param name="kind">Which <see cref="IBackgroundWork"/> does it.</param>
    /// <param name="title">What it does, as shown: "Import parts.csv".</param>
    /// <param name="subject">The record that it works on; null for none.</param>
    /// <param name="startedBy">In whose name and with whose rights it runs.</param>
    public JobRun(string kind, string title, Guid? subject, Guid startedBy) =>
        (Id, Kind, Title, SubjectId, StartedBy) = (Guid.CreateVersion7(), kind, title, subject, startedBy);

    public Guid Id { get; private set; }

    public string Kind { get; private set; } = "";

    public string Title { get; private set; } = "";

    public Guid? SubjectId { get; private set; }

    public JobStatus Status { get; private set; }

    /// <summary>0 to 1.</summary>
    public decimal Progress { get; private set; }

    /// <summary>What it is doing, what came of it, or why it failed: a sentence for whoever started it.</summary>
    public string Message { get; private set; } = "";

    public Guid StartedBy { get; private set; }

    public DateTimeOffset? StartedAt { get; private set; }

    public DateTimeOffset? FinishedAt { get; private set; }

    /// <summary>Last sign of life. Work that gave none for two minutes lost its server and is taken up by another.</summary>
    public DateTimeOffset? HeartbeatAt { get; private set; }

    /// <summary>How often it was taken up; more than once after a restart.</summary>
    public int Attempts { get; private set; }

    /// <summary>Where the log tells more about a fault.</summary>
    public string? ErrorId { get; private set; }

    public bool CancelRequested { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>A server takes it up.</summary>
    public void Start(DateTimeOffset now)
    {
        (Status, HeartbeatAt) = (JobStatus.Running, now);
        StartedAt ??= now;
        Attempts++;
    }

    /// <summary>A sign of life.</summary>
    /// <param name="progress">0 to 1; what lies outside is cut.</param>
    public void Report(DateTimeOffset now, decimal progress, string message) =>
        (HeartbeatAt, Progress, Message) = (now, Math.Clamp(progress, 0, 1), Cut(message));

    /// <summary>It ended well.</summary>
    public void Finish(DateTimeOffset now, string message) =>
        (Status, FinishedAt, Progress, Message) = (JobStatus.Done, now, 1, Cut(message));

    /// <summary>It ended badly.</summary>
    public void Fail(DateTimeOffset now, string message, string? errorId) =>
        (Status, FinishedAt, Message, ErrorId) = (JobStatus.Failed, now, Cut(message), errorId);

    /// <summary>It stopped because somebody asked.</summary>
    public void Stop(DateTimeOffset now) => (Status, FinishedAt, Message) = (JobStatus.Cancelled, now, "Cancelled.");

    /// <summary>Its server goes down: another takes it up, or this one when it is back.</summary>
    public void PutBack() => (Status, HeartbeatAt) = (JobStatus.Waiting, null);

    /// <summary>Asks it to stop at its next report; what has not begun stops at once. Refuses what has ended.</summary>
    public void RequestCancel(DateTimeOffset now)
    {
        if (Status is not (JobStatus.Waiting or JobStatus.Running))
        {
            throw new RefusedException("This work has ended already: there is nothing to cancel.");
        }

        CancelRequested = true;
        if (Status == JobStatus.Waiting)
        {
            Stop(now);
        }
    }

    private static string Cut(string message) => message.Length > 1000 ? message[..999] + "…" : message;
}
