using Sourcing.Data.Common;

namespace Sourcing.Data.Rfqs;

/// <summary>What the figure on a card is.</summary>
public enum CardFigure
{
    /// <summary>Nothing to show yet.</summary>
    None,

    /// <summary>Σ quantity × target price, where every line has one.</summary>
    Target,

    /// <summary>The lowest total among the submitted quotes that price most lines.</summary>
    Best,

    /// <summary>What was awarded.</summary>
    Awarded,
}

/// <summary>When the deadline of the cards shown lies.</summary>
public enum DeadlineFilter
{
    Passed,
    Within48Hours,
    Within7Days,
    Within30Days,
}

/// <summary>What the board shows.</summary>
public sealed record BoardFilter(Guid? BuyerId = null, Guid? CategoryId = null, DeadlineFilter? Deadline = null, string Text = "");

/// <summary>A card of the board.</summary>
/// <param name="Amount">In <paramref name="Currency"/>; null where <paramref name="Figure"/> is None or a rate is missing.</param>
/// <param name="AmountLines">How many of the <paramref name="Lines"/> are in the amount: fewer where nobody prices all of them.</param>
/// <param name="ValidUntil">The first day on which a submitted quote ends to bind; for states in which that matters.</param>
public sealed record RfqCard(
    Guid Id, string Number, string Title, RfqStatus Status, DateTimeOffset? Deadline, string DeadlineTimeZone, DateTimeOffset? ClosedAt, DateTimeOffset? AwardedAt, DateOnly? ValidUntil,
    CardFigure Figure, decimal? Amount, int AmountLines, int Lines, string Currency, int Invited, int Quoted, int Declined, Guid BuyerId, string Buyer, bool Sealed, int Round, uint Version)
{
    /// <summary>Questions of suppliers that wait for an answer.</summary>
    public int OpenQuestions { get; init; }

    /// <summary>When the sealed bids of the current round were opened; null before.</summary>
    public DateTimeOffset? BidsOpenedAt { get; init; }

    /// <summary>How many people have agreed to the opening since it was closed.</summary>
    public int Consents { get; init; }

    /// <summary>Its bids cannot be read.</summary>
    public bool IsSealedNow => Sealed && BidsOpenedAt is null && Status is not RfqStatus.Draft;

    /// <summary>The amount stands for the whole RFQ.</summary>
    public bool IsWhole => Amount is not null && AmountLines == Lines;
}

/// <summary>A lane of the board; paused RFQs stand among the open ones.</summary>
/// <param name="Cards">At most <see cref="RfqQueries.LaneCards"/>.</param>
/// <param name="Count">Of all RFQs in the lane, counted up to <see cref="RfqQueries.LaneCount"/>.</param>
/// <param name="Sum">Of the cards' amounts in the base currency, where they stand for the whole RFQ.</param>
/// <param name="SumIsPartial">Not all RFQs of the lane are in the sum: more than the cards, one priced in part, or one without a rate.</param>
public sealed record RfqLane(RfqStatus Status, IReadOnlyList<RfqCard> Cards, int Count, decimal Sum, bool SumIsPartial)
{
    /// <summary>More than were counted.</summary>
    public bool More => Count > RfqQueries.LaneCount;
}

/// <summary>The board.</summary>
/// <param name="Now">The database's clock when it was read.</param>
public sealed record RfqBoard(IReadOnlyList<RfqLane> Lanes, DateTimeOffset Now);

