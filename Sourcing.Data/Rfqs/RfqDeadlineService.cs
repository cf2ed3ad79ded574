using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;

namespace Sourcing.Data.Rfqs;

/// <summary>What one run did.</summary>
public sealed record DeadlineRun(int Closed, int Reminded);

/// <summary>Closes RFQs whose deadline has passed by the database's clock, and reminds suppliers that have not answered, once at each moment before it that the settings name. A job calls it every minute.</summary>
public sealed class RfqDeadlineService(Database database, CurrentUser user)
{
    /// <summary>Nobody is reminded of what they got within the last day.</summary>
    public static readonly TimeSpan LeaveAlone = TimeSpan.FromHours(24);

    private const int Batch = 200;

    /// <summary>One run over all that is due. Each RFQ is its own transaction: one that fails or was changed meanwhile waits for the next run.</summary>
    public async Task<DeadlineRun> RunAsync(CancellationToken ct)
    {
        user.Demand(Permission.RfqsWrite);
        var (closed, reminded) = (0, 0);
        foreach (var id in await DueAsync(ct))
        {
            closed += await TryAsync(token => CloseAsync(id, token), ct);
        }

        foreach (var before in await MomentsAsync(ct))
        {
            foreach (var id in await SilentAsync(before, ct))
            {
                reminded += await TryAsync(token => RemindAsync(id, before, token), ct);
            }
        }

        return new(closed, reminded);
    }

    private Task<List<Guid>> DueAsync(CancellationToken ct) => database.ReadAsync(async (db, token) =>
    {
        var now = await db.NowAsync(token);
        return await db.Rfqs.Where(r => r.Status == RfqStatus.Open && r.Deadline <= now).OrderBy(r => r.Deadline).Take(Batch).Select(r => r.Id).ToListAsync(token);
    }, ct);

    // How long before the deadline, shortest first: who is told that a day is left need not be told of two.
    private Task<IReadOnlyList<TimeSpan>> MomentsAsync(CancellationToken ct) => database.ReadAsync<IReadOnlyList<TimeSpan>>(
        async (db, token) => [.. CompanySettings.Hours((await CompanyService.OfAsync(db, token)).ReminderHours).Order().Select(h => TimeSpan.FromHours(h))], ct);

    private Task<List<Guid>> SilentAsync(TimeSpan before, CancellationToken ct) => database.ReadAsync(async (db, token) =>
    {
        var now = await db.NowAsync(token);
        return await Silent(db, before, now).OrderBy(r => r.Deadline).Take(Batch).Select(r => r.Id).ToListAsync(token);
    }, ct);

    private static IQueryable<Rfq> Silent(SourcingDb db, TimeSpan before, DateTimeOffset now)
    {
        var (soon, calm) = (now + before, now - LeaveAlone);
        return db.Rfqs.Where(r => r.Status == RfqStatus.Open && r.Deadline > now && r.Deadline <= soon && r.Invitations.Any(i =>
            i.Round == r.Round && i.Status != InvitationStatus.Quoted && i.Status != InvitationStatus.Declined && i.InvitedAt <= calm
            && (i.LastRemindedAt == null || i.LastRemindedAt < r.Deadline - before)));
    }

    private Task<int> CloseAsync(Guid id, CancellationToken ct) => database.WriteAsync(async (db, token) =>
    {
        var now = await db.NowAsync(token);
        var rfq = await db.Rfqs.Include(r => r.Invitations).SingleOrDefaultAsync(r => r.Id == id && r.Status == RfqStatus.Open && r.Deadline <= now, token);
        if (rfq is null)
        {
            return 0;
        }

        rfq.Close(now);
        await db.SaveChangesAsync(token);
        var asked = rfq.Invitations.Where(i => i.Round == rfq.Round).ToList();
        await db.NotifyAsync([rfq.BuyerId], $"{rfq.Number} has closed: {asked.Count(i => i.Status == InvitationStatus.Quoted)} of {asked.Count} suppliers quoted.", RfqService.Page(rfq), "lock_clock", token);
        await db.AnnounceAsync("rfqs", rfq.Id, token);
        return 1;
    }, ct);

    private Task<int> RemindAsync(Guid id, TimeSpan before, CancellationToken ct) => database.WriteAsync(async (db, token) =>
    {
        var now = await db.NowAsync(token);
        var rfq = await Silent(db, before, now).Include(r => r.Invitations).SingleOrDefaultAsync(r => r.Id == id, token);
        var due = rfq?.Invitations.Where(i => i.Round == rfq.Round && i.IsUnanswered && i.InvitedAt <= now - LeaveAlone && !(i.LastRemindedAt >= rfq.Deadline - before)).ToList();
        if (rfq is null || due!.Count == 0)
        {
            return 0;
        }

        await InvitationService.RemindAsync(db, rfq, due, now, token);
        await db.SaveChangesAsync(token);
        await db.AnnounceAsync("rfqs", rfq.Id, token);
        return due.Count;
    }, ct);

    // Somebody was faster, or a rule stands against it: the next run looks again.
    private static async Task<int> TryAsync(Func<CancellationToken, Task<int>> act, CancellationToken ct)
    {
        try
        {
            return await act(ct);
        }
        catch (RefusedException)
        {
            return 0;
        }
    }
}
