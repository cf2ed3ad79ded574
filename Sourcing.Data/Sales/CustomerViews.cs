using Sourcing.Data.Orders;
using Sourcing.Data.Rfqs;

namespace Sourcing.Data.Sales;

/// <summary>A customer as a picker shows it.</summary>
/// <param name="RepName">Who is responsible; empty for nobody.</param>
public sealed record CustomerHit(Guid Id, string Number, string Name, CustomerTier Tier, string RepName, bool IsActive);

/// <summary>Everything on a customer's page but lists.</summary>
public sealed record CustomerDetails(
    Guid Id, string Number, string Name, CustomerTier Tier, Guid? SalesRepId, string RepName, string Email, string Phone, string Website, string Address, string Country,
    string Currency, string PaymentTerms, string TaxId, IReadOnlyList<string> ExternalIds, string About, bool IsActive,
    DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, DateTimeOffset? DeletedAt, uint Version)
{
    public IReadOnlyList<CustomerContactView> Contacts { get; init; } = [];

    /// <summary>The last first.</summary>
    public IReadOnlyList<ResponsibilityView> Responsibilities { get; init; } = [];
}

/// <summary>Somebody at a customer.</summary>
public sealed record CustomerContactView(Guid Id, string Name, string Role, string Email, string Phone, bool IsMain);

/// <summary>Who was responsible when.</summary>
/// <param name="Name">Empty for nobody.</param>
/// <param name="Until">The day on which somebody else took over; null for now.</param>
public sealed record ResponsibilityView(string Name, DateOnly From, DateOnly? Until, string ChangedBy);

/// <summary>What a customer is worth, and when it last heard from us.</summary>
/// <param name="Years">The last first: what was received and what was paid back, in the base currency.</param>
/// <param name="Lifetime">Received less refunds over all years, in the base currency.</param>
/// <param name="LastContactAt">Null where nobody spoke with it yet, or where the notes are not the asker's to see.</param>
/// <param name="NextAction">The first open action of the asker's notes; null for none.</param>
public sealed record CustomerFigures(
    IReadOnlyList<YearValue> Years, decimal Lifetime, IReadOnlyList<MonthValue> Months, IReadOnlyList<PartSold> TopParts, int OpenOrders, int OpenRfqs,
    DateTimeOffset? LastContactAt, string? NextAction, DateOnly? NextActionOn);

/// <summary>A year's orders of a customer, in the base currency.</summary>
public sealed record YearValue(int Year, int Orders, decimal Received, decimal Refunded);

/// <summary>What a customer ordered in a month, in the base currency.</summary>
/// <param name="Month">Its first day.</param>
public sealed record MonthValue(DateOnly Month, decimal Value);

/// <summary>A part that a customer buys.</summary>
/// <param name="Value">Over all orders, in the base currency, at the orders' prices.</param>
public sealed record PartSold(Guid PartId, string Number, string Name, decimal Quantity, string Unit, decimal Value);

/// <summary>What kind of thing stands in a customer's timeline.</summary>
public enum TimelineKind
{
    Note,
    Rfq,
    Order,
    Request,

    /// <summary>A supplier's quote that came in: whose it is and what it says is the buyer's.</summary>
    Quote,
}

/// <summary>One entry of a customer's timeline.</summary>
/// <param name="Title">A note's kind and outcome, or the number.</param>
/// <param name="Text">What was said, or the title.</param>
/// <param name="State">State of an RFQ, order or request; null for notes.</param>
/// <param name="Amount">Of an order: what the customer pays.</param>
public sealed record TimelineEntry(TimelineKind Kind, Guid Id, DateTimeOffset At, string Title, string Text, string By, Enum? State, decimal? Amount, string Currency)
{
    public NoteKind? NoteKind { get; init; }

    public NoteOutcome? Outcome { get; init; }

    /// <summary>Of a quote.</summary>
    public Guid? RfqId { get; init; }

    public string NextAction { get; init; } = "";

    public DateOnly? NextActionOn { get; init; }

    public DateTimeOffset? DoneAt { get; init; }
}

/// <summary>An order of a customer.</summary>
/// <param name="Sold">What the customer pays, without tax.</param>
public sealed record CustomerOrder(Guid Id, string Number, OrderStatus Status, decimal Sold, string Currency, DateTimeOffset? IssuedAt, DateOnly? DueDate, decimal ReceivedShare, string RepName);

/// <summary>An RFQ for a customer.</summary>
/// <param name="Answered">Suppliers of its round that quoted or declined.</param>
public sealed record CustomerRfq(Guid Id, string Number, string Title, RfqStatus Status, DateTimeOffset? Deadline, int Invited, int Answered, string RepName);

/// <summary>A customer that the one being typed may be again.</summary>
/// <param name="Why">The same e-mail domain, telephone, tax number, or a name much alike.</param>
public sealed record CustomerDuplicate(Guid Id, string Number, string Name, string Why);
