using Sourcing.Data.Common;
using Sourcing.Data.Rfqs;

namespace Sourcing.Web.Tests.Rfqs;

public sealed class InvitationTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 16, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_link_is_256_random_bits_of_which_only_the_hash_is_kept()
    {
        var invitation = Invitation();
        var first = invitation.Send(Now);
        Assert.Equal(64, first.Length);
        Assert.Equal(RfqInvitation.HashOf(first), invitation.AccessTokenHash);
        Assert.DoesNotContain(first, invitation.AccessTokenHash!, StringComparison.Ordinal);
        var second = invitation.RenewLink(Now);
        Assert.NotEqual(first, second);
        Assert.Equal(RfqInvitation.HashOf(second), invitation.AccessTokenHash);
    }

    [Fact]
    public void A_revoked_link_is_not_revoked_again_and_works_again_once_renewed()
    {
        var invitation = Invitation();
        Assert.Throws<RefusedException>(() => invitation.RevokeLink(Now));
        invitation.Send(Now);
        invitation.RevokeLink(Now);
        Assert.Throws<RefusedException>(() => invitation.RevokeLink(Now));
        invitation.RenewLink(Now);
        Assert.Null(invitation.LinkRevokedAt);
    }

    [Fact]
    public void Opening_counts_the_first_time_alone()
    {
        var invitation = Invitation();
        invitation.MarkViewed(Now);
        invitation.MarkViewed(Now.AddHours(1));
        Assert.Equal(Now, invitation.ViewedAt);
        Assert.Equal(InvitationStatus.Viewed, invitation.Status);
    }

    [Fact]
    public void A_quote_has_to_be_withdrawn_before_declining()
    {
        var invitation = Invitation();
        invitation.MarkQuoted(Now);
        Assert.Equal("A quote is in. Withdraw it before declining.",
            Assert.Throws<RefusedException>(() => invitation.Decline(DeclineReason.NoCapacity, "", Now)).Message);
        invitation.MarkQuoting();
        invitation.Decline(DeclineReason.NoCapacity, "", Now);
        Assert.Equal(InvitationStatus.Declined, invitation.Status);
    }

    [Fact]
    public void A_supplier_may_think_again_after_declining()
    {
        var invitation = Invitation();
        invitation.Decline(DeclineReason.NoCapacity, "Full until May", Now);
        invitation.MarkQuoting();
        Assert.Null(invitation.DeclineReason);
        Assert.Equal("", invitation.DeclineNote);
    }

    [Fact]
    public void Another_reason_has_to_be_said()
    {
        var invitation = Invitation();
        Assert.Throws<RefusedException>(() => invitation.Decline(DeclineReason.Other, " ", Now));
        Assert.Equal(InvitationStatus.Invited, invitation.Status);
    }

    [Fact]
    public void Reminders_go_to_who_has_not_answered_and_not_twice_an_hour()
    {
        var invitation = Invitation();
        Assert.Throws<RefusedException>(() => invitation.Remind(Now));
        invitation.Send(Now);
        invitation.Remind(Now);
        Assert.Throws<RefusedException>(() => invitation.Remind(Now.AddMinutes(59)));
        invitation.Remind(Now.AddMinutes(60));
        Assert.Equal(2, invitation.ReminderCount);
        invitation.MarkQuoted(Now);
        Assert.Throws<RefusedException>(() => invitation.Remind(Now.AddDays(1)));
    }

    private static RfqInvitation Invitation()
    {
        var rfq = new Rfq("RFQ-2026-00001", Guid.CreateVersion7(), new RfqHead("Yarns", "EUR", Now.AddDays(7), "Europe/Berlin"));
        return rfq.Invite(Guid.CreateVersion7(), "Orvane", "Ana Pinheda", "ana@example.test");
    }
}
