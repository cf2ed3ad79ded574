using Sourcing.Data.Common;

namespace Sourcing.Data.Rfqs;

/// <summary>What is asked of a supplier: all of an RFQ that the supplier may know.</summary>
/// <param name="Now">The database's clock when it was read.</param>
public sealed record AskedRfq(
    Guid Id, string Number, string Title, string Description, RfqStatus Status, DateTimeOffset? Deadline, string DeadlineTimeZone, string Currency, string? Incoterm,
    string DeliveryPlace, string PaymentTerms, int Round, string? CancelReason, DateTimeOffset Now)
{
    /// <summary>In their order.</summary>
    public IReadOnlyList<AskedLine> Lines { get; init; } = [];

    /// <summary>The last round to which the supplier in question is invited; null where it is read for nobody in particular.</summary>
    public int? InvitedRound { get; init; }

    /// <summary>Why it is held; null while it is not.</summary>
    public string? PauseReason { get; init; }

    /// <summary>Why the deadline was moved last in this round; null where it was not.</summary>
    public string? DeadlineReason { get; init; }

    /// <summary>What the buyer wrote to those who were chosen for this round; empty in the first.</summary>
    public string RoundMessage { get; init; } = "";

    /// <summary>Bids are sealed: what a supplier submits cannot be read before two people open it.</summary>
    public bool Sealed { get; init; }

    /// <summary>When the bids of the current round were opened; null before.</summary>
    public DateTimeOffset? BidsOpenedAt { get; init; }

    /// <summary>It went on with others after the last round of the supplier in question.</summary>
    public bool WentOnWithout => InvitedRound < Round;

    /// <summary>What all invited suppliers were told since, the latest first.</summary>
    public IReadOnlyList<AddendumView> Addenda { get; init; } = [];

    /// <summary>The day of the deadline in the zone in which it was said.</summary>
    public DateOnly DeadlineDay => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(
        Deadline ?? Now, TimeZoneInfo.TryFindSystemTimeZoneById(DeadlineTimeZone, out var zone) ? zone : TimeZoneInfo.Utc).DateTime);

    /// <summary>The deadline has passed, or the RFQ was closed before it.</summary>
    public bool IsLate => Status != RfqStatus.Open || Deadline is null || Deadline <= Now;

    /// <summary>Null while a supplier may quote, revise and withdraw; otherwise why not.</summary>
    public string? WhyNotForSupplier() => Status switch
    {
        _ when WentOnWithout => $"{Number} went on with other suppliers after round {InvitedRound}. Nothing more is needed from you.",
        RfqStatus.Paused => $"{Number} is paused: quotes cannot be changed at the moment. The buyer will say when it goes on.",
        RfqStatus.Cancelled => $"{Number} was cancelled. No quote is needed any more.",
        RfqStatus.Open when Deadline > Now => null,
        RfqStatus.Open => $"The deadline of {Number} has passed. Ask the buyer to extend it.",
        _ => $"{Number} is closed for quotes. Ask the buyer to reopen it.",
    };

    /// <summary>Null while a buyer may enter a quote on a supplier's behalf: until the evaluation ends. Otherwise why not.</summary>
    public string? WhyNotForBuyer() => Status switch
    {
        _ when WentOnWithout => $"{Number} is in round {Round}, and this supplier was asked until round {InvitedRound}.",
        _ when Sealed => $"{Number} is sealed: only the supplier itself can bid, in the portal or by its personal link. Send it its link again if it has lost it.",
        RfqStatus.Open or RfqStatus.Closed or RfqStatus.Evaluating => null,
        RfqStatus.Draft or RfqStatus.Approval => $"{Number} has not gone out yet. Open it before entering quotes.",
        RfqStatus.Paused => $"{Number} is paused. Resume it before entering quotes.",
        _ => $"{Number} is {Words.Spaced(Status).ToLowerInvariant()}: quotes no longer change.",
    };
}

/// <summary>Where a supplier's answer stands.</summary>
public sealed record QuoteState(
    Guid Id, string Number, QuoteStatus Status, int Revision, string Currency, decimal Total, DateTimeOffset? SubmittedAt, string SubmittedByName, QuoteChannel Channel,
    bool AfterDeadline, DateTimeOffset? WithdrawnAt, string WithdrawReason, uint Version)
{
    /// <summary>Typed at still possible by its own state.</summary>
    public bool IsOpen => Status is QuoteStatus.Draft or QuoteStatus.Sealed or QuoteStatus.Submitted or QuoteStatus.Withdrawn;

    /// <summary>It stands as an offer, sealed or not.</summary>
    public bool Stands => Status is QuoteStatus.Sealed or QuoteStatus.Submitted;
}

/// <summary>What a supplier holds of a sealed bid, and what became of it.</summary>
/// <param name="Number">Of the receipt.</param>
/// <param name="Hash">See <see cref="Sealing.BidHash"/>.</param>
/// <param name="LogSequence">The entry of the seal's log that noted it.</param>
/// <param name="Agrees">What was opened is what was submitted; null while it is not opened.</param>
/// <param name="Fault">Why it could not be opened; empty otherwise.</param>
public sealed record BidReceipt(string Number, int Round, int Revision, string Hash, DateTimeOffset ReceivedAt, int LogSequence, bool? Agrees, string Fault);

