using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;

namespace Sourcing.Data.Operations;

/// <summary>A line under the bell of one person.</summary>
public sealed class Notification
{
    private Notification()
    {
    }

    /// <param name="text">One sentence.</param>
    /// <param name="link">Address within the app that it opens.</param>
    public Notification(Guid userId, string text, string link, string icon = "notifications")
    {
        (Id, UserId, Text, Link, Icon) = (Guid.CreateVersion7(), userId, text, link, icon);
    }

    public Guid Id { get; private set; }

    public Guid UserId { get; private set; }

    public string Text { get; private set; } = "";

    public string Link { get; private set; } = "";

    /// <summary>Name of a Material icon.</summary>
    public string Icon { get; private set; } = "";

    public DateTimeOffset? ReadAt { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }
}

/// <summary>Telling people and pages, in the transaction of the cause.</summary>
public static class Telling
{
    /// <summary>
    /// Puts a line under the bell of each person, live, and posts a mail to those who wish it. Whoever acts is not told of their own deed.
    /// Works for every login: a supplier's act may tell a buyer without seeing who that is.
    /// </summary>
    /// <param name="text">One sentence, at most 400 characters; longer ones are cut.</param>
    /// <param name="link">Address within the app, beginning with a slash.</param>
    /// <param name="icon">Name of a Material icon.</param>
    public static Task NotifyAsync(this SourcingDb db, IEnumerable<Guid> userIds, string text, string link, string icon = "notifications", CancellationToken ct = default)
    {
        var ids = userIds.Where(id => id != Guid.Empty).Distinct().ToArray();
        var line = text.Length > 400 ? text[..399] + "…" : text;
        return ids.Length == 0 ? Task.CompletedTask : db.Database.ExecuteSqlAsync($"select app.notify({ids}, {line}, {link}, {icon})", ct);
    }

    /// <summary>
    /// Tells every open page on every server that shows this topic, when and only when this transaction commits.
    /// Names no content: pages load again with their own rights.
    /// </summary>
    /// <param name="topic">Usually the table: rfqs, orders, notifications, imports; at most 60 characters.</param>
    /// <param name="id">The record; null for "anything of it".</param>
    public static Task AnnounceAsync(this SourcingDb db, string topic, Guid? id = null, CancellationToken ct = default) =>
        db.Database.ExecuteSqlAsync($"select app.announce({topic}, {id})", ct);
}

/// <summary>One line as shown.</summary>
public sealed record NotificationRow(Guid Id, string Text, string Link, string Icon, DateTimeOffset CreatedAt, bool IsRead);

/// <summary>What the bell shows.</summary>
/// <param name="Unread">Counted up to 100.</param>
/// <param name="Rows">The latest 30.</param>
public sealed record BellView(int Unread, IReadOnlyList<NotificationRow> Rows);

/// <summary>A person's own notifications. Needs no permission: everybody who is signed in has a bell, and sees their own alone.</summary>
public sealed class NotificationService(Database database, CurrentUser user)
{
    /// <summary>The latest lines and how many are unread.</summary>
    public Task<BellView> BellAsync(CancellationToken ct) => database.ReadAsync(
        async (db, token) => new BellView(
            await db.Notifications.Where(n => n.UserId == user.Id && n.ReadAt == null).Take(100).CountAsync(token),
            await db.Notifications.Where(n => n.UserId == user.Id).OrderByDescending(n => n.CreatedAt).ThenByDescending(n => n.Id).Take(30)
                .Select(n => new NotificationRow(n.Id, n.Text, n.Link, n.Icon, n.CreatedAt, n.ReadAt != null)).ToListAsync(token)),
        ct);

    /// <summary>Marks one of the person's lines as read, or all of them. Their other open pages hear of it.</summary>
    /// <param name="id">Null for all.</param>
    public Task MarkReadAsync(Guid? id, CancellationToken ct) => database.WriteAsync(
        async (db, token) =>
        {
            var now = await db.NowAsync(token);
            var changed = await db.Notifications.Where(n => n.UserId == user.Id && n.ReadAt == null && (id == null || n.Id == id))
                .ExecuteUpdateAsync(set => set.SetProperty(n => n.ReadAt, now), token);
            if (changed > 0)
            {
                await db.AnnounceAsync("notifications", user.Id, token);
            }
        },
        ct);
}
