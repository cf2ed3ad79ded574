using System.Security.Cryptography;
using System.Text;
using Sourcing.Data.Common;

namespace Sourcing.Data.Rfqs;

/// <summary>One supplier's part in an RFQ.</summary>
public sealed class RfqInvitation
{
    private RfqInvitation()
    {
    }

    internal RfqInvitation(Guid rfqId, Guid supplierId, string contactName, string email, int round)
    {
        (Id, RfqId, SupplierId, ContactName, Email, Round) = (Guid.CreateVersion7(), rfqId, supplierId, contactName, email, round);
    }

    public Guid Id { get; private set; }

    public Guid RfqId { get; private set; }

    public Guid SupplierId { get; private set; }

    /// <summary>The last round of the RFQ that this supplier is invited to: state, moments and reminders are of that one. What came before lies in <see cref="RfqRoundAnswer"/>.</summary>
    public int Round { get; private set; } = 1;

    public InvitationStatus Status { get; private set; }

    /// <summary>Who is addressed; empty for the supplier as such.</summary>
    public string ContactName { get; private set; } = "";

    /// <summary>Where invitation and reminders go; empty when the supplier is reached otherwise.</summary>
    public string Email { get; private set; } = "";

    /// <summary>When it went out; null while the RFQ is a draft.</summary>
    public DateTimeOffset? InvitedAt { get; private set; }

    public DateTimeOffset? ViewedAt { get; private set; }

    /// <summary>When the supplier first quoted or declined.</summary>
    public DateTimeOffset? RespondedAt { get; private set; }

    public DeclineReason? DeclineReason { get; private set; }

    public string DeclineNote { get; private set; } = "";

    public int ReminderCount { get; private set; }

    public DateTimeOffset? LastRemindedAt { get; private set; }

    /// <summary>SHA-256 of the personal link's token, in lower hexadecimal; null before the first link. Suppliers cannot read it.</summary>
    public string? AccessTokenHash { get; private set; }

    /// <summary>When the link that works now was made.</summary>
    public DateTimeOffset? LinkIssuedAt { get; private set; }

    /// <summary>The link was taken back; null while it works.</summary>
    public DateTimeOffset? LinkRevokedAt { get; private set; }

    public uint Version { get; private set; }

    /// <summary>Neither quoted nor declined.</summary>
    public bool IsUnanswered => Status is not (InvitationStatus.Quoted or InvitationStatus.Declined);

    /// <summary>The hash under which a link's token is stored.</summary>
    public static string HashOf(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    /// <summary>Marks it as gone out and gives the personal link's token: 256 random bits, known to the mail alone.</summary>
    public string Send(DateTimeOffset now)
    {
        InvitedAt ??= now;
        return RenewLink(now);
    }

    /// <summary>Begins anew for the next round; it still has to be sent.</summary>
    internal void EnterRound(int round)
    {
        (Round, Status, InvitedAt, ViewedAt, RespondedAt) = (round, InvitationStatus.Invited, null, null, null);
        (DeclineReason, DeclineNote, ReminderCount, LastRemindedAt) = (null, "", 0, null);
    }

    /// <summary>A new token; the old link stops working.</summary>
    public string RenewLink(DateTimeOffset now)
    {
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        (AccessTokenHash, LinkIssuedAt, LinkRevokedAt) = (HashOf(token), now, null);
        return token;
    }

    /// <summary>The link stops working. Refused when there is none.</summary>
    public void RevokeLink(DateTimeOffset now)
    {
        if (AccessTokenHash is null || LinkRevokedAt is not null)
        {
            throw new RefusedException("There is no working link to revoke.");
        }

        LinkRevokedAt = now;
    }

    /// <summary>Counts a reminder. Refused once the supplier has answered, or within an hour of the last one.</summary>
    public void Remind(DateTimeOffset now)
    {
        if (InvitedAt is null)
        {
            throw new RefusedException("The invitation has not gone out yet.");
        }

        if (!IsUnanswered)
        {
            throw new RefusedException("This supplier has answered. Nothing is left to remind of.");
        }

        if (!CanRemind(now))
        {
            throw new RefusedException("A reminder went out within the last hour. Wait before sending another.");
        }

        (ReminderCount, LastRemindedAt) = (ReminderCount + 1, now);
    }

    /// <summary>Sent, unanswered, and not reminded within the hour.</summary>
    public bool CanRemind(DateTimeOffset now) => InvitedAt is not null && IsUnanswered && !(LastRemindedAt > now.AddHours(-1));

    /// <summary>The supplier opened it: only the first time counts.</summary>
    public void MarkViewed(DateTimeOffset now)
    {
        ViewedAt ??= now;
        if (Status == InvitationStatus.Invited)
        {
            Status = InvitationStatus.Viewed;
        }
    }

    /// <summary>The supplier intends to bid, has begun a quote or has withdrawn one.</summary>
    public void MarkQuoting()
    {
        if (Status != InvitationStatus.Quoting)
        {
            Move(InvitationStatus.Quoting);
            (DeclineReason, DeclineNote) = (null, "");
        }
    }

    /// <summary>A quote is in; a revision changes nothing here.</summary>
    public void MarkQuoted(DateTimeOffset now)
    {
        if (Status != InvitationStatus.Quoted)
        {
            Move(InvitationStatus.Quoted);
            (DeclineReason, DeclineNote) = (null, "");
        }

        RespondedAt ??= now;
    }

    /// <summary>The supplier will not quote.</summary>
    /// <param name="note">At most 400 characters; needed for <see cref="Rfqs.DeclineReason.Other"/>.</param>
    public void Decline(DeclineReason reason, string note, DateTimeOffset now)
    {
        DemandReason(InvitationStatus.Declined, reason, note);
        Move(InvitationStatus.Declined);
        (DeclineReason, DeclineNote) = (reason, note.Trim());
        RespondedAt ??= now;
    }

    /// <summary>Refuses a decline without its reason, a reason without a decline, and a note that is missing or too long.</summary>
    internal static void DemandReason(InvitationStatus to, DeclineReason? reason, string note)
    {
        if ((to == InvitationStatus.Declined) != reason.HasValue)
        {
            throw new RefusedException(nameof(DeclineReason), "Choose why there will be no quote.");
        }

        if (note.Length > 400 || (reason == Rfqs.DeclineReason.Other && string.IsNullOrWhiteSpace(note)))
        {
            throw new RefusedException(nameof(DeclineNote), "Say the other reason, in 1 to 400 characters.");
        }
    }

    private void Move(InvitationStatus to)
    {
        if (InvitationMoves.WhyNot(Status, to) is { } reason)
        {
            throw new RefusedException(reason);
        }

        Status = to;
    }
}
