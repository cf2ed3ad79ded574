using Sourcing.Data.Common;

namespace Sourcing.Data.Sales;

/// <summary>How much a customer matters, and so how often it should hear from us: see <see cref="CustomerRules.SilenceDays"/>.</summary>
public enum CustomerTier
{
    A,
    B,
    C,

    /// <summary>Has not bought yet.</summary>
    Prospect,
}

/// <summary>The facts of a customer that people type.</summary>
/// <param name="Number">1 to 30 characters, unique among the living.</param>
/// <param name="Name">1 to 255 characters.</param>
public sealed record CustomerFacts(string Number, string Name, CustomerTier Tier)
{
    public string Email { get; init; } = "";

    public string Phone { get; init; } = "";

    public string Website { get; init; } = "";

    public string Address { get; init; } = "";

    public string Country { get; init; } = "";

    /// <summary>ISO 4217: what it pays in unless said otherwise.</summary>
    public string Currency { get; init; } = "EUR";

    public string PaymentTerms { get; init; } = "";

    public string TaxId { get; init; } = "";

    /// <summary>What other systems call it, one entry a system: "ERP 40012".</summary>
    public IReadOnlyList<string> ExternalIds { get; init; } = [];

    /// <summary>What everybody who works with it should know; at most 4,000 characters.</summary>
    public string About { get; init; } = "";

    public bool IsActive { get; init; } = true;
}

/// <summary>Somebody who buys from us or might.</summary>
public sealed class Customer : ISoftDeleted
{
    private readonly List<CustomerContact> _contacts = [];
    private readonly List<CustomerResponsibility> _responsibilities = [];

    private Customer()
    {
    }

    /// <inheritdoc cref="Change"/>
    public Customer(CustomerFacts facts)
    {
        Id = Guid.CreateVersion7();
        Change(facts);
    }

    public Guid Id { get; private set; }

    public string Number { get; private set; } = "";

    public string Name { get; private set; } = "";

    public CustomerTier Tier { get; private set; }

    /// <summary>Who is responsible today; null for nobody. Follows from <see cref="Responsibilities"/>.</summary>
    public Guid? SalesRepId { get; private set; }

    public string Email { get; private set; } = "";

    public string Phone { get; private set; } = "";

    public string Website { get; private set; } = "";

    public string Address { get; private set; } = "";

    public string Country { get; private set; } = "";

    public string Currency { get; private set; } = "EUR";

    public string PaymentTerms { get; private set; } = "";

    public string TaxId { get; private set; } = "";

    public IReadOnlyList<string> ExternalIds { get; private set; } = [];

    public string About { get; private set; } = "";

    public bool IsActive { get; private set; } = true;

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    public DateTimeOffset? DeletedAt { get; private set; }

    public Guid? DeletedBy { get; private set; }

    /// <summary>The customer that this one became one with; null unless it was given up in a merge, and then it stays deleted.</summary>
    public Guid? MergedInto { get; private set; }

    public uint Version { get; private set; }

    public IReadOnlyList<CustomerContact> Contacts => _contacts;

    /// <summary>Who was responsible when, without gaps since the first: half-open, the last without an end.</summary>
    public IReadOnlyList<CustomerResponsibility> Responsibilities => _responsibilities;

