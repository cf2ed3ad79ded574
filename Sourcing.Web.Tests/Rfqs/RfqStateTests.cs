using Sourcing.Data.Common;
using Sourcing.Data.Rfqs;

namespace Sourcing.Web.Tests.Rfqs;

public sealed class RfqStateTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 16, 9, 0, 0, TimeSpan.Zero);

    public static TheoryData<RfqStatus, RfqStatus> EveryPair()
    {
        var pairs = new TheoryData<RfqStatus, RfqStatus>();
        foreach (var from in Enum.GetValues<RfqStatus>().Where(s => s is not RfqStatus.Approval))
        {
            foreach (var to in Enum.GetValues<RfqStatus>().Where(s => s is not (RfqStatus.Approval or RfqStatus.Draft)))
            {
                pairs.Add(from, to);
            }
        }

        return pairs;
    }

    [Theory]
    [MemberData(nameof(EveryPair))]
    public void The_entity_moves_exactly_where_the_table_allows_and_refuses_with_its_sentence(RfqStatus from, RfqStatus to)
    {
        var rfq = At(from);
        var reason = RfqMoves.WhyNot(from, to);
        Assert.Equal(RfqMoves.Allowed(from).Contains(to), reason is null);
        if (reason is null)
        {
            Move(rfq, to);
            Assert.Equal(to, rfq.Status);
            return;
        }

        var refusal = Assert.Throws<RefusedException>(() => Move(rfq, to));
        Assert.Equal(from, rfq.Status);
        if ((from, to) != (RfqStatus.Draft, RfqStatus.Open))
        {
            Assert.Equal(reason, refusal.Message);
        }
    }

    [Fact]
    public void Every_refused_move_of_a_card_has_a_sentence_without_an_exclamation_mark()
    {
        foreach (var from in Enum.GetValues<RfqStatus>())
        {
            foreach (var to in Enum.GetValues<RfqStatus>().Where(to => !RfqMoves.Allowed(from).Contains(to)))
            {
                var reason = RfqMoves.WhyNotByHand(from, to);
                Assert.NotNull(reason);
                Assert.EndsWith(".", reason, StringComparison.Ordinal);
                Assert.DoesNotContain("!", reason, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData(RfqStatus.Closed)]
    [InlineData(RfqStatus.Evaluating)]
    public void A_card_is_not_awarded_by_dragging(RfqStatus from) =>
        Assert.Contains("winners", RfqMoves.WhyNotByHand(from, RfqStatus.Awarded), StringComparison.Ordinal);

    [Fact]
    public void Opening_names_everything_that_is_missing_at_once()
    {
        var rfq = new Rfq("RFQ-2026-00001", Guid.CreateVersion7(), new RfqHead("Yarns", "EUR", null, "Europe/Berlin"));
        var refusal = Assert.Throws<RefusedException>(() => rfq.Open(Now));
        Assert.Equal(["Lines", "Invitations", "Deadline"], refusal.Errors.Select(e => e.Field));
    }

    [Fact]
    public void Opening_refuses_a_deadline_that_has_passed()
    {
        var rfq = At(RfqStatus.Draft);
        var refusal = Assert.Throws<RefusedException>(() => rfq.Open(Now.AddDays(8)));
        Assert.Equal("Deadline", Assert.Single(refusal.Errors).Field);
    }

    [Fact]
    public void The_deadline_itself_is_too_late_for_a_quote()
    {
        var rfq = At(RfqStatus.Open);
        Assert.True(rfq.TakesQuotes(Now.AddDays(7).AddTicks(-1)));
        Assert.False(rfq.TakesQuotes(Now.AddDays(7)));
    }

    [Fact]
    public void A_deadline_is_extended_and_never_shortened()
    {
        var rfq = At(RfqStatus.Open);
        Assert.Throws<RefusedException>(() => rfq.ExtendDeadline(Now.AddDays(6), "UTC", Now));
        rfq.ExtendDeadline(Now.AddDays(9), "UTC", Now);
        Assert.Equal(Now.AddDays(9), rfq.Deadline);
    }

    [Fact]
    public void Extending_a_closed_RFQ_opens_it_again()
    {
        var rfq = At(RfqStatus.Closed);
        rfq.ExtendDeadline(Now.AddDays(9), "UTC", Now);
        Assert.Equal(RfqStatus.Open, rfq.Status);
        Assert.Null(rfq.ClosedAt);
    }

    [Fact]
    public void What_was_asked_stands_once_suppliers_have_seen_it()
    {
        var rfq = At(RfqStatus.Open);
        Assert.Throws<RefusedException>(() => rfq.Rewrite(new RfqHead("Other", "EUR", Now.AddDays(1), "UTC")));
        Assert.Throws<RefusedException>(() => rfq.SetLines([]));
    }

    [Fact]
    public void Lines_are_numbered_in_tens_in_the_order_given_and_keep_their_identity()
    {
        var rfq = At(RfqStatus.Draft);
        var unit = Guid.CreateVersion7();
        rfq.SetLines([(null, new("B", 1, unit)), (null, new("C", 1, unit))]);
        var (b, c) = (rfq.Lines[0].Id, rfq.Lines[1].Id);
        rfq.SetLines([(c, new("C", 2, unit)), (null, new("A", 1, unit)), (b, new("B", 1, unit))]);
        Assert.Equal([10, 20, 30], rfq.Lines.Select(l => l.LineNo));
        Assert.Equal(["C", "A", "B"], rfq.Lines.Select(l => l.Description));
        Assert.Equal(c, rfq.Lines[0].Id);
        Assert.Equal(b, rfq.Lines[2].Id);
    }

    [Fact]
    public void A_supplier_is_invited_once_and_not_to_what_is_closed()
    {
        var rfq = At(RfqStatus.Open);
        var again = Assert.Throws<RefusedException>(() => rfq.Invite(rfq.Invitations[0].SupplierId, "Orvane", "", ""));
        Assert.Equal("Orvane is invited already.", again.Message);
        rfq.Close(Now);
        Assert.Throws<RefusedException>(() => rfq.Invite(Guid.CreateVersion7(), "Kesmira", "", ""));
    }

    [Fact]
    public void An_invitation_that_has_gone_out_is_not_taken_back()
    {
        var rfq = At(RfqStatus.Open);
        rfq.Invitations[0].Send(Now);
        Assert.Throws<RefusedException>(() => rfq.Uninvite(rfq.Invitations[0]));
    }

    private static Rfq At(RfqStatus status)
    {
        var rfq = new Rfq("RFQ-2026-00001", Guid.CreateVersion7(), new RfqHead("Yarns", "EUR", Now.AddDays(7), "Europe/Berlin"));
        rfq.SetLines([(null, new("Yarn", 100, Guid.CreateVersion7()))]);
        rfq.Invite(Guid.CreateVersion7(), "Orvane", "", "sales@example.test");
        RfqStatus[] path = status switch
        {
            RfqStatus.Draft => [],
            RfqStatus.Open => [RfqStatus.Open],
            RfqStatus.Closed => [RfqStatus.Open, RfqStatus.Closed],
            RfqStatus.Evaluating => [RfqStatus.Open, RfqStatus.Closed, RfqStatus.Evaluating],
            RfqStatus.Paused => [RfqStatus.Open, RfqStatus.Paused],
            RfqStatus.Awarded => [RfqStatus.Open, RfqStatus.Closed, RfqStatus.Awarded],
            RfqStatus.Completed => [RfqStatus.Open, RfqStatus.Closed, RfqStatus.Awarded, RfqStatus.Completed],
            RfqStatus.Cancelled => [RfqStatus.Cancelled],
            _ => throw new ArgumentOutOfRangeException(nameof(status)),
        };
        foreach (var step in path)
        {
            Move(rfq, step);
        }

        return rfq;
    }

    private static void Move(Rfq rfq, RfqStatus to)
    {
        switch (to)
        {
            case RfqStatus.Open when rfq.IsDraft:
                rfq.Open(Now);
                break;
            case RfqStatus.Open when rfq.Status == RfqStatus.Paused:
                rfq.Resume(Now.AddDays(30), "UTC", Now);
                break;
            case RfqStatus.Paused:
                rfq.Pause("A drawing is missing.", Now);
                break;
            case RfqStatus.Open:
                rfq.Reopen(Now.AddDays(7), "UTC", Now);
                break;
            case RfqStatus.Closed:
                rfq.Close(Now);
                break;
            case RfqStatus.Evaluating:
                rfq.StartEvaluation();
                break;
            case RfqStatus.Awarded:
                rfq.MarkAwarded(Now);
                break;
            case RfqStatus.Completed:
                rfq.Complete(Now);
                break;
            case RfqStatus.Cancelled:
                rfq.Cancel("Not needed any more.", Now);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(to));
        }
    }
}
