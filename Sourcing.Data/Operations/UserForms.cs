using System.ComponentModel.DataAnnotations;
using Sourcing.Data.Common;

namespace Sourcing.Data.Operations;

/// <summary>What an admin says of an account.</summary>
public abstract class UserRights : IForm, IValidatableObject
{
    /// <inheritdoc/>
    public Guid FormKey { get; init; } = Guid.CreateVersion7();

    /// <summary>As shown to others.</summary>
    [Required(ErrorMessage = "Type the person's name."), StringLength(120, ErrorMessage = "Use 120 characters at most.")]
    public string FullName { get; set; } = "";

    /// <summary>At least one.</summary>
    public IEnumerable<Role> Roles { get; set; } = [];

    /// <summary>The supplier whom a portal user acts for; needed by the role Supplier, refused for others.</summary>
    public Guid? SupplierId { get; set; }

    /// <summary>In the base currency, 0 or more; null for no limit. What is larger needs a second person.</summary>
    [Range(typeof(decimal), "0", "999999999", ErrorMessage = "Use a limit from 0 to 999,999,999, or leave it empty for none.")]
    public decimal? ApprovalLimit { get; set; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!Roles.Any())
        {
            yield return new("Choose at least one role: without one this person can do nothing.", [nameof(Roles)]);
        }

        if (Roles.Contains(Role.Supplier) && Roles.Count() > 1)
        {
            yield return new("A supplier's portal user has no other role: it would show them what is ours.", [nameof(Roles)]);
        }

        if (Roles.Contains(Role.Supplier) && SupplierId is null)
        {
            yield return new("Choose the supplier whom this person acts for.", [nameof(SupplierId)]);
        }

        if (!Roles.Contains(Role.Supplier) && SupplierId is not null)
        {
            yield return new("Only the role Supplier acts for a supplier. Choose that role, or clear the supplier.", [nameof(SupplierId)]);
        }
    }
}

/// <summary>A new account.</summary>
public sealed class InviteForm : UserRights
{
    /// <summary>Where the invitation goes, and what the person signs in with.</summary>
    [Required(ErrorMessage = "Type the person's e-mail address."), EmailAddress(ErrorMessage = "This is not an e-mail address. Write it like name@company.example.")]
    [StringLength(250, ErrorMessage = "Use 250 characters at most.")]
    public string Email { get; set; } = "";
}

/// <summary>A change of an account.</summary>
public sealed class UserForm : UserRights
{
    public Guid Id { get; init; }

    /// <summary>The rights as they were when the form opened: <see cref="StampOf"/>.</summary>
    public string Stamp { get; init; } = "";

    /// <summary>
    /// Stands for a person's name and rights, and for nothing else: an account's own stamp changes when somebody merely signs in, which
    /// is no reason to refuse an admin.
    /// </summary>
    public static string StampOf(string fullName, IEnumerable<Role> roles, Guid? supplierId, decimal? approvalLimit) =>
        FormattableString.Invariant($"{string.Join(' ', roles.Distinct().Order())}|{supplierId}|{approvalLimit:0.####}|{fullName}");
}
