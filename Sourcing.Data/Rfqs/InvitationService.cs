using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Data.Suppliers;

namespace Sourcing.Data.Rfqs;

/// <summary>Asks suppliers, reminds them, and keeps their personal links.</summary>
public sealed class InvitationService(Database database, CurrentUser user)
{
    /// <summary>Chooses suppliers for a draft; those of an open RFQ are written to at once. Refuses one that is blocked, inactive or chosen already, and then chooses none.</summary>
    public Task<Guid> InviteAsync(InviteForm form, CancellationToken ct)
    {
        user.Demand(Permission.RfqsWrite);
        FormShape.Demand(form);
        return database.WriteOnceAsync(form.FormKey, async (db, token) =>
        {
            var rfq = await LoadAsync(db, form.Id, token);
            var suppliers = await SuppliersAsync(db, form.SupplierIds, token);
            if (suppliers.Count < form.SupplierIds.Distinct().Count())
            {
                throw new MissingException("supplier");
            }

            var invited = suppliers.Select(s => Choose(rfq, s)).ToList();
            if (!rfq.IsDraft)
            {
                var now = await db.NowAsync(token);
                DemandTime(rfq, now);
                await SendAsync(db, rfq, invited, suppliers, now, token);
            }

            return await DoneAsync(db, rfq, token);
        }, ct);
    }

    /// <summary>Takes a supplier out of a draft.</summary>
    public Task UninviteAsync(Guid invitationId, CancellationToken ct) =>
        ActAsync(invitationId, (_, rfq, invitation, _, _) => { rfq.Uninvite(invitation); return Task.FromResult(true); }, ct);

    /// <summary>Makes a new personal link and returns its token, which is shown this once; the old link stops working.</summary>
    public Task<string> RenewLinkAsync(Guid invitationId, CancellationToken ct) =>
        ActAsync(invitationId, (_, rfq, invitation, now, _) =>
        {
            if (invitation.InvitedAt is null || rfq.Status is RfqStatus.Cancelled or RfqStatus.Completed)
            {
                throw new RefusedException("Links work from the opening of an RFQ until its end. This one is not in between.");
            }

            return Task.FromResult(invitation.RenewLink(now));
        }, ct);

    /// <summary>Makes the personal link stop working, in open pages too.</summary>
    public Task RevokeLinkAsync(Guid invitationId, CancellationToken ct) =>
        ActAsync(invitationId, (_, _, invitation, now, _) => { invitation.RevokeLink(now); return Task.FromResult(true); }, ct);

    /// <summary>Writes to one supplier that has not answered, with a new link.</summary>
    public Task RemindAsync(Guid invitationId, CancellationToken ct) =>
        ActAsync(invitationId, async (db, rfq, invitation, now, token) =>
        {
            DemandTime(rfq, now);
            DemandRound(rfq, invitation);
            await RemindAsync(db, rfq, [invitation], now, token);
            return true;
        }, ct);

    /// <summary>Writes to everybody who has not answered and was not reminded within the hour.</summary>
    /// <returns>How many suppliers were reminded.</returns>
    public Task<int> RemindAllAsync(Guid rfqId, CancellationToken ct)
    {
        user.Demand(Permission.RfqsWrite);
        return database.WriteAsync(async (db, token) =>
        {
            var rfq = await LoadAsync(db, rfqId, token);
            var now = await db.NowAsync(token);
            DemandTime(rfq, now);
            var due = rfq.Invitations.Where(i => i.Round == rfq.Round && i.CanRemind(now)).ToList();
            if (due.Count == 0)
            {
                throw new RefusedException("Everybody has answered, or was reminded within the last hour.");
            }

            await RemindAsync(db, rfq, due, now, token);
            await DoneAsync(db, rfq, token);
            return due.Count;
        }, ct);
    }

