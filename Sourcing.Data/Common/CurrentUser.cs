using System.Globalization;

namespace Sourcing.Data.Common;

/// <summary>The database login that a person's statements run under. Someone with several roles works in the widest.</summary>
public enum DatabaseAccess
{
    /// <summary>Nobody is signed in: no business table can be reached.</summary>
    None,

    /// <summary>Signed in, with rights on the catalog at most.</summary>
    Member,

    /// <summary>Somebody who sells: their own customers and what belongs to them, and that of everybody below.</summary>
    Rep,

    /// <summary>Somebody of a chapter: what their seats there open.</summary>
    Chapter,

    /// <summary>A supplier's portal user or a personal quote link: only rows of that supplier.</summary>
    Supplier,

    /// <summary>Admin, buyer, planner and read-only staff.</summary>
    Internal,
}

/// <summary>Who somebody is: taken from the encrypted cookie and proven again by the database in every transaction.</summary>
/// <param name="Id">The user's key; for a personal link the key of the invitation.</param>
/// <param name="Name">Full name, for greetings and history.</param>
/// <param name="Roles">Roles at sign-in.</param>
/// <param name="SupplierId">The supplier whom a portal user or a link acts for; null for everybody else.</param>
/// <param name="SessionToken">256 random bits in hexadecimal, known to the cookie and, hashed, to the session table.</param>
/// <param name="TimeZone">For showing moments and reading typed ones.</param>
/// <param name="Culture">For showing and reading dates, numbers and amounts.</param>
public sealed record UserIdentity(
    Guid Id, string Name, IReadOnlySet<Role> Roles, Guid? SupplierId, string SessionToken, TimeZoneInfo TimeZone, CultureInfo Culture)
{
    /// <summary>Nobody: may do nothing.</summary>
    public static UserIdentity Nobody { get; } =
        new(Guid.Empty, "Nobody", new HashSet<Role>(), null, "", TimeZoneInfo.Utc, CultureInfo.GetCultureInfo("en-GB"));

    /// <summary>The database login for these roles.</summary>
    public DatabaseAccess Access => this switch
    {
        { SessionToken: "" } => DatabaseAccess.None,
        _ when Roles.Overlaps([Role.Admin, Role.Buyer, Role.Planner, Role.ReadOnly]) => DatabaseAccess.Internal,
        { SupplierId: not null } => DatabaseAccess.Supplier,
        _ when Roles.Overlaps([Role.SalesRep, Role.SalesManager]) => DatabaseAccess.Rep,
        _ when Roles.Overlaps([Role.ChapterLeader, Role.ChapterMember]) => DatabaseAccess.Chapter,
        _ => DatabaseAccess.Member,
    };
}

/// <summary>The person whom this scope (a circuit, a request, a job) acts for.</summary>
public sealed class CurrentUser
{
    /// <summary>Who it is; <see cref="UserIdentity.Nobody"/> until said otherwise.</summary>
    public UserIdentity Identity { get; private set; } = UserIdentity.Nobody;

    /// <inheritdoc cref="UserIdentity.Id"/>
    public Guid Id => Identity.Id;

    /// <summary>Says who it is: done by the web's circuit handler and middleware, by jobs and by tests, nowhere else.</summary>
    public void Become(UserIdentity identity) => Identity = identity;

    /// <summary>Whether the person may do this.</summary>
    public bool May(Permission permission) => Permissions.Allow(Identity.Roles, permission);

    /// <summary>Refuses with <see cref="DeniedException"/> unless the person may do this. The first line of every act.</summary>
    public void Demand(Permission permission)
    {
        if (!May(permission))
        {
            throw new DeniedException(permission);
        }
    }
}