/// <summary>A supplier's quote in one round of the RFQ, in short.</summary>
public sealed record RoundQuote(int Round, string Number, QuoteStatus Status, int Revision, decimal Total, string Currency, DateTimeOffset? SubmittedAt);

/// <summary>What a supplier was told of its own place.</summary>
/// <param name="Round">The round in which it was so.</param>
/// <param name="Rank">1 for the lowest landed cost.</param>
/// <param name="Of">How many quoted.</param>
public sealed record ToldRank(int Round, int Rank, int Of);

/// <summary>Unfinished work, as it was kept.</summary>
public sealed record DraftView(QuoteContent Content, string SavedByName, DateTimeOffset SavedAt);

/// <summary>One submission of a quote.</summary>
public sealed record RevisionView(
    int Revision, QuoteContent Content, string Currency, decimal Total, DateTimeOffset SubmittedAt, string SubmittedByName, QuoteChannel Channel, bool AfterDeadline);

/// <summary>How far the invitation has come.</summary>
/// <param name="Email">Where receipts go; empty when the supplier is reached otherwise.</param>
public sealed record InvitationView(Guid Id, InvitationStatus Status, string ContactName, string Email, DeclineReason? DeclineReason, string DeclineNote);

/// <summary>Everything about one supplier's answer to one RFQ.</summary>
/// <param name="BuyerName">Empty on pages for buyers.</param>
/// <param name="Draft">The unfinished work of the side that asks: a buyer does not see a supplier's.</param>
/// <param name="Revisions">Latest first.</param>
public sealed record QuoteSheet(
    AskedRfq Rfq, Guid SupplierId, string SupplierName, InvitationView Invitation, string BuyerName, string BuyerEmail,
    QuoteState? Quote, DraftView? Draft, IReadOnlyList<RevisionView> Revisions)
{
    /// <summary>The round of quote, draft and revisions: the one asked for, else the last of the supplier.</summary>
    public required int Round { get; init; }

    /// <summary>The supplier's submitted quotes by round, the latest first.</summary>
    public IReadOnlyList<RoundQuote> Rounds { get; init; } = [];

    /// <summary>What was submitted last in the round before that, to go on from; null where there is a quote of this round already.</summary>
    public QuoteContent? Former { get; init; }

    /// <summary>The own rank in a former round, where the buyer shows it; null otherwise.</summary>
    public ToldRank? Rank { get; init; }

    /// <summary>Of a sealed quote, the latest first.</summary>
    public IReadOnlyList<BidReceipt> Receipts { get; init; } = [];

    /// <summary>Something that the supplier typed under seal cannot be shown at the moment: this server lacks the key. What was submitted stands.</summary>
    public bool IsPartLocked { get; init; }

    /// <summary>What was submitted last; null before.</summary>
    public RevisionView? Latest => Revisions.Count > 0 ? Revisions[0] : null;

    /// <summary>A form that goes on where the work was left: the draft, else the last revision, else the quote of the round before, else the RFQ's own terms and quantities.</summary>
    public QuoteForm ToForm()
    {
        var form = new QuoteForm { RfqId = Rfq.Id, SupplierId = SupplierId, Version = Quote?.Version ?? 0 };
        form.Fill(Draft?.Content ?? Latest?.Content ?? Former ?? new() { Currency = Rfq.Currency, Incoterm = Rfq.Incoterm ?? "", PaymentTerms = Rfq.PaymentTerms });
        form.Lines = [.. Rfq.Lines.Select(asked => form.Lines.FirstOrDefault(l => l.RfqLineId == asked.Id)
            ?? new() { RfqLineId = asked.Id, Quantity = asked.Quantity, Unit = asked.Unit })];
        return form;
    }
}

/// <summary>One RFQ in a supplier's list.</summary>
public sealed record PortalRfqRow(
    Guid Id, string Number, string Title, RfqStatus Status, DateTimeOffset? Deadline, int Lines, InvitationStatus Invitation, DateTimeOffset? InvitedAt,
    string? QuoteNumber, QuoteStatus? Quote, decimal? Total, string? Currency)
{
    /// <summary>The RFQ's round; 1 or more.</summary>
    public int Round { get; init; } = 1;

    /// <summary>The last round to which the supplier is invited.</summary>
    public int InvitedRound { get; init; } = 1;

    /// <summary>Bids are sealed until they are opened.</summary>
    public bool Sealed { get; init; }

    /// <summary>When quoting ended or the RFQ was cancelled, which may be before the deadline; null for neither.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>A quote may still come in or change.</summary>
    public bool IsOpen(DateTimeOffset now) => Status == RfqStatus.Open && Deadline > now && InvitedRound == Round;

    /// <summary>A quote may still come in, and none is in.</summary>
    public bool NeedsAnswer(DateTimeOffset now) =>
        IsOpen(now) && Invitation is not (InvitationStatus.Quoted or InvitationStatus.Declined);
}

/// <summary>What a supplier's start page shows.</summary>
/// <param name="Rfqs">The RFQs of the last year and all open ones, by deadline, latest first; 200 at most.</param>
public sealed record PortalHome(string SupplierName, DateTimeOffset Now, IReadOnlyList<PortalRfqRow> Rfqs);