    /// <summary>Enters a refusal that came by telephone or mail.</summary>
    public Task<Guid> DeclineAsync(DeclineForm form, CancellationToken ct)
    {
        user.Demand(Permission.RfqsWrite);
        FormShape.Demand(form);
        return database.WriteOnceAsync(form.FormKey, async (db, token) =>
        {
            var (rfq, invitation) = await FindAsync(db, form.InvitationId, token);
            if (rfq.Status != RfqStatus.Open)
            {
                throw new RefusedException("Only suppliers of an open RFQ can decline.");
            }

            DemandRound(rfq, invitation);
            invitation.Decline(form.Reason!.Value, form.Note, await db.NowAsync(token));
            return await DoneAsync(db, rfq, token);
        }, ct);
    }

    /// <summary>Suppliers with their contacts, by name.</summary>
    internal static Task<List<Supplier>> SuppliersAsync(SourcingDb db, IEnumerable<Guid> ids, CancellationToken ct)
    {
        var wanted = ids.Distinct().ToList();
        return db.Suppliers.Include(s => s.Contacts.OrderBy(c => c.Name)).Where(s => wanted.Contains(s.Id)).OrderBy(s => s.Name).ToListAsync(ct);
    }

    /// <summary>Invites a supplier at its first address for RFQs.</summary>
    internal static RfqInvitation Choose(Rfq rfq, Supplier supplier)
    {
        supplier.DemandInvitable();
        var (name, email) = Addresses(supplier).FirstOrDefault((supplier.ContactName, supplier.Email));
        return rfq.Invite(supplier.Id, supplier.Name, name, email);
    }

    /// <summary>Sends invitations, to every contact who receives RFQs. A supplier without an address gets a link that the buyer hands over.</summary>
    internal static async Task SendAsync(
        SourcingDb db, Rfq rfq, IEnumerable<RfqInvitation> invitations, IReadOnlyList<Supplier> suppliers, DateTimeOffset now, CancellationToken ct)
    {
        var letter = await LetterAsync(db, rfq, ct);
        foreach (var invitation in invitations)
        {
            var secret = invitation.Send(now);
            foreach (var email in Emails(invitation, suppliers))
            {
                db.Post(RfqMails.Invitation(letter, invitation, email, secret));
            }
        }
    }

    /// <summary>Asks suppliers again who are invited to the round that begins, with new links.</summary>
    /// <param name="rank">What each is told of its own rank.</param>
    internal static async Task SendRoundAsync(
        SourcingDb db, Rfq rfq, IReadOnlyList<Supplier> suppliers, DateTimeOffset now, string message, Func<Guid, (int, int, int)?> rank, CancellationToken ct)
    {
        var letter = await LetterAsync(db, rfq, ct);
        foreach (var invitation in rfq.Invitations.Where(i => i.Round == rfq.Round))
        {
            var secret = invitation.Send(now);
            foreach (var email in Emails(invitation, suppliers))
            {
                db.Post(RfqMails.NextRound(letter, invitation, email, secret, rfq.Round, message, rank(invitation.SupplierId)));
            }
        }
    }

    /// <summary>Writes something to suppliers of the current round that were sent their invitation.</summary>
    /// <param name="everyRound">Also to those who took part in earlier rounds alone.</param>
    internal static async Task TellAsync(
        SourcingDb db, Rfq rfq, Func<RfqInvitation, bool> whom, Func<RfqLetter, RfqInvitation, string, OutboxMessage> write, CancellationToken ct, bool everyRound = false)
    {
        var told = rfq.Invitations.Where(i => i.InvitedAt is not null && (everyRound || i.Round == rfq.Round) && whom(i)).ToList();
        if (told.Count == 0)
        {
            return;
        }

        var suppliers = await SuppliersAsync(db, told.Select(i => i.SupplierId), ct);
        var letter = await LetterAsync(db, rfq, ct);
        foreach (var invitation in told)
        {
            foreach (var email in Emails(invitation, suppliers))
            {
                db.Post(write(letter, invitation, email));
            }
        }
    }

