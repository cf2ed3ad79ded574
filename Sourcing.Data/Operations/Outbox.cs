using Sourcing.Data.Common;

namespace Sourcing.Data.Operations;

/// <summary>Whether an outgoing message has left.</summary>
public enum OutboxStatus
{
    Waiting,
    Sent,
    Failed,
}

/// <summary>A mail written in the same transaction as its cause (<see cref="Outbox.Post"/>), and sent by a job.</summary>
public sealed class OutboxMessage
{
    /// <summary>After this many attempts, spread over about a day, a message counts as failed.</summary>
    public const int MostAttempts = 8;

    private OutboxMessage()
    {
    }

    /// <param name="to">One address.</param>
    /// <param name="subject">One line, cut at 250 characters.</param>
    /// <param name="text">Plain text; the transport adds the HTML twin.</param>
    /// <param name="entityType">Table of the record it is about, with its key; null when about none.</param>
    /// <param name="attachmentId">A file to send along.</param>
    /// <param name="supplierId">The supplier whom it concerns.</param>
    /// <param name="link">Address within the app that the mail's button opens, beginning with a slash; the host is added when it is sent.</param>
    /// <param name="linkText">The button's words.</param>
    /// <param name="secret">The text or link lets its reader in (a reset, an invitation, a quote link): both are erased once they left by mail.</param>
    public OutboxMessage(
        string to, string subject, string text, string? entityType = null, Guid? entityId = null, Guid? attachmentId = null, Guid? supplierId = null,
        string? link = null, string linkText = "Open in Sourcing", bool secret = false)
    {
        var line = subject.ReplaceLineEndings(" ").Trim();
        Id = Guid.CreateVersion7();
        (Recipient, Subject, Body) = (to.Trim(), line.Length > 250 ? line[..249] + "…" : line, text);
        (EntityType, EntityId, AttachmentId, SupplierId) = (entityType, entityId, attachmentId, supplierId);
        (Link, LinkText, IsSecret) = (link, linkText, secret);
    }

    public Guid Id { get; private set; }

    public string Recipient { get; private set; } = "";

    public string Subject { get; private set; } = "";

    public string Body { get; private set; } = "";

    /// <summary>Address within the app, beginning with a slash.</summary>
    public string? Link { get; private set; }

    public string LinkText { get; private set; } = "";

    /// <summary>Text and link are erased once they left by mail.</summary>
    public bool IsSecret { get; private set; }

    public string? EntityType { get; private set; }

    public Guid? EntityId { get; private set; }

    public Guid? AttachmentId { get; private set; }

    public Guid? SupplierId { get; private set; }

    public OutboxStatus Status { get; private set; }

    public int Attempts { get; private set; }

    /// <summary>Not before this moment; null for at once.</summary>
    public DateTimeOffset? NextAttemptAt { get; private set; }

    public DateTimeOffset? SentAt { get; private set; }

    /// <summary>What the mail server said, or "kept in the app" where no server is set up.</summary>
    public string? LastError { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>It left, or (<paramref name="byMail"/> false) stays here to be read.</summary>
    public void MarkSent(DateTimeOffset now, bool byMail)
    {
        (Status, SentAt, NextAttemptAt, LastError) = (OutboxStatus.Sent, now, null, null);
        Attempts++;
        if (IsSecret && byMail)
        {
            (Body, Link) = ("This text was removed after sending, because it let its reader in.", null);
        }
    }

    /// <summary>It did not leave: tried again after 1, 4, 15, 60 … minutes, and given up after <see cref="MostAttempts"/>.</summary>
    /// <param name="forGood">The server refused it for good, so that trying again is of no use.</param>
    public void MarkFailed(DateTimeOffset now, string error, bool forGood)
    {
        Attempts++;
        LastError = error.Length > 1000 ? error[..1000] : error;
        var givenUp = forGood || Attempts >= MostAttempts;
        Status = givenUp ? OutboxStatus.Failed : OutboxStatus.Waiting;
        NextAttemptAt = givenUp ? null : now.AddMinutes(Math.Min(Math.Pow(4, Attempts - 1), 360));
    }

    /// <summary>Puts it back into the queue, now. Refuses what waits anyway and what was erased.</summary>
    public void Resend()
    {
        if (Status == OutboxStatus.Waiting && NextAttemptAt is null)
        {
            throw new RefusedException("This message waits already and leaves within a minute.");
        }

        if (Status == OutboxStatus.Sent && IsSecret)
        {
            throw new RefusedException("This message let its reader in, so its text was removed after sending. Start a new invitation or reset instead.");
        }

        (Status, NextAttemptAt, LastError, Attempts) = (OutboxStatus.Waiting, null, null, 0);
    }
}

/// <summary>Writing mail in the transaction of its cause.</summary>
public static class Outbox
{
    /// <summary>Adds the mail to this context: it is saved with everything else or not at all, and leaves within seconds of the commit.</summary>
    public static void Post(this SourcingDb db, OutboxMessage mail) => db.OutboxMessages.Add(mail);
}