    /// <summary>Sets the facts. Refuses an empty number or name and a currency that does not exist.</summary>
    public void Change(CustomerFacts facts)
    {
        var faults = CustomerRules.Faults(facts).ToList();
        if (faults.Count > 0)
        {
            throw new RefusedException(faults);
        }

        (Number, Name, Tier, IsActive) = (facts.Number.Trim(), facts.Name.Trim(), facts.Tier, facts.IsActive);
        (Email, Phone, Website) = (facts.Email.Trim(), facts.Phone.Trim(), facts.Website.Trim());
        (Address, Country, About) = (facts.Address.Trim(), facts.Country.Trim(), facts.About.Trim());
        (Currency, PaymentTerms, TaxId) = (facts.Currency, facts.PaymentTerms.Trim(), facts.TaxId.Trim());
        ExternalIds = [.. facts.ExternalIds.Select(id => id.Trim()).Where(id => id.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>
    /// Gives the customer to somebody from a day on; null for nobody. What was so before that day stays as it was. Include the responsibilities first.
    /// Refuses a day before the last change: orders of those days may have been settled by it.
    /// </summary>
    /// <returns>Whether anything changed.</returns>
    public bool Assign(Guid? salesRepId, DateOnly from, Guid by)
    {
        var last = _responsibilities.MaxBy(r => r.ValidFrom);
        if (last?.SalesRepId == salesRepId && (last is not null || salesRepId is null))
        {
            return false;
        }

        if (last is not null && from < last.ValidFrom)
        {
            throw new RefusedException("From", $"{Name} was given to somebody on {last.ValidFrom:d MMM yyyy}. Choose that day or a later one.");
        }

        if (last?.ValidFrom == from)
        {
            last.Replace(salesRepId, by);
        }
        else
        {
            last?.End(from);
            _responsibilities.Add(new(Id, salesRepId, from, by));
        }

        SalesRepId = salesRepId;
        return true;
    }

    /// <summary>Adds somebody to talk to. Refuses an address that is there already.</summary>
    public CustomerContact Add(CustomerContactFacts facts)
    {
        DemandNew(facts, null);
        var contact = new CustomerContact(Id, facts);
        _contacts.Add(contact);
        return contact;
    }

    /// <summary>Refuses an address that another contact has.</summary>
    internal void DemandNew(CustomerContactFacts facts, Guid? contactId)
    {
        if (facts.Email.Length > 0 && _contacts.Any(c => c.Id != contactId && string.Equals(c.Email, facts.Email.Trim(), StringComparison.OrdinalIgnoreCase)))
        {
            throw new RefusedException("Contacts", $"{facts.Email} stands twice among the contacts. Remove one of the rows.");
        }
    }

    /// <summary>Says whether it is still dealt with.</summary>
    public void SetActive(bool active) => IsActive = active;

    /// <summary>Says how much it matters.</summary>
    public void SetTier(CustomerTier tier) => Tier = tier;

    // What was not known of this one; and by its old number the other is still found.
    private void Absorb(Customer gone)
    {
        static string Or(string own, string others) => own.Length > 0 ? own : others;
        (Email, Phone, Website, Address) = (Or(Email, gone.Email), Or(Phone, gone.Phone), Or(Website, gone.Website), Or(Address, gone.Address));
        (Country, PaymentTerms, TaxId, About) = (Or(Country, gone.Country), Or(PaymentTerms, gone.PaymentTerms), Or(TaxId, gone.TaxId), Or(About, gone.About));
        ExternalIds = [.. ExternalIds.Concat(gone.ExternalIds).Append(gone.Number).Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    internal void Drop(CustomerContact contact) => _contacts.Remove(contact);

    internal void Restore() => (DeletedAt, DeletedBy) = (null, null);

    /// <summary>Becomes one with another, and stays deleted. Refuses itself.</summary>
    internal void MergeInto(Customer kept, DateTimeOffset now, Guid by)
    {
        if (kept.Id == Id)
        {
            throw new RefusedException("A customer cannot be merged with itself. Choose another one.");
        }

        kept.Absorb(this);
        (MergedInto, DeletedAt, DeletedBy) = (kept.Id, now, by);
    }
}

/// <summary>Who was responsible for a customer from one day to another.</summary>
public sealed class CustomerResponsibility
{
    private CustomerResponsibility()
    {
    }

    internal CustomerResponsibility(Guid customerId, Guid? salesRepId, DateOnly from, Guid by)
    {
        Id = Guid.CreateVersion7();
        (CustomerId, SalesRepId, ValidFrom, ChangedBy) = (customerId, salesRepId, from, by);
    }

    public Guid Id { get; private set; }

    public Guid CustomerId { get; private set; }

    /// <summary>Null for nobody.</summary>
    public Guid? SalesRepId { get; private set; }

    /// <summary>The first day.</summary>
    public DateOnly ValidFrom { get; private set; }

    /// <summary>The day on which somebody else took over; null for the one who is responsible now.</summary>
    public DateOnly? ValidUntil { get; private set; }

    public Guid ChangedBy { get; private set; }

    internal void End(DateOnly day) => ValidUntil = day;

    // Given away twice in one day: the last word counts.
    internal void Replace(Guid? salesRepId, Guid by) => (SalesRepId, ChangedBy) = (salesRepId, by);
}

/// <summary>Somebody at a customer.</summary>
/// <param name="Name">1 to 120 characters.</param>
/// <param name="IsMain">Whom we call first.</param>
public sealed record CustomerContactFacts(string Name, string Role, string Email, string Phone, bool IsMain);

/// <summary>Somebody at a customer whom we talk to.</summary>
public sealed class CustomerContact : ISoftDeleted
{
    private CustomerContact()
    {
    }

    internal CustomerContact(Guid customerId, CustomerContactFacts facts)
    {
        (Id, CustomerId) = (Guid.CreateVersion7(), customerId);
        Change(facts);
    }

    public Guid Id { get; private set; }

    public Guid CustomerId { get; private set; }

    public string Name { get; private set; } = "";

    /// <summary>What they do there; up to 80 characters.</summary>
    public string Role { get; private set; } = "";

    public string Email { get; private set; } = "";

    public string Phone { get; private set; } = "";

    public bool IsMain { get; private set; }

    public DateTimeOffset? DeletedAt { get; private set; }

    public Guid? DeletedBy { get; private set; }

    /// <summary>Refuses a missing name.</summary>
    public void Change(CustomerContactFacts facts)
    {
        if (string.IsNullOrWhiteSpace(facts.Name))
        {
            throw new RefusedException("Contacts", "A contact has no name. Fill it in or remove the row.");
        }

        (Name, Role, Email, Phone, IsMain) = (facts.Name.Trim(), facts.Role.Trim(), facts.Email.Trim(), facts.Phone.Trim(), facts.IsMain);
    }

    internal void Restore() => (DeletedAt, DeletedBy) = (null, null);

    internal void MoveTo(Guid customerId) => CustomerId = customerId;
}
