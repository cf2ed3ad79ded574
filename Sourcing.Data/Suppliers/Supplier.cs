using Sourcing.Data.Common;

namespace Sourcing.Data.Suppliers;

/// <summary>How much harm the supplier's failure would be likely to do.</summary>
public enum RiskLevel
{
    Low,
    Medium,
    High,
}

/// <summary>What a supplier is shut out from. Each level includes those before it.</summary>
public enum SupplierBlock
{
    None,

    /// <summary>Is not invited to RFQs; orders under earlier awards go on.</summary>
    Rfq,

    /// <summary>Is neither invited nor given new orders.</summary>
    Order,
}

/// <summary>The facts of a supplier that people type.</summary>
/// <param name="Code">1 to 50 characters, unique among the living.</param>
/// <param name="Name">1 to 255 characters.</param>
/// <param name="Currency">ISO 4217: what it quotes in unless said otherwise.</param>
public sealed record SupplierFacts(string Code, string Name, string Currency)
{
    public string Category { get; init; } = "";

    public string Region { get; init; } = "";

    public string Country { get; init; } = "";

    public string ContactName { get; init; } = "";

    public string Email { get; init; } = "";

    public string Phone { get; init; } = "";

    public string Website { get; init; } = "";

    public string Address { get; init; } = "";

    /// <summary>Calendar days; 0 to 1,000.</summary>
    public int? DefaultLeadTimeDays { get; init; }

    public RiskLevel RiskLevel { get; init; }

    public bool IsActive { get; init; } = true;

    public IReadOnlyList<string> Capabilities { get; init; } = [];

    public IReadOnlyList<string> Materials { get; init; } = [];

    public IReadOnlyList<string> Processes { get; init; } = [];

    public string PaymentTerms { get; init; } = "";

    /// <summary>Incoterms 2020, three letters; empty for none.</summary>
    public string Incoterm { get; init; } = "";

    public string TaxId { get; init; } = "";

    public string Notes { get; init; } = "";
}

/// <summary>Somebody we buy from or might buy from.</summary>
public sealed partial class Supplier : ISoftDeleted
{
    private readonly List<SupplierContact> _contacts = [];

    private Supplier()
    {
    }

    /// <inheritdoc cref="Change"/>
    public Supplier(SupplierFacts facts)
    {
        Id = Guid.CreateVersion7();
        Change(facts);
    }

    public Guid Id { get; private set; }

    public string Code { get; private set; } = "";

    public string Name { get; private set; } = "";

    public string Category { get; private set; } = "";

    public string Region { get; private set; } = "";

    public string Country { get; private set; } = "";

    public string ContactName { get; private set; } = "";

    public string Email { get; private set; } = "";

    public string Phone { get; private set; } = "";

    public string Website { get; private set; } = "";

    public string Address { get; private set; } = "";

    public int? DefaultLeadTimeDays { get; private set; }

    /// <summary>0 to 1: on time in full of twelve months, by quantity, rejected goods not counted as come; null until a line was due. Follows from the recomputation of scorecards.</summary>
    public decimal? ReliabilityScore { get; private set; }

    public RiskLevel RiskLevel { get; private set; }

    /// <summary>Still dealt with. One that is not is proposed for nothing.</summary>
    public bool IsActive { get; private set; } = true;

    /// <summary>The stronger of <see cref="ManualBlock"/> and what the standing shuts it out from.</summary>
    public SupplierBlock BlockedFor { get; private set; }

    /// <summary>Why it is blocked, by a person, its standing or both; null unless it is.</summary>
    public string? BlockReason { get; private set; }

    /// <summary>Since when; null unless it is blocked.</summary>
    public DateTimeOffset? BlockedAt { get; private set; }

    public IReadOnlyList<string> Capabilities { get; private set; } = [];

    public IReadOnlyList<string> Materials { get; private set; } = [];

    public IReadOnlyList<string> Processes { get; private set; } = [];

    /// <summary>0 to 1: share of the invitations of twelve months that were answered; null until one was due. Follows from the recomputation of scorecards.</summary>
    public decimal? ResponseRate { get; private set; }

    /// <summary>0 to 1: share of the decided quotes of twelve months that won something; null until one was decided. Follows from the recomputation of scorecards.</summary>
    public decimal? WinRate { get; private set; }

    /// <summary>JSON object of figures that models learn from.</summary>
    public string Features { get; private set; } = "{}";

    public string PaymentTerms { get; private set; } = "";

    public string Currency { get; private set; } = "";

    public string Incoterm { get; private set; } = "";

    public string TaxId { get; private set; } = "";

    public string Notes { get; private set; } = "";

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    public DateTimeOffset? DeletedAt { get; private set; }

    public Guid? DeletedBy { get; private set; }

