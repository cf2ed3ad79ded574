using Sourcing.Data.Common;

namespace Sourcing.Data.Rfqs.Sealing;

/// <summary>Agreeing to the opening of a round, or opening it.</summary>
public sealed class OpeningForm : IForm
{
    public Guid FormKey { get; set; } = Guid.CreateVersion7();

    /// <summary>The RFQ.</summary>
    public Guid Id { get; set; }

    /// <summary>The round that was seen; 1 or more.</summary>
    public int Round { get; set; }
}

/// <summary>Somebody who agreed to the opening.</summary>
public sealed record OpeningConsent(Guid UserId, string Name, DateTimeOffset At);

/// <summary>A bid as far as it may be known: that it came, and what became of it.</summary>
/// <param name="Number">Of the receipt.</param>
/// <param name="Agrees">What was opened is what was submitted; null while it is not opened.</param>
/// <param name="Fault">Why it did not become a quote; empty otherwise.</param>
public sealed record SealedBidRow(Guid SupplierId, string Supplier, string Quote, int Round, int Revision, string Number, string Hash, DateTimeOffset ReceivedAt, QuoteStatus Status, bool Last, bool? Agrees, string Fault);

/// <summary>All about the seal of an RFQ.</summary>
/// <param name="OpenedAt">Of the current round; null before.</param>
/// <param name="OpenedByNames">Both people; empty before.</param>
/// <param name="Consents">Since the round was closed; none once it is opened.</param>
/// <param name="WhyNot">Why the current round cannot be opened now; null when it can.</param>
/// <param name="Bids">Of all rounds, the latest first; 1,000 at most.</param>
/// <param name="Log">The latest first; all of it.</param>
/// <param name="Check">Of the whole log, reckoned anew.</param>
public sealed record OpeningView(
    Guid RfqId, int Round, DateTimeOffset? OpenedAt, string OpenedByNames, IReadOnlyList<OpeningConsent> Consents, string? WhyNot,
    IReadOnlyList<SealedBidRow> Bids, IReadOnlyList<SealLogEntry> Log, ChainCheck Check)
{
    /// <summary>Bids of the current round that stand, opened or not.</summary>
    public IEnumerable<SealedBidRow> Standing => Bids.Where(b => b.Round == Round && b.Last && b.Status != QuoteStatus.Withdrawn);
}
