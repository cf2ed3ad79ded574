using Sourcing.Data.Common;
using Sourcing.Data.Operations;

namespace Sourcing.Data.Suppliers;

/// <summary>Somebody at a supplier.</summary>
/// <param name="Name">1 to 120 characters.</param>
/// <param name="ReceivesRfqs">Gets invitations; needs an address.</param>
public sealed record ContactFacts(string Name, string Role, string Email, string Phone, bool ReceivesRfqs);

/// <summary>Somebody at a supplier whom we write to.</summary>
public sealed class SupplierContact : ISoftDeleted
{
    private SupplierContact()
    {
    }

    internal SupplierContact(Guid supplierId, ContactFacts facts)
    {
        (Id, SupplierId) = (Guid.CreateVersion7(), supplierId);
        Change(facts);
    }

    public Guid Id { get; private set; }

    public Guid SupplierId { get; private set; }

    public string Name { get; private set; } = "";

    /// <summary>What they do there; up to 80 characters.</summary>
    public string Role { get; private set; } = "";

    public string Email { get; private set; } = "";

    public string Phone { get; private set; } = "";

    /// <summary>Invitations to RFQs go to this address.</summary>
    public bool ReceivesRfqs { get; private set; }

    public DateTimeOffset? DeletedAt { get; private set; }

    public Guid? DeletedBy { get; private set; }

    /// <summary>Refuses a missing name, and invitations without an address.</summary>
    public void Change(ContactFacts facts)
    {
        if (string.IsNullOrWhiteSpace(facts.Name))
        {
            throw new RefusedException("Contacts", "A contact has no name. Fill it in or remove the row.");
        }

        if (facts.ReceivesRfqs && string.IsNullOrWhiteSpace(facts.Email))
        {
            throw new RefusedException("Contacts", $"{facts.Name} is to receive RFQs but has no e-mail address. Fill it in or clear the mark.");
        }

        (Name, Role, Email, Phone, ReceivesRfqs) = (facts.Name.Trim(), facts.Role.Trim(), facts.Email.Trim(), facts.Phone.Trim(), facts.ReceivesRfqs);
    }

    internal void Restore() => (DeletedAt, DeletedBy) = (null, null);
}

/// <summary>Who may sign in to the portal for a supplier. One account acts for one supplier.</summary>
public sealed class SupplierUser : ISoftDeleted
{
    private SupplierUser()
    {
    }

    public SupplierUser(Guid supplierId, Guid userId) => (Id, SupplierId, UserId) = (Guid.CreateVersion7(), supplierId, userId);

    public Guid Id { get; private set; }

    public Guid SupplierId { get; private set; }

    public Supplier Supplier { get; private set; } = null!;

    /// <summary>The account: see <see cref="AppUser"/>.</summary>
    public Guid UserId { get; private set; }

    public DateTimeOffset? DeletedAt { get; private set; }

    public Guid? DeletedBy { get; private set; }

    internal void Restore() => (DeletedAt, DeletedBy) = (null, null);
}
