using Sourcing.Data.Common;

namespace Sourcing.Data.Sales;

public enum NoteKind
{
    Call,
    Email,
    Meeting,
    Visit,

    /// <summary>Something to do; nobody was spoken to.</summary>
    Task,
}

public enum NoteOutcome
{
    Agreed,
    Interested,
    Undecided,
    NotReached,
    Declined,
}

public enum CallDirection
{
    Outgoing,
    Incoming,
}

/// <summary>What a representative writes down.</summary>
/// <param name="Body">1 to 4,000 characters.</param>
/// <param name="OccurredAt">When it was; not in the future.</param>
public sealed record NoteFacts(Guid CustomerId, NoteKind Kind, string Body, DateTimeOffset OccurredAt)
{
    public NoteOutcome? Outcome { get; init; }

    /// <summary>Of calls alone.</summary>
    public CallDirection? CallDirection { get; init; }

    /// <summary>Of calls, meetings and visits: seconds, 0 to a day.</summary>
    public int? DurationSeconds { get; init; }

    /// <summary>What comes next, up to 200 characters; with <see cref="NextActionOn"/> or not at all.</summary>
    public string NextAction { get; init; } = "";

    public DateOnly? NextActionOn { get; init; }

    /// <summary>By the representative's clock; null for any time of the day.</summary>
    public TimeOnly? NextActionTime { get; init; }

    public Guid? ContactId { get; init; }

    public Guid? RfqId { get; init; }

    public Guid? OrderId { get; init; }
}

/// <summary>A note about a customer: what was said, and what comes next.</summary>
public sealed class SalesNote : ISoftDeleted
{
    private SalesNote()
    {
    }

    /// <inheritdoc cref="Change"/>
    /// <param name="salesRepId">Who writes it.</param>
    public SalesNote(Guid salesRepId, NoteFacts facts, DateTimeOffset now)
    {
        (Id, SalesRepId) = (Guid.CreateVersion7(), salesRepId);
        Change(facts, now);
    }

    public Guid Id { get; private set; }

    public Guid CustomerId { get; private set; }

    /// <summary>Who wrote it; nobody but them and those above them reads it.</summary>
    public Guid SalesRepId { get; private set; }

    public Guid? ContactId { get; private set; }

    public NoteKind Kind { get; private set; }

    public string Body { get; private set; } = "";

    public NoteOutcome? Outcome { get; private set; }

    public CallDirection? CallDirection { get; private set; }

    public int? DurationSeconds { get; private set; }

    public DateTimeOffset OccurredAt { get; private set; }

    public string NextAction { get; private set; } = "";

    public DateOnly? NextActionOn { get; private set; }

    public TimeOnly? NextActionTime { get; private set; }

    /// <summary>When the next action was done; null while it is open, or where there is none.</summary>
    public DateTimeOffset? DoneAt { get; private set; }

    /// <summary>The day that the next action was first meant for: what came later was late.</summary>
    public DateOnly? FirstDueOn { get; private set; }

    public Guid? RfqId { get; private set; }

    public Guid? OrderId { get; private set; }

    public DateTimeOffset? DeletedAt { get; private set; }

    public Guid? DeletedBy { get; private set; }

    public uint Version { get; private set; }

