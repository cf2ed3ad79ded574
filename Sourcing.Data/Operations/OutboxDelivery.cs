using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Sourcing.Data.Common;

namespace Sourcing.Data.Operations;

/// <summary>
/// Sends what waits in the outbox. A message is leased for five minutes while it is sent, so that two servers never send the
/// same; a server that dies in between leaves it to be sent again, under the same message id.
/// </summary>
public sealed class OutboxDelivery(Database database, AttachmentService attachments, IEmailTransport transport, ILogger<OutboxDelivery> log) : IRegularWork
{
    private const int Batch = 20;

    /// <inheritdoc/>
    public string Name => "outbox";

    /// <inheritdoc/>
    public string Title => "Send mail";

    /// <inheritdoc/>
    public TimeSpan Every => TimeSpan.FromSeconds(30);

    /// <summary>Sends until nothing is due.</summary>
    public async Task<string> RunAsync(CancellationToken ct)
    {
        var (sent, failed) = (0, 0);
        while (await TakeAsync(ct) is { Count: > 0 } batch)
        {
            foreach (var message in batch)
            {
                var ok = await SendAsync(message, ct);
                (sent, failed) = ok ? (sent + 1, failed) : (sent, failed + 1);
            }
        }

        return failed == 0 ? $"{sent} sent." : $"{sent} sent, {failed} not.";
    }

    private Task<List<OutboxMessage>> TakeAsync(CancellationToken ct) => database.WriteAsync(
        (db, token) => db.OutboxMessages.FromSql(
            $"""
            update outbox_messages set next_attempt_at = now() + interval '5 minutes'
            where id in (
                select id from outbox_messages where status = 'waiting' and coalesce(next_attempt_at, '-infinity') <= now()
                order by created_at, id limit {Batch} for update skip locked)
            returning *
            """).AsNoTracking().ToListAsync(token),
        ct);

    private async Task<bool> SendAsync(OutboxMessage message, CancellationToken ct)
    {
        EmailFailedException? failure = null;
        try
        {
            await using var file = message.AttachmentId is { } id && transport.Leaves ? await attachments.OpenAsync(id, ct) : null;
            await transport.SendAsync(new(message.Id, message.Recipient, message.Subject, message.Body, message.Link, message.LinkText, file), ct);
        }
        catch (EmailFailedException fault)
        {
            failure = fault;
        }
        catch (MissingException fault)
        {
            failure = new("The file to send along is gone.", forGood: true, fault);
        }

        if (failure is not null)
        {
            // Without the recipient: logs hold no personal data.
            log.LogWarning("Mail {MessageId} did not leave: {Reason}", message.Id, failure.InnerException?.GetType().Name ?? "refused");
        }

        await database.WriteAsync(
            async (db, token) =>
            {
                var row = await db.OutboxMessages.SingleAsync(m => m.Id == message.Id, token);
                var now = await db.NowAsync(token);
                if (failure is null)
                {
                    row.MarkSent(now, transport.Leaves);
                }
                else
                {
                    row.MarkFailed(now, failure.Message, failure.ForGood);
                }

                await db.SaveChangesAsync(token);
                await db.AnnounceAsync("outbox_messages", row.Id, token);
            },
            ct);
        return failure is null;
    }
}