    /// <summary>Reminds these, with new links.</summary>
    internal static async Task RemindAsync(SourcingDb db, Rfq rfq, IReadOnlyList<RfqInvitation> invitations, DateTimeOffset now, CancellationToken ct)
    {
        var suppliers = await SuppliersAsync(db, invitations.Select(i => i.SupplierId), ct);
        var letter = await LetterAsync(db, rfq, ct);
        foreach (var invitation in invitations)
        {
            invitation.Remind(now);
            var secret = invitation.RenewLink(now);
            foreach (var email in Emails(invitation, suppliers))
            {
                db.Post(RfqMails.Reminder(letter, invitation, email, secret));
            }
        }
    }

    private static IEnumerable<string> Emails(RfqInvitation invitation, IReadOnlyList<Supplier> suppliers)
    {
        var supplier = suppliers.FirstOrDefault(s => s.Id == invitation.SupplierId);
        return (supplier is null ? [] : Addresses(supplier).Select(a => a.Email)).Append(invitation.Email)
            .Where(e => e.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase);
    }

    private static IEnumerable<(string Name, string Email)> Addresses(Supplier supplier) =>
        supplier.Contacts.Where(c => c.ReceivesRfqs && c.Email.Length > 0).Select(c => (c.Name, c.Email));

    private static async Task<RfqLetter> LetterAsync(SourcingDb db, Rfq rfq, CancellationToken ct)
    {
        var lines = await db.RfqLines.CountAsync(l => l.RfqId == rfq.Id, ct);
        var buyer = await db.People.Where(p => p.Id == rfq.BuyerId).Select(p => new { p.FullName, p.Email }).SingleOrDefaultAsync(ct);
        return new(rfq.Id, rfq.Number, rfq.Title, lines, rfq.Deadline, rfq.DeadlineTimeZone, buyer?.FullName ?? "", buyer?.Email ?? "") { Sealed = rfq.Sealed };
    }

    private static void DemandRound(Rfq rfq, RfqInvitation invitation)
    {
        if (invitation.Round < rfq.Round)
        {
            throw new RefusedException($"{rfq.Number} is in round {rfq.Round}, and this supplier was asked until round {invitation.Round}.");
        }
    }

    private static void DemandTime(Rfq rfq, DateTimeOffset now)
    {
        if (!rfq.TakesQuotes(now))
        {
            throw new RefusedException(rfq.Status == RfqStatus.Open
                ? "The deadline has passed. Extend it first."
                : $"This RFQ is {Words.Spaced(rfq.Status).ToLowerInvariant()}, so suppliers cannot answer.");
        }
    }

    private Task<T> ActAsync<T>(Guid invitationId, Func<SourcingDb, Rfq, RfqInvitation, DateTimeOffset, CancellationToken, Task<T>> act, CancellationToken ct)
    {
        user.Demand(Permission.RfqsWrite);
        return database.WriteAsync(async (db, token) =>
        {
            var (rfq, invitation) = await FindAsync(db, invitationId, token);
            var result = await act(db, rfq, invitation, await db.NowAsync(token), token);
            await DoneAsync(db, rfq, token);
            return result;
        }, ct);
    }

    private static async Task<(Rfq Rfq, RfqInvitation Invitation)> FindAsync(SourcingDb db, Guid invitationId, CancellationToken ct)
    {
        var rfqId = await db.RfqInvitations.Where(i => i.Id == invitationId).Select(i => (Guid?)i.RfqId).SingleOrDefaultAsync(ct) ?? throw new MissingException("invitation");
        var rfq = await LoadAsync(db, rfqId, ct);
        return (rfq, rfq.Invitations.FirstOrDefault(i => i.Id == invitationId) ?? throw new MissingException("invitation"));
    }

    private static async Task<Rfq> LoadAsync(SourcingDb db, Guid id, CancellationToken ct) =>
        await db.Rfqs.Include(r => r.Invitations).SingleOrDefaultAsync(r => r.Id == id, ct) ?? throw new MissingException("RFQ");

    private static async Task<Guid> DoneAsync(SourcingDb db, Rfq rfq, CancellationToken ct)
    {
        await db.SaveChangesAsync(ct);
        await db.AnnounceAsync("rfqs", rfq.Id, ct);
        return rfq.Id;
    }
}