    /// <summary>Sets what was said and what comes next. Refuses an empty text, a moment to come, half a next action, and a task without one.</summary>
    public void Change(NoteFacts facts, DateTimeOffset now)
    {
        var faults = Faults(facts, now).ToList();
        if (faults.Count > 0)
        {
            throw new RefusedException(faults);
        }

        var action = facts.NextAction.Trim();
        if (facts.Kind == NoteKind.Task && action.Length == 0)
        {
            action = facts.Body.Trim().Split('\n')[0].Trim() is { Length: > 200 } line ? line[..200] : facts.Body.Trim().Split('\n')[0].Trim();
        }

        if (action != NextAction || facts.NextActionOn != NextActionOn)
        {
            // Another action, or another day for it, is open again.
            (DoneAt, FirstDueOn) = (null, facts.NextActionOn);
        }

        (CustomerId, Kind, Body, OccurredAt) = (facts.CustomerId, facts.Kind, facts.Body.Trim(), facts.OccurredAt);
        (Outcome, ContactId, RfqId, OrderId) = (facts.Outcome, facts.ContactId, facts.RfqId, facts.OrderId);
        CallDirection = facts.Kind == NoteKind.Call ? facts.CallDirection : null;
        DurationSeconds = facts.Kind is NoteKind.Call or NoteKind.Meeting or NoteKind.Visit ? facts.DurationSeconds : null;
        (NextAction, NextActionOn, NextActionTime) = (action, facts.NextActionOn, facts.NextActionOn is null ? null : facts.NextActionTime);
    }

    /// <summary>The next action is done. Refuses a note without one and one that is done already.</summary>
    public void Finish(DateTimeOffset now)
    {
        DemandOpen();
        DoneAt = now;
    }

    /// <summary>It was not done after all. Refuses a note without an action that was done.</summary>
    public void Reopen()
    {
        if (DoneAt is null)
        {
            throw new RefusedException("This action is open already.");
        }

        DoneAt = null;
    }

    /// <summary>Puts the next action off. Refuses a day that is over, and an action that is done.</summary>
    public void Postpone(DateOnly day, DateOnly today)
    {
        DemandOpen();
        if (day < today)
        {
            throw new RefusedException("NextActionOn", $"{day:d MMM yyyy} is over. Choose today or a later day.");
        }

        (NextActionOn, NextActionTime) = (day, day == NextActionOn ? NextActionTime : null);
    }

    /// <summary>Takes a postponement back: the day may be over. Refuses an action that is done.</summary>
    public void PutBack(DateOnly day, TimeOnly? at)
    {
        DemandOpen();
        (NextActionOn, NextActionTime) = (day, at);
    }

    internal void MoveTo(Guid customerId) => CustomerId = customerId;

    internal void Restore() => (DeletedAt, DeletedBy) = (null, null);

    private void DemandOpen()
    {
        if (NextActionOn is null)
        {
            throw new RefusedException("This note has no next action.");
        }

        if (DoneAt is not null)
        {
            throw new RefusedException("This action is done already.");
        }
    }

    private static IEnumerable<FieldError> Faults(NoteFacts facts, DateTimeOffset now)
    {
        if (facts.Body.Trim().Length is 0 or > 4000)
        {
            yield return new(nameof(facts.Body), facts.Kind == NoteKind.Task ? "Say what is to be done, in 4,000 characters at most." : "Say what was said, in 4,000 characters at most.");
        }

        // A telephone's clock may be a little ahead.
        if (facts.OccurredAt > now.AddMinutes(10))
        {
            yield return new(nameof(facts.OccurredAt), "A note is about what was. For what is to come, write a next action.");
        }

        if (facts.NextAction.Trim().Length > 200)
        {
            yield return new(nameof(facts.NextAction), "A next action has 200 characters at most. The text of the note takes more.");
        }

        if (facts.NextAction.Trim().Length > 0 && facts.NextActionOn is null)
        {
            yield return new(nameof(facts.NextActionOn), "Say on which day, or clear the next action.");
        }

        if (facts.NextActionOn is not null && facts.NextAction.Trim().Length == 0 && facts.Kind != NoteKind.Task)
        {
            yield return new(nameof(facts.NextAction), "Say what is to be done on that day, or clear the day.");
        }

        if (facts.Kind == NoteKind.Task && facts.NextActionOn is null)
        {
            yield return new(nameof(facts.NextActionOn), "A task needs a day.");
        }

        if (facts.DurationSeconds is < 0 or > 86_400)
        {
            yield return new(nameof(facts.DurationSeconds), "The length has to be 0 to 1,440 minutes.");
        }
    }
}
