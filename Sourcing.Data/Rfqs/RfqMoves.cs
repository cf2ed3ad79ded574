using Sourcing.Data.Common;

namespace Sourcing.Data.Rfqs;

/// <summary>The one table of an RFQ's states: which follows which, and the sentence that says why another does not.</summary>
public static class RfqMoves
{
    private static readonly Dictionary<RfqStatus, RfqStatus[]> Table = new()
    {
        [RfqStatus.Draft] = [RfqStatus.Open, RfqStatus.Cancelled],
        [RfqStatus.Approval] = [RfqStatus.Open, RfqStatus.Draft, RfqStatus.Cancelled],
        [RfqStatus.Open] = [RfqStatus.Closed, RfqStatus.Paused, RfqStatus.Cancelled],
        [RfqStatus.Paused] = [RfqStatus.Open, RfqStatus.Closed, RfqStatus.Cancelled],
        [RfqStatus.Closed] = [RfqStatus.Evaluating, RfqStatus.Open, RfqStatus.Awarded, RfqStatus.Cancelled],
        [RfqStatus.Evaluating] = [RfqStatus.Awarded, RfqStatus.Open, RfqStatus.Cancelled],
        [RfqStatus.Awarded] = [RfqStatus.Completed],
        [RfqStatus.Completed] = [],
        [RfqStatus.Cancelled] = [],
    };

    /// <summary>The states that may follow this one.</summary>
    public static IReadOnlyList<RfqStatus> Allowed(RfqStatus from) => Table[from];

    /// <summary>Null when the step is allowed; otherwise a sentence: what is so, then how to mend it.</summary>
    public static string? WhyNot(RfqStatus from, RfqStatus to)
    {
        if (Table[from].Contains(to))
        {
            return null;
        }

        return (from, to) switch
        {
            _ when from == to => $"This RFQ is {Word(from)} already.",
            (RfqStatus.Completed, _) => "A completed RFQ does not change. Copy it to ask again.",
            (RfqStatus.Cancelled, _) => "A cancelled RFQ does not come back. Copy it to ask again.",
            (RfqStatus.Awarded, RfqStatus.Cancelled) => "This RFQ is awarded. Cancel its orders instead.",
            (RfqStatus.Awarded, _) => "This RFQ is awarded: its orders are made. It can only be completed.",
            (_, RfqStatus.Draft or RfqStatus.Approval) => "The invitations have gone out, so it cannot become a draft again. Copy it to start a new one.",
            (RfqStatus.Draft or RfqStatus.Approval, RfqStatus.Completed) => "Nothing was asked or awarded yet. Open it, or cancel it.",
            (RfqStatus.Draft or RfqStatus.Approval, _) => "No supplier has seen this draft. Open it first.",
            (RfqStatus.Open or RfqStatus.Paused, RfqStatus.Evaluating or RfqStatus.Awarded) => "Suppliers may still quote. Close it before the deadline, or wait for the deadline.",
            (_, RfqStatus.Completed) => "It is not awarded. Award it first, or cancel it.",
            (_, RfqStatus.Paused) => "Only an open RFQ can be paused.",
            (RfqStatus.Evaluating, RfqStatus.Closed) => "Its quotes are being evaluated. Award it, or reopen it with a new deadline.",
            _ => $"An RFQ that is {Word(from)} cannot become {Word(to)}.",
        };
    }

    /// <summary>
    /// The same for a card that is dragged to another lane of the board, where nothing can be typed: an award needs winners,
    /// so it is made from the comparison.
    /// </summary>
    public static string? WhyNotByHand(RfqStatus from, RfqStatus to) => (from, to) switch
    {
        (RfqStatus.Closed or RfqStatus.Evaluating, RfqStatus.Awarded) => "An award needs winners. Open the RFQ, choose them in its comparison, and the card moves by itself.",
        _ => WhyNot(from, to),
    };

    /// <summary>Refuses a step that the table does not have.</summary>
    internal static void Demand(RfqStatus from, RfqStatus to)
    {
        if (WhyNot(from, to) is { } reason)
        {
            throw new RefusedException(reason);
        }
    }

    private static string Word(RfqStatus status) => Words.Spaced(status).ToLowerInvariant();
}

/// <summary>The same for an invitation.</summary>
public static class InvitationMoves
{
    private static readonly Dictionary<InvitationStatus, InvitationStatus[]> Table = new()
    {
        [InvitationStatus.Invited] = [InvitationStatus.Viewed, InvitationStatus.Quoting, InvitationStatus.Quoted, InvitationStatus.Declined],
        [InvitationStatus.Viewed] = [InvitationStatus.Quoting, InvitationStatus.Quoted, InvitationStatus.Declined],
        [InvitationStatus.Quoting] = [InvitationStatus.Quoted, InvitationStatus.Declined],
        // A withdrawn quote leaves the supplier where a begun one is.
        [InvitationStatus.Quoted] = [InvitationStatus.Quoting],
        // A supplier may think again before the deadline.
        [InvitationStatus.Declined] = [InvitationStatus.Quoting, InvitationStatus.Quoted],
    };

    /// <summary>Null when the step is allowed; otherwise why not.</summary>
    public static string? WhyNot(InvitationStatus from, InvitationStatus to) => (from, to) switch
    {
        _ when Table[from].Contains(to) => null,
        (InvitationStatus.Quoted, InvitationStatus.Declined) => "A quote is in. Withdraw it before declining.",
        (InvitationStatus.Declined, InvitationStatus.Declined) => "This invitation is declined already.",
        _ => $"An invitation that is {Words.Spaced(from).ToLowerInvariant()} cannot become {Words.Spaced(to).ToLowerInvariant()}.",
    };
}