/// <summary>The head of an RFQ's page.</summary>
/// <param name="Files">Of the RFQ and of its lines.</param>
public sealed record RfqDetails(
    Guid Id, string Number, string Title, string Description, RfqStatus Status, DateTimeOffset? Deadline, string DeadlineTimeZone, string Currency,
    bool Sealed, int Round, string? Incoterm, string DeliveryPlace, string PaymentTerms, string? Category, Guid BuyerId, string Buyer, RfqSource Source,
    DateTimeOffset CreatedAt, DateTimeOffset? IssuedAt, DateTimeOffset? ClosedAt, DateTimeOffset? AwardedAt, DateTimeOffset? CompletedAt,
    DateTimeOffset? CancelledAt, string? CancelReason, int Lines, int Invited, int Quoted, int Declined, int Files, uint Version)
{
    /// <summary>The database's clock when it was read.</summary>
    public DateTimeOffset Now { get; init; }

    /// <summary>Since when it is held; null while it is not.</summary>
    public DateTimeOffset? PausedAt { get; init; }

    /// <summary>Why, as told to the suppliers.</summary>
    public string? PauseReason { get; init; }

    /// <summary>Why the deadline was moved last in this round; null where it was not.</summary>
    public string? DeadlineReason { get; init; }

    /// <summary>When the sealed bids of the current round were opened; null before.</summary>
    public DateTimeOffset? BidsOpenedAt { get; init; }

    /// <summary>How many people have agreed to the opening since it was closed; 0 once it is opened.</summary>
    public int Consents { get; init; }

    /// <summary>Its bids cannot be read.</summary>
    public bool IsSealedNow => Sealed && BidsOpenedAt is null;

    /// <summary>Asked by suppliers, answered or not.</summary>
    public int Questions { get; init; }

    /// <summary>Of them, those that wait for an answer.</summary>
    public int OpenQuestions { get; init; }

    /// <summary>Everything may still be changed.</summary>
    public bool IsDraft => Status is RfqStatus.Draft or RfqStatus.Approval;

    /// <summary>Suppliers may quote.</summary>
    public bool TakesQuotes => Status == RfqStatus.Open && Now < Deadline;

    /// <summary>The desk may enter what came by other ways, also after the deadline.</summary>
    public bool TakesEntries => !Sealed && Status is RfqStatus.Open or RfqStatus.Closed or RfqStatus.Evaluating;

    /// <summary>Invited to the current round, and neither quoted nor declined.</summary>
    public int Unanswered => Invited - Quoted - Declined;

    /// <summary>Some have not answered within a day, and still can: a word helps.</summary>
    public bool IsTimeToRemind => Unanswered > 0 && TakesQuotes && Now - IssuedAt > RfqDeadlineService.LeaveAlone;
}

/// <summary>A line on the RFQ's page.</summary>
/// <param name="Files">Attached to this line.</param>
public sealed record RfqLineView(
    Guid Id, int LineNo, Guid? PartId, string? PartNumber, string Description, decimal Quantity, string Unit, decimal? TargetPrice, DateOnly? NeedBy, string Note, string? Specifications,
    int Files);

/// <summary>A supplier on the RFQ's page.</summary>
/// <param name="LinkWorks">There is a personal link that opens.</param>
/// <param name="Blocked">Why the supplier may not be invited; null while it may.</param>
public sealed record InvitationRow(
    Guid Id, Guid SupplierId, string Supplier, string Country, InvitationStatus Status, string ContactName, string Email, DateTimeOffset? InvitedAt, DateTimeOffset? ViewedAt,
    DateTimeOffset? RespondedAt, DeclineReason? DeclineReason, string DeclineNote, int ReminderCount, DateTimeOffset? LastRemindedAt, bool LinkWorks, string? Blocked)
{
    /// <summary>What was submitted last in that round; null before.</summary>
    public InvitationQuote? Quote { get; init; }

    /// <summary>The last round that the supplier was asked in: state and quote are of that one.</summary>
    public int Round { get; init; } = 1;

    /// <summary>Neither quoted nor declined.</summary>
    public bool IsUnanswered => Status is not (InvitationStatus.Quoted or InvitationStatus.Declined);
}

/// <summary>A supplier's quote in short.</summary>
public sealed record InvitationQuote(Guid Id, string Number, QuoteStatus Status, decimal Total, string Currency, DateOnly? ValidUntil);

/// <summary>Somebody who buys.</summary>
public sealed record BuyerChoice(Guid Id, string Name);
