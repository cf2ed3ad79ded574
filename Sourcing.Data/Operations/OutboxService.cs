using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;

namespace Sourcing.Data.Operations;

/// <summary>A mail as read by an admin.</summary>
public sealed record OutboxView(
    Guid Id, string To, string Subject, string Text, string? Link, string LinkText, bool IsSecret, OutboxStatus Status, int Attempts,
    DateTimeOffset CreatedAt, DateTimeOffset? SentAt, DateTimeOffset? NextAttemptAt, string? LastError, Guid? AttachmentId, string? AttachmentName);

/// <summary>Reading and resending mail.</summary>
public sealed class OutboxService(Database database, CurrentUser user, IEmailTransport transport)
{
    /// <summary>Mail leaves through a server; false when it stays here to be read.</summary>
    public bool Leaves => transport.Leaves;

    /// <summary>One mail; null when there is none. What lets its reader in is shown only where mail never leaves.</summary>
    public Task<OutboxView?> FindAsync(Guid id, CancellationToken ct)
    {
        user.Demand(Permission.OperationsRead);
        return database.ReadAsync(
            async (db, token) =>
            {
                var view = await db.OutboxMessages.Where(m => m.Id == id).Select(m => new OutboxView(
                    m.Id, m.Recipient, m.Subject, m.Body, m.Link, m.LinkText, m.IsSecret, m.Status, m.Attempts, m.CreatedAt, m.SentAt, m.NextAttemptAt, m.LastError,
                    m.AttachmentId, db.Attachments.Where(a => a.Id == m.AttachmentId).Select(a => a.FileName).FirstOrDefault())).SingleOrDefaultAsync(token);
                return view is { IsSecret: true } && transport.Leaves
                    ? view with { Text = "The text lets its reader in, so it is not shown here.", Link = null }
                    : view;
            },
            ct);
    }

    /// <summary>Puts mails back into the queue. Refuses the whole when one of them cannot go again.</summary>
    public Task ResendAsync(IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        user.Demand(Permission.OperationsRead);
        return database.WriteAsync(
            async (db, token) =>
            {
                foreach (var message in await db.OutboxMessages.Where(m => ids.Contains(m.Id)).ToListAsync(token))
                {
                    message.Resend();
                }

                await db.SaveChangesAsync(token);
                await db.AnnounceAsync("outbox", ct: token);
            },
            ct);
    }

    /// <summary>Writes a mail to oneself, to see whether mail arrives.</summary>
    /// <returns>Its key.</returns>
    public Task<Guid> TestAsync(CancellationToken ct)
    {
        user.Demand(Permission.SettingsManage);
        return database.WriteAsync(
            async (db, token) =>
            {
                var to = await db.People.Where(p => p.Id == user.Id).Select(p => p.Email).SingleOrDefaultAsync(token);
                if (string.IsNullOrEmpty(to))
                {
                    throw new RefusedException("Your account has no e-mail address. Add one to your account, then test mail again.");
                }

                var mail = new OutboxMessage(to, "Mail from Sourcing works", "This is the test that you asked for under Settings. Nothing has to be done.", link: "/");
                db.Post(mail);
                await db.SaveChangesAsync(token);
                return mail.Id;
            },
            ct);
    }
}