    /// <summary>The supplier that this one became one with; null unless it was given up in a merge, and then it stays deleted.</summary>
    public Guid? MergedInto { get; private set; }

    public uint Version { get; private set; }

    public IReadOnlyList<SupplierContact> Contacts => _contacts;

    /// <summary>Sets the facts. Refuses a currency or incoterm that does not exist and a lead time out of range.</summary>
    public void Change(SupplierFacts facts)
    {
        var faults = SupplierRules.Faults(facts).ToList();
        if (faults.Count > 0)
        {
            throw new RefusedException(faults);
        }

        (Code, Name, Category, Region, Country) = (facts.Code.Trim(), facts.Name.Trim(), facts.Category.Trim(), facts.Region.Trim(), facts.Country.Trim());
        (ContactName, Email, Phone) = (facts.ContactName.Trim(), facts.Email.Trim(), facts.Phone.Trim());
        (Website, Address, DefaultLeadTimeDays) = (facts.Website.Trim(), facts.Address.Trim(), facts.DefaultLeadTimeDays);
        (RiskLevel, IsActive) = (facts.RiskLevel, facts.IsActive);
        (Capabilities, Materials, Processes) = (Tags(facts.Capabilities), Tags(facts.Materials), Tags(facts.Processes));
        (PaymentTerms, Currency, Incoterm) = (facts.PaymentTerms.Trim(), facts.Currency, facts.Incoterm.Trim());
        (TaxId, Notes) = (facts.TaxId.Trim(), facts.Notes.Trim());
    }

    /// <summary>
    /// Shuts the supplier out, or lifts what a person did with <see cref="SupplierBlock.None"/>; what its standing shuts it out from stays.
    /// Refuses a block without a reason.
    /// </summary>
    /// <param name="reason">Up to 500 characters.</param>
    public void Block(SupplierBlock level, string? reason, DateTimeOffset now)
    {
        if (level != SupplierBlock.None && string.IsNullOrWhiteSpace(reason))
        {
            throw new RefusedException("Reason", "Say why the supplier is blocked: others will read it when they try to invite it.");
        }

        var none = level == SupplierBlock.None;
        (ManualBlock, ManualBlockReason, ManualBlockedAt) = (level, none ? null : reason!.Trim(), none ? null : now);
        SettleBlock();
    }

    /// <summary>Says whether it is still dealt with.</summary>
    public void SetActive(bool active) => IsActive = active;

    /// <summary>Gives it a category; empty for none.</summary>
    public void MoveTo(string category) => Category = category.Trim();

    private string WayOut => StandingBlock == SupplierBlock.None ? "Unblock it on its page, or choose another supplier." : "Look at its scorecard, or choose another supplier.";

    /// <summary>Refuses, with the reason, a supplier that may not be invited to an RFQ.</summary>
    public void DemandInvitable()
    {
        DemandActive();
        if (BlockedFor != SupplierBlock.None)
        {
            throw new RefusedException($"{Name} is blocked since {BlockedAt:d MMM yyyy}: {BlockReason} {WayOut}");
        }
    }

    /// <summary>Refuses, with the reason, a supplier that may not be given an order.</summary>
    public void DemandOrderable()
    {
        DemandActive();
        if (BlockedFor == SupplierBlock.Order)
        {
            throw new RefusedException($"{Name} is blocked for orders since {BlockedAt:d MMM yyyy}: {BlockReason} {WayOut}");
        }
    }

    /// <summary>Adds somebody to write to. Refuses a name or an address that is there already.</summary>
    public SupplierContact Add(ContactFacts facts)
    {
        DemandNew(facts, null);
        var contact = new SupplierContact(Id, facts);
        _contacts.Add(contact);
        return contact;
    }

    /// <summary>Refuses an address that another contact has.</summary>
    internal void DemandNew(ContactFacts facts, Guid? contactId)
    {
        if (facts.Email.Length > 0 && _contacts.Any(c => c.Id != contactId && string.Equals(c.Email, facts.Email.Trim(), StringComparison.OrdinalIgnoreCase)))
        {
            throw new RefusedException("Contacts", $"{facts.Email} stands twice among the contacts. Remove one of the rows.");
        }
    }

    internal void Drop(SupplierContact contact) => _contacts.Remove(contact);

    internal void Restore() => (DeletedAt, DeletedBy) = (null, null);

    private void DemandActive()
    {
        if (!IsActive || DeletedAt is not null)
        {
            throw new RefusedException($"{Name} is no longer an active supplier. Make it active on its page, or choose another supplier.");
        }
    }

    private static List<string> Tags(IReadOnlyList<string> tags) =>
        [.. tags.Select(t => t.Trim()).Where(t => t.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase)];
}
