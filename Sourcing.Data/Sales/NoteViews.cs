using Sourcing.Data.Orders;
using Sourcing.Data.Rfqs;

namespace Sourcing.Data.Sales;

/// <summary>A customer that a note can be about.</summary>
/// <param name="Contact">Whom we call first; empty for nobody.</param>
/// <param name="Phone">Of the contact, or else the customer's own; empty for none.</param>
public sealed record NoteCustomer(Guid Id, string Number, string Name, CustomerTier Tier, string Contact, string Phone);

/// <summary>Somebody at a customer.</summary>
public sealed record NoteContact(Guid Id, string Name, string Role, bool IsMain);

/// <summary>An RFQ or order that a note can be linked to.</summary>
public sealed record NoteLink(Guid Id, string Number, string Text);

/// <summary>Everything that a note about one customer can point at.</summary>
/// <param name="Rfqs">Open ones, the newest first; at most <see cref="NoteQueries.MostLinks"/>.</param>
/// <param name="Orders">Open ones, the newest first; at most <see cref="NoteQueries.MostLinks"/>.</param>
public sealed record NoteSubject(NoteCustomer Customer, IReadOnlyList<NoteContact> Contacts, IReadOnlyList<NoteLink> Rfqs, IReadOnlyList<NoteLink> Orders);

/// <summary>The form of a note as it opens.</summary>
/// <param name="Subject">The customer that it is about; null until one is chosen.</param>
/// <param name="Recent">Customers of the person, those that they last wrote about first.</param>
public sealed record NoteOpening(NoteForm Form, NoteSubject? Subject, IReadOnlyList<NoteCustomer> Recent);

/// <summary>How the next action of a note stands.</summary>
public enum NoteActionState
{
    /// <summary>There is none.</summary>
    None,
    Open,

    /// <summary>Open, and its day is over.</summary>
    Overdue,
    Done,

    /// <summary>Done after the day that it was first meant for.</summary>
    DoneLate,
}

/// <summary>A note as people read it.</summary>
/// <param name="Customer">Empty for a customer that the reader may not see any more.</param>
/// <param name="Seconds">Length of a call, meeting or visit.</param>
/// <param name="IsOwn">The reader wrote it, and so may change it.</param>
public sealed record NoteView(
    Guid Id, Guid CustomerId, string Customer, Guid SalesRepId, string Author, NoteKind Kind, string Body, NoteOutcome? Outcome, CallDirection? CallDirection,
    int? Seconds, DateTimeOffset OccurredAt, string Contact, string NextAction, DateOnly? NextActionOn, TimeOnly? NextActionTime, DateTimeOffset? DoneAt,
    Guid? RfqId, string Rfq, Guid? OrderId, string Order, bool IsOwn);

/// <summary>Some of a customer's notes, the newest first.</summary>
/// <param name="Next">Where to go on; null at the end.</param>
public sealed record NoteTimeline(IReadOnlyList<NoteView> Notes, NoteCursor? Next);

/// <summary>The note after which a page of notes begins.</summary>
public sealed record NoteCursor(DateTimeOffset OccurredAt, Guid Id);

/// <summary>A note that a search found.</summary>
public sealed record NoteHit(Guid Id, string Customer, NoteKind Kind, string Body, DateTimeOffset OccurredAt);

/// <summary>Something to do.</summary>
/// <param name="Customer">Empty for a customer that somebody else looks after now.</param>
/// <param name="From">Kind of the note that it comes from.</param>
/// <param name="Phone">Whom to call; empty for no number.</param>
public sealed record DayAction(
    Guid NoteId, string Text, DateOnly On, TimeOnly? Time, Guid CustomerId, string Customer, CustomerTier? Tier, NoteKind From, DateTimeOffset FromAt,
    string Contact, string Phone, Guid? RfqId, string Rfq, Guid? OrderId, string Order);

/// <summary>An RFQ of one's customers that waits for suppliers, or for the buyer's decision.</summary>
/// <param name="Answered">Suppliers of the round who quoted or declined.</param>
public sealed record DayRfq(Guid Id, string Number, string Title, Guid? CustomerId, string Customer, RfqStatus Status, DateTimeOffset? Deadline, int Invited, int Answered);

/// <summary>An order of one's customers that is due soon, or late.</summary>
public sealed record DayOrder(Guid Id, string Number, Guid CustomerId, string Customer, OrderStatus Status, DateOnly Due, bool IsAtRisk);

/// <summary>Some rows, and how many there are in all.</summary>
public sealed record DayList<T>(int Count, IReadOnlyList<T> Rows);

/// <summary>A representative's day.</summary>
/// <param name="Today">By the clock of the person.</param>
/// <param name="Overdue">The longest waiting first.</param>
/// <param name="DueToday">By time, those without one last.</param>
/// <param name="Coming">Of the next <see cref="MyDayQueries.ComingDays"/> days.</param>
/// <param name="Silent">The most important first, then the longest silent.</param>
/// <param name="Visits">Logged since Monday.</param>
/// <param name="Leads">Somebody is below the person, whose activity they may see.</param>
public sealed record MyDayView(
    DateOnly Today, bool IsRep, bool Leads, DayList<DayAction> Overdue, DayList<DayAction> DueToday, DayList<DayAction> Coming, DayList<SilentRow> Silent, DayList<DayRfq> Rfqs,
    DayList<DayOrder> Orders, int Visits)
{
    /// <summary>Overdue and today's.</summary>
    public int ToDo => Overdue.Count + DueToday.Count;
}
