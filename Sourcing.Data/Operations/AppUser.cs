using Microsoft.AspNetCore.Identity;
using Sourcing.Data.Common;

namespace Sourcing.Data.Operations;

/// <summary>Somebody with an account.</summary>
public sealed class AppUser : IdentityUser<Guid>
{
    /// <summary>For <see cref="UserName"/> an e-mail address serves as name.</summary>
    public AppUser() => Id = Guid.CreateVersion7();

    /// <summary>As shown to others; 1 to 120 characters.</summary>
    public string FullName { get; set; } = "";

    /// <summary>IANA name, for showing and reading moments.</summary>
    public string TimeZoneId { get; set; } = "Europe/Berlin";

    /// <summary>BCP 47 name, for dates, numbers and amounts.</summary>
    public string CultureName { get; set; } = "en-GB";

    /// <summary>The largest award or order, in the company's base currency, that needs no second person; null for no limit.</summary>
    public decimal? ApprovalLimit { get; set; }

    /// <summary>Switched off by an admin: cannot sign in.</summary>
    public DateTimeOffset? DisabledAt { get; set; }

    /// <summary>The last successful sign-in.</summary>
    public DateTimeOffset? LastSignInAt { get; set; }

    /// <summary>Wants notifications by e-mail as well as in the app.</summary>
    public bool NotifyByEmail { get; set; } = true;

    /// <summary>Single-key shortcuts on.</summary>
    public bool SingleKeys { get; set; } = true;
}

/// <summary>What other people may see of an account: a view over the users.</summary>
public sealed class Person
{
    public Guid Id { get; private set; }

    public string FullName { get; private set; } = "";

    public string Email { get; private set; } = "";

    public decimal? ApprovalLimit { get; private set; }

    public bool IsActive { get; private set; }

    public bool NotifyByEmail { get; private set; }

    /// <summary>Role names with commas, in the order of <see cref="Role"/>.</summary>
    public string Roles { get; private set; } = "";

    /// <summary>Whether one of their roles allows it.</summary>
    public bool May(Permission permission) => Permissions.Allow(Roles.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Enum.Parse<Role>), permission);
}

/// <summary>The ids that stand for no person.</summary>
public static class KnownUsers
{
    /// <summary>Background work: deadlines, deliveries, recomputations.</summary>
    public static readonly Guid System = Guid.Parse("00000000-0000-7000-8000-000000000001");
}
