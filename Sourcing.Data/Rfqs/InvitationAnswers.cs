using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;

namespace Sourcing.Data.Rfqs;

/// <summary>
/// A supplier's own answers to an invitation. The supplier's login cannot read all of an invitation's columns, so what
/// <see cref="RfqInvitation"/> does in memory is done here by one guarded update.
/// </summary>
public static class InvitationAnswers
{
    /// <summary>Marks the invitation of an RFQ as opened: only the first time counts.</summary>
    public static Task MarkViewedAsync(this SourcingDb db, Guid rfqId, Guid supplierId, DateTimeOffset now, CancellationToken ct) =>
        db.RfqInvitations.Where(i => i.RfqId == rfqId && i.SupplierId == supplierId && i.ViewedAt == null).ExecuteUpdateAsync(
            set => set.SetProperty(i => i.ViewedAt, now)
                .SetProperty(i => i.Status, i => i.Status == InvitationStatus.Invited ? InvitationStatus.Viewed : i.Status),
            ct);

    /// <summary>Moves the invitation to quoting, quoted or declined by the rules of <see cref="InvitationMoves"/>; the same state again changes nothing, save for declining.</summary>
    /// <param name="reason">For declining, and only then.</param>
    public static async Task AnswerAsync(
        this SourcingDb db, Guid rfqId, Guid supplierId, InvitationStatus to, DateTimeOffset now, CancellationToken ct, DeclineReason? reason = null, string note = "")
    {
        var mine = db.RfqInvitations.Where(i => i.RfqId == rfqId && i.SupplierId == supplierId);
        var from = await mine.Select(i => (InvitationStatus?)i.Status).SingleOrDefaultAsync(ct) ?? throw new MissingException("invitation");
        if (from == to && to != InvitationStatus.Declined)
        {
            return;
        }

        if (InvitationMoves.WhyNot(from, to) is { } refusal)
        {
            throw new RefusedException(refusal);
        }

        RfqInvitation.DemandReason(to, reason, note);
        var answered = to is InvitationStatus.Quoted or InvitationStatus.Declined;
        var changed = await mine.Where(i => i.Status == from).ExecuteUpdateAsync(
            set => set.SetProperty(i => i.Status, to)
                .SetProperty(i => i.ViewedAt, i => i.ViewedAt ?? now)
                .SetProperty(i => i.RespondedAt, i => answered ? i.RespondedAt ?? now : i.RespondedAt)
                .SetProperty(i => i.DeclineReason, reason)
                .SetProperty(i => i.DeclineNote, note.Trim()),
            ct);
        if (changed == 0)
        {
            throw new ConflictException();
        }
    }
}
