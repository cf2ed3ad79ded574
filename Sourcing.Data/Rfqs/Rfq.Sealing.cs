using Sourcing.Data.Common;

namespace Sourcing.Data.Rfqs;

/// <summary>The opening of sealed bids.</summary>
public sealed partial class Rfq
{
    /// <summary>When the bids of the current round were opened; null before, and for an RFQ that is not sealed.</summary>
    public DateTimeOffset? BidsOpenedAt { get; private set; }

    /// <summary>Its bids cannot be read: it is sealed, and those of the current round are not opened.</summary>
    public bool IsSealedNow => Sealed && BidsOpenedAt is null;

    /// <summary>Takes note that two people opened the bids of the current round. Refused unless it is sealed, closed and not opened.</summary>
    /// <param name="now">As the lock of the round says.</param>
    public void OpenBids(DateTimeOffset now)
    {
        if (WhyNotOpened() is { } reason)
        {
            throw new RefusedException(reason);
        }

        BidsOpenedAt = now;
    }

    /// <summary>Null when the bids of the current round may be opened; otherwise why not.</summary>
    internal string? WhyNotOpened() => this switch
    {
        { Sealed: false } => $"{Number} is not sealed: its quotes can be read as they come.",
        { BidsOpenedAt: not null } => $"The bids of round {Round} are open already.",
        { Status: RfqStatus.Closed } => null,
        { Status: RfqStatus.Cancelled } => $"{Number} was cancelled: its bids stay sealed for ever.",
        { Status: RfqStatus.Open or RfqStatus.Paused } => $"Suppliers may still bid on {Number}. Its bids can be opened once the deadline has passed or the RFQ is closed.",
        _ => $"{Number} is {Words.Spaced(Status).ToLowerInvariant()}: bids are opened once it is closed.",
    };

    // What is read cannot be bid on any more, and what is sealed cannot be decided on.
    private void DemandOpened()
    {
        if (IsSealedNow)
        {
            throw new RefusedException($"The bids of {Number} are sealed. Two people open them first, on the page of the RFQ.");
        }
    }

    private void DemandUnopened()
    {
        if (BidsOpenedAt is not null)
        {
            throw new RefusedException($"The bids of round {Round} are opened, so nobody may bid in it any more. Start round {Round + 1} instead.");
        }
    }
}
