using Sourcing.Data.Orders;
using Sourcing.Data.Rfqs;

namespace Sourcing.Data.Suppliers;

/// <summary>A supplier as a picker shows it.</summary>
public sealed record SupplierHit(Guid Id, string Code, string Name, string Country, string Currency, SupplierBlock BlockedFor, bool IsActive)
{
    /// <summary>How well it matches; more is better.</summary>
    public float Rank { get; init; }
}

/// <summary>Everything on a supplier's page but lists.</summary>
public sealed record SupplierDetails(
    Guid Id, string Code, string Name, string Category, string Region, string Country, string ContactName, string Email, string Phone, string Website, string Address,
    int? DefaultLeadTimeDays, decimal? ReliabilityScore, RiskLevel RiskLevel, bool IsActive, SupplierBlock BlockedFor, string? BlockReason, DateTimeOffset? BlockedAt,
    IReadOnlyList<string> Capabilities, IReadOnlyList<string> Materials, IReadOnlyList<string> Processes,
    string PaymentTerms, string Currency, string Incoterm, string TaxId, string Notes, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, DateTimeOffset? DeletedAt, uint Version)
{
    public IReadOnlyList<ContactView> Contacts { get; init; } = [];

    /// <summary>What a person shut it out from.</summary>
    public SupplierBlock ManualBlock { get; init; }

    public string? ManualBlockReason { get; init; }

    public DateTimeOffset? ManualBlockedAt { get; init; }

    /// <summary>What its standing shuts it out from.</summary>
    public SupplierBlock StandingBlock { get; init; }

    /// <summary>Where its last scorecard puts it; null until it is scored.</summary>
    public Scorecards.StandingMark? Mark { get; init; }

    /// <summary>Who may sign in to the portal for it.</summary>
    public IReadOnlyList<string> PortalUsers { get; init; } = [];

    /// <summary>Prices on its list, counted to 10,000.</summary>
    public int PriceCount { get; init; }

    /// <summary>Names under which a search finds it too: of suppliers that were merged into it, and learnt from files.</summary>
    public IReadOnlyList<string> OtherNames { get; init; } = [];
}

public sealed record ContactView(Guid Id, string Name, string Role, string Email, string Phone, bool ReceivesRfqs);

/// <summary>A supplier that the one being typed may be again, and why: code, tax number, e-mail domain or name.</summary>
public sealed record SupplierDuplicate(Guid Id, string Code, string Name, string Why);

/// <summary>An RFQ that a supplier is invited to, or an order to it.</summary>
/// <param name="Title">The RFQ's title; for an order the number of the RFQ that it came from.</param>
/// <param name="Total">What it quoted, or the order's total.</param>
/// <param name="At">The deadline, or when the order was issued.</param>
public sealed record SupplierDocument(
    Guid Id, string Number, string Title, RfqStatus? RfqStatus, InvitationStatus? Answer, OrderStatus? OrderStatus, decimal? Total, string Currency, DateTimeOffset? At)
{
    /// <summary>For an order: the RFQ that it came from.</summary>
    public Guid? FromRfq { get; init; }
}
